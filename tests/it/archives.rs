//! Pages out of WARC files: the quirks of other programs, revisits, redirects, digests, and everything that is refused.
//! How archives are written is in `capture`, WACZ files are in `archives_wacz`.

use vidimus::{Report, Verdict, capture::Via, digest};

use crate::support::{Run, Sandbox, schema};

pub const TEXT: &str = "<p>Ministers met in the capital on Monday. They will continue their talks in May.</p>";
const URL: &str = "http://example.org/release";

/// A record: its type and further fields, and its block.
pub fn record(kind: &str, fields: &str, block: &[u8]) -> Vec<u8> {
    let head = format!("WARC/1.0\r\nWARC-Type: {kind}\r\n{fields}Content-Length: {}\r\n\r\n", block.len());
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// The fields of a response from `url`.
fn response_fields(url: &str, id: &str) -> String {
    format!(
        "WARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2017-11-11T18:02:11Z\r\n\
         Content-Type: application/http; msgtype=response\r\n"
    )
}

/// A response with a head of its own and fields beside the usual ones.
fn response(url: &str, id: &str, more: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat();
    record("response", &(response_fields(url, id) + more), &block)
}

/// A page that is as it should be.
pub fn page(url: &str, id: &str, body: &str) -> Vec<u8> {
    let digest = format!("WARC-Payload-Digest: sha1:{}\r\n", digest::base32(&digest::sha1(body.as_bytes())));
    response(url, id, &digest, "200 OK\r\nContent-Type: text/html; charset=utf-8", body.as_bytes())
}

/// Checks a page of an archive against the same text in a file.
fn check(file: &[u8], wanted: &str) -> Run {
    let sandbox = Sandbox::new();
    sandbox.write("a.warc", file);
    sandbox.write("original.html", TEXT);
    sandbox.vidimus(["check", &format!("a.warc{wanted}"), "--original", "original.html", "--format", "json"])
}

#[track_caller]
fn read(file: &[u8], wanted: &str) -> Report {
    let run = check(file, wanted);
    assert_eq!(run.stderr, "", "{run:#?}");
    schema::report(&run.stdout)
}

/// Fails unless the page is read and says what the file says.
#[track_caller]
fn same(file: &[u8], wanted: &str) -> Report {
    let report = read(file, wanted);
    assert_eq!(report.verdict, Verdict::Verbatim, "{:?}", report.limits);
    report
}

/// The same where there is something to be said of the record on standard error.
#[track_caller]
fn same_but_for_notes(file: &[u8]) -> Report {
    let report = schema::report(&check(file, "").ended(0).stdout);
    assert_eq!(report.verdict, Verdict::Verbatim);
    report
}

fn codes(report: &Report) -> Vec<&str> {
    report.limits.iter().map(|limit| limit.code.as_str()).filter(|code| code.starts_with("record-")).collect()
}

#[test]
fn a_record_is_named_by_address_or_id_or_not_at_all() {
    let file = [record("warcinfo", "", b"software: x\r\n"), page(URL, "1", TEXT)].concat();
    for wanted in
        ["", "#http://example.org/release", "#HTTP://Example.ORG/release#part", "#urn:uuid:1", "#<urn:uuid:1>"]
    {
        let copy = same(&file, wanted).copy;
        assert_eq!((copy.url.as_deref(), copy.final_url.as_deref(), copy.status), (Some(URL), Some(URL), Some(200)));
        assert_eq!((copy.via, copy.locator), (Via::Warc, format!("a.warc{wanted}")));
        assert_eq!(copy.retrieved_at.unwrap().to_string(), "2017-11-11T18:02:11Z");
        assert_eq!(format!("{:?}", copy.assurance), "Supplied", "who hands an archive over asserts what is in it");
    }
    check(&file, "#http://example.org/other").trouble("the archive holds no record of http://example.org/other");
    check(&file, "#urn:uuid:2").trouble("the archive holds no record of urn:uuid:2");
}

#[test]
fn several_pages_are_listed_and_none_is_guessed() {
    let style = response("http://example.org/s.css", "3", "", "200 OK\r\nContent-Type: text/css", b"p{}");
    let two = [page(URL, "1", TEXT), style, page("http://example.org/b", "2", "<p>Another page.</p>")].concat();
    let run = check(&two, "");
    run.trouble("2 records in the archive could be meant");
    for line in ["name one of them behind a #:", URL, "http://example.org/b"] {
        assert!(run.stderr.contains(&format!("  hint: {line}\n")), "{run:#?}");
    }
    same(&two, "#http://example.org/release");
    // The same address with another body: nobody but the user can say which is meant.
    let twice = [page(URL, "1", TEXT), page(URL, "2", "<p>Another text.</p>")].concat();
    for wanted in ["", "#http://example.org/release"] {
        let run = check(&twice, wanted);
        run.trouble("2 records in the archive could be meant");
        assert!(run.stderr.contains("  hint: urn:uuid:1\n  hint: urn:uuid:2\n"), "{run:#?}");
    }
    same(&twice, "#urn:uuid:1");
    same(&[page(URL, "1", TEXT), page(URL, "2", TEXT)].concat(), "");
    let gone = response(URL, "2", "", "404 Not Found\r\nContent-Type: text/html", b"<p>Gone.</p>");
    same(&[gone.clone(), page(URL, "1", TEXT)].concat(), "#http://example.org/release");
    check(&gone, "#http://example.org/release").trouble("status 404");
    check(&record("warcinfo", "", b""), "").trouble("the archive holds no page that could be read");
}

#[test]
fn quirks_of_other_programs_are_read() {
    // wget puts angle brackets around addresses; dates may have fractions; names have any case.
    let block = format!("HTTP/1.0 200\nContent-Type: text/html\n\n{TEXT}");
    let fields = "warc-record-id: <urn:uuid:1>\r\nWARC-TARGET-URI: <http://example.org/release>\r\n\
                  WARC-Date: 2017-11-11T18:02:11.123456789Z\r\nContent-Type: application/http;msgtype=response\r\n";
    let wget = record("Response", fields, block.as_bytes());
    let report = same(&wget, "#http://example.org/release");
    assert_eq!(report.copy.retrieved_at.unwrap().to_string(), "2017-11-11T18:02:11Z");
    assert_eq!(codes(&report), ["record-without-digest"]);
    let resource = record(
        "resource",
        "WARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: http://example.org/release\r\nWARC-Date: 2017-11-11\r\n\
         Content-Type: text/html\r\n",
        TEXT.as_bytes(),
    );
    let copy = same(&resource, "").copy;
    assert_eq!((copy.status, copy.retrieved_at), (None, None), "neither a status nor a time of day is made up");
}

#[test]
fn chunked_bodies_are_read_in_all_three_forms() {
    let (first, second) = TEXT.split_at(20);
    let framed = format!("14\r\n{first}\r\n{:x}\r\n{second}\r\n0\r\n\r\n", second.len());
    let head = "200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked";
    let label =
        |body: &str| format!("WARC-Payload-Digest: sha1:{}\r\n", digest::base32(&digest::sha1(body.as_bytes())));
    for (digest_of, stored) in [(TEXT, framed.as_str()), (&framed, &framed), (TEXT, TEXT)] {
        let file = response(URL, "1", &label(digest_of), head, stored.as_bytes());
        assert_eq!(codes(&same_but_for_notes(&file)), [""; 0]);
        let framing = check(&file, "").stderr.contains("counts the body with its chunk framing");
        assert_eq!(framing, digest_of == framed, "which of the two fitted is said");
    }
    check(&response(URL, "1", &label("other"), head, framed.as_bytes()), "").trouble("payload digest");
}

#[test]
fn a_body_that_does_not_have_its_digest_is_refused() {
    let file = page(URL, "1", TEXT);
    let edited = String::from_utf8(file.clone()).unwrap().replace("in May.", "in Mai.");
    check(edited.as_bytes(), "").trouble("the record urn:uuid:1 does not have the payload digest it gives itself");
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{TEXT}");
    let label = format!("WARC-Block-Digest: sha256:{}\r\n", vidimus::digest::Digest::of(block.as_bytes()));
    let whole = record("response", &(response_fields(URL, "1") + &label), block.as_bytes());
    assert_eq!(codes(&same_but_for_notes(&whole)), [""; 0]);
    let edited = String::from_utf8(whole).unwrap().replace("in May.", "in Mai.");
    check(edited.as_bytes(), "").trouble("does not have the block digest it gives itself");
    let unknown =
        response(URL, "1", "WARC-Payload-Digest: md5:00\r\n", "200 OK\r\nContent-Type: text/html", TEXT.as_bytes());
    assert_eq!(codes(&same(&unknown, "")), ["record-without-digest"]);
}

#[test]
fn a_revisit_is_the_record_it_refers_to_or_an_error() {
    let label = format!("WARC-Payload-Digest: sha1:{}\r\n", digest::base32(&digest::sha1(TEXT.as_bytes())));
    let revisit = |refers: &str| {
        let fields = format!(
            "WARC-Record-ID: <urn:uuid:9>\r\nWARC-Target-URI: {URL}\r\nWARC-Date: 2018-01-01T00:00:00Z\r\n{label}{refers}\
             Content-Type: application/http; msgtype=response\r\n"
        );
        record("revisit", &fields, b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    };
    let by_id = revisit("WARC-Refers-To: <urn:uuid:1>\r\n");
    let by_date = revisit(
        "WARC-Refers-To-Target-URI: http://example.org/release\r\nWARC-Refers-To-Date: 2017-11-11T18:02:11Z\r\n",
    );
    for one in [&by_id, &by_date, &revisit("")] {
        for order in [[page(URL, "1", TEXT), one.clone()], [one.clone(), page(URL, "1", TEXT)]] {
            let report = same(&order.concat(), "#urn:uuid:9");
            assert_eq!(report.copy.retrieved_at.unwrap().to_string(), "2018-01-01T00:00:00Z", "when it was seen again");
        }
    }
    check(&by_id, "#urn:uuid:9").trouble("nothing had changed since urn:uuid:1, which is not in the archive");
    check(&[page(URL, "1", "<p>Other.</p>"), by_id].concat(), "#urn:uuid:9").trouble("payload digest");
}

#[test]
fn redirects_are_followed_inside_the_archive_only() {
    let hop = |from: &str, id: &str, to: &str| response(from, id, "", &format!("301 Moved\r\nLocation: {to}"), b"");
    let file = [hop("http://example.org/old", "2", "/release"), page(URL, "1", TEXT)].concat();
    let copy = same(&file, "#http://example.org/old").copy;
    assert_eq!(copy.url.as_deref(), Some("http://example.org/old"));
    assert_eq!((copy.final_url.as_deref(), copy.redirects.unwrap().len()), (Some(URL), 1));
    check(&hop(URL, "1", "http://elsewhere.example/"), "#http://example.org/release")
        .trouble("redirects to http://elsewhere.example/, which is not in the archive");
    let round =
        [hop("http://a.example/", "1", "http://b.example/"), hop("http://b.example/", "2", "http://a.example/")];
    check(&round.concat(), "#http://a.example/").trouble("its redirects run in a loop");
}

#[test]
fn what_is_not_all_of_a_page_leaves_the_verdict_open() {
    let cut =
        response(URL, "1", "WARC-Truncated: length\r\n", "200 OK\r\nContent-Type: text/html", &TEXT.as_bytes()[..45]);
    let report = read(&cut, "");
    assert_eq!(report.verdict, Verdict::Undetermined);
    assert!(codes(&report).contains(&"record-truncated"));
    let segment =
        response(URL, "1", "WARC-Segment-Number: 1\r\n", "200 OK\r\nContent-Type: text/html", TEXT.as_bytes());
    check(&segment, "").trouble("the record urn:uuid:1 is segmented, and segmented records are not read");
}

#[test]
fn packed_bodies_are_unpacked_under_the_limit() {
    let packed = crate::fetch::gzip(TEXT.as_bytes());
    let head = "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip";
    let copy = same(&response(URL, "1", "", head, &packed), "").copy;
    assert_eq!(copy.bytes, TEXT.len() as u64);
    // Some programs keep the head and store the body unpacked.
    same(&response(URL, "1", "", head, TEXT.as_bytes()), "");
    check(&response(URL, "1", "", head, &packed[..20]), "").trouble("damaged or ends too early");
    let bomb = crate::fetch::gzip(&vec![b' '; 100 << 20]);
    check(&response(URL, "1", "", head, &bomb), "").trouble("larger than the limit of 67108864 bytes");
}

#[test]
fn a_file_cut_at_each_kilobyte_never_gives_an_empty_page() {
    let long: String = (0..2000).map(|number| format!("<p>Paragraph {number} of the release.</p>")).collect();
    let other = page("http://example.org/b", "2", "<p>Another page.</p>");
    let file = [record("warcinfo", "", b"x"), page(URL, "1", &long), other].concat();
    let sandbox = Sandbox::new();
    sandbox.write("original.html", &long);
    for end in (0..file.len()).step_by(1024) {
        sandbox.write("a.warc", &file[..end]);
        let run = sandbox.vidimus(["check", "a.warc#http://example.org/release", "--original", "original.html"]);
        run.trouble("a.warc#http://example.org/release: ");
    }
}

#[test]
fn names_of_missing_and_wrong_files_are_said() {
    let sandbox = Sandbox::new();
    sandbox.write("page.warc", TEXT);
    let check = |copy: &str| sandbox.vidimus(["check", copy, "--original", copy]);
    check("none.warc.gz#http://example.org/").trouble("none.warc.gz#http://example.org/: there is no such file");
    check("page.warc").trouble("page.warc: this is no WARC file");
    std::fs::create_dir(sandbox.path("folder.warc")).unwrap();
    check("folder.warc").trouble("folder.warc: this is a folder");
    sandbox.write("new.warc", "WARC/2.0\r\n\r\n");
    check("new.warc").trouble("records of WARC/2.0 are not read");
    let run = check("none.warc#http://me:sekrit@example.org/");
    assert!(!run.stderr.contains("sekrit"), "{run:#?}");
}
