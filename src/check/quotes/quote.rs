//! A quotation and how it fares against the original: what reports say of it.

use serde::{Deserialize, Serialize};

use crate::check::{Anchor, Facet, Severity};

/// How a quotation fares, mildest first; the two that say nothing against it last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteStatus {
    /// The words as they stand.
    Exact,
    /// Nothing but what quoting permits was done to them.
    Adapted,
    /// Every omission is marked, but one takes away a word that the sense hangs on.
    Elided,
    /// The words differ and nothing says so.
    Altered,
    /// Passages that stand apart are joined as one.
    Spliced,
    /// The words are there, under another speaker.
    Misattributed,
    /// No passage is close.
    NotFound,
    /// It could not be held against the original.
    Unchecked,
}

impl QuoteStatus {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Exact,
        Self::Adapted,
        Self::Elided,
        Self::Altered,
        Self::Spliced,
        Self::Misattributed,
        Self::NotFound,
        Self::Unchecked,
    ];

    /// The name reports use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Adapted => "adapted",
            Self::Elided => "elided",
            Self::Altered => "altered",
            Self::Spliced => "spliced",
            Self::Misattributed => "misattributed",
            Self::NotFound => "not-found",
            Self::Unchecked => "unchecked",
        }
    }

    /// How grave that is; none where there is nothing to say against the quotation. A miss is not a fabrication.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Exact | Self::Adapted | Self::NotFound | Self::Unchecked => None,
            Self::Elided => Some(Severity::Warning),
            Self::Altered | Self::Spliced | Self::Misattributed => Some(Severity::Error),
        }
    }

    /// Whether a passage of the original was found.
    pub fn is_found(self) -> bool {
        !matches!(self, Self::NotFound | Self::Unchecked)
    }
}

/// What became of words set off inside a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteEmphasis {
    /// No word is set off, in either text.
    None,
    /// The original sets off what the copy does.
    Kept,
    /// The copy sets off more and says so.
    AddedDeclared,
    /// The copy sets off more and does not say so.
    AddedUndeclared,
    /// The original sets off words that the copy does not.
    Dropped,
}

/// What kind of difference there is between a quotation and its passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// Small and capital letters.
    Case,
    /// Another spelling of the same words.
    HouseStyle,
    /// Signs between the words.
    Punctuation,
    /// Words the editor put in brackets, alone or for others.
    Bracket,
    /// Words left out where a mark says so.
    MarkedOmission,
    /// Words left out where nothing says so.
    Omission,
    /// Words put in.
    Insertion,
    /// Words put for others.
    Replacement,
    /// Passages joined that stand apart or in another order.
    Splice,
    /// Words right before the passage, left out, that its sense hangs on. It leaves the status as it is: the words are as they
    /// stand, and the sentence around them may yet say what they do not.
    Context,
    /// Letters of another script that pass for the original's, or an order of letters that is not the one seen.
    Lookalike,
    /// Characters in a word that nobody sees. They leave the status as it is.
    InvisibleCharacters,
}

impl ChangeKind {
    /// Whether such a change is told beside the status and does not move it.
    pub fn is_beside(self) -> bool {
        match self {
            Self::Context | Self::InvisibleCharacters => true,
            Self::Case
            | Self::HouseStyle
            | Self::Punctuation
            | Self::Bracket
            | Self::MarkedOmission
            | Self::Omission
            | Self::Insertion
            | Self::Replacement
            | Self::Splice
            | Self::Lookalike => false,
        }
    }
}

/// A difference between a quotation and its passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteChange {
    /// The original's words.
    pub before: String,
    /// The copy's.
    pub after: String,
    /// What kind of difference it is.
    pub kind: ChangeKind,
    /// What it touches, where words were changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
    /// Whether quoting permits it.
    pub permitted: bool,
}

/// A quotation held against the original.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Stable across runs.
    pub id: String,
    /// The quoted words in the copy, without their marks.
    pub copy: Anchor,
    /// Where they begin and end in the whole text of the copy, in code points: its blocks joined with line feeds.
    pub position: [usize; 2],
    /// How it fares.
    pub status: QuoteStatus,
    /// The closest passage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Anchor>,
    /// Which original the passage is in, where several were given: from 0, in the order in which the report lists them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<usize>,
    /// How it fares against each original that has such a passage, where several have one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<QuoteWitness>,
    /// Every difference but typography and the end punctuation.
    #[serde(default)]
    pub changes: Vec<QuoteChange>,
    /// What became of words set off; absent where one of the two cannot carry any or nothing was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emphasis: Option<QuoteEmphasis>,
    /// Who the copy says said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// The original's address with a text fragment that leads to the passage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// One plain sentence.
    pub message: String,
}

/// How a quotation fares against one of several originals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteWitness {
    /// Which original, from 0.
    pub source: usize,
    /// How the quotation fares against it.
    pub status: QuoteStatus,
}

impl Quote {
    /// How grave what was found is, undeclared emphasis included.
    pub fn severity(&self) -> Option<Severity> {
        let beside = self.changes.iter().any(|change| change.kind.is_beside());
        let led = self.emphasis == Some(QuoteEmphasis::AddedUndeclared) || (beside && self.status.is_found());
        self.status.severity().max(led.then_some(Severity::Warning))
    }
}
