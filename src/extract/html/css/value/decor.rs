//! What is drawn around letters or over them: outlines, shadows, strokes, emphasis marks, masks. Read as far as it is seen.

use cssparser::{Parser, Token};

use super::colour::{self, Colour};
use super::length::{Length, Scale};
use super::{Parsed, ident, keyword, refuse, skip_rest};

/// Where the shadows of a box fall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ring {
    /// None is seen.
    #[default]
    None,
    /// Around it, as a frame.
    Around,
    /// Inside it, behind the text: how markers and underlines are drawn too.
    Inside,
}

/// Reads `outline` or `outline-style` as whether a line is drawn.
pub(crate) fn outline(input: &mut Parser<'_>) -> Parsed<bool> {
    let (mut drawn, mut seen) = (false, true);
    let mut any = false;
    while !input.is_exhausted() {
        any = true;
        if let Ok(style) = input.try_parse(keyword::line_style) {
            drawn = style;
        } else if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
            drawn = true;
        } else if let Ok(width) = input.try_parse(|input| Length::parse(input, false)) {
            seen &= width.px(Scale::TRIAL) > 0.0;
        } else if input.try_parse(|input| ident(input, border_width)).is_err() {
            seen &= !is_clear(&colour::parse(input)?);
        }
    }
    if any { Ok(drawn && seen) } else { refuse() }
}

fn border_width(word: &str) -> Option<()> {
    matches!(word, "thin" | "medium" | "thick" | "invert").then_some(())
}

/// Reads `box-shadow` as where the strongest shadow falls that has a size and a colour.
pub(crate) fn box_shadow(input: &mut Parser<'_>) -> Parsed<Ring> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(Ring::None);
    }
    let layers = input.parse_comma_separated(|input| {
        let (mut ring, mut lengths, mut clear) = (Ring::Around, Vec::new(), false);
        while !input.is_exhausted() {
            if input.try_parse(|input| input.expect_ident_matching("inset")).is_ok() {
                ring = Ring::Inside;
            } else if let Ok(length) = input.try_parse(|input| Length::parse(input, false)) {
                lengths.push(length.px(Scale::TRIAL));
            } else {
                clear = is_clear(&colour::parse(input)?);
            }
        }
        if lengths.len() < 2 {
            return refuse();
        }
        let sized = lengths.iter().any(|length| length.abs() > 0.0);
        Ok(if sized && !clear { ring } else { Ring::None })
    })?;
    Ok(layers.into_iter().max().unwrap_or_default())
}

/// Reads `text-shadow` as whether a shadow is painted.
pub(crate) fn text_shadow(input: &mut Parser<'_>) -> Parsed<bool> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(false);
    }
    if input.is_exhausted() {
        return refuse();
    }
    skip_rest(input)?;
    Ok(true)
}

/// Reads `-webkit-text-stroke` or its width as whether letters are drawn thicker.
pub(crate) fn stroke(input: &mut Parser<'_>) -> Parsed<bool> {
    let (mut thick, mut clear, mut any) = (false, false, false);
    while !input.is_exhausted() {
        any = true;
        if let Ok(width) = input.try_parse(|input| Length::parse(input, true)) {
            thick = width.px(Scale::TRIAL) > 0.0;
        } else if input.try_parse(|input| ident(input, border_width)).is_ok() {
            thick = true;
        } else {
            clear = is_clear(&colour::parse(input)?);
        }
    }
    if any { Ok(thick && !clear) } else { refuse() }
}

/// Reads `text-emphasis` or its style as whether marks are set over the letters.
pub(crate) fn marks(input: &mut Parser<'_>) -> Parsed<bool> {
    let (mut marks, mut clear, mut any) = (false, false, false);
    while !input.is_exhausted() {
        any = true;
        if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
            marks = false;
        } else if input.try_parse(|input| ident(input, mark)).is_ok()
            || input.try_parse(Parser::expect_string_cloned).is_ok()
        {
            marks = true;
        } else {
            clear = is_clear(&colour::parse(input)?);
        }
    }
    if any { Ok(marks && !clear) } else { refuse() }
}

fn mark(word: &str) -> Option<()> {
    matches!(word, "filled" | "open" | "dot" | "circle" | "double-circle" | "triangle" | "sesame").then_some(())
}

/// Reads `mask` or `mask-image` as whether it lets nothing through: only gradients without any colour are sure to.
pub(crate) fn mask(input: &mut Parser<'_>) -> Parsed<bool> {
    let (mut clear, mut other) = (false, false);
    while !input.is_exhausted() {
        let token = input.next()?.clone();
        match &token {
            Token::Function(name) if name.to_ascii_lowercase().ends_with("gradient") => {
                let gone = input.parse_nested_block(|input| Ok(is_blank(input)))?;
                clear |= gone;
                other |= !gone;
            }
            Token::Function(_) => {
                input.parse_nested_block(skip_rest)?;
                other = true;
            }
            Token::UnquotedUrl(_) => other = true,
            _ => {}
        }
    }
    Ok(clear && !other)
}

/// Whether a gradient has colours and all of them are clear.
fn is_blank(input: &mut Parser<'_>) -> bool {
    let (mut clear, mut seen) = (0, 0);
    while !input.is_exhausted() {
        match input.try_parse(colour::parse) {
            Ok(colour) if is_clear(&colour) => clear += 1,
            Ok(_) => seen += 1,
            Err(_) if input.next().is_err() => break,
            Err(_) => {}
        }
    }
    clear > 0 && seen == 0
}

fn is_clear(colour: &Colour) -> bool {
    colour.fixed().is_some_and(|colour| colour.alpha == 0)
}
