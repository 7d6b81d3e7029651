//! Boxes in which a site asks its readers for money, an address or a visit, between the paragraphs of the statement.
//!
//! Two things have to come together: the markup says so, by a name, a form or a link to where one gives or subscribes, and so do the
//! words. A remark about the story is none, whatever box it stands in.

use std::sync::LazyLock;

use super::{Position, Role, Subject};
use crate::{
    check::{facets, place},
    extract::{Hint, Landmark},
};

/// The most words of such a box.
const WORDS: usize = 90;

struct Words {
    asks: Vec<&'static str>,
    links: Vec<&'static str>,
}

static LIST: LazyLock<Words> = LazyLock::new(|| {
    let of = |name: &'static str| {
        let lines = include_str!("../words/asks.txt").lines().filter_map(move |line| line.strip_prefix(name));
        lines.flat_map(str::split_whitespace).collect()
    };
    Words { asks: of("ask:"), links: of("link:") }
});

impl Subject<'_> {
    /// A block of a box that asks for something and says nothing of the story.
    pub(super) fn asks(&self) -> Option<Role> {
        if self.position != Position::Inside || self.words() > WORDS || self.is_heading() {
            return None;
        }
        let blocks = place::box_of(self.copy(), self.matched, self.block).unwrap_or(self.block..self.block + 1);
        let named = self.hint(&[Hint::Subscribe]) || self.landmark(&[Landmark::Form]);
        let bytes =
            self.copy().blocks.get(blocks.start)?.bytes.start..self.copy().blocks.get(blocks.end - 1)?.bytes.end;
        let links = &self.copy().links;
        let first = links.partition_point(|link| link.bytes.end <= bytes.start);
        let mut inside = links.iter().skip(first).take_while(|link| link.bytes.start < bytes.end);
        let leads = |href: &str| {
            let href = href.to_lowercase();
            LIST.links.iter().any(|part| href.contains(part))
        };
        let marked = named || inside.any(|link| leads(&link.href));
        let text = self.copy().text.get(bytes)?;
        let asks = || facets::words(text).iter().any(|word| LIST.asks.contains(&word.as_str()));
        (marked && asks()).then_some(Role::Furniture("subscribe", "markup and wording"))
    }
}
