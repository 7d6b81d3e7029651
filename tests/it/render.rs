//! Pages as a browser shows them, as far as it takes none to know: what is kept, said and replayed of one, and what happens where the
//! browser is absent, silent or mad. What a real one makes of pages is looked at by `tests/referees/render.py`.

use std::os::unix::fs::PermissionsExt as _;

use vidimus::{
    Capture, Moment, Options, Report, Verdict,
    capture::{self, Limits, Locator, RenderFacts, store::Store, warc},
    digest::Digest,
};

use crate::support::{
    Reply, Run, Sandbox, Server,
    sandbox::{NOW, run},
    schema,
};

const TEXT: &str = "<p>The council adopted the harbour plan on Tuesday by 23 votes to 19, with three abstentions.</p>";
const SHELL: &str = "<!doctype html><title>Plan</title><div id=root></div><script src=/app.js></script>";

fn server() -> Server {
    Server::new([
        ("/shell", Reply::html(SHELL)),
        ("/plain", Reply::html(TEXT)),
        ("/text", Reply::page("text/plain", "A plan.")),
    ])
}

fn facts() -> RenderFacts {
    RenderFacts {
        browser: "Chrome 1.2.3".to_owned(),
        unfinished: true,
        unwritable: false,
        refused: vec!["localhost".to_owned()],
        led_to: vec!["http://other.example/".to_owned()],
    }
}

/// The shell, and what a browser would show of it.
fn rendered(server: &Server) -> Capture {
    let locator = Locator::parse(server.url("/shell"));
    let now = Moment::from_unix(NOW.parse().unwrap());
    let raw = capture::one(&locator, &Limits::default(), now, &mut std::io::empty(), &mut |_| ()).unwrap();
    raw.with_rendered(format!("<!DOCTYPE html><html><body>{TEXT}</body></html>"), facts())
}

