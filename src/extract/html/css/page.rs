//! The page as matching needs it: its elements in document order, each with its relatives at hand.
//!
//! Built in one walk that never recurses, so that depth costs nothing. Text stays in the tree.

use std::hash::{Hash, Hasher};

use ego_tree::{NodeId, NodeRef};
use html5ever::tree_builder::QuirksMode;
use scraper::node::Element as Tag;
use scraper::{Html, Node};

use super::selector::Name;

/// The most elements that are looked at; what comes later has the style of its parent.
pub(super) const ELEMENTS: usize = 4_000_000;

/// Stands for "no such element" in the table.
const NONE: u32 = u32::MAX;

/// The elements of a page in document order.
pub(super) struct Page<'a> {
    elements: Vec<Element<'a>>,
    classes: Vec<(u32, &'a str)>,
    /// Whether the page is laid out in quirks mode.
    pub(super) quirks: bool,
    /// Whether there were more than [`ELEMENTS`].
    pub(super) cut: bool,
}

/// One element. Its relatives are places in the table.
pub(super) struct Element<'a> {
    pub(super) node: NodeId,
    pub(super) tag: &'a Tag,
    /// Hash of the tag name.
    pub(super) name: u32,
    /// Hash of the id.
    pub(super) id: Option<u32>,
    /// Whether it is an HTML element, not one of SVG or MathML.
    pub(super) html: bool,
    /// Whether it has neither children nor text.
    pub(super) empty: bool,
    /// How many elements stand above it.
    pub(super) depth: u32,
    classes: (u32, u32),
    parent: u32,
    previous: u32,
    next: u32,
    first: u32,
}

impl<'a> Page<'a> {
    /// Walks the tree of `html`.
    pub(super) fn of(html: &'a Html) -> Self {
        let mut page = Self {
            elements: Vec::new(),
            classes: Vec::new(),
            quirks: matches!(html.quirks_mode, QuirksMode::Quirks),
            cut: false,
        };
        let root = html.tree.root();
        // The element whose children are being walked, and the one last seen among them.
        let mut parent = NONE;
        let mut previous = NONE;
        let mut next = root.first_child();
        while let Some(node) = next {
            if page.elements.len() >= ELEMENTS {
                page.cut = true;
                break;
            }
            let child = node.first_child();
            if let Node::Element(tag) = node.value() {
                previous = page.push(node, tag, parent, previous);
                if child.is_some() {
                    (parent, previous) = (previous, NONE);
                }
            }
            // What is not an element but has children is the content of a template: walked as the template's own.
            next = child.or_else(|| page.step_out(node, root, &mut parent, &mut previous));
        }
        page
    }

    /// The node after `node` and all it holds, going up as far as needed.
    fn step_out(
        &self,
        mut node: NodeRef<'a, Node>,
        root: NodeRef<'a, Node>,
        parent: &mut u32,
        previous: &mut u32,
    ) -> Option<NodeRef<'a, Node>> {
        loop {
            if let Some(sibling) = node.next_sibling() {
                return Some(sibling);
            }
            node = node.parent().filter(|above| *above != root)?;
            if node.value().is_element() {
                *previous = *parent;
                *parent = self.get(*parent).map_or(NONE, |element| element.parent);
            }
        }
    }

    fn push(&mut self, node: NodeRef<'a, Node>, tag: &'a Tag, parent: u32, previous: u32) -> u32 {
        let place = u32::try_from(self.elements.len()).unwrap_or(NONE);
        let from = u32::try_from(self.classes.len()).unwrap_or(NONE);
        let mut id = None;
        for (name, value) in &tag.attrs {
            match &*name.local {
                "id" => id = Some(Name::hash(value)),
                "class" => self.classes.extend(value.split_ascii_whitespace().map(|class| (Name::hash(class), class))),
                _ => {}
            }
        }
        let to = u32::try_from(self.classes.len()).unwrap_or(NONE);
        let depth = self.get(parent).map_or(0, |element| element.depth + 1);
        if let Some(before) = self.elements.get_mut(previous as usize) {
            before.next = place;
        } else if let Some(above) = self.elements.get_mut(parent as usize) {
            above.first = place;
        }
        self.elements.push(Element {
            node: node.id(),
            tag,
            name: Name::hash(&tag.name.local),
            id,
            html: &*tag.name.ns == "http://www.w3.org/1999/xhtml",
            empty: !node.children().any(|child| {
                child.value().is_element() || child.value().as_text().is_some_and(|text| !text.is_empty())
            }),
            depth,
            classes: (from, to),
            parent,
            previous,
            next: NONE,
            first: NONE,
        });
        place
    }

    /// The elements in document order.
    pub(super) fn elements(&self) -> &[Element<'a>] {
        &self.elements
    }

    /// The element at `place`.
    pub(super) fn get(&self, place: u32) -> Option<&Element<'a>> {
        self.elements.get(place as usize)
    }

    /// The classes of `element`, each with its hash.
    pub(super) fn classes(&self, element: &Element<'a>) -> &[(u32, &'a str)] {
        self.classes.get(element.classes.0 as usize..element.classes.1 as usize).unwrap_or_default()
    }
}

impl<'a> Element<'a> {
    /// The tag name in lower case.
    pub(super) fn local(&self) -> &'a str {
        &self.tag.name.local
    }

    /// The value of attribute `name`, which is in lower case.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.tag.attrs.iter().find(|(key, _)| &*key.local == name).map(|(_, value)| &**value)
    }

    /// Where the parent element is in the table.
    pub(super) fn parent(&self) -> Option<u32> {
        known(self.parent)
    }

    /// Where the element before it under the same parent is.
    pub(super) fn previous(&self) -> Option<u32> {
        known(self.previous)
    }

    /// Where the element after it under the same parent is.
    pub(super) fn next(&self) -> Option<u32> {
        known(self.next)
    }

    /// Where its first child element is.
    pub(super) fn first(&self) -> Option<u32> {
        known(self.first)
    }
}

fn known(place: u32) -> Option<u32> {
    (place != NONE).then_some(place)
}

/// A node's place in its tree's own order, from 1: what its id is made of, and the only thing the id feeds a hasher.
pub(super) fn ordinal(node: NodeId) -> usize {
    struct Last(usize);
    impl Hasher for Last {
        fn finish(&self) -> u64 {
            self.0 as u64
        }
        fn write(&mut self, _bytes: &[u8]) {}
        fn write_usize(&mut self, value: usize) {
            self.0 = value;
        }
    }
    let mut last = Last(0);
    node.hash(&mut last);
    last.0
}
