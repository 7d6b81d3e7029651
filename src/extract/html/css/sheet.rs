//! Sheets: from text to rules, conditions answered and nesting unfolded on the way.

use std::borrow::Cow;
use std::collections::BTreeSet;

use cssparser::{
    AtRuleParser, CowRcStr, DeclarationParser, ParseError, Parser, ParserState, QualifiedRuleParser,
    RuleBodyItemParser, RuleBodyParser, StyleSheetParser, Token,
};
use selectors::parser::SelectorList;

use super::super::super::sheets::{Found, Place, Shelf};
use super::condition;
use super::declaration::Block;
use super::layer::LayerId;
use super::rules::Rules;
use super::screens::{Screens, everywhere};
use super::selector::{self, Css};
use super::value::font;
use super::value::{Parsed, refuse, skip_rest};
use crate::capture::Target;

/// How deep rules may nest in each other.
const NESTING: usize = 12;

/// The most bytes that the selectors of rules nested in each other may have together, see `selector::parse`.
const CHAIN_BYTES: usize = 4096;

/// The most selectors kept over all sheets of a page.
pub(super) const SELECTORS: usize = 200_000;

/// How deep sheets may import each other.
const IMPORTS: usize = 8;

/// What sheets are read with: where their rules go, and the other sheets at hand.
pub(super) struct Desk<'l> {
    pub(super) rules: Rules,
    shelf: &'l Shelf<'l>,
    /// Sheets that are not at hand, in the order they are asked for, and why where that is known.
    pub(super) missing: Vec<(Target, Option<String>)>,
    /// Those of them that are noted already.
    noted: BTreeSet<Target>,
    /// How many bytes of sheets may still be read.
    bytes: usize,
    /// Whether anything was left out for want of room.
    pub(super) full: bool,
    /// Whether lengths may go without units and colours without `#`.
    quirky: bool,
}

impl<'l> Desk<'l> {
    pub(super) fn new(shelf: &'l Shelf<'l>, bytes: usize, quirky: bool) -> Self {
        let (rules, missing, noted) = (Rules::default(), Vec::new(), BTreeSet::new());
        Self { rules, shelf, missing, noted, bytes, full: false, quirky }
    }

    /// Reads the sheet `text`, which stands at `place` and applies on `screens`.
    pub(super) fn read(&mut self, text: &str, place: &Place, screens: Screens) {
        self.read_within(text, place, (None, screens), 0);
    }

    fn read_within(&mut self, text: &str, place: &Place, (layer, screens): (LayerId, Screens), depth: usize) {
        let Some(rest) = self.bytes.checked_sub(text.len()) else {
            self.full = true;
            return;
        };
        self.bytes = rest;
        let (scopes, block) = (Vec::new(), Block::default());
        let mut reader = Reader { desk: self, place, scopes, block, layer, screens, depth, begun: false };
        let mut input = Parser::new(text);
        // A rule that is not understood is dropped.
        StyleSheetParser::new(&mut input, &mut reader).for_each(drop);
    }

    /// Reads the sheet that a `<link>` leads to, if it is at hand and of the digest given.
    pub(super) fn link(&mut self, href: &str, place: &Place, integrity: Option<&str>, screens: Screens) {
        self.fetch(href, place, integrity, (None, screens), 0);
    }

    /// Reads the sheet that `href`, written at `place`, leads to, if it is at hand.
    fn fetch(&mut self, href: &str, place: &Place, integrity: Option<&str>, within: (LayerId, Screens), depth: usize) {
        if depth > IMPORTS {
            self.full = true;
            return;
        }
        let target = place.base.join(href);
        match self.shelf.find(&target, self.quirky, &place.charset, integrity) {
            Found::Sheet(text, place) => self.read_within(&text, &place, within, depth),
            Found::Missing(why) => {
                if self.noted.insert(target.clone()) {
                    self.missing.push((target, why.map(Cow::into_owned)));
                }
            }
        }
    }
}

/// The rules of sheets that stand alone.
pub(super) fn of_browser(sheets: &[&str]) -> Rules {
    let shelf = Shelf::empty();
    let mut desk = Desk::new(&shelf, usize::MAX, false);
    for sheet in sheets {
        desk.read(sheet, &shelf.page, Screens::ALL);
    }
    desk.rules
}

/// A sheet that another one asks for.
struct Import {
    href: String,
    layer: LayerId,
    /// Where it applies.
    screens: Screens,
}

/// A style rule being read: what its selectors say, taken apart only when needed.
struct Scope<'i> {
    text: Cow<'i, str>,
    parsed: Option<Option<SelectorList<Css>>>,
}

