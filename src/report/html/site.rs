//! An audit as a static site: an index with the gravest pairs first, lists of all pairs in the plan's order, a page for each pair.
//!
//! Nothing is loaded and nothing runs, as in a single report: filters are check boxes that the style sheet asks. `pair` writes the
//! page of a pair. Lists are cut into pages, and the index has only so many pairs, so that no page grows with the plan.

mod pair;

use std::fmt::Write as _;

use super::{STYLE, esc, opening, parts};
use crate::{
    check::Verdict,
    report::{
        Tool,
        audit::{Format, Gravest, Out, Rule, as_before, sentence},
        wire::audit::{Entry, Found, Head, Level, Outcome, Standing, Summary},
        words,
    },
    text::shorten,
};

/// What pages of a site have beside [`STYLE`].
const SITE: &str = include_str!("site.css").trim_ascii();

/// How many pairs the index has.
const INDEX: usize = 1000;
/// How many pairs a list has.
const LIST: u64 = 1000;
/// Characters of a name or sentence in a list.
const SHOWN: usize = 200;

/// An audit as a site. Its file is the index; everything else stands beside it.
#[derive(Clone, Debug)]
pub struct Site {
    head: Option<Head>,
    gravest: Gravest<String>,
    list: String,
    listed: u64,
}

impl Default for Site {
    fn default() -> Self {
        Self { head: None, gravest: Gravest::of(INDEX), list: String::new(), listed: 0 }
    }
}

impl Format for Site {
    fn begin(&mut self, head: &Head, _: &mut Out) {
        self.head = Some(head.clone());
    }

    fn entry(&mut self, entry: &Entry, out: &mut Out) {
        let Some(head) = &self.head else { return };
        let page = pair::page(head, entry);
        out.files.push((format!("pairs/{}.html", file_name(&entry.id)), page.into_bytes()));
        let row = row(entry);
        self.gravest.take(entry, |_| row.clone());
        self.list.push_str(&row);
        self.listed += 1;
        if self.listed.is_multiple_of(LIST) {
            self.end_list(out);
        }
    }

    fn finish(&mut self, summary: &Summary, out: &mut Out) {
        if !self.list.is_empty() {
            self.end_list(out);
        }
        let Some(head) = &self.head else { return };
        out.text.push_str(&self.index(head, summary));
    }
}

impl Site {
    fn end_list(&mut self, out: &mut Out) {
        let Some(head) = &self.head else { return };
        let number = self.listed.div_ceil(LIST);
        let first = (number - 1) * LIST + 1;
        let title = format!("Pairs {first} to {}", self.listed);
        let mut page = top(&title, &head.tool);
        let _ = write!(
            page,
            "<header><h1>{title}</h1>\n<p><a href=\"index.html\">The whole audit</a></p></header>\n<main>\n"
        );
        filters(&mut page);
        table(&mut page, "In the order of the plan", &self.list);
        page.push_str("</main>\n");
        end(&mut page, head);
        out.files.push((format!("list-{number}.html"), page.into_bytes()));
        self.list.clear();
    }

    fn index(&self, head: &Head, summary: &Summary) -> String {
        let (denied, warned) = (summary.pairs_of(Level::Deny), summary.pairs_of(Level::Warn));
        let (class, name) = standing(summary);
        let mut page = top(&format!("{name}: {}", head.plan.path), &head.tool);
        let _ = write!(
            page,
            "<header class=\"verdict {class}\">\n<h1>{name}</h1>\n<p class=\"lead\">{} of {} checked; {}, {warned} \
             with warnings, {} not checked.</p>\n",
            summary.checked,
            words::plural(summary.pairs, "pair"),
            words::failing(denied),
            summary.unchecked()
        );
        if summary.partial {
            page.push_str("<p class=\"limit\">This is the result of a part of the plan only.</p>\n");
        }
        page.push_str("</header>\n<main>\n");
        if self.gravest.in_order().next().is_some() {
            page.push_str("<h2>Pairs, the gravest first</h2>\n");
            filters(&mut page);
            let rows: String = self.gravest.in_order().map(String::as_str).collect();
            table(&mut page, "What counts, gravest first", &rows);
            let more = self.gravest.left_out();
            if more > 0 {
                let _ = writeln!(page, "<p>And {more} more, in the lists below.</p>");
            }
        } else if self.gravest.unchanged() == 0 {
            page.push_str("<p>Nothing was found that the plan does not let pass.</p>\n");
        }
        if self.gravest.unchanged() > 0 {
            let _ = writeln!(page, "<p>{}</p>", as_before(self.gravest.unchanged()));
        }
        counts(&mut page, summary);
        lists(&mut page, self.listed);
        page.push_str("</main>\n");
        end(&mut page, head);
        page
    }
}

/// How an audit ended, as a class of the style sheet and in words.
pub(super) fn standing(summary: &Summary) -> (&'static str, &'static str) {
    match summary.standing() {
        standing @ (Standing::NothingChecked | Standing::Failed) => ("bad", standing.name()),
        standing @ Standing::Incomplete => ("fair", standing.name()),
        Standing::Passed if summary.pairs_of(Level::Warn) > 0 => ("fair", "Passed, with warnings"),
        standing @ Standing::Passed => ("good", standing.name()),
    }
}

