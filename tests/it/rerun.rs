//! `verify --rerun`: the comparison made again from the sealed files, and what it comes to when somebody lied about it.

use serde_json::{Value, json};
use vidimus::{
    Capture, Options, pipeline,
    seal::{Outcome, Verification, folder},
};

use crate::{
    seal_kit::{COPY, Evidence, ORIGINAL, allowed_signers, key, now, private, sealed},
    support::{
        Sandbox,
        server::{Reply, Server},
    },
};

fn again(evidence: &Evidence) -> Verification {
    pipeline::again(evidence.verify()).unwrap()
}

/// Fails unless library and program come to `outcome` when they make the comparison again, which was verified before.
#[track_caller]
fn comes_to(evidence: &Evidence, outcome: Outcome) -> Verification {
    evidence.comes_to(Outcome::Verified);
    let found = again(evidence);
    assert_eq!(found.outcome, outcome, "{found:#?}");
    assert_eq!(found.verified.is_some(), outcome == Outcome::Verified);
    let run = evidence.vidimus(&["--rerun"]);
    run.ended(i32::from(outcome != Outcome::Verified));
    assert!(run.stdout.starts_with(&format!("{}  ", outcome.slug().to_uppercase())), "{run:#?}");
    found
}

#[test]
fn the_same_version_makes_the_same_bytes() {
    let evidence = Evidence::new();
    assert_eq!(comes_to(&evidence, Outcome::Verified).rerun.as_deref(), Some("identical"));
    let run = evidence.vidimus(&["--rerun", "--format", "json"]);
    let found: Value = serde_json::from_str(&run.ended(0).stdout).unwrap();
    assert_eq!(found["rerun"], "identical");
    assert!(evidence.vidimus(&["--rerun"]).stdout.contains("rerun     identical"));
}

#[test]
fn several_versions_of_the_original_are_given_again_in_their_order() {
    let read = |name: &str, text: &str, kind| Capture::from_bytes(name, text.as_bytes().to_vec(), Some(kind)).unwrap();
    let originals = [
        read("draft.txt", "They met.\n\nThere is no simple solution to the conflict in the region.\n", "text/plain"),
        read("later.html", &ORIGINAL.replace("no military", "no simple"), "text/html"),
        read("first.html", ORIGINAL, "text/html"),
    ];
    let copy = read("copy.html", COPY, "text/html; charset=iso-8859-1");
    let options = Options {
        original_note: Some("a transcription".to_owned()),
        copy_note: Some("a print-out".to_owned()),
        ..Options::new(now())
    };
    let checked = vidimus::check_against(&originals, &copy, &options).unwrap();
    let statement = pipeline::statement(&checked, &originals, &copy, &options);
    let sandbox = Sandbox::new();
    folder::write(&sandbox.path("evidence"), &statement, Some(&sealed(&statement.bytes, &key()))).unwrap();
    sandbox.write("allowed_signers", allowed_signers());
    let evidence = Evidence { sandbox };
    assert_eq!(comes_to(&evidence, Outcome::Verified).rerun.as_deref(), Some("identical"));
    // An order that leaves one out is none.
    evidence.edit_statement(|statement| {
        statement["predicate"]["options"]["originals"].as_array_mut().unwrap().pop();
    });
    comes_to(&evidence, Outcome::RerunImpossible);
}

/// What a server said that the bytes do not say: charset, redirects, addresses.
#[test]
fn fetched_pages_are_read_again_as_they_were_sent() {
    let latin = |text: &str| text.replace("region", "r\u{e9}gion").chars().map(|c| c as u8).collect::<Vec<u8>>();
    let server = Server::new([
        ("/release", Reply::page("text/html; charset=ISO-8859-1", latin(ORIGINAL))),
        ("/repost", Reply::redirect(302, "/page")),
        ("/page", Reply::page("text/html; charset=\"latin1\"", latin(COPY))),
    ]);
    let sandbox = Sandbox::new();
    private(&sandbox, "signer.key", &key().to_pem(None, &[0; 32]).unwrap());
    sandbox.write("allowed_signers", allowed_signers());
    let (copy, original) = (server.url("/repost"), server.url("/release"));
    sandbox.vidimus(["check", &copy, "--original", &original, "--out", "evidence", "--key", "signer.key"]).ended(1);
    drop(server);
    let evidence = Evidence { sandbox };
    let report: Value = serde_json::from_slice(&evidence.read("report.json")).unwrap();
    assert_eq!(report["copy"]["charset"], "windows-1252");
    assert_eq!(comes_to(&evidence, Outcome::Verified).rerun.as_deref(), Some("identical"));
}

/// Style sheets are sealed with the page, those that could not be got by their names.
#[test]
fn pages_are_read_again_with_their_style_sheets() {
    let head = "<link rel=stylesheet href=/bold.css><link rel=stylesheet href=/gone.css>";
    let (original, copy) = (ORIGINAL.to_owned(), ORIGINAL.replace("no military", "<i class=x>no</i> military"));
    let server = Server::new([
        ("/release", Reply::html(head.to_owned() + &original)),
        ("/repost", Reply::html(head.to_owned() + &copy)),
        ("/bold.css", Reply::redirect(302, "/there.css")),
        ("/there.css", Reply::page("text/css; charset=utf-8", "@import 'more.css'; .x { font-style: normal }")),
        ("/more.css", Reply::page("text/css", ".x { font-weight: bold }")),
    ]);
    let sandbox = Sandbox::new();
    private(&sandbox, "signer.key", &key().to_pem(None, &[0; 32]).unwrap());
    sandbox.write("allowed_signers", allowed_signers());
    let (copy, original) = (server.url("/repost"), server.url("/release"));
    sandbox.vidimus(["check", &copy, "--original", &original, "--out", "evidence", "--key", "signer.key"]).ended(1);
    drop(server);
    let evidence = Evidence { sandbox };
    assert!(evidence.names().iter().any(|name| name == "copy-sheet-1.css"), "{:?}", evidence.names());
    let report: Value = serde_json::from_slice(&evidence.read("report.json")).unwrap();
    assert_eq!(report["findings"][0]["kind"], "emphasis-added", "by what only the sheets say");
    assert!(evidence.statement()["predicate"]["furtherCaptures"].as_array().is_some_and(|list| !list.is_empty()));
    assert_eq!(comes_to(&evidence, Outcome::Verified).rerun.as_deref(), Some("identical"));
    evidence.edit_statement(|statement| {
        statement["predicate"]["furtherCaptures"][0]["role"] = "linked-source".into();
    });
    comes_to(&evidence, Outcome::RerunImpossible);
}

