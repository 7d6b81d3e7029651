//! The folder of an audit's outputs: one run at a time writes there, and what an earlier one left of ours and this one did not write again
//! is taken away, so that nobody reads yesterday's result for today's.

use std::{
    collections::BTreeSet,
    fs::{self, File, TryLockError},
    io,
    path::{Component, Path, PathBuf},
};

use super::fault::{Fault, reason};

/// What a run holds while it writes.
const LOCK: &str = ".lock";
/// The names of the files that the last run made, a line each.
const MADE: &str = ".outputs";
/// The most that is read of that list, in bytes.
const LARGEST: u64 = 1 << 30;

/// A folder that nobody else writes to until this is dropped.
pub struct Folder {
    path: PathBuf,
    /// Closing it lets the next one in, however this run ends.
    _lock: File,
}

impl Folder {
    /// Takes the folder at `path`, which is made if it is not there.
    ///
    /// # Errors
    /// If it cannot be written, or another run writes there.
    pub fn take(path: &Path) -> Result<Self, Fault> {
        let fault = |error: io::Error| Fault::new(format_args!("{}: {}", path.display(), reason(&error)));
        fs::create_dir_all(path).map_err(fault)?;
        let lock = File::options().write(true).create(true).truncate(false).open(path.join(LOCK)).map_err(fault)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { path: path.to_owned(), _lock: lock }),
            Err(TryLockError::WouldBlock) => {
                let hint = "wait for it, or name another folder with --output".to_owned();
                Err(Fault::new(format_args!("{}: another audit writes there", path.display())).hint(Some(hint)))
            }
            Err(TryLockError::Error(error)) => Err(fault(error)),
        }
    }

    /// Takes away what the run before made and this one, whose files are `made`, did not.
    ///
    /// # Errors
    /// If the list of what was made cannot be written. What cannot be taken away stays.
    pub fn leave(&self, made: &BTreeSet<String>) -> io::Result<()> {
        let list = self.path.join(MADE);
        let size = fs::metadata(&list).map_or(0, |metadata| metadata.len());
        let before = if size <= LARGEST { fs::read_to_string(&list).unwrap_or_default() } else { String::new() };
        for name in before.lines().filter(|name| !made.contains(*name)).filter_map(below) {
            let path = self.path.join(name);
            if fs::remove_file(&path).is_ok() {
                // A folder in which somebody else has something stays.
                let folders = path.ancestors().skip(1).take_while(|folder| *folder != self.path);
                folders.map_while(|folder| fs::remove_dir(folder).ok()).for_each(drop);
            }
        }
        let aside = self.path.join(format!("{MADE}.part"));
        let text: String = made.iter().map(|name| format!("{name}\n")).collect();
        fs::write(&aside, text)?;
        fs::rename(aside, list)
    }
}

/// A path that stays below the folder.
fn below(name: &str) -> Option<&Path> {
    let path = Path::new(name);
    let plain = path.components().all(|part| matches!(part, Component::Normal(_)));
    (plain && !name.is_empty()).then_some(path)
}
