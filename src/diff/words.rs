//! Comparing two short stretches word by word. The only file that names the `similar` crate.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Run, Side, budget::Budget};

/// Appends to `runs` what two stretches without long common runs have in common, in order.
///
/// Myers' algorithm with the crate's heuristics on: without them unrelated texts take a hundred times as long.
pub(super) fn compare(
    original: &Side,
    copy: &Side,
    old: Range<usize>,
    new: Range<usize>,
    budget: &mut Budget,
    runs: &mut Vec<Run>,
) {
    if old.is_empty() || new.is_empty() || !budget.allows(old.len(), new.len()) {
        return;
    }
    for op in capture_diff_slices(Algorithm::Myers, &original.keys(&old), &copy.keys(&new)) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            runs.push(Run { original: old.start + old_index, copy: new.start + new_index, len });
        }
    }
}
