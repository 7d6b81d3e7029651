//! What a seal proves and what it does not: said with every verification.

use serde_json::Value;

/// What a valid seal proves.
pub const PROVES: &str = "A valid seal proves that the holder of the key signed exactly these bytes, and that the files listed \
     are the files sealed.";

/// What it does not prove.
pub const DOES_NOT_PROVE: &str = "It does not prove that the findings are right; that the publisher served these bytes; that \
     other visitors or other days saw the same page; what anybody intended; that no other run was withheld; anything about later \
     versions.";

/// What to do where that is not enough.
pub const ADVICE: &str = "For more, capture the page twice, live and from an archive, and let somebody else make the comparison \
     again from the sealed files.";

/// What speaks for the origin of a source of a statement, and what does not.
pub fn origin(source: &Value) -> String {
    let text = |name: &str| source.get(name).and_then(Value::as_str);
    let address = text("finalUrl").or(text("url")).or(text("locator")).unwrap_or("an address not named");
    let at = text("retrievedAt").unwrap_or("a time not named");
    match text("assurance") {
        Some("publisher") => format!(
            "fetched by the signer from {address} at {at}; TLS leaves nothing by which you could check this without trusting the \
             signer"
        ),
        Some("archive") => {
            let archive = source.pointer("/memento/uri").and_then(Value::as_str).unwrap_or("a web archive");
            format!("{archive} gave this as its record of {address} at {at}; you can ask it again")
        }
        Some("supplied") | None => "somebody handed this file over; its origin is asserted, not observed".to_owned(),
        Some(other) => format!("its origin is called {other:?}, which this version does not know"),
    }
}
