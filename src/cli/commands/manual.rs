//! `vidimus manual`: pages for `man`, and what shells complete commands by.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, ValueHint};
use clap_complete::Shell;

use crate::cli::{
    args,
    exit::Exit,
    fault::{Fault, reason},
    new_file::{self, For},
    output,
};

/// Print completions for a shell, or write pages for man
///
/// The pages are one for vidimus and one for each command, named as man looks for them.
#[derive(clap::Args, Debug)]
#[command(group = ArgGroup::new("what").required(true), after_long_help = "\
Exit status:
  0  done
  2  trouble: a folder that cannot be written, a page that exists

Examples:
  vidimus manual --completions bash > ~/.local/share/bash-completion/completions/vidimus
  vidimus manual --man ~/.local/share/man/man1")]
pub struct Args {
    /// Print what this shell completes commands by
    #[arg(long, value_enum, value_name = "SHELL", group = "what")]
    completions: Option<Shell>,
    /// Write the pages into this folder; it is made if it is not there
    #[arg(long, value_name = "DIR", group = "what", value_hint = ValueHint::DirPath)]
    man: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: Args) -> Result<Exit, Fault> {
    if let Some(shell) = args.completions {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut args::command(), "vidimus", &mut script);
        output::print(&String::from_utf8_lossy(&script))?;
    }
    if let Some(folder) = &args.man {
        pages(folder)?;
    }
    Ok(Exit::Fine)
}

fn pages(folder: &Path) -> Result<(), Fault> {
    let fault = |error: &std::io::Error| Fault::new(format_args!("{}: {}", folder.display(), reason(error)));
    std::fs::create_dir_all(folder).map_err(|error| fault(&error))?;
    let mut program = args::command();
    // Commands learn their full names when the whole is built.
    program.build();
    let commands = program.get_subcommands().filter(|command| command.get_name() != "help").cloned();
    for command in std::iter::once(program.clone()).chain(commands) {
        let page = clap_mangen::Man::new(command);
        let path = folder.join(page.get_filename());
        let mut text = Vec::new();
        page.render(&mut text).map_err(|error| fault(&error))?;
        new_file::create(&path, &text, For::Everybody)?;
    }
    Ok(())
}
