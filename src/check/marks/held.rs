//! Which words of a document stand in quotation marks.
//!
//! One document goes in, a [`Held`] for each word and the pairs of marks come out. Marks are read block by block in any house's
//! style; where they do not pair nothing is claimed. A quotation of several paragraphs opens in each and closes in the last.

use std::ops::Range;

use crate::{
    diff::Side,
    extract::{BlockKind, Document},
    text::invisible::Invisible,
};

/// How a word stands to the marks around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Held {
    /// In no marks.
    #[default]
    Bare,
    /// Between two that belong together.
    Quoted,
    /// Behind one that is closed paragraphs later, or never.
    Opened,
    /// The marks there do not pair, or the block is a quotation by its markup.
    Unsure,
}

/// What was read of one document.
#[derive(Default)]
pub(super) struct Marks {
    /// For each word.
    pub(super) held: Vec<Held>,
    /// The words between each outermost pair, in order.
    pub(super) pairs: Vec<Range<usize>>,
    /// For each block, whether it has any marks at all.
    pub(super) marked: Vec<bool>,
}

/// The most paragraphs without marks between the first and the last of one quotation.
const PARAGRAPHS: usize = 6;

/// Double marks and corner brackets.
pub(in super::super) const DOUBLE: [char; 16] =
    ['"', '＂', '“', '”', '„', '‟', '«', '»', '「', '」', '『', '』', '﹁', '﹂', '〝', '〟'];

/// Marks that are single.
pub(in super::super) const SINGLE: [char; 4] = ['\'', '‘', '’', '‚'];

/// Those that only ever open, unless the language closes with them.
const OPENING: [char; 8] = ['“', '„', '‟', '«', '「', '『', '﹁', '〝'];

impl Marks {
    pub(super) fn of(document: &Document, side: &Side) -> Self {
        let blocks = document.blocks.len();
        let mut marks =
            Self { held: vec![Held::Bare; side.words.len()], pairs: Vec::new(), marked: vec![false; blocks] };
        let mut open = Vec::new();
        for (index, block) in document.blocks.iter().enumerate() {
            let text = document.block_text(index);
            let words = side.blocks.get(index).cloned().unwrap_or(0..0);
            // A dash opens what somebody says where no marks do.
            if block.kind == BlockKind::Quotation || text.starts_with(['—', '―', '–']) {
                marks.set(words, Held::Unsure);
                marks.marked[index] = true;
                open.clear();
                continue;
            }
            let read = Reading::of(text);
            marks.marked[index] = read.any;
            let place = |at: usize| {
                let at = block.bytes.start + at;
                words.start
                    + side.words.get(words.clone()).map_or(0, |own| own.partition_point(|own| own.bytes.start < at))
            };
            for (bytes, held) in &read.spans {
                let inside = place(bytes.start)..place(bytes.end);
                if *held == Held::Quoted && !inside.is_empty() {
                    marks.pairs.push(inside.clone());
                }
                marks.set(inside, *held);
            }
            match (read.closes, open.is_empty()) {
                (Some(at), false) => {
                    open.iter().skip(1).cloned().for_each(|words| marks.set(words, Held::Opened));
                    marks.set(words.start..place(at), Held::Opened);
                    open.clear();
                }
                (Some(at), true) => marks.set(words.start..place(at), Held::Unsure),
                (None, _) => {}
            }
            match () {
                () if read.opens => open = vec![words],
                () if read.any || open.len() > PARAGRAPHS => open.clear(),
                () if !open.is_empty() => open.push(words),
                () => {}
            }
        }
        marks.by_markup(document, side);
        marks
    }

    fn set(&mut self, words: Range<usize>, held: Held) {
        self.held.get_mut(words).into_iter().flatten().for_each(|own| *own = held);
    }

