//! What a statement may say of how a source was come by: never more than what is sealed bears out.
//!
//! A predicate goes in, what of it cannot be meant or has to be told comes out. Nothing is opened here: whether a record is what
//! the statement says of it is for `captured`. The holder of a key can write any word into a statement, but what was fetched
//! leaves a record of the exchange, and what was handed over is supplied, whoever it is said to be from.

use serde_json::Value;

use super::captured::sources;

/// How a source was come by, as far as that matters here.
enum Way {
    /// Over HTTP, by the signer: from the address itself, or from a web archive. The exchange is always kept.
    Fetched,
    /// Somebody handed it over, as a file.
    File,
    /// Somebody handed it over, in a web archive that need not hold an exchange that can be sealed.
    Archive,
    /// In a way that this version knows nothing of.
    Other,
}

impl Way {
    fn of(source: &Value) -> Self {
        match source.get("via").and_then(Value::as_str) {
            Some("http" | "memento") => Self::Fetched,
            Some("file" | "stdin") => Self::File,
            Some("warc" | "wacz") => Self::Archive,
            Some(_) | None => Self::Other,
        }
    }
}

/// What of the sources' origins cannot be meant, if anything.
pub(super) fn contradiction(predicate: &Value) -> Option<String> {
    sources(predicate).find_map(|(name, source)| {
        let record = source.get("record").is_some();
        match Way::of(source) {
            // Where nothing is said at all, that is what is wrong, and said elsewhere.
            Way::File | Way::Archive if source.get("assurance").is_some_and(|grade| grade != "supplied") => {
                Some(format!("the {name} was handed over and is said to be more than supplied"))
            }
            Way::Fetched if !record => {
                Some(format!("the {name} is said to have been fetched, and the statement names no record of that"))
            }
            Way::Fetched | Way::File | Way::Archive | Way::Other => None,
        }
    })
}

/// What of a statement that is about to be sealed could not be meant: a writer must not make what its own verifier refuses.
pub(super) fn of_statement(bytes: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    contradiction(value.get("predicate")?)
}

/// The sources that are said to come out of an exchange of which no record is sealed.
pub(super) fn unrecorded(predicate: &Value) -> impl Iterator<Item = String> {
    let without = sources(predicate).filter(|(_, source)| match Way::of(source) {
        Way::Archive | Way::Other => source.get("record").is_none(),
        Way::Fetched | Way::File => false,
    });
    without.map(|(name, _)| {
        format!("no record of how the {name} was come by is sealed: what is said of that is its signer's word alone")
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_is_said_of_an_origin_that_no_record_bears_out() {
        let of = |source: Value| {
            let predicate = json!({ "copy": source });
            (contradiction(&predicate).is_some(), unrecorded(&predicate).count())
        };
        assert_eq!(of(json!({ "via": "http", "assurance": "publisher", "record": {} })), (false, 0));
        assert_eq!(of(json!({ "via": "http", "assurance": "supplied" })), (true, 0));
        assert_eq!(of(json!({ "via": "memento", "assurance": "archive" })), (true, 0));
        assert_eq!(of(json!({ "via": "file", "assurance": "supplied" })), (false, 0));
        assert_eq!(of(json!({ "via": "stdin", "assurance": "publisher" })), (true, 0));
        assert_eq!(of(json!({ "via": "wacz", "assurance": "publisher", "record": {} })), (true, 0));
        assert_eq!(of(json!({ "via": "warc", "assurance": "supplied" })), (false, 1));
        assert_eq!(of(json!({ "via": "url", "assurance": "publisher" })), (false, 1));
        let witness = json!({ "witnesses": [{ "source": { "via": "http" } }] });
        assert!(contradiction(&witness).unwrap().contains("the witness"));
    }
}
