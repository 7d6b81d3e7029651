//! Which runs of words are the same in another house's spelling.

use std::{collections::BTreeMap, sync::LazyLock};

use super::{Change, values};
use crate::text::{
    normal::unaccented,
    words::{Lexicon, fold},
};

/// Words by the group of spellings they belong to.
static GROUPS: LazyLock<BTreeMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut groups: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
    let lines = include_str!("../words/house.txt").lines().filter(|line| !line.starts_with('#'));
    for (group, word) in
        lines.enumerate().flat_map(|(group, line)| line.split_whitespace().map(move |word| (group, word)))
    {
        groups.entry(word).or_default().push(group);
    }
    groups
});

/// Beginnings that keep the Greek diphthong in British spelling.
const BEGINNINGS: &[(&str, &str)] = &[
    ("paed", "ped"),
    ("orthopaed", "orthoped"),
    ("encyclopaed", "encycloped"),
    ("haem", "hem"),
    ("leukaem", "leukem"),
    ("anaem", "anem"),
    ("anaesth", "anesth"),
    ("gynaec", "gynec"),
    ("archae", "arche"),
    ("oesoph", "esoph"),
    ("oestr", "estr"),
    ("foet", "fet"),
    ("diarrhoe", "diarrhe"),
];

/// Words that an apostrophe makes another word of.
const APOSTROPHES: &[(&str, &str)] = &[
    ("its", "it's"),
    ("well", "we'll"),
    ("were", "we're"),
    ("wed", "we'd"),
    ("cant", "can't"),
    ("wont", "won't"),
    ("ill", "i'll"),
    ("id", "i'd"),
    ("hell", "he'll"),
    ("shell", "she'll"),
    ("shed", "she'd"),
    ("whose", "who's"),
];

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

/// Whether both sides of a change say the same in another spelling.
pub(super) fn same(change: &Change<'_>) -> bool {
    if is_us_dollar(change) {
        return true;
    }
    if change.before.is_empty() || change.after.is_empty() {
        return false;
    }
    let (old, new) = (spelled(change.before, change), spelled(change.after, change));
    if old.is_empty() || new.is_empty() {
        return false;
    }
    if values::same_value(change.before, change.after) {
        return true;
    }
    // A name without its accents is the same name; German has umlauts in words that begin with a capital as well.
    let name =
        |text: &str| !super::names(text, change.lead).is_empty() && !text.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü']);
    let accents = change.accents && !(name(change.before) && name(change.after));
    let same = |(left, right): (&String, &String)| {
        same_word(left, right, accents) || (super::is_date(change) && is_same_date(left, right))
    };
    let pairs = |old: &[String], new: &[String]| old.len() == new.len() && old.iter().zip(new).all(same);
    let timed = |words: &[String]| timed(words, change.trail);
    pairs(&old, &new) || is_same_day(&old, &new) || pairs(&timed(&old), &timed(&new))
}

/// Whether a word is a unit of measure.
pub(super) fn is_measure(word: &str) -> bool {
    const MEASURES: [&str; 12] =
        ["km", "m", "kg", "cm", "mm", "ha", "litre", "liter", "litres", "liters", "degrees", "°"];
    let spelled = |unit: &&str| GROUPS.get(*unit).zip(GROUPS.get(word)).is_some_and(|(one, other)| one == other);
    MEASURES.contains(&word) || MEASURES.iter().any(spelled)
}

/// Whether one word is another but for an apostrophe, and another word for it.
pub(super) fn apostrophe(old: &[String], new: &[String]) -> bool {
    let pair = |left: &str, right: &str| APOSTROPHES.contains(&(left, right)) || APOSTROPHES.contains(&(right, left));
    matches!((old, new), ([left], [right]) if pair(left, right))
}

/// `US$5` and `$5`: the United States' is the dollar that is meant when no other is named.
fn is_us_dollar(change: &Change<'_>) -> bool {
    let (before, after) = (change.before.trim(), change.after.trim());
    let named = |text: &str| matches!(text, "US" | "U.S" | "U.S.");
    ((named(before) && after.is_empty()) || (before.is_empty() && named(after)))
        && change.trail.trim_start().starts_with('$')
        || matches!((before, after), ("US$", "$") | ("$", "US$"))
}

/// The folded words of a text, each in the one spelling it is compared by.
fn spelled(text: &str, change: &Change<'_>) -> Vec<String> {
    let mut words = Vec::new();
    let text = with_halves(&text.replace('℃', "°C").replace('℉', "°F"));
    for word in Lexicon::new().words(&text) {
        let own = text.get(word.bytes).unwrap_or_default();
        let folded = fold(own);
        // The pronoun is no country.
        if folded == "us" && own != "US" {
            words.push("us (we)".to_owned());
        } else {
            split(&folded, &mut words);
        }
    }
    let currency = ['$', '€', '£', '¥'];
    let money = change.lead.trim_end().ends_with(currency) || text.contains(currency);
    let figure = |text: &str| text.trim_start_matches(['.', ' ']).starts_with(|c: char| c.is_ascii_digit());
    for at in 0..words.len() {
        let next = words.get(at + 1).map_or(change.trail, String::as_str);
        if matches!(words[at].as_str(), "no" | "nr" | "#") && figure(next) {
            "number".clone_into(&mut words[at]);
        }
        let counted = at > 0 && words[at - 1].starts_with(|c: char| c.is_ascii_digit());
        if counted && money && words[at] == "m" {
            "million".clone_into(&mut words[at]);
        }
    }
    let mut words = expanded(&with_currency_behind(words));
    // `the 5th of May` is `May 5`; anywhere else the two little words have their place.
    let month = words.iter().any(|word| crate::extract::dates::month(word).is_some());
    let day = words.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    if (month && day) || super::is_date(change) {
        words.retain(|word| !matches!(word.as_str(), "the" | "of"));
    }
    words
}

