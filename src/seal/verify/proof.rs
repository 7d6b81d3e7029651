//! A page of an audit by itself: its leaf, the proof that leads from there to a checkpoint, and who signed that.

use std::io;

use serde_json::Value;

use super::{FileStatus, Folder, Listed, Outcome, Question, Step, Verification, blank, conclude_alone, fail, key};
use crate::{
    digest::Digest,
    seal::{
        SSH_SIGNATURE,
        audited::{Proof, read_proof},
        keys::PublicKey,
        note::Note,
        policy::{Policy, Trust},
        strict_json, tree,
    },
};

/// The role a leaf stands in.
pub(in crate::seal) const LEAF: &str = "leaf";

/// The files of a page, as an audit names them, and their roles.
const FILES: [(&str, &str); 3] = [("leaf.json", LEAF), ("page.tlog-proof", "proof"), ("report.json", "report")];
/// How the names of folders begin in which an audit is sealed; when it was begun follows, in digits.
const SEALED: &str = "sealed-";

/// The name of the folder in this one in which an audit is sealed, if there is one; of several the latest.
pub fn sealed_within(folder: &Folder) -> Option<&str> {
    let of_audit = |name: &&str| {
        let digits = name.strip_prefix(SEALED).unwrap_or_default();
        digits.len() >= 14 && digits.bytes().all(|byte| byte.is_ascii_digit())
    };
    // Names are sorted, and so is time in them: the last is the latest.
    folder.entries().iter().filter(|entry| !entry.regular).map(|entry| entry.name.as_str()).rfind(of_audit)
}

/// What a folder without a seal may be instead, to go on from saying that it has none: part of an audit, which is verified otherwise.
pub(super) fn instead(folder: &Folder) -> String {
    let [(leaf, _), (proof, _), _] = FILES;
    if folder.holds(SSH_SIGNATURE) {
        format!(", though there is {SSH_SIGNATURE}")
    } else if folder.holds(proof) {
        format!("; this is a page of an audit, which --leaf verifies: give it this folder's {leaf}")
    } else {
        let sealed = sealed_within(folder);
        sealed.map(|name| format!("; the evidence of an audit is in the folder {name}")).unwrap_or_default()
    }
}

/// What is handed over of a page.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// `page.tlog-proof`.
    pub proof: &'a [u8],
    /// `leaf.json`, with or without an end of its line.
    pub leaf: &'a [u8],
    /// `report.json`, where that lies beside it.
    pub report: Option<&'a [u8]>,
}

/// Verifies that a leaf is one of the tree whose checkpoint a trusted key signed. Of the other pages it says nothing.
///
/// # Errors
/// Never now: what is wrong is an outcome. Kept for what may have to be read.
pub fn page(page: Page<'_>, policy: &Policy, question: &Question<'_>) -> io::Result<Verification> {
    let mut found = blank();
    found.alone = Some(LEAF.to_owned());
    let ended = steps(page, policy, question, &mut found);
    conclude_alone(found, ended)
}

