//! What a browser shows is what is judged: ways of hiding words, of setting them off, of moving the marks around them.
//!
//! Each test makes a copy of one small page by one change and says which findings come out. What sites do every day stands
//! beside it and gives none.

use vidimus::{
    Capture, Moment, Options, Report, Verdict,
    check::{Facet, Kind, Severity},
};

const FIRST: &str = "<p>The harbour board met on Monday and heard the pilots of the port for two hours.</p>";
const LAST: &str = "<p>The mayor thanked everybody who had come and closed the meeting before the evening tide.</p>";
const TEXT: &str =
    "<p>It agreed that no ship may enter the northern basin before 12 May, and that the lights are to be repaired.</p>";

fn page(inner: &str) -> Capture {
    let page = format!("<!doctype html><html lang=en><body>{FIRST}{inner}{LAST}</body></html>");
    Capture::from_bytes("page.html", page.into(), Some("text/html; charset=utf-8")).unwrap()
}

fn check(original: &str, copy: &str) -> Report {
    let options = Options::new(Moment::parse("2026-05-05T00:00:00Z").unwrap());
    vidimus::check(&page(original), &page(copy), &options).report
}

/// The findings in order, each as kind, styles, and the words of the copy.
fn found(report: &Report) -> Vec<(Kind, String, String)> {
    let line = |finding: &vidimus::check::Finding| {
        let styles: Vec<&str> = finding.styles.iter().map(|style| style.slug()).collect();
        let words = finding.copy.as_ref().map_or_else(String::new, |anchor| anchor.exact.clone());
        (finding.kind, styles.join(" "), words)
    };
    report.findings.iter().map(line).collect()
}

fn codes(report: &Report) -> Vec<&str> {
    report.limits.iter().map(|limit| limit.code.as_str()).collect()
}

/// [`TEXT`] with `markup` in place of its word "no".
fn no(markup: &str) -> String {
    TEXT.replace(" no ", &format!(" {markup} "))
}

#[test]
fn words_out_of_sight_are_told() {
    for style in [
        "display:inline-block;filter:blur(6px)",
        "filter:brightness(0);background:#fff",
        "-webkit-mask:linear-gradient(transparent,transparent)",
        "display:inline-block;rotate:y 90deg",
        "display:inline-block;line-height:0;overflow:hidden",
        "color:#f0f0f0",
    ] {
        let report = check(TEXT, &no(&format!("<span style='{style}'>no</span>")));
        assert_eq!(report.findings.len(), 1, "{style}: {:?}", found(&report));
        let finding = &report.findings[0];
        assert_eq!((finding.kind, finding.severity), (Kind::HiddenText, Severity::Error), "{style}");
        assert_eq!(report.verdict, Verdict::Altered, "{style}");
    }
}

#[test]
fn a_box_laid_over_words_hides_them() {
    let block = "<div style='position:relative'>{}<div style='position:absolute;inset:0;background:white'></div></div>";
    let report = check(TEXT, &block.replace("{}", TEXT));
    assert_eq!((report.findings.len(), report.findings[0].kind), (1, Kind::HiddenText), "{:?}", found(&report));
    let sheet = "<style>dfn{font:inherit;position:relative} dfn::after{content:'';position:absolute;inset:0;background:#fff}</style>";
    let report = check(TEXT, &format!("{sheet}{}", no("<dfn>no</dfn>")));
    assert_eq!((report.findings.len(), report.findings[0].kind), (1, Kind::HiddenText), "{:?}", found(&report));
    for harmless in ["z-index:-1", "opacity:.5", "transform:scaleX(0)", "bottom:auto;height:2px", "background:none"] {
        let sheet = sheet.replace("background:#fff", &format!("background:#fff;{harmless}"));
        let report = check(TEXT, &format!("{sheet}{}", no("<dfn>no</dfn>")));
        assert_eq!(found(&report), [], "{harmless}");
    }
}

