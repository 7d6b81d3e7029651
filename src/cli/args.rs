//! What was typed. The only file that reads it, and that tells help from mistakes.

use clap::{CommandFactory as _, Parser, error::ErrorKind};

use super::{commands::Command, fault::Fault};

/// What did the republisher change, and can I prove it?
#[derive(Parser, Debug)]
#[command(name = "vidimus", version, propagate_version = true, max_term_width = 100)]
struct Typed {
    #[command(subcommand)]
    command: Command,
}

/// Parses the process's arguments. Help and version are printed and end the process.
///
/// # Errors
/// If what was typed cannot be meant.
pub fn parse() -> Result<Command, Fault> {
    let typed = Typed::try_parse().map_err(|error| {
        // Whoever types no command at all wants to know which there are.
        if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
            error.exit();
        }
        usage(&error.to_string())
    })?;
    Ok(typed.command)
}

/// Everything that can be typed, for those who describe it.
pub fn command() -> clap::Command {
    Typed::command()
}

/// The message of the parser, whose paragraphs are the mistake, tips and how it should be, as one line and hints.
fn usage(message: &str) -> Fault {
    let one_line = |paragraph: &str| paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut paragraphs = message.split("\n\n").map(one_line).filter(|line| !line.is_empty());
    let mistake = paragraphs.next().unwrap_or_default();
    let hints = paragraphs.map(|line| {
        let line = line.strip_prefix("tip: ").unwrap_or(&line);
        let line = line.strip_prefix("Usage: ").map_or(line.to_owned(), |usage| format!("usage: {usage}"));
        line.strip_prefix("For more information, try '--help'.").map_or(line.clone(), |_| "--help says more".to_owned())
    });
    Fault { hints: hints.collect(), ..Fault::new(mistake.strip_prefix("error: ").unwrap_or(&mistake)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(typed: &[&str]) -> Fault {
        usage(&Typed::try_parse_from(typed).unwrap_err().to_string())
    }

    #[test]
    fn mistakes_are_one_line_and_hints() {
        let missing = fault(&["vidimus", "quotes", "article.html"]);
        assert_eq!(missing.message, "the following required arguments were not provided: --original <ORIGINAL>");
        assert_eq!(missing.hints, ["usage: vidimus quotes --original <ORIGINAL> <ARTICLE>", "--help says more"]);
        let mistyped = fault(&["vidimus", "check", "copy.html", "--orginal", "a\nb.html"]);
        assert_eq!(mistyped.message, "unexpected argument '--orginal' found");
        assert_eq!(mistyped.hints[0], "a similar argument exists: '--original'");
        let choice = fault(&["vidimus", "check", "copy.html", "--original", "o.html", "--format", "doc"]);
        assert_eq!(
            choice.message,
            "invalid value 'doc' for '--format <FORMAT>' [possible values: terminal, json, html, pdf]"
        );
    }
}
