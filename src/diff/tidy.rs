//! From common runs to an alignment that reads as a person would mark it.
//!
//! First what blocks without a bond have in common is dropped. Then three mends, in this order: a few common words amid
//! changed ones are coincidence and go into the change (what diff-match-patch calls semantic cleanup); common words at the
//! edges of a change go out of it; an insertion or deletion that could stand in several places is put where sentences and
//! paragraphs begin.

use std::ops::Range;

use super::{Break, Run, Side, Step, budget::Budget, coherence, moves};

/// Common words that weigh more than this are never coincidence: three words that say something.
const COINCIDENCE: usize = 6;

/// The most common words between two that changed places.
const EXCHANGED: usize = 4;

/// The steps that lead through all words of both sides, given what they have in common.
pub(super) fn steps(original: &Side, copy: &Side, runs: Vec<Run>, budget: &mut Budget) -> Vec<Step> {
    // A paragraph put before another that begins with the same word must slide off that word before it is asked which
    // blocks belong together: else the word would count as a coincidence between the two.
    let mut first = fill(&(0..original.words.len()), &(0..copy.words.len()), &runs);
    slide(original, copy, &mut first);
    let same = first.iter().filter(|step| step.same && !step.copy.is_empty());
    let runs = same.map(|step| Run { original: step.original.start, copy: step.copy.start, len: step.copy.len() });
    let runs = coherence::coherent(original, copy, runs.collect(), budget);
    within(original, copy, 0..original.words.len(), 0..copy.words.len(), runs)
}

/// The steps that lead through `old` and `new`, given what these have in common.
pub(super) fn within(original: &Side, copy: &Side, old: Range<usize>, new: Range<usize>, runs: Vec<Run>) -> Vec<Step> {
    let mut steps = Vec::new();
    fill(&old, &new, &runs).into_iter().for_each(|step| absorbed(original, copy, step, &mut steps));
    // Each round joins neighbours; the second mostly finds nothing left to join.
    while let Some(fewer) = without_coincidences(original, copy, &steps) {
        steps = fewer;
    }
    slide(original, copy, &mut steps);
    let mut joined = Vec::with_capacity(steps.len());
    without_turns(original, copy, steps).into_iter().for_each(|step| add(&mut joined, step));
    joined
}

/// Alternates common runs with what stands between them.
fn fill(old: &Range<usize>, new: &Range<usize>, runs: &[Run]) -> Vec<Step> {
    let mut steps = Vec::with_capacity(2 * runs.len() + 1);
    let (mut o, mut c) = (old.start, new.start);
    for run in runs {
        add(&mut steps, Step { original: o..run.original, copy: c..run.copy, same: false });
        add(&mut steps, Step { original: run.original_range(), copy: run.copy_range(), same: true });
        (o, c) = (run.original + run.len, run.copy + run.len);
    }
    add(&mut steps, Step { original: o..old.end, copy: c..new.end, same: false });
    steps
}

/// Appends `step`, joined with the last one where both are of a kind; empty steps vanish.
fn add(steps: &mut Vec<Step>, step: Step) {
    if step.original.is_empty() && step.copy.is_empty() {
        return;
    }
    match steps.last_mut().filter(|last| last.same == step.same) {
        Some(last) => {
            last.original.end = step.original.end;
            last.copy.end = step.copy.end;
        }
        None => steps.push(step),
    }
}

/// The steps with coincidences taken into the changes around them; `None` where there are none.
fn without_coincidences(original: &Side, copy: &Side, steps: &[Step]) -> Option<Vec<Step>> {
    let mut out: Vec<Step> = Vec::with_capacity(steps.len());
    let mut found = false;
    for (index, step) in steps.iter().enumerate() {
        let mut step = step.clone();
        if step.same
            && let (Some(before), Some(after)) = (out.last(), steps.get(index + 1))
            && is_coincidence(original, copy, before, &step, after)
        {
            step.same = false;
            found = true;
        }
        add(&mut out, step);
    }
    found.then(|| {
        let mut trimmed = Vec::with_capacity(out.len());
        out.into_iter().for_each(|step| trim(original, copy, step, &mut trimmed));
        trimmed
    })
}

