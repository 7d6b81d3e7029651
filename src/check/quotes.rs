//! Quotations of an article, held against the originals they may be from.
//!
//! An article and its originals go in, [`Quote`]s come out. `passage` reads a quotation as words, `original` indexes an original
//! once, `search` and `align` find the closest passage, `gap` says what lies between the words that are the same and `compare`
//! lists every difference, with `variant`, `spelling` and `forms` for words written otherwise, `editor`, `bracket`, `omission`
//! and `torn` for what editors mark, `context` for what stands right before and `disguise` for letters that only look the same. `emphasis`
//! looks at words set off, `voices` at who is said to have said it, `fragment` makes the link and `message` the sentence. A
//! quotation that is not found is nothing to be said against anybody: it may be from elsewhere. Add a rule of quoting in
//! `compare`, and a line for it in `tests`.

mod align;
mod bracket;
mod compare;
mod context;
mod disguise;
mod editor;
mod emphasis;
mod forms;
mod fragment;
mod gap;
mod message;
mod omission;
mod original;
mod passage;
mod place;
mod quote;
mod search;
mod spelling;
mod status;
mod tongue;
mod torn;
mod variant;
mod vocabulary;
mod voices;

pub(super) use tongue::differ;

pub use quote::{ChangeKind, Quote, QuoteChange, QuoteEmphasis, QuoteStatus, QuoteWitness};

use std::{cell::OnceCell, cmp::Ordering, collections::BTreeMap, ops::Range};

use super::{draft, pair::Pair};
use crate::{
    extract::{
        ByteRange, Document,
        quotations::{self, Quotation, Set},
    },
    text::words::Lexicon,
};
use compare::Difference;
use emphasis::Declared;
use original::Original;
use passage::Passage;
use place::Places;
use search::Pairs;
use tongue::Spoken;
use voices::Voices;

/// Words that a quotation needs to be held against anything.
const LEAST: usize = 3;

/// Words of quotations that are looked for, times originals: beyond that they are left unchecked.
const BUDGET: usize = 2_000_000;

/// An original to hold quotations against.
#[derive(Clone, Copy, Debug)]
pub struct Against<'a> {
    /// As its reader sees it.
    pub document: &'a Document,
    /// What it is called in messages.
    pub name: &'a str,
    /// Its address, where links can lead to it.
    pub address: Option<&'a str>,
}

/// Holds every quotation of `article` against the closest passage of `originals`; in the order of the article.
///
/// ```
/// use vidimus::{Capture, check::quotes::{self, Against, QuoteStatus}, extract};
/// let read = |text: &str| Capture::from_bytes("page.html", text.as_bytes().to_vec(), Some("text/html; charset=utf-8"))
///     .map(|capture| extract::read(&capture));
/// let original = read("<p>They agreed that there is no military solution to the conflict.</p>")?;
/// let article = read("<p>Ministers said “there is … military solution” on Monday.</p>")?;
/// let against = Against { document: &original, name: "release.html", address: None };
/// let found = quotes::hold(&article, &[against]);
/// assert_eq!(found[0].status, QuoteStatus::Elided);
/// # Ok::<(), vidimus::capture::Error>(())
/// ```
pub fn hold(article: &Document, originals: &[Against<'_>]) -> Vec<Quote> {
    placed(article, originals).into_iter().map(|(_, quote)| quote).collect()
}

/// The same, each with where it stands in the article.
pub(super) fn placed(article: &Document, originals: &[Against<'_>]) -> Vec<(ByteRange, Quote)> {
    let quotations = quotations::find(article);
    if quotations.is_empty() {
        return Vec::new();
    }
    let mut lexicon = Lexicon::new();
    let shelf: Vec<Shelved<'_>> = originals.iter().map(|one| Shelved::of(*one, &mut lexicon)).collect();
    let places = Places::of(article);
    let declared = OnceCell::new();
    let mut desk = Desk { article, places, shelf: &shelf, lexicon, budget: BUDGET, declared, quotations: &quotations };
    let chosen = desk.choose(&quotations);
    let mut seen = BTreeMap::new();
    chosen.into_iter().map(|held| (held.quotation.bytes(), desk.quote(held, &mut seen))).collect()
}

/// Which share of the words that stand in both texts the copy has between quotation marks that the original does not have:
/// where it is nearly all of them, the copy is no republication, however much it quotes.
pub(super) fn quoted_share(pair: &Pair<'_>) -> f64 {
    let ranges = |document: &Document| -> Vec<ByteRange> {
        let found = quotations::find(document);
        found.iter().filter(|one| one.within.is_none() && one.set != Set::Block).map(Quotation::bytes).collect()
    };
    let (here, there) = (ranges(pair.copy), ranges(pair.original));
    let inside = |ranges: &[ByteRange], at: usize| {
        let next = ranges.partition_point(|range| range.start <= at);
        next.checked_sub(1).and_then(|last| ranges.get(last)).is_some_and(|range| range.end > at)
    };
    let start = |words: &[crate::text::words::Word], at: usize| words.get(at).map_or(0, |word| word.bytes.start);
    let (mut all, mut quoted) = (0_u32, 0_u32);
    for (old, new) in pair.same_words() {
        let (old, new) = (start(&pair.alignment.original.words, old), start(&pair.alignment.copy.words, new));
        all += 1;
        quoted += u32::from(inside(&here, new) && !inside(&there, old));
    }
    if all == 0 { 0.0 } else { f64::from(quoted) / f64::from(all) }
}

/// A quotation and what was found of it.
struct Held {
    quotation: Quotation,
    found: Result<Found, Miss>,
}

/// A passage of one of the originals.
struct Found {
    source: usize,
    passage: Passage,
    pairs: Pairs,
    differences: Vec<Difference>,
    status: QuoteStatus,
    /// How it fares against each original that has such a passage, by its place in the list.
    all: Vec<QuoteWitness>,
}

/// Why there is none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Miss {
    Short,
    Budget,
    NotFound,
}

/// An original with all that is asked of it more than once.
struct Shelved<'a> {
    against: Against<'a>,
    original: Original<'a>,
    places: Places<'a>,
    voices: OnceCell<Voices>,
}

