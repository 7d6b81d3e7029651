//! Style sheets gathered with a page: what pages ask for goes in, bytes and causes come out.
//!
//! Which sheets a page asks for is for `extract` to say: it is asked again after each round, since sheets import sheets. Pages
//! from the web get theirs from the web, records of an archive from that archive, files from below their own folder. A sheet that cannot be got is a cause on record and
//! never an error. Nothing here reads CSS.

use std::{collections::BTreeSet, time::Duration};

use super::{Address, Capture, Exchange, Limits, Locator, Progress, SheetLimits, Target, Via, archive, file, sniff};
use crate::{digest::Digest, moment::Moment};

/// The most sheets that could not be got of which each is put on record with its cause.
const RECORDED: usize = 200;

/// Why a file's sheets from the web are not got: a file handed over must not make anybody ask the web.
const FROM_WEB: &str = "files do not fetch from the web";
/// Why a sheet outside the folder is not got.
const OUTSIDE: &str = "outside the folder of the page";
/// Why one is not got that is named from the root of a site, for a page that was saved: which folder that would be is not known.
const ROOTED: &str = "named from the root of its site, which is not in the folder of the page";
/// Why standard input has none.
const NO_FOLDER: &str = "the page lies in no folder";
/// Why a sheet got from an insecure address is not got for a secure page.
const MIXED: &str = "browsers do not load it from an insecure address";
/// Why a reference is not followed.
const UNKNOWN: &str = "no address that is followed";
/// A record says nothing of what is not named by its whole address or from its own.
const RECORD: &str = "no address that an archive could be asked about";
/// Why a page that was got otherwise has none.
const NO_SOURCE: &str = "not among what was handed over";

/// A style sheet as it was captured with a page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sheet {
    /// What the page's reference leads to: an address, or the path from the page's own folder with `/` between the names.
    pub address: String,
    /// The address that answered, where redirects led elsewhere.
    pub final_address: Option<String>,
    /// The `Content-Type` header as sent; absent for files and where there was none.
    pub content_type: Option<String>,
    /// The body with transfer and content encoding undone.
    pub body: Vec<u8>,
    /// The HTTP facts, absent for files.
    pub exchange: Option<Exchange>,
}

impl Sheet {
    /// A sheet somebody handed over. `content_type` is what it was sent as, if that is known.
    pub fn new(address: &str, body: Vec<u8>, content_type: Option<&str>) -> Self {
        let content_type = content_type.map(str::to_owned);
        Self { address: address.to_owned(), final_address: None, content_type, body, exchange: None }
    }

    /// The media type it was sent as, in lower case and without parameters.
    pub fn media_type(&self) -> Option<String> {
        let essence = self.content_type.as_deref()?.split(';').next()?.trim().to_ascii_lowercase();
        Some(essence).filter(|essence| !essence.is_empty())
    }

    /// The charset it was sent as.
    pub fn declared_charset(&self) -> Option<String> {
        self.content_type.as_deref().and_then(sniff::charset_parameter)
    }

    /// The SHA-256 of the body.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.body)
    }
}

/// A style sheet that could not be got.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MissedSheet {
    /// What the page's reference leads to, as in [`Sheet::address`].
    pub address: String,
    /// Why it is not there: one clause.
    pub why: String,
}

/// A page whose sheets are gathered, and where it was got.
pub type Page<'l, 'c> = (&'l Locator, &'c mut Capture);

/// Gathers the sheets that `pages` ask for, those of all pages side by side. `wanted` says which sheets the page at a place
/// asks for beyond those it has. Of `archives`, where they are given, each is gone over no more than once. `progress` is told of sheets fetched. Blocks, so it must not be called from asynchronous code.
pub fn gather(
    pages: &mut [Page<'_, '_>],
    limits: &Limits,
    now: Moment,
    wanted: &dyn Fn(usize, &Capture) -> Vec<Target>,
    archives: Option<&archive::Shelves>,
    progress: &mut dyn FnMut(Progress),
) {
    let mut asked: Vec<BTreeSet<Target>> = vec![BTreeSet::new(); pages.len()];
    let mut left = limits.sheets.total;
    // Sheets the page links, and one round more for each depth of import.
    for _ in 0..=limits.sheets.depth {
        let mut errands = Vec::new();
        let mut idle = true;
        for (place, ((locator, capture), asked)) in pages.iter_mut().zip(&mut asked).enumerate() {
            for target in wanted(place, capture) {
                if !asked.insert(target.clone()) {
                    continue;
                }
                idle = false;
                match first(&target, locator, capture, asked.len(), limits, archives) {
                    First::Ask(address) => errands.push((place, address)),
                    First::Got(body) => keep(capture, Sheet::new(&target.address(), body, None), limits),
                    First::Archived(sheet) => keep(capture, *sheet, limits),
                    First::Missed(why) => miss(capture, &target.address(), why),
                }
            }
        }
        if idle {
            return;
        }
        fetch(pages, &errands, limits, now, &mut left, progress);
    }
    // What is asked for still was imported too deep: the judges say so.
}

