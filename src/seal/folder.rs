//! The evidence folder: written aside and renamed into place, read as it lies there. The only file that names `tempfile`.
//!
//! One flat folder of regular files. Nothing that exists is ever overwritten but a seal by the same with
//! a timestamp more, and a folder under its final name is complete.

use std::{
    fs::{self, File},
    io::{self, Read, Write as _},
    path::{Path, PathBuf},
};

use super::{MINISIGN, SEAL, SSH_SIGNATURE, STATEMENT, SUMS, Sealed, readable, statement::Statement, sums, whence};
use crate::digest::{Digest, Hasher};

/// The most files of a folder that are looked at.
pub(super) const ENTRIES: usize = 4096;

/// Writes the evidence into the new folder `path`: the artefacts, the statement and, if it was signed, the seal.
///
/// # Errors
/// `AlreadyExists` if there is anything at `path`, `FileTooLarge` if verifying could not read it, `InvalidData` if a source is said to have been fetched
/// and nobody kept the exchange; otherwise what the disk says. Nothing is left behind.
pub fn write(path: &Path, statement: &Statement, sealed: Option<&Sealed>) -> io::Result<()> {
    readable(statement).map_err(|why| io::Error::new(io::ErrorKind::FileTooLarge, why))?;
    if let Some(why) = whence::of_statement(&statement.bytes) {
        return Err(io::Error::new(io::ErrorKind::InvalidData, why));
    }
    aside(path, |aside| {
        let put = |name: &str, bytes: &[u8]| -> io::Result<()> {
            let mut file = File::options().write(true).create_new(true).open(aside.join(name))?;
            file.write_all(bytes)?;
            file.sync_all()
        };
        for artefact in &statement.artefacts {
            put(&artefact.name, &artefact.bytes)?;
        }
        put(STATEMENT, &statement.bytes)?;
        put(SUMS, sums::write(statement).as_bytes())?;
        if let Some(sealed) = sealed {
            put(SEAL, &sealed.bundle)?;
            put(SSH_SIGNATURE, sealed.ssh_signature.as_bytes())?;
            if let Some(signature) = &sealed.minisign {
                put(MINISIGN, signature.as_bytes())?;
            }
        }
        Ok(())
    })
}

