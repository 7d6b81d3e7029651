//! JSON Lines: the record of an audit. A line for the head, one for each pair, one for the summary at the end; a file without that
//! last line was broken off while it was written.

use serde::Serialize;

use super::{Format, Out};
use crate::report::{
    escape,
    wire::audit::{Entry, Head, Line, Summary, VERSION},
};

/// The record of an audit as JSON Lines.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lines;

impl Format for Lines {
    fn begin(&mut self, told: &Head, out: &mut Out) {
        out.text.push_str(&head(told));
    }

    fn entry(&mut self, told: &Entry, out: &mut Out) {
        out.text.push_str(&entry(told));
    }

    fn finish(&mut self, told: &Summary, out: &mut Out) {
        out.text.push_str(&summary(told));
    }
}

/// The same as [`Line`], of what is only lent.
#[derive(Serialize)]
#[serde(tag = "line", rename_all = "kebab-case")]
enum Lent<'a> {
    Head(&'a Head),
    Entry(&'a Entry),
    Summary(&'a Summary),
}

/// The line of a head, with its end.
pub fn head(head: &Head) -> String {
    line(&Lent::Head(head))
}

/// The line of an entry, with its end.
pub fn entry(entry: &Entry) -> String {
    line(&Lent::Entry(entry))
}

/// The line of a summary, with its end.
pub fn summary(summary: &Summary) -> String {
    line(&Lent::Summary(summary))
}

/// # Panics
/// Never: what is written holds nothing but text, numbers and maps with names for keys.
fn line(value: &Lent<'_>) -> String {
    let mut text = serde_json::to_string(value).expect("a line of an audit always has a JSON form");
    text.push('\n');
    escape::json(&text)
}

/// Reads a line again; its end may be missing.
///
/// # Errors
/// What is wrong with it, in one clause.
pub fn read(line: &str) -> Result<Line, String> {
    let line: Line = serde_json::from_str(line.trim_end()).map_err(|error| format!("no line of an audit: {error}"))?;
    match &line {
        Line::Head(head) if head.audit > VERSION => {
            Err(format!("it is of version {}, which is later than this build reads", head.audit))
        }
        Line::Head(head) if head.audit < VERSION => {
            Err(format!("it is of version {}, which this build no longer reads", head.audit))
        }
        Line::Head(_) | Line::Entry(_) | Line::Summary(_) => Ok(line),
    }
}
