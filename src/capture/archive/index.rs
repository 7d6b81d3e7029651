//! Many pages out of one archive: its records are gone over once, and from then on a page costs the reading of its own.
//!
//! What is found is what [`open`](super::open) finds, since the same code looks for it: it is given, in place of the whole file, only the
//! records that have to do with a page, which are those of its address, of where they redirect to, and of what they refer to.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{BufRead, BufReader, Read as _, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use super::{
    Broken, Shelf, Warc,
    find::{Wanted, key},
    is_wacz, read, sheet_of,
};
use crate::capture::{
    Address, Capture, Error, Limits, Sheet, Via,
    address::without_credentials,
    file, wacz,
    warc::{Answer, Head, Kind, Reader},
};

/// How much of a block is read to see where it redirects to, in bytes.
const HEAD: usize = 64 << 10;

/// What is known of one archive, once somebody has gone over it.
type GoneOver = Arc<OnceLock<Result<Index, Broken>>>;

/// The archives that were opened so far, each gone over once. One may be shared by any number of threads.
#[derive(Debug, Default)]
pub struct Shelves {
    known: Mutex<BTreeMap<PathBuf, GoneOver>>,
}

impl Shelves {
    /// Gets the page `wanted` out of the file at `path`, as a single one is got.
    ///
    /// # Errors
    /// Those of getting a single one.
    pub fn open(&self, path: &Path, wanted: Option<&str>, limits: &Limits) -> Result<Capture, Error> {
        let asked = Wanted::of(wanted);
        // The only page there is has to be looked for everywhere.
        let (Some(wanted), Wanted::Address(_) | Wanted::Id(_)) = (wanted, &asked) else {
            return super::open(path, wanted, limits);
        };
        let locator = format!("{}#{}", path.display(), without_credentials(wanted));
        let index = self.index(path);
        let index = index.get_or_init(|| Index::of(path)).as_ref().map_err(|cause| cause.clone().of(&locator))?;
        read(&mut index.about(path, &asked), &locator, Some(wanted), limits)
    }

    /// Gets a style sheet out of the archive at `path`; at most `limit` bytes.
    ///
    /// # Errors
    /// Why it cannot be had, in one clause.
    pub(in crate::capture) fn sheet(&self, path: &Path, address: &Address, limit: usize) -> Result<Sheet, String> {
        let wanted = Wanted::Address(address.to_string());
        let index = self.index(path);
        let index = index.get_or_init(|| Index::of(path)).as_ref().map_err(ToString::to_string)?;
        sheet_of(&mut index.about(path, &wanted), address, limit)
    }

    fn index(&self, path: &Path) -> Arc<OnceLock<Result<Index, Broken>>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(path.to_owned()).or_default())
    }
}

/// Where the records of an archive are.
#[derive(Debug)]
struct Index {
    via: Via,
    notes: Vec<String>,
    /// Every record that could be a page, in the order of the archive.
    records: Vec<Record>,
    by_address: BTreeMap<String, Vec<usize>>,
    by_id: BTreeMap<String, Vec<usize>>,
    by_digest: BTreeMap<String, Vec<usize>>,
}

/// Where a record is, and what has to do with it.
#[derive(Debug)]
struct Record {
    /// In bytes of the whole file: where it, or the gzip member it is in, begins, and where the next one does.
    start: u64,
    end: u64,
    /// The addresses, ids and digests of records that have to be looked at with it.
    addresses: Vec<String>,
    ids: Vec<String>,
    digests: Vec<String>,
}

impl Index {
    /// Goes over the archive at `path`.
    fn of(path: &Path) -> Result<Self, Broken> {
        let open = || file::regular(path).map_err(Broken::Disk);
        let mut index = Self {
            via: Via::Warc,
            notes: Vec::new(),
            records: Vec::new(),
            by_address: BTreeMap::new(),
            by_id: BTreeMap::new(),
            by_digest: BTreeMap::new(),
        };
        if is_wacz(path) {
            let mut shelf = wacz::Shelf::open(open()?)?;
            (index.via, index.notes) = (shelf.via(), shelf.notes());
            let mut places = shelf.places()?.into_iter();
            shelf.each(&mut |file| {
                let (start, end) = places.next().unwrap_or_default();
                index.take(file, start, end).map(|()| true)
            })?;
        } else {
            let end = open()?.metadata().map_or(u64::MAX, |metadata| metadata.len());
            Warc(path).each(&mut |file| index.take(file, 0, end).map(|()| true))?;
        }
        Ok(index)
    }

