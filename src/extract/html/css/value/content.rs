//! `content` and `quotes`: text that a sheet puts before or after an element.

use cssparser::{Parser, Token};

use super::super::style::Quotes;
use super::{Parsed, refuse};

/// One part of generated content.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    /// These words.
    Text(Box<str>),
    /// The value of this attribute.
    Attribute(Box<str>),
    /// The opening mark for the depth of quotation reached.
    OpenQuote,
    /// The closing mark.
    CloseQuote,
    /// One level deeper or higher, without a mark.
    Deeper,
    Higher,
}

/// Reads `content`; pictures and counters give no text.
pub(crate) fn parse(input: &mut Parser<'_>) -> Parsed<Box<[Piece]>> {
    let mut pieces = Vec::new();
    while !input.is_exhausted() {
        let token = input.next()?.clone();
        match &token {
            Token::QuotedString(text) => pieces.push(Piece::Text(text.as_ref().into())),
            Token::Ident(word) => match word.to_ascii_lowercase().as_str() {
                "open-quote" => pieces.push(Piece::OpenQuote),
                "close-quote" => pieces.push(Piece::CloseQuote),
                "no-open-quote" => pieces.push(Piece::Deeper),
                "no-close-quote" => pieces.push(Piece::Higher),
                "normal" | "none" if pieces.is_empty() => {}
                _ => return refuse(),
            },
            Token::Function(name) if name.eq_ignore_ascii_case("attr") => {
                let attribute = input.parse_nested_block(|input| {
                    let name = input.expect_ident()?.to_ascii_lowercase();
                    super::skip_rest(input)?;
                    Ok(name)
                })?;
                pieces.push(Piece::Attribute(attribute.into()));
            }
            // Speech for the picture before it: read out, never shown.
            Token::Delim('/') => super::skip_rest(input)?,
            Token::Function(_) | Token::UnquotedUrl(_) => {}
            _ => return refuse(),
        }
    }
    Ok(pieces.into())
}

/// Reads `quotes`; of each mark the first character is kept.
pub(crate) fn quotes(input: &mut Parser<'_>) -> Parsed<Quotes> {
    if let Ok(word) = input.try_parse(Parser::expect_ident_cloned) {
        return match word.to_ascii_lowercase().as_str() {
            "auto" => Ok(Quotes::Auto),
            "none" => Ok(Quotes::None),
            _ => refuse(),
        };
    }
    let mut marks = Vec::new();
    while let Ok(mark) = input.try_parse(Parser::expect_string_cloned) {
        marks.push(mark.chars().next().unwrap_or('\u{200b}'));
    }
    match marks.as_slice() {
        [open, close] => Ok(Quotes::Given([*open, *close, *open, *close])),
        [open, close, inner, end, ..] if marks.len() % 2 == 0 => Ok(Quotes::Given([*open, *close, *inner, *end])),
        _ => refuse(),
    }
}
