//! Faithful copies are accused of nothing: what houses and sites do to a text that every reader takes for the same text.
//!
//! Each row sets a page beside its original, either of which has something around or between the words; nothing above a note may come
//! out, and the verdict is `verbatim`. Beside them stand the rows that look alike and must be found.

use vidimus::{
    Verdict,
    check::{Kind, Severity},
};

use crate::support::faithful::{accusation, check, none};

const STATEMENT: [&str; 6] = [
    "The harbour board of Lower Saltmarsh today agreed to rebuild the north mole, which the storms of last winter had broken.",
    "The work will cost 14 million dollars over three years and will be paid for from the port’s own fees, the chair said.",
    "“We will not raise the fees for the small boats,” she said. “They have paid for the lamps and cranes for ninety years.”",
    "Engineers found in March that the foundations had sunk by 40 centimetres. Divers will look at them again in May.",
    "The board also asked the county for a second opinion on the depth of the new basin, and expects it before the summer.",
    "A vote on the plan as a whole is set for 12 September in the old customs hall. The meeting is open to the public.",
];

const TITLE: &str = "Board agrees to rebuild the north mole";

fn paragraphs(texts: &[&str]) -> String {
    texts.iter().map(|text| format!("<p>{text}</p>\n")).collect()
}

/// The statement with `inner` put before paragraph `at`.
fn with(at: usize, inner: &str) -> String {
    format!("{}{inner}\n{}", paragraphs(&STATEMENT[..at]), paragraphs(&STATEMENT[at..]))
}

/// The statement with `new` in place of `old` in one of its paragraphs.
fn replaced(old: &str, new: &str) -> String {
    let text = paragraphs(&STATEMENT);
    assert_eq!(text.matches(old).count(), 1, "{old}");
    text.replace(old, new)
}

fn original(body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>{TITLE}</title><body><header><p>Harbour Board of Lower Saltmarsh</p>\
         <nav><a href=/>Home</a> <a href=/news>News</a></nav></header><main><h1>{TITLE}</h1>{body}</main>\
         <footer><p>Harbour Board, 1 Mole Road, Lower Saltmarsh</p></footer></body></html>"
    )
}

fn copy(body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>{TITLE} - Coast Courier</title><body><nav class=menu><ul><li>\
         <a href=/>Home</a></li><li><a href=/c>Coast</a></li></ul></nav><article><h1>{TITLE}</h1><div class=byline>By <a href=/s>Staff \
         Writer</a></div><div class=entry-content>{body}</div></article><aside class=sidebar><h3>Related</h3><ul><li><a href=/1>Storm \
         closes two airports</a></li></ul></aside><footer><p>© 2024 Coast Courier. All rights reserved.</p></footer></body></html>"
    )
}

#[test]
fn what_the_originals_page_puts_between_its_paragraphs_may_be_left_out() {
    let inner = [
        "<h2>Costs and fees</h2>",
        "<p><strong>Costs and fees</strong></p>",
        "<figure><img src=a.jpg><figcaption>The mole after the storm, seen from the lamp house. Photo: Board</figcaption></figure>",
        "<div class=wp-caption><img src=a.jpg><p class=wp-caption-text>The mole after the storm of last winter, in the rain.</p></div>",
        "<p>Photo: A. Baker / Harbour Board</p>",
        "<p>Advertisement</p>",
        "<div>Article continues below advertisement</div>",
        "<div class=newsletter><h3>Sign up for our newsletter</h3><p>Get the best of the harbour every morning.</p></div>",
        "<p><a href=/x>Read more: How the mole was built in 1931</a></p>",
        "<p>Read more: <a href=/x>How the mole was built in 1931</a></p>",
        "<ul><li><a href=/1>How the mole was built</a></li><li><a href=/2>Lamps of the coast, a walk</a></li></ul>",
        "<aside><p>The mole was built in 1931 and has been mended four times since then. It is 400 metres long.</p></aside>",
        "<blockquote class=pullquote>“We will not raise the fees for the small boats”</blockquote>",
        "<div class=audio-player><p>Listen to this article · 4:31 min</p></div>",
        "<div class=tags>Topics: <a href=/t>Harbour</a>, <a href=/u>Board</a></div>",
        "<p>Lesen Sie auch: <a href=/x>Wie die Mole gebaut wurde</a></p>",
        "<p>Anzeige</p>",
        "<figure><img src=a.jpg><figcaption>Die Mole nach dem Sturm, vom Leuchtturm gesehen. Foto: Hafenamt</figcaption></figure>",
    ];
    let pages = inner.iter().map(|inner| (inner, original(&with(3, inner))));
    none(pages.filter_map(|(inner, page)| accusation(inner, &page, &copy(&paragraphs(&STATEMENT)))).collect());
}

