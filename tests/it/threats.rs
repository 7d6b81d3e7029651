//! The threats the seal's format names, a test for each under the name given there. An attacker here may write anything into
//! the evidence folder; where the name says so it is the holder of the key who lies.

use std::fs;

use serde_json::{Value, json};
use vidimus::{
    digest::Digest,
    seal::{
        self, FileStatus, Outcome, Policy, PublicKey, Question, SEAL, SSH_SIGNATURE, STATEMENT, SUMS, Trust, bundle,
        dsse, folder::Folder, policy, sshsig,
    },
    text::base64,
};

use crate::{
    seal_kit::{Evidence, ORIGINAL, PRINCIPAL, SEED, allowed_signers, key, now, other_key, sealed, trusting},
    support::{Reply, Sandbox, Server},
};

#[test]
fn seal_removed() {
    let evidence = Evidence::new();
    evidence.remove(SEAL);
    evidence.comes_to(Outcome::Unsigned);
    assert!(evidence.verify().files.iter().all(|file| file.status == FileStatus::Unchecked));
    evidence.remove(SSH_SIGNATURE);
    evidence.comes_to(Outcome::Unsigned);
}

#[test]
fn signature_stripped() {
    let evidence = Evidence::new();
    evidence.set_seal("/dsseEnvelope/signatures", json!([]));
    evidence.comes_to(Outcome::Unsigned);
    evidence.set_seal("/dsseEnvelope/signatures", json!([{ "sig": "" }]));
    evidence.comes_to(Outcome::Unsigned);
    evidence.set_seal("/dsseEnvelope/signatures", json!([{ "keyid": key().public().keyid() }]));
    evidence.comes_to(Outcome::Unsigned);
    evidence.edit_seal(|seal| drop(seal["dsseEnvelope"].as_object_mut().unwrap().remove("signatures")));
    evidence.comes_to(Outcome::Unsigned);
}

#[test]
fn payload_edited() {
    let evidence = Evidence::new();
    let edited = String::from_utf8(evidence.read(STATEMENT)).unwrap().replace("\"emphasised\"", "\"verbatim\"");
    assert_ne!(edited.as_bytes(), evidence.read(STATEMENT));
    evidence.set_seal("/dsseEnvelope/payload", base64::encode(edited.as_bytes()));
    evidence.write(STATEMENT, &edited);
    evidence.comes_to(Outcome::Forged);
    // Nothing of what was not signed is told.
    assert!(evidence.verify().verified.is_none() && evidence.verify().signer.is_none());
}

/// The file beside the seal is a convenience; one that differs shows that somebody touched it.
#[test]
fn statement_beside_the_seal_differs_from_the_one_inside() {
    let evidence = Evidence::new();
    let edited = String::from_utf8(evidence.read(STATEMENT)).unwrap().replace("\"emphasised\"", "\"verbatim\"");
    evidence.write(STATEMENT, edited);
    assert!(evidence.comes_to(Outcome::ArtefactChanged).contains(STATEMENT));
}

#[test]
fn type_edited() {
    let evidence = Evidence::new();
    evidence.set_seal("/dsseEnvelope/payloadType", "text/plain");
    evidence.comes_to(Outcome::WrongType);
    evidence.set_seal("/dsseEnvelope/payloadType", "application/vnd.in-toto+json ");
    evidence.comes_to(Outcome::WrongType);

    let evidence = Evidence::new();
    evidence.edit_seal(|seal| {
        let seal = seal.as_object_mut().unwrap();
        seal.remove("dsseEnvelope");
        seal.insert("messageSignature".to_owned(), json!({ "signature": base64::encode(&[0; 64]) }));
    });
    evidence.comes_to(Outcome::WrongType);

    let evidence = Evidence::new();
    evidence.edit_seal(|seal| seal["verificationMaterial"] = json!({ "certificate": { "rawBytes": "AAAA" } }));
    evidence.comes_to(Outcome::WrongType);
}

#[test]
fn each_artefact_edited() {
    let names = ["copy.html", "original.html", "report.html", "report.json", SUMS, STATEMENT, SSH_SIGNATURE];
    for name in names {
        let evidence = Evidence::new();
        let mut bytes = evidence.read(name);
        // Same length, another digit or letter.
        let place = bytes.iter().rposition(u8::is_ascii_alphanumeric).unwrap();
        bytes[place] ^= 1;
        evidence.write(name, &bytes);
        let detail = evidence.comes_to(Outcome::ArtefactChanged);
        assert!(detail.contains(name), "{name}: {detail}");
        let files = evidence.verify().files;
        let changed: Vec<&str> =
            files.iter().filter(|file| file.status == FileStatus::Changed).map(|file| file.name.as_str()).collect();
        assert_eq!(changed, [name]);
    }
}

#[test]
fn attackers_own_key() {
    let evidence = Evidence::new();
    let edited = String::from_utf8(evidence.read(STATEMENT)).unwrap().replace("\"emphasised\"", "\"verbatim\"");
    evidence.reseal(edited.as_bytes(), &other_key());
    // Everything a verifier could be talked into trusting lies in the folder.
    evidence.write("allowed_signers", format!("{PRINCIPAL} {}\n", other_key().public().to_ssh()));
    evidence.write("signer.pem", other_key().public().to_pem());
    evidence.edit_seal(|seal| {
        seal["verificationMaterial"]["publicKey"]["rawBytes"] = base64::encode(&other_key().public().to_der()).into();
    });
    evidence.comes_to(Outcome::UnknownKey);
    // Naming the trusted key instead does not make the signature fit.
    evidence.set_seal("/verificationMaterial/publicKey/hint", key().public().hint());
    evidence.comes_to(Outcome::Forged);
    // Without a policy nobody is trusted, whatever lies there.
    let run = evidence.sandbox.vidimus(["verify", "evidence"]);
    assert_eq!(run.status, Some(1));
    assert!(run.stdout.starts_with("UNKNOWN-KEY"), "{run:#?}");
}

