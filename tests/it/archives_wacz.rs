//! Pages out of WACZ files, and every trick a ZIP file can play. What is inside the WARC files they hold is in `archives`.

use std::io::{Cursor, Write as _};

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use vidimus::{Verdict, capture::Via, digest::Digest};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::{
    archives::{TEXT, page},
    support::{Run, Sandbox, schema},
};

const URL: &str = "http://example.org/release";
const WARC: &str = "archive/a.warc";

/// A WACZ file that is built entry by entry.
struct Wacz {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    resources: Vec<Value>,
}

impl Wacz {
    fn new() -> Self {
        Self { zip: ZipWriter::new(Cursor::new(Vec::new())), resources: Vec::new() }
    }

    /// One with a page in it.
    fn with_page() -> Self {
        let mut wacz = Self::new();
        wacz.add(WARC, &page(URL, "1", TEXT), CompressionMethod::Stored);
        wacz
    }

    fn add(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) {
        self.put(name, bytes, method);
        self.resources.push(
            json!({ "name": "x", "path": name, "hash": format!("sha256:{}", Digest::of(bytes)), "bytes": bytes.len() }),
        );
    }

    /// An entry that is not listed.
    fn put(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) {
        self.zip.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
        self.zip.write_all(bytes).unwrap();
    }

    fn package(&self) -> String {
        json!({ "profile": "data-package", "wacz_version": "1.1.1", "resources": self.resources }).to_string()
    }

    fn end(mut self) -> Vec<u8> {
        let package = self.package();
        self.put("datapackage.json", package.as_bytes(), CompressionMethod::Deflated);
        self.zip.finish().unwrap().into_inner()
    }
}

fn check(file: &[u8], wanted: &str) -> Run {
    let sandbox = Sandbox::new();
    sandbox.write("a.wacz", file);
    sandbox.write("original.html", TEXT);
    sandbox.vidimus(["check", &format!("a.wacz{wanted}"), "--original", "original.html", "--format", "json"])
}

/// `file` with every `old` replaced by a `new` of the same length.
fn edited(mut file: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut found = 0;
    for at in 0..file.len() - old.len() {
        if &file[at..at + old.len()] == old {
            file[at..at + old.len()].copy_from_slice(new);
            found += 1;
        }
    }
    assert!(found > 0);
    file
}

#[test]
fn a_page_is_read_out_of_a_wacz_file() {
    let file = Wacz::with_page().end();
    for wanted in ["", "#http://example.org/release", "#urn:uuid:1"] {
        let run = check(&file, wanted);
        let report = schema::report(&run.ended(0).stdout);
        assert_eq!((report.verdict, report.copy.via), (Verdict::Verbatim, Via::Wacz));
    }
    check(&file, "#http://example.org/b").trouble("the archive holds no record of http://example.org/b");
}

#[test]
fn a_signature_is_shown_and_changes_nothing() {
    let mut wacz = Wacz::with_page();
    let hash = format!("sha256:{}", Digest::of(wacz.package().as_bytes()));
    let pem = "-----BEGIN CERTIFICATE-----\nMAEF\n-----END CERTIFICATE-----\n";
    let signed = json!({ "hash": hash, "signature": "MAYBAQEBAQE=", "created": "2022-01-01T00:00:00Z", "software": "x", "domain": "ministry.example",
        "domainCert": pem, "timeSignature": "MAEF", "timestampCert": pem });
    let digest = json!({ "path": "datapackage.json", "hash": hash, "signedData": signed });
    wacz.put("datapackage-digest.json", digest.to_string().as_bytes(), CompressionMethod::Deflated);
    let run = check(&wacz.end(), "");
    let report = schema::report(&run.ended(0).stdout);
    assert_eq!(format!("{:?}", report.copy.assurance), "Supplied");
    assert!(
        run.stderr.contains("a WACZ signature for the domain \"ministry.example\"")
            && run.stderr.contains("not trusted"),
        "{run:#?}"
    );
    let mut wacz = Wacz::with_page();
    let digest = json!({ "path": "datapackage.json", "hash": "sha256:00" });
    wacz.put("datapackage-digest.json", digest.to_string().as_bytes(), CompressionMethod::Deflated);
    check(&wacz.end(), "").trouble("gives another digest than datapackage.json has");
}

