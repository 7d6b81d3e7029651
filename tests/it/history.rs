//! `history`: the texts that an archive's records of a page hold, against an archive on loopback.

use std::net::TcpListener;

use crate::support::{
    Archive, Index, Reply, Run, Sandbox, Server,
    sandbox::{NOW, run},
    schema,
};

const PAGE: &str = "http://ministry.example/release";

fn page(text: &str, counter: u32) -> String {
    format!(
        "<title>Talks</title><nav>Home, all releases</nav><main><p>Ministers met on Monday.</p><p>{text}</p></main><footer>Visitor {counter}</footer>"
    )
}

/// Two texts, the first under two payloads and again later; a redirect and an error between.
fn archive(index: Index) -> Server {
    Archive::new(index)
        .page("20171116090000", PAGE, page("Talks go on in May.", 1))
        .page("20171117090000", PAGE, page("Talks go on in May.", 2))
        .with("20171118090000", PAGE, Reply::status(503, "busy"))
        .page("20171119090000", PAGE, page("Talks go on in June.", 3))
        .page("20171120090000", PAGE, page("Talks go on in June.", 3))
        .page("20171121090000", PAGE, page("Talks go on in May.", 1))
        .start()
}

fn history(archive: &Server, options: &[&str]) -> Run {
    let web = archive.url("/web");
    Sandbox::new().vidimus([&["history", PAGE, "--archive", &web, "--delay", "0"], options].concat())
}

#[test]
fn a_text_is_listed_for_as_long_as_it_stands() {
    for index in [Index::Lines, Index::Table] {
        let archive = archive(index);
        let found = schema::history(&history(&archive, &["--format", "json"]).ended(0).stdout);
        let spans: Vec<_> =
            found.versions.iter().map(|one| (one.first.digits(), one.last.digits(), one.records)).collect();
        let span = |first: &str, last: &str, records| (first.to_owned(), last.to_owned(), records);
        assert_eq!(
            spans,
            [
                span("20171116090000", "20171117090000", 2),
                span("20171119090000", "20171120090000", 2),
                span("20171121090000", "20171121090000", 1),
            ]
        );
        assert_eq!(
            (found.records, found.url.as_str(), found.archive.as_str()),
            (5, PAGE, archive.url("/web").as_str())
        );
        let changes: Vec<_> = found.versions.iter().map(|one| (one.added, one.removed, one.words)).collect();
        assert_eq!(changes, [(0, 0, 9), (1, 1, 9), (1, 1, 9)], "menus and footers are not counted");
        assert_eq!(found.versions[0].text_sha256, found.versions[2].text_sha256);
        assert_eq!(found.versions[0].uri, archive.url(&format!("/web/20171116090000id_/{PAGE}")));
        // Three payloads differ; what was read once is not fetched again.
        let fetched = archive.requests().iter().filter(|head| head.contains("id_/")).count();
        assert_eq!(fetched, 3, "{index:?}");
    }
}

#[test]
fn an_archive_without_an_index_has_a_time_map() {
    let archive = Archive::new(Index::None)
        .page("20171116090000", PAGE, page("Talks go on in May.", 1))
        .page("20171119090000", PAGE, page("Talks go on in June.", 3))
        .start();
    let found = schema::history(&history(&archive, &["--format", "json"]).ended(0).stdout);
    assert_eq!(found.versions.len(), 2);
}

#[test]
fn a_span_can_be_asked_for_and_what_was_not_looked_at_is_said() {
    let archive = archive(Index::Lines);
    let span = ["--from", "2017-11-19", "--to", "2017-11-20T23:00:00Z", "--format", "json"];
    let found = schema::history(&history(&archive, &span).ended(0).stdout);
    assert_eq!((found.records, found.versions.len()), (1, 1), "a day means its noon");
    let few = schema::history(&history(&archive, &["--most", "1", "--format", "json"]).ended(1).stdout);
    assert_eq!((few.versions.len(), few.not_fetched), (1, 4));
    let shown = history(&archive, &["--most", "1"]);
    assert!(shown.ended(1).stdout.contains("4 newer records were not looked at"), "{shown:#?}");
}

#[test]
fn it_is_shown_as_a_list() {
    let shown = history(&archive(Index::Lines), &[]);
    let text = &shown.ended(0).stdout;
    assert!(text.starts_with(&format!("3 texts of {PAGE}: 5 records in the archive")), "{text}");
    assert!(text.contains("2017-11-16T09:00:00Z to 2017-11-17T09:00:00Z, 2 records: 9 words\n"), "{text}");
    assert!(text.contains("2017-11-21T09:00:00Z: 9 words, 1 paragraph new, 1 gone\n"), "{text}");
}

