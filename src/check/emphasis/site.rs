//! Emphasis that is a site's way of setting any article: its leads, the names it links.
//!
//! Each is worth a note: it says nothing of the words it is put on.

use std::ops::Range;

use super::{BLOCK, WHOLE, draft, drop, heading, listed, runs::Run};
use crate::{
    check::{
        Kind, Severity,
        draft::Draft,
        framing::Surroundings,
        pair::{Pair, words_of},
    },
    extract::{Style, Styles},
};

/// How sites set the first paragraph of every article, and the fewest blocks of a text that has one.
const LEAD: [Style; 6] = [Style::Bold, Style::Italic, Style::Size, Style::Colour, Style::Spacing, Style::SmallCaps];
const LEADS: usize = 3;

/// Words of the longest name that sites link wherever it stands.
const LINKED: usize = 3;

/// The first paragraph of the copy's text where all of it is set off: how sites set their leads, one finding whatever is set how.
pub(super) fn opening(pair: &Pair<'_>, surroundings: &Surroundings<'_>, runs: Vec<Run>) -> (Option<Draft>, Vec<Run>) {
    let block = surroundings.bounds.copy.start;
    let side = &pair.alignment.copy;
    let words = words_of(side, block);
    let (own, others): (Vec<Run>, Vec<Run>) = runs.into_iter().partition(|run| side.block_of(run.copy.start) == block);
    let added = own.iter().filter(|run| run.removed.is_empty());
    let covered: usize = added.map(|run| run.copy.len()).sum();
    let whole = words.len() >= BLOCK && covered * 100 >= words.len() * WHOLE;
    let styles = own.iter().fold(Styles::NONE, |all, run| all.union(run.added));
    let quiet = LEAD.into_iter().fold(styles, drop).is_empty();
    let paragraph = !heading(pair.copy, block) && surroundings.bounds.copy.len() >= LEADS;
    let (Some(first), Some(last)) = (own.first(), own.last()) else { return (None, others) };
    if !(whole && quiet && paragraph) {
        return (None, own.into_iter().chain(others).collect());
    }
    let run = Run {
        original: first.original.start..last.original.end.max(first.original.end),
        copy: first.copy.start..last.copy.end,
        added: styles,
        removed: Styles::NONE,
    };
    let message =
        format!("The first paragraph is set in {}, as sites set their leads; the original is not.", listed(styles));
    // How a site begins its articles is no emphasis on any word.
    let draft = Draft { kind: Kind::Typography, severity: Severity::Note, message, ..draft(pair, &run) };
    (Some(draft), others)
}

/// Whether a run is a word or two with a link of their own that leads to another page of the site.
pub(super) fn is_linked_name(pair: &Pair<'_>, bytes: &Range<usize>, run: &Run) -> bool {
    let links = &pair.copy.links;
    let first = links.partition_point(|link| link.bytes.end <= bytes.start);
    let own = links.get(first).filter(|link| link.bytes.start <= bytes.start && bytes.end <= link.bytes.end);
    let quiet =
        [Style::Bold, Style::Colour, Style::Underline, Style::Border].into_iter().fold(run.added, drop).is_empty();
    let within = |href: &str| href.starts_with('/') && !href.starts_with("//");
    run.copy.len() <= LINKED && quiet && own.is_some_and(|link| within(&link.href))
}
