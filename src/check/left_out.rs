//! What the original's page puts around and between its passages and the copy leaves out: subheadings, captions, credits, boxes.
//!
//! The same judgement as on what a copy puts in, made with both documents in each other's place. What comes out is no part of the
//! statement: it is listed as set aside, and what is more than a site's furniture is a note of its own kind.

use std::ops::Range;

use super::{
    Kind, Severity,
    draft::Draft,
    edits::quoted,
    pair::{self, Matched, Pair, words_of},
    place,
    roles::{Position, Role, Subject},
};
use crate::extract::BlockKind;

/// For each block of the original, what it is if it is no part of the statement and the copy does not have it.
pub(super) fn roles(pair: &Pair<'_>, matched: &Matched, bounds: &Range<usize>, aside: &[bool]) -> Vec<Option<Role>> {
    let open = |block: &usize| !aside[*block] && !matched.any(*block);
    let mut roles = vec![None; aside.len()];
    if bounds.is_empty() || !(0..aside.len()).any(|block| open(&block)) {
        return roles;
    }
    let alignment = pair.alignment.turned();
    let known = pair::Known::default();
    let turned = Pair { original: pair.copy, copy: pair.original, alignment: &alignment, known: &known };
    let none = vec![false; pair.copy.blocks.len()];
    for block in (0..aside.len()).filter(open) {
        let position = Position::of(block, bounds);
        let close = place::is_close(pair.original, matched, bounds, block);
        roles[block] = Subject { pair: &turned, matched, aside: &none, block, position, close }.left_out();
    }
    // A heading goes with what it heads: where the copy has nothing of that, a section was left out.
    for block in (0..aside.len()).rev() {
        if roles[block] == Some(Role::Framing(Kind::Subheading)) && heads_nothing(pair, matched, &roles, aside, block) {
            roles[block] = None;
        }
    }
    roles
}

/// Whether all that stands below a heading, up to the next that the copy has or that was judged, is missing as well.
fn heads_nothing(pair: &Pair<'_>, matched: &Matched, roles: &[Option<Role>], aside: &[bool], block: usize) -> bool {
    let next = (block + 1..aside.len()).find(|next| roles[*next].is_none() && !aside[*next]);
    let heading =
        |block: usize| pair.original.blocks.get(block).is_some_and(|own| matches!(own.kind, BlockKind::Heading(_)));
    next.is_some_and(|next| !matched.any(next) && !heading(next))
}

/// What is said about those that are more than furniture.
pub(super) fn find(pair: &Pair<'_>, roles: &[Option<Role>], drafts: &mut Vec<Draft>) {
    for (block, role) in roles.iter().enumerate() {
        let (Some(Role::Framing(kind)), Some(data)) = (role, pair.original.blocks.get(block)) else { continue };
        let text = pair.original.block_text(block);
        if *kind == Kind::Subheading
            && let Some(other) = in_its_place(pair, stands_at(pair, block), drafts)
        {
            let new = other.copy.clone().and_then(|bytes| pair.copy.text.get(bytes)).unwrap_or_default();
            let message = format!("The subheading is not the original's: {} for {}.", quoted(new), quoted(text));
            (other.severity, other.message, other.original) = (Severity::Warning, message, Some(data.bytes.clone()));
            continue;
        }
        let message = format!("{} of the original is not in the copy: {}.", what(*kind), quoted(text));
        drafts.push(Draft::missing(*kind, Severity::Note, data.bytes.clone(), stands_at(pair, block), message));
    }
}

/// The subheading of the copy's own that stands right before byte `at`, where one of the original's stood.
fn in_its_place<'a>(pair: &Pair<'_>, at: usize, drafts: &'a mut [Draft]) -> Option<&'a mut Draft> {
    drafts.iter_mut().find(|draft| {
        let own = draft.kind == Kind::Subheading && draft.original.is_none();
        let between = draft.copy.as_ref().and_then(|bytes| pair.copy.text.get(bytes.end..at));
        own && between.is_some_and(|between| !between.contains(char::is_alphanumeric))
    })
}

/// Where in the copy, in bytes, a block of the original would stand: before the next word that is there.
fn stands_at(pair: &Pair<'_>, block: usize) -> usize {
    let side = &pair.alignment.original;
    let after = words_of(side, block).end;
    let steps = &pair.alignment.steps;
    let first = steps.partition_point(|step| step.original.end <= after);
    let next = steps
        .iter()
        .skip(first)
        .find(|step| step.same)
        .map(|step| step.copy.start + after.saturating_sub(step.original.start));
    let copy = &pair.alignment.copy;
    let last = copy.words.len();
    let next = next.or_else(|| steps.iter().rfind(|step| step.same).map(|step| step.copy.end)).unwrap_or(last);
    copy.bytes(&(next..next)).start
}

fn what(kind: Kind) -> &'static str {
    match kind {
        Kind::Headline => "A headline",
        Kind::Byline => "A line that names an author",
        Kind::Dateline => "A line of date and publisher",
        Kind::Preface => "An introduction",
        Kind::Interjection | Kind::Afterword => "A note",
        Kind::Subheading => "A subheading",
        Kind::Caption => "A caption",
        Kind::Topic => "A line of topics",
        Kind::Media | Kind::Link => "A link",
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
    }
}
