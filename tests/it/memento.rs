//! `check --at` and `history`: records of web archives, asked for by date, against an archive on loopback.

use vidimus::{
    Report, Verdict,
    capture::{Assurance, Via},
    digest::{base32, sha1},
};

use crate::{
    fetch::{ORIGINAL, codes, gzip},
    support::{Archive, Index, Reply, Run, Sandbox, Server, schema},
};

const PAGE: &str = "http://ministry.example/release";
const LATER: &str = "<p>Ministers met in the capital on Monday. They will continue their talks in June.</p>";

/// Holds a copy of `ORIGINAL` against what `archive` has of `url` near `at`.
fn check(archive: &Server, url: &str, at: &str, options: &[&str]) -> Run {
    let sandbox = Sandbox::new();
    sandbox.write("copy.html", ORIGINAL);
    let archive = archive.url("/web");
    let fixed = ["check", "copy.html", "--original", url, "--at", at, "--archive", &archive, "--format", "json"];
    sandbox.vidimus([&fixed, options].concat())
}

#[track_caller]
fn report(run: &Run) -> Report {
    schema::report(&run.stdout)
}

fn two(index: Index) -> Server {
    Archive::new(index).page("20171116090000", PAGE, ORIGINAL).page("20180301000000", PAGE, LATER).start()
}

#[test]
fn the_record_nearest_to_a_day_is_taken() {
    for index in [Index::Lines, Index::Table] {
        let archive = two(index);
        let found = report(check(&archive, PAGE, "2017-11-16", &[]).ended(0));
        assert_eq!((found.verdict, found.original.via), (Verdict::Verbatim, Via::Memento), "{index:?}");
        assert_eq!(found.original.assurance, Assurance::Archive);
        assert_eq!((found.original.locator.as_str(), found.original.url.as_deref()), (PAGE, Some(PAGE)));
        assert_eq!((found.original.final_url.as_deref(), found.original.status), (Some(PAGE), Some(200)));
        let memento = found.original.memento.as_ref().unwrap();
        assert_eq!(memento.uri, archive.url(&format!("/web/20171116090000id_/{PAGE}")));
        assert_eq!(memento.datetime.to_string(), "2017-11-16T09:00:00Z");
        assert_eq!(memento.requested.to_string(), "2017-11-16T12:00:00Z", "a day means its noon");
        assert_eq!(memento.archive, archive.url("/web"));
        let sha1 = base32(&sha1(ORIGINAL.as_bytes()));
        assert_eq!((memento.index_sha1.as_ref(), &memento.payload_sha1), (Some(&sha1), &sha1));
        assert_eq!(codes(&found), ["memento-private"], "the tests' archive is on loopback");

        let later = report(check(&archive, PAGE, "2018-02-28T10:00:00Z", &[]).ended(1));
        assert_eq!((later.verdict, codes(&later)), (Verdict::Altered, vec!["memento-private"]));
    }
}

#[test]
fn a_day_far_from_any_record_is_said() {
    let found = report(check(&two(Index::Lines), PAGE, "2012-01-01", &[]).ended(0));
    assert_eq!(codes(&found), ["memento-far", "memento-private"]);
    assert_eq!(found.original.memento.unwrap().datetime.to_string(), "2017-11-16T09:00:00Z", "what the archive says");
}

#[test]
fn an_archive_without_an_index_is_asked_by_its_gate() {
    let archive = Archive::new(Index::None).page("20171116090000", PAGE, ORIGINAL).start();
    let found = report(check(&archive, PAGE, "2017-11-16", &[]).ended(0));
    let memento = found.original.memento.unwrap();
    assert_eq!((memento.datetime.to_string().as_str(), memento.index_sha1), ("2017-11-16T09:00:00Z", None));
    let asked = archive.requests().join("\n").to_ascii_lowercase();
    assert!(asked.contains("accept-datetime: thu, 16 nov 2017 12:00:00 gmt\r\n"), "{asked}");
}