#[test]
fn what_stands_before_and_behind_the_originals_text_may_be_left_out() {
    let standfirst = "The mole has been broken since last winter; work begins in the autumn and will take three years.";
    let front = [
        format!("<p class=standfirst>{standfirst}</p>"),
        format!("<h2 class=subtitle>{standfirst}</h2>"),
        format!("<p><em>{standfirst}</em></p>"),
        "<p class=byline>By Jo Baker, press office, 3 April 2024</p>".to_owned(),
        "<p>4 min read</p>".to_owned(),
        "<figure><figcaption>The mole in the rain, seen from the lamp house on a winter day.</figcaption></figure>"
            .to_owned(),
        "<ul class=key-points><li>Work costs 14 million dollars.</li><li>Fees stay as they are.</li></ul>".to_owned(),
    ];
    let back = [
        "<p>Contact: Jo Baker, press office, +44 1632 960 111, press@saltmarsh.example</p>",
        "<p>ENDS</p>",
        "<p>###</p>",
        "<p>(dpa)</p>",
        "<p>Source: Harbour Board of Lower Saltmarsh</p>",
        "<h3>About the Harbour Board</h3><p>The Harbour Board of Lower Saltmarsh looks after the port since 1874.</p>",
        "<h3>Related articles</h3><ul><li><a href=/1>How the mole was built</a></li></ul>",
        "<h3>Notes to editors</h3><p>Pictures of the mole can be had from the press office on weekdays.</p>",
        "<h3>Pressekontakt</h3><p>Hafenamt, Molenweg 1, Telefon 0431 555 111. Wir rufen am selben Tag zurück.</p>",
        "<div class=author-bio><p>Jo Baker has written for the press office of the board since 2011.</p></div>",
        "<p><em>This article was corrected on 4 April: the mole is 400 metres long.</em></p>",
        "<p><a href=/all>More news from the harbour</a></p>",
        "<div class=donate><p>We need your help to keep the lamps lit. Please give what you can today.</p></div>",
    ];
    let front = front.iter().map(|inner| (inner.as_str(), original(&with(0, inner))));
    let back = back.iter().map(|inner| (*inner, original(&with(6, inner))));
    let pages = front.chain(back);
    none(pages.filter_map(|(inner, page)| accusation(inner, &page, &copy(&paragraphs(&STATEMENT)))).collect());
}

#[test]
fn what_is_part_of_the_statement_may_not() {
    for inner in [
        "<p>The board will pay for none of this from taxes.</p>",
        "<p><b>The board will pay for none of this from taxes.</b></p>",
        "<blockquote>Nobody on this coast has ever been asked what the port is for.</blockquote>",
        "<ul><li>the lamp house on the north mole.</li><li>the customs hall by the old dock.</li></ul>",
        "<h2>What it costs</h2><p>The board will pay for none of this from taxes, and the county will not pay at all.</p>",
        "<table><tr><td>Lamps</td><td>12</td></tr><tr><td>Cranes</td><td>4</td></tr></table>",
    ] {
        for at in [3, 6] {
            let report = check(&original(&with(at, inner)), &copy(&paragraphs(&STATEMENT))).report;
            assert_eq!(report.verdict, Verdict::Excerpted, "{inner} before {at}");
            let found =
                report.findings.iter().any(|one| one.kind == Kind::TextDeleted && one.severity > Severity::Note);
            assert!(found, "{inner} before {at}");
        }
    }
}

#[test]
fn marks_of_notes_come_and_go() {
    let mut accused = Vec::new();
    let plain = paragraphs(&STATEMENT);
    for mark in [
        "<sup>1</sup>",
        "<sup><a href=#fn1>1</a></sup>",
        "<sup>[1]</sup>",
        "[1]",
        "<a href=#n1>[1]</a>",
        "<a href=#n1>1</a>",
        "<span class=footnote-ref><a href=#fn:1>1</a></span>",
        "<sup>a</sup>",
        "*",
        "¹",
        "<sup>(1)</sup>",
    ] {
        for place in ["own fees", "the chair said.", "small boats,”"] {
            let marked = replaced(place, &format!("{place}{mark}"));
            accused.extend(accusation(mark, &original(&marked), &copy(&plain)));
            accused.extend(accusation(mark, &original(&plain), &copy(&marked)));
        }
    }
    none(accused);
}

