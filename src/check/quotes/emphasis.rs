//! Words set off inside a quotation, held against the same words of the original.

use std::collections::BTreeSet;

use super::{
    original::Original,
    passage::{Passage, Said},
    search::Pairs,
};
use crate::{
    check::quotes::QuoteEmphasis,
    extract::{ByteRange, Document, Style, Styles, declarations},
    text::words::is_capitals,
};

/// Words of the longest line that is nothing but a note on the whole article.
const NOTE: usize = 14;

/// What became of emphasis; none where one of the two texts cannot carry any. `declared` is asked only where some was added.
pub(super) fn of<'a>(
    article: &Document,
    declared: impl FnOnce() -> &'a Declared,
    passage: &Passage,
    original: &Original<'_>,
    pairs: &Pairs,
) -> Option<QuoteEmphasis> {
    let words = pairs.iter().filter_map(|(said, place)| Some((passage.words.get(*said)?, original.words.get(*place)?)));
    let capitals = |new: &str, old: &str| {
        if is_capitals(new) && !is_capitals(old) { Styles::NONE.with(Style::Capitals) } else { Styles::NONE }
    };
    let set: Vec<(Styles, Styles)> = words
        .map(|(said, word)| {
            let old = original.document.text.get(word.bytes.clone()).unwrap_or_default();
            let copy = styles(article, &said.bytes).union(capitals(&said.text, old));
            (copy, styles(original.document, &word.bytes))
        })
        .collect();
    // A quotation all in italics or capitals is how the house sets quotations; an original all set off is no contrast.
    let whole = Styles::NONE.with(Style::Italic).with(Style::Capitals).with(Style::Colour).with(Style::Size);
    let copy_own = common(set.iter().map(|(copy, _)| *copy));
    let copy_own = copy_own.minus(copy_own.minus(whole));
    let old_own = common(set.iter().map(|(_, old)| *old));
    let (mut added, mut dropped, mut kept) = (false, false, false);
    for (copy, old) in &set {
        let (copy, contrast) = (copy.minus(copy_own), old.minus(old_own));
        added |= !copy.is_empty() && old.is_empty();
        dropped |= copy.is_empty() && !contrast.is_empty();
        kept |= !copy.is_empty() && !old.is_empty();
    }
    let (here, there) = (article.carries_emphasis, original.document.carries_emphasis);
    match () {
        () if added && !there => None,
        () if added && declared().covers(article, passage) => Some(QuoteEmphasis::AddedDeclared),
        () if added => Some(QuoteEmphasis::AddedUndeclared),
        () if dropped && !here => None,
        () if dropped => Some(QuoteEmphasis::Dropped),
        () if kept => Some(QuoteEmphasis::Kept),
        () if here => Some(QuoteEmphasis::None),
        () => None,
    }
}

/// How a word is set off.
fn styles(document: &Document, bytes: &ByteRange) -> Styles {
    let first = document.emphasis.partition_point(|span| span.bytes.end <= bytes.start);
    let over = document.emphasis.iter().skip(first).take_while(|span| span.bytes.start < bytes.end);
    over.fold(Styles::NONE, |styles, span| styles.union(span.styles))
}

/// What all have; nothing where there are fewer than two.
fn common(mut all: impl Iterator<Item = Styles>) -> Styles {
    let (Some(first), Some(second)) = (all.next(), all.next()) else { return Styles::NONE };
    let both = |one: Styles, other: Styles| one.minus(one.minus(other));
    all.fold(both(first, second), both)
}

/// Where an article says that emphasis was added.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    blocks: BTreeSet<usize>,
    /// Whether a line that is nothing but a note says it of the whole article.
    everywhere: bool,
}

impl Declared {
    /// Reads what `article` says of itself.
    pub(super) fn of(article: &Document) -> Self {
        let mut declared = Self { blocks: BTreeSet::new(), everywhere: false };
        for block in 0..article.blocks.len() {
            let text = article.block_text(block);
            if declarations::find(text).iter().any(|one| one.kind == declarations::Declared::EmphasisAdded) {
                declared.blocks.insert(block);
                declared.everywhere |= text.split_whitespace().take(NOTE + 1).count() <= NOTE;
            }
        }
        declared
    }

    /// Whether it is said of the quotation: inside it, in its paragraph, in the one behind it, or of everything.
    fn covers(&self, article: &Document, passage: &Passage) -> bool {
        let place = |word: Option<&Said>| word.map_or(0, |word| article.block_at(word.bytes.start));
        let near = place(passage.words.first())..place(passage.words.last()) + 2;
        self.everywhere || passage.declares || self.blocks.range(near).next().is_some()
    }
}
