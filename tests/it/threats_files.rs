//! Threats that come with files: names that lead elsewhere, links and pipes, hostile key files, secrets that must not be kept.

use std::fs;

use serde_json::Value;
use vidimus::{
    digest::Digest,
    seal::{Outcome, SEAL, SSH_SIGNATURE, STATEMENT, SUMS},
    text::base64,
};

use crate::{
    seal_kit::{Evidence, ORIGINAL, allowed_signers, key, private},
    support::{Reply, Sandbox, Server},
};

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
    for name in ["copy.html", "original.html", SEAL, STATEMENT, SSH_SIGNATURE, SUMS] {
        let evidence = Evidence::new();
        let outside = evidence.sandbox.path("outside");
        fs::rename(evidence.path(name), &outside).unwrap();
        symlink(&outside, evidence.path(name)).unwrap();
        assert!(evidence.comes_to(Outcome::Malformed).contains(name));
    }
    // What systems and editors leave behind touches nothing that is sealed.
    let evidence = Evidence::new();
    fs::create_dir(evidence.path("@eaDir")).unwrap();
    symlink("nowhere", evidence.path(".#lock")).unwrap();
    evidence.comes_to(Outcome::Verified);
    let run = evidence.vidimus(&[]);
    assert!(
        run.stdout.contains("unlisted  @eaDir (none)") && run.stdout.contains("unlisted  .#lock (none)"),
        "{run:#?}"
    );
    let run = evidence.vidimus(&["--strict"]);
    assert!(run.ended(1).stdout.starts_with("UNLISTED-FILE"), "{run:#?}");
    // A folder where a sealed file should be, and a pipe that would keep a reader waiting for ever.
    let evidence = Evidence::new();
    evidence.remove("copy.html");
    fs::create_dir(evidence.path("copy.html")).unwrap();
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
    pipe(&evidence.sandbox.path("seal"));
    let run = evidence.sandbox.vidimus(["verify", "evidence/report.json", "--seal", "seal"]);
    run.trouble("seal: not a regular file");
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
        let grown = parameters.len() as isize - cost.len() as isize;
        let mut bytes = [&der[..place], parameters, &der[place + cost.len()..]].concat();
        // Every sequence around the parameters grows with them.
        for at in sequences_around(&der, place) {
            let length = &mut bytes[at];
            *length = length.checked_add_signed(i8::try_from(grown).unwrap()).unwrap();
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
        private(&sandbox, name, &hostile(parameters));
        let mut command = sandbox.command(["key", "public", name]);
        let run = crate::support::sandbox::run(command.env("VIDIMUS_KEY_PASSPHRASE", "secret"), b"");
        run.trouble("more memory or time than is allowed");
    }
    // Outside the definition of scrypt, where the arithmetic of whoever derives ends in a panic.
    for (name, parameters) in [
        ("n0", [0x02, 0x01, 0x00, 0x02, 0x01, 0x08, 0x02, 0x01, 0x01].as_slice()),
        ("n1", &[0x02, 0x01, 0x01, 0x02, 0x01, 0x08, 0x02, 0x01, 0x01]),
        ("n3", &[0x02, 0x01, 0x03, 0x02, 0x01, 0x08, 0x02, 0x01, 0x01]),
        ("r0", &[0x02, 0x02, 0x40, 0x00, 0x02, 0x01, 0x00, 0x02, 0x01, 0x01]),
        ("p0", &[0x02, 0x02, 0x40, 0x00, 0x02, 0x01, 0x08, 0x02, 0x01, 0x00]),
    ] {
        private(&sandbox, name, &hostile(parameters));
        let mut command = sandbox.command(["key", "public", name]);
        let run = crate::support::sandbox::run(command.env("VIDIMUS_KEY_PASSPHRASE", "secret"), b"");
        run.trouble("encrypted in a way that is not read");
    }
    // As it was, it opens.
    private(&sandbox, "good", &hostile(&cost));
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
    private(&sandbox, "signer.key", &key().to_pem(None, &[0; 32]).unwrap());
    sandbox.write("allowed_signers", allowed_signers());
    let address = |path: &str| server.url(path).replace("://", "://desk:URLSECRET@");
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

/// Files that take no room on disk and would take all memory: what is not hashed piece by piece is not read.
#[test]
fn gigabyte_of_zeros() {
    for (name, expected) in [
        (SEAL, Outcome::Malformed),
        (SUMS, Outcome::Malformed),
        (SSH_SIGNATURE, Outcome::Malformed),
        ("copy.html", Outcome::ArtefactChanged),
    ] {
        let evidence = Evidence::new();
        fs::File::create(evidence.path(name)).unwrap().set_len(1 << 30).unwrap();
        evidence.comes_to(expected);
        if name == SEAL {
            let seal = evidence.path(SEAL).display().to_string();
            evidence
                .sandbox
                .vidimus(["verify", "evidence/copy.html", "--seal", &seal, "--key", "signer.pem"])
                .trouble(&seal);
        }
    }
    let sandbox = Sandbox::new();
    fs::File::create(sandbox.path("copy.html")).unwrap().set_len(1 << 30).unwrap();
    sandbox.write("original.html", ORIGINAL);
    sandbox.vidimus(["check", "copy.html", "--original", "original.html"]).trouble("copy.html");
}

/// A page that leads to where a cloud keeps its secrets.
#[test]
fn redirect_to_metadata_address() {
    let server = Server::new([("/page", Reply::redirect(302, "http://169.254.169.254/latest/meta-data/"))]);
    let sandbox = Sandbox::new();
    sandbox.write("original.html", ORIGINAL);
    let url = server.url("/page");
    let check = ["check", &url, "--original", "original.html", "--out", "evidence"];
    sandbox.vidimus(check).trouble("a private address");
    assert!(!sandbox.path("evidence").exists());
}
