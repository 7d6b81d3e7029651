//! An article as words with markup between them: what alterations work on, and what pages print.

use std::{fmt::Write as _, ops::Range};

use vidimus::{Verdict, check::Kind};

use super::grammar::Writer;
use crate::support::Chance;

/// A word with the signs that stand at it and the markup around it.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// Signs before it.
    pub lead: String,
    /// The word itself.
    pub core: String,
    /// Signs behind it.
    pub tail: String,
    /// Markup before the word, behind its leading signs.
    pub open: String,
    /// Markup behind the word, before its trailing signs.
    pub close: String,
    /// Whether its sentence ends with it.
    pub last: bool,
    /// Whether an alteration or a trap has been here.
    pub used: bool,
    /// The word's own markup, where it is not plain text.
    pub markup: Option<String>,
}

/// What a paragraph is set as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Running text.
    Paragraph,
    /// A subheading of the original's own.
    Heading,
    /// An item of a list.
    Item,
    /// A block quotation.
    Quotation,
}

/// One paragraph.
#[derive(Clone, Debug)]
pub struct Paragraph {
    /// What it is.
    pub shape: Shape,
    /// Its words.
    pub words: Vec<Word>,
    /// Attributes of its element, with a space before each.
    pub attributes: String,
    /// Markup behind it.
    pub behind: String,
}

/// An alteration that was made, and what may tell of it.
#[derive(Clone, Debug)]
pub struct Label {
    /// Its name: family and kind.
    pub name: &'static str,
    /// The kinds of finding that tell of it.
    pub kinds: &'static [Kind],
    /// The original's words it touches.
    pub before: String,
    /// The copy's.
    pub after: String,
    /// What it alone makes the verdict; absent where opinions may differ.
    pub verdict: Option<Verdict>,
}

/// An article and its title.
#[derive(Clone, Debug)]
pub struct Article {
    /// The title.
    pub title: String,
    /// The paragraphs.
    pub paragraphs: Vec<Paragraph>,
    /// Rules for the page's style sheet.
    pub css: String,
}

/// Words of a run.
#[derive(Clone, Debug)]
pub struct Spot {
    /// The paragraph.
    pub paragraph: usize,
    /// Its words.
    pub words: Range<usize>,
}

/// Words that stay untouched between two alterations of one paragraph.
const APART: usize = 6;

impl Article {
    /// Writes one.
    pub fn write(chance: &mut Chance) -> Self {
        let count = chance.between(6, 13);
        let plan: Vec<(Shape, usize)> = (0..count).map(|at| shape(chance, at)).collect();
        let accents = chance.next();
        let mut writer = Writer::new(chance);
        let title = writer.title();
        let mut paragraphs = Vec::new();
        for (shape, sentences) in plan {
            let texts = match shape {
                Shape::Heading => vec![writer.heading()],
                Shape::Quotation => vec![writer.quotation()],
                Shape::Paragraph | Shape::Item => writer.paragraph(sentences),
            };
            let words = texts.iter().flat_map(|text| words(text)).collect();
            paragraphs.push(Paragraph { shape, words, attributes: String::new(), behind: String::new() });
        }
        let mut article = Self { title, paragraphs, css: String::new() };
        article.accent(&mut Chance::new(accents));
        article
    }

    /// Emphasis and links of the original's own.
    fn accent(&mut self, chance: &mut Chance) {
        for paragraph in self.paragraphs.iter_mut().filter(|paragraph| paragraph.shape == Shape::Paragraph) {
            if paragraph.words.len() < 20 || !chance.likely(25) {
                continue;
            }
            let start = chance.between(3, paragraph.words.len() - 6);
            let markup = *chance.one(&[
                ("<em>", "</em>"),
                ("<strong>", "</strong>"),
                ("<a href=\"/annex\">", "</a>"),
                ("<i>", "</i>"),
            ]);
            wrap(&mut paragraph.words[start..start + 3], markup.0, markup.1);
        }
    }

    /// A run of `least` to `most` words inside one sentence that satisfies `want`, far enough from every other alteration and
    /// from markup of the original's own; it is marked as used.
    pub fn pick(
        &mut self,
        chance: &mut Chance,
        least: usize,
        most: usize,
        want: impl Fn(&[Word]) -> bool,
    ) -> Option<Spot> {
        let mut found = Vec::new();
        for (index, paragraph) in self.paragraphs.iter().enumerate() {
            if !matches!(paragraph.shape, Shape::Paragraph | Shape::Item) {
                continue;
            }
            let words = &paragraph.words;
            for start in 1..words.len() {
                for length in least..=most {
                    let range = start..start + length;
                    if range.end >= words.len() {
                        continue;
                    }
                    let around = start.saturating_sub(APART)..(range.end + APART).min(words.len());
                    let free =
                        words[around].iter().all(|word| !word.used && word.open.is_empty() && word.close.is_empty());
                    let inside = words[start - 1..range.end].iter().take(length).all(|word| !word.last);
                    let plain =
                        words[range.clone()].windows(2).all(|pair| pair[0].tail.is_empty() && pair[1].lead.is_empty());
                    let unmarked = !is_marked(words, start);
                    if free && inside && plain && unmarked && want(&words[range.clone()]) {
                        found.push(Spot { paragraph: index, words: range });
                    }
                }
            }
        }
        let spot = (!found.is_empty()).then(|| chance.one(&found).clone())?;
        self.words_mut(&spot).iter_mut().for_each(|word| word.used = true);
        Some(spot)
    }