/// What comes of a sheet before anything is fetched.
enum First {
    Ask(Address),
    Got(Vec<u8>),
    Archived(Box<Sheet>),
    Missed(String),
}

fn first(
    target: &Target,
    locator: &Locator,
    capture: &Capture,
    number: usize,
    limits: &Limits,
    archives: Option<&archive::Shelves>,
) -> First {
    let missed = |why: &str| First::Missed(why.to_owned());
    let SheetLimits { count, each_bytes, .. } = limits.sheets;
    if number > count {
        return First::Missed(format!("beyond the {count} that are read of a page"));
    }
    match (target, locator) {
        (Target::Web(address), Locator::Url(_)) if capture.via == Via::Http => {
            if is_mixed(capture, Some(&address.to_string())) { missed(MIXED) } else { First::Ask(address.clone()) }
        }
        (Target::Web(_) | Target::File(_), Locator::Url(_)) => missed(NO_SOURCE),
        (Target::Web(address), Locator::Archive { path, .. }) => {
            let sheet = match archives {
                Some(archives) => archives.sheet(path, address, each_bytes),
                None => archive::sheet(path, address, each_bytes),
            };
            sheet.map_or_else(First::Missed, |sheet| First::Archived(Box::new(sheet)))
        }
        (Target::Web(address), Locator::Memento(_)) => {
            if is_mixed(capture, Some(&address.to_string())) {
                missed(MIXED)
            } else {
                First::Ask(address.clone())
            }
        }
        (Target::File(_) | Target::Beyond(_), Locator::Memento(_)) => missed(RECORD),
        (Target::Web(_), Locator::File(_) | Locator::Stdin) => missed(FROM_WEB),
        (Target::File(names), Locator::File(page)) => {
            file::sheet(page, names, each_bytes).map_or_else(First::Missed, First::Got)
        }
        (Target::Beyond(reference), Locator::File(_)) if is_rooted(reference) => missed(ROOTED),
        (Target::Beyond(_), Locator::File(_)) => missed(OUTSIDE),
        (Target::File(_) | Target::Beyond(_), Locator::Stdin) => missed(NO_FOLDER),
        (Target::File(_) | Target::Beyond(_), Locator::Archive { .. }) => missed(NO_SOURCE),
        (Target::Beyond(_), Locator::Url(_)) | (Target::Data(_), _) => missed(UNKNOWN),
    }
}

/// Whether a reference begins at the root of the site that a page is from, and names no other host.
fn is_rooted(reference: &str) -> bool {
    let mut first = reference.chars();
    first.next() == Some('/') && !matches!(first.next(), Some('/' | '\\'))
}

/// Whether a page that came over TLS would take in a sheet that did not, which no browser does.
fn is_mixed(page: &Capture, sheet: Option<&str>) -> bool {
    let secure = page.exchange.as_ref().is_some_and(|exchange| exchange.final_url.starts_with("https:"));
    secure && sheet.is_some_and(|address| !address.starts_with("https:"))
}

/// Fetches sheets for the pages at the places named.
#[cfg(feature = "net")]
fn fetch(
    pages: &mut [Page<'_, '_>],
    errands: &[(usize, Address)],
    limits: &Limits,
    now: Moment,
    left: &mut Duration,
    progress: &mut dyn FnMut(Progress),
) {
    // Original and copy often are of one site: what both link is asked for once.
    let mut asked: Vec<(Address, Address)> = Vec::new();
    let mut served = Vec::new();
    for (place, address) in errands {
        let exchange = pages.get(*place).and_then(|(_, capture)| capture.exchange.as_ref());
        // What the live web serves today is not what was recorded with a record: the archive is asked, which follows below.
        if exchange.is_some_and(|exchange| exchange.memento.is_some()) {
            continue;
        }
        let Some(page) = exchange.and_then(|exchange| Address::parse(&exchange.final_url).ok()) else { continue };
        let same = |known: &(Address, Address)| known.0 == *address && known.1.host() == page.host();
        let at = asked.iter().position(same).unwrap_or(asked.len());
        if at == asked.len() {
            asked.push((address.clone(), page));
        }
        served.push((*place, at));
    }
    let answers = super::net::sheets(&asked, limits, now, left, progress);
    for (place, at) in served {
        let (Some((_, capture)), Some((address, _))) = (pages.get_mut(place), asked.get(at)) else { continue };
        match answers.get(at) {
            Some(Ok(sheet)) if is_mixed(capture, sheet.final_address.as_deref()) => {
                miss(capture, &sheet.address, MIXED.to_owned());
            }
            Some(Ok(sheet)) => keep(capture, sheet.clone(), limits),
            Some(Err(why)) => miss(capture, &address.to_string(), why.clone()),
            None => miss(capture, &address.to_string(), UNKNOWN.to_owned()),
        }
    }
    recorded(pages, errands, limits, now, left, progress);
}

