//! The summary of an audit for a terminal: what came of all pairs, the gravest of them, what the baseline has to do with it.

use super::{Format, Out, Rule, gravest::Gravest, sentence};
use crate::{
    check::Verdict,
    report::{
        escape::visible,
        terminal::{Look, Page, Tone},
        wire::audit::{Because, Entry, Found, Head, Level, Outcome, Standing, Summary},
        words,
    },
    text::shorten,
};

/// How many pairs are named.
const NAMED: usize = 20;
/// How many things are named of each.
const THINGS: usize = 3;
/// Characters of a name or sentence that are shown.
const SHOWN: usize = 160;

/// The summary; the whole of it comes at the end.
#[derive(Clone, Debug)]
pub struct Terminal {
    look: Look,
    pairs: u64,
    /// The gravest pairs with what is said of each.
    gravest: Gravest<(String, Vec<String>)>,
}

impl Terminal {
    /// A summary that looks so.
    pub fn new(look: Look) -> Self {
        Self { look, pairs: 0, gravest: Gravest::of(NAMED) }
    }
}

impl Format for Terminal {
    fn begin(&mut self, head: &Head, _: &mut Out) {
        self.pairs = head.plan.pairs;
    }

    fn entry(&mut self, entry: &Entry, _: &mut Out) {
        self.gravest.take(entry, |entry| (title(entry), things(entry)));
    }

    fn finish(&mut self, summary: &Summary, out: &mut Out) {
        let mut page = Page::new(self.look);
        head(&mut page, summary);
        if self.gravest.in_order().next().is_some() {
            page.heading("Pairs", "the gravest first");
            for (level, (title, things)) in self.gravest.with_levels() {
                let label = page.paint(tone(level), level.slug());
                page.paragraph("  ", 4, &format!("{label} {title}"));
                things.iter().for_each(|thing| page.paragraph("    ", 6, thing));
            }
            let more = self.gravest.left_out();
            if more > 0 {
                page.paragraph("  ", 4, &format!("and {more} more"));
            }
        }
        if self.gravest.unchanged() > 0 {
            page.paragraph("", 0, &super::as_before(self.gravest.unchanged()));
        }
        rules(&mut page, summary);
        baseline(&mut page, summary);
        out.text.push_str(&page.text());
    }
}

fn tone(level: Level) -> Tone {
    match level {
        Level::Allow => Tone::Heading,
        Level::Warn => Tone::Warning,
        Level::Deny => Tone::Bad,
    }
}

fn short(text: &str) -> String {
    visible(&shorten::to(text, SHOWN))
}

fn title(entry: &Entry) -> String {
    let came = match &entry.outcome {
        Outcome::Checked(checked) => checked.verdict.slug().to_owned(),
        Outcome::Unchecked(_) => "not checked".to_owned(),
    };
    format!("{}: {came}", short(&entry.copy.locator))
}

/// The gravest things of an entry, each as a line.
fn things(entry: &Entry) -> Vec<String> {
    let mut counting: Vec<&Found> = entry.findings.iter().filter(|found| found.counts() > Level::Allow).collect();
    counting.sort_by_key(|found| (std::cmp::Reverse(found.counts()), std::cmp::Reverse(found.severity)));
    let more = counting.len().saturating_sub(THINGS);
    let mut lines: Vec<String> = counting
        .iter()
        .take(THINGS)
        .map(|found| format!("{}: {}", found.rule, visible(&sentence(found, SHOWN))))
        .collect();
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines
}

fn head(page: &mut Page, summary: &Summary) {
    let (denied, warned) = (summary.pairs_of(Level::Deny), summary.pairs_of(Level::Warn));
    let standing = summary.standing();
    let tone = match standing {
        Standing::NothingChecked | Standing::Failed => Tone::Bad,
        Standing::Incomplete => Tone::Warning,
        Standing::Passed => Tone::Good,
    };
    let name = page.paint(tone, &standing.name().to_uppercase());
    let counts = format!(
        "{name}: {} of {} checked; {}, {warned} with warnings.",
        summary.checked,
        words::plural(summary.pairs, "pair"),
        words::failing(denied)
    );
    page.paragraph("", 0, &counts);
    if summary.partial {
        let text = page.paint(Tone::Warning, "This is the result of a part of the plan only.");
        page.paragraph("", 0, &text);
    }
    let verdicts = Verdict::ALL.iter().filter_map(|one| {
        let count = summary.verdicts.get(one.slug())?;
        Some(format!("{count} {}", one.slug()))
    });
    let verdicts: Vec<String> = verdicts.collect();
    if !verdicts.is_empty() {
        page.paragraph("", 0, &format!("Verdicts: {}.", verdicts.join(", ")));
    }
    let unchecked: Vec<String> =
        summary.unchecked.iter().map(|(because, count)| format!("{count} {}", reason(*because))).collect();
    if !unchecked.is_empty() {
        let text = page.paint(Tone::Warning, &format!("Not checked: {}.", unchecked.join(", ")));
        page.paragraph("", 0, &text);
    }
}

fn reason(because: Because) -> &'static str {
    match because {
        Because::Unreadable => "could not be read",
        Because::NotFetched => "could not be fetched",
        Because::NotSelected => "not selected",
        Because::BrokenOff => "not reached before the run was broken off",
        Because::Fault => "failed inside vidimus",
    }
}

fn rules(page: &mut Page, summary: &Summary) {
    if summary.rules.is_empty() {
        return;
    }
    page.heading("What was found", "");
    let mut rules: Vec<_> = summary.rules.iter().collect();
    rules.sort_by_key(|(name, counts)| {
        std::cmp::Reverse((counts.deny, counts.warn, counts.allow, std::cmp::Reverse(*name)))
    });
    for (name, counts) in rules {
        let parts = [
            (counts.deny, "denied"),
            (counts.warn, "warned of"),
            (counts.allow, "allowed"),
            (counts.accepted, "accepted by the baseline"),
        ];
        let parts: Vec<String> =
            parts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}")).collect();
        let title = Rule::of(name).map_or(name.clone(), Rule::title);
        page.paragraph("  ", 4, &format!("{}: {}", visible(&title), parts.join(", ")));
    }
}

fn baseline(page: &mut Page, summary: &Summary) {
    if summary.accepted + summary.expired == 0 && summary.resolved.is_empty() {
        return;
    }
    page.heading("Baseline", "");
    let resolved = summary.resolved.len();
    let text = format!("{} accepted, {} expired, {resolved} resolved.", summary.accepted, summary.expired);
    page.paragraph("  ", 2, &text);
    for one in summary.resolved.iter().take(NAMED) {
        let text = format!("resolved {}: {} {}", short(&one.copy), one.rule, short(&one.message));
        page.paragraph("    ", 6, &text);
    }
    if resolved > NAMED {
        page.paragraph("    ", 6, &format!("and {} more", resolved - NAMED));
    }
}
