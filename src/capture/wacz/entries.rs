//! The entries of a ZIP file, by its central directory: bytes in, names and streams out.
//!
//! Nothing is ever unpacked to disk. Names that could lead anywhere, links, encrypted, duplicate and overlapping entries are
//! refused before one byte is read, and what is packed is counted as it comes out, never by the size it promises.

use std::io::{self, Read, Seek};

use zip::{CompressionMethod, ZipArchive, result::ZipError};

use crate::capture::{Broken, Unreadable, reason};

/// The most entries of a file.
const ENTRIES: usize = 10_000;
/// The most bytes that come out of an entry that is packed.
const PACKED: u64 = 256 << 20;

/// The entries of a ZIP file.
pub struct Entries<R: Read + Seek> {
    zip: ZipArchive<R>,
    names: Vec<String>,
}

impl<R: Read + Seek> Entries<R> {
    /// Opens one and looks at every entry.
    pub fn open(file: R) -> Result<Self, Broken> {
        let mut zip = ZipArchive::new(file).map_err(|error| broken("", error))?;
        let no = |what: &str| Broken::NoWacz { what: what.to_owned() };
        if zip.len() > ENTRIES {
            return Err(no("more entries than are read"));
        }
        if zip.has_duplicate_names() {
            return Err(no("two entries have the same name"));
        }
        let mut names = Vec::new();
        let mut taken = Vec::new();
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|error| broken("", error))?;
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            let refused = |what: &str| Err(Broken::Entry { name: name.clone(), what: what.to_owned() });
            if let Some(why) = bad_name(entry.name_raw()) {
                return refused(why);
            }
            if entry.is_symlink()
                || entry.unix_mode().is_some_and(|mode| ![0, 0o100_000, 0o040_000].contains(&(mode & 0o170_000)))
            {
                return refused("is a link or a device");
            }
            if entry.encrypted() {
                return refused("is encrypted");
            }
            let method = entry.compression();
            let packed = method != CompressionMethod::Stored;
            if packed && method != CompressionMethod::Deflated {
                return refused("is packed in a way that is not read");
            }
            if packed && name.starts_with(super::ARCHIVE) && !entry.is_dir() {
                return refused("is packed, but an index can only point into what is stored");
            }
            let Some(start) = entry.data_start() else { return refused("has no place in the file") };
            taken.push((entry.header_start(), start.saturating_add(entry.compressed_size())));
            if !entry.is_dir() {
                names.push(name);
            }
        }
        taken.sort_unstable();
        if taken.windows(2).any(|pair| pair[1].0 < pair[0].1) {
            return Err(no("two entries overlap"));
        }
        names.sort();
        Ok(Self { zip, names })
    }

    /// The names of all files, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// Reads one entry as a stream.
    pub fn read(
        &mut self,
        name: &str,
        visit: &mut dyn FnMut(&mut dyn Read) -> Result<(), Broken>,
    ) -> Result<(), Broken> {
        let entry = self.zip.by_name(name).map_err(|error| broken(name, error))?;
        let packed = entry.compression() != CompressionMethod::Stored;
        let mut counted = Counted { entry, left: if packed { PACKED } else { u64::MAX } };
        visit(&mut counted)
    }

    /// Where in the file a stored entry begins and ends.
    pub fn place(&mut self, name: &str) -> Result<(u64, u64), Broken> {
        let entry = self.zip.by_name(name).map_err(|error| broken(name, error))?;
        let start = entry.data_start().filter(|_| entry.compression() == CompressionMethod::Stored);
        let start = start.ok_or_else(|| Broken::Entry { name: name.to_owned(), what: "is not stored".to_owned() })?;
        Ok((start, start.saturating_add(entry.compressed_size())))
    }

    /// The bytes of one entry, at most `limit`; none if there is no such entry.
    pub fn bytes(&mut self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, Broken> {
        if !self.names.iter().any(|known| known == name) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        self.read(name, &mut |entry| {
            let read = entry.take(limit + 1).read_to_end(&mut bytes).map_err(|error| of_entry(name, &error))?;
            if u64::try_from(read).is_ok_and(|read| read > limit) {
                return Err(Broken::Entry { name: name.to_owned(), what: "is larger than is read".to_owned() });
            }
            Ok(())
        })?;
        Ok(Some(bytes))
    }
}

/// What an error while reading an entry says.
pub fn of_entry(name: &str, error: &io::Error) -> Broken {
    Broken::Entry { name: name.to_owned(), what: format!("cannot be read ({})", reason(error)) }
}

/// What is wrong with a name, if anything.
fn bad_name(name: &[u8]) -> Option<&'static str> {
    let Ok(name) = std::str::from_utf8(name) else { return Some("has a name that is not Unicode") };
    let drive = name.as_bytes().get(1) == Some(&b':');
    if name.is_empty() || name.starts_with('/') || drive {
        Some("has an absolute name or none")
    } else if name.contains(['\\', '\0']) || name.chars().any(char::is_control) {
        Some("has a name with a backslash or a control character")
    } else if name.split('/').any(|part| part == ".." || part == ".") {
        Some("has a name that leads elsewhere")
    } else {
        None
    }
}

fn broken(name: &str, error: ZipError) -> Broken {
    let said = error.to_string();
    if let ZipError::Io(error) = error {
        if !name.is_empty() {
            return of_entry(name, &error);
        }
        if error.kind() != io::ErrorKind::UnexpectedEof {
            return Broken::Disk(Unreadable::Other(reason(&error)));
        }
    }
    Broken::NoWacz { what: reason(&io::Error::other(said)) }
}

/// Counts what comes out.
struct Counted<R> {
    entry: R,
    left: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.entry.read(buffer)?;
        let Some(left) = self.left.checked_sub(u64::try_from(read).unwrap_or(u64::MAX)) else {
            return Err(io::Error::other("it unpacks to more than is read"));
        };
        self.left = left;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_anywhere_are_refused() {
        for good in ["datapackage.json", "archive/a.warc.gz", "archive/", "pages/a..b.jsonl"] {
            assert_eq!(bad_name(good.as_bytes()), None, "{good}");
        }
        for bad in ["", "/etc/passwd", "../x", "a/../b", "./a", "a\\b", "C:/x", "a\0b", "a\nb"] {
            assert!(bad_name(bad.as_bytes()).is_some(), "{bad:?}");
        }
        assert!(bad_name(b"\xff").is_some());
    }
}
