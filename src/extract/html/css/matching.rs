//! Elements as the `selectors` crate sees them, and the count of steps that keeps hostile sheets from running for ever.

use std::cell::Cell;
use std::fmt;

use selectors::attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint};
use selectors::bloom::BloomFilter;
use selectors::context::MatchingContext;
use selectors::matching::ElementSelectorFlags;
use selectors::{Element as Matchable, OpaqueElement};

use super::page::{Element, Page};
use super::selector::{Css, Name, Pseudo, State};

/// Below this depth `:has()` does not look: the crate descends by recursion.
const HAS_DEPTH: u32 = 256;

/// How much matching may still be done.
///
/// Steps are counted wherever the crate asks about an element, but running out takes effect only where no position
/// among siblings is being counted: a count broken off halfway would be a wrong one.
pub(super) struct Budget {
    left: Cell<u64>,
    spent: Cell<bool>,
}

impl Budget {
    pub(super) fn new(steps: u64) -> Self {
        Self { left: Cell::new(steps), spent: Cell::new(false) }
    }

    /// Whether nothing is left: what matched since cannot be relied on.
    pub(super) fn is_spent(&self) -> bool {
        self.spent.get()
    }

    fn count(&self) {
        self.left.set(self.left.get().saturating_sub(1));
    }

    /// Counts a step and says whether there was one left.
    pub(super) fn step(&self) -> bool {
        self.count();
        if self.left.get() == 0 {
            self.spent.set(true);
        }
        !self.spent.get()
    }
}

/// An element of a page, as selectors are matched against it.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'p, 'a> {
    pub(super) page: &'p Page<'a>,
    pub(super) element: &'p Element<'a>,
    pub(super) budget: &'p Budget,
}

impl fmt::Debug for Candidate<'_, '_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "<{}>", self.element.local())
    }
}

impl<'p, 'a> Candidate<'p, 'a> {
    fn at(self, place: Option<u32>) -> Option<Self> {
        let element: &'p Element<'a> = self.page.get(place?)?;
        Some(Self { element, ..self })
    }

    fn has(&self, attribute: &str) -> bool {
        self.element.attribute(attribute).is_some()
    }

    fn is_one_of(&self, names: &[&str]) -> bool {
        self.element.html && names.contains(&self.element.local())
    }

    /// The language of the element: the nearest `lang` attribute.
    fn language(self) -> Option<&'a str> {
        let mut candidate = Some(self);
        while let Some(current) = candidate {
            if let Some(language) = current.element.attribute("lang") {
                return Some(language);
            }
            candidate = current.parent_element();
        }
        None
    }

    /// Whether the nearest `dir` attribute says right to left.
    fn is_right_to_left(self) -> bool {
        let mut candidate = Some(self);
        while let Some(current) = candidate {
            if let Some(direction) = current.element.attribute("dir") {
                return direction.eq_ignore_ascii_case("rtl");
            }
            candidate = current.parent_element();
        }
        false
    }

    fn is_in_state(&self, state: &State) -> bool {
        const FIELDS: &[&str] = &["button", "input", "select", "textarea", "optgroup", "option", "fieldset"];
        match state {
            State::Always => true,
            State::Never | State::Pointed => false,
            State::Link => self.is_one_of(&["a", "area"]) && self.has("href"),
            State::Checked => {
                (self.is_one_of(&["input"]) && self.has("checked"))
                    || (self.is_one_of(&["option"]) && self.has("selected"))
            }
            State::Disabled(wanted) => self.is_one_of(FIELDS) && self.has("disabled") == *wanted,
            State::Required(wanted) => {
                self.is_one_of(&["input", "select", "textarea"]) && self.has("required") == *wanted
            }
            State::Open => self.is_one_of(&["details", "dialog"]) && self.has("open"),
            State::PlaceholderShown => {
                self.is_one_of(&["input", "textarea"])
                    && self.has("placeholder")
                    && self.element.attribute("value").is_none_or(str::is_empty)
            }
            State::ReadOnly(wanted) => {
                let written = self.is_one_of(&["input", "textarea"]) && !self.has("readonly") && !self.has("disabled");
                written != *wanted
            }
            State::Lang(ranges) => self.language().is_some_and(|language| {
                let language = language.to_ascii_lowercase();
                ranges.iter().any(|range| {
                    let range = range.strip_prefix("*-").unwrap_or(range);
                    language.strip_prefix(range).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
                })
            }),
            State::RightToLeft(wanted) => self.is_right_to_left() == *wanted,
        }
    }
}

