//! Mathematical functions: `calc()`, `min()`, `max()`, `clamp()` and their like, evaluated where the scale is known.
//!
//! The parser bounds how deep functions nest, so that the descent here is bounded too.

use cssparser::{Parser, Token};

use super::length::{Length, Scale};
use super::{Parsed, refuse};

/// A number or a length; the two do not add up.
#[derive(Clone, Copy)]
struct Quantity {
    value: f32,
    is_length: bool,
}

impl Quantity {
    fn number(value: f32) -> Self {
        Self { value, is_length: false }
    }
}

/// Tries a function whose name token was just read, without keeping the result.
pub(super) fn check(name: &str, input: &mut Parser<'_>) -> Parsed<()> {
    let quantity = function(name, input, Scale::TRIAL)?;
    // A bare zero may stand for a length; any other number may not.
    if quantity.is_length || quantity.value == 0.0 { Ok(()) } else { refuse() }
}

/// The value of a function that gives a number and whose name token was just read.
pub(super) fn number(name: &str, input: &mut Parser<'_>) -> Parsed<f32> {
    let quantity = function(name, input, Scale::TRIAL)?;
    if quantity.is_length { refuse() } else { Ok(quantity.value) }
}

/// The length in pixels of the function written in `text`.
pub(super) fn length(text: &str, scale: Scale) -> Option<f32> {
    let mut input = Parser::new(text);
    term(&mut input, scale).ok().map(|quantity| quantity.value)
}

fn function(name: &str, input: &mut Parser<'_>, scale: Scale) -> Parsed<Quantity> {
    input.parse_nested_block(|input| match name {
        "calc" | "-webkit-calc" | "-moz-calc" => sum(input, scale),
        "min" => arguments(input, scale, f32::min),
        "max" => arguments(input, scale, f32::max),
        "clamp" => {
            let low = sum(input, scale)?;
            input.expect_comma()?;
            let middle = sum(input, scale)?;
            input.expect_comma()?;
            let high = sum(input, scale)?;
            if low.is_length != middle.is_length || middle.is_length != high.is_length {
                return refuse();
            }
            Ok(Quantity { value: low.value.max(middle.value.min(high.value)), is_length: middle.is_length })
        }
        "abs" => sum(input, scale).map(|quantity| Quantity { value: quantity.value.abs(), ..quantity }),
        "env" => {
            // No device inset on a desktop: the fallback if there is one.
            input.expect_ident()?;
            if input.try_parse(Parser::expect_comma).is_ok() {
                return sum(input, scale);
            }
            Ok(Quantity { value: 0.0, is_length: true })
        }
        _ => refuse(),
    })
}

fn arguments(input: &mut Parser<'_>, scale: Scale, choose: fn(f32, f32) -> f32) -> Parsed<Quantity> {
    let mut best = sum(input, scale)?;
    while input.try_parse(Parser::expect_comma).is_ok() {
        let next = sum(input, scale)?;
        if next.is_length != best.is_length {
            return refuse();
        }
        best.value = choose(best.value, next.value);
    }
    Ok(best)
}

fn sum(input: &mut Parser<'_>, scale: Scale) -> Parsed<Quantity> {
    let mut total = product(input, scale)?;
    loop {
        let start = input.state();
        let sign = match input.next() {
            Ok(Token::Delim('+')) => 1.0,
            Ok(Token::Delim('-')) => -1.0,
            _ => {
                input.reset(&start);
                return Ok(total);
            }
        };
        let next = product(input, scale)?;
        if next.is_length != total.is_length {
            return refuse();
        }
        total.value += sign * next.value;
    }
}

fn product(input: &mut Parser<'_>, scale: Scale) -> Parsed<Quantity> {
    let mut total = term(input, scale)?;
    loop {
        let start = input.state();
        let divides = match input.next() {
            Ok(Token::Delim('*')) => false,
            Ok(Token::Delim('/')) => true,
            _ => {
                input.reset(&start);
                return Ok(total);
            }
        };
        let next = term(input, scale)?;
        if next.is_length && (divides || total.is_length) {
            return refuse();
        }
        total = Quantity {
            value: if divides { total.value / next.value } else { total.value * next.value },
            is_length: total.is_length || next.is_length,
        };
    }
}

fn term(input: &mut Parser<'_>, scale: Scale) -> Parsed<Quantity> {
    let token = input.next()?.clone();
    match &token {
        Token::Number { value, .. } => Ok(Quantity::number(*value)),
        Token::Percentage { unit_value, .. } => Ok(Quantity { value: unit_value * scale.full, is_length: true }),
        Token::Dimension { value, unit, .. } => match Length::of_unit(*value, unit) {
            Some(length) => Ok(Quantity { value: length.px(scale), is_length: true }),
            None => refuse(),
        },
        Token::ParenthesisBlock => input.parse_nested_block(|input| sum(input, scale)),
        Token::Function(name) => function(&name.to_ascii_lowercase(), input, scale),
        Token::Ident(name) => match name.to_ascii_lowercase().as_str() {
            "pi" => Ok(Quantity::number(std::f32::consts::PI)),
            "e" => Ok(Quantity::number(std::f32::consts::E)),
            "infinity" => Ok(Quantity::number(f32::MAX)),
            "-infinity" => Ok(Quantity::number(f32::MIN)),
            _ => refuse(),
        },
        _ => refuse(),
    }
}
