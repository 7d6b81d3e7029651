//! Every digest of a store, held against the bytes: what is damaged, missing or left over.

use std::{collections::BTreeSet, io::ErrorKind};

use super::{
    Store, Trouble,
    layout::{self, ASIDE, CAPTURES, OBJECTS},
    replay,
};
use crate::digest::{Digest, Hasher};

/// Something in a store that is not as it should be.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Damage {
    /// The file.
    pub place: String,
    /// One clause: what is wrong with it.
    pub what: String,
}

/// What looking through a store came to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Inspection {
    /// How many records of captures there are.
    pub captures: u64,
    /// How many objects.
    pub objects: u64,
    /// How many bytes these have.
    pub bytes: u64,
    /// What is wrong, by place.
    pub damage: Vec<Damage>,
    /// How many objects no record speaks of: a program was ended before it wrote the record.
    pub unused: u64,
    /// How many files lie aside: being written just now, or left by a program that was ended.
    pub aside: u64,
}

impl Store {
    /// Reads everything there is, once, in constant memory for bytes, and holds it against its digest. `progress` is told how many
    /// files were looked at.
    ///
    /// # Errors
    /// What the disk says of folders; what is wrong with files is in the result.
    pub fn inspect(&self, progress: &mut dyn FnMut(u64)) -> Result<Inspection, Trouble> {
        let mut found =
            Inspection { aside: layout::names(&self.root.join(ASIDE))?.len() as u64, ..Inspection::default() };
        let mut looked_at = 0;
        let mut step = || {
            looked_at += 1;
            progress(looked_at);
        };
        let whole = self.objects(&mut found, &mut step)?;
        let mut used = BTreeSet::new();
        let captures = self.root.join(CAPTURES);
        for first in layout::names(&captures)? {
            for address in layout::names(&captures.join(&first))? {
                let folder = captures.join(&first).join(&address);
                let places = layout::places(&folder)?;
                let known: BTreeSet<String> = places.iter().map(layout::Place::name).collect();
                for name in layout::names(&folder)?.into_iter().filter(|name| !known.contains(name)) {
                    found.wrong(folder.join(name).display().to_string(), "not called like a record");
                }
                for place in places {
                    step();
                    found.captures += 1;
                    let path = folder.join(place.name());
                    let record = match replay::read(&path, place.id) {
                        Ok(record) => record,
                        Err(trouble) => {
                            found.trouble(&trouble);
                            continue;
                        }
                    };
                    let shown = || path.display().to_string();
                    if folder != layout::folder_of(&self.root, &record.exchange.url) || record.retrieved_at != place.at
                    {
                        found.wrong(shown(), "the record does not belong where it lies");
                    }
                    for blob in record.objects() {
                        let digest = Digest::from_hex(&blob.sha256);
                        match digest.filter(|digest| whole.contains(&(*digest, blob.bytes))) {
                            Some(digest) => {
                                used.insert((digest, blob.bytes));
                            }
                            None => found.wrong(shown(), format!("its bytes {} are missing or damaged", blob.sha256)),
                        }
                    }
                }
            }
        }
        found.unused = whole.difference(&used).count() as u64;
        found.damage.sort();
        Ok(found)
    }

    /// Reads every object; gives back those that are whole, with their lengths.
    fn objects(&self, found: &mut Inspection, step: &mut dyn FnMut()) -> Result<BTreeSet<(Digest, u64)>, Trouble> {
        let objects = self.root.join(OBJECTS);
        let mut whole = BTreeSet::new();
        for first in layout::names(&objects)? {
            for name in layout::names(&objects.join(&first))? {
                step();
                found.objects += 1;
                let path = objects.join(&first).join(&name);
                let shown = || path.display().to_string();
                let named = Digest::from_hex(&name).filter(|digest| layout::object(&self.root, *digest) == path);
                match (named, hashed(&path)) {
                    (Some(named), Ok((digest, bytes))) if named == digest => {
                        found.bytes += bytes;
                        whole.insert((digest, bytes));
                    }
                    (Some(_), Ok(_)) => found.wrong(shown(), "its bytes are not those that were put there"),
                    (None, _) => found.wrong(shown(), "not called like an object"),
                    (Some(_), Err(trouble)) => found.trouble(&trouble),
                }
            }
        }
        Ok(whole)
    }
}

impl Inspection {
    fn wrong(&mut self, place: String, what: impl Into<String>) {
        self.damage.push(Damage { place, what: what.into() });
    }

    fn trouble(&mut self, trouble: &Trouble) {
        let (place, what) = match trouble {
            Trouble::Damaged { place, what } => (place, what.clone()),
            Trouble::Disk { place, cause } => (place, cause.clone()),
            Trouble::Version { place, version } => (place, format!("of version {version}, which is not known here")),
            Trouble::Absent { place } | Trouble::NoStore { place } | Trouble::Occupied { place } => {
                (place, "no snapshot store".to_owned())
            }
            Trouble::Unknown { wanted, .. } | Trouble::Ambiguous { wanted, .. } | Trouble::Name { wanted, .. } => {
                (wanted, "no such snapshot".to_owned())
            }
        };
        self.wrong(place.clone(), what);
    }
}

/// The digest and the length of a file.
fn hashed(path: &std::path::Path) -> Result<(Digest, u64), Trouble> {
    use std::io::Read as _;
    let odd = |error: &std::io::Error| Trouble::disk(path, error);
    if !std::fs::symlink_metadata(path).map_err(|error| odd(&error))?.is_file() {
        return Err(Trouble::damaged(path, "not a file"));
    }
    let mut file = std::fs::File::open(path).map_err(|error| odd(&error))?;
    let (mut hasher, mut bytes, mut piece) = (Hasher::default(), 0, vec![0; 1 << 16]);
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok((hasher.finish(), bytes)),
            Ok(length) => {
                hasher.update(piece.get(..length).unwrap_or_default());
                bytes += length as u64;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(odd(&error)),
        }
    }
}
