//! Series of runs: `check --previous` names the run before, `verify --previous` follows the names back, and a run of another
//! series, a later one or one that is left out breaks the chain.

use serde_json::{Value, json};
use vidimus::{
    digest::Digest,
    seal::{Outcome, STATEMENT},
};

use crate::seal_kit::{Evidence, allowed_signers};

/// The folders before are named, and what was asked of them is said.
#[test]
fn folders_before_are_named() {
    let (first, second) = (Evidence::new(), Evidence::new());
    let digest = Digest::of(&first.read(STATEMENT)).to_string();
    second.edit_statement(|statement| statement["predicate"]["previous"] = json!({ "digest": { "sha256": digest } }));
    let (path, own) = (first.folder().display().to_string(), second.folder().display().to_string());
    let run = second.vidimus(&["--previous", &path]);
    let note = format!("{path} comes before, by its statement alone: whether it verifies was not asked");
    assert!(run.ended(0).stdout.contains(&note), "{run:#?}");
    let run = second.vidimus(&["--previous", &path, "--previous", &own]);
    let broken = format!("{own}: the statement of {path} names another one before it, or none");
    assert!(run.ended(1).stdout.contains(&broken), "{run:#?}");
    first.write(STATEMENT, "{");
    let digest = Digest::of(b"{").to_string();
    second.edit_statement(|statement| statement["predicate"]["previous"] = json!({ "digest": { "sha256": digest } }));
    let run = second.vidimus(&["--previous", &path]);
    assert!(run.ended(1).stdout.contains(&format!("because   {path}: statement.json: ")), "{run:#?}");
}

/// A series of runs by the program: each names the one before, and leaving one out breaks the chain.
#[test]
fn a_series_of_runs_is_followed() {
    let sandbox = crate::support::Sandbox::new();
    sandbox.write("original.html", crate::seal_kit::ORIGINAL);
    sandbox.write("allowed_signers", allowed_signers());
    crate::seal_kit::private(&sandbox, "key.pem", &crate::seal_kit::key().to_pem(None, &[0; 32]).unwrap());
    let check = |day: &str, words: &str, previous: &[&str]| {
        sandbox.write("copy.html", crate::seal_kit::COPY.replace("spring", words));
        let check = ["check", "copy.html", "--original", "original.html", "--key", "key.pem", "--out", day];
        sandbox.vidimus(check.iter().chain(previous)).ended(1);
    };
    check("monday", "spring", &[]);
    check("tuesday", "summer", &["--previous", "monday"]);
    check("wednesday", "autumn", &["--previous", "tuesday"]);
    let verify = |day: &str, previous: &[&str]| {
        let mut arguments = vec!["verify", day, "--trust", "allowed_signers", "--rerun", "--strict"];
        previous.iter().for_each(|folder| arguments.extend(["--previous", folder]));
        sandbox.vidimus(arguments)
    };
    verify("wednesday", &["tuesday", "monday"]).ended(0);
    verify("tuesday", &["monday"]).ended(0);
    for (day, previous) in
        [("wednesday", ["monday"].as_slice()), ("wednesday", &["monday", "tuesday"]), ("monday", &["tuesday"])]
    {
        let run = verify(day, previous);
        assert!(run.ended(1).stdout.starts_with("BROKEN-CHAIN"), "{run:#?}");
    }
    // What is no evidence is not named, and nothing is written then.
    sandbox.write("thursday", "no folder");
    let check = ["check", "copy.html", "--original", "original.html", "--out", "friday", "--previous"];
    for wrong in ["thursday", "nowhere", "."] {
        sandbox.vidimus(check.iter().chain(&[wrong])).trouble(wrong);
        assert!(!sandbox.path("friday").exists());
    }
}

/// Evidence that names the run whose statement `earlier` has.
fn after(earlier: &Evidence) -> Evidence {
    let evidence = Evidence::new();
    let digest = Digest::of(&earlier.read(STATEMENT)).to_string();
    evidence.edit_statement(|statement| statement["predicate"]["previous"] = json!({ "digest": { "sha256": digest } }));
    evidence
}

/// Sealed statement and report of an evidence folder say something else of copy and time; the pages are as they were.
fn retold(evidence: &Evidence, [url, time]: [&str; 2]) {
    evidence.edit_report(|report| {
        report["generated_at"] = time.into();
        report["copy"]["url"] = url.into();
    });
    evidence.edit_statement(|statement| {
        statement["predicate"]["generatedAt"] = time.into();
        statement["predicate"]["copy"]["url"] = url.into();
    });
}

