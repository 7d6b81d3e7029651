//! Rules, sorted by what their subject must be, so that an element meets only those that may be about it.

#![expect(clippy::wildcard_enum_match_arm, reason = "parts of a selector that narrow nothing down give no key")]

use std::collections::BTreeSet;

use selectors::context::{
    MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode, SelectorCaches,
};
use selectors::matching::matches_selector;
use selectors::parser::{AncestorHashes, Combinator, Component, Selector, SelectorIter, SelectorList};

use super::declaration::Block;
use super::layer::{LayerId, Layers};
use super::matching::Candidate;
use super::screens::Screens;
use super::selector::{Css, Name, Pseudo};
use super::table::Table;

pub(super) use selectors::bloom::BloomFilter as Ancestors;

/// The alternatives of `:is()` under which a rule is filed; with more it is filed under none.
const ALTERNATIVES: usize = 8;

/// The rules of all sheets, in the order they came.
#[derive(Default)]
pub(super) struct Rules {
    entries: Vec<Entry>,
    blocks: Vec<Block>,
    /// The typefaces that the sheets bring with them.
    pub(super) fonts: BTreeSet<u32>,
    pub(super) layers: Layers,
}

/// One selector of one rule.
struct Entry {
    selector: Selector<Css>,
    ancestors: AncestorHashes,
    block: u32,
    layer: LayerId,
    screens: Screens,
    pseudo: Option<Pseudo>,
}

/// What the subject of a selector must have to match.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Id(u32),
    Class(u32),
    Tag(u32),
    Attribute(u32),
    Root,
    Any,
}

/// A rule that applies to an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    /// Layer, specificity and order: the greater wins.
    pub(super) precedence: u64,
    /// Where its declarations are.
    pub(super) block: u32,
    /// On which screens.
    pub(super) screens: Screens,
}

/// Bits of [`Match::precedence`] below the layer's.
const LAYER_SHIFT: u32 = 48;
/// Bits below the specificity's.
const SPECIFICITY_SHIFT: u32 = 18;

impl Match {
    /// The same for `!important` declarations, where earlier layers win.
    pub(super) fn important(self) -> u64 {
        let layers = u64::from(u16::MAX) << LAYER_SHIFT;
        self.precedence ^ layers
    }

    /// The layer's rank.
    pub(super) fn layer(self) -> u64 {
        self.precedence >> LAYER_SHIFT
    }
}

impl Rules {
    /// How many selectors there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Adds the rule `selectors { block }`.
    pub(super) fn add(&mut self, selectors: &SelectorList<Css>, block: Block, layer: LayerId, screens: Screens) {
        let Ok(place) = u32::try_from(self.blocks.len()) else { return };
        let before = self.entries.len();
        for selector in selectors.slice() {
            let pseudo = match selector.pseudo_elements().as_slice() {
                [] => None,
                [Pseudo::Before] => Some(Pseudo::Before),
                [Pseudo::After] => Some(Pseudo::After),
                _ => continue,
            };
            let ancestors = AncestorHashes::new(selector, QuirksMode::NoQuirks);
            self.entries.push(Entry { selector: selector.clone(), ancestors, block: place, layer, screens, pseudo });
        }
        if self.entries.len() > before {
            self.blocks.push(block);
        }
    }

    /// Files all rules.
    pub(super) fn index(self, quirks: bool) -> Index {
        let ranks = self.layers.ranks();
        let mut index = Index {
            elements: Files::default(),
            before: Files::default(),
            after: Files::default(),
            blocks: self.blocks,
            fonts: self.fonts,
            quirks,
        };
        for entry in self.entries {
            // Outside all layers is above all layers.
            let rank = entry.layer.map_or(u16::MAX, |layer| ranks.get(usize::from(layer)).copied().unwrap_or(0));
            let precedence = (u64::from(rank) << LAYER_SHIFT)
                | (u64::from(entry.selector.specificity()) << SPECIFICITY_SHIFT)
                | u64::from(entry.block).min((1 << SPECIFICITY_SHIFT) - 1);
            let has_content = index.block(entry.block).has_content;
            let files = match entry.pseudo {
                None => &mut index.elements,
                Some(Pseudo::After) => &mut index.after,
                Some(Pseudo::Before | Pseudo::Other) => &mut index.before,
            };
            files.has_content |= has_content;
            files.pseudo = entry.pseudo.is_some();
            files.add(Filed {
                selector: entry.selector,
                ancestors: entry.ancestors,
                of: Match { precedence, block: entry.block, screens: entry.screens },
            });
        }
        [&mut index.elements, &mut index.before, &mut index.after].into_iter().for_each(Files::sort);
        index
    }
}

/// All rules, filed.
pub(super) struct Index {
    pub(super) elements: Files,
    pub(super) before: Files,
    pub(super) after: Files,
    blocks: Vec<Block>,
    pub(super) fonts: BTreeSet<u32>,
    /// Whether classes and ids match in any case.
    quirks: bool,
}

