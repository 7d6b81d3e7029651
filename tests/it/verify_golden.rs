//! A folder for every outcome of `vidimus verify`, kept for ever in `snapshots/formats/seal-v1` with the words and the data it came to.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::{Value, json};
use vidimus::seal::{
    Outcome, SEAL, STATEMENT, Signer,
    audited::{self, Leaves},
    note,
};

use crate::{
    seal_kit::{Evidence, ORIGINAL, allowed_signers, key, other_key},
    support::{self, Sandbox, approved, bless::blessing, sandbox},
    tsa_kit::Authority,
};

const GOLDEN: &str = "snapshots/formats/seal-v1";

/// What is asked of the folder of an outcome. `…` stands for the folder of all of them.
fn asked(outcome: Outcome) -> Vec<&'static str> {
    let more: &[&str] = match outcome {
        Outcome::Expired => return vec!["--trust", "…/allowed_signers.expired"],
        Outcome::WrongSigner => &["--signer", "mallory@example.org"],
        Outcome::Revoked => &["--revoked", "…/revoked_keys"],
        Outcome::NoTimestamp => &["--require-timestamp"],
        Outcome::UnlistedFile => &["--strict"],
        Outcome::Stale => &["--at", "2018-06-01T00:00:00Z", "--max-age", "30d"],
        Outcome::BrokenChain => &["--previous", "…/verified/evidence"],
        Outcome::RerunDiffers | Outcome::RerunImpossible => &["--rerun"],
        Outcome::NotInTree => &["--leaf", "…/not-in-tree/evidence/leaf.json"],
        Outcome::Verified
        | Outcome::Unsigned
        | Outcome::Malformed
        | Outcome::WrongType
        | Outcome::NewerFormat
        | Outcome::OlderFormat
        | Outcome::UnknownKey
        | Outcome::Forged
        | Outcome::TimestampInvalid
        | Outcome::ArtefactChanged
        | Outcome::MissingFile
        | Outcome::WrongRole
        | Outcome::Inconsistent => &[],
    };
    [&["--trust", "…/allowed_signers"], more].concat()
}

/// The folder of an outcome: what is done to one in which nothing is wrong.
fn golden(outcome: Outcome) -> Evidence {
    let evidence = Evidence::new();
    let typed = |kind: &str| evidence.edit_statement(|statement| statement["predicateType"] = kind.into());
    match outcome {
        Outcome::Unsigned => evidence.remove(SEAL),
        Outcome::Malformed => {
            let one = evidence.seal()["dsseEnvelope"]["signatures"][0].clone();
            evidence.set_seal("/dsseEnvelope/signatures", json!([one, one]));
        }
        Outcome::WrongType => typed("https://slsa.dev/provenance/v1"),
        Outcome::NewerFormat => typed("urn:vidimus:comparison:v2"),
        Outcome::OlderFormat => typed("urn:vidimus:comparison:v0"),
        Outcome::UnknownKey => evidence.reseal(&evidence.read(STATEMENT), &other_key()),
        Outcome::Forged => {
            let edited = String::from_utf8(evidence.read(STATEMENT)).unwrap().replace("\"emphasised\"", "\"verbatim\"");
            evidence.set_seal("/dsseEnvelope/payload", vidimus::text::base64::encode(edited.as_bytes()));
            evidence.write(STATEMENT, edited);
        }
        Outcome::ArtefactChanged => evidence.write("copy.html", "<p>There is a military solution.</p>\n"),
        Outcome::MissingFile => evidence.remove("report.html"),
        Outcome::UnlistedFile => evidence.write("notes.txt", "Not sealed.\n"),
        Outcome::WrongRole => evidence.write("copy.html", ORIGINAL),
        Outcome::Inconsistent => {
            evidence.edit_statement(|statement| statement["predicate"]["result"]["verdict"] = "verbatim".into());
        }
        Outcome::TimestampInvalid => {
            let token = Authority::new().token(b"another signature", "sha256");
            evidence.set_timestamps(&[&token]);
        }
        Outcome::RerunDiffers => evidence.edit_report(|report| {
            report["findings"] = json!([]);
            report["summary"] = json!({});
            report["verdict"] = "verbatim".into();
        }),
        Outcome::NotInTree => {
            evidence.names().iter().for_each(|name| evidence.remove(name));
            let leaf = |index: u64| format!("{{\"copy\":{{\"locator\":\"c/{index}.html\"}},\"index\":{index}}}");
            let leaves = Leaves::of((0..3).map(|index| leaf(index).into_bytes())).unwrap();
            let signer = key();
            let tree = &leaves.tree;
            let note = note::sign("example.org/audit/1", 3, &tree.root(), &Signer::of(&signer)).unwrap();
            evidence.write("page.tlog-proof", audited::proof(1, tree, &note).unwrap());
            evidence.write("leaf.json", leaf(1).replace("c/1", "c/7"));
        }
        Outcome::RerunImpossible => evidence.edit_report(|report| report["tool"]["version"] = "999.0.0".into()),
        Outcome::Verified
        | Outcome::WrongSigner
        | Outcome::Expired
        | Outcome::Revoked
        | Outcome::NoTimestamp
        | Outcome::Stale
        | Outcome::BrokenChain => {}
    }
    evidence
}

