//! `vidimus verify` at the command line: whom it trusts, what it says and to whom, and what is trouble.

use std::fs;

use serde_json::{Value, json};
use vidimus::seal::{self, Outcome, SEAL, STATEMENT};

use crate::{
    seal_kit::{Evidence, PRINCIPAL, allowed_signers, key, other_key},
    support::{Run, sandbox},
};

#[test]
fn the_outcome_comes_first_and_what_it_proves_is_said() {
    let evidence = Evidence::new();
    let run = evidence.vidimus(&[]);
    let first = run.ended(0).stdout.lines().next().unwrap();
    assert_eq!(first, "VERIFIED  The seal is valid and every sealed file is as it was sealed.");
    for said in [
        "signer    desk@example.org",
        "key       SHA256:bbXpuKG6zhzdmnxq256TlqzFBzRl2f6OOg722cYNbU8",
        "verdict   emphasised",
        "made      2017-11-28T00:00:00Z, by the signer's own clock",
        "ok        copy.html (copy)",
        "ok        original.html (original)",
        "no timestamp: when this was sealed rests on the signer's word",
        "A valid seal proves that the holder of the key signed",
        "It does not prove that the findings are right;",
        "that no other run was withheld",
        "judged at 2017-11-28T00:00:00Z, as SOURCE_DATE_EPOCH says",
    ] {
        assert!(run.stdout.contains(said), "{said}: {run:#?}");
    }
    // What was not verified is told nothing of but why not.
    evidence.write("report.json", "{}");
    let run = evidence.vidimus(&[]);
    assert!(!run.ended(1).stdout.contains("verdict  "), "{run:#?}");
    assert!(run.stdout.contains("changed   report.json (report)"), "{run:#?}");
    assert!(run.stdout.contains("because   changed: report.json"), "{run:#?}");
}

#[test]
fn who_is_trusted_decides_who_signed() {
    let evidence = Evidence::new();
    let json = |more: &[&str]| -> Value {
        let run = evidence.sandbox.vidimus(["verify", "evidence", "--format", "json"].iter().chain(more));
        assert_eq!(run.stderr, "");
        let found: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(run.status == Some(0), found["outcome"] == "verified");
        found
    };
    let found = json(&["--trust", "allowed_signers"]);
    assert_eq!((&found["verify"], &found["signer"]), (&json!(1), &json!(PRINCIPAL)));
    assert_eq!(json(&["--trust", "allowed_signers", "--signer", PRINCIPAL])["outcome"], "verified");
    assert_eq!(json(&["--trust", "allowed_signers", "--signer", "other@example.org"])["outcome"], "wrong-signer");
    // A key on its own says nothing of whose it is.
    let found = json(&["--key", "signer.pem"]);
    assert_eq!((found["outcome"].as_str(), found.get("signer")), (Some("verified"), None));
    assert_eq!(json(&[])["outcome"], "unknown-key");
    evidence.sandbox.write("allowed_signers", "# nobody\n");
    assert_eq!(json(&["--trust", "allowed_signers"])["outcome"], "unknown-key");
    // A line for many is shown as it stands; the signer asked for by name.
    evidence.sandbox.write("allowed_signers", format!("*@example.org {}\n", key().public().to_ssh()));
    assert_eq!(json(&["--trust", "allowed_signers"])["signer"], "*@example.org");
    assert_eq!(json(&["--trust", "allowed_signers", "--signer", PRINCIPAL])["signer"], PRINCIPAL);
    // Lines that are passed over are said.
    evidence.sandbox.write("allowed_signers", format!("{}x@y ssh-rsa AAAAB3NzaC1yc2E=\n", allowed_signers()));
    let notes = json(&["--trust", "allowed_signers"])["notes"].to_string();
    assert!(notes.contains("line 2: keys of type ssh-rsa are not used"), "{notes}");
}

