//! `vidimus capture`: addresses in, one archive out.

use std::{
    ffi::OsString,
    fmt::Write as _,
    path::{Path, PathBuf},
};

use clap::ValueHint;
use vidimus::{
    Capture,
    capture::{self, Locator, wacz, warc},
};

use crate::cli::{env::Env, exit::Exit, fault::Fault, fetching::Fetching, new_file, output, progress::Lines};

/// Fetch pages and keep them as a web archive
///
/// Every request and its answer is kept, redirects and style sheets included, with the bytes as they were sent: as WARC/1.1 where FILE ends in
/// .warc.gz, as WACZ 1.1.1 where it ends in .wacz. Cookies and credentials are left out. check and quotes read both again:
/// FILE#ADDRESS.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  everything was fetched and written
  2  trouble: a page not fetched, the file not written; nothing is left behind

Examples:
  vidimus capture https://example.org/release --output release.warc.gz
  vidimus capture https://example.org/a https://example.org/b -o pages.wacz
  vidimus check repost.html --original pages.wacz#https://example.org/a")]
pub struct Args {
    /// The pages to fetch
    #[arg(required = true, value_name = "URL", value_hint = ValueHint::Url)]
    urls: Vec<OsString>,
    /// The file to write, which must not exist: FILE.warc.gz or FILE.wacz
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: PathBuf,
    #[command(flatten)]
    fetching: Fetching,
}

/// The program as archives name it.
const SOFTWARE: &str = concat!("vidimus/", env!("CARGO_PKG_VERSION"));

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Form {
    Warc,
    Wacz,
}

/// Runs the command. Nothing is written before everything was fetched.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    let form = form(&args.output)?;
    new_file::check(&args.output)?;
    let locators: Vec<Locator> = args.urls.iter().map(Locator::parse).collect();
    for (typed, locator) in args.urls.iter().zip(&locators) {
        match locator {
            Locator::Url(_) => {}
            Locator::File(_) | Locator::Archive { .. } | Locator::Stdin | Locator::Memento(_) => {
                let typed = typed.to_string_lossy();
                return Err(Fault::new(format_args!("{typed}: only http and https addresses are captured")));
            }
        }
    }
    if locators.iter().any(Locator::has_credentials) {
        output::note(env, "user names and passwords in addresses are not sent");
    }
    let captures = fetched(&locators, &args, env)?;
    let written: Vec<&Capture> = captures.iter().collect();
    new_file::write(&args.output, new_file::For::Everybody, |out| match form {
        Form::Wacz => wacz::write(out, &written, SOFTWARE, env.now).map(|_| ()),
        Form::Warc => {
            let name = args.output.file_name().unwrap_or_default().to_string_lossy();
            let mut writer = warc::Writer::new(out, &name, SOFTWARE, env.now)?;
            for capture in &written {
                writer.capture(capture, env.now)?;
            }
            writer.finish().map(|_| ())
        }
    })?;
    output::print(&list(&captures, &args.output))?;
    Ok(Exit::Fine)
}

/// What the name of the file asks for.
fn form(path: &Path) -> Result<Form, Fault> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if name.ends_with(".warc.gz") {
        Ok(Form::Warc)
    } else if name.ends_with(".wacz") {
        Ok(Form::Wacz)
    } else {
        let fault = Fault::new(format_args!("{}: the name does not say which format is wanted", path.display()));
        Err(fault.hint(Some("end it in .warc.gz or .wacz".to_owned())))
    }
}

fn fetched(locators: &[Locator], args: &Args, env: &Env) -> Result<Vec<Capture>, Fault> {
    let numbered = (1..=locators.len()).map(|number| format!("page {number}"));
    let mut lines = Lines::new(env, numbered);
    let mut captures = Vec::new();
    let limits = args.fetching.limits();
    for (place, locator) in locators.iter().enumerate() {
        let mut tell = |step| lines.tell(place, &step);
        captures.push(capture::one(locator, &limits, env.now, &mut std::io::empty(), &mut tell)?);
    }
    let mut pages: Vec<(&Locator, &mut Capture)> = locators.iter().zip(&mut captures).collect();
    args.fetching.sheets(&mut pages, &mut lines, env);
    Ok(captures)
}

/// What was captured, a line a page, in the form other commands take it.
fn list(captures: &[Capture], file: &Path) -> String {
    let mut text = String::new();
    for exchange in captures.iter().filter_map(|capture| capture.exchange.as_ref()) {
        let named = format!("{}#{}", file.display(), exchange.url);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{} {}", exchange.status, output::shown(&named));
    }
    text
}
