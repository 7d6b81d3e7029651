//! A block's text with its findings marked: cut where any of them begins or ends, so that marks may overlap.

use std::{collections::BTreeMap, fmt::Write as _};

use super::esc;
use crate::{
    check::{Anchor, Class, Finding, Kind},
    report::{Report, words},
};

/// One finding's place in a block, in code points.
struct Mark<'a> {
    start: usize,
    end: usize,
    number: usize,
    finding: &'a Finding,
}

/// The marks of one document, by block.
pub(super) struct Marks<'a> {
    blocks: BTreeMap<usize, Vec<Mark<'a>>>,
    copy: bool,
}

impl<'a> Marks<'a> {
    /// The marks of the copy, or of the original.
    pub(super) fn of(report: &'a Report, copy: bool) -> Self {
        let mut blocks: BTreeMap<usize, Vec<Mark<'a>>> = BTreeMap::new();
        for (at, finding) in report.findings.iter().enumerate() {
            let anchor = if copy { &finding.copy } else { &finding.original };
            let place = anchor.as_ref().map(|Anchor { block, start, end, .. }| (*block, *start, *end));
            // A pure deletion is a gap in the copy; an insertion leaves no trace in the original.
            let gap = finding.at.filter(|_| copy).map(|point| (point.block, point.offset, point.offset));
            if let Some((block, start, end)) = place.or(gap) {
                blocks.entry(block).or_default().push(Mark { start, end, number: at + 1, finding });
            }
        }
        for marks in blocks.values_mut() {
            marks.sort_by_key(|mark| (mark.start, mark.end));
        }
        Self { blocks, copy }
    }

    /// Whether anything is marked in `block`.
    pub(super) fn any(&self, block: usize) -> bool {
        self.blocks.contains_key(&block)
    }

    /// Writes the text of `block` with its marks.
    pub(super) fn write(&self, page: &mut String, block: usize, text: &str) {
        let Some(marks) = self.blocks.get(&block) else {
            page.push_str(&esc(text));
            return;
        };
        let mut cuts: Vec<usize> = marks.iter().flat_map(|mark| [mark.start, mark.end]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        let mut offsets = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let (mut point, mut from) = (0, 0);
        offsets.next();
        let mut active: Vec<&Mark<'_>> = Vec::new();
        let mut next = marks.iter().peekable();
        for cut in cuts {
            let mut to = from;
            while point < cut {
                to = offsets.next().unwrap_or(text.len());
                point += 1;
            }
            self.segment(page, text.get(from..to).unwrap_or_default(), &active);
            from = to;
            active.retain(|mark| {
                if mark.end <= cut {
                    end(page, mark);
                }
                mark.end > cut
            });
            while let Some(mark) = next.next_if(|mark| mark.start <= cut) {
                self.number(page, mark);
                if mark.end > cut {
                    active.push(mark);
                } else {
                    let severity = mark.finding.severity.slug();
                    let _ = write!(page, "<span class=\"gap {severity}\" aria-hidden=\"true\">‸</span>");
                }
            }
        }
        page.push_str(&esc(text.get(from..).unwrap_or_default()));
    }

    fn segment(&self, page: &mut String, text: &str, active: &[&Mark<'_>]) {
        if text.is_empty() {
            return;
        }
        let Some(gravest) =
            active.iter().max_by_key(|mark| (mark.finding.severity, mark.finding.class != Class::Framing))
        else {
            page.push_str(&esc(text));
            return;
        };
        let finding = gravest.finding;
        let tag = match (is_of_words(finding.kind), self.copy) {
            (true, true) => "ins",
            (true, false) => "del",
            (false, _) => "mark",
        };
        let _ =
            write!(page, "<{tag} class=\"{} {}\">{}</{tag}>", self.class(finding), finding.severity.slug(), esc(text));
    }

    /// The number before a mark: a link to the finding, and what a screen reader says. Where the marked words do not show
    /// what happened to them, everybody reads it.
    fn number(&self, page: &mut String, mark: &Mark<'_>) {
        let finding = mark.finding;
        let here = self.copy || finding.copy.is_none() && finding.at.is_none();
        let id = if here { format!(" id=\"m{}\"", mark.number) } else { String::new() };
        let told = mark.start >= mark.end || finding.class == Class::Framing || finding.kind == Kind::TextMoved;
        let class = if told { "told" } else { "spoken" };
        let _ = write!(
            page,
            "<a{id} href=\"#f{0}\" class=\"number\" lang=\"en\" dir=\"ltr\">{0}<span class=\"{class}\"> {1}</span></a>",
            mark.number,
            words::kind(finding.kind)
        );
    }

    /// How the words of a finding look. Words that only the other document sets off get a plain mark here.
    fn class(&self, finding: &Finding) -> String {
        match (finding.class, finding.kind) {
            (Class::Emphasis, Kind::EmphasisAdded) if !self.copy => "plain".to_owned(),
            (Class::Emphasis, Kind::EmphasisRemoved) if self.copy => "plain".to_owned(),
            (Class::Emphasis, _) => format!("emphasis {}", styles(finding)),
            (Class::Edit, _) => "edit".to_owned(),
            (Class::Concealment, _) => "concealment".to_owned(),
            (Class::Framing, _) => "framing".to_owned(),
        }
    }
}

/// Says where a mark ends, to those who hear the page.
fn end(page: &mut String, mark: &Mark<'_>) {
    if mark.finding.class != Class::Framing {
        let _ = write!(page, "<span class=\"spoken\" lang=\"en\"> (end of {}) </span>", mark.number);
    }
}

/// Whether a finding is about the words themselves, which are then struck out on one side and new on the other.
pub(super) fn is_of_words(kind: Kind) -> bool {
    matches!(kind, Kind::TextInserted | Kind::TextDeleted | Kind::TextReplaced | Kind::Lookalike)
}

/// The styles of an emphasis, as classes that show them.
pub(super) fn styles(finding: &Finding) -> String {
    let styles: Vec<&str> = finding.styles.iter().map(|style| style.slug()).collect();
    styles.join(" ")
}
