//! Pairing what went missing in one place with what turned up in another.
//!
//! A passage of one block that was deleted here and inserted there is one move. Candidates are found by the runs of four
//! words they share and compared word by word, so that a passage may have been edited on its way.

use std::{collections::BTreeMap, ops::Range};

use super::{Side, Step, anchors, budget::Budget, prints::Prints, tidy};

/// Fewer words than this are a coincidence or an edit, not a move.
pub(super) const LEAST: usize = 5;

/// Words that make a run.
const RUN: usize = 4;

/// A run that stands in more places than this says nothing about where a passage went.
const OCCURRENCES: usize = 16;

/// A passage that stands elsewhere. Ranges are word indexes; each lies in one changed step, and mostly in one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Where the original has it.
    pub original: Range<usize>,
    /// Where the copy has it.
    pub copy: Range<usize>,
    /// What is the same and what was changed inside it.
    pub steps: Vec<Step>,
}

/// The moves among `steps`, in order of the copy. No word is part of two.
pub(super) fn find(original: &Side, copy: &Side, steps: &[Step], budget: &mut Budget) -> Vec<Move> {
    let gone = pieces(original, steps.iter().filter(|step| !step.same).map(|step| &step.original));
    let mut come = pieces(copy, steps.iter().filter(|step| !step.same).map(|step| &step.copy));
    let runs: Vec<(u64, usize)> = come.iter().flat_map(|place| copy.runs(place, RUN)).collect();
    let runs = Prints::of(runs.iter().copied());
    let mut moves = Vec::new();
    for passage in gone {
        let Some(place) = likeliest(original, &passage, &come, &runs) else { continue };
        if let Some(moved) = compare(original, copy, &passage, &come[place], budget) {
            let rest = come[place].clone();
            come.splice(place..=place, [rest.start..moved.copy.start, moved.copy.end..rest.end]);
            moves.push(moved);
        }
    }
    moves.sort_by_key(|moved| moved.copy.start);
    grow(original, copy, steps, &mut moves);
    moves
}

/// Takes in the words beside each move that moved along: a short line before or behind it, too short to be found by itself.
fn grow(original: &Side, copy: &Side, steps: &[Step], moves: &mut [Move]) {
    let mut old = vec![false; original.words.len()];
    let mut new = vec![false; copy.words.len()];
    for step in steps.iter().filter(|step| !step.same) {
        old[step.original.clone()].fill(true);
        new[step.copy.clone()].fill(true);
    }
    for moved in moves.iter() {
        old[moved.original.clone()].fill(false);
        new[moved.copy.clone()].fill(false);
    }
    let same = |o: usize, c: usize| original.words[o].key == copy.words[c].key;
    for moved in moves {
        let free = |(o, c): &(usize, usize)| old[*o] && new[*c] && same(*o, *c);
        let behind = (moved.original.end..old.len()).zip(moved.copy.end..new.len()).take_while(free).count();
        let before = (0..moved.original.start).rev().zip((0..moved.copy.start).rev()).take_while(free).count();
        old[moved.original.start - before..moved.original.end + behind].fill(false);
        new[moved.copy.start - before..moved.copy.end + behind].fill(false);
        moved.original = moved.original.start - before..moved.original.end + behind;
        moved.copy = moved.copy.start - before..moved.copy.end + behind;
        // A move begins and ends with words that are the same.
        if let Some(first) = moved.steps.first_mut() {
            (first.original.start, first.copy.start) = (moved.original.start, moved.copy.start);
        }
        if let Some(last) = moved.steps.last_mut() {
            (last.original.end, last.copy.end) = (moved.original.end, moved.copy.end);
        }
    }
}

/// The ranges cut at the edges of blocks; short ones are left out.
fn pieces<'a>(side: &Side, ranges: impl Iterator<Item = &'a Range<usize>>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    for range in ranges.filter(|range| range.len() >= LEAST) {
        for block in side.block_of(range.start)..=side.block_of(range.end - 1) {
            let words = &side.blocks[block];
            let piece = words.start.max(range.start)..words.end.min(range.end);
            if piece.len() >= LEAST {
                pieces.push(piece);
            }
        }
    }
    pieces
}

/// The place among `come` that shares most runs with `passage`. `runs` are those of all places, with where they stand.
fn likeliest(original: &Side, passage: &Range<usize>, come: &[Range<usize>], runs: &Prints) -> Option<usize> {
    let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
    for (print, _) in original.runs(passage, RUN) {
        for (_, at) in runs.equal(print).iter().take(OCCURRENCES) {
            let place = come.partition_point(|place| place.end <= *at);
            if come.get(place).is_some_and(|place| place.start <= *at) {
                *votes.entry(place).or_default() += 1;
            }
        }
    }
    votes.into_iter().max_by_key(|(place, shared)| (*shared, std::cmp::Reverse(*place))).map(|(place, _)| place)
}

/// The move from `passage` to `place`, if enough of the shorter of the two is in the other.
fn compare(
    original: &Side,
    copy: &Side,
    passage: &Range<usize>,
    place: &Range<usize>,
    budget: &mut Budget,
) -> Option<Move> {
    let runs = anchors::matched(original, copy, passage.clone(), place.clone(), budget);
    // Stray words at either end do not belong to what moved: it begins and ends with a run, or with the whole passage.
    let begins = |run: &super::Run| run.original == passage.start && run.copy == place.start;
    let ends = |run: &super::Run| run.original + run.len == passage.end && run.copy + run.len == place.end;
    runs.iter().find(|run| run.len >= RUN)?;
    let first = runs.iter().position(|run| run.len >= RUN || begins(run))?;
    let last = runs.iter().rposition(|run| run.len >= RUN || ends(run))?;
    let runs = runs[first..=last].to_vec();
    let (head, tail) = (*runs.first()?, *runs.last()?);
    let old = head.original..tail.original + tail.len;
    let new = head.copy..tail.copy + tail.len;
    let matched: usize = runs.iter().map(|run| run.len).sum();
    let shorter = passage.len().min(place.len());
    let longer = old.len().max(new.len());
    let enough = matched >= LEAST && matched * 10 >= shorter * 7 && matched * 10 >= longer * 7;
    // A few words alone are only a move where they are all of what went or came.
    let solid = matched >= 2 * LEAST || matched == passage.len() || matched == place.len();
    (enough && solid).then(|| {
        let steps = tidy::within(original, copy, old.clone(), new.clone(), runs);
        Move { original: old, copy: new, steps }
    })
}
