//! Quotations as W3C Web Annotations (JSON-LD): notes on the article that annotation tools show where the words stand.
//!
//! One annotation a quotation, in the shape Hypothesis writes its own: `target` is a list of one, with a `TextQuoteSelector` and
//! a `TextPositionSelector` on the article; `body` holds the sentence, and the status as a tag. A second body links the passage
//! of the original with selectors of its own. Positions count code points of the article's text as we read it; a tool that
//! reads the page otherwise finds the words by the quotation.

use serde_json::{Value, json};

use super::{json as written, wire::quotes::QuoteReport};
use crate::{
    check::{Anchor, Quote},
    digest::Digest,
    report::Source,
};

/// The context that makes the keys those of the standard.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// Writes the quotations of `report` as an annotation page.
pub fn render(report: &QuoteReport) -> String {
    let items: Vec<Value> = report.quotes.iter().map(|quote| annotation(report, quote)).collect();
    let article = address(&report.article);
    let id = |part: &str| format!("urn:sha256:{}", Digest::of(format!("{article}\n{part}").as_bytes()));
    written::write(&json!({
        "@context": CONTEXT,
        "id": id("page"),
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    }))
}

fn annotation(report: &QuoteReport, quote: &Quote) -> Value {
    let article = address(&report.article);
    let text = match &quote.link {
        Some(link) => format!("{}\n\n{link}", quote.message),
        None => quote.message.clone(),
    };
    let mut body = vec![
        json!({ "type": "TextualBody", "purpose": "assessing", "format": "text/plain", "language": "en", "value": text }),
        json!({ "type": "TextualBody", "purpose": "tagging", "value": format!("vidimus:{}", quote.status.slug()) }),
    ];
    if let (Some(original), Some(source)) = (&quote.original, report.originals.get(quote.source.unwrap_or(0))) {
        body.push(json!({
            "type": "SpecificResource",
            "purpose": "linking",
            "source": address(source),
            "selector": [quoted(original)],
        }));
    }
    let id = Digest::of(format!("{article}\n{}", quote.id).as_bytes());
    json!({
        "@context": CONTEXT,
        "id": format!("urn:sha256:{id}"),
        "type": "Annotation",
        "motivation": "assessing",
        "created": report.generated_at,
        "generator": { "type": "Software", "name": format!("{} {}", report.tool.name, report.tool.version) },
        "body": body,
        "target": [{ "source": article, "selector": [quoted(&quote.copy), position(quote)] }],
    })
}

/// Where a source is to be had: its address, else its name.
fn address(source: &Source) -> &str {
    source.final_url.as_deref().or(source.url.as_deref()).unwrap_or(&source.locator)
}

fn quoted(anchor: &Anchor) -> Value {
    json!({ "type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix })
}

fn position(quote: &Quote) -> Value {
    let [start, end] = quote.position;
    json!({ "type": "TextPositionSelector", "start": start, "end": end })
}
