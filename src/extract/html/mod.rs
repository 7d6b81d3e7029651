//! HTML → document: the text a browser shows, with everything else as spans over it.
//!
//! Decoded characters go in; a [`Document`] without charset comes out. `parse` builds the tree, `css` computes every
//! element's style, `walk` goes through the tree and `build` writes down what is seen, `emphasis` says how words are set
//! off, `regions` what an element is for, `metadata` what the page says of itself. No script is run and nothing is fetched.

mod build;
pub(crate) mod css;
mod emphasis;
mod metadata;
mod parse;
mod regions;
mod walk;

use std::collections::BTreeMap;

use super::Document;

/// Reads a page.
///
/// Sheets the page links to are not at hand; which are missing is said in a note.
pub(super) fn read(text: &str) -> Document {
    let (html, cut) = parse::parse(text);
    let mut notes = Vec::new();
    notes.extend(cut);
    let styles = css::Computed::of(&html, &BTreeMap::new(), &mut notes);
    let mut document = walk::document(&html, &styles);
    document.metadata = metadata::of(&html);
    document.notes = notes;
    document
}

#[cfg(test)]
mod tests;
