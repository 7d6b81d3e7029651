//! Stage 5, everything known → a [`Report`] and its renderings, one file a format.
//!
//! Renderers turn a report into text and nothing else: no I/O, no judgement, no clock. Add a format as a file here.

pub mod annotations;
pub mod audit;
pub mod escape;
pub mod html;
pub mod json;
pub mod terminal;
pub mod wire;
pub mod words;

pub use wire::sheets::SheetSource;
pub use wire::v1::{Report, Source, Tool, Witness};
