//! The versions of the report's format, one file each, and what `quotes`, `collate`, `history` and `snapshots` write. Old ones stay readable.
//! The versions of the report's format, one file each, and what `audit`, `quotes`, `collate` and `history` write. Old ones stay readable.

pub mod audit;
pub mod collation;
pub mod history;
pub mod quotes;
pub mod sheets;
pub mod snapshots;
pub mod v1;
