//! The same words, written or broken up differently: quotation marks, dashes, spaces, capitals, paragraphs.
//!
//! Nothing here alters what is said, so all of it is `note`; `marks` tells which quotation marks changed who speaks, `tone` which
//! signs turn a sentence round, and those are more. What recurs through a text is one finding that says how often.

use std::collections::BTreeMap;

use super::{
    Facet, Kind, Severity, concealment,
    draft::Draft,
    edits::quoted,
    framing::Surroundings,
    marks::{self, Changed},
    pair::Pair,
    tone,
};
use crate::{
    extract::{ByteRange, Document},
    text::{
        invisible::Invisible,
        lookalike,
        words::{fold, is_capitals},
    },
};

/// The same two spellings wherever they occur.
struct Group {
    original: ByteRange,
    copy: ByteRange,
    places: usize,
}

/// A change of signs or spelling in one place: what was, what is, and the passages.
type Change = ((String, String), ByteRange, ByteRange);

/// Judges every matched word and what stands before it.
pub(super) fn find(pair: &Pair<'_>, surroundings: &Surroundings<'_>, drafts: &mut Vec<Draft>) {
    let aside = |word: &(usize, usize)| surroundings.is_set_aside(pair.alignment.original.block_of(word.0));
    let words: Vec<(usize, usize)> = pair.same_words().filter(|word| !aside(word)).collect();
    let marks = Changed::of(pair, surroundings);
    marks.find(pair, drafts);
    let mut reader = Reader { pair, marks: &marks, groups: BTreeMap::new() };
    for (at, (left, right)) in words.iter().enumerate() {
        reader.word(*left, *right, drafts);
        reader.end_of_block(*left, *right, drafts);
        if let Some((next, other)) = words.get(at + 1).filter(|next| next.0 == left + 1 && next.1 > *right) {
            reader.between(*left, *right, *next, *other, drafts);
        }
    }
    for ((before, after), group) in reader.groups {
        let often = if group.places > 1 { format!(", in {} places", group.places) } else { String::new() };
        let message = format!("Typography: {before} became {after}{often}.");
        drafts.push(Draft::in_copy(Kind::Typography, Severity::Note, group.copy, message).against(group.original));
    }
}

struct Reader<'a> {
    pair: &'a Pair<'a>,
    marks: &'a Changed,
    groups: BTreeMap<(String, String), Group>,
}

