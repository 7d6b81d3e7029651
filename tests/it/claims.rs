//! What a copy claims about where its text is from: publisher, author, date, title, source, licence; confirmed where the original
//! bears it out, contradicted only where it says otherwise, and a copy that contradicts itself is said to.

use vidimus::{
    Capture, Moment, Options, Report,
    check::{Claim, ClaimKind, ClaimStatus},
};

const TEXT: &str = "<p>The harbour board met on Monday and heard the pilots of the northern basin for three hours.</p>\
    <p>It agreed that no ship may enter the northern basin before the lights on the mole are repaired.</p>\
    <p>The board will meet again in May and then decide about the ferries to the outer islands.</p>";

fn page(head: &str, before: &str, behind: &str) -> Capture {
    let html = format!(
        "<!doctype html><html><head><meta charset=utf-8>{head}</head><body><main>{before}{TEXT}{behind}</main></body></html>"
    );
    Capture::from_bytes("page.html", html.into_bytes(), Some("text/html")).unwrap()
}

fn check(original: &Capture, copy: &Capture) -> Report {
    vidimus::check(original, copy, &Options::new(Moment::from_unix(0))).report
}

fn of(report: &Report, kind: ClaimKind) -> Vec<&Claim> {
    report.claims.iter().filter(|claim| claim.kind == kind).collect()
}

fn meta(name: &str, content: &str) -> String {
    format!("<meta property=\"{name}\" content=\"{content}\">")
}

#[track_caller]
fn status(original: &str, copy: (&str, &str, &str), kind: ClaimKind) -> ClaimStatus {
    let report = check(&page(original, "", ""), &page(copy.0, copy.1, copy.2));
    let [claim] = of(&report, kind)[..] else { panic!("{copy:?}: {:#?}", report.claims) };
    claim.status
}

use ClaimStatus::{Confirmed, Contradicted, Unverifiable};

#[test]
fn a_publisher_has_many_names() {
    for (issuer, named, expected) in [
        ("U.S. Department of State", "State Department", Confirmed),
        ("U.S. Department of State", "US Dept. of State", Confirmed),
        ("U.S. Department of State", "DoS", Confirmed),
        ("U.S. Department of State", "Department of Justice", Contradicted),
        ("Ministry of Finance", "Ministry of Health", Contradicted),
        ("U.S. Department of State", "White House", Unverifiable),
        ("U.S. Department of State", "Reuters", Unverifiable),
    ] {
        let intro = format!("<p>We publish here the statement released by the {named}, word for word.</p>");
        let found = status(&meta("og:site_name", issuer), ("", &intro, ""), ClaimKind::Publisher);
        assert_eq!(found, expected, "{issuer} / {named}");
    }
    // A body that the original names itself may have had a part in it.
    let original = page(
        &meta("og:site_name", "Ministry of Finance"),
        "",
        "<p>Done together with the Ministry of Health in the capital last week.</p>",
    );
    let copy = page("", "<p>We publish here the statement released by the Ministry of Health, word for word.</p>", "");
    assert_eq!(of(&check(&original, &copy), ClaimKind::Publisher)[0].status, Unverifiable);
}

#[test]
fn a_copy_that_names_two_issuers_is_said_to() {
    let head = meta("og:site_name", "Ministry of Examples");
    let before = "<p>Ministry of Examples 11 November 2017</p><p>We publish the statement released by the Board of Trade, word for word.</p>";
    let report = check(&page(&head, "", ""), &page("", before, ""));
    let publishers = of(&report, ClaimKind::Publisher);
    assert_eq!(publishers.len(), 2, "{:#?}", report.claims);
    for (claim, other) in publishers.iter().zip(["Board of Trade", "Ministry of Examples"]) {
        assert!(
            claim.evidence.contains(&format!("The copy itself also names “{other}”"))
                || claim.evidence.contains("“the Board of Trade”"),
            "{claim:#?}"
        );
    }
    let before = "<p>Ministry of Examples 11 November 2017</p><p>We publish the statement released by the Ministry of Examples, word for word.</p>";
    let report = check(&page(&head, "", ""), &page("", before, ""));
    assert!(report.claims.iter().all(|claim| !claim.evidence.contains("also names")), "{:#?}", report.claims);
}

