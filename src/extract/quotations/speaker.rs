//! Who the sentence around a quotation says it is from.
//!
//! Only what the sentence spells out: `…,” said Ned Price`, `Ned Price said: “…`, `according to the ministry`. A pronoun names
//! nobody. What is not clear is no speaker.

use std::{collections::BTreeSet, ops::Range, sync::LazyLock};

use super::{Quotation, Set, Sort, credit, hearsay, is_attribution};
use crate::{extract::Document, text::words::fold};

/// Bytes of a sentence that are looked at on either side.
const REACH: usize = 240;

/// Words of the longest name with its titles.
const NAME: usize = 9;

/// The words of the data in the rows that `is` picks by their names.
fn rows(is: fn(&str) -> bool) -> BTreeSet<&'static str> {
    let lines = include_str!("../data/speech.txt").lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| line.split_once(": ")).filter(|(name, _)| is(name));
    rows.flat_map(|(_, words)| words.split_whitespace()).collect()
}

static VERBS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| rows(|name| name != "opens"));

/// Words that open a phrase about somebody else: “Speaking alongside Tom Ferry, Anna Rivers said”.
static OPENS: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| rows(|name| name == "opens"));

/// The speaker of `quotation` as the document words it; none where the sentence names nobody.
pub fn speaker(document: &Document, quotation: &Quotation) -> Option<String> {
    let bytes = quotation.bytes();
    let named = match quotation.set {
        Set::Block => credited(document, &bytes).or_else(|| introduced(document, &bytes)),
        Set::Element | Set::Marks => {
            behind(after(document, bytes.end)).or_else(|| ahead(before(document, bytes.start)))
        }
    };
    named
        .map(|name| name.trim_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned())
        .filter(|name| !name.is_empty())
}

/// The line inside a block quotation, or right behind it, that names somebody: `— Ned Price`.
fn credited(document: &Document, bytes: &Range<usize>) -> Option<String> {
    if let Some(own) = credit::behind(document, bytes) {
        return own.split([',', '(', ';']).next().map(str::trim).filter(|name| is_name(name)).map(str::to_owned);
    }
    let last = document.block_at(bytes.end.saturating_sub(1));
    let next = last + 1;
    let text = document.blocks.get(next).map(|_| document.block_text(next))?;
    let line = text.trim_start_matches(['—', '–', '―', '-', ' ']);
    let dashed = line.len() < text.len() || is_attribution(document, next);
    let name = line.split([',', '(', ';']).next()?.trim();
    (dashed && line.split_whitespace().count() <= 12 && is_name(name)).then(|| name.to_owned())
}

/// The line above a block quotation that leads to it: `Ned Price said:`.
fn introduced(document: &Document, bytes: &Range<usize>) -> Option<String> {
    let above = document.block_at(bytes.start).checked_sub(1)?;
    let text = document.block_text(above);
    let tail = text.get(text.floor_char_boundary(text.len().saturating_sub(REACH))..)?;
    text.trim_end().ends_with([':', ',']).then(|| ahead(sentence_end(tail))).flatten()
}

/// What follows the quotation in its sentence, up to the next mark.
fn after(document: &Document, end: usize) -> &str {
    let block = document.blocks.get(document.block_at(end.saturating_sub(1))).map_or(end, |block| block.bytes.end);
    let stop = document.text.floor_char_boundary((end + REACH).min(block));
    let text = document.text.get(end..stop).unwrap_or_default();
    let inner = text.trim_start_matches(|c: char| Sort::of(c).is_some() || c.is_whitespace() || ".,!?".contains(c));
    let own = inner.find(|c| Sort::of(c).is_some() && c != '’' && c != '\'').map_or(inner, |at| &inner[..at]);
    let sentence = own.char_indices().find(|(at, c)| matches!(c, '.' | '!' | '?' | ';') && ends_here(own, *at));
    let own = sentence.map_or(own, |(at, _)| &own[..at]);
    // A quotation that ends with a full stop ends its sentence: the next one is about something else.
    let gap = text.get(..text.len() - inner.len()).unwrap_or_default();
    let ended = document.text.get(..end).is_some_and(|text| text.ends_with('.')) || gap.contains('.');
    if ended { "" } else { own }
}

/// What leads to the quotation in its sentence, from the mark before it on.
fn before(document: &Document, start: usize) -> &str {
    let block = document.blocks.get(document.block_at(start)).map_or(0, |block| block.bytes.start);
    let from = document.text.floor_char_boundary(start.saturating_sub(REACH).max(block));
    let text = document.text.get(from..start).unwrap_or_default();
    let outer = text.trim_end_matches(|c: char| Sort::of(c).is_some() || c.is_whitespace() || c == '[' || c == '(');
    let own = outer
        .rfind(|c| Sort::of(c).is_some() && c != '’' && c != '\'')
        .map_or(outer, |at| &outer[outer.ceil_char_boundary(at + 1)..]);
    sentence_end(own)
}

/// The last sentence of a text.
fn sentence_end(text: &str) -> &str {
    let ends = text.char_indices().filter(|(at, c)| matches!(c, '.' | '!' | '?' | ';' | '\n') && ends_here(text, *at));
    let last = ends.rev().find(|(at, _)| text[at + 1..].contains(char::is_alphanumeric));
    last.map_or(text, |(at, _)| &text[at + 1..])
}

/// Whether a full stop ends a sentence: not behind a title or an initial.
fn ends_here(text: &str, at: usize) -> bool {
    let next = text[at + 1..].chars().next();
    let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let short =
        matches!(fold(word).as_str(), "mr" | "mrs" | "ms" | "dr" | "gen" | "sen" | "rep" | "gov" | "lt" | "col" | "st")
            || word.chars().count() == 1;
    next.is_none_or(char::is_whitespace) && !short
}

