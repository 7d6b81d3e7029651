//! Stage 3, two documents → their alignment: what stands in both, what moved, what stands only here or only there.
//!
//! Cannot fail and does no I/O; where two long texts have nothing in common it says that its budget was reached instead of
//! searching on. It compares words, never characters, and never judges: a matched pair may still differ in case or in
//! typography, and what a change means is for `check` to say.
//!
//! The order of work, one file each: `region` finds where in the copy the original lies, `anchors` pins down long runs,
//! `words` compares what is between them, both by the fingerprints in `prints`, `coherence` drops what is common by coincidence, `tidy` makes the result read as a person would mark it, `moves` pairs what went
//! missing in one place with what turned up in another.

mod anchors;
mod budget;
mod coherence;
mod moves;
mod prints;
mod region;
mod tidy;
mod words;

use std::{collections::BTreeSet, ops::Range, sync::Arc};

use crate::{
    extract::{Block, BlockKind, Document},
    text::words::{Key, Lexicon, Word, ends_sentence},
};

pub use moves::Move;

/// One document's words and the blocks they stand in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// The words of [`Document::text`], in order.
    pub words: Vec<Word>,
    /// For each block, the range of its words.
    pub blocks: Vec<Range<usize>>,
    /// For each word, the block that holds it: asked for so often that looking it up would cost more than all else.
    homes: Vec<usize>,
    /// How much each word says, see [`Lexicon::weight`].
    weights: Vec<u8>,
    /// How strong the break before each word is.
    breaks: Vec<Break>,
    /// For each block, whether it is a heading.
    headings: Vec<bool>,
    /// For each block, the element it stands in: blocks of one element are parted by line breaks only.
    elements: Vec<usize>,
}

/// How strong a break between two words is, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Break {
    None,
    Punctuation,
    Sentence,
    Block,
}

impl Side {
    fn of(document: &Document, lexicon: &mut Lexicon) -> Self {
        let words = lexicon.words(&document.text);
        let mut at = 0;
        let blocks = document
            .blocks
            .iter()
            .map(|block| {
                let start = at;
                while words.get(at).is_some_and(|word| word.bytes.start < block.bytes.end) {
                    at += 1;
                }
                start..at
            })
            .collect::<Vec<Range<usize>>>();
        let mut homes = vec![blocks.len().saturating_sub(1); words.len()];
        for (block, range) in blocks.iter().enumerate() {
            homes[range.clone()].fill(block);
        }
        let weights = words.iter().map(|word| u8::try_from(lexicon.weight(word.key)).unwrap_or(u8::MAX)).collect();
        let mut end = 0;
        let breaks = words
            .iter()
            .map(|word| {
                let between = &document.text[end..word.bytes.start];
                let first = end == 0;
                end = word.bytes.end;
                match () {
                    // Most words are parted by a space.
                    () if between == " " => Break::None,
                    () if first || between.contains('\n') => Break::Block,
                    () if ends_sentence(between) => Break::Sentence,
                    () if between.chars().any(|c| !c.is_whitespace()) => Break::Punctuation,
                    () => Break::None,
                }
            })
            .collect();
        let headings =
            document.blocks.iter().map(|block| matches!(block.kind, BlockKind::Heading(_) | BlockKind::HeadCell));
        // Of a text without markup every paragraph stands by itself.
        let marked = document.containers.len() > 1;
        let element = |(at, block): (usize, &Block)| if marked { block.container } else { at };
        let elements = document.blocks.iter().enumerate().map(element).collect();
        Self { words, blocks, homes, weights, breaks, headings: headings.collect(), elements }
    }

    /// Whether block `index` is a heading.
    fn is_heading(&self, index: usize) -> bool {
        self.headings.get(index).copied().unwrap_or(false)
    }

    /// How strong the break before word `index` is; the end of the text counts as the end of a block.
    fn break_before(&self, index: usize) -> Break {
        self.breaks.get(index).copied().unwrap_or(Break::Block)
    }

    /// Whether `range` is one or more whole blocks.
    fn is_whole_blocks(&self, range: &Range<usize>) -> bool {
        !range.is_empty()
            && self.break_before(range.start) == Break::Block
            && self.break_before(range.end) == Break::Block
    }

    /// The index of the block that holds word `index`.
    pub fn block_of(&self, index: usize) -> usize {
        self.homes.get(index).copied().unwrap_or(self.blocks.len().saturating_sub(1))
    }

