//! What an audit can find: the kinds of findings a report has, and what the plan demands beside. Each has a name, a title and a
//! sentence that helps, for every output alike.

use crate::{
    check::{ClaimStatus, Kind, QuoteStatus, Verdict},
    report::words,
};

/// What kind of thing was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// A finding of the pair's report.
    Finding(Kind),
    /// A quotation that does not stand so in the original.
    Quote(QuoteStatus),
    /// A quotation that sets words off which the original does not, and does not say so.
    QuoteEmphasised,
    /// What the copy says of its origin, and the original says otherwise.
    ClaimContradicted,
    /// The verdict itself, where the plan does not allow it.
    Verdict(Verdict),
    /// Less of the original is in the copy than the plan demands.
    Coverage,
    /// Less speaks for a source's origin than the plan demands.
    Assurance,
    /// A capture is older than the plan allows, or nobody knows how old it is.
    Age,
    /// The pair was not checked.
    Unchecked,
}

impl Rule {
    /// All there are, in a fixed order.
    pub fn all() -> Vec<Self> {
        let quotes = QuoteStatus::ALL.into_iter().filter(|status| status.severity().is_some());
        let findings = Kind::ALL.into_iter().map(Self::Finding);
        let beside = [Self::Coverage, Self::Assurance, Self::Age, Self::Unchecked];
        let verdicts = Verdict::ALL.into_iter().map(Self::Verdict);
        findings.chain(quotes.map(Self::Quote)).chain([Self::ClaimContradicted]).chain(verdicts).chain(beside).collect()
    }

    /// The one of this name.
    ///
    /// ```
    /// use vidimus::report::audit::Rule;
    /// assert!(Rule::all().into_iter().all(|rule| Rule::of(&rule.slug()) == Some(rule)));
    /// ```
    pub fn of(slug: &str) -> Option<Self> {
        Self::all().into_iter().find(|rule| rule.slug() == slug)
    }

    /// Its name.
    pub fn slug(self) -> String {
        match self {
            Self::Finding(kind) => kind.slug().to_owned(),
            Self::Quote(status) => format!("quote-{}", status.slug()),
            Self::QuoteEmphasised => "quote-emphasised".to_owned(),
            Self::ClaimContradicted => format!("claim-{}", ClaimStatus::Contradicted.slug()),
            Self::Verdict(verdict) => format!("verdict-{}", verdict.slug()),
            Self::Coverage => "coverage".to_owned(),
            Self::Assurance => "assurance".to_owned(),
            Self::Age => "age".to_owned(),
            Self::Unchecked => "unchecked".to_owned(),
        }
    }

    /// What it is called, in a few words.
    pub fn title(self) -> String {
        match self {
            Self::Finding(kind) => words::kind(kind).to_owned(),
            Self::Quote(status) => format!("quotation {}", words::quote(status).1),
            Self::QuoteEmphasised => "quotation emphasised".to_owned(),
            Self::ClaimContradicted => "claim contradicted".to_owned(),
            Self::Verdict(verdict) => format!("verdict {}", verdict.slug()),
            Self::Coverage => "too little of the original".to_owned(),
            Self::Assurance => "origin not assured".to_owned(),
            Self::Age => "capture too old".to_owned(),
            Self::Unchecked => "not checked".to_owned(),
        }
    }

    /// What it means and what can be done, in a sentence or two.
    pub fn help(self) -> String {
        match self {
            Self::Finding(kind) => format!(
                "A difference between copy and original: {}. The page docs/findings/{}.md says what counts as one, and what does not.",
                words::kind(kind),
                kind.slug()
            ),
            Self::Quote(status) => format!(
                "A quotation is {} when it is held against the closest passage of the original: docs/quotes.md.",
                words::quote(status).1
            ),
            Self::QuoteEmphasised => {
                "A quotation sets words off that the original does not set off, and does not say so: docs/quotes.md.".to_owned()
            }
            Self::ClaimContradicted => {
                "The copy says something of its own origin that the original contradicts: docs/claims.md.".to_owned()
            }
            Self::Verdict(verdict) => format!("{} The plan does not let that pass.", words::verdict(verdict).1),
            Self::Coverage => {
                "The copy holds less of the original’s words, in their order, than minimum_coverage in the plan demands.".to_owned()
            }
            Self::Assurance => {
                "Less speaks for where a source is from than required_assurance in the plan demands: capture it from its publisher \
                 or from a web archive."
                    .to_owned()
            }
            Self::Age => {
                "A capture is older than max_age in the plan allows, or its date is not known: capture it again.".to_owned()
            }
            Self::Unchecked => {
                "The pair could not be checked, which is never the same as unchanged: the message says why.".to_owned()
            }
        }
    }

    /// The page of the documentation about it, from the folder of the project.
    pub fn page(self) -> String {
        match self {
            Self::Finding(kind) => format!("docs/findings/{}.md", kind.slug()),
            Self::Quote(_) | Self::QuoteEmphasised => "docs/quotes.md".to_owned(),
            Self::ClaimContradicted => "docs/claims.md".to_owned(),
            Self::Verdict(_) => "docs/reading-a-report.md".to_owned(),
            Self::Coverage | Self::Assurance | Self::Age | Self::Unchecked => "docs/commands/audit.md".to_owned(),
        }
    }
}
