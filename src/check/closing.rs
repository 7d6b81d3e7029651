//! What closes a report behind its last sentence: `(dpa)`, `-30-`, `Source: the board`, `— Jane Doe`, a link to more.
//!
//! Words at the end of the statement's last paragraph that only one of the texts has come in, a note goes out, or nothing: then they
//! are words like others. Names of agencies and the phrases are in `words/closing.txt`.

use std::{ops::Range, sync::LazyLock};

use super::{
    Kind, Severity,
    draft::Draft,
    edits::quoted,
    pair::{Pair, words_of},
};
use crate::{
    diff::Side,
    extract::{Document, labels, labels::Label},
    text::words::ends_sentence,
};

/// The most words of such a line.
const WORDS: usize = 16;

/// The most words of a name or of a link to more.
const NAME: usize = 5;

/// The most letters of the initials of who wrote a report.
const INITIALS: usize = 3;

struct Words {
    agencies: Vec<&'static str>,
    phrases: Vec<&'static str>,
}

static LIST: LazyLock<Words> = LazyLock::new(|| {
    let lines = || include_str!("words/closing.txt").lines();
    let agencies = lines().filter_map(|line| line.strip_prefix("agency: ")).flat_map(str::split_whitespace).collect();
    Words { agencies, phrases: lines().filter_map(|line| line.strip_prefix("phrase: ")).collect() }
});

/// The closing line that words of one text without any of the other are: those at the end of the statement, whose last block in
/// either document is given.
pub(super) fn line(pair: &Pair<'_>, last: (usize, usize), gone: &Range<usize>, come: &Range<usize>) -> Option<Draft> {
    let (mine, theirs) = (&pair.alignment.original, &pair.alignment.copy);
    if gone.is_empty() {
        let (kind, bytes) = tail(pair.copy, theirs, come, last.1)?;
        let text = pair.copy.text.get(bytes.clone()).unwrap_or_default();
        let message = format!("A line that closes the report: {}.", quoted(text));
        let place = mine.bytes(gone).start;
        Some(Draft { place_in_original: Some(place), ..Draft::in_copy(kind, Severity::Note, bytes, message) })
    } else if come.is_empty() {
        let (kind, bytes) = tail(pair.original, mine, gone, last.0)?;
        let text = pair.original.text.get(bytes.clone()).unwrap_or_default();
        let message = format!("A line that closes the original's report is not in the copy: {}.", quoted(text));
        Some(Draft::missing(kind, Severity::Note, bytes, theirs.bytes(come).start, message))
    } else {
        None
    }
}

/// What `words` are if they end block `last` behind a sentence, and where they stand with their signs.
fn tail(document: &Document, side: &Side, words: &Range<usize>, last: usize) -> Option<(Kind, Range<usize>)> {
    let own = words_of(side, last);
    let before = words.start.checked_sub(1).filter(|before| own.contains(before))?;
    if words.end != own.end || words.len() > WORDS {
        return None;
    }
    let end = document.blocks.get(last)?.bytes.end;
    let start = side.words.get(before)?.bytes.end;
    let first = side.words.get(words.start)?.bytes.start;
    let between = document.text.get(start..first)?;
    if !ends_sentence(between) {
        return None;
    }
    // The signs before the first word belong to the line, those that end the sentence do not.
    let sentence = between
        .rfind(['.', '!', '?', '…', '。', '”', '"', '»'])
        .map_or(0, |at| at + between.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    let text = document.text.get(start + sentence..end)?;
    let lead = text.len() - text.trim_start().len();
    let bytes = start + sentence + lead..end;
    let linked = document.links.iter().any(|link| link.bytes.start <= first && first < link.bytes.end);
    Some((of(text.trim(), linked)?, bytes))
}

/// What a line is that closes a report; none for lines that say something.
pub(super) fn of(text: &str, linked: bool) -> Option<Kind> {
    let inner = text
        .trim_matches(|c: char| matches!(c, '(' | ')' | '（' | '）' | '[' | ']' | '/' | '-' | '–' | '—' | ' ' | '.'));
    let boxed = text.starts_with(['(', '（', '[', '/']);
    let dash = text.starts_with(['—', '–', '-']);
    let words = inner.split_whitespace().count();
    let small = inner.to_lowercase();
    match labels::of(inner).or_else(|| labels::of(text)) {
        Some(Label::Source | Label::Credit | Label::Copyright | Label::ReadMore | Label::Letterhead)
            if words <= WORDS =>
        {
            return Some(Kind::Afterword);
        }
        Some(Label::Byline) if words <= WORDS && (boxed || dash) => return Some(Kind::Byline),
        _ => {}
    }
    let agencies = || {
        let mut parts = small.split(|c: char| c.is_whitespace() || matches!(c, '/' | ',' | '&' | ';'));
        parts.all(|part| matches!(part, "" | "and" | "und" | "et" | "y" | "e" | "и") || LIST.agencies.contains(&part))
    };
    match () {
        () if inner.is_empty() => None,
        () if LIST.phrases.iter().any(|phrase| small.starts_with(phrase)) => Some(Kind::Byline),
        () if (boxed || dash || words == 1) && agencies() => Some(Kind::Afterword),
        () if linked && words <= 2 * NAME => Some(Kind::Afterword),
        () if (boxed || words == 1) && is_initials(inner) => Some(Kind::Byline),
        () if dash && words <= NAME && is_name(inner) => Some(Kind::Byline),
        () => None,
    }
}

/// Whether a word in small letters is the name of a news agency.
pub(super) fn is_agency(word: &str) -> bool {
    LIST.agencies.contains(&word)
}

/// `jd`, `kt/mb`: letters that are no word, for want of a vowel.
fn is_initials(text: &str) -> bool {
    text.split(['/', ',', '.']).all(|part| {
        let part = part.trim();
        let letters = part.chars().count();
        (1..=INITIALS).contains(&letters)
            && part.chars().all(|c| c.is_lowercase() && !"aeiouyäöüáéíóúаеёиоуыэюя".contains(c))
    })
}

/// Whether every word begins with a capital, and there are two at least.
fn is_name(text: &str) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase) && !crate::text::words::is_capitals(word);
    text.split_whitespace().count() > 1 && text.split_whitespace().all(capital)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_closed_in_many_ways() {
        for text in [
            "(dpa)",
            "/dpa",
            "(AFP)",
            "(Reuters/AP)",
            "(dpa, AFP)",
            "/ТАСС/",
            "-30-",
            "###",
            "ENDS",
            "(jd)",
            "(kt/mb)",
            "Source: Harbour Board",
            "(Quelle: Hafenamt)",
            "— Jane Doe",
            "(Reporting by Jane Doe; editing by John Roe)",
            "(mit Material von AP)",
            "© Harbour Board",
        ] {
            assert!(of(text, false).is_some(), "{text}");
        }
        assert!(of("Read the full story »", true).is_some());
        for text in ["(sic)", "(not)", "(LIES)", "(Untrue)", "— LIES", "— nobody knows", "(he lied)", "No.", "(no)"]
        {
            assert_eq!(of(text, false), None, "{text}");
        }
    }
}