#[test]
fn every_way_of_setting_words_off_is_seen() {
    for (style, name) in [
        ("outline:2px solid red", "border"),
        ("box-shadow:0 0 0 2px red", "border"),
        ("text-decoration:overline", "border"),
        ("box-shadow:inset 0 -1em yellow", "highlight"),
        ("text-shadow:0 0 4px red", "highlight"),
        ("text-emphasis:dot", "highlight"),
        ("-webkit-text-stroke:1px", "bold"),
        ("font-family:\"Arial Black\"", "bold"),
        ("font-family:ProximaNova-Bold,sans-serif", "bold"),
        ("font-family:Impact", "bold"),
        ("zoom:1.5", "size"),
        ("display:inline-block;transform:scale(1.4)", "size"),
    ] {
        let report = check(TEXT, &no(&format!("<span style='{style}'>no</span>")));
        assert_eq!(found(&report), [(Kind::EmphasisAdded, name.to_owned(), "no".to_owned())], "{style}");
    }
    for style in [
        "font-family:Georgia",
        "outline:0",
        "box-shadow:none",
        "zoom:1",
        "text-shadow:none",
        "outline:2px solid transparent",
    ] {
        let report = check(TEXT, &no(&format!("<span style='{style}'>no</span>")));
        assert_eq!(found(&report), [], "{style}");
    }
}

#[test]
fn one_paragraph_in_a_frame_is_set_off_and_a_framed_article_is_not() {
    let framed = |around: &str| around.replace("{}", TEXT);
    for copy in [
        TEXT.replace("<p>", "<p style='border:3px solid red'>"),
        framed("<div style='border:3px solid red'>{}</div>"),
        format!("<style>.x{{border:3px solid red}}</style>{}", TEXT.replace("<p>", "<p class=x>")),
        format!("<style>.x{{font-weight:bold}}</style>{}", TEXT.replace("<p>", "<p class=x>")),
    ] {
        let report = check(TEXT, &copy);
        assert_eq!(report.verdict, Verdict::Emphasised, "{copy}: {:?}", found(&report));
        assert_eq!(report.findings.len(), 1, "{copy}");
    }
    for copy in [
        format!("<style>body{{border:3px solid red}} p{{border:1px solid}}</style>{TEXT}"),
        TEXT.replace("<p>", "<p style='border-left:4px solid'>"),
        format!("<style>p:first-of-type{{font-weight:bold}}</style>{TEXT}"),
    ] {
        assert_eq!(check(TEXT, &copy).verdict, Verdict::Verbatim, "{copy}");
    }
}

#[test]
fn letters_in_another_order_by_a_sheet_are_told() {
    let turned = no("<span style='unicode-bidi:bidi-override;direction:rtl'>no</span>");
    assert_eq!(check(TEXT, &turned).findings[0].kind, Kind::InvisibleCharacters);
    for plain in ["unicode-bidi:isolate;direction:rtl", "unicode-bidi:bidi-override", "direction:rtl"] {
        assert_eq!(found(&check(TEXT, &no(&format!("<span style='{plain}'>no</span>")))), [], "{plain}");
    }
}

#[test]
fn marks_moved_to_other_words_are_an_edit_and_other_marks_are_not() {
    let said =
        "<p>The spokesman said “the talks failed” on Tuesday, and nobody asked “who left the room” in the hall.</p>";
    for (copy, words) in [
        (said.replace("“the talks failed”", "the “talks failed”"), "the “talks failed"),
        (said.replace("failed” on Tuesday", "failed on Tuesday”"), "the talks failed on Tuesday"),
    ] {
        let report = check(said, &copy);
        assert_eq!(found(&report), [(Kind::TextReplaced, String::new(), words.to_owned())]);
        assert_eq!(
            (report.findings[0].severity, &*report.findings[0].facets),
            (Severity::Warning, &[Facet::Quotation][..])
        );
    }
    for copy in [
        said.replace(['“', '”'], "\""),
        said.replace('“', "«").replace('”', "»"),
        said.replace('“', "„").replace('”', "“"),
        said.replace("failed” on Tuesday,", "failed” on Tuesday"),
        said.replace("“the talks failed”", "<q>the talks failed</q>"),
    ] {
        let report = check(said, &copy);
        assert_eq!(report.verdict, Verdict::Verbatim, "{copy}: {:?}", found(&report));
        assert!(report.findings.iter().all(|finding| finding.severity == Severity::Note), "{copy}");
    }
}

#[test]
fn a_statement_made_a_question_and_a_figure_made_a_bound_are_edits() {
    let closed = "<p>The council will close the port in May.</p>";
    let report = check(closed, &closed.replace("May.", "May?"));
    assert_eq!(found(&report), [(Kind::TextReplaced, String::new(), "May".to_owned())]);
    let fee = "<p>The fee rose by 5 percent in the year, the board said on Monday in its report.</p>";
    let report = check(fee, &fee.replace("by 5", "by ‹5"));
    assert_eq!(found(&report), [(Kind::TextReplaced, String::new(), "by ‹5".to_owned())]);
    assert_eq!(check(fee, &fee.replace("by 5 percent", "by ‹5 percent›")).verdict, Verdict::Verbatim);
}

