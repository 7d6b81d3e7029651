//! Errors, warnings and notes, each with the passages it is about.

use std::collections::BTreeMap;

use super::{Page, Tone};
use crate::{
    check::{Anchor, Class, Finding, Kind, Severity},
    report::{Report, escape::visible, words},
    text::shorten,
};

/// Characters of a passage that are shown; longer ones lose their middle.
const PASSAGE: usize = 320;

/// A finding and its number in the report, the same in every output.
type Numbered<'a> = (usize, &'a Finding);

/// Writes all findings but notes of framing.
pub(super) fn write(page: &mut Page, report: &Report) {
    let width = report.findings.len().to_string().len();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let list: Vec<Numbered<'_>> =
            (1..).zip(&report.findings).filter(|(_, one)| one.severity == severity && !is_framing_note(one)).collect();
        if list.is_empty() {
            continue;
        }
        let (title, meaning) = words::severity(severity);
        page.heading(&format!("{title} ({})", list.len()), meaning);
        let groups = alike(&list, severity);
        let shown = listed(severity).min(groups.len());
        for (at, group) in groups.iter().take(shown).enumerate() {
            if at > 0 && severity != Severity::Note {
                page.out.push('\n');
            }
            self::group(page, report, group, width);
        }
        rest(page, groups.get(shown..).unwrap_or_default(), title);
    }
}

/// Whether a finding is told with what stands around the text.
pub(super) fn is_framing_note(finding: &Finding) -> bool {
    finding.class == Class::Framing && finding.severity == Severity::Note
}

/// How many groups of a severity are shown one by one. Errors are never folded.
fn listed(severity: Severity) -> usize {
    match severity {
        Severity::Error => usize::MAX,
        Severity::Warning => 40,
        Severity::Note => 15,
    }
}

/// Findings that say the same of the same words, together, in the order of their first. An error stands for itself: each of
/// them has its own context.
fn alike<'a>(list: &[Numbered<'a>], severity: Severity) -> Vec<Vec<Numbered<'a>>> {
    let mut groups: Vec<Vec<Numbered<'a>>> = Vec::new();
    let mut places = BTreeMap::new();
    for (number, finding) in list {
        let exact = |anchor: &'a Option<Anchor>| anchor.as_ref().map(|anchor| anchor.exact.as_str());
        let alone = if severity == Severity::Error { *number } else { 0 };
        let passages = (exact(&finding.original), exact(&finding.copy));
        let key = (alone, words::title(finding), &finding.message, passages, &finding.supported_by);
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push((*number, finding)),
            None => groups.push(vec![(*number, finding)]),
        }
    }
    groups
}

fn group(page: &mut Page, report: &Report, group: &[Numbered<'_>], width: usize) {
    let Some(((number, finding), more)) = group.split_first() else { return };
    let indent = width + 4;
    let number = format!("  {number:>width$}  ");
    if finding.severity == Severity::Note {
        let eased: String = words::eases(finding).into_iter().map(|ease| format!(" ({ease})")).collect();
        let versions: String = words::versions(report, finding).into_iter().map(|text| format!(" {text}")).collect();
        page.paragraph(&number, indent, &format!("{}{eased}{}", visible(&finding.message), visible(&versions)));
    } else {
        let title = page.paint.severity(finding.severity, &words::title(finding));
        page.paragraph(&number, indent, &title);
        passages(page, finding, indent);
    }
    if !more.is_empty() {
        let mut numbers: Vec<String> = more.iter().take(12).map(|(number, _)| number.to_string()).collect();
        if more.len() > numbers.len() {
            numbers.push("…".to_owned());
        }
        let text = format!("and {} like it: {}", more.len(), numbers.join(", "));
        page.paragraph(&" ".repeat(indent), indent, &text);
    }
}

/// What was not shown, counted by kind.
fn rest(page: &mut Page, groups: &[Vec<Numbered<'_>>], title: &str) {
    let mut kinds = BTreeMap::new();
    for (_, finding) in groups.iter().flatten() {
        *kinds.entry(words::kind(finding.kind)).or_insert(0_u64) += 1;
    }
    if kinds.is_empty() {
        return;
    }
    let total: u64 = kinds.values().sum();
    let list: Vec<String> = kinds.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    let title = title.to_lowercase();
    let list = list.join(", ");
    page.out.push('\n');
    page.paragraph("  ", 2, &format!("… and {total} more {title}: {list}. --format html and json list them all."));
}

/// The passages a finding is about, and its sentence where they do not say all.
fn passages(page: &mut Page, finding: &Finding, indent: usize) {
    let (original, copy) = (finding.original.as_ref(), finding.copy.as_ref());
    let sentence = |page: &mut Page| page.paragraph(&" ".repeat(indent), indent, &visible(&finding.message));
    match finding.kind {
        Kind::TextInserted | Kind::EmphasisAdded | Kind::TextMoved => side(page, "copy", copy, Tone::Come, indent),
        Kind::TextDeleted | Kind::EmphasisRemoved => side(page, "original", original, Tone::Gone, indent),
        Kind::TextReplaced | Kind::EmphasisChanged => {
            if original.map(|one| &one.exact) == copy.map(|one| &one.exact) {
                sentence(page);
            }
            side(page, "original", original, Tone::Gone, indent);
            side(page, "copy", copy, Tone::Come, indent);
        }
        // What looks alike, or cannot be seen, has to be said.
        Kind::Lookalike | Kind::InvisibleCharacters | Kind::HiddenText => {
            sentence(page);
            side(page, "copy", copy.filter(|copy| !copy.exact.is_empty()), Tone::Come, indent);
        }
        Kind::Interjection
        | Kind::Preface
        | Kind::Afterword
        | Kind::Subheading
        | Kind::Caption
        | Kind::Byline
        | Kind::Dateline
        | Kind::Topic => side(page, "copy", copy, Tone::Come, indent),
        Kind::ParagraphsSplit
        | Kind::ParagraphsJoined
        | Kind::Typography
        | Kind::Headline
        | Kind::Media
        | Kind::Link => sentence(page),
    }
    if let Some(href) = &finding.href {
        page.paragraph(
            &format!("{}to        ", " ".repeat(indent)),
            indent + 10,
            &visible(&shorten::to(href, PASSAGE)),
        );
    }
}

/// One side's passage in its surroundings, the words concerned in brackets.
fn side(page: &mut Page, name: &str, anchor: Option<&Anchor>, tone: Tone, indent: usize) {
    let Some(anchor) = anchor else { return };
    let (before, after) = words::context(anchor);
    let middle = page.paint.set(tone, &format!("[{}]", visible(&shorten::to(&anchor.exact, PASSAGE))));
    // The dots keep to the word beside them.
    let before = visible(&before).replacen("… ", "…\u{a0}", 1);
    let after = visible(&after);
    let after = after.strip_suffix(" …").map_or(after.clone(), |after| format!("{after}\u{a0}…"));
    let text = format!("{before}{middle}{after}");
    page.paragraph(&format!("{}{name:<10}", " ".repeat(indent)), indent + 10, &text);
}
