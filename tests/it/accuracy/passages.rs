//! Alterations of whole sentences and paragraphs: taken away, put in, replaced, moved.

use vidimus::{Verdict, check::Kind};

use super::{
    Alteration, Make,
    article::{Article, Label, Spot, Word, text, words},
    edits::{EDITS, label},
};
use crate::support::Chance;

const MOVED: &[Kind] = &[Kind::TextMoved];

const STRANGERS: &[&str] = &[
    "Officials later admitted that none of this had ever been verified.",
    "Critics called the arrangement a betrayal of every earlier promise.",
    "The terms were dictated by foreign lenders behind closed doors.",
    "Witnesses who asked to remain unnamed told another story.",
];

/// All alterations of this family.
pub fn all() -> Vec<Alteration> {
    let more: [(&'static str, Make); 9] = [
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
    more.into_iter().map(|(name, make)| Alteration { name, make: Box::new(make) }).collect()
}

/// A sentence that the article does not have.
fn stranger(article: &Article, chance: &mut Chance) -> Vec<Word> {
    let said = article.letters();
    let new: Vec<&&str> =
        STRANGERS.iter().filter(|sentence| !said.contains(&super::score::letters(sentence))).collect();
    let chosen: &&&str = chance.one(&new);
    let mut come = words(chosen);
    come.iter_mut().for_each(|word| word.used = true);
    come
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
