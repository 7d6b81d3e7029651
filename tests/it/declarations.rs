//! What a copy declares was done to the text: each declaration against what was done, in each of its scopes, and what `disclosed`
//! makes of it. Where the phrases are found is tested with the phrases; here a whole page is checked.

use proptest::prelude::*;
use vidimus::{
    Capture, Checked, Moment, Options, Verdict,
    check::{Claim, ClaimKind, ClaimStatus, Disclosed, Kind},
};

use crate::support::rebuild::assert_rebuilds;

const TEXT: [&str; 4] = [
    "The harbour board met on Monday and heard the pilots of the northern basin for three hours.",
    "It agreed that no ship may enter the northern basin before the lights on the mole are repaired.",
    "The cost of the repair is put at 14 million crowns, of which the city will pay one half.",
    "The board will meet again in May and then decide about the ferries to the outer islands.",
];

fn page(body: &str) -> Capture {
    let html = format!("<!doctype html><html><head><meta charset=utf-8></head><body><main>{body}</main></body></html>");
    Capture::from_bytes("page.html", html.into_bytes(), Some("text/html")).unwrap()
}

fn paragraphs(text: &[impl AsRef<str>]) -> String {
    text.iter().map(|text| format!("<p>{}</p>", text.as_ref())).collect()
}

fn check(original: &str, copy: &str) -> Checked {
    let checked = vidimus::check(&page(original), &page(copy), &Options::new(Moment::from_unix(0)));
    assert_rebuilds(&checked);
    checked
}

/// The statement with some words in bold, each in the paragraph that has them, and something behind paragraphs.
fn copy(bold: &[&str], behind: [&str; 4]) -> Vec<String> {
    let set =
        |text: &str| bold.iter().fold(text.to_owned(), |text, words| text.replace(words, &format!("<b>{words}</b>")));
    TEXT.iter().zip(behind).map(|(text, behind)| format!("{}{behind}", set(text))).collect()
}

fn claims(checked: &Checked, kind: ClaimKind) -> Vec<&Claim> {
    checked.report.claims.iter().filter(|claim| claim.kind == kind).collect()
}

#[track_caller]
fn only(checked: &Checked, kind: ClaimKind) -> &Claim {
    let [claim] = claims(checked, kind)[..] else { panic!("{:#?}", checked.report.claims) };
    claim
}

/// Which emphasis findings name a claim, in reading order.
fn declared(checked: &Checked) -> Vec<bool> {
    let added = checked.report.findings.iter().filter(|finding| finding.kind == Kind::EmphasisAdded);
    added.map(|finding| finding.declared_by.is_some()).collect()
}

const NO: [&str; 4] = ["", "", "", ""];

#[test]
fn emphasis_announced_around_the_text_is_all_disclosed() {
    let text = paragraphs(&copy(&["no ship may enter", "one half"], NO));
    for (before, behind) in [
        ("<p>Editor's note: emphasis added.</p>", ""),
        ("<p>[Emphasis added.]</p>", ""),
        ("<p>The statement follows (emphasis added by the Daily Repost on important words).</p>", ""),
        ("", "<p>(Bold added throughout.)</p>"),
        ("<p>C'est nous qui soulignons.</p>", ""),
        ("<p>Anmerkung der Redaktion: Hervorhebungen durch die Redaktion.</p>", ""),
        ("", "<p>(Las negritas son nuestras.)</p>"),
        ("", "<p>(Neretto nostro.)</p>"),
        ("", "<p>(Grifo nosso.)</p>"),
        ("", "<p>(Выделено нами.)</p>"),
    ] {
        let checked = check(&paragraphs(&TEXT), &format!("{before}{text}{behind}"));
        let claim = only(&checked, ClaimKind::EmphasisDeclared);
        assert_eq!(claim.status, ClaimStatus::Confirmed, "{before}{behind}: {claim:#?}");
        assert_eq!(
            (checked.report.disclosed, declared(&checked)),
            (Disclosed::All, vec![true, true]),
            "{before}{behind}"
        );
        assert_eq!(checked.report.verdict, Verdict::Emphasised, "{before}{behind}");
    }
}

#[test]
fn emphasis_that_nobody_announces_is_undeclared() {
    let text = paragraphs(&copy(&["one half"], NO));
    for prose in ["", "<p>We welcome the board's emphasis on safety and publish its words here.</p>"] {
        let checked = check(&paragraphs(&TEXT), &format!("{prose}{text}"));
        assert_eq!((checked.report.disclosed, declared(&checked)), (Disclosed::None, vec![false]), "{prose}");
        assert_eq!(claims(&checked, ClaimKind::EmphasisDeclared), [] as [&Claim; 0], "{prose}");
    }
}

