//! What counts and leads, and is not read with the words: numbers of items and paragraphs, marks of notes.
//!
//! A browser counts the items of a list, a writer types `(a)` before them; one house numbers its paragraphs, the next does not; notes
//! have marks that a copy without its notes drops. Each is a note, as long as it can be nothing else: a number before a paragraph is
//! one only where its neighbours are counted as well.

use std::ops::Range;

use super::{
    Kind, Severity,
    draft::Draft,
    edits::quoted,
    pair::{Matched, Pair, words_of},
};
use crate::{
    diff::Side,
    extract::{BlockKind, ByteRange, Document},
    text::words::{Lexicon, fold},
};

/// Characters of the longest number or letter before an item.
const LONGEST: usize = 4;

/// Blocks away at which others that are counted are looked for.
const NEAR: usize = 12;

/// Others that must be counted, where the number has a sign of its own and where it stands bare.
const SIGNED: usize = 1;
const BARE: usize = 2;

/// How a paragraph is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counting {
    Figures,
    Letters,
    Roman,
}

/// What stands before a paragraph that is counted.
struct Counted {
    value: usize,
    /// Whether a bracket or a full stop says that it counts.
    signed: bool,
    /// Where it ends, in bytes of the block.
    end: usize,
}

/// The change, if it is one of numbers before paragraphs or of marks only.
pub(super) fn find(pair: &Pair<'_>, copy: &Matched, gone: &Range<usize>, come: &Range<usize>) -> Option<Draft> {
    let alignment = pair.alignment;
    let (before, after) = (alignment.original.bytes(gone), alignment.copy.bytes(come));
    let old = pair.original.text.get(before.clone()).unwrap_or_default();
    let new = pair.copy.text.get(after.clone()).unwrap_or_default();
    let message = if is_marked(pair, gone, come) {
        match (gone.is_empty(), come.is_empty()) {
            (true, _) => format!("A mark that leads to a note, {}, is only in the copy.", quoted(new)),
            (_, true) => format!("A mark that leads to a note, {}, is only in the original.", quoted(old)),
            (false, false) => format!("The mark of a note came or went: {} for {}.", quoted(new), quoted(old)),
        }
    } else if is_typed_number(pair, copy, gone, come) {
        let what = if gone.is_empty() { quoted(new) } else { quoted(old) };
        format!("The number of a list item, {what}, is typed on one page and counted on the other.")
    } else if is_counted_otherwise(pair, gone, come) {
        let what = if come.is_empty() { quoted(old) } else { quoted(new) };
        format!("Paragraphs are counted on one page and not so on the other: {what}.")
    } else {
        return None;
    };
    Some(match (gone.is_empty(), come.is_empty()) {
        (true, _) => Draft {
            place_in_original: Some(before.start),
            ..Draft::in_copy(Kind::Typography, Severity::Note, after, message)
        },
        (false, true) => Draft::missing(Kind::Typography, Severity::Note, before, after.start, message),
        (false, false) => Draft::in_copy(Kind::Typography, Severity::Note, after, message).against(before),
    })
}

/// Whether both sides have the same words but for marks that lead to notes.
fn is_marked(pair: &Pair<'_>, gone: &Range<usize>, come: &Range<usize>) -> bool {
    let (old, left) = without_marks(pair.original, &pair.alignment.original.bytes(gone));
    let (new, right) = without_marks(pair.copy, &pair.alignment.copy.bytes(come));
    let words = |text: &str| -> Vec<String> {
        Lexicon::new().words(text).into_iter().map(|word| fold(text.get(word.bytes).unwrap_or_default())).collect()
    };
    (left || right) && words(&old) == words(&new)
}

/// The text at `bytes` without marks, and whether there were any.
fn without_marks(document: &Document, bytes: &ByteRange) -> (String, bool) {
    let marks = &document.marks;
    let first = marks.partition_point(|mark| mark.end <= bytes.start);
    let mut text = String::new();
    let (mut at, mut any) = (bytes.start, false);
    for mark in marks.iter().skip(first).take_while(|mark| mark.start < bytes.end) {
        text.push_str(document.text.get(at..mark.start.max(at)).unwrap_or_default());
        (at, any) = (mark.end.min(bytes.end), true);
    }
    text.push_str(document.text.get(at..bytes.end).unwrap_or_default());
    (text, any)
}

/// Whether `come` is the number before an item that the original's list counts by itself, or `gone` the same the other way round.
fn is_typed_number(pair: &Pair<'_>, copy: &Matched, gone: &Range<usize>, come: &Range<usize>) -> bool {
    let alignment = pair.alignment;
    if gone.is_empty() {
        let block = alignment.copy.block_of(come.start);
        let counted = copy.with.get(block).copied().flatten().is_some_and(|with| is_counted(pair.original, with));
        counted && begins(pair.copy, &alignment.copy, block, come)
    } else if come.is_empty() {
        let block = alignment.original.block_of(gone.start);
        let next = alignment.original.words.get(gone.end).map(|_| gone.end);
        let partner = next.and_then(|next| pair.partner(next));
        let counted = partner.is_some_and(|right| is_counted(pair.copy, alignment.copy.block_of(right)));
        counted && begins(pair.original, &alignment.original, block, gone)
    } else {
        false
    }
}