#[test]
fn raised_figures_that_are_read_are_no_marks() {
    for (old, new) in [
        ("40 m<sup>2</sup>", "40 m<sup>3</sup>"),
        ("40 m<sup>2</sup>", "40 m"),
        ("40 m", "40 m<sup>2</sup>"),
        ("40 m²", "40 m"),
        ("10<sup>6</sup> grains", "10<sup>9</sup> grains"),
        ("10<sup>6</sup> grains", "10 grains"),
        ("40", "40 [3]"),
        ("40", "chapter <a href=#c3>3</a>"),
    ] {
        let page = |text: &str| replaced("40 centimetres", text);
        let report = check(&original(&page(old)), &copy(&page(new))).report;
        assert_eq!(report.verdict, Verdict::Altered, "{old} → {new}");
        assert!(report.findings.iter().any(|one| one.severity == Severity::Error), "{old} → {new}");
    }
}

#[test]
fn paragraphs_are_counted_in_many_ways() {
    let counted = |count: &dyn Fn(usize) -> String| -> String {
        STATEMENT.iter().enumerate().map(|(at, text)| format!("<p>{}{text}</p>", count(at))).collect()
    };
    let letter = |at: usize| ["a", "b", "c", "d", "e", "f"][at];
    let roman = |at: usize| ["i", "ii", "iii", "iv", "v", "vi"][at];
    let ways = [
        paragraphs(&STATEMENT),
        counted(&|at| format!("{}. ", at + 1)),
        counted(&|at| format!("{} ", at + 1)),
        counted(&|at| format!("({}) ", letter(at))),
        counted(&|at| format!("[{}] ", at + 1)),
        counted(&|at| format!("<span class=num>{}</span> ", at + 1)),
        counted(&|at| format!("{}) ", roman(at))),
        counted(&|_| "• ".to_owned()),
        counted(&|_| "<a class=anchor href=#p>¶</a> ".to_owned()),
        format!("<ol>{}</ol>", STATEMENT.map(|text| format!("<li>{text}</li>")).concat()),
    ];
    let sections = counted(&|at| format!("§ {} ", at + 1));
    let mut accused = Vec::new();
    accused.extend(accusation("sections", &original(&sections), &copy(&ways[0])));
    accused.extend(accusation("sections", &original(&ways[0]), &copy(&sections)));
    for (one, first) in ways.iter().enumerate() {
        for (other, second) in ways.iter().enumerate() {
            accused.extend(accusation(&format!("{one} and {other}"), &original(first), &copy(second)));
        }
    }
    none(accused);
    for (old, new) in [("1. ", "7. "), ("", "7. "), ("2. ", "")] {
        let page =
            |count: &str| with(3, &format!("<p>{count}Nobody may walk on the mole before they have done so.</p>"));
        let report = check(&original(&page(old)), &copy(&page(new))).report;
        assert_eq!(report.verdict, Verdict::Altered, "one number among paragraphs without any: {old:?} → {new:?}");
    }
}

#[test]
fn reports_are_closed_as_newsrooms_close_them() {
    let mut accused = Vec::new();
    let plain = paragraphs(&STATEMENT);
    for closing in [
        "(dpa)",
        "-30-",
        "###",
        "ENDS",
        "Source: Harbour Board",
        "— Jane Doe",
        "(Reuters/AP)",
        "/dpa",
        "(jd)",
        "■",
        "(Reporting by Jane Doe; editing by John Roe)",
        "<a href=/x>Read the full story »</a>",
        "© Harbour Board",
        "/ТАСС/",
        "(Quelle: Hafenamt)",
    ] {
        for closed in [
            replaced("to the public.", &format!("to the public. {closing}")),
            with(6, &format!("<p>{closing}</p>")),
            with(6, &format!("<p><em>{closing}</em></p>")),
        ] {
            accused.extend(accusation(closing, &original(&plain), &copy(&closed)));
            accused.extend(accusation(closing, &original(&closed), &copy(&plain)));
        }
    }
    none(accused);
    for remark in ["(LIES)", "(He lied)", "Nobody believes it", "(not)"] {
        let marked = replaced("to the public.", &format!("to the public. {remark}"));
        let report = check(&original(&plain), &copy(&marked)).report;
        assert!(report.findings.iter().any(|one| one.severity > Severity::Note), "{remark}");
    }
}
