//! Quotations in a document: what stands between quotation marks, in `<q>`, or set as a block, and who is said to have said it.
//!
//! A [`Document`] goes in, [`Quotation`]s come out in reading order, outer ones before those inside them. `marks` reads the
//! marks of one paragraph in every convention we know, `speaker` and `hearsay` the sentence around them. What is a quotation *of* is not asked
//! here: scare quotes and titles of works come out as well. The work grows with the text, whatever marks it holds.

mod credit;
mod hearsay;
mod marks;
mod speaker;

use std::{cmp::Reverse, ops::Range};

use super::{BlockKind, ByteRange, Document, Hint, Landmark};
use marks::{Paired, Sort};
pub use speaker::{says, speaker};

/// How a quotation is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Set {
    /// As a block of its own: `<blockquote>`, `>` in Markdown.
    Block,
    /// By markup within a line: `<q>`.
    Element,
    /// Between quotation marks.
    Marks,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// The quoted words without their marks, one range a paragraph: bytes of [`Document::text`]. Never empty.
    pub parts: Vec<ByteRange>,
    /// How it is set.
    pub set: Set,
    /// The quotation it stands in: an index into the list it came with, always a smaller one.
    pub within: Option<usize>,
}

impl Quotation {
    /// From its first word to its last; the marks that reopen its paragraphs are inside.
    pub fn bytes(&self) -> ByteRange {
        let start = self.parts.first().map_or(0, |part| part.start);
        start..self.parts.last().map_or(start, |part| part.end)
    }
}

/// The quotations in `document`; those in menus, comments and other furniture are left out.
///
/// ```
/// use vidimus::{Capture, extract};
/// let page = "<p>“There is,” she said, “‘no’ way.”".as_bytes().to_vec();
/// let document = extract::read(&Capture::from_bytes("page.html", page, Some("text/html; charset=utf-8"))?);
/// let found = extract::quotations::find(&document);
/// let texts: Vec<&str> = found.iter().map(|quotation| &document.text[quotation.bytes()]).collect();
/// assert_eq!(texts, ["There is,", "‘no’ way.", "no"]);
/// # Ok::<(), vidimus::capture::Error>(())
/// ```
pub fn find(document: &Document) -> Vec<Quotation> {
    let mut found = marked(document);
    let element = |bytes: &ByteRange| trimmed(document, bytes.clone()).map(|part| (vec![part], Set::Element));
    found.extend(document.quoted.iter().filter_map(element).map(|(parts, set)| Quotation { parts, set, within: None }));
    found.extend(blocks(document));
    found.sort_by_key(|quotation| (quotation.bytes().start, Reverse(quotation.bytes().end), quotation.set));
    nest(document, found)
}

/// Between marks, paragraph by paragraph; a quotation that reopens in the next one goes on there.
fn marked(document: &Document) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open: Option<(Sort, Vec<ByteRange>)> = None;
    for (index, block) in document.blocks.iter().enumerate() {
        if is_furniture(document, index) {
            continue;
        }
        let text = document.block_text(index);
        let paired = marks::pair(text, open.as_ref().map(|(sort, _)| *sort));
        let place = |bytes: &Range<usize>| block.bytes.start + bytes.start..block.bytes.start + bytes.end;
        let goes_on = open.as_ref().is_some_and(|(sort, _)| paired.reopens == Some(*sort));
        if !goes_on && let Some((_, parts)) = open.take().filter(|(_, parts)| parts.len() > 1) {
            // Whoever reopened it and forgot to close it meant it to end with the paragraph.
            found.push(Quotation { parts, set: Set::Marks, within: None });
        }
        let Paired { closed, unclosed, .. } = paired;
        for (at, bytes) in closed.iter().enumerate() {
            let Some(part) = trimmed(document, place(bytes)) else { continue };
            let mut parts =
                if at == 0 && goes_on { open.take().map_or(Vec::new(), |(_, parts)| parts) } else { Vec::new() };
            parts.push(part);
            found.push(Quotation { parts, set: Set::Marks, within: None });
        }
        if let Some((sort, bytes)) = unclosed
            && let Some(part) = trimmed(document, place(&bytes))
        {
            let mut parts = if goes_on { open.take().map_or(Vec::new(), |(_, parts)| parts) } else { Vec::new() };
            parts.push(part);
            open = Some((sort, parts));
        }
    }
    if let Some((_, parts)) = open.filter(|(_, parts)| parts.len() > 1) {
        found.push(Quotation { parts, set: Set::Marks, within: None });
    }
    found
}

