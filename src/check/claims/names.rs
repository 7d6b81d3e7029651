//! When two names are the same body or person: "State Department", "U.S. Department of State", "DoS".
//!
//! Two texts go in. Whether a claim is true is not decided here, only whether names agree, disagree or cannot be compared.

use std::ops::Range;

use crate::text::words::{Lexicon, fold};

/// Words that names are written with and without.
const SMALL: &[&str] =
    &["the", "of", "for", "and", "&", "by", "on", "de", "la", "le", "du", "des", "der", "des", "und", "et"];

/// Words for a country in front of its bodies' names; the bodies are the same without.
const COUNTRY: &[&str] =
    &["us", "usa", "united", "states", "american", "america", "uk", "hm", "he", "his", "her", "majesty's"];

/// Short forms of words in the names of bodies.
const SHORT: &[(&str, &str)] = &[
    ("dept", "department"),
    ("min", "ministry"),
    ("govt", "government"),
    ("assn", "association"),
    ("assoc", "association"),
    ("intl", "international"),
    ("natl", "national"),
    ("comm", "commission"),
    ("admin", "administration"),
    ("sec", "secretary"),
    ("univ", "university"),
    ("corp", "corporation"),
    ("inst", "institute"),
];

/// Bodies of which two with other names are two: a letterhead names one of them.
const BODIES: &[&str] = &[
    "department",
    "ministry",
    "agency",
    "commission",
    "university",
    "embassy",
    "parliament",
    "bank",
    "authority",
    "ministère",
    "ministerium",
    "ministerio",
    "ministero",
    "ministério",
    "министерство",
];

/// The words of a name in small letters, without stops and articles.
fn words(text: &str) -> Vec<String> {
    let all = Lexicon::new().words(text).into_iter().filter_map(|word| text.get(word.bytes).map(fold));
    let plain = all.map(|word| word.replace(['.', '’'], "").trim_end_matches("'s").to_owned());
    plain.filter(|word| !SMALL.contains(&word.as_str()) && word.contains(char::is_alphanumeric)).collect()
}

/// The words that tell one body from others, sorted.
fn telling(text: &str) -> Vec<String> {
    let long =
        |word: String| SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| (*long).to_owned());
    let mut words: Vec<String> =
        words(text).into_iter().map(long).filter(|word| !COUNTRY.contains(&word.as_str())).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// Whether all words of `name` stand together in `text`, articles aside.
pub(super) fn mentions(text: &str, name: &str) -> bool {
    let (text, name) = (words(text), words(name));
    !name.is_empty() && text.windows(name.len()).any(|run| run == name)
}