fn is_coincidence(original: &Side, copy: &Side, before: &Step, same: &Step, after: &Step) -> bool {
    let weight = original.weight(&same.original);
    // Only what was changed in the same paragraph speaks for coincidence: what follows in the next is another matter.
    let (before, after) = (&near(original, copy, before, same), &near(original, copy, after, same));
    let size = |step: &Step| original.weight(&step.original).max(copy.weight(&step.copy));
    // Where one side has nothing but the common words, they are the text and the rest was put around them or taken away.
    let both_changed = (!before.original.is_empty() || !after.original.is_empty())
        && (!before.copy.is_empty() || !after.copy.is_empty());
    weight <= COINCIDENCE
        && 2 * weight <= size(before).min(size(after))
        && both_changed
        && !(original.is_whole_blocks(&same.original) && copy.is_whole_blocks(&same.copy))
}

/// The part of `step` that lies in the blocks of `same`.
fn near(original: &Side, copy: &Side, step: &Step, same: &Step) -> Step {
    let clip = |side: &Side, range: &Range<usize>, to: &Range<usize>| {
        let first = &side.blocks[side.block_of(to.start)];
        let last = &side.blocks[side.block_of(to.end.saturating_sub(1))];
        let start = range.start.clamp(first.start, last.end);
        start..range.end.clamp(start, last.end)
    };
    Step {
        original: clip(original, &step.original, &same.original),
        copy: clip(copy, &step.copy, &same.copy),
        same: step.same,
    }
}

/// Splits the edges off a change that has all words of one side at the edges of the other: then something was put in between or
/// taken out, and where is for `slide` to say. Runs that were cut between two blocks leave such changes.
fn absorbed(original: &Side, copy: &Side, step: Step, out: &mut Vec<Step>) {
    let mut parts = Vec::new();
    if !step.same && !step.original.is_empty() && !step.copy.is_empty() {
        trim(original, copy, step.clone(), &mut parts);
    }
    let pure = |part: &Step| part.same || part.original.is_empty() || part.copy.is_empty();
    if !parts.is_empty() && parts.iter().all(pure) {
        parts.into_iter().for_each(|part| add(out, part));
    } else {
        add(out, step);
    }
}

/// Splits words that both sides share off the edges of a change.
fn trim(original: &Side, copy: &Side, step: Step, out: &mut Vec<Step>) {
    if step.same {
        return add(out, step);
    }
    let equal = |o: usize, c: usize| original.words[o].key == copy.words[c].key;
    let head = step.original.clone().zip(step.copy.clone()).take_while(|(o, c)| equal(*o, *c)).count();
    let (o, c) = (step.original.start + head..step.original.end, step.copy.start + head..step.copy.end);
    let tail = o.clone().rev().zip(c.clone().rev()).take_while(|(o, c)| equal(*o, *c)).count();
    add(out, Step { original: step.original.start..o.start, copy: step.copy.start..c.start, same: true });
    add(out, Step { original: o.start..o.end - tail, copy: c.start..c.end - tail, same: false });
    add(out, Step { original: o.end - tail..o.end, copy: c.end - tail..c.end, same: true });
}

/// Words that changed places with their neighbours are one change: `March and April` for `April and March`, not an insertion on
/// one side of a month and a deletion on the other.
fn without_turns(original: &Side, copy: &Side, steps: Vec<Step>) -> Vec<Step> {
    let mut out: Vec<Step> = Vec::with_capacity(steps.len());
    for step in steps {
        match out.as_slice() {
            [.., first, same] if is_turn(original, copy, first, same, &step) => {
                let start = (first.original.start, first.copy.start);
                out.truncate(out.len() - 2);
                out.push(Step { original: start.0..step.original.end, copy: start.1..step.copy.end, same: false });
            }
            _ => out.push(step),
        }
    }
    out
}

