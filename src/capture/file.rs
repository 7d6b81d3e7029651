//! Bytes from disk and from standard input: a path or a stream in, a [`Capture`] out.
//!
//! Reads piece by piece and counts while reading, so that a size promised by nobody or by a liar costs nothing. Never
//! follows what it reads anywhere (which sheets a page asks for is asked in `sheets`), and never takes a file's date for the time of a capture.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read},
    path::Path,
};

use super::{
    Assurance, Capture, Error, Limits, Via,
    address::without_credentials,
    error::{Unreadable, reason},
    sheets::too_large,
    sniff,
};

/// Reads the file at `path`.
///
/// # Errors
/// [`Error::Unreadable`] if it is missing, a folder, forbidden, or not a regular file (a pipe could keep us waiting for
/// ever); [`Error::TooLarge`], [`Error::Empty`] and [`Error::Binary`] for what is in it.
pub fn file(path: &Path, limits: &Limits) -> Result<Capture, Error> {
    // What was meant for an address may have a password in it, and is shown.
    let locator = without_credentials(&path.display().to_string());
    let unreadable = |cause| Error::Unreadable { locator: locator.clone(), cause };
    let mut file = regular(path).map_err(unreadable)?;
    taken(locator.clone(), Via::File, &mut file, limits)
}

/// Opens a regular file.
pub(super) fn regular(path: &Path) -> Result<File, Unreadable> {
    // Looked at before it is opened: opening a pipe nobody writes to would already hang.
    let metadata = fs::metadata(path).map_err(|error| cause(&error))?;
    if metadata.is_dir() {
        return Err(Unreadable::Directory);
    }
    if !metadata.is_file() {
        return Err(Unreadable::NotRegular);
    }
    File::open(path).map_err(|error| cause(&error))
}

/// Reads standard input, handed in as `input`, to its end. Reports name it `-`.
///
/// # Errors
/// As for [`file()`].
pub fn stdin(input: &mut dyn Read, limits: &Limits) -> Result<Capture, Error> {
    taken("-".to_owned(), Via::Stdin, input, limits)
}

fn taken(locator: String, via: Via, input: &mut dyn Read, limits: &Limits) -> Result<Capture, Error> {
    let mut body = Vec::new();
    let room = u64::try_from(limits.body_bytes).unwrap_or(u64::MAX).saturating_add(1);
    if let Err(error) = input.take(room).read_to_end(&mut body) {
        return Err(Error::Unreadable { locator, cause: cause(&error) });
    }
    if body.len() > limits.body_bytes {
        return Err(Error::TooLarge { locator, limit: limits.body_bytes });
    }
    Ok(Capture {
        format: sniff::format(&locator, &body, None).map_err(|unfit| unfit.of(&locator))?,
        locator,
        body,
        declared_charset: None,
        via,
        assurance: Assurance::Supplied,
        exchange: None,
        stored: None,
        retrieved_at: None,
        sheets: Vec::new(),
        missed_sheets: Vec::new(),
        rendered: None,
    })
}

/// Reads the style sheet that the page at `page` refers to by the path `names` from its own folder.
///
/// A page that somebody handed over must not be able to pick just any file for a report or an evidence folder: what is read is
/// called `.css`, or lies in the folder a browser saved beside the page. Links are not followed, wherever they lead.
///
/// # Errors
/// Why it is not read, in one clause.
pub(super) fn sheet(page: &Path, names: &[String], limit: usize) -> Result<Vec<u8>, String> {
    if !is_sheet(page, names) {
        return Err("neither called .css nor in the folder saved with the page".to_owned());
    }
    let mut path = page.parent().map(Path::to_path_buf).unwrap_or_default();
    let mut metadata = None;
    for name in names {
        path.push(name);
        let found = fs::symlink_metadata(&path).map_err(|error| cause(&error).to_string())?;
        if found.is_symlink() {
            return Err("a link, which is not followed".to_owned());
        }
        metadata = Some(found);
    }
    if !metadata.is_some_and(|metadata| metadata.is_file()) {
        return Err("not a file".to_owned());
    }
    let mut body = Vec::new();
    let room = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let read = File::open(&path).and_then(|file| file.take(room).read_to_end(&mut body));
    read.map_err(|error| cause(&error).to_string())?;
    if body.len() > limit { Err(too_large(limit)) } else { Ok(body) }
}

/// Whether a file is a style sheet by its name or place. Browsers save a page's parts into a folder called after the page, with an
/// ending in the user's language (`page_files`, `page-Dateien`), and sheets in it by any name.
fn is_sheet(page: &Path, names: &[String]) -> bool {
    // Programs that save pages keep the query in the name: `site.css?v=2`.
    let named = |name: &String| {
        let name = name.split('?').next().unwrap_or_default();
        name.len() > 4 && name.to_ascii_lowercase().ends_with(".css")
    };
    let saved = |folder: &String| {
        let stem = page.file_stem().and_then(|stem| stem.to_str()).filter(|stem| !stem.is_empty());
        stem.and_then(|stem| folder.strip_prefix(stem)).is_some_and(|rest| rest.starts_with(['_', '-', '.', ' ']))
    };
    match names {
        [only] => named(only),
        [folder, .., last] => named(last) || saved(folder),
        [] => false,
    }
}

fn cause(error: &std::io::Error) -> Unreadable {
    let kind = error.kind();
    if matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory) {
        Unreadable::Missing
    } else if kind == ErrorKind::PermissionDenied {
        Unreadable::Denied
    } else if kind == ErrorKind::IsADirectory {
        Unreadable::Directory
    } else {
        Unreadable::Other(reason(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream without an end.
    struct Endless;

    impl Read for Endless {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            buffer.fill(b'a');
            Ok(buffer.len())
        }
    }

    #[test]
    fn an_endless_stream_ends_at_the_limit() {
        let limits = Limits { body_bytes: 1000, ..Limits::default() };
        assert_eq!(stdin(&mut Endless, &limits), Err(Error::TooLarge { locator: "-".to_owned(), limit: 1000 }));
    }

    #[test]
    fn a_password_in_what_was_meant_for_an_address_is_not_shown() {
        let error = file(Path::new("HTTP:me:sekrit@host.example"), &Limits::default()).unwrap_err();
        assert_eq!(error.to_string(), "HTTP:host.example: there is no such file");
    }

    #[test]
    fn a_body_of_exactly_the_limit_is_taken() {
        let limits = Limits { body_bytes: 4, ..Limits::default() };
        let capture = stdin(&mut b"text".as_slice(), &limits).unwrap();
        assert_eq!(
            (capture.body.as_slice(), capture.via, capture.assurance),
            (b"text".as_slice(), Via::Stdin, Assurance::Supplied)
        );
        assert!(stdin(&mut b"texts".as_slice(), &limits).is_err());
    }
}
