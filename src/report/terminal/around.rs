//! What is told more briefly: framing, what the copy says of itself, and what was set aside.

use std::collections::BTreeMap;

use super::{Page, passages::is_framing_note};
use crate::{
    check::{ClaimStatus, Finding, Kind},
    report::{Report, escape::visible, words},
    text::shorten,
};

/// Passages of one kind of framing that are shown; the rest is counted.
const PASSAGES: usize = 3;

/// Characters of a framing passage that are shown.
const FRAMING: usize = 90;

/// Claims that are shown although nothing contradicts them; the rest is counted.
const CLAIMS: usize = 20;

/// Writes the notes of framing, a paragraph a kind.
pub(super) fn framing(page: &mut Page, report: &Report) {
    let mut kinds: Vec<(Kind, Vec<&Finding>)> = Vec::new();
    for finding in report.findings.iter().filter(|one| is_framing_note(one)) {
        match kinds.iter_mut().find(|(kind, _)| *kind == finding.kind) {
            Some((_, list)) => list.push(finding),
            None => kinds.push((finding.kind, vec![finding])),
        }
    }
    if kinds.is_empty() {
        return;
    }
    let count: usize = kinds.iter().map(|(_, list)| list.len()).sum();
    let (title, meaning) = words::AROUND;
    page.heading(&format!("{title} ({count})"), meaning);
    for (kind, list) in kinds {
        let name = words::kind(kind);
        for (at, finding) in list.iter().take(PASSAGES).enumerate() {
            let first = if at == 0 { format!("  {name:<11}") } else { " ".repeat(13) };
            page.paragraph(&first, 13, &passage(report, finding));
        }
        if let Some(more) = list.len().checked_sub(PASSAGES).filter(|more| *more > 0) {
            page.paragraph(&" ".repeat(13), 13, &format!("… and {more} more"));
        }
    }
}

fn passage(report: &Report, finding: &Finding) -> String {
    let text = match (finding.kind, &finding.copy) {
        (Kind::Media, _) | (_, None) => visible(&finding.message),
        (_, Some(copy)) => visible(&shorten::to(&copy.exact, FRAMING)),
    };
    let target =
        finding.href.as_deref().map_or(String::new(), |href| format!(" → {}", visible(&shorten::to(href, FRAMING))));
    let versions = words::versions(report, finding).map_or(String::new(), |text| format!(" {}", visible(&text)));
    format!("{text}{target}{versions}")
}

/// Writes what the copy says of its origin, contradictions first.
pub(super) fn claims(page: &mut Page, report: &Report) {
    if report.claims.is_empty() {
        return;
    }
    page.heading("What the copy says of its origin", "");
    let (bad, others): (Vec<_>, Vec<_>) =
        report.claims.iter().partition(|claim| claim.status == ClaimStatus::Contradicted);
    for claim in bad.iter().chain(others.iter().take(CLAIMS)) {
        let (sign, status) = words::status(claim.status);
        let status = page.paint.status(claim.status, status);
        let text = format!("{}: “{}” {status}", words::claim(claim), visible(&shorten::to(&claim.text, FRAMING)));
        page.paragraph(&format!("  {sign} "), 4, &text);
        // What is confirmed stands in the original just so.
        if claim.status != ClaimStatus::Confirmed {
            page.paragraph("    ", 4, &visible(&claim.evidence));
        }
    }
    if let Some(more) = others.len().checked_sub(CLAIMS).filter(|more| *more > 0) {
        page.paragraph("    ", 4, &format!("… and {more} more that nothing contradicts"));
    }
}

/// Writes how much of the page was set aside, by role.
pub(super) fn furniture(page: &mut Page, report: &Report) {
    if report.furniture.is_empty() {
        return;
    }
    let mut roles = BTreeMap::new();
    for furniture in &report.furniture {
        *roles.entry(visible(&furniture.role)).or_insert(0) += furniture.words;
    }
    let list: Vec<String> =
        roles.iter().map(|(role, count)| format!("{role} ({})", words::plural(*count, "word"))).collect();
    page.heading("Set aside as the site’s furniture", "");
    page.paragraph("  ", 2, &list.join(", "));
}