#[test]
fn the_raw_form_is_asked_for_and_no_other() {
    let archive = two(Index::Lines);
    check(&archive, PAGE, "20171116", &[]).ended(0);
    let asked: Vec<String> = archive.requests();
    assert_eq!(asked.len(), 2, "{asked:?}");
    assert!(
        asked[0].starts_with(
            "GET /web/cdx?url=http%3A%2F%2Fministry.example%2Frelease&output=json&closest=20171116120000&"
        )
    );
    assert!(asked[1].starts_with(&format!("GET /web/20171116090000id_/{PAGE} HTTP/1.1")));
}

/// The recorded redirect leads to a live server, which would give another text and must not be asked.
#[test]
fn a_recorded_redirect_is_followed_within_the_archive() {
    let live = Server::new([("/new", Reply::html(LATER))]);
    let moved = live.url("/new");
    let archive = Archive::new(Index::Lines)
        .with("20171116090000", PAGE, Reply::redirect(301, &moved))
        .page("20171116090200", &moved, ORIGINAL)
        .page("20200101000000", &moved, LATER)
        .start();
    let found = report(check(&archive, PAGE, "2017-11-16", &[]).ended(0));
    assert_eq!((found.original.final_url.as_deref(), found.verdict), (Some(moved.as_str()), Verdict::Verbatim));
    let hops: Vec<_> = found.original.redirects.unwrap().into_iter().map(|hop| (hop.url, hop.status)).collect();
    assert_eq!(hops, [(PAGE.to_owned(), 301)]);
    assert_eq!(live.requests(), Vec::<String>::new(), "the live web is not asked");
}

#[test]
fn redirects_in_an_archive_end() {
    let round = Archive::new(Index::Lines)
        .with("20171116090000", PAGE, Reply::redirect(301, "/other"))
        .with("20171116090000", "http://ministry.example/other", Reply::redirect(301, PAGE))
        .start();
    check(&round, PAGE, "2017-11-16", &[]).trouble("its redirects run in a loop");
    let mut long = Archive::new(Index::Lines).with("20171116090000", PAGE, Reply::redirect(301, "/0"));
    for number in 0..20 {
        let reply = Reply::redirect(301, &format!("/{}", number + 1));
        long = long.with("20171116090000", &format!("http://ministry.example/{number}"), reply);
    }
    check(&long.start(), PAGE, "2017-11-16", &[]).trouble("more than 10 redirects");
}

#[test]
fn not_archived_is_not_gone_and_a_recorded_error_is_not_a_page() {
    for index in [Index::Lines, Index::Table, Index::None] {
        let archive = two(index);
        let run = check(&archive, "http://ministry.example/never", "2017-11-16", &[]);
        run.trouble("http://ministry.example/never: not archived, http://127.0.0.1:");
        assert!(run.stderr.contains("hint: that says nothing of whether it was ever published"), "{run:#?}");
    }
    let gone = Archive::new(Index::Lines).with("20171116090000", PAGE, Reply::status(404, "gone")).start();
    let run = check(&gone, PAGE, "2017-11-16", &[]);
    run.trouble("the record of 2017-11-16T09:00:00Z is an answer with status 404 (not found)");
    // Where there is a record of the page, that is wanted and not the error, however near.
    let both = Archive::new(Index::Lines)
        .with("20171116090000", PAGE, Reply::status(404, "gone"))
        .page("20171101000000", PAGE, ORIGINAL)
        .start();
    let found = report(check(&both, PAGE, "2017-11-16", &[]).ended(0));
    assert_eq!(found.original.memento.unwrap().datetime.to_string(), "2017-11-01T00:00:00Z");
}

#[test]
fn a_packed_record_is_unpacked_and_its_digest_is_that_of_what_was_stored() {
    let packed = gzip(ORIGINAL.as_bytes());
    let reply = Reply::html(packed.clone()).header("Content-Encoding", "gzip");
    let archive = Archive::new(Index::Lines).with("20171116090000", PAGE, reply).start();
    let found = report(check(&archive, PAGE, "2017-11-16", &[]).ended(0));
    let memento = found.original.memento.clone().unwrap();
    assert_eq!(
        (memento.index_sha1.as_ref(), memento.payload_sha1),
        (Some(&base32(&sha1(&packed))), base32(&sha1(&packed)))
    );
    assert_eq!((found.verdict, found.original.bytes), (Verdict::Verbatim, ORIGINAL.len() as u64));
    assert_eq!(codes(&found), ["memento-private"]);
}

