//! Several versions of one original: their order in the report, and which of them the report is about.

use super::Held;
use crate::{
    capture::Capture,
    check::{
        Judgement, Verdict, Version, closest, edits,
        quotes::{Against, hold},
    },
    extract::Document,
    moment::Moment,
    report::{Report, Source, Witness, wire::collation::Order},
};

/// The version closest to the copy, its findings explained by the others, and the list of all, oldest first. `None` where there
/// is no version at all.
pub(super) fn settled(held: Vec<Held>, copy: &Document) -> Option<(Held, Vec<Witness>)> {
    let (order, _) = oldest_first(&held.iter().map(|one| &one.source).collect::<Vec<_>>());
    let version = |(index, given): (usize, &usize)| {
        let Held { document, alignment, judgement, .. } = held.get(*given)?;
        Some(Version { index, document, alignment, judgement })
    };
    let versions: Vec<Version<'_>> = order.iter().enumerate().filter_map(version).collect();
    let edits = edits(&versions, copy);
    let listed = order.iter().zip(&edits).filter_map(|(given, edits)| Some((held.get(*given)?, *edits)));
    let listed =
        listed.map(|(one, edits)| Witness { source: one.source.clone(), share: one.judgement.coverage.share, edits });
    let listed = listed.collect();
    // Of versions equally close it is the one given first.
    let mut as_given: Vec<(&usize, (&Judgement, u64))> =
        order.iter().zip(versions.iter().map(|version| version.judgement).zip(edits)).collect();
    as_given.sort_by_key(|(given, _)| **given);
    let chosen = closest(as_given.into_iter().map(|(_, fares)| fares));
    let mut judgement = held.get(chosen)?.judgement.clone();
    let others: Vec<Version<'_>> =
        versions.into_iter().filter(|version| order.get(version.index) != Some(&chosen)).collect();
    judgement.explain(copy, &others);
    let names = order.iter().filter(|given| **given != chosen).filter_map(|given| held.get(*given));
    judgement.note_unread(names.map(|one| (one.source.locator.as_str(), &one.judgement)));
    if judgement.verdict == Verdict::Quoting {
        let all = order.iter().filter_map(|given| held.get(*given));
        let all = all.map(|Held { source, document, .. }| Against {
            document,
            name: &source.locator,
            address: document.metadata.canonical.as_deref().or(source.final_url.as_deref()),
        });
        judgement.quotes = hold(copy, &all.collect::<Vec<_>>());
    }
    let original = held.into_iter().nth(chosen)?;
    Some((Held { judgement, ..original }, listed))
}

/// The versions by age: by when they say they were published where all of them say it, then by when they were retrieved where
/// that is known of all, in the end by the order given.
pub(super) fn oldest_first(sources: &[&Source]) -> (Vec<usize>, Order) {
    let mut by = Order::Given;
    let mut order: Vec<usize> = (0..sources.len()).collect();
    let retrieved: Option<Vec<Moment>> = sources.iter().map(|source| source.retrieved_at).collect();
    if let Some(retrieved) = retrieved {
        order.sort_by_key(|given| retrieved.get(*given).copied());
        by = Order::Retrieved;
    }
    let published: Vec<&str> = sources.iter().filter_map(|source| source.published.as_deref()).collect();
    let moments: Option<Vec<Moment>> = published.iter().map(|text| Moment::parse(text)).collect();
    // Where one of them names the day only, the days are all that can be compared.
    let days: Option<Vec<&str>> = published.iter().map(|text| text.get(..10)).collect();
    if published.len() < sources.len() {
        return (order, by);
    }
    match (moments, days) {
        (Some(moments), _) => order.sort_by_key(|given| moments.get(*given).copied()),
        (None, Some(days)) => order.sort_by_key(|given| days.get(*given).copied()),
        (None, None) => return (order, by),
    }
    (order, Order::Published)
}

/// The captures as a seal names them, the one that the report is about first, then the others as the report lists them; with
/// each its place in the order given.
pub(super) fn sealed<'a>(report: &Report, originals: &'a [Capture]) -> Vec<(usize, &'a Capture)> {
    let mut open: Vec<(usize, &Capture)> = originals.iter().enumerate().collect();
    let rest = report.further_witnesses().map(|witness| &witness.source);
    let mut captures = Vec::new();
    for source in std::iter::once(&report.original).chain(rest) {
        let is_it = |(_, capture): &(usize, &Capture)| {
            capture.locator == source.locator
                && capture.retrieved_at == source.retrieved_at
                && capture.digest().to_string() == source.sha256
        };
        captures.extend(open.iter().position(is_it).map(|at| open.remove(at)));
    }
    captures
}
