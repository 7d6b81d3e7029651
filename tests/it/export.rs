//! `vidimus export`: bags for archives and predicates for other signers; only of evidence that is whole.

use std::{fs, path::Path};

use serde_json::Value;
use vidimus::{
    digest::Digest,
    seal::{SEAL, STATEMENT},
};

use crate::{
    seal_kit::{Evidence, tool},
    support::Run,
};

fn export(evidence: &Evidence, more: &[&str]) -> Run {
    evidence.sandbox.vidimus(["export", "evidence"].iter().chain(more))
}

/// Every file below a folder with its bytes, by path.
fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else {
                found.push((entry.strip_prefix(folder).unwrap().display().to_string(), fs::read(&entry).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_bag_holds_the_evidence_byte_for_byte_and_says_what_is_in_it() {
    let evidence = Evidence::new();
    let run = export(&evidence, &["--bagit", "bag"]);
    assert_eq!((run.ended(0).stdout.as_str(), run.stderr.as_str()), ("", ""));
    let bag = tree(&evidence.sandbox.path("bag"));
    let data: Vec<(String, Vec<u8>)> =
        bag.iter().filter_map(|(name, bytes)| Some((name.strip_prefix("data/")?.to_owned(), bytes.clone()))).collect();
    assert_eq!(data, tree(&evidence.folder()));
    let text = |name: &str| {
        let (_, bytes) = bag.iter().find(|(own, _)| own == name).unwrap_or_else(|| panic!("no {name}"));
        String::from_utf8(bytes.clone()).unwrap()
    };
    assert_eq!(text("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    let octets: usize = data.iter().map(|(_, bytes)| bytes.len()).sum();
    let info = text("bag-info.txt");
    for line in [
        format!("Payload-Oxum: {octets}.{}", data.len()),
        "Bagging-Date: 2017-11-28".to_owned(),
        format!("External-Identifier: sha256:{}", Digest::of(&evidence.read(STATEMENT))),
    ] {
        assert!(info.lines().any(|own| own == line), "{line}:\n{info}");
    }
    let manifest: String = data.iter().map(|(name, bytes)| format!("{}  data/{name}\n", Digest::of(bytes))).collect();
    assert_eq!(text("manifest-sha256.txt"), manifest);
    for list in ["manifest-sha512.txt", "tagmanifest-sha512.txt"] {
        tool(&evidence.sandbox, "bash", &["-c", &format!("cd bag && sha512sum -c --strict {list}")], b"").ended(0);
    }
    assert_eq!(text("tagmanifest-sha256.txt").lines().count(), 4);
    export(&evidence, &["--bagit", "again"]).ended(0);
    assert_eq!(bag, tree(&evidence.sandbox.path("again")), "the same evidence gives the same bag");
}

#[test]
fn what_is_no_evidence_stays_outside_with_a_note() {
    let evidence = Evidence::new();
    evidence.write("notes.txt", "mine");
    evidence.remove(SEAL);
    let run = export(&evidence, &["--bagit", "bag"]);
    assert!(run.ended(0).stderr.contains("notes.txt: no part of the evidence"), "{run:#?}");
    assert!(run.stderr.contains("not signed"), "{run:#?}");
    assert!(!evidence.sandbox.path("bag/data/notes.txt").exists());
}

#[test]
fn a_target_that_exists_and_evidence_that_is_not_whole_are_refused() {
    let refused = |what: &str, tamper: &dyn Fn(&Evidence), words: &str| {
        let evidence = Evidence::new();
        tamper(&evidence);
        let before = evidence.sandbox.names();
        for more in [["--bagit", "bag"], ["--emit", "predicate"], ["--emit", "statement"]] {
            if what == "target" && more[0] == "--emit" {
                continue;
            }
            let run = export(&evidence, &more);
            assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""), "{what}: {run:#?}");
            assert!(run.stderr.lines().next().unwrap_or_default().contains(words), "{what}: {run:#?}");
        }
        assert_eq!(evidence.sandbox.names(), before, "{what}: something is left behind");
    };
    refused("target", &|evidence| fs::create_dir(evidence.sandbox.path("bag")).unwrap(), "already exists");
    refused("changed", &|evidence| evidence.write("copy.html", "x"), "copy.html is not as the statement says");
    refused("missing", &|evidence| evidence.remove("report.json"), "report.json is missing");
    refused("no statement", &|evidence| evidence.remove(STATEMENT), "there is no statement.json");
    let name = |name: &str| {
        let text = format!("\"name\":\"{name}\"");
        move |evidence: &Evidence| {
            let statement = String::from_utf8(evidence.read(STATEMENT)).unwrap();
            evidence.write(STATEMENT, statement.replace("\"name\":\"report.json\"", &text));
        }
    };
    for bad in ["../x", "report.json\\n", SEAL, "A"] {
        refused(bad, &name(bad), "names a file badly");
    }
    refused("twice", &|evidence| evidence.write(STATEMENT, "{\"a\":1,\"a\":1}"), "twice");
    refused("other", &|evidence| evidence.write(STATEMENT, "{}"), "no statement of the type");
}

#[cfg(unix)]
#[test]
fn a_link_is_no_file_of_the_evidence() {
    let evidence = Evidence::new();
    let copy = evidence.path("copy.html");
    fs::rename(&copy, evidence.sandbox.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(evidence.sandbox.path("elsewhere"), &copy).unwrap();
    let run = export(&evidence, &["--bagit", "bag"]);
    assert!(run.status == Some(2) && run.stderr.contains("copy.html is not a regular file"), "{run:#?}");
}

#[test]
fn what_another_signer_signs_is_what_was_sealed() {
    let evidence = Evidence::new();
    let statement = evidence.read(STATEMENT);
    assert_eq!(export(&evidence, &["--emit", "statement"]).ended(0).stdout.as_bytes(), statement);
    let predicate = export(&evidence, &["--emit", "predicate"]).ended(0).stdout.clone();
    let whole = String::from_utf8(statement).unwrap();
    assert!(
        whole.contains(&format!("\"predicate\":{predicate},")),
        "the predicate is a part of the statement, letter for letter"
    );
    assert_eq!(serde_json::from_str::<Value>(&predicate).unwrap()["result"]["verdict"], "emphasised");
}
