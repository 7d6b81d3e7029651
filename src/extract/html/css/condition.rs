//! Conditions around rules: `@media`, `@supports` and `@container`, answered for each of the screens in `screens`.
//!
//! What is not understood is neither true nor false, so that `not` does not make it true; in the end it does not hold.

#![expect(clippy::wildcard_enum_match_arm, reason = "no other token may stand there, whichever CSS adds")]

use cssparser::{Parser, Token};

use super::screens::{Screen, Screens};
use super::selector;
use super::value::length::{Length, Scale, VIEWPORT};
use super::value::{Parsed, refuse, skip_rest};

/// The answer to a condition, if it is understood.
type Answer = Option<bool>;

/// On which screens the media query list in `text` (a `media` attribute) holds.
pub(super) fn media_text(text: &str) -> Screens {
    media(&mut Parser::new(text))
}

/// On which screens a media query list holds, read to the end of `input`.
pub(super) fn media(input: &mut Parser<'_>) -> Screens {
    on_each(input, |input, screen| {
        if input.is_exhausted() {
            return true;
        }
        input.parse_comma_separated_ignoring_errors(|input| query(input, screen)).contains(&Some(true))
    })
}

/// On which screens `holds` says yes to what stands in `input`.
fn on_each(input: &mut Parser<'_>, holds: impl Fn(&mut Parser<'_>, Screen) -> bool) -> Screens {
    let start = input.state();
    let mut screens = Screens::NONE;
    for (screen, looks) in Screen::ALL {
        input.reset(&start);
        screens = screens.with(screen, holds(input, looks));
    }
    screens
}

/// One media query: a type, a condition, or both.
fn query(input: &mut Parser<'_>, screen: Screen) -> Parsed<Answer> {
    let start = input.state();
    let negated = input.try_parse(|input| input.expect_ident_matching("not")).is_ok();
    let only = !negated && input.try_parse(|input| input.expect_ident_matching("only")).is_ok();
    let Ok(kind) = input.try_parse(Parser::expect_ident_cloned) else {
        if only {
            return refuse();
        }
        input.reset(&start);
        return condition(input, &mut |input| feature_or_group(input, screen));
    };
    let shown = matches!(kind.to_ascii_lowercase().as_str(), "all" | "screen");
    let mut answer = Some(shown);
    while !input.is_exhausted() {
        input.expect_ident_matching("and")?;
        if input.try_parse(|input| input.expect_ident_matching("not")).is_ok() {
            answer = and(answer, feature_or_group(input, screen)?.map(|holds| !holds));
        } else {
            answer = and(answer, feature_or_group(input, screen)?);
        }
    }
    Ok(if negated { answer.map(|holds| !holds) } else { answer })
}

fn and(one: Answer, other: Answer) -> Answer {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

fn or(one: Answer, other: Answer) -> Answer {
    match (one, other) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), Some(false)) => Some(false),
        _ => None,
    }
}

/// Reads one operand of a condition: something in parentheses, or a function.
type Operand<'f> = &'f mut dyn FnMut(&mut Parser<'_>) -> Parsed<Answer>;

/// Operands joined by `and` or by `or`, or one behind `not`, read to the end of `input`.
fn condition(input: &mut Parser<'_>, operand: Operand<'_>) -> Parsed<Answer> {
    if input.try_parse(|input| input.expect_ident_matching("not")).is_ok() {
        return Ok(operand(input)?.map(|holds| !holds));
    }
    let mut answer = operand(input)?;
    while !input.is_exhausted() {
        let joint = input.expect_ident()?.to_ascii_lowercase();
        let next = operand(input)?;
        answer = match joint.as_str() {
            "and" => and(answer, next),
            "or" => or(answer, next),
            _ => return refuse(),
        };
    }
    Ok(answer)
}

fn feature_or_group(input: &mut Parser<'_>, screen: Screen) -> Parsed<Answer> {
    let token = input.next()?.clone();
    match token {
        Token::ParenthesisBlock => input.parse_nested_block(|input| {
            let start = input.state();
            if let Ok(answer) = input.try_parse(|input| input.parse_entirely(|input| feature(input, screen))) {
                return Ok(answer);
            }
            input.reset(&start);
            if let Ok(answer) = input.try_parse(|input| condition(input, &mut |input| feature_or_group(input, screen)))
            {
                return Ok(answer);
            }
            skip_rest(input)?;
            Ok(None)
        }),
        Token::Function(_) => Ok(None),
        _ => refuse(),
    }
}

/// What a feature is compared with.
#[derive(Clone, Debug, PartialEq)]
enum Operant {
    Number(f32),
    Word(String),
}

/// How two values compare, written the way round that has the feature first.
#[derive(Clone, Copy, PartialEq)]
enum Relation {
    Less,
    AtMost,
    Equal,
    AtLeast,
    More,
}

impl Relation {
    fn holds(self, one: f32, other: f32) -> bool {
        match self {
            Self::Less => one < other,
            Self::AtMost => one <= other,
            Self::Equal => (one - other).abs() < 0.001,
            Self::AtLeast => one >= other,
            Self::More => one > other,
        }
    }

    fn turned(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::Equal => Self::Equal,
            Self::AtLeast => Self::AtMost,
            Self::More => Self::Less,
        }
    }
}

