//! JSON that has one reading only: no name twice, no fraction, no `null`, no integer that other readers would round.
//!
//! serde_json keeps the last of two equal names and says nothing; here both are refused.

use std::{cell::Cell, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::{Map, Number, Value};

/// The largest integer every reader of JSON keeps exactly.
const LARGEST: u64 = (1 << 53) - 1;

/// What may be in a text.
#[derive(Clone, Copy)]
struct Rules {
    /// The deepest nesting.
    depth: usize,
    /// The most values: a value takes far more memory than the two bytes it can be written in.
    values: usize,
    /// Whether there may be fractions, negative numbers and `null`.
    loose: bool,
}

/// Reads a seal or a statement as JSON with one reading only.
///
/// # Errors
/// What is wrong, in one phrase.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, String> {
    read(bytes, Rules { depth: 32, values: 1 << 20, loose: false })
}

/// Reads a report, which may hold fractions and `null` but, like a statement, no name twice and no integer that is rounded.
///
/// # Errors
/// What is wrong, in one phrase.
pub(super) fn parse_report(bytes: &[u8]) -> Result<Value, String> {
    read(bytes, Rules { depth: 96, values: REPORT_VALUES, loose: true })
}

/// The most values of a report.
const REPORT_VALUES: usize = 1 << 23;

/// Whether a report of ours has no more values than are read. Each takes two bytes at least, so that most need no counting.
pub(super) fn fits_report(bytes: &[u8]) -> bool {
    bytes.len() / 2 < REPORT_VALUES || parse_report(bytes).is_ok()
}

fn read(bytes: &[u8], rules: Rules) -> Result<Value, String> {
    let (depth, values) = (Cell::new(0), Cell::new(0));
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let strict = Strict { rules, depth: &depth, values: &values };
    let value = strict.deserialize(&mut reader).map_err(|error| error.to_string())?;
    reader.end().map_err(|error| error.to_string())?;
    Ok(value)
}

#[derive(Clone, Copy)]
struct Strict<'a> {
    rules: Rules,
    depth: &'a Cell<usize>,
    values: &'a Cell<usize>,
}

impl Strict<'_> {
    fn enter<E: Error>(self) -> Result<(), E> {
        self.depth.set(self.depth.get() + 1);
        if self.depth.get() > self.rules.depth { Err(E::custom("nested too deeply")) } else { Ok(()) }
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.values.set(self.values.get() + 1);
        if self.values.get() > self.rules.values {
            return Err(D::Error::custom("more values than are read"));
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object, a list, text, true, false or an integer from 0 to 2^53-1")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        if value > LARGEST { Err(E::custom("an integer above 2^53-1")) } else { Ok(Value::Number(Number::from(value))) }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        if self.rules.loose && value.unsigned_abs() <= LARGEST {
            Ok(Value::Number(Number::from(value)))
        } else {
            Err(E::invalid_type(Unexpected::Signed(value), &self))
        }
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        // Whole numbers this large are integers that have already been rounded.
        let exact = value.abs() < LARGEST as f64;
        let number = Number::from_f64(value).filter(|_| self.rules.loose && exact);
        number.map(Value::Number).ok_or_else(|| E::invalid_type(Unexpected::Float(value), &self))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        if self.rules.loose { Ok(Value::Null) } else { Err(E::invalid_type(Unexpected::Unit, &self)) }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.enter()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            list.push(item);
        }
        self.depth.set(self.depth.get() - 1);
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.enter()?;
        let mut map = Map::new();
        while let Some(name) = entries.next_key::<String>()? {
            let value = entries.next_value_seed(self)?;
            if map.insert(name.clone(), value).is_some() {
                return Err(A::Error::custom(format_args!("the name {name:?} stands twice in one object")));
            }
        }
        self.depth.set(self.depth.get() - 1);
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, parse_report};

    #[test]
    fn what_has_two_readings_is_refused() {
        for text in [
            r#"{"a":1,"a":2}"#,
            r#"{"a":{"b":1,"\u0062":2}}"#,
            "9007199254740992",
            "1.5",
            "1e3",
            "-1",
            "null",
            "[1",
            "{} {}",
            "\"\\ud800\"",
        ] {
            assert!(parse(text.as_bytes()).is_err(), "{text}");
        }
        assert!(parse(format!("{}1{}", "[".repeat(33), "]".repeat(33)).as_bytes()).is_err());
        assert!(parse(format!("{}1{}", "[".repeat(32), "]".repeat(32)).as_bytes()).is_ok());
        assert!(parse(br#"{"a":[9007199254740991,true,"x"]}"#).is_ok());
        assert!(parse(format!("[{}1]", "1,".repeat(1 << 20)).as_bytes()).is_err(), "too many values");
    }

    #[test]
    fn reports_may_hold_fractions_but_nothing_twice() {
        assert!(parse_report(br#"{"a":[0.985,-1,null]}"#).is_ok());
        for text in
            [r#"{"a":1,"a":2}"#, "9007199254740993", "-9007199254740993", "1e400", "123456789012345678901234567890"]
        {
            assert!(parse_report(text.as_bytes()).is_err(), "{text}");
        }
    }
}
