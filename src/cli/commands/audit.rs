//! `vidimus audit`: a plan in; every pair of it checked, a summary out, and a folder with outputs for programs.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs,
    io::{self, BufRead as _, Read as _},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    thread,
};

use clap::ValueHint;
use vidimus::{
    audit::{self, Cache, Done, Journal, Pair, Run, Web, Work, baseline::Baseline},
    capture::{Limits, Locator, Obedience, net::Access, reason},
    digest::Digest,
    report::{
        audit::{Format as _, Lines, Out, Terminal, read},
        wire::audit::{Found, Head, Level, Line, Outcome, PlanRef, Summary, VERSION},
    },
};

use super::timestamp;
use crate::cli::{
    broken_off, changed,
    env::Env,
    exit::Exit,
    fault::Fault,
    fetching::Fetching,
    folder::Folder,
    forms::{self, Form},
    keeping::Keeping,
    key_file::KeyOptions,
    look::Look,
    output,
    outputs::Output,
    planned::Planned,
    progress::Bar,
    sealing::{self, Sealing, Stamp},
};

/// The record of an audit in its folder.
pub const RECORD: &str = "audit.jsonl";
/// The journal, while an audit runs and after it was killed.
const JOURNAL: &str = ".journal";
/// The longest head of a record, in bytes.
const HEAD: u64 = 1 << 20;

/// Check every pair of a plan: a mirror, an archive, a list
///
/// PLAN is a TOML file that names pairs, mirrors and what passes; `vidimus init` writes one to begin with. The outputs go into a folder:
/// audit.jsonl has everything, a line a pair. A pair that was checked before and has not changed costs a hash.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  everything that was planned was checked, and the plan lets all of it pass
  1  something does not pass, or could not be checked
  2  trouble: a mistake in the plan, nothing to check, nothing that could be checked
  130, 143  as shells have it where Ctrl-C or SIGTERM ended it: a part is written, and --resume goes on

Examples:
  vidimus init
  vidimus audit
  vidimus audit nightly.toml --output public/audit
  vidimus audit --format sarif,junit,html
  vidimus audit --resume
  vidimus audit --since origin/main")]
pub struct Args {
    /// The plan
    #[arg(default_value = "vidimus.toml", value_hint = ValueHint::FilePath)]
    plan: PathBuf,
    /// The folder for the outputs; it is made if it is not there
    #[arg(long, value_name = "DIR", default_value = "report", value_hint = ValueHint::DirPath)]
    output: PathBuf,
    /// Further formats, separated by commas, each a file in that folder
    #[arg(long, value_enum, value_delimiter = ',', value_name = "FORMATS")]
    format: Vec<Form>,
    /// Go on where a run of the same plan was killed or broken off
    #[arg(long)]
    resume: bool,
    /// Check only pairs of which a file differs from this revision of the git repository
    #[arg(long, value_name = "REVISION")]
    since: Option<String>,
    /// With --since: end with 0 where no pair has a changed file, although nothing was checked then
    #[arg(long, requires = "since")]
    allow_unchanged: bool,
    /// Name in summaries only pairs that are not as they were in a run before; the others are marked, and count all the same
    #[arg(long)]
    changed_only: bool,
    /// How many pairs to judge at once; as many as there are processors without it
    #[arg(long, value_name = "NUMBER", value_parser = jobs)]
    jobs: Option<NonZeroUsize>,
    /// The folder for results of runs before; .vidimus/audit beside the plan without it
    #[arg(long, value_name = "DIR", conflicts_with = "no_cache", value_hint = ValueHint::DirPath)]
    cache: Option<PathBuf>,
    /// Judge everything anew, and keep nothing for the next run
    #[arg(long)]
    no_cache: bool,
    /// Seal the audit with this key, whatever the plan says: a key file, env://NAME or exec:COMMAND
    #[arg(long, value_name = "KEY", help_heading = "Seal")]
    key: Option<OsString>,
    #[command(flatten)]
    key_options: KeyOptions,
    /// Have this authority (RFC 3161) say when the audit was sealed; it learns a hash and nothing else
    #[arg(long, value_name = "URL", conflicts_with = "offline", help_heading = "Seal")]
    timestamp: Option<String>,
    /// Name the audit before this one in the seal: its sealed folder
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Seal")]
    previous: Option<PathBuf>,
    /// Fetch pages although a site's robots.txt asks programs not to; the record says so
    #[arg(long, help_heading = "Fetching")]
    ignore_robots: bool,
    #[command(flatten)]
    fetching: Fetching,
    #[command(flatten)]
    keeping: Keeping,
    #[command(flatten)]
    look: Look,
}

