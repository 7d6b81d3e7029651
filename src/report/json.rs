//! The report as JSON: the format itself, indented for reading, with a newline at the end. The same report, the same bytes.
//! It may be printed to a terminal or a CI log, so what could steer one is escaped in it.

use serde::Serialize;

use super::{Report, escape};

/// Writes `report` out.
pub fn render(report: &Report) -> String {
    write(report)
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
