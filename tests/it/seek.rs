//! `check COPY` without an original: what the copy says of its origin is followed, and taken only where it holds the text.

use vidimus::{Report, Verdict, capture::Via};

use crate::{
    fetch::codes,
    support::{Archive, Index, Reply, Run, Sandbox, Server, schema},
};

const TEXT: &str = "<p>Ministers of both countries met in the capital on Monday and agreed to share the water of the river.</p><p>Work \
    on the two dams will stop until a joint commission has reported on the floods of the past spring.</p>";
const OTHER: &str = "<h1>All releases</h1><p>Here you find everything the ministry has published since the turn of the century.</p><p>Use \
    the search or write to the press office, which answers within two days as a rule.</p>";

/// Serves a copy of `TEXT` with `line` behind it, and what the line may lead to.
fn site(line: &str) -> Server {
    let line = line.to_owned();
    Server::answering(move |path| match path {
        "/copy" => Reply::html(format!("<article>{TEXT}<p>{line}</p></article>")),
        "/release" => Reply::html(format!("<h1>On the water of the river</h1>{TEXT}")),
        "/altered" => Reply::html(TEXT.replace("will stop", "may stop")),
        "/index" => Reply::html(OTHER),
        _ => Reply::status(404, "no such page"),
    })
}

fn check(server: &Server, options: &[&str]) -> Run {
    let url = server.url("/copy");
    Sandbox::new().vidimus([&["check", &url, "--format", "json"], options].concat())
}

#[track_caller]
fn found(run: &Run) -> Report {
    assert!(run.stderr.starts_with("note: No original was given: "), "it says what it took: {run:#?}");
    let report = schema::report(&run.stdout);
    assert_eq!(codes(&report).first(), Some(&"original-found"), "and so does the report");
    report
}

#[test]
fn the_source_line_is_followed() {
    for line in [
        "Source: <a href=/release>Ministry of Water</a>",
        "Originally published at <a href='/release#top'>ministry.example</a>.",
        "Source: <a href=/index>Ministry</a>, <a href=/release>release of 11 November 2017</a>",
    ] {
        let server = site(line);
        let report = found(check(&server, &[]).ended(0));
        assert_eq!(report.original.final_url, Some(server.url("/release")), "{line}");
        assert_eq!(report.verdict, Verdict::Verbatim, "{line}");
        let said = &report.limits[0].message;
        assert!(said.contains("since the line “") && said.contains("links to it"), "{said}");
    }
}

#[test]
fn an_address_that_is_spelled_out_is_one() {
    let server = Server::answering(|path| match path {
        "/release" => Reply::html(TEXT),
        _ => Reply::status(404, ""),
    });
    let address = server.url("/release");
    let copy = Server::answering(move |_| Reply::html(format!("{TEXT}<p>Source: {address}</p>")));
    let report = found(check(&copy, &[]).ended(0));
    assert_eq!(report.original.final_url, Some(server.url("/release")));
}

#[test]
fn what_the_metadata_is_based_on_is_followed() {
    let server = Server::answering(|path| match path {
        "/copy" => Reply::html(format!("<head><meta name=original-source content=/altered></head><body>{TEXT}")),
        "/altered" => Reply::html(TEXT.replace("will stop", "may stop")),
        _ => Reply::status(404, ""),
    });
    let report = found(check(&server, &[]).ended(1));
    assert_eq!(report.verdict, Verdict::Altered, "the original that was found is judged as any other");
}

/// The copy's own address, a page that carries the link, one that is gone: none of them is the original.
#[test]
fn a_document_is_never_taken_because_it_was_linked() {
    for line in [
        "Source: <a href=/index>Ministry of Water</a>",
        "Source: <a href=/gone>Ministry of Water</a>",
        "Source: <a href=/gone>Ministry</a>, <a href=/index>all releases</a>",
    ] {
        let run = check(&site(line), &[]);
        run.trouble("/copy: the original was not found where the page says it is from");
        assert!(run.stderr.contains("hint: --original names it"), "{run:#?}");
        let tried = run.stderr.contains("does not hold the text of the copy") || run.stderr.contains("status 404");
        assert!(tried, "{run:#?}");
    }
    for line in
        ["Source: <a href=/copy>our site</a>", "Source: <a href='#top'>above</a>", "Source: Ministry", "Nothing."]
    {
        let run = check(&site(line), &[]);
        run.trouble("/copy: no original is given, and the page names none");
    }
}

#[test]
fn the_same_page_under_another_address_is_no_original() {
    let server = Server::answering(|_| Reply::html(format!("{TEXT}<p>Source: <a href=/mirror>Ministry</a></p>")));
    check(&server, &[]).trouble("the original was not found");
}

#[test]
fn where_the_page_is_gone_an_archive_near_its_day_is_asked() {
    let release = "http://127.0.0.1:9/release";
    let archive =
        Archive::new(Index::Lines).page("20171111180000", release, TEXT).page("20200101000000", release, OTHER).start();
    let copy = Server::answering(move |_| {
        Reply::html(format!("{TEXT}<p>Source: <a href={release}>Ministry</a>, 11 November 2017</p>"))
    });
    let report = found(check(&copy, &["--archive", &archive.url("/web")]).ended(0));
    assert_eq!((report.original.via, report.verdict), (Via::Memento, Verdict::Verbatim));
    let memento = report.original.memento.unwrap();
    assert_eq!(memento.datetime.to_string(), "2017-11-11T18:00:00Z");
    let said = &report.limits[0].message;
    assert!(said.contains("its record of 2017-11-11T18:00:00Z in an archive"), "{said}");
    // Asked for another day, the archive has another text.
    check(&copy, &["--archive", &archive.url("/web"), "--at", "2020-01-01"]).trouble("the original was not found");
}

/// What a page names, the user did not.
#[test]
fn a_copy_leads_nobody_into_a_private_network() {
    let server = Server::new([("/release", Reply::html(TEXT))]);
    let sandbox = Sandbox::new();
    let link = server.url("/release");
    sandbox.write("copy.html", format!("{TEXT}<p>Source: <a href={link}>Ministry</a></p>"));
    let run = sandbox.vidimus(["check", "copy.html"]);
    run.trouble("copy.html: the original was not found");
    assert!(run.stderr.contains("a private address, which is only asked where it was named"), "{run:#?}");
    assert_eq!(server.requests(), Vec::<String>::new());
    sandbox.vidimus(["check", "copy.html", "--allow-private"]).ended(0);
}

#[test]
fn what_was_found_is_sealed_with_how() {
    let server = site("Source: <a href=/release>Ministry of Water</a>");
    let sandbox = Sandbox::new();
    let run = sandbox.vidimus(["check", &server.url("/copy"), "--out", "evidence"]);
    run.ended(0);
    let statement = std::fs::read_to_string(sandbox.path("evidence/statement.json")).unwrap();
    assert!(statement.contains(r#""options":{"originalFound":"No original was given: "#), "{statement}");
}
