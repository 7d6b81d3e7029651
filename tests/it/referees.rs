//! Other people's tools as judges of our seals, and we of their keys: stock openssl and ssh-keygen. A test here that does not
//! find its tool fails and says so.

use std::fs;

use vidimus::{
    digest::Digest,
    seal::{Kept, KeyError, Outcome, SEAL, SSH_SIGNATURE, STATEMENT, SigningKey, policy},
};

use crate::{
    seal_kit::{Evidence, PRINCIPAL, allowed_signers, key, other_key, private, tool, trusting},
    support::{Run, Sandbox},
};

/// The time of the tests as ssh-keygen takes it.
pub const AT: &str = "20171128000000Z";

/// Takes a seal apart as a stranger would, without our code, and asks openssl whether it is the signature of `key`.
fn openssl_verifies(evidence: &Evidence, key: &str) -> bool {
    let (sandbox, seal) = (&evidence.sandbox, evidence.seal());
    let decoded = |name: &str, pointer: &str| {
        sandbox.write("base64", seal.pointer(pointer).unwrap().as_str().unwrap());
        tool(sandbox, "openssl", &["base64", "-d", "-A", "-in", "base64", "-out", name], b"").ended(0);
        fs::read(sandbox.path(name)).unwrap()
    };
    let payload = decoded("payload", "/dsseEnvelope/payload");
    decoded("signature", "/dsseEnvelope/signatures/0/sig");
    let kind = seal["dsseEnvelope"]["payloadType"].as_str().unwrap();
    let mut signed = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len()).into_bytes();
    signed.extend_from_slice(&payload);
    sandbox.write("signed", signed);
    let arguments = ["pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-in", "signed", "-sigfile", "signature"];
    let run = tool(sandbox, "openssl", &arguments, b"");
    let good = run.stdout.contains("Signature Verified Successfully");
    assert_eq!(run.status == Some(0), good, "{run:#?}");
    assert!(good || run.stdout.contains("Signature Verification Failure"), "{run:#?}");
    good && payload == evidence.read(STATEMENT)
}

#[test]
fn openssl_verifies_the_seal_and_notices_an_edit() {
    let evidence = Evidence::new();
    assert!(openssl_verifies(&evidence, "signer.pem"));
    // Every file the statement names is as it says.
    let statement = evidence.statement();
    let named = statement["subject"].as_array().unwrap().iter().chain([&statement["predicate"]["original"]]);
    for file in named {
        let path = format!("evidence/{}", file["name"].as_str().unwrap());
        let run = tool(&evidence.sandbox, "openssl", &["dgst", "-sha256", "-r", &path], b"");
        assert!(run.ended(0).stdout.starts_with(file["digest"]["sha256"].as_str().unwrap()), "{path}: {run:#?}");
    }
    evidence.sandbox.write("other.pem", other_key().public().to_pem());
    assert!(!openssl_verifies(&evidence, "other.pem"));
    let edited = String::from_utf8(evidence.read(STATEMENT)).unwrap().replace("\"emphasised\"", "\"verbatim\"");
    evidence.set_seal("/dsseEnvelope/payload", vidimus::text::base64::encode(edited.as_bytes()));
    evidence.write(STATEMENT, edited);
    assert!(!openssl_verifies(&evidence, "signer.pem"));
}

/// What `sha256sum -c` is told in the folder; it shows copying errors, nothing more.
#[test]
fn sha256sum_reads_our_list() {
    let evidence = Evidence::new();
    let check = || {
        let sandbox = &evidence.sandbox;
        for name in evidence.names() {
            fs::copy(evidence.path(&name), sandbox.path(name)).unwrap();
        }
        tool(sandbox, "sha256sum", &["-c", "SHA256SUMS"], b"")
    };
    let run = check();
    assert_eq!(run.ended(0).stdout.lines().filter(|line| line.ends_with(": OK")).count(), 5, "{run:#?}");
    evidence.write("copy.html", "edited");
    assert!(check().stdout.contains("copy.html: FAILED"));
}

/// Asks ssh-keygen what our sidecar is worth.
pub fn ssh_keygen(evidence: &Evidence, namespace: &str, principal: &str, more: &[&str]) -> Run {
    let (signature, statement) = (format!("evidence/{SSH_SIGNATURE}"), evidence.read(STATEMENT));
    let mut arguments =
        vec!["-Y", "verify", "-f", "allowed_signers", "-I", principal, "-n", namespace, "-s", &signature];
    let at = format!("verify-time={AT}");
    if !more.iter().any(|option| option.starts_with("verify-time")) {
        arguments.extend(["-O", &at]);
    }
    arguments.extend(more);
    tool(&evidence.sandbox, "ssh-keygen", &arguments, &statement)
}

