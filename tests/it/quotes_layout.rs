//! What belongs to a quotation and what to whoever sets it: credits within a quoted block, quotations in quotations, marks that do
//! not close.

use vidimus::{
    Capture, Moment,
    check::{
        QuoteStatus::{self, Altered, Exact, NotFound},
        quotes::{Against, hold},
    },
    extract::{self, Document},
    pipeline, report,
};

fn capture(html: &str) -> Capture {
    Capture::from_bytes("page.html", html.as_bytes().to_vec(), Some("text/html; charset=utf-8")).unwrap()
}

fn read(html: &str) -> Document {
    extract::read(&capture(html))
}

const RELEASE: &str = "<p>They agreed that there is no military solution to the conflict in the valley. The bees will come home in spring.</p>";

fn held(article: &str) -> Vec<(QuoteStatus, Option<String>)> {
    let original = read(RELEASE);
    let against = Against { document: &original, name: "release", address: None };
    hold(&read(article), &[against]).into_iter().map(|quote| (quote.status, quote.speaker)).collect()
}

#[test]
fn a_credit_in_the_quoted_paragraph_is_none_of_its_words() {
    let words = "They agreed that there is no military solution to the conflict in the valley.";
    for credit in [
        " — Anna Rivers",
        "<br>— Anna Rivers, spokeswoman",
        " – Anna Rivers, <i>The Daily Repost</i>",
        " <cite>Anna Rivers, spokeswoman</cite>",
        "<cite>Anna Rivers, <i>The Daily Repost</i></cite>",
        "<br><cite>— Anna Rivers</cite>",
        "<footer>— Anna Rivers</footer>",
    ] {
        let article = format!("<p>In the hall:</p><blockquote><p>{words}{credit}</p></blockquote>");
        assert_eq!(held(&article), [(Exact, Some("Anna Rivers".to_owned()))], "{credit}");
    }
    for words in [
        format!("{words} – which is so – and we know it."),
        "They agreed that there is no military solution – to the war in the valley".to_owned(),
        "They agreed on <cite>The Peace</cite> that there is no military solution to the conflict".to_owned(),
    ] {
        assert_eq!(held(&format!("<blockquote><p>{words}</p></blockquote>"))[0].0, Altered, "{words}");
    }
}

#[test]
fn own_words_around_a_quotation_are_not_held_against_the_original() {
    for (article, expected) in [
        ("“My uncle wrote that ‘there is no military solution to the conflict’ in a letter.”", vec![NotFound, Exact]),
        (
            "“The mayor told us that ‘there is a military solution to the conflict in the valley’, and she laughed.”",
            vec![NotFound, Altered],
        ),
        ("“They agreed that ‘there is no military solution’ to the conflict in the valley.”", vec![Exact]),
        ("“They agreed that ‘there is a military solution’ to the conflict in the valley.”", vec![Altered]),
        ("“They agreed in Zenda that ‘there is no’ military solution to the conflict in the valley.”", vec![Altered]),
    ] {
        let found: Vec<QuoteStatus> =
            held(&format!("<p>{article}</p>")).into_iter().map(|(status, _)| status).collect();
        assert_eq!(found, expected, "{article}");
    }
}

#[test]
fn marks_that_do_not_close_are_a_limit() {
    for (article, open) in [
        ("<p>He said “there is no military solution to the conflict on Monday.</p>", true),
        ("<p>He said »there is no military solution to the conflict” on Monday.</p>", true),
        ("<p>He said ‘there is no military solution to the conflict” on Monday.</p>", true),
        ("<p>He said “there is no military solution” on Monday.</p>", false),
        ("<p>“There is no military solution.</p><p>“The bees will come home.”</p>", false),
        ("<p>“There is no military solution.</p><p>“The bees will come home.</p><p>So they said.</p>", false),
        ("<p>The dogs’ owners don't care, in the ’90s, about a 12\" pipe.</p>", false),
    ] {
        let report = pipeline::quotes(&capture(article), &[capture(RELEASE)], Moment::from_unix(0));
        let limit = report.limits.iter().find(|limit| limit.code == "unclosed-quotation");
        assert_eq!(limit.is_some(), open, "{article}: {:?}", report.limits);
        let page = report::html::quotes(&report);
        assert_eq!(
            page.contains("No quotation could be read to its end."),
            open && report.quotes.is_empty(),
            "{article}"
        );
        assert!(!open || !page.contains("quotes nothing"), "{article}");
    }
}
