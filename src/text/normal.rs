//! The normal form of a document's text: Unicode NFC, whitespace runs folded to one space, blocks joined by a newline.
//!
//! Pieces of text go in as they come; each is told where in the growing text it went. Nothing that can be seen is ever left
//! out, and nothing invisible that is no space is either: soft hyphens and zero-width characters are judged later. With
//! [`super::words`] one of the two files that name `unicode-normalization`.

use std::ops::Range;

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, char::is_combining_mark, is_nfc_quick};

/// Builds one text from pieces.
///
/// ```
/// use vidimus::text::normal::Folder;
/// let mut folder = Folder::default();
/// folder.push("  There is\u{a0}");
/// let no = folder.push("no");
/// folder.push(" way.\n");
/// folder.break_block();
/// folder.push(" Next");
/// assert_eq!(folder.text(), "There is no way.\nNext");
/// assert_eq!(&folder.text()[no], "no");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Folder {
    text: String,
    space: bool,
    broken: bool,
    lines: u8,
}

impl Folder {
    /// Adds a piece and gives the bytes its visible part takes; empty where it is nothing but space.
    ///
    /// A space between two pieces belongs to neither. Each piece is normalised by itself, so that a mark that stands alone
    /// in an element of its own stays apart from its letter.
    pub fn push(&mut self, piece: &str) -> Range<usize> {
        let mut taken: Option<Range<usize>> = None;
        for (at, word) in piece.split(char::is_whitespace).enumerate() {
            if at > 0 {
                self.space();
            }
            if word.is_empty() {
                continue;
            }
            self.separate();
            let start = self.text.len();
            match is_nfc_quick(word.chars()) {
                IsNormalized::Yes => self.text.push_str(word),
                IsNormalized::No | IsNormalized::Maybe => self.text.extend(word.nfc()),
            }
            taken = Some(taken.map_or(start, |before| before.start)..self.text.len());
        }
        taken.unwrap_or(self.text.len()..self.text.len())
    }

    /// Adds a space before whatever comes next in the same block.
    pub fn space(&mut self) {
        self.space = true;
    }

    /// Ends a line: a space, and a new block where the line before was empty.
    pub fn break_line(&mut self) {
        self.lines = self.lines.saturating_add(1);
        self.space = true;
        if self.lines > 1 {
            self.broken = true;
        }
    }

    /// Makes whatever comes next begin a new block.
    pub fn break_block(&mut self) {
        self.broken = true;
    }

    /// Whether the next visible character begins a block.
    pub fn at_start(&self) -> bool {
        self.broken || self.text.is_empty()
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The finished text.
    pub fn into_text(self) -> String {
        self.text
    }

    fn separate(&mut self) {
        if !self.text.is_empty() {
            if self.broken {
                self.text.push('\n');
            } else if self.space {
                self.text.push(' ');
            }
        }
        (self.space, self.broken, self.lines) = (false, false, 0);
    }
}

/// `text` as one block in normal form.
pub fn fold(text: &str) -> String {
    let mut folder = Folder::default();
    folder.push(text);
    folder.into_text()
}

/// `word` without accents and other marks on its letters.
pub fn unaccented(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_line_breaks_make_a_block_and_one_does_not() {
        let mut folder = Folder::default();
        folder.push("a");
        folder.break_line();
        folder.push(" b");
        folder.break_line();
        folder.push(" \n");
        folder.break_line();
        folder.push("c");
        assert_eq!(folder.text(), "a b\nc");
    }

    #[test]
    fn invisible_characters_stay_and_letters_are_composed() {
        assert_eq!(fold(" so\u{ad}lution \u{200b} e\u{301} "), "so\u{ad}lution \u{200b} \u{e9}");
        assert_eq!(fold("  \n\t"), "");
    }
}
