//! The report as a published format: its schema holds what the program prints and refuses what it must not, the vocabulary of
//! code and schema is one, old reports stay readable, and what a schema cannot say holds as well.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use vidimus::{
    Capture, Checked, Moment, Options, Report, Verdict,
    capture::{Assurance, Via},
    check::{Anchor, ClaimKind, ClaimStatus, Class, Disclosed, Facet, Finding, Kind, Severity},
    extract::{Document, Style},
};

use crate::support::{read, root, schema};

/// A report of version 1 as the first release wrote it. It is never rewritten: whoever kept one can still read it.
const GOLDEN: &str = "snapshots/formats/report-v1.json";

fn golden() -> Value {
    serde_json::from_str(&read(GOLDEN)).unwrap()
}

fn of_schema() -> Value {
    serde_json::from_str(&read(schema::SCHEMA)).unwrap()
}

/// The two cases of the joint statement, judged by the library.
fn checked() -> Vec<Checked> {
    let capture = |path: &str| {
        let path = root().join("snapshots/cases").join(path);
        Capture::from_bytes(path.to_str().unwrap(), std::fs::read(&path).unwrap(), None).unwrap()
    };
    [
        ("syria-joint-statement/original.html", "syria-joint-statement/copy.txt"),
        ("syria-joint-statement-emphasised/original.html", "syria-joint-statement-emphasised/copy.html"),
    ]
    .map(|(original, copy)| vidimus::check(&capture(original), &capture(copy), &Options::new(Moment::from_unix(0))))
    .into()
}

#[test]
fn the_schema_is_one() {
    assert!(schema::is_sound());
}

#[test]
fn an_old_report_stays_readable() {
    let golden = golden();
    assert_eq!(schema::faults(&golden), Vec::<String>::new());
    let report = schema::report(&read(GOLDEN));
    assert_eq!((report.verdict, report.copy.via), (Verdict::Altered, Via::Http));
    assert_eq!(serde_json::to_value(&report).unwrap(), golden, "nothing of it is lost on the way through our types");
}

#[test]
fn the_schema_refuses_what_no_report_may_be() {
    let changes: [(&str, &str, Value); 16] = [
        ("", "report", json!(2)),
        ("", "verdict", json!("fine")),
        ("", "findings", json!(null)),
        ("", "generated_at", json!("yesterday")),
        ("/tool", "name", json!("other")),
        ("/copy", "sha256", json!("ABC")),
        ("/copy", "via", json!("telepathy")),
        ("/copy", "assurance", json!("certain")),
        ("/coverage", "share", json!(1.5)),
        ("/findings/0", "kind", json!("text-vanished")),
        ("/findings/0", "class", json!("edit")),
        ("/findings/0", "severity", json!("fatal")),
        ("/findings/0", "styles", json!(null)),
        ("/findings/0/copy", "start", json!(-1)),
        ("/claims/0", "status", json!("true")),
        ("/summary", "text-moved", json!("one")),
    ];
    for (place, field, value) in changes {
        let mut report = golden();
        let object = report.pointer_mut(place).and_then(Value::as_object_mut).unwrap_or_else(|| panic!("{place}"));
        if value.is_null() {
            assert!(object.remove(field).is_some(), "{place}/{field} is there to be removed");
        } else {
            object.insert(field.to_owned(), value);
        }
        assert!(!schema::faults(&report).is_empty(), "{place}/{field} may be anything");
    }
    let mut report = golden();
    report
        .pointer_mut("/findings/0")
        .and_then(Value::as_object_mut)
        .unwrap()
        .retain(|key, _| key != "copy" && key != "original");
    assert!(!schema::faults(&report).is_empty(), "a finding is about some passage");
}

