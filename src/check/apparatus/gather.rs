//! What was found of each version alone → places at which all are looked at together.
//!
//! Differences that overlap in the base are one place, those that merely touch are two. Where some versions lack a passage, or have
//! another, and those that have it differ within it, that is a place within the place, so that each alteration is one.

use std::{collections::BTreeMap, ops::Range};

use super::{
    PlaceKind, furniture,
    kind::{self, Verdict},
    laid::Laid,
    tiles::{Tiles, cut, in_one},
};
use crate::{
    check::{Facet, Severity},
    extract::{ByteRange, Document, Style},
    text::words::{Key, Lexicon},
};

/// Words of a passage that is looked into.
const PASSAGE: usize = 6;

/// Passages within passages that are looked into.
const DEPTH: usize = 3;

/// All versions and copies, each laid along the first version.
pub(super) struct Gathered<'a> {
    /// The versions, then the copies.
    pub(super) texts: &'a [Tiles<'a>],
    /// All but the first, laid along the first.
    pub(super) laid: &'a [Laid],
    pub(super) versions: usize,
}

/// A place before it has anchors. Everything is in bytes of the text named.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) kind: PlaceKind,
    pub(super) severity: Severity,
    pub(super) facets: Vec<Facet>,
    pub(super) set_aside: bool,
    pub(super) base: usize,
    pub(super) place: ByteRange,
    pub(super) readings: Vec<Read>,
    pub(super) copies: Vec<(usize, Had)>,
    pub(super) inner: Vec<Found>,
}

/// One reading: who has it, and where the first of them does.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub(super) versions: Vec<usize>,
    pub(super) pieces: Vec<ByteRange>,
    pub(super) styles: Option<Vec<Style>>,
}

/// What a copy has.
#[derive(Clone, Debug)]
pub(super) struct Had {
    pub(super) reading: Option<usize>,
    pub(super) pieces: Vec<ByteRange>,
}

/// What one text has at a place.
struct Said {
    tiles: Vec<Range<usize>>,
    text: String,
    keys: Vec<Key>,
    wide: bool,
}

/// Versions that read alike, or nearly.
struct Group {
    versions: Vec<usize>,
    /// Whether they have to be looked into.
    differ: bool,
}

