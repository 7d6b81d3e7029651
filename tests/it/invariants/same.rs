//! A text held against itself, and one alteration in a text: nothing and exactly that is found.

use proptest::prelude::*;
use vidimus::{
    Verdict,
    check::{Kind, Severity},
};

use super::{
    check, config,
    texts::{Text, paragraphs, text},
};
use crate::support::rebuild::{assert_rebuilds, line};

/// A text in which every word stands once but for some small ones: each alteration can be told in one way only.
pub fn plain(seed: usize) -> Text {
    let word = |paragraph: usize, index: usize| match index % 5 {
        0 => "the".to_owned(),
        2 => "of".to_owned(),
        _ => format!(
            "{}{}{}",
            ["bar", "len", "mor", "tis", "vun"][(seed + index) % 5],
            ["do", "ka", "ri"][paragraph % 3],
            letters(paragraph * 40 + index)
        ),
    };
    (0..5).map(|paragraph| (0..25).map(|index| word(paragraph, index)).chain(["end.".to_owned()]).collect()).collect()
}

/// A number in letters.
fn letters(mut number: usize) -> String {
    let mut out = String::new();
    loop {
        out.push((b'a' + (number % 26) as u8) as char);
        number /= 26;
        if number == 0 {
            return out;
        }
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_text_is_itself(text in text()) {
        let page = paragraphs(&text);
        let checked = check(&page, &page);
        let report = &checked.report;
        prop_assert_eq!(report.verdict, Verdict::Verbatim, "{}\n{:?}", page, report.findings);
        for finding in &report.findings {
            prop_assert!(finding.severity <= Severity::Note, "{}\n{}", page, line(finding));
        }
        prop_assert_eq!(report.coverage.matched_words, report.coverage.original_words);
    }

    #[test]
    fn one_new_word_is_one_insertion(seed in 0..1000_usize, paragraph in 0..5_usize, at in 0..26_usize) {
        let text = plain(seed);
        let mut copy = text.clone();
        copy[paragraph].insert(at, "strange".to_owned());
        let checked = check(&paragraphs(&text), &paragraphs(&copy));
        assert_rebuilds(&checked);
        let found = &checked.report.findings;
        prop_assert_eq!(found.len(), 1, "{:?}", found);
        prop_assert_eq!(found[0].kind, Kind::TextInserted);
        prop_assert_eq!(found[0].copy.as_ref().map(|anchor| anchor.exact.as_str()), Some("strange"));
    }

    #[test]
    fn one_other_word_is_one_replacement(seed in 0..1000_usize, paragraph in 0..5_usize, at in 0..25_usize) {
        let text = plain(seed);
        let mut copy = text.clone();
        copy[paragraph][at] = "strange".to_owned();
        let checked = check(&paragraphs(&text), &paragraphs(&copy));
        assert_rebuilds(&checked);
        let found = &checked.report.findings;
        prop_assert_eq!(found.len(), 1, "{:?}", found);
        prop_assert_eq!(found[0].kind, Kind::TextReplaced);
        let exact = found[0].original.as_ref().map(|anchor| anchor.exact.clone());
        prop_assert_eq!(exact.as_ref(), Some(&text[paragraph][at]));
    }

    #[test]
    fn words_that_went_are_one_deletion(seed in 0..1000_usize, paragraph in 0..5_usize, at in 0..20_usize, length in 1..6_usize) {
        let text = plain(seed);
        let mut copy = text.clone();
        let gone: Vec<String> = copy[paragraph].drain(at..at + length).collect();
        let checked = check(&paragraphs(&text), &paragraphs(&copy));
        assert_rebuilds(&checked);
        let found = &checked.report.findings;
        prop_assert_eq!(found.len(), 1, "{:?}", found);
        prop_assert_eq!(found[0].kind, Kind::TextDeleted);
        // `the of the` without `the of`, at either end, is the same text: only how many went is certain.
        let words = found[0].original.as_ref().map(|anchor| anchor.exact.split(' ').count());
        prop_assert_eq!(words, Some(gone.len()));
    }

    #[test]
    fn a_paragraph_that_went_elsewhere_is_one_move(seed in 0..1000_usize, from in 0..5_usize, by in 2..4_usize) {
        let text = plain(seed);
        let mut copy = text.clone();
        let moved = copy.remove(from);
        let to = (from + by) % 5;
        prop_assume!(from.abs_diff(to) >= 2);
        copy.insert(to, moved);
        let checked = check(&paragraphs(&text), &paragraphs(&copy));
        assert_rebuilds(&checked);
        let kinds: Vec<Kind> = checked.report.findings.iter().map(|finding| finding.kind).collect();
        prop_assert_eq!(kinds, [Kind::TextMoved], "{}\n{}", paragraphs(&text), paragraphs(&copy));
    }
}
