//! `audit` and `init`: plans run end to end, what comes out, how a run ends, and what makes the next one quick.

use std::fs;

use vidimus::{
    Verdict,
    report::wire::audit::{Because, Entry, Level, Outcome, State, Summary},
};

use crate::support::{Reply, Sandbox, Server, sandbox::Run, schema};

/// A release in paragraphs, each with a number of its own.
fn page(number: usize) -> String {
    format!(
        "<!doctype html><title>Release {number}</title><article><h1>Release {number}</h1><p>Talks number {number} will continue in \
         May with all parties at the table.</p><p>Nobody expects results before the summer, said the office.</p></article>"
    )
}

/// A sandbox with originals, copies and a plan that mirrors them; the second copy is altered, the third is missing.
fn mirrored() -> Sandbox {
    let sandbox = Sandbox::new();
    for number in 1..=4 {
        sandbox.write(format!("o/{number}.html").as_str(), page(number));
        let copy = if number == 2 { page(number).replace("Nobody expects", "Everybody expects") } else { page(number) };
        if number != 3 {
            sandbox.write(format!("c/{number}.html").as_str(), copy);
        }
    }
    sandbox.write("vidimus.toml", "version = 1\n[[mirror]]\nname = \"releases\"\noriginal = \"o\"\ncopy = \"c\"\n");
    sandbox
}

fn record(sandbox: &Sandbox) -> String {
    fs::read_to_string(sandbox.path("report/audit.jsonl")).unwrap()
}

fn told(sandbox: &Sandbox) -> (Vec<Entry>, Summary) {
    let (_, entries, summary) = schema::audit(&record(sandbox));
    (entries, summary)
}

fn verdict(entry: &Entry) -> Option<Verdict> {
    match &entry.outcome {
        Outcome::Checked(checked) => Some(checked.verdict),
        Outcome::Unchecked(_) => None,
    }
}

#[test]
fn a_mirror_is_checked_page_by_page() {
    let sandbox = mirrored();
    let run = sandbox.vidimus(["audit"]);
    let printed = &run.ended(1).stdout;
    assert!(printed.starts_with("FAILED: 3 of 4 pairs checked; 2 fail, 0 with warnings.\n"), "{printed}");
    let (head, entries, summary) = schema::audit(&record(&sandbox));
    assert_eq!((head.plan.path.as_str(), head.plan.pairs), ("vidimus.toml", 4));
    let verdicts: Vec<_> = entries.iter().map(verdict).collect();
    assert_eq!(verdicts, [Some(Verdict::Verbatim), Some(Verdict::Altered), None, Some(Verdict::Verbatim)]);
    let copies: Vec<&str> = entries.iter().map(|entry| entry.copy.locator.as_str()).collect();
    assert_eq!(copies, ["c/1.html", "c/2.html", "c/3.html", "c/4.html"], "what only the original has is told");
    let [found] = &entries[1].findings[..] else { panic!("{:?}", entries[1].findings) };
    assert_eq!((found.rule.as_str(), found.level, found.state), ("text-replaced", Level::Deny, State::New));
    assert_eq!(summary.verdicts["verbatim"] + summary.verdicts["altered"] + summary.unchecked(), summary.pairs);
    assert_eq!(summary.unchecked[&Because::Unreadable], 1);
    assert!(!summary.partial);
    assert_eq!(sandbox.names(), [".vidimus", "c", "o", "report", "vidimus.toml"]);
    assert!(!sandbox.path("report/.journal").exists(), "a run that is over leaves its outputs only");
}

