//! The end of a quoted paragraph that says who is quoted: “… in the valley. — Ned Price, spokesman”.
//!
//! A paragraph set as a quotation goes in, its words without the credit come out. A line of its own that credits is known in
//! `quotations` already.

use crate::{
    extract::{ByteRange, Document},
    text::words::spans,
};

/// Words of the longest credit.
const CREDIT: usize = 10;

/// The range without a credit at its end; as it is where it has none.
pub(super) fn without(document: &Document, bytes: &ByteRange) -> ByteRange {
    let text = document.text.get(bytes.clone()).unwrap_or_default();
    let end = dashed(text).or_else(|| cited(document, bytes, text));
    end.map_or(bytes.clone(), |end| {
        bytes.start..bytes.start + text.get(..end).map_or(end, |kept| kept.trim_end().len())
    })
}

/// The credit that stands behind `bytes` in its own paragraph.
pub(super) fn behind<'a>(document: &'a Document, bytes: &ByteRange) -> Option<&'a str> {
    let block = document.blocks.get(document.block_at(bytes.end.checked_sub(1)?))?;
    let rest = document.text.get(bytes.end..block.bytes.end)?;
    let name = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != ')');
    (!name.is_empty() && is_name(name)).then_some(name)
}

/// Behind a dash, behind the end of a sentence: where that is.
fn dashed(text: &str) -> Option<usize> {
    let (at, dash) = text.char_indices().rev().find(|(_, c)| matches!(c, '—' | '–' | '―'))?;
    let before = text.get(..at)?.trim_end();
    let name = text.get(at + dash.len_utf8()..)?.trim();
    (ends(before) && is_name(name)).then_some(at)
}

/// In a `<cite>` at the end of the paragraph: where that begins.
fn cited(document: &Document, bytes: &ByteRange, text: &str) -> Option<usize> {
    let rest = |own: &ByteRange| document.text.get(own.end..bytes.end).unwrap_or_default();
    let inside = |own: &&ByteRange| own.start > bytes.start && own.end <= bytes.end;
    let last = document.cited.iter().filter(inside).find(|own| !rest(own).contains(char::is_alphanumeric))?;
    let start = last.start - bytes.start;
    let (before, name) = (text.get(..start)?.trim_end(), text.get(start..)?.trim());
    // Without the end of a sentence before it, it is a title within one.
    (ends(before.trim_end_matches(['—', '–', '―', '-', ' '])) && is_name(name.trim_start_matches(['—', '–', ' '])))
        .then_some(start)
}

/// Whether a text ends with a sentence.
fn ends(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '…', '”', '"', '»', '“', '’'])
}

/// Whether the words can credit somebody: few, the first with a capital, none of them ending a sentence.
fn is_name(name: &str) -> bool {
    let words = spans(name).len();
    let inner = name.trim_end_matches(['.', ')']);
    (1..=CREDIT).contains(&words)
        && name.starts_with(char::is_uppercase)
        && !inner.contains(['!', '?', ';'])
        && !inner.match_indices(". ").any(|(at, _)| {
            inner.get(..at).is_some_and(|before| before.chars().rev().take_while(|c| c.is_alphabetic()).count() > 3)
        })
}
