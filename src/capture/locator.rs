//! What the user typed, and what it means: an address, a file or standard input.

use std::path::PathBuf;

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
    /// Reads what was typed: `-`, something that begins with `http://` or `https://` (in any case), else a path.
    ///
    /// ```
    /// use vidimus::capture::Locator;
    /// assert_eq!(Locator::parse("-"), Locator::Stdin);
    /// assert!(matches!(Locator::parse("HTTPS://example.org/"), Locator::Url(_)));
    /// assert!(matches!(Locator::parse("http.html"), Locator::File(_)));
    /// ```
    pub fn parse(typed: &str) -> Self {
        let scheme = |scheme: &str| typed.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
        if typed == "-" {
            Self::Stdin
        } else if scheme("http://") || scheme("https://") {
            Self::Url(typed.to_owned())
        } else {
            Self::File(PathBuf::from(typed))
        }
    }
}
