//! Colours: names, hex, and the functional notations, all brought to sRGB.

use cssparser::color::{parse_hash_color, parse_named_color};
use cssparser::{Parser, Token};

use super::spaces::{gamma, hsl, hwb, lab, oklab, p3_to_srgb, polar, to_oklab};
use super::{Parsed, ident, refuse};

/// A colour in sRGB with its opacity, 0 to 255 each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rgba {
    pub(crate) red: u8,
    pub(crate) green: u8,
    pub(crate) blue: u8,
    pub(crate) alpha: u8,
}

impl Rgba {
    pub(crate) const BLACK: Self = Self::opaque(0, 0, 0);
    pub(crate) const WHITE: Self = Self::opaque(255, 255, 255);
    pub(crate) const TRANSPARENT: Self = Self { red: 0, green: 0, blue: 0, alpha: 0 };

    /// A colour that covers what is behind it.
    pub(crate) const fn opaque(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue, alpha: 255 }
    }

    /// The colour seen where this one lies over an opaque `behind`.
    #[must_use]
    pub(crate) fn over(self, behind: Self) -> Self {
        let mix = |top: u8, under: u8| {
            let alpha = u32::from(self.alpha);
            let sum = u32::from(top) * alpha + u32::from(under) * (255 - alpha);
            u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
        };
        Self::opaque(mix(self.red, behind.red), mix(self.green, behind.green), mix(self.blue, behind.blue))
    }

    /// The greatest difference in one channel between two opaque colours.
    pub(crate) fn distance(self, other: Self) -> u8 {
        let red = self.red.abs_diff(other.red);
        let green = self.green.abs_diff(other.green);
        red.max(green).max(self.blue.abs_diff(other.blue))
    }

    /// Whether one colour passes for the other, opacity included.
    pub(crate) fn is_near(self, other: Self) -> bool {
        self.distance(other) <= 10 && self.alpha.abs_diff(other.alpha) <= 10
    }

    /// How far two opaque colours are apart in brightness, as WCAG measures it: 1 for none, 21 for black on white.
    pub(crate) fn contrast(self, other: Self) -> f32 {
        let linear = |channel: u8| {
            let value = f32::from(channel) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        let light =
            |own: Self| 0.2126 * linear(own.red) + 0.7152 * linear(own.green) + 0.0722 * linear(own.blue) + 0.05;
        let (one, two) = (light(self), light(other));
        one.max(two) / one.min(two)
    }

    fn from_unit([red, green, blue]: [f32; 3], alpha: f32) -> Self {
        Self {
            red: channel(red * 255.0),
            green: channel(green * 255.0),
            blue: channel(blue * 255.0),
            alpha: channel(alpha * 255.0),
        }
    }

    fn to_unit(self) -> [f32; 3] {
        [self.red, self.green, self.blue].map(|value| f32::from(value) / 255.0)
    }
}

/// The most colours of one picture that are looked at.
const STOPS: usize = 32;

/// All colours in a function, the directions and places between them passed over; `None` for one that depends on the element.
pub(crate) fn all(input: &mut Parser<'_>) -> Vec<Option<Rgba>> {
    let mut colours = Vec::new();
    while !input.is_exhausted() && colours.len() < STOPS {
        match input.try_parse(parse) {
            Ok(colour) => colours.push(colour.fixed()),
            Err(_) if input.next().is_err() => break,
            Err(_) => {}
        }
    }
    colours
}

/// A colour as declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Colour {
    /// The element's own text colour.
    Current,
    /// A colour that depends on nothing.
    Fixed(Rgba),
}

impl Colour {
    /// The colour it is where the text is `current`.
    pub(crate) fn beside(self, current: Rgba) -> Rgba {
        self.fixed().unwrap_or(current)
    }

    /// The colour that depends on nothing, if it is one.
    pub(crate) fn fixed(self) -> Option<Rgba> {
        match self {
            Self::Current => None,
            Self::Fixed(colour) => Some(colour),
        }
    }
}

/// Rounds to a channel; a float cast saturates, and not-a-number becomes 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates, as CSS clamps")]
fn channel(value: f32) -> u8 {
    value.round() as u8
}

/// Reads one colour.
pub(crate) fn parse(input: &mut Parser<'_>) -> Parsed<Colour> {
    let token = input.next()?.clone();
    match &token {
        Token::Hash(digits) | Token::IDHash(digits) => hex(digits),
        Token::Ident(name) => named(&name.to_ascii_lowercase()),
        Token::Function(name) => {
            let name = name.to_ascii_lowercase();
            input.parse_nested_block(|input| function(&name, input))
        }
        _ => refuse(),
    }
}

/// Reads a colour where quirks mode also takes hex digits without the `#`.
pub(crate) fn parse_quirky(input: &mut Parser<'_>) -> Parsed<Colour> {
    if let Ok(colour) = input.try_parse(parse) {
        return Ok(colour);
    }
    let token = input.next()?.clone();
    match &token {
        Token::Ident(digits) if matches!(digits.len(), 3 | 6) => hex(digits),
        Token::Number { int_value: Some(value), has_sign: false, .. } => hex(&format!("{value:06}")),
        Token::Dimension { int_value: Some(value), has_sign: false, unit, .. } => {
            hex(&format!("{:0>6}", format!("{value}{unit}")))
        }
        _ => refuse(),
    }
}

