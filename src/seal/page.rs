//! `verify.html`: the verifier for people without a terminal, as one page that loads nothing and sends nothing.
//!
//! The page does in a browser what `verify` does here, step for step, and says it in the same words: codes, sentences and the
//! types it reads are written into its script from the enums, so that they cannot drift. Its policy lets exactly this
//! script and this style sheet run. What it does not do (the run before, making the comparison again) it calls unchecked, and of an audit
//! it says that nothing was checked. A
//! new step of `verify` belongs into `page/steps.js` too, or onto that list; `tests/referees/verify_page.mjs` holds both against each other.

use serde_json::{Value, json};

use super::{
    audited,
    outcome::Outcome,
    statement::{PREDICATE_TYPE, TYPE},
    text,
};
use crate::{
    check::{Disclosed, Verdict},
    digest::Digest,
    report::wire::v1::VERSION,
    text::base64,
};

const TEMPLATE: &str = include_str!("page/template.html");
/// Without white space around it, since not every checker of policies counts that in.
const STYLE: &str = include_str!("page/style.css").trim_ascii();
const SCRIPT: [&str; 16] = [
    include_str!("page/json.js"),
    include_str!("page/keys.js"),
    include_str!("page/minisign.js"),
    include_str!("page/policy.js"),
    include_str!("page/folder.js"),
    include_str!("page/der.js"),
    include_str!("page/certificates.js"),
    include_str!("page/timestamp.js"),
    include_str!("page/inflate.js"),
    include_str!("page/zip.js"),
    include_str!("page/warc.js"),
    include_str!("page/exchanges.js"),
    include_str!("page/steps.js"),
    include_str!("page/files.js"),
    include_str!("page/agree.js"),
    include_str!("page/view.js"),
];

/// What stands above the page before anything was asked of it.
const QUESTION: &str = "Is this evidence as it was sealed, and by whom?";

