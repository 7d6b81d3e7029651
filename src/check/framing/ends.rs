//! A paragraph of the copy in place of the original's first or last, where that one alone is missing.
//!
//! Blocks and their roles so far go in, yes or no comes out.

use super::{Position, Surroundings, is_line};
use crate::{check::place, extract::Document};

/// Letters of the longest line.
const LETTERS: usize = 40;

impl Surroundings<'_> {
    /// Whether a block stands where the original's first or last paragraph should: that one is missing, it alone, and this is
    /// the only paragraph in its place.
    pub(super) fn takes_an_end(&self, block: usize, undecided: &dyn Fn(usize) -> bool) -> bool {
        let (mine, theirs) = (&self.bounds.copy, &self.bounds.original);
        let copy = self.pair.copy;
        let beside = |block: usize| if block < mine.start { block.checked_sub(1) } else { Some(block + 1) };
        let (edge, other) = match self.position(block) {
            _ if mine.is_empty() || theirs.is_empty() => return false,
            Position::Before if block + 1 == mine.start => (mine.start, theirs.start),
            Position::After if block == mine.end => (mine.end - 1, theirs.end - 1),
            Position::Before | Position::Inside | Position::After => return false,
        };
        let outside: Vec<usize> = match self.position(block) {
            Position::Before => (0..theirs.start).collect(),
            Position::Inside | Position::After => (theirs.end..self.aside.len()).collect(),
        };
        let missing: Vec<usize> = outside.into_iter().filter(|block| !self.is_set_aside(*block)).collect();
        let [missing] = missing[..] else { return false };
        let alone = !beside(block).is_some_and(|next| undecided(next) && place::are_siblings(copy, block, next));
        let whole = !self.original.any(missing) && missing.abs_diff(other) == 1;
        let opposite = self.copy.with.get(edge).copied().flatten() == Some(other);
        alone && whole && opposite && (self.subject(block).adjoins() || self.are_lines(missing, block))
    }

    /// Whether a block of the original and one of the copy are lines of a word or a few in one kind of block: “Approved”, “Rejected”.
    fn are_lines(&self, original: usize, copy: usize) -> bool {
        let line = |document: &Document, block: usize| {
            let text = document.block_text(block);
            is_line(text) && document.label(block).is_none()
        };
        let kind = |document: &Document, block: usize| document.blocks.get(block).map(|own| own.kind);
        line(self.pair.original, original)
            && line(self.pair.copy, copy)
            && kind(self.pair.original, original) == kind(self.pair.copy, copy)
            && self.subject(copy).is_plain_line()
    }

    /// Whether all that was found of the original are lines: then a line behind them is as much of the statement as they are.
    pub(super) fn is_of_lines(&self) -> bool {
        // In scripts without spaces a paragraph is one word to `is_line`.
        let line = |text: &str| {
            is_line(text) && text.chars().count() <= LETTERS && !text.contains(['。', '।', '！', '？', '，', '、'])
        };
        !self.bounds.original.is_empty()
            && self.bounds.original.clone().all(|block| line(self.pair.original.block_text(block)))
    }
}
