//! What the process was given: the clock, environment variables, and what its outputs are. Nothing else asks for them.

use std::{
    ffi::{OsStr, OsString},
    io::IsTerminal as _,
    path::PathBuf,
};

use vidimus::Moment;

use super::fault::Fault;

/// A snapshot of the process's surroundings, taken once at the start.
#[derive(Clone, Debug)]
pub struct Env {
    /// The time; `SOURCE_DATE_EPOCH` (seconds) stands in for the clock where it is set, so that output can be reproduced.
    pub now: Moment,
    /// Whether `now` is not the clock's but that of `SOURCE_DATE_EPOCH`.
    pub now_is_given: bool,
    /// Whether standard output is a terminal that shows colour and nobody asked for none.
    pub stdout_colour: bool,
    /// The same for standard error.
    pub stderr_colour: bool,
    /// Columns of the terminal, `COLUMNS` first, 80 where there is none.
    pub columns: usize,
    /// Whether progress may be drawn: standard error is a terminal and this is no CI job.
    pub progress: bool,
}

impl Env {
    /// Looks at the process once; beside it what is wrong with the time it was given, if anything is.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment and the clock")]
    pub fn of_process() -> (Self, Result<(), Fault>) {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let number = |name: &str| std::env::var(name).ok()?.parse::<i64>().ok();
        let clock = || {
            std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
        };
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let colour = |terminal: bool| terminal && !dumb && !set("NO_COLOR");
        let columns = number("COLUMNS").and_then(|columns| usize::try_from(columns).ok());
        let terminal_columns = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let (given, trouble) = match std::env::var_os("SOURCE_DATE_EPOCH").filter(|value| !value.is_empty()) {
            None => (None, Ok(())),
            Some(value) => match epoch(&value) {
                Ok(moment) => (Some(moment), Ok(())),
                Err(fault) => (None, Err(fault)),
            },
        };
        let env = Self {
            now_is_given: given.is_some(),
            now: given.unwrap_or_else(|| Moment::from_unix(clock())),
            stdout_colour: colour(std::io::stdout().is_terminal()),
            stderr_colour: colour(std::io::stderr().is_terminal()),
            columns: columns.or_else(terminal_columns).unwrap_or(80).clamp(40, 400),
            progress: std::io::stderr().is_terminal() && !dumb && !set("CI"),
        };
        (env, trouble)
    }

    /// The value of a variable that holds a secret or names one: read only when it is needed.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the environment and the clock")]
    pub fn variable(name: &str) -> Option<OsString> {
        std::env::var_os(name).filter(|value| !value.is_empty())
    }

    /// The folder the process was started in, where it is there.
    pub fn folder() -> Option<PathBuf> {
        std::env::current_dir().ok()
    }

    /// Whether there is somebody at the terminal who can be asked.
    pub fn person() -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }
}

/// Reads `SOURCE_DATE_EPOCH`. One that cannot be meant is refused: the clock in its place would date evidence otherwise than asked.
fn epoch(value: &OsStr) -> Result<Moment, Fault> {
    let text = value.to_string_lossy();
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = plain.then(|| text.parse::<i64>().ok()).flatten();
    // What lies beyond the last moment there is comes back as that moment.
    let moment = seconds.and_then(|seconds| Some(Moment::from_unix(seconds)).filter(|moment| moment.unix() == seconds));
    moment.ok_or_else(|| {
        let hint = "seconds since 1970, up to the year 9999; unset it to use the clock".to_owned();
        Fault::new(format_args!("SOURCE_DATE_EPOCH: {text:?} is no time")).hint(Some(hint))
    })
}
