//! Reports on texts that were altered in any number of ways: what they say is true, and all of it.

use std::collections::BTreeSet;

use proptest::{collection::vec, prelude::*};
use vidimus::{
    Checked,
    check::{Anchor, Class, Facet, Finding, Kind},
    extract::Document,
    text::words::Lexicon,
};

use super::{
    check, config,
    same::plain,
    texts::{Alteration, alteration, altered, paragraphs, text},
};
use crate::support::rebuild::{line, rebuild};

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_word_is_accounted_for(original in text(), alterations in vec(alteration(), 0..8)) {
        let copy = altered(&original, &alterations);
        let checked = check(&paragraphs(&original), &paragraphs(&copy));
        let findings = || checked.report.findings.iter().map(line).collect::<Vec<_>>().join("\n");
        if let Some(Err(cause)) = rebuild(&checked.report, &checked.original, &checked.copy, &checked.alignment) {
            prop_assert!(false, "{cause}\n{:?}\n{}\n{}\n{}", checked.report.verdict, paragraphs(&original), paragraphs(&copy), findings());
        }
    }

    #[test]
    fn what_a_report_points_at_is_there(original in text(), alterations in vec(alteration(), 1..8)) {
        let copy = altered(&original, &alterations);
        let checked = check(&paragraphs(&original), &paragraphs(&copy));
        for finding in &checked.report.findings {
            if let Err(cause) = points_true(&checked, finding) {
                prop_assert!(false, "{cause}:{}\n{}\n{}", line(finding), paragraphs(&original), paragraphs(&copy));
            }
        }
        for anchor in checked.report.claims.iter().filter_map(|claim| claim.copy.as_ref()) {
            prop_assert_eq!(anchor_holds(&checked.copy, anchor), Ok(()));
        }
    }

    #[test]
    fn ids_are_unique_and_all_is_the_same_again(original in text(), alterations in vec(alteration(), 1..8)) {
        let copy = altered(&original, &alterations);
        let checked = check(&paragraphs(&original), &paragraphs(&copy));
        let again = check(&paragraphs(&original), &paragraphs(&copy));
        prop_assert_eq!(&checked, &again);
        let json = |checked: &Checked| serde_json::to_string(&checked.report).unwrap();
        prop_assert_eq!(json(&checked), json(&again));
        let ids: BTreeSet<&String> = checked.report.findings.iter().map(|finding| &finding.id).collect();
        prop_assert_eq!(ids.len(), checked.report.findings.len());
    }

    #[test]
    fn ids_do_not_depend_on_what_stands_around(seed in 0..1000_usize, alterations in vec(alteration(), 1..4)) {
        // A menu more on the page of the copy: the same findings under the same names. Words that went to where others like them
        // stand can be told in several ways, and what stands before them may tip the balance.
        prop_assume!(!alterations.iter().any(|made| matches!(made, Alteration::MoveWords(..) | Alteration::Repeat(..))));
        let original = plain(seed);
        let copy = altered(&original, &alterations);
        let menu = "<nav><ul><li><a href=\"/1\">Front page</a></li><li><a href=\"/2\">Weather</a></li></ul></nav>";
        let bare = check(&paragraphs(&original), &paragraphs(&copy));
        let framed = check(&paragraphs(&original), &format!("{menu}{}", paragraphs(&copy)));
        let ids = |checked: &Checked| -> Vec<String> {
            let words = checked.report.findings.iter().filter(|finding| finding.kind.class() != Class::Framing);
            words.map(|finding| finding.id.clone()).collect()
        };
        prop_assert_eq!(ids(&bare), ids(&framed), "{}\n{}", paragraphs(&original), paragraphs(&copy));
    }

    #[test]
    fn a_report_that_leaves_something_out_does_not_add_up(original in text(), alterations in vec(alteration(), 1..6)) {
        let copy = altered(&original, &alterations);
        let Checked { mut report, original, copy, alignment } = check(&paragraphs(&original), &paragraphs(&copy));
        let told = report.findings.clone();
        let quotation = |finding: &Finding| finding.facets.contains(&Facet::Quotation);
        // What moved may have stayed where it is while everything around it moved.
        let words = |finding: &&Finding| {
            matches!(finding.kind, Kind::TextInserted | Kind::TextDeleted)
                || (finding.kind == Kind::TextReplaced && !quotation(finding))
        };
        for left_out in told.iter().filter(words) {
            report.findings = told.iter().filter(|finding| finding.id != left_out.id).cloned().collect();
            if let Some(Ok(_)) = rebuild(&report, &original, &copy, &alignment) {
                prop_assert!(false, "nothing is missing without{}", line(left_out));
            }
        }
    }

    #[test]
    fn coverage_is_a_share(original in text(), alterations in vec(alteration(), 0..12)) {
        let copy = altered(&original, &alterations);
        let coverage = check(&paragraphs(&original), &paragraphs(&copy)).report.coverage;
        prop_assert!((0.0..=1.0).contains(&coverage.share));
        prop_assert!(coverage.matched_words <= coverage.original_words);
    }
}

