//! What a text says was done to it: "(emphasis added)", "abridged from", "translated by".
//!
//! The phrases are in `data/declarations.txt`. A declaration reaches from the bracket or sentence it stands in to that one's
//! end; a bracket that is never closed ends with its sentence.

use std::{ops::Range, sync::LazyLock};

use super::phrases::Phrases;

/// What is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Declared {
    /// The republisher set words off.
    EmphasisAdded,
    /// The original set words off.
    EmphasisInOriginal,
    /// Parts were left out.
    Abridged,
    /// It is a translation.
    Translated,
    /// It was corrected or updated.
    Corrected,
    /// It is republished with permission or under a licence.
    Permission,
}

/// A declaration found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// What is declared.
    pub kind: Declared,
    /// The words that declare it, in bytes of the text searched.
    pub bytes: Range<usize>,
}

static PHRASES: LazyLock<Vec<(Declared, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("data/declarations.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(": ")).filter_map(|(name, phrase)| Some((kind(name)?, phrase))).collect()
});

/// What each phrase begins with, up to a “…”.
static HEADS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(PHRASES.iter().map(|(_, phrase)| parted(phrase).0)));

/// What stands before and behind the “…” of a phrase.
fn parted(phrase: &'static str) -> (&'static str, &'static str) {
    phrase.split_once(" … ").unwrap_or((phrase, ""))
}

fn kind(name: &str) -> Option<Declared> {
    Some(match name {
        "emphasis-added" => Declared::EmphasisAdded,
        "emphasis-original" => Declared::EmphasisInOriginal,
        "abridged" => Declared::Abridged,
        "translated" => Declared::Translated,
        "corrected" => Declared::Corrected,
        "permission" => Declared::Permission,
        _ => return None,
    })
}

/// The most bytes of a declaration.
const LONGEST: usize = 300;

/// The declarations in `text`, one block, in order; one a kind and sentence.
///
/// ```
/// use vidimus::extract::declarations::{Declared, find};
/// let text = "The statement follows. (emphasis added by the desk. It is long.";
/// let found = find(text);
/// assert_eq!(found[0].kind, Declared::EmphasisAdded);
/// assert_eq!(&text[found[0].bytes.clone()], "emphasis added by the desk");
/// ```
pub fn find(text: &str) -> Vec<Declaration> {
    // Lower case may be longer or shorter: only texts where every letter keeps its length are searched by offset.
    let lower: String = text.chars().map(lowered).collect();
    let mut found: Vec<Declaration> = Vec::new();
    for (index, at) in HEADS.find(&lower) {
        let Some((kind, phrase)) = PHRASES.get(index) else { continue };
        let (head, tail) = parted(phrase);
        let end = at + head.len();
        let near: String = lower[end..].chars().take(40).collect();
        if at_word(&lower, at, end) && near.contains(tail) {
            found.push(Declaration { kind: *kind, bytes: clause(text, at..end) });
        }
    }
    found.sort_by_key(|declaration| (declaration.bytes.start, declaration.bytes.end, declaration.kind));
    found.dedup_by(|next, first| next.kind == first.kind && next.bytes.start < first.bytes.end);
    found
}

/// The small form of a letter where it has the same length in bytes.
fn lowered(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) if one.len_utf8() == c.len_utf8() => one,
        _ => c,
    }
}

/// Whether the phrase begins and ends where words do.
fn at_word(text: &str, start: usize, end: usize) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let starts = letter(text[start..].chars().next()) && letter(text[..start].chars().next_back());
    let ends = letter(text[..end].chars().next_back()) && letter(text[end..].chars().next());
    !starts && !ends
}

/// From the phrase to the end of its bracket, its sentence or its block.
fn clause(text: &str, phrase: Range<usize>) -> Range<usize> {
    let start = phrase.start + text[phrase.clone()].len() - text[phrase.clone()].trim_start_matches(['(', '[']).len();
    let mut end = text.len();
    let mut chars = text[phrase.end..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let at = phrase.end + at;
        let next = chars.peek().map(|(_, c)| *c);
        let sentence = matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace);
        if sentence || matches!(c, ')' | ']' | ';' | '\n') || at - start > LONGEST {
            end = at;
            break;
        }
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A sentence around each phrase of the data finds it: the phrase is reached and no other kind is.
    #[test]
    fn every_phrase_is_found() {
        for (kind, phrase) in PHRASES.iter() {
            let phrase = phrase.replace('…', "Russischen");
            let text = format!("Text. ({}) More.", phrase.trim_start_matches(['(', '[']));
            let kinds: Vec<Declared> = find(&text).into_iter().map(|declaration| declaration.kind).collect();
            assert!(kinds.contains(kind), "{phrase}: {kinds:?}");
        }
    }

    #[test]
    fn false_friends_are_not_found() {
        for text in [
            "We welcome your emphasis on human rights.",
            "These freedoms shall not be denied or abridged.",
            "The minister corrected the record.",
            "Words must be translated into action.",
            "She added emphasis to the point that permission was needed.",
            "They underlined in the original treaty what emphasis adds.",
        ] {
            assert_eq!(find(text), [], "{text}");
        }
    }
}
