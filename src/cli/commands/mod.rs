//! One file a command: its arguments, its help text and its `run`.

mod check;
mod collate;
mod export;
mod key;
mod quotes;
mod timestamp;
mod verify;

use clap::Subcommand;

use super::{env::Env, exit::Exit, fault::Fault};

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    Check(check::Args),
    Collate(collate::Args),
    Quotes(quotes::Args),
    Verify(verify::Args),
    Timestamp(timestamp::Args),
    Key(key::Args),
    Export(export::Args),
}

impl Command {
    /// Runs the command.
    pub fn run(self, env: &Env) -> Result<Exit, Fault> {
        match self {
            Self::Check(args) => check::run(args, env),
            Self::Collate(args) => collate::run(args, env),
            Self::Quotes(args) => quotes::run(args, env),
            Self::Verify(args) => verify::run(args, env),
            Self::Timestamp(args) => timestamp::run(args, env),
            Self::Key(args) => key::run(args, env),
            Self::Export(args) => export::run(args, env),
        }
    }
}