struct Reader<'r, 'l, 'i> {
    desk: &'r mut Desk<'l>,
    /// Where the sheet stands.
    place: &'r Place,
    /// The style rules around what is being read, outermost first.
    scopes: Vec<Scope<'i>>,
    /// Declarations of the innermost rule not yet handed over.
    block: Block,
    layer: LayerId,
    /// On which screens what is being read applies.
    screens: Screens,
    /// How many imports led here.
    depth: usize,
    /// Whether a rule came that no `@import` may follow.
    begun: bool,
}

/// What stands before the block of an at-rule.
enum Prelude {
    /// A group of rules, and where it applies.
    Group(Screens),
    Layer(Vec<String>),
    Import(Option<Import>),
    /// A typeface that comes with the sheet.
    Font,
    /// Rules for what stands in certain elements; without a word on which, in those around the sheet.
    Scope(Option<String>),
}

impl<'i> Reader<'_, '_, 'i> {
    /// Hands the declarations read so far over as a rule of the innermost scope.
    fn flush(&mut self) {
        let block = std::mem::take(&mut self.block);
        if block.is_empty() {
            return;
        }
        if self.desk.rules.len() >= SELECTORS {
            self.desk.full = true;
            return;
        }
        if let Some(selectors) = self.resolve() {
            self.desk.rules.add(&selectors, block, self.layer, self.screens);
        }
    }

    /// The selectors of the innermost scope, with those around it put in place of `&`.
    fn resolve(&mut self) -> Option<SelectorList<Css>> {
        if self.scopes.len() > 1 && self.scopes.iter().map(|scope| scope.text.len()).sum::<usize>() > CHAIN_BYTES {
            return None;
        }
        let mut above: Option<SelectorList<Css>> = None;
        for scope in &mut self.scopes {
            let list = scope.parsed.get_or_insert_with(|| {
                let selectors = selector::parse(&scope.text, above.as_ref())?;
                Some(SelectorList::from_iter(selectors.into_iter()))
            });
            above = Some(list.clone()?);
        }
        above
    }

    fn body(&mut self, input: &mut Parser<'i>) {
        RuleBodyParser::new(input, self).for_each(drop);
        self.flush();
    }

    /// The rules inside an at-rule: with declarations among them where a style rule stands around.
    fn group(&mut self, input: &mut Parser<'i>) {
        if self.scopes.is_empty() {
            StyleSheetParser::new(input, self).for_each(drop);
        } else {
            self.flush();
            self.body(input);
        }
    }

    fn import(&mut self, input: &mut Parser<'i>) -> Parsed<Prelude> {
        let href = input.expect_url_or_string()?.as_ref().to_owned();
        let (mut layer, mut applies) = (self.layer, true);
        if input.try_parse(|input| input.expect_ident_matching("layer")).is_ok() {
            layer = self.desk.rules.layers.anonymous(self.layer);
        } else if input.try_parse(|input| input.expect_function_matching("layer")).is_ok() {
            let name = input.parse_nested_block(layer_name)?;
            layer = self.desk.rules.layers.enter(self.layer, &name);
        }
        if input.try_parse(|input| input.expect_function_matching("supports")).is_ok() {
            applies = input.parse_nested_block(|input| {
                let holds = condition::supports_bare(input);
                while input.next().is_ok() {}
                Ok::<_, ParseError<()>>(holds)
            })?;
        }
        let screens = self.screens.both(condition::media(input));
        applies &= screens != Screens::NONE;
        Ok(Prelude::Import((applies && !self.begun).then_some(Import { href, layer, screens })))
    }
}

/// The name that a `@font-face` gives its typeface.
fn typeface(input: &mut Parser<'_>) -> Option<u32> {
    let mut name = None;
    while let Ok(token) = input.next().cloned() {
        if matches!(&token, Token::Ident(word) if word.eq_ignore_ascii_case("font-family"))
            && input.try_parse(Parser::expect_colon).is_ok()
        {
            name = input.try_parse(font::family).ok().map(|face| face.name);
        }
    }
    name
}

/// What stands behind `@scope`, as a selector that adds nothing to the weight of its rules. Where the scope ends within itself is
/// not followed: such rules are dropped.
fn within(input: &mut Parser<'_>) -> Parsed<Option<String>> {
    if input.is_exhausted() {
        return Ok(None);
    }
    input.expect_parenthesis_block()?;
    let text = input.parse_nested_block(|input| {
        let from = input.position();
        while input.next().is_ok() {}
        Ok(format!(":where({})", input.slice_from(from)))
    })?;
    if input.is_exhausted() { Ok(Some(text)) } else { refuse() }
}

