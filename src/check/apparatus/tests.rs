//! What is one place and of which kind, who reads what, and that base and apparatus are every version.

use super::{Apparatus, Place, PlaceKind, collate};
use crate::{
    capture::Capture,
    check::{Facet, Severity},
    extract::{self, Document},
};

fn read(paragraphs: &[&str]) -> Document {
    let html: String = paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect();
    let page = format!("<!doctype html><meta charset=utf-8><body>{html}</body>");
    extract::read(&Capture::from_bytes("page.html", page.into_bytes(), Some("text/html")).unwrap())
}

fn of(versions: &[&[&str]]) -> Apparatus {
    let documents: Vec<Document> = versions.iter().map(|paragraphs| read(paragraphs)).collect();
    collate(&documents.iter().collect::<Vec<_>>(), &[])
}

/// A place as `kind base: reading | reading`.
fn line(place: &Place) -> String {
    let reading = |one: &super::Reading| format!("{} {:?}", one.sigla.concat(), one.text.trim());
    let readings: Vec<String> = place.readings.iter().map(reading).collect();
    let within = if place.within.is_some() { "> " } else { "" };
    format!("{within}{}: {}", place.kind.slug(), readings.join(" | "))
}

fn lines(versions: &[&[&str]]) -> Vec<String> {
    of(versions).places.iter().map(line).collect()
}

const OPENING: &str = "Ministers met in the capital on Monday to speak about the harbour and its dues.";
const TALKS: &str = "They will continue their talks in May, once the treaty has been signed by all.";
const GRAIN: &str = "The minister said that grain will not be sold abroad before the winter is over.";
const CLOSING: &str = "A further meeting is planned, and both sides thanked the hosts for their patience.";

#[test]
fn versions_that_agree_have_no_place() {
    assert_eq!(lines(&[&[OPENING, TALKS], &[OPENING, TALKS], &[OPENING, TALKS]]), Vec::<String>::new());
    assert_eq!(lines(&[]), Vec::<String>::new());
    assert_eq!(lines(&[&[OPENING]]), Vec::<String>::new());
}

