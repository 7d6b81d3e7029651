//! Whose turn it is: much to be asked of many hosts goes in, and is done some at once, with as much care for each host as was asked.
//!
//! A host that is slow or to be asked seldom holds up nobody else. What is done at a turn is for callers to say.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::Duration,
};

use tokio::time::Instant;

/// How much is asked at once, and of whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pace {
    /// How many are asked at once, at least one.
    pub jobs: usize,
    /// How many of these of one host, at least one.
    pub per_host: usize,
    /// How long after one of a host the next is begun.
    pub delay: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { jobs: 8, per_host: 2, delay: Duration::ZERO }
    }
}

/// Does `ask` for every place of `hosts` when it is its turn, several at once, those of one host in the order given; then `keep` with what
/// came of it, which takes up nobody's turn. `done` takes what that makes of it, in the order in which it comes. Blocks until everything
/// is done.
pub fn in_turn<A, T: Send>(
    hosts: &[String],
    pace: Pace,
    ask: &(dyn Fn(usize) -> A + Sync),
    keep: &(dyn Fn(usize, A) -> T + Sync),
    done: &mut dyn FnMut(usize, T),
) {
    let turns = Turns::new(hosts, pace);
    let (sender, results) = mpsc::sync_channel(1);
    // While some keep, as many others ask.
    let threads = pace.jobs.max(1).saturating_mul(2).min(hosts.len());
    thread::scope(|scope| {
        for _ in 0..threads {
            let (turns, sender) = (&turns, sender.clone());
            scope.spawn(move || {
                while let Some(place) = turns.next() {
                    let answer = ask(place);
                    turns.ended(place, hosts);
                    // Nobody takes results any more where taking one has failed: that ends everything.
                    if sender.send((place, keep(place, answer))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        for (place, result) in results {
            done(place, result);
        }
    });
}

/// What is still to be done, host by host.
struct Turns<'a> {
    hosts: Mutex<BTreeMap<&'a str, Host>>,
    changed: Condvar,
    pace: Pace,
}

struct Host {
    waiting: VecDeque<usize>,
    open: usize,
    not_before: Option<Instant>,
}

/// What comes of looking for a turn.
enum Look {
    Turn(usize),
    /// Nothing before this moment, or before something has ended.
    Later(Option<Instant>),
    Over,
}

impl<'a> Turns<'a> {
    fn new(names: &'a [String], pace: Pace) -> Self {
        let mut hosts: BTreeMap<&str, Host> = BTreeMap::new();
        for (place, name) in names.iter().enumerate() {
            let host =
                hosts.entry(name).or_insert_with(|| Host { waiting: VecDeque::new(), open: 0, not_before: None });
            host.waiting.push_back(place);
        }
        Self { hosts: Mutex::new(hosts), changed: Condvar::new(), pace }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<&'a str, Host>> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next place whose turn it is, waiting until there is one; `None` where everything was begun.
    fn next(&self) -> Option<usize> {
        let mut hosts = self.lock();
        loop {
            let now = Instant::now();
            let moment = match self.look(&mut hosts, now) {
                Look::Turn(place) => return Some(place),
                Look::Over => return None,
                Look::Later(moment) => moment,
            };
            hosts = match moment {
                None => self.changed.wait(hosts).unwrap_or_else(PoisonError::into_inner),
                Some(moment) => {
                    let left = moment.saturating_duration_since(now);
                    self.changed.wait_timeout(hosts, left).unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }

    fn look(&self, hosts: &mut BTreeMap<&'a str, Host>, now: Instant) -> Look {
        let (mut over, mut earliest) = (true, None::<Instant>);
        let full = hosts.values().map(|host| host.open).sum::<usize>() >= self.pace.jobs.max(1);
        // Of the hosts that may be asked, the one with the most before it: what it takes is what all of it takes.
        let mut best: Option<&mut Host> = None;
        for host in hosts.values_mut().filter(|host| !host.waiting.is_empty()) {
            over = false;
            if full || host.open >= self.pace.per_host.max(1) {
                continue;
            }
            match host.not_before.filter(|moment| *moment > now) {
                Some(moment) => earliest = Some(earliest.map_or(moment, |known| known.min(moment))),
                None if best.as_ref().is_none_or(|best| best.waiting.len() < host.waiting.len()) => best = Some(host),
                None => {}
            }
        }
        let Some(host) = best else { return if over { Look::Over } else { Look::Later(earliest) } };
        let Some(place) = host.waiting.pop_front() else { return Look::Later(None) };
        host.open += 1;
        host.not_before = now.checked_add(self.pace.delay);
        Look::Turn(place)
    }

    fn ended(&self, place: usize, names: &[String]) {
        let mut hosts = self.lock();
        if let Some(host) = names.get(place).and_then(|name| hosts.get_mut(name.as_str())) {
            host.open -= 1;
        }
        drop(hosts);
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn hosts(of: &[(&str, usize)]) -> Vec<String> {
        of.iter().flat_map(|(name, count)| std::iter::repeat_n((*name).to_owned(), *count)).collect()
    }

    #[test]
    fn everything_is_done_once_and_no_host_is_asked_more_than_it_may() {
        let names = hosts(&[("a", 40), ("b", 3), ("c", 9)]);
        let open: BTreeMap<&str, AtomicUsize> =
            [("a", AtomicUsize::new(0)), ("b", AtomicUsize::new(0)), ("c", AtomicUsize::new(0))].into();
        let most = AtomicUsize::new(0);
        let mut done = Vec::new();
        let pace = Pace { jobs: 5, per_host: 2, delay: Duration::ZERO };
        in_turn(
            &names,
            pace,
            &|place| {
                let host = &open[names[place].as_str()];
                most.fetch_max(host.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::yield_now();
                host.fetch_sub(1, Ordering::SeqCst);
                place * 2
            },
            &|_, double| double,
            &mut |place, result| done.push((place, result)),
        );
        done.sort_unstable();
        assert_eq!(done, (0..names.len()).map(|place| (place, place * 2)).collect::<Vec<_>>());
        assert!((1..=2).contains(&most.load(Ordering::SeqCst)));
    }

    #[test]
    fn a_host_that_never_answers_holds_up_nobody_else() {
        let names = hosts(&[("slow", 9), ("quick", 30)]);
        let (go, wait) = mpsc::channel::<()>();
        let wait = Mutex::new(wait);
        let mut quick = 0;
        in_turn(
            &names,
            Pace { jobs: 3, per_host: 2, delay: Duration::ZERO },
            &|place| {
                // The slow one answers only when every quick one has been done.
                if names[place] == "slow" {
                    wait.lock().unwrap().recv().unwrap()
                }
            },
            &|_, ()| (),
            &mut |place, ()| {
                quick += usize::from(names[place] == "quick");
                if quick == 30 && names[place] == "quick" {
                    (0..9).for_each(|_| go.send(()).unwrap());
                }
            },
        );
        assert_eq!(quick, 30);
    }

    #[test]
    fn a_delay_is_kept_between_two_of_a_host_and_not_between_hosts() {
        let names = hosts(&[("a", 3), ("b", 1)]);
        let began = Instant::now();
        let starts = Mutex::new(Vec::new());
        let pace = Pace { jobs: 4, per_host: 4, delay: Duration::from_millis(30) };
        let work = |place: usize| starts.lock().unwrap().push((place, began.elapsed()));
        in_turn(&names, pace, &work, &|_, ()| (), &mut |_, ()| ());
        let mut starts = starts.into_inner().unwrap();
        starts.sort_unstable();
        for pair in starts[..3].windows(2) {
            // A little less is what reading the clock twice may come to.
            assert!(pair[1].1 - pair[0].1 > Duration::from_millis(25), "{starts:?}");
        }
    }

    #[test]
    fn nothing_to_do_is_done_at_once() {
        in_turn(&[], Pace::default(), &|_| (), &|_, ()| (), &mut |_, ()| panic!("nothing was asked for"));
    }
}
