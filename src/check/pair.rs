//! The two documents and their alignment, with what every family of findings asks of them.

use std::{cell::OnceCell, cmp::Reverse, collections::BTreeMap, ops::Range};

use super::{Anchor, Point, bounds::Titles, occurrences::Occurrences};
use crate::{
    diff::{Alignment, Side},
    extract::{ByteRange, Document, Landmark},
    text::words::Word,
};

/// Code points of context on either side of an anchor.
const CONTEXT: usize = 32;

/// What the judges look at.
#[derive(Clone, Copy)]
pub(super) struct Pair<'a> {
    pub(super) original: &'a Document,
    pub(super) copy: &'a Document,
    pub(super) alignment: &'a Alignment,
    /// What is worked out of the three when it is first asked for.
    pub(super) known: &'a Known,
}

/// What follows from two documents and their alignment, and is asked for again and again.
#[derive(Default)]
pub(super) struct Known {
    /// Where each word of the original stands.
    occurrences: OnceCell<Occurrences>,
    /// For each word of the original, the word of the copy it is.
    partners: OnceCell<Vec<Option<usize>>>,
    kept: OnceCell<Kept>,
    titles: OnceCell<Titles>,
}

/// The blocks that stand in both documents letter for letter, by block.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    pub(super) original: Vec<bool>,
    pub(super) copy: Vec<bool>,
}

/// For each block of one document, what became of its words.
#[derive(Clone, Debug, Default)]
pub(super) struct Matched {
    /// Words that stand in the other document too, moved ones included.
    pub(super) words: Vec<usize>,
    /// The block of the other document most of them stand in; the first of several with as many.
    pub(super) with: Vec<Option<usize>>,
    /// How many stand in each.
    shared: Vec<BTreeMap<usize, usize>>,
    /// Whether an element holds matched words somewhere: by container.
    holds: Vec<bool>,
}

impl Matched {
    /// Whether any word of the block was found in the other document.
    pub(super) fn any(&self, block: usize) -> bool {
        self.words.get(block).is_some_and(|words| *words > 0)
    }

    /// Whether anything inside container `index` was.
    pub(super) fn holds(&self, index: usize) -> bool {
        self.holds.get(index).copied().unwrap_or(false)
    }
}

impl<'a> Pair<'a> {
    /// What became of the original's blocks and of the copy's.
    pub(super) fn matched(&self) -> (Matched, Matched) {
        let mut original = Matched::new(self.original);
        let mut copy = Matched::new(self.copy);
        let moved = self.alignment.moves.iter().flat_map(|moved| &moved.steps);
        for step in self.alignment.steps.iter().chain(moved).filter(|step| step.same) {
            for (left, right) in step.original.clone().zip(step.copy.clone()) {
                let left = self.alignment.original.block_of(left);
                let right = self.alignment.copy.block_of(right);
                original.add(left, right);
                copy.add(right, left);
            }
        }
        original.climb(self.original);
        copy.climb(self.copy);
        (original, copy)
    }

