//! Stage 4, two documents and their alignment → findings, claims and a verdict.
//!
//! Cannot fail and does no I/O. `bounds` says where the statement lies, `framing`, `roles` and `place` what stands around it, then one
//! file a family of findings: `edits` with `facets`, `typography`, `emphasis`, `concealment`, `links`; `claims` reads what the copy
//! says of itself, `decide` draws the verdict. Add a kind in `finding.rs` and judge it in its family's file.

mod bounds;
mod claim;
mod claims;
mod concealment;
mod decide;
mod draft;
mod edits;
mod emphasis;
mod facets;
mod finding;
mod framing;
mod limits;
mod links;
mod pair;
mod place;
mod roles;
mod typography;
mod verdict;

pub use claim::{Claim, ClaimKind, ClaimStatus};
pub use decide::Coverage;
pub use finding::{Anchor, Class, Facet, Finding, Kind, Point, Severity};
pub use framing::Furniture;
pub use verdict::{Disclosed, Verdict};

use std::cell::OnceCell;

use crate::{
    diff::Alignment,
    extract::{Document, Note},
};
use framing::Surroundings;
use pair::Pair;

/// What the judges are told beside the documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Addresses the original was asked for at or answered from.
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
    /// What of the copy was set aside.
    pub furniture: Vec<Furniture>,
    /// What of the original was.
    pub set_aside: Vec<Furniture>,
    /// What could not be checked.
    pub limits: Vec<Note>,
}

/// Judges `copy` against `original`, given how they align.
pub fn judge(original: &Document, copy: &Document, alignment: &Alignment, facts: &Facts) -> Judgement {
    let places = OnceCell::new();
    let pair = Pair { original, copy, alignment, places: &places };
    let surroundings = Surroundings::of(&pair);
    let coverage = decide::coverage(&pair, &surroundings);
    let unrelated = decide::is_unrelated(&pair, &coverage);
    let quoting = !unrelated && decide::is_quoting(&pair, &coverage);
    let (limits, undetermined) = limits::of(&pair, facts, unrelated);

    let mut drafts = Vec::new();
    let mut furniture = surroundings.furniture();
    if !unrelated {
        edits::find(&pair, &surroundings, &mut drafts);
        typography::find(&pair, &surroundings, &mut drafts);
        emphasis::find(&pair, &surroundings, &mut drafts);
        concealment::find(&pair, &surroundings, &mut drafts, &mut furniture);
        links::find(&pair, &surroundings, &mut drafts);
        surroundings.find(&mut drafts);
        surroundings.media(&mut drafts);
    }
    if quoting {
        // An article of its own: what it says around its quotations is not framing, what it leaves out no deletion.
        drafts.retain(|draft| draft.kind.class() != Class::Framing && is_about_quoted_words(draft.kind));
    }
    let coverage = coverage.with_spellings(&pair, &drafts);
    let mut findings = draft::finish(drafts, original, copy);
    let found = |kind| findings.iter().any(|finding: &Finding| finding.kind == kind);
    let known = claims::Known {
        addresses: &facts.addresses,
        emphasis: original.carries_emphasis && copy.carries_emphasis,
        styled: !copy
            .notes
            .iter()
            .any(|note| ["css-budget-reached", "sheet-not-captured"].contains(&note.code.as_str())),
        found: &found,
    };
    let claims = if unrelated { Vec::new() } else { claims::find(&pair, &surroundings, &known) };
    let disclosed = decide::disclose(&mut findings, &claims);
    let verdict = match () {
        () if undetermined => Verdict::Undetermined,
        () if unrelated => Verdict::Unrelated,
        () if quoting => Verdict::Quoting,
        () => decide::verdict(&findings),
    };
    let set_aside = surroundings.set_aside();
    Judgement { verdict, disclosed, coverage, findings, claims, furniture, set_aside, limits }
}

fn is_about_quoted_words(kind: Kind) -> bool {
    !matches!(kind, Kind::TextInserted | Kind::TextDeleted | Kind::ParagraphsSplit | Kind::ParagraphsJoined)
}
