//! Pinning two long texts together at runs of words that stand once in each.
//!
//! Heckel's idea (CACM 21, 1978) as patience diff uses it, on runs instead of lines: runs of words that are unique on both
//! sides are candidates, grown as far as they go; the heaviest chain of them that keeps the order on both sides stays.
//! Between two anchors the same is tried with shorter runs, then word by word. Near-linear, because every stage only looks
//! at what the one before left open.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{Run, Side, budget::Budget, prints::Prints, words};

/// Lengths of runs tried, in words, one after the other.
const LENGTHS: [usize; 3] = [8, 4, 2];

/// Stretches up to this many words on a side are compared word by word at once: that is exact, and as fast.
const SHORT: usize = 400;

/// What it says for a chain to keep an element of the original in its place, in words: one long paragraph that jumped over
/// three short ones is one move, not three, and so is one that line breaks part into three.
const BLOCK_BONUS: usize = 60;

/// The runs of words that `old` and `new` have in common, in the order of both.
pub(super) fn matched(
    original: &Side,
    copy: &Side,
    old: Range<usize>,
    new: Range<usize>,
    budget: &mut Budget,
) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut open = vec![(old, new, 0)];
    while let Some((mut old, mut new, level)) = open.pop() {
        let head = common(original, copy, old.clone().zip(new.clone()));
        push(&mut runs, old.start, new.start, head);
        (old.start, new.start) = (old.start + head, new.start + head);
        let tail = common(original, copy, old.clone().rev().zip(new.clone().rev()));
        (old.end, new.end) = (old.end - tail, new.end - tail);
        push(&mut runs, old.end, new.end, tail);
        let short = old.len().max(new.len()) <= SHORT && level > 0;
        match LENGTHS.get(level).filter(|_| !short) {
            None => words::compare(original, copy, old, new, budget, &mut runs),
            Some(length) => {
                let chain = chain(original, candidates(original, copy, &old, &new, *length));
                let (mut o, mut c) = (old.start, new.start);
                for run in &chain {
                    open.push((o..run.original, c..run.copy, level + 1));
                    (o, c) = (run.original + run.len, run.copy + run.len);
                }
                open.push((o..old.end, c..new.end, level + 1));
                runs.extend(chain);
            }
        }
    }
    runs.sort_unstable();
    runs
}

fn push(runs: &mut Vec<Run>, original: usize, copy: usize, len: usize) {
    if len > 0 {
        runs.push(Run { original, copy, len });
    }
}

fn common(original: &Side, copy: &Side, pairs: impl Iterator<Item = (usize, usize)>) -> usize {
    pairs.take_while(|(o, c)| original.words[*o].key == copy.words[*c].key).count()
}

/// Runs of at least `length` words whose beginning is unique on both sides, grown to their full length.
fn candidates(original: &Side, copy: &Side, old: &Range<usize>, new: &Range<usize>, length: usize) -> Vec<Run> {
    let olds = unique(original, old, length);
    let news = unique(copy, new, length);
    let mut pairs = Vec::new();
    let mut rest = news.as_slice();
    for (print, o) in &olds {
        rest = &rest[rest.iter().take_while(|(other, _)| other < print).count()..];
        if let Some((_, c)) = rest.first().filter(|(other, _)| other == print) {
            pairs.push((*o, *c));
        }
    }
    pairs.sort_unstable();
    let mut runs: Vec<Run> = Vec::new();
    // How far the last run grown on each diagonal goes: pairs inside it belong to it.
    let mut ends: BTreeMap<isize, usize> = BTreeMap::new();
    for (o, c) in pairs {
        let diagonal = o.cast_signed() - c.cast_signed();
        if ends.get(&diagonal).is_some_and(|end| *end >= o + length) {
            continue;
        }
        let ahead = common(original, copy, (o..old.end).zip(c..new.end));
        if ahead >= length {
            let back = common(original, copy, (old.start..o).rev().zip((new.start..c).rev()));
            runs.push(Run { original: o - back, copy: c - back, len: back + ahead });
            ends.insert(diagonal, o + ahead);
        }
    }
    runs
}

/// The runs of `length` words that stand once in `range`, sorted by fingerprint, each with its place.
fn unique(side: &Side, range: &Range<usize>, length: usize) -> Vec<(u64, usize)> {
    let prints = Prints::of(side.runs(range, length));
    prints.all().chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() == 1).map(|same| same[0]).collect()
}

/// The heaviest chain of runs that keeps the order on both sides; overlaps are cut off.
fn chain(original: &Side, mut runs: Vec<Run>) -> Vec<Run> {
    runs.sort_unstable();
    let weights = weights(original, &runs);
    // Fenwick tree over the rank of the copy's place: the heaviest chain that ends at or before it.
    let mut places: Vec<usize> = runs.iter().map(|run| run.copy).collect();
    places.sort_unstable();
    places.dedup();
    let mut tree: Vec<(usize, Option<usize>)> = vec![(0, None); places.len() + 1];
    let mut before = vec![None; runs.len()];
    let mut best: (usize, Option<usize>) = (0, None);
    for (index, run) in runs.iter().enumerate() {
        let rank = places.partition_point(|place| *place < run.copy);
        let (mut sum, mut at) = ((0, None), rank);
        while at > 0 {
            if tree[at].0 > sum.0 {
                sum = tree[at];
            }
            at -= at & at.wrapping_neg();
        }
        before[index] = sum.1;
        let here = (sum.0 + weights[index], Some(index));
        let mut at = rank + 1;
        while at < tree.len() {
            if here.0 > tree[at].0 {
                tree[at] = here;
            }
            at += at & at.wrapping_neg();
        }
        if here.0 > best.0 {
            best = here;
        }
    }
    let mut chosen = Vec::new();
    let mut next = best.1;
    while let Some(index) = next {
        chosen.push(runs[index]);
        next = before[index];
    }
    chosen.reverse();
    cut_overlaps(chosen)
}

/// What each run weighs: its words, and for the run that carries most of a block, the block.
fn weights(original: &Side, runs: &[Run]) -> Vec<usize> {
    runs.iter()
        .map(|run| {
            let range = run.original_range();
            let blocks = (original.block_of(range.start)..=original.block_of(range.end - 1)).filter(|block| {
                let words = &original.blocks[*block];
                let inside = words.end.min(range.end).saturating_sub(words.start.max(range.start));
                inside * 2 > words.len()
            });
            let elements: BTreeSet<usize> = blocks.map(|block| original.elements[block]).collect();
            run.len + BLOCK_BONUS * elements.len()
        })
        .collect()
}

fn cut_overlaps(runs: Vec<Run>) -> Vec<Run> {
    let mut kept: Vec<Run> = Vec::with_capacity(runs.len());
    for mut run in runs {
        if let Some(last) = kept.last() {
            let cut = (last.original + last.len)
                .saturating_sub(run.original)
                .max((last.copy + last.len).saturating_sub(run.copy));
            if cut >= run.len {
                continue;
            }
            run = Run { original: run.original + cut, copy: run.copy + cut, len: run.len - cut };
        }
        kept.push(run);
    }
    kept
}
