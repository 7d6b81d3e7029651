//! Fonts: size, weight, slant, and the `font` shorthand's syntax.

use cssparser::{Parser, Token};

use super::super::selector::Name;
use super::length::{Length, Scale};
use super::{Parsed, ident, refuse};

/// `font-size` as declared.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Size {
    /// A length; percentages and `em` are of the parent's size.
    Length(Length),
    /// One step up from the parent's.
    Larger,
    /// One step down.
    Smaller,
}

/// `font-weight` as declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// 1 to 1000.
    Fixed(u16),
    /// Thicker than the parent's.
    Bolder,
    /// Thinner.
    Lighter,
}

impl Size {
    /// The size in pixels under a parent of `parent` pixels.
    pub(crate) fn px(&self, parent: f32, root: f32) -> f32 {
        match self {
            Self::Length(length) => length.px(Scale { em: parent, rem: root, full: parent }).max(0.0),
            Self::Larger => parent * 1.2,
            Self::Smaller => parent / 1.2,
        }
    }

    pub(crate) fn parse(input: &mut Parser<'_>, quirky: bool) -> Parsed<Self> {
        if let Ok(size) = input.try_parse(|input| ident(input, Self::keyword)) {
            return Ok(size);
        }
        match Length::parse(input, quirky)? {
            Length::Px(value) | Length::Em(value) | Length::Rem(value) | Length::Percent(value) if value < 0.0 => {
                refuse()
            }
            length => Ok(Self::Length(length)),
        }
    }

    fn keyword(word: &str) -> Option<Self> {
        let px = match word {
            "xx-small" => 9.0,
            "x-small" => 10.0,
            "small" => 13.0,
            "medium" => 16.0,
            "large" => 18.0,
            "x-large" => 24.0,
            "xx-large" => 32.0,
            "xxx-large" | "-webkit-xxx-large" => 48.0,
            "larger" => return Some(Self::Larger),
            "smaller" => return Some(Self::Smaller),
            _ => return None,
        };
        Some(Self::Length(Length::Px(px)))
    }
}

impl Weight {
    /// The weight under a parent of weight `parent`.
    pub(crate) fn value(self, parent: u16) -> u16 {
        match self {
            Self::Fixed(weight) => weight,
            Self::Bolder => match parent {
                0..350 => 400,
                350..550 => 700,
                550..900 => 900,
                heavy => heavy,
            },
            Self::Lighter => match parent {
                light @ 0..100 => light,
                100..550 => 100,
                550..750 => 400,
                _ => 700,
            },
        }
    }

    pub(crate) fn parse(input: &mut Parser<'_>) -> Parsed<Self> {
        let token = input.next()?.clone();
        let number = match &token {
            Token::Ident(word) => {
                return match word.to_ascii_lowercase().as_str() {
                    "normal" => Ok(Self::Fixed(400)),
                    "bold" => Ok(Self::Fixed(700)),
                    "bolder" => Ok(Self::Bolder),
                    "lighter" => Ok(Self::Lighter),
                    _ => refuse(),
                };
            }
            Token::Number { value, .. } => *value,
            Token::Function(name) => super::math::number(&name.to_ascii_lowercase(), input)?,
            _ => return refuse(),
        };
        if !(1.0..=1000.0).contains(&number) {
            return refuse();
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be from 1 to 1000")]
        Ok(Self::Fixed(number.round() as u16))
    }
}

/// Reads `font-style` as whether the text slants.
pub(crate) fn slant(input: &mut Parser<'_>) -> Parsed<bool> {
    let slants = ident(input, |word| match word {
        "normal" => Some(false),
        "italic" | "oblique" => Some(true),
        _ => None,
    })?;
    if slants {
        // `oblique` may say by how much.
        let angle = input.try_parse(|input| match input.next() {
            Ok(Token::Dimension { value, unit, .. }) if is_angle(unit) => Ok(*value),
            _ => Err(()),
        });
        return Ok(angle != Ok(0.0));
    }
    Ok(slants)
}

fn is_angle(unit: &str) -> bool {
    ["deg", "grad", "rad", "turn"].iter().any(|angle| unit.eq_ignore_ascii_case(angle))
}

/// Reads `font-variant` or `font-variant-caps` as whether small capitals are set.
pub(crate) fn small_caps(input: &mut Parser<'_>) -> Parsed<bool> {
    let mut small = false;
    loop {
        let token = input.next()?.clone();
        match &token {
            Token::Ident(word) => match word.to_ascii_lowercase().as_str() {
                "small-caps" | "all-small-caps" | "petite-caps" | "all-petite-caps" => small = true,
                word if is_variant(word) => {}
                _ => return refuse(),
            },
            // Alternates of single letters, by name.
            Token::Function(_) => {}
            _ => return refuse(),
        }
        if input.is_exhausted() {
            return Ok(small);
        }
    }
}

fn is_variant(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "normal",
        "none",
        "unicase",
        "titling-caps",
        "ordinal",
        "slashed-zero",
        "historical-forms",
        "sub",
        "super",
        "text",
        "emoji",
        "unicode",
        "ruby",
        "jis78",
        "jis83",
        "jis90",
        "jis04",
        "simplified",
        "traditional",
    ];
    const ENDS: &[&str] = &["-nums", "-fractions", "-ligatures", "-width", "contextual"];
    WORDS.contains(&word) || ENDS.iter().any(|end| word.ends_with(end))
}

