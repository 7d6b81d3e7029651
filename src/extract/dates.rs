//! Calendar dates in running text: `11 November 2017`, `November 11, 2017`, `2017-11-11`, in the languages of `data/months.txt`.
//!
//! Only what is unambiguous is a date: `11/10/2017` is two days, depending on where it was written, and is passed over.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use crate::text::words::spans;

/// A day named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is named, in bytes.
    pub bytes: Range<usize>,
    /// The day as `YYYY-MM-DD`.
    pub day: String,
}

static MONTHS: LazyLock<BTreeMap<&'static str, u8>> = LazyLock::new(|| {
    let lines = include_str!("data/months.txt").lines().filter(|line| !line.starts_with('#'));
    let names = lines.filter_map(|line| line.split_once(':')).flat_map(|(_, names)| names.split_whitespace().zip(1..));
    names.collect()
});

/// The number of the month called `name`, full or abbreviated, in any case.
pub fn month(name: &str) -> Option<u8> {
    MONTHS.get(name.to_lowercase().trim_end_matches('.')).copied()
}

/// The days named in `text`, in order.
///
/// ```
/// let found = vidimus::extract::dates::find("Signed on Nov. 11, 2017 in Da Nang");
/// assert_eq!(found[0].day, "2017-11-11");
/// ```
pub fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    if !has_year(text) {
        return found;
    }
    let words = spans(text);
    let mut at = 0;
    while at < words.len() {
        match starting(text, &words[at..]) {
            Some((count, day)) => {
                found.push(Found { bytes: words[at].start..words[at + count - 1].end, day });
                at += count;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether four figures stand together somewhere: no day is named without its year.
fn has_year(text: &str) -> bool {
    let mut figures = 0;
    text.bytes().any(|byte| {
        figures = if byte.is_ascii_digit() { figures + 1 } else { 0 };
        figures == 4
    })
}

/// The date the words begin with: how many of them, and which day.
fn starting(text: &str, words: &[Range<usize>]) -> Option<(usize, String)> {
    let word = |at: usize| words.get(at).map(|word| &text[word.clone()]);
    let number = |at: usize| word(at).and_then(digits);
    // "11 November 2017", "11. November 2017", "11 de noviembre de 2017", "1er mai 2017"
    if let Some(day) = number(0) {
        let joined = |at: usize| word(at).is_some_and(|word| matches!(word, "de" | "of" | "del"));
        let name = if joined(1) { 2 } else { 1 };
        if let Some(month) = word(name).and_then(month) {
            let year = if joined(name + 1) { name + 2 } else { name + 1 };
            let named = valid(number(year)?, u32::from(month), day)?;
            return Some((year + 1, named));
        }
        // "2017-11-11"
        if day > 999 && dashed(text, words) {
            // The time may follow without a space: "2017-11-11T18:02".
            return Some((3, valid(day, number(1)?, word(2)?.get(..2)?.parse().ok()?)?));
        }
        return None;
    }
    // "November 11, 2017"
    let month = word(0).and_then(month)?;
    Some((3, valid(number(2)?, u32::from(month), number(1)?)?))
}

/// Whether the first three words are joined by hyphens, the later two written with two digits.
fn dashed(text: &str, words: &[Range<usize>]) -> bool {
    let [year, month, day, ..] = words else { return false };
    let dash = |left: &Range<usize>, right: &Range<usize>| &text[left.end..right.start] == "-";
    let two = day.len() == 2 || text[day.clone()].as_bytes().get(2) == Some(&b'T');
    dash(year, month) && dash(month, day) && month.len() == 2 && two
}

fn digits(word: &str) -> Option<u32> {
    let number = word.trim_end_matches(|c: char| c.is_alphabetic());
    let suffix = &word[number.len()..];
    let ordinal = matches!(suffix.to_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª");
    (ordinal && number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit())).then(|| number.parse().ok())?
}

fn valid(year: u32, month: u32, day: u32) -> Option<String> {
    let exists = (1000..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1 && day <= days(year, month);
    exists.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn days(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days_of(text: &str) -> Vec<String> {
        find(text).into_iter().map(|found| found.day).collect()
    }

    #[test]
    fn one_day_in_many_hands() {
        for text in [
            "11 November 2017",
            "November 11, 2017",
            "Nov. 11, 2017",
            "the 11th of November 2017",
            "11. November 2017",
            "11 de noviembre de 2017",
            "le 11 novembre 2017",
            "11 ноября 2017 года",
            "2017-11-11T18:02:11Z",
        ] {
            assert_eq!(days_of(text), ["2017-11-11"], "{text}");
        }
    }

    #[test]
    fn what_could_be_two_days_is_none() {
        for text in ["11/10/2017", "November 2017", "may 30 people", "31 February 2017", "2254-11", "12 March"] {
            assert_eq!(days_of(text), [] as [&str; 0], "{text}");
        }
    }
}
