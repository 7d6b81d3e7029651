//! `audit` that is killed, broken off, taken up again, or told what is accepted: what comes out is the same, or says what it is not.

use std::{fs, process::Stdio, thread, time::Duration};

use vidimus::report::wire::audit::{Entry, Found, Level, Outcome, State, Summary};

use crate::support::{Chance, Reply, Sandbox, Server, schema};

/// A release of some length.
fn page(number: usize) -> String {
    let more: String =
        (0..40).map(|line| format!("<p>Paragraph {line} of {number} speaks of {} ships.</p>", line * number)).collect();
    format!(
        "<title>Release {number}</title><article><h1>Release {number}</h1><p>Talks number {number} will continue in May.</p>{more}</article>"
    )
}

fn pages(sandbox: &Sandbox, count: usize) {
    for number in 1..=count {
        sandbox.write(format!("o/{number:03}.html").as_str(), page(number));
        let copy = if number % 7 == 0 { page(number).replace("May", "June") } else { page(number) };
        sandbox.write(format!("c/{number:03}.html").as_str(), copy);
    }
    sandbox
        .write("vidimus.toml", "version = 1\nbaseline = \"base.toml\"\n[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\n");
    sandbox.write("base.toml", "version = 1\n");
}

fn told(sandbox: &Sandbox) -> (Vec<Entry>, Summary) {
    let (_, entries, summary) = schema::audit(&fs::read_to_string(sandbox.path("report/audit.jsonl")).unwrap());
    (entries, summary)
}

