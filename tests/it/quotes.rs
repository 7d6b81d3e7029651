//! The command `quotes`, and quotations in `check`: what is printed where, the exit status, the formats. How each quotation is
//! judged has its tables beside the code; `quotes_grammar` judges many of known answer.

use serde_json::Value;
use vidimus::{
    Verdict,
    check::{QuoteEmphasis, QuoteStatus},
    report::wire::quotes::QuoteReport,
};

use crate::support::{Sandbox, read, schema};

const RELEASE: &str = "<!doctype html><html lang=en><head><title>Joint Statement</title>\
    <link rel=canonical href='https://www.example.gov/joint-statement'></head><body><h1>Joint Statement</h1>\
    <p>The ministers agreed that there is no military solution to the conflict in the valley. They will send 12 observers in May.</p>\
    <p>Their guests came from near and far to hear what was said about the harvest, the river and the long road home, and they \
    stayed until the last of the lamps along the quay had been put out by the keeper and his daughters.</p></body></html>";

/// A news article around `paragraphs`.
fn article(paragraphs: &str) -> String {
    format!(
        "<!doctype html><html lang=en><body><h1>Ministers meet by the river</h1>{paragraphs}<p>The rest of this article is about \
         other things: prices at the market, the football, a bridge that is being painted, and the news from the coast, where a \
         ship with a cargo of oranges lies at anchor and waits for the wind to turn.</p></body></html>"
    )
}

fn sandbox(paragraphs: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("release.html", RELEASE);
    sandbox.write("other.html", "<p>Nobody in this other release speaks of anything that the first one is about.</p>");
    sandbox.write("article.html", article(paragraphs));
    sandbox
}

