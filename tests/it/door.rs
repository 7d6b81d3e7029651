//! The way out for a browser: a proxy on loopback behind which the guard of every request stands. Spoken to here as browsers speak to it.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
};

use vidimus::capture::{Limits, Reach, net::Door};

use crate::support::{Reply, Server};

/// What a door for the page at `named` answers to these bytes.
fn said(door: &Door, asked: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", door.port())).unwrap();
    stream.write_all(asked.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A connection that is reset has said everything.
    stream.read_to_end(&mut answer).ok();
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(door: &Door, url: &str) -> String {
    said(
        door,
        &format!(
            "GET {url} HTTP/1.1\r\nHost: ignored.example\r\nProxy-Connection: keep-alive\r\nAccept: text/x-own\r\n\r\n"
        ),
    )
}

fn allowing() -> Limits {
    Limits { reach: Reach { private: true, ..Reach::default() }, ..Limits::default() }
}

#[test]
fn the_host_that_was_named_is_asked_as_by_anybody() {
    let server = Server::new([("/a?b=c", Reply::html("<p>Here.</p>"))]);
    let door = Door::open(&server.url("/page"), &Limits::default()).unwrap();
    let answer = get(&door, &server.url("/a?b=c"));
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("<p>Here.</p>"), "{answer}");
    let asked = server.requests().pop().unwrap();
    assert!(asked.starts_with("GET /a?b=c HTTP/1.1\r\n") && asked.contains("Accept: text/x-own\r\n"), "{asked}");
    assert!(!asked.to_ascii_lowercase().contains("proxy-") && asked.contains("Connection: close\r\n"), "{asked}");
    // Through a tunnel whatever is said is passed on.
    let authority = server.url("").replace("http://", "");
    let tunnel = format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n\r\nGET /a?b=c HTTP/1.1\r\n\r\n");
    let answer = said(&door, &tunnel);
    assert!(
        answer.starts_with("HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 200 ")
            && answer.ends_with("<p>Here.</p>"),
        "{answer}"
    );
    assert_eq!(door.refused(), [""; 0]);
}

#[test]
fn private_addresses_are_not_asked_in_any_way_of_asking() {
    let server = Server::new([("/secret", Reply::html("secret"))]);
    let port = server.url("").rsplit(':').next().unwrap().to_owned();
    for named in ["http://192.0.2.7/page", "https://example.org/page"] {
        let door = Door::open(named, &Limits::default()).unwrap();
        for host in [
            "127.0.0.1",
            "localhost",
            "[::1]",
            "[::ffff:127.0.0.1]",
            "0.0.0.0",
            "2130706433",
            "0x7f.1",
            "169.254.169.254",
            "10.0.0.1",
        ] {
            let answer = get(&door, &format!("http://{host}:{port}/secret"));
            assert!(answer.starts_with("HTTP/1.1 403 "), "{named} {host}: {answer}");
            let answer = said(&door, &format!("CONNECT {host}:{port} HTTP/1.1\r\n\r\n"));
            assert!(answer.starts_with("HTTP/1.1 403 "), "{named} {host}: {answer}");
        }
        assert!(door.refused().contains(&"localhost".to_owned()), "{:?}", door.refused());
    }
    assert_eq!(server.requests(), [""; 0]);
    // The page's own host is the only private one, by the very name it was named.
    let door = Door::open(&server.url("/page"), &Limits::default()).unwrap();
    assert!(get(&door, &format!("http://localhost:{port}/secret")).starts_with("HTTP/1.1 403 "));
    let door = Door::open("http://127.0.0.2/page", &allowing()).unwrap();
    assert!(get(&door, &server.url("/secret")).ends_with("secret"), "who allows private networks allows them here too");
    assert!(get(&door, "http://169.254.169.254/").starts_with("HTTP/1.1 403 "), "and these nobody");
}

#[test]
fn what_is_no_request_gets_nowhere() {
    let server = Server::new([("/", Reply::html("here"))]);
    let door = Door::open(&server.url("/"), &Limits::default()).unwrap();
    for asked in [
        "GET / HTTP/1.1\r\n\r\n",
        "GET ftp://127.0.0.1/ HTTP/1.1\r\n\r\n",
        "CONNECT nowhere HTTP/1.1\r\n\r\n",
        "\r\n\r\n",
    ] {
        let answer = said(&door, asked);
        assert!(answer.starts_with("HTTP/1.1 502 ") || answer.starts_with("HTTP/1.1 403 "), "{asked:?}: {answer:?}");
    }
    let flood = format!("GET http://127.0.0.1/ HTTP/1.1\r\n{}", "X-Flood: a\r\n".repeat(20_000));
    assert_eq!(said(&door, &flood), "");
    let dead = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(get(&door, &format!("http://{dead}/")).starts_with("HTTP/1.1 502 "));
    assert_eq!(server.requests(), [""; 0]);
}

#[test]
fn what_passes_ends_at_a_limit() {
    let server = Server::new([("/endless", Reply::Endless), ("/small", Reply::html("small"))]);
    let limits = Limits { body_bytes: 100_000, ..Limits::default() };
    let door = Door::open(&server.url("/"), &limits).unwrap();
    let answer = get(&door, &server.url("/endless"));
    assert!((100_000..=200_000).contains(&answer.len()), "{}", answer.len());
}

#[test]
fn a_proxy_that_was_named_is_asked_for_everything() {
    let proxy = Server::new([
        ("http://example.org/a", Reply::html("from the proxy")),
        ("example.org:443", Reply::Raw(b"HTTP/1.1 200 Fine\r\n\r\n".to_vec())),
    ]);
    let reach = Reach { proxy: Some(proxy.url("")), ..Reach::default() };
    let door = Door::open("http://example.org/", &Limits { reach, ..Limits::default() }).unwrap();
    assert!(get(&door, "http://example.org/a").ends_with("from the proxy"));
    assert!(said(&door, "CONNECT example.org:443 HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 200 Connection established"));
    assert!(get(&door, "http://127.0.0.1/a").starts_with("HTTP/1.1 403 "), "numbers are looked at all the same");
    assert_eq!(proxy.requests().len(), 2);
}