#[test]
fn a_killed_run_goes_on_to_the_same_end() {
    let sandbox = Sandbox::new();
    pages(&sandbox, 60);
    let undisturbed = sandbox.vidimus(["audit", "--cache", "first", "--output", "undisturbed"]);
    let record = fs::read(sandbox.path("undisturbed/audit.jsonl")).unwrap();
    let mut chance = Chance::new(23);
    let mut resumed = false;
    for _ in 0..10 {
        let mut arguments = vec!["audit", "--cache", "second", "--jobs", "1"];
        arguments.extend(resumed.then_some("--resume"));
        let mut child = sandbox.command(arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let journal = sandbox.path("report/.journal");
        // Killed once it has begun: before that there is nothing to go on with.
        while !journal.exists() && child.try_wait().unwrap().is_none() {
            thread::sleep(Duration::from_millis(1));
        }
        thread::sleep(Duration::from_millis(chance.below(150) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        resumed = journal.exists() && fs::metadata(&journal).unwrap().len() > 0;
    }
    let mut arguments = vec!["audit", "--cache", "second"];
    arguments.extend(resumed.then_some("--resume"));
    let end = sandbox.vidimus(arguments);
    assert_eq!(end.ended(1).stdout, undisturbed.ended(1).stdout);
    assert_eq!(fs::read(sandbox.path("report/audit.jsonl")).unwrap(), record, "byte for byte");
    assert!(!sandbox.path("report/.journal").exists());
    sandbox.vidimus(["audit", "--resume"]).trouble("report: there is no run of this plan to go on with");
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_broken_off_says_what_part_it_is() {
    use rustix::process::{Pid, Signal, kill_process};
    let sandbox = Sandbox::new();
    pages(&sandbox, 6);
    // The fourth page is never answered.
    let server = Server::answering(|path| {
        let number: usize = path.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0);
        if number == 4 {
            thread::sleep(Duration::from_secs(8));
        }
        Reply::html(page(number))
    });
    let prefix = server.url("/o/");
    sandbox.write("vidimus.toml", format!("version = 1\n[[mirror]]\noriginal = \"{prefix}\"\ncopy = \"c\"\n"));
    let child = sandbox.command(["audit", "--retries", "0"]).spawn().unwrap();
    let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    let journal = sandbox.path("report/.journal");
    // Five pages and the head.
    while fs::read_to_string(&journal).unwrap_or_default().lines().count() < 6 {
        thread::sleep(Duration::from_millis(10));
    }
    kill_process(pid, Signal::INT).unwrap();
    let output = child.wait_with_output().unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), None, "it ends as the signal would have ended it: {stdout}");
    assert!(stdout.starts_with("INCOMPLETE: 5 of 6 pairs checked"), "{stdout}");
    let (entries, summary) = told(&sandbox);
    assert!(summary.partial && entries.len() == 6);
    let Outcome::Unchecked(unchecked) = &entries[3].outcome else { panic!("{:?}", entries[3]) };
    assert_eq!(unchecked.reason, "The run was broken off before this pair was checked.");
    let asked = server.requests().len();
    sandbox.vidimus(["audit", "--retries", "0", "--resume"]).ended(0);
    let (_, summary) = told(&sandbox);
    assert!(!summary.partial && summary.checked == 6);
    assert_eq!(
        server.requests().len(),
        asked + 2,
        "what was fetched before is not fetched again, but what the site allows"
    );
}

#[test]
fn a_slow_host_keeps_nobody_waiting_but_its_own_pages() {
    let sandbox = Sandbox::new();
    pages(&sandbox, 12);
    let slow = Server::answering(|_| {
        thread::sleep(Duration::from_secs(5));
        Reply::html(page(1))
    });
    let quick = Server::answering(|path| {
        Reply::html(page(path.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0)))
    });
    let rule = |name: &str, server: &Server| {
        format!(
            "[[mirror]]\nname = \"{name}\"\noriginal = \"{}\"\ncopy = \"c\"\nmatch = [\"{name}*\"]\n",
            server.url("/")
        )
    };
    sandbox.write("vidimus.toml", format!("version = 1\n{}{}", rule("00", &slow), rule("01", &quick)));
    let mut child = sandbox.command(["audit"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let journal = sandbox.path("report/.journal");
    let lines = || fs::read_to_string(&journal).unwrap_or_default().lines().map(str::to_owned).collect::<Vec<_>>();
    // The three quick pages are done before the first of the nine slow ones, which are first in the plan.
    while lines().len() < 4 {
        assert!(child.try_wait().unwrap().is_none(), "it does not end before");
        thread::sleep(Duration::from_millis(10));
    }
    let first: Vec<String> = lines().into_iter().skip(1).take(3).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(first.iter().all(|line| line.contains("\"rule\":\"01\"")), "{first:#?}");
}

/// What was found in the pair of this copy.
fn found<'e>(entries: &'e [Entry], copy: &str) -> &'e [Found] {
    let entry = entries.iter().find(|entry| entry.copy.locator == copy);
    &entry.unwrap_or_else(|| panic!("{copy}")).findings
}