/// Everything agrees, and the captures say otherwise: no other step can notice.
#[test]
fn a_careful_lie_is_found_out() {
    let evidence = Evidence::new();
    evidence.edit_report(|report| {
        report["findings"] = json!([]);
        report["summary"] = json!({});
        report["verdict"] = "verbatim".into();
    });
    let found = comes_to(&evidence, Outcome::RerunDiffers);
    assert!(found.detail.unwrap().contains("emphasised instead of verbatim"));
    let sides = found.rerun_findings.unwrap();
    assert!(sides.sealed.is_empty());
    assert!(sides.again[0].starts_with("emphasis-added: "), "{sides:#?}");
    let run = evidence.vidimus(&["--rerun"]);
    assert!(run.stdout.contains("  only now  emphasis-added: "), "{run:#?}");

    // An invented finding.
    let evidence = Evidence::new();
    evidence.edit_report(|report| {
        let mut invented = report["findings"][0].clone();
        invented["id"] = "0000000000000000".into();
        invented["kind"] = "text-deleted".into();
        invented["class"] = "edit".into();
        invented["message"] = "A \u{1b}[31mwarning\u{1b}[0m is gone.".into();
        report["findings"].as_array_mut().unwrap().push(invented);
        report["summary"]["text-deleted"] = 1.into();
        report["verdict"] = "altered".into();
    });
    let found = comes_to(&evidence, Outcome::RerunDiffers);
    assert_eq!(found.rerun_findings.unwrap().sealed.len(), 1);
    let run = evidence.vidimus(&["--rerun"]);
    assert!(run.stdout.contains("only then text-deleted: ") && !run.stdout.contains('\u{1b}'), "{run:#?}");

    // The result is the right one, and the words are not.
    let evidence = Evidence::new();
    evidence.edit_report(|report| report["findings"][0]["message"] = "Words were invented.".into());
    let found = comes_to(&evidence, Outcome::RerunDiffers);
    assert!(found.detail.unwrap().contains("report.json comes out in other bytes"));

    // Only the page says something else.
    let evidence = Evidence::new();
    let page = String::from_utf8(evidence.read("report.html")).unwrap();
    evidence.edit_artefact("report.html", page.replace("</main>", "<p>Nothing to see here.</p></main>").as_bytes());
    let found = comes_to(&evidence, Outcome::RerunDiffers);
    assert!(found.detail.unwrap().contains("report.html comes out in other bytes"));
}

#[test]
fn an_earlier_version_must_have_come_to_the_same_in_whatever_words() {
    let evidence = Evidence::new();
    evidence.edit_report(|report| {
        report["tool"]["version"] = "0.0.9".into();
        report["findings"][0]["message"] = "As it was worded then.".into();
    });
    let found = comes_to(&evidence, Outcome::Verified);
    assert_eq!(found.rerun.as_deref(), Some("equivalent"));
    let note = found.notes.iter().find(|note| note.contains("made again by vidimus")).unwrap();
    assert!(note.contains("0.0.9") && note.contains(env!("CARGO_PKG_VERSION")));
    evidence.edit_report(|report| report["findings"][0]["id"] = "0000000000000000".into());
    let found = comes_to(&evidence, Outcome::RerunDiffers);
    assert!(found.detail.unwrap().contains("findings"));
}

#[test]
fn what_cannot_be_made_again_is_said_and_is_no_success() {
    let evidence = Evidence::new();
    evidence.edit_report(|report| report["tool"]["version"] = "999.0.0".into());
    assert!(comes_to(&evidence, Outcome::RerunImpossible).detail.unwrap().contains("later than"));
    let evidence = Evidence::new();
    evidence.edit_report(|report| report["tool"]["name"] = "quidimus".into());
    comes_to(&evidence, Outcome::RerunImpossible);
    let evidence = Evidence::new();
    evidence.edit_statement(|statement| statement["predicate"]["options"]["ignoreCase"] = true.into());
    assert!(comes_to(&evidence, Outcome::RerunImpossible).detail.unwrap().contains("ignoreCase"));
}

/// Nothing is made again of what did not verify, whatever it would come to.
#[test]
fn only_what_is_verified_is_made_again() {
    let evidence = Evidence::new();
    evidence.write("copy.html", ORIGINAL.replace("talks", "wars"));
    let found = again(&evidence);
    assert_eq!((found.outcome, found.rerun), (Outcome::ArtefactChanged, None));
    evidence.vidimus(&["--rerun", "--seal", "evidence/vidimus.sigstore.json"]).trouble("--rerun");
}

/// A file put in another's place between verifying and reading it again.
#[test]
fn a_file_changed_after_it_was_verified_is_trouble() {
    let evidence = Evidence::new();
    let verified = evidence.verify();
    evidence.write("copy.html", ORIGINAL);
    assert!(pipeline::again(verified).unwrap_err().to_string().contains("copy.html"));
}
