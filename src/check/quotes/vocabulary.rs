//! The lists of `words/quoting.txt`, looked up by folded word.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::tongue::Tongue;
use crate::check::{Facet, facets};

/// Every word with the lists it is in: most words are in none, and are asked about often.
static LISTS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, words) in lines().filter(|(name, _)| !matches!(*name, "language" | "counts")) {
        words.split_whitespace().for_each(|word| lists.entry(word).or_default().push(name));
    }
    lists
});

static LANGUAGES: LazyLock<Vec<(&'static str, BTreeSet<&'static str>)>> = LazyLock::new(|| tagged("language"));

/// What is a homograph only beside English, by the language in which it counts.
static COUNTS: LazyLock<Vec<(&'static str, BTreeSet<&'static str>)>> = LazyLock::new(|| tagged("counts"));

fn tagged(name: &str) -> Vec<(&'static str, BTreeSet<&'static str>)> {
    let tagged = lines().filter(|(row, _)| *row == name).filter_map(|(_, list)| list.split_once(' '));
    tagged.map(|(tag, words)| (tag, words.split(' ').collect())).collect()
}

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("../words/quoting.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": "))
}

fn is(list: &str, word: &str) -> bool {
    LISTS.get(word).is_some_and(|lists| lists.contains(&list))
}

/// Whether a word is in a list of the text's own language: `turn`, or `turn fr` where that is French.
fn is_in(list: &str, word: &str, tongue: &Tongue<'_>) -> bool {
    match tongue.language() {
        Some(tag) if tag != "en" => LISTS.get(word).is_some_and(|lists| {
            lists.iter().any(|name| name.split_once(' ').is_some_and(|(own, language)| own == list && language == tag))
        }),
        Some(_) | None => is(list, word),
    }
}

/// Whether a word is in one of the lists that have all languages in them, and means something else in the text's.
fn is_homograph(word: &str, tongue: &Tongue<'_>) -> bool {
    let own = |tag: &str| COUNTS.iter().find(|(own, _)| *own == tag).is_some_and(|(_, words)| words.contains(word));
    is("homograph", word) && !tongue.language().is_some_and(own)
}

/// Whether finding the word in two texts says next to nothing.
pub(super) fn is_common(word: &str) -> bool {
    is("common", word)
}

pub(super) fn is_modal(word: &str) -> bool {
    is("modal", word)
}

pub(super) fn is_condition(word: &str, tongue: &Tongue<'_>) -> bool {
    is("condition", word) && !is_homograph(word, tongue)
}

/// Whether the word turns round what others say, or casts doubt on it.
pub(super) fn is_turn(word: &str, tongue: &Tongue<'_>) -> bool {
    is_in("turn", word, tongue)
}

/// Whether the word says of how many, or how often, something is so.
pub(super) fn is_share(word: &str, tongue: &Tongue<'_>) -> bool {
    is_in("share", word, tongue)
}

/// Whether the word before a number or share makes it more or less.
pub(super) fn is_about(word: &str, tongue: &Tongue<'_>) -> bool {
    is_in("about", word, tongue)
}

/// Whether a sentence that begins with the word takes back what was said before it.
pub(super) fn takes_back(word: &str, tongue: &Tongue<'_>) -> bool {
    is_in("back", word, tongue)
}

/// Whether a verb says of somebody what he thinks of something: its object is what matters.
pub(super) fn judges(word: &str) -> bool {
    is("judges", word)
}

/// Whether a verb acts against its object.
pub(super) fn acts_against(word: &str) -> bool {
    is("against", word)
}

/// Whether an adjective says that what it describes is not, or not surely, what it is called.
pub(super) fn is_unreal(word: &str) -> bool {
    is("unreal", word)
}

/// Whether a clause with "that" may hang on the word.
pub(super) fn embeds(word: &str, tongue: &Tongue<'_>) -> bool {
    is_in("embeds", word, tongue)
}

/// Whether the word opens a clause that hangs on what stands before.
pub(super) fn is_that(word: &str, tongue: &Tongue<'_>) -> bool {
    is_in("that", word, tongue)
}

/// Whether the word stands for somebody or something, a place or a time named before.
pub(super) fn is_pointer(word: &str, tongue: &Tongue<'_>) -> bool {
    is_in("pointer", word, tongue)
}

/// Whether the word says of what kind somebody or something is that is named elsewhere.
pub(super) fn is_generic(word: &str, tongue: &Tongue<'_>) -> bool {
    is_in("generic", word, tongue) || is_title(word)
}

pub(super) fn is_article(word: &str, tongue: &Tongue<'_>) -> bool {
    is_in("article", word, tongue)
}

/// Whether the word says where, when or whose: a preposition.
pub(super) fn is_place(word: &str, tongue: &Tongue<'_>) -> bool {
    is_in("place", word, tongue)
}

pub(super) fn joins(word: &str, tongue: &Tongue<'_>) -> bool {
    is_in("join", word, tongue)
}

/// Whether a clause that describes may begin with the word.
pub(super) fn relates(word: &str, tongue: &Tongue<'_>) -> bool {
    is_in("relative", word, tongue)
}

/// Whether the word is what numbers count.
pub(super) fn is_unit(word: &str) -> bool {
    is("unit", word)
}

pub(super) fn is_stage_direction(word: &str) -> bool {
    is("stage", word)
}

pub(super) fn is_title(word: &str) -> bool {
    is("title", word)
}

pub(super) fn is_body(word: &str) -> bool {
    is("body", word)
}

/// Places and bodies that speak under a name of one word.
static PLACES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../words/places.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Whether a word is the name of a country or city.
pub(super) fn is_country(word: &str) -> bool {
    PLACES.contains(word) && !is_body(word)
}

/// Whether a word is the name of a place or body that speaks for somebody.
pub(super) fn speaks_for_somebody(word: &str) -> bool {
    PLACES.contains(word) || is_body(word)
}

/// Whether the word says no.
pub(super) fn is_negation(word: &str, tongue: &Tongue<'_>) -> bool {
    let negates = word.ends_with("n't") || facets::of_word(word).contains(&Facet::Negation);
    negates && !is_homograph(word, tongue)
}

/// Whether the word is a number, in figures or letters.
pub(super) fn is_number(word: &str, tongue: &Tongue<'_>) -> bool {
    let figures = word.contains(|c: char| c.is_numeric());
    figures || (facets::of_word(word).contains(&Facet::Number) && !is_homograph(word, tongue))
}

/// How many of some words are among the commonest of each language we know a few of.
pub(super) fn languages(words: &[String]) -> BTreeMap<&'static str, usize> {
    let count = |list: &BTreeSet<&str>| words.iter().filter(|word| list.contains(word.as_str())).count();
    LANGUAGES.iter().map(|(tag, list)| (*tag, count(list))).collect()
}
