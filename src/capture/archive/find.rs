//! Which record is meant: an address, an id, or the only page there is. Records go by, one [`Found`] comes out or an error that
//! lists what could have been meant.
//!
//! Of several records of one address those that hold the page go before redirects and errors. Where their bodies differ, nothing
//! here guesses which one is meant: that would be to check the wrong document in silence.

use super::{Broken, Shelf};
use crate::{
    capture::{
        Address,
        address::without_credentials,
        warc::{Answer, Head, Kind, Reader},
    },
    moment::Moment,
};

/// How many records are listed where several could be meant.
const LISTED: usize = 20;
/// How many candidates are kept at a time.
const CANDIDATES: usize = 10_000;
/// How much of a block is read to see what kind of answer it is, in bytes.
const HEAD: usize = 64 << 10;

/// What is asked of an archive.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// A page by its address.
    Address(String),
    /// A record by its id, without angle brackets.
    Id(String),
    /// The only page there is.
    Only,
}

impl Wanted {
    /// Reads what stands behind the `#`.
    pub fn of(typed: Option<&str>) -> Self {
        let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else { return Self::Only };
        let bare = typed.strip_prefix('<').and_then(|typed| typed.strip_suffix('>')).unwrap_or(typed);
        if bare.len() < typed.len() || bare.starts_with("urn:") {
            Self::Id(bare.to_owned())
        } else {
            Self::Address(key(bare))
        }
    }
}

/// An address in the form in which two of them are compared.
pub(super) fn key(url: &str) -> String {
    Address::parse(url).map_or_else(|_| url.to_owned(), |address| address.to_string())
}

/// A record that could be meant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Which record of the whole archive it is, counted from 0.
    pub number: u64,
    /// What it is.
    pub kind: Kind,
    /// Its id, without angle brackets.
    pub id: String,
    /// The address it is a record of.
    pub url: String,
    /// When it was recorded, where it says so to the second.
    pub date: Option<Moment>,
    /// The digest it gives its body.
    label: Option<String>,
    /// The HTTP status; of a record without an exchange 200.
    status: u16,
    /// Whether it is said to be HTML.
    html: bool,
    /// Whether it is said to be text of any kind that is read.
    text: bool,
    segment: bool,
}

impl Found {
    /// Looks at a record and at the beginning of its block.
    pub fn of(number: u64, head: &Head, block: &[u8]) -> Option<Self> {
        let answer = match head.kind {
            Kind::Response | Kind::Revisit => Answer::parse(block),
            Kind::Resource => None,
            Kind::Warcinfo | Kind::Request | Kind::Metadata | Kind::Conversion | Kind::Continuation | Kind::Other => {
                return None;
            }
        };
        let fields = &head.fields;
        let stated = if head.kind == Kind::Resource {
            fields.get("Content-Type").map(str::to_owned)
        } else {
            answer.as_ref().and_then(|answer| answer.header("content-type"))
        };
        let media = stated.unwrap_or_default();
        let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let html = ["text/html", "application/xhtml+xml"].contains(&media.as_str());
        // A revisit may come without any head of its own.
        let status = match (&answer, head.kind) {
            (Some(answer), Kind::Revisit) if answer.status == 304 => 200,
            (Some(answer), _) => answer.status,
            (None, Kind::Response) => 0,
            (None, _) => 200,
        };
        Some(Self {
            number,
            kind: head.kind,
            id: fields.uri("WARC-Record-ID").unwrap_or_default().to_owned(),
            url: fields.uri("WARC-Target-URI").unwrap_or_default().to_owned(),
            date: fields.get("WARC-Date").and_then(Moment::parse),
            label: fields.get("WARC-Payload-Digest").map(str::to_owned),
            status,
            html,
            text: html || ["text/plain", "text/markdown", "text/x-markdown"].contains(&media.as_str()),
            segment: head.is_segment(),
        })
    }

    /// The HTTP status; 0 where there is none to be read.
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Whether it is the record of a page of text that was there.
    pub fn is_text(&self) -> bool {
        self.is_page() && self.text
    }

