//! Shorthands: one declaration, several longhands.

#![expect(clippy::wildcard_enum_match_arm, reason = "no other token may stand there, whichever CSS adds")]

use cssparser::{Parser, Token};

use super::property::{self, Longhand as L, Property, Shorthand as S, Value};
use super::style::Picture;
use super::value::colour::{self, Colour, Rgba};
use super::value::font;
use super::value::keyword;
use super::value::length::Length;
use super::value::{Parsed, ident, refuse};

/// What a declaration sets: longhands with their values.
pub(super) type Set = Vec<(L, Value)>;

const STYLES: [L; 4] = [L::BorderTopStyle, L::BorderRightStyle, L::BorderBottomStyle, L::BorderLeftStyle];
const WIDTHS: [L; 4] = [L::BorderTopWidth, L::BorderRightWidth, L::BorderBottomWidth, L::BorderLeftWidth];
const COLOURS: [L; 4] = [L::BorderTopColour, L::BorderRightColour, L::BorderBottomColour, L::BorderLeftColour];
const FONT: [L; 6] = [L::FontStyle, L::FontCaps, L::FontWeight, L::FontSize, L::FontFamily, L::LineHeight];
const INSETS: [L; 4] = [L::Top, L::Right, L::Bottom, L::Left];

/// Calls `each` with every longhand that `property` sets.
pub(super) fn longhands(property: Property, mut each: impl FnMut(L)) {
    let side = |index: usize| [STYLES[index], WIDTHS[index], COLOURS[index]];
    match property {
        Property::Long(longhand) => each(longhand),
        Property::Short(shorthand) => match shorthand {
            S::All => super::names::longhands()
                .filter(|longhand| !matches!(longhand, L::Direction | L::UnicodeBidi))
                .for_each(each),
            S::Background => [L::BackgroundColour, L::BackgroundImage, L::BackgroundClip].into_iter().for_each(each),
            S::Border => (0..4).flat_map(side).for_each(each),
            S::BorderSide(index) => side(usize::from(index & 3)).into_iter().for_each(each),
            S::BorderPair(pair) => pair.into_iter().flat_map(|index| side(usize::from(index & 3))).for_each(each),
            S::BorderColour => COLOURS.into_iter().for_each(each),
            S::BorderStyle => STYLES.into_iter().for_each(each),
            S::BorderWidth => WIDTHS.into_iter().for_each(each),
            S::Font => FONT.into_iter().for_each(each),
            S::Inset => INSETS.into_iter().for_each(each),
            S::Margin => [L::MarginTop, L::MarginLeft].into_iter().for_each(each),
            S::Overflow => [L::OverflowX, L::OverflowY].into_iter().for_each(each),
            S::TextDecoration => [L::LineKind, L::LineColour].into_iter().for_each(each),
        },
    }
}

/// Reads a value of `property` and adds what it sets to `set`.
pub(super) fn parse(property: Property, input: &mut Parser<'_>, quirky: bool, set: &mut Set) -> Parsed<()> {
    let shorthand = match property {
        Property::Long(longhand) => {
            set.push((longhand, property::parse(longhand, input, quirky)?));
            return Ok(());
        }
        Property::Short(shorthand) => shorthand,
    };
    match shorthand {
        S::All => return refuse(),
        S::Background => background(input, set)?,
        S::Border | S::BorderSide(_) | S::BorderPair(_) => border(property, input, set)?,
        S::BorderColour => sides(COLOURS, input, quirky, set)?,
        S::BorderStyle => sides(STYLES, input, quirky, set)?,
        S::BorderWidth => sides(WIDTHS, input, quirky, set)?,
        S::Inset => sides(INSETS, input, quirky, set)?,
        S::Margin => {
            let mut all = Set::new();
            sides([L::MarginTop, L::Right, L::Bottom, L::MarginLeft], input, quirky, &mut all)?;
            set.extend(all.into_iter().filter(|(longhand, _)| matches!(longhand, L::MarginTop | L::MarginLeft)));
        }
        S::Font => {
            let font = font::shorthand(input)?;
            set.push((L::FontStyle, Value::Flag(font.italic)));
            set.push((L::FontCaps, Value::Flag(font.small_caps)));
            set.push((L::FontWeight, Value::Weight(font.weight)));
            set.push((L::FontSize, Value::Size(font.size)));
            set.push((L::FontFamily, Value::Face(font.face)));
            set.push((L::LineHeight, Value::Flag(font.flat)));
        }
        S::Overflow => {
            let x = property::parse(L::OverflowX, input, quirky)?;
            let y = if input.is_exhausted() { x.clone() } else { property::parse(L::OverflowY, input, quirky)? };
            set.push((L::OverflowX, x));
            set.push((L::OverflowY, y));
        }
        S::TextDecoration => decoration(input, set)?,
    }
    Ok(())
}

