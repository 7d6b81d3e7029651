//! `vidimus quotes`: an article and the documents it may quote in; how each quotation fares out.

use std::ffi::OsString;

use clap::{ValueEnum, ValueHint};
use vidimus::{
    Capture,
    capture::{self, Locator},
    pipeline,
    report::{self, wire::quotes::QuoteReport},
};

use crate::cli::{env::Env, exit::Exit, fault::Fault, fetching::Fetching, look::Look, output, progress::Lines};

/// Hold what an article quotes against the originals it may be from
///
/// ARTICLE and each ORIGINAL are an http(s) address, a file (HTML, Markdown or plain text) or - for standard input. Every
/// quotation is held against the closest passage of any original. One that is not found may be from elsewhere: that is nothing
/// to be said against the article.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  nothing to be said against any quotation
  1  one is elided, altered, spliced or misattributed, or emphasis was added and
     not declared; or a source could not be read well enough to tell
  2  trouble: a source not read, a page not fetched

Examples:
  vidimus quotes article.html --original release.html
  vidimus quotes https://example.org/news --original a.html --original b.html
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
    /// W3C Web Annotations (JSON-LD), as Hypothesis has them
    Annotations,
}

/// Runs the command. Everything that can fail comes before anything is printed.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    let article = Locator::parse(&args.article);
    let originals: Vec<Locator> = args.original.iter().map(Locator::parse).collect();
    if originals.iter().chain([&article]).filter(|one| **one == Locator::Stdin).count() > 1 {
        return Err(Fault::new("-: standard input can stand for one source only"));
    }
    if originals.iter().chain([&article]).any(Locator::has_credentials) {
        output::note(env, "user names and passwords in addresses are not sent");
    }
    let get = |locator: &Locator, name| gathered(locator, name, &args, env);
    let get_all = || originals.iter().map(|original| get(original, "original")).collect::<Result<Vec<_>, _>>();
    // What needs no network goes first: a mistyped file name should not have to wait for a server.
    let (article, originals) = match &article {
        Locator::Url(_) | Locator::Memento(_) => {
            let originals = get_all()?;
            (get(&article, "article")?, originals)
        }
        Locator::File(_) | Locator::Stdin => (get(&article, "article")?, get_all()?),
    };
    let report = pipeline::quotes(&article, &originals, env.now);
    let text = match args.format {
        Format::Terminal => {
            let look = report::terminal::Look { columns: args.look.columns(env), colour: args.look.colour(env) };
            report::terminal::quotes(&report, look)
        }
        Format::Json => report::json::write(&report),
        Format::Annotations => report::annotations::render(&report),
    };
    output::print(&text)?;
    Ok(exit(&report))
}

fn gathered(locator: &Locator, name: &'static str, args: &Args, env: &Env) -> Result<Capture, Fault> {
    let mut lines = Lines::new(env, std::iter::once(name.to_owned()));
    let mut tell = |step| lines.tell(0, &step);
    let limits = args.fetching.limits();
    let mut capture = capture::one(locator, &limits, env.now, &mut std::io::stdin().lock(), &mut tell)?;
    args.fetching.sheets(&mut [(locator, &mut capture)], &mut lines, env);
    Ok(capture)
}

/// 1 where there is something to be said, and where it could not be told: "could not check" is never "exact".
fn exit(report: &QuoteReport) -> Exit {
    let said = report.quotes.iter().any(|quote| quote.severity().is_some());
    if said || report.is_undetermined() { Exit::Found } else { Exit::Fine }
}
