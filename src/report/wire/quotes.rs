//! What `vidimus quotes` found, version 1: one article, its quotations, and the originals they were held against.
//!
//! `docs/formats/quotes-v1.schema.json` is its JSON Schema. Fields may be added, none renamed or given another meaning.

use serde::{Deserialize, Serialize};

use super::v1::{Source, Tool};
use crate::{check::Quote, extract::Note, moment::Moment};

/// The version this module writes and reads.
pub const VERSION: u32 = 1;

/// Limits that leave a source unread.
pub(super) const UNREAD: &[&str] = &["bot-challenge", "cut-short", "no-text"];

/// The quotations of one article, held against originals.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteReport {
    /// The version of this format: 1.
    pub quote_report: u32,
    /// The program that made it.
    pub tool: Tool,
    /// When it was made.
    pub generated_at: Moment,
    /// The article.
    pub article: Source,
    /// What its quotations were held against, in the order given.
    pub originals: Vec<Source>,
    /// In the order of the article.
    pub quotes: Vec<Quote>,
    /// What could not be checked and why.
    pub limits: Vec<Note>,
}

impl QuoteReport {
    /// Whether a source could not be read well enough to tell.
    pub fn is_undetermined(&self) -> bool {
        self.limits.iter().any(|limit| UNREAD.contains(&limit.code.as_str()))
    }
}