#[test]
fn what_is_accepted_stays_and_does_not_count_until_its_day_is_over() {
    let sandbox = Sandbox::new();
    pages(&sandbox, 14);
    sandbox.vidimus(["audit"]).ended(1);
    let update = |arguments: &[&str]| sandbox.vidimus([&["baseline", "update"], arguments].concat());
    let shown = update(&[]);
    assert_eq!(shown.ended(1).stdout.lines().filter(|line| line.starts_with("+ c/0")).count(), 2, "{}", shown.stdout);
    assert_eq!(fs::read_to_string(sandbox.path("base.toml")).unwrap(), "version = 1\n", "nothing is written");
    update(&["--write"]).trouble("what is accepted needs a --reason and an --author");
    update(&["--write", "--reason", "known", "--author", "desk", "--expires", "2017-11-27"])
        .trouble("--expires 2017-11-27: that day is over, so nothing would be accepted");
    update(&["--write", "--reason", "known", "--author", "desk", "--expires", "2017-11-28"]).ended(0);
    // The program is told that it is 2017-11-28.
    let run = sandbox.vidimus(["audit"]);
    assert!(run.ended(0).stdout.starts_with("PASSED: 14 of 14 pairs checked; 0 fail"), "{}", run.stdout);
    let (entries, summary) = told(&sandbox);
    assert_eq!((summary.accepted, summary.expired), (2, 0));
    let [one] = found(&entries, "c/007.html") else { panic!("it stays in the outputs") };
    assert_eq!((one.state, one.level, one.counts()), (State::Unchanged, Level::Deny, Level::Allow));
    assert_eq!(one.accepted.as_ref().unwrap().author, "desk");

    let text = fs::read_to_string(sandbox.path("base.toml")).unwrap();
    sandbox.write("base.toml", text.replace("2017-11-28", "2017-11-27"));
    sandbox.vidimus(["audit"]).ended(1);
    let (entries, summary) = told(&sandbox);
    assert_eq!((summary.accepted, summary.expired), (0, 2));
    assert!(found(&entries, "c/007.html")[0].accepted.as_ref().unwrap().expired);
    sandbox.write("base.toml", &text);

    // One is put right, another comes; a page that cannot be read resolves nothing.
    sandbox.write("c/007.html", page(7));
    sandbox.write("c/001.html", page(1).replace("May", "June"));
    fs::remove_file(sandbox.path("c/014.html")).unwrap();
    let run = sandbox.vidimus(["audit"]);
    assert!(run.ended(1).stdout.contains("0 accepted, 0 expired, 1 resolved."), "{}", run.stdout);
    let (_, summary) = told(&sandbox);
    assert_eq!(summary.resolved.iter().map(|one| one.copy.as_str()).collect::<Vec<_>>(), ["c/007.html"]);
    let shown = update(&[]);
    let signs: Vec<&str> = shown.stdout.lines().filter_map(|line| line.get(..12)).collect();
    assert_eq!(signs, ["+ c/001.html", "- c/007.html", "1 accepted, "], "nobody accepts the unseen: {}", shown.stdout);
    sandbox
        .write("vidimus.toml", "version = 1\nbaseline = \"base.toml\"\n[[mirror]]\noriginal = \"o\"\ncopy = \"c/\"\n");
    update(&[]).trouble("report/audit.jsonl: it is of another plan than vidimus.toml is now");
}

#[test]
fn a_pair_that_was_not_checked_is_accepted_by_nobody() {
    let sandbox = Sandbox::new();
    pages(&sandbox, 3);
    fs::remove_file(sandbox.path("base.toml")).unwrap();
    sandbox.vidimus(["audit"]).trouble("base.toml");
    sandbox.vidimus(["baseline", "update", "--write"]).ended(0);
    fs::remove_file(sandbox.path("c/002.html")).unwrap();
    sandbox.vidimus(["audit"]).ended(1);
    let (entries, _) = told(&sandbox);
    let [missing] = found(&entries, "c/002.html") else { panic!("{entries:?}") };
    let accepted = format!(
        "version = 1\n[[accepted]]\nfingerprint = \"{}\"\npair = \"{}\"\nreason = \"gone\"\nauthor = \"desk\"\n",
        missing.fingerprint, entries[1].id
    );
    sandbox.write("base.toml", accepted);
    sandbox.vidimus(["audit"]).ended(1);
}

#[test]
fn a_mirror_that_has_another_page_in_a_pages_place_fails() {
    let sandbox = Sandbox::new();
    pages(&sandbox, 2);
    let own: String =
        (0..30).map(|line| format!("<p>The gardener's column, part {line}: roses like sun.</p>")).collect();
    let quote = "<p>“Paragraph 39 of 2 speaks of 78 ships,” it said.</p>";
    sandbox.write("c/002.html", format!("<title>Roses</title><article><h1>Roses</h1>{own}{quote}{own}</article>"));
    let run = sandbox.vidimus(["audit"]);
    assert!(run.ended(1).stdout.starts_with("FAILED: 2 of 2 pairs checked; 1 fail"), "{}", run.stdout);
}
