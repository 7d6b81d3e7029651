//! Help texts: what every command says of itself, as a person approved it. A new command is found by itself.

use crate::support::{Sandbox, approved, files, sandbox::run};

/// What `arguments` print, 80 columns wide.
fn printed(arguments: &[&str]) -> String {
    let mut command = Sandbox::new().command(arguments);
    // The folder is gone by now, and help needs none.
    run(command.current_dir("/").env("COLUMNS", "80"), b"").ended(0).stdout.clone()
}

/// The names under `Commands:` in a help text.
fn commands(help: &str) -> Vec<&str> {
    let (_, list) = help.split_once("\nCommands:\n").unwrap_or_default();
    let lines = list.lines().take_while(|line| line.starts_with("  "));
    lines.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect()
}

/// Every command and subcommand with its help, the program itself first.
fn all() -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    let mut open = vec![Vec::new()];
    while let Some(path) = open.pop() {
        let arguments: Vec<&str> = path.iter().map(String::as_str).chain(["--help"]).collect();
        let help = printed(&arguments);
        for name in commands(&help).into_iter().rev() {
            open.push(path.iter().cloned().chain([name.to_owned()]).collect());
        }
        found.push((path, help));
    }
    found
}

fn file(path: &[String]) -> String {
    let name = if path.is_empty() { "vidimus".to_owned() } else { path.join("-") };
    format!("snapshots/cli/{name}.txt")
}

#[test]
fn every_command_says_what_was_approved() {
    let all = all();
    assert!(all.len() >= 6, "where are the commands? {:?}", all.iter().map(|(path, _)| path).collect::<Vec<_>>());
    let known: Vec<String> = all.iter().map(|(path, _)| file(path)).collect();
    for (path, help) in all {
        approved(&file(&path), &help);
    }
    for path in files("snapshots/cli") {
        assert!(known.iter().any(|known| path.as_path() == known), "{}: there is no such command", path.display());
    }
}

#[test]
fn short_help_is_the_beginning_of_the_long_one_and_both_fit() {
    for (path, long) in all() {
        let arguments: Vec<&str> = path.iter().map(String::as_str).chain(["-h"]).collect();
        let short = printed(&arguments);
        assert_eq!(short.lines().next(), long.lines().next(), "{path:?}");
        for line in short.lines().chain(long.lines()) {
            assert!(line.chars().count() <= 80, "{path:?}: {line}");
        }
    }
}

#[test]
fn the_version_is_the_packages() {
    assert_eq!(printed(&["--version"]), format!("vidimus {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn no_command_at_all_shows_which_there_are() {
    let run = Sandbox::new().vidimus(Vec::<&str>::new());
    assert_eq!((run.status, run.stdout.as_str()), (Some(2), ""));
    assert_eq!(commands(&run.stderr), commands(&printed(&["--help"])));
}

#[test]
fn shells_and_man_are_told_of_every_command() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = sandbox.vidimus(["manual", "--completions", shell]);
        assert!(script.ended(0).stdout.contains("collate"), "{shell}");
    }
    sandbox.vidimus(["manual", "--man", "man1"]).ended(0);
    let pages = std::fs::read_dir(sandbox.path("man1")).unwrap().count();
    let commands = sandbox.vidimus(["help"]).stdout.lines().filter(|line| line.starts_with("  ")).count();
    // Help and version are no commands of their own; the program has a page itself.
    assert!(pages >= 12 && pages <= commands, "{pages} pages");
    let page = std::fs::read_to_string(sandbox.path("man1/vidimus-check.1")).unwrap();
    assert!(page.contains("\\-\\-original") && page.contains(".TH"), "{page}");
    sandbox.vidimus(["manual", "--man", "man1"]).trouble("already exists");
}
