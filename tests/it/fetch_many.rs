//! Many pages at once, as the library fetches them: who is asked how often, what sites ask of programs, and that one page is no trouble
//! for another.

use std::{
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use vidimus::{
    Capture, Moment,
    capture::{Error, Limits, Locator, Obedience, net::Pace},
    pipeline::Many,
};

use crate::support::{Reply, Server};

/// What came of each, in the order asked.
fn all(urls: &[String], pace: Pace, robots: Option<Obedience>) -> Vec<Result<Capture, Error>> {
    let locators: Vec<Locator> = urls.iter().map(Locator::parse).collect();
    let limits = Limits { retries: 0, total: Duration::from_secs(20), ..Limits::default() };
    let many = Many { limits: &limits, pace, now: Moment::from_unix(0), sheets: true, robots, shown: None };
    let mut came = Vec::new();
    many.each(&locators, &|_, result| result, &mut |place, result| came.push((place, result)));
    came.sort_by_key(|(place, _)| *place);
    assert_eq!(came.len(), urls.len(), "each once");
    came.into_iter().map(|(_, result)| result).collect()
}

#[test]
fn no_more_of_a_host_at_once_than_it_may_be_asked() {
    let open = Arc::new(Mutex::new((0, 0)));
    let counted = open.clone();
    let server = Server::answering(move |path| {
        {
            let mut open = counted.lock().unwrap();
            open.0 += 1;
            open.1 = open.1.max(open.0);
        }
        thread::sleep(Duration::from_millis(5));
        counted.lock().unwrap().0 -= 1;
        Reply::html(format!("<p>{path}"))
    });
    let urls: Vec<String> = (0..30).map(|at| server.url(&format!("/{at}"))).collect();
    let came = all(&urls, Pace { jobs: 10, per_host: 3, delay: Duration::ZERO }, None);
    for (at, result) in came.into_iter().enumerate() {
        assert_eq!(result.unwrap().body, format!("<p>/{at}").into_bytes(), "each its own");
    }
    assert!(open.lock().unwrap().1 <= 3, "{open:?}");
    assert_eq!(server.requests().len(), 30);
}

#[test]
fn what_fails_is_no_trouble_for_what_does_not() {
    let good = Server::new([("/a", Reply::html("<p>Good.")), ("/s.css", Reply::page("text/css", "p{}"))]);
    let linked = Server::new([
        ("/l", Reply::html("<link rel=stylesheet href=/s.css><p>Linked.")),
        ("/s.css", Reply::page("text/css", "p{}")),
    ]);
    let bad = Server::new([
        ("/reset", Reply::Reset(b"HTTP/1.1 200 OK\r\n".to_vec())),
        ("/loop", Reply::redirect(302, "/loop")),
    ]);
    let urls =
        [bad.url("/reset"), good.url("/a"), bad.url("/loop"), linked.url("/l"), bad.url("/gone"), "http://".to_owned()];
    let came = all(&urls, Pace { jobs: 2, per_host: 1, delay: Duration::ZERO }, None);
    let fine: Vec<bool> = came.iter().map(Result::is_ok).collect();
    assert_eq!(fine, [false, true, false, true, false, false], "{came:?}");
    assert_eq!(came[3].as_ref().unwrap().sheets.len(), 1, "with its sheet");
}

#[test]
fn a_site_that_asks_programs_to_stay_away_is_left_alone() {
    let rules = Reply::page("text/plain", "User-agent: *\nDisallow: /private\n");
    let site =
        Server::new([("/robots.txt", rules), ("/private/a", Reply::html("<p>No.")), ("/open", Reply::html("<p>Yes."))]);
    let free = Server::new([("/open", Reply::html("<p>Yes."))]);
    let mute = Server::new([("/robots.txt", Reply::status(503, "later")), ("/open", Reply::html("<p>Yes."))]);
    let busy = Server::new([("/robots.txt", Reply::status(429, "later")), ("/open", Reply::html("<p>Yes."))]);
    let moved = Server::new([
        ("/robots.txt", Reply::redirect(301, "/rules")),
        ("/rules", Reply::page("text/plain", "User-agent: vidimus\nDisallow: /")),
        ("/open", Reply::html("<p>Yes.")),
    ]);
    let urls = [
        site.url("/private/a"),
        site.url("/open"),
        free.url("/open"),
        mute.url("/open"),
        busy.url("/open"),
        moved.url("/open"),
        site.url("/private/a?x"),
    ];
    let pace = Pace { jobs: 4, per_host: 4, delay: Duration::ZERO };
    let came = all(&urls, pace, Some(Obedience::Obeyed));
    let fine: Vec<bool> = came.iter().map(Result::is_ok).collect();
    assert_eq!(fine, [false, true, true, false, false, false, false], "{came:?}");
    assert!(came[0].as_ref().unwrap_err().to_string().contains("robots.txt asks programs not to fetch it"));
    assert!(
        came[3].as_ref().unwrap_err().to_string().contains("could not be had (the server answered with status 503")
    );
    assert_eq!(came[1].as_ref().unwrap().exchange.as_ref().unwrap().robots, Some(Obedience::Obeyed));
    let asked = site.requests();
    assert_eq!(asked.iter().filter(|head| head.contains(" /robots.txt ")).count(), 1, "once for each site: {asked:?}");
    assert!(!asked.iter().any(|head| head.contains("/private")), "{asked:?}");

    let came = all(&urls, pace, Some(Obedience::Ignored));
    assert_eq!(came.iter().filter(|result| result.is_ok()).count(), 6, "{came:?}");
    assert_eq!(
        came[0].as_ref().unwrap().exchange.as_ref().unwrap().robots,
        Some(Obedience::Ignored),
        "and that is on record"
    );
}

#[test]
#[expect(clippy::disallowed_methods, reason = "what is tested here is waiting")]
fn a_site_is_left_alone_between_two_pages_for_as_long_as_it_asks() {
    // Delays are only ever held to be long enough: a busy machine makes them longer.
    let asked = Arc::new(Mutex::new(Vec::new()));
    let theirs = Arc::clone(&asked);
    let site = Server::answering(move |path| {
        theirs.lock().unwrap().push((path.to_owned(), Instant::now()));
        match path {
            "/robots.txt" => Reply::page("text/plain", "User-agent: *\nCrawl-delay: 0.3\n"),
            _ => Reply::html("<p>Yes."),
        }
    });
    let urls = ["/a", "/b", "/c"].map(|path| site.url(path));
    let pace = Pace { jobs: 3, per_host: 3, delay: Duration::ZERO };
    assert!(all(&urls, pace, Some(Obedience::Obeyed)).iter().all(Result::is_ok));
    let times = || -> Vec<Instant> {
        let mut asked = asked.lock().unwrap();
        asked.drain(..).filter(|(path, _)| path != "/robots.txt").map(|(_, time)| time).collect()
    };
    let first = times();
    assert_eq!(first.len(), 3);
    // What is measured is when they arrive, which may be a little after they were let go.
    assert!(first[2].duration_since(first[0]) > Duration::from_millis(450), "{first:?}");
    // Whoever was given the addresses, or wants to ignore what is asked, does not wait and does not ask.
    assert!(all(&urls, pace, Some(Obedience::Ignored)).iter().all(Result::is_ok));
    assert_eq!(times().len(), 3);
    assert_eq!(site.requests().iter().filter(|head| head.contains(" /robots.txt ")).count(), 1);
}
