//! `audit --since`: what git vouches for is left alone, and everything else is checked.

use std::fs;

use vidimus::report::wire::audit::{Entry, Outcome, Summary};

use crate::support::{Sandbox, sandbox::run, schema};

/// A short release.
fn page(number: usize) -> String {
    format!(
        "<title>Release {number}</title><h1>Release {number}</h1><p>Talks number {number} will continue in May.</p>"
    )
}

/// A plan over originals and copies that are the same, with a baseline that accepts nothing.
fn pages(sandbox: &Sandbox, count: usize) {
    for number in 1..=count {
        sandbox.write(format!("o/{number:03}.html").as_str(), page(number));
        sandbox.write(format!("c/{number:03}.html").as_str(), page(number));
    }
    sandbox
        .write("vidimus.toml", "version = 1\nbaseline = \"base.toml\"\n[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\n");
    sandbox.write("base.toml", "version = 1\n");
}

fn told(sandbox: &Sandbox) -> (Vec<Entry>, Summary) {
    let (_, entries, summary) = schema::audit(&fs::read_to_string(sandbox.path("report/audit.jsonl")).unwrap());
    (entries, summary)
}

/// A repository over `sandbox` with everything in it committed.
fn committed(sandbox: &Sandbox) -> impl Fn(&[&str]) -> String {
    let git = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        let own = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always"];
        sandbox.settle(command.args(own).args(arguments));
        run(&mut command, b"").ended(0).stdout.clone()
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-qm", "all"]);
    git
}

/// Which pairs were checked.
fn checked(sandbox: &Sandbox) -> Vec<bool> {
    told(sandbox).0.iter().map(|entry| matches!(entry.outcome, Outcome::Checked(_))).collect()
}

#[test]
fn only_what_git_says_was_changed_is_checked() {
    let sandbox = Sandbox::new();
    pages(&sandbox, 4);
    let git = committed(&sandbox);
    sandbox.write("c/002.html", page(2).replace("May", "June"));
    let done = sandbox.vidimus(["audit", "--since", "HEAD"]);
    assert!(done.ended(1).stdout.starts_with("FAILED: 1 of 4 pairs checked; 1 fails"), "{}", done.stdout);
    assert!(told(&sandbox).1.partial, "a part of the plan is no whole one");
    assert_eq!(checked(&sandbox), [false, true, false, false]);
    sandbox.vidimus(["audit", "--since", "nowhere"]).trouble("--since nowhere: git says: ");
    sandbox.vidimus(["audit", "--since=--output=x"]).trouble("--since --output=x: not a revision");
    git(&["checkout", "-q", "."]);
    sandbox.vidimus(["audit", "--since", "HEAD"]).trouble("vidimus.toml: nothing could be checked");
    let run = sandbox.vidimus(["audit", "--since", "HEAD", "--allow-unchanged"]);
    assert!(run.ended(0).stdout.starts_with("NOTHING CHECKED: 0 of 4 pairs checked"), "{}", run.stdout);
    sandbox.vidimus(["audit", "--allow-unchanged"]).trouble("--since");
}

#[test]
fn what_git_does_not_vouch_for_counts_as_changed() {
    let sandbox = Sandbox::new();
    pages(&sandbox, 6);
    sandbox.write(".gitignore", "c/006.html\n");
    sandbox.write("elsewhere/x.html", page(7).replace("May", "June"));
    sandbox.write("sub/plan.toml", "version = 1\n[[pair]]\noriginal = \"../o/001.html\"\ncopy = \"../c/001.html\"\n");
    let git = committed(&sandbox);
    let audit = |arguments: &[&str]| sandbox.vidimus([&["audit", "--since", "HEAD"], arguments].concat());
    let altered =
        |number: usize| sandbox.write(format!("c/{number:03}.html").as_str(), page(number).replace("May", "June"));
    // What git is told to assume, what it is told to leave alone, and what it ignores.
    git(&["update-index", "--assume-unchanged", "c/002.html"]);
    git(&["update-index", "--skip-worktree", "c/003.html"]);
    for number in [2, 3] {
        altered(number);
    }
    audit(&[]).ended(1);
    assert_eq!(checked(&sandbox), [false, true, true, false, false, true]);
    // The same bytes under an unchanged date are told from others.
    let path = sandbox.path("c/004.html");
    let before = fs::metadata(&path).unwrap().modified().unwrap();
    sandbox.write("c/004.html", page(4).replace("May", "Mai"));
    fs::File::options().write(true).open(&path).unwrap().set_modified(before).unwrap();
    audit(&[]).ended(1);
    assert!(checked(&sandbox)[3]);
    // Outside the folder of the plan.
    sandbox.vidimus(["audit", "sub/plan.toml", "--since", "HEAD"]).ended(0);
    assert_eq!(checked(&sandbox), [true]);
}

