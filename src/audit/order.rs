//! Results in the plan's order: what a journal has goes in, each pair's entry comes out, marked by the baseline, and the summary of all
//! of them at the end. What the journal does not have was not reached.

use std::io;

use super::{
    Journal, Pair, Work,
    baseline::{Acceptance, Baseline, Watch},
};
use crate::report::wire::audit::{Because, Entry, Found, Level, Outcome, Summary};

/// Hands every pair's entry to `each`, in order, and gives back the summary; `each` is told of an entry whether it was found out anew.
///
/// # Errors
/// If the journal cannot be read, or what `each` says.
pub fn in_order(
    work: &Work<'_>,
    journal: &mut Journal,
    baseline: &Baseline,
    each: &mut dyn FnMut(&mut Entry, bool) -> io::Result<()>,
) -> io::Result<Summary> {
    let mut summary = Summary { pairs: work.pairs.len() as u64, ..Summary::default() };
    let mut watch = Watch::over(baseline);
    for index in 0..work.pairs.len() {
        let Some(planned) = work.planned(index) else { continue };
        let mut entry = match journal.entry(index)? {
            Some(entry) => entry,
            None => {
                let reason = "The run was broken off before this pair was checked.".to_owned();
                planned.unchecked(Because::BrokenOff, reason)
            }
        };
        baseline.mark(&mut entry, work.now);
        watch.see(&entry);
        count(&mut summary, &entry);
        each(&mut entry, journal.is_fresh(index))?;
    }
    summary.resolved = watch.resolved().map(Acceptance::resolved).collect();
    Ok(summary)
}

/// Adds an entry to a summary.
pub fn count(summary: &mut Summary, entry: &Entry) {
    match &entry.outcome {
        Outcome::Checked(checked) => {
            summary.checked += 1;
            *summary.verdicts.entry(checked.verdict.slug().to_owned()).or_insert(0) += 1;
        }
        Outcome::Unchecked(unchecked) => {
            *summary.unchecked.entry(unchecked.because).or_insert(0) += 1;
            summary.partial |= matches!(unchecked.because, Because::BrokenOff | Because::NotSelected);
        }
    }
    let gravest = entry.findings.iter().map(Found::counts).max().unwrap_or(Level::Allow);
    *summary.levels.entry(gravest).or_insert(0) += 1;
    for found in &entry.findings {
        let counts = summary.rules.entry(found.rule.clone()).or_default();
        match &found.accepted {
            Some(accepted) if !accepted.expired => {
                counts.accepted += 1;
                summary.accepted += 1;
                continue;
            }
            Some(_) => summary.expired += 1,
            None => {}
        }
        match found.level {
            Level::Allow => counts.allow += 1,
            Level::Warn => counts.warn += 1,
            Level::Deny => counts.deny += 1,
        }
    }
}

/// What is written down of a pair that was not asked for.
pub fn not_selected(work: &Work<'_>, index: usize) -> Option<String> {
    let planned = work.planned(index)?;
    let is_remote = planned.pair.original.locator.is_remote() || planned.pair.copy.locator.is_remote();
    let reason = match is_remote {
        true => "The file of this pair was not changed, so its page of the web was not asked for in this run.",
        false => "Neither file of this pair was changed, so it was not checked in this run.",
    };
    let entry = planned.unchecked(Because::NotSelected, reason.to_owned());
    serde_json::to_string(&entry).ok()
}

/// Whether what a journal has of a pair stands when a run is taken up: what was fetched then is not fetched again, what could not be is
/// tried again. Files are looked at again, which the results kept on disk make cheap.
///
/// # Errors
/// If the journal cannot be read.
pub fn is_settled(work: &Work<'_>, journal: &mut Journal, index: usize) -> io::Result<bool> {
    let is_remote = |pair: &Pair| pair.original.locator.is_remote() || pair.copy.locator.is_remote();
    if !work.pairs.get(index).is_some_and(is_remote) {
        return Ok(false);
    }
    Ok(journal.entry(index)?.is_some_and(|entry| matches!(entry.outcome, Outcome::Checked(_))))
}
