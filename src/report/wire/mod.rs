//! The versions of the report's format, one file each, and what `quotes` and `collate` write. Old ones stay readable.

pub mod collation;
pub mod quotes;
pub mod sheets;
pub mod v1;
