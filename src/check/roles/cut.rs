//! What cuts into the text, by where it stands and what it says, whatever it is set in or called.

use super::super::pair::words_of;
use super::{LINKS, Position, Role, Subject};
use crate::{extract::labels::Label, text::words::ends_sentence};

/// Blocks away at which the other half of a sentence is looked for.
const NEAR: usize = 4;

/// Words of boxes that ask for consent.
const CONSENT: [&str; 7] = ["cookie", "consent", "privacy", "gdpr", "datenschutz", "einwillig", "confidentialit"];

impl Subject<'_> {
    /// Words between two halves of one sentence are read with it, whatever they are set in; an advertisement that says it is one
    /// interrupts without speaking.
    pub(super) fn cuts_in(&self) -> Option<Role> {
        let label =
            matches!(self.label(), Some(Label::Advertisement | Label::Share | Label::Subscribe | Label::ReadMore));
        if self.position != Position::Inside || label || self.linked() >= LINKS || self.repeats() {
            return None;
        }
        let side = &self.pair.alignment.copy;
        let before = (0..self.block).rev().take(NEAR).find(|block| self.matched.any(*block))?;
        let behind = (self.block + 1..side.blocks.len()).take(NEAR).find(|block| self.matched.any(*block))?;
        let origin = |word: usize| self.pair.origin(word);
        let last = words_of(side, before).next_back().and_then(origin)?;
        let first = words_of(side, behind).next().and_then(origin)?;
        let original = &self.pair.alignment.original;
        let between = self
            .pair
            .original
            .text
            .get(original.bytes(&(last..last + 1)).end..original.bytes(&(first..first + 1)).start)?;
        // Headings and items end without a full stop: from one block to the next a sentence only runs on in small letters.
        let runs_on = || self.pair.original_word(first).starts_with(char::is_lowercase);
        let one = !ends_sentence(between) && (!between.contains('\n') || runs_on());
        (first == last + 1 && one).then_some(Role::Inserted)
    }

    /// Whether it is about what a site may store and pass on.
    pub(super) fn asks_for_consent(&self) -> bool {
        let text = self.text().to_lowercase();
        CONSENT.iter().any(|word| text.contains(word))
    }
}
