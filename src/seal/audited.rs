//! What is sealed of an audit: a leaf for each pair, a tree over all leaves, a checkpoint of the tree, and a statement that says how many
//! pairs came to what. And a proof for one page, which says that its leaf is in the tree and nothing about the others.
//!
//! Described in `docs/formats/seal.md`. Nothing drops out: a pair that was not checked has a leaf like any other.

use serde_json::{Map, Value, json};

use super::{
    note,
    statement::{Artefact, Statement, TYPE, canonical},
    tree::{self, Tree},
};
use crate::{
    digest::Digest,
    moment::Moment,
    report::{
        html, json as written,
        wire::audit::{Entry, Head, Outcome, Side, Summary},
    },
    text::base64,
};

/// The type of what is said about an audit.
pub const PREDICATE_TYPE: &str = "urn:vidimus:audit:v1";
/// The type of leaves.
pub const LEAF_FORMAT: &str = "urn:vidimus:leaf:v1";
/// How leaves and nodes are hashed.
pub const TREE_HASH: &str = "rfc6962-sha256";

/// The names of the files, and their roles.
pub(super) const FILES: [(&str, &str); 4] =
    [("audit.json", "audit"), ("audit.html", "audit-html"), ("leaves.jsonl", "leaves"), ("checkpoint", "checkpoint")];

/// What the file of a proof begins with.
const PROOF: &str = "c2sp.org/tlog-proof@v1";
/// The most hashes of a proof: more than any tree is high.
const PATH: usize = 64;

/// The leaf of a pair: one line of canonical JSON, without its end. `salt` keeps anybody from guessing a leaf from its hash.
///
/// # Panics
/// Never: it holds nothing but text and whole numbers.
pub fn leaf(entry: &Entry, salt: Option<&[u8; 16]>) -> Vec<u8> {
    let mut fields = Map::new();
    let mut put = |name: &str, value: Value| drop(fields.insert(name.to_owned(), value));
    put("index", entry.index.into());
    put("copy", side(&entry.copy));
    put("original", side(&entry.original));
    match &entry.outcome {
        Outcome::Checked(checked) => {
            put("outcome", "checked".into());
            put("verdict", checked.verdict.slug().into());
            put("disclosed", checked.disclosed.slug().into());
            put("summary", json!(checked.summary));
            put("reportSha256", checked.report_sha256.as_str().into());
        }
        Outcome::Unchecked(unchecked) => {
            put("outcome", "unchecked".into());
            put("reason", unchecked.reason.as_str().into());
        }
    }
    if let Some(salt) = salt {
        put("salt", base64::encode(salt).into());
    }
    canonical(&Value::Object(fields))
}

fn side(side: &Side) -> Value {
    let mut fields = Map::from_iter([("locator".to_owned(), Value::from(side.locator.as_str()))]);
    fields.extend(side.sha256.as_ref().map(|digest| ("digest".to_owned(), json!({ "sha256": digest }))));
    fields.extend(side.text_sha256.as_ref().map(|digest| ("textSha256".to_owned(), digest.as_str().into())));
    Value::Object(fields)
}

/// What all leaves come to.
#[derive(Clone, Debug)]
pub struct Leaves {
    /// One a line, in the plan's order.
    pub lines: Vec<u8>,
    /// The tree over them.
    pub tree: Tree,
}

impl Leaves {
    /// Gathers leaves; `None` where there are none: an empty audit is not sealed.
    pub fn of(leaves: impl Iterator<Item = Vec<u8>>) -> Option<Self> {
        let (mut lines, mut hashes) = (Vec::new(), Vec::new());
        for leaf in leaves {
            hashes.push(tree::leaf(&leaf));
            lines.extend_from_slice(&leaf);
            lines.push(b'\n');
        }
        Some(Self { lines, tree: Tree::of(hashes)? })
    }
}

/// What a tree is called: a name for this run and no other, below `prefix`.
pub fn origin(prefix: &str, head: &Head, tree: &Tree) -> String {
    let root: String = tree.root().to_string().chars().take(16).collect();
    format!("{prefix}/{}-{root}", head.started_at.digits())
}

