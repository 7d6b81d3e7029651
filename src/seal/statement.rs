//! What is sealed: an in-toto Statement about one comparison. The only file that names `serde_json_canonicalizer`.
//!
//! The statement names every artefact with its digest and repeats the report's result, so that a reader who has only the
//! statement knows the verdict. Canonical JSON (RFC 8785) makes the output repeatable; verifying never needs it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{
    capture::Capture,
    digest::Digest,
    report::{Report, Source},
};

/// The type of every statement.
pub const TYPE: &str = "https://in-toto.io/Statement/v1";

/// The type of what is said about a comparison.
pub const PREDICATE_TYPE: &str = "urn:vidimus:comparison:v1";

/// One file of an evidence folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artefact {
    /// Its name.
    pub name: String,
    /// Its role among the statement's subjects; the original has none.
    pub role: Option<&'static str>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A statement with the files it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The exact payload: one line of canonical JSON.
    pub bytes: Vec<u8>,
    /// The files it names, sorted by name.
    pub artefacts: Vec<Artefact>,
}

/// Says what is sealed: `json` and `html` are the report's two forms, `options` every choice that can change it.
pub fn statement(report: &Report, json: &str, html: &str, captures: [&Capture; 2], options: &Value) -> Statement {
    let [original, copy] = captures;
    let name = |stem: &str, capture: &Capture| format!("{stem}.{}", capture.format.extension());
    let artefact = |name: String, role, bytes: &[u8]| Artefact { name, role, bytes: bytes.to_vec() };
    let mut artefacts = vec![
        artefact("report.json".to_owned(), Some("report"), json.as_bytes()),
        artefact("report.html".to_owned(), Some("report-html"), html.as_bytes()),
        artefact(name("copy", copy), Some("copy"), &copy.body),
        artefact(name("original", original), None, &original.body),
    ];
    artefacts.sort_by(|left, right| left.name.cmp(&right.name));
    let subjects: Vec<Value> = artefacts
        .iter()
        .filter_map(|artefact| {
            let role = artefact.role?;
            let digest = Digest::of(&artefact.bytes).to_string();
            Some(json!({ "name": artefact.name, "digest": { "sha256": digest }, "annotations": { "role": role } }))
        })
        .collect();
    let value = json!({
        "_type": TYPE,
        "subject": subjects,
        "predicateType": PREDICATE_TYPE,
        "predicate": {
            "tool": { "name": report.tool.name, "version": report.tool.version },
            "generatedAt": report.generated_at.to_string(),
            "options": options,
            "original": source(&report.original, &name("original", original), original),
            "copy": source(&report.copy, &name("copy", copy), copy),
            "result": result(report),
        },
    });
    Statement { bytes: canonical(&value), artefacts }
}

/// The bytes of `value` in canonical form.
///
/// # Panics
/// Never: what is built here holds text, whole numbers, lists and objects, and those always have a canonical form.
fn canonical(value: &Value) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).expect("a statement always has a canonical form")
}

/// A source in the statement's names: the report's fields in lowerCamelCase, its `sha256` as in-toto writes digests.
pub(super) fn source(source: &Source, name: &str, capture: &Capture) -> Value {
    let mut value = fields(source);
    value.insert("name".to_owned(), json!(name));
    if let Some(encoding) = capture.exchange.as_ref().and_then(|exchange| exchange.content_encoding.clone()) {
        value.insert("contentEncoding".to_owned(), json!(encoding));
    }
    Value::Object(value)
}

/// What a statement repeats of a report's source, absent facts left out.
pub(super) fn fields(source: &Source) -> Map<String, Value> {
    let mut map = Map::new();
    map.insert("digest".to_owned(), json!({ "sha256": source.sha256 }));
    let text = |value: &Option<String>| value.as_ref().map(|value| json!(value));
    let all: BTreeMap<&str, Option<Value>> = BTreeMap::from([
        ("textSha256", Some(json!(source.text_sha256))),
        ("bytes", Some(json!(source.bytes))),
        ("locator", Some(json!(source.locator))),
        ("url", text(&source.url)),
        ("finalUrl", text(&source.final_url)),
        ("redirects", source.redirects.as_ref().map(|hops| json!(hops))),
        ("status", source.status.map(|status| json!(status))),
        ("mediaType", text(&source.media_type)),
        ("charset", text(&source.charset)),
        ("retrievedAt", source.retrieved_at.map(|moment| json!(moment.to_string()))),
        ("via", Some(json!(source.via))),
        ("assurance", Some(json!(source.assurance))),
        ("emphasis", Some(json!(source.emphasis))),
        ("note", text(&source.note)),
    ]);
    map.extend(all.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    map
}

/// The report's result in the statement's names.
pub(super) fn result(report: &Report) -> Value {
    let limits: Vec<&str> = report.limits.iter().map(|limit| limit.code.as_str()).collect();
    json!({
        "verdict": report.verdict.slug(),
        "disclosed": report.disclosed.slug(),
        "summary": report.summary,
        "limits": limits,
        "coverage": {
            "originalWords": report.coverage.original_words,
            "matchedWords": report.coverage.matched_words,
            "copyWords": report.coverage.copy_words,
        },
    })
}
