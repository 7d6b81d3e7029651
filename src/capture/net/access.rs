//! What the `robots.txt` of a site says, asked once for each site: addresses go in, whether they may be asked for comes out.
//!
//! As the standard has it (RFC 9309, 2.3.1): a site without one forbids nothing, and one that cannot say forbids everything. Who is let ask
//! waits its turn first, where a site wants to be left alone between two pages.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
    thread,
    time::Duration,
};

use tokio::time::Instant;

use super::fetch;
use crate::{
    capture::{
        Address, Error, Limits, Robots,
        robots::{self},
    },
    moment::Moment,
};

/// The sites that were asked so far. One may be shared by any number of threads; a site that is slow to answer holds up only those who
/// want something of it.
#[derive(Debug, Default)]
pub struct Access {
    sites: Mutex<BTreeMap<String, Arc<Site>>>,
}

/// One of them.
#[derive(Debug, Default)]
struct Site {
    said: OnceLock<Said>,
    /// When the next page may be asked for; absent before the first.
    next: Mutex<Option<Instant>>,
}

impl Site {
    /// Waits for a turn, of which there is one in `delay`.
    fn wait(&self, delay: Duration) {
        let now = Instant::now();
        let turn = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = next.unwrap_or(now).max(now);
            *next = turn.checked_add(delay);
            turn
        };
        thread::sleep(turn.saturating_duration_since(now));
    }
}

/// What a site said.
#[derive(Clone, Debug)]
enum Said {
    Rules(Robots),
    /// It could not say: one clause.
    Nothing(String),
}

impl Access {
    /// Whether the page at `typed` may be asked for by a program that was not given just this address. Blocks while the site is asked,
    /// and until it is this page's turn where the site wants to be left alone between two, so it must not be called from asynchronous code.
    ///
    /// # Errors
    /// [`Error::Robots`] where it may not; [`Error::Address`] where it is none.
    pub fn check(&self, typed: &str, limits: &Limits, now: Moment) -> Result<(), Error> {
        let locator = crate::capture::address::without_credentials(typed);
        let address = Address::parse(typed).map_err(|cause| Error::Address { locator: locator.clone(), cause })?;
        let text = address.join("/robots.txt").map_err(|cause| Error::Address { locator: locator.clone(), cause })?;
        let text = text.to_string();
        let site = {
            let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(sites.entry(text.clone()).or_default())
        };
        match site.said.get_or_init(|| ask(&text, limits, now)) {
            Said::Rules(robots) if robots.allows(address.path()) => {
                robots.delay().into_iter().for_each(|delay| site.wait(delay));
                Ok(())
            }
            Said::Rules(_) => Err(Error::Robots { locator, cause: None }),
            Said::Nothing(cause) => Err(Error::Robots { locator, cause: Some(cause.clone()) }),
        }
    }
}

/// Asks a site for its rules.
fn ask(text: &str, limits: &Limits, now: Moment) -> Said {
    // What is beyond the rules that are read must not keep the rest from being read.
    let limits = Limits { body_bytes: limits.body_bytes.max(robots::BYTES * 8), ..limits.clone() };
    match fetch(text, &limits, now, &mut |_| ()) {
        Ok(capture) => Said::Rules(Robots::parse(&capture.body)),
        Err(Error::Empty { .. } | Error::Binary { .. }) => Said::Rules(Robots::default()),
        // Too many questions is no answer; every other error of ours is the answer that there are no rules.
        Err(Error::Status { status: 400..=428 | 430..=499, .. }) => Said::Rules(Robots::default()),
        Err(error) => Said::Nothing(error.cause()),
    }
}