#[test]
fn a_declaration_in_the_text_speaks_of_its_paragraph() {
    let bold = ["no ship may enter", "one half"];
    for (behind, expected, disclosed) in [
        (["", " (emphasis added)", "", ""], [true, false], Disclosed::Some),
        (["", "", " (emphasis added)", ""], [false, true], Disclosed::Some),
        (["", " [emphasis mine]", " [emphasis mine]", ""], [true, true], Disclosed::All),
        (["", "", "", " (Emphasis added.)"], [true, true], Disclosed::All),
    ] {
        let checked = check(&paragraphs(&TEXT), &paragraphs(&copy(&bold, behind)));
        assert_eq!((declared(&checked), checked.report.disclosed), (expected.to_vec(), disclosed), "{behind:?}");
        assert!(claims(&checked, ClaimKind::EmphasisDeclared).iter().all(|c| c.status == ClaimStatus::Confirmed));
        // The words that say so alter nothing.
        assert_eq!(checked.report.verdict, Verdict::Emphasised, "{:#?}", checked.report.findings);
    }
}

#[test]
fn a_declaration_may_name_its_paragraph() {
    let text = paragraphs(&copy(&["heard the pilots", "one half"], NO));
    let with = |note: &str| check(&paragraphs(&TEXT), &format!("<p>Editor's note: {note}</p>{text}"));
    let checked = with("emphasis added in the third paragraph.");
    assert_eq!((declared(&checked), checked.report.disclosed), (vec![false, true], Disclosed::Some));
    let claim = only(&checked, ClaimKind::EmphasisDeclared);
    assert!(
        claim.status == ClaimStatus::Confirmed && claim.evidence.contains("one passage is set off elsewhere"),
        "{claim:#?}"
    );
    let checked = with("emphasis added in paragraph 1.");
    assert_eq!(declared(&checked), [true, false]);
    let text = paragraphs(&copy(&["heard the pilots"], NO));
    let checked =
        check(&paragraphs(&TEXT), &format!("<p>Editor's note: emphasis added in the last paragraph.</p>{text}"));
    assert_eq!(only(&checked, ClaimKind::EmphasisDeclared).status, ClaimStatus::Contradicted);
    assert_eq!((declared(&checked), checked.report.disclosed), (vec![false], Disclosed::None));
}

#[test]
fn emphasis_declared_and_absent_is_contradicted_where_it_would_be_seen() {
    let note = "<p>(Emphasis added.)</p>";
    let plain = check(&paragraphs(&TEXT), &format!("{}{note}", paragraphs(&TEXT)));
    assert_eq!(only(&plain, ClaimKind::EmphasisDeclared).status, ClaimStatus::Contradicted);
    assert_eq!(plain.report.disclosed, Disclosed::NothingToDisclose);
    let text = Capture::from_bytes(
        "copy.txt",
        format!("{}\n\n(Emphasis added.)", TEXT.join("\n\n")).into_bytes(),
        Some("text/plain"),
    );
    let checked = vidimus::check(&page(&paragraphs(&TEXT)), &text.unwrap(), &Options::new(Moment::from_unix(0)));
    let claim = only(&checked, ClaimKind::EmphasisDeclared);
    assert!(claim.status == ClaimStatus::Unverifiable && claim.evidence.contains("carries no emphasis"), "{claim:#?}");
}

#[test]
fn emphasis_said_to_be_the_originals_must_be_there() {
    let note = ["", "", " (emphasis in the original)", ""];
    let (plain, bold) = (paragraphs(&TEXT), paragraphs(&copy(&["one half"], NO)));
    for (original, copied, status) in [
        (&bold, copy(&["one half"], note), ClaimStatus::Confirmed),
        (&plain, copy(&["one half"], note), ClaimStatus::Contradicted),
        (&bold, copy(&[], note), ClaimStatus::Contradicted),
        (&plain, copy(&[], note), ClaimStatus::Contradicted),
    ] {
        let checked = check(original, &paragraphs(&copied));
        let claim = only(&checked, ClaimKind::EmphasisDeclared);
        assert_eq!(claim.status, status, "{claim:#?}");
        assert!(declared(&checked).iter().all(|declared| !declared), "it announces nothing");
    }
}

