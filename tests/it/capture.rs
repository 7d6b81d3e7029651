//! `vidimus capture`: what is written, that it can be read again, and that nothing half-written is ever left.

use std::{
    io::Read as _,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use flate2::read::MultiGzDecoder;
use vidimus::{Report, Verdict};

use crate::{
    archives::TEXT,
    fetch::gzip,
    support::{Chance, Reply, Sandbox, Server, sandbox::run, schema},
};

fn server() -> Server {
    let packed = Reply::page("text/html; charset=utf-8", gzip(TEXT.as_bytes())).header("Content-Encoding", "gzip");
    let chunked =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    let chunked = format!("{chunked}{:x}\r\n{TEXT}\r\n0\r\n\r\n", TEXT.len());
    let old = Reply::redirect(302, "/page").header("Set-Cookie", "session=sekrit");
    Server::new([
        ("/old", old),
        ("/page", Reply::html(TEXT).header("Set-Cookie", "session=sekrit; HttpOnly")),
        ("/packed", packed),
        ("/chunked", Reply::Raw(chunked.into_bytes())),
    ])
}

fn unpacked(sandbox: &Sandbox, name: &str) -> String {
    let file = std::fs::read(sandbox.path(name)).unwrap();
    let mut text = Vec::new();
    MultiGzDecoder::new(file.as_slice()).read_to_end(&mut text).unwrap();
    String::from_utf8_lossy(&text).into_owned()
}

/// Letters that do not pack well, the same every time.
fn noise(length: usize) -> String {
    let mut chance = Chance::new(7);
    (0..length).map(|_| char::from(b'a' + u8::try_from(chance.below(26)).unwrap())).collect()
}

#[track_caller]
fn report(sandbox: &Sandbox, copy: &str, original: &str) -> Report {
    schema::report(&sandbox.vidimus(["check", copy, "--original", original, "--format", "json"]).ended(0).stdout)
}

#[test]
fn what_was_captured_is_read_again_as_it_was_fetched() {
    let (server, sandbox) = (server(), Sandbox::new());
    let urls = ["/old", "/packed", "/chunked"].map(|path| server.url(path));
    for file in ["a.warc.gz", "a.wacz"] {
        let run = sandbox.vidimus(["capture", &urls[0], &urls[1], &urls[2], "--output", file]);
        let lines: String = urls.iter().map(|url| format!("200 {file}#{url}\n")).collect();
        assert_eq!(run.ended(0).stdout, lines);
        for url in &urls {
            let found = report(&sandbox, &format!("{file}#{url}"), url);
            assert_eq!(found.verdict, Verdict::Verbatim);
            let (stored, live) = (found.copy, found.original);
            assert_eq!((stored.sha256, stored.bytes, stored.status), (live.sha256, live.bytes, live.status));
            assert_eq!((stored.url, stored.final_url), (live.url, live.final_url));
            assert_eq!((stored.redirects, stored.retrieved_at), (live.redirects, live.retrieved_at));
            assert_eq!((stored.media_type, stored.charset), (live.media_type, live.charset));
        }
    }
    assert_eq!(sandbox.names(), ["a.wacz", "a.warc.gz"], "nothing else is left");
}

#[test]
fn style_sheets_are_captured_and_read_again_without_the_network() {
    let page = format!("<link rel=stylesheet href=/s.css>{TEXT}<p class=x>Nobody sees this sentence.</p>");
    let sheet = Reply::page("text/css", ".x { display: none }");
    let server = Server::new([("/page", Reply::html(page)), ("/s.css", sheet)]);
    let (sandbox, url) = (Sandbox::new(), server.url("/page"));
    sandbox.write("original.html", TEXT);
    for file in ["a.warc.gz", "a.wacz"] {
        sandbox.vidimus(["capture", &url, "-o", file]).ended(0);
        let asked = server.requests().len();
        let run =
            sandbox.vidimus(["check", &format!("{file}#{url}"), "--original", "original.html", "--format", "json"]);
        let found = schema::report(&run.stdout);
        assert_eq!(server.requests().len(), asked, "nothing was asked for");
        assert_eq!(found.copy.sheets.len(), 1, "{run:#?}");
        assert!(found.findings.is_empty(), "without its sheet the page would show another sentence: {run:#?}");
    }
}

#[test]
fn cookie_not_stored() {
    let (server, sandbox) = (server(), Sandbox::new());
    let url = server.url("/old").replace("http://", "http://me:sekrit@");
    sandbox.vidimus(["capture", &url, "--output", "a.warc.gz"]).ended(0);
    let text = unpacked(&sandbox, "a.warc.gz");
    assert!(!text.contains("sekrit") && !text.to_lowercase().contains("\nset-cookie:"), "{text}");
    assert_eq!(text.matches("headersLeftOut: set-cookie").count(), 2, "that it was left out is said");
    for kind in ["warcinfo", "request", "response", "metadata"] {
        assert!(text.contains(&format!("WARC-Type: {kind}\r\n")), "{kind}");
    }
    assert!(text.contains("hopsFromSeed: R\r\n") && text.contains("HTTP/1.1 302 Found\r\n"), "{text}");
}

#[test]
fn the_same_captures_give_the_same_file() {
    let (server, sandbox) = (server(), Sandbox::new());
    for ending in ["warc.gz", "wacz"] {
        let files = ["a", "b"].map(|folder| {
            let name = format!("{folder}/same.{ending}");
            std::fs::create_dir_all(sandbox.path(folder)).unwrap();
            sandbox.vidimus(["capture", &server.url("/packed"), "-o", &name]).ended(0);
            std::fs::read(sandbox.path(name)).unwrap()
        });
        assert!(files[0] == files[1], "{ending}");
    }
}

#[test]
fn bad_requests_write_nothing() {
    let (server, sandbox) = (server(), Sandbox::new());
    let page = server.url("/page");
    let capture = |arguments: &[&str]| sandbox.vidimus([&["capture"], arguments].concat());
    capture(&[&page, "-o", "a.zip"]).trouble("a.zip: the name does not say which format is wanted");
    capture(&[&page, "-o", "none/a.wacz"]).trouble("none/a.wacz: the folder it should go into does not exist");
    capture(&["page.html", "-o", "a.wacz"]).trouble("page.html: only http and https addresses are captured");
    capture(&["-", "-o", "a.wacz"]).trouble("-: only http and https addresses are captured");
    capture(&[&server.url("/gone"), "-o", "a.wacz"]).trouble("status 404");
    capture(&[&page, "--no-store"]).trouble("--no-store: the pages would be kept nowhere");
    assert_eq!(sandbox.names(), [""; 0]);
    sandbox.write("a.wacz", "mine");
    capture(&[&page, "-o", "a.wacz"]).trouble("a.wacz: already exists and is left as it is");
    assert_eq!(std::fs::read(sandbox.path("a.wacz")).unwrap(), b"mine");
}

#[test]
fn a_full_disk_leaves_nothing_behind() {
    let noise = noise(400_000);
    let (server, sandbox) = (Server::new([("/page", Reply::page("text/plain", noise))]), Sandbox::new());
    for file in ["a.warc.gz", "a.wacz"] {
        // A limit on the size of files fails as a full disk does: in the middle of a write.
        let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
        let mut command = Command::new("bash");
        command.args(["-c", script, env!("CARGO_BIN_EXE_vidimus"), "capture", &server.url("/page"), "-o", file]);
        sandbox.settle(&mut command);
        run(&mut command, b"").trouble(&format!("{file}: "));
        assert_eq!(sandbox.names(), [""; 0]);
    }
}

#[test]
fn a_program_that_is_killed_leaves_no_half_file_under_the_name() {
    let body = format!("<!-- {} -->{TEXT}", noise(4_000_000));
    let (server, sandbox) = (Server::new([("/page", Reply::html(body))]), Sandbox::new());
    let mut killed_early = false;
    for wait in 0..12 {
        let name = format!("{wait}.wacz");
        let mut child = sandbox
            .command(["capture", &server.url("/page"), "-o", &name])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(40 * wait));
        child.kill().unwrap();
        child.wait().unwrap();
        if sandbox.path(&name).exists() {
            sandbox.vidimus(["check", &name, "--original", &name]).ended(0);
        } else {
            killed_early = true;
        }
    }
    assert!(killed_early, "killed at once, nothing can have been written");
    assert!(sandbox.names().iter().all(|name| name.ends_with(".wacz") || name.ends_with(".partial")));
}

#[test]
fn two_at_once_write_one_file_and_say_so() {
    let (server, sandbox) = (server(), Sandbox::new());
    let start = || sandbox.command(["capture", &server.url("/page"), "-o", "a.wacz"]).spawn().unwrap();
    let ends: Vec<Option<i32>> =
        [start(), start()].into_iter().map(|child| child.wait_with_output().unwrap().status.code()).collect();
    assert!(ends.contains(&Some(0)), "{ends:?}");
    assert_eq!(sandbox.names(), ["a.wacz"]);
    sandbox.vidimus(["check", "a.wacz", "--original", &server.url("/page")]).ended(0);
}