#[test]
fn hint_falsified_still_verifies() {
    for (hint, keyid) in [
        (other_key().public().hint(), other_key().public().keyid()),
        (String::new(), String::new()),
        ("\u{1b}]0;x\u{7}".to_owned(), "::error::".to_owned()),
    ] {
        let evidence = Evidence::new();
        evidence.set_seal("/verificationMaterial/publicKey/hint", hint);
        evidence.set_seal("/dsseEnvelope/signatures/0/keyid", keyid);
        evidence.comes_to(Outcome::Verified);
    }
    let evidence = Evidence::new();
    evidence.edit_seal(|seal| {
        seal["dsseEnvelope"]["signatures"][0].as_object_mut().unwrap().remove("keyid");
        seal["verificationMaterial"]["publicKey"].as_object_mut().unwrap().remove("hint");
    });
    evidence.comes_to(Outcome::Verified);
}

/// A hint at a key that is only on the revocation list makes it no trusted one: such a seal is strange, not forged.
#[test]
fn hint_at_a_revoked_stranger_is_no_forgery() {
    let evidence = Evidence::new();
    evidence.reseal(&evidence.read(STATEMENT), &other_key());
    let stranger = seal::SigningKey::from_seed(&[9; 32]).public();
    evidence.set_seal("/verificationMaterial/publicKey/hint", stranger.hint());
    let policy = Policy { revoked: vec![stranger], ..trusting(&allowed_signers()) };
    assert_eq!(evidence.verify_under(&policy).outcome, Outcome::UnknownKey);
}

/// Another statement by the same key, honestly signed, is no comparison.
#[test]
fn foreign_statement_same_key() {
    let evidence = Evidence::new();
    evidence.edit_statement(|statement| statement["predicateType"] = "https://slsa.dev/provenance/v1".into());
    evidence.comes_to(Outcome::WrongType);

    for (name, value, outcome) in [
        ("_type", "https://in-toto.io/Statement/v0.1", Outcome::WrongType),
        ("predicateType", "urn:vidimus:audit:v1", Outcome::WrongType),
        ("predicateType", "urn:vidimus:comparison:v", Outcome::WrongType),
        ("predicateType", "urn:vidimus:comparison:v01", Outcome::WrongType),
        ("predicateType", "urn:vidimus:comparison:v1 ", Outcome::WrongType),
        ("predicateType", "urn:vidimus:comparison:v2", Outcome::NewerFormat),
        ("predicateType", "urn:vidimus:comparison:v0", Outcome::OlderFormat),
    ] {
        let evidence = Evidence::new();
        evidence.edit_statement(|statement| statement[name] = value.into());
        evidence.comes_to(outcome);
    }

    // What was signed as something else than a DSSE envelope: the statement itself, and its OpenSSH form.
    let evidence = Evidence::new();
    let payload = evidence.read(STATEMENT);
    for bytes in [payload.clone(), sshsig::to_sign(seal::NAMESPACE, &payload), dsse::pae("text/plain", &payload)] {
        evidence.set_seal("/dsseEnvelope/signatures/0/sig", base64::encode(&key().sign(&bytes)));
        evidence.comes_to(Outcome::Forged);
    }
}

#[test]
fn bundles_of_other_versions_are_told_from_other_things() {
    for (media, outcome) in [
        ("application/vnd.dev.sigstore.bundle.v0.4+json", Outcome::NewerFormat),
        ("application/vnd.dev.sigstore.bundle.v1.0+json", Outcome::NewerFormat),
        ("application/vnd.dev.sigstore.bundle+json;version=0.2", Outcome::OlderFormat),
        ("application/vnd.dev.sigstore.bundle.v0.3", Outcome::WrongType),
        ("application/json", Outcome::WrongType),
    ] {
        let evidence = Evidence::new();
        evidence.set_seal("/mediaType", media);
        evidence.comes_to(outcome);
    }
}

/// The same key over the same statement in another namespace, and a policy line for another namespace.
#[test]
fn wrong_namespace() {
    let evidence = Evidence::new();
    let payload = evidence.read(STATEMENT);
    let signature = key().sign(&sshsig::to_sign("git", &payload));
    evidence.write(SSH_SIGNATURE, sshsig::armour("git", &key().public(), &signature));
    assert!(evidence.comes_to(Outcome::ArtefactChanged).contains(SSH_SIGNATURE));
    evidence.write(SSH_SIGNATURE, sshsig::armour(seal::NAMESPACE, &key().public(), &signature));
    evidence.comes_to(Outcome::ArtefactChanged);

    let evidence = Evidence::new();
    let line = allowed_signers().replace(seal::NAMESPACE, "git");
    assert_eq!(evidence.verify_under(&trusting(&line)).outcome, Outcome::UnknownKey);
}

