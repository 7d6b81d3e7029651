//! Other people's tools as judges of our seals, and we of their keys: stock openssl and ssh-keygen. A test here that does not
//! find its tool fails and says so.

use std::fs;

use vidimus::{
    Moment,
    digest::Digest,
    seal::{
        self, Kept, KeyError, Outcome, Policy, Question, SEAL, SSH_SIGNATURE, STATEMENT, SigningKey, folder::Folder,
        policy,
    },
};

use crate::{
    seal_kit::{Evidence, PRINCIPAL, allowed_signers, key, now, other_key, tool, trusting},
    support::{Run, Sandbox},
};

/// The time of the tests as ssh-keygen takes it.
const AT: &str = "20171128000000Z";

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
fn ssh_keygen(evidence: &Evidence, namespace: &str, principal: &str, more: &[&str]) -> Run {
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
    assert_eq!(policy::revoked(&(key().public().to_ssh() + "\n")).unwrap(), [key().public()]);

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

/// A line of a policy, and whether both of us find the signer in it.
struct Row {
    line: String,
    principal: &'static str,
    at: &'static str,
    good: bool,
}

fn rows() -> Vec<Row> {
    let key = key().public().to_ssh();
    let other = other_key().public().to_ssh();
    let row = |line: String, good: bool| Row { line, principal: PRINCIPAL, at: AT, good };
    let with = |options: &str, good: bool| row(format!("desk@example.org {options} {key}"), good);
    let dated = |options: &str, at: &'static str, good: bool| Row { at, ..with(options, good) };
    vec![
        row(format!("desk@example.org {key}"), true),
        row(format!("desk@example.org {key} a comment of several words"), true),
        row(format!("desk@example.org {key}\r"), true),
        row(format!("  desk@example.org\t{key}"), true),
        row(format!("desk@example.org  \t {key}"), true),
        row(format!("# desk@example.org {key}"), false),
        row(format!("\n\n# nobody\ndesk@example.org {key}"), true),
        row(format!("other@example.org {key}"), false),
        row(format!("DESK@example.org {key}"), false),
        row(format!("*@example.org {key}"), true),
        row(format!("d?sk@example.org {key}"), true),
        row(format!("de?sk@example.org {key}"), false),
        row(format!("a@b,desk@example.org,c@d {key}"), true),
        row(format!("*@example.org,!desk@example.org {key}"), false),
        row(format!("!desk@*,*@example.org {key}"), false),
        row(format!("*@example.org,!mallory@example.org {key}"), true),
        row(format!("!mallory@example.org {key}"), false),
        row(format!("\"desk@example.org\" {key}"), true),
        row(format!("\"desk@example.org,the desk\" {key}"), true),
        Row { principal: "the desk", ..row(format!("\"desk@example.org,the desk\" {key}"), true) },
        row(format!("desk@example.org {other}"), false),
        row(format!("desk@example.org {other}\ndesk@example.org {key}"), true),
        with("namespaces=\"vidimus-manifest\"", true),
        with("NameSpaces=\"git,vidimus-*\"", true),
        with("namespaces=\"vidimus-manifes?\"", true),
        with("namespaces=\"git\"", false),
        with("namespaces=\"\"", false),
        with("namespaces=\"*,!vidimus-manifest\"", false),
        with("namespaces=\"VIDIMUS-MANIFEST\"", false),
        row(format!("desk@example.org namespaces=\"git\" {key}\ndesk@example.org {key}"), true),
        dated("valid-after=\"20171128Z\"", AT, true),
        dated("valid-after=\"20171128000001Z\"", AT, false),
        dated("valid-before=\"20171128Z\"", AT, true),
        dated("valid-before=\"201711272359Z\"", AT, false),
        dated("valid-before=\"20171127235959Z\"", AT, false),
        dated("valid-before=\"20171127235959z\"", AT, false),
        dated("valid-after=\"20171128UTC\"", AT, true),
        dated("valid-after=\"20170101Z\",valid-before=\"20180101Z\",namespaces=\"vidimus-manifest\"", AT, true),
        dated("valid-after=\"20170101Z\",valid-before=\"20180101Z\"", "20160101Z", false),
        row(format!("desk@example.org valid-before=\"20170101Z\" {key}\ndesk@example.org {key}"), true),
        with("cert-authority", false),
        with("cert-authority,namespaces=\"vidimus-manifest\"", false),
    ]
}

/// Lines one of us refuses. Ours is the stricter: what we refuse is exit status 2, never another reading.
fn refused_lines() -> Vec<(String, bool)> {
    let key = key().public().to_ssh();
    let with = |options: &str| format!("desk@example.org {options} {key}");
    let blob = key.split_once(' ').map(|(_, blob)| blob.to_owned()).unwrap();
    // The second of each pair: whether ssh-keygen would take the line.
    vec![
        (with("no-such-option"), false),
        (with("no-cert-authority"), false),
        (with("namespaces=vidimus-manifest"), false),
        (with("namespaces=\"vidimus-manifest"), false),
        (with("namespaces=\"vidimus-manifest\","), false),
        (with("namespaces=\"vidimus-manifest\",namespaces=\"git\""), false),
        (with("namespaces=\"vidimus-manifest\"x"), false),
        (with("namespaces=\"vidimus-manifest\" valid-after=\"20170101Z\""), false),
        (with("valid-after=\"20180101Z\",valid-before=\"20170101Z\""), false),
        (with("valid-after=\"20170101Z\",valid-before=\"20170101Z\""), false),
        (with("valid-after=\"2017\""), false),
        (with("valid-after=\"yesterday\""), false),
        (with("valid-after=\"19700101Z\""), false),
        (with("valid-before=\"19700101Z\""), false),
        ("desk@example.org".to_owned(), false),
        (format!("desk@example.org ssh-ed25519 {}", &blob[..20]), false),
        (format!("\"desk@example.org {key}"), false),
        // Where ssh-keygen is lenient.
        (with("valid-after=\"20170101\""), true),
        (with("valid-before=\"20180230Z\""), true),
        (with("namespaces=\"a\\\"b,vidimus-manifest\""), true),
    ]
}

#[test]
fn allowed_signers_mean_to_us_what_they_mean_to_ssh_keygen() {
    let evidence = Evidence::new();
    for Row { line, principal, at, good } in rows() {
        evidence.sandbox.write("allowed_signers", format!("{line}\n"));
        let run = ssh_keygen(&evidence, "vidimus-manifest", principal, &["-O", &format!("verify-time={at}")]);
        assert_eq!(run.status == Some(0), good, "ssh-keygen on {line:?}: {run:#?}");
        let moment = if at == AT { now() } else { Moment::parse("2016-01-01T00:00:00Z").unwrap() };
        let policy = Policy { signer: Some(principal.to_owned()), ..trusting(&format!("{line}\n")) };
        let found = seal::verify(&Folder::open(&evidence.folder()).unwrap(), &policy, &Question::at(moment)).unwrap();
        assert_eq!(found.outcome == Outcome::Verified, good, "vidimus on {line:?}: {found:#?}");
    }
    for (line, lenient) in refused_lines() {
        evidence.sandbox.write("allowed_signers", format!("{line}\n"));
        let run = ssh_keygen(&evidence, "vidimus-manifest", PRINCIPAL, &[]);
        assert_eq!(run.status == Some(0), lenient, "ssh-keygen on {line:?}: {run:#?}");
        evidence.vidimus(&[]).trouble("allowed_signers: line 1: ");
    }
}

/// A date without Z would make the answer depend on the machine.
#[test]
fn a_date_without_a_zone_is_refused_and_says_what_to_do() {
    let evidence = Evidence::new();
    let dated = allowed_signers().replace("namespaces", "valid-before=\"20180101\",namespaces");
    evidence.sandbox.write("allowed_signers", dated);
    evidence.vidimus(&[]).trouble("write the Z");
}

fn private(sandbox: &Sandbox, name: &str, text: &str) {
    let path = sandbox.write(name, text);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
    }
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
    assert_eq!(
        opened(&sandbox, "locked", Some("secret")).err(),
        Some(KeyError::NotAKey("encrypted OpenSSH keys are not read"))
    );
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
