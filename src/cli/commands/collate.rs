//! `vidimus collate`: versions of one text; every place where they differ, and which copies share what, out.

use std::{ffi::OsString, path::PathBuf};

use clap::{ValueEnum, ValueHint};
use vidimus::{
    capture::Locator,
    pipeline,
    report::{self, wire::collation::Collation},
};

use crate::cli::{
    env::Env,
    exit::Exit,
    fail_on::FailOn,
    fault::Fault,
    fetching::{self, Fetching},
    gathering::Gathering,
    keeping::Keeping,
    look::Look,
    output,
};

/// Set several versions of one text side by side: an apparatus
///
/// Each VERSION and COPY is an http(s) address, a file (HTML, Markdown or plain text) or - for standard input. The versions are
/// put oldest first where they are dated, and called A, B, C and so on. Every place where they differ is listed with what each of
/// them reads, and with what the copies have there. Who of them is right is not said.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  the versions agree, but for what is below --fail-on
  1  they differ; or one could not be read well enough to tell
  2  trouble: a source not read, a page not fetched, a file not written

Examples:
  vidimus collate monday.html tuesday.html wednesday.html
  vidimus collate monday.html tuesday.html --copy https://example.org/repost
  vidimus collate monday.html tuesday.html --format html --output apparatus.html")]
pub struct Args {
    /// A version of the text: an address, a file or -; two at least
    #[arg(required = true, num_args = 2.., value_name = "VERSION", value_hint = ValueHint::AnyPath)]
    versions: Vec<OsString>,
    /// A copy, to say which readings it shares; again for each
    #[arg(long, value_name = "COPY", value_hint = ValueHint::AnyPath)]
    copy: Vec<OsString>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// How grave a difference must be to make the exit status 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Write into this file instead of standard output; one that is there is replaced
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
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
    /// One page for a browser, with nothing to load
    Html,
}

/// Runs the command. Everything that can fail comes before anything is printed.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    let versions: Vec<Locator> = args.versions.iter().map(Locator::parse).collect();
    let copies: Vec<Locator> = args.copy.iter().map(Locator::parse).collect();
    let all = || versions.iter().chain(&copies);
    fetching::one_stdin(all())?;
    output::spare(args.output.as_deref(), all())?;
    fetching::note_credentials(all(), env);
    let named = (1..).zip(&versions).map(|(number, locator)| (format!("version {number}"), locator));
    let copied = (1..).zip(&copies).map(|(number, locator)| (format!("copy {number}"), locator));
    let gathering = Gathering::new(&args.fetching, &args.keeping, env)?;
    let captures = gathering.all(&named.chain(copied).collect::<Vec<_>>())?;
    let (versions, copies) = captures.split_at(versions.len().min(captures.len()));
    let collation = pipeline::collate(versions, copies, gathering.dated(captures.iter()));
    let text = match args.format {
        Format::Terminal => report::terminal::collation(&collation, args.look.of(env)),
        Format::Json => report::json::write(&collation),
        Format::Html => report::html::collation(&collation),
    };
    output::deliver(args.output.as_deref(), &text)?;
    Ok(exit(&collation, args.fail_on))
}

/// 1 where versions differ, and where it could not be told: "could not compare" is never "the same".
fn exit(collation: &Collation, fail_on: FailOn) -> Exit {
    let differ = collation.gravest().is_some_and(|gravest| fail_on.counts(gravest));
    if differ || collation.is_undetermined() { Exit::Found } else { Exit::Fine }
}
