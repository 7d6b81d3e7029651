//! An original, indexed once: where each word and each pair of words stands, and where its sentences end.

use std::ops::Range;

use super::{passage::Said, tongue::Tongue, vocabulary::is_common};
use crate::{
    extract::{ByteRange, Document},
    text::words::{Key, Lexicon, Word, fold},
};

/// Places of a word that still tell where a passage is.
const RARE: usize = 24;

/// Places of a word that are looked at where no rarer ones tell anything.
const FREQUENT: usize = 160;

/// Places that are looked at more closely.
const PLACES: usize = 4;

/// A word or pair found: where the passage would begin, which of the quotation's it is, and how much that says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Vote {
    start: i64,
    of: usize,
    weight: i64,
}

/// An original ready to be searched.
pub(super) struct Original<'a> {
    pub(super) document: &'a Document,
    pub(super) words: Vec<Word>,
    pub(super) tongue: Tongue<'a>,
    /// Every word with its places, sorted.
    singles: Vec<(Key, u32)>,
    /// Every pair of neighbours with its places, sorted.
    doubles: Vec<(u64, u32)>,
}

impl<'a> Original<'a> {
    /// Indexes `document`. Keys are those of `lexicon`.
    pub(super) fn of(document: &'a Document, lexicon: &mut Lexicon) -> Self {
        let mut words = lexicon.words(&document.text);
        words.retain(|word| !is_reference(&document.text, &word.bytes));
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut singles: Vec<_> = words.iter().enumerate().map(|(at, word)| (word.key, place(at))).collect();
        let pair = |two: &[Word]| double(two[0].key, two[1].key);
        let mut doubles: Vec<_> = words.windows(2).enumerate().map(|(at, two)| (pair(two), place(at))).collect();
        singles.sort_unstable();
        doubles.sort_unstable();
        Self { document, words, tongue: Tongue::of(document), singles, doubles }
    }

