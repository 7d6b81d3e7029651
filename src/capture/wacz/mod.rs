//! WACZ 1.1.1, read and written: WARC files in a ZIP file with an index, a list of pages and digests. The home of the `zip` crate.
//!
//! `entries` reads the ZIP file and refuses every trick one can play, `package` holds the entries against the digests the
//! file gives itself, `signature` says what signature there is, `Shelf` goes over the WARC files inside. The index is never believed: records are found by reading them.
//! Digests in such a file vouch for themselves, and so do signatures, which bring their own key: they show damage, not origin.

mod cdxj;
mod entries;
mod package;
mod signature;
mod steady;
mod write;

use std::io::{BufReader, Cursor, Read, Seek};

pub use signature::told as signature_told;
pub use write::{Writer, write};

use self::entries::Entries;
use super::{
    Via,
    archive::{self, Broken},
};

/// The folder the WARC files are in.
const ARCHIVE: &str = "archive/";

/// A WACZ file that is read.
pub(super) struct Shelf<R: Read + Seek> {
    entries: Entries<R>,
    notes: Vec<String>,
}

impl<R: Read + Seek> Shelf<R> {
    /// Opens one, and holds its entries against the digests it gives.
    pub fn open(file: R) -> Result<Self, Broken> {
        let mut entries = Entries::open(file)?;
        let notes = package::held(&mut entries)?;
        Ok(Self { entries, notes })
    }

    /// Where in the file the WARC files begin and end, in the order in which they are gone over.
    pub fn places(&mut self) -> Result<Vec<(u64, u64)>, Broken> {
        let names = self.archives();
        names.iter().map(|name| self.entries.place(name)).collect()
    }

    fn archives(&self) -> Vec<String> {
        self.entries.names().filter(|name| name.starts_with(ARCHIVE)).map(str::to_owned).collect()
    }
}

/// What there is to say of the signature of the WACZ file in `file`, as a clause behind its name; `None` where it has none or is no WACZ file.
pub fn signature(file: &[u8]) -> Option<String> {
    package::signed(&mut Entries::open(Cursor::new(file)).ok()?)
}

impl<R: Read + Seek> archive::Shelf for Shelf<R> {
    fn each(&mut self, visit: &mut dyn FnMut(&mut dyn std::io::BufRead) -> Result<bool, Broken>) -> Result<(), Broken> {
        for name in self.archives() {
            let mut more = true;
            self.entries.read(&name, &mut |entry| {
                more = visit(&mut BufReader::with_capacity(1 << 16, entry))?;
                Ok(())
            })?;
            if !more {
                break;
            }
        }
        Ok(())
    }

    fn via(&self) -> Via {
        Via::Wacz
    }

    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }
}
