//! What `vidimus history` found, version 1: the texts that an archive's records of one address hold, oldest first.
//!
//! `docs/formats/history-v1.schema.json` is its JSON Schema. Fields may be added, none renamed or given another meaning.

use serde::{Deserialize, Serialize};

use super::v1::Tool;
use crate::moment::Moment;

/// The version this module writes and reads.
pub const VERSION: u32 = 1;

/// The history of a page, as an archive has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryReport {
    /// The version of this format: 1.
    pub history_report: u32,
    /// The program that made it.
    pub tool: Tool,
    /// When it was made.
    pub generated_at: Moment,
    /// The address, without user information.
    pub url: String,
    /// The archive that was asked.
    pub archive: String,
    /// How many records of a page it lists, in the span that was asked for.
    pub records: u64,
    /// The texts, oldest first; two in a row are never the same.
    pub versions: Vec<TextVersion>,
    /// Records that could not be read.
    pub unread: Vec<Unread>,
    /// How many records beyond the most that are fetched were not looked at; the newest ones.
    pub not_fetched: u64,
}

/// One text, from the first record of it to the last before another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextVersion {
    /// When it was recorded first.
    pub first: Moment,
    /// When it was recorded last before it changed.
    pub last: Moment,
    /// How many records in a row have it.
    pub records: u64,
    /// The address of the first of them, in its raw form.
    pub uri: String,
    /// The page's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Words of its text, menus and the like left out.
    pub words: u64,
    /// Paragraphs that the version before does not have.
    pub added: u64,
    /// Paragraphs of the version before that it does not have.
    pub removed: u64,
    /// The SHA-256 of its paragraphs joined with line feeds.
    pub text_sha256: String,
}

/// A record that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// When it was recorded.
    pub datetime: Moment,
    /// Why, in one line.
    pub cause: String,
}
