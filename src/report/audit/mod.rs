//! An audit's outputs, one file a format: `lines` for programs, `summary` for the terminal. `rule` names what can be found.
//!
//! An audit may be of a million pairs, so an output never sees them all at once: it is a value that is told of the head, then of each
//! entry in the plan's order, then of the summary, and gives out its text piece by piece. What needs the counts before the first
//! entry takes the summary when it is made: the record of an audit is read a second time for it. No I/O, no judgement, no clock.
//! Add a format as a file here.

mod lines;
mod rule;
mod summary;

pub use lines::{Lines, entry as line_of_entry, head as line_of_head, read, summary as line_of_summary};
pub use rule::Rule;
pub use summary::Terminal;

use super::wire::audit::{Entry, Head, Summary};

/// What a format gives out: text of its one file, and whole files beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Out {
    /// What comes next in its file.
    pub text: String,
    /// Files beside it that are complete: their names, which may have folders before them with `/`, and their bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// An output of an audit.
pub trait Format {
    /// Begins.
    fn begin(&mut self, head: &Head, out: &mut Out);
    /// Takes in the next pair, in the plan's order.
    fn entry(&mut self, entry: &Entry, out: &mut Out);
    /// Ends. The value is not used again.
    fn finish(&mut self, summary: &Summary, out: &mut Out);
}
