//! Who says what in the original, and whether the copy gives the words to somebody else.
//!
//! Only where both are clear: the original is a transcript, or itself quotes somebody by name, and the copy names a person. A
//! ministry, a city or a paper that "says" something speaks for somebody and is nobody else; a bare surname is a person's where
//! it is none of theirs and the original knows nobody of that name.

use std::ops::Range;

use super::{
    original::Original,
    passage::Said,
    search::Pairs,
    vocabulary::{is_body, is_common, is_title, speaks_for_somebody},
};
use crate::{
    extract::{Document, quotations},
    text::words::{fold, is_capitals},
};

/// Words of the longest name at the head of a speech.
const TAG: usize = 5;

/// Places of the same words that are looked at.
const PLACES: usize = 16;

/// The speeches of an original: from each byte on, who speaks.
#[derive(Clone, Debug, Default)]
pub(super) struct Voices {
    /// Heads of speeches in order, with where each speech begins.
    speeches: Vec<(usize, String)>,
    /// What the original quotes, with who said it; sorted.
    quoted: Vec<(Range<usize>, String)>,
}

impl Voices {
    /// Listens to `document`.
    pub(super) fn of(document: &Document) -> Self {
        let mut speeches = Vec::new();
        for (index, block) in document.blocks.iter().enumerate() {
            if let Some(tag) = tag(document.block_text(index)) {
                speeches.push((block.bytes.start, tag.to_owned()));
            }
        }
        // A single line with a colon makes no transcript.
        if speeches.len() < 2 {
            speeches.clear();
        }
        let found = quotations::find(document);
        let named =
            |quotation: &quotations::Quotation| Some((quotation.bytes(), quotations::speaker(document, quotation)?));
        Self { speeches, quoted: found.iter().filter_map(named).collect() }
    }

    /// Who says what stands at byte `at`.
    fn at(&self, at: usize) -> Option<&str> {
        let inside = self.quoted.partition_point(|(bytes, _)| bytes.start <= at);
        let quoted =
            self.quoted.get(..inside).unwrap_or_default().iter().rev().take(4).find(|(bytes, _)| bytes.end > at);
        let speech = || {
            let next = self.speeches.partition_point(|(start, _)| *start <= at);
            next.checked_sub(1).and_then(|last| self.speeches.get(last)).map(|(_, name)| name.as_str())
        };
        quoted.map(|(_, name)| name.as_str()).or_else(speech)
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        self.speeches.iter().map(|(_, name)| name.as_str()).chain(self.quoted.iter().map(|(_, name)| name.as_str()))
    }

    /// Who the original says said it, where the copy plainly names somebody else.
    pub(super) fn contradict(
        &self,
        speaker: &str,
        said: &[Said],
        original: &Original<'_>,
        pairs: &Pairs,
    ) -> Option<&str> {
        let first = original.words.get(pairs.first()?.1)?.bytes.start;
        let own = self.at(first)?;
        let stranger = is_strange(speaker, original.document) && is_person(own);
        let differ = |speaker: &str, own: &str| differ(speaker, own, self) || (stranger && !shares(speaker, own));
        if !differ(speaker, own) {
            return None;
        }
        // The same words may be said more than once.
        let places = original.exactly(said, 0, PLACES);
        let other = |place: usize| {
            let voice = original.words.get(place).and_then(|word| self.at(word.bytes.start));
            voice.is_none_or(|voice| !differ(speaker, voice))
        };
        (!places.into_iter().any(other)).then_some(own)
    }
}

/// The name that a speech of a transcript begins with: `SECRETARY BLINKEN:`, `MR PRICE:`, `QUESTION:`, `Ned Price:`.
fn tag(text: &str) -> Option<&str> {
    let (name, _) = text.split_once(':').filter(|(name, rest)| name.len() < 60 && rest.starts_with(' '))?;
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| word.starts_with(char::is_uppercase) || *word == "of" || *word == "de";
    let speaker = words.len() <= TAG && !words.is_empty() && words.iter().all(capital);
    let shouted = words.iter().all(|word| is_capitals(word) || word.chars().count() == 1 || word.ends_with('.'));
    let named = words.len() >= 2 && names(name).len() >= 2 && words.iter().all(|word| !is_body(&fold(word)));
    (speaker && (shouted || named)).then_some(name)
}