fn layer_name(input: &mut Parser<'_>) -> Parsed<String> {
    let mut name = input.expect_ident()?.as_ref().to_owned();
    loop {
        let state = input.state();
        if !matches!(input.next_including_whitespace(), Ok(Token::Delim('.'))) {
            input.reset(&state);
            return Ok(name);
        }
        name.push('.');
        name.push_str(input.expect_ident()?);
    }
}

impl<'i> AtRuleParser<'i> for Reader<'_, '_, 'i> {
    type Prelude = Prelude;
    type AtRule = ();
    type Error = ();

    fn parse_prelude(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>) -> Parsed<Prelude> {
        let name = name.to_ascii_lowercase();
        self.begun |= !matches!(name.as_str(), "import" | "layer" | "charset");
        let prelude = match name.as_str() {
            "media" => Prelude::Group(condition::media(input)),
            "supports" => Prelude::Group(everywhere(condition::supports(input))),
            "container" => Prelude::Group(condition::container(input)),
            "layer" if input.is_exhausted() => Prelude::Layer(Vec::new()),
            "layer" => Prelude::Layer(input.parse_comma_separated(layer_name)?),
            "font-face" => Prelude::Font,
            "scope" => Prelude::Scope(within(input)?),
            "import" if self.scopes.is_empty() => self.import(input)?,
            // Animations, pages: nothing that sets off or hides by itself.
            _ => return refuse(),
        };
        skip_rest(input)?;
        Ok(prelude)
    }

    fn rule_without_block(&mut self, prelude: Prelude, _start: &ParserState) -> Result<(), ()> {
        match prelude {
            Prelude::Import(Some(import)) => {
                let within = (import.layer, import.screens);
                self.desk.fetch(&import.href, self.place, None, within, self.depth + 1)
            }
            Prelude::Import(None) => {}
            Prelude::Layer(names) if !names.is_empty() => {
                for name in names {
                    self.desk.rules.layers.enter(self.layer, &name);
                }
            }
            Prelude::Layer(_) | Prelude::Group(_) | Prelude::Font | Prelude::Scope(_) => return Err(()),
        }
        Ok(())
    }

    fn parse_block(&mut self, prelude: Prelude, _start: &ParserState, input: &mut Parser<'i>) -> Parsed<()> {
        match prelude {
            Prelude::Group(screens) => {
                let (outer, inner) = (self.screens, self.screens.both(screens));
                if inner != Screens::NONE {
                    self.flush();
                    self.screens = inner;
                    self.group(input);
                    self.screens = outer;
                }
            }
            Prelude::Import(_) => {}
            Prelude::Font => self.desk.rules.fonts.extend(typeface(input)),
            Prelude::Scope(None) => self.group(input),
            Prelude::Scope(Some(_)) if self.scopes.len() >= NESTING => {}
            Prelude::Scope(Some(text)) => {
                self.flush();
                self.scopes.push(Scope { text: text.into(), parsed: None });
                self.body(input);
                self.scopes.pop();
            }
            Prelude::Layer(names) => {
                let outer = self.layer;
                let entered = match names.as_slice() {
                    [] => self.desk.rules.layers.anonymous(outer),
                    [name] => self.desk.rules.layers.enter(outer, name),
                    _ => return refuse(),
                };
                // Beyond the limit of layers their rules are left out.
                if let Some(inner) = entered {
                    self.flush();
                    self.layer = Some(inner);
                    self.group(input);
                    self.layer = outer;
                }
            }
        }
        Ok(())
    }
}

impl<'i> QualifiedRuleParser<'i> for Reader<'_, '_, 'i> {
    type Prelude = &'i str;
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude(&mut self, input: &mut Parser<'i>) -> Parsed<&'i str> {
        self.begun = true;
        let from = input.position();
        while input.next().is_ok() {}
        Ok(input.slice_from(from))
    }

    fn parse_block(&mut self, text: &'i str, _start: &ParserState, input: &mut Parser<'i>) -> Parsed<()> {
        if self.scopes.len() >= NESTING {
            return refuse();
        }
        self.flush();
        self.scopes.push(Scope { text: text.into(), parsed: None });
        self.body(input);
        self.scopes.pop();
        Ok(())
    }
}

impl<'i> DeclarationParser<'i> for Reader<'_, '_, 'i> {
    type Declaration = ();
    type Error = ();

    fn parse_value(&mut self, name: CowRcStr<'i>, input: &mut Parser<'i>, _start: &ParserState) -> Parsed<()> {
        self.block.read(&name, input, self.desk.quirky)
    }
}

impl<'i> RuleBodyItemParser<'i, (), ()> for Reader<'_, '_, 'i> {
    fn parse_declarations(&self) -> bool {
        !self.scopes.is_empty()
    }

    fn parse_qualified(&self) -> bool {
        true
    }
}
