//! Asking an archive: for the record nearest to a moment, and for whatever a recorded redirect leads to.

use std::{collections::BTreeSet, time::Duration};

use super::{Memento, Request, cdx::Record, listing::NO_WORD};
use crate::{
    capture::{
        Address, Assurance, Capture, Error, Exchange, Limits, Progress, Redirect, Sheet, Via,
        address::{has_credentials, without_credentials},
        challenge,
        net::{Reply, Session, timed},
        sniff,
    },
    digest::{base32, sha1},
    moment::Moment,
};

/// How many rows of an index are asked for around a moment.
const NEAREST: &str = "50";
/// How far apart the records of a page and of its style sheet may be, in seconds. A sheet of another year may hide or set off what that of
/// the day did not.
const APART: u64 = 31 * 24 * 3600;

/// Fetches the record that `request` asks for.
///
/// # Errors
/// [`Error::NotArchived`], [`Error::Recorded`], [`Error::NoArchive`] and whatever fetching from the archive may come to.
pub(in crate::capture) fn fetch(
    request: &Request,
    limits: &Limits,
    now: Moment,
    progress: &mut dyn FnMut(Progress),
) -> Result<Capture, Error> {
    Records::open(&request.address, &request.archive, limits, now)?.nearest(request.at, progress)
}

/// Fetches the style sheet at `address` as the archive of `page` has it of the time of that record; at most `limits.sheets.each_bytes` of
/// it. `left` is how long it may take, and less afterwards by what it took.
///
/// # Errors
/// Why there is none, in one clause.
pub(in crate::capture) fn sheet(
    address: &Address,
    page: &Memento,
    limits: &Limits,
    now: Moment,
    left: &mut Duration,
) -> Result<Sheet, String> {
    if left.is_zero() {
        return Err(format!("not all came within {} seconds", limits.sheets.total.as_secs_f64()));
    }
    let limits = Limits { body_bytes: limits.sheets.each_bytes, total: limits.total.min(*left), ..limits.clone() };
    let (answer, took) = timed(|| {
        let records = Records::open(&address.to_string(), &page.archive, &limits, now)?;
        records.follow(records.address.clone(), page.datetime, page.datetime, None, &mut |_| ())
    });
    *left = left.saturating_sub(took);
    let capture = match answer {
        Ok(capture) => capture,
        // There may well be nothing in a sheet.
        Err(Error::Empty { .. }) => return Ok(Sheet::new(&address.to_string(), Vec::new(), None)),
        Err(error) => return Err(error.cause()),
    };
    let exchange = capture.exchange.unwrap_or_default();
    let recorded = exchange.memento.as_ref().map_or(page.datetime, |memento| memento.datetime);
    if recorded.unix().abs_diff(page.datetime.unix()) > APART {
        return Err(format!("the archive’s nearest record of it is of {recorded}, too far from that of the page"));
    }
    let final_address = Some(exchange.final_url.clone()).filter(|last| *last != address.to_string());
    let content_type = exchange.content_type.clone();
    Ok(Sheet {
        address: address.to_string(),
        final_address,
        content_type,
        body: capture.body,
        exchange: Some(exchange),
    })
}

/// An archive, asked about one address.
pub struct Records {
    session: Session,
    pub(super) limits: Limits,
    pub(super) now: Moment,
    /// What was typed.
    typed: String,
    locator: String,
    pub(super) address: Address,
    /// Without a slash at its end.
    archive: String,
}

impl Records {
    /// Prepares to ask `archive` about the address `typed`. Blocks, as all of this does, so it must not be called from asynchronous
    /// code.
    ///
    /// # Errors
    /// [`Error::Address`] where either is no address.
    pub fn open(typed: &str, archive: &str, limits: &Limits, now: Moment) -> Result<Self, Error> {
        let locator = without_credentials(typed);
        let bad = |cause| Error::Address { locator: locator.clone(), cause };
        let address = Address::parse(typed).map_err(bad)?;
        let base = Address::parse(archive).map_err(|_| Error::NoArchive {
            locator: locator.clone(),
            archive: without_credentials(archive),
            cause: "has no valid address".to_owned(),
        })?;
        // Of the Wayback Machine people remember the host.
        let archive = match (base.host(), base.path()) {
            ("web.archive.org", "/") => super::WAYBACK.to_owned(),
            _ => base.to_string().trim_end_matches('/').to_owned(),
        };
        let session = Session::open(typed, limits, now)?;
        Ok(Self { session, limits: limits.clone(), now, typed: typed.to_owned(), locator, address, archive })
    }

    /// The address that is asked about, as it was named, without user information.
    pub fn locator(&self) -> &str {
        &self.locator
    }

    /// The archive: what stands before the date in its addresses.
    pub fn archive(&self) -> &str {
        &self.archive
    }

