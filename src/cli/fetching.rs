//! How much is read and how long is waited for: the options every command that reads sources shares.

use std::time::Duration;

use clap::Args;
use vidimus::capture::Limits;

/// What was typed about sizes and times.
#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Fetching")]
pub struct Fetching {
    /// The most bytes to read of a source, unpacked
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().body_bytes)]
    max_bytes: usize,
    /// How long to wait for a page, redirects included
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds)]
    timeout: Duration,
}

impl Fetching {
    /// The limits that were asked for.
    pub fn limits(self) -> Limits {
        let defaults = Limits::default();
        let connect = defaults.connect.min(self.timeout);
        Limits { body_bytes: self.max_bytes, total: self.timeout, connect, ..defaults }
    }
}

fn seconds(typed: &str) -> Result<Duration, String> {
    let number: f64 = typed.parse().map_err(|_| "not a number of seconds".to_owned())?;
    if number > 0.0 && number <= 86_400.0 {
        Ok(Duration::from_secs_f64(number))
    } else {
        Err("must be above 0 and at most 86400".to_owned())
    }
}
