//! One page out of a WARC or WACZ file: a path and what is wanted from it go in, a capture comes out.
//!
//! [`find`] goes over the records and decides which are meant, [`page`] turns the one that was chosen into a body. A file is read as
//! often as redirects and revisits make necessary, and never kept in memory. Whoever hands an archive over asserts what is in
//! it: nothing in such a file shows that a web archive made it, so its pages are `supplied` like any other file's.

mod broken;
mod find;
mod index;
mod page;
mod pages;
mod recorded;

use std::{collections::BTreeSet, io::BufRead, path::Path};

pub use broken::Broken;
pub use index::Shelves;
pub use page::{Caveat, Fit, Stored};
pub use pages::pages;
pub use recorded::{Recorded, recorded};

use self::{
    find::{Found, Wanted},
    page::Page,
};
use super::{
    Address, Assurance, Capture, Error, Exchange, Hop, Limits, Redirect, Sheet, Via,
    address::without_credentials,
    challenge,
    coding::{self, Fault},
    file, sniff, wacz,
};

/// What is read by going over WARC files one after the other, as often as asked.
pub(super) trait Shelf {
    /// Opens one file after the other until `visit` says that it has seen enough.
    fn each(&mut self, visit: &mut dyn FnMut(&mut dyn BufRead) -> Result<bool, Broken>) -> Result<(), Broken>;

    /// How captures from it came to us.
    fn via(&self) -> Via;

    /// What is to be said about the file as a whole.
    fn notes(&self) -> Vec<String>;
}

/// Gets the page `wanted` (an address or the id of a record) out of the file at `path`; without it, the only page there is.
///
/// # Errors
/// [`Error::Archive`] if the file cannot be read so or does not hold one such page; otherwise as for a page that is fetched.
pub fn open(path: &Path, wanted: Option<&str>, limits: &Limits) -> Result<Capture, Error> {
    let shown = path.display().to_string();
    let locator = match wanted {
        Some(wanted) => format!("{shown}#{}", without_credentials(wanted)),
        None => shown,
    };
    let broken = |cause: Broken| cause.of(&locator);
    let file = || file::regular(path).map_err(|cause| Error::Unreadable { locator: locator.clone(), cause });
    if is_wacz(path) {
        let mut shelf = wacz::Shelf::open(file()?).map_err(broken)?;
        read(&mut shelf, &locator, wanted, limits)
    } else {
        file()?;
        read(&mut Warc(path), &locator, wanted, limits)
    }
}

/// A WARC file by itself.
struct Warc<'a>(&'a Path);

impl Shelf for Warc<'_> {
    fn each(&mut self, visit: &mut dyn FnMut(&mut dyn BufRead) -> Result<bool, Broken>) -> Result<(), Broken> {
        let file = file::regular(self.0).map_err(Broken::Disk)?;
        visit(&mut std::io::BufReader::with_capacity(1 << 16, file)).map(|_| ())
    }

    fn via(&self) -> Via {
        Via::Warc
    }

    fn notes(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Whether a file's name says that it is a WACZ file.
fn is_wacz(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("wacz"))
}

/// Reads a page from a shelf. `locator` names it in errors and reports.
pub(super) fn read(
    shelf: &mut dyn Shelf,
    locator: &str,
    wanted: Option<&str>,
    limits: &Limits,
) -> Result<Capture, Error> {
    let broken = |cause: Broken| cause.of(locator);
    let mut found = find::one(shelf, &Wanted::of(wanted)).map_err(broken)?;
    let (mut redirects, mut seen, mut hops) = (Vec::new(), BTreeSet::new(), Vec::new());
    let asked = found.url.clone();
    loop {
        let page = page::load(shelf, &found, limits.body_bytes).map_err(broken)?;
        hops.push(page.hop(&found));
        let Some(target) = page.target() else {
            let exchange = Exchange {
                url: without_credentials(&asked),
                final_url: without_credentials(&found.url),
                redirects,
                hops: kept(hops, &found),
                status: page.status.unwrap_or_default(),
                content_type: page.header("content-type"),
                content_encoding: page.header("content-encoding"),
                ..Exchange::default()
            };
            return capture(page, &found, exchange, locator, shelf, limits);
        };
        redirects.push(Redirect { url: without_credentials(&found.url), status: page.status.unwrap_or_default() });
        seen.insert(found.url.clone());
        let target = Address::parse(&found.url).and_then(|page| page.join(&target)).map(|target| target.to_string());
        let target = target.map_err(|cause| {
            let target = page.target().unwrap_or_default();
            Error::BadRedirect { locator: locator.to_owned(), target: without_credentials(&target), cause }
        })?;
        if seen.contains(&target) {
            return Err(Error::RedirectLoop { locator: locator.to_owned(), again: target });
        }
        if redirects.len() > limits.redirects {
            return Err(Error::TooManyRedirects { locator: locator.to_owned(), limit: limits.redirects });
        }
        found = find::one(shelf, &Wanted::Address(target.clone())).map_err(|cause| {
            let gone = matches!(cause, Broken::Missing { .. });
            broken(if gone { Broken::Redirected { target } } else { cause })
        })?;
    }
}

