//! Parts of a page that it keeps for its subscribers while their text is in the bytes.
//!
//! Publishers send the whole article and have a script show it to readers with access, so that search engines find it. Such a part is
//! named by the page itself: in its JSON-LD (schema.org, `hasPart` with `isAccessibleForFree` and a `cssSelector`), or by the class of
//! the element. What is found here is read as if it were shown, and the report says so.

use std::collections::BTreeSet;

use ego_tree::NodeId;
use scraper::{ElementRef, Html, Selector};

use super::super::{metadata, regions};

/// Elements that one page's selectors may name.
const MOST: usize = 2_000;

/// Elements above a hidden one that may carry the name.
const ABOVE: usize = 3;

/// What publishing systems call the part for subscribers, in class names and ids.
const NAMES: [&str; 9] =
    ["paywall", "paywalled", "regwall", "premium", "restricted", "locked", "metered", "subscriber", "subscribers"];

/// The parts that a page says are for subscribers.
pub(super) struct Walls {
    declared: BTreeSet<NodeId>,
}

impl Walls {
    pub(super) fn of(html: &Html) -> Self {
        let selectors = metadata::walls(html);
        let selectors = selectors.iter().filter_map(|selector| Selector::parse(selector).ok());
        let declared = selectors
            .flat_map(|selector| html.select(&selector).take(MOST).map(|element| element.id()).collect::<Vec<_>>());
        Self { declared: declared.take(MOST).collect() }
    }

    /// Whether an element that hides its text, or one just above it, is such a part.
    pub(super) fn keep(&self, html: &Html, node: NodeId) -> bool {
        let chain = std::iter::successors(html.tree.get(node), ego_tree::NodeRef::parent);
        chain.take(1 + ABOVE).filter_map(ElementRef::wrap).any(|element| {
            let own = element.value();
            let names = own.classes().chain(own.id());
            self.declared.contains(&element.id())
                || names.flat_map(regions::tokens).any(|token| NAMES.contains(&token.as_str()))
        })
    }
}