fn reported(sandbox: &Sandbox, status: i32) -> QuoteReport {
    let run = sandbox.vidimus(["quotes", "article.html", "--original", "release.html", "--format", "json"]);
    let text = &run.ended(status).stdout;
    assert_eq!(schema::quote_faults(&serde_json::from_str(text).unwrap()), Vec::<String>::new(), "{text}");
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_exit_status_says_whether_there_is_something_to_be_said() {
    for (paragraphs, status, checked) in [
        ("<p>Nothing is quoted here.</p>", 0, 1),
        ("<p>They said “there is no military solution to the conflict”.</p>", 0, 0),
        ("<p>They said “[t]here is no military solution to the conflict … in the valley”.</p>", 0, 0),
        ("<p>My uncle said “I have never seen such weather in all my life”.</p>", 0, 1),
        ("<p>A so-called “peace process” it was.</p>", 0, 1),
        ("<p>They said “there is … military solution to the conflict”.</p>", 1, 1),
        ("<p>They said “there is a military solution to the conflict”.</p>", 1, 1),
        ("<p>They said “there is <b>no</b> military solution to the conflict”.</p>", 1, 1),
        ("<p>They said “there is <b>no</b> military solution to the conflict” (emphasis added).</p>", 0, 0),
    ] {
        let sandbox = sandbox(paragraphs);
        for format in ["terminal", "json", "annotations"] {
            let run = sandbox.vidimus(["quotes", "article.html", "--original", "release.html", "--format", format]);
            assert!(run.ended(status).stderr.is_empty(), "{paragraphs}: {run:#?}");
        }
        let run = sandbox.vidimus(["check", "article.html", "--original", "release.html", "--format", "json"]);
        // `check` does not let off an article that quotes nothing of the release.
        assert_eq!(run.status, Some(checked), "{paragraphs}: {run:#?}");
    }
}

#[test]
fn trouble_is_one_line() {
    let sandbox = sandbox("");
    sandbox.vidimus(["quotes", "missing.html", "--original", "release.html"]).trouble("missing.html");
    sandbox.vidimus(["quotes", "article.html", "--original", "missing.html"]).trouble("missing.html");
    sandbox.vidimus(["quotes", "article.html"]).trouble("--original");
    sandbox.vidimus(["quotes", "-", "--original", "-"]).trouble("standard input");
}

#[test]
fn an_original_that_could_not_be_read_is_not_held_against_the_article() {
    let sandbox = sandbox("<p>They said “there is no military solution to the conflict”.</p>");
    sandbox.write("release.html", "<p hidden>There is nothing to be seen here.</p>");
    let report = reported(&sandbox, 1);
    assert_eq!(report.quotes[0].status, QuoteStatus::Unchecked);
    assert!(report.limits.iter().any(|limit| limit.code == "no-text"), "{:#?}", report.limits);
}

#[test]
fn one_article_against_many_originals() {
    let sandbox = sandbox(
        "<p>They said “there is no military solution to the conflict”, and “Nobody in this other release speaks of anything”.</p>",
    );
    let run = sandbox.vidimus([
        "quotes",
        "article.html",
        "--original",
        "other.html",
        "--original",
        "release.html",
        "--format",
        "json",
    ]);
    let report: QuoteReport = serde_json::from_str(&run.ended(0).stdout).unwrap();
    let found: Vec<_> = report.quotes.iter().map(|quote| (quote.status, quote.source)).collect();
    assert_eq!(found, [(QuoteStatus::Exact, Some(1)), (QuoteStatus::Exact, Some(0))]);
    let links: Vec<_> = report.quotes.iter().map(|quote| quote.link.as_deref()).collect();
    let link =
        "https://www.example.gov/joint-statement#:~:text=there%20is%20no%20military%20solution%20to%20the%20conflict";
    assert_eq!(links, [Some(link), None]);
    assert_eq!(report.originals.len(), 2);
}

#[test]
fn a_miss_says_against_what_it_was_held() {
    let report = reported(&sandbox("<p>My uncle said “I have never seen such weather in all my life”.</p>"), 0);
    assert_eq!(report.quotes[0].status, QuoteStatus::NotFound);
    assert!(report.quotes[0].message.contains("release.html"), "{}", report.quotes[0].message);
    assert_eq!((&report.quotes[0].original, &report.quotes[0].link), (&None, &None));
}

#[test]
fn check_reports_quotations_of_an_article_and_none_of_a_republication() {
    let sandbox = sandbox(
        "<p>They said “there is <b>no</b> military solution to the conflict”. They “will send 21 observers in May”.</p>",
    );
    let run = sandbox.vidimus(["check", "article.html", "--original", "release.html", "--format", "json"]);
    let report = schema::report(&run.ended(1).stdout);
    assert_eq!(report.verdict, Verdict::Quoting);
    let found: Vec<_> = report.quotes.iter().map(|quote| (quote.status, quote.emphasis)).collect();
    assert_eq!(
        found,
        [(QuoteStatus::Exact, Some(QuoteEmphasis::AddedUndeclared)), (QuoteStatus::Altered, Some(QuoteEmphasis::None))]
    );
    assert!(
        report.findings.iter().all(|finding| finding.kind.slug().starts_with("emphasis")),
        "{:#?}",
        report.findings
    );
    for format in ["terminal", "html"] {
        let run = sandbox.vidimus(["check", "article.html", "--original", "release.html", "--format", format]);
        assert!(run.stdout.contains("Quotations") && run.stdout.contains("21 observers"), "{run:#?}");
    }

    let quoting = RELEASE.replace("no military solution", "“no military solution”");
    sandbox.write("release.html", &quoting);
    sandbox.write("copy.html", &quoting);
    let run = sandbox.vidimus(["check", "copy.html", "--original", "release.html", "--format", "json"]);
    let report = schema::report(&run.ended(0).stdout);
    assert_eq!((report.verdict, report.quotes), (Verdict::Verbatim, Vec::new()));
}

#[test]
fn an_article_that_quotes_nearly_all_of_a_short_statement_is_an_article() {
    let sandbox = sandbox(
        "<p>“We are sorry for what happened,” the company said on Monday. It has been asked by many for a word since spring.</p>\
         <p>“We will pay for the repairs and for the lost days,” it added. “Nobody has to ask twice.”</p>",
    );
    let statement = "<p>We are sorry for what happened. We will pay for the repairs and for the lost days. Nobody has to ask twice.</p>";
    sandbox.write("release.html", statement);
    let run = sandbox.vidimus(["check", "article.html", "--original", "release.html", "--format", "json"]);
    let report = schema::report(&run.ended(0).stdout);
    assert_eq!(report.verdict, Verdict::Quoting, "{:#?}", report.findings);
    assert!(report.quotes.iter().all(|quote| quote.status == QuoteStatus::Exact) && report.quotes.len() == 3);
}

#[test]
fn annotations_are_those_of_the_standard() {
    let sandbox = sandbox("<p>Größe: They said “there is a military solution to the conflict”.</p>");
    let run = sandbox.vidimus(["quotes", "article.html", "--original", "release.html", "--format", "annotations"]);
    let page: Value = serde_json::from_str(&run.ended(1).stdout).unwrap();
    assert_eq!(page["@context"], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!(page["type"], "AnnotationPage");
    let [note] = page["items"].as_array().unwrap().as_slice() else { panic!("one quotation: {page}") };
    assert_eq!((&note["type"], &note["motivation"]), (&Value::from("Annotation"), &Value::from("assessing")));
    assert!(note["id"].as_str().unwrap().starts_with("urn:sha256:"));
    let target = &note["target"][0];
    assert_eq!(target["source"], "article.html");
    let [quote, position] = target["selector"].as_array().unwrap().as_slice() else { panic!("{target}") };
    assert_eq!(quote["type"], "TextQuoteSelector");
    assert_eq!(quote["exact"], "there is a military solution to the conflict");
    assert_eq!((quote["prefix"].as_str(), quote["suffix"].as_str()), (Some("Größe: They said “"), Some("”.")));
    assert_eq!(position["type"], "TextPositionSelector");
    let (start, end) = (position["start"].as_u64().unwrap(), position["end"].as_u64().unwrap());
    assert_eq!((start, end - start), (28 + 18, 44), "code points of the text, from its first block on");
    let bodies = note["body"].as_array().unwrap();
    assert!(bodies[0]["value"].as_str().unwrap().contains("has “no”"), "{bodies:?}");
    assert_eq!(bodies[1]["value"], "vidimus:altered");
    assert_eq!(bodies[2]["selector"][0]["exact"], "there is no military solution to the conflict");
}

#[test]
fn nothing_from_a_page_reaches_the_terminal_or_the_page_as_it_is() {
    let nasty = "<p>Eve\u{202e} &lt;script&gt; said “there is &#27;[31m &lt;script&gt;alert(1)&lt;/script&gt; military solution to the conflict in the valley”.</p>";
    let sandbox = sandbox(nasty);
    for arguments in [
        ["quotes", "terminal"],
        ["quotes", "json"],
        ["quotes", "annotations"],
        ["check", "terminal"],
        ["check", "html"],
    ] {
        let run =
            sandbox.vidimus([arguments[0], "article.html", "--original", "release.html", "--format", arguments[1]]);
        assert!(run.stdout.contains("military solution"), "{run:#?}");
        assert!(!run.stdout.contains(['\u{1b}', '\u{202e}']), "{run:#?}");
        assert!(arguments[1] != "html" || !run.stdout.contains("<script"), "{run:#?}");
    }
}

#[test]
fn every_name_is_in_the_schema_and_in_the_documentation() {
    let report: Value = serde_json::from_str(&read(schema::SCHEMA)).unwrap();
    let quotes: Value = serde_json::from_str(&read(schema::QUOTES)).unwrap();
    for part in ["quote", "anchor", "source"] {
        assert_eq!(report["$defs"][part], quotes["$defs"][part], "both formats have the same {part}");
    }
    let quote = &report["$defs"]["quote"]["properties"];
    let named = |list: &Value| {
        list.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let statuses = named(&quote["status"]["enum"]);
    assert_eq!(statuses, QuoteStatus::ALL.map(|status| status.slug().to_owned()));
    let page = read("docs/quotes.md");
    let kinds = named(&quote["changes"]["items"]["properties"]["kind"]["enum"]);
    for name in statuses.iter().chain(&kinds).chain(&named(&quote["emphasis"]["enum"])) {
        assert!(page.contains(&format!("`{name}`")), "docs/quotes.md explains {name}");
    }
    let page = read("docs/commands/quotes.md");
    for name in quote.as_object().unwrap().keys() {
        assert!(page.contains(&format!("`{name}`")), "docs/commands/quotes.md explains {name}");
    }
    let options = |text: &str| -> std::collections::BTreeSet<String> {
        let words = text.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        let long = words.filter(|word| word.len() > 2 && word.starts_with("--") && !word.starts_with("---"));
        long.filter(|word| !["--help", "--version"].contains(word)).map(str::to_owned).collect()
    };
    assert_eq!(options(&page), options(&read("snapshots/cli/quotes.txt")));
}

#[test]
fn of_two_originals_with_the_same_words_the_speakers_own_is_meant() {
    let sandbox = Sandbox::new();
    let said =
        |who: &str| format!("<p>“This is a very serious step for all of us,” {who} said in the capital on Monday.</p>");
    sandbox.write("one.html", said("President Emmanuel Macron"));
    sandbox.write("two.html", said("Chancellor Olaf Scholz"));
    sandbox.write("article.html", said("Chancellor Olaf Scholz"));
    for originals in [["one.html", "two.html"], ["two.html", "one.html"]] {
        let [first, second] = originals;
        let run =
            sandbox.vidimus(["quotes", "article.html", "--original", first, "--original", second, "--format", "json"]);
        let report: Value = serde_json::from_str(&run.ended(0).stdout).unwrap();
        assert_eq!(report["quotes"][0]["status"], "exact", "{originals:?}");
        assert_eq!(
            report["originals"][report["quotes"][0]["source"].as_u64().unwrap() as usize]["locator"],
            "two.html"
        );
    }
}

#[test]
fn an_output_replaces_no_source_no_link_and_no_device() {
    let sandbox = Sandbox::new();
    sandbox.write("release.txt", "There is no military solution to the conflict in the valley.");
    sandbox.write("article.txt", "He said “there is no military solution to the conflict”.");
    let quotes =
        |output: &str| sandbox.vidimus(["quotes", "article.txt", "--original", "release.txt", "--output", output]);
    for source in ["release.txt", "./article.txt"] {
        let run = quotes(source);
        assert_eq!(run.status, Some(2));
        assert!(run.stderr.contains("is one of the sources"), "{}", run.stderr);
    }
    quotes("told.txt").ended(0);
    assert!(std::fs::read_to_string(sandbox.path("told.txt")).unwrap().contains("military"));
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("told.txt", sandbox.path("link.txt")).unwrap();
        quotes("link.txt").ended(0);
        assert!(sandbox.path("link.txt").symlink_metadata().unwrap().is_symlink());
        assert!(quotes("/dev/stdout").ended(0).stdout.contains("military"), "what is no file is written to as it is");
    }
}
