//! `vidimus key`: making keys, printing their public halves, and the ways a key is opened for signing.

use std::fs;

use vidimus::seal::{Outcome, SigningKey};

use crate::{
    seal_kit::{COPY, Evidence, ORIGINAL, PRINCIPAL, key, mode, other_key, tool},
    support::{Run, Sandbox, sandbox},
};

fn with(sandbox: &Sandbox, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
    let mut command = sandbox.command(arguments);
    sandbox::run(command.envs(variables.iter().copied()), b"")
}

const PASSPHRASE: (&str, &str) = ("VIDIMUS_KEY_PASSPHRASE", "correct horse");

/// A sandbox with two pages, and `signer.key` unencrypted and private.
fn pages() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("release.html", ORIGINAL);
    sandbox.write("repost.html", COPY);
    mode(&sandbox, "signer.key", &key().to_pem(None, &[0; 32]).unwrap(), 0o600);
    sandbox
}

fn seal(sandbox: &Sandbox, key: &str, more: &[&str], variables: &[(&str, &str)]) -> Run {
    let check = ["check", "repost.html", "--original", "release.html", "--out", "evidence", "--key", key];
    with(sandbox, &[&check, more].concat(), variables)
}

#[test]
fn a_new_key_is_encrypted_private_and_its_public_half_is_printed() {
    let sandbox = Sandbox::new();
    let run = with(&sandbox, &["key", "new", "signer.key"], &[PASSPHRASE]);
    assert!(run.ended(0).stdout.starts_with("-----BEGIN PUBLIC KEY-----\n"), "{run:#?}");
    assert!(run.stderr.starts_with("note: signer.key: SHA256:"), "{run:#?}");
    let pem = fs::read_to_string(sandbox.path("signer.key")).unwrap();
    assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(sandbox.path("signer.key")).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(with(&sandbox, &["key", "public", "signer.key"], &[PASSPHRASE]).ended(0).stdout, run.stdout);
    // openssl opens it too, and says the same of it.
    let arguments = ["pkey", "-in", "signer.key", "-passin", "pass:correct horse", "-pubout"];
    assert_eq!(tool(&sandbox, "openssl", &arguments, b"").ended(0).stdout, run.stdout);
    let text = tool(&sandbox, "openssl", &["asn1parse", "-in", "signer.key"], b"").stdout;
    for part in ["PBES2", "scrypt", ":4000", "aes-256-cbc"] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(sandbox.names(), ["signer.key"]);
}

#[test]
fn two_new_keys_differ() {
    let sandbox = Sandbox::new();
    let make = |name| with(&sandbox, &["key", "new", name, "--no-passphrase"], &[]).ended(0).stdout.clone();
    assert_ne!(make("a"), make("b"));
    assert!(fs::read_to_string(sandbox.path("a")).unwrap().starts_with("-----BEGIN PRIVATE KEY-----\n"));
}

#[test]
fn a_new_key_never_replaces_anything() {
    let sandbox = Sandbox::new();
    sandbox.write("mine", "mine");
    fs::create_dir(sandbox.path("folder")).unwrap();
    for name in ["mine", "folder"] {
        with(&sandbox, &["key", "new", name], &[PASSPHRASE]).trouble("already exists and is left as it is");
    }
    assert_eq!(fs::read_to_string(sandbox.path("mine")).unwrap(), "mine");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("elsewhere", sandbox.path("link")).unwrap();
        with(&sandbox, &["key", "new", "link"], &[PASSPHRASE]).trouble("already exists");
        fs::remove_file(sandbox.path("link")).unwrap();
    }
    with(&sandbox, &["key", "new", "missing/signer.key"], &[PASSPHRASE]).trouble("no such file or directory");
    assert_eq!(sandbox.names(), ["folder", "mine"]);
}

#[test]
fn a_new_key_wants_a_passphrase_or_to_be_told_that_there_is_none() {
    let sandbox = Sandbox::new();
    for variables in [[("VIDIMUS_KEY_PASSPHRASE", "")].as_slice(), &[]] {
        let run = with(&sandbox, &["key", "new", "signer.key"], variables);
        run.trouble("signer.key: a key needs a passphrase");
        assert!(run.stderr.contains("--no-passphrase"), "{run:#?}");
    }
    sandbox.write("empty", "\n");
    with(&sandbox, &["key", "new", "signer.key"], &[("VIDIMUS_KEY_PASSPHRASE_FILE", "empty")]).trouble("passphrase");
    with(&sandbox, &["key", "new", "signer.key"], &[("VIDIMUS_KEY_PASSPHRASE_FILE", "gone")])
        .trouble("gone: no such file");
    assert_eq!(sandbox.names(), ["empty"]);
}