    /// Takes in the WARC file that lies between `start` and `end`.
    fn take(&mut self, file: &mut dyn BufRead, start: u64, end: u64) -> Result<(), Broken> {
        let mut reader = Reader::new(file, 0)?;
        let first = self.records.len();
        let mut starts = BTreeSet::from([end]);
        while let Some(head) = reader.record()? {
            starts.insert(start + head.offset);
            if ![Kind::Response, Kind::Revisit, Kind::Resource].contains(&head.kind) {
                continue;
            }
            let block = if head.kind == Kind::Resource { Vec::new() } else { reader.some_of_block(HEAD)? };
            self.put(&head, &block, start + head.offset);
        }
        for record in self.records.iter_mut().skip(first) {
            // Several records can be in one gzip member.
            record.end = starts.range(record.start + 1..).next().copied().unwrap_or(end);
        }
        Ok(())
    }

    fn put(&mut self, head: &Head, block: &[u8], start: u64) {
        let fields = &head.fields;
        let text = |name: &str| fields.get(name).map(str::to_owned);
        let uri = |name: &str| fields.uri(name).map(str::to_owned);
        let own = uri("WARC-Target-URI");
        let mut record = Record { start, end: start, addresses: Vec::new(), ids: Vec::new(), digests: Vec::new() };
        if head.kind == Kind::Revisit {
            let places = [uri("WARC-Refers-To-Target-URI"), own.clone()];
            record.addresses.extend(places.iter().flatten().map(|address| key(address)));
            record.ids.extend(uri("WARC-Refers-To"));
            record.digests.extend(text("WARC-Payload-Digest"));
        }
        let location = Answer::parse(block).and_then(|answer| answer.header("location"));
        let target =
            own.as_deref().zip(location).and_then(|(own, to)| Address::parse(own).and_then(|own| own.join(&to)).ok());
        record.addresses.extend(target.map(|target| target.to_string()));
        let place = self.records.len();
        let names = [
            (&mut self.by_address, own.map(|own| key(&own))),
            (&mut self.by_id, uri("WARC-Record-ID")),
            (&mut self.by_digest, text("WARC-Payload-Digest")),
        ];
        for (map, name) in names {
            if let Some(name) = name {
                map.entry(name).or_default().push(place);
            }
        }
        self.records.push(record);
    }

    /// The records that have to do with what is wanted.
    fn about(&self, path: &Path, wanted: &Wanted) -> Few {
        let of = |map: &BTreeMap<String, Vec<usize>>, name: &String| map.get(name).cloned().unwrap_or_default();
        let mut waiting = match wanted {
            Wanted::Address(address) => of(&self.by_address, address),
            Wanted::Id(id) => of(&self.by_id, id),
            Wanted::Only => Vec::new(),
        };
        let mut seen = BTreeSet::new();
        while let Some(place) = waiting.pop() {
            let Some(record) = self.records.get(place).filter(|_| seen.insert(place)) else { continue };
            waiting.extend(record.addresses.iter().flat_map(|address| of(&self.by_address, address)));
            waiting.extend(record.ids.iter().flat_map(|id| of(&self.by_id, id)));
            waiting.extend(record.digests.iter().flat_map(|digest| of(&self.by_digest, digest)));
        }
        let sections: BTreeSet<(u64, u64)> =
            seen.iter().filter_map(|place| self.records.get(*place)).map(|record| (record.start, record.end)).collect();
        Few { path: path.to_owned(), via: self.via, notes: self.notes.clone(), sections }
    }
}

/// A few records of an archive, as if they were all of it.
struct Few {
    path: PathBuf,
    via: Via,
    notes: Vec<String>,
    /// Where each begins and ends.
    sections: BTreeSet<(u64, u64)>,
}

impl Shelf for Few {
    fn each(&mut self, visit: &mut dyn FnMut(&mut dyn BufRead) -> Result<bool, Broken>) -> Result<(), Broken> {
        for (start, end) in &self.sections {
            let mut file: File = file::regular(&self.path).map_err(Broken::Disk)?;
            file.seek(SeekFrom::Start(*start)).map_err(|_| Broken::CutShort)?;
            if !visit(&mut BufReader::with_capacity(1 << 16, file.take(end - start)))? {
                break;
            }
        }
        Ok(())
    }

    fn via(&self) -> Via {
        self.via
    }

    fn notes(&self) -> Vec<String> {
        self.notes.clone()
    }
}