#[test]
fn a_declaration_means_the_words_and_the_style_it_names() {
    let bold = paragraphs(&copy(&["no ship may enter", "one half"], NO));
    let italic = bold.replace("<b>", "<i>").replace("</b>", "</i>");
    for (text, note, status, announced) in [
        (&bold, "(Bold added to “one half”.)", ClaimStatus::Confirmed, [false, true]),
        (&bold, "(Bold added to “the lights”.)", ClaimStatus::Contradicted, [false, false]),
        (&bold, "(Bold added.)", ClaimStatus::Confirmed, [true, true]),
        (&bold, "(Italics added.)", ClaimStatus::Contradicted, [false, false]),
        (&italic, "(Italics added.)", ClaimStatus::Confirmed, [true, true]),
        (&italic, "(Fettdruck hinzugefügt.)", ClaimStatus::Contradicted, [false, false]),
        (&italic, "(Emphasis added.)", ClaimStatus::Confirmed, [true, true]),
        (&bold, "(Souligné par nous.)", ClaimStatus::Confirmed, [true, true]),
        (&bold, "(курсив наш)", ClaimStatus::Contradicted, [false, false]),
        (&bold, "(выделено мной)", ClaimStatus::Confirmed, [true, true]),
    ] {
        let checked = check(&paragraphs(&TEXT), &format!("{text}<p>{note}</p>"));
        let claim = only(&checked, ClaimKind::EmphasisDeclared);
        assert_eq!((claim.status, declared(&checked)), (status, announced.to_vec()), "{note}: {claim:#?}");
    }
}

#[test]
fn emphasis_is_not_pushed_onto_the_publisher() {
    let head = "<header><p>Office of the Harbour</p></header>";
    let text = paragraphs(&copy(&["one half"], NO));
    let note = "<p>The statement follows (emphasis added by the Office of the Harbour).</p>";
    let checked = check(&format!("{head}{}", paragraphs(&TEXT)), &format!("{note}{text}"));
    let claim = only(&checked, ClaimKind::EmphasisDeclared);
    assert_eq!((claim.status, checked.report.disclosed), (ClaimStatus::Contradicted, Disclosed::None), "{claim:#?}");
}

#[test]
fn the_originals_own_declarations_are_no_claims_of_the_copy() {
    let mut own = copy(&["one half"], ["", "", " (emphasis added)", ""]);
    own.insert(0, "As prepared for delivery".to_owned());
    let original = paragraphs(&own);
    let checked = check(&original, &original);
    let declares = |claim: &&Claim| claim.kind != ClaimKind::Title;
    assert_eq!(checked.report.claims.iter().filter(declares).count(), 0, "{:#?}", checked.report.claims);
    assert_eq!(checked.report.verdict, Verdict::Verbatim);
    // One of the copy's own beside it is.
    let checked = check(&original, &format!("<p>Editor's note: emphasis added by us.</p>{original}"));
    assert_eq!(claims(&checked, ClaimKind::EmphasisDeclared).len(), 1);
}

#[test]
fn what_a_site_says_beside_the_text_declares_nothing() {
    let text = paragraphs(&copy(&["one half"], NO));
    for aside in [
        "<section class=comments><p>Great article, emphasis added by me!</p></section>",
        "<aside class=related><p><a href=/x>Minister resigns (updated)</a></p><p><a href=/y>An abridged history (abridged)</a></p></aside>",
        "<nav><a href=/a>Correction: the vote</a></nav>",
    ] {
        let checked = check(&paragraphs(&TEXT), &format!("{text}{aside}"));
        assert_eq!(checked.report.claims, [], "{aside}");
        assert_eq!(checked.report.disclosed, Disclosed::None, "{aside}");
    }
}

#[test]
fn an_abridgement_announces_passages_and_no_word_that_turns_the_sense() {
    let short = [TEXT[0], TEXT[1], TEXT[3]];
    for note in [
        "(Abridged.)",
        "This text has been edited for length and clarity.",
        "(Gekürzt)",
        "(Extraits)",
        "(с сокращениями)",
    ] {
        let checked = check(&paragraphs(&TEXT), &format!("<p>{note}</p>{}", paragraphs(&short)));
        let claim = only(&checked, ClaimKind::AbridgementDeclared);
        assert_eq!(
            (claim.status, checked.report.disclosed),
            (ClaimStatus::Confirmed, Disclosed::All),
            "{note}: {claim:#?}"
        );
        let deleted = checked.report.findings.iter().find(|finding| finding.kind == Kind::TextDeleted).unwrap();
        assert_eq!(deleted.declared_by.as_ref(), Some(&claim.id), "{note}");
        let turned = [TEXT[0].to_owned(), TEXT[1].replace("no ship", "ship"), TEXT[3].to_owned()];
        let checked = check(&paragraphs(&TEXT), &format!("<p>{note}</p>{}", paragraphs(&turned)));
        assert_eq!(checked.report.disclosed, Disclosed::Some, "{note}: a negation went, and length is no reason");
        let whole = check(&paragraphs(&TEXT), &format!("<p>{note}</p>{}", paragraphs(&TEXT)));
        assert_eq!(only(&whole, ClaimKind::AbridgementDeclared).status, ClaimStatus::Contradicted, "{note}");
    }
}

