//! Fetching over HTTP. The only module that names the `reqwest` and `tokio` crates.
//!
//! Addresses go in, captures come out, with every redirect on record. One plain `GET` per hop, and of what a page refers to only style
//! sheets (`sheets`).
//! `client` says how requests are asked, `guard` where they may not lead, `page` follows redirects, `answer` reads what comes,
//! `patience` decides about asking again, `question` puts a question to a service that is no page, `turns` shares out what is asked of many hosts,
//! `door` is the way out for a browser, `access` asks sites what programs may ask for. Archives belong into files of their own beside this one, and ask through a `Session`.

mod access;
mod answer;
mod client;
mod door;
mod guard;
mod page;
mod patience;
mod question;
mod sheets;
#[cfg(test)]
mod tests;
mod turns;

use std::{error::Error as _, time::Duration};

use reqwest::{Client, Response};

pub use access::Access;
pub use door::Door;
pub use question::ask;
pub(super) use sheets::sheets;
pub use turns::{Pace, in_turn};

use self::{
    answer::{Answer, hop},
    guard::{Refused, Resolver},
};
use super::{Address, Capture, Error, Exchange, Limits, Phase, Progress, address::without_credentials};
use crate::moment::Moment;

/// Fetches one page; `now` is recorded as the time of it. Blocks, so it must not be called from asynchronous code.
///
/// # Errors
/// Everything in [`Error`] but [`Error::Unreadable`] and [`Error::NoNetwork`].
pub fn fetch(typed: &str, limits: &Limits, now: Moment, progress: &mut dyn FnMut(Progress)) -> Result<Capture, Error> {
    let session = Session::open(typed, limits, now)?;
    session.block_on(within(typed, limits, session.page(typed, progress)))
}

/// Fetches two pages at once. `progress` is told which of the two, 0 or 1, each step belongs to.
///
/// # Errors
/// As for [`fetch`]; where both fail, the first one's error.
pub fn fetch_both(
    typed: [&str; 2],
    limits: &Limits,
    now: Moment,
    progress: &mut dyn FnMut(usize, Progress),
) -> Result<[Capture; 2], Error> {
    let [first, second] = typed;
    let shared = std::cell::RefCell::new(progress);
    let (mut tell_first, mut tell_second) =
        (|step: Progress| (shared.borrow_mut())(0, step), |step: Progress| (shared.borrow_mut())(1, step));
    let session = Session::open(first, limits, now)?;
    session.block_on(async {
        let (first, second) = tokio::join!(
            within(first, limits, session.page(first, &mut tell_first)),
            within(second, limits, session.page(second, &mut tell_second)),
        );
        Ok([first?, second?])
    })
}

/// An answer as it is, whatever its status: what was exchanged, and the body unpacked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Reply {
    /// The HTTP facts, with the one request.
    pub(super) exchange: Exchange,
    /// The body with transfer and content encoding undone.
    pub(super) body: Vec<u8>,
}

impl Reply {
    /// The first value of a header, `name` in lower case, as text.
    pub(super) fn header(&self, name: &str) -> Option<String> {
        let value = self.exchange.hops.last()?.header(name)?;
        Some(String::from_utf8_lossy(value).into_owned())
    }
}

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Asked {
    /// A page.
    Page,
    /// A style sheet.
    Sheet,
}

/// A number of requests by one client, one after another or at once.
pub(super) struct Session {
    /// Drives the requests; absent only while it is dropped.
    runtime: Option<tokio::runtime::Runtime>,
    client: Client,
    asked: Asked,
    limits: Limits,
    now: Moment,
}

impl Session {
    /// Prepares to ask; `named` is the source that errors are about. What is captured is dated `now`.
    pub(super) fn open(named: &str, limits: &Limits, now: Moment) -> Result<Self, Error> {
        Self::with(named, Asked::Page, limits, now, Resolver::new(&limits.reach))
    }

