//! `vidimus history`: an address in; the texts that an archive's records of it hold, and when each was changed, out.

use std::time::Duration;

use clap::ValueEnum;
use vidimus::{
    Capture, Moment,
    capture::{Error, Limits, Locator, Progress, Record, Records, Request},
    pipeline::History,
    report,
};

use crate::cli::{
    archive::{self, Archive},
    env::Env,
    exit::Exit,
    fault::Fault,
    fetching::{self, Fetching},
    keeping::{Keeping, Shelf},
    look::Look,
    output,
    progress::Lines,
};

/// List the texts of a page that an archive has
///
/// Every record of the page that differs from those before is fetched and read. What counts is the text outside menus, headers,
/// footers and forms: records with the same text are one version, whatever else changed around it. What is fetched goes into the snapshot
/// store, where one is in use, and --offline draws up the history from there.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  every record was read
  1  some could not be read, or were too many to be fetched
  2  trouble: no archive, no record of the page

Examples:
  vidimus history https://example.org/release
  vidimus history https://example.org/release --from 2017-11-01 --to 2018-01-01
  vidimus history https://example.org/release --format json > history.json")]
pub struct Args {
    /// The address of the page
    url: String,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// Leave out records from before this day or moment
    #[arg(long, value_name = "DATE", value_parser = archive::moment, help_heading = "Archives")]
    from: Option<Moment>,
    /// Leave out records from after this day or moment
    #[arg(long, value_name = "DATE", value_parser = archive::moment, help_heading = "Archives")]
    to: Option<Moment>,
    /// How many records to fetch at most, the oldest first
    #[arg(long, value_name = "NUMBER", default_value_t = 50, help_heading = "Archives")]
    most: usize,
    /// How long to wait between two of them
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = fetching::pause, help_heading = "Archives")]
    delay: Duration,
    #[command(flatten)]
    archive: Archive,
    #[command(flatten)]
    keeping: Keeping,
    #[command(flatten)]
    fetching: Fetching,
    #[command(flatten)]
    look: Look,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// For reading here
    Terminal,
    /// For programs
    Json,
}

/// Runs the command. Everything that can fail comes before anything is printed.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    let mut limits = args.fetching.limits();
    limits.delay = args.delay;
    let shelf = args.keeping.shelf()?;
    let mut lines = Lines::new(env, std::iter::once("archive".to_owned()));
    let mut source = Source {
        archive: Records::open(&args.url, &args.archive.archive, &limits, env.now)?,
        url: &args.url,
        shelf,
        limits,
        last: None,
        asked: false,
    };
    let mut tell = |step| lines.tell(0, &step);
    let within = |record: &Record| {
        args.from.is_none_or(|from| record.datetime >= from)
            && args.to.is_none_or(|to| record.datetime <= to)
            && record.status.is_none_or(|status| (200..300).contains(&status))
    };
    let listed: Vec<Record> = source.listed(&mut tell)?.into_iter().filter(within).collect();
    let mut history = History::new(source.archive.locator(), source.archive.archive(), listed.len() as u64, env.now);
    let (mut fetched, mut not_fetched) = (0, 0);
    for record in &listed {
        let digest = record.digest.as_deref();
        // Behind the first that is not fetched nobody knows when a text ended.
        if not_fetched > 0 || (fetched == args.most && !history.again(record.datetime, digest)) {
            not_fetched += 1;
        } else if fetched < args.most && !history.again(record.datetime, digest) {
            fetched += 1;
            history.take(record.datetime, digest, source.page(record, &mut tell)?);
        }
    }
    let mut report = history.finish(not_fetched);
    // Made again without the network it is as old as what it is made of.
    report.generated_at = source.last.filter(|_| source.shelf.is_offline()).unwrap_or(env.now);
    let text = match args.format {
        Format::Terminal => report::terminal::history(&report, args.look.of(env)),
        Format::Json => report::json::write(&report),
    };
    drop(lines);
    output::print(&text)?;
    Ok(if report.unread.is_empty() && report.not_fetched == 0 { Exit::Fine } else { Exit::Found })
}

/// An archive and what is kept of it: the archive fills the store, or the store stands in for it.
struct Source<'a> {
    archive: Records,
    url: &'a str,
    shelf: Shelf,
    limits: Limits,
    /// When the last of what was taken was captured.
    last: Option<Moment>,
    /// Whether a record was asked for.
    asked: bool,
}

impl Source<'_> {
    /// Every record that the archive lists.
    fn listed(&mut self, tell: &mut dyn FnMut(Progress)) -> Result<Vec<Record>, Fault> {
        let listing = if self.shelf.is_offline() {
            let [index, time_map] = self.archive.places()?;
            let stored = self.stored(&index).or_else(|absent| self.stored(&time_map).map_err(|_| absent));
            stored.map_err(|error| self.unlisted(&error))?
        } else {
            let listing = self.archive.listing(tell)?;
            self.shelf.keep(&listing)?;
            listing
        };
        self.last = self.last.max(listing.retrieved_at);
        Ok(self.archive.listed(&listing)?)
    }

    /// What a record holds; trouble only where it cannot be kept.
    fn page(&mut self, record: &Record, tell: &mut dyn FnMut(Progress)) -> Result<Result<Capture, Error>, Fault> {
        let found = if self.shelf.is_offline() {
            let archive = self.archive.archive().to_owned();
            self.stored(&Locator::Memento(Request { address: self.url.to_owned(), at: record.datetime, archive }))
        } else {
            if std::mem::replace(&mut self.asked, true) {
                self.archive.pause();
            }
            self.archive.get(record, record.datetime, tell)
        };
        if let Ok(capture) = &found {
            self.last = self.last.max(capture.retrieved_at);
            self.shelf.keep(capture)?;
        }
        Ok(found)
    }

    fn stored(&self, locator: &Locator) -> Result<Capture, Error> {
        let absent = || Error::NoNetwork { locator: self.archive.locator().to_owned() };
        self.shelf.instead(locator, &self.limits, false).unwrap_or_else(|| Err(absent()))
    }

    /// That the store does not know what the archive has, said of the page and not of an address of the archive's.
    fn unlisted(&self, error: &Error) -> Fault {
        match (error, self.shelf.store()) {
            (Error::NotStored { .. }, Some(store)) => {
                let root = store.root().display();
                let fault = Fault::new(format_args!(
                    "{}: the snapshot store {root} has no list of the records that {} has of it",
                    self.archive.locator(),
                    self.archive.archive()
                ));
                fault.hint(Some("vidimus history keeps it there, with --store and without --offline".to_owned()))
            }
            (other, _) => Fault::from(other.clone()),
        }
    }
}
