//! Fetching: what `check` does with web addresses, against a server on loopback that lies, stalls and breaks off.
//! How the body of an answer is read is in `fetch_reading`; files and standard input are in `bad_input`.

use std::{
    io::Write as _,
    net::TcpListener,
    process::{Command, Stdio},
};

use flate2::{Compression, write::GzEncoder};
use vidimus::{
    Report, Verdict,
    capture::{Assurance, Via},
    digest::Digest,
};

use crate::support::{Reply, Run, Sandbox, Server, sandbox::NOW, schema};

pub const ORIGINAL: &str = "<p>Ministers met in the capital on Monday. They will continue their talks in May.</p>";

/// Checks what `url` gives against the file `original.html`.
pub fn check(url: &str, original: &str, options: &[&str]) -> Run {
    let sandbox = Sandbox::new();
    sandbox.write("original.html", original);
    sandbox.vidimus([&["check", url, "--original", "original.html", "--format", "json"], options].concat())
}

/// The report on a page that is fetched as `reply` and says what `original` says.
#[track_caller]
pub fn fetched(reply: Reply, original: &str) -> Report {
    let server = Server::new([("/page", reply)]);
    let run = check(&server.url("/page"), original, &[]);
    assert_eq!(run.stderr, "", "fetching is silent where nobody watches");
    schema::report(&run.stdout)
}

/// Fails unless a page fetched as `reply` is trouble for the reason `cause`.
#[track_caller]
pub fn refused(reply: Reply, cause: &str) -> Run {
    let server = Server::new([("/page", reply)]);
    let url = server.url("/page");
    let run = check(&url, ORIGINAL, &[]);
    assert!(run.trouble(cause).starts_with(&format!("error: {url}: ")), "{run:#?}");
    run
}

pub fn codes(report: &Report) -> Vec<&str> {
    report.limits.iter().map(|limit| limit.code.as_str()).collect()
}

pub fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_fetched_page_is_recorded_as_it_was_got() {
    let server = Server::new([("/page", Reply::html(ORIGINAL))]);
    let run = check(&server.url("/page#part"), ORIGINAL, &[]);
    let copy = schema::report(&run.ended(0).stdout).copy;
    assert_eq!((copy.via, copy.assurance, copy.status), (Via::Http, Assurance::Supplied, Some(200)));
    assert_eq!(copy.locator, server.url("/page#part"), "as given");
    assert_eq!((copy.url, copy.final_url), (Some(server.url("/page")), Some(server.url("/page"))));
    assert_eq!(copy.redirects, Some(Vec::new()));
    assert_eq!(copy.retrieved_at.unwrap().unix().to_string(), NOW);
    assert_eq!((copy.bytes, copy.sha256), (ORIGINAL.len() as u64, Digest::of(ORIGINAL.as_bytes()).to_string()));
}

#[test]
fn both_sources_can_be_fetched() {
    let server = Server::new([("/copy", Reply::html(ORIGINAL)), ("/original", Reply::html(ORIGINAL))]);
    let arguments = ["check", &server.url("/copy"), "--original", &server.url("/original"), "--format", "json"];
    let report = schema::report(&Sandbox::new().vidimus(arguments).ended(0).stdout);
    assert_eq!(report.original.final_url, Some(server.url("/original")));
    assert_eq!(report.copy.final_url, Some(server.url("/copy")));
}

#[test]
fn the_request_says_who_asks_and_nothing_else() {
    let server = Server::new([("/page", Reply::html(ORIGINAL).header("Set-Cookie", "id=1"))]);
    check(&server.url("/page"), ORIGINAL, &[]).ended(0);
    let requests = server.requests();
    assert_eq!(requests.len(), 1, "{requests:#?}");
    let head = requests[0].to_ascii_lowercase();
    assert!(head.starts_with("get /page http/1.1\r\n"), "{head}");
    assert!(head.contains(&format!("user-agent: vidimus/{}\r\n", env!("CARGO_PKG_VERSION"))), "{head}");
    assert!(head.contains("accept-encoding: gzip, br, zstd\r\n"), "{head}");
    for name in ["cookie:", "authorization:", "referer:"] {
        assert!(!head.contains(name), "{head}");
    }
}

#[test]
fn user_and_password_are_neither_sent_nor_stored() {
    let server = Server::new([("/next", Reply::html(ORIGINAL))]);
    // One secret is in the address as typed, another in a redirect.
    let inner =
        Server::new([("/page", Reply::redirect(302, &server.url("/next").replace("//", "//user-two:pw-two@")))]);
    let sandbox = Sandbox::new();
    sandbox.write("original.html", ORIGINAL);
    let url = inner.url("/page").replace("//", "//user-one:pw-one@");
    let run = sandbox.vidimus(["check", &url, "--original", "original.html", "--format", "json", "--out", "evidence"]);
    run.ended(0);
    assert!(run.stderr.contains("the user name and password in the address of the copy are not sent"), "{run:#?}");
    let asked = [inner.requests(), server.requests()].concat().join("\n").to_ascii_lowercase();
    assert!(!asked.contains("authorization") && asked.contains("/next"), "{asked}");
    let mut everything = format!("{}{}", run.stdout, run.stderr);
    for entry in std::fs::read_dir(sandbox.path("evidence")).unwrap() {
        everything.push_str(&String::from_utf8_lossy(&std::fs::read(entry.unwrap().path()).unwrap()));
    }
    for secret in ["user-one", "pw-one", "user-two", "pw-two"] {
        assert!(!everything.contains(secret), "{secret} was stored");
    }
    assert_eq!(schema::report(&run.stdout).copy.locator, inner.url("/page"));
}

