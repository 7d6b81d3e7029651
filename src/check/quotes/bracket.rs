//! What an editor may put in brackets: what makes plain, not what says something else.
//!
//! The words in brackets and those they stand for go in. Permitted are a referent for a pronoun or another pointing word, another
//! tense, person, number or case, the long form of a name or acronym, and an aside that leaves the sense standing. A verb, modal,
//! negation, number or word that turns the sense may neither come nor go.

use super::{
    forms,
    tongue::Tongue,
    vocabulary::{
        is_about, is_article, is_body, is_common, is_condition, is_country, is_generic, is_modal, is_negation,
        is_number, is_place, is_pointer, is_share, is_title, is_turn, is_unit, joins, relates,
    },
};
use crate::{
    check::facets,
    extract::dates,
    text::words::{fold, is_capitals},
};

/// Words an editor put in, and those they stand for.
#[derive(Clone, Copy)]
pub(super) struct Put<'a> {
    /// The original's words; none where nothing was replaced.
    pub(super) old: &'a [&'a str],
    /// Those of them that are names, folded.
    pub(super) named: &'a [String],
    pub(super) new: &'a [&'a str],
    /// Whether the bracket begins a sentence.
    pub(super) begins: bool,
    /// The original's words before and behind, as they are written.
    pub(super) around: [&'a str; 2],
    pub(super) tongue: &'a Tongue<'a>,
}

/// The words of the past that stand for those of the present in reported speech.
const TENSES: &[(&str, &str)] = &[("will", "would"), ("can", "could"), ("may", "might"), ("shall", "should")];

/// Words of the longest description that a name is put for: `this man`, `my old friend`.
const DESCRIPTION: usize = 3;

/// Words that may be put in by themselves, where grammar wants one.
const BARE: [&str; 11] = ["of", "to", "in", "on", "at", "from", "with", "for", "by", "as", "and"];

/// Whether quoting permits it.
pub(super) fn is_permitted(put: &Put<'_>) -> bool {
    let (old, new) = (folded(put.old), folded(put.new));
    if spells(put.old, &new) || spells(put.new, &old) {
        return true;
    }
    let says_no = |words: &[String]| words.iter().any(|word| is_negation(word, put.tongue));
    let stands = says_no(&old) == says_no(&new)
        && !facets::prefix_negates(&old, &new)
        && modals_stay(&old, &new)
        && passive(&old, put) == passive(&new, put)
        && names_stay(put);
    let (gone, come) = (rest(&old, &new, put.tongue), rest(&new, &old, put.tongue));
    stands && numbers_stay(put, &gone, &come) && may_go(put, &gone, &come) && may_come(put, &gone, &come)
}

/// Words in small letters, with what is drawn together taken apart.
fn folded(words: &[&str]) -> Vec<String> {
    const JOINED: [(&str, &str); 6] =
        [("'ll", "will"), ("'d", "would"), ("'ve", "have"), ("'re", "are"), ("'m", "am"), ("'s", "is")];
    let mut out = Vec::new();
    for word in words {
        let word = fold(word);
        let joined = JOINED.iter().find_map(|(end, whole)| Some((word.strip_suffix(end)?, *whole)));
        match joined.filter(|(stem, whole)| *whole != "is" || matches!(*stem, "it" | "he" | "she" | "that" | "there")) {
            Some((stem, whole)) => out.extend([stem.to_owned(), whole.to_owned()]),
            None => out.push(word),
        }
    }
    out
}

/// Whether two folded words are one in another form.
fn same(one: &str, other: &str, tongue: &Tongue<'_>) -> bool {
    let foreign = tongue.language().is_some_and(|language| language != "en");
    forms::same(one, other)
        || (foreign && forms::same_stem(one, other))
        || facets::is_house_style(&[one.to_owned()], &[other.to_owned()])
}

/// The words of `these` that are in `those` in no form.
fn rest(these: &[String], those: &[String], tongue: &Tongue<'_>) -> Vec<String> {
    let mut left: Vec<&String> = those.iter().collect();
    let mut gone = Vec::new();
    for word in these {
        match left.iter().position(|other| same(word, other, tongue)) {
            Some(at) => drop(left.swap_remove(at)),
            None => gone.push(word.clone()),
        }
    }
    gone
}

