//! Trouble, in words for the person at the terminal: one line that names the input and the cause, hints apart.

use std::fmt;

pub use vidimus::capture::reason;

/// Why a command could not do its work. Always exit status 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// One line: the input's name, then the cause.
    pub message: String,
    /// What the user could do about it, a line each.
    pub hints: Vec<String>,
}

impl Fault {
    /// A fault without hints.
    pub fn new(message: impl fmt::Display) -> Self {
        Self { message: message.to_string(), hints: Vec::new() }
    }

    /// The same fault with one more hint, where there is one.
    #[must_use]
    pub fn hint(mut self, hint: Option<String>) -> Self {
        self.hints.extend(hint);
        self
    }
}

impl From<vidimus::capture::store::Trouble> for Fault {
    fn from(trouble: vidimus::capture::store::Trouble) -> Self {
        Self::new(&trouble).hint(trouble.hint())
    }
}

impl From<vidimus::capture::Error> for Fault {
    fn from(error: vidimus::capture::Error) -> Self {
        let hints = error.hint().into_iter().chain(error.choices().iter().cloned()).collect();
        Self { hints, ..Self::new(error) }
    }
}
