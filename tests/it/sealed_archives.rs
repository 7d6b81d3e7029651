//! Evidence about pages that were read from archives somebody handed over: their records are sealed in `capture.wacz`, the comparison
//! can be made again, and WACZ signatures in what is sealed are shown and count for nothing. What is fetched is in `sealed_captures`.

use std::{
    fs,
    io::{Cursor, Read as _, Write as _},
};

use serde_json::{Value, json};
use vidimus::{
    digest::Digest,
    pipeline,
    seal::{Outcome, Verification},
    text::base64,
};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::{
    archives::{page, record},
    fetch::gzip,
    seal_kit::{COPY, Evidence, ORIGINAL, allowed_signers, key, private, tool},
    support::Sandbox,
};

const CAPTURE: &str = "capture.wacz";
const DIGEST: &str = "datapackage-digest.json";
const RELEASE: &str = "http://ministry.example/release";
const REPOST: &str = "http://repost.example/old";

/// A response without any digest, with these fields and this head besides.
fn bare(url: &str, id: &str, more: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let fields = format!(
        "WARC-Record-ID: <urn:uuid:{id}>\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2017-11-11T18:02:11Z\r\n\
         Content-Type: application/http; msgtype=response\r\n{more}"
    );
    record("response", &fields, &[format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat())
}

/// Evidence about a copy in the archive `copy` and an original in the archive `original`.
fn evidence(original: &[u8], copy: &[u8]) -> Evidence {
    let sandbox = Sandbox::new();
    private(&sandbox, "signer.key", &key().to_pem(None, &[0; 32]).unwrap());
    sandbox.write("allowed_signers", allowed_signers());
    sandbox.write("release.warc", original);
    sandbox.write("repost.warc.gz", copy);
    let named = format!("repost.warc.gz#{REPOST}");
    sandbox
        .vidimus(["check", &named, "--original", "release.warc", "--out", "evidence", "--key", "signer.key"])
        .ended(1);
    // Nothing is needed any more but the evidence.
    fs::remove_file(sandbox.path("release.warc")).unwrap();
    fs::remove_file(sandbox.path("repost.warc.gz")).unwrap();
    Evidence { sandbox }
}

/// Fails unless it verifies and the comparison, made again, comes out in the same bytes.
#[track_caller]
fn identical(evidence: &Evidence) -> Verification {
    evidence.comes_to(Outcome::Verified);
    let found = pipeline::again(evidence.verify()).unwrap();
    assert_eq!((found.outcome, found.rerun.as_deref()), (Outcome::Verified, Some("identical")), "{found:#?}");
    assert!(evidence.vidimus(&["--rerun"]).ended(0).stdout.contains("rerun     identical"));
    found
}

/// The records of the recording in an evidence folder, as text.
fn records(evidence: &Evidence) -> String {
    let mut zip = ZipArchive::new(Cursor::new(evidence.read(CAPTURE))).unwrap();
    let mut text = Vec::new();
    flate2::read::MultiGzDecoder::new(zip.by_name("archive/capture.warc.gz").unwrap()).read_to_end(&mut text).unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

fn redirected() -> Vec<u8> {
    let head = "302 Found\r\nLocation: /page\r\nSet-Cookie: id=sekrit";
    let page = "200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip";
    let packed = gzip(COPY.as_bytes());
    let digest = format!("WARC-Payload-Digest: sha256:{}\r\n", Digest::of(&packed));
    let file =
        [bare(REPOST, "1", "", head, b""), bare("http://repost.example/page", "2", &digest, page, &packed)].concat();
    gzip(&file)
}

#[test]
fn records_of_an_archive_are_sealed_and_the_comparison_is_made_again() {
    let evidence = evidence(&page(RELEASE, "9", ORIGINAL), &redirected());
    identical(&evidence);
    let statement = evidence.statement();
    let copy = &statement["predicate"]["copy"];
    assert_eq!((copy["via"].as_str(), copy["assurance"].as_str()), (Some("warc"), Some("supplied")));
    assert_eq!(copy["record"]["payloadSha256"], Digest::of(&gzip(COPY.as_bytes())).to_string());
    assert_eq!(copy["stored"], json!({ "id": "urn:uuid:2", "fit": "payload" }));
    assert_eq!(copy["retrievedAt"], "2017-11-11T18:02:11Z");
    let records = records(&evidence);
    assert_eq!(records.matches("WARC-Type: response\r\n").count(), 3);
    assert!(
        records.contains("copiedFromRecord: urn:uuid:2\r\n") && records.contains("headersLeftOut: set-cookie\r\n"),
        "{records}"
    );
    assert!(!records.contains("WARC-Type: request\r\n"), "what was asked is not known and not made up");
    assert!(!records.contains("sekrit"));
}

/// What the statement says of a source and its record says otherwise.
#[test]
fn another_date_or_address_than_the_record_has_is_inconsistent() {
    for (field, value) in [("retrievedAt", "2017-11-12T18:02:11Z"), ("finalUrl", "http://other.example/page")] {
        let evidence = evidence(&page(RELEASE, "9", ORIGINAL), &redirected());
        let report = if field == "finalUrl" { "final_url" } else { "retrieved_at" };
        evidence.edit_report(|own| own["copy"][report] = value.into());
        evidence.edit_statement(|statement| statement["predicate"]["copy"][field] = value.into());
        assert!(evidence.comes_to(Outcome::Inconsistent).contains(field));
    }
}

/// What a record says of itself can change the report, and no byte of the page tells of it.
#[test]
fn what_a_record_says_of_itself_is_taken_over() {
    let head = "200 OK\r\nContent-Type: text/html; charset=utf-8";
    let copy = |more: &str| gzip(&bare(REPOST, "1", more, head, COPY.as_bytes()));
    for (more, code) in [("", "record-without-digest"), ("WARC-Truncated: odd\r\n", "record-truncated")] {
        let evidence = evidence(&page(RELEASE, "9", ORIGINAL), &copy(more));
        identical(&evidence);
        let report: Value = serde_json::from_slice(&evidence.read("report.json")).unwrap();
        assert!(report["limits"].as_array().unwrap().iter().any(|limit| limit["code"] == code), "{}", report["limits"]);
        // Another word for it, and the limits come out otherwise.
        evidence.edit_statement(|statement| {
            statement["predicate"]["copy"]["stored"]["fit"] = "payload".into();
            statement["predicate"]["copy"]["stored"].as_object_mut().unwrap().remove("truncated");
        });
        let again = pipeline::again(evidence.verify()).unwrap();
        assert_eq!(again.outcome, Outcome::RerunDiffers, "{again:#?}");
        evidence.edit_statement(|statement| statement["predicate"]["copy"]["stored"]["fit"] = "somehow".into());
        assert_eq!(pipeline::again(evidence.verify()).unwrap().outcome, Outcome::RerunImpossible);
        evidence.edit_statement(|statement| {
            statement["predicate"]["copy"].as_object_mut().unwrap().remove("stored");
            statement["predicate"]["original"].as_object_mut().unwrap().remove("stored");
        });
        assert_eq!(pipeline::again(evidence.verify()).unwrap().outcome, Outcome::RerunImpossible);
    }
}

/// A revisit holds no body of its own; what is sealed is a whole answer.
#[test]
fn a_revisit_is_sealed_with_its_body() {
    let digest = |body: &str| format!("WARC-Payload-Digest: sha256:{}\r\n", Digest::of(body.as_bytes()));
    let head = "200 OK\r\nContent-Type: text/html; charset=utf-8";
    let fields = format!(
        "WARC-Record-ID: <urn:uuid:2>\r\nWARC-Target-URI: {REPOST}\r\nWARC-Date: 2017-12-11T18:02:11Z\r\n\
         WARC-Refers-To: <urn:uuid:1>\r\n{}",
        digest(COPY)
    );
    let earlier = bare("http://repost.example/earlier", "1", &digest(COPY), head, COPY.as_bytes());
    let file = gzip(&[earlier, record("revisit", &fields, b"")].concat());
    let evidence = evidence(&page(RELEASE, "9", ORIGINAL), &file);
    identical(&evidence);
    let copy = &evidence.statement()["predicate"]["copy"];
    assert_eq!(copy["stored"], json!({ "id": "urn:uuid:2", "fit": "payload", "bodyFrom": "urn:uuid:1" }));
    assert_eq!(copy["retrievedAt"], "2017-12-11T18:02:11Z");
}

/// A record without an exchange, or of nobody knows when, is no exchange to seal: the page alone is.
#[test]
fn what_is_no_exchange_is_sealed_as_a_file() {
    let resource = format!(
        "WARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {REPOST}\r\nWARC-Date: 2017-11-11T18:02:11Z\r\nContent-Type: text/html\r\n"
    );
    let undated = page(REPOST, "1", COPY);
    let undated = String::from_utf8(undated).unwrap().replace("2017-11-11T18:02:11Z", "2017-11");
    let original = String::from_utf8(page(RELEASE, "9", ORIGINAL)).unwrap().replace("2017-11-11T18:02:11Z", "2017");
    for copy in [record("resource", &resource, COPY.as_bytes()), undated.into_bytes()] {
        let evidence = evidence(original.as_bytes(), &gzip(&copy));
        identical(&evidence);
        assert!(!evidence.names().contains(&CAPTURE.to_owned()));
    }
}

/// The recording of an evidence folder with another `datapackage-digest.json`, sealed by the holder of the key.
fn with_signature(evidence: &Evidence, signed: impl FnOnce(&str) -> Value) {
    let file = evidence.read(CAPTURE);
    let mut zip = ZipArchive::new(Cursor::new(&file)).unwrap();
    let mut hash: Value = serde_json::from_reader(zip.by_name(DIGEST).unwrap()).unwrap();
    let own = hash["hash"].as_str().unwrap().to_owned();
    hash["signedData"] = signed(&own);
    let mut again = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).unwrap();
        if entry.name().unwrap() != DIGEST {
            again.raw_copy_file(entry).unwrap();
        }
    }
    again.start_file(DIGEST, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).unwrap();
    again.write_all(hash.to_string().as_bytes()).unwrap();
    evidence.edit_artefact(CAPTURE, &again.finish().unwrap().into_inner());
}

