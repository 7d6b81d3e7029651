//! Selectors: how they are read, and the names in them.
//!
//! Structure is matched by the `selectors` crate; this file says which pseudo-classes and pseudo-elements exist. States
//! that only a reader brings about (`:hover`, `:focus`, `:visited`) never match.

use std::fmt;

use cssparser::{CowRcStr, Parser, ToCss, serialize_identifier};
use precomputed_hash::PrecomputedHash;
use selectors::parser::{
    NonTSPseudoClass, ParseRelative, Parser as Dialect, PseudoElement, Selector, SelectorImpl, SelectorList,
    SelectorParseErrorKind,
};

/// What the selectors of this engine are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Css;

impl SelectorImpl for Css {
    type ExtraMatchingData<'a> = ();
    type AttrValue = Name;
    type Identifier = Name;
    type LocalName = Name;
    type NamespaceUrl = Name;
    type NamespacePrefix = Name;
    type BorrowedNamespaceUrl = Name;
    type BorrowedLocalName = Name;
    type NonTSPseudoClass = State;
    type PseudoElement = Pseudo;
}

/// A name with a hash to compare before the letters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    hash: u32,
    text: Box<str>,
}

impl Name {
    /// The hash of `text`; the same for any case of its ASCII letters.
    pub(super) fn hash(text: &str) -> u32 {
        text.bytes()
            .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0193))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.text
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self { hash: Self::hash(text), text: text.into() }
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl PrecomputedHash for Name {
    fn precomputed_hash(&self) -> u32 {
        self.hash
    }
}

impl ToCss for Name {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        serialize_identifier(&self.text, dest)
    }
}

/// A pseudo-class beyond those of structure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Always the case: `:defined`.
    Always,
    /// Never the case in a page that nobody has touched.
    Never,
    /// The pointer is over it or presses it: never, but quirks mode asks.
    Pointed,
    /// `:link`, `:any-link`.
    Link,
    /// `:checked`.
    Checked,
    /// `:disabled`, and `:enabled` where false.
    Disabled(bool),
    /// `:required`, and `:optional` where false.
    Required(bool),
    /// `:open`.
    Open,
    /// `:placeholder-shown`.
    PlaceholderShown,
    /// `:read-only`, and `:read-write` where false.
    ReadOnly(bool),
    /// `:lang()`, with the ranges asked for.
    Lang(Vec<Box<str>>),
    /// `:dir(rtl)`, and `:dir(ltr)` where false.
    RightToLeft(bool),
}

impl NonTSPseudoClass for State {
    fn is_active_or_hover(&self) -> bool {
        *self == Self::Pointed
    }

    fn is_user_action_state(&self) -> bool {
        *self == Self::Pointed
    }
}

impl ToCss for State {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        write!(dest, ":-{self:?}")
    }
}

/// A part of an element that rules can style on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pseudo {
    Before,
    After,
    /// One that sets no text off by itself: `::first-letter`, `::selection`, `::marker`, …
    Other,
}

impl PseudoElement for Pseudo {
    fn accepts_state_pseudo_classes(&self) -> bool {
        true
    }

    fn is_before_or_after(&self) -> bool {
        *self != Self::Other
    }
}

impl ToCss for Pseudo {
    fn to_css<W: fmt::Write>(&self, dest: &mut W) -> fmt::Result {
        write!(dest, "::-{self:?}")
    }
}

/// Reads selectors.
struct Reader;

impl<'i> Dialect<'i> for Reader {
    type Impl = Css;
    type Error = SelectorParseErrorKind;

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_has(&self) -> bool {
        true
    }

    fn parse_parent_selector(&self) -> bool {
        true
    }

    fn is_is_alias(&self, name: &str) -> bool {
        name.eq_ignore_ascii_case("-webkit-any")
    }

    fn parse_non_ts_pseudo_class(&self, name: CowRcStr<'i>) -> Result<State, cssparser::ParseError<Self::Error>> {
        state(&name.to_ascii_lowercase()).ok_or_else(unsupported)
    }

    fn parse_non_ts_functional_pseudo_class(
        &self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        _after_part: bool,
    ) -> Result<State, cssparser::ParseError<Self::Error>> {
        match name.to_ascii_lowercase().as_str() {
            "lang" => {
                let ranges = input.parse_comma_separated(|input| {
                    Ok(input.expect_ident_or_string()?.to_ascii_lowercase().into_boxed_str())
                })?;
                Ok(State::Lang(ranges))
            }
            "dir" => Ok(State::RightToLeft(input.expect_ident()?.eq_ignore_ascii_case("rtl"))),
            _ => Err(unsupported()),
        }
    }