/// What every page of a site begins with.
fn top(title: &str, tool: &Tool) -> String {
    opening(title, tool, &format!("{STYLE}\n{SITE}"), "")
}

fn end(page: &mut String, head: &Head) {
    parts::foot(page, &head.tool, head.started_at);
    page.push_str("</body>\n</html>\n");
}

fn filters(page: &mut String) {
    page.push_str("<fieldset><legend>Show pairs that</legend>\n");
    let levels = [("deny", "fail"), ("warn", "have warnings"), ("allow", "pass"), ("unchecked", "were not checked")];
    for (id, name) in levels {
        let _ = writeln!(page, "<label><input type=\"checkbox\" id=\"show-{id}\" checked> {name}</label>");
    }
    page.push_str("</fieldset>\n<fieldset><legend>Of those that were checked, show</legend>\n");
    for verdict in Verdict::ALL {
        let slug = verdict.slug();
        let _ = writeln!(page, "<label><input type=\"checkbox\" id=\"show-{slug}\" checked> {slug}</label>");
    }
    page.push_str("</fieldset>\n");
}

fn table(page: &mut String, caption: &str, rows: &str) {
    let _ = write!(
        page,
        "<table>\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">Verdict</th><th scope=\"col\">Copy</th>\
         <th scope=\"col\" class=\"from\">Rule</th><th scope=\"col\">What counts most</th></tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n"
    );
}

fn row(entry: &Entry) -> String {
    let level = entry.findings.iter().map(Found::counts).max().unwrap_or(Level::Allow);
    let verdict = match &entry.outcome {
        Outcome::Checked(checked) => checked.verdict.slug(),
        Outcome::Unchecked(_) => "unchecked",
    };
    let most = entry.findings.iter().filter(|found| found.counts() > Level::Allow);
    let most = most.max_by_key(|found| (found.counts(), found.severity));
    let most = most.map_or(String::new(), |found| esc(&sentence(found, SHOWN)));
    format!(
        "<tr class=\"{} {verdict}\"><td>{verdict}</td><td><a href=\"pairs/{}.html\">{}</a></td><td class=\"from\">{}</td>\
         <td>{most}</td></tr>\n",
        level.slug(),
        file_name(&entry.id),
        esc(&shorten::to(&entry.copy.locator, SHOWN)),
        esc(&shorten::to(&entry.rule, SHOWN)),
    )
}

/// The id of a pair as part of a file's name, whoever wrote the record.
fn file_name(id: &str) -> String {
    id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(64).collect()
}

/// How many of what, by verdict and by what was found.
fn counts(page: &mut String, summary: &Summary) {
    page.push_str(
        "<h2>In numbers</h2>\n<table>\n<caption>Verdicts</caption>\n<thead><tr><th scope=\"col\">Verdict</th>",
    );
    page.push_str("<th scope=\"col\" class=\"count\">Pairs</th></tr></thead>\n<tbody>\n");
    for verdict in Verdict::ALL {
        if let Some(count) = summary.verdicts.get(verdict.slug()) {
            let _ = writeln!(page, "<tr><td>{}</td><td class=\"count\">{count}</td></tr>", verdict.slug());
        }
    }
    page.push_str("</tbody>\n</table>\n");
    if summary.rules.is_empty() {
        return;
    }
    page.push_str("<table>\n<caption>What was found</caption>\n<thead><tr><th scope=\"col\">Kind</th>");
    for name in ["Denied", "Warned of", "Allowed", "Accepted"] {
        let _ = write!(page, "<th scope=\"col\" class=\"count\">{name}</th>");
    }
    page.push_str("</tr></thead>\n<tbody>\n");
    for (name, own) in &summary.rules {
        let title = Rule::of(name).map_or_else(|| name.clone(), Rule::title);
        let _ = write!(page, "<tr><td>{}</td>", esc(&title));
        for count in [own.deny, own.warn, own.allow, own.accepted] {
            let _ = write!(page, "<td class=\"count\">{count}</td>");
        }
        page.push_str("</tr>\n");
    }
    page.push_str("</tbody>\n</table>\n");
    if !summary.resolved.is_empty() {
        let _ = writeln!(page, "<h2>Resolved</h2>\n<p>Accepted before and found no longer:</p>\n<ul>");
        for one in summary.resolved.iter().take(INDEX) {
            let text = format!("{}: {}", one.copy, one.message);
            let _ = writeln!(page, "<li>{}</li>", esc(&shorten::to(&text, SHOWN)));
        }
        page.push_str("</ul>\n");
    }
}

fn lists(page: &mut String, listed: u64) {
    page.push_str("<h2>All pairs in the order of the plan</h2>\n<ul>\n");
    for number in 1..=listed.div_ceil(LIST) {
        let (first, last) = ((number - 1) * LIST + 1, (number * LIST).min(listed));
        let _ = writeln!(page, "<li><a href=\"list-{number}.html\">{first} to {last}</a></li>");
    }
    page.push_str("</ul>\n");
}