#[test]
fn a_day_is_wrong_only_if_no_time_zone_explains_it() {
    for (stated, said, expected) in [
        ("2017-11-11", "11 November 2017", Confirmed),
        ("2017-11-11", "November 11, 2017", Confirmed),
        ("2017-11-11T23:30:00Z", "12 November 2017", Confirmed),
        ("2017-11-11", "12 November 2017", Unverifiable),
        ("2017-11-11", "21 November 2017", Contradicted),
        ("2017-11-11", "11 November 2016", Contradicted),
    ] {
        let head = format!("{}{}", meta("article:published_time", stated), meta("og:site_name", "Harbour Board"));
        let note = format!("<p>This article was originally published by the Harbour Board on {said}.</p>");
        assert_eq!(status(&head, ("", "", &note), ClaimKind::Date), expected, "{stated} / {said}");
        assert_eq!(status(&head, ("", "", &note), ClaimKind::Publisher), Confirmed, "{stated} / {said}");
    }
    // The day of the republication is no claim about the original.
    let report = check(
        &page(&meta("article:published_time", "2017-11-11"), "", ""),
        &page("", "<p>The Daily Repost, 16 November 2017</p>", ""),
    );
    assert_eq!(of(&report, ClaimKind::Date), [] as [&Claim; 0]);
}

#[test]
fn an_author_is_wrong_only_if_it_is_another_person() {
    for (own, said, expected) in [
        ("Jane Doe", "Jane Doe", Confirmed),
        ("Jane Q. Doe", "Dr. Jane Doe", Confirmed),
        ("Jane Doe", "Max Muster", Contradicted),
        ("Jane Doe", "Daily Repost Staff", Unverifiable),
        ("Office of the Spokesperson", "Max Muster", Unverifiable),
        ("Jane Doe", "Jane Doe and Max Muster", Unverifiable),
    ] {
        let byline = format!("<p>By {said}</p>");
        assert_eq!(status(&meta("author", own), ("", &byline, ""), ClaimKind::Author), expected, "{own} / {said}");
    }
    let head = meta("og:site_name", "U.S. Department of State");
    assert_eq!(status(&head, ("", "<p>By U.S. State Department</p>", ""), ClaimKind::Author), Confirmed);
}

#[test]
fn an_author_claim_leaves_the_day_out() {
    for line in [
        "By Jane Doe, 3 May 2021",
        "By Jane Doe | May 3, 2021",
        "By Jane Doe on 3 May 2021",
        "By Jane Doe – Updated 3 May 2021",
    ] {
        let report = check(&page(&meta("author", "Jane Doe"), "", ""), &page("", &format!("<p>{line}</p>"), ""));
        let [claim] = of(&report, ClaimKind::Author)[..] else { panic!("{line}: {:#?}", report.claims) };
        assert!(claim.text.starts_with("Jane Doe") && !claim.text.contains("2021"), "{line}: {claim:#?}");
        assert_eq!(claim.status, Confirmed, "{line}");
    }
}

#[test]
fn metadata_that_name_two_issuers_are_said_to() {
    let original = page(&meta("og:site_name", "Harbour Board"), "", "");
    let json = |name: &str| {
        format!(
            "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"publisher\":{{\"name\":\"{name}\"}}}}</script>"
        )
    };
    for (head, before, other) in [
        (format!("{}{}", meta("og:site_name", "Harbour Board"), json("Daily Repost")), "", Some("Daily Repost")),
        (format!("{}{}", meta("og:site_name", "Daily Repost"), json("Ministry of Ships")), "", Some("Daily Repost")),
        (meta("og:site_name", "Harbour Board"), "<p>By Reuters</p>", Some("Reuters")),
        (meta("og:site_name", "Harbour Board"), "<p>By Jane Doe</p>", None),
        (meta("og:site_name", "Daily Repost"), "<p>By Reuters</p>", None),
        (format!("{}{}", meta("og:site_name", "Daily Repost"), json("Daily Repost Media Group")), "", None),
    ] {
        let report = check(&original, &page(&head, before, ""));
        let named = report.claims.iter().any(|claim| {
            claim.kind == ClaimKind::Publisher
                && other.is_some_and(|other| claim.evidence.contains(&format!("also names “{other}”")))
        });
        let any = report.claims.iter().any(|claim| claim.evidence.contains("also names"));
        assert_eq!((named, any), (other.is_some(), other.is_some()), "{head}{before}: {:#?}", report.claims);
    }
}

#[test]
fn a_title_with_a_sites_name_behind_is_the_title() {
    let head = "<title>Lights on the northern mole to be repaired</title>";
    for (named, expected) in [
        ("Lights on the northern mole to be repaired", Confirmed),
        ("Lights on the northern mole to be repaired | Harbour Board", Confirmed),
        ("Ships banned for ever", Contradicted),
    ] {
        let note = format!("<p>Originally published by the Harbour Board under the title “{named}”.</p>");
        assert_eq!(status(head, ("", "", &note), ClaimKind::Title), expected, "{named}");
    }
}