impl<'a> Shelved<'a> {
    fn of(against: Against<'a>, lexicon: &mut Lexicon) -> Self {
        let original = Original::of(against.document, lexicon);
        Self { against, original, places: Places::of(against.document), voices: OnceCell::new() }
    }

    fn voices(&self) -> &Voices {
        self.voices.get_or_init(|| Voices::of(self.against.document))
    }
}

struct Desk<'a> {
    article: &'a Document,
    places: Places<'a>,
    shelf: &'a [Shelved<'a>],
    lexicon: Lexicon,
    budget: usize,
    declared: OnceCell<Declared>,
    quotations: &'a [Quotation],
}

impl Desk<'_> {
    /// Holds the quotations, and settles where one stands in another which of them is reported: the outer one if it was found,
    /// else both. What is set as a block around quotations of its own words is layout.
    fn choose(&mut self, quotations: &[Quotation]) -> Vec<Held> {
        let mut inner = vec![0; quotations.len()];
        for quotation in quotations {
            if let Some(count) = quotation.within.and_then(|outer| inner.get_mut(outer)) {
                *count += quotation.bytes().len();
            }
        }
        let mut parts: Vec<Vec<ByteRange>> = vec![Vec::new(); quotations.len()];
        for quotation in quotations {
            if let Some(own) = quotation.within.and_then(|outer| parts.get_mut(outer)) {
                own.push(quotation.bytes());
            }
        }
        let mut covered = vec![false; quotations.len()];
        let mut chosen = Vec::new();
        for (index, quotation) in quotations.iter().enumerate() {
            if quotation.within.is_some_and(|outer| covered.get(outer).copied().unwrap_or(false)) {
                covered[index] = true;
                continue;
            }
            let mut held = self.hold(quotation);
            held.iter_mut().for_each(|held| held.forgets(&parts[index]));
            let status = held.as_slice().first().map(Held::status).unwrap_or(QuoteStatus::Unchecked);
            let faithful = matches!(status, QuoteStatus::Exact | QuoteStatus::Adapted | QuoteStatus::Elided);
            let layout = quotation.set == Set::Block && !faithful && inner[index] * 2 > quotation.bytes().len();
            let layout = layout || (quotation.set == Set::Block && !status.is_found() && inner[index] > 0);
            if !layout {
                covered[index] = status.is_found();
                chosen.extend(held);
            }
        }
        chosen.sort_by_key(|held| (held.quotation.bytes().start, std::cmp::Reverse(held.quotation.bytes().end)));
        chosen
    }

    /// Holds one quotation. One of several paragraphs of which some are found and some are not was not one: each by itself.
    fn hold(&mut self, quotation: &Quotation) -> Vec<Held> {
        let whole = self.find(quotation);
        let good = whole.as_ref().is_ok_and(|found| matches!(found.status, QuoteStatus::Exact | QuoteStatus::Adapted));
        let whole = Held { quotation: quotation.clone(), found: whole };
        if good || quotation.parts.len() < 2 {
            return vec![whole];
        }
        let alone = |part: &ByteRange| Quotation { parts: vec![part.clone()], ..quotation.clone() };
        let parts: Vec<Held> =
            quotation.parts.iter().map(alone).map(|part| Held { found: self.find(&part), quotation: part }).collect();
        let missed = |held: &Held| held.found.as_ref().is_err_and(|miss| *miss == Miss::NotFound);
        if parts.iter().any(missed) && parts.iter().any(|held| held.found.is_ok()) { parts } else { vec![whole] }
    }

    fn find(&mut self, quotation: &Quotation) -> Result<Found, Miss> {
        let passage = Passage::of(self.article, quotation, &mut self.lexicon);
        if passage.count() < LEAST {
            return Err(Miss::Short);
        }
        let mut best: Option<Found> = None;
        let mut all = Vec::new();
        for (source, Shelved { original, .. }) in self.shelf.iter().enumerate() {
            self.budget = self.budget.checked_sub(passage.words.len()).ok_or(Miss::Budget)?;
            let pairs = search::find(&passage, original);
            let differences = compare::differences(&passage, original, &pairs);
            let status = status::of(&differences);
            if pairs.is_empty() || !status::is_enough(&passage, &pairs, &differences, status, &original.tongue) {
                continue;
            }
            all.push(QuoteWitness { source, status });
            let found = Found { source, passage: passage.clone(), pairs, differences, status, all: Vec::new() };
            let better = |best: &Found| match found.rank().cmp(&best.rank()) {
                Ordering::Less => true,
                // Of two originals that have the words, the one that gives them to the same speaker is meant.
                Ordering::Equal => self.is_anothers(quotation, best) && !self.is_anothers(quotation, &found),
                Ordering::Greater => false,
            };
            if best.as_ref().is_none_or(better) {
                best = Some(found);
            }
        }
        let mut best = best.map(|best| Found { all, ..best }).ok_or(Miss::NotFound)?;
        if let Some(original) = self.shelf.get(best.source).map(|shelved| &shelved.original) {
            let start = quotation.bytes().start;
            let block = self.article.blocks.get(self.article.block_at(start)).map_or(start, |block| block.bytes.start);
            let lead = self.article.text.get(block.min(start)..start).unwrap_or_default();
            best.differences.extend(compare::context(&best.passage, original, &best.pairs, lead));
        }
        Ok(best)
    }

    /// Whether the original that `found` is of gives its words to somebody else than the article does.
    fn is_anothers(&self, quotation: &Quotation, found: &Found) -> bool {
        let (speaker, shelved) = (quotations::speaker(self.article, quotation), self.shelf.get(found.source));
        speaker.zip(shelved).is_some_and(|(speaker, shelved)| {
            let words = &found.passage.words;
            shelved.voices().contradict(&speaker, words, &shelved.original, &found.pairs).is_some()
        })
    }

    fn quote(&self, held: Held, seen: &mut BTreeMap<String, usize>) -> Quote {
        let copy = self.places.anchor(&held.quotation.bytes());
        let speaker = quotations::speaker(self.article, &held.quotation);
        let mut quote = Quote {
            id: draft::id(&format!("quote\n{}", copy.exact), seen),
            copy,
            position: self.places.position(&held.quotation.bytes()),
            status: held.status(),
            original: None,
            source: None,
            witnesses: Vec::new(),
            changes: Vec::new(),
            emphasis: None,
            speaker,
            link: None,
            message: String::new(),
        };
        match held.found {
            Ok(found) => self.tell(found, &mut quote),
            Err(miss) => self.miss(miss, &mut quote),
        }
        quote
    }

    fn tell(&self, found: Found, quote: &mut Quote) {
        let Some(shelved) = self.shelf.get(found.source) else { return };
        let (against, original) = (&shelved.against, &shelved.original);
        let Some(range) = found.range(original) else { return };
        quote.original = Some(shelved.places.anchor(&original.bytes(&range)));
        quote.source = (self.shelf.len() > 1).then_some(found.source);
        quote.link = against.address.and_then(|address| fragment::link(address, original, &range));
        let declared = || self.declared.get_or_init(|| Declared::of(self.article, self.quotations));
        quote.emphasis = emphasis::of(self.article, declared, &found.passage, original, &found.pairs);
        quote.message = message::found(found.status, &found.differences, quote.emphasis);
        if found.all.len() > 1 {
            let name = |source: usize| self.shelf.get(source).map_or("", |shelved| shelved.against.name);
            quote.message.push_str(&message::versions(found.source, &found.all, name));
            quote.witnesses.clone_from(&found.all);
        }
        let faithful = matches!(found.status, QuoteStatus::Exact | QuoteStatus::Adapted);
        if let Some(speaker) = quote.speaker.as_deref().filter(|_| faithful)
            && let Some(own) = shelved.voices().contradict(speaker, &found.passage.words, original, &found.pairs)
        {
            quote.message = message::misattributed(speaker, own);
            quote.status = QuoteStatus::Misattributed;
        }
        quote.changes = found.differences.into_iter().map(|difference| difference.change).collect();
    }

    fn miss(&self, miss: Miss, quote: &mut Quote) {
        let names: Vec<&str> = self.shelf.iter().map(|one| one.against.name).collect();
        let cut = self.shelf.iter().any(|Shelved { against, .. }| {
            against.document.blocks.is_empty() || against.document.notes.iter().any(|note| note.code == "cut-short")
        });
        (quote.status, quote.message) = match miss {
            Miss::Short => (
                QuoteStatus::Unchecked,
                "Fewer than three words are quoted, too few to say where they are from.".to_owned(),
            ),
            Miss::Budget => (
                QuoteStatus::Unchecked,
                "The article quotes more than is looked for, and this quotation was not reached.".to_owned(),
            ),
            Miss::NotFound if cut => (QuoteStatus::Unchecked, message::read_in_part(&names)),
            Miss::NotFound if self.is_foreign(&quote.copy.exact) => {
                (QuoteStatus::Unchecked, message::other_language(&names))
            }
            Miss::NotFound => (QuoteStatus::NotFound, message::not_found(&names)),
        };
    }

    /// Whether a text is in another language than every original.
    fn is_foreign(&self, text: &str) -> bool {
        let spoken = Spoken::of(text);
        let differs = |shelved: &Shelved<'_>| spoken.is_foreign_to(&shelved.original.tongue, 2);
        !self.shelf.is_empty() && self.shelf.iter().all(differs)
    }
}