#[test]
fn editing_for_clarity_announces_wording_and_no_number() {
    let edited = [TEXT[0].replace("heard", "listened to"), TEXT[2].replace("14", "40")];
    let copied = [edited[0].as_str(), TEXT[1], edited[1].as_str(), TEXT[3]];
    let checked = check(&paragraphs(&TEXT), &format!("<p>Edited for clarity.</p>{}", paragraphs(&copied)));
    let told: Vec<bool> = checked
        .report
        .findings
        .iter()
        .filter(|f| f.kind == Kind::TextReplaced)
        .map(|f| f.declared_by.is_some())
        .collect();
    assert_eq!((told, checked.report.disclosed), (vec![true, false], Disclosed::Some));
}

#[test]
fn sic_is_held_against_the_word_before_it() {
    let original = paragraphs(&TEXT).replace("pilots", "pilotes");
    for (old, new, status) in
        [("pilotes", "pilotes [sic]", ClaimStatus::Confirmed), ("pilotes", "pirates [sic]", ClaimStatus::Contradicted)]
    {
        let checked = check(&original, &original.replace(old, new));
        let claim = only(&checked, ClaimKind::CorrectionDeclared);
        assert_eq!((claim.status, claim.text.as_str()), (status, "sic"), "{claim:#?}");
        let faithful = status == ClaimStatus::Confirmed;
        assert_eq!(checked.report.verdict == Verdict::Verbatim, faithful, "{:#?}", checked.report.findings);
    }
}

#[test]
fn a_word_in_brackets_that_is_part_of_the_sentence_is_an_alteration() {
    for (old, new) in [
        ("the lights", "the (updated) lights"),
        ("the ferries", "the (shortened) ferries"),
        ("The cost", "The (corrected) cost"),
    ] {
        let altered = paragraphs(&TEXT).replace(old, new);
        let checked = check(&paragraphs(&TEXT), &altered);
        assert_eq!(checked.report.verdict, Verdict::Altered, "{new}: {:#?}", checked.report.findings);
        assert_eq!(checked.report.disclosed, Disclosed::None, "{new}");
    }
}

#[test]
fn what_two_texts_cannot_tell_stays_open() {
    for (note, kind) in [
        ("(As prepared for delivery)", ClaimKind::CorrectionDeclared),
        ("Correction: an earlier version of this article named another day.", ClaimKind::CorrectionDeclared),
        ("Updated: the vote is now on Tuesday.", ClaimKind::CorrectionDeclared),
        ("Translated from the Norwegian by Jane Doe.", ClaimKind::TranslationDeclared),
        ("Republished with permission.", ClaimKind::Licence),
        ("Mit freundlicher Genehmigung des Verlags.", ClaimKind::Licence),
        ("This article was originally published by the Daily Harbour.", ClaimKind::SourceLink),
        ("Dieser Artikel erschien zuerst im Hafenblatt.", ClaimKind::SourceLink),
        ("La fuente original de este artículo es el Diario del Puerto.", ClaimKind::SourceLink),
    ] {
        let checked = check(&paragraphs(&TEXT), &format!("{}<p>{note}</p>", paragraphs(&TEXT)));
        let claims = claims(&checked, kind);
        assert!(
            claims.iter().any(|claim| claim.status == ClaimStatus::Unverifiable),
            "{note}: {:#?}",
            checked.report.claims
        );
        assert!(checked.report.claims.iter().all(|claim| claim.status != ClaimStatus::Contradicted), "{note}");
        assert_eq!(checked.report.verdict, Verdict::Verbatim, "{note}");
    }
}

proptest! {
    #![proptest_config(super::invariants::config())]

    /// No text makes the search for declarations fall over, and what it finds lies in the text.
    #[test]
    fn any_text_may_be_searched(text in any_text()) {
        for found in vidimus::extract::declarations::find(&text) {
            prop_assert!(text.get(found.bytes.clone()).is_some_and(|words| !words.is_empty()), "{text:?}");
            prop_assert!(found.by.is_none_or(|by| text.get(by).is_some()), "{text:?}");
        }
        check(&paragraphs(&TEXT), &format!("<p>{text}</p>{}<p>{text}</p>", paragraphs(&TEXT)));
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(vec![
            "emphasis added", "(", ")", "[", "]", "sic", "abridged", "by ", "By Jane Doe", "the third paragraph", "…", "’", "İ", "ẞ", "ﬁ",
            "translated from", "c’est nous qui soulignons", "aus dem Norwegischen übersetzt", "Correction: ", ". ", "; ", "– ", "\n",
            "originally published by the ", "Ministry of Ships", " on 11 November 2017", "under the title “", "”", "Source: ", "http://", "CC BY-",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.join(" "))
}
