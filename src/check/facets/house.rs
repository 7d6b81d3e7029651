//! Which runs of words are the same in another house's spelling.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::text::normal::unaccented;

/// Words by the group of spellings they belong to.
static GROUPS: LazyLock<BTreeMap<&'static str, usize>> = LazyLock::new(|| {
    let lines = include_str!("../words/house.txt").lines().filter(|line| !line.starts_with('#'));
    lines.enumerate().flat_map(|(group, line)| line.split_whitespace().map(move |word| (word, group))).collect()
});

/// Endings that British and American spelling, or a choice within one of them, write differently.
const ENDINGS: &[(&str, &str)] = &[
    ("ise", "ize"),
    ("ised", "ized"),
    ("ises", "izes"),
    ("ising", "izing"),
    ("isation", "ization"),
    ("isations", "izations"),
    ("iser", "izer"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("our", "or"),
    ("ours", "ors"),
    ("oured", "ored"),
    ("ouring", "oring"),
    ("ourable", "orable"),
    ("ourite", "orite"),
    ("lled", "led"),
    ("lling", "ling"),
    ("ller", "ler"),
    ("ence", "ense"),
];

const SMALL: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

const ORDINALS: &[&str] =
    &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// Whether two runs of folded words say the same in another spelling.
pub(super) fn same(old: &[String], new: &[String]) -> bool {
    if old.is_empty() || new.is_empty() {
        return false;
    }
    let (old, new) = (expanded(old), expanded(new));
    if old == new {
        return true;
    }
    let pairs = old.len() == new.len() && old.iter().zip(&new).all(|(left, right)| same_word(left, right));
    pairs || is_same_day(&old, &new)
}

/// The words with "per cent" and split-up thousands made one.
fn expanded(words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in words {
        match out.last_mut() {
            Some(last) if last == "per" && word == "cent" => "percent".clone_into(last),
            Some(last) if is_group(last) && word.len() == 3 && is_number(word) => last.push_str(word),
            _ => out.push(without_separators(word)),
        }
    }
    out.retain(|word| !matches!(word.as_str(), "the" | "of"));
    out
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The first figures of a number that groups its thousands by spaces.
fn is_group(word: &str) -> bool {
    is_number(word) && !word.starts_with('0') && word.len() <= 3
}

/// `1,200` is `1200`; `1,20` stays: a comma may be a decimal point.
fn without_separators(word: &str) -> String {
    let mut groups = word.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let thousands = !rest.is_empty()
        && is_group(first)
        && !first.is_empty()
        && rest.iter().all(|group| group.len() == 3 && is_number(group));
    if thousands { format!("{first}{}", rest.concat()) } else { word.to_owned() }
}

fn same_word(left: &str, right: &str) -> bool {
    let group = |word: &str| GROUPS.get(word).copied();
    left == right
        || (group(left).is_some() && group(left) == group(right))
        || (left.len() > 3 && unaccented(left) == unaccented(right))
        || ending(left, right)
        || ending(right, left)
        || number(left).is_some_and(|value| number(right) == Some(value))
}

fn ending(left: &str, right: &str) -> bool {
    ENDINGS.iter().any(|(one, other)| {
        let stems = left.strip_suffix(one).zip(right.strip_suffix(other));
        stems.is_some_and(|(stem, same)| stem == same && stem.len() >= 3)
    })
}

/// What a numeral or a small number's name counts; ordinals count from a thousand, so as not to be mistaken for others.
fn number(word: &str) -> Option<usize> {
    let named = |list: &[&str]| list.iter().position(|name| *name == word);
    let figures = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = word.get(figures.len()..).unwrap_or_default();
    match suffix {
        "" if is_number(word) && word.len() <= 4 => word.parse().ok(),
        "st" | "nd" | "rd" | "th" => figures.parse::<usize>().ok().map(|value| value + 1_000_000),
        _ => named(SMALL).or_else(|| named(ORDINALS).map(|at| at + 1 + 1_000_000)),
    }
}

/// `11 November 2017` and `November 11, 2017`.
fn is_same_day(old: &[String], new: &[String]) -> bool {
    let day = |words: &[String]| -> Option<Vec<String>> {
        let named = |word: &String| crate::extract::dates::month(word).map(|month| format!("m{month}"));
        let cut = |word: &String| word.trim_end_matches(|c: char| c.is_ascii_alphabetic()).to_owned();
        let mut parts: Vec<String> = words.iter().map(|word| named(word).unwrap_or_else(|| cut(word))).collect();
        let months = parts.iter().filter(|part| part.starts_with('m')).count();
        parts.sort_unstable();
        (months == 1 && parts.iter().all(|part| part.starts_with('m') || (is_number(part) && !part.is_empty())))
            .then_some(parts)
    };
    old.len() >= 2 && day(old).is_some_and(|parts| day(new) == Some(parts))
}