impl Gathered<'_> {
    /// The places where words or signs differ, in order.
    pub(super) fn places(&self, lexicon: &mut Lexicon, depth: usize) -> Vec<Found> {
        let aside: Vec<Vec<bool>> =
            self.texts.iter().take(self.versions).map(|text| furniture::blocks(text.document)).collect();
        self.ranges().into_iter().map(|range| self.place(&range, &aside, lexicon, depth)).collect()
    }

    /// Where the base differs from any version: overlapping differences as one.
    fn ranges(&self) -> Vec<Range<usize>> {
        let own = self.laid.iter().take(self.versions.saturating_sub(1)).flat_map(|laid| &laid.differences);
        let mut all: Vec<Range<usize>> = own.map(|one| one.base.clone()).collect();
        all.sort_by_key(|one| (one.start, one.end));
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for next in all {
            match ranges.last_mut() {
                Some(last) if next.start < last.end || *last == next => last.end = last.end.max(next.end),
                Some(_) | None => ranges.push(next),
            }
        }
        ranges
    }

    fn said(&self, at: usize, range: &Range<usize>) -> Said {
        let (tiles, wide) = match at.checked_sub(1).and_then(|at| self.laid.get(at)) {
            Some(laid) => laid.reading(range),
            None => (vec![range.clone()], false),
        };
        let Some(text) = self.texts.get(at) else {
            return Said { tiles: Vec::new(), text: String::new(), keys: Vec::new(), wide };
        };
        let keys = tiles.iter().flat_map(|piece| text.keys(piece)).collect();
        Said { text: in_one(tiles.iter().map(|piece| text.text(piece))), keys, tiles, wide }
    }

    fn bytes(&self, at: usize, tiles: &[Range<usize>]) -> Vec<ByteRange> {
        self.texts.get(at).map(|text| tiles.iter().map(|piece| text.bytes(piece)).collect()).unwrap_or_default()
    }

    fn place(&self, range: &Range<usize>, aside: &[Vec<bool>], lexicon: &mut Lexicon, depth: usize) -> Found {
        let said: Vec<Said> = (0..self.texts.len()).map(|at| self.said(at, range)).collect();
        let groups = groups(said.get(..self.versions).unwrap_or_default(), depth);
        let mut inner = Vec::new();
        for group in groups.iter().filter(|group| group.differ) {
            inner.extend(self.within(group, &said, lexicon, depth));
        }
        let heads: Vec<&Said> = groups.iter().filter_map(|group| said.get(*group.versions.first()?)).collect();
        let verdict = self.verdict(range, &heads);
        let readings = groups.iter().zip(&heads).map(|(group, head)| Read {
            versions: group.versions.clone(),
            pieces: self.bytes(group.versions.first().copied().unwrap_or(0), &head.tiles),
            styles: verdict.styles.as_ref().map(|styles| styles(&head.text)),
        });
        let readings: Vec<Read> = readings.collect();
        let copies = (self.versions..self.texts.len()).filter_map(|copy| {
            let own = said.get(copy)?;
            let reading = if own.wide { None } else { has(own, &groups, &said) };
            Some((copy, Had { reading, pieces: self.bytes(copy, &own.tiles) }))
        });
        let place = self.texts.first().map_or(0..0, |base| base.bytes(range));
        let set_aside = self.is_aside(&place, &readings, aside);
        Found {
            kind: verdict.kind,
            severity: verdict.severity,
            facets: verdict.facets,
            set_aside,
            base: 0,
            place,
            copies: copies.collect(),
            readings,
            inner,
        }
    }

    fn verdict(&self, range: &Range<usize>, heads: &[&Said]) -> Verdict {
        let lead = self.texts.first().map_or("", |base| base.text(&(range.start.saturating_sub(12)..range.start)));
        let said = |one: &&Said| kind::Said { text: one.text.clone(), keys: one.keys.clone() };
        let all: Vec<kind::Said> = heads.iter().map(said).collect();
        kind::of(&all, lead)
    }

    /// Whether every text that has something here has it in what its page puts around any text.
    fn is_aside(&self, place: &ByteRange, readings: &[Read], aside: &[Vec<bool>]) -> bool {
        let within = |version: usize, bytes: &ByteRange| {
            let Some(document) = self.texts.get(version).map(|text| text.document) else { return false };
            let block = |at: usize| {
                let blocks = aside.get(version);
                blocks.and_then(|blocks| blocks.get(document.block_at(at))).copied().unwrap_or(false)
            };
            block(first_letter(document, bytes)) && block(bytes.end.saturating_sub(1).max(bytes.start))
        };
        let read = readings.iter().flat_map(|one| {
            let version = one.versions.first().copied().unwrap_or(0);
            one.pieces.iter().filter(|piece| !piece.is_empty()).map(move |piece| (version, piece))
        });
        let mut any = false;
        let all = read.into_iter().all(|(version, piece)| {
            any = true;
            within(version, piece)
        });
        if any { all } else { within(0, place) }
    }

    /// The places within a passage that a group of versions has in much the same words.
    fn within(&self, group: &Group, said: &[Said], lexicon: &mut Lexicon, depth: usize) -> Vec<Found> {
        let head = group.versions.first().copied().unwrap_or(0);
        let like = |copy: &usize| {
            let own = said.get(*copy).zip(said.get(head));
            own.is_some_and(|(own, head)| own.tiles.len() == 1 && alike(&own.keys, &head.keys))
        };
        let copies = (self.versions..self.texts.len()).filter(like);
        let members: Vec<usize> = group.versions.iter().copied().chain(copies).collect();
        let bytes = |at: &usize| {
            let tiles = said.get(*at).map(|own| own.tiles.clone()).unwrap_or_default();
            let pieces = self.bytes(*at, &tiles);
            pieces.first().map_or(0, |first| first.start)..pieces.last().map_or(0, |last| last.end)
        };
        let parts: Vec<(usize, ByteRange)> = members.iter().map(|at| (*at, bytes(at))).collect();
        let documents: Vec<Document> =
            parts.iter().filter_map(|(at, bytes)| Some(cut(self.texts.get(*at)?.document, bytes))).collect();
        let texts: Vec<Tiles<'_>> = documents.iter().map(|document| Tiles::of(document, lexicon)).collect();
        let Some((first, base)) = texts.first().zip(documents.first()) else { return Vec::new() };
        let others = texts.iter().zip(&documents).skip(1);
        let laid: Vec<Laid> = others.map(|(text, own)| Laid::of(first, base, text, own)).collect();
        let inner = Gathered { texts: &texts, laid: &laid, versions: group.versions.len() };
        let mut found = inner.places(lexicon, depth + 1);
        found.extend(super::moved::places(&inner));
        found.iter_mut().for_each(|one| one.led_back(&parts));
        found
    }
}