#[test]
fn a_record_that_cannot_be_read_is_named_and_the_rest_goes_on() {
    let archive = Archive::new(Index::Lines)
        .page("20171116090000", PAGE, page("Talks go on in May.", 1))
        .with("20171117090000", PAGE, Reply::page("application/pdf", "%PDF-1.7 x"))
        .page("20171119090000", PAGE, page("Talks go on in June.", 3))
        .start();
    let found = schema::history(&history(&archive, &["--format", "json"]).ended(1).stdout);
    assert_eq!((found.versions.len(), found.unread.len()), (2, 1));
    assert!(found.unread[0].cause.contains("this is a PDF file"), "{found:#?}");
}

#[test]
fn no_record_is_trouble() {
    let empty = Archive::new(Index::Lines).start();
    history(&empty, &[]).trouble("http://ministry.example/release: not archived");
    let shop = Server::new([]);
    history(&shop, &[]).trouble("/web says neither that it is an archive nor that it has a record of it");
    let dead = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let run = Sandbox::new().vidimus(["history", PAGE, "--archive", &format!("http://{dead}/web")]);
    run.trouble(&format!("{PAGE} (asking http://{dead}/web): could not connect"));
    Sandbox::new().vidimus(["history", "release.html"]).trouble("release.html: not a valid address");
}

#[test]
fn without_the_network_the_same_history_comes_out_of_the_store() {
    for index in [Index::Lines, Index::Table] {
        let (archive, sandbox) = (archive(index), Sandbox::new());
        let web = archive.url("/web");
        let history = |more: &[&str], time: &str| {
            let arguments = [&["history", PAGE, "--archive", &web, "--delay", "0", "--store", "store"], more].concat();
            run(sandbox.command(arguments).env("SOURCE_DATE_EPOCH", time), b"")
        };
        let online = history(&["--format", "json"], NOW);
        let asked = archive.requests().len();
        let offline = history(&["--format", "json", "--offline"], "1600000000");
        assert_eq!((offline.status, &offline.stdout), (Some(0), &online.stdout), "{offline:#?}");
        assert_eq!(history(&["--offline"], "1600000000").stdout, history(&["--offline"], NOW).stdout);
        assert_eq!(archive.requests().len(), asked, "nothing was asked for");
        // Each record of the list can be held against a copy, too.
        sandbox.write("copy.html", page("Talks go on in June.", 3));
        let at = ["--at", "2017-11-19T09:00:00Z", "--archive", &web, "--store", "store", "--offline"];
        sandbox.vidimus([&["check", "copy.html", "--original", PAGE], &at[..]].concat()).ended(0);
        let part = history(&["--offline", "--to", "2017-11-20", "--format", "json"], NOW);
        assert_eq!(schema::history(&part.ended(0).stdout).versions.len(), 2);
    }
}

#[test]
fn an_archive_without_an_index_is_kept_too() {
    let archive = Archive::new(Index::None).page("20171116090000", PAGE, page("Talks go on in May.", 1)).start();
    let (web, sandbox) = (archive.url("/web"), Sandbox::new());
    let base = ["history", PAGE, "--archive", &web, "--delay", "0", "--store", "store", "--format", "json"];
    let online = sandbox.vidimus(base);
    let offline = sandbox.vidimus([&base[..], &["--offline"]].concat());
    assert_eq!(offline.ended(0).stdout, online.ended(0).stdout);
}

#[test]
fn what_the_store_does_not_have_is_said_and_not_asked_for() {
    let (archive, sandbox) = (archive(Index::Lines), Sandbox::new());
    let web = archive.url("/web");
    let base = ["history", PAGE, "--archive", &web, "--delay", "0", "--store", "store"];
    let none = [&base[..], &["--offline"]].concat();
    sandbox.vidimus(&none).trouble("store: there is no snapshot store");
    let few = sandbox.vidimus([&base[..], &["--most", "1"]].concat());
    assert_eq!(few.status, Some(1), "{few:#?}");
    let asked = archive.requests().len();
    // What was beyond the most is listed, and is not there.
    let more = sandbox.vidimus([&none[..], &["--format", "json"]].concat());
    let found = schema::history(&more.ended(1).stdout);
    assert_eq!((found.versions.len(), found.unread.len()), (1, 3), "{found:#?}");
    assert!(found.unread[0].cause.contains("not in the snapshot store"), "{found:#?}");
    let other = ["history", "http://ministry.example/other", "--archive", &web, "--store", "store", "--offline"];
    let run = sandbox.vidimus(other);
    run.trouble("http://ministry.example/other: the snapshot store store has no list of the records");
    assert_eq!(archive.requests().len(), asked, "nothing was asked for");
}