impl Matchable for Candidate<'_, '_> {
    type Impl = Css;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.element)
    }

    fn parent_element(&self) -> Option<Self> {
        if self.budget.step() { self.at(self.element.parent()) } else { None }
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.budget.count();
        if self.budget.is_spent() { None } else { self.at(self.element.previous()) }
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.budget.count();
        if self.budget.is_spent() { None } else { self.at(self.element.next()) }
    }

    fn first_element_child(&self) -> Option<Self> {
        if self.budget.step() && self.element.depth < HAS_DEPTH { self.at(self.element.first()) } else { None }
    }

    fn is_html_element_in_html_document(&self) -> bool {
        self.element.html
    }

    fn has_local_name(&self, name: &Name) -> bool {
        self.budget.step() && self.element.local() == name.as_str()
    }

    fn has_namespace(&self, namespace: &Name) -> bool {
        &*self.element.tag.name.ns == namespace.as_str()
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.element.tag.name == other.element.tag.name
    }

    fn attr_matches(
        &self,
        namespace: &NamespaceConstraint<&Name>,
        name: &Name,
        operation: &AttrSelectorOperation<&Name>,
    ) -> bool {
        self.budget.step()
            && self.element.tag.attrs.iter().any(|(key, value)| {
                *key.local == *name.as_str()
                    && match namespace {
                        NamespaceConstraint::Any => true,
                        NamespaceConstraint::Specific(namespace) => &*key.ns == namespace.as_str(),
                    }
                    && operation.eval_str(value)
            })
    }

    fn match_non_ts_pseudo_class(&self, state: &State, _context: &mut MatchingContext<'_, Css>) -> bool {
        self.budget.step() && self.is_in_state(state)
    }

    fn match_pseudo_element(&self, _pseudo: &Pseudo, _context: &mut MatchingContext<'_, Css>) -> bool {
        false
    }

    fn apply_selector_flags(&self, _flags: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        false
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &Name, case: CaseSensitivity) -> bool {
        self.budget.step()
            && self.element.id == Some(Name::hash(id.as_str()))
            && self.element.attribute("id").is_some_and(|own| case.eq(own.as_bytes(), id.as_str().as_bytes()))
    }

    fn has_class(&self, name: &Name, case: CaseSensitivity) -> bool {
        use precomputed_hash::PrecomputedHash as _;
        self.budget.step()
            && self.page.classes(self.element).iter().any(|(hash, class)| {
                *hash == name.precomputed_hash() && case.eq(class.as_bytes(), name.as_str().as_bytes())
            })
    }

    fn has_custom_state(&self, _name: &Name) -> bool {
        false
    }

    fn imported_part(&self, _name: &Name) -> Option<Name> {
        None
    }

    fn is_part(&self, _name: &Name) -> bool {
        false
    }

    fn is_empty(&self) -> bool {
        self.element.empty
    }

    fn is_root(&self) -> bool {
        self.element.parent().is_none()
    }

    /// Asked before an element's place among its siblings is counted, and so where the count of steps takes effect.
    fn ignores_nth_child_selectors(&self) -> bool {
        !self.budget.step()
    }

    fn add_element_unique_hashes(&self, _filter: &mut BloomFilter) -> bool {
        false
    }
}
