//! What `vidimus audit` writes, version 1: a [`Head`], an [`Entry`] for every pair of the plan in the plan's order, and a
//! [`Summary`]. As JSON Lines each is a line, and every other output of an audit can be made from these lines again.
//!
//! `docs/formats/audit-v1.schema.json` is the JSON Schema of a line. Fields may be added, none renamed or given another meaning.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::v1::Tool;
use crate::{
    capture::{Assurance, Obedience, Via},
    check::{Anchor, Coverage, Disclosed, Facet, Severity, Verdict},
    extract::{Note, Style},
    moment::Moment,
};

/// The version this module writes and reads.
pub const VERSION: u32 = 1;

/// A line of the record of an audit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "kebab-case")]
pub enum Line {
    /// The first.
    Head(Head),
    /// One for every pair of the plan, in the plan's order.
    Entry(Box<Entry>),
    /// The last.
    Summary(Box<Summary>),
}

/// What an audit is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version of this format: 1.
    pub audit: u32,
    /// The program that made it.
    pub tool: Tool,
    /// When it was begun; what is taken up again keeps the time of its beginning.
    pub started_at: Moment,
    /// The plan.
    pub plan: PlanRef,
    /// What was done about what sites ask of programs in `robots.txt`; absent where no site was asked for a page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robots: Option<Obedience>,
    /// A digest of the options that can change a result; absent where a report was written as an audit.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub options: String,
}

/// The plan of an audit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRef {
    /// The file, as it was named.
    pub path: String,
    /// Its SHA-256.
    pub sha256: String,
    /// How many pairs it comes to.
    pub pairs: u64,
}

/// One pair of the plan, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the plan, from 0.
    pub index: u64,
    /// Stable across runs and plans: derived from the names of the two sources.
    pub id: String,
    /// The rule of the plan that it is from.
    pub rule: String,
    /// The original.
    pub original: Side,
    /// The copy.
    pub copy: Side,
    /// The line of the plan that names the copy, or the place it is from, from 1; absent where there is no plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_line: Option<u64>,
    /// Whether the run was asked for what changed, and this is as it was in a run before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unchanged: bool,
    /// What came of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// What there is to say about it: the findings of its report, and what the plan demands beside. In reading order of the copy;
    /// what is about the pair as a whole comes first.
    pub findings: Vec<Found>,
}

/// A source of a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// As the plan names it; secrets in addresses are taken out.
    pub locator: String,
    /// For a file, and an archive's file: its path from the folder of the plan, with `/`, where it lies below that folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The address that answered, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The body's SHA-256, content encoding undone; absent where it was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The SHA-256 of its text; absent where it was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// When it was fetched or recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved_at: Option<Moment>,
    /// How it came to us; absent where it was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Via>,
    /// What speaks for its origin; absent where it was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assurance: Option<Assurance>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// What came of a pair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// It was held against the original.
    Checked(Box<Checked>),
    /// It could not be, or was not.
    Unchecked(Unchecked),
}

/// The result of a pair that was checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// What the republisher did.
    pub verdict: Verdict,
    /// How far the copy announces it.
    pub disclosed: Disclosed,
    /// How much of the original is in the copy.
    pub coverage: Coverage,
    /// What could not be checked and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Note>,
    /// Counts of the report's findings by kind, as in the report.
    pub summary: BTreeMap<String, u64>,
    /// The SHA-256 of the report as JSON.
    pub report_sha256: String,
}

/// Why a pair was not checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unchecked {
    /// What kind of reason.
    pub because: Because,
    /// The reason, as one plain sentence.
    pub reason: String,
}

/// The kinds of reasons why a pair was not checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Because {
    /// A file or an archive's record is not there or cannot be read.
    Unreadable,
    /// A page could not be fetched.
    NotFetched,
    /// It was not asked for: neither source was changed since the time that was named.
    NotSelected,
    /// The run was broken off before.
    BrokenOff,
    /// Judging it failed, which is a fault of the program.
    Fault,
}

/// How much something weighs, by the plan's policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// It is listed and no more.
    Allow,
    /// It is pointed out.
    Warn,
    /// The audit fails for it.
    Deny,
}

impl Level {
    /// All of them, mildest first.
    pub const ALL: [Self; 3] = [Self::Allow, Self::Warn, Self::Deny];

    /// The name plans and outputs use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Warn => "warn",
            Self::Deny => "deny",
        }
    }
}

