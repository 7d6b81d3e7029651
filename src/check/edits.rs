//! Words that were changed: inserted, deleted, replaced, moved.
//!
//! Each changed step of the alignment is cut at the edges of moved passages and of blocks; what is left on either side is
//! paired in order. A block of the copy that holds nothing of the original at all is judged in `framing`, unless it reads
//! as part of the text.

use std::ops::Range;

use super::{
    Facet, Kind, Severity, amounts, closing, dateline,
    draft::Draft,
    facets,
    framing::{Role, Surroundings},
    numbering,
    pair::{Pair, words_of},
    place,
};
use crate::{
    diff::{Move, Side},
    extract::{ByteRange, Document},
    text::lookalike,
};

/// A part of one document's changed words that lies in one block.
#[derive(Clone, Debug)]
struct Part {
    words: Range<usize>,
    /// Whether nothing of the block stands in the other document.
    whole: bool,
}

/// Judges every changed step.
pub(super) fn find(pair: &Pair<'_>, surroundings: &Surroundings<'_>, drafts: &mut Vec<Draft>) {
    let judge = Judge { pair, surroundings, accents: accents_tell(&pair.original.text, &pair.copy.text) };
    let moves = &pair.alignment.moves;
    let gone = sorted(moves.iter().map(|moved| &moved.original));
    let come = sorted(moves.iter().map(|moved| &moved.copy));
    for step in amounts::joined(pair) {
        let original = without(&step.original, &gone);
        let copy = without(&step.copy, &come);
        let original = judge.parts(&pair.alignment.original, &original, true);
        let copy = judge.parts(&pair.alignment.copy, &copy, false);
        judge.slot(original, copy, step.copy.start, step.original.start, drafts);
    }
    let of_the_text = |word: usize| !surroundings.is_set_aside(pair.alignment.original.block_of(word));
    let moves: Vec<&Move> = pair.alignment.moves.iter().filter(|moved| of_the_text(moved.original.start)).collect();
    for moved in moves.chunk_by(|one, next| judge.went_together(one, next)) {
        if let (Some(first), Some(last)) = (moved.first(), moved.last()) {
            judge.moved(&(first.original.start..last.original.end), &(first.copy.start..last.copy.end), drafts);
        }
    }
    for moved in moves {
        for step in moved.steps.iter().filter(|step| !step.same) {
            judge.change(&step.original, &step.copy, drafts);
        }
    }
}

fn sorted<'a>(ranges: impl Iterator<Item = &'a Range<usize>>) -> Vec<&'a Range<usize>> {
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_by_key(|range| range.start);
    ranges
}

/// `range` without the words of `taken`, which are sorted and share none.
fn without(range: &Range<usize>, taken: &[&Range<usize>]) -> Vec<Range<usize>> {
    let mut left = Vec::new();
    let first = taken.partition_point(|cut| cut.end <= range.start);
    let mut at = range.start;
    for cut in taken.iter().skip(first).take_while(|cut| cut.start < range.end) {
        if cut.start > at {
            left.push(at..cut.start);
        }
        at = at.max(cut.end);
    }
    if at < range.end {
        left.push(at..range.end);
    }
    left
}

struct Judge<'a> {
    pair: &'a Pair<'a>,
    surroundings: &'a Surroundings<'a>,
    /// Whether accents tell words apart in these texts.
    accents: bool,
}