#[test]
fn a_source_is_the_page_the_original_was_taken_from() {
    let own = "<link rel=canonical href=\"https://www.board.example/news/lights\">";
    for (href, expected) in [
        ("https://www.board.example/news/lights", Confirmed),
        ("http://board.example/news/lights/?utm_source=feed#top", Confirmed),
        ("https://other.example/lights", Unverifiable),
        ("#", Unverifiable),
    ] {
        let line = format!("<p>Source: <a href=\"{href}\">Harbour Board</a></p>");
        assert_eq!(status(own, ("", "", &line), ClaimKind::SourceLink), expected, "{href}");
    }
    let spelt = "<p>Source: https://www.board.example/news/lights.</p>";
    assert_eq!(status(own, ("", "", spelt), ClaimKind::SourceLink), Confirmed);
    for head in [
        own.to_owned(),
        "<script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"isBasedOn\":\"https://board.example/news/lights\"}</script>".to_owned(),
        meta("original-source", "https://www.board.example/news/lights"),
    ] {
        assert_eq!(status(own, (&head, "", ""), ClaimKind::SourceLink), Confirmed, "{head}");
    }
    let other = "<link rel=canonical href=\"https://repost.example/lights\">";
    assert_eq!(of(&check(&page(own, "", ""), &page(other, "", "")), ClaimKind::SourceLink), [] as [&Claim; 0]);
}

#[test]
fn a_page_in_the_publishers_name_is_said_to_be() {
    let head = meta("og:site_name", "U.S. Department of State");
    let json = |name: &str| {
        format!(
            "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"publisher\":{{\"name\":\"{name}\"}}}}</script>"
        )
    };
    assert_eq!(status(&head, (&json("State Department"), "", ""), ClaimKind::Publisher), Confirmed);
    let report = check(&page(&head, "", ""), &page(&json("The Daily Repost"), "", ""));
    assert_eq!(of(&report, ClaimKind::Publisher), [] as [&Claim; 0], "a republisher that names itself claims nothing");
}

#[test]
fn licences_are_compared_by_what_they_allow() {
    let own = "<link rel=license href=\"https://creativecommons.org/licenses/by-nc/4.0/\">";
    for (line, expected) in [
        ("Republished under a Creative Commons Attribution-NonCommercial 4.0 licence.", Confirmed),
        ("Republished under CC BY-NC.", Confirmed),
        ("Republished under CC BY 4.0.", Contradicted),
        ("Republished with permission of the Harbour Board.", Unverifiable),
    ] {
        assert_eq!(status(own, ("", "", &format!("<p>{line}</p>")), ClaimKind::Licence), expected, "{line}");
    }
}

#[test]
fn a_faithful_copy_contradicts_nothing() {
    let head = format!(
        "<title>Lights to be repaired - Harbour Board</title>{}{}{}",
        meta("og:site_name", "Harbour Board"),
        meta("article:published_time", "2017-11-11T22:00:00-05:00"),
        meta("author", "Press Office"),
    );
    let before =
        "<h1>Lights to be repaired</h1><p>By Jane Doe, Staff Writer</p><p>Harbour Board, November 12, 2017</p>";
    let behind = "<p>Source: <a href=\"https://board.example/news\">Harbour Board</a></p><p>© 2017 The Daily Repost. All rights reserved.</p>";
    let report = check(&page(&head, "", ""), &page("<title>Lights to be repaired | Repost</title>", before, behind));
    assert!(report.claims.len() >= 4, "{:#?}", report.claims);
    assert!(report.claims.iter().all(|claim| claim.status != Contradicted), "{:#?}", report.claims);
}

/// The rows of the table in docs/claims.md that say what counts as the same.
#[test]
fn what_the_documentation_says_is_so() {
    let text = crate::support::read("docs/claims.md");
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split(" | ").map(|cell| cell.trim_matches([' ', '`'])));
    let rows: Vec<Vec<&str>> = rows.map(Iterator::collect).filter(|row: &Vec<&str>| row.len() == 4).collect();
    assert!(rows.len() >= 14, "{rows:?}");
    for row in rows {
        let [kind, own, said, expected] = row[..] else { panic!("{row:?}") };
        let (kind, head, line) = match kind {
            "publisher" => {
                let line = format!("We publish here the statement released by the {said}, word for word.");
                (ClaimKind::Publisher, meta("og:site_name", own), line)
            }
            "author" => (ClaimKind::Author, meta("author", own), format!("By {said}")),
            "date" => {
                let line = format!("This article was originally published on {said}.");
                (ClaimKind::Date, meta("article:published_time", own), line)
            }
            "licence" => (ClaimKind::Licence, meta("dcterms.license", own), format!("Republished under {said}.")),
            other => panic!("no such kind in the table: {other}"),
        };
        let found = status(&head, ("", &format!("<p>{line}</p>"), ""), kind);
        assert_eq!(found.slug(), expected, "{row:?}");
    }
}
