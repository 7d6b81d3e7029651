//! One archive out of many captures: they come in whatever order, and are written in the order asked for, each as soon as all before it
//! are.
//!
//! Those that come early wait: a few in memory, the others in a passing snapshot store on disk, so that any number of pages takes no more
//! memory than a few. The file has its name only when it is complete.

use std::{collections::BTreeMap, fs::File, io, io::BufWriter, path::Path};

use vidimus::{
    Capture, Moment,
    capture::{Limits, store::Store, wacz, warc},
    seal::folder::passing,
};

use super::{
    fault::Fault,
    new_file::{self, Place},
};

/// The program as archives name it.
const SOFTWARE: &str = concat!("vidimus/", env!("CARGO_PKG_VERSION"));
/// How many captures may wait in memory, and how many bytes of them.
const WAITING: usize = 16;
const BYTES: usize = 32 << 20;

/// A format of archives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// WARC/1.1.
    Warc,
    /// WACZ 1.1.1.
    Wacz,
}

/// What the name of the file asks for.
///
/// # Errors
/// If it asks for nothing known.
pub fn form(path: &Path) -> Result<Form, Fault> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if name.ends_with(".warc.gz") {
        Ok(Form::Warc)
    } else if name.ends_with(".wacz") {
        Ok(Form::Wacz)
    } else {
        let fault = Fault::new(format_args!("{}: the name does not say which format is wanted", path.display()));
        Err(fault.hint(Some("end it in .warc.gz or .wacz".to_owned())))
    }
}

/// An archive that is being written.
pub struct Filing {
    place: Place,
    archive: Archive,
    now: Moment,
    /// Whose turn it is, and how many were written.
    next: usize,
    written: usize,
    early: BTreeMap<usize, Early>,
    passing: Option<Passing>,
    /// What went wrong first; nothing is written behind it.
    fault: Option<Fault>,
}

enum Archive {
    Warc(warc::Writer<BufWriter<File>>),
    Wacz(Box<wacz::Writer<BufWriter<File>>>),
}

/// What came before its turn.
enum Early {
    Held(Box<Capture>),
    /// In the passing store, under this name.
    Stored(String),
    /// A page that could not be had.
    Nothing,
}

/// A store that is gone with its folder.
struct Passing {
    store: Store,
    _folder: Box<dyn AsRef<Path>>,
}

impl Filing {
    /// Begins the new file `file`.
    ///
    /// # Errors
    /// What the disk says.
    pub fn begin(form: Form, file: &Path, now: Moment) -> Result<Self, Fault> {
        let (place, out) = new_file::begin(file, new_file::For::Everybody)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let begun = match form {
            Form::Warc => warc::Writer::new(out, &name, SOFTWARE, now).map(Archive::Warc),
            Form::Wacz => wacz::Writer::new(out, SOFTWARE, now).map(|writer| Archive::Wacz(Box::new(writer))),
        };
        let archive = begun.map_err(|error| place.fault(&error))?;
        let (early, passing, fault) = (BTreeMap::new(), None, None);
        Ok(Self { place, archive, now, next: 0, written: 0, early, passing, fault })
    }

    /// Takes in what came of the page at a place, in any order and each once. What goes wrong is told at the end.
    pub fn take(&mut self, place: usize, capture: Option<Capture>) {
        if let Err(fault) = self.taken(place, capture) {
            self.fault.get_or_insert(fault);
        }
    }

    fn taken(&mut self, place: usize, capture: Option<Capture>) -> Result<(), Fault> {
        if self.fault.is_some() {
            return Ok(());
        }
        if place != self.next {
            let early = capture.map_or(Ok(Early::Nothing), |capture| self.wait(capture))?;
            self.early.insert(place, early);
            return Ok(());
        }
        if let Some(capture) = capture {
            self.write(&capture)?;
        }
        self.next += 1;
        while let Some(early) = self.early.remove(&self.next) {
            match early {
                Early::Held(capture) => self.write(&capture)?,
                Early::Stored(name) => self.write(&self.stored(&name)?)?,
                Early::Nothing => {}
            }
            self.next += 1;
        }
        Ok(())
    }

    /// Keeps a capture until its turn has come.
    fn wait(&mut self, capture: Capture) -> Result<Early, Fault> {
        let held =
            || self.early.values().filter_map(|early| if let Early::Held(held) = early { Some(held) } else { None });
        let bytes: usize = held().map(|held| held.body.len()).sum();
        if held().count() < WAITING && bytes + capture.body.len() <= BYTES {
            return Ok(Early::Held(Box::new(capture)));
        }
        let passing = match &self.passing {
            Some(passing) => passing,
            None => self.passing.insert(Passing::new().map_err(|error| self.place.fault(&error))?),
        };
        match passing.store.put(&capture)? {
            Some(kept) => Ok(Early::Stored(kept.id.to_string())),
            // What a store does not keep did not come from the network, and is not of many.
            None => Ok(Early::Held(Box::new(capture))),
        }
    }

    fn stored(&self, name: &str) -> Result<Capture, Fault> {
        let passing = self.passing.as_ref().ok_or_else(|| Fault::new("there is no passing store"))?;
        let limits = Limits { body_bytes: usize::MAX, ..Limits::default() };
        Ok(passing.store.capture(&passing.store.find(name)?, &limits)?)
    }

    fn write(&mut self, capture: &Capture) -> Result<(), Fault> {
        let written = match &mut self.archive {
            Archive::Warc(writer) => writer.capture(capture, self.now),
            Archive::Wacz(writer) => writer.capture(capture),
        };
        self.written += 1;
        written.map(|_| ()).map_err(|error| self.place.fault(&error))
    }

    /// Ends the file; nothing is left where there is nothing in it.
    ///
    /// # Errors
    /// What went wrong first.
    pub fn end(self) -> Result<(), Fault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        if self.written == 0 {
            return Ok(());
        }
        let out = match self.archive {
            Archive::Warc(writer) => writer.finish().map(|(out, _)| out),
            Archive::Wacz(writer) => writer.finish(),
        };
        let out = out.map_err(|error| self.place.fault(&error))?;
        self.place.end(out)
    }
}

impl Passing {
    fn new() -> io::Result<Self> {
        let folder = passing()?;
        let store = Store::create(&folder.as_ref().join("snapshots")).map_err(io::Error::other)?;
        Ok(Self { store, _folder: Box::new(folder) })
    }
}