/// Runs the program with a browser that is this script.
fn with_browser(sandbox: &Sandbox, script: &str, arguments: &[&str]) -> Run {
    let path = sandbox.write("browser", format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    run(sandbox.command(arguments).env("CHROMIUM", path), b"")
}

#[test]
fn the_report_says_what_was_read_and_what_was_received() {
    let capture = rendered(&server());
    let original = Capture::from_bytes("original.html", TEXT.as_bytes().to_vec(), None).unwrap();
    let check = |copy: &Capture| vidimus::check(&original, copy, &Options::new(Moment::from_unix(0))).report;
    let report = check(&capture);
    assert_eq!(report.verdict, Verdict::Undetermined, "no visitor stays on this page");
    let source = report.copy.rendered.as_ref().unwrap();
    assert_eq!((source.raw_bytes, &source.raw_sha256), (SHELL.len() as u64, &Digest::of(SHELL.as_bytes()).to_string()));
    assert_eq!(report.copy.sha256, capture.digest().to_string(), "the digest is that of what was read");
    assert_eq!(report.copy.charset.as_deref(), Some("utf-8"));
    let codes: Vec<&str> = report.limits.iter().map(|limit| limit.code.as_str()).collect();
    assert_eq!(codes, ["rendered", "rendering-unfinished", "rendering-refused", "rendering-led-away"]);
    assert!(report.original.rendered.is_none());
    let verdict = |change: &dyn Fn(&mut RenderFacts)| {
        let mut capture = capture.clone();
        change(&mut capture.rendered.as_mut().unwrap().facts);
        check(&capture).verdict
    };
    assert_eq!(verdict(&|facts| facts.led_to.clear()), Verdict::Verbatim);
    assert_eq!(verdict(&|facts| facts.led_to = vec![report.copy.final_url.clone().unwrap()]), Verdict::Verbatim);
    let unwritable = |facts: &mut RenderFacts| (facts.led_to, facts.unwritable) = (Vec::new(), true);
    assert_eq!(verdict(&unwritable), Verdict::Undetermined);
    let raw = check(&capture.without_rendered());
    assert_eq!((raw.verdict, raw.copy.rendered.is_none()), (Verdict::Undetermined, true));
}

#[test]
fn a_store_gives_back_what_was_received_and_what_was_shown() {
    let (server, sandbox) = (server(), Sandbox::new());
    let (url, rendered) = (server.url("/shell"), rendered(&server));
    let store = Store::create(&sandbox.path("store")).unwrap();
    let locator = Locator::parse(&url);
    store.put(&rendered.clone().without_rendered()).unwrap();
    assert_eq!(store.replay_rendered(&locator, &Limits::default()), Ok(None));
    store.put(&rendered).unwrap();
    assert_eq!(store.replay(&locator, &Limits::default()), Ok(Some(rendered.clone().without_rendered())));
    assert_eq!(store.replay_rendered(&locator, &Limits::default()), Ok(Some(rendered.clone())));
    assert_eq!(store.inspect(&mut |_| ()).unwrap().damage, []);

    sandbox.write("original.html", TEXT);
    let offline = |more: &[&str]| {
        let arguments =
            ["check", &url, "--original", "original.html", "--store", "store", "--offline", "--format", "json"];
        sandbox.vidimus([&arguments, more].concat())
    };
    let report = |run: &Run| -> Report { schema::report(&run.stdout) };
    // No browser is asked for where nothing is rendered anew.
    let share = report(offline(&["--render"]).ended(1)).coverage.share;
    assert!((share - 1.0).abs() < f64::EPSILON, "{share}");
    assert_eq!(report(offline(&[]).ended(1)).verdict, Verdict::Undetermined);
    let shown = sandbox.vidimus(["snapshots", "show", &url, "--store", "store"]);
    for line in [
        "rendered     by Chrome 1.2.3, still loading: ",
        "not asked    localhost",
        "not followed http://other.example/",
    ] {
        assert!(shown.ended(0).stdout.contains(line), "{shown:#?}");
    }
    // Damage to what was shown is noticed, and what was received is not concerned.
    let digest = rendered.digest().to_string();
    std::fs::write(sandbox.path("store/objects").join(&digest[..2]).join(&digest), "other").unwrap();
    offline(&["--render"]).trouble("its bytes are not those that were put there");
    offline(&[]).ended(1);
    assert_eq!(sandbox.vidimus(["snapshots", "verify", "--store", "store"]).status, Some(1));
}

#[test]
fn what_was_never_rendered_is_not_in_the_store() {
    let (server, sandbox) = (server(), Sandbox::new());
    let url = server.url("/plain");
    sandbox.write("original.html", TEXT);
    sandbox.vidimus(["capture", &url, "--store", "store"]).ended(0);
    let run =
        sandbox.vidimus(["check", &url, "--original", "original.html", "--store", "store", "--offline", "--render"]);
    run.trouble("not in the snapshot store store as a browser showed it");
    assert!(run.stderr.contains("vidimus capture --render"), "{run:#?}");
}

#[test]
fn an_archive_has_the_bytes_as_the_answer_and_the_rendering_as_its_conversion() {
    let server = server();
    let capture = rendered(&server);
    let mut writer = warc::Writer::new(Vec::new(), "a.warc.gz", "vidimus/0", Moment::from_unix(0)).unwrap();
    let facts = writer.capture(&capture, Moment::from_unix(0)).unwrap().unwrap();
    assert_eq!(facts.payload_sha256, Digest::of(SHELL.as_bytes()));
    let (file, entries) = writer.finish().unwrap();
    assert_eq!(entries.len(), 1, "what a browser made of it is no answer");
    let (sandbox, url) = (Sandbox::new(), server.url("/shell"));
    sandbox.write("a.warc.gz", &file);
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(file.as_slice()), &mut text).unwrap();
    let (_, conversion) = text.split_once("WARC-Type: conversion\r\n").unwrap();
    let (head, block) = conversion.split_once("\r\n\r\n").unwrap();
    assert!(
        head.contains(&format!("WARC-Refers-To: <{}>\r\n", facts.id))
            && head.contains(&format!("WARC-Target-URI: {url}\r\n"))
    );
    assert!(block.as_bytes().starts_with(&capture.body));
    for line in [
        "renderedBy: Chrome 1.2.3",
        "renderedState: unfinished",
        "hostNotAsked: localhost",
        "notFollowed: http://other.example/",
    ] {
        assert!(text.contains(&format!("{line}\r\n")), "{line}");
    }
    // By its address the answer is meant, and never what a browser made of it.
    sandbox.write("shell.html", SHELL);
    let run = sandbox.vidimus(["check", &format!("a.warc.gz#{url}"), "--original", "shell.html", "--format", "json"]);
    assert_eq!(schema::report(&run.ended(1).stdout).copy.sha256, Digest::of(SHELL.as_bytes()).to_string());
}

