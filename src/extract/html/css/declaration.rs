//! Declarations: from `name: value` to longhands, in sheets and in `style` attributes alike.
//!
//! Whatever is not followed or not valid is dropped, as CSS says.

use std::sync::Arc;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, Delimiter, ParseError, Parser, ParserState, QualifiedRuleParser,
    RuleBodyItemParser, RuleBodyParser, parse_important,
};

use super::names;
use super::property::{self, Longhand, Property, Shorthand, Value, Wide};
use super::shorthand::{self, Set};
use super::value::{Parsed, refuse, skip_rest};
use super::variables;

/// Functions whose value is known only per element.
const SUBSTITUTED: &[&str] = &["var"];

/// The longest value kept for later substitution, in bytes.
const PENDING_BYTES: usize = 16 * 1024;

/// One longhand, declared.
#[derive(Clone, Debug)]
pub(super) struct Declaration {
    pub(super) longhand: Longhand,
    pub(super) value: Value,
    pub(super) important: bool,
}

/// One custom property, declared.
#[derive(Clone, Debug)]
pub(super) struct Custom {
    /// With its two hyphens.
    pub(super) name: Arc<str>,
    pub(super) text: CustomText,
    pub(super) important: bool,
}

/// What a custom property was declared to be.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum CustomText {
    /// Tokens, as written.
    Tokens(Arc<str>),
    /// A word that every property takes.
    Wide(Wide),
}

/// The declarations of one block that are followed.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub(super) declarations: Vec<Declaration>,
    pub(super) customs: Vec<Custom>,
    /// Whether any declaration is `!important`.
    pub(super) has_important: bool,
    /// Whether `content` is declared: without it no box is made before or after.
    pub(super) has_content: bool,
}

impl Block {
    /// A block without declarations.
    pub(super) const EMPTY: Self =
        Self { declarations: Vec::new(), customs: Vec::new(), has_important: false, has_content: false };

    pub(super) fn is_empty(&self) -> bool {
        self.declarations.is_empty() && self.customs.is_empty()
    }

    /// Reads the value of a declaration called `name` and keeps what it sets.
    pub(super) fn read(&mut self, name: &str, input: &mut Parser<'_>, quirky: bool) -> Parsed<()> {
        if name.starts_with("--") {
            return self.read_custom(name, input);
        }
        let Some(property) = names::lookup(name) else {
            // Taken for read, lest it be tried again as a nested rule; what has a block is one.
            return skip_rest(input);
        };
        let start = input.state();
        input.look_for_arbitrary_substitution_functions(SUBSTITUTED);
        let mut set = Set::new();
        let parsed = read_value(property, input, quirky, &mut set);
        let substituted = input.seen_arbitrary_substitution_functions();
        if let Ok(important) = parsed
            && !substituted
        {
            self.keep(set, important);
            return Ok(());
        }
        input.reset(&start);
        input.look_for_arbitrary_substitution_functions(SUBSTITUTED);
        input.skip_whitespace();
        let from = input.position();
        let rest = input.parse_until_before(Delimiter::Bang, skip_rest);
        let substituted = input.seen_arbitrary_substitution_functions();
        rest?;
        let text = input.slice_from(from);
        let important = important(input)?;
        if !substituted || text.len() > PENDING_BYTES || !variables::is_sound(text) {
            return refuse();
        }
        let text: Arc<str> = text.into();
        let mut set = Set::new();
        shorthand::longhands(property, |longhand| set.push((longhand, Value::Pending(property, Arc::clone(&text)))));
        self.keep(set, important);
        Ok(())
    }

    fn read_custom(&mut self, name: &str, input: &mut Parser<'_>) -> Parsed<()> {
        input.skip_whitespace();
        let from = input.position();
        input.parse_until_before(Delimiter::Bang, |input| {
            while let Ok(token) = input.next() {
                if token.is_parse_error() {
                    return refuse();
                }
            }
            Ok(())
        })?;
        let text = input.slice_from(from).trim_ascii_end();
        let important = important(input)?;
        if text.len() > PENDING_BYTES {
            return refuse();
        }
        let text = match Parser::new(text).parse_entirely(property::wide) {
            Ok(wide) => CustomText::Wide(wide),
            Err(_) => CustomText::Tokens(text.into()),
        };
        self.customs.push(Custom { name: name.into(), text, important });
        self.has_important |= important;
        Ok(())
    }

    /// Adds what a declaration sets.
    pub(super) fn keep(&mut self, set: Set, important: bool) {
        for (longhand, value) in set {
            self.has_important |= important;
            self.has_content |= longhand == Longhand::Content;
            self.declarations.push(Declaration { longhand, value, important });
        }
    }

    /// The declarations of a `style` attribute.
    pub(super) fn of_attribute(text: &str, quirky: bool) -> Self {
        let mut body = Body { block: Self::default(), quirky };
        let mut input = Parser::new(text);
        // Invalid declarations are dropped.
        RuleBodyParser::new(&mut input, &mut body).for_each(drop);
        body.block
    }
}

/// Reads a value to its end, `!important` included, and says whether that was there.
fn read_value(property: Property, input: &mut Parser<'_>, quirky: bool, set: &mut Set) -> Parsed<bool> {
    input.parse_until_before(Delimiter::Bang, |input| {
        if let Ok(wide) = input.try_parse(|input| input.parse_entirely(property::wide)) {
            shorthand::longhands(property, |longhand| set.push((longhand, Value::Wide(wide))));
            return Ok(());
        }
        shorthand::parse(property, input, quirky && property != Property::Short(Shorthand::Border), set)
    })?;
    important(input)
}

fn important(input: &mut Parser<'_>) -> Parsed<bool> {
    let important = input.try_parse(parse_important).is_ok();
    input.expect_exhausted()?;
    Ok(important)
}

/// What `text`, in which nothing is left to substitute, sets `property` to.
pub(super) fn settle(property: Property, text: &str) -> Option<Set> {
    let mut set = Set::new();
    let mut input = Parser::new(text);
    let important = read_value(property, &mut input, false, &mut set).ok()?;
    (!important).then_some(set)
}

/// The body of a `style` attribute: declarations only.
struct Body {
    block: Block,
    quirky: bool,
}

impl<'i> DeclarationParser<'i> for Body {
    type Declaration = ();
    type Error = ();

    fn parse_value(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i>,
        _start: &ParserState,
    ) -> Result<(), ParseError<()>> {
        self.block.read(&name, input, self.quirky)
    }
}

impl AtRuleParser<'_> for Body {
    type Prelude = ();
    type AtRule = ();
    type Error = ();
}

impl QualifiedRuleParser<'_> for Body {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = ();
}

impl RuleBodyItemParser<'_, (), ()> for Body {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        false
    }
}