#[test]
fn duplicate_name() {
    // In the seal, which anybody can write.
    let evidence = Evidence::new();
    let seal = String::from_utf8(evidence.read(SEAL)).unwrap();
    evidence.write(SEAL, seal.replacen('{', "{\"dsseEnvelope\":{},", 1));
    assert!(evidence.comes_to(Outcome::Malformed).contains("twice"));
    // In the statement, by the holder of the key; once with the name spelt in another way.
    for twice in
        ["{\"predicateType\":\"urn:vidimus:comparison:v2\",", "{\"predicate\\u0054ype\":\"urn:vidimus:comparison:v2\","]
    {
        let evidence = Evidence::new();
        let statement = String::from_utf8(evidence.read(STATEMENT)).unwrap();
        evidence.reseal(statement.replacen('{', twice, 1).as_bytes(), &key());
        assert!(evidence.comes_to(Outcome::Malformed).contains("twice"));
    }
    // In the report, which serde_json alone would let pass with the last of the two.
    let evidence = Evidence::new();
    let report = String::from_utf8(evidence.read("report.json")).unwrap();
    evidence.edit_artefact("report.json", report.replacen('{', "{\"surprise\":1,\"surprise\":2,", 1).as_bytes());
    assert!(evidence.comes_to(Outcome::Malformed).contains("twice"));
}

#[test]
fn two_to_53_plus_one() {
    let evidence = Evidence::new();
    let statement = String::from_utf8(evidence.read(STATEMENT)).unwrap();
    for number in ["9007199254740993", "9007199254740992", "1.0", "1e3", "-1", "null"] {
        let edited = statement.replacen("\"predicate\":{", &format!("\"predicate\":{{\"surprise\":{number},"), 1);
        assert_ne!(edited, statement);
        evidence.reseal(edited.as_bytes(), &key());
        evidence.comes_to(Outcome::Malformed);
    }
    let edited = statement.replacen("\"predicate\":{", "\"predicate\":{\"surprise\":9007199254740991,", 1);
    evidence.reseal(edited.as_bytes(), &key());
    evidence.comes_to(Outcome::Verified);
}

/// Under a key of small order a signature can be made to fit anything, without a secret.
#[test]
fn small_order_key() {
    // The eight points, in all the ways they can be written (`ed25519-dalek`'s and Wycheproof's list).
    let points = [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ];
    for hex in points {
        let bytes: [u8; 32] = *Digest::from_hex(hex).unwrap().as_bytes();
        assert_eq!(PublicKey::from_bytes(&bytes), None, "{hex}");
        let wire = [b"\0\0\0\x0bssh-ed25519\0\0\0\x20".as_slice(), &bytes].concat();
        let line = format!("{PRINCIPAL} ssh-ed25519 {}", base64::encode(&wire));
        assert!(policy::allowed_signers(&line).is_err(), "{hex}");
    }
    // A good key and a signature whose point R is of small order: strict verification has none of it.
    let evidence = Evidence::new();
    let mut signature = [0; 64];
    signature[0] = 1;
    evidence.set_seal("/dsseEnvelope/signatures/0/sig", base64::encode(&signature));
    evidence.comes_to(Outcome::Forged);
}

/// Of two ways to write one signature the one that is not reduced is refused.
#[test]
fn a_signature_has_one_spelling() {
    let evidence = Evidence::new();
    let text = evidence.seal()["dsseEnvelope"]["signatures"][0]["sig"].as_str().unwrap().to_owned();
    let mut signature = base64::decode(&text).unwrap();
    // S plus the order of the group, little-endian.
    let order: [u8; 32] =
        *Digest::from_hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").unwrap().as_bytes();
    let mut carry = 0_u16;
    for (byte, add) in signature[32..].iter_mut().zip(order) {
        carry += u16::from(*byte) + u16::from(add);
        *byte = carry as u8;
        carry >>= 8;
    }
    evidence.set_seal("/dsseEnvelope/signatures/0/sig", base64::encode(&signature));
    evidence.comes_to(Outcome::Forged);

    for sig in [
        text.trim_end_matches('=').to_owned(),
        format!("{text}\n"),
        format!(" {text}"),
        text.replacen('A', "*", 1) + "*",
    ] {
        evidence.set_seal("/dsseEnvelope/signatures/0/sig", sig);
        evidence.comes_to(Outcome::Malformed);
    }
    // The other alphabet may be read.
    evidence.set_seal("/dsseEnvelope/signatures/0/sig", text.replace('+', "-").replace('/', "_"));
    evidence.comes_to(Outcome::Verified);
}

#[test]
fn two_signatures() {
    let evidence = Evidence::new();
    let one = evidence.seal()["dsseEnvelope"]["signatures"][0].clone();
    evidence.set_seal("/dsseEnvelope/signatures", json!([one, one]));
    evidence.comes_to(Outcome::Malformed);
}

#[test]
fn original_as_copy() {
    // As a file of its own.
    let evidence = Evidence::new();
    let verify = |file: &str, role: Option<&str>| {
        let mut arguments =
            vec!["verify", file, "--seal", "evidence/vidimus.sigstore.json", "--trust", "allowed_signers"];
        arguments.extend(role.iter().flat_map(|role| ["--role", role]));
        evidence.sandbox.vidimus(arguments)
    };
    let comes_to = |file: &str, role: Option<&str>, outcome: Outcome| {
        let run = verify(file, role);
        run.ended(i32::from(outcome != Outcome::Verified));
        assert!(run.stdout.starts_with(&outcome.slug().to_uppercase()), "{file} {role:?}: {run:#?}");
    };
    comes_to("evidence/original.html", Some("copy"), Outcome::WrongRole);
    comes_to("evidence/original.html", None, Outcome::WrongRole);
    comes_to("evidence/original.html", Some("original"), Outcome::Verified);
    comes_to("evidence/copy.html", Some("copy"), Outcome::Verified);
    comes_to("evidence/copy.html", None, Outcome::Verified);
    comes_to("evidence/copy.html", Some("report"), Outcome::WrongRole);
    comes_to("evidence/copy.html", Some("original"), Outcome::WrongRole);
    comes_to("allowed_signers", None, Outcome::ArtefactChanged);
    // In the folder.
    evidence.write("copy.html", ORIGINAL);
    assert!(evidence.comes_to(Outcome::WrongRole).contains("copy.html"));
    // As a subject, by the holder of the key.
    let evidence = Evidence::new();
    evidence.edit_statement(|statement| {
        let digest = statement["predicate"]["original"]["digest"].clone();
        let subject = json!({ "name": "page.html", "digest": digest, "annotations": { "role": "original" } });
        statement["subject"].as_array_mut().unwrap().push(subject);
    });
    evidence.comes_to(Outcome::Malformed);
}

