//! The one place that knows the order of the stages: gather all evidence first, then judge it. `captured` says what can be told of
//! captures before anybody reads them, `leads` where a copy says it is from, `witnesses` sets several versions of an original in order,
//! `collate` sets them side by side, `sheets` gathers style sheets, `history` draws up what an archive has of a page,
//! `many` captures many pages at once,
//! `rerun` makes a sealed comparison again.

mod captured;
mod collate;
mod history;
mod leads;
#[cfg(feature = "net")]
mod many;
mod rerun;
mod sheets;
mod witnesses;

pub use collate::collate;
pub use history::History;
pub use leads::{Lead, Leads, Paragraphs, claimed, fits, leads};
#[cfg(feature = "net")]
pub use many::{Many, Shown};
pub use rerun::again;
pub use sheets::{with_sheets, with_sheets_of};

use std::collections::BTreeMap;

use crate::{
    capture::Capture,
    check::{
        Facts, Finding, Judgement, judge,
        quotes::{Against, hold},
    },
    diff::{self, Alignment},
    digest::Digest,
    extract::{self, Document, Note},
    moment::Moment,
    report::{
        self, Report, Source, Tool, Witness,
        wire::{quotes::QuoteReport, v1::VERSION},
    },
    seal::{self, Statement},
};

/// Every choice that can change a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The time the report gives as its own.
    pub generated_at: Moment,
    /// What the person who handed the original over says it is, such as `a transcription`.
    pub original_note: Option<String>,
    /// The same for the copy.
    pub copy_note: Option<String>,
    /// How the original was found, where nobody named it: a sentence for the report.
    pub original_found: Option<String>,
}

impl Options {
    /// The default options, for a report made at `generated_at`.
    pub fn new(generated_at: Moment) -> Self {
        Self { generated_at, original_note: None, copy_note: None, original_found: None }
    }
}

/// A report and the two documents its anchors point into.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The report.
    pub report: Report,
    /// The original as a reader sees it.
    pub original: Document,
    /// The copy as a reader sees it.
    pub copy: Document,
    /// How the two lie beside each other.
    pub alignment: Alignment,
}

/// Holds `copy` against `original`. Judging needs no network and no clock: the same arguments give the same result.
///
/// ```
/// use vidimus::{Capture, Moment, Options, Verdict};
/// let page = |text: &str| Capture::from_bytes("page.html", text.as_bytes().to_vec(), Some("text/html"));
/// let (original, copy) = (page("<p>Talks will continue in May.</p>")?, page("<p>Talks may continue in May.</p>")?);
/// let checked = vidimus::check(&original, &copy, &Options::new(Moment::from_unix(0)));
/// assert_eq!(checked.report.verdict, Verdict::Altered);
/// # Ok::<(), vidimus::capture::Error>(())
/// ```
pub fn check(original: &Capture, copy: &Capture, options: &Options) -> Checked {
    let (first, second) = (extract::read(original), extract::read(copy));
    let addresses = addresses(original, &first);
    let held = Held::of(original, first, copy, &second, addresses, options.original_note.as_deref());
    concluded(held, Vec::new(), copy, second, options)
}

/// Holds `copy` against several versions of one original, in the order given; `None` where there is none.
///
/// The report is about the version closest to the copy. What differs from that one and stands so in another is a note that
/// says in which, and does not move the verdict: who copied an earlier version faithfully has altered nothing. A note in the
/// options is about the version given first.
///
/// ```
/// use vidimus::{Capture, Moment, Options, Verdict};
/// let page = |text: &str| Capture::from_bytes("page.html", text.as_bytes().to_vec(), Some("text/html"));
/// let versions = [page("<p>Talks will go on in May.</p>")?, page("<p>Talks will go on in June.</p>")?];
/// let copy = page("<p>Talks will go on in June.</p>")?;
/// let checked = vidimus::check_against(&versions, &copy, &Options::new(Moment::from_unix(0))).unwrap();
/// assert_eq!(checked.report.verdict, Verdict::Verbatim);
/// assert_eq!(checked.report.witnesses.len(), 2);
/// # Ok::<(), vidimus::capture::Error>(())
/// ```
pub fn check_against(originals: &[Capture], copy: &Capture, options: &Options) -> Option<Checked> {
    if let [original] = originals {
        return Some(check(original, copy, options));
    }
    let second = extract::read(copy);
    let documents: Vec<Document> = originals.iter().map(extract::read).collect();
    // The copy may name the address of any version as its source; the version's own go last.
    let own: Vec<Vec<String>> = originals.iter().zip(&documents).map(|(one, read)| addresses(one, read)).collect();
    let all = |at: usize| own.iter().flatten().chain(own.get(at).into_iter().flatten()).cloned().collect();
    let notes = std::iter::once(options.original_note.as_deref()).chain(std::iter::repeat(None));
    let versions = originals.iter().zip(documents).zip(notes).enumerate();
    let held = versions.map(|(at, ((one, document), note))| Held::of(one, document, copy, &second, all(at), note));
    let (original, witnesses) = witnesses::settled(held.collect(), &second)?;
    Some(concluded(original, witnesses, copy, second, options))
}