    /// What the markup calls a quotation has its marks from the browser.
    fn by_markup(&mut self, document: &Document, side: &Side) {
        for bytes in &document.quoted {
            let start = side.words.partition_point(|word| word.bytes.start < bytes.start);
            let end = side.words.partition_point(|word| word.bytes.start < bytes.end);
            self.set(start..end, Held::Quoted);
            if let Some(marked) = self.marked.get_mut(document.block_at(bytes.start)) {
                *marked = true;
            }
        }
    }
}

/// The marks of one block.
#[derive(Default)]
struct Reading {
    spans: Vec<(Range<usize>, Held)>,
    /// Where a quotation ends that began before the block.
    closes: Option<usize>,
    /// Whether one begins that does not end in it.
    opens: bool,
    any: bool,
}

impl Reading {
    fn of(text: &str) -> Self {
        let mut reading = Self::default();
        if !text.contains(DOUBLE) && !text.contains(SINGLE) {
            return reading;
        }
        let (mut open, mut before, mut from): (Vec<(usize, char)>, Option<char>, usize) = (Vec::new(), None, 0);
        let seen = |c: &char| Invisible::of(*c).is_none();
        for (at, mark) in text.char_indices().filter(|(_, c)| seen(c)) {
            let last = before.replace(mark);
            let behind = at + mark.len_utf8();
            let next = text.get(behind..).and_then(|rest| rest.chars().find(seen));
            if at < from {
                continue;
            }
            if DOUBLE.contains(&mark) {
                // Inches and seconds of arc.
                if open.is_empty() && mark == '"' && last.is_some_and(|last| last.is_ascii_digit()) {
                    continue;
                }
                reading.any = true;
                if !reading.double((at, mark), (last, next), &mut open) {
                    reading.spans = vec![(0..text.len(), Held::Unsure)];
                    return Self { closes: None, opens: false, ..reading };
                }
            } else if open.is_empty() && SINGLE.contains(&mark) {
                let Some((end, held)) = single(text, at, mark, last) else { continue };
                reading.any = true;
                reading.spans.push((at..end, held));
                from = end;
            }
        }
        if let Some((at, _)) = open.first() {
            reading.opens = true;
            reading.spans.push((*at..text.len(), Held::Opened));
        }
        reading
    }

    /// Takes in a double mark; says whether it makes sense there.
    fn double(
        &mut self,
        (at, mark): (usize, char),
        (last, next): (Option<char>, Option<char>),
        open: &mut Vec<(usize, char)>,
    ) -> bool {
        let leads =
            last.is_none_or(|last| last.is_whitespace() || "([{/—–-…¿¡‘'".contains(last) || DOUBLE.contains(&last));
        let trails = next.is_none_or(|next| next.is_whitespace() || ".,;:!?)]}’、。，；：！？）".contains(next));
        let one_way = OPENING.contains(&mark);
        let begins = if one_way { leads || !trails } else { leads && next.is_some_and(|next| !next.is_whitespace()) };
        let Some((start, inner)) = open.last().copied() else {
            match () {
                () if begins && !"」』﹂〟".contains(mark) => open.push((at, mark)),
                () if self.closes.is_none() && self.spans.is_empty() => self.closes = Some(at),
                () => return false,
            }
            return true;
        };
        let nests = last.is_some_and(char::is_whitespace) && !trails;
        if (one_way || !nests) && closers(inner).contains(mark) {
            open.pop();
            if open.is_empty() {
                self.spans.push((start..at, Held::Quoted));
            }
            return true;
        }
        if begins {
            open.push((at, mark));
            return true;
        }
        // A mark further out may be meant, where an inner one was left open.
        let Some(outer) = open.iter().rposition(|(_, outer)| closers(*outer).contains(mark)) else { return false };
        let (start, _) = open[outer];
        open.truncate(outer);
        if open.is_empty() {
            self.spans.push((start..at, Held::Quoted));
        }
        true
    }
}

