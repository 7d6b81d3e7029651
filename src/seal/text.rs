//! What a seal proves and what it does not: said with every verification.

use serde_json::Value;

use crate::text::shorten;

/// The most of an address that is repeated, in characters.
const ADDRESS: usize = 300;

/// What a valid seal proves.
pub const PROVES: &str = "A valid seal proves that the holder of the key signed exactly these bytes, and that the files listed \
     are the files sealed.";

/// What it does not prove.
pub const DOES_NOT_PROVE: &str = "It does not prove that the findings are right; that the publisher served these bytes; that \
     other visitors or other days saw the same page; what anybody intended; that no other run was withheld; anything about later \
     versions.";

/// What to do where that is not enough.
pub const ADVICE: &str = "For more, capture the page twice, live and from an archive, and let somebody else make the comparison \
     again from the sealed files (--rerun).";

/// The same where there are many pages, or one of many: an audit is not made again from what is sealed of it.
pub const ADVICE_OF_AUDIT: &str = "For more, let somebody else make the audit again from its plan, and hold what each page came to against \
     its leaf.";

/// What speaks for the origin of a source of a statement, and what does not.
pub fn origin(source: &Value) -> String {
    let text = |name: &str| source.get(name).and_then(Value::as_str);
    let short = |text: &str| shorten::to(text, ADDRESS);
    let address = short(text("finalUrl").or(text("url")).or(text("locator")).unwrap_or("an address not named"));
    let at = text("retrievedAt").unwrap_or("a time not named");
    let via = text("via").unwrap_or("a way not named");
    let fetched = via == "http";
    let memento = source.pointer("/memento/uri").and_then(Value::as_str).filter(|_| via == "memento");
    match text("assurance") {
        // What was not fetched, or not asked for by date, was handed over, whatever its grade is said to be.
        Some(grade @ ("publisher" | "archive")) if !(fetched || grade == "archive" && memento.is_some()) => {
            format!("somebody handed this over by way of {:?}; its origin is asserted, not observed", short(via))
        }
        // Without TLS there is not even a connection to trust.
        Some("publisher") if address.starts_with("https:") => format!(
            "fetched by the signer from {address} at {at}; the host is taken for the publisher's own, and TLS leaves nothing by \
             which you could check this without trusting the signer"
        ),
        Some("publisher") => format!(
            "fetched by the signer from {address} at {at}, unencrypted: anybody on the way could have changed it; the host is taken \
             for the publisher's own, and you have to trust the signer about all of it"
        ),
        Some("archive") => match memento {
            Some(memento) => {
                format!("{} gave this as its record of {address} at {at}; you can ask it again", short(memento))
            }
            None => format!(
                "fetched by the signer from {address} at {at}, where a web archive shows its record of another page; you can ask it again"
            ),
        },
        Some("supplied") if fetched => format!(
            "fetched by the signer from {address} at {at}, where only they can ask; its origin is asserted, not observed"
        ),
        Some("supplied") => "somebody handed this file over; its origin is asserted, not observed".to_owned(),
        Some(other) => format!("its origin is called {:?}, which this version does not know", short(other)),
        None => "nothing is said of its origin".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn no_more_is_said_of_an_origin_than_the_statement_says() {
        let source =
            |assurance: &str, url: &str| origin(&json!({ "assurance": assurance, "finalUrl": url, "via": "http" }));
        assert!(source("publisher", "https://example.org/").contains("TLS leaves nothing"));
        let plain = source("publisher", "http://example.org/");
        assert!(!plain.contains("TLS") && plain.contains("anybody on the way could have changed it"));
        assert!(!source("archive", "https://perma.cc/x").contains("record of https://perma.cc"));
        assert!(source("supplied", "http://localhost/").starts_with("fetched by the signer"));
        let by_hand = json!({ "assurance": "publisher", "finalUrl": "https://example.org/", "via": "url" });
        assert_eq!(
            origin(&by_hand),
            "somebody handed this over by way of \"url\"; its origin is asserted, not observed"
        );
        let made_up = json!({ "assurance": "archive", "via": "http", "memento": { "uri": "https://perma.cc/x" } });
        assert!(!origin(&made_up).contains("perma.cc"), "what an index says of a record nobody asked for by date");
        assert_eq!(origin(&json!({})), "nothing is said of its origin");
        assert!(source("publisher", &format!("https://example.org/{}", "x".repeat(1 << 20))).len() < 1000);
    }
}
