//! Where a copy says it is from: what it names goes in order of trust, to be fetched and held against it.
//!
//! A lead is no original yet. What is found there must hold the copy's text, which `fits` tells; a page that merely carries the link,
//! and the copy itself under another address, are no originals.

use std::collections::BTreeSet;

use super::Checked;
use crate::{
    capture::{Address, Capture},
    check::{Claim, ClaimKind, ClaimStatus, Verdict},
    extract::{self, Document, Link, dates, declarations, labels},
    moment::Moment,
    text::shorten,
};

/// How many leads are followed at most.
const MOST: usize = 6;

/// Letters of the shortest name of a publisher that is looked for.
const NAME: usize = 3;

/// Words that a paragraph has at the least which tells one text from others.
const PARAGRAPH: usize = 8;

/// Characters of a source line that are shown.
const LINE: usize = 100;

/// The share of one of the two texts that must stand in the other.
const FITS: f64 = 0.5;

/// Words of the longest block whose declaration is a line about the text and not the text.
const SHORT: usize = 60;

/// An address that a copy names as where it is from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lead {
    /// The address.
    pub address: String,
    /// Why it is one, as a clause: `the source line “…” links to it`.
    pub why: String,
}

/// What a copy says of its origin.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Leads {
    /// Addresses, the most trusted first.
    pub leads: Vec<Lead>,
    /// The day that the copy says it, or what it was taken from, was published: a record near it may stand in for a page that is gone.
    pub day: Option<Moment>,
}

/// Reads what a copy says of its origin.
///
/// ```
/// use vidimus::{Capture, pipeline};
/// let page = b"<p>Talks go on.</p><p>Source: <a href=https://ministry.example/release>Ministry</a></p>".to_vec();
/// let copy = Capture::from_bytes("copy.html", page, Some("text/html"))?;
/// let leads = pipeline::leads(&copy).leads;
/// assert_eq!(leads[0].address, "https://ministry.example/release");
/// # Ok::<(), vidimus::capture::Error>(())
/// ```
pub fn leads(copy: &Capture) -> Leads {
    let document = extract::read(copy);
    let exchange = copy.exchange.as_ref();
    let base = exchange.and_then(|exchange| Address::parse(&exchange.final_url).ok());
    let mut found = Found { own: own(copy, &document), base, leads: Vec::new() };
    let mut days = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let text = document.block_text(index);
        if !is_source_line(text) {
            continue;
        }
        days.extend(dates::find(text).into_iter().map(|date| date.day));
        let why = |how: &str| format!("the line “{}” {how}", shorten::to(text, LINE));
        let inside = |link: &&Link| link.bytes.start >= block.bytes.start && link.bytes.end <= block.bytes.end;
        for link in document.links.iter().filter(inside) {
            found.push(&link.href, why("links to it"));
        }
        for word in text.split_whitespace().filter(|word| word.starts_with("https://") || word.starts_with("http://")) {
            found.push(word.trim_end_matches(['.', ',', ')', ']', ';']), why("names it"));
        }
    }
    if let Some(address) = &document.metadata.based_on {
        found.push(address, "the page’s metadata says that it is based on it".to_owned());
    }
    if let Some(address) = &document.metadata.canonical {
        found.push_canonical(address);
    }
    found.leads.truncate(MOST);
    let day = days.first().or(document.metadata.published.as_ref());
    let noon = |day: &String| Moment::parse(&format!("{}T12:00:00Z", day.get(..10)?));
    Leads { leads: found.leads, day: day.and_then(noon) }
}

/// Whether what was found at a lead is where the copy is from: half of one text stands in the other, and it is another page.
pub fn fits(checked: &Checked) -> bool {
    let report = &checked.report;
    let coverage = &report.coverage;
    let of_copy = coverage.matched_words as f64 / coverage.copy_words.max(1) as f64;
    let itself = report.original.sha256 == report.copy.sha256;
    let held = match report.verdict {
        Verdict::Verbatim | Verdict::Emphasised | Verdict::Excerpted | Verdict::Altered | Verdict::Quoting => true,
        Verdict::Unrelated | Verdict::Undetermined => false,
    };
    held && !itself && (coverage.share >= FITS || of_copy >= FITS)
}

