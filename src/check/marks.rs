//! Quotation marks that stand around other words than in the original: the same words, said by somebody else.
//!
//! `held` reads which words stand in marks, in both documents; here the two are held against each other word by word. Marks that
//! went are a quotation made an assertion, marks that came the reverse, or a few words held at arm's length; which marks a house
//! uses is for `typography` to tell.

mod held;

use std::ops::Range;

use super::{Facet, Kind, Severity, draft::Draft, edits::quoted, framing::Surroundings, pair::Pair};
use crate::{
    diff::Side,
    extract::{Document, Style},
};
use held::{Held, Marks};

pub(super) use held::{DOUBLE, SINGLE};

/// The most words quotation marks are put around to hold them at arm's length.
const SCARE: usize = 8;

/// The share of the words, in hundredths, from which the copy has put the whole text in marks: it quotes it.
const WHOLE: usize = 60;

/// What became of the marks around a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// They stand around other words nearby.
    Moved,
    Added,
    Removed,
}

/// Words of both texts whose marks changed.
struct Passage {
    original: Range<usize>,
    copy: Range<usize>,
    change: Change,
}

/// All of them, in order of the copy.
#[derive(Default)]
pub(super) struct Changed {
    passages: Vec<Passage>,
}

impl Changed {
    /// Finds them.
    pub(super) fn of(pair: &Pair<'_>, surroundings: &Surroundings<'_>) -> Self {
        let mine = Marks::of(pair.original, &pair.alignment.original);
        let theirs = Marks::of(pair.copy, &pair.alignment.copy);
        if mine.marked.contains(&true) || theirs.marked.contains(&true) {
            let mut changed = Self { passages: moved(pair, surroundings, &mine, &theirs) };
            let mut runs = runs(pair, surroundings, &mine, &theirs);
            runs.retain(|run| !changed.overlap(run));
            changed.passages.extend(runs);
            changed.passages.sort_by_key(|passage| passage.copy.start);
            return changed;
        }
        Self::default()
    }

    fn overlap(&self, run: &Passage) -> bool {
        let next = self.passages.partition_point(|own| own.copy.end <= run.copy.start);
        self.passages.get(next).is_some_and(|own| own.copy.start < run.copy.end)
    }

    /// Whether the signs before word `right` of the copy are those of changed marks.
    pub(super) fn holds(&self, right: usize) -> bool {
        let next = self.passages.partition_point(|passage| passage.copy.end < right);
        let near = self.passages.iter().skip(next).take(2);
        near.map(|passage| &passage.copy).any(|copy| copy.start <= right && right <= copy.end)
    }

    /// A finding for each.
    pub(super) fn find(&self, pair: &Pair<'_>, drafts: &mut Vec<Draft>) {
        for Passage { original, copy, change } in &self.passages {
            let (before, after) = (pair.alignment.original.bytes(original), pair.alignment.copy.bytes(copy));
            let words = quoted(pair.copy.text.get(after.clone()).unwrap_or_default());
            let message = match change {
                Change::Moved => {
                    format!("The quotation marks in {words} stand around other words than in the original.")
                }
                Change::Added => format!("Quotation marks were put around {words}."),
                Change::Removed => format!("The quotation marks around {words} were taken away."),
            };
            let draft = Draft::in_copy(Kind::TextReplaced, Severity::Warning, after, message).against(before);
            // Of a word or two nobody can tell whether somebody says them or somebody doubts them.
            let facets = match *change != Change::Moved && copy.len() > SCARE {
                true => vec![Facet::Attribution, Facet::Quotation],
                false => vec![Facet::Quotation],
            };
            drafts.push(Draft { facets, ..draft });
        }
    }
}

/// Pairs of marks of which each text has one, around words that overlap: every word between them the same.
fn moved(pair: &Pair<'_>, surroundings: &Surroundings<'_>, mine: &Marks, theirs: &Marks) -> Vec<Passage> {
    let alignment = pair.alignment;
    let mut original_of = vec![None; alignment.copy.words.len()];
    for (left, right) in pair.same_words() {
        if let Some(slot) = original_of.get_mut(right) {
            *slot = Some(left);
        }
    }
    // Where the words between the marks stand in the original, if all of them do and together.
    let whole = |words: &Range<usize>| {
        let first = original_of.get(words.start).copied().flatten()?;
        let mut all = words.clone().enumerate();
        let same = |(at, word): (usize, usize)| original_of.get(word).copied().flatten() == Some(first + at);
        all.all(same).then(|| first..first + words.len())
    };
    let mut passages = Vec::new();
    for own in &theirs.pairs {
        let Some(there) = whole(own) else { continue };
        let from = mine.pairs.partition_point(|other| other.end <= there.start);
        let near = mine.pairs.get(from..).unwrap_or_default().iter().take_while(|other| other.start < there.end);
        let [other] = near.collect::<Vec<_>>()[..] else { continue };
        let original = other.start.min(there.start)..other.end.max(there.end);
        let Some(start) = (own.start + original.start).checked_sub(there.start) else { continue };
        let copy = start..start + original.len();
        let once = theirs.pairs.iter().filter(|next| next.start < copy.end && next.end > copy.start).count() == 1;
        if *other != there
            && once
            && whole(&copy) == Some(original.clone())
            && !surroundings.is_set_aside(alignment.original.block_of(original.start))
        {
            passages.push(Passage { original, copy, change: Change::Moved });
        }
    }
    passages
}

