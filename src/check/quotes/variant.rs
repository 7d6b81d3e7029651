//! Whether a gap is the same words in another spelling: `11 November` and `November 11`, `$14m` and `$14 million`, `we're` and
//! `we are`, `5–7` and `5 to 7`.
//!
//! A gap with its texts goes in. What counts as the same spelling is in `spelling`; here is which words belong to it.

use std::ops::Range;

use super::{
    gap::Gap,
    original::Original,
    passage::{Hand, Passage, Said},
    spelling::same_spelling,
    vocabulary::is_number,
};
use crate::{check::facets, extract::dates, text::words::fold};

/// Words beside a gap that may belong to the same amount.
const AMOUNT: usize = 4;

/// Words more than the quotation has that its first or last ones may stand for: `We're` for `We are`.
const DRAWN: usize = 2;

/// Whether the words of both sides are the same in another spelling, alone or with those beside them that belong to an amount.
pub(super) fn is_house_style(gap: &Gap, passage: &Passage, original: &Original<'_>) -> bool {
    if is_of_sign(gap, passage, original) {
        return false;
    }
    if begins_within(gap, passage, original)
        || ends_in_a_date(gap, passage, original)
        || is_spelling(gap, passage, original)
    {
        return true;
    }
    let wider = widened(gap, passage, original);
    (wider.said != gap.said || wider.place != gap.place) && is_spelling(&wider, passage, original)
}

/// Whether all that differs is the sign of the number that follows. A dash that the other side sets apart from it is none.
fn is_of_sign(gap: &Gap, passage: &Passage, original: &Original<'_>) -> bool {
    let attached = |between: Option<&str>| between.is_some_and(str::is_empty);
    let dashed = |between: &str| between.contains(['-', '−', '–', '—']);
    let between = |at: usize| passage.between.get(at).map(String::as_str);
    let next = passage.words.get(gap.said.end).is_some_and(|word| is_figure(&word.text));
    next && match (gap.words(passage), gap.place.len()) {
        ([], 1) => {
            let own = is_sign(original.text(gap.place.start)) && attached(Some(original.between(gap.place.end)));
            own && !between(gap.said.start).is_some_and(dashed)
        }
        ([sign], 0) => {
            let own = is_sign(&sign.text) && attached(between(gap.said.end));
            own && !dashed(original.between(gap.place.start))
        }
        _ => false,
    }
}

/// Whether a word is the minus of a number.
pub(super) fn is_sign(word: &str) -> bool {
    matches!(word, "-" | "−" | "–")
}

/// Whether a word begins with a figure.
pub(super) fn is_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_numeric())
}

/// The minus or the decimal point that ends what stands before a number and belongs to it; `first` says that nothing else stands
/// before.
pub(super) fn sign(between: &str, first: bool) -> Option<char> {
    let mut last = between.chars().rev();
    let sign = match last.next()? {
        '-' | '−' | '–' => '-',
        '.' => '.',
        _ => return None,
    };
    let own = match last.next() {
        Some(before) => before.is_whitespace() || "($€£“\"'‘".contains(before),
        None => first,
    };
    own.then_some(sign)
}

/// Whether two gaps with a word between them may be one: only what is counted or dated is written in another order.
pub(super) fn may_be_one(gap: &Gap, passage: &Passage, original: &Original<'_>) -> bool {
    let tells = |word: &str| is_number(word, &original.tongue) || dates::month(word).is_some();
    gap.words(passage).iter().any(|word| tells(&word.folded))
        && gap.place.clone().any(|at| tells(&fold(original.text(at))))
}

/// Whether the quotation begins with the second part of a word drawn together: `il` of `qu’il`. The first part says nothing by
/// itself, unless it is a negation.
fn begins_within(gap: &Gap, passage: &Passage, original: &Original<'_>) -> bool {
    const PARTS: [&str; 11] = ["qu", "d", "l", "s", "c", "jusqu", "lorsqu", "puisqu", "dell", "nell", "all"];
    let [word] = gap.words(passage) else { return false };
    let old = gap.place.end.checked_sub(1).map_or(String::new(), |last| fold(original.text(last)));
    let first = old.strip_suffix(&word.folded).and_then(|part| part.strip_suffix('\''));
    gap.edge && gap.said.start == 0 && first.is_some_and(|part| PARTS.contains(&part))
}

