//! An audit's outputs, one file a format: `lines` for programs, `summary` for the terminal, `sarif` and `github` for
//! GitHub, `junit` for CI services, `markdown` and `csv` for people who pass it on. `rule` names what can be found, `gravest` keeps
//! the worst of many.
//!
//! An audit may be of a million pairs, so an output never sees them all at once: it is a value that is told of the head, then of each
//! entry in the plan's order, then of the summary, and gives out its text piece by piece. What needs the counts before the first
//! entry takes the summary when it is made: the record of an audit is read a second time for it. No I/O, no judgement, no clock.
//! Add a format as a file here.

mod csv;
mod github;
mod gravest;
mod junit;
mod lines;
mod markdown;
mod rule;
mod sarif;
mod summary;

pub use csv::Csv;
pub use github::Github;
pub(super) use gravest::Gravest;
pub use junit::Junit;
pub use lines::{Lines, Reading, read};
pub use markdown::Markdown;
pub use rule::Rule;
pub use sarif::Sarif;
pub use summary::Terminal;

use super::wire::audit::{Entry, Found, Head, Outcome, Summary};
use crate::text::shorten;

/// What a format gives out: text of its one file, and whole files beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Out {
    /// What comes next in its file.
    pub text: String,
    /// Files beside it that are complete: their names, which may have folders before them with `/`, and their bytes.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What there is to say of something found, in a line of no more than `most` characters and a little: the sentence, and the words
/// it is about where it does not have them.
pub(super) fn sentence(found: &Found, most: usize) -> String {
    let words = found.copy.as_ref().or(found.original.as_ref()).filter(|anchor| !anchor.exact.is_empty());
    let words = words.filter(|_| !found.message.contains('“'));
    let words = words.map(|anchor| format!(" “{}”", shorten::to(&anchor.exact, most / 2))).unwrap_or_default();
    format!("{}{words}", shorten::to(&found.message, most))
}

/// The file of the repository that a result is laid to, and the line: the copy where it lies there and was read, else the plan. Paths are
/// from where the plan was named.
pub(super) fn spot(plan: &str, entry: &Entry, found: &Found) -> (String, u64) {
    match (&entry.outcome, &entry.copy.path) {
        (Outcome::Checked(_), Some(path)) => (beside(plan, path), found.line.unwrap_or(1)),
        (Outcome::Checked(_) | Outcome::Unchecked(_), _) => (plan.to_owned(), entry.plan_line.unwrap_or(1)),
    }
}

/// A path from the folder of the plan as one from where the plan was named.
pub(super) fn beside(plan: &str, path: &str) -> String {
    let plan = plan.strip_prefix("./").unwrap_or(plan);
    match plan.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{path}"),
        None => path.to_owned(),
    }
}

/// What is said of pairs that are not named, because they are as they were in a run before.
pub(super) fn as_before(count: u64) -> String {
    match count {
        1 => "1 pair with something that counts is as it was in a run before.".to_owned(),
        count => format!("{count} pairs with something that counts are as they were in a run before."),
    }
}

/// An output of an audit.
pub trait Format {
    /// Begins.
    fn begin(&mut self, head: &Head, out: &mut Out);
    /// Takes in the next pair, in the plan's order.
    fn entry(&mut self, entry: &Entry, out: &mut Out);
    /// Ends. The value is not used again.
    fn finish(&mut self, summary: &Summary, out: &mut Out);
}
