//! Alterations of words: replaced, inserted, taken away, moved.

use vidimus::{Verdict, check::Kind};

use super::{
    Alteration, Make,
    article::{Article, Label, Spot, Word},
};
use crate::support::Chance;

/// The kinds that tell of changed words.
pub const EDITS: &[Kind] = &[Kind::TextReplaced, Kind::TextInserted, Kind::TextDeleted];

/// Words and what a tamperer writes for them, by name of the alteration.
const SWAPS: &[(&str, &[(&str, &str)])] = &[
    (
        "edit/word",
        &[
            ("said", "claimed"),
            ("met", "quarrelled"),
            ("visitor", "citizen"),
            ("stage", "attempt"),
            ("plan", "scheme"),
            ("agreement", "deal"),
            ("experts", "insiders"),
            ("figures", "rumours"),
            ("office", "prison"),
            ("similar", "secret"),
            ("served", "burdened"),
            ("budget", "bribe"),
            ("records", "lies"),
            ("letters", "threats"),
            ("readiness", "refusal"),
        ],
    ),
    (
        "edit/modal",
        &[
            ("will", "may"),
            ("must", "should"),
            ("should", "must"),
            ("may", "will"),
            ("might", "will"),
            ("could", "must"),
            ("can", "must"),
            ("shall", "may"),
            ("cannot", "can"),
        ],
    ),
    (
        "edit/quantity",
        &[
            ("all", "some"),
            ("Some", "All"),
            ("Many", "Few"),
            ("Several", "All"),
            ("Few", "Many"),
            ("fewer", "more"),
            ("more", "less"),
            ("Every", "No"),
            ("Only", "All"),
            ("most", "none"),
            ("less", "more"),
            ("twice", "half"),
            ("Both", "Neither"),
            ("None", "All"),
        ],
    ),
    (
        "edit/number-word",
        &[
            ("two", "twelve"),
            ("three", "thirty"),
            ("four", "seven"),
            ("five", "nine"),
            ("six", "sixty"),
            ("seven", "two"),
            ("eight", "three"),
            ("nine", "four"),
            ("twelve", "two"),
            ("first", "third"),
            ("second", "last"),
            ("third", "first"),
        ],
    ),
    (
        "edit/month",
        &[
            ("January", "June"),
            ("February", "May"),
            ("March", "April"),
            ("April", "March"),
            ("May", "March"),
            ("June", "July"),
            ("July", "June"),
            ("August", "October"),
            ("September", "December"),
            ("October", "August"),
            ("November", "January"),
            ("December", "September"),
        ],
    ),
    (
        "edit/unit",
        &[
            ("tonnes", "kilograms"),
            ("kilometres", "miles"),
            ("dollars", "euros"),
            ("euros", "dollars"),
            ("crowns", "dollars"),
            ("million", "billion"),
            ("percent", "million"),
            ("weeks", "months"),
            ("months", "years"),
            ("hectares", "acres"),
            ("megawatts", "kilowatts"),
            ("litres", "gallons"),
            ("degrees", "points"),
            ("day", "week"),
        ],
    ),
    (
        "edit/name",
        &[
            ("Norhaven", "Estermark"),
            ("Estermark", "Kirsova"),
            ("Vallombre", "Dunmere"),
            ("Kirsova", "Norhaven"),
            ("Dunmere", "Altenquay"),
            ("Altenquay", "Vallombre"),
            ("Elling", "Brandt"),
            ("Brandt", "Saal"),
            ("Tormund", "Varga"),
            ("Saal", "Moreau"),
            ("Okafor", "Holt"),
            ("Varga", "Elling"),
            ("Castell", "Amadi"),
            ("Lindqvist", "Holt"),
            ("Amadi", "Tormund"),
            ("Holt", "Ferreira"),
        ],
    ),
];