#[test]
fn a_repository_within_the_repository_is_looked_at() {
    let sandbox = Sandbox::new();
    pages(&sandbox, 2);
    sandbox.write("nested/c/001.html", page(1));
    sandbox.write("nested/c/002.html", page(2));
    let inner = |arguments: &[&str]| {
        let mut command = std::process::Command::new("git");
        sandbox.settle(command.args(["-c", "user.name=t", "-c", "user.email=t@example.org"]).args(arguments));
        command.current_dir(sandbox.path("nested"));
        run(&mut command, b"").ended(0);
    };
    inner(&["init", "-q"]);
    inner(&["add", "."]);
    inner(&["commit", "-qm", "all"]);
    let plan = "version = 1\n[[mirror]]\noriginal = \"o\"\ncopy = \"nested/c\"\n";
    sandbox.write("vidimus.toml", plan);
    // As a submodule, whose commit is all that the outer repository knows.
    drop(committed(&sandbox));
    sandbox.write("nested/c/002.html", page(2).replace("May", "June"));
    sandbox.vidimus(["audit", "--since", "HEAD"]).ended(1);
    assert_eq!(checked(&sandbox), [true, true], "nothing in it is vouched for");
}

#[test]
fn another_plan_baseline_or_list_is_another_audit() {
    let sandbox = Sandbox::new();
    pages(&sandbox, 2);
    let plan =
        "version = 1\nbaseline = \"base.toml\"\n[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\nlist = \"list.txt\"\n";
    sandbox.write("vidimus.toml", plan);
    sandbox.write("list.txt", "001.html\n002.html\n");
    let git = committed(&sandbox);
    let is_all = || {
        sandbox.vidimus(["audit", "--since", "HEAD"]).ended(0);
        checked(&sandbox)
    };
    for (name, text) in [
        ("base.toml", "version = 1\n# nothing\n".to_owned()),
        ("list.txt", "# all\n001.html\n002.html\n".to_owned()),
        ("vidimus.toml", format!("{plan}[policy.severity]\nnote = \"warn\"\n")),
    ] {
        sandbox.write(name, text);
        assert_eq!(is_all(), [true, true], "{name}");
        git(&["checkout", "-q", "."]);
    }
    sandbox.vidimus(["audit", "--since", "HEAD"]).trouble("nothing could be checked");
    // The last record was made with other options.
    sandbox.vidimus(["audit", "--no-sheets"]).ended(0);
    assert_eq!(is_all(), [true, true], "other options");
}

#[test]
fn a_style_sheet_that_was_changed_changes_its_pages() {
    let sandbox = Sandbox::new();
    pages(&sandbox, 2);
    sandbox.write("c/001.html", page(1).replace("<title>", "<link rel=stylesheet href=css/site.css><title>"));
    sandbox.write("c/css/site.css", "p { margin: 0 }");
    drop(committed(&sandbox));
    sandbox.write("c/css/site.css", "p { font-weight: bold }");
    sandbox.vidimus(["audit", "--since", "HEAD"]);
    assert_eq!(checked(&sandbox), [true, false]);
}

#[test]
fn before_the_first_commit_everything_is_new() {
    let sandbox = Sandbox::new();
    pages(&sandbox, 2);
    let mut command = std::process::Command::new("git");
    sandbox.settle(command.args(["init", "-q"]));
    run(&mut command, b"").ended(0);
    sandbox.vidimus(["audit", "--since", "HEAD"]).ended(0);
    assert_eq!(checked(&sandbox), [true, true]);
    sandbox.vidimus(["audit", "--since", "HEAD~1"]).trouble("--since HEAD~1: git says: ");
}