/// The answers on the way to `found` as they can be sealed: all of them, or none where one is none of HTTP, nobody knows from when
/// it is, or its address would not come back out of a record as it went in.
fn kept(hops: Vec<Option<Hop>>, found: &Found) -> Vec<Hop> {
    let addressed = |hop: &Hop| {
        Address::parse(&hop.url).is_ok() && hop.url.trim() == hop.url && !hop.url.contains(char::is_control)
    };
    let hops: Option<Vec<Hop>> = hops.into_iter().collect();
    hops.filter(|hops| found.date.is_some() && hops.iter().all(addressed)).unwrap_or_default()
}

/// Gets a style sheet out of the archive at `path`, where a page came from that asks for it; at most `limit` bytes.
///
/// # Errors
/// Why it cannot be had, in one clause.
pub(super) fn sheet(path: &Path, address: &Address, limit: usize) -> Result<Sheet, String> {
    let open = || file::regular(path).map_err(|cause| cause.to_string());
    let mut warc = Warc(path);
    let mut wacz =
        if is_wacz(path) { Some(wacz::Shelf::open(open()?).map_err(|broken| broken.to_string())?) } else { None };
    sheet_of(wacz.as_mut().map_or(&mut warc, |wacz| wacz), address, limit)
}

/// The same out of a shelf.
fn sheet_of(shelf: &mut dyn Shelf, address: &Address, limit: usize) -> Result<Sheet, String> {
    let wanted = Wanted::Address(address.to_string());
    let found = find::one(shelf, &wanted).map_err(|broken| broken.to_string())?;
    let page = page::load(shelf, &found, limit).map_err(|broken| broken.to_string())?;
    if let Some(status) = page.status.filter(|status| !(200..300).contains(status)) {
        return Err(format!("the archive holds an answer of status {status}"));
    }
    let content_type = page.header("content-type");
    let body = unpacked(page, limit).map_err(|_| "what the archive holds of it cannot be unpacked".to_owned())?;
    Ok(Sheet::new(&address.to_string(), body, content_type.as_deref()))
}

fn capture(
    page: Page,
    found: &Found,
    mut exchange: Exchange,
    locator: &str,
    shelf: &dyn Shelf,
    limits: &Limits,
) -> Result<Capture, Error> {
    let named = || locator.to_owned();
    let media_type = page.header("content-type");
    let stored = Stored { notes: shelf.notes(), ..page.stored() };
    if let Some(status) = page.status.filter(|status| !(200..300).contains(status)) {
        return Err(Error::Status {
            locator: named(),
            status,
            challenge: challenge::is_challenge(&page.payload),
            retry_after: None,
        });
    }
    let body = unpacked(page, limits.body_bytes).map_err(|fault| match fault {
        Fault::TooLarge => Error::TooLarge { locator: named(), limit: limits.body_bytes },
        Fault::Unknown(name) => Error::Encoding {
            locator: named(),
            cause: format!("recorded in the encoding {name:?}, which cannot be undone"),
        },
        Fault::Damaged => {
            Error::Encoding { locator: named(), cause: "the recorded body is damaged or ends too early".to_owned() }
        }
    })?;
    // The body is held once, where it came unpacked.
    if let Some(hop) = exchange.hops.last_mut().filter(|hop| hop.payload.as_ref() == Some(&body)) {
        hop.payload = None;
    }
    Ok(Capture {
        format: sniff::format(&found.url, &body, media_type.as_deref()).map_err(|unfit| unfit.of(locator))?,
        declared_charset: media_type.as_deref().and_then(sniff::charset_parameter),
        locator: named(),
        body,
        via: shelf.via(),
        assurance: Assurance::Supplied,
        exchange: Some(exchange),
        stored: Some(stored),
        sheets: Vec::new(),
        missed_sheets: Vec::new(),
        rendered: None,
        retrieved_at: found.date,
    })
}

/// The body with its content encoding undone. Some programs store the unpacked body under the head of the packed one: what does not
/// begin like gzip was unpacked already.
fn unpacked(page: Page, limit: usize) -> Result<Vec<u8>, Fault> {
    let encoding = page.header("content-encoding");
    let says_gzip = encoding
        .as_deref()
        .is_some_and(|name| ["gzip", "x-gzip"].iter().any(|known| name.trim().eq_ignore_ascii_case(known)));
    let encoding = encoding.filter(|_| !says_gzip || page.payload.starts_with(b"\x1f\x8b"));
    coding::undo(encoding.as_deref(), page.payload, limit)
}
