//! A page of an audit by itself: its leaf, the proof that leads from there to a checkpoint, and who signed that.

use std::io;

use serde_json::Value;

use super::{Failure, Outcome, Question, Step, Verification, blank, conclude_alone, fail, key};
use crate::{
    digest::Digest,
    seal::{
        audited::{Proof, read_proof},
        keys::PublicKey,
        note::Note,
        policy::{Policy, Trust},
        strict_json, tree,
    },
};

/// The role a leaf stands in.
pub(in crate::seal) const LEAF: &str = "leaf";

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
    let ended = steps(page, policy, question, &mut found);
    conclude_alone(found, ended)
}

fn steps(page: Page<'_>, policy: &Policy, question: &Question<'_>, found: &mut Verification) -> Step<()> {
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
    found.alone = Some(LEAF.to_owned());
    Ok(())
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
        (Some(own), Some(named)) if Digest::of(own).to_string() == named => said_alike(own, leaf),
        (Some(_), Some(_)) => fail(Outcome::ArtefactChanged, "report.json is not the report that the leaf names"),
        (Some(_), None) => Err(Failure::Outcome(
            Outcome::ArtefactChanged,
            "there is a report.json, and the leaf says that the page was not checked".to_owned(),
        )),
        (None, Some(_)) => {
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
