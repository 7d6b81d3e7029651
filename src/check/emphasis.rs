//! The same words, set off differently from their surroundings.
//!
//! Every matched word carries the styles it is set off by in either document, capitals against the other's case among them;
//! neighbours that changed in the same way are one finding. Headings are left out: how a site sets its headings says nothing.

mod runs;
mod site;

use std::ops::Range;

use super::{
    Kind, Severity,
    draft::Draft,
    edits::quoted,
    framing::Surroundings,
    meant::Meant,
    pair::Pair,
    typography::{differ_in_case, turns_country},
};
use crate::{
    diff::Side,
    extract::{BlockKind, Document, Emphasis, Style, Styles},
    text::words::{ends_sentence, is_capitals},
};
use runs::Run;

/// Words of the longest lead-in that sites set off at the beginning of an article.
const LEAD_IN: usize = 6;

/// How sites set those off.
const LEAD_STYLES: [Style; 3] = [Style::Capitals, Style::SmallCaps, Style::Size];

/// What they do to it beside that.
const LEAD_MORE: [Style; 3] = [Style::Bold, Style::Spacing, Style::Colour];

/// Letters of the longest word that is an acronym rather than shouted.
const ACRONYM: usize = 5;

/// Words a block needs before its own style is emphasis rather than a label's.
const BLOCK: usize = 6;

/// Words of the longest question that heads a passage.
const QUESTION: usize = 10;

/// How many blocks away the paragraphs are that one is held against.
const NEAR: usize = 3;

/// What a sheet sets one paragraph among others in without setting it off.
const SOFT: [Style; 2] = [Style::SmallCaps, Style::Spacing];

/// What says nothing where it is that of a whole text: how large, in which colour and how wide a page sets its type.
const QUIET: [Style; 3] = [Style::Size, Style::Colour, Style::Spacing];

/// The share of words, in hundredths, from which a style is that of the whole copy.
const WHOLE: usize = 90;

/// How one matched word is set in either document.
#[derive(Clone, Copy)]
struct Set {
    original: usize,
    copy: usize,
    added: Styles,
    removed: Styles,
    /// What the copy's markup keeps and its sheets do not show.
    muted: Styles,
    /// What the copy's markup adds and its sheets do not show.
    unshown: Styles,
}

/// Judges every matched word.
pub(super) fn find(pair: &Pair<'_>, surroundings: &Surroundings<'_>, drafts: &mut Vec<Draft>) {
    let carried = pair.original.carries_emphasis && pair.copy.carries_emphasis;
    let mut sets = sets(pair, surroundings);
    let added = common(pair, &sets, |set| set.added);
    let removed = common(pair, &sets, |set| set.removed);
    let face = if carried { pair.copy.face.minus(pair.original.face) } else { Styles::NONE };
    let whole = QUIET.into_iter().fold(added.union(face), drop);
    if let (false, Some(first), Some(last)) = (whole.is_empty(), sets.first(), sets.last()) {
        let message = format!("The whole text is set in {}; the original is not.", listed(whole));
        let copy = first_block(pair.copy, &pair.alignment.copy, first.copy);
        let original = first_block(pair.original, &pair.alignment.original, first.original);
        // Of a single paragraph the words themselves are set off; only of several is it the page.
        if pair.alignment.copy.block_of(first.copy) != pair.alignment.copy.block_of(last.copy) {
            // How a page sets its whole text is its own, unless it strikes it out or marks it.
            let loud =
                [Style::Strike, Style::Highlight, Style::Capitals].into_iter().any(|style| whole.contains(style));
            let severity = if loud && !whole.minus(face).is_empty() { Severity::Warning } else { Severity::Note };
            let draft = Draft::in_copy(Kind::EmphasisAdded, severity, copy, message).against(original);
            drafts.push(Draft { styles: whole.iter().collect(), ..draft });
        }
    }
    drafts.extend(muted(pair, &sets));
    for set in &mut sets {
        (set.added, set.removed) = (set.added.minus(added), set.removed.minus(removed));
    }
    let (opening, runs) = site::opening(pair, surroundings, runs::of(pair, &sets));
    drafts.extend(opening);
    drafts.extend(runs.iter().map(|run| draft(pair, run)));
    drafts.extend(unshown(pair, sets));
}

