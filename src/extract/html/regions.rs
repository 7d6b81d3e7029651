//! What an element's name, class, id and role say it is for: facts about the markup, judged later.
//!
//! The words behind each hint are in `data/hints.txt`; add one there.

use std::{collections::BTreeMap, sync::LazyLock};

use scraper::node::Element;

use crate::extract::{Hint, Landmark};

/// The most bytes of names that are looked at on one element.
const NAMES: usize = 1024;

/// The landmark an element is, by role first, then by tag.
pub(super) fn landmark(element: &Element) -> Option<Landmark> {
    let by_role = element.attr("role").and_then(|role| match role.trim().to_ascii_lowercase().as_str() {
        "main" => Some(Landmark::Main),
        "article" => Some(Landmark::Article),
        "banner" => Some(Landmark::Header),
        "contentinfo" => Some(Landmark::Footer),
        "navigation" | "menu" | "menubar" => Some(Landmark::Nav),
        "complementary" => Some(Landmark::Aside),
        "form" | "search" => Some(Landmark::Form),
        "button" => Some(Landmark::Button),
        "figure" => Some(Landmark::Figure),
        "dialog" | "alertdialog" => Some(Landmark::Dialog),
        _ => None,
    });
    by_role.or_else(|| match element.name() {
        "main" => Some(Landmark::Main),
        "article" => Some(Landmark::Article),
        "header" => Some(Landmark::Header),
        "footer" => Some(Landmark::Footer),
        "nav" | "menu" => Some(Landmark::Nav),
        "aside" => Some(Landmark::Aside),
        "form" => Some(Landmark::Form),
        "button" => Some(Landmark::Button),
        "figure" => Some(Landmark::Figure),
        "dialog" => Some(Landmark::Dialog),
        "details" => Some(Landmark::Details),
        _ => None,
    })
}

/// What the element's class, id and item property say it is for, sorted.
pub(super) fn hints(element: &Element) -> Vec<Hint> {
    let mut found = Vec::new();
    for attribute in ["class", "id", "itemprop", "data-component", "aria-label"] {
        let Some(names) = element.attr(attribute) else { continue };
        for name in names.split_ascii_whitespace().take_while(|name| offset(names, name) < NAMES) {
            let tokens = tokens(name);
            for (at, token) in tokens.iter().enumerate() {
                found.extend(HINTS.of(token));
                if let Some(next) = tokens.get(at + 1) {
                    found.extend(HINTS.of(&format!("{token}+{next}")));
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Where `part`, a slice of `whole`, begins in it.
fn offset(whole: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(whole.as_ptr().addr())
}

/// A name cut at hyphens, underscores and capitals, in small letters.
pub(super) fn tokens(name: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut token = String::new();
    let mut lower = false;
    for c in name.chars() {
        if (!c.is_alphanumeric() || (c.is_uppercase() && lower)) && !token.is_empty() {
            tokens.push(std::mem::take(&mut token));
        }
        if c.is_alphanumeric() {
            token.extend(c.to_lowercase());
        }
        lower = c.is_lowercase();
    }
    if !token.is_empty() {
        tokens.push(token);
    }
    tokens
}

/// The words of `data/hints.txt`.
struct Words {
    whole: BTreeMap<&'static str, Vec<Hint>>,
    beginnings: Vec<(&'static str, Hint)>,
}

static HINTS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { whole: BTreeMap::new(), beginnings: Vec::new() };
    let lines = include_str!("data/hints.txt").lines().filter(|line| !line.starts_with('#'));
    for (name, list) in lines.filter_map(|line| line.split_once(':')) {
        let Some(hint) = hint(name) else { continue };
        for word in list.split_ascii_whitespace() {
            match word.strip_suffix('*') {
                Some(beginning) => words.beginnings.push((beginning, hint)),
                None => words.whole.entry(word).or_default().push(hint),
            }
        }
    }
    words
});

impl Words {
    fn of<'a>(&'a self, token: &'a str) -> impl Iterator<Item = Hint> + 'a {
        let whole = self.whole.get(token).into_iter().flatten().copied();
        whole.chain(self.beginnings.iter().filter(|(word, _)| token.starts_with(word)).map(|(_, hint)| *hint))
    }
}

fn hint(name: &str) -> Option<Hint> {
    Some(match name {
        "navigation" => Hint::Navigation,
        "share" => Hint::Share,
        "subscribe" => Hint::Subscribe,
        "comments" => Hint::Comments,
        "related" => Hint::Related,
        "advertisement" => Hint::Advertisement,
        "consent" => Hint::Consent,
        "author" => Hint::Author,
        "date" => Hint::Date,
        "headline" => Hint::Headline,
        "topic" => Hint::Topic,
        "caption" => Hint::Caption,
        "pullquote" => Hint::PullQuote,
        "note" => Hint::Note,
        "sidebar" => Hint::Sidebar,
        "standfirst" => Hint::Standfirst,
        "footer" => Hint::Footer,
        "article" => Hint::Article,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use scraper::Html;

    use super::*;

    fn of(markup: &str) -> Vec<Hint> {
        let html = Html::parse_fragment(markup);
        let elements = html.root_element().children().filter_map(scraper::ElementRef::wrap);
        elements.last().map(|element| hints(element.value())).unwrap_or_default()
    }

    #[test]
    fn every_line_of_the_data_names_a_hint() {
        let lines = include_str!("data/hints.txt").lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            assert!(line.split_once(':').and_then(|(name, _)| hint(name)).is_some(), "{line}");
        }
    }

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(of("<div class=socialShareBar></div>"), [Hint::Share]);
        assert_eq!(of("<div class='td-post-author-name'></div>"), [Hint::Author]);
        assert_eq!(of("<div id=read_more></div>"), [Hint::Related]);
        assert_eq!(of("<div class='shadow header-padding'></div>"), []);
    }
}
