//! What a marked omission takes away: a word that the sense hangs on, or the one the sentence is about.

use std::ops::Range;

use super::{
    context, forms,
    original::Original,
    vocabulary::{is_condition, is_modal, is_negation, is_number, is_share, is_turn},
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
        }
    }
}

/// Words of the longest subject that is looked for.
const SUBJECT: usize = 8;

/// The gravest of what the words in `range` hold; none where they can be missed.
pub(super) fn taken(original: &Original<'_>, range: &Range<usize>) -> Option<Taken> {
    let words: Vec<(usize, String)> = range.clone().map(|at| (at, fold(original.text(at)))).collect();
    let first = |is: &dyn Fn(usize, &str) -> bool| {
        words.iter().find(|(at, word)| is(*at, word)).map(|(at, _)| original.text(*at).to_owned())
    };
    let name = |at: usize| original.text(at).starts_with(char::is_uppercase) && !original.begins_sentence(at);
    let month = |at: usize, word: &str| name(at) && dates::month(word).is_some();
    let tongue = &original.tongue;
    let negation = first(&|_, word| is_negation(word, tongue)).map(Taken::Negation);
    let number = || first(&|_, word| is_number(word, tongue)).map(Taken::Number);
    let modal = || first(&|at, word| is_modal(word) && !name(at) && !month(at, word)).map(Taken::Modal);
    let condition = || first(&|_, word| is_condition(word, tongue)).map(Taken::Condition);
    let turn = || turned(original, range);
    negation
        .or_else(number)
        .or_else(modal)
        .or_else(condition)
        .or_else(|| subject(original, range).map(Taken::Subject))
        .or_else(turn)
}

/// A word that turns what is kept, or says of how many it is so. Sentences left out whole say what they say by themselves, and so
/// does what stands between commas.
fn turned(original: &Original<'_>, range: &Range<usize>) -> Option<Taken> {
    let tongue = &original.tongue;
    let aside = |at: usize| original.between(at).contains([',', '(', ')', '—', '–']);
    if aside(range.start) && aside(range.end) {
        return None;
    }
    let sentence = |at: &usize| original.begins_sentence(*at);
    let head = range.clone().find(sentence).unwrap_or(range.end);
    let tail = (range.start..=range.end).rev().find(sentence).unwrap_or(range.start);
    let kept = (range.start..head).chain(tail.max(head)..range.end);
    let word = |at: usize| fold(original.text(at));
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
    kept.into_iter().find_map(|at| {
        let said = || original.text(at).to_owned();
        match () {
            () if is_turn(&word(at), tongue) => Some(Taken::Turn(said())),
            () if counted(at) || hedges(at) => Some(Taken::Share(said())),
            () => None,
        }
    })
}

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

/// The subject of the verb that the quotation goes on with: what is left out behind the last break of a clause, where it can
/// be one and a verb follows.
fn subject(original: &Original<'_>, range: &Range<usize>) -> Option<String> {
    if original.begins_sentence(range.end) || !is_verb(&fold(original.text(range.end))) {
        return None;
    }
    let joins = |at: usize| {
        matches!(
            fold(original.text(at)).as_str(),
            "and" | "but" | "or" | "that" | "because" | "while" | "whereas" | "which" | "who" | "when" | "so" | "yet"
        )
    };
    let breaks = |at: &usize| {
        let comma = original.between(*at).contains([',', ';', ':', '—', '–', '(']);
        original.begins_sentence(*at) || comma || at.checked_sub(1).is_some_and(joins)
    };
    let start = range.clone().rev().find(breaks)?;
    let length = range.end - start;
    let first = fold(original.text(start));
    let noun = matches!(
        first.as_str(),
        "he" | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "you"
            | "the"
            | "our"
            | "their"
            | "his"
            | "her"
            | "its"
            | "a"
            | "an"
            | "this"
            | "these"
            | "those"
    ) || original.text(start).starts_with(char::is_uppercase) && !is_preposition(&first);
    (noun && length <= SUBJECT).then(|| original.passage(&(start..range.end)).to_owned())
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "on"
            | "at"
            | "by"
            | "for"
            | "from"
            | "with"
            | "after"
            | "before"
            | "during"
            | "under"
            | "as"
            | "to"
            | "since"
            | "today"
            | "however"
            | "therefore"
            | "moreover"
            | "and"
            | "but"
            | "now"
            | "also"
    )
}

/// Whether a word is a verb as far as its form tells: a common auxiliary, or one that ends as verbs do.
pub(super) fn is_verb(word: &str) -> bool {
    let listed = matches!(
        word,
        "is" | "are"
            | "was"
            | "were"
            | "has"
            | "have"
            | "had"
            | "does"
            | "do"
            | "did"
            | "will"
            | "would"
            | "can"
            | "could"
            | "may"
            | "might"
            | "must"
            | "shall"
            | "should"
            | "says"
            | "said"
            | "went"
            | "gave"
            | "took"
            | "made"
            | "came"
            | "left"
            | "met"
            | "held"
            | "began"
            | "won"
            | "lost"
            | "want"
            | "wants"
            | "oppose"
            | "opposes"
            | "support"
            | "supports"
            | "reject"
            | "rejects"
            | "remains"
            | "stands"
            | "agree"
            | "agrees"
    );
    listed || forms::is_past(word) || (word.len() > 4 && word.ends_with("ed"))
}