/// The names a type reads, as its error lists them.
fn names<T: DeserializeOwned>() -> BTreeSet<String> {
    let Err(error) = serde_json::from_value::<T>(json!("no such name")) else { panic!("any name is read") };
    let text = error.to_string();
    let (_, list) = text.split_once("expected ").unwrap();
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn code_and_schema_have_one_vocabulary() {
    let schema = of_schema();
    let allowed = |place: &str| -> BTreeSet<String> {
        let list = schema.pointer(place).and_then(Value::as_array).unwrap_or_else(|| panic!("{place}"));
        list.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    for (known, place) in [
        (names::<Verdict>(), "/properties/verdict/enum"),
        (names::<Disclosed>(), "/properties/disclosed/enum"),
        (names::<Via>(), "/$defs/source/properties/via/enum"),
        (names::<Assurance>(), "/$defs/source/properties/assurance/enum"),
        (names::<Kind>(), "/$defs/finding/properties/kind/enum"),
        (names::<Class>(), "/$defs/finding/properties/class/enum"),
        (names::<Severity>(), "/$defs/finding/properties/severity/enum"),
        (names::<Style>(), "/$defs/finding/properties/styles/items/enum"),
        (names::<Facet>(), "/$defs/finding/properties/facets/items/enum"),
        (names::<ClaimKind>(), "/$defs/claim/properties/kind/enum"),
        (names::<ClaimStatus>(), "/$defs/claim/properties/status/enum"),
    ] {
        assert_eq!(known, allowed(place), "{place}");
    }
    assert_eq!(names::<Kind>(), Kind::ALL.into_iter().map(|kind| kind.slug().to_owned()).collect());
    assert_eq!(Kind::ALL.len(), names::<Kind>().len());
}

#[test]
fn offsets_count_code_points_and_lead_to_the_passage() {
    let right = |document: &Document, anchor: &Anchor| {
        // A passage of several paragraphs counts on through the line breaks that join them.
        let text: Vec<char> = document.text[document.blocks[anchor.block].bytes.start..].chars().collect();
        let part = |from: usize, to: usize| text[from..to].iter().collect::<String>();
        assert_eq!(anchor.exact, part(anchor.start, anchor.end));
        assert!(part(0, anchor.start).ends_with(&anchor.prefix) && anchor.prefix.chars().count() <= 32, "{anchor:?}");
        let behind = part(anchor.end, text.len());
        assert!(behind.starts_with(&anchor.suffix) && anchor.suffix.chars().count() <= 32, "{anchor:?}");
    };
    let mut seen = 0;
    for Checked { report, original, copy, .. } in checked() {
        for finding in &report.findings {
            finding.original.iter().for_each(|anchor| right(&original, anchor));
            finding.copy.iter().for_each(|anchor| right(&copy, anchor));
        }
        report.claims.iter().filter_map(|claim| claim.copy.as_ref()).for_each(|anchor| right(&copy, anchor));
        seen += report.findings.len() + report.claims.len();
    }
    assert!(seen > 20);
}

#[test]
fn offsets_do_not_count_bytes() {
    let page = |text: &str| Capture::from_bytes("page.html", text.into(), Some("text/html; charset=utf-8")).unwrap();
    let original = page("<p>𝔗he 🇫🇷 café — “naïve” talks will continue in May.</p>");
    let copy = page("<p>𝔗he 🇫🇷 café — “naïve” talks <b>will continue</b> in May.</p>");
    let report = vidimus::check(&original, &copy, &Options::new(Moment::from_unix(0))).report;
    let [Finding { copy: Some(anchor), .. }] = report.findings.as_slice() else { panic!("{:#?}", report.findings) };
    assert_eq!((anchor.start, anchor.end, anchor.exact.as_str()), (28, 41, "will continue"));
    assert_eq!(anchor.prefix, "𝔗he 🇫🇷 café — “naïve” talks ");
}

#[test]
fn what_a_schema_cannot_say_holds_as_well() {
    for Checked { report, .. } in checked() {
        let ids: Vec<&str> = report.findings.iter().map(|finding| finding.id.as_str()).collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "two findings have one id: {ids:?}");
        let claims: BTreeSet<&str> = report.claims.iter().map(|claim| claim.id.as_str()).collect();
        assert_eq!(claims.len(), report.claims.len(), "two claims have one id");
        let mut counts = BTreeMap::new();
        for finding in &report.findings {
            *counts.entry(finding.kind.slug().to_owned()).or_insert(0) += 1;
            assert_eq!(finding.class, finding.kind.class());
            assert!(finding.declared_by.as_deref().is_none_or(|id| claims.contains(id)), "{finding:#?}");
            assert!(finding.message.ends_with('.') && !finding.message.contains('\n'), "{}", finding.message);
        }
        assert_eq!(report.summary, counts);
        let coverage = &report.coverage;
        assert!(coverage.matched_words <= coverage.original_words);
        let share = coverage.matched_words as f64 / coverage.original_words as f64;
        assert!((coverage.share - share).abs() < 0.0001, "{coverage:?}");
        let places: Vec<(usize, usize)> = report.findings.iter().map(place).collect();
        assert!(places.is_sorted(), "findings stand in the order of the copy: {places:?}");
    }
}

/// Where in the copy a finding stands.
fn place(finding: &Finding) -> (usize, usize) {
    match (&finding.copy, &finding.at) {
        (Some(anchor), _) => (anchor.block, anchor.start),
        (None, Some(point)) => (point.block, point.offset),
        (None, None) => panic!("stands nowhere: {finding:#?}"),
    }
}

#[test]
fn ids_survive_changes_elsewhere() {
    let page = |text: &str| Capture::from_bytes("page.html", text.into(), None).unwrap();
    let ids = |copy: &str| {
        let original = page("<p>Talks will continue in May.</p><p>Nobody expects results before the summer.</p>");
        let report = vidimus::check(&original, &page(copy), &Options::new(Moment::from_unix(0))).report;
        report.findings.into_iter().map(|finding| (finding.kind, finding.id)).collect::<BTreeMap<_, _>>()
    };
    let first = ids("<p>Talks will continue in May.</p><p>Nobody expects <b>results</b> before the summer.</p>");
    let second = ids("<p>Talks may continue in May.</p><p>Nobody expects <b>results</b> before the summer.</p>");
    assert_eq!(first[&Kind::EmphasisAdded], second[&Kind::EmphasisAdded]);
    assert!(second.contains_key(&Kind::TextReplaced) && !first.contains_key(&Kind::TextReplaced));
}

#[test]
fn nothing_but_time_tells_two_reports_apart() {
    let page = |text: &str| Capture::from_bytes("page.html", text.into(), None).unwrap();
    let (original, copy) = (page("<p>Talks will continue in May.</p>"), page("<p>Talks may continue in May.</p>"));
    let at = |seconds: i64| vidimus::check(&original, &copy, &Options::new(Moment::from_unix(seconds))).report;
    let (early, late) = (at(0), at(1_000_000_000));
    assert_ne!(early, late);
    assert_eq!(Report { generated_at: late.generated_at, ..early }, late);
}
