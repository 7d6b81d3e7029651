//! The library without the program: judging bytes one already has. It needs no file, no network and no clock.

use std::thread;

use proptest::{prelude::*, sample::select};
use vidimus::{
    Capture, Moment, Options, Verdict,
    capture::{Assurance, Error, Via},
    check::{Anchor, Kind},
    pipeline,
    report::{html, json, terminal},
};

use crate::support::schema;

fn capture(name: &str, text: &str, media_type: &str) -> Capture {
    Capture::from_bytes(name, text.into(), Some(media_type)).unwrap()
}

fn options() -> Options {
    Options::new(Moment::parse("2017-11-28T00:00:00Z").unwrap())
}

#[test]
fn bytes_are_judged_in_any_mix_of_formats() {
    let originals = [
        ("text/html", "<article><p>Talks will continue in May.</p><p>Nobody expects results.</p></article>"),
        ("text/markdown", "Talks will continue in May.\n\nNobody expects results."),
        ("text/plain", "Talks will continue in May.\n\nNobody expects results."),
    ];
    for (original_type, original) in originals {
        for (copy_type, copy) in originals {
            let (original, copy) = (capture("original", original, original_type), capture("copy", copy, copy_type));
            let report = vidimus::check(&original, &copy, &options()).report;
            assert_eq!(report.verdict, Verdict::Verbatim, "{copy_type} against {original_type}");
            assert_eq!(report.findings, [], "{copy_type} against {original_type}");
            let limited = report.limits.iter().filter(|limit| limit.code == "no-emphasis-in-format").count();
            let plain = [original_type, copy_type].iter().filter(|kind| **kind == "text/plain").count();
            assert_eq!(limited, plain, "every side that carries no emphasis is named");
        }
    }
}

#[test]
fn the_report_says_what_bytes_are_worth_and_no_more() {
    let original = capture("release.html", "<title>Talks</title><p>Talks will continue in May.</p>", "text/html");
    let copy = capture("repost.html", "<p>Talks will <b>not</b> continue in May.</p>", "text/html");
    let mut options = options();
    options.original_note = Some("typed from a fax".to_owned());
    let checked = vidimus::check(&original, &copy, &options);
    let report = schema::report(&json::render(&checked.report));
    assert_eq!(report, checked.report, "what is printed is what was judged");
    for source in [&report.original, &report.copy] {
        assert_eq!((source.via, source.assurance), (Via::File, Assurance::Supplied));
        assert_eq!((&source.url, &source.retrieved_at), (&None, &None), "what is not known is absent");
    }
    assert_eq!(report.original.sha256, original.digest().to_string());
    assert_eq!(report.original.title.as_deref(), Some("Talks"));
    assert_eq!(report.original.note.as_deref(), Some("typed from a fax"));
    assert_eq!(report.findings.iter().map(|finding| finding.kind).collect::<Vec<_>>(), [Kind::TextInserted]);
    let look = terminal::Look { columns: 80, colour: false };
    assert!(terminal::render(&report, look).starts_with("ALTERED: "));
    assert!(html::render(&report, &checked.original, &checked.copy, &checked.alignment).starts_with("<!doctype html>"));
}

#[test]
fn a_seal_can_be_made_without_a_disk() {
    let original = capture("release.html", "<p>Talks will continue in May.</p>", "text/html");
    let copy = capture("repost.html", "<p>Talks may continue in May.</p>", "text/html");
    let checked = vidimus::check(&original, &copy, &options());
    let first = pipeline::statement(&checked, std::slice::from_ref(&original), &copy, &options());
    let second = pipeline::statement(&checked, std::slice::from_ref(&original), &copy, &options());
    assert_eq!(first.bytes, second.bytes);
    let names: Vec<&str> = first.artefacts.iter().map(|artefact| artefact.name.as_str()).collect();
    assert!(names.contains(&"report.json") && names.contains(&"report.html"), "{names:?}");
}

#[test]
fn what_cannot_be_judged_is_a_typed_error() {
    let name = || "page".to_owned();
    assert_eq!(Capture::from_bytes("page", b" \n".to_vec(), None), Err(Error::Empty { locator: name() }));
    let picture = Capture::from_bytes("page", b"\x89PNG\r\n\x1a\n".to_vec(), Some("text/html"));
    assert_eq!(picture, Err(Error::Binary { locator: name(), what: "a PNG picture" }));
}