fn sets(pair: &Pair<'_>, surroundings: &Surroundings<'_>) -> Vec<Set> {
    let (original, copy) = (&pair.alignment.original, &pair.alignment.copy);
    let before = styles(pair.original, original);
    let after = styles(pair.copy, copy);
    let (meant_before, meant_after) = (Meant::of(pair.original, original, &before), Meant::of(pair.copy, copy, &after));
    let carried = pair.original.carries_emphasis && pair.copy.carries_emphasis;
    let lead = surroundings.bounds.copy.start;
    let mut lead_in = None;
    let mut sets = Vec::new();
    for (left, right) in pair.same_words() {
        let (old_block, new_block) = (original.block_of(left), copy.block_of(right));
        let promoted = is_promoted(pair, old_block, new_block);
        let headed = heading(pair.original, old_block) || heading(pair.copy, new_block);
        if surroundings.is_set_aside(old_block) || (headed && !promoted) {
            continue;
        }
        let of = |all: &[Styles], word: usize| all.get(word).copied().unwrap_or(Styles::NONE);
        let (mut old, mut new) = if carried { (of(&before, left), of(&after, right)) } else { Default::default() };
        let (old_meant, new_meant) =
            if carried { (meant_before.word(left), meant_after.word(right)) } else { Default::default() };
        // Where the sheet is missing that may show it, what the markup says is all there is to go by.
        old = if meant_before.unknown { old.union(old_meant) } else { old };
        new = if meant_after.unknown { new.union(new_meant) } else { new };
        let (was, is) = (pair.original_word(left), pair.copy_word(right));
        if promoted || (is_of_bold_letters(is) && !is_of_bold_letters(was)) {
            new = new.with(Style::Bold);
        }
        if differ_in_case(was, is) && !turns_country(pair, left, right) {
            match (is_capitals(was), is_capitals(is)) {
                (false, true) if !is_acronym(pair, left, right) => new = new.with(Style::Capitals),
                (true, false) => old = old.with(Style::Capitals),
                (false, false) if is_shouted_letter(pair, right) => new = new.with(Style::Capitals),
                (false, true | false) | (true, true) => {}
            }
        } else if is_capitals(was) {
            // Words in capitals in both texts: whether a sheet or the writer set them so makes no difference.
            (old, new) = (drop(old, Style::Capitals), drop(new, Style::Capitals));
        }
        if new_block == lead && lead_in.is_none() {
            let begins = copy.blocks.get(new_block).map_or(0, |block| block.start);
            lead_in = Some((begins, begins + LEAD_IN));
        }
        if let Some((next, end)) = lead_in.filter(|(next, end)| new_block == lead && right == *next && right < *end) {
            let mut plain = LEAD_STYLES.into_iter().fold(new, drop);
            if plain != new {
                // What else a site does to the letters of its lead-in belongs to it.
                plain = LEAD_MORE.into_iter().fold(plain, drop);
            }
            // The first words of an article in another face are the site's, on either side; where the face ends, so does the
            // lead-in.
            lead_in = Some((if plain == new { end } else { next + 1 }, end));
            (old, new) = (LEAD_STYLES.into_iter().fold(old, drop), plain);
        }
        // What the whole block is in, its words are in as well.
        let added = new.minus(old).minus(old_meant).minus(base(pair.original, old_block));
        let gone = old.minus(new).minus(base(pair.copy, new_block));
        let removed = gone.minus(new_meant);
        let unshown = new_meant.minus(new).minus(old).minus(old_meant);
        sets.push(Set { original: left, copy: right, added, removed, muted: gone.minus(removed), unshown });
    }
    sets
}

/// One note about all emphasis that the copy keeps in its markup and shows nowhere.
fn muted(pair: &Pair<'_>, sets: &[Set]) -> Option<Draft> {
    let mut kept = sets.iter().filter(|set| !set.muted.is_empty());
    let first = *kept.next()?;
    let styles = kept.fold(first.muted, |all, set| all.union(set.muted));
    let message = format!(
        "The copy marks the original's emphasis ({}) and its style sheet shows it nowhere: this site sets nothing off so.",
        listed(styles)
    );
    let (original, copy) =
        (pair.alignment.original.bytes(&(first.original..first.original + 1)), first.copy..first.copy + 1);
    Some(Draft::in_copy(Kind::Typography, Severity::Note, pair.alignment.copy.bytes(&copy), message).against(original))
}

/// Words that the copy's markup sets off and no sheet of it shows so: readers of this page see nothing of it, those who hear it read
/// out or take it elsewhere do.
fn unshown(pair: &Pair<'_>, sets: Vec<Set>) -> impl Iterator<Item = Draft> {
    let only = |set: Set| Set { added: set.unshown, removed: Styles::NONE, ..set };
    let sets: Vec<Set> =
        sets.into_iter().filter(|set| set.added.is_empty() && set.removed.is_empty()).map(only).collect();
    runs::of(pair, &sets).into_iter().map(|run| {
        let draft = draft(pair, &run);
        let words = quoted(pair.copy.text.get(pair.alignment.copy.bytes(&run.copy)).unwrap_or_default());
        let message = format!(
            "{words} is marked up as set off ({}) in the copy and not in the original; the copy's sheets show nothing of it.",
            listed(run.added)
        );
        Draft { severity: Severity::Note, message, ..draft }
    })
}