#[test]
fn the_public_half_in_every_form() {
    let sandbox = pages();
    let public = |more: &[&str]| with(&sandbox, &[&["key", "public", "signer.key"], more].concat(), &[]);
    let ssh = key().public().to_ssh();
    assert_eq!(public(&[]).ended(0).stdout, key().public().to_pem());
    assert_eq!(public(&["--format", "ssh"]).ended(0).stdout, format!("{ssh}\n"));
    let line = public(&["--format", "allowed-signers", "--principal", PRINCIPAL]);
    assert_eq!(line.ended(0).stdout, format!("{PRINCIPAL} namespaces=\"vidimus-manifest\" {ssh}\n"));
    for wrong in ["", "*", "*@example.org", "a,b", "!a", "a b", "a\"b", "#a", "a\nb"] {
        public(&["--format", "allowed-signers", "--principal", wrong]).trouble("a principal has no");
    }
}

#[test]
fn keys_from_the_environment() {
    let sandbox = pages();
    let pem = key().to_pem(None, &[0; 32]).unwrap();
    let run = with(&sandbox, &["key", "public", "env://DESK_KEY"], &[("DESK_KEY", &pem)]);
    assert_eq!(run.ended(0).stdout, key().public().to_pem());
    with(&sandbox, &["key", "public", "env://DESK_KEY"], &[]).trouble("the environment has no variable DESK_KEY");
    let run = with(&sandbox, &["key", "public", "env://DESK_KEY"], &[("DESK_KEY", "hunter2")]);
    run.trouble("env://DESK_KEY: ");
    assert!(!run.stderr.contains("hunter2"), "{run:#?}");
}

#[test]
fn a_wrong_passphrase_or_none_is_trouble_and_nothing_is_written() {
    let sandbox = pages();
    mode(&sandbox, "locked.key", &key().to_pem(Some(b"correct horse"), &[3; 32]).unwrap(), 0o600);
    let run = seal(&sandbox, "locked.key", &[], &[]);
    run.trouble("locked.key: the key is encrypted and no passphrase was given");
    assert!(run.stderr.contains("hint: type it at a terminal, or set VIDIMUS_KEY_PASSPHRASE"), "{run:#?}");
    let run = seal(&sandbox, "locked.key", &[], &[("VIDIMUS_KEY_PASSPHRASE", "battery staple")]);
    run.trouble("locked.key: the passphrase does not open the key");
    assert!(!run.stderr.contains("battery"), "{run:#?}");
    assert!(!sandbox.path("evidence").exists());
    // The first line of the file, however it ends and whatever follows.
    for text in ["correct horse", "correct horse\n", "correct horse\r\nkept by the desk\n"] {
        sandbox.write("passphrase", text);
        let run = with(&sandbox, &["key", "public", "locked.key"], &[("VIDIMUS_KEY_PASSPHRASE_FILE", "passphrase")]);
        assert_eq!(run.ended(0).stdout, key().public().to_pem(), "{text:?}");
    }
    seal(&sandbox, "locked.key", &[], &[("VIDIMUS_KEY_PASSPHRASE_FILE", "passphrase")]).ended(1);
    verified(&sandbox);
}

/// A passphrase is bytes, in the environment as in a file; it is not passed over because it is no Unicode.
#[cfg(unix)]
#[test]
fn a_passphrase_need_not_be_unicode() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let sandbox = pages();
    mode(&sandbox, "locked.key", &key().to_pem(Some(b"caf\xe9"), &[3; 32]).unwrap(), 0o600);
    let mut command = sandbox.command(["key", "public", "locked.key"]);
    let run = sandbox::run(command.env("VIDIMUS_KEY_PASSPHRASE", OsStr::from_bytes(b"caf\xe9")), b"");
    assert_eq!(run.ended(0).stdout, key().public().to_pem());
    sandbox.write("passphrase", b"caf\xe9\n");
    let run = with(&sandbox, &["key", "public", "locked.key"], &[("VIDIMUS_KEY_PASSPHRASE_FILE", "passphrase")]);
    assert_eq!(run.ended(0).stdout, key().public().to_pem());
}

