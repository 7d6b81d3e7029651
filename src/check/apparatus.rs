//! Several versions of one text → every place where they differ, and which version reads what: an apparatus criticus.
//!
//! Documents come in, the first of them the base; [`Place`]s go out, in the order of the base. Base and apparatus together are
//! every version: taking a version's readings for the base's gives that version's text back, letter for letter. `tiles` cuts a
//! text into words and what stands between them, `laid` lays one version along the base, `gather` makes places of what was found,
//! `kind` says what each is, `emphasis` looks at words set off, `moved` at passages in another place. Nothing is judged but how
//! grave a difference is: who of the versions is right is not asked here. Add a kind of place in `place`.

mod emphasis;
mod furniture;
mod gather;
mod kind;
mod laid;
mod moved;
mod place;
mod tiles;

pub use place::{Apparatus, Place, PlaceKind, Reading, Shared};

use std::collections::BTreeMap;

use super::{Severity, draft, pair::whole_anchor};
use crate::{extract::Document, text::words::Lexicon};
use gather::{Found, Gathered};
use laid::Laid;
use tiles::{Tiles, in_one};

/// Collates `versions`, the first of which is the base, and says which reading each of `copies` has.
///
/// ```
/// use vidimus::{Capture, check::apparatus::{PlaceKind, collate}, extract};
/// let read = |text: &str| Capture::from_bytes("page.html", text.as_bytes().to_vec(), Some("text/html"))
///     .map(|capture| extract::read(&capture));
/// let (first, second) = (read("<p>Talks go on in May.</p>")?, read("<p>Talks go on in June.</p>")?);
/// let apparatus = collate(&[&first, &second], &[&second]);
/// let [place] = &apparatus.places[..] else { panic!() };
/// assert_eq!((place.kind, place.lemma.exact.as_str()), (PlaceKind::Words, "May"));
/// assert_eq!((place.readings[1].text.as_str(), &place.readings[1].sigla[..]), ("June", &["B".to_owned()][..]));
/// assert_eq!(place.copies[0].reading, Some(1));
/// # Ok::<(), vidimus::capture::Error>(())
/// ```
pub fn collate(versions: &[&Document], copies: &[&Document]) -> Apparatus {
    let Some((base, others)) = versions.split_first() else { return Apparatus::default() };
    let mut lexicon = Lexicon::new();
    let texts: Vec<Tiles<'_>> =
        versions.iter().chain(copies).map(|document| Tiles::of(document, &mut lexicon)).collect();
    let Some(first) = texts.first() else { return Apparatus::default() };
    let own = others.iter().chain(copies).zip(texts.iter().skip(1));
    let laid: Vec<Laid> = own.map(|(own, text)| Laid::of(first, base, text, own)).collect();
    let cut_short =
        laid.iter().enumerate().filter(|(_, laid)| laid.budget_reached).map(|(at, _)| siglum(at + 1)).collect();
    let gathered = Gathered { texts: &texts, laid: &laid, versions: versions.len() };
    let mut found = gathered.places(&mut lexicon, 0);
    found.extend(moved::places(&gathered));
    found.extend(emphasis::places(&gathered));
    Apparatus { places: named(found, versions.len(), &texts), compared_as_wholes: cut_short }
}

/// What version `index` is called: A to Z, then AA and so on.
///
/// ```
/// assert_eq!([0, 25, 26, 27].map(vidimus::check::apparatus::siglum), ["A", "Z", "AA", "AB"]);
/// ```
pub fn siglum(index: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(index % 26).unwrap_or(0));
    match (index / 26).checked_sub(1) {
        Some(before) => format!("{}{letter}", siglum(before)),
        None => letter.to_string(),
    }
}

/// Gives each place its anchors and its id.
fn named(mut found: Vec<Found>, versions: usize, texts: &[Tiles<'_>]) -> Vec<Place> {
    // A reader of the base meets them so; what stands within another place stands right behind it.
    found.sort_by_key(|one| (one.place.start, one.place.end, one.kind));
    let mut flat = Vec::new();
    for one in found {
        flatten(one, None, &mut flat);
    }
    let mut seen = BTreeMap::new();
    let mut ids: Vec<String> = Vec::new();
    let mut places = Vec::new();
    for (one, within) in flat {
        let place = one.named(versions, texts, &mut seen, within.and_then(|at| ids.get(at).cloned()));
        ids.push(place.id.clone());
        places.push(place);
    }
    places
}

fn flatten(mut one: Found, within: Option<usize>, flat: &mut Vec<(Found, Option<usize>)>) {
    let inner = std::mem::take(&mut one.inner);
    flat.push((one, within));
    let own = flat.len() - 1;
    for place in inner {
        flatten(place, Some(own), flat);
    }
}

impl Found {
    fn named(
        self,
        versions: usize,
        texts: &[Tiles<'_>],
        seen: &mut BTreeMap<String, usize>,
        within: Option<String>,
    ) -> Place {
        let text = |version: usize, pieces: &[std::ops::Range<usize>]| -> String {
            let document = texts.get(version).map(|text| text.document);
            in_one(pieces.iter().filter_map(|bytes| document?.text.get(bytes.clone())))
        };
        let readings: Vec<Reading> = self
            .readings
            .iter()
            .map(|reading| {
                let first = reading.versions.first().copied().unwrap_or(0);
                let whole = |pieces: &[std::ops::Range<usize>]| match pieces {
                    [one] => texts.get(first).map(|text| whole_anchor(text.document, one)),
                    _ => None,
                };
                Reading {
                    sigla: reading.versions.iter().map(|at| siglum(*at)).collect(),
                    text: text(first, &reading.pieces),
                    anchor: whole(&reading.pieces),
                    styles: reading.styles.clone(),
                }
            })
            .collect();
        let copies = self.copies.iter().map(|(copy, had)| Shared {
            copy: copy - versions,
            reading: had.reading,
            text: had.reading.is_none().then(|| text(*copy, &had.pieces)),
        });
        let lemma = texts.get(self.base).map(|text| whole_anchor(text.document, &self.place)).unwrap_or_default();
        let stem: Vec<&str> = readings.iter().map(|reading| reading.text.as_str()).collect();
        let id = draft::id(&format!("{}\n{}\n{}", self.kind.slug(), lemma.prefix, stem.join("\n")), seen);
        let severity = if self.set_aside { Severity::Note } else { self.severity };
        Place {
            id,
            kind: self.kind,
            severity,
            facets: self.facets,
            set_aside: self.set_aside,
            within,
            base: siglum(self.base),
            lemma,
            readings,
            copies: copies.collect(),
        }
    }
}

#[cfg(test)]
mod tests;
