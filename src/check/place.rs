//! Where a block stands in the markup around it: in a list or table of the statement, in a box of its own, next to a passage.
//!
//! Facts about places only. What a place means for a block is for `roles` and `framing` to say.

use std::ops::Range;

use super::pair::{Matched, Pair, parent_of};
use crate::extract::{BlockKind, Document};

/// Items and cells of which a run of new ones may consist before the statement's own are out of sight.
const REACH: usize = 64;

/// Blocks of the largest box that can be a remark and nothing else.
const BOX: usize = 12;

/// How many blocks away a block can be about the text: in the same element, and only on the same page.
const NEAR: usize = 40;
const FAR: usize = 8;

/// Whether a block is near enough to speak about the statement in `bounds`: inside an element that holds it, or next to it.
pub(super) fn is_close(document: &Document, matched: &Matched, bounds: &Range<usize>, block: usize) -> bool {
    if bounds.is_empty() {
        return false;
    }
    let distance = if block < bounds.start { bounds.start - block } else { block.saturating_sub(bounds.end - 1) };
    let first = document.blocks.get(block).map(|block| block.container);
    let holder = std::iter::successors(first, |index| document.containers.get(*index)?.parent)
        .find(|index| matched.holds(*index))
        .and_then(|index| document.containers.get(index));
    let page = holder.is_none_or(|holder| matches!(holder.tag.as_str(), "html" | "body"));
    distance <= if page && document.containers.len() > 3 { FAR } else { NEAR }
}

/// What a list or a table is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Item,
    Cell,
}

fn piece(document: &Document, block: usize) -> Option<Piece> {
    match document.blocks.get(block)?.kind {
        BlockKind::ListItem => Some(Piece::Item),
        BlockKind::Cell | BlockKind::HeadCell => Some(Piece::Cell),
        BlockKind::Paragraph
        | BlockKind::Heading(_)
        | BlockKind::Quotation
        | BlockKind::Caption
        | BlockKind::Preformatted => None,
    }
}

/// Whether a block of one document and a block of the other are both list items, or both cells.
pub(super) fn are_pieces(left: &Document, block: usize, right: &Document, other: usize) -> bool {
    piece(left, block).is_some_and(|own| piece(right, other) == Some(own))
}

/// The list or table a block stands in; none in documents without markup.
fn series(document: &Document, block: usize) -> Option<usize> {
    let first = document.blocks.get(block)?.container;
    let is_series = |index: &usize| {
        document.containers.get(*index).is_some_and(|own| ["table", "ul", "ol", "dl"].contains(&&*own.tag))
    };
    std::iter::successors(Some(first), |index| document.containers.get(*index)?.parent).find(is_series)
}

/// Whether a block stands in a list or a table.
pub(super) fn is_in_series(document: &Document, block: usize) -> bool {
    series(document, block).is_some()
}

/// Whether two blocks are items of one list or cells of one table.
pub(super) fn in_one_series(document: &Document, left: usize, right: usize) -> bool {
    are_pieces(document, left, document, right) && series(document, left) == series(document, right)
}

/// Whether a block of the copy is an item of a list or a cell of a table that the statement has: one next to it, with nothing
/// but new ones between, is an item or a cell of the original.
/// Those `aside` are the original's own furniture.
pub(super) fn is_piece_of_statement(pair: &Pair<'_>, matched: &Matched, aside: &[bool], block: usize) -> bool {
    let copy = pair.copy;
    let own = |other: usize| {
        let with = matched.with.get(other).copied().flatten();
        with.is_some_and(|with| aside.get(with) == Some(&false) && are_pieces(copy, block, pair.original, with))
    };
    let beside = |blocks: &mut dyn Iterator<Item = usize>| {
        blocks.take_while(|other| in_one_series(copy, block, *other)).find(|other| matched.any(*other)).is_some_and(own)
    };
    let behind = (block + 1..copy.blocks.len()).take(REACH);
    beside(&mut (0..block).rev().take(REACH)) || beside(&mut { behind })
}

/// Whether two blocks are set alike, one beside the other: of one kind, in elements of one name in the same element.
pub(super) fn are_siblings(document: &Document, left: usize, right: usize) -> bool {
    let (Some(one), Some(other)) = (document.blocks.get(left), document.blocks.get(right)) else { return false };
    let tag = |index: usize| document.containers.get(index).map(|own| own.tag.as_str());
    one.kind == other.kind
        && tag(one.container) == tag(other.container)
        && (one.container == other.container || parent_of(document, left) == parent_of(document, right))
}

/// The blocks of the box a block stands in, the outermost element around it that holds nothing of the other document; none
/// where they are more than [`BOX`].
pub(super) fn box_of(document: &Document, matched: &Matched, block: usize) -> Option<Range<usize>> {
    let outermost = |block: usize| {
        let first = document.blocks.get(block).map(|own| own.container);
        let chain = std::iter::successors(first, |index| document.containers.get(*index)?.parent);
        chain.take_while(|index| !matched.holds(*index)).last()
    };
    let Some(own) = outermost(block) else { return Some(block..block + 1) };
    let same = |other: &usize| outermost(*other) == Some(own);
    let before = (0..block).rev().take(BOX).take_while(same).count();
    let behind = (block + 1..document.blocks.len()).take(BOX).take_while(same).count();
    (before + behind < BOX).then(|| block - before..block + 1 + behind)
}
