//! What stands in the article and is not read: pictures in the place of words, frames, drawings made by scripts, other documents.
//!
//! Of each kind one limit is said where the other document does not have the same. A picture in the middle of a sentence may
//! show the word its alternative text gives, or another: the word is neither called deleted nor called there.

use std::ops::Range;

use super::{Facet, Kind, Severity, draft::Draft, edits::quoted, facets, pair::Pair};
use crate::{
    extract::{Document, Media, MediaKind, Note},
    text::words::fold,
};

/// How many pictures a limit names.
const NAMED: usize = 3;

/// Bytes between a picture and the words it stands for.
const NEAR: usize = 2;

/// Words missing where a picture stands whose alternative text is those words become a note.
pub(super) fn settle(pair: &Pair<'_>, drafts: &mut [Draft]) {
    let letters = |text: &str| -> String { fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    for picture in pair.copy.media.iter().filter(|media| media.in_sentence) {
        let stands_for = |draft: &&mut Draft| {
            let gone = draft.original.clone().and_then(|bytes| pair.original.text.get(bytes)).unwrap_or_default();
            draft.kind == Kind::TextDeleted
                && draft.place.abs_diff(picture.at) <= NEAR
                && letters(gone) == letters(&picture.alt)
        };
        if let Some(draft) = drafts.iter_mut().find(stands_for) {
            draft.severity = Severity::Note;
            draft.facets = vec![Facet::HouseStyle];
            draft.message = format!(
                "{} is a picture in the copy, by its alternative text; what it shows is not known.",
                quoted(&picture.alt)
            );
        }
    }
}

/// Pictures of the original that the copy describes otherwise: who is on them is said there, and nowhere else.
pub(super) fn described(pair: &Pair<'_>, bounds: &Range<usize>, drafts: &mut Vec<Draft>) {
    let name = |media: &Media| {
        media.src.rsplit('/').next().unwrap_or_default().split(['?', '#']).next().unwrap_or_default().to_owned()
    };
    let same = |one: &Media, other: &Media| {
        one.kind == MediaKind::Picture && other.kind == one.kind && name(one) == name(other)
    };
    let told = |media: &&Media| media.kind == MediaKind::Picture && media.alt.contains(' ') && !name(media).is_empty();
    for picture in pair.copy.media.iter().filter(told) {
        let mut theirs = pair.original.media.iter().filter(|other| told(other) && same(picture, other));
        let block = pair.copy.block_at(picture.at);
        let Some(other) =
            theirs.next().filter(|_| theirs.next().is_none() && block + 1 >= bounds.start && block <= bounds.end)
        else {
            continue;
        };
        let change = facets::Change { before: &other.alt, after: &picture.alt, ..facets::Change::default() };
        let facets = facets::of(&change);
        if facets::words(&other.alt) == facets::words(&picture.alt) || facets::severity(&facets) != Severity::Error {
            continue;
        }
        let message = format!("A picture is described otherwise: {} for {}.", quoted(&picture.alt), quoted(&other.alt));
        let end = pair.copy.blocks.get(block).map_or(picture.at, |block| picture.at.min(block.bytes.end));
        let draft = Draft::in_copy(Kind::Media, Severity::Warning, end..end, message);
        drafts.push(Draft { facets, href: Some(picture.src.clone()), ..draft });
    }
}

/// The limits of `document`, in which the article covers the blocks `bounds`; what `other` has too says nothing.
pub(super) fn limits(document: &Document, bounds: &Range<usize>, other: &Document) -> Vec<Note> {
    let block = |index: usize| document.blocks.get(index).map(|block| block.bytes.clone());
    let (Some(first), Some(last)) = (block(bounds.start), bounds.end.checked_sub(1).and_then(block)) else {
        return Vec::new();
    };
    let shared = |media: &Media| {
        let same = |there: &Media| there.kind == media.kind && there.src == media.src && there.alt == media.alt;
        other.media.iter().any(same)
    };
    let inside = |media: &&Media| media.at > first.start && media.at < last.end && !shared(media);
    let of = |kind: MediaKind| -> Vec<&Media> {
        document.media.iter().filter(inside).filter(|media| media.kind == kind && is_unread(media)).collect()
    };
    let note = |code: &str, what: &str, kind: MediaKind| {
        let media = of(kind);
        let message = match media.len() {
            0 => return None,
            1 => format!("{what} stands in the article and was not read"),
            more => format!("{what} and {} more stand in the article and were not read", more - 1),
        };
        let named: Vec<String> =
            media.iter().filter(|media| !media.alt.is_empty()).take(NAMED).map(|media| quoted(&media.alt)).collect();
        let named = if named.is_empty() { String::new() } else { format!(": {}", named.join(", ")) };
        Some(Note { code: code.to_owned(), message: format!("{message}{named}.") })
    };
    let notes = [
        note("picture-in-sentence", "A picture in the middle of a sentence", MediaKind::Picture),
        note("frame-not-read", "A page in a frame", MediaKind::Frame),
        note("embedded-not-read", "An embedded document", MediaKind::Embedded),
        note("field-not-read", "A field with a text of its own", MediaKind::Field),
        note("canvas-not-read", "A drawing made by a script", MediaKind::Canvas),
    ];
    notes.into_iter().flatten().collect()
}

/// Whether something may hold words: of pictures only what stands in a sentence, of frames only those that lead somewhere.
fn is_unread(media: &Media) -> bool {
    let src = media.src.trim();
    match media.kind {
        MediaKind::Picture => media.in_sentence,
        MediaKind::Frame => !src.is_empty() && !src.starts_with("about:") && !src.starts_with("javascript:"),
        MediaKind::Embedded | MediaKind::Canvas | MediaKind::Field => true,
        MediaKind::Player => false,
    }
}
