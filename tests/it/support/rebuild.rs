//! The invariant of every report: the original's text with the findings applied is the copy's article.
//!
//! Word for word, as [`vidimus::text::words`] takes words for the same: case, typography and invisible characters are folded,
//! because a `typography` finding speaks for all places of its kind. What the report calls furniture or framing is left out
//! of the copy, what it says was set aside is left out of the original; everything else must be accounted for:
//!
//! - the copy's article without the words in findings' `copy` anchors is the original without the words in their `original`
//!   anchors, so that nothing was changed that no finding tells of;
//! - a pure insertion or deletion stands `at` the same place, counted in those words that both have;
//! - inside a `text-moved` the same holds for what was edited on its way;
//! - no word is told of twice, but for edits inside a move.

use std::{collections::BTreeSet, ops::Range};

use vidimus::{
    Checked, Report, Verdict,
    check::{Anchor, Finding, Kind, Point},
    diff::{Alignment, Side},
    extract::Document,
};

/// The words of the copy's article, rebuilt from the original and the findings; the cause where that fails.
///
/// Absent where the report does not claim to account for the copy: one that quotes, has nothing to do with the original, or
/// could not be read.
pub fn rebuild(
    report: &Report,
    original: &Document,
    copy: &Document,
    alignment: &Alignment,
) -> Option<Result<Vec<String>, String>> {
    match report.verdict {
        Verdict::Verbatim | Verdict::Emphasised | Verdict::Excerpted | Verdict::Altered => {}
        Verdict::Quoting | Verdict::Unrelated | Verdict::Undetermined => return None,
    }
    let original = Text { document: original, side: &alignment.original };
    let copy = Text { document: copy, side: &alignment.copy };
    Some(Books::open(report, original, copy, alignment).and_then(|books| books.balance()))
}

/// Fails with what does not add up.
#[track_caller]
pub fn assert_rebuilds(checked: &Checked) {
    let rebuilt = rebuild(&checked.report, &checked.original, &checked.copy, &checked.alignment);
    if let Some(Err(cause)) = rebuilt {
        let findings: Vec<String> = checked.report.findings.iter().map(line).collect();
        panic!("{cause}\nverdict {:?}, findings:\n{}", checked.report.verdict, findings.join("\n"));
    }
}

/// One finding on one line.
pub fn line(finding: &Finding) -> String {
    let side = |anchor: &Option<Anchor>| {
        anchor.as_ref().map(|anchor| format!("{}:{}..{} {:?}", anchor.block, anchor.start, anchor.end, anchor.exact))
    };
    let (old, new) = (side(&finding.original).unwrap_or_default(), side(&finding.copy).unwrap_or_default());
    let at = finding.at.map(|at| format!(" at {}:{}", at.block, at.offset)).unwrap_or_default();
    format!("  {} [{old}] -> [{new}]{at}", finding.kind.slug())
}

#[derive(Clone, Copy)]
struct Text<'a> {
    document: &'a Document,
    side: &'a Side,
}

impl Text<'_> {
    fn key(&self, word: usize) -> u32 {
        self.side.words[word].key.0
    }

    fn folded(&self, word: usize) -> String {
        vidimus::text::words::fold(&self.document.text[self.side.words[word].bytes.clone()])
    }

    /// The byte a point of a block stands at.
    fn byte(&self, block: usize, offset: usize) -> usize {
        let start = self.document.blocks.get(block).map_or(0, |block| block.bytes.start);
        let text = &self.document.text[start..];
        start + text.char_indices().nth(offset).map_or(text.len(), |(at, _)| at)
    }

    /// The words an anchor takes in; the cause where it cuts one.
    fn words(&self, anchor: &Anchor) -> Result<Range<usize>, String> {
        let bytes = self.byte(anchor.block, anchor.start)..self.byte(anchor.block, anchor.end);
        let words = &self.side.words;
        let first = words.partition_point(|word| word.bytes.end <= bytes.start);
        let last = words.partition_point(|word| word.bytes.start < bytes.end).max(first);
        let whole = |word: usize| bytes.start <= words[word].bytes.start && words[word].bytes.end <= bytes.end;
        if (first..last).all(whole) { Ok(first..last) } else { Err(format!("{:?} cuts a word", anchor.exact)) }
    }

    /// The first word at or behind a point.
    fn word_at(&self, at: Point) -> usize {
        let byte = self.byte(at.block, at.offset);
        self.side.words.partition_point(|word| word.bytes.end <= byte)
    }

    fn in_blocks(&self, blocks: Range<usize>) -> impl Iterator<Item = usize> {
        blocks.filter_map(|block| self.side.blocks.get(block).cloned()).flatten()
    }
}

