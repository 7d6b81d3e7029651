//! The sheets of a page: those inside it, and those it links to as far as they were captured.

use scraper::Html;

use super::super::super::document::Note;
use super::super::super::sheets::{Place, Shelf};
use super::condition;
use super::missing;
use super::page::{Element, Page};
use super::rules::Rules;
use super::screens::Screens;
use super::sheet::Desk;
use crate::capture::Target;

/// The most bytes of sheets that are read for one page.
const BYTES: usize = 8 * 1024 * 1024;

/// Reads all sheets of a page in document order, the captured ones on `shelf` among them.
pub(super) fn read(page: &Page<'_>, html: &Html, shelf: &Shelf<'_>, notes: &mut Vec<Note>) -> Rules {
    let desk = gather(page, html, shelf);
    notes.extend(missing::note(&desk.missing));
    if desk.full {
        notes.push(budget("The page's style sheets are larger than is read; rules beyond the limit were left out."));
    }
    desk.rules
}

/// The sheets that are asked for and not at hand.
pub(super) fn wanted(page: &Page<'_>, html: &Html, shelf: &Shelf<'_>) -> Vec<Target> {
    // What there is a cause for was asked for before, or cannot be got at all.
    let missing = gather(page, html, shelf).missing;
    missing.into_iter().filter(|(_, why)| why.is_none()).map(|(target, _)| target).collect()
}

fn gather<'l>(page: &Page<'_>, html: &Html, shelf: &'l Shelf<'l>) -> Desk<'l> {
    let mut desk = Desk::new(shelf, BYTES, page.quirks);
    let mut titles = Titles::default();
    // As in a browser, a `<base>` counts for what comes behind it, and only the first one does.
    let (mut place, mut based) = (shelf.page.clone(), false);
    for element in page.elements() {
        match element.local() {
            "base" if element.html && !based && is_live(page, element) => {
                if let Some(href) = element.attribute("href") {
                    place = Place { base: shelf.page.base.rebased(href), ..place };
                    based = true;
                }
            }
            "meta" if element.html && is_live(page, element) => titles.meta(element),
            "style" if is_css(element) && is_live(page, element) && titles.admit(element, false) => {
                let screens = screens(element);
                if screens != Screens::NONE {
                    desk.read(&text_of(html, element), &place, screens);
                }
            }
            "link" if element.html && is_css(element) && is_live(page, element) => {
                if let Some((href, alternate)) = linked_sheet(element)
                    && titles.admit(element, alternate)
                    && screens(element) != Screens::NONE
                {
                    desk.link(href, &place, element.attribute("integrity"), screens(element));
                }
            }
            _ => {}
        }
    }
    desk
}

fn text_of(html: &Html, element: &Element<'_>) -> String {
    let children = html.tree.get(element.node).into_iter().flat_map(|node| node.children());
    children.filter_map(|child| child.value().as_text().map(|text| &**text)).collect()
}

/// Sheets with a title are a choice for the reader: those of the first title apply, and no others with one.
#[derive(Default)]
struct Titles<'a>(Option<&'a str>);

impl<'a> Titles<'a> {
    /// A page may say which is to be first.
    fn meta(&mut self, element: &Element<'a>) {
        if element.attribute("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("default-style")) {
            self.0 = self.0.or_else(|| element.attribute("content").filter(|title| !title.is_empty()));
        }
    }

    fn admit(&mut self, element: &Element<'a>, alternate: bool) -> bool {
        match element.attribute("title").filter(|title| !title.is_empty()) {
            None => !alternate,
            Some(title) if alternate => self.0 == Some(title),
            Some(title) => *self.0.get_or_insert(title) == title,
        }
    }
}

/// A note that styles were not computed to the end, and why.
pub(super) fn budget(message: &str) -> Note {
    Note { code: "css-budget-reached".to_owned(), message: message.to_owned() }
}

fn is_css(element: &Element<'_>) -> bool {
    element.attribute("type").is_none_or(|kind| {
        let kind = kind.trim().to_ascii_lowercase();
        kind.is_empty() || kind == "text/css" || kind.starts_with("text/css;")
    })
}

/// On which screens the `media` attribute lets the sheet apply, now or once the page's scripts have run.
fn screens(element: &Element<'_>) -> Screens {
    let late = || element.attribute("onload").is_some_and(|script| script.contains("media"));
    match element.attribute("media") {
        Some(media) if !late() => condition::media_text(media),
        Some(_) | None => Screens::ALL,
    }
}

/// Whether the element takes effect: nothing in `<noscript>` or `<template>` does.
fn is_live(page: &Page<'_>, element: &Element<'_>) -> bool {
    let mut above = element.parent();
    while let Some(parent) = above.and_then(|place| page.get(place)) {
        if matches!(parent.local(), "noscript" | "template") {
            return false;
        }
        above = parent.parent();
    }
    true
}

/// The address of the sheet that a `<link>` brings in, and whether it is one to choose instead of others.
fn linked_sheet<'a>(element: &Element<'a>) -> Option<(&'a str, bool)> {
    let href = element.attribute("href").map(str::trim).filter(|href| !href.is_empty())?;
    let rel = element.attribute("rel")?.to_ascii_lowercase();
    let has = |word: &str| rel.split_ascii_whitespace().any(|own| own == word);
    let late = has("preload")
        && element.attribute("as").is_some_and(|kind| kind.eq_ignore_ascii_case("style"))
        && element.attribute("onload").is_some_and(|script| script.contains("stylesheet"));
    let sheet = has("stylesheet") && element.attribute("disabled").is_none();
    (sheet || late).then_some((href, has("alternate")))
}
