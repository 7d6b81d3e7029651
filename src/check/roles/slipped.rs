//! Paragraphs that consist of a link only: put into the text, or the site's own way to another of its articles.

use super::super::{Kind, bounds::is_title, links::host, pair::parent_of, place};
use super::{LINKS, Position, Role, Subject};
use crate::extract::{BlockKind, Hint};

/// How many blocks away other paragraphs of links are looked for.
const REACH: usize = 64;

impl Subject<'_> {
    /// A paragraph that is a link and nothing else, between two paragraphs of the statement and set like them. On a page of the
    /// original's own publisher it was put into the text; elsewhere it is the republisher's if it leads away from the site:
    /// links to other articles of a site are its furniture.
    pub(super) fn slipped_in(&self) -> Option<Role> {
        let copy = self.copy();
        let plain = self.data().is_some_and(|own| own.kind == BlockKind::Paragraph);
        let named = self.hint(&[Hint::Topic, Hint::Author, Hint::Date, Hint::Caption]);
        if !plain || named || self.label().is_some() {
            return None;
        }
        if self.position == Position::After && self.is_alone() {
            return Some(Role::Framing(Kind::Afterword));
        }
        if self.position != Position::Inside {
            return None;
        }
        let beside = |other: usize| self.matched.any(other) && place::are_siblings(copy, self.block, other);
        if !self.block.checked_sub(1).is_some_and(beside) || !beside(self.block + 1) {
            return None;
        }
        let (mine, theirs) = (&copy.metadata, &self.pair.original.metadata);
        let host = |address: &Option<String>| address.as_deref().and_then(host).map(str::to_owned);
        let same = |left: Option<String>, right: Option<String>| left.is_some() && left == right;
        if same(mine.publisher.clone(), theirs.publisher.clone())
            || same(host(&mine.canonical), host(&theirs.canonical))
        {
            return Some(Role::Inserted);
        }
        let bytes = self.data().map(|own| own.bytes.clone())?;
        let mut inside = copy.links.iter().filter(|link| link.bytes.start < bytes.end && link.bytes.end > bytes.start);
        let leads_away =
            inside.all(|link| host(&Some(link.href.clone())).is_some_and(|to| Some(to) != host(&mine.canonical)));
        (leads_away && mine.canonical.is_some() && self.is_only_link()).then_some(Role::Framing(Kind::Interjection))
    }

    /// Whether the page has nothing but the statement, its title and this paragraph behind the last passage: then there is no site
    /// whose furniture it could be.
    fn is_alone(&self) -> bool {
        let copy = self.copy();
        let beside = |other: usize| self.matched.any(other) && place::are_siblings(copy, self.block, other);
        let known = |other: usize| other == self.block || self.matched.any(other) || is_title(copy, other);
        self.block.checked_sub(1).is_some_and(beside) && (0..copy.blocks.len()).all(known)
    }

    /// Whether no other paragraph nearby in the same element is a link: sites that put related links between paragraphs put more
    /// than one.
    fn is_only_link(&self) -> bool {
        let near = self.block.saturating_sub(REACH)..(self.block + REACH).min(self.copy().blocks.len());
        let parent = parent_of(self.copy(), self.block);
        let linked = |block: &usize| {
            let other = Subject { block: *block, ..*self };
            !self.matched.any(*block) && other.linked() >= LINKS && parent_of(self.copy(), *block) == parent
        };
        near.filter(linked).count() == 1
    }
}
