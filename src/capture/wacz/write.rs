//! Writes captures as a WACZ file: captures in; a ZIP file with one WARC file, its index, a list of pages and digests out.
//!
//! Fixed times and a fixed order: the same captures give the same file. The WARC file is stored and not packed again, since the
//! index points into it. Signatures of the format are never written: a seal says more and can be checked by more people.

use std::io::{self, Seek, Write};

use serde_json::{Value, json};
use zip::{CompressionMethod, DateTime, ZipWriter, write::SimpleFileOptions};

use super::{
    ARCHIVE, cdxj,
    package::{DIGEST, PACKAGE},
    steady::Steady,
};
use crate::{
    capture::{
        Capture,
        warc::{self, Facts},
    },
    digest::{Digest, Hasher},
    moment::Moment,
};

/// The version of the format.
const VERSION: &str = "1.1.1";
/// The name of the WARC file inside.
const WARC: &str = "capture.warc.gz";

/// Writes `captures` into `out`, made at `now` by `software` (such as `vidimus/0.1.0`). What is said of each capture's record comes
/// back in their order, `None` where one did not come over HTTP and is not in the file.
///
/// # Errors
/// What writing says.
pub fn write<W: Write + Seek>(
    out: W,
    captures: &[&Capture],
    software: &str,
    now: Moment,
) -> io::Result<(W, Vec<Option<Facts>>)> {
    let mut writer = Writer::new(out, software, now)?;
    let facts: io::Result<Vec<_>> = captures.iter().map(|capture| writer.capture(capture)).collect();
    Ok((writer.finish()?, facts?))
}

/// Writes one WACZ file, capture by capture; of each only what its index says is held.
pub struct Writer<W: Write + Seek> {
    warc: warc::Writer<Hashing<ZipWriter<Steady<W>>>>,
    pages: String,
    software: String,
    now: Moment,
}

impl<W: Write + Seek> Writer<W> {
    /// Begins a file made at `now` by `software` (such as `vidimus/0.1.0`).
    ///
    /// # Errors
    /// What writing to `out` says.
    pub fn new(out: W, software: &str, now: Moment) -> io::Result<Self> {
        let mut zip = ZipWriter::new(Steady::new(out));
        let stored = options(CompressionMethod::Stored).large_file(true);
        zip.start_file(path(), stored).map_err(io::Error::from)?;
        let hashing = Hashing { out: zip, hasher: Hasher::default(), bytes: 0 };
        let pages = format!("{}\n", json!({ "format": "json-pages-1.0", "id": "pages", "title": "All Pages" }));
        let warc = warc::Writer::new(hashing, WARC, software, now)?;
        Ok(Self { warc, pages, software: software.to_owned(), now })
    }

    /// Writes a capture; what is said of its record comes back, `None` where it did not come over HTTP and is not in the file.
    ///
    /// # Errors
    /// What writing says.
    pub fn capture(&mut self, capture: &Capture) -> io::Result<Option<Facts>> {
        let facts = self.warc.capture(capture, self.now)?;
        if let (Some(exchange), Some(facts)) = (&capture.exchange, &facts) {
            let ts = capture.retrieved_at.unwrap_or(self.now);
            let page = json!({ "id": facts.id, "url": exchange.final_url, "ts": ts });
            self.pages.push_str(&format!("{page}\n"));
        }
        Ok(facts)
    }

    /// Ends the file, and gives back what was written to.
    ///
    /// # Errors
    /// What writing says, now or before.
    pub fn finish(self) -> io::Result<W> {
        let (hashing, entries) = self.warc.finish()?;
        let Hashing { out: mut zip, hasher, bytes } = hashing;
        let mut resources = vec![resource(&path(), bytes, hasher.finish())];
        let index = cdxj::index(&entries, WARC);
        for (path, text) in [("indexes/index.cdx", index), ("pages/pages.jsonl", self.pages)] {
            put(&mut zip, path, text.as_bytes())?;
            resources.push(resource(path, u64::try_from(text.len()).unwrap_or(u64::MAX), Digest::of(text.as_bytes())));
        }
        let package = json!({
            "profile": "data-package",
            "wacz_version": VERSION,
            "software": self.software,
            "created": self.now,
            "resources": resources,
        });
        let package = pretty(&package);
        put(&mut zip, PACKAGE, package.as_bytes())?;
        let digest = json!({ "path": PACKAGE, "hash": format!("sha256:{}", Digest::of(package.as_bytes())) });
        put(&mut zip, DIGEST, pretty(&digest).as_bytes())?;
        zip.finish().map_err(io::Error::from)?.end()
    }
}

/// Where the WARC file is inside.
fn path() -> String {
    format!("{ARCHIVE}{WARC}")
}

fn resource(path: &str, bytes: u64, digest: Digest) -> Value {
    let name = path.rsplit('/').next().unwrap_or(path);
    json!({ "name": name, "path": path, "hash": format!("sha256:{digest}"), "bytes": bytes })
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn put<W: Write + Seek>(zip: &mut ZipWriter<W>, path: &str, bytes: &[u8]) -> io::Result<()> {
    zip.start_file(path, options(CompressionMethod::Deflated)).map_err(io::Error::from)?;
    zip.write_all(bytes)
}

/// A fixed time, and rights for everybody to read.
fn options(method: CompressionMethod) -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
}

/// Hashes and counts what is written.
struct Hashing<W> {
    out: W,
    hasher: Hasher,
    bytes: u64,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += u64::try_from(written).unwrap_or_default();
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
