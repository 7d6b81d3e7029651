//! Where a box stands and what of it is left: the shapes of clipping and moving that take text out of sight.

use cssparser::{Parser, Token};

use super::length::{Length, Scale};
use super::{Parsed, ident, refuse, skip_rest};

/// What a transformation does to a box, as far as seeing it goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Moved {
    /// It stays in sight.
    #[default]
    Seen,
    /// It is shrunk or turned to nothing.
    Gone,
    /// It is moved far away.
    Away,
    /// It is drawn larger.
    Larger,
}

/// How far off, in pixels, a box counts as out of sight.
pub(crate) const FAR: f32 = 999.0;

/// From this factor on type that is scaled stands out.
const LARGE: f32 = 1.15;

/// The radius of a blur, in pixels, from which letters are no longer read.
const BLURRED: f32 = 3.0;

/// What is left of a box, of which this share is cut off, is no more than a sliver.
const SLIVER: f32 = 0.9;

/// Shapes no larger than this, in pixels or hundredths of the box, show nothing.
const SMALL: f32 = 2.0;

/// Type that is shrunk to less than this part is too small to be read.
const SHRUNK: f32 = 0.19;

/// An opacity below which nothing is read.
const FAINT: f32 = 0.16;

/// Reads `clip` as whether nothing is left to see.
pub(crate) fn clip(input: &mut Parser<'_>) -> Parsed<bool> {
    if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
        return Ok(false);
    }
    input.expect_function_matching("rect")?;
    input.parse_nested_block(|input| {
        let mut edges = [None; 4];
        for edge in &mut edges {
            if input.try_parse(|input| input.expect_ident_matching("auto")).is_err() {
                *edge = Some(Length::parse(input, true)?.px(Scale::TRIAL));
            }
            let _ = input.try_parse(Parser::expect_comma);
        }
        let [top, right, bottom, left] = edges;
        let thin = |from: Option<f32>, to: Option<f32>| to.is_some_and(|to| to - from.unwrap_or(0.0) <= 1.0);
        Ok(thin(top, bottom) || thin(left, right))
    })
}

/// Reads `clip-path` as whether nothing is left to see. A path or a reference is taken to leave something.
pub(crate) fn clip_path(input: &mut Parser<'_>) -> Parsed<bool> {
    let token = input.next()?.clone();
    let gone = match &token {
        Token::Function(name) => {
            let name = name.to_ascii_lowercase();
            input.parse_nested_block(|input| shape(&name, input))?
        }
        Token::Ident(_) | Token::UnquotedUrl(_) => false,
        _ => return refuse(),
    };
    skip_rest(input)?;
    Ok(gone)
}

fn shape(name: &str, input: &mut Parser<'_>) -> Parsed<bool> {
    let gone = match name {
        "inset" => inset(input)?,
        "circle" => is_small(input),
        "ellipse" => is_small(input) || is_small(input),
        "xywh" => {
            let _ = (Length::parse(input, false), Length::parse(input, false));
            is_small(input) || is_small(input)
        }
        "rect" => {
            let edges = [(); 4].map(|()| input.try_parse(|input| Length::parse(input, false)));
            let px = edges.map(|edge| edge.ok().map(|edge| edge.px(Scale::TRIAL)));
            let thin = |from: Option<f32>, to: Option<f32>| to.is_some_and(|to| to - from.unwrap_or(0.0) <= SMALL);
            thin(px[0], px[2]) || thin(px[3], px[1])
        }
        "polygon" => polygon(input),
        _ => false,
    };
    skip_rest(input)?;
    Ok(gone)
}

/// Whether the next length is of no letter's size.
fn is_small(input: &mut Parser<'_>) -> bool {
    input.try_parse(|input| Length::parse(input, false)).is_ok_and(|length| length.px(Scale::TRIAL) <= SMALL)
}

fn inset(input: &mut Parser<'_>) -> Parsed<bool> {
    let mut edges = Vec::with_capacity(4);
    while edges.len() < 4
        && let Ok(edge) = input.try_parse(|input| Length::parse(input, false))
    {
        // Pixels say nothing of the share that is left; percentages do.
        edges.push(if let Length::Percent(part) = edge { part } else { 0.0 });
    }
    let (top, right, bottom, left) = match edges.as_slice() {
        [all] => (*all, *all, *all, *all),
        [y, x] => (*y, *x, *y, *x),
        [top, x, bottom] => (*top, *x, *bottom, *x),
        [top, right, bottom, left] => (*top, *right, *bottom, *left),
        _ => return refuse(),
    };
    Ok(top + bottom >= SLIVER || left + right >= SLIVER)
}

