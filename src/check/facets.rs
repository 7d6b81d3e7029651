//! What a change of words touches: a number, a date, a negation, a name, or nothing but a house style.
//!
//! Two runs of words and what stands around them go in, sorted [`Facet`]s come out. The lists are in `words/`; what lists cannot
//! say, such as which spellings are the same number, is in `house`.

mod figures;
mod house;
mod values;

use std::{collections::BTreeMap, sync::LazyLock};

use super::{Facet, Severity};
use crate::text::words::{Lexicon, ends_sentence, fold};
pub(super) use values::{is_part_of_value, same_value};

/// A change: the original's words, the copy's (either may be none), and what the copy has around them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Change<'a> {
    pub(super) before: &'a str,
    pub(super) after: &'a str,
    pub(super) lead: &'a str,
    pub(super) trail: &'a str,
    /// Whether accents tell words apart in these texts: the original's language has many, and the copy kept them.
    pub(super) accents: bool,
}

/// Words by what changing them touches.
static CLASSES: LazyLock<BTreeMap<&'static str, Vec<Facet>>> = LazyLock::new(|| {
    let mut classes: BTreeMap<&'static str, Vec<Facet>> = BTreeMap::new();
    let lines = include_str!("words/classes.txt").lines().filter(|line| !line.starts_with('#'));
    for (name, words) in lines.filter_map(|line| line.split_once(':')) {
        let facet = match name {
            "negation" => Facet::Negation,
            "modality" => Facet::Modality,
            "quantity" => Facet::Quantity,
            "number" => Facet::Number,
            "date" => Facet::Date,
            "attribution" => Facet::Attribution,
            _ => continue,
        };
        for word in words.split_whitespace() {
            classes.entry(word).or_default().push(facet);
        }
    }
    classes
});

/// What `change` touches, sorted; exactly `[HouseStyle]` where it is spelling and nothing else.
pub(super) fn of(change: &Change<'_>) -> Vec<Facet> {
    let (old, new) = (words(change.before), words(change.after));
    if house::same(change) {
        return vec![Facet::HouseStyle];
    }
    if house::apostrophe(&old, &new) {
        return Vec::new();
    }
    let (gone, come) = (rest(&old, &new), rest(&new, &old));
    let mut facets: Vec<Facet> = gone
        .iter()
        .chain(&come)
        .filter(|word| !figures::BESIDE.contains(&word.as_str()))
        .flat_map(|word| of_word(word))
        .collect();
    figures::weigh(change, gone.iter().chain(&come), &mut facets);
    let figures = |words: &[String]| -> Vec<String> {
        words.iter().filter(|word| word.contains(|c: char| c.is_ascii_digit())).cloned().collect()
    };
    // Figures that only changed places say something else too.
    if figures(&old) != figures(&new) {
        facets.push(if is_date(change) { Facet::Date } else { Facet::Number });
    }
    if prefix_negates(&gone, &come) {
        facets.push(Facet::Negation);
    }
    if names(change.before, change.lead) != names(change.after, change.lead) {
        facets.push(Facet::Name);
    }
    facets.extend(signs(change));
    facets.sort_unstable();
    facets.dedup();
    facets
}

/// How grave a change is that touches `facets`.
pub(super) fn severity(facets: &[Facet]) -> Severity {
    let grave = |facet: &Facet| match facet {
        Facet::Number
        | Facet::Date
        | Facet::Negation
        | Facet::Name
        | Facet::Modality
        | Facet::Quantity
        | Facet::Attribution => true,
        Facet::Quotation | Facet::HouseStyle | Facet::Bracketed | Facet::Ellipsis => false,
    };
    match () {
        () if facets == [Facet::HouseStyle] => Severity::Note,
        () if facets.iter().any(grave) => Severity::Error,
        () => Severity::Warning,
    }
}

/// Whether two words with the same letters are two words all the same, for an apostrophe, a hyphen or capitals.
pub(super) fn is_another_word(old: &str, new: &str) -> bool {
    const HYPHENS: [(&str, &str); 6] = [
        ("re sign", "resign"),
        ("re signed", "resigned"),
        ("re cover", "recover"),
        ("re covered", "recovered"),
        ("re creation", "recreation"),
        ("re form", "reform"),
    ];
    let pronoun = |one: &str, other: &str| one == "us" && fold(other) == "u.s";
    let (raw, old, new) = ((old, new), &*fold(old), &*fold(new));
    let pair = pronoun(raw.0, raw.1)
        || pronoun(raw.1, raw.0)
        || HYPHENS.contains(&(old, new))
        || HYPHENS.contains(&(new, old));
    pair || house::apostrophe(&[old.to_owned()], &[new.to_owned()])
}

