//! What a marked omission takes away: a word that the sense hangs on, or the one the sentence is about.

use std::ops::Range;

use super::{
    context,
    original::Original,
    torn,
    vocabulary::{
        acts_against, is_condition, is_modal, is_negation, is_number, is_place, is_pointer, is_share, is_turn,
        is_unreal, joins, takes_back,
    },
};
use crate::{
    extract::{dates, quotations},
    text::words::fold,
};

/// What is taken away, with the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Negation(String),
    Number(String),
    Modal(String),
    Condition(String),
    Turn(String),
    Share(String),
    Subject(String),
    /// What somebody is said to judge.
    Object(String),
}

impl Taken {
    /// The thing in words.
    pub(super) fn describe(&self) -> (&'static str, &str) {
        match self {
            Self::Negation(word) => ("a negation", word),
            Self::Number(word) => ("a number", word),
            Self::Modal(word) => ("a modal", word),
            Self::Condition(word) => ("a condition", word),
            Self::Turn(word) => ("a word that turns the sense", word),
            Self::Share(word) => ("a word that says of how many it is so", word),
            Self::Subject(word) => ("the subject", word),
            Self::Object(word) => ("what is judged", word),
        }
    }
}

/// The gravest of what the words in `range` hold; none where they can be missed.
///
/// Sentences left out whole say what they say by themselves, unless one says no or begins by taking back what is kept: "But ...".
pub(super) fn taken(original: &Original<'_>, range: &Range<usize>) -> Option<Taken> {
    let (kept, back) = told(original, range);
    let first = |told: &[usize], is: &dyn Fn(usize, &str) -> bool| {
        told.iter().find(|at| is(**at, &word(original, **at))).map(|at| original.text(*at).to_owned())
    };
    let all: Vec<usize> = kept.iter().chain(&back).copied().collect();
    let name = |at: usize| original.text(at).starts_with(char::is_uppercase) && !original.begins_sentence(at);
    let month = |at: usize, word: &str| name(at) && dates::month(word).is_some();
    let tongue = &original.tongue;
    let whole: Vec<usize> = range.clone().collect();
    let negation = first(&whole, &|_, word| is_negation(word, tongue)).map(Taken::Negation);
    let number = || first(&kept, &|_, word| is_number(word, tongue)).map(Taken::Number);
    let modal = |at: usize, word: &str| is_modal(word) && !name(at) && !month(at, word);
    let modal = || first(&all, &modal).map(Taken::Modal);
    // "When it comes to …" names a subject.
    let topic = |at: usize, own: &str| own == "when" && ["comes", "came"].contains(&word(original, at + 2).as_str());
    // "As provided in the charter" is no condition either.
    let done = |at: usize, own: &str| own == "provided" && is_place(&word(original, at + 1), tongue);
    let condition = |at: usize, word: &str| is_condition(word, tongue) && !topic(at, word) && !done(at, word);
    let condition = || first(&all, &condition).map(Taken::Condition);
    negation
        .or_else(number)
        .or_else(modal)
        .or_else(condition)
        .or_else(|| torn::subject(original, range).map(Taken::Subject))
        .or_else(|| turned(original, range, &kept))
        .or_else(|| torn::object(original, range).map(Taken::Object))
}

/// The words in `range` of sentences that are kept in part, and of those left out whole that take something back.
fn told(original: &Original<'_>, range: &Range<usize>) -> (Vec<usize>, Vec<usize>) {
    let sentence = |at: &usize| original.begins_sentence(*at);
    let head = range.clone().find(sentence).unwrap_or(range.end);
    let tail = (range.start..=range.end).rev().find(sentence).unwrap_or(range.start).max(head);
    let (mut back, mut takes) = (Vec::new(), false);
    for at in head..tail {
        if original.begins_sentence(at) {
            takes = takes_back(&word(original, at), &original.tongue);
        }
        back.extend(takes.then_some(at));
    }
    ((range.start..head).chain(tail..range.end).collect(), back)
}

fn word(original: &Original<'_>, at: usize) -> String {
    fold(original.text(at))
}

/// A word that turns what is kept, or says of how many it is so. What stands between commas says what it says by itself.
fn turned(original: &Original<'_>, range: &Range<usize>, told: &[usize]) -> Option<Taken> {
    let tongue = &original.tongue;
    let aside = |at: usize| original.between(at).contains([',', '(', ')', '—', '–']);
    if aside(range.start) && aside(range.end) {
        return None;
    }
    let word = |at: usize| word(original, at);
    let counted = |at: usize| {
        let next = word(at + 1);
        let superlative = at.checked_sub(1).is_some_and(|before| is_determiner(&word(before)));
        match word(at).as_str() {
            // "the most important", "more than", "all the": only what stands before a number or a share, or is one.
            "most" => !superlative,
            "all" | "every" | "always" | "often" | "usually" | "enough" | "part" | "half" | "many" | "several"
            | "largely" | "mostly" | "partly" => false,
            "least" => at.checked_sub(1).is_some_and(|before| word(before) == "at"),
            "some" => !is_number(&next, tongue),
            "less" | "little" => !superlative,
            own => is_share(own, tongue),
        }
    };
    let hedges = |at: usize| {
        let next = word(at + 1);
        at + 1 >= range.end && context::is_hedge(original, at) && (is_number(&next, tongue) || is_share(&next, tongue))
    };
    // What a word acts upon or casts doubt on is kept only right behind the omission.
    let reaches = |at: usize, most: usize| {
        let on = at + most >= range.end && (at + 1..=range.end).all(|at| !original.begins_sentence(at) && !aside(at));
        on && !joins(&word(range.end), tongue) && !is_place(&word(range.end), tongue)
    };
    let ends = |at: usize| {
        let before = at.checked_sub(1).map_or(String::new(), word);
        let verb = before == "to" || is_modal(&before) || is_pointer(&before, tongue);
        let next = word(at + 1);
        word(at) == "end" && (next == "to" || verb || is_determiner(&next) || is_share(&next, tongue))
    };
    told.iter().copied().find_map(|at| {
        let said = || original.text(at).to_owned();
        match () {
            () if is_turn(&word(at), tongue) || ends(at) => Some(Taken::Turn(said())),
            () if acts_against(&word(at)) && reaches(at, AGAINST) => Some(Taken::Turn(said())),
            () if is_unreal(&word(at)) && reaches(at, UNREAL) => Some(Taken::Turn(said())),
            () if counted(at) || hedges(at) => Some(Taken::Share(said())),
            () => None,
        }
    })
}

/// Words behind a verb that acts against something, within which that begins.
const AGAINST: usize = 3;

/// Words behind an adjective of doubt, within which what it describes begins.
const UNREAL: usize = 2;

fn is_determiner(word: &str) -> bool {
    matches!(word, "the" | "a" | "an" | "its" | "his" | "her" | "our" | "their" | "my" | "your" | "this" | "no")
}

/// Words of the longest attribution between two parts of what somebody said.
const ATTRIBUTION: usize = 12;

/// Whether `range` is all that stands between two quotations of the original and says who said them: ,” she said. “
pub(super) fn is_attribution(original: &Original<'_>, range: &Range<usize>) -> bool {
    let closed = original.between(range.start).contains(['"', '“', '”', '«', '»', '’', '\'']);
    let opens = original.between(range.end).ends_with(['"', '“', '„', '«', '»', '‘', '\'']);
    let said = || range.clone().any(|at| quotations::says(&fold(original.text(at))));
    !range.is_empty() && range.len() <= ATTRIBUTION && closed && opens && said()
}