#[test]
fn ssh_keygen_verifies_the_sidecar() {
    let evidence = Evidence::new();
    let run = ssh_keygen(&evidence, "vidimus-manifest", PRINCIPAL, &[]);
    assert!(run.ended(0).stdout.contains("Good \"vidimus-manifest\" signature for desk@example.org"), "{run:#?}");
    assert!(run.stdout.contains(&key().public().fingerprint()), "{run:#?}");
}

#[test]
fn ssh_keygen_refuses_what_it_should() {
    let evidence = Evidence::new();
    let refused = |run: Run| assert_eq!(run.status, Some(255), "{run:#?}");
    refused(ssh_keygen(&evidence, "git", PRINCIPAL, &[]));
    refused(ssh_keygen(&evidence, "vidimus-manifest", "mallory@example.org", &[]));
    evidence.sandbox.write("revoked", key().public().to_ssh() + "\n");
    refused(ssh_keygen(&evidence, "vidimus-manifest", PRINCIPAL, &["-r", "revoked"]));
    assert_eq!(policy::revoked(&(key().public().to_ssh() + "\n")).unwrap().0, [key().public()]);

    let dated = allowed_signers().replace("namespaces", "valid-before=\"20171127Z\",namespaces");
    evidence.sandbox.write("allowed_signers", &dated);
    refused(ssh_keygen(&evidence, "vidimus-manifest", PRINCIPAL, &[]));
    ssh_keygen(&evidence, "vidimus-manifest", PRINCIPAL, &["-O", "verify-time=20171101Z"]).ended(0);
    assert_eq!(evidence.verify_under(&trusting(&dated)).outcome, Outcome::Expired);

    evidence.sandbox.write("allowed_signers", format!("{PRINCIPAL} {}\n", other_key().public().to_ssh()));
    refused(ssh_keygen(&evidence, "vidimus-manifest", PRINCIPAL, &[]));
    evidence.sandbox.write("allowed_signers", allowed_signers());
    let edited = String::from_utf8(evidence.read(STATEMENT)).unwrap().replace("\"emphasised\"", "\"verbatim\"");
    evidence.write(STATEMENT, edited);
    refused(ssh_keygen(&evidence, "vidimus-manifest", PRINCIPAL, &[]));
}

/// What ssh-keygen signs with the same key, the same namespace and the same bytes is our sidecar, letter for letter.
#[test]
fn ssh_keygen_makes_the_same_sidecar() {
    let evidence = Evidence::new();
    let sandbox = &evidence.sandbox;
    tool(sandbox, "ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", "made"], b"").ended(0);
    evidence.reseal(&evidence.read(STATEMENT), &opened(sandbox, "made", None).unwrap().0);
    fs::copy(evidence.path(STATEMENT), sandbox.path("statement")).unwrap();
    tool(sandbox, "ssh-keygen", &["-Y", "sign", "-f", "made", "-n", "vidimus-manifest", "statement"], b"").ended(0);
    assert_eq!(fs::read(sandbox.path("statement.sig")).unwrap(), evidence.read(SSH_SIGNATURE));
}

fn opened(sandbox: &Sandbox, name: &str, passphrase: Option<&str>) -> Result<(SigningKey, Kept), KeyError> {
    let bytes = fs::read(sandbox.path(name)).unwrap();
    SigningKey::from_pem(&bytes, || passphrase.map(|text| text.as_bytes().to_vec().into()))
}

#[test]
fn openssl_reads_our_key_files() {
    let sandbox = Sandbox::new();
    private(&sandbox, "plain.pem", &key().to_pem(None, &[0; 32]).unwrap());
    private(&sandbox, "encrypted.pem", &key().to_pem(Some(b"secret"), &[3; 32]).unwrap());
    let public = key().public().to_pem();
    for arguments in [
        ["pkey", "-in", "plain.pem", "-pubout"].as_slice(),
        &["pkey", "-in", "encrypted.pem", "-passin", "pass:secret", "-pubout"],
    ] {
        assert_eq!(tool(&sandbox, "openssl", arguments, b"").ended(0).stdout, public);
    }
    let wrong = ["pkey", "-in", "encrypted.pem", "-passin", "pass:wrong", "-pubout"];
    assert_ne!(tool(&sandbox, "openssl", &wrong, b"").status, Some(0));
    // And our public keys, by name.
    sandbox.write("public.pem", public);
    tool(&sandbox, "openssl", &["pkey", "-pubin", "-in", "public.pem", "-outform", "DER", "-out", "der"], b"").ended(0);
    assert_eq!(fs::read(sandbox.path("der")).unwrap(), key().public().to_der());
    assert_eq!(key().public().hint(), vidimus::text::base64::encode(Digest::of(&key().public().to_der()).as_bytes()));
}

