//! Identifiers are compared as such: another number of a resolution is an error whatever it looks like, another way of writing the
//! same one is house style.
//!
//! The findings made so far go in and come out with facets and severity set right; an identifier that changed without a word
//! changing, by a sign or a capital in an address, becomes a finding here. Which texts are identifiers is in `find`.

mod find;

use std::{collections::BTreeSet, ops::Range};

use super::{Facet, Kind, Severity, draft::Draft, edits::quoted, framing::Surroundings, pair::Pair};
use crate::{
    diff::Side,
    extract::{ByteRange, Document},
};
use find::{Family, Reference};

/// Sets right what was found about identifiers.
pub(super) fn settle(pair: &Pair<'_>, surroundings: &Surroundings<'_>, drafts: &mut Vec<Draft>) {
    let kept = pair.kept();
    // Around the text nothing is paired with anything.
    let around = |block: usize| !surroundings.copy.any(block) && surroundings.is_around(block);
    let original = all(pair.original, |block| !kept.original[block]);
    if original.is_empty() {
        return;
    }
    let copy = all(pair.copy, |block| !kept.copy[block] && !around(block));
    let mut pairs = aligned(pair, surroundings, &original, &copy);
    pairs.extend(replaced(drafts, &original, &copy));
    for (old, new) in pairs {
        let (Some(old), Some(new)) = (original.get(old), copy.get(new)) else { continue };
        let touches = |draft: &&mut Draft| is_about_words(draft.kind) && touches(draft, old, new);
        match () {
            () if old.key == new.key => {
                let confined = |draft: &&mut Draft| touches(draft) && is_confined(draft, old, new);
                drafts.iter_mut().filter(confined).for_each(as_house_style);
            }
            () if is_compatible(old, new) || is_wrapped(pair, old, new) => {}
            () => {
                let mut known = false;
                for draft in drafts.iter_mut().filter(|draft| touches(draft) || parts_words(pair, draft, old, new)) {
                    as_change(draft, old, new);
                    known = true;
                }
                if !known {
                    drafts.push(change(pair, old, new));
                }
            }
        }
    }
}

/// Whether an address is broken at the end of a line of plain text, behind a sign that lines are broken at, and goes on as the other.
fn is_wrapped(pair: &Pair<'_>, old: &Reference, new: &Reference) -> bool {
    old.family == Family::Address
        && new.family == Family::Address
        && (goes_on((pair.copy, &new.bytes), (pair.original, &old.bytes))
            || goes_on((pair.original, &old.bytes), (pair.copy, &new.bytes)))
}

/// Whether what begins at the one place is, but for spaces at which a line may have ended, the whole of what is at the other.
fn goes_on((broken, at): (&Document, &ByteRange), (whole, other): (&Document, &ByteRange)) -> bool {
    let (Some(text), Some(mut left)) = (broken.text.get(at.start..), whole.text.get(other.clone())) else {
        return false;
    };
    if broken.carries_emphasis || left.len() <= at.len() {
        return false;
    }
    let mut last = None;
    for c in text.chars() {
        if left.is_empty() {
            // It must end where the other does.
            return !c.is_alphanumeric() && !matches!(c, '-' | '/' | '_' | '=' | '&' | '%');
        }
        if c == ' ' && matches!(last, Some('-' | '/' | '.' | '_' | '=' | '&' | '?')) {
            continue;
        }
        let Some(rest) = left.strip_prefix(c) else { return false };
        (left, last) = (rest, Some(c));
    }
    left.is_empty()
}

/// The identifiers of the blocks that are `wanted`, in bytes of the document.
fn all(document: &Document, wanted: impl Fn(usize) -> bool) -> Vec<Reference> {
    let shifted = |at: usize, one: Reference| Reference { bytes: one.bytes.start + at..one.bytes.end + at, ..one };
    let blocks = document.blocks.iter().enumerate().filter(|(index, _)| wanted(*index));
    blocks
        .flat_map(|(index, block)| {
            let at = block.bytes.start;
            find::find(document.block_text(index)).into_iter().map(move |one| shifted(at, one))
        })
        .collect()
}

fn words(side: &Side, bytes: &ByteRange) -> Range<usize> {
    let first = side.words.partition_point(|word| word.bytes.end <= bytes.start);
    let last = side.words.partition_point(|word| word.bytes.start < bytes.end);
    first..last.max(first)
}

/// The identifiers of both texts that share a word with a figure or, in an address, any word.
fn aligned(
    pair: &Pair<'_>,
    surroundings: &Surroundings<'_>,
    original: &[Reference],
    copy: &[Reference],
) -> BTreeSet<(usize, usize)> {
    let alignment = pair.alignment;
    let mut same: Vec<(usize, usize)> = pair.same_words().map(|(left, right)| (right, left)).collect();
    same.sort_unstable();
    let telling = |family: Family, word: &str| family == Family::Address || word.contains(|c: char| c.is_ascii_digit());
    let mut pairs = BTreeSet::new();
    for (new, reference) in copy.iter().enumerate() {
        let own = words(&alignment.copy, &reference.bytes);
        let first = same.partition_point(|(right, _)| *right < own.start);
        for (right, left) in same.iter().skip(first).take_while(|(right, _)| *right < own.end) {
            let aside = surroundings.is_set_aside(alignment.original.block_of(*left));
            let Some(word) = alignment.original.words.get(*left).filter(|_| !aside) else { continue };
            let old = original.partition_point(|other| other.bytes.end <= word.bytes.start);
            let here = original.get(old).filter(|other| other.bytes.start <= word.bytes.start);
            if here.is_some_and(|other| other.family == reference.family)
                && telling(reference.family, pair.copy_word(*right))
            {
                pairs.insert((old, new));
            }
        }
    }
    pairs
}

