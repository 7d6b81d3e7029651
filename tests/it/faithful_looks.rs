//! Faithful copies whose look differs: leads, whole texts in another face, boxes between paragraphs, datelines, unknown grounds, text
//! that is folded away. Nothing above a note may come out; beside them stand the rows that look alike and must be found.

use vidimus::{
    Verdict,
    check::{Kind, Severity},
};

use crate::support::faithful::{accusation, check, none};

const STATEMENT: [&str; 5] = [
    "The harbour board of Lower Saltmarsh today agreed to rebuild the north mole, which the storms of last winter had broken.",
    "The work will cost 14 million dollars over three years and will be paid for from the port’s own fees, the chair said.",
    "“We will not raise the fees for the small boats,” she said. “They have paid for the lamps and cranes for ninety years.”",
    "Engineers found in March that the foundations had sunk by 40 centimetres. Divers will look at them again in May.",
    "The board also asked the county for a second opinion on the depth of the new basin, and expects it before the summer.",
];

fn paragraphs(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("<p>{text}</p>\n")).collect()
}

fn with(at: usize, inner: &str) -> String {
    format!("{}{inner}\n{}", paragraphs(&STATEMENT[..at]), paragraphs(&STATEMENT[at..]))
}

/// The statement with paragraph `at` set by `how`.
fn set(at: usize, how: impl Fn(&str) -> String) -> String {
    let one = |(index, text): (usize, &&str)| if index == at { how(text) } else { format!("<p>{text}</p>") };
    STATEMENT.iter().enumerate().map(one).collect()
}

fn page(head: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Board agrees to rebuild the mole</title>{head}<body><nav><a href=/>Home\
         </a></nav><article><h1>Board agrees to rebuild the mole</h1><div class=entry>{body}</div></article><footer><p>© 2024</p></footer>"
    )
}

/// Fails where one of the copies, a head and a body each, is accused.
#[track_caller]
fn none_is_accused<'a>(copies: impl IntoIterator<Item = (&'a str, String)>) {
    let original = page("", &paragraphs(&STATEMENT));
    let accuse = |(head, body): (&str, String)| accusation(&format!("{head} {body}"), &original, &page(head, &body));
    none(copies.into_iter().filter_map(accuse).collect());
}

/// Fails where nothing above a note is found on one of the copies.
#[track_caller]
fn each_is_found<'a>(copies: impl IntoIterator<Item = (&'a str, String)>) {
    let original = page("", &paragraphs(&STATEMENT));
    for (head, body) in copies {
        let report = check(&original, &page(head, &body)).report;
        assert!(report.findings.iter().any(|one| one.severity > Severity::Note), "{head} {body}: {:?}", report.verdict);
    }
}

#[test]
fn sites_set_their_leads_and_their_whole_text() {
    let initial = |text: &str| {
        let (first, rest) = text.split_at(1);
        let (lead, rest) = rest.split_at(rest.match_indices(' ').nth(2).map_or(0, |(at, _)| at));
        format!("<p><span class=cap>{first}</span><span class=sc>{lead}</span>{rest}</p>")
    };
    let caps = "<style>.cap{float:left;font-size:4em;font-weight:bold;color:#a00}.sc{font-variant:small-caps;font-weight:bold}</style>";
    let name = |link: &str| paragraphs(&STATEMENT).replace("county", link);
    none_is_accused([
        ("", set(0, |text| format!("<p><strong>{text}</strong></p>"))),
        ("", set(0, |text| format!("<p class=lead><i>{text}</i></p>"))),
        (
            "",
            set(0, |text| {
                text.replacen("The harbour", "<p><b>The harbour", 1).replacen("mole,", "mole,</b> <em>", 1)
                    + "</em></p>"
            }),
        ),
        (caps, set(0, initial)),
        ("", STATEMENT.map(|text| format!("<p><em>{text}</em></p>")).concat()),
        ("", STATEMENT.map(|text| format!("<p><b>{text}</b></p>")).concat()),
        (
            "<style>blockquote{font-style:italic}</style>",
            format!("<blockquote>{}</blockquote>", paragraphs(&STATEMENT)),
        ),
        ("", name("<a href=/tag/county style='color:#c00;font-weight:bold'>county</a>")),
        ("", name("<b><a href=/tag/county>county</a></b>")),
    ]);
    each_is_found([
        ("", set(2, |text| format!("<p><strong>{text}</strong></p>"))),
        ("", paragraphs(&STATEMENT).replace("not raise", "<b>not</b> raise")),
        ("", paragraphs(&STATEMENT).replace("not raise", "<a href=https://else.example/><b>not</b></a> raise")),
        ("", STATEMENT.map(|text| format!("<p><s>{text}</s></p>")).concat()),
    ]);
}