/// `$14 million` as `14 million dollars`.
fn with_currency_behind(mut words: Vec<String>) -> Vec<String> {
    const NAMES: [(&str, &str); 3] = [("$", "dollars"), ("€", "euros"), ("£", "pounds")];
    for at in 0..words.len() {
        let figure = words.get(at + 1).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
        let Some((_, name)) = NAMES.iter().find(|(sign, _)| figure && words[at] == *sign) else { continue };
        let scale = words.get(at + 2).is_some_and(|word| matches!(word.as_str(), "million" | "billion" | "trillion"));
        words.insert(at + 2 + usize::from(scale), (*name).to_owned());
        words.remove(at);
    }
    words
}

/// Takes contractions and figures with a unit apart.
fn split(word: &str, words: &mut Vec<String>) {
    let not = |stem: &str| [stem.to_owned(), "not".to_owned()];
    let figures = word.trim_end_matches(char::is_alphabetic);
    let unit = word.get(figures.len()..).unwrap_or_default();
    match word {
        "cannot" | "can't" => words.extend(not("can")),
        "won't" => words.extend(not("will")),
        "shan't" => words.extend(not("shall")),
        _ if word.len() > 4 && word.ends_with("n't") => words.extend(not(&word[..word.len() - 3])),
        _ if word.ends_with("'s") && word.starts_with(|c: char| c.is_ascii_digit()) => {
            words.push(word.replace('\'', ""))
        }
        _ if matches!(unit, "" | "st" | "nd" | "rd" | "th" | "s") || figures.is_empty() => words.push(word.to_owned()),
        _ if figures.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) => {
            words.extend([figures.to_owned(), unit.to_owned()]);
        }
        // `m2` is `m²`, whose raised figure is a word of its own.
        _ => words.push(word.to_owned()),
    }
}

/// `text` with ½ and 1/2 as the word.
fn with_halves(text: &str) -> String {
    let text = text.replace('½', " half ").replace('⁄', "/");
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for (at, found) in text.match_indices("1/2") {
        let part = |c: char| c.is_alphanumeric() || c == '/';
        let end = at + found.len();
        if !text[..at].ends_with(part) && !text[end..].starts_with(part) {
            out.push_str(&text[from..at]);
            out.push_str(" half ");
            from = end;
        }
    }
    out + &text[from..]
}

/// The words with `10.30` as two where the time of day follows.
fn timed(words: &[String], trail: &str) -> Vec<String> {
    let trail = super::words(trail);
    let mut out = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1).or(trail.first()).map_or("", String::as_str);
        match word.split_once('.') {
            Some((hour, minute))
                if matches!(next, "am" | "pm" | "a.m" | "p.m") && minute.len() == 2 && hour.len() <= 2 =>
            {
                out.extend([hour.to_owned(), minute.to_owned()]);
            }
            _ => out.push(word.clone()),
        }
    }
    out
}

/// `5` and `5th`, in a date.
fn is_same_date(left: &str, right: &str) -> bool {
    let cut = |word: &str| {
        let figures = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word).to_owned();
        Some(figures).filter(|figures| !figures.is_empty() && is_number(figures))
    };
    cut(left).is_some_and(|day| cut(right) == Some(day))
}

/// The words with "per cent" and split-up thousands made one.
fn expanded(words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in words {
        match out.last_mut() {
            Some(last) if last == "per" && word == "cent" => "percent".clone_into(last),
            Some(last) if is_group(last) && word.len() == 3 && is_number(word) => last.push_str(word),
            Some(last) if matches!(word.as_str(), "2" | "3") && matches!(last.as_str(), "m" | "km" | "cm" | "mm") => {
                last.push_str(word);
            }
            // The annex parts `1990’s`.
            Some(last) if word == "s" && last.len() > 1 && is_number(last) => last.push('s'),
            _ => out.push(without_separators(word)),
        }
    }
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

pub(super) fn same_word(left: &str, right: &str, accents: bool) -> bool {
    let group = |word: &str| GROUPS.get(word).map(Vec::as_slice).unwrap_or_default();
    left == right
        || group(left).iter().any(|one| group(right).contains(one))
        || (!accents && left.len() > 3 && unaccented(left) == unaccented(right))
        || german(left) == german(right)
        || beginning(left, right)
        || beginning(right, left)
        || ending(left, right)
        || ending(right, left)
        || number(left).is_some_and(|value| number(right) == Some(value))
}

/// A German word as it is written without umlauts and ß.
fn german(word: &str) -> String {
    word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss")
}

fn beginning(left: &str, right: &str) -> bool {
    BEGINNINGS.iter().any(|(one, other)| {
        let ends = left.strip_prefix(one).zip(right.strip_prefix(other));
        ends.is_some_and(|(end, same)| end == same)
    })
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