/// The time evidence is dated with: what cannot be meant is not replaced by the clock, and none is written that nobody can read.
#[test]
fn a_source_date_epoch_that_is_no_time_is_trouble() {
    for wrong in ["yesterday", "253402207201", "253402300799", "99999999999999999999", "-1", "1.5", " 1"] {
        let sandbox = pages();
        seal(&sandbox, "signer.key", &[], &[("SOURCE_DATE_EPOCH", wrong)]).trouble("SOURCE_DATE_EPOCH: ");
        assert!(!sandbox.path("evidence").exists());
    }
    let sandbox = pages();
    seal(&sandbox, "signer.key", &[], &[("SOURCE_DATE_EPOCH", "253402207200")]).ended(1);
    let statement = fs::read_to_string(sandbox.path("evidence/statement.json")).unwrap();
    assert!(statement.contains("\"generatedAt\":\"9999-12-30T22:00:00Z\""), "{statement}");
}

#[track_caller]
fn verified(sandbox: &Sandbox) {
    sandbox.write("signer.pem", key().public().to_pem());
    let run = sandbox.vidimus(["verify", "evidence", "--key", "signer.pem"]);
    assert!(run.ended(0).stdout.starts_with("VERIFIED"), "{run:#?}");
}

#[cfg(unix)]
#[test]
fn a_key_others_may_read_is_refused() {
    let sandbox = pages();
    for bits in [0o644, 0o640, 0o604, 0o660, 0o601] {
        mode(&sandbox, "open.key", &key().to_pem(None, &[0; 32]).unwrap(), bits);
        let run = seal(&sandbox, "open.key", &[], &[]);
        run.trouble("open.key: others may read this key");
        assert!(run.stderr.contains("hint: chmod 600 open.key, or --insecure-key-perms"), "{run:#?}");
    }
    assert!(!sandbox.path("evidence").exists());
    seal(&sandbox, "open.key", &["--insecure-key-perms"], &[]).ended(1);
    verified(&sandbox);
}

#[test]
fn what_is_no_key_is_trouble() {
    let sandbox = pages();
    let public = key().public().to_pem();
    let half = key().to_pem(None, &[0; 32]).unwrap().replace("-----END PRIVATE KEY-----", "");
    for (name, text, cause) in [
        ("empty", "", "no private key"),
        ("words", "not a key", "no private key"),
        ("public", public.as_str(), "no private key"),
        ("half", half.as_str(), "no private key"),
        ("binary", "\u{0}\u{1}", "no private key"),
        ("long", &"x".repeat(70_000), "too large for a key"),
    ] {
        mode(&sandbox, name, text, 0o600);
        seal(&sandbox, name, &[], &[]).trouble(cause);
    }
    seal(&sandbox, "gone", &[], &[]).trouble("gone: no such file or directory");
    seal(&sandbox, ".", &[], &[]).trouble(".: ");
    #[cfg(target_os = "linux")]
    seal(&sandbox, "/dev/zero", &[], &[]).trouble("/dev/zero: too large for a key");
    assert!(!sandbox.path("evidence").exists());
}

/// A key file with a terminal's command in its name, and one that is weakly encrypted.
#[test]
fn what_is_said_of_a_key_cannot_steer_a_terminal() {
    let sandbox = pages();
    let run = seal(&sandbox, "\u{1b}]0;x\u{7}\n::error::gone", &[], &[]);
    run.trouble("\\u{1b}");
    assert!(!run.stderr.contains('\u{1b}') && run.stderr.lines().count() <= 2, "{run:#?}");

    tool(
        &sandbox,
        "openssl",
        &[
            "pkcs8",
            "-topk8",
            "-in",
            "signer.key",
            "-passout",
            "pass:correct horse",
            "-out",
            "weak.key",
            "-v2",
            "aes256",
        ],
        b"",
    )
    .ended(0);
    mode(&sandbox, "weak.key", &fs::read_to_string(sandbox.path("weak.key")).unwrap(), 0o600);
    let run = with(&sandbox, &["key", "public", "weak.key"], &[PASSPHRASE]);
    assert_eq!(run.ended(0).stdout, key().public().to_pem());
    assert!(run.stderr.starts_with("note: weak.key: encrypted so that guessing its passphrase is cheap"), "{run:#?}");
}