/// Whether an anchor is what it says: its text, and what stands around it.
fn anchor_holds(document: &Document, anchor: &Anchor) -> Result<(), String> {
    let start = document.blocks.get(anchor.block).ok_or("no such block")?.bytes.start;
    let lines = anchor.exact.matches('\n').count();
    let end = document.blocks.get(anchor.block + lines).ok_or("no such block")?.bytes.end;
    let text: Vec<char> = document.text[start..end].chars().collect();
    let part = |from: usize, to: usize| text.get(from..to).map(|chars| chars.iter().collect::<String>());
    if part(anchor.start, anchor.end).as_ref() != Some(&anchor.exact) {
        return Err(format!("the text there is {:?}", part(anchor.start, anchor.end)));
    }
    let (before, after) = (anchor.prefix.chars().count(), anchor.suffix.chars().count());
    let prefix = anchor.start.checked_sub(before).and_then(|from| part(from, anchor.start));
    if prefix.as_ref() != Some(&anchor.prefix) || part(anchor.end, anchor.end + after).as_ref() != Some(&anchor.suffix)
    {
        return Err("prefix or suffix are not what stands there".to_owned());
    }
    let room = before == 32.min(anchor.start) && after == 32.min(text.len() - anchor.end);
    if room { Ok(()) } else { Err("prefix or suffix are too short or too long".to_owned()) }
}

/// Whether a finding's anchors hold, begin and end with words, and take in no unchanged word at their edges.
fn points_true(checked: &Checked, finding: &Finding) -> Result<(), String> {
    for (document, anchor) in [(&checked.original, &finding.original), (&checked.copy, &finding.copy)] {
        if let Some(anchor) = anchor {
            anchor_holds(document, anchor)?;
        }
    }
    let about_words = finding.kind.class() == Class::Emphasis
        || matches!(finding.kind, Kind::TextInserted | Kind::TextDeleted | Kind::TextReplaced | Kind::TextMoved);
    if !about_words {
        return Ok(());
    }
    let mut lexicon = Lexicon::new();
    let mut keys = Vec::new();
    for anchor in [&finding.original, &finding.copy].into_iter().flatten() {
        let words = lexicon.words(&anchor.exact);
        let whole = words.first().is_some_and(|word| word.bytes.start == 0)
            && words.last().is_some_and(|word| word.bytes.end == anchor.exact.len());
        if !whole {
            return Err(format!("{:?} does not begin and end with a word", anchor.exact));
        }
        keys.push(words.iter().map(|word| word.key).collect::<Vec<_>>());
    }
    // Quotation marks put around words leave the words.
    let quotation = finding.facets.contains(&Facet::Quotation);
    match keys.as_slice() {
        [old, new]
            if finding.kind == Kind::TextReplaced
                && !quotation
                && (old.first() == new.first() || old.last() == new.last()) =>
        {
            Err("an unchanged word at the edge".to_owned())
        }
        _ => Ok(()),
    }
}