/// Says what is sealed of an audit: `checkpoint` is the signed note over the tree of `leaves`, called `origin`. `options` is empty: every
/// choice that can change a result stands in the plan, or changes what is fetched, which each report tells.
///
/// # Panics
/// Never: what is written holds nothing but text, whole numbers and maps with names for keys.
pub fn statement(
    head: &Head,
    summary: &Summary,
    leaves: &Leaves,
    [origin, checkpoint]: [&str; 2],
    finished_at: Moment,
) -> Statement {
    let record = written::write(&json!({
        "audit": head.audit,
        "tool": head.tool,
        "started_at": head.started_at,
        "finished_at": finished_at,
        "plan": head.plan,
        "summary": summary,
    }));
    let page = html::audit(head, summary, finished_at, &record);
    let bodies = [record.into_bytes(), page.into_bytes(), leaves.lines.clone(), checkpoint.as_bytes().to_vec()];
    let artefact = |((name, role), bytes): ((&str, &'static str), Vec<u8>)| Artefact {
        name: name.to_owned(),
        role: Some(role),
        bytes,
    };
    let mut artefacts: Vec<Artefact> = FILES.into_iter().zip(bodies).map(artefact).collect();
    artefacts.sort_by(|left, right| left.name.cmp(&right.name));
    let predicate = json!({
        "tool": head.tool,
        "options": {},
        "startedAt": head.started_at,
        "finishedAt": finished_at,
        "generatedAt": finished_at,
        "plan": { "digest": { "sha256": head.plan.sha256 }, "pages": head.plan.pairs },
        "tree": {
            "hash": TREE_HASH,
            "size": leaves.tree.size(),
            "rootHash": base64::encode(leaves.tree.root().as_bytes()),
            "origin": origin,
            "leafFormat": LEAF_FORMAT,
        },
        "result": { "verdicts": summary.verdicts, "unchecked": summary.unchecked() },
    });
    let subjects = super::statement::subjects(&artefacts);
    let value = json!({ "_type": TYPE, "subject": subjects, "predicateType": PREDICATE_TYPE, "predicate": predicate });
    Statement { bytes: canonical(&value), artefacts }
}

/// The proof for the page at `index`: the way from its leaf to the root, and the checkpoint.
pub fn proof(index: u64, tree: &Tree, checkpoint: &str) -> Option<String> {
    let mut text = format!("{PROOF}\nindex {index}\n");
    for hash in tree.path(index)? {
        text.push_str(&base64::encode(hash.as_bytes()));
        text.push('\n');
    }
    Some(format!("{text}\n{checkpoint}"))
}

/// A proof that was read.
pub(super) struct Proof<'a> {
    /// Which leaf it is about.
    pub(super) index: u64,
    /// The way to the root.
    pub(super) path: Vec<Digest>,
    /// The checkpoint.
    pub(super) checkpoint: &'a str,
}

/// Reads a proof.
///
/// # Errors
/// What is wrong with it, in one phrase.
pub(super) fn read_proof(text: &str) -> Result<Proof<'_>, &'static str> {
    let rest =
        text.strip_prefix(PROOF).and_then(|rest| rest.strip_prefix('\n')).ok_or("is no proof of a log, version 1")?;
    let (head, checkpoint) = rest.split_once("\n\n").ok_or("has no checkpoint")?;
    let mut lines = head.split('\n').peekable();
    // What anybody may have put beside the proof is signed by nobody.
    if lines.peek().is_some_and(|line| line.starts_with("extra ")) {
        lines.next();
    }
    let index =
        lines.next().and_then(|line| line.strip_prefix("index ")).ok_or("does not say which leaf it is about")?;
    let index = index.parse::<u64>().ok().filter(|number| number.to_string() == index).ok_or("has no proper index")?;
    let mut path = Vec::new();
    for line in lines {
        let hash = base64::decode(line).and_then(|bytes| note::digest(&bytes)).ok_or("has a hash that is none")?;
        path.push(hash);
        if path.len() > PATH {
            return Err("has more hashes than a tree is high");
        }
    }
    Ok(Proof { index, path, checkpoint })
}