fn steps(page: Page<'_>, policy: &Policy, question: &Question<'_>, found: &mut Verification) -> Step<()> {
    let listed = |(name, role): (&str, &str)| Listed {
        name: name.to_owned(),
        role: role.to_owned(),
        status: FileStatus::Unchecked,
    };
    found.files =
        FILES.into_iter().filter(|(_, role)| *role != "report" || page.report.is_some()).map(listed).collect();
    let text = std::str::from_utf8(page.proof).map_err(|_| "is no text").and_then(read_proof);
    let Proof { index, path, checkpoint } = text.or_else(|why| fail(Outcome::Malformed, format!("the proof {why}")))?;
    let note = Note::read(checkpoint).or_else(|why| fail(Outcome::Malformed, format!("the checkpoint {why}")))?;
    let key = signer(&note, policy)?;
    found.key = Some(key.fingerprint());
    found.signer = key::standing(&key, policy, question.now)?;
    if question.require_timestamp {
        return fail(Outcome::NoTimestamp, "a checkpoint carries none; the seal of the whole audit may");
    }
    let leaf = page.leaf.strip_suffix(b"\n").unwrap_or(page.leaf);
    if tree::root(index, note.size, tree::leaf(leaf), &path) != Some(note.root) {
        let why = format!("the proof does not lead from this leaf to the root of {} leaves", note.size);
        return fail(Outcome::NotInTree, why);
    }
    fared(found, [LEAF, "proof"], FileStatus::Ok);
    let told = strict_json::parse(leaf).or_else(|why| fail(Outcome::Malformed, format!("the leaf: {why}")))?;
    if told.get("index").and_then(Value::as_u64) != Some(index) {
        return fail(Outcome::NotInTree, "the leaf is that of another page than the proof's");
    }
    report(page.report, &told, found)?;
    let said = |path: &str| told.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
    let came = match told.get("outcome").and_then(Value::as_str) {
        Some("checked") => format!("{}, {}", said("/verdict"), said("/copy/locator")),
        _ => format!("not checked, {}: {}", said("/copy/locator"), said("/reason")),
    };
    found.notes.push(format!("page {index} of the {} of {}: {came}", note.size, note.origin));
    found.notes.push("a proof says nothing of the other pages, and not that there is no other tree".to_owned());
    Ok(())
}

/// Says how the files in these roles fared.
fn fared<const N: usize>(found: &mut Verification, roles: [&str; N], status: FileStatus) {
    let own = found.files.iter_mut().filter(|file| roles.contains(&file.role.as_str()));
    own.for_each(|file| file.status = status);
}

/// Whose the checkpoint is.
fn signer(note: &Note, policy: &Policy) -> Step<PublicKey> {
    let trusted: Vec<PublicKey> = match &policy.trust {
        Trust::Nobody => return fail(Outcome::UnknownKey, "no key is trusted: name one with --trust or --key"),
        Trust::Key(key) => vec![*key],
        Trust::Signers(signers) => signers.iter().map(|signer| signer.key).collect(),
    };
    if let Some(key) = trusted.iter().chain(&policy.revoked).find(|key| note.is_of(key)) {
        return Ok(*key);
    }
    match trusted.iter().find(|key| note.names(key)) {
        Some(key) => {
            let why = format!("the checkpoint names {}, whose signature this is not", key.fingerprint());
            fail(Outcome::Forged, why)
        }
        None => fail(Outcome::UnknownKey, format!("the checkpoint is of {}", note.origin)),
    }
}

/// Whether the report beside the leaf is the one it names, and says what the leaf says of it.
fn report(own: Option<&[u8]>, leaf: &Value, found: &mut Verification) -> Step<()> {
    let named = leaf.get("reportSha256").and_then(Value::as_str);
    match (own, named) {
        (Some(own), Some(named)) if Digest::of(own).to_string() == named => {
            fared(found, ["report"], FileStatus::Ok);
            said_alike(own, leaf)
        }
        (Some(_), Some(_)) => {
            fared(found, ["report"], FileStatus::Changed);
            fail(Outcome::ArtefactChanged, "report.json is not the report that the leaf names")
        }
        (Some(_), None) => {
            fared(found, ["report"], FileStatus::Unlisted);
            let why = "there is a report.json, and the leaf says that the page was not checked";
            fail(Outcome::ArtefactChanged, why)
        }
        (None, Some(_)) => {
            let [.., (name, role)] = FILES;
            found.files.push(Listed { name: name.to_owned(), role: role.to_owned(), status: FileStatus::Missing });
            found.notes.push("report.json, which the leaf names, is not there and was not looked at".to_owned());
            Ok(())
        }
        (None, None) => Ok(()),
    }
}

/// Fails where a leaf says of its report what that does not say.
fn said_alike(report: &[u8], leaf: &Value) -> Step<()> {
    let report: Value =
        strict_json::parse_report(report).or_else(|why| fail(Outcome::Malformed, format!("report.json: {why}")))?;
    match ["verdict", "disclosed", "summary"].into_iter().find(|name| leaf.get(*name) != report.get(*name)) {
        None => Ok(()),
        Some(name) => fail(Outcome::Inconsistent, format!("the leaf and report.json differ in {name}")),
    }
}
