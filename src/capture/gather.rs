//! From a locator to its capture, whatever kind it is: the one place that knows which file gets which.
//!
//! Add a way to get bytes as an arm of [`one`].

use std::io::Read;

use super::{Capture, Error, Limits, Locator, archive, file};
use crate::moment::Moment;

/// What is happening while a page is fetched. Sizes are bytes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Progress {
    /// A host is being asked: once for the address itself and once for each redirect.
    Asking {
        /// The host.
        host: String,
    },
    /// A host that is too busy is left alone for a while, then asked again.
    Waiting {
        /// The host.
        host: String,
        /// How long.
        wait: std::time::Duration,
    },
    /// Another piece of the body is here.
    Received {
        /// How much came so far, as sent.
        bytes: usize,
        /// How much is to come in all, if the server says so.
        of: Option<u64>,
    },
    /// The page is complete.
    Done {
        /// The length of the body.
        bytes: usize,
    },
    /// A browser runs the page's scripts.
    Rendering,
    /// Style sheets are fetched.
    Sheets {
        /// How many answered, well or badly.
        done: usize,
        /// How many are asked for in this round.
        of: usize,
    },
}

/// Gets the original and the copy: two pages at once, anything else one after the other. Fetched pages are dated `now`;
/// `stdin` is read if one of the two is [`Locator::Stdin`]; `progress` is told which, 0 for the original and 1 for the copy.
/// Blocks, so it must not be called from asynchronous code.
///
/// # Errors
/// The first [`Error`] met.
pub fn pair(
    locators: [&Locator; 2],
    limits: &Limits,
    now: Moment,
    stdin: &mut dyn Read,
    progress: &mut dyn FnMut(usize, Progress),
) -> Result<[Capture; 2], Error> {
    #[cfg(feature = "net")]
    if let [Locator::Url(original), Locator::Url(copy)] = locators {
        return super::net::fetch_both([original, copy], limits, now, progress);
    }
    // What needs no network goes first: a mistyped file name should not have to wait for a server.
    let [original, copy] = locators;
    if original.is_remote() {
        let copy = one(copy, limits, now, stdin, &mut |step| progress(1, step))?;
        return Ok([one(original, limits, now, stdin, &mut |step| progress(0, step))?, copy]);
    }
    let original = one(original, limits, now, stdin, &mut |step| progress(0, step))?;
    Ok([original, one(copy, limits, now, stdin, &mut |step| progress(1, step))?])
}

/// Gets one source; the arguments are those of [`pair`].
///
/// # Errors
/// Any [`Error`].
pub fn one(
    locator: &Locator,
    limits: &Limits,
    now: Moment,
    stdin: &mut dyn Read,
    progress: &mut dyn FnMut(Progress),
) -> Result<Capture, Error> {
    match locator {
        Locator::File(path) => file::file(path, limits),
        Locator::Archive { path, wanted } => archive::open(path, wanted.as_deref(), limits),
        Locator::Stdin => file::stdin(stdin, limits),
        #[cfg(feature = "net")]
        Locator::Url(address) => super::net::fetch(address, limits, now, progress),
        #[cfg(feature = "net")]
        Locator::Memento(request) => super::memento::fetch(request, limits, now, progress),
        #[cfg(not(feature = "net"))]
        Locator::Url(address) | Locator::Memento(super::Request { address, .. }) => {
            // Without the network nothing is dated and nothing takes long.
            let _ = (now, progress);
            Err(Error::NoNetwork { locator: super::address::without_credentials(address) })
        }
    }
}
