//! Which common words bind two blocks together, and which are coincidence between paragraphs that have nothing to do with
//! each other.
//!
//! A paragraph that went missing leaves a hole, and the words around it are compared with whatever the copy has in that place:
//! “the”, “said”, a name. A few such words in a row prove nothing. Two blocks belong together if they share a passage, or a
//! good part of the shorter of the two.

use std::{collections::BTreeMap, ops::Range};

use super::{Run, Side, budget::Budget, prints::Prints, words};

/// The share of the shorter block, in hundredths, that binds two blocks however scattered the words are.
const SHARE: usize = 40;

/// The same where one of the two shares far more with another block.
const SHARE_OF_SECOND: usize = 60;

/// The same for a heading and a paragraph: a line that repeats what a paragraph says is not that paragraph.
const SHARE_OF_HEADING: usize = 80;

/// A run that weighs more than this is a passage: three words that say something.
const PASSAGE: usize = 6;

/// The share of the shorter block, in hundredths, below which a passage alone is a weak bond.
const WEAK: usize = 40;

/// Words in a row that say where a paragraph went.
const TRACE: usize = 8;

/// What two blocks have in common.
#[derive(Clone, Copy, Default)]
struct Bond {
    words: usize,
    weight: usize,
    heaviest: usize,
}

/// The runs, cut at the edges of blocks, without those between blocks that do not belong together. Where such runs went, the
/// blocks beside them that do belong together are compared once more by themselves.
pub(super) fn coherent(original: &Side, copy: &Side, runs: Vec<Run>, budget: &mut Budget) -> Vec<Run> {
    let cut: Vec<Run> = runs.into_iter().flat_map(|run| cut(original, copy, run)).collect();
    let mut bonds = Bonds::of(original, copy, &cut);
    bonds.part(original, copy);
    bonds.loosen(original, copy);
    let (kept, gone): (Vec<Run>, Vec<Run>) =
        cut.into_iter().partition(|run| bonds.bind(original, copy, blocks(original, copy, run)));
    if gone.is_empty() { kept } else { compared_again(original, copy, &kept, &gone, budget) }
}

/// What each pair of blocks shares, and the most that each block shares with any other.
struct Bonds {
    pairs: BTreeMap<(usize, usize), Bond>,
    most_of_original: BTreeMap<usize, usize>,
    most_of_copy: BTreeMap<usize, usize>,
}

impl Bonds {
    fn of(original: &Side, copy: &Side, runs: &[Run]) -> Self {
        let mut pairs: BTreeMap<(usize, usize), Bond> = BTreeMap::new();
        for run in runs {
            let bond = pairs.entry(blocks(original, copy, run)).or_default();
            let weight = original.weight(&run.original_range());
            bond.words += run.len;
            bond.weight += weight;
            bond.heaviest = bond.heaviest.max(weight);
        }
        let (mut most_of_original, mut most_of_copy) = (BTreeMap::new(), BTreeMap::new());
        for ((old, new), bond) in &pairs {
            let of_old: &mut usize = most_of_original.entry(*old).or_default();
            *of_old = bond.words.max(*of_old);
            let of_new: &mut usize = most_of_copy.entry(*new).or_default();
            *of_new = bond.words.max(*of_new);
        }
        Self { pairs, most_of_original, most_of_copy }
    }

    /// Drops the bonds of blocks that differ from what they are bound to and stand whole, word for word, in another place that
    /// is no other block's: a caption that says much the same is not where a paragraph went.
    fn part(&mut self, original: &Side, copy: &Side) {
        let differs = |((old, new), bond): (&(usize, usize), &Bond)| {
            let long = original.blocks[*old].len();
            (long >= TRACE && bond.words * 10 < long * 9).then_some((*old, *new))
        };
        let differing: Vec<(usize, usize)> = self.pairs.iter().filter_map(differs).collect();
        for (old, new) in differing {
            let own = &original.blocks[old];
            let whole = |block: &usize| {
                let theirs = &copy.blocks[*block];
                *block != new
                    && theirs.len() == own.len()
                    && own.clone().zip(theirs.clone()).all(|(o, c)| original.words[o].key == copy.words[c].key)
            };
            let free = |block: &usize| self.most_of_copy.get(block).is_none_or(|most| *most < own.len());
            if (0..copy.blocks.len()).filter(whole).any(|block| free(&block)) {
                self.pairs.remove(&(old, new));
            }
        }
    }

