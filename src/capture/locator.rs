//! What the user typed, and what it means: an address, a file, a page in an archive or standard input.

use std::{ffi::OsStr, path::PathBuf};

use super::{Request, address::has_credentials};

/// Where a source is to be had.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Locator {
    /// An address; only `http` and `https` ones are fetched.
    Url(String),
    /// A file on disk.
    File(PathBuf),
    /// A page in a WARC or WACZ file.
    Archive {
        /// The file.
        path: PathBuf,
        /// The address of the page or the id of its record; absent for the only page there is.
        wanted: Option<String>,
    },
    /// Standard input, written `-`.
    Stdin,
    /// An archive's record of an address, asked for by date.
    Memento(Request),
}

/// How the names of archives end, in lower case.
const ARCHIVES: [&str; 3] = [".warc", ".warc.gz", ".wacz"];

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
    /// let archive = |path: &str, wanted: Option<&str>| Locator::Archive { path: path.into(), wanted: wanted.map(str::to_owned) };
    /// assert_eq!(Locator::parse("a.warc.gz#http://example.org/#b"), archive("a.warc.gz", Some("http://example.org/#b")));
    /// assert_eq!(Locator::parse("x#1/a.WACZ"), archive("x#1/a.WACZ", None));
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
        } else if let Some((path, wanted)) = in_archive(text) {
            Self::Archive { path: PathBuf::from(path), wanted: wanted.map(str::to_owned) }
        } else {
            Self::File(PathBuf::from(typed))
        }
    }

    /// Whether it takes the network to get it.
    pub fn is_remote(&self) -> bool {
        match self {
            Self::Url(_) | Self::Memento(_) => true,
            Self::File(_) | Self::Archive { .. } | Self::Stdin => false,
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
            Self::File(_) | Self::Archive { .. } | Self::Stdin | Self::Memento(_) => self,
        }
    }

    /// Whether it is an address with a user name or password, which are never sent and never stored.
    pub fn has_credentials(&self) -> bool {
        match self {
            Self::Url(address) | Self::Memento(Request { address, .. }) => has_credentials(address),
            Self::Archive { wanted, .. } => wanted.as_deref().is_some_and(has_credentials),
            Self::File(_) | Self::Stdin => false,
        }
    }
}

/// The name of an archive and what stands behind its `#`: the first `#` that has the name of one before it.
fn in_archive(text: &str) -> Option<(&str, Option<&str>)> {
    let lower = text.to_ascii_lowercase();
    let ends = |end: usize| ARCHIVES.iter().any(|ending| lower[..end].ends_with(ending));
    let at = text.match_indices('#').map(|(at, _)| at).find(|at| ends(*at));
    match at {
        Some(at) => Some((&text[..at], Some(&text[at + 1..]))),
        None => ends(text.len()).then_some((text, None)),
    }
}
