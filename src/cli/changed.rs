//! Which pairs git vouches for as they were at a revision. The only file that starts `git`.
//!
//! git is asked for nothing but which bytes the revision has (`ls-tree`) and which digest it gives to the bytes on the disk
//! (`hash-object`, without filters). What its index believes of a file, because of a date or because somebody told it to assume so, is not
//! asked. A file that the revision does not have as a plain file below the plan's folder counts as changed: one elsewhere, a link, one of
//! a submodule or of another repository, one that is ignored.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    io::Write as _,
    path::Path,
    process::{Command, Stdio},
    thread,
};

use vidimus::{
    audit::{Pair, Source, sheets_beside},
    capture::{Limits, Locator},
};

use super::{
    fault::{Fault, reason},
    planned::Planned,
};

/// The places of the pairs for which git does not vouch: all of them where it does not for the plan, its baseline or its lists. The style
/// sheets that files ask for count as parts of them, where `sheets` says that they are read.
///
/// # Errors
/// If git cannot be asked or does not know the revision.
pub fn since(
    revision: &str,
    planned: &Planned,
    pairs: &[Pair],
    limits: &Limits,
    sheets: bool,
) -> Result<Vec<usize>, Fault> {
    let folder = if planned.folder.as_os_str().is_empty() { Path::new(".") } else { &planned.folder };
    // What begins with a dash would be an option.
    if revision.starts_with('-') || revision.is_empty() {
        return Err(Fault::new(format_args!("--since {revision}: not a revision")));
    }
    let mut git = Git { revision, folder, tree: tree(folder, revision)?, vouched: BTreeSet::new() };
    let everything = || Ok((0..pairs.len()).collect());
    let Some(own) = own_files(planned) else { return everything() };
    git.look(&own)?;
    if !own.iter().all(|name| git.vouched.contains(name)) {
        return everything();
    }
    let files: BTreeSet<String> = pairs.iter().flat_map(|pair| [&pair.original, &pair.copy]).filter_map(file).collect();
    git.look(&files)?;
    let mut left: Vec<(usize, BTreeSet<String>)> = Vec::new();
    let mut changed = Vec::new();
    for (place, pair) in pairs.iter().enumerate() {
        match git.vouches(pair) {
            false => changed.push(place),
            true if sheets => left.push((place, beside(pair, limits))),
            true => {}
        }
    }
    git.look(&left.iter().flat_map(|(_, names)| names).cloned().collect())?;
    changed
        .extend(left.iter().filter(|(_, names)| !names.iter().all(|name| git.is_as_it_was(name))).map(|(at, _)| *at));
    changed.sort_unstable();
    Ok(changed)
}

/// The files that say what is audited and what passes; none where one of them lies elsewhere.
fn own_files(planned: &Planned) -> Option<BTreeSet<String>> {
    let plan = planned.path.file_name()?.to_str()?.to_owned();
    let named = planned.plan.files().map(|name| plain(&name.value));
    std::iter::once(Some(plan)).chain(named).collect()
}

/// A path below the plan's folder as git has it; none where it leads elsewhere.
fn plain(path: &str) -> Option<String> {
    let path = path.strip_prefix("./").unwrap_or(path);
    let fine = |name: &str| !name.is_empty() && name != "." && name != ".." && !name.contains(char::is_control);
    path.split('/').all(fine).then(|| path.to_owned())
}

/// The file a source lies in, where git could know it.
fn file(source: &Source) -> Option<String> {
    source.path.as_deref().and_then(plain)
}

/// The style sheets that a pair's files ask for, by path from the plan's folder.
fn beside(pair: &Pair, limits: &Limits) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for source in [&pair.original, &pair.copy] {
        let Some(path) = file(source) else { continue };
        let folder = path.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        names.extend(sheets_beside(source, limits).into_iter().map(|name| format!("{folder}{name}")));
    }
    names
}

/// What a revision has, and what on the disk is the same.
struct Git<'a> {
    revision: &'a str,
    folder: &'a Path,
    /// The digest of every plain file below the folder.
    tree: BTreeMap<String, String>,
    /// The files that are as the revision has them.
    vouched: BTreeSet<String>,
}

