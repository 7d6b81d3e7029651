//! Many pages at once: locators go in; each is captured with its style sheets, and what came of it is handed on and let go.

use super::with_sheets;
use crate::{
    capture::{
        self, Address, Capture, Error, Limits, Locator, Obedience,
        net::{Access, Pace, in_turn},
    },
    moment::Moment,
};

/// How pages are captured.
#[derive(Clone, Copy)]
pub struct Many<'a> {
    /// What each may take, and where requests may lead.
    pub limits: &'a Limits,
    /// How many are asked at once, and of whom.
    pub pace: Pace,
    /// When they are captured.
    pub now: Moment,
    /// Whether their style sheets are gathered.
    pub sheets: bool,
    /// What is done about what sites ask of programs; absent where a person named every address, so that nobody has to be asked.
    pub robots: Option<Obedience>,
    /// What is made of each page before its style sheets are gathered, such as what a browser shows of it; absent where nothing is.
    pub shown: Option<&'a Shown<'a>>,
}

/// Makes something of a page, several at once.
pub type Shown<'a> = dyn Fn(Capture) -> Result<Capture, Error> + Sync + 'a;

impl Many<'_> {
    /// Captures every one of `locators`. `keep` takes what came of each, with its place, as it comes and beside others: it is the one to
    /// write it away, and what it does not keep is gone, so that any number takes no more memory than those that are fetched at once.
    /// `done` takes what `keep` makes of it, one after the other. A page that fails is no trouble for the others. Blocks, so it must not
    /// be called from asynchronous code.
    ///
    /// ```no_run
    /// use vidimus::{Moment, capture::{Limits, Locator, net::Pace}, pipeline::Many};
    /// let locators = ["https://example.org/a", "https://example.net/b"].map(Locator::parse);
    /// let many = Many { limits: &Limits::default(), pace: Pace::default(), now: Moment::from_unix(0), sheets: true, robots: None, shown: None };
    /// let bytes = |_, result: Result<vidimus::Capture, _>| result.map(|capture| capture.body.len());
    /// many.each(&locators, &bytes, &mut |place, result| match result {
    ///     Ok(bytes) => println!("{place}: {bytes} bytes"),
    ///     Err(error) => println!("{error}"),
    /// });
    /// ```
    pub fn each<T: Send>(
        &self,
        locators: &[Locator],
        keep: &(dyn Fn(usize, Result<Capture, Error>) -> T + Sync),
        done: &mut dyn FnMut(usize, T),
    ) {
        let hosts: Vec<String> = locators.iter().map(host).collect();
        let access = Access::default();
        let ask = |place: usize| locators.get(place).map(|locator| self.one(locator, &access));
        let keep = |place: usize, result: Option<Result<Capture, Error>>| result.map(|result| keep(place, result));
        in_turn(&hosts, self.pace, &ask, &keep, &mut |place, result| {
            if let Some(result) = result {
                done(place, result);
            }
        });
    }

    fn one(&self, locator: &Locator, access: &Access) -> Result<Capture, Error> {
        if let (Some(Obedience::Obeyed), Locator::Url(address)) = (self.robots, locator) {
            access.check(address, self.limits, self.now)?;
        }
        let mut capture = capture::one(locator, self.limits, self.now, &mut std::io::empty(), &mut |_| ())?;
        if let (Some(exchange), Locator::Url(_)) = (&mut capture.exchange, locator) {
            exchange.robots = self.robots;
        }
        if let Some(shown) = self.shown {
            capture = shown(capture)?;
        }
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
