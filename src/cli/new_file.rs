//! Single files the program makes: whole, or not at all, and never over what is there.

use std::{fs, io::Write as _, path::Path};

use super::fault::{Fault, reason};

/// For whom a new file is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Whoever may look into the folder.
    Everybody,
    /// Its owner alone.
    Owner,
}

/// Writes a new file; an existing one is left as it is.
///
/// # Errors
/// If there is one, or the disk refuses.
pub fn create(path: &Path, text: &[u8], reader: For) -> Result<(), Fault> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if reader == For::Owner {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let fault = |error: std::io::Error| {
        let exists = error.kind() == std::io::ErrorKind::AlreadyExists;
        let cause = if exists { "already exists and is left as it is".to_owned() } else { reason(&error) };
        Fault::new(format_args!("{}: {cause}", path.display()))
    };
    let mut file = options.open(path).map_err(fault)?;
    let written = file.write_all(text).and_then(|()| file.sync_all());
    written.map_err(|error| {
        // Half a file is of no use to anybody.
        let gone = fs::remove_file(path).err();
        let left = gone.map(|error| format!("it could not be removed either: {}", reason(&error)));
        fault(error).hint(left)
    })
}
