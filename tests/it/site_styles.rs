//! What a site does to every page it shows is no treatment of any text: sheets that take all emphasis away, blocks set bold as
//! a whole, labels and captions between headings and paragraphs.
//!
//! Each test holds a small page in a site's own dress against a plain statement.

use vidimus::{
    Capture, Moment, Options, Report, Verdict,
    check::{Kind, Severity},
};

const RESET: &str =
    "<style>p, b, strong, em, i, a, span { font: inherit; font-style: normal; font-weight: normal }</style>";
const ELSEWHERE: &str = "<link rel=stylesheet href=https://cdn.example/site.css>";

fn check(original: &str, copy: &str) -> Report {
    let capture = |name: &str, text: &str| Capture::from_bytes(name, text.into(), Some("text/html")).unwrap();
    let options = Options::new(Moment::parse("2026-05-05T00:00:00Z").unwrap());
    vidimus::check(&capture("original", original), &capture("copy", copy), &options).report
}

fn kinds(report: &Report) -> Vec<(Severity, Kind)> {
    report.findings.iter().map(|finding| (finding.severity, finding.kind)).collect()
}

/// A statement whose second paragraph is given.
fn statement(second: &str) -> String {
    format!(
        "<p>The harbour board met on Monday and heard the pilots on the dredging of the eastern channel.</p><p>{second}</p>\
         <p>A decision is expected before the winter, the chair said in a short statement.</p>"
    )
}

const BOLD: &str =
    "Work will begin <strong>only after</strong> the spawning season, and <b>no</b> later than in October.";
const PLAIN: &str = "Work will begin only after the spawning season, and no later than in October.";

#[test]
fn a_site_that_shows_no_emphasis_at_all_weakened_none() {
    let report = check(&statement(BOLD), &format!("{RESET}{}", statement(BOLD)));
    assert_eq!(report.verdict, Verdict::Verbatim);
    assert_eq!(kinds(&report), [(Severity::Note, Kind::Typography)]);
    assert!(report.findings[0].message.contains("shows it nowhere"), "{}", report.findings[0].message);
}

#[test]
fn emphasis_that_only_these_words_lost_is_told() {
    let by_hand = BOLD.replace("<strong>", "<strong style='font-weight:normal'>");
    for copy in [statement(&by_hand), statement(PLAIN), format!("{RESET}{}", statement(PLAIN))] {
        let report = check(&statement(BOLD), &copy);
        assert_eq!(report.verdict, Verdict::Emphasised, "{copy}");
        assert!(report.findings.iter().all(|own| own.kind == Kind::EmphasisRemoved), "{:?}", report.findings);
    }
}

#[test]
fn emphasis_that_a_site_shows_nowhere_is_a_note_where_the_copy_adds_it() {
    let report = check(&statement(PLAIN), &format!("{RESET}{}", statement(BOLD)));
    assert_eq!(report.verdict, Verdict::Verbatim);
    assert_eq!(kinds(&report), [(Severity::Note, Kind::EmphasisAdded); 2]);
    assert!(report.findings[0].message.contains("show nothing of it"), "{}", report.findings[0].message);
}

#[test]
fn how_a_site_begins_its_articles_and_heads_a_question_is_no_emphasis() {
    let original = statement("When will the work begin?");
    let around = original.replacen("<p>", "<strong><p>", 1).replacen("</p>", "</p></strong>", 1);
    let report = check(&original, &around);
    assert_eq!((report.verdict, kinds(&report)), (Verdict::Verbatim, vec![]), "{:?}", report.findings);
    let lead = original.replacen("<p>", "<p><b>", 1).replacen("</p>", "</b></p>", 1);
    let report = check(&original, &lead);
    assert_eq!((report.verdict, kinds(&report)), (Verdict::Verbatim, vec![(Severity::Note, Kind::Typography)]));
    let headed = original.replace("<p>When will the work begin?</p>", "<h3>When will the work begin?</h3>");
    let report = check(&original, &headed);
    assert_eq!((report.verdict, kinds(&report)), (Verdict::Verbatim, vec![]));
}

#[test]
fn where_the_sheet_is_missing_the_markup_counts() {
    let dressed = |inner: &str| format!("{RESET}{ELSEWHERE}{}", statement(inner));
    let report = check(&statement(BOLD), &dressed(BOLD));
    assert_eq!(report.verdict, Verdict::Verbatim);
    assert_eq!(kinds(&report), []);
    let report = check(&statement(PLAIN), &dressed(BOLD));
    assert_eq!(report.verdict, Verdict::Emphasised);
    assert_eq!(kinds(&report), [(Severity::Warning, Kind::EmphasisAdded); 2]);
    let report = check(&dressed(BOLD), &statement(BOLD));
    assert_eq!(report.verdict, Verdict::Verbatim);
}

#[test]
fn what_a_whole_block_is_set_in_its_words_are_set_in() {
    let sheet = "<style>.lead { font-weight: bold }</style>";
    let lead = "<p class=lead>The board has <b>not</b> decided yet whether the channel is dredged this year.</p>";
    let plain = "<p>The board has <b>not</b> decided yet whether the channel is dredged this year.</p>";
    let report = check(&format!("{plain}{}", statement(PLAIN)), &format!("{sheet}{lead}{}", statement(PLAIN)));
    assert_eq!(report.verdict, Verdict::Verbatim, "{:?}", report.findings);
}

#[test]
fn lines_between_a_heading_and_a_paragraph_cut_no_sentence() {
    let original = format!("<h2>Dredging put off</h2>{}", statement(PLAIN));
    for (line, kind) in [
        ("<p class=author>Ada Brook in conversation with Jon Reed</p>", Some(Kind::Byline)),
        (
            "<p><img src=c.png><span class=img-caption>How the channel runs past the islands</span></p>",
            Some(Kind::Caption),
        ),
        ("<p class=caption>How the channel runs past the islands</p>", Some(Kind::Caption)),
        ("<p class=tags>Filed with us under: <a href=/t/1>harbour</a>, <a href=/t/2>dredging</a></p>", None),
    ] {
        let report = check(&original, &original.replace("</h2>", &format!("</h2>{line}")));
        assert_eq!(report.verdict, Verdict::Verbatim, "{line}: {:?}", report.findings);
        assert!(report.findings.iter().all(|own| own.severity == Severity::Note), "{:?}", report.findings);
        if let Some(kind) = kind {
            assert!(report.findings.iter().any(|own| own.kind == kind), "{line}: {:?}", report.findings);
        }
    }
    let split = statement(PLAIN).replace("spawning season,", "spawning</p><p class=author>so they say</p><p>season,");
    assert_eq!(check(&statement(PLAIN), &split).verdict, Verdict::Altered);
}