/// Whether all corners lie in one point.
fn polygon(input: &mut Parser<'_>) -> bool {
    let mut first = None;
    loop {
        let point = (Length::parse(input, false), Length::parse(input, false));
        let (Ok(x), Ok(y)) = point else { return false };
        let point = (x.px(Scale::TRIAL), y.px(Scale::TRIAL));
        if *first.get_or_insert(point) != point {
            return false;
        }
        if input.try_parse(Parser::expect_comma).is_err() {
            return true;
        }
    }
}

/// Reads `transform`, `scale` or `translate`.
pub(crate) fn transform(input: &mut Parser<'_>) -> Parsed<Moved> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(Moved::Seen);
    }
    let mut moved = Moved::Seen;
    while !input.is_exhausted() {
        let name = input.expect_function()?.to_ascii_lowercase();
        let step = input.parse_nested_block(|input| step(&name, input))?;
        moved = if moved == Moved::Seen { step } else { moved };
    }
    Ok(moved)
}

fn step(name: &str, input: &mut Parser<'_>) -> Parsed<Moved> {
    let mut values = Vec::new();
    while !input.is_exhausted() {
        let token = input.next()?.clone();
        match &token {
            Token::Number { value, .. } => values.push(*value),
            Token::Percentage { unit_value, .. } if name.starts_with("scale") => values.push(*unit_value),
            // Of the box's own size: ten times that is off any page, whatever it is.
            Token::Percentage { unit_value, .. } if unit_value.abs() >= 10.0 => values.push(unit_value * FAR),
            Token::Dimension { value, unit, .. } => values.push(measured(*value, unit)),
            _ => values.push(if name.starts_with("scale") { 1.0 } else { 0.0 }),
        }
        let _ = input.try_parse(Parser::expect_comma);
    }
    let zero = |index: usize| values.get(index).is_some_and(|value| value.abs() < 0.01);
    let shrunk = |index: usize| values.get(index).is_some_and(|value| value.abs() < SHRUNK);
    let far = |index: usize| values.get(index).is_some_and(|value| is_far(*value));
    let large = |index: usize| values.get(index).is_some_and(|value| *value >= LARGE);
    Ok(match name {
        "scale" | "scale3d" if shrunk(0) || shrunk(1) => Moved::Gone,
        "scalex" | "scaley" if shrunk(0) => Moved::Gone,
        "scale" | "scale3d" if large(0) && (values.len() == 1 || large(1)) => Moved::Larger,
        "rotatex" | "rotatey" if values.first().is_some_and(|angle| is_edge_on(*angle)) => Moved::Gone,
        "rotate3d" if !zero(3) && zero(2) && values.get(3).is_some_and(|angle| is_edge_on(*angle)) => Moved::Gone,
        "skew" | "skewx" | "skewy" if values.first().is_some_and(|angle| is_edge_on(*angle)) => Moved::Gone,
        "matrix" if (zero(0) && zero(1)) || (zero(2) && zero(3)) => Moved::Gone,
        "matrix" if far(4) || far(5) => Moved::Away,
        "translate" | "translate3d" if far(0) || far(1) => Moved::Away,
        "translatex" | "translatey" if far(0) => Moved::Away,
        _ => Moved::Seen,
    })
}

/// A length in pixels, an angle in degrees.
fn measured(value: f32, unit: &str) -> f32 {
    match Length::of_unit(value, unit) {
        Some(length) => length.px(Scale::TRIAL),
        None if unit.eq_ignore_ascii_case("turn") => value * 360.0,
        None if unit.eq_ignore_ascii_case("rad") => value.to_degrees(),
        None if unit.eq_ignore_ascii_case("grad") => value * 0.9,
        None => value,
    }
}

fn is_far(value: f32) -> bool {
    value <= -FAR || value >= 10.0 * FAR
}

/// Whether a plane turned by `angle` degrees shows its edge only.
fn is_edge_on(angle: f32) -> bool {
    (angle.abs() % 180.0 - 90.0).abs() < 0.5
}

/// Reads `scale`: one, two or three factors.
pub(crate) fn scale(input: &mut Parser<'_>) -> Parsed<Moved> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(Moved::Seen);
    }
    let (mut gone, mut larger) = (false, true);
    for _ in 0..3 {
        if input.is_exhausted() {
            break;
        }
        let token = input.next()?.clone();
        match &token {
            Token::Number { value, .. } | Token::Percentage { unit_value: value, .. } => {
                gone |= value.abs() < SHRUNK;
                larger &= *value >= LARGE;
            }
            _ => return refuse(),
        }
    }
    Ok(match (gone, larger) {
        (true, _) => Moved::Gone,
        (false, true) => Moved::Larger,
        (false, false) => Moved::Seen,
    })
}

