//! How much work an alignment may take. Counted in steps, so that every machine gives the same result.

/// What is left to spend on comparing.
#[derive(Debug)]
pub(super) struct Budget {
    left: u64,
    reached: bool,
}

/// Cells of the comparison table that may be looked at in all: some seconds of work.
const CELLS: u64 = 4_000_000_000;

/// A single stretch longer than this on both sides has no anchor in it and is not the same text.
const LONGEST_STRETCH: usize = 20_000;

impl Default for Budget {
    fn default() -> Self {
        Self { left: CELLS, reached: false }
    }
}

impl Budget {
    /// Asks to compare `a` words with `b` words, and pays for it.
    pub(super) fn allows(&mut self, a: usize, b: usize) -> bool {
        let cost = (a as u64).saturating_mul(b as u64);
        if a.min(b) > LONGEST_STRETCH || cost > self.left {
            self.reached = true;
            return false;
        }
        self.left -= cost;
        true
    }

    /// Whether anything was refused.
    pub(super) fn reached(&self) -> bool {
        self.reached
    }
}
