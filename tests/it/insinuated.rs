//! What is put between, behind and beside the words of the original without touching one of them: lines without a full stop, boxes
//! behind the text, signs printed by sheets, characters nobody sees, links and descriptions of pictures that lead elsewhere.

use vidimus::{
    Capture, Moment, Options, Report, Verdict,
    check::{Finding, Kind, Severity},
};

const FIRST: &str = "<p>The harbour board met on Monday and heard the pilots of the port for two hours.</p>";
const SECOND: &str =
    "<p>It agreed that no ship may enter the northern basin before 12 May, and that the lights are to be repaired.</p>";
const LAST: &str = "<p>The mayor thanked everybody who had come and closed the meeting before the evening tide.</p>";

fn check(original: &str, copy: &str) -> Report {
    let page = |inner: &str| {
        let page = format!(
            "<!doctype html><html lang=en><head><link rel=canonical href='https://wire.example/a'></head><body><main>{inner}</main></body></html>"
        );
        Capture::from_bytes("page.html", page.into(), Some("text/html; charset=utf-8")).unwrap()
    };
    let options = Options::new(Moment::parse("2026-05-05T00:00:00Z").unwrap());
    vidimus::check(&page(original), &page(copy), &options).report
}

fn text() -> String {
    format!("{FIRST}{SECOND}{LAST}")
}

/// The findings about the copy of [`text`].
fn found(copy: &str) -> Vec<(Kind, Severity)> {
    check(&text(), copy).findings.iter().map(|own| (own.kind, own.severity)).collect()
}

fn grave(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.severity != Severity::Note).collect()
}

#[test]
fn a_line_between_two_passages_is_told_by_how_it_is_set() {
    let between = |line: &str| format!("{FIRST}{line}{SECOND}{LAST}");
    for (line, kind) in [
        ("<p>The mayor lied</p>", Kind::Subheading),
        ("<p>The vote was rigged by the owners</p>", Kind::Subheading),
        (
            "<h3>The mayor took money from the owners of the northern basin and kept silent about it</h3>",
            Kind::Subheading,
        ),
        ("<p>Read more: the mayor took money from the owners of the northern basin</p>", Kind::Interjection),
    ] {
        assert_eq!(found(&between(line)), [(kind, Severity::Warning)], "{line}");
    }
    for line in [
        "<h3>A victory for the pilots</h3>",
        "<p><b>A victory for the pilots</b></p>",
        "<p>Advertisement</p>",
        "<p>Read more: <a href=/b>the mayor took money from the owners of the northern basin</a></p>",
        "<div class=related><h3><a href=/b>The mayor took money from the owners of the northern basin</a></h3></div>",
    ] {
        let report = check(&text(), &between(line));
        assert!(grave(&report).is_empty() && report.verdict == Verdict::Verbatim, "{line}: {:#?}", report.findings);
    }
}

#[test]
fn lines_and_boxes_at_the_edge_of_the_text_are_not_lost() {
    for (copy, kind) in [
        (format!("<p>The mayor lied about it</p>{}", text()), Kind::Preface),
        (format!("{}<p>The mayor lied about it</p>", text()), Kind::Afterword),
        (
            format!("{}<h3>The mayor took money from the owners of the northern basin and kept silent</h3>", text()),
            Kind::Afterword,
        ),
        (
            text()
                .replace("tide.</p>", "tide. <aside>The mayor lied about all of this, and the pilots know it.</aside>"),
            Kind::Afterword,
        ),
        (
            text().replace(
                "tide.</p>",
                "tide. <footer>That was not true and the owners of the basin knew it well.</footer>",
            ),
            Kind::Afterword,
        ),
    ] {
        assert_eq!(found(&copy), [(kind, Severity::Note)], "{copy}");
    }
    for behind in [
        "<aside class=related>Another story of the port, told at length by those who were there.</aside>",
        "<aside><a href=/b>Another story of the port, told at length by those who were there.</a></aside>",
        "<footer><p>© 2026 The Wire. All rights reserved by the owners of this page.</p></footer>",
        "<p>Tags: harbour, pilots</p>",
    ] {
        let report = check(&text(), &format!("{}{behind}", text()));
        assert!(
            report.findings.iter().all(|own| own.kind != Kind::Afterword || behind.contains('©')),
            "{behind}: {:#?}",
            report.findings
        );
    }
}

