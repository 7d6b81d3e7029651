//! JUnit XML, as Jenkins, GitLab and most CI services read it: a suite, a test case for every pair of the plan.
//!
//! What denies is a failure, what could not be checked an error, what was not asked for is skipped; what only warns is the test's
//! output. A suite begins with its counts, so every entry is counted before.

use super::{Format, Out, sentence};
use crate::{
    report::{
        escape,
        wire::audit::{Because, Entry, Found, Head, Level, Outcome, Summary},
    },
    text::shorten,
};

/// Characters of a sentence that are shown.
const SHOWN: usize = 600;

/// Pairs as test cases.
#[derive(Clone, Debug, Default)]
pub struct Junit {
    tests: u64,
    failures: u64,
    errors: u64,
    skipped: u64,
}

impl Junit {
    /// Counts an entry that the file will have. Every one is to be counted before it begins.
    pub fn count(&mut self, entry: &Entry) {
        self.tests += 1;
        match &entry.outcome {
            Outcome::Checked(_) => self.failures += u64::from(denied(entry).next().is_some()),
            Outcome::Unchecked(unchecked) if is_skipped(unchecked.because) => self.skipped += 1,
            Outcome::Unchecked(_) => self.errors += 1,
        }
    }
}

fn denied(entry: &Entry) -> impl Iterator<Item = &Found> {
    entry.findings.iter().filter(|found| found.counts() == Level::Deny)
}

fn is_skipped(because: Because) -> bool {
    match because {
        Because::NotSelected | Because::BrokenOff => true,
        Because::Unreadable | Because::NotFetched | Because::Fault => false,
    }
}

impl Format for Junit {
    fn begin(&mut self, head: &Head, out: &mut Out) {
        let counts = format!("tests=\"{}\" failures=\"{}\" errors=\"{}\"", self.tests, self.failures, self.errors);
        let time = head.started_at.to_string();
        let time = time.trim_end_matches('Z');
        out.text.push_str(&format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{name}\" {counts}>\n\
             <testsuite name=\"{plan}\" {counts} skipped=\"{}\" timestamp=\"{time}\">\n",
            self.skipped,
            name = xml(&head.tool.name),
            plan = xml(&head.plan.path),
        ));
    }

    fn entry(&mut self, entry: &Entry, out: &mut Out) {
        let (name, class) = (xml(&entry.copy.locator), xml(&entry.rule));
        out.text.push_str(&format!("<testcase name=\"{name}\" classname=\"{class}\""));
        let body = match &entry.outcome {
            Outcome::Checked(_) => checked(entry),
            Outcome::Unchecked(unchecked) => {
                let reason = xml(&shorten::to(&unchecked.reason, SHOWN));
                match is_skipped(unchecked.because) {
                    true => format!("<skipped message=\"{reason}\"/>\n"),
                    false => format!("<error type=\"unchecked\" message=\"{reason}\"/>\n"),
                }
            }
        };
        let end = if body.is_empty() { "/>\n".to_owned() } else { format!(">\n{body}</testcase>\n") };
        out.text.push_str(&end);
    }

    fn finish(&mut self, _: &Summary, out: &mut Out) {
        out.text.push_str("</testsuite>\n</testsuites>\n");
    }
}

fn checked(entry: &Entry) -> String {
    let of = |level: Level| entry.findings.iter().filter(move |found| found.counts() == level);
    let lines = |level| -> Vec<String> { of(level).map(line).collect() };
    let (failed, warned) = (lines(Level::Deny), lines(Level::Warn));
    let mut body = String::new();
    if let Some(first) = denied(entry).next() {
        let message = xml(&sentence(first, SHOWN));
        let (kind, all) = (xml(&first.rule), failed.join("\n"));
        body.push_str(&format!("<failure type=\"{kind}\" message=\"{message}\">{all}</failure>\n"));
    }
    let before = entry.unchanged.then(|| "As it was in a run before.".to_owned());
    let told: Vec<String> = before.into_iter().chain(warned).collect();
    if !told.is_empty() {
        body.push_str(&format!("<system-out>{}</system-out>\n", told.join("\n")));
    }
    body
}

fn line(found: &Found) -> String {
    xml(&format!("{}: {}", found.rule, sentence(found, SHOWN)))
}

/// Text for XML 1.0, which has no way to write some characters at all.
fn xml(text: &str) -> String {
    escape::html(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
