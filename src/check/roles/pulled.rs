//! Pull quotes: words of the text set once more, apart from its paragraphs, and the line that says whose they are.

use super::{HEADING, Subject};
use crate::{
    check::place,
    extract::{BlockKind, Hint, Landmark},
};

impl Subject<'_> {
    /// Whether the block repeats a passage that the statement has anyway: a pull quote.
    pub(in super::super) fn repeats(&self) -> bool {
        let side = &self.pair.alignment.copy;
        let words = crate::check::pair::words_of(side, self.block);
        let Some(own) = side.words.get(words).filter(|own| own.len() >= 4) else { return false };
        self.pair.holds(own)
    }

    /// Whether it is set as a pull quote is: apart from the paragraphs around it.
    pub(in super::super) fn is_pull_quote(&self) -> bool {
        let quotation = self.data().is_some_and(|block| block.kind == BlockKind::Quotation);
        quotation || self.hint(&[Hint::PullQuote]) || self.landmark(&[Landmark::Aside])
    }

    /// Whether it says in a few words whose the pull quote in its box is.
    pub(in super::super) fn is_of_pull_quote(&self) -> bool {
        let quotes = |block: usize| {
            let other = Subject { block, ..*self };
            block != self.block && other.is_pull_quote() && other.repeats()
        };
        let own = || place::box_of(self.copy(), self.matched, self.block);
        self.is_pull_quote() && self.words() <= HEADING && own().is_some_and(|mut own| own.any(quotes))
    }
}
