//! `vidimus check`: two sources in; a report out, and an evidence folder where one is asked for.

use std::{
    ffi::OsString,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use clap::{ValueEnum, ValueHint};
use vidimus::{
    Capture, Checked, Moment, Options, Report, Verdict,
    capture::{self, Locator},
    pipeline, report,
    seal::{self, Statement},
};

use super::timestamp;
use crate::cli::{
    archive::{self, Archive},
    broken_off,
    browser::Browser,
    env::Env,
    exit::Exit,
    fail_on::FailOn,
    fault::{Fault, reason},
    fetching::{self, Fetching},
    gathering::Gathering,
    keeping::Keeping,
    key_file::{Key, KeyOptions},
    look::Look,
    output,
    progress::Lines,
    render::Rendering,
    sealing::{before, of_another_series},
    seek::{Original, Search},
};

/// Hold a copy against its original and say what was changed
///
/// COPY and ORIGINAL are each an http(s) address, a file (HTML, Markdown or plain text), a page in a web archive
/// (FILE.warc.gz#ADDRESS or FILE.wacz#ADDRESS) or - for standard input. The report
/// tells apart emphasis, framing, edits and concealment, and holds what the copy says of its own origin against the original.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  nothing at or above --fail-on
  1  findings at or above it; or nothing could be told (unrelated, undetermined)
  2  trouble: a source not read, a page not fetched, a folder not written

Examples:
  vidimus check https://example.org/repost --original release.html
  vidimus check repost.html --original release.html --format json > report.json
  vidimus check repost.html --original release.txt --out evidence --key key.pem
  vidimus check repost.html --original https://example.org/release --at 2017-11-16
  vidimus check https://example.org/repost
  vidimus check repost.html --original today.html --original yesterday.html
  curl -s https://example.org/repost | vidimus check - --original release.txt")]
pub struct Args {
    /// The republished page: an address, a file or -
    #[arg(value_hint = ValueHint::AnyPath)]
    copy: OsString,
    /// The release as its publisher issued it: an address, a file or -; again for every other version of it. Without it the
    /// copy's own source link is followed
    #[arg(long, value_name = "ORIGINAL", value_hint = ValueHint::AnyPath)]
    original: Vec<OsString>,
    /// What to print
    #[arg(long, value_enum, default_value_t = Format::Terminal)]
    format: Format,
    /// How grave a finding must be to make the exit status 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// What the file given as the original is, such as "a transcription": repeated in the report
    #[arg(long, value_name = "TEXT")]
    original_note: Option<String>,
    /// The same for the copy
    #[arg(long, value_name = "TEXT")]
    copy_note: Option<String>,
    /// Write the evidence into this new folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Evidence")]
    out: Option<PathBuf>,
    /// Sign the evidence with this key: a file, env://NAME for a key in the environment, or exec:COMMAND
    #[arg(long, value_name = "KEY", requires = "out", help_heading = "Evidence")]
    key: Option<OsString>,
    /// Leave a minisign signature in the evidence too
    #[arg(long, requires = "key", help_heading = "Evidence")]
    minisign: bool,
    #[command(flatten)]
    key_options: KeyOptions,
    /// Have this authority (RFC 3161) say when the evidence was signed; it learns a hash and nothing else
    #[arg(long, value_name = "URL", requires = "key", conflicts_with = "offline", help_heading = "Evidence")]
    timestamp: Option<String>,
    /// Name the run before this one: its evidence folder
    #[arg(long, value_name = "DIR", requires = "out", value_hint = ValueHint::DirPath, help_heading = "Evidence")]
    previous: Option<PathBuf>,
    /// Ask an archive for its record of ORIGINAL nearest to this day or moment
    #[arg(long, value_name = "DATE", value_parser = archive::moment, help_heading = "Archives")]
    at: Option<Moment>,
    /// The same for COPY
    #[arg(long, value_name = "DATE", value_parser = archive::moment, help_heading = "Archives")]
    copy_at: Option<Moment>,
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
    /// For reading here: the verdict first, then findings in context
    Terminal,
    /// The record every other output is made from
    Json,
    /// One page for a browser, with nothing to load
    Html,
    /// The same page for filing on paper, made by an installed Chromium
    Pdf,
}

/// Runs the command. Everything that can fail comes before anything is printed.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    let dated = |typed: &OsString, at: Option<Moment>| {
        let locator = Locator::parse(typed);
        at.map_or(locator.clone(), |at| locator.at(at, &args.archive.archive))
    };
    let originals: Vec<Locator> = args.original.iter().map(|original| dated(original, args.at)).collect();
    let copy = dated(&args.copy, args.copy_at);
    for (at, option, remote) in [
        (args.at, "--at", originals.is_empty() || originals.iter().any(Locator::is_remote)),
        (args.copy_at, "--copy-at", copy.is_remote()),
    ] {
        if at.is_some() && !remote {
            return Err(Fault::new(format_args!("{option}: archives have records of addresses, and this is none")));
        }
    }
    fetching::one_stdin(originals.iter().chain([&copy]))?;
    rendered(&args, originals.iter().chain([&copy]))?;
    let browser = browser(args.format)?;
    if let Some(folder) = &args.out {
        check_out(folder)?;
    }
    let gathering = Gathering::new(&args.fetching, &args.keeping, env)?.rendering(&args.rendering, &args.fetching)?;
    let previous = args.previous.as_deref().map(|folder| before(folder).map(|before| (folder, before))).transpose()?;
    let key = args.key.as_deref().map(|key| Key::open(key, &args.key_options, env)).transpose()?;
    warn_of_secrets(env, &originals, &copy, args.out.is_some());

    let options = Options {
        original_note: args.original_note.clone(),
        copy_note: args.copy_note.clone(),
        ..Options::new(env.now)
    };
    let (originals, copy, mut options) = if originals.is_empty() {
        sought(&args, &copy, options, &gathering, env)?
    } else {
        let (originals, copy) = gathered(&originals, &copy, &gathering, env)?;
        (originals, copy, options)
    };
    // Evidence says when it was made, whatever it was made from.
    if args.out.is_none() {
        options.generated_at = gathering.dated(originals.iter().chain([&copy]));
    }
    output::archive_notes(env, originals.iter().chain([&copy]));
    let checked = vidimus::check_against(&originals, &copy, &options);
    let checked = checked.ok_or_else(|| Fault::new("--original: there is nothing to hold the copy against"))?;

    let output = match (args.format, &browser) {
        (Format::Pdf, Some(browser)) => browser.pdf(&html(&checked))?,
        (Format::Terminal, _) => terminal(&checked.report, args.look, env).into_bytes(),
        (Format::Json, _) => report::json::render(&checked.report).into_bytes(),
        (Format::Html | Format::Pdf, _) => html(&checked).into_bytes(),
    };
    if let Some(folder) = &args.out {
        let statement = pipeline::statement(&checked, &originals, &copy, &options);
        let statement = match previous {
            Some((folder, before)) => statement.after(&before).map_err(|why| of_another_series(folder, &why))?,
            None => statement,
        };
        evidence(folder, &statement, key.as_ref(), &args, env)?;
    }
    output::print_bytes(&output)?;
    Ok(exit(&checked.report, args.fail_on))
}

