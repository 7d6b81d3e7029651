//! What a declaration speaks of: the whole text, one of its paragraphs, the quotation before; and who it says did it.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use super::{super::Style, list, rows};

/// What part of the text a declaration names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// None: the place it stands in says what is meant.
    Unnamed,
    /// One paragraph of the text, counted from one.
    Paragraph(usize),
    /// The last paragraph.
    LastParagraph,
    /// The quotation that stands before it.
    QuotationBefore,
    /// All of the text, in so many words: "throughout".
    Everywhere,
}

/// How words that name a way of setting text begin, by the way.
static STYLES: LazyLock<Vec<(Style, &'static str)>> = LazyLock::new(|| {
    let named = |(row, words): (&str, &'static str)| {
        let style = match row.strip_prefix("style ")? {
            "bold" => Style::Bold,
            "italic" => Style::Italic,
            "underline" => Style::Underline,
            "capitals" => Style::Capitals,
            _ => return None,
        };
        Some(words.split_whitespace().map(move |word| (style, word)))
    };
    rows().filter_map(named).flatten().collect()
});

static EVERYWHERE: LazyLock<Vec<&'static str>> = LazyLock::new(|| list("everywhere"));
static PARAGRAPH: LazyLock<Vec<&'static str>> = LazyLock::new(|| list("paragraph"));
static QUOTATION: LazyLock<Vec<&'static str>> = LazyLock::new(|| list("quotation"));

/// Ordinals by what they count; nought is the last.
static ORDINALS: LazyLock<BTreeMap<&'static str, usize>> = LazyLock::new(|| {
    let named = rows().filter_map(|(row, words)| Some((row.strip_prefix("ordinal ")?.parse::<usize>().ok()?, words)));
    named.flat_map(|(count, words)| words.split_whitespace().map(move |word| (word, count))).collect()
});

fn word(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// The part that `said`, a declaration in small letters, names.
pub(super) fn of(said: &str) -> Scope {
    let words: Vec<&str> = said.split_whitespace().map(word).collect();
    let counted = |count: usize| if count == 0 { Scope::LastParagraph } else { Scope::Paragraph(count) };
    let throughout = |own: &&&str| EVERYWHERE.contains(own);
    for (at, own) in words.iter().enumerate() {
        if PARAGRAPH.contains(own) {
            let before = at.checked_sub(1).and_then(|at| words.get(at)).and_then(|word| ORDINALS.get(word).copied());
            let behind = || words.get(at + 1).and_then(|word| word.parse().ok()).filter(|count| *count > 0);
            if let Some(count) = before.or_else(behind) {
                return counted(count);
            }
        }
        if QUOTATION.contains(own) {
            return Scope::QuotationBefore;
        }
    }
    if words.iter().any(|own| throughout(&own)) { Scope::Everywhere } else { Scope::Unnamed }
}

/// What the words that `said`, a declaration, names between quotation marks are: `bold added to “no ship may enter”`.
pub(super) fn words(text: &str, bytes: &Range<usize>) -> Option<Range<usize>> {
    const MARKS: [(char, char); 7] =
        [('“', '”'), ('"', '"'), ('«', '»'), ('„', '“'), ('‘', '’'), ('»', '«'), ('„', '”')];
    let said = text.get(bytes.clone())?;
    MARKS.iter().find_map(|(open, close)| {
        let start = said.find(*open)? + open.len_utf8();
        let end = start + said.get(start..)?.find(*close)?;
        let own = said.get(start..end)?;
        own.contains(char::is_alphanumeric).then_some(bytes.start + start..bytes.start + end)
    })
}

/// How the words that `said`, a declaration in small letters, speaks of are set off; none where it only says that they are.
///
/// "Souligné" and "subrayado" say of any emphasis that it is one.
pub(super) fn style(said: &str) -> Option<Style> {
    let found =
        STYLES.iter().filter(|(_, stem)| said.split(|c: char| !c.is_alphanumeric()).any(|own| own.starts_with(stem)));
    let mut styles: Vec<Style> = found.map(|(style, _)| *style).collect();
    styles.sort_unstable();
    styles.dedup();
    match styles.as_slice() {
        [style] => Some(*style),
        _ => None,
    }
}

/// Words behind which it is said who did it.
const BY: [&str; 6] = ["by", "von", "durch", "par", "por", "da"];

/// Words of the longest name.
const NAME: usize = 8;

/// Who the declaration at `bytes` of `text` says did it: the capitalised name behind "by".
pub(super) fn by(text: &str, bytes: &Range<usize>) -> Option<Range<usize>> {
    let said = text.get(bytes.clone())?;
    let pieces = || {
        said.split(' ').scan(0, |at, piece| {
            let start = *at;
            *at += piece.len() + 1;
            Some((start, piece))
        })
    };
    let behind = pieces().find(|(_, piece)| BY.contains(piece)).map(|(at, piece)| at + piece.len() + 1)?;
    let mut end = None;
    for (start, piece) in pieces().skip_while(|(at, _)| *at < behind).take(NAME) {
        let own = piece.trim_end_matches([',', ':', ';', ')', ']']);
        match own.chars().next() {
            Some(c) if c.is_uppercase() => end = Some(start + own.len()),
            Some(_) if matches!(own, "the" | "of" | "and" | "for" | "&" | "de" | "der" | "la" | "du" | "des") => {}
            Some(_) | None => break,
        }
        if own.len() < piece.len() {
            break;
        }
    }
    Some(bytes.start + behind..bytes.start + end?)
}
