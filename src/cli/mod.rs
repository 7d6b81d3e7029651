//! The command line: what was typed, what it means, and what is said back.
//!
//! The library cannot name this module. `args` holds what was typed, each file under `commands` one command with its
//! arguments, its help and its `run`; `env` is the only place that reads environment and clock, `output` the only one that
//! writes to the terminal, `progress` draws while pages are fetched, `new_file` makes files, `key_file` opens keys, `broken_off` tidies up after a signal, `browser` runs a Chromium, `devtools` talks to one and `render` asks it what pages show, `look` holds the options about colour and width, `fetching` those about
//! sizes and times, `keeping` those about snapshots, `gathering` reads sources by both, `fail_on` from which severity on something
//! counts, `planned` opens the plans of audits, `outputs` writes their files, `sealing` seals them, `changed` asks git, `fault`
//! counts, `planned` opens the plans of audits, `outputs` writes their files, `forms` says in which formats, `changed` asks git, `fault`
//! turns errors into one line and hints, `exit` into a status.

mod archive;
mod args;
mod broken_off;
mod browser;
mod changed;
mod commands;
mod devtools;
mod env;
mod exit;
mod fail_on;
mod fault;
mod fetching;
mod filing;
mod folder;
mod forms;
mod gathering;
mod keeping;
mod key_file;
mod look;
mod new_file;
mod output;
mod outputs;
mod planned;
mod progress;
mod render;
mod sealing;
mod seek;

use std::process::ExitCode;

/// Parses the arguments, runs the command, says what went wrong.
pub fn main() -> ExitCode {
    let (env, time) = env::Env::of_process();
    match args::parse().and_then(|command| time.and_then(|()| command.run(&env))) {
        Ok(exit) => exit.into(),
        Err(fault) => {
            output::fault(&env, &fault);
            exit::Exit::Trouble.into()
        }
    }
}
