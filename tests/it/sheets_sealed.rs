//! Style sheets in an evidence folder: which file is which, what the statement binds, what `verify` notices.

use serde_json::{Value, json};
use vidimus::{
    Capture, Options,
    capture::{MissedSheet, Sheet},
    digest::Digest,
    pipeline,
    seal::{Outcome, SUMS, folder},
};

use crate::{
    seal_kit::{Evidence, allowed_signers, key, now, private, sealed},
    support::{Sandbox, schema},
};

const TEXT: &str =
    "<p>The ministers agreed that there is <span class=mark>no military</span> solution to the conflict.</p>";
const REST: &str = "<p>They confirmed that talks will continue in Geneva in the spring.</p>";
const BOLD: &[u8] = b".mark{font-weight:bold}";
const PLAIN: &[u8] = b".mark{font-weight:normal}";

/// Sealed evidence on pages with sheets: one of the original, one of another version of it, two of the copy, one missing.
fn evidence() -> Evidence {
    let page = |name: &str, links: &[&str], text: &str| {
        let links: String = links.iter().map(|href| format!("<link rel=stylesheet href={href}>")).collect();
        let page = format!("<!doctype html>{links}{text}{REST}");
        Capture::from_bytes(name, page.into_bytes(), Some("text/html")).unwrap()
    };
    let sheet = |at: &str, text: &[u8]| Sheet::new(at, text.to_vec(), Some("text/css"));
    let originals = [
        page("first.html", &["a.css"], TEXT).with_sheets(vec![sheet("a.css", PLAIN)]),
        page("other.html", &["b.css"], &TEXT.replace("military", "other")).with_sheets(vec![sheet("b.css", PLAIN)]),
    ];
    let mut copy = page("copy.html", &["x/c.css", "d.css", "gone.css"], TEXT)
        .with_sheets(vec![sheet("x/c.css", BOLD), sheet("d.css", b"")]);
    copy.missed_sheets = vec![MissedSheet { address: "gone.css".to_owned(), why: "there is no such file".to_owned() }];
    let options = Options::new(now());
    let checked = vidimus::check_against(&originals, &copy, &options).unwrap();
    let statement = pipeline::statement(&checked, &originals, &copy, &options);
    let sandbox = Sandbox::new();
    folder::write(&sandbox.path("evidence"), &statement, Some(&sealed(&statement.bytes, &key()))).unwrap();
    sandbox.write("allowed_signers", allowed_signers());
    sandbox.write("signer.pem", key().public().to_pem());
    Evidence { sandbox }
}

#[test]
fn every_sheet_is_a_file_that_the_statement_binds() {
    let evidence = evidence();
    let files = ["copy-sheet-1.css", "copy-sheet-2.css", "original-2-sheet-1.css", "original-sheet-1.css"];
    let css: Vec<String> = evidence.names().into_iter().filter(|name| name.ends_with(".css")).collect();
    assert_eq!(css, files);
    assert_eq!(evidence.read("copy-sheet-1.css"), BOLD);
    let statement = evidence.statement();
    let predicate = &statement["predicate"];
    let subjects = statement["subject"].as_array().unwrap();
    let roles: Vec<(&str, &str)> = subjects
        .iter()
        .map(|subject| (subject["name"].as_str().unwrap(), subject["annotations"]["role"].as_str().unwrap()))
        .filter(|(name, _)| name.ends_with(".css"))
        .collect();
    assert_eq!(roles, [("copy-sheet-1.css", "copy-sheet"), ("copy-sheet-2.css", "copy-sheet")]);
    let own = json!([{
        "name": "original-sheet-1.css", "locator": "a.css", "contentType": "text/css", "bytes": PLAIN.len(),
        "digest": { "sha256": Digest::of(PLAIN).to_string() },
    }]);
    assert_eq!(predicate["original"]["sheets"], own);
    assert_eq!(predicate["witnesses"][0]["source"]["sheets"][0]["name"], "original-2-sheet-1.css");
    assert_eq!(predicate["copy"]["sheets"][1]["locator"], "d.css");
    let missed = json!([{
        "locator": "gone.css", "role": "copy-sheet", "source": "copy.html", "failure": "there is no such file",
    }]);
    assert_eq!(predicate["furtherCaptures"], missed);
    schema::report(std::str::from_utf8(&evidence.read("report.json")).unwrap());
    evidence.comes_to(Outcome::Verified);
    evidence.vidimus(&["--strict"]).ended(0);
}

