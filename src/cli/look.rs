//! How output for people looks: the options every command with such output shares.

use clap::{Args, ValueEnum};
use vidimus::report::terminal;

use super::env::Env;

/// When to use colour.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Also into files and pipes.
    Always,
    /// Nowhere.
    Never,
}

/// What was typed about colour and width.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Appearance")]
pub struct Look {
    /// When to use colour; nothing is said by colour alone
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    /// Columns to write for, instead of the terminal's own
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..=400))]
    width: Option<u16>,
}

impl Look {
    /// Whether standard output gets colour.
    pub fn colour(self, env: &Env) -> bool {
        match self.color {
            Colour::Auto => env.stdout_colour,
            Colour::Always => true,
            Colour::Never => false,
        }
    }

    /// The look of what is written for people.
    pub fn of(self, env: &Env) -> terminal::Look {
        terminal::Look { columns: self.columns(env), colour: self.colour(env) }
    }

    /// How many columns to write for.
    pub fn columns(self, env: &Env) -> usize {
        self.width.map_or(env.columns, usize::from)
    }
}