    /// The bytes from the first to the last word of `range`; empty at the next word where `range` is empty.
    pub fn bytes(&self, range: &Range<usize>) -> Range<usize> {
        match (self.words.get(range.start), range.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) if range.start < range.end => first.bytes.start..last.bytes.end,
            (Some(next), _) => next.bytes.start..next.bytes.start,
            (None, _) => {
                let end = self.words.last().map_or(0, |last| last.bytes.end);
                end..end
            }
        }
    }

    /// How much the words of `range` say together.
    fn weight(&self, range: &Range<usize>) -> usize {
        self.weights[range.clone()].iter().map(|weight| usize::from(*weight)).sum()
    }

    /// Whether `range` and `theirs` of `other` share a word that says something.
    pub(crate) fn shares_words(&self, range: &Range<usize>, other: &Self, theirs: &Range<usize>) -> bool {
        let telling = |side: &Self, range: &Range<usize>| -> BTreeSet<Key> {
            range.clone().filter(|at| side.weights[*at] > 1).map(|at| side.words[at].key).collect()
        };
        !telling(self, range).is_disjoint(&telling(other, theirs))
    }

    fn keys(&self, range: &Range<usize>) -> Vec<u32> {
        self.words[range.clone()].iter().map(|word| word.key.0).collect()
    }

    /// Every run of `length` words that begins in `range` and ends in it: its fingerprint and its place, in order of place.
    fn runs(&self, range: &Range<usize>, length: usize) -> impl Iterator<Item = (u64, usize)> + Clone {
        prints::runs(&self.words, range, length)
    }
}

/// A stretch of the alignment. Ranges are word indexes into [`Alignment::original`] and [`Alignment::copy`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The original's words.
    pub original: Range<usize>,
    /// The copy's words.
    pub copy: Range<usize>,
    /// Whether they are the same words (then both ranges have the same length), or what stands on one side instead of what
    /// stands on the other (then either may be empty).
    pub same: bool,
}

/// Two documents laid side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// The original's words.
    pub original: Arc<Side>,
    /// The copy's words.
    pub copy: Arc<Side>,
    /// Every word of both documents exactly once, in order; no two neighbours are both the same or both changed.
    pub steps: Vec<Step>,
    /// Passages of changed steps that stand elsewhere, in order of the copy.
    pub moves: Vec<Move>,
    /// The blocks of the copy among which the original lies; empty where nothing of it was found.
    pub article: Range<usize>,
    /// Whether a stretch was too long and too different to be compared word by word.
    pub budget_reached: bool,
}

/// Lays `copy` beside `original`.
///
/// ```
/// use vidimus::{diff, extract::Document};
/// let alignment = diff::align(&Document::default(), &Document::default());
/// assert!(alignment.steps.is_empty());
/// ```
pub fn align(original: &Document, copy: &Document) -> Alignment {
    let mut lexicon = Lexicon::new();
    let original = Side::of(original, &mut lexicon);
    let copy = Side::of(copy, &mut lexicon);
    let article = region::article(&original, &copy);
    let words =
        match (copy.blocks.get(article.start), article.end.checked_sub(1).and_then(|last| copy.blocks.get(last))) {
            (Some(first), Some(last)) if !article.is_empty() => first.start..last.end,
            _ => 0..0,
        };
    let mut budget = budget::Budget::default();
    if article.is_empty() {
        // Long texts without a passage in common are set apart as wholes, which has to be said.
        budget.allows(original.words.len(), copy.words.len());
    }
    let matched = anchors::matched(&original, &copy, 0..original.words.len(), words, &mut budget);
    let steps = tidy::steps(&original, &copy, matched, &mut budget);
    let moves = moves::find(&original, &copy, &steps, &mut budget);
    let (original, copy) = (Arc::new(original), Arc::new(copy));
    Alignment { original, copy, steps, moves, article, budget_reached: budget.reached() }
}

impl Alignment {
    /// The same with both documents in each other's place, so that what is asked of the copy can be asked of the original.
    pub(crate) fn turned(&self) -> Self {
        let turn = |step: &Step| Step { original: step.copy.clone(), copy: step.original.clone(), same: step.same };
        let steps = |steps: &[Step]| steps.iter().map(turn).collect();
        let moves = self.moves.iter().map(|moved| Move {
            original: moved.copy.clone(),
            copy: moved.original.clone(),
            steps: steps(&moved.steps),
        });
        let mut moves: Vec<Move> = moves.collect();
        moves.sort_by_key(|moved| moved.copy.start);
        let (original, copy) = (Arc::clone(&self.copy), Arc::clone(&self.original));
        let mut same = self.steps.iter().filter(|step| step.same).map(|step| &step.original);
        let first = same.next().map_or(0, |range| copy.block_of(range.start));
        let last = same.next_back().map_or(first, |range| copy.block_of(range.end - 1));
        let article = first..(last + 1).min(copy.blocks.len());
        Self { original, copy, steps: steps(&self.steps), moves, article, budget_reached: self.budget_reached }
    }
}

/// Two runs of the same words: where they begin, and how many words they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Run {
    original: usize,
    copy: usize,
    len: usize,
}

impl Run {
    fn original_range(self) -> Range<usize> {
        self.original..self.original + self.len
    }