#[test]
fn boxes_that_ask_for_something_are_furniture() {
    let asks = [
        "<div class=donate-box><p>If you value our reporting, please consider a gift. Every pound helps us to keep going.</p></div>",
        "<div class=box><p>If you value our reporting, please consider a gift. It helps us.</p><p><a href=/donate>Give now</a></p></div>",
        "<p class=support-us>If you value our reporting, consider a gift. <a href=https://x.example/donate>Support us</a> today.</p>",
        "<div class=newsletter-signup><p>Our newsletter brings you the best of the coast, every Friday at noon.</p></div>",
        "<section aria-label=Newsletter><p>Our letter brings you the best of the coast. Subscribe, you can leave at any time.</p></section>",
        "<div class=subscription-widget><p>This is a reader-supported publication. To receive new posts, become a subscriber.</p></div>",
        "<p>Our letter brings you the best of the coast. <a href=/newsletter>Sign up here</a>.</p>",
        "<div class=spenden><p>Guter Journalismus kostet Geld. Wir freuen uns über eine Spende.</p><a href=/spenden>Jetzt spenden</a></div>",
        "<div class=box><p>Notre travail a un prix. Faites un don pour nous aider, même petit.</p><a href=/dons/>Je donne</a></div>",
        "<figure class=wp-block-pullquote><blockquote><p>We will not raise the fees for the small boats</p><cite>Ines Corvin</cite></blockquote></figure>",
    ];
    none_is_accused(asks.map(|inner| ("", with(3, inner))));
    let remarks = [
        "<p>The board has broken every promise it ever made to the fishermen.</p>",
        "<div class=newsletter><p>The board has broken every promise it ever made to the fishermen of this coast.</p></div>",
        "<aside><p>The board has broken every promise it ever made to the fishermen of this coast.</p></aside>",
        "<p>The board has broken every promise it ever made. <a href=/newsletter>Here is how</a> it did so.</p>",
    ];
    each_is_found(remarks.map(|inner| ("", with(3, inner))));
}

#[test]
fn newsrooms_open_a_report_with_its_place() {
    let plain = page("", &paragraphs(&STATEMENT));
    let mut accused = Vec::new();
    for opening in [
        "HAMBURG — ",
        "Hamburg: ",
        "Hamburg. ",
        "PARIS (AFP) - ",
        "LOWER SALTMARSH — ",
        "(dpa) - ",
        "<b>HAMBURG</b> — ",
        "МОСКВА, 3 апреля. /ТАСС/. ",
        "【東京＝共同】",
        "NEW YORK, N.Y. – ",
        "Hamburg/Berlin - ",
        "PARIS, le 3 avril (Reuters) - ",
        "باريس - ",
        "Hamburg, 03.04.2024 – ",
    ] {
        let opened = page("", &set(0, |text| format!("<p>{opening}{text}</p>")));
        accused.extend(accusation(opening, &plain, &opened));
        accused.extend(accusation(opening, &opened, &plain));
    }
    none(accused);
    for opening in ["LIES — ", "Allegedly: ", "However — ", "Wrong: "] {
        let report = check(&plain, &page("", &set(0, |text| format!("<p>{opening}{text}</p>")))).report;
        assert!(report.findings.iter().any(|one| one.severity > Severity::Note), "{opening}");
    }
}

const MISSING: &str = "<link rel=stylesheet href=https://x.example/missing.css>";

#[test]
fn white_letters_on_a_ground_nobody_knows_are_read() {
    let text = paragraphs(&STATEMENT);
    let sheets = [
        "<style>body{color:#fff}</style>",
        "<style>.entry p{color:white}</style>",
        "<style>body{color:#fff;background:var(--ground)}</style>",
        "<style>body::before{content:'';position:fixed;inset:0;background:#000;z-index:-1}body{color:#fff}</style>",
    ]
    .map(|sheet| format!("{MISSING}{sheet}"));
    none_is_accused(sheets.iter().map(|sheet| (sheet.as_str(), text.clone())));
    let report = check(&page("", &text), &page(&sheets[0], &text)).report;
    assert!(report.limits.iter().any(|limit| limit.code == "ground-unknown"), "{:?}", report.limits);
    each_is_found([
        (MISSING, text.replace("not raise", "<span style='color:#fff'>not</span> raise")),
        (MISSING, set(2, |text| format!("<p style='color:#fff'>{text}</p>"))),
        ("<style>.x{color:white}</style>", set(2, |text| format!("<p class=x>{text}</p>"))),
    ]);
}

#[test]
fn text_that_readers_unfold_is_read() {
    let text = paragraphs(&STATEMENT);
    let rest = paragraphs(&STATEMENT[2..]);
    let first = paragraphs(&STATEMENT[..2]);
    let copies = [
        ("", format!("<details><summary>Read the statement</summary>{text}</details>")),
        ("", format!("{first}<details><summary>Read the rest</summary>{rest}</details>")),
        (
            "<style>.m{max-height:0;overflow:hidden}</style>",
            format!("{first}<div class=m>{rest}</div><button>Read more</button>"),
        ),
        (
            "<style>.m{display:none}</style>",
            format!("{first}<div class=m>{rest}</div><button aria-expanded=false>+</button>"),
        ),
        (
            "<style>.m{max-height:200px;overflow:hidden}</style>",
            format!("<div class=m>{text}</div><button>Read more</button>"),
        ),
    ];
    none_is_accused(copies);
    let report =
        check(&page("", &format!("<details><summary>Read</summary>{text}</details>")), &page("", &text)).report;
    assert_eq!(report.verdict, Verdict::Verbatim);
    let hidden = |rest: &str| format!("{first}<div class=m>{rest}</div>");
    each_is_found([("<style>.m{display:none}</style>", hidden(&rest))]);
    let one = set(2, |text| format!("<p style=display:none>{text}</p>"));
    let found = check(&page("", &text), &page("", &one)).report;
    assert!(found.findings.iter().any(|one| one.kind == Kind::HiddenText), "{:?}", found.verdict);
}