#[test]
fn what_is_kept_changes_nothing_that_comes_out() {
    let sandbox = mirrored();
    let out = |arguments: &[&str]| {
        let run = sandbox.vidimus([&["audit"], arguments].concat());
        (run.ended(1).stdout.clone(), record(&sandbox))
    };
    let first = out(&[]);
    assert_eq!(out(&[]), first, "from what was kept");
    assert_eq!(out(&["--no-cache"]), first, "without it");
    assert_eq!(out(&["--jobs", "1", "--cache", "other"]), first, "one after the other");
    let kept = walk(&sandbox, ".vidimus/audit");
    assert_eq!(kept.len(), 3, "one result a pair that was checked: {kept:?}");
    for path in &kept {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, text.replace("altered", "verbatim").replace("deny", "allow")).unwrap();
    }
    assert_eq!(out(&[]), first, "what is damaged is not believed");
    sandbox.write("c/1.html", page(1).replace("May", "June"));
    out(&["--changed-only"]);
    let (entries, summary) = told(&sandbox);
    let unchanged: Vec<bool> = entries.iter().map(|entry| entry.unchanged).collect();
    assert_eq!(unchanged, [false, true, false, true], "what was judged anew, and what could not be, is not marked");
    assert_eq!((summary.pairs, summary.verdicts["altered"]), (4, 2), "all of them count");
}

#[test]
fn what_changed_is_named_and_the_rest_is_carried_along() {
    let sandbox = mirrored();
    let read = |name: &str| fs::read_to_string(sandbox.path("report").join(name)).unwrap();
    let all = "--format=sarif,junit,markdown,csv,github,html";
    sandbox.vidimus(["audit", all]).ended(1);
    let count = |text: &str, what: &str| text.matches(what).count();
    let results = count(&read("audit.sarif"), "\"ruleId\"");
    let cases = count(&read("junit.xml"), "<testcase");
    assert!(read("summary.md").contains("c&#47;2\\.html"));
    let run = sandbox.vidimus(["audit", all, "--changed-only"]);
    let printed = &run.ended(1).stdout;
    assert!(
        !printed.contains("c/2.html") && printed.contains("1 pair with something that counts is as it was"),
        "{printed}"
    );
    assert_eq!(count(&read("audit.sarif"), "\"ruleId\""), results, "programs get all of it");
    assert_eq!(count(&read("audit.sarif"), "\"unchanged\":true"), 1);
    assert_eq!(count(&read("junit.xml"), "<testcase"), cases);
    assert_eq!(count(&read("audit.csv"), ",yes\r\n"), 3);
    assert!(!read("summary.md").contains("c&#47;2\\.html") && !read("annotations.txt").contains("c/2.html"));
    assert!(
        read("index.html").contains("1 pair with something that counts") && read("list-1.html").contains("c/2.html")
    );
}

/// The files with results below a folder.
fn walk(sandbox: &Sandbox, folder: &str) -> Vec<std::path::PathBuf> {
    let folders = fs::read_dir(sandbox.path(folder)).unwrap().map(|entry| entry.unwrap().path());
    let folders = folders.filter(|path| path.is_dir());
    folders
        .flat_map(|path| fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>())
        .collect()
}

#[test]
fn a_style_sheet_beside_a_page_is_part_of_what_is_kept() {
    let sandbox = Sandbox::new();
    let with_sheet = page(1).replace("<title>", "<link rel=stylesheet href=site.css><title>");
    sandbox.write("o/1.html", page(1));
    sandbox.write("c/1.html", with_sheet.replace("Nobody", "<span class=x>Nobody</span>"));
    sandbox.write("vidimus.toml", "version = 1\n[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\n");
    let verdict = || {
        sandbox.vidimus(["audit"]);
        let (entries, _) = told(&sandbox);
        self::verdict(&entries[0])
    };
    assert_eq!(verdict(), Some(Verdict::Verbatim), "a sheet that is not there");
    sandbox.write("c/site.css", ".x { font-weight: bold }");
    assert_eq!(verdict(), Some(Verdict::Emphasised), "it came");
    sandbox.write("c/site.css", ".x { color: inherit }");
    assert_eq!(verdict(), Some(Verdict::Verbatim), "it was changed, and neither page was");
}

