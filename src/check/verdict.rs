//! The verdict and how far the copy announces what it did.

use serde::{Deserialize, Serialize};

/// The answer to *what did the republisher change?*, from mildest to gravest; the strongest that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Every word, in order, no undeclared emphasis; framing may surround it.
    Verbatim,
    /// The words are intact; emphasis was added, removed or moved.
    Emphasised,
    /// What is there is intact, parts are missing.
    Excerpted,
    /// Words were changed, inserted, removed from within, reordered or concealed.
    Altered,
    /// An article of its own that quotes the original.
    Quoting,
    /// No passage of the original found.
    Unrelated,
    /// An input could not be read well enough to tell; the limits say why.
    Undetermined,
}

impl Verdict {
    /// All verdicts, mildest first.
    pub const ALL: [Self; 7] = [
        Self::Verbatim,
        Self::Emphasised,
        Self::Excerpted,
        Self::Altered,
        Self::Quoting,
        Self::Unrelated,
        Self::Undetermined,
    ];

    /// The name reports use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Emphasised => "emphasised",
            Self::Excerpted => "excerpted",
            Self::Altered => "altered",
            Self::Quoting => "quoting",
            Self::Unrelated => "unrelated",
            Self::Undetermined => "undetermined",
        }
    }
}

/// How far the copy announces its own alterations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Disclosed {
    /// Nothing was altered that would have to be announced.
    NothingToDisclose,
    /// Every alteration is announced.
    All,
    /// Some are, some are not.
    Some,
    /// None is.
    None,
}

impl Disclosed {
    /// The name reports use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::NothingToDisclose => "nothing-to-disclose",
            Self::All => "all",
            Self::Some => "some",
            Self::None => "none",
        }
    }
}
