//! What is the same in another spelling: words, and the signs between them.

use super::vocabulary::is_negation;
use crate::{
    check::facets,
    extract::dates,
    text::{invisible::Invisible, words::fold},
};

/// Signs without spaces, quotation marks and brackets, dashes made one.
pub(super) fn plain(signs: &str) -> String {
    let own = signs.chars().filter(|c| !c.is_whitespace() && !"“”„‟\"‘’‚‛'`«»‹›「」『』[]*_\u{ad}".contains(*c));
    let own = own.filter(|c| Invisible::of(*c).is_none());
    own.map(|c| if "‐‑‒–—―−".contains(c) { '-' } else { c }).collect::<String>().replace("--", "-").replace("...", "…")
}

/// Words that in capitals are others.
pub(super) fn is_word_beside(word: &str) -> bool {
    matches!(fold(word).as_str(), "us" | "who" | "it" | "aid" | "pm" | "am")
}

/// Whether two runs of words are the same in another spelling: letter by letter but for hyphens and spaces, or as houses spell
/// them. No article comes or goes, but in a date.
pub(super) fn same_spelling(old: &[&str], written: &[&str], new: &[String]) -> bool {
    let mut folded: Vec<String> = old.iter().map(|word| fold(word)).collect();
    // "U.S.'s" is two words where "US's" is one.
    if folded.len() > 1 && folded.last().is_some_and(|last| last == "s") {
        folded.pop();
        folded.iter_mut().last().into_iter().for_each(|word| word.push_str("'s"));
    }
    // "centers" for "centres", "US's" for "U.S.'s".
    if let ([one], [other]) = (folded.as_slice(), new)
        && let Some((one, other)) =
            ["'s", "s"].iter().find_map(|end| one.strip_suffix(end).zip(other.strip_suffix(end)))
        && one.len().min(other.len()) > 1
        && same_spelling(&[one.trim_end_matches('.')], written, &[other.trim_end_matches('.').to_owned()])
    {
        return true;
    }
    let negations = |words: &[String]| words.iter().filter(|word| is_negation(word)).count();
    if old.is_empty() || (folded.concat() == new.concat() && negations(&folded) == negations(new)) {
        return !old.is_empty();
    }
    let articles = |words: &[String]| {
        words.iter().filter(|word| matches!(word.as_str(), "the" | "of")).cloned().collect::<Vec<_>>()
    };
    let date =
        folded.iter().any(|word| dates::month(word).is_some()) && new.iter().any(|word| dates::month(word).is_some());
    let us = |words: &[&str]| words.contains(&"us");
    (articles(&folded) == articles(new) || date)
        && !us(old)
        && !us(written)
        && !facets::prefix_negates(&folded, new)
        && facets::is_house_style(&folded, new)
}
