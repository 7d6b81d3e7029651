//! The sections of the page around the two texts: verdict, findings, claims, furniture, sources.

use std::fmt::Write as _;

use super::esc;
use crate::{
    check::{Anchor, Class, Finding, Kind, Severity, Verdict},
    report::{Report, Source, words},
};

/// The banner: the verdict before anything else.
pub(super) fn verdict(page: &mut String, report: &Report) {
    let (name, sentence) = words::verdict(report.verdict);
    let tone = match report.verdict {
        Verdict::Verbatim => "good",
        Verdict::Emphasised | Verdict::Excerpted | Verdict::Quoting | Verdict::Undetermined => "fair",
        Verdict::Altered | Verdict::Unrelated => "bad",
    };
    let _ = write!(page, "<header class=\"verdict {tone}\">\n<h1>{name}</h1>\n<p class=\"lead\">{sentence}</p>\n");
    let counts = words::counts(report);
    let _ = writeln!(page, "<p>{counts} {}</p>", words::disclosed(report.disclosed));
    for limit in &report.limits {
        let _ = writeln!(page, "<p class=\"limit\"><strong>Not checked:</strong> {}</p>", esc(&limit.message));
    }
    page.push_str(
        "<nav aria-label=\"Sections\"><a href=\"#findings\">Findings</a> <a href=\"#texts\">Side by side</a> \
         <a href=\"#claims\">Claims</a> <a href=\"#sources\">Sources</a></nav>\n</header>\n",
    );
}

/// The findings, gravest first, then framing.
pub(super) fn findings(page: &mut String, report: &Report) {
    page.push_str("<section id=\"findings\">\n<h2>Findings</h2>\n");
    let numbered: Vec<(usize, &Finding)> = report.findings.iter().enumerate().map(|(at, one)| (at + 1, one)).collect();
    let framing = |one: &Finding| one.class == Class::Framing && one.severity == Severity::Note;
    let mut any = false;
    for (severity, title) in [(Severity::Error, "Errors"), (Severity::Warning, "Warnings"), (Severity::Note, "Notes")] {
        let group = numbered.iter().filter(|(_, one)| one.severity == severity && !framing(one));
        any |= list(page, title, group.copied());
    }
    any |= list(page, "Around the text", numbered.iter().filter(|(_, one)| framing(one)).copied());
    if !any {
        page.push_str("<p>None.</p>\n");
    }
    page.push_str("</section>\n");
}

fn list<'a>(page: &mut String, title: &str, findings: impl Iterator<Item = (usize, &'a Finding)>) -> bool {
    let mut findings = findings.peekable();
    if findings.peek().is_none() {
        return false;
    }
    let _ = write!(page, "<h3>{title}</h3>\n<ul class=\"findings\">\n");
    for (number, finding) in findings {
        item(page, number, finding);
    }
    page.push_str("</ul>\n");
    true
}

fn item(page: &mut String, number: usize, finding: &Finding) {
    let severity = finding.severity.slug();
    let styles = finding.styles.iter().map(|style| style.slug());
    let touches: Vec<&str> = styles.chain(finding.facets.iter().map(|facet| facet.slug())).collect();
    let _ = write!(
        page,
        "<li id=\"f{number}\" class=\"{severity}\"><p><a href=\"#m{number}\" class=\"number\">{number}</a> \
         <strong>{}</strong>",
        words::kind(finding.kind)
    );
    if !touches.is_empty() {
        let _ = write!(page, " <span class=\"touches\">{}</span>", touches.join(", "));
    }
    let announced = if finding.declared_by.is_some() { ", announced by the copy" } else { "" };
    let _ = writeln!(page, " <span class=\"severity\">{severity}{announced}</span></p>");
    let _ = writeln!(page, "<p>{}</p>", esc(&finding.message));
    let framing = finding.class == Class::Framing;
    // Words that are the same on both sides are shown where they are set off.
    let one_side = |kind: Kind| finding.class == Class::Emphasis && finding.kind == kind;
    let (left, right) = (!framing && !one_side(Kind::EmphasisAdded), !framing && !one_side(Kind::EmphasisRemoved));
    if let Some(original) = finding.original.as_ref().filter(|_| left) {
        quote(page, "Original", "del", original, finding.kind);
    }
    if let Some(copy) = finding.copy.as_ref().filter(|_| right) {
        quote(page, "Copy", "ins", copy, finding.kind);
    }
    if let Some(href) = &finding.href {
        let _ = writeln!(page, "<p class=\"address\">{}</p>", esc(href));
    }
    page.push_str("</li>\n");
}

