//! Pages that were sent in place of the article: error pages sent as pages, questions for consent, the first lines before a
//! subscription, shells that a script would fill, and translations.
//!
//! Two documents and their alignment go in, limits come out; each leaves the verdict open, since the article is not in the bytes. A page
//! that holds the article is never one of these, whatever it says: nothing is asked of one where the text was found, but for a page that
//! begins the article and then says that the rest is for subscribers. The phrases are in `words/standin.txt`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use super::{Coverage, pair::Pair, quotes};
use crate::{
    extract::{BlockKind, Document, Note},
    text::words::{Key, Lexicon},
};

/// Words of the longest page that can be nothing but an error message, a question for consent, an offer, a shell.
const ERROR_PAGE: usize = 200;
const CONSENT_PAGE: usize = 600;
const PAYWALL_PAGE: usize = 500;
const SHELL: usize = 80;

/// Words of the longest block that is short, and of the shortest that is prose.
const SHORT: usize = 15;
const PROSE: usize = 12;

/// Words of prose on other things that a question for consent may have beside it.
const OTHER_PROSE: usize = 30;

/// The share of the whole text below which a page may have begun it only.
const BEGUN: f64 = 0.7;

/// The share of the original that is most of it.
const MOST: f64 = 0.5;

/// Words in a row that two texts have in common where they share a passage.
const ROW: usize = 4;

static PHRASES: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("words/standin.txt").lines().filter(|line| !line.starts_with('#'));
    let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    lines
        .filter_map(|line| line.split_once(": "))
        .for_each(|(name, phrase)| lists.entry(name).or_default().push(phrase));
    lists
});

fn list(name: &str) -> &'static [&'static str] {
    PHRASES.get(name).map_or(&[], Vec::as_slice)
}

/// The limits of pages that stand in for the article.
pub(super) fn of(pair: &Pair<'_>, coverage: &Coverage, unrelated: bool, quoting: bool) -> Vec<Note> {
    let mut limits = Vec::new();
    let of = |words: u64| coverage.matched_words as f64 / words.max(1) as f64;
    // What a page that was begun only holds of the other's text.
    let (of_copy, of_original) = (of(coverage.copy_words), of(coverage.original_words));
    for (name, document, share) in [("original", pair.original, of_copy), ("copy", pair.copy, of_original)] {
        let page = Page::of(document);
        if unrelated {
            limits.extend(page.instead(name));
        } else if share < BEGUN && page.ends_at_a_paywall(&matched(pair, name)) {
            let message = format!("The {name} begins the text and then says that the rest is for subscribers.");
            limits.push(note("paywall", message));
        }
    }
    if (unrelated || quoting) && holds_it_unseen(pair) {
        let message = "The copy holds most of the text where no reader sees it; whether a script or a sheet shows it is not known.";
        limits.push(note("text-out-of-sight", message.to_owned()));
    }
    if unrelated && limits.is_empty() && quotes::differ(pair.original, pair.copy) {
        let message = "Original and copy are in different languages, so their words cannot be held against each other.";
        limits.push(note("other-language", message.to_owned()));
    }
    limits
}

fn note(code: &str, message: String) -> Note {
    Note { code: code.to_owned(), message }
}

/// Whether most of the original stands in the copy's hidden text.
fn holds_it_unseen(pair: &Pair<'_>) -> bool {
    let mut lexicon = Lexicon::new();
    let mut rows = |text: &str| -> Vec<[Key; ROW]> {
        let keys: Vec<Key> = lexicon.words(text).into_iter().map(|word| word.key).collect();
        keys.array_windows().copied().collect()
    };
    let hidden: BTreeSet<[Key; ROW]> = pair.copy.hidden.iter().flat_map(|hidden| rows(&hidden.text)).collect();
    let original = rows(&pair.original.text);
    let found = original.iter().filter(|row| hidden.contains(*row)).count();
    found as f64 > original.len() as f64 * MOST
}

/// For each block of the document called `name`, whether words of it stand in the other.
fn matched(pair: &Pair<'_>, name: &str) -> Vec<bool> {
    let (original, copy) = pair.matched();
    let (side, document) = if name == "copy" { (copy, pair.copy) } else { (original, pair.original) };
    (0..document.blocks.len()).map(|block| side.any(block)).collect()
}

