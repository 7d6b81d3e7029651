//! Numbers of list items: counted by the browser on one page, typed by hand on the other. A reader sees the same.

use std::ops::Range;

use super::pair::{Matched, Pair, words_of};
use crate::{
    diff::Side,
    extract::{BlockKind, Document},
};

/// Characters of the longest number or letter before an item.
const LONGEST: usize = 4;

/// Whether `come` is the number before an item that the original's list counts by itself, or `gone` the same the other way round.
pub(super) fn is_typed_number(pair: &Pair<'_>, copy: &Matched, gone: &Range<usize>, come: &Range<usize>) -> bool {
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
