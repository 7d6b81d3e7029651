//! What lies between the words that are the same: every difference of a quotation from its passage, each permitted or not.
//!
//! Permitted is what quoting permits: another case of letters, another spelling of the same word, other signs, omissions that are
//! marked, words in brackets. Nothing else is, however small: who may drop a "the" may drop a "not".

use std::ops::Range;

use super::{
    bracket, context, disguise,
    editor::{Bracket, Edge},
    gap::{Gap, gaps},
    omission::{self, Taken},
    original::Original,
    passage::{Hand, Passage, Said},
    search::Pairs,
    spelling::{is_word_beside, plain},
    variant,
    vocabulary::is_stage_direction,
};
use crate::{
    check::{
        Facet,
        facets::{self, Change},
        quotes::{ChangeKind, QuoteChange},
    },
    text::{
        lookalike,
        words::{fold, is_capitals},
    },
};

/// Words of whole sentences above which a marked omission is a step to another passage, not something taken out.
const STEP: usize = 60;

/// A difference, and for what a marked omission takes away, what that is.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    pub(super) change: QuoteChange,
    pub(super) taken: Option<Taken>,
}

/// The differences, in the order of the quotation.
pub(super) fn differences(passage: &Passage, original: &Original<'_>, pairs: &Pairs) -> Vec<Difference> {
    let mut compare = Compare { passage, original, found: Vec::new() };
    let gaps = gaps(passage, original, pairs);
    let mut at = 0;
    while at < gaps.len() {
        at += compare.gap(&gaps, at);
    }
    compare.ends(pairs);
    for (at, text) in &passage.asides {
        compare.push(*at, ChangeKind::Bracket, String::new(), text.clone(), true);
    }
    for (index, (said, place)) in pairs.iter().enumerate() {
        compare.case(*said, *place);
        compare.kept(*said, *place);
        compare.disguised(*said, *place);
        compare.sign(*said, *place);
        if index > 0 && pairs.get(index - 1) == Some(&(said.wrapping_sub(1), place.wrapping_sub(1))) {
            compare.signs(*said, *place);
        }
    }
    compare.found.sort_by_key(|(at, _)| *at);
    compare.found.into_iter().map(|(_, difference)| difference).collect()
}

/// Words right before the passage on which its sense hangs, where neither the quotation nor `lead`, what stands before it in the
/// article, says so. Of several places with the same words one that has none is meant.
pub(super) fn context(passage: &Passage, original: &Original<'_>, pairs: &Pairs, lead: &str) -> Option<Difference> {
    let (first, place) = pairs.first().copied().filter(|(first, _)| *first == 0)?;
    if passage.marks.first().copied().unwrap_or(false) {
        return None;
    }
    let range = context::cut(original, place, lead)?;
    let elsewhere = original.exactly(passage.words.get(first..)?, 0, PLACES);
    if elsewhere.into_iter().any(|place| context::cut(original, place, lead).is_none()) {
        return None;
    }
    let before = original.passage(&range).to_owned();
    let change =
        QuoteChange { before, after: String::new(), kind: ChangeKind::Context, facets: Vec::new(), permitted: false };
    Some(Difference { change, taken: None })
}

/// Places of the same words that are looked at.
const PLACES: usize = 16;

struct Compare<'a> {
    passage: &'a Passage,
    original: &'a Original<'a>,
    found: Vec<(usize, Difference)>,
}

