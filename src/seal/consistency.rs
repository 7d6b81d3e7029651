//! Step 9: whether the signed parts agree with each other.
//!
//! Each artefact may be as it was sealed and the seal still lie, if report, page and statement say different things. Only what
//! this version knows is compared, name by name: a later version of the program may add names and kinds to the same format.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{outcome::Outcome, sense, sheets, statement, strict_json};
use crate::{digest::Digest, report::wire::v1::VERSION};

/// How the element begins by which the page says which report it was made from. Text from a page is escaped and cannot hold it.
const MARK: &str = "<meta name=\"vidimus-report-sha256\"";

/// Says what is wrong, if anything is. `predicate` is verified, `report` and `html` are as they were sealed; the page may be
/// out of reach.
///
/// # Errors
/// The outcome and what disagrees.
pub(super) fn agree(predicate: &Value, report: &[u8], html: Option<&[u8]>) -> Result<(), (Outcome, String)> {
    let digest = Digest::of(report);
    let report =
        strict_json::parse_report(report).map_err(|why| (Outcome::Malformed, format!("report.json: {why}")))?;
    match report.get("report").and_then(Value::as_u64) {
        Some(version) if version == u64::from(VERSION) => {}
        Some(0) => return Err((Outcome::OlderFormat, "report.json is of version 0".to_owned())),
        Some(version) => return Err((Outcome::NewerFormat, format!("report.json is of version {version}"))),
        None => return Err((Outcome::Malformed, "report.json is no report".to_owned())),
    }
    let found = contradiction(predicate, &report)
        .or_else(|| sense::contradiction(predicate, &report))
        .or_else(|| page(html?, digest));
    match found {
        Some(why) => Err((Outcome::Inconsistent, why)),
        None => Ok(()),
    }
}

fn contradiction(predicate: &Value, report: &Value) -> Option<String> {
    if counted(report).is_none_or(|counts| report.get("summary") != Some(&counts)) {
        return Some("the findings in report.json are not those its summary counts".to_owned());
    }
    if predicate.get("generatedAt").is_none() || predicate.get("generatedAt") != report.get("generated_at") {
        return Some("report.json and the statement disagree about generatedAt".to_owned());
    }
    let parts = [("result", statement::result(report)), ("tool", statement::tool(report))];
    for (part, own) in parts {
        let names = match part {
            "result" => ["verdict", "disclosed", "summary", "limits", "coverage"].as_slice(),
            _ => ["name", "version"].as_slice(),
        };
        for name in names {
            let sealed = predicate.get(part).and_then(|sealed| sealed.get(name));
            if own.get(*name).is_none_or(|own| !same(name, sealed, own)) {
                return Some(format!("report.json and the statement disagree about {part}.{name}"));
            }
        }
    }
    for which in ["original", "copy"] {
        let own = report.get(which).map(statement::fields).unwrap_or_default();
        if let Some(name) = differs(predicate.get(which), &own) {
            return Some(format!("report.json and the statement disagree about {which}.{name}"));
        }
    }
    let sealed = predicate.get("witnesses").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    let own = statement::witnesses(report);
    if sealed.len() != own.len() {
        return Some("report.json and the statement disagree about how many witnesses there are".to_owned());
    }
    for (number, (sealed, own)) in (1..).zip(sealed.iter().zip(own)) {
        let edits = (sealed.get("edits") != own.edits.as_ref()).then_some("edits");
        if let Some(name) = differs(sealed.get("source"), &own.source).or(edits) {
            return Some(format!("report.json and the statement disagree about {name} of witness {number}"));
        }
    }
    None
}

/// Whether the page says that it was made from the report with `digest`.
fn page(html: &[u8], digest: Digest) -> Option<String> {
    let html = String::from_utf8_lossy(html);
    let mark = format!("{MARK} content=\"{digest}\">");
    if !html.contains(&mark) || html.matches(MARK).count() != 1 {
        return Some("report.html was made from another report than report.json".to_owned());
    }
    sense::foreign(&html, "report.html")
}

/// What the statement says otherwise of a source than the report does, if anything.
fn differs(sealed: Option<&Value>, own: &Map<String, Value>) -> Option<&'static str> {
    statement::field_names().find(|name| {
        let sealed = sealed.and_then(|sealed| sealed.get(name));
        !match own.get(*name) {
            Some(own) => same(name, sealed, own),
            // Of an archive's record a statement may say what this report does not: `verify` notes that it was not looked at.
            None => sealed.is_none() || *name == "memento",
        }
    })
}

/// Whether the statement says what the report says. Of digests and coverage it may say more, of nothing else.
fn same(name: &str, sealed: Option<&Value>, own: &Value) -> bool {
    match (sealed, own) {
        (Some(Value::Object(sealed)), Value::Object(own)) if ["digest", "coverage"].contains(&name) => {
            !own.is_empty() && own.iter().all(|(name, own)| sealed.get(name) == Some(own))
        }
        (Some(Value::Array(sealed)), Value::Array(own)) if name == "sheets" => sheets::same(sealed, own),
        (sealed, own) => sealed == Some(own),
    }
}

/// How many findings of each kind there are; `None` where they are no list of findings.
fn counted(report: &Value) -> Option<Value> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for finding in report.get("findings")?.as_array()? {
        *counts.entry(finding.get("kind")?.as_str()?).or_insert(0) += 1;
    }
    Some(counts.into_iter().map(|(kind, count)| (kind.to_owned(), Value::from(count))).collect())
}
