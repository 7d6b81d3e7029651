//! Asking an archive what records it has: of a moment or of all times.
//!
//! Its index (CDX) is asked, else its TimeMap. What it answers about all times is a capture of its own, so that it can be kept, and read
//! again without the network.

use super::{
    cdx::{Record, rows, time_map},
    replay::{Records, speaks},
};
use crate::capture::{Address, Assurance, Capture, Error, Format, Locator, Progress, Via, net::Reply};

/// How many rows of an index are asked for of a whole history.
const ALL: &str = "10000";
/// What there is to be said of one that has no index and answers that there is no such page, as any server does.
pub(super) const NO_WORD: &str = "says neither that it is an archive nor that it has a record of it (status 404)";

impl Records {
    /// Every record that the archive lists of the address, oldest first, at most some thousands.
    ///
    /// # Errors
    /// [`Error::NotArchived`] where there is none; [`Error::NoArchive`] and trouble of fetching.
    pub fn all(&self, progress: &mut dyn FnMut(Progress)) -> Result<Vec<Record>, Error> {
        self.listed(&self.listing(progress)?)
    }

    /// What the archive answers to who asks for every record of the address.
    ///
    /// # Errors
    /// As for [`Records::all`].
    pub fn listing(&self, progress: &mut dyn FnMut(Progress)) -> Result<Capture, Error> {
        let [index, time_map] = self.lists()?;
        match self.asked_for_rows(&index, progress)? {
            Some((reply, _)) => Ok(self.answer(reply)),
            None => self.asked_for_time_map(&time_map, progress).map(|reply| self.answer(reply)),
        }
    }

    /// The records that an answer lists, oldest first.
    ///
    /// # Errors
    /// [`Error::NotArchived`] where it lists none.
    pub fn listed(&self, listing: &Capture) -> Result<Vec<Record>, Error> {
        let text = String::from_utf8_lossy(&listing.body);
        let mut records = match rows(&text) {
            Some(records) => records,
            None => time_map(&text, &self.address.to_string()),
        };
        records.sort_by_key(|record| record.datetime);
        if records.is_empty() { Err(self.none()) } else { Ok(records) }
    }

    /// Where [`Records::listing`] asks, in this order.
    ///
    /// # Errors
    /// [`Error::NoArchive`] where the archive has no such address.
    pub fn places(&self) -> Result<[Locator; 2], Error> {
        Ok(self.lists()?.map(|address| Locator::Url(address.to_string())))
    }

    fn lists(&self) -> Result<[Address; 2], Error> {
        Ok([self.of_index(&[("limit", ALL)])?, self.place(&format!("timemap/link/{}", self.address))?])
    }

    /// The address of the archive's index of the address.
    fn of_index(&self, options: &[(&str, &str)]) -> Result<Address, Error> {
        let base = self.place("cdx")?;
        let base = match base.host() {
            "web.archive.org" => base.join("/cdx/search/cdx").map_err(|_| self.odd("has no valid address"))?,
            _ => base,
        };
        let address = self.address.to_string();
        Ok(base.asked_with(&[&[("url", address.as_str()), ("output", "json")], options].concat()))
    }

    /// The rows of the archive's index; `None` where it has no index that can be read.
    pub(super) fn index(
        &self,
        options: &[(&str, &str)],
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Option<Vec<Record>>, Error> {
        let found = self.asked_for_rows(&self.of_index(options)?, progress)?;
        Ok(found.map(|(_, rows)| rows))
    }

    fn asked_for_rows(
        &self,
        at: &Address,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Option<(Reply, Vec<Record>)>, Error> {
        let reply = self.ask(at, None, progress)?;
        match reply.exchange.status {
            200 => Ok(rows(&String::from_utf8_lossy(&reply.body)).map(|rows| (reply, rows))),
            // Some answer so where there is no row, some where there is no index: the gate knows.
            400..=499 if reply.exchange.status != 429 => Ok(None),
            status => Err(self.odd(format!("answered with status {status}"))),
        }
    }

    fn asked_for_time_map(&self, at: &Address, progress: &mut dyn FnMut(Progress)) -> Result<Reply, Error> {
        let reply = self.ask(at, None, progress)?;
        match reply.exchange.status {
            200 => Ok(reply),
            404 if speaks(&reply) => Err(self.none()),
            404 => Err(self.odd(NO_WORD)),
            status => Err(self.odd(format!("has no index of records (status {status})"))),
        }
    }

    /// An answer as something to be kept.
    fn answer(&self, reply: Reply) -> Capture {
        Capture {
            locator: reply.exchange.url.clone(),
            body: reply.body,
            format: Format::Plain,
            declared_charset: None,
            via: Via::Http,
            assurance: Assurance::Archive,
            exchange: Some(reply.exchange),
            stored: None,
            retrieved_at: Some(self.now),
            sheets: Vec::new(),
            missed_sheets: Vec::new(),
            rendered: None,
        }
    }
}
