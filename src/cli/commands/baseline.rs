//! `vidimus baseline`: what an audit found and somebody accepts, as a file for people to read.

use std::{
    io,
    path::{Path, PathBuf},
};

use clap::{Subcommand, ValueHint};
use vidimus::{
    Moment,
    audit::{
        self,
        baseline::{Acceptance, Baseline},
    },
    report::{
        audit::Rule,
        escape::visible,
        wire::audit::{Entry, Found, Head, Level},
    },
    text::shorten,
};

use super::audit::RECORD;
use crate::cli::{
    env::Env,
    exit::Exit,
    fault::Fault,
    forms::{Source, Told},
    output,
    planned::Planned,
};

/// Characters of a sentence that are shown.
const SHOWN: usize = 120;

/// Accept what an audit found, with a reason
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Update(Update),
}

/// Take over what the last audit found, shown first
///
/// Shows what the last audit would change in the baseline. What counts and is not accepted comes in, what is resolved goes out, what is expired is accepted anew. Nothing is written without
/// --write.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  there is nothing to change, or it is written
  1  there is something to change, and it is not written
  2  trouble: no record of an audit of this plan, a mistake in plan or baseline

Examples:
  vidimus baseline update
  vidimus baseline update --reason 'house style' --author desk --write
  vidimus baseline update --reason 'until the redesign' --author desk --expires 2026-12-31 --write")]
struct Update {
    /// The plan
    #[arg(default_value = "vidimus.toml", value_hint = ValueHint::FilePath)]
    plan: PathBuf,
    /// The folder with the outputs of the audit
    #[arg(long, value_name = "DIR", default_value = "report", value_hint = ValueHint::DirPath)]
    output: PathBuf,
    /// Why it is accepted
    #[arg(long, value_name = "TEXT", value_parser = said)]
    reason: Option<String>,
    /// Who accepts it
    #[arg(long, value_name = "NAME", value_parser = said)]
    author: Option<String>,
    /// The last day it is accepted, such as 2026-12-31
    #[arg(long, value_name = "DAY", value_parser = day)]
    expires: Option<String>,
    /// Write the baseline
    #[arg(long)]
    write: bool,
}

/// Runs the command.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    let Command::Update(args) = args.command;
    update(&args, env)
}

fn update(args: &Update, env: &Env) -> Result<Exit, Fault> {
    if let Some(expires) = args.expires.as_ref().filter(|day| audit::baseline::is_over(day, env.now)) {
        return Err(Fault::new(format_args!("--expires {expires}: that day is over, so nothing would be accepted")));
    }
    let planned = Planned::open(&args.plan)?;
    let Some(named) = &planned.plan.baseline else {
        let hint = "write baseline = \"vidimus-baseline.toml\" below its version".to_owned();
        return Err(Fault::new(format_args!("{}: the plan names no baseline", args.plan.display())).hint(Some(hint)));
    };
    let path = planned.folder.join(&named.value);
    let mut baseline = if path.exists() { planned.baseline()? } else { Baseline::default() };
    let record = args.output.join(RECORD);
    if args.write && !path.exists() && !record.exists() {
        // A plan that names a baseline needs one before its first audit.
        output::deliver(Some(&path), &audit::baseline::write(&baseline))?;
        output::print("0 accepted, 0 resolved.\n")?;
        return Ok(Exit::Fine);
    }
    let changes = changes(&record, &planned, &baseline, env.now)?;
    let mut text = String::new();
    for (sign, one) in changes.come.iter().map(|one| ('+', one)).chain(changes.gone.iter().map(|one| ('-', one))) {
        let message = visible(&shorten::to(&one.message, SHOWN));
        text.push_str(&format!("{sign} {}: {}: {message}\n", visible(&one.copy), visible(&one.rule)));
    }
    text.push_str(&format!("{} accepted, {} resolved.\n", changes.come.len(), changes.gone.len()));
    if changes.come.is_empty() && changes.gone.is_empty() {
        output::print(&text)?;
        return Ok(Exit::Fine);
    }
    if !args.write {
        output::print(&text)?;
        output::note(env, format_args!("{}: nothing is written without --write", path.display()));
        return Ok(Exit::Found);
    }
    let (reason, author) = match (&args.reason, &args.author) {
        (Some(reason), Some(author)) => (reason.clone(), author.clone()),
        (_, _) if changes.come.is_empty() => (String::new(), String::new()),
        (_, _) => return Err(Fault::new("what is accepted needs a --reason and an --author")),
    };
    for one in changes.gone {
        baseline.accepted.remove(&one.fingerprint);
    }
    for one in changes.come {
        let expires = args.expires.clone();
        let one = Acceptance { reason: reason.clone(), author: author.clone(), expires, ..one };
        baseline.accepted.insert(one.fingerprint.clone(), one);
    }
    output::deliver(Some(&path), &audit::baseline::write(&baseline))?;
    output::print(&text)?;
    Ok(Exit::Fine)
}

