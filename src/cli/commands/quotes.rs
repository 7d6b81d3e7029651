//! `vidimus quotes`: an article and the documents it may quote in; how each quotation fares out.

use std::{ffi::OsString, path::PathBuf};

use clap::{ValueEnum, ValueHint};
use vidimus::{
    Moment,
    capture::Locator,
    check::{Quote, QuoteEmphasis, QuoteStatus},
    pipeline,
    report::{self, wire::quotes::QuoteReport},
};

use crate::cli::{
    archive::{self, Archive},
    env::Env,
    exit::Exit,
    fault::Fault,
    fetching::{self, Fetching},
    gathering::Gathering,
    keeping::Keeping,
    look::Look,
    output,
    render::Rendering,
};

/// Hold what an article quotes against the originals it may be from
///
/// ARTICLE and each ORIGINAL are an http(s) address, a file (HTML, Markdown or plain text), a page in a web archive
/// (FILE.warc.gz#ADDRESS or FILE.wacz#ADDRESS) or - for standard input. Every
/// quotation is held against the closest passage of any original. One that is not found may be from elsewhere: that is nothing
/// to be said against the article.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  no quotation is what --fail-on names
  1  one is; or a source could not be read well enough to tell
  2  trouble: a source not read, a page not fetched, a file not written

Examples:
  vidimus quotes article.html --original release.html
  vidimus quotes https://example.org/news --original a.html --original b.html
  vidimus quotes article.html --original https://example.org/a --at 2017-11-16
  vidimus quotes article.html --original a.html --format annotations > notes.jsonld")]
pub struct Args {
    /// The article: an address, a file or -
    #[arg(value_hint = ValueHint::AnyPath)]
    article: OsString,
    /// A document it may quote; again for each
    #[arg(long, value_name = "ORIGINAL", required = true, value_hint = ValueHint::AnyPath)]
    original: Vec<OsString>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// What makes the exit status 1: any of these, with commas between
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        value_name = "STATUS",
        default_values_t = [FailOn::Elided, FailOn::Altered, FailOn::Spliced, FailOn::Misattributed, FailOn::Emphasis, FailOn::Context]
    )]
    fail_on: Vec<FailOn>,
    /// Write into this file instead of standard output; one that is there is replaced
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Ask an archive for its records of the originals nearest to this day or moment
    #[arg(long, value_name = "DATE", value_parser = archive::moment, help_heading = "Archives")]
    at: Option<Moment>,
    #[command(flatten)]
    archive: Archive,
    #[command(flatten)]
    keeping: Keeping,
    #[command(flatten)]
    fetching: Fetching,
    #[command(flatten)]
    rendering: Rendering,
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
    /// W3C Web Annotations (JSON-LD), as Hypothesis has them
    Annotations,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum FailOn {
    /// A marked omission takes away what matters
    Elided,
    /// Words differ and nothing says so
    Altered,
    /// Passages that stand apart are joined
    Spliced,
    /// Another speaker said it
    Misattributed,
    /// Emphasis was added and not declared
    Emphasis,
    /// The sense hangs on words right before, or a word hides characters
    Context,
    /// No original has it: it may be from elsewhere
    NotFound,
    /// It could not be held against the originals
    Unchecked,
}

/// Runs the command. Everything that can fail comes before anything is printed.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    let article = Locator::parse(&args.article);
    let named = args.original.iter().map(Locator::parse);
    let dated = |locator: Locator| match args.at {
        Some(at) => locator.at(at, &args.archive.archive),
        None => locator,
    };
    let originals: Vec<Locator> = named.map(dated).collect();
    if args.at.is_some() && !originals.iter().any(Locator::is_remote) {
        return Err(Fault::new("--at: archives have records of addresses, and no original is one"));
    }
    let all = || std::iter::once(&article).chain(&originals);
    fetching::one_stdin(all())?;
    args.rendering.check(all())?;
    output::spare(args.output.as_deref(), all())?;
    fetching::note_credentials(all(), env);
    let names = std::iter::once("article".to_owned()).chain(originals.iter().map(|_| "original".to_owned()));
    let sources: Vec<(String, &Locator)> = names.zip(all()).collect();
    let gathering = Gathering::new(&args.fetching, &args.keeping, env)?.rendering(&args.rendering, &args.fetching)?;
    let captures = gathering.all(&sources)?;
    let Some((article, originals)) = captures.split_first() else { return Err(Fault::new("there is no article")) };
    output::archive_notes(env, captures.iter());
    let report = pipeline::quotes(article, originals, gathering.dated(captures.iter()));
    let text = match args.format {
        Format::Terminal => report::terminal::quotes(&report, args.look.of(env)),
        Format::Json => report::json::write(&report),
        Format::Html => report::html::quotes(&report),
        Format::Annotations => report::annotations::render(&report),
    };
    output::deliver(args.output.as_deref(), &text)?;
    Ok(exit(&report, &args.fail_on))
}

/// 1 where a quotation counts, and where it could not be told: "could not check" is never "exact".
fn exit(report: &QuoteReport, fail_on: &[FailOn]) -> Exit {
    let counts = |quote: &Quote| {
        let status = match quote.status {
            QuoteStatus::Elided => Some(FailOn::Elided),
            QuoteStatus::Altered => Some(FailOn::Altered),
            QuoteStatus::Spliced => Some(FailOn::Spliced),
            QuoteStatus::Misattributed => Some(FailOn::Misattributed),
            QuoteStatus::NotFound => Some(FailOn::NotFound),
            QuoteStatus::Unchecked => Some(FailOn::Unchecked),
            QuoteStatus::Exact | QuoteStatus::Adapted => None,
        };
        let shouted = quote.emphasis == Some(QuoteEmphasis::AddedUndeclared);
        let beside = quote.changes.iter().any(|change| change.kind.is_beside());
        status.is_some_and(|status| fail_on.contains(&status))
            || (shouted && fail_on.contains(&FailOn::Emphasis))
            || (beside && fail_on.contains(&FailOn::Context))
    };
    if report.quotes.iter().any(counts) || report.is_undetermined() { Exit::Found } else { Exit::Fine }
}
