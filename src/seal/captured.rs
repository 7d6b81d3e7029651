//! The exchanges behind a comparison: written into `capture.wacz` before sealing, and held against the statement afterwards.
//!
//! No digest inside a web archive covers where and when a page was recorded; the seal does, because the statement repeats both and
//! gives the digest of the record and of the file. What the statement says of a source and what its record says have to agree.

use std::io::Cursor;

use serde_json::{Map, Value, json};

use super::Artefact;
use crate::{
    capture::{Capture, recorded, wacz, warc::Facts},
    digest::Digest,
    moment::Moment,
};

/// The name of the file with the exchanges.
pub(super) const CAPTURE: &str = "capture.wacz";

/// The role it is sealed in.
pub(super) const ROLE: &str = "capture";

/// The program as archives name it.
const SOFTWARE: &str = concat!("vidimus/", env!("CARGO_PKG_VERSION"));

/// The largest record that is unpacked, in bytes.
const RECORD: usize = 256 << 20;

/// The exchanges of `captures` as a file, absent where none came over HTTP, and what is said of the record of each.
///
/// # Panics
/// Never: writing to memory does not fail.
pub(super) fn exchanges(
    captures: &[&Capture],
    made_at: Moment,
) -> (Option<Artefact>, std::vec::IntoIter<Option<Value>>) {
    let recorded = |capture: &&Capture| capture.exchange.as_ref().is_some_and(|exchange| !exchange.hops.is_empty());
    if !captures.iter().any(recorded) {
        return (None, vec![None; captures.len()].into_iter());
    }
    let written = wacz::write(Cursor::new(Vec::new()), captures, SOFTWARE, made_at);
    let (file, facts) = written.expect("writing to memory does not fail");
    let artefact = Artefact { name: CAPTURE.to_owned(), role: Some(ROLE), bytes: file.into_inner() };
    (Some(artefact), facts.iter().map(|facts| facts.as_ref().map(record)).collect::<Vec<_>>().into_iter())
}

/// What the statement says of a record.
fn record(facts: &Facts) -> Value {
    let mut fields = Map::new();
    fields.insert("id".to_owned(), facts.id.as_str().into());
    fields.insert("digest".to_owned(), json!({ "sha256": facts.digest.to_string() }));
    fields.insert("payloadBytes".to_owned(), facts.payload_bytes.into());
    fields.insert("payloadSha256".to_owned(), facts.payload_sha256.to_string().into());
    fields.insert("payloadSha1Base32".to_owned(), facts.payload_sha1_base32.as_str().into());
    fields.extend(facts.content_encoding.as_deref().map(|name| ("contentEncoding".to_owned(), name.into())));
    Value::Object(fields)
}

/// What the sources of a verified statement that name a record say otherwise than it, if anything. `file` is the recording, as sealed.
pub(super) fn contradiction(predicate: &Value, file: Option<&[u8]>) -> Option<String> {
    sources(predicate).find_map(|(name, source)| {
        let stated = source.get("record")?;
        let Some(file) = file else {
            return Some(format!("the statement names a record of the {name}, but no recording is sealed"));
        };
        differs(source, stated, file)
            .map(|what| format!("{CAPTURE} and the statement disagree about the {name}: {what}"))
    })
}

/// Whether a source of the statement names a record.
pub(super) fn names_a_record(predicate: &Value) -> bool {
    sources(predicate).any(|(_, source)| source.get("record").is_some())
}

fn sources(predicate: &Value) -> impl Iterator<Item = (&'static str, &Value)> {
    let named = ["original", "copy"].into_iter().filter_map(|name| predicate.get(name).map(|source| (name, source)));
    let witnesses = predicate.get("witnesses").and_then(Value::as_array).into_iter().flatten();
    named.chain(witnesses.filter_map(|witness| witness.get("source")).map(|source| ("witness", source)))
}

/// What one source says otherwise than its record.
fn differs(source: &Value, stated: &Value, file: &[u8]) -> Option<String> {
    let id = stated.get("id").and_then(Value::as_str).unwrap_or_default();
    let own = match recorded(file, id, RECORD) {
        Ok(own) => own,
        Err(broken) => return Some(broken.to_string()),
    };
    let Value::Object(expected) = record(&own.facts) else { return None };
    for name in ["digest", "payloadBytes", "payloadSha256", "payloadSha1Base32", "contentEncoding"] {
        if stated.get(name) != expected.get(name) {
            return Some(format!("record.{name}"));
        }
    }
    let text = |name: &str| source.get(name).and_then(Value::as_str);
    if text("finalUrl") != Some(&own.url) {
        return Some("finalUrl".to_owned());
    }
    if own.date.is_none() || text("retrievedAt").and_then(Moment::parse) != own.date {
        return Some("retrievedAt".to_owned());
    }
    if source.get("status").and_then(Value::as_u64) != own.status.map(u64::from) {
        return Some("status".to_owned());
    }
    let digest = source.pointer("/digest/sha256").and_then(Value::as_str).and_then(Digest::from_hex);
    if own.body.map(|body| Digest::of(&body)) != digest {
        return Some("digest".to_owned());
    }
    let redirects = source.get("redirects").and_then(Value::as_array).into_iter().flatten();
    for redirect in redirects {
        let url = redirect.get("url").and_then(Value::as_str).unwrap_or_default();
        let status = redirect.get("status").and_then(Value::as_u64);
        if !own.responses.iter().any(|(own, number)| own == url && status == Some(u64::from(*number))) {
            return Some("redirects".to_owned());
        }
    }
    None
}
