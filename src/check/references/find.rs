//! The identifiers in a text: resolutions, bills, laws, dockets, sections, citations, days, addresses, telephone numbers.
//!
//! A text goes in; each identifier comes out with the key that all ways of writing it share. Never anything a reader would not
//! look up: a bare number is none.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use crate::{extract::dates, text::invisible::Invisible};

/// What an identifier belongs to; only those of one family can be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Numbered texts: laws, resolutions, cases.
    Cited,
    /// A calendar day.
    Day,
    /// A web or mail address or an account's name.
    Address,
    /// A telephone number.
    Phone,
}

/// An identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) family: Family,
    pub(super) bytes: Range<usize>,
    /// What it is compared by.
    pub(super) key: String,
}

/// Ways of writing a name: the words, the name, whether a capital is needed.
struct Writing {
    words: Vec<&'static str>,
    name: &'static str,
    capital: bool,
}

/// By the first word, longest first.
type Writings = BTreeMap<&'static str, Vec<Writing>>;

/// What stands before a number, and what between two.
static NAMES: LazyLock<(Writings, Writings)> = LazyLock::new(|| {
    let (mut labels, mut reporters) = (Writings::new(), Writings::new());
    let lines = include_str!("../words/references.txt").lines().filter(|line| !line.starts_with('#'));
    for (name, writings) in lines.filter_map(|line| line.split_once(": ")) {
        let (list, name) = name.strip_prefix("reporter ").map_or((&mut labels, name), |name| (&mut reporters, name));
        for writing in writings.split(" | ") {
            let capital =
                writing.starts_with('^') || writing.chars().all(char::is_alphabetic) && writing.chars().count() <= 2;
            let words: Vec<&str> = writing.trim_start_matches('^').split(' ').collect();
            // "no." is told from "no" by its stop, not by a capital.
            let capital = capital && writing != "no";
            list.entry(words[0]).or_default().push(Writing { words, name, capital });
        }
    }
    for writings in labels.values_mut().chain(reporters.values_mut()) {
        writings.sort_by_key(|writing| std::cmp::Reverse(writing.words.len()));
    }
    (labels, reporters)
});

/// A piece between spaces.
struct Piece<'a> {
    text: &'a str,
    start: usize,
    /// In small letters, without stops and what stands around it.
    plain: String,
}

/// The identifiers in `text`, in order; none overlaps another.
pub(super) fn find(text: &str) -> Vec<Reference> {
    let numeral = |word: &str| word.len() > 1 && word.bytes().all(|byte| b"IVXLC".contains(&byte));
    let figures =
        text.contains(|c: char| c.is_ascii_digit() || c == '@' || c == '/') || text.split_whitespace().any(numeral);
    if !figures && !text.contains("www.") {
        return Vec::new();
    }
    let pieces = pieces(text);
    let mut found: Vec<Reference> = dates::find(text)
        .into_iter()
        .map(|date| Reference { family: Family::Day, bytes: date.bytes, key: date.day })
        .collect();
    let taken = found.len();
    let mut at = 0;
    while at < pieces.len() {
        let here =
            address(&pieces[at]).map(|one| (1, one)).or_else(|| cited(&pieces[at..])).or_else(|| phone(&pieces[at..]));
        match here {
            Some((count, reference)) => {
                let free =
                    |day: &Reference| day.bytes.end <= reference.bytes.start || reference.bytes.end <= day.bytes.start;
                if found.iter().take(taken).all(free) {
                    found.push(reference);
                }
                at += count;
            }
            None => at += 1,
        }
    }
    found.sort_by_key(|reference| reference.bytes.start);
    found
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                pieces.push(piece(&text[from..at], from));
                start = None;
            }
            (false, None) => start = Some(at),
            (true, None) | (false, Some(_)) => {}
        }
    }
    pieces
}