#[test]
fn files_swapped() {
    let evidence = Evidence::new();
    let (first, second) = (evidence.read("copy.html"), evidence.read("original.html"));
    evidence.write("copy.html", second);
    evidence.write("original.html", first);
    evidence.comes_to(Outcome::WrongRole);
    // Swapped in the statement's words, by the holder of the key.
    let evidence = Evidence::new();
    evidence.edit_statement(|statement| {
        let subjects = statement["subject"].as_array_mut().unwrap();
        let role = subjects[0]["annotations"]["role"].clone();
        subjects[0]["annotations"]["role"] = subjects[1]["annotations"]["role"].clone();
        subjects[1]["annotations"]["role"] = role;
    });
    evidence.comes_to(Outcome::Malformed);
    // Subject and predicate of different minds.
    let evidence = Evidence::new();
    evidence.edit_statement(|statement| {
        let original = statement["predicate"]["original"]["digest"].clone();
        statement["predicate"]["copy"]["digest"] = original;
    });
    evidence.comes_to(Outcome::Inconsistent);
}

/// The holder of the key takes a finding out of the report and seals the rest.
#[test]
fn finding_removed_then_sealed() {
    let evidence = Evidence::new();
    let mut report: Value = serde_json::from_slice(&evidence.read("report.json")).unwrap();
    report["findings"].as_array_mut().unwrap().pop().unwrap();
    evidence.edit_artefact("report.json", report.to_string().as_bytes());
    evidence.comes_to(Outcome::Inconsistent);
    // With the summary put right in the report, and then in the statement: only the page still tells.
    report["summary"] = json!({});
    evidence.edit_artefact("report.json", report.to_string().as_bytes());
    evidence.comes_to(Outcome::Inconsistent);
    evidence.edit_statement(|statement| statement["predicate"]["result"]["summary"] = json!({}));
    assert!(evidence.comes_to(Outcome::Inconsistent).contains("report.html"));
}

/// Every fact of the report that the statement repeats is held against it, in both directions.
#[test]
fn statement_and_report_of_different_minds() {
    let facts = [
        ("/predicate/result/verdict", json!("verbatim")),
        ("/predicate/result/disclosed", json!("all")),
        ("/predicate/result/summary", json!({ "emphasis-added": 1, "text-deleted": 1 })),
        ("/predicate/result/limits", json!(["bot-challenge"])),
        ("/predicate/result/coverage/matchedWords", json!(1)),
        ("/predicate/generatedAt", json!("2017-11-28T00:00:01Z")),
        ("/predicate/tool/version", json!("9.9.9")),
        ("/predicate/copy/assurance", json!("publisher")),
        ("/predicate/copy/via", json!("http")),
        ("/predicate/original/locator", json!("https://example.gov/release")),
        ("/predicate/original/emphasis", json!(false)),
        ("/predicate/original/digest/sha256", json!(Digest::of(b"other").to_string())),
    ];
    for (pointer, value) in facts {
        let evidence = Evidence::new();
        evidence.edit_statement(|statement| *statement.pointer_mut(pointer).unwrap() = value);
        let outcome = evidence.verify().outcome;
        // Another digest of the original is noticed before, because the file is held against it.
        let expected = if pointer.contains("digest") { Outcome::ArtefactChanged } else { Outcome::Inconsistent };
        assert_eq!(outcome, expected, "{pointer}");
    }
    for (pointer, name) in [("/predicate/copy", "finalUrl"), ("/predicate/original", "retrievedAt")] {
        let evidence = Evidence::new();
        evidence.edit_statement(|statement| {
            statement.pointer_mut(pointer).unwrap()[name] = "2017-11-28T00:00:00Z".into();
        });
        assert!(evidence.comes_to(Outcome::Inconsistent).contains(name), "said by the statement alone");
    }
    for (pointer, name) in [("/predicate/result", "verdict"), ("/predicate", "tool"), ("/predicate/copy", "textSha256")]
    {
        let evidence = Evidence::new();
        evidence.edit_statement(|statement| {
            statement.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(name);
        });
        evidence.comes_to(Outcome::Inconsistent);
    }
}

/// A later program may add names to the same format; that is no contradiction.
#[test]
fn names_this_version_does_not_know_accuse_nobody() {
    let evidence = Evidence::new();
    evidence.edit_statement(|statement| {
        statement["predicate"]["furtherCaptures"] =
            json!([{ "locator": "x", "role": "linked-source", "failure": "timeout" }]);
        statement["predicate"]["copy"]["record"] = json!({ "id": "urn:uuid:0" });
        statement["predicate"]["result"]["coverage"]["quotedWords"] = json!(3);
        statement["subject"][0]["digest"]["sha512"] = json!("00");
    });
    evidence.comes_to(Outcome::Verified);
    // A kind of finding this version has not heard of, counted truly everywhere, and the page made anew.
    let mut report: Value = serde_json::from_slice(&evidence.read("report.json")).unwrap();
    report["findings"][0]["kind"] = "pictures-cropped".into();
    report["summary"] = json!({ "pictures-cropped": report["findings"].as_array().unwrap().len() });
    let (old, new) = (Digest::of(&evidence.read("report.json")), report.to_string());
    evidence.edit_artefact("report.json", new.as_bytes());
    let page = String::from_utf8(evidence.read("report.html")).unwrap();
    evidence.edit_artefact(
        "report.html",
        page.replace(&old.to_string(), &Digest::of(new.as_bytes()).to_string()).as_bytes(),
    );
    evidence.edit_statement(|statement| statement["predicate"]["result"]["summary"] = report["summary"].clone());
    evidence.comes_to(Outcome::Verified);
    // A later version of the report is said to be one.
    report["report"] = 2.into();
    evidence.edit_artefact("report.json", report.to_string().as_bytes());
    evidence.comes_to(Outcome::NewerFormat);
}

