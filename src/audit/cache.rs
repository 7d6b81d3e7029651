//! Results of runs before: a key goes in, what was judged then comes out, or nothing. One file a result, put in place whole; what is
//! damaged counts as not there.
//!
//! A key stands for everything a result depends on that was known before judging: both bodies, how they were got, options and version
//! of the program. What a page asked for beside it, its style sheets, is known only afterwards, so a result names it and is believed
//! only while that is as it was. Whoever can write into the folder can decide what an audit says.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::outcome::Judged;
use crate::digest::{Digest, Hasher};

/// What every file begins with.
const HEAD: &str = "vidimus audit cache 2";
/// What marks a folder as one that can be made again (bford.info/cachedir).
const TAG: &str = "Signature: 8a477f597d28d172789f06886806bc55\n# Results of vidimus audit, which can be deleted.\n";

/// Results on disk.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

/// A result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    /// What was judged.
    pub judged: Judged,
    /// Files beside the pages that were read, or asked for in vain, and how they were.
    pub beside: Vec<Beside>,
}

/// A file that a page asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Where it lies.
    pub path: PathBuf,
    /// How it was.
    pub state: String,
}

impl Beside {
    /// A file as it is now.
    pub fn of(path: PathBuf) -> Self {
        Self { state: state(&path), path }
    }
}

impl Cache {
    /// Uses `folder`, which is made if it is not there.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        for (name, text) in [("CACHEDIR.TAG", TAG), (".gitignore", "*\n")] {
            let path = folder.join(name);
            if !path.exists() {
                fs::write(path, text)?;
            }
        }
        Ok(Self { folder: folder.to_owned() })
    }

    fn path(&self, key: &Digest) -> PathBuf {
        let name = key.to_string();
        let (start, rest) = name.split_at(2);
        self.folder.join(start).join(rest)
    }

    /// What was judged, if it is still to be believed; with the text of its report where `report` asks for it.
    pub fn get(&self, key: &Digest, report: bool) -> Option<(Judged, Option<String>)> {
        let text = fs::read_to_string(self.path(key)).ok()?;
        let (head, rest) = text.split_once('\n')?;
        let (line, kept_report) = rest.split_once('\n')?;
        if head != format!("{HEAD} {}", Digest::of(line.as_bytes())) {
            return None;
        }
        let kept: Kept = serde_json::from_str(line).ok()?;
        if kept.beside.iter().any(|beside| state(&beside.path) != beside.state) {
            return None;
        }
        if !report {
            return Some((kept.judged, None));
        }
        let whole = Digest::of(kept_report.as_bytes()).to_string() == kept.judged.checked.report_sha256;
        whole.then(|| (kept.judged, Some(kept_report.to_owned())))
    }

    /// Keeps a result, with its report where that will be asked for again.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn put(&self, key: &Digest, kept: &Kept, report: Option<&str>) -> io::Result<()> {
        let line = serde_json::to_string(kept).map_err(io::Error::other)?;
        let text = format!("{HEAD} {}\n{line}\n{}", Digest::of(line.as_bytes()), report.unwrap_or_default());
        let path = self.path(key);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        // Two that write the same result at once write the same bytes; each has a name of its own until it is whole.
        let aside = path.with_extension(format!("{}-{:?}.part", std::process::id(), std::thread::current().id()));
        fs::write(&aside, text).and_then(|()| fs::rename(&aside, &path)).inspect_err(|_| {
            // What could not be finished is of no use.
            let _ = fs::remove_file(&aside);
        })
    }
}

/// How a file beside a page is.
fn state(path: &Path) -> String {
    let Ok(metadata) = fs::symlink_metadata(path) else { return "none".to_owned() };
    if !metadata.is_file() {
        return "no file".to_owned();
    }
    digest(path).map_or_else(|_| "unreadable".to_owned(), |digest| digest.to_string())
}

/// The digest of a file's bytes, read piece by piece.
///
/// # Errors
/// If it cannot be read.
pub fn digest(path: &Path) -> io::Result<Digest> {
    let mut file = fs::File::open(path)?;
    let (mut hasher, mut piece) = (Hasher::default(), vec![0; 1 << 16]);
    loop {
        match io::Read::read(&mut file, &mut piece)? {
            0 => return Ok(hasher.finish()),
            read => hasher.update(&piece[..read]),
        }
    }
}