    /// The record nearest to `at`.
    ///
    /// # Errors
    /// As for [`Records::all`]; [`Error::Recorded`] where it is no page.
    pub fn nearest(&self, at: Moment, progress: &mut dyn FnMut(Progress)) -> Result<Capture, Error> {
        let digits = at.digits();
        // Archives differ in whether they sort by distance; of whatever they give, the nearest is taken.
        let around = [("closest", digits.as_str()), ("sort", "closest"), ("limit", NEAREST)];
        let index = self.index(&around, progress)?;
        let found = match &index {
            Some(rows) if rows.is_empty() => return Err(self.none()),
            // A record of a page is wanted; where there are none but of errors, the archive shows the nearest one.
            Some(rows) => rows.iter().filter(|row| is_page(row)).min_by_key(|row| distance(row, at)),
            None => None,
        };
        match (found, index.is_some()) {
            (Some(record), _) => self.get(record, at, progress),
            (None, true) => self.follow(self.address.clone(), at, at, None, progress),
            (None, false) => self.by_gate(at, progress),
        }
    }

    /// The page that a record of [`Records::all`] holds; `requested` is recorded as the moment that was asked for.
    ///
    /// # Errors
    /// As for [`Records::nearest`].
    pub fn get(
        &self,
        record: &Record,
        requested: Moment,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Capture, Error> {
        // An index may have the address in another spelling, or say something that is no address.
        let url = Address::parse(&record.url).unwrap_or_else(|_| self.address.clone());
        self.follow(url, record.datetime, requested, Some(record), progress)
    }

    /// Waits as long as the limits say between two records.
    pub fn pause(&self) {
        self.session.delay();
    }

    pub(super) fn none(&self) -> Error {
        Error::NotArchived { locator: self.locator.clone(), archive: self.archive.clone() }
    }

    pub(super) fn odd(&self, cause: impl Into<String>) -> Error {
        Error::NoArchive { locator: self.locator.clone(), archive: self.archive.clone(), cause: cause.into() }
    }

    pub(super) fn ask(
        &self,
        at: &Address,
        header: Option<(&str, &str)>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Reply, Error> {
        // Whoever cannot be asked is the archive, and not the page.
        let named = format!("{} (asking {})", self.locator, self.archive);
        self.session.get(at, header, [&self.archive, &named], progress)
    }

    pub(super) fn place(&self, path: &str) -> Result<Address, Error> {
        Address::parse(&format!("{}/{path}", self.archive)).map_err(|_| self.odd("has no valid address"))
    }

    /// Asks the archive's TimeGate which record is nearest, where there is no index.
    fn by_gate(&self, at: Moment, progress: &mut dyn FnMut(Progress)) -> Result<Capture, Error> {
        let gate = self.place(&self.address.to_string())?;
        let reply = self.ask(&gate, Some(("accept-datetime", &at.to_http())), progress)?;
        let target = reply.header("location").and_then(|location| gate.join(&location).ok());
        let named = target.as_ref().and_then(|target| self.within(target));
        let said = reply.header("memento-datetime").and_then(|text| Moment::parse_http(&text));
        match (named, said, reply.exchange.status) {
            (Some((datetime, url)), ..) => self.follow(url, datetime, at, None, progress),
            (None, Some(datetime), _) => self.follow(self.address.clone(), datetime, at, None, progress),
            (None, None, 404) if speaks(&reply) => Err(self.none()),
            (None, None, 404) => Err(self.odd(NO_WORD)),
            (None, None, status) => Err(self.odd(format!("names no record (status {status})"))),
        }
    }

    /// The moment and the address that an address within the archive means, in whatever form it shows the record.
    fn within(&self, at: &Address) -> Option<(Moment, Address)> {
        let whole = at.to_string();
        let rest = whole.strip_prefix(&self.archive)?.strip_prefix('/')?;
        let (time, url) = rest.split_once('/')?;
        let digits = time.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '_');
        let datetime = Some(digits).filter(|digits| digits.len() == 14).and_then(Moment::parse_digits)?;
        // Some archives leave one of two slashes.
        Some((datetime, Address::parse(url).ok()?))
    }

    /// Asks for the raw record of `url` and follows what was recorded, all within the archive.
    fn follow(
        &self,
        url: Address,
        datetime: Moment,
        requested: Moment,
        listed: Option<&Record>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Capture, Error> {
        let (mut url, mut datetime) = (url, datetime);
        let (mut seen, mut hops) = (BTreeSet::new(), Vec::new());
        let mut redirects: Vec<Redirect> = Vec::new();
        loop {
            let at = self.place(&format!("{}id_/{url}", datetime.digits()))?;
            if !seen.insert(at.clone()) {
                return Err(Error::RedirectLoop { locator: self.locator.clone(), again: at.to_string() });
            }
            if seen.len() > self.limits.redirects + 1 {
                return Err(Error::TooManyRedirects { locator: self.locator.clone(), limit: self.limits.redirects });
            }
            let reply = self.ask(&at, None, progress)?;
            let recorded = reply.header("memento-datetime").and_then(|text| Moment::parse_http(&text));
            hops.extend(reply.exchange.hops.iter().cloned());
            let location = reply.header("location").filter(|_| (300..400).contains(&reply.exchange.status));
            let Some(location) = location else {
                let exchange = Exchange {
                    url: self.address.to_string(),
                    final_url: url.to_string(),
                    redirects,
                    hops,
                    credentials_dropped: has_credentials(&self.typed),
                    ..Exchange::default()
                };
                let listed = listed.filter(|record| record.url == url.to_string());
                return self.taken(reply, exchange, [datetime, requested], listed, progress);
            };
            let bad = |cause| Error::BadRedirect { locator: self.locator.clone(), target: location.clone(), cause };
            let inside = at.join(&location).ok().and_then(|target| self.within(&target));
            let moved = match inside {
                Some((time, target)) => {
                    datetime = time;
                    target
                }
                // The recorded page led into the web of its time: what the archive has of that, at the same time.
                None => url.join(&location).map_err(bad)?,
            };
            if recorded.is_some() {
                redirects.push(Redirect { url: url.to_string(), status: reply.exchange.status });
            }
            url = moved;
        }
    }

    /// When an answer was recorded; refuses what is no record of a page.
    fn recorded(&self, reply: &Reply) -> Result<Moment, Error> {
        let recorded = reply.header("memento-datetime").and_then(|text| Moment::parse_http(&text));
        let status = reply.exchange.status;
        let datetime = match (recorded, status) {
            (Some(datetime), _) => datetime,
            (None, 404) => return Err(self.none()),
            (None, status @ 200..=299) => {
                let cause =
                    format!("answers (status {status}) without saying when this was recorded (Memento-Datetime)");
                return Err(self.odd(cause));
            }
            (None, _) => {
                let challenge = challenge::is_challenge(&reply.body);
                let locator = format!("{} (asking {})", self.locator, self.archive);
                return Err(Error::Status { locator, status, challenge, retry_after: None });
            }
        };
        if !(200..300).contains(&status) {
            return Err(Error::Recorded { locator: self.locator.clone(), status, at: datetime });
        }
        Ok(datetime)
    }

    /// Takes the answer for the record it should be.
    fn taken(
        &self,
        reply: Reply,
        mut exchange: Exchange,
        [asked, requested]: [Moment; 2],
        listed: Option<&Record>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Capture, Error> {
        let datetime = self.recorded(&reply)?;
        let hop = exchange.hops.last();
        let sent = hop.and_then(|hop| hop.payload.as_deref()).unwrap_or(&reply.body);
        let index = listed.filter(|record| record.datetime == datetime && datetime == asked);
        let index = index.and_then(|record| record.digest.clone());
        let ways = [sent, &reply.body].map(|bytes| base32(&sha1(bytes)));
        let fits = ways.iter().find(|way| Some(*way) == index.as_ref());
        let payload = fits.unwrap_or(&ways[0]).clone();
        let uri = self.place(&format!("{}id_/{}", datetime.digits(), exchange.final_url))?.to_string();
        exchange.status = reply.exchange.status;
        exchange.content_type = reply.exchange.content_type;
        exchange.content_encoding = reply.exchange.content_encoding;
        exchange.memento = Some(Memento {
            uri,
            datetime,
            requested,
            archive: self.archive.clone(),
            index_sha1: index,
            payload_sha1: payload,
        });
        progress(Progress::Done { bytes: reply.body.len() });
        let media_type = exchange.content_type.clone();
        let media_type = media_type.as_deref();
        let format = sniff::format(&exchange.final_url, &reply.body, media_type);
        Ok(Capture {
            format: format.map_err(|unfit| unfit.of(&self.locator))?,
            declared_charset: media_type.and_then(sniff::charset_parameter),
            locator: self.locator.clone(),
            body: reply.body,
            via: Via::Memento,
            assurance: Assurance::Archive,
            exchange: Some(exchange),
            retrieved_at: Some(self.now),
            stored: None,
            sheets: Vec::new(),
            missed_sheets: Vec::new(),
            rendered: None,
        })
    }
}

/// Whether an answer is one of a web archive's, whatever it says: it is about times, as RFC 7089 has it.
pub(super) fn speaks(reply: &Reply) -> bool {
    let says = |name: &str, words: &[&str]| {
        let value = reply.header(name).unwrap_or_default().to_ascii_lowercase();
        words.iter().any(|word| value.contains(word))
    };
    says("vary", &["accept-datetime"])
        || reply.header("memento-datetime").is_some()
        || says("link", &["rel=\"original\"", "rel=original", "rel=\"timegate\"", "rel=\"timemap\""])
        || says("content-type", &["application/link-format"])
}

/// Whether a row may be of a page or of a redirect to one.
fn is_page(record: &Record) -> bool {
    record.status.is_none_or(|status| status < 400)
}

fn distance(record: &Record, at: Moment) -> u64 {
    record.datetime.unix().abs_diff(at.unix())
}