#[test]
fn html_from_another_report() {
    let evidence = Evidence::new();
    let other = Evidence::of(ORIGINAL, &ORIGINAL.replace("spring", "autumn"));
    evidence.edit_artefact("report.html", &other.read("report.html"));
    assert!(evidence.comes_to(Outcome::Inconsistent).contains("report.html"));
    // With the right mark put before the wrong one.
    let mark =
        format!("<meta name=\"vidimus-report-sha256\" content=\"{}\">", Digest::of(&evidence.read("report.json")));
    evidence.edit_artefact("report.html", &[mark.as_bytes(), &other.read("report.html")].concat());
    evidence.comes_to(Outcome::Inconsistent);
}

/// A page that speaks of our own marks is reported like any other.
#[test]
fn a_page_about_the_mark_is_no_contradiction() {
    let copy = "<h1>On seals</h1><p>It says &lt;meta name=\"vidimus-report-sha256\" content=\"00\"&gt; in the head, and <b>no</b> more.</p>";
    let original = "<h1>On seals</h1><p>It says &lt;meta name=\"vidimus-report-sha256\" content=\"00\"&gt; in the head, and no more.</p>";
    Evidence::of(original, copy).comes_to(Outcome::Verified);
}

#[test]
fn supplied_is_never_publisher() {
    let evidence = Evidence::new();
    for which in ["original", "copy"] {
        assert_eq!(evidence.statement()["predicate"][which]["assurance"], "supplied");
        assert_eq!(evidence.statement()["predicate"][which]["via"], "file");
        assert!(evidence.statement()["predicate"][which].get("retrievedAt").is_none());
    }
    let run = evidence.vidimus(&[]);
    assert!(run.stdout.contains("its origin is asserted, not observed"), "{run:#?}");
    assert!(!run.stdout.contains("fetched by the signer"), "{run:#?}");
    // The signer cannot say otherwise in the statement alone.
    evidence.edit_statement(|statement| statement["predicate"]["copy"]["assurance"] = "publisher".into());
    evidence.comes_to(Outcome::Inconsistent);
}

#[test]
fn old_seal_refused() {
    let evidence = Evidence::new();
    let verify = |at: &str, age: &str| evidence.vidimus(&["--at", at, "--max-age", age]);
    verify("2017-11-28T12:00:00Z", "12h").ended(0);
    let run = verify("2017-11-28T12:00:01Z", "12h");
    run.ended(1);
    assert!(run.stdout.starts_with("STALE"), "{run:#?}");
    // A seal from the future would otherwise never grow old.
    let run = verify("2017-11-27T00:00:00Z", "12h");
    run.ended(1);
    assert!(run.stdout.starts_with("STALE"), "{run:#?}");
    // As a file of its own too.
    let run = evidence.sandbox.vidimus([
        "verify",
        "evidence/copy.html",
        "--seal",
        "evidence/vidimus.sigstore.json",
        "--trust",
        "allowed_signers",
        "--at",
        "2018-11-28T00:00:00Z",
        "--max-age",
        "30d",
    ]);
    assert!(run.ended(1).stdout.starts_with("STALE"), "{run:#?}");
    for wrong in ["12", "h", "-1h", "1w", "1.5h", "99999999999h"] {
        assert_eq!(verify("2017-11-28T12:00:00Z", wrong).status, Some(2), "{wrong}");
    }
}

#[test]
fn chain_broken() {
    let (first, second, third, stranger) = (
        Evidence::new(),
        Evidence::new(),
        Evidence::new(),
        Evidence::of(ORIGINAL, "<p>There is no military solution.</p>"),
    );
    let follow = |later: &Evidence, earlier: &Evidence| {
        let digest = Digest::of(&earlier.read(STATEMENT)).to_string();
        later
            .edit_statement(|statement| statement["predicate"]["previous"] = json!({ "digest": { "sha256": digest } }));
    };
    follow(&second, &first);
    follow(&third, &second);
    let chain = |folders: &[&Evidence]| {
        let previous: Vec<Folder> = folders.iter().map(|evidence| Folder::open(&evidence.folder()).unwrap()).collect();
        let question = Question { previous: &previous, ..Question::at(now()) };
        seal::verify(&Folder::open(&third.folder()).unwrap(), &trusting(&allowed_signers()), &question).unwrap().outcome
    };
    assert_eq!(chain(&[]), Outcome::Verified);
    assert_eq!(chain(&[&second]), Outcome::Verified);
    assert_eq!(chain(&[&second, &first]), Outcome::Verified);
    assert_eq!(chain(&[&first]), Outcome::BrokenChain);
    assert_eq!(chain(&[&second, &stranger]), Outcome::BrokenChain);
    assert_eq!(chain(&[&second, &first, &stranger]), Outcome::BrokenChain);
    first.write(STATEMENT, String::from_utf8(first.read(STATEMENT)).unwrap().replace("emphasised", "verbatim"));
    assert_eq!(chain(&[&second, &first]), Outcome::BrokenChain);
    first.remove(STATEMENT);
    assert_eq!(chain(&[&second, &first]), Outcome::BrokenChain);
}

