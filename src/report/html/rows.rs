//! Original and copy side by side, block by block: a row where a passage stands in both, one-sided rows for the rest.

use std::fmt::Write as _;

use super::marks::Marks;
use crate::{
    diff::Alignment,
    extract::{BlockKind, Document},
    report::Report,
};

/// Writes the table of texts. Furniture of the copy is left out: it has its own list.
pub(super) fn write(page: &mut String, report: &Report, original: &Document, copy: &Document, alignment: &Alignment) {
    page.push_str(
        "<section id=\"texts\">\n<h2>Side by side</h2>\n<div class=\"row heads\"><h3>Original</h3><h3>Copy</h3></div>\n",
    );
    let (left, right) = (Marks::of(report, false), Marks::of(report, true));
    let furniture = furniture(report, copy.blocks.len());
    let with = partners(alignment, copy.blocks.len());
    let mut next = 0;
    for (block, partner) in with.iter().enumerate() {
        let shown = right.any(block) || !furniture.get(block).copied().unwrap_or(false);
        if !shown {
            continue;
        }
        match partner {
            Some(partner) if *partner >= next => {
                for missing in next..*partner {
                    row(page, Some((original, missing, &left)), None);
                }
                row(page, Some((original, *partner, &left)), Some((copy, block, &right)));
                next = *partner + 1;
            }
            Some(_) | None => row(page, None, Some((copy, block, &right))),
        }
    }
    for missing in next..original.blocks.len() {
        row(page, Some((original, missing, &left)), None);
    }
    page.push_str("</section>\n");
}

type Cell<'a> = Option<(&'a Document, usize, &'a Marks<'a>)>;

fn row(page: &mut String, left: Cell<'_>, right: Cell<'_>) {
    page.push_str("<div class=\"row\">");
    for (cell, name) in [(left, "Original"), (right, "Copy")] {
        match cell {
            Some((document, block, marks)) => {
                let _ = write!(page, "<div{}><span class=\"side\">{name}</span>", class(document, block));
                marks.write(page, block, document.block_text(block));
                page.push_str("</div>");
            }
            None => page.push_str("<div class=\"none\"></div>"),
        }
    }
    page.push_str("</div>\n");
}

fn class(document: &Document, block: usize) -> &'static str {
    match document.blocks.get(block).map(|block| block.kind) {
        Some(BlockKind::Heading(_)) => " class=\"heading\"",
        Some(BlockKind::Quotation) => " class=\"quotation\"",
        Some(BlockKind::ListItem) => " class=\"item\"",
        Some(
            BlockKind::Paragraph | BlockKind::Cell | BlockKind::HeadCell | BlockKind::Caption | BlockKind::Preformatted,
        )
        | None => "",
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

/// For each block of the copy the first block of the original it shares words with.
fn partners(alignment: &Alignment, blocks: usize) -> Vec<Option<usize>> {
    let mut partners = vec![None; blocks];
    let moved = alignment.moves.iter().flat_map(|moved| &moved.steps);
    for step in alignment.steps.iter().chain(moved).filter(|step| step.same) {
        for (left, right) in step.original.clone().zip(step.copy.clone()) {
            let block = alignment.copy.block_of(right);
            if let Some(partner) = partners.get_mut(block) {
                partner.get_or_insert_with(|| alignment.original.block_of(left));
            }
        }
    }
    partners
}
