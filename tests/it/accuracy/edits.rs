//! Alterations of words: replaced, inserted, taken away, moved.

use vidimus::{Verdict, check::Kind};

use super::{
    Alteration,
    article::{Article, Label, Spot, Word, text, words},
};
use crate::support::Chance;

const EDITS: &[Kind] = &[Kind::TextReplaced, Kind::TextInserted, Kind::TextDeleted];
const MOVED: &[Kind] = &[Kind::TextMoved];

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

const STRANGERS: &[&str] = &[
    "Officials later admitted that none of this had ever been verified.",
    "Critics called the arrangement a betrayal of every earlier promise.",
    "The terms were dictated by foreign lenders behind closed doors.",
    "Witnesses who asked to remain unnamed told another story.",
];

/// All alterations of this family.
pub fn all() -> Vec<Alteration> {
    let swaps = (0..SWAPS.len())
        .map(|at| Alteration { name: SWAPS[at].0, make: Box::new(move |article, chance| swap(article, chance, at)) });
    let more: [(&'static str, fn(&mut Article, &mut Chance) -> Option<Label>); 22] = [
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
        ("edit/sentence-deleted", sentence_deleted),
        ("edit/sentence-inserted", sentence_inserted),
        ("edit/sentence-replaced", sentence_replaced),
        ("edit/sentence-moved", sentence_moved),
        ("edit/paragraph-deleted", paragraph_deleted),
        ("edit/paragraph-moved", paragraph_moved),
        ("edit/paragraphs-swapped", paragraphs_swapped),
        ("edit/paragraph-duplicated", paragraph_duplicated),
        ("edit/paragraph-replaced", paragraph_replaced),
    ];
    swaps.chain(more.map(|(name, make)| Alteration { name, make: Box::new(make) })).collect()
}

fn label(name: &'static str, kinds: &'static [Kind], before: &str, after: &str) -> Label {
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

fn remove_sentence(article: &mut Article, spot: &Spot) -> Vec<Word> {
    let words = &mut article.paragraphs[spot.paragraph].words;
    words[spot.words.start - 1].used = true;
    if let Some(next) = words.get_mut(spot.words.end) {
        next.used = true;
    }
    words.drain(spot.words.clone()).collect()
}

fn sentence_deleted(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick_sentence(chance)?;
    let gone = remove_sentence(article, &spot);
    Some(label("edit/sentence-deleted", EDITS, &text(&gone), ""))
}

/// A sentence that the article does not have.
fn stranger(article: &Article, chance: &mut Chance) -> Vec<Word> {
    let said = article.letters();
    let new: Vec<&&str> =
        STRANGERS.iter().filter(|sentence| !said.contains(&super::score::letters(sentence))).collect();
    let mut come = words(*chance.one(&new));
    come.iter_mut().for_each(|word| word.used = true);
    come
}

fn sentence_inserted(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick_sentence(chance)?;
    let come = stranger(article, chance);
    let after = text(&come);
    let at = if chance.likely(50) { spot.words.start } else { spot.words.end };
    article.paragraphs[spot.paragraph].words.splice(at..at, come);
    Some(label("edit/sentence-inserted", EDITS, "", &after))
}

fn sentence_replaced(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick_sentence(chance)?;
    let come = stranger(article, chance);
    let (before, after) = (article.text(&spot), text(&come));
    article.paragraphs[spot.paragraph].words.splice(spot.words, come);
    Some(label("edit/sentence-replaced", EDITS, &before, &after))
}

fn sentence_moved(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick_sentence(chance)?;
    let to = article.pick_paragraph(chance, 10, true).filter(|to| to.abs_diff(spot.paragraph) > 1)?;
    let moved = remove_sentence(article, &spot);
    let words = text(&moved);
    article.paragraphs[to].words.extend(moved);
    Some(label("edit/sentence-moved", MOVED, &words, &words))
}

fn paragraph_deleted(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let index = article.pick_paragraph(chance, 12, true)?;
    let gone = article.paragraphs.remove(index);
    let label = label("edit/paragraph-deleted", EDITS, &text(&gone.words), "");
    Some(Label { verdict: Some(Verdict::Excerpted), ..label })
}

fn paragraph_moved(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let from = article.pick_paragraph(chance, 15, true)?;
    let to = chance.below(article.paragraphs.len());
    let (least, most) = (from.min(to), from.max(to));
    // It jumps over more words than it has itself: otherwise it is the others that moved.
    let over: usize = article.paragraphs[least..=most].iter().map(|p| p.words.len()).sum::<usize>()
        - article.paragraphs[from].words.len();
    if over < 2 * article.paragraphs[from].words.len() {
        return None;
    }
    let moved = article.paragraphs.remove(from);
    let words = text(&moved.words);
    article.paragraphs.insert(to, moved);
    Some(label("edit/paragraph-moved", MOVED, &words, &words))
}

fn paragraphs_swapped(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let first = article.pick_paragraph(chance, 15, true)?;
    let second = first + 1;
    let free =
        article.paragraphs.get(second).is_some_and(|p| p.words.len() >= 15 && p.words.iter().all(|word| !word.used));
    if !free {
        return None;
    }
    article.paragraphs[second].words.iter_mut().for_each(|word| word.used = true);
    let (one, other) = (text(&article.paragraphs[first].words), text(&article.paragraphs[second].words));
    article.paragraphs.swap(first, second);
    // Either may be said to have moved: the shorter one reads best.
    let moved = if one.len() <= other.len() { one } else { other };
    Some(label("edit/paragraphs-swapped", MOVED, &moved, &moved))
}

fn paragraph_duplicated(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let index = article.pick_paragraph(chance, 15, false)?;
    let to = chance.between(index + 1, article.paragraphs.len());
    let twin = article.paragraphs[index].clone();
    let words = text(&twin.words);
    article.paragraphs.insert(to, twin);
    // What comes twice may be a pull quote.
    const KINDS: &[Kind] = &[Kind::TextInserted, Kind::Interjection, Kind::Afterword];
    Some(Label { verdict: None, ..label("edit/paragraph-duplicated", KINDS, "", &words) })
}

fn paragraph_replaced(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let index = article.pick_paragraph(chance, 15, false)?;
    let come = stranger(article, chance);
    let before = text(&article.paragraphs[index].words);
    let after = text(&come);
    article.paragraphs[index].words = come;
    Some(label("edit/paragraph-replaced", EDITS, &before, &after))
}