#[test]
fn another_digest_than_the_indexs_is_a_limit_and_no_accusation() {
    let other = base32(&sha1(b"with framing"));
    let archive = Archive::new(Index::Lines).page("20171116090000", PAGE, ORIGINAL).digest(&other).start();
    let found = report(check(&archive, PAGE, "2017-11-16", &[]).ended(0));
    assert_eq!((found.verdict, codes(&found)), (Verdict::Verbatim, vec!["memento-digest-differs", "memento-private"]));
    let limit = &found.limits[0].message;
    assert!(limit.contains(&other) && limit.contains(&base32(&sha1(ORIGINAL.as_bytes()))), "both values: {limit}");
}

#[test]
fn what_is_no_archive_is_said() {
    let page = Server::answering(|_| Reply::html("<p>Welcome to our shop.</p>"));
    let run = check(&page, PAGE, "2017-11-16", &[]);
    run.trouble(" names no record (status 200)");
    let broken = Server::answering(|_| Reply::status(503, "down").header("Retry-After", "0"));
    check(&broken, PAGE, "2017-11-16", &[]).trouble(" answered with status 503");
    // That some server does not know an address says nothing of an archive.
    let shop = Server::new([]);
    let run = check(&shop, PAGE, "2017-11-16", &[]);
    run.trouble("/web says neither that it is an archive nor that it has a record of it (status 404)");
    assert!(run.stderr.contains("hint: --archive names another"), "{run:#?}");
    let lying = Server::answering(|path| match path.contains("cdx?") {
        true => Reply::page("text/plain", format!("{{\"timestamp\": \"20171116090000\", \"url\": \"{PAGE}\"}}")),
        false => Reply::html(ORIGINAL),
    });
    check(&lying, PAGE, "2017-11-16", &[]).trouble("without saying when this was recorded (Memento-Datetime)");
}

/// An archive that leads to somebody's private network is treated as anybody who does.
#[test]
fn an_archive_leads_nowhere_but_to_itself() {
    let away = Server::answering(|path| match path.contains("cdx?") {
        true => Reply::status(404, ""),
        false => Reply::redirect(302, "http://10.0.0.1/web/20171116090000/http://ministry.example/release"),
    });
    check(&away, PAGE, "2017-11-16", &[]).trouble(" names no record (status 302)");
}

#[test]
fn days_and_moments_are_read_and_nothing_else() {
    let archive = two(Index::Lines);
    for at in ["2017-11-16", "2017-11-16T09:00:00Z", "2017-11-16T10:00:00+01:00", "20171116", "20171116090000"] {
        check(&archive, PAGE, at, &[]).ended(0);
    }
    for at in ["", "16.11.2017", "2017", "2017-13-01", "yesterday"] {
        check(&archive, PAGE, at, &[]).trouble("a day as in 2017-11-16");
    }
    let sandbox = Sandbox::new();
    sandbox.write("copy.html", ORIGINAL);
    let run = sandbox.vidimus(["check", "copy.html", "--original", "copy.html", "--at", "2017-11-16"]);
    run.trouble("--at: archives have records of addresses, and this is none");
}

#[test]
fn a_page_that_is_gone_offers_an_archive() {
    let server = Server::new([]);
    let sandbox = Sandbox::new();
    sandbox.write("copy.html", ORIGINAL);
    let run = sandbox.vidimus(["check", "copy.html", "--original", &server.url("/release")]);
    run.trouble("status 404 (not found)");
    assert!(run.stderr.contains("hint: a web archive may have it: --at 2017-11-16"), "{run:#?}");
}

#[test]
fn a_page_that_is_shown_to_browsers_only_offers_an_archive() {
    let challenge = "<title>Just a moment...</title><p>Checking your browser before accessing ministry.example.</p>";
    let server =
        Server::new([("/release", Reply::html(challenge).with_status(503).header("cf-mitigated", "challenge"))]);
    let sandbox = Sandbox::new();
    sandbox.write("copy.html", ORIGINAL);
    let run = sandbox.vidimus(["check", "copy.html", "--original", &server.url("/release")]);
    run.trouble("a test for robots");
    assert!(run.stderr.contains("hint: a web archive may have it: --at 2017-11-16"), "{run:#?}");
}