/// Quotations set as blocks, without the line that says who is quoted.
fn blocks(document: &Document) -> Vec<Quotation> {
    let mut found: Vec<(usize, Vec<ByteRange>)> = Vec::new();
    let mut before = None;
    for (index, block) in document.blocks.iter().enumerate() {
        let Some(element) = quoting_element(document, index).filter(|_| !is_furniture(document, index)) else {
            before = None;
            continue;
        };
        if is_attribution(document, index) {
            continue;
        }
        let bytes = credit::without(document, &block.bytes);
        match found.last_mut() {
            Some((last, parts)) if before == Some(element) && *last == element => parts.push(bytes),
            Some(_) | None => found.push((element, vec![bytes])),
        }
        before = Some(element);
    }
    found.into_iter().map(|(_, parts)| Quotation { parts, set: Set::Block, within: None }).collect()
}

/// The outermost `<blockquote>` around a block, as the index of its container; in formats without containers that of the text.
fn quoting_element(document: &Document, block: usize) -> Option<usize> {
    let data = document.blocks.get(block)?;
    let chain = std::iter::successors(Some(data.container), |index| document.containers.get(*index)?.parent);
    let element =
        chain.filter(|index| document.containers.get(*index).is_some_and(|own| own.tag == "blockquote")).last();
    element.or((data.kind == BlockKind::Quotation).then_some(data.container))
}

/// How many quotations of `document` are opened and never closed, or closed by a mark that does not fit: nobody can say where
/// they end, so they are not among those found.
pub fn unclosed(document: &Document) -> usize {
    let mut open: Option<(Sort, bool)> = None;
    let mut count = 0;
    for index in (0..document.blocks.len()).filter(|index| !is_furniture(document, *index)) {
        let paired = marks::pair(document.block_text(index), open.map(|(sort, _)| sort));
        let goes_on = open.is_some_and(|(sort, _)| paired.reopens == Some(sort));
        // One that reopened once and was then left open ends with its paragraph, and is among those found.
        count += usize::from(!goes_on && open.is_some_and(|(_, reopened)| !reopened));
        open = paired.unclosed.map(|(sort, _)| (sort, goes_on));
    }
    count + usize::from(open.is_some_and(|(_, reopened)| !reopened))
}

/// Whether a block inside a quotation names who is quoted: a footer, a `<cite>`, a line behind a dash.
fn is_attribution(document: &Document, block: usize) -> bool {
    let inside = document.containers_of(block).take_while(|own| own.tag != "blockquote");
    let footer = inside.into_iter().any(|own| own.landmark == Some(Landmark::Footer) || own.tag == "figcaption");
    let text = document.block_text(block);
    footer || (text.starts_with(['—', '–', '―', '-']) && text.split_whitespace().count() <= 12)
}

/// Whether a block belongs to the site, not to the article.
fn is_furniture(document: &Document, block: usize) -> bool {
    let hints = [
        Hint::Navigation,
        Hint::Share,
        Hint::Subscribe,
        Hint::Comments,
        Hint::Related,
        Hint::Advertisement,
        Hint::Consent,
        Hint::Footer,
    ];
    let quoted = document.containers_of(block).any(|own| own.tag == "blockquote");
    document.containers_of(block).any(|own| {
        let landmark = own.landmark.is_some_and(|landmark| match landmark {
            Landmark::Nav | Landmark::Form | Landmark::Button | Landmark::Dialog => true,
            Landmark::Footer => !quoted,
            Landmark::Main
            | Landmark::Article
            | Landmark::Header
            | Landmark::Aside
            | Landmark::Figure
            | Landmark::Details => false,
        });
        landmark || own.hints.iter().any(|hint| hints.contains(hint))
    })
}

/// The range without spaces at its ends; none where nothing in it is a word.
fn trimmed(document: &Document, bytes: ByteRange) -> Option<ByteRange> {
    let text = document.text.get(bytes.clone())?;
    if !text.contains(char::is_alphanumeric) {
        return None;
    }
    let start = bytes.start + text.len() - text.trim_start().len();
    Some(start..bytes.end - (text.len() - text.trim_end().len()))
}

/// Says which stands in which. A quotation set in two ways at once is one, with the words that are inside both.
fn nest(document: &Document, sorted: Vec<Quotation>) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut around: Vec<usize> = Vec::new();
    for mut quotation in sorted {
        let bytes = quotation.bytes();
        while let Some(outer) = around.last().and_then(|index| found.get(*index))
            && outer.bytes().end < bytes.end
        {
            around.pop();
        }
        let outer = around.last().copied();
        if let Some(own) = outer.and_then(|index| found.get_mut(index))
            && is_same(document, &own.bytes(), &bytes)
        {
            if own.parts.len() == 1 {
                own.parts = quotation.parts;
            }
            continue;
        }
        quotation.within = outer;
        around.push(found.len());
        found.push(quotation);
    }
    found
}

/// Whether nothing but signs stands in `outer` around `inner`.
fn is_same(document: &Document, outer: &ByteRange, inner: &ByteRange) -> bool {
    let words = |range: Range<usize>| document.text.get(range).is_some_and(|text| text.contains(char::is_alphanumeric));
    !words(outer.start..inner.start) && !words(inner.end..outer.end)
}

#[cfg(test)]
mod tests;
