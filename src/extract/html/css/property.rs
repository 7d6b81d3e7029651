//! The properties that are followed, their names, and what a declaration of one holds.
//!
//! To follow another: a name in `names`, a [`Longhand`], an arm in [`parse`], and its use in `compute`.

use std::sync::Arc;

use cssparser::Parser;

use super::style::{Lines, Picture, Quotes, TextTransform, WhiteSpace};
use super::value::blend::{self, Blend};
use super::value::colour::{self, Colour};
use super::value::content::{self, Piece};
use super::value::decor::{self, Ring};
use super::value::font::{self, Face, Size, Weight};
use super::value::keyword::{self, Boxed, Position};
use super::value::length::Length;
use super::value::place::{self, Filter, Moved, Overflow};
use super::value::{Parsed, ident};

/// A property that stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(super) enum Longhand {
    FontSize,
    FontWeight,
    FontStyle,
    FontCaps,
    FontFamily,
    FontSizeAdjust,
    Colour,
    FillColour,
    BackgroundColour,
    BackgroundImage,
    BackgroundClip,
    LineKind,
    LineColour,
    TextTransform,
    LetterSpacing,
    WordSpacing,
    TextIndent,
    TextShadow,
    TextStroke,
    TextMarks,
    TextSecurity,
    LineHeight,
    LineClamp,
    WhiteSpace,
    Direction,
    UnicodeBidi,
    UserSelect,
    Quotes,
    Content,
    BorderTopStyle,
    BorderRightStyle,
    BorderBottomStyle,
    BorderLeftStyle,
    BorderTopWidth,
    BorderRightWidth,
    BorderBottomWidth,
    BorderLeftWidth,
    BorderTopColour,
    BorderRightColour,
    BorderBottomColour,
    BorderLeftColour,
    Outline,
    BoxShadow,
    Display,
    Visibility,
    ContentVisibility,
    Opacity,
    Filter,
    Blend,
    Mask,
    Float,
    Position,
    Top,
    Right,
    Bottom,
    Left,
    ZIndex,
    MarginTop,
    MarginLeft,
    Width,
    Height,
    MaxWidth,
    MaxHeight,
    OverflowX,
    OverflowY,
    Clip,
    ClipPath,
    Transform,
    Translate,
    Rotate,
    Zoom,
    Scale,
}

impl Longhand {
    /// How many there are.
    pub(super) const COUNT: usize = Self::Scale as usize + 1;

    /// Whether children take the property over from their parent unless told otherwise.
    pub(super) fn inherits(self) -> bool {
        self <= Self::FontSizeAdjust
            || matches!(
                self,
                Self::Colour
                    | Self::FillColour
                    | Self::TextTransform
                    | Self::LetterSpacing
                    | Self::WordSpacing
                    | Self::TextIndent
                    | Self::TextShadow
                    | Self::TextStroke
                    | Self::TextMarks
                    | Self::TextSecurity
                    | Self::LineHeight
                    | Self::WhiteSpace
                    | Self::Direction
                    | Self::UserSelect
                    | Self::Quotes
                    | Self::Visibility
            )
    }
}

/// A property that sets several others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shorthand {
    All,
    Background,
    Border,
    /// One side: top, right, bottom, left are 0 to 3.
    BorderSide(u8),
    /// Top and bottom, or left and right.
    BorderPair([u8; 2]),
    BorderColour,
    BorderStyle,
    BorderWidth,
    Font,
    Inset,
    Margin,
    Overflow,
    TextDecoration,
}

/// A property of either sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Property {
    Long(Longhand),
    Short(Shorthand),
}

/// A word that every property takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wide {
    Inherit,
    Initial,
    Unset,
    Revert,
    RevertLayer,
}

/// What a longhand was declared to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// A word that every property takes.
    Wide(Wide),
    /// Text with `var()` in it, of the property named: settled per element.
    Pending(Property, Arc<str>),
    Size(Size),
    Weight(Weight),
    Colour(Colour),
    Length(Length),
    /// `auto`, `none` or `normal` where a length could stand.
    Auto,
    Number(f32),
    Flag(bool),
    Lines(Lines),
    Transform(TextTransform),
    WhiteSpace(WhiteSpace),
    Display(Boxed),
    Position(Position),
    Moved(Moved),
    Filter(Filter),
    Blend(Blend),
    Overflow(Overflow),
    Face(Face),
    Ring(Ring),
    Content(Box<[Piece]>),
    Quotes(Quotes),
    Picture(Picture),
}

