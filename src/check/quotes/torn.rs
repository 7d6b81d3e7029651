//! Sentences that a marked omission tears: what is kept behind it loses its subject, or a verb before it gets another object.
//!
//! The original and the words left out go in, what they were for the rest comes out. Which words turn a sense by themselves is
//! asked in `omission`; only closed classes of words are known here, and where those tell nothing, nothing is said.

use std::ops::Range;

use super::{
    forms,
    original::Original,
    vocabulary::{is_place, is_that, joins, judges, relates},
};
use crate::text::words::fold;

/// Words of the longest subject that is looked for.
const SUBJECT: usize = 8;

/// Signs that end a clause.
const SIGNS: [char; 7] = [',', ';', ':', '—', '–', '(', ')'];

/// The words that what is kept behind the omission hangs on: its subject, or all that its own sentence says before, where what
/// is kept in front of the mark is of another sentence and broken off too.
pub(super) fn subject(original: &Original<'_>, range: &Range<usize>) -> Option<String> {
    let from = own_subject(original, range).or_else(|| head(original, range))?;
    Some(original.passage(&(from..range.end)).to_owned())
}

/// Where the subject of the verb that the quotation goes on with begins: what is left out behind the last break of a clause, where
/// it can be one and a verb follows. What merely stands between signs before the verb is none: "Zenda, however, …".
fn own_subject(original: &Original<'_>, range: &Range<usize>) -> Option<usize> {
    let tongue = &original.tongue;
    if original.begins_sentence(range.end) || !is_verb(&word(original, range.end)) {
        return None;
    }
    let opens = |at: usize| {
        let word = word(original, at);
        joins(&word, tongue)
            || is_that(&word, tongue)
            || relates(&word, tongue)
            || matches!(word.as_str(), "because" | "while" | "whereas")
    };
    let breaks = |at: &usize| {
        original.begins_sentence(*at) || ends_clause(original, *at) || at.checked_sub(1).is_some_and(opens)
    };
    let noun = |at: usize| {
        let first = word(original, at);
        is_determiner(&first) || is_subject(&first) || {
            original.text(at).starts_with(char::is_uppercase) && !is_adverbial(&first)
        }
    };
    let start = range.clone().rev().filter(breaks).take(3).find(|at| noun(*at))?;
    let last = range.clone().rev().find(breaks)?;
    let length = if start == last { range.end - start } else { last - start };
    (length <= SUBJECT).then_some(start)
}

/// Where the sentence begins that what is kept behind the omission is the end of, if that is another than the one broken off
/// before it. A clause that stands by itself needs nothing of what was before.
fn head(original: &Original<'_>, range: &Range<usize>) -> Option<usize> {
    let tongue = &original.tongue;
    let start = (range.start + 1..range.end).rev().find(|at| original.begins_sentence(*at))?;
    let torn = !original.begins_sentence(range.start) && !original.begins_sentence(range.end);
    let mut at = range.end;
    let before = word(original, at - 1);
    let joined = joins(&word(original, at), tongue);
    at += usize::from(joined);
    let landing = word(original, at);
    let foreign = tongue.language().is_some_and(|language| language != "en");
    let clause = ends_clause(original, range.end)
        || joined
        || joins(&before, tongue)
        || (foreign && (is_that(&before, tongue) || relates(&before, tongue)));
    let acts = clause && (foreign || is_clause(original, at));
    (torn && !acts && !is_subject(&landing)).then_some(start)
}

/// Whether a clause with a subject and a verb of its own begins with the word, as far as the next few tell.
fn is_clause(original: &Original<'_>, start: usize) -> bool {
    let noun = is_determiner(&word(original, start)) || original.text(start).starts_with(char::is_uppercase);
    let rest = (start + 1..start + SUBJECT)
        .take_while(|at| !original.begins_sentence(*at) && !ends_clause(original, *at))
        .take_while(|at| !relates(&word(original, *at), &original.tongue));
    // "United" is no verb.
    let acts = |at: usize| !original.text(at).starts_with(char::is_uppercase) && is_verb(&word(original, at));
    noun && rest.into_iter().any(acts)
}

/// What somebody judges, where a verb that judges stands before the omission and what is kept behind it would be judged instead:
/// "condemns … the dockers" for "condemns the strike of the dockers". A gap that any reader sees misleads nobody.
pub(super) fn object(original: &Original<'_>, range: &Range<usize>) -> Option<String> {
    let tongue = &original.tongue;
    let before = range.start.checked_sub(1)?;
    let closed = original.breaks_within(&(range.start..range.end + 1))
        || ends_clause(original, range.start)
        || ends_clause(original, range.end);
    let (last, landing) = (word(original, range.end - 1), word(original, range.end));
    let other = is_place(&last, tongue) && !is_place(&landing, tongue) && range.len() > 1;
    (!closed && judges(&word(original, before)) && other).then(|| original.passage(range).to_owned())
}

fn word(original: &Original<'_>, at: usize) -> String {
    fold(original.text(at))
}

fn ends_clause(original: &Original<'_>, at: usize) -> bool {
    original.between(at).contains(SIGNS)
}

fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "these"
            | "those"
            | "our"
            | "their"
            | "his"
            | "her"
            | "its"
            | "my"
            | "your"
    )
}

/// Whether a word is a subject by its form.
fn is_subject(word: &str) -> bool {
    let stem = word.split('\'').next().unwrap_or_default();
    matches!(stem, "i" | "we" | "he" | "she" | "they" | "it" | "there" | "you")
}

fn is_adverbial(word: &str) -> bool {
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