/// Whether the letters of an acronym are the first ones of the words: `UN` and `the United Nations`.
pub(super) fn spells(acronym: &[&str], words: &[String]) -> bool {
    let [acronym] = acronym else { return false };
    let letters: String = acronym.chars().filter(|c| c.is_alphanumeric()).collect();
    let small = |word: &&String| !matches!(word.as_str(), "the" | "of" | "and" | "for" | "on" | "in" | "to");
    let first = |words: Vec<&String>| words.iter().filter_map(|word| word.chars().next()).collect::<String>();
    letters.chars().count() > 1
        && letters.chars().all(|c| c.is_uppercase() || c.is_numeric())
        && [first(words.iter().filter(small).collect()), first(words.iter().filter(|word| *word != "the").collect())]
            .contains(&letters.to_lowercase())
}

/// Whether the words have a passive: somebody acts, or is acted upon.
fn passive(words: &[String], put: &Put<'_>) -> bool {
    let next = fold(put.around[1]);
    let mut behind = words.iter().skip(1).map(String::as_str).chain([next.as_str()]);
    words.iter().any(|word| behind.next().is_some_and(|next| forms::is_be(word) && forms::is_participle(next)))
}

/// Whether the words may go: those that only point, place or join, and what the words that come name instead.
fn may_go(put: &Put<'_>, gone: &[String], come: &[String]) -> bool {
    let tongue = put.tongue;
    // "There is" points at nothing.
    let (next, begins) = (fold(put.around[1]), put.new.first().map_or(String::new(), |word| fold(word)));
    let helped = forms::helps(next.strip_suffix("n't").unwrap_or(&next)) || is_modal(&next);
    let being = |word: &String| word == "there" && helped && !is_place(&begins, tongue);
    let pointer = |word: &String| is_pointer(word, tongue) && !being(word);
    let points = gone.iter().any(pointer);
    let name = put.new.iter().any(|word| word.starts_with(char::is_uppercase) && come.contains(&fold(word)));
    let name = name && !come.iter().any(|word| forms::helps(word));
    // "the Minister" may be named, "Foreign Minister Lavrov" is.
    let article = |word: &str| is_article(&fold(word), tongue) || is_pointer(&fold(word), tongue);
    let first = put.old.first().is_some_and(|word| article(word)) || article(put.around[0]);
    let next = put.around[1];
    let whole = first && !next.starts_with(char::is_uppercase) && !matches!(next, "of" | "for" | "de" | "des" | "der");
    let mut described = 0;
    gone.iter().all(|word| {
        let turns = is_turn(word, tongue) || is_share(word, tongue) || is_condition(word, tongue);
        let own = put.named.contains(word) && !is_generic(word, tongue);
        let points_too = is_place(word, tongue) || joins(word, tongue) || forms::helps(word);
        let said = is_generic(word, tongue) && (points || whole);
        let plain = is_article(word, tongue) || pointer(word) || own || is_modal(word) || is_number(word, tongue);
        let mut described = || {
            described += 1;
            points && name && described <= DESCRIPTION && !forms::is_past(word) && !points_too
        };
        !turns && (plain || (points_too && points) || (said && (points || name)) || described())
    })
}

/// Whether the words may come: no verb of substance and nothing that turns the sense or says of how many it is so.
fn may_come(put: &Put<'_>, gone: &[String], come: &[String]) -> bool {
    let tongue = put.tongue;
    let turns = |word: &String| is_turn(word, tongue) || is_share(word, tongue) || is_condition(word, tongue);
    let describes = put.new.iter().any(|word| relates(&fold(word), tongue));
    let names =
        put.new.iter().any(|word| is_pointer(&fold(word), tongue)) || gone.iter().any(|word| is_pointer(word, tongue));
    let helped =
        |word: &String| forms::helps(word) && !describes && !names && !matches!(word.as_str(), "have" | "has" | "had");
    let helped = |word: &String| helped(word) && !(put.old.is_empty() && come.len() == 1 && forms::is_be(word));
    let acts = |word: &String| !describes && (forms::is_past(word) || helped(word));
    // A word by itself that only places or joins others says which of them does what to whom.
    let bare = match come {
        [word] => {
            let placed = is_place(word, tongue) || joins(word, tongue) || is_about(word, tongue);
            placed && !(put.old.is_empty() && BARE.contains(&word.as_str()))
        }
        _ => false,
    };
    let chooses = put.old.is_empty() && come.iter().any(|word| matches!(word.as_str(), "or" | "but" | "nor" | "yet"));
    !bare && !chooses && !come.iter().any(turns) && !come.iter().any(acts)
}

