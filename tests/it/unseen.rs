//! Words that some readers of a page may not see, or see otherwise than it was read: what hides them for good is a finding,
//! what a layout, a phone or a dark window decides is a limit. What sites do every day stands beside it and gives neither.

use vidimus::{
    Capture, Moment, Options, Report, Verdict,
    check::{Kind, Severity},
};

const BEFORE: &str = "<p>The harbour board met on Monday and heard the pilots of the port for two hours.</p>\
    <p>Two engineers spoke about the state of the breakwater and the lights on it.</p>";
const TEXT: &str = "<p>It agreed that no ship may enter the northern basin before 12 May, and that the lights are to be repaired by the owners.</p>";
const BEHIND: &str = "<p>The mayor thanked everybody who had come and closed the meeting before the evening tide.</p>\
    <p>The minutes will be read out at the next meeting of the board in June.</p>";

fn page(head: &str, text: &str) -> Capture {
    let page = format!(
        "<!doctype html><html lang=en><head>{head}</head><body><main>{BEFORE}{text}{BEHIND}</main></body></html>"
    );
    Capture::from_bytes("page.html", page.into(), Some("text/html; charset=utf-8")).unwrap()
}

fn check(sheet: &str, text: &str) -> Report {
    let options = Options::new(Moment::parse("2026-05-05T00:00:00Z").unwrap());
    vidimus::check(&page("", TEXT), &page(&format!("<style>{sheet}</style>"), text), &options).report
}

fn codes(report: &Report) -> Vec<&str> {
    report.limits.iter().map(|limit| limit.code.as_str()).collect()
}

/// Fails unless nothing is said of the copy above a note.
#[track_caller]
fn nothing(sheet: &str, text: &str) {
    let report = check(sheet, text);
    let grave = report.findings.iter().filter(|finding| finding.severity != Severity::Note).count();
    assert_eq!(
        (grave, report.verdict, codes(&report)),
        (0, Verdict::Verbatim, vec![]),
        "{sheet}\n{:#?}",
        report.findings
    );
}

#[test]
fn a_paragraph_that_no_reader_can_see_is_hidden_whatever_the_means() {
    for style in [
        "font-size:3px",
        "opacity:.1",
        "filter:invert(1)",
        "mix-blend-mode:lighten",
        "background-clip:text;color:transparent;background-image:linear-gradient(white,white)",
        "-webkit-text-security:disc",
        "word-spacing:5000px",
        "block-size:0;overflow:hidden",
        "transform:scale(.05)",
        "clip-path:inset(0 0 95% 0)",
        "clip-path:xywh(0 0 0 0)",
        "font-size-adjust:0",
    ] {
        let report = check("", &TEXT.replace("<p>", &format!("<p style='{style}'>")));
        let kinds: Vec<(Kind, Severity)> = report.findings.iter().map(|own| (own.kind, own.severity)).collect();
        assert_eq!((kinds, report.verdict), (vec![(Kind::HiddenText, Severity::Error)], Verdict::Altered), "{style}");
    }
}

#[test]
fn a_box_without_room_for_its_words_is_a_limit() {
    for style in [
        "height:1.2em;overflow:hidden",
        "max-height:20px;overflow:hidden",
        "display:-webkit-box;-webkit-line-clamp:1;overflow:hidden",
    ] {
        let report = check(&format!(".x{{{style}}}"), &TEXT.replace("<p>", "<p class=x>"));
        assert_eq!((codes(&report), report.verdict), (vec!["cut-off"], Verdict::Verbatim), "{style}");
    }
    for style in [
        "height:1.2em",
        "height:1.2em;overflow:auto",
        "max-height:300px;overflow:hidden",
        "height:100%;overflow:hidden",
    ] {
        nothing(&format!(".x{{{style}}}"), &TEXT.replace("<p>", "<p class=x>"));
    }
    let teaser = "<aside class=related><p class=x><a href=/other>Another story of the port, told at length by those who were there when the \
        lights went out over the breakwater in the storm of last winter.</a></p></aside>";
    nothing(".x{height:1.2em;overflow:hidden}", &format!("{TEXT}{teaser}"));
}

/// The styles of the findings above a note, each with the words of the copy.
fn set_off(report: &Report) -> Vec<(String, String)> {
    let grave = report.findings.iter().filter(|finding| finding.severity != Severity::Note);
    grave
        .map(|finding| {
            let styles: Vec<&str> = finding.styles.iter().map(|style| style.slug()).collect();
            (styles.join(" "), finding.copy.as_ref().map_or_else(String::new, |anchor| anchor.exact.clone()))
        })
        .collect()
}

/// [`TEXT`] with its "no" in an element of class `x`.
fn marked() -> String {
    TEXT.replace(" no ", " <span class=x>no</span> ")
}