impl Args {
    fn robots(&self) -> Obedience {
        if self.ignore_robots { Obedience::Ignored } else { Obedience::Obeyed }
    }
}

/// Runs the command.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    let planned = Planned::open(&args.plan)?;
    let baseline = planned.baseline()?;
    let pairs = planned.pairs()?;
    let (limits, sheets) = (args.fetching.limits(), args.fetching.wants_sheets());
    let head = head(&args, &planned, &pairs, env);
    let selected = match &args.since {
        // What was found with other options, or by another version, says nothing of what this run would find.
        Some(_) if is_otherwise(&args.output.join(RECORD), &head) => None,
        Some(since) => Some(changed::since(since, &planned, &pairs, &limits, sheets)?),
        None => None,
    };
    let sealing = sealing(&args, &planned, &limits, env)?;
    let shelf = args.keeping.shelf_beside(&planned.folder)?;
    let cache = cache(&args, &planned)?;
    let folder = Folder::take(&args.output)?;
    let (store, access) = (shelf.store().filter(|_| shelf.is_offline()), Access::default());
    let (head, mut journal) = journal(&args, head, pairs.len())?;
    let work = Work {
        pairs: &pairs,
        rules: &planned.plan.rules,
        limits: &limits,
        sheets,
        web: Web { offline: store.as_ref(), keep: shelf.root(), robots: args.robots(), access: &access },
        now: head.started_at,
        cache: cache.as_ref(),
        reports: sealing.is_some(),
        judges: args.jobs.unwrap_or_else(|| thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)),
        stop: broken_off::asked(),
    };
    check(&work, &mut journal, selected.as_deref(), &args.output, env)?;
    let Ordered { summary, shown, reason, leaves, made } =
        in_order(&args, &work, &mut journal, &head, &baseline, sealing.as_ref(), env)?;
    let broken_off = work.stop.load(std::sync::atomic::Ordering::Relaxed) && summary.partial;
    if let Some(sealing) = sealing.filter(|_| !broken_off && summary.checked > 0) {
        sealing.seal(&args.output, &head, &summary, &pairs, leaves)?;
    }
    if !broken_off {
        journal.remove().map_err(|error| at(&args.output, &error))?;
    }
    let is_idle = args.allow_unchanged && selected.is_some_and(|selected| selected.is_empty());
    folder.leave(&made).map_err(|error| at(&args.output, &error))?;
    if summary.checked == 0 && !broken_off && !is_idle {
        return Err(nothing(&args, reason));
    }
    output::print(&shown)?;
    if broken_off {
        output::note(env, "the run was broken off; --resume goes on with it");
    }
    broken_off::end_as_asked();
    Ok(exit(&summary))
}

fn jobs(typed: &str) -> Result<NonZeroUsize, String> {
    typed.parse().map_err(|_| "must be a whole number from 1".to_owned())
}

