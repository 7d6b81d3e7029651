//! The report at a terminal: what comes first, how passages are shown, what is folded and what never is.

use unicode_width::UnicodeWidthStr as _;

use crate::support::{Run, Sandbox, root};

const CASES: [(&str, &str); 2] =
    [("syria-joint-statement", "copy.txt"), ("syria-joint-statement-emphasised", "copy.html")];

/// The report on one of the cases, with these further arguments.
fn case(name: &str, copy: &str, more: &[&str]) -> String {
    let folder = root().join("snapshots/cases").join(name);
    let (copy, original) = (folder.join(copy), folder.join("original.html"));
    let mut arguments = vec!["check", copy.to_str().unwrap(), "--original", original.to_str().unwrap()];
    arguments.extend(more);
    let run = Sandbox::new().vidimus(arguments);
    assert!(run.status <= Some(1), "{run:#?}");
    run.stdout
}

/// The report on a copy made of `paragraphs`, against an original made of others.
fn report(original: &[String], copy: &[String], more: &[&str]) -> Run {
    let sandbox = Sandbox::new();
    let page = |paragraphs: &[String]| paragraphs.iter().map(|text| format!("<p>{text}</p>\n")).collect::<String>();
    sandbox.write("original.html", page(original));
    sandbox.write("copy.html", page(copy));
    let mut arguments = vec!["check", "copy.html", "--original", "original.html"];
    arguments.extend(more);
    sandbox.vidimus(arguments)
}

/// `text` on one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `count` paragraphs that all differ.
fn paragraphs(count: usize) -> Vec<String> {
    let names = ["Amman", "Hamburg", "Da Nang", "Geneva", "Moscow", "Washington", "Astana"];
    let text = |at: usize| {
        let (name, other) = (names[at % 7], names[at / 7 % 7]);
        format!("In {name} the office for {other} counted {} visitors on day {at} of that long season.", at * 31 + 7)
    };
    (0..count).map(text).collect()
}

#[test]
fn the_verdict_is_the_first_word() {
    assert!(case(CASES[0].0, CASES[0].1, &[]).starts_with("VERBATIM: The copy repeats the original word for word"));
    let altered = case(CASES[1].0, CASES[1].1, &[]);
    assert!(altered.starts_with("ALTERED: The copy changes the text of the original.\n"), "{altered}");
    let second = altered.lines().nth(1).unwrap();
    assert_eq!(second, "1 passage left out, 2 replaced, 1 added, 1 moved, 4 set off differently.");
}

#[test]
fn what_could_not_be_checked_stands_beside_the_verdict() {
    let text = case(CASES[0].0, CASES[0].1, &[]);
    let (before, _) = text.split_once("478 of the original").unwrap();
    assert!(before.contains("Not checked: The format of the copy carries no emphasis"), "{text}");
}

#[test]
fn lines_keep_to_the_columns() {
    for (name, copy) in CASES {
        for columns in [80, 100, 120] {
            let text = case(name, copy, &["--width", &columns.to_string()]);
            for line in text.lines() {
                // A path cannot be broken anywhere, so the folder of this project may be wider.
                assert!(line.width() <= columns || line.contains('/'), "{} columns: {line}", line.width());
                assert_eq!(line, line.trim_end(), "white space at the end");
            }
        }
    }
}

#[test]
fn hashes_stand_in_one_piece() {
    for (name, copy) in CASES {
        let text = case(name, copy, &["--width", "80"]);
        let hashes = text.lines().filter_map(|line| line.trim().strip_prefix("sha256 "));
        let hashes: Vec<&str> = hashes.filter(|hash| hash.len() == 64).collect();
        assert_eq!(hashes.len(), 2, "{text}");
    }
}

#[test]
fn colour_only_adds_colour() {
    for (name, copy) in CASES {
        for columns in ["80", "120"] {
            let plain = case(name, copy, &["--width", columns, "--color", "never"]);
            let coloured = case(name, copy, &["--width", columns, "--color", "always"]);
            assert!(!plain.contains('\u{1b}'));
            assert!(coloured.contains("\u{1b}["), "colour was asked for");
            for line in coloured.lines() {
                assert!(!line.ends_with("m ") && !line.contains(" \u{1b}[0m"), "colour runs into the margin: {line:?}");
            }
            assert_eq!(uncoloured(&coloured), plain, "colour changes nothing but colour");
        }
    }
}

/// `text` without "select graphic rendition".
fn uncoloured(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap().to_owned();
    first + &parts.map(|part| part.split_once('m').unwrap().1).collect::<String>()
}