/// Where the first letter of a stretch stands: a stretch may begin with the end of the block before.
fn first_letter(document: &Document, bytes: &ByteRange) -> usize {
    let text = document.text.get(bytes.clone()).unwrap_or_default();
    bytes.start + text.find(|c: char| c.is_alphanumeric()).unwrap_or(0)
}

impl Found {
    /// Leads a place among parts of texts back to the whole texts: each part's text and where in it the part stands.
    fn led_back(&mut self, parts: &[(usize, ByteRange)]) {
        let offset = |at: usize| parts.get(at).map_or(0, |(_, bytes)| bytes.start);
        let whole = |at: usize| parts.get(at).map_or(at, |(own, _)| *own);
        let moved = |bytes: &mut ByteRange, by: usize| *bytes = bytes.start + by..bytes.end + by;
        moved(&mut self.place, offset(self.base));
        self.base = whole(self.base);
        for reading in &mut self.readings {
            let by = reading.versions.first().map_or(0, |first| offset(*first));
            reading.pieces.iter_mut().for_each(|piece| moved(piece, by));
            reading.versions.iter_mut().for_each(|version| *version = whole(*version));
        }
        for (copy, had) in &mut self.copies {
            had.pieces.iter_mut().for_each(|piece| moved(piece, offset(*copy)));
            *copy = whole(*copy);
        }
        self.inner.iter_mut().for_each(|inner| inner.led_back(parts));
    }
}

/// Which versions read alike: letter for letter, or, where others lack the passage or have another, in much the same words.
fn groups(said: &[Said], depth: usize) -> Vec<Group> {
    let mut exact: Vec<Group> = Vec::new();
    let mut texts = BTreeMap::new();
    for (version, own) in said.iter().enumerate() {
        match texts.get(own.text.as_str()).and_then(|at: &usize| exact.get_mut(*at)) {
            Some(group) => group.versions.push(version),
            None => {
                texts.insert(own.text.as_str(), exact.len());
                exact.push(Group { versions: vec![version], differ: false });
            }
        }
    }
    if exact.len() < 3 || depth >= DEPTH {
        return exact;
    }
    let head = |group: &Group| group.versions.first().and_then(|first| said.get(*first));
    let mut near: Vec<Group> = Vec::new();
    for group in &exact {
        let alike = |other: &&mut Group| {
            head(other).zip(head(group)).is_some_and(|(one, next)| {
                one.tiles.len() == 1 && next.tiles.len() == 1 && alike(&one.keys, &next.keys)
            })
        };
        match near.iter_mut().find(alike) {
            Some(other) => {
                other.versions.extend(&group.versions);
                other.versions.sort_unstable();
                other.differ = true;
            }
            None => near.push(Group { versions: group.versions.clone(), differ: group.differ }),
        }
    }
    // Where all of them are alike there is no passage that some lack: they differ here.
    if near.len() < 2 { exact } else { near }
}

/// Whether two passages are mostly of the same words.
fn alike(one: &[Key], other: &[Key]) -> bool {
    if one.len().min(other.len()) < PASSAGE {
        return false;
    }
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    for key in one {
        *counts.entry(*key).or_default() += 1;
    }
    let mut shared = 0;
    for key in other {
        if let Some(count) = counts.get_mut(key).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    shared * 2 > one.len().max(other.len())
}

/// Which reading a copy has: letter for letter, else word for word, else the one of a passage in much the same words.
fn has(own: &Said, groups: &[Group], said: &[Said]) -> Option<usize> {
    let any = |fits: &dyn Fn(&Said) -> bool| {
        groups.iter().position(|group| group.versions.iter().any(|version| said.get(*version).is_some_and(fits)))
    };
    let worded = !own.keys.is_empty() || own.text.trim().is_empty();
    any(&|other| other.text == own.text)
        .or_else(|| {
            let differ =
                groups.iter().filter_map(|group| said.get(*group.versions.first()?)).any(|one| one.keys != own.keys);
            any(&|other| other.keys == own.keys).filter(|_| differ && worded)
        })
        .or_else(|| {
            let near = |group: &Group| {
                let head = group.versions.first().and_then(|first| said.get(*first));
                group.differ && head.is_some_and(|head| alike(&head.keys, &own.keys))
            };
            groups.iter().position(near)
        })
}
