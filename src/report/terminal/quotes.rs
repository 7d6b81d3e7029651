//! Quotations: those there is something to be said against first, each with its passage, the others in a line.

use super::{Look, Page, Tone};
use crate::{
    check::{Quote, QuoteStatus, Severity},
    report::{Source, escape::visible, wire::quotes::QuoteReport, words},
    text::shorten,
};

/// Characters of a quotation that are shown, and of one there is nothing to be said against.
const PASSAGE: usize = 320;
const LINE: usize = 90;

/// Quotations without anything to be said against them that are shown; the rest is counted.
const LISTED: usize = 40;

/// Writes what `vidimus quotes` found for people.
pub fn quotes(report: &QuoteReport, look: Look) -> String {
    let mut page = Page::new(look);
    let counts = words::quotes(&report.quotes).unwrap_or_else(|| words::no_quotes(&report.limits).to_owned());
    page.paragraph("", 0, &counts);
    for limit in &report.limits {
        let text = format!("Not checked: {}", visible(&limit.message));
        page.paragraph("", 0, &page.paint.set(Tone::Warning, &text));
    }
    write(&mut page, &report.quotes, &report.originals);
    page.heading("Sources", "");
    page.source("article", &report.article);
    for original in &report.originals {
        page.source("original", original);
    }
    page.out
}

/// Writes a list of quotations; `originals` are named where there are several.
pub(super) fn write(page: &mut Page, quotes: &[Quote], originals: &[Source]) {
    if quotes.is_empty() {
        return;
    }
    page.heading("Quotations", "");
    let (said, fine): (Vec<&Quote>, Vec<&Quote>) = quotes.iter().partition(|quote| quote.severity().is_some());
    for quote in said {
        item(page, quote, originals, true);
    }
    for quote in fine.iter().take(LISTED) {
        item(page, quote, originals, false);
    }
    if let Some(more) = fine.len().checked_sub(LISTED).filter(|more| *more > 0) {
        page.paragraph("    ", 4, &format!("… and {more} more that there is nothing to be said against"));
    }
    if quotes.iter().any(|quote| quote.status == QuoteStatus::NotFound) {
        page.paragraph("  ", 2, words::MISSES);
    }
}

fn item(page: &mut Page, quote: &Quote, originals: &[Source], whole: bool) {
    let (sign, status) = words::quote(quote.status);
    let status = match quote.severity() {
        Some(Severity::Error) => page.paint.set(Tone::Bad, status),
        Some(Severity::Warning) => page.paint.set(Tone::Warning, status),
        Some(Severity::Note) | None => status.to_owned(),
    };
    let length = if whole { PASSAGE } else { LINE };
    let speaker =
        quote.speaker.as_deref().map_or(String::new(), |name| format!(" ({})", visible(&shorten::to(name, LINE))));
    page.paragraph(
        &format!("  {sign} "),
        4,
        &format!("{status}: “{}”{speaker}", visible(&shorten::to(&quote.copy.exact, length))),
    );
    if whole {
        page.paragraph("    ", 4, &visible(&quote.message));
        if let Some(original) = &quote.original {
            let name =
                quote.source.and_then(|source| originals.get(source)).map_or("original", |source| &source.locator);
            page.paragraph(
                "    ",
                4,
                &format!("{}: “{}”", visible(name), visible(&shorten::to(&original.exact, PASSAGE))),
            );
        }
    }
    if let Some(link) = quote.link.as_deref().filter(|_| whole) {
        page.paragraph("    ", 4, &visible(link));
    }
}
