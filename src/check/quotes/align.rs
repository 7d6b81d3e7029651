//! A quotation laid along a stretch of the original: which word is which.
//!
//! Alignment with affine gaps (Gotoh 1982), free at both ends of the stretch: all of the quotation against any part of it. A gap
//! costs next to nothing where a mark says that words were left out, and putting words in costs nothing inside brackets.

use super::passage::{Hand, Said};
use crate::text::words::Word;

/// What pairs of words and gaps are worth.
const MATCH: i32 = 20;
const CHANGE: i32 = -30;
const OPEN: i32 = -60;
const SKIP: i32 = -8;
const EXTRA: i32 = -30;
const FAR: i32 = i32::MIN / 4;

/// The most cells that are worked out for one alignment.
const CELLS: usize = 400_000;

/// What the best way to a cell ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// The quotation begins here.
    Start,
    /// Two words beside each other.
    Beside,
    /// A word of the original that the quotation lacks.
    Skipped,
    /// A word of the quotation that the original lacks.
    Extra,
}

/// An alignment: how good it is, and the words that are the same, as indexes of quotation and stretch.
pub(super) struct Laid {
    pub(super) score: i32,
    pub(super) pairs: Vec<(usize, usize)>,
}

/// Lays `said` along `stretch`; `marks` says before which words something was left out.
pub(super) fn align(said: &[Said], marks: &[bool], stretch: &[Word]) -> Option<Laid> {
    let width = stretch.len() + 1;
    if said.is_empty() || stretch.is_empty() || (said.len() + 1) * width > CELLS {
        return None;
    }
    let mut table = Table::new(said.len() + 1, width);
    for (row, word) in said.iter().enumerate() {
        let costs = Costs::of(said, marks, row);
        table.row(row + 1, word, stretch, &costs);
    }
    Some(table.trace(said, stretch))
}

/// What gaps cost at one word of the quotation.
struct Costs {
    /// Leaving out words of the original behind it.
    open: i32,
    skip: i32,
    /// Having it although the original does not.
    extra_open: i32,
    extra: i32,
    change: i32,
    same: i32,
}

impl Costs {
    fn of(said: &[Said], marks: &[bool], row: usize) -> Self {
        let editor = |at: usize| said.get(at).is_some_and(|word| word.hand == Hand::Editor);
        let (open, skip) = match () {
            () if marks.get(row + 1).copied().unwrap_or(false) => (-10, -1),
            () if editor(row) || editor(row + 1) => (-15, -6),
            () => (OPEN, SKIP),
        };
        let weight = said.get(row).map_or(1, |word| word.weight);
        match said.get(row).map(|word| &word.hand) {
            Some(Hand::Editor) => Self { open, skip, extra_open: -2, extra: -2, change: -12, same: 10 },
            Some(Hand::Either) => {
                Self { open, skip, extra_open: -30, extra: -10, change: CHANGE, same: MATCH + 10 * weight }
            }
            Some(Hand::Mended(_)) => {
                Self { open, skip, extra_open: OPEN, extra: EXTRA, change: -10, same: MATCH + 10 * weight }
            }
            Some(Hand::Speaker) | None => {
                Self { open, skip, extra_open: OPEN, extra: EXTRA, change: CHANGE, same: MATCH + 10 * weight }
            }
        }
    }
}

/// The best score of every cell and the way to it, for each of the three ways it can end.
struct Table {
    width: usize,
    height: usize,
    beside: Vec<i32>,
    skipped: Vec<i32>,
    extra: Vec<i32>,
    ways: Vec<[Way; 3]>,
}

impl Table {
    fn new(height: usize, width: usize) -> Self {
        let mut table = Self {
            width,
            height,
            beside: vec![FAR; height * width],
            skipped: vec![FAR; height * width],
            extra: vec![FAR; height * width],
            ways: vec![[Way::Start; 3]; height * width],
        };
        table.beside.iter_mut().take(width).for_each(|score| *score = 0);
        table
    }

    fn row(&mut self, row: usize, word: &Said, stretch: &[Word], costs: &Costs) {
        for column in 0..self.width {
            let cell = row * self.width + column;
            let above = cell - self.width;
            let (score, way) = self.best(above, costs.extra_open + costs.extra, costs.extra);
            (self.extra[cell], self.ways[cell][2]) = (score, way);
            let Some(left) = column.checked_sub(1) else { continue };
            let same = stretch[left].key == word.key;
            let gain = if same { costs.same } else { costs.change };
            let (score, way) = self.best_of(above - 1);
            (self.beside[cell], self.ways[cell][0]) = (score.saturating_add(gain), way);
            let left = cell - 1;
            let opened = self.beside[left].max(self.extra[left]) + costs.open + costs.skip;
            let longer = self.skipped[left] + costs.skip;
            let way = match () {
                () if longer >= opened => Way::Skipped,
                () if self.beside[left] >= self.extra[left] => Way::Beside,
                () => Way::Extra,
            };
            (self.skipped[cell], self.ways[cell][1]) = (longer.max(opened).max(FAR), way);
        }
    }

    /// The best way to have one more extra word behind `cell`.
    fn best(&self, cell: usize, open: i32, longer: i32) -> (i32, Way) {
        let (beside, skipped, extra) = (self.beside[cell] + open, self.skipped[cell] + open, self.extra[cell] + longer);
        match () {
            () if extra >= beside && extra >= skipped => (extra.max(FAR), Way::Extra),
            () if beside >= skipped => (beside.max(FAR), Way::Beside),
            () => (skipped.max(FAR), Way::Skipped),
        }
    }

    fn best_of(&self, cell: usize) -> (i32, Way) {
        let (beside, skipped, extra) = (self.beside[cell], self.skipped[cell], self.extra[cell]);
        match () {
            () if beside >= skipped && beside >= extra => (beside, Way::Beside),
            () if skipped >= extra => (skipped, Way::Skipped),
            () => (extra, Way::Extra),
        }
    }

    fn trace(&self, said: &[Said], stretch: &[Word]) -> Laid {
        let last = (self.height - 1) * self.width;
        let end = |column: &usize| self.beside[last + column].max(self.extra[last + column]);
        let best = (0..self.width).max_by_key(|column| (end(column), std::cmp::Reverse(*column))).unwrap_or(0);
        let score = end(&best);
        let (mut row, mut column) = (self.height - 1, best);
        let mut way = if self.beside[last + best] >= self.extra[last + best] { Way::Beside } else { Way::Extra };
        let mut pairs = Vec::new();
        while row > 0 {
            let ways = self.ways[row * self.width + column];
            match way {
                Way::Beside => {
                    (row, column) = (row - 1, column.saturating_sub(1));
                    if said[row].key == stretch[column].key {
                        pairs.push((row, column));
                    }
                    way = ways[0];
                }
                Way::Skipped => {
                    column = column.saturating_sub(1);
                    way = ways[1];
                }
                Way::Extra => {
                    row -= 1;
                    way = ways[2];
                }
                Way::Start => break,
            }
        }
        pairs.reverse();
        Laid { score, pairs }
    }
}