/// How the audit is sealed, where it is.
fn sealing(args: &Args, planned: &Planned, limits: &Limits, env: &Env) -> Result<Option<Sealing>, Fault> {
    let sealing = Sealing::of(planned, args.key.as_deref(), &args.key_options, env)?;
    let wanted = [("--timestamp", args.timestamp.is_some()), ("--previous", args.previous.is_some())];
    match (sealing, wanted.iter().find(|(_, is_wanted)| *is_wanted)) {
        (None, Some((option, _))) => {
            let hint = "--key names the key, as does [seal] in the plan".to_owned();
            Err(Fault::new(format_args!("{option}: the audit is not sealed")).hint(Some(hint)))
        }
        (None, None) => Ok(None),
        (Some(sealing), _) => {
            let limits = limits.clone();
            let stamp = args
                .timestamp
                .clone()
                .map(|url| -> Stamp { Box::new(move |signature| timestamp::ask(&url, signature, &limits)) });
            sealing.with(args.previous.as_deref(), stamp).map(Some)
        }
    }
}

/// What comes of putting everything in the plan's order.
struct Ordered {
    summary: Summary,
    /// The summary for the terminal.
    shown: String,
    /// Why the first pair that was not checked was not.
    reason: Option<String>,
    /// The leaves of a seal, where there is to be one.
    leaves: Vec<Vec<u8>>,
    /// The names of all files that were written.
    made: BTreeSet<String>,
}

/// Writes the outputs.
fn in_order(
    args: &Args,
    work: &Work<'_>,
    journal: &mut Journal,
    head: &Head,
    baseline: &Baseline,
    sealing: Option<&Sealing>,
    env: &Env,
) -> Result<Ordered, Fault> {
    let fault = |error: io::Error| at(&args.output, &error);
    let mut outputs = vec![Output::begin(&args.output, RECORD, Box::<Lines>::default(), head).map_err(fault)?];
    let (mut terminal, mut shown) = (Terminal::new(args.look.of(env)), Out::default());
    terminal.begin(head, &mut shown);
    let (mut reason, mut leaves, mut made) = (None, Vec::new(), BTreeSet::new());
    let summary = audit::in_order(work, journal, baseline, &mut |entry, fresh| {
        if let Outcome::Unchecked(unchecked) = &entry.outcome {
            reason.get_or_insert_with(|| unchecked.reason.clone());
        }
        if let Some(sealing) = sealing {
            leaves.push(sealing.leaf(entry).map_err(io::Error::other)?);
            made.extend(sealing::names(entry));
        }
        entry.unchanged = args.changed_only && !fresh && matches!(entry.outcome, Outcome::Checked(_));
        terminal.entry(entry, &mut shown);
        outputs.iter_mut().try_for_each(|output| output.entry(entry))
    });
    let summary = summary.map_err(fault)?;
    for output in outputs {
        made.extend(output.finish(&summary).map_err(fault)?);
    }
    made.extend(forms::write(&forms::Source::Record(&args.output.join(RECORD)), &args.format, &args.output)?);
    terminal.finish(&summary, &mut shown);
    Ok(Ordered { summary, shown: shown.text, reason, leaves, made })
}

/// 1 where something does not pass, and where only a part was checked that was not asked to be a part.
fn exit(summary: &Summary) -> Exit {
    let denied = summary.count(Level::Deny) > 0;
    if denied { Exit::Found } else { Exit::Fine }
}

/// An audit that checked nothing is never a good one.
fn nothing(args: &Args, reason: Option<String>) -> Fault {
    let fault = Fault::new(format_args!("{}: nothing could be checked", args.plan.display()));
    let record = format!("{} says why of each pair", args.output.join(RECORD).display());
    fault.hint(reason).hint(Some(record))
}

fn at(folder: &Path, error: &io::Error) -> Fault {
    Fault::new(format_args!("{}: {}", folder.display(), reason(error)))
}

fn cache(args: &Args, planned: &Planned) -> Result<Option<Cache>, Fault> {
    if args.no_cache {
        return Ok(None);
    }
    let folder = args.cache.clone().unwrap_or_else(|| planned.folder.join(".vidimus/audit"));
    Cache::open(&folder).map(Some).map_err(|error| {
        let hint = "--cache names another folder, --no-cache does without".to_owned();
        at(&folder, &error).hint(Some(hint))
    })
}

