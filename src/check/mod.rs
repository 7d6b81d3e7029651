//! Stage 4, two documents and their alignment → findings, claims and a verdict.
//!
//! Cannot fail and does no I/O. One file a family of findings; add a kind in `finding.rs` and judge it in its family's file.

mod claim;
mod finding;
mod verdict;

pub use claim::{Claim, ClaimKind, ClaimStatus};
pub use finding::{Anchor, Class, Facet, Finding, Kind, Point, Severity};
pub use verdict::{Disclosed, Verdict};
