//! What was typed.

use clap::Parser;

use super::{commands::Command, fault::Fault};

/// What did the republisher change, and can I prove it?
#[derive(Parser, Debug)]
#[command(name = "vidimus", version, propagate_version = true, max_term_width = 100)]
struct Typed {
    #[command(subcommand)]
    command: Command,
}

/// Parses the process's arguments; help, version and usage errors end the process the way clap does (usage: status 2).
#[expect(clippy::unnecessary_wraps, reason = "parsing settings files will be able to fail")]
pub fn parse() -> Result<Command, Fault> {
    Ok(Typed::parse().command)
}
