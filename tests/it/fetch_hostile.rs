//! Servers that mean no good, or have a bad day: where they may lead us, how much they may send, and how often they are asked
//! again. Names that turn are in `capture/net/tests.rs`, which has a name server of its own.

use vidimus::Verdict;

use crate::{
    fetch::{ORIGINAL, check, fetched, refused},
    support::{Reply, Sandbox, Server, schema},
};

#[test]
fn nobody_is_led_into_a_private_network() {
    // The tests' server is on loopback, which the user named; every other private host was not.
    for target in [
        "http://localhost:9/x",
        "http://10.0.0.1/x",
        "http://[::1]:9/x",
        "http://[::ffff:10.0.0.1]/x",
        "http://[64:ff9b::a00:1]/x",
        "http://0x7f.2/x",
        "http://169.254.169.254/latest/meta-data/",
        "//router.lan/admin",
        "http://intranet/",
    ] {
        let run = refused(Reply::redirect(302, target), "a private address, which is only asked where it was named");
        assert!(run.stderr.contains("hint: --allow-private"), "{target}: {run:#?}");
    }
}

#[test]
fn a_private_host_that_was_named_is_asked_and_allowing_all_allows_the_rest() {
    let page = Server::new([("/page", Reply::html(ORIGINAL))]);
    let elsewhere = page.url("/page").replace("127.0.0.1", "localhost");
    let server =
        Server::new([("/own", Reply::redirect(302, &page.url("/page"))), ("/led", Reply::redirect(302, &elsewhere))]);
    check(&server.url("/own"), ORIGINAL, &[]).ended(0);
    check(&elsewhere, ORIGINAL, &[]).ended(0);
    check(&server.url("/led"), ORIGINAL, &[]).trouble("redirected to ");
    check(&server.url("/led"), ORIGINAL, &["--allow-private"]).ended(0);
}

#[test]
fn metadata_services_are_not_asked_even_where_they_are_named() {
    let run = check("http://169.254.169.254/latest/", ORIGINAL, &[]);
    run.trouble("http://169.254.169.254/latest/: a private address");
    for target in [
        "http://169.254.169.254/latest/",
        "http://[::ffff:169.254.169.254]/",
        "http://[fe80::1]/",
        "http://100.100.100.200/",
    ] {
        let server = Server::new([("/led", Reply::redirect(302, target))]);
        let run = check(&server.url("/led"), ORIGINAL, &["--allow-private"]);
        run.trouble("an address where no page of the web is");
        assert!(!run.stderr.contains("hint: --allow-private"), "{run:#?}");
    }
}

#[test]
fn a_connection_reset_at_any_kilobyte_is_an_error() {
    let page = format!("<p>{}</p>", "Ministers met in the capital on Monday. ".repeat(200));
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}", page.len());
    let cuts: Vec<usize> = (0..answer.len()).step_by(1000).chain([answer.len() - 1]).collect();
    let paths: Vec<String> = cuts.iter().map(|cut| format!("/{cut}")).collect();
    let server = Server::new(
        paths.iter().zip(&cuts).map(|(path, cut)| (path.as_str(), Reply::Reset(answer.as_bytes()[..*cut].into()))),
    );
    for path in &paths {
        let url = server.url(path);
        let line = check(&url, ORIGINAL, &[]).trouble("").to_owned();
        assert!(line.contains("the answer broke off") || line.contains("the server gave no proper answer"), "{line}");
    }
}

#[test]
fn a_flood_of_headers_ends() {
    let server = Server::new([("/page", Reply::EndlessHeaders)]);
    check(&server.url("/page"), ORIGINAL, &["--timeout", "30"]).trouble("the server gave no proper answer");
    let many = (0..5000).fold(Reply::html(ORIGINAL), |reply, number| reply.header(&format!("X-{number}"), "a"));
    refused(many, "the server gave no proper answer");
}

#[test]
fn interim_answers_without_end_are_waited_for_no_longer_than_was_said() {
    let interim = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n".repeat(2000);
    let then = format!(
        "{interim}HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{ORIGINAL}",
        ORIGINAL.len()
    );
    let server = Server::new([("/page", Reply::Raw(then.into()))]);
    let run = check(&server.url("/page"), ORIGINAL, &["--timeout", "20"]);
    assert!(run.status == Some(0) || run.stderr.starts_with("error: "), "{run:#?}");
}

#[test]
fn a_busy_server_is_asked_again() {
    for status in [429, 500, 502, 503, 504] {
        let busy = Reply::status(status, "busy").header("Retry-After", "0");
        let server = Server::new([("/page", Reply::Turns(vec![busy.clone(), busy, Reply::html(ORIGINAL)]))]);
        let report = schema::report(&check(&server.url("/page"), ORIGINAL, &[]).ended(0).stdout);
        assert_eq!((report.verdict, report.copy.status), (Verdict::Verbatim, Some(200)), "{status}");
        assert_eq!(server.requests().len(), 3, "{status}");
    }
}

