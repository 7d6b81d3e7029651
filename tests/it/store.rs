//! The snapshot store as the library has it: what is put in comes out as it was, whoever writes at the same time and whatever ends it.
//! What the program does with one is in `snapshots`.

use std::{
    fs,
    path::{Path, PathBuf},
    thread,
};

use vidimus::{
    Capture, Moment,
    capture::{
        self, Limits, Locator,
        store::{MARKER, Store, Trouble},
    },
    pipeline,
};

use crate::{
    fetch::gzip,
    support::{Reply, Sandbox, Server, files_below},
};

pub const PAGE: &str =
    "<link rel=stylesheet href=/s.css><link rel=stylesheet href=/gone.css><p>Talks will go on in May.</p>";

/// A page behind a redirect, packed, with one sheet that is there and one that is not, and headers that are no text.
pub fn server() -> Server {
    let packed = Reply::page("text/html; charset=utf-8", gzip(PAGE.as_bytes()));
    let packed = packed.header("Content-Encoding", "gzip").header("Set-Cookie", "a=sekrit");
    let odd = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Odd: \xff\xfe\r\nConnection: close\r\n\r\n<p>Odd.</p>"
        .to_vec();
    Server::new([
        ("/old", Reply::redirect(302, "/page")),
        ("/page", packed),
        ("/plain", Reply::html("<p>Nothing was decided.</p>")),
        ("/odd", Reply::Raw(odd)),
        ("/s.css", Reply::page("text/css", ".x { color: red }")),
    ])
}

/// What the library captures at `url`, `seconds` after 1970.
pub fn captured(url: &str, seconds: i64) -> Capture {
    let (locator, limits, now) = (Locator::parse(url), Limits::default(), Moment::from_unix(seconds));
    let mut capture = capture::one(&locator, &limits, now, &mut std::io::empty(), &mut |_| ()).unwrap();
    pipeline::with_sheets(&mut [(&locator, &mut capture)], &limits, now, &mut |_| ());
    capture
}

fn replayed(store: &Store, url: &str) -> Option<Capture> {
    store.replay(&Locator::parse(url), &Limits::default()).unwrap()
}

#[track_caller]
fn whole(store: &Store) -> vidimus::capture::store::Inspection {
    let found = store.inspect(&mut |_| ()).unwrap();
    assert_eq!(found.damage, []);
    found
}

fn objects(root: &Path) -> Vec<PathBuf> {
    files_below(&root.join("objects"))
}

#[test]
fn what_was_put_in_comes_out_as_it_was() {
    let (server, sandbox) = (server(), Sandbox::new());
    let store = Store::create(&sandbox.path("store")).unwrap();
    for (at, path) in ["/old", "/page", "/plain", "/odd"].into_iter().enumerate() {
        let url = server.url(path);
        let capture = captured(&url, 1_000_000 + at as i64);
        assert_eq!(replayed(&store, &url), None);
        let kept = store.put(&capture).unwrap().unwrap();
        assert!(kept.new);
        assert_eq!(replayed(&store, &url).as_ref(), Some(&capture), "{path}");
        assert_eq!(replayed(&store, &format!("{url}#part")).map(|found| found.body), Some(capture.body.clone()));
        let again = store.put(&capture).unwrap().unwrap();
        assert_eq!((again.id, again.new), (kept.id, false));
    }
    let found = whole(&store);
    assert_eq!((found.captures, found.unused, found.aside), (4, 0, 0));
    // The packed page, the body of the redirect, two plain ones and the sheet: each once, whoever refers to it.
    assert_eq!(objects(store.root()).len(), 5);
    let stored = objects(store.root()).iter().map(|path| fs::read(path).unwrap()).collect::<Vec<_>>();
    assert!(
        stored.contains(&gzip(PAGE.as_bytes())) && !stored.contains(&PAGE.as_bytes().to_vec()),
        "bytes as received"
    );
    assert!(
        files_below(store.root()).iter().all(|path| !fs::read(path).unwrap().windows(6).any(|six| six == b"sekrit"))
    );
}