    /// Every pair of words that are the same: original's first, each with its index; moved ones last.
    pub(super) fn same_words(&self) -> impl Iterator<Item = (usize, usize)> + 'a {
        let alignment = self.alignment;
        let moved = alignment.moves.iter().flat_map(|moved| &moved.steps);
        let steps = alignment.steps.iter().chain(moved).filter(|step| step.same);
        steps.flat_map(|step| step.original.clone().zip(step.copy.clone()))
    }

    /// Whether these words of the copy stand somewhere in the original, one behind the other.
    pub(super) fn holds(&self, run: &[Word]) -> bool {
        let words = &self.alignment.original.words;
        self.known.occurrences.get_or_init(|| Occurrences::of(words)).hold(words, run)
    }

    /// The word of the copy that word `index` of the original is; where that moved, or stands in several places, the first.
    pub(super) fn partner(&self, index: usize) -> Option<usize> {
        let partners = self.known.partners.get_or_init(|| {
            let mut partners = vec![None; self.alignment.original.words.len()];
            for (left, right) in self.same_words() {
                if let Some(slot @ None) = partners.get_mut(left) {
                    *slot = Some(right);
                }
            }
            partners
        });
        partners.get(index).copied().flatten()
    }

    /// The word of the original that word `index` of the copy is, where it stands in its place.
    pub(super) fn origin(&self, index: usize) -> Option<usize> {
        let steps = &self.alignment.steps;
        let step = steps.get(steps.partition_point(|step| step.copy.end <= index))?;
        let same = step.same && step.copy.contains(&index);
        same.then(|| step.original.start + (index - step.copy.start))
    }

    /// The blocks that were copied letter for letter, each from one block: nothing in them can have been altered.
    pub(super) fn kept(&self) -> &'a Kept {
        self.known.kept.get_or_init(|| {
            let Self { original, copy, alignment, .. } = *self;
            let mut kept = Kept { original: vec![false; original.blocks.len()], copy: vec![false; copy.blocks.len()] };
            let moved = alignment.moves.iter().flat_map(|moved| &moved.steps);
            for step in alignment.steps.iter().chain(moved).filter(|step| step.same && !step.copy.is_empty()) {
                for block in alignment.copy.block_of(step.copy.start)..=alignment.copy.block_of(step.copy.end - 1) {
                    let words = words_of(&alignment.copy, block);
                    if words.is_empty() || words.start < step.copy.start || words.end > step.copy.end {
                        continue;
                    }
                    let first = step.original.start + (words.start - step.copy.start);
                    let other = alignment.original.block_of(first);
                    let whole = words_of(&alignment.original, other) == (first..first + words.len());
                    if whole && original.block_text(other) == copy.block_text(block) {
                        (kept.original[other], kept.copy[block]) = (true, true);
                    }
                }
            }
            kept
        })
    }

    /// The titles of the original.
    pub(super) fn titles(&self) -> &'a Titles {
        self.known.titles.get_or_init(|| Titles::of(self.original))
    }

    /// The text of a word of the original.
    pub(super) fn original_word(&self, index: usize) -> &'a str {
        word(self.original, &self.alignment.original, index)
    }

    /// The text of a word of the copy.
    pub(super) fn copy_word(&self, index: usize) -> &'a str {
        word(self.copy, &self.alignment.copy, index)
    }
}

fn word<'a>(document: &'a Document, side: &Side, index: usize) -> &'a str {
    side.words.get(index).and_then(|word| document.text.get(word.bytes.clone())).unwrap_or_default()
}

impl Matched {
    fn new(document: &Document) -> Self {
        Self {
            words: vec![0; document.blocks.len()],
            with: vec![None; document.blocks.len()],
            shared: vec![BTreeMap::new(); document.blocks.len()],
            holds: vec![false; document.containers.len()],
        }
    }

    fn add(&mut self, block: usize, with: usize) {
        if let (Some(words), Some(shared)) = (self.words.get_mut(block), self.shared.get_mut(block)) {
            *words += 1;
            *shared.entry(with).or_default() += 1;
        }
    }

    /// The same, counting only blocks with at least `least` words of the other document.
    pub(super) fn passages(&self, document: &Document, least: usize) -> Self {
        let mut passages = Self::new(document);
        let solid = |words: &usize| if *words >= least { *words } else { 0 };
        passages.words = self.words.iter().map(solid).collect();
        passages.shared.clone_from(&self.shared);
        passages.climb(document);
        passages
    }