/// All alterations of this family.
pub fn all() -> Vec<Alteration> {
    let swaps = (0..SWAPS.len())
        .map(|at| Alteration { name: SWAPS[at].0, make: Box::new(move |article, chance| swap(article, chance, at)) });
    let more: [(&'static str, Make); 13] = [
        ("edit/number", number),
        ("edit/year", year),
        ("edit/digits-swapped", digits_swapped),
        ("edit/negation-added", negation_added),
        ("edit/negation-removed", negation_removed),
        ("edit/insert", insert),
        ("edit/insert-several", insert_several),
        ("edit/delete", delete),
        ("edit/delete-one", delete_one),
        ("edit/delete-first", delete_first),
        ("edit/phrase", phrase),
        ("edit/order", order),
        ("edit/repeat", repeat),
    ];
    swaps.chain(more.map(|(name, make)| Alteration { name, make: Box::new(make) })).collect()
}

/// A label of this family.
pub fn label(name: &'static str, kinds: &'static [Kind], before: &str, after: &str) -> Label {
    let (before, after) = (before.to_owned(), after.to_owned());
    Label { name, kinds, before, after, verdict: Some(Verdict::Altered) }
}

/// Replaces a run of words that is marked as used by `new`.
pub fn splice(article: &mut Article, spot: &Spot, new: &str) {
    let paragraph = &mut article.paragraphs[spot.paragraph].words;
    let old = &paragraph[spot.words.clone()];
    let (lead, tail, last) = (old[0].lead.clone(), old[old.len() - 1].tail.clone(), old[old.len() - 1].last);
    let mut come: Vec<Word> =
        new.split_whitespace().map(|core| Word { core: core.to_owned(), used: true, ..Word::default() }).collect();
    if let Some(first) = come.first_mut() {
        first.lead = lead;
    }
    if let Some(end) = come.last_mut() {
        (end.tail, end.last) = (tail, last);
    }
    paragraph.splice(spot.words.clone(), come);
}

fn replace(article: &mut Article, spot: &Spot, name: &'static str, new: &str) -> Label {
    let before = article.text(spot);
    splice(article, spot, new);
    label(name, EDITS, &before, new)
}

fn swap(article: &mut Article, chance: &mut Chance, at: usize) -> Option<Label> {
    let (name, pairs) = SWAPS[at];
    let new = |word: &Word| pairs.iter().find(|(old, _)| *old == word.core).map(|(_, new)| *new);
    let spot = article.pick(chance, 1, 1, |words| new(&words[0]).is_some())?;
    let word = article.words_mut(&spot)[0].clone();
    Some(replace(article, &spot, name, new(&word)?))
}

fn digits(word: &Word) -> bool {
    !word.core.is_empty() && word.core.chars().all(|c| c.is_ascii_digit())
}

fn number(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 1, 1, |words| digits(&words[0]))?;
    let old: u64 = article.text(&spot).parse().ok()?;
    let new = old + *chance.one(&[1, 2, 7, 10, 30]);
    Some(replace(article, &spot, "edit/number", &new.to_string()))
}

fn year(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 1, 1, |words| digits(&words[0]) && words[0].core.len() == 4)?;
    let old: u64 = article.text(&spot).parse().ok()?;
    Some(replace(article, &spot, "edit/year", &(old - 3).to_string()))
}

fn digits_swapped(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let differ = |text: &str| {
        text.len() >= 2
            && text.as_bytes()[text.len() - 1] != text.as_bytes()[text.len() - 2]
            && text.ends_with(|c: char| c.is_ascii_digit())
            && text.as_bytes()[text.len() - 2].is_ascii_digit()
    };
    let spot = article.pick(chance, 1, 1, |words| differ(&words[0].core))?;
    let mut new: Vec<char> = article.text(&spot).chars().collect();
    let end = new.len();
    new.swap(end - 1, end - 2);
    Some(replace(article, &spot, "edit/digits-swapped", &new.into_iter().collect::<String>()))
}

fn negation_added(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let verbs = ["is", "are", "was", "were", "will", "should", "can", "could", "has", "have", "may", "must"];
    let spot =
        article.pick(chance, 1, 1, |words| verbs.contains(&words[0].core.as_str()) && words[0].tail.is_empty())?;
    let verb = article.text(&spot);
    splice(article, &spot, &format!("{verb} not"));
    Some(label("edit/negation-added", EDITS, "", "not"))
}

