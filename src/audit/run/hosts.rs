//! Who is asked next: pages to be fetched go in, by host, and come out so that no host is asked more than twice at once, and one that
//! is slow keeps nobody waiting but its own pages.
//!
//! A pair of two fetched pages is judged when both are there. What came first waits in memory, so of each host no more pairs than a
//! few may wait for it.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    ops::Bound,
};

use super::Fetched;
use crate::{
    audit::expand::Pair,
    capture::{Address, Capture, Error, Locator, Request},
};

/// How many pages of one host are fetched at once.
const AT_ONCE: usize = 2;
/// How many pairs may wait, half fetched, for one host.
const HALVES: usize = 8;
/// How far into a host's queue is looked for a page that may be fetched.
const LOOK: usize = 64;

/// A page to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Errand {
    /// The pair it is of.
    pub(super) pair: usize,
    /// 0 for the original, 1 for the copy.
    pub(super) side: usize,
    host: String,
    /// The host of the pair's other page, if that is fetched too.
    other: Option<String>,
}

impl Errand {
    /// Another host that the pair has to wait for. Two pages of one host stand one after the other in its queue.
    fn awaits(&self) -> Option<&str> {
        self.other.as_deref().filter(|other| *other != self.host)
    }
}

/// Everything that is to be fetched.
#[derive(Default)]
pub(super) struct Hosts {
    hosts: BTreeMap<String, Host>,
    /// The host that was asked last.
    last: String,
    /// Pairs of which one page is there, and the other is awaited.
    halves: BTreeMap<usize, Fetched>,
    /// For pairs whose first page is on its way or there: the host of the second.
    awaited: BTreeMap<usize, String>,
    /// Pairs that are given up because one page could not be had; the other is not asked for any more, or comes in vain.
    given_up: BTreeSet<usize>,
    /// Pairs that are not fetched yet.
    left: usize,
}

#[derive(Default)]
struct Host {
    queue: VecDeque<Errand>,
    running: usize,
    /// How many pairs wait for this host.
    awaited: usize,
}

impl Hosts {
    /// The pages of these pairs.
    pub(super) fn of(pairs: &[Pair], places: &[usize]) -> Self {
        let mut hosts = Self { left: places.len(), ..Self::default() };
        for (pair, own) in places.iter().filter_map(|place| Some((*place, pairs.get(*place)?))) {
            let names = [&own.original, &own.copy].map(|source| host(&source.locator));
            let [original, copy] = &names;
            for (side, name, other) in [(0, original, copy), (1, copy, original)] {
                if let Some(name) = name {
                    let errand = Errand { pair, side, host: name.clone(), other: other.clone() };
                    hosts.hosts.entry(name.clone()).or_default().queue.push_back(errand);
                }
            }
        }
        hosts
    }

    /// Whether every pair is fetched.
    pub(super) fn is_done(&self) -> bool {
        self.left == 0
    }

    /// How many pages can be on their way at once.
    pub(super) fn most_at_once(&self) -> usize {
        self.hosts.values().map(|host| host.queue.len().min(AT_ONCE)).sum()
    }

    /// A page that may be fetched now: of the host after the one asked last.
    pub(super) fn next(&mut self) -> Option<Errand> {
        let last = self.last.as_str();
        let after = self.hosts.range::<str, _>((Bound::Excluded(last), Bound::Unbounded));
        let before = self.hosts.range::<str, _>((Bound::Unbounded, Bound::Included(last)));
        let (name, place) = after.chain(before).find_map(|(name, host)| Some((name.clone(), self.place(host)?)))?;
        let host = self.hosts.get_mut(&name)?;
        let errand = host.queue.remove(place)?;
        host.running += 1;
        self.last = name;
        if !self.is_second(errand.pair)
            && let Some(other) = errand.awaits()
            && let Some(host) = self.hosts.get_mut(other)
        {
            host.awaited += 1;
            self.awaited.insert(errand.pair, other.to_owned());
        }
        Some(errand)
    }

    /// Whether a page of this pair was asked for before.
    fn is_second(&self, pair: usize) -> bool {
        self.awaited.contains_key(&pair) || self.halves.contains_key(&pair)
    }

    /// Where in a host's queue a page stands that may be fetched.
    fn place(&self, host: &Host) -> Option<usize> {
        if host.running >= AT_ONCE {
            return None;
        }
        let may = |errand: &Errand| {
            let other = errand.awaits().and_then(|other| self.hosts.get(other));
            let room = self.is_second(errand.pair) || other.is_none_or(|other| other.awaited < HALVES);
            room && !self.given_up.contains(&errand.pair)
        };
        host.queue.iter().take(LOOK).position(may)
    }

    /// Takes in a page, or why it could not be had; gives out the pair if it is complete, or given up.
    pub(super) fn came(&mut self, errand: &Errand, fetched: Result<Box<Capture>, Error>) -> Option<(usize, Fetched)> {
        if let Some(host) = self.hosts.get_mut(&errand.host) {
            host.running -= 1;
        }
        if self.given_up.remove(&errand.pair) {
            return None;
        }
        let (half, failed) = (self.halves.remove(&errand.pair), fetched.is_err());
        let is_last = errand.other.is_none() || half.is_some();
        let mut sides = half.unwrap_or_default();
        if let Some(side) = sides.get_mut(errand.side) {
            *side = Some(fetched);
        }
        if !is_last && !failed {
            self.halves.insert(errand.pair, sides);
            return None;
        }
        if let Some(host) = self.awaited.remove(&errand.pair).and_then(|host| self.hosts.get_mut(&host)) {
            host.awaited -= 1;
        }
        if !is_last {
            self.give_up(errand);
        }
        self.left -= 1;
        Some((errand.pair, sides))
    }

    /// Sees to it that the other page of a pair is asked for no more.
    fn give_up(&mut self, errand: &Errand) {
        self.given_up.insert(errand.pair);
        let Some(host) = errand.other.as_ref().and_then(|other| self.hosts.get_mut(other)) else { return };
        // Those given up gather at the head of the queue: others are taken from between them.
        while host.queue.front().is_some_and(|front| self.given_up.contains(&front.pair)) {
            if let Some(front) = host.queue.pop_front() {
                self.given_up.remove(&front.pair);
            }
        }
    }
}

/// The host that is asked for a source; none where nobody is.
fn host(locator: &Locator) -> Option<String> {
    let named =
        |address: &str| Address::parse(address).map_or_else(|_| address.to_owned(), |read| read.authority().to_owned());
    match locator {
        Locator::Url(address) => Some(named(address)),
        Locator::Memento(Request { archive, .. }) => Some(named(archive)),
        Locator::File(_) | Locator::Archive { .. } | Locator::Stdin => None,
    }
}
