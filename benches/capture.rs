//! How long many pages take to be captured, and how much memory: 200 addresses of a server with 50 ms of latency go into a snapshot
//! store, then ten times as many of one without. Run with `cargo bench --bench capture`.
//!
//! What is to be kept: no more than 1.3 times what latency and concurrency allow, and memory that does not grow with the number of pages.
//! It fails where that is not so.

#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on ends, and says where")]
#![expect(clippy::print_stdout, reason = "figures are what it is for")]

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    thread,
    time::{Duration, Instant},
};

use vidimus::{
    Moment,
    capture::{Limits, Locator, net::Pace, store::Store},
    pipeline::Many,
};

const LATENCY: Duration = Duration::from_millis(50);
const PAGES: u32 = 200;
const ABREAST: u32 = 8;
const PAGE: usize = 100_000;

fn answer(mut stream: TcpStream, latency: Duration) -> std::io::Result<()> {
    let (mut head, mut piece) = (Vec::new(), [0; 1024]);
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let length = stream.read(&mut piece)?;
        if length == 0 {
            return Ok(());
        }
        head.extend_from_slice(&piece[..length]);
    }
    thread::sleep(latency);
    let path = String::from_utf8_lossy(&head).split(' ').nth(1).unwrap_or_default().to_owned();
    let body = format!("<p>{path} {}", "a word ".repeat(PAGE / 7));
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// Starts a server; gives back where it is.
fn serve(latency: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream, latency));
        }
    });
    format!("http://{address}")
}

/// Captures pages of `server` into `store`; gives back how long it took.
#[expect(clippy::disallowed_methods, reason = "what is measured here is time")]
fn capture(server: &str, pages: u32, store: &Store) -> Duration {
    let locators: Vec<Locator> = (0..pages).map(|page| Locator::parse(format!("{server}/{page}"))).collect();
    let abreast = ABREAST as usize;
    let pace = Pace { jobs: abreast, per_host: abreast, delay: Duration::ZERO };
    let limits = Limits::default();
    let many = Many { limits: &limits, pace, now: Moment::from_unix(0), sheets: true, robots: None, shown: None };
    let began = Instant::now();
    many.each(&locators, &|_, capture| store.put(&capture.unwrap()).unwrap().unwrap().new, &mut |_, new| assert!(new));
    began.elapsed()
}

/// The most memory this process has had so far, in kB, where the system says so.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok())
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("store")).unwrap();
    let bound = LATENCY * PAGES / ABREAST;
    let slow = serve(LATENCY);
    let took = capture(&slow, PAGES, &store);
    let ratio = took.as_secs_f64() / bound.as_secs_f64();
    println!(
        "{PAGES} pages, {ABREAST} at once, 50 ms each: {took:.2?}, {ratio:.2} times the {bound:.2?} that are possible"
    );
    let before = peak();
    let quick = serve(Duration::ZERO);
    let took = capture(&quick, PAGES * 10, &store);
    println!("{} pages without latency: {took:.2?}", PAGES * 10);
    assert!(ratio <= 1.3, "more than 1.3 times what is possible");
    match (before, peak()) {
        (Some(before), Some(after)) => {
            println!("peak memory: {before} kB after {PAGES} pages, {after} kB after {} more", PAGES * 10);
            assert!(after < before + before / 3, "memory grows with the number of pages");
        }
        (None, _) | (_, None) => println!("peak memory: this system does not say"),
    }
    assert_eq!(store.inspect(&mut |_| ()).unwrap().damage, []);
}
