//! A quotation as words: which are the speaker's, which the editor put in, and where marks say that something was left out.

use std::ops::Range;

use super::vocabulary::is_common;
use crate::{
    extract::{ByteRange, Document, declarations, declarations::Declared, quotations::Quotation},
    text::words::{Key, Lexicon, fold},
};

/// Whose a word is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hand {
    /// The speaker's.
    Speaker,
    /// The editor's: it stands in square brackets.
    Editor,
    /// Either's: it stands in round brackets.
    Either,
    /// The speaker's word with letters of the editor's in brackets; the word without them.
    Mended(String),
}

/// A word of the quotation.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) key: Key,
    /// Where it stands in the copy.
    pub(super) bytes: ByteRange,
    /// As it is written, brackets left out.
    pub(super) text: String,
    pub(super) folded: String,
    pub(super) hand: Hand,
    /// How much it says to find it: 1 or, for words that are not everywhere, 3.
    pub(super) weight: i32,
}

impl Said {
    /// A word of an original, to look for others like it.
    pub(super) fn of_original(key: Key) -> Self {
        Self { key, bytes: 0..0, text: String::new(), folded: String::new(), hand: Hand::Speaker, weight: 1 }
    }
}

/// A quotation as words.
#[derive(Clone, Debug, Default)]
pub(super) struct Passage {
    pub(super) words: Vec<Said>,
    /// Whether a mark of omission stands before each word; one more for behind the last.
    pub(super) marks: Vec<bool>,
    /// Whether a new paragraph of the quotation begins with each word.
    pub(super) paragraphs: Vec<bool>,
    /// What stands before each word since the one before: signs, with brackets and marks of omission.
    pub(super) between: Vec<String>,
    /// Whether a bracket inside says that emphasis was added.
    pub(super) declares: bool,
    /// Brackets that are about the quotation, `[sic]`, with the word each stands before.
    pub(super) asides: Vec<(usize, String)>,
}

impl Passage {
    /// Reads `quotation`.
    pub(super) fn of(document: &Document, quotation: &Quotation, lexicon: &mut Lexicon) -> Self {
        let mut reader = Reader::default();
        for part in &quotation.parts {
            reader.part(document.text.get(part.clone()).unwrap_or_default(), part.start);
        }
        reader.finish(lexicon)
    }

    /// Words that are not the editor's; two signs of a script without spaces count as one.
    pub(super) fn count(&self) -> usize {
        let own = self.words.iter().filter(|word| word.hand != Hand::Editor);
        let (mut words, mut signs) = (0, 0);
        for word in own {
            let ideograph = word.text.chars().all(|c| ('\u{2e80}'..='\u{9fff}').contains(&c));
            if ideograph { signs += 1 } else { words += 1 }
        }
        words + signs / 2
    }
}

/// The text with brackets and marks taken out, and where each byte of it came from.
#[derive(Default)]
struct Reader {
    plain: String,
    origin: Vec<usize>,
    hands: Vec<u8>,
    omissions: Vec<usize>,
    starts: Vec<usize>,
    declares: bool,
    asides: Vec<(usize, String)>,
}

const SPEAKER: u8 = 0;
const EDITOR: u8 = 1;
const EITHER: u8 = 2;

/// The longest text between brackets that is taken for one, in bytes.
const BRACKET: usize = 200;

/// Figures of the longest number of a note.
const NOTE: usize = 3;

impl Reader {
    fn push(&mut self, c: char, at: usize, hand: u8) {
        self.plain.push(c);
        self.origin.extend(std::iter::repeat_n(at, c.len_utf8()));
        self.hands.extend(std::iter::repeat_n(hand, c.len_utf8()));
    }

