//! What was found, in one plain sentence.

use std::collections::BTreeSet;

use super::{ChangeKind, QuoteChange, QuoteEmphasis, QuoteStatus, QuoteWitness, compare::Difference};

/// The most characters of a passage that a sentence repeats.
const PASSAGE: usize = 80;

/// The sentence for a quotation that was found.
pub(super) fn found(status: QuoteStatus, differences: &[Difference], emphasis: Option<QuoteEmphasis>) -> String {
    let body = match status {
        QuoteStatus::Exact => "These words stand in the original just so".to_owned(),
        QuoteStatus::Adapted => {
            format!("These words are the original’s, with {} as quoting permits", permitted(differences))
        }
        QuoteStatus::Elided => elided(differences),
        QuoteStatus::Spliced => {
            "The quotation joins passages that stand apart in the original, or in another order, as if they were one"
                .to_owned()
        }
        QuoteStatus::Altered => altered(differences),
        QuoteStatus::Misattributed | QuoteStatus::NotFound | QuoteStatus::Unchecked => String::new(),
    };
    format!("{body}{}{}.", emphasised(emphasis), beside(differences))
}

/// What is told beside the status.
fn beside(differences: &[Difference]) -> String {
    let first = |kind| differences.iter().map(|difference| &difference.change).find(|change| change.kind == kind);
    let cut = first(ChangeKind::Context).map(|change| {
        format!(
            "; right before them stands “{}”, on which their sense hangs, and the copy does not say so",
            short(&change.before)
        )
    });
    let unseen = first(ChangeKind::InvisibleCharacters)
        .map(|change| format!("; “{}” holds characters that nobody sees", short(&change.before)));
    format!("{}{}", cut.unwrap_or_default(), unseen.unwrap_or_default())
}

/// Which of several originals have the passage so and which have it otherwise; `chosen` is the one the quotation is held against.
pub(super) fn versions<'a>(chosen: usize, all: &[QuoteWitness], name: impl Fn(usize) -> &'a str) -> String {
    let faithful = |one: &&QuoteWitness| matches!(one.status, QuoteStatus::Exact | QuoteStatus::Adapted);
    let (agree, differ): (Vec<&QuoteWitness>, Vec<&QuoteWitness>) = all.iter().partition(faithful);
    let names = |some: &[&QuoteWitness]| listed(&some.iter().map(|one| short(name(one.source))).collect::<Vec<_>>());
    let has = |some: &[&QuoteWitness]| if some.len() == 1 { "has" } else { "have" };
    match (agree.is_empty(), differ.is_empty()) {
        (true, _) => format!(" It is closest to {}.", short(name(chosen))),
        (false, true) => String::new(),
        (false, false) => {
            format!(" It agrees with {}; {} {} it otherwise.", names(&agree), names(&differ), has(&differ))
        }
    }
}

fn emphasised(emphasis: Option<QuoteEmphasis>) -> &'static str {
    match emphasis {
        Some(QuoteEmphasis::AddedUndeclared) => {
            "; words in it are set off that are not in the original, and nothing says so"
        }
        Some(QuoteEmphasis::AddedDeclared) => {
            "; words in it are set off that are not in the original, as the copy says"
        }
        Some(QuoteEmphasis::Dropped) => "; words that the original sets off are not set off",
        Some(QuoteEmphasis::Kept | QuoteEmphasis::None) | None => "",
    }
}

fn permitted(differences: &[Difference]) -> String {
    let kinds: BTreeSet<ChangeKind> =
        differences.iter().map(|difference| difference.change.kind).filter(|kind| !kind.is_beside()).collect();
    let names: Vec<&str> = kinds.into_iter().map(kind).collect();
    match names.as_slice() {
        [] => "nothing changed".to_owned(),
        [one] => (*one).to_owned(),
        [head @ .., last] => format!("{} and {last}", head.join(", ")),
    }
}

fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Case => "another case of letters",
        ChangeKind::HouseStyle => "another spelling",
        ChangeKind::Punctuation => "other punctuation",
        ChangeKind::Bracket => "words in brackets",
        ChangeKind::MarkedOmission => "marked omissions",
        ChangeKind::Omission => "omissions",
        ChangeKind::Insertion => "insertions",
        ChangeKind::Replacement => "other words",
        ChangeKind::Splice => "passages joined",
        ChangeKind::Context => "words before them left out",
        ChangeKind::Lookalike => "other letters",
        ChangeKind::InvisibleCharacters => "characters nobody sees",
    }
}

fn elided(differences: &[Difference]) -> String {
    let taken = differences.iter().find_map(|difference| difference.taken.as_ref());
    match taken.map(super::omission::Taken::describe) {
        Some((what, words)) => format!("The omission is marked, but it takes away {what}, “{}”", short(words)),
        None => "The omission is marked, but it takes away what the sense hangs on".to_owned(),
    }
}

fn altered(differences: &[Difference]) -> String {
    let wrong: Vec<&QuoteChange> = differences
        .iter()
        .map(|difference| &difference.change)
        .filter(|change| !change.permitted && !change.kind.is_beside())
        .collect();
    let Some(first) = wrong.first() else { return "The words differ from the original’s".to_owned() };
    let (before, after) = (short(&first.before), short(&first.after));
    let sentence = match first.kind {
        ChangeKind::Insertion => format!("The quotation adds “{after}”, which the original does not have there"),
        ChangeKind::Omission => format!("The quotation leaves out “{before}” and does not say so"),
        ChangeKind::MarkedOmission => format!("The quotation leaves out “{before}”"),
        ChangeKind::Bracket if before.is_empty() => format!("The bracket “{after}” says what the original does not"),
        ChangeKind::Bracket => format!("The bracket “{after}” stands for “{before}” and says something else"),
        ChangeKind::Splice => "The quotation joins passages that stand apart in the original".to_owned(),
        ChangeKind::Lookalike => {
            format!("“{after}” only looks like the original’s “{before}”: it is not written in the same letters")
        }
        ChangeKind::Replacement
        | ChangeKind::Case
        | ChangeKind::HouseStyle
        | ChangeKind::Punctuation
        | ChangeKind::Context
        | ChangeKind::InvisibleCharacters => {
            format!("Where the original has “{before}”, the quotation has “{after}”")
        }
    };
    match wrong.len() {
        0 | 1 => sentence,
        2 => format!("{sentence}, and there is one more change"),
        more => format!("{sentence}, and there are {} more changes", more - 1),
    }
}

/// The sentence for words given to the wrong speaker.
pub(super) fn misattributed(speaker: &str, own: &str) -> String {
    format!("The words are in the original, which gives them to “{}”, not to “{}”.", short(own), short(speaker))
}

/// The sentence for a quotation that was not found: against what it was held.
pub(super) fn not_found(names: &[&str]) -> String {
    format!("No passage close to these words was found in {}; they may be from elsewhere.", listed(names))
}

/// The sentence for a quotation in another language.
pub(super) fn other_language(names: &[&str]) -> String {
    format!("The quotation seems to be in another language than {}, so it was not held against it.", listed(names))
}

/// The sentence for a quotation that may stand where the original was not read.
pub(super) fn read_in_part(names: &[&str]) -> String {
    format!("It was not found, but {} could be read only in part.", listed(names))
}

/// The names of the first few sources.
fn listed(names: &[impl std::fmt::Display]) -> String {
    match names {
        [] => "any original".to_owned(),
        [one] => one.to_string(),
        [one, other] => format!("{one} and {other}"),
        [one, other, rest @ ..] => format!("{one}, {other} and {} more", rest.len()),
    }
}

/// A passage without its middle and without line breaks.
fn short(text: &str) -> String {
    let text = text.replace('\n', " ");
    let count = text.chars().count();
    if count <= PASSAGE {
        return text;
    }
    let head: String = text.chars().take(PASSAGE / 2).collect();
    let tail: String = text.chars().skip(count - PASSAGE / 3).collect();
    format!("{} […] {}", head.trim_end(), tail.trim_start())
}