    /// The word at `index` as it is written.
    pub(super) fn text(&self, index: usize) -> &'a str {
        self.words.get(index).and_then(|word| self.document.text.get(word.bytes.clone())).unwrap_or_default()
    }

    /// The words in `range` as they are written, with what stands between them.
    pub(super) fn passage(&self, range: &Range<usize>) -> &'a str {
        self.document.text.get(self.bytes(range)).unwrap_or_default()
    }

    /// Where the words in `range` stand.
    pub(super) fn bytes(&self, range: &Range<usize>) -> ByteRange {
        let start = self.words.get(range.start).map_or(self.document.text.len(), |word| word.bytes.start);
        let last = range.end.checked_sub(1).filter(|last| *last >= range.start).and_then(|last| self.words.get(last));
        start..last.map_or(start, |word| word.bytes.end)
    }

    /// What stands between the word at `index` and the one before.
    pub(super) fn between(&self, index: usize) -> &'a str {
        let end = index.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |word| word.bytes.end);
        let start = self.words.get(index).map_or(self.document.text.len(), |word| word.bytes.start);
        self.document.text.get(end..start).unwrap_or_default()
    }

    /// Whether a sentence begins with the word at `index`.
    pub(super) fn begins_sentence(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1) else { return true };
        let between = self.between(index);
        if between.contains(['\n', '!', '?', '。', '！', '？', '…']) {
            return true;
        }
        let word = self.text(before);
        let short = word.contains('.')
            || word.chars().count() == 1
            || matches!(
                fold(word).as_str(),
                "mr" | "mrs"
                    | "ms"
                    | "dr"
                    | "gen"
                    | "sen"
                    | "rep"
                    | "gov"
                    | "lt"
                    | "col"
                    | "st"
                    | "no"
                    | "nov"
                    | "dec"
                    | "jan"
                    | "feb"
                    | "sept"
                    | "oct"
                    | "aug"
            );
        between.contains('.') && !short && !self.text(index).starts_with(char::is_lowercase)
    }

    /// Whether a sentence ends or begins anywhere within the words of `range`, its own beginning included.
    pub(super) fn breaks_within(&self, range: &Range<usize>) -> bool {
        range.clone().any(|index| self.begins_sentence(index))
    }

    /// Whether the word at `index` is a name, as far as its capital tells: where a sentence begins with it, only if it is one
    /// elsewhere or does not look like a plural.
    pub(super) fn is_name(&self, index: usize) -> bool {
        let (text, folded) = (self.text(index), fold(self.text(index)));
        if !text.starts_with(char::is_uppercase) || is_common(&folded) || text.chars().count() < 2 {
            return false;
        }
        let Some(word) = self.words.get(index) else { return false };
        let places = self.single(word.key).iter().filter_map(|(_, place)| usize::try_from(*place).ok()).take(RARE);
        let inside: Vec<usize> = places.filter(|place| !self.begins_sentence(*place)).collect();
        match inside.first() {
            Some(_) => inside.iter().all(|place| self.text(*place).starts_with(char::is_uppercase)),
            None => !text.ends_with('s'),
        }
    }

    /// Where passages like `said` may begin, likeliest first. `slack` is how far apart the parts of one may lie.
    pub(super) fn candidates(&self, said: &[Said], slack: usize) -> Vec<i64> {
        let mut votes = self.votes(said, RARE);
        if votes.len() * 4 < said.len() {
            votes = self.votes(said, FREQUENT);
        }
        votes.sort_unstable();
        let width = i64::try_from(said.len() / 3 + 6 + slack).unwrap_or(i64::MAX);
        let mut peaks: Vec<(i64, i64)> = Vec::new();
        // Of a word that stands there more than once, one counts.
        let mut there = vec![0_u32; 2 * said.len()];
        let (mut first, mut sum) = (0, 0);
        for vote in &votes {
            let count = &mut there[vote.of];
            sum += if *count == 0 { vote.weight } else { 0 };
            *count += 1;
            while let Some(gone) = votes.get(first).filter(|gone| vote.start - gone.start > width) {
                let count = &mut there[gone.of];
                *count -= 1;
                sum -= if *count == 0 { gone.weight } else { 0 };
                first += 1;
            }
            let start = votes.get(first).map_or(vote.start, |vote| vote.start);
            match peaks.last_mut() {
                Some((last, most)) if start - *last <= width => {
                    if sum > *most {
                        (*last, *most) = (start, sum);
                    }
                }
                Some(_) | None => peaks.push((start, sum)),
            }
        }
        peaks.sort_by_key(|(start, sum)| (-sum, *start));
        peaks.truncate(PLACES);
        peaks.into_iter().map(|(start, _)| start).collect()
    }

    /// For each word and pair found, where the passage would begin, and how much that says.
    fn votes(&self, said: &[Said], most: usize) -> Vec<Vote> {
        let total = self.words.len().max(2);
        let mut votes = Vec::new();
        for (index, word) in said.iter().enumerate() {
            let mut vote = |places: &mut dyn ExactSizeIterator<Item = u32>, of: usize, bonus: i64| {
                let count = places.len();
                if count > 0 && count <= most {
                    let weight = i64::from((total / count).max(2).ilog2()) + bonus;
                    let back = i64::try_from(index).unwrap_or(i64::MAX);
                    votes.extend(places.map(|place| Vote { start: i64::from(place) - back, of, weight }));
                }
            };
            let weight = i64::from(word.weight);
            vote(&mut self.single(word.key).iter().map(|(_, place)| *place), 2 * index, weight);
            if let Some(next) = said.get(index + 1) {
                vote(&mut self.double(word.key, next.key).iter().map(|(_, place)| *place), 2 * index + 1, 2 + weight);
            }
        }
        votes
    }

    /// Whether the two words stand beside each other anywhere.
    pub(super) fn has_pair(&self, first: Key, second: Key) -> bool {
        !self.double(first, second).is_empty()
    }

    fn single(&self, key: Key) -> &[(Key, u32)] {
        let start = self.singles.partition_point(|(other, _)| *other < key);
        let rest = self.singles.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|(other, _)| *other <= key)).unwrap_or_default()
    }

    fn double(&self, first: Key, second: Key) -> &[(u64, u32)] {
        let pair = double(first, second);
        let start = self.doubles.partition_point(|(other, _)| *other < pair);
        let rest = self.doubles.get(start..).unwrap_or_default();
        rest.get(..rest.partition_point(|(other, _)| *other <= pair)).unwrap_or_default()
    }

    /// Where the words `said` stand just so, in order; at most `most` places, from the word at `from` on.
    pub(super) fn exactly(&self, said: &[Said], from: usize, most: usize) -> Vec<usize> {
        let fits = |start: usize| {
            let words = self.words.get(start..start + said.len());
            words.is_some_and(|words| words.iter().zip(said).all(|(word, said)| word.key == said.key))
        };
        let place = |place: u32| usize::try_from(place).unwrap_or(usize::MAX);
        let near =
            |list: Vec<usize>| list.into_iter().filter(|start| *start >= from && fits(*start)).take(most).collect();
        // The rarest pair of neighbours has the fewest places to look at.
        let pairs = said.windows(2).enumerate().map(|(at, two)| (at, self.double(two[0].key, two[1].key)));
        match (pairs.min_by_key(|(_, places)| places.len()), said) {
            (Some((at, places)), _) => {
                near(places.iter().take(FREQUENT * 8).filter_map(|(_, found)| place(*found).checked_sub(at)).collect())
            }
            (None, [only]) => near(self.single(only.key).iter().map(|(_, found)| place(*found)).collect()),
            (None, _) => Vec::new(),
        }
    }
}

fn double(first: Key, second: Key) -> u64 {
    u64::from(first.0) << 32 | u64::from(second.0)
}

/// `[12]`: a reference to a note is no word of the text.
fn is_reference(text: &str, bytes: &ByteRange) -> bool {
    let figures =
        text.get(bytes.clone()).is_some_and(|word| word.len() <= 3 && word.bytes().all(|byte| byte.is_ascii_digit()));
    figures
        && text.get(..bytes.start).is_some_and(|before| before.ends_with('['))
        && text.get(bytes.end..).is_some_and(|behind| behind.starts_with(']'))
}
