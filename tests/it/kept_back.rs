//! Pages that keep an article from sight until somebody subscribes, unfolds it or runs a script, while its bytes are all there. Each is
//! read, and the report says as what; a page that hides a passage only is told.

use vidimus::{
    Capture, Moment, Options, Report, Verdict,
    check::{Kind, Severity},
};

const FIRST: &str =
    "<p>The ferry company will stop its night service to the outer islands at the end of the month.</p>";
const REST: [&str; 4] = [
    "<p>Its three oldest ships have to be taken out of service, and the yard has no berth before the spring.</p>",
    "<p>Passengers who hold a ticket for a later date can have their money back or take the morning ship.</p>",
    "<p>The island council called the notice too short and asked for a smaller boat to be chartered at once.</p>",
    "<p>A spokeswoman said the company was looking at two offers and would answer before the end of the week.</p>",
];
const AROUND: &str = "<nav><a href=/>Home</a> <a href=/sea>Sea</a></nav>";

fn check(copy: &str) -> Report {
    let capture = |name: &str, text: &str| Capture::from_bytes(name, text.into(), Some("text/html")).unwrap();
    let options = Options::new(Moment::parse("2026-05-05T00:00:00Z").unwrap());
    let original = format!("{FIRST}{}", REST.concat());
    vidimus::check(&capture("original", &original), &capture("copy", copy), &options).report
}

fn grave(report: &Report) -> Vec<(Severity, Kind)> {
    let grave = report.findings.iter().filter(|finding| finding.severity > Severity::Note);
    grave.map(|finding| (finding.severity, finding.kind)).collect()
}

fn says(report: &Report, code: &str) -> bool {
    report.limits.iter().any(|limit| limit.code == code)
}

/// The article with its end in `open`, a tag, and what a sheet says of it.
fn kept(sheet: &str, open: &str, rest: &str) -> String {
    format!("<style>{sheet}</style>{AROUND}<article>{FIRST}{open}{rest}</div></article>")
}

#[test]
fn what_a_page_keeps_for_its_subscribers_is_read() {
    let json = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Ferries\",\"isAccessibleForFree\":false,\
                \"hasPart\":{\"@type\":\"WebPageElement\",\"isAccessibleForFree\":false,\"cssSelector\":\".late\"}}</script>";
    for (sheet, open) in [
        (".x{}", "<div class=paywall hidden>"),
        (".premium-content{display:none}", "<div class=premium-content>"),
        (".locked .inner{filter:blur(3px)}", "<div class=locked><div class=inner>"),
        (".restricted, .restricted *{visibility:hidden;display:block}", "<div class=restricted>"),
        (".late{display:none}", &format!("{json}<div class=late>")),
    ] {
        let report = check(&kept(sheet, open, &REST.concat()));
        assert_eq!((report.verdict, grave(&report)), (Verdict::Verbatim, vec![]), "{open}: {:?}", report.limits);
        assert!(says(&report, "subscribers-only"), "{open}: {:?}", report.limits);
        let changed = REST.concat().replace("three oldest", "<u>seven</u> oldest");
        let report = check(&kept(sheet, open, &changed));
        assert_eq!((report.verdict, grave(&report).len()), (Verdict::Altered, 1), "{open}: {:?}", report.findings);
    }
}

#[test]
fn a_passage_that_is_hidden_is_told_whatever_hides_it() {
    for open in ["<div class=paywall hidden>", "<div style='display:none'>"] {
        let text = format!("{AROUND}{FIRST}{open}{}</div>{}{FILL}{FILL}", REST[0], REST[1..].concat());
        let report = check(&text);
        assert_eq!(grave(&report), [(Severity::Error, Kind::HiddenText)], "{open}");
        assert_eq!(report.verdict, Verdict::Altered, "{open}");
    }
}

const FILL: &str = "<aside><p>Our readers can win a weekend for two at the sea, with breakfast and a tour of the old lighthouse. The \
                    winners are drawn in June and will be told by letter, and nobody who works here may take part in it.</p></aside>";

#[test]
fn an_article_hidden_whole_is_read_or_the_verdict_stays_open() {
    let article = format!("{FIRST}{}", REST.concat());
    let page =
        |other: &str| format!("<style>.body{{display:none}}</style>{AROUND}<div class=body>{article}</div>{other}");
    let report = check(&page(""));
    assert_eq!((report.verdict, grave(&report)), (Verdict::Verbatim, vec![]), "{:?}", report.limits);
    assert!(says(&report, "hidden-until-script"));
    let one_by_one = REST.map(|one| format!("<section style='display:none'>{one}</section>")).concat();
    let report = check(&format!("{AROUND}{FIRST}{one_by_one}"));
    assert_eq!((report.verdict, grave(&report)), (Verdict::Verbatim, vec![]), "{:?}", report.limits);
    // Much else is there to be read, and the article is not.
    let report = check(&page(&format!("{FIRST}{}", FILL.repeat(4))));
    assert_eq!(report.verdict, Verdict::Undetermined, "{:?}", report.findings);
    assert!(says(&report, "text-out-of-sight"), "{:?}", report.limits);
}

#[test]
fn hidden_controls_and_boxes_of_the_site_are_no_fraud() {
    let with = |inner: &str| check(&format!("<article>{FIRST}{}{inner}{}</article>", REST[0], REST[1..].concat()));
    for harmless in [
        "<div hidden id=disclaimer><p>We may earn a commission when you buy something through links on this page.</p></div>",
        "<figure><img src=a.jpg><figcaption>A ferry. <span role=button style='display:none'>Show more</span></figcaption></figure>",
    ] {
        assert_eq!(grave(&with(harmless)), [], "{harmless}");
    }
    let report =
        with("<div hidden><p>The company lied to its passengers about the yard, and everybody knew it.</p></div>");
    assert_eq!(grave(&report), [(Severity::Warning, Kind::HiddenText)]);
}
