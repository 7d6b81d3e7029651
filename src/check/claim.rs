//! Claims: what the copy says about its own origin.

use serde::{Deserialize, Serialize};

use super::Anchor;
use crate::extract::declarations::Declared;

/// What a claim is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the report's own")]
pub enum ClaimKind {
    Publisher,
    SourceLink,
    Date,
    Author,
    Title,
    EmphasisDeclared,
    AbridgementDeclared,
    TranslationDeclared,
    CorrectionDeclared,
    Licence,
}

impl ClaimKind {
    /// The name reports use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Publisher => "publisher",
            Self::SourceLink => "source-link",
            Self::Date => "date",
            Self::Author => "author",
            Self::Title => "title",
            Self::EmphasisDeclared => "emphasis-declared",
            Self::AbridgementDeclared => "abridgement-declared",
            Self::TranslationDeclared => "translation-declared",
            Self::CorrectionDeclared => "correction-declared",
            Self::Licence => "licence",
        }
    }
}

/// How a claim fares against the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimStatus {
    /// The original bears it out.
    Confirmed,
    /// The original says otherwise.
    Contradicted,
    /// Nothing at hand can tell.
    Unverifiable,
}

impl ClaimStatus {
    /// The name reports use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Contradicted => "contradicted",
            Self::Unverifiable => "unverifiable",
        }
    }
}

/// Something the copy says about its own origin, held against the original.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Stable across runs.
    pub id: String,
    /// What it is about.
    pub kind: ClaimKind,
    /// For a declaration what exactly it declares; absent for claims of origin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declares: Option<Declared>,
    /// As the copy words it.
    pub text: String,
    /// Where the copy says it; absent where only its metadata does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<Anchor>,
    /// How it fares.
    pub status: ClaimStatus,
    /// One sentence: against what it was held.
    pub evidence: String,
}
