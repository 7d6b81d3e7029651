//! One file a command: its arguments, its help text and its `run`.

mod audit;
mod baseline;
mod capture;
mod check;
mod collate;
mod export;
mod history;
mod init;
mod key;
mod manual;
mod quotes;
mod report;
mod snapshots;
mod timestamp;
mod verify;

use clap::Subcommand;

use super::{env::Env, exit::Exit, fault::Fault};

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    Check(check::Args),
    Audit(audit::Args),
    Init(init::Args),
    Baseline(baseline::Args),
    Report(report::Args),
    Collate(collate::Args),
    Quotes(quotes::Args),
    Capture(capture::Args),
    Snapshots(snapshots::Args),
    History(history::Args),
    Verify(verify::Args),
    Timestamp(timestamp::Args),
    Key(key::Args),
    Export(export::Args),
    Manual(manual::Args),
}

impl Command {
    /// Runs the command.
    pub fn run(self, env: &Env) -> Result<Exit, Fault> {
        match self {
            Self::Check(args) => check::run(args, env),
            Self::Audit(args) => audit::run(args, env),
            Self::Init(args) => init::run(args, env),
            Self::Baseline(args) => baseline::run(args, env),
            Self::Report(args) => report::run(args, env),
            Self::History(args) => history::run(args, env),
            Self::Collate(args) => collate::run(args, env),
            Self::Quotes(args) => quotes::run(args, env),
            Self::Capture(args) => capture::run(args, env),
            Self::Snapshots(args) => snapshots::run(args, env),
            Self::Verify(args) => verify::run(args, env),
            Self::Timestamp(args) => timestamp::run(args, env),
            Self::Key(args) => key::run(args, env),
            Self::Export(args) => export::run(args, env),
            Self::Manual(args) => manual::run(args),
        }
    }
}
