//! One version beside the copy: whether it has what a finding is about, in that place and with the words around it.

use std::{collections::BTreeSet, ops::Range};

use super::{Question, Version, question};
use crate::{
    check::{
        Anchor, Class, Finding, Kind, Point, Verdict,
        bounds::{SOLID, Titles},
        decide,
        emphasis::styles,
        pair::words_of,
    },
    diff::Side,
    extract::{ByteRange, Document, Style, Styles},
};

/// Words on either side that a version must have as the copy has them, where the paragraph has as many.
const CONTEXT: usize = 3;

/// What a version says where the copy says something.
pub(super) struct Reading<'a> {
    version: Version<'a>,
    copy: &'a Document,
    /// For each word of the copy, which word of the version it is; moved ones are none.
    words: Vec<Option<usize>>,
    /// For each word of the copy, whether the version has it in another spelling.
    respelt: Vec<bool>,
    /// For each block of the copy, whether any of its words stands in the version.
    met: Vec<bool>,
    /// For each block of the copy, whether a finding other than framing is about it.
    told: Vec<bool>,
    /// For each block of the version, whether it was set aside.
    aside: Vec<bool>,
    /// The names of the findings against the version.
    ids: BTreeSet<&'a str>,
    /// Passages of the copy that are not as in the version, in bytes; what is missing is an empty range.
    altered: Vec<ByteRange>,
    /// How each word is set off, in the version and in the copy.
    styles: [Vec<Styles>; 2],
}

impl<'a> Reading<'a> {
    /// Takes in what is known of a version.
    pub(super) fn of(version: Version<'a>, copy: &'a Document) -> Self {
        let side = &version.alignment.copy;
        let mut words = vec![None; side.words.len()];
        for step in version.alignment.steps.iter().filter(|step| step.same) {
            for (left, right) in step.original.clone().zip(step.copy.clone()) {
                if let Some(slot) = words.get_mut(right) {
                    *slot = Some(left);
                }
            }
        }
        let met = |block: usize| words_of(side, block).any(|word| words.get(word).is_some_and(Option::is_some));
        let met = (0..copy.blocks.len()).map(met).collect();
        let styles = [styles(version.document, &version.alignment.original), styles(copy, side)];
        let mut aside = vec![false; version.document.blocks.len()];
        for one in &version.judgement.set_aside {
            aside.iter_mut().skip(one.block).take(one.blocks).for_each(|aside| *aside = true);
        }
        let mut this = Self {
            version,
            copy,
            words,
            respelt: vec![false; side.words.len()],
            met,
            told: vec![false; copy.blocks.len()],
            aside,
            ids: version.judgement.findings.iter().map(|finding| finding.id.as_str()).collect(),
            altered: Vec::new(),
            styles,
        };
        for finding in &version.judgement.findings {
            this.take_in(finding);
        }
        this
    }

    /// The version's place in the list of witnesses.
    pub(super) fn index(&self) -> usize {
        self.version.index
    }

    fn take_in(&mut self, finding: &Finding) {
        let block = finding.copy.as_ref().filter(|_| finding.class != Class::Framing).map(|copy| copy.block);
        if let Some(told) = block.and_then(|block| self.told.get_mut(block)) {
            *told = true;
        }
        let Some(bytes) = self.bytes(finding) else { return };
        match finding.class {
            Class::Edit | Class::Concealment if decide::moves(finding) != Verdict::Verbatim => self.altered.push(bytes),
            Class::Edit if matches!(finding.kind, Kind::Typography | Kind::TextReplaced) => {
                let words = words_in(self.side(), &bytes);
                self.respelt.get_mut(words).into_iter().flatten().for_each(|respelt| *respelt = true);
            }
            Class::Edit | Class::Concealment | Class::Emphasis | Class::Framing => {}
        }
    }

    /// Whether the version has what `finding` of another version's says of the copy.
    pub(super) fn has(&self, finding: &Finding) -> bool {
        // The same finding against this version: it has what the other has.
        let shared = self.ids.contains(finding.id.as_str());
        let Some(bytes) = self.bytes(finding).filter(|_| !shared) else { return false };
        let words = words_in(self.side(), &bytes);
        match question(finding.kind) {
            Question::None => false,
            Question::Words => (finding.kind == Kind::TextDeleted || !words.is_empty()) && self.has_words(&words),
            Question::Letters => !words.is_empty() && self.has_words(&words) && self.has_letters(&words),
            Question::Styles => !words.is_empty() && self.has_styles(finding, &words),
            Question::Title => {
                let text = self.copy.text.get(bytes).unwrap_or_default();
                Titles::of(self.version.document).name(text)
            }
        }
    }

