//! Who is quoted where the sentence says who passes the words on: “the agency, citing Anna Rivers”, “quoted her as saying”, “was
//! told by Tom Ferry”.
//!
//! What stands before or behind a quotation in its sentence goes in. Of the two who are named the one whose words they are comes
//! out; a pronoun is nobody. Plain sentences are read in `speaker`.

use super::speaker::{name_at_start, says};
use crate::text::words::fold;

/// Words behind which the one is named whose words are passed on.
const CITING: [&str; 6] = ["citing", "quoting", "cited", "quotes", "zitiert", "citant"];

/// Words that lead from a document to who made it: “according to a statement by …”.
const MADE: [&str; 4] = ["by", "from", "von", "de"];

/// Whose words are passed on; `None` where nobody passes on any, `Some(None)` where no name is given.
pub(super) fn passed_on(text: &str) -> Option<Option<String>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    let at = |is: &dyn Fn(&str) -> bool, from: usize| {
        words.iter().skip(from).position(|word| is(&bare(word))).map(|at| at + from)
    };
    let joined = |from: usize, to: usize| words.get(from..to.max(from)).unwrap_or_default().join(" ");
    // "quoted Anna Rivers as saying", "Anna Rivers was quoted as saying".
    if let Some(quoted) = at(&|word| matches!(word, "quoted" | "cited"), 0)
        && let Some(as_saying) = at(&|word| word == "as", quoted)
        && words.get(as_saying + 1).is_some_and(|word| matches!(bare(word).as_str(), "saying" | "telling" | "writing"))
    {
        let object = joined(quoted + 1, as_saying);
        let passive =
            quoted.checked_sub(1).filter(|before| is_passive(words.get(*before).copied().unwrap_or_default()));
        return Some(match passive {
            Some(before) if object.is_empty() => clause_name(&joined(0, before)),
            Some(_) | None => name_at_start(&object),
        });
    }
    // "was told by Tom Ferry that".
    if let Some(told) = at(&|word| says(word), 0)
        && words.get(told + 1).is_some_and(|word| bare(word) == "by")
        && told.checked_sub(1).is_some_and(|before| is_passive(words.get(before).copied().unwrap_or_default()))
    {
        return Some(name_at_start(&joined(told + 2, words.len())));
    }
    let citing = at(&|word| CITING.contains(&word), 0)?;
    Some(name_at_start(&joined(citing + 1, words.len())))
}

/// The maker of a document that is quoted: `a statement by Anna Rivers` is hers.
pub(super) fn maker(text: &str) -> &str {
    let words = || {
        text.split_inclusive(' ').scan(0, |at, piece| {
            let start = *at;
            *at += piece.len();
            Some((start, piece))
        })
    };
    let document =
        words().next().is_some_and(|(_, first)| matches!(fold(first.trim()).as_str(), "a" | "an" | "the" | "its"));
    let made = words().take(5).find(|(_, piece)| MADE.contains(&piece.trim()));
    let behind =
        made.and_then(|(at, piece)| text.get(at + piece.len()..)).filter(|name| name.starts_with(char::is_uppercase));
    behind.filter(|_| document).unwrap_or(text)
}

/// Whether the word makes a passive of the one behind it.
fn is_passive(word: &str) -> bool {
    matches!(fold(word).as_str(), "was" | "were" | "is" | "are" | "been" | "being" | "be")
}

/// The name that a clause ends with.
fn clause_name(clause: &str) -> Option<String> {
    let last = clause.rsplit([',', ';', ':']).next().unwrap_or_default().trim();
    name_at_start(last)
}
