//! Where something found stands: a report's passages go in; out come the words of the original around them, by which they are known from
//! run to run, and the line of the copy's file.
//!
//! The words around a passage are the original's, because a copy's page changes around its article from day to day. Lines are found by
//! words: a document has no lines of its file, so the words of the passage and those about it are looked for in the file's text, and
//! where they are not found, or in several places, nothing is said.

use std::collections::BTreeMap;

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
/// How many words of a passage are looked for in a file.
const LOOKED_FOR: usize = 40;
/// How many places in a file are tried for a passage.
const TRIED: usize = 1000;
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
    words: Vec<(String, u64)>,
    /// Where each word stands.
    places: BTreeMap<String, Vec<usize>>,
}

impl Lines {
    /// Reads the body of a capture.
    pub(super) fn of(capture: &Capture) -> Self {
        let text = String::from_utf8_lossy(&capture.body);
        let markup = match capture.format {
            Format::Html => true,
            Format::Markdown | Format::Plain => false,
        };
        let words = words(&text, markup);
        let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, (word, _)) in words.iter().enumerate() {
            places.entry(word.clone()).or_default().push(at);
        }
        Self { words, places }
    }

    /// The line that a passage begins in.
    pub(super) fn line(&self, anchor: &Anchor) -> Option<u64> {
        let plain = |text: &str| words(text, false).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
        let (mut before, mut exact, mut after) = (plain(&anchor.prefix), plain(&anchor.exact), plain(&anchor.suffix));
        exact.truncate(LOOKED_FOR);
        // What is cut off in the middle of a word is none.
        if anchor.prefix.starts_with(|c: char| c.is_ascii_alphanumeric()) && !before.is_empty() {
            before.remove(0);
        }
        if anchor.suffix.ends_with(|c: char| c.is_ascii_alphanumeric()) {
            after.pop();
        }
        let skipped = before.len();
        let whole: Vec<String> = before.into_iter().chain(exact.iter().cloned()).chain(after).collect();
        self.only(&whole, skipped).or_else(|| self.only(&exact, 0))
    }

    /// The line of the word `skip` behind the only place where these words stand one after the other.
    fn only(&self, wanted: &[String], skip: usize) -> Option<u64> {
        let counted = wanted.iter().enumerate().map(|(at, word)| Some((self.places.get(word)?, at)));
        let (rarest, offset) =
            counted.collect::<Option<Vec<_>>>()?.into_iter().min_by_key(|(places, _)| places.len())?;
        let fits = |start: &usize| {
            let here = self.words.iter().skip(*start).map(|(word, _)| word);
            here.take(wanted.len()).eq(wanted)
        };
        let mut found = rarest.iter().take(TRIED).filter_map(|at| at.checked_sub(offset)).filter(fits);
        let first = found.next().filter(|_| rarest.len() <= TRIED)?;
        match found.next() {
            Some(_) => None,
            None => self.words.get(first + skip).map(|(_, line)| *line),
        }
    }
}

/// The words of a text in plain ASCII, each with its line from 1; of a page only what is no markup.
fn words(text: &str, markup: bool) -> Vec<(String, u64)> {
    let (mut found, mut word, mut line) = (Vec::new(), String::new(), 1);
    let mut rest = text;
    let mut end = |word: &mut String, line: u64| {
        if !word.is_empty() {
            found.push((std::mem::take(word), line));
        }
    };
    while let Some(c) = rest.chars().next() {
        let (piece, parts) = match c {
            '<' if markup => tag(rest),
            '&' if markup => (entity(rest), true),
            c => (c.len_utf8(), !c.is_ascii_alphanumeric()),
        };
        let (own, after) = rest.split_at(piece);
        if parts {
            end(&mut word, line);
        } else if !own.starts_with('<') {
            word.push_str(own);
        }
        line += own.bytes().filter(|byte| *byte == b'\n').count() as u64;
        rest = after;
    }
    end(&mut word, line);
    found
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
            let at = text.char_indices().map(|(at, _)| at).find(|at| starts(text, *at, &close));
            (at.unwrap_or(text.len()), true)
        }
        name => (until(">"), !INLINE.contains(&name)),
    }
}

fn starts(text: &str, at: usize, with: &str) -> bool {
    text.as_bytes().get(at..at + with.len()).is_some_and(|own| own.eq_ignore_ascii_case(with.as_bytes()))
}

/// How long the reference at the beginning of `text` is.
fn entity(text: &str) -> usize {
    let name = text.bytes().skip(1).take(32).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    1 + name + usize::from(text.as_bytes().get(1 + name) == Some(&b';'))
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
        assert_eq!(line(page, "alks in ", "June", " an"), Some(6), "what is cut off is left out");
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
