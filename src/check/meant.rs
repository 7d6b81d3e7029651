//! Words that markup sets off and a style sheet shows like all others.
//!
//! Many sites take the weight and the slant from every element (`b, strong, em { font: inherit }`) and give them back, or not, in
//! a sheet that may not be at hand. Whoever copies such a page keeps the markup of the original's emphasis: that it is not
//! shown was decided for the whole site and says nothing about any word.

use crate::{
    diff::Side,
    extract::{Document, Style, Styles},
};

use super::emphasis::spread;

/// What plain markup can mean.
const MEANT: [Style; 4] = [Style::Bold, Style::Italic, Style::Underline, Style::Highlight];

/// What the markup of one document means and its sheets show nowhere.
pub(super) struct Meant {
    words: Vec<Styles>,
    /// Whether a sheet is missing that may show it after all.
    pub(super) unknown: bool,
}

impl Meant {
    /// For a document whose words are shown as `shown` says.
    pub(super) fn of(document: &Document, side: &Side, shown: &[Styles]) -> Self {
        let mut words = spread(document, side, &document.meant);
        let linked = linked(document, side);
        // A sheet speaks of emphasis in links and of that in the text apart.
        for (style, link) in MEANT.into_iter().flat_map(|style| [(style, true), (style, false)]) {
            let of_these = || words.iter().zip(shown).zip(&linked).filter(|(_, linked)| **linked == link);
            if of_these().any(|((meant, shown), _)| meant.contains(style) && shown.contains(style)) {
                let of_these = words.iter_mut().zip(&linked).filter(|(_, linked)| **linked == link);
                of_these.for_each(|(meant, _)| *meant = meant.minus(Styles::NONE.with(style)));
            }
        }
        Self { words, unknown: document.notes.iter().any(|note| note.code == "sheet-not-captured") }
    }

    /// What is meant to set off word `at`.
    pub(super) fn word(&self, at: usize) -> Styles {
        self.words.get(at).copied().unwrap_or(Styles::NONE)
    }
}

/// For each word whether it is in a link.
fn linked(document: &Document, side: &Side) -> Vec<bool> {
    let mut linked = vec![false; side.words.len()];
    for link in &document.links {
        let first = side.words.partition_point(|word| word.bytes.end <= link.bytes.start);
        let last = side.words.partition_point(|word| word.bytes.start < link.bytes.end);
        linked.get_mut(first..last.max(first)).into_iter().flatten().for_each(|own| *own = true);
    }
    linked
}