/// Whether `text` names `issuer` in any of its forms, somewhere.
pub(super) fn speaks_of(text: &str, issuer: &str) -> bool {
    if mentions(text, issuer) {
        return true;
    }
    let (all, own) = (words(text), telling(issuer));
    let window = own.len() + 1;
    let together = |run: &[String]| own.iter().all(|word| run.contains(word));
    let short = || {
        text.split_whitespace()
            .any(|word| abbreviates(word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.'), issuer))
    };
    (own.len() >= 2 && all.windows(window.min(all.len().max(1))).any(together)) || short()
}

/// Whether two names are one issuer's, as far as names tell.
pub(super) fn same_issuer(left: &str, right: &str) -> bool {
    let (one, other) = (telling(left), telling(right));
    mentions(left, right)
        || mentions(right, left)
        || (!one.is_empty() && one == other)
        || abbreviates(left, right)
        || abbreviates(right, left)
}

/// Whether two names have a telling word in common.
pub(super) fn share(left: &str, right: &str) -> bool {
    let (one, other) = (telling(left), telling(right));
    one.iter().any(|word| other.contains(word))
}

/// Whether `short` is made of the first letters of `long`, small words and the country counted or not: "DoS", "USDA".
fn abbreviates(short: &str, long: &str) -> bool {
    let short = short.strip_prefix("the ").unwrap_or(short);
    let letters: String = short.chars().filter(|c| *c != '.').collect();
    let size = letters.chars().count();
    let capitals = letters.chars().filter(|c| c.is_uppercase()).count();
    if !(2..=8).contains(&size) || !letters.chars().all(char::is_alphabetic) || capitals * 2 < size {
        return false;
    }
    let letters = letters.to_lowercase();
    let pieces: Vec<String> =
        Lexicon::new().words(long).into_iter().filter_map(|word| long.get(word.bytes).map(fold)).collect();
    let country = |word: &&String| COUNTRY.contains(&word.replace('.', "").as_str());
    let initials = |small: bool, prefix: bool| -> String {
        let kept = pieces.iter().filter(|word| small || !SMALL.contains(&word.as_str()));
        let own = kept.filter(|word| !country(word)).filter_map(|word| word.chars().next()).collect::<String>();
        if prefix && pieces.iter().any(|word| country(&word)) { format!("us{own}") } else { own }
    };
    [(false, false), (false, true), (true, false), (true, true)].into_iter().any(|(small, prefix)| {
        let initials = initials(small, prefix);
        initials.chars().count() >= 2 && initials == letters
    })
}

/// Whether two names are surely two bodies of one kind: "Ministry of Health" and "Ministry of Finance".
pub(super) fn other_issuer(left: &str, right: &str) -> bool {
    let (one, other) = (telling(left), telling(right));
    let contains = |these: &[String], those: &[String]| those.iter().all(|word| these.contains(word));
    let body = BODIES.iter().any(|body| one.iter().any(|word| word == body) && other.iter().any(|word| word == body));
    body && one.len() >= 2 && other.len() >= 2 && !contains(&one, &other) && !contains(&other, &one)
}

/// Words of a byline that no person is called.
const DESKS: &[&str] = &[
    "staff",
    "editor",
    "editors",
    "editorial",
    "admin",
    "administrator",
    "newsroom",
    "desk",
    "press",
    "office",
    "team",
    "news",
    "agency",
    "agencies",
    "wire",
    "reporter",
    "reporters",
    "correspondent",
    "web",
    "department",
    "ministry",
    "service",
    "services",
    "reuters",
    "ap",
    "afp",
    "dpa",
    "group",
    "bureau",
    "association",
    "university",
    "media",
    "center",
    "centre",
    "council",
    "affairs",
    "spokesperson",
    "communications",
    "relations",
    "redaktion",
    "redacción",
    "rédaction",
    "redazione",
    "guest",
    "contributor",
    "author",
];

/// Titles and affixes beside a person's name.
const TITLES: &[&str] = &[
    "dr",
    "mr",
    "mrs",
    "ms",
    "prof",
    "president",
    "pres",
    "sir",
    "jr",
    "sr",
    "phd",
    "md",
    "senator",
    "sen",
    "rep",
    "secretary",
    "minister",
    "prime",
    "general",
    "gen",
    "ambassador",
    "amb",
    "ii",
    "iii",
    "mp",
];

/// The persons a byline names, each by surname and first letter; none where what it names may be a desk or a body.
fn persons(byline: &str) -> Option<Vec<(String, Option<char>)>> {
    let byline = byline.trim().trim_start_matches("By ").trim_start_matches("by ");
    let mut persons = Vec::new();
    for name in
        byline.split([',', ';', '/', '|']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & "))
    {
        let words: Vec<String> = words(name).into_iter().filter(|word| !TITLES.contains(&word.as_str())).collect();
        if words.iter().any(|word| DESKS.contains(&word.as_str()) || word.contains(|c: char| c.is_ascii_digit())) {
            return None;
        }
        match words.as_slice() {
            [] => {}
            [first, .., last] if words.len() <= 4 => persons.push((last.clone(), first.chars().next())),
            [_] | [_, ..] => return None,
        }
    }
    (!persons.is_empty()).then_some(persons)
}

/// How two bylines compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bylines {
    Same,
    Different,
    /// Some of the persons are the same, or one of them names no person at all.
    Unclear,
}

/// Compares `claimed` with `own`.
pub(super) fn bylines(claimed: &str, own: &str) -> Bylines {
    let (theirs, mine) = match (persons(claimed), persons(own)) {
        (Some(theirs), Some(mine)) => (theirs, mine),
        (Some(_) | None, Some(_) | None) if same_issuer(claimed, own) => return Bylines::Same,
        (Some(_) | None, Some(_) | None) => return Bylines::Unclear,
    };
    let known = |person: &&(String, Option<char>)| mine.contains(person);
    // Names are written family name first, married and unmarried: one word in common is enough for doubt.
    let related = words(claimed).iter().any(|word| word.chars().count() > 1 && words(own).contains(word));
    match theirs.iter().filter(known).count() {
        all if all == theirs.len() => Bylines::Same,
        0 if !related => Bylines::Different,
        _ => Bylines::Unclear,
    }
}

/// `range` of `text` without signs and spaces at its edges.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let edge = |c: char| !c.is_alphanumeric();
    // A full stop may belong to an abbreviation, so only what cannot end a name is cut off.
    let start = range.start + part.len() - part.trim_start_matches(edge).len();
    let rest = text.get(start..range.end).unwrap_or_default();
    start..start + rest.trim_end_matches(|c: char| edge(c) && c != '.' && c != ')').len()
}

/// The bytes of the names that `text` begins with, joined by "and", "of", "the".
pub(super) fn name_length(text: &str) -> usize {
    let (mut end, mut last) = (0, 0);
    for word in Lexicon::new().words(text) {
        let own = text.get(word.bytes.clone()).unwrap_or_default();
        let between = text.get(last..word.bytes.start).unwrap_or_default();
        last = word.bytes.end;
        if end > 0 && between.chars().any(|c| !c.is_whitespace() && !matches!(c, '.' | '-')) {
            break;
        }
        match own {
            _ if own.starts_with(char::is_uppercase) => end = word.bytes.end,
            "the" | "and" | "of" | "for" | "&" => {}
            _ => break,
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_issuer_has_many_names() {
        for (left, right) in [
            ("State Department", "U.S. Department of State"),
            ("the U.S. State Department", "Department of State"),
            ("US Dept. of State", "United States Department of State"),
            ("DoS", "U.S. Department of State"),
            ("DOJ", "Department of Justice"),
            ("USDA", "United States Department of Agriculture"),
            ("EPA", "Environmental Protection Agency"),
            ("The Ministry of Examples", "Ministry of Examples"),
        ] {
            assert!(same_issuer(left, right) && same_issuer(right, left), "{left} {right}");
            assert!(!other_issuer(left, right) && !other_issuer(right, left), "{left} {right}");
        }
        for (left, right) in
            [("Ministry of Health", "Ministry of Finance"), ("Department of Justice", "U.S. Department of State")]
        {
            assert!(!same_issuer(left, right) && other_issuer(left, right), "{left} {right}");
        }
        for (left, right) in
            [("White House", "Department of State"), ("DoD", "Department of State"), ("Us", "United Services")]
        {
            assert!(!same_issuer(left, right) && !other_issuer(left, right), "{left} {right}");
        }
    }

    #[test]
    fn bylines_differ_only_where_persons_do() {
        for (claimed, own, found) in [
            ("Jane Doe", "Jane Q. Doe", Bylines::Same),
            ("J. Doe and John Roe", "Jane Doe, John Roe", Bylines::Same),
            ("Dr. Jane Doe", "Jane Doe", Bylines::Same),
            ("Jane Doe", "Max Muster", Bylines::Different),
            ("Jane Doe", "Jane Roe", Bylines::Unclear),
            ("Jane Doe and Max Muster", "Max Muster", Bylines::Unclear),
            ("Staff Writer", "Max Muster", Bylines::Unclear),
            ("Jane Doe", "admin", Bylines::Unclear),
            ("Jane Doe", "Office of the Spokesperson", Bylines::Unclear),
            ("Reuters", "Max Muster", Bylines::Unclear),
        ] {
            assert_eq!(bylines(claimed, own), found, "{claimed} {own}");
        }
    }
}
