//! Sealed audits: the tree over all pairs, its checkpoint, what verifying refuses, and a page proved by itself, with our program and
//! with Python and openssl.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use vidimus::{
    digest::Digest,
    report::wire::audit::Entry,
    seal::{
        self, Outcome, Signer,
        audited::{self, Leaves},
        note, sign,
    },
    text::base64,
};

use crate::{
    seal_kit::{allowed_signers, key, other_key},
    support::{Run, Sandbox, read, sandbox::run, schema},
};

pub const PEM: &str = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----\n";

/// Five pairs, of which one is altered and one is missing, audited and sealed.
pub fn sealed(more: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let page = |number: u32| {
        format!(
            "<h1>Release {number}</h1><p>Talks number {number} will continue in May with all parties at the table.</p>"
        )
    };
    for number in 1..=5 {
        sandbox.write(&format!("o/{number}.html"), page(number));
        let copy = if number == 2 { page(number).replace("May", "June") } else { page(number) };
        if number != 4 {
            sandbox.write(&format!("c/{number}.html"), copy);
        }
    }
    let key_path = sandbox.write("key.pem", PEM);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(key_path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    sandbox.write("allowed_signers", allowed_signers());
    sandbox.write("signer.pem", key().public().to_pem());
    sandbox.write(
        "vidimus.toml",
        format!("version = 1\n[seal]\nkey = \"key.pem\"\ntrust = \"allowed_signers\"\norigin = \"example.org/audit\"\n{more}[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\n"),
    );
    sandbox.vidimus(["audit"]).ended(1);
    sandbox
}

pub fn evidence(sandbox: &Sandbox) -> PathBuf {
    sandbox.path("report/sealed-20171128000000")
}

fn verify(sandbox: &Sandbox) -> (String, String) {
    let run = sandbox.vidimus([
        "verify",
        evidence(sandbox).to_str().unwrap(),
        "--trust",
        "allowed_signers",
        "--format",
        "json",
    ]);
    let found: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:#?}"));
    let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
    (text("outcome"), text("detail"))
}

/// The folders of the pages, in the plan's order.
pub fn pages(sandbox: &Sandbox) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(sandbox.path("report/pages")).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

fn verify_page(sandbox: &Sandbox, folder: &Path) -> Run {
    let (proof, leaf) = (folder.join("page.tlog-proof"), folder.join("leaf.json"));
    let arguments = ["verify", proof.to_str().unwrap(), "--leaf", leaf.to_str().unwrap(), "--trust", "allowed_signers"];
    sandbox.vidimus(arguments)
}

#[test]
fn a_sealed_audit_verifies_and_its_record_is_the_one_that_was_written() {
    let sandbox = sealed("");
    assert_eq!(verify(&sandbox), ("verified".to_owned(), String::new()));
    let statement: Value =
        serde_json::from_slice(&fs::read(evidence(&sandbox).join("statement.json")).unwrap()).unwrap();
    let predicate = &statement["predicate"];
    assert_eq!(statement["predicateType"], "urn:vidimus:audit:v1");
    assert_eq!((predicate["tree"]["size"].as_u64(), predicate["result"]["unchecked"].as_u64()), (Some(5), Some(1)));
    assert_eq!(predicate["result"]["verdicts"]["verbatim"], 3);
    let (_, entries, _) = schema::audit(&fs::read_to_string(sandbox.path("report/audit.jsonl")).unwrap());
    let leaves: Vec<Vec<u8>> = entries.iter().map(|entry: &Entry| audited::leaf(entry, None)).collect();
    let all = Leaves::of(leaves.into_iter()).unwrap();
    assert_eq!(predicate["tree"]["rootHash"], base64::encode(all.tree.root().as_bytes()).as_str());
    assert_eq!(fs::read(evidence(&sandbox).join("leaves.jsonl")).unwrap(), all.lines);
    let shown = sandbox.vidimus(["verify", evidence(&sandbox).to_str().unwrap(), "--key", "signer.pem"]);
    assert!(shown.ended(0).stdout.contains("verdicts  1 altered, 3 verbatim, 1 not checked\n"), "{}", shown.stdout);
    let folder = evidence(&sandbox);
    let rerun = ["verify", folder.to_str().unwrap(), "--key", "signer.pem", "--rerun"];
    assert!(sandbox.vidimus(rerun).ended(1).stdout.starts_with("RERUN-IMPOSSIBLE"));
}

/// Lays other leaves, and whatever follows from them, into the evidence and seals it again with the right key: a careful liar.
fn resealed(sandbox: &Sandbox, edit: impl FnOnce(&mut Value, &mut Vec<String>)) {
    let folder = evidence(sandbox);
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let mut statement: Value = serde_json::from_str(&text("statement.json")).unwrap();
    let mut lines: Vec<String> = text("leaves.jsonl").lines().map(str::to_owned).collect();
    edit(&mut statement, &mut lines);
    let all = Leaves::of(lines.into_iter().map(String::into_bytes)).unwrap();
    let tree = &mut statement["predicate"]["tree"];
    tree["rootHash"] = base64::encode(all.tree.root().as_bytes()).into();
    let origin = tree["origin"].as_str().unwrap().to_owned();
    let signer = key();
    let note = note::sign(&origin, all.tree.size(), &all.tree.root(), &Signer::of(&signer)).unwrap();
    for (name, bytes) in [("leaves.jsonl", all.lines), ("checkpoint", note.into_bytes())] {
        let subjects = statement["subject"].as_array_mut().unwrap();
        let subject = subjects.iter_mut().find(|subject| subject["name"] == name).unwrap();
        subject["digest"]["sha256"] = Digest::of(&bytes).to_string().into();
        fs::write(folder.join(name), bytes).unwrap();
    }
    seal_again(&folder, &statement);
}

fn seal_again(folder: &Path, statement: &Value) {
    let bytes = serde_json::to_vec(statement).unwrap();
    let sealed = sign(&bytes, &Signer::of(&key())).unwrap();
    fs::write(folder.join(seal::STATEMENT), &bytes).unwrap();
    fs::write(folder.join(seal::SEAL), &sealed.bundle).unwrap();
    fs::write(folder.join(seal::SSH_SIGNATURE), &sealed.ssh_signature).unwrap();
    fs::remove_file(folder.join(seal::SUMS)).ok();
}

#[test]
fn unchecked_page_counted() {
    // The page that could not be checked is left out, and everything else is made to fit.
    let sandbox = sealed("");
    resealed(&sandbox, |statement, lines| {
        lines.remove(3);
        statement["predicate"]["tree"]["size"] = 4.into();
        statement["predicate"]["result"]["unchecked"] = 0.into();
    });
    assert_eq!(verify(&sandbox).0, "inconsistent", "the leaf behind it stands in another's place");
    let sandbox = sealed("");
    resealed(&sandbox, |statement, lines| {
        lines.remove(3);
        lines[3] = lines[3].replace("\"index\":4", "\"index\":3");
        statement["predicate"]["tree"]["size"] = 4.into();
        statement["predicate"]["result"]["unchecked"] = 0.into();
    });
    let (outcome, detail) = verify(&sandbox);
    assert_eq!(
        (outcome.as_str(), detail.as_str()),
        ("inconsistent", "the leaves and the statement disagree about plan.pages")
    );
}

#[test]
fn count_off_by_one() {
    for (pointer, value, part) in [
        ("/predicate/result/unchecked", 0, "result.unchecked"),
        ("/predicate/result/verdicts/verbatim", 4, "result.verdicts"),
        ("/predicate/tree/size", 6, "tree.size"),
        ("/predicate/plan/pages", 4, "plan.pages"),
    ] {
        let sandbox = sealed("");
        resealed(&sandbox, |statement, _| *statement.pointer_mut(pointer).unwrap() = value.into());
        let expected = format!("the leaves and the statement disagree about {part}");
        assert_eq!(verify(&sandbox), ("inconsistent".to_owned(), expected));
    }
    let sandbox = sealed("");
    resealed(&sandbox, |_, lines| lines[1] = lines[1].replace("\"altered\"", "\"verbatim\""));
    assert_eq!(verify(&sandbox).1, "the leaves and the statement disagree about result.verdicts");
    let sandbox = sealed("");
    resealed(&sandbox, |_, lines| lines[0] = lines[0].replace("c/1.html", "c/9.html"));
    assert_eq!(verify(&sandbox).0, "verified", "a leaf is what its signer says it is; its report says the rest");
    let origin = "/predicate/tree/origin";
    let sandbox = sealed("");
    let folder = evidence(&sandbox);
    let mut statement: Value = serde_json::from_slice(&fs::read(folder.join("statement.json")).unwrap()).unwrap();
    *statement.pointer_mut(origin).unwrap() = "example.org/audit/another".into();
    seal_again(&folder, &statement);
    assert_eq!(verify(&sandbox).1, "the checkpoint is of another tree than the leaves");
    for (name, outcome) in
        [("leaves.jsonl", "artefact-changed"), ("checkpoint", "artefact-changed"), ("audit.json", "artefact-changed")]
    {
        let sandbox = sealed("");
        let path = evidence(&sandbox).join(name);
        fs::write(&path, fs::read_to_string(&path).unwrap().replacen('1', "2", 1)).unwrap();
        assert_eq!(verify(&sandbox).0, outcome, "{name}");
        fs::remove_file(path).unwrap();
        assert_eq!(verify(&sandbox).0, "missing-file", "{name}");
    }
}

#[test]
fn a_page_is_proved_and_no_other() {
    let sandbox = sealed("");
    let pages = pages(&sandbox);
    assert_eq!(pages.len(), 5);
    for page in &pages {
        let shown = verify_page(&sandbox, page);
        assert!(shown.ended(0).stdout.starts_with("VERIFIED  The page is one of this audit"), "{}", shown.stdout);
    }
    let outcome = |run: Run| run.stdout.split_whitespace().next().unwrap_or_default().to_lowercase();
    let leaf = pages[1].join("leaf.json");
    let own = fs::read_to_string(&leaf).unwrap();
    fs::write(&leaf, own.replace("altered", "verbatim")).unwrap();
    assert_eq!(outcome(verify_page(&sandbox, &pages[1])), Outcome::NotInTree.slug());
    fs::copy(pages[0].join("leaf.json"), &leaf).unwrap();
    assert_eq!(outcome(verify_page(&sandbox, &pages[1])), "not-in-tree", "another page's leaf");
    fs::write(&leaf, &own).unwrap();
    let report = pages[1].join("report.json");
    fs::write(&report, fs::read_to_string(&report).unwrap().replace("June", "July")).unwrap();
    assert_eq!(outcome(verify_page(&sandbox, &pages[1])), "artefact-changed");
    fs::remove_file(&report).unwrap();
    let shown = verify_page(&sandbox, &pages[1]);
    assert!(shown.ended(0).stdout.contains("report.json, which the leaf names, is not there"), "{}", shown.stdout);
    let proof = pages[1].join("page.tlog-proof");
    let text = fs::read_to_string(&proof).unwrap();
    fs::write(&proof, text.replace("index 1\n", "index 1\nAAAA\n")).unwrap();
    assert_eq!(outcome(verify_page(&sandbox, &pages[1])), "malformed");
    fs::write(&proof, text.replace("\n5\n", "\n6\n")).unwrap();
    assert_eq!(
        outcome(verify_page(&sandbox, &pages[1])),
        "forged",
        "the note names the key, and is not what it signed"
    );
    fs::write(&proof, &text).unwrap();
    sandbox
        .write("allowed_signers", allowed_signers().replace(&key().public().to_ssh(), &other_key().public().to_ssh()));
    assert_eq!(outcome(verify_page(&sandbox, &pages[1])), "unknown-key");
}

#[test]
fn leaves_can_be_salted() {
    let leaves = |sandbox: &Sandbox| fs::read_to_string(evidence(sandbox).join("leaves.jsonl")).unwrap();
    let (first, second) = (sealed("salt = true\n"), sealed("salt = true\n"));
    assert!(leaves(&first).lines().all(|line| line.contains("\"salt\":\"")) && leaves(&first) != leaves(&second));
    assert_eq!(verify(&first).0, "verified");
    assert_eq!(leaves(&sealed("")), leaves(&sealed("")), "without salt the same pages give the same leaves");
}

#[test]
fn thirty_lines_of_python_and_openssl_verify_a_page() {
    let sandbox = sealed("");
    let docs = read("docs/formats/seal.md");
    let script = docs.split("```python\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    sandbox.write("page.py", script);
    let python = |folder: &Path| {
        let mut command = Command::new("python3");
        sandbox.settle(
            command.arg("page.py").arg(folder.join("page.tlog-proof")).arg(folder.join("leaf.json")).arg("signer.pem"),
        );
        run(&mut command, b"")
    };
    let pages = pages(&sandbox);
    for (page, end) in pages.iter().zip([
        "c/1.html verbatim\n",
        "c/2.html altered\n",
        "c/3.html verbatim\n",
        "there is no such file.\n",
        "c/5.html verbatim\n",
    ]) {
        let run = python(page);
        assert!(run.ended(0).stdout.starts_with("verified: ") && run.stdout.ends_with(end), "{run:#?}");
    }
    for (name, from, to) in [
        ("leaf.json", "altered", "verbatim"),
        ("page.tlog-proof", "\n5\n", "\n6\n"),
        ("page.tlog-proof", "index 1", "index 0"),
    ] {
        let path = pages[1].join(name);
        let own = fs::read_to_string(&path).unwrap();
        fs::write(&path, own.replace(from, to)).unwrap();
        assert_ne!(python(&pages[1]).status, Some(0), "{from} for {to}");
        fs::write(&path, own).unwrap();
    }
}

#[test]
fn a_key_that_cannot_be_used_is_named_with_its_place() {
    let sandbox = sealed("");
    let plan = fs::read_to_string(sandbox.path("vidimus.toml")).unwrap();
    let trouble = |plan: String, cause: &str| {
        sandbox.write("vidimus.toml", plan);
        sandbox.vidimus(["audit"]).trouble(cause);
    };
    trouble(plan.replace("key.pem", "none.pem"), "vidimus.toml:3:7: none.pem: no such file");
    trouble(
        plan.replace("key.pem", "env://NO_KEY"),
        "vidimus.toml:3:7: env://NO_KEY: the environment has no variable NO_KEY",
    );
    trouble(plan.replace("\"allowed_signers\"", "\"nobody\""), "vidimus.toml:4:9: nobody: no such file");
    sandbox.write("others", allowed_signers().replace(&key().public().to_ssh(), &other_key().public().to_ssh()));
    trouble(plan.replace("\"allowed_signers\"", "\"others\""), "vidimus.toml:4:9: others: the key SHA256:");
}

/// The leaf and the proof of a page whose leaf says what its report does not, signed with the right key.
#[test]
fn a_leaf_says_of_its_report_what_that_says() {
    let sandbox = sealed("");
    let folder = &pages(&sandbox)[1];
    verify_page(&sandbox, folder).ended(0);
    let leaf = fs::read_to_string(folder.join("leaf.json")).unwrap();
    for (is, lie) in [("\"altered\"", "\"verbatim\""), ("\"altered\"", "\"faithful\""), ("\"none\"", "\"all\"")] {
        let leaf = leaf.trim_end().replacen(is, lie, 1).replace("\"index\":1", "\"index\":0");
        let all = Leaves::of(std::iter::once(leaf.clone().into_bytes())).unwrap();
        let note = note::sign("example.org/lie", 1, &all.tree.root(), &Signer::of(&key())).unwrap();
        fs::write(folder.join("leaf.json"), &leaf).unwrap();
        fs::write(folder.join("page.tlog-proof"), audited::proof(0, &all.tree, &note).unwrap()).unwrap();
        let run = verify_page(&sandbox, folder);
        assert!(run.ended(1).stdout.starts_with("INCONSISTENT"), "{leaf}: {}", run.stdout);
    }
}

#[test]
fn how_old_a_page_may_be_is_not_asked_of_a_checkpoint_without_a_time() {
    let sandbox = sealed("");
    let folder = pages(&sandbox)[0].clone();
    let leaf = folder.join("leaf.json");
    let arguments = [
        "verify",
        folder.to_str().unwrap(),
        "--leaf",
        leaf.to_str().unwrap(),
        "--key",
        "signer.pem",
        "--max-age",
        "1d",
    ];
    sandbox.vidimus(arguments).trouble("cannot be used with");
}

#[test]
fn the_page_of_an_audit_forbids_programs() {
    for (part, with) in [("</body>", "<script>1</script></body>"), ("default-src 'none'", "default-src *")] {
        let sandbox = sealed("");
        let folder = evidence(&sandbox);
        let page = fs::read_to_string(folder.join("audit.html")).unwrap().replacen(part, with, 1);
        let mut statement: Value = serde_json::from_slice(&fs::read(folder.join("statement.json")).unwrap()).unwrap();
        let subjects = statement["subject"].as_array_mut().unwrap();
        let subject = subjects.iter_mut().find(|subject| subject["name"] == "audit.html").unwrap();
        subject["digest"]["sha256"] = Digest::of(page.as_bytes()).to_string().into();
        fs::write(folder.join("audit.html"), page).unwrap();
        seal_again(&folder, &statement);
        assert_eq!(verify(&sandbox).0, "inconsistent", "{with}");
    }
}