    fn part(&mut self, text: &str, start: usize) {
        if !self.plain.is_empty() {
            self.push('\n', start, SPEAKER);
        }
        self.starts.push(self.plain.len());
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let rest = text.get(at..).unwrap_or_default();
            if let Some(length) = omission(rest) {
                self.omissions.push(self.plain.len());
                self.push('…', start + at, SPEAKER);
                at += length;
                // A dash behind it joins nothing any more, least of all a number.
                while let Some(dash) =
                    text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| "-–—−".contains(*c))
                {
                    self.push(' ', start + at, SPEAKER);
                    at += dash.len_utf8();
                }
            } else if let Some(inner) = bracketed(rest) {
                self.bracket(text, at, inner, start);
                at += inner + 2;
            } else {
                self.push(c, start + at, SPEAKER);
                at += c.len_utf8();
            }
        }
    }

    /// The bracket at byte `at` of `text` with `inner` bytes inside.
    fn bracket(&mut self, text: &str, at: usize, inner: usize, start: usize) {
        let content = text.get(at + 1..at + 1 + inner).unwrap_or_default();
        let square = text.get(at..).is_some_and(|rest| rest.starts_with('['));
        let added = declarations::find(content).iter().any(|one| one.kind == Declared::EmphasisAdded);
        // "(updated)" is the speaker's word, or one the editor put in: only what is about the words themselves is neither.
        let told = declarations::find(content).iter().any(|one| one.kind.is_about_words());
        self.declares |= added;
        // A reference to a note hangs on what it stands behind: "solution.[12]".
        let note = square
            && inner <= NOTE
            && content.bytes().all(|byte| byte.is_ascii_digit())
            && text
                .get(..at)
                .and_then(|before| before.chars().next_back())
                .is_some_and(|c| !c.is_whitespace() && !c.is_numeric());
        if note {
            return;
        }
        if told || matches!(fold(content.trim()).as_str(), "sic" | "sic!" | "!" | "?") {
            self.asides.push((self.plain.len(), text.get(at..at + inner + 2).unwrap_or_default().to_owned()));
            self.push(' ', start + at, SPEAKER);
            return;
        }
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '’' | '\''));
        let joined = letter(text.get(..at).and_then(|before| before.chars().next_back()))
            || letter(text.get(at + inner + 2..).and_then(|behind| behind.chars().next()));
        if !(joined && square) {
            self.push(if square { '[' } else { '(' }, start + at, SPEAKER);
        }
        for (offset, c) in content.char_indices() {
            self.push(c, start + at + 1 + offset, if square { EDITOR } else { EITHER });
        }
        if !(joined && square) {
            self.push(if square { ']' } else { ')' }, start + at + 1 + inner, SPEAKER);
        }
    }

    fn finish(self, lexicon: &mut Lexicon) -> Passage {
        let words = lexicon.words(&self.plain);
        let mut passage = Passage { declares: self.declares, ..Passage::default() };
        let (mut omissions, mut starts) = (self.omissions.iter().peekable(), self.starts.iter().peekable());
        let mut end = 0;
        for word in &words {
            let passed = |list: &mut std::iter::Peekable<std::slice::Iter<'_, usize>>| {
                let mut any = false;
                while list.next_if(|at| **at <= word.bytes.start).is_some() {
                    any = true;
                }
                any
            };
            passage.marks.push(passed(&mut omissions));
            passage.paragraphs.push(passed(&mut starts));
            passage.between.push(self.plain.get(end..word.bytes.start).unwrap_or_default().to_owned());
            end = word.bytes.end;
            passage.words.push(self.said(&word.bytes, word.key));
        }
        passage.marks.push(omissions.next().is_some());
        let place = |at: usize| words.partition_point(|word| word.bytes.start < at);
        passage.asides = self.asides.iter().map(|(at, text)| (place(*at), text.clone())).collect();
        passage
    }

    fn said(&self, plain: &Range<usize>, key: Key) -> Said {
        let text = self.plain.get(plain.clone()).unwrap_or_default().to_owned();
        let hands = self.hands.get(plain.clone()).unwrap_or_default();
        let bare = || -> String {
            let own = text.char_indices().filter(|(at, _)| hands.get(*at) == Some(&SPEAKER));
            own.map(|(_, c)| c).collect()
        };
        let hand = match () {
            () if hands.iter().all(|hand| *hand == EDITOR) => Hand::Editor,
            () if hands.contains(&EDITOR) => Hand::Mended(fold(&bare())),
            () if hands.contains(&EITHER) => Hand::Either,
            () => Hand::Speaker,
        };
        let place = |at: usize| self.origin.get(at).copied().unwrap_or_default();
        let last = text.chars().next_back().map_or(1, char::len_utf8);
        let folded = fold(&text);
        Said {
            key,
            bytes: place(plain.start)..place(plain.end.saturating_sub(1)) + last,
            weight: if is_common(&folded) || !folded.contains(char::is_alphanumeric) { 1 } else { 3 },
            folded,
            text,
            hand,
        }
    }
}