/// One version of the original, and how the copy fares against it.
struct Held {
    source: Source,
    document: Document,
    alignment: Alignment,
    judgement: Judgement,
}

impl Held {
    fn of(
        original: &Capture,
        document: Document,
        copy: &Capture,
        second: &Document,
        addresses: Vec<String>,
        note: Option<&str>,
    ) -> Self {
        let alignment = diff::align(&document, second);
        let judgement = judge(&document, second, &alignment, &facts([original, copy], addresses));
        Self { source: source(original, &document, note), document, alignment, judgement }
    }
}

/// Draws up the report.
fn concluded(original: Held, witnesses: Vec<Witness>, copy: &Capture, second: Document, options: &Options) -> Checked {
    let Held { source: first, document, alignment, judgement: mut judged } = original;
    if let Some(how) = &options.original_found {
        judged.limits.insert(0, Note { code: "original-found".to_owned(), message: how.clone() });
    }
    let report = Report {
        report: VERSION,
        tool: tool(),
        generated_at: options.generated_at,
        original: first,
        copy: source(copy, &second, options.copy_note.as_deref()),
        verdict: judged.verdict,
        disclosed: judged.disclosed,
        coverage: judged.coverage,
        summary: summary(&judged.findings),
        findings: judged.findings,
        claims: judged.claims,
        quotes: judged.quotes,
        furniture: judged.furniture,
        set_aside: judged.set_aside,
        witnesses,
        limits: judged.limits,
    };
    Checked { report, original: document, copy: second, alignment }
}

/// Holds every quotation of `article` against the closest passage of `originals`.
///
/// ```
/// use vidimus::{Capture, Moment, check::QuoteStatus, pipeline};
/// let page = |text: &str| Capture::from_bytes("page.html", text.as_bytes().to_vec(), Some("text/html; charset=utf-8"));
/// let release = page("<p>They agreed that there is no military solution.</p>")?;
/// let article = page("<p>It says “there is a military solution”.</p>")?;
/// let report = pipeline::quotes(&article, &[release], Moment::from_unix(0));
/// assert_eq!(report.quotes[0].status, QuoteStatus::Altered);
/// # Ok::<(), vidimus::capture::Error>(())
/// ```
pub fn quotes(article: &Capture, originals: &[Capture], generated_at: Moment) -> QuoteReport {
    let read = extract::read(article);
    let documents: Vec<Document> = originals.iter().map(extract::read).collect();
    let mut limits = unread("article", article, &read);
    let addresses: Vec<Vec<String>> =
        originals.iter().zip(&documents).map(|(one, read)| addresses(one, read)).collect();
    let shelf = originals.iter().zip(&documents).zip(&addresses);
    let against: Vec<Against<'_>> = shelf
        .map(|((capture, document), addresses)| {
            limits.extend(unread(&capture.locator, capture, document));
            Against { document, name: &capture.locator, address: addresses.last().map(String::as_str) }
        })
        .collect();
    let open = extract::quotations::unclosed(&read);
    if open > 0 {
        let marks = if open == 1 { "One quotation mark does".to_owned() } else { format!("{open} quotation marks do") };
        let message =
            format!("In the article: {marks} not close, so what is quoted there was not held against anything.");
        limits.push(Note { code: "unclosed-quotation".to_owned(), message });
    }
    QuoteReport {
        quote_report: report::wire::quotes::VERSION,
        tool: tool(),
        generated_at,
        quotes: hold(&read, &against),
        article: source(article, &read, None),
        originals: originals.iter().zip(&documents).map(|(one, document)| source(one, document, None)).collect(),
        limits,
    }
}

