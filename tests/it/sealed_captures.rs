//! `capture.wacz` in an evidence folder: the exchanges behind a comparison are sealed with it, and whoever rewrites them or what
//! the statement says of them is found out. How archives are written and read by themselves is in `capture` and `archives`.

use std::io::{Cursor, Read as _};

use serde_json::{Value, json};
use vidimus::{
    Capture, Options,
    capture::{self, Limits, Locator, wacz},
    digest::Digest,
    pipeline,
    seal::{Outcome, folder},
};

use crate::{
    fetch::gzip,
    seal_kit::{COPY, Evidence, ORIGINAL, allowed_signers, key, now, sealed},
    support::{Reply, Sandbox, Server},
};

const CAPTURE: &str = "capture.wacz";

fn server() -> Server {
    let packed = Reply::page("text/html; charset=utf-8", gzip(COPY.as_bytes())).header("Content-Encoding", "gzip");
    Server::new([
        ("/original", Reply::html(ORIGINAL).header("Set-Cookie", "id=sekrit")),
        ("/old", Reply::redirect(301, "/copy")),
        ("/copy", packed),
    ])
}

fn fetch(address: String) -> Capture {
    let limits = Limits::default();
    capture::one(&Locator::Url(address), &limits, now(), &mut std::io::empty(), &mut |_| ()).unwrap()
}

/// Evidence about two pages that came over HTTP, and what was fetched: original and copy.
pub fn evidence() -> (Evidence, [Capture; 2]) {
    let server = server();
    let [original, copy] = ["/original", "/old"].map(|path| fetch(server.url(path)));
    (sealing(&original, &copy), [original, copy])
}

fn sealing(original: &Capture, copy: &Capture) -> Evidence {
    let options = Options::new(now());
    let checked = vidimus::check(original, copy, &options);
    let statement = pipeline::statement(&checked, std::slice::from_ref(original), copy, &options);
    let sandbox = Sandbox::new();
    folder::write(&sandbox.path("evidence"), &statement, Some(&sealed(&statement.bytes, &key()))).unwrap();
    sandbox.write("allowed_signers", allowed_signers());
    Evidence { sandbox }
}

