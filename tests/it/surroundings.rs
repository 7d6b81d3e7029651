//! Where a block stands decides what it is: text of the statement, words of the republisher, or the site's furniture.
//!
//! Each test holds small pages against a statement of a few paragraphs and says which findings come out.

use vidimus::{
    Capture, Moment, Options, Report, Verdict,
    check::{Kind, Severity},
};

const FIRST: &str =
    "<p>The city council adopted the harbour plan on Tuesday by 23 votes to 19, with three abstentions.</p>";
const LAST: &str = "<p>Its leader, Tom Okafor, said he would not rule out going to court before the summer.</p>";
const MORE: &str = "<p>The port authority asked three shipping firms about the depth of the new basin.</p>";
const REMARK: &str = "An expert of the rival party called the numbers in this plan wrong.";

fn check(original: &str, copy: &str) -> Report {
    let capture = |name: &str, text: &str| Capture::from_bytes(name, text.into(), Some("text/html")).unwrap();
    let options = Options::new(Moment::parse("2026-05-05T00:00:00Z").unwrap());
    vidimus::check(&capture("original", original), &capture("copy", copy), &options).report
}

/// The findings in order, as `severity kind`.
fn found(report: &Report) -> Vec<(Severity, Kind)> {
    report.findings.iter().map(|finding| (finding.severity, finding.kind)).collect()
}

fn between(inner: &str) -> String {
    format!("{FIRST}{inner}{LAST}")
}

fn table(rows: &[[&str; 3]]) -> String {
    let row = |row: &[&str; 3]| format!("<tr>{}</tr>", row.map(|cell| format!("<td>{cell}</td>")).concat());
    format!("<table>{}</table>", rows.iter().map(row).collect::<String>())
}

fn list(items: &[&str]) -> String {
    format!("<ul>{}</ul>", items.iter().map(|item| format!("<li>{item}</li>")).collect::<String>())
}

const ROADS: [&str; 3] = ["Roads", "12", "14"];
const SCHOOLS: [&str; 3] = ["Schools", "12", "9"];
const PARKS: [&str; 3] = ["Parks", "5", "0"];

#[test]
fn a_changed_cell_is_a_changed_text() {
    let (original, changed) = (table(&[ROADS, SCHOOLS]), table(&[ROADS, ["Schools", "12", "19"]]));
    let ends = |table: &str| format!("{FIRST}{LAST}{table}");
    for (original, copy) in [(between(&original), between(&changed)), (ends(&original), ends(&changed))] {
        let report = check(&original, &copy);
        assert_eq!(report.verdict, Verdict::Altered);
        assert_eq!(found(&report), [(Severity::Error, Kind::TextReplaced)]);
        assert_eq!(report.findings[0].copy.as_ref().unwrap().exact, "19");
    }
}

#[test]
fn cells_and_rows_put_in_or_in_another_order_are_changed_text() {
    let original = between(&table(&[ROADS, SCHOOLS]));
    for rows in [
        vec![ROADS, ["Schools", "9", "12"]],
        vec![SCHOOLS, ROADS],
        vec![ROADS, SCHOOLS, PARKS],
        vec![ROADS, PARKS, SCHOOLS],
        vec![ROADS, ["Police", "12", "9"]],
    ] {
        let report = check(&original, &between(&table(&rows)));
        assert_eq!(report.verdict, Verdict::Altered, "{rows:?}");
        assert!(report.furniture.is_empty(), "{rows:?}: {:?}", report.furniture);
    }
    let report = check(&original, &between(&table(&[ROADS])));
    assert_eq!(report.verdict, Verdict::Excerpted, "a row that is only missing was left out");
}

#[test]
fn an_item_put_into_the_list_is_changed_text() {
    let items = ["the mayor of the city", "the harbour master", "two shipping firms from abroad"];
    let [one, two, three] = items;
    let ends = |list: &str| format!("{FIRST}{list}");
    for copy in [list(&[one, "the church", two, three]), list(&[one, two, three, "nobody else"])] {
        for page in [between, ends] {
            let report = check(&page(&list(&items)), &page(&copy));
            assert_eq!(report.verdict, Verdict::Altered, "{copy}");
            assert_eq!(report.findings.iter().map(|finding| finding.kind).collect::<Vec<_>>(), [Kind::TextInserted]);
        }
    }
    let report = check(&between(&list(&items)), &between(&list(&[one, "a bishop", three])));
    assert_eq!(report.findings.iter().map(|finding| finding.kind).collect::<Vec<_>>(), [Kind::TextReplaced]);
}