/// Reads `translate`: one to three lengths.
pub(crate) fn translate(input: &mut Parser<'_>) -> Parsed<Moved> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(Moved::Seen);
    }
    step("translate", input)
}

/// Reads `rotate`: an angle, with an axis before or behind it.
pub(crate) fn rotate(input: &mut Parser<'_>) -> Parsed<Moved> {
    let mut axis = String::from("z");
    let mut angle = 0.0;
    while !input.is_exhausted() {
        let token = input.next()?.clone();
        match &token {
            Token::Ident(word) => axis = word.to_ascii_lowercase(),
            Token::Dimension { value, unit, .. } => angle = measured(*value, unit),
            Token::Number { .. } => {}
            _ => return refuse(),
        }
    }
    let flat = matches!(axis.as_str(), "x" | "y") && is_edge_on(angle);
    Ok(if flat { Moved::Gone } else { Moved::Seen })
}

/// What a filter leaves of an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Filter {
    /// It can be read.
    #[default]
    Clear,
    /// Every colour it paints is turned round.
    Inverted,
    /// Everything it paints has one colour: text on a background of its own cannot be read.
    Flat,
    /// Letters run into each other.
    Blurred,
    /// Nothing is left.
    Gone,
}

/// Reads `filter`.
pub(crate) fn filter(input: &mut Parser<'_>) -> Parsed<Filter> {
    let mut worst = Filter::Clear;
    while !input.is_exhausted() {
        let token = input.next()?.clone();
        let Token::Function(name) = &token else { continue };
        let found = match name.to_ascii_lowercase().as_str() {
            "opacity" if input.parse_nested_block(opacity)? < FAINT => Filter::Gone,
            "invert" => {
                let amount = input.parse_nested_block(|input| Ok(input.try_parse(opacity).unwrap_or(1.0)))?;
                if amount > 0.9 { Filter::Inverted } else { Filter::Clear }
            }
            "brightness" | "contrast" if input.parse_nested_block(opacity)? < 0.01 => Filter::Flat,
            "blur" => {
                let blur = |input: &mut Parser<'_>| Length::parse(input, false).map(|own| own.px(Scale::TRIAL));
                let radius = input.parse_nested_block(|input| Ok(input.try_parse(blur).unwrap_or(0.0)))?;
                if radius >= BLURRED { Filter::Blurred } else { Filter::Clear }
            }
            _ => Filter::Clear,
        };
        worst = worst.max(found);
    }
    Ok(worst)
}

/// Reads `zoom`; nothing and less than nothing stand for no zoom, as browsers have it.
pub(crate) fn zoom(input: &mut Parser<'_>) -> Parsed<f32> {
    if input.try_parse(|input| ident(input, |word| matches!(word, "normal" | "reset").then_some(()))).is_ok() {
        return Ok(1.0);
    }
    let token = input.next()?.clone();
    match &token {
        Token::Number { value, .. } | Token::Percentage { unit_value: value, .. } => {
            Ok(if *value > 0.0 { value.min(100.0) } else { 1.0 })
        }
        _ => refuse(),
    }
}

/// Reads `opacity`: a number or a percentage.
pub(crate) fn opacity(input: &mut Parser<'_>) -> Parsed<f32> {
    let token = input.next()?.clone();
    let value = match &token {
        Token::Number { value, .. } | Token::Percentage { unit_value: value, .. } => *value,
        Token::Function(name) => super::math::number(&name.to_ascii_lowercase(), input)?,
        _ => return refuse(),
    };
    Ok(value.clamp(0.0, 1.0))
}

/// What becomes of what stands out of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Overflow {
    /// It is seen all the same.
    #[default]
    Visible,
    /// It can be scrolled to.
    Scrolls,
    /// It is cut off.
    Cut,
}

/// Reads `overflow` on one axis.
pub(crate) fn overflow(input: &mut Parser<'_>) -> Parsed<Overflow> {
    ident(input, |word| match word {
        "visible" => Some(Overflow::Visible),
        "scroll" | "auto" | "overlay" => Some(Overflow::Scrolls),
        "hidden" | "clip" | "-moz-hidden-unscrollable" => Some(Overflow::Cut),
        _ => None,
    })
}
