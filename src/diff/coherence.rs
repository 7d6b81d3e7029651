//! Which common words bind two blocks together, and which are coincidence between paragraphs that have nothing to do with
//! each other.
//!
//! A paragraph that went missing leaves a hole, and the words around it are compared with whatever the copy has in that place:
//! “the”, “said”, a name. A few such words in a row prove nothing. Two blocks belong together if they share a passage, or a
//! good part of the shorter of the two.

use std::{collections::BTreeMap, ops::Range};

use super::{Run, Side};

/// The share of the shorter block, in hundredths, that binds two blocks however scattered the words are.
const SHARE: usize = 40;

/// The same for a heading and a paragraph: a line that repeats what a paragraph says is not that paragraph.
const SHARE_OF_HEADING: usize = 80;

/// A run that weighs more than this is a passage: three words that say something.
const PASSAGE: usize = 6;

/// What two blocks have in common.
#[derive(Clone, Copy, Default)]
struct Bond {
    weight: usize,
    heaviest: usize,
}

/// The runs, cut at the edges of blocks, without those between blocks that do not belong together.
pub(super) fn coherent(original: &Side, copy: &Side, runs: Vec<Run>) -> Vec<Run> {
    let cut: Vec<Run> = runs.into_iter().flat_map(|run| cut(original, copy, run)).collect();
    let mut bonds: BTreeMap<(usize, usize), Bond> = BTreeMap::new();
    for run in &cut {
        let bond = bonds.entry(blocks(original, copy, run)).or_default();
        let weight = original.weight(&run.original_range());
        bond.weight += weight;
        bond.heaviest = bond.heaviest.max(weight);
    }
    let holds = |run: &Run| {
        let pair = blocks(original, copy, run);
        bonds.get(&pair).is_some_and(|bond| binds(original, copy, pair, *bond))
    };
    cut.into_iter().filter(holds).collect()
}

fn binds(original: &Side, copy: &Side, (old, new): (usize, usize), bond: Bond) -> bool {
    // “Office of the Spokesperson” and a paragraph share half of its words by “of the”, but not half of what it says.
    let (mine, theirs) = (original.weight(&original.blocks[old]), copy.weight(&copy.blocks[new]));
    let (shorter, longer) = (mine.min(theirs), mine.max(theirs));
    let share = |of: usize| bond.weight * 100 / of.max(1);
    if original.is_heading(old) != copy.is_heading(new) {
        return share(longer) >= SHARE_OF_HEADING || (bond.heaviest > PASSAGE && share(shorter) >= SHARE_OF_HEADING);
    }
    bond.heaviest > PASSAGE || share(shorter) >= SHARE
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