#[test]
fn capitals_take_in_figures_and_acronyms_beside_them() {
    let text = "<p>The guard made 2 assists for the US troops in May; in 2017 he played for nobody at all.</p>";
    let report = check(text, &text.replace("assists", "ASSISTS").replace("troops", "TROOPS"));
    let words: Vec<String> = found(&report).into_iter().map(|(_, _, words)| words).collect();
    assert_eq!(words[..2], ["2 ASSISTS", "US TROOPS"]);
    let report = check(text, &text.replace("in May", "IN MAY"));
    assert_eq!(found(&report)[0].2, "IN MAY");
}

#[test]
fn words_in_controls_drawings_and_shadow_roots_are_read_with_their_sentence() {
    for markup in [
        "<input value=no>",
        "<textarea>no</textarea>",
        "<select><option>some<option selected>no</select>",
        "<button>no</button>",
        "<svg><text>no</text></svg>",
        "<math><mtext>no</mtext></math>",
        "<object>no</object>",
        "<x-a>some<template shadowrootmode=open>no</template></x-a>",
        "<x-a>no<template shadowrootmode=open><slot></slot></template></x-a>",
    ] {
        assert_eq!(found(&check(TEXT, &no(markup))), [], "{markup}");
        let some =
            markup.replace("some", "a").replace("no<", "some<").replace("=no>", "=some>").replace(">no<", ">some<");
        let report = check(TEXT, &no(&some));
        assert_eq!(found(&report), [(Kind::TextReplaced, String::new(), "some".to_owned())], "{some}");
    }
}

#[test]
fn controls_of_a_page_are_its_furniture() {
    for furniture in [
        "<div><button>Share</button><button>Print</button></div>",
        "<p>Share this: <button>Tweet</button> <button>Like</button></p>",
        "<form><input placeholder='Your email'><input type=submit></form>",
        "<div class=search><input type=search placeholder='Search the site'></div>",
        "<p><select><option>Font size<option>Large</select></p>",
        "<meter value=1>bad</meter><progress>50%</progress><video controls>No video</video>",
        "<dialog>Do you agree to everything we do with your data?</dialog>",
    ] {
        let report = check(TEXT, &format!("{TEXT}{furniture}"));
        let told = report.findings.iter().filter(|finding| finding.kind != Kind::Media).count();
        assert_eq!((told, report.verdict), (0, Verdict::Verbatim), "{furniture}: {:?}", found(&report));
    }
}

#[test]
fn what_cannot_be_read_in_the_article_is_a_limit() {
    let report = check(TEXT, &no("<img src=no.png alt=no>"));
    assert_eq!((codes(&report), report.verdict), (vec!["picture-in-sentence"], Verdict::Verbatim));
    assert!(report.findings.iter().all(|finding| finding.severity == Severity::Note));
    let report = check(TEXT, &no("<img src=no.png alt=some>"));
    assert_eq!((codes(&report), report.verdict), (vec!["picture-in-sentence"], Verdict::Altered));
    let boxes = "<iframe src='https://other.example/x'></iframe><embed src=a.pdf><canvas></canvas>";
    let limits = ["frame-not-read", "embedded-not-read", "canvas-not-read"];
    assert_eq!(codes(&check(TEXT, &format!("{TEXT}{boxes}"))), limits);
    assert_eq!(codes(&check(&format!("{TEXT}{boxes}"), &format!("{TEXT}{boxes}"))), [""; 0], "both have them");
    let harmless =
        "<img src=a.jpg alt='A crane'><iframe></iframe><iframe src=about:blank></iframe><video src=b.mp4></video>";
    assert_eq!(codes(&check(TEXT, &format!("{TEXT}{harmless}"))), [""; 0]);
    assert_eq!(codes(&check(TEXT, &TEXT.replace(" no ", " no <img src=e.png alt='😀'> "))), [""; 0]);
}

#[test]
fn pages_brought_in_frames_are_judged_with_the_article() {
    let framed = |inner: &str| format!("<iframe srcdoc=\"{inner}\"></iframe>");
    assert_eq!(check(TEXT, &framed(TEXT)).verdict, Verdict::Verbatim);
    assert_eq!(check(TEXT, &framed(&no("some"))).verdict, Verdict::Altered);
    let remark = framed("<p>An expert of the rival party called the numbers in this plan wrong.</p>");
    assert_eq!(found(&check(TEXT, &format!("{TEXT}{remark}")))[0].0, Kind::Interjection);
}

