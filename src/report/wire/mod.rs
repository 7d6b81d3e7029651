//! The versions of the report's format, one file each. Old ones stay readable.

pub mod v1;
