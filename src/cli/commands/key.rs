//! `vidimus key`.

use crate::cli::{env::Env, exit::Exit, fault::Fault};

/// Make a signing key or print what verifiers need of one.
#[derive(clap::Args, Debug)]
pub struct Args {}

/// Runs the command.
pub fn run(_args: Args, _env: &Env) -> Result<Exit, Fault> {
    Err(Fault::new("not built yet"))
}
