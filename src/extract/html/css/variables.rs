//! Custom properties: who declared which, and what `var()` comes to on an element.
//!
//! Elements that declare none share their parent's scope; a declared text is settled in the scope of the element that
//! declares it, cycles come to nothing, and what one page may expand to is bounded.

#![expect(clippy::wildcard_enum_match_arm, reason = "every other token stands for itself")]

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use cssparser::{ParseError, Parser, Token};

use super::declaration::{self, Custom, CustomText};
use super::property::{Property, Value, Wide};
use super::shorthand::Set;
use super::value::{Parsed, refuse};

/// A scope by its place in [`Variables`]; 0 is that of the page, where nothing is declared.
pub(super) type Scope = u32;

/// How many `var()` may lead to each other.
const CHAIN: u32 = 16;
/// How deep blocks and functions may nest in a text that is substituted.
const BLOCKS: u8 = 16;
/// The longest text a substitution may give, in bytes.
const TEXT: usize = 64 * 1024;
/// What all substitutions of a page together may give, in bytes.
const TOTAL: usize = 32 * 1024 * 1024;
/// The most scopes looked through for one name, and the most kept.
const SCOPES: usize = 200_000;

/// What was declared on one element.
struct Declared {
    parent: Scope,
    /// By name, sorted; `None` where the property is taken away.
    own: Vec<(Arc<str>, Option<Arc<str>>)>,
}

/// What became of a name looked up in a scope.
#[derive(Clone)]
enum Settled {
    /// Being settled: meeting it again is a cycle.
    Open,
    Done(Option<Rc<str>>),
}

/// All scopes of a page.
pub(super) struct Variables {
    scopes: Vec<Declared>,
    settled: BTreeMap<(Scope, Arc<str>), Settled>,
    values: BTreeMap<(Scope, Property, Arc<str>), Rc<Set>>,
    shared: BTreeMap<(Scope, Vec<u32>), Scope>,
    room: usize,
    steps: usize,
}

/// Whether every `var()` in `text` is well formed.
pub(super) fn is_sound(text: &str) -> bool {
    let mut input = Parser::new(text);
    input.set_nested_block_limit(BLOCKS);
    sound(&mut input).is_ok()
}

fn sound(input: &mut Parser<'_>) -> Parsed<()> {
    while let Ok(token) = input.next() {
        match token {
            Token::Function(name) if name.eq_ignore_ascii_case("var") => input.parse_nested_block(|input| {
                if !input.expect_ident()?.starts_with("--") {
                    return refuse();
                }
                if input.is_exhausted() {
                    return Ok(());
                }
                input.expect_comma()?;
                sound(input)
            })?,
            Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                input.parse_nested_block(sound)?;
            }
            _ => {}
        }
    }
    Ok(())
}

impl Variables {
    pub(super) fn new() -> Self {
        Self {
            scopes: vec![Declared { parent: 0, own: Vec::new() }],
            settled: BTreeMap::new(),
            values: BTreeMap::new(),
            shared: BTreeMap::new(),
            room: TOTAL,
            steps: 0,
        }
    }

    /// The scope of an element inside `parent` to which the blocks in `key` apply, if it was made before.
    pub(super) fn shared(&self, parent: Scope, key: &[u32]) -> Option<Scope> {
        self.shared.get(&(parent, key.to_vec())).copied()
    }

    /// Keeps `scope` for other elements inside `parent` to which the blocks in `key` apply.
    pub(super) fn share(&mut self, parent: Scope, key: Vec<u32>, scope: Scope) {
        self.shared.insert((parent, key), scope);
    }

