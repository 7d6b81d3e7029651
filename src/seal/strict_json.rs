//! JSON that has one reading only: no name twice, no fraction, no `null`, no integer that other readers would round.
//!
//! serde_json keeps the last of two equal names and says nothing; here both are refused.

use std::{cell::Cell, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// The deepest nesting.
const DEPTH: usize = 32;

/// The largest integer every reader of JSON keeps exactly.
const LARGEST: u64 = (1 << 53) - 1;

/// Reads `bytes` as JSON with one reading only.
///
/// # Errors
/// What is wrong, in one phrase.
pub(super) fn parse(bytes: &[u8]) -> Result<Value, String> {
    let depth = Cell::new(0);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Strict { depth: &depth }.deserialize(&mut reader).map_err(|error| error.to_string())?;
    reader.end().map_err(|error| error.to_string())?;
    Ok(value)
}

#[derive(Clone, Copy)]
struct Strict<'a> {
    depth: &'a Cell<usize>,
}

impl Strict<'_> {
    fn enter<E: Error>(self) -> Result<(), E> {
        self.depth.set(self.depth.get() + 1);
        if self.depth.get() > DEPTH { Err(E::custom("nested too deeply")) } else { Ok(()) }
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
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
    use super::parse;

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
    }
}
