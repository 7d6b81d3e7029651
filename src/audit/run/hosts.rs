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
        self.drop_given_up();
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
            self.given_up.insert(errand.pair);
        }
        self.left -= 1;
        Some((errand.pair, sides))
    }

    /// Takes pages of pairs that are given up off the heads of the queues, where they would hide those behind them.
    fn drop_given_up(&mut self) {
        if self.given_up.is_empty() {
            return;
        }
        for host in self.hosts.values_mut() {
            while let Some(front) = host.queue.front()
                && self.given_up.remove(&front.pair)
            {
                host.queue.pop_front();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{expand::Source, plan::At};

    fn source(address: String) -> Source {
        Source { locator: Locator::parse(&address), name: address, path: None, refused: None, at: At::default() }
    }

    /// Pairs of pages of `originals` and `copies` hosts, in turn.
    fn pairs(count: usize, originals: usize, copies: usize) -> Vec<Pair> {
        let pair = |number: usize| Pair {
            rule: 0,
            id: number.to_string(),
            original: source(format!("http://o{}.example/{number}", number % originals)),
            copy: source(format!("http://c{}.example/{number}", number * 7 % copies)),
        };
        (0..count).map(pair).collect()
    }

    fn got(locator: &str) -> Result<Box<Capture>, Error> {
        Ok(Box::new(Capture::from_bytes(locator, b"<p>A page.</p>".to_vec(), Some("text/html")).unwrap()))
    }

    /// Fetches everything, those under way answering in an order that `pick` chooses; gives back how often each pair came.
    fn fetched(
        pairs: &[Pair],
        fails: &dyn Fn(&Errand) -> bool,
        pick: &mut dyn FnMut(&[Errand]) -> usize,
    ) -> Vec<usize> {
        let places: Vec<usize> = (0..pairs.len()).collect();
        let mut hosts = Hosts::of(pairs, &places);
        let (mut under_way, mut came): (Vec<Errand>, Vec<usize>) = (Vec::new(), vec![0; pairs.len()]);
        let many = hosts.hosts.len();
        loop {
            while let Some(errand) = hosts.next() {
                under_way.push(errand);
            }
            for name in under_way.iter().map(|errand| &errand.host) {
                assert!(under_way.iter().filter(|errand| errand.host == *name).count() <= AT_ONCE, "{name}");
            }
            assert!(hosts.halves.len() <= many * (HALVES + AT_ONCE), "{} wait", hosts.halves.len());
            if under_way.is_empty() {
                break;
            }
            let errand = under_way.remove(pick(&under_way) % under_way.len());
            let fetched = if fails(&errand) { Err(Error::Empty { locator: "x".to_owned() }) } else { got("x") };
            if let Some((pair, sides)) = hosts.came(&errand, fetched) {
                let failed = sides.iter().flatten().any(Result::is_err);
                assert!(failed || sides.iter().all(Option::is_some), "a pair is whole, or has failed");
                came[pair] += 1;
            }
        }
        assert!(hosts.is_done() && hosts.halves.is_empty() && hosts.given_up.is_empty(), "nothing is left over");
        assert!(hosts.hosts.values().all(|host| host.awaited == 0 && host.running == 0 && host.queue.is_empty()));
        came
    }

    #[test]
    fn every_pair_comes_once_whoever_is_slow() {
        for (originals, copies) in [(1, 1), (1, 5), (5, 1), (3, 4)] {
            let pairs = pairs(400, originals, copies);
            let never = |_: &Errand| false;
            let some = |errand: &Errand| errand.pair % 11 == 3 && errand.side == 1 || errand.pair % 13 == 5;
            let last = &mut |way: &[Errand]| way.len() - 1;
            let first = &mut |_: &[Errand]| 0;
            // The host of the first originals answers only when nobody else is under way.
            let slow = &mut |way: &[Errand]| way.iter().position(|errand| errand.host != "o0.example").unwrap_or(0);
            assert_eq!(fetched(&pairs, &never, last), vec![1; 400]);
            assert_eq!(fetched(&pairs, &never, first), vec![1; 400]);
            assert_eq!(fetched(&pairs, &never, slow), vec![1; 400]);
            assert_eq!(fetched(&pairs, &some, slow), vec![1; 400]);
            assert_eq!(fetched(&pairs, &some, last), vec![1; 400]);
            assert_eq!(fetched(&pairs, &some, first), vec![1; 400]);
        }
    }
}
