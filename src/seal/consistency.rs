//! Step 9: whether the signed parts agree with each other.
//!
//! Each artefact may be as it was sealed and the seal still lie, if report, page and statement say different things.

use std::collections::BTreeMap;

use serde_json::Value;

use super::statement;
use crate::{digest::Digest, report::Report};

/// Says what disagrees, if anything does. `predicate` is verified, `report` and `html` are as they were sealed.
pub(super) fn contradiction(predicate: &Value, report: &[u8], html: &[u8]) -> Option<String> {
    let parsed: Report = match serde_json::from_slice(report) {
        Ok(parsed) => parsed,
        Err(error) => return Some(format!("report.json is no report of version 1: {error}")),
    };
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for finding in &parsed.findings {
        *counts.entry(finding.kind.slug().to_owned()).or_insert(0) += 1;
    }
    if counts != parsed.summary {
        return Some("the findings in report.json are not those its summary counts".to_owned());
    }
    let result = statement::result(&parsed);
    let tool = serde_json::json!({ "name": parsed.tool.name, "version": parsed.tool.version });
    let generated = Value::String(parsed.generated_at.to_string());
    for (name, own) in [("result", &result), ("tool", &tool), ("generatedAt", &generated)] {
        if predicate.get(name) != Some(own) {
            return Some(format!("report.json and the statement disagree about {name}"));
        }
    }
    for (name, source) in [("original", &parsed.original), ("copy", &parsed.copy)] {
        for (field, value) in statement::fields(source) {
            if predicate.get(name).and_then(|sealed| sealed.get(&field)) != Some(&value) {
                return Some(format!("report.json and the statement disagree about the {name}'s {field}"));
            }
        }
    }
    let mark = format!("<meta name=\"vidimus-report-sha256\" content=\"{}\">", Digest::of(report));
    if !String::from_utf8_lossy(html).contains(&mark) {
        return Some("report.html was made from another report than report.json".to_owned());
    }
    None
}
