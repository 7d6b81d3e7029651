//! An apparatus and its base are every version: whoever has both can write each of them out again.

use proptest::{collection::vec, prelude::*};
use vidimus::{
    Capture,
    check::apparatus::{Apparatus, Place, PlaceKind, collate, siglum},
    extract::{self, Document, Style},
    text::words::fold,
};

use super::{
    config,
    same::plain,
    texts::{Alteration, Text, alteration, altered, paragraphs, text},
};

fn read(text: &Text) -> Document {
    let page = format!("<!doctype html><meta charset=\"utf-8\"><body>{}</body>", paragraphs(text));
    extract::read(&Capture::from_bytes("page.html", page.into_bytes(), Some("text/html")).unwrap())
}

/// Where a place begins and ends in the text of its base, in bytes.
fn bytes(document: &Document, place: &Place) -> std::ops::Range<usize> {
    let block = document.blocks[place.lemma.block].bytes.start;
    let byte = |offset: usize| {
        let rest = &document.text[block..];
        block + rest.char_indices().nth(offset).map_or(rest.len(), |(at, _)| at)
    };
    let bytes = byte(place.lemma.start)..byte(place.lemma.end);
    assert_eq!(document.text[bytes.clone()], place.lemma.exact);
    bytes
}

/// Whether a place is about the text and not about how or where it is set.
fn is_of_text(place: &Place) -> bool {
    let capitals = |one: &vidimus::check::apparatus::Reading| one.styles == Some(vec![Style::Capitals]);
    match place.kind {
        PlaceKind::Words | PlaceKind::Insertion | PlaceKind::Omission | PlaceKind::Typography => true,
        PlaceKind::Emphasis => place.readings.iter().any(capitals),
        PlaceKind::Moved => false,
    }
}

struct Scribe<'a> {
    documents: &'a [Document],
    apparatus: &'a Apparatus,
    /// What parts readings from what stands beside them: where passages moved, the signs at their edges go with neither.
    joint: &'static str,
}

impl Scribe<'_> {
    /// The text of version `own`, in the order of the base.
    fn write(&self, own: &str) -> String {
        self.part("A", 0..self.documents[0].text.len(), None, own)
    }

    /// What `own` has for a stretch of `base`.
    fn part(&self, base: &str, stretch: std::ops::Range<usize>, within: Option<&str>, own: &str) -> String {
        let index = (0..self.documents.len()).find(|at| siglum(*at) == base).unwrap();
        let document = &self.documents[index];
        let (mut text, mut at) = (String::new(), stretch.start);
        for place in self.apparatus.places.iter().filter(|place| place.within.as_deref() == within && is_of_text(place))
        {
            // A version that lacks the longer passage has no reading within it.
            assert!(within.is_some() || place.base == base, "{place:#?}");
            let bytes = bytes(document, place);
            if place.base != base || bytes.start < stretch.start || bytes.end > stretch.end {
                continue;
            }
            assert!(bytes.start >= at, "places overlap: {place:#?}");
            let reading = place.readings.iter().find(|one| one.sigla.iter().any(|siglum| siglum == own)).unwrap();
            text.push_str(&document.text[at..bytes.start]);
            text.push_str(self.joint);
            let first = &reading.sigla[0];
            let inner = |one: &&Place| one.within.as_deref() == Some(&place.id) && one.base == *first;
            if first != own && self.apparatus.places.iter().any(|one| inner(&one)) {
                let anchor = reading.anchor.as_ref().unwrap();
                let of = Place { lemma: anchor.clone(), ..place.clone() };
                let there = (0..self.documents.len()).find(|at| siglum(*at) == *first).unwrap();
                let stretch = self::bytes(&self.documents[there], &of);
                text.push_str(&self.part(first, stretch, Some(&place.id), own));
            } else {
                text.push_str(&reading.text);
            }
            text.push_str(self.joint);
            at = bytes.end;
        }
        text.push_str(&document.text[at..stretch.end]);
        text
    }
}

fn sorted(text: &str) -> Vec<String> {
    let mut words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).map(fold).filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}

fn rebuilds(versions: &[Text]) -> Result<(), TestCaseError> {
    let documents: Vec<Document> = versions.iter().map(read).collect();
    let apparatus = collate(&documents.iter().collect::<Vec<_>>(), &[]);
    let moved = apparatus.places.iter().any(|place| place.kind == PlaceKind::Moved);
    let scribe = Scribe { documents: &documents, apparatus: &apparatus, joint: if moved { " " } else { "" } };
    for (at, document) in documents.iter().enumerate() {
        let own = siglum(at);
        let written = scribe.write(&own);
        if moved {
            prop_assert_eq!(sorted(&written), sorted(&document.text), "{}\n{:#?}", own, apparatus.places);
        } else {
            prop_assert_eq!(&written, &document.text, "{}\n{:#?}", own, apparatus.places);
        }
    }
    for place in &apparatus.places {
        let mut sigla: Vec<&String> = place.readings.iter().flat_map(|reading| &reading.sigla).collect();
        let count = sigla.len();
        sigla.sort_unstable();
        sigla.dedup();
        prop_assert_eq!(count, sigla.len(), "each version reads once: {:#?}", place);
        prop_assert!(place.readings.len() > 1, "there is a difference: {:#?}", place);
        let whole = place.within.is_some() || matches!(place.kind, PlaceKind::Moved | PlaceKind::Emphasis);
        prop_assert!(whole || count == versions.len(), "each version reads: {:#?}", place);
    }
    Ok(())
}

/// A text and versions of it, altered anew or one from the other.
fn family(moves: bool) -> impl Strategy<Value = Vec<Text>> {
    let texts = prop_oneof![text(), (0..1000_usize).prop_map(plain)];
    (texts, vec((vec(alteration(), 0..4), any::<bool>()), 1..4)).prop_map(move |(base, revisions)| {
        let mut versions = vec![base];
        for (revision, onwards) in revisions {
            let within = |one: &Alteration| {
                moves
                    || !matches!(
                        one,
                        Alteration::MoveParagraph(..) | Alteration::MoveWords(..) | Alteration::Repeat(..)
                    )
            };
            let revision: Vec<Alteration> = revision.into_iter().filter(within).collect();
            let from = if onwards { versions.last() } else { versions.first() }.cloned().unwrap_or_default();
            versions.push(altered(&from, &revision));
        }
        versions.retain(|version| !version.is_empty());
        versions
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn base_and_apparatus_are_every_version(versions in family(false)) {
        rebuilds(&versions)?;
    }

    #[test]
    fn no_word_is_lost_where_passages_moved(versions in family(true)) {
        rebuilds(&versions)?;
    }

    #[test]
    fn a_copy_of_a_version_agrees_with_it_everywhere(versions in family(false), which in 0..4_usize) {
        prop_assume!(!versions.is_empty());
        let documents: Vec<Document> = versions.iter().map(read).collect();
        let copied = which % documents.len();
        let apparatus = collate(&documents.iter().collect::<Vec<_>>(), &[&documents[copied]]);
        let own = siglum(copied);
        for place in &apparatus.places {
            let reading = place.readings.iter().position(|one| one.sigla.contains(&own));
            let had = place.copies.iter().find(|copy| copy.copy == 0).and_then(|copy| copy.reading);
            if reading.is_some() {
                prop_assert_eq!(had, reading, "{:#?}", place);
            }
        }
    }
}
