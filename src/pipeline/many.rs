//! Many pages at once: locators go in; each is captured with its style sheets, and what came of it is handed on and let go.

use super::with_sheets;
use crate::{
    capture::{
        self, Address, Capture, Error, Limits, Locator,
        net::{Pace, in_turn},
    },
    moment::Moment,
};

/// How pages are captured.
#[derive(Clone, Copy, Debug)]
pub struct Many<'a> {
    /// What each may take, and where requests may lead.
    pub limits: &'a Limits,
    /// How many are asked at once, and of whom.
    pub pace: Pace,
    /// When they are captured.
    pub now: Moment,
    /// Whether their style sheets are gathered.
    pub sheets: bool,
}

impl Many<'_> {
    /// Captures every one of `locators`. `done` takes what came of each as it comes, with its place; what it does not keep is gone, so that
    /// any number takes no more memory than those that are fetched at once. A page that fails is no trouble for the others. Blocks, so it
    /// must not be called from asynchronous code.
    ///
    /// ```no_run
    /// use vidimus::{Moment, capture::{Limits, Locator, net::Pace}, pipeline::Many};
    /// let locators = ["https://example.org/a", "https://example.net/b"].map(Locator::parse);
    /// let many = Many { limits: &Limits::default(), pace: Pace::default(), now: Moment::from_unix(0), sheets: true };
    /// many.each(&locators, &mut |place, result| match result {
    ///     Ok(capture) => println!("{place}: {} bytes", capture.body.len()),
    ///     Err(error) => println!("{error}"),
    /// });
    /// ```
    pub fn each(&self, locators: &[Locator], done: &mut dyn FnMut(usize, Result<Capture, Error>)) {
        let hosts: Vec<String> = locators.iter().map(host).collect();
        let work = |(): &mut (), place: usize| locators.get(place).map(|locator| self.one(locator));
        in_turn(&hosts, self.pace, &|| (), &work, &mut |place, result| {
            if let Some(result) = result {
                done(place, result);
            }
        });
    }

    fn one(&self, locator: &Locator) -> Result<Capture, Error> {
        let mut capture = capture::one(locator, self.limits, self.now, &mut std::io::empty(), &mut |_| ())?;
        if self.sheets {
            with_sheets(&mut [(locator, &mut capture)], self.limits, self.now, &mut |_| ());
        }
        Ok(capture)
    }
}

/// Which host a locator asks: of a record of an archive, the archive.
fn host(locator: &Locator) -> String {
    let of = |address: &str| Address::parse(address).map(|address| address.host().to_owned()).unwrap_or_default();
    match locator {
        Locator::Url(address) => of(address),
        Locator::Memento(request) => of(&request.archive),
        Locator::File(_) | Locator::Archive { .. } | Locator::Stdin => String::new(),
    }
}