    fn with(named: &str, asked: Asked, limits: &Limits, now: Moment, resolver: Resolver) -> Result<Self, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| {
            Error::Transport { locator: without_credentials(named), cause: format!("no network here: {error}") }
        })?;
        let client = client::build(limits, asked, resolver).map_err(|error| transport(named, limits, error))?;
        Ok(Self { runtime: Some(runtime), client, asked, limits: limits.clone(), now })
    }

    /// Asks for `at` once, or as often as it takes where the server is busy, and follows no redirect. `header` is sent beside
    /// what every request says. The user named `named`'s host; errors are about `locator`.
    pub(super) fn get(
        &self,
        at: &Address,
        header: Option<(&str, &str)>,
        [named, locator]: [&str; 2],
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Reply, Error> {
        self.block_on(within(locator, &self.limits, self.reply(at, header, [named, locator], progress)))
    }

    /// Waits as long as was asked for between two requests to one host.
    pub(super) fn delay(&self) {
        // Nothing can fail in a wait.
        let _ = self.block_on(async {
            tokio::time::sleep(self.limits.delay).await;
            Ok(())
        });
    }

    async fn reply(
        &self,
        at: &Address,
        header: Option<(&str, &str)>,
        [named, locator]: [&str; 2],
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Reply, Error> {
        let refused = |cause| Error::Address { locator: without_credentials(locator), cause };
        let named = Address::parse(named).map_err(refused)?;
        self.limits.reach.check(at, &named).map_err(refused)?;
        let mut tries = 0;
        loop {
            let response = self.ask(at, header, locator, progress).await?;
            tries += 1;
            if let Some(wait) =
                patience::wait(response.status().as_u16(), self.asked_for(&response), tries, &self.limits)
            {
                self.pause(at.host(), wait, progress).await;
                continue;
            }
            let hops = vec![hop(at, &response, self.asked, &self.limits.reach)];
            let exchange = Exchange { url: at.to_string(), final_url: at.to_string(), hops, ..Exchange::default() };
            let answer = Answer { response, exchange, locator, session: self };
            let (exchange, body) = answer.into_whole(progress).await?;
            return Ok(Reply { exchange, body });
        }
    }

    /// Sends one request and waits for the beginning of the answer.
    async fn ask(
        &self,
        at: &Address,
        header: Option<(&str, &str)>,
        locator: &str,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Response, Error> {
        progress(Progress::Asking { host: at.host().to_owned() });
        let request = self.client.get(at.to_string());
        let request = header.into_iter().fold(request, |request, (name, value)| request.header(name, value));
        let sent = tokio::time::timeout(self.limits.first_byte, request.send());
        let late = |_| Error::TimedOut {
            locator: without_credentials(locator),
            phase: Phase::FirstByte,
            after: self.limits.first_byte,
        };
        sent.await.map_err(late)?.map_err(|error| transport(locator, &self.limits, error))
    }

    /// Leaves a host alone for a while.
    async fn pause(&self, host: &str, wait: Duration, progress: &mut dyn FnMut(Progress)) {
        progress(Progress::Waiting { host: host.to_owned(), wait });
        tokio::time::sleep(wait).await;
    }

    fn block_on<T>(&self, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
        match &self.runtime {
            Some(runtime) => runtime.block_on(work),
            None => unreachable!("the runtime is there until the session is dropped"),
        }
    }
}

/// Does some work, and says how long that took.
pub(super) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = tokio::time::Instant::now();
    let done = work();
    (done, began.elapsed())
}

impl Drop for Session {
    fn drop(&mut self) {
        // A name server that does not answer would hold up an ordinary end for longer than the user wanted to wait.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn within<T>(typed: &str, limits: &Limits, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let late = |_| Error::TimedOut { locator: without_credentials(typed), phase: Phase::Page, after: limits.total };
    tokio::time::timeout(limits.total, work).await.map_err(late).flatten()
}

/// What went wrong below HTTP, in one clause: the innermost cause says most, and none repeats the address.
fn transport(typed: &str, limits: &Limits, error: reqwest::Error) -> Error {
    let locator = without_credentials(typed);
    if error.is_timeout() {
        // The other limits are kept by ourselves; what reqwest itself limits is connecting.
        return Error::TimedOut { locator, phase: Phase::Connection, after: limits.connect.min(limits.total) };
    }
    let error = error.without_url();
    let mut innermost = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(Refused { host }) = cause.downcast_ref() {
            return Error::Private { locator, host: host.clone() };
        }
        innermost = cause.to_string();
        source = cause.source();
    }
    let what = if error.is_dns() {
        "the host could not be found"
    } else if error.is_connect() {
        "could not connect"
    } else if error.is_body() || error.is_decode() {
        "the answer broke off"
    } else if error.is_builder() {
        "it cannot be asked for in this way"
    } else {
        "the server gave no proper answer"
    };
    Error::Transport { locator, cause: format!("{what} ({innermost})") }
}
