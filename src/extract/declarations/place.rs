//! Whether a phrase stands where a declaration does, and not in the middle of somebody's prose.
//!
//! A text in small letters and the phrase's bytes go in. What the phrase declares is not asked here.

use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

use super::list;
use crate::extract::dates;

/// Where a phrase must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Its words say all there is to say.
    Anywhere,
    /// At the beginning of a note, with no verb behind.
    Note,
    /// Alone in brackets or on a line.
    Bracket,
    /// At the beginning of the block.
    Line,
    /// Like a note, and a text is named behind.
    Text,
}

static VERBS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| list("verbs").into_iter().collect());
static TEXTS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| list("texts").into_iter().collect());
static JOINTS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| list("joints").into_iter().collect());

/// Words of the longest sentence outside brackets that is a note.
const NOTE: usize = 16;

/// Words of the longest line that says nothing but what was done.
const LINE: usize = 8;

/// Words behind the phrase in which a text is named.
const NAMED: usize = 7;

impl Place {
    /// The place by its name in the data.
    pub(super) fn called(name: &str) -> Option<Self> {
        Some(match name {
            "anywhere" => Self::Anywhere,
            "note" => Self::Note,
            "bracket" => Self::Bracket,
            "line" => Self::Line,
            "text" => Self::Text,
            _ => return None,
        })
    }

    /// Whether `phrase` stands in such a place of `text`.
    pub(super) fn holds(self, text: &str, phrase: &Range<usize>) -> bool {
        let (before, behind) =
            (text.get(..phrase.start).unwrap_or_default(), text.get(phrase.end..).unwrap_or_default());
        match self {
            Self::Anywhere => true,
            Self::Line => before.trim_start_matches(|c: char| !c.is_alphanumeric()).is_empty(),
            Self::Note => is_note(before, behind),
            Self::Bracket => is_alone(before, behind),
            Self::Text => {
                is_note(before, behind) && words(behind).take(NAMED).any(|word| TEXTS.contains(word.as_str()))
            }
        }
    }
}

/// Whether an opening bracket in `before` is not closed there.
fn in_bracket(before: &str) -> bool {
    before.rfind(['(', '[']).is_some_and(|open| !before[open..].contains([')', ']']))
}

/// Whether what stands before a phrase lets a note begin there.
fn begins(before: &str) -> bool {
    let before = before.trim_end();
    let inside = in_bracket(before);
    let joined = [" and", " with", " all", " und", " et", " y", " e", " и"].iter().any(|word| before.ends_with(word));
    match before.chars().next_back() {
        None => true,
        Some(c) if ".!?…:;([{—–―\"”»“«|/*".contains(c) => true,
        Some(',' | '-') => inside || before.ends_with(['”', '"', '»']),
        Some(_) => inside && joined,
    }
}

/// What follows up to the end of the bracket or the sentence.
fn rest(behind: &str) -> &str {
    let end = behind.char_indices().find(|(at, c)| {
        let next = behind.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        matches!(c, ')' | ']' | '\n') || (matches!(c, '.' | '!' | '?' | ';') && next.is_none_or(char::is_whitespace))
    });
    end.map_or(behind, |(at, _)| &behind[..at])
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let cut = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    text.split_whitespace().map(cut).filter(|word| !word.is_empty())
}

fn is_note(before: &str, behind: &str) -> bool {
    let rest = rest(behind);
    let bracket = in_bracket(before);
    begins(before)
        && (bracket || (words(rest).count() <= NOTE && !words(rest).any(|word| VERBS.contains(word.as_str()))))
}

/// Whether nothing goes on from the phrase but who, whence or when.
fn is_alone(before: &str, behind: &str) -> bool {
    let rest = rest(behind);
    let closes =
        !in_bracket(before) || behind.get(rest.len()..).is_some_and(|end| end.starts_with([')', ']', ';', '.']));
    let line = || before.trim_matches(|c: char| !c.is_alphanumeric()).is_empty() && words(behind).count() <= LINE;
    let mut next = words(rest);
    let dated = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || dates::month(word).is_some();
    let goes_on = match next.next() {
        None => false,
        Some(word) if JOINTS.contains(word.as_str()) || dated(&word) => false,
        Some(word) if matches!(word.as_str(), "on" | "am" | "le" | "el" | "il" | "em") => {
            !next.next().is_some_and(|word| dated(&word))
        }
        Some(_) => !rest.trim_start().starts_with([',', ':', '–', '—', '-', '/']),
    };
    let verb = words(rest).any(|word| VERBS.contains(word.as_str()));
    !goes_on && !verb && closes && ((in_bracket(before) && begins(before)) || line())
}
