//! How the letters of an element mix with what is behind them, where their colour alone does not say how they look.

use cssparser::Parser;

use super::colour::Rgba;
use super::{Parsed, ident};

/// `mix-blend-mode`, as far as it can take letters out of sight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Blend {
    /// The letters lie over what is behind them.
    #[default]
    Normal,
    Multiply,
    Screen,
    Darken,
    Lighten,
    Difference,
    Exclusion,
    /// Their hue, or their brightness, is that of what is behind them.
    Tint,
}

/// Reads `mix-blend-mode`.
pub(crate) fn mode(input: &mut Parser<'_>) -> Parsed<Blend> {
    ident(input, |word| {
        Some(match word {
            "multiply" | "color-burn" => Blend::Multiply,
            "screen" | "color-dodge" | "plus-lighter" => Blend::Screen,
            "darken" => Blend::Darken,
            "lighten" => Blend::Lighten,
            "difference" => Blend::Difference,
            "exclusion" => Blend::Exclusion,
            "hue" | "saturation" | "color" => Blend::Tint,
            "normal" | "overlay" | "hard-light" | "soft-light" | "luminosity" | "plus-darker" => Blend::Normal,
            _ => return None,
        })
    })
}

impl Blend {
    /// The colour seen where opaque letters of colour `own` lie over an opaque `behind`.
    pub(crate) fn seen(self, own: Rgba, behind: Rgba) -> Rgba {
        let channel = |own: u8, behind: u8| -> u8 {
            let (a, b) = (u32::from(own), u32::from(behind));
            let mixed = match self {
                Self::Normal => a,
                Self::Multiply => a * b / 255,
                Self::Screen => a + b - a * b / 255,
                Self::Darken => a.min(b),
                Self::Lighten => a.max(b),
                Self::Difference => a.abs_diff(b),
                Self::Exclusion => a + b - 2 * a * b / 255,
                Self::Tint => b,
            };
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Rgba::opaque(channel(own.red, behind.red), channel(own.green, behind.green), channel(own.blue, behind.blue))
    }
}

impl Rgba {
    /// The colour that `filter: invert(1)` makes of this one.
    #[must_use]
    pub(crate) fn inverted(self) -> Self {
        Self { red: 255 - self.red, green: 255 - self.green, blue: 255 - self.blue, alpha: self.alpha }
    }
}
