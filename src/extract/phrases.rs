//! Many fixed phrases looked for in one pass over a text: what `labels` and `declarations` are built on.
//!
//! A phrase is found where a word begins, never in the middle of one. Text and phrases must be in small letters.

use std::collections::BTreeMap;

/// Bytes that tell most phrases apart, and rule out nearly every place of a text.
const HEAD: usize = 4;

/// Slots of the filter over heads.
const SLOTS: usize = 1 << 14;

/// Phrases, by the bytes they begin with.
#[derive(Debug)]
pub(super) struct Phrases {
    all: Vec<&'static str>,
    /// Whether a phrase begins with this byte.
    first: [bool; 256],
    /// Whether a phrase may begin with this head, by slot.
    filter: Vec<bool>,
    /// The phrases with each head.
    heads: BTreeMap<[u8; HEAD], Vec<usize>>,
    /// Those too short to have one.
    short: Vec<usize>,
}

/// Where in the filter a head stands.
fn slot(head: [u8; HEAD]) -> usize {
    // Fibonacci hashing: the upper bits depend on all of the head.
    (u32::from_le_bytes(head).wrapping_mul(0x9e37_79b1) >> 18) as usize
}

impl Phrases {
    /// Takes the phrases; their places in `all` are what [`Phrases::find`] speaks of.
    pub(super) fn new(all: impl IntoIterator<Item = &'static str>) -> Self {
        let all: Vec<&'static str> = all.into_iter().collect();
        let (mut first, mut filter) = ([false; 256], vec![false; SLOTS]);
        let (mut heads, mut short) = (BTreeMap::<_, Vec<usize>>::new(), Vec::new());
        for (index, phrase) in all.iter().enumerate() {
            if let Some(byte) = phrase.bytes().next() {
                first[usize::from(byte)] = true;
            }
            match phrase.as_bytes().first_chunk::<HEAD>() {
                Some(head) => {
                    filter[slot(*head)] = true;
                    heads.entry(*head).or_default().push(index);
                }
                None => short.push(index),
            }
        }
        Self { all, first, filter, heads, short }
    }

    /// Every place of every phrase: which phrase, and the byte it begins at; in order of place.
    pub(super) fn find(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut inside = false;
        for (at, byte) in text.bytes().enumerate() {
            let letter = byte.is_ascii_alphanumeric();
            let goes_on = inside && letter;
            inside = letter;
            if !goes_on && self.first[usize::from(byte)] {
                found.extend(self.beginning(&text.as_bytes()[at..]).map(|index| (index, at)));
            }
        }
        found
    }

    /// The phrases that `text` begins with.
    pub(super) fn at_start<'a>(&'a self, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.beginning(text.as_bytes())
    }

    fn beginning<'a>(&'a self, text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        let head = text.first_chunk::<HEAD>().filter(|head| self.filter.get(slot(**head)) == Some(&true));
        let long = head.and_then(|head| self.heads.get(head)).map_or(&[][..], Vec::as_slice);
        let here = |index: &usize| self.all.get(*index).is_some_and(|phrase| text.starts_with(phrase.as_bytes()));
        self.short.iter().chain(long).copied().filter(here)
    }
}

/// `text` with its ASCII letters made small; every other character is handed to `other` with what is there so far.
pub(super) fn small(text: &str, mut other: impl FnMut(char, &mut String)) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut small = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        let (plain, strange) = rest.split_at(at);
        let from = small.len();
        small.push_str(plain);
        small[from..].make_ascii_lowercase();
        let mut chars = strange.chars();
        if let Some(c) = chars.next() {
            other(c, &mut small);
        }
        rest = chars.as_str();
    }
    let from = small.len();
    small.push_str(rest);
    small[from..].make_ascii_lowercase();
    small
}

#[cfg(test)]
mod tests {
    use super::{Phrases, small};

    #[test]
    fn phrases_are_found_where_words_begin() {
        let phrases = Phrases::new(["bold", "bold added", "(abridged", "übersetzt", "sic", "©"]);
        let found = |text| phrases.find(text);
        assert_eq!(found("bold added, embolden"), [(0, 0), (1, 0)]);
        assert_eq!(found("x(abridged) übersetzt"), [(2, 1), (3, 12)]);
        assert_eq!(found("© sic"), [(5, 0), (4, 3)]);
        assert_eq!(found(""), []);
        assert_eq!(phrases.at_start("bold added").collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn letters_of_every_script_can_be_made_small() {
        let lower = |c: char, out: &mut String| out.extend(c.to_lowercase());
        assert_eq!(small("An ÄRGER’S ab C", lower), "an ärger’s ab c");
        assert_eq!(small("PLAIN", lower), "plain");
        assert_eq!(small("É", lower), "é");
    }
}
