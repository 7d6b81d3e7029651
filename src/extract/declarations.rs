//! What a text says was done to it: "(emphasis added)", "abridged from", "translated by".
//!
//! The phrases are in `data/declarations.txt`, each with the place it must stand in to be a declaration and not prose; the rules
//! of place are in `place`, what part of the text is spoken of in `scope`. A declaration reaches from the bracket or sentence it
//! stands in to that one's end; a bracket that is never closed ends with its sentence.

mod place;
mod scope;

use std::{borrow::Cow, ops::Range, sync::LazyLock};

use serde::{Deserialize, Serialize};

use super::{
    Style,
    phrases::{Phrases, small},
};
use place::Place;

pub use scope::Scope;

/// What is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Declared {
    /// The republisher set words off.
    EmphasisAdded,
    /// The republisher set words plain that the original sets off.
    EmphasisRemoved,
    /// The original set words off.
    EmphasisInOriginal,
    /// The word before stands so in the original.
    Sic,
    /// Parts were left out.
    Abridged,
    /// It is a part of a longer text.
    Excerpt,
    /// Parts were left out and the wording smoothed.
    Edited,
    /// It is what was to be said.
    #[serde(rename = "as-prepared")]
    Prepared,
    /// It is what was said.
    #[serde(rename = "as-delivered")]
    Delivered,
    /// It is a translation.
    Translated,
    /// It was corrected.
    Corrected,
    /// It was brought up to date.
    Updated,
    /// It is republished with permission or under a licence.
    Permission,
    /// It was published elsewhere before.
    Republished,
}

impl Declared {
    /// All that can be declared.
    pub const ALL: [Self; 14] = [
        Self::EmphasisAdded,
        Self::EmphasisRemoved,
        Self::EmphasisInOriginal,
        Self::Sic,
        Self::Abridged,
        Self::Excerpt,
        Self::Edited,
        Self::Prepared,
        Self::Delivered,
        Self::Translated,
        Self::Corrected,
        Self::Updated,
        Self::Permission,
        Self::Republished,
    ];

    /// The name reports use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::EmphasisAdded => "emphasis-added",
            Self::EmphasisRemoved => "emphasis-removed",
            Self::EmphasisInOriginal => "emphasis-in-original",
            Self::Sic => "sic",
            Self::Abridged => "abridged",
            Self::Excerpt => "excerpt",
            Self::Edited => "edited",
            Self::Prepared => "as-prepared",
            Self::Delivered => "as-delivered",
            Self::Translated => "translated",
            Self::Corrected => "corrected",
            Self::Updated => "updated",
            Self::Permission => "permission",
            Self::Republished => "republished",
        }
    }

    /// Whether it speaks of the words beside it. "(updated)" in the middle of a sentence is part of the sentence.
    pub fn is_about_words(self) -> bool {
        match self {
            Self::EmphasisAdded | Self::EmphasisRemoved | Self::EmphasisInOriginal | Self::Sic => true,
            Self::Abridged
            | Self::Excerpt
            | Self::Edited
            | Self::Prepared
            | Self::Delivered
            | Self::Translated
            | Self::Corrected
            | Self::Updated
            | Self::Permission
            | Self::Republished => false,
        }
    }
}

/// A declaration found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// What is declared.
    pub kind: Declared,
    /// The words that declare it, in bytes of the text searched.
    pub bytes: Range<usize>,
    /// What part of the text it names.
    pub scope: Scope,
    /// Who it says did it, in bytes of the text searched.
    pub by: Option<Range<usize>>,
    /// The words it names between quotation marks, in bytes of the text searched.
    pub words: Option<Range<usize>>,
    /// How the words it speaks of are set off, where it says so.
    pub style: Option<Style>,
}

const DATA: &str = include_str!("data/declarations.txt");

/// The rows of the data with what stands before their colon.
fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    DATA.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "))
}

/// The words of all rows called `name`.
fn list(name: &str) -> Vec<&'static str> {
    rows().filter(|(row, _)| *row == name).flat_map(|(_, words)| words.split_whitespace()).collect()
}

static PHRASES: LazyLock<Vec<(Declared, Place, &'static str)>> = LazyLock::new(|| {
    let row = |(row, phrase): (&str, &'static str)| {
        let (name, place) = row.split_once(' ')?;
        Some((kind(name)?, Place::called(place)?, phrase))
    };
    rows().filter_map(row).collect()
});

/// What each phrase begins with, up to a “…”.
static HEADS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(PHRASES.iter().map(|(.., phrase)| parted(phrase).0)));

/// What stands before and behind the “…” of a phrase.
fn parted(phrase: &'static str) -> (&'static str, &'static str) {
    phrase.split_once(" … ").unwrap_or((phrase, ""))
}

fn kind(name: &str) -> Option<Declared> {
    Some(match name {
        "emphasis-added" => Declared::EmphasisAdded,
        "emphasis-removed" => Declared::EmphasisRemoved,
        "emphasis-original" => Declared::EmphasisInOriginal,
        "sic" => Declared::Sic,
        "abridged" => Declared::Abridged,
        "excerpt" => Declared::Excerpt,
        "edited" => Declared::Edited,
        "prepared" => Declared::Prepared,
        "delivered" => Declared::Delivered,
        "translated" => Declared::Translated,
        "corrected" => Declared::Corrected,
        "updated" => Declared::Updated,
        "permission" => Declared::Permission,
        "republished" => Declared::Republished,
        _ => return None,
    })
}