    /// The scope of an element inside `parent` that declares `customs`, the later winning.
    pub(super) fn enter<'c>(&mut self, parent: Scope, customs: impl Iterator<Item = &'c Custom>) -> Scope {
        let mut own: BTreeMap<&Arc<str>, Option<&Arc<str>>> = BTreeMap::new();
        for custom in customs {
            match &custom.text {
                CustomText::Tokens(text) => {
                    own.insert(&custom.name, Some(text));
                }
                CustomText::Wide(Wide::Initial) => {
                    own.insert(&custom.name, None);
                }
                // Custom properties inherit: all other words leave the parent's in place.
                CustomText::Wide(Wide::Inherit | Wide::Unset | Wide::Revert | Wide::RevertLayer) => {
                    own.remove(&custom.name);
                }
            }
        }
        // What the parent says already, and what depends on nothing else, need not be said again.
        own.retain(|name, text| {
            let known = self.find(parent, name).map(|(_, text)| text);
            known != Some(text.cloned()) || text.is_some_and(|text| text.contains("var("))
        });
        if own.is_empty() || self.scopes.len() >= SCOPES {
            return parent;
        }
        let own = own.into_iter().map(|(name, text)| (Arc::clone(name), text.cloned())).collect();
        let scope = u32::try_from(self.scopes.len()).unwrap_or(0);
        self.scopes.push(Declared { parent, own });
        scope
    }

    /// The scope that declares `name` for `scope`, and what it declares.
    fn find(&mut self, mut scope: Scope, name: &str) -> Option<(Scope, Option<Arc<str>>)> {
        loop {
            self.steps += 1;
            if scope == 0 || self.steps > 100 * SCOPES {
                return None;
            }
            let declared = self.scopes.get(scope as usize)?;
            if let Ok(at) = declared.own.binary_search_by(|(known, _)| (**known).cmp(name)) {
                return declared.own.get(at).map(|(_, text)| (scope, text.clone()));
            }
            scope = declared.parent;
        }
    }

    /// What a declaration of `property` with the text `text`, in which there is a `var()`, sets in `scope`.
    pub(super) fn value(&mut self, scope: Scope, property: Property, text: &Arc<str>) -> Rc<Set> {
        let key = (scope, property, Arc::clone(text));
        if let Some(known) = self.values.get(&key) {
            return Rc::clone(known);
        }
        let substituted = self.substituted(scope, text, 0);
        // What comes to nothing is as if `unset` had been said: an empty set says so.
        let set = substituted.and_then(|text| declaration::settle(property, &text)).unwrap_or_default();
        let pending = set.iter().any(|(_, value)| matches!(value, Value::Pending(..)));
        let set = Rc::new(if pending { Set::new() } else { set });
        self.values.insert(key, Rc::clone(&set));
        set
    }

    fn settle(&mut self, scope: Scope, name: &str, chain: u32) -> Option<Rc<str>> {
        let (scope, text) = self.find(scope, name)?;
        let text = text?;
        let key = (scope, Arc::from(name));
        match self.settled.get(&key) {
            Some(Settled::Done(known)) => return known.clone(),
            // A cycle leaves all in it without a value; who meets it first is told here.
            Some(Settled::Open) => return None,
            None => {}
        }
        self.settled.insert(key.clone(), Settled::Open);
        let value = self.substituted(scope, &text, chain).map(Rc::from);
        self.settled.insert(key, Settled::Done(value.clone()));
        value
    }

    fn substituted(&mut self, scope: Scope, text: &str, chain: u32) -> Option<String> {
        if chain > CHAIN {
            return None;
        }
        let mut input = Parser::new(text);
        input.set_nested_block_limit(BLOCKS);
        let mut out = String::new();
        self.substitute(scope, &mut input, chain, &mut out).ok()?;
        Some(out)
    }

    /// Copies tokens to `out`, putting in place of every `var()` what it stands for.
    fn substitute(&mut self, scope: Scope, input: &mut Parser<'_>, chain: u32, out: &mut String) -> Parsed<()> {
        loop {
            let from = input.position();
            let Ok(token) = input.next_including_whitespace_and_comments() else { return Ok(()) };
            let closing = match token {
                Token::Function(name) if name.eq_ignore_ascii_case("var") => {
                    input.parse_nested_block(|input| self.variable(scope, input, chain, out))?;
                    continue;
                }
                Token::Function(_) | Token::ParenthesisBlock => ')',
                Token::SquareBracketBlock => ']',
                Token::CurlyBracketBlock => '}',
                _ => {
                    self.put(input.slice_from(from), out)?;
                    continue;
                }
            };
            self.put(input.slice_from(from), out)?;
            input.parse_nested_block(|input| self.substitute(scope, input, chain, out))?;
            out.push(closing);
        }
    }

    /// The inside of `var()`: a name, and what to take where it has no value.
    fn variable(&mut self, scope: Scope, input: &mut Parser<'_>, chain: u32, out: &mut String) -> Parsed<()> {
        let name = input.expect_ident()?.clone();
        if !name.starts_with("--") {
            return refuse();
        }
        let fallback = input.try_parse(Parser::expect_comma).is_ok();
        if let Some(value) = self.settle(scope, &name, chain + 1) {
            while input.next().is_ok() {}
            // Comments keep tokens on either side from growing together.
            self.put("/**/", out)?;
            self.put(&value, out)?;
            return self.put("/**/", out);
        }
        if !fallback {
            return Err(ParseError::unexpected_token());
        }
        self.put("/**/", out)?;
        self.substitute(scope, input, chain, out)?;
        self.put("/**/", out)
    }

    fn put(&mut self, text: &str, out: &mut String) -> Parsed<()> {
        self.room = self.room.saturating_sub(text.len());
        if self.room == 0 || out.len() + text.len() > TEXT {
            return refuse();
        }
        out.push_str(text);
        Ok(())
    }
}