    fn is_page(&self) -> bool {
        self.status == 200 && !self.url.is_empty()
    }

    /// What it can be named by.
    fn name(&self, by_id: bool) -> String {
        if by_id || self.url.is_empty() { self.id.clone() } else { without_credentials(&self.url) }
    }
}

/// What is done with a record: given its number, its head and the reader its block can be had from, says whether to go on.
pub type Visit<'a> = dyn FnMut(u64, &Head, &mut Reader<&mut dyn std::io::BufRead>) -> Result<bool, Broken> + 'a;

/// Goes over all records, `visit` being given the number of each, its head and its reader, until it says that it has seen enough.
pub fn every(shelf: &mut dyn Shelf, visit: &mut Visit<'_>) -> Result<(), Broken> {
    let mut number = 0;
    shelf.each(&mut |file| {
        let mut reader = Reader::new(file, 0)?;
        while let Some(head) = reader.record()? {
            if !visit(number, &head, &mut reader)? {
                return Ok(false);
            }
            number += 1;
        }
        Ok(true)
    })
}

/// The record that is meant.
///
/// # Errors
/// [`Broken::Missing`], [`Broken::NoPage`], [`Broken::Several`] and [`Broken::Segmented`], and what is wrong with the file.
pub fn one(shelf: &mut dyn Shelf, wanted: &Wanted) -> Result<Found, Broken> {
    let mut candidates: Vec<Found> = Vec::new();
    every(shelf, &mut |number, head, reader| {
        let fits = match wanted {
            Wanted::Id(id) => head.fields.uri("WARC-Record-ID") == Some(id),
            Wanted::Address(address) => head.fields.uri("WARC-Target-URI").is_some_and(|url| key(url) == *address),
            Wanted::Only => true,
        };
        if fits && candidates.len() < CANDIDATES {
            let found = Found::of(number, head, &reader.some_of_block(HEAD)?);
            // An id is unique, so nothing behind its record need be read.
            if let (Wanted::Id(_), Some(found)) = (wanted, &found) {
                candidates.push(found.clone());
                return Ok(false);
            }
            candidates.extend(found.filter(|found| *wanted != Wanted::Only || found.is_page() && found.text));
        }
        Ok(true)
    })?;
    let chosen = match wanted {
        Wanted::Id(id) => candidates.into_iter().next().ok_or_else(|| Broken::Missing { wanted: id.clone() }),
        Wanted::Address(address) => {
            best(candidates)?.ok_or_else(|| Broken::Missing { wanted: without_credentials(address) })
        }
        Wanted::Only => {
            if candidates.iter().any(|found| found.html) {
                candidates.retain(|found| found.html);
            }
            best(candidates)?.ok_or(Broken::NoPage)
        }
    }?;
    if chosen.segment { Err(Broken::Segmented { id: chosen.id }) } else { Ok(chosen) }
}

/// The one candidate there is, or the first of several with the same body.
fn best(mut candidates: Vec<Found>) -> Result<Option<Found>, Broken> {
    let rank = |found: &Found| match found.status {
        200..300 => 0,
        300..400 => 1,
        _ => 2,
    };
    if let Some(highest) = candidates.iter().map(rank).min() {
        candidates.retain(|found| rank(found) == highest);
    }
    let Some(first) = candidates.first() else { return Ok(None) };
    let same_page = |found: &Found| key(&found.url) == key(&first.url);
    let same_body = |found: &Found| found.label.is_some() && found.label == first.label;
    if candidates.len() == 1 || candidates.iter().all(|found| same_page(found) && same_body(found)) {
        // A revisit says the same at a later time; the record with the body speaks for itself.
        let own = candidates.iter().position(|found| found.kind != Kind::Revisit).unwrap_or(0);
        return Ok(Some(candidates.swap_remove(own)));
    }
    let mut urls: Vec<String> = candidates.iter().map(|found| key(&found.url)).collect();
    urls.sort();
    urls.dedup();
    let by_id = urls.len() < candidates.len();
    let choices = candidates.iter().take(LISTED).map(|found| found.name(by_id)).collect();
    Err(Broken::Several { choices, count: candidates.len() })
}
