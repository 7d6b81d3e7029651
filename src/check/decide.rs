//! Findings, claims and coverage → verdict and disclosure.
//!
//! The verdict is the strongest that holds. Typography, framing and house style never move it.

use serde::{Deserialize, Serialize};

use super::{
    ClaimStatus, Class, Disclosed, Finding, Kind, Severity, Verdict,
    claims::Held,
    draft::Draft,
    edits::alters,
    framing::Surroundings,
    pair::{Pair, words_of},
    quotes,
};

/// How much of the original is in the copy, in words.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Words of the original.
    pub original_words: u64,
    /// Words of the original present in the copy, in order.
    pub matched_words: u64,
    /// Words of the copy's article, furniture left out.
    pub copy_words: u64,
    /// `matched_words / original_words`, rounded to four places.
    pub share: f64,
}

/// Words in a row below which, with next to nothing else in common, two texts have only phrases in common.
const PHRASE: usize = 8;

/// The share of the original below which a copy may be an article that quotes it, and the share of the copy's own words that
/// the original makes up then.
const QUOTED: f64 = 0.5;
const OWN: f64 = 0.4;

/// The same share of the copy's words where the words of both stand between quotation marks of the copy, all but a few.
const MARKED_OWN: f64 = 0.6;
const MARKED: f64 = 0.8;

/// Counts words.
pub(super) fn coverage(pair: &Pair<'_>, surroundings: &Surroundings<'_>) -> Coverage {
    let side = &pair.alignment.original;
    let counts = |block: usize| !surroundings.is_set_aside(block);
    let blocks = (0..side.blocks.len()).filter(|block| counts(*block));
    let original_words: usize = blocks.map(|block| words_of(side, block).len()).sum();
    let same = pair.alignment.steps.iter().filter(|step| step.same);
    let matched_words = same.flat_map(|step| step.original.clone()).filter(|word| counts(side.block_of(*word))).count();
    let (original_words, matched_words) = (original_words as u64, matched_words as u64);
    let share = share(matched_words, original_words);
    Coverage { original_words, matched_words, copy_words: surroundings.article_words() as u64, share }
}

impl Coverage {
    /// Counts in the words that are only written differently: spelling, joined or parted words, bytes that could not be read.
    pub(super) fn with_spellings(self, pair: &Pair<'_>, drafts: &[Draft]) -> Self {
        let side = &pair.alignment.original;
        let mut matched = vec![false; side.words.len()];
        for step in pair.alignment.steps.iter().filter(|step| step.same) {
            matched[step.original.clone()].fill(true);
        }
        let spelling = |draft: &&Draft| {
            draft.kind == Kind::Typography || (draft.kind == Kind::TextReplaced && !alters(&draft.facets))
        };
        let mut more = 0;
        for bytes in drafts.iter().filter(spelling).filter_map(|draft| draft.original.as_ref()) {
            let first = side.words.partition_point(|word| word.bytes.end <= bytes.start);
            let last = side.words.partition_point(|word| word.bytes.start < bytes.end);
            for slot in matched.get_mut(first..last).into_iter().flatten().filter(|slot| !**slot) {
                *slot = true;
                more += 1;
            }
        }
        let matched_words = (self.matched_words + more).min(self.original_words);
        Self { matched_words, share: share(matched_words, self.original_words), ..self }
    }
}

fn share(matched: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { (matched as f64 / of as f64 * 10_000.0).round() / 10_000.0 }
}

/// Whether the two texts have nothing in common but phrases.
pub(super) fn is_unrelated(pair: &Pair<'_>, coverage: &Coverage) -> bool {
    let longest = pair.alignment.steps.iter().filter(|step| step.same).map(|step| step.original.len()).max();
    coverage.matched_words == 0 || (coverage.share < 0.1 && longest.unwrap_or(0) < PHRASE)
}

/// Whether the copy is an article of its own that quotes the original. What stands elsewhere is there all the same: a release
/// whose paragraphs were put in another order is no article of its own.
pub(super) fn is_quoting(pair: &Pair<'_>, coverage: &Coverage) -> bool {
    let moved: usize = pair.alignment.moves.iter().map(|moved| moved.original.len()).sum();
    let there = coverage.matched_words as f64 + moved as f64;
    let own = coverage.copy_words as f64;
    (there < QUOTED * coverage.original_words as f64 && there < OWN * own)
        || (there < MARKED_OWN * own && quotes::quoted_share(pair) > MARKED)
}

