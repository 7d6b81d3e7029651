//! TOML with positions: a text goes in, tables come out whose every value knows its line, and that refuse keys nobody knows. The home
//! of `toml` and `strsim`.
//!
//! serde would say as much of a wrong key, but could not say later where a value stood that turns out to be wrong only when its file
//! is opened.

use std::{cmp::Ordering, fmt, ops::Range};

use crate::moment::Moment;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// The largest file of this kind that is read, in bytes.
pub const LARGEST: usize = 16 << 20;

/// A place in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
}

/// What is wrong in a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Where.
    pub at: At,
    /// What, in one clause.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Mistake {
    /// One without a hint.
    pub fn new(at: At, message: impl fmt::Display) -> Self {
        Self { at, message: message.to_string(), hint: None }
    }

    /// The same with a hint.
    #[must_use]
    pub fn hint(self, hint: impl fmt::Display) -> Self {
        Self { hint: Some(hint.to_string()), ..self }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.at.line, self.at.column, self.message)
    }
}

impl std::error::Error for Mistake {}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub at: At,
}

impl<T> Placed<T> {
    /// The same place with another value.
    pub fn with<U>(&self, value: U) -> Placed<U> {
        Placed { value, at: self.at }
    }
}

/// How the version of a file stands to the one that is read: greater if it is a later one, less if there is none of that number.
pub fn standing(version: f64, read: f64) -> Ordering {
    match version.partial_cmp(&read) {
        Some(Ordering::Equal) => Ordering::Equal,
        Some(Ordering::Greater) if version.fract() == 0.0 => Ordering::Greater,
        Some(Ordering::Greater | Ordering::Less) | None => Ordering::Less,
    }
}

/// The place of the first byte that is not UTF-8, as a mistake; none where all of them are.
///
/// # Errors
/// That mistake.
pub fn text(bytes: Vec<u8>) -> Result<String, Mistake> {
    String::from_utf8(bytes).map_err(|error| {
        let end = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(error.as_bytes().get(..end).unwrap_or_default()).into_owned();
        Mistake::new(position(&before, &(before.len()..before.len())), "not text: this byte is not UTF-8")
    })
}

/// A table of a file.
#[derive(Clone, Copy)]
pub struct Table<'a> {
    text: &'a str,
    keys: &'a DeTable<'a>,
    at: At,
}