impl Judge<'_> {
    /// The ranges cut at the edges of blocks, without what is not part of either text.
    fn parts(&self, side: &Side, ranges: &[Range<usize>], original: bool) -> Vec<Part> {
        let mut parts = Vec::new();
        for range in ranges {
            for block in side.block_of(range.start)..=side.block_of(range.end - 1) {
                let own = words_of(side, block);
                let words = own.start.max(range.start)..own.end.min(range.end);
                let matched = if original { &self.surroundings.original } else { &self.surroundings.copy };
                let whole = !matched.any(block);
                let aside = if original {
                    self.surroundings.is_set_aside(block)
                } else {
                    self.surroundings.is_echo(block)
                        || self.surroundings.role(block).is_some_and(|role| !matches!(role, Role::Inserted))
                };
                if !words.is_empty() && !aside {
                    parts.push(Part { words, whole });
                }
            }
        }
        parts
    }

    /// Pairs what is missing with what stands in its place.
    fn slot(&self, original: Vec<Part>, copy: Vec<Part>, at: usize, at_original: usize, drafts: &mut Vec<Draft>) {
        let (mut left, mut right) = (original.into_iter().peekable(), copy.into_iter().peekable());
        let mut last = (at_original, at);
        let mut changes: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        loop {
            match (left.peek(), right.peek()) {
                (Some(gone), Some(come)) if gone.whole == come.whole && self.stands_for(gone, come) => {
                    last = (gone.words.end, come.words.end);
                    changes.push((gone.words.clone(), come.words.clone()));
                    left.next();
                    right.next();
                }
                // A part of a paragraph goes before whole ones on one side, behind them on the other.
                (Some(gone), Some(come)) if gone.whole => {
                    last.0 = gone.words.end;
                    changes.push((gone.words.clone(), come.words.start..come.words.start));
                    left.next();
                }
                (_, Some(come)) => {
                    last.1 = come.words.end;
                    changes.push((last.0..last.0, come.words.clone()));
                    right.next();
                }
                (Some(gone), None) => {
                    changes.push((gone.words.clone(), last.1..last.1));
                    left.next();
                }
                (None, None) => break,
            }
        }
        for together in changes.chunk_by(|one, next| self.is_one_cut(one, next)) {
            if let (Some((first, come)), Some((last, _))) = (together.first(), together.last()) {
                self.change(&(first.start..last.end), come, drafts);
            }
        }
    }

    /// Whether one part replaces the other: whole paragraphs that share no telling word are one that went and one that came,
    /// unless they are cells or items in one place, or the statement's first or last.
    fn stands_for(&self, gone: &Part, come: &Part) -> bool {
        let Pair { original, copy, alignment, .. } = *self.pair;
        let (left, right) = (alignment.original.block_of(gone.words.start), alignment.copy.block_of(come.words.start));
        let bounds = &self.surroundings.bounds;
        let outside = !bounds.original.contains(&left) && !bounds.copy.contains(&right);
        !gone.whole
            || outside
            || place::are_pieces(original, left, copy, right)
            || alignment.original.shares_words(&gone.words, &alignment.copy, &come.words)
    }

    /// Whether two deletions are paragraphs of one element that went in one piece.
    fn is_one_cut(&self, one: &(Range<usize>, Range<usize>), next: &(Range<usize>, Range<usize>)) -> bool {
        let pure = one.1.is_empty() && next.1.is_empty() && one.1 == next.1;
        pure && one.0.end == next.0.start && same_element(self.pair.original, &self.pair.alignment.original, one.0.end)
    }

    /// Whether two moves are paragraphs of one element that went in one piece.
    fn went_together(&self, one: &Move, next: &Move) -> bool {
        let Pair { original, copy, alignment, .. } = *self.pair;
        let (o, c) = (one.original.end, one.copy.end);
        (o, c) == (next.original.start, next.copy.start)
            && same_element(original, &alignment.original, o)
            && same_element(copy, &alignment.copy, c)
    }

    /// One change: words of one block of the original, words of one block of the copy, either may be none.
    fn change(&self, gone: &Range<usize>, come: &Range<usize>, drafts: &mut Vec<Draft>) {
        let Pair { original, copy, alignment, .. } = *self.pair;
        let (gone, come) = &self.without_common_edges(gone, come);
        let before = alignment.original.bytes(gone);
        let after = alignment.copy.bytes(come);
        let old = original.text.get(before.clone()).unwrap_or_default();
        let new = copy.text.get(after.clone()).unwrap_or_default();
        if let Some(draft) = numbering::find(self.pair, &self.surroundings.copy, gone, come) {
            drafts.push(draft);
            return;
        }
        if lookalike::look_alike(old, new) {
            drafts.push(super::concealment::lookalike(before, after, old, new));
            return;
        }
        if crate::text::words::is_read_alike(old, new) {
            let message = format!("{} could not be read whole: {}.", quoted(old), quoted(new));
            drafts.push(Draft::in_copy(Kind::Typography, Severity::Note, after, message).against(before));
            return;
        }
        if self.is_typography(gone, come) {
            let message = format!("The same words are written differently: {} became {}.", quoted(old), quoted(new));
            drafts.push(Draft::in_copy(Kind::Typography, Severity::Note, after, message).against(before));
            return;
        }
        let bounds = &self.surroundings.bounds;
        let last = (bounds.original.end.saturating_sub(1), bounds.copy.end.saturating_sub(1));
        let opening = || dateline::opening(self.pair, self.surroundings, gone, come);
        match opening().or_else(|| closing::line(self.pair, last, gone, come)) {
            Some(line) => drafts.push(line),
            None => drafts.extend(self.edit(gone, come, before, after)),
        }
    }

    /// Words that say something else than those in their place.
    fn edit(&self, gone: &Range<usize>, come: &Range<usize>, before: ByteRange, after: ByteRange) -> Option<Draft> {
        let alignment = self.pair.alignment;
        let old = self.pair.original.text.get(before.clone()).unwrap_or_default();
        let new = self.pair.copy.text.get(after.clone()).unwrap_or_default();
        let facets = match amounts::is_same(self.pair, gone, come) {
            true => vec![Facet::HouseStyle],
            false => facets::of(&facets::Change {
                before: old,
                after: new,
                lead: self.lead(&alignment.copy, come),
                trail: self.trail(&alignment.copy, come),
                accents: self.accents,
            }),
        };
        let severity = facets::severity(&facets);
        let mut draft = match (gone.is_empty(), come.is_empty()) {
            (true, true) => return None,
            (true, false) => Draft {
                place_in_original: Some(before.start),
                ..Draft::in_copy(Kind::TextInserted, severity, after, said("were inserted", "was inserted", come.len()))
            },
            (false, true) => {
                let message = self.deleted(gone);
                Draft::missing(Kind::TextDeleted, severity, before, after.start, message)
            }
            (false, false) => {
                let message = format!("{} was replaced by {}.", quoted(old), quoted(new));
                Draft::in_copy(Kind::TextReplaced, severity, after, message).against(before)
            }
        };
        draft.facets = facets;
        Some(draft)
    }

    /// The change without words that both sides have at either end: where it was cut at the edge of a block, some may be left.
    fn without_common_edges(&self, gone: &Range<usize>, come: &Range<usize>) -> (Range<usize>, Range<usize>) {
        let (old, new) = (&self.pair.alignment.original.words, &self.pair.alignment.copy.words);
        let same = |(left, right): &(usize, usize)| {
            old.get(*left).zip(new.get(*right)).is_some_and(|(left, right)| left.key == right.key)
        };
        let head = gone.clone().zip(come.clone()).take_while(same).count();
        let (gone, come) = (gone.start + head..gone.end, come.start + head..come.end);
        let tail = gone.clone().rev().zip(come.clone().rev()).take_while(same).count();
        (gone.start..gone.end - tail, come.start..come.end - tail)
    }

    fn deleted(&self, gone: &Range<usize>) -> String {
        let side = &self.pair.alignment.original;
        let (first, last) = (side.block_of(gone.start), side.block_of(gone.end.saturating_sub(1)));
        if words_of(side, first).start == gone.start && words_of(side, last).end == gone.end {
            match last - first {
                0 => "A whole paragraph of the original is missing.".to_owned(),
                more => format!("{} paragraphs of the original are missing.", more + 1),
            }
        } else {
            said("of the original are missing", "of the original is missing", gone.len())
        }
    }

    /// Whether both sides have the same letters and figures in the same order, only joined or parted differently.
    fn is_typography(&self, gone: &Range<usize>, come: &Range<usize>) -> bool {
        let letters = |words: &mut dyn Iterator<Item = &str>| -> String {
            words.map(crate::text::words::fold).collect::<String>().chars().filter(|c| c.is_alphanumeric()).collect()
        };
        let old = letters(&mut gone.clone().map(|index| self.pair.original_word(index)));
        let new = letters(&mut come.clone().map(|index| self.pair.copy_word(index)));
        let text = |words: &Range<usize>, original: bool, between: &str| -> String {
            let word = |index| if original { self.pair.original_word(index) } else { self.pair.copy_word(index) };
            words.clone().map(word).collect::<Vec<_>>().join(between)
        };
        let another_word = facets::is_another_word(&text(gone, true, " "), &text(come, false, " "));
        // Figures that are joined or parted are other figures, and a sign is more than typography.
        let figures = old.contains(|c: char| c.is_ascii_digit());
        let signs = |text: &str| text.chars().filter(|c| "%$€£¥§+<>=".contains(*c)).collect::<String>();
        !old.is_empty()
            && old == new
            && !figures
            && !another_word
            && signs(&text(gone, true, "")) == signs(&text(come, false, ""))
    }

    /// A few words of the copy before a change in the same block, with the signs between.
    fn lead(&self, side: &Side, at: &Range<usize>) -> &str {
        let end = side.bytes(at).start;
        let block = words_of(side, side.block_of(at.start.min(side.words.len().saturating_sub(1))));
        let words = at.start.saturating_sub(6).max(block.start)..at.start;
        let start = if words.is_empty() { end } else { side.bytes(&words).start };
        self.pair.copy.text.get(start..end).unwrap_or_default()
    }

    /// The same behind it.
    fn trail(&self, side: &Side, at: &Range<usize>) -> &str {
        let block = words_of(side, side.block_of(at.end.saturating_sub(1)));
        let words = at.end..(at.end + 6).min(block.end);
        if words.is_empty() || at.end == 0 {
            return "";
        }
        let start = side.bytes(&(at.end - 1..at.end)).end;
        self.pair.copy.text.get(start..side.bytes(&words).end).unwrap_or_default()
    }

    fn moved(&self, gone: &Range<usize>, come: &Range<usize>, drafts: &mut Vec<Draft>) {
        let before = self.pair.alignment.original.bytes(gone);
        let after = self.pair.alignment.copy.bytes(come);
        let words = if come.len() == 1 { "word".to_owned() } else { format!("{} words", come.len()) };
        let message = format!("A passage of {words} stands in another place than in the original.");
        drafts.push(Draft::in_copy(Kind::TextMoved, Severity::Warning, after, message).against(before));
    }
}

