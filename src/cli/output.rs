//! The only file that writes to standard output and standard error. The home of the `anstyle` crate.

use std::{
    fmt,
    io::{IsTerminal as _, Write as _},
    path::Path,
};

use anstyle::{AnsiColor, Style};
use vidimus::{Capture, capture::Locator};

use super::{
    env::Env,
    fault::{Fault, reason},
};

/// Says what went wrong: one line, then a line for each hint.
pub fn fault(env: &Env, fault: &Fault) {
    let mut text = labelled(env, AnsiColor::Red.on_default().bold(), "error", &fault.message);
    for hint in &fault.hints {
        text.push_str(&format!("  hint: {}\n", shown(hint)));
    }
    tell(&text);
}

/// Says something worth knowing that changes nothing: one line on standard error.
pub fn note(env: &Env, message: impl fmt::Display) {
    tell(&labelled(env, AnsiColor::Cyan.on_default().bold(), "note", &message.to_string()));
}

/// Says what is worth knowing of the archives that captures were read from.
pub fn archive_notes<'a>(env: &Env, captures: impl Iterator<Item = &'a Capture>) {
    for capture in captures {
        for remark in capture.stored.iter().flat_map(|stored| stored.remarks()) {
            note(env, format_args!("{}: {remark}", capture.locator));
        }
    }
}

/// Writes `text` to standard output.
///
/// # Errors
/// If standard output cannot be written to; a reader that closed its end early (`| head`) is no error.
pub fn print(text: &str) -> Result<(), Fault> {
    print_bytes(text.as_bytes())
}

/// Refuses to write `what`, which is no text, to a terminal.
///
/// # Errors
/// If standard output is one: it would take the bytes for commands.
pub fn no_terminal(what: &str) -> Result<(), Fault> {
    if std::io::stdout().is_terminal() {
        let hint = "send it into a file, with > report.pdf".to_owned();
        return Err(Fault::new(format_args!("standard output: a terminal does not show {what}")).hint(Some(hint)));
    }
    Ok(())
}

/// Writes bytes to standard output.
///
/// # Errors
/// Those of [`print`].
pub fn print_bytes(bytes: &[u8]) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Fault::new(format_args!("standard output: {}", reason(&error)))),
    }
}

/// Refuses to write over what is read.
///
/// # Errors
/// If `path` leads to the file of one of `sources`.
pub fn spare<'a>(path: Option<&Path>, sources: impl Iterator<Item = &'a Locator>) -> Result<(), Fault> {
    // What does not exist yet is nobody's source.
    let Some((path, target)) = path.and_then(|path| Some((path, path.canonicalize().ok()?))) else { return Ok(()) };
    let file = |source: &'a Locator| match source {
        Locator::File(file) | Locator::Archive { path: file, .. } => file.canonicalize().ok(),
        Locator::Url(_) | Locator::Memento(_) | Locator::Stdin => None,
    };
    if sources.filter_map(file).any(|file| file == target) {
        return Err(Fault::new(format_args!("{}: is one of the sources and is left as it is", path.display())));
    }
    Ok(())
}

/// Writes `text` to the file at `path`, or to standard output where there is none. A file is there as a whole or not at all; one
/// that was there is replaced, at the end of a link too. What is no file, such as a pipe, is written to as it is.
///
/// # Errors
/// If it cannot be written.
pub fn deliver(path: Option<&Path>, text: &str) -> Result<(), Fault> {
    let Some(path) = path else { return print(text) };
    let fault = |error: &std::io::Error| Fault::new(format_args!("{}: {}", path.display(), reason(error)));
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        let opened = std::fs::File::options().write(true).open(path);
        return opened.and_then(|mut pipe| pipe.write_all(text.as_bytes())).map_err(|error| fault(&error));
    }
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = target.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let aside = target.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let written = std::fs::File::create_new(&aside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| std::fs::rename(&aside, &target)).map_err(|error| {
        // What could not be finished is of no use to anybody; that it is gone need not be said.
        let _ = std::fs::remove_file(&aside);
        fault(&error)
    })
}

/// `text` on one line, with nothing in it that could steer a terminal or a CI service, or that nobody sees.
pub fn shown(text: &str) -> String {
    let named = text.replace('\n', "\\n").replace('\t', "\\t");
    vidimus::report::escape::message(&named)
}

fn labelled(env: &Env, style: Style, label: &str, message: &str) -> String {
    let style = if env.stderr_colour { style } else { Style::new() };
    format!("{style}{label}{style:#}: {}\n", shown(message))
}

fn tell(text: &str) {
    // Nobody is left to tell when standard error itself is gone.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_message_can_steer_a_terminal() {
        assert_eq!(shown("a\u{1b}[31mb\nc\u{202e}d\u{9b}e"), "a\\u{1b}[31mb\\nc\\u{202e}d\\u{9b}e");
        assert_eq!(shown("##[error]\u{61c}x\u{e0041}"), "# #[error]\\u{61c}x\\u{e0041}");
        assert_eq!(shown("Ümläute – “fine”"), "Ümläute – “fine”");
    }
}