#[test]
fn what_is_plain_among_letters_that_are_set_off_stands_out() {
    for (sheet, style) in [
        ("p{font-style:italic}.x{font-style:normal}", "italic"),
        ("p{font-weight:bold}.x{font-weight:400}", "bold"),
        ("p{text-transform:uppercase}.x{text-transform:none}", "capitals"),
        ("p{text-decoration:underline}.x{text-decoration:none;display:inline-block}", "underline"),
        ("p{font-weight:200}.x{font-weight:500}", "bold"),
        (".x{font-size:.5em}", "size"),
        (".x{color:#999}", "colour"),
        ("p{color:#999}.x{color:#000}", "colour"),
        (".x{word-spacing:2em;letter-spacing:0}", "spacing"),
    ] {
        let report = check(sheet, &marked());
        assert_eq!(set_off(&report), [(style.to_owned(), "no".to_owned())], "{sheet}");
    }
    for sheet in [
        "p{font-style:italic}p span{font-style:normal}",
        "p{color:#333}.x{color:#000}",
        "p{font-weight:300}.x{font-weight:400}",
        ".x{font-size:.83em}",
        "p{color:#777}a{color:#000;font-style:normal}",
    ] {
        let all = TEXT.replace("<p>", "<p><span>").replace("</p>", "</span></p>");
        nothing(sheet, &all);
    }
    // Letters that were set off before are, whichever way round.
    let options = Options::new(Moment::parse("2026-05-05T00:00:00Z").unwrap());
    let stressed = TEXT.replace(" no ", " <em>no</em> ");
    let quoted = format!("<style>p{{font-style:italic}}em{{font-style:normal}}</style>{stressed}");
    let report = vidimus::check(&page("", &stressed), &page("", &quoted), &options).report;
    assert_eq!(set_off(&report), [], "an emphasis within italics is upright");
}

#[test]
fn one_paragraph_in_other_type_is_set_off_and_those_of_a_site_are_not() {
    for (style, name) in
        [("font-size:2em", "size"), ("color:red", "colour"), ("font-style:italic", "italic"), ("color:#bbb", "colour")]
    {
        for (sheet, text) in [
            (format!("p:nth-of-type(3){{{style}}}"), TEXT.to_owned()),
            (format!(".y{{{style}}}"), TEXT.replace("<p>", "<p class=y>")),
        ] {
            let found = set_off(&check(&sheet, &text));
            assert_eq!(found.len(), 1, "{sheet}");
            assert!(found[0].0 == name && found[0].1.starts_with("It agreed"), "{sheet}");
        }
        nothing(&format!("p:first-of-type{{{style}}}"), TEXT);
        nothing(&format!("p:last-of-type{{{style}}}"), TEXT);
    }
}

#[test]
fn what_other_screens_make_of_words_is_a_limit() {
    for (sheet, code) in [
        ("@media (max-width:600px){.x{display:none}}", "hidden-on-phones"),
        ("@media (max-width:600px){.x{font-weight:bold}}", "set-off-on-phones"),
        ("@media (prefers-color-scheme:dark){.x{display:none}}", "hidden-in-dark"),
        ("@media (prefers-color-scheme:dark){body{background:#000;color:#fff}.x{color:#000}}", "hidden-in-dark"),
        (
            ":root{--b:#fff;--t:#000}body{background:var(--b);color:var(--t)}\
             @media (prefers-color-scheme:dark){:root{--b:#000;--t:#fff}.x{color:var(--b)}}",
            "hidden-in-dark",
        ),
        ("@media (prefers-color-scheme:dark){.x{background:yellow}}", "set-off-in-dark"),
        ("@media (min-width:1900px){.x{display:none}}", "hidden-on-wide-screens"),
        ("@media (min-width:1900px){.x{text-decoration:underline}}", "set-off-on-wide-screens"),
    ] {
        let report = check(sheet, &marked());
        assert_eq!((codes(&report), report.verdict), (vec![code], Verdict::Verbatim), "{sheet}");
    }
    for sheet in [
        "@media (prefers-color-scheme:dark){body{background:#000;color:#fff}a{color:#9cf}}",
        ":root{--b:#fff;--t:#000}body{background:var(--b);color:var(--t)}\
         @media (prefers-color-scheme:dark){:root{--b:#000;--t:#fff}}",
        "@media (max-width:600px){p{font-size:24px;font-weight:bold}h2{color:red}}",
        "@media (min-width:1900px){body{font-size:24px}nav{display:none}}",
        "@media print{.x{display:none}}",
    ] {
        nothing(sheet, &marked());
    }
    let report = check("", &format!("<style media='(max-width:600px)'>.x{{display:none}}</style>{}", marked()));
    assert_eq!(codes(&report), ["hidden-on-phones"], "a sheet with a condition of its own");
}

#[test]
fn rules_for_a_part_of_the_page_apply_there() {
    let report = check("@scope (main){.x{font-weight:bold}}", &marked());
    assert_eq!(set_off(&report), [("bold".to_owned(), "no".to_owned())]);
    assert_eq!(check("@scope (main){p:nth-of-type(3){display:none}}", TEXT).verdict, Verdict::Altered);
    assert_eq!(set_off(&check("@scope{.x{font-weight:bold}}", &marked())).len(), 1);
    nothing("@scope (footer){.x{display:none}}", &marked());
    nothing("@scope (.y){p{display:none}}", TEXT);
}

#[test]
fn a_part_in_a_typeface_of_the_pages_own_is_a_limit() {
    let face = "@font-face{font-family:Odd;src:url(odd.woff2)}";
    let report = check(&format!("{face}.x{{font-family:odd,serif}}"), &marked());
    assert_eq!((codes(&report), report.verdict), (vec!["own-typeface"], Verdict::Verbatim));
    for sheet in
        ["body{font-family:Odd}", "p{font-family:Odd}", "h1,h2,figcaption{font-family:Odd}", ".x{font-family:serif}"]
    {
        nothing(&format!("{face}{sheet}"), &marked());
    }
    nothing(".x{font-family:Odd}", &marked());
}
