//! A text as tiles: words and what stands between them, by turns. Every letter of the text is part of exactly one tile.
//!
//! Tile `2k` is what stands before word `k`, tile `2k + 1` the word; the last tile is what stands behind the last word. So every
//! range of tiles is one stretch of the text, and texts that share their tiles are the same text.

use std::ops::Range;

use crate::{
    extract::{Block, ByteRange, Document},
    text::words::{Key, Lexicon, Word},
};

/// One text in tiles.
pub(super) struct Tiles<'a> {
    pub(super) document: &'a Document,
    /// With keys that can be compared across all texts collated together.
    pub(super) words: Vec<Word>,
}

impl<'a> Tiles<'a> {
    pub(super) fn of(document: &'a Document, lexicon: &mut Lexicon) -> Self {
        Self { document, words: lexicon.words(&document.text) }
    }

    /// Where tile `at` begins, in bytes.
    fn start(&self, at: usize) -> usize {
        let word = at / 2;
        match (at % 2, word.checked_sub(1).and_then(|before| self.words.get(before)), self.words.get(word)) {
            (0, None, _) => 0,
            (0, Some(before), _) => before.bytes.end,
            (_, _, Some(own)) => own.bytes.start,
            (_, _, None) => self.document.text.len(),
        }
    }

    /// The bytes of a range of tiles.
    pub(super) fn bytes(&self, tiles: &Range<usize>) -> ByteRange {
        let start = self.start(tiles.start);
        start..self.start(tiles.end.max(tiles.start)).max(start)
    }

    /// The text of a range of tiles.
    pub(super) fn text(&self, tiles: &Range<usize>) -> &'a str {
        self.document.text.get(self.bytes(tiles)).unwrap_or_default()
    }

    /// The words of a range of tiles.
    pub(super) fn words_in(tiles: &Range<usize>) -> Range<usize> {
        let start = tiles.start / 2;
        start..(tiles.end / 2).max(start)
    }

    /// What the words of a range of tiles are compared by.
    pub(super) fn keys(&self, tiles: &Range<usize>) -> impl Iterator<Item = Key> + '_ {
        self.words.get(Self::words_in(tiles)).unwrap_or_default().iter().map(|word| word.key)
    }
}

/// Pieces of a text that stand apart in it, as one text.
pub(super) fn in_one<'a>(pieces: impl Iterator<Item = &'a str>) -> String {
    pieces.fold(String::new(), |mut whole, piece| {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if letter(whole.chars().next_back()) && letter(piece.chars().next()) {
            whole.push(' ');
        }
        whole.push_str(piece);
        whole
    })
}

/// The stretch of `document` at `bytes` as a document of its own: its text and blocks, without what lies over them.
pub(super) fn cut(document: &Document, bytes: &ByteRange) -> Document {
    let text = document.text.get(bytes.clone()).unwrap_or_default();
    let inside = |block: &&Block| block.bytes.start < bytes.end && bytes.start < block.bytes.end;
    let own = |block: &Block| Block {
        bytes: block.bytes.start.max(bytes.start) - bytes.start..block.bytes.end.min(bytes.end) - bytes.start,
        ..block.clone()
    };
    Document {
        text: text.to_owned(),
        blocks: document.blocks.iter().filter(inside).map(own).collect(),
        containers: document.containers.clone(),
        carries_emphasis: document.carries_emphasis,
        ..Document::default()
    }
}
