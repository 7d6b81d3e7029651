//! The history of a page as a list: a version a line, with what it added and took away.

use super::{Look, Page, Tone};
use crate::{
    report::{escape::visible, wire::history::HistoryReport, words},
    text::shorten,
};

/// Characters of a title that are shown.
const TITLE: usize = 80;

/// Writes what `vidimus history` found for people.
pub fn history(report: &HistoryReport, look: Look) -> String {
    let mut page = Page::new(look);
    let texts = report.versions.len();
    let summary = format!(
        "{} of {}: {} in the archive, {}.",
        words::plural(texts as u64, "text"),
        visible(&report.url),
        words::plural(report.records, "record"),
        visible(&report.archive),
    );
    page.paragraph("", 0, &summary);
    for version in &report.versions {
        let span = match version.records {
            1 => version.first.to_string(),
            records => format!("{} to {}, {records} records", version.first, version.last),
        };
        let change = match (version.added, version.removed) {
            (0, 0) => String::new(),
            (added, removed) => format!(", {} new, {removed} gone", words::plural(added, "paragraph")),
        };
        page.paragraph("  ", 4, &format!("{span}: {} words{change}", version.words));
        if let Some(title) = &version.title {
            page.paragraph("    ", 4, &visible(&shorten::to(title, TITLE)));
        }
        page.paragraph("    ", 4, &visible(&version.uri));
    }
    for unread in &report.unread {
        let text = format!("Not read, {}: {}", unread.datetime, visible(&unread.cause));
        page.paragraph("  ", 4, &page.paint.set(Tone::Warning, &text));
    }
    if report.not_fetched > 0 {
        let text =
            format!("{} newer records were not looked at: --most raises how many are fetched.", report.not_fetched);
        page.paragraph("  ", 4, &page.paint.set(Tone::Warning, &text));
    }
    page.out
}
