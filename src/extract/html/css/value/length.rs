//! Lengths: a number with its unit, resolved only where font and viewport are known.

use cssparser::{Parser, Token};

use super::{Parsed, math, refuse};

/// The window a page is read in: a common desktop.
pub(crate) const VIEWPORT: (f32, f32) = (1280.0, 720.0);

/// A length or percentage as declared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Length {
    /// Pixels: the unit all absolute ones become.
    Px(f32),
    /// Multiples of the font size.
    Em(f32),
    /// Multiples of the root's font size.
    Rem(f32),
    /// 1.0 for 100 %.
    Percent(f32),
    /// A mathematical function, kept as text.
    Math(Box<str>),
}

/// What relative lengths are relative to, in pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    /// The font size.
    pub(crate) em: f32,
    /// The font size of the root element.
    pub(crate) rem: f32,
    /// What 100 % is.
    pub(crate) full: f32,
}

impl Scale {
    /// Ordinary values, to try out whether a function makes sense.
    pub(super) const TRIAL: Self = Self { em: 16.0, rem: 16.0, full: 100.0 };
}

impl Length {
    pub(crate) const ZERO: Self = Self::Px(0.0);

    /// The length in pixels.
    pub(crate) fn px(&self, scale: Scale) -> f32 {
        let px = match self {
            Self::Px(value) => *value,
            Self::Em(value) => value * scale.em,
            Self::Rem(value) => value * scale.rem,
            Self::Percent(part) => part * scale.full,
            Self::Math(text) => math::length(text, scale).unwrap_or(0.0),
        };
        if px.is_finite() { px.clamp(-1e9, 1e9) } else { 0.0 }
    }

    /// Reads a length or percentage; in quirks mode a bare number is one of pixels.
    pub(crate) fn parse(input: &mut Parser<'_>, quirky: bool) -> Parsed<Self> {
        input.skip_whitespace();
        let start = input.position();
        let token = input.next()?.clone();
        match &token {
            Token::Dimension { value, unit, .. } => Self::of_unit(*value, unit).map_or_else(refuse, Ok),
            Token::Percentage { unit_value, .. } => Ok(Self::Percent(*unit_value)),
            Token::Number { value, .. } if quirky || *value == 0.0 => Ok(Self::Px(*value)),
            Token::Function(name) => {
                math::check(&name.to_ascii_lowercase(), input)?;
                Ok(Self::Math(input.slice_from(start).into()))
            }
            _ => refuse(),
        }
    }

    /// `value` of `unit`, if that is a unit of length.
    pub(super) fn of_unit(value: f32, unit: &str) -> Option<Self> {
        let (width, height) = VIEWPORT;
        let px = match unit.to_ascii_lowercase().as_str() {
            "px" => 1.0,
            "pt" => 96.0 / 72.0,
            "pc" => 16.0,
            "in" => 96.0,
            "cm" => 96.0 / 2.54,
            "mm" => 9.6 / 2.54,
            "q" => 2.4 / 2.54,
            "em" => return Some(Self::Em(value)),
            "ex" | "ch" => return Some(Self::Em(value * 0.5)),
            "cap" => return Some(Self::Em(value * 0.7)),
            "ic" => return Some(Self::Em(value)),
            "lh" => return Some(Self::Em(value * 1.2)),
            "rem" => return Some(Self::Rem(value)),
            "rlh" => return Some(Self::Rem(value * 1.2)),
            "rex" | "rch" => return Some(Self::Rem(value * 0.5)),
            "vw" | "svw" | "lvw" | "dvw" | "vi" | "svi" | "lvi" | "dvi" | "cqw" | "cqi" | "vmax" | "cqmax" => {
                width / 100.0
            }
            "vh" | "svh" | "lvh" | "dvh" | "vb" | "svb" | "lvb" | "dvb" | "cqh" | "cqb" | "vmin" | "cqmin" => {
                height / 100.0
            }
            _ => return None,
        };
        Some(Self::Px(value * px))
    }
}
