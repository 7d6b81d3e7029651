//! Which declarations of the copy are its own, and which the original has too.
//!
//! The release's own "(emphasis added)" is no claim of whoever copies it, wherever in the copy it stands.

use std::collections::BTreeMap;

use super::super::{Kind, Severity, draft::Draft, edits::quoted, pair::Pair};
use crate::extract::{
    ByteRange, Document,
    declarations::{Declaration, Declared},
};

/// The declarations of the original that the copy has not repeated yet, and which words of the copy stand in the original.
pub(super) struct Told {
    left: BTreeMap<(Declared, String), usize>,
    /// For each word of the copy, the word of the original it is.
    pub(super) same: Vec<Option<usize>>,
}

/// What tells declarations apart: their kind and their words.
pub(super) fn key(text: &str, declaration: &Declaration) -> (Declared, String) {
    (declaration.kind, text.get(declaration.bytes.clone()).unwrap_or_default().to_lowercase())
}

fn all(document: &Document) -> impl Iterator<Item = (usize, &str, &Declaration)> {
    let blocks = 0..document.blocks.len();
    blocks.flat_map(move |block| {
        let text = document.block_text(block);
        document.declarations(block).iter().map(move |declaration| (block, text, declaration))
    })
}

impl Told {
    pub(super) fn of(pair: &Pair<'_>) -> Self {
        let mut same = vec![None; pair.alignment.copy.words.len()];
        for (left, right) in pair.same_words() {
            if let Some(slot) = same.get_mut(right) {
                *slot = Some(left);
            }
        }
        let mut this = Self { left: BTreeMap::new(), same };
        for (_, text, declaration) in all(pair.original) {
            *this.left.entry(key(text, declaration)).or_default() += 1;
        }
        for (block, text, declaration) in all(pair.copy) {
            if this.is_kept(pair, &place(pair.copy, block, &declaration.bytes))
                && let Some(left) = this.left.get_mut(&key(text, declaration))
            {
                *left = left.saturating_sub(1);
            }
        }
        this
    }

    /// The word of the original that each word of `bytes` in the copy is.
    fn originals(&self, pair: &Pair<'_>, bytes: &ByteRange) -> Vec<Option<usize>> {
        let words = &pair.alignment.copy.words;
        let first = words.partition_point(|word| word.bytes.end <= bytes.start);
        let last = words.partition_point(|word| word.bytes.start < bytes.end).max(first);
        self.same.get(first..last).unwrap_or_default().to_vec()
    }

    /// Whether all words at `bytes` of the copy are the original's.
    pub(super) fn is_kept(&self, pair: &Pair<'_>, bytes: &ByteRange) -> bool {
        let words = self.originals(pair, bytes);
        !words.is_empty() && words.iter().all(Option::is_some)
    }

    /// Whether a declaration of the copy is the original's own.
    pub(super) fn is_the_originals(&mut self, pair: &Pair<'_>, bytes: &ByteRange, key: &(Declared, String)) -> bool {
        if self.is_kept(pair, bytes) {
            return true;
        }
        match self.left.get_mut(key) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            Some(_) | None => false,
        }
    }
}

/// The bytes of the document that `bytes` of its block `block` are.
pub(super) fn place(document: &Document, block: usize, bytes: &ByteRange) -> ByteRange {
    let start = document.blocks.get(block).map_or(0, |block| block.bytes.start);
    start + bytes.start..start + bytes.end
}

/// A declaration put into a paragraph of the text is the republisher speaking, not a change of the text.
pub(super) fn interject(pair: &Pair<'_>, drafts: &mut [Draft]) {
    for draft in drafts.iter_mut().filter(|draft| draft.kind == Kind::TextInserted) {
        let Some(bytes) = draft.copy.clone() else { continue };
        let block = pair.copy.block_at(bytes.start);
        let inside = |declaration: &Declaration| {
            let own = place(pair.copy, block, &declaration.bytes);
            declaration.kind.is_about_words() && own.start <= bytes.start && bytes.end <= own.end
        };
        if pair.copy.declarations(block).iter().any(inside) {
            let words = quoted(pair.copy.text.get(bytes.clone()).unwrap_or_default());
            draft.kind = Kind::Interjection;
            // "[sic]" says that what stands there is wrong; that emphasis was added is said of the copy itself.
            let doubts = |declaration: &Declaration| inside(declaration) && declaration.kind == Declared::Sic;
            let doubted = pair.copy.declarations(block).iter().any(doubts);
            draft.severity = if doubted { Severity::Warning } else { Severity::Note };
            draft.facets = Vec::new();
            draft.place_in_original = None;
            draft.message = format!("The republisher says what was done to the text: {words}.");
        }
    }
}