fn base(document: &Document, block: usize) -> Styles {
    document.blocks.get(block).map_or(Styles::NONE, |block| block.base.styles)
}

fn drop(styles: Styles, style: Style) -> Styles {
    styles.minus(Styles::NONE.with(style))
}

fn heading(document: &Document, block: usize) -> bool {
    document.blocks.get(block).is_some_and(|block| matches!(block.kind, BlockKind::Heading(_) | BlockKind::HeadCell))
}

/// Whether a sentence of the original's running text is made a heading. Lines without a full stop may have headed all along.
fn is_promoted(pair: &Pair<'_>, old_block: usize, new_block: usize) -> bool {
    let running =
        pair.original.blocks.get(old_block).is_some_and(|block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::Quotation | BlockKind::ListItem)
        });
    let below_title =
        pair.copy.blocks.get(new_block).is_some_and(|block| matches!(block.kind, BlockKind::Heading(2..=6)));
    let text = pair.copy.block_text(new_block).trim_end();
    // A short question alone in its paragraph may have headed what follows in a page whose markup says nothing of it.
    let asks = text.ends_with('?') && text.split_whitespace().count() > QUESTION;
    running && below_title && (asks || text.ends_with(['.', '!', '…']))
}

/// Whether a word is written in letters that are bold or slanted by themselves, Unicode's mathematical alphabets.
fn is_of_bold_letters(word: &str) -> bool {
    !word.is_ascii() && word.chars().any(|c| ('\u{1d400}'..='\u{1d7ff}').contains(&c))
}

/// A single short word that both writers begin with a capital: `Nato` and `NATO`, not `Not` and `NOT` after a full stop.
fn is_acronym(pair: &Pair<'_>, left: usize, right: usize) -> bool {
    let (was, is) = (pair.original_word(left), pair.copy_word(right));
    let capital = was.starts_with(char::is_uppercase);
    let side = &pair.alignment.original;
    let starts = left.checked_sub(1).and_then(|last| side.words.get(last)).is_none_or(|last| {
        let between = side.words.get(left).and_then(|word| pair.original.text.get(last.bytes.end..word.bytes.start));
        between.is_none_or(ends_sentence)
    });
    // Single letters and figures between shouted words say nothing about either.
    let telling = |at: &usize| pair.copy_word(*at).chars().filter(|c| c.is_alphabetic()).count() > 1;
    let alone = |at: Option<usize>| at.is_none_or(|at| !is_capitals(pair.copy_word(at)));
    let before = (right.saturating_sub(2)..right).rev().find(telling);
    let after = (right + 1..right + 3).find(telling);
    capital && !starts && is.chars().count() <= ACRONYM && alone(before) && alone(after)
}

/// A lone capital letter beside a shouted word: the `A` of `A MAN`.
fn is_shouted_letter(pair: &Pair<'_>, right: usize) -> bool {
    let letter = |word: &str| word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    let shouted = |at: Option<usize>| at.is_some_and(|at| is_capitals(pair.copy_word(at)));
    letter(pair.copy_word(right)) && (shouted(right.checked_sub(1)) || shouted(Some(right + 1)))
}

/// For each word of a document how it is set off: by spans that cover most of it, or with its whole block by hand.
pub(super) fn styles(document: &Document, side: &Side) -> Vec<Styles> {
    let mut styles = spread(document, side, &document.emphasis);
    for (index, words) in side.blocks.iter().enumerate() {
        let own = of_block(document, side, index);
        if !own.is_empty() && words.len() >= BLOCK {
            for set in styles.get_mut(words.clone()).into_iter().flatten() {
                *set = set.union(own);
            }
        }
    }
    styles
}

