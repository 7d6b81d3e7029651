//! `vidimus init`: a plan for `vidimus audit` to begin with.

use std::path::PathBuf;

use clap::ValueHint;
use vidimus::audit::plan;

use crate::cli::{env::Env, exit::Exit, fault::Fault, new_file, output};

/// Write a plan for an audit to begin with, explained in comments
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Exit status:
  0  the plan is written
  2  trouble: there is a file of that name already, or it cannot be written

Examples:
  vidimus init
  vidimus init nightly.toml")]
pub struct Args {
    /// The new file
    #[arg(default_value = "vidimus.toml", value_hint = ValueHint::FilePath)]
    plan: PathBuf,
}

/// Runs the command.
pub fn run(args: Args, env: &Env) -> Result<Exit, Fault> {
    new_file::create(&args.plan, plan::TEMPLATE.as_bytes(), new_file::For::Everybody)?;
    let path = args.plan.display();
    output::note(env, format_args!("{path}: name what is to be checked in it, then: vidimus audit {path}"));
    Ok(Exit::Fine)
}
