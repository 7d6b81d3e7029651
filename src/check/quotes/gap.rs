//! What lies between the words that are the same: gaps, each with its words of the quotation and of the original.
//!
//! A quotation, its original and the pairs of words found go in. What a gap means is not asked here.

use std::ops::Range;

use super::{
    original::Original,
    passage::{Hand, Passage, Said},
    search::Pairs,
};

/// The words of the original that the quotation stands for, those its first and last words were put for included.
pub(super) fn edges(passage: &Passage, original: &Original<'_>, pairs: &Pairs) -> Option<Range<usize>> {
    let speakers = |gap: &&Gap| {
        let said = passage.words.get(gap.said.clone()).unwrap_or_default();
        gap.edge && said.iter().any(|word| word.hand != Hand::Editor)
    };
    let edges: Vec<Range<usize>> =
        gaps(passage, original, pairs).iter().filter(speakers).map(|gap| gap.place.clone()).collect();
    let places = || pairs.iter().map(|(_, place)| *place);
    let (start, end) = (places().min()?, places().max()? + 1);
    let start = edges.iter().filter(|edge| edge.end == start).map(|edge| edge.start).min().unwrap_or(start);
    let end = edges.iter().filter(|edge| edge.start == end).map(|edge| edge.end).max().unwrap_or(end);
    Some(start..end)
}

/// Words between two that are the same: of the quotation and of the original.
#[derive(Clone, Debug)]
pub(super) struct Gap {
    pub(super) said: Range<usize>,
    pub(super) place: Range<usize>,
    /// Whether the original goes on before where it was.
    pub(super) back: bool,
    /// Whether it stands at an edge, so that nobody can say what its words were put for.
    pub(super) edge: bool,
}

/// The gaps between `pairs`, in the order of the quotation.
pub(super) fn gaps(passage: &Passage, original: &Original<'_>, pairs: &Pairs) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let Some((&(first, place), &(last, end))) = pairs.first().zip(pairs.last()) else { return gaps };
    if first > 0 {
        // What stands before the passage is what the first words were put for, as far as its sentence goes.
        let mut from = place;
        while from > 0 && place - from < first && !original.begins_sentence(from) {
            from -= 1;
        }
        gaps.push(Gap { said: 0..first, place: from..place, back: false, edge: true });
    }
    for two in pairs.windows(2) {
        let ((said, place), (next, there)) = (two[0], two[1]);
        if there <= place {
            gaps.push(Gap { said: said + 1..next, place: place + 1..place + 1, back: true, edge: false });
        } else if next > said + 1 || there > place + 1 {
            gaps.push(Gap { said: said + 1..next, place: place + 1..there, back: false, edge: false });
        }
    }
    let count = passage.words.len();
    if last + 1 < count {
        let mut to = end + 1;
        while to < original.words.len() && to - end < count - last && !original.begins_sentence(to) {
            to += 1;
        }
        gaps.push(Gap { said: last + 1..count, place: end + 1..to, back: false, edge: true });
    }
    gaps
}

impl Gap {
    /// The gap's words of the quotation.
    pub(super) fn words<'a>(&self, passage: &'a Passage) -> &'a [Said] {
        passage.words.get(self.said.clone()).unwrap_or_default()
    }
}