#[test]
fn a_capture_is_never_overwritten_and_the_last_is_replayed() {
    let (first, second) = (Reply::html("<p>First words.</p>"), Reply::html("<p>Second words.</p>"));
    let server = Server::new([("/page", Reply::Turns(vec![first.clone(), second, first]))]);
    let (sandbox, url) = (Sandbox::new(), server.url("/page"));
    let store = Store::create(&sandbox.path("store")).unwrap();
    // Within one second, as where the clock stands still.
    let captures = [(); 3].map(|()| captured(&url, 5));
    for capture in &captures {
        store.put(capture).unwrap();
        assert_eq!(replayed(&store, &url).as_ref(), Some(capture));
    }
    store.put(&captured(&url, 4)).unwrap();
    assert_eq!(replayed(&store, &url).as_ref(), Some(&captures[2]), "an earlier one that comes later is no later one");
    let (entries, wrong) = store.entries().unwrap();
    assert_eq!((entries.len(), wrong), (4, Vec::new()));
    assert_eq!(whole(&store).objects, 2);
}

#[test]
fn a_name_stands_for_one_snapshot() {
    let (server, sandbox) = (server(), Sandbox::new());
    let store = Store::create(&sandbox.path("store")).unwrap();
    let url = server.url("/plain");
    let ids: Vec<_> = (0..40).map(|at| store.put(&captured(&url, at)).unwrap().unwrap().id).collect();
    for id in &ids {
        let entry = store.find(&id.to_string()).unwrap();
        assert_eq!((entry.id, entry.url.as_str()), (*id, url.as_str()));
        assert_eq!(store.find(&entry.short()).unwrap(), entry);
    }
    assert_eq!(store.find(&url).unwrap().id, ids[39], "an address stands for its last");
    assert!(matches!(store.find("ffffffffffff"), Err(Trouble::Unknown { .. })));
    assert!(matches!(store.find("0f"), Err(Trouble::Name { .. })));
    assert!(matches!(store.find("http://127.0.0.1:1/"), Err(Trouble::Unknown { .. })));
}

#[test]
fn damage_is_noticed_wherever_it_is_and_never_served() {
    let (server, sandbox) = (server(), Sandbox::new());
    let (old, plain) = (server.url("/old"), server.url("/plain"));
    let fresh = |name: &str| {
        let store = Store::create(&sandbox.path(name)).unwrap();
        store.put(&captured(&old, 1)).unwrap();
        store.put(&captured(&plain, 1)).unwrap();
        store
    };
    let all = files_below(fresh("model").root()).len();
    assert_eq!(all, 7, "four bodies, two records, a marker");
    for at in 0..all {
        for harm in 0..4 {
            let store = fresh(&format!("store-{at}-{harm}"));
            let path = files_below(store.root()).swap_remove(at);
            let mut bytes = fs::read(&path).unwrap();
            match harm {
                0 => *bytes.last_mut().unwrap() ^= 1,
                1 => bytes.truncate(bytes.len() / 2),
                2 => bytes.push(b' '),
                _ => {}
            }
            if harm == 3 {
                fs::remove_file(&path).unwrap()
            } else {
                fs::write(&path, bytes).unwrap()
            }
            if path.ends_with(MARKER) {
                // A space behind it changes nothing of what it says.
                assert_eq!(Store::open(store.root()).is_ok(), harm == 2, "{harm}");
                continue;
            }
            let found = store.inspect(&mut |_| ()).unwrap();
            let record = path.extension().is_some();
            assert!(!found.damage.is_empty() || (record && harm == 3), "{}: {harm}", path.display());
            let served = [&old, &plain].map(|url| store.replay(&Locator::parse(url), &Limits::default()));
            let right = [captured(&old, 1), captured(&plain, 1)];
            let wrong = served.iter().zip(&right).filter(|(served, _)| !matches!(served, Ok(Some(_)))).count();
            assert_eq!(wrong, 1, "{}: {harm}: {served:?}", path.display());
            for (served, right) in served.iter().zip(&right) {
                assert!(served.as_ref().map_or(true, |served| served.as_ref().is_none_or(|served| served == right)));
            }
            if !record {
                // Who brings the bytes again makes the store whole.
                right.iter().for_each(|capture| assert!(store.put(capture).unwrap().is_some()));
                whole(&store);
            }
        }
    }
}

#[test]
fn many_writers_at_once_lose_nothing() {
    let (server, sandbox) = (server(), Sandbox::new());
    let url = server.url("/old");
    let captures: Vec<Capture> = (0..8).map(|at| captured(&url, at / 2)).collect();
    let root = sandbox.path("deep/store");
    thread::scope(|scope| {
        for capture in &captures {
            let root = &root;
            scope.spawn(move || {
                for _ in 0..8 {
                    let store = Store::create(root).unwrap();
                    store.put(capture).unwrap().unwrap();
                    assert!(store.replay(&Locator::parse(&capture.locator), &Limits::default()).unwrap().is_some());
                }
            });
        }
    });
    let store = Store::open(&root).unwrap();
    let found = whole(&store);
    assert_eq!((found.objects, found.aside, found.unused), (3, 0, 0));
    let mut ids: Vec<_> = store.entries().unwrap().0.iter().map(|entry| (entry.retrieved_at, entry.id)).collect();
    ids.dedup();
    assert_eq!(ids.len(), 4, "captures that are the same are kept once: {ids:?}");
}