#[test]
fn without_a_browser_nothing_is_rendered() {
    let (server, sandbox) = (server(), Sandbox::new());
    let url = server.url("/shell");
    sandbox.write("original.html", TEXT);
    for arguments in [
        &["check", &url, "--original", "original.html", "--render"][..],
        &["quotes", &url, "--original", "original.html", "--render"],
        &["capture", &url, "--render", "--store", "store"],
    ] {
        let mut command = sandbox.command(arguments);
        command.env_remove("CHROMIUM").env("PATH", sandbox.path("nowhere"));
        let run = run(&mut command, b"");
        run.trouble("no Chromium on this machine to render pages with");
        assert!(run.stderr.contains("  hint: install Chromium"), "{run:#?}");
    }
    assert_eq!((server.requests().len(), sandbox.names()), (0, vec!["original.html".to_owned()]), "nothing was asked");
}

#[test]
fn what_does_not_go_with_rendering_is_refused_before_anything_is_asked() {
    let (server, sandbox) = (server(), Sandbox::new());
    let url = server.url("/shell");
    sandbox.write("original.html", TEXT);
    sandbox.write("ca.pem", "-----BEGIN CERTIFICATE-----\n");
    let check = |more: &[&str]| {
        with_browser(&sandbox, "exit 3", &[&["check"], more, &["--original", "original.html", "--render"]].concat())
    };
    check(&["original.html"]).trouble("--render: only pages from the web are rendered");
    let run = check(&[&url, "--out", "evidence"]);
    run.trouble("--out does not go with it");
    assert!(run.stderr.contains("vidimus capture --render"), "{run:#?}");
    check(&[&url, "--ca", "ca.pem"]).trouble("none of --ca");
    check(&[&url, "--proxy", "https://proxy.example/"]).trouble("only http ones");
    check(&[&url, "--proxy", "http://me:sekrit@proxy.example/"]).trouble("without a user name");
    assert_eq!((server.requests().len(), sandbox.path("evidence").exists()), (0, false));
}

#[test]
fn a_browser_that_does_not_do_it_is_trouble() {
    let (server, sandbox) = (server(), Sandbox::new());
    let url = server.url("/shell");
    sandbox.write("original.html", TEXT);
    let check = |script: &str, more: &[&str]| {
        with_browser(&sandbox, script, &[&["check", &url, "--original", "original.html", "--render"], more].concat())
    };
    check("exit 3", &[]).trouble("not rendered: the browser ended by itself");
    // Whatever it started is ended with it.
    check("sleep 600 & sleep 600", &["--timeout", "1"])
        .trouble("not rendered: its scripts did not end within 1 seconds");
    check("printf 'no word of a browser\\0' >&4; sleep 600", &[]).trouble("not rendered: the browser ended by itself");
    check(
        "while :; do printf aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done | head -c 4000000 >&4; sleep 600",
        &["--max-bytes", "1000"],
    )
    .trouble("larger than the limit of 1000 bytes");
    let refused = r#"printf '{"id":1,"error":{"message":"not \\u001b[31mme"}}\0' >&4; sleep 600"#;
    let run = check(refused, &[]);
    run.trouble("not rendered: the browser does not do Browser.getVersion (not ");
    assert!(!run.stderr.contains('\u{1b}'), "nothing of it steers the terminal: {run:#?}");
}

#[test]
fn what_is_no_html_is_read_as_it_was_received() {
    let (server, sandbox) = (server(), Sandbox::new());
    sandbox.write("original.txt", "A plan.");
    // The browser would fail, and is not asked.
    let arguments = ["check", &server.url("/text"), "--original", "original.txt", "--render", "--format", "json"];
    let run = with_browser(&sandbox, "exit 3", &arguments);
    assert!(schema::report(&run.ended(0).stdout).copy.rendered.is_none());
}