#[test]
fn a_server_is_asked_again_so_often_and_no_more() {
    let busy = || Reply::status(503, "busy").header("Retry-After", "0");
    for (options, asked) in [(vec![], 3), (vec!["--retries", "0"], 1), (vec!["--retries", "4"], 5)] {
        let server = Server::new([("/page", busy())]);
        check(&server.url("/page"), ORIGINAL, &options).trouble("status 503 (the server has trouble of its own)");
        assert_eq!(server.requests().len(), asked, "{options:?}");
    }
    // The one that wants to be left alone for long is left alone.
    let server = Server::new([("/page", Reply::status(429, "no").header("Retry-After", "3600"))]);
    let run = check(&server.url("/page"), ORIGINAL, &[]);
    run.trouble("status 429 (too many requests)");
    assert!(run.stderr.contains("hint: the server asks to be left alone for 3600 seconds"), "{run:#?}");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn what_will_not_change_is_asked_once() {
    for status in [400, 403, 404, 410, 451, 501] {
        let server = Server::new([("/page", Reply::status(status, "no").header("Retry-After", "0"))]);
        check(&server.url("/page"), ORIGINAL, &[]).trouble(&format!("status {status}"));
        assert_eq!(server.requests().len(), 1, "{status}");
    }
    let challenge = "<title>Just a moment...</title><script>window._cf_chl_opt = {}</script>";
    let server = Server::new([("/page", Reply::status(503, challenge).header("Retry-After", "0"))]);
    check(&server.url("/page"), ORIGINAL, &[]).trouble("a test for robots");
    assert_eq!(server.requests().len(), 1, "a test for robots does not go away by asking more often");
}

#[test]
fn pages_packed_by_brotli_and_zstd_are_unpacked() {
    // `ORIGINAL` is packed by nobody here: brotli as its own encoder has it, zstd as an uncompressed frame.
    let brotli = b"\x0b\x02\x80words\x03".to_vec();
    let report = fetched(Reply::page("text/plain", brotli).header("Content-Encoding", "br"), "words");
    assert_eq!((report.verdict, report.copy.bytes), (Verdict::Verbatim, 5));
    let length = u8::try_from(ORIGINAL.len()).unwrap();
    let block = u32::from(length) << 3 | 1;
    let zstd = [b"\x28\xb5\x2f\xfd\x20", [length].as_slice(), &block.to_le_bytes()[..3], ORIGINAL.as_bytes()].concat();
    let report = fetched(Reply::html(zstd).header("Content-Encoding", "zstd"), ORIGINAL);
    assert_eq!((report.verdict, report.copy.bytes), (Verdict::Verbatim, ORIGINAL.len() as u64));
}

#[test]
fn a_bomb_ends_at_the_limit_in_every_packing() {
    // A million spaces, by brotli's own encoder; in zstd eight blocks of 128 kB, each the same byte over and over.
    let brotli = b"\x5b\x3f\x42\x8f\x5f\x02\x24\x1e\x0b\x04\xf2\x73\x1e\x00".to_vec();
    let block = |last: u32| (131_072_u32 << 3 | 1 << 1 | last).to_le_bytes()[..3].to_vec();
    let blocks: Vec<u8> = (0..8).flat_map(|number| [block(u32::from(number == 7)), b" ".to_vec()].concat()).collect();
    let zstd = [b"\x28\xb5\x2f\xfd\x00\x38".as_slice(), &blocks].concat();
    for (name, body) in [("br", brotli), ("zstd", zstd)] {
        let server = Server::new([("/page", Reply::html(body).header("Content-Encoding", name))]);
        check(&server.url("/page"), ORIGINAL, &["--max-bytes", "900000"])
            .trouble("larger than the limit of 900000 bytes");
        let run = check(&server.url("/page"), ORIGINAL, &[]);
        run.trouble("empty, there is no text to check");
    }
}

#[test]
fn the_proxy_that_was_named_is_asked() {
    let sandbox = Sandbox::new();
    sandbox.write("original.html", ORIGINAL);
    // Asked through a proxy, the whole address is in the first line of the request.
    let proxy = Server::new([("http://news.example/page", Reply::html(ORIGINAL))]);
    let arguments = ["check", "http://news.example/page", "--original", "original.html", "--proxy", &proxy.url("/")];
    sandbox.vidimus(arguments).ended(0);
    assert_eq!(proxy.requests().len(), 1);
    for wrong in ["socks5://127.0.0.1:9", "nonsense"] {
        let arguments = ["check", "http://news.example/", "--original", "original.html", "--proxy", wrong];
        sandbox.vidimus(arguments).trouble("--proxy");
    }
}

#[test]
fn servers_are_told_whom_to_write_to() {
    let server = Server::new([("/page", Reply::html(ORIGINAL))]);
    check(&server.url("/page"), ORIGINAL, &["--contact", "desk@example.org"]).ended(0);
    let agent = format!("user-agent: vidimus/{} (+desk@example.org)\r\n", env!("CARGO_PKG_VERSION"));
    assert!(server.requests()[0].to_ascii_lowercase().contains(&agent), "{:?}", server.requests());
    for wrong in ["", "two words", "a(b)", "line\nbreak", "Zürich"] {
        check(&server.url("/page"), ORIGINAL, &["--contact", wrong]).trouble("--contact");
    }
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_file_of_certificates_is_read_before_anything_is_asked() {
    let sandbox = Sandbox::new();
    sandbox.write("original.html", ORIGINAL);
    sandbox.write("empty.pem", "no certificate");
    for (file, cause) in [("missing.pem", "no such file"), ("empty.pem", "there is no certificate (PEM) in it")] {
        let arguments = ["check", "http://127.0.0.1:9/", "--original", "original.html", "--ca", file];
        sandbox.vidimus(arguments).trouble(cause);
    }
    sandbox.write("broken.pem", "-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n");
    let arguments = ["check", "http://127.0.0.1:9/", "--original", "original.html", "--ca", "broken.pem"];
    sandbox.vidimus(arguments).trouble("http://127.0.0.1:9/: it cannot be asked for in this way");
}
