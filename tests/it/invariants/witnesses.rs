//! Several versions of one original: they never make a verdict graver, and never excuse what none of them says.

use proptest::{collection::vec, prelude::*, sample::select};
use vidimus::{
    Capture, Checked, Moment, Options, Verdict,
    check::{Class, Facet, Finding, Kind, Severity},
    text::words::fold,
};

use super::{
    check, config,
    same::plain,
    texts::{Alteration, Text, alteration, altered, paragraphs, text},
};
use crate::support::rebuild::line;

/// Checks a text against several versions, numbered as given.
fn against(versions: &[Text], copy: &Text) -> Checked {
    let read = |name: &str, text: &Text| {
        let page = format!("<!doctype html><meta charset=\"utf-8\"><body>{}</body>", paragraphs(text));
        Capture::from_bytes(name, page.into_bytes(), Some("text/html")).unwrap()
    };
    let versions: Vec<Capture> = (0..).zip(versions).map(|(at, text)| read(&format!("{at}"), text)).collect();
    vidimus::check_against(&versions, &read("copy", copy), &Options::new(Moment::from_unix(0))).unwrap()
}

/// Alterations of words within paragraphs.
fn edits(most: usize) -> impl Strategy<Value = Vec<Alteration>> {
    vec(alteration(), 0..=most).prop_map(|all| {
        let within =
            |one: &Alteration| matches!(one, Alteration::Insert(..) | Alteration::Delete(..) | Alteration::Replace(..));
        all.into_iter().filter(within).collect()
    })
}

/// The words of a text without signs, and of each the paragraph.
fn words(text: &Text) -> Vec<(String, usize)> {
    let word = |word: &String| fold(word).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let all = text.iter().enumerate().flat_map(|(at, words)| words.iter().map(move |one| (one, at)));
    all.map(|(one, at)| (word(&one.replace("<b>", "").replace("</b>", "")), at))
        .filter(|(word, _)| !word.is_empty())
        .collect()
}

/// Whether a run of words stands somewhere in a text.
fn stands(run: &[String], text: &Text) -> bool {
    words(text).windows(run.len()).any(|there| there.iter().map(|(word, _)| word).eq(run))
}

