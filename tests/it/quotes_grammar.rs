//! Quotations of known answer, made from sentences of our own: whatever quoting permits passes, no changed word does, and nothing
//! that is said of other things is laid at the release's door. Properties of any quotation at all are here too.

use std::collections::BTreeMap;

use proptest::prelude::*;
use vidimus::{
    Capture,
    check::{
        Quote, QuoteStatus,
        quotes::{Against, hold},
    },
    extract::{self, Document},
};

use crate::support::Chance;

/// Sentences with a negation, a number, a name and a modal each; none shares more than a few words with another.
const SENTENCES: &[&str] = &[
    "The ministers of Ruritania will not send more than 40 observers to the valley before the winter",
    "Neither harbour can be opened until the 12 wrecks in front of the lighthouse at Strelsau are raised",
    "Chancellor Sapt said the bridge must carry 300 carts a day and should never be closed at night",
    "No farmer in Zenda may be asked to give up more than 7 acres for the new canal along the river",
    "Her Majesty would have signed the treaty on the 9th, but Hentzau could not find the great seal",
    "The bank shall lend 65 thousand crowns to every town that has no debts of its own in Modena",
    "Scientists in Tarlenheim might learn within 18 months why the bees do not return to the old orchards",
    "We cannot thank the 23 crews from Kravonia enough, and nobody who was saved will forget their names",
];

/// Sentences that stand between them, without anything that an omission must not take away.
const PLAIN: &[&str] = &[
    "The long table in the hall was decked with apples, bread and a heavy copper lamp",
    "Every window of the old station looks out over the quiet gardens of the hospital",
    "Musicians from the mountain villages played softly under the chestnut trees",
];

fn read(html: &str) -> Document {
    let capture = Capture::from_bytes("page.html", html.as_bytes().to_vec(), Some("text/html; charset=utf-8")).unwrap();
    extract::read(&capture)
}

fn release() -> Document {
    let line = |(at, sentence): (usize, &&str)| format!("<p>{sentence}. {}.</p>", PLAIN[at % PLAIN.len()]);
    read(&SENTENCES.iter().enumerate().map(line).collect::<String>())
}

/// What the article's only outermost quotation comes to.
fn held(release: &Document, article: &str) -> Quote {
    let article = read(article);
    hold(&article, &[Against { document: release, name: "release", address: None }]).swap_remove(0)
}

/// A sentence of an article around a quotation, in one of the ways newsrooms write it.
fn set(quotation: &str, chance: &mut Chance) -> String {
    let (open, close) =
        *chance.one(&[("“", "”"), ("\"", "\""), ("«", "»"), ("„", "“"), ("<q>", "</q>"), ("‘", "’"), ("”", "”")]);
    match chance.below(4) {
        0 => format!("<p>On Monday they wrote: {open}{quotation}.{close}</p>"),
        1 => format!("<p>{open}{quotation},{close} the spokesman said.</p>"),
        2 => format!("<p>That it was {open}{quotation}{close} surprised nobody, and the talks went on.</p>"),
        _ => format!("<blockquote><p>{quotation}.</p></blockquote>"),
    }
}

const NEGATIONS: &[&str] = &["not", "neither", "never", "no", "nobody", "cannot", "do not", "could not"];
const MODALS: &[&str] = &["will", "can", "must", "should", "may", "would", "shall", "might", "could"];

