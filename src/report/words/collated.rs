//! What a collation's codes are called where people read them.

use super::plural;
use crate::{
    check::apparatus::{Place, PlaceKind, Reading},
    report::{
        Source,
        wire::collation::{Collation, CopyOf, Order},
    },
};

/// A kind of place in an apparatus, in words.
pub fn place(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Words => "words",
        PlaceKind::Insertion => "insertion",
        PlaceKind::Omission => "omission",
        PlaceKind::Moved => "moved",
        PlaceKind::Emphasis => "emphasis",
        PlaceKind::Typography => "typography",
    }
}

fn with(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Words => "with other words",
        PlaceKind::Insertion => "with words added",
        PlaceKind::Omission => "with words left out",
        PlaceKind::Moved => "in another order",
        PlaceKind::Emphasis => "with other emphasis",
        PlaceKind::Typography => "of typography",
    }
}

/// What versions are in order of, as a sentence.
pub fn order(order: Order) -> &'static str {
    match order {
        Order::Published => "Oldest first, by when each says it was published.",
        Order::Retrieved => "Oldest first, by when each was retrieved.",
        Order::Given => "As they were given: not all of them are dated.",
    }
}

/// How many versions there are and where they differ, as one sentence.
pub fn summary(collation: &Collation) -> String {
    let versions = plural(collation.versions.len() as u64, "version");
    let parts: Vec<String> = PlaceKind::ALL
        .iter()
        .filter_map(|kind| Some(format!("{} {}", collation.summary.get(kind.slug())?, with(*kind))))
        .collect();
    let total: u64 = collation.summary.values().sum();
    match total {
        0 => format!("{versions}: their text is the same."),
        _ => format!("{versions} differ in {}: {}.", plural(total, "place"), parts.join(", ")),
    }
}

/// With which versions a copy agrees, as one sentence.
pub fn shares(copy: &CopyOf) -> String {
    let counts: Vec<String> = copy.agrees.iter().map(|(siglum, count)| format!("{siglum} {count}")).collect();
    let own = if copy.own == 0 { String::new() } else { format!(", with none {}", copy.own) };
    match copy.closest.is_empty() {
        true if copy.own == 0 => "No place tells which version it follows.".to_owned(),
        true => format!("At none of {} it reads as any version does.", plural(copy.own, "place")),
        false => {
            format!("Closest to {}. Places at which it agrees: {}{own}.", copy.closest.join(" and "), counts.join(", "))
        }
    }
}

/// What a reading says, as people read it: without the signs it has in common with the base, line breaks as ¶.
pub fn reading(text: &str) -> String {
    text.trim().replace('\n', " ¶ ")
}

/// What is said of a reading without a word: that there is nothing, or that what stands there parts words or paragraphs.
pub fn empty(text: &str) -> &'static str {
    match () {
        () if text.is_empty() => "(nothing)",
        () if text.contains('\n') => "(a new paragraph)",
        () => "(a space)",
    }
}

/// What a place is: its kind and what it touches.
pub fn title(place: &Place) -> String {
    let mut styles: Vec<&str> =
        place.readings.iter().flat_map(|one| one.styles.iter().flatten()).map(|style| style.slug()).collect();
    styles.sort_unstable();
    styles.dedup();
    let touches: Vec<&str> = styles.into_iter().chain(place.facets.iter().map(|one| super::facet(*one))).collect();
    let touches = if touches.is_empty() { String::new() } else { format!(" ({})", touches.join(", ")) };
    let mut kind = self::place(place.kind).chars();
    let first: String = kind.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}{touches}", kind.as_str())
}

/// What a reading is beside its words: where a passage stands, how words are set.
pub fn beside(place: &Place, one: &Reading) -> Option<String> {
    match (place.kind, &one.styles, &one.anchor) {
        (PlaceKind::Emphasis, Some(styles), _) if styles.is_empty() => Some("plain".to_owned()),
        (PlaceKind::Emphasis, Some(styles), _) => {
            Some(styles.iter().map(|style| style.slug()).collect::<Vec<_>>().join(", "))
        }
        (PlaceKind::Moved, _, Some(anchor)) => Some(format!("in block {}", anchor.block + 1)),
        (
            PlaceKind::Words
            | PlaceKind::Insertion
            | PlaceKind::Omission
            | PlaceKind::Moved
            | PlaceKind::Emphasis
            | PlaceKind::Typography,
            _,
            _,
        ) => None,
    }
}

/// When a source is from, as far as it says, and how its bytes are told from others.
pub fn dated(source: &Source) -> String {
    let digest: String = source.sha256.chars().take(12).collect();
    let retrieved = source.retrieved_at.map(|moment| format!("retrieved {moment}"));
    let published = source.published.as_ref().map(|day| format!("published {day}"));
    let facts: Vec<String> = published.into_iter().chain(retrieved).chain([format!("sha256 {digest}…")]).collect();
    facts.join(", ")
}
