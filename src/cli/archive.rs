//! Which archive is asked, and for which day: the options of every command that can ask one.

use clap::Args;
use vidimus::{
    Moment,
    capture::{Address, WAYBACK},
};

/// What was typed about archives.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Archives")]
pub struct Archive {
    /// The archive to ask: what its addresses have before the date
    #[arg(long, value_name = "URL", default_value = WAYBACK, value_parser = address)]
    pub archive: String,
}

fn address(typed: &str) -> Result<String, String> {
    Address::parse(typed).map(|_| typed.to_owned()).map_err(|cause| cause.to_string())
}

/// Reads a day, which means its noon, or a moment.
pub fn moment(typed: &str) -> Result<Moment, String> {
    let day = |text: &str| Moment::parse(&format!("{text}T12:00:00Z")).filter(|_| text.len() == 10);
    let noon = |digits: &str| Moment::parse_digits(&format!("{digits}12")).filter(|_| digits.len() == 8);
    let digits = |text: &str| Moment::parse_digits(text).filter(|_| text.len() == 14);
    day(typed)
        .or_else(|| Moment::parse(typed))
        .or_else(|| noon(typed))
        .or_else(|| digits(typed))
        .ok_or_else(|| "a day as in 2017-11-16, or a moment as in 2017-11-16T09:00:00Z".to_owned())
}
