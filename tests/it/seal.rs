//! What is sealed and how: the statement's bytes, the envelope's, and the evidence folder they are written into.

use std::fs;

use proptest::prelude::*;
use serde_json::Value;
use vidimus::{
    digest::Digest,
    seal::{self, FileStatus, Outcome, SSH_SIGNATURE, STATEMENT, SUMS, folder},
    text::base64,
};

use crate::{
    seal_kit::{COPY, Evidence, ORIGINAL, key, other_key, sealed, statement_of},
    support::Sandbox,
};

/// RFC 8785 says: canonical bytes are what canonicalising them gives.
#[test]
fn the_statement_is_canonical_json_on_one_line() {
    let statement = statement_of(ORIGINAL, "<p>\u{20ac}\u{1d11e} \u{e9} \"quoted\" \\ back</p><h1>\u{fb33}</h1>");
    for bytes in [&statement.bytes, &Evidence::new().read(STATEMENT)] {
        let value: Value = serde_json::from_slice(bytes).unwrap();
        assert_eq!(serde_json_canonicalizer::to_vec(&value).unwrap(), *bytes);
        assert!(!bytes.contains(&b'\n'));
    }
}

#[test]
fn the_statement_holds_no_fractions_no_null_and_its_subjects_by_name() {
    let value = Evidence::new().statement();
    fn walk(value: &Value) {
        match value {
            Value::Null => panic!("null in the statement"),
            Value::Number(number) => assert!(number.as_u64().is_some_and(|number| number < 1 << 53)),
            Value::Bool(_) | Value::String(_) => {}
            Value::Array(items) => items.iter().for_each(walk),
            Value::Object(map) => map.values().for_each(walk),
        }
    }
    walk(&value);
    let names: Vec<&str> =
        value["subject"].as_array().unwrap().iter().map(|subject| subject["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["copy.html", "report.html", "report.json"]);
    assert_eq!(value["_type"], "https://in-toto.io/Statement/v1");
    assert_eq!(value["predicateType"], "urn:vidimus:comparison:v1");
    assert_eq!(value["predicate"]["generatedAt"], "2017-11-28T00:00:00Z");
    assert_eq!(value["predicate"]["original"]["name"], "original.html");
    assert_eq!(value["predicate"]["original"]["digest"]["sha256"], Digest::of(ORIGINAL.as_bytes()).to_string());
    assert_eq!(value["predicate"]["copy"]["bytes"], COPY.len());
    assert_eq!(value["predicate"]["result"]["verdict"], "emphasised");
    assert!(value["predicate"]["result"]["coverage"].get("share").is_none());
}

#[test]
fn the_seal_is_a_bundle_with_one_signature_and_the_key_named_twice() {
    let evidence = Evidence::new();
    let seal = evidence.seal();
    assert_eq!(seal["mediaType"], "application/vnd.dev.sigstore.bundle.v0.3+json");
    assert_eq!(seal["verificationMaterial"]["tlogEntries"], serde_json::json!([]));
    assert_eq!(seal["verificationMaterial"]["publicKey"]["hint"], "BuP9j9opu2CrWVV95h7bCuzbIxE0vjDnW0Vfjht5L6k=");
    let envelope = &seal["dsseEnvelope"];
    assert_eq!(envelope["payloadType"], "application/vnd.in-toto+json");
    assert_eq!(base64::decode(envelope["payload"].as_str().unwrap()).unwrap(), evidence.read(STATEMENT));
    assert_eq!(envelope["signatures"].as_array().unwrap().len(), 1);
    let keyid = "74c181c7ad8a0855d4b55e44d2ba87aabdddb196832571f15f92fece332e4916";
    assert_eq!(envelope["signatures"][0]["keyid"], keyid);
}

/// The vector of the format: this key over `{}`.
#[test]
fn a_known_key_over_a_known_payload_gives_the_known_seal() {
    let sealed = sealed(b"{}", &key());
    let bundle: Value = serde_json::from_slice(&sealed.bundle).unwrap();
    assert_eq!(
        bundle["dsseEnvelope"]["signatures"][0]["sig"],
        "vW8iDoS+pQIrO8G9pV+VHVGcvY/XcGMh2vfWpJJwwrH/m4CRZswsl9wIASL/n2XN7RSNIqdiogwYkqskDFZiAQ=="
    );
    assert_eq!(bundle["dsseEnvelope"]["payload"], "e30=");
    assert!(sealed.ssh_signature.starts_with("-----BEGIN SSH SIGNATURE-----\n"));
    assert!(sealed.ssh_signature.lines().all(|line| line.len() <= 70));
}

#[test]
fn a_signer_whose_signature_does_not_fit_its_key_seals_nothing() {
    let wrong = other_key();
    let signer = seal::Signer { public: key().public(), sign: Box::new(move |bytes| Ok(wrong.sign(bytes))) };
    assert_eq!(seal::sign(b"{}", &signer), Err(seal::SigningError::DoesNotFit));
}

#[test]
fn the_folder_holds_what_the_format_says_and_verifies() {
    let evidence = Evidence::new();
    assert_eq!(
        evidence.names(),
        [
            SUMS,
            "copy.html",
            "original.html",
            "report.html",
            "report.json",
            STATEMENT,
            SSH_SIGNATURE,
            "vidimus.sigstore.json"
        ]
    );
    assert_eq!(evidence.read("copy.html"), COPY.as_bytes());
    evidence.comes_to(Outcome::Verified);
    assert!(evidence.verify().files.iter().all(|file| file.status == FileStatus::Ok));
}

#[test]
fn the_same_comparison_is_sealed_in_the_same_bytes() {
    let (first, second) = (Evidence::new(), Evidence::new());
    for name in first.names() {
        assert_eq!(first.read(&name), second.read(&name), "{name}");
    }
}

#[test]
fn one_page_as_both_sources_is_sealed_and_verified() {
    let evidence = Evidence::of(COPY, COPY);
    evidence.comes_to(Outcome::Verified);
    let run = evidence.sandbox.vidimus([
        "verify",
        "evidence/copy.html",
        "--seal",
        "evidence/vidimus.sigstore.json",
        "--role",
        "copy",
        "--trust",
        "allowed_signers",
    ]);
    run.ended(0);
}

#[test]
fn nothing_that_exists_is_overwritten_and_nothing_half_written_is_left() {
    let sandbox = Sandbox::new();
    let statement = statement_of(ORIGINAL, COPY);
    sandbox.write("taken/mine.txt", "mine");
    sandbox.write("file", "mine");
    for name in ["taken", "file"] {
        let error = folder::write(&sandbox.path(name), &statement, None).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::AlreadyExists);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", sandbox.path("link")).unwrap();
        assert!(folder::write(&sandbox.path("link"), &statement, None).is_err());
        fs::remove_file(sandbox.path("link")).unwrap();
    }
    assert!(folder::write(&sandbox.path("missing/evidence"), &statement, None).is_err());
    folder::write(&sandbox.path("dotted/."), &statement, None).unwrap();
    fs::remove_dir_all(sandbox.path("dotted")).unwrap();
    assert!(folder::write(&sandbox.path("file/evidence"), &statement, None).is_err());
    assert_eq!(sandbox.names(), ["file", "taken"]);
    assert_eq!(fs::read_to_string(sandbox.path("taken/mine.txt")).unwrap(), "mine");
}

#[test]
fn check_refuses_an_existing_folder_and_a_missing_parent_before_it_prints() {
    let sandbox = Sandbox::new();
    sandbox.write("release.html", ORIGINAL);
    sandbox.write("repost.html", COPY);
    fs::create_dir(sandbox.path("evidence")).unwrap();
    let check = |out: &str| sandbox.vidimus(["check", "repost.html", "--original", "release.html", "--out", out]);
    check("evidence").trouble("evidence: already exists and is left as it is");
    check("missing/evidence").trouble("does not exist");
    check("repost.html/evidence").trouble("does not exist");
    assert_eq!(sandbox.names(), ["evidence", "release.html", "repost.html"]);
    assert_eq!(fs::read_dir(sandbox.path("evidence")).unwrap().count(), 0);
}

/// What verifying would refuse to read is not written in the first place.
#[test]
fn evidence_too_large_to_be_read_is_not_written() {
    let sandbox = Sandbox::new();
    let mut statement = statement_of(ORIGINAL, COPY);
    let place = |name: &str| statement.artefacts.iter().position(|artefact| artefact.name == name).unwrap();
    let (json, html) = (place("report.json"), place("report.html"));
    let refused = |statement: &seal::Statement, name: &str| {
        let error = folder::write(&sandbox.path("evidence"), statement, None).unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::FileTooLarge);
        assert!(error.to_string().contains(name), "{error}");
        assert!(sandbox.names().is_empty());
    };
    let kept = std::mem::replace(&mut statement.artefacts[html].bytes, vec![b' '; (256 << 20) + 1]);
    refused(&statement, "report.html");
    statement.artefacts[html].bytes = kept;
    statement.artefacts[json].bytes = format!("[{}1]", "1,".repeat(1 << 23)).into_bytes();
    refused(&statement, "report.json");
    statement.bytes = vec![b' '; (8 << 20) + 1];
    refused(&statement, STATEMENT);
}