#[test]
fn a_pipe_and_no_color_get_no_colour() {
    let folder = root().join("snapshots/cases").join(CASES[1].0);
    let sandbox = Sandbox::new();
    let (copy, original) = (folder.join("copy.html"), folder.join("original.html"));
    let arguments = ["check", copy.to_str().unwrap(), "--original", original.to_str().unwrap()];
    for value in ["1", ""] {
        let mut command = sandbox.command(arguments);
        command.env("NO_COLOR", value);
        assert!(!crate::support::sandbox::run(&mut command, b"").stdout.contains('\u{1b}'));
    }
}

#[test]
fn both_passages_are_named_and_marked() {
    let text = flat(&case(CASES[1].0, CASES[1].1, &[]));
    for wanted in [
        "Words left out (a negation) original … agreed that there is [no] military solution",
        "Words replaced (a date) original … in Amman, Jordan, on November [8], 2017",
        "copy … in Amman, Jordan, on November [18], 2017",
        "copy … meeting with President Putin. [Observers in both capitals were doubtful]",
        "Emphasis added (bold) copy … in Da Nang, Vietnam, confirmed [their determination to defeat ISIS]",
        "Passage moved copy [The two Presidents discussed",
        "original … of de-escalation areas as an [interim] step",
        "copy … of de-escalation areas as an [important] step",
        "link open military channels of communication → https://www.example.org/deconfliction",
    ] {
        assert!(text.replace("/ ", "/").contains(wanted), "{wanted:?} is not in {text}");
    }
}

#[test]
fn the_gravest_come_first() {
    let text = case(CASES[1].0, CASES[1].1, &[]);
    let places: Vec<usize> = [
        "\nErrors (3)",
        "\nWarnings (6)",
        "\nAround the text (2)",
        "\nWhat the copy says of its origin\n",
        "\nSources",
    ]
    .map(|heading| text.find(heading).unwrap_or_else(|| panic!("{heading} is not in {text}")))
    .to_vec();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn framing_is_told_briefly() {
    let text = case(CASES[0].0, CASES[0].1, &[]);
    let (_, around) = text.split_once("\nAround the text (13)").unwrap();
    let (around, _) = around.split_once("\nWhat the copy says of its origin\n").unwrap();
    assert!(around.contains("byline     By Pres. Donald Trump and Pres. Vladimir Putin"), "{around}");
    assert!(around.contains("… and 3 more"), "the afterword has six passages, three are shown: {around}");
    assert!(around.lines().count() <= 20, "{around}");
}

#[test]
fn no_error_is_folded() {
    let original = paragraphs(150);
    let copy: Vec<String> = original.iter().map(|text| text.replace(" counted ", " never counted ")).collect();
    let run = report(&original, &copy, &[]);
    let text = run.ended(1).stdout.clone();
    assert!(text.contains("\nErrors (150)"), "{text}");
    assert_eq!(text.matches("[never]").count(), 150);
    assert!(!text.contains("like it"), "each error has its own context: {text}");
}

#[test]
fn warnings_that_are_alike_are_shown_once() {
    let original = paragraphs(30);
    let copy: Vec<String> = original.iter().map(|text| text.replace("long season", "<b>long season</b>")).collect();
    let text = report(&original, &copy, &[]).stdout;
    assert!(text.contains("\nWarnings (30)"), "{text}");
    assert_eq!(text.matches("[long season]").count(), 1, "{text}");
    assert!(flat(&text).contains("and 29 like it: 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, …"), "{text}");
}

#[test]
fn many_warnings_are_counted_by_kind() {
    let original = paragraphs(100);
    let bold = |(at, text): (usize, &String)| text.replace(&format!("day {at} "), &format!("<b>day {at}</b> "));
    let copy: Vec<String> = original.iter().enumerate().map(bold).collect();
    let text = report(&original, &copy, &[]).stdout;
    assert!(text.contains("\nWarnings (100)"), "{text}");
    assert_eq!(text.matches("Emphasis added (bold)").count(), 40, "{text}");
    let folded = "… and 60 more warnings: 60 emphasis added. --format html and json list them all.";
    assert!(flat(&text).contains(folded), "{text}");
}

#[test]
fn sources_say_what_their_origin_is_worth() {
    for (name, copy) in CASES {
        let text = flat(&case(name, copy, &[]));
        let supplied = "Somebody handed this file over: its origin is asserted, not observed.";
        assert_eq!(text.matches(supplied).count(), 2, "{text}");
        assert!(text.contains("It does not show that the publisher served these bytes"), "{text}");
        for word in ["sealed", "verified", "genuine", "authentic"] {
            assert!(!text.contains(word), "a report never says that it is {word}: {text}");
        }
    }
}
