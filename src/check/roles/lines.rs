//! Lines the republisher put in that are no sentence by their signs: between two passages, or right at the edge of the text.
//!
//! A reader takes a line set like the paragraphs around it for one of them. What heads, labels or links is the site's.

use super::super::{Kind, place};
use super::{PROSE, Position, Role, Subject};
use crate::extract::{BlockKind, Landmark, labels::Label};

/// Words from which a heading asserts something rather than names what follows.
const ASSERTS: usize = 10;

/// Words of the shortest line at the edge of a text that says something.
const SAYS: usize = 4;

/// Letters of the shortest word that says something alone.
const WORD: usize = 3;

/// Blocks of a box right behind the text that can be a remark on it.
const REMARK: usize = 3;

impl Subject<'_> {
    /// Whether a line between two passages that is taken for a subheading says more than one does: it is set like a paragraph of the
    /// text, or as long as a sentence.
    pub(in super::super) fn asserts(&self) -> bool {
        let inside = self.position == Position::Inside && self.linked() == 0;
        let plain = !self.is_heading() && !self.is_set_off() && self.words() > 1;
        inside && (plain || self.words() >= ASSERTS)
    }

    /// Whether it is made of letters, three at least: “LIES”, and not “***” or “AP”.
    pub(super) fn is_word(&self) -> bool {
        self.text().chars().filter(|c| c.is_alphabetic()).count() >= WORD
    }

    /// "Read more: …" that leads nowhere, set like the paragraphs around it, is read with them. A text without markup has lost its
    /// links.
    pub(super) fn leads_nowhere(&self) -> Option<Role> {
        let more = self.label() == Some(Label::ReadMore) && self.linked() == 0 && self.copy().carries_emphasis;
        let read = more && self.position == Position::Inside && self.words() >= PROSE && self.is_sibling();
        read.then_some(Role::Framing(Kind::Interjection))
    }

    /// Prose in an `<aside>` or `<footer>` right behind the last passage, with nothing else in it: a remark, as far as a reader sees.
    pub(super) fn remarks_behind(&self) -> Option<Role> {
        let boxed = self.landmark(&[Landmark::Aside, Landmark::Footer]);
        if !boxed || self.position != Position::After || self.label().is_some() {
            return None;
        }
        let own = place::box_of(self.copy(), self.matched, self.block).filter(|own| own.len() <= REMARK)?;
        let prose = |block: usize| {
            let other = Subject { block, ..*self };
            other.is_prose() && other.linked() == 0 && other.label().is_none() && other.by_name().is_none()
        };
        let beside = own.start.checked_sub(1).is_some_and(|last| self.matched.any(last));
        (beside && own.clone().all(prose)).then_some(Role::Framing(Kind::Afterword))
    }

    /// Whether it is a line that neither links nor is named for anything of the site's.
    pub(in super::super) fn is_plain_line(&self) -> bool {
        self.linked() == 0 && self.by_landmark().is_none() && self.by_name().is_none() && self.by_wording().is_none()
    }

    /// Whether it is a line of words right before the first passage or right behind the last, set like that passage: a reader takes
    /// it for the text's first or last. Behind the text a heading of some length says something too.
    pub(super) fn is_line_at_the_edge(&self) -> bool {
        let passage = match self.position {
            Position::Before => Some(self.block + 1),
            Position::Inside => None,
            Position::After => self.block.checked_sub(1),
        };
        let Some(passage) = passage.filter(|passage| self.matched.any(*passage)) else { return false };
        let plain = self.data().is_some_and(|own| own.kind == BlockKind::Paragraph);
        let says = self.words() >= SAYS
            || self.position == Position::After && self.words() == 1 && self.is_plain_line() && self.is_word();
        let alike = plain && says && place::are_siblings(self.copy(), self.block, passage);
        let headed = self.position == Position::After && self.is_heading() && self.words() >= ASSERTS;
        (alike || headed) && self.linked() == 0 && self.label().is_none()
    }
}
