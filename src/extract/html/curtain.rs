//! Pages that hide nearly all of themselves until a script shows it, or most of their paragraphs until the reader comes by.
//!
//! `body { visibility: hidden }` against flicker, an application that fades in: no visitor sees an empty page, and no script runs
//! here. What hides the bulk of such a page is found, so that its styles can be computed as if it were shown.

use std::collections::BTreeSet;

use ego_tree::{NodeId, iter::Edge};
use scraper::{Html, Node};

use super::{css, walk::NO_TEXT};
use crate::extract::Note;

/// The page counts as hidden where this many letters in a hundred at most are seen.
const SEEN: usize = 5;

/// What hides this many letters in a hundred hides the bulk of the page.
const BULK: usize = 30;

/// Where so many letters in a hundred are only faded out, whole paragraphs wait to be faded in as the reader comes by.
const FADED: usize = 50;

/// Fewer letters than this are no page.
const LEAST: usize = 400;

/// How many letters stand where.
#[derive(Default)]
struct Count {
    seen: usize,
    /// For each element that begins to hide, by what means and how many letters.
    hidden: Vec<(NodeId, css::HiddenBy, usize)>,
}

/// The elements that hide the bulk of a page of which next to nothing is seen; empty for all other pages.
pub(super) fn of(html: &Html, styles: &css::Computed) -> BTreeSet<NodeId> {
    let count = count(html, styles);
    let total = count.seen + count.hidden.iter().map(|(_, _, letters)| letters).sum::<usize>();
    let faded =
        |by: css::HiddenBy| matches!(by, css::HiddenBy::Opacity | css::HiddenBy::Visibility | css::HiddenBy::Covered);
    let fading: usize = count.hidden.iter().filter(|(_, by, _)| faded(*by)).map(|(_, _, letters)| letters).sum();
    let empty = count.seen * 100 <= total * SEEN;
    if total < LEAST || !(empty || fading * 100 >= total * FADED) {
        return BTreeSet::new();
    }
    let whole = |by: css::HiddenBy| empty && matches!(by, css::HiddenBy::Display | css::HiddenBy::Attribute);
    let curtains = count.hidden.into_iter();
    curtains
        .filter(|(_, by, letters)| faded(*by) || (whole(*by) && letters * 100 >= total * BULK))
        .map(|(node, _, _)| node)
        .collect()
}

/// What is said about a page that was read so.
pub(super) fn note() -> Note {
    Note {
        code: "hidden-until-script".to_owned(),
        message: "The page hides most of its text until a script shows it; it was read as if it were shown.".to_owned(),
    }
}

fn count(html: &Html, styles: &css::Computed) -> Count {
    let mut count = Count::default();
    // For each open element: the place in `hidden` of what hides it, and whether it holds no text of the page.
    let mut open: Vec<(Option<usize>, bool)> = Vec::new();
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    let (mut by, mut skip) = open.last().copied().unwrap_or((None, false));
                    skip |= NO_TEXT.contains(&element.name());
                    if let (None, false, Some(hiding)) = (by, skip, styles.style(node.id()).hidden) {
                        by = Some(count.hidden.len());
                        count.hidden.push((node.id(), hiding.by, 0));
                    }
                    open.push((by, skip));
                }
                Node::Text(text) => {
                    let letters = || text.chars().filter(|c| c.is_alphanumeric()).count();
                    match open.last() {
                        None | Some((_, true)) => {}
                        Some((None, false)) => count.seen += letters(),
                        Some((Some(at), false)) => {
                            if let Some(hidden) = count.hidden.get_mut(*at) {
                                hidden.2 += letters();
                            }
                        }
                    }
                }
                Node::Document
                | Node::Fragment
                | Node::Doctype(_)
                | Node::Comment(_)
                | Node::ProcessingInstruction(_) => {}
            },
            Edge::Close(node) if node.value().is_element() => {
                open.pop();
            }
            Edge::Close(_) => {}
        }
    }
    count
}
