//! The pages for people who verify: every command on them is run, on good evidence as printed, on tampered evidence in vain.

use std::{path::Path, process::Command};

use vidimus::seal::{SEAL, STATEMENT, SUMS};

use crate::{
    seal_kit::{COPY, Evidence, ORIGINAL, key},
    support::{Run, files, read, sandbox},
};

/// The tools of other people that the pages use.
const TOOLS: [&str; 6] = ["bash", "openssl", "jq", "sha256sum", "sha512sum", "ssh-keygen"];

/// A block of commands, and the lines the page says they print.
struct Step {
    script: String,
    status: i32,
    says: Vec<String>,
}

/// The blocks of a page in order. What stands in a `text` block is printed by the commands before it.
fn steps(page: &str) -> Vec<Step> {
    let text = read(page);
    let mut steps: Vec<Step> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(kind) = line.trim_start().strip_prefix("```") else { continue };
        let indent = line.len() - line.trim_start().len();
        let block = lines.by_ref().take_while(|line| line.trim_start() != "```");
        let block: Vec<String> = block.map(|line| line.get(indent..).unwrap_or_default().to_owned()).collect();
        match kind {
            "sh" | "sh ends-with-1" => {
                let status = i32::from(kind != "sh");
                steps.push(Step { script: block.join("\n"), status, says: Vec::new() });
            }
            "text" => steps.last_mut().unwrap_or_else(|| panic!("{page}: nothing prints this")).says = block,
            // What only a service can run; the page says so.
            "yaml" => {}
            other => panic!("{page}: a block of {other:?}"),
        }
    }
    steps
}

/// Runs a block as somebody would who pasted it and stops at the first failure.
fn perform(evidence: &Evidence, step: &Step) -> Run {
    let mut command = Command::new("bash");
    command.args(["-euo", "pipefail", "-c", &step.script]);
    evidence.sandbox.settle(&mut command);
    let program = Path::new(env!("CARGO_BIN_EXE_vidimus")).parent().unwrap();
    command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", program.display()));
    command.env("VIDIMUS_KEY", key().to_pem(None, &[0; 32]).unwrap().as_str());
    sandbox::run(&mut command, b"")
}

/// What the pages take for granted: a sealed folder, the signer's key, and two pages to compare.
fn given() -> Evidence {
    let missing: Vec<_> = TOOLS
        .iter()
        .filter(|tool| {
            !["/usr/local/bin", "/usr/bin", "/bin"].iter().any(|folder| Path::new(folder).join(tool).exists())
        })
        .collect();
    assert!(missing.is_empty(), "these tests need {missing:?}, which are not installed");
    let evidence = Evidence::new();
    evidence.sandbox.write("mirror.html", COPY);
    evidence.sandbox.write("release.html", ORIGINAL);
    evidence
}

fn pages() -> Vec<String> {
    let all: Vec<String> = files("docs/verify").iter().map(|path| path.to_str().unwrap().to_owned()).collect();
    assert_eq!(all.len(), 5, "{all:?}");
    all
}

#[test]
fn every_command_does_what_its_page_says() {
    let mut count = 0;
    for page in pages() {
        let evidence = given();
        for step in steps(&page) {
            let run = perform(&evidence, &step);
            assert_eq!(run.status, Some(step.status), "{page}:\n{}\n{run:#?}", step.script);
            let printed = format!("{}{}", run.stdout, run.stderr);
            for line in &step.says {
                assert!(printed.contains(line.as_str()), "{page}: {line:?} is not what comes out:\n{printed}");
            }
            count += 1;
        }
    }
    assert_eq!(count, 18, "blocks of commands that were found");
}

/// Something done to evidence, by name.
type Tampering<'a> = (&'a str, &'a dyn Fn(&Evidence));

/// Whoever follows a page meets a failure before its end, whatever was done to the evidence.
#[test]
fn no_page_leads_past_tampering() {
    let copy = |evidence: &Evidence| evidence.write("copy.html", COPY.replace("no military", "a military"));
    let listed = |evidence: &Evidence| {
        copy(evidence);
        let digest = |text: &str| vidimus::digest::Digest::of(text.as_bytes()).to_string();
        let sums = String::from_utf8(evidence.read(SUMS)).unwrap();
        evidence.write(SUMS, sums.replace(&digest(COPY), &digest(&COPY.replace("no military", "a military"))));
    };
    let verdict = |evidence: &Evidence| {
        let edited = String::from_utf8(evidence.read(STATEMENT)).unwrap().replace("\"emphasised\"", "\"verbatim\"");
        evidence.set_seal("/dsseEnvelope/payload", vidimus::text::base64::encode(edited.as_bytes()));
        evidence.write(STATEMENT, edited);
    };
    let missing = |evidence: &Evidence| evidence.remove("report.json");
    let unsealed = |evidence: &Evidence| evidence.remove(SEAL);
    let tamperings: [Tampering<'_>; 5] = [
        ("a page edited", &copy),
        ("a page edited and the list written again", &listed),
        ("a verdict edited", &verdict),
        ("a report taken away", &missing),
        ("the seal taken away", &unsealed),
    ];
    for page in pages().iter().filter(|page| !page.ends_with("README.md")) {
        for (what, tamper) in tamperings {
            let evidence = given();
            tamper(&evidence);
            let passed = steps(page).iter().all(|step| perform(&evidence, step).status == Some(step.status));
            assert!(!passed, "{page} leads past {what}");
        }
    }
}