#[test]
fn what_a_reader_can_unfold_is_not_hidden_from_him() {
    let more = TEXT.replace("It agreed", "The owners said");
    for folded in [TEXT.to_owned(), format!("{TEXT}{more}")] {
        let details = format!("<details><summary>More</summary>{folded}</details>");
        let report = check(&folded, &details);
        let expected: Vec<Kind> = folded.matches("<p>").map(|_| Kind::HiddenText).collect();
        let kinds: Vec<Kind> = report.findings.iter().map(|finding| finding.kind).collect();
        assert_eq!(kinds, expected);
        // One paragraph of three is picked out; of most of a text nobody can say so.
        let severity = if expected.len() == 1 { Severity::Warning } else { Severity::Note };
        assert!(report.findings.iter().all(|finding| finding.severity == severity));
        assert_eq!(report.verdict, Verdict::Verbatim);
        let hidden = check(&folded, &format!("<div style=display:none><div>{folded}</div></div>"));
        assert_eq!(hidden.verdict, Verdict::Altered);
        assert!(hidden.findings.iter().all(|finding| finding.kind == Kind::HiddenText), "{:?}", found(&hidden));
    }
    let behind = format!("{TEXT}{LAST}{more}");
    let report = check(&behind, &behind.replace(LAST, &format!("<details><summary>More</summary>{LAST}</details>")));
    assert!(report.findings.iter().any(|finding| finding.severity == Severity::Warning), "{:?}", found(&report));
}

#[test]
fn a_paragraph_that_is_only_a_link_is_told_where_it_cannot_be_the_sites_own() {
    let more = TEXT.replace("It agreed", "The owners said");
    let text = format!("{TEXT}{more}");
    let with = |head: &str, link: &str| format!("{head}{TEXT}{link}{more}");
    let site = "<link rel=canonical href=https://news.example/a>";
    let away = "<p><a href='https://port.example/plan'>The plan for the northern basin</a></p>";
    let own = "<p><a href='https://news.example/b'>The plan for the northern basin</a></p>";
    let kinds = |original: &str, copy: &str| -> Vec<Kind> {
        check(original, copy).findings.iter().map(|finding| finding.kind).filter(|kind| *kind != Kind::Link).collect()
    };
    assert_eq!(kinds(&text, &with(site, away)), [Kind::Interjection]);
    assert_eq!(kinds(&format!("{site}{text}"), &with(site, own)), [Kind::TextInserted], "the publisher's own page");
    for furniture in [
        own.to_owned(),
        own.replace("https://news.example", ""),
        own.replace("<p><a", "<p>Read more: <a"),
        own.replace("<p>", "<p class=related>"),
        format!("<div>{away}</div>"),
    ] {
        assert_eq!(kinds(&text, &with(site, &furniture)), [], "{furniture}");
    }
    assert_eq!(kinds(&text, &format!("{site}{TEXT}{away}{more}{away}")), []);
    assert_eq!(kinds(&text, &with("", away)), [], "whose page it is is not known");
}

#[test]
fn words_that_only_phones_do_not_show_are_a_limit() {
    let copy = |sheet: &str| check(TEXT, &format!("<style>{sheet}</style>{}", no("<span class=x>no</span>")));
    for sheet in [
        "@media (max-width:600px){.x{display:none}}",
        ".x{display:none} @media screen and (min-width:768px){.x{display:inline}}",
        "@media (hover:none){p{color:#111} .x{font-size:0}}",
    ] {
        let report = copy(sheet);
        assert_eq!((codes(&report), report.verdict), (vec!["hidden-on-phones"], Verdict::Verbatim), "{sheet}");
    }
    assert_eq!(copy("@media (min-width:768px){.x{display:none}}").verdict, Verdict::Altered);
    for sheet in [
        "@media (max-width:600px){p{font-size:14px}}",
        "@media (max-width:300px){.x{display:none}}",
        "@media print{.x{display:none}}",
    ] {
        assert_eq!(codes(&copy(sheet)), [""; 0], "{sheet}");
    }
    let site = "<style>@media (max-width:600px){nav,.x{display:none}}</style><nav><a href=/>Home</a></nav>";
    let report = check(TEXT, &format!("{site}{TEXT}<p class=x>Read more on the page for desktops.</p>"));
    assert_eq!(codes(&report), [""; 0], "furniture");
}