#[test]
fn a_sheet_changed_missing_or_swapped_is_noticed() {
    for name in ["copy-sheet-1.css", "original-sheet-1.css", "original-2-sheet-1.css"] {
        let changed = evidence();
        changed.write(name, ".mark{font-weight:900}");
        changed.comes_to(Outcome::ArtefactChanged);
        let missing = evidence();
        missing.remove(name);
        missing.comes_to(Outcome::MissingFile);
    }
    let swapped = evidence();
    swapped.write("original-sheet-1.css", BOLD);
    swapped.comes_to(Outcome::WrongRole);
}

#[test]
fn a_statement_and_a_report_that_tell_different_sheets_are_inconsistent() {
    let edits: [fn(&mut Value); 9] = [
        |predicate| predicate["original"]["sheets"][0]["locator"] = json!("z.css"),
        |predicate| predicate["copy"]["sheets"][0]["contentType"] = json!("text/html"),
        |predicate| predicate["copy"]["sheets"][0]["finalUrl"] = json!("https://example.org/z.css"),
        |predicate| predicate["copy"]["sheets"][0]["bytes"] = json!(1),
        |predicate| predicate["copy"]["sheets"][0]["name"] = json!("copy-sheet-2.css"),
        |predicate| predicate["copy"]["sheets"] = json!([]),
        |predicate| predicate["witnesses"][0]["source"]["sheets"][0]["bytes"] = json!(1),
        |predicate| {
            predicate["original"].as_object_mut().unwrap().remove("sheets");
        },
        |predicate| {
            predicate["copy"]["sheets"].as_array_mut().unwrap().swap(0, 1);
        },
    ];
    for edit in edits {
        let evidence = evidence();
        evidence.edit_statement(|statement| edit(&mut statement["predicate"]));
        // The sidecar would be noticed first where a file is no longer named.
        evidence.remove(SUMS);
        evidence.comes_to(Outcome::Inconsistent);
    }
}

#[test]
fn a_statement_that_names_sheets_out_of_role_is_malformed() {
    let edits: [fn(&mut Value); 5] = [
        |statement| statement["predicate"]["original"]["sheets"] = json!("all"),
        |statement| statement["predicate"]["original"]["sheets"][0]["name"] = json!("../a.css"),
        |statement| statement["predicate"]["original"]["sheets"][0]["name"] = json!("copy-sheet-1.css"),
        |statement| statement["predicate"]["original"]["sheets"][0]["digest"] = json!({}),
        |statement| statement["subject"][0]["annotations"]["role"] = json!("original-sheet"),
    ];
    for edit in edits {
        let evidence = evidence();
        evidence.edit_statement(edit);
        evidence.remove(SUMS);
        evidence.comes_to(Outcome::Malformed);
    }
}

#[test]
fn the_command_seals_what_it_gathered_and_verifies_it() {
    let sandbox = Sandbox::new();
    sandbox.write("original.html", format!("<!doctype html>{TEXT}{REST}"));
    sandbox.write("copy.html", format!("<!doctype html><link rel=stylesheet href=copy_files/a>{TEXT}{REST}"));
    sandbox.write("copy_files/a", BOLD);
    private(&sandbox, "key.pem", &key().to_pem(None, &[0; 32]).unwrap());
    sandbox.write("allowed_signers", allowed_signers());
    let options = ["--original", "original.html", "--out", "evidence", "--key", "key.pem"];
    sandbox.vidimus(["check", "copy.html"].into_iter().chain(options)).ended(1);
    sandbox.vidimus(["verify", "evidence", "--trust", "allowed_signers"]).ended(0);
    assert_eq!(std::fs::read(sandbox.path("evidence/copy-sheet-1.css")).unwrap(), BOLD);
    let alone = ["--seal", "evidence/vidimus.sigstore.json", "--trust", "allowed_signers"];
    let run = sandbox.vidimus(["verify", "copy_files/a", "--role", "copy-sheet"].into_iter().chain(alone));
    run.ended(0);
}

#[test]
fn an_originals_sheet_does_not_pass_for_the_copys() {
    let evidence = evidence();
    let seal = "evidence/vidimus.sigstore.json";
    let file = "evidence/original-sheet-1.css";
    let run = evidence.sandbox.vidimus(["verify", file, "--seal", seal, "--trust", "allowed_signers"]);
    assert_eq!(run.status, Some(1), "{run:#?}");
}
