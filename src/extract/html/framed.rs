//! Pages inside the page: what `<iframe srcdoc>` brings with it, read as a document of its own, one level deep.

use std::collections::{BTreeMap, BTreeSet};

use ego_tree::NodeId;
use scraper::Html;

use super::{
    css::{Computed, Sheets},
    parse,
};
use crate::extract::{Note, sheets::Shelf};

/// How many such pages are read, and how many bytes of them.
const PAGES: usize = 32;
const BYTES: usize = 2 * 1024 * 1024;

/// A page inside the page.
pub(super) struct Framed {
    pub(super) html: Html,
    pub(super) styles: Computed,
}

/// The pages that the frames of `html` bring with them, by frame.
pub(super) fn of(html: &Html, shelf: &Shelf<'_>, notes: &mut Vec<Note>) -> BTreeMap<NodeId, Framed> {
    let mut pages = BTreeMap::new();
    let mut bytes = 0;
    for node in html.tree.nodes() {
        let frame = node.value().as_element().filter(|own| own.name() == "iframe");
        let Some(text) = frame.and_then(|own| own.attr("srcdoc")).filter(|text| !text.trim().is_empty()) else {
            continue;
        };
        bytes += text.len();
        if pages.len() >= PAGES || bytes > BYTES {
            notes.push(Note {
                code: "frame-not-read".to_owned(),
                message: "The page brings more pages in frames with it than are read.".to_owned(),
            });
            break;
        }
        let (html, cut) = parse::parse(text);
        notes.extend(cut);
        let sheets = Sheets::of(&html, shelf, notes);
        let styles = Computed::of(&html, &sheets, &BTreeSet::new(), notes);
        pages.insert(node.id(), Framed { html, styles });
    }
    pages
}