#[test]
fn a_record_can_be_sealed_and_verified() {
    let archive = two(Index::Lines);
    let sandbox = Sandbox::new();
    sandbox.write("copy.html", ORIGINAL);
    let web = archive.url("/web");
    let arguments =
        ["check", "copy.html", "--original", PAGE, "--at", "2017-11-16", "--archive", &web, "--out", "evidence"];
    let run = sandbox.vidimus(arguments);
    assert!(run.ended(0).stdout.contains("Recorded at 2017-11-16T09:00:00Z by the archive"), "{run:#?}");
    let statement = std::fs::read_to_string(sandbox.path("evidence/statement.json")).unwrap();
    assert!(
        statement.contains(r#""memento":{"cdxDigest":"#) && statement.contains(r#""via":"memento""#),
        "{statement}"
    );
}

#[test]
fn the_sheets_of_a_record_are_those_that_the_archive_has_of_its_time() {
    let hidden = "<p class=x>They have agreed on everything.</p>";
    let page = format!(
        "<link rel=stylesheet href=/s.css><link rel=stylesheet href=old.css><link rel=stylesheet href=gone.css>{ORIGINAL}{hidden}"
    );
    let css = |text: &str| Reply::page("text/css", text.to_owned());
    let archive = Archive::new(Index::Lines)
        .page("20171116090000", PAGE, page)
        .with("20171120090000", "http://ministry.example/s.css", Reply::redirect(301, "/t.css"))
        .with("20171120090000", "http://ministry.example/t.css", css(".x { display: none }"))
        .with("20200101000000", "http://ministry.example/t.css", css(".x { color: red }"))
        .with("20120101000000", "http://ministry.example/old.css", css("p { display: none }"))
        .start();
    let found = report(check(&archive, PAGE, "2017-11-16", &[]).ended(0));
    assert_eq!(found.verdict, Verdict::Verbatim, "what the sheet of the day hides is not seen: {found:#?}");
    let [sheet] = &found.original.sheets[..] else { panic!("one sheet: {:?}", found.original.sheets) };
    assert_eq!(sheet.url.as_deref(), Some("http://ministry.example/s.css"));
    assert_eq!(sheet.final_url.as_deref(), Some("http://ministry.example/t.css"));
    let told = &found.limits.iter().find(|limit| limit.code == "sheet-not-captured").unwrap().message;
    assert!(told.contains("old.css (the archive’s nearest record of it is of 2012-01-01T00:00:00Z, too far"), "{told}");
    assert!(told.contains("gone.css (not archived"), "{told}");
    assert!(archive.requests().iter().all(|head| head.contains("/web/")), "nobody else was asked");
    let without = report(check(&archive, PAGE, "2017-11-16", &["--no-sheets"]).ended(1));
    assert_eq!(without.original.sheets.len(), 0);
}

#[test]
fn quotations_are_held_against_records_too() {
    let archive = two(Index::Lines);
    let sandbox = Sandbox::new();
    sandbox.write("article.html", "<p>It says “They will continue their talks in May.”.</p>");
    let web = archive.url("/web");
    let ask = |at: &str, status: i32| {
        let run = sandbox.vidimus([
            "quotes",
            "article.html",
            "--original",
            PAGE,
            "--at",
            at,
            "--archive",
            &web,
            "--format",
            "json",
        ]);
        let report: serde_json::Value = serde_json::from_str(&run.ended(status).stdout).unwrap();
        (report["quotes"][0]["status"].clone(), report["originals"][0]["memento"]["datetime"].clone())
    };
    assert_eq!(ask("2017-11-16", 0), ("exact".into(), "2017-11-16T09:00:00Z".into()));
    assert_eq!(ask("2018-03-01", 1), ("altered".into(), "2018-03-01T00:00:00Z".into()));
    let none = sandbox.vidimus(["quotes", "article.html", "--original", "article.html", "--at", "2017-11-16"]);
    none.trouble("--at: archives have records of addresses, and no original is one");
}
