//! Which part of the copy a declaration speaks of, and which findings lie in it.
//!
//! One that stands in the text itself speaks of its own paragraph, or of all where that is the last; one around the text speaks of
//! all, unless it names a part.

use super::{super::Finding, Reader};
use crate::extract::{BlockKind, declarations::Scope};

/// Which blocks of the copy a declaration speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Whole,
    /// The paragraph it stands in, or, where nothing was done to that, what stands before.
    Here(usize),
    /// The paragraph it names, give or take one where lines are counted otherwise.
    Named(usize),
}

impl Reader<'_> {
    /// The blocks of the copy that are paragraphs of the statement.
    fn paragraphs(&self) -> Vec<usize> {
        let running = |block: &usize| {
            let kind = self.copy().blocks.get(*block).map(|block| block.kind);
            self.surroundings.role(*block).is_none() && !matches!(kind, Some(BlockKind::Heading(_)) | None)
        };
        self.surroundings.bounds.copy.clone().filter(running).collect()
    }

    /// What a declaration in `block` that names `scope` speaks of.
    pub(super) fn reach(&self, block: usize, scope: Scope) -> Reach {
        let paragraphs = self.paragraphs();
        let named = |block: Option<&usize>| block.map_or(Reach::Whole, |block| Reach::Named(*block));
        let inside = self.surroundings.role(block).is_none() && paragraphs.last() != Some(&block);
        match scope {
            Scope::Paragraph(count) => named(count.checked_sub(1).and_then(|at| paragraphs.get(at))),
            Scope::LastParagraph => named(paragraphs.last()),
            Scope::QuotationBefore => {
                let quotation =
                    |at: &usize| self.copy().blocks.get(*at).is_some_and(|b| b.kind == BlockKind::Quotation);
                (0..=block).rev().find(quotation).map_or(Reach::Here(block), Reach::Here)
            }
            Scope::Unnamed if inside => Reach::Here(block),
            Scope::Unnamed | Scope::Everywhere => Reach::Whole,
        }
    }

    /// The findings that `wanted` picks, within reach and beyond it.
    pub(super) fn within(&self, reach: &Reach, wanted: impl Fn(&Finding) -> bool) -> (Vec<usize>, Vec<usize>) {
        let block = |finding: &Finding| match (&finding.copy, finding.at) {
            (Some(copy), _) => copy.block,
            (None, at) => at.map_or(0, |at| at.block),
        };
        let found: Vec<(usize, usize)> =
            self.known.findings.iter().enumerate().filter(|(_, f)| wanted(f)).map(|(at, f)| (at, block(f))).collect();
        let split = |inside: &dyn Fn(usize) -> bool| {
            let (near, far): (Vec<_>, Vec<_>) = found.iter().partition(|(_, block)| inside(*block));
            let places = |all: Vec<(usize, usize)>| all.into_iter().map(|(at, _)| at).collect::<Vec<usize>>();
            (places(near), places(far))
        };
        match *reach {
            Reach::Whole => split(&|_| true),
            Reach::Here(own) => {
                let here = split(&|block| block == own);
                if here.0.is_empty() { split(&|block| block <= own) } else { here }
            }
            Reach::Named(own) => {
                let here = split(&|block| block == own);
                if here.0.is_empty() { split(&|block| block.abs_diff(own) <= 1) } else { here }
            }
        }
    }
}
