//! What the two cases of the joint statement must show, point by point: the republished copy and its constructed sibling.

use std::collections::BTreeMap;

use vidimus::{
    Report, Verdict,
    capture::{Assurance, Via},
    check::{Claim, ClaimKind, ClaimStatus, Class, Disclosed, Facet, Finding, Kind, Severity},
};

use crate::{cases::Laid, support::schema};

fn report(case: &str) -> Report {
    schema::report(&Laid::out(case).run("json").stdout)
}

fn seed() -> Report {
    report("syria-joint-statement")
}

fn emphasised() -> Report {
    report("syria-joint-statement-emphasised")
}

fn of_kind(report: &Report, kind: Kind) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.kind == kind).collect()
}

/// The passages of the copy that findings of `kind` are about.
fn passages(report: &Report, kind: Kind) -> Vec<&str> {
    of_kind(report, kind).into_iter().map(|finding| finding.copy.as_ref().unwrap().exact.as_str()).collect()
}

fn claims(report: &Report, kind: ClaimKind) -> Vec<&Claim> {
    report.claims.iter().filter(|claim| claim.kind == kind).collect()
}

fn only<T>(list: Vec<T>) -> T {
    assert_eq!(list.len(), 1, "exactly one was expected");
    list.into_iter().next().unwrap()
}

#[test]
fn seed_case_the_words_are_intact() {
    let report = seed();
    assert_eq!(report.verdict, Verdict::Verbatim);
    assert_eq!(report.disclosed, Disclosed::NothingToDisclose);
    assert_eq!((report.coverage.matched_words, report.coverage.share), (report.coverage.original_words, 1.0));
    for kind in Kind::ALL.into_iter().filter(|kind| kind.class() != Class::Framing) {
        let expected = usize::from(kind == Kind::ParagraphsSplit);
        assert_eq!(of_kind(&report, kind).len(), expected, "{}", kind.slug());
    }
    assert!(report.findings.iter().all(|finding| finding.severity == Severity::Note));
    assert_eq!(report.quotes, []);
}

#[test]
fn seed_case_the_paragraph_breaks_at_finalized() {
    let report = seed();
    let split = only(of_kind(&report, Kind::ParagraphsSplit));
    let (original, copy) = (split.original.as_ref().unwrap(), split.copy.as_ref().unwrap());
    assert_eq!((original.exact.as_str(), copy.exact.as_str()), ("finalized", "finalized"));
    assert!(original.suffix.starts_with(" the last time the two President"), "in the original it goes on");
    assert_eq!(copy.suffix, "", "in the copy it ends there");
    assert!(split.message.contains("finalized"), "{}", split.message);
}

#[test]
fn seed_case_framing_is_told_apart() {
    let report = seed();
    assert_eq!(passages(&report, Kind::Byline), ["By Pres. Donald Trump and Pres. Vladimir Putin"]);
    assert_eq!(
        passages(&report, Kind::Dateline),
        ["Global Research, November 16, 2017", "U.S. Department of State 11 November 2017"]
    );
    assert_eq!(
        passages(&report, Kind::Topic),
        [
            "Region: Middle East & North Africa, Russia and FSU, USA",
            "Theme: History, US NATO War Agenda",
            "In-depth Report: SYRIA",
        ]
    );
    let preface = only(passages(&report, Kind::Preface));
    assert!(preface.starts_with("We bring to the attention of our readers"), "{preface}");
    assert!(preface.ends_with("the joint statement pertains exclusively to Syria."), "{preface}");
    let beginnings = [
        "The original source of this article is U.S. Department of State",
        "Copyright © Pres. Donald Trump and Pres. Vladimir Putin, U.S. Department of State, 2017",
        "Articles by: Pres. Donald Trump and Pres. Vladimir Putin",
        "Disclaimer: The contents of this article are of sole responsibility of the author(s).",
        "www.globalresearch.ca contains copyrighted material",
        "For media inquiries: publications@globalresearch.ca",
    ];
    let afterword = passages(&report, Kind::Afterword);
    assert_eq!(afterword.len(), beginnings.len(), "{afterword:#?}");
    for (passage, beginning) in afterword.into_iter().zip(beginnings) {
        assert!(passage.starts_with(beginning), "{passage}");
    }
    for kind in [Kind::Headline, Kind::Interjection, Kind::Subheading, Kind::Caption, Kind::Media, Kind::Link] {
        assert_eq!(passages(&report, kind), Vec::<&str>::new(), "{}", kind.slug());
    }
}

#[test]
fn seed_case_site_furniture_is_no_finding() {
    let report = seed();
    // The original's own title stands in the list as well: it is no part of what the site puts around any article.
    let site = report.furniture.iter().filter(|one| one.role != "title");
    let aside: Vec<&str> = site.map(|one| one.excerpt.as_str()).collect();
    assert_eq!(
        aside,
        ["Comment on Global Research Articles on our Facebook page", "Become a Member of Global Research"]
    );
    let said = report.findings.iter().filter_map(|finding| finding.copy.as_ref()).map(|copy| copy.exact.as_str());
    assert!(said.clone().all(|text| !text.contains("Facebook") && !text.contains("Become a Member")));
    assert!(said.count() > 10);
}