/// One thing to be said about a pair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// What kind of thing: a name from [`crate::report::audit::Rule`].
    pub rule: String,
    /// The id it has in the pair's report; absent for what the report does not have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The same across runs and unrelated edits of either page: derived from the pair, the rule, the words concerned, those of the
    /// original around them and how often that came before. It is what a baseline names.
    pub fingerprint: String,
    /// How grave it is, as the report has it.
    pub severity: Severity,
    /// How much it weighs by the plan's policy. What a baseline accepts keeps its level, and does not count.
    pub level: Level,
    /// How it stands to the baseline.
    pub state: State,
    /// Who accepted it, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Accepted>,
    /// One plain sentence.
    pub message: String,
    /// The passage of the original.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Anchor>,
    /// The passage of the copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<Anchor>,
    /// How words are set off, or no longer are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub styles: Vec<Style>,
    /// What a change of words touches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
    /// For a link: its target as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Whether the copy announces it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub declared: bool,
    /// The line of the copy's file that the passage begins in, from 1; absent where it was not found, or the copy is no file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
}

impl Found {
    /// The level it counts with: none of its own where the baseline accepts it.
    pub fn counts(&self) -> Level {
        match &self.accepted {
            Some(accepted) if !accepted.expired => Level::Allow,
            Some(_) | None => self.level,
        }
    }
}

/// How something found stands to the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The baseline does not name it, or there is no baseline.
    New,
    /// The baseline names it.
    Unchanged,
}

impl State {
    /// The name outputs use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unchanged => "unchanged",
        }
    }
}

/// What the baseline says of something it names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Why it is accepted.
    pub reason: String,
    /// Who accepted it.
    pub author: String,
    /// The last day it is accepted (`2026-12-31`); absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
    /// Whether that day was over when the audit began: then it counts again.
    pub expired: bool,
}

/// Something the baseline names that is there no longer, although its pair was checked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Resolved {
    /// Its fingerprint.
    pub fingerprint: String,
    /// The pair it was found in.
    pub pair: String,
    /// What kind of thing it was.
    pub rule: String,
    /// The copy, as the baseline names it.
    pub copy: String,
    /// The sentence about it.
    pub message: String,
}

/// What came of all pairs together. The same outcomes give the same summary, in whatever order they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// How many pairs the plan comes to.
    pub pairs: u64,
    /// How many were checked.
    pub checked: u64,
    /// How many were not, by reason.
    pub unchecked: BTreeMap<Because, u64>,
    /// How many came to each verdict.
    pub verdicts: BTreeMap<String, u64>,
    /// How many pairs have something that counts, by the gravest level of each; `allow` are those with nothing that does.
    pub levels: BTreeMap<Level, u64>,
    /// What was found, by rule.
    pub rules: BTreeMap<String, Counts>,
    /// How much of what was found the baseline accepts.
    pub accepted: u64,
    /// How much of it is accepted no longer, because the day is over.
    pub expired: u64,
    /// What the baseline names and is there no longer.
    pub resolved: Vec<Resolved>,
    /// Whether the run was broken off, or not all of the plan was asked for: what it says is about a part.
    pub partial: bool,
    /// The SHA-256 of all lines of the record before this one, with their ends: shows what was lost or changed by mistake, and proves
    /// nothing to who means to. Empty where it is not that of a record.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub lines_sha256: String,
}

impl Summary {
    /// How many pairs were not checked.
    pub fn unchecked(&self) -> u64 {
        self.unchecked.values().sum()
    }

    /// How many pairs have nothing graver than `level`, and that.
    pub fn pairs_of(&self, level: Level) -> u64 {
        self.levels.get(&level).copied().unwrap_or(0)
    }

    /// How the audit ended.
    ///
    /// ```
    /// use vidimus::report::wire::audit::{Standing, Summary};
    /// assert_eq!(Summary::default().standing(), Standing::NothingChecked);
    /// ```
    pub fn standing(&self) -> Standing {
        match (self.checked, self.partial, self.pairs_of(Level::Deny)) {
            (0, _, _) => Standing::NothingChecked,
            (_, _, 1..) => Standing::Failed,
            (_, true, 0) => Standing::Incomplete,
            (_, false, 0) => Standing::Passed,
        }
    }

    /// How many things count with `level`.
    pub fn count(&self, level: Level) -> u64 {
        let of = |counts: &Counts| match level {
            Level::Allow => counts.allow,
            Level::Warn => counts.warn,
            Level::Deny => counts.deny,
        };
        self.rules.values().map(of).sum()
    }
}

/// How an audit ended, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was, which is never a good end.
    NothingChecked,
    /// Something does not pass.
    Failed,
    /// What was checked passes, and not everything was.
    Incomplete,
    /// Everything passes.
    Passed,
}

impl Standing {
    /// What it is called where it stands at the head.
    pub fn name(self) -> &'static str {
        match self {
            Self::NothingChecked => "Nothing checked",
            Self::Failed => "Failed",
            Self::Incomplete => "Incomplete",
            Self::Passed => "Passed",
        }
    }
}

/// How often something was found, by the level it counts with; what the baseline accepts is apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// How often the audit fails for it.
    pub deny: u64,
    /// How often it is pointed out.
    pub warn: u64,
    /// How often it is listed and no more.
    pub allow: u64,
    /// How often the baseline accepts it.
    pub accepted: u64,
}
