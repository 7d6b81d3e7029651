//! Words that changed alike → stretches of words, one for each change a reader would name.

use std::ops::Range;

use super::Set;
use crate::{
    check::pair::Pair,
    diff::Side,
    extract::{Document, Style, Styles},
    text::words::is_capitals,
};

/// Neighbouring words that changed alike.
pub(super) struct Run {
    pub(super) original: Range<usize>,
    pub(super) copy: Range<usize>,
    pub(super) added: Styles,
    pub(super) removed: Styles,
}

/// The stretches in order.
pub(super) fn of(pair: &Pair<'_>, sets: &[Set]) -> Vec<Run> {
    merged(pair, widened(pair, bridged(pair, runs(pair, sets))))
}

fn runs(pair: &Pair<'_>, sets: &[Set]) -> Vec<Run> {
    let (mine, theirs) = (&pair.alignment.original, &pair.alignment.copy);
    let mut runs: Vec<Run> = Vec::new();
    for set in sets {
        let (added, removed) = (set.added, set.removed);
        if added.is_empty() && removed.is_empty() {
            continue;
        }
        if let Some(run) = runs.last_mut()
            && run.original.end == set.original
            && run.copy.end == set.copy
            && (run.added, run.removed) == (added, removed)
            && theirs.block_of(run.copy.start) == theirs.block_of(set.copy)
            && mine.block_of(run.original.start) == mine.block_of(set.original)
        {
            run.original.end += 1;
            run.copy.end += 1;
            continue;
        }
        let (original, copy) = (set.original..set.original + 1, set.copy..set.copy + 1);
        runs.push(Run { original, copy, added, removed });
    }
    runs
}

/// Capitals are one emphasis across words that have no small letters anyway: `COMPANY CEO` and `10 THINGS`.
fn bridged(pair: &Pair<'_>, runs: Vec<Run>) -> Vec<Run> {
    const GAP: usize = 3;
    let (mine, theirs) = (&pair.alignment.original, &pair.alignment.copy);
    let capitals = |run: &Run| run.added.contains(Style::Capitals);
    let mut out: Vec<Run> = Vec::new();
    for run in runs {
        if let Some(last) = out.last_mut()
            && capitals(last)
            && (last.added, last.removed) == (run.added, run.removed)
            && theirs.block_of(last.copy.start) == theirs.block_of(run.copy.start)
            && mine.block_of(last.original.start) == mine.block_of(run.original.start)
        {
            let between = last.copy.end..run.copy.start;
            let same = run.original.start.checked_sub(last.original.end) == Some(between.len());
            let plain = |at: usize| !pair.copy_word(at).contains(char::is_lowercase);
            if same && (1..=GAP).contains(&between.len()) && between.into_iter().all(plain) {
                (last.original.end, last.copy.end) = (run.original.end, run.copy.end);
                continue;
            }
        }
        out.push(run);
    }
    out
}

/// Figures and acronyms beside shouted words read as shouted with them: `2 ASSISTS`, `US TROOPS`.
fn widened(pair: &Pair<'_>, mut runs: Vec<Run>) -> Vec<Run> {
    const REACH: usize = 2;
    let capitals = Styles::NONE.with(Style::Capitals);
    let (mine, theirs) = (&pair.alignment.original, &pair.alignment.copy);
    for at in 0..runs.len() {
        let beside = runs.get(at.saturating_sub(1)..(at + 2).min(runs.len())).unwrap_or_default();
        let taken = |copy: usize| beside.iter().any(|run| run.copy.contains(&copy));
        let Some(run) = runs.get(at).filter(|run| run.added == capitals && run.removed.is_empty()) else { continue };
        let joins = |(old, new): (usize, usize), (old_next, new_next): (usize, usize)| {
            let between = |document: &Document, side: &Side, left: usize, right: usize| {
                let words = side.words.get(left).zip(side.words.get(right));
                words.and_then(|(left, right)| document.text.get(left.bytes.end..right.bytes.start)) == Some(" ")
            };
            between(pair.original, mine, old, old_next) && between(pair.copy, theirs, new, new_next)
        };
        let quiet = |old: usize, new: usize| {
            let word = pair.copy_word(new);
            word == pair.original_word(old) && is_without_small_letters(word) && !taken(new)
        };
        let (mut first, mut last) = ((run.original.start, run.copy.start), (run.original.end, run.copy.end));
        for _ in 0..REACH {
            let (Some(old), Some(new)) = (first.0.checked_sub(1), first.1.checked_sub(1)) else { break };
            if !quiet(old, new) || !joins((old, new), first) {
                break;
            }
            first = (old, new);
        }
        for _ in 0..REACH {
            let (Some(old), Some(new)) = (last.0.checked_sub(1), last.1.checked_sub(1)) else { break };
            if !quiet(last.0, last.1) || !joins((old, new), last) {
                break;
            }
            last = (last.0 + 1, last.1 + 1);
        }
        if let Some(run) = runs.get_mut(at) {
            (run.original, run.copy) = (first.0..last.0, first.1..last.1);
        }
    }
    runs
}

/// Whether a word is a figure, or an acronym of two letters or more.
fn is_without_small_letters(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let figure = letters == 0 && word.starts_with(|c: char| c.is_ascii_digit());
    figure || (letters >= 2 && is_capitals(word))
}

/// Emphasis that went from some words of a sentence to others nearby is one change.
fn merged(pair: &Pair<'_>, runs: Vec<Run>) -> Vec<Run> {
    const NEXT: usize = 8;
    let side = &pair.alignment.copy;
    let mut out: Vec<Run> = Vec::new();
    for run in runs {
        if let Some(last) = out.last_mut()
            && side.block_of(last.copy.start) == side.block_of(run.copy.start)
            // What moved comes last, so that it may stand before what was read last.
            && run.copy.start.checked_sub(last.copy.end).is_some_and(|gap| gap <= NEXT)
        {
            if last.removed.is_empty() && run.added.is_empty() && last.added == run.removed {
                (last.original, last.removed) = (run.original, run.removed);
                continue;
            }
            if last.added.is_empty() && run.removed.is_empty() && last.removed == run.added {
                (last.copy, last.added) = (run.copy, run.added);
                continue;
            }
        }
        out.push(run);
    }
    out
}