/// Nothing speaks against a sealed file of the right digest because it is larger than is read: what was not looked at is said.
#[test]
fn a_report_too_large_to_be_read_is_called_no_worse_than_that() {
    let evidence = Evidence::new();
    evidence.edit_artefact("report.html", &vec![b' '; (256 << 20) + 1]);
    let found = evidence.verify();
    assert_eq!(found.outcome, Outcome::Malformed);
    assert!(found.detail.unwrap().contains("report.html is as it was sealed, but larger than this version reads"));
    assert!(found.files.iter().all(|file| file.status == FileStatus::Ok));
}

/// Root may write anywhere, so that this can only be seen as somebody else.
#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_to_is_trouble_and_stays_empty() {
    use std::os::unix::fs::PermissionsExt as _;
    let sandbox = Sandbox::new();
    sandbox.write("release.html", ORIGINAL);
    sandbox.write("repost.html", COPY);
    fs::create_dir(sandbox.path("locked")).unwrap();
    fs::set_permissions(sandbox.path("locked"), fs::Permissions::from_mode(0o555)).unwrap();
    let root = fs::write(sandbox.path("locked/probe"), "").is_ok();
    let run = sandbox.vidimus(["check", "repost.html", "--original", "release.html", "--out", "locked/evidence"]);
    if root {
        run.ended(1);
    } else {
        run.trouble("locked/evidence: permission denied");
        assert_eq!(fs::read_dir(sandbox.path("locked")).unwrap().count(), 0);
    }
}