/// The length of the mark of omission that `text` begins with: `…`, `...`, `. . .`, `[...]`, `(…)`, `[–]`, `[]`.
fn omission(text: &str) -> Option<usize> {
    let inner = text.strip_prefix(['[', '(']);
    if let Some(inner) = inner {
        let close = if text.starts_with('[') { ']' } else { ')' };
        let end = inner.char_indices().take(12).find(|(_, c)| *c == close).map(|(at, _)| at)?;
        let signs = inner.get(..end)?;
        let empty = signs.chars().all(|c| c.is_whitespace() || "….-–—_".contains(c));
        return (empty && (close == ']' || dots(signs) == Some(signs.len()))).then_some(end + 2);
    }
    dots(text)
}

/// The length of at least three dots at the beginning of `text`, with or without spaces between them.
fn dots(text: &str) -> Option<usize> {
    let (mut count, mut end) = (0, 0);
    for (at, c) in text.char_indices() {
        match c {
            '…' | '⋯' => (count, end) = (count + 3, at + c.len_utf8()),
            '.' => (count, end) = (count + 1, at + 1),
            ' ' if at > 0 => {}
            _ => break,
        }
        if at - end.min(at) > 1 {
            break;
        }
    }
    (count >= 3).then_some(end)
}

/// The length of what stands between the brackets that `text` begins with.
fn bracketed(text: &str) -> Option<usize> {
    let close = match text.chars().next()? {
        '[' => ']',
        '(' => ')',
        _ => return None,
    };
    let inner = text.get(1..)?;
    let end = inner.char_indices().take_while(|(at, _)| *at < BRACKET).find(|(_, c)| *c == close)?.0;
    // A square bracket inside a round one is looked at by itself.
    inner
        .get(..end)
        .filter(|content| close == ']' || !content.contains('['))
        .filter(|content| content.contains(char::is_alphanumeric) || content.contains(['!', '?']))
        .map(str::len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::quotations::Set;

    fn read(text: &str) -> Passage {
        let document = Document { text: text.to_owned(), ..Document::default() };
        let whole = 0..text.len();
        let quotation = Quotation { parts: vec![whole], set: Set::Marks, within: None };
        Passage::of(&document, &quotation, &mut Lexicon::new())
    }

    #[test]
    fn brackets_and_dots_are_told_from_words() {
        for text in [
            "no … way",
            "no ... way",
            "no . . . way",
            "no [...] way",
            "no […] way",
            "no (…) way",
            "no [. . .] way",
            "no. ... way",
            "no [–] way",
        ] {
            let passage = read(text);
            assert_eq!(passage.marks, [false, true, false], "{text}");
            assert_eq!(passage.count(), 2, "{text}");
        }
        let passage = read("[t]he [two] minister[s] (both) met [sic] here [emphasis added]");
        let texts: Vec<_> = passage.words.iter().map(|word| (word.text.as_str(), word.hand.clone())).collect();
        assert_eq!(
            texts,
            [
                ("the", Hand::Mended("he".to_owned())),
                ("two", Hand::Editor),
                ("ministers", Hand::Mended("minister".to_owned())),
                ("both", Hand::Either),
                ("met", Hand::Speaker),
                ("here", Hand::Speaker),
            ]
        );
        assert!(passage.declares);
        assert_eq!(passage.words[2].bytes, 12..22);
        assert_eq!(read("U.S. policy. It ended. We").marks, [false; 6]);
        assert_eq!(read("没有回头路").count(), 2);
    }
}
