//! One version laid along the base: which of its tiles stand for which of the base's, and where the two differ.
//!
//! Two documents and their tiles come in. The words are aligned by `diff`; what stands before and behind the stretch that it
//! takes for the text is aligned by itself, since of two captures of one page menus and footers are compared as well.

use std::{collections::BTreeSet, ops::Range};

use super::tiles::{Tiles, cut};
use crate::{
    diff::{self, Step},
    extract::Document,
};

/// Words from which what stands before or behind the text is aligned by itself.
const EDGE: usize = 2;

/// A stretch of the base's tiles and the tiles that stand in its place; several pieces where moved passages lie between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Difference {
    pub(super) base: Range<usize>,
    pub(super) own: Vec<Range<usize>>,
}

/// A passage that stands elsewhere, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Moved {
    pub(super) base: Range<usize>,
    pub(super) own: Range<usize>,
}

/// One version along the base.
#[derive(Clone, Debug, Default)]
pub(super) struct Laid {
    /// For each word of the base, and for the end of the text, the version's that it is.
    pub(super) own: Vec<Option<usize>>,
    /// For each tile of the base, the version's that is the same or stands for it.
    tiles: Vec<Option<usize>>,
    /// In order of the base; none overlap, and none of them touch.
    pub(super) differences: Vec<Difference>,
    pub(super) moved: Vec<Moved>,
    pub(super) budget_reached: bool,
}

/// Words of the base, and those of the version that stand in their place.
struct Segment {
    base: Range<usize>,
    own: Vec<Range<usize>>,
    same: bool,
}

impl Laid {
    /// Lays `own` along `base`, of which `first` and `text` are the tiles.
    pub(super) fn of(first: &Tiles<'_>, base: &Document, text: &Tiles<'_>, own: &Document) -> Self {
        let alignment = diff::align(base, own);
        let mut laid = Self { budget_reached: alignment.budget_reached, ..Self::default() };
        let moves = &alignment.moves;
        laid.moved = moves.iter().map(|one| Moved { base: one.original.clone(), own: one.copy.clone() }).collect();
        laid.moved.sort_by_key(|one| one.base.start);
        let mut came: Vec<Range<usize>> = laid.moved.iter().map(|one| one.own.clone()).collect();
        came.sort_by_key(|one| one.start);
        let mut segments = Vec::new();
        let steps = edges_aligned(&alignment.steps, first, text);
        for step in steps {
            if step.same {
                segments.push(Segment { base: step.original, own: vec![step.copy], same: true });
                continue;
            }
            let gone = laid
                .moved
                .iter()
                .filter(|one| step.original.start <= one.base.start && one.base.end <= step.original.end);
            let gone: Vec<&Moved> = gone.collect();
            let left = without(&step.original, gone.iter().map(|one| &one.base));
            let mut own = without(&step.copy, came.iter());
            // What stands in the place of several stretches cannot be shared out between them: the first has it, or where nothing but
            // what moved stood there, the end to which it belongs.
            let last = left.len() - 1;
            let takes = left.iter().position(|stretch| !stretch.is_empty());
            let takes = takes.unwrap_or(if leads(text, &own) { last } else { 0 });
            for (at, stretch) in left.into_iter().enumerate() {
                let words = if at == takes { std::mem::take(&mut own) } else { Vec::new() };
                // Passages that came are told as moved; nothing else did.
                let words = if stretch.is_empty() && words.iter().all(Range::is_empty) { Vec::new() } else { words };
                if !stretch.is_empty() || !words.is_empty() {
                    segments.push(Segment { base: stretch, own: words, same: false });
                }
                if let Some(passage) = gone.get(at) {
                    let inside = moves.iter().find(|one| one.original == passage.base);
                    segments.extend(inside.into_iter().flat_map(|one| &one.steps).map(|step| Segment {
                        base: step.original.clone(),
                        own: vec![step.copy.clone()],
                        same: step.same,
                    }));
                }
            }
        }
        laid.map_words(&segments, first.words.len(), text.words.len());
        laid.compare(&segments, first, text);
        laid
    }

    fn map_words(&mut self, segments: &[Segment], base: usize, own: usize) {
        self.own = vec![None; base];
        self.own.push(Some(own));
        for segment in segments.iter().filter(|segment| segment.same) {
            let words = segment.own.iter().flat_map(|piece| piece.clone());
            for (slot, word) in self.own.get_mut(segment.base.clone()).into_iter().flatten().zip(words) {
                *slot = Some(word);
            }
        }
        let of = |tile: usize| self.own.get(tile / 2).copied().flatten().map(|own| own * 2 + tile % 2);
        self.tiles = (0..base * 2 + 1).map(of).collect();
    }