/// The passage in its surroundings.
fn quote(page: &mut String, name: &str, tag: &str, anchor: &Anchor, kind: Kind) {
    // Only words that changed are struck out or underlined as new; others are merely marked.
    let changed = matches!(kind, Kind::TextInserted | Kind::TextDeleted | Kind::TextReplaced | Kind::Lookalike);
    let tag = if changed { tag } else { "mark" };
    let (before, after) = words::context(anchor);
    let _ = writeln!(
        page,
        "<blockquote><span class=\"name\">{name}</span> {}<{tag}>{}</{tag}>{}</blockquote>",
        esc(&before),
        esc(&anchor.exact),
        esc(&after)
    );
}

/// What the copy says of itself.
pub(super) fn claims(page: &mut String, report: &Report) {
    page.push_str("<section id=\"claims\">\n<h2>What the copy says of its origin</h2>\n");
    if report.claims.is_empty() {
        page.push_str("<p>Nothing that could be held against the original.</p>\n</section>\n");
        return;
    }
    page.push_str("<ul class=\"claims\">\n");
    for claim in &report.claims {
        let (sign, status) = words::status(claim.status);
        let _ = writeln!(
            page,
            "<li><span class=\"sign\" aria-hidden=\"true\">{sign}</span> <strong>{}</strong> {status}: <q>{}</q> \
             <span class=\"evidence\">{}</span></li>",
            words::claim(claim.kind),
            esc(&claim.text),
            esc(&claim.evidence)
        );
    }
    page.push_str("</ul>\n</section>\n");
}

/// What was set aside.
pub(super) fn furniture(page: &mut String, report: &Report) {
    if report.furniture.is_empty() {
        return;
    }
    let words: u64 = report.furniture.iter().map(|one| one.words).sum();
    let _ = write!(
        page,
        "<section>\n<h2>Set aside as the site’s furniture</h2>\n<details><summary>{} places, {words} words</summary>\n\
         <ul class=\"furniture\">\n",
        report.furniture.len()
    );
    for one in &report.furniture {
        let _ = writeln!(
            page,
            "<li><strong>{}</strong> {} words, by {}: {}</li>",
            esc(&one.role),
            one.words,
            esc(&one.rule),
            esc(&one.excerpt)
        );
    }
    page.push_str("</ul></details>\n</section>\n");
}

/// The sources and what the report shows.
pub(super) fn sources(page: &mut String, report: &Report) {
    page.push_str("<footer id=\"sources\">\n<h2>Sources</h2>\n");
    source(page, "Original", &report.original);
    source(page, "Copy", &report.copy);
    page.push_str("<h2>What this proves and what not</h2>\n");
    for text in words::PROVES {
        let _ = writeln!(page, "<p>{}</p>", esc(text));
    }
    let (name, version) = (esc(&report.tool.name), esc(&report.tool.version));
    let _ = write!(page, "<p>Made by {name} {version} at {}.</p>\n</footer>\n", report.generated_at);
}

fn source(page: &mut String, name: &str, source: &Source) {
    let _ = write!(page, "<h3>{name}</h3>\n<dl>\n");
    let mut row = |term: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(page, "<dt>{term}</dt><dd>{}</dd>", esc(value));
        }
    };
    row("Given as", Some(&source.locator));
    row("Described as", source.note.as_deref());
    row("Address", source.final_url.as_deref());
    row("Title", source.title.as_deref());
    row("Author", source.byline.as_deref());
    row("Publisher", source.publisher.as_deref());
    row("Published", source.published.as_deref());
    row("Retrieved", source.retrieved_at.map(|moment| moment.to_string()).as_deref());
    row("Bytes", Some(&source.bytes.to_string()));
    row("SHA-256", Some(&source.sha256));
    row("SHA-256 of the text", Some(&source.text_sha256));
    row("Origin", Some(&words::assurance(source)));
    page.push_str("</dl>\n");
}
