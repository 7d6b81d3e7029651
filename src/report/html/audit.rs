//! What an audit came to, as one page for a browser: what is sealed with it for readers. It names no pair; the leaves do.

use std::fmt::Write as _;

use super::{esc, parts};
use crate::{
    moment::Moment,
    report::{
        audit::Rule,
        wire::audit::{Head, Summary},
        words,
    },
};

/// Writes the summary of an audit as a page; `record` is the JSON that says the same.
pub fn audit(head: &Head, summary: &Summary, finished_at: Moment, record: &str) -> String {
    let mut page = super::head(&format!("Audit: {}", head.plan.path), &head.tool, record);
    let (tone, name) = super::site::standing(summary);
    let _ = write!(
        page,
        "<header class=\"verdict {tone}\">\n<h1>{name}</h1>\n<p class=\"lead\">{} of {} checked.</p>\n",
        summary.checked,
        words::plural(summary.pairs, "pair")
    );
    if summary.partial {
        page.push_str("<p class=\"limit\">This is the result of a part of the plan only.</p>\n");
    }
    page.push_str("</header>\n<main>\n");
    list(&mut page, "Verdicts", summary.verdicts.iter().map(|(verdict, count)| (verdict.clone(), count.to_string())));
    let unchecked = Some(summary.unchecked()).filter(|count| *count > 0);
    list(&mut page, "Not checked", unchecked.into_iter().map(|count| ("pairs".to_owned(), count.to_string())));
    let rules = summary.rules.iter().map(|(rule, counts)| {
        let title = Rule::of(rule).map_or(rule.clone(), Rule::title);
        (
            title,
            format!(
                "{} denied, {} warned of, {} allowed, {} accepted",
                counts.deny, counts.warn, counts.allow, counts.accepted
            ),
        )
    });
    list(&mut page, "What was found", rules);
    let plan = [
        ("plan".to_owned(), head.plan.path.clone()),
        ("SHA-256".to_owned(), head.plan.sha256.clone()),
        ("begun".to_owned(), head.started_at.to_string()),
    ];
    list(&mut page, "Plan", plan.into_iter());
    page.push_str("</main>\n");
    parts::foot(&mut page, &head.tool, finished_at);
    page.push_str("</body>\n</html>\n");
    page
}

fn list(page: &mut String, title: &str, rows: impl Iterator<Item = (String, String)>) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    let _ = write!(page, "<section>\n<h2>{title}</h2>\n<dl>\n");
    for (term, value) in rows {
        let _ = writeln!(page, "<dt>{}</dt><dd>{}</dd>", esc(&term), esc(&value));
    }
    page.push_str("</dl>\n</section>\n");
}
