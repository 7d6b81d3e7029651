//! The cascade: of all that is declared for an element, what wins, property by property.
//!
//! From weak to strong: the browser's own rules, presentational markup, the page's rules by layer, specificity and
//! order, the `style` attribute; then the same of what is `!important`, with layers the other way round.

use super::declaration::{Block, Declaration};
use super::property::{Longhand, Value, Wide};
use super::rules::{Index, Match};
use super::shorthand::Set;
use super::variables::{Scope, Variables};

/// Everything declared for one element.
#[derive(Clone, Copy)]
pub(super) struct Declared<'d> {
    /// The browser's rules, weakest first.
    pub(super) browser: &'d [Match],
    pub(super) browser_index: &'d Index,
    /// Presentational markup.
    pub(super) hints: &'d Set,
    /// The page's rules, weakest first.
    pub(super) page: &'d [Match],
    pub(super) page_index: &'d Index,
    /// The `style` attribute.
    pub(super) attribute: &'d Block,
}

/// The value that wins for each property.
pub(super) struct Winners<'d> {
    slots: [Option<&'d Value>; Longhand::COUNT],
    /// Whether what wins for a property is the browser's own.
    browser: [bool; Longhand::COUNT],
    /// Whether any value with `var()` in it was met.
    any_pending: bool,
}

/// A value that was settled, by the place of its longhand; `None` where it came to nothing.
pub(super) type Settled = (usize, Option<Value>);

impl<'d> Winners<'d> {
    /// The value of `longhand`: `None` where it is as if nobody had declared it.
    pub(super) fn get(&self, longhand: Longhand) -> Option<&'d Value> {
        self.slots.get(longhand as usize).copied().flatten()
    }

    /// Whether the browser, not the page, says so.
    pub(super) fn is_browsers(&self, longhand: Longhand) -> bool {
        self.browser.get(longhand as usize).copied().unwrap_or(false)
    }

    fn set(&mut self, longhand: Longhand, value: Option<&'d Value>, browser: bool) {
        self.any_pending |= matches!(value, Some(Value::Pending(..)));
        if let Some(slot) = self.slots.get_mut(longhand as usize) {
            *slot = value;
        }
        if let Some(slot) = self.browser.get_mut(longhand as usize) {
            *slot = browser;
        }
    }

    /// Puts the values that `settled` holds in place of those with `var()` in them.
    pub(super) fn settle(&mut self, settled: &'d [Settled]) {
        for (place, value) in settled {
            if let Some(slot) = self.slots.get_mut(*place) {
                *slot = value.as_ref();
            }
        }
    }

    /// What the values with `var()` in them come to in `scope`.
    pub(super) fn pending(&self, variables: &mut Variables, scope: Scope) -> Vec<Settled> {
        let mut settled = Vec::new();
        if !self.any_pending {
            return settled;
        }
        for (place, slot) in self.slots.iter().enumerate() {
            if let Some(Value::Pending(property, text)) = slot {
                let set = variables.value(scope, *property, text);
                // The last of a longhand counts; where there is none the property is as if undeclared.
                let value = set.iter().rev().find(|(own, _)| *own as usize == place).map(|(_, value)| value.clone());
                settled.push((place, value));
            }
        }
        settled
    }
}

impl<'d> Declared<'d> {
    /// The blocks of the page's rules and of the attribute in which custom properties are declared, weakest first.
    pub(super) fn customs(&self) -> impl Iterator<Item = &'d super::declaration::Custom> {
        let Self { page, page_index, attribute, .. } = *self;
        let blocks = move || page.iter().map(move |of| page_index.block(of.block)).chain([attribute]);
        let of = |important: bool| {
            blocks().flat_map(move |block| block.customs.iter().filter(move |custom| custom.important == important))
        };
        of(false).chain(of(true))
    }

    /// What wins for each property.
    pub(super) fn winners(&self) -> Winners<'d> {
        let mut winners =
            Winners { slots: [None; Longhand::COUNT], browser: [false; Longhand::COUNT], any_pending: false };
        for of in self.browser {
            for Declaration { longhand, value, .. } in &self.browser_index.block(of.block).declarations {
                self.apply(*longhand, value, &mut winners, None, true);
            }
        }
        for (longhand, value) in self.hints {
            winners.set(*longhand, Some(value), false);
        }
        let mut any_important = self.attribute.has_important;
        for of in self.page {
            let block = self.page_index.block(of.block);
            any_important |= block.has_important;
            self.apply_block(block, false, Some(of.layer()), &mut winners);
        }
        self.apply_block(self.attribute, false, Some(u64::MAX), &mut winners);
        if any_important {
            let mut order: Vec<&Match> =
                self.page.iter().filter(|of| self.page_index.block(of.block).has_important).collect();
            order.sort_by_key(|of| of.important());
            for of in order {
                self.apply_block(self.page_index.block(of.block), true, Some(of.layer()), &mut winners);
            }
            self.apply_block(self.attribute, true, Some(u64::MAX), &mut winners);
        }
        winners
    }

    fn apply_block(&self, block: &'d Block, important: bool, layer: Option<u64>, winners: &mut Winners<'d>) {
        for Declaration { longhand, value, .. } in block.declarations.iter().filter(|own| own.important == important) {
            self.apply(*longhand, value, winners, layer, false);
        }
    }

    fn apply(
        &self,
        longhand: Longhand,
        value: &'d Value,
        winners: &mut Winners<'d>,
        layer: Option<u64>,
        browser: bool,
    ) {
        match (value, layer) {
            (Value::Wide(Wide::Revert), _) => winners.set(longhand, self.browsers(longhand, value), true),
            (Value::Wide(Wide::RevertLayer), Some(layer)) => {
                let below = self.below(longhand, layer);
                winners.set(longhand, below.or_else(|| self.browsers(longhand, value)), below.is_none());
            }
            _ => winners.set(longhand, Some(value), browser),
        }
    }

    /// What the browser's rules say of `longhand`, `asking` apart.
    fn browsers(&self, longhand: Longhand, asking: &Value) -> Option<&'d Value> {
        let blocks = self.browser.iter().rev().map(|of| self.browser_index.block(of.block));
        let mut all = blocks.flat_map(|block| block.declarations.iter().rev());
        all.find(|own| own.longhand == longhand && own.value != *asking).map(|own| &own.value)
    }

    /// What the page says of `longhand` in layers under `layer`, presentational markup included.
    fn below(&self, longhand: Longhand, layer: u64) -> Option<&'d Value> {
        let lower = self.page.iter().rev().filter(|of| of.layer() < layer);
        let mut all = lower.flat_map(|of| self.page_index.block(of.block).declarations.iter().rev());
        let found = all.find(|own| {
            own.longhand == longhand
                && !own.important
                && !matches!(own.value, Value::Wide(Wide::Revert | Wide::RevertLayer))
        });
        let hint = || self.hints.iter().rev().find(|(own, _)| *own == longhand).map(|(_, value)| value);
        found.map(|own| &own.value).or_else(hint)
    }
}