/// What closes a quotation that `mark` opened.
fn closers(mark: char) -> &'static str {
    match mark {
        '“' | '‟' | '”' => "”\"",
        '„' => "“”‟\"",
        '«' => "»",
        '»' => "«»",
        '「' => "」",
        '『' => "』",
        '﹁' => "﹂",
        '〝' => "〟",
        '＂' => "＂",
        _ => "\"”",
    }
}

/// Where the single mark at `at` is closed, if it opens a quotation, and how sure that is: an apostrophe looks the same.
fn single(text: &str, at: usize, mark: char, last: Option<char>) -> Option<(usize, Held)> {
    let next = text.get(at + mark.len_utf8()..)?.chars().next()?;
    let opens = last.is_none_or(|last| !last.is_alphanumeric() && !".,!?".contains(last))
        && (next.is_alphabetic() || DOUBLE.contains(&next) || next == '[' || (next.is_numeric() && mark != '\''));
    let closers = match mark {
        '‘' | '\'' => "’'",
        '‚' => "‘’",
        _ => return None,
    };
    if !opens {
        return None;
    }
    let mut ends = Vec::new();
    let mut before = mark;
    let rest = text.get(at + mark.len_utf8()..)?;
    for (offset, c) in rest.char_indices() {
        let behind = rest.get(offset + c.len_utf8()..)?;
        let next = behind.chars().next();
        let ends_word = next.is_none_or(|next| !next.is_alphanumeric());
        if closers.contains(c) && ends_word && !before.is_whitespace() && offset > 0 {
            let sure = ".,!?…;:".contains(before);
            // "the owners' lights"
            let owner = mark == '\'' && before == 's' && behind.trim_start().starts_with(char::is_alphanumeric);
            ends.push((at + mark.len_utf8() + offset, sure, owner));
            if sure {
                break;
            }
        } else if c == mark && mark != '\'' {
            break;
        }
        before = c;
    }
    match ends.as_slice() {
        [] => None,
        [.., (end, true, _)] | [(end, _, false)] => Some((*end, Held::Quoted)),
        [.., (end, false, _)] => Some((*end, Held::Unsure)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a block with a sign for how each is held.
    fn read(text: &str) -> String {
        let reading = Reading::of(text);
        let mut out = String::new();
        for (at, word) in text.split(' ').scan(0, |at, word| {
            let own = *at;
            *at += word.len() + 1;
            Some((own, word))
        }) {
            let letter = at + word.find(char::is_alphanumeric).unwrap_or(0);
            let held =
                reading.spans.iter().find(|(bytes, _)| bytes.contains(&letter)).map_or(Held::Bare, |(_, own)| *own);
            out.push(match held {
                Held::Bare => '.',
                Held::Quoted => 'q',
                Held::Opened => 'o',
                Held::Unsure => '?',
            });
        }
        out
    }

    #[test]
    fn marks_of_every_house_pair() {
        for (text, held) in [
            ("He said “we go” today", "..qq."),
            ("He said \"we go\" today", "..qq."),
            ("He said „we go“ today", "..qq."),
            ("He said »we go« today", "..qq."),
            ("He said ”we go” today", "..qq."),
            ("Il dit «we go» today", "..qq."),
            ("He said ‘we go’ today", "..qq."),
            ("He said 'we go', today", "..qq."),
            ("He said “a ‘b’ c” today", "..qqq."),
            ("He said \"a \"b\" c\" today", "..qqq."),
            ("the owners’ lights and the pilots’ boats", "......."),
            ("in the '90s the owners' cars", "......"),
            ("‘the owners’ lights go,’ he said", "qqqq.."),
            ("a ‘b’ and owners’ lights", ".???."),
            ("the ‘pilots’ agreed", ".q."),
            ("“we go he said", "oooo"),
            ("a 5\" pipe and a 6\" one", "......."),
            ("we go” he \"said", "...o"),
        ] {
            assert_eq!(read(text), held, "{text}");
        }
    }
}
