//! Stage 2, `Capture → Document`: one text as a reader sees it, everything else as spans over it.
//!
//! Cannot fail: what could not be read is a note. Does no I/O. Add a format as a file of its own and an arm below.

pub mod charset;
pub mod dates;
pub mod declarations;
mod document;
pub(crate) mod html;
pub mod labels;
mod markdown;
mod marks;
mod naming;
mod phrases;
mod plain;
pub mod quotations;
mod sheets;
mod wording;

pub use document::{
    Block, BlockKind, BlockStyle, ByteRange, Container, Document, Doubt, Doubtful, Emphasis, Hidden, Hint, Landmark,
    Link, Media, MediaKind, Metadata, Note, Style, Styles,
};

pub use sheets::Linking;

use crate::capture::{Capture, Format};
use wording::Wording;

/// Reads a capture as its reader sees it.
///
/// ```
/// use vidimus::{Capture, extract};
/// let page = b"<p>There is <b>no</b> military <!-- quick --> solution.<p hidden>None.";
/// let document = extract::read(&Capture::from_bytes("page.html", page.to_vec(), Some("text/html"))?);
/// assert_eq!(document.text, "There is no military solution.");
/// assert_eq!(document.hidden[0].text, "None.");
/// # Ok::<(), vidimus::capture::Error>(())
/// ```
pub fn read(capture: &Capture) -> Document {
    let decoded = charset::decode(capture);
    let mut document = match capture.format {
        Format::Html => html::read(&decoded.text, &sheets::Shelf::of(capture, &decoded.charset)),
        Format::Markdown => markdown::read(&decoded.text),
        Format::Plain => plain::read(&decoded.text),
    };
    document.charset = decoded.charset;
    document.declared_charset = decoded.declared;
    document.notes.splice(0..0, decoded.notes);
    document.marks = marks::of(&document.text, &document.marks, &document.links);
    document.wording = Wording::of(&document);
    document
}
