//! One pair: what is to be read is read, looked up among results of runs before, and judged if it is not there.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use super::{Done, Fetched, Work};
use crate::{
    audit::{
        cache::{self, Beside, Kept},
        expand::Source,
        outcome::{self as told, Judged, Planned},
    },
    capture::{self, Capture, Error, Limits, Locator, Shelves},
    digest::{Digest, Hasher},
    moment::Moment,
    pipeline::{self, Options},
    report::{
        json,
        wire::audit::{Because, Entry},
    },
};

/// The archives of a run: the digest of each, found out once, and where in it its pages are, gone over once.
#[derive(Default)]
pub(super) struct Archives {
    digests: Mutex<BTreeMap<PathBuf, Option<Digest>>>,
    shelves: Shelves,
}

impl Archives {
    fn digest(&self, path: &Path) -> Option<Digest> {
        // Whoever comes second waits: hashing a large file twice at once would take as long.
        let mut known = self.digests.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(path.to_owned()).or_insert_with(|| cache::digest(path).ok())
    }
}

/// Finds out what comes of a pair.
pub(super) fn settle(work: &Work<'_>, planned: Planned<'_>, fetched: Fetched, archives: &Archives) -> Done {
    // A page that brings a judge down is this pair's trouble, not that of all others. Nothing shared is left half-changed.
    let found = catch_unwind(AssertUnwindSafe(|| found(work, planned, fetched, archives)));
    let found = found.unwrap_or_else(|_| {
        let reason = "judging it failed inside vidimus: this is a fault of the program, please report it".to_owned();
        Found::plain(planned.unchecked(Because::Fault, reason))
    });
    let Found { entry, fresh, report, not_kept } = found;
    // An entry holds nothing that has no JSON form.
    let line = serde_json::to_string(&entry).unwrap_or_default();
    Done { index: planned.index as usize, entry, line, fresh, report, not_kept }
}

struct Found {
    entry: Entry,
    fresh: bool,
    report: Option<String>,
    not_kept: Option<String>,
}

impl Found {
    fn plain(entry: Entry) -> Self {
        Self { entry, fresh: true, report: None, not_kept: None }
    }
}

/// A source that can be judged.
enum Side {
    /// Its bytes are here.
    Here(Box<Capture>),
    /// It is in an archive of this digest, which is opened only if it has to be.
    Shelved(Digest),
}

fn found(work: &Work<'_>, planned: Planned<'_>, fetched: Fetched, archives: &Archives) -> Found {
    let sources = [&planned.pair.original, &planned.pair.copy];
    // What is not even tried is the reason, and not that the other side has nothing in its place.
    if let Some((which, why)) = (0..).zip(sources).find_map(|(which, source)| Some((which, source.refused?))) {
        return Found::plain(unread(planned, which, Why::Refused(why)));
    }
    let [first, second] = fetched;
    let sides = side(work, sources[0], first, archives)
        .map_err(|why| (0, why))
        .and_then(|first| Ok([first, side(work, sources[1], second, archives).map_err(|why| (1, why))?]));
    let sides = match sides {
        Ok(sides) => sides,
        Err((which, why)) => return Found::plain(unread(planned, which, why)),
    };
    let key = key(work, sources, &sides);
    let kept = work.cache.and_then(|cache| cache.get(&key, work.reports));
    if let Some((mut judged, report)) = kept {
        // What was fetched again and is the same as then was fetched now.
        for (own, side) in [&mut judged.original, &mut judged.copy].into_iter().zip(&sides) {
            if let Side::Here(capture) = side {
                own.retrieved_at = capture.retrieved_at;
            }
        }
        return Found { entry: planned.checked(judged, work.now), fresh: false, report, not_kept: None };
    }
    match opened(work, sources, sides, archives) {
        Ok(captures) => judged(work, planned, captures, &key, archives),
        Err((which, error)) => Found::plain(unread(planned, which, Why::Error(error))),
    }
}