    /// Finds the differences, of words and of all else.
    fn compare(&mut self, segments: &[Segment], base: &Tiles<'_>, text: &Tiles<'_>) {
        let mut found: Vec<Difference> = Vec::new();
        let mut taken = vec![false; base.words.len() + 1];
        let edges = self.edges_of_moved();
        for segment in segments.iter().filter(|segment| !segment.same) {
            let end = segment.own.last().map_or(0, |piece| piece.end);
            let next = self.own.get(segment.base.end).copied().flatten();
            // What stands behind the last word goes with the word that follows, where that is the same in both.
            // Behind a passage that came it is that one's.
            let came = segment.own.len() > 1 && segment.own.last().is_some_and(Range::is_empty);
            let trail = !came && next.is_some_and(|next| segment.own.is_empty() || next == end);
            let mut own: Vec<Range<usize>> = segment.own.iter().map(|piece| piece.start * 2..piece.end * 2).collect();
            let mut place = segment.base.start * 2..segment.base.end * 2;
            if let Some(next) = next.filter(|_| trail) {
                place.end += 1;
                match own.last_mut() {
                    Some(last) => last.end += 1,
                    None => own.push(next * 2..next * 2 + 1),
                }
                if let Some(slot) = taken.get_mut(segment.base.end) {
                    *slot = true;
                }
            }
            // What goes before a moved passage, "MR", is of its paragraph, and the signs before it are not.
            let breaks = |word: usize| base.text(&(word * 2..word * 2 + 1)).contains('\n');
            let (start, end) = (segment.base.start, segment.base.end);
            let leads = own.iter().all(Range::is_empty) && breaks(start) && !breaks(end);
            if !trail && leads && self.moved.iter().any(|moved| moved.base.start == end) {
                place = place.start + 1..place.end + 1;
            }
            // The signs before it are a moved passage's.
            if edges.contains(&start) {
                place = place.start + 1..place.end.max(place.start + 1);
                own.retain(|piece| !piece.is_empty());
                own.iter_mut().take(1).for_each(|first| first.start += 1);
            }
            found.push(self.trimmed(Difference { base: place, own }, base, text));
        }
        for (word, own) in self.own.iter().enumerate() {
            let Some(own) = own else { continue };
            let gap = (word * 2..word * 2 + 1, own * 2..own * 2 + 1);
            let letters = (word * 2 + 1..word * 2 + 2, own * 2 + 1..own * 2 + 2);
            let gap = Some(gap).filter(|_| !taken.get(word).copied().unwrap_or(false) && !edges.contains(&word));
            let letters = Some(letters).filter(|_| word < base.words.len());
            for (place, own) in [gap, letters].into_iter().flatten() {
                if base.text(&place) != text.text(&own) {
                    found.push(Difference { base: place, own: vec![own] });
                }
            }
        }
        found.retain(|one| !one.base.is_empty() || one.own.iter().any(|piece| !piece.is_empty()));
        found.sort_by_key(|one| (one.base.start, one.base.end));
        self.differences = joined(found);
    }

    /// The words of the base before which stands what a moved passage left or brought along: the signs between it and its
    /// neighbours, which are part of the moving.
    fn edges_of_moved(&self) -> BTreeSet<usize> {
        let behind: BTreeSet<usize> = self.moved.iter().map(|moved| moved.own.end).collect();
        let next = |(word, own): (usize, &Option<usize>)| own.filter(|own| behind.contains(own)).map(|_| word);
        let ends = self.moved.iter().flat_map(|moved| [moved.base.start, moved.base.end]);
        ends.chain(self.own.iter().enumerate().filter_map(next)).collect()
    }

    /// A difference without the signs that both sides have at either end.
    fn trimmed(&mut self, mut one: Difference, base: &Tiles<'_>, text: &Tiles<'_>) -> Difference {
        let gap = |tile: usize| tile.is_multiple_of(2);
        let same =
            |old: usize, new: usize| gap(old) && gap(new) && base.text(&(old..old + 1)) == text.text(&(new..new + 1));
        one.own.retain(|piece| !piece.is_empty());
        if let Some(first) = one.own.first_mut()
            && !one.base.is_empty()
            && same(one.base.start, first.start)
        {
            self.keep(one.base.start, first.start);
            (one.base.start, first.start) = (one.base.start + 1, first.start + 1);
        }
        one.own.retain(|piece| !piece.is_empty());
        if let Some(last) = one.own.last_mut()
            && !one.base.is_empty()
            && same(one.base.end - 1, last.end - 1)
        {
            self.keep(one.base.end - 1, last.end - 1);
            (one.base.end, last.end) = (one.base.end - 1, last.end - 1);
        }
        one.own.retain(|piece| !piece.is_empty());
        one
    }

    fn keep(&mut self, base: usize, own: usize) {
        if let Some(slot) = self.tiles.get_mut(base) {
            *slot = Some(own);
        }
    }

