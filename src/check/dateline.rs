//! A place, a day or an agency run into the first paragraph, as newsrooms open a report: “HAMBURG (Reuters) — ”, “Hamburg: ”.
//!
//! Words before the first words of the statement that only one of the texts has come in, a line of date and publisher goes out, or
//! nothing: then they are words like others. Every word has to be a name, a figure or a month, and a dash, colon or bracket has to part
//! them from the sentence. A name alone is a place unless it judges what follows.

use std::ops::Range;

use super::{Kind, Severity, draft::Draft, edits::quoted, facets, framing::Surroundings, pair::Pair};
use crate::{
    diff::Side,
    extract::{BlockKind, Document, dates},
    text::words::fold,
};

/// The most words of such an opening.
const WORDS: usize = 9;

/// The most words of a place that stands alone.
const PLACE: usize = 4;

/// Small words within names and dates.
const PARTICLES: [&str; 12] = ["le", "la", "den", "der", "de", "am", "il", "el", "di", "of", "du", "im"];

/// Words that judge what follows, or lead on to it: no places.
const NO_PLACES: [&str; 50] = [
    "lie",
    "lies",
    "lying",
    "false",
    "wrong",
    "untrue",
    "fake",
    "hoax",
    "fraud",
    "nonsense",
    "propaganda",
    "scandal",
    "shame",
    "true",
    "fact",
    "opinion",
    "however",
    "but",
    "yet",
    "still",
    "now",
    "so",
    "thus",
    "meanwhile",
    "indeed",
    "sadly",
    "and",
    "then",
    "also",
    "again",
    "here",
    "there",
    "lüge",
    "lügen",
    "falsch",
    "skandal",
    "aber",
    "doch",
    "jedoch",
    "faux",
    "mensonge",
    "mais",
    "falso",
    "mentira",
    "pero",
    "bugia",
    "ложь",
    "фейк",
    "но",
    "однако",
];

/// The opening of the statement's first paragraph that a change lies in: `come`, words of the copy in place of `gone`.
pub(super) fn opening(
    pair: &Pair<'_>,
    surroundings: &Surroundings<'_>,
    gone: &Range<usize>,
    come: &Range<usize>,
) -> Option<Draft> {
    let (mine, theirs) = (&pair.alignment.original, &pair.alignment.copy);
    if gone.len().max(come.len()) > WORDS {
        return None;
    }
    let first = |document: &Document, from: usize, block: usize, any: &dyn Fn(usize) -> bool| {
        let heading =
            |block: usize| document.blocks.get(block).is_some_and(|own| matches!(own.kind, BlockKind::Heading(_)));
        (from..block).all(|other| heading(other) || !any(other)) && !heading(block)
    };
    let bounds = &surroundings.bounds;
    let (old_block, new_block) = (block_of(mine, gone), block_of(theirs, come));
    let opens = first(pair.original, bounds.original.start, old_block, &|block| surroundings.original.any(block))
        && first(pair.copy, bounds.copy.start, new_block, &|block| surroundings.copy.any(block));
    let (old, before) = head(pair.original, mine, old_block, gone)?;
    let (new, after) = head(pair.copy, theirs, new_block, come)?;
    let line = |text: &str| text.trim().is_empty() || is_opening(text);
    if !opens || !line(old) || !line(new) || (old.trim().is_empty() && new.trim().is_empty()) {
        return None;
    }
    let message = |text: &str| format!("The copy's own line of date and publisher: {}.", quoted(text.trim()));
    Some(match (gone.is_empty(), come.is_empty()) {
        (true, _) => Draft {
            place_in_original: Some(mine.bytes(gone).start),
            ..Draft::in_copy(Kind::Dateline, Severity::Note, after, message(new))
        },
        (false, true) => {
            let message = format!("A line of date and publisher is only in the original: {}.", quoted(old.trim()));
            Draft::missing(Kind::Dateline, Severity::Note, before, theirs.bytes(come).start, message)
        }
        (false, false) => Draft::in_copy(Kind::Dateline, Severity::Note, after, message(new)).against(before),
    })
}

