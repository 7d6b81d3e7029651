//! Computed style: what a browser makes of a page's sheets, `style` attributes and markup, for the properties that set
//! text off or hide it.
//!
//! In comes a parsed page and the sheets captured beside it; out comes a [`Style`] for every element. The full cascade
//! is followed: origins, layers, specificity, order, `!important`, inheritance, custom properties, media queries,
//! nesting. Nothing is laid out: sizes and places are known only as far as they are declared. No script runs, nobody
//! hovers or has visited anything, and the window is that of a common desktop.
//!
//! The steps, each a file: `page` (the elements), `sources` (which sheets there are), `missing` (which are not at hand), `sheet` with `condition`, `screens`, `layer`,
//! `declaration`, `names`, `property`, `shorthand` and `value/` (from text to rules), `selector`, `matching` and `rules` (which
//! rules meet which elements), `cascade` and `variables` (what wins), `compute` and `hiding` (the style), `elsewhere`
//! (other screens), `generated` (text that sheets add), `walk` (all of it over the page).
//!
//! To follow another property see `property` and `names`; another condition, `condition`; another way of hiding, `hiding`.

mod cascade;
mod compute;
mod condition;
mod covers;
mod declaration;
mod elsewhere;
mod generated;
mod hiding;
mod hints;
mod layer;
mod matching;
mod missing;
mod names;
mod page;
mod property;
mod rules;
mod screens;
mod selector;
mod sheet;
mod shorthand;
mod sources;
mod style;
mod table;
mod value;
mod variables;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use ego_tree::NodeId;
use scraper::Html;

pub(crate) use elsewhere::Elsewhere;
pub(crate) use generated::Generated;
pub(crate) use style::{Display, HiddenBy, Hiding, Lines, Style, TextTransform, WhiteSpace};
pub(crate) use value::colour::Rgba;

use super::super::document::Note;
use super::super::sheets::Shelf;
use crate::capture::Target;
use matching::Budget;
use page::Page;
use rules::{Index, Rules};
use walk::{Walk, Walked};

/// Steps of matching for any page.
const STEPS: u64 = 5_000_000;
/// Steps of matching for each element besides.
const STEPS_EACH: u64 = 300;

/// The rules of a page's own and captured sheets.
pub(crate) struct Sheets(Index);

impl Sheets {
    /// Reads the sheets of `html`; those it links to are on `shelf`. What could not be taken into account becomes a note.
    pub(crate) fn of(html: &Html, shelf: &Shelf<'_>, notes: &mut Vec<Note>) -> Self {
        let page = Page::of(html);
        Self(sources::read(&page, html, shelf, notes).index(page.quirks))
    }
}

/// The sheets that `html` asks for and that are not on `shelf`, in order.
pub(crate) fn wanted(html: &Html, shelf: &Shelf<'_>) -> Vec<Target> {
    sources::wanted(&Page::of(html), html, shelf)
}

/// The style of every element of a page.
pub(crate) struct Computed {
    styles: Vec<Style>,
    /// The typefaces that the page brings with it.
    fonts: BTreeSet<u32>,
    /// By the node's ordinal: the place of its style, where it is an element in the page.
    of: Vec<u32>,
    /// By the node's ordinal, sorted.
    generated: BTreeMap<usize, Vec<Generated>>,
}

impl Computed {
    /// Computes the style of every element of `html`, whose sheets are `sheets`.
    ///
    /// The elements in `shown` are computed as if nothing hid them. What could not be taken into account becomes a note.
    pub(crate) fn of(html: &Html, sheets: &Sheets, shown: &BTreeSet<NodeId>, notes: &mut Vec<Note>) -> Self {
        let page = Page::of(html);
        if page.cut {
            notes.push(sources::budget(
                "The page has more elements than are styled; those beyond the limit look like plain text.",
            ));
        }
        let steps = STEPS + STEPS_EACH * page.elements().len() as u64;
        let browser = if page.quirks { &*QUIRKS } else { &*BROWSER };
        let walked = Walk::new(&page, [browser, &sheets.0], shown, &Budget::new(steps)).run().unwrap_or_else(|| {
            notes.push(sources::budget(
                "Matching the page's style sheets took more steps than are allowed; they were left aside, and only its \
                 markup and style attributes were followed.",
            ));
            let none = Rules::default().index(page.quirks);
            // Without the page's selectors the work is in proportion to the page.
            Walk::new(&page, [browser, &none], shown, &Budget::new(u64::MAX)).run().unwrap_or_default()
        });
        Self { fonts: sheets.0.fonts.clone(), ..Self::assemble(&page, walked) }
    }

    fn assemble(page: &Page<'_>, walked: Walked) -> Self {
        let last = page.elements().iter().map(|element| page::ordinal(element.node)).max().unwrap_or(0);
        let mut of = vec![0; last + 1];
        for (element, style) in page.elements().iter().zip(walked.of) {
            if let Some(slot) = of.get_mut(page::ordinal(element.node)) {
                *slot = style;
            }
        }
        let mut generated: BTreeMap<usize, Vec<Generated>> = BTreeMap::new();
        for (place, text) in walked.generated {
            if let Some(element) = page.get(place) {
                generated.entry(page::ordinal(element.node)).or_default().push(text);
            }
        }
        Self { styles: walked.styles, fonts: BTreeSet::new(), of, generated }
    }

    /// The style of the element `node`, and so of the text directly inside it.
    ///
    /// What is not an element in the page has the style of a page without any.
    pub(crate) fn style(&self, node: NodeId) -> &Style {
        let place = self.of.get(page::ordinal(node)).copied().unwrap_or(0);
        self.styles.get(place as usize).unwrap_or(const { &Style::INITIAL })
    }

    /// Whether the letters of `style` are drawn by a typeface that comes with the page.
    pub(crate) fn draws_by_itself(&self, style: &Style) -> bool {
        self.fonts.contains(&style.face.name)
    }

    /// The text that sheets print before the content of the element `node`.
    pub(crate) fn before(&self, node: NodeId) -> Option<&Generated> {
        self.around(node, false)
    }

    /// The text that sheets print after the content of the element `node`.
    pub(crate) fn after(&self, node: NodeId) -> Option<&Generated> {
        self.around(node, true)
    }

    fn around(&self, node: NodeId, after: bool) -> Option<&Generated> {
        if self.generated.is_empty() {
            return None;
        }
        self.generated.get(&page::ordinal(node))?.iter().find(|text| text.after == after)
    }
}

/// What browsers do before any sheet of a page.
static BROWSER: LazyLock<Index> = LazyLock::new(|| browser(&[include_str!("ua.css")]));

/// The same for pages without a modern doctype.
static QUIRKS: LazyLock<Index> = LazyLock::new(|| browser(&[include_str!("ua.css"), include_str!("quirks.css")]));

fn browser(sheets: &[&str]) -> Index {
    sheet::of_browser(sheets).index(false)
}

#[cfg(test)]
mod tests;
