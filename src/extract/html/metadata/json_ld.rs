//! The article that a page's JSON-LD describes (schema.org, `application/ld+json`).

use std::sync::LazyLock;

use scraper::{Html, Selector};
use serde_json::{Map, Value};

use super::{day, fact};
use crate::extract::Metadata;

/// Scripts and objects that are looked at on one page, and bytes of one script.
const SCRIPTS: usize = 20;
const OBJECTS: usize = 2_000;
const BYTES: usize = 1 << 20;

static SCRIPT: LazyLock<Option<Selector>> =
    LazyLock::new(|| Selector::parse("script[type^='application/ld+json']").ok());

/// Types of schema.org that are texts; others on the page speak of the site.
fn is_text(kind: &str) -> bool {
    let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
    kind.ends_with("Article")
        || matches!(kind, "BlogPosting" | "Report" | "CreativeWork" | "PressRelease" | "Statement")
}

/// What the first text described says; a script that is not JSON is passed over, as search engines do.
pub(super) fn of(html: &Html) -> Metadata {
    values(html).find_map(|value| article(&value).map(read)).unwrap_or_default()
}

/// The selectors of the parts that the texts described keep for subscribers.
pub(in super::super) fn walls(html: &Html) -> Vec<String> {
    let selectors = values(html).filter_map(|value| {
        let parts = article(&value)?.get("hasPart")?;
        let parts = parts.as_array().map_or(std::slice::from_ref(parts), Vec::as_slice);
        let selectors = parts.iter().take(SCRIPTS).filter_map(|part| part.get("cssSelector")?.as_str());
        Some(selectors.map(str::to_owned).collect::<Vec<_>>())
    });
    selectors.flatten().collect()
}

fn values(html: &Html) -> impl Iterator<Item = Value> {
    let scripts = SCRIPT.iter().flat_map(|selector| html.select(selector)).take(SCRIPTS);
    let texts = scripts.map(|script| script.text().collect::<String>()).filter(|text| text.len() <= BYTES);
    texts.filter_map(|text| serde_json::from_str(&text).ok())
}

/// The first object of a text's type, outer ones first.
fn article(value: &Value) -> Option<&Map<String, Value>> {
    let mut open = std::collections::VecDeque::from([value]);
    for _ in 0..OBJECTS {
        match open.pop_front()? {
            Value::Array(items) => open.extend(items),
            Value::Object(object) => {
                if strings(object.get("@type")).any(is_text) {
                    return Some(object);
                }
                open.extend(object.get("@graph"));
                open.extend(object.get("mainEntity"));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    None
}

fn read(article: &Map<String, Value>) -> Metadata {
    let one = |name: &str| names(article.get(name)).into_iter().next();
    let authors = names(article.get("author")).join(", ");
    Metadata {
        // A name of the site is given beside the data, not in them.
        site: None,
        title: one("headline"),
        byline: fact(&authors),
        published: one("datePublished").and_then(|date| day(&date)),
        publisher: one("publisher"),
        canonical: None,
        based_on: one("isBasedOn").or_else(|| one("isBasedOnUrl")),
        licence: one("license"),
        language: None,
    }
}

/// A string, or the name, address or id of an object, or those of a list.
fn names(value: Option<&Value>) -> Vec<String> {
    let items = match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(value) => vec![value],
        None => Vec::new(),
    };
    let name = |item: &Value| match item {
        Value::String(text) => fact(text),
        Value::Object(object) => {
            ["name", "url", "@id"].iter().find_map(|name| object.get(*name)?.as_str().and_then(fact))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    };
    items.into_iter().filter_map(name).take(20).collect()
}

fn strings(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let (one, many) = match value {
        Some(Value::String(one)) => (Some(one.as_str()), None),
        Some(Value::Array(many)) => (None, Some(many)),
        _ => (None, None),
    };
    one.into_iter().chain(many.into_iter().flatten().filter_map(Value::as_str))
}
