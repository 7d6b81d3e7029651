//! Step 7: every file the statement names.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use serde_json::Value;

use super::{FileStatus, Folder, Listed, Outcome, PAGE, REPORT, Step, beyond, fail};
use crate::{
    digest::Digest,
    seal::{OWN, STATEMENT, audited, folder::Entry, is_name, sheets},
};

/// The most files a statement may name.
const FILES: usize = 1024;

/// The roles every comparison has among its subjects.
const ROLES: [&str; 3] = ["copy", "report", "report-html"];

/// The roles of files the predicate binds. They are never subjects: stock verifiers match files to subjects by digest alone.
const ORIGINAL: &str = "original";
const WITNESS: &str = "witness";
const BOUND: [&str; 3] = [ORIGINAL, WITNESS, sheets::OF_ORIGINAL];

/// The files a statement names: role and digest by name.
pub(super) struct Files(BTreeMap<String, (String, Digest)>);

impl Files {
    /// Takes them from a verified statement.
    pub(super) fn of(statement: &Value) -> Step<Self> {
        Self::named(statement).or_else(|why| fail(Outcome::Malformed, why))
    }

    fn named(statement: &Value) -> Result<Self, String> {
        let subjects = statement.get("subject").and_then(Value::as_array).ok_or("the statement names no subjects")?;
        let predicate = statement.get("predicate").ok_or("the statement has no predicate")?;
        let witnesses = match predicate.get("witnesses") {
            Some(list) => list.as_array().ok_or("the witnesses are no list")?.as_slice(),
            None => &[],
        };
        if subjects.len() > FILES || witnesses.len() > FILES {
            return Err(format!("the statement names more than {FILES} files"));
        }
        let mut files = Self(BTreeMap::new());
        let of_audit = super::is_of_audit(statement);
        for subject in subjects {
            let role = subject.pointer("/annotations/role").and_then(Value::as_str).ok_or("a subject has no role")?;
            if BOUND.contains(&role) {
                return Err("an original stands among the subjects".to_owned());
            }
            files.add(subject, role)?;
        }
        if !of_audit {
            let original = predicate.get("original").ok_or("the statement names no original")?;
            files.add_original(original, ORIGINAL)?;
        }
        for witness in witnesses.iter().filter(|_| !of_audit) {
            files.add_original(witness.get("source").ok_or("a witness has no source")?, WITNESS)?;
        }
        let needed = if of_audit { audited::FILES.map(|(_, role)| role).to_vec() } else { ROLES.to_vec() };
        for role in needed {
            if files.0.values().filter(|(own, _)| own == role).count() != 1 {
                return Err(format!("the statement does not name exactly one file as {role}"));
            }
        }
        Ok(files)
    }

    /// Adds a version of the original and its sheets.
    fn add_original(&mut self, source: &Value, role: &str) -> Result<(), String> {
        self.add(source, role)?;
        let sheets = sheets::listed(source)?;
        if sheets.len() > FILES {
            return Err(format!("the statement names more than {FILES} sheets of one page"));
        }
        sheets.iter().try_for_each(|sheet| self.add(sheet, sheets::OF_ORIGINAL))
    }

    fn add(&mut self, file: &Value, role: &str) -> Result<(), String> {
        let name = file.get("name").and_then(Value::as_str).ok_or("a file has no name")?;
        if !is_name(name) || OWN.contains(&name) || !suits(name, role) {
            return Err(format!("{name:?} is no name for a file sealed as {role}"));
        }
        let digest = file.pointer("/digest/sha256").and_then(Value::as_str).and_then(Digest::from_hex);
        let digest = digest.ok_or_else(|| format!("{name} has no SHA-256"))?;
        match self.0.insert(name.to_owned(), (role.to_owned(), digest)) {
            Some(_) => Err(format!("{name} stands in the statement twice")),
            None => Ok(()),
        }
    }

    /// Names, roles and digests.
    pub(super) fn all(&self) -> impl Iterator<Item = (&str, Digest)> {
        self.0.iter().map(|(name, (_, digest))| (name.as_str(), *digest))
    }

    /// Fails where one of the files named lies there as a link or a folder.
    pub(super) fn regular(&self, folder: &Folder) -> Step<()> {
        let strange = |entry: &&Entry| !entry.regular && self.0.contains_key(&entry.name);
        match folder.entries().iter().find(strange) {
            Some(entry) => fail(Outcome::Malformed, format!("{} is not a regular file", entry.name)),
            None => Ok(()),
        }
    }