/// Refuses to render where nothing would be, or where it could not be kept as evidence.
fn rendered<'a>(args: &Args, sources: impl Iterator<Item = &'a Locator>) -> Result<(), Fault> {
    // Without an original it is looked for on the web.
    if !args.original.is_empty() {
        args.rendering.check(sources)?;
    }
    if args.rendering.is_wanted() && args.out.is_some() {
        let fault = Fault::new("--render: what a browser made of a page is not sealed, so --out does not go with it");
        return Err(
            fault.hint(Some("vidimus capture --render keeps the page and what a browser shows of it".to_owned()))
        );
    }
    Ok(())
}

/// What makes the paper, for the one format that is paper.
fn browser(format: Format) -> Result<Option<Browser>, Fault> {
    match format {
        Format::Pdf => {
            output::no_terminal("a PDF")?;
            Browser::find("make a PDF", "--format html prints from any browser").map(Some)
        }
        Format::Terminal | Format::Json | Format::Html => Ok(None),
    }
}

/// Gets the copy, and finds the original by what it says.
fn sought(
    args: &Args,
    copy: &Locator,
    options: Options,
    gathering: &Gathering<'_>,
    env: &Env,
) -> Result<(Vec<Capture>, Capture, Options), Fault> {
    let mut lines = Lines::new(env, ["original", "copy"].map(str::to_owned).into_iter());
    let tell = &mut |step| lines.tell(1, &step);
    let mut read = gathering.one(copy, gathering.limits(), &mut std::io::stdin().lock(), tell).map_err(gone)?;
    let search = Search { gathering, archive: &args.archive.archive, at: args.at, env };
    let found = search.original(&read, &options, &mut |step| lines.tell(0, &step))?;
    let Original { locator, mut capture, how, replayed } = found;
    let original = (!replayed).then_some((&locator, &mut capture));
    gathering.complete(&mut original.into_iter().chain([(copy, &mut read)]).collect::<Vec<_>>(), &mut lines)?;
    Ok((vec![capture], read, Options { original_found: Some(how), ..options }))
}

