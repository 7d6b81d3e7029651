//! The same words, set off by some versions and not by others.
//!
//! Only what two formats can show is compared: a version of a format without emphasis reads nothing here. Headings are left out.

use super::{
    PlaceKind,
    gather::{Found, Gathered, Had, Read},
    tiles::Tiles,
};
use crate::{
    check::Severity,
    extract::{BlockKind, Style, Styles},
};

/// For each text, how it sets a word of the base; none where it lacks the word or cannot show.
type Row = Vec<Option<Styles>>;

/// One place for each run of words that are set the same way.
pub(super) fn places(gathered: &Gathered<'_>) -> Vec<Found> {
    let Some(base) = gathered.texts.first().filter(|base| base.document.carries_emphasis) else { return Vec::new() };
    let set: Vec<Vec<Option<Styles>>> = gathered.texts.iter().map(styles).collect();
    let row = |word: usize| -> Row {
        let of = |text: usize, word: usize| set.get(text).and_then(|all| all.get(word)).copied().flatten();
        let own = |at: usize| gathered.laid.get(at).and_then(|laid| laid.own.get(word)).copied().flatten();
        let others = (0..gathered.laid.len()).map(|at| own(at).and_then(|own| of(at + 1, own)));
        std::iter::once(of(0, word)).chain(others).collect()
    };
    let differs = |row: &Row| {
        let mut known = row.iter().take(gathered.versions).flatten();
        let first = row.first().copied().flatten();
        first.is_some_and(|first| known.any(|styles| *styles != first))
    };
    let mut found: Vec<Found> = Vec::new();
    let mut run: Option<(usize, usize, Row)> = None;
    for word in 0..=base.words.len() {
        let own = if word < base.words.len() { row(word) } else { Row::new() };
        if let Some((_, end, before)) = &mut run
            && *end == word
            && *before == own
            && !begins_block(base, word)
        {
            *end = word + 1;
            continue;
        }
        found.extend(run.take().map(|run| place(gathered, base, run)));
        if differs(&own) {
            run = Some((word, word + 1, own));
        }
    }
    found
}

fn begins_block(text: &Tiles<'_>, word: usize) -> bool {
    text.text(&(word * 2..word * 2 + 1)).contains('\n')
}

/// How each word of a text is set; none in headings and where the format cannot show.
fn styles(text: &Tiles<'_>) -> Vec<Option<Styles>> {
    let document = text.document;
    let mut spans = document.emphasis.iter().peekable();
    let of = |word: &crate::text::words::Word| {
        while spans.next_if(|span| span.bytes.end <= word.bytes.start).is_some() {}
        let block = document.blocks.get(document.block_at(word.bytes.start)).map(|block| block.kind);
        let headed = matches!(block, Some(BlockKind::Heading(_) | BlockKind::HeadCell));
        let over = spans.peek().filter(|span| span.bytes.start < word.bytes.end);
        (document.carries_emphasis && !headed).then(|| over.map_or(Styles::NONE, |span| span.styles))
    };
    text.words.iter().map(of).collect()
}

fn place(gathered: &Gathered<'_>, base: &Tiles<'_>, (start, end, row): (usize, usize, Row)) -> Found {
    let mut readings: Vec<Read> = Vec::new();
    let mut kinds: Vec<Styles> = Vec::new();
    for (version, styles) in row.iter().enumerate().take(gathered.versions) {
        let Some(styles) = styles else { continue };
        let known = kinds.iter().position(|one| one == styles);
        if let Some(reading) = known.and_then(|at| readings.get_mut(at)) {
            reading.versions.push(version);
            continue;
        }
        let pieces = bytes(gathered, version, start, end).into_iter().collect();
        kinds.push(*styles);
        readings.push(Read { versions: vec![version], pieces, styles: Some(styles.iter().collect()) });
    }
    let copies = (gathered.versions..gathered.texts.len()).map(|copy| {
        let styles = row.get(copy).copied().flatten();
        let reading = styles.and_then(|own| kinds.iter().position(|one| *one == own));
        (copy, Had { reading, pieces: bytes(gathered, copy, start, end).into_iter().collect() })
    });
    let quiet = Styles::NONE.with(Style::Size).with(Style::Colour).with(Style::Spacing);
    let own = kinds.first().copied().unwrap_or(Styles::NONE);
    let change = kinds.iter().fold(Styles::NONE, |all, one| all.union(one.minus(own)).union(own.minus(*one)));
    let severity = if change.minus(quiet).is_empty() { Severity::Note } else { Severity::Warning };
    Found {
        kind: PlaceKind::Emphasis,
        severity,
        facets: Vec::new(),
        set_aside: false,
        base: 0,
        place: base.bytes(&(start * 2 + 1..end * 2)),
        copies: copies.collect(),
        readings,
        inner: Vec::new(),
    }
}

/// Where a text has the words of the base from `start` to `end`.
fn bytes(gathered: &Gathered<'_>, at: usize, start: usize, end: usize) -> Option<std::ops::Range<usize>> {
    let own = |word: usize| match at.checked_sub(1) {
        Some(at) => gathered.laid.get(at).and_then(|laid| laid.own.get(word)).copied().flatten(),
        None => Some(word),
    };
    let (first, last) = (own(start)?, own(end.checked_sub(1)?)?);
    Some(gathered.texts.get(at)?.bytes(&(first * 2 + 1..(last * 2 + 2).max(first * 2 + 1))))
}