#[test]
fn one_place_for_one_alteration() {
    let june = TALKS.replace("May", "June");
    let july = TALKS.replace("May", "July");
    let sold = GRAIN.replace("not be sold", "be sold");
    for (versions, expected) in [
        (&[&[OPENING, TALKS][..], &[OPENING, &june], &[OPENING, &june]][..], &[r#"words: A "May" | BC "June""#][..]),
        (&[&[OPENING, TALKS], &[OPENING, &june], &[OPENING, &july]], &[r#"words: A "May" | B "June" | C "July""#]),
        (&[&[TALKS, GRAIN], &[TALKS, &sold], &[TALKS, GRAIN]], &[r#"omission: AC "not" | B """#]),
        (&[&[TALKS, &sold], &[TALKS, GRAIN]], &[r#"insertion: A "" | B "not""#]),
        (&[&[OPENING, GRAIN], &[OPENING, TALKS, GRAIN]], &[&format!(r#"insertion: A "" | B {TALKS:?}"#)]),
        (&[&[OPENING, TALKS, GRAIN], &[OPENING, GRAIN]], &[&format!(r#"omission: A {TALKS:?} | B """#)]),
    ] {
        assert_eq!(lines(versions), expected);
    }
}

#[test]
fn what_only_touches_is_two_places() {
    let very = TALKS.replace("in May", "in late May");
    let june = TALKS.replace("May", "June");
    assert_eq!(
        lines(&[&[OPENING, TALKS], &[OPENING, &very], &[OPENING, &june]]),
        [r#"insertion: AC "" | B "late""#, r#"words: AB "May" | C "June""#]
    );
}

#[test]
fn a_difference_within_a_passage_that_others_lack_is_a_place_within() {
    let june = TALKS.replace("May", "June");
    let with = |talks: &'static str| [OPENING, talks, GRAIN];
    let changed: &'static str = Box::leak(june.clone().into_boxed_str());
    assert_eq!(
        lines(&[&[OPENING, GRAIN], &with(TALKS), &with(changed), &[OPENING, GRAIN]]),
        [format!(r#"insertion: AD "" | BC {TALKS:?}"#), r#"> words: B "May" | C "June""#.to_owned()]
    );
    assert_eq!(
        lines(&[&with(TALKS), &[OPENING, GRAIN], &with(changed)]),
        [format!(r#"omission: AC {TALKS:?} | B """#), r#"> words: A "May" | C "June""#.to_owned()]
    );
}

#[test]
fn a_paragraph_elsewhere_is_one_place() {
    let places = lines(&[
        &[OPENING, TALKS, GRAIN, CLOSING],
        &[TALKS, GRAIN, CLOSING, OPENING],
        &[OPENING, TALKS, GRAIN, CLOSING],
    ]);
    let bare = OPENING.trim_end_matches('.');
    assert_eq!(places, [format!(r#"moved: AC {bare:?} | B {bare:?}"#)]);
}

const ASKED: &str = "QUESTION: Is there anything new about the lamps on the outer mole of the old harbour?";
const ANSWER: &str = "PRICE: The fishermen asked for lower dues, and the town promised to look at the matter.";

/// What stands at the edges of a passage that moved moves with it, and a label put before the next paragraph is that one's.
#[test]
fn nothing_but_what_moved_is_told_of_a_moved_paragraph() {
    let titled = ANSWER.replace("PRICE", "MR PRICE");
    let last: &[&str] = &[OPENING, TALKS, GRAIN, CLOSING];
    let none: &[&str] = &[];
    for (versions, others) in [
        (&[&[OPENING, TALKS, ASKED, ANSWER][..], &[OPENING, TALKS, ANSWER, ASKED]][..], none),
        (&[last, &[GRAIN, OPENING, TALKS, CLOSING]], none),
        (&[last, &[OPENING, TALKS, CLOSING, GRAIN], last], none),
        (&[&[OPENING, TALKS, ASKED, ANSWER], &[OPENING, TALKS, &titled, ASKED]], &[r#"insertion: A "" | B "MR""#]),
        (&[&[OPENING, TALKS, ASKED, &titled], &[OPENING, TALKS, ANSWER, ASKED]], &[r#"omission: A "MR" | B """#]),
    ] {
        let all = lines(versions);
        let (moved, rest): (Vec<&str>, Vec<&str>) =
            all.iter().map(String::as_str).partition(|line| line.starts_with("moved"));
        assert_eq!((moved.len(), &rest[..]), (1, others), "{all:#?}");
    }
}

/// Four versions in which paragraphs move, go and change: of every reading each of its versions has the words.
#[test]
fn who_is_given_a_reading_has_its_words() {
    let june = TALKS.replace("May", "June");
    let titled = ANSWER.replace("PRICE", "MR PRICE");
    let short = CLOSING.replace("both sides", "they");
    let families: [&[&[&str]]; 4] = [
        &[&[OPENING, TALKS, GRAIN, CLOSING], &[OPENING, GRAIN, CLOSING, &june], &[OPENING, TALKS, CLOSING]],
        &[&[OPENING, TALKS, GRAIN, ASKED, ANSWER], &[GRAIN, OPENING, &june, &titled, ASKED], &[OPENING, TALKS, ANSWER]],
        &[
            &[OPENING, TALKS, GRAIN, CLOSING, ASKED, ANSWER],
            &[OPENING, GRAIN, &short, &june, ASKED, ANSWER],
            &[OPENING, TALKS, CLOSING, ASKED, &titled],
            &[GRAIN, OPENING, TALKS, &short, ANSWER, ASKED],
        ],
        &[&[OPENING, GRAIN], &[OPENING, TALKS, GRAIN], &[OPENING, &june, GRAIN], &[TALKS, OPENING, GRAIN, CLOSING]],
    ];
    let words = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    };
    for versions in families {
        let places = of(versions).places;
        assert!(!places.is_empty());
        for place in &places {
            let looked_into = places.iter().any(|inner| inner.within.as_deref() == Some(&place.id));
            for reading in place
                .readings
                .iter()
                .filter(|one| !looked_into && one.anchor.is_some() && place.kind != PlaceKind::Moved)
            {
                for siglum in &reading.sigla {
                    let at = usize::from(siglum.as_bytes()[0] - b'A');
                    let whole = format!(" {} ", words(&versions[at].join(" ")));
                    let own = words(&reading.text);
                    assert!(
                        own.is_empty() || whole.contains(&format!(" {own} ")),
                        "{siglum} lacks {own:?}\n{place:#?}"
                    );
                }
            }
        }
    }
}

#[test]
fn signs_capitals_and_emphasis_are_told_from_words() {
    let base = "They agreed on \"peace\" – at last, in May.";
    for (other, expected, severity) in [
        (
            "They agreed on “peace” – at last, in May.",
            &[r#"A "\"" | B "“""#, r#"A "\" –" | B "” –""#][..],
            Severity::Note,
        ),
        ("They agreed on \"peace\" - at last, in May.", &[r#"A "\" –" | B "\" -""#], Severity::Note),
        ("They agreed on \"peace\" – at LAST, in May.", &[r#"A "last" | B "LAST""#], Severity::Warning),
        ("They agreed on \"peace\" – at <b>last</b>, in May.", &[r#"A "last" | B "last""#], Severity::Warning),
        ("They agreed on \"peace\" – at last, in March.", &[r#"A "May" | B "March""#], Severity::Error),
        ("They agreed on \"peace\" – at long last, in May.", &[r#"A "" | B "long""#], Severity::Warning),
    ] {
        let apparatus = of(&[&[base], &[other]]);
        let found: Vec<String> = apparatus.places.iter().map(line).collect();
        let own: Vec<&str> = found.iter().filter_map(|line| Some(line.split_once(": ")?.1)).collect();
        assert_eq!(own, expected, "{other}");
        assert!(apparatus.places.iter().all(|place| place.severity == severity), "{:#?}", apparatus.places);
    }
    let spelled = of(&[&["The organisation met at the harbour."], &["The organization met at the harbor."]]);
    assert!(spelled.places.iter().all(|place| place.severity == Severity::Note), "{:#?}", spelled.places);
    let numbers = of(&[&["They adopted resolution 2254 on that day."], &["They adopted resolution 2245 on that day."]]);
    assert_eq!((numbers.places[0].severity, &numbers.places[0].facets[..]), (Severity::Error, &[Facet::Number][..]));
}

#[test]
fn a_copy_shares_readings() {
    let june = TALKS.replace("May", "June");
    let sold = GRAIN.replace("not be sold", "be sold");
    let own = TALKS.replace("May", "August");
    let versions = [read(&[OPENING, TALKS, GRAIN]), read(&[OPENING, &june, &sold])];
    let copies = [
        read(&[OPENING, &june, &sold]),
        read(&[OPENING, TALKS, &sold]),
        read(&[OPENING, &own, GRAIN]),
        read(&[OPENING]),
    ];
    let apparatus = collate(&versions.iter().collect::<Vec<_>>(), &copies.iter().collect::<Vec<_>>());
    let had: Vec<Vec<Option<usize>>> =
        apparatus.places.iter().map(|place| place.copies.iter().map(|copy| copy.reading).collect()).collect();
    assert_eq!(had, [[Some(1), Some(0), None, None], [Some(1), Some(1), Some(0), None]]);
    assert_eq!(apparatus.places[0].copies[2].text.as_deref(), Some("August"));
    assert_eq!(apparatus.places[0].copies[3].text.as_deref(), Some(""));
}

#[test]
fn what_pages_put_around_is_set_aside() {
    let page = |menu: &str, month: &str| {
        let html = format!(
            "<!doctype html><body><nav><a href=/>Home</a> <a href=/x>{menu}</a></nav><p>{OPENING}</p>\
            <p>They will meet in {month} by the river.</p><footer>Visited {menu} times</footer></body>"
        );
        extract::read(&Capture::from_bytes("page.html", html.into_bytes(), Some("text/html")).unwrap())
    };
    let (one, other) = (page("12", "May"), page("13", "June"));
    let places = collate(&[&one, &other], &[]).places;
    let kept: Vec<String> = places.iter().filter(|place| !place.set_aside).map(line).collect();
    assert_eq!(kept, [r#"words: A "May" | B "June""#], "{places:#?}");
    assert!(places.iter().filter(|place| place.set_aside).all(|place| place.severity == Severity::Note));
    assert_eq!(places.len(), 3);
}
