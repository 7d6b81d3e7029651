//! The sections of the page around findings and texts: verdict, claims, furniture, sources.

use std::fmt::Write as _;

use super::{esc, voice::Voices};
use crate::{
    check::{Claim, ClaimStatus, Disclosed, Verdict},
    moment::Moment,
    report::{Report, Source, Tool, words},
};

/// The banner: the verdict before anything else.
pub(super) fn verdict(page: &mut String, report: &Report, voices: &Voices) {
    let (name, sentence) = words::verdict(report.verdict);
    let tone = match report.verdict {
        Verdict::Verbatim => "good",
        Verdict::Emphasised | Verdict::Excerpted | Verdict::Quoting | Verdict::Undetermined => "fair",
        Verdict::Altered | Verdict::Unrelated => "bad",
    };
    let _ = write!(page, "<header class=\"verdict {tone}\">\n<h1>{name}</h1>\n<p class=\"lead\">{sentence}</p>\n");
    let disclosed = (report.disclosed != Disclosed::NothingToDisclose).then(|| words::disclosed(report.disclosed));
    let weighs = words::weighs(report);
    if weighs.is_some() || disclosed.is_some() {
        let _ = writeln!(page, "<p>{} {}</p>", weighs.unwrap_or_default(), disclosed.unwrap_or_default());
    }
    if let Some(closest) = words::closest(report) {
        let _ = writeln!(page, "<p>{}</p>", esc(&closest));
    }
    for limit in &report.limits {
        let _ = writeln!(page, "<p class=\"limit\"><strong>Not checked:</strong> {}</p>", esc(&limit.message));
    }
    page.push_str("<dl class=\"pair\">\n");
    pair(page, "Copy", &report.copy, &voices.copy);
    pair(page, "Original", &report.original, &voices.original);
    page.push_str("</dl>\n");
    let claims = words::claims(report).unwrap_or_default();
    let _ = writeln!(page, "<p>{} {} {claims}</p>", words::coverage(report), words::counts(report));
    page.push_str(
        "<nav aria-label=\"Sections\"><a href=\"#findings\">Findings</a> <a href=\"#texts\">Side by side</a> \
         <a href=\"#claims\">Claims</a> <a href=\"#sources\">Sources</a></nav>\n</header>\n",
    );
}

/// Which page this is about, in a line.
fn pair(page: &mut String, name: &str, source: &Source, voice: &str) {
    let title = source.title.as_deref().unwrap_or(&source.locator);
    let facts = [&source.publisher, &source.published].into_iter().flatten();
    let facts: String = facts.map(|fact| format!(", <bdi>{}</bdi>", esc(fact))).collect();
    let _ = writeln!(page, "<dt>{name}</dt><dd><strong{voice}>{}</strong>{facts}</dd>", esc(title));
}

/// What the copy says of itself, in reading order.
pub(super) fn claims(page: &mut String, report: &Report, voices: &Voices) {
    page.push_str(
        "<section id=\"claims\" aria-labelledby=\"claims-name\">\n\
         <h2 id=\"claims-name\">What the copy says of its origin</h2>\n",
    );
    if report.claims.is_empty() {
        page.push_str("<p>Nothing that could be held against the original.</p>\n</section>\n");
        return;
    }
    page.push_str("<ul class=\"claims\">\n");
    let mut numbered: Vec<(usize, &Claim)> = (1..).zip(&report.claims).collect();
    numbered.sort_by_key(|(_, claim)| claim.status != ClaimStatus::Contradicted);
    for (number, claim) in numbered {
        let (sign, status) = words::status(claim.status);
        let _ = writeln!(
            page,
            "<li id=\"c{number}\"><span class=\"sign\" aria-hidden=\"true\">{sign}</span> <strong>{} {status}</strong>: \
             <q{}>{}</q> <span class=\"evidence\">{}</span></li>",
            words::claim(claim),
            voices.copy,
            esc(&claim.text),
            esc(&claim.evidence)
        );
    }
    page.push_str("</ul>\n</section>\n");
}

