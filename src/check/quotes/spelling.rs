//! What is the same in another spelling: words, and the signs between them.

use super::{bracket::spells, tongue::Tongue, vocabulary::is_negation};
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

/// What is drawn together in speech, and what it stands for: the endings first, then whole words. `'d` and `'s` stand for two.
const ENDINGS: [(&str, &[&str]); 6] = [
    ("'ll", &["will"]),
    ("'ve", &["have"]),
    ("'re", &["are"]),
    ("'m", &["am"]),
    ("'d", &["would", "had"]),
    ("'s", &["is", "has"]),
];
const WHOLE: [(&str, [&str; 2]); 7] = [
    ("can't", ["can", "not"]),
    ("cannot", ["can", "not"]),
    ("won't", ["will", "not"]),
    ("shan't", ["shall", "not"]),
    ("ain't", ["is", "not"]),
    ("let's", ["let", "us"]),
    ("y'all", ["you", "all"]),
];

/// Whether the words are the same, drawn together on one side: `we are` and `we're`, `cannot` and `can't`.
fn drawn_together(old: &[String], new: &[String]) -> bool {
    fn fits(old: &[String], new: &[String]) -> bool {
        let (Some((one, behind)), Some((other, rest))) = (old.split_first(), new.split_first()) else {
            return old.is_empty() && new.is_empty();
        };
        if one == other {
            return fits(behind, rest);
        }
        let apart = |word: &str, next: &[String]| -> Option<usize> {
            let whole = WHOLE.iter().find(|(own, _)| *own == word).map(|(_, parts)| parts.to_vec());
            let not = || word.strip_suffix("n't").map(|stem| vec![stem, "not"]);
            let ending = |(end, parts): &(&str, &[&'static str])| {
                let stem = word.strip_suffix(end).filter(|stem| !stem.is_empty())?;
                parts.iter().map(|part| vec![stem, part]).find(|parts| begins(next, parts))
            };
            let all = [whole, not()].into_iter().flatten().chain(ENDINGS.iter().filter_map(ending));
            all.into_iter().find(|parts| begins(next, parts)).map(|parts| parts.len())
        };
        match (apart(one, new), apart(other, old)) {
            (Some(taken), _) => fits(behind, new.get(taken..).unwrap_or_default()),
            (None, Some(taken)) => fits(old.get(taken..).unwrap_or_default(), rest),
            (None, None) => {
                match (WHOLE.iter().find(|(own, _)| own == one), WHOLE.iter().find(|(own, _)| own == other)) {
                    (Some((_, one)), Some((_, other))) => one == other && fits(behind, rest),
                    _ => false,
                }
            }
        }
    }
    fn begins(words: &[String], parts: &[&str]) -> bool {
        words.len() >= parts.len() && words.iter().zip(parts).all(|(word, part)| word == part)
    }
    fits(old, new)
}

/// `Ph.D.` and `PhD`, `G.D.P.` and `GDP`: the same letters, of which some are capitals, with full stops or without.
fn same_letters(old: &[&str], new: &[&str]) -> bool {
    let ([old], [new]) = (old, new) else { return false };
    let bare = |word: &str| word.replace('.', "");
    let capital = |word: &str| word.chars().filter(|c| c.is_uppercase()).count() > 1;
    (old.contains('.') || new.contains('.')) && capital(old) && capital(new) && bare(old) == bare(new)
}

/// `the United Nations` and `the UN`: a name in full and the first letters of its words.
fn same_name(old: &[&str], new: &[&str]) -> bool {
    let capitals = |words: &[&str]| words.len() > 1 && words.iter().all(|word| word.starts_with(char::is_uppercase));
    let folded = |words: &[&str]| words.iter().map(|word| fold(word)).collect::<Vec<_>>();
    (capitals(old) && spells(new, &folded(old))) || (capitals(new) && spells(old, &folded(new)))
}

/// Whether figures that stand apart are groups of one number: "15 000", but not "1:30".
fn is_grouped(words: &[String]) -> bool {
    let figures = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    words.windows(2).all(|two| !(figures(&two[0]) && figures(&two[1])) || two[1].len() == 3)
}

/// Whether two runs of words are the same in another spelling: letter by letter but for hyphens and spaces, or as houses spell
/// them. No article comes or goes, but in a date.
pub(super) fn same_spelling(old: &[&str], written: &[&str], new: &[String], tongue: &Tongue<'_>) -> bool {
    // "U.S.'s" and "Dept.'s" are two words where "US's" is one.
    let owned = |mut words: Vec<String>| {
        if words.len() > 1 && words.last().is_some_and(|last| last == "s") {
            words.pop();
            words.iter_mut().last().into_iter().for_each(|word| word.push_str("'s"));
        }
        words
    };
    let folded = owned(old.iter().map(|word| fold(word)).collect());
    let new = &owned(new.to_vec())[..];
    // "a billion dollar" for "a billion dollars": another number of the word, not another spelling.
    let plural = |one: &String, other: &String| one.strip_suffix('s') == Some(other.as_str());
    let mut differ = folded.iter().zip(new).filter(|(one, other)| one != other);
    if let (Some((one, other)), None, true) = (differ.next(), differ.next(), folded.len() == new.len())
        && (plural(one, other) || plural(other, one))
    {
        return false;
    }
    // "centers" for "centres", "US's" for "U.S.'s".
    if let ([one], [other]) = (folded.as_slice(), new)
        && let Some((one, other)) =
            ["'s", "s"].iter().find_map(|end| one.strip_suffix(end).zip(other.strip_suffix(end)))
        && one.len().min(other.len()) > 1
        && same_spelling(&[one.trim_end_matches('.')], written, &[other.trim_end_matches('.').to_owned()], tongue)
    {
        return true;
    }
    if drawn_together(&folded, new) || same_letters(old, written) || same_name(old, written) {
        return true;
    }
    // "non-combat" says what "noncombat" does.
    let negations = |words: &[String]| words.iter().filter(|word| *word != "non" && is_negation(word, tongue)).count();
    if old.is_empty() {
        return false;
    }
    if folded.concat() == new.concat() && negations(&folded) == negations(new) {
        return is_grouped(&folded) && is_grouped(new);
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
