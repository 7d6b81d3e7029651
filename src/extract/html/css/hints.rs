//! Presentational markup: attributes that style, weaker than any rule of the page.

use super::page::Element;
use super::property::{Longhand as L, Value};
use super::shorthand::Set;
use super::style::Picture;
use super::value::colour::{Colour, parse_legacy};
use super::value::font::Size;
use super::value::length::Length;

/// What the attributes of `element` set.
pub(super) fn of(element: &Element<'_>) -> Set {
    let mut set = Set::new();
    if !element.html || element.tag.attrs.is_empty() {
        return set;
    }
    let colour = |longhand: L, attribute: &str| {
        let colour = element.attribute(attribute).and_then(parse_legacy)?;
        Some((longhand, Value::Colour(Colour::Fixed(colour))))
    };
    match element.local() {
        "font" => {
            set.extend(colour(L::Colour, "color"));
            let size = element.attribute("size").and_then(font_size);
            set.extend(size.map(|px| (L::FontSize, Value::Size(Size::Length(Length::Px(px))))));
        }
        "body" => {
            set.extend(colour(L::Colour, "text"));
            set.extend(colour(L::BackgroundColour, "bgcolor"));
            set.extend(picture(element));
        }
        "table" | "thead" | "tbody" | "tfoot" | "tr" | "td" | "th" => {
            set.extend(colour(L::BackgroundColour, "bgcolor"));
            set.extend(picture(element));
            let width = element.attribute("border").map(|width| width.trim().parse::<f32>().unwrap_or(1.0));
            if let Some(width) = width.filter(|width| *width > 0.0 && element.local() == "table") {
                for (style, size) in [
                    (L::BorderTopStyle, L::BorderTopWidth),
                    (L::BorderRightStyle, L::BorderRightWidth),
                    (L::BorderBottomStyle, L::BorderBottomWidth),
                    (L::BorderLeftStyle, L::BorderLeftWidth),
                ] {
                    set.push((style, Value::Flag(true)));
                    set.push((size, Value::Length(Length::Px(width))));
                }
            }
        }
        "marquee" => set.extend(colour(L::BackgroundColour, "bgcolor")),
        _ => {}
    }
    set
}

fn picture(element: &Element<'_>) -> Option<(L, Value)> {
    element
        .attribute("background")
        .filter(|url| !url.trim().is_empty())
        .map(|_| (L::BackgroundImage, Value::Picture(Picture::Fetched)))
}

/// The size in pixels that `<font size>` stands for: 1 to 7, or steps up and down from 3.
fn font_size(text: &str) -> Option<f32> {
    let text = text.trim_matches([' ', '\t', '\n', '\r', '\u{c}']);
    let (sign, digits) = match text.as_bytes().first()? {
        b'+' => (Some(1), &text[1..]),
        b'-' => (Some(-1), &text[1..]),
        _ => (None, text),
    };
    let end = digits.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    let number = digits.get(..end.min(4))?.parse::<i32>().ok()?;
    let size = sign.map_or(number, |sign| 3 + sign * number);
    Some(match size {
        ..=1 => 10.0,
        2 => 13.0,
        3 => 16.0,
        4 => 18.0,
        5 => 24.0,
        6 => 32.0,
        7.. => 48.0,
    })
}
