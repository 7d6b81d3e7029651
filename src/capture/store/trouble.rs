//! What is wrong with a store, in words for the person whose it is.

use std::{fmt, path::Path};

use crate::capture::{error::BadAddress, reason};

/// Why a store cannot be used, or not for what was asked of it. Its text names the place and the cause in one line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// There is no store, and no folder either.
    Absent {
        /// The folder.
        place: String,
    },
    /// The folder is no store.
    NoStore {
        /// The folder.
        place: String,
    },
    /// No store can be made in the folder, since other things lie there.
    Occupied {
        /// The folder.
        place: String,
    },
    /// The store, or a record in it, has a layout that is not known here.
    Version {
        /// The file that says so.
        place: String,
        /// Which version that is.
        version: String,
    },
    /// What the disk says.
    Disk {
        /// The file or folder.
        place: String,
        /// One clause.
        cause: String,
    },
    /// Something in the store is not what it was when it was put there.
    Damaged {
        /// The file.
        place: String,
        /// One clause: what is wrong with it.
        what: String,
    },
    /// No snapshot is called so.
    Unknown {
        /// What was asked for.
        wanted: String,
        /// The store.
        place: String,
    },
    /// Several snapshots are called so.
    Ambiguous {
        /// What was asked for.
        wanted: String,
        /// What some of them are called.
        ids: Vec<String>,
    },
    /// What was asked for is neither an address nor the beginning of a name.
    Name {
        /// What was asked for.
        wanted: String,
        /// Why it is no address.
        cause: BadAddress,
    },
}

impl Trouble {
    pub(super) fn disk(place: &Path, error: &std::io::Error) -> Self {
        Self::Disk { place: place.display().to_string(), cause: reason(error) }
    }

    pub(super) fn damaged(place: &Path, what: impl Into<String>) -> Self {
        Self::Damaged { place: place.display().to_string(), what: what.into() }
    }

    /// What the user could do about it, where there is something.
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Absent { .. } => "vidimus capture ADDRESS fills one",
            Self::NoStore { .. } | Self::Occupied { .. } => "--store names another folder",
            Self::Version { .. } => "a later version of vidimus may read it",
            Self::Damaged { .. } => "vidimus snapshots verify says what else is damaged",
            Self::Unknown { .. } => "vidimus snapshots list says what there is",
            Self::Ambiguous { ids, .. } => {
                return Some(format!("more of the name tells them apart: {}", ids.join(", ")));
            }
            Self::Name { .. } => "an address, or at least 4 digits of what snapshots list prints",
            Self::Disk { .. } => return None,
        };
        Some(hint.to_owned())
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent { place } => write!(f, "{place}: there is no snapshot store"),
            Self::NoStore { place } => write!(f, "{place}: this folder is no snapshot store"),
            Self::Occupied { place } => {
                write!(f, "{place}: other things lie in this folder, so no snapshot store is made of it")
            }
            Self::Version { place, version } => write!(f, "{place}: of version {version}, which is not known here"),
            Self::Disk { place, cause } => write!(f, "{place}: {cause}"),
            Self::Damaged { place, what } => write!(f, "{place}: damaged, {what}"),
            Self::Unknown { wanted, place } => write!(f, "{wanted}: no such snapshot in {place}"),
            Self::Ambiguous { wanted, .. } => write!(f, "{wanted}: several snapshots are called so"),
            Self::Name { wanted, cause } => write!(f, "{wanted}: {cause}"),
        }
    }
}

impl std::error::Error for Trouble {}