/// What could not be read of a source called `name`.
fn unread(name: &str, capture: &Capture, document: &Document) -> Vec<Note> {
    let note = |code: &str, message: &str| Note { code: code.to_owned(), message: format!("In {name}: {message}") };
    let mut limits: Vec<Note> = document.notes.iter().map(|one| note(&one.code, &one.message)).collect();
    limits.extend(captured::of(capture, name).limits);
    if document.blocks.is_empty() {
        limits.push(note("no-text", "There is no text that a reader sees."));
    }
    limits
}

/// This program, as its outputs name it.
pub fn tool() -> Tool {
    Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
}

/// Addresses a source was asked for at or answered from, and the one it calls its own, the best last.
fn addresses(capture: &Capture, document: &Document) -> Vec<String> {
    let exchange = capture.exchange.iter().flat_map(|exchange| [exchange.url.clone(), exchange.final_url.clone()]);
    exchange.chain(document.metadata.canonical.clone()).collect()
}

/// What is to be sealed of a comparison: its report in both forms, the captures, and the options it was made with. `originals`
/// are the captures it was made from, in the order given.
pub fn statement(checked: &Checked, originals: &[Capture], copy: &Capture, options: &Options) -> Statement {
    let [json, html] = forms(checked);
    let mut chosen = serde_json::Map::new();
    for (name, note) in [
        ("originalNote", &options.original_note),
        ("copyNote", &options.copy_note),
        ("originalFound", &options.original_found),
    ] {
        if let Some(note) = note {
            chosen.insert(name.to_owned(), note.as_str().into());
        }
    }
    let captures = witnesses::sealed(&checked.report, originals);
    seal::statement(&checked.report, [&json, &html], &captures, copy, chosen)
}

/// The report as it is sealed: as JSON and as a page.
fn forms(checked: &Checked) -> [String; 2] {
    let page = report::html::render(&checked.report, &checked.original, &checked.copy, &checked.alignment);
    [report::json::render(&checked.report), page]
}

/// What the captures tell the judges beside their text.
fn facts(captures: [&Capture; 2], addresses: Vec<String>) -> Facts {
    let told = captures.into_iter().zip(["original", "copy"]).map(|(capture, name)| captured::of(capture, name));
    let told: Vec<captured::Told> = told.collect();
    let [first, _] = captures;
    Facts {
        name: first.locator.clone(),
        addresses,
        unreadable: told.iter().any(|told| told.unreadable),
        limits: told.into_iter().flat_map(|told| told.limits).collect(),
    }
}

fn source(capture: &Capture, document: &Document, note: Option<&str>) -> Source {
    let exchange = capture.exchange.as_ref();
    let metadata = &document.metadata;
    Source {
        locator: capture.locator.clone(),
        url: exchange.map(|exchange| exchange.url.clone()),
        final_url: exchange.map(|exchange| exchange.final_url.clone()),
        redirects: exchange.map(|exchange| exchange.redirects.clone()),
        // A record without its exchange has an address and no status.
        status: exchange.map(|exchange| exchange.status).filter(|status| *status != 0),
        media_type: Some(capture.format.media_type().to_owned()),
        charset: Some(document.charset.clone()),
        declared_charset: document.declared_charset.clone(),
        retrieved_at: capture.retrieved_at,
        memento: exchange.and_then(|exchange| exchange.memento.clone()),
        via: capture.via,
        bytes: capture.body.len() as u64,
        sha256: capture.digest().to_string(),
        text_sha256: Digest::of(document.text.as_bytes()).to_string(),
        title: metadata.title.clone(),
        byline: metadata.byline.clone(),
        published: metadata.published.clone(),
        publisher: metadata.publisher.clone(),
        language: metadata.language.clone(),
        note: note.map(str::to_owned),
        emphasis: document.carries_emphasis,
        assurance: capture.assurance,
        sheets: sheets::listed(capture),
        rendered: capture.rendered.as_ref().map(|rendered| report::wire::v1::RenderedSource {
            facts: rendered.facts.clone(),
            raw_bytes: rendered.raw.len() as u64,
            raw_sha256: Digest::of(&rendered.raw).to_string(),
        }),
    }
}

fn summary(findings: &[Finding]) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.kind.slug().to_owned()).or_insert(0) += 1;
    }
    counts
}