#[test]
fn the_declared_media_type_decides_on_format_and_charset() {
    let latin =
        Capture::from_bytes("page", b"<p>Caf\xe9 talks".to_vec(), Some("text/html; charset=iso-8859-1")).unwrap();
    let utf8 = capture("page", "<p>Café talks", "text/html; charset=utf-8");
    let report = vidimus::check(&utf8, &latin, &options()).report;
    assert_eq!((report.verdict, report.copy.charset.as_deref()), (Verdict::Verbatim, Some("windows-1252")));
    assert_eq!(report.copy.declared_charset.as_deref(), Some("iso-8859-1"));
    assert_eq!(report.original.text_sha256, report.copy.text_sha256, "the same text, in other bytes");
}

#[test]
fn many_judge_at_once_and_say_the_same() {
    let original =
        capture("release.html", &"<p>Talks will continue in May, ministers said.</p>".repeat(40), "text/html");
    let copy =
        capture("repost.html", &"<p>Talks may <i>continue</i> in May, ministers said.</p>".repeat(30), "text/html");
    let judge = || json::render(&vidimus::check(&original, &copy, &options()).report);
    let first = judge();
    thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|_| scope.spawn(judge)).collect();
        for one in all {
            assert_eq!(one.join().unwrap(), first);
        }
    });
}

/// Markup, words and signs that parsers and judges stumble over.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i>",
    "<div hidden>",
    "</div>",
    "<h1>",
    "</h1>",
    "<li>",
    "<blockquote>",
    "<table><td>",
    "<a href=x>",
    "</a>",
    "<style>b{font-weight:400}</style>",
    "<span style='font-weight:700'>",
    "</span>",
    "<br>",
    "<!--",
    "-->",
    "<template>",
    "<svg>",
    "<p style=display:none>",
    "\n\n",
    "**",
    "_",
    "> ",
    "# ",
    "[x](y)",
    "Talks",
    "talks",
    "will",
    "not",
    "continue in May",
    "May 7, 2017",
    "2,254",
    "By A. Writer",
    "(emphasis added",
    "Source: ",
    "Copyright © ",
    "“",
    "”",
    "\"",
    "’",
    "—",
    "-",
    ".",
    ", ",
    " ",
    "\u{301}",
    "\u{200b}",
    "\u{202e}",
    "\u{ad}",
    "\u{feff}",
    "\0",
    "т",
    "ﬁ",
    "𝔗",
    "ß",
    "İ",
    "&nbsp;",
    "&#0;",
    "…",
    "[...]",
];

fn page() -> impl Strategy<Value = String> {
    prop::collection::vec(select(PIECES), 1..60).prop_map(|pieces| pieces.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_that_is_text_gives_a_valid_report(original in page(), copy in page(), kinds in select(&[
        ["text/html", "text/html"], ["text/markdown", "text/html"], ["text/plain", "text/markdown"], ["text/html", "text/plain"],
    ])) {
        let read = |text: &str, kind| Capture::from_bytes("page", text.into(), Some(kind));
        let (Ok(original), Ok(copy)) = (read(&original, kinds[0]), read(&copy, kinds[1])) else { return Ok(()) };
        let checked = vidimus::check(&original, &copy, &options());
        schema::report(&json::render(&checked.report));
        let anchors = checked.report.findings.iter().flat_map(|finding| {
            let of = |anchor: &Option<Anchor>, document| anchor.clone().map(|anchor| (anchor, document));
            [of(&finding.original, &checked.original), of(&finding.copy, &checked.copy)].into_iter().flatten()
        });
        for (anchor, document) in anchors {
            let rest: Vec<char> = document.text[document.blocks[anchor.block].bytes.start..].chars().collect();
            prop_assert_eq!(&anchor.exact, &rest[anchor.start..anchor.end].iter().collect::<String>());
        }
        terminal::render(&checked.report, terminal::Look { columns: 40, colour: true });
        html::render(&checked.report, &checked.original, &checked.copy, &checked.alignment);
        let again = vidimus::check(&copy, &copy, &options()).report;
        let intact = [Verdict::Verbatim, Verdict::Undetermined, Verdict::Unrelated].contains(&again.verdict);
        prop_assert!(intact, "a page against itself: {:?} {:#?}", again.verdict, again.findings);
        let wordless = again.coverage.original_words == 0 || again.coverage.copy_words == 0;
        prop_assert!(again.verdict != Verdict::Unrelated || wordless, "a page is not itself: {:#?}", again);
    }
}