/// The most bytes of a declaration.
const LONGEST: usize = 300;

/// The most words a “…” stands for.
const BETWEEN: usize = 3;

/// The declarations in `text`, one block, in order; one a kind and sentence.
///
/// ```
/// use vidimus::extract::declarations::{Declared, find};
/// let text = "The statement follows. (emphasis added by the desk. It is long.";
/// let found = find(text);
/// assert_eq!(found[0].kind, Declared::EmphasisAdded);
/// assert_eq!(&text[found[0].bytes.clone()], "emphasis added by the desk");
/// assert_eq!(find("The emphasis added by the committee to schools was welcome."), []);
/// ```
pub fn find(text: &str) -> Vec<Declaration> {
    // Lower case may be longer or shorter: only texts where every letter keeps its length are searched by offset.
    let lower = small(text, |c, lower| lower.push(lowered(c)));
    let plain = if lower.contains('’') { Cow::Owned(lower.replace('’', "'")) } else { Cow::Borrowed(&lower) };
    // A curly apostrophe is longer than a straight one: where the text has any, offsets are led back.
    let back = |at: usize| if plain.len() == lower.len() { at } else { led_back(&lower, at) };
    let mut found: Vec<Declaration> = Vec::new();
    for (index, at) in HEADS.find(&plain) {
        let Some((kind, place, phrase)) = PHRASES.get(index) else { continue };
        let Some(end) = matched(&plain, at, phrase) else { continue };
        let phrase = back(at)..back(end);
        if place.holds(&lower, &phrase) {
            let bytes = clause(text, phrase);
            let said = lower.get(bytes.clone()).unwrap_or_default();
            let by = scope::by(text, &bytes);
            // "Bold and italics added": the phrase found is the end of what is said.
            let clause =
                lower.get(..bytes.start).and_then(|before| before.rfind(['(', '[', '.', ';', ':', '”', '"', '»']));
            let whole = lower.get(clause.map_or(0, |at| lower.ceil_char_boundary(at + 1))..bytes.end);
            let style = scope::style(whole.unwrap_or(said));
            let (scope, words) = (scope::of(said), scope::words(text, &bytes));
            found.push(Declaration { kind: *kind, scope, by, words, style, bytes });
        }
    }
    found.sort_by_key(|declaration| (declaration.bytes.start, declaration.bytes.end, declaration.kind));
    let mut seen: Vec<Declaration> = Vec::new();
    for declaration in found {
        let again = |one: &Declaration| one.kind == declaration.kind && declaration.bytes.start < one.bytes.end;
        if !seen.iter().rev().take(4).any(again) {
            seen.push(declaration);
        }
    }
    seen
}

/// The byte of `lower` that byte `at` of the same text with straight apostrophes stands for.
fn led_back(lower: &str, at: usize) -> usize {
    let (mut plain, mut place) = (0, 0);
    for c in lower.chars() {
        if plain >= at {
            break;
        }
        plain += if c == '’' { 1 } else { c.len_utf8() };
        place += c.len_utf8();
    }
    place
}

/// The end of `phrase` where `text` has it at `at`, as whole words.
fn matched(text: &str, at: usize, phrase: &'static str) -> Option<usize> {
    let (head, tail) = parted(phrase);
    let end = at + head.len();
    if !at_word(text, at, end) {
        return None;
    }
    if tail.is_empty() {
        return Some(end);
    }
    let mut rest = text.get(end..)?.char_indices().filter(|(_, c)| *c == ' ').map(|(space, _)| end + space + 1);
    let start =
        rest.by_ref().take(BETWEEN + 1).find(|start| text.get(*start..).is_some_and(|t| t.starts_with(tail)))?;
    at_word(text, start, start + tail.len()).then_some(start + tail.len())
}

/// The small form of a letter where it has the same length in bytes.
fn lowered(c: char) -> char {
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
    let mut end = text.len();
    let mut chars = text[phrase.end..].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let at = phrase.end + at;
        let next = chars.peek().map(|(_, c)| *c);
        let sentence =
            matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace) && !abbreviates(&text[..at]);
        if sentence || matches!(c, ')' | ']' | ';' | '\n') || at - phrase.start > LONGEST {
            end = at;
            break;
        }
    }
    // A full stop that ends the bracket is not part of what is said.
    let said = &text[phrase.start..end];
    let bare = said.strip_suffix('.').filter(|bare| !abbreviates(bare)).unwrap_or(said).trim_end();
    phrase.start..(phrase.start + bare.len()).max(phrase.end)
}

/// Whether a full stop behind `text` belongs to an abbreviation such as `U.S.` or `Dr.`.
fn abbreviates(text: &str) -> bool {
    let word = text.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (word.contains('.') && letters <= 3) || (letters == 1) || matches!(word, "Dr" | "Mr" | "Mrs" | "Ms" | "St" | "Pres")
}

#[cfg(test)]
mod tests;
