//! Whole pages in, styles out: a file for each part of the engine.

mod cascade;
mod conditions;
mod generated;
mod generator;
mod hiding;
mod limits;
mod referee;
mod selectors;
mod sources;
mod values;
mod variables;

use scraper::{Html, Selector};

use super::{Computed, Note, Rgba, Sheets, Shelf, Style};

const RED: Rgba = Rgba::opaque(255, 0, 0);
const GREEN: Rgba = Rgba::opaque(0, 128, 0);

/// A page with all that was computed for it.
struct Seen {
    html: Html,
    computed: Computed,
    notes: Vec<Note>,
}

/// Computes `page`, which gets a modern doctype.
fn see(page: &str) -> Seen {
    see_raw(&format!("<!doctype html>{page}"))
}

/// Computes `page` as it stands.
fn see_raw(page: &str) -> Seen {
    let html = Html::parse_document(page);
    let mut notes = Vec::new();
    let sheets = Sheets::of(&html, &Shelf::empty(), &mut notes);
    let computed = Computed::of(&html, &sheets, &std::collections::BTreeSet::new(), &mut notes);
    Seen { html, computed, notes }
}

impl Seen {
    /// The style of the first element that matches `selector`.
    fn of(&self, selector: &str) -> Style {
        let selector = Selector::parse(selector).expect("a selector");
        let element = self.html.select(&selector).next().expect("an element that matches");
        *self.computed.style(element.id())
    }

    /// What is printed before and after the first element that matches `selector`.
    fn around(&self, selector: &str) -> (String, String) {
        let selector = Selector::parse(selector).expect("a selector");
        let node = self.html.select(&selector).next().expect("an element that matches").id();
        let text = |generated: Option<&super::Generated>| generated.map_or_else(String::new, |own| own.text.clone());
        (text(self.computed.before(node)), text(self.computed.after(node)))
    }
}

/// The style of `<x->` with `sheet` in force and `attributes` on it.
fn style_of(sheet: &str, attributes: &str) -> Style {
    see(&format!("<style>{sheet}</style><p>Some <span id=x {attributes}>words</span> here.</p>")).of("#x")
}