    /// A paragraph nothing was done to, of at least `least` words, which is not the first or last unless `edges`; it is marked
    /// as used.
    pub fn pick_paragraph(&mut self, chance: &mut Chance, least: usize, edges: bool) -> Option<usize> {
        let last = self.paragraphs.len() - 1;
        let free = |index: &usize| {
            let paragraph = &self.paragraphs[*index];
            paragraph.shape == Shape::Paragraph
                && paragraph.words.len() >= least
                && paragraph.words.iter().all(|word| !word.used)
                && (edges || (*index > 0 && *index < last))
        };
        let found: Vec<usize> = (0..=last).filter(free).collect();
        let index = (!found.is_empty()).then(|| *chance.one(&found))?;
        self.paragraphs[index].words.iter_mut().for_each(|word| word.used = true);
        Some(index)
    }

    /// The whole sentences of paragraphs, but for each paragraph's first: far enough from every alteration; one is marked as used.
    pub fn pick_sentence(&mut self, chance: &mut Chance) -> Option<Spot> {
        let mut found = Vec::new();
        for (index, paragraph) in self.paragraphs.iter().enumerate().filter(|(_, p)| p.shape == Shape::Paragraph) {
            let mut start = 0;
            for (at, word) in paragraph.words.iter().enumerate() {
                if word.last {
                    let range = start..at + 1;
                    let plain = |word: &Word| !word.used && word.open.is_empty() && word.close.is_empty();
                    let free = paragraph.words[range.clone()].iter().all(plain) && !is_marked(&paragraph.words, start);
                    if start > 0 && free {
                        found.push(Spot { paragraph: index, words: range });
                    }
                    start = at + 1;
                }
            }
        }
        let spot = (!found.is_empty()).then(|| chance.one(&found).clone())?;
        self.words_mut(&spot).iter_mut().for_each(|word| word.used = true);
        Some(spot)
    }

    /// The words of a run.
    pub fn words_mut(&mut self, spot: &Spot) -> &mut [Word] {
        &mut self.paragraphs[spot.paragraph].words[spot.words.clone()]
    }

    /// What a reader sees of a run, without the signs at its edges.
    pub fn text(&self, spot: &Spot) -> String {
        text(&self.paragraphs[spot.paragraph].words[spot.words.clone()])
    }

    /// Puts markup around a run.
    pub fn wrap(&mut self, spot: &Spot, open: &str, close: &str) {
        wrap(self.words_mut(spot), open, close);
    }

    /// All letters of the article, for telling its own words from a page's.
    pub fn letters(&self) -> String {
        let all = self.paragraphs.iter().flat_map(|paragraph| &paragraph.words);
        all.map(|word| super::score::letters(&word.core)).collect()
    }
}

fn is_marked(words: &[Word], start: usize) -> bool {
    let opened = words[..start].iter().filter(|word| !word.open.is_empty()).count();
    opened != words[..start].iter().filter(|word| !word.close.is_empty()).count()
}

fn shape(chance: &mut Chance, at: usize) -> (Shape, usize) {
    match chance.below(12) {
        0 if at > 1 => (Shape::Heading, 1),
        1 if at > 0 => (Shape::Quotation, 1),
        2 | 3 if at > 2 => (Shape::Item, 1),
        _ => (Shape::Paragraph, chance.between(2, 5)),
    }
}

/// The words of one sentence.
pub fn words(text: &str) -> Vec<Word> {
    let sign = |c: char| "“”‘’\"'(),.;:!?—–-[]".contains(c);
    let mut words: Vec<Word> = text
        .split_whitespace()
        .map(|piece| {
            let core = piece.trim_matches(sign);
            let at = piece.find(core).unwrap_or(0);
            let (lead, tail) = (piece[..at].to_owned(), piece[at + core.len()..].to_owned());
            Word { lead, core: core.to_owned(), tail, ..Word::default() }
        })
        .collect();
    if let Some(last) = words.last_mut() {
        last.last = true;
    }
    words
}

/// Puts markup around words.
pub fn wrap(words: &mut [Word], open: &str, close: &str) {
    if let Some(first) = words.first_mut() {
        first.open.push_str(open);
    }
    if let Some(last) = words.last_mut() {
        last.close.insert_str(0, close);
    }
}

/// What a reader sees of words, without the signs at the edges.
pub fn text(words: &[Word]) -> String {
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        let lead = if at == 0 { "" } else { word.lead.as_str() };
        let tail = if at + 1 == words.len() { "" } else { word.tail.as_str() };
        let space = if at == 0 { "" } else { " " };
        write!(out, "{space}{lead}{}{tail}", word.core).unwrap();
    }
    out
}

/// `text` as HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The inner HTML of a paragraph.
pub fn inner(words: &[Word]) -> String {
    let mut out = String::new();
    for (at, word) in words.iter().enumerate() {
        let space = if at == 0 { "" } else { " " };
        let core = word.markup.clone().unwrap_or_else(|| escaped(&word.core));
        write!(out, "{space}{}{}{core}{}{}", escaped(&word.lead), word.open, word.close, escaped(&word.tail)).unwrap();
    }
    out
}
