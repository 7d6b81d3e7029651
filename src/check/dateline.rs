//! A place, a day or an agency run into the first paragraph, as newsrooms open a report: “HAMBURG (Reuters) — ”.
//!
//! Words put in before the first words of the statement come in, a line of date and publisher goes out, or nothing: then they are
//! words like others. Every word has to be a name, a figure or a month, and a dash or colon has to part them from the sentence.

use std::ops::Range;

use super::{Kind, Severity, draft::Draft, edits::quoted, framing::Surroundings, pair::Pair};
use crate::extract::{BlockKind, dates};

/// The most words of such an opening.
const WORDS: usize = 8;

/// The opening of the statement's first paragraph that `come`, words of the copy without any of the original, are.
pub(super) fn opening(pair: &Pair<'_>, surroundings: &Surroundings<'_>, come: &Range<usize>) -> Option<Draft> {
    let (side, copy) = (&pair.alignment.copy, pair.copy);
    let block = side.block_of(come.start);
    let own = copy.blocks.get(block)?;
    let heading = |block: usize| copy.blocks.get(block).is_some_and(|own| matches!(own.kind, BlockKind::Heading(_)));
    let first = (surroundings.bounds.copy.start..block).all(|other| heading(other) || !surroundings.copy.any(other));
    let next = side.words.get(come.end)?.bytes.start;
    let opens = side.blocks.get(block).is_some_and(|words| words.start == come.start) && next < own.bytes.end;
    if !first || !opens || come.len() > WORDS || heading(block) {
        return None;
    }
    let text = copy.text.get(own.bytes.start..next)?;
    is_opening(text).then(|| {
        let message = format!("The copy's own line of date and publisher: {}.", quoted(text.trim()));
        let end = own.bytes.start + text.trim_end().len();
        Draft::in_copy(Kind::Dateline, Severity::Note, own.bytes.start..end, message)
    })
}

/// Whether `text` names a place with a day, an agency or a wider place, and is parted from what follows.
fn is_opening(text: &str) -> bool {
    let text = text.trim_end();
    let Some(head) = text.strip_suffix(['—', '–', '-', ':']).map(|head| head.trim_end_matches(['-', ' '])) else {
        return false;
    };
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let named = |word: &str| {
        let agency = word.starts_with(['(', '/']);
        let word = bare(word);
        agency || word.is_empty() || !word.starts_with(char::is_lowercase) || dates::month(&word).is_some()
    };
    let place = head.chars().next().is_some_and(char::is_uppercase);
    let agency = head.ends_with([')', '/']);
    let further = head.contains(',') && head.split_whitespace().count() >= 2;
    place && (agency || further || !dates::find(head).is_empty()) && head.split_whitespace().all(named)
}

#[cfg(test)]
mod tests {
    use super::is_opening;

    #[test]
    fn newsrooms_open_reports_in_many_ways() {
        for text in [
            "HAMBURG (Reuters) - ",
            "HAMBURG, April 3 — ",
            "LOWER VALLEY, April 3, 2024 /PRNewswire/ -- ",
            "Hamburg (dpa) – ",
            "HARBOURTON, Ohio — ",
        ] {
            assert!(is_opening(text), "{text}");
        }
        for text in ["LIES — ", "Not true, say experts — ", "Hamburg ", "In Hamburg, ", "(emphasis added) — "] {
            assert!(!is_opening(text), "{text}");
        }
    }
}
