//! What an article quotes, each quotation beside its passage: a section of a report, or a page of its own.

use std::fmt::Write as _;

use super::{esc, parts, voice, voice::Voices};
use crate::{
    check::{Quote, QuoteStatus, Severity},
    report::{Report, json, wire::quotes::QuoteReport, words},
};

/// Writes what `vidimus quotes` found as a page.
pub fn page(report: &QuoteReport) -> String {
    let title = report.article.title.as_deref().unwrap_or(&report.article.locator);
    let mut page = super::head(&format!("Quotations: {title}"), &report.tool, &json::write(report));
    let gravest = report.quotes.iter().filter_map(Quote::severity).max();
    let (tone, name) = match gravest {
        _ if report.is_undetermined() => ("fair", "Undetermined"),
        None => ("good", "Quotations"),
        Some(Severity::Note | Severity::Warning) => ("fair", "Quotations"),
        Some(Severity::Error) => ("bad", "Quotations"),
    };
    let counts = words::quotes(&report.quotes).unwrap_or_else(|| words::no_quotes(&report.limits).to_owned());
    let _ = write!(page, "<header class=\"verdict {tone}\">\n<h1>{name}</h1>\n<p class=\"lead\">{counts}</p>\n");
    for limit in &report.limits {
        let _ = writeln!(page, "<p class=\"limit\"><strong>Not checked:</strong> {}</p>", esc(&limit.message));
    }
    let _ = write!(
        page,
        "<dl class=\"pair\">\n<dt>Article</dt><dd><strong{}>{}</strong></dd>\n</dl>\n</header>\n<main>\n",
        voice::attributes(&report.article),
        esc(title)
    );
    let originals: Vec<(String, String)> = report
        .originals
        .iter()
        .map(|source| {
            let name = if report.originals.len() > 1 { esc(&source.locator) } else { "Original".to_owned() };
            (name, voice::attributes(source))
        })
        .collect();
    section(&mut page, &report.quotes, &voice::attributes(&report.article), "Article", &originals);
    page.push_str("<section id=\"sources\" aria-labelledby=\"sources-name\">\n<h2 id=\"sources-name\">Sources</h2>\n");
    parts::source(&mut page, "Article", &report.article, &voice::attributes(&report.article));
    for (source, (_, voice)) in report.originals.iter().zip(&originals) {
        parts::source(&mut page, "Original", source, voice);
    }
    page.push_str("</section>\n</main>\n");
    parts::foot(&mut page, &report.tool, report.generated_at);
    page.push_str("</body>\n</html>\n");
    page
}

/// Writes the quotations of a report.
pub(super) fn write(page: &mut String, report: &Report, voices: &Voices) {
    let versions = report.witnesses.iter().map(|witness| (esc(&witness.source.locator), voices.original.clone()));
    let mut originals: Vec<(String, String)> = versions.collect();
    if originals.len() < 2 {
        originals = vec![("Original".to_owned(), voices.original.clone())];
    }
    section(page, &report.quotes, &voices.copy, "Copy", &originals);
}

/// The quotations, those there is something to be said against first. Of each source its name and its voice.
fn section(page: &mut String, quotes: &[Quote], voice: &str, name: &str, originals: &[(String, String)]) {
    let Some(counts) = words::quotes(quotes) else { return };
    let _ = write!(
        page,
        "<section id=\"quotes\" aria-labelledby=\"quotes-name\">\n<h2 id=\"quotes-name\">Quotations</h2>\n<p>{counts}</p>\n"
    );
    if quotes.iter().any(|quote| quote.status == QuoteStatus::NotFound) {
        let _ = writeln!(page, "<p>{}</p>", words::MISSES);
    }
    page.push_str("<ul class=\"findings\">\n");
    let (said, fine): (Vec<&Quote>, Vec<&Quote>) = quotes.iter().partition(|quote| quote.severity().is_some());
    for quote in said.into_iter().chain(fine) {
        item(page, quote, (name, voice), originals);
    }
    page.push_str("</ul>\n</section>\n");
}

fn item(page: &mut String, quote: &Quote, (name, voice): (&str, &str), originals: &[(String, String)]) {
    let (_, status) = words::quote(quote.status);
    let severity = quote.severity().map_or("note", |severity| severity.slug());
    let speaker = quote.speaker.as_deref().map_or(String::new(), |name| format!(" ({})", esc(name)));
    let _ = writeln!(
        page,
        "<li id=\"q{}\" class=\"{severity}\"><p><strong>{status}</strong>{speaker}</p>\n<p>{}</p>",
        quote.id,
        esc(&quote.message)
    );
    passage(page, name, voice, &quote.copy.exact);
    if let Some((original, (name, voice))) = quote.original.as_ref().zip(originals.get(quote.source.unwrap_or(0))) {
        passage(page, name, voice, &original.exact);
    }
    if let Some(link) = &quote.link {
        let _ = writeln!(page, "<p class=\"address\">{}</p>", esc(link));
    }
    page.push_str("</li>\n");
}

fn passage(page: &mut String, name: &str, voice: &str, text: &str) {
    let _ = writeln!(
        page,
        "<blockquote{voice}><span class=\"name\" lang=\"en\" dir=\"ltr\">{name}:</span> {}</blockquote>",
        esc(text)
    );
}
