//! The one file that knows the order of the stages: gather all evidence first, then judge it.

use crate::{capture::Capture, extract::Document, moment::Moment, report::Report};

/// Every choice that can change a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The time the report gives as its own.
    pub generated_at: Moment,
    /// What the person who handed the original over says it is, such as `a transcription`.
    pub original_note: Option<String>,
    /// The same for the copy.
    pub copy_note: Option<String>,
}

impl Options {
    /// The default options, for a report made at `generated_at`.
    pub fn new(generated_at: Moment) -> Self {
        Self { generated_at, original_note: None, copy_note: None }
    }
}

/// A report and the two documents its anchors point into.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The report.
    pub report: Report,
    /// The original as a reader sees it.
    pub original: Document,
    /// The copy as a reader sees it.
    pub copy: Document,
}

/// Holds `copy` against `original`. Judging needs no network and no clock: the same arguments give the same result.
pub fn check(original: &Capture, copy: &Capture, options: &Options) -> Checked {
    let _ = (original, copy, options);
    unreachable!("stages are laid next")
}