impl Reader<'_> {
    fn word(&mut self, left: usize, right: usize, drafts: &mut Vec<Draft>) {
        let (old, new) = (self.pair.original_word(left), self.pair.copy_word(right));
        if turns_country(self.pair, left, right) {
            let original = self.pair.alignment.original.bytes(&(left..left + 1));
            let copy = self.pair.alignment.copy.bytes(&(right..right + 1));
            let message = format!("{} was replaced by {}.", quoted(old), quoted(new));
            let mut draft = Draft::in_copy(Kind::TextReplaced, Severity::Error, copy, message).against(original);
            draft.facets = vec![Facet::Name];
            drafts.push(draft);
            return;
        }
        if old == new || lookalike::is_disguised(old) != lookalike::is_disguised(new) {
            return;
        }
        let (seen_old, seen_new) = (seen(old), seen(new));
        let names = match () {
            () if seen_old == seen_new && !concealment::unseen(old, new).is_empty() => return,
            () if seen_old == seen_new && old.len() != new.len() => ("a plain word".to_owned(), invisibles(old, new)),
            // Capitals against the original's case are emphasis, and judged there.
            () if is_capitals(&seen_old) != is_capitals(&seen_new) => return,
            () if !is_capitals(&seen_old) && differ_in_accent(&seen_old, &seen_new) => {
                let original = self.pair.alignment.original.bytes(&(left..left + 1));
                let copy = self.pair.alignment.copy.bytes(&(right..right + 1));
                let message = format!("{} was replaced by {}.", quoted(old), quoted(new));
                drafts.push(Draft::in_copy(Kind::TextReplaced, Severity::Warning, copy, message).against(original));
                return;
            }
            () if seen_old.to_lowercase() == seen_new.to_lowercase() => (quoted(&seen_old), quoted(&seen_new)),
            () => {
                let apostrophe = |text: &str| text.chars().find(|c| "'’‘ʼʻ´`＇׳".contains(*c));
                match (apostrophe(&seen_old), apostrophe(&seen_new)) {
                    (Some(was), Some(is)) if was != is => (format!("the apostrophe {was}"), is.to_string()),
                    _ => (quoted(&seen_old), quoted(&seen_new)),
                }
            }
        };
        let alignment = self.pair.alignment;
        self.group((names, alignment.original.bytes(&(left..left + 1)), alignment.copy.bytes(&(right..right + 1))));
    }

    fn group(&mut self, (names, original, copy): Change) {
        self.groups.entry(names).or_insert(Group { original, copy, places: 0 }).places += 1;
    }

    /// What stands between two words that follow each other in the original.
    fn between(&mut self, left: usize, right: usize, next: usize, other: usize, drafts: &mut Vec<Draft>) {
        let alignment = self.pair.alignment;
        let (mine, theirs) = (&alignment.original, &alignment.copy);
        let breaks = (mine.block_of(left) != mine.block_of(next), theirs.block_of(right) != theirs.block_of(other));
        let (old, new) = (mine.bytes(&(left..left + 1)), theirs.bytes(&(right..right + 1)));
        match breaks {
            (false, true) => {
                let message = format!("One paragraph became two behind {}.", quoted(self.pair.copy_word(right)));
                drafts.push(
                    Draft::in_copy(Kind::ParagraphsSplit, Severity::Note, new.clone(), message).against(old.clone()),
                );
            }
            (true, false) => {
                let message = format!("Two paragraphs became one behind {}.", quoted(self.pair.copy_word(right)));
                drafts.push(
                    Draft::in_copy(Kind::ParagraphsJoined, Severity::Note, new.clone(), message).against(old.clone()),
                );
            }
            (true, true) | (false, false) => {}
        }
        if other != right + 1 {
            return;
        }
        let (Some(old_next), Some(new_next)) = (mine.words.get(next), theirs.words.get(other)) else { return };
        let before = self.pair.original.text.get(old.end..old_next.bytes.start).unwrap_or_default();
        let after = self.pair.copy.text.get(new.end..new_next.bytes.start).unwrap_or_default();
        if before == after {
            return;
        }
        let (was, is) = (seen(&before.replace('\n', " ")), seen(&after.replace('\n', " ")));
        let unmarked = |signs: &str| signs.replace(marks::DOUBLE, "").replace(marks::SINGLE, "");
        let settled = self.marks.holds(other) && unmarked(&was) == unmarked(&is);
        if was == is || settled || breaks.0 != breaks.1 && was.trim() == is.trim() {
            return;
        }
        let end = |bytes: &ByteRange, next: &ByteRange, same: bool| if same { next.end } else { bytes.end };
        let original = old.start..end(&old, &old_next.bytes, !breaks.0);
        let copy = new.start..end(&new, &new_next.bytes, !breaks.1);
        let change = ((named(&was), named(&is)), original, copy);
        // Where both paragraphs end, it is told there.
        if breaks != (true, true) {
            if let Some(draft) = self.turns(before, after, right, change.clone()) {
                return drafts.push(draft);
            }
        } else if tone::turn(before, after, self.pair.copy_word(right)).is_some() {
            return;
        }
        if is_below(&is, new_next.bytes.clone(), self.pair.copy)
            != is_below(&was, old_next.bytes.clone(), self.pair.original)
        {
            let message = format!("{} became {} before a figure.", named(&was), named(&is));
            let mut draft = Draft::in_copy(Kind::TextReplaced, Severity::Warning, change.2, message).against(change.1);
            draft.facets = vec![Facet::Quantity];
            drafts.push(draft);
        } else {
            self.group(change);
        }
    }

    /// What the signs behind a word do to the sentence: they turn it round, or are a remark.
    fn turns(&self, before: &str, after: &str, right: usize, change: Change) -> Option<Draft> {
        if let Some(remark) = tone::remark(after).filter(|_| tone::remark(before).is_none()) {
            let start = self.pair.alignment.copy.words.get(right).map_or(0, |word| word.bytes.end);
            let text = after.get(remark.clone()).unwrap_or_default();
            let message = format!("The republisher comments on the words before: {}.", quoted(text));
            let bytes = start + remark.start..start + remark.end;
            return Some(Draft::in_copy(Kind::Interjection, Severity::Warning, bytes, message));
        }
        let turn = tone::turn(before, after, self.pair.copy_word(right))?;
        let message = format!("{} became {} {}.", change.0.0, change.0.1, turn.describe());
        Some(Draft::in_copy(Kind::TextReplaced, Severity::Warning, change.2, message).against(change.1))
    }

    /// What stands behind the last word of a block in both texts: a statement may have become a question.
    fn end_of_block(&mut self, left: usize, right: usize, drafts: &mut Vec<Draft>) {
        let tail = |document: &'_ Document, side: &crate::diff::Side, word: usize| {
            let block = side.block_of(word);
            let last = side.blocks.get(block).is_some_and(|words| words.end == word + 1);
            let start = side.words.get(word).filter(|_| last)?.bytes.end;
            let end = document.blocks.get(block)?.bytes.end;
            document.text.get(start..end).map(str::to_owned)
        };
        let Pair { original, copy, alignment, .. } = *self.pair;
        let (Some(was), Some(is)) = (tail(original, &alignment.original, left), tail(copy, &alignment.copy, right))
        else {
            return;
        };
        if was != is {
            let words = (alignment.original.bytes(&(left..left + 1)), alignment.copy.bytes(&(right..right + 1)));
            let change = ((named(&seen(&was)), named(&seen(&is))), words.0, words.1);
            drafts.extend(self.turns(&was, &is, right, change));
        }
    }
}

