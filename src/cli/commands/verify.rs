//! `vidimus verify`.

use crate::cli::{env::Env, exit::Exit, fault::Fault};

/// Verify a sealed evidence folder.
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Runs the command.
pub fn run(_args: Args, _env: &Env) -> Result<Exit, Fault> {
    Err(Fault::new("not built yet"))
}
