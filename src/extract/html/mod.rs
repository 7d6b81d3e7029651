//! HTML → document: the text a browser shows, with everything else as spans over it.
//!
//! Decoded characters go in; a [`Document`] without charset comes out. `parse` builds the tree, `shadow` puts shadow roots into it, `framed` reads pages in frames, `css` computes every
//! element's style, `curtain` finds pages hidden until a script runs, `walk` goes through the tree and `build` writes down what is seen, `emphasis` says how words are set
//! off, `regions` what an element is for, `metadata` what the page says of itself. No script is run and nothing is fetched.

mod build;
pub(crate) mod css;
mod curtain;
mod emphasis;
mod framed;
mod metadata;
mod parse;
mod regions;
mod shadow;
mod walk;

use std::collections::BTreeSet;

use scraper::Html;

use super::{Document, sheets::Shelf};
use crate::capture::Target;

/// How many times a page is looked at for what hides it.
const CURTAINS: usize = 3;

/// Reads a page with the sheets on `shelf`; which are missing is said in a note.
pub(super) fn read(text: &str, shelf: &Shelf<'_>) -> Document {
    let (mut html, cut) = parse::parse(text);
    let mut notes = Vec::new();
    notes.extend(cut);
    notes.extend(shadow::open(&mut html));
    let sheets = css::Sheets::of(&html, shelf, &mut notes);
    let mut styles = css::Computed::of(&html, &sheets, &BTreeSet::new(), &mut notes);
    let (mut shown, mut lifted) = (BTreeSet::new(), BTreeSet::new());
    // One curtain may hang behind another: the root behind a style sheet, the application behind a class.
    for _ in 0..CURTAINS {
        let curtains = curtain::of(&html, &styles);
        if curtains.nodes.is_empty() {
            break;
        }
        shown.extend(curtains.nodes);
        lifted.extend(curtains.notes);
        // What could not be styled was said the first time.
        styles = css::Computed::of(&html, &sheets, &shown, &mut Vec::new());
    }
    notes.extend(lifted.into_iter().map(curtain::Curtain::note));
    let framed = framed::of(&html, shelf, &mut notes);
    let mut document = walk::document(&html, &styles, &framed);
    document.metadata = metadata::of(&html);
    document.notes = notes;
    document
}

/// A page read only for the sheets it asks for.
pub(super) struct Linking(Html);

impl Linking {
    pub(super) fn of(text: &str) -> Self {
        Self(parse::parse(text).0)
    }

    /// The sheets that are not on `shelf`, in the order they are asked for.
    pub(super) fn wanted(&self, shelf: &Shelf<'_>) -> Vec<Target> {
        css::wanted(&self.0, shelf)
    }
}

#[cfg(test)]
mod tests;
