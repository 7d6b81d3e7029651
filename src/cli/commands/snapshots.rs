//! `vidimus snapshots`: what a store of snapshots has, in other people's formats, and whether it is whole.

use std::{
    fmt::Write as _,
    io::Write as _,
    path::{Path, PathBuf},
};

use clap::{Subcommand, ValueEnum, ValueHint};
use vidimus::{
    Capture,
    capture::{
        Limits,
        store::{Entry, Store},
    },
    report::{self, wire::snapshots::SnapshotList},
};

use crate::cli::{
    env::Env,
    exit::Exit,
    fault::Fault,
    filing::{Filing, form},
    keeping::Which,
    new_file, output,
};

/// List, show, export and verify snapshots
///
/// A snapshot is a page as it was captured: every byte that was received, and how, in the store of --store, of the project or of the
/// user. Nothing in a store is ever changed or deleted.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(subcommand)]
    command: SnapshotsCommand,
    #[command(flatten)]
    which: Which,
}

#[derive(Subcommand, Debug)]
enum SnapshotsCommand {
    /// List what there is
    ///
    /// A line a snapshot: its name, its time, the status, how many bytes, the address.
    #[command(after_long_help = "\
Exit status:
  0  every record could be read
  1  some are damaged
  2  trouble: no store")]
    List {
        /// Only those of this address
        #[arg(value_name = "URL", value_hint = ValueHint::Url)]
        address: Option<String>,
        /// What to print
        #[arg(long, value_enum, default_value_t = Format::Terminal)]
        format: Format,
    },
    /// Show one: how it was got, and what is kept of it
    Show {
        /// Its name or the beginning of it; or an address, for the last one of it
        #[arg(value_name = "SNAPSHOT")]
        wanted: String,
    },
    /// Write some as a web archive, or the bytes of one
    Export {
        /// Names or their beginnings; or addresses, for the last one of each
        #[arg(required = true, value_name = "SNAPSHOT")]
        wanted: Vec<String>,
        /// The file to write, which must not exist: FILE.warc.gz, FILE.wacz or, with --raw, any
        #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
        output: PathBuf,
        /// Write the body alone, as it was received, content encoding kept
        #[arg(long)]
        raw: bool,
    },
    /// Hold every file against its digest
    #[command(after_long_help = "\
Exit status:
  0  everything is as it was put there
  1  something is damaged or missing
  2  trouble: no store")]
    Verify,
}

#[derive(ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// For reading here
    Terminal,
    /// For programs
    Json,
}

/// Runs the command.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    let store = args.which.open()?;
    match args.command {
        SnapshotsCommand::List { address, format } => list(&store, address.as_deref(), format, env),
        SnapshotsCommand::Show { wanted } => show(&store, &wanted),
        SnapshotsCommand::Export { wanted, output, raw } => export(&store, &wanted, &output, raw, env),
        SnapshotsCommand::Verify => verify(&store, env),
    }
}

fn list(store: &Store, address: Option<&str>, format: Format, env: &Env) -> Result<Exit, Fault> {
    let (mut entries, wrong) = store.entries()?;
    if let Some(address) = address {
        let of = store.find(address)?.url;
        entries.retain(|entry| entry.url == of);
    }
    let text = match format {
        Format::Json => report::json::write(&SnapshotList::of(&entries, wrong.len() as u64)),
        Format::Terminal => {
            let mut text = String::new();
            for entry in &entries {
                let Entry { retrieved_at, status, bytes, url, .. } = entry;
                // Writing to a string cannot fail.
                let _ = writeln!(text, "{} {retrieved_at} {status} {bytes:>9} {}", entry.short(), output::shown(url));
            }
            text
        }
    };
    output::print(&text)?;
    wrong.iter().for_each(|trouble| output::note(env, trouble));
    Ok(if wrong.is_empty() { Exit::Fine } else { Exit::Found })
}