/// What is in a value, where it is of that sort: a declaration of another sort says nothing.
macro_rules! accessors {
    ($($name:ident, $variant:ident, $held:ty;)*) => {
        impl Value {
            $(pub(super) fn $name(&self) -> Option<&$held> {
                if let Self::$variant(held) = self { Some(held) } else { None }
            })*
        }
    };
}

accessors! {
    as_size, Size, Size;
    as_weight, Weight, Weight;
    as_colour, Colour, Colour;
    as_length, Length, Length;
    as_number, Number, f32;
    as_flag, Flag, bool;
    as_lines, Lines, Lines;
    as_transform, Transform, TextTransform;
    as_white_space, WhiteSpace, WhiteSpace;
    as_display, Display, Boxed;
    as_position, Position, Position;
    as_quotes, Quotes, Quotes;
    as_picture, Picture, Picture;
    as_filter, Filter, Filter;
    as_blend, Blend, Blend;
    as_overflow, Overflow, Overflow;
    as_face, Face, Face;
    as_ring, Ring, Ring;
}

use Longhand as L;

/// Reads a word that every property takes.
pub(super) fn wide(input: &mut Parser<'_>) -> Parsed<Wide> {
    ident(input, |word| match word {
        "inherit" => Some(Wide::Inherit),
        "initial" => Some(Wide::Initial),
        "unset" => Some(Wide::Unset),
        "revert" => Some(Wide::Revert),
        "revert-layer" => Some(Wide::RevertLayer),
        _ => None,
    })
}

