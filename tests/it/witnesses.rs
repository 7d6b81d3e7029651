//! Several versions of one original: which one a report is about, what the others excuse, what they never excuse, and how the
//! command says so. What holds for any texts is in `invariants`; how it is sealed is in `witnesses_sealed`.

use vidimus::{
    Capture, Checked, Moment, Options, Verdict,
    check::{Disclosed, Finding, Kind, QuoteStatus, Severity},
    report::{html, terminal},
};

use crate::support::{Reply, Sandbox, Server, schema};

const OPENING: &str = "<p>Ministers met in the capital on Monday to speak about the harbour and its dues.</p>";
const FIRST: &str = "<p>They will continue their talks in May, once the treaty has been signed by all.</p>";
const SECOND: &str = "<p>They will continue their talks in June, once the treaty has been signed by all.</p>";
const GRAIN: &str = "<p>The minister said that grain will not be sold abroad before the winter is over.</p>";
const SALE: &str = "<p>The minister said that grain will be sold abroad before the winter is over.</p>";
const CLOSING: &str = "<p>A further meeting is planned, and both sides thanked the hosts for their patience.</p>";

fn page(name: &str, paragraphs: &[&str]) -> Capture {
    let html = format!("<!doctype html><meta charset=\"utf-8\"><body>{}</body>", paragraphs.concat());
    Capture::from_bytes(name, html.into_bytes(), Some("text/html")).unwrap()
}

fn check(versions: &[Capture], copy: &Capture) -> Checked {
    vidimus::check_against(versions, copy, &Options::new(Moment::from_unix(0))).unwrap()
}

/// Two versions that differ in a month and in a negation.
fn versions() -> [Capture; 2] {
    [page("A", &[OPENING, FIRST, GRAIN, CLOSING]), page("B", &[OPENING, SECOND, SALE, CLOSING])]
}

fn weighty(checked: &Checked) -> Vec<&Finding> {
    checked.report.findings.iter().filter(|finding| finding.severity > Severity::Note).collect()
}

/// Fails unless the copy is found to say something of its own.
#[track_caller]
fn is_found(versions: &[Capture], copy: &[&str], verdict: Verdict) -> Checked {
    let checked = check(versions, &page("copy", copy));
    assert_eq!(checked.report.verdict, verdict, "{:#?}", checked.report.findings);
    assert!(!weighty(&checked).is_empty(), "{:#?}", checked.report.findings);
    checked
}

/// Fails unless everything the copy says stands in one of the versions.
#[track_caller]
fn is_excused(versions: &[Capture], copy: &[&str]) -> Checked {
    let checked = check(versions, &page("copy", copy));
    assert_eq!(checked.report.verdict, Verdict::Verbatim, "{:#?}", checked.report.findings);
    assert_eq!(checked.report.disclosed, Disclosed::NothingToDisclose);
    assert_eq!(weighty(&checked), Vec::<&Finding>::new());
    checked
}

#[test]
fn the_original_is_the_version_that_was_copied() {
    let [a, b] = versions();
    for (copied, name) in [([OPENING, FIRST, GRAIN, CLOSING], "A"), ([OPENING, SECOND, SALE, CLOSING], "B")] {
        for given in [[a.clone(), b.clone()], [b.clone(), a.clone()]] {
            let report = is_excused(&given, &copied).report;
            assert_eq!((report.original.locator.as_str(), report.findings.len()), (name, 0));
            let edits: Vec<(&str, u64, bool)> =
                report.witnesses.iter().map(|one| (one.source.locator.as_str(), one.edits, one.share == 1.0)).collect();
            let other = if name == "A" { "B" } else { "A" };
            assert_eq!(edits.iter().find(|one| one.0 == name), Some(&(name, 0, true)));
            assert_eq!(edits.iter().find(|one| one.0 == other).map(|one| one.1), Some(2));
        }
    }
}