#[test]
fn sidecars_may_be_missing_and_change_no_outcome() {
    for name in [seal::SUMS, seal::SSH_SIGNATURE, STATEMENT] {
        let evidence = Evidence::new();
        evidence.remove(name);
        evidence.comes_to(Outcome::Verified);
        assert!(evidence.verify().notes.iter().any(|note| note.contains(name)));
    }
}

#[test]
fn files_that_are_not_sealed_are_told_and_with_strict_refused() {
    let evidence = Evidence::new();
    evidence.write("notes.txt", "mine");
    evidence.comes_to(Outcome::Verified);
    let run = evidence.vidimus(&[]);
    assert!(run.stdout.contains("unlisted  notes.txt (none)"), "{run:#?}");
    let run = evidence.vidimus(&["--strict"]);
    assert!(run.ended(1).stdout.starts_with("UNLISTED-FILE"), "{run:#?}");
    evidence.remove("notes.txt");
    evidence.vidimus(&["--strict"]).ended(0);
}

/// Names no editor shows, a terminal's commands, and commands to a CI service, in a file of the folder and in the seal.
#[cfg(unix)]
#[test]
fn hostile_names_are_made_visible() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _};
    let evidence = Evidence::new();
    for name in [
        "\u{1b}]0;owned\u{7}.html",
        "::error::x",
        "##vso[task.complete]",
        "a\n::warning::b",
        "\u{202e}gpj.exe",
        "\u{9b}31m",
    ] {
        evidence.write(name, "");
    }
    fs::write(evidence.folder().join(OsStr::from_bytes(b"\xff\xfe")), "").unwrap();
    evidence.set_seal("/verificationMaterial/publicKey/hint", "\u{1b}[31m::error::hint");
    let harmless = |run: &Run| {
        let text = format!("{}{}", run.stdout, run.stderr);
        assert!(!text.contains(|c: char| (c.is_control() && c != '\n') || c == '\u{202e}'), "{run:#?}");
        assert!(text.lines().all(|line| !line.trim_start().starts_with("::")), "{run:#?}");
        assert!(!text.contains("##"), "{run:#?}");
    };
    for more in [["--strict"].as_slice(), &[], &["--format", "json"]] {
        harmless(&evidence.vidimus(more));
    }
    let run = evidence.vidimus(&["--format", "json"]);
    let found: Value = serde_json::from_str(&run.ended(0).stdout).unwrap();
    let names: Vec<&str> =
        found["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"\u{202e}gpj.exe") && names.contains(&"##vso[task.complete]"), "data keeps the names");
    // Under another policy the hint itself is shown.
    evidence.sandbox.write("allowed_signers", format!("x {}\n", other_key().public().to_ssh()));
    let run = evidence.vidimus(&[]);
    assert!(run.ended(1).stdout.starts_with("UNKNOWN-KEY"), "{run:#?}");
    harmless(&run);
    harmless(&evidence.vidimus(&["--format", "json"]));
    // The same in the statement, by the holder of the key.
    let evidence = Evidence::new();
    evidence.edit_statement(|statement| {
        statement["subject"][0]["annotations"]["role"] = "\u{1b}[31m\n::error::x".into();
        statement["predicateType"] = "\u{1b}]0;x\u{7}\n##[error]".into();
    });
    harmless(&evidence.vidimus(&[]));
    harmless(&evidence.vidimus(&["--format", "json"]));
}

