//! Workflow commands of GitHub Actions: annotations beside the files of a pull request. A job prints this file.
//!
//! GitHub shows ten errors and ten warnings of a step, so no more are given; the other outputs have all.

use super::{Format, Out, sentence, spot};
use crate::{
    report::{
        escape::message,
        wire::audit::{Entry, Found, Head, Level, Summary},
        words,
    },
    text::shorten,
};

/// How many annotations of a kind GitHub shows of a step.
const SHOWN: usize = 10;
/// Characters of an annotation.
const LENGTH: usize = 500;

/// Annotations as workflow commands.
#[derive(Clone, Debug, Default)]
pub struct Github {
    plan: String,
    errors: usize,
    warnings: usize,
}

impl Format for Github {
    fn begin(&mut self, head: &Head, _: &mut Out) {
        self.plan.clone_from(&head.plan.path);
    }

    fn entry(&mut self, entry: &Entry, out: &mut Out) {
        // What was so before is annotated where it was new.
        for found in entry.findings.iter().filter(|_| !entry.unchanged) {
            let (command, count) = match found.counts() {
                Level::Deny => ("error", &mut self.errors),
                Level::Warn => ("warning", &mut self.warnings),
                Level::Allow => continue,
            };
            *count += 1;
            if *count <= SHOWN {
                out.text.push_str(&annotation(command, &spot(&self.plan, entry, found), entry, found));
            }
        }
    }

    fn finish(&mut self, summary: &Summary, out: &mut Out) {
        let denied = summary.pairs_of(Level::Deny);
        let text = format!(
            "vidimus: {} of {} checked, {}; {} and {} in all",
            summary.checked,
            words::plural(summary.pairs, "pair"),
            words::failing(denied),
            words::plural(self.errors as u64, "error"),
            words::plural(self.warnings as u64, "warning"),
        );
        out.text.push_str(&format!("::notice title=vidimus::{}\n", data(&text)));
    }
}

fn annotation(command: &str, (file, line): &(String, u64), entry: &Entry, found: &Found) -> String {
    let title = property(&format!("vidimus {}", found.rule));
    let text = format!("{} ({})", sentence(found, LENGTH), shorten::to(&entry.copy.locator, LENGTH));
    format!("::{command} file={},line={line},title={title}::{}\n", property(file), data(&message(&text)))
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command.
fn property(text: &str) -> String {
    data(&message(text)).replace(':', "%3A").replace(',', "%2C")
}