    fn copy_range(self) -> Range<usize> {
        self.copy..self.copy + self.len
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::BlockStyle;

    /// A document of paragraphs.
    fn document(paragraphs: &[&str]) -> Document {
        let mut document = Document::default();
        for paragraph in paragraphs {
            if !document.text.is_empty() {
                document.text.push('\n');
            }
            let start = document.text.len();
            document.text.push_str(paragraph);
            document.blocks.push(Block {
                bytes: start..document.text.len(),
                kind: BlockKind::Paragraph,
                container: 0,
                base: BlockStyle::default(),
            });
        }
        document
    }

    /// What was changed, as `[-old-]{+new+}`, moves as `<moved>`.
    fn marked(original: &[&str], copy: &[&str]) -> Vec<String> {
        let (original, copy) = (document(original), document(copy));
        let alignment = align(&original, &copy);
        let mut out: Vec<String> = alignment
            .steps
            .iter()
            .filter(|step| !step.same)
            .map(|step| {
                let old = &original.text[alignment.original.bytes(&step.original)];
                let new = &copy.text[alignment.copy.bytes(&step.copy)];
                format!("[-{old}-]{{+{new}+}}")
            })
            .collect();
        out.extend(alignment.moves.iter().map(|m| format!("<{}>", &copy.text[alignment.copy.bytes(&m.copy)])));
        out
    }

    #[test]
    fn a_changed_number_is_one_change() {
        let before = "They took note of the commitment to the process as called for under UNSCR 2254.";
        let after = "They took note of the commitment to the process as called for under UNSCR 2245.";
        assert_eq!(marked(&[before], &[after]), ["[-2254-]{+2245+}"]);
    }

    #[test]
    fn a_replaced_phrase_is_whole() {
        let before = "The Presidents agreed to maintain open military channels of communication between professionals.";
        let after = "The Presidents refused to close any secret lines of communication between professionals.";
        assert_eq!(
            marked(&[before], &[after]),
            ["[-agreed to maintain open military channels-]{+refused to close any secret lines+}"]
        );
    }

    #[test]
    fn an_inserted_sentence_begins_where_it_begins() {
        let before = "The talks began early. The ministers met in the evening and left.";
        let after = "The talks began early. The hosts were late again. The ministers met in the evening and left.";
        assert_eq!(marked(&[before], &[after]), ["[--]{+The hosts were late again+}"]);
    }

    #[test]
    fn a_paragraph_that_jumped_is_one_move() {
        let a = "Ministers opened the session with a short statement on the harvest and the weather of the year.";
        let b = "A second paragraph speaks of roads.";
        let c = "The third names bridges, tunnels and ferries.";
        let d = "The fourth is about schools.";
        assert_eq!(
            marked(&[a, b, c, d], &[b, c, d, a]).last().map(String::as_str),
            Some(format!("<{}>", a.trim_end_matches('.')).as_str())
        );
    }

    #[test]
    fn the_last_of_several_equal_sentences_can_be_missing() {
        let line = "Peace will come to the valley in May.";
        assert_eq!(marked(&[line, line, line], &[line, line]), ["[-Peace will come to the valley in May-]{++}"]);
        assert_eq!(marked(&[line, line], &[line, line, line]), ["[--]{+Peace will come to the valley in May+}"]);
        let same = |alignment: &Alignment| {
            alignment.steps.iter().filter(|step| step.same).map(|step| step.copy.len()).sum::<usize>()
        };
        assert_eq!(
            same(&align(&document(&[line, line, line]), &document(&[line, line]))),
            16,
            "no common word is lost"
        );
    }

    #[test]
    fn a_paragraph_put_before_one_that_begins_alike_takes_no_word_of_it() {
        let (a, b) = ("Talks went on in the capital until late.", "The ministers agreed that there is no way back.");
        let new = "The two hosts called on all states to raise what they give over the months to come.";
        assert_eq!(marked(&[a, b], &[a, new, b]), [format!("[--]{{+{}+}}", new.trim_end_matches('.'))]);
    }

    proptest::proptest! {
        #[test]
        fn every_word_stands_in_exactly_one_step(old in "[abc. \n]{0,40}", new in "[abc. \n]{0,40}") {
            let paragraphs = |text: &str| document(&text.split('\n').filter(|line| line.contains(char::is_alphanumeric)).collect::<Vec<_>>());
            let alignment = align(&paragraphs(&old), &paragraphs(&new));
            let (mut o, mut c) = (0, 0);
            for step in &alignment.steps {
                assert_eq!((step.original.start, step.copy.start), (o, c));
                (o, c) = (step.original.end, step.copy.end);
                assert!(!step.original.is_empty() || !step.copy.is_empty());
                assert!(!step.same || alignment.original.keys(&step.original) == alignment.copy.keys(&step.copy));
            }
            assert_eq!((o, c), (alignment.original.words.len(), alignment.copy.words.len()));
            assert!(alignment.steps.windows(2).all(|two| two[0].same != two[1].same), "{:?}", alignment.steps);
        }
    }

    #[test]
    fn texts_without_anything_in_common_do_not_align() {
        let alignment = align(&document(&["one two three four"]), &document(&["five six seven eight nine"]));
        assert!(alignment.article.is_empty());
        assert_eq!(alignment.steps.len(), 1);
    }
}
