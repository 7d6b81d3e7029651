//! Trouble, in words for the person at the terminal: one line that names the input and the cause, hints apart.

use std::fmt;

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

/// What the system says of a file, without the number it gives errors.
pub fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let plain = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = plain.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}

impl From<vidimus::capture::Error> for Fault {
    fn from(error: vidimus::capture::Error) -> Self {
        let hint = error.hint();
        Self::new(error).hint(hint)
    }
}