/// Every number that was replaced is still there. One may come that says when, converts a measure, or is part of a name.
fn numbers_stay(put: &Put<'_>, gone: &[String], come: &[String]) -> bool {
    let number = |word: &&String| is_number(word, put.tongue);
    if gone.iter().any(|word| number(&word)) {
        return false;
    }
    let mut numbers = come.iter().filter(number).peekable();
    if numbers.peek().is_none() {
        return true;
    }
    let points = gone.iter().any(|word| is_pointer(word, put.tongue));
    let dated = |word: &str| dates::month(&fold(word)).is_some();
    let dates = put.new.iter().any(|word| dated(word)) || put.around.iter().any(|word| dated(word));
    let year = |word: &&String| word.parse::<u16>().is_ok_and(|year| (1000..2100).contains(&year));
    let converts = (fold(put.around[0]).contains(|c: char| c.is_numeric()) || is_unit(&fold(put.around[0])))
        && come.iter().any(|word| is_unit(word) || word.contains(['$', '€', '£', '¥', '%']));
    // "Article 5", "UNSCR 2254": the name stands before.
    let named = put.new.windows(2).any(|two| {
        two[0].starts_with(char::is_uppercase) && !is_common(&fold(two[0])) && is_number(&fold(two[1]), put.tongue)
    });
    // "of the two countries": how many there are is known.
    let known = put.new.windows(2).any(|two| {
        let number = fold(two[1]);
        (is_article(&fold(two[0]), put.tongue) || is_pointer(&fold(two[0]), put.tongue))
            && !number.contains(|c: char| c.is_numeric())
            && is_number(&number, put.tongue)
    });
    points || dates || converts || named || known || numbers.all(|word| year(&word))
}

/// The modal that was replaced is still there, if in another tense; none comes that says more than was said.
fn modals_stay(old: &[String], new: &[String]) -> bool {
    let modals = |words: &[String]| words.iter().filter(|word| is_modal(word)).cloned().collect::<Vec<_>>();
    let (gone, come) = (modals(old), modals(new));
    let same = |one: &String, other: &String| {
        one == other || TENSES.iter().any(|(now, then)| (one == now && other == then) || (one == then && other == now))
    };
    gone.iter().all(|one| come.iter().any(|other| same(one, other)))
        && come.iter().all(|one| gone.iter().any(|other| same(one, other)))
}

/// A name may be replaced by a longer form of it, by what its letters stand for, or by words that point and name nobody else.
fn names_stay(put: &Put<'_>) -> bool {
    let capital = |(at, word): &(usize, &&str)| {
        let noun = *at == 0 && put.begins && word.ends_with('s');
        word.starts_with(char::is_uppercase) && word.chars().count() > 1 && !noun
    };
    let come = put.new.iter().enumerate().filter(capital).map(|(_, word)| fold(word));
    let come: Vec<String> = come.filter(|word| !is_title(word) && !is_common(word)).collect();
    let gone: Vec<&String> = put.named.iter().filter(|word| !is_title(word)).collect();
    if come.is_empty() {
        return true;
    }
    if !is_of_a_kind(put, &come) {
        return false;
    }
    if gone.is_empty() {
        return true;
    }
    let (old, new) = (letters(put.old), letters(put.new));
    let shared = gone.iter().any(|one| come.iter().any(|other| is_form_of(one, other)));
    shared || gone.iter().any(|one| is_form_of(one, &new)) || come.iter().any(|one| is_form_of(one, &old))
}

