//! Several versions of one original in an evidence folder: which file is which, what the statement binds, what `verify` notices.

use serde_json::{Value, json};
use vidimus::{
    Capture, Options,
    digest::Digest,
    pipeline,
    seal::{Outcome, SUMS, folder},
};

use crate::{
    seal_kit::{Evidence, allowed_signers, key, now, private, sealed},
    support::{Sandbox, schema},
};

const FIRST: &str = "<p>The ministers agreed that there is no military solution to the conflict.</p>";
const SECOND: &str = "<p>The ministers agreed that there is no simple solution to the conflict.</p>";
const REST: &str = "<p>They confirmed that talks will continue in Geneva in the spring.</p>";

/// Sealed evidence on a copy of the version given last of three, the first of which is plain text.
fn evidence() -> Evidence {
    let read = |name: &str, text: String, kind| Capture::from_bytes(name, text.into_bytes(), Some(kind)).unwrap();
    let plain = |text: &str| text.replace("<p>", "").replace("</p>", "\n\n");
    let originals = [
        read("draft.txt", plain(SECOND), "text/plain"),
        read("later.html", format!("{SECOND}{REST}"), "text/html"),
        read("first.html", format!("{FIRST}{REST}"), "text/html"),
    ];
    let copy = read("copy.html", format!("{FIRST}{REST}"), "text/html");
    let options = Options::new(now());
    let checked = vidimus::check_against(&originals, &copy, &options).unwrap();
    let statement = pipeline::statement(&checked, &originals, &copy, &options);
    let sandbox = Sandbox::new();
    folder::write(&sandbox.path("evidence"), &statement, Some(&sealed(&statement.bytes, &key()))).unwrap();
    sandbox.write("allowed_signers", allowed_signers());
    sandbox.write("signer.pem", key().public().to_pem());
    Evidence { sandbox }
}

fn report(evidence: &Evidence) -> Value {
    serde_json::from_slice(&evidence.read("report.json")).unwrap()
}

#[test]
fn every_version_is_a_file_that_the_statement_binds() {
    let evidence = evidence();
    let names = evidence.names();
    for name in ["original.html", "original-2.txt", "original-3.html"] {
        assert!(names.iter().any(|own| own == name), "{names:?}");
    }
    let statement = evidence.statement();
    let predicate = &statement["predicate"];
    assert_eq!(
        (&predicate["original"]["name"], &predicate["original"]["locator"]),
        (&json!("original.html"), &json!("first.html"))
    );
    let listed = report(&evidence);
    let witnesses = predicate["witnesses"].as_array().unwrap();
    assert_eq!(witnesses.len(), 2, "the original itself is bound as the original");
    for (at, (name, locator)) in
        [("original-2.txt", "draft.txt"), ("original-3.html", "later.html")].into_iter().enumerate()
    {
        let source = &witnesses[at]["source"];
        assert_eq!((&source["name"], &source["locator"]), (&json!(name), &json!(locator)));
        assert_eq!(source["digest"]["sha256"], Digest::of(&evidence.read(name)).to_string());
        assert_eq!(witnesses[at]["edits"], listed["witnesses"][at]["edits"]);
        assert!(witnesses[at].get("share").is_none(), "a statement has no fractions");
    }
    let given = json!(["original-2.txt", "original-3.html", "original.html"]);
    assert_eq!(predicate["options"]["originals"], given, "the order given can change a report");
    let subjects = statement["subject"].as_array().unwrap();
    assert!(subjects.iter().all(|subject| !subject["name"].as_str().unwrap().starts_with("original")));
    evidence.comes_to(Outcome::Verified);
    evidence.vidimus(&["--strict"]).ended(0);
}

#[test]
fn a_version_changed_or_missing_is_noticed() {
    let changed = evidence();
    changed.write("original-2.txt", "The ministers agreed on nothing.");
    changed.comes_to(Outcome::ArtefactChanged);
    let missing = evidence();
    missing.remove("original-3.html");
    missing.comes_to(Outcome::MissingFile);
    let swapped = evidence();
    swapped.write("original-3.html", swapped.read("original.html"));
    swapped.comes_to(Outcome::WrongRole);
}

#[test]
fn a_statement_and_a_report_that_tell_different_versions_are_inconsistent() {
    let edits: [fn(&mut Value); 4] = [
        |statement| statement["predicate"]["witnesses"][0]["edits"] = json!(0),
        |statement| statement["predicate"]["witnesses"][0]["source"]["assurance"] = json!("publisher"),
        |statement| statement["predicate"]["witnesses"][1]["source"]["locator"] = json!("elsewhere.html"),
        |statement| {
            statement["predicate"]["witnesses"].as_array_mut().unwrap().remove(1);
        },
    ];
    for edit in edits {
        let evidence = evidence();
        evidence.edit_statement(edit);
        // The sidecar would be noticed first where a file is no longer named.
        evidence.remove(SUMS);
        evidence.comes_to(Outcome::Inconsistent);
    }
}

#[test]
fn the_command_seals_and_verifies_several_versions() {
    let sandbox = Sandbox::new();
    sandbox.write("a.html", format!("{FIRST}{REST}"));
    sandbox.write("b.html", format!("{SECOND}{REST}"));
    sandbox.write("copy.html", format!("{FIRST}{REST}"));
    private(&sandbox, "key.pem", &key().to_pem(None, &[0; 32]).unwrap());
    sandbox.write("allowed_signers", allowed_signers());
    let originals = ["--original", "b.html", "--original", "a.html", "--format", "json"];
    let run =
        sandbox.vidimus(["check", "copy.html", "--out", "evidence", "--key", "key.pem"].into_iter().chain(originals));
    schema::report(&run.ended(0).stdout);
    sandbox.vidimus(["verify", "evidence", "--trust", "allowed_signers"]).ended(0);
    let file = |name: &str| {
        ["verify", name, "--seal", "evidence/vidimus.sigstore.json", "--trust", "allowed_signers"].map(str::to_owned)
    };
    let run = sandbox.vidimus(file("evidence/original-2.html"));
    assert_eq!(run.status, Some(1), "a version of the original does not pass as a page with a verdict: {run:#?}");
}
