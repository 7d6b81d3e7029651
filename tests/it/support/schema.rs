//! Reports as a stranger's program reads them: valid by the published schema, then typed. The only file that names `jsonschema`.

use std::sync::LazyLock;

use jsonschema::Validator;
use serde_json::Value;
use vidimus::{
    Report,
    report::wire::{
        audit::{Entry, Head, Line, Summary},
        history::HistoryReport,
    },
};

/// The published schema of reports, version 1.
pub const SCHEMA: &str = "docs/formats/report-v1.schema.json";

/// The published schema of what `quotes` prints, version 1.
pub const QUOTES: &str = "docs/formats/quotes-v1.schema.json";

/// The published schema of what `history` prints, version 1.
pub const HISTORY: &str = "docs/formats/history-v1.schema.json";

/// The published schema of what `snapshots list` prints, version 1.
pub const SNAPSHOTS: &str = "docs/formats/snapshots-v1.schema.json";

static SNAPSHOTS_VALIDATOR: LazyLock<Validator> = LazyLock::new(|| validator(SNAPSHOTS));

static HISTORY_VALIDATOR: LazyLock<Validator> = LazyLock::new(|| validator(HISTORY));
/// The published schema of what `collate` prints, version 1.
pub const COLLATION: &str = "docs/formats/collation-v1.schema.json";

static COLLATION_VALIDATOR: LazyLock<Validator> = LazyLock::new(|| validator(COLLATION));

static QUOTES_VALIDATOR: LazyLock<Validator> = LazyLock::new(|| validator(QUOTES));

static VALIDATOR: LazyLock<Validator> = LazyLock::new(|| validator(SCHEMA));

fn validator(path: &str) -> Validator {
    let schema: Value = serde_json::from_str(&super::read(path)).unwrap();
    jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap()
}

/// What the schema of `quotes` has against `report`, a line each; nothing if it is valid.
pub fn quote_faults(report: &Value) -> Vec<String> {
    QUOTES_VALIDATOR.iter_errors(report).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

/// Reads what `history --format json` printed. Fails unless it is valid.
#[track_caller]
pub fn history(text: &str) -> HistoryReport {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("no JSON: {error}\n{text}"));
    let faults: Vec<String> = HISTORY_VALIDATOR.iter_errors(&value).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "the history breaks {HISTORY}:\n{}\n{text}", faults.join("\n"));
    serde_json::from_value(value).unwrap_or_else(|error| panic!("no history: {error}\n{text}"))
}

/// Reads what `snapshots list --format json` printed. Fails unless it is valid.
#[track_caller]
pub fn snapshots(text: &str) -> Value {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("no JSON: {error}\n{text}"));
    let faults: Vec<String> = SNAPSHOTS_VALIDATOR.iter_errors(&value).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "the list breaks {SNAPSHOTS}:\n{}\n{text}", faults.join("\n"));
    value
}

/// What the schema of `collate` has against `report`, a line each; nothing if it is valid.
pub fn collation_faults(report: &Value) -> Vec<String> {
    COLLATION_VALIDATOR.iter_errors(report).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

/// Whether the published schema is itself one, by the rules for schemas.
pub fn is_sound() -> bool {
    jsonschema::draft202012::meta::is_valid(&serde_json::from_str(&super::read(SCHEMA)).unwrap())
}

/// What the schema has against `report`, a line each; nothing if it is valid.
pub fn faults(report: &Value) -> Vec<String> {
    VALIDATOR.iter_errors(report).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

/// Reads what `check --format json` printed. Fails unless it is a valid report.
#[track_caller]
pub fn report(text: &str) -> Report {
    let value: Value = serde_json::from_str(text).unwrap_or_else(|error| panic!("no JSON: {error}\n{text}"));
    let faults = faults(&value);
    assert!(faults.is_empty(), "the report breaks {SCHEMA}:\n{}\n{text}", faults.join("\n"));
    serde_json::from_value(value).unwrap_or_else(|error| panic!("no report: {error}\n{text}"))
}

/// The published schema of a line that `audit` writes, version 1.
pub const AUDIT: &str = "docs/formats/audit-v1.schema.json";

/// The published schema of plans, version 1.
pub const PLAN: &str = "docs/formats/plan-v1.schema.json";

static AUDIT_VALIDATOR: LazyLock<Validator> = LazyLock::new(|| validator(AUDIT));
static PLAN_VALIDATOR: LazyLock<Validator> = LazyLock::new(|| validator(PLAN));

/// Reads what `audit` wrote. Fails unless each line is valid and there are a head, entries in order and a summary.
#[track_caller]
pub fn audit(text: &str) -> (Head, Vec<Entry>, Summary) {
    let (mut head, mut entries, mut summary) = (None, Vec::new(), None);
    for line in text.lines() {
        let value: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("no JSON: {error}\n{line}"));
        let faults: Vec<String> =
            AUDIT_VALIDATOR.iter_errors(&value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "the line breaks {AUDIT}:\n{}\n{line}", faults.join("\n"));
        assert!(summary.is_none(), "the summary is the last line");
        match vidimus::report::audit::read(line).unwrap_or_else(|error| panic!("{error}\n{line}")) {
            Line::Head(told) => assert!(head.replace(told).is_none() && entries.is_empty(), "one head, and first"),
            Line::Entry(told) => entries.push(*told),
            Line::Summary(told) => summary = Some(*told),
        }
    }
    let indexes: Vec<u64> = entries.iter().map(|entry| entry.index).collect();
    assert!(indexes.is_sorted(), "{indexes:?}");
    (head.expect("a head"), entries, summary.expect("a summary"))
}

/// What the schema of plans has against `plan`, a line each; nothing if it is valid.
pub fn plan_faults(plan: &Value) -> Vec<String> {
    PLAN_VALIDATOR.iter_errors(plan).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}