/// The publisher of what a copy was held against, where the copy names it as its own source: then a page that nobody linked may be the
/// original.
pub fn claimed(checked: &Checked) -> Option<&str> {
    let publisher = checked.report.original.publisher.as_deref().filter(|name| name.chars().count() >= NAME)?;
    let name = format!(" {} ", words(publisher));
    let names = |claim: &Claim| format!(" {} ", words(&claim.text)).contains(&name);
    let borne_out = |claim: &Claim| match claim.kind {
        ClaimKind::Publisher => claim.status == ClaimStatus::Confirmed,
        ClaimKind::SourceLink => claim.status != ClaimStatus::Contradicted && names(claim),
        ClaimKind::Date
        | ClaimKind::Author
        | ClaimKind::Title
        | ClaimKind::EmphasisDeclared
        | ClaimKind::AbridgementDeclared
        | ClaimKind::TranslationDeclared
        | ClaimKind::CorrectionDeclared
        | ClaimKind::Licence => false,
    };
    checked.report.claims.iter().any(borne_out).then_some(publisher)
}

/// The words of a name or a line, in lower case, with one space between.
fn words(text: &str) -> String {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The longer paragraphs of a page, to tell quickly whether another could hold its text.
#[derive(Clone, Debug)]
pub struct Paragraphs(BTreeSet<String>);

impl Paragraphs {
    /// Those of `capture`.
    pub fn of(capture: &Capture) -> Self {
        let document = extract::read(capture);
        let texts = (0..document.blocks.len()).map(|index| document.block_text(index));
        Self(texts.map(words).filter(|text| text.split(' ').count() >= PARAGRAPH).collect())
    }

    /// Whether one of them stands in both, word by word.
    pub fn meet(&self, other: &Self) -> bool {
        self.0.intersection(&other.0).next().is_some()
    }
}

/// Whether a block says where the text is from.
fn is_source_line(text: &str) -> bool {
    let republished = || {
        let found = declarations::find(text);
        found.iter().any(|declaration| declaration.kind == declarations::Declared::Republished)
    };
    text.split_whitespace().count() <= SHORT && (labels::of(text) == Some(labels::Label::Source) || republished())
}

/// The copy's own addresses.
fn own(copy: &Capture, document: &Document) -> Vec<String> {
    let exchange = copy.exchange.iter().flat_map(|exchange| [exchange.url.clone(), exchange.final_url.clone()]);
    // A page that was fetched elsewhere than at its canonical address is a copy of that one.
    let canonical = document.metadata.canonical.clone().filter(|_| copy.exchange.is_none());
    exchange.chain(canonical).collect()
}

/// The leads so far, and what none may be.
struct Found {
    own: Vec<String>,
    base: Option<Address>,
    leads: Vec<Lead>,
}

impl Found {
    fn resolved(&self, href: &str) -> Option<Address> {
        let href = href.trim();
        if href.is_empty() || href.starts_with('#') {
            return None;
        }
        match &self.base {
            Some(base) => base.join(href).ok(),
            None => Address::parse(href).ok(),
        }
    }

    fn push(&mut self, href: &str, why: String) {
        let Some(address) = self.resolved(href) else { return };
        let known = self.leads.iter().any(|lead| is_same(&lead.address, &address.to_string()));
        if known || self.own.iter().any(|own| is_same(own, &address.to_string())) {
            return;
        }
        self.leads.push(Lead { address: address.to_string(), why });
    }

    /// The canonical address of a page that was fetched from another host.
    fn push_canonical(&mut self, href: &str) {
        let elsewhere = |address: &Address| self.base.as_ref().is_some_and(|base| base.host() != address.host());
        if self.resolved(href).as_ref().is_some_and(elsewhere) {
            self.push(href, "the page gives it as its canonical address".to_owned());
        }
    }
}

/// Whether two addresses are one page's, as far as their text tells.
fn is_same(left: &str, right: &str) -> bool {
    let plain = |text: &str| {
        let text = text.split('#').next().unwrap_or_default().trim_end_matches('/');
        let text = text.strip_prefix("https://").or(text.strip_prefix("http://")).unwrap_or(text);
        text.strip_prefix("www.").unwrap_or(text).to_ascii_lowercase()
    };
    plain(left) == plain(right)
}
