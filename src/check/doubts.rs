//! Words of the original that some readers of the copy may see otherwise, or not at all: one limit for each reason.
//!
//! Pages are read as a desktop shows them, and nothing is laid out. What the original's page does too says nothing of the copy.

use std::ops::Range;

use super::{edits::quoted, pair::Pair};
use crate::extract::{ByteRange, Document, Doubt, Note};

/// The limits of the copy, in which the article covers the blocks `bounds`.
pub(super) fn limits(pair: &Pair<'_>, bounds: &Range<usize>) -> Vec<Note> {
    if pair.copy.doubtful.is_empty() {
        return Vec::new();
    }
    Doubt::ALL.into_iter().filter_map(|doubt| limit(pair, bounds, doubt)).collect()
}

fn limit(pair: &Pair<'_>, bounds: &Range<usize>, doubt: Doubt) -> Option<Note> {
    let of = |document: &Document| -> Vec<ByteRange> {
        let own = document.doubtful.iter().filter(|own| own.why == doubt);
        own.map(|own| own.bytes.clone()).collect()
    };
    let (mut passages, theirs) = (of(pair.copy), of(pair.original));
    if passages.is_empty() || theirs.len() >= passages.len() {
        return None;
    }
    passages.sort_unstable_by_key(|bytes| bytes.end);
    let side = &pair.alignment.copy;
    let touched = |right: &usize| {
        let Some(word) = side.words.get(*right) else { return false };
        let next = passages.partition_point(|bytes| bytes.end <= word.bytes.start);
        bounds.contains(&side.block_of(*right)) && passages.get(next).is_some_and(|bytes| bytes.start < word.bytes.end)
    };
    let words: Vec<usize> = pair.same_words().map(|(_, right)| right).filter(touched).collect();
    let all = pair.same_words().filter(|(_, right)| bounds.contains(&side.block_of(*right))).count();
    // What most of a text has is the page's way of setting it.
    if doubt.is_of_a_part() && words.len() * 2 > all {
        return None;
    }
    let first = words.first()?;
    let together = words.iter().enumerate().take_while(|(at, word)| first + at == **word).count();
    let text = quoted(pair.copy.text.get(side.bytes(&(*first..first + together))).unwrap_or_default());
    let fate = |one: &str, many: &str| match words.len() {
        1 => format!("One word of the original {one}: {text}."),
        count => format!("{count} words of the original {many}, beginning with {text}."),
    };
    Some(match doubt {
        Doubt::OffPhones => note("hidden-on-phones", fate("is not shown on phones", "are not shown on phones")),
        Doubt::OffDark => note(
            "hidden-in-dark",
            fate("is not seen where the reader prefers dark pages", "are not seen where the reader prefers dark pages"),
        ),
        Doubt::OffWide => {
            note("hidden-on-wide-screens", fate("is not shown on wide screens", "are not shown on wide screens"))
        }
        Doubt::LoudOnPhones => note("set-off-on-phones", fate("is set off on phones", "are set off on phones")),
        Doubt::LoudInDark => note(
            "set-off-in-dark",
            fate("is set off where the reader prefers dark pages", "are set off where the reader prefers dark pages"),
        ),
        Doubt::LoudOnWide => {
            note("set-off-on-wide-screens", fate("is set off on wide screens", "are set off on wide screens"))
        }
        Doubt::OwnFont => note(
            "own-typeface",
            fate(
                "is set in a typeface of the page's own, which may draw other letters",
                "are set in a typeface of the page's own, which may draw other letters",
            ),
        ),
        Doubt::CutOff => {
            note("cut-off", fate("may be cut off by the box it stands in", "may be cut off by the box they stand in"))
        }
    })
}

fn note(code: &str, message: String) -> Note {
    Note { code: code.to_owned(), message: format!("In the copy: {message}") }
}