#[test]
fn a_menu_that_both_pages_have_is_no_list_of_the_statement() {
    let page = |menu: &str| format!("<html><body><nav>{menu}</nav><main>{FIRST}{MORE}{LAST}</main></body></html>");
    let report = check(&page(&list(&["Home", "Press"])), &page(&list(&["Home", "Sports", "Press", "Contact us"])));
    assert_eq!(report.verdict, Verdict::Verbatim, "{:?}", report.findings);
}

#[test]
fn prose_between_two_passages_is_told_whatever_its_box_is_called() {
    let original = between("");
    for class in ["ad", "promo", "related", "latest", "legal"] {
        let report = check(&original, &between(&format!("<p class={class}>{REMARK}</p>")));
        assert_eq!(found(&report), [(Severity::Warning, Kind::Interjection)], "class {class}");
    }
    for tag in ["aside", "nav", "menu", "form", "footer", "div role=button"] {
        let end = tag.split(' ').next().unwrap();
        for inner in [REMARK.to_owned(), format!("<p>{REMARK}</p>")] {
            let report = check(&original, &between(&format!("<{tag}>{inner}</{end}>")));
            assert_eq!(found(&report), [(Severity::Warning, Kind::Interjection)], "in <{tag}>");
        }
    }
}

#[test]
fn boxes_of_the_site_between_two_passages_stay_furniture() {
    let links = list(&[
        "<a href=/a>The harbour plan was adopted by the council last week.</a>",
        "<a href=/b>Another story of the town, read by many people this week.</a>",
    ]);
    for inner in [
        format!("<aside><h3>Related</h3>{links}</aside>"),
        format!("<div class=related>{links}</div>"),
        "<aside class=newsletter><p>Sign up for our newsletter and get the news every morning in your inbox.</p>\
         <form><input type=email><button>Subscribe</button></form></aside>"
            .to_owned(),
        "<div class=share><a href=/f>Facebook</a> <a href=/m>Mail</a></div>".to_owned(),
        "<p class=ad>Advertisement</p>".to_owned(),
    ] {
        let report = check(&between(""), &between(&inner));
        assert_eq!(found(&report), [], "{inner}");
        assert!(!report.furniture.is_empty(), "{inner}");
    }
}

#[test]
fn a_sentence_next_to_the_text_is_the_republishers_however_short() {
    let remark = "<p>The vote was rigged.</p>";
    let report = check(&between(""), &format!("{remark}{FIRST}{LAST}"));
    assert_eq!(found(&report), [(Severity::Note, Kind::Preface)]);
    let report = check(&between(""), &format!("{FIRST}{LAST}{remark}"));
    assert_eq!(found(&report), [(Severity::Note, Kind::Afterword)]);
}

#[test]
fn a_paragraph_in_the_place_of_the_first_or_last_replaces_it() {
    for remark in ["<p>All was fine.</p>", "<p>Nobody was consulted on anything at all, a critic said in town.</p>"] {
        for (original, copy) in [
            (format!("{MORE}{FIRST}{LAST}"), format!("{remark}{FIRST}{LAST}")),
            (format!("{FIRST}{LAST}{MORE}"), format!("{FIRST}{LAST}{remark}")),
        ] {
            let report = check(&original, &copy);
            assert_eq!(report.verdict, Verdict::Altered, "{copy}");
            assert_eq!(found(&report), [(Severity::Error, Kind::TextReplaced)], "{copy}");
        }
    }
    let report = check(&format!("{FIRST}{LAST}{MORE}"), &between(""));
    assert_eq!((report.verdict, found(&report)), (Verdict::Excerpted, vec![(Severity::Error, Kind::TextDeleted)]));
}

const TITLE: &str = "<h1>Council adopts harbour plan</h1>";

#[test]
fn lines_around_a_kept_title_are_no_other_headline() {
    let original = format!("{TITLE}{FIRST}{LAST}");
    for (copy, kind) in [
        (format!("{TITLE}<h2>Full text of the statement</h2>{FIRST}{LAST}"), Kind::Subheading),
        (format!("{TITLE}<h3 class=subtitle>Full text of the statement</h3>{FIRST}{LAST}"), Kind::Subheading),
        (format!("<h1>The Daily Harbour</h1>{TITLE}{FIRST}{LAST}"), Kind::Preface),
    ] {
        assert_eq!(found(&check(&original, &copy)), [(Severity::Note, kind)], "{copy}");
    }
    let other = format!("<h1>Council rams harbour plan through</h1>{FIRST}{LAST}");
    assert_eq!(found(&check(&original, &other)), [(Severity::Warning, Kind::Headline)]);
}

