//! Where in the copy the original lies: the original finds the body, not a guess about the page.
//!
//! Runs of three words of the original are looked up in every block of the copy; the range of blocks with the greatest sum
//! of (words found − 0.35 × words not found) is the article (Bentley's maximum subarray, found by Kadane's algorithm).
//! Blocks beyond its edges that carry passages of the original which the range lacks are taken in too, and so are short lines
//! next to an edge that the original has in the same place.

use std::ops::Range;

use super::{Side, prints::Prints};

/// Words that make a run.
const RUN: usize = 3;

/// Blocks from an edge within which a short line counts.
const NEAR: usize = 3;

/// The same in the copy for a line of [`RUN`] words and more: sites put a list of links before the last of them.
const BEYOND: usize = 12;

/// One word in so many found by runs is hardly any.
const SCARCE: usize = 5;

/// Words of texts so short that single words tell.
const LINES: usize = 60;

/// What a word costs that the original does not have, in hundredths of what one is worth that it has.
const MISS: i64 = 35;

/// The blocks of `copy` among which `original` lies.
pub(super) fn article(original: &Side, copy: &Side) -> Range<usize> {
    let (mut hits, mut range) = located(original, copy, RUN);
    // Where hardly a run of three words is left whole, two in a row may still tell.
    if hits.places() * SCARCE < original.words.len().min(copy.words.len()) {
        let (more, wider) = located(original, copy, RUN - 1);
        if more.places() > 2 * hits.places() {
            (hits, range) = (more, wider);
        }
    }
    let least = original.words.len().min(copy.words.len());
    if range.is_empty() && least <= LINES {
        // A line or two with half of its words in common is the same line, however they are mixed.
        let (single, wider) = located(original, copy, 1);
        if single.places() * 2 >= least {
            (hits, range) = (single, wider);
        }
    }
    if range.is_empty() {
        return range;
    }
    let range = widen(copy, &hits, range, original.words.len());
    let start = edge(original, copy, &hits, &range, true).unwrap_or(range.start);
    let end = edge(original, copy, &hits, &range, false).map_or(range.end, |block| block + 1);
    start..end
}

/// What runs of `length` words find of `original` in `copy`, and in which blocks most of it lies.
fn located(original: &Side, copy: &Side, length: usize) -> (Hits, Range<usize>) {
    let hits = Hits::of(original, copy, length);
    let score = |words: &Range<usize>| {
        let found = hits.found[words.clone()].iter().filter(|at| at.is_some()).count();
        100 * count(found) - MISS * count(words.len() - found)
    };
    let scores: Vec<i64> = copy.blocks.iter().map(score).collect();
    let range = best_range(&scores);
    (hits, range)
}

/// The farthest block near the first or last of `range` that is, word for word, a block of the original near the one there.
///
/// A dateline or a last line of few words shares no run with anything; that it stands where the original has it tells.
fn edge(original: &Side, copy: &Side, hits: &Hits, range: &Range<usize>, first: bool) -> Option<usize> {
    let places = |block: usize| hits.found[copy.blocks[block].clone()].iter().flatten().copied();
    let at = if first { range.clone().find_map(|block| places(block).min()) } else { None };
    let at = at.or_else(|| range.clone().rev().find_map(|block| places(block).max()))?;
    let anchor = original.block_of(at);
    let (theirs, mine) = if first {
        (anchor.saturating_sub(NEAR)..anchor, range.start.saturating_sub(BEYOND)..range.start)
    } else {
        (
            anchor + 1..(anchor + 1 + NEAR).min(original.blocks.len()),
            range.end..(range.end + BEYOND).min(copy.blocks.len()),
        )
    };
    let known: Vec<Vec<u32>> = theirs.map(|block| original.keys(&original.blocks[block])).collect();
    let fits = |block: &usize| {
        let keys = copy.keys(&copy.blocks[*block]);
        let distance = if first { range.start - block } else { block + 1 - range.end };
        !keys.is_empty() && (distance <= NEAR || keys.len() >= RUN) && known.contains(&keys)
    };
    if first { mine.into_iter().find(fits) } else { mine.into_iter().rev().find(fits) }
}

/// For every word of the copy, where in the original the run it belongs to stands first.
struct Hits {
    found: Vec<Option<usize>>,
}

impl Hits {
    fn of(original: &Side, copy: &Side, length: usize) -> Self {
        let length = length.min(original.words.len()).max(1);
        let runs = Prints::of(original.runs(&(0..original.words.len()), length));
        let firsts = runs.firsts(original.words.len());
        let same = |place: usize, at: usize| {
            let there = original.words.get(place..place + length);
            there.is_some_and(|there| there.iter().zip(&copy.words[at..]).all(|(o, c)| o.key == c.key))
        };
        let mut found = vec![None; copy.words.len()];
        // Where the original is copied, what follows a run found is the next one: that need not be looked up.
        let mut next = original.words.len();
        for (print, at) in copy.runs(&(0..copy.words.len()), length) {
            let here = if same(next, at) { Some(next) } else { runs.equal(print).first().map(|(_, place)| *place) };
            let Some(here) = here else { continue };
            let place = firsts[here];
            if !same(place, at) {
                continue;
            }
            next = here + 1;
            for offset in 0..length {
                // Overlapping runs give a word several places; the least does not depend on the order of visits.
                let slot = &mut found[at + offset];
                *slot = Some(slot.map_or(place + offset, |other: usize| other.min(place + offset)));
            }
        }
        Self { found }
    }
}

impl Hits {
    /// How many words were found.
    fn places(&self) -> usize {
        self.found.iter().flatten().count()
    }
}

/// The contiguous range with the greatest sum; empty where no block has a positive score.
fn best_range(scores: &[i64]) -> Range<usize> {
    let (mut best, mut best_sum) = (0..0, 0);
    let (mut start, mut sum) = (0, 0);
    for (index, score) in scores.iter().enumerate() {
        if sum <= 0 {
            (start, sum) = (index, 0);
        }
        sum += score;
        if sum > best_sum {
            (best, best_sum) = (start..index + 1, sum);
        }
    }
    best
}

/// Takes in blocks outside `range` that are mostly passages of the original not found inside it.
/// Which of the original's `words` were found inside is kept word by word.
fn widen(copy: &Side, hits: &Hits, range: Range<usize>, words: usize) -> Range<usize> {
    let places = |block: &Range<usize>| hits.found[block.clone()].iter().flatten().copied();
    let mut inside = vec![false; words];
    copy.blocks[range.clone()].iter().flat_map(places).for_each(|place| inside[place] = true);
    let mut wide = range.clone();
    let outside = (range.end..copy.blocks.len()).chain((0..range.start).rev());
    for index in outside {
        let block = &copy.blocks[index];
        let mut new: Vec<usize> = places(block).filter(|place| !inside[*place]).collect();
        new.sort_unstable();
        new.dedup();
        // Five words keep a shared phrase in a footer from stretching the article to the end of the page.
        if new.len() >= 5 && new.len() * 10 >= block.len() * 6 {
            wide = wide.start.min(index)..wide.end.max(index + 1);
            new.into_iter().for_each(|place| inside[place] = true);
        }
    }
    wide
}

fn count(words: usize) -> i64 {
    i64::try_from(words).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::best_range;

    #[test]
    fn the_range_with_the_greatest_sum_wins() {
        assert_eq!(best_range(&[-1, 3, -1, 4, -9, 2]), 1..4);
        assert_eq!(best_range(&[-1, -2]), 0..0);
        assert_eq!(best_range(&[]), 0..0);
    }
}