/// Whether a mark like a less-than sign stands before a figure and none behind it closes what it opens.
fn is_below(signs: &str, next: ByteRange, document: &Document) -> bool {
    let figure = document.text.get(next.start..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let block = document.blocks.get(document.block_at(next.start)).map_or(next.start, |block| block.bytes.end);
    let rest = document.text.get(next.start..block).unwrap_or_default();
    let closed = |open: char, close: char| signs.ends_with(open) && !rest.contains(close);
    figure && (closed('‹', '›') || closed('›', '‹'))
}

/// Whether the pronoun `us` became the country or the country the pronoun; among words in capitals nobody can tell.
pub(super) fn turns_country(pair: &Pair<'_>, left: usize, right: usize) -> bool {
    let shouted = |word: &str| is_capitals(word);
    let near = |at: usize, word: &dyn Fn(usize) -> bool| at.checked_sub(1).is_some_and(word) || word(at + 1);
    match (pair.original_word(left), pair.copy_word(right)) {
        ("us", "US") => !near(right, &|at| shouted(pair.copy_word(at))),
        ("US", "us") => !near(left, &|at| shouted(pair.original_word(at))),
        _ => false,
    }
}

/// The text without what cannot be seen.
fn seen(text: &str) -> String {
    text.chars().filter(|c| Invisible::of(*c).is_none()).collect()
}

fn invisibles(old: &str, new: &str) -> String {
    let soft = |text: &str| text.contains('\u{ad}');
    match (soft(old), soft(new)) {
        (false, true) => "a word with soft hyphens".to_owned(),
        (true, false) => "a word without soft hyphens".to_owned(),
        (true, true) | (false, false) => "a word with other invisible characters".to_owned(),
    }
}

fn named(signs: &str) -> String {
    match signs.trim() {
        "" if signs.is_empty() => "nothing".to_owned(),
        "" => "a space".to_owned(),
        trimmed => format!("‘{trimmed}’"),
    }
}

/// Whether two words are the same apart from case.
pub(super) fn differ_in_case(old: &str, new: &str) -> bool {
    let (before, after) = (seen(old), seen(new));
    old != new
        && fold(old) == fold(new)
        && (before.to_lowercase() == after.to_lowercase() || in_capitals(&before) == in_capitals(&after))
}

/// The word as it is written in capitals: `STRASSE`, `ΔΡΟΜΟΣ`.
fn in_capitals(word: &str) -> String {
    let plain = |c: char| match c {
        'Ά' => 'Α',
        'Έ' => 'Ε',
        'Ή' => 'Η',
        'Ί' => 'Ι',
        'Ό' => 'Ο',
        'Ύ' => 'Υ',
        'Ώ' => 'Ω',
        other => other,
    };
    word.to_uppercase().chars().map(plain).collect()
}

/// Whether two Greek words differ by an accent, which tells words apart where they are not in capitals.
fn differ_in_accent(old: &str, new: &str) -> bool {
    let accented = |word: &str| word.contains(['ά', 'έ', 'ή', 'ί', 'ό', 'ύ', 'ώ']);
    let (old, new) = (old.to_lowercase(), new.to_lowercase());
    old != new && (accented(&old) || accented(&new)) && in_capitals(&old) == in_capitals(&new)
}
