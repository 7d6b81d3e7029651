//! The report as JSON: the format itself, indented for reading, with a newline at the end. The same report, the same bytes.
//! It may be printed to a terminal or a CI log, so what could steer one is escaped in it.

use super::{Report, escape};

/// Writes `report` out.
///
/// # Panics
/// Never: a report holds nothing but text, numbers and maps with text for keys, and those always have a JSON form.
pub fn render(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(report).expect("a report always has a JSON form");
    text.push('\n');
    escape::json(&text)
}
