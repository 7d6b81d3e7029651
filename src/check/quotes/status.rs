//! What all differences of a quotation come to.
//!
//! The differences go in, each permitted or not, the status comes out, and whether it can be said at all. What is permitted is
//! asked in `compare`.

use super::{ChangeKind, QuoteStatus, compare::Difference, passage::Passage, search, search::Pairs, tongue::Tongue};

/// Whether it can be said that this passage is the one quoted. Where all is as quoting permits, it is; where words were changed,
/// enough must be left of it, and so few words with one changed are as likely somebody else's.
pub(super) fn is_enough(
    passage: &Passage,
    pairs: &Pairs,
    differences: &[Difference],
    status: QuoteStatus,
    tongue: &Tongue<'_>,
) -> bool {
    let spelled = differences.iter().filter(|one| one.change.kind == ChangeKind::HouseStyle);
    let spelled = spelled.map(|one| one.change.after.split_whitespace().count()).sum();
    match status {
        QuoteStatus::Exact | QuoteStatus::Adapted | QuoteStatus::Elided => true,
        QuoteStatus::Altered
        | QuoteStatus::Spliced
        | QuoteStatus::Misattributed
        | QuoteStatus::NotFound
        | QuoteStatus::Unchecked => passage.count() > super::LEAST && search::is_close(passage, pairs, spelled, tongue),
    }
}

/// What all differences come to.
pub(super) fn of(differences: &[Difference]) -> QuoteStatus {
    let told = || differences.iter().filter(|difference| !difference.change.kind.is_beside());
    let wrong = || told().filter(|difference| !difference.change.permitted);
    let all = |kind: fn(&Difference) -> bool| wrong().all(kind);
    match () {
        () if told().next().is_none() => QuoteStatus::Exact,
        () if wrong().next().is_none() => QuoteStatus::Adapted,
        () if all(|difference| difference.taken.is_some()) => QuoteStatus::Elided,
        () if all(|difference| difference.taken.is_some() || difference.change.kind == ChangeKind::Splice) => {
            QuoteStatus::Spliced
        }
        () => QuoteStatus::Altered,
    }
}