fn head(args: &Args, planned: &Planned, pairs: &[Pair], env: &Env) -> Head {
    let plan = PlanRef {
        path: planned.path.display().to_string(),
        sha256: planned.digest.to_string(),
        pairs: pairs.len() as u64,
    };
    let asks =
        |pair: &Pair| [&pair.original, &pair.copy].into_iter().any(|side| matches!(side.locator, Locator::Url(_)));
    let robots = Some(args.robots()).filter(|_| !args.keeping.is_offline() && pairs.iter().any(asks));
    let options = (args.fetching.limits(), args.fetching.wants_sheets(), args.keeping.is_offline(), args.robots());
    let options = Digest::of(format!("{options:?}").as_bytes()).to_string();
    Head { audit: VERSION, tool: vidimus::pipeline::tool(), started_at: env.now, plan, robots, options }
}

/// Whether the record of the run before is of another version or other options; not so where there is none.
fn is_otherwise(record: &Path, head: &Head) -> bool {
    let Ok(file) = fs::File::open(record) else { return false };
    let mut line = String::new();
    let told = io::BufReader::new(file).take(HEAD).read_line(&mut line);
    match told.ok().and_then(|_| read(&line).ok()) {
        Some(Line::Head(before)) => before.tool != head.tool || before.options != head.options,
        // What is no record of ours says nothing of anything.
        Some(Line::Entry(_) | Line::Summary(_)) | None => true,
    }
}

/// The journal of this run, and its head: that of a run before where it is taken up.
fn journal(args: &Args, head: Head, pairs: usize) -> Result<(Head, Journal), Fault> {
    let path = args.output.join(JOURNAL);
    let fault = |error: io::Error| at(&path, &error);
    let run = Run { head };
    if !args.resume {
        let journal = Journal::begin(&path, &run, pairs).map_err(fault)?;
        return Ok((run.head, journal));
    }
    let taken = Journal::take_up(&path, &run, pairs).map_err(fault)?;
    taken.map(|(begun, journal)| (begun.head, journal)).ok_or_else(|| {
        let what = format_args!("{}: there is no run of this plan to go on with", args.output.display());
        let hint = "the plan, the options and the version must be those of the run that was broken off".to_owned();
        Fault::new(what).hint(Some(hint))
    })
}

/// Checks what is to be checked, and writes down what comes of it.
fn check(
    work: &Work<'_>,
    journal: &mut Journal,
    selected: Option<&[usize]>,
    folder: &Path,
    env: &Env,
) -> Result<(), Fault> {
    let all: Vec<usize> = (0..work.pairs.len()).collect();
    let mut bar = Bar::new(env, all.len() as u64);
    let fault = |error: io::Error| Fault::new(format_args!("the journal: {}", reason(&error)));
    let selected = selected.unwrap_or(&all);
    let is_selected = |index: &usize| selected.binary_search(index).is_ok();
    for index in all.iter().filter(|index| !is_selected(index)) {
        if let Some(entry) = audit::not_selected(work, *index) {
            journal.add(*index, &entry, false).map_err(fault)?;
            bar.step(0);
        }
    }
    let mut places = Vec::new();
    for index in selected {
        match audit::is_settled(work, journal, *index).map_err(fault)? {
            true => bar.step(0),
            false => places.push(*index),
        }
    }
    let mut not_kept = None;
    work.run(&places, &mut |done: Done| {
        let counting = done.entry.findings.iter().filter(|found| Found::counts(found) > Level::Allow).count();
        bar.step(counting as u64);
        not_kept = not_kept.take().or(done.not_kept);
        if let Some(report) = &done.report {
            sealing::put(folder, done.index, &done.entry.id, sealing::REPORT, report.as_bytes())?;
        }
        let fresh = done.fresh || journal.is_fresh(done.index);
        journal.add(done.index, &done.line, fresh)
    })
    .map_err(fault)?;
    drop(bar);
    if let Some(why) = not_kept {
        output::note(env, format_args!("results could not all be kept for the next run: {why}"));
    }
    Ok(())
}
