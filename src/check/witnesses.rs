//! Several versions of one original: which of them the copy is closest to, and which findings another version explains.
//!
//! The judgements of one copy against every version come in; the index of the closest goes out, and its findings learn which
//! other versions have the copy's wording. Wording is never looked up as such: a word that stands elsewhere in another version
//! excuses nothing. `reading` asks whether a version has the passage in the same place, between the same words.

mod reading;

use std::cmp::Reverse;

use super::{Class, Finding, Judgement, Kind, Severity, Verdict, decide};
use crate::{
    diff::Alignment,
    extract::{Document, Note},
    text::words::Lexicon,
};
use reading::Reading;

/// A version of the original and how the copy fares against it.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// Its place in the list of witnesses.
    pub index: usize,
    /// The version as a reader sees it.
    pub document: &'a Document,
    /// How the copy lies beside it.
    pub alignment: &'a Alignment,
    /// What was found when the copy was held against it.
    pub judgement: &'a Judgement,
}

/// How many words the copy has otherwise than each version: what it alters against it (paragraphs left out as wholes are not
/// among that), and passages it has from another version that this one does not have at all.
pub fn edits(versions: &[Version<'_>], copy: &Document) -> Vec<u64> {
    let readings: Vec<Reading<'_>> = versions.iter().map(|version| Reading::of(*version, copy)).collect();
    let foreign = |own: &Reading<'_>| -> u64 {
        let others = || readings.iter().filter(|other| other.index() != own.index());
        let blocks = (0..copy.blocks.len()).filter(|block| own.is_passed_over(*block));
        blocks.filter_map(|block| others().map(|other| other.passage(block)).max()).sum()
    };
    readings.iter().zip(versions).map(|(own, version)| altered(version.judgement) + foreign(own)).collect()
}

/// How many words the findings alter, anything concealed counted as one at least.
fn altered(judgement: &Judgement) -> u64 {
    let mut lexicon = Lexicon::new();
    let altering = judgement.findings.iter().filter(|finding| decide::moves(finding) == Verdict::Altered);
    altering
        .map(|finding| {
            let sides = [&finding.original, &finding.copy].into_iter().flatten();
            sides.map(|anchor| lexicon.words(&anchor.exact).len() as u64).max().unwrap_or(0).max(1)
        })
        .sum()
}

impl Judgement {
    /// Lets the findings that other versions of the original explain weigh no more than a note. Neither verdict nor disclosure
    /// counts them then: who copied another version faithfully has altered nothing.
    pub fn explain(&mut self, copy: &Document, others: &[Version<'_>]) {
        let readings: Vec<Reading<'_>> = others.iter().map(|version| Reading::of(*version, copy)).collect();
        for finding in &mut self.findings {
            finding.supported_by = readings.iter().filter(|reading| reading.has(finding)).map(Reading::index).collect();
            let foreign = finding.class == Class::Framing && finding.supported_by.is_empty();
            if foreign && readings.iter().any(|reading| reading.has_part_of(finding)) {
                as_inserted(finding);
            }
            if !finding.supported_by.is_empty() {
                finding.severity = finding.severity.min(Severity::Note);
            }
        }
        self.disclosed = decide::disclosed(&self.findings);
        self.verdict = match self.verdict {
            Verdict::Verbatim | Verdict::Emphasised | Verdict::Excerpted | Verdict::Altered => {
                decide::verdict(&self.findings)
            }
            Verdict::Quoting | Verdict::Unrelated | Verdict::Undetermined => self.verdict,
        };
    }

    /// Says which of the versions, each with its name, could not be compared with the copy although this one could.
    pub fn note_unread<'a>(&mut self, others: impl Iterator<Item = (&'a str, &'a Judgement)>) {
        if !is_read(self) {
            return;
        }
        for (name, _) in others.filter(|(_, other)| !is_read(other)) {
            let message = format!("The version given as {name} could not be compared with the copy.");
            self.limits.push(Note { code: "witness-not-compared".to_owned(), message });
        }
    }
}

fn is_read(judgement: &Judgement) -> bool {
    !matches!(judgement.verdict, Verdict::Unrelated | Verdict::Undetermined)
}

/// A passage of another version, altered, is no framing: against this version it was inserted.
fn as_inserted(finding: &mut Finding) {
    finding.kind = Kind::TextInserted;
    finding.class = Kind::TextInserted.class();
    finding.severity = Severity::Warning;
    "A passage was inserted that another version of the original has in other words.".clone_into(&mut finding.message);
}

/// The place of the version closest to the copy, given how many words the copy has otherwise than each: fewest of these, then the
/// mildest verdict, the greatest share, no emphasis found, the fewest findings above a note, the fewest at all, and in the end
/// the order given. One that could be told nothing about comes last, one of which the copy only quotes passages before it. 0
/// where there is none.
pub fn closest<'a>(judgements: impl Iterator<Item = (&'a Judgement, u64)>) -> usize {
    let rank = |judgement: &Judgement, edits: u64| {
        let told = match judgement.verdict {
            Verdict::Verbatim | Verdict::Emphasised | Verdict::Excerpted | Verdict::Altered => 0,
            Verdict::Quoting => 1,
            Verdict::Unrelated => 2,
            Verdict::Undetermined => 3,
        };
        let count = |of: &dyn Fn(&Finding) -> bool| judgement.findings.iter().filter(|one| of(one)).count();
        let share = Reverse((judgement.coverage.share * 10_000.0).round() as u64);
        let emphasis = count(&|one| one.class == Class::Emphasis) > 0;
        let weighty = count(&|one| one.severity > Severity::Note);
        (told, edits, judgement.verdict, share, emphasis, weighty, judgement.findings.len())
    };
    judgements.enumerate().min_by_key(|(_, (judgement, edits))| rank(judgement, *edits)).map_or(0, |(at, _)| at)
}

/// How a version could explain a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Question {
    /// By having the passage between the same words.
    Words,
    /// By having it letter for letter.
    Letters,
    /// By setting the words off in the same way.
    Styles,
    /// By being titled so.
    Title,
    /// Not at all.
    None,
}

/// What has to be asked of a version about a finding of this kind. Nothing excuses what the reader of the copy is not shown, and
/// what is always a note needs no excuse.
fn question(kind: Kind) -> Question {
    match kind {
        Kind::TextInserted | Kind::TextDeleted | Kind::TextReplaced | Kind::TextMoved => Question::Words,
        Kind::Interjection
        | Kind::Preface
        | Kind::Afterword
        | Kind::Subheading
        | Kind::Caption
        | Kind::Byline
        | Kind::Dateline
        | Kind::Topic => Question::Words,
        Kind::Lookalike | Kind::InvisibleCharacters => Question::Letters,
        Kind::EmphasisAdded | Kind::EmphasisRemoved | Kind::EmphasisChanged => Question::Styles,
        Kind::Headline => Question::Title,
        Kind::HiddenText
        | Kind::ParagraphsSplit
        | Kind::ParagraphsJoined
        | Kind::Typography
        | Kind::Media
        | Kind::Link => Question::None,
    }
}
