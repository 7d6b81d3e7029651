//! SARIF 2.1.0 (OASIS), as GitHub's code scanning takes it: every thing that counts, or that a baseline accepts, is a result in a
//! file of the repository.
//!
//! A copy that lies in the repository is where its results are; what was found on a page of the web is laid to the plan that
//! names it. What the plan allows is in the other outputs: code scanning keeps only so many results.

use serde_json::{Value, json};

use super::{Format, Out, Rule, beside, sentence, spot};
use crate::{
    check::Anchor,
    report::{
        escape::{self, visible},
        wire::audit::{Entry, Found, Head, Level, Outcome, Resolved, Summary},
    },
    text::shorten,
};

/// Where the project is explained, for readers of results.
const HOME: &str = "https://docs.rs/vidimus";

/// Characters of a passage that a message shows.
const PASSAGE: usize = 300;

/// Results as SARIF.
#[derive(Clone, Debug, Default)]
pub struct Sarif {
    plan: String,
    any: bool,
}

impl Format for Sarif {
    fn begin(&mut self, head: &Head, out: &mut Out) {
        self.plan.clone_from(&head.plan.path);
        let rules: Vec<Value> = Rule::all().into_iter().map(rule).collect();
        let driver = json!({
            "name": head.tool.name,
            "semanticVersion": head.tool.version,
            "informationUri": HOME,
            "rules": rules,
        });
        let head = json!({ "tool": { "driver": driver } }).to_string();
        out.text.push_str(
            "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[",
        );
        // The run stays open for its results.
        out.text.push_str(&escape::json(head.strip_suffix('}').unwrap_or(&head)));
        out.text.push_str(
            ",\n\"automationDetails\":{\"id\":\"vidimus/\"},\"columnKind\":\"unicodeCodePoints\",\n\"results\":[",
        );
    }

    fn entry(&mut self, entry: &Entry, out: &mut Out) {
        let told = entry.findings.iter().filter(|found| found.level > Level::Allow);
        for found in told {
            let value = result(entry, found, &self.plan);
            self.put(&value, out);
        }
    }

    fn finish(&mut self, summary: &Summary, out: &mut Out) {
        for one in &summary.resolved {
            let value = resolved(one, &self.plan);
            self.put(&value, out);
        }
        let invocation = json!([{ "executionSuccessful": !summary.partial && summary.checked > 0 }]);
        out.text.push_str(&format!("\n],\n\"invocations\":{invocation}}}]}}\n"));
    }
}

impl Sarif {
    fn put(&mut self, value: &Value, out: &mut Out) {
        out.text.push_str(if self.any { ",\n" } else { "\n" });
        self.any = true;
        out.text.push_str(&escape::json(&value.to_string()));
    }
}

/// What a rule is, for every result that names it.
fn rule(rule: Rule) -> Value {
    let title = rule.title();
    let sentence = |text: &str| {
        let mut chars = text.chars();
        let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
        let text = format!("{first}{}", chars.as_str());
        if text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
    };
    let mut value = json!({
        "id": rule.slug(),
        "shortDescription": { "text": sentence(&title) },
        "fullDescription": { "text": sentence(&rule.help()) },
        "help": { "text": rule.help(), "markdown": rule.help() },
        "helpUri": HOME,
        "defaultConfiguration": { "level": "warning" },
        "properties": { "tags": ["provenance"], "precision": "high", "problem.severity": "warning" },
    });
    // A name that is the id again is none.
    if rule.slug().contains('-') {
        set(&mut value, "name", name(&rule.slug()).into());
    }
    value
}

/// A slug as SARIF has names: `text-deleted` is `TextDeleted`.
fn name(slug: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        chars.next().map(|c| format!("{}{}", c.to_ascii_uppercase(), chars.as_str())).unwrap_or_default()
    };
    slug.split('-').map(word).collect()
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Allow => "note",
        Level::Warn => "warning",
        Level::Deny => "error",
    }
}

fn result(entry: &Entry, found: &Found, plan: &str) -> Value {
    let (file, line) = spot(plan, entry, found);
    let mut result = json!({
        "ruleId": found.rule,
        "level": level(found.level),
        "message": { "text": message(entry, found) },
        "locations": [location(&file, line, found.copy.as_ref())],
        "partialFingerprints": fingerprints(&found.fingerprint),
        "baselineState": found.state.slug(),
        "properties": { "pair": entry.id, "copy": visible(&entry.copy.locator), "original": visible(&entry.original.locator) },
    });
    if let Some(index) = index(&found.rule) {
        set(&mut result, "ruleIndex", index.into());
    }
    if entry.unchanged {
        set(&mut result["properties"], "unchanged", true.into());
    }
    if let (Some(path), Outcome::Checked(_)) = (&entry.original.path, &entry.outcome) {
        let mut related = location(&beside(plan, path), 1, None);
        set(&mut related, "message", json!({ "text": "The original." }));
        set(&mut related, "id", 1.into());
        set(&mut result, "relatedLocations", json!([related]));
    }
    if let Some(accepted) = found.accepted.as_ref().filter(|accepted| !accepted.expired) {
        let until = accepted.expires.as_ref().map(|day| format!(", until {day}")).unwrap_or_default();
        let why = visible(&format!("{} ({}{until})", accepted.reason, accepted.author));
        set(&mut result, "suppressions", json!([{ "kind": "external", "status": "accepted", "justification": why }]));
    }
    result
}

/// Something that is there no longer.
fn resolved(one: &Resolved, plan: &str) -> Value {
    json!({
        "ruleId": one.rule,
        "kind": "pass",
        "level": "none",
        "message": { "text": format!("No longer found in {}: {}", visible(&one.copy), visible(&one.message)) },
        "locations": [location(plan, 1, None)],
        "partialFingerprints": fingerprints(&one.fingerprint),
        "baselineState": "absent",
    })
}

fn fingerprints(own: &str) -> Value {
    json!({ "vidimus/v1": own, "primaryLocationLineHash": format!("{own}:1") })
}

fn set(value: &mut Value, name: &str, to: Value) {
    if let Some(object) = value.as_object_mut() {
        object.insert(name.to_owned(), to);
    }
}

fn index(slug: &str) -> Option<usize> {
    Rule::all().iter().position(|rule| rule.slug() == slug)
}

/// A place in a file. Where in the line the passage is, is told by its words.
fn location(path: &str, line: u64, passage: Option<&Anchor>) -> Value {
    let mut region = json!({ "startLine": line });
    if let Some(passage) = passage {
        set(&mut region, "message", json!({ "text": visible(&shorten::to(&passage.exact, PASSAGE)) }));
    }
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(path), "uriBaseId": "%SRCROOT%" },
            "region": region,
        }
    })
}

/// A path as a relative reference (RFC 3986): everything that is not plain is given by its bytes.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn message(entry: &Entry, found: &Found) -> String {
    let mut text = visible(&sentence(found, PASSAGE));
    if !text.ends_with(['.', '!', '?', '”']) {
        text.push('.');
    }
    text.push_str(&format!(" Copy: {}.", visible(&entry.copy.locator)));
    text
}
