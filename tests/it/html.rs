//! The report as a page: its policy, its structure, its links, and what it says of its sources. How it looks is for people,
//! and `tests/referees/pages.sh` has a browser and two checkers judge it.

use std::{collections::BTreeSet, fmt::Write as _};

use scraper::{ElementRef, Html, Selector};
use vidimus::digest::Digest;

use crate::support::{Sandbox, root};

const CASES: [(&str, &str); 2] =
    [("syria-joint-statement", "copy.txt"), ("syria-joint-statement-emphasised", "copy.html")];

fn case(at: usize) -> String {
    let (name, copy) = CASES[at];
    let folder = root().join("snapshots/cases").join(name);
    let (copy, original) = (folder.join(copy), folder.join("original.html"));
    let arguments = ["check", copy.to_str().unwrap(), "--original", original.to_str().unwrap(), "--format", "html"];
    Sandbox::new().vidimus(arguments).stdout
}

/// The page on a copy made of `paragraphs`, against an original made of others.
fn page(original: &[String], copy: &[String]) -> String {
    let sandbox = Sandbox::new();
    let page = |paragraphs: &[String]| paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect::<String>();
    sandbox.write("original.html", page(original));
    sandbox.write("copy.html", page(copy));
    sandbox.vidimus(["check", "copy.html", "--original", "original.html", "--format", "html"]).stdout
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

/// The text of an element, on one line.
fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `count` paragraphs that all differ.
fn paragraphs(count: usize) -> Vec<String> {
    let paragraph = |at: usize| {
        let mut text = String::new();
        (0..6).for_each(|part| {
            write!(text, "Office {} counted {} visitors in its part {part}. ", at * 7, at * 31).unwrap()
        });
        text.trim_end().to_owned()
    };
    (0..count).map(paragraph).collect()
}

#[test]
fn the_policy_allows_its_own_style_and_nothing_else() {
    let source = case(1);
    let (_, style) = source.split_once("<style>").unwrap();
    let (style, _) = style.split_once("</style>").unwrap();
    let hash = vidimus::text::base64::encode(Digest::of(style.as_bytes()).as_bytes());
    let html = Html::parse_document(&source);
    let policy = all(&html, "meta[http-equiv='Content-Security-Policy']")[0].attr("content").unwrap();
    assert_eq!(policy, format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'"));
    let place = |part: &str| source.find(part).unwrap();
    assert!(place("Content-Security-Policy") < place("<style>"), "a policy binds only what comes after it");
    let forbidden = "script, iframe, object, embed, img, video, audio, form, link, base, svg, [style], [src], [srcset]";
    assert!(all(&html, forbidden).is_empty());
    let names = html.tree.values().filter_map(|node| node.as_element()).flat_map(|element| element.attrs());
    for (name, value) in names {
        assert!(!name.starts_with("on"), "{name}={value}");
    }
}

#[test]
fn the_verdict_comes_first() {
    for (at, name) in ["Verbatim", "Altered"].iter().enumerate() {
        let html = Html::parse_document(&case(at));
        let body = all(&html, "body")[0];
        let first =
            body.descendants().filter_map(ElementRef::wrap).find(|one| one.text().any(|text| !text.trim().is_empty()));
        assert!(text(first.unwrap()).starts_with(name));
        let first = body.text().find(|text| !text.trim().is_empty()).unwrap();
        assert_eq!(first.trim(), *name, "nothing stands before the verdict");
        assert_eq!(text(all(&html, "h1")[0]), *name);
    }
}

#[test]
fn a_screen_reader_finds_its_way() {
    for at in [0, 1] {
        let html = Html::parse_document(&case(at));
        assert_eq!(all(&html, "html")[0].attr("lang"), Some("en"));
        for landmark in ["body > header", "body > main", "body > footer", "header nav[aria-label]", "h1"] {
            assert_eq!(all(&html, landmark).len(), 1, "{landmark}");
        }
        let mut above = 0;
        for heading in all(&html, "h1, h2, h3, h4, h5, h6") {
            let level = heading.value().name()[1..].parse::<u8>().unwrap();
            assert!(level <= above + 1, "{} skips a level", text(heading));
            above = level;
        }
        for section in all(&html, "section") {
            let name = section.attr("aria-labelledby").expect("every section has a name");
            assert_eq!(all(&html, &format!("h2#{name}")).len(), 1, "{name}");
        }
        // What is seen as struck out, new or marked is also said.
        for mark in all(&html, "#texts ins, #texts del, #texts mark") {
            let before =
                mark.prev_siblings().filter_map(ElementRef::wrap).find(|one| one.attr("class") == Some("number"));
            let words = text(before.expect("a mark is announced"));
            assert!(words.chars().any(char::is_alphabetic), "a number alone says nothing: {words}");
        }
    }
}

#[test]
fn findings_and_marks_link_to_each_other() {
    for at in [0, 1] {
        let html = Html::parse_document(&case(at));
        let ids: Vec<&str> = all(&html, "[id]").iter().filter_map(|one| one.attr("id")).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "every name is given once");
        for link in all(&html, "a") {
            let target = link.attr("href").unwrap().strip_prefix('#').expect("links stay on the page");
            assert!(ids.contains(&target), "#{target} leads nowhere");
        }
        let findings = all(&html, ".findings > li");
        assert_eq!(findings.len(), [14, 11][at]);
        for finding in findings {
            let number = finding.attr("id").unwrap().strip_prefix('f').unwrap();
            assert_eq!(all(&html, &format!("#f{number} a[href='#m{number}']")).len(), 1);
            assert_eq!(all(&html, &format!("#texts a#m{number}[href='#f{number}']")).len(), 1);
        }
    }
}

#[test]
fn marks_are_more_than_colour() {
    let html = Html::parse_document(&case(1));
    let wanted = [("del", "no"), ("del", "8"), ("ins", "18"), ("ins", "Observers in both capitals were doubtful")];
    for (tag, words) in wanted {
        assert!(all(&html, &format!("#texts {tag}")).iter().any(|mark| text(*mark) == words), "{tag}: {words}");
        assert!(all(&html, &format!("#findings {tag}")).iter().any(|mark| text(*mark) == words), "{tag}: {words}");
    }
    let bold: Vec<String> = all(&html, "#texts mark.bold").into_iter().map(text).collect();
    assert_eq!(bold.len(), 4, "words that the copy sets in bold are in bold: {bold:?}");
}

#[test]
fn a_moved_passage_tears_nothing_apart() {
    let html = Html::parse_document(&case(1));
    let rows = all(&html, "#texts .row:not(.heads)");
    let both = rows.iter().filter(|row| {
        let cells: Vec<String> = row.child_elements().map(text).collect();
        cells.iter().all(|cell| cell.contains("President"))
    });
    assert!(both.count() >= 6, "paragraphs stand beside their own");
    let moved = rows.iter().filter(|row| text(**row).contains("discussed the ongoing need")).count();
    assert_eq!(moved, 2, "the moved one has a row where it was and one where it is");
}

#[test]
fn long_texts_are_folded_where_nothing_was_found() {
    let original = paragraphs(400);
    let mut copy = original.clone();
    copy[200] = copy[200].replace("counted", "never counted");
    let source = page(&original, &copy);
    let html = Html::parse_document(&source);
    let summaries: Vec<String> = all(&html, "#texts summary").into_iter().map(text).collect();
    assert_eq!(summaries, ["198 passages, the same on both sides", "197 passages, the same on both sides"]);
    assert!(all(&html, "#texts details ins, #texts details del").is_empty(), "nothing found is folded");
    let shown: Vec<String> = all(&html, "#texts > .row ins").into_iter().map(text).collect();
    assert_eq!(shown, ["never"; 6]);
    let all_of_it = text(all(&html, "#texts")[0]);
    for text in original.iter().chain(&copy).filter(|text| !text.contains("Office 1400")) {
        assert!(all_of_it.matches(text.as_str()).count() >= 2, "{text} is not there on both sides");
    }
    let texts: usize = original.iter().chain(&copy).map(String::len).sum();
    assert!(source.len() < 2 * texts, "{} bytes for texts of {texts}", source.len());
}

#[test]
fn sources_say_what_is_proved_and_what_not() {
    for at in [0, 1] {
        let html = Html::parse_document(&case(at));
        let sources = text(all(&html, "#sources")[0]);
        let hashes: Vec<String> = all(&html, "#sources dd.hash").into_iter().map(text).collect();
        assert_eq!(hashes.len(), 4);
        assert!(
            hashes.iter().all(|hash| hash.len() == 64 && hash.chars().all(|c| c.is_ascii_hexdigit())),
            "{hashes:?}"
        );
        assert_eq!(sources.matches("its origin is asserted, not observed").count(), 2, "{sources}");
        let page = text(all(&html, "body")[0]);
        assert!(page.contains("It does not show that the publisher served these bytes"));
        for word in ["sealed", "verified", "genuine", "authentic"] {
            assert!(!page.contains(word), "a report never says that it is {word}");
        }
    }
}