/// A public key made by openssl, and its signature over `hash`: the real thing, as ArchiveWeb.page makes it.
fn anonymous(curve: &str, hash: &str) -> Value {
    let sandbox = Sandbox::new();
    sandbox.write("hash", hash);
    let openssl = |arguments: &[&str]| {
        tool(&sandbox, "openssl", arguments, b"").ended(0);
    };
    openssl(&["ecparam", "-name", curve, "-genkey", "-noout", "-out", "key.pem"]);
    openssl(&["pkey", "-in", "key.pem", "-pubout", "-outform", "DER", "-out", "key.der"]);
    openssl(&["dgst", "-sha256", "-sign", "key.pem", "-out", "signature", "hash"]);
    let read = |name: &str| base64::encode(&fs::read(sandbox.path(name)).unwrap());
    json!({ "hash": hash, "created": "2024-04-17T17:02:07.848Z", "software": "ArchiveWeb.page", "signature": read("signature"),
            "publicKey": read("key.der") })
}

fn of_domain(hash: &str) -> Value {
    let pem = format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", base64::encode(&[0x30, 1, 5]));
    json!({ "hash": hash, "created": "2024-06-06T16:14:01Z", "software": "authsigner 0.5.0", "version": "0.1.0",
            "signature": anonymous("prime256v1", hash)["signature"], "domain": "signing.example.org", "domainCert": pem,
            "timeSignature": base64::encode(&[0x30, 1, 5]), "timestampCert": pem })
}

