//! Stage 4, two documents and their alignment → findings, claims and a verdict.
//!
//! Cannot fail and does no I/O. `bounds` says where the statement lies, `framing`, `roles` and `place` what stands around it, `aside` and `left_out` what of the original does, then one
//! file a family of findings: `edits` with `facets` and `amounts`, `typography` with `marks`, `emphasis`, `concealment`, `pictures`, `links`; `claims` reads what the copy
//! file a family of findings: `edits` with `facets`, `typography` with `marks` and `tone`, `emphasis`, `concealment`, `pictures`, `links`; `claims` reads what the copy
//! says of itself, `quotes` holds what an article quotes, `decide` draws the verdict, `doubts` names what some readers may not see, `standin` knows pages that were sent in place of the article, `witnesses` lets
//! other versions of the original speak, `apparatus` sets them side by side. Add a kind in `finding.rs` and judge it in its family's file.

mod amounts;
pub mod apparatus;
mod aside;
mod bounds;
mod claim;
mod claims;
mod closing;
mod concealment;
mod dateline;
mod decide;
mod doubts;
mod draft;
mod edits;
mod emphasis;
mod facets;
mod finding;
mod framing;
mod left_out;
mod limits;
mod links;
mod marks;
mod meant;
mod numbering;
mod occurrences;
mod pair;
mod pictures;
mod place;
pub mod quotes;
mod references;
mod roles;
mod standin;
mod tone;
mod typography;
mod verdict;
mod witnesses;

pub use claim::{Claim, ClaimKind, ClaimStatus};
pub use decide::Coverage;
pub use finding::{Anchor, Class, Facet, Finding, Kind, Point, Severity};
pub use framing::Furniture;
pub use quotes::{Quote, QuoteEmphasis, QuoteStatus};
pub use verdict::{Disclosed, Verdict};
pub use witnesses::{Version, closest, edits};

use crate::{
    diff::Alignment,
    extract::{ByteRange, Document, Note},
};
use framing::Surroundings;
use pair::Pair;
use quotes::Against;

/// What the judges are told beside the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What the original is called in messages.
    pub name: String,
    /// Addresses the original was asked for at or answered from, the one that answered last.
    pub addresses: Vec<String>,
    /// What was noticed about the captures themselves.
    pub limits: Vec<Note>,
    /// Whether one of the captures is known not to hold the page it should.
    pub unreadable: bool,
}

/// Everything the judges found.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// What the republisher did.
    pub verdict: Verdict,
    /// How far the copy announces it.
    pub disclosed: Disclosed,
    /// How much of the original is there.
    pub coverage: Coverage,
    /// In reading order of the copy.
    pub findings: Vec<Finding>,
    /// What the copy says of its own origin.
    pub claims: Vec<Claim>,
    /// What an article of its own quotes.
    pub quotes: Vec<Quote>,
    /// What of the copy was set aside.
    pub furniture: Vec<Furniture>,
    /// What of the original was.
    pub set_aside: Vec<Furniture>,
    /// What could not be checked.
    pub limits: Vec<Note>,
}

/// Judges `copy` against `original`, given how they align.
pub fn judge(original: &Document, copy: &Document, alignment: &Alignment, facts: &Facts) -> Judgement {
    let known = pair::Known::default();
    let pair = Pair { original, copy, alignment, known: &known };
    let surroundings = Surroundings::of(&pair);
    let coverage = decide::coverage(&pair, &surroundings);
    let unrelated = decide::is_unrelated(&pair, &coverage);
    let quoting = !unrelated && decide::is_quoting(&pair, &coverage);
    let (limits, undetermined) = limits::of(&pair, facts, &coverage, (unrelated, quoting), &surroundings.bounds);

    let mut drafts = Vec::new();
    let mut furniture = surroundings.furniture();
    if !unrelated {
        edits::find(&pair, &surroundings, &mut drafts);
        claims::interject(&pair, &mut drafts);
        typography::find(&pair, &surroundings, &mut drafts);
        references::settle(&pair, &surroundings, &mut drafts);
        emphasis::find(&pair, &surroundings, &mut drafts);
        concealment::find(&pair, &surroundings, &mut drafts, &mut furniture);
        pictures::settle(&pair, &mut drafts);
        pictures::described(&pair, &surroundings.bounds.copy, &mut drafts);
        links::find(&pair, &surroundings, &mut drafts);
        surroundings.find(&mut drafts);
        surroundings.media(&mut drafts);
    }
    let coverage = coverage.with_spellings(&pair, &drafts);
    // In a republication the marks belong to the text; only an article of its own quotes it, if no more than a phrase.
    let quotes = if quoting || unrelated { quotes(original, copy, facts) } else { Vec::new() };
    if quoting {
        // An article of its own: what it says around its quotations is not framing, what it leaves out no deletion, and what it
        // does to the words it quotes is said of each quotation.
        drafts.retain(|draft| draft.kind.class() == Class::Concealment || is_of_quoted_words(draft, &quotes));
    }
    let mut findings = draft::finish(drafts, original, copy);
    let styled = |document: &Document| {
        let missing = |note: &Note| ["css-budget-reached", "sheet-not-captured"].contains(&note.code.as_str());
        !document.notes.iter().any(missing)
    };
    let known = claims::Known {
        addresses: &facts.addresses,
        emphasis: original.carries_emphasis && copy.carries_emphasis,
        styled: [styled(copy), styled(original)],
        quoting,
        share: coverage.share,
        findings: &findings,
    };
    let held = if unrelated { Vec::new() } else { claims::find(&pair, &surroundings, &known) };
    let disclosed = decide::disclose(&mut findings, &held);
    let claims = held.into_iter().map(|held| held.claim).collect();
    let unrelated = unrelated && !quotes.iter().any(|(_, quote)| quote.status.is_found());
    let quoting = quoting || !quotes.is_empty();
    let verdict = match () {
        () if undetermined => Verdict::Undetermined,
        () if unrelated => Verdict::Unrelated,
        () if quoting => Verdict::Quoting,
        () => decide::verdict(&findings),
    };
    let quotes = quotes.into_iter().filter(|_| verdict == Verdict::Quoting).map(|(_, quote)| quote).collect();
    let set_aside = surroundings.set_aside();
    Judgement { verdict, disclosed, coverage, findings, claims, quotes, furniture, set_aside, limits }
}

fn quotes(original: &Document, copy: &Document, facts: &Facts) -> Vec<(ByteRange, Quote)> {
    let address = facts.addresses.last().map(String::as_str);
    quotes::placed(copy, &[Against { document: original, name: &facts.name, address }])
}

/// Whether words were set off, or no longer are, inside a quotation that was found.
fn is_of_quoted_words(draft: &draft::Draft, quotes: &[(ByteRange, Quote)]) -> bool {
    let inside = |bytes: &ByteRange| {
        // Sorted by where they begin; few of them overlap.
        let next = quotes.partition_point(|(quoted, _)| quoted.start <= bytes.start);
        let around = quotes.get(..next).unwrap_or_default().iter().rev().take(8);
        around.filter(|(_, quote)| quote.status.is_found()).any(|(quoted, _)| bytes.end <= quoted.end)
    };
    draft.kind.class() == Class::Emphasis && draft.copy.as_ref().is_some_and(inside)
}
