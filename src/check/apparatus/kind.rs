//! What kind of place it is and how grave: the readings against the base's.

use super::PlaceKind;
use crate::{
    check::{Facet, Severity, concealment, facets, typography::differ_in_case},
    extract::Style,
    text::{
        lookalike,
        words::{Key, fold, is_capitals},
    },
};

/// A reading as text and words.
pub(super) struct Said {
    pub(super) text: String,
    pub(super) keys: Vec<Key>,
}

/// What a place is.
pub(super) struct Verdict {
    pub(super) kind: PlaceKind,
    pub(super) severity: Severity,
    pub(super) facets: Vec<Facet>,
    /// For words set in capitals by some: how a reading is set off.
    pub(super) styles: Option<fn(&str) -> Vec<Style>>,
}

/// Says what a place is, given its readings, the base's first, and a few words before it.
pub(super) fn of(readings: &[Said], lead: &str) -> Verdict {
    let plain = |kind, severity| Verdict { kind, severity, facets: Vec::new(), styles: None };
    let Some((base, others)) = readings.split_first() else { return plain(PlaceKind::Typography, Severity::Note) };
    if others.iter().all(|other| other.keys == base.keys) {
        // Letters that only look the same and characters nobody sees are no typography.
        if let Some(severity) = others.iter().filter_map(|other| disguised(&base.text, &other.text)).max() {
            return plain(PlaceKind::Typography, severity);
        }
        let shouted = others.iter().any(|other| is_shouted(&base.text, &other.text));
        let styles: Option<fn(&str) -> Vec<Style>> = if shouted { Some(capitals) } else { None };
        return match shouted {
            true => Verdict { styles, ..plain(PlaceKind::Emphasis, Severity::Warning) },
            false if others.iter().any(|other| asks(&base.text) != asks(&other.text)) => {
                plain(PlaceKind::Typography, Severity::Warning)
            }
            false => plain(PlaceKind::Typography, Severity::Note),
        };
    }
    if others.iter().all(|other| other.keys == base.keys || same_letters(&base.text, &other.text)) {
        return plain(PlaceKind::Typography, Severity::Note);
    }
    let kind = match () {
        () if base.keys.is_empty() => PlaceKind::Insertion,
        () if others.iter().all(|other| other.keys.is_empty() || other.keys == base.keys) => PlaceKind::Omission,
        () => PlaceKind::Words,
    };
    let mut touched: Vec<Facet> = Vec::new();
    let mut severity = Severity::Note;
    for other in others.iter().filter(|other| other.keys != base.keys) {
        let change =
            facets::Change { before: worded(&base.text), after: worded(&other.text), lead, trail: "", accents: true };
        let own = facets::of(&change);
        severity = severity.max(facets::severity(&own));
        touched.extend(own);
    }
    touched.sort_unstable();
    touched.dedup();
    // Beside an alteration another spelling of the same word is no news.
    if touched.len() > 1 {
        touched.retain(|facet| *facet != Facet::HouseStyle);
    }
    Verdict { kind, severity, facets: touched, styles: None }
}

/// How grave it is that one of two texts of the same words holds other characters than it shows; none where neither does.
fn disguised(one: &str, other: &str) -> Option<Severity> {
    let alike = words(one).filter(|word| lookalike::is_disguised(word)).count();
    if alike != words(other).filter(|word| lookalike::is_disguised(word)).count() {
        return Some(Severity::Error);
    }
    let unseen = !concealment::unseen(one, other).is_empty() || !concealment::unseen(other, one).is_empty();
    unseen.then_some(Severity::Warning)
}

/// The text from its first word to its last.
fn worded(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ".,;:!?“”\"‘’«»()[]".contains(c))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(worded).filter(|word| !word.is_empty())
}

/// Whether one text has words in capitals that the other has not.
fn is_shouted(base: &str, other: &str) -> bool {
    let differs = |(one, next): (&str, &str)| differ_in_case(one, next) && is_capitals(one) != is_capitals(next);
    words(base).zip(words(other)).any(differs)
}

fn capitals(text: &str) -> Vec<Style> {
    if words(text).any(is_capitals) { vec![Style::Capitals] } else { Vec::new() }
}

fn asks(text: &str) -> bool {
    text.contains(['?', '？', '؟'])
}

/// Whether two texts have the same letters, only joined or parted differently; figures that are joined are other figures.
fn same_letters(one: &str, other: &str) -> bool {
    let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (old, new) = (letters(one), letters(other));
    let signs = |text: &str| text.chars().filter(|c| "%$€£¥§+<>=".contains(*c)).collect::<String>();
    !old.is_empty()
        && old == new
        && !old.contains(|c: char| c.is_numeric())
        && signs(one) == signs(other)
        && !facets::is_another_word(worded(one), worded(other))
}
