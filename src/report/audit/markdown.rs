//! The summary as Markdown: what a job's page, a pull request or a wiki shows. The gravest pairs only, so that it stays one page.

use std::fmt::Write as _;

use super::{Format, Out, Rule, gravest::Gravest, sentence};
use crate::{
    report::{
        escape::message,
        wire::audit::{Entry, Found, Head, Level, Outcome, Summary},
        words,
    },
    text::shorten,
};

/// How many pairs are named.
const NAMED: usize = 50;
/// How many things are named of each.
const THINGS: usize = 5;
/// Characters of a name or sentence.
const SHOWN: usize = 300;

/// The summary as Markdown.
#[derive(Debug)]
pub struct Markdown {
    plan: String,
    gravest: Gravest<String>,
}

impl Default for Markdown {
    fn default() -> Self {
        Self { plan: String::new(), gravest: Gravest::of(NAMED) }
    }
}

impl Format for Markdown {
    fn begin(&mut self, head: &Head, _: &mut Out) {
        self.plan.clone_from(&head.plan.path);
    }

    fn entry(&mut self, entry: &Entry, _: &mut Out) {
        self.gravest.take(entry, item);
    }

    fn finish(&mut self, summary: &Summary, out: &mut Out) {
        let text = &mut out.text;
        let (denied, warned) = (summary.pairs_of(Level::Deny), summary.pairs_of(Level::Warn));
        let name = summary.standing().name();
        // Writing to a text cannot fail.
        let _ = writeln!(
            text,
            "## {name}: {} of {} checked\n\n{}, {warned} with warnings, {} not checked. Plan: {}.\n",
            summary.checked,
            words::plural(summary.pairs, "pair"),
            words::failing(denied),
            summary.unchecked(),
            plain(&self.plan)
        );
        if summary.partial {
            text.push_str("**This is the result of a part of the plan only.**\n\n");
        }
        table(text, "Verdict", summary.verdicts.iter().map(|(name, count)| (name.clone(), count.to_string())));
        let rules = summary.rules.iter().filter(|(_, counts)| counts.deny + counts.warn + counts.accepted > 0);
        let counts = rules.map(|(name, counts)| {
            let title = Rule::of(name).map_or_else(|| name.clone(), Rule::title);
            (title, format!("{} denied, {} warned of, {} accepted", counts.deny, counts.warn, counts.accepted))
        });
        table(text, "Found", counts);
        for item in self.gravest.in_order() {
            text.push_str(item);
        }
        let more = self.gravest.left_out();
        if more > 0 {
            let _ = writeln!(text, "- and {more} more pairs");
        }
        if self.gravest.unchanged() > 0 {
            let _ = writeln!(text, "\n{}", super::as_before(self.gravest.unchanged()));
        }
        if !summary.resolved.is_empty() {
            let _ = writeln!(text, "\n{} accepted before and found no longer.", summary.resolved.len());
        }
    }
}

fn table(text: &mut String, head: &str, rows: impl Iterator<Item = (String, String)>) {
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return;
    }
    let _ = writeln!(text, "| {head} | |\n|---|---|");
    for (name, value) in rows {
        let _ = writeln!(text, "| {} | {} |", plain(&name), plain(&value));
    }
    text.push('\n');
}

fn item(entry: &Entry) -> String {
    let came = match &entry.outcome {
        Outcome::Checked(checked) => checked.verdict.slug(),
        Outcome::Unchecked(_) => "not checked",
    };
    let mut text = format!("- **{came}**: {}\n", plain(&entry.copy.locator));
    let mut counting: Vec<&Found> = entry.findings.iter().filter(|found| found.counts() > Level::Allow).collect();
    counting.sort_by_key(|found| std::cmp::Reverse((found.counts(), found.severity)));
    for found in counting.iter().take(THINGS) {
        let _ = writeln!(text, "  - {}: {}", found.counts().slug(), plain(&sentence(found, SHOWN)));
    }
    if counting.len() > THINGS {
        let _ = writeln!(text, "  - and {} more", counting.len() - THINGS);
    }
    text
}

/// Text of which nothing is Markdown, HTML, a link or a call to somebody.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in message(&shorten::to(text, SHOWN)).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A backslash does not keep these from being a link or a name.
            '@' | ':' | '/' => out.push_str(&format!("&#{};", u32::from(c))),
            c if c.is_ascii_punctuation() && !matches!(c, ',' | ';' | '\'' | '"' | '%' | '?') => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
