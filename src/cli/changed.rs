//! Which pairs have a file that differs from a revision of the git repository around the plan. The only file that starts `git`.

use std::{
    collections::BTreeSet,
    path::Path,
    process::{Command, Stdio},
};

use vidimus::audit::Pair;

use super::fault::{Fault, reason};

/// The places of the pairs of which a file was changed, added or removed since `revision`, or is not under version control.
///
/// # Errors
/// If git cannot be asked or does not know the revision.
pub fn since(revision: &str, folder: &Path, pairs: &[Pair]) -> Result<Vec<usize>, Fault> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // What begins with a dash would be an option.
    if revision.starts_with('-') || revision.is_empty() {
        return Err(Fault::new(format_args!("--since {revision}: not a revision")));
    }
    let mut changed =
        ask(folder, revision, &["diff", "--name-only", "-z", "--relative", "--no-ext-diff", revision, "--"])?;
    changed.extend(ask(folder, revision, &["ls-files", "--others", "--exclude-standard", "-z"])?);
    let is_changed = |path: &Option<String>| path.as_ref().is_some_and(|path| changed.contains(path));
    let places =
        pairs.iter().enumerate().filter(|(_, pair)| is_changed(&pair.original.path) || is_changed(&pair.copy.path));
    Ok(places.map(|(place, _)| place).collect())
}

fn ask(folder: &Path, revision: &str, arguments: &[&str]) -> Result<BTreeSet<String>, Fault> {
    let mut git = Command::new("git");
    git.current_dir(folder).args(arguments).stdin(Stdio::null());
    let output = git
        .output()
        .map_err(|error| Fault::new(format_args!("--since {revision}: git could not be asked: {}", reason(&error))))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
        return Err(Fault::new(format_args!("--since {revision}: git says: {said}")));
    }
    let names = output.stdout.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    Ok(names.map(|name| String::from_utf8_lossy(name).into_owned()).collect())
}