/// Whether what was put in on one side of a few common words was taken out on the other.
fn is_turn(original: &Side, copy: &Side, first: &Step, same: &Step, last: &Step) -> bool {
    // What is long enough has moved.
    let few = |words: usize| words < moves::LEAST && same.original.len() <= words.max(2);
    let turned = |gone: &Range<usize>, come: &Range<usize>| {
        let (mut gone, mut come) = (original.keys(gone), copy.keys(come));
        gone.sort_unstable();
        come.sort_unstable();
        few(gone.len()) && gone == come
    };
    let one_block =
        |side: &Side, range: Range<usize>| side.block_of(range.start) == side.block_of(range.end.saturating_sub(1));
    let changed = !first.same && same.same && !last.same;
    let pure = (first.original.is_empty() && last.copy.is_empty() && turned(&last.original, &first.copy))
        || (first.copy.is_empty() && last.original.is_empty() && turned(&first.original, &last.copy));
    // `children, women and men` for `men, women and children`: each stands where the other stood.
    let exchanged = !first.original.is_empty()
        && !first.copy.is_empty()
        && same.original.len() <= EXCHANGED
        && first.original.len().max(first.copy.len()) < moves::LEAST
        && original.keys(&first.original) == copy.keys(&last.copy)
        && original.keys(&last.original) == copy.keys(&first.copy);
    changed
        && (pure || exchanged)
        && one_block(original, first.original.start..last.original.end)
        && one_block(copy, first.copy.start..last.copy.end)
}

/// Moves every pure insertion and deletion to where it reads best.
fn slide(original: &Side, copy: &Side, steps: &mut Vec<Step>) {
    // What the last change slides away from has to become common words behind it.
    if let Some(last) = steps.last().filter(|last| !last.same) {
        let (o, c) = (last.original.end, last.copy.end);
        steps.push(Step { original: o..o, copy: c..c, same: true });
    }
    for index in 1..steps.len() {
        let step = &steps[index];
        if step.same || (!step.original.is_empty() && !step.copy.is_empty()) {
            continue;
        }
        let (side, range) = if step.copy.is_empty() { (original, &step.original) } else { (copy, &step.copy) };
        let left = room(side, range, spare(original, copy, steps, index, true), true);
        let right = room(side, range, spare(original, copy, steps, index, false), false);
        let best = (-left..=right).max_by_key(|by| (quality(side, range, *by), std::cmp::Reverse(*by))).unwrap_or(0);
        shift(steps, index, best);
    }
}

/// How many of the common words on one side of the change at `index` it may slide over. Common words between two changes are
/// never used up, since the two would be one, unless the other is of the same kind and stands in other blocks.
fn spare(original: &Side, copy: &Side, steps: &[Step], index: usize, left: bool) -> usize {
    let neighbour = |by: usize| if left { index.checked_sub(by) } else { Some(index + by) };
    let Some(same) = neighbour(1).and_then(|at| steps.get(at)) else { return 0 };
    let Some(other) = neighbour(2).and_then(|at| steps.get(at)) else { return same.original.len() };
    let alike = |of: fn(&Step) -> &Range<usize>| of(&steps[index]).is_empty() && of(other).is_empty();
    let edge = |range: &Range<usize>| if left { range.start } else { range.end };
    let apart = original.break_before(edge(&same.original)) == Break::Block
        && copy.break_before(edge(&same.copy)) == Break::Block;
    let kept = !(apart && (alike(|step| &step.original) || alike(|step| &step.copy)));
    same.original.len() - usize::from(kept && !same.original.is_empty())
}

/// How far `range` can slide over `most` common words: each word it leaves must equal the one it takes in.
fn room(side: &Side, range: &Range<usize>, most: usize, left: bool) -> isize {
    let pairs = (1..=most).take_while(|by| {
        let (leaves, enters) =
            if left { (range.end - by, range.start - by) } else { (range.start + by - 1, range.end + by - 1) };
        side.words[leaves].key == side.words[enters].key
    });
    pairs.count().cast_signed()
}

/// How well `range`, shifted by `by`, begins and ends at the breaks of its text.
fn quality(side: &Side, range: &Range<usize>, by: isize) -> (Break, Break) {
    let start = side.break_before(range.start.saturating_add_signed(by));
    let end = side.break_before(range.end.saturating_add_signed(by));
    (start.min(end), start.max(end))
}

/// Shifts the change at `index` by `by` words; its neighbours grow and shrink.
fn shift(steps: &mut [Step], index: usize, by: isize) {
    let add = |at: usize| at.saturating_add_signed(by);
    for (at, edge) in [(index - 1, false), (index, true), (index, false), (index + 1, true)] {
        let Some(step) = steps.get_mut(at) else { continue };
        if edge {
            step.original.start = add(step.original.start);
            step.copy.start = add(step.copy.start);
        } else {
            step.original.end = add(step.original.end);
            step.copy.end = add(step.copy.end);
        }
    }
}