#[test]
fn of_versions_equally_close_the_first_given_is_the_original() {
    let changed = GRAIN.replace("winter", "summer");
    let (a, b) = (page("A", &[OPENING, FIRST, GRAIN, CLOSING]), page("B", &[OPENING, SECOND, &changed, CLOSING]));
    let copy = page("copy", &[OPENING, FIRST, &changed, CLOSING]);
    assert_eq!(check(&[a.clone(), b.clone()], &copy).report.original.locator, "A");
    assert_eq!(check(&[b, a], &copy).report.original.locator, "B");
}

#[test]
fn what_another_version_says_is_a_note_that_names_it() {
    let checked = is_excused(&versions(), &[OPENING, FIRST, SALE, CLOSING]);
    let [finding] = checked.report.findings.as_slice() else { panic!("{:#?}", checked.report.findings) };
    assert_eq!((finding.kind, finding.severity), (Kind::TextDeleted, Severity::Note));
    assert_eq!((checked.report.original.locator.as_str(), finding.supported_by.as_slice()), ("A", [1].as_slice()));
    let sentence = "Differs from the version given as A, agrees with that given as B.";
    let text = terminal::render(&checked.report, terminal::Look { columns: 200, colour: false });
    let page = html::render(&checked.report, &checked.original, &checked.copy, &checked.alignment);
    for shown in [&text, &page] {
        assert!(shown.contains(sentence), "{shown}");
        assert!(shown.contains("Held against 2 versions of the original. The copy is closest to the one given as A."));
    }
}

#[test]
fn a_word_changed_against_every_version_is_found() {
    for month in ["July", "winter", "not"] {
        let forged = FIRST.replace("May", month);
        let checked = is_found(&versions(), &[OPENING, &forged, GRAIN, CLOSING], Verdict::Altered);
        assert_eq!(checked.report.original.locator, "A", "{month}");
        assert_eq!(weighty(&checked).len(), 1, "{month}");
    }
}

#[test]
fn a_word_that_stands_elsewhere_in_another_version_excuses_nothing() {
    // Version B has “will be sold” where A has “will not be sold”. The copy takes “not” out of another sentence.
    let others = ["<p>The hosts said that the harbour will not be closed to ships of either side.</p>", CLOSING];
    let a = page("A", &[&[OPENING, GRAIN], others.as_slice()].concat());
    let b = page("B", &[&[OPENING, SALE], others.as_slice()].concat());
    let forged = others[0].replace("will not be", "will be");
    is_found(&[a.clone(), b.clone()], &[OPENING, GRAIN, &forged, CLOSING], Verdict::Altered);
    is_found(&[a, b], &[OPENING, SALE, &forged, CLOSING], Verdict::Altered);
}

#[test]
fn a_change_beside_one_that_another_version_has_is_no_part_of_it() {
    // “in June” is B's, “by none” is nobody's; and so it is with words next to each other.
    for forged in [SECOND.replace("by all", "by none"), SECOND.replace("June, once", "June, unless")] {
        is_found(&versions(), &[OPENING, &forged, GRAIN, CLOSING], Verdict::Altered);
    }
}

#[test]
fn paragraphs_of_another_version_are_excused_in_their_place_only() {
    let a = page("A", &[OPENING, FIRST, GRAIN, CLOSING]);
    let shorter = page("B", &[OPENING, &FIRST.replace("May", "July"), CLOSING]);
    let checked = is_excused(&[a.clone(), shorter.clone()], &[OPENING, FIRST, CLOSING]);
    assert_eq!(checked.report.findings.iter().map(|one| one.kind).collect::<Vec<_>>(), [Kind::TextDeleted]);
    // Neither leaves out the opening.
    is_found(&[a, shorter], &[FIRST, GRAIN, CLOSING], Verdict::Excerpted);
    let longer = page("C", &[OPENING, FIRST, CLOSING, GRAIN]);
    let short = page("D", &[OPENING, SECOND, CLOSING]);
    is_excused(&[short.clone(), longer.clone()], &[OPENING, SECOND, CLOSING, GRAIN]);
    is_found(&[short, longer], &[OPENING, GRAIN, SECOND, CLOSING], Verdict::Altered);
}

