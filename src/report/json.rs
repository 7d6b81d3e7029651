//! The report as JSON: the format itself, indented for reading, with a newline at the end. The same report, the same bytes.
//! It may be printed to a terminal or a CI log, so what could steer one is escaped in it.

use serde::Serialize;

use super::{Report, escape};

/// Writes `report` out.
pub fn render(report: &Report) -> String {
    write(report)
}

/// Reads a report again.
///
/// # Errors
/// Why it is none, in one clause.
pub fn read(bytes: &[u8]) -> Result<Report, String> {
    serde_json::from_slice(bytes).map_err(|error| format!("no report of vidimus: {error}"))
}

/// Writes anything of the formats under [`super::wire`] out.
///
/// # Panics
/// Never: they hold nothing but text, numbers and maps with text for keys, and those always have a JSON form.
pub fn write(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).expect("a report always has a JSON form");
    text.push('\n');
    escape::json(&text)
}