/// Whether a block is an item of a list that the browser numbers.
fn is_counted(document: &Document, block: usize) -> bool {
    let Some(own) = document.blocks.get(block).filter(|own| own.kind == BlockKind::ListItem) else { return false };
    let chain = std::iter::successors(Some(own.container), |index| document.containers.get(*index)?.parent);
    let lists = chain.filter_map(|index| document.containers.get(index)).map(|container| container.tag.as_str());
    lists.into_iter().find(|tag| matches!(*tag, "ol" | "ul")) == Some("ol")
}

/// Whether `words` is one short word at the beginning of the block with the sign of a number behind it.
fn begins(document: &Document, side: &Side, block: usize, words: &Range<usize>) -> bool {
    let bytes = side.bytes(words);
    let behind = document.text.get(bytes.end..).and_then(|rest| rest.chars().next());
    let number = document.text.get(bytes).unwrap_or_default();
    let short = number.chars().count() <= LONGEST && number.chars().all(char::is_alphanumeric);
    words.len() == 1 && words_of(side, block).start == words.start && short && matches!(behind, Some('.' | ')'))
}

/// Whether the words are what counts a paragraph, among others that are counted, on one page or on both in different ways.
fn is_counted_otherwise(pair: &Pair<'_>, gone: &Range<usize>, come: &Range<usize>) -> bool {
    let (mine, theirs) = (&pair.alignment.original, &pair.alignment.copy);
    // A sign that leads to the paragraph counts nothing.
    let says = |document: &Document, side: &Side, words: &Range<usize>| {
        let (text, marked) = without_marks(document, &side.bytes(words));
        !words.is_empty() && (!marked || text.contains(char::is_alphanumeric))
    };
    let old = says(pair.original, mine, gone).then(|| among_counted(pair.original, mine, gone));
    let new = says(pair.copy, theirs, come).then(|| among_counted(pair.copy, theirs, come));
    match (old, new) {
        (Some(old), None) => old.is_some(),
        (None, Some(new)) => new.is_some(),
        (Some(Some(old)), Some(Some(new))) => old != new,
        (Some(_), Some(_)) | (None, None) => false,
    }
}

/// How the paragraph is counted that `words` stand before, if others near it are.
fn among_counted(document: &Document, side: &Side, words: &Range<usize>) -> Option<Counting> {
    let block = side.block_of(words.start);
    let start = document.blocks.get(block)?.bytes.start;
    let all = words_of(side, block);
    let is_among = |counting: &Counting| {
        let Some(own) = counted(document.block_text(block), *counting) else { return false };
        let inside = side.words.get(all.clone()).unwrap_or_default().iter();
        let counts = inside.take_while(|word| word.bytes.end <= start + own.end).count();
        if all.start != words.start || words.len() != counts || counts == all.len() {
            return false;
        }
        let near = (block.saturating_sub(NEAR)..block + NEAR).filter(|other| *other < document.blocks.len());
        let others = near.filter(|other| {
            let other_one = counted(document.block_text(*other), *counting);
            // What comes before counts less, what comes behind more.
            other_one.filter(|one| one.signed == own.signed).is_some_and(|one| {
                (*other < block && one.value < own.value) || (*other > block && one.value > own.value)
            })
        });
        others.count() >= if own.signed { SIGNED } else { BARE }
    };
    [Counting::Figures, Counting::Roman, Counting::Letters].into_iter().find(is_among)
}

/// What counts a paragraph in that way: `1.`, `(a)`, `[12]`, `iv)`, `§ 3`, a bare `7`.
fn counted(text: &str, counting: Counting) -> Option<Counted> {
    let open = text.strip_prefix(['(', '[']).unwrap_or(text);
    let open = open.strip_prefix('§').map_or(open, str::trim_start);
    let lead = text.len() - open.len();
    let length = open.find(|c: char| !c.is_alphanumeric()).unwrap_or(open.len());
    let own = open.get(..length).filter(|own| !own.is_empty() && own.chars().count() <= LONGEST)?;
    let behind = open.get(length..)?;
    let closed = behind.starts_with([')', ']']) || behind.starts_with(". ");
    let signed = closed || text.starts_with('§');
    if !signed && (lead > 0 || !behind.starts_with(' ')) {
        return None;
    }
    let small = fold(own);
    let value = match counting {
        // Years are read; what counts is lower.
        Counting::Figures => small.parse().ok().filter(|value| signed || *value < 1000),
        Counting::Letters => {
            let mut letters = small.chars();
            let letter = letters.next().filter(|c| signed && c.is_alphabetic() && letters.next().is_none());
            letter.map(|letter| u32::from(letter) as usize)
        }
        Counting::Roman => NUMERALS.iter().position(|numeral| signed && *numeral == small),
    };
    Some(Counted { value: value?, signed, end: lead + length })
}

/// Small Roman numerals, in order.
const NUMERALS: [&str; 20] = [
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
];