#[test]
fn a_passage_of_another_version_in_other_words_is_no_framing() {
    // Against B alone the first paragraph is what the republisher says before the text.
    let a = page("A", &[OPENING, FIRST, GRAIN, CLOSING]);
    let b = page("B", &[FIRST, GRAIN, CLOSING]);
    let forged = OPENING.replace("and its dues", "and its ships");
    for given in [[a.clone(), b.clone()], [b.clone(), a.clone()]] {
        let checked = is_found(&given, &[&forged, FIRST, GRAIN, CLOSING], Verdict::Altered);
        assert_eq!(checked.report.original.locator, "A");
        is_excused(&given, &[OPENING, FIRST, GRAIN, CLOSING]);
    }
    let preface = "<p>Editors here have long followed these negotiations with great interest.</p>";
    let checked = is_excused(&[a, b], &[preface, FIRST, GRAIN, CLOSING]);
    assert!(checked.report.findings.iter().any(|one| one.kind == Kind::Preface), "{:#?}", checked.report.findings);
}

#[test]
fn emphasis_is_excused_where_a_version_sets_the_same_words_off() {
    let bold = |text: &str, words: &str| text.replace(words, &format!("<b>{words}</b>"));
    let a = page("A", &[OPENING, FIRST, GRAIN, CLOSING]);
    let b = page("B", &[OPENING, SECOND, &bold(GRAIN, "will not be sold"), CLOSING]);
    is_excused(&[a.clone(), b.clone()], &[OPENING, FIRST, &bold(GRAIN, "will not be sold"), CLOSING]);
    for words in ["not", "grain will not be sold", "will not be sold abroad", "winter"] {
        is_found(&[a.clone(), b.clone()], &[OPENING, FIRST, &bold(GRAIN, words), CLOSING], Verdict::Emphasised);
    }
    let italic = GRAIN.replace("will not be sold", "<i>will not be sold</i>");
    is_found(&[a.clone(), b], &[OPENING, FIRST, &italic, CLOSING], Verdict::Emphasised);
    let text = "Ministers met.\n\nThe minister said that grain will not be sold abroad before the winter is over.";
    let plain = Capture::from_bytes("C.txt", text.into(), Some("text/plain")).unwrap();
    is_found(&[a, plain], &[OPENING, FIRST, &bold(GRAIN, "not"), CLOSING], Verdict::Emphasised);
}

#[test]
fn emphasis_on_a_whole_text_is_not_excused_by_that_on_a_paragraph() {
    let all = |paragraphs: &[&str]| format!("<div style=\"font-style:italic\">{}</div>", paragraphs.concat());
    let a = page("A", &[OPENING, FIRST, GRAIN, CLOSING]);
    let b = page("B", &[&OPENING.replace("<p>", "<p><i>").replace("</p>", "</i></p>"), SECOND, GRAIN, CLOSING]);
    let slanted = all(&[OPENING, FIRST, GRAIN, CLOSING]);
    let tagged = [OPENING, FIRST, GRAIN, CLOSING].map(|text| text.replace("<p>", "<p><i>").replace("</p>", "</i></p>"));
    // How a page sets all its text is a note anyway, and not one that the slanted paragraph explains.
    for copy in [slanted, tagged.concat()] {
        let report = check(&[a.clone(), b.clone()], &page("copy", &[&copy])).report;
        assert!(
            !report.findings.is_empty() && report.findings.iter().all(|one| one.supported_by.is_empty()),
            "{report:#?}"
        );
    }
}

