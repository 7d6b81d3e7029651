//! The report, version 1: the record that every output is made from and that the seal signs.
//!
//! `docs/formats/report-v1.schema.json` is its JSON Schema. Fields may be added, none renamed or given another meaning.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::sheets::SheetSource;
use crate::{
    capture::{Assurance, Memento, Redirect, RenderFacts, Via},
    check::{Claim, Coverage, Disclosed, Finding, Furniture, Quote, Verdict},
    extract::Note,
    moment::Moment,
};

/// The version this module writes and reads.
pub const VERSION: u32 = 1;

/// The result of holding one copy against one original.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The version of this format: 1.
    pub report: u32,
    /// The program that made it.
    pub tool: Tool,
    /// When it was made.
    pub generated_at: Moment,
    /// The release as its publisher issued it.
    pub original: Source,
    /// The republished page.
    pub copy: Source,
    /// What the republisher did.
    pub verdict: Verdict,
    /// How far the copy announces it.
    pub disclosed: Disclosed,
    /// How much of the original is in the copy.
    pub coverage: Coverage,
    /// In reading order of the copy; deletions stand where the text would have been.
    pub findings: Vec<Finding>,
    /// What the copy says about its own origin.
    pub claims: Vec<Claim>,
    /// Quoted passages held against the original.
    pub quotes: Vec<Quote>,
    /// What was set aside as page furniture.
    pub furniture: Vec<Furniture>,
    /// What of the original was set aside as its page's furniture and letterhead; coverage does not count it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<Furniture>,
    /// Every version of the original that was given, oldest first; empty where it was one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<Witness>,
    /// What could not be checked and why.
    pub limits: Vec<Note>,
    /// Counts of findings by kind.
    pub summary: BTreeMap<String, u64>,
}

impl Report {
    /// The witnesses but for the one that is the report's original.
    pub fn further_witnesses(&self) -> impl Iterator<Item = &Witness> {
        let own = self.witnesses.iter().position(|witness| witness.source == self.original);
        self.witnesses.iter().enumerate().filter(move |(at, _)| Some(*at) != own).map(|(_, witness)| witness)
    }
}

/// One version of the original, and how close the copy is to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Witness {
    /// The version.
    pub source: Source,
    /// How much of it is in the copy, as in [`Coverage::share`].
    pub share: f64,
    /// How many words the copy alters against it; paragraphs left out as wholes are not counted.
    pub edits: u64,
}

/// Name and version of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// `vidimus`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// An original or a copy, and how it was got. A fact not known is absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// As given.
    pub locator: String,
    /// The address asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The address that answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub final_url: Option<String>,
    /// The hops between the two; absent for files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirects: Option<Vec<Redirect>>,
    /// The HTTP status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The media type it was read as.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// The charset it was read in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
    /// The charset it declares, where it declares one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_charset: Option<String>,
    /// When it was fetched.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retrieved_at: Option<Moment>,
    /// What the archive says of the record, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memento: Option<Memento>,
    /// How it came to us.
    pub via: Via,
    /// The body's length, content encoding undone.
    pub bytes: u64,
    /// The body's SHA-256, content encoding undone.
    pub sha256: String,
    /// The SHA-256 of the blocks' text joined with `\n`.
    pub text_sha256: String,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Its authors as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// When it says it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Who publishes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Its language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// What the person who handed it over says it is, such as a transcription.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whether this format can carry emphasis.
    pub emphasis: bool,
    /// What speaks for its origin.
    pub assurance: Assurance,
    /// The style sheets captured with it, in the order they were asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<SheetSource>,
    /// How it was rendered, where what was read is not what was received but what a browser made of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rendered: Option<RenderedSource>,
}

/// How a source was rendered, and what it was rendered from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderedSource {
    /// The browser, and what it was kept from.
    #[serde(flatten)]
    pub facts: RenderFacts,
    /// The length of the body as it was received, content encoding undone.
    pub raw_bytes: u64,
    /// Its SHA-256.
    pub raw_sha256: String,
}
