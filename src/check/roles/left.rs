//! The roles of what a copy leaves out, asked with both documents in each other's place: the subject is a block of the original.
//!
//! Stricter than what is asked of words put in: a line that reads as part of the statement is part of it, and prose is what a copy
//! must not leave out in silence. Only what the markup or the wording says to be something else is.

use super::{HEADING, LINKS, Position, Role, Subject};
use crate::{
    check::{Kind, closing, place},
    extract::{BlockKind, Hint, Landmark, Style, labels::Label},
};

/// Hundredths of a paragraph's text that are links where it is nothing but a link.
const ALL: usize = 90;

/// Words of the longest line of contact that is no part of a statement.
const CONTACT: usize = 24;

/// Hundredths of a paragraph that is set in italics as a whole, but for the signs at its end.
const SLANTED: usize = 97;

/// Blocks away at which paragraphs like one are looked for.
const NEAR: usize = 4;

impl Subject<'_> {
    /// What the block is, if it is no part of the statement.
    pub(in super::super) fn left_out(&self) -> Option<Role> {
        if self.cuts_in().is_some() {
            return None;
        }
        self.labelled()
            .or_else(|| self.by_landmark())
            .or_else(|| self.by_name())
            .or_else(|| self.by_wording())
            .or_else(|| self.is_about_author())
            .or_else(|| self.is_linked_away())
            .or_else(|| self.by_shape())
    }

    /// Notes, corrections, credits, lines of source: wording that says what they are.
    fn labelled(&self) -> Option<Role> {
        let label = self.label()?;
        // Whom to ask for what can be what a statement is about: only a line of it is the page's.
        if label == Label::Contact && self.words() > CONTACT {
            return None;
        }
        match label {
            Label::EditorsNote
            | Label::Correction
            | Label::Source
            | Label::Disclaimer
            | Label::Copyright
            | Label::Contact
            | Label::ArticlesBy
            | Label::Credit => self.speaks_of_the_text(),
            Label::Byline
            | Label::Dateline
            | Label::Topic
            | Label::ReadMore
            | Label::Share
            | Label::Subscribe
            | Label::Comment
            | Label::Advertisement
            | Label::Consent
            | Label::Update
            | Label::Letterhead => None,
        }
    }

    /// A box about who wrote the text, behind it.
    fn is_about_author(&self) -> Option<Role> {
        let own = self.position == Position::After && self.hint(&[Hint::Author]);
        own.then_some(Role::Furniture("author", "class or id"))
    }

    /// Links to other pages, unless they are items of a list of the statement.
    fn is_linked_away(&self) -> Option<Role> {
        let item = place::is_piece_of_statement(self.pair, self.matched, self.aside, self.block);
        // A paragraph of the statement may have more links than words of its own.
        let least = if self.is_sibling() { ALL } else { LINKS };
        // Some statements are made of links.
        let near = self.block.saturating_sub(NEAR)..(self.block + NEAR + 1).min(self.copy().blocks.len());
        let alike = |block: usize| {
            self.matched.any(block) && self.is_set_like(block) && Subject { block, ..*self }.linked() >= LINKS
        };
        let among = || near.clone().any(alike);
        (self.linked() >= least && !item && !self.is_heading() && !among())
            .then_some(Role::Furniture("links", "link density"))
    }

    fn by_shape(&self) -> Option<Role> {
        let kind = self.data()?.kind;
        let caption = kind == BlockKind::Caption || self.landmark(&[Landmark::Figure]) || self.hint(&[Hint::Caption]);
        let line = self.is_set_off() && self.words() <= HEADING && !self.ends_sentence();
        let before = self.position == Position::Before;
        let around =
            kind == BlockKind::Paragraph && !self.is_sibling() && !place::is_in_series(self.copy(), self.block);
        match () {
            () if caption => Some(Role::Framing(Kind::Caption)),
            () if self.position == Position::After && closing::of(self.text(), false).is_some() => {
                Some(Role::Framing(Kind::Afterword))
            }
            () if self.is_pull_quote() && self.repeats() => Some(Role::Furniture("pull-quote", "repeats the text")),
            () if before && self.hint(&[Hint::Standfirst]) => Some(Role::Framing(Kind::Preface)),
            () if before && self.is_heading() => Some(Role::Framing(Kind::Preface)),
            () if before && kind == BlockKind::Paragraph && self.is_slanted() => Some(Role::Framing(Kind::Preface)),
            () if around && self.hint(&[Hint::Note, Hint::PullQuote]) => Some(Role::Framing(Kind::Interjection)),
            () if self.position == Position::After && kind == BlockKind::Paragraph && self.is_slanted() => {
                Some(Role::Framing(Kind::Afterword))
            }
            () if self.is_heading() => Some(Role::Framing(Kind::Subheading)),
            () if line && kind == BlockKind::Paragraph => Some(Role::Framing(Kind::Subheading)),
            () if around && self.hint(&[Hint::Author, Hint::Date, Hint::Topic]) && !self.is_prose() => {
                Some(Role::Furniture("label", "class or id"))
            }
            () if around && !self.is_prose() && !self.ends_sentence() => {
                Some(Role::Furniture("label", "neither sentence nor part of the text"))
            }
            () => None,
        }
    }

    /// Whether all of it is set in italics, as introductions are, and nobody speaks in it: what was said is part of the story.
    fn is_slanted(&self) -> bool {
        let Some(block) = self.data() else { return false };
        let spans = &self.copy().emphasis;
        let first = spans.partition_point(|span| span.bytes.start < block.bytes.start);
        let inside = spans.iter().skip(first).take_while(|span| span.bytes.end <= block.bytes.end);
        let slanted: usize =
            inside.filter(|span| span.styles.contains(Style::Italic)).map(|span| span.bytes.len()).sum();
        let said = self.text().starts_with(['“', '"', '«', '„', '‘', '\'', '「']);
        !said && (slanted * 100 >= block.bytes.len() * SLANTED || block.base.styles.contains(Style::Italic))
    }
}