#[test]
fn trouble_is_never_an_outcome() {
    let evidence = Evidence::new();
    let sandbox = &evidence.sandbox;
    let verify = |arguments: &[&str]| sandbox.vidimus(["verify"].iter().chain(arguments));
    verify(&["nowhere"]).trouble("nowhere: no such file or directory");
    let run = verify(&["evidence/copy.html"]);
    run.trouble("evidence/copy.html: not a directory");
    assert!(run.stderr.contains("hint: to ask about a single file, name its seal with --seal"), "{run:#?}");
    verify(&["evidence", "--trust", "nowhere"]).trouble("nowhere: no such file");
    verify(&["evidence", "--trust", "evidence"]).trouble("evidence: ");
    verify(&["evidence", "--key", "allowed_signers.pem"]).trouble("allowed_signers.pem: no such file");
    sandbox.write("broken.pem", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
    verify(&["evidence", "--key", "broken.pem"]).trouble("broken.pem: no Ed25519 public key");
    sandbox.write("broken", "desk@example.org no-such-option ssh-ed25519 AAAA\n");
    verify(&["evidence", "--trust", "broken"]).trouble("broken: line 1: unknown option");
    sandbox.write("broken", [0xff, b'\n']);
    verify(&["evidence", "--trust", "broken"]).trouble("broken: line 1: not UTF-8 text");
    sandbox.write("broken", "desk@example.org\0 ssh-ed25519 AAAA\n");
    verify(&["evidence", "--trust", "broken"]).trouble("broken: line 1: a NUL byte");
    verify(&["evidence", "--previous", "nowhere"]).trouble("nowhere: no such file");
    verify(&["evidence/copy.html", "--seal", "nowhere"]).trouble("nowhere: no such file");
    verify(&["nowhere", "--seal", "evidence/vidimus.sigstore.json"]).trouble("nowhere: no such file");
    for usage in [
        ["evidence", "--trust", "allowed_signers", "--key", "signer.pem"].as_slice(),
        &["evidence", "--role", "copy"],
        &["evidence", "--at", "yesterday"],
        &["evidence", "--key", "signer.pem", "--signer", PRINCIPAL],
        &["evidence/copy.html", "--seal", "evidence/vidimus.sigstore.json", "--role", "copies"],
        &["evidence/copy.html", "--seal", "evidence/vidimus.sigstore.json", "--strict"],
        &[],
    ] {
        let run = verify(usage);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{run:#?}");
    }
    for limit in ["a", "b"] {
        sandbox.write(&format!("full/{limit}"), "");
    }
    for number in 0..4100 {
        sandbox.write(&format!("full/{number}"), "");
    }
    verify(&["full"]).trouble("full: more than 4096 files");
}

/// A full disk behind standard output is trouble, not an outcome.
#[cfg(target_os = "linux")]
#[test]
fn an_outcome_that_cannot_be_written_is_trouble() {
    let evidence = Evidence::new();
    let mut command = evidence.sandbox.command(["verify", "evidence", "--trust", "allowed_signers"]);
    command.stdout(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let run = sandbox::run(&mut command, b"");
    run.trouble("standard output: ");
}

/// Root reads everything, so that this can only be seen as somebody else.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_is_trouble_not_a_missing_one() {
    use std::os::unix::fs::PermissionsExt as _;
    let evidence = Evidence::new();
    fs::set_permissions(evidence.path("copy.html"), fs::Permissions::from_mode(0o0)).unwrap();
    let run = evidence.vidimus(&[]);
    if fs::read(evidence.path("copy.html")).is_ok() {
        run.ended(0);
    } else {
        run.trouble("permission denied");
    }
}

#[test]
fn judged_at_a_time_asked_for_the_output_says_so() {
    let evidence = Evidence::new();
    let run = evidence.vidimus(&["--at", "2017-12-01T00:00:00+01:00"]);
    assert!(run.ended(0).stdout.contains("judged at 2017-11-30T23:00:00Z, as asked with --at"), "{run:#?}");
    let run = evidence.vidimus(&["--at", "2016-01-01T00:00:00Z"]);
    assert!(run.ended(0).stdout.contains("which is after the time judged at"), "{run:#?}");
    // By the clock nothing is said of it.
    let mut command = evidence.sandbox.command(["verify", "evidence", "--trust", "allowed_signers"]);
    let run = sandbox::run(command.env_remove("SOURCE_DATE_EPOCH"), b"");
    assert!(!run.ended(0).stdout.contains("judged at"), "{run:#?}");
}

#[test]
fn one_file_is_asked_about_without_the_folder() {
    let evidence = Evidence::new();
    fs::copy(evidence.path("copy.html"), evidence.sandbox.path("found.html")).unwrap();
    fs::copy(evidence.path(SEAL), evidence.sandbox.path("seal.json")).unwrap();
    fs::remove_dir_all(evidence.folder()).unwrap();
    let run = evidence.sandbox.vidimus([
        "verify",
        "found.html",
        "--seal",
        "seal.json",
        "--role",
        "copy",
        "--trust",
        "allowed_signers",
        "--format",
        "json",
    ]);
    let found: Value = serde_json::from_str(&run.ended(0).stdout).unwrap();
    assert_eq!(
        found["files"],
        json!([
            { "name": "copy.html", "role": "copy", "status": "ok" },
            { "name": "original.html", "role": "original", "status": "unchecked" },
            { "name": "report.html", "role": "report-html", "status": "unchecked" },
            { "name": "report.json", "role": "report", "status": "unchecked" },
        ])
    );
    assert!(found["notes"].to_string().contains("only this file was looked at"));
    let run = evidence.sandbox.vidimus(["verify", "found.html", "--seal", "seal.json", "--trust", "allowed_signers"]);
    let first = run.ended(0).stdout.lines().next().unwrap();
    assert_eq!(first, "VERIFIED  The seal is valid and this file is the one sealed as copy.");
    assert!(run.stdout.contains("verdict   emphasised, says the statement; the report was not looked at"), "{run:#?}");
    let chain = evidence.sandbox.vidimus([
        "verify",
        "found.html",
        "--seal",
        "seal.json",
        "--trust",
        "allowed_signers",
        "--previous",
        ".",
    ]);
    assert!(chain.ended(1).stdout.starts_with("BROKEN-CHAIN"), "{chain:#?}");
}

/// The report on its own is held against the statement, since that is where the verdict stands.
#[test]
fn a_report_on_its_own_is_read() {
    let evidence = Evidence::new();
    let verify = |file: &str| {
        let seal = ["--seal", "evidence/vidimus.sigstore.json", "--trust", "allowed_signers"];
        evidence.sandbox.vidimus(["verify", file].iter().chain(&seal))
    };
    let run = verify("evidence/report.json");
    assert!(run.ended(0).stdout.contains("this file is the one sealed as report."), "{run:#?}");
    assert!(run.stdout.contains("  verdict   emphasised\n"), "{run:#?}");
    evidence.edit_statement(|statement| statement["predicate"]["result"]["verdict"] = "verbatim".into());
    assert!(verify("evidence/report.json").ended(1).stdout.starts_with("INCONSISTENT"));
    assert!(verify("evidence/copy.html").ended(0).stdout.contains("verbatim, says the statement"));
    evidence.edit_statement(|statement| statement["predicate"]["copy"]["bytes"] = 1.into());
    assert!(verify("evidence/copy.html").ended(1).stdout.starts_with("INCONSISTENT"));
}

/// A list of digests made again by other means is no alteration; one that says otherwise is.
#[test]
fn sums_made_again_accuse_nobody() {
    let evidence = Evidence::new();
    let sums = String::from_utf8(evidence.read(seal::SUMS)).unwrap();
    let tagged = |line: &str| {
        let (digest, name) = line.split_once("  ").unwrap();
        format!("SHA256 ({name}) = {digest}\n")
    };
    let more = format!("{sums}{}  {SEAL}\n", vidimus::digest::Digest::of(&evidence.read(SEAL)));
    for again in [
        sums.replace("  ", " *"),
        sums.replace("  ", "  ./"),
        sums.replace('\n', "\r\n"),
        sums.lines().map(tagged).collect(),
        more,
    ] {
        evidence.write(seal::SUMS, &again);
        evidence.comes_to(Outcome::Verified);
    }
    for wrong in
        [sums.replacen("copy.html", "copy.htm", 1), sums.lines().skip(1).map(|line| format!("{line}\n")).collect()]
    {
        evidence.write(seal::SUMS, &wrong);
        evidence.comes_to(Outcome::ArtefactChanged);
    }
}
