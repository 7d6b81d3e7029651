//! What language a text is in, as far as its commonest words and its letters tell: enough to say that two are not in the same.

use std::collections::BTreeMap;

use super::vocabulary;
use crate::{check::facets, extract::Document};

/// Bytes of a document from which its language is told.
const SAMPLE: usize = 20_000;

/// Common words of its own language that a page must have before it is called one in another.
const PLAIN: usize = 12;

/// Letters that a page must have before anything is said of its language.
const LETTERS: usize = 100;

/// What an original is written in.
pub(super) struct Tongue {
    language: Option<&'static str>,
    latin: bool,
}

impl Tongue {
    pub(super) fn of(document: &Document) -> Self {
        let start = sample(document);
        let counts = vocabulary::languages(&facets::words(start));
        let most = counts.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| *count > 2);
        Self { language: most.map(|(language, _)| language), latin: is_latin(start) }
    }
}

/// How many of a text's words are among the commonest of each language.
pub(super) struct Spoken {
    counts: BTreeMap<&'static str, usize>,
    latin: bool,
}

impl Spoken {
    pub(super) fn of(text: &str) -> Self {
        Self { counts: vocabulary::languages(&facets::words(text)), latin: is_latin(text) }
    }

    /// Whether this is another language than `tongue`, told from `least` common words at least.
    pub(super) fn is_foreign_to(&self, tongue: &Tongue, least: usize) -> bool {
        let best = self.counts.values().max().copied().unwrap_or(0);
        let here = tongue.language.and_then(|language| self.counts.get(language)).copied();
        self.latin != tongue.latin || here.is_some_and(|here| best >= least && here * 3 <= best)
    }
}

/// Whether two pages are plainly in different languages.
pub(in super::super) fn differ(original: &Document, copy: &Document) -> bool {
    let says_enough =
        |text: &Document| sample(text).chars().filter(|c| c.is_alphabetic()).take(LETTERS).count() == LETTERS;
    let foreign = |text: &Document, to: &Document| Spoken::of(sample(text)).is_foreign_to(&Tongue::of(to), PLAIN);
    says_enough(original) && says_enough(copy) && foreign(copy, original) && foreign(original, copy)
}

fn sample(document: &Document) -> &str {
    document.text.get(..document.text.floor_char_boundary(SAMPLE)).unwrap_or_default()
}

/// Whether most letters of a text are Latin ones without accents.
fn is_latin(text: &str) -> bool {
    let count = |is: fn(char) -> bool| text.chars().filter(|c| is(*c)).count();
    count(|c| c.is_ascii_alphabetic()) * 2 > count(char::is_alphabetic)
}
