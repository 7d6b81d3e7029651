//! The page of one pair: what came of it first, then everything found, then the two sources.

use std::fmt::Write as _;

use super::{end, top};
use crate::{
    check::Anchor,
    report::{
        audit::Rule,
        html::esc,
        wire::audit::{Entry, Found, Head, Level, Outcome, Side},
        words,
    },
    text::shorten,
};

/// Characters of a passage.
const PASSAGE: usize = 900;

/// Writes it. It stands in a folder of its own below the index.
pub(super) fn page(head: &Head, entry: &Entry) -> String {
    let name = entry.copy.title.as_deref().unwrap_or(&entry.copy.locator);
    let (verdict, sentence, class) = match &entry.outcome {
        Outcome::Checked(checked) => {
            let (verdict, sentence) = words::verdict(checked.verdict);
            (verdict, sentence.to_owned(), class(entry))
        }
        Outcome::Unchecked(unchecked) => ("Not checked", unchecked.reason.clone(), "bad"),
    };
    let mut page = top(&format!("{verdict}: {name}"), &head.tool);
    let _ = write!(
        page,
        "<header>\n<p><a href=\"../index.html\">The whole audit</a></p>\n<div class=\"verdict {class}\">\n<h1>{verdict}</h1>\n\
         <p class=\"lead\">{}</p>\n<p dir=\"auto\">{}</p>\n",
        esc(&sentence),
        esc(&shorten::to(name, PASSAGE))
    );
    if let Outcome::Checked(checked) = &entry.outcome {
        let share = checked.coverage.share * 100.0;
        let _ = writeln!(page, "<p>{share:.1} % of the original’s words stand in the copy.</p>");
        for limit in &checked.limits {
            let _ = writeln!(page, "<p class=\"limit\">{}</p>", esc(&limit.message));
        }
    }
    page.push_str("</div>\n</header>\n<main>\n");
    findings(&mut page, entry);
    page.push_str("<h2>Sources</h2>\n");
    source(&mut page, "Original", &entry.original);
    source(&mut page, "Copy", &entry.copy);
    page.push_str("</main>\n");
    end(&mut page, head);
    page
}

fn class(entry: &Entry) -> &'static str {
    match entry.findings.iter().map(Found::counts).max().unwrap_or(Level::Allow) {
        Level::Allow => "good",
        Level::Warn => "fair",
        Level::Deny => "bad",
    }
}

fn findings(page: &mut String, entry: &Entry) {
    page.push_str("<h2>Findings</h2>\n");
    if entry.findings.is_empty() {
        page.push_str("<p>Nothing was found.</p>\n");
    }
    for (level, name) in [(Level::Deny, "Denied"), (Level::Warn, "Warned of"), (Level::Allow, "Allowed")] {
        let group: Vec<&Found> = entry.findings.iter().filter(|found| found.level == level).collect();
        if group.is_empty() {
            continue;
        }
        let _ = writeln!(page, "<h3>{name} ({})</h3>\n<ul class=\"findings\">", group.len());
        group.into_iter().for_each(|found| item(page, found));
        page.push_str("</ul>\n");
    }
}

fn item(page: &mut String, found: &Found) {
    let (severity, title) =
        (found.severity.slug(), Rule::of(&found.rule).map_or_else(|| found.rule.clone(), Rule::title));
    let _ = write!(
        page,
        "<li class=\"{severity}\"><p><strong>{}</strong> <span class=\"severity\">{severity}</span></p>\n<p>{}</p>\n",
        esc(&title),
        esc(&found.message)
    );
    if let Some(accepted) = &found.accepted {
        let until = accepted.expires.as_ref().map(|day| format!(", until {day}")).unwrap_or_default();
        let over = if accepted.expired { " That day is over, so it counts again." } else { "" };
        let text = format!("Accepted by {}{until}: {}{over}", accepted.author, accepted.reason);
        let _ = writeln!(page, "<p class=\"limit\">{}</p>", esc(&text));
    }
    for (name, anchor) in [("Original", &found.original), ("Copy", &found.copy)] {
        if let Some(anchor) = anchor.as_ref().filter(|anchor| !anchor.exact.is_empty()) {
            passage(page, name, severity, anchor);
        }
    }
    if let Some(href) = &found.href {
        let _ = writeln!(page, "<p class=\"address\">{}</p>", esc(&shorten::to(href, PASSAGE)));
    }
    let _ = writeln!(
        page,
        "<p class=\"severity\">Fingerprint <span class=\"hash\">{}</span></p></li>",
        esc(&found.fingerprint)
    );
}

fn passage(page: &mut String, name: &str, severity: &str, anchor: &Anchor) {
    let (before, after) = words::context(anchor);
    let _ = writeln!(
        page,
        "<blockquote class=\"{severity}\" dir=\"auto\"><span class=\"name\" lang=\"en\" dir=\"ltr\">{name}:</span> {}<mark>{}</mark>{}\
         </blockquote>",
        esc(&before),
        esc(&shorten::to(&anchor.exact, PASSAGE)),
        esc(&after)
    );
}

fn source(page: &mut String, name: &str, side: &Side) {
    let _ = write!(page, "<h3>{name}</h3>\n<dl>\n");
    let retrieved = side.retrieved_at.map(|at| at.to_string());
    let rows = [
        ("Given as", Some(side.locator.as_str()), ""),
        ("Address", side.url.as_deref(), ""),
        ("Title", side.title.as_deref(), " dir=\"auto\""),
        ("Retrieved", retrieved.as_deref(), ""),
        ("SHA-256", side.sha256.as_deref(), " class=\"hash\""),
        ("SHA-256 of the text", side.text_sha256.as_deref(), " class=\"hash\""),
    ];
    for (term, value, attributes) in rows {
        if let Some(value) = value {
            let _ = writeln!(page, "<dt>{term}</dt><dd{attributes}>{}</dd>", esc(&shorten::to(value, PASSAGE)));
        }
    }
    page.push_str("</dl>\n");
}