#[test]
fn secrets_are_kept_out_of_errors_as_well() {
    let server = Server::new([]);
    let run = check(&server.url("/page").replace("//", "//user-one:pw-one@"), ORIGINAL, &[]);
    assert!(!run.stderr.contains("pw-one") && !run.stderr.contains("user-one"), "{run:#?}");
    assert!(!run.stderr.contains("secret") && !run.stderr.contains("desk"), "{run:#?}");
}

#[test]
fn redirects_are_recorded_one_by_one() {
    let server = Server::new([
        ("/a", Reply::redirect(301, "/b")),
        ("/b", Reply::redirect(307, "c/page?x=1")),
        ("/c/page?x=1", Reply::html(ORIGINAL)),
    ]);
    let report = schema::report(&check(&server.url("/a"), ORIGINAL, &[]).ended(0).stdout);
    let hops: Vec<_> = report.copy.redirects.unwrap().into_iter().map(|hop| (hop.url, hop.status)).collect();
    assert_eq!(hops, [(server.url("/a"), 301), (server.url("/b"), 307)]);
    assert_eq!(report.copy.url, Some(server.url("/a")));
    assert_eq!(report.copy.final_url, Some(server.url("/c/page?x=1")));
    assert_eq!(report.copy.status, Some(200));
}

#[test]
fn a_loop_of_redirects_ends() {
    let server = Server::new([("/a", Reply::redirect(302, "/b")), ("/b", Reply::redirect(302, "/a"))]);
    let run = check(&server.url("/a"), ORIGINAL, &[]);
    let line = run.trouble("its redirects run in a loop, back to ");
    assert!(line.ends_with(&server.url("/a")), "{line}");
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn redirects_without_end_are_given_up() {
    let paths: Vec<String> = (0..10_000).map(|number| format!("/{number}")).collect();
    let hops = paths.windows(2).map(|two| (two[0].as_str(), Reply::redirect(303, &two[1])));
    let server = Server::new(hops);
    check(&server.url("/0"), ORIGINAL, &[]).trouble("more than 10 redirects");
    assert_eq!(server.requests().len(), 11);
}

#[test]
fn redirects_lead_nowhere_but_to_web_pages() {
    for target in ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "data:text/html,x", "http://"] {
        let run = refused(Reply::redirect(302, target), "redirected to ");
        assert!(!run.stderr.contains("root:"), "{run:#?}");
    }
}

#[test]
fn a_redirect_without_a_target_is_no_page() {
    refused(Reply::status(302, "moved"), "status 302");
    refused(Reply::status(304, ""), "status 304");
}

