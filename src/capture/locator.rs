//! What the user typed, and what it means: an address, a file or standard input.

use std::{ffi::OsStr, path::PathBuf};

use super::address::has_credentials;

/// Where a source is to be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Locator {
    /// An `http` or `https` address.
    Url(String),
    /// A file on disk.
    File(PathBuf),
    /// Standard input, written `-`.
    Stdin,
}

impl Locator {
    /// Reads what was typed: `-`, something that begins with `http://` or `https://` (in any case), else a path. File names
    /// need not be Unicode.
    ///
    /// ```
    /// use vidimus::capture::Locator;
    /// assert_eq!(Locator::parse("-"), Locator::Stdin);
    /// assert!(matches!(Locator::parse("HTTPS://example.org/"), Locator::Url(_)));
    /// assert!(matches!(Locator::parse("http.html"), Locator::File(_)));
    /// ```
    pub fn parse(typed: impl AsRef<OsStr>) -> Self {
        let typed = typed.as_ref();
        let text = typed.to_str().unwrap_or_default();
        let scheme = |scheme: &str| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
        if text == "-" {
            Self::Stdin
        } else if scheme("http://") || scheme("https://") {
            Self::Url(text.to_owned())
        } else {
            Self::File(PathBuf::from(typed))
        }
    }

    /// Whether it is an address with a user name or password, which are never sent and never stored.
    pub fn has_credentials(&self) -> bool {
        match self {
            Self::Url(address) => has_credentials(address),
            Self::File(_) | Self::Stdin => false,
        }
    }
}