#[test]
fn words_of_the_original_said_twice_are_not_the_republishers() {
    let original = format!("{FIRST}{LAST}{MORE}");
    for (inner, severity) in [
        ("<blockquote class=pullquote>he would not rule out going to court</blockquote>".to_owned(), Severity::Note),
        ("<aside>he would not rule out going to court before the summer.</aside>".to_owned(), Severity::Note),
        (FIRST.to_owned(), Severity::Warning),
    ] {
        let report = check(&original, &format!("{FIRST}{LAST}{inner}{MORE}"));
        assert_eq!(found(&report), [(severity, Kind::Interjection)], "{inner}");
        assert!(report.findings[0].message.contains("is repeated"), "{}", report.findings[0].message);
    }
}

#[test]
fn what_the_issuers_page_puts_below_the_statement_can_be_left_out() {
    for below in [
        "<p>You are receiving this email because you signed up at our site.</p><p>Unsubscribe</p>",
        "<p>Media contact: Jane Roe, press@example.org</p><h3>About the City of Harbourton</h3>\
         <p>Harbourton is a city of 200,000 people on the coast and was founded in 1204.</p>",
        "<p>About the City of Harbourton: Harbourton is a city of 200,000 people on the coast.</p>",
    ] {
        let report = check(&format!("{FIRST}{LAST}{MORE}{below}"), &format!("{FIRST}{LAST}{MORE}"));
        assert_eq!((report.verdict, found(&report)), (Verdict::Verbatim, vec![]), "{below}");
        assert!(!report.set_aside.is_empty(), "{below}");
    }
    let vote = "<h3>About the vote</h3><p>It was the third of the year, and the first that was close.</p>";
    let report = check(&format!("{FIRST}{LAST}{MORE}{vote}"), &format!("{FIRST}{LAST}{MORE}"));
    assert_eq!(report.verdict, Verdict::Excerpted, "a section of the statement itself");
}

#[test]
fn a_line_that_both_pages_have_is_not_the_copys_own() {
    for above in ["<p>HARBOURTON, 3 May 2024</p>", "<p>City of Harbourton</p><p>Press release</p><p>3 May 2024</p>"] {
        let page = format!("{above}{FIRST}{LAST}");
        for finding in check(&page, &page).findings {
            assert_eq!((finding.severity, finding.kind), (Severity::Note, Kind::Dateline), "{above}");
            assert!(finding.message.contains("the original's page has too"), "{}", finding.message);
        }
    }
    let dated = check(&between(""), &format!("<p>HARBOURTON, 3 May 2024</p>{}", between("")));
    assert_eq!(found(&dated), [(Severity::Note, Kind::Dateline)]);
}

#[test]
fn a_line_of_name_and_hour_below_a_standfirst_is_a_dateline() {
    let page = |line: &str| format!("<div><div>{FIRST}</div><div>{line}</div><div>{LAST}</div><div>{MORE}</div></div>");
    let original = format!("{FIRST}{LAST}{MORE}");
    let report = check(&original, &page("<a href='/ana'>Ana Moss</a> <time>Dec 29 2014, 12:16 PM ET</time>"));
    assert_eq!((report.verdict, found(&report)), (Verdict::Verbatim, vec![(Severity::Note, Kind::Dateline)]));
    let report = check(&original, &page("On Dec 29 2014 the council took back all of this and more."));
    assert_eq!(found(&report), [(Severity::Warning, Kind::Interjection)], "a sentence is none");
}

#[test]
fn a_last_line_behind_a_list_of_links_is_still_the_last_line() {
    let credit = "<p>Picture credit: Harbour Press</p>";
    let item = |at: usize| format!("<li><a href='/{at}'>Another story of number {at} on this site</a></li>");
    let links = format!("<p>RELATED:</p><ul>{}</ul>", (1..=5).map(item).collect::<String>());
    let report = check(&format!("{FIRST}{LAST}{credit}"), &format!("{FIRST}{LAST}{links}{credit}"));
    let grave: Vec<_> = report.findings.iter().filter(|finding| finding.severity != Severity::Note).collect();
    assert!(grave.is_empty(), "{grave:?}");
}