fn negation_removed(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 1, 1, |words| {
        ["not", "no", "never"].contains(&words[0].core.as_str()) && words[0].lead.is_empty() && words[0].tail.is_empty()
    })?;
    let before = article.text(&spot);
    let words = &mut article.paragraphs[spot.paragraph].words;
    words.remove(spot.words.start);
    words[spot.words.start - 1].used = true;
    Some(label("edit/negation-removed", EDITS, &before, ""))
}

fn put_in(article: &mut Article, chance: &mut Chance, name: &'static str, new: &str) -> Option<Label> {
    let spot = article.pick(chance, 1, 1, |words| words[0].lead.is_empty())?;
    let word = article.text(&spot);
    splice(article, &spot, &format!("{new} {word}"));
    Some(label(name, EDITS, "", new))
}

fn insert(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let new =
        *chance.one(&["allegedly", "reportedly", "illegal", "unprecedented", "controversial", "secretly", "again"]);
    put_in(article, chance, "edit/insert", new)
}

fn insert_several(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let new =
        *chance.one(&["against the advice of its own lawyers", "for the first time ever", "as everybody had feared"]);
    put_in(article, chance, "edit/insert-several", new)
}

fn take_out(article: &mut Article, spot: &Spot, name: &'static str) -> Label {
    let before = article.text(spot);
    let words = &mut article.paragraphs[spot.paragraph].words;
    let last = words[spot.words.end - 1].clone();
    let first = words[spot.words.start].lead.clone();
    words.drain(spot.words.clone());
    // What stands beside a gap is no place for another alteration.
    words[spot.words.start - 1].used = true;
    words[spot.words.start].used = true;
    // The signs at the edges stay with the neighbours.
    words[spot.words.start - 1].tail.push_str(&last.tail);
    words[spot.words.start - 1].last |= last.last;
    words[spot.words.start].lead.insert_str(0, &first);
    label(name, EDITS, &before, "")
}

fn delete(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 2, 5, |_| true)?;
    Some(take_out(article, &spot, "edit/delete"))
}

fn delete_one(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 1, 1, |_| true)?;
    Some(take_out(article, &spot, "edit/delete-one"))
}

/// The first words of a sentence.
fn delete_first(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let sentence = article.pick_sentence(chance)?;
    let length = chance.between(1, 3).min(sentence.words.len().saturating_sub(5));
    if length == 0 {
        return None;
    }
    let spot = Spot { words: sentence.words.start..sentence.words.start + length, ..sentence };
    let words = article.words_mut(&spot);
    if words.iter().any(|word| !word.lead.is_empty() || !word.tail.is_empty()) {
        return None;
    }
    Some(take_out(article, &spot, "edit/delete-first"))
}

fn phrase(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 3, 5, |_| true)?;
    let new =
        *chance.one(&["quietly buried every trace", "gave away half", "lost control entirely because nobody listened"]);
    Some(replace(article, &spot, "edit/phrase", new))
}

/// `A and B` becomes `B and A`.
fn order(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let plain = |word: &Word| word.lead.is_empty() && word.core.chars().all(char::is_alphanumeric);
    let spot = article.pick(chance, 3, 3, |words| {
        words[1].core == "and" && words.iter().all(plain) && words[0].core != words[2].core
    })?;
    let words = article.words_mut(&spot);
    let (first, last) = (words[0].core.clone(), words[2].core.clone());
    (words[0].core, words[2].core) = (last.clone(), first.clone());
    const KINDS: &[Kind] = &[Kind::TextReplaced, Kind::TextInserted, Kind::TextDeleted, Kind::TextMoved];
    Some(label("edit/order", KINDS, &format!("{first} and {last}"), &format!("{last} and {first}")))
}

fn repeat(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 1, 1, |words| words[0].lead.is_empty() && words[0].core.len() > 3)?;
    let word = article.text(&spot);
    splice(article, &spot, &format!("{word} {word}"));
    Some(label("edit/repeat", EDITS, "", &word))
}