/// What changing one folded word would touch.
pub(super) fn of_word(word: &str) -> Vec<Facet> {
    let mut facets = CLASSES.get(word).cloned().unwrap_or_default();
    if word.ends_with("n't") || word.ends_with("n’t") {
        facets.push(Facet::Negation);
    }
    facets
}

/// Whether two runs of folded words say the same in another house's spelling.
pub(super) fn is_house_style(old: &[String], new: &[String]) -> bool {
    // Folded, the country cannot be told from the pronoun.
    let joined = |words: &[String]| -> String {
        words.iter().map(|word| if word == "us" { "US" } else { word }).collect::<Vec<_>>().join(" ")
    };
    let (before, after) = (joined(old), joined(new));
    house::same(&Change { before: &before, after: &after, ..Change::default() })
}

/// The folded words of a text.
pub(super) fn words(text: &str) -> Vec<String> {
    Lexicon::new().words(text).into_iter().filter_map(|word| text.get(word.bytes).map(fold)).collect()
}

/// The words of `these` that `those` do not have, as often as they are more.
fn rest(these: &[String], those: &[String]) -> Vec<String> {
    let mut left: Vec<&String> = those.iter().collect();
    let gone = |word: &&String| match left.iter().position(|other| other == word) {
        Some(at) => {
            left.swap_remove(at);
            false
        }
        None => true,
    };
    these.iter().filter(gone).cloned().collect()
}

/// Figures beside the name of a month, or a year written as one.
fn is_date(change: &Change<'_>) -> bool {
    let near = |text: &str, last: bool| {
        let words = words(text);
        let word = if last { words.last() } else { words.first() };
        word.is_some_and(|word| crate::extract::dates::month(word).is_some())
    };
    let beside = near(change.lead, true) || near(change.trail, false);
    let after_day = || {
        let lead = words(change.lead);
        let day = lead.iter().rev().nth(1).is_some_and(|word| crate::extract::dates::month(word).is_some());
        day && lead.last().is_some_and(|word| word.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day)))
    };
    let year = |text: &str| text.trim().parse::<u16>().is_ok_and(|year| (1700..=2100).contains(&year));
    beside || after_day() || figures::in_date(change) || (year(change.before) && year(change.after))
}

/// `lawful` against `unlawful`: one word is another with a prefix that turns it round.
pub(super) fn prefix_negates(gone: &[String], come: &[String]) -> bool {
    const PREFIXES: &[&str] = &["un", "in", "im", "il", "ir", "non", "dis", "anti", "de"];
    let turned = |long: &String, short: &String| {
        short.len() > 3 && PREFIXES.iter().any(|prefix| long.strip_prefix(prefix).is_some_and(|rest| rest == short))
    };
    gone.iter().any(|left| come.iter().any(|right| turned(left, right) || turned(right, left)))
}

/// Words with a capital that do not begin a sentence, and words in capitals.
pub(super) fn names(text: &str, lead: &str) -> Vec<String> {
    let mut end = None;
    let mut names = Vec::new();
    for word in Lexicon::new().words(text) {
        let between = end.map(|end| text.get(end..word.bytes.start).unwrap_or_default());
        let starts = between.map_or_else(|| lead.is_empty() || text_ends(lead), ends_sentence);
        end = Some(word.bytes.end);
        let own = text.get(word.bytes).unwrap_or_default();
        let acronym = crate::text::words::is_capitals(own) && own.chars().count() <= 6;
        let capital = own.starts_with(char::is_uppercase) && own.chars().count() > 1;
        let folded = fold(own);
        if (acronym || (capital && !starts)) && !CLASSES.contains_key(folded.as_str()) {
            names.push(folded);
        }
    }
    names
}

fn text_ends(lead: &str) -> bool {
    lead.trim_end().ends_with(['.', '!', '?', '…', ':'])
}

/// Brackets and dots that mark what was put in or left out.
fn signs(change: &Change<'_>) -> Vec<Facet> {
    let mut facets = Vec::new();
    let open = |text: &str| text.trim_end().ends_with('[');
    let close = |text: &str| text.trim_start().starts_with(']');
    let bracketed = change.after.trim().starts_with('[') && change.after.trim().ends_with(']');
    if !change.after.is_empty() && (bracketed || (open(change.lead) && close(change.trail))) {
        facets.push(Facet::Bracketed);
    }
    let dots = |text: &str| text.contains('…') || text.contains("...") || text.contains(". . .");
    if change.after.is_empty() && (dots(change.lead) || dots(change.trail)) {
        facets.push(Facet::Ellipsis);
    }
    facets
}

#[cfg(test)]
mod tests;