    /// The tiles of the version that stand where the base has `place`, and whether they take in more than that: a difference
    /// that reaches over its edge.
    pub(super) fn reading(&self, place: &Range<usize>) -> (Vec<Range<usize>>, bool) {
        let (mut pieces, mut wide, mut at) = (Vec::new(), false, place.start);
        let first = self.differences.partition_point(|one| one.base.end < place.start);
        let inside = |one: &&Difference| match (one.base.is_empty(), place.is_empty()) {
            (true, true) => one.base == *place,
            (true, false) => place.start < one.base.start && one.base.start < place.end,
            (false, true) => one.base.start < place.start && place.start < one.base.end,
            (false, false) => one.base.start < place.end && place.start < one.base.end,
        };
        let rest = self.differences.get(first..).unwrap_or_default();
        for one in rest.iter().take_while(|one| one.base.start <= place.end).filter(inside) {
            self.same(at..one.base.start, &mut pieces);
            one.own.iter().for_each(|piece| push(&mut pieces, piece.clone()));
            wide |= one.base.start < place.start || place.end < one.base.end;
            at = at.max(one.base.end);
        }
        self.same(at..place.end, &mut pieces);
        (pieces, wide)
    }

    /// The tiles that are the same as the base's.
    fn same(&self, tiles: Range<usize>, pieces: &mut Vec<Range<usize>>) {
        for own in self.tiles.get(tiles).into_iter().flatten().flatten() {
            push(pieces, *own..own + 1);
        }
    }
}

/// Whether words of a version begin a paragraph that goes on behind them.
fn leads(text: &Tiles<'_>, words: &[Range<usize>]) -> bool {
    let mut all = words.iter().filter(|piece| !piece.is_empty());
    let (Some(first), last) = (all.next(), all.next_back()) else { return false };
    let breaks = |word: usize| text.text(&(word * 2..word * 2 + 1)).contains('\n');
    (first.start == 0 || breaks(first.start)) && !breaks(last.unwrap_or(first).end)
}

fn push(pieces: &mut Vec<Range<usize>>, next: Range<usize>) {
    match pieces.last_mut() {
        Some(last) if last.end == next.start => last.end = next.end,
        Some(_) | None if next.is_empty() => {}
        Some(_) | None => pieces.push(next),
    }
}

/// `range` without `cuts`, which are in order: what stands before each of them, and behind the last. Pieces may be empty.
fn without<'a>(range: &Range<usize>, cuts: impl Iterator<Item = &'a Range<usize>>) -> Vec<Range<usize>> {
    let (mut pieces, mut at) = (Vec::new(), range.start);
    for cut in cuts.filter(|cut| range.start <= cut.start && cut.end <= range.end && !cut.is_empty()) {
        pieces.push(at..cut.start);
        at = cut.end;
    }
    pieces.push(at..range.end);
    pieces
}

/// Differences that touch are one, where what stands in their place is in one piece too.
fn joined(found: Vec<Difference>) -> Vec<Difference> {
    let mut all: Vec<Difference> = Vec::new();
    for next in found {
        let touches = |last: &Difference| {
            let (end, start) = (last.own.last(), next.own.first());
            last.base.end == next.base.start && end.zip(start).is_none_or(|(end, start)| end.end == start.start)
        };
        match all.last_mut().filter(|last| touches(last)) {
            Some(last) => {
                last.base.end = next.base.end;
                let mut own = std::mem::take(&mut last.own);
                next.own.into_iter().for_each(|piece| push(&mut own, piece));
                last.own = own;
            }
            None => all.push(next),
        }
    }
    all
}

/// The steps, with those before the first word and behind the last that are the same aligned once more by themselves.
fn edges_aligned(steps: &[Step], base: &Tiles<'_>, text: &Tiles<'_>) -> Vec<Step> {
    let mut all = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let edge = at == 0 || at + 1 == steps.len();
        let long = step.original.len().min(step.copy.len()) >= EDGE;
        if !step.same && edge && long && steps.len() > 1 {
            let part = |side: &Tiles<'_>, words: &Range<usize>| {
                cut(side.document, &side.bytes(&(words.start * 2 + 1..words.end * 2)))
            };
            let inner = diff::align(&part(base, &step.original), &part(text, &step.copy));
            let fits = inner.original.words.len() == step.original.len() && inner.copy.words.len() == step.copy.len();
            if fits {
                let shifted = |range: &Range<usize>, by: usize| range.start + by..range.end + by;
                all.extend(inner.steps.iter().map(|one| Step {
                    original: shifted(&one.original, step.original.start),
                    copy: shifted(&one.copy, step.copy.start),
                    same: one.same,
                }));
                continue;
            }
        }
        all.push(step.clone());
    }
    all
}
