//! What a block of the copy is that holds nothing of the original: framing, furniture, or words slipped into the text.
//!
//! Decided in this order, and the rule that decided is kept: wording that speaks about the text, landmarks, class names, wording
//! of buttons and boxes, link density, then the block's shape and where it stands. Each test is a function below.

mod asks;
mod cut;
mod left;
mod lines;
mod pulled;
mod slipped;

use std::ops::Range;

use super::{
    Kind,
    pair::{Matched, Pair, own_containers, own_landmarks},
    place,
};
use crate::extract::{Block, BlockKind, Document, Hint, Landmark, Style, labels, labels::Label};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The republisher speaks about this text.
    Framing(Kind),
    /// What the site puts around any text: what it is for, and the rule that says so.
    Furniture(&'static str, &'static str),
    /// It reads as part of the statement.
    Inserted,
}

/// Where a block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    Before,
    Inside,
    After,
}

impl Position {
    /// Where a block stands beside a statement that lies in `bounds`.
    pub(super) fn of(block: usize, bounds: &Range<usize>) -> Self {
        match () {
            () if block < bounds.start => Self::Before,
            () if block < bounds.end => Self::Inside,
            () => Self::After,
        }
    }
}

/// Words that make a sentence of a line.
const PROSE: usize = 8;

/// The share of a block's text that is links, in hundredths, from which it is a list of links.
const LINKS: usize = 60;

/// Signs with which sites begin a line that leads to another page.
const ARROWS: [&str; 9] = [">>", "→", "➔", "➜", "➡", "➤", "►", "▶", "☞"];

/// Words of the longest line that can be a title.
const TITLE: usize = 30;

/// Words of the longest line that can be a heading set in bold.
const HEADING: usize = 14;

/// Elements around a paragraph that layouts put one into the other: row, column, box.
const LAYERS: usize = 4;

/// One block and what is asked of it.
pub(super) struct Subject<'a> {
    pub(super) pair: &'a Pair<'a>,
    pub(super) matched: &'a Matched,
    /// For each block of the original, whether it is not part of the statement.
    pub(super) aside: &'a [bool],
    pub(super) block: usize,
    pub(super) position: Position,
    /// Whether it is near enough to the statement to be about it.
    pub(super) close: bool,
}

