//! Where in a text each word stands: whether some words follow one another there is then told without reading it.

use std::ops::Range;

use crate::text::words::{Key, Word};

/// The places of every word of one side of an alignment.
#[derive(Debug, Default)]
pub(super) struct Occurrences {
    /// For each key, where in `places` its own begin; one more at the end.
    starts: Vec<usize>,
    places: Vec<usize>,
}

impl Occurrences {
    /// Sorts `words` by key: keys count from nought, so that each has a slot.
    pub(super) fn of(words: &[Word]) -> Self {
        let slot = |word: &Word| word.key.0 as usize;
        let mut starts = vec![0; words.iter().map(slot).max().map_or(0, |most| most + 2)];
        words.iter().for_each(|word| starts[slot(word) + 1] += 1);
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut places = vec![0; words.len()];
        for (at, word) in words.iter().enumerate() {
            let free = &mut next[slot(word)];
            places[*free] = at;
            *free += 1;
        }
        Self { starts, places }
    }

    fn own(&self, key: Key) -> &[usize] {
        let at = |slot: usize| self.starts.get(slot).copied().unwrap_or(self.places.len());
        let own: Range<usize> = at(key.0 as usize)..at(key.0 as usize + 1);
        self.places.get(own).unwrap_or_default()
    }

    /// Whether `run` stands somewhere in `words`, which these are the places of.
    pub(super) fn hold(&self, words: &[Word], run: &[Word]) -> bool {
        // The rarest word has the fewest places to look at.
        let rarest = run.iter().enumerate().map(|(offset, word)| (self.own(word.key), offset));
        let Some((places, offset)) = rarest.min_by_key(|(places, _)| places.len()) else { return true };
        places.iter().filter_map(|at| at.checked_sub(offset)).any(|start| {
            let there = words.get(start..start + run.len());
            there.is_some_and(|there| there.iter().zip(run).all(|(left, right)| left.key == right.key))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Occurrences;
    use crate::text::words::Lexicon;

    #[test]
    fn a_run_is_found_wherever_it_stands_and_nowhere_else() {
        let mut lexicon = Lexicon::new();
        let text = lexicon.words("the ships and the mills of the valley");
        let occurrences = Occurrences::of(&text);
        let mut holds = |run: &str| occurrences.hold(&text, &lexicon.words(run));
        assert!(holds("") && holds("the") && holds("of the valley") && holds("the ships and"));
        assert!(!holds("the valley of") && !holds("valley the") && !holds("a mill"));
        assert!(Occurrences::of(&[]).hold(&[], &[]));
    }
}
