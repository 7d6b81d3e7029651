//! HTML → document: the text a browser shows, with everything else as spans over it.
//!
//! Decoded characters go in; a [`Document`] without charset comes out. `parse` builds the tree, `css` computes every
//! element's style, `curtain` finds pages hidden until a script runs, `walk` goes through the tree and `build` writes down what is seen, `emphasis` says how words are set
//! off, `regions` what an element is for, `metadata` what the page says of itself. No script is run and nothing is fetched.

mod build;
pub(crate) mod css;
mod curtain;
mod emphasis;
mod metadata;
mod parse;
mod regions;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use super::Document;

/// How many times a page is looked at for what hides it.
const CURTAINS: usize = 3;

/// Reads a page.
///
/// Sheets the page links to are not at hand; which are missing is said in a note.
pub(super) fn read(text: &str) -> Document {
    let (html, cut) = parse::parse(text);
    let mut notes = Vec::new();
    notes.extend(cut);
    let mut styles = css::Computed::of(&html, &BTreeMap::new(), &BTreeSet::new(), &mut notes);
    let mut shown = BTreeSet::new();
    // One curtain may hang behind another: the root behind a style sheet, the application behind a class.
    for _ in 0..CURTAINS {
        let curtains = curtain::of(&html, &styles);
        if curtains.is_empty() {
            break;
        }
        shown.extend(curtains);
        // What could not be styled was said the first time.
        styles = css::Computed::of(&html, &BTreeMap::new(), &shown, &mut Vec::new());
    }
    notes.extend((!shown.is_empty()).then(curtain::note));
    let mut document = walk::document(&html, &styles);
    document.metadata = metadata::of(&html);
    document.notes = notes;
    document
}

#[cfg(test)]
mod tests;
