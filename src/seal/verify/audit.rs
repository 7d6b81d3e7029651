//! Step 9 for audits: whether the tree, its checkpoint and the counts are those of the leaves that were sealed.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Failure, Outcome, Step, Value as Json, fail, files::Files, folder::Folder};
use crate::{
    digest::Digest,
    seal::{
        audited::{FILES, LEAF_FORMAT, TREE_HASH},
        keys::PublicKey,
        note::Note,
        sense, strict_json,
        tree::{self, Tree},
    },
    text::base64,
};

/// The largest files of an audit that are read, in bytes.
const LEAVES: usize = 1 << 30;
const SMALL: usize = 16 << 20;

/// Fails where the signed parts of an audit contradict each other. `key` signed the statement.
pub(super) fn agrees(files: &Files, folder: &Folder, statement: &Json, key: &PublicKey) -> Step<()> {
    let [(record, _), (page, _), (leaves, _), (checkpoint, _)] = FILES;
    let predicate = statement.get("predicate").unwrap_or(&Value::Null);
    let counted = count(&files.sealed(folder, leaves, LEAVES)?)?;
    tree_agrees(predicate, &counted)?;
    let note = files.sealed(folder, checkpoint, SMALL)?;
    checkpoint_agrees(predicate, &note, &counted, key)?;
    let sealed = files.sealed(folder, record, SMALL)?;
    record_agrees(predicate, &sealed, &counted)?;
    let html = files.sealed(folder, page, SMALL)?;
    let mark = format!("<meta name=\"vidimus-report-sha256\" content=\"{}\">", Digest::of(&sealed));
    let html = String::from_utf8_lossy(&html);
    match (html.matches(&mark).count(), sense::foreign(&html, page)) {
        (1, None) => Ok(()),
        (_, Some(why)) => fail(Outcome::Inconsistent, why),
        (_, None) => fail(Outcome::Inconsistent, format!("{page} was made from another record than {record}")),
    }
}

/// What leaves come to.
struct Counted {
    tree: Tree,
    verdicts: BTreeMap<String, u64>,
    unchecked: u64,
}

/// Reads leaves, one a line, and counts them.
fn count(lines: &[u8]) -> Step<Counted> {
    let malformed = |why: String| Failure::Outcome(Outcome::Malformed, format!("leaves.jsonl: {why}"));
    let lines = lines.strip_suffix(b"\n").ok_or_else(|| malformed("does not end with a line".to_owned()))?;
    let (mut hashes, mut verdicts, mut unchecked) = (Vec::new(), BTreeMap::new(), 0);
    for (index, line) in (0_u64..).zip(lines.split(|byte| *byte == b'\n')) {
        let leaf = strict_json::parse(line).map_err(|why| malformed(format!("leaf {index}: {why}")))?;
        if leaf.get("index").and_then(Value::as_u64) != Some(index) {
            return fail(Outcome::Inconsistent, format!("leaf {index} stands in another's place"));
        }
        let text = |name: &str| leaf.get(name).and_then(Value::as_str);
        match (text("outcome"), text("verdict"), text("reason")) {
            (Some("checked"), Some(verdict), _) => *verdicts.entry(verdict.to_owned()).or_insert(0) += 1,
            (Some("unchecked"), None, Some(_)) => unchecked += 1,
            _ => return Err(malformed(format!("leaf {index} says neither what came of it nor why nothing did"))),
        }
        hashes.push(tree::leaf(line));
    }
    let tree = Tree::of(hashes).ok_or_else(|| malformed("is empty".to_owned()))?;
    Ok(Counted { tree, verdicts, unchecked })
}

/// Whether the statement says of the tree what the leaves come to.
fn tree_agrees(predicate: &Value, counted: &Counted) -> Step<()> {
    let said = |path: &str| predicate.pointer(path);
    let number = |path: &str| said(path).and_then(Value::as_u64);
    let text = |path: &str| said(path).and_then(Value::as_str);
    if text("/tree/hash") != Some(TREE_HASH) || text("/tree/leafFormat") != Some(LEAF_FORMAT) {
        return fail(Outcome::NewerFormat, "the tree is of a kind that is not known here");
    }
    let size = counted.tree.size();
    let verdicts = said("/result/verdicts").and_then(|told| serde_json::from_value(told.clone()).ok());
    let parts = [
        ("tree.size", number("/tree/size") == Some(size)),
        ("plan.pages", number("/plan/pages") == Some(size)),
        ("tree.rootHash", text("/tree/rootHash") == Some(base64::encode(counted.tree.root().as_bytes()).as_str())),
        ("result.verdicts", verdicts.as_ref() == Some(&counted.verdicts)),
        ("result.unchecked", number("/result/unchecked") == Some(counted.unchecked)),
    ];
    match parts.into_iter().find(|(_, agrees)| !agrees) {
        Some((part, _)) => fail(Outcome::Inconsistent, format!("the leaves and the statement disagree about {part}")),
        None => Ok(()),
    }
}

fn checkpoint_agrees(predicate: &Value, note: &[u8], counted: &Counted, key: &PublicKey) -> Step<()> {
    let text = std::str::from_utf8(note).map_err(|_| "is no text").and_then(Note::read);
    let note = text.or_else(|why| fail(Outcome::Malformed, format!("checkpoint: {why}")))?;
    let origin = predicate.pointer("/tree/origin").and_then(Value::as_str);
    if origin != Some(note.origin.as_str()) || note.size != counted.tree.size() || note.root != counted.tree.root() {
        return fail(Outcome::Inconsistent, "the checkpoint is of another tree than the leaves");
    }
    if !note.is_of(key) {
        return fail(Outcome::Inconsistent, "the checkpoint was not signed by the key that signed the statement");
    }
    Ok(())
}

fn record_agrees(predicate: &Value, record: &[u8], counted: &Counted) -> Step<()> {
    let record = strict_json::parse(record).or_else(|why| fail(Outcome::Malformed, format!("audit.json: {why}")))?;
    match record.get("audit").and_then(Value::as_u64) {
        Some(1) => {}
        Some(0) => return fail(Outcome::OlderFormat, "audit.json is of version 0"),
        Some(version) => return fail(Outcome::NewerFormat, format!("audit.json is of version {version}")),
        None => return fail(Outcome::Malformed, "audit.json is no record of an audit"),
    }
    let same =
        |own: &str, sealed: &str| record.pointer(own).is_some() && record.pointer(own) == predicate.pointer(sealed);
    let checked: u64 = counted.verdicts.values().sum();
    let number = |path: &str| record.pointer(path).and_then(Value::as_u64);
    let parts = [
        ("tool", same("/tool", "/tool")),
        ("startedAt", same("/started_at", "/startedAt")),
        ("finishedAt", same("/finished_at", "/finishedAt")),
        ("plan.digest", same("/plan/sha256", "/plan/digest/sha256")),
        ("plan.pages", same("/plan/pairs", "/plan/pages")),
        ("result.verdicts", same("/summary/verdicts", "/result/verdicts")),
        (
            "result",
            number("/summary/checked") == Some(checked) && number("/summary/pairs") == Some(counted.tree.size()),
        ),
    ];
    match parts.into_iter().find(|(_, agrees)| !agrees) {
        Some((part, _)) => fail(Outcome::Inconsistent, format!("audit.json and the statement disagree about {part}")),
        None => Ok(()),
    }
}
