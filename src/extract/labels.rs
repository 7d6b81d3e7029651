//! What a short block around a text says it is: a byline, a source line, a share button. By its wording alone.
//!
//! The phrases are in `data/labels.txt`; the rules for lines without a fixed phrase, bylines and datelines, are here.

use std::sync::LazyLock;

use super::{
    dates,
    phrases::{Phrases, small},
};
use crate::text::words::spans;

/// What a block says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say what they are; `data/labels.txt` lists the phrases behind each")]
pub enum Label {
    Byline,
    Dateline,
    Topic,
    Source,
    Copyright,
    Disclaimer,
    Contact,
    EditorsNote,
    ArticlesBy,
    ReadMore,
    Share,
    Subscribe,
    Comment,
    Advertisement,
    Consent,
    Credit,
    Correction,
    Update,
    Letterhead,
}

/// The most words a line that is nothing but a byline or dateline has.
const LINE: usize = 16;

/// The most words of a block that begins with a phrase of the kind buttons and boxes have.
const BOX: usize = 30;

enum Match {
    Begins,
    Whole,
    Anywhere,
}

static PHRASES: LazyLock<Vec<(Label, Match, &'static str)>> = LazyLock::new(|| {
    let lines = include_str!("data/labels.txt").lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(": "))
        .filter_map(|(name, phrase)| {
            let label = label(name)?;
            Some(match (phrase.strip_prefix('='), phrase.strip_prefix('~')) {
                (Some(whole), _) => (label, Match::Whole, whole),
                (None, Some(part)) => (label, Match::Anywhere, part),
                (None, None) => (label, Match::Begins, phrase),
            })
        })
        .collect()
});

/// All phrases, and those that may stand anywhere in a block with where in the list above they are.
static INDEX: LazyLock<(Phrases, Vec<usize>, Phrases)> = LazyLock::new(|| {
    let anywhere = PHRASES.iter().enumerate().filter(|(_, (_, how, _))| matches!(how, Match::Anywhere));
    let (places, phrases): (Vec<usize>, Vec<&'static str>) = anywhere.map(|(at, (.., phrase))| (at, *phrase)).unzip();
    (Phrases::new(PHRASES.iter().map(|(.., phrase)| *phrase)), places, Phrases::new(phrases))
});

fn label(name: &str) -> Option<Label> {
    Some(match name {
        "topic" => Label::Topic,
        "source" => Label::Source,
        "copyright" => Label::Copyright,
        "disclaimer" => Label::Disclaimer,
        "contact" => Label::Contact,
        "editors-note" => Label::EditorsNote,
        "articles-by" => Label::ArticlesBy,
        "read-more" => Label::ReadMore,
        "share" => Label::Share,
        "subscribe" => Label::Subscribe,
        "comment" => Label::Comment,
        "advertisement" => Label::Advertisement,
        "consent" => Label::Consent,
        "credit" => Label::Credit,
        "correction" => Label::Correction,
        "update" => Label::Update,
        "letterhead" => Label::Letterhead,
        _ => return None,
    })
}

/// What `text`, the text of a block, says it is.
///
/// ```
/// use vidimus::extract::labels::{Label, of};
/// assert_eq!(of("By Jane Doe and John Roe"), Some(Label::Byline));
/// assert_eq!(of("By Friday, the talks had failed."), None);
/// ```
pub fn of(text: &str) -> Option<Label> {
    let plain = plain(text);
    let longer = |than: usize| plain.split(' ').nth(than).is_some();
    let whole = plain.trim_end_matches(['.', ':', '!', '…']);
    let (all, places, anywhere) = &*INDEX;
    let said = anywhere.find(&plain).into_iter().filter_map(|(index, _)| places.get(index).copied());
    let mut places: Vec<usize> = all.at_start(&plain).chain(said).collect();
    places.sort_unstable();
    let phrase = places.into_iter().filter_map(|at| PHRASES.get(at)).find(|(label, how, phrase)| {
        let fits = match how {
            Match::Begins => begins(&plain, phrase) && (says_much(*label) || !longer(BOX)),
            Match::Whole => whole == *phrase,
            Match::Anywhere => true,
        };
        fits && !(is_line(*label) && longer(LINE))
    });
    match phrase {
        Some((label, ..)) => Some(*label),
        None if is_byline(text) => Some(Label::Byline),
        None if is_dateline(text) => Some(Label::Dateline),
        None => None,
    }
}

/// Small letters and plain signs.
fn plain(text: &str) -> String {
    small(text.trim(), |c, plain| match c {
        '’' | '‘' => plain.push('\''),
        _ => plain.extend(c.to_lowercase()),
    })
}

/// Whether `text` begins with `phrase` and the phrase ends where a word does.
fn begins(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase).is_some_and(|rest| {
        phrase.ends_with(|c: char| !c.is_alphanumeric())
            || !rest.starts_with(|c: char| c.is_alphanumeric() || c == '\'')
    })
}

/// Labels that stand before prose of any length.
fn says_much(label: Label) -> bool {
    match label {
        Label::Source
        | Label::Copyright
        | Label::Disclaimer
        | Label::Contact
        | Label::EditorsNote
        | Label::Correction
        | Label::Update
        | Label::Credit
        | Label::ArticlesBy
        | Label::Consent => true,
        Label::Byline
        | Label::Dateline
        | Label::Topic
        | Label::ReadMore
        | Label::Share
        | Label::Subscribe
        | Label::Comment
        | Label::Advertisement
        | Label::Letterhead => false,
    }
}