    /// Drops weak bonds of blocks that went elsewhere: a phrase in a paragraph of the site's own is not where the paragraph
    /// is that stands, whole, at the end of the copy.
    fn loosen(&mut self, original: &Side, copy: &Side) {
        let weak = |((old, new), bond): (&(usize, usize), &Bond)| {
            let shorter = original.blocks[*old].len().min(copy.blocks[*new].len());
            (bond.words * 100 < shorter * WEAK && bond.heaviest < 2 * TRACE).then_some((*old, *new))
        };
        let weak: Vec<(usize, usize)> = self.pairs.iter().filter_map(weak).collect();
        if weak.is_empty() {
            return;
        }
        let runs = Prints::of(copy.runs(&(0..copy.words.len()), TRACE));
        for (old, new) in weak {
            let elsewhere = original.runs(&original.blocks[old], TRACE).any(|(print, at)| {
                runs.equal(print).first().is_some_and(|(_, place)| {
                    let same = (at..at + TRACE).zip(*place..).all(|(o, c)| original.words[o].key == copy.words[c].key);
                    same && copy.block_of(*place) != new
                })
            });
            if elsewhere {
                self.pairs.remove(&(old, new));
            }
        }
    }

    fn bind(&self, original: &Side, copy: &Side, (old, new): (usize, usize)) -> bool {
        let Some(bond) = self.pairs.get(&(old, new)) else { return false };
        // “Office of the Spokesperson” and a paragraph share half of its words by “of the”, but not half of what it says.
        let (mine, theirs) = (original.weight(&original.blocks[old]), copy.weight(&copy.blocks[new]));
        let (shorter, longer) = (mine.min(theirs), mine.max(theirs));
        let share = |of: usize| bond.weight * 100 / of.max(1);
        if original.is_heading(old) != copy.is_heading(new) {
            return share(longer) >= SHARE_OF_HEADING
                || (bond.heaviest > PASSAGE && share(shorter) >= SHARE_OF_HEADING);
        }
        let most = |of: &BTreeMap<usize, usize>, block| of.get(&block).copied().unwrap_or(0);
        let second = most(&self.most_of_original, old).max(most(&self.most_of_copy, new)) >= 2 * bond.words;
        bond.heaviest > PASSAGE || share(shorter) >= if second { SHARE_OF_SECOND } else { SHARE }
    }
}

/// What is left of two blocks that belong together, beside a run that was dropped, may have more in common than it was
/// allowed to show.
fn compared_again(original: &Side, copy: &Side, kept: &[Run], gone: &[Run], budget: &mut Budget) -> Vec<Run> {
    let mut out = Vec::with_capacity(kept.len() + gone.len());
    let mut gone = gone.iter().peekable();
    let end = Run { original: original.words.len(), copy: copy.words.len(), len: 0 };
    let mut last: Option<Run> = None;
    for next in kept.iter().copied().chain([end]) {
        let mut lost = false;
        while gone.next_if(|run| run.original < next.original).is_some() {
            lost = true;
        }
        if lost {
            between(original, copy, last, next, budget, &mut out);
        }
        out.extend((next.len > 0).then_some(next));
        last = Some(next);
    }
    out
}

/// Compares what follows `last` in its blocks, then what precedes `next` in its own.
fn between(original: &Side, copy: &Side, last: Option<Run>, next: Run, budget: &mut Budget, out: &mut Vec<Run>) {
    let (mut o, mut c) = (0, 0);
    if let Some(last) = last {
        (o, c) = (last.original + last.len, last.copy + last.len);
        let (old, new) = blocks(original, copy, &last);
        let old_end = original.blocks[old].end.clamp(o, next.original);
        let new_end = copy.blocks[new].end.clamp(c, next.copy);
        let found = out.len();
        words::compare(original, copy, o..old_end, c..new_end, budget, out);
        if let Some(run) = out.get(found..).and_then(<[Run]>::last) {
            (o, c) = (run.original + run.len, run.copy + run.len);
        }
    }
    if next.len > 0 {
        let (old, new) = blocks(original, copy, &next);
        let old_start = original.blocks[old].start.clamp(o, next.original);
        let new_start = copy.blocks[new].start.clamp(c, next.copy);
        words::compare(original, copy, old_start..next.original, new_start..next.copy, budget, out);
    }
}

fn blocks(original: &Side, copy: &Side, run: &Run) -> (usize, usize) {
    (original.block_of(run.original), copy.block_of(run.copy))
}

/// The parts of a run that lie in one block on either side.
fn cut(original: &Side, copy: &Side, run: Run) -> Vec<Run> {
    let left = |block: &Range<usize>, at: usize| block.end.saturating_sub(at).max(1);
    let mut parts = Vec::new();
    let mut done = 0;
    while done < run.len {
        let (o, c) = (run.original + done, run.copy + done);
        let len = left(&original.blocks[original.block_of(o)], o)
            .min(left(&copy.blocks[copy.block_of(c)], c))
            .min(run.len - done);
        parts.push(Run { original: o, copy: c, len });
        done += len;
    }
    parts
}
