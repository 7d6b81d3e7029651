//! `vidimus report`: what was found before, written again in another form.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::ValueHint;
use vidimus::{
    audit,
    digest::Digest,
    report::{
        Report,
        audit::{Format, Out, Terminal},
        json, terminal,
        wire::audit::{Entry, Head, PlanRef, VERSION},
    },
};

use crate::cli::{
    env::Env,
    exit::Exit,
    fault::{Fault, reason},
    forms::{self, Form, Source, Told},
    look::Look,
    output,
};

/// Bytes of the largest report that is read.
const LARGEST: u64 = 1 << 28;

/// Write a report again in another form, without checking again
///
/// FILE is the report.json of a check, or the audit.jsonl of an audit. Without --format it is printed for the terminal; one format
/// that is one file is printed too unless --output names a folder. The exit status says nothing of what was found.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  done
  2  trouble: no report, or a file that cannot be written

Examples:
  vidimus report report/audit.jsonl
  vidimus report report/audit.jsonl --format sarif,html --output public
  vidimus report evidence/report.json --format junit > junit.xml")]
pub struct Args {
    /// The report or the record of an audit
    #[arg(value_hint = ValueHint::FilePath)]
    file: PathBuf,
    /// In which forms, separated by commas
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMATS")]
    format: Vec<Form>,
    /// The folder for the files; it is made if it is not there
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    output: Option<PathBuf>,
    #[command(flatten)]
    look: Look,
}

/// Runs the command.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    if args.output.is_none() && (args.format.len() > 1 || args.format.contains(&Form::Html)) {
        let hint = "--output names the folder for them".to_owned();
        return Err(Fault::new("several files cannot be printed").hint(Some(hint)));
    }
    let report = report(&args.file)?;
    if let (Some((report, _)), true) = (&report, args.format.is_empty()) {
        output::print(&terminal::render(report, args.look.of(env)))?;
        return Ok(Exit::Fine);
    }
    let source = match &report {
        Some((report, digest)) => {
            Source::One(Box::new((head(&args.file, report, *digest), audit::alone(report, *digest))))
        }
        None => Source::Record(&args.file),
    };
    if let (Some(folder), false) = (&args.output, args.format.is_empty()) {
        fs::create_dir_all(folder).map_err(|error| fault(folder, &error))?;
        forms::write(&source, &args.format, folder)?;
        return Ok(Exit::Fine);
    }
    let format: Box<dyn Format> = match args.format.first() {
        Some(form) => form.output(&source.counted(&args.format)?),
        None => Box::new(Terminal::new(args.look.of(env))),
    };
    let mut printed = Printed { format, out: Out::default() };
    let summary = source.walk(&mut printed)?;
    printed.format.finish(&summary, &mut printed.out);
    output::print(&printed.out.text)?;
    Ok(Exit::Fine)
}

fn fault(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new(format_args!("{}: {}", path.display(), reason(error)))
}

/// The report at `path` with the digest of its bytes; none if it is the record of an audit.
fn report(path: &Path) -> Result<Option<(Report, Digest)>, Fault> {
    let size = fs::metadata(path).map_err(|error| fault(path, &error))?.len();
    if starts_a_record(path)? {
        return Ok(None);
    }
    if size > LARGEST {
        return Err(Fault::new(format_args!("{}: too large for a report: {size} bytes", path.display())));
    }
    let bytes = fs::read(path).map_err(|error| fault(path, &error))?;
    let report = json::read(&bytes).map_err(|cause| {
        let hint = "report.json of an evidence folder is one, and audit.jsonl of an audit".to_owned();
        Fault::new(format_args!("{}: {cause}", path.display())).hint(Some(hint))
    })?;
    Ok(Some((report, Digest::of(&bytes))))
}

/// Whether the first bytes are those of an audit's first line.
fn starts_a_record(path: &Path) -> Result<bool, Fault> {
    use std::io::Read as _;
    let file = fs::File::open(path).map_err(|error| fault(path, &error))?;
    let mut first = Vec::new();
    file.take(32).read_to_end(&mut first).map_err(|error| fault(path, &error))?;
    Ok(first.starts_with(b"{\"line\":\"head\""))
}

/// A single report as an audit of one pair.
fn head(path: &Path, report: &Report, digest: Digest) -> Head {
    let plan = PlanRef { path: path.display().to_string(), sha256: digest.to_string(), pairs: 1 };
    Head {
        audit: VERSION,
        tool: report.tool.clone(),
        started_at: report.generated_at,
        plan,
        robots: None,
        options: String::new(),
    }
}

/// A format that is printed.
struct Printed {
    format: Box<dyn Format>,
    out: Out,
}

impl Told for Printed {
    fn head(&mut self, head: &Head) -> std::io::Result<()> {
        self.format.begin(head, &mut self.out);
        Ok(())
    }

    fn entry(&mut self, entry: &Entry) -> std::io::Result<()> {
        self.format.entry(entry, &mut self.out);
        Ok(())
    }
}