impl Index {
    /// The declarations of a rule.
    pub(super) fn block(&self, place: u32) -> &Block {
        const EMPTY: &Block = &Block::EMPTY;
        self.blocks.get(place as usize).unwrap_or(EMPTY)
    }
}

/// Rules for elements, or for one pseudo-element, by what the subject must have.
#[derive(Default)]
pub(super) struct Files {
    filed: Vec<Filed>,
    ids: Table,
    classes: Table,
    tags: Table,
    attributes: Table,
    roots: Vec<u32>,
    rest: Vec<u32>,
    /// Whether any of the rules declares `content`.
    pub(super) has_content: bool,
    /// Whether the rules are for a pseudo-element.
    pseudo: bool,
}

struct Filed {
    selector: Selector<Css>,
    ancestors: AncestorHashes,
    of: Match,
}

impl Files {
    fn add(&mut self, filed: Filed) {
        let Ok(place) = u32::try_from(self.filed.len()) else { return };
        for key in keys(subject(&filed.selector), ALTERNATIVES) {
            match key {
                Key::Id(hash) => self.ids.add(hash, place),
                Key::Class(hash) => self.classes.add(hash, place),
                Key::Tag(hash) => self.tags.add(hash, place),
                Key::Attribute(hash) => self.attributes.add(hash, place),
                Key::Root => self.roots.push(place),
                Key::Any => self.rest.push(place),
            }
        }
        self.filed.push(filed);
    }

    fn sort(&mut self) {
        [&mut self.ids, &mut self.classes, &mut self.tags, &mut self.attributes].into_iter().for_each(Table::sort);
    }

    /// Adds to `matches` all rules that apply to `candidate`, under the ancestors in the filter.
    pub(super) fn collect(
        &self,
        index: &Index,
        candidate: &Candidate<'_, '_>,
        ancestors: &Ancestors,
        caches: &mut SelectorCaches,
        matches: &mut Vec<Match>,
    ) {
        let mut context = MatchingContext::new(
            if self.pseudo { MatchingMode::ForStatelessPseudoElement } else { MatchingMode::Normal },
            Some(ancestors),
            caches,
            if index.quirks { QuirksMode::Quirks } else { QuirksMode::NoQuirks },
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        let mut try_all = |places: &[u32]| {
            for filed in places.iter().filter_map(|place| self.filed.get(*place as usize)) {
                if !candidate.budget.step() {
                    return;
                }
                if matches_selector(&filed.selector, 0, Some(&filed.ancestors), candidate, &mut context) {
                    matches.push(filed.of);
                }
            }
        };
        let element = candidate.element;
        if let Some(id) = element.id {
            try_all(self.ids.get(id));
        }
        for (hash, _) in candidate.page.classes(element) {
            try_all(self.classes.get(*hash));
        }
        try_all(self.tags.get(element.name));
        if !self.attributes.is_empty() {
            for (name, _) in &element.tag.attrs {
                try_all(self.attributes.get(Name::hash(&name.local)));
            }
        }
        if element.parent().is_none() {
            try_all(&self.roots);
        }
        try_all(&self.rest);
    }
}

/// The rightmost compound, past a pseudo-element.
fn subject(selector: &Selector<Css>) -> SelectorIter<'_, Css> {
    let mut iter = selector.iter();
    if selector.has_pseudo_element() {
        iter.by_ref().for_each(drop);
        if iter.next_sequence() != Some(Combinator::PseudoElement) {
            return selector.iter();
        }
    }
    iter
}

/// What an element must have to match a compound: one key, or one for each alternative.
fn keys(compound: SelectorIter<'_, Css>, alternatives: usize) -> Vec<Key> {
    use precomputed_hash::PrecomputedHash as _;
    let mut best = vec![Key::Any];
    for part in compound {
        let found = match part {
            Component::ID(id) => return vec![Key::Id(id.precomputed_hash())],
            Component::Class(class) => Key::Class(class.precomputed_hash()),
            Component::LocalName(name) => Key::Tag(name.lower_name.precomputed_hash()),
            Component::Root => Key::Root,
            Component::AttributeInNoNamespaceExists { local_name_lower: name, .. }
            | Component::AttributeInNoNamespace { local_name: name, .. } => Key::Attribute(name.precomputed_hash()),
            Component::Is(list) | Component::Where(list) if best == [Key::Any] && list.len() <= alternatives => {
                let all: Vec<Key> =
                    list.slice().iter().flat_map(|selector| keys(selector.iter(), alternatives / 2)).collect();
                if all.len() <= ALTERNATIVES && !all.contains(&Key::Any) && !all.is_empty() {
                    best = all;
                }
                continue;
            }
            _ => continue,
        };
        let rank = |keys: &[Key]| match keys {
            [Key::Class(_)] => 4,
            [Key::Root] => 3,
            [Key::Tag(_)] => 2,
            [Key::Any] => 0,
            _ => 1,
        };
        if rank(&[found]) > rank(&best) {
            best = vec![found];
        }
    }
    best
}