fn piece(text: &str, start: usize) -> Piece<'_> {
    let small = text.to_lowercase().replace('.', "");
    let edge = |c: char| !c.is_alphanumeric() && !"§№°º/".contains(c);
    Piece { text, start, plain: small.trim_matches(edge).to_owned() }
}

/// `text` without what sentences put around words, and how many bytes went in front.
fn bare(text: &str) -> (&str, usize) {
    let front = text.trim_start_matches(['(', '[', '“', '"', '«', '‘', '<', '\'', '„']);
    let end = front.trim_end_matches(['.', ',', ';', ':', '!', '?', '”', '"', '»', '’', '>', '\'', '…']);
    let unopened = |open: char, close: char| end.ends_with(close) && !end.contains(open);
    let end = if unopened('(', ')') || unopened('[', ']') { &end[..end.len() - 1] } else { end };
    (end.trim_end_matches(['.', ',', ';', ':']), text.len() - front.len())
}

fn seen(text: &str) -> String {
    text.chars().filter(|c| Invisible::of(*c).is_none()).collect()
}

/// A web address, a mail address, an account.
fn address(piece: &Piece<'_>) -> Option<Reference> {
    let (own, front) = bare(piece.text);
    let plain = seen(own);
    let web = plain.contains("://") || plain.to_ascii_lowercase().starts_with("www.") || has_path(&plain);
    let key = match plain.split_once('@') {
        Some(("", account)) if account.len() > 1 => format!("@{}", account.to_lowercase()),
        Some((user, host)) if !user.is_empty() && host.contains('.') && !web => plain.to_lowercase(),
        _ if web => web_key(&plain),
        _ => return None,
    };
    // A shortened address ends in dots.
    let cut = piece.text.trim_end_matches([')', ',', '.']).ends_with('…') || piece.text.ends_with("...");
    let key = if cut && web { format!("{key}…") } else { key };
    let start = piece.start + front;
    Some(Reference { family: Family::Address, bytes: start..start + own.len(), key })
}

/// "example.org/path": a host with a path behind, without the scheme.
fn has_path(text: &str) -> bool {
    let Some((host, _)) = text.split_once('/') else { return false };
    let labels: Vec<&str> = host.split('.').collect();
    let valid = |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let last = labels.last().is_some_and(|last| last.len() >= 2 && last.chars().all(|c| c.is_ascii_lowercase()));
    labels.len() >= 2 && labels.iter().all(valid) && last && host.contains(|c: char| c.is_ascii_lowercase())
}

/// The address without scheme, "www." and final slash; the host in small letters, the path as it is.
fn web_key(text: &str) -> String {
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let (host, path) = rest.find(['/', '?', '#']).map_or((rest, ""), |at| rest.split_at(at));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    format!("{host}{}", path.trim_end_matches('/'))
}

