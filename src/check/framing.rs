//! What stands around the statement and between its passages: each block to its role, each role to finding or furniture. `ends` says what
//! stands in place of the statement's first or last paragraph.

mod ends;

use std::{collections::BTreeSet, ops::Range};

use serde::{Deserialize, Serialize};

use super::{
    Kind, Severity,
    aside::{LINE, is_about_the_issuer, is_back, is_front, is_line, is_page_furniture},
    bounds::{Bounds, SOLID, is_title, is_titled, letters},
    draft::Draft,
    edits::quoted,
    left_out,
    pair::{Matched, Pair, words_of},
    place,
    roles::{Position, Subject},
};
use crate::extract::{BlockKind, labels::Label};

pub(super) use super::roles::Role;

/// How many unlabelled paragraphs before or behind the statement are taken to be about it.
const NEIGHBOURS: usize = 3;

/// Something set aside as page furniture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Furniture {
    /// What it is for, such as `navigation` or `share`.
    pub role: String,
    /// How many words it has.
    pub words: u64,
    /// Its beginning.
    pub excerpt: String,
    /// The first block it covers.
    pub block: usize,
    /// How many blocks it covers.
    pub blocks: usize,
    /// The rule that decided, so that a reviewer can overturn it.
    pub rule: String,
}

/// What every block of both documents is.
pub(super) struct Surroundings<'a> {
    pair: &'a Pair<'a>,
    pub(super) original: Matched,
    pub(super) copy: Matched,
    /// The original's blocks with longer passages of the copy: what holds none is furniture even if a name in it matches.
    passages: Matched,
    pub(super) bounds: Bounds,
    roles: Vec<Option<Role>>,
    aside: Vec<bool>,
    /// For each block of the original that the copy leaves out, what it is if it is no part of the statement.
    left_out: Vec<Option<Role>>,
    /// For each block of the copy, whether all it has of the original is from lines that are not part of the statement.
    echoes: Vec<bool>,
}

impl<'a> Surroundings<'a> {
    /// Decides about every block.
    pub(super) fn of(pair: &'a Pair<'a>) -> Self {
        let (original, copy) = pair.matched();
        let bounds = Bounds::of(pair, &original, &copy);
        let passages = original.passages(pair.original, SOLID);
        let (roles, aside, left_out, echoes) = Default::default();
        let mut this = Self { pair, original, copy, passages, bounds, roles, aside, left_out, echoes };
        this.aside = (0..pair.original.blocks.len()).map(|block| this.stands_aside(block)).collect();
        this.left_out = match this.is_of_lines() {
            true => vec![None; this.aside.len()],
            false => left_out::roles(pair, &this.original, &this.bounds.original, &this.aside),
        };
        for (aside, role) in this.aside.iter_mut().zip(&this.left_out) {
            *aside |= role.is_some();
        }
        this.echoes = (0..pair.copy.blocks.len()).map(|block| this.echoes(block)).collect();
        this.roles = this.decide();
        this
    }

    /// Whether block `block` of the copy stands outside the statement and shares words only with the original's title or
    /// letterhead: the page repeats them, it does not change them.
    pub(super) fn is_echo(&self, block: usize) -> bool {
        self.echoes.get(block).copied().unwrap_or(false)
    }

    fn echoes(&self, block: usize) -> bool {
        let with = self.copy.with.get(block).copied().flatten();
        !self.bounds.copy.contains(&block) && with.is_some_and(|with| self.is_set_aside(with))
    }

    /// Whether the copy has the original's title somewhere, letter for letter.
    fn keeps_title(&self) -> bool {
        let titles = self.pair.titles();
        (0..self.bounds.copy.start).any(|block| titles.name(self.pair.copy.block_text(block)))
    }

    /// The heading of the copy that is the original's title: what stands below is a subtitle, what stands above a site's name.
    fn kept_title(&self) -> Option<usize> {
        let titles = self.pair.titles();
        let heading = |block: &usize| {
            self.pair.copy.blocks.get(*block).is_some_and(|own| matches!(own.kind, BlockKind::Heading(_)))
        };
        let is_kept = |block: &usize| heading(block) && titles.name(self.pair.copy.block_text(*block));
        (0..self.bounds.copy.start).find(is_kept)
    }

