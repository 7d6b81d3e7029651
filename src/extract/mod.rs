//! Stage 2, `Capture → Document`: one text as a reader sees it, everything else as spans over it.
//!
//! Cannot fail: what could not be read is a note. Does no I/O. Add a format as a file of its own and an arm below.

pub mod charset;
mod document;
pub(crate) mod html;

pub use document::{
    Block, BlockKind, BlockStyle, ByteRange, Container, Document, Emphasis, Hidden, Hint, Landmark, Link, Media,
    Metadata, Note, Style, Styles,
};