/// Makes the folders that do not exist yet. Those that do are never made again: what was sealed once must verify for ever.
fn make() {
    let root = support::root().join(GOLDEN);
    let write = |path: &Path, bytes: &[u8]| {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        if !path.exists() {
            fs::write(path, bytes).unwrap();
        }
    };
    let expired = allowed_signers().replace("namespaces", "valid-before=\"20171101Z\",namespaces");
    write(&root.join("allowed_signers"), allowed_signers().as_bytes());
    write(&root.join("allowed_signers.expired"), expired.as_bytes());
    write(&root.join("revoked_keys"), format!("{}\n", key().public().to_ssh()).as_bytes());
    write(&root.join("signer.pem"), key().public().to_pem().as_bytes());
    for outcome in Outcome::ALL {
        let folder = root.join(outcome.slug());
        if folder.exists() {
            continue;
        }
        let evidence = golden(outcome);
        for name in evidence.names() {
            write(&folder.join("evidence").join(&name), &evidence.read(&name));
        }
        write(&folder.join("arguments"), (asked(outcome).join("\n") + "\n").as_bytes());
    }
}

#[test]
fn every_outcome_has_a_golden_folder_that_comes_to_it() {
    if blessing() {
        make();
    }
    let sandbox = Sandbox::new();
    for outcome in Outcome::ALL {
        let slug = outcome.slug();
        let folder = support::root().join(GOLDEN);
        let arguments = support::read(format!("{GOLDEN}/{slug}/arguments"));
        let arguments: Vec<String> =
            arguments.lines().map(|argument| argument.replace('…', folder.to_str().unwrap())).collect();
        let evidence = folder.join(slug).join("evidence");
        let verify = |format: &str| {
            let mut command = sandbox.command(["verify", evidence.to_str().unwrap(), "--format", format]);
            sandbox::run(command.args(&arguments), b"")
        };
        let status = i32::from(outcome != Outcome::Verified);
        let run = verify("json");
        let found: Value = serde_json::from_str(&run.ended(status).stdout).unwrap();
        assert_eq!(found["outcome"], slug);
        assert_eq!(run.stderr, "");
        let neutral = |text: &str| text.replace(folder.to_str().unwrap(), "…");
        approved(&format!("{GOLDEN}/{slug}/verify.json"), &neutral(&run.stdout));
        let run = verify("terminal");
        approved(&format!("{GOLDEN}/{slug}/verify.txt"), &neutral(&run.ended(status).stdout));
    }
}

/// The golden folders are those of the outcomes, no more, and their names are the outcomes' own.
#[test]
fn golden_folders_and_outcomes_are_the_same() {
    let slugs: BTreeSet<String> = Outcome::ALL.iter().map(|outcome| outcome.slug().to_owned()).collect();
    assert_eq!(slugs.len(), Outcome::ALL.len());
    let folders: BTreeSet<String> = fs::read_dir(support::root().join(GOLDEN))
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    assert_eq!(slugs, folders);
    for outcome in Outcome::ALL {
        assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.slug());
        assert!(outcome.sentence().ends_with('.'));
    }
    let page = support::read("docs/commands/verify.md");
    for slug in slugs {
        assert!(page.contains(&format!("| `{slug}` |")), "docs/commands/verify.md says nothing of {slug}");
    }
}
