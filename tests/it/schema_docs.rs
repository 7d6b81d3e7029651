//! The pages about the report and about `check` name everything there is, and nothing there is not.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{files, read, schema};

const REPORT: &str = "docs/formats/report.md";
const CHECK: &str = "docs/commands/check.md";

/// Everything a page sets in code.
fn named(page: &str) -> BTreeSet<String> {
    read(page).split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The codes of limits in our sources: what follows `note(` or `code:` and is a quoted name.
fn codes() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for path in files("src").into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs")) {
        let text = read(path);
        for before in ["note(", "code: "] {
            for rest in text.split(before).skip(1) {
                let code = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
                found.extend(code.map(str::to_owned));
            }
        }
    }
    found
}

#[test]
fn every_limit_is_explained_and_every_explained_limit_exists() {
    let page = read(REPORT);
    let (_, list) = page.split_once("\n## Limits\n").unwrap();
    let explained = list.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).map(str::to_owned);
    assert_eq!(explained.collect::<BTreeSet<_>>(), codes());
    assert!(codes().len() > 10);
}

#[test]
fn every_field_is_explained() {
    fn keys(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => fields.iter().for_each(|(name, value)| {
                // Its fields are the kinds of findings, which have pages of their own.
                if name != "summary" {
                    keys(value, found);
                }
                found.insert(name.clone());
            }),
            Value::Array(values) => values.iter().for_each(|value| keys(value, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let mut fields = BTreeSet::new();
    for path in
        files("snapshots").into_iter().filter(|path| path.ends_with("report.json") || path.ends_with("report-v1.json"))
    {
        keys(&serde_json::from_str(&read(path)).unwrap(), &mut fields);
    }
    assert!(fields.len() > 50, "{fields:?}");
    let explained = named(REPORT);
    let missing: Vec<_> = fields.difference(&explained).collect();
    assert!(missing.is_empty(), "{REPORT} does not explain {missing:?}");
}

#[test]
fn every_name_of_the_vocabulary_is_explained() {
    let schema: Value = serde_json::from_str(&read(schema::SCHEMA)).unwrap();
    let explained = named(REPORT);
    for place in [
        "/properties/verdict/enum",
        "/properties/disclosed/enum",
        "/$defs/source/properties/via/enum",
        "/$defs/source/properties/assurance/enum",
        "/$defs/finding/properties/class/enum",
        "/$defs/finding/properties/severity/enum",
        "/$defs/claim/properties/kind/enum",
        "/$defs/claim/properties/status/enum",
    ] {
        for name in schema.pointer(place).and_then(Value::as_array).unwrap() {
            assert!(explained.contains(name.as_str().unwrap()), "{REPORT} does not explain {name}");
        }
    }
}

#[test]
fn every_option_is_explained_and_every_explained_option_exists() {
    let options = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        words
            .filter(|word| word.len() > 2 && word.starts_with("--") && !word.starts_with("---"))
            .map(str::to_owned)
            .collect()
    };
    let mut help = options(&read("snapshots/cli/check.txt"));
    help.retain(|option| option != "--help" && option != "--version");
    assert_eq!(options(&read(CHECK)), help);
}