/// The verdict on a copy that holds the original or parts of it.
pub(super) fn verdict(findings: &[Finding]) -> Verdict {
    let worst = findings.iter().map(moves).max().unwrap_or(Verdict::Verbatim);
    let plain = [Verdict::Verbatim, Verdict::Emphasised, Verdict::Excerpted, Verdict::Altered];
    if plain.contains(&worst) { worst } else { Verdict::Altered }
}

/// The verdict that one finding alone would give. What another version of the original has was not done by the copy.
pub(super) fn moves(finding: &Finding) -> Verdict {
    if !finding.supported_by.is_empty() {
        return Verdict::Verbatim;
    }
    match finding.kind {
        // The face a page sets its whole text in is its own, and worth a note only.
        Kind::EmphasisAdded if finding.severity == Severity::Note && finding.declared_by.is_none() => Verdict::Verbatim,
        Kind::EmphasisAdded | Kind::EmphasisRemoved | Kind::EmphasisChanged => Verdict::Emphasised,
        Kind::TextDeleted if is_whole_paragraph(finding) => Verdict::Excerpted,
        Kind::TextInserted | Kind::TextDeleted | Kind::TextReplaced if alters(&finding.facets) => Verdict::Altered,
        Kind::TextMoved | Kind::Lookalike => Verdict::Altered,
        Kind::HiddenText | Kind::InvisibleCharacters if finding.severity == Severity::Error => Verdict::Altered,
        Kind::TextInserted
        | Kind::TextDeleted
        | Kind::TextReplaced
        | Kind::HiddenText
        | Kind::InvisibleCharacters
        | Kind::ParagraphsSplit
        | Kind::ParagraphsJoined
        | Kind::Typography
        | Kind::Headline
        | Kind::Byline
        | Kind::Dateline
        | Kind::Preface
        | Kind::Interjection
        | Kind::Subheading
        | Kind::Caption
        | Kind::Media
        | Kind::Link
        | Kind::Afterword
        | Kind::Topic => Verdict::Verbatim,
    }
}

/// Whether the deletion takes away a block from its first word to its last.
fn is_whole_paragraph(finding: &Finding) -> bool {
    let words = |text: &str| text.contains(char::is_alphanumeric);
    finding.original.as_ref().is_some_and(|anchor| !words(&anchor.prefix) && !words(&anchor.suffix))
}

/// Whether a finding is an alteration that an honest republisher would announce.
fn is_alteration(finding: &Finding) -> bool {
    match finding.kind.class() {
        Class::Emphasis | Class::Edit | Class::Concealment => moves(finding) != Verdict::Verbatim,
        Class::Framing => false,
    }
}

/// Ties findings to the claims that announce them, lets emphasis that is announced weigh a note, and says how far the copy announces what it did.
pub(super) fn disclose(findings: &mut [Finding], claims: &[Held]) -> Disclosed {
    for (at, finding) in findings.iter_mut().enumerate().filter(|(_, finding)| is_alteration(finding)) {
        let announces = |held: &&Held| held.claim.status == ClaimStatus::Confirmed && held.announces.contains(&at);
        finding.declared_by = claims.iter().find(announces).map(|held| held.claim.id.clone());
        // Whoever says truly "emphasis added" leads nobody: the words are the original's, and the reader knows the rest.
        if finding.declared_by.is_some() && finding.class == Class::Emphasis {
            finding.severity = Severity::Note;
        }
    }
    disclosed(findings)
}

/// How far the alterations among the findings are announced.
pub(super) fn disclosed(findings: &[Finding]) -> Disclosed {
    let alterations = || findings.iter().filter(|finding| is_alteration(finding));
    let told = alterations().filter(|finding| finding.declared_by.is_some()).count();
    let untold = alterations().count() - told;
    match (told, untold) {
        (0, 0) => Disclosed::NothingToDisclose,
        (_, 0) => Disclosed::All,
        (0, _) => Disclosed::None,
        (_, _) => Disclosed::Some,
    }
}
