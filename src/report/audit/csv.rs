//! CSV (RFC 4180) for spreadsheets and scripts: a row for every thing found, and one for a pair with nothing.

use super::{Format, Out};
use crate::{
    report::{
        escape::message,
        wire::audit::{Entry, Found, Head, Outcome, Summary},
    },
    text::shorten,
};

/// The columns; none is ever moved or taken out.
const COLUMNS: [&str; 22] = [
    "index",
    "pair",
    "rule",
    "copy",
    "original",
    "outcome",
    "verdict",
    "disclosed",
    "coverage",
    "reason",
    "finding",
    "severity",
    "level",
    "counts",
    "state",
    "accepted_by",
    "expires",
    "message",
    "original_words",
    "copy_words",
    "line",
    "unchanged",
];

/// Characters of a cell.
const CELL: usize = 2000;

/// Findings as rows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Csv;

impl Format for Csv {
    fn begin(&mut self, _: &Head, out: &mut Out) {
        row(out, COLUMNS.map(str::to_owned));
    }

    fn entry(&mut self, entry: &Entry, out: &mut Out) {
        if entry.findings.is_empty() {
            row(out, cells(entry, None));
        }
        for found in &entry.findings {
            row(out, cells(entry, Some(found)));
        }
    }

    fn finish(&mut self, _: &Summary, _: &mut Out) {}
}

fn cells(entry: &Entry, found: Option<&Found>) -> [String; 22] {
    let (outcome, verdict, disclosed, coverage, reason) = match &entry.outcome {
        Outcome::Checked(own) => {
            let coverage = format!("{:.4}", own.coverage.share);
            ("checked", own.verdict.slug(), own.disclosed.slug(), coverage, "")
        }
        Outcome::Unchecked(own) => ("unchecked", "", "", String::new(), own.reason.as_str()),
    };
    let of = |cell: fn(&Found) -> String| found.map(cell).unwrap_or_default();
    let texts = [
        entry.index.to_string(),
        entry.id.clone(),
        entry.rule.clone(),
        entry.copy.locator.clone(),
        entry.original.locator.clone(),
        outcome.to_owned(),
        verdict.to_owned(),
        disclosed.to_owned(),
        coverage,
        reason.to_owned(),
        of(|own| own.rule.clone()),
        of(|own| own.severity.slug().to_owned()),
        of(|own| own.level.slug().to_owned()),
        of(|own| own.counts().slug().to_owned()),
        of(|own| own.state.slug().to_owned()),
        of(|own| own.accepted.as_ref().map_or(String::new(), |accepted| accepted.author.clone())),
        of(|own| own.accepted.as_ref().and_then(|accepted| accepted.expires.clone()).unwrap_or_default()),
        of(|own| own.message.clone()),
        of(|own| own.original.as_ref().map_or(String::new(), |anchor| anchor.exact.clone())),
        of(|own| own.copy.as_ref().map_or(String::new(), |anchor| anchor.exact.clone())),
        of(|own| own.line.map_or(String::new(), |line| line.to_string())),
        if entry.unchanged { "yes" } else { "" }.to_owned(),
    ];
    texts.map(|text| cell(&text))
}

fn row(out: &mut Out, cells: [String; 22]) {
    out.text.push_str(&cells.join(","));
    out.text.push_str("\r\n");
}

/// A cell in quotes where it needs them. What a spreadsheet would run as a formula is given an apostrophe.
fn cell(text: &str) -> String {
    let mut text = message(&shorten::to(text, CELL));
    if text.starts_with(['=', '+', '-', '@']) {
        text.insert(0, '\'');
    }
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
