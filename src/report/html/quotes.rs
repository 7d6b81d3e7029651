//! What an article quotes, each quotation beside its passage.

use std::fmt::Write as _;

use super::{esc, voice::Voices};
use crate::{
    check::{Quote, QuoteStatus},
    report::{Report, words},
};

/// Writes the quotations, those there is something to be said against first.
pub(super) fn write(page: &mut String, report: &Report, voices: &Voices) {
    let Some(counts) = words::quotes(&report.quotes) else { return };
    let _ = write!(
        page,
        "<section id=\"quotes\" aria-labelledby=\"quotes-name\">\n<h2 id=\"quotes-name\">Quotations</h2>\n<p>{counts}</p>\n"
    );
    if report.quotes.iter().any(|quote| quote.status == QuoteStatus::NotFound) {
        let _ = writeln!(page, "<p>{}</p>", words::MISSES);
    }
    page.push_str("<ul class=\"findings\">\n");
    let (said, fine): (Vec<&Quote>, Vec<&Quote>) = report.quotes.iter().partition(|quote| quote.severity().is_some());
    for quote in said.into_iter().chain(fine) {
        item(page, quote, voices);
    }
    page.push_str("</ul>\n</section>\n");
}

fn item(page: &mut String, quote: &Quote, voices: &Voices) {
    let (_, status) = words::quote(quote.status);
    let severity = quote.severity().map_or("note", |severity| severity.slug());
    let speaker = quote.speaker.as_deref().map_or(String::new(), |name| format!(" ({})", esc(name)));
    let _ = writeln!(
        page,
        "<li id=\"q{}\" class=\"{severity}\"><p><strong>{status}</strong>{speaker}</p>\n<p>{}</p>",
        quote.id,
        esc(&quote.message)
    );
    passage(page, "Copy", &voices.copy, &quote.copy.exact);
    if let Some(original) = &quote.original {
        passage(page, "Original", &voices.original, &original.exact);
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
