//! Bytes on disk: written aside, put on disk, renamed; and read back only where they are what they were.
//!
//! A file has its name only when it is complete and on disk. Since names are digests, whoever renames last puts the same bytes in
//! place: nobody needs a lock. Damaged bytes are replaced by whole ones of that name, where somebody brings them, and never read.

use std::{
    fs::{self, File},
    io::{self, ErrorKind, Read as _, Write as _},
    path::{Path, PathBuf},
};

use super::{
    Trouble,
    layout::{self, ASIDE},
};
use crate::digest::Digest;

/// How often another name is tried aside. Those that are taken were left by killed programs of the same number.
const TRIES: u32 = 100_000;

/// Keeps bytes under their digest.
pub(super) fn put(root: &Path, bytes: &[u8]) -> Result<Digest, Trouble> {
    let digest = Digest::of(bytes);
    let path = layout::object(root, digest);
    let there = read_file(&path, u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    if !there.is_ok_and(|there| there == bytes) {
        place(root, &path, bytes)?;
    }
    Ok(digest)
}

/// Reads the bytes of a digest, of which there should be `length`.
pub(super) fn get(root: &Path, digest: Digest, length: u64) -> Result<Vec<u8>, Trouble> {
    let path = layout::object(root, digest);
    let bytes = read_file(&path, length).map_err(|error| unreadable(&path, &error))?;
    if Digest::of(&bytes) == digest && bytes.len() as u64 == length {
        Ok(bytes)
    } else {
        Err(Trouble::damaged(&path, "its bytes are not those that were put there"))
    }
}

/// Reads the record at `path`, whose digest is `id`.
pub(super) fn record(path: &Path, id: Digest, limit: u64) -> Result<Vec<u8>, Trouble> {
    let bytes = read_file(path, limit).map_err(|error| unreadable(path, &error))?;
    if Digest::of(&bytes) == id {
        Ok(bytes)
    } else {
        Err(Trouble::damaged(path, "the record is not the one that was put there"))
    }
}

fn unreadable(path: &Path, error: &io::Error) -> Trouble {
    if error.kind() == ErrorKind::NotFound {
        Trouble::damaged(path, "the file is missing")
    } else if error.kind() == ErrorKind::FileTooLarge {
        Trouble::damaged(path, "there is more in it than was put there")
    } else {
        Trouble::disk(path, error)
    }
}

/// Reads a regular file of at most `limit` bytes.
pub(super) fn read_file(path: &Path, limit: u64) -> io::Result<Vec<u8>> {
    // Looked at before it is opened: a pipe could keep us waiting, and a link could lead anywhere.
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::Error::other("not a file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Puts `bytes` at `path` within the store at `root`: all of them and on disk, or nothing.
pub(super) fn place(root: &Path, path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let folder = path.parent().unwrap_or(root);
    make(root, folder).map_err(|error| Trouble::disk(folder, &error))?;
    let placed = Aside::new(root)?.place(path, bytes).and_then(|()| settle(folder));
    placed.map_err(|error| Trouble::disk(path, &error))
}

/// Makes a folder of the store with those above it, each on disk before what goes into it.
fn make(root: &Path, folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent().filter(|_| folder != root) {
        make(root, above)?;
    }
    match fs::create_dir(folder) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        Ok(()) | Err(_) => folder.parent().map_or(Ok(()), settle),
    }
}

/// Sees to it that the names in a folder are on disk.
#[cfg(unix)]
fn settle(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Elsewhere folders cannot be opened; the system sees to their names.
#[cfg(not(unix))]
fn settle(_: &Path) -> io::Result<()> {
    Ok(())
}

/// A file that is being written, gone when nothing becomes of it.
struct Aside {
    path: PathBuf,
    file: File,
    placed: bool,
}

impl Aside {
    /// A new file that nobody else writes.
    fn new(root: &Path) -> Result<Self, Trouble> {
        let folder = root.join(ASIDE);
        make(root, &folder).map_err(|error| Trouble::disk(&folder, &error))?;
        for number in 0..TRIES {
            let path = folder.join(format!("{}-{number}.partial", std::process::id()));
            match File::create_new(&path) {
                Ok(file) => return Ok(Self { path, file, placed: false }),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Trouble::disk(&path, &error)),
            }
        }
        Err(Trouble::Disk {
            place: folder.display().to_string(),
            cause: "too much lies there that was left".to_owned(),
        })
    }

    /// Writes it and gives it its name.
    fn place(mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.file.sync_all()?;
        fs::rename(&self.path, path)?;
        self.placed = true;
        Ok(())
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        // Once it has its name, the name it had aside may be somebody else's.
        if !self.placed {
            // If it cannot be removed there is nothing more to be done.
            let _ = fs::remove_file(&self.path);
        }
    }
}
