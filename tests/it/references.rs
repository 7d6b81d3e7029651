//! Identifiers in the text: another number, address or day is an error whatever it looks like, another way of writing the same one
//! is at most a note.

use proptest::prelude::*;
use vidimus::{
    Capture, Checked, Moment, Options, Verdict,
    check::{Finding, Severity},
};

use crate::support::rebuild::assert_rebuilds;

fn page(words: &str) -> Capture {
    let html = format!(
        "<!doctype html><meta charset=utf-8><p>The board met on Monday and heard the pilots for three hours in the old hall.</p>\
         <p>It bases its decision upon {words} and upon nothing else that was said there.</p>\
         <p>The board will meet again in May and decide about the ferries to the outer islands.</p>"
    );
    Capture::from_bytes("page.html", html.into_bytes(), Some("text/html")).unwrap()
}

fn check(original: &str, copy: &str) -> Checked {
    let checked = vidimus::check(&page(original), &page(copy), &Options::new(Moment::from_unix(0)));
    assert_rebuilds(&checked);
    checked
}

fn gravest(checked: &Checked) -> Option<Severity> {
    checked.report.findings.iter().map(|finding: &Finding| finding.severity).max()
}

#[test]
fn a_changed_identifier_is_an_error() {
    for (original, copy) in [
        ("UNSCR 2254", "UNSCR 2245"),
        ("UNSCR 2254", "UN Security Council Resolution 2245"),
        ("Security Council resolution 2254", "General Assembly resolution 2254"),
        ("resolution 2254 (2015)", "resolution 2254 (2016)"),
        ("Pub. L. 117-58", "Pub. L. 117-85"),
        ("Pub. L. 117-58", "Pub. L. 11758"),
        ("H.R. 3684", "H.R. 3648"),
        ("H.R. 3684", "S. 3684"),
        ("No. 21-1234", "No. 21-1243"),
        ("Executive Order 14028", "Executive Order 14082"),
        ("§ 5(a)", "§ 5(b)"),
        ("Section 5", "Article 5"),
        ("Title IX", "Title XI"),
        ("410 U.S. 113", "410 U.S. 131"),
        ("42 U.S.C. § 1983", "42 C.F.R. § 1983"),
        ("the meeting of 2017-11-11", "the meeting of 2017-11-12"),
        ("the meeting of 2017-11-11", "the meeting of 12 November 2017"),
        ("https://www.state.gov/releases/lights", "https://www.state.gov/releases/nights"),
        ("https://www.state.gov/releases/lights", "https://www.slate.gov/releases/lights"),
        ("https://a.example/x_y", "https://a.example/x-y"),
        ("https://bit.example/AbCd", "https://bit.example/abcd"),
        ("the letter to press@state.gov", "the letter to press@stale.gov"),
        ("the letter to press-desk@state.gov", "the letter to pressdesk@state.gov"),
        ("the account @StateDept", "the account @StateDebt"),
        ("the answer of 202-647-4000", "the answer of 202-647-4001"),
        ("+1 202 647 4000", "+1 202 674 4000"),
    ] {
        let checked = check(original, copy);
        assert_eq!(gravest(&checked), Some(Severity::Error), "{original} → {copy}: {:#?}", checked.report.findings);
        assert_eq!(checked.report.verdict, Verdict::Altered, "{original} → {copy}");
    }
}

#[test]
fn the_same_identifier_in_another_form_is_a_note() {
    for (original, copy) in [
        ("UNSCR 2254", "UN Security Council Resolution 2254"),
        ("U.N. Security Council Resolution 2254", "UNSCR 2254"),
        ("H.R. 3684", "HR 3684"),
        ("H.R. 3684", "H. R. 3684"),
        ("Public Law 117-58", "Pub. L. 117-58"),
        ("Pub. L. 117-58", "Pub. L. 117–58"),
        ("Executive Order 14028", "E.O. 14028"),
        ("Section 5(a)", "§ 5(a)"),
        ("410 U.S. 113", "410 US 113"),
        ("the meeting of 2017-11-11", "the meeting of 11 November 2017"),
        ("the meeting of November 11, 2017", "the meeting of 2017-11-11"),
        ("https://www.state.gov/releases/lights/", "state.gov/releases/lights"),
        ("the letter to Press@State.gov", "the letter to press@state.gov"),
        ("(202) 647-4000", "202-647-4000"),
        ("Title IX", "Title 9"),
    ] {
        let checked = check(original, copy);
        let gravest = gravest(&checked);
        assert!(gravest <= Some(Severity::Note), "{original} → {copy}: {:#?}", checked.report.findings);
        assert_eq!(checked.report.verdict, Verdict::Verbatim, "{original} → {copy}");
    }
}

#[test]
fn what_is_no_identifier_is_judged_as_before() {
    for (original, copy, gravest_is) in [
        ("three hours of it", "3 hours of it", Severity::Note),
        ("the resolution of the board", "the decision of the board", Severity::Warning),
        ("14 million crowns", "40 million crowns", Severity::Error),
    ] {
        assert_eq!(gravest(&check(original, copy)), Some(gravest_is), "{original} → {copy}");
    }
}

proptest! {
    #![proptest_config(super::invariants::config())]

    /// No text makes the search for identifiers fall over, every finding is accounted for, and a page is itself.
    #[test]
    fn any_text_may_be_searched(left in any_text(), right in any_text()) {
        check(&left, &right);
        prop_assert_eq!(check(&left, &left).report.findings, []);
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(vec![
            "UNSCR", "2254", "(2015)", "H.R.", "§", "§§", "No.", "117-58", "@", "a@b.example", "https://", "www.", "x.example/Y", "…", "(",
            ")", "+1", "202", "647-4000", "IX", "Title", "410", "U.S.", "113", "2017-11-11", "November 11, 2017", "E.O.14028", "№", "İ",
            "\u{200b}", "1,", "S/RES/", ",", ".", "–",
        ]).prop_map(str::to_owned),
        1 => "[^<>&\\pC]{0,5}",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.join(" "))
}

/// Lines of plain text are broken behind hyphens and slashes; what stands in the next line is the rest of the address.
#[test]
fn an_address_may_run_over_the_end_of_a_line() {
    let text = |words: &str| {
        let text = format!(
            "The board met on Monday and heard the pilots for three hours.\n\nIt says more at {words} and nowhere else.\n\n\
             The board will meet again in May and decide about the ferries.\n"
        );
        Capture::from_bytes("page.txt", text.into_bytes(), Some("text/plain; charset=utf-8")).unwrap()
    };
    let (whole, options) = ("www.harbour.example/eco-diplomacy/2024", Options::new(Moment::from_unix(0)));
    let verdict = |original: &str, copy: &str| {
        let checked = vidimus::check(&text(original), &text(copy), &options);
        assert_rebuilds(&checked);
        checked.report.verdict
    };
    for broken in ["www.harbour.example/eco-\ndiplomacy/2024", "www.harbour.example/\neco-diplomacy/2024"] {
        assert_eq!(verdict(whole, broken), Verdict::Verbatim, "{broken}");
        assert_eq!(verdict(broken, whole), Verdict::Verbatim, "{broken}");
    }
    for other in [
        "www.harbour.example/eco-\ndiplomacy/2025",
        "www.harbour.example/eco-\ndiplomacy/20245",
        "www.harbour.example/eco",
        "www.harbour.example/eco-diplomacy/2024/x",
        "www.harbour.example/ech-\ndiplomacy/2024",
    ] {
        assert_eq!(verdict(whole, other), Verdict::Altered, "{other}");
    }
}
