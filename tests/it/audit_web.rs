//! Audits and the web: what sites ask of programs, what is kept in the snapshot store, and going without the web afterwards.

use std::fs;

use serde_json::Value;
use vidimus::report::wire::audit::{Because, Entry, Outcome};

use crate::support::{Reply, Sandbox, Server, schema};

fn page(path: &str) -> String {
    format!(
        "<title>{path}</title><link rel=stylesheet href=site.css><p>Talks about {path} will continue in May with all parties.</p>"
    )
}

/// A site that wants programs to leave a folder alone.
fn server() -> Server {
    Server::answering(|path| match path {
        "/robots.txt" => Reply::page("text/plain", "User-agent: *\nDisallow: /o/private/\n"),
        path if path.ends_with(".css") => Reply::page("text/css", "p { margin: 0 }"),
        path => Reply::html(page(path)),
    })
}

/// A plan over two pages of the site and their copies; one of them is not for programs.
fn plan(sandbox: &Sandbox, server: &Server) {
    for path in ["/o/a.html", "/o/private/b.html"] {
        sandbox.write(path.replacen("/o/", "c/", 1).as_str(), page(path));
    }
    let prefix = server.url("/o/");
    sandbox.write("vidimus.toml", format!("version = 1\n[[mirror]]\noriginal = \"{prefix}\"\ncopy = \"c\"\n"));
}

fn record(sandbox: &Sandbox) -> (Value, Vec<Entry>) {
    let text = fs::read_to_string(sandbox.path("report/audit.jsonl")).unwrap();
    let (_, entries, _) = schema::audit(&text);
    (serde_json::from_str(text.lines().next().unwrap()).unwrap(), entries)
}

fn reason(entry: &Entry) -> (Because, &str) {
    match &entry.outcome {
        Outcome::Unchecked(unchecked) => (unchecked.because, unchecked.reason.as_str()),
        Outcome::Checked(checked) => panic!("it was checked: {checked:?}"),
    }
}

fn is_checked(entry: &Entry) -> bool {
    matches!(entry.outcome, Outcome::Checked(_))
}

#[test]
fn what_a_site_keeps_from_programs_is_not_asked_for() {
    let (sandbox, server) = (Sandbox::new(), server());
    plan(&sandbox, &server);
    sandbox.vidimus(["audit"]).ended(1);
    let (head, entries) = record(&sandbox);
    assert_eq!(head["robots"], "obeyed");
    assert!(is_checked(&entries[0]));
    let (because, told) = reason(&entries[1]);
    assert_eq!(because, Because::NotFetched);
    assert!(told.contains("robots.txt asks programs not to fetch it"), "{told}");
    let asked = server.requests();
    assert!(!asked.iter().any(|request| request.contains("private")), "{asked:?}");
    assert_eq!(
        asked.iter().filter(|request| request.starts_with("GET /robots.txt ")).count(),
        1,
        "a site is asked once"
    );

    sandbox.vidimus(["audit", "--ignore-robots"]).ended(0);
    let (head, entries) = record(&sandbox);
    assert_eq!(head["robots"], "ignored");
    assert!(entries.iter().all(is_checked));
    let local = Sandbox::new();
    local.write("o.html", page("a"));
    local.write("c.html", page("a"));
    local.write("vidimus.toml", "version = 1\n[[pair]]\noriginal = \"o.html\"\ncopy = \"c.html\"\n");
    local.vidimus(["audit"]).ended(0);
    assert_eq!(record(&local).0.get("robots"), None, "nobody was asked");
    assert!(!local.path("snapshots").exists());
}

#[test]
fn a_site_that_cannot_say_what_it_allows_is_left_alone() {
    let sandbox = Sandbox::new();
    let server = Server::answering(|path| match path {
        "/robots.txt" => Reply::status(503, "later"),
        path => Reply::html(page(path)),
    });
    plan(&sandbox, &server);
    sandbox.vidimus(["audit", "--retries", "0"]).trouble("nothing could be checked");
    let (_, entries) = record(&sandbox);
    assert!(reason(&entries[0]).1.contains("robots.txt could not be had"), "{entries:?}");
}

#[test]
fn what_was_fetched_is_kept_and_can_be_audited_again_without_the_web() {
    let sandbox = Sandbox::new();
    let server = server();
    plan(&sandbox, &server);
    fs::remove_dir_all(sandbox.path("c/private")).unwrap();
    sandbox.vidimus(["audit"]).ended(0);
    let first = record(&sandbox).1.remove(0);
    let listed = sandbox.vidimus(["snapshots", "list"]);
    assert!(listed.ended(0).stdout.contains("/o/a.html"), "{}", listed.stdout);
    let asked = server.requests().len();
    sandbox.vidimus(["audit", "--offline"]).ended(0);
    assert_eq!(server.requests().len(), asked, "nobody is asked");
    let (head, mut entries) = record(&sandbox);
    assert_eq!(head.get("robots"), None);
    let again = entries.remove(0);
    assert_eq!(again, first, "a snapshot is the capture as it was made");
    sandbox.write("c/other.html", page("/o/other.html"));
    sandbox.vidimus(["audit", "--offline"]).ended(1);
    let (_, entries) = record(&sandbox);
    assert!(reason(&entries[1]).1.contains("snapshot"), "{}", reason(&entries[1]).1);

    let plain = Sandbox::new();
    plan(&plain, &server);
    plain.vidimus(["audit", "--no-store"]).ended(1);
    assert!(!plain.path("snapshots").exists());
    plain.vidimus(["audit", "--store", "kept"]).ended(1);
    assert!(plain.path("kept/vidimus-snapshots.json").exists());
    plain.vidimus(["audit", "--offline"]).trouble("snapshots");
    plain.vidimus(["audit", "--offline", "--store", "kept"]).ended(1);
}

#[test]
fn a_capture_that_cannot_be_kept_is_no_capture() {
    let (sandbox, server) = (Sandbox::new(), server());
    plan(&sandbox, &server);
    sandbox.write("snapshots/mine.txt", "something of mine");
    sandbox.vidimus(["audit"]).trouble("snapshots");
    assert!(!sandbox.path("report").exists());
}
