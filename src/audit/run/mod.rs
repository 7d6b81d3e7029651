//! Checking many pairs at once: pairs go in, what came of each comes out in whatever order it is finished.
//!
//! Two kinds of threads: fetchers wait for servers, as many at once as servers are patient with (`hosts` decides who is asked next);
//! judges compute, one a core. Jobs are whole pairs, milliseconds and more each, so judges take them from one queue under a lock: a
//! deque for each to steal from would win nothing, and a bound on what waits would be harder to keep. What was fetched and not yet
//! judged is bounded, so memory does not grow with the plan. A pair that fails, and even one that brings a judge down, is a result.

mod fetch;
mod hosts;
mod judge;

pub use fetch::Web;
pub use judge::sheets_beside;

use std::{
    collections::VecDeque,
    num::NonZeroUsize,
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use self::hosts::Hosts;
use super::{cache::Cache, expand::Pair, outcome::Planned, plan::Rule};
use crate::{
    capture::{Capture, Error, Limits},
    moment::Moment,
    report::wire::audit::Entry,
};

/// How many fetched pairs may wait for a judge.
const WAITING: usize = 64;
/// How many finished pairs may wait to be taken.
const FINISHED: usize = 256;
/// The most threads that wait for servers.
const FETCHERS: usize = 64;
/// How long a thread with nothing to do sleeps before it looks whether the run is to end.
const NAP: Duration = Duration::from_millis(50);

/// What is to be done, and how.
#[derive(Clone, Copy)]
pub struct Work<'a> {
    /// All pairs of the plan.
    pub pairs: &'a [Pair],
    /// The plan's rules.
    pub rules: &'a [Rule],
    /// Bounds on what is read and fetched.
    pub limits: &'a Limits,
    /// Whether the style sheets that pages ask for are got.
    pub sheets: bool,
    /// Where pages of the web are had from.
    pub web: Web<'a>,
    /// When the audit was begun.
    pub now: Moment,
    /// Results of runs before.
    pub cache: Option<&'a Cache>,
    /// Whether each report is wanted, and not only what an audit says of it.
    pub reports: bool,
    /// How many judges there are.
    pub judges: NonZeroUsize,
    /// Set when the run is to end early.
    pub stop: &'a AtomicBool,
}

/// What came of a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    /// Its place in the plan.
    pub index: usize,
    /// What came of it.
    pub entry: Entry,
    /// The same as JSON, on one line.
    pub line: String,
    /// Whether it was judged now, and not taken from a run before.
    pub fresh: bool,
    /// Its report, where reports are wanted and there is one.
    pub report: Option<String>,
    /// Why the result could not be kept for the next run, where that is so.
    pub not_kept: Option<String>,
}

impl<'a> Work<'a> {
    /// A pair with its rule.
    pub fn planned(&self, index: usize) -> Option<Planned<'a>> {
        let pair = self.pairs.get(index)?;
        Some(Planned { index: index as u64, pair, rule: self.rules.get(pair.rule)? })
    }

    fn stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Checks the pairs at `places`, and hands over what came of each, as soon as it is there. Ends early if [`Work::stop`] is set, or
    /// where `take` fails.
    ///
    /// # Errors
    /// What `take` says.
    pub fn run<E>(&self, places: &[usize], take: &mut dyn FnMut(Done) -> Result<(), E>) -> Result<(), E> {
        let queue = Queue::of(self.pairs, places);
        let fetchers = queue.fetchers();
        let archives = judge::Archives::default();
        let (sender, receiver) = sync_channel(FINISHED);
        thread::scope(|scope| {
            for _ in 0..fetchers {
                scope.spawn(|| fetch(self, &queue));
            }
            for _ in 0..self.judges.get() {
                let sender = sender.clone();
                let (queue, archives) = (&queue, &archives);
                scope.spawn(move || judges(self, queue, archives, &sender));
            }
            drop(sender);
            let taken = receiver.iter().try_for_each(take);
            if taken.is_err() {
                // Whoever cannot keep results has no use for more of them.
                queue.state().over = true;
                drop(receiver);
            }
            taken
        })
    }
}

/// What was fetched of a pair: the original and the copy, each where it is from the network.
type Fetched = [Option<Result<Box<Capture>, Error>>; 2];

/// What there is to do.
struct Queue {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    /// Pairs that need no network.
    local: VecDeque<usize>,
    /// What is to be fetched.
    hosts: Hosts,
    /// Pairs that are fetched and not judged.
    ready: VecDeque<(usize, Fetched)>,
    /// Whether nothing more is to be done.
    over: bool,
}

impl Queue {
    fn of(pairs: &[Pair], places: &[usize]) -> Self {
        let is_local = |place: &&usize| {
            let pair = pairs.get(**place);
            pair.is_some_and(|pair| !pair.original.locator.is_remote() && !pair.copy.locator.is_remote())
        };
        let (local, remote): (Vec<usize>, Vec<usize>) = places.iter().partition(is_local);
        let state =
            State { local: local.into(), hosts: Hosts::of(pairs, &remote), ready: VecDeque::new(), over: false };
        Self { state: Mutex::new(state), changed: Condvar::new() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fetchers(&self) -> usize {
        self.state().hosts.most_at_once().min(FETCHERS)
    }

    /// Sleeps until something changes, or for a nap.
    fn rest<'s>(&self, state: MutexGuard<'s, State>) -> MutexGuard<'s, State> {
        self.changed.wait_timeout(state, NAP).unwrap_or_else(PoisonError::into_inner).0
    }
}

/// What a judge does: takes the next pair, fetched ones first, until there are none.
fn judges(work: &Work<'_>, queue: &Queue, archives: &judge::Archives, done: &SyncSender<Done>) {
    loop {
        let mut state = queue.state();
        let next = loop {
            if state.over || work.stopped() {
                return;
            }
            if let Some(ready) = state.ready.pop_front() {
                queue.changed.notify_all();
                break Some(ready);
            }
            if let Some(local) = state.local.pop_front() {
                break Some((local, [None, None]));
            }
            if state.hosts.is_done() {
                break None;
            }
            state = queue.rest(state);
        };
        drop(state);
        let Some((index, fetched)) = next else { return };
        let Some(planned) = work.planned(index) else { continue };
        // Nobody takes it where the run ended for another reason.
        if done.send(judge::settle(work, planned, fetched, archives)).is_err() {
            return;
        }
    }
}

/// What a fetcher does: fetches one side of a pair after the other, until there are none.
fn fetch(work: &Work<'_>, queue: &Queue) {
    loop {
        let mut state = queue.state();
        let errand = loop {
            if state.over || work.stopped() || state.hosts.is_done() {
                return;
            }
            if state.ready.len() < WAITING
                && let Some(errand) = state.hosts.next()
            {
                break errand;
            }
            state = queue.rest(state);
        };
        drop(state);
        let source = work.pairs.get(errand.pair).map(|pair| if errand.side == 0 { &pair.original } else { &pair.copy });
        let Some(source) = source else { continue };
        let fetched = fetch::fetched(work, &source.locator);
        let mut state = queue.state();
        if let Some((index, sides)) = state.hosts.came(&errand, fetched) {
            state.ready.push_back((index, sides));
        }
        drop(state);
        queue.changed.notify_all();
    }
}
