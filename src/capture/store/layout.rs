//! Where things lie in a store, version 1: its marker, and the names of records.
//!
//! ```text
//! vidimus-snapshots.json                        {"vidimus-snapshots":1}
//! objects/ab/ab12…                              bytes, under their SHA-256
//! captures/cd/cd34…/20171116090000-0000-ef56….json   records: the SHA-256 of the address; time, number and SHA-256 of the record
//! aside/                                        what is being written, and what a killed program left
//! ```

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{Trouble, objects};
use crate::{digest::Digest, moment::Moment};

/// What the store of a project is called.
pub const FOLDER: &str = "snapshots";
/// The file that makes a folder a store.
pub const MARKER: &str = "vidimus-snapshots.json";
/// The version of the layout.
const VERSION: u64 = 1;
/// The largest marker that is read, in bytes.
const MARKER_BYTES: u64 = 4096;

pub(super) const OBJECTS: &str = "objects";
pub(super) const CAPTURES: &str = "captures";
pub(super) const ASIDE: &str = "aside";

/// What stands in the marker.
#[derive(Serialize, Deserialize)]
struct Marker {
    #[serde(rename = "vidimus-snapshots")]
    version: serde_json::Value,
}

/// Looks whether `root` is a store of this layout.
pub(super) fn check(root: &Path) -> Result<(), Trouble> {
    let place = || root.display().to_string();
    let path = root.join(MARKER);
    let text = match objects::read_file(&path, MARKER_BYTES) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound && root.exists() => {
            return Err(Trouble::NoStore { place: place() });
        }
        Err(error) if error.kind() == ErrorKind::NotFound => return Err(Trouble::Absent { place: place() }),
        Err(error) => return Err(Trouble::disk(&path, &error)),
    };
    let marker: Marker = serde_json::from_slice(&text)
        .map_err(|_| Trouble::damaged(&path, "it does not say which layout the store has"))?;
    if marker.version == VERSION {
        Ok(())
    } else {
        Err(Trouble::Version { place: path.display().to_string(), version: marker.version.to_string() })
    }
}

/// Looks whether `root` is a store, or could be made one.
pub(super) fn check_room(root: &Path) -> Result<(), Trouble> {
    match check(root) {
        Err(Trouble::Absent { .. }) => Ok(()),
        Err(Trouble::NoStore { .. }) => vacant(root),
        done => done,
    }
}

/// Makes `root` a store, if it is none.
pub(super) fn create(root: &Path) -> Result<(), Trouble> {
    match check(root) {
        Err(Trouble::Absent { .. } | Trouble::NoStore { .. }) => {}
        done => return done,
    }
    fs::create_dir_all(root).map_err(|error| Trouble::disk(root, &error))?;
    vacant(root)?;
    objects::place(root, &root.join(MARKER), format!("{{\"vidimus-snapshots\":{VERSION}}}\n").as_bytes())
}

/// Refuses a folder in which other things lie than those of a store that is just being made.
fn vacant(root: &Path) -> Result<(), Trouble> {
    let other = names(root)?.into_iter().any(|name| ![ASIDE, OBJECTS, CAPTURES, MARKER].contains(&name.as_str()));
    if other { Err(Trouble::Occupied { place: root.display().to_string() }) } else { Ok(()) }
}

/// Where the records of captures of an address lie.
pub(super) fn folder_of(root: &Path, address: &str) -> PathBuf {
    below(&root.join(CAPTURES), Digest::of(address.as_bytes()))
}

/// Where an object lies.
pub(super) fn object(root: &Path, digest: Digest) -> PathBuf {
    below(&root.join(OBJECTS), digest)
}

fn below(folder: &Path, digest: Digest) -> PathBuf {
    let name = digest.to_string();
    folder.join(name.get(..2).unwrap_or_default()).join(name)
}

/// What the name of a record says. In order: the earliest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Place {
    /// When the capture was made.
    pub at: Moment,
    /// Which of those of that second it is.
    pub number: u16,
    /// The digest of the record.
    pub id: Digest,
}

impl Place {
    /// The name of the file.
    pub fn name(&self) -> String {
        format!("{}-{:04}-{}.json", self.at.digits(), self.number, self.id)
    }

    fn parse(name: &str) -> Option<Self> {
        let mut parts = name.strip_suffix(".json")?.split('-');
        let (at, number, id) = (parts.next()?, parts.next()?, parts.next()?);
        let at = Some(at).filter(|at| at.len() == 14).and_then(Moment::parse_digits)?;
        let place = Self { at, number: number.parse().ok()?, id: Digest::from_hex(id)? };
        // What is written otherwise than here would be found under two names.
        (place.name() == name).then_some(place)
    }
}

/// The records in `folder`, the earliest first; none where there is no such folder. What is not called like a record is none.
pub(super) fn places(folder: &Path) -> Result<Vec<Place>, Trouble> {
    let mut found: Vec<Place> = names(folder)?.iter().filter_map(|name| Place::parse(name)).collect();
    found.sort();
    Ok(found)
}

/// The names in `folder`, sorted; none where there is no such folder. A name that is no text is shown as near to it as can be.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, Trouble> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Trouble::disk(folder, &error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry.map_err(|error| Trouble::disk(folder, &error))?;
        names.push(entry.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_records_say_what_they_said() {
        let place = Place { at: Moment::from_unix(1_510_822_800), number: 7, id: Digest::of(b"x") };
        assert!(place.name().starts_with("20171116090000-0007-2d711642"));
        assert_eq!(Place::parse(&place.name()), Some(place));
        for name in
            ["", "x.json", "20171116090000-7-2d.json", &place.name().replace("-0007-", "-7-"), &place.name()[1..]]
        {
            assert_eq!(Place::parse(name), None, "{name}");
        }
    }
}
