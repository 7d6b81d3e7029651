//! Which elements begin and end a block, and of what kind it is: by their names and by the box a sheet gives them.

use scraper::{ElementRef, node::Element};

use super::super::css;
use super::own::{is_amid, is_lone_caption};
use crate::extract::BlockKind;

/// Elements that hold a block whatever box a sheet gives them: sites line up list items and cells in rows.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
];

/// Letters of the largest initial that is taken for one.
const INITIAL: usize = 3;

/// Whether the element's box begins and ends a block.
pub(super) fn breaks(element: ElementRef<'_>, style: &css::Style) -> bool {
    let block = BLOCKS.contains(&element.value().name());
    match style.display {
        css::Display::None | css::Display::Contents | css::Display::Ruby | css::Display::RubyText => false,
        css::Display::Inline => {
            matches!(element.value().name(), "li" | "td" | "th" | "dt" | "dd") || is_lone_caption(element)
        }
        // A button within a sentence is read with it.
        css::Display::InlineBlock => block && !(element.value().name() == "button" && is_amid(element)),
        css::Display::Block
        | css::Display::ListItem
        | css::Display::Table
        | css::Display::TableRowGroup
        | css::Display::TableRow
        | css::Display::TableCell
        | css::Display::TableCaption
        | css::Display::TableColumn => block || !is_initial(element, style),
    }
}

/// Whether a box at the side is but the first letter of a paragraph.
fn is_initial(element: ElementRef<'_>, style: &css::Style) -> bool {
    style.float && {
        let letters = element.text().flat_map(str::chars).filter(|c| !c.is_whitespace()).take(INITIAL + 1).count();
        (1..=INITIAL).contains(&letters)
    }
}

/// The kind of block that an element makes of what it holds, given that of what is around it.
pub(super) fn kind(tag: &Element, around: BlockKind) -> BlockKind {
    match tag.name() {
        "h1" => BlockKind::Heading(1),
        "h2" => BlockKind::Heading(2),
        "h3" => BlockKind::Heading(3),
        "h4" => BlockKind::Heading(4),
        "h5" => BlockKind::Heading(5),
        "h6" => BlockKind::Heading(6),
        "th" => BlockKind::HeadCell,
        "td" => BlockKind::Cell,
        "caption" | "figcaption" => BlockKind::Caption,
        "li" | "dt" | "dd" => BlockKind::ListItem,
        "blockquote" => BlockKind::Quotation,
        "pre" | "listing" | "xmp" => BlockKind::Preformatted,
        "p" if around == BlockKind::Cell => BlockKind::Paragraph,
        _ if tag.attr("role") == Some("heading") => {
            let level = tag.attr("aria-level").and_then(|level| level.trim().parse().ok());
            BlockKind::Heading(level.filter(|level| (1..=6).contains(level)).unwrap_or(2))
        }
        _ => around,
    }
}