impl<'a> Subject<'a> {
    fn copy(&self) -> &'a Document {
        self.pair.copy
    }

    fn data(&self) -> Option<&'a Block> {
        self.copy().blocks.get(self.block)
    }

    fn text(&self) -> &'a str {
        self.copy().block_text(self.block)
    }

    fn label(&self) -> Option<Label> {
        self.copy().label(self.block)
    }

    fn words(&self) -> usize {
        self.text().split_whitespace().count()
    }

    fn hint(&self, wanted: &[Hint]) -> bool {
        own_containers(self.copy(), self.matched, self.block)
            .any(|container| container.hints.iter().any(|hint| wanted.contains(hint)))
    }

    fn landmark(&self, wanted: &[Landmark]) -> bool {
        own_landmarks(self.copy(), self.matched, self.block).any(|mark| wanted.contains(&mark))
    }

    fn is_heading(&self) -> bool {
        self.data().is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)))
    }

    fn is_prose(&self) -> bool {
        self.words() >= PROSE
            && (self.text().contains(['.', '!', '?', '…', '。', '।', ';']) || self.text().ends_with(':'))
    }

    fn ends_sentence(&self) -> bool {
        self.text().trim_end_matches(['"', '”', '’', ')', ']', '»']).ends_with(['.', '!', '?', '…', '。'])
    }

    /// Hundredths of the text that are links.
    fn linked(&self) -> usize {
        let Some(block) = self.data() else { return 0 };
        let links = &self.copy().links;
        let first = links.partition_point(|link| link.bytes.end <= block.bytes.start);
        let inside = links.get(first..).unwrap_or_default().iter();
        let length: usize =
            inside.take_while(|link| link.bytes.start < block.bytes.end).map(|link| link.bytes.len()).sum();
        length * 100 / block.bytes.len().max(1)
    }

    /// Whether the block is set like the statement's own paragraphs: the same elements, one in the other, in the same element.
    fn is_sibling(&self) -> bool {
        let near = self.block.saturating_sub(4)..(self.block + 5).min(self.copy().blocks.len());
        near.into_iter().any(|block| self.matched.any(block) && self.is_set_like(block))
    }

    /// Whether the elements around this block and around `other` are alike up to one that holds both, no more than
    /// [`LAYERS`] above.
    fn is_set_like(&self, other: usize) -> bool {
        let copy = self.copy();
        let chain = |block: usize| {
            let first = copy.blocks.get(block).map(|block| block.container);
            std::iter::successors(first, |index| copy.containers.get(*index)?.parent)
        };
        let tag = |index: &usize| copy.containers.get(*index).map(|container| container.tag.as_str());
        let together: Vec<(usize, usize)> = chain(self.block).zip(chain(other)).take(LAYERS + 1).collect();
        let meet = together.iter().position(|(left, right)| left == right);
        meet.is_some_and(|meet| together.iter().take(meet).all(|(left, right)| tag(left) == tag(right)))
    }

    /// Whether the whole block is set off.
    fn is_set_off(&self) -> bool {
        let Some(block) = self.data() else { return false };
        let spans = &self.copy().emphasis;
        let first = spans.partition_point(|span| span.bytes.start < block.bytes.start);
        let inside = spans.iter().skip(first).map(|span| &span.bytes).take_while(|bytes| bytes.end <= block.bytes.end);
        let set_off: usize = inside.map(std::ops::Range::len).sum();
        set_off * 10 >= block.bytes.len() * 9 || !block.base.styles.is_empty()
    }

    /// What the block is.
    pub(super) fn role(&self) -> Option<Role> {
        self.cuts_in().or_else(|| self.by_kind())
    }

    fn by_kind(&self) -> Option<Role> {
        self.asks()
            .or_else(|| self.speaks_of_the_text())
            .or_else(|| self.by_prose())
            .or_else(|| self.remarks_behind())
            .or_else(|| self.by_landmark())
            .or_else(|| self.by_name())
            .or_else(|| self.leads_nowhere())
            .or_else(|| self.by_wording())
            .or_else(|| self.by_links())
            .or_else(|| self.by_series())
            .or_else(|| match self.position {
                Position::Before => self.before(),
                Position::Inside => Some(self.inside()),
                Position::After => None,
            })
    }

    /// Wording that overrides what the markup says.
    fn speaks_of_the_text(&self) -> Option<Role> {
        let kind = match self.position {
            Position::Before => Kind::Preface,
            Position::Inside => Kind::Interjection,
            Position::After => Kind::Afterword,
        };
        let about = Some(Role::Framing(kind));
        if !self.close || self.landmark(&[Landmark::Nav, Landmark::Button, Landmark::Dialog]) {
            return None;
        }
        let footer = self.landmark(&[Landmark::Footer]) || self.hint(&[Hint::Footer, Hint::Comments, Hint::Related]);
        match self.label() {
            Some(Label::EditorsNote | Label::Correction) => about,
            Some(Label::Source) if !footer => about,
            Some(Label::Disclaimer | Label::Copyright | Label::Contact | Label::ArticlesBy)
                if !footer && self.position != Position::Inside =>
            {
                about
            }
            Some(Label::Credit) if self.position == Position::Inside => Some(Role::Framing(Kind::Caption)),
            _ if !self.copy().declarations(self.block).is_empty() && self.words() <= 120 && !footer => about,
            _ => None,
        }
    }

    /// Prose between two passages is read with them, whatever box it stands in and whatever that is called: only a box that
    /// holds more than prose, or says what it is for, is the site's.
    fn by_prose(&self) -> Option<Role> {
        let consent = self.hint(&[Hint::Consent]) && self.asks_for_consent();
        let named = consent || self.hint(&[Hint::Caption]) || self.landmark(&[Landmark::Dialog, Landmark::Figure]);
        if self.position != Position::Inside || named {
            return None;
        }
        let prose = |block: usize| {
            let other = Subject { block, ..*self };
            let plain = other.data().is_some_and(|own| matches!(own.kind, BlockKind::Paragraph | BlockKind::Quotation));
            plain && other.is_prose() && other.linked() < LINKS && other.label().is_none()
        };
        let boxed = || self.by_landmark().or_else(|| self.by_name()).is_some();
        let alone = || place::box_of(self.copy(), self.matched, self.block).is_some_and(|mut own| own.all(prose));
        (prose(self.block) && boxed() && alone()).then_some(Role::Framing(Kind::Interjection))
    }

    fn by_landmark(&self) -> Option<Role> {
        let rule = "landmark";
        let landmark = own_landmarks(self.copy(), self.matched, self.block).find_map(|mark| match mark {
            Landmark::Nav => Some("navigation"),
            Landmark::Form | Landmark::Button => Some("form"),
            Landmark::Dialog => Some("dialog"),
            Landmark::Aside => Some("aside"),
            Landmark::Footer => Some("footer"),
            Landmark::Main | Landmark::Article | Landmark::Header | Landmark::Figure | Landmark::Details => None,
        })?;
        Some(Role::Furniture(landmark, rule))
    }

    fn by_name(&self) -> Option<Role> {
        let rule = "class or id";
        let roles = [
            (Hint::Navigation, "navigation"),
            (Hint::Consent, "consent"),
            (Hint::Advertisement, "advertisement"),
            (Hint::Share, "share"),
            (Hint::Subscribe, "subscribe"),
            (Hint::Comments, "comments"),
            (Hint::Related, "related"),
            (Hint::Sidebar, "sidebar"),
            (Hint::Footer, "footer"),
        ];
        let role = roles.into_iter().find(|(hint, _)| self.hint(&[*hint])).map(|(_, role)| role)?;
        Some(Role::Furniture(role, rule))
    }

    fn by_wording(&self) -> Option<Role> {
        let rule = "wording";
        let around = self.close && self.position != Position::Inside;
        Some(match self.label()? {
            Label::Share => Role::Furniture("share", rule),
            Label::Subscribe => Role::Furniture("subscribe", rule),
            Label::Comment => Role::Furniture("comments", rule),
            Label::ReadMore => Role::Furniture("related", rule),
            Label::Advertisement => Role::Furniture("advertisement", rule),
            Label::Consent => Role::Furniture("consent", rule),
            Label::Topic if self.close => Role::Framing(Kind::Topic),
            Label::Byline if around || (self.close && !self.ends_sentence()) => Role::Framing(Kind::Byline),
            Label::Dateline | Label::Update | Label::Letterhead if around && self.position == Position::Before => {
                Role::Framing(Kind::Dateline)
            }
            Label::Credit if self.close => Role::Framing(Kind::Caption),
            Label::Topic
            | Label::Byline
            | Label::Dateline
            | Label::Update
            | Label::Letterhead
            | Label::Credit
            | Label::Source
            | Label::Copyright
            | Label::Disclaimer
            | Label::Contact
            | Label::EditorsNote
            | Label::ArticlesBy
            | Label::Correction => return None,
        })
    }

    fn by_links(&self) -> Option<Role> {
        let headline = self.position == Position::Before && self.is_heading();
        if self.linked() > 0 && ARROWS.iter().any(|sign| self.text().starts_with(sign)) {
            return Some(Role::Furniture("related", "a sign that points to a link"));
        }
        if self.linked() < LINKS || headline {
            return None;
        }
        if let Some(role) = self.slipped_in() {
            return Some(role);
        }
        let small = self.close && self.position == Position::Before;
        Some(match () {
            () if small && self.hint(&[Hint::Author]) => Role::Framing(Kind::Byline),
            () if small && self.hint(&[Hint::Topic]) => Role::Framing(Kind::Topic),
            () => Role::Furniture("links", "link density"),
        })
    }

    /// A new item of the statement's list, a new cell of its table: text, however short.
    fn by_series(&self) -> Option<Role> {
        place::is_piece_of_statement(self.pair, self.matched, self.aside, self.block).then_some(Role::Inserted)
    }

    fn before(&self) -> Option<Role> {
        if self.pair.titles().name(self.text()) {
            return Some(Role::Furniture("title", "the original's own title"));
        }
        if !self.close {
            return None;
        }
        let level = self.data().map(|block| block.kind);
        let caption = level == Some(BlockKind::Caption) || self.landmark(&[Landmark::Figure]);
        Some(Role::Framing(match () {
            () if caption || self.hint(&[Hint::Caption]) => Kind::Caption,
            () if level == Some(BlockKind::Heading(1)) => Kind::Headline,
            () if self.is_heading() && self.hint(&[Hint::Headline]) => Kind::Headline,
            () if self.is_large_line() => Kind::Headline,
            () if self.hint(&[Hint::Author]) && !self.is_prose() => Kind::Byline,
            () if self.hint(&[Hint::Date]) && !self.is_prose() => Kind::Dateline,
            () if self.hint(&[Hint::Topic]) && !self.is_prose() => Kind::Topic,
            () if self.is_headline_line() => Kind::Headline,
            () => return None,
        }))
    }

    /// A line in larger type, by a heading or by its style, right before the text or with nothing between but lines about it.
    fn is_large_line(&self) -> bool {
        let large = self.is_heading() || self.data().is_some_and(|block| block.base.styles.contains(Style::Size));
        let title = self.words() <= TITLE && self.words() >= 2 && !self.text().ends_with(['.', ':', ';']);
        // What stands above the title is the site's name.
        let titles = self.pair.titles();
        let is_title = |block: &usize| titles.name(self.copy().block_text(*block));
        let other = |block: &usize| {
            let heading = self.copy().blocks.get(*block).is_some_and(|own| matches!(own.kind, BlockKind::Heading(_)));
            heading || is_title(block) || self.copy().block_text(*block).split_whitespace().count() >= PROSE
        };
        let behind = self.block + 1..self.copy().blocks.len();
        let mut between = behind.take_while(|block| !self.matched.any(*block) || is_title(block));
        large && title && !between.any(|block| other(&block))
    }

    /// The first line of a text without markup, short and no sentence.
    fn is_headline_line(&self) -> bool {
        self.block == 0 && self.words() >= 2 && !self.ends_sentence() && !self.copy().carries_emphasis
    }

    fn inside(&self) -> Role {
        let caption = self.data().is_some_and(|block| block.kind == BlockKind::Caption)
            || self.landmark(&[Landmark::Figure])
            || self.hint(&[Hint::Caption]);
        let short = self.words() < PROSE;
        let sibling = self.is_sibling();
        match () {
            () if caption => Role::Framing(Kind::Caption),
            () if self.is_heading() => Role::Framing(Kind::Subheading),
            () if self.hint(&[Hint::PullQuote]) || self.repeats() => Role::Framing(Kind::Interjection),
            () if self.is_set_off() && self.words() <= HEADING && !self.ends_sentence() => {
                Role::Framing(Kind::Subheading)
            }
            () if self.is_bracketed() || self.hint(&[Hint::Note]) => Role::Framing(Kind::Interjection),
            () if self.hint(&[Hint::Author]) && (short || !self.is_prose()) => Role::Framing(Kind::Byline),
            () if labels::is_stamp(self.text()) => Role::Framing(Kind::Dateline),
            () if self.hint(&[Hint::Date]) && (short || !self.ends_sentence()) => Role::Framing(Kind::Dateline),
            () if self.hint(&[Hint::Topic]) && (short || !self.is_prose()) => Role::Framing(Kind::Topic),
            // A line of words set like the text's own paragraphs heads what follows, or is slipped in: never passed over.
            () if short && sibling && !self.ends_sentence() && self.is_word() && self.linked() == 0 => {
                Role::Framing(Kind::Subheading)
            }
            () if short && !(sibling && self.ends_sentence()) => Role::Furniture("label", "shortness"),
            () if sibling && !self.is_set_off() => Role::Inserted,
            () if self.is_prose() => Role::Framing(Kind::Interjection),
            () => Role::Furniture("label", "neither sentence nor part of the text"),
        }
    }

    fn is_bracketed(&self) -> bool {
        let text = self.text().trim();
        (text.starts_with('[') && text.ends_with(']')) || (text.starts_with('(') && text.ends_with(')'))
    }

    /// Whether it is a sentence right before the first passage or right behind the last, set like that passage.
    pub(super) fn adjoins(&self) -> bool {
        let passage = match self.position {
            Position::Before => Some(self.block + 1),
            Position::Inside => None,
            Position::After => self.block.checked_sub(1),
        };
        let beside =
            |passage: usize| self.matched.any(passage) && place::are_siblings(self.copy(), self.block, passage);
        passage.is_some_and(beside) && self.words() > 1 && self.ends_sentence() && self.linked() == 0
    }

    /// What is left before or behind the statement, once its near neighbours are known: prose is about the text.
    pub(super) fn by_distance(&self, near: bool) -> Role {
        match self.position {
            Position::Before if self.adjoins() || self.is_line_at_the_edge() => Role::Framing(Kind::Preface),
            Position::After if self.adjoins() || self.is_line_at_the_edge() => Role::Framing(Kind::Afterword),
            _ if !near || !self.close || !self.is_prose() => Role::Furniture("page", "distance from the text"),
            Position::Before => Role::Framing(Kind::Preface),
            Position::After => Role::Framing(Kind::Afterword),
            Position::Inside => Role::Framing(Kind::Interjection),
        }
    }
}
