//! Quotation marks that stand around other words than in the original: the same words, said by somebody else.
//!
//! Pairs of double marks are found in each block on its own and held against each other by the words they enclose. Only what
//! is sure is told: as many marks in both, every word between them the same, one pair against one pair. Marks added around a few words
//! are for `typography` to tell, which houses use which marks for nobody.

use std::ops::Range;

use super::{Facet, Kind, Severity, draft::Draft, edits::quoted, framing::Surroundings, pair::Pair};
use crate::{diff::Side, extract::Document};

/// Marks that open, marks that close, and those that do either.
const OPENING: [char; 3] = ['“', '„', '«'];
const CLOSING: [char; 2] = ['”', '»'];
const EITHER: [char; 2] = ['"', '＂'];

/// Pairs of marks that were moved, by the words of both texts from the first mark of either to the last.
#[derive(Default)]
pub(super) struct Moved {
    passages: Vec<(Range<usize>, Range<usize>)>,
}

impl Moved {
    /// Finds them.
    pub(super) fn of(pair: &Pair<'_>, surroundings: &Surroundings<'_>) -> Self {
        let alignment = pair.alignment;
        let theirs = pairs(pair.copy, &alignment.copy);
        if theirs.is_empty() {
            return Self::default();
        }
        let mine = pairs(pair.original, &alignment.original);
        let mut original_of = vec![None; alignment.copy.words.len()];
        for (left, right) in pair.same_words() {
            if let Some(slot) = original_of.get_mut(right) {
                *slot = Some(left);
            }
        }
        let mut passages = Vec::new();
        for own in &theirs {
            // Where the words between the marks stand in the original, if all of them do and together.
            let whole = |words: &Range<usize>| {
                let first = original_of.get(words.start).copied().flatten()?;
                let mut all = words.clone().enumerate();
                let same = |(at, word): (usize, usize)| original_of.get(word).copied().flatten() == Some(first + at);
                all.all(same).then(|| first..first + words.len())
            };
            let Some(there) = whole(own) else { continue };
            let from = mine.partition_point(|other| other.end <= there.start);
            let [other] = mine
                .get(from..)
                .unwrap_or_default()
                .iter()
                .take_while(|other| other.start < there.end)
                .collect::<Vec<_>>()[..]
            else {
                continue;
            };
            let original = other.start.min(there.start)..other.end.max(there.end);
            let Some(start) = (own.start + original.start).checked_sub(there.start) else { continue };
            let copy = start..start + original.len();
            let once = theirs.iter().filter(|next| next.start < copy.end && next.end > copy.start).count() == 1;
            if *other != there
                && once
                && whole(&copy) == Some(original.clone())
                && !surroundings.is_set_aside(alignment.original.block_of(original.start))
            {
                passages.push((original, copy));
            }
        }
        Self { passages }
    }

    /// Whether the signs before word `right` of the copy are those of moved marks.
    pub(super) fn holds(&self, right: usize) -> bool {
        let next = self.passages.partition_point(|(_, copy)| copy.end < right);
        self.passages.get(next).is_some_and(|(_, copy)| copy.start <= right && right <= copy.end)
    }

    /// A finding for each.
    pub(super) fn find(&self, pair: &Pair<'_>, drafts: &mut Vec<Draft>) {
        for (original, copy) in &self.passages {
            let (before, after) = (pair.alignment.original.bytes(original), pair.alignment.copy.bytes(copy));
            let words = pair.copy.text.get(after.clone()).unwrap_or_default();
            let message =
                format!("The quotation marks in {} stand around other words than in the original.", quoted(words));
            let draft = Draft::in_copy(Kind::TextReplaced, Severity::Warning, after, message).against(before);
            drafts.push(Draft { facets: vec![Facet::Quotation], ..draft });
        }
    }
}

/// The words between each pair of double marks; of blocks whose marks do not pair, none.
fn pairs(document: &Document, side: &Side) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (block, words) in document.blocks.iter().zip(&side.blocks) {
        let Some(text) = document.text.get(block.bytes.clone()) else { continue };
        let mut open = None;
        let mut own = Vec::new();
        let mut sound = true;
        for (at, mark) in text.char_indices().filter(|(_, c)| is_mark(*c)) {
            let at = block.bytes.start + at;
            let word = words.start
                + side.words.get(words.clone()).map_or(0, |own| own.partition_point(|word| word.bytes.start < at));
            let opens = EITHER.contains(&mark) && open.is_none();
            match open.take() {
                None if OPENING.contains(&mark) || opens => open = Some(word),
                Some(first) if CLOSING.contains(&mark) || EITHER.contains(&mark) || mark == '“' => {
                    own.push(first..word)
                }
                None | Some(_) => sound = false,
            }
        }
        if sound && open.is_none() {
            found.extend(own.into_iter().filter(|words| !words.is_empty()));
        }
    }
    found
}

fn is_mark(c: char) -> bool {
    OPENING.contains(&c) || CLOSING.contains(&c) || EITHER.contains(&c)
}