#[test]
fn a_disguised_word_of_the_title_is_found() {
    let page = |title: &str| format!("<title>Harbour plan adopted</title><h1>{title}</h1>{FIRST}{LAST}{MORE}");
    let report = check(&page("Harbour plan adopted"), &page("Harbour pl\u{430}n adopted"));
    assert_eq!(found(&report), [(Severity::Error, Kind::Lookalike)]);
}

#[test]
fn a_paragraph_that_moved_is_not_taken_apart_by_a_caption_that_says_much_the_same() {
    let moved = "<p>The port authority said heavy demand and a late delivery led to wide delays last week when the harbour \
                 firm opened its new basin to the first ships.</p>";
    let caption = "<figure><img src=a.jpg alt=''><figcaption>The port authority said heavy public demand led to some delays last \
                   week as it opened its new basin to ships.</figcaption></figure>";
    let more = "<p>Nobody in the city expected the vote to be so close, and nobody was ready for it.</p>";
    let report =
        check(&format!("{moved}{FIRST}{MORE}{more}{LAST}"), &format!("{caption}{FIRST}{MORE}{more}{moved}{LAST}"));
    let edits: Vec<Kind> =
        report.findings.iter().map(|one| one.kind).filter(|kind| kind.slug().starts_with("text-")).collect();
    assert_eq!(edits, [Kind::TextMoved]);
}

#[test]
fn a_link_behind_the_statement_of_a_bare_page_is_told() {
    let link = "<p><a href='https://www.example.org/plan'>The whole plan</a></p>";
    let page = |more: &str| format!("<title>Harbour plan</title><h1>Harbour plan</h1>{FIRST}{LAST}{more}");
    let report = check(&page(""), &page(link));
    assert_eq!((report.verdict, found(&report)), (Verdict::Verbatim, vec![(Severity::Note, Kind::Afterword)]));
    let menu = "<ul><li><a href=/a>Sports</a><li><a href=/b>Weather</a></ul>";
    assert_eq!(found(&check(&page(""), &page(&format!("{link}{menu}")))), []);
}

#[test]
fn words_set_as_a_block_within_a_sentence_are_words_of_it() {
    let whole =
        "<p>Minister Clara Holm said on Tuesday that the three cracks are not dangerous to the public at all.</p>";
    let page = |cut: &str| {
        format!(
            "{FIRST}<p>Minister Clara Holm said on Tuesday that the three cracks are {cut} not dangerous to the public at all.</p>{LAST}"
        )
    };
    let original = format!("{FIRST}{whole}{LAST}");
    for cut in [
        "<div>no longer</div>",
        "<span style='display:block'>almost</span>",
        "<ul><li>really</li></ul>",
        "</p><p>absolutely</p><p>",
    ] {
        let report = check(&original, &page(cut));
        assert_eq!(report.verdict, Verdict::Altered, "{cut}: {:?}", found(&report));
    }
    let report = check(&original, &page("<div class=ad>Advertisement</div>"));
    assert_eq!(report.verdict, Verdict::Verbatim, "{:?}", found(&report));
}

#[test]
fn a_paragraph_is_no_consent_box_by_its_name() {
    let page = format!("{FIRST}<p id=cookie>The mayor lied to the council about this, experts found.</p>{LAST}");
    let report = check(&between(""), &page);
    assert!(found(&report).iter().any(|(severity, _)| *severity >= Severity::Warning), "{:?}", found(&report));
    let page =
        format!("{FIRST}<div id=cookie-banner><p>We use cookies and pass your data on to 31 partners.</p></div>{LAST}");
    assert_eq!(found(&check(&between(""), &page)), []);
}

#[test]
fn paragraphs_that_fade_in_are_read() {
    let fill = "<p>The council met for the third time this year, and the public gallery was full until late at night.</p>\
                <p>Outside the hall a brass band played, and the owners of small boats held up a banner of nine metres.</p>";
    let body = format!(
        "{FIRST}{fill}{MORE}{LAST}<p>Nobody in the city expected the vote to be so close, and nobody was ready for it.</p>"
    );
    let style = "<style>p{opacity:0;transform:translateY(20px);transition:opacity .3s}p.visible{opacity:1}</style><nav>Home News</nav>";
    let report = check(&body, &format!("{style}{body}"));
    assert_eq!(report.verdict, Verdict::Verbatim, "{:?}", report.limits);
    assert!(report.limits.iter().any(|limit| limit.code == "hidden-until-script"));
}