/// A document's blocks in lower case, with what is a heading and how long each is.
struct Page {
    blocks: Vec<Block>,
    title: Option<String>,
    words: usize,
}

struct Block {
    text: String,
    heading: bool,
    words: usize,
}

impl Page {
    fn of(document: &Document) -> Self {
        let blocks = document.blocks.iter().enumerate().map(|(index, block)| {
            let text = folded(document.block_text(index));
            let words = text.split_whitespace().count();
            Block { heading: matches!(block.kind, BlockKind::Heading(_)), words, text }
        });
        let blocks: Vec<Block> = blocks.collect();
        let words = blocks.iter().map(|block| block.words).sum();
        Self { blocks, title: document.metadata.title.as_deref().map(folded), words }
    }

    /// What the page is instead of an article, if anything.
    fn instead(&self, name: &str) -> Option<Note> {
        if self.blocks.is_empty() {
            return None;
        }
        let says = |list| self.blocks.iter().any(|block| block.says(list));
        if self.is_missing() {
            Some(note("soft-404", format!("The {name} looks like a page saying that there is no such page.")))
        } else if self.is_consent() {
            Some(note("consent-wall", format!("The {name} is a question for consent, sent in place of the page.")))
        } else if self.words <= PAYWALL_PAGE && says("paywall") {
            Some(note("paywall", format!("The {name} is an offer to subscribers, sent in place of the page.")))
        } else if self.words <= SHELL && says("script") {
            Some(note("script-only", format!("The {name} is a shell that a script would fill.")))
        } else {
            None
        }
    }

    /// Whether a short page says in its title or a heading that it does not exist.
    fn is_missing(&self) -> bool {
        let headings = self.blocks.iter().filter(|block| block.heading).map(|block| &block.text);
        let mut lines = headings.chain(&self.title);
        self.words <= ERROR_PAGE && lines.any(|line| list("missing").iter().any(|phrase| line.contains(phrase)))
    }

    /// Whether the page asks for consent and says next to nothing else.
    fn is_consent(&self) -> bool {
        let button = |block: &Block| list("button").contains(&block.text.trim_end_matches(['.', '!', '»', '›', ' ']));
        let asks = |block: &Block| list("consent").iter().any(|phrase| block.text.contains(phrase));
        let about = |block: &Block| {
            let mut words = block.text.split(|c: char| !c.is_alphanumeric());
            words.any(|word| list("about").contains(&word)) || asks(block)
        };
        let prose = self.blocks.iter().filter(|block| block.words >= PROSE && !about(block));
        self.words <= CONSENT_PAGE
            && self.blocks.iter().any(button)
            && self.blocks.iter().any(asks)
            && prose.map(|block| block.words).sum::<usize>() <= OTHER_PROSE
    }

    /// Whether the page says behind the last passage that was found, with no prose in between or after, that the rest is for
    /// subscribers.
    fn ends_at_a_paywall(&self, matched: &[bool]) -> bool {
        let Some(last) = matched.iter().rposition(|matched| *matched) else { return false };
        let after = self.blocks.get(last + 1..).unwrap_or_default();
        let Some(wall) = after.iter().position(|block| block.says("paywall")) else { return false };
        let before_it = after.get(..wall).unwrap_or_default().iter();
        before_it.filter(|block| block.words >= PROSE).count() <= 1
    }
}

impl Block {
    /// Whether the block says one of the phrases of a list as a sign does: it begins with it, or is short and holds it, without
    /// quoting it.
    fn says(&self, name: &str) -> bool {
        let quotes = |c: char| "\"“”„«»‘".contains(c);
        let phrase =
            |phrase: &str| self.text.starts_with(phrase) || (self.words <= SHORT && self.text.contains(phrase));
        self.words <= 60 && !self.text.contains(quotes) && list(name).iter().any(|one| phrase(one))
    }
}

/// A line in lower case, with plain apostrophes.
fn folded(text: &str) -> String {
    text.replace(['’', '‘'], "'").to_lowercase()
}
