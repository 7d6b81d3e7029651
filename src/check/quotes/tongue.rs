//! What language a text is in, as far as its commonest words and its letters tell: enough to say that two are not in the same.

use std::{cell::OnceCell, collections::BTreeMap};

use super::vocabulary;
use crate::{check::facets, extract::Document};

/// Bytes of a document from which its language is told.
const SAMPLE: usize = 20_000;

/// Common words of its own language that a page must have before it is called one in another.
const PLAIN: usize = 12;

/// Letters that a page must have before anything is said of its language.
const LETTERS: usize = 100;

/// What a document is written in; found out when it is first asked.
pub(super) struct Tongue<'a> {
    document: &'a Document,
    /// The language, and whether the letters are Latin.
    known: OnceCell<(Option<&'static str>, bool)>,
}

impl<'a> Tongue<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        Self { document, known: OnceCell::new() }
    }

    fn known(&self) -> (Option<&'static str>, bool) {
        *self.known.get_or_init(|| {
            let start = sample(self.document);
            let counts = vocabulary::languages(&facets::words(start));
            // Of languages that are equally likely none is said.
            let most = counts.values().max().copied().unwrap_or(0);
            let mut likely = counts.into_iter().filter(|(_, count)| *count == most && most > 2);
            let language = likely.next().map(|(language, _)| language).filter(|_| likely.next().is_none());
            (language, is_latin(start))
        })
    }

    /// The language by its tag, where its commonest words give it away.
    pub(super) fn language(&self) -> Option<&'static str> {
        self.known().0
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
    pub(super) fn is_foreign_to(&self, tongue: &Tongue<'_>, least: usize) -> bool {
        let (language, latin) = tongue.known();
        let best = self.counts.values().max().copied().unwrap_or(0);
        let here = language.and_then(|language| self.counts.get(language)).copied();
        self.latin != latin || here.is_some_and(|here| best >= least && here * 3 <= best)
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