/// Asks archives for the sheets of their records, one after the other, as of the time of each record.
#[cfg(feature = "net")]
fn recorded(
    pages: &mut [Page<'_, '_>],
    errands: &[(usize, Address)],
    limits: &Limits,
    now: Moment,
    left: &mut Duration,
    progress: &mut dyn FnMut(Progress),
) {
    let memento = |pages: &[Page<'_, '_>], place: usize| pages.get(place)?.1.exchange.as_ref()?.memento.clone();
    let errands: Vec<_> =
        errands.iter().filter_map(|(place, address)| Some((*place, address, memento(pages, *place)?))).collect();
    for (done, (place, address, memento)) in errands.iter().enumerate() {
        progress(Progress::Sheets { done, of: errands.len() });
        let answer = super::memento::sheet(address, memento, limits, now, left);
        let Some((_, capture)) = pages.get_mut(*place) else { continue };
        match answer {
            Ok(sheet) if is_mixed(capture, sheet.final_address.as_deref()) => {
                miss(capture, &sheet.address, MIXED.to_owned());
            }
            Ok(sheet) => keep(capture, sheet, limits),
            Err(why) => miss(capture, &address.to_string(), why),
        }
    }
}

/// Without the network no page comes from it, and so none of its sheets.
#[cfg(not(feature = "net"))]
fn fetch(
    pages: &mut [Page<'_, '_>],
    errands: &[(usize, Address)],
    _limits: &Limits,
    _now: Moment,
    _left: &mut Duration,
    _progress: &mut dyn FnMut(Progress),
) {
    for (place, address) in errands {
        if let Some((_, capture)) = pages.get_mut(*place) {
            miss(capture, &address.to_string(), NO_SOURCE.to_owned());
        }
    }
}

/// Puts a sheet beside its page, if there is room.
fn keep(capture: &mut Capture, sheet: Sheet, limits: &Limits) {
    let SheetLimits { total_bytes, each_bytes, .. } = limits.sheets;
    let held: usize = capture.sheets.iter().map(|sheet| sheet.body.len()).sum();
    if sheet.body.len() > each_bytes {
        miss(capture, &sheet.address, too_large(each_bytes));
    } else if held + sheet.body.len() > total_bytes {
        miss(capture, &sheet.address, format!("beyond the {total_bytes} bytes of sheets that are read of a page"));
    } else {
        capture.sheets.push(sheet);
    }
}

/// Why a sheet that is too large is not there.
pub(super) fn too_large(limit: usize) -> String {
    format!("larger than the limit of {limit} bytes")
}

/// Puts on record that a sheet is not there. Of very many the cause of the rest goes unsaid; how many is known all the same.
fn miss(capture: &mut Capture, address: &str, why: String) {
    if capture.missed_sheets.len() < RECORDED {
        capture.missed_sheets.push(MissedSheet { address: address.to_owned(), why });
    }
}

#[cfg(test)]
#[cfg(feature = "net")]
mod tests {
    use super::*;

    fn page(at: &str) -> Capture {
        let mut page = Capture::from_bytes(at, b"<p>Text".to_vec(), Some("text/html")).unwrap();
        (page.via, page.exchange) = (Via::Http, Some(Exchange { final_url: at.to_owned(), ..Exchange::default() }));
        page
    }

    /// Why the page at `at` does not get the sheet at `sheet`.
    fn refused(at: &str, sheet: &str) -> String {
        let target = Target::Web(Address::parse(sheet).unwrap());
        let (locator, mut capture) = (Locator::Url(at.to_owned()), page(at));
        let wanted = |_: usize, _: &Capture| vec![target.clone()];
        gather(&mut [(&locator, &mut capture)], &Limits::default(), Moment::from_unix(0), &wanted, None, &mut |_| ());
        assert_eq!(capture.sheets, []);
        capture.missed_sheets.remove(0).why
    }

    #[test]
    fn a_page_of_the_world_sends_nobody_into_a_network_of_their_own() {
        for sheet in
            ["http://127.0.0.1:1/a.css", "http://localhost:1/a.css", "http://[::1]:1/a.css", "http://10.0.0.1/a.css"]
        {
            assert!(refused("http://example.org/page", sheet).contains("a private address"), "{sheet}");
        }
        // Nor does one that lies there to another host; to its own it may, where nothing listens at that port.
        assert!(refused("http://localhost/page", "http://127.0.0.1:1/a.css").contains("a private address"));
        assert!(refused("http://127.0.0.1/page", "http://127.0.0.1:1/a.css").contains("could not connect"));
    }

    #[test]
    fn a_secure_page_takes_in_nothing_insecure() {
        assert_eq!(refused("https://example.org/page", "http://example.org/a.css"), MIXED);
    }
}
