//! Signs that lead to a note: `fees¹`, `[1]`, `¶`. Which are such, by where they stand and what they look like.
//!
//! A raised figure behind a unit or a number is an exponent, and read: only behind a word or the end of a sentence does it lead to a
//! note. What stands in brackets right behind a word does so in any format.

use super::{ByteRange, Link};

/// Figures of the longest mark.
const FIGURES: usize = 3;

/// Letters of the shortest word that is no unit and no symbol.
const WORD: usize = 4;

/// How a mark is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    /// Above the line.
    Raised,
    /// As a link within the page.
    Linked,
}

/// Whether the text at `bytes`, set so, leads to a note.
pub(super) fn is_mark(text: &str, bytes: &ByteRange, setting: Setting) -> bool {
    let own = text.get(bytes.clone()).unwrap_or_default().trim();
    let inner = own.trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')' | '^' | ' '));
    let boxed = inner.len() < own.len();
    match setting {
        // `chapter 12` may lead to the chapter, and is read all the same.
        Setting::Linked => {
            let before = text.get(..bytes.start).unwrap_or_default();
            let apart = before.ends_with(' ') && !boxed;
            is_sign(inner) || (is_short(inner) && !apart)
        }
        Setting::Raised => (boxed || behind_word(text.get(..bytes.start).unwrap_or_default())) && is_short(inner),
    }
}

/// The marks of a text: among what is raised, among what leads to another place of the page, and those that need no markup.
pub(super) fn of(text: &str, raised: &[ByteRange], links: &[Link]) -> Vec<ByteRange> {
    let raised = raised.iter().filter(|bytes| is_mark(text, bytes, Setting::Raised)).cloned();
    let within = links.iter().filter(|link| link.href.contains('#')).map(|link| &link.bytes);
    let linked = within.filter(|bytes| is_mark(text, bytes, Setting::Linked)).cloned();
    let mut all: Vec<ByteRange> = raised.chain(linked).chain(plain(text)).collect();
    all.sort_by_key(|bytes| (bytes.start, bytes.end));
    all.dedup_by(|next, last| {
        let overlaps = next.start < last.end;
        if overlaps {
            last.end = last.end.max(next.end);
        }
        overlaps
    });
    all
}

/// Marks that need no markup: `word[1]`, `word[^1]`, `word¹`, in order.
pub(super) fn plain(text: &str) -> Vec<ByteRange> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find(is_opener)).map(|at| from + at) {
        let rest = text.get(at..).unwrap_or_default();
        let length = match rest.strip_prefix('[') {
            Some(inner) => {
                inner.find(']').filter(|end| is_short(inner[..*end].trim_start_matches('^'))).map(|end| end + 2)
            }
            None => Some(rest.find(|c: char| !is_raised(c)).unwrap_or(rest.len())),
        };
        let before = text.get(..at).unwrap_or_default();
        if let Some(length) = length.filter(|_| behind_word(before)) {
            found.push(at..at + length);
        }
        from = at + length.unwrap_or(1).max(rest.chars().next().map_or(1, char::len_utf8));
    }
    found
}

fn is_opener(c: char) -> bool {
    c == '[' || is_raised(c)
}

/// Raised figures that are characters of their own.
fn is_raised(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '\u{2070}' | '\u{2074}'..='\u{2079}')
}

/// A few figures, one letter, a few Roman ones.
fn is_short(text: &str) -> bool {
    let letters = text.chars().count();
    let figures = letters <= FIGURES && text.chars().all(|c| c.is_ascii_digit() || is_raised(c));
    let letter = letters == 1 && text.chars().all(char::is_alphabetic);
    let roman = letters <= 4 && text.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    letters > 0 && (figures || letter || roman)
}

/// Signs that links to the paragraph itself are made of.
fn is_sign(text: &str) -> bool {
    matches!(text, "¶" | "§" | "#" | "*" | "**" | "†" | "‡" | "🔗" | "↩" | "↑" | "^")
}

/// Whether what stands before ends with a word of some length or with a sentence.
fn behind_word(before: &str) -> bool {
    let cited = before.trim_end_matches([']', ' ']);
    // One mark stands behind another.
    let before = if cited.len() < before.len() { cited.rfind('[').map_or(before, |at| &before[..at]) } else { before };
    match before.chars().next_back() {
        Some('.' | ',' | ';' | ':' | '!' | '?' | '”' | '"' | '’' | '»' | '“' | '。' | '、' | '」' | '،') => {
            // `1,000.²` is no end of a sentence with a note, but nobody writes so.
            true
        }
        Some(')') => before.trim_end_matches(')').chars().rev().take(WORD).all(char::is_alphabetic),
        Some(c) if c.is_alphabetic() => {
            let letters = before.chars().rev().take_while(|c| c.is_alphabetic()).take(WORD).count();
            letters >= WORD || !c.is_ascii()
        }
        Some(_) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_without_markup() {
        for (text, marks) in [
            ("from its own fees[1] and", vec!["[1]"]),
            ("from its own fees[^1] and", vec!["[^1]"]),
            ("it was said.[2][3] Then", vec!["[2]", "[3]"]),
            ("from its own fees¹² and", vec!["¹²"]),
            ("a hall of 40 m² and", vec![]),
            ("10⁶ grains", vec![]),
            ("three [3] years", vec![]),
            ("he said[sic] so", vec![]),
            ("値上げはない。[1]", vec!["[1]"]),
            ("[1] at the start", vec![]),
        ] {
            let found: Vec<&str> = plain(text).into_iter().map(|bytes| &text[bytes]).collect();
            assert_eq!(found, marks, "{text}");
        }
    }

    #[test]
    fn raised_figures_are_marks_behind_words_only() {
        for (before, mark, is) in [
            ("own fees", "1", true),
            ("after the meeting.", "12", true),
            ("own fees", "a", true),
            ("own fees", "th", false),
            ("40 m", "2", false),
            ("10", "6", false),
            ("(a + b)", "2", false),
            ("(see above)", "2", true),
            ("40 cm", "3", false),
            ("the 5", "th", false),
            ("m", "[2]", true),
        ] {
            let text = format!("{before}{mark}");
            assert_eq!(is_mark(&text, &(before.len()..text.len()), Setting::Raised), is, "{text}");
        }
    }
}
