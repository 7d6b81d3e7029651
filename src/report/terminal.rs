//! The report for a terminal: the verdict first, then what to worry about, gravest first, each in its sentence.
//!
//! Nothing is said by colour alone: `[-gone-]`, `{+come+}`, `**set off**`. Everything from a page goes through `escape`. The only
//! file that names `textwrap` and, with it, measures columns.

mod paint;

use std::fmt::Write as _;

use textwrap::Options;

use self::paint::{Paint, Tone};
use super::{Report, Source, escape::visible, words};
use crate::check::{Anchor, Class, Finding, Kind, Severity};

/// How the terminal is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// How many columns there are.
    pub columns: usize,
    /// Whether colour is used.
    pub colour: bool,
}

/// Characters of a passage that are shown; longer ones lose their middle.
const PASSAGE: usize = 320;

/// Findings of one severity that are shown one by one; the rest is counted.
const LISTED: usize = 60;

/// Writes `report` for people.
pub fn render(report: &Report, look: Look) -> String {
    let mut page = Page { out: String::new(), columns: look.columns.max(40), paint: Paint { on: look.colour } };
    page.head(report);
    page.findings(report);
    page.claims(report);
    page.aside(report);
    page.sources(report);
    page.out
}

struct Page {
    out: String,
    columns: usize,
    paint: Paint,
}

