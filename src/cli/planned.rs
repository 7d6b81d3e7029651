//! A plan as the commands about audits open it: the file, its folder, the pairs it comes to, and faults that say where.

use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use vidimus::{
    audit::{
        self, Pair,
        baseline::Baseline,
        plan::{self, Mistake, Plan},
    },
    capture::reason,
    digest::Digest,
};

use super::fault::Fault;

/// The largest plan or baseline that is read, in bytes.
const FILE: u64 = 16 << 20;

/// A plan that was opened.
pub struct Planned {
    /// The file, as it was named.
    pub path: PathBuf,
    /// The folder that its paths are from.
    pub folder: PathBuf,
    /// What it says.
    pub plan: Plan,
    /// The digest of its bytes.
    pub digest: Digest,
}

impl Planned {
    /// Opens the plan at `path`.
    ///
    /// # Errors
    /// If it cannot be read, or the first mistake in it.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let bytes = bytes(path).map_err(|why| {
            let hint = (!path.exists()).then(|| format!("vidimus init {} writes one to begin with", path.display()));
            Fault::new(format_args!("{}: {why}", path.display())).hint(hint)
        })?;
        let text = plan::text(bytes).map_err(|mistake| fault(path, &mistake))?;
        let plan = plan::read(&text).map_err(|mistake| fault(path, &mistake))?;
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        Ok(Self { path: path.to_owned(), folder, plan, digest: Digest::of(text.as_bytes()) })
    }

    /// The pairs it comes to.
    ///
    /// # Errors
    /// What in it cannot be.
    pub fn pairs(&self) -> Result<Vec<Pair>, Fault> {
        let folder = if self.folder.as_os_str().is_empty() { Path::new(".") } else { &self.folder };
        audit::pairs(&self.plan, folder).map_err(|mistake| fault(&self.path, &mistake))
    }

    /// What is accepted; nothing where the plan names no baseline.
    ///
    /// # Errors
    /// If the baseline cannot be read, and the first mistake in it.
    pub fn baseline(&self) -> Result<Baseline, Fault> {
        let Some(named) = &self.plan.baseline else { return Ok(Baseline::default()) };
        let path = self.folder.join(&named.value);
        let bytes = bytes(&path).map_err(|why| {
            let mistake = Mistake::new(named.at, format_args!("the baseline {}: {why}", named.value));
            let hint = (!path.exists()).then(|| "vidimus baseline update --write makes it".to_owned());
            fault(&self.path, &mistake).hint(hint)
        })?;
        let text = plan::text(bytes).map_err(|mistake| fault(&path, &mistake))?;
        audit::baseline::read(&text).map_err(|mistake| fault(&path, &mistake))
    }
}

/// A mistake in a file, in words: the file, the line and the column first.
pub fn fault(path: &Path, mistake: &Mistake) -> Fault {
    Fault::new(format_args!("{}:{mistake}", path.display())).hint(mistake.hint.clone())
}

/// A text file, whole.
///
/// # Errors
/// Why it cannot be read, in one clause.
pub fn text(path: &Path) -> Result<String, String> {
    plan::text(bytes(path)?)
        .map_err(|mistake| format!("line {}, column {}: {}", mistake.at.line, mistake.at.column, mistake.message))
}

/// A file of no more than is read, whole.
fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let metadata = fs::metadata(path).map_err(|error| reason(&error))?;
    if !metadata.is_file() {
        return Err("not a file".to_owned());
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path).map_err(|error| reason(&error))?;
    file.take(FILE + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > FILE {
        return Err("larger than is read".to_owned());
    }
    Ok(bytes)
}
