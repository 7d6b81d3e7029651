//! What the user typed, and what it means: an address, a file or standard input.

use std::{ffi::OsStr, path::PathBuf};

use super::{Request, address::has_credentials};

/// Where a source is to be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Locator {
    /// An address; only `http` and `https` ones are fetched.
    Url(String),
    /// A file on disk.
    File(PathBuf),
    /// Standard input, written `-`.
    Stdin,
    /// An archive's record of an address, asked for by date.
    Memento(Request),
}

impl Locator {
    /// Reads what was typed: `-`, something that begins like an address, with a scheme and `://`, else a path. Addresses that
    /// are not fetched (`ftp://`, `file://`) are addresses all the same, so that the error can say so. File names need not be
    /// Unicode.
    ///
    /// ```
    /// use vidimus::capture::Locator;
    /// assert_eq!(Locator::parse("-"), Locator::Stdin);
    /// assert!(matches!(Locator::parse("HTTPS://example.org/"), Locator::Url(_)));
    /// assert!(matches!(Locator::parse("ftp://example.org/"), Locator::Url(_)));
    /// assert!(matches!(Locator::parse("http.html"), Locator::File(_)));
    /// assert!(matches!(Locator::parse("./a://b"), Locator::File(_)));
    /// ```
    pub fn parse(typed: impl AsRef<OsStr>) -> Self {
        let typed = typed.as_ref();
        let text = typed.to_str().unwrap_or_default();
        let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
        let begins_with_letter = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
        if text == "-" {
            Self::Stdin
        } else if begins_with_letter && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)) {
            Self::Url(text.to_owned())
        } else {
            Self::File(PathBuf::from(typed))
        }
    }

    /// Whether it takes the network to get it.
    pub fn is_remote(&self) -> bool {
        match self {
            Self::Url(_) | Self::Memento(_) => true,
            Self::File(_) | Self::Stdin => false,
        }
    }

    /// The record nearest to `at` in `archive`, where this is an address; what is no address stays what it is.
    ///
    /// ```
    /// use vidimus::{Moment, capture::{Locator, WAYBACK}};
    /// let page = Locator::parse("https://example.org/release");
    /// assert!(matches!(page.at(Moment::from_unix(0), WAYBACK), Locator::Memento(_)));
    /// ```
    #[must_use]
    pub fn at(self, at: crate::moment::Moment, archive: &str) -> Self {
        match self {
            Self::Url(address) => Self::Memento(Request { address, at, archive: archive.to_owned() }),
            Self::File(_) | Self::Stdin | Self::Memento(_) => self,
        }
    }

    /// Whether it is an address with a user name or password, which are never sent and never stored.
    pub fn has_credentials(&self) -> bool {
        match self {
            Self::Url(address) | Self::Memento(Request { address, .. }) => has_credentials(address),
            Self::File(_) | Self::Stdin => false,
        }
    }
}
