//! Sources, read for a command: from the network or, where that is not to be asked, from the snapshot store; with their style sheets,
//! and kept where a store is in use.

use std::io::Read;

use vidimus::{
    Capture, Moment,
    capture::{self, Error, Limits, Locator, Progress},
    pipeline,
};

use super::{
    env::Env,
    fault::Fault,
    fetching::Fetching,
    keeping::{Keeping, Shelf},
    progress::Lines,
    render::{Renderer, Rendering},
};

/// How sources are read.
pub struct Gathering<'a> {
    limits: Limits,
    sheets: bool,
    rendered: bool,
    renderer: Option<Renderer>,
    shelf: Shelf,
    env: &'a Env,
}

impl<'a> Gathering<'a> {
    /// As it was asked for.
    ///
    /// # Errors
    /// If the store cannot be used.
    pub fn new(fetching: &Fetching, keeping: &Keeping, env: &'a Env) -> Result<Self, Fault> {
        let (limits, sheets) = (fetching.limits(), fetching.wants_sheets());
        Ok(Self { limits, sheets, rendered: false, renderer: None, shelf: keeping.shelf()?, env })
    }

    /// The same with pages from the web rendered, where that was asked for.
    ///
    /// # Errors
    /// If that cannot be done.
    pub fn rendering(mut self, rendering: &Rendering, fetching: &Fetching) -> Result<Self, Fault> {
        self.rendered = rendering.is_wanted();
        self.renderer = rendering.renderer(fetching, self.shelf.is_offline(), self.env)?;
        Ok(self)
    }

    /// Whether pages from the web are read as a browser shows them.
    pub fn is_rendered(&self) -> bool {
        self.rendered
    }

    /// The limits for pages that were named.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The store.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// Gets one source, without its style sheets.
    ///
    /// # Errors
    /// If it cannot be read or fetched.
    pub fn one(
        &self,
        locator: &Locator,
        limits: &Limits,
        stdin: &mut dyn Read,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Capture, Error> {
        match self.shelf.instead(locator, limits, self.rendered) {
            Some(replayed) => replayed.map(|capture| self.trimmed(capture)),
            None => {
                let capture = capture::one(locator, limits, self.env.now, stdin, progress)?;
                self.shown(locator, capture, limits, progress)
            }
        }
    }

    /// What was got at an address as a browser shows it, where that was asked for.
    fn shown(
        &self,
        locator: &Locator,
        capture: Capture,
        limits: &Limits,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Capture, Error> {
        match (&self.renderer, locator) {
            (Some(renderer), Locator::Url(_)) => {
                progress(Progress::Rendering);
                let bytes = capture.body.len();
                let shown = renderer.page(capture, limits);
                progress(Progress::Done { bytes });
                shown
            }
            (Some(_) | None, _) => Ok(capture),
        }
    }

    /// Gets two sources at once.
    ///
    /// # Errors
    /// If one of them cannot be read or fetched.
    pub fn pair(
        &self,
        locators: [&Locator; 2],
        progress: &mut dyn FnMut(usize, Progress),
    ) -> Result<[Capture; 2], Error> {
        let mut stdin = std::io::stdin().lock();
        if !self.shelf.is_offline() {
            let captures = capture::pair(locators, &self.limits, self.env.now, &mut stdin, progress)?;
            let [original, copy] = captures;
            let [first, second] = locators;
            let original = self.shown(first, original, &self.limits, &mut |step| progress(0, step))?;
            return Ok([original, self.shown(second, copy, &self.limits, &mut |step| progress(1, step))?]);
        }
        let [first, second] = locators;
        let first = self.one(first, &self.limits, &mut stdin, &mut |step| progress(0, step))?;
        Ok([first, self.one(second, &self.limits, &mut stdin, &mut |step| progress(1, step))?])
    }

    /// Gets every source, called by the name given with it in progress lines; in the order given, complete and kept. What needs no
    /// network goes first: a mistyped file name should not have to wait for a server.
    ///
    /// # Errors
    /// If one of them cannot be read, fetched or kept.
    pub fn all(&self, sources: &[(String, &Locator)]) -> Result<Vec<Capture>, Fault> {
        let mut lines = Lines::new(self.env, sources.iter().map(|(name, _)| name.clone()));
        let mut tell = |place: usize, step: &Progress| lines.tell(place, step);
        let mut found = self.each(sources.iter().map(|(_, locator)| *locator).enumerate(), &mut tell)?;
        let pages = sources.iter().map(|(_, locator)| *locator).zip(&mut found);
        self.complete(&mut pages.collect::<Vec<_>>(), &mut lines)?;
        Ok(found)
    }

    /// Gets sources that have numbers, of which `tell` is told what happens to each; without their style sheets.
    ///
    /// # Errors
    /// If one of them cannot be read or fetched.
    pub fn each<'l>(
        &self,
        sources: impl Iterator<Item = (usize, &'l Locator)>,
        tell: &mut dyn FnMut(usize, &Progress),
    ) -> Result<Vec<Capture>, Fault> {
        let mut stdin = std::io::stdin().lock();
        let (remote, local): (Vec<_>, Vec<_>) = sources.partition(|(_, locator)| locator.is_remote());
        let mut found = Vec::new();
        for (place, locator) in local.into_iter().chain(remote) {
            let tell = &mut |step| tell(place, &step);
            found.push((place, self.one(locator, &self.limits, &mut stdin, tell)?));
        }
        found.sort_by_key(|(place, _)| *place);
        Ok(found.into_iter().map(|(_, capture)| capture).collect())
    }

    /// Gathers the style sheets of captures, unless they are not wanted, and keeps what was fetched.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn complete(&self, pages: &mut [(&Locator, &mut Capture)], lines: &mut Lines) -> Result<(), Fault> {
        // What was replayed has its sheets, or what there is to be said of them, with it.
        let fresh = |locator: &Locator| !self.shelf.is_offline() || !locator.is_remote();
        let mut fresh: Vec<(&Locator, &mut Capture)> = pages
            .iter_mut()
            .filter(|(locator, _)| fresh(locator))
            .map(|(locator, capture)| (*locator, &mut **capture))
            .collect();
        if self.sheets && !fresh.is_empty() {
            let place = lines.add("style sheets");
            pipeline::with_sheets(&mut fresh, &self.limits, self.env.now, &mut |step| lines.tell(place, &step));
        }
        for (_, capture) in &fresh {
            self.shelf.keep(capture)?;
        }
        Ok(())
    }

    /// When a report on these captures is made: now, or where it is one that was made before and is made again without the network,
    /// when the last of them was captured.
    pub fn dated<'c>(&self, captures: impl Iterator<Item = &'c Capture>) -> Moment {
        let replayed = captures.filter(|capture| matches!(Locator::parse(&capture.locator), Locator::Url(_)));
        let last = replayed.filter_map(|capture| capture.retrieved_at).max();
        last.filter(|_| self.shelf.is_offline()).unwrap_or(self.env.now)
    }

    /// A snapshot without style sheets, where they are not wanted.
    fn trimmed(&self, mut capture: Capture) -> Capture {
        if !self.sheets {
            capture.sheets.clear();
            capture.missed_sheets.clear();
        }
        capture
    }
}
