//! A file that did not exist: written aside and put in place when it is complete.
//!
//! Nothing that exists is ever overwritten, and whatever ends the program in the middle, nothing half-written has the final name.
//! What a killed program leaves behind begins with a dot and ends in `.partial`.

use std::{
    fs::{self, File},
    io::{self, BufWriter, ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use super::fault::{Fault, reason};

/// What to do where there is something already.
const ANOTHER_NAME: &str = "name a file that does not exist yet";

/// For whom a new file is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Whoever may look into the folder.
    Everybody,
    /// Its owner alone.
    Owner,
}

/// Looks whether `path` could be written: for the time before anything is fetched. Writing looks again.
///
/// # Errors
/// If there is something at `path`, or no folder to put it into.
pub fn check(path: &Path) -> Result<(), Fault> {
    let fault = |cause: &str| Fault::new(format_args!("{}: {cause}", path.display()));
    if path.symlink_metadata().is_ok() {
        return Err(taken(path));
    }
    if folder(path).is_dir() { Ok(()) } else { Err(fault("the folder it should go into does not exist")) }
}

/// Writes the new file `path` with what `fill` writes.
///
/// # Errors
/// If there is something at `path`, or what the disk says. Nothing is left behind.
pub fn write<T>(
    path: &Path,
    reader: For,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>,
) -> Result<T, Fault> {
    let (place, mut out) = begin(path, reader)?;
    let filled = fill(&mut out).map_err(|error| place.fault(&error))?;
    place.end(out).map(|()| filled)
}

/// Begins the new file `path`: its place, and what to write to.
///
/// # Errors
/// What the disk says.
pub fn begin(path: &Path, reader: For) -> Result<(Place, BufWriter<File>), Fault> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let aside = Aside(folder(path).join(format!(".{name}.{}.partial", std::process::id())));
    let place = Place { path: path.to_owned(), aside };
    let file = open(&place.aside.0, reader).map_err(|error| place.fault(&error))?;
    Ok((place, BufWriter::new(file)))
}

/// Where a file will be that is being written; nothing is left of it unless it comes to its end.
pub struct Place {
    path: PathBuf,
    aside: Aside,
}

impl Place {
    /// What went wrong in writing, in words.
    pub fn fault(&self, error: &io::Error) -> Fault {
        Fault::new(format_args!("{}: {}", self.path.display(), reason(error)))
    }

    /// Gives the file its name, once all of `out` is on disk.
    ///
    /// # Errors
    /// If there is something at its place, or what the disk says. Nothing is left behind.
    pub fn end(self, mut out: BufWriter<File>) -> Result<(), Fault> {
        let written = out.flush().and_then(|()| out.get_ref().sync_all());
        written.map_err(|error| self.fault(&error))?;
        // A second name fails where there is a first one, and renaming would not.
        match fs::hard_link(&self.aside.0, &self.path) {
            Ok(()) => Ok(()),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(taken(&self.path)),
            Err(_) if self.path.symlink_metadata().is_ok() => Err(taken(&self.path)),
            // Some file systems know no second names.
            Err(_) => fs::rename(&self.aside.0, &self.path).map_err(|error| self.fault(&error)),
        }
    }
}

/// The same with bytes that are at hand.
///
/// # Errors
/// Those of [`write`].
pub fn create(path: &Path, bytes: &[u8], reader: For) -> Result<(), Fault> {
    write(path, reader, |out| out.write_all(bytes))
}

fn open(path: &Path, reader: For) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    if reader == For::Owner {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

fn taken(path: &Path) -> Fault {
    Fault::new(format_args!("{}: already exists and is left as it is", path.display()))
        .hint(Some(ANOTHER_NAME.to_owned()))
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that is gone when it is no longer wanted.
struct Aside(PathBuf);

impl Drop for Aside {
    fn drop(&mut self) {
        // It may have been renamed, and if it cannot be removed there is nothing more to be done.
        let _ = fs::remove_file(&self.0);
    }
}