#[test]
fn quotations_are_held_against_every_version() {
    let [a, b] = versions();
    let article = |words: &str| {
        let own = "<p>Traders in the port town have waited for weeks, and few of them believe that anything will change soon. \
                   Prices rose again this week, the third rise in a row, and the queues at the mills grew longer by the day.</p>";
        page("copy", &[own, &format!("<p>“{words},” the minister said on Monday evening.</p>"), own])
    };
    for given in [[a.clone(), b.clone()], [b, a]] {
        for (words, status) in [
            ("grain will not be sold abroad before the winter is over", QuoteStatus::Exact),
            ("grain will be sold abroad before the winter is over", QuoteStatus::Exact),
            ("grain may not be sold abroad before the winter is over", QuoteStatus::Altered),
        ] {
            let report = check(&given, &article(words)).report;
            assert_eq!(report.verdict, Verdict::Quoting, "{words}");
            let [quote] = report.quotes.as_slice() else { panic!("{:#?}", report.quotes) };
            assert_eq!(quote.status, status, "{words}: {quote:#?}");
            let source = quote.source.and_then(|source| report.witnesses.get(source)).map(|one| &one.source.locator);
            let version = if words.contains("will be") { "B" } else { "A" };
            assert!(status != QuoteStatus::Exact || source.is_some_and(|source| source == version), "{quote:#?}");
            terminal::render(&report, terminal::Look { columns: 80, colour: false });
        }
    }
}

#[test]
fn concealment_is_never_excused() {
    let hidden = GRAIN.replace("not ", "<span style=\"display:none\">not </span>");
    let given = [page("A", &[OPENING, FIRST, GRAIN, CLOSING]), page("B", &[OPENING, SECOND, SALE, CLOSING])];
    let checked = is_found(&given, &[OPENING, FIRST, &hidden, CLOSING], Verdict::Altered);
    assert!(weighty(&checked).iter().any(|one| one.kind == Kind::HiddenText), "{:#?}", checked.report.findings);
}

#[test]
fn a_headline_of_another_version_is_its_title() {
    let titled = |title: &str, text: &str| {
        [format!("<h1>{title}</h1>"), OPENING.to_owned(), text.to_owned(), CLOSING.to_owned()].concat()
    };
    let a = page("A", &[&titled("Talks on the harbour go on", FIRST)]);
    let b = page("B", &[&titled("Talks on the harbour go on in summer", SECOND)]);
    let headline = |checked: &Checked| checked.report.findings.iter().find(|one| one.kind == Kind::Headline).cloned();
    let checked = is_excused(&[a.clone(), b.clone()], &[&titled("Talks on the harbour go on in summer", FIRST)]);
    assert_eq!(headline(&checked).map(|one| (one.severity, one.supported_by)), Some((Severity::Note, vec![1])));
    let checked = check(&[a, b], &page("copy", &[&titled("Talks on the harbour break down", FIRST)]));
    assert_eq!(headline(&checked).map(|one| one.severity), Some(Severity::Warning), "{:#?}", checked.report.findings);
}

#[test]
fn versions_are_listed_oldest_first_where_their_age_is_known() {
    let dated = |name: &str, date: &str| {
        page(name, &[&format!("<meta property=\"article:published_time\" content=\"{date}\">"), OPENING, FIRST])
    };
    let copy = page("copy", &[OPENING, FIRST]);
    let listed = |versions: &[Capture]| -> Vec<String> {
        check(versions, &copy).report.witnesses.into_iter().map(|one| one.source.locator).collect()
    };
    let late = dated("late", "2022-04-06T14:00:00Z");
    let early = dated("early", "2022-04-06T15:30:00+02:00");
    let day = dated("day", "2022-04-05");
    assert_eq!(listed(&[late.clone(), early.clone(), day.clone()]), ["day", "late", "early"], "days only");
    assert_eq!(listed(&[late.clone(), early.clone()]), ["early", "late"], "by the instant, not by its spelling");
    let unknown = page("unknown", &[OPENING, FIRST]);
    assert_eq!(listed(&[late.clone(), unknown.clone(), early.clone()]), ["late", "unknown", "early"], "never guessed");
    let at = |capture: &Capture, seconds: i64| {
        let mut capture = capture.clone();
        capture.retrieved_at = Some(Moment::from_unix(seconds));
        capture
    };
    assert_eq!(listed(&[at(&unknown, 5), at(&copy, 3)]), ["copy", "unknown"]);
    assert_eq!(listed(&[at(&late, 1), at(&early, 2)]), ["early", "late"], "publication before retrieval");
}

