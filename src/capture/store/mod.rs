//! The snapshot store: captures go in and are kept under the digests of their bytes; the same captures come out, or what is wrong.
//!
//! A folder with a marker that says which layout it has (`layout`), bytes as they were received under their SHA-256 (`objects`), and a
//! record a capture that says how they were got (`record`). Records are kept under their own digest too, so that damage to either is
//! noticed, and nothing damaged is ever handed on. Everything is written aside, put on disk and renamed, bytes before the record that
//! speaks of them: whatever ends a program, what can be read is whole, and any number of programs may write at once. Nothing is
//! overwritten and nothing deleted. Which captures are kept is for callers to say; nothing here asks the network or the clock.
//! Add what is kept of a capture in `record`, as a field that earlier records do without.

mod inspect;
mod layout;
mod objects;
mod record;
mod replay;
mod trouble;

use std::path::{Path, PathBuf};

pub use inspect::{Damage, Inspection};
pub use layout::{FOLDER, MARKER};
pub use replay::Entry;
pub use trouble::Trouble;

use self::{layout::Place, record::Record};
use super::{Capture, Via};
use crate::digest::Digest;

/// A store that was opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Store {
    root: PathBuf,
}

/// What became of a capture that was put into a store.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Kept {
    /// What it is called: the digest of its record.
    pub id: Digest,
    /// Whether that very record was not there before.
    pub new: bool,
}

/// How many digits of a name are shown where they tell it from others.
const SHOWN: usize = 12;

impl Kept {
    /// As much of the name as is shown.
    pub fn short(&self) -> String {
        self.id.to_string().chars().take(SHOWN).collect()
    }
}

impl Store {
    /// Opens the store in the folder `root`.
    ///
    /// # Errors
    /// [`Trouble::Absent`], [`Trouble::NoStore`], [`Trouble::Version`] and [`Trouble::Disk`].
    pub fn open(root: &Path) -> Result<Self, Trouble> {
        layout::check(root)?;
        Ok(Self { root: root.to_owned() })
    }

    /// Opens the store in the folder `root`, or makes one there, where there is no folder or nothing in it. Safe where several
    /// programs do so at once.
    ///
    /// ```
    /// use vidimus::capture::store::Store;
    /// let folder = tempfile::tempdir()?;
    /// let store = Store::create(&folder.path().join("snapshots"))?;
    /// assert_eq!(Store::open(store.root())?, store);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// As for [`Store::open`]; [`Trouble::Occupied`] where other things lie there.
    pub fn create(root: &Path) -> Result<Self, Trouble> {
        layout::create(root)?;
        Self::open(root)
    }

    /// Looks whether the folder `root` is a store or could be made one, and makes nothing.
    ///
    /// # Errors
    /// Those of [`Store::create`].
    pub fn check_room(root: &Path) -> Result<(), Trouble> {
        layout::check_room(root)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Keeps a capture that came from the network, with its style sheets and everything that was exchanged. Of one that did not there is
    /// nothing to keep: that is `None`. When this comes back, what was kept is on disk.
    ///
    /// # Errors
    /// [`Trouble::Disk`]: nothing of it can be read then.
    pub fn put(&self, capture: &Capture) -> Result<Option<Kept>, Trouble> {
        match capture.via {
            Via::Http | Via::Memento => {}
            // What was read from a store is there already; what was handed over is kept by whoever did.
            Via::Snapshot | Via::Warc | Via::Wacz | Via::File | Via::Stdin => return Ok(None),
        }
        let (Some(exchange), Some(retrieved_at)) = (&capture.exchange, capture.retrieved_at) else { return Ok(None) };
        let mut put = |bytes: &[u8]| objects::put(&self.root, bytes);
        let text = Record::of(capture, exchange, retrieved_at, &mut put)?.to_json();
        if text.len() as u64 > replay::RECORD_BYTES {
            let cause = "there is more to be said of this capture than a record holds".to_owned();
            return Err(Trouble::Disk { place: self.root.display().to_string(), cause });
        }
        let id = Digest::of(text.as_bytes());
        let folder = layout::folder_of(&self.root, &exchange.url);
        let same_second: Vec<Place> =
            layout::places(&folder)?.into_iter().filter(|place| place.at == retrieved_at).collect();
        if same_second.last().is_some_and(|last| last.id == id) {
            return Ok(Some(Kept { id, new: false }));
        }
        // Times are whole seconds: of two captures within one, the number says which came last.
        let number = same_second.last().map_or(0, |last| last.number.saturating_add(1));
        let place = Place { at: retrieved_at, number, id };
        objects::place(&self.root, &folder.join(place.name()), text.as_bytes())?;
        Ok(Some(Kept { id, new: !same_second.iter().any(|place| place.id == id) }))
    }
}