/// Signs on standard input with openssl, as a program that keeps a key in hardware would.
#[cfg(unix)]
fn keeper(sandbox: &Sandbox, key: &SigningKey) {
    mode(sandbox, "kept.key", &key.to_pem(None, &[0; 32]).unwrap(), 0o600);
    let script = "#!/bin/sh\nset -e\necho run >> runs\ncat > \"$1\"\nopenssl pkeyutl -sign -inkey kept.key -rawin -in \"$1\" -out \"$1.sig\"\n\
                  cat \"$1.sig\"\nrm \"$1\" \"$1.sig\"\n";
    mode(sandbox, "keeper", script, 0o700);
}

#[cfg(unix)]
#[test]
fn a_command_can_keep_the_key() {
    let sandbox = pages();
    keeper(&sandbox, &key());
    sandbox.write("signer.pem", key().public().to_pem());
    sandbox.write("signer.pub", key().public().to_ssh() + " desk\n");
    for public in ["signer.pem", "signer.pub"] {
        seal(&sandbox, "exec:./keeper scratch", &["--public-key", public], &[]).ended(1);
        verified(&sandbox);
        fs::remove_dir_all(sandbox.path("evidence")).unwrap();
    }
    // Once for each signature: envelope and OpenSSH's.
    assert_eq!(fs::read_to_string(sandbox.path("runs")).unwrap().lines().count(), 4);
    let run = sandbox.vidimus(["key", "public", "exec:./keeper scratch", "--public-key", "signer.pub"]);
    assert_eq!(run.ended(0).stdout, key().public().to_pem());
}

#[cfg(unix)]
#[test]
fn a_command_that_does_not_sign_is_trouble() {
    let sandbox = pages();
    sandbox.write("signer.pem", key().public().to_pem());
    let public = ["--public-key", "signer.pem"];
    seal(&sandbox, "exec:./keeper scratch", &[], &[]).trouble("its public key is not known");
    seal(&sandbox, "exec:", &public, &[]).trouble("no command is named");
    // A public key beside a key that is at hand would be passed over in silence.
    seal(&sandbox, "signer.key", &public, &[]).trouble("--public-key signer.pem: belongs to a command that signs");
    seal(&sandbox, "exec:./nothing-here", &public, &[]).trouble("./nothing-here: no such file or directory");
    seal(&sandbox, "exec:false", &public, &[]).trouble("false failed (exit status: 1)");
    seal(&sandbox, "exec:true", &public, &[]).trouble("true did not answer with 64 bytes");
    // One that gives everything back, and one that never stops.
    seal(&sandbox, "exec:cat", &public, &[]).trouble("cat did not answer with 64 bytes");
    seal(&sandbox, "exec:yes", &public, &[]).trouble("yes did not answer with 64 bytes");
    seal(&sandbox, "exec:head -c 64 /dev/zero", &public, &[]).trouble("does not fit its public key");
    // No shell looks at the command.
    seal(&sandbox, "exec:true;touch${IFS}owned", &public, &[]).trouble("no such file or directory");
    // A keeper of another key.
    keeper(&sandbox, &other_key());
    seal(&sandbox, "exec:./keeper scratch", &public, &[]).trouble("does not fit its public key");
    assert!(!sandbox.path("evidence").exists() && !sandbox.path("owned").exists());
}

/// A statement longer than a pipe holds goes to a command that answers before it has read everything.
#[cfg(unix)]
#[test]
fn a_long_statement_to_a_command_that_echoes_does_not_hang() {
    let sandbox = pages();
    sandbox.write("signer.pem", key().public().to_pem());
    let note = "x".repeat(120_000);
    let run = seal(&sandbox, "exec:cat", &["--public-key", "signer.pem", "--copy-note", &note], &[]);
    run.trouble("cat did not answer with 64 bytes");
}

#[test]
fn a_key_is_asked_for_only_with_a_folder_to_seal() {
    let sandbox = pages();
    let run = with(&sandbox, &["check", "repost.html", "--original", "release.html", "--key", "signer.key"], &[]);
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    // Unsigned evidence says so when it is written and when it is verified.
    let run = with(&sandbox, &["check", "repost.html", "--original", "release.html", "--out", "evidence"], &[]);
    assert!(run.ended(1).stderr.contains("evidence: not signed"), "{run:#?}");
    let run = sandbox.vidimus(["verify", "evidence"]);
    assert!(run.ended(1).stdout.starts_with("UNSIGNED"), "{run:#?}");
}

#[test]
fn a_sealed_folder_made_by_the_program_verifies() {
    let sandbox = pages();
    seal(&sandbox, "signer.key", &[], &[]).ended(1);
    verified(&sandbox);
    assert_eq!(Evidence::new().verify().outcome, Outcome::Verified);
}
