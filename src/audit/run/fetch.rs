//! One page of the web: where it is comes in, a capture with its style sheets goes out. Asked of the web as the site allows, and kept in the
//! snapshot store; or taken from the store, where the web is not to be asked.

use std::path::Path;

use super::Work;
use crate::{
    capture::{
        self, Capture, Error, Limits, Locator, Obedience,
        net::Access,
        store::{Store, Trouble},
    },
    moment::Moment,
    pipeline,
};

/// Where pages of the web are had from, and what becomes of them.
#[derive(Clone, Copy, Debug)]
pub struct Web<'a> {
    /// Instead of the web: the store that has them.
    pub offline: Option<&'a Store>,
    /// The folder of the store that keeps what is fetched; it is made when there is something to keep.
    pub keep: Option<&'a Path>,
    /// What is done about what sites ask of programs.
    pub robots: Obedience,
    /// What sites said of that so far.
    pub access: &'a Access,
}

/// Gets a page with what it asks for beside it.
pub(super) fn fetched(work: &Work<'_>, locator: &Locator) -> Result<Box<Capture>, Error> {
    if let Some(store) = work.web.offline {
        return replayed(store, locator, work.limits, work.sheets).map(Box::new);
    }
    if let (Obedience::Obeyed, Locator::Url(address)) = (work.web.robots, locator) {
        work.web.access.check(address, work.limits, work.now)?;
    }
    let mut capture = asked(locator, work.limits, work.now)?;
    if let (Some(exchange), Locator::Url(_)) = (&mut capture.exchange, locator) {
        exchange.robots = Some(work.web.robots);
    }
    if work.sheets {
        pipeline::with_sheets(&mut [(locator, &mut capture)], work.limits, work.now, &mut |_| ());
    }
    if let Some(folder) = work.web.keep {
        // What cannot be kept cannot be shown to anybody later: that is told of the page, and no other.
        let fault = |cause: Trouble| Error::Store { locator: capture.locator.clone(), cause };
        Store::create(folder).and_then(|store| store.put(&capture)).map_err(fault)?;
    }
    Ok(Box::new(capture))
}

fn asked(locator: &Locator, limits: &Limits, now: Moment) -> Result<Capture, Error> {
    capture::one(locator, limits, now, &mut std::io::empty(), &mut |_| ())
}

/// The last snapshot of a page.
fn replayed(store: &Store, locator: &Locator, limits: &Limits, sheets: bool) -> Result<Capture, Error> {
    let named = match locator {
        Locator::Url(address) => address.as_str(),
        Locator::Memento(request) => request.address.as_str(),
        // Nobody asks the web for these.
        Locator::File(_) | Locator::Archive { .. } | Locator::Stdin => "",
    };
    let mut capture = store.replay(locator, limits)?.ok_or_else(|| Error::not_stored(named, store, false))?;
    if !sheets {
        capture.sheets.clear();
        capture.missed_sheets.clear();
    }
    Ok(capture)
}