#[test]
fn revoked() {
    let evidence = Evidence::new();
    evidence.sandbox.write("revoked", format!("# stolen\n{} the desk's\n", key().public().to_ssh()));
    let run = evidence.vidimus(&["--revoked", "revoked"]);
    assert!(run.ended(1).stdout.starts_with("REVOKED"), "{run:#?}");
    // At any date, and whether or not the key is trusted at all.
    let run = evidence.vidimus(&["--revoked", "revoked", "--at", "2017-11-28T00:00:00Z"]);
    assert!(run.stdout.starts_with("REVOKED"), "{run:#?}");
    for trust in [&[][..], &["--key", "signer.pem"]] {
        let run = evidence.sandbox.vidimus(["verify", "evidence", "--revoked", "revoked"].iter().chain(trust));
        assert!(run.ended(1).stdout.starts_with("REVOKED"), "{run:#?}");
    }
    // Keys of other kinds are no hindrance; a line that is no key is, since it might have been one.
    evidence.sandbox.write("revoked", "ssh-rsa AAAAB3NzaC1yc2E= other\n");
    evidence.vidimus(&["--revoked", "revoked"]).ended(0);
    for broken in ["ssh-ed25519 AAAA\n", "nonsense\n", "SSHKRL\n\0"] {
        evidence.sandbox.write("revoked", broken);
        evidence.vidimus(&["--revoked", "revoked"]).trouble("revoked: line ");
    }
}

/// Without a trusted timestamp the key must be valid now; what the signer says of the time counts for nothing.
#[test]
fn expired_without_token() {
    let evidence = Evidence::new();
    let line = |options: &str| trusting(&allowed_signers().replace("namespaces", &format!("{options},namespaces")));
    let at = |options: &str| evidence.verify_under(&line(options)).outcome;
    assert_eq!(at("valid-before=\"20171127235959Z\""), Outcome::Expired);
    assert_eq!(at("valid-before=\"20171128Z\""), Outcome::Verified, "OpenSSH has the last second in");
    assert_eq!(at("valid-after=\"20171128Z\""), Outcome::Verified);
    assert_eq!(at("valid-after=\"20171128000001Z\""), Outcome::Expired);
    // Backdating the statement does not help a thief.
    let evidence = Evidence::new();
    let mut report: Value = serde_json::from_slice(&evidence.read("report.json")).unwrap();
    report["generated_at"] = "2017-01-01T00:00:00Z".into();
    evidence.edit_artefact("report.json", report.to_string().as_bytes());
    evidence.edit_statement(|statement| statement["predicate"]["generatedAt"] = "2017-01-01T00:00:00Z".into());
    assert_eq!(evidence.verify_under(&line("valid-before=\"20171101Z\"")).outcome, Outcome::Expired);
}

/// Names that would lead out of the folder, hide, or stand for one of the seal's own files.
#[test]
fn dot_dot_name() {
    let names = [
        "..",
        ".",
        "../copy.html",
        "a/../copy.html",
        "/etc/passwd",
        "a\\b",
        ".hidden",
        "Copy.html",
        "copy..html",
        "",
        "copy html",
        "copy\u{0}",
        "c\u{f6}py.html",
        STATEMENT,
        SEAL,
        SSH_SIGNATURE,
        SUMS,
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];
    for name in names {
        for pointer in ["/subject/0/name", "/predicate/original/name"] {
            let evidence = Evidence::new();
            evidence.edit_statement(|statement| *statement.pointer_mut(pointer).unwrap() = name.into());
            evidence.comes_to(Outcome::Malformed);
        }
    }
    // A name the rule allows, but not for this role.
    for (pointer, name) in [("/subject/2/name", "other.json"), ("/predicate/original/name", "copy2.html")] {
        let evidence = Evidence::new();
        evidence.edit_statement(|statement| *statement.pointer_mut(pointer).unwrap() = name.into());
        evidence.comes_to(Outcome::Malformed);
    }
}

#[cfg(unix)]
#[test]
fn symlinked_copy() {
    use std::os::unix::fs::symlink;
    for name in ["copy.html", SEAL, STATEMENT, SUMS, "stranger"] {
        let evidence = Evidence::new();
        let outside = evidence.sandbox.path("outside");
        if name != "stranger" {
            fs::rename(evidence.path(name), &outside).unwrap();
        }
        symlink(&outside, evidence.path(name)).unwrap();
        assert!(evidence.comes_to(Outcome::Malformed).contains(name));
    }
    // A folder, and a pipe that would keep a reader waiting for ever.
    let evidence = Evidence::new();
    fs::create_dir(evidence.path("sub")).unwrap();
    evidence.comes_to(Outcome::Malformed);
    let evidence = Evidence::new();
    evidence.remove("copy.html");
    pipe(&evidence.path("copy.html"));
    evidence.comes_to(Outcome::Malformed);
    let run = evidence.sandbox.vidimus([
        "verify",
        "evidence/copy.html",
        "--seal",
        "evidence/vidimus.sigstore.json",
        "--trust",
        "allowed_signers",
    ]);
    run.trouble("evidence/copy.html: not a regular file");
}

#[cfg(unix)]
fn pipe(path: &std::path::Path) {
    let status = std::process::Command::new("mkfifo").arg(path).status().expect("this test needs mkfifo");
    assert!(status.success());
}