/// Reads the value of a `bgcolor`, `color` or `text` attribute, by the rules HTML has for them.
pub(crate) fn parse_legacy(text: &str) -> Option<Rgba> {
    let text = text.trim_matches([' ', '\t', '\n', '\r', '\u{c}']);
    if text.is_empty() || text.eq_ignore_ascii_case("transparent") {
        return None;
    }
    if let Ok((red, green, blue)) = parse_named_color(text) {
        return Some(Rgba::opaque(red, green, blue));
    }
    if let [b'#', digits @ ..] = text.as_bytes()
        && digits.len() == 3
        && let Ok((red, green, blue, _)) = parse_hash_color(digits)
    {
        return Some(Rgba::opaque(red, green, blue));
    }
    let text = text.strip_prefix('#').unwrap_or(text);
    let mut digits: Vec<u8> = text
        .chars()
        .take(128)
        .flat_map(|char| std::iter::repeat_n(char, if char.len_utf8() == 4 { 2 } else { 1 }))
        .map(|char| char.to_digit(16).and_then(|digit| u8::try_from(digit).ok()).unwrap_or(0))
        .collect();
    while digits.is_empty() || !digits.len().is_multiple_of(3) {
        digits.push(0);
    }
    let length = digits.len() / 3;
    let mut parts: Vec<&[u8]> = digits.chunks(length).map(|part| &part[length.saturating_sub(8)..]).collect();
    while parts.iter().all(|part| part.len() > 2 && part.first() == Some(&0)) {
        parts.iter_mut().for_each(|part| *part = &part[1..]);
    }
    let value = |part: &[u8]| part.iter().take(2).fold(0_u8, |sum, digit| sum * 16 + digit);
    match parts.as_slice() {
        [red, green, blue] => Some(Rgba::opaque(value(red), value(green), value(blue))),
        _ => None,
    }
}

fn hex(digits: &str) -> Parsed<Colour> {
    match parse_hash_color(digits.as_bytes()) {
        Ok((red, green, blue, alpha)) => Ok(Colour::Fixed(Rgba { red, green, blue, alpha: channel(alpha * 255.0) })),
        Err(()) => refuse(),
    }
}

fn named(name: &str) -> Parsed<Colour> {
    if name == "currentcolor" {
        return Ok(Colour::Current);
    }
    let colour = match name {
        "transparent" => Rgba::TRANSPARENT,
        "canvas" | "field" | "buttonhighlight" | "window" => Rgba::WHITE,
        "canvastext" | "fieldtext" | "buttontext" | "marktext" | "windowtext" => Rgba::BLACK,
        "linktext" | "-webkit-link" => Rgba::opaque(0, 0, 238),
        "visitedtext" => Rgba::opaque(85, 26, 139),
        "activetext" | "-webkit-activelink" => Rgba::opaque(255, 0, 0),
        "graytext" => Rgba::opaque(128, 128, 128),
        "buttonface" | "threedface" => Rgba::opaque(239, 239, 239),
        "buttonborder" => Rgba::opaque(118, 118, 118),
        "mark" => Rgba::opaque(255, 255, 0),
        _ => match parse_named_color(name) {
            Ok((red, green, blue)) => Rgba::opaque(red, green, blue),
            Err(()) => return refuse(),
        },
    };
    Ok(Colour::Fixed(colour))
}

/// One argument of a colour function.
#[derive(Clone, Copy)]
enum Component {
    Number(f32),
    /// 1.0 for 100 %.
    Percentage(f32),
    /// In degrees.
    Angle(f32),
}

impl Component {
    /// The value where 100 % stands for `full`.
    fn scaled(self, full: f32) -> f32 {
        match self {
            Self::Number(value) | Self::Angle(value) => value,
            Self::Percentage(part) => part * full,
        }
    }
}

fn function(name: &str, input: &mut Parser<'_>) -> Parsed<Colour> {
    match name {
        "color-mix" => return mix(input),
        "light-dark" => {
            let light = parse(input)?;
            input.expect_comma()?;
            parse(input)?;
            return Ok(light);
        }
        _ => {}
    }
    let space = if name == "color" { input.expect_ident()?.to_ascii_lowercase() } else { name.to_owned() };
    let (components, alpha) = components(input)?;
    let [a, b, c] = components;
    let unit = match space.as_str() {
        "rgb" | "rgba" => components.map(|part| part.scaled(255.0) / 255.0),
        "srgb" => components.map(|part| part.scaled(1.0)),
        "srgb-linear" => components.map(|part| gamma(part.scaled(1.0))),
        "display-p3" => p3_to_srgb(components.map(|part| part.scaled(1.0))),
        "hsl" | "hsla" => hsl(a.scaled(360.0), share(b), share(c)),
        "hwb" => hwb(a.scaled(360.0), share(b), share(c)),
        "oklab" => oklab(a.scaled(1.0), b.scaled(0.4), c.scaled(0.4)),
        "oklch" => {
            let (x, y) = polar(b.scaled(0.4), c.scaled(360.0));
            oklab(a.scaled(1.0), x, y)
        }
        "lab" => lab(a.scaled(100.0), b.scaled(125.0), c.scaled(125.0)),
        "lch" => {
            let (x, y) = polar(b.scaled(150.0), c.scaled(360.0));
            lab(a.scaled(100.0), x, y)
        }
        _ => return refuse(),
    };
    Ok(Colour::Fixed(Rgba::from_unit(unit, alpha)))
}