    fn parse_pseudo_element(&self, name: CowRcStr<'i>) -> Result<Pseudo, cssparser::ParseError<Self::Error>> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "before" => Ok(Pseudo::Before),
            "after" => Ok(Pseudo::After),
            "first-letter"
            | "first-line"
            | "selection"
            | "marker"
            | "placeholder"
            | "backdrop"
            | "cue"
            | "file-selector-button"
            | "details-content"
            | "spelling-error"
            | "grammar-error"
            | "target-text"
            | "view-transition" => Ok(Pseudo::Other),
            _ if name.starts_with("-webkit-") => Ok(Pseudo::Other),
            _ => Err(unsupported()),
        }
    }

    fn parse_functional_pseudo_element(
        &self,
        name: CowRcStr<'i>,
        arguments: &mut Parser<'i>,
    ) -> Result<Pseudo, cssparser::ParseError<Self::Error>> {
        let known = matches!(
            name.to_ascii_lowercase().as_str(),
            "cue"
                | "highlight"
                | "part"
                | "slotted"
                | "picker"
                | "view-transition-group"
                | "view-transition-old"
                | "view-transition-new"
                | "view-transition-image-pair"
        );
        if !known {
            return Err(unsupported());
        }
        while arguments.next().is_ok() {}
        Ok(Pseudo::Other)
    }
}

fn unsupported() -> cssparser::ParseError<SelectorParseErrorKind> {
    cssparser::ParseError::custom(SelectorParseErrorKind::UnsupportedPseudoClassOrElement)
}

fn state(name: &str) -> Option<State> {
    Some(match name {
        "hover" | "active" => State::Pointed,
        "link" | "any-link" | "-webkit-any-link" => State::Link,
        "checked" => State::Checked,
        "disabled" => State::Disabled(true),
        "enabled" => State::Disabled(false),
        "required" => State::Required(true),
        "optional" => State::Required(false),
        "open" => State::Open,
        "placeholder-shown" => State::PlaceholderShown,
        "read-only" => State::ReadOnly(true),
        "read-write" => State::ReadOnly(false),
        "defined" => State::Always,
        "visited"
        | "focus"
        | "focus-visible"
        | "focus-within"
        | "target"
        | "target-within"
        | "indeterminate"
        | "default"
        | "valid"
        | "invalid"
        | "user-valid"
        | "user-invalid"
        | "in-range"
        | "out-of-range"
        | "autofill"
        | "-webkit-autofill"
        | "fullscreen"
        | "-webkit-full-screen"
        | "modal"
        | "popover-open"
        | "playing"
        | "paused"
        | "muted"
        | "buffering"
        | "stalled"
        | "seeking"
        | "volume-locked"
        | "picture-in-picture"
        | "current"
        | "past"
        | "future"
        | "blank"
        | "active-view-transition" => State::Never,
        _ => return None,
    })
}

/// The longest selector read, in bytes: matching goes one call deeper for each compound of it.
const SELECTOR_BYTES: usize = 2048;

/// Reads the selectors before a block. `&` stands for what `parents` match, or for the root where there are none.
pub(super) fn parse(text: &str, parents: Option<&SelectorList<Css>>) -> Option<Vec<Selector<Css>>> {
    let relative = if parents.is_some() { ParseRelative::ForNesting } else { ParseRelative::No };
    let mut input = Parser::new(text);
    let list = SelectorList::parse(&Reader, &mut input, relative).ok()?;
    input.expect_exhausted().ok()?;
    if text.len() > SELECTOR_BYTES && longest(text) > SELECTOR_BYTES {
        return None;
    }
    let list = match parents {
        Some(parents) => list.replace_parent_selector(parents),
        None => list,
    };
    Some(list.slice().to_vec())
}

/// The length in bytes of the longest selector of a list.
fn longest(text: &str) -> usize {
    let mut input = Parser::new(text);
    let lengths = input.parse_comma_separated(|input| {
        let start = input.position();
        while input.next().is_ok() {}
        Ok::<_, cssparser::ParseError<()>>(input.slice_from(start).len())
    });
    lengths.map_or(usize::MAX, |lengths| lengths.into_iter().max().unwrap_or(0))
}