/// Whether a copy that names `speaker` plainly names somebody else than `own`.
fn differ(speaker: &str, own: &str, voices: &Voices) -> bool {
    // "Senior Official One" is not "Senior Official Two".
    if counted(speaker).zip(counted(own)).is_some_and(|(one, other)| one != other) {
        return true;
    }
    let (named, known) = (names(speaker), names(own));
    if named.is_empty() || known.is_empty() || named.iter().any(|one| known.iter().any(|other| is_form(one, other))) {
        return false;
    }
    let elsewhere = voices.all().filter(|voice| *voice != own);
    let heard =
        elsewhere.map(names).any(|others| named.iter().any(|one| others.iter().any(|other| is_form(one, other))));
    heard || (is_person(speaker) && is_person(own))
}

/// The number that a nameless speaker is told from others by.
fn counted(name: &str) -> Option<String> {
    const WORDS: [&str; 6] = ["one", "two", "three", "four", "five", "six"];
    let last = bare(name.split_whitespace().next_back()?);
    let at = WORDS.iter().position(|word| *word == last);
    at.map(|at| (at + 1).to_string()).or_else(|| last.parse::<u8>().ok().map(|number| number.to_string()))
}

/// Whether a name of one word is a person's surname that the original never mentions: of whom it speaks itself may speak in it
/// or for it, and a place or body speaks for somebody.
fn is_strange(speaker: &str, original: &Document) -> bool {
    let mut words = speaker.split_whitespace();
    let (Some(word), None) = (words.next(), words.next()) else { return false };
    let name = bare(word);
    let small = word.chars().filter(|c| c.is_lowercase()).count();
    let surname = word.starts_with(char::is_uppercase)
        && small >= 3
        && word.chars().all(|c| c.is_alphabetic() || "-’'".contains(c));
    let known = || {
        let told = [
            &original.metadata.title,
            &original.metadata.publisher,
            &original.metadata.byline,
            &original.metadata.canonical,
        ];
        let spoken = |text: &str| fold(text).contains(&name);
        spoken(&original.text) || told.into_iter().flatten().any(|text| spoken(text))
    };
    surname && !speaks_for_somebody(&name) && !is_title(&name) && !known()
}

fn shares(speaker: &str, own: &str) -> bool {
    let (named, known) = (names(speaker), names(own));
    named.iter().any(|one| known.iter().any(|other| is_form(one, other)))
}

fn is_form(one: &str, other: &str) -> bool {
    one == other
        || (one.chars().count().min(other.chars().count()) >= 4 && (one.starts_with(other) || other.starts_with(one)))
}

/// Whether a name is a person's: with a title, or of two words at least, none of which belongs to a place or body.
fn is_person(name: &str) -> bool {
    let words: Vec<String> = name.split_whitespace().map(bare).collect();
    let body = words.iter().any(|word| is_body(word))
        && !words.iter().any(|word| matches!(word.as_str(), "mr" | "mrs" | "ms" | "dr"));
    let role = words.iter().any(|word| is_title(word));
    let article = words.first().is_some_and(|word| matches!(word.as_str(), "the" | "a" | "an"));
    let generic = matches!(words.as_slice(), [one] if matches!(one.as_str(), "question" | "moderator" | "q" | "a" | "answer" | "staff" | "operator" | "interviewer"));
    let own = names(name).len();
    // "France's President", "Ruritanian President": an office, whoever holds it.
    let office = words.last().is_some_and(|word| is_title(word));
    !body && !office && !article && !generic && ((role && own >= 1) || own >= 2)
}

/// The words of a name that are neither title nor function word, folded.
fn names(name: &str) -> Vec<String> {
    let all: Vec<&str> = name.split_whitespace().collect();
    // Whose president somebody is, is no name of his.
    let owner = |at: usize| at + 1 < all.len() && fold(all.get(at).copied().unwrap_or_default()).ends_with("'s");
    // "So his question was": a capital that only begins the sentence.
    let begins = |at: usize| {
        let lower = all.get(at + 1).is_some_and(|next| next.starts_with(char::is_lowercase));
        at == 0 && lower && all.first().is_some_and(|word| is_common(&fold(word)))
    };
    let capital = |at: usize, word: &str| word.starts_with(char::is_uppercase) && !owner(at) && !begins(at);
    let words = all.iter().enumerate().filter(|(at, word)| capital(*at, word));
    let words = words.map(|(_, word)| bare(word));
    words.filter(|word| word.chars().count() > 1 && !is_title(word) && !matches!(word.as_str(), "the" | "of")).collect()
}

fn bare(word: &str) -> String {
    let own = fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
    own.trim_end_matches("'s").to_owned()
}