/// Reads `text` as one table and hands it to `read`.
///
/// # Errors
/// What is wrong with the text, or what `read` finds wrong.
pub fn open<T>(text: &str, read: impl FnOnce(Table<'_>) -> Result<T, Mistake>) -> Result<T, Mistake> {
    let parsed = DeTable::parse(text).map_err(|error| {
        let at = position(text, &error.span().unwrap_or_default());
        let message = error.message().split('\n').next().unwrap_or_default().to_owned();
        Mistake::new(at, format_args!("not TOML: {message}"))
    })?;
    read(Table { text, keys: parsed.get_ref(), at: At { line: 1, column: 1 } })
}

fn position(text: &str, span: &Range<usize>) -> At {
    let before = text.get(..span.start.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    At { line, column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1 }
}

/// The name of `names` that `typed` is most like, if any is.
pub fn nearest<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let distance = |name: &str| strsim::damerau_levenshtein(typed, name);
    let (far, name) = names.into_iter().map(|name| (distance(name), name)).min()?;
    (far <= 1 + name.len() / 3).then_some(name)
}

impl<'a> Table<'a> {
    /// Where it stands.
    pub fn at(&self) -> At {
        self.at
    }

    fn place(&self, span: &Range<usize>) -> At {
        position(self.text, span)
    }

    /// Refuses keys that are none of `names`.
    pub fn only(&self, names: &[&str]) -> Result<(), Mistake> {
        for key in self.keys.keys() {
            let name: &str = key.get_ref();
            if !names.contains(&name) {
                let mistake = Mistake::new(self.place(&key.span()), format_args!("unknown key `{name}`"));
                return Err(match nearest(name, names.iter().copied()) {
                    Some(near) => mistake.hint(format_args!("did you mean `{near}`?")),
                    None => mistake.hint(format_args!("known here: {}", names.join(", "))),
                });
            }
        }
        Ok(())
    }

    /// The names of all keys, with the values behind them.
    pub fn entries(&self) -> impl Iterator<Item = (Placed<String>, Value<'a>)> {
        let (text, keys) = (self.text, self.keys);
        keys.iter().map(move |(key, value)| {
            let at = position(text, &key.span());
            (Placed { value: key.get_ref().to_string(), at }, Value { text, value })
        })
    }

    /// The value of a key, where it is there.
    pub fn get(&self, key: &str) -> Option<Value<'a>> {
        let text = self.text;
        self.keys.get(key).map(|value| Value { text, value })
    }

    /// A text.
    pub fn string(&self, key: &str) -> Result<Option<Placed<String>>, Mistake> {
        self.get(key).map(|value| value.string(key)).transpose()
    }

    /// A text that must be there.
    pub fn needed(&self, key: &str) -> Result<Placed<String>, Mistake> {
        self.string(key)?.ok_or_else(|| Mistake::new(self.at, format_args!("`{key}` is missing here")))
    }

    /// A list of texts; empty where it is not there.
    pub fn strings(&self, key: &str) -> Result<Vec<Placed<String>>, Mistake> {
        let Some(value) = self.get(key) else { return Ok(Vec::new()) };
        let list = value.value.get_ref().as_array();
        let list = list.ok_or_else(|| value.wrong(key, "a list of texts"))?;
        list.iter().map(|value| Value { text: self.text, value }.string(key)).collect()
    }

    /// A table; absent where it is not there.
    pub fn table(&self, key: &str) -> Result<Option<Table<'a>>, Mistake> {
        self.get(key).map(|value| value.table(key)).transpose()
    }

    /// A list of tables, as `[[key]]` writes it; empty where it is not there.
    pub fn tables(&self, key: &str) -> Result<Vec<Table<'a>>, Mistake> {
        let Some(value) = self.get(key) else { return Ok(Vec::new()) };
        let list = value.value.get_ref().as_array();
        let list = list.ok_or_else(|| value.wrong(key, &format!("a list: write [[{key}]]")))?;
        list.iter().map(|value| Value { text: self.text, value }.table(key)).collect()
    }

    /// A day as `2026-12-31`, written as a date or as a text; absent where it is not there.
    pub fn day(&self, key: &str) -> Result<Option<Placed<String>>, Mistake> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let text = match value.value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Array(_) | DeValue::Table(_) => {
                return Err(value.wrong(key, "a day such as 2026-12-31"));
            }
        };
        let dashes = text.len() == 10 && text.char_indices().all(|(at, c)| (c == '-') == (at == 4 || at == 7));
        let is_day = dashes && Moment::parse_digits(&text.replace('-', "")).is_some();
        match is_day {
            true => Ok(Some(Placed { value: text, at: value.at() })),
            false => Err(Mistake::new(value.at(), format_args!("{text:?} is no day such as 2026-12-31"))),
        }
    }

    /// `true` or `false`; absent where it is not there.
    pub fn truth(&self, key: &str) -> Result<Option<bool>, Mistake> {
        let truth = |value: Value<'_>| value.value.get_ref().as_bool().ok_or_else(|| value.wrong(key, "true or false"));
        self.get(key).map(truth).transpose()
    }

    /// A number, whole or with a fraction; absent where it is not there.
    pub fn number(&self, key: &str) -> Result<Option<Placed<f64>>, Mistake> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let number = match value.value.get_ref() {
            DeValue::Integer(number) => {
                i64::from_str_radix(number.as_str(), number.radix()).ok().map(|number| number as f64)
            }
            DeValue::Float(number) => number.as_str().parse().ok(),
            DeValue::String(_) | DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
                None
            }
        };
        let number = number.ok_or_else(|| value.wrong(key, "a number"))?;
        Ok(Some(Placed { value: number, at: value.at() }))
    }
}

/// A value of a table.
#[derive(Clone, Copy)]
pub struct Value<'a> {
    text: &'a str,
    value: &'a Spanned<DeValue<'a>>,
}

impl<'a> Value<'a> {
    /// Where it stands.
    pub fn at(&self) -> At {
        position(self.text, &self.value.span())
    }

    /// What it should have been.
    fn wrong(&self, key: &str, wanted: &str) -> Mistake {
        let is = self.value.get_ref().type_str();
        Mistake::new(self.at(), format_args!("`{key}` is {wanted}, and this is of type {is}"))
    }

    /// It as a text.
    pub fn string(self, key: &str) -> Result<Placed<String>, Mistake> {
        let text = self.value.get_ref().as_str().ok_or_else(|| self.wrong(key, "a text"))?;
        Ok(Placed { value: text.to_owned(), at: self.at() })
    }

    /// It as a table.
    pub fn table(self, key: &str) -> Result<Table<'a>, Mistake> {
        let keys = self.value.get_ref().as_table().ok_or_else(|| self.wrong(key, "a table"))?;
        Ok(Table { text: self.text, keys, at: self.at() })
    }
}

/// `text` as TOML writes one on one line.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
