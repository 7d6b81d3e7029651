//! Words set off inside a quotation, held against the same words of the original.

use super::{original::Original, passage::Passage, search::Pairs};
use crate::{
    check::quotes::QuoteEmphasis,
    extract::{ByteRange, Document, Style, Styles, declarations, quotations::Quotation},
    text::words::is_capitals,
};

/// Words of the longest line that is nothing but a note on the whole article.
const NOTE: usize = 14;

/// Words between two parts of one quotation: who said it.
const ATTRIBUTION: usize = 8;

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
    let mut put = Styles::NONE;
    for (copy, old) in &set {
        let (copy, contrast) = (copy.minus(copy_own), old.minus(old_own));
        added |= !copy.is_empty() && old.is_empty();
        put = if old.is_empty() { put.union(copy) } else { put };
        dropped |= copy.is_empty() && !contrast.is_empty();
        kept |= !copy.is_empty() && !old.is_empty();
    }
    let (here, there) = (article.carries_emphasis, original.document.carries_emphasis);
    match () {
        () if added && !there => None,
        () if added && declared().covers(passage, put) => Some(QuoteEmphasis::AddedDeclared),
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

/// Where an article says that emphasis was added, and of which of its quotations.
#[derive(Clone, Debug)]
pub(super) struct Declared {
    /// The quotations spoken of, as bytes of the article.
    quotations: Vec<ByteRange>,
    /// How the words are said to be set off in each; none where nothing is said of that.
    styles: Vec<Option<Style>>,
    /// Whether it is said of the whole article.
    everywhere: bool,
}

impl Declared {
    /// Reads what `article` says of itself; `all` are its quotations in reading order.
    pub(super) fn of(article: &Document, all: &[Quotation]) -> Self {
        let mut declared = Self { quotations: Vec::new(), styles: Vec::new(), everywhere: false };
        let outer: Vec<ByteRange> = all.iter().filter(|one| one.within.is_none()).map(Quotation::bytes).collect();
        for block in 0..article.blocks.len() {
            let start = article.blocks.get(block).map_or(0, |block| block.bytes.start);
            for one in declarations::find(article.block_text(block)) {
                if one.kind == declarations::Declared::EmphasisAdded {
                    let bytes = start + one.bytes.start..start + one.bytes.end;
                    declared.note(article, &outer, block, &one, &bytes);
                }
            }
        }
        declared
    }

    /// One declaration: "throughout" and a line of its own before all quotations, or apart behind the last, speak of all; else
    /// it speaks of the quotation it follows, with the parts that nothing but an attribution divides from it, or of the one
    /// that it introduces.
    fn note(
        &mut self,
        article: &Document,
        outer: &[ByteRange],
        block: usize,
        one: &declarations::Declaration,
        bytes: &ByteRange,
    ) {
        let before = outer.partition_point(|quotation| quotation.start < bytes.start);
        let quotes = outer.iter().any(|own| article.block_at(own.start) == block);
        let alone = !quotes && article.block_text(block).split_whitespace().take(NOTE + 1).count() <= NOTE;
        let last = before.checked_sub(1).and_then(|last| outer.get(last));
        let apart = last.is_none_or(|last| article.block_at(last.start) + 1 < block);
        let ends = before == 0 || before == outer.len();
        if one.scope == declarations::Scope::Everywhere || (alone && apart && ends) {
            self.everywhere = true;
            return;
        }
        let near = |at: usize| article.block_at(at) + 1 >= block;
        let mut at = before;
        while let Some(own) = at.checked_sub(1).and_then(|own| outer.get(own)).filter(|own| near(own.end)) {
            self.add(own, one);
            at -= 1;
            let earlier = at.checked_sub(1).and_then(|own| outer.get(own));
            let between = earlier.and_then(|earlier| article.text.get(earlier.end..own.start)).unwrap_or("\n");
            let joined = !between.contains('\n') && between.split_whitespace().count() <= ATTRIBUTION;
            if !joined {
                break;
            }
        }
        // "He writes (emphasis added): “…”"
        let next = outer.get(before).filter(|next| article.block_at(next.start) == block && at == before);
        if let Some(next) = next {
            self.add(next, one);
        }
    }

    fn add(&mut self, quotation: &ByteRange, one: &declarations::Declaration) {
        self.quotations.push(quotation.clone());
        self.styles.push(one.style);
    }

    /// Whether it is said of the quotation, inside it or beside it, and of words set off in one of `styles`.
    fn covers(&self, passage: &Passage, styles: Styles) -> bool {
        let start = passage.words.first().map_or(0, |word| word.bytes.start);
        let named = |style: Option<Style>| style.is_none_or(|style| styles.contains(style));
        let beside = self.quotations.iter().zip(&self.styles);
        self.everywhere
            || passage.declares
            || beside.into_iter().any(|(own, style)| own.start <= start && start < own.end && named(*style))
    }
}
