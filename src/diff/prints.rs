//! Fingerprints of runs of words: equal runs have equal ones.
//!
//! That two fingerprints are equal proves nothing, so whoever uses them compares the words.

use std::ops::Range;

use crate::text::words::Word;

/// Fewer runs than this are sorted as they are.
const FEW: usize = 64;

/// The most bits of a fingerprint that choose its bucket.
const BITS: u32 = 18;

/// The fingerprint and the place of every run of `length` words that begins in `range` and ends in it, in order of place.
pub(super) fn runs(words: &[Word], range: &Range<usize>, length: usize) -> impl Iterator<Item = (u64, usize)> + Clone {
    let runs = words.get(range.clone()).unwrap_or_default().windows(length.max(1));
    runs.zip(range.start..).map(|(run, at)| {
        // FNV-1a over whole keys: short, and good enough where a collision costs only a comparison. The last step spreads
        // what it gives over the upper bits, which choose the bucket.
        let mix = |hash: u64, word: &Word| (hash ^ u64::from(word.key.0)).wrapping_mul(0x0000_0100_0000_01b3);
        let hash = run.iter().fold(0xcbf2_9ce4_8422_2325, mix);
        ((hash ^ (hash >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15), at)
    })
}

/// Fingerprints with their places, sorted.
#[derive(Debug, Default)]
pub(super) struct Prints {
    all: Vec<(u64, usize)>,
    /// Where in `all` each bucket begins, and one more at the end: fingerprints with the same upper bits are a bucket.
    starts: Vec<usize>,
    shift: u32,
}

impl Prints {
    /// Sorts `runs`: first into buckets, of which there are about as many as runs, then each by itself. That takes time in
    /// proportion to the number of runs, but for texts made to have all in one bucket.
    pub(super) fn of(runs: impl Iterator<Item = (u64, usize)> + Clone) -> Self {
        let count = runs.clone().count();
        if count < FEW {
            let mut all: Vec<_> = runs.collect();
            all.sort_unstable();
            return Self { starts: vec![0, 0, count], shift: u64::BITS - 1, all }.split();
        }
        let shift = u64::BITS - count.ilog2().clamp(1, BITS);
        let bucket = |print: u64| usize::try_from(print >> shift).unwrap_or(0);
        let mut starts = vec![0; bucket(u64::MAX) + 2];
        runs.clone().for_each(|(print, _)| starts[bucket(print) + 1] += 1);
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut all = vec![(0, 0); count];
        for run in runs {
            let free = &mut next[bucket(run.0)];
            all[*free] = run;
            *free += 1;
        }
        for ends in starts.windows(2) {
            all[ends[0]..ends[1]].sort_unstable();
        }
        Self { all, starts, shift }
    }

    /// Sets the edge between the two buckets of a few runs.
    fn split(mut self) -> Self {
        self.starts[1] = self.all.partition_point(|(print, _)| print >> self.shift == 0);
        self
    }

    /// All of them, sorted by fingerprint and place.
    pub(super) fn all(&self) -> &[(u64, usize)] {
        &self.all
    }

    /// For each place below `end`, the first place with the same fingerprint.
    pub(super) fn firsts(&self, end: usize) -> Vec<usize> {
        let mut firsts: Vec<usize> = (0..end).collect();
        for same in self.all.chunk_by(|(left, _), (right, _)| left == right).filter(|same| same.len() > 1) {
            let first = same[0].1;
            same.iter().for_each(|(_, place)| firsts[*place] = first);
        }
        firsts
    }

    /// Those equal to `print`, in order of place.
    pub(super) fn equal(&self, print: u64) -> &[(u64, usize)] {
        let bucket = usize::try_from(print >> self.shift).unwrap_or(0);
        let edge = |at: usize| self.starts.get(at).copied().unwrap_or(self.all.len());
        let own = self.all.get(edge(bucket)..edge(bucket + 1)).unwrap_or_default();
        let first = own.partition_point(|(other, _)| *other < print);
        let count = own[first..].iter().take_while(|(other, _)| *other == print).count();
        &own[first..first + count]
    }
}

#[cfg(test)]
mod tests {
    use super::Prints;

    #[test]
    fn buckets_are_as_good_as_a_sort() {
        for count in [0_u64, 1, 2, 63, 64, 65, 1000, 70_000] {
            let runs = (0..count).map(|at| ((at % 97).wrapping_mul(0x9e37_79b9_7f4a_7c15), at as usize));
            let mut sorted: Vec<_> = runs.clone().collect();
            sorted.sort_unstable();
            let prints = Prints::of(runs.clone());
            assert_eq!(prints.all(), sorted);
            for (print, _) in runs.take(97) {
                let equal: Vec<_> = sorted.iter().filter(|(other, _)| *other == print).copied().collect();
                assert_eq!(prints.equal(print), equal);
                assert_eq!(prints.equal(print + 1), []);
            }
            let firsts = prints.firsts(count as usize);
            assert!(firsts.iter().enumerate().all(|(at, first)| *first == at % 97));
        }
    }
}
