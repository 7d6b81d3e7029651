//! Which words are forms of one another: `say` and `said`, `agree` and `agreed`, `child` and `children`.
//!
//! Two folded words go in, whether an editor who puts one for the other changed no more than tense, person or number comes out.
//! Forms that no rule gives are in `words/forms.txt`; the rules are English, other languages are told by their stems.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

/// Letters that words of other languages share at least to be forms of one.
const STEM: usize = 4;

struct Forms {
    /// The lines a form stands in.
    lines: BTreeMap<&'static str, Vec<usize>>,
    pasts: BTreeSet<&'static str>,
    participles: BTreeSet<&'static str>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut forms = Forms { lines: BTreeMap::new(), pasts: BTreeSet::new(), participles: BTreeSet::new() };
    let mut also: BTreeSet<&str> = BTreeSet::new();
    let lines = include_str!("../words/forms.txt").lines().filter(|line| !line.starts_with('#'));
    for (at, line) in lines.enumerate() {
        if let Some(words) = line.strip_prefix("also: ") {
            also.extend(words.split_whitespace());
            continue;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        for word in &words {
            forms.lines.entry(word).or_default().push(at);
        }
        // "held" may describe the talks; "said" and "rose" say what somebody or something did.
        forms.pasts.extend(words.get(1).filter(|past| words.get(2).is_some_and(|other| other != *past)));
        forms.pasts.extend(words.get(1).filter(|past| **past == "said"));
        forms.participles.extend(words.get(2));
    }
    forms.pasts.retain(|word| !also.contains(word));
    forms
});

/// Whether two folded words are forms of one.
pub(super) fn same(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let lines = |word: &str| FORMS.lines.get(word).map(Vec::as_slice).unwrap_or_default();
    let (one, other) = (stems(one), stems(other));
    let shared = |one: &str, other: &str| one == other || lines(one).iter().any(|line| lines(other).contains(line));
    one.iter().any(|one| other.iter().any(|other| shared(one, other)))
}

/// Whether two folded words of a language whose endings we do not know begin alike.
pub(super) fn same_stem(one: &str, other: &str) -> bool {
    let shared = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    shared >= STEM && shared * 3 >= one.chars().count().max(other.chars().count()) * 2
}

/// Whether a folded word is the past of a verb, told by its form alone: `rose`, but not `found`, which is more than that.
pub(super) fn is_past(word: &str) -> bool {
    FORMS.pasts.contains(word)
}

/// Whether a folded word may be a verb: a form that no rule gives, or one that ends as the past does.
pub(super) fn may_act(word: &str) -> bool {
    FORMS.lines.contains_key(word) || is_participle(word)
}

/// Whether a folded word is a participle: what makes a form of "be" before it a passive.
pub(super) fn is_participle(word: &str) -> bool {
    FORMS.participles.contains(word) || (word.len() > 4 && word.ends_with("ed"))
}

/// Whether a folded word is a form of "be".
pub(super) fn is_be(word: &str) -> bool {
    matches!(word, "be" | "is" | "are" | "am" | "was" | "were" | "been" | "being")
}

/// Whether a folded word helps another verb.
pub(super) fn helps(word: &str) -> bool {
    is_be(word) || matches!(word, "have" | "has" | "had" | "having" | "do" | "does" | "did")
}

/// What a word may be without its ending, itself included.
fn stems(word: &str) -> Vec<String> {
    const ENDINGS: [(&str, &str); 10] = [
        ("s", ""),
        ("es", ""),
        ("d", ""),
        ("ed", ""),
        ("ing", ""),
        ("ing", "e"),
        ("ies", "y"),
        ("ied", "y"),
        ("'s", ""),
        ("'", ""),
    ];
    let mut stems = vec![word.to_owned()];
    for (ending, put) in ENDINGS {
        let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.chars().count() >= 3) else { continue };
        // "planes" are no plans.
        let hissed = stem.ends_with(['s', 'x', 'z', 'h', 'o']);
        if (ending == "es" && !hissed) || (ending == "d" && !stem.ends_with('e')) {
            continue;
        }
        stems.push(format!("{stem}{put}"));
        let mut letters = stem.chars().rev();
        if matches!(ending, "ed" | "ing")
            && let (Some(last), Some(before)) = (letters.next(), letters.next())
            && last == before
        {
            stems.extend(stem.strip_suffix(last).map(str::to_owned));
        }
    }
    stems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_told_from_other_words() {
        for (one, other) in [
            ("say", "said"),
            ("agree", "agreed"),
            ("deny", "denied"),
            ("stop", "stopping"),
            ("is", "was"),
            ("take", "taking"),
            ("minister", "ministers"),
            ("child", "children"),
            ("assad", "assad's"),
            ("go", "went"),
            ("launches", "launched"),
            ("leaves", "left"),
        ] {
            assert!(same(one, other) && same(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("rose", "fell"),
            ("plan", "plane"),
            ("increase", "decrease"),
            ("friend", "enemy"),
            ("the", "then"),
            ("hop", "hope"),
            ("for", "against"),
            ("lawful", "unlawful"),
            ("care", "careless"),
        ] {
            assert!(!same(one, other) && !same(other, one), "{one} {other}");
        }
        assert!(is_past("rose") && is_past("went") && !is_past("found") && !is_past("the"));
        assert!(is_participle("killed") && is_participle("taken") && !is_participle("taking"));
        assert!(same_stem("spricht", "sprich") && !same_stem("krieg", "frieden"));
    }
}