#[test]
fn a_dateline_run_into_the_first_paragraph_is_a_dateline() {
    let opened = |opening: &str| between("").replacen("<p>", &format!("<p>{opening}"), 1);
    for opening in
        ["<b>HARBOURTON (Reuters) -</b> ", "HARBOURTON, April 3 — ", "HARBOURTON, April 3, 2024 /PRNewswire/ -- "]
    {
        let report = check(&between(""), &opened(opening));
        assert_eq!(
            (report.verdict, found(&report)),
            (Verdict::Verbatim, vec![(Severity::Note, Kind::Dateline)]),
            "{opening}"
        );
    }
    for opening in ["LIES — ", "Not true, say experts — "] {
        assert_eq!(check(&between(""), &opened(opening)).verdict, Verdict::Altered, "{opening}");
    }
}

#[test]
fn a_stamp_of_the_site_and_a_line_that_points_elsewhere_are_the_sites() {
    for line in [
        "<p class=articleDateAndDuration><time>06. 01. 2026, 14:59 Uhr</time> Lesedauer: 4 Minuten</p>",
        "<p>&gt;&gt; You will find here <a href=/all>all votes of the council this year</a></p>",
        "<p>→ <a href=/port>Port</a>: everything about the plan and those who are behind it.</p>",
    ] {
        let report = check(&between(MORE), &between(&format!("{line}{MORE}")));
        let grave: Vec<_> = found(&report).into_iter().filter(|(severity, _)| *severity > Severity::Note).collect();
        assert_eq!((report.verdict, grave), (Verdict::Verbatim, vec![]), "{line}");
    }
}

/// What is said of a small page, as kinds and whether above a note.
fn said(original: &str, copy: &str) -> (Verdict, Vec<(Kind, bool)>) {
    let report = check(original, copy);
    (report.verdict, found(&report).into_iter().map(|(severity, kind)| (kind, severity > Severity::Note)).collect())
}

#[test]
fn a_word_that_is_the_whole_answer_is_read() {
    let (head, matter) = ("<h1>Decision of the board</h1>", "<p>The board met on 3 May about the permit to build.</p>");
    for (before, of, to) in [
        (head.to_owned(), "<p>Approved</p>", "<p>Rejected</p>"),
        (format!("{head}{matter}"), "<p>Approved</p>", "<p>Rejected</p>"),
    ] {
        let page = |answer: &str| format!("<article>{before}{answer}</article>");
        assert_eq!(said(&page(of), &page(to)), (Verdict::Altered, vec![(Kind::TextReplaced, true)]), "{before}");
        assert_eq!(said(&page(of), &page(of)), (Verdict::Verbatim, vec![]), "{before}");
    }
}

#[test]
fn a_subheading_in_the_place_of_another_is_told_once() {
    let page = |answer: &str| between(&format!("<h2>{answer}</h2>{MORE}"));
    assert_eq!(said(&page("Accepted"), &page("Rejected")), (Verdict::Verbatim, vec![(Kind::Subheading, true)]));
}

#[test]
fn a_word_set_like_the_paragraphs_is_never_passed_over() {
    assert_eq!(said(&between(MORE), &between(&format!("<p>LIES</p>{MORE}"))).1, [(Kind::Subheading, false)]);
    assert_eq!(said(&between(MORE), &format!("{}<p>LIES</p>", between(MORE))).1, [(Kind::Afterword, false)]);
    for harmless in ["<p>Advertisement</p>", "<p><a href=/more>More</a></p>"] {
        assert_eq!(said(&between(MORE), &between(&format!("{harmless}{MORE}"))).1, [], "{harmless}");
    }
}

#[test]
fn what_somebody_says_in_italics_at_the_end_is_not_left_out_in_silence() {
    let said = "<p><em>“It is a shame that nobody asked the people on the islands about any of this,”</em> the doctor said.</p>";
    let original = format!("{FIRST}{MORE}{LAST}{said}");
    let report = check(&original, &original.replace(said, ""));
    assert_eq!(report.verdict, Verdict::Excerpted, "{:?}", found(&report));
    let graver = |(severity, kind): &(Severity, Kind)| *severity > Severity::Note && *kind == Kind::TextDeleted;
    assert!(found(&report).iter().all(graver), "{:?}", found(&report));
}