/// The inside of one pair of parentheses: a name, a name with a value, or a range.
fn feature(input: &mut Parser<'_>, screen: Screen) -> Parsed<Answer> {
    if let Ok(name) = input.try_parse(Parser::expect_ident_cloned) {
        let name = name.to_ascii_lowercase();
        if input.is_exhausted() {
            return Ok(known(&name, screen).map(|value| value != Operant::Number(0.0) && !is_absent(&value)));
        }
        if input.try_parse(Parser::expect_colon).is_ok() {
            let value = operant(input)?;
            return Ok(with_prefix(&name, &value, screen));
        }
        let relation = relation(input)?;
        return Ok(compare(&name, relation, &operant(input)?, screen));
    }
    let first = operant(input)?;
    let lower = relation(input)?.turned();
    let name = input.expect_ident()?.to_ascii_lowercase();
    let answer = compare(&name, lower, &first, screen);
    if input.is_exhausted() {
        return Ok(answer);
    }
    let upper = relation(input)?;
    Ok(and(answer, compare(&name, upper, &operant(input)?, screen)))
}

fn is_absent(value: &Operant) -> bool {
    matches!(value, Operant::Word(word) if matches!(word.as_str(), "none" | "no-preference"))
}

fn relation(input: &mut Parser<'_>) -> Parsed<Relation> {
    let token = input.next()?.clone();
    let equal = |input: &mut Parser<'_>| {
        // `< =` apart is no comparison.
        let state = input.state();
        if matches!(input.next_including_whitespace(), Ok(Token::Delim('='))) {
            return true;
        }
        input.reset(&state);
        false
    };
    match token {
        Token::Delim('<') => Ok(if equal(input) { Relation::AtMost } else { Relation::Less }),
        Token::Delim('>') => Ok(if equal(input) { Relation::AtLeast } else { Relation::More }),
        Token::Delim('=') => Ok(Relation::Equal),
        _ => refuse(),
    }
}

fn operant(input: &mut Parser<'_>) -> Parsed<Operant> {
    if let Ok(word) = input.try_parse(Parser::expect_ident_cloned) {
        return Ok(Operant::Word(word.to_ascii_lowercase()));
    }
    if let Ok(number) = input.try_parse(Parser::expect_number) {
        if input.try_parse(|input| input.expect_delim('/')).is_ok() {
            return Ok(Operant::Number(number / input.expect_number()?));
        }
        return Ok(Operant::Number(number));
    }
    let resolution = input.try_parse(|input| match input.next() {
        Ok(Token::Dimension { value, unit, .. }) => match unit.to_ascii_lowercase().as_str() {
            "dppx" | "x" => Ok(*value),
            "dpi" => Ok(value / 96.0),
            "dpcm" => Ok(value / 37.795_277),
            _ => Err(()),
        },
        _ => Err(()),
    });
    if let Ok(value) = resolution {
        return Ok(Operant::Number(value));
    }
    let (width, _) = VIEWPORT;
    Ok(Operant::Number(Length::parse(input, false)?.px(Scale { em: 16.0, rem: 16.0, full: width })))
}

