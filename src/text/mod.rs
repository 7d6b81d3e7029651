//! Text as a value: what cannot be seen in it, what its words are and which of them a reader would take for the same.
//!
//! The lowest layer: it knows nothing of documents, markup or findings. Offsets here are bytes and say so.

pub mod base64;
pub mod invisible;
pub mod lookalike;
pub mod normal;
pub mod shorten;
pub mod words;
