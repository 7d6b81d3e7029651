//! The versions of the report's format, one file each, and what `quotes` writes. Old ones stay readable.

pub mod quotes;
pub mod sheets;
pub mod v1;
