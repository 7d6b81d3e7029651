//! Values of properties: one file a kind, each from tokens to a value.
//!
//! Nothing here knows of elements; what depends on the parent or the font stays unresolved in the value. Add a kind of
//! value as a file of its own.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "a token that no value may begin with is refused, whichever CSS adds"
)]

pub(super) mod blend;
pub(crate) mod colour;
pub(super) mod content;
pub(super) mod decor;
pub(super) mod font;
pub(super) mod keyword;
pub(super) mod length;
pub(super) mod math;
pub(super) mod place;
mod spaces;

use cssparser::{ParseError, Parser, Token};

/// What parsing a value gives. Why a value is refused is never needed: the declaration is dropped.
pub(super) type Parsed<T> = Result<T, ParseError<()>>;

/// Refuses a value.
pub(super) fn refuse<T>() -> Parsed<T> {
    Err(ParseError::unexpected_token())
}

/// Passes over everything that is left, nested blocks included; fails on what no value may hold.
pub(super) fn skip_rest(input: &mut Parser<'_>) -> Parsed<()> {
    while let Ok(token) = input.next() {
        if matches!(token, Token::CurlyBracketBlock | Token::BadUrl(_) | Token::BadString(_) | Token::Semicolon)
            || token.is_parse_error()
        {
            return refuse();
        }
    }
    Ok(())
}

/// Reads the next token as an identifier that `read` knows, in any case.
pub(super) fn ident<T>(input: &mut Parser<'_>, read: impl FnOnce(&str) -> Option<T>) -> Parsed<T> {
    let word = input.expect_ident()?;
    let known =
        if word.bytes().any(|byte| byte.is_ascii_uppercase()) { read(&word.to_ascii_lowercase()) } else { read(word) };
    known.map_or_else(refuse, Ok)
}
