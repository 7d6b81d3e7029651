//! Several versions of one text, collated: their order and sigla, the apparatus, and which copies share what.

use std::collections::BTreeMap;

use super::{source, tool, unread, witnesses::oldest_first};
use crate::{
    capture::Capture,
    check::apparatus::{self, Apparatus, Place, siglum},
    extract::{self, Document, Note},
    moment::Moment,
    report::{
        Source,
        wire::collation::{Collation, CopyOf, VERSION, Version, tells},
    },
};

/// Collates `versions` of one text, oldest first where they are dated, and says which of their readings each of `copies` has.
///
/// ```
/// use vidimus::{Capture, Moment, pipeline};
/// let page = |text: &str| Capture::from_bytes("page.html", text.as_bytes().to_vec(), Some("text/html"));
/// let versions = [page("<p>Talks will go on in May.</p>")?, page("<p>Talks will go on in June.</p>")?];
/// let collation = pipeline::collate(&versions, &[page("<p>Talks will go on in June.</p>")?], Moment::from_unix(0));
/// assert_eq!(collation.places[0].readings[1].text, "June");
/// assert_eq!(collation.copies[0].closest, ["B"]);
/// # Ok::<(), vidimus::capture::Error>(())
/// ```
pub fn collate(versions: &[Capture], copies: &[Capture], generated_at: Moment) -> Collation {
    let read = |capture: &Capture| {
        let document = extract::read(capture);
        (source(capture, &document, None), document)
    };
    let given: Vec<(Source, Document)> = versions.iter().map(read).collect();
    let copied: Vec<(Source, Document)> = copies.iter().map(read).collect();
    let (oldest, order) = oldest_first(&given.iter().map(|(source, _)| source).collect::<Vec<_>>());
    let limits = versions.iter().zip(&given).chain(copies.iter().zip(&copied));
    let mut limits: Vec<Note> =
        limits.flat_map(|(capture, (_, document))| unread(&capture.locator, capture, document)).collect();
    let ordered: Vec<&(Source, Document)> = oldest.iter().filter_map(|at| given.get(*at)).collect();
    let texts: Vec<&Document> = ordered.iter().map(|(_, document)| document).collect();
    let others: Vec<&Document> = copied.iter().map(|(_, document)| document).collect();
    let Apparatus { places, compared_as_wholes } = apparatus::collate(&texts, &others);
    limits.extend(compared_as_wholes.iter().map(|siglum| Note {
        code: "budget-reached".to_owned(),
        message: format!("{siglum} and the base differ over long stretches; those were compared as wholes."),
    }));
    let mut summary = BTreeMap::new();
    for place in places.iter().filter(|place| !place.set_aside) {
        *summary.entry(place.kind.slug().to_owned()).or_insert(0) += 1;
    }
    let sigla: Vec<String> = (0..ordered.len()).map(siglum).collect();
    let named = sigla.iter().zip(&ordered);
    let versions = named.map(|(siglum, one)| Version { siglum: siglum.clone(), source: one.0.clone() }).collect();
    let copies = copied.into_iter().enumerate().map(|(at, (source, _))| copy_of(at, source, &sigla, &places)).collect();
    Collation { collation: VERSION, tool: tool(), generated_at, order, versions, copies, places, limits, summary }
}

/// Counts with which versions copy `at` agrees.
fn copy_of(at: usize, source: Source, sigla: &[String], places: &[Place]) -> CopyOf {
    let mut agrees: BTreeMap<String, u64> = sigla.iter().map(|siglum| (siglum.clone(), 0)).collect();
    let mut own = 0;
    for place in places.iter().filter(|place| tells(place)) {
        let Some(shared) = place.copies.iter().find(|shared| shared.copy == at) else { continue };
        let Some(reading) = shared.reading.and_then(|reading| place.readings.get(reading)) else {
            own += 1;
            continue;
        };
        for siglum in &reading.sigla {
            *agrees.entry(siglum.clone()).or_default() += 1;
        }
    }
    let most = agrees.values().max().copied().filter(|most| *most > 0);
    let closest = sigla.iter().filter(|siglum| most.is_some() && agrees.get(*siglum).copied() == most).cloned();
    CopyOf { source, closest: closest.collect(), agrees, own }
}
