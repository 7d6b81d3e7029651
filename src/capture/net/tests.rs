//! Names that lead where nobody asked to go, with a name server that lies.

use std::{
    io::{Read as _, Write as _},
    net::{IpAddr, Ipv4Addr, TcpListener},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{Asked, Resolver, Session, within};
use crate::{
    capture::{BadAddress, Capture, Error, Limits, Reach},
    moment::Moment,
};

/// A server that says the same to everybody; its port, and how often it was asked.
fn server(answer: &'static str) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let (port, asked) = (listener.local_addr().unwrap().port(), Arc::new(AtomicUsize::new(0)));
    let count = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            count.fetch_add(1, Ordering::SeqCst);
            let mut head = [0; 1024];
            // A client that goes away is no trouble of the server's.
            let _ = stream.read(&mut head).and_then(|_| stream.write_all(answer.as_bytes()));
        }
    });
    (port, asked)
}

const PAGE: &str =
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 12\r\nConnection: close\r\n\r\n<p>words</p>";

/// What comes of `typed` where the name server says `answers` to every name, another one each time.
fn fetched(typed: &str, answers: &'static [&'static [[u8; 4]]], reach: Reach) -> Result<Capture, Error> {
    let limits = Limits { reach, retries: 0, ..Limits::default() };
    let times = AtomicUsize::new(0);
    let lookup = move |_: String| {
        let time = times.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
        let found: Vec<IpAddr> = answers[time].iter().map(|octets| Ipv4Addr::from(*octets).into()).collect();
        let found: super::guard::Found = Box::pin(async move { Ok(found) });
        found
    };
    let resolver = Resolver::with(&limits.reach, Arc::new(lookup));
    let session = Session::with(typed, Asked::Page, &limits, Moment::from_unix(0), resolver).unwrap();
    session.block_on(within(typed, &limits, session.page(typed, &mut |_| ())))
}

const LOOPBACK: [u8; 4] = [127, 0, 0, 1];

#[test]
fn a_public_name_is_not_followed_into_a_private_network() {
    let (port, asked) = server(PAGE);
    let url = format!("http://news.example:{port}/");
    let refused = Err(Error::Private { locator: url.clone(), host: "news.example".to_owned() });
    assert_eq!(fetched(&url, &[&[LOOPBACK]], Reach::default()), refused);
    assert_eq!(fetched(&url, &[&[LOOPBACK, [169, 254, 169, 254]]], Reach::default()), refused);
    assert_eq!(asked.load(Ordering::SeqCst), 0, "nobody connected");
    let allowed = Reach { private: true, ..Reach::default() };
    assert_eq!(fetched(&url, &[&[LOOPBACK]], allowed.clone()).unwrap().body, b"<p>words</p>");
    assert_eq!(
        fetched(&url, &[&[[169, 254, 169, 254]]], allowed),
        refused,
        "allowing private networks allows no secrets of clouds"
    );
}

/// The name leads elsewhere each time it is looked up: what counts is the look at connecting, at every hop.
#[test]
fn a_name_that_turns_is_caught_at_the_hop_where_it_turns() {
    let (port, asked) =
        server("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    let url = format!("http://wiki.localhost:{port}/");
    // A name that can only be private was named by the user, but not where it leads the second time.
    let answers: &[&[[u8; 4]]] = &[&[LOOPBACK], &[[169, 254, 169, 254]]];
    let error = fetched(&url, answers, Reach::default()).unwrap_err();
    assert_eq!(error, Error::Private { locator: url, host: "wiki.localhost".to_owned() });
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[test]
fn a_name_for_metadata_services_is_refused_even_where_it_was_typed() {
    let refused = fetched("http://metadata.internal/", &[&[[169, 254, 169, 254]]], Reach::default());
    assert!(matches!(refused, Err(Error::Private { .. })), "{refused:?}");
    for literal in
        ["http://169.254.169.254/latest/", "http://[fe80::1]/", "http://2852039166/", "http://[::ffff:a9fe:a9fe]/"]
    {
        let refused = fetched(literal, &[&[]], Reach::default()).unwrap_err();
        assert!(matches!(refused, Error::Address { cause: BadAddress::Private, .. }), "{literal}: {refused:?}");
    }
}
