//! The lists of `words/quoting.txt`, looked up by folded word.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use crate::check::{Facet, facets};

static LISTS: LazyLock<BTreeMap<&'static str, BTreeSet<&'static str>>> = LazyLock::new(|| {
    let mut lists: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, words) in lines().filter(|(name, _)| *name != "language") {
        lists.entry(name).or_default().extend(words.split_whitespace());
    }
    lists
});

static LANGUAGES: LazyLock<Vec<(&'static str, BTreeSet<&'static str>)>> = LazyLock::new(|| {
    let languages = lines().filter(|(name, _)| *name == "language");
    languages
        .filter_map(|(_, list)| list.split_once(' '))
        .map(|(tag, words)| (tag, words.split(' ').collect()))
        .collect()
});

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = include_str!("../words/quoting.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": "))
}

fn is(list: &str, word: &str) -> bool {
    LISTS.get(list).is_some_and(|words| words.contains(word))
}

/// Whether finding the word in two texts says next to nothing.
pub(super) fn is_common(word: &str) -> bool {
    is("common", word)
}

pub(super) fn is_modal(word: &str) -> bool {
    is("modal", word)
}

pub(super) fn is_condition(word: &str) -> bool {
    is("condition", word) && !is("homograph", word)
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

/// Whether the word says no.
pub(super) fn is_negation(word: &str) -> bool {
    !is("homograph", word) && facets::of_word(word).contains(&Facet::Negation)
}

/// Whether the word is a number, in figures or letters.
pub(super) fn is_number(word: &str) -> bool {
    let figures = word.contains(|c: char| c.is_numeric());
    figures || (!is("homograph", word) && facets::of_word(word).contains(&Facet::Number))
}

/// How many of some words are among the commonest of each language we know a few of.
pub(super) fn languages(words: &[String]) -> BTreeMap<&'static str, usize> {
    let count = |list: &BTreeSet<&str>| words.iter().filter(|word| list.contains(word.as_str())).count();
    LANGUAGES.iter().map(|(tag, list)| (*tag, count(list))).collect()
}
