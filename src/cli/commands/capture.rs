//! `vidimus capture`: addresses in; snapshots in a store, or one archive, out.

use std::{
    ffi::OsString,
    fmt::Write as _,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::ValueHint;
use vidimus::{
    Capture,
    capture::{self, Limits, Locator, Progress, net::Pace, store::Kept},
    pipeline::{self, Many},
};

use crate::cli::{
    env::Env,
    exit::Exit,
    fault::Fault,
    fetching::{self, Fetching},
    filing::{Filing, form},
    keeping::{Keeping, Shelf},
    new_file, output,
    progress::{Count, Lines},
    render::{Renderer, Rendering},
};

/// Fetch pages and keep them in a snapshot store, or as a web archive
///
/// Every request and its answer is kept, redirects and style sheets included, with the bytes as they were sent: in the snapshot
/// store of --store, of the project or of the user, from where --offline takes them; and in the file of --output, as WARC/1.1 where
/// it ends in .warc.gz, as WACZ 1.1.1 where it ends in .wacz, from where check and quotes take FILE#ADDRESS. Cookies and credentials
/// are left out. A page that fails is no trouble for the others.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  everything was fetched and kept
  2  trouble: a page not fetched, which is named, and the others kept; or a file or store not written

Examples:
  vidimus capture https://example.org/release
  vidimus check repost.html --original https://example.org/release --offline
  vidimus capture https://example.org/release --output release.warc.gz
  vidimus capture https://example.org/a https://example.org/b -o pages.wacz
  vidimus check repost.html --original pages.wacz#https://example.org/a")]
pub struct Args {
    /// The pages to fetch
    #[arg(required = true, value_name = "URL", value_hint = ValueHint::Url)]
    urls: Vec<OsString>,
    /// Write this file too, which must not exist: FILE.warc.gz or FILE.wacz. The user's own store is then not filled
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// How many pages to fetch at once
    #[arg(long, value_name = "NUMBER", default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=64))]
    jobs: u16,
    /// How many of these from one host
    #[arg(long, value_name = "NUMBER", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=64))]
    per_host: u16,
    /// How long to wait between the beginnings of two of a host
    #[arg(long, value_name = "SECONDS", default_value = "0", value_parser = fetching::pause)]
    delay: Duration,
    #[command(flatten)]
    keeping: Keeping,
    #[command(flatten)]
    fetching: Fetching,
    #[command(flatten)]
    rendering: Rendering,
}

/// A page that was fetched.
struct Page {
    status: u16,
    url: String,
    kept: Option<Kept>,
}

/// Runs the command. What fails is said at the end, and keeps nothing else from being kept.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    if args.keeping.is_offline() {
        let fault = Fault::new("--offline: pages are captured from the network");
        return Err(fault.hint(Some("vidimus snapshots export writes what was captured before".to_owned())));
    }
    let form = args.output.as_deref().map(|file| form(file).and_then(|form| new_file::check(file).map(|()| form)));
    let form = form.transpose()?;
    let locators = locators(&args.urls)?;
    let shelf = if form.is_some() { args.keeping.shelf()? } else { args.keeping.any_shelf()? };
    if form.is_none() && shelf.root().is_none() {
        return Err(
            Fault::new("--no-store: the pages would be kept nowhere").hint(Some("--output names a file".to_owned()))
        );
    }
    fetching::note_credentials(locators.iter(), env);
    let renderer = args.rendering.renderer(&args.fetching, false, env)?;
    let filing = form.zip(args.output.as_deref()).map(|(form, file)| Filing::begin(form, file, env.now)).transpose()?;
    let (pages, faults) = fetched(&locators, &args, &shelf, filing, renderer.as_ref(), env)?;
    output::print(&list(&pages, args.output.as_deref()))?;
    faults.iter().for_each(|fault| output::fault(env, fault));
    Ok(if faults.is_empty() { Exit::Fine } else { Exit::Trouble })
}

/// What was typed, if it is all addresses.
fn locators(urls: &[OsString]) -> Result<Vec<Locator>, Fault> {
    let locators = urls.iter().map(|typed| match Locator::parse(typed) {
        locator @ Locator::Url(_) => Ok(locator),
        Locator::File(_) | Locator::Archive { .. } | Locator::Stdin | Locator::Memento(_) => {
            let typed = typed.to_string_lossy();
            Err(Fault::new(format_args!("{typed}: only http and https addresses are captured")))
        }
    });
    locators.collect()
}