/// "UNSCR 2254", "H.R. 3684", "§ 5(a)", "410 U.S. 113".
fn cited(pieces: &[Piece<'_>]) -> Option<(usize, Reference)> {
    let (labels, reporters) = &*NAMES;
    let first = pieces.first()?;
    if let Some(volume) = number(first.text).filter(|volume| volume.bytes().all(|byte| byte.is_ascii_digit())) {
        let (count, name) = written(reporters, pieces.get(1..)?)?;
        let sign = usize::from(
            pieces.get(1 + count)?.plain.starts_with('§') && pieces.get(1 + count)?.plain.chars().all(|c| c == '§'),
        );
        let last = pieces.get(1 + count + sign)?;
        let page = number(last.text.trim_start_matches('§'))?;
        return Some((2 + count + sign, made(first, last, format!("{name} {volume} {page}"))));
    }
    if let Some(reference) = joined(labels, first) {
        return Some((1, reference));
    }
    let (count, name) = written(labels, pieces)?;
    let stop = first.text.contains(['.', '№', 'º', '°']) || count > 1;
    if name == "docket" && first.plain.starts_with("no") && !stop {
        return None;
    }
    // "Public Law No. 117-58"
    let skip = usize::from(pieces.get(count).is_some_and(|next| matches!(next.plain.as_str(), "no" | "number" | "№")));
    let last = pieces.get(count + skip)?;
    let roman = matches!(name, "title" | "article" | "chapter" | "annex" | "section");
    let value = number(last.text).or_else(|| if roman { self::roman(last.text) } else { None })?;
    Some((count + skip + 1, made(first, last, format!("{name} {value}"))))
}

fn made(first: &Piece<'_>, last: &Piece<'_>, key: String) -> Reference {
    let (_, front) = bare(first.text);
    let (own, behind) = bare(last.text);
    let bytes = first.start + front..last.start + behind + own.len();
    Reference { family: Family::Cited, bytes, key }
}

/// The name that `pieces` begin with, and how many of them it takes.
fn written(names: &Writings, pieces: &[Piece<'_>]) -> Option<(usize, &'static str)> {
    let first = pieces.first()?;
    let fits = |writing: &&Writing| {
        let words = writing.words.iter().enumerate();
        let all = words.into_iter().all(|(at, word)| pieces.get(at).is_some_and(|piece| piece.plain == *word));
        all && (!writing.capital || first.text.contains(char::is_uppercase))
    };
    let writing = names.get(first.plain.as_str())?.iter().find(fits)?;
    Some((writing.words.len(), writing.name))
}

/// "§5", "S/RES/2254", "HR3684": name and number in one piece.
fn joined(names: &Writings, piece: &Piece<'_>) -> Option<Reference> {
    let (own, _) = bare(piece.text);
    let at = own.find(|c: char| c.is_ascii_digit())?;
    let (label, rest) = own.split_at(at);
    let label = label.to_lowercase().replace('.', "");
    let writing = names.get(label.as_str())?.iter().find(|writing| writing.words.len() == 1)?;
    if writing.capital && !own.starts_with(char::is_uppercase) {
        return None;
    }
    Some(made(piece, piece, format!("{} {}", writing.name, number(rest)?)))
}

/// A number as identifiers have them, in one form: "117-58", "5(a)(1)", "2016/679", "14,028".
fn number(text: &str) -> Option<String> {
    let (own, _) = bare(text);
    let own = seen(own);
    let known = |c: char| c.is_ascii_alphanumeric() || "().:/-–‑,".contains(c);
    if !own.starts_with(|c: char| c.is_ascii_digit()) || !own.chars().all(known) || own.len() > 40 {
        return None;
    }
    let groups: Vec<&str> = own.split(',').collect();
    let thousands = groups.len() > 1 && groups.iter().skip(1).all(|group| group.len() == 3);
    let own = if thousands { groups.concat() } else { own };
    Some(own.replace(['–', '‑'], "-").to_lowercase())
}

/// A Roman numeral in capitals as figures.
fn roman(text: &str) -> Option<String> {
    let (own, _) = bare(text);
    let value = |c: char| match c {
        'I' => Some(1_i32),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    let values: Vec<i32> = own.chars().map(value).collect::<Option<_>>()?;
    let next = |at: usize| values.get(at + 1).copied().unwrap_or(0);
    let sum: i32 = values.iter().enumerate().map(|(at, own)| if *own < next(at) { -own } else { *own }).sum();
    (!values.is_empty() && values.len() <= 8).then(|| sum.to_string())
}

/// A telephone number: with "+" or brackets in front, or parted as such numbers are.
fn phone(pieces: &[Piece<'_>]) -> Option<(usize, Reference)> {
    let part = |piece: &&Piece<'_>| {
        let (own, _) = bare(piece.text);
        own.contains(|c: char| c.is_ascii_digit()) && own.chars().all(|c| c.is_ascii_digit() || "+()-–.‑/".contains(c))
    };
    let first = pieces.first().filter(part)?;
    let marked = first.text.starts_with(['+', '(']) && !first.text.ends_with(")).");
    let count = if marked { pieces.iter().take(6).take_while(part).count() } else { 1 };
    let digits = |pieces: &[Piece<'_>]| -> String {
        pieces.iter().flat_map(|piece| piece.text.chars()).filter(char::is_ascii_digit).collect()
    };
    let shaped = |text: &str| {
        let groups: Vec<usize> = text.split(['-', '–', '.', '‑']).map(str::len).collect();
        matches!(groups.as_slice(), [3, 3, 4] | [1, 3, 3, 4])
    };
    let whole = marked.then_some(count).into_iter().chain([1]).find(|count| {
        let number = digits(pieces.get(..*count).unwrap_or_default());
        (7..=15).contains(&number.len()) && (marked || shaped(bare(first.text).0))
    })?;
    let number = digits(pieces.get(..whole)?);
    let key = number.strip_prefix('1').filter(|rest| rest.len() == 10).unwrap_or(&number).to_owned();
    let last = pieces.get(whole - 1)?;
    let (own, behind) = bare(last.text);
    let start = first.start;
    Some((whole, Reference { family: Family::Phone, bytes: start..last.start + behind + own.len(), key }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        find(text).into_iter().map(|reference| reference.key).collect()
    }

    #[test]
    fn one_identifier_is_written_in_many_ways() {
        for (key, texts) in [
            (
                "un-sc 2254",
                &[
                    "UNSCR 2254",
                    "UN Security Council Resolution 2254",
                    "S/RES/2254",
                    "U.N. Security Council resolution 2254 (2015),",
                ][..],
            ),
            ("un-ga 70/1", &["A/RES/70/1", "General Assembly resolution 70/1"]),
            ("resolution 2254", &["resolution 2254 (2015)"]),
            ("hr 3684", &["H.R. 3684", "HR 3684", "H. R. 3684", "H.R.3684", "(H.R. 3684)"]),
            ("s 1234", &["S. 1234"]),
            ("publ 117-58", &["Pub. L. 117-58", "Public Law 117–58", "P.L. 117-58", "Pub. L. No. 117-58"]),
            ("eo 14028", &["Executive Order 14028", "E.O. 14028", "EO 14,028", "Executive Order No. 14028."]),
            ("docket 21-1234", &["No. 21-1234", "Case No. 21-1234", "no. 21-1234"]),
            ("section 5(a)", &["§ 5(a)", "§5(a)", "Section 5(a)", "sec. 5(a)"]),
            ("title 9", &["Title IX", "Title 9"]),
            ("us 410 113", &["410 U.S. 113", "410 US 113"]),
            ("usc 42 1983", &["42 U.S.C. § 1983", "42 USC 1983", "42 U.S.C. §1983"]),
            ("2017-11-11", &["2017-11-11", "11 November 2017", "November 11, 2017"]),
            ("press@state.gov", &["press@state.gov", "<Press@State.gov>."]),
            ("state.gov/a/B", &["https://www.state.gov/a/B/", "www.state.gov/a/B", "state.gov/a/B."]),
            ("@statedept", &["@StateDept"]),
            (
                "2026474000",
                &["202-647-4000", "(202) 647-4000", "+1 202 647 4000", "+1-202-647-4000", "1-202-647-4000."],
            ),
        ] {
            for text in texts {
                assert_eq!(keys(&format!("It says so in {text} and elsewhere")), [key], "{text}");
            }
        }
    }

    #[test]
    fn what_is_looked_up_nowhere_is_no_identifier() {
        for text in [
            "There are no 5 reasons, and no ship.",
            "In 2017 there were 1,200 ships and 14 million crowns.",
            "Between 10 and 12 hr 30 minutes, 3-4 times and/or 5/6 of it.",
            "The section of 14 pilots, an article in 3 parts.",
            "U.S. 2 million",
            "either/or, his/her, km/h",
            "@ noon",
        ] {
            assert_eq!(keys(text), [] as [&str; 0], "{text}");
        }
    }
}
