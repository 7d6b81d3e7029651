//! Amounts that are written otherwise: `4.2 million euros` for `€4.2 million` is one change of writing, not a sign that went and a
//! word that came.
//!
//! Steps of the alignment go in and come out, those of one amount joined. What is the same value is for `facets` to say.

use std::ops::Range;

use super::{
    facets::{is_part_of_value, same_value},
    pair::Pair,
};
use crate::{
    diff::{Side, Step},
    text::words::fold,
};

/// Words between two changes of one amount.
const BETWEEN: usize = 4;

/// Changes of one amount.
const CHANGES: usize = 3;

/// Words beside a change that can belong to its amount.
const BESIDE: usize = 4;

/// The changed steps, those that only write one amount otherwise joined with what is the same between them.
pub(super) fn joined(pair: &Pair<'_>) -> Vec<Step> {
    let steps = &pair.alignment.steps;
    let mut out: Vec<Step> = Vec::new();
    let mut at = 0;
    while let Some(step) = steps.get(at) {
        if step.same {
            at += 1;
            continue;
        }
        let last = (1..CHANGES).rev().filter_map(|more| steps.get(at + 2 * more).map(|last| (more, last)));
        let whole = last.map(|(more, last)| {
            let (original, copy) = (step.original.start..last.original.end, step.copy.start..last.copy.end);
            (more, Step { original, copy, same: false })
        });
        let one = whole.filter(|(more, whole)| {
            let between = (0..*more).filter_map(|more| steps.get(at + 2 * more + 1));
            let near = between.into_iter().all(|same| same.original.len() <= BETWEEN);
            near && is_same(pair, &whole.original, &whole.copy)
        });
        match one.into_iter().next() {
            Some((more, whole)) => {
                out.push(whole);
                at += 2 * more + 1;
            }
            None => {
                out.push(step.clone());
                at += 1;
            }
        }
    }
    out
}

/// Whether these words are one value in both texts, with the words beside them that belong to it.
pub(super) fn is_same(pair: &Pair<'_>, gone: &Range<usize>, come: &Range<usize>) -> bool {
    let (mine, theirs) = (&pair.alignment.original, &pair.alignment.copy);
    let of_value = |word: &str| is_part_of_value(&fold(word));
    let small = gone.len().max(come.len()) <= 2 * BETWEEN + CHANGES;
    let changed = || {
        let old = gone.clone().map(|word| pair.original_word(word));
        old.chain(come.clone().map(|word| pair.copy_word(word))).all(of_value)
    };
    if !small || gone.is_empty() && come.is_empty() || !changed() {
        return false;
    }
    let beside = |left: Option<usize>, right: Option<usize>| {
        let (left, right) = (left?, right?);
        let (old, new) = (mine.words.get(left)?, theirs.words.get(right)?);
        (old.key == new.key && of_value(pair.copy_word(right))).then_some(())
    };
    let before =
        (1..=BESIDE).take_while(|by| beside(gone.start.checked_sub(*by), come.start.checked_sub(*by)).is_some());
    let before = before.count();
    let behind = (0..BESIDE).take_while(|by| beside(Some(gone.end + by), Some(come.end + by)).is_some()).count();
    let text = |side: &Side, text: &'_ str, words: &Range<usize>| {
        let words = words.start - before..words.end + behind;
        let whole = !words.is_empty() && side.block_of(words.start) == side.block_of(words.end - 1);
        whole.then(|| text.get(side.bytes(&words)).unwrap_or_default().to_owned())
    };
    let old = text(mine, &pair.original.text, gone);
    let new = text(theirs, &pair.copy.text, come);
    old.zip(new).is_some_and(|(old, new)| same_value(&old, &new))
}
