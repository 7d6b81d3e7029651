//! The only file that writes to standard output and standard error.

use std::io::Write as _;

use super::{env::Env, fault::Fault};

/// Says what went wrong: one line, then a line for each hint.
pub fn fault(env: &Env, fault: &Fault) {
    let (red, bold_off) = if env.stderr_colour { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
    let mut text = format!("{red}error{bold_off}: {}\n", shown(&fault.message));
    for hint in &fault.hints {
        text.push_str(&format!("  hint: {}\n", shown(hint)));
    }
    // Nobody is left to tell when standard error itself is gone.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Writes `text` to standard output.
///
/// # Errors
/// If standard output cannot be written to; a reader that closed its end early (`| head`) is no error.
pub fn print(text: &str) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Fault::new(format_args!("standard output: {error}"))),
    }
}

/// `text` on one line, with control characters made visible.
fn shown(text: &str) -> String {
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}
