//! The threats the seal's format names, a test for each under the name given there; here those to the seal itself. An attacker
//! may write anything into the evidence folder. `threats_signer` and `threats_files` hold the others.

use serde_json::json;
use vidimus::{
    digest::Digest,
    seal::{
        self, FileStatus, Outcome, Policy, PublicKey, SEAL, SSH_SIGNATURE, STATEMENT, SUMS, Trust, bundle, dsse,
        policy, sshsig,
    },
    text::base64,
};

use crate::seal_kit::{Evidence, PRINCIPAL, SEED, allowed_signers, key, other_key, sealed, trusting};

#[test]
fn seal_removed() {
    let evidence = Evidence::new();
    evidence.remove(SEAL);
    assert!(evidence.comes_to(Outcome::Unsigned).contains("the seal is missing"));
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
        // That of an audit must have the files of one.
        ("predicateType", "urn:vidimus:audit:v1", Outcome::Malformed),
        ("predicateType", "urn:vidimus:audit:v2", Outcome::NewerFormat),
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

/// What stands where a key, log entries or timestamps belong, and is none of them.
#[test]
fn seals_of_another_shape() {
    let material = |edit: &dyn Fn(&mut serde_json::Value)| {
        let evidence = Evidence::new();
        evidence.edit_seal(|seal| edit(&mut seal["verificationMaterial"]));
        evidence.comes_to(Outcome::Malformed);
    };
    material(&|material| drop(material.as_object_mut().unwrap().remove("publicKey")));
    material(&|material| material["publicKey"] = "key".into());
    material(&|material| material["tlogEntries"] = json!({ "0": {} }));
    material(&|material| material["timestampVerificationData"] = json!({ "rfc3161Timestamps": "AAAA" }));
    // Writers of this format leave an empty list out.
    let evidence = Evidence::new();
    evidence.edit_seal(|seal| drop(seal["verificationMaterial"].as_object_mut().unwrap().remove("tlogEntries")));
    evidence.comes_to(Outcome::Verified);
}

/// Megabytes of text in a seal are not repeated.
#[test]
fn a_long_hint_is_shortened() {
    let evidence = Evidence::new();
    evidence.reseal(&evidence.read(STATEMENT), &other_key());
    evidence.set_seal("/verificationMaterial/publicKey/hint", "hint ".repeat(1 << 20));
    assert!(evidence.comes_to(Outcome::UnknownKey).len() < 1000);
    evidence.set_seal("/mediaType", "x".repeat(5 << 20));
    assert!(evidence.comes_to(Outcome::WrongType).len() < 1000);
}

/// Any of these in a bundle is looked at only in so far as the format says; the rest is said to be unchecked.
#[test]
fn what_was_not_checked_is_said() {
    let evidence = Evidence::new();
    evidence.set_seal("/verificationMaterial/tlogEntries", json!([{ "logIndex": "1" }]));
    evidence.comes_to(Outcome::Verified);
    let notes = evidence.verify().notes.join("\n");
    assert!(notes.contains("transparency log, which this version does not check"), "{notes}");
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