#[test]
fn same_name_twice() {
    let evidence = Evidence::new();
    evidence.edit_statement(|statement| {
        let subject = statement["subject"][0].clone();
        statement["subject"].as_array_mut().unwrap().push(subject);
    });
    evidence.comes_to(Outcome::Malformed);
    // Twice in the list for sha256sum, which would read both.
    let evidence = Evidence::new();
    let sums = String::from_utf8(evidence.read(SUMS)).unwrap();
    let line = format!("{}  copy.html\n", Digest::of(b"other"));
    evidence.write(SUMS, line + &sums);
    assert!(evidence.comes_to(Outcome::ArtefactChanged).contains(SUMS));
}

/// What the holder of the key may have written badly.
#[test]
fn statements_beyond_the_limits() {
    let evidence = Evidence::new();
    let deep = format!("{}1{}", "[".repeat(33), "]".repeat(33));
    for payload in ["", "null", "{}", "[]", "\u{feff}{}", "{} {}", &deep] {
        evidence.reseal(payload.as_bytes(), &key());
        let outcome = evidence.verify().outcome;
        assert!([Outcome::Malformed, Outcome::WrongType].contains(&outcome), "{payload}: {outcome:?}");
    }
    evidence.reseal(&[0xff, 0xfe], &key());
    evidence.comes_to(Outcome::Malformed);

    let evidence = Evidence::new();
    evidence.edit_statement(|statement| {
        statement["subject"] = (0..1025)
            .map(|number| {
                json!({ "name": format!("f{number}"), "digest": { "sha256": "0".repeat(64) }, "annotations": { "role": "x" } })
            })
            .collect();
    });
    assert!(evidence.comes_to(Outcome::Malformed).contains("more than 1024"));

    let evidence = Evidence::new();
    evidence.edit_statement(|statement| statement["predicate"]["padding"] = "x".repeat(8 << 20).into());
    assert!(evidence.comes_to(Outcome::Malformed).contains("larger than is read"));

    for pointer in ["/subject/0/digest/sha256", "/predicate/original/digest/sha256"] {
        let evidence = Evidence::new();
        evidence.edit_statement(|statement| {
            let digest = statement.pointer_mut(pointer).unwrap();
            *digest = digest.as_str().unwrap().to_uppercase().into();
        });
        evidence.comes_to(Outcome::Malformed);
    }
}

#[test]
fn seals_beyond_the_limits() {
    let evidence = Evidence::new();
    for seal in ["", "{", "[]", "{}", "null", &" ".repeat((16 << 20) + 1), &format!("[{}1]", "1,".repeat(2 << 20))] {
        evidence.write(SEAL, seal);
        assert_eq!(evidence.verify().outcome, Outcome::Malformed);
    }
    evidence.write(SEAL, [0xff]);
    evidence.comes_to(Outcome::Malformed);
    for pointer in ["/dsseEnvelope/payload", "/dsseEnvelope/signatures/0/sig"] {
        let evidence = Evidence::new();
        for wrong in ["*", "AAA", "AA A", "AAB="] {
            evidence.set_seal(pointer, wrong);
            evidence.comes_to(Outcome::Malformed);
        }
    }
    // A million values in two bytes each stay below the limit of bytes and above that of memory.
    let sealed = sealed(format!("[{}1]", "1,".repeat(2 << 20)).as_bytes(), &key());
    evidence.write(SEAL, sealed.bundle);
    assert_eq!(evidence.verify().outcome, Outcome::Malformed);
}

/// A key file that asks for 2^30 rounds of scrypt, or too many lanes or rounds, is refused before anything is derived.
#[test]
fn scrypt_n_two_to_30() {
    let sandbox = Sandbox::new();
    let encrypted = encrypted_pem();
    // INTEGER 16384, 8 and 1 in the key's parameters become others of the same length.
    let cost = [0x02, 0x02, 0x40, 0x00, 0x02, 0x01, 0x08, 0x02, 0x01, 0x01];
    let der = base64::decode(&encrypted.lines().filter(|line| !line.starts_with('-')).collect::<String>()).unwrap();
    let place = der.windows(cost.len()).position(|window| window == cost).unwrap();
    let hostile = |parameters: &[u8]| {
        let grown = parameters.len() - cost.len();
        let mut bytes = [&der[..place], parameters, &der[place + cost.len()..]].concat();
        // Every sequence around the parameters grows with them.
        for at in sequences_around(&der, place) {
            let length = &mut bytes[at];
            *length += u8::try_from(grown).unwrap();
        }
        let text = base64::encode(&bytes);
        let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| str::from_utf8(line).unwrap()).collect();
        format!("-----BEGIN ENCRYPTED PRIVATE KEY-----\n{}\n-----END ENCRYPTED PRIVATE KEY-----\n", lines.join("\n"))
    };
    for (name, parameters) in [
        ("n", [0x02, 0x04, 0x40, 0x00, 0x00, 0x00, 0x02, 0x01, 0x08, 0x02, 0x01, 0x01].as_slice()),
        ("r", &[0x02, 0x02, 0x40, 0x00, 0x02, 0x02, 0x7f, 0xff, 0x02, 0x01, 0x01]),
        ("p", &[0x02, 0x02, 0x40, 0x00, 0x02, 0x01, 0x08, 0x02, 0x01, 0x05]),
    ] {
        let path = sandbox.write(name, hostile(parameters));
        private(&path);
        let mut command = sandbox.command(["key", "public", name]);
        let run = crate::support::sandbox::run(command.env("VIDIMUS_KEY_PASSPHRASE", "secret"), b"");
        run.trouble("more memory or time than is allowed");
    }
    // As it was, it opens.
    private(&sandbox.write("good", hostile(&cost)));
    let mut command = sandbox.command(["key", "public", "good"]);
    crate::support::sandbox::run(command.env("VIDIMUS_KEY_PASSPHRASE", "secret"), b"").ended(0);
}