#[test]
fn wacz_signatures_are_shown_and_change_no_outcome() {
    let evidence = evidence(&page(RELEASE, "9", ORIGINAL), &redirected());
    assert!(evidence.verify().notes.iter().all(|note| !note.contains("WACZ signature")), "ours carry none");
    for (curve, name) in [("prime256v1", "P-256"), ("secp384r1", "P-384")] {
        with_signature(&evidence, |hash| anonymous(curve, hash));
        let found = identical(&evidence);
        let told =
            format!("{CAPTURE} carries a WACZ signature with an anonymous key (ECDSA on {name}, SHA-256 of the key ");
        let note = found.notes.iter().find(|note| note.starts_with(&told)).unwrap_or_else(|| panic!("{found:#?}"));
        assert!(note.contains("not trusted") && note.ends_with("it changes no outcome."), "{note}");
    }
    with_signature(&evidence, of_domain);
    let run = evidence.vidimus(&[]);
    let words = "capture.wacz carries a WACZ signature for the domain \"signing.example.org\" (1 certificate and a timestamp, none of them looked into)";
    assert!(run.ended(0).stdout.contains(words), "{run:#?}");
    // Somebody else's key in the recording is no key that is trusted.
    let stranger = evidence.verify_under(&vidimus::seal::Policy::default());
    assert_eq!(stranger.outcome, Outcome::UnknownKey);
}

#[test]
fn a_malformed_wacz_signature_is_shown_as_such_and_is_no_error() {
    let evidence = evidence(&page(RELEASE, "9", ORIGINAL), &redirected());
    let plain = |hash: &str| json!({ "hash": hash, "created": "2024-04-17T17:02:07Z", "software": "\u{202e}x", "signature": "AAAA" });
    let cases = [
        (json!("\u{1b}[31msigned"), "it is no object"),
        (anonymous("secp384r1", "sha256:00"), "it signs another hash than that of datapackage.json"),
        (plain("…"), "neither a public key nor a domain"),
        (json!({ "hash": "…", "::error::x": 1 }), "in neither form"),
    ];
    for (signed, why) in cases {
        with_signature(&evidence, |hash| serde_json::from_str(&signed.to_string().replace('…', hash)).unwrap());
        let run = evidence.vidimus(&[]);
        let note = run
            .ended(0)
            .stdout
            .lines()
            .find(|line| line.contains("malformed WACZ signature"))
            .unwrap_or_else(|| panic!("{run:#?}"));
        assert!(note.contains(why) && !note.contains('\u{1b}') && !note.contains('\u{202e}'), "{note}");
        identical(&evidence);
    }
}
