//! What `vidimus snapshots list` found, version 1: what a store says of its captures, by address and then by time.
//!
//! `docs/formats/snapshots-v1.schema.json` is its JSON Schema. Fields may be added, none renamed or given another meaning.

use serde::{Deserialize, Serialize};

use crate::{
    capture::{Memento, Via, store::Entry},
    moment::Moment,
};

/// The version this module writes and reads.
pub const VERSION: u32 = 1;

/// The snapshots of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SnapshotList {
    /// The version of this format: 1.
    pub snapshot_list: u32,
    /// The snapshots.
    pub snapshots: Vec<Snapshot>,
    /// How many records are damaged and not listed.
    pub damaged: u64,
}

/// A capture, as its record has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// What it is called: the SHA-256 of its record.
    pub id: String,
    /// The address that was asked for.
    pub url: String,
    /// The address that answered.
    pub final_url: String,
    /// When it was captured.
    pub retrieved_at: Moment,
    /// How it came.
    pub via: Via,
    /// What the archive says of it, where it is a record of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memento: Option<Memento>,
    /// The HTTP status.
    pub status: u16,
    /// The length of the body, content encoding undone, in bytes.
    pub bytes: u64,
    /// The SHA-256 of that.
    pub sha256: String,
    /// How many style sheets were captured with it.
    pub sheets: u64,
}

impl SnapshotList {
    /// The list of `entries`, beside which `damaged` could not be read.
    pub fn of(entries: &[Entry], damaged: u64) -> Self {
        let of = |entry: &Entry| Snapshot {
            id: entry.id.to_string(),
            url: entry.url.clone(),
            final_url: entry.final_url.clone(),
            retrieved_at: entry.retrieved_at,
            via: entry.via,
            memento: entry.memento.clone(),
            status: entry.status,
            bytes: entry.bytes,
            sha256: entry.sha256.clone(),
            sheets: entry.sheets as u64,
        };
        Self { snapshot_list: VERSION, snapshots: entries.iter().map(of).collect(), damaged }
    }
}
