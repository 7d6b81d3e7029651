//! JSON Lines: the record of an audit. A line for the head, one for each pair, one for the summary at the end; a file without that
//! last line was broken off while it was written.

use serde::Serialize;

use super::{Format, Out};
use crate::{
    digest::Hasher,
    report::{
        escape,
        wire::audit::{Entry, Head, Line, Summary, VERSION},
    },
};

/// The record of an audit as JSON Lines.
#[derive(Default)]
pub struct Lines {
    written: Hasher,
}

impl Lines {
    fn put(&mut self, line: &str, out: &mut Out) {
        self.written.update(line.as_bytes());
        out.text.push_str(line);
    }
}

impl Format for Lines {
    fn begin(&mut self, told: &Head, out: &mut Out) {
        self.put(&line(&Lent::Head(told)), out);
    }

    fn entry(&mut self, told: &Entry, out: &mut Out) {
        self.put(&line(&Lent::Entry(told)), out);
    }

    fn finish(&mut self, told: &Summary, out: &mut Out) {
        let written = std::mem::take(&mut self.written).finish();
        out.text.push_str(&line(&Lent::Summary(&Summary { lines_sha256: written.to_string(), ..told.clone() })));
    }
}

/// A record that is read again, line by line: what is told of it is what was written, all of it and in its order.
#[derive(Default)]
pub struct Reading {
    read: Hasher,
    pairs: Option<u64>,
    entries: u64,
}

impl Reading {
    /// Takes in the next line, with its end.
    ///
    /// # Errors
    /// What is wrong with it, in one clause: it is none of ours, it does not belong here, or lines before it are not what they were.
    pub fn line(&mut self, text: &str) -> Result<Line, String> {
        let line = read(text)?;
        match (&line, self.pairs) {
            (Line::Head(head), None) => self.pairs = Some(head.plan.pairs),
            (Line::Entry(entry), Some(_)) if entry.index == self.entries => self.entries += 1,
            (Line::Entry(entry), Some(_)) => {
                return Err(format!("the entry {} stands where {} belongs", entry.index, self.entries));
            }
            (Line::Summary(_), Some(pairs)) if pairs != self.entries => {
                return Err(format!("there are {} entries before it, of {pairs} pairs", self.entries));
            }
            (Line::Summary(summary), Some(_)) => {
                let read = std::mem::take(&mut self.read).finish().to_string();
                if read != summary.lines_sha256 {
                    return Err("the lines before it are not those that were written".to_owned());
                }
                self.pairs = None;
            }
            (Line::Head(_), Some(_)) | (Line::Entry(_) | Line::Summary(_), None) => {
                return Err("it does not belong here".to_owned());
            }
        }
        self.read.update(text.as_bytes());
        Ok(line)
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