#[test]
fn a_version_that_could_not_be_compared_is_named() {
    let other = page("other", &["<p>The weather in the mountains stays cold, with snow above a thousand metres.</p>"]);
    let robot = page(
        "robot",
        &["<title>Just a moment...</title><script src=\"/cdn-cgi/challenge-platform/x\"></script><p>Checking</p>"],
    );
    let [a, _] = versions();
    for stranger in [other, robot] {
        let name = stranger.locator.clone();
        let report = is_excused(&[stranger, a.clone()], &[OPENING, FIRST, GRAIN, CLOSING]).report;
        assert_eq!(report.original.locator, "A");
        let limit = report.limits.iter().find(|limit| limit.code == "witness-not-compared");
        assert!(limit.is_some_and(|limit| limit.message.contains(&name)), "{:?}", report.limits);
    }
}

#[test]
fn one_original_is_checked_as_ever_and_none_is_none() {
    let [a, b] = versions();
    let options = Options::new(Moment::from_unix(0));
    assert_eq!(vidimus::check_against(std::slice::from_ref(&a), &b, &options), Some(vidimus::check(&a, &b, &options)));
    assert_eq!(vidimus::check_against(&[], &b, &options), None);
    assert!(vidimus::check(&a, &b, &options).report.witnesses.is_empty());
}

/// A sandbox with two versions and a copy of the first.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, paragraphs) in [
        ("a.html", [OPENING, FIRST, GRAIN, CLOSING]),
        ("b.html", [OPENING, SECOND, SALE, CLOSING]),
        ("copy.html", [OPENING, FIRST, GRAIN, CLOSING]),
        ("mixed.html", [OPENING, FIRST, SALE, CLOSING]),
    ] {
        sandbox.write(name, paragraphs.concat());
    }
    sandbox
}

#[test]
fn the_command_takes_any_number_of_originals() {
    let sandbox = sandbox();
    let run = |copy: &str, originals: &[&str]| {
        let more = originals.iter().flat_map(|original| ["--original", original]);
        sandbox.vidimus(["check", copy, "--format", "json"].into_iter().chain(more))
    };
    let report = schema::report(&run("copy.html", &["b.html", "a.html"]).ended(0).stdout);
    assert_eq!((report.verdict, report.original.locator.as_str()), (Verdict::Verbatim, "a.html"));
    let report = schema::report(&run("mixed.html", &["b.html", "a.html", "copy.html"]).ended(0).stdout);
    assert_eq!((report.verdict, report.witnesses.len()), (Verdict::Verbatim, 3));
    assert!(report.findings.iter().all(|finding| !finding.supported_by.is_empty()), "{:#?}", report.findings);
    run("copy.html", &["b.html"]).ended(1);
    assert!(!run("copy.html", &["b.html"]).stdout.contains("witnesses"), "one original is no list");
    run("copy.html", &["a.html", "c.html"]).trouble("c.html: ");
    run("copy.html", &["-", "a.html", "-"]).trouble("-: standard input can stand for one source only");
}

#[test]
fn versions_come_from_anywhere() {
    let sandbox = sandbox();
    let server = Server::new([("/a", Reply::html([OPENING, FIRST, GRAIN, CLOSING].concat()))]);
    let (address, gone) = (server.url("/a"), server.url("/gone"));
    let run =
        sandbox.vidimus(["check", "copy.html", "--original", "b.html", "--original", &address, "--format", "json"]);
    let report = schema::report(&run.ended(0).stdout);
    assert_eq!(report.original.locator, address);
    sandbox.vidimus(["check", "copy.html", "--original", "a.html", "--original", &gone]).trouble("404");
}
