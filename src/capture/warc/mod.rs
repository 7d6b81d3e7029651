//! WARC/1.0 and WARC/1.1 (ISO 28500), read and written: the files web archives keep their records in.
//!
//! `fields` and `http` read the two kinds of heads, [`Reader`] goes through a file of any size record by record in constant
//! memory, `label` holds bytes against the digests a record gives itself, [`Writer`] writes captures. Which record is meant
//! and what becomes of it is decided in `capture::archive`. No digest covers the head of a record: where and when a page
//! was recorded is asserted by whoever wrote the file, until the file as a whole is bound by a seal.

mod fields;
mod http;
mod label;
mod reader;
mod write;

pub use fields::Fields;
pub use http::{Answer, unchunked};
pub use label::{Label, algorithm};
pub use reader::{Head, Kind, Reader};
pub use write::{Entry, Facts, Writer};