    /// Fails where the predicate gives a source another length than its file has. `length` says that of a file, if it is at hand.
    pub(super) fn lengths_agree(
        &self,
        statement: &Value,
        length: impl Fn(&str) -> io::Result<Option<u64>>,
    ) -> Step<()> {
        let predicate = statement.get("predicate").unwrap_or(&Value::Null);
        let witnesses = predicate.get("witnesses").and_then(Value::as_array).into_iter().flatten();
        let sources = [predicate.get("original"), predicate.get("copy")].into_iter().flatten();
        let sources = sources.chain(witnesses.filter_map(|witness| witness.get("source")));
        let with_sheets = |source| std::iter::once(source).chain(sheets::listed(source).unwrap_or_default());
        for source in sources.flat_map(with_sheets) {
            let name = source.get("name").and_then(Value::as_str).unwrap_or_default();
            let (Some(said), Some(own)) = (source.get("bytes"), length(name)?) else { continue };
            if said.as_u64() != Some(own) {
                return fail(Outcome::Inconsistent, format!("the statement gives another length than {name} has"));
            }
        }
        Ok(())
    }

    /// The name of the first file sealed in a role.
    pub(super) fn of_role(&self, role: &str) -> Option<&str> {
        self.0.iter().find(|(_, (own, _))| own == role).map(|(name, _)| name.as_str())
    }

    /// What the statement holds that this version does not look at.
    pub(super) fn unread(&self, statement: &Value) -> Vec<String> {
        let sources = ["/predicate/original", "/predicate/copy"].map(|path| statement.pointer(path));
        let has = |name: &str| sources.iter().flatten().any(|source| source.get(name).is_some());
        let found = [(has("memento"), "what an archive's index says of its record")];
        let told = |what: &str| format!("the statement names {what}, which this version does not look into");
        found.into_iter().filter(|(there, _)| *there).map(|(_, what)| told(what)).collect()
    }

    /// Fails where subject and predicate tell different copies.
    pub(super) fn predicate_agrees(&self, statement: &Value) -> Step<()> {
        let copy = |path: &str| statement.pointer(path).and_then(Value::as_str);
        let named = copy("/predicate/copy/name").and_then(|name| self.0.get(name));
        let digest = copy("/predicate/copy/digest/sha256").and_then(Digest::from_hex);
        match named {
            Some((role, own)) if role == "copy" && Some(*own) == digest => self.sheets_agree(statement),
            Some(_) | None => fail(Outcome::Inconsistent, "subject and predicate name different copies"),
        }
    }

    /// Fails where subject and predicate tell different sheets of the copy.
    fn sheets_agree(&self, statement: &Value) -> Step<()> {
        let listed = statement.pointer("/predicate/copy").map_or(Ok([].as_slice()), sheets::listed);
        let listed = listed.or_else(|why| fail(Outcome::Malformed, why))?;
        let names: Option<BTreeSet<&str>> = listed.iter().map(|sheet| self.sealed_sheet(sheet)).collect();
        let subjects = self.0.values().filter(|(role, _)| role == sheets::OF_COPY).count();
        match names {
            Some(names) if names.len() == subjects && listed.len() == subjects => Ok(()),
            Some(_) | None => fail(Outcome::Inconsistent, "subject and predicate name different sheets of the copy"),
        }
    }