/// What the seal's own signature covers: everything else in the file is a hint or white space.
fn covered(seal: &[u8]) -> Option<(Value, Value, Value)> {
    let value: Value = serde_json::from_slice(seal).ok()?;
    let envelope = value.get("dsseEnvelope")?;
    Some((
        envelope.get("payload")?.clone(),
        envelope.get("payloadType")?.clone(),
        envelope.pointer("/signatures/0/sig")?.clone(),
    ))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// No byte of a sealed folder can be another without somebody noticing, apart from the unsigned hints in the seal.
    #[test]
    fn a_changed_byte_is_noticed(file in 0_usize..8, place in any::<prop::sample::Index>(), mask in 1_u8..=255) {
        thread_local!(static EVIDENCE: Evidence = Evidence::new());
        EVIDENCE.with(|evidence| {
            let name = &evidence.names()[file];
            let good = evidence.read(name);
            let mut bad = good.clone();
            bad[place.index(good.len())] ^= mask;
            evidence.write(name, &bad);
            let found = evidence.verify();
            evidence.write(name, &good);
            if found.outcome == Outcome::Verified && name == SUMS {
                // As `sha256sum -b` writes it.
                prop_assert_eq!((good[place.index(good.len())], bad[place.index(good.len())]), (b' ', b'*'));
            } else if found.outcome == Outcome::Verified {
                prop_assert_eq!(name.as_str(), seal::SEAL);
                prop_assert_eq!(covered(&bad), covered(&good));
            }
            Ok(())
        })?;
    }
}