/// `said Ned Price, the spokesman` and `Ned Price told reporters`.
fn behind(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().take(2 * NAME).collect();
    if let Some(rest) = text.trim_start().strip_prefix("according to ") {
        return name_at_start(hearsay::maker(rest));
    }
    if let Some(name) = hearsay::passed_on(text) {
        return name;
    }
    let at = words.iter().take(NAME).position(|word| says(word))?;
    // "a déclaré Anne Exemple": the auxiliary belongs to the verb.
    if words[..at].iter().all(|word| is_auxiliary(word)) {
        return name_at_start(&words[at + 1..].join(" "));
    }
    name_of(&words[..at])
}

fn is_auxiliary(word: &str) -> bool {
    ["a", "ha", "hat", "has", "have", "had", "ont", "haben", "também", "also", "then", "later"]
        .contains(&fold(word).as_str())
}

/// `Ned Price said on Monday that`, `said Ned Price:`, `According to Ned Price,`.
fn ahead(text: &str) -> Option<String> {
    if let Some((_, rest)) = text.to_lowercase().find("according to ").and_then(|at| text.split_at_checked(at + 13)) {
        return name_at_start(hearsay::maker(rest));
    }
    if let Some(name) = hearsay::passed_on(text) {
        return name;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some(at) = words.iter().rposition(|word| says(word)) else {
        // "Ned Price: “…”": a colon and nothing but the name before it.
        let only = text.trim();
        let bare = only.strip_suffix(':').filter(|name| name.split_whitespace().count() <= 5)?;
        return is_name(bare).then(|| bare.to_owned());
    };
    let clause = words[..at].iter().rposition(|word| matches!(*word, "that" | "but" | "while" | "because" | "which"));
    let subject = &words[clause.map_or(0, |clause| clause + 1)..at];
    if let Some(name) = name_of(subject) {
        return Some(name);
    }
    let rest = words.get(at + 1..).unwrap_or_default().join(" ");
    (text.trim_end().ends_with(':') && subject.is_empty()).then(|| name_at_start(&rest)).flatten()
}

/// Whether a word is a verb of saying, in any of the languages whose verbs we know.
pub fn says(word: &str) -> bool {
    VERBS.contains(fold(word.trim_matches(|c: char| !c.is_alphanumeric())).as_str())
}

/// The name a text begins with, up to a comma, a preposition of time or place, or the end.
pub(super) fn name_at_start(text: &str) -> Option<String> {
    let clause = text.split([',', ';', ':', '(', '—', '–']).next()?;
    let stops = [
        "on", "in", "at", "during", "after", "before", "when", "as", "to", "while", "who", "told", "that", "from",
        "with",
    ];
    let words: Vec<&str> = clause.split_whitespace().take_while(|word| !stops.contains(word)).take(NAME).collect();
    let name = words.join(" ");
    is_name(&name).then_some(name)
}

/// The name that the words before a verb are: the first part of them that is one, what is put between commas left out.
fn name_of(words: &[&str]) -> Option<String> {
    let end = words.iter().rposition(|word| !is_auxiliary(word)).map_or(0, |at| at + 1);
    let joined = words.get(..end)?.join(" ");
    let joined = joined.trim_start_matches([',', ' ']);
    let parts: Vec<&str> = joined.trim_end_matches(',').split(',').map(str::trim).collect();
    // "In Geneva, Ned Price" names the last; "Ned Price, the spokesman," the first that can be one.
    let lead = |part: &&&str| {
        !matches!(
            fold(part.split(' ').next().unwrap_or_default()).as_str(),
            "in" | "on"
                | "at"
                | "after"
                | "when"
                | "as"
                | "but"
                | "and"
                | "during"
                | "before"
                | "for"
                | "with"
                | "following"
        ) && !OPENS.contains(fold(part.split(' ').next().unwrap_or_default()).as_str())
    };
    let mut named = parts.iter().filter(lead).filter(|part| is_name(part)).copied();
    let first = named.next()?;
    // "France's President, Anna Rivers, said": the office says who she is, the name who said it.
    let name = named.next().filter(|next| is_office(first) && !is_office(next) && next.contains(' ')).unwrap_or(first);
    (name.split_whitespace().count() <= NAME).then(|| name.to_owned())
}

/// Whether the words name an office by whose it is: `France's President`.
fn is_office(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let owner = words.next().is_some_and(|word| fold(word).ends_with("'s"));
    owner && words.clone().count() > 0 && words.count() < 4
}

/// Whether some words can name somebody: a capital that is no pronoun's, or "the" with something behind it.
fn is_name(text: &str) -> bool {
    let mut words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let first = words.clone().next().unwrap_or_default();
    let pronoun = |word: &str| {
        matches!(
            fold(word).as_str(),
            "he" | "she"
                | "they"
                | "it"
                | "we"
                | "i"
                | "you"
                | "who"
                | "il"
                | "elle"
                | "er"
                | "sie"
                | "ella"
                | "lui"
                | "он"
                | "она"
                | "this"
                | "that"
                | "there"
                | "one"
                | "in"
                | "on"
                | "but"
                | "and"
                | "as"
                | "earlier"
                | "later"
        )
    };
    let capital = words.any(|word| word.starts_with(char::is_uppercase) && !pronoun(word));
    let article =
        matches!(fold(first).as_str(), "the" | "a" | "an" | "le" | "la" | "der" | "die" | "el" | "il" | "lo" | "o");
    !pronoun(first) && (capital || (article && text.contains(' ')))
}
