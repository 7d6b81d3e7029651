//! The exchanges behind a comparison: written into `capture.wacz` before sealing, and held against the statement afterwards.
//!
//! No digest inside a web archive covers where and when a page was recorded; the seal does, because the statement repeats both and
//! gives the digest of the record and of the file. What the statement says of a source and what its record says have to agree.

use std::io::Cursor;

use serde_json::{Map, Value, json};

use super::Artefact;
use crate::{
    capture::{Address, Capture, Fit, Stored, recorded, wacz, warc::Facts},
    digest::Digest,
    moment::Moment,
};

/// The name of the file with the exchanges.
pub(super) const CAPTURE: &str = "capture.wacz";

/// The role it is sealed in.
pub(super) const ROLE: &str = "capture";

/// The program as archives name it.
const SOFTWARE: &str = concat!("vidimus/", env!("CARGO_PKG_VERSION"));

/// The digits of a time in the address of an archive's record.
const DIGITS: usize = 14;

/// The largest record that is unpacked, in bytes.
const RECORD: usize = 256 << 20;

/// The exchanges of `captures` as a file, absent where none came over HTTP, and what is said of the record of each: fields of a
/// source in the statement.
///
/// # Panics
/// Never: writing to memory does not fail.
pub(super) fn exchanges(
    captures: &[&Capture],
    made_at: Moment,
) -> (Option<Artefact>, std::vec::IntoIter<Map<String, Value>>) {
    let mut told: Vec<Map<String, Value>> = captures.iter().map(|capture| of_archive(capture)).collect();
    let recorded = |capture: &&Capture| capture.exchange.as_ref().is_some_and(|exchange| !exchange.hops.is_empty());
    if !captures.iter().any(recorded) {
        return (None, told.into_iter());
    }
    let written = wacz::write(Cursor::new(Vec::new()), captures, SOFTWARE, made_at);
    let (file, facts) = written.expect("writing to memory does not fail");
    let artefact = Artefact { name: CAPTURE.to_owned(), role: Some(ROLE), bytes: file.into_inner() };
    for (told, facts) in told.iter_mut().zip(&facts) {
        told.extend(facts.as_ref().map(|facts| ("record".to_owned(), record(facts))));
    }
    (Some(artefact), told.into_iter())
}

/// What an archive that was handed over said of its record, as far as that can change a report and its bytes do not tell.
fn of_archive(capture: &Capture) -> Map<String, Value> {
    let Some(stored) = &capture.stored else { return Map::new() };
    let mut fields = Map::new();
    fields.insert("id".to_owned(), stored.id.as_str().into());
    fields.insert("fit".to_owned(), stored.fit.slug().into());
    fields.extend(stored.body_from.as_deref().map(|id| ("bodyFrom".to_owned(), id.into())));
    fields.extend(stored.truncated.as_deref().map(|why| ("truncated".to_owned(), why.into())));
    Map::from_iter([("stored".to_owned(), Value::Object(fields))])
}

/// The same out of a source of a verified statement; `None` where the source was no record of an archive.
///
/// # Errors
/// What of it is not known here, in one phrase.
pub fn stored(source: &Value) -> Result<Option<Stored>, String> {
    let Some(fields) = source.get("stored") else { return Ok(None) };
    let text = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    let fit = text("fit").and_then(|slug| Fit::ALL.into_iter().find(|fit| fit.slug() == slug));
    Ok(Some(Stored {
        id: text("id").unwrap_or_default(),
        body_from: text("bodyFrom"),
        fit: fit.ok_or("how the digest of an archive’s record fits it is said in a way not known here")?,
        truncated: text("truncated"),
        notes: Vec::new(),
    }))
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

/// What there is to say of the signature that a sealed archive carries by the rules of its own format. It counts for nothing.
pub(super) fn signature(name: &str, file: &[u8]) -> Option<String> {
    wacz::signature(file).map(|said| format!("{name} {said}"))
}

/// The sources of a predicate, each with what it is called.
pub(super) fn sources(predicate: &Value) -> impl Iterator<Item = (&'static str, &Value)> {
    let named = ["original", "copy"].into_iter().filter_map(|name| predicate.get(name).map(|source| (name, source)));
    let witnesses = predicate.get("witnesses").and_then(Value::as_array).into_iter().flatten();
    named.chain(witnesses.filter_map(|witness| witness.get("source")).map(|source| ("witness", source)))
}

/// The place at which an archive shows its records. What was asked for there is a record of another page, whose address and redirects
/// are those that a source tells.
struct Replay<'a> {
    /// What stands before the 14 digits and `id_/` of a record.
    before: &'a str,
}

impl<'a> Replay<'a> {
    /// That of a source out of an archive, which names its record; `None` for any other.
    fn of(source: &'a Value) -> Option<Self> {
        source.get("via").filter(|via| *via == "memento")?;
        let uri = source.pointer("/memento/uri").and_then(Value::as_str)?;
        let page = source.get("finalUrl").and_then(Value::as_str)?;
        let marks = uri.match_indices("id_/").filter_map(|(at, _)| uri.get(..at.checked_sub(DIGITS)?));
        marks.map(|before| Self { before }).find(|replay| replay.shows(page, uri))
    }

    /// Whether `url` is that of a record of `page`, of whatever time.
    fn shows(&self, page: &str, url: &str) -> bool {
        let digits = url.strip_prefix(self.before).and_then(|rest| rest.get(..DIGITS));
        let Some(digits) = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit())) else {
            return false;
        };
        // Written as it was asked for: an address inside another can be spelt otherwise than by itself.
        Address::parse(&format!("{}{digits}id_/{page}", self.before)).is_ok_and(|address| address.to_string() == url)
    }
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
    let replay = Replay::of(source);
    if text("via") == Some("memento") {
        let told = source.pointer("/memento/datetime").and_then(Value::as_str).and_then(Moment::parse);
        if replay.is_none() || told.is_none() || own.memento != told {
            return Some("memento".to_owned());
        }
    }
    let is_of = |page: &str, url: &str| replay.as_ref().map_or(page == url, |replay| replay.shows(page, url));
    if !text("finalUrl").is_some_and(|page| is_of(page, &own.url)) {
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
        if !own.responses.iter().any(|(own, number)| is_of(url, own) && status == Some(u64::from(*number))) {
            return Some("redirects".to_owned());
        }
    }
    None
}