/// The bytes of one entry of the recording.
fn entry(evidence: &Evidence, name: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(Cursor::new(evidence.read(CAPTURE))).unwrap();
    let mut bytes = Vec::new();
    zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn exchanges_are_sealed_with_what_they_hold() {
    let (evidence, [original, copy]) = evidence();
    evidence.comes_to(Outcome::Verified);
    assert!(evidence.verify().files.iter().any(|file| file.name == CAPTURE && file.role == "capture"));
    let statement = evidence.statement();
    let record = &statement["predicate"]["copy"]["record"];
    let packed = gzip(COPY.as_bytes());
    assert_eq!(record["contentEncoding"], "gzip");
    assert_eq!(record["payloadBytes"], packed.len());
    assert_eq!(record["payloadSha256"], Digest::of(&packed).to_string());
    assert_eq!(record["payloadSha1Base32"].as_str().unwrap().len(), 32);
    let plain = &statement["predicate"]["original"]["record"];
    assert_eq!(plain.get("contentEncoding"), None, "absent, not null");
    assert_eq!(plain["payloadSha256"], Digest::of(&original.body).to_string());
    let warc = entry(&evidence, "archive/capture.warc.gz");
    let at = |digest: &Value| {
        let digest = digest["digest"]["sha256"].as_str().unwrap();
        let index = String::from_utf8(entry(&evidence, "indexes/index.cdx")).unwrap();
        let line = index.lines().find(|line| line.contains(digest)).unwrap_or_else(|| panic!("{index}")).to_owned();
        let facts: Value = serde_json::from_str(line.splitn(3, ' ').nth(2).unwrap()).unwrap();
        let number = |name: &str| facts[name].as_str().unwrap().parse::<usize>().unwrap();
        Digest::of(&warc[number("offset")..][..number("length")]).to_string() == digest
    };
    assert!(at(record) && at(plain), "the digest is that of the member the index points to");
    assert_eq!(copy.exchange.unwrap().hops.len(), 2, "the redirect is a record of its own");
    // A stranger reads the very pages out of it.
    let url = statement["predicate"]["copy"]["url"].as_str().unwrap().to_owned();
    let again =
        evidence.sandbox.vidimus(["check", &format!("evidence/{CAPTURE}#{url}"), "--original", "evidence/copy.html"]);
    assert!(again.ended(0).stdout.starts_with("VERBATIM"), "{again:#?}");
}

#[test]
fn files_that_were_handed_over_have_no_recording() {
    let evidence = Evidence::new();
    assert!(!evidence.names().iter().any(|name| name == CAPTURE));
    let server = server();
    let file = Capture::from_bytes("release.html", ORIGINAL.as_bytes().to_vec(), None).unwrap();
    let evidence = sealing(&file, &fetch(server.url("/copy")));
    evidence.comes_to(Outcome::Verified);
    assert_eq!(evidence.statement()["predicate"]["original"].get("record"), None);
}

/// The same exchanges written anew from changed captures, as the holder of the key could seal them.
fn reseal(evidence: &Evidence, captures: &[Capture; 2]) {
    let all: Vec<&Capture> = captures.iter().collect();
    let (file, facts) = wacz::write(Cursor::new(Vec::new()), &all, "vidimus/0", now()).unwrap();
    evidence.edit_artefact(CAPTURE, &file.into_inner());
    evidence.edit_statement(|statement| {
        for (name, facts) in ["original", "copy"].into_iter().zip(facts) {
            let (facts, record) = (facts.unwrap(), &mut statement["predicate"][name]["record"]);
            record["id"] = facts.id.into();
            record["digest"]["sha256"] = facts.digest.to_string().into();
            record["payloadBytes"] = facts.payload_bytes.into();
            record["payloadSha256"] = facts.payload_sha256.to_string().into();
            record["payloadSha1Base32"] = facts.payload_sha1_base32.into();
        }
    });
}

#[test]
fn warc_target_uri_edited() {
    let (evidence, captures) = evidence();
    reseal(&evidence, &captures);
    evidence.comes_to(Outcome::Verified);
    let (mut elsewhere, mut earlier, mut failed, mut strayed) =
        (captures.clone(), captures.clone(), captures.clone(), captures.clone());
    let hops = |capture: &mut Capture| capture.exchange.as_mut().map(|exchange| &mut exchange.hops).unwrap().clone();
    let put = |capture: &mut Capture, hops| capture.exchange.as_mut().unwrap().hops = hops;
    let mut changed = hops(&mut elsewhere[0]);
    changed[0].url = "https://ministry.example/release".to_owned();
    put(&mut elsewhere[0], changed);
    earlier[0].retrieved_at = Some(vidimus::Moment::from_unix(1_000_000_000));
    let mut changed = hops(&mut failed[0]);
    changed[0].status = 404;
    put(&mut failed[0], changed);
    let mut changed = hops(&mut strayed[1]);
    changed[0].url = "https://ministry.example/old".to_owned();
    put(&mut strayed[1], changed);
    for (captures, what) in
        [(elsewhere, "finalUrl"), (earlier, "retrievedAt"), (failed, "status"), (strayed, "redirects")]
    {
        let before = evidence.read(CAPTURE);
        reseal(&evidence, &captures);
        assert!(evidence.comes_to(Outcome::Inconsistent).ends_with(what), "{what}");
        // Without the key even that much is found at once.
        let after = evidence.read(CAPTURE);
        evidence.write(CAPTURE, before);
        assert!(evidence.comes_to(Outcome::ArtefactChanged).contains(CAPTURE));
        evidence.write(CAPTURE, after);
    }
}

#[test]
fn another_body_or_another_digest_of_it_is_inconsistent() {
    let (evidence, mut captures) = evidence();
    captures[0].body = ORIGINAL.replace("no military", "a military").into_bytes();
    let statement = evidence.read("statement.json");
    let recording = evidence.read(CAPTURE);
    reseal(&evidence, &captures);
    assert!(evidence.comes_to(Outcome::Inconsistent).ends_with("the original: digest"));
    for (pointer, value, what) in [
        ("/predicate/copy/record/payloadBytes", json!(1), "record.payloadBytes"),
        ("/predicate/copy/record/payloadSha256", json!("00"), "record.payloadSha256"),
        ("/predicate/copy/record/payloadSha1Base32", json!("A"), "record.payloadSha1Base32"),
        ("/predicate/copy/record/contentEncoding", json!("br"), "record.contentEncoding"),
        ("/predicate/copy/record/digest/sha256", json!("00"), "record.digest"),
        ("/predicate/copy/record/id", json!("urn:uuid:0"), "holds no record of urn:uuid:0"),
    ] {
        evidence.write(CAPTURE, &recording);
        evidence.reseal(&statement, &key());
        evidence.edit_statement(|statement| *statement.pointer_mut(pointer).unwrap() = value);
        assert!(evidence.comes_to(Outcome::Inconsistent).ends_with(what), "{what}");
    }
}

#[test]
fn a_record_without_a_recording_and_a_recording_that_is_none_are_found() {
    let (evidence, _) = evidence();
    evidence.edit_artefact(CAPTURE, b"PK, but no archive");
    assert!(evidence.comes_to(Outcome::Inconsistent).contains("this is no WACZ file"));
    evidence.edit_statement(|statement| {
        let subjects = statement["subject"].as_array_mut().unwrap();
        subjects.retain(|subject| subject["name"] != CAPTURE);
    });
    assert!(evidence.comes_to(Outcome::Inconsistent).contains("but no recording is sealed"));
}

/// Without its record what is said of a page that was fetched rests on nothing: that has to be found, not passed over.
#[test]
fn a_record_dropped_is_told() {
    let (evidence, _) = evidence();
    let statement = evidence.read("statement.json");
    for which in ["original", "copy"] {
        evidence.reseal(&statement, &key());
        evidence.edit_statement(|statement| {
            drop(statement["predicate"][which].as_object_mut().unwrap().remove("record"));
        });
        let why = evidence.comes_to(Outcome::Inconsistent);
        assert_eq!(why, format!("the {which} is said to have been fetched, and the statement names no record of that"));
        // A file by itself is told nothing better of.
        let run = evidence.sandbox.vidimus(
            ["verify", "evidence/copy.html", "--seal", "evidence/vidimus.sigstore.json"]
                .iter()
                .chain(&["--trust", "allowed_signers"]),
        );
        assert!(run.ended(1).stdout.starts_with("INCONSISTENT"), "{run:#?}");
    }
    evidence.reseal(&statement, &key());
    evidence.comes_to(Outcome::Verified);
}

/// The way a page came by is a word of the signer's; more than a record shows is not repeated.
#[test]
fn what_was_handed_over_is_not_said_to_be_fetched() {
    let say = |via: &str, assurance: &str| {
        let (evidence, _) = evidence();
        let set = |source: &mut Value| {
            source["via"] = via.into();
            source["assurance"] = assurance.into();
            drop(source.as_object_mut().unwrap().remove("record"));
        };
        evidence.edit_report(|report| set(&mut report["copy"]));
        evidence.edit_statement(|statement| set(&mut statement["predicate"]["copy"]));
        evidence
    };
    let fetched = say("http", "publisher");
    assert!(fetched.comes_to(Outcome::Inconsistent).contains("is said to have been fetched"));
    for via in ["file", "stdin", "warc", "wacz"] {
        let why = say(via, "publisher").comes_to(Outcome::Inconsistent);
        assert_eq!(why, "the copy was handed over and is said to be more than supplied");
    }
    // A way of a later version, or an archive whose record could not be sealed: told to be its signer's word.
    for (via, assurance) in [("url", "publisher"), ("url", "archive"), ("wacz", "supplied")] {
        let evidence = say(via, assurance);
        evidence.comes_to(Outcome::Verified);
        let run = evidence.vidimus(&[]);
        assert!(run.stdout.contains("no record of how the copy was come by is sealed"), "{run:#?}");
        let copy = run.stdout.lines().find(|line| line.trim_start().starts_with("copy ")).unwrap().to_owned();
        assert!(copy.contains("somebody handed this") && copy.contains("asserted, not observed"), "{copy}");
        assert!(!copy.contains("fetched"), "{copy}");
    }
}

/// Whoever uses the library cannot seal what its own verifier refuses.
#[test]
fn what_nobody_kept_the_exchange_of_is_not_sealed_as_fetched() {
    let server = server();
    let file = Capture::from_bytes("release.html", ORIGINAL.as_bytes().to_vec(), None).unwrap();
    let mut copy = fetch(server.url("/copy"));
    copy.exchange.as_mut().unwrap().hops.clear();
    let options = Options::new(now());
    let checked = vidimus::check(&file, &copy, &options);
    let statement = pipeline::statement(&checked, &[file], &copy, &options);
    let sandbox = Sandbox::new();
    let refused = folder::write(&sandbox.path("evidence"), &statement, None).unwrap_err();
    assert_eq!(refused.kind(), std::io::ErrorKind::InvalidData, "{refused}");
    assert!(refused.to_string().contains("names no record") && !sandbox.path("evidence").exists());
}