/// Whether the quotation ends with a day before the month that the original has behind it: `6 February` of `February 6`.
fn ends_in_a_date(gap: &Gap, passage: &Passage, original: &Original<'_>) -> bool {
    let [day] = gap.words(passage) else { return false };
    let month = passage.words.get(gap.said.end).filter(|_| gap.said.end + 1 == passage.words.len());
    let figures = day.folded.len() <= 2 && day.folded.bytes().all(|byte| byte.is_ascii_digit());
    figures
        && gap.place.is_empty()
        && month.is_some_and(|month| dates::month(&month.folded).is_some())
        && original.between(gap.place.start + 1).trim().is_empty()
        && fold(original.text(gap.place.start + 1)) == day.folded
}

/// The gap with the words beside it that belong to the same amount: the sign before `14m`, the verb before `'s`.
fn widened(gap: &Gap, passage: &Passage, original: &Original<'_>) -> Gap {
    let pair = |said: usize, place: usize| {
        let word = passage.words.get(said).filter(|_| place < original.words.len());
        word.is_some_and(|word| {
            let own = fold(original.text(place));
            own == word.folded && (facets::is_part_of_value(&own) || own == "not")
        })
    };
    let (mut said, mut place) = (gap.said.clone(), gap.place.clone());
    for _ in 0..AMOUNT {
        if let (Some(before), Some(there)) = (said.start.checked_sub(1), place.start.checked_sub(1))
            && pair(before, there)
        {
            (said.start, place.start) = (before, there);
        }
        if pair(said.end, place.end) {
            (said.end, place.end) = (said.end + 1, place.end + 1);
        }
    }
    Gap { said, place, ..gap.clone() }
}

/// Whether the words of both sides are the same in another spelling, word for word.
fn is_spelling(gap: &Gap, passage: &Passage, original: &Original<'_>) -> bool {
    let said = gap.words(passage);
    if said.is_empty() || said.iter().any(|word| word.hand != Hand::Speaker && word.hand != Hand::Either) {
        return false;
    }
    let new: Vec<String> = said.iter().map(|word| word.folded.clone()).collect();
    let written: Vec<&str> = said.iter().map(|word| word.text.as_str()).collect();
    let Range { start, end } = gap.place.clone();
    let same = |range: Range<usize>| {
        let own: Vec<&str> = range.map(|at| original.text(at)).collect();
        same_spelling(&own, &written, &new, &original.tongue)
    };
    // At an edge it is not known how many of the original's words are meant.
    match (gap.edge, gap.said.start) {
        (false, _) => same(start..end),
        (true, 0) => (start.saturating_sub(DRAWN)..end).any(|from| same(from..end)),
        (true, _) => (start..(end + DRAWN).min(original.words.len())).any(|to| same(start..to + 1)),
    }
}

/// Whether one side has a dash between two numbers where the other has a word: `5–7` and `5 to 7`.
pub(super) fn is_range(gap: &Gap, passage: &Passage, original: &Original<'_>) -> bool {
    let dash = |signs: &str| matches!(signs.trim(), "-" | "–" | "—" | "‑");
    let to = |word: &str| matches!(word, "to" | "through" | "bis" | "à" | "a" | "до");
    let number = |word: Option<&Said>| word.is_some_and(|word| is_number(&word.folded, &original.tongue));
    let between = gap.said.start.checked_sub(1).is_some_and(|before| number(passage.words.get(before)))
        && number(passage.words.get(gap.said.end));
    let signs = |at: usize| passage.between.get(at).map_or("", String::as_str);
    between
        && match (gap.words(passage), gap.place.len()) {
            ([], 1) => to(&fold(original.text(gap.place.start))) && dash(signs(gap.said.start)),
            ([word], 0) => to(&word.folded) && dash(original.between(gap.place.start)),
            _ => false,
        }
}