/// A text, versions of it, and a copy that takes from any of them and may be altered further.
fn family() -> impl Strategy<Value = (Vec<Text>, Text)> {
    let texts = prop_oneof![text(), (0..1000_usize).prop_map(plain)];
    (texts, vec(vec(alteration(), 0..4), 1..4), vec(alteration(), 0..3), 0..4_usize).prop_map(
        |(base, revisions, forged, from)| {
            let mut versions = vec![base.clone()];
            versions.extend(revisions.iter().map(|revision| altered(&base, revision)));
            versions.retain(|version| !version.is_empty());
            let copy = altered(&versions[from % versions.len()], &forged);
            (versions, copy)
        },
    )
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn more_versions_never_make_a_verdict_graver((versions, copy) in family()) {
        prop_assume!(!copy.is_empty());
        // What one version alone takes for framing may be a passage that another has in other words: that is to be said.
        let reports = versions.iter().map(|version| check(&paragraphs(version), &paragraphs(&copy)).report);
        let whole = reports.filter(|report| report.findings.iter().all(|one| one.class != Class::Framing));
        let Some(best) = whole.map(|report| report.verdict).min() else { return Ok(()) };
        let report = against(&versions, &copy).report;
        prop_assert!(report.verdict <= best, "{:?} but {:?} alone\n{:?}\n{:?}", report.verdict, best, versions, copy);
    }

    #[test]
    fn how_close_a_version_is_depends_on_the_texts_alone((versions, copy) in family()) {
        prop_assume!(!copy.is_empty());
        if versions.len() < 2 {
            return Ok(());
        }
        let turned: Vec<Text> = versions.iter().rev().cloned().collect();
        let (one, other) = (against(&versions, &copy).report, against(&turned, &copy).report);
        prop_assert_eq!(one.witnesses.len(), versions.len());
        let (mut edits, mut others): (Vec<u64>, Vec<u64>) = (one.witnesses.iter().map(|one| one.edits).collect(), other.witnesses.iter().map(|one| one.edits).collect());
        edits.sort_unstable();
        others.sort_unstable();
        prop_assert_eq!(edits, others, "how close a version is depends on it alone");
    }

    #[test]
    fn a_word_that_no_version_has_is_always_found(
        seed in 0..1000_usize,
        revisions in vec(edits(3), 1..4),
        (from, paragraph, at) in (0..4_usize, 0..1000_usize, 0..1000_usize),
        insert in any::<bool>(),
    ) {
        let base = plain(seed);
        let mut versions = vec![base.clone()];
        versions.extend(revisions.iter().map(|revision| altered(&base, revision)));
        let mut copy = versions[from % versions.len()].clone();
        let paragraph = paragraph % copy.len();
        let at = at % copy[paragraph].len();
        if insert { copy[paragraph].insert(at, "strange".to_owned()) } else { copy[paragraph][at] = "strange".to_owned() }
        let report = against(&versions, &copy).report;
        // Held against a version that lost the end of its first paragraph, that paragraph can be a title the copy changed.
        let about = |one: &&Finding| {
            let here = one.copy.as_ref().is_some_and(|copy| copy.exact.contains("strange"));
            here && one.severity > Severity::Note && one.supported_by.is_empty()
        };
        prop_assert!(report.findings.iter().filter(about).count() > 0, "{:?}\n{:?}", report.verdict, report.findings);
    }

    #[test]
    fn a_word_taken_from_every_version_is_always_found(
        seed in 0..1000_usize,
        revisions in vec(edits(2), 1..3),
        (paragraph, at) in (0..1000_usize, 0..1000_usize),
    ) {
        // The versions differ, and all of them have the word; the copy is one of them without it.
        let base = plain(seed);
        let paragraph = paragraph % base.len();
        let at = at % base[paragraph].len();
        let gone = &base[paragraph][at];
        if words(&base).iter().filter(|(word, _)| word == gone).count() != 1 {
            return Ok(());
        }
        let mut versions = vec![base.clone()];
        versions.extend(revisions.iter().map(|revision| altered(&base, revision)));
        if !versions.iter().all(|version| stands(std::slice::from_ref(gone), version)) {
            return Ok(());
        }
        let mut copy = base.clone();
        copy[paragraph].remove(at);
        let report = against(&versions, &copy).report;
        prop_assert_eq!(report.verdict, Verdict::Altered, "without {}\n{:?}", gone, report.findings);
    }

    #[test]
    fn words_are_excused_only_where_a_version_has_them_among_the_same((versions, copy) in family()) {
        prop_assume!(!copy.is_empty());
        let checked = against(&versions, &copy);
        let report = &checked.report;
        for finding in &report.findings {
            let is_about_words = matches!(finding.kind, Kind::TextInserted | Kind::TextReplaced | Kind::TextMoved);
            let (true, Some(anchor)) = (is_about_words, &finding.copy) else { continue };
            // The word before, the passage, the word behind: as far as the anchor shows them whole.
            let context = |text: &str| words(&vec![text.split_whitespace().map(str::to_owned).collect()]);
            let last = anchor.prefix.split_whitespace().next_back().unwrap_or_default();
            let next = anchor.suffix.split_whitespace().next().unwrap_or_default();
            let next = if anchor.suffix.trim_end().contains(' ') { next } else { "" };
            let run: Vec<String> = context(&format!("{last} {} {next}", anchor.exact)).into_iter().map(|(word, _)| word).collect();
            for index in &finding.supported_by {
                let given: usize = report.witnesses[*index].source.locator.parse().unwrap();
                prop_assert!(stands(&run, &versions[given]), "{run:?} is not in {given}{}\n{:?}\n{:?}", line(finding), versions, copy);
            }
        }
    }

    #[test]
    fn a_copy_said_to_alter_nothing_takes_every_passage_from_some_version(
        base in text(),
        revisions in vec(edits(3), 1..4),
        choices in vec(select(&[0_usize, 1, 2, 3]), 9),
        forged in edits(2),
    ) {
        let mut versions = vec![base.clone()];
        versions.extend(revisions.iter().map(|revision| altered(&base, revision)));
        // A copy that takes each paragraph from one of them, as a page patched over time would, and is altered besides.
        if versions.iter().any(|version| version.len() != base.len()) {
            return Ok(());
        }
        let mixed: Text = (0..base.len()).map(|at| versions[choices[at] % versions.len()][at].clone()).collect();
        let copy = altered(&mixed, &forged);
        prop_assume!(!copy.is_empty());
        let report = against(&versions, &copy).report;
        if ![Verdict::Verbatim, Verdict::Emphasised].contains(&report.verdict) {
            return Ok(());
        }
        // What differs in spelling only, and what stands around a text, is in the report and moves no verdict.
        let harmless = |one: &Finding| {
            one.kind == Kind::Typography || one.facets == [Facet::HouseStyle] || one.class == Class::Framing
        };
        if report.findings.iter().any(harmless) {
            return Ok(());
        }
        for run in words(&copy).windows(2).filter(|run| run[0].1 == run[1].1) {
            let run: Vec<String> = run.iter().map(|(word, _)| word.clone()).collect();
            prop_assert!(versions.iter().any(|version| stands(&run, version)), "{run:?}\n{versions:?}\n{copy:?}\n{:?}", report.findings.iter().map(line).collect::<Vec<_>>());
        }
    }

    #[test]
    fn versions_that_are_the_same_say_what_one_says(original in text(), alterations in vec(alteration(), 0..6)) {
        let copy = altered(&original, &alterations);
        prop_assume!(!copy.is_empty());
        let one = check(&paragraphs(&original), &paragraphs(&copy)).report;
        let twice = against(&[original.clone(), original], &copy).report;
        prop_assert_eq!((one.verdict, one.disclosed), (twice.verdict, twice.disclosed));
        prop_assert_eq!(one.findings, twice.findings);
    }
}
