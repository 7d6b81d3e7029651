//! Where the statement itself lies in either document: from its first solid passage to its last.
//!
//! The alignment says which words stand in both. A title, an office's name or a date that both pages happen to print is not yet
//! the statement: what lies between a repeated title and the first paragraph is still framing.

use std::{collections::BTreeSet, ops::Range};

use super::pair::{Matched, Pair, own_containers, own_landmarks, words_of};
use crate::{
    extract::{BlockKind, Document, Hint, Landmark},
    text::words::fold,
};

/// Words that make a passage solid, where the block has as many.
pub(super) const SOLID: usize = 8;

/// Words of the longest line that can be a title.
const TITLE: usize = 30;

/// Where the statement lies: block ranges, empty where nothing of it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) original: Range<usize>,
    pub(super) copy: Range<usize>,
}

impl Bounds {
    /// Finds the edges.
    pub(super) fn of(pair: &Pair<'_>, original: &Matched, copy: &Matched) -> Self {
        let any = |block: &usize| copy.any(*block);
        let (mine, theirs) = (original.passages(pair.original, SOLID), copy.passages(pair.copy, SOLID));
        let edge = |block: usize| {
            let with = copy.with.get(block).copied().flatten();
            is_edge(pair.copy, &theirs, block) || with.is_some_and(|with| is_edge(pair.original, &mine, with))
        };
        let solid = |block: &usize| is_solid(pair, original, copy, *block) && !edge(*block);
        let blocks = 0..pair.copy.blocks.len();
        let mut found: Vec<usize> = blocks.clone().filter(solid).collect();
        if found.is_empty() {
            found = blocks.filter(any).collect();
        }
        let others: Vec<usize> = found.iter().filter_map(|block| copy.with.get(*block).copied().flatten()).collect();
        let span = |of: &[usize]| match (of.iter().min(), of.iter().max()) {
            (Some(first), Some(last)) => *first..last + 1,
            _ => 0..0,
        };
        Self { original: span(&others), copy: span(&found) }
    }
}

/// Whether a block stands in a header, footer, menu or box of its page that holds no longer passage of the other document:
/// a publisher's name that both pages print there is not yet the statement.
fn is_edge(document: &Document, passages: &Matched, block: usize) -> bool {
    use Landmark::{Aside, Button, Dialog, Footer, Form, Header, Nav};
    let hints = [Hint::Navigation, Hint::Share, Hint::Subscribe, Hint::Related, Hint::Footer, Hint::Consent];
    own_containers(document, passages, block).any(|own| {
        own.landmark.is_some_and(|mark| matches!(mark, Aside | Button | Dialog | Footer | Form | Header | Nav))
            || own.hints.iter().any(|hint| hints.contains(hint))
    })
}

fn is_solid(pair: &Pair<'_>, original: &Matched, copy: &Matched, block: usize) -> bool {
    let words = words_of(&pair.alignment.copy, block).len();
    let matched = copy.words.get(block).copied().unwrap_or(0);
    let enough = matched >= SOLID || matched * 2 > words;
    let title = |document: &Document, matched: &Matched, block: usize| {
        let heading = document.blocks.get(block).is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)));
        let front =
            own_landmarks(document, matched, block).any(|mark| matches!(mark, Landmark::Header | Landmark::Nav));
        heading || front || document.label(block).is_some() || is_title(document, block)
    };
    let with = copy.with.get(block).copied().flatten();
    enough && !title(pair.copy, copy, block) && with.is_some_and(|with| !title(pair.original, original, with))
}

/// Whether a block is the document's title, by its metadata or by standing first, short and without a full stop.
pub(super) fn is_title(document: &Document, block: usize) -> bool {
    let text = document.block_text(block);
    let words = text.split_whitespace().take(TITLE + 1).count();
    if words > TITLE {
        return false;
    }
    let named = document.metadata.title.as_ref().is_some_and(|title| same(title, text));
    let sentence = text.ends_with(['.', '!', ':', ';', ',']);
    named || (block == 0 && document.blocks.len() > 2 && !sentence && words >= 2)
}

/// The titles of a document: what its metadata says, its first headings, its first line.
fn titles(document: &Document) -> Vec<&str> {
    let named = document.metadata.title.as_deref();
    let blocks = 0..document.blocks.len().min(200);
    let heading = |block: &usize| document.blocks[*block].kind == BlockKind::Heading(1) || is_title(document, *block);
    named.into_iter().chain(blocks.filter(heading).map(|block| document.block_text(block))).collect()
}

/// The titles of one document, ready to be held against many lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Titles {
    /// As they stand there.
    pub(super) lines: Vec<String>,
    /// The letters of each.
    letters: BTreeSet<String>,
    /// The letters of each without the name of a site behind it.
    bare: BTreeSet<String>,
}

impl Titles {
    pub(super) fn of(document: &Document) -> Self {
        let lines = titles(document);
        let bare = lines.iter().filter_map(|title| without_site(title)).map(letters).collect();
        let letters = lines.iter().map(|title| letters(title)).collect();
        Self { lines: lines.into_iter().map(str::to_owned).collect(), letters, bare }
    }

    /// Whether a line is one of the titles, a site's name behind either of them left out.
    pub(super) fn name(&self, line: &str) -> bool {
        let own = letters(line);
        self.letters.contains(&own)
            || self.bare.contains(&own)
            || without_site(line).is_some_and(|line| self.letters.contains(&letters(line)))
    }

    /// Whether a line has the letters of one of the titles.
    pub(super) fn match_whole(&self, line: &str) -> bool {
        self.letters.contains(&letters(line))
    }
}

/// Whether two lines have the same letters and figures.
pub(super) fn same(left: &str, right: &str) -> bool {
    if left.is_ascii() && right.is_ascii() {
        // Most lines differ in their first letter: nothing is written down to see that.
        return plain(left).eq(plain(right));
    }
    letters(left) == letters(right)
}

/// The letters and figures of a line in ASCII, in small letters.
fn plain(line: &str) -> impl Iterator<Item = u8> + '_ {
    line.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase())
}

/// The letters and figures of a line.
pub(super) fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What sites put between a title and their own name.
const SEPARATORS: [&str; 6] = [" - ", " – ", " — ", " | ", " · ", " :: "];

/// Words of the longest name of a site behind a title.
const SITE: usize = 6;

/// The line without the name of a site that stands behind it; none where there is no such name.
fn without_site(line: &str) -> Option<&str> {
    let cut = SEPARATORS.iter().filter_map(|separator| line.rfind(separator).map(|at| (at, separator.len()))).max();
    let (at, length) = cut?;
    let (head, tail) = (line.get(..at)?, line.get(at + length..)?);
    let few = |text: &str| text.split_whitespace().count() <= SITE;
    (few(tail) && head.split_whitespace().count() >= 3).then_some(head)
}

/// Whether a line is the title, a site's name behind either of them left out.
pub(super) fn is_titled(title: &str, line: &str) -> bool {
    same(title, line)
        || without_site(title).is_some_and(|title| same(title, line))
        || without_site(line).is_some_and(|line| same(title, line))
}
