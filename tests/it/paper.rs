//! Reports on paper: `--format pdf` with browsers that are scripts, so that no test needs a real one. What a real one makes of it is
//! looked at by `tests/referees/pages.sh`.

use std::os::unix::fs::PermissionsExt as _;

use crate::support::{
    Sandbox,
    sandbox::{Run, run},
};

const TEXT: &str = "<p>The council adopted the harbour plan on Tuesday by 23 votes to 19, with three abstentions.</p>";

/// A check for paper with a browser that is this script.
fn check(browser: Option<&str>) -> (Sandbox, Run) {
    let sandbox = Sandbox::new();
    sandbox.write("copy.html", TEXT);
    sandbox.write("original.html", TEXT);
    let mut command = sandbox.command(["check", "copy.html", "--original", "original.html", "--format", "pdf"]);
    match browser {
        Some(script) => {
            let path = sandbox.write("browser", format!("#!/bin/sh\n{script}\n"));
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
            command.env("CHROMIUM", path)
        }
        None => command.env_remove("CHROMIUM").env("PATH", sandbox.path("nowhere")),
    };
    let run = run(&mut command, b"");
    (sandbox, run)
}

#[test]
fn the_browser_is_given_the_page_and_its_paper_is_handed_on() {
    let script = r#"for one; do case $one in --print-to-pdf=*) to=${one#*=};; esac; page=$one; done
printf '%s' '%PDF-1.4 ' >"$to"; cat "$page" >>"$to""#;
    let (_sandbox, run) = check(Some(script));
    let paper = &run.ended(0).stdout;
    assert!(paper.starts_with("%PDF-1.4 <!doctype html>"), "{paper}");
    let (_, digest) = paper.split_once("record sha256 ").unwrap();
    let named = format!("vidimus-report-sha256\" content=\"{}\"", digest.get(..64).unwrap());
    assert!(paper.contains(&named), "every sheet bears the digest of the record");
}

#[test]
fn a_browser_that_makes_nothing_is_trouble() {
    for (script, cause) in
        [("exit 3", "exit status: 3"), ("exit 0", "made no PDF"), ("printf no >x.pdf", "made no PDF")]
    {
        let (_sandbox, run) = check(Some(script));
        run.trouble(cause);
    }
    let (_sandbox, run) = check(None);
    run.trouble("no Chromium");
    assert!(run.stderr.contains("--format html"), "{}", run.stderr);
}
