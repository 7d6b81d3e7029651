//! Properties whose values are words.

use cssparser::{Parser, Token};

use super::super::style::{Display, Lines, Picture, TextTransform, WhiteSpace};
use super::{Parsed, ident, refuse};

/// `position`, as far as it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Position {
    #[default]
    Static,
    /// `sticky` too.
    Relative,
    Absolute,
    Fixed,
}

/// `display` with what is lost in [`Display`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Boxed {
    /// The box made.
    pub(crate) display: Display,
    /// Whether the children become blocks: flex and grid containers.
    pub(crate) flexible: bool,
}

/// Reads `display`.
pub(crate) fn display(input: &mut Parser<'_>) -> Parsed<Boxed> {
    let first = ident(input, boxed)?;
    if input.is_exhausted() {
        return Ok(first);
    }
    // The long form: outside, inside, `list-item`.
    let second = ident(input, boxed)?;
    let third = input.try_parse(|input| ident(input, boxed)).ok();
    let all = [Some(first), Some(second), third];
    let any = |display: Display| all.iter().flatten().any(|boxed| boxed.display == display);
    let flexible = all.iter().flatten().any(|boxed| boxed.flexible);
    let display = if any(Display::ListItem) {
        Display::ListItem
    } else if any(Display::Inline) {
        if any(Display::Ruby) { Display::Ruby } else { Display::InlineBlock }
    } else if any(Display::Table) {
        Display::Table
    } else {
        Display::Block
    };
    Ok(Boxed { display, flexible })
}

fn boxed(word: &str) -> Option<Boxed> {
    let flexible = word.contains("flex") || word.contains("grid") || word.ends_with("-box");
    let display = match word {
        "none" => Display::None,
        "contents" => Display::Contents,
        "inline" => Display::Inline,
        "ruby" | "ruby-base" | "ruby-base-container" => Display::Ruby,
        "ruby-text" | "ruby-text-container" => Display::RubyText,
        "inline-block"
        | "inline-flex"
        | "inline-grid"
        | "inline-table"
        | "-webkit-inline-box"
        | "-webkit-inline-flex"
        | "-ms-inline-flexbox"
        | "-moz-inline-box" => Display::InlineBlock,
        "block" | "flow" | "flow-root" | "flex" | "grid" | "-webkit-box" | "-webkit-flex" | "-ms-flexbox"
        | "-ms-grid" | "-moz-box" | "math" => Display::Block,
        "list-item" => Display::ListItem,
        "table" => Display::Table,
        "table-row-group" | "table-header-group" | "table-footer-group" => Display::TableRowGroup,
        "table-row" => Display::TableRow,
        "table-cell" => Display::TableCell,
        "table-caption" => Display::TableCaption,
        "table-column" | "table-column-group" => Display::TableColumn,
        _ => return None,
    };
    Some(Boxed { display, flexible })
}

/// Reads `position`.
pub(crate) fn position(input: &mut Parser<'_>) -> Parsed<Position> {
    ident(input, |word| match word {
        "static" => Some(Position::Static),
        "relative" | "sticky" | "-webkit-sticky" => Some(Position::Relative),
        "absolute" => Some(Position::Absolute),
        "fixed" => Some(Position::Fixed),
        _ => None,
    })
}

/// Reads `text-transform`.
pub(crate) fn text_transform(input: &mut Parser<'_>) -> Parsed<TextTransform> {
    let mut transform = TextTransform::None;
    loop {
        transform = ident(input, |word| match word {
            "none" => Some(TextTransform::None),
            "uppercase" => Some(TextTransform::Uppercase),
            "lowercase" => Some(TextTransform::Lowercase),
            "capitalize" => Some(TextTransform::Capitalize),
            "full-width" | "full-size-kana" | "math-auto" => Some(transform),
            _ => None,
        })?;
        if input.is_exhausted() {
            return Ok(transform);
        }
    }
}

/// Reads `white-space` or `white-space-collapse`.
pub(crate) fn white_space(input: &mut Parser<'_>) -> Parsed<WhiteSpace> {
    let mut space = WhiteSpace::Collapse;
    loop {
        space = ident(input, |word| match word {
            "normal" | "nowrap" | "collapse" => Some(WhiteSpace::Collapse),
            "pre" | "pre-wrap" | "break-spaces" | "preserve" | "preserve-spaces" | "-moz-pre-wrap" => {
                Some(WhiteSpace::Preserve)
            }
            "pre-line" | "preserve-breaks" => Some(WhiteSpace::PreserveBreaks),
            "wrap" => Some(space),
            _ => None,
        })?;
        if input.is_exhausted() {
            return Ok(space);
        }
    }
}

/// Reads `text-decoration-line`: `none`, or lines until a word that is no line.
pub(crate) fn lines(input: &mut Parser<'_>) -> Parsed<Lines> {
    let mut lines = None;
    while let Ok(line) = input.try_parse(|input| ident(input, line)) {
        lines = Some(lines.unwrap_or(Lines::NONE).union(line));
    }
    lines.map_or_else(refuse, Ok)
}

fn line(word: &str) -> Option<Lines> {
    match word {
        "underline" | "spelling-error" | "grammar-error" => Some(Lines::UNDER),
        "overline" => Some(Lines::OVER),
        "line-through" => Some(Lines::THROUGH),
        "none" | "blink" => Some(Lines::NONE),
        _ => None,
    }
}

/// Reads a border's style as whether it is drawn.
pub(crate) fn line_style(input: &mut Parser<'_>) -> Parsed<bool> {
    ident(input, |word| match word {
        "none" | "hidden" => Some(false),
        "solid" | "dotted" | "dashed" | "double" | "groove" | "ridge" | "inset" | "outset" => Some(true),
        _ => None,
    })
}

/// Reads a word of which only one matters: whether it is `wanted`.
pub(crate) fn is_word(input: &mut Parser<'_>, wanted: &[&str], others: &[&str]) -> Parsed<bool> {
    ident(input, |word| if wanted.contains(&word) { Some(true) } else { others.contains(&word).then_some(false) })
}

/// Reads a list of pictures as what there is: a gradient is told from a picture that is fetched.
pub(crate) fn images(input: &mut Parser<'_>) -> Parsed<Picture> {
    let mut any = Picture::None;
    while !input.is_exhausted() {
        let token = input.next()?.clone();
        match &token {
            Token::Ident(word) if word.eq_ignore_ascii_case("none") => {}
            Token::Function(name) => {
                let colours = input.parse_nested_block(|input| Ok(super::colour::all(input)))?;
                any = any.max(Picture::of_function(name, &colours));
            }
            Token::UnquotedUrl(_) => any = any.max(Picture::Fetched),
            Token::Comma => {}
            _ => return refuse(),
        }
    }
    Ok(any)
}
