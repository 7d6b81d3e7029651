//! The list of findings: errors and warnings with their passages, notes and framing in a line each.

use std::fmt::Write as _;

use super::{esc, voice::Voices};
use crate::{
    check::{Anchor, Class, Finding, Kind, Severity},
    report::{Report, words},
    text::shorten,
};

/// Characters of a passage that the list shows; the whole of it is marked in its place.
const PASSAGE: usize = 900;

/// Characters of a framing passage that it shows.
const FRAMING: usize = 240;

/// A finding and its number in the report, the same in every output.
type Numbered<'a> = (usize, &'a Finding);

/// Writes the findings, gravest first, then framing.
pub(super) fn write(page: &mut String, report: &Report, voices: &Voices) {
    page.push_str(
        "<section id=\"findings\" aria-labelledby=\"findings-name\">\n<h2 id=\"findings-name\">Findings</h2>\n",
    );
    let numbered: Vec<Numbered<'_>> = (1..).zip(&report.findings).collect();
    let framing = |one: &Finding| one.class == Class::Framing && one.severity == Severity::Note;
    if numbered.iter().all(|(_, one)| one.severity == Severity::Note) {
        page.push_str("<p>Nothing was found that changes the statement or leads the reader.</p>\n");
    }
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let group: Vec<_> =
            numbered.iter().filter(|(_, one)| one.severity == severity && !framing(one)).copied().collect();
        list(page, report, voices, words::severity(severity), &group);
    }
    let group: Vec<_> = numbered.iter().filter(|(_, one)| framing(one)).copied().collect();
    list(page, report, voices, words::AROUND, &group);
    page.push_str("</section>\n");
}

fn list(page: &mut String, report: &Report, voices: &Voices, heading: (&str, &str), findings: &[Numbered<'_>]) {
    let Some((_, first)) = findings.first() else { return };
    let (title, meaning) = heading;
    let brief = first.severity == Severity::Note;
    let class = if brief { "findings brief" } else { "findings" };
    let count = findings.len();
    let _ = write!(page, "<h3>{title} ({count}) <small>{meaning}</small></h3>\n<ul class=\"{class}\">\n");
    for (number, finding) in findings {
        item(page, report, voices, *number, finding);
    }
    page.push_str("</ul>\n");
}

fn item(page: &mut String, report: &Report, voices: &Voices, number: usize, finding: &Finding) {
    let severity = finding.severity.slug();
    let _ = write!(
        page,
        "<li id=\"f{number}\" class=\"{severity}\"><p><a href=\"#m{number}\" class=\"number\"><span class=\"spoken\">show \
         </span>{number}</a> <strong>{}</strong>",
        words::title(finding)
    );
    let claim = finding.declared_by.as_ref().and_then(|id| report.claims.iter().position(|claim| claim.id == *id));
    if let Some(claim) = claim {
        let _ = write!(page, " (<a href=\"#c{}\">where</a>)", claim + 1);
    }
    if finding.severity == Severity::Note {
        let _ = write!(page, " {}", note(finding, voices));
    } else {
        let _ = write!(page, " <span class=\"severity\">{severity}</span></p>\n<p>{}", esc(&finding.message));
    }
    if let Some(versions) = words::versions(report, finding) {
        let _ = write!(page, " {}", esc(&versions));
    }
    page.push_str("</p>\n");
    if finding.severity > Severity::Note {
        passages(page, voices, finding);
    }
    if let Some(href) = &finding.href {
        let _ = writeln!(page, "<p class=\"address\">{}</p>", esc(&shorten::to(href, FRAMING)));
    }
    page.push_str("</li>\n");
}

/// A note in a line: for framing the words themselves, for all else the sentence about them.
fn note(finding: &Finding, voices: &Voices) -> String {
    match &finding.copy {
        Some(copy) if finding.class == Class::Framing && finding.kind != Kind::Media => {
            format!("<q{}>{}</q>", voices.copy, esc(&shorten::to(&copy.exact, FRAMING)))
        }
        Some(_) | None => esc(&finding.message),
    }
}

fn passages(page: &mut String, voices: &Voices, finding: &Finding) {
    // Words that are the same on both sides are shown where they are set off, and framing is the copy's alone.
    let left = finding.class != Class::Framing && !matches!(finding.kind, Kind::EmphasisAdded | Kind::TextMoved);
    let right = finding.kind != Kind::EmphasisRemoved;
    if let Some(original) = finding.original.as_ref().filter(|_| left) {
        quote(page, ("Original", "del"), &voices.original, original, finding);
    }
    if let Some(copy) = finding.copy.as_ref().filter(|copy| right && !copy.exact.is_empty()) {
        quote(page, ("Copy", "ins"), &voices.copy, copy, finding);
    }
}

/// The passage in its surroundings.
fn quote(page: &mut String, (name, tag): (&str, &str), voice: &str, anchor: &Anchor, finding: &Finding) {
    // Only words that changed are struck out or underlined as new; others are merely marked, as they are set.
    let tag = if super::marks::is_of_words(finding.kind) { tag } else { "mark" };
    let (before, after) = words::context(anchor);
    let styles = if tag == "mark" { super::marks::styles(finding) } else { String::new() };
    let class = if styles.is_empty() { styles } else { format!(" class=\"{styles}\"") };
    let _ = writeln!(
        page,
        "<blockquote class=\"{}\"{voice}><span class=\"name\" lang=\"en\" dir=\"ltr\">{name}:</span> {}<{tag}{class}>{}</{tag}>{}\
         </blockquote>",
        finding.severity.slug(),
        esc(&before),
        esc(&shorten::to(&anchor.exact, PASSAGE)),
        esc(&after)
    );
}
