//! Original and copy side by side, block by block: a row where a passage stands in both, one-sided rows for the rest.

use std::fmt::Write as _;

use super::{marks::Marks, voice::Voices};
use crate::{
    diff::{Alignment, Side, Step},
    extract::{BlockKind, Document},
    report::{Report, words},
};

/// Rows from which on a text is long, so that stretches in which nothing was found are folded.
const LONG: usize = 60;

/// Rows in a row without findings that are folded in a long text, but for the first and the last.
const STRETCH: usize = 8;

/// The blocks of one row. At least one side is there.
#[derive(Clone, Copy)]
struct Row {
    left: Option<usize>,
    right: Option<usize>,
}

/// Everything a row is written from.
struct Table<'a> {
    documents: [&'a Document; 2],
    marks: [Marks<'a>; 2],
    voices: [&'a str; 2],
    /// For each block of either document, whether any of its words stands in the other.
    met: [Vec<bool>; 2],
}

/// Writes both texts. Furniture of the copy is left out: it has its own list.
pub(super) fn write(
    page: &mut String,
    report: &Report,
    voices: &Voices,
    documents: [&Document; 2],
    alignment: &Alignment,
) {
    let [original, copy] = documents;
    let table = Table {
        documents,
        marks: [Marks::of(report, false), Marks::of(report, true)],
        voices: [&voices.original, &voices.copy],
        met: [
            met(alignment, &alignment.original, original.blocks.len(), |step| step.original.clone()),
            met(alignment, &alignment.copy, copy.blocks.len(), |step| step.copy.clone()),
        ],
    };
    page.push_str(
        "<section id=\"texts\" aria-labelledby=\"texts-name\">\n<h2 id=\"texts-name\">Side by side</h2>\n\
         <div class=\"row heads\"><h3>Original</h3><h3>Copy</h3></div>\n",
    );
    let rows = table.rows(report, alignment);
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let quiet = rows.get(at..).unwrap_or_default().iter().take_while(|row| table.is_quiet(**row)).count();
        if rows.len() < LONG || quiet < STRETCH {
            table.row(page, *row);
            at += 1;
            continue;
        }
        table.stretch(page, rows.get(at..at + quiet).unwrap_or_default());
        at += quiet;
    }
    page.push_str("</section>\n");
}

impl Table<'_> {
    /// All rows in reading order of the copy; what stands only in the original is put in where it stands there.
    fn rows(&self, report: &Report, alignment: &Alignment) -> Vec<Row> {
        let [original, copy] = self.documents;
        let [_, marks] = &self.marks;
        let furniture = furniture(report, copy.blocks.len());
        let mut rows = Vec::new();
        let mut next = 0;
        for (block, partner) in partners(alignment, copy.blocks.len()).into_iter().enumerate() {
            if !marks.any(block) && furniture.get(block).copied().unwrap_or(false) {
                continue;
            }
            let partner = partner.filter(|partner| *partner >= next);
            if let Some(partner) = partner {
                rows.extend((next..partner).map(|missing| Row { left: Some(missing), right: None }));
                next = partner + 1;
            }
            rows.push(Row { left: partner, right: Some(block) });
        }
        rows.extend((next..original.blocks.len()).map(|missing| Row { left: Some(missing), right: None }));
        rows
    }

    /// Whether both sides say the same and nothing is marked in either.
    fn is_quiet(&self, row: Row) -> bool {
        let ([original, copy], [left, right]) = (self.documents, &self.marks);
        let (Some(one), Some(other)) = (row.left, row.right) else { return false };
        !left.any(one) && !right.any(other) && original.block_text(one) == copy.block_text(other)
    }

    /// A long stretch without findings: folded, but for its first and its last row.
    fn stretch(&self, page: &mut String, rows: &[Row]) {
        let [first, middle @ .., last] = rows else { return };
        self.row(page, *first);
        let count = words::plural(middle.len() as u64, "passage");
        let _ = writeln!(page, "<details><summary>{count}, the same on both sides</summary>");
        for row in middle {
            self.row(page, *row);
        }
        page.push_str("</details>\n");
        self.row(page, *last);
    }

    fn row(&self, page: &mut String, row: Row) {
        let same = self.is_quiet(row);
        page.push_str("<div class=\"row\">");
        self.cell(page, 0, row.left, row.right, if same { "Original and copy" } else { "Original" });
        if same {
            // Heard and, on a narrow screen, seen once.
            self.again(page, row.right);
        } else {
            self.cell(page, 1, row.right, row.left, "Copy");
        }
        page.push_str("</div>\n");
    }

    /// One side of a row; where it is empty, what became of the `other` side's block, if nothing else says so.
    fn cell(&self, page: &mut String, side: usize, block: Option<usize>, other: Option<usize>, name: &str) {
        let (Some(document), Some(marks), Some(voice)) =
            (self.documents.get(side), self.marks.get(side), self.voices.get(side))
        else {
            return;
        };
        let Some(block) = block else {
            page.push_str(match (other.is_some_and(|other| self.is_told(1 - side, other)), side) {
                (true, _) => "<div class=\"none\"></div>",
                (false, 0) => "<div class=\"none only absent\">not in the original</div>",
                (false, _) => "<div class=\"none only absent\">not in the copy</div>",
            });
            return;
        };
        let class = class(document, block).map_or(String::new(), |class| format!(" class=\"{class}\""));
        let _ = write!(page, "<div{class}><span class=\"side\">{name}: </span><div{voice}>");
        marks.write(page, block, document.block_text(block));
        page.push_str("</div></div>");
    }

    /// Whether a block has marks that say what became of it, or words that stand elsewhere in the other document.
    fn is_told(&self, side: usize, block: usize) -> bool {
        let met = self.met.get(side).and_then(|met| met.get(block)).copied().unwrap_or(false);
        met || self.marks.get(side).is_some_and(|marks| marks.any(block))
    }

    fn again(&self, page: &mut String, block: Option<usize>) {
        let ([_, document], [_, voice]) = (self.documents, self.voices);
        let Some(block) = block else { return };
        let class = class(document, block).map_or(String::new(), |class| format!(" {class}"));
        let text = super::esc(document.block_text(block));
        let _ = write!(page, "<div class=\"again{class}\" aria-hidden=\"true\"{voice}>{text}</div>");
    }
}