fn encrypted_pem() -> String {
    key().to_pem(Some(b"secret"), &[5; 32]).unwrap().to_string()
}

/// Where the one-byte lengths of the sequences stand that hold what is at `place`.
fn sequences_around(der: &[u8], place: usize) -> Vec<usize> {
    (0..place)
        .filter(|at| {
            let (tag, length) = (der[*at], usize::from(der[at + 1]));
            let (start, end) = (at + 2, at + 2 + length);
            tag == 0x30 && length < 0x80 && start <= place && place < end && end <= der.len() && whole(&der[start..end])
        })
        .map(|at| at + 1)
        .chain((der[1] == 0x81).then_some(2))
        .collect()
}

/// Whether bytes are a run of whole DER values, so that what looked like a sequence is one.
fn whole(mut bytes: &[u8]) -> bool {
    while let [_, length, rest @ ..] = bytes {
        let Some(after) = rest.get(usize::from(*length)..).filter(|_| *length < 0x80) else { return false };
        bytes = after;
    }
    bytes.is_empty()
}

#[cfg(unix)]
fn private(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

#[cfg(not(unix))]
fn private(_path: &std::path::Path) {}

/// Checks pages of a server and seals, with `user:password@` in the addresses and cookies in the answers.
fn fetched_evidence() -> (Sandbox, Server) {
    let answer =
        |body: &str| Reply::html(body).header("Set-Cookie", "session=COOKIESECRET").header("X-Api-Key", "HEADERSECRET");
    let server = Server::new([
        ("/release", answer(ORIGINAL)),
        ("/repost", Reply::redirect(302, "/page?a=b").header("Set-Cookie", "hop=COOKIESECRET")),
        ("/page?a=b", answer(crate::seal_kit::COPY)),
    ]);
    let sandbox = Sandbox::new();
    private(&sandbox.write("signer.key", key().to_pem(None, &[0; 32]).unwrap().as_str()));
    sandbox.write("allowed_signers", allowed_signers());
    let address = |path: &str| format!("http://desk:URLSECRET@{}{path}", server.host());
    let run = sandbox.vidimus([
        "check",
        &address("/repost"),
        "--original",
        &address("/release"),
        "--out",
        "evidence",
        "--key",
        "signer.key",
    ]);
    run.ended(1);
    assert!(!run.stdout.contains("SECRET") && !run.stderr.contains("SECRET"), "{run:#?}");
    let run = sandbox.vidimus(["verify", "evidence", "--trust", "allowed_signers"]);
    run.ended(0);
    assert!(run.stdout.contains("fetched by the signer from"), "{run:#?}");
    (sandbox, server)
}

fn assert_no_secret(sandbox: &Sandbox, secret: &str) {
    for entry in fs::read_dir(sandbox.path("evidence")).unwrap() {
        let path = entry.unwrap().path();
        let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
        assert!(!text.contains(secret), "{} holds {secret}", path.display());
        if path.ends_with(SEAL) {
            let seal: Value = serde_json::from_str(&text).unwrap();
            let payload = base64::decode(seal["dsseEnvelope"]["payload"].as_str().unwrap()).unwrap();
            assert!(!String::from_utf8_lossy(&payload).contains(secret));
        }
    }
}

#[test]
fn url_with_password() {
    let (sandbox, server) = fetched_evidence();
    assert_no_secret(&sandbox, "URLSECRET");
    assert!(server.requests().iter().all(|head| !head.to_ascii_lowercase().contains("authorization:")));
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn cookie_not_stored() {
    let (sandbox, server) = fetched_evidence();
    assert!(server.requests().iter().all(|head| !head.to_ascii_lowercase().contains("cookie:")));
    assert_no_secret(&sandbox, "COOKIESECRET");
    assert_no_secret(&sandbox, "HEADERSECRET");
}

/// Any of these in a bundle is looked at only in so far as the format says; the rest is said to be unchecked.
#[test]
fn what_was_not_checked_is_said() {
    let evidence = Evidence::new();
    evidence.set_seal("/verificationMaterial/tlogEntries", json!([{ "logIndex": "1" }]));
    evidence.edit_seal(|seal| {
        seal["verificationMaterial"]["timestampVerificationData"] =
            json!({ "rfc3161Timestamps": [{ "signedTimestamp": "AAAA" }] });
    });
    evidence.comes_to(Outcome::Verified);
    let notes = evidence.verify().notes.join("\n");
    assert!(notes.contains("transparency log, which this version does not check"), "{notes}");
    assert!(notes.contains("timestamp, which this version does not check"), "{notes}");
    assert!(evidence.verify().timestamp.is_none());
    let run = evidence.vidimus(&["--require-timestamp"]);
    assert!(run.ended(1).stdout.starts_with("NO-TIMESTAMP"), "{run:#?}");
}

/// The library's parts agree about the constants that others rely on.
#[test]
fn names_others_rely_on() {
    assert_eq!(bundle::MEDIA_TYPE, "application/vnd.dev.sigstore.bundle.v0.3+json");
    assert_eq!(dsse::PAYLOAD_TYPE, "application/vnd.in-toto+json");
    assert_eq!(seal::NAMESPACE, "vidimus-manifest");
    assert_eq!(key().public().fingerprint(), "SHA256:bbXpuKG6zhzdmnxq256TlqzFBzRl2f6OOg722cYNbU8");
    assert_eq!(seal::SigningKey::from_seed(&SEED).public(), key().public());
    assert_eq!(Policy::default().trust, Trust::Nobody);
}