/// Why a source is not there.
enum Why {
    Refused(&'static str),
    Error(Error),
}

fn unread(planned: Planned<'_>, which: usize, why: Why) -> Entry {
    let source = if which == 0 { &planned.pair.original } else { &planned.pair.copy };
    let side = if which == 0 { "original" } else { "copy" };
    let cause = match why {
        Why::Refused(cause) => cause.to_owned(),
        Why::Error(Error::Status { status, .. }) if matches!(source.locator, Locator::Archive { .. }) => {
            format!("what the archive recorded of it is an answer of status {status}, which is no page")
        }
        Why::Error(error) => error.cause(),
    };
    let because = if source.locator.is_remote() { Because::NotFetched } else { Because::Unreadable };
    let line = source.at.line;
    planned.unchecked(because, format!("The {side} {} (line {line} of the plan): {cause}.", source.name))
}

fn side(
    work: &Work<'_>,
    source: &Source,
    fetched: Option<Result<Box<Capture>, Error>>,
    archives: &Archives,
) -> Result<Side, Why> {
    if let Some(fetched) = fetched {
        return fetched.map(Side::Here).map_err(Why::Error);
    }
    if let Locator::Archive { path, .. } = &source.locator
        && let Some(digest) = archives.digest(path)
    {
        return Ok(Side::Shelved(digest));
    }
    local(work, &source.locator, archives).map(Side::Here).map_err(Why::Error)
}

fn local(work: &Work<'_>, locator: &Locator, archives: &Archives) -> Result<Box<Capture>, Error> {
    if let Locator::Archive { path, wanted } = locator {
        return archives.shelves.open(path, wanted.as_deref(), work.limits).map(Box::new);
    }
    if locator.is_remote() {
        // The other page of the pair could not be had, so this one was not asked for.
        return Err(Error::Transport { locator: String::new(), cause: "it was not asked for".to_owned() });
    }
    capture::one(locator, work.limits, work.now, &mut std::io::empty(), &mut |_| ()).map(Box::new)
}

fn opened(
    work: &Work<'_>,
    sources: [&Source; 2],
    sides: [Side; 2],
    archives: &Archives,
) -> Result<[Box<Capture>; 2], (usize, Error)> {
    let [first, second] = sides;
    let open = |side, source: &Source| match side {
        Side::Here(capture) => Ok(capture),
        Side::Shelved(_) => local(work, &source.locator, archives),
    };
    let [original, copy] = sources;
    Ok([open(first, original).map_err(|error| (0, error))?, open(second, copy).map_err(|error| (1, error))?])
}

/// Judges two captures, and keeps the result.
fn judged(
    work: &Work<'_>,
    planned: Planned<'_>,
    captures: [Box<Capture>; 2],
    key: &Digest,
    archives: &Archives,
) -> Found {
    let [mut original, mut copy] = captures;
    let sources = [&planned.pair.original, &planned.pair.copy];
    if work.sheets {
        let pages = [(&sources[0].locator, &mut *original), (&sources[1].locator, &mut *copy)];
        let mut here: Vec<_> = pages.into_iter().filter(|(locator, _)| !locator.is_remote()).collect();
        pipeline::with_sheets_of(&mut here, work.limits, work.now, Some(&archives.shelves), &mut |_| ());
    }
    let beside =
        work.cache.map(|_| beside(&sources[0].locator, &original).chain(beside(&sources[1].locator, &copy)).collect());
    // Reports name files as the plan does, wherever the plan lies.
    original.locator.clone_from(&sources[0].name);
    copy.locator.clone_from(&sources[1].name);
    let checked = pipeline::check(&original, &copy, &Options::new(work.now));
    let text = json::render(&checked.report);
    let file = matches!(sources[1].locator, Locator::File(_)).then_some(&*copy);
    let told = told::Beside { checked: &checked, file };
    let judged = Judged::of(&checked.report, Digest::of(text.as_bytes()), Some(&told));
    let report = work.reports.then_some(text);
    let kept = Kept { judged, beside: beside.unwrap_or_default() };
    let put = work.cache.map(|cache| cache.put(key, &kept, report.as_deref()));
    let not_kept = put.and_then(Result::err).map(|error| capture::reason(&error));
    Found { entry: planned.checked(kept.judged, work.now), fresh: true, report, not_kept }
}

/// Everything a result depends on that is known before judging.
fn key(work: &Work<'_>, sources: [&Source; 2], sides: &[Side; 2]) -> Digest {
    let mut told = format!("{} {}\n{}\n", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"), work.sheets);
    for (source, side) in sources.into_iter().zip(sides) {
        // Names end up in reports, so a report is of these names. Writing to a text cannot fail.
        let _ = writeln!(told, "{:?} {:?}", source.name, source.locator.is_remote());
        let _ = match side {
            Side::Shelved(digest) => writeln!(told, "{digest}"),
            Side::Here(capture) => writeln!(told, "{}", facts(capture)),
        };
    }
    let mut hasher = Hasher::default();
    hasher.update(told.as_bytes());
    hasher.finish()
}

/// What a capture is, but for when it was fetched.
fn facts(capture: &Capture) -> String {
    let exchange = capture.exchange.as_ref().map(|exchange| {
        let memento = &exchange.memento;
        (&exchange.url, &exchange.final_url, &exchange.redirects, exchange.status, &exchange.content_type, memento)
    });
    let dropped = capture.exchange.as_ref().map(|exchange| exchange.credentials_dropped);
    let sheets: Vec<_> = capture
        .sheets
        .iter()
        .map(|sheet| (&sheet.address, &sheet.final_address, &sheet.content_type, sheet.digest()))
        .collect();
    let missed: Vec<_> = capture.missed_sheets.iter().map(|sheet| (&sheet.address, &sheet.why)).collect();
    let Capture { format, declared_charset, via, assurance, .. } = capture;
    let digest = capture.digest();
    format!(
        "{digest} {format:?} {declared_charset:?} {via:?} {assurance:?} {exchange:?} {dropped:?} {sheets:?} {missed:?}"
    )
}

/// The files that a file's page asked for beside it, and how they are.
fn beside<'a>(locator: &'a Locator, capture: &'a Capture) -> impl Iterator<Item = Beside> + 'a {
    let folder = match locator {
        Locator::File(path) => path.parent(),
        // What an archive's page asks for is in the archive, and what the web's does was fetched with it.
        Locator::Archive { .. } | Locator::Url(_) | Locator::Memento(_) | Locator::Stdin => None,
    };
    folder.into_iter().flat_map(move |folder| names_beside(capture).map(|name| Beside::of(folder.join(name))))
}

/// The style sheets that a file asks for, by path from its own folder; none of what is no file.
pub fn sheets_beside(source: &Source, limits: &Limits) -> Vec<String> {
    let locator = &source.locator;
    let Locator::File(_) = locator else { return Vec::new() };
    let moment = Moment::from_unix(0);
    let Ok(mut capture) = capture::one(locator, limits, moment, &mut std::io::empty(), &mut |_| ()) else {
        return Vec::new();
    };
    pipeline::with_sheets(&mut [(locator, &mut capture)], limits, moment, &mut |_| ());
    names_beside(&capture).map(str::to_owned).collect()
}

/// The files that a page asks for beside it, got or not.
fn names_beside(capture: &Capture) -> impl Iterator<Item = &str> {
    let got = capture.sheets.iter().map(|sheet| sheet.address.as_str());
    let missed = capture.missed_sheets.iter().map(|sheet| sheet.address.as_str());
    got.chain(missed).filter(|address| !address.contains("://"))
}