/// One to four values: top, right, bottom, left, as far as given.
fn sides(four: [L; 4], input: &mut Parser<'_>, quirky: bool, set: &mut Set) -> Parsed<()> {
    let mut values = Vec::with_capacity(4);
    while values.len() < 4 && !input.is_exhausted() {
        values.push(property::parse(four[values.len()], input, quirky)?);
    }
    let order = match values.len() {
        1 => [0, 0, 0, 0],
        2 => [0, 1, 0, 1],
        3 => [0, 1, 2, 1],
        4 => [0, 1, 2, 3],
        _ => return refuse(),
    };
    for (longhand, index) in four.into_iter().zip(order) {
        set.extend(values.get(index).map(|value| (longhand, value.clone())));
    }
    Ok(())
}

/// Width, style and colour in any order; what is missing is reset.
fn border(property: Property, input: &mut Parser<'_>, set: &mut Set) -> Parsed<()> {
    let (mut style, mut width, mut hue) = (None, None, None);
    while !input.is_exhausted() {
        if style.is_none()
            && let Ok(drawn) = input.try_parse(keyword::line_style)
        {
            style = Some(Value::Flag(drawn));
        } else if width.is_none()
            && let Ok(value) = input.try_parse(|input| property::parse(L::BorderTopWidth, input, false))
        {
            width = Some(value);
        } else if hue.is_none() {
            hue = Some(Value::Colour(colour::parse(input)?));
        } else {
            return refuse();
        }
    }
    if style.is_none() && width.is_none() && hue.is_none() {
        return refuse();
    }
    let style = style.unwrap_or(Value::Flag(false));
    let width = width.unwrap_or(Value::Length(Length::Px(3.0)));
    let hue = hue.unwrap_or(Value::Colour(Colour::Current));
    longhands(property, |longhand| {
        let value = match &longhand {
            part if STYLES.contains(part) => &style,
            part if WIDTHS.contains(part) => &width,
            _ => &hue,
        };
        set.push((longhand, value.clone()));
    });
    Ok(())
}

/// `text-decoration`: line, style, colour and thickness in any order.
fn decoration(input: &mut Parser<'_>, set: &mut Set) -> Parsed<()> {
    let (mut lines, mut hue, mut any) = (None, None, false);
    while !input.is_exhausted() {
        any = true;
        if lines.is_none()
            && let Ok(value) = input.try_parse(keyword::lines)
        {
            lines = Some(value);
        } else if input.try_parse(|input| ident(input, line_look)).is_ok()
            || input.try_parse(|input| Length::parse(input, false)).is_ok()
        {
            // How thick or wavy it is does not matter.
        } else if hue.is_none() {
            hue = Some(colour::parse(input)?);
        } else {
            return refuse();
        }
    }
    if !any {
        return refuse();
    }
    set.push((L::LineKind, Value::Lines(lines.unwrap_or_default())));
    set.push((L::LineColour, Value::Colour(hue.unwrap_or(Colour::Current))));
    Ok(())
}

fn line_look(word: &str) -> Option<()> {
    matches!(word, "solid" | "double" | "dotted" | "dashed" | "wavy" | "auto" | "from-font").then_some(())
}

/// `background`: layers of pictures, the last of which may have a colour.
fn background(input: &mut Parser<'_>, set: &mut Set) -> Parsed<()> {
    let (mut image, mut clip, mut hue, mut any) = (Picture::None, false, None, false);
    while !input.is_exhausted() {
        any = true;
        if let Ok(colour) = input.try_parse(colour::parse) {
            if hue.is_some() {
                return refuse();
            }
            hue = Some(colour);
            continue;
        }
        let token = input.next()?.clone();
        match &token {
            Token::UnquotedUrl(_) => image = image.max(Picture::Fetched),
            Token::Function(name) => {
                let name = name.to_ascii_lowercase();
                if !name.ends_with("calc") && !matches!(name.as_str(), "min" | "max" | "clamp" | "env") {
                    let colours = input.parse_nested_block(|input| Ok(colour::all(input)))?;
                    image = image.max(Picture::of_function(&name, &colours));
                }
            }
            Token::Ident(word) => match word.to_ascii_lowercase().as_str() {
                "text" => clip = true,
                word if background_word(word) => {}
                _ => return refuse(),
            },
            // The colour belongs to the last layer.
            Token::Comma if hue.is_none() => {}
            Token::Number { .. } | Token::Dimension { .. } | Token::Percentage { .. } | Token::Delim('/') => {}
            _ => return refuse(),
        }
    }
    if !any {
        return refuse();
    }
    set.push((L::BackgroundColour, Value::Colour(hue.unwrap_or(Colour::Fixed(Rgba::TRANSPARENT)))));
    set.push((L::BackgroundImage, Value::Picture(image)));
    set.push((L::BackgroundClip, Value::Flag(clip)));
    Ok(())
}

fn background_word(word: &str) -> bool {
    matches!(
        word,
        "none"
            | "left"
            | "right"
            | "top"
            | "bottom"
            | "center"
            | "repeat"
            | "repeat-x"
            | "repeat-y"
            | "no-repeat"
            | "space"
            | "round"
            | "fixed"
            | "local"
            | "scroll"
            | "border-box"
            | "padding-box"
            | "content-box"
            | "cover"
            | "contain"
            | "auto"
    )
}