/// For each word of a document what the spans say that cover most of it.
pub(super) fn spread(document: &Document, side: &Side, spans: &[Emphasis]) -> Vec<Styles> {
    let mut styles = vec![Styles::NONE; side.words.len()];
    for span in spans {
        let first = side.words.partition_point(|word| word.bytes.end <= span.bytes.start);
        for (word, set) in side.words.iter().zip(styles.iter_mut()).skip(first) {
            if word.bytes.start >= span.bytes.end {
                break;
            }
            let letters = |bytes: Range<usize>| document.text.get(bytes).map_or(0, |text| text.chars().count());
            let covered = letters(word.bytes.start.max(span.bytes.start)..word.bytes.end.min(span.bytes.end));
            // A single large letter is an initial.
            let initial = word.bytes.len() == 1 && span.bytes == word.bytes && span.styles.contains(Style::Size);
            if covered * 2 >= letters(word.bytes.clone()) && !initial {
                *set = set.union(span.styles);
            }
        }
    }
    styles
}

/// How a block as a whole is set off: by hand, or by a sheet that does so to this one among others like it.
fn of_block(document: &Document, side: &Side, index: usize) -> Styles {
    let Some(block) = document.blocks.get(index).filter(|block| !block.base.styles.is_empty()) else {
        return Styles::NONE;
    };
    if block.base.inline {
        return block.base.styles;
    }
    let loud = SOFT.into_iter().fold(block.base.styles, drop);
    let text = document.block_text(index).trim_end_matches(['"', '”', '’', ')', '»']);
    let sentence = text.ends_with(['.', '!', '?', '…', '。']);
    if loud.is_empty() || !sentence || block.kind != BlockKind::Paragraph {
        return Styles::NONE;
    }
    // Sites set their first paragraphs and their labels in a way of their own: only between two plain ones is it this one.
    let plain = |other: &usize| {
        let words = side.blocks.get(*other).map_or(0, Range::len);
        words >= BLOCK && super::place::are_siblings(document, index, *other)
    };
    let styles = |other: usize| document.blocks.get(other).map_or(Styles::NONE, |own| own.base.styles);
    let before = (index.saturating_sub(NEAR)..index).rev().find(plain).map(styles);
    let behind = (index + 1..index + 1 + NEAR).find(plain).map(styles);
    match (before, behind) {
        (Some(before), Some(behind)) => loud.minus(before).minus(behind),
        (None | Some(_), None) | (None, Some(_)) => Styles::NONE,
    }
}

/// What sets off nearly every word in one document and not in the other: a decision about the page, not about any word.
fn common(pair: &Pair<'_>, sets: &[Set], of: impl Fn(&Set) -> Styles) -> Styles {
    let side = &pair.alignment.copy;
    let last = sets.last().map(|set| side.block_of(set.copy));
    let several = sets.first().map(|set| side.block_of(set.copy)) != last;
    if !several {
        return Styles::NONE;
    }
    let mut words = [0_usize; Style::ALL.len()];
    for styles in sets.iter().map(of).filter(|styles| !styles.is_empty()) {
        styles.iter().for_each(|style| words[style as usize] += 1);
    }
    let nearly_all = |style: &Style| words[*style as usize] * 100 >= sets.len() * WHOLE;
    Style::ALL.into_iter().filter(nearly_all).collect()
}

/// The block that holds a word.
fn first_block(document: &Document, side: &Side, word: usize) -> Range<usize> {
    document.blocks.get(side.block_of(word)).map_or(0..0, |block| block.bytes.clone())
}

fn draft(pair: &Pair<'_>, run: &Run) -> Draft {
    let copy = pair.alignment.copy.bytes(&run.copy);
    let original = pair.alignment.original.bytes(&run.original);
    let words = quoted(pair.copy.text.get(copy.clone()).unwrap_or_default());
    let old = quoted(pair.original.text.get(original.clone()).unwrap_or_default());
    let (kind, severity, styles, message) = match (run.added.is_empty(), run.removed.is_empty()) {
        (_, true) => {
            let message = format!("{words} is set off ({}) in the copy and not in the original.", listed(run.added));
            // A name that a site links wherever it stands looks as its links do.
            let severity = if site::is_linked_name(pair, &copy, run) { Severity::Note } else { Severity::Warning };
            (Kind::EmphasisAdded, severity, run.added, message)
        }
        (true, false) => {
            let message = format!("{old} is set off ({}) in the original and not in the copy.", listed(run.removed));
            (Kind::EmphasisRemoved, Severity::Note, run.removed, message)
        }
        (false, false) => {
            let (is, was) = (listed(run.added), listed(run.removed));
            let message = format!("{words} is set off ({is}) in the copy; the original sets off {old} ({was}).");
            (Kind::EmphasisChanged, Severity::Warning, run.added, message)
        }
    };
    Draft { styles: styles.iter().collect(), ..Draft::in_copy(kind, severity, copy, message).against(original) }
}

fn listed(styles: Styles) -> String {
    styles.iter().map(Style::slug).collect::<Vec<_>>().join(", ")
}