/// What a finding takes away from either side.
struct Entry<'a> {
    finding: &'a Finding,
    original: Range<usize>,
    copy: Range<usize>,
}

struct Books<'a> {
    original: Text<'a>,
    copy: Text<'a>,
    entries: Vec<Entry<'a>>,
    /// Words of either side that no finding tells of and that are part of the text.
    kept: [Vec<usize>; 2],
    article: Vec<usize>,
}

impl<'a> Books<'a> {
    fn open(report: &'a Report, original: Text<'a>, copy: Text<'a>, alignment: &Alignment) -> Result<Self, String> {
        let mut entries = Vec::new();
        let (mut around, mut left_out) = (BTreeSet::new(), BTreeSet::new());
        for finding in &report.findings {
            let words =
                |text: Text<'_>, anchor: &Option<Anchor>| anchor.as_ref().map_or(Ok(0..0), |anchor| text.words(anchor));
            let entry =
                Entry { finding, original: words(original, &finding.original)?, copy: words(copy, &finding.copy)? };
            if is_about_words(&entry, original, copy) {
                entries.push(entry);
            } else if is_framing(finding) {
                around.extend(entry.copy);
                left_out.extend(entry.original);
            }
        }
        let furniture = report.furniture.iter().flat_map(|part| copy.in_blocks(part.block..part.block + part.blocks));
        around.extend(furniture);
        let aside = report.set_aside.iter().flat_map(|part| original.in_blocks(part.block..part.block + part.blocks));
        // What only the original says around its text is no part of it.
        let aside: BTreeSet<usize> = aside.chain(left_out).collect();
        // A title or letterhead that the copy has as well is outside the text on both sides.
        let moved = alignment.moves.iter().flat_map(|moved| &moved.steps);
        for step in alignment.steps.iter().chain(moved).filter(|step| step.same) {
            let pairs = step.original.clone().zip(step.copy.clone());
            around.extend(pairs.filter(|(left, _)| aside.contains(left)).map(|(_, right)| right));
        }
        let gone: BTreeSet<usize> = entries.iter().flat_map(|entry| entry.original.clone()).collect();
        let come: BTreeSet<usize> = entries.iter().flat_map(|entry| entry.copy.clone()).collect();
        let article: Vec<usize> = (0..copy.side.words.len()).filter(|word| !around.contains(word)).collect();
        let kept_copy = article.iter().copied().filter(|word| !come.contains(word)).collect();
        let words = 0..original.side.words.len();
        let kept_original = words.filter(|word| !gone.contains(word) && !aside.contains(word)).collect();
        Ok(Self { original, copy, entries, kept: [kept_original, kept_copy], article })
    }

    fn balance(self) -> Result<Vec<String>, String> {
        self.told_once()?;
        self.same_rest()?;
        for entry in &self.entries {
            self.placed(entry)?;
            if entry.finding.kind == Kind::TextMoved {
                self.moved(entry)?;
            }
        }
        let mut rest = self.kept[0].iter();
        let told: BTreeSet<usize> = self.entries.iter().flat_map(|entry| entry.copy.clone()).collect();
        let word = |word: &usize| {
            if told.contains(word) {
                self.copy.folded(*word)
            } else {
                rest.next().map_or_else(String::new, |word| self.original.folded(*word))
            }
        };
        let rebuilt: Vec<String> = self.article.iter().map(word).collect();
        let wanted: Vec<String> = self.article.iter().map(|word| self.copy.folded(*word)).collect();
        if rebuilt == wanted { Ok(rebuilt) } else { Err("the rebuilt article is not the copy's".to_owned()) }
    }