#[test]
fn a_page_from_the_web_is_fetched_each_time() {
    let sandbox = Sandbox::new();
    let server = Server::answering(|path| match path {
        "/a/2.html" => Reply::html(page(2).replace("May", "June")),
        "/a/3.html" => Reply::status(404, "gone"),
        _ => Reply::html(page(path.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0))),
    });
    (1..=4).for_each(|number| drop(sandbox.write(format!("c/{number}.html").as_str(), page(number))));
    let prefix = server.url("/a/");
    sandbox.write("vidimus.toml", format!("version = 1\n[[mirror]]\noriginal = \"{prefix}\"\ncopy = \"c\"\n"));
    sandbox.vidimus(["audit"]).ended(1);
    let (entries, summary) = told(&sandbox);
    let verdicts: Vec<_> = entries.iter().map(verdict).collect();
    assert_eq!(verdicts, [Some(Verdict::Verbatim), Some(Verdict::Altered), None, Some(Verdict::Verbatim)]);
    assert_eq!(summary.unchecked[&Because::NotFetched], 1);
    assert_eq!(entries[0].original.url.as_deref(), Some(server.url("/a/1.html").as_str()));
    assert!(entries[0].original.retrieved_at.is_some());
    let Outcome::Unchecked(unchecked) = &entries[2].outcome else { panic!("{:?}", entries[2]) };
    assert!(unchecked.reason.contains("404"), "{unchecked:?}");
    let asked = server.requests().len();
    sandbox.vidimus(["audit"]).ended(1);
    assert_eq!(server.requests().len(), asked * 2, "what a server says today is not what it said then");
}

#[test]
fn an_audit_that_checked_nothing_is_never_a_good_one() {
    let sandbox = Sandbox::new();
    sandbox.write(
        "vidimus.toml",
        "version = 1\n[policy]\nunchecked = \"allow\"\n[[pair]]\noriginal = \"o.html\"\ncopy = \"c.html\"\n",
    );
    let run = sandbox.vidimus(["audit"]);
    run.trouble("vidimus.toml: nothing could be checked");
    assert!(
        run.stderr.contains("  hint: The original o.html (line 5 of the plan): there is no such file."),
        "{}",
        run.stderr
    );
    let (entries, summary) = told(&sandbox);
    assert_eq!((entries.len(), summary.checked), (1, 0));
}

/// Runs a plan over one pair whose copy is `copy`, with `policy`.
fn judged(policy: &str, copy: &str) -> (Run, Entry) {
    let sandbox = Sandbox::new();
    sandbox.write("o.html", page(1));
    sandbox.write("c.html", copy);
    sandbox
        .write("vidimus.toml", format!("version = 1\n[[pair]]\noriginal = \"o.html\"\ncopy = \"c.html\"\n{policy}\n"));
    let run = sandbox.vidimus(["audit"]);
    let (mut entries, _) = told(&sandbox);
    (run, entries.remove(0))
}

#[test]
fn the_policy_says_what_passes() {
    let altered = page(1).replace("May", "June");
    let bold = page(1).replace("Nobody", "<b>Nobody</b>");
    for (policy, copy, status, rules) in [
        ("", &altered, 1, vec![("text-replaced", Level::Deny)]),
        ("[policy.findings]\ntext-replaced = \"warn\"", &altered, 0, vec![("text-replaced", Level::Warn)]),
        (
            "[policy.facets]\ndate = \"deny\"\n[policy.findings]\ntext-replaced = \"allow\"",
            &altered,
            1,
            vec![("text-replaced", Level::Deny)],
        ),
        ("[policy.severity]\nerror = \"allow\"", &altered, 0, vec![("text-replaced", Level::Allow)]),
        (
            "[policy.verdicts]\naltered = \"deny\"\n[policy.severity]\nerror = \"warn\"",
            &altered,
            1,
            vec![("verdict-altered", Level::Deny), ("text-replaced", Level::Warn)],
        ),
        ("", &bold, 1, vec![("emphasis-added", Level::Deny)]),
        ("[policy.severity]\nwarning = \"warn\"", &bold, 0, vec![("emphasis-added", Level::Warn)]),
        (
            "[policy]\nminimum_coverage = 1",
            &altered,
            1,
            vec![("coverage", Level::Deny), ("text-replaced", Level::Deny)],
        ),
        ("[policy]\nminimum_coverage = 0.5", &page(1), 0, vec![]),
        ("[policy]\nrequired_assurance = { copy = \"archive\" }", &page(1), 1, vec![("assurance", Level::Deny)]),
        ("[policy]\nrequired_assurance = { copy = \"supplied\" }", &page(1), 0, vec![]),
        ("[policy]\nmax_age = \"30d\"", &page(1), 1, vec![("age", Level::Deny), ("age", Level::Deny)]),
        ("policy = { severity = { error = \"warn\" } }", &altered, 0, vec![("text-replaced", Level::Warn)]),
    ] {
        let (run, entry) = judged(policy, copy);
        run.ended(status);
        let found: Vec<(&str, Level)> = entry.findings.iter().map(|found| (found.rule.as_str(), found.level)).collect();
        assert_eq!(found, rules, "{policy}");
    }
}