/// The block a change stands in: where there are no words, that of the words behind.
fn block_of(side: &Side, words: &Range<usize>) -> usize {
    side.block_of(words.start)
}

/// The text of the block up to the word behind the change, and where the changed words stand: with the signs around them where they
/// are all of that text.
fn head<'a>(
    document: &'a Document,
    side: &Side,
    block: usize,
    words: &Range<usize>,
) -> Option<(&'a str, Range<usize>)> {
    let own = document.blocks.get(block)?;
    let all = side.blocks.get(block)?;
    let next = side.words.get(words.end)?.bytes.start;
    if words.start - all.start.min(words.start) > WORDS || next >= own.bytes.end || words.start < all.start {
        return None;
    }
    let text = document.text.get(own.bytes.start..next)?;
    let bytes = match words.start == all.start && !words.is_empty() {
        true => own.bytes.start..own.bytes.start + text.trim_end().len(),
        false => side.bytes(words),
    };
    Some((text, bytes))
}

/// Whether `text` names a place, a day or an agency and is parted from what follows.
fn is_opening(text: &str) -> bool {
    let text = text.trim();
    let boxed = text.starts_with(['【', '（', '(', '〔']) && text.ends_with(['】', '）', ')', '〕']);
    let closed = text.strip_suffix(['—', '–', '-', ':', '|', '−']);
    let stopped = || text.strip_suffix('.').filter(|head| head.ends_with(['/', ')']) || is_place(head));
    let Some(head) = closed.or_else(stopped).or(boxed.then_some(text)).map(|head| head.trim_end_matches(['-', ' ']))
    else {
        return false;
    };
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let named = |word: &str| {
        let agency = word.starts_with(['(', '/']);
        let word = bare(word);
        let small = PARTICLES.contains(&word.as_str());
        agency || small || word.is_empty() || !word.starts_with(char::is_lowercase) || dates::month(&word).is_some()
    };
    let place =
        head.chars().next().is_some_and(|c| c.is_uppercase() || c == '(' || (c.is_alphabetic() && !c.is_lowercase()));
    let agency = head.ends_with([')', '/']) && !boxed;
    let further = head.contains(',') && head.split_whitespace().count() >= 2;
    let says = head.split_whitespace().count() > 1 || !boxed;
    let all = head.split_whitespace().all(named) && head.split_whitespace().count() <= WORDS;
    (place && all && says && (agency || further || !dates::find(head).is_empty()))
        || (boxed && is_place(head.trim_matches(|c: char| !c.is_alphanumeric())))
        || is_place(head)
}

/// Whether a line can be the name of a place or an agency and nothing else: names only, none of which says or judges anything.
fn is_place(text: &str) -> bool {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '=' | '＝' | '・'))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    let name = |word: &String| {
        let folded = fold(word);
        let agency = super::closing::is_agency(&folded);
        let says =
            !facets::of_word(&folded).is_empty() || NO_PLACES.contains(&folded.as_str()) || folded.ends_with("ly");
        agency || (!word.starts_with(char::is_lowercase) && word.chars().all(char::is_alphabetic) && !says)
    };
    (1..=PLACE).contains(&words.len()) && words.iter().all(name)
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
            "HAMBURG — ",
            "Hamburg: ",
            "Hamburg. ",
            "Hamburg/Kiel - ",
            "(dpa) - ",
            "(Hamburg) ",
            "МОСКВА, 3 апреля. /ТАСС/. ",
            "PARIS, le 3 avril (Reuters) - ",
            "باريس - ",
            "【東京＝共同】",
        ] {
            assert!(is_opening(text), "{text}");
        }
        for text in [
            "LIES — ",
            "Wrong: ",
            "However — ",
            "Allegedly: ",
            "Not true, say experts — ",
            "Hamburg ",
            "In Hamburg, ",
            "(emphasis added) — ",
        ] {
            assert!(!is_opening(text), "{text}");
        }
    }
}
