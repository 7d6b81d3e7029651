//! Where something found stands: a report's passages go in; out come the words of the original around them, by which they are known from
//! run to run, and the line of the copy's file.
//!
//! The words around a passage are the original's, because a copy's page changes around its article from day to day. Lines are found by
//! words: a document has no lines of its file, so the words of the passage and those about it are looked for in the file's text, and
//! where they are not found, or in several places, nothing is said.

use crate::{
    capture::{Capture, Format},
    check::Anchor,
    diff::Alignment,
    extract::Document,
    pipeline::Checked,
    text::words::Word,
};

/// How many words of the original before and after a passage it is known by.
const AROUND: usize = 6;
/// The characters before and after a passage that a report has, where there are so many.
const CONTEXT: usize = 32;
/// How many words of a passage are looked for in a file.
const LOOKED_FOR: usize = 40;
/// How many words of a file are looked at for all its passages together; what is looked for after that is not found.
const COMPARED: usize = 20_000_000;
/// Elements that do not part words.
const INLINE: [&str; 23] = [
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "mark", "q", "s", "small", "span",
    "strike", "strong", "sub", "sup", "tt", "u", "wbr",
];

/// The words of the original around a passage: those of its own place, or those beside which it came in.
pub(super) fn around(checked: &Checked, original: Option<&Anchor>, copy: Option<&Anchor>) -> String {
    let Checked { alignment, .. } = checked;
    let words = match (original, copy) {
        (Some(anchor), _) => {
            let start = word_at(&checked.original, &alignment.original.words, anchor, anchor.start);
            start
                ..start
                    + word_at(&checked.original, &alignment.original.words, anchor, anchor.end).saturating_sub(start)
        }
        (None, Some(anchor)) => {
            let place = opposite(alignment, word_at(&checked.copy, &alignment.copy.words, anchor, anchor.start));
            place..place
        }
        (None, None) => return String::new(),
    };
    let text = |range: std::ops::Range<usize>| {
        let words = alignment.original.words.get(range).unwrap_or_default();
        let words = words.iter().filter_map(|word| checked.original.text.get(word.bytes.clone()));
        words.collect::<Vec<_>>().join(" ")
    };
    let all = alignment.original.words.len();
    let before = text(words.start.saturating_sub(AROUND)..words.start.min(all));
    let after = text(words.end.min(all)..words.end.saturating_add(AROUND).min(all));
    format!("{before}\n{after}")
}

/// The first word at or behind a character of an anchor's block, counted from the block's beginning.
fn word_at(document: &Document, words: &[Word], anchor: &Anchor, offset: usize) -> usize {
    let start = document.blocks.get(anchor.block).map_or(0, |block| block.bytes.start);
    let rest = document.text.get(start..).unwrap_or_default();
    let at = start + rest.char_indices().nth(offset).map_or(rest.len(), |(at, _)| at);
    words.partition_point(|word| word.bytes.start < at)
}

/// The word of the original at which a word of the copy stands, or came in.
fn opposite(alignment: &Alignment, word: usize) -> usize {
    let before =
        alignment.steps.iter().take_while(|step| step.copy.start <= word && step.copy.start < step.copy.end.max(1));
    let last = before.filter(|step| step.same).last();
    last.map_or(0, |step| step.original.start + (word - step.copy.start).min(step.original.len()))
}

/// The words of a file, and the line of each.
pub(super) struct Lines {
    /// Where a word ends in `text`, and its line.
    words: Vec<(usize, u64)>,
    /// All words, one behind the other.
    text: String,
    /// How many words may still be compared.
    left: std::cell::Cell<usize>,
}

impl Lines {
    /// Reads the body of a capture.
    pub(super) fn of(capture: &Capture) -> Self {
        let markup = match capture.format {
            Format::Html => true,
            Format::Markdown | Format::Plain => false,
        };
        Self::read(&String::from_utf8_lossy(&capture.body), markup)
    }

    /// Takes the words of a text in plain ASCII, each with its line from 1; of a page only what is no markup.
    fn read(text: &str, markup: bool) -> Self {
        let mut own = Self { words: Vec::new(), text: String::new(), left: COMPARED.into() };
        let (bytes, mut at, mut line) = (text.as_bytes(), 0, 1);
        while let Some(byte) = bytes.get(at) {
            let (length, parts) = match byte {
                b'<' if markup => tag(text.get(at..).unwrap_or_default()),
                b'&' if markup => (entity(bytes.get(at..).unwrap_or_default()), true),
                byte if byte.is_ascii_alphanumeric() => {
                    own.text.push(char::from(*byte));
                    at += 1;
                    continue;
                }
                _ => (1, true),
            };
            if parts {
                own.end(line);
            }
            let passed = bytes.get(at..at + length).unwrap_or_default();
            line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
            at += length;
        }
        own.end(line);
        own
    }

    /// Ends a word, if there is one.
    fn end(&mut self, line: u64) {
        let before = self.words.last().map_or(0, |(end, _)| *end);
        if self.text.len() > before {
            self.words.push((self.text.len(), line));
        }
    }