/// Labels that only a line of a few words can be.
fn is_line(label: Label) -> bool {
    matches!(label, Label::Letterhead | Label::Share | Label::Comment)
}

/// "By Jane Doe", "Von Max Muster", "By JANE DOE, Staff Writer": a name behind the word, no sentence.
fn is_byline(text: &str) -> bool {
    let text = text.trim();
    let Some((first, rest)) = text.split_once(' ') else { return false };
    let by = matches!(
        first.to_lowercase().as_str(),
        "by" | "by:" | "author:" | "authors:" | "par" | "von" | "por" | "di" | "автор:" | "written"
    );
    if !by {
        return false;
    }
    let rest = rest.strip_prefix("by ").unwrap_or(rest);
    let words: Vec<&str> = rest.split_whitespace().collect();
    let sentence = text.ends_with(['.', '!', '?']) && words.len() > 4;
    let capital = |word: &&str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    let capitals = words.iter().filter(|word| capital(word)).count();
    let named = words.first().is_some_and(|word| capital(word) && dates::month(word).is_none() && !is_weekday(word));
    named && !sentence && words.len() <= LINE && capitals * 2 >= words.len()
}

fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.']).to_lowercase();
    matches!(word.as_str(), "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

/// A line that is mostly a date: "Global Research, November 16, 2017", "Published: 2017-11-16".
fn is_dateline(text: &str) -> bool {
    let text = text.trim();
    // Every piece between spaces that has a letter or figure holds a word at least: most blocks are known to be longer at once.
    if text.split(' ').filter(|piece| piece.contains(char::is_alphanumeric)).nth(LINE).is_some() {
        return false;
    }
    let words = || spans(text).len();
    !dates::find(text).is_empty() && words() <= LINE && !(text.ends_with(['.', '!', '?']) && words() > 6)
}

/// Words that stand between day, hour and name in such a line, and the hour's own.
const BETWEEN: [&str; 18] = [
    "am",
    "pm",
    "a.m",
    "p.m",
    "h",
    "uhr",
    "at",
    "on",
    "by",
    "by:",
    "um",
    "par",
    "von",
    "por",
    "posted",
    "published",
    "updated",
    "modified",
];

/// A line that is nothing but day, hour and name: “Sunday August 7, 2022 6:13 am PDT by Jane Doe”.
///
/// Names alone beside a date could be a sentence in the style of headlines, so there must be an hour or a word such as `by`.
///
/// ```
/// use vidimus::extract::labels::is_stamp;
/// assert!(is_stamp("Dec 29 2014, 12:16 PM ET"));
/// assert!(is_stamp("7 August 2022"));
/// assert!(!is_stamp("Talks Ended November 12, 2017"));
/// ```
pub fn is_stamp(text: &str) -> bool {
    let words = spans(text);
    let dated = dates::find(text);
    if words.len() > LINE || dated.is_empty() {
        return false;
    }
    let within = |at: usize| dated.iter().any(|date| date.bytes.contains(&at));
    let (mut names, mut hour, mut by) = (0, false, false);
    for word in words.into_iter().filter(|word| !within(word.start)) {
        let own = text.get(word).unwrap_or_default();
        let small = own.to_lowercase();
        match () {
            () if own.starts_with(|c: char| c.is_ascii_digit()) => hour = true,
            () if BETWEEN.contains(&small.as_str()) => by |= matches!(small.as_str(), "by" | "par" | "von" | "por"),
            () if is_weekday(own) => {}
            () if own.starts_with(char::is_uppercase) => names += 1,
            () => return false,
        }
    }
    names <= 6 && (names == 0 || hour || by) && !text.trim_end().ends_with(['.', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_around_a_text_say_what_they_are() {
        for (text, label) in [
            ("By Pres. A. Example and Pres. B. Sample", Label::Byline),
            ("By JANE DOE, Staff Writer", Label::Byline),
            ("The Daily Repost, November 16, 2017", Label::Dateline),
            ("Region: North, South", Label::Topic),
            ("The original source of this article is the Ministry", Label::Source),
            ("Copyright © Someone, 2017", Label::Copyright),
            ("Disclaimer: The contents are of sole responsibility of the author(s).", Label::Disclaimer),
            ("For media inquiries: desk@example.org", Label::Contact),
            ("Editor’s note: this was shortened.", Label::EditorsNote),
            ("Share this:", Label::Share),
            ("ADVERTISEMENT", Label::Advertisement),
            ("Become a Member of The Daily Repost", Label::Subscribe),
            ("Comment on our page", Label::Comment),
            ("Office of the Spokesperson", Label::Letterhead),
            ("Read more: What happened next", Label::ReadMore),
        ] {
            assert_eq!(of(text), Some(label), "{text}");
        }
    }

    #[test]
    fn prose_is_none_of_these() {
        for text in [
            "By Friday, the talks had failed.",
            "By Tuesday the ministers had left the city and nobody spoke of it again.",
            "Sharing the burden is what allies do.",
            "The office of the spokesperson declined to answer, although it had been asked three times during the week.",
            "Subscribers were told on 3 May 2020 that the paper would close at the end of the month, and most of them left.",
            "Notes from the meeting were lost.",
            "Sources said the vote was close.",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }
}
