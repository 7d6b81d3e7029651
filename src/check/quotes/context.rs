//! What stands right before a quoted passage and changes what it says: "I do not think that …", "Almost …", "Few believe …".
//!
//! Whoever begins to quote behind such words quotes to the letter and says something else, unless the sentence around the
//! quotation says so in words of its own. Only words of the same clause count, and those a clause hangs on.

use std::ops::Range;

use super::{
    original::Original,
    vocabulary::{embeds, is_about, is_condition, is_negation, is_number, is_share, is_that, is_turn},
};
use crate::text::words::{fold, spans};

/// Words before the passage that are looked at.
const CLAUSE: usize = 9;

/// Bytes of the article before the quotation in which it may say the same.
const LEAD: usize = 320;

/// The words of the original right before the word at `place` that its sense hangs on; none where `lead`, what the article says
/// before the quotation in its paragraph, has such a word too.
pub(super) fn cut(original: &Original<'_>, place: usize, lead: &str) -> Option<Range<usize>> {
    let tongue = &original.tongue;
    let turns = |word: &str| {
        is_negation(word, tongue) || is_turn(word, tongue) || is_condition(word, tongue) || is_share(word, tongue)
    };
    let start = clause(original, place)?;
    let words: Vec<String> = (start..place).map(|at| fold(original.text(at))).collect();
    let last = words.last()?;
    let from = match () {
        // "not | agree", "few | people", "only | if".
        () if turns(last) => words.len() - 1,
        // "almost | all", "at least | twelve".
        () if is_about(last, tongue) && is_counted(original, place) => {
            words.len() - 1 - usize::from(words.iter().rev().nth(1).is_some_and(|word| is_small(word)))
        }
        // "do not think that | …", "few believe | …", "false that | …".
        () if hangs(original, &words, place) => words.iter().position(|word| turns(word))?,
        () => return None,
    };
    let told = spans(tail(lead)).into_iter().filter_map(|bytes| tail(lead).get(bytes)).map(fold);
    let told = told.into_iter().any(|word| {
        turns(&word) || words.get(from..).is_some_and(|own| own.contains(&word) && is_about(&word, tongue))
    });
    (!told).then_some(start + from..place)
}

/// Where the clause before the word at `place` begins; none where a sentence begins with that word.
fn clause(original: &Original<'_>, place: usize) -> Option<usize> {
    if place == 0 || original.begins_sentence(place) || parts(original.between(place)) {
        return None;
    }
    let mut start = place - 1;
    while start > 0 && place - start < CLAUSE && !original.begins_sentence(start) && !parts(original.between(start)) {
        start -= 1;
    }
    Some(start)
}

/// Whether signs end a clause.
fn parts(between: &str) -> bool {
    between.contains([',', ';', ':', '—', '–', '(', ')', '“', '”', '"', '«', '»'])
}

/// Whether a number or a share begins at the word.
fn is_counted(original: &Original<'_>, place: usize) -> bool {
    let word = fold(original.text(place));
    is_number(&word, &original.tongue) || is_share(&word, &original.tongue) || word == "half" || word == "none"
}

fn is_small(word: &str) -> bool {
    matches!(word, "at" | "up" | "more" | "less" | "fewer" | "no" | "as" | "close")
}

/// Whether the passage is a clause that hangs on words before it, of which one turns it.
fn hangs(original: &Original<'_>, words: &[String], place: usize) -> bool {
    let tongue = &original.tongue;
    let Some((last, before)) = words.split_last() else { return false };
    if is_that(last, tongue) {
        return before.last().is_some_and(|word| embeds(word, tongue) || is_turn(word, tongue));
    }
    // Without "that" only where a clause of its own follows: with a subject.
    let first = original.text(place);
    let subject = original.is_name(place)
        || matches!(
            fold(first).as_str(),
            "the"
                | "a"
                | "an"
                | "this"
                | "that"
                | "these"
                | "those"
                | "it"
                | "he"
                | "she"
                | "they"
                | "we"
                | "i"
                | "you"
                | "there"
                | "his"
                | "her"
                | "their"
                | "our"
                | "its"
        );
    subject && embeds(last, tongue)
}

/// The end of what the article says before the quotation.
fn tail(lead: &str) -> &str {
    lead.get(lead.floor_char_boundary(lead.len().saturating_sub(LEAD))..).unwrap_or_default()
}

/// Whether the word at `at` makes a number behind it more or less.
pub(super) fn is_hedge(original: &Original<'_>, at: usize) -> bool {
    is_about(&fold(original.text(at)), &original.tongue)
}