#[test]
fn entries_that_are_not_as_they_are_listed_are_refused() {
    let other = String::from_utf8(page(URL, "1", TEXT)).unwrap().replace("WARC-Date: 2017", "WARC-Date: 2016");
    let mut wacz = Wacz::with_page();
    wacz.put("pages/pages.jsonl", b"{}", CompressionMethod::Deflated);
    check(&wacz.end(), "").ended(0);
    let mut edited = Wacz::new();
    edited.add(WARC, &page(URL, "1", TEXT), CompressionMethod::Stored);
    let package = edited.package();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in [(WARC, other.as_bytes()), ("datapackage.json", package.as_bytes())] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(bytes).unwrap();
    }
    // No digest inside the WARC file notices another date; the one around it does.
    check(&zip.finish().unwrap().into_inner(), "").trouble("does not have the digest that datapackage.json gives it");
    let mut unlisted = Wacz::with_page();
    unlisted.put("archive/b.warc", &page(URL, "2", TEXT), CompressionMethod::Stored);
    check(&unlisted.end(), "").trouble("its entry \"archive/b.warc\" is not listed in datapackage.json");
    let mut missing = Wacz::with_page();
    missing.resources.push(json!({ "path": "archive/b.warc" }));
    check(&missing.end(), "").trouble("its entry \"archive/b.warc\" is listed, but not there");
}

#[test]
fn dot_dot_name() {
    for name in ["../evil", "archive/../../evil", "/etc/evil", "a\\..\\evil", "C:/evil"] {
        let mut wacz = Wacz::with_page();
        wacz.put("PLACE/HOLDER/NAME-OF-ANY-LENGTH", b"x", CompressionMethod::Stored);
        let long = format!("{name}{}", "x".repeat(31 - name.len()));
        let file = edited(wacz.end(), b"PLACE/HOLDER/NAME-OF-ANY-LENGTH", long.as_bytes());
        check(&file, "").trouble("has a");
    }
    let mut link = Wacz::with_page();
    link.zip.add_symlink("archive/link", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    check(&link.end(), "").trouble("its entry \"archive/link\" is a link or a device");
    let mut packed = Wacz::new();
    packed.add(WARC, &page(URL, "1", TEXT), CompressionMethod::Deflated);
    check(&packed.end(), "").trouble("is packed, but an index can only point into what is stored");
}

#[test]
fn same_name_twice() {
    let mut wacz = Wacz::with_page();
    wacz.add("archive/b.warc", &page(URL, "2", "<p>Other.</p>"), CompressionMethod::Stored);
    let twice = edited(wacz.end(), b"archive/b.warc", b"archive/a.warc");
    check(&twice, "").trouble("two entries have the same name");
    let mut wacz = Wacz::with_page();
    wacz.add("archive/b.warc", &page(URL, "1", TEXT), CompressionMethod::Stored);
    let mut file = wacz.end();
    // The second entry of the central directory is made to point to where the first one lies.
    let entries: Vec<usize> = (0..file.len() - 4).filter(|at| &file[*at..*at + 4] == b"PK\x01\x02").collect();
    let place: [u8; 4] = file[entries[0] + 42..entries[0] + 46].try_into().unwrap();
    file[entries[1] + 42..entries[1] + 46].copy_from_slice(&place);
    check(&file, "").trouble("two entries overlap");
}

#[test]
fn gigabyte_of_zeros() {
    let zeros = vec![0; 1 << 20];
    let mut wacz = Wacz::with_page();
    wacz.zip
        .start_file("pages/pages.jsonl", SimpleFileOptions::default().compression_method(CompressionMethod::Deflated))
        .unwrap();
    for _ in 0..1024 {
        wacz.zip.write_all(&zeros).unwrap();
    }
    wacz.resources.push(json!({ "path": "pages/pages.jsonl", "hash": format!("sha256:{}", Digest::of(b"")) }));
    check(&wacz.end(), "").trouble("it unpacks to more than is read");
    // The same in a gzip member of a WARC file: the record is passed over where it is not wanted, and refused where it is.
    let head = format!(
        "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:9>\r\nWARC-Target-URI: http://example.org/bomb\r\n\
         Content-Type: text/html\r\nContent-Length: {}\r\n\r\n",
        1_u64 << 30
    );
    let mut bomb = GzEncoder::new(Vec::new(), Compression::fast());
    bomb.write_all(head.as_bytes()).unwrap();
    for _ in 0..1024 {
        bomb.write_all(&zeros).unwrap();
    }
    bomb.write_all(b"\r\n\r\n").unwrap();
    let mut plain = GzEncoder::new(Vec::new(), Compression::fast());
    plain.write_all(&page(URL, "1", TEXT)).unwrap();
    let mut wacz = Wacz::new();
    let warc = [bomb.finish().unwrap(), plain.finish().unwrap()].concat();
    wacz.add("archive/a.warc.gz", &warc, CompressionMethod::Stored);
    let file = wacz.end();
    assert!(file.len() < 8 << 20);
    check(&file, "#http://example.org/bomb").trouble("larger than the limit of 67108864 bytes");
    check(&file, "#http://example.org/release").ended(0);
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let file = Wacz::with_page().end();
    for end in (0..file.len()).step_by(97) {
        check(&file[..end], "").trouble("a.wacz: this is no WACZ file");
    }
    check(b"PK", "").trouble("this is no WACZ file");
    let empty = ZipWriter::new(Cursor::new(Vec::new())).finish().unwrap().into_inner();
    check(&empty, "").trouble("it has no datapackage.json");
}