/// Identifiers of which one stands in place of the other.
fn replaced(drafts: &[Draft], original: &[Reference], copy: &[Reference]) -> Vec<(usize, usize)> {
    let within = |all: &[Reference], bytes: &ByteRange| -> Vec<usize> {
        let first = all.partition_point(|one| one.bytes.end <= bytes.start);
        let last = all.partition_point(|one| one.bytes.start < bytes.end);
        (first..last.max(first)).collect()
    };
    let mut pairs = Vec::new();
    for draft in drafts.iter().filter(|draft| draft.kind == Kind::TextReplaced) {
        let (Some(before), Some(after)) = (&draft.original, &draft.copy) else { continue };
        if let ([old], [new]) = (within(original, before).as_slice(), within(copy, after).as_slice())
            && original.get(*old).map(|one| one.family) == copy.get(*new).map(|one| one.family)
        {
            pairs.push((*old, *new));
        }
    }
    pairs
}

fn is_about_words(kind: Kind) -> bool {
    matches!(kind, Kind::TextReplaced | Kind::TextInserted | Kind::TextDeleted | Kind::Lookalike)
}

fn overlap(left: &ByteRange, right: &ByteRange) -> bool {
    left.start < right.end && right.start < left.end
}

fn touches(draft: &Draft, old: &Reference, new: &Reference) -> bool {
    let before = draft.original.as_ref().is_some_and(|bytes| overlap(bytes, &old.bytes));
    before || draft.copy.as_ref().is_some_and(|bytes| overlap(bytes, &new.bytes))
}

/// Whether a finding says that words of the identifier were joined or parted: of an address that makes another one.
fn parts_words(pair: &Pair<'_>, draft: &Draft, old: &Reference, new: &Reference) -> bool {
    let (Some(before), Some(after)) = (&draft.original, &draft.copy) else { return false };
    let counts = (words(&pair.alignment.original, before).len(), words(&pair.alignment.copy, after).len());
    draft.kind == Kind::Typography && counts.0 != counts.1 && is_confined(draft, old, new)
}

/// Whether nothing changed but how the identifier is written.
fn is_confined(draft: &Draft, old: &Reference, new: &Reference) -> bool {
    let inside = |bytes: &Option<ByteRange>, one: &Reference| {
        bytes.as_ref().is_none_or(|bytes| one.bytes.start <= bytes.start && bytes.end <= one.bytes.end)
    };
    draft.kind != Kind::Lookalike && inside(&draft.original, old) && inside(&draft.copy, new)
}

/// Whether one identifier says less than the other and nothing else: "resolution 2254", an address cut short by dots.
fn is_compatible(old: &Reference, new: &Reference) -> bool {
    let short = |cut: &str, whole: &str| cut.strip_suffix('…').is_some_and(|cut| whole.starts_with(cut));
    let general = |one: &str, other: &str| {
        let number = |key: &str| key.split_once(' ').map(|(_, number)| number.to_owned());
        one.starts_with("resolution ") && other.starts_with("un-") && number(one) == number(other)
    };
    let (one, other) = (old.key.as_str(), new.key.as_str());
    // "No." stands before the number of anything.
    let bare = |one: &str, other: &str| {
        one.strip_prefix("docket ").is_some_and(|number| other.split_once(' ').is_some_and(|(_, own)| own == number))
    };
    short(one, other)
        || short(other, one)
        || general(one, other)
        || general(other, one)
        || bare(one, other)
        || bare(other, one)
}

fn as_house_style(draft: &mut Draft) {
    draft.severity = Severity::Note;
    draft.facets = vec![Facet::HouseStyle];
}

/// What a change of the identifier touches.
fn facet(old: &Reference, new: &Reference) -> Facet {
    let figures = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
    match old.family {
        Family::Day => Facet::Date,
        Family::Phone => Facet::Number,
        Family::Cited if figures(&old.key) != figures(&new.key) => Facet::Number,
        Family::Cited | Family::Address => Facet::Name,
    }
}

fn as_change(draft: &mut Draft, old: &Reference, new: &Reference) {
    draft.severity = Severity::Error;
    if draft.kind == Kind::Typography {
        draft.kind = Kind::TextReplaced;
    }
    draft.facets.retain(|facet| *facet != Facet::HouseStyle);
    draft.facets.push(facet(old, new));
    draft.facets.sort_unstable();
    draft.facets.dedup();
}

/// The same words, but another identifier.
fn change(pair: &Pair<'_>, old: &Reference, new: &Reference) -> Draft {
    let text = |document: &Document, bytes: &ByteRange| quoted(document.text.get(bytes.clone()).unwrap_or_default());
    let (before, after) = (text(pair.original, &old.bytes), text(pair.copy, &new.bytes));
    let message = format!("{before} was replaced by {after}.");
    let (old_words, new_words) = (whole(&pair.alignment.original, old), whole(&pair.alignment.copy, new));
    let draft = Draft::in_copy(Kind::TextReplaced, Severity::Error, new_words, message).against(old_words);
    Draft { facets: vec![facet(old, new)], ..draft }
}

/// The identifier from its first word to its last.
fn whole(side: &Side, reference: &Reference) -> ByteRange {
    let words = words(side, &reference.bytes);
    if words.is_empty() { reference.bytes.clone() } else { side.bytes(&words) }
}