/// Reads the value of one longhand. `quirky` lets lengths go without units and colours without `#`.
pub(super) fn parse(longhand: Longhand, input: &mut Parser<'_>, quirky: bool) -> Parsed<Value> {
    Ok(match longhand {
        L::FontSize => Value::Size(Size::parse(input, quirky)?),
        L::FontWeight => Value::Weight(Weight::parse(input)?),
        L::FontStyle => Value::Flag(font::slant(input)?),
        L::FontCaps => Value::Flag(font::small_caps(input)?),
        L::FontFamily => Value::Face(font::family(input)?),
        L::Colour
        | L::BackgroundColour
        | L::BorderTopColour
        | L::BorderRightColour
        | L::BorderBottomColour
        | L::BorderLeftColour
            if quirky =>
        {
            Value::Colour(colour::parse_quirky(input)?)
        }
        L::Colour
        | L::FillColour
        | L::BackgroundColour
        | L::LineColour
        | L::BorderTopColour
        | L::BorderRightColour
        | L::BorderBottomColour
        | L::BorderLeftColour => Value::Colour(colour::parse(input)?),
        L::BackgroundImage => Value::Picture(keyword::images(input)?),
        L::BackgroundClip => Value::Flag(keyword::is_word(
            input,
            &["text"],
            &["border-box", "padding-box", "content-box", "border-area"],
        )?),
        L::LineKind => Value::Lines(keyword::lines(input)?),
        L::TextTransform => Value::Transform(keyword::text_transform(input)?),
        L::WhiteSpace => Value::WhiteSpace(keyword::white_space(input)?),
        L::Direction => Value::Flag(keyword::is_word(input, &["rtl"], &["ltr"])?),
        L::UnicodeBidi => Value::Flag(keyword::is_word(
            input,
            &["bidi-override", "isolate-override"],
            &["normal", "embed", "isolate", "plaintext", "-webkit-isolate"],
        )?),
        // `auto` is what the parent has.
        L::UserSelect if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() => {
            Value::Wide(Wide::Inherit)
        }
        L::UserSelect => {
            Value::Flag(keyword::is_word(input, &["none", "-moz-none"], &["text", "all", "contain", "element"])?)
        }
        L::Quotes => Value::Quotes(content::quotes(input)?),
        L::Content => Value::Content(content::parse(input)?),
        L::Display => Value::Display(keyword::display(input)?),
        L::Visibility => Value::Flag(keyword::is_word(input, &["visible"], &["hidden", "collapse"])?),
        L::ContentVisibility => Value::Flag(keyword::is_word(input, &["hidden"], &["visible", "auto"])?),
        L::Opacity => Value::Number(place::opacity(input)?),
        L::Filter => Value::Filter(place::filter(input)?),
        L::Blend => Value::Blend(blend::mode(input)?),
        L::Mask => Value::Flag(decor::mask(input)?),
        L::Outline => Value::Flag(decor::outline(input)?),
        L::BoxShadow => Value::Ring(decor::box_shadow(input)?),
        L::TextStroke => Value::Flag(decor::stroke(input)?),
        L::TextMarks => Value::Flag(decor::marks(input)?),
        L::LineHeight => Value::Flag(font::no_line_height(input)?),
        L::LineClamp if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() => Value::Auto,
        L::LineClamp => Value::Number(input.expect_number()?),
        L::FontSizeAdjust => Value::Flag(font::no_size(input)?),
        L::TextSecurity => Value::Flag(keyword::is_word(input, &["disc", "circle", "square"], &["none"])?),
        L::ZIndex if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() => Value::Auto,
        L::ZIndex => Value::Number(input.expect_number()?),
        L::Zoom => Value::Number(place::zoom(input)?),
        L::Translate => Value::Moved(place::translate(input)?),
        L::Rotate => Value::Moved(place::rotate(input)?),
        L::Float => Value::Flag(keyword::is_word(input, &["left", "right", "inline-start", "inline-end"], &["none"])?),
        L::Position => Value::Position(keyword::position(input)?),
        L::OverflowX | L::OverflowY => Value::Overflow(place::overflow(input)?),
        L::Clip => Value::Flag(place::clip(input)?),
        L::ClipPath => Value::Flag(place::clip_path(input)?),
        L::Transform => Value::Moved(place::transform(input)?),
        L::Scale => Value::Moved(place::scale(input)?),
        L::BorderTopStyle | L::BorderRightStyle | L::BorderBottomStyle | L::BorderLeftStyle => {
            Value::Flag(keyword::line_style(input)?)
        }
        L::TextShadow => Value::Flag(decor::text_shadow(input)?),
        L::LetterSpacing
        | L::WordSpacing
        | L::TextIndent
        | L::Top
        | L::Right
        | L::Bottom
        | L::Left
        | L::MarginTop
        | L::MarginLeft
        | L::Width
        | L::Height
        | L::MaxWidth
        | L::MaxHeight
        | L::BorderTopWidth
        | L::BorderRightWidth
        | L::BorderBottomWidth
        | L::BorderLeftWidth => measure(longhand, input, quirky)?,
    })
}

/// A length, or the word that stands in for one.
fn measure(longhand: Longhand, input: &mut Parser<'_>, quirky: bool) -> Parsed<Value> {
    let word = input.try_parse(|input| {
        ident(input, |word| match (longhand, word) {
            (L::LetterSpacing | L::WordSpacing, "normal") => Some(Value::Length(Length::ZERO)),
            (L::BorderTopWidth | L::BorderRightWidth | L::BorderBottomWidth | L::BorderLeftWidth, _) => {
                let px = match word {
                    "thin" => 1.0,
                    "medium" => 3.0,
                    "thick" => 5.0,
                    _ => return None,
                };
                Some(Value::Length(Length::Px(px)))
            }
            (L::LetterSpacing | L::WordSpacing | L::TextIndent, _) => None,
            (
                _,
                "auto" | "none" | "min-content" | "max-content" | "fit-content" | "stretch" | "-webkit-fill-available",
            ) => Some(Value::Auto),
            _ => None,
        })
    });
    if let Ok(value) = word {
        return Ok(value);
    }
    let length = Length::parse(input, quirky)?;
    if longhand == L::TextIndent {
        // `hanging` and `each-line` move no text out of sight.
        while input.try_parse(Parser::expect_ident_cloned).is_ok() {}
    }
    Ok(Value::Length(length))
}