    /// Whether the version has much of what `finding`, a piece of framing held against another version, is about.
    pub(super) fn has_part_of(&self, finding: &Finding) -> bool {
        question(finding.kind) == Question::Words
            && finding.copy.as_ref().is_some_and(|anchor| self.passage(anchor.block) > 0)
    }

    /// Whether nothing is said of block `block` of the copy, held against this version, but that it stands around the text.
    pub(super) fn is_passed_over(&self, block: usize) -> bool {
        !self.is_met(block) && !self.told.get(block).copied().unwrap_or(false)
    }

    /// How many words of block `block` of the copy stand in this version's text, where those are a passage: many or most of it.
    pub(super) fn passage(&self, block: usize) -> u64 {
        let words = words_of(self.side(), block);
        let home = |word: usize| self.version.alignment.original.block_of(word);
        let aside = |word: usize| self.aside.get(home(word)).copied().unwrap_or(false);
        let there = words.clone().filter_map(|word| self.word(word)).filter(|word| !aside(*word)).count();
        if there >= SOLID || there * 2 > words.len() { there as u64 } else { 0 }
    }

    fn side(&self) -> &'a Side {
        &self.version.alignment.copy
    }

    /// Where in the copy a finding stands, in bytes.
    fn bytes(&self, finding: &Finding) -> Option<ByteRange> {
        let byte = |block: usize, offset: usize| {
            let rest = self.copy.text.get(self.copy.blocks.get(block)?.bytes.start..)?;
            let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
            ends.skip(offset).map(|at| self.copy.text.len() - rest.len() + at).next()
        };
        match (&finding.copy, finding.at) {
            (Some(Anchor { block, start, end, .. }), _) => Some(byte(*block, *start)?..byte(*block, *end)?),
            (None, Some(Point { block, offset })) => byte(block, offset).map(|at| at..at),
            (None, None) => None,
        }
    }

    /// Whether the version has these words of the copy one behind the other, and the words around them as the copy has them.
    fn has_words(&self, words: &Range<usize>) -> bool {
        let (before, after) = (self.before(words), self.after(words));
        if before.is_empty() && after.is_empty() {
            return false;
        }
        let span: Vec<usize> = before.clone().chain(words.clone()).chain(after.clone()).collect();
        span.iter().all(|word| self.word(*word).is_some() || self.is_respelt(*word))
            && span.windows(2).all(|two| self.follows(two))
            && !self.is_altered(words, &before, &after)
            && !self.lacks(words, &before, &after)
    }

    /// The words before a passage: some of the same paragraph, or the last one met before it.
    fn before(&self, words: &Range<usize>) -> Range<usize> {
        let Some(last) = words.start.checked_sub(1) else { return 0..0 };
        let block = self.side().block_of(last);
        if (words.is_empty() || self.side().block_of(words.start) == block) && self.is_met(block) {
            return words.start.saturating_sub(CONTEXT).max(words_of(self.side(), block).start)..words.start;
        }
        let met = (0..words.start).rev().find(|word| self.word(*word).is_some());
        met.map_or(0..0, |word| word..word + 1)
    }

    /// The same behind it.
    fn after(&self, words: &Range<usize>) -> Range<usize> {
        let count = self.words.len();
        if words.end >= count {
            return 0..0;
        }
        let block = self.side().block_of(words.end);
        let same = words.is_empty() || self.side().block_of(words.end - 1) == block;
        if same && self.is_met(block) {
            return words.end..(words.end + CONTEXT).min(words_of(self.side(), block).end);
        }
        let met = (words.end..count).find(|word| self.word(*word).is_some());
        met.map_or(0..0, |word| word..word + 1)
    }

    /// Whether two words of the copy follow each other in the version: with nothing between in a paragraph, with nothing of the
    /// text between where a paragraph ends, as far as was looked for.
    fn follows(&self, two: &[usize]) -> bool {
        let [one, next] = two else { return true };
        let (Some(left), Some(right)) = (self.word(*one), self.word(*next)) else { return true };
        let joined = *next == *one + 1 && self.side().block_of(*one) == self.side().block_of(*next);
        right == left + 1 || (!joined && self.is_whole() && right > left)
    }

    /// Whether words of the copy were changed here, held against the version: in the passage or close to it in its paragraph. Of
    /// another paragraph only one word was looked at, and how the rest of that fares is of no account.
    fn is_altered(&self, words: &Range<usize>, before: &Range<usize>, after: &Range<usize>) -> bool {
        let side = self.side();
        let beside = |one: &Range<usize>, touches: bool| {
            if touches && !one.is_empty() { one.clone() } else { words.clone() }
        };
        let from = beside(before, before.end == words.start).start;
        let to = beside(after, after.start == words.end).end;
        let bytes = side.bytes(&(from..to));
        self.altered.iter().any(|other| other.start < bytes.end && bytes.start < other.end)
    }

    /// Whether words of the version are missing here: between the words before the passage and those behind it. Of a passage
    /// that went missing at either end of the text, whatever the version has beyond.
    fn lacks(&self, words: &Range<usize>, before: &Range<usize>, after: &Range<usize>) -> bool {
        let start = |word: usize| self.side().words.get(word).map_or(usize::MAX, |word| word.bytes.start);
        let from = match before.is_empty() {
            true if words.is_empty() => 0,
            true => start(words.start) + 1,
            false => start(before.start) + 1,
        };
        let to = match after.is_empty() {
            true if words.is_empty() => usize::MAX,
            true => start(words.end - 1),
            false => start(after.end - 1),
        };
        self.altered.iter().any(|other| other.is_empty() && (from..=to).contains(&other.start))
    }

    /// Whether the version has these words letter for letter.
    fn has_letters(&self, words: &Range<usize>) -> bool {
        let text = |document: &'a Document, side: &'a Side, word: usize| {
            side.words.get(word).and_then(|word| document.text.get(word.bytes.clone()))
        };
        words.clone().all(|word| {
            let other =
                self.word(word).and_then(|word| text(self.version.document, &self.version.alignment.original, word));
            other.is_some() && other == text(self.copy, self.side(), word)
        })
    }

    /// Whether the version sets these words, and their neighbours, off as the copy does, in the styles the finding is about.
    fn has_styles(&self, finding: &Finding, words: &Range<usize>) -> bool {
        let set: Styles = finding.styles.iter().copied().collect();
        let only = |styles: Styles| styles.minus(styles.minus(set));
        let carried = self.version.document.carries_emphasis && self.copy.carries_emphasis;
        let seen = carried || finding.styles == [Style::Capitals];
        if !seen || only(self.version.document.face) != only(self.copy.face) {
            return false;
        }
        let [theirs, ours] = &self.styles;
        let of = |all: &[Styles], word: usize| only(all.get(word).copied().unwrap_or(Styles::NONE));
        let block = words_of(self.side(), self.side().block_of(words.start));
        // What went from some words to others is told by the paragraph.
        let changed = finding.kind == Kind::EmphasisChanged;
        let near = if changed {
            block.clone()
        } else {
            words.start.saturating_sub(1).max(block.start)..(words.end + 1).min(block.end)
        };
        let capitals = !set.contains(Style::Capitals) || self.has_letters(&near);
        let alike = |word: usize| self.word(word).is_some_and(|other| of(theirs, other) == of(ours, word));
        // A whole paragraph may stand for the whole text: then the version must set off all that the copy does.
        let anywhere =
            |word: usize| self.word(word).is_none_or(|other| of(ours, word).minus(of(theirs, other)).is_empty());
        capitals
            && near.clone().all(alike)
            && near.clone().zip(near.skip(1)).all(|(one, next)| self.follows(&[one, next]))
            && (*words != block || (0..self.words.len()).all(anywhere))
    }

    fn word(&self, word: usize) -> Option<usize> {
        self.words.get(word).copied().flatten()
    }

    fn is_respelt(&self, word: usize) -> bool {
        self.is_whole() && self.respelt.get(word).copied().unwrap_or(false)
    }

    fn is_met(&self, block: usize) -> bool {
        self.met.get(block).copied().unwrap_or(false)
    }

    /// Whether everything that is missing or was added was looked for: of an article that only quotes it was not.
    fn is_whole(&self) -> bool {
        match self.version.judgement.verdict {
            Verdict::Verbatim | Verdict::Emphasised | Verdict::Excerpted | Verdict::Altered => true,
            Verdict::Quoting | Verdict::Unrelated | Verdict::Undetermined => false,
        }
    }
}

/// The words of `side` that lie in `bytes`; none, at the next word, where nothing does.
fn words_in(side: &Side, bytes: &ByteRange) -> Range<usize> {
    let first = side.words.partition_point(|word| word.bytes.end <= bytes.start);
    let last = side.words.partition_point(|word| word.bytes.start < bytes.end);
    first..last.max(first)
}
