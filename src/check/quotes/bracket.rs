//! What an editor may put in brackets: what makes plain, not what says something else.

use super::vocabulary::{is_common, is_modal, is_negation, is_number, is_title};
use crate::{check::facets, text::words::fold};

/// Words an editor put in, and those they stand for.
#[derive(Clone, Copy)]
pub(super) struct Put<'a> {
    /// The original's words; none where nothing was replaced.
    pub(super) old: &'a [&'a str],
    /// Those of them that are names, folded.
    pub(super) named: &'a [String],
    pub(super) new: &'a [&'a str],
    /// Whether the bracket begins a sentence.
    pub(super) begins: bool,
}

/// The words of the past that stand for those of the present in reported speech.
const TENSES: &[(&str, &str)] = &[("will", "would"), ("can", "could"), ("may", "might"), ("shall", "should")];

/// Whether quoting permits it. A negation, a number and a modal stay what they are; a name may be made plainer, not another.
pub(super) fn is_permitted(put: &Put<'_>) -> bool {
    let (old, new) = (folded(put.old), folded(put.new));
    let count = |words: &[String], is: fn(&str) -> bool| words.iter().filter(|word| is(word)).count();
    let says_no =
        |words: &[String]| count(words, is_negation) + words.iter().filter(|word| word.ends_with("n't")).count();
    (says_no(&old) > 0) == (says_no(&new) > 0)
        && !facets::prefix_negates(&old, &new)
        && numbers_stay(&old, &new)
        && modals_stay(&old, &new)
        && names_stay(put)
}

fn folded(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| fold(word)).collect()
}

/// Every number that was replaced is still there; one may come where there was none, such as the year for "this year".
fn numbers_stay(old: &[String], new: &[String]) -> bool {
    let numbers = |words: &[String]| words.iter().filter(|word| is_number(word)).cloned().collect::<Vec<_>>();
    let (gone, come) = (numbers(old), numbers(new));
    let same = |one: &String, other: &String| {
        one == other || facets::is_house_style(std::slice::from_ref(one), std::slice::from_ref(other))
    };
    gone.iter().all(|one| come.iter().any(|other| same(one, other)))
}

/// The modal that was replaced is still there, if in another tense; none comes that says more than was said.
fn modals_stay(old: &[String], new: &[String]) -> bool {
    let modals = |words: &[String]| words.iter().filter(|word| is_modal(word)).cloned().collect::<Vec<_>>();
    let (gone, come) = (modals(old), modals(new));
    let same = |one: &String, other: &String| {
        one == other || TENSES.iter().any(|(now, then)| (one == now && other == then) || (one == then && other == now))
    };
    let future = |word: &String| word == "will" || word == "would";
    gone.iter().all(|one| come.iter().any(|other| same(one, other)))
        && come.iter().all(|one| gone.iter().any(|other| same(one, other)) || (future(one) && !old.is_empty()))
}

/// A name may be replaced by a longer form of it, by what its letters stand for, or by words that point and name nobody else.
fn names_stay(put: &Put<'_>) -> bool {
    let capital = |(at, word): &(usize, &&str)| {
        let noun = *at == 0 && put.begins && word.ends_with('s');
        word.starts_with(char::is_uppercase) && word.chars().count() > 1 && !noun
    };
    let come = put.new.iter().enumerate().filter(capital).map(|(_, word)| fold(word));
    let come: Vec<String> = come.filter(|word| !is_title(word) && !is_common(word)).collect();
    let gone: Vec<&String> = put.named.iter().filter(|word| !is_title(word)).collect();
    if gone.is_empty() || come.is_empty() {
        return true;
    }
    let (old, new) = (letters(put.old), letters(put.new));
    let shared = gone.iter().any(|one| come.iter().any(|other| is_form_of(one, other)));
    shared || gone.iter().any(|one| is_form_of(one, &new)) || come.iter().any(|one| is_form_of(one, &old))
}

/// The first letters of the words with capitals.
fn letters(words: &[&str]) -> String {
    words
        .iter()
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a name is another, or its beginning, dots left out: `Asad` and `Asad's`, `U.S.` and `US`.
fn is_form_of(one: &str, other: &str) -> bool {
    let plain = |word: &str| word.trim_end_matches("'s").replace('.', "");
    let (one, other) = (plain(one), plain(other));
    let long = one.chars().count().min(other.chars().count()) >= 2;
    long && (one == other || (one.len() > 3 && other.starts_with(&one)) || (other.len() > 3 && one.starts_with(&other)))
}

/// Whether a word with letters in brackets is still the original's: another ending, nothing that turns it round, no figure.
///
/// `bare` is the word without the letters, `whole` with them, both folded.
pub(super) fn mends(old: &str, bare: &str, whole: &str) -> bool {
    let old = fold(old);
    let shared = old.chars().zip(whole.chars()).take_while(|(one, other)| one == other).count();
    let figure = [&old, whole].iter().any(|word| word.contains(|c: char| c.is_numeric()));
    let turned = facets::prefix_negates(std::slice::from_ref(&old), &[whole.to_owned()])
        || is_negation(&old) != is_negation(whole)
        || old.ends_with("n't") != whole.ends_with("n't");
    let stem = bare.chars().count().min(old.chars().count());
    !figure && !turned && (shared >= 3 || shared >= stem.min(2)) && shared * 2 >= stem
}
