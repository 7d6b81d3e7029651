//! What is sealed: an in-toto Statement about one comparison. The only file that names `serde_json_canonicalizer`.
//!
//! The statement names every artefact with its digest and repeats the report's result, so that a reader who has only the
//! statement knows the verdict. Canonical JSON (RFC 8785) makes the output repeatable; verifying never needs it.

use serde_json::{Map, Value, json};

use super::{Before, captured, sheets};
use crate::{capture::Capture, digest::Digest, report::Report};

/// The type of every statement.
pub const TYPE: &str = "https://in-toto.io/Statement/v1";

/// The type of what is said about a comparison.
pub const PREDICATE_TYPE: &str = "urn:vidimus:comparison:v1";

/// Fields of a source, by name.
pub(super) type Fields = Map<String, Value>;

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

impl Statement {
    /// The same statement, as that of the run after `before`.
    ///
    /// # Errors
    /// Why it cannot follow, to be said of the one before: verifying would call the chain broken.
    ///
    /// # Panics
    /// Never: a statement is JSON.
    pub fn after(self, before: &Before) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(&self.bytes).expect("a statement is JSON");
        Ok(self.following(before.followed_by(&value)?))
    }

    fn following(self, previous: Digest) -> Self {
        let mut value: Value = serde_json::from_slice(&self.bytes).expect("a statement is JSON");
        if let Some(predicate) = value.get_mut("predicate").and_then(Value::as_object_mut) {
            predicate.insert("previous".to_owned(), json!({ "digest": { "sha256": previous.to_string() } }));
        }
        Self { bytes: canonical(&value), ..self }
    }
}

/// Says what is sealed: `forms` are the report's JSON and HTML, `options` every choice that can change it. `originals` are the
/// captures of the original, the one the report is about first, then the others as the report lists them; with each its
/// place in the order given, which can change a report too.
///
/// # Panics
/// Never: a report always has a JSON form.
pub fn statement(
    report: &Report,
    [json, html]: [&str; 2],
    originals: &[(usize, &Capture)],
    copy: &Capture,
    mut options: Map<String, Value>,
) -> Statement {
    let file = |stem: &str, capture: &Capture| format!("{stem}.{}", capture.format.extension());
    let artefact = |name: String, role, bytes: &[u8]| Artefact { name, role, bytes: bytes.to_vec() };
    let stems = std::iter::once("original".to_owned()).chain((2..).map(|number| format!("original-{number}")));
    let stems: Vec<String> = stems.take(originals.len()).collect();
    let names: Vec<String> = stems.iter().zip(originals).map(|(stem, (_, capture))| file(stem, capture)).collect();
    let mut artefacts = vec![
        artefact("report.json".to_owned(), Some("report"), json.as_bytes()),
        artefact("report.html".to_owned(), Some("report-html"), html.as_bytes()),
        artefact(file("copy", copy), Some("copy"), &copy.body),
    ];
    let bound = names.iter().zip(originals).map(|(name, (_, capture))| artefact(name.clone(), None, &capture.body));
    artefacts.extend(bound);
    artefacts.extend(sheets::artefacts("copy", Some(sheets::OF_COPY), copy));
    artefacts
        .extend(stems.iter().zip(originals).flat_map(|(stem, (_, capture))| sheets::artefacts(stem, None, capture)));
    let captures: Vec<&Capture> = originals.iter().map(|(_, capture)| *capture).chain([copy]).collect();
    let (exchanges, mut records) = captured::exchanges(&captures, report.generated_at);
    artefacts.extend(exchanges);
    let copy_record = records.next_back().unwrap_or_default();
    artefacts.sort_by(|left, right| left.name.cmp(&right.name));
    if originals.len() > 1 {
        options.insert("originals".to_owned(), as_given(originals, &names));
    }
    let written = serde_json::to_value(report).expect("a report always has a JSON form");
    let source = |which: &str, name: Option<String>, record: Fields| {
        let mut fields = written.get(which).map(fields).unwrap_or_default();
        sheets::put_names(&mut fields, which);
        fields.extend(record);
        fields.extend(name.map(|name| ("name".to_owned(), name.into())));
        Value::Object(fields)
    };
    let mut predicate = json!({
        "tool": tool(&written),
        "generatedAt": written.get("generated_at"),
        "options": options,
        "original": source("original", names.first().cloned(), records.next().unwrap_or_default()),
        "copy": source("copy", Some(file("copy", copy)), copy_record),
        "result": result(&written),
    });
    let sources =
        names.iter().zip(originals).map(|(name, (_, capture))| (name.as_str(), sheets::OF_ORIGINAL, *capture));
    let copy_name = file("copy", copy);
    let missed = sheets::missed(sources.chain([(copy_name.as_str(), sheets::OF_COPY, copy)]));
    for (field, list) in
        [("witnesses", named_witnesses(&written, &stems, &names, records)), ("furtherCaptures", missed)]
    {
        if let Some(fields) = predicate.as_object_mut().filter(|_| !list.is_empty()) {
            fields.insert(field.to_owned(), list.into());
        }
    }
    let value = json!({ "_type": TYPE, "subject": subjects(&artefacts), "predicateType": PREDICATE_TYPE, "predicate": predicate });
    Statement { bytes: canonical(&value), artefacts }
}