impl Git<'_> {
    /// Whether both sources are as they were. A page of the web is nothing git knows of: a pair that has a file too is judged by that,
    /// and one of two addresses is never vouched for.
    fn vouches(&self, pair: &Pair) -> bool {
        let sides = [&pair.original, &pair.copy];
        let fits = |source: &&Source| match source.locator {
            Locator::Url(_) | Locator::Memento(_) => true,
            Locator::File(_) | Locator::Archive { .. } | Locator::Stdin => {
                source.refused.is_none() && file(source).is_some_and(|name| self.vouched.contains(&name))
            }
        };
        sides.iter().all(fits) && sides.iter().any(|source| !source.locator.is_remote())
    }

    /// Whether something beside a page is as it was, which may be that it is not there.
    fn is_as_it_was(&self, name: &str) -> bool {
        let absent =
            || fs::symlink_metadata(self.folder.join(name)).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
        self.vouched.contains(name) || !self.tree.contains_key(name) && absent()
    }

    /// Looks which of `names` are as the revision has them.
    fn look(&mut self, names: &BTreeSet<String>) -> Result<(), Fault> {
        let is_file = |name: &&String| {
            let path = self.folder.join(name);
            self.tree.contains_key(*name) && fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_file())
        };
        let there: Vec<&String> = names.iter().filter(is_file).collect();
        if there.is_empty() {
            return Ok(());
        }
        let root = fs::canonicalize(self.folder).map_err(|error| said(self.revision, &reason(&error)))?;
        let mut list = Vec::new();
        for name in &there {
            list.extend_from_slice(root.join(name).as_os_str().as_encoded_bytes());
            list.push(b'\n');
        }
        let digests = ask(self.folder, self.revision, &["hash-object", "--no-filters", "--stdin-paths"], list)?;
        let digests = String::from_utf8_lossy(&digests).into_owned();
        let same = there
            .iter()
            .zip(digests.lines())
            .filter(|(name, digest)| self.tree.get(**name).is_some_and(|own| own == digest));
        self.vouched.extend(same.map(|(name, _)| (*name).clone()));
        Ok(())
    }
}

/// The plain files that a revision has below `folder`, each with the digest of its bytes. A repository without any commit has none.
fn tree(folder: &Path, revision: &str) -> Result<BTreeMap<String, String>, Fault> {
    let has_none = || {
        let head = |what: &[&str]| ask(folder, revision, what, Vec::new()).is_ok();
        head(&["rev-parse", "--git-dir"]) && !head(&["rev-parse", "--verify", "--quiet", "HEAD"])
    };
    if revision == "HEAD" && has_none() {
        return Ok(BTreeMap::new());
    }
    let listed = ask(folder, revision, &["ls-tree", "-r", "-z", revision], Vec::new())?;
    let entry = |line: &[u8]| {
        let (facts, name) = std::str::from_utf8(line).ok()?.split_once('\t')?;
        let mut facts = facts.split(' ');
        let (mode, _, digest) = (facts.next()?, facts.next()?, facts.next()?);
        ["100644", "100755"].contains(&mode).then(|| (name.to_owned(), digest.to_owned()))
    };
    Ok(listed.split(|byte| *byte == 0).filter_map(entry).collect())
}

fn said(revision: &str, what: &str) -> Fault {
    Fault::new(format_args!("--since {revision}: {what}"))
}

fn ask(folder: &Path, revision: &str, arguments: &[&str], input: Vec<u8>) -> Result<Vec<u8>, Fault> {
    let failed = |error: io::Error| said(revision, &format!("git could not be asked: {}", reason(&error)));
    let mut git = Command::new("git");
    git.current_dir(folder).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = git.spawn().map_err(failed)?;
    let pipe = child.stdin.take();
    // Beside reading what it says: neither waits for the other for ever. What it does not take it says itself.
    let writer = thread::spawn(move || pipe.map(|mut pipe| pipe.write_all(&input)));
    let output = child.wait_with_output().map_err(failed)?;
    // A writer cannot panic; whether everything was taken shows in how git ended.
    let _ = writer.join();
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr);
        let told = told.lines().next().unwrap_or_default().trim_start_matches("fatal: ").to_owned();
        return Err(said(revision, &format!("git says: {told}")));
    }
    Ok(output.stdout)
}
