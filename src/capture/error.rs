//! Why a source could not be captured, in words for the person who named it.

use std::fmt;

/// Why there is no capture. Its text is one line that names the input and the cause; [`Error::hint`] may say what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Error {
    /// There is not a single byte.
    Empty {
        /// The source as named.
        locator: String,
    },
    /// The bytes are no text.
    Binary {
        /// The source as named.
        locator: String,
        /// What they seem to be, such as `a PDF file`.
        what: &'static str,
    },
    /// The body is larger than the limit.
    TooLarge {
        /// The source as named.
        locator: String,
        /// The limit in bytes.
        limit: usize,
    },
}

impl Error {
    /// What the user could do about it, where there is something.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Binary { .. } => Some("vidimus reads HTML, Markdown and plain text".to_owned()),
            Self::Empty { .. } | Self::TooLarge { .. } => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty { locator } => write!(f, "{locator}: the file is empty"),
            Self::Binary { locator, what } => write!(f, "{locator}: this is {what}, not a text"),
            Self::TooLarge { locator, limit } => write!(f, "{locator}: larger than the limit of {limit} bytes"),
        }
    }
}

impl std::error::Error for Error {}
