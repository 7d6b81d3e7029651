//! From which severity on the exit status is 1: the option of every command that finds something grave or not.

use clap::ValueEnum;
use vidimus::check::Severity;

/// What was typed.
#[derive(ValueEnum, Clone, Copy, Debug)]
pub enum FailOn {
    /// Anything at all, down to quotation marks
    Note,
    /// What leads the reader
    Warning,
    /// What makes the text say something else
    Error,
}

impl FailOn {
    /// Whether something this grave counts.
    pub fn counts(self, severity: Severity) -> bool {
        let threshold = match self {
            Self::Note => Severity::Note,
            Self::Warning => Severity::Warning,
            Self::Error => Severity::Error,
        };
        severity >= threshold
    }
}
