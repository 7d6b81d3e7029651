//! Where in an original a quotation is from: the closest passage, or passages, and which word is which.
//!
//! The index names a few likely places, alignment decides between them. What does not fit where the rest does is looked for by
//! itself, so that passages joined from far apart are found as what they are. The work is bounded for each quotation.

use std::ops::Range;

use super::{
    align::{Laid, align},
    original::Original,
    passage::{Hand, Passage, Said},
    tongue::Tongue,
    vocabulary::is_number,
};

/// Words of the original that a mark of omission may stand for within one alignment.
const OMITTED: usize = 60;

/// Words above which a quotation is laid piece by piece.
const PIECE: usize = 160;

/// Words that may have strayed across a mark of omission.
const STRAY: usize = 3;

/// How often what does not fit is looked for elsewhere.
const DEPTH: usize = 6;

/// The words of a quotation that were found, as indexes of quotation and original; the first ascend.
pub(super) type Pairs = Vec<(usize, usize)>;

/// Finds the passage that fits best, however badly.
pub(super) fn find(passage: &Passage, original: &Original<'_>) -> Pairs {
    let mut pairs = Pairs::new();
    for piece in pieces(passage) {
        let search = Search { passage, original };
        let before = pairs.last().map(|(_, place)| *place + 1);
        let whole = search.place(&piece, &Near { after: before, until: None }, 0);
        pairs.extend(whole);
    }
    pairs
}

/// The quotation in pieces that can be laid at once: whole where it is short, else cut where paragraphs begin or words were
/// left out, or anywhere if need be.
fn pieces(passage: &Passage) -> Vec<Range<usize>> {
    let end = passage.words.len();
    let mut pieces = Vec::new();
    let mut start = 0;
    while end - start > PIECE {
        let cut = |at: &usize| {
            passage.marks.get(*at).copied().unwrap_or(false) || passage.paragraphs.get(*at).copied().unwrap_or(false)
        };
        let sentence = |at: &usize| passage.between.get(*at).is_some_and(|between| between.contains(['.', '!', '?']));
        let reach = start + PIECE / 4..start + PIECE;
        let at = reach.clone().rev().find(cut).or_else(|| reach.clone().rev().find(sentence)).unwrap_or(reach.end);
        pieces.push(start..at);
        start = at;
    }
    pieces.push(start..end);
    pieces
}

/// Whether what was found is enough to call it the passage quoted: about half of the words, and not only those that are
/// everywhere; of a short quotation, all but one. `spelled` words more are the original's in another spelling.
pub(super) fn is_close(passage: &Passage, pairs: &Pairs, spelled: usize, tongue: &Tongue<'_>) -> bool {
    let own = |word: &&Said| word.hand != Hand::Editor;
    let words: Vec<&Said> = passage.words.iter().filter(own).collect();
    let found: Vec<&Said> = pairs.iter().filter_map(|(said, _)| passage.words.get(*said)).filter(own).collect();
    let heavy = |words: &[&Said]| words.iter().filter(|word| word.weight > 1).count();
    let (all, telling) = (words.len(), heavy(&words));
    let (same, told) = (found.len() + spelled, heavy(&found) + spelled);
    let (first, last) = (pairs.first().map_or(0, |pair| pair.1), pairs.last().map_or(0, |pair| pair.1));
    match all {
        _ if same >= all => true,
        0..=2 => false,
        // Whoever says something else in much the same few words is not quoting this.
        3..=5 => {
            same + 1 >= all && told >= 2 && last.abs_diff(first) <= all + 1 && has_its_ends(passage, pairs, tongue)
        }
        6..=7 => same + 1 >= all && told >= 2 && last.abs_diff(first) <= all + 1,
        // A single word changed in a short sentence leaves hardly more telling ones than in a shorter.
        8..=11 => (same * 2 >= all && told >= 3) || (same + 1 >= all && told >= 2 && last.abs_diff(first) <= all + 1),
        _ => same * 20 >= all * 9 && told >= 3.min(telling),
    }
}

/// Whether the first word and the last were found, or are numbers: a phrase that merely goes on like the original begins or
/// ends otherwise.
fn has_its_ends(passage: &Passage, pairs: &Pairs, tongue: &Tongue<'_>) -> bool {
    let found = |at: usize| pairs.iter().any(|(said, _)| *said == at);
    let kept = |at: usize| found(at) || passage.words.get(at).is_some_and(|word| is_number(&word.folded, tongue));
    kept(0) && kept(passage.words.len().saturating_sub(1))
}

/// Where in the original the words beside those looked for stand.
#[derive(Clone, Copy)]
struct Near {
    /// What comes before them ends here.
    after: Option<usize>,
    /// What comes behind them begins here.
    until: Option<usize>,
}

struct Search<'a> {
    passage: &'a Passage,
    original: &'a Original<'a>,
}

