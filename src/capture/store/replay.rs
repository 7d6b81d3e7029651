//! Captures out of a store: by what was asked for, or by name.
//!
//! Asked as the network would be: for an address, or for the record that an archive had of it near a day. What comes back is the
//! capture as it was made, its time and way included, so that whatever is made of it comes out the same. Damaged ones are errors,
//! also where an earlier one is whole: another page than the last is not what was asked for.

use std::path::PathBuf;

use super::{
    SHOWN, Store, Trouble,
    layout::{self, CAPTURES, Place},
    objects,
    record::Record,
};
use crate::{
    capture::{
        Address, Capture, Error, Limits, Locator, Memento, Request, Via,
        address::{has_credentials, without_credentials},
    },
    digest::Digest,
    moment::Moment,
};

/// The largest record that is read, in bytes.
pub(super) const RECORD_BYTES: u64 = 64 << 20;
/// How many digits of a name must be given.
const SHORTEST: usize = 4;
/// How many names are listed where several fit.
const LISTED: usize = 8;

/// What a store says of a capture without reading its bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// What the snapshot is called.
    pub id: Digest,
    /// The address that was asked for.
    pub url: String,
    /// The address that answered.
    pub final_url: String,
    /// When it was captured.
    pub retrieved_at: Moment,
    /// How it came.
    pub via: Via,
    /// What the archive says of it, where it is a record of one.
    pub memento: Option<Memento>,
    /// The HTTP status.
    pub status: u16,
    /// The length of the body, content encoding undone, in bytes.
    pub bytes: u64,
    /// The SHA-256 of that.
    pub sha256: String,
    /// How many style sheets were captured with it.
    pub sheets: usize,
    /// Whether what a browser made of it was captured with it.
    pub rendered: bool,
    /// Where its record lies.
    pub path: PathBuf,
    /// Which of those of its second it is.
    number: u16,
}

impl Entry {
    /// As much of the name as is shown.
    pub fn short(&self) -> String {
        self.id.to_string().chars().take(SHOWN).collect()
    }

    fn of(place: Place, path: PathBuf, record: Record) -> Self {
        Self {
            rendered: record.is_rendered(),
            id: place.id,
            url: record.exchange.url,
            final_url: record.exchange.final_url,
            retrieved_at: record.retrieved_at,
            via: record.via,
            memento: record.exchange.memento,
            status: record.exchange.status,
            bytes: record.body.bytes,
            sha256: record.body.sha256,
            sheets: record.sheets.len(),
            path,
            number: place.number,
        }
    }
}

impl Store {
    /// The last capture of what `locator` asks for, as it was received; `None` where there is none, or where it takes no network to get it.
    ///
    /// # Errors
    /// [`Error::Address`] for what is no address, [`Error::TooLarge`], and [`Error::Store`] where the store is damaged.
    pub fn replay(&self, locator: &Locator, limits: &Limits) -> Result<Option<Capture>, Error> {
        self.last(locator, limits, false)
    }

    /// The last capture of what `locator` asks for that was rendered, as it was made; `None` where there is none, or where it takes no
    /// network to get it.
    ///
    /// # Errors
    /// As for [`Store::replay`].
    pub fn replay_rendered(&self, locator: &Locator, limits: &Limits) -> Result<Option<Capture>, Error> {
        self.last(locator, limits, true)
    }

    fn last(&self, locator: &Locator, limits: &Limits, rendered: bool) -> Result<Option<Capture>, Error> {
        let (typed, asked) = match locator {
            Locator::Url(typed) => (typed, None),
            Locator::Memento(request) => (&request.address, Some(request)),
            Locator::File(_) | Locator::Archive { .. } | Locator::Stdin => return Ok(None),
        };
        let named = without_credentials(typed);
        let address = Address::parse(typed).map_err(|cause| Error::Address { locator: named.clone(), cause })?;
        // What a page of the world may not make anybody ask, it may not make them look up either.
        limits.reach.check(&address, &address).map_err(|cause| Error::Address { locator: named.clone(), cause })?;
        let store = |cause: Trouble| Error::Store { locator: named.clone(), cause };
        let folder = layout::folder_of(&self.root, &address.to_string());
        for place in layout::places(&folder).map_err(store)?.into_iter().rev() {
            let path = folder.join(place.name());
            let record = read(&path, place.id).map_err(store)?;
            if !answers(&record, asked) || (rendered && !record.is_rendered()) {
                continue;
            }
            let get = |digest, length| objects::get(&self.root, digest, length);
            // What a browser made of it concerns nobody else, damaged or not.
            let record = if rendered { record } else { record.received_only() };
            let mut capture = record.capture(&named, limits, &path, &get)?;
            if let Some(exchange) = &mut capture.exchange {
                exchange.credentials_dropped = has_credentials(typed);
            }
            return Ok(Some(capture));
        }
        Ok(None)
    }