/// What came of a page: what cannot be kept is trouble as a whole, and what cannot be fetched is not.
type Came = Result<Result<(Page, Option<Capture>), Fault>, Fault>;

/// Fetches the pages and keeps them as they come, in the store and in the file; gives back those that came and what is to be said of the
/// others, in the order given.
fn fetched(
    locators: &[Locator],
    args: &Args,
    shelf: &Shelf,
    mut filing: Option<Filing>,
    renderer: Option<&Renderer>,
    env: &Env,
) -> Result<(Vec<Page>, Vec<Fault>), Fault> {
    let filed = filing.is_some();
    let keep = |result: Result<Capture, capture::Error>| -> Came {
        match result {
            Err(error) => Ok(Err(Fault::from(error))),
            Ok(capture) => shelf.keep(&capture).map(|kept| Ok((Page::of(&capture, kept), filed.then_some(capture)))),
        }
    };
    let limits = args.fetching.limits();
    let mut came = Vec::new();
    let mut take = |place: usize, result: Came| {
        let (result, capture) = match result {
            Ok(Ok((page, capture))) => (Ok(Ok(page)), capture),
            Ok(Err(fault)) => (Ok(Err(fault)), None),
            Err(fault) => (Err(fault), None),
        };
        if let Some(filing) = &mut filing {
            filing.take(place, capture);
        }
        came.push((place, result));
    };
    if let [locator] = locators {
        take(0, keep(one(locator, args, &limits, renderer, env)));
    } else {
        let pace = Pace { jobs: args.jobs.into(), per_host: args.per_host.into(), delay: args.delay };
        let shown = |capture: Capture| match renderer {
            Some(renderer) => renderer.page(capture, &limits),
            None => Ok(capture),
        };
        let sheets = args.fetching.wants_sheets();
        let many = Many { limits: &limits, pace, now: env.now, sheets, robots: None, shown: Some(&shown) };
        let count = Count::new(env, locators.len());
        many.each(locators, &|_, result| keep(result), &mut |place, result| {
            take(place, result);
            count.one_more();
        });
    }
    came.sort_by_key(|(place, _)| *place);
    let (mut pages, mut faults) = (Vec::new(), Vec::new());
    for (_, result) in came {
        match result? {
            Ok(page) => pages.push(page),
            Err(fault) => faults.push(fault),
        }
    }
    filing.map_or(Ok(()), Filing::end)?;
    Ok((pages, faults))
}

/// Fetches one page, and says how that goes.
fn one(
    locator: &Locator,
    args: &Args,
    limits: &Limits,
    renderer: Option<&Renderer>,
    env: &Env,
) -> Result<Capture, capture::Error> {
    let mut lines = Lines::new(env, std::iter::once("page".to_owned()));
    let tell = &mut |step| lines.tell(0, &step);
    let mut capture = capture::one(locator, limits, env.now, &mut std::io::empty(), tell)?;
    if let Some(renderer) = renderer {
        tell(Progress::Rendering);
        capture = renderer.page(capture, limits)?;
    }
    if args.fetching.wants_sheets() {
        let place = lines.add("style sheets");
        let tell = &mut |step| lines.tell(place, &step);
        pipeline::with_sheets(&mut [(locator, &mut capture)], limits, env.now, tell);
    }
    Ok(capture)
}

impl Page {
    fn of(capture: &Capture, kept: Option<Kept>) -> Self {
        let exchange = capture.exchange.as_ref();
        Self {
            status: exchange.map_or(0, |exchange| exchange.status),
            url: exchange.map_or_else(|| capture.locator.clone(), |exchange| exchange.url.clone()),
            kept,
        }
    }
}

/// What was captured, a line a page: in the form other commands take it, or with the name it has in the store.
fn list(pages: &[Page], file: Option<&Path>) -> String {
    let mut text = String::new();
    for Page { status, url, kept, .. } in pages {
        // Writing to a string cannot fail.
        let _ = match (file, kept) {
            (Some(file), _) => writeln!(text, "{status} {}", output::shown(&format!("{}#{url}", file.display()))),
            (None, Some(kept)) => writeln!(text, "{status} {} {}", kept.short(), output::shown(url)),
            (None, None) => writeln!(text, "{status} {}", output::shown(url)),
        };
    }
    text
}
