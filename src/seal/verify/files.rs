//! Step 7: every file the statement names.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{FileStatus, Folder, Listed, Outcome, PAGE, REPORT, Step, fail, limited};
use crate::{
    digest::Digest,
    seal::{SEAL, SSH_SIGNATURE, STATEMENT, SUMS, is_name},
};

/// The most files a statement may name.
const FILES: usize = 1024;

/// The roles every comparison has among its subjects.
const ROLES: [&str; 3] = ["copy", "report", "report-html"];

/// The roles of files the predicate binds. They are never subjects: stock verifiers match files to subjects by digest alone.
const ORIGINAL: &str = "original";
const WITNESS: &str = "witness";

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
        for subject in subjects {
            let role = subject.pointer("/annotations/role").and_then(Value::as_str).ok_or("a subject has no role")?;
            if [ORIGINAL, WITNESS].contains(&role) {
                return Err("an original stands among the subjects".to_owned());
            }
            files.add(subject, role)?;
        }
        files.add(predicate.get("original").ok_or("the statement names no original")?, ORIGINAL)?;
        for witness in witnesses {
            files.add(witness.get("source").ok_or("a witness has no source")?, WITNESS)?;
        }
        for role in ROLES {
            if files.0.values().filter(|(own, _)| own == role).count() != 1 {
                return Err(format!("the statement does not name exactly one file as {role}"));
            }
        }
        Ok(files)
    }

    fn add(&mut self, file: &Value, role: &str) -> Result<(), String> {
        let name = file.get("name").and_then(Value::as_str).ok_or("a file has no name")?;
        if !is_name(name) || [SEAL, STATEMENT, SSH_SIGNATURE, SUMS].contains(&name) || !suits(name, role) {
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

    /// Fails where subject and predicate tell different copies.
    pub(super) fn predicate_agrees(&self, statement: &Value) -> Step<()> {
        let copy = |path: &str| statement.pointer(path).and_then(Value::as_str);
        let named = copy("/predicate/copy/name").and_then(|name| self.0.get(name));
        let digest = copy("/predicate/copy/digest/sha256").and_then(Digest::from_hex);
        match named {
            Some((role, own)) if role == "copy" && Some(*own) == digest => Ok(()),
            Some(_) | None => fail(Outcome::Inconsistent, "subject and predicate name different copies"),
        }
    }

    /// The bytes of a sealed file, if they still are those that were sealed.
    pub(super) fn sealed(&self, folder: &Folder, name: &str, limit: usize) -> Step<Vec<u8>> {
        let bytes = limited(folder, name, limit)?.unwrap_or_default();
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
            let known = self.0.contains_key(&entry.name)
                || [SEAL, STATEMENT, SSH_SIGNATURE, SUMS].contains(&entry.name.as_str());
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

    /// Whether the file with `digest` was sealed as `role`, or as anything but an original where none is named.
    pub(super) fn single(&self, digest: &Digest, role: Option<&str>, listed: &mut [Listed]) -> Step<()> {
        let bound = |own: &str| own == ORIGINAL || own == WITNESS;
        let same: Vec<(&String, &String)> =
            self.0.iter().filter(|(_, (_, own))| own == digest).map(|(name, (role, _))| (name, role)).collect();
        // The original is what a statement compares with, not what it is about: it passes only for what it is.
        let fits = |own: &str| role.map_or(!bound(own), |role| role == own);
        if let Some((name, _)) = same.iter().find(|(_, own)| fits(own)) {
            let found = listed.iter_mut().filter(|file| file.name == **name);
            found.for_each(|file| file.status = FileStatus::Ok);
            return Ok(());
        }
        match same.first() {
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
        ORIGINAL => name.starts_with("original."),
        WITNESS => name.starts_with("original-"),
        _ => true,
    }
}