/// What is done to a quotation, and how it then fares.
type Deed = (&'static str, QuoteStatus, fn(&[&str], &mut Chance) -> Option<Vec<String>>);

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// The words with the first of those that `is` put through `into`.
fn with(words: &[&str], is: impl Fn(&str) -> bool, into: &str) -> Option<Vec<String>> {
    let at = words.iter().skip(1).position(|word| is(word.trim_matches(','))).map(|at| at + 1)?;
    let mut changed = owned(words);
    changed[at] = into.to_owned();
    changed.retain(|word| !word.is_empty());
    (at + 1 < words.len() && changed != owned(words)).then_some(changed)
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_plain(word: &str) -> bool {
    let word = word.to_lowercase();
    let grave = NEGATIONS.contains(&word.as_str()) || MODALS.contains(&word.as_str()) || is_number(&word);
    !grave && !["until", "thousand", "one", "but", "if", "and", "that", "why", "who"].contains(&word.as_str())
}

/// A word somewhere inside, neither the first nor the last.
fn inner(words: &[&str], chance: &mut Chance) -> usize {
    chance.between(1, words.len() - 2)
}

const DEEDS: &[Deed] = &[
    ("verbatim", QuoteStatus::Exact, |words, _| Some(owned(words))),
    ("first letter", QuoteStatus::Adapted, |words, _| {
        let mut changed = owned(words);
        let first = words[0].chars().next()?;
        let other: String =
            if first.is_lowercase() { first.to_uppercase().collect() } else { first.to_lowercase().collect() };
        changed[0] = format!("{other}{}", &words[0][first.len_utf8()..]);
        first.is_alphabetic().then_some(changed)
    }),
    ("bracketed letter", QuoteStatus::Adapted, |words, _| {
        let mut changed = owned(words);
        changed[0] = format!("[{}]{}", words[0].chars().next()?.to_uppercase(), &words[0][1..]);
        words[0].is_ascii().then_some(changed)
    }),
    ("bracket put in", QuoteStatus::Adapted, |words, chance| {
        let mut changed = owned(words);
        changed.insert(inner(words, chance), (*chance.one(&["[of the valley]", "[sic]", "[the envoys]"])).to_owned());
        Some(changed)
    }),
    ("marked omission", QuoteStatus::Adapted, |words, chance| {
        let at = (2..words.len() - 2)
            .find(|at| is_plain(words[*at]) && is_plain(words[at + 1]) && !words[*at].ends_with(','))?;
        let verb = ["said", "looks", "played", "was", "send", "have", "are", "signed"].contains(words.get(at + 1)?);
        let mut changed = owned(words);
        changed[at] = (*chance.one(&["…", "...", "[...]", "[…]", ". . ."])).to_owned();
        (!verb).then_some(changed)
    }),
    ("negation out", QuoteStatus::Altered, |words, _| with(words, |word| NEGATIONS.contains(&word), "")),
    ("negation in", QuoteStatus::Altered, |words, _| {
        with(words, |word| ["will", "must", "would", "shall"].contains(&word), "will never")
    }),
    ("number changed", QuoteStatus::Altered, |words, _| with(words, is_number, "99")),
    ("name changed", QuoteStatus::Altered, |words, _| {
        with(words, |word| word.starts_with(char::is_uppercase), "Graustark")
    }),
    ("modal changed", QuoteStatus::Altered, |words, _| with(words, |word| MODALS.contains(&word), "ought")),
    ("word changed", QuoteStatus::Altered, |words, chance| {
        let mut changed = owned(words);
        changed[inner(words, chance)] = "porridge".to_owned();
        Some(changed)
    }),
    ("word put in", QuoteStatus::Altered, |words, chance| {
        let mut changed = owned(words);
        changed.insert(inner(words, chance), "allegedly".to_owned());
        Some(changed)
    }),
    ("unmarked omission", QuoteStatus::Altered, |words, chance| {
        let mut changed = owned(words);
        changed.remove(inner(words, chance));
        Some(changed)
    }),
    ("mark hides a negation", QuoteStatus::Elided, |words, _| with(words, |word| NEGATIONS.contains(&word), "…")),
    ("mark hides a number", QuoteStatus::Elided, |words, _| with(words, is_number, "[...]")),
    ("mark hides a modal", QuoteStatus::Elided, |words, _| with(words, |word| MODALS.contains(&word), "...")),
    ("bracket for a negation", QuoteStatus::Altered, |words, _| with(words, |word| NEGATIONS.contains(&word), "[a]")),
    ("bracket for a number", QuoteStatus::Altered, |words, _| with(words, is_number, "[many]")),
];

#[test]
fn every_deed_fares_as_it_must() {
    let (release, mut chance) = (release(), Chance::new(5));
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    for round in 0..360 {
        let sentence = SENTENCES[round % SENTENCES.len()];
        let words: Vec<&str> = sentence.split(' ').collect();
        let length = chance.between(9, words.len());
        let start = chance.below(words.len() - length + 1);
        let words = &words[start..start + length];
        let (name, status, deed) = DEEDS[(round / SENTENCES.len()) % DEEDS.len()];
        let Some(changed) = deed(words, &mut chance) else { continue };
        let article = set(&changed.join(" "), &mut chance);
        let quote = held(&release, &article);
        // A quotation that is set in capitals or small letters where the original is not is the same words in another case.
        let cased = status == QuoteStatus::Exact && quote.status == QuoteStatus::Adapted;
        assert!(quote.status == status && !cased, "{name}: {article}\n{quote:#?}");
        *done.entry(name).or_default() += 1;
    }
    for (name, ..) in DEEDS {
        assert!(done.get(name).is_some_and(|count| *count >= 5), "{name} was tried: {done:?}");
    }
}

#[test]
fn joined_passages_are_seen_in_either_order() {
    let (release, mut chance) = (release(), Chance::new(8));
    for round in 0..40 {
        let (first, second) = (round % SENTENCES.len(), (round + 2 + round / 8) % SENTENCES.len());
        if first == second {
            continue;
        }
        let part = |at: usize| SENTENCES[at].split(' ').take(9).collect::<Vec<_>>().join(" ");
        let joint = *chance.one(&[" ", ". ", ", "]);
        let article = set(&format!("{}{joint}{}", part(first), part(second)), &mut chance);
        let quote = held(&release, &article);
        assert_eq!(quote.status, QuoteStatus::Spliced, "{article}\n{quote:#?}");
        let marked = set(&format!("{} … {}", part(first), part(second)), &mut chance);
        let quote = held(&release, &marked);
        let backwards = second < first;
        assert_eq!(quote.status == QuoteStatus::Spliced, backwards, "{marked}\n{quote:#?}");
    }
}

#[test]
fn what_others_say_is_not_laid_at_its_door() {
    let release = release();
    for text in [
        "The bees have come home to my own garden, and I am glad of it",
        "Nobody asked the farmers of the plain what they thought of the new road",
        "A treaty is a treaty, whoever holds the pen and whoever holds the candle",
        "The bridge and the canal and the harbour are all the same to me",
        "The Long Table and Other Stories",
        "Music under the chestnut trees",
        "will not send",
        "said the bridge",
        "more than a few of the crews",
    ] {
        let quote = held(&release, &format!("<p>My neighbour said “{text}” over the fence.</p>"));
        let fine = [QuoteStatus::NotFound, QuoteStatus::Unchecked, QuoteStatus::Exact].contains(&quote.status);
        assert!(fine && quote.severity().is_none(), "{text}\n{quote:#?}");
    }
}

#[test]
fn a_passage_is_found_in_a_long_original_with_half_of_its_words_changed() {
    let mut chance = Chance::new(13);
    let noise = |chance: &mut Chance| {
        let words = (0..12).map(|_| {
            format!("{}{}", chance.one(&["bar", "fen", "lor", "mit"]), chance.one(&["row", "dle", "sham", "ton"]))
        });
        format!("<p>{}.</p>", words.collect::<Vec<_>>().join(" "))
    };
    let before: String = (0..400).map(|_| noise(&mut chance)).collect();
    let behind: String = (0..400).map(|_| noise(&mut chance)).collect();
    for sentence in SENTENCES {
        let release = read(&format!("{before}<p>{sentence}.</p>{behind}"));
        let changed: Vec<&str> =
            sentence.split(' ').enumerate().map(|(at, word)| if at % 2 == 0 { "porridge" } else { word }).collect();
        let quote = held(&release, &format!("<p>He wrote “{}”.</p>", changed.join(" ")));
        assert_eq!(quote.status, QuoteStatus::Altered, "{quote:#?}");
        assert_eq!(quote.original.unwrap().block, 400);
    }
}

#[test]
fn a_hundred_thousand_marks_cost_no_more_than_their_number() {
    let release = release();
    for (piece, marks) in [
        ("“", 1),
        ("\"", 1),
        ("“a ”", 2),
        ("\"there is no way\" ", 2),
        ("<q>x y z w</q>", 2),
        ("«‹", 2),
        ("“no bees return … ”", 2),
        ("<blockquote>a", 1),
    ] {
        let article = read(&format!("<p>{}</p>", piece.repeat(100_000 / marks)));
        let found = hold(&article, &[Against { document: &release, name: "release", address: None }]);
        assert!(found.len() <= 100_000);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_word_can_be_another_and_the_quotation_still_exact(
        sentence in 0..SENTENCES.len(), at in 0..64_usize, word in "[a-z]{1,9}|[0-9]{1,4}|[A-Z][a-z]{2,8}"
    ) {
        let mut words: Vec<&str> = SENTENCES[sentence].split(' ').collect();
        let at = at % words.len();
        let old = std::mem::replace(&mut words[at], &word);
        prop_assume!(old.trim_matches(',').to_lowercase() != word.to_lowercase());
        // `07` is `7`.
        let number = |word: &str| word.parse::<u32>().ok();
        prop_assume!(number(old).is_none() || number(old) != number(&word));
        let quote = held(&release(), &format!("<p>He wrote “{}”.</p>", words.join(" ")));
        prop_assert!(quote.status != QuoteStatus::Exact, "{quote:#?}");
        prop_assert!(quote.status == QuoteStatus::Altered, "{} for {}: {:#?}", word, old, quote);
    }

    #[test]
    fn any_marks_and_brackets_are_read(
        text in "[“”‘’\"'«»„‚「」\\[\\]().… a-cN12\n]{0,80}", original in "[a-cN12 .\n“”]{0,80}"
    ) {
        let escaped = |text: &str| text.replace('\n', "</p><p>");
        let release = read(&format!("<p>x {}</p>", escaped(&original)));
        let article = read(&format!("<p>x {}</p>", escaped(&text)));
        let against = Against { document: &release, name: "release", address: Some("https://example.org/") };
        let found = hold(&article, &[against]);
        for quote in &found {
            let (start, end) = (quote.position[0], quote.position[1]);
            let own: String = article.text.chars().skip(start).take(end - start).collect();
            prop_assert_eq!(&own, &quote.copy.exact);
            prop_assert!(quote.message.ends_with('.') && !quote.message.contains('\n'), "{}", quote.message);
            prop_assert_eq!(quote.original.is_some(), quote.status.is_found());
            prop_assert!(quote.status != QuoteStatus::Exact || quote.changes.is_empty());
        }
        prop_assert_eq!(&found, &hold(&article, &[against]));
    }
}