/// What was set aside.
pub(super) fn furniture(page: &mut String, report: &Report, voices: &Voices) {
    if report.furniture.is_empty() {
        return;
    }
    let count: u64 = report.furniture.iter().map(|one| one.words).sum();
    let _ = write!(
        page,
        "<section aria-labelledby=\"aside-name\">\n<h2 id=\"aside-name\">Set aside as the site’s furniture</h2>\n\
         <details><summary>{}, {}</summary>\n<ul class=\"furniture\">\n",
        words::plural(report.furniture.len() as u64, "place"),
        words::plural(count, "word")
    );
    for one in &report.furniture {
        let _ = writeln!(
            page,
            "<li><strong>{}</strong> ({}, known by {}) <q{}>{}</q></li>",
            esc(&one.role),
            words::plural(one.words, "word"),
            esc(&one.rule),
            voices.copy,
            esc(&one.excerpt)
        );
    }
    page.push_str("</ul></details>\n</section>\n");
}

/// The sources and what the report shows.
pub(super) fn sources(page: &mut String, report: &Report, voices: &Voices) {
    page.push_str("<section id=\"sources\" aria-labelledby=\"sources-name\">\n<h2 id=\"sources-name\">Sources</h2>\n");
    source(page, "Original", &report.original, &voices.original);
    for witness in report.further_witnesses() {
        source(page, "Another version", &witness.source, &voices.original);
        let _ = writeln!(page, "<p>{}</p>", words::closeness(witness));
    }
    source(page, "Copy", &report.copy, &voices.copy);
    page.push_str(
        "</section>\n<section aria-labelledby=\"proof-name\">\n\
         <h2 id=\"proof-name\">What this shows, and what not</h2>\n",
    );
    for text in words::PROVES {
        let _ = writeln!(page, "<p>{}</p>", esc(text));
    }
    page.push_str("</section>\n");
}

/// Who made the page, and when.
pub(super) fn foot(page: &mut String, tool: &Tool, generated_at: Moment) {
    let (name, version) = (esc(&tool.name), esc(&tool.version));
    let _ = write!(page, "<footer>\n<p>Made by {name} {version} at {generated_at}.</p>\n</footer>\n");
}

/// One source with all that is known of it.
pub(super) fn source(page: &mut String, name: &str, source: &Source, voice: &str) {
    let _ = write!(page, "<h3>{name}</h3>\n<dl>\n");
    let mut row = |term: &str, attributes: &str, value: Option<&str>| {
        if let Some(value) = value {
            let _ = writeln!(page, "<dt>{term}</dt><dd{attributes}>{}</dd>", esc(value));
        }
    };
    let retrieved = source.retrieved_at.map(|moment| moment.to_string());
    row("Given as", "", Some(&source.locator));
    row("Described as", "", source.note.as_deref());
    row("Address", "", source.final_url.as_deref());
    let recorded = source.memento.as_ref().map(|memento| (memento.datetime.to_string(), &memento.uri));
    row("Recorded", "", recorded.as_ref().map(|(datetime, _)| datetime.as_str()));
    row("Record", "", recorded.as_ref().map(|(_, uri)| uri.as_str()));
    row("Title", voice, source.title.as_deref());
    row("Author", voice, source.byline.as_deref());
    row("Publisher", voice, source.publisher.as_deref());
    row("Published", "", source.published.as_deref());
    row("Retrieved", "", retrieved.as_deref());
    row("Bytes", "", Some(&source.bytes.to_string()));
    row("SHA-256", " class=\"hash\"", Some(&source.sha256));
    row("SHA-256 of the text", " class=\"hash\"", Some(&source.text_sha256));
    row("Shown", "", words::rendered(source).as_deref());
    row("Read", "", words::sheets(source).as_deref());
    row("Origin", "", Some(&words::assurance(source)));
    page.push_str("</dl>\n");
}