fn class(document: &Document, block: usize) -> Option<&'static str> {
    match document.blocks.get(block).map(|block| block.kind) {
        Some(BlockKind::Heading(_)) => Some("heading"),
        Some(BlockKind::Quotation) => Some("quotation"),
        Some(BlockKind::ListItem) => Some("item"),
        Some(
            BlockKind::Paragraph | BlockKind::Cell | BlockKind::HeadCell | BlockKind::Caption | BlockKind::Preformatted,
        )
        | None => None,
    }
}

fn furniture(report: &Report, blocks: usize) -> Vec<bool> {
    let mut aside = vec![false; blocks];
    for one in &report.furniture {
        for block in aside.iter_mut().skip(one.block).take(one.blocks) {
            *block = true;
        }
    }
    aside
}

/// For each block of the copy the first block of the original it shares words with. A passage that was moved is paired only
/// where that tears nothing apart that was not; else it has a row of its own on either side.
fn partners(alignment: &Alignment, blocks: usize) -> Vec<Option<usize>> {
    let mut partners = first_partners(alignment, blocks, alignment.steps.iter());
    let moved = first_partners(alignment, blocks, alignment.moves.iter().flat_map(|moved| &moved.steps));
    // The nearest partner behind each block; the one before it is seen to when rows are made.
    let mut behind = usize::MAX;
    for (partner, moved) in partners.iter_mut().zip(moved).rev() {
        *partner = partner.or(moved.filter(|moved| *moved < behind));
        behind = partner.map_or(behind, |partner| partner.min(behind));
    }
    partners
}

fn first_partners<'a>(
    alignment: &Alignment,
    blocks: usize,
    steps: impl Iterator<Item = &'a Step>,
) -> Vec<Option<usize>> {
    let mut partners = vec![None; blocks];
    for step in steps.filter(|step| step.same) {
        for (left, right) in step.original.clone().zip(step.copy.clone()) {
            let block = alignment.copy.block_of(right);
            if let Some(partner) = partners.get_mut(block) {
                partner.get_or_insert_with(|| alignment.original.block_of(left));
            }
        }
    }
    partners
}

/// For each block of one side, whether any of its words stands in the other document, moved passages included.
fn met(
    alignment: &Alignment,
    side: &Side,
    blocks: usize,
    range: impl Fn(&Step) -> std::ops::Range<usize>,
) -> Vec<bool> {
    let mut met = vec![false; blocks];
    let moved = alignment.moves.iter().flat_map(|moved| &moved.steps);
    for word in alignment.steps.iter().chain(moved).filter(|step| step.same).flat_map(range) {
        if let Some(met) = met.get_mut(side.block_of(word)) {
            *met = true;
        }
    }
    met
}
