//! What a copy says of itself, and how that fares, in words.

use crate::{
    check::{Claim, ClaimKind, ClaimStatus},
    extract::declarations::Declared,
};

/// What a claim is about, in words: what exactly is declared, where it declares something.
pub fn claim(claim: &Claim) -> &'static str {
    if let Some(declared) = claim.declares {
        return declares(declared);
    }
    match claim.kind {
        ClaimKind::Publisher => "publisher",
        ClaimKind::SourceLink => "source",
        ClaimKind::Date => "date",
        ClaimKind::Author => "author",
        ClaimKind::Title => "title",
        ClaimKind::EmphasisDeclared => "emphasis declared",
        ClaimKind::AbridgementDeclared => "abridgement declared",
        ClaimKind::TranslationDeclared => "translation declared",
        ClaimKind::CorrectionDeclared => "correction declared",
        ClaimKind::Licence => "licence",
    }
}

/// What a declaration declares, in words.
fn declares(declared: Declared) -> &'static str {
    match declared {
        Declared::EmphasisAdded => "emphasis declared",
        Declared::EmphasisRemoved => "emphasis said to be left out",
        Declared::EmphasisInOriginal => "emphasis said to be the original’s",
        Declared::Sic => "said to stand so in the original",
        Declared::Abridged => "abridgement declared",
        Declared::Excerpt => "excerpt declared",
        Declared::Edited => "editing declared",
        Declared::Prepared => "text as prepared",
        Declared::Delivered => "text as delivered",
        Declared::Translated => "translation declared",
        Declared::Corrected => "correction declared",
        Declared::Updated => "update declared",
        Declared::Permission => "permission",
        Declared::Republished => "first publication",
    }
}

/// A claim's status as a sign and a word.
pub fn status(status: ClaimStatus) -> (&'static str, &'static str) {
    match status {
        ClaimStatus::Confirmed => ("✓", "confirmed"),
        ClaimStatus::Contradicted => ("✗", "contradicted"),
        ClaimStatus::Unverifiable => ("?", "not verifiable"),
    }
}