    /// The name of one of the copy's sheets, if a subject has its name and digest.
    fn sealed_sheet<'v>(&self, sheet: &'v Value) -> Option<&'v str> {
        let name = sheet.get("name").and_then(Value::as_str)?;
        let digest = sheet.pointer("/digest/sha256").and_then(Value::as_str).and_then(Digest::from_hex)?;
        self.0.get(name).filter(|(role, own)| role == sheets::OF_COPY && *own == digest).map(|_| name)
    }

    /// The bytes of a sealed file, if they still are those that were sealed.
    pub(super) fn sealed(&self, folder: &Folder, name: &str, limit: usize) -> Step<Vec<u8>> {
        let bytes = match folder.read(name, limit) {
            // Its digest fits: nothing speaks against it, but nothing can be said for it either.
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => return beyond(name),
            other => other?.unwrap_or_default(),
        };
        match self.0.get(name) {
            Some((_, digest)) if *digest == Digest::of(&bytes) => Ok(bytes),
            Some(_) | None => fail(Outcome::ArtefactChanged, format!("changed while it was read: {name}")),
        }
    }

    /// All files, none of them looked at.
    pub(super) fn unchecked(&self) -> Vec<Listed> {
        let listed = |(name, (role, _)): (&String, &(String, Digest))| Listed {
            name: name.clone(),
            role: role.clone(),
            status: FileStatus::Unchecked,
        };
        self.0.iter().map(listed).collect()
    }

    /// Hashes every file of the folder and says how each fared.
    pub(super) fn compare(&self, folder: &Folder, payload: &[u8]) -> Step<Vec<Listed>> {
        let mut listed = Vec::new();
        for (name, (role, digest)) in &self.0 {
            let status = match folder.digest(name)? {
                None => FileStatus::Missing,
                Some(own) if own == *digest => FileStatus::Ok,
                Some(_) => FileStatus::Changed,
            };
            listed.push(Listed { name: name.clone(), role: role.clone(), status });
        }
        let statement = folder.digest(STATEMENT)?.map_or(FileStatus::Missing, |digest| {
            if digest == Digest::of(payload) { FileStatus::Ok } else { FileStatus::Changed }
        });
        listed.push(Listed { name: STATEMENT.to_owned(), role: "statement".to_owned(), status: statement });
        for entry in folder.entries() {
            let known = self.0.contains_key(&entry.name) || OWN.contains(&entry.name.as_str());
            if !known {
                let (name, role) = (entry.name.clone(), "none".to_owned());
                listed.push(Listed { name, role, status: FileStatus::Unlisted });
            }
        }
        Ok(listed)
    }

    /// Fails where a file is not as it was sealed, or is missing.
    pub(super) fn judge(&self, folder: &Folder, listed: &[Listed]) -> Step<()> {
        let named = |status: FileStatus| -> Vec<&str> {
            listed.iter().filter(|file| file.status == status).map(|file| file.name.as_str()).collect()
        };
        let changed = named(FileStatus::Changed);
        for name in &changed {
            let digest = folder.digest(name)?;
            let other = self.0.iter().find(|(other, (_, own))| Some(*own) == digest && other.as_str() != *name);
            if let Some((other, (role, _))) = other {
                return fail(Outcome::WrongRole, format!("{name} is the file sealed as {role}, {other}"));
            }
        }
        if !changed.is_empty() {
            return fail(Outcome::ArtefactChanged, format!("changed: {}", changed.join(", ")));
        }
        let mut missing = named(FileStatus::Missing);
        // The seal holds the statement too, so that the file is a convenience.
        missing.retain(|name| *name != STATEMENT);
        if missing.is_empty() { Ok(()) } else { fail(Outcome::MissingFile, format!("missing: {}", missing.join(", "))) }
    }

    /// The name and role the file with `digest` was sealed in: `role`, or any but an original's where none is named.
    pub(super) fn single(&self, digest: &Digest, role: Option<&str>, listed: &mut [Listed]) -> Step<(String, String)> {
        let bound = |own: &str| BOUND.contains(&own);
        let same: Vec<(&String, &String)> =
            self.0.iter().filter(|(_, (_, own))| own == digest).map(|(name, (role, _))| (name, role)).collect();
        // The original is what a statement compares with, not what it is about: it passes only for what it is.
        let fits = |own: &str| role.map_or(!bound(own), |role| role == own);
        if let Some((name, own)) = same.iter().find(|(_, own)| fits(own)) {
            let found = listed.iter_mut().filter(|file| file.name == **name);
            found.for_each(|file| file.status = FileStatus::Ok);
            return Ok(((*name).clone(), (*own).clone()));
        }
        match same.first() {
            Some((name, own)) if role.is_none() => {
                let why = "which is what the statement compares with, not what it is about; to ask whether it is that, add --role";
                fail(Outcome::WrongRole, format!("the file was sealed as {own}, {name}, {why} {own}"))
            }
            Some((name, own)) => fail(Outcome::WrongRole, format!("the file was sealed as {own}, {name}")),
            None => fail(Outcome::ArtefactChanged, "the file is none of those sealed"),
        }
    }
}

/// Whether a file of this role can have this name. Roles of later versions may have any.
fn suits(name: &str, role: &str) -> bool {
    match role {
        "report" => name == REPORT,
        "report-html" => name == PAGE,
        "capture" => name == "capture.wacz",
        "copy" => name.starts_with("copy."),
        sheets::OF_COPY | sheets::OF_ORIGINAL => sheets::suits(name, role),
        ORIGINAL => name.starts_with("original."),
        WITNESS => name.starts_with("original-"),
        _ => audited::FILES.iter().all(|(own, of_audit)| *of_audit != role || *own == name),
    }
}