/// What the `font` shorthand sets, as far as it matters here.
pub(crate) struct Font {
    pub(crate) italic: bool,
    pub(crate) small_caps: bool,
    pub(crate) weight: Weight,
    pub(crate) size: Size,
    pub(crate) face: Face,
    /// `line-height` is zero.
    pub(crate) flat: bool,
}

/// Reads the `font` shorthand.
pub(crate) fn shorthand(input: &mut Parser<'_>) -> Parsed<Font> {
    let mut font = Font {
        italic: false,
        small_caps: false,
        weight: Weight::Fixed(400),
        size: Size::Length(Length::Px(16.0)),
        face: Face::default(),
        flat: false,
    };
    if input.try_parse(|input| ident(input, system_font)).is_ok() {
        return Ok(font);
    }
    for _ in 0..4 {
        if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
            continue;
        }
        if let Ok(italic) = input.try_parse(slant) {
            font.italic = italic;
        } else if let Ok(weight) = input.try_parse(Weight::parse) {
            font.weight = weight;
        } else if input.try_parse(|input| input.expect_ident_matching("small-caps")).is_ok() {
            font.small_caps = true;
        } else if input.try_parse(|input| ident(input, stretch)).is_err() {
            break;
        }
    }
    font.size = Size::parse(input, false)?;
    if input.try_parse(|input| input.expect_delim('/')).is_ok() {
        font.flat = no_line_height(input)?;
    }
    font.face = family(input)?;
    Ok(font)
}

fn system_font(word: &str) -> Option<()> {
    matches!(word, "caption" | "icon" | "menu" | "message-box" | "small-caption" | "status-bar").then_some(())
}

fn stretch(word: &str) -> Option<()> {
    (word.ends_with("condensed") || word.ends_with("expanded")).then_some(())
}

/// Reads `line-height` as whether lines have no height at all.
pub(crate) fn no_line_height(input: &mut Parser<'_>) -> Parsed<bool> {
    if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
        return Ok(false);
    }
    if let Ok(number) = input.try_parse(Parser::expect_number) {
        return Ok(number == 0.0);
    }
    if let Ok(length) = input.try_parse(|input| Length::parse(input, false)) {
        return Ok(length.px(Scale::TRIAL) == 0.0);
    }
    let name = input.expect_function()?.to_ascii_lowercase();
    super::math::number(&name, input).map(|number| number == 0.0)
}

/// Reads `font-size-adjust` as whether it leaves letters of no size.
pub(crate) fn no_size(input: &mut Parser<'_>) -> Parsed<bool> {
    let mut none = false;
    while !input.is_exhausted() {
        match input.try_parse(Parser::expect_number) {
            Ok(number) => none = number < 0.1,
            Err(_) => drop(input.expect_ident()?),
        }
    }
    Ok(none)
}

/// What the name of a typeface says of its letters: `Arial Black`, `Proxima Nova Semibold Italic`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Face {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) small_caps: bool,
    /// What tells its name from others, whatever their case.
    pub(crate) name: u32,
}

impl Face {
    /// Typefaces that are heavy without saying so.
    const HEAVY: [&str; 5] = ["impact", "haettenschweiler", "charcoal", "anton", "bebas neue"];

    /// What the family `name` is; its first word is never taken for a weight.
    fn of(name: &str) -> Self {
        let mut words = Vec::new();
        let mut word = String::new();
        let mut lower = false;
        for c in name.chars().chain([' ']) {
            if (!c.is_alphanumeric() || (c.is_uppercase() && lower)) && !word.is_empty() {
                words.push(std::mem::take(&mut word));
            }
            lower = c.is_lowercase();
            word.extend(c.is_alphanumeric().then(|| c.to_ascii_lowercase()));
        }
        let bold = Self::HEAVY.contains(&words.join(" ").as_str());
        let mut face = Self { bold, name: Name::hash(name), ..Self::default() };
        for word in words.iter().skip(1) {
            match word.as_str() {
                "bold" | "semibold" | "demibold" | "extrabold" | "ultrabold" | "heavy" | "black" => face.bold = true,
                "bolditalic" | "boldoblique" => (face.bold, face.italic) = (true, true),
                "italic" | "oblique" => face.italic = true,
                "smallcaps" => face.small_caps = true,
                _ => {}
            }
        }
        face
    }
}

/// A list of family names: strings, or one identifier after another. The first says what the letters look like.
pub(crate) fn family(input: &mut Parser<'_>) -> Parsed<Face> {
    let mut face = None;
    loop {
        let token = input.next()?.clone();
        let name = match &token {
            Token::QuotedString(name) => name.to_string(),
            Token::Ident(first) => {
                let mut name = first.to_string();
                while let Ok(next) = input.try_parse(Parser::expect_ident_cloned) {
                    name.push(' ');
                    name.push_str(&next);
                }
                name
            }
            _ => return refuse(),
        };
        face.get_or_insert_with(|| Face::of(&name));
        if input.try_parse(Parser::expect_comma).is_err() {
            return Ok(face.unwrap_or_default());
        }
    }
}