/// Gets all sources: the first original and the copy together, further versions of the original by themselves. What needs no
/// network goes first, since a mistyped file name should not have to wait for a server.
fn gathered(
    originals: &[Locator],
    copy: &Locator,
    gathering: &Gathering<'_>,
    env: &Env,
) -> Result<(Vec<Capture>, Capture), Fault> {
    let [first, further @ ..] = originals else { return Err(Fault::new("--original: none is given")) };
    let mut lines = Lines::new(env, names(originals).chain(["copy".to_owned()]));
    let remote = |(_, locator): &(usize, &Locator)| locator.is_remote();
    let (online, here): (Vec<_>, Vec<_>) = (1..).zip(further).partition(remote);
    let places = || here.iter().chain(&online).map(|(place, _)| *place);
    let get = |some: &[(usize, &Locator)], lines: &mut Lines| {
        gathering.each(some.iter().copied(), &mut |place, step| lines.tell(place, step))
    };
    let mut found = get(&here, &mut lines)?;
    let tell = &mut |which, step| lines.tell(if which == 0 { 0 } else { originals.len() }, &step);
    let [first, mut copy_found] = gathering.pair([first, copy], tell).map_err(gone)?;
    found.extend(get(&online, &mut lines)?);
    let mut all: Vec<(usize, Capture)> = std::iter::once((0, first)).chain(places().zip(found)).collect();
    all.sort_by_key(|(place, _)| *place);
    let mut found: Vec<Capture> = all.into_iter().map(|(_, capture)| capture).collect();
    let pages = originals.iter().zip(&mut found).chain([(copy, &mut copy_found)]);
    gathering.complete(&mut pages.collect::<Vec<_>>(), &mut lines)?;
    Ok((found, copy_found))
}

/// A fault that offers an archive's record, where the page is gone or shown to browsers only.
fn gone(error: capture::Error) -> Fault {
    let offer = error.is_gone().then(|| {
        "a web archive may have it: --at 2017-11-16 asks for the record of ORIGINAL nearest to a day, --copy-at for that of COPY".to_owned()
    });
    Fault::from(error).hint(offer)
}

/// What the originals are called in notes and progress lines: numbered where there are several.
fn names(originals: &[Locator]) -> impl Iterator<Item = String> {
    let several = originals.len() > 1;
    (1..=originals.len()).map(move |number| if several { format!("original {number}") } else { "original".to_owned() })
}