#[test]
fn we_read_the_key_files_of_openssl() {
    let sandbox = Sandbox::new();
    let openssl = |arguments: &[&str]| tool(&sandbox, "openssl", arguments, b"").ended(0).stdout.clone();
    openssl(&["genpkey", "-algorithm", "ed25519", "-out", "plain.pem"]);
    let public = openssl(&["pkey", "-in", "plain.pem", "-pubout"]);
    let encrypt = |out: &str, more: &[&str]| {
        openssl(&[&["pkcs8", "-topk8", "-in", "plain.pem", "-passout", "pass:secret", "-out", out], more].concat());
    };
    encrypt("scrypt.pem", &["-scrypt"]);
    encrypt("sha256.pem", &["-v2", "aes256", "-iter", "100000"]);
    encrypt("sha512.pem", &["-v2", "aes-256-cbc", "-v2prf", "hmacWithSHA512", "-iter", "200000"]);
    encrypt("weak.pem", &["-v2", "aes256"]);
    for (name, passphrase, kept) in [
        ("plain.pem", None, Kept::Plain),
        ("scrypt.pem", Some("secret"), Kept::Encrypted),
        ("sha256.pem", Some("secret"), Kept::Encrypted),
        ("sha512.pem", Some("secret"), Kept::Encrypted),
        ("weak.pem", Some("secret"), Kept::Weakly),
    ] {
        let (key, found) = opened(&sandbox, name, passphrase).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!((key.public().to_pem(), found), (public.clone(), kept), "{name}");
        if passphrase.is_some() {
            assert_eq!(opened(&sandbox, name, Some("wrong")).err(), Some(KeyError::WrongPassphrase), "{name}");
            assert_eq!(opened(&sandbox, name, None).err(), Some(KeyError::PassphraseNeeded), "{name}");
        }
    }
    encrypt("sha1.pem", &["-v2", "aes256", "-v2prf", "hmacWithSHA1", "-iter", "200000"]);
    assert_eq!(opened(&sandbox, "sha1.pem", Some("secret")).err(), Some(KeyError::OtherEncryption));
    encrypt("costly.pem", &["-v2", "aes256", "-iter", "10000001"]);
    assert_eq!(opened(&sandbox, "costly.pem", Some("secret")).err(), Some(KeyError::TooCostly));
    for (name, algorithm) in [("x25519.pem", "x25519"), ("ed448.pem", "ed448"), ("rsa.pem", "rsa")] {
        openssl(&["genpkey", "-quiet", "-algorithm", algorithm, "-out", name]);
        assert_eq!(opened(&sandbox, name, None).err(), Some(KeyError::OtherAlgorithm), "{name}");
    }
}

#[test]
fn we_read_the_keys_of_ssh_keygen() {
    let sandbox = Sandbox::new();
    let make = |name: &str, kind: &str, passphrase: &str| {
        tool(&sandbox, "ssh-keygen", &["-q", "-t", kind, "-N", passphrase, "-C", "desk", "-f", name], b"").ended(0);
    };
    make("ssh", "ed25519", "");
    let (key, kept) = opened(&sandbox, "ssh", None).unwrap();
    let line = fs::read_to_string(sandbox.path("ssh.pub")).unwrap();
    assert_eq!((format!("{} desk\n", key.public().to_ssh()), kept), (line, Kept::Plain));
    let run = tool(&sandbox, "ssh-keygen", &["-l", "-f", "ssh.pub"], b"");
    assert!(run.ended(0).stdout.contains(&format!(" {} ", key.public().fingerprint())), "{run:#?}");

    make("locked", "ed25519", "secret");
    let (key_of_locked, kept) = opened(&sandbox, "locked", Some("secret")).unwrap();
    let line = fs::read_to_string(sandbox.path("locked.pub")).unwrap();
    assert_eq!((format!("{} desk\n", key_of_locked.public().to_ssh()), kept), (line, Kept::Encrypted));
    assert_eq!(opened(&sandbox, "locked", Some("wrong")).err(), Some(KeyError::WrongPassphrase));
    assert_eq!(opened(&sandbox, "locked", Some("")).err(), Some(KeyError::WrongPassphrase));
    assert_eq!(opened(&sandbox, "locked", None).err(), Some(KeyError::PassphraseNeeded));
    let text = fs::read_to_string(sandbox.path("locked")).unwrap();
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    let bytes = vidimus::text::base64::decode(&body).unwrap();
    // Behind the salt of 16 bytes are the rounds of bcrypt.
    let at = bytes.windows(8).position(|part| part[..4] == [0, 0, 0, 16] && part[4..] != [0; 4]).unwrap() + 20;
    for (rounds, expected) in
        [(0_u32, KeyError::OtherEncryption), (2049, KeyError::TooCostly), (u32::MAX, KeyError::TooCostly)]
    {
        let mut costly = bytes.clone();
        costly[at..at + 4].copy_from_slice(&rounds.to_be_bytes());
        let pem = format!(
            "-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n-----END OPENSSH PRIVATE KEY-----\n",
            vidimus::text::base64::encode(&costly)
        );
        // Before a passphrase is asked for.
        let found = SigningKey::from_pem(pem.as_bytes(), || panic!("nothing is derived"));
        assert_eq!(found.err(), Some(expected), "{rounds}");
    }
    make("locked-ecdsa", "ecdsa", "secret");
    assert_eq!(opened(&sandbox, "locked-ecdsa", Some("secret")).err(), Some(KeyError::OtherAlgorithm));
    make("ecdsa", "ecdsa", "");
    assert!(matches!(opened(&sandbox, "ecdsa", None), Err(KeyError::NotAKey(_))));
    // A byte of it changed: refused, or, in the comment and the padding, still this key. Never another.
    let text = fs::read_to_string(sandbox.path("ssh")).unwrap();
    let body: String = text.lines().filter(|line| !line.starts_with('-')).collect();
    let bytes = vidimus::text::base64::decode(&body).unwrap();
    for place in 0..bytes.len() {
        let mut bad = bytes.clone();
        bad[place] ^= 0x11;
        let pem = format!(
            "-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n-----END OPENSSH PRIVATE KEY-----\n",
            vidimus::text::base64::encode(&bad)
        );
        if let Ok((read, _)) = SigningKey::from_pem(pem.as_bytes(), || None) {
            assert_eq!(read.public(), key.public(), "byte {place}");
        }
    }
}

