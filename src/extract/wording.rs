//! What the blocks of a document say of themselves by their wording: what kind of line each is, what it declares.
//!
//! Read once, with the document: every judge asks for it, of nearly every block. What wording means is for `labels` and
//! `declarations` to say.

use std::ops::Range;

use super::{
    Document,
    declarations::{self, Declaration},
    labels::{self, Label},
};

/// The labels and declarations of one document's blocks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Wording {
    labels: Vec<Option<Label>>,
    /// All declarations, those of one block together.
    declarations: Vec<Declaration>,
    /// For each block, where in `declarations` its own are.
    own: Vec<Range<usize>>,
}

impl Wording {
    /// Reads every block of `document`.
    pub(super) fn of(document: &Document) -> Self {
        let mut this = Self::default();
        for block in 0..document.blocks.len() {
            let text = document.block_text(block);
            this.labels.push(labels::of(text));
            let first = this.declarations.len();
            this.declarations.extend(declarations::find(text));
            this.own.push(first..this.declarations.len());
        }
        this
    }

    /// What block `block` says it is.
    pub(super) fn label(&self, block: usize) -> Option<Label> {
        self.labels.get(block).copied().flatten()
    }

    /// What block `block` declares.
    pub(super) fn declarations(&self, block: usize) -> &[Declaration] {
        self.own.get(block).and_then(|own| self.declarations.get(own.clone())).unwrap_or_default()
    }
}
