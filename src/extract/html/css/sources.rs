//! The sheets of a page: those inside it, and those it links to as far as they were captured.

use std::collections::BTreeMap;

use scraper::Html;

use super::super::super::document::Note;
use super::condition;
use super::page::{Element, Page};
use super::rules::Rules;
use super::sheet::Desk;

/// The most bytes of sheets that are read for one page.
const BYTES: usize = 8 * 1024 * 1024;

/// How many missing sheets a note names.
const NAMED: usize = 3;

/// The longest address a note prints, in characters.
const ADDRESS: usize = 120;

/// Reads all sheets of a page in document order. `linked` holds captured sheets by the address the page names them by.
pub(super) fn read(page: &Page<'_>, html: &Html, linked: &BTreeMap<String, String>, notes: &mut Vec<Note>) -> Rules {
    let mut desk =
        Desk { rules: Rules::default(), linked, missing: Vec::new(), bytes: BYTES, full: false, quirky: page.quirks };
    for element in page.elements() {
        match element.local() {
            "style" if is_css(element) && applies(element) && is_live(page, element) => {
                let node = html.tree.get(element.node);
                let texts = node
                    .into_iter()
                    .flat_map(|node| node.children())
                    .filter_map(|child| child.value().as_text().map(|text| &**text));
                desk.read(&texts.collect::<String>());
            }
            "link" if element.html && is_css(element) && applies(element) && is_live(page, element) => {
                if let Some(href) = linked_sheet(element) {
                    desk.fetch(href, None, 0);
                }
            }
            _ => {}
        }
    }
    notes.extend(missing(&desk.missing));
    if desk.full {
        notes.push(budget("The page's style sheets are larger than is read; rules beyond the limit were left out."));
    }
    desk.rules
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

/// Whether the `media` attribute lets the sheet apply, now or once the page's scripts have run.
fn applies(element: &Element<'_>) -> bool {
    let late = || element.attribute("onload").is_some_and(|script| script.contains("media"));
    element.attribute("media").is_none_or(|media| condition::media_text(media) || late())
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

/// The address of the sheet that a `<link>` brings in.
fn linked_sheet<'a>(element: &Element<'a>) -> Option<&'a str> {
    let href = element.attribute("href").map(str::trim).filter(|href| !href.is_empty())?;
    let rel = element.attribute("rel")?.to_ascii_lowercase();
    let has = |word: &str| rel.split_ascii_whitespace().any(|own| own == word);
    let late = has("preload")
        && element.attribute("as").is_some_and(|kind| kind.eq_ignore_ascii_case("style"))
        && element.attribute("onload").is_some_and(|script| script.contains("stylesheet"));
    let sheet = has("stylesheet") && !has("alternate") && element.attribute("disabled").is_none();
    (sheet || late).then_some(href)
}

fn missing(addresses: &[String]) -> Option<Note> {
    let mut named: Vec<String> = Vec::new();
    for address in addresses {
        let short: String = address.chars().filter(|char| !char.is_control()).take(ADDRESS).collect();
        if named.len() < NAMED && !named.contains(&short) {
            named.push(short);
        }
    }
    let count = addresses.len();
    let message = match count {
        0 => return None,
        1 => format!("1 style sheet was not captured, so that emphasis it sets is not seen: {}.", named.join(", ")),
        _ => format!(
            "{count} style sheets were not captured, so that emphasis they set is not seen: {}{}.",
            named.join(", "),
            if count > named.len() { " and others" } else { "" }
        ),
    };
    Some(Note { code: "sheet-not-captured".to_owned(), message })
}