/// Whether accents tell words apart: the original's language has more than a few, and the copy was not stripped of them.
fn accents_tell(original: &str, copy: &str) -> bool {
    let is_accented = |c: &char| !c.is_ascii() && "äöüáéíóúàèìòùâêîôûãõñç".contains(*c);
    let accents = |text: &str| text.chars().filter(is_accented).count();
    let old = accents(original);
    // A text without any has no words to be counted.
    old > 0 && old * 20 > original.split_whitespace().count() && accents(copy) * 4 > old
}

/// Whether the words before and at `at` stand in two blocks of one element, parted by line breaks only.
fn same_element(document: &Document, side: &Side, at: usize) -> bool {
    let container = |word: usize| document.blocks.get(side.block_of(word)).map(|block| block.container);
    document.containers.len() > 1 && at > 0 && container(at - 1) == container(at)
}

fn said(many: &str, one: &str, words: usize) -> String {
    if words == 1 { format!("One word {one}.") } else { format!("{words} words {many}.") }
}

/// `text` in quotation marks, cut in the middle where it is long.
pub(super) fn quoted(text: &str) -> String {
    let count = text.chars().count();
    if count <= 60 {
        return format!("“{text}”");
    }
    let head: String = text.chars().take(36).collect();
    let tail: String = text.chars().skip(count - 20).collect();
    format!("“{}…{}”", head.trim_end(), tail.trim_start())
}

/// Whether a change is one that alters the text, not its spelling.
pub(super) fn alters(facets: &[Facet]) -> bool {
    facets != [Facet::HouseStyle]
}