/// Saturation, lightness, whiteness: a percentage, or in the modern syntax a number up to 100.
fn share(part: Component) -> f32 {
    (part.scaled(100.0) / 100.0).clamp(0.0, 1.0)
}

/// Reads three components and an opacity, with commas or without.
fn components(input: &mut Parser<'_>) -> Parsed<([Component; 3], f32)> {
    let mut three = [Component::Number(0.0); 3];
    for (index, slot) in three.iter_mut().enumerate() {
        if index > 0 {
            // Commas are optional; both syntaxes are taken, mixed or not.
            let _ = input.try_parse(Parser::expect_comma);
        }
        *slot = component(input)?;
    }
    if input.is_exhausted() {
        return Ok((three, 1.0));
    }
    if input.try_parse(Parser::expect_comma).is_err() {
        input.expect_delim('/')?;
    }
    let alpha = component(input)?.scaled(1.0).clamp(0.0, 1.0);
    Ok((three, alpha))
}

fn component(input: &mut Parser<'_>) -> Parsed<Component> {
    let token = input.next()?.clone();
    Ok(match &token {
        Token::Number { value, .. } => Component::Number(*value),
        Token::Percentage { unit_value, .. } => Component::Percentage(*unit_value),
        Token::Ident(word) if word.eq_ignore_ascii_case("none") => Component::Number(0.0),
        Token::Dimension { value, unit, .. } => Component::Angle(match unit.to_ascii_lowercase().as_str() {
            "deg" => *value,
            "turn" => value * 360.0,
            "rad" => value.to_degrees(),
            "grad" => value * 0.9,
            _ => return refuse(),
        }),
        Token::Function(name) => match super::math::number(&name.to_ascii_lowercase(), input) {
            Ok(value) => Component::Number(value),
            Err(_) => return refuse(),
        },
        _ => return refuse(),
    })
}

/// `color-mix()`: in sRGB where that is asked for, in Oklab otherwise.
fn mix(input: &mut Parser<'_>) -> Parsed<Colour> {
    input.expect_ident_matching("in")?;
    let in_srgb = ident(input, |space| Some(space == "srgb"))?;
    // A hue space may say which way round to go.
    while input.try_parse(Parser::expect_ident_cloned).is_ok() {}
    input.expect_comma()?;
    let (first, first_share) = mixed(input)?;
    input.expect_comma()?;
    let (second, second_share) = mixed(input)?;
    let (p, q) = match (first_share, second_share) {
        (None, None) => (0.5, 0.5),
        (Some(p), None) => (p, 1.0 - p),
        (None, Some(q)) => (1.0 - q, q),
        (Some(p), Some(q)) => (p, q),
    };
    let sum = p + q;
    if sum <= 0.0 {
        return refuse();
    }
    let opacity = sum.min(1.0);
    let (p, q) = (p / sum, q / sum);
    let (first_alpha, second_alpha) = (f32::from(first.alpha) / 255.0, f32::from(second.alpha) / 255.0);
    let alpha = first_alpha * p + second_alpha * q;
    if alpha <= 0.0 {
        return Ok(Colour::Fixed(Rgba::TRANSPARENT));
    }
    let (from, to) = if in_srgb {
        (first.to_unit(), second.to_unit())
    } else {
        (to_oklab(first.to_unit()), to_oklab(second.to_unit()))
    };
    let blend = |a: f32, b: f32| (a * first_alpha * p + b * second_alpha * q) / alpha;
    let blended = [blend(from[0], to[0]), blend(from[1], to[1]), blend(from[2], to[2])];
    let unit = if in_srgb { blended } else { oklab(blended[0], blended[1], blended[2]) };
    Ok(Colour::Fixed(Rgba::from_unit(unit, alpha * opacity)))
}

/// One colour of a mixture with its share. `currentcolor` is refused: the mixture would depend on the element.
fn mixed(input: &mut Parser<'_>) -> Parsed<(Rgba, Option<f32>)> {
    let before = input.try_parse(Parser::expect_percentage).ok();
    let Colour::Fixed(colour) = parse(input)? else { return refuse() };
    let share = before.or_else(|| input.try_parse(Parser::expect_percentage).ok());
    Ok((colour, share.map(|share| share.clamp(0.0, 1.0))))
}
