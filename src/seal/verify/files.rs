//! Steps 7 and 8: every file the statement names, and the sidecars beside them.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{FileStatus, Folder, Listed, Outcome, Step, fail, limited};
use crate::{
    digest::Digest,
    seal::{
        NAMESPACE, SEAL, SSH_SIGNATURE, STATEMENT, SUMS, is_name,
        keys::PublicKey,
        policy::{Policy, Trust},
        sshsig, sums,
    },
};

/// The most files a statement may name.
const FILES: usize = 1024;

/// The largest sidecar that is read, in bytes.
const SIDECAR: usize = 1 << 20;

/// The roles every comparison has.
const ROLES: [&str; 3] = ["copy", "report", "report-html"];

/// The files a statement names: role and digest by name.
pub(super) struct Files(BTreeMap<String, (String, Digest)>);

impl Files {
    /// Takes them from a verified statement; says what is wrong with it otherwise.
    pub(super) fn of(statement: &Value) -> Result<Self, String> {
        let subjects = statement.get("subject").and_then(Value::as_array).ok_or("the statement names no subjects")?;
        if subjects.len() > FILES {
            return Err(format!("the statement names more than {FILES} files"));
        }
        let mut files = Self(BTreeMap::new());
        for subject in subjects {
            let role = subject.pointer("/annotations/role").and_then(Value::as_str).ok_or("a subject has no role")?;
            files.add(subject, role)?;
        }
        let predicate = statement.get("predicate").ok_or("the statement has no predicate")?;
        files.add(predicate.get("original").ok_or("the statement names no original")?, "original")?;
        let copy = predicate.get("copy").ok_or("the statement names no copy")?;
        for role in ROLES {
            if files.0.values().filter(|(own, _)| own == role).count() != 1 {
                return Err(format!("the statement does not name exactly one file as {role}"));
            }
        }
        let digest = copy.pointer("/digest/sha256").and_then(Value::as_str).and_then(Digest::from_hex);
        if !files.0.values().any(|(role, own)| role == "copy" && Some(*own) == digest) {
            return Err("subject and predicate name different copies".to_owned());
        }
        Ok(files)
    }

    fn add(&mut self, file: &Value, role: &str) -> Result<(), String> {
        let name = file.get("name").and_then(Value::as_str).ok_or("a file has no name")?;
        if !is_name(name) || [SEAL, STATEMENT, SSH_SIGNATURE, SUMS].contains(&name) {
            return Err(format!("{name:?} is no name for a sealed file"));
        }
        let digest = file.pointer("/digest/sha256").and_then(Value::as_str).and_then(Digest::from_hex);
        let digest = digest.ok_or_else(|| format!("{name} has no SHA-256"))?;
        match self.0.insert(name.to_owned(), (role.to_owned(), digest)) {
            Some(_) => Err(format!("{name} stands in the statement twice")),
            None => Ok(()),
        }
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

    /// Fails where a file is not as it was sealed, is missing, or a sidecar disagrees.
    pub(super) fn judge(
        &self,
        folder: &Folder,
        listed: &[Listed],
        payload: &[u8],
        key: Option<&str>,
        policy: &Policy,
        notes: &mut Vec<String>,
    ) -> Step<()> {
        let named = |status: FileStatus| -> Vec<&str> {
            let sealed = listed
                .iter()
                .filter(|file| file.status == status && !(file.name == STATEMENT && status == FileStatus::Missing));
            sealed.map(|file| file.name.as_str()).collect()
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
        let missing = named(FileStatus::Missing);
        if !missing.is_empty() {
            return fail(Outcome::MissingFile, format!("missing: {}", missing.join(", ")));
        }
        self.sidecars(folder, payload, key, policy, notes)
    }

    /// Step 8. A sidecar that is missing is worth a note; one that disagrees shows that somebody touched the folder.
    fn sidecars(
        &self,
        folder: &Folder,
        payload: &[u8],
        key: Option<&str>,
        policy: &Policy,
        notes: &mut Vec<String>,
    ) -> Step<()> {
        if !folder.holds(STATEMENT) {
            notes.push(format!("{STATEMENT} is missing; the seal holds it too"));
        }
        match limited(folder, SSH_SIGNATURE, SIDECAR)? {
            None => notes.push(format!("{SSH_SIGNATURE} is missing")),
            Some(bytes) => {
                let trusted = trusted(policy).into_iter().find(|trusted| Some(trusted.fingerprint().as_str()) == key);
                let text = String::from_utf8_lossy(&bytes);
                let fits = trusted.is_some_and(|key| {
                    let signature = sshsig::signature(&text, NAMESPACE, &key);
                    signature.is_some_and(|signature| key.verifies(&sshsig::to_sign(NAMESPACE, payload), &signature))
                });
                if !fits {
                    return fail(Outcome::ArtefactChanged, format!("{SSH_SIGNATURE} is no signature of that key"));
                }
            }
        }
        match limited(folder, SUMS, SIDECAR)? {
            None => notes.push(format!("{SUMS} is missing")),
            Some(bytes) => {
                let list = sums::read(&String::from_utf8_lossy(&bytes));
                let mut expected: BTreeMap<String, Digest> =
                    self.0.iter().map(|(name, (_, digest))| (name.clone(), *digest)).collect();
                expected.insert(STATEMENT.to_owned(), Digest::of(payload));
                if list != Some(expected) {
                    return fail(Outcome::ArtefactChanged, format!("{SUMS} lists other digests"));
                }
            }
        }
        Ok(())
    }

    /// Whether the file with `digest` was sealed as `role`, or as anything where none is named.
    pub(super) fn single(&self, digest: &Digest, role: Option<&str>) -> Step<Vec<Listed>> {
        let found: Vec<(&String, &String)> =
            self.0.iter().filter(|(_, (_, own))| own == digest).map(|(name, (role, _))| (name, role)).collect();
        let fits = found.iter().find(|(_, own)| role.is_none_or(|role| role == own.as_str()));
        match (fits, found.first()) {
            // The original is bound by the predicate and is never what a statement is about.
            (Some((name, own)), _) if own.as_str() != "original" || role == Some("original") => {
                Ok(vec![Listed { name: (*name).clone(), role: (*own).clone(), status: FileStatus::Ok }])
            }
            (_, Some((_, own))) => fail(Outcome::WrongRole, format!("the file was sealed as {own}")),
            (_, None) => fail(Outcome::ArtefactChanged, "the file is none of those sealed"),
        }
    }
}

fn trusted(policy: &Policy) -> Vec<PublicKey> {
    match &policy.trust {
        Trust::Nobody => Vec::new(),
        Trust::Key(key) => vec![*key],
        Trust::Signers(signers) => signers.iter().map(|signer| signer.key).collect(),
    }
}
