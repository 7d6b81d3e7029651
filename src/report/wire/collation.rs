//! What `vidimus collate` found, version 1: several versions of one text, every place where they differ, and who reads what.
//!
//! `docs/formats/collation-v1.schema.json` is its JSON Schema. Fields may be added, none renamed or given another meaning.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    quotes::UNREAD,
    v1::{Source, Tool},
};
use crate::{
    check::{
        Severity,
        apparatus::{Place, PlaceKind},
    },
    extract::Note,
    moment::Moment,
};

/// The version this module writes and reads.
pub const VERSION: u32 = 1;

/// Several versions of one text, collated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Collation {
    /// The version of this format: 1.
    pub collation: u32,
    /// The program that made it.
    pub tool: Tool,
    /// When it was made.
    pub generated_at: Moment,
    /// What the versions are in order of.
    pub order: Order,
    /// The versions in that order; the first is the base.
    pub versions: Vec<Version>,
    /// The copies, in the order given.
    pub copies: Vec<CopyOf>,
    /// Every place where versions differ, in the order of the base.
    pub places: Vec<Place>,
    /// What could not be compared and why.
    pub limits: Vec<Note>,
    /// Counts of places by kind; those in what pages put around a text are not counted.
    pub summary: BTreeMap<String, u64>,
}

/// What versions are in order of, oldest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// When each says it was published.
    Published,
    /// When each was retrieved.
    Retrieved,
    /// As they were given: not all are dated.
    Given,
}

/// One version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// What it is called in the apparatus.
    pub siglum: String,
    /// The version.
    pub source: Source,
}

/// A copy, and how often it reads as each version does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CopyOf {
    /// The copy.
    pub source: Source,
    /// For each version by siglum: at how many of the places where words differ or moved the copy has its reading.
    pub agrees: BTreeMap<String, u64>,
    /// At how many it has none of the readings.
    pub own: u64,
    /// The versions it agrees with most often; empty where there is no such place.
    pub closest: Vec<String>,
}

impl Collation {
    /// The places that are not in what pages put around a text.
    pub fn of_the_text(&self) -> impl Iterator<Item = &Place> {
        self.places.iter().filter(|place| !place.set_aside)
    }

    /// The gravest difference of the text; none where the versions agree.
    pub fn gravest(&self) -> Option<Severity> {
        self.of_the_text().map(|place| place.severity).max()
    }

    /// Whether a source could not be read well enough to tell.
    pub fn is_undetermined(&self) -> bool {
        self.limits.iter().any(|limit| UNREAD.contains(&limit.code.as_str()))
    }
}

/// Whether a copy's reading at a place says which version it follows.
pub(crate) fn tells(place: &Place) -> bool {
    let worded = match place.kind {
        PlaceKind::Words | PlaceKind::Insertion | PlaceKind::Omission | PlaceKind::Moved => true,
        PlaceKind::Emphasis | PlaceKind::Typography => false,
    };
    worded && !place.set_aside
}
