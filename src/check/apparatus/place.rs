//! The apparatus: what reports say of several versions of one text.

use serde::{Deserialize, Serialize};

use crate::{
    check::{Anchor, Facet, Severity},
    extract::Style,
};

/// Every place where several versions differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Apparatus {
    /// In the order of the base; what stands within a longer place comes right behind that.
    pub places: Vec<Place>,
    /// The sigla of versions that share too little with the base to be compared word by word throughout.
    pub compared_as_wholes: Vec<String>,
}

/// What kind of difference a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    /// The versions have other words.
    Words,
    /// Some versions have words where the base has none.
    Insertion,
    /// The base has words that others lack.
    Omission,
    /// The same passage stands elsewhere.
    Moved,
    /// The same words, set off differently.
    Emphasis,
    /// The same words, written or broken up differently.
    Typography,
}

impl PlaceKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Words, Self::Insertion, Self::Omission, Self::Moved, Self::Emphasis, Self::Typography];

    /// The name reports use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Insertion => "insertion",
            Self::Omission => "omission",
            Self::Moved => "moved",
            Self::Emphasis => "emphasis",
            Self::Typography => "typography",
        }
    }
}

/// One place where versions differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Stable across runs: derived from kind, readings, what stands before, and how often that came before.
    pub id: String,
    /// What kind of difference it is.
    pub kind: PlaceKind,
    /// How grave it is: the gravest of its readings against the base's.
    pub severity: Severity,
    /// What the change of words touches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
    /// Whether it stands in what the pages put around any text: menus, footers.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub set_aside: bool,
    /// The id of the longer place it lies within: a passage that not all versions have, or not alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
    /// The siglum of the version that `lemma` is from: the base, or within a longer place the first that has the passage.
    pub base: String,
    /// The base's reading in its place; empty where the base has nothing.
    pub lemma: Anchor,
    /// Every reading, the base's first; each version that reads here has one.
    pub readings: Vec<Reading>,
    /// Which reading each copy has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Shared>,
}

/// What one or more versions read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The versions that read so, oldest first.
    pub sigla: Vec<String>,
    /// The text with the signs that go with it, of the first of them; empty where they have nothing here.
    pub text: String,
    /// Where that stands in the first of them; absent where it is in pieces because other passages were moved in between.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// For emphasis: how the words are set off; empty where they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub styles: Option<Vec<Style>>,
}

/// What a copy has in a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// Which copy, from 0.
    pub copy: usize,
    /// Which of the readings it has, from 0; absent where it has none of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<usize>,
    /// What it has instead; empty where it has nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}