    /// The capture of an entry.
    ///
    /// # Errors
    /// [`Error::TooLarge`] and [`Error::Store`].
    pub fn capture(&self, entry: &Entry, limits: &Limits) -> Result<Capture, Error> {
        let record = read(&entry.path, entry.id).map_err(|cause| Error::Store { locator: entry.url.clone(), cause })?;
        record.capture(&entry.url, limits, &entry.path, &|digest, length| objects::get(&self.root, digest, length))
    }

    /// Every capture there is, by address and then by time; and what is wrong with records that cannot be read.
    ///
    /// # Errors
    /// What the disk says of folders.
    pub fn entries(&self) -> Result<(Vec<Entry>, Vec<Trouble>), Trouble> {
        let (mut found, mut wrong) = (Vec::new(), Vec::new());
        for (path, place) in self.all()? {
            match read(&path, place.id) {
                Ok(record) => found.push(Entry::of(place, path, record)),
                Err(trouble) => wrong.push(trouble),
            }
        }
        found.sort_by(|one, other| {
            (&one.url, one.retrieved_at, one.number, one.id).cmp(&(
                &other.url,
                other.retrieved_at,
                other.number,
                other.id,
            ))
        });
        Ok((found, wrong))
    }

    /// The capture that `wanted` names: the last one of an address, or the one whose name begins so.
    ///
    /// # Errors
    /// [`Trouble::Unknown`], [`Trouble::Ambiguous`] and [`Trouble::Name`]; [`Trouble::Damaged`] where it cannot be read.
    pub fn find(&self, wanted: &str) -> Result<Entry, Trouble> {
        let unknown = || Trouble::Unknown { wanted: wanted.to_owned(), place: self.root.display().to_string() };
        let digits = wanted.len() >= SHORTEST && wanted.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !digits {
            let wanted = without_credentials(wanted);
            let address = Address::parse(&wanted).map_err(|cause| Trouble::Name { wanted, cause })?;
            let folder = layout::folder_of(&self.root, &address.to_string());
            let last = layout::places(&folder)?.pop().ok_or_else(unknown)?;
            let path = folder.join(last.name());
            let record = read(&path, last.id)?;
            return Ok(Entry::of(last, path, record));
        }
        let mut found: Vec<(PathBuf, Place)> =
            self.all()?.into_iter().filter(|(_, place)| place.id.to_string().starts_with(wanted)).collect();
        // The same record may be there twice, where the same was captured again within a second.
        found.dedup_by_key(|(_, place)| place.id);
        match &found[..] {
            [] => Err(unknown()),
            [(path, place)] => Ok(Entry::of(*place, path.clone(), read(path, place.id)?)),
            several => {
                let ids = several.iter().take(LISTED).map(|(_, place)| place.id.to_string());
                let ids = ids.map(|id| id.chars().take(SHOWN.max(wanted.len() + 1)).collect()).collect();
                Err(Trouble::Ambiguous { wanted: wanted.to_owned(), ids })
            }
        }
    }

    /// Where every record lies, and what its name says.
    pub(super) fn all(&self) -> Result<Vec<(PathBuf, Place)>, Trouble> {
        let captures = self.root.join(CAPTURES);
        let mut found = Vec::new();
        for first in layout::names(&captures)? {
            for address in layout::names(&captures.join(&first))? {
                let folder = captures.join(&first).join(address);
                let places = layout::places(&folder)?;
                found.extend(places.into_iter().map(|place| (folder.join(place.name()), place)));
            }
        }
        found.sort_by_key(|(_, place)| (place.id, *place));
        Ok(found)
    }
}

/// Reads a record that is what it was.
pub(super) fn read(path: &std::path::Path, id: Digest) -> Result<Record, Trouble> {
    Record::parse(&objects::record(path, id, RECORD_BYTES)?, path)
}

/// Whether a record is of what was asked for: the page itself, or an archive's record of it near the very same moment.
fn answers(record: &Record, asked: Option<&Request>) -> bool {
    match (asked, &record.exchange.memento) {
        (None, None) => true,
        (Some(request), Some(memento)) => {
            let archive = request.archive.trim_end_matches('/');
            memento.requested == request.at && memento.archive == archive
        }
        (None, Some(_)) | (Some(_), None) => false,
    }
}
