//! Passages that a version has in another place than the base.

use std::{collections::BTreeMap, ops::Range};

use super::{
    PlaceKind,
    gather::{Found, Gathered, Had, Read},
    laid::{Laid, Moved},
};
use crate::check::Severity;

/// Where a passage of the base stands in a version: behind which word of the base.
type Destination = (Range<usize>, Option<usize>);

/// One place for each passage and everywhere it went.
pub(super) fn places(gathered: &Gathered<'_>) -> Vec<Found> {
    let Some(base) = gathered.texts.first() else { return Vec::new() };
    let destinations: Vec<Vec<(Destination, &Moved)>> = gathered.laid.iter().map(destinations).collect();
    let mut passages: BTreeMap<(usize, usize), BTreeMap<Option<usize>, Vec<(usize, &Moved)>>> = BTreeMap::new();
    for (version, own) in destinations.iter().enumerate().take(gathered.versions.saturating_sub(1)) {
        for ((range, behind), moved) in own {
            let went = passages.entry((range.start, range.end)).or_default();
            went.entry(*behind).or_default().push((version + 1, moved));
        }
    }
    let place = |((start, end), went): (&(usize, usize), &BTreeMap<Option<usize>, Vec<(usize, &Moved)>>)| {
        let range = *start..*end;
        let tiles = |words: &Range<usize>| words.start * 2 + 1..(words.end * 2).max(words.start * 2 + 1);
        let elsewhere: Vec<usize> = went.values().flatten().map(|(version, _)| *version).collect();
        let stays = |version: &usize| {
            !elsewhere.contains(version)
                && gathered
                    .laid
                    .get(*version - 1)
                    .is_some_and(|laid| laid.own.get(range.start).copied().flatten().is_some())
        };
        let here = std::iter::once(0).chain((1..gathered.versions).filter(stays)).collect();
        let whole = base.bytes(&tiles(&range));
        let mut readings = vec![Read { versions: here, pieces: vec![whole.clone()], styles: None }];
        for own in went.values() {
            let Some((first, moved)) = own.first() else { continue };
            let pieces = gathered.texts.get(*first).map(|text| text.bytes(&tiles(&moved.own)));
            let versions = own.iter().map(|(version, _)| *version).collect();
            readings.push(Read { versions, pieces: pieces.into_iter().collect(), styles: None });
        }
        let behind: Vec<Option<usize>> = went.keys().copied().collect();
        let copies = (gathered.versions..gathered.texts.len()).map(|copy| {
            let own = destinations.get(copy - 1).and_then(|all| all.iter().find(|((own, _), _)| overlap(own, &range)));
            let there = || gathered.laid.get(copy - 1).and_then(|laid| laid.own.get(range.start).copied().flatten());
            let reading = match own {
                Some(((_, place), _)) => behind.iter().position(|one| one == place).map(|at| at + 1),
                None => there().map(|_| 0),
            };
            let text = own.and_then(|(_, moved)| Some(gathered.texts.get(copy)?.bytes(&tiles(&moved.own))));
            (copy, Had { reading, pieces: text.into_iter().collect() })
        });
        Found {
            kind: PlaceKind::Moved,
            severity: Severity::Warning,
            facets: Vec::new(),
            set_aside: false,
            base: 0,
            place: whole,
            copies: copies.collect(),
            readings,
            inner: Vec::new(),
        }
    };
    passages.iter().map(place).collect()
}

/// Whether two passages are the same one, give or take its ends.
fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    let shared = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    shared * 5 >= one.len().max(other.len()) * 4
}

fn destinations(laid: &Laid) -> Vec<(Destination, &Moved)> {
    // Words that did not move are in the same order in both.
    let mut away = vec![false; laid.own.len()];
    for moved in &laid.moved {
        away.get_mut(moved.base.clone()).into_iter().flatten().for_each(|slot| *slot = true);
    }
    let last = laid.own.len().saturating_sub(1);
    let stay: Vec<(usize, usize)> = (0..last)
        .filter(|word| !away.get(*word).copied().unwrap_or(false))
        .filter_map(|word| Some((laid.own.get(word).copied().flatten()?, word)))
        .collect();
    let behind = |moved: &Moved| {
        let next = stay.partition_point(|(own, _)| *own < moved.own.start);
        next.checked_sub(1).and_then(|before| stay.get(before)).map(|(_, word)| *word)
    };
    laid.moved.iter().map(|moved| ((moved.base.clone(), behind(moved)), moved)).collect()
}