#[test]
fn signs_that_a_sheet_prints_within_a_line_are_read() {
    let marked = text().replace(" no ", " <i class=x>no</i> ");
    for (signs, kind) in
        [("“", Kind::TextReplaced), ("?", Kind::TextReplaced), ("(!)", Kind::Interjection), ("🤡", Kind::Interjection)]
    {
        let closing = signs.replace('“', "”");
        let sheet = format!(
            "<style>.x{{font-style:normal}}.x::before{{content:'{signs}'}}.x::after{{content:'{closing}'}}</style>"
        );
        let report = check(&text(), &format!("{sheet}{marked}"));
        assert!(grave(&report).iter().any(|own| own.kind == kind), "{signs}: {:#?}", report.findings);
    }
    let report = check(&text(), &format!("<style>p:nth-of-type(2)::after{{content:'?'}}</style>{}", text()));
    assert_eq!(report.verdict, Verdict::Altered);
    for sheet in [
        "p::before{content:'• '}",
        "p::before{content:'“'}p::after{content:'”'}",
        "p:last-of-type::after{content:'■'}",
        "i::after{content:'↗'}i{font-style:normal}",
        "p::after{content:'🔗'}",
    ] {
        let report = check(&text(), &format!("<style>.x{{font-style:normal}}{sheet}</style>{marked}"));
        assert!(grave(&report).is_empty(), "{sheet}: {:#?}", report.findings);
    }
}

#[test]
fn a_message_beside_a_word_that_nobody_sees_is_told() {
    let tags: String = "some".chars().map(|c| char::from_u32(0xe0000 + u32::from(c)).unwrap()).collect();
    for (unseen, severity) in [
        (tags.as_str(), Severity::Error),
        ("\u{e0100}", Severity::Warning),
        ("\u{200b}\u{200c}\u{200d}\u{200b}\u{2060}", Severity::Warning),
    ] {
        for word in [format!("no{unseen} "), format!("no {unseen}")] {
            let report = check(&text(), &text().replace("no ", &word));
            let found: Vec<(Kind, Severity)> = grave(&report).iter().map(|own| (own.kind, own.severity)).collect();
            assert_eq!(found, [(Kind::InvisibleCharacters, severity)], "{}", word.escape_unicode());
        }
    }
    let flag = text().replace("basin", "basin \u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}");
    for harmless in [
        text().replace("<p>", "<p>\u{feff}"),
        text().replace(".</p>", ".\u{200b}</p>"),
        text().replace(' ', " \u{200b}"),
        text().replace("basin", "basin ☎\u{fe0f}"),
        flag,
    ] {
        let report = check(&text(), &harmless);
        assert!(grave(&report).is_empty(), "{}: {:#?}", harmless.escape_unicode(), report.findings);
    }
}

#[test]
fn a_link_that_leads_to_a_third_site_is_told() {
    let linked = |href: &str| text().replace("northern basin", &format!("<a href='{href}'>northern basin</a>"));
    let original = linked("https://port.example/plan");
    let severity = |href: &str| check(&original, &linked(href)).findings.first().map(|own| (own.kind, own.severity));
    assert_eq!(severity("https://rival.example/plan"), Some((Kind::Link, Severity::Warning)));
    for href in [
        "https://port.example/other",
        "https://docs.port.example/plan",
        "https://wire.example/topics/port",
        "/topics/port",
        "https://archive.example/web/2026/https://port.example/plan",
        "https://t.co/abc",
    ] {
        assert_eq!(severity(href), Some((Kind::Link, Severity::Note)), "{href}");
    }
    assert_eq!(severity("http://port.example/plan/#top"), None);
}

#[test]
fn a_picture_of_somebody_else_by_its_description_is_told() {
    let with = |src: &str, alt: &str| format!("{FIRST}<img src='{src}' alt='{alt}'>{SECOND}{LAST}");
    let original = with("/a/board.jpg", "The mayor, Anna Rivers, opens the meeting");
    let found = |copy: &str| grave(&check(&original, copy)).iter().map(|own| own.kind).collect::<Vec<_>>();
    assert_eq!(found(&with("/img/board.jpg?w=600", "The mayor, Peter Holm, opens the meeting")), [Kind::Media]);
    for (src, alt) in [
        ("/img/board.jpg", "The mayor, Anna Rivers, opens the meeting"),
        ("/img/board.jpg", ""),
        ("/img/board.jpg", "The mayor, Anna Rivers, opening the meeting"),
        ("/img/other.jpg", "The mayor, Peter Holm, opens the meeting"),
    ] {
        assert_eq!(found(&with(src, alt)), [], "{src} {alt}");
    }
}