/// Writes the page: always the same bytes for one version of the program.
///
/// ```
/// let page = vidimus::seal::page::render();
/// assert!(page.starts_with("<!doctype html>") && page.contains("default-src 'none'"));
/// ```
pub fn render() -> String {
    let script = script();
    let hash = |text: &str| format!("'sha256-{}'", base64::encode(Digest::of(text.as_bytes()).as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        hash(STYLE),
        hash(&script)
    );
    let parts = [
        ("policy", policy.as_str()),
        ("version", env!("CARGO_PKG_VERSION")),
        ("question", QUESTION),
        ("proves", text::PROVES),
        ("does_not_prove", text::DOES_NOT_PROVE),
        ("advice", text::ADVICE),
        ("style", STYLE),
        ("script", &script),
    ];
    // One pass over the template, so that nothing put in is taken for a mark.
    let mut page = String::new();
    for (index, piece) in TEMPLATE.split('{').enumerate() {
        let put = piece.split_once('}').and_then(|(name, rest)| {
            let (_, part) = parts.iter().find(|(own, _)| *own == name)?;
            Some([part, rest].concat())
        });
        page.push_str(&put.unwrap_or_else(|| if index == 0 { piece.to_owned() } else { format!("{{{piece}") }));
    }
    page
}

/// The script: the words, then the program that says them.
fn script() -> String {
    format!("\"use strict\";\nconst WORDS = {};\n{}", words(), SCRIPT.join("\n").trim_ascii_end())
}

/// Every word the page shares with the program.
fn words() -> Value {
    let outcomes: serde_json::Map<String, Value> =
        Outcome::ALL.iter().map(|outcome| (outcome.slug().to_owned(), outcome.sentence().into())).collect();
    let disclosed = [Disclosed::NothingToDisclose, Disclosed::All, Disclosed::Some, Disclosed::None];
    json!({
        "outcomes": outcomes,
        "statementType": TYPE,
        "predicateType": PREDICATE_TYPE,
        "auditType": audited::PREDICATE_TYPE,
        "reportVersion": VERSION,
        "verdicts": Verdict::ALL.map(Verdict::slug),
        "disclosed": disclosed.map(Disclosed::slug),
        "origins": origins(),
        "unchecked": {
            "previous-there": "previous: the statement names a run before it, and this page does not look at that one",
            "previous-none": "previous: the statement names no run before it; whether there should be one is not known here",
            "capture": "capture: whether the records in capture.wacz are what the statement says of them, for something in it is larger \
                or packed otherwise than this browser unpacks; vidimus verify looks into them",
            "memento": "memento: what an archive’s index says of its record",
            "log": "log: the seal carries entries of a transparency log, which this page does not check",
            "rerun": "rerun: whether the findings follow from the sealed pages; only making the comparison again can show that",
        },
        "page": {
            "question": QUESTION,
            "trouble": "Nothing was checked.",
            "noCrypto": "This browser does not let the page use its cryptography (WebCrypto). Open the page as a file, or use \
                vidimus verify.",
            "noEd25519": "This browser cannot check Ed25519 signatures. Chrome and Edge can from version 137 on, Firefox from 129, \
                Safari from 17. Update it or take another; without one use vidimus verify, or openssl.",
            "noFolder": "Choose the evidence folder first.",
            "audit": "This belongs to an audit of many pages, and this page checks single comparisons: use vidimus verify.",
            "unreadable": "What was dropped could not be read: choose the folder instead.",
            "broken": "The page failed, which says nothing about the evidence: use vidimus verify.",
        },
    })
}

/// The sentences about the origin of a source, made by the function that says them in a terminal, with marks where they name something.
fn origins() -> Value {
    let of = |assurance: &str, via: &str, address: &str, more: Value| {
        let mut source = json!({ "assurance": assurance, "via": via, "locator": address, "retrievedAt": "{at}" });
        if let (Some(source), Value::Object(more)) = (source.as_object_mut(), more) {
            source.extend(more);
        }
        text::origin(&source)
    };
    json!({
        "publisher-encrypted": of("publisher", "http", "https:{address}", json!({})),
        "publisher": of("publisher", "http", "{address}", json!({})),
        "archive-memento": of("archive", "memento", "{address}", json!({ "memento": { "uri": "{memento}" } })),
        "archive": of("archive", "http", "{address}", json!({})),
        "by-hand": of("publisher", "{via}", "{address}", json!({})),
        "supplied-fetched": of("supplied", "http", "{address}", json!({})),
        "supplied": of("supplied", "file", "{address}", json!({})),
        "other": of("{assurance}", "file", "{address}", json!({})),
        "none": text::origin(&json!({})),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_what_the_program_says() {
        let (page, words) = (render(), words());
        for outcome in Outcome::ALL {
            assert_eq!(words["outcomes"][outcome.slug()], outcome.sentence());
        }
        assert!(page.contains(&format!("\nconst WORDS = {words};\n")));
        for sentence in [text::PROVES, text::DOES_NOT_PROVE, text::ADVICE] {
            assert!(page.contains(&format!("<p>{sentence}</p>")), "{sentence}");
        }
        assert!(words["origins"]["archive-memento"].as_str().unwrap().starts_with("{memento} gave this"));
    }

    /// The policy names the hash of the script and of the style sheet that stand in the page, and lets nothing else in.
    #[test]
    fn the_policy_lets_this_script_run_and_no_other() {
        let page = render();
        let between = |start: &str, end: &str| {
            assert_eq!((page.matches(start).count(), page.matches(end).count()), (1, 1), "one {start} and one {end}");
            page.split_once(start).unwrap().1.split_once(end).unwrap().0
        };
        let hash = |text: &str| base64::encode(Digest::of(text.as_bytes()).as_bytes());
        let expected = format!(
            "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
            hash(between("<style>", "</style>")),
            hash(between("<script>", "</script>"))
        );
        assert!(page.contains(&format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{expected}\">")));
        assert!(!page.contains("<!--") && !expected.contains("unsafe"));
    }

    /// Nothing out of evidence can become markup, and nothing reaches the network: the means for it are not in the script.
    #[test]
    fn the_script_has_no_means_to_write_markup_or_reach_out() {
        let script = script();
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "eval(",
            "Function(",
            "setAttribute",
            "fetch(",
            "XMLHttp",
            "WebSocket",
            "import(",
            "http://",
            "location",
            "localStorage",
        ] {
            assert!(!script.contains(word), "{word}");
        }
        // The one address is the name of a type.
        assert_eq!(script.matches("https://").count(), script.matches(TYPE).count());
    }
}