impl Compare<'_> {
    fn push(&mut self, at: usize, kind: ChangeKind, before: String, after: String, permitted: bool) {
        let worded = match kind {
            ChangeKind::Bracket
            | ChangeKind::MarkedOmission
            | ChangeKind::Omission
            | ChangeKind::Insertion
            | ChangeKind::Replacement => true,
            ChangeKind::Case
            | ChangeKind::HouseStyle
            | ChangeKind::Punctuation
            | ChangeKind::Splice
            | ChangeKind::Context
            | ChangeKind::Lookalike
            | ChangeKind::InvisibleCharacters => false,
        };
        let change = Change { before: &before, after: &after, lead: "as", trail: "", accents: false };
        let mut facets = if worded && !permitted { facets::of(&change) } else { Vec::new() };
        facets.retain(|facet| *facet != Facet::HouseStyle);
        self.found
            .push((at, Difference { change: QuoteChange { before, after, kind, facets, permitted }, taken: None }));
    }

    fn said(&self, range: &Range<usize>) -> &[Said] {
        self.passage.words.get(range.clone()).unwrap_or_default()
    }

    /// Judges the gap at `at`; gives how many were judged with it.
    fn gap(&mut self, gaps: &[Gap], at: usize) -> usize {
        let Some(gap) = gaps.get(at) else { return 1 };
        // "11 November" for "November 11" is two gaps around a word that stayed.
        for more in [1, 0] {
            let Some(last) = gaps.get(at + more).filter(|last| last.said.start <= gap.said.end + 2) else { continue };
            let whole =
                Gap { said: gap.said.start..last.said.end, place: gap.place.start..last.place.end, ..gap.clone() };
            let whole = Gap { edge: gap.edge || last.edge, ..whole };
            let in_order = !gap.back && !last.back && whole.place.start <= whole.place.end;
            let in_order = in_order && (more == 0 || variant::may_be_one(&whole, self.passage, self.original));
            if in_order && variant::is_house_style(&whole, self.passage, self.original) {
                let before = self.original.passage(&whole.place).to_owned();
                let after = written(self.said(&whole.said));
                self.push(gap.said.start, ChangeKind::HouseStyle, before, after, true);
                return more + 1;
            }
        }
        self.judge(gap);
        1
    }

    fn judge(&mut self, gap: &Gap) {
        let at = gap.said.start;
        let marked = (gap.said.start..=gap.said.end).any(|at| self.passage.marks.get(at).copied().unwrap_or(false));
        let said = self.said(&gap.said);
        let after = written(said);
        let between = |at: usize, sign: char| self.passage.between.get(at).is_none_or(|between| between.contains(sign));
        // Round brackets are the editor's where nothing in them is the original's.
        let theirs = self.original.between(gap.place.start).contains('(');
        let round = between(gap.said.start, '(') && between(gap.said.end, ')') && !theirs;
        let own = said.iter().any(|word| match word.hand {
            Hand::Editor => false,
            Hand::Either => !round,
            Hand::Speaker | Hand::Mended(_) => true,
        });
        let before = || self.original.passage(&gap.place).to_owned();
        if gap.back {
            let (kind, after) =
                if after.is_empty() { (ChangeKind::Splice, String::new()) } else { (ChangeKind::Splice, after) };
            return self.push(at, kind, String::new(), after, false);
        }
        match (said.is_empty(), own) {
            (true, _) if marked => self.omitted(gap, at),
            (true, _) if self.is_unsaid(&gap.place) => {
                self.push(at, ChangeKind::Punctuation, before(), String::new(), true);
            }
            (true, _) if variant::is_range(gap, self.passage, self.original) => {
                self.push(at, ChangeKind::HouseStyle, before(), "–".to_owned(), true)
            }
            // The original itself parts what was said by saying who said it.
            (true, _) if omission::is_attribution(self.original, &gap.place) => {
                self.push(at, ChangeKind::Omission, before(), String::new(), true);
            }
            (true, _) => {
                let apart = self.original.breaks_within(&(gap.place.start..gap.place.end + 1)) && !self.mends(gap);
                let kind = if apart { ChangeKind::Splice } else { ChangeKind::Omission };
                self.push(at, kind, before(), String::new(), false);
            }
            (false, false) => self.bracket(gap, at, marked),
            (false, true) if variant::is_range(gap, self.passage, self.original) => {
                self.push(at, ChangeKind::HouseStyle, "–".to_owned(), after, true)
            }
            (false, true) => self.replaced(gap, at),
        }
    }

    /// Whether an unmarked omission leaves one sentence: what is kept on either side is of the same one.
    fn mends(&self, gap: &Gap) -> bool {
        !self.original.breaks_within(&(gap.place.start + 1..gap.place.end + 1))
            && !self.original.begins_sentence(gap.place.start)
    }

    /// Words in round or square brackets that nobody says: `(Laughter.)`.
    fn is_unsaid(&self, place: &Range<usize>) -> bool {
        let open = self.original.between(place.start).trim_end().ends_with(['(', '[']);
        let close = self.original.between(place.end).trim_start().starts_with([')', ']', '.']);
        let stage = place.clone().all(|at| is_stage_direction(&fold(self.original.text(at))));
        !place.is_empty() && open && close && stage
    }

    fn omitted(&mut self, gap: &Gap, at: usize) {
        let sentences = self.original.begins_sentence(gap.place.start) && self.original.begins_sentence(gap.place.end);
        let step = sentences && gap.place.len() > STEP;
        let taken = if step { None } else { omission::taken(self.original, &gap.place) };
        let before = self.original.passage(&gap.place).to_owned();
        self.push(at, ChangeKind::MarkedOmission, before, "…".to_owned(), taken.is_none());
        if let Some((_, difference)) = self.found.last_mut() {
            difference.taken = taken;
        }
    }

    fn bracket(&mut self, gap: &Gap, at: usize, marked: bool) {
        let said = self.said(&gap.said);
        let new: Vec<&str> = said.iter().map(|word| word.text.as_str()).collect();
        let edge = if gap.said.start == 0 { Edge::Before } else { Edge::Behind };
        let bracket = Bracket {
            original: self.original,
            new: &new,
            place: gap.place.clone(),
            edge: gap.edge.then_some(edge),
            marked,
        };
        let (place, permitted) = bracket.judge();
        let before = self.original.passage(&place).to_owned();
        let after = format!("[{}]", written(said));
        self.push(at, ChangeKind::Bracket, before, after, permitted);
        if marked && !gap.edge && !gap.place.is_empty() {
            self.omitted(gap, at);
        }
    }

    fn replaced(&mut self, gap: &Gap, at: usize) {
        let said = self.said(&gap.said);
        let after = written(said);
        if let ([word], 1) = (said, gap.place.len())
            && let Hand::Mended(bare) = &word.hand
        {
            let old = self.original.text(gap.place.start);
            let permitted = bracket::mends(old, bare, &word.folded, &self.original.tongue);
            return self.push(at, ChangeKind::Bracket, old.to_owned(), after, permitted);
        }
        let before = self.original.passage(&gap.place).to_owned();
        let kind = match () {
            () if before.is_empty() => ChangeKind::Insertion,
            () if lookalike::look_alike(&before, &after) => ChangeKind::Lookalike,
            () => ChangeKind::Replacement,
        };
        self.push(at, kind, before, after, false);
    }

    /// A mark of omission at the beginning that hides a negation right before the passage, or one at the end that hides one or a
    /// condition right behind it.
    fn ends(&mut self, pairs: &Pairs) {
        let Some((&(first, place), &(last, end))) = pairs.first().zip(pairs.last()) else { return };
        let mark = |at: usize| self.passage.marks.get(at).copied().unwrap_or(false);
        let (count, words) = (self.passage.words.len(), self.original.words.len());
        let before = if first == 0 && mark(0) { context::cut(self.original, place, "") } else { None };
        let behind = (last + 1 == count && mark(count) && end + 1 < words && !self.original.begins_sentence(end + 1))
            .then(|| end + 1..end + 2);
        for (at, range) in [(0, before), (count, behind)] {
            let Some(range) = range else { continue };
            let taken = omission::taken(self.original, &range).filter(|taken| match taken {
                Taken::Negation(_) | Taken::Turn(_) | Taken::Share(_) => true,
                Taken::Condition(_) => true,
                Taken::Number(_) | Taken::Modal(_) | Taken::Subject(_) | Taken::Object(_) => false,
            });
            let taken = taken.or_else(|| (at == 0).then(|| Taken::Turn(self.original.passage(&range).to_owned())));
            if taken.is_some() {
                let before = self.original.passage(&range).to_owned();
                self.push(at, ChangeKind::MarkedOmission, before, "…".to_owned(), false);
                self.found.iter_mut().last().into_iter().for_each(|(_, difference)| difference.taken = taken.clone());
            }
        }
    }

    /// A word that only looks like the original's, or holds characters that nobody sees.
    fn disguised(&mut self, said: usize, place: usize) {
        let Some(word) = self.passage.words.get(said) else { return };
        let old = self.original.text(place);
        let turned = |signs: &str| signs.contains(['\u{202d}', '\u{202e}']);
        let between = self.passage.between.get(said).map_or("", String::as_str);
        let kind = match disguise::of(old, &word.text) {
            _ if turned(between) && !turned(self.original.between(place)) => ChangeKind::Lookalike,
            Some(kind) => kind,
            None => return,
        };
        self.push(said, kind, old.to_owned(), word.text.clone(), false);
    }

    /// A word that an editor put in brackets, or mended, although the original has it just so.
    fn kept(&mut self, said: usize, place: usize) {
        let Some(word) = self.passage.words.get(said) else { return };
        let (old, new) = (self.original.text(place), word.text.clone());
        let editors = matches!(word.hand, Hand::Editor | Hand::Mended(_));
        if editors && old == new {
            self.push(said, ChangeKind::Bracket, new.clone(), format!("[{new}]"), true);
        }
    }

    /// Small and capital letters of two words that are the same. Capitals for all of a word set it off and are no other word.
    fn case(&mut self, said: usize, place: usize) {
        let Some(word) = self.passage.words.get(said) else { return };
        let (old, new) = (self.original.text(place), word.text.as_str());
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        let lower = |text: &str| letters(text).to_lowercase();
        if letters(old) == letters(new) || lower(old) != lower(new) {
            return;
        }
        let shouts = is_capitals(new) && !is_capitals(old) || (is_capitals(old) && self.shouts(place));
        if shouts && !is_word_beside(old) {
            return;
        }
        // "US" and "us", "WHO" and "who" are two words each.
        let other = is_word_beside(old) && is_capitals(old) != is_capitals(new) && !self.shouts(place);
        let kind = if other { ChangeKind::Replacement } else { ChangeKind::Case };
        self.push(said, kind, old.to_owned(), new.to_owned(), !other);
    }

    /// Whether the original has the words around `place` in capitals too.
    fn shouts(&self, place: usize) -> bool {
        let around = place.saturating_sub(2)..place + 3;
        let longer =
            around.filter(|at| *at != place).map(|at| self.original.text(at)).filter(|word| word.chars().count() > 1);
        let (mut all, mut capitals) = (0, 0);
        for word in longer {
            all += 1;
            capitals += usize::from(is_capitals(word));
        }
        all > 0 && capitals * 2 > all
    }

    /// The sign or point that a number begins with: "-5" and ".5" are not "5".
    fn sign(&mut self, said: usize, place: usize) {
        let Some(word) = self.passage.words.get(said).filter(|word| variant::is_figure(&word.text)) else { return };
        let between = self.passage.between.get(said).map_or("", String::as_str);
        let old = variant::sign(self.original.between(place), place == 0);
        let new = variant::sign(between, said == 0);
        // At the beginning the original may have it as a word of its own.
        let cut = said == 0 && place > 0 && variant::is_sign(self.original.text(place - 1));
        let cut = cut && self.original.between(place).is_empty() && new.is_none();
        // A dash that one house sets close to the number and another does not is none of its signs.
        let dashed = |between: &str| between.contains(['-', '−', '–', '—']);
        let set = dashed(between) && dashed(self.original.between(place));
        if (old != new && !set) || cut {
            let with = |sign: Option<char>, text: &str| sign.into_iter().chain(text.chars()).collect::<String>();
            let before = with(old.or(cut.then_some('-')), self.original.text(place));
            self.push(said, ChangeKind::Replacement, before, with(new, &word.text), false);
        }
    }

    /// The signs between two neighbours and the two that stand for them.
    fn signs(&mut self, said: usize, place: usize) {
        let (old, new) = (self.original.between(place), self.passage.between.get(said).map_or("", String::as_str));
        let (before, after) = (plain(old), plain(new));
        if before == after || after.contains('…') {
            return;
        }
        let next = self.passage.words.get(said).map(|word| word.folded.as_str()).unwrap_or_default();
        let comma = (before == "," && after.is_empty()) || (before.is_empty() && after == ",");
        let serial = comma && ["and", "or", "nor"].contains(&next);
        let hyphen = |signs: &str| signs.is_empty() || signs == "-";
        let point = before.trim_matches('.') == after.trim_matches('.');
        let kind = if serial || (hyphen(&before) && hyphen(&after)) || (point && !self.original.begins_sentence(place))
        {
            ChangeKind::HouseStyle
        } else {
            ChangeKind::Punctuation
        };
        self.push(said, kind, old.trim().to_owned(), new.trim().to_owned(), true);
    }
}

/// The words of a quotation as they are written.
fn written(said: &[Said]) -> String {
    said.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}
