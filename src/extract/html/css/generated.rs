//! Text that a sheet prints before or after an element.

use super::page::{Element, Page};
use super::style::{Quotes, Style};
use super::value::content::Piece;

/// The longest text of one piece of content that is kept, in bytes.
const TEXT: usize = 4096;

/// Text that is not in the page but in its sheets.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Generated {
    /// Whether it stands after the element's content, not before.
    pub(crate) after: bool,
    /// The words.
    pub(crate) text: String,
    /// How they are set.
    pub(crate) style: Style,
}

/// Puts pieces of content together, and keeps how deep in quotations the page is.
#[derive(Default)]
pub(super) struct Printer {
    depth: u32,
}

impl Printer {
    /// Adds what `pieces` come to around `element` to `out`.
    pub(super) fn print(
        &mut self,
        pieces: Option<(Box<[Piece]>, Style)>,
        place: u32,
        after: bool,
        page: &Page<'_>,
        out: &mut Vec<(u32, Generated)>,
    ) {
        let (Some((pieces, style)), Some(element)) = (pieces, page.get(place)) else { return };
        let marks = marks(style.carried.quotes, || language(page, element));
        let mut text = String::new();
        for piece in &pieces {
            match piece {
                Piece::Text(own) => text.push_str(own),
                Piece::Attribute(name) => text.push_str(element.attribute(name).unwrap_or_default()),
                Piece::OpenQuote => {
                    text.extend(mark(marks, self.depth, false));
                    self.depth += 1;
                }
                Piece::CloseQuote => {
                    self.depth = self.depth.saturating_sub(1);
                    text.extend(mark(marks, self.depth, true));
                }
                Piece::Deeper => self.depth += 1,
                Piece::Higher => self.depth = self.depth.saturating_sub(1),
            }
            if text.len() > TEXT {
                text.truncate(text.floor_char_boundary(TEXT));
            }
        }
        if !text.trim().is_empty() {
            out.push((place, Generated { after, text, style }));
        }
    }
}

/// The marks in force, outer opening and closing, inner opening and closing; `None` where none are printed.
fn marks<'a>(quotes: Quotes, language: impl FnOnce() -> &'a str) -> Option<[char; 4]> {
    match quotes {
        Quotes::None => None,
        Quotes::Given(marks) => Some(marks),
        Quotes::Auto => Some(match language() {
            "de" | "cs" | "sk" | "is" | "sl" | "bg" | "lt" => ['„', '“', '‚', '‘'],
            "fr" => ['«', '»', '«', '»'],
            "es" | "it" | "el" => ['«', '»', '“', '”'],
            "ru" | "uk" => ['«', '»', '„', '“'],
            "pl" | "ro" => ['„', '”', '«', '»'],
            "hu" => ['„', '”', '»', '«'],
            "sv" | "fi" => ['”', '”', '’', '’'],
            "nb" | "nn" | "no" => ['«', '»', '‘', '’'],
            "ja" => ['「', '」', '『', '』'],
            _ => ['“', '”', '‘', '’'],
        }),
    }
}

/// The language the page says `element` is in, without its region.
fn language<'a>(page: &Page<'a>, element: &Element<'a>) -> &'a str {
    let mut own = Some(element);
    while let Some(element) = own {
        if let Some(language) = element.attribute("lang") {
            return language.split('-').next().unwrap_or(language);
        }
        own = element.parent().and_then(|place| page.get(place));
    }
    ""
}

/// The mark at a depth of quotation.
fn mark(marks: Option<[char; 4]>, depth: u32, closing: bool) -> Option<char> {
    let at = usize::from(depth > 0) * 2 + usize::from(closing);
    marks?.get(at).copied().filter(|mark| *mark != '\u{200b}')
}