impl Page {
    /// Adds a paragraph: `first` before its first line, as many spaces before the others.
    fn paragraph(&mut self, first: &str, width: usize, text: &str) {
        let rest = " ".repeat(width);
        let options = Options::new(self.columns).initial_indent(first).subsequent_indent(&rest);
        for line in textwrap::wrap(text, options) {
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    fn heading(&mut self, text: &str) {
        let _ = writeln!(self.out, "\n{}", self.paint.set(Tone::Heading, text));
    }

    fn head(&mut self, report: &Report) {
        let (name, sentence) = words::verdict(report.verdict);
        let name = self.paint.verdict(report.verdict, &name.to_uppercase());
        let indent = String::new();
        self.paragraph(&indent, 0, &format!("{name}  {sentence}"));
        self.paragraph(&indent, 0, &format!("{} {}", words::counts(report), words::disclosed(report.disclosed)));
        for limit in &report.limits {
            let text = format!("Not checked: {}", visible(&limit.message));
            self.paragraph(&indent, 0, &self.paint.set(Tone::Warning, &text));
        }
    }

    fn findings(&mut self, report: &Report) {
        let framing = |finding: &&Finding| finding.class == Class::Framing && finding.severity == Severity::Note;
        for (severity, title) in
            [(Severity::Error, "Errors"), (Severity::Warning, "Warnings"), (Severity::Note, "Notes")]
        {
            let list: Vec<&Finding> =
                report.findings.iter().filter(|one| one.severity == severity && !framing(one)).collect();
            if list.is_empty() {
                continue;
            }
            self.heading(title);
            for finding in list.iter().take(LISTED) {
                self.finding(finding);
            }
            if let Some(more) = list.len().checked_sub(LISTED).filter(|more| *more > 0) {
                self.paragraph("  ", 2, &format!("… and {more} more; --format json or html lists them all."));
            }
        }
        let around: Vec<&Finding> = report.findings.iter().filter(framing).collect();
        if !around.is_empty() {
            self.heading("Around the text (framing)");
            for finding in around.iter().take(LISTED) {
                self.framing(finding);
            }
        }
    }

    fn finding(&mut self, finding: &Finding) {
        let styles = finding.styles.iter().map(|style| style.slug());
        let touches: Vec<&str> = styles.chain(finding.facets.iter().map(|facet| facet.slug())).collect();
        let touches = if touches.is_empty() { String::new() } else { format!(" ({})", touches.join(", ")) };
        let declared = if finding.declared_by.is_some() { ", announced by the copy" } else { "" };
        let name = self.paint.severity(finding.severity, words::kind(finding.kind));
        self.paragraph("  ", 4, &format!("{name}{touches}{declared}"));
        let text = self.in_context(finding);
        self.paragraph("    ", 4, &text);
    }

    /// The passage in its sentence, with signs for what happened to it.
    fn in_context(&self, finding: &Finding) -> String {
        let gone = |anchor: &Anchor| self.paint.set(Tone::Gone, &format!("[-{}-]", shortened(&anchor.exact)));
        let come = |anchor: &Anchor| self.paint.set(Tone::Come, &format!("{{+{}+}}", shortened(&anchor.exact)));
        let set_off = |anchor: &Anchor| self.paint.set(Tone::SetOff, &format!("**{}**", shortened(&anchor.exact)));
        let around = |anchor: &Anchor, middle: String| {
            let (before, after) = words::context(anchor);
            format!("{}{middle}{}", visible(&before), visible(&after))
        };
        match (finding.kind, &finding.original, &finding.copy) {
            (Kind::TextInserted, _, Some(copy)) => around(copy, come(copy)),
            (Kind::TextDeleted, Some(original), _) => around(original, gone(original)),
            (Kind::TextReplaced | Kind::Lookalike, Some(original), Some(copy)) => {
                around(copy, format!("{}{}", gone(original), come(copy)))
            }
            (Kind::EmphasisAdded, _, Some(copy)) => around(copy, set_off(copy)),
            (Kind::EmphasisRemoved, Some(original), _) => around(original, set_off(original)),
            (Kind::TextMoved, _, Some(copy)) => {
                self.paint.set(Tone::SetOff, &format!("[>{}<]", shortened(&copy.exact)))
            }
            (_, _, _) => visible(&finding.message),
        }
    }

    fn framing(&mut self, finding: &Finding) {
        let name = words::kind(finding.kind);
        let text = finding.copy.as_ref().map_or_else(|| visible(&finding.message), |copy| shortened(&copy.exact));
        let target = finding.href.as_deref().map_or(String::new(), |href| format!(" → {}", shortened(href)));
        let text = if finding.kind == Kind::Media { visible(&finding.message) } else { text };
        self.paragraph(&format!("  {name:<14}"), 16, &format!("{text}{target}"));
    }

    fn claims(&mut self, report: &Report) {
        if report.claims.is_empty() {
            return;
        }
        self.heading("What the copy says of its origin");
        for claim in &report.claims {
            let (sign, status) = words::status(claim.status);
            let kind = words::claim(claim.kind);
            let text = format!("{kind}: “{}”, {}", shortened(&claim.text), self.paint.status(claim.status, status));
            self.paragraph(&format!("  {sign} "), 4, &text);
            self.paragraph("    ", 4, &visible(&claim.evidence));
        }
    }

    fn aside(&mut self, report: &Report) {
        if report.furniture.is_empty() {
            return;
        }
        let mut roles = std::collections::BTreeMap::new();
        for furniture in &report.furniture {
            *roles.entry(visible(&furniture.role)).or_insert(0) += furniture.words;
        }
        let list: Vec<String> = roles.iter().map(|(role, words)| format!("{role} ({words} words)")).collect();
        self.heading("Set aside as the site's furniture");
        self.paragraph("  ", 2, &list.join(", "));
    }

    fn sources(&mut self, report: &Report) {
        self.heading("Sources");
        self.source("original", &report.original);
        self.source("copy", &report.copy);
        self.out.push('\n');
        for text in words::PROVES {
            self.paragraph("", 0, text);
        }
    }

    fn source(&mut self, name: &str, source: &Source) {
        self.paragraph(&format!("  {name:<10}"), 12, &visible(&source.locator));
        let note = source.note.as_deref().map(|note| format!("Described by whoever handed it over: {}", visible(note)));
        for line in note.into_iter().chain([format!("sha256 {}", source.sha256), visible(&words::assurance(source))]) {
            self.paragraph(&" ".repeat(12), 12, &line);
        }
    }
}

/// A passage without its middle, made visible.
fn shortened(text: &str) -> String {
    let count = text.chars().count();
    if count <= PASSAGE {
        return visible(text);
    }
    let head: String = text.chars().take(PASSAGE / 2).collect();
    let tail: String = text.chars().skip(count - PASSAGE / 3).collect();
    format!("{} […] {}", visible(head.trim_end()), visible(tail.trim_start()))
}