#[test]
fn a_fingerprint_survives_edits_elsewhere_and_tells_doubles_apart() {
    let of = |copy: &str| judged("", copy).1.findings.into_iter().map(|found| found.fingerprint).collect::<Vec<_>>();
    let altered = page(1).replace("May", "June");
    let first = of(&altered);
    assert_eq!(first.len(), 1);
    let more = of(&altered.replace("<h1>Release 1</h1>", "<h1>Release 1</h1><p><b>Nothing of this is true.</b></p>"));
    assert!(more.len() > 1 && more.contains(&first[0]), "{more:?}");
    let twice = |copy: &str| {
        let page = |third: &str, fourth: &str| {
            format!(
                "<p>Three ships sailed north.</p><p>The port saw {third} ships then.</p><p>The town has {fourth} ships now.</p>"
            )
        };
        let sandbox = Sandbox::new();
        sandbox.write("o.html", page("ten", "ten"));
        sandbox.write("c.html", if copy == "first" { page("two", "ten") } else { page("ten", "two") });
        sandbox.write("vidimus.toml", "version = 1\n[[pair]]\noriginal = \"o.html\"\ncopy = \"c.html\"\n");
        sandbox.vidimus(["audit"]).ended(1);
        told(&sandbox).0.remove(0).findings.remove(0)
    };
    let (one, other) = (twice("first"), twice("second"));
    assert_eq!(one.copy.unwrap().exact, other.copy.unwrap().exact);
    assert_ne!(one.fingerprint, other.fingerprint, "the same words elsewhere are another thing");
    let inserted = |before: &str| {
        let copy = page(1).replace(before, &format!("<p>Nobody believed it.</p>{before}"));
        of(&copy).into_iter().next().unwrap()
    };
    assert_ne!(inserted("<p>Talks"), inserted("<p>Nobody expects"), "and so is a paragraph that came in elsewhere");
    let linked = |to: &str| of(&page(1).replace("Nobody", &format!("<a href=https://{to}/>Nobody</a>")));
    assert_ne!(linked("a.example"), linked("b.example"), "a link that leads elsewhere is another thing");
}

#[test]
fn init_writes_a_plan_that_is_one_and_overwrites_nothing() {
    let sandbox = Sandbox::new();
    sandbox.vidimus(["init"]).ended(0);
    let text = fs::read_to_string(sandbox.path("vidimus.toml")).unwrap();
    sandbox.vidimus(["audit"]).trouble("vidimus.toml:1:1: the plan names nothing to check");
    sandbox.vidimus(["init"]).trouble("vidimus.toml: already exists and is left as it is");
    // Every example in it is one, too.
    let examples: String = text
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|rest| is_toml(rest)).unwrap_or(line))
        .map(|line| format!("{line}\n"))
        .collect();
    let plan = vidimus::audit::plan::read(&examples).unwrap_or_else(|mistake| panic!("{mistake}\n{examples}"));
    assert_eq!(plan.rules.len(), 2);
    assert!(plan.baseline.is_some() && plan.seal.is_some());
    let value: toml::Table = examples.parse().unwrap();
    assert_eq!(schema::plan_faults(&serde_json::to_value(value).unwrap()), Vec::<String>::new());
}

/// Whether a line of a comment is an example.
fn is_toml(line: &str) -> bool {
    line.starts_with('[') || line.split(' ').nth(1) == Some("=")
}
