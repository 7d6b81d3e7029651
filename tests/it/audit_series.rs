//! Sealed audits one after the other: each names the one before, and an authority says when it was sealed.

use std::fs;

use serde_json::Value;
use vidimus::digest::Digest;

use crate::{
    seal_kit::{allowed_signers, key},
    support::Sandbox,
    tsa_kit::Authority,
};

const PEM: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";
const PLAN: &str = "version = 1\n[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\n";

/// A pair, and a key to seal with.
fn planned() -> Sandbox {
    let sandbox = Sandbox::new();
    for side in ["o", "c"] {
        sandbox.write(&format!("{side}/1.html"), "<h1>Release</h1><p>Talks will continue in May with all parties.</p>");
    }
    let key_path = sandbox.write("key.pem", PEM);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(key_path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    sandbox.write("allowed_signers", allowed_signers());
    sandbox.write("signer.pem", key().public().to_pem());
    sandbox.write("vidimus.toml", PLAN);
    sandbox
}

#[test]
fn an_audit_names_the_one_before_and_has_its_time_vouched_for() {
    let sandbox = planned();
    sandbox.vidimus(["audit", "--key", "key.pem", "--output", "first"]).ended(0);
    let before = sandbox.path("first/sealed-20171128000000");
    let authority = Authority::new();
    sandbox.write("tsa.pem", authority.root());
    let url = authority.serve(1, |answer| answer);
    let options = ["--output", "second", "--previous", before.to_str().unwrap(), "--timestamp", &url];
    sandbox.vidimus([&["audit", "--key", "key.pem"], &options[..]].concat()).ended(0);
    let second = sandbox.path("second/sealed-20171128000000");
    let statement: Value = serde_json::from_slice(&fs::read(second.join("statement.json")).unwrap()).unwrap();
    let named = Digest::of(&fs::read(before.join("statement.json")).unwrap()).to_string();
    assert_eq!(statement["predicate"]["previous"]["digest"]["sha256"], named.as_str());
    let verify = ["verify", second.to_str().unwrap(), "--key", "signer.pem", "--tsa", "tsa.pem", "--require-timestamp"];
    sandbox.vidimus(verify).ended(0);
    let without =
        ["verify", before.to_str().unwrap(), "--key", "signer.pem", "--tsa", "tsa.pem", "--require-timestamp"];
    assert!(sandbox.vidimus(without).ended(1).stdout.starts_with("NO-TIMESTAMP"));
}

#[test]
fn audits_within_one_second_are_sealed_beside_each_other() {
    let sandbox = planned();
    for _ in 0..2 {
        sandbox.vidimus(["audit", "--key", "key.pem"]).ended(0);
    }
    for name in ["sealed-20171128000000", "sealed-20171128000000-2"] {
        let sealed = sandbox.path(format!("report/{name}"));
        sandbox.vidimus(["verify", sealed.to_str().unwrap(), "--key", "signer.pem"]).ended(0);
    }
}

#[test]
fn an_audit_of_another_series_cannot_come_before() {
    let sandbox = planned();
    let sealed = |origin: &str, output: &str| {
        sandbox.write("vidimus.toml", format!("{PLAN}[seal]\nkey = \"key.pem\"\norigin = \"{origin}\"\n"));
        sandbox.vidimus(["audit", "--output", output]).ended(0);
        sandbox.path(format!("{output}/sealed-20171128000000"))
    };
    let other = sealed("example.org/press", "first");
    sealed("example.org/minutes", "second");
    let again = ["audit", "--output", "third", "--previous", other.to_str().unwrap()];
    let ended = sandbox.vidimus(again);
    assert_eq!(ended.status, Some(2), "{ended:#?}");
    assert!(ended.stderr.contains("is an audit of another series, example.org/press/"), "{}", ended.stderr);
    assert!(!sandbox.path("third/sealed-20171128000000").exists());
}

#[test]
fn what_an_audit_without_a_seal_cannot_have_is_refused_before_it_begins() {
    let sandbox = planned();
    for option in ["--previous=o", "--timestamp=http://127.0.0.1:9/"] {
        let name = option.split('=').next().unwrap();
        sandbox.vidimus(["audit", option]).trouble(&format!("{name}: the audit is not sealed"));
    }
    sandbox.vidimus(["audit", "--key", "key.pem", "--previous", "o"]).trouble("--previous o: ");
    assert!(!sandbox.path("report").exists());
}

#[test]
fn an_authority_that_does_not_answer_keeps_nobody_from_the_outputs() {
    let sandbox = planned();
    let arguments = ["audit", "--key", "key.pem", "--timestamp", "http://127.0.0.1:9/", "--retries", "0"];
    sandbox.vidimus(arguments).trouble("127.0.0.1:9");
    assert!(sandbox.path("report/audit.jsonl").exists());
    assert!(!sandbox.path("report/sealed-20171128000000").exists(), "nothing is sealed by half");
    sandbox.vidimus(["audit", "--key", "key.pem", "--retries", "0", "--resume"]).ended(0);
    assert!(sandbox.path("report/sealed-20171128000000/statement.json").exists());
}