fn show(store: &Store, wanted: &str) -> Result<Exit, Fault> {
    let entry = store.find(wanted)?;
    let capture = store.capture(&entry, &unbounded())?;
    let mut text = String::new();
    let mut line = |name: &str, value: &str| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{name:<12} {}", output::shown(value));
    };
    line("snapshot", &entry.id.to_string());
    line("address", &entry.url);
    for hop in capture.exchange.iter().flat_map(|exchange| &exchange.hops) {
        line("asked", &format!("{} {} ({})", hop.status, hop.url, hop.protocol));
        hop.peer.iter().for_each(|peer| line("answered by", peer));
        hop.certificate.iter().for_each(|der| line("certificate", &vidimus::digest::Digest::of(der).to_string()));
        for (name, value) in &hop.response {
            line("", &format!("{name}: {}", String::from_utf8_lossy(value)));
        }
        hop.left_out.iter().for_each(|name| line("left out", name));
    }
    if let Some(memento) = &entry.memento {
        line("recorded", &format!("{} in {}", memento.datetime, memento.archive));
    }
    line("captured", &entry.retrieved_at.to_string());
    line("bytes", &entry.bytes.to_string());
    line("sha256", &entry.sha256);
    if let Some(rendered) = &capture.rendered {
        let facts = &rendered.facts;
        let state = if facts.unfinished { ", still loading" } else { "" };
        let state = if facts.unwritable { ", in a way that HTML cannot say" } else { state };
        line(
            "rendered",
            &format!("by {}{state}: {} bytes, sha256 {}", facts.browser, capture.body.len(), capture.digest()),
        );
        facts.refused.iter().for_each(|host| line("not asked", host));
        facts.led_to.iter().for_each(|target| line("not followed", target));
    }
    for sheet in &capture.sheets {
        line("sheet", &format!("{} {} bytes", sheet.address, sheet.body.len()));
    }
    for missed in &capture.missed_sheets {
        line("no sheet", &format!("{}: {}", missed.address, missed.why));
    }
    line("record", &entry.path.display().to_string());
    output::print(&text)?;
    Ok(Exit::Fine)
}

fn export(store: &Store, wanted: &[String], file: &Path, raw: bool, env: &Env) -> Result<Exit, Fault> {
    let archive = if raw { None } else { Some(form(file)?) };
    new_file::check(file)?;
    let entries: Vec<Entry> = wanted.iter().map(|wanted| store.find(wanted)).collect::<Result<_, _>>()?;
    match (archive, &entries[..]) {
        (Some(form), all) => {
            let mut filing = Filing::begin(form, file, env.now)?;
            for (place, entry) in all.iter().enumerate() {
                filing.take(place, Some(store.capture(entry, &unbounded())?));
            }
            filing.end()?;
        }
        (None, [one]) => {
            let one = store.capture(one, &unbounded())?;
            new_file::write(file, new_file::For::Everybody, |out| out.write_all(received(&one)))?;
        }
        (None, _) => return Err(Fault::new("--raw: the bytes of one snapshot go into one file")),
    }
    Ok(Exit::Fine)
}

/// The body as it was received.
fn received(capture: &Capture) -> &[u8] {
    let sent = capture.exchange.as_ref().and_then(|exchange| exchange.hops.last()?.payload.as_deref());
    sent.unwrap_or(capture.received())
}

fn verify(store: &Store, env: &Env) -> Result<Exit, Fault> {
    let found = store.inspect(&mut |_| ())?;
    let mut text = String::new();
    for damage in &found.damage {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "damaged: {}: {}", output::shown(&damage.place), output::shown(&damage.what));
    }
    let whole = if found.damage.is_empty() { "all whole" } else { "not all whole" };
    let _ = writeln!(text, "{} captures, {} objects of {} bytes: {whole}", found.captures, found.objects, found.bytes);
    output::print(&text)?;
    if found.aside > 0 || found.unused > 0 {
        let left = format!("{} files aside, {} objects of no record", found.aside, found.unused);
        output::note(env, format_args!("{left}: being written just now, or left by a program that was ended"));
    }
    Ok(if found.damage.is_empty() { Exit::Fine } else { Exit::Found })
}

/// What was captured once under some limit is shown under any.
fn unbounded() -> Limits {
    Limits { body_bytes: usize::MAX, ..Limits::default() }
}
