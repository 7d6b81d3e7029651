//! What `vidimus verify` and `vidimus check` do for people with other tools: the page for browsers, and the minisign sidecar. How
//! a browser runs the page is asked in `tests/referees/verify_page.mjs`.

use std::fs;

use serde_json::Value;
use vidimus::seal::{MINISIGN, Outcome, STATEMENT, Signer, minisign, page};

use crate::{
    seal_kit::{COPY, Evidence, ORIGINAL, key, other_key, private},
    support::Sandbox,
};

#[test]
fn the_page_is_written_whole_and_over_nothing() {
    let sandbox = Sandbox::new();
    let run = sandbox.vidimus(["verify", "--page", "verify.html"]);
    assert_eq!((run.ended(0).stdout.as_str(), run.stderr.as_str()), ("", ""));
    assert_eq!(fs::read_to_string(sandbox.path("verify.html")).unwrap(), page::render());
    sandbox.write("mine.html", "mine");
    for (arguments, words) in [
        (["verify", "--page", "mine.html"].as_slice(), "already exists"),
        (&["verify", "--page", "nowhere/verify.html"], "nowhere/verify.html"),
        (&["verify", "evidence", "--page", "other.html"], "cannot be used with"),
        (&["verify"], "required"),
    ] {
        let run = sandbox.vidimus(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{run:#?}");
        assert!(run.stderr.contains(words), "{arguments:?}: {run:#?}");
    }
    assert_eq!(fs::read_to_string(sandbox.path("mine.html")).unwrap(), "mine");
    assert!(!sandbox.path("other.html").exists());
}

#[test]
fn a_minisign_signature_is_made_on_request_and_verified() {
    let sandbox = Sandbox::new();
    sandbox.write("copy.html", COPY);
    sandbox.write("original.html", ORIGINAL);
    private(&sandbox, "key.pem", &key().to_pem(None, &[0; 32]).unwrap());
    let check = ["check", "copy.html", "--original", "original.html", "--out"];
    sandbox.vidimus(check.iter().chain(&["plain", "--key", "key.pem"])).ended(1);
    assert!(!sandbox.path("plain").join(MINISIGN).exists());
    sandbox.vidimus(check.iter().chain(&["more", "--key", "key.pem", "--minisign"])).ended(1);
    let run = sandbox.vidimus(["key", "public", "key.pem", "--format", "minisign"]);
    assert_eq!(run.ended(0).stdout, minisign::public_key(&key().public()));
    sandbox.write("signer.pem", key().public().to_pem());
    let run = sandbox.vidimus(["verify", "more", "--key", "signer.pem", "--strict", "--format", "json"]);
    let found: Value = serde_json::from_str(&run.ended(0).stdout).unwrap();
    let files = found["files"].as_array().unwrap();
    assert!(files.iter().any(|file| file["name"] == MINISIGN && file["role"] == "sidecar" && file["status"] == "ok"));
    let run = sandbox.vidimus(check.iter().chain(&["unsigned", "--minisign"]));
    assert!(run.status == Some(2) && run.stderr.contains("--key"), "{run:#?}");
    assert!(!sandbox.path("unsigned").exists());
}

#[test]
fn a_minisign_signature_that_disagrees_shows_that_somebody_touched_the_folder() {
    let evidence = Evidence::new();
    assert!(evidence.verify().notes.iter().all(|note| !note.contains(MINISIGN)), "not asked for, and not missed");
    let (statement, good) = (evidence.read(STATEMENT), key());
    for (what, signature) in [
        ("another key", minisign::sign(&statement, &Signer::of(&other_key())).unwrap()),
        ("another text", minisign::sign(b"{}", &Signer::of(&good)).unwrap()),
        ("no signature", "untrusted comment: x\n".to_owned()),
    ] {
        evidence.write(MINISIGN, signature);
        let detail = evidence.comes_to(Outcome::ArtefactChanged);
        assert!(detail.contains(MINISIGN), "{what}: {detail}");
    }
    evidence.write(MINISIGN, minisign::sign(&statement, &Signer::of(&good)).unwrap());
    evidence.comes_to(Outcome::Verified);
}
