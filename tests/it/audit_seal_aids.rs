//! What helps whoever holds the seal of an audit: hints to the right folder and option, advice that fits, every file listed, bags for
//! archives, and a key named on the command line. Whether such a seal holds is in `audit_seal`.

use std::{fs, path::Path};

use serde_json::Value;
use vidimus::digest::Digest;

use crate::{
    audit_seal::{evidence, pages, sealed},
    seal_kit::tool,
    support::{Run, Sandbox},
};

fn verify(sandbox: &Sandbox, path: &Path, more: &[&str]) -> Run {
    let fixed = ["verify", path.to_str().unwrap(), "--trust", "allowed_signers"];
    sandbox.vidimus(fixed.iter().chain(more))
}

/// The outer folder and that of a page are no evidence folders, and whoever takes them for one is told which is and how.
#[test]
fn a_folder_without_a_seal_says_where_the_seal_is() {
    let sandbox = sealed("");
    let outer = verify(&sandbox, &sandbox.path("report"), &[]);
    assert!(outer.ended(1).stdout.starts_with("UNSIGNED"), "{outer:#?}");
    assert!(outer.stdout.contains("; the evidence of an audit is in the folder sealed-20171128000000"), "{outer:#?}");
    // Of several the latest; what is only called so is none.
    fs::create_dir(sandbox.path("report/sealed-20171129000000")).unwrap();
    fs::create_dir(sandbox.path("report/sealed-soon")).unwrap();
    let outer = verify(&sandbox, &sandbox.path("report"), &[]);
    assert!(outer.ended(1).stdout.contains("in the folder sealed-20171129000000\n"), "{outer:#?}");
    let page = &pages(&sandbox)[0];
    let run = verify(&sandbox, page, &[]);
    assert!(run.ended(1).stdout.starts_with("UNSIGNED") && run.stdout.contains("which --leaf verifies"), "{run:#?}");
    let leaf = page.join("leaf.json");
    verify(&sandbox, page, &["--leaf", leaf.to_str().unwrap()]).ended(0);
}

#[test]
fn every_file_of_a_page_is_listed() {
    let sandbox = sealed("");
    let all = pages(&sandbox);
    let listed = |page: &Path| -> Vec<String> {
        let leaf = page.join("leaf.json");
        let run = verify(&sandbox, page, &["--leaf", leaf.to_str().unwrap(), "--format", "json"]);
        let found: Value = serde_json::from_str(&run.stdout).unwrap();
        let text = |file: &Value, name: &str| file[name].as_str().unwrap().to_owned();
        let files = found["files"].as_array().unwrap().iter();
        files.map(|file| ["name", "role", "status"].map(|name| text(file, name)).join(" ")).collect()
    };
    let (proof, leaf) = ("page.tlog-proof proof ok", "leaf.json leaf ok");
    assert_eq!(listed(&all[0]), [leaf, proof, "report.json report ok"]);
    assert_eq!(listed(&all[3]), [leaf, proof], "the page that was not checked has no report");
    let report = all[1].join("report.json");
    let good = fs::read(&report).unwrap();
    fs::write(&report, "{}").unwrap();
    assert_eq!(listed(&all[1]), [leaf, proof, "report.json report changed"]);
    fs::remove_file(&report).unwrap();
    assert_eq!(listed(&all[1]), [leaf, proof, "report.json report missing"]);
    fs::write(all[3].join("report.json"), good).unwrap();
    assert_eq!(listed(&all[3]), [leaf, proof, "report.json report unlisted"]);
    fs::write(all[2].join("leaf.json"), "{}").unwrap();
    let unchecked = ["leaf.json leaf unchecked", "page.tlog-proof proof unchecked", "report.json report unchecked"];
    assert_eq!(listed(&all[2]), unchecked);
}

/// `--rerun` is for comparisons: of an audit it would be advice that nobody can follow.
#[test]
fn advice_about_an_audit_is_advice_that_can_be_followed() {
    let sandbox = sealed("");
    let page = &pages(&sandbox)[0];
    let leaf = page.join("leaf.json");
    for run in [
        verify(&sandbox, &evidence(&sandbox), &[]),
        verify(&sandbox, page, &["--leaf", leaf.to_str().unwrap()]),
        verify(
            &sandbox,
            &evidence(&sandbox).join("audit.json"),
            &["--seal", evidence(&sandbox).join("vidimus.sigstore.json").to_str().unwrap()],
        ),
    ] {
        let text = run.ended(0).stdout.replace('\n', " ");
        assert!(text.contains("make the audit again from its plan") && !text.contains("--rerun"), "{run:#?}");
    }
}

#[test]
fn an_audit_goes_into_a_bag_and_verifies_there() {
    let sandbox = sealed("");
    let folder = evidence(&sandbox);
    let export = |target: &str| sandbox.vidimus(["export", folder.to_str().unwrap(), "--bagit", target]);
    let run = export("bag");
    assert_eq!((run.ended(0).stdout.as_str(), run.stderr.as_str()), ("", ""));
    for list in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        tool(&sandbox, "bash", &["-c", &format!("cd bag && sha256sum -c --strict {list}")], b"").ended(0);
    }
    let info = fs::read_to_string(sandbox.path("bag/bag-info.txt")).unwrap();
    assert!(info.contains("External-Description: Evidence about an audit of republished texts;"), "{info}");
    let statement = fs::read(folder.join("statement.json")).unwrap();
    assert!(info.contains(&format!("External-Identifier: sha256:{}\n", Digest::of(&statement))), "{info}");
    verify(&sandbox, &sandbox.path("bag/data"), &["--strict"]).ended(0);
    fs::write(folder.join("leaves.jsonl"), "{}\n").unwrap();
    export("again").trouble("leaves.jsonl is not as the statement says");
    assert!(!sandbox.path("again").exists());
    // What lies around it is no evidence, and whoever takes it for that is led there.
    let outer = sandbox.vidimus(["export", "report", "--bagit", "again"]);
    outer.trouble("there is no statement.json");
    assert!(outer.stderr.contains("hint: the evidence of an audit is in report/sealed-20171128000000"), "{outer:#?}");
}

/// The plan may leave the key to whoever seals, and then it is not sealed without one.
#[test]
fn the_key_of_a_plan_may_be_named_on_the_command_line() {
    let sandbox = sealed("");
    let plan = fs::read_to_string(sandbox.path("vidimus.toml")).unwrap();
    sandbox.write("vidimus.toml", plan.replace("key = \"key.pem\"\n", "salt = true\n"));
    fs::remove_dir_all(sandbox.path("report")).unwrap();
    let run = sandbox.vidimus(["audit"]);
    run.trouble("vidimus.toml:2:1: the audit is to be sealed, and no key is named");
    assert!(run.stderr.contains("hint: --key KEY names one"), "{run:#?}");
    sandbox.vidimus(["audit", "--key", "key.pem"]).ended(1);
    verify(&sandbox, &evidence(&sandbox), &["--strict"]).ended(0);
    let statement: Value =
        serde_json::from_slice(&fs::read(evidence(&sandbox).join("statement.json")).unwrap()).unwrap();
    let origin = statement["predicate"]["tree"]["origin"].as_str().unwrap();
    assert!(origin.starts_with("example.org/audit/"), "the rest of the table counts: {origin}");
    let leaf = fs::read_to_string(pages(&sandbox)[0].join("leaf.json")).unwrap();
    assert!(leaf.contains("\"salt\":"), "{leaf}");
}