impl Search<'_> {
    /// Lays the words in `range`, and by themselves those at its ends that do not fit there.
    fn place(&self, range: &Range<usize>, near: &Near, depth: usize) -> Pairs {
        let Some(said) = self.passage.words.get(range.clone()).filter(|said| !said.is_empty()) else {
            return Pairs::new();
        };
        if let Some(start) = self.verbatim(said, near) {
            return range.clone().zip(start..).collect();
        }
        let Some(pairs) = self.laid(range, near.after) else { return Pairs::new() };
        if depth >= DEPTH {
            return pairs;
        }
        let core = self.core(range, &pairs);
        let inside =
            |part: &Range<usize>| pairs.iter().filter(|(said, _)| part.contains(said)).copied().collect::<Pairs>();
        let middle = inside(&core);
        let first = middle.first().map(|(_, place)| *place);
        let last = middle.last().map(|(_, place)| place + 1);
        let (head, tail) = (range.start..core.start, core.end..range.end);
        let before = self.elsewhere(&head, &Near { after: None, until: first }, depth);
        let behind = self.elsewhere(&tail, &Near { after: last, until: None }, depth);
        let mut found = before.unwrap_or_else(|| inside(&head));
        found.extend(&middle);
        found.extend(behind.unwrap_or_else(|| inside(&tail)));
        found
    }

    /// Where the words stand just so: of several places the nearest on the right side, else the first.
    fn verbatim(&self, said: &[Said], near: &Near) -> Option<usize> {
        let beside = match (near.after, near.until) {
            (Some(after), _) => self.original.exactly(said, after, 1).first().copied(),
            (None, Some(until)) => {
                let places = self.original.exactly(said, 0, usize::MAX);
                places.into_iter().take_while(|start| start + said.len() <= until).last()
            }
            (None, None) => None,
        };
        // A word or two stand anywhere.
        beside.or_else(|| (said.len() > 2).then(|| self.original.exactly(said, 0, 1).first().copied()).flatten())
    }

    /// The best alignment at one of the likely places.
    fn laid(&self, range: &Range<usize>, before: Option<usize>) -> Option<Pairs> {
        let said = self.passage.words.get(range.clone())?;
        let marks = self.passage.marks.get(range.start..=range.end)?;
        let omitted = marks.iter().skip(1).take(said.len().saturating_sub(1)).filter(|mark| **mark).count();
        let slack = omitted.min(3) * OMITTED;
        let mut starts = self.original.candidates(said, slack);
        starts.extend(before.and_then(|before| i64::try_from(before).ok()));
        let mut best: Option<(i32, Pairs)> = None;
        for start in starts {
            let margin = said.len() / 2 + 12;
            let start = usize::try_from(start).unwrap_or(0);
            let window =
                start.saturating_sub(margin)..(start + said.len() + margin + slack).min(self.original.words.len());
            let stretch = self.original.words.get(window.clone()).unwrap_or_default();
            let Some(Laid { score, pairs }) = align(said, marks, stretch) else { continue };
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                let moved = pairs.into_iter().map(|(word, place)| (range.start + word, window.start + place));
                best = Some((score, moved.collect()));
            }
        }
        best.map(|(_, pairs)| pairs)
    }

    /// The part of `range` that fits best: the greatest sum of words found less words not found.
    fn core(&self, range: &Range<usize>, pairs: &Pairs) -> Range<usize> {
        let mut found = pairs.iter().map(|(said, _)| *said).peekable();
        let (mut best, mut most) = (range.clone(), 0);
        let (mut start, mut sum) = (range.start, 0);
        for index in range.clone() {
            let Some(word) = self.passage.words.get(index) else { break };
            let here = found.next_if(|said| *said == index).is_some();
            sum += match (here, &word.hand) {
                (true, _) => word.weight + 1,
                (false, Hand::Editor) => 0,
                (false, Hand::Speaker | Hand::Either | Hand::Mended(_)) => -3,
            };
            if sum > most {
                (best, most) = (start..index + 1, sum);
            }
            if sum < 0 {
                (start, sum) = (index + 1, 0);
            }
        }
        // A word or two across a mark of omission belong to what is on their own side.
        let mark = |at: &usize| self.passage.marks.get(*at).copied().unwrap_or(false);
        let near = |from: usize, to: usize| (from..to).filter(|at| best.start < *at && *at < best.end);
        let start = near(best.start, best.start + STRAY + 1).find(mark).filter(|_| best.start > range.start);
        let end = near(best.end.saturating_sub(STRAY), best.end).rev().find(mark).filter(|_| best.end < range.end);
        start.unwrap_or(best.start)..end.unwrap_or(best.end)
    }

    /// Words that do not fit with the rest, where they fit elsewhere as they are.
    fn elsewhere(&self, range: &Range<usize>, near: &Near, depth: usize) -> Option<Pairs> {
        let said = self.passage.words.get(range.clone())?;
        let marked = [range.start, range.end].iter().any(|at| self.passage.marks.get(*at).copied().unwrap_or(false));
        let own = said.iter().filter(|word| word.hand != Hand::Editor).count();
        if own < 4 {
            // A word or two behind a mark: only where they stand just so on the right side.
            let start = self.verbatim(said, near).filter(|_| marked && own > 0)?;
            return Some(range.clone().zip(start..).collect());
        }
        // Most of its neighbours stand beside each other somewhere, or it is from nowhere.
        let known = said.windows(2).filter(|two| self.original.has_pair(two[0].key, two[1].key)).count();
        if known * 2 < said.len() - 1 {
            return None;
        }
        let pairs = self.place(range, near, depth + 1);
        let found: Vec<&Said> = pairs.iter().filter_map(|(word, _)| self.passage.words.get(*word)).collect();
        let telling = found.iter().filter(|word| word.weight > 1).count();
        let whole = found.len() == own && (marked || telling >= 1);
        let most = found.len() >= 4 && found.len() * 5 >= own * 4 && telling >= 2;
        (whole || most).then_some(pairs)
    }
}
