//! What the program's exit status means.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing at or above the level that counts; `verified`.
    Fine,
    /// Findings at or above the level that counts; any outcome of `verify` but `verified`.
    Found,
    /// Usage, unreadable input, a failed fetch: nothing was decided.
    Trouble,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Found => 1,
            Exit::Trouble => 2,
        })
    }
}