/// The digest alone would let anything signed stand before anything.
#[test]
fn what_is_of_another_series_does_not_lead_on() {
    let (here, there) = ("https://example.org/a", "https://example.org/b");
    let (now, later, skewed) = ("2017-11-28T00:00:00Z", "2017-11-28T00:05:01Z", "2017-11-28T00:05:00Z");
    for (before, why) in [
        ([here, now], None),
        ([here, skewed], None),
        ([here, later], Some("was made later")),
        ([there, now], Some("is about another copy, https://example.org/b")),
    ] {
        let first = Evidence::new();
        retold(&first, before);
        let second = after(&first);
        retold(&second, [here, now]);
        let path = first.folder().display().to_string();
        let run = second.vidimus(&["--previous", &path]);
        match why {
            None => assert!(run.ended(0).stdout.starts_with("VERIFIED"), "{run:#?}"),
            Some(why) => {
                assert!(run.ended(1).stdout.starts_with("BROKEN-CHAIN"), "{run:#?}");
                assert!(run.stdout.contains(&format!("because   {path} {why}")), "{run:#?}");
            }
        }
    }
    let audit = Evidence::new();
    let text = String::from_utf8(audit.read(STATEMENT)).unwrap().replace(":comparison:v1", ":audit:v1");
    audit.write(STATEMENT, text);
    let path = audit.folder().display().to_string();
    let run = after(&audit).vidimus(&["--previous", &path]);
    assert!(run.ended(1).stdout.contains("a comparison and an audit are no series"), "{run:#?}");
}

/// A run that the statement names and nobody asked about is not passed over, and a name that is none is no chain.
#[test]
fn a_run_before_that_was_not_given_is_told() {
    let first = Evidence::new();
    let (second, path) = (after(&first), first.folder().display().to_string());
    let note = "the statement names a run before it, which was not looked at";
    assert!(second.vidimus(&[]).ended(0).stdout.contains(note));
    assert!(!second.vidimus(&["--previous", &path]).ended(0).stdout.contains(note));
    assert!(!first.vidimus(&[]).ended(0).stdout.contains(note));
    let third = after(&second);
    let run = third.vidimus(&["--previous", &second.folder().display().to_string()]);
    let told = format!("the statement of {} names a run before it", second.folder().display());
    assert!(run.ended(0).stdout.contains(&told), "{run:#?}");
    for none in [json!({}), json!({ "digest": { "sha256": "00" } }), json!({ "digest": { "sha256": "A".repeat(64) } })]
    {
        let evidence = Evidence::new();
        evidence.edit_statement(|statement| statement["predicate"]["previous"] = none.clone());
        assert!(evidence.comes_to(Outcome::Malformed).contains("without a SHA-256"));
    }
}

/// What verifying would call broken is not sealed.
#[test]
fn a_run_of_another_series_is_not_named() {
    let evidence = Evidence::new();
    retold(&evidence, ["https://example.org/a", "2017-11-28T01:00:00Z"]);
    let sandbox = &evidence.sandbox;
    sandbox.write("original.html", crate::seal_kit::ORIGINAL);
    let check = ["check", "original.html", "--original", "original.html", "--out", "next", "--previous", "evidence"];
    let run = sandbox.vidimus(check);
    run.trouble("--previous evidence: was made later");
    assert!(run.stderr.contains("hint: a series is one copy") && !sandbox.path("next").exists(), "{run:#?}");
    // Files can be called otherwise every day: that is told, and decides nothing.
    let file = Evidence::new();
    file.sandbox.write("tuesday.html", crate::seal_kit::COPY);
    let check = ["check", "tuesday.html", "--original", "tuesday.html", "--out", "next", "--previous", "evidence"];
    file.sandbox.vidimus(check).ended(0);
    let next: Value =
        serde_json::from_slice(&std::fs::read(file.sandbox.path("next/statement.json")).unwrap()).unwrap();
    assert_eq!(next["predicate"]["previous"]["digest"]["sha256"], Digest::of(&file.read(STATEMENT)).to_string());
    let second = after(&file);
    let called = "is about a copy called";
    assert!(!second.vidimus(&["--previous", "evidence"]).stdout.contains(called));
    second.edit_report(|report| report["copy"]["locator"] = "tuesday.html".into());
    second.edit_statement(|statement| statement["predicate"]["copy"]["locator"] = "tuesday.html".into());
    let run = second.vidimus(&["--previous", &file.folder().display().to_string()]);
    assert!(run.ended(0).stdout.contains(&format!("{called} repost.html")), "{run:#?}");
}