#[test]
fn nothing_in_a_redirect_can_steer_the_terminal() {
    let raw = b"HTTP/1.1 302 Found\r\nLocation: gopher://x/\x1b]0;owned\x07\xe2\x80\xae\r\nContent-Length: 0\r\n\r\n";
    let run = refused(Reply::Raw(raw.to_vec()), "");
    assert!(!run.stderr.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{run:#?}");
}

#[test]
fn a_silent_server_is_waited_for_as_long_as_was_said() {
    let server = Server::new([("/page", Reply::Silence)]);
    let run = check(&server.url("/page"), ORIGINAL, &["--timeout", "0.3"]);
    run.trouble("no complete answer within 0.3 seconds");
    assert!(run.stderr.contains("hint: --timeout"), "{run:#?}");
}

#[test]
fn a_server_that_stalls_in_the_middle_is_a_silent_one() {
    let server = Server::new([("/page", Reply::Stalls(ORIGINAL.into()))]);
    check(&server.url("/page"), ORIGINAL, &["--timeout", "0.3"]).trouble("no complete answer within 0.3 seconds");
}

#[test]
fn the_size_is_counted_not_believed() {
    let server = Server::new([
        ("/endless", Reply::Endless),
        ("/long", Reply::html(ORIGINAL)),
        ("/bomb", Reply::html(gzip(&vec![b' '; 4_000_000])).header("Content-Encoding", "gzip")),
    ]);
    for (path, limit) in [("/endless", "100000"), ("/long", "40"), ("/bomb", "100000")] {
        let run = check(&server.url(path), ORIGINAL, &["--max-bytes", limit]);
        run.trouble(&format!("larger than the limit of {limit} bytes"));
        assert!(run.stderr.contains("hint: --max-bytes"), "{run:#?}");
    }
    let exact = ORIGINAL.len().to_string();
    check(&server.url("/long"), ORIGINAL, &["--max-bytes", &exact]).ended(0);
}

#[test]
fn an_answer_that_is_no_page_is_an_error() {
    for (status, words) in
        [(404, " (not found)"), (410, " (gone for good)"), (501, " (the server has trouble"), (418, "")]
    {
        let run = refused(Reply::status(status, ORIGINAL), &format!("the server answered with status {status}{words}"));
        let offered = run.stderr.contains("hint: a web archive may have it: --at ");
        assert_eq!(offered, [404, 410].contains(&status), "{run:#?}");
    }
    let run = refused(Reply::status(403, ORIGINAL), "status 403 (forbidden)");
    assert!(run.stderr.contains("hint: if a browser shows the page, save it there and give the file"), "{run:#?}");
    refused(Reply::status(204, ""), "empty, there is no text to check");
}

#[test]
fn a_test_for_robots_is_told_from_a_page() {
    let challenge = "<title>Just a moment...</title><script>window._cf_chl_opt = {}</script>";
    let by_body = refused(Reply::status(503, challenge), "status 503 and a test for robots");
    let by_header = Reply::html(ORIGINAL).header("cf-mitigated", "challenge");
    let by_header = refused(by_header, "status 200 and a test for robots");
    for run in [by_body, by_header] {
        assert!(run.stderr.contains("hint: the site wants to see a browser"), "{run:#?}");
    }
}

#[test]
fn a_test_for_robots_sent_as_a_page_leaves_the_verdict_open() {
    let page = format!("<title>Just a moment...</title><script>window._cf_chl_opt = {{}}</script>{ORIGINAL}");
    let report = fetched(Reply::html(page), ORIGINAL);
    assert_eq!(report.verdict, Verdict::Undetermined, "even where it holds the very words");
    assert_eq!(codes(&report), ["bot-challenge"]);
}

#[test]
fn a_page_that_says_it_is_none_leaves_the_verdict_open() {
    for page in [
        "<title>404 Not Found</title><h1>Page not found</h1><p>Try our search, or go back to the front page.</p>",
        "<h1>This page is no longer available</h1><p>It may have been moved.</p>",
    ] {
        let server = Server::new([("/page", Reply::html(page))]);
        let run = check(&server.url("/page"), ORIGINAL, &["--fail-on", "error"]);
        let report = schema::report(&run.ended(1).stdout);
        assert_eq!((report.verdict, codes(&report)), (Verdict::Undetermined, vec!["soft-404"]), "{page}");
    }
}

#[test]
fn a_server_that_is_not_there_is_an_error() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    check(&format!("http://{address}/page"), ORIGINAL, &[]).trouble("could not connect (");
}

#[test]
fn answers_that_break_off_are_errors() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";
    let short = format!("{head}Content-Length: 100000\r\n\r\n{ORIGINAL}");
    refused(Reply::Raw(short.into()), "the answer broke off");
    let chunk = format!("{head}Transfer-Encoding: chunked\r\n\r\n{:x}\r\n{ORIGINAL}\r\n", ORIGINAL.len());
    refused(Reply::Raw(chunk.into()), "the answer broke off");
    for raw in ["", "SSH-2.0-OpenSSH_9.6\r\n", "HTTP/1.1 200 OK\r\nContent-"] {
        refused(Reply::Raw(raw.into()), "the server gave no proper answer");
    }
}

#[test]
fn addresses_that_are_not_fetched_are_told_from_files() {
    for address in ["ftp://example.org/a", "file:///etc/passwd", "gopher://example.org/"] {
        let run = check(address, ORIGINAL, &[]);
        run.trouble(&format!("{address}: only http and https addresses are fetched"));
        assert!(run.stderr.contains("hint: a file is named by its path alone"), "{run:#?}");
    }
    check("http://", ORIGINAL, &[]).trouble("http://: the address names no host");
    check("http://exa mple.org/", ORIGINAL, &[]).trouble("not a valid address");
}

#[test]
fn a_mistyped_file_name_does_not_wait_for_a_server() {
    let server = Server::new([("/page", Reply::Silence)]);
    let run = Sandbox::new().vidimus(["check", &server.url("/page"), "--original", "orignal.html"]);
    run.trouble("orignal.html: there is no such file");
    assert_eq!(server.requests(), Vec::<String>::new());
}

#[test]
fn the_proxy_of_the_system_is_not_asked() {
    let (server, proxy) = (Server::new([("/page", Reply::html(ORIGINAL))]), Server::new([]));
    let sandbox = Sandbox::new();
    sandbox.write("original.html", ORIGINAL);
    let mut command: Command = sandbox.command(["check", &server.url("/page"), "--original", "original.html"]);
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env(name, proxy.url("/"));
    }
    command.stdout(Stdio::piped());
    crate::support::sandbox::run(&mut command, b"").ended(0);
    assert_eq!((server.requests().len(), proxy.requests().len()), (1, 0));
}
