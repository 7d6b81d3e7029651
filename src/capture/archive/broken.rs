//! Why a page could not be got out of an archive, in words that go behind the name of the file.

use std::fmt;

use crate::capture::{Error, Unreadable};

/// What is wrong with an archive, or with what was asked of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Broken {
    /// It is no WARC file.
    NoWarc,
    /// It is no WACZ file.
    NoWacz {
        /// One clause: what is wrong with it.
        what: String,
    },
    /// It is of a version that is not read.
    Version {
        /// The version as it stands there.
        version: String,
    },
    /// It ends in the middle of a record.
    CutShort,
    /// Its bytes are not what they should be.
    Damaged {
        /// One clause: what is wrong.
        what: String,
    },
    /// An entry of a WACZ file is not as it should be.
    Entry {
        /// The name of the entry.
        name: String,
        /// One clause: what is wrong with it.
        what: String,
    },
    /// It holds more records than are read.
    TooManyRecords {
        /// How many are read.
        limit: u64,
    },
    /// The record is larger than the limit.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The file itself cannot be read.
    Disk(Unreadable),
    /// There is no such record.
    Missing {
        /// The address or id that was asked for.
        wanted: String,
    },
    /// There is no page in it.
    NoPage,
    /// There are several that could be meant.
    Several {
        /// What each of them is named by, behind the `#`.
        choices: Vec<String>,
        /// How many there are, which may be more than are listed.
        count: usize,
    },
    /// The record is one of several that only together make a page.
    Segmented {
        /// The record's id.
        id: String,
    },
    /// The record has no body of its own, and the one it refers to is not there.
    Revisit {
        /// What it refers to.
        refers_to: String,
    },
    /// The page redirects to one that is not there.
    Redirected {
        /// The address it redirects to.
        target: String,
    },
    /// The record does not have the digest it gives itself.
    Digest {
        /// The record's id.
        id: String,
        /// Which digest: `block` or `payload`.
        which: &'static str,
    },
}

impl Broken {
    /// The error it makes of the source named `locator`.
    pub(in crate::capture) fn of(self, locator: &str) -> Error {
        let locator = locator.to_owned();
        match self {
            Self::TooLarge { limit } => Error::TooLarge { locator, limit },
            Self::Disk(cause) => Error::Unreadable { locator, cause },
            Self::NoWarc
            | Self::NoWacz { .. }
            | Self::Version { .. }
            | Self::CutShort
            | Self::Damaged { .. }
            | Self::Entry { .. }
            | Self::TooManyRecords { .. }
            | Self::Missing { .. }
            | Self::NoPage
            | Self::Several { .. }
            | Self::Segmented { .. }
            | Self::Revisit { .. }
            | Self::Redirected { .. }
            | Self::Digest { .. } => Error::Archive { locator, cause: self },
        }
    }

    /// What could be meant, where several could.
    pub(in crate::capture) fn choices(&self) -> &[String] {
        if let Self::Several { choices, .. } = self { choices } else { &[] }
    }

    /// What the user could do about it, where there is something.
    pub(in crate::capture) fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Several { .. } => "name one of them behind a #:",
            Self::Missing { .. } => "without # and what follows, the error lists the pages there are",
            Self::Revisit { .. } => "the record it refers to is in another file of the same crawl",
            Self::Redirected { .. } => "the archive does not hold the page, only the way there",
            Self::NoWarc
            | Self::NoWacz { .. }
            | Self::Version { .. }
            | Self::CutShort
            | Self::Damaged { .. }
            | Self::Entry { .. }
            | Self::TooManyRecords { .. }
            | Self::TooLarge { .. }
            | Self::Disk(_)
            | Self::NoPage
            | Self::Segmented { .. }
            | Self::Digest { .. } => return None,
        };
        Some(hint.to_owned())
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoWarc => f.write_str("this is no WARC file"),
            Self::NoWacz { what } => write!(f, "this is no WACZ file ({what})"),
            Self::Version { version } => write!(f, "records of {version} are not read, only WARC/1.0 and WARC/1.1"),
            Self::CutShort => f.write_str("the archive ends in the middle of a record"),
            Self::Damaged { what } => write!(f, "the archive is damaged: {what}"),
            Self::Entry { name, what } => write!(f, "its entry {name:?} {what}"),
            Self::TooManyRecords { limit } => write!(f, "more than {limit} records"),
            Self::TooLarge { limit } => write!(f, "larger than the limit of {limit} bytes"),
            Self::Disk(cause) => cause.fmt(f),
            Self::Missing { wanted } => write!(f, "the archive holds no record of {wanted}"),
            Self::NoPage => f.write_str("the archive holds no page that could be read"),
            Self::Several { count, .. } => write!(f, "{count} records in the archive could be meant"),
            Self::Segmented { id } => write!(f, "the record {id} is segmented, and segmented records are not read"),
            Self::Revisit { refers_to } => {
                write!(
                    f,
                    "the record says only that nothing had changed since {refers_to}, which is not in the archive"
                )
            }
            Self::Redirected { target } => write!(f, "it redirects to {target}, which is not in the archive"),
            Self::Digest { id, which } => write!(f, "the record {id} does not have the {which} digest it gives itself"),
        }
    }
}