/// Runs of words that stand in marks in one text only.
fn runs(pair: &Pair<'_>, surroundings: &Surroundings<'_>, mine: &Marks, theirs: &Marks) -> Vec<Passage> {
    let (original, copy) = (&pair.alignment.original, &pair.alignment.copy);
    let mut runs: Vec<Passage> = Vec::new();
    let (mut words, mut added) = (0_usize, 0_usize);
    for (left, right) in pair.same_words() {
        words += 1;
        let (old, new) = (original.block_of(left), copy.block_of(right));
        let bare = |marks: &Marks, block: usize| !marks.marked.get(block).copied().unwrap_or(true);
        let change = match (mine.held.get(left), theirs.held.get(right)) {
            (Some(Held::Quoted), Some(Held::Bare)) => Change::Removed,
            (Some(Held::Bare), Some(Held::Quoted)) => Change::Added,
            // A mark that was forgotten or put right is no more than that: here there are none at all.
            (Some(Held::Opened), Some(Held::Bare)) if bare(theirs, new) => Change::Removed,
            (Some(Held::Bare), Some(Held::Opened)) if bare(mine, old) => Change::Added,
            _ => continue,
        };
        added += usize::from(change == Change::Added);
        if surroundings.is_set_aside(old) {
            continue;
        }
        if let Some(run) = runs.last_mut()
            && run.change == change
            && (run.original.end, run.copy.end) == (left, right)
            && original.block_of(run.original.start) == old
            && copy.block_of(run.copy.start) == new
        {
            (run.original.end, run.copy.end) = (left + 1, right + 1);
            continue;
        }
        runs.push(Passage { original: left..left + 1, copy: right..right + 1, change });
    }
    let quotes_all = added * 100 >= words * WHOLE;
    runs.retain(|run| match run.change {
        Change::Added => !quotes_all && !is_slanted(pair, run) && !is_introduced(pair, run),
        Change::Removed | Change::Moved => !is_slanted(pair, run) && !is_lost(pair, run),
    });
    runs
}

/// Whether one of the texts sets the words in italics where the other has marks: how titles of works and names of ships are set.
fn is_slanted(pair: &Pair<'_>, run: &Passage) -> bool {
    let slanted = |document: &Document, bytes: Range<usize>| {
        let next = document.emphasis.partition_point(|span| span.bytes.end <= bytes.start);
        let set = document.emphasis.get(next).is_some_and(|span| {
            span.styles.contains(Style::Italic) && span.bytes.start <= bytes.start && span.bytes.end >= bytes.end
        });
        let block = document.blocks.get(document.block_at(bytes.start));
        set || block.is_some_and(|block| block.base.styles.contains(Style::Italic))
    };
    let before = slanted(pair.original, pair.alignment.original.bytes(&run.original));
    before != slanted(pair.copy, pair.alignment.copy.bytes(&run.copy))
}

/// Whether the copy says in words of its own, right before the mark, whose words follow.
fn is_introduced(pair: &Pair<'_>, run: &Passage) -> bool {
    let side = &pair.alignment.copy;
    let Some(last) = run.copy.start.checked_sub(1) else { return false };
    let end = side.words.get(last).map_or(0, |word| word.bytes.end);
    let start = side.words.get(run.copy.start).map_or(end, |word| word.bytes.start);
    let between = pair.copy.text.get(end..start).unwrap_or_default();
    pair.origin(last).is_none() && between.contains([':', ',', '：', '，'])
}

/// Whether the copy could not write the marks: another sign stands for one that its charset does not have.
fn is_lost(pair: &Pair<'_>, run: &Passage) -> bool {
    let signs = |document: &Document, side: &Side, words: &Range<usize>| -> usize {
        let end = |word: Option<usize>| word.and_then(|word| side.words.get(word)).map(|word| word.bytes.clone());
        let (first, last) = (end(Some(words.start)), end(words.end.checked_sub(1)));
        let before = end(words.start.checked_sub(1)).map_or(0, |word| word.end);
        let behind = end(Some(words.end)).map_or(document.text.len(), |word| word.start);
        let (Some(first), Some(last)) = (first, last) else { return 0 };
        let around = [document.text.get(before..first.start), document.text.get(last.end..behind)];
        around.into_iter().flatten().map(|signs| signs.matches(['?', '\u{fffd}', '¿']).count()).sum()
    };
    let (original, copy) = (&pair.alignment.original, &pair.alignment.copy);
    signs(pair.copy, copy, &run.copy) > signs(pair.original, original, &run.original)
}
