//! The README is true: its commands run, its output is what comes out, its links lead somewhere.

use std::path::Path;

use vidimus::Verdict;

use crate::support::{Sandbox, files, read, root, sandbox::run};

/// What marks a cut in printed output.
const CUT: &str = "[…]";

/// The fenced blocks of a page, with the language each is in.
fn blocks(text: &str) -> Vec<(String, String)> {
    let parts: Vec<&str> = text.split("```").collect();
    let block = |part: &&str| part.split_once('\n').map(|(language, body)| (language.to_owned(), body.to_owned()));
    parts.iter().skip(1).step_by(2).filter_map(block).collect()
}

/// The two commands that set the project up.
fn set_up() -> Vec<String> {
    let readme = read("README.md");
    let (_, section) = readme.split_once("\n## Set up\n").expect("README.md has a section \"Set up\"");
    let section = section.split("\n## ").next().unwrap();
    blocks(section).iter().flat_map(|(_, body)| body.lines()).map(str::to_owned).collect()
}

#[test]
fn there_are_two_commands_and_the_first_does_the_main_job() {
    let commands = set_up();
    let [main, tests] = &commands[..] else { panic!("exactly two commands: {commands:?}") };
    assert_eq!(tests, "cargo test");
    let arguments = main.strip_prefix("cargo run --release -- ").expect("the first command is run by cargo");
    let sandbox = Sandbox::new();
    let done = run(sandbox.command(arguments.split(' ')).current_dir(root()), b"");
    assert!(done.ended(0).stdout.starts_with("VERBATIM: "), "{done:#?}");
}

#[test]
fn the_gate_runs_the_same_test_command() {
    let sandbox = Sandbox::new();
    let mut gate = std::process::Command::new("bash");
    sandbox.settle(gate.arg(root().join(".ci/run")).arg("--show-test-command"));
    assert_eq!(run(&mut gate, b"").ended(0).stdout, format!("{}\n", set_up()[1]));
}

#[test]
fn the_output_shown_is_what_comes_out() {
    let readme = read("README.md");
    let blocks = blocks(&readme);
    let (_, shown) = blocks.iter().find(|(_, body)| body.starts_with("$ vidimus check")).unwrap();
    let (command, shown) = shown.split_once('\n').unwrap();
    let sandbox = Sandbox::new();
    for name in ["copy.html", "original.html"] {
        sandbox.write(name, read(Path::new("snapshots/cases/syria-joint-statement-emphasised").join(name)));
    }
    let done = sandbox.vidimus(command.strip_prefix("$ vidimus ").unwrap().split(' '));
    // Which spaces keep a line together is not seen in a page like this one.
    let printed = done.ended(1).stdout.replace('\u{a0}', " ");
    let mut rest = printed.as_str();
    let shown = shown.replace('\u{a0}', " ");
    for piece in shown.split(&format!("{CUT}\n")).filter(|piece| !piece.is_empty()) {
        let Some(at) = rest.find(piece) else {
            panic!("README.md shows\n{piece}\nand this is left of what comes out:\n{rest}")
        };
        rest = &rest[at + piece.len()..];
    }
}

#[test]
fn the_help_shown_is_the_help() {
    let help = Sandbox::new().vidimus(["--help"]).ended(0).stdout.clone();
    assert!(blocks(&read("README.md")).iter().any(|(_, body)| *body == help), "README.md shows\n{help}");
}

#[test]
fn the_verdicts_listed_are_the_verdicts() {
    let all = [
        Verdict::Verbatim,
        Verdict::Emphasised,
        Verdict::Excerpted,
        Verdict::Altered,
        Verdict::Quoting,
        Verdict::Unrelated,
        Verdict::Undetermined,
    ];
    let listed = all.map(|verdict| format!("`{}`", verdict.slug())).join(", ");
    assert!(read("README.md").contains(&listed), "{listed}");
}

#[test]
fn no_link_between_our_pages_is_broken() {
    let pages = files("")
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "md") && !path.starts_with("snapshots"));
    let mut broken = Vec::new();
    for page in pages {
        let text = read(&page);
        let prose: String = text.split("```").step_by(2).collect();
        let prose: String = prose.split('`').step_by(2).collect();
        for target in prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = page.parent().unwrap().join(target.split('#').next().unwrap());
            if !target.contains("://") && !root().join(&path).exists() {
                broken.push(format!("{}: {target}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn every_folder_is_in_the_architecture_and_everything_there_exists() {
    let text = read("ARCHITECTURE.md");
    let (_, tree) = blocks(&text).into_iter().find(|(_, body)| body.starts_with("src/\n")).unwrap();
    let words: Vec<&str> = tree.split(|c: char| c.is_whitespace() || ",;()".contains(c)).collect();
    let top = files("src").into_iter().filter_map(|path| {
        let inside = path.strip_prefix("src").unwrap();
        let first = inside.iter().next()?.to_str()?.to_owned();
        Some(if inside.iter().count() > 1 { format!("{first}/") } else { first })
    });
    let folders =
        files("").into_iter().filter(|path| path.iter().count() > 2 && !path.starts_with(".git")).filter_map(|path| {
            let mut parts = path.iter().filter_map(|part| part.to_str());
            let (first, second) = (parts.next()?.to_owned(), parts.next()?.to_owned());
            (first != "src").then(|| format!("{second}/"))
        });
    let mut missing: Vec<String> = top.chain(folders).filter(|name| !words.contains(&name.as_str())).collect();
    missing.sort();
    missing.dedup();
    assert!(missing.is_empty(), "the tree in ARCHITECTURE.md does not know {}", missing.join(" "));
}