/// One key, three tools: made by openssl, used by us, judged by ssh-keygen.
#[test]
fn a_key_of_openssl_seals_and_ssh_keygen_verifies() {
    let evidence = Evidence::new();
    let sandbox = &evidence.sandbox;
    tool(sandbox, "openssl", &["genpkey", "-algorithm", "ed25519", "-out", "made.pem"], b"").ended(0);
    private(sandbox, "made.pem", &fs::read_to_string(sandbox.path("made.pem")).unwrap());
    let (made, _) = opened(sandbox, "made.pem", None).unwrap();
    evidence.reseal(&evidence.read(STATEMENT), &made);
    let line = sandbox.vidimus(["key", "public", "made.pem", "--format", "allowed-signers", "--principal", PRINCIPAL]);
    sandbox.write("allowed_signers", &line.ended(0).stdout);
    ssh_keygen(&evidence, "vidimus-manifest", PRINCIPAL, &[]).ended(0);
    evidence.vidimus(&["--signer", PRINCIPAL]).ended(0);
    sandbox.write("made.pub.pem", &sandbox.vidimus(["key", "public", "made.pem"]).ended(0).stdout);
    assert!(openssl_verifies(&evidence, "made.pub.pem"));
    assert!(evidence.path(SEAL).is_file());
}

/// The commands printed in the format's description, as they stand there.
#[test]
#[expect(clippy::print_stderr, reason = "what was not tried is said")]
fn the_commands_in_the_documentation_work() {
    let text = crate::support::read("docs/formats/seal.md");
    let blocks: Vec<&str> = text.split("```sh\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    let [openssl, ssh] = blocks.as_slice() else { panic!("two blocks of commands: {blocks:?}") };
    let evidence = Evidence::new();
    fs::copy(evidence.sandbox.path("signer.pem"), evidence.path("signer.pem")).unwrap();
    fs::copy(evidence.sandbox.path("allowed_signers"), evidence.path("allowed_signers")).unwrap();
    let shell = |commands: &str| tool(&evidence.sandbox, "sh", &["-c", &format!("cd evidence\n{commands}")], b"");
    assert!(shell(ssh).ended(0).stdout.contains("Good \"vidimus-manifest\" signature"));
    // jq is no stock tool: where it is missing its two uses are left to openssl_verifies_the_seal_and_notices_an_edit.
    if shell("command -v jq").status == Some(0) {
        let run = shell(openssl);
        assert!(run.ended(0).stdout.contains("Signature Verified Successfully"), "{run:#?}");
        assert_eq!(run.stdout.lines().filter(|line| line.ends_with(": OK")).count(), 4, "{run:#?}");
        evidence.write("copy.html", "edited");
        assert_ne!(shell(openssl).status, Some(0));
    } else {
        eprintln!("SKIPPED: jq is not installed, so the recipe with jq was not tried");
    }
    evidence.write(STATEMENT, "edited");
    assert_eq!(shell(ssh).status, Some(255));
}