    fn word(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |(end, _)| *end);
        self.words.get(at).and_then(|(end, _)| self.text.get(start..*end)).unwrap_or_default()
    }

    /// The line that a passage begins in.
    pub(super) fn line(&self, anchor: &Anchor) -> Option<u64> {
        let read = |text: &str| Self::read(text, false);
        let (before, exact, after) = (read(&anchor.prefix), read(&anchor.exact), read(&anchor.suffix));
        // What is cut off in the middle of a word is none.
        let is_cut = |text: &str, edge: Option<char>| {
            usize::from(text.chars().count() >= CONTEXT && edge.is_some_and(|c| c.is_ascii_alphanumeric()))
        };
        let cut = is_cut(&anchor.prefix, anchor.prefix.chars().next()).min(before.words.len());
        let whole = after.words.len() - is_cut(&anchor.suffix, anchor.suffix.chars().next_back());
        let exact: Vec<&str> = (0..exact.words.len().min(LOOKED_FOR)).map(|at| exact.word(at)).collect();
        let before: Vec<&str> = (cut..before.words.len()).map(|at| before.word(at)).collect();
        let all: Vec<&str> =
            before.iter().copied().chain(exact.iter().copied()).chain((0..whole).map(|at| after.word(at))).collect();
        self.only(&all, before.len()).or_else(|| self.only(&exact, 0))
    }

    /// The line of the word `skip` behind the only place where these words stand one after the other.
    fn only(&self, wanted: &[&str], skip: usize) -> Option<u64> {
        let first = wanted.first()?;
        let left = self.left.get().checked_sub(self.words.len())?;
        self.left.set(left);
        let fits = |start: &usize| {
            self.word(*start) == *first && wanted.iter().enumerate().all(|(at, word)| self.word(start + at) == *word)
        };
        let mut found = (0..self.words.len()).filter(fits);
        let first = found.next()?;
        match found.next() {
            Some(_) => None,
            None => self.words.get(first + skip).map(|(_, line)| *line),
        }
    }
}

/// How long the markup at the beginning of `text` is, and whether it parts words. Scripts and sheets go with their tags.
fn tag(text: &str) -> (usize, bool) {
    let until = |end: &str| text.find(end).map_or(text.len(), |at| at + end.len());
    if text.starts_with("<!--") {
        return (until("-->"), false);
    }
    let name = text.trim_start_matches(['<', '/']);
    let name: String = name.chars().take_while(char::is_ascii_alphanumeric).take(16).collect();
    let name = name.to_ascii_lowercase();
    match name.as_str() {
        "" if !text.starts_with("<!") && !text.starts_with("<?") => (1, true),
        "script" | "style" if !text.starts_with("</") => {
            let close = format!("</{name}");
            let ends = text.match_indices("</").map(|(at, _)| at);
            (ends.into_iter().find(|at| starts(text, *at, &close)).unwrap_or(text.len()), true)
        }
        name => (until(">"), !INLINE.contains(&name)),
    }
}

fn starts(text: &str, at: usize, with: &str) -> bool {
    text.as_bytes().get(at..at + with.len()).is_some_and(|own| own.eq_ignore_ascii_case(with.as_bytes()))
}

/// How long the reference at the beginning of `text` is.
fn entity(text: &[u8]) -> usize {
    let name = text.iter().skip(1).take(32).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#').count();
    1 + name + usize::from(text.get(1 + name) == Some(&b';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(page: &str, prefix: &str, exact: &str, suffix: &str) -> Option<u64> {
        let capture = Capture::from_bytes("page.html", page.as_bytes().to_vec(), Some("text/html")).unwrap();
        let anchor = Anchor {
            block: 0,
            start: 0,
            end: 0,
            exact: exact.to_owned(),
            prefix: prefix.to_owned(),
            suffix: suffix.to_owned(),
        };
        Lines::of(&capture).line(&anchor)
    }

    #[test]
    fn a_passage_is_found_by_its_words() {
        let page = "<!-- June -->\n<style>\np { June: 1 }\n</style><script>\n\"June\"</script>\n<p>Talks&nbsp;in <b>Ju</b>ne\n\
                    and</p>\n<p>later in June</p>\n";
        assert_eq!(line(page, "Talks in ", "June", " and"), Some(6));
        assert_eq!(line(page, "later in ", "June", ""), Some(8));
        assert_eq!(line(page, "", "June", ""), None, "it stands in two places");
        assert_eq!(line(page, "", "later", ""), Some(8));
        let long = "<p>Once the harbour master spoke of the May</p>\n<p>he remembered best of all the years he had</p>\n<p>May</p>";
        let cut = " he remembered best of all the y";
        assert_eq!(line(long, "the harbour master spoke of the ", "May", cut), Some(1), "what is cut off is left out");
        assert_eq!(line(page, "", "July", ""), None);
        assert_eq!(line("<p>a &lt b < c</p>\n<p>d", "", "d", ""), Some(2));
    }

    #[test]
    fn nothing_hostile_takes_long() {
        let page = format!("<p>{}</p>", "a ".repeat(300_000));
        assert_eq!(line(&page, "", &"a ".repeat(50), ""), None);
        let open = format!("<p>x</p>{}", "<script>".repeat(3000));
        assert_eq!(line(&open, "", "x", ""), Some(1));
    }
}