    /// The role of a block of the copy that holds nothing of the original; none for the others.
    pub(super) fn role(&self, block: usize) -> Option<Role> {
        self.roles.get(block).copied().flatten()
    }

    /// Whether a block of the copy stands around the text, as framing or as furniture.
    pub(super) fn is_around(&self, block: usize) -> bool {
        matches!(self.role(block), Some(Role::Framing(_) | Role::Furniture(..)))
    }

    /// Whether a block of the original is its page's furniture or letterhead, not part of the statement.
    pub(super) fn is_set_aside(&self, block: usize) -> bool {
        self.aside.get(block).copied().unwrap_or(false)
    }

    fn position(&self, block: usize) -> Position {
        Position::of(block, &self.bounds.copy)
    }

    fn subject(&self, block: usize) -> Subject<'_> {
        let (pair, matched, position) = (self.pair, &self.copy, self.position(block));
        let close = place::is_close(pair.copy, matched, &self.bounds.copy, block);
        Subject { pair, matched, aside: &self.aside, block, position, close }
    }

    fn decide(&self) -> Vec<Option<Role>> {
        let blocks = self.pair.copy.blocks.len();
        let keeps = self.keeps_title();
        let line = |block: usize| self.is_echo(block) && (keeps || !self.is_headline(block));
        let kept = self.kept_title();
        let own = |block: usize| match (self.subject(block).role(), kept) {
            (Some(Role::Framing(Kind::Headline)), Some(kept)) => {
                Some(Role::Framing(if block > kept { Kind::Subheading } else { Kind::Preface }))
            }
            (role, _) => role,
        };
        let found = |block| (!self.copy.any(block) || line(block)).then(|| own(block));
        let first: Vec<Option<Option<Role>>> = (0..blocks).map(found).collect();
        let near = self.neighbours(&first);
        let undecided = |block: usize| first.get(block) == Some(&Some(None));
        let settle = |(block, role): (usize, Option<Option<Role>>)| {
            let late = || match self.takes_an_end(block, &undecided) {
                true => Role::Inserted,
                false => self.subject(block).by_distance(near.contains(&block)),
            };
            role.map(|role| role.unwrap_or_else(late))
        };
        first.iter().copied().enumerate().map(settle).collect()
    }

    /// The undecided blocks nearest to the statement on either side.
    fn neighbours(&self, roles: &[Option<Option<Role>>]) -> Vec<usize> {
        let undecided = |block: &usize| {
            let prose = self.pair.copy.block_text(*block).split_whitespace().count() >= LINE;
            roles.get(*block).is_some_and(|role| *role == Some(None)) && prose
        };
        let before = (0..self.bounds.copy.start).rev().filter(undecided).take(NEIGHBOURS);
        let after = (self.bounds.copy.end..roles.len()).filter(undecided).take(NEIGHBOURS);
        before.chain(after).collect()
    }

    fn stands_aside(&self, block: usize) -> bool {
        let document = self.pair.original;
        let bounds = &self.bounds.original;
        let inside = bounds.contains(&block);
        // A word or two of a line outside the statement may stand in the site's furniture of the copy.
        let partner = self.original.with.get(block).copied().flatten();
        let few =
            self.original.words.get(block).is_some_and(|found| {
                *found < SOLID && found * 2 <= words_of(&self.pair.alignment.original, block).len()
            });
        let beyond = !inside && few && partner.is_some_and(|with| !self.bounds.copy.contains(&with));
        if self.original.any(block) && !beyond {
            return !inside && (is_front(document, block) || is_page_furniture(document, &self.passages, block));
        }
        let furniture = is_page_furniture(document, &self.original, block);
        let text = document.block_text(block);
        let line = is_line(text);
        match () {
            () if furniture => true,
            () if inside => false,
            () if block < bounds.start => line || is_front(document, block),
            () => {
                let goes_on = self.continues(block);
                let label = document.label(block);
                let own = goes_on && matches!(label, Some(Label::Disclaimer | Label::Credit));
                let issuer = is_about_the_issuer(document, bounds.end, block);
                (line && !goes_on && !self.is_of_lines() && !place::is_in_series(document, block))
                    || is_front(document, block)
                    || (is_back(label) && !own)
                    || issuer
            }
        }
    }

    /// Whether a line behind the last passage found is set like that passage: the rest of a list, a last short line.
    fn continues(&self, block: usize) -> bool {
        let document = self.pair.original;
        let Some(last) = self.bounds.original.end.checked_sub(1) else { return false };
        let (Some(own), Some(other)) = (document.blocks.get(block), document.blocks.get(last)) else { return false };
        let parent = super::pair::parent_of(document, block) == super::pair::parent_of(document, last);
        let parent = parent && document.containers.len() > 1;
        own.kind == other.kind && parent || place::in_one_series(document, block, last)
    }

    /// Findings of framing.
    pub(super) fn find(&self, drafts: &mut Vec<Draft>) {
        let original = self.pair.original;
        let lines = (0..original.blocks.len()).filter(|block| self.is_set_aside(*block));
        let lines: BTreeSet<String> = lines.map(|block| letters(original.block_text(block))).collect();
        for (block, role) in self.roles.iter().enumerate() {
            let Some(Role::Framing(kind)) = role else { continue };
            let Some(data) = self.pair.copy.blocks.get(block) else { continue };
            let text = self.pair.copy.block_text(block);
            let subject = self.subject(block);
            let mut draft = Draft::in_copy(*kind, severity(*kind), data.bytes.clone(), message(*kind, text));
            // A line of date or letterhead that the original's page has too is not the copy's own.
            if subject.position != Position::Inside && lines.contains(&letters(text)) {
                draft.message = format!("A line that the original's page has too: {}.", quoted(text));
            } else if matches!(kind, Kind::Preface | Kind::Interjection | Kind::Afterword) && subject.repeats() {
                draft.message = format!("A passage of the original is repeated here: {}.", quoted(text));
                if subject.is_pull_quote() {
                    draft.severity = Severity::Note;
                }
            }
            if *kind == Kind::Interjection && subject.is_of_pull_quote() {
                draft.severity = Severity::Note;
            }
            if *kind == Kind::Subheading && subject.asserts() {
                draft.severity = Severity::Warning;
            }
            if *kind == Kind::Headline {
                let titled = !self.pair.titles().lines.is_empty();
                draft.severity = if titled { Severity::Warning } else { Severity::Note };
            }
            drafts.push(draft);
        }
        self.changed_title(drafts);
        left_out::find(self.pair, &self.left_out, drafts);
    }

    fn is_headline(&self, block: usize) -> bool {
        let heading = self.pair.copy.blocks.get(block).is_some_and(|own| matches!(own.kind, BlockKind::Heading(_)));
        heading || is_title(self.pair.copy, block)
    }

    /// A headline that keeps some words of the original's title and changes others.
    fn changed_title(&self, drafts: &mut Vec<Draft>) {
        if self.keeps_title() {
            return;
        }
        for block in (0..self.bounds.copy.start).filter(|block| self.copy.any(*block)) {
            let Some(with) = self.copy.with.get(block).copied().flatten().filter(|with| self.is_set_aside(*with))
            else {
                continue;
            };
            let (Some(own), Some(other)) = (self.pair.copy.blocks.get(block), self.pair.original.blocks.get(with))
            else {
                continue;
            };
            let (new, old) = (self.pair.copy.block_text(block), self.pair.original.block_text(with));
            if self.is_headline(block) && !is_titled(old, new) {
                let message = format!("The headline is not the original's: {} for {}.", quoted(new), quoted(old));
                let draft = Draft::in_copy(Kind::Headline, Severity::Warning, own.bytes.clone(), message);
                drafts.push(draft.against(other.bytes.clone()));
            }
        }
    }

    /// Pictures and players between two passages.
    pub(super) fn media(&self, drafts: &mut Vec<Draft>) {
        let copy = self.pair.copy;
        let Range { start, end } = self.bounds.copy.clone();
        let (Some(first), Some(last)) =
            (copy.blocks.get(start), end.checked_sub(1).and_then(|end| copy.blocks.get(end)))
        else {
            return;
        };
        let name = |src: &str| src.rsplit('/').next().unwrap_or(src).split(['?', '#']).next().unwrap_or("").to_owned();
        let known: Vec<String> = self.pair.original.media.iter().map(|media| name(&media.src)).collect();
        for media in copy.media.iter().filter(|media| media.at > first.bytes.start && media.at < last.bytes.end) {
            let around = self.role(copy.block_at(media.at));
            if known.contains(&name(&media.src)) || matches!(around, Some(Role::Furniture(..))) {
                continue;
            }
            let what = if media.alt.is_empty() { "without a description".to_owned() } else { quoted(&media.alt) };
            let message = format!("A picture or player stands in the text that the original does not have: {what}.");
            let block = copy.block_at(media.at);
            let at = copy.blocks.get(block).map_or(media.at, |block| media.at.min(block.bytes.end));
            let mut draft = Draft::in_copy(Kind::Media, Severity::Note, at..at, message);
            draft.href = (!media.src.is_empty()).then(|| media.src.clone());
            drafts.push(draft);
        }
    }

    /// Everything set aside as furniture, neighbours of one role together.
    pub(super) fn furniture(&self) -> Vec<Furniture> {
        let mut list: Vec<Furniture> = Vec::new();
        for (block, role) in self.roles.iter().enumerate() {
            let Some(Role::Furniture(role, rule)) = role else { continue };
            let words = words_of(&self.pair.alignment.copy, block).len() as u64;
            push(&mut list, role, rule, block, words, self.pair.copy.block_text(block));
        }
        list
    }

    /// What of the original was set aside: its page's furniture and letterhead, neighbours of one kind together.
    pub(super) fn set_aside(&self) -> Vec<Furniture> {
        let (document, side) = (self.pair.original, &self.pair.alignment.original);
        let aside = (0..document.blocks.len()).filter(|block| self.is_set_aside(*block));
        let mut list: Vec<Furniture> = Vec::new();
        for block in aside {
            let (role, rule) = match self.left_out.get(block).copied().flatten() {
                Some(Role::Furniture(role, rule)) => (role, rule),
                Some(Role::Framing(kind)) => (kind.slug(), "place and wording"),
                Some(Role::Inserted) | None if is_page_furniture(document, &self.original, block) => {
                    ("furniture", "landmark, class or id")
                }
                Some(Role::Inserted) | None => ("letterhead", "place and wording"),
            };
            let words = words_of(side, block).len() as u64;
            push(&mut list, role, rule, block, words, document.block_text(block));
        }
        list
    }

    /// Words of the copy that are no furniture.
    pub(super) fn article_words(&self) -> usize {
        let side = &self.pair.alignment.copy;
        let is_article = |block: &usize| !matches!(self.role(*block), Some(Role::Furniture(..)));
        (0..side.blocks.len()).filter(is_article).map(|block| words_of(side, block).len()).sum()
    }
}