/// 1 where something counts, and where nothing could be told: "could not check" is never "unchanged".
fn exit(report: &Report, fail_on: FailOn) -> Exit {
    let untold = match report.verdict {
        Verdict::Unrelated | Verdict::Undetermined => true,
        Verdict::Verbatim | Verdict::Emphasised | Verdict::Excerpted | Verdict::Altered | Verdict::Quoting => false,
    };
    let quoted = report.quotes.iter().filter_map(|quote| quote.severity());
    let mut found = report.findings.iter().map(|finding| finding.severity).chain(quoted);
    let counts = found.any(|severity| fail_on.counts(severity));
    if untold || counts { Exit::Found } else { Exit::Fine }
}

/// What to do where a folder is taken, and where evidence would be too large to be read again.
const OWN_FOLDER: &str = "evidence goes into a folder of its own: name one that does not exist yet";
const NOT_READ: &str = "without --out the report is printed; a smaller --max-bytes refuses such sources";

/// Looks before anything is fetched whether the folder can be made; writing it looks again.
fn check_out(folder: &Path) -> Result<(), Fault> {
    let fault = |cause: &str| Fault::new(format_args!("{}: {cause}", folder.display()));
    if folder.symlink_metadata().is_ok() {
        return Err(fault("already exists and is left as it is").hint(Some(OWN_FOLDER.to_owned())));
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if parent.is_dir() { Ok(()) } else { Err(fault("the folder it should go into does not exist")) }
}

fn warn_of_secrets(env: &Env, originals: &[Locator], copy: &Locator, evidence: bool) {
    let named = originals.iter().zip(names(originals)).chain([(copy, "copy".to_owned())]);
    for (locator, name) in named {
        if locator.has_credentials() {
            output::note(env, format_args!("the user name and password in the address of the {name} are not sent"));
        }
        if let Locator::File(path) | Locator::Archive { path, .. } = locator
            && evidence
            && path.is_absolute()
        {
            output::note(env, format_args!("the evidence will name the {name} by its full path, {}", path.display()));
        }
    }
}

fn terminal(report: &Report, look: Look, env: &Env) -> String {
    report::terminal::render(report, look.of(env))
}

fn html(checked: &Checked) -> String {
    report::html::render(&checked.report, &checked.original, &checked.copy, &checked.alignment)
}

/// Writes the evidence folder, signed if there is a key, with a timestamp if one is asked for.
fn evidence(folder: &Path, statement: &Statement, key: Option<&Key>, args: &Args, env: &Env) -> Result<(), Fault> {
    let fault = |cause: &dyn std::fmt::Display| Fault::new(format_args!("{}: {cause}", folder.display()));
    let signed = |key: &Key| {
        let mut sealed = seal::sign(&statement.bytes, &key.signer())?;
        sealed.minisign = args.minisign.then(|| seal::minisign::sign(&statement.bytes, &key.signer())).transpose()?;
        Ok(sealed)
    };
    let mut sealed = key.map(signed).transpose().map_err(|error: seal::SigningError| fault(&error))?;
    if let (Some(url), Some(sealed)) = (&args.timestamp, &mut sealed) {
        let signature = seal::signature(&sealed.bundle).map_err(|why| fault(&why))?;
        let token = timestamp::ask(url, &signature, &args.fetching.limits())?;
        sealed.bundle = seal::with_timestamp(&sealed.bundle, &token).map_err(|why| fault(&why))?;
    }
    let written = broken_off::undisturbed(|| seal::folder::write(folder, statement, sealed.as_ref()));
    written.map_err(|error| {
        let known = [(ErrorKind::AlreadyExists, OWN_FOLDER), (ErrorKind::FileTooLarge, NOT_READ)];
        let hint = known.into_iter().find(|(kind, _)| *kind == error.kind());
        fault(&reason(&error)).hint(hint.map(|(_, hint)| hint.to_owned()))
    })?;
    if sealed.is_none() {
        output::note(
            env,
            format_args!("{}: not signed, so nobody can tell who made it (--key signs)", folder.display()),
        );
    }
    Ok(())
}
