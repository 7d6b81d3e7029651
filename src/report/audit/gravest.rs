//! The gravest pairs of an audit, kept while all of them pass by: what denies before what warns, then as the plan has them.

use crate::report::wire::audit::{Entry, Found, Level};

/// So many of the gravest pairs, each as what is to be said of it.
#[derive(Clone, Debug)]
pub(in crate::report) struct Gravest<T> {
    most: usize,
    kept: Vec<(Grave, T)>,
    counted: u64,
    unchanged: u64,
}

/// By what pairs are set in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::report) struct Grave {
    /// The gravest level of what was found.
    pub(in crate::report) level: std::cmp::Reverse<Level>,
    /// The pair's place in the plan.
    pub(in crate::report) index: u64,
}

impl<T> Gravest<T> {
    /// No more than `most` of them.
    pub(in crate::report) fn of(most: usize) -> Self {
        Self { most, kept: Vec::new(), counted: 0, unchanged: 0 }
    }

    /// Takes in a pair, if something in it counts and there are not enough graver ones. One that is as it was before is only counted.
    pub(in crate::report) fn take(&mut self, entry: &Entry, told: impl FnOnce(&Entry) -> T) {
        let level = entry.findings.iter().map(Found::counts).max().unwrap_or(Level::Allow);
        if level == Level::Allow {
            return;
        }
        if entry.unchanged {
            self.unchanged += 1;
            return;
        }
        self.counted += 1;
        let grave = Grave { level: std::cmp::Reverse(level), index: entry.index };
        let place = self.kept.partition_point(|(other, _)| *other < grave);
        if place < self.most {
            self.kept.insert(place, (grave, told(entry)));
            self.kept.truncate(self.most);
        }
    }

    /// Those kept, gravest first.
    pub(in crate::report) fn in_order(&self) -> impl Iterator<Item = &T> {
        self.kept.iter().map(|(_, told)| told)
    }

    /// Those kept with their levels.
    pub(in crate::report) fn with_levels(&self) -> impl Iterator<Item = (Level, &T)> {
        self.kept.iter().map(|(grave, told)| (grave.level.0, told))
    }

    /// How many have something that counts, and had it in a run before.
    pub(in crate::report) fn unchanged(&self) -> u64 {
        self.unchanged
    }

    /// How many more there were.
    pub(in crate::report) fn left_out(&self) -> u64 {
        self.counted - self.kept.len() as u64
    }
}
