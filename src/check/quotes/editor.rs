//! Which of the original's words an editor's bracket stands for, and whether it may.
//!
//! Inside a quotation that is plain: the words between those that are the same. At an edge nobody can say how many are meant, so
//! every number of words beside the passage is tried. None at all, a mere aside, is among them unless the bracket stands where
//! the original has a word of the same kind: a subject before its verb, a name beside a name, a verb beside a verb.

use std::ops::Range;

use super::{
    bracket::{self, Put},
    forms,
    original::Original,
    torn::is_verb,
    vocabulary::{is_article, is_number, is_place, is_pointer, is_share, joins, relates},
};
use crate::text::words::fold;

/// A bracket in its place.
pub(super) struct Bracket<'a> {
    pub(super) original: &'a Original<'a>,
    /// The words an editor put in, as they are written.
    pub(super) new: &'a [&'a str],
    /// The words of the original that it may stand for.
    pub(super) place: Range<usize>,
    /// Whether it stands before all words of the passage, or behind them.
    pub(super) edge: Option<Edge>,
    /// Whether a mark beside it says that words were left out: then it stands for none.
    pub(super) marked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    Before,
    Behind,
}

impl Bracket<'_> {
    /// The words it stands for, where quoting permits it; else those it most likely stands for, with `false`.
    pub(super) fn judge(&self) -> (Range<usize>, bool) {
        let Range { start, end } = self.place.clone();
        match self.edge {
            _ if self.marked => (start..start, self.permits(start..start)),
            None => (start..end, self.permits(start..end)),
            Some(edge) => {
                let least = match edge {
                    Edge::Behind if self.ends_the_sentence() => end - start,
                    Edge::Before | Edge::Behind => usize::from(start < end && self.is_in_the_place_of(edge)),
                };
                let some = |count: usize| match edge {
                    Edge::Before => end - count..end,
                    Edge::Behind => start..start + count,
                };
                let fits = (least..=end - start).map(some).find(|range| self.permits(range.clone()));
                let likely = if least == 0 { some(0) } else { start..end };
                fits.map_or((likely, false), |range| (range, true))
            }
        }
    }

    fn permits(&self, place: Range<usize>) -> bool {
        let text = |at: usize| self.original.text(at);
        let old: Vec<&str> = place.clone().map(text).collect();
        let named: Vec<String> = place.clone().filter(|at| self.is_name(*at)).map(|at| fold(text(at))).collect();
        let before = place.start.checked_sub(1).map_or("", text);
        let begins = self.original.begins_sentence(place.start);
        let around = [before, if begins && place.is_empty() { "" } else { text(place.end) }];
        let begins = begins || self.edge == Some(Edge::Before);
        let put = Put { old: &old, named: &named, new: self.new, begins, around, tongue: &self.original.tongue };
        bracket::is_permitted(&put)
    }

    /// Whether a word is a name, or with its neighbour part of one: "the State Department".
    fn is_name(&self, at: usize) -> bool {
        let capital = |at: usize| self.original.text(at).starts_with(char::is_uppercase);
        let inside = |at: usize| !self.original.begins_sentence(at) && self.place.contains(&at);
        let beside = at.checked_sub(1).is_some_and(|before| inside(before) && capital(before))
            || (inside(at + 1) && capital(at + 1) && inside(at));
        self.original.is_name(at) || (capital(at) && inside(at) && beside)
    }

    /// Whether the bracket stands for all that the original's sentence has left, a few words: one that reads as an aside might
    /// as well be one, and the rest not quoted.
    fn ends_the_sentence(&self) -> bool {
        let tongue = &self.original.tongue;
        let begins = self.new.first().map_or(String::new(), |word| fold(word));
        let aside = is_place(&begins, tongue) || relates(&begins, tongue) || begins.contains(|c: char| c.is_numeric());
        let ends = self.place.end == self.original.words.len() || self.original.begins_sentence(self.place.end);
        !aside && ends
    }

    /// Whether the bracket stands where the original has a word of the same kind.
    fn is_in_the_place_of(&self, edge: Edge) -> bool {
        let tongue = &self.original.tongue;
        let at = if edge == Edge::Before { self.place.end - 1 } else { self.place.start };
        let old = self.original.text(at);
        let new = if edge == Edge::Before { self.new.last() } else { self.new.first() };
        let (small, new) = (fold(old), new.copied().unwrap_or_default());
        let put = fold(new);
        let both = |is: &dyn Fn(&str) -> bool| is(&small) && is(&put);
        let name = new.starts_with(char::is_uppercase) && self.original.is_name(at);
        let next = fold(self.original.text(self.place.end));
        let next = next.strip_suffix("n't").unwrap_or(&next);
        let subject = edge == Edge::Before && (is_verb(next) || forms::may_act(next));
        // Before an article nothing but a verb or a preposition can stand, or an aside that begins like one.
        let begins = self.new.first().map_or(String::new(), |word| fold(word));
        let placed = is_place(&begins, tongue) && self.new.len() > 1;
        let aside = placed || is_pointer(&begins, tongue) || new.starts_with(char::is_uppercase);
        let object = edge == Edge::Before && !aside && (is_article(next, tongue) || is_pointer(next, tongue));
        subject
            || object
            || name
            || both(&|word| is_place(word, tongue))
            || both(&|word| joins(word, tongue))
            || both(&|word| is_number(word, tongue))
            || both(&|word| is_share(word, tongue))
            || both(&forms::may_act)
    }
}