/// What an audit would change in a baseline.
#[derive(Default)]
struct Changes {
    come: Vec<Acceptance>,
    gone: Vec<Acceptance>,
}

/// A record that is gone through for what it would change.
struct Looking<'a> {
    planned: &'a Planned,
    baseline: &'a Baseline,
    watch: audit::baseline::Watch<'a>,
    now: Moment,
    come: Vec<Acceptance>,
}

impl Told for Looking<'_> {
    fn head(&mut self, head: &Head) -> io::Result<()> {
        same_plan(head, self.planned).map_err(io::Error::other)
    }

    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let mut entry = entry.clone();
        // The baseline of today, not that of the day of the audit.
        entry.findings.iter_mut().for_each(|found| found.accepted = None);
        self.baseline.mark(&mut entry, self.now);
        self.watch.see(&entry);
        come(&entry, &mut self.come);
        Ok(())
    }
}

fn changes(record: &Path, planned: &Planned, baseline: &Baseline, now: Moment) -> Result<Changes, Fault> {
    if !record.exists() {
        let hint = format!("vidimus audit {} makes one", planned.path.display());
        return Err(Fault::new(format_args!("{}: no such file", record.display())).hint(Some(hint)));
    }
    let watch = audit::baseline::Watch::over(baseline);
    let mut looking = Looking { planned, baseline, watch, now, come: Vec::new() };
    Source::Record(record).walk(&mut looking)?;
    let gone = looking.watch.resolved().cloned().collect();
    Ok(Changes { come: looking.come, gone })
}

fn same_plan(head: &Head, planned: &Planned) -> Result<(), String> {
    if head.plan.sha256 == planned.digest.to_string() {
        return Ok(());
    }
    Err(format!("it is of another plan than {} is now: run vidimus audit again", planned.path.display()))
}

/// What of an entry counts and is not accepted.
fn come(entry: &Entry, come: &mut Vec<Acceptance>) {
    let seen = |found: &&Found| found.counts() > Level::Allow && found.rule != Rule::Unchecked.slug();
    for found in entry.findings.iter().filter(seen) {
        come.push(Acceptance {
            fingerprint: found.fingerprint.clone(),
            pair: entry.id.clone(),
            rule: found.rule.clone(),
            copy: entry.copy.locator.clone(),
            message: found.message.clone(),
            reason: String::new(),
            author: String::new(),
            expires: None,
        });
    }
}

fn said(typed: &str) -> Result<String, String> {
    let fine = !typed.trim().is_empty() && typed.chars().count() <= 400;
    if fine { Ok(typed.to_owned()) } else { Err("must say something, in 400 characters at most".to_owned()) }
}

fn day(typed: &str) -> Result<String, String> {
    let dashes = typed.len() == 10 && typed.char_indices().all(|(at, c)| (c == '-') == (at == 4 || at == 7));
    let is_day = dashes && Moment::parse_digits(&typed.replace('-', "")).is_some();
    if is_day { Ok(typed.to_owned()) } else { Err("not a day such as 2026-12-31".to_owned()) }
}