    /// Settles which block goes with which, and marks every container above a matched block.
    fn climb(&mut self, document: &Document) {
        let most = |shared: &BTreeMap<usize, usize>| {
            shared.iter().max_by_key(|(block, words)| (**words, Reverse(**block))).map(|(block, _)| *block)
        };
        self.with = self.shared.iter().map(most).collect();
        for (block, words) in document.blocks.iter().zip(&self.words) {
            let mut container = (*words > 0).then_some(block.container);
            while let Some(index) = container {
                match self.holds.get_mut(index) {
                    Some(holds) if !*holds => *holds = true,
                    Some(_) | None => break,
                }
                container = document.containers.get(index).and_then(|container| container.parent);
            }
        }
    }
}

/// The passage of `document` at `bytes`, cut at the end of the block it begins in unless it may run `across` several: then it
/// counts on through the line breaks that join them.
pub(super) fn anchor(document: &Document, bytes: &ByteRange, across: bool) -> Anchor {
    let block = document.block_at(bytes.start);
    let first = document.blocks.get(block).map_or(0..0, |block| block.bytes.clone());
    let last = if across { document.block_at(bytes.end.saturating_sub(1).max(bytes.start)) } else { block };
    let whole = first.start..document.blocks.get(last).map_or(first.end, |block| block.bytes.end);
    anchor_in(document, block, &whole, bytes)
}

/// The passage at `bytes` exactly, with the line breaks it begins or ends with: as several versions of a text differ in them.
pub(super) fn whole_anchor(document: &Document, bytes: &ByteRange) -> Anchor {
    let (block, last) = (document.block_at(bytes.start), document.block_at(bytes.end));
    let edge = |block: usize| document.blocks.get(block).map(|block| block.bytes.clone());
    let whole = edge(block).map_or(0, |first| first.start)..edge(last).map_or(0, |last| last.end).max(bytes.end);
    anchor_in(document, block, &whole, bytes)
}

fn anchor_in(document: &Document, block: usize, whole: &ByteRange, bytes: &ByteRange) -> Anchor {
    let bytes = bytes.start.max(whole.start)..bytes.end.min(whole.end);
    let before = document.text.get(whole.start..bytes.start).unwrap_or_default();
    let exact = document.text.get(bytes.clone()).unwrap_or_default();
    let after = document.text.get(bytes.end..whole.end).unwrap_or_default();
    let start = before.chars().count();
    Anchor {
        block,
        start,
        end: start + exact.chars().count(),
        exact: exact.to_owned(),
        prefix: before.chars().skip(start.saturating_sub(CONTEXT)).collect(),
        suffix: after.chars().take(CONTEXT).collect(),
    }
}

/// The point of `document` at byte `at`.
pub(super) fn point(document: &Document, at: usize) -> Point {
    let block = document.block_at(at);
    let start = document.blocks.get(block).map_or(0, |block| block.bytes.start);
    let offset = document.text.get(start..at).map_or(0, |text| text.chars().count());
    Point { block, offset }
}

/// The containers above `block` that hold nothing of the other document, innermost first.
pub(super) fn own_containers<'a>(
    document: &'a Document,
    matched: &'a Matched,
    block: usize,
) -> impl Iterator<Item = &'a crate::extract::Container> {
    let first = document.blocks.get(block).map(|block| block.container);
    let chain = std::iter::successors(first, |index| document.containers.get(*index)?.parent);
    chain.take_while(|index| !matched.holds(*index)).filter_map(|index| document.containers.get(index))
}

/// The element a block stands in, one above its own.
pub(super) fn parent_of(document: &Document, block: usize) -> Option<usize> {
    let own = document.blocks.get(block)?.container;
    document.containers.get(own)?.parent.or(Some(own))
}

/// The landmarks around a block that hold nothing of the other document.
pub(super) fn own_landmarks<'a>(
    document: &'a Document,
    matched: &'a Matched,
    block: usize,
) -> impl Iterator<Item = Landmark> + 'a {
    own_containers(document, matched, block).filter_map(|container| container.landmark)
}

/// The words of block `block`.
pub(super) fn words_of(side: &Side, block: usize) -> Range<usize> {
    side.blocks.get(block).cloned().unwrap_or(0..0)
}