/// Whether the name put in can be that of what it stands for: whoever holds an office is no country, and no person is called
/// by a name with an article, "the Rassendyll".
fn is_of_a_kind(put: &Put<'_>, come: &[String]) -> bool {
    let tongue = put.tongue;
    let holds_office = |word: &String| is_title(word) && !is_body(word);
    let old = folded(put.old);
    let person = old.iter().any(holds_office) && !old.iter().any(|word| is_body(word));
    let country = come.iter().all(|word| is_country(word));
    // "Secretary [Zenda] Rassendyll".
    let before = is_title(&fold(put.around[0])) && put.around[1].starts_with(char::is_uppercase);
    let placed = put.new.iter().any(|word| is_place(&fold(word), tongue));
    if old.is_empty() && before && country && !placed {
        return false;
    }
    let proper = !put.begins && put.old.iter().any(|word| word.starts_with(char::is_uppercase));
    if !person && !proper {
        return true;
    }
    let article = |word: &str| is_article(&fold(word), tongue);
    let named: Vec<&&str> = put.new.iter().filter(|word| !article(word)).collect();
    let before = put.new.first().filter(|word| article(word)).copied().unwrap_or(put.around[0]);
    let bare = matches!(named.as_slice(), [one] if come == [fold(one)] && !is_title(&fold(one)));
    let known = come.iter().any(|word| is_body(word)) || put.new.iter().any(|word| is_capitals(word));
    !((person && country) || (bare && !known && article(before)))
}

/// The first letters of the words with capitals.
fn letters(words: &[&str]) -> String {
    words
        .iter()
        .filter_map(|word| word.chars().next())
        .filter(|c| c.is_uppercase())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Whether a name is another, or its beginning, dots left out: `Asad` and `Asad's`, `U.S.` and `US`.
fn is_form_of(one: &str, other: &str) -> bool {
    let plain = |word: &str| word.trim_end_matches("'s").replace('.', "");
    let (one, other) = (plain(one), plain(other));
    let long = one.chars().count().min(other.chars().count()) >= 2;
    long && (one == other || (one.len() > 3 && other.starts_with(&one)) || (other.len() > 3 && one.starts_with(&other)))
}

/// Letters of the longest ending that is put behind the first few of a word.
const ENDING: usize = 4;

/// Whether a word with letters in brackets is still the original's: another ending, nothing that turns it round, no figure.
///
/// `bare` is the word without the letters, `whole` with them, both folded.
pub(super) fn mends(old: &str, bare: &str, whole: &str, tongue: &Tongue<'_>) -> bool {
    let old = fold(old);
    let shared = old.chars().zip(whole.chars()).take_while(|(one, other)| one == other).count();
    let figure = [&old, whole].iter().any(|word| word.contains(|c: char| c.is_numeric()));
    let emptied = |word: &str| word.ends_with("less") || word.ends_with("free");
    let turned = facets::prefix_negates(std::slice::from_ref(&old), &[whole.to_owned()])
        || is_negation(&old, tongue) != is_negation(whole, tongue)
        || emptied(&old) != emptied(whole);
    let stem = bare.chars().count().min(old.chars().count());
    let tense = TENSES.contains(&(&old, whole)) || TENSES.contains(&(whole, &old));
    // What is kept in front of the bracket begins the word, and the bracket is no more than its ending: no "hyper[tensive]".
    let (kept, length) = (bare.chars().count(), whole.chars().count());
    let stays =
        old.starts_with(bare) || bare.strip_suffix('i').is_some_and(|bare| old.starts_with(&format!("{bare}y")));
    let ending = !whole.starts_with(bare) || (stays && length - kept.min(length) <= kept.max(ENDING));
    // And what stands in it before the rest is what stood there: no "[inter]state" for "intrastate".
    let beginning = whole.starts_with(bare) || !whole.ends_with(bare) || shared >= length - kept.min(length);
    let spelled = (shared >= 3 || shared >= stem.min(2)) && shared * 2 >= stem && ending && beginning;
    !figure && !turned && (spelled || tense || forms::same(&old, whole))
}