/// The names of the originals' files in the order they were given.
fn as_given(originals: &[(usize, &Capture)], names: &[String]) -> Value {
    let mut given: Vec<(usize, &String)> = originals.iter().map(|(place, _)| *place).zip(names).collect();
    given.sort_unstable();
    given.into_iter().map(|(_, name)| name.as_str()).collect()
}

/// The versions of the original but for the one that the report is about, with the names of their files.
fn named_witnesses(
    report: &Value,
    stems: &[String],
    names: &[String],
    records: impl Iterator<Item = Fields>,
) -> Vec<Value> {
    let named = |((mut witness, record), (stem, name)): ((Witness, Fields), (&String, &String))| {
        sheets::put_names(&mut witness.source, stem);
        witness.source.extend(record);
        witness.source.insert("name".to_owned(), name.as_str().into());
        json!({ "source": witness.source, "edits": witness.edits })
    };
    witnesses(report).into_iter().zip(records).zip(stems.iter().zip(names).skip(1)).map(named).collect()
}

/// The artefacts that have a role, as in-toto names them.
pub(super) fn subjects(artefacts: &[Artefact]) -> Vec<Value> {
    let subject = |artefact: &Artefact| {
        let role = artefact.role?;
        let digest = Digest::of(&artefact.bytes).to_string();
        Some(json!({ "name": artefact.name, "digest": { "sha256": digest }, "annotations": { "role": role } }))
    };
    artefacts.iter().filter_map(subject).collect()
}

/// The bytes of `value` in canonical form.
///
/// # Panics
/// Never: what is built here holds text, whole numbers, lists and objects, and those always have a canonical form.
pub(super) fn canonical(value: &Value) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value).expect("a statement always has a canonical form")
}

/// What a statement repeats of a report's source: the statement's name and the report's.
const FIELDS: [(&str, &str); 14] = [
    ("textSha256", "text_sha256"),
    ("bytes", "bytes"),
    ("locator", "locator"),
    ("url", "url"),
    ("finalUrl", "final_url"),
    ("redirects", "redirects"),
    ("status", "status"),
    ("mediaType", "media_type"),
    ("charset", "charset"),
    ("retrievedAt", "retrieved_at"),
    ("via", "via"),
    ("assurance", "assurance"),
    ("emphasis", "emphasis"),
    ("note", "note"),
];

/// The names of [`fields`].
pub(super) fn field_names() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().map(|(name, _)| *name).chain(["digest", "memento", "sheets"])
}

/// A source of a report, as the statement repeats it; absent facts stay absent.
pub(super) fn fields(source: &Value) -> Map<String, Value> {
    let mut map = renamed(source, &FIELDS);
    map.extend(source.get("sha256").map(|sha256| ("digest".to_owned(), json!({ "sha256": sha256 }))));
    map.extend(sheets::fields(source).map(|sheets| ("sheets".to_owned(), sheets)));
    let names = [("uri", "uri"), ("datetime", "datetime"), ("cdxDigest", "index_sha1")];
    map.extend(source.get("memento").map(|memento| ("memento".to_owned(), Value::Object(renamed(memento, &names)))));
    map
}

/// A version of the original that the report is not about, as the statement repeats it.
pub(super) struct Witness {
    /// Its source.
    pub(super) source: Map<String, Value>,
    /// How many words the copy alters against it; absent where the report does not say.
    pub(super) edits: Option<Value>,
}

/// The versions of the original that a report lists, but for the one it is about.
pub(super) fn witnesses(report: &Value) -> Vec<Witness> {
    let listed = report.get("witnesses").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    let own = listed.iter().position(|witness| witness.get("source") == report.get("original"));
    let others = listed.iter().enumerate().filter(|(at, _)| Some(*at) != own);
    others
        .map(|(_, witness)| Witness {
            source: witness.get("source").map(fields).unwrap_or_default(),
            edits: witness.get("edits").cloned(),
        })
        .collect()
}

/// The program that made a report, as the statement repeats it.
pub(super) fn tool(report: &Value) -> Map<String, Value> {
    report.get("tool").map(|tool| renamed(tool, &[("name", "name"), ("version", "version")])).unwrap_or_default()
}

/// The report's result in the statement's names.
pub(super) fn result(report: &Value) -> Map<String, Value> {
    let mut map = renamed(report, &[("verdict", "verdict"), ("disclosed", "disclosed"), ("summary", "summary")]);
    if let Some(limits) = report.get("limits").and_then(Value::as_array) {
        let codes: Vec<&Value> = limits.iter().filter_map(|limit| limit.get("code")).collect();
        map.insert("limits".to_owned(), json!(codes));
    }
    if let Some(coverage) = report.get("coverage") {
        let words =
            [("originalWords", "original_words"), ("matchedWords", "matched_words"), ("copyWords", "copy_words")];
        map.insert("coverage".to_owned(), Value::Object(renamed(coverage, &words)));
    }
    map
}

fn renamed(from: &Value, names: &[(&str, &str)]) -> Map<String, Value> {
    let field = |(ours, theirs): &(&str, &str)| Some(((*ours).to_owned(), from.get(*theirs)?.clone()));
    names.iter().filter_map(field).collect()
}
