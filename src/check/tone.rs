//! Signs that turn a sentence round: a statement made a question, a shout, a remark made of signs alone.
//!
//! The signs between two words of the original and of the copy go in; what they do to the sentence comes out. A page that lost
//! its charset prints question marks for what it could not write: those ask nothing.

use std::ops::Range;

use super::marks::{DOUBLE, SINGLE};
use crate::text::invisible::Invisible;

/// What other signs make of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// It asks what it stated.
    Asks,
    /// It states what it asked.
    States,
    /// It is called out.
    Shouts,
}

impl Turn {
    /// What is said of it.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Asks | Self::States => "at the end of a sentence",
            Self::Shouts => "where nothing was called out",
        }
    }
}

/// Signs that ask, in any script; the Greek one is another sign in normal form.
const ASKING: [char; 10] = ['?', '？', '؟', '՞', '፧', '⁇', '⁈', '⁉', '‽', '⸮'];

/// Signs that call out.
const SHOUTING: [char; 5] = ['!', '！', '՜', '‼', '⁉'];

/// Signs that end a sentence and do no more.
const ENDING: [char; 7] = ['.', '。', '．', '۔', '।', '։', '…'];

/// What the signs `is` make of a sentence that had `was`, behind the word `last`; nothing where they say the same.
pub(super) fn turn(was: &str, is: &str, last: &str) -> Option<Turn> {
    let lossy = is_lossy(was, is);
    let (was, is) = (plain(was), plain(is));
    let greek = last.chars().any(|c| matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}'));
    let asks = |signs: &str| signs.contains(ASKING) || (greek && signs.contains(';'));
    let calls = |signs: &str| signs.contains(SHOUTING);
    match (asks(&was), asks(&is)) {
        (false, true) if !lossy => Some(Turn::Asks),
        (true, false) if is.contains(ENDING) => Some(Turn::States),
        (false, false) | (true, true) if !calls(&was) && calls(&is) => Some(Turn::Shouts),
        (false | true, true | false) => None,
    }
}

/// The signs without marks of quotation, space, and remarks in brackets.
fn plain(signs: &str) -> String {
    let without = signs.replace(DOUBLE, "").replace(SINGLE, "");
    match remark(&without) {
        Some(bytes) => {
            without.get(..bytes.start).unwrap_or_default().to_owned() + without.get(bytes.end..).unwrap_or_default()
        }
        None => without,
    }
}

/// Whether all that asks stands where the page could not write another sign.
fn is_lossy(was: &str, is: &str) -> bool {
    // A page that has the script of its full stops has them too.
    let written = |c: char| c != '…' && (ENDING.contains(&c) || ASKING.contains(&c));
    let foreign = |signs: &str| signs.chars().filter(|c| !c.is_ascii() && !c.is_whitespace() && !written(*c)).count();
    let lost = foreign(was).saturating_sub(foreign(is));
    let asked = is.matches('?').count();
    lost > 0 && (asked == lost || asked == 3 * lost)
}

/// Where in `signs` a remark stands that consists of signs: `(?)`, `[!]`, a face.
pub(super) fn remark(signs: &str) -> Option<Range<usize>> {
    let bracketed = signs.match_indices(['(', '[', '（']).find_map(|(at, open)| {
        let rest = signs.get(at + open.len()..)?;
        let end = rest.find([')', ']', '）'])?;
        let inner = rest.get(..end)?.trim();
        let remarks = |c: char| ASKING.contains(&c) || SHOUTING.contains(&c);
        let close = rest.get(end..)?.chars().next()?;
        (!inner.is_empty() && inner.chars().all(remarks)).then(|| at..at + open.len() + end + close.len_utf8())
    });
    bracketed.or_else(|| faces(signs))
}

/// The first run of faces and signs of judgement.
fn faces(signs: &str) -> Option<Range<usize>> {
    let start = signs.find(is_face)?;
    let rest = signs.get(start..)?;
    let joined = |c: char| is_face(c) || Invisible::of(c).is_some();
    let end = rest.find(|c: char| !joined(c)).unwrap_or(rest.len());
    Some(start..start + end)
}

/// Whether a sign shows a face, a gesture or a judgement. What sites draw as icons (links, letters, telephones) says nothing.
fn is_face(c: char) -> bool {
    matches!(c,
        '\u{2620}' | '\u{2622}' | '\u{2623}' | '\u{2639}'..='\u{263b}' | '\u{26a0}' | '\u{26d4}' | '\u{2705}' | '\u{274c}' | '\u{274e}'
        | '\u{2753}'..='\u{2755}' | '\u{2757}' | '\u{2763}' | '\u{2764}' | '\u{203c}' | '\u{2049}'
        | '\u{1f308}' | '\u{1f37f}' | '\u{1f3ad}' | '\u{1f3aa}'
        | '\u{1f400}'..='\u{1f43f}' | '\u{1f440}'..='\u{1f450}' | '\u{1f479}'..='\u{1f480}' | '\u{1f493}'..='\u{1f49f}' | '\u{1f4a2}'..='\u{1f4af}' | '\u{1f4b0}'..='\u{1f4b8}' | '\u{1f4c8}' | '\u{1f4c9}'
        | '\u{1f525}' | '\u{1f52b}' | '\u{1f590}' | '\u{1f595}' | '\u{1f5d1}' | '\u{1f600}'..='\u{1f64f}' | '\u{1f6a8}' | '\u{1f6ab}'
        | '\u{1f90c}'..='\u{1f93e}' | '\u{1f970}'..='\u{1f97a}' | '\u{1f9d0}'..='\u{1f9df}' | '\u{1fae0}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_ask_and_signs_that_were_lost() {
        for (was, is, last, turned) in [
            (".", "?", "parts", Some(Turn::Asks)),
            (".", "???", "parts", Some(Turn::Asks)),
            (".", "?!", "parts", Some(Turn::Asks)),
            (".", "؟", "كلمة", Some(Turn::Asks)),
            ("。", "？", "说", Some(Turn::Asks)),
            ("。", "?", "说", Some(Turn::Asks)),
            ("।", "?", "रहेगा", Some(Turn::Asks)),
            ("… ", "? ", "port", None),
            (".", ";", "λόγος", Some(Turn::Asks)),
            (". ", "; ", "parts", None),
            (", ", "?, ", "step", Some(Turn::Asks)),
            (".” ", "?” ", "parts", Some(Turn::Asks)),
            ("?", ".", "parts", Some(Turn::States)),
            ("? ", " ", "parts", None),
            (".", "!!!", "parts", Some(Turn::Shouts)),
            ("!", ".", "parts", None),
            ("?", "??", "parts", None),
            (" – ", " ? ", "port", None),
            (" — ", " ??? ", "port", None),
            (",” ", ",? ", "port", None),
            (", ", " (?), ", "step", None),
        ] {
            assert_eq!(turn(was, is, last), turned, "{was:?} {is:?}");
        }
    }

    #[test]
    fn remarks_are_found_and_icons_are_none() {
        for (signs, found) in
            [(" (?), ", Some("(?)")), (" [!]", Some("[!]")), (" 😂, ", Some("😂")), (" ⚠\u{fe0f} ", Some("⚠\u{fe0f}"))]
        {
            assert_eq!(remark(signs).map(|bytes| &signs[bytes]), found);
        }
        for signs in [" (", " ↗ ", " 🔗", " ■", " • ", " (…) ", " [", " ✉ ", "©", " ↩\u{fe0e}"] {
            assert_eq!(remark(signs), None, "{signs}");
        }
    }
}