/// What a screen says of a feature.
fn known(name: &str, screen: Screen) -> Option<Operant> {
    let Screen { width, height, hand, dark } = screen;
    let number = match name {
        "width" | "device-width" | "inline-size" => width,
        "height" | "device-height" | "block-size" => height,
        "aspect-ratio" | "device-aspect-ratio" => width / height,
        "resolution" | "-webkit-device-pixel-ratio" | "-webkit-transform-3d" => 1.0,
        "color" => 8.0,
        "color-index" | "monochrome" | "grid" => 0.0,
        _ => {
            let word = match name {
                "orientation" if hand => "portrait",
                "orientation" => "landscape",
                "prefers-color-scheme" if dark => "dark",
                "prefers-color-scheme" => "light",
                "prefers-reduced-motion"
                | "prefers-contrast"
                | "prefers-reduced-transparency"
                | "prefers-reduced-data" => "no-preference",
                "hover" | "any-hover" if hand => "none",
                "pointer" | "any-pointer" if hand => "coarse",
                "hover" | "any-hover" => "hover",
                "pointer" | "any-pointer" => "fine",
                "scripting" => "enabled",
                "display-mode" => "browser",
                "update" => "fast",
                "color-gamut" => "srgb",
                "forced-colors" | "inverted-colors" => "none",
                "scan" => "progressive",
                "overflow-block" | "overflow-inline" => "scroll",
                "dynamic-range" | "video-dynamic-range" => "standard",
                _ => return None,
            };
            return Some(Operant::Word(word.to_owned()));
        }
    };
    Some(Operant::Number(number))
}

/// `name: value`, where the name may begin with `min-` or `max-`.
fn with_prefix(name: &str, value: &Operant, screen: Screen) -> Answer {
    let (name, relation) = if let Some(rest) = name.strip_prefix("min-") {
        (rest, Relation::AtLeast)
    } else if let Some(rest) = name.strip_prefix("max-") {
        (rest, Relation::AtMost)
    } else if let Some(rest) = name.strip_prefix("-webkit-min-") {
        return compare(&format!("-webkit-{rest}"), Relation::AtLeast, value, screen);
    } else if let Some(rest) = name.strip_prefix("-webkit-max-") {
        return compare(&format!("-webkit-{rest}"), Relation::AtMost, value, screen);
    } else {
        (name, Relation::Equal)
    };
    compare(name, relation, value, screen)
}

fn compare(name: &str, relation: Relation, value: &Operant, screen: Screen) -> Answer {
    match (known(name, screen)?, value) {
        (Operant::Number(own), Operant::Number(other)) => Some(relation.holds(own, *other)),
        (Operant::Word(own), Operant::Word(other)) if relation == Relation::Equal => Some(own == *other),
        _ => None,
    }
}

/// Whether a `@supports` condition holds, read to the end of `input`.
pub(super) fn supports(input: &mut Parser<'_>) -> bool {
    condition(input, &mut supported) == Ok(Some(true))
}

/// The same where a declaration may stand without parentheses, as in `@import`.
pub(super) fn supports_bare(input: &mut Parser<'_>) -> bool {
    input
        .try_parse(|input| input.parse_entirely(declared))
        .map_or_else(|_| supports(input), |answer| answer == Some(true))
}

fn supported(input: &mut Parser<'_>) -> Parsed<Answer> {
    let token = input.next()?.clone();
    match &token {
        Token::ParenthesisBlock => input.parse_nested_block(|input| {
            if let Ok(answer) = input.try_parse(|input| input.parse_entirely(declared)) {
                return Ok(answer);
            }
            if let Ok(answer) = input.try_parse(|input| condition(input, &mut supported)) {
                return Ok(answer);
            }
            skip_rest(input)?;
            Ok(None)
        }),
        Token::Function(name) => {
            let name = name.to_ascii_lowercase();
            input.parse_nested_block(|input| {
                let from = input.position();
                while input.next().is_ok() {}
                let text = input.slice_from(from);
                Ok(Some(match name.as_str() {
                    "selector" => selector::parse(text, None).is_some(),
                    "font-tech" | "font-format" => true,
                    _ => false,
                }))
            })
        }
        _ => refuse(),
    }
}

/// Whether a browser knows the declaration: every well-formed one but those of other browsers' own.
fn declared(input: &mut Parser<'_>) -> Parsed<Answer> {
    let name = input.expect_ident()?.to_ascii_lowercase();
    input.expect_colon()?;
    let from = input.position();
    skip_rest(input)?;
    let value = input.slice_from(from).trim().to_ascii_lowercase();
    let foreign = |word: &str| ["-ms-", "-moz-", "-o-", "-khtml-"].iter().any(|prefix| word.starts_with(prefix));
    Ok(Some(!foreign(&name) && !foreign(&value)))
}

/// On which screens a `@container` condition holds, read to the end of `input`. Containers are taken to be as wide as the window.
pub(super) fn container(input: &mut Parser<'_>) -> Screens {
    on_each(input, |input, screen| {
        if input.try_parse(|input| input.expect_ident_matching("not")).is_err() {
            // The container's name.
            let _ = input.try_parse(Parser::expect_ident_cloned);
            return condition(input, &mut |input| feature_or_group(input, screen)) == Ok(Some(true));
        }
        feature_or_group(input, screen) == Ok(Some(false))
    })
}