/// Makes the new folder `path`: `fill` writes it aside, and only whole it gets its name.
pub(super) fn aside(path: &Path, fill: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
    let taken = || io::Error::new(io::ErrorKind::AlreadyExists, "already exists and is left as it is");
    // Without the dot at its end a name can be renamed to.
    let path: PathBuf = path.components().collect();
    if path.symlink_metadata().is_ok() {
        return Err(taken());
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let aside = tempfile::Builder::new().prefix(".vidimus-").tempdir_in(parent)?;
    fill(aside.path())?;
    for_others(aside.path())?;
    // A folder that appeared in the meantime makes the renaming fail unless it is empty, and then nothing is lost.
    let filled = [io::ErrorKind::DirectoryNotEmpty, io::ErrorKind::NotADirectory, io::ErrorKind::AlreadyExists];
    fs::rename(aside.path(), &path).map_err(|error| if filled.contains(&error.kind()) { taken() } else { error })?;
    let _ = aside.keep();
    Ok(())
}

/// Puts another seal in the place of the one in the folder `path`: as a whole or not at all.
///
/// # Errors
/// What the disk says; the seal is then as it was.
pub fn replace_seal(path: &Path, seal: &[u8]) -> io::Result<()> {
    let mut aside = tempfile::Builder::new().prefix(".vidimus-").tempfile_in(path)?;
    aside.write_all(seal)?;
    aside.as_file().sync_all()?;
    let old = path.join(SEAL);
    fs::set_permissions(aside.path(), fs::metadata(&old)?.permissions())?;
    aside.persist(&old).map(drop).map_err(|error| error.error)
}

/// Temporary folders are made for one's own eyes; evidence is for others.
#[cfg(unix)]
fn for_others(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn for_others(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// A file or folder as it lies on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    path: PathBuf,
    entries: Vec<Entry>,
}

/// One entry of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name; what is not Unicode is shown as well as it can be.
    pub name: String,
    /// Whether it is a regular file, not a link or a folder.
    pub regular: bool,
}

impl Folder {
    /// Looks at the folder `path`.
    ///
    /// # Errors
    /// If it cannot be read, is no folder, or holds too many files.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            if entries.len() == ENTRIES {
                return Err(io::Error::other(format!("more than {ENTRIES} files")));
            }
            let regular = entry.file_type()?.is_file();
            entries.push(Entry { name: entry.file_name().to_string_lossy().into_owned(), regular });
        }
        entries.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(Self { path: path.to_owned(), entries })
    }

    /// Where it lies, as it was named.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What lies in it, by name.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether a regular file of this name lies in it.
    pub fn holds(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name == name && entry.regular)
    }

    /// The bytes of a file, if it is there.
    ///
    /// # Errors
    /// If it cannot be read or is longer than `limit` bytes.
    pub fn read(&self, name: &str, limit: usize) -> io::Result<Option<Vec<u8>>> {
        if !self.holds(name) {
            return Ok(None);
        }
        read(&self.path.join(name), limit).map(Some)
    }

    /// The length of a file in bytes, if it is there.
    ///
    /// # Errors
    /// If it cannot be looked at.
    pub fn length(&self, name: &str) -> io::Result<Option<u64>> {
        if self.holds(name) { fs::metadata(self.path.join(name)).map(|data| Some(data.len())) } else { Ok(None) }
    }

    /// The digest of a file, if it is there, in constant memory.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn digest(&self, name: &str) -> io::Result<Option<Digest>> {
        if self.holds(name) { digest(&self.path.join(name)).map(Some) } else { Ok(None) }
    }
}

/// Opens a regular file. Looked at before it is opened, since opening a pipe nobody writes to would already hang, and again
/// behind it, in case somebody put another there in between.
pub(super) fn regular(path: &Path) -> io::Result<File> {
    let other = || io::Error::new(io::ErrorKind::InvalidInput, "not a regular file");
    if !fs::metadata(path)?.is_file() {
        return Err(other());
    }
    let file = File::open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(other()) }
}

/// A file outside a folder, asked about on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Single {
    /// Where it lies.
    pub path: PathBuf,
    /// Its digest.
    pub digest: Digest,
    /// Its length in bytes.
    pub length: u64,
}

impl Single {
    /// Looks at the file at `path`.
    ///
    /// # Errors
    /// As [`digest`].
    pub fn at(path: &Path) -> io::Result<Self> {
        Ok(Self { digest: digest(path)?, length: fs::metadata(path)?.len(), path: path.to_owned() })
    }
}

/// The bytes of the file at `path`.
///
/// # Errors
/// If it cannot be read, is no regular file, or is longer than `limit` bytes.
pub fn read(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    regular(path)?.take(most).read_to_end(&mut bytes)?;
    if bytes.len() > limit {
        Err(io::Error::new(io::ErrorKind::FileTooLarge, "larger than is read"))
    } else {
        Ok(bytes)
    }
}

/// The digest of the file at `path`.
///
/// # Errors
/// If it cannot be read, or is no regular file: a pipe or a device might never end.
pub fn digest(path: &Path) -> io::Result<Digest> {
    let mut file = regular(path)?;
    let mut hasher = Hasher::default();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finish()),
            count => hasher.update(buffer.get(..count).unwrap_or_default()),
        }
    }
}

/// A folder for what is needed for a moment; it is gone with the value.
///
/// # Errors
/// What the disk says.
pub fn passing() -> io::Result<impl AsRef<Path>> {
    tempfile::Builder::new().prefix("vidimus-").tempdir()
}