/// Appends a block to `list`, joined with the last entry where both are neighbours of one role.
fn push(list: &mut Vec<Furniture>, role: &str, rule: &str, block: usize, words: u64, text: &str) {
    match list.last_mut() {
        Some(last) if last.role == role && last.rule == rule && last.block + last.blocks == block => {
            last.words += words;
            last.blocks += 1;
        }
        Some(_) | None => {
            let excerpt = text.chars().take(80).collect();
            let (role, rule) = (role.to_owned(), rule.to_owned());
            list.push(Furniture { role, words, excerpt, block, blocks: 1, rule });
        }
    }
}

/// What stands between two passages leads the reader; what stands around the whole can be told from it.
fn severity(kind: Kind) -> Severity {
    if kind == Kind::Interjection { Severity::Warning } else { Severity::Note }
}

fn message(kind: Kind, text: &str) -> String {
    let what = match kind {
        Kind::Headline => "The copy's own headline",
        Kind::Byline => "The copy names an author",
        Kind::Dateline => "The copy's own line of date and publisher",
        Kind::Preface => "The republisher speaks before the text",
        Kind::Interjection => "The republisher speaks between two passages of the original",
        Kind::Subheading => "A subheading that the original does not have",
        Kind::Caption => "A caption that the original does not have",
        Kind::Afterword => "The republisher speaks behind the text",
        Kind::Topic => "The copy's own topic labels",
        Kind::Media => "A picture or player",
        Kind::Link => "A link",
        Kind::EmphasisAdded
        | Kind::EmphasisRemoved
        | Kind::EmphasisChanged
        | Kind::TextInserted
        | Kind::TextDeleted
        | Kind::TextReplaced
        | Kind::TextMoved
        | Kind::ParagraphsSplit
        | Kind::ParagraphsJoined
        | Kind::Typography
        | Kind::HiddenText
        | Kind::Lookalike
        | Kind::InvisibleCharacters => "A passage",
    };
    format!("{what}: {}.", quoted(text))
}
