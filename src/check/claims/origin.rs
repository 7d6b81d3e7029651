//! Who wrote it, who issued it, when, under which title: what headline, byline, dateline and introduction claim.

use super::{
    super::{ClaimKind, ClaimStatus, edits::quoted, framing::Role},
    Reader, days, names,
    names::{Bylines, mentions, name_length, same_issuer, trimmed},
    untold,
};
use crate::extract::{ByteRange, dates, labels::Label};

/// Words behind which an introduction names who issued the text.
const ISSUED: [&str; 7] = [
    "issued by ",
    "released by ",
    "published by ",
    "statement by ",
    "statement from ",
    "press release by ",
    "provided by ",
];

/// Words behind which a title in quotation marks is the one the text is said to have had.
const TITLED: [&str; 4] = ["originally titled ", "original title: ", "under the title ", "under the headline "];

impl Reader<'_> {
    /// The headline, where it is the original's title.
    pub(super) fn title(&mut self) {
        let titles = self.pair.titles();
        let Some(title) = titles.lines.first().cloned() else { return };
        let blocks = 0..self.surroundings.bounds.copy.start;
        let found = blocks.rev().find(|block| titles.match_whole(self.copy().block_text(*block)));
        if let Some(data) = found.and_then(|block| self.copy().blocks.get(block)) {
            let evidence = format!("The original is titled {}.", quoted(&title));
            self.push(ClaimKind::Title, data.bytes.clone(), (ClaimStatus::Confirmed, evidence));
        }
    }

    /// "originally published under the title “…”".
    pub(super) fn titled(&mut self, bytes: &ByteRange) {
        let text = self.copy().text.get(bytes.clone()).unwrap_or_default();
        let Some(at) = TITLED.iter().find_map(|phrase| text.find(phrase).map(|at| at + phrase.len())) else { return };
        let rest = text.get(at..).unwrap_or_default();
        let Some(open) = rest.chars().next().filter(|c| "“\"«‘".contains(*c)) else { return };
        let start = at + open.len_utf8();
        let inside = text.get(start..).unwrap_or_default();
        let Some(length) = inside.find(['”', '"', '»', '’']) else { return };
        let (named, known) = (inside.get(..length).unwrap_or_default(), self.pair.titles());
        let held = match (self.pair.original.metadata.title.as_deref(), known.lines.first()) {
            _ if known.name(named) => (ClaimStatus::Confirmed, format!("The original is titled {}.", quoted(named))),
            (Some(title), _) => (ClaimStatus::Contradicted, format!("The original is titled {}.", quoted(title))),
            (None, Some(title)) => (ClaimStatus::Unverifiable, format!("The original begins with {}.", quoted(title))),
            (None, None) => untold("The original has no title."),
        };
        self.push(ClaimKind::Title, bytes.start + start..bytes.start + start + length, held);
    }

    pub(super) fn author(&mut self, bytes: ByteRange) {
        let text = self.copy().text.get(bytes.clone()).unwrap_or_default();
        let skip = text.find(' ').map_or(0, |at| at + 1);
        let own = undated(text, skip);
        let name = text.get(own.clone()).unwrap_or_default();
        let own = bytes.start + own.start..bytes.start + own.end;
        let issued =
            self.publisher.map_or(String::new(), |publisher| format!(" It was issued by {}.", quoted(publisher)));
        let held = match (&self.pair.original.metadata.byline, self.publisher) {
            (Some(byline), _) => {
                let status = match names::bylines(name, byline) {
                    Bylines::Same => ClaimStatus::Confirmed,
                    Bylines::Different if names::speaks_of(&self.pair.original.text, name) => ClaimStatus::Unverifiable,
                    Bylines::Different => ClaimStatus::Contradicted,
                    Bylines::Unclear => ClaimStatus::Unverifiable,
                };
                (status, format!("The original names {}.", quoted(byline)))
            }
            (None, Some(publisher)) if same_issuer(publisher, name) => {
                (ClaimStatus::Confirmed, format!("The original was issued by {}.", quoted(publisher)))
            }
            (None, _) => (ClaimStatus::Unverifiable, format!("The original names no author.{issued}")),
        };
        self.push(ClaimKind::Author, own, held);
    }

    /// "Department of Examples 11 November 2017": who issued it and when, if it speaks of the original.
    pub(super) fn dateline(&mut self, bytes: ByteRange) {
        let text = self.copy().text.get(bytes.clone()).unwrap_or_default();
        let Some(date) = dates::find(text).into_iter().next() else { return };
        let rest = if date.bytes.start > text.len() - date.bytes.end {
            0..date.bytes.start
        } else {
            date.bytes.end..text.len()
        };
        let name = trimmed(text, rest);
        let words = text.get(name.clone()).unwrap_or_default();
        let ours = self.publisher.is_some_and(|publisher| same_issuer(publisher, words));
        if words.is_empty() || !(ours || self.named_as_source(words)) {
            return;
        }
        let shift = |range: &ByteRange| bytes.start + range.start..bytes.start + range.end;
        self.push(ClaimKind::Publisher, shift(&name), self.issued_by(words));
        self.push(ClaimKind::Date, shift(&date.bytes), self.dated(&date.day));
    }

    /// Whether the copy's own source line names `words`.
    fn named_as_source(&self, words: &str) -> bool {
        (0..self.copy().blocks.len()).any(|block| {
            let text = self.copy().block_text(block);
            matches!(self.surroundings.role(block), Some(Role::Framing(_)))
                && self.copy().label(block) == Some(Label::Source)
                && mentions(text, words)
        })
    }

    pub(super) fn issued_by(&self, name: &str) -> (ClaimStatus, String) {
        let Some(publisher) = self.publisher else { return untold("The original does not say who issued it.") };
        let evidence = format!("The original gives {} as its publisher.", quoted(publisher));
        // What the original names itself may well have had a part in it.
        let clear = names::other_issuer(publisher, name) && !names::speaks_of(&self.pair.original.text, name);
        match () {
            () if same_issuer(publisher, name) => (ClaimStatus::Confirmed, evidence),
            () if clear => (ClaimStatus::Contradicted, evidence),
            () => (ClaimStatus::Unverifiable, evidence),
        }
    }

    pub(super) fn dated(&self, day: &str) -> (ClaimStatus, String) {
        let original = self.pair.original;
        let front = 0..self.surroundings.bounds.original.start;
        let printed: Vec<String> =
            front.flat_map(|block| dates::find(original.block_text(block))).map(|date| date.day).collect();
        let elsewhere: Vec<String> = dates::find(&original.text).into_iter().map(|date| date.day).collect();
        days::held(day, original.metadata.published.as_deref(), &printed, &elsewhere)
    }

    /// "… the statement issued by the Ministry of Examples …"
    pub(super) fn attribution(&mut self, bytes: &ByteRange) {
        self.titled(bytes);
        let text = self.copy().text.get(bytes.clone()).unwrap_or_default();
        for phrase in ISSUED {
            let Some(at) = text.find(phrase).map(|at| at + phrase.len()) else { continue };
            let name = at..at + name_length(text.get(at..).unwrap_or_default());
            if name.is_empty() {
                continue;
            }
            let held = self.issued_by(text.get(name.clone()).unwrap_or_default());
            self.push(ClaimKind::Publisher, bytes.start + name.start..bytes.start + name.end, held);
            return;
        }
    }
}

/// The names of a byline from byte `skip` on, without the day that stands before or behind them: “By Jane Doe, 3 May 2021”.
fn undated(text: &str, skip: usize) -> ByteRange {
    let rest = text.get(skip..).unwrap_or_default();
    let Some(day) = dates::find(rest).into_iter().next() else { return skip..text.len() };
    let (before, behind) = (skip..skip + day.bytes.start, skip + day.bytes.end..text.len());
    let named = |range: &ByteRange| text.get(range.clone()).is_some_and(|part| part.contains(char::is_alphabetic));
    let kept = if named(&before) { before } else { behind };
    let name = trimmed(text, kept);
    // "Jane Doe on 3 May", "Jane Doe, updated 3 May".
    let words = text.get(name.clone()).unwrap_or_default();
    let bare = [" on", " am", " le", " el", " il", " em", " updated", " published", " posted"];
    let small = words.to_ascii_lowercase();
    let end = bare.iter().find_map(|word| small.strip_suffix(word)).map_or(words.len(), str::len);
    let end = words.get(..end).unwrap_or(words);
    let end = trimmed(text, name.start..name.start + end.len());
    if end.is_empty() { skip..text.len() } else { end }
}
