//! What a page says of itself: JSON-LD first, then Open Graph and other `<meta>` elements, then links and `<time>`.
//!
//! The tree goes in, [`Metadata`] comes out. Sources disagree on real pages; the order in each list below is the order of
//! trust. Nothing is guessed from the text.

mod json_ld;

pub(super) use json_ld::walls;

use std::{collections::BTreeMap, sync::LazyLock};

use scraper::{ElementRef, Html, Selector};

use crate::{extract::Metadata, moment::Moment, text::normal::fold};

/// The longest fact that is kept, in characters.
const FACT: usize = 500;

/// Reads what `html` says of itself.
pub(super) fn of(html: &Html) -> Metadata {
    let told = json_ld::of(html);
    let meta = meta(html);
    let first = |names: &[&str]| names.iter().find_map(|name| meta.get(*name).and_then(|text| fact(text)));
    let named = |names: &[&str]| first(names).filter(|name| !name.contains("://"));
    let site = named(&["og:site_name"]);
    let site = site.filter(|site| told.publisher.as_ref().is_some_and(|publisher| publisher != site));
    Metadata {
        site,
        title: told
            .title
            .or_else(|| first(&["og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"]))
            .or_else(|| text(html, &TITLE)),
        byline: told
            .byline
            .or_else(|| named(&["author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "byl"]))
            .or_else(|| text(html, &AUTHOR)),
        published: told.published.or_else(|| first(DATES).and_then(|date| day(&date))).or_else(|| time(html)),
        publisher: told.publisher.or_else(|| {
            named(&["og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "citation_publisher"])
        }),
        canonical: link(html, &CANONICAL).or_else(|| first(&["og:url"])),
        based_on: told.based_on.or_else(|| first(&["original-source", "syndication-source", "dc.source"])),
        licence: told.licence.or_else(|| link(html, &LICENCE)).or_else(|| first(&["dc.rights", "dcterms.license"])),
        language: language(html).or_else(|| first(&["content-language", "og:locale", "dc.language"])).map(tag),
    }
}

const DATES: &[&str] = &[
    "article:published_time",
    "datepublished",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "parsely-pub-date",
    "pubdate",
    "publish-date",
    "date",
];

static META: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("meta[content]").ok());
static TITLE: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("head > title").ok());
static AUTHOR: LazyLock<Option<Selector>> =
    LazyLock::new(|| Selector::parse("[rel~=author], [itemprop~=author] [itemprop~=name], [itemprop~=author]").ok());
static CANONICAL: LazyLock<Option<Selector>> = LazyLock::new(|| Selector::parse("link[rel~=canonical][href]").ok());
static LICENCE: LazyLock<Option<Selector>> =
    LazyLock::new(|| Selector::parse("link[rel~=license][href], a[rel~=license][href]").ok());
static TIME: LazyLock<Option<Selector>> =
    LazyLock::new(|| Selector::parse("time[pubdate], time[itemprop~=datePublished], article time, main time").ok());

fn select<'a>(html: &'a Html, selector: &'static LazyLock<Option<Selector>>) -> impl Iterator<Item = ElementRef<'a>> {
    selector.iter().flat_map(|selector| html.select(selector))
}

/// `<meta>` contents by name or property in small letters; the first of each name.
fn meta(html: &Html) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    for element in select(html, &META) {
        let content = element.attr("content").unwrap_or_default();
        for attribute in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = element.attr(attribute) {
                facts.entry(name.trim().to_ascii_lowercase()).or_insert_with(|| content.to_owned());
            }
        }
    }
    facts
}

/// A fact in normal form, unless there is nothing in it.
fn fact(text: &str) -> Option<String> {
    let folded: String = fold(text).chars().take(FACT).collect();
    folded.contains(char::is_alphanumeric).then_some(folded)
}

fn text(html: &Html, selector: &'static LazyLock<Option<Selector>>) -> Option<String> {
    select(html, selector).find_map(|element| fact(&element.text().collect::<String>()))
}

fn link(html: &Html, selector: &'static LazyLock<Option<Selector>>) -> Option<String> {
    select(html, selector).find_map(|element| fact(element.attr("href")?))
}

fn time(html: &Html) -> Option<String> {
    select(html, &TIME).find_map(|element| day(element.attr("datetime")?))
}

/// A point in time as RFC 3339 or a day as `YYYY-MM-DD`; anything else is not repeated.
fn day(text: &str) -> Option<String> {
    let text = text.trim();
    if Moment::parse(text).is_some() {
        return Some(text.to_owned());
    }
    let day = text.get(..10)?;
    let rest = text.get(10..)?;
    let valid = Moment::parse(&format!("{day}T00:00:00Z")).is_some() && !rest.starts_with(|c: char| c.is_ascii_digit());
    valid.then(|| day.to_owned())
}

fn language(html: &Html) -> Option<String> {
    let root = html.root_element();
    root.attr("lang").or_else(|| root.attr("xml:lang")).and_then(fact)
}

/// `en_US` is how Open Graph writes `en-US`.
fn tag(language: String) -> String {
    language.split(',').next().unwrap_or_default().trim().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(markup: &str) -> Metadata {
        of(&Html::parse_document(markup))
    }

    #[test]
    fn json_ld_goes_before_meta_and_meta_before_the_title() {
        let metadata = read(
            r#"<html lang=en_GB><title>T | Site</title><meta property=og:title content="T"><meta name=author content="A. Meta">
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Site"},{"@type":["NewsArticle"],
            "author":[{"@type":"Person","name":"A. One"},{"name":"B. Two"}],"datePublished":"2017-11-16T08:00:00+01:00",
            "publisher":{"name":"The Site"},"isBasedOn":"https://example.gov/r","license":{"@id":"https://example.org/by"}}]}</script>"#,
        );
        assert_eq!(metadata.title.as_deref(), Some("T"));
        assert_eq!(metadata.byline.as_deref(), Some("A. One, B. Two"));
        assert_eq!(metadata.published.as_deref(), Some("2017-11-16T08:00:00+01:00"));
        assert_eq!(metadata.publisher.as_deref(), Some("The Site"));
        assert_eq!(metadata.based_on.as_deref(), Some("https://example.gov/r"));
        assert_eq!(metadata.licence.as_deref(), Some("https://example.org/by"));
        assert_eq!(metadata.language.as_deref(), Some("en-GB"));
    }

    #[test]
    fn what_is_not_said_is_absent() {
        assert_eq!(read("<p>Nothing but text, 1 May 2020."), Metadata::default());
        assert_eq!(read("<meta name=date content='last Tuesday'><meta name=author content=' '>"), Metadata::default());
    }

    #[test]
    fn a_day_is_a_day() {
        assert_eq!(day("2017-11-11"), Some("2017-11-11".to_owned()));
        assert_eq!(day("2017-11-11 18:02"), Some("2017-11-11".to_owned()));
        assert_eq!(day("2017-13-11"), None);
        assert_eq!(day("11/10/2017"), None);
    }
}