    fn same_rest(&self) -> Result<(), String> {
        let [left, right] = &self.kept;
        let pairs =
            left.iter().zip(right).take_while(|(left, right)| self.original.key(**left) == self.copy.key(**right));
        let same = pairs.count();
        if same == left.len() && same == right.len() {
            return Ok(());
        }
        let show = |text: Text<'_>, words: &[usize]| {
            words
                .iter()
                .skip(same.saturating_sub(4))
                .take(12)
                .map(|word| text.folded(*word))
                .collect::<Vec<_>>()
                .join(" ")
        };
        Err(format!(
            "what no finding tells of differs behind word {same}:\n  original … {}\n  copy     … {}",
            show(self.original, left),
            show(self.copy, right)
        ))
    }

    fn told_once(&self) -> Result<(), String> {
        let plain = self.entries.iter().filter(|entry| entry.finding.kind != Kind::TextMoved);
        let (mut gone, mut come) = (BTreeSet::new(), BTreeSet::new());
        for entry in plain {
            let twice = entry.original.clone().any(|word| !gone.insert(word))
                || entry.copy.clone().any(|word| !come.insert(word));
            if twice {
                return Err(format!("told of twice:{}", line(entry.finding)));
            }
        }
        Ok(())
    }

    /// Whether a pure insertion or deletion stands at the same place of both texts.
    fn placed(&self, entry: &Entry<'_>) -> Result<(), String> {
        let before = |kept: &[usize], word: usize| kept.partition_point(|other| *other < word);
        let inside = |of: for<'e> fn(&'e Entry<'_>) -> &'e Range<usize>| {
            let mut moves = self.entries.iter().filter(|entry| entry.finding.kind == Kind::TextMoved);
            moves.any(|moved| of(moved).start <= of(entry).start && of(entry).end <= of(moved).end)
        };
        let (place, other) = match (&entry.finding.original, &entry.finding.copy, entry.finding.at) {
            (None, Some(_), Some(at)) if !inside(|entry| &entry.copy) => {
                (before(&self.kept[0], self.original.word_at(at)), before(&self.kept[1], entry.copy.start))
            }
            (Some(_), None, Some(at)) if !inside(|entry| &entry.original) => {
                (before(&self.kept[0], entry.original.start), before(&self.kept[1], self.copy.word_at(at)))
            }
            (None, Some(_), Some(_)) | (Some(_), None, Some(_)) | (Some(_), Some(_), None) => return Ok(()),
            (_, _, _) => return Err(format!("has no place:{}", line(entry.finding))),
        };
        if place == other {
            return Ok(());
        }
        Err(format!("stands behind {place} words of the original and {other} of the copy:{}", line(entry.finding)))
    }

    /// Whether what moved is the same in both places, apart from what is told of inside it.
    fn moved(&self, moved: &Entry<'_>) -> Result<(), String> {
        let others = || self.entries.iter().filter(|entry| entry.finding.kind != Kind::TextMoved);
        let gone: BTreeSet<usize> = others().flat_map(|entry| entry.original.clone()).collect();
        let come: BTreeSet<usize> = others().flat_map(|entry| entry.copy.clone()).collect();
        let left = moved.original.clone().filter(|word| !gone.contains(word)).map(|word| self.original.key(word));
        let right = moved.copy.clone().filter(|word| !come.contains(word)).map(|word| self.copy.key(word));
        if left.eq(right) { Ok(()) } else { Err(format!("other words than those that moved:{}", line(moved.finding))) }
    }
}

fn is_framing(finding: &Finding) -> bool {
    finding.kind.class() == vidimus::check::Class::Framing && finding.kind != Kind::Link
}

/// Whether a finding tells of other words on either side. Typography that keeps the words is none, nor are emphasis and breaks.
fn is_about_words(entry: &Entry<'_>, original: Text<'_>, copy: Text<'_>) -> bool {
    let same = || {
        let left = entry.original.clone().map(|word| original.key(word));
        left.eq(entry.copy.clone().map(|word| copy.key(word)))
    };
    match entry.finding.kind {
        Kind::TextMoved => true,
        Kind::HiddenText => entry.finding.original.is_some(),
        Kind::TextInserted
        | Kind::TextDeleted
        | Kind::TextReplaced
        | Kind::Typography
        | Kind::Lookalike
        | Kind::Headline => {
            let both = entry.finding.original.is_some() && entry.finding.copy.is_some();
            !(both && same()) && (entry.finding.kind != Kind::Headline || both)
        }
        Kind::EmphasisAdded
        | Kind::EmphasisRemoved
        | Kind::EmphasisChanged
        | Kind::ParagraphsSplit
        | Kind::ParagraphsJoined
        | Kind::InvisibleCharacters
        | Kind::Byline
        | Kind::Dateline
        | Kind::Preface
        | Kind::Interjection
        | Kind::Subheading
        | Kind::Caption
        | Kind::Media
        | Kind::Link
        | Kind::Afterword
        | Kind::Topic => false,
    }
}
