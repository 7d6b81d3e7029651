//! The history of a page: records of it go in, one by one and oldest first; the texts they hold come out, each once as long as it stands.
//!
//! What counts is the text outside menus, headers, footers and forms, as far as the markup says which those are: a counter in a footer is no
//! change. Nothing is fetched here.

use std::collections::{BTreeMap, BTreeSet};

use super::tool;
use crate::{
    capture::{Capture, Error},
    digest::Digest,
    extract::{self, Document, Landmark},
    moment::Moment,
    report::wire::history::{HistoryReport, TextVersion, Unread, VERSION},
};

/// Draws up a history, record by record.
#[derive(Debug)]
pub struct History {
    report: HistoryReport,
    /// The paragraphs of the last version.
    last: Vec<String>,
    /// What records of a payload hold, by its digest in the archive's index.
    known: BTreeMap<String, Text>,
}

/// A text as a record holds it.
#[derive(Clone, Debug)]
struct Text {
    paragraphs: Vec<String>,
    title: Option<String>,
    uri: String,
}

impl History {
    /// The history of `url` in `archive`, which lists `records` of it.
    pub fn new(url: &str, archive: &str, records: u64, generated_at: Moment) -> Self {
        let report = HistoryReport {
            history_report: VERSION,
            tool: tool(),
            generated_at,
            url: url.to_owned(),
            archive: archive.to_owned(),
            records,
            versions: Vec::new(),
            unread: Vec::new(),
            not_fetched: 0,
        };
        Self { report, last: Vec::new(), known: BTreeMap::new() }
    }

    /// Takes in a record whose payload was there before; whether it was.
    pub fn again(&mut self, datetime: Moment, digest: Option<&str>) -> bool {
        let Some(text) = digest.and_then(|digest| self.known.get(digest)).cloned() else { return false };
        self.push(datetime, text);
        true
    }

    /// Takes in what came of fetching a record; `digest` is what the archive's index says of its payload.
    pub fn take(&mut self, datetime: Moment, digest: Option<&str>, fetched: Result<Capture, Error>) {
        let capture = match fetched {
            Ok(capture) => capture,
            Err(error) => return self.report.unread.push(Unread { datetime, cause: error.to_string() }),
        };
        let document = extract::read(&capture);
        let memento = capture.exchange.and_then(|exchange| exchange.memento);
        let (datetime, uri) = memento.map_or((datetime, String::new()), |memento| (memento.datetime, memento.uri));
        let text = Text { paragraphs: paragraphs(&document), title: document.metadata.title, uri };
        if let Some(digest) = digest {
            self.known.insert(digest.to_owned(), text.clone());
        }
        self.push(datetime, text);
    }

    /// The history, where `not_fetched` records more were not looked at.
    pub fn finish(mut self, not_fetched: u64) -> HistoryReport {
        self.report.not_fetched = not_fetched;
        self.report
    }

    fn push(&mut self, datetime: Moment, text: Text) {
        if let Some(version) = self.report.versions.last_mut().filter(|_| self.last == text.paragraphs) {
            version.last = datetime;
            version.records += 1;
            return;
        }
        let first = self.report.versions.is_empty();
        let missing = |from: &[String], of: &[String]| {
            let has: BTreeSet<&String> = from.iter().collect();
            of.iter().filter(|paragraph| !first && !has.contains(paragraph)).count() as u64
        };
        let joined = text.paragraphs.join("\n");
        self.report.versions.push(TextVersion {
            first: datetime,
            last: datetime,
            records: 1,
            uri: text.uri,
            title: text.title,
            words: joined.split_whitespace().count() as u64,
            added: missing(&self.last, &text.paragraphs),
            removed: missing(&text.paragraphs, &self.last),
            text_sha256: Digest::of(joined.as_bytes()).to_string(),
        });
        self.last = text.paragraphs;
    }
}

/// The blocks of a page outside what its markup says is its furniture.
fn paragraphs(document: &Document) -> Vec<String> {
    let furniture = |container: usize| {
        let mut at = document.containers.get(container);
        while let Some(one) = at {
            match one.landmark {
                Some(Landmark::Main | Landmark::Article) => return false,
                Some(
                    Landmark::Header
                    | Landmark::Footer
                    | Landmark::Nav
                    | Landmark::Aside
                    | Landmark::Form
                    | Landmark::Button
                    | Landmark::Dialog,
                ) => return true,
                Some(Landmark::Figure | Landmark::Details) | None => {}
            }
            at = one.parent.and_then(|parent| document.containers.get(parent));
        }
        false
    };
    let blocks = document.blocks.iter().enumerate().filter(|(_, block)| !furniture(block.container));
    blocks.map(|(index, _)| document.block_text(index).to_owned()).collect()
}