impl Held {
    /// Where what was found is of the quotations inside and hardly any of the words around them, those are quoted and not the whole:
    /// somebody's own words with the original's in them.
    fn forgets(&mut self, inside: &[ByteRange]) {
        let Ok(found) = &self.found else { return };
        let faithful = matches!(found.status, QuoteStatus::Exact | QuoteStatus::Adapted | QuoteStatus::Elided);
        if inside.is_empty() || faithful {
            return;
        }
        let around = |at: usize| {
            let start = found.passage.words.get(at).map_or(0, |word| word.bytes.start);
            let next = inside.partition_point(|own| own.start <= start);
            !next.checked_sub(1).and_then(|last| inside.get(last)).is_some_and(|own| own.contains(&start))
        };
        let all = (0..found.passage.words.len()).filter(|at| around(*at)).count();
        let here = found.pairs.iter().filter(|(at, _)| around(*at)).count();
        if here * 2 < all {
            self.found = Err(Miss::NotFound);
        }
    }

    fn status(&self) -> QuoteStatus {
        match &self.found {
            Ok(found) => found.status,
            Err(Miss::NotFound) => QuoteStatus::NotFound,
            Err(Miss::Short | Miss::Budget) => QuoteStatus::Unchecked,
        }
    }
}

impl Found {
    /// The better the less.
    fn rank(&self) -> (QuoteStatus, usize, usize) {
        let wrong = self.differences.iter().filter(|difference| !difference.change.permitted).count();
        (self.status.min(QuoteStatus::Altered), wrong, usize::MAX - self.pairs.len())
    }

    /// The words of the original: from the first to the last, or where these are far apart, the longest stretch.
    fn range(&self, original: &Original<'_>) -> Option<Range<usize>> {
        let places = || self.pairs.iter().map(|(_, place)| *place);
        let whole = gap::edges(&self.passage, original, &self.pairs)?;
        if whole.len() <= 4 * self.passage.words.len() + 200 && places().is_sorted() {
            return Some(whole);
        }
        let mut best = 0..0;
        let mut run: Option<Range<usize>> = None;
        for place in places() {
            let near = run.clone().filter(|run| place >= run.end && place - run.end < 40);
            let now = near.map_or(place..place + 1, |run| run.start..place + 1);
            if now.len() > best.len() {
                best = now.clone();
            }
            run = Some(now);
        }
        Some(best)
    }
}

#[cfg(test)]
mod tests;