#[test]
fn what_a_killed_program_left_is_in_nobodys_way() {
    let (server, sandbox) = (server(), Sandbox::new());
    let store = Store::create(&sandbox.path("store")).unwrap();
    let capture = captured(&server.url("/plain"), 1);
    // Ended while it wrote bytes, after it put them in place, and while it wrote the record.
    for number in 0..5 {
        sandbox.write(&format!("store/aside/{}-{number}.partial", std::process::id()), "<p>Noth");
    }
    let bytes = store.root().join("objects/00");
    fs::create_dir_all(bytes).unwrap();
    store.put(&captured(&server.url("/old"), 1)).unwrap();
    let record = files_below(&store.root().join("captures")).pop().unwrap();
    fs::remove_file(record).unwrap();
    assert_eq!(replayed(&store, &server.url("/old")), None, "bytes without a record are no capture");
    store.put(&capture).unwrap();
    assert_eq!(replayed(&store, &capture.locator), Some(capture));
    let found = whole(&store);
    assert_eq!((found.captures, found.aside, found.unused), (1, 5, 3));
}

#[test]
fn a_folder_that_is_no_store_or_a_later_one_is_left_alone() {
    let sandbox = Sandbox::new();
    sandbox.write("full/mine.txt", "mine");
    assert!(matches!(Store::create(&sandbox.path("full")), Err(Trouble::Occupied { .. })));
    assert!(matches!(Store::open(&sandbox.path("full")), Err(Trouble::NoStore { .. })));
    assert!(matches!(Store::open(&sandbox.path("none")), Err(Trouble::Absent { .. })));
    assert_eq!(sandbox.names(), ["full"], "looking makes nothing");
    sandbox.write(&format!("later/{MARKER}"), "{\"vidimus-snapshots\": 2, \"more\": 1}");
    let later = Store::create(&sandbox.path("later")).unwrap_err();
    assert!(matches!(&later, Trouble::Version { version, .. } if version == "2"), "{later}");
    for odd in ["", "{}", "[]", "{\"vidimus-snapshots\": \"1\"}", "{\"vidimus-snapshots\": 1.5}"] {
        sandbox.write(&format!("odd/{MARKER}"), odd);
        let odd = Store::open(&sandbox.path("odd")).unwrap_err();
        assert!(matches!(odd, Trouble::Damaged { .. } | Trouble::Version { .. }), "{odd}");
    }
}

#[test]
fn what_does_not_come_from_the_network_is_not_kept() {
    let sandbox = Sandbox::new();
    let store = Store::create(&sandbox.path("store")).unwrap();
    let capture = Capture::from_bytes("page.html", b"<p>Text</p>".to_vec(), None).unwrap();
    assert_eq!(store.put(&capture), Ok(None));
    for typed in ["page.html", "-", "a.wacz#http://example.org/"] {
        assert_eq!(store.replay(&Locator::parse(typed), &Limits::default()), Ok(None), "{typed}");
    }
}

#[test]
fn a_store_of_version_1_is_read_for_ever() {
    let store = Store::open(&crate::support::root().join("snapshots/formats/store-v1")).unwrap();
    let found = whole(&store);
    assert_eq!((found.captures, found.objects, found.unused), (1, 3, 0));
    let capture = replayed(&store, "http://127.0.0.1:18233/old").unwrap();
    assert!(capture.body.ends_with(b"<p>Talks will go on in May.</p>"), "unpacked");
    assert_eq!(capture.retrieved_at, Moment::parse("2017-11-28T00:00:00Z"));
    let exchange = capture.exchange.as_ref().unwrap();
    assert_eq!((exchange.final_url.as_str(), exchange.redirects.len()), ("http://127.0.0.1:18233/release", 1));
    assert_eq!(exchange.hops[1].header("x-odd"), Some(b"caf\xe9".as_slice()), "what is no text is kept too");
    assert_eq!(exchange.hops[1].left_out, ["set-cookie"]);
    assert_eq!((capture.sheets.len(), capture.missed_sheets.len()), (1, 1));
    assert_eq!(store.find("88bb").unwrap().url, "http://127.0.0.1:18233/old");
}
