//! The report for a terminal: the verdict first, then what weighs, gravest first, each in its sentence.
//!
//! Nothing is said by colour alone: passages are named `original` and `copy`, and the words concerned stand in `[ ]`. Every
//! error is listed; milder findings that are alike are shown once, and beyond a number of them counted. Everything from a page
//! goes through `escape`. `passages` writes the findings, `quotes` what it quotes, `collation` sets versions side by side, `history` shows what an archive has, `around` what the copy puts around the text and says of itself,
//! `paint` knows the colours. This is the only file that names `textwrap` and, with it, measures columns.

mod around;
mod collation;
mod history;
mod paint;
mod passages;
mod quotes;

pub use collation::collation;
pub use history::history;
pub use quotes::quotes;

use textwrap::{Options, WordSplitter};

use self::paint::Paint;
pub(super) use self::paint::Tone;
use super::{Report, Source, escape::visible, words};
use crate::{
    check::{ClaimStatus, Disclosed},
    text::shorten,
};

/// How the terminal is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// How many columns there are.
    pub columns: usize,
    /// Whether colour is used.
    pub colour: bool,
}

/// Writes `report` for people.
pub fn render(report: &Report, look: Look) -> String {
    let mut page = Page::new(look);
    page.head(report);
    passages::write(&mut page, report);
    let versions: Vec<Source> = report.witnesses.iter().map(|witness| witness.source.clone()).collect();
    quotes::write(&mut page, &report.quotes, &versions);
    around::framing(&mut page, report);
    around::claims(&mut page, report);
    around::furniture(&mut page, report);
    page.sources(report);
    page.out
}

/// A text that is being written.
pub(super) struct Page {
    out: String,
    columns: usize,
    paint: Paint,
}

impl Page {
    /// Nothing yet.
    pub(super) fn new(look: Look) -> Self {
        Self { out: String::new(), columns: look.columns.max(40), paint: Paint { on: look.colour } }
    }

    /// What was written.
    pub(super) fn text(self) -> String {
        self.out
    }

    /// `text` in the colour of what it is.
    pub(super) fn paint(&self, tone: Tone, text: &str) -> String {
        self.paint.set(tone, text)
    }

    /// Adds a paragraph: `first` before its first line, `indent` spaces before the others.
    pub(super) fn paragraph(&mut self, first: &str, indent: usize, text: &str) {
        let rest = " ".repeat(indent);
        let options = Options::new(self.columns)
            .initial_indent(first)
            .subsequent_indent(&rest)
            .word_splitter(WordSplitter::NoHyphenation);
        for line in textwrap::wrap(text, options) {
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    pub(super) fn heading(&mut self, text: &str, meaning: &str) {
        let meaning = if meaning.is_empty() { String::new() } else { format!(": {meaning}") };
        self.out.push('\n');
        self.paragraph("", 0, &format!("{}{meaning}", self.paint.set(Tone::Heading, text)));
    }

    fn head(&mut self, report: &Report) {
        let (name, sentence) = words::verdict(report.verdict);
        let name = self.paint.verdict(report.verdict, &name.to_uppercase());
        self.paragraph("", 0, &format!("{name}: {sentence}"));
        if let Some(weighs) = words::weighs(report) {
            self.paragraph("", 0, &weighs);
        }
        if report.disclosed != Disclosed::NothingToDisclose {
            self.paragraph("", 0, words::disclosed(report.disclosed));
        }
        if let Some(closest) = words::closest(report) {
            self.paragraph("", 0, &visible(&closest));
        }
        for limit in &report.limits {
            let text = format!("Not checked: {}", visible(&limit.message));
            self.paragraph("", 0, &self.paint.set(Tone::Warning, &text));
        }
        self.paragraph("", 0, &words::coverage(report));
        self.paragraph("", 0, &words::counts(report));
        if let Some(quotes) = words::quotes(&report.quotes) {
            self.paragraph("", 0, &quotes);
        }
        if let Some(claims) = words::claims(report) {
            let bad = report.claims.iter().any(|claim| claim.status == ClaimStatus::Contradicted);
            let claims = if bad { self.paint.set(Tone::Bad, &claims) } else { claims };
            self.paragraph("", 0, &claims);
        }
    }

    fn sources(&mut self, report: &Report) {
        self.heading("Sources", "");
        self.source("original", &report.original);
        for witness in report.further_witnesses() {
            self.source("version", &witness.source);
            self.paragraph("    ", 4, &words::closeness(witness));
        }
        self.source("copy", &report.copy);
        self.heading("What this shows, and what not", "");
        for text in words::PROVES {
            self.paragraph("  ", 2, text);
        }
    }

    fn source(&mut self, name: &str, source: &Source) {
        self.paragraph(&format!("  {name:<10}"), 12, &visible(&source.locator));
        let facts = [&source.title, &source.publisher, &source.published].into_iter().flatten();
        let facts: Vec<String> = facts.map(|fact| visible(&shorten::to(fact, 120))).collect();
        let facts = (!facts.is_empty()).then(|| facts.join(", "));
        let note = source.note.as_deref().map(|note| format!("Described by whoever handed it over: {}", visible(note)));
        let hash = format!("sha256 {}", source.sha256);
        let sheets = words::sheets(source);
        let rendered = words::rendered(source).map(|rendered| visible(&rendered));
        let lines = facts.into_iter().chain(note).chain([hash]).chain(rendered).chain(sheets);
        for line in lines.chain([visible(&words::assurance(source))]) {
            self.paragraph("    ", 4, &line);
        }
    }
}
