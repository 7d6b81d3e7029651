//! `vidimus history`: an address in; the texts that an archive's records of it hold, and when each was changed, out.

use std::time::Duration;

use clap::ValueEnum;
use vidimus::{
    Moment,
    capture::{Record, Records},
    pipeline::History,
    report,
};

use crate::cli::{
    archive::{self, Archive},
    env::Env,
    exit::Exit,
    fault::Fault,
    fetching::{self, Fetching},
    look::Look,
    output,
    progress::Lines,
};

/// List the texts of a page that an archive has
///
/// Every record of the page that differs from those before is fetched and read. What counts is the text outside menus, headers,
/// footers and forms: records with the same text are one version, whatever else changed around it.
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
    let mut lines = Lines::new(env, std::iter::once("archive".to_owned()));
    let mut tell = |step| lines.tell(0, &step);
    let archive = Records::open(&args.url, &args.archive.archive, &limits, env.now)?;
    let within = |record: &Record| {
        args.from.is_none_or(|from| record.datetime >= from)
            && args.to.is_none_or(|to| record.datetime <= to)
            && record.status.is_none_or(|status| (200..300).contains(&status))
    };
    let listed: Vec<Record> = archive.all(&mut tell)?.into_iter().filter(within).collect();
    let mut history = History::new(archive.locator(), archive.archive(), listed.len() as u64, env.now);
    let (mut fetched, mut not_fetched) = (0, 0);
    for record in &listed {
        let digest = record.digest.as_deref();
        // Behind the first that is not fetched nobody knows when a text ended.
        if not_fetched > 0 || (fetched == args.most && !history.again(record.datetime, digest)) {
            not_fetched += 1;
        } else if fetched < args.most && !history.again(record.datetime, digest) {
            if fetched > 0 {
                archive.pause();
            }
            fetched += 1;
            history.take(record.datetime, digest, archive.get(record, record.datetime, &mut tell));
        }
    }
    let report = history.finish(not_fetched);
    let text = match args.format {
        Format::Terminal => report::terminal::history(&report, args.look.of(env)),
        Format::Json => report::json::write(&report),
    };
    drop(lines);
    output::print(&text)?;
    Ok(if report.unread.is_empty() && report.not_fetched == 0 { Exit::Fine } else { Exit::Found })
}
