//! Anchors, made without counting a block from its beginning each time: a page may hold any number of quotations in one block.

use crate::{
    check::Anchor,
    extract::{ByteRange, Document},
};

/// Bytes between two places whose code points are counted in advance.
const STEP: usize = 1024;

/// Code points of context on either side.
const CONTEXT: usize = 32;

/// A document with its code points counted.
pub(super) struct Places<'a> {
    document: &'a Document,
    /// How many code points stand before each `STEP`th byte, rounded down to where one begins.
    counts: Vec<usize>,
}

impl<'a> Places<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let mut counts = vec![0];
        let (mut at, mut sum) = (0, 0);
        while at < document.text.len() {
            let next = document.text.floor_char_boundary(counts.len() * STEP);
            sum += document.text.get(at..next).map_or(0, |text| text.chars().count());
            counts.push(sum);
            if next == document.text.len() {
                break;
            }
            at = next;
        }
        Self { document, counts }
    }

    /// How many code points stand before byte `at`.
    fn count(&self, at: usize) -> usize {
        let step = at / STEP;
        let start = self.document.text.floor_char_boundary(step * STEP);
        let rest = self.document.text.get(start..at).map_or(0, |text| text.chars().count());
        self.counts.get(step).copied().unwrap_or(0) + rest
    }

    /// Where the passage at `bytes` begins and ends in the whole text, in code points.
    pub(super) fn position(&self, bytes: &ByteRange) -> [usize; 2] {
        [self.count(bytes.start), self.count(bytes.end)]
    }

    /// The passage at `bytes`, which counts on through the line breaks where it runs across blocks.
    pub(super) fn anchor(&self, bytes: &ByteRange) -> Anchor {
        let block =
            |at: usize| self.document.blocks.get(self.document.block_at(at)).map_or(0..0, |block| block.bytes.clone());
        let (first, last) = (block(bytes.start), block(bytes.end.saturating_sub(1).max(bytes.start)));
        let text = |range: ByteRange| self.document.text.get(range).unwrap_or_default();
        let exact = text(bytes.clone());
        let start = self.count(bytes.start) - self.count(first.start);
        let before: Vec<char> = text(first.start..bytes.start).chars().rev().take(CONTEXT).collect();
        Anchor {
            block: self.document.block_at(bytes.start),
            start,
            end: start + exact.chars().count(),
            exact: exact.to_owned(),
            prefix: before.into_iter().rev().collect(),
            suffix: text(bytes.end..last.end).chars().take(CONTEXT).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Capture, check::pair};

    #[test]
    fn anchors_are_those_of_all_findings() {
        let text = "Ünïcödé wörds “and 𝔗 so” on. ".repeat(300);
        let page = format!("<p>Öne.</p><p>{text}</p><p>{text}</p>");
        let capture = Capture::from_bytes("a.html", page.into_bytes(), Some("text/html; charset=utf-8")).unwrap();
        let document = crate::extract::read(&capture);
        let places = Places::of(&document);
        let starts: Vec<usize> = document.text.char_indices().map(|(at, _)| at).collect();
        for window in starts.windows(60).step_by(37) {
            let bytes = window[0]..window[59];
            if !document.text[bytes.clone()].starts_with('\n') {
                assert_eq!(places.anchor(&bytes), pair::anchor(&document, &bytes, true));
            }
        }
    }
}