#[test]
fn seed_case_claims_are_held_against_the_original() {
    let report = seed();
    let date = only(claims(&report, ClaimKind::Date));
    assert_eq!((date.text.as_str(), date.status), ("11 November 2017", ClaimStatus::Confirmed));
    let publishers: Vec<_> = claims(&report, ClaimKind::Publisher);
    let publishers: Vec<_> = publishers.iter().map(|claim| (claim.text.as_str(), claim.status)).collect();
    assert_eq!(
        publishers,
        [
            ("U.S. Department of State", ClaimStatus::Confirmed),
            ("the White House and The Kremlin", ClaimStatus::Unverifiable),
        ]
    );
    let beside = &claims(&report, ClaimKind::Publisher)[1].evidence;
    assert!(beside.contains("“U.S. Department of State”"), "the copy names another publisher as well: {beside}");
    let author = only(claims(&report, ClaimKind::Author));
    assert_eq!(
        (author.text.as_str(), author.status),
        ("Pres. Donald Trump and Pres. Vladimir Putin", ClaimStatus::Unverifiable),
        "the byline names people who did not issue the statement; the original names nobody"
    );
    assert!(author.evidence.contains("issued by “U.S. Department of State”"), "{}", author.evidence);
    let source = only(claims(&report, ClaimKind::SourceLink));
    assert_eq!(source.text, "The original source of this article is U.S. Department of State");
    assert_eq!(source.status, ClaimStatus::Unverifiable, "the link's target is empty");
}

#[test]
fn seed_case_the_declared_emphasis_cannot_be_seen() {
    let report = seed();
    assert!(!report.copy.emphasis && report.original.emphasis);
    let declared = only(claims(&report, ClaimKind::EmphasisDeclared));
    assert_eq!(declared.text, "emphasis added by Global Research on important concepts");
    assert_eq!(declared.status, ClaimStatus::Unverifiable);
    assert_eq!(declared.evidence, "This format carries no emphasis, so what was emphasised cannot be seen.");
    let limit = only(report.limits.iter().collect());
    assert_eq!(limit.code, "no-emphasis-in-format");
    // Its parenthesis is never closed: the declaration ends with its sentence all the same.
    let anchor = declared.copy.as_ref().unwrap();
    assert!(anchor.prefix.ends_with('(') && anchor.suffix.starts_with(". Although"), "{anchor:?}");
}

#[test]
fn seed_case_the_original_is_called_a_transcription() {
    let case = Laid::out("syria-joint-statement");
    let report = schema::report(&case.run("json").stdout);
    for source in [&report.original, &report.copy] {
        assert_eq!((source.via, source.assurance), (Via::File, Assurance::Supplied));
        assert!(source.url.is_none() && source.retrieved_at.is_none() && source.status.is_none());
    }
    let note = report.original.note.as_deref().unwrap();
    assert!(note.contains("transcription") && note.contains("not a capture"), "{note}");
    for format in ["terminal", "html"] {
        let printed = case.run(format).stdout;
        let printed = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(printed.contains(note), "{format} says so too");
    }
}

#[test]
fn seed_case_emphasised_lists_what_was_done_and_nothing_else() {
    let report = emphasised();
    assert_eq!((report.verdict, report.disclosed), (Verdict::Altered, Disclosed::None));
    assert_eq!(
        passages(&report, Kind::EmphasisAdded),
        [
            "their determination to defeat ISIS",
            "dramatically accelerated",
            "the final defeat of ISIS",
            "sovereignty, unity, independence",
        ]
    );
    let styles = of_kind(&report, Kind::EmphasisAdded).into_iter().flat_map(|finding| &finding.styles);
    assert_eq!(styles.map(|style| style.slug()).collect::<Vec<_>>(), ["bold"; 4]);
    assert_eq!(
        passages(&report, Kind::Link),
        ["open military channels of communication", "foreign forces and foreign fighters"]
    );
    let expected = BTreeMap::from([
        ("emphasis-added", 4),
        ("link", 2),
        ("text-deleted", 1),
        ("text-inserted", 1),
        ("text-moved", 1),
        ("text-replaced", 2),
    ]);
    let counted: BTreeMap<_, _> = report.summary.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
    assert_eq!(counted, expected);
    assert_eq!(report.findings.len(), 11);
    assert!(report.limits.is_empty(), "{:#?}", report.limits);
    assert!(report.furniture.iter().all(|one| one.role == "title"), "{:#?}", report.furniture);
}

#[test]
fn seed_case_emphasised_words_are_marked_as_a_person_would() {
    let report = emphasised();
    let words = |finding: &Finding| {
        let exact = |anchor: &Option<vidimus::check::Anchor>| anchor.as_ref().map(|anchor| anchor.exact.clone());
        (exact(&finding.original), exact(&finding.copy))
    };
    let some = |text: &str| Some(text.to_owned());

    let [date, word] = of_kind(&report, Kind::TextReplaced)
        .try_into()
        .map(|found: [&Finding; 2]| {
            let mut found = found;
            found.sort_by_key(|finding| !finding.facets.contains(&Facet::Date));
            found
        })
        .unwrap();
    assert_eq!(words(word), (some("interim"), some("important")));
    assert_eq!(words(date), (some("8"), some("18")));
    assert_eq!(date.severity, Severity::Error);

    let removed = only(of_kind(&report, Kind::TextDeleted));
    assert_eq!(words(removed), (some("no"), None));
    assert_eq!((removed.facets.as_slice(), removed.severity), ([Facet::Negation].as_slice(), Severity::Error));

    let inserted = only(of_kind(&report, Kind::TextInserted));
    assert_eq!(words(inserted), (None, some("Observers in both capitals were doubtful")));

    let moved = only(of_kind(&report, Kind::TextMoved));
    let (from, to) = words(moved);
    assert_eq!(from, to, "a move changes no word");
    assert!(from.unwrap().starts_with("The two Presidents discussed the ongoing need to reduce human suffering"));
    assert!(moved.original.as_ref().unwrap().block > moved.copy.as_ref().unwrap().block);
}
