//! Where a copy says it is from: its source line, the links in it, and the first publication it names.

use super::{
    super::{
        ClaimKind, ClaimStatus,
        edits::quoted,
        links::{leads_somewhere, same_target},
    },
    Reader,
    names::{name_length, same_issuer, speaks_of},
    untold,
};
use crate::extract::{ByteRange, Link, dates};

/// Words that say a text was published before.
const FIRST: [&str; 4] = ["originally published", "first published", "originally appeared", "first appeared"];

/// Words between those and who published it.
const WHERE: [&str; 5] = ["by ", "in ", "on ", "at ", "here by "];

impl Reader<'_> {
    pub(super) fn source_line(&mut self, bytes: &ByteRange) {
        let text = self.copy().text.get(bytes.clone()).unwrap_or_default();
        let inside = |link: &&Link| link.bytes.start >= bytes.start && link.bytes.end <= bytes.end;
        let link = self.copy().links.iter().find(inside);
        let names = match self.publisher {
            Some(publisher) if speaks_of(text, publisher) => {
                format!(" It names {}, the original's publisher.", quoted(publisher))
            }
            Some(publisher) => format!(" The original's publisher is {}.", quoted(publisher)),
            None => String::new(),
        };
        let (status, evidence) = match link {
            Some(link) if leads_somewhere(link) => self.leads_to(&link.href),
            Some(_) => untold("The link leads nowhere."),
            None => match address(text) {
                Some(address) => self.leads_to(address),
                None => untold("The line has no link."),
            },
        };
        self.push(ClaimKind::SourceLink, bytes.clone(), (status, format!("{evidence}{names}")));
        self.first_published(bytes);
        self.titled(bytes);
    }

    /// "originally published by the Ministry of Examples on 11 November 2017": who and when.
    fn first_published(&mut self, bytes: &ByteRange) {
        let text = self.copy().text.get(bytes.clone()).unwrap_or_default();
        let lower = text.to_ascii_lowercase();
        let Some(at) = FIRST.iter().find_map(|phrase| lower.find(phrase).map(|at| at + phrase.len())) else { return };
        let rest = text.get(at..).unwrap_or_default();
        if let Some(date) = dates::find(rest).into_iter().next() {
            let place = bytes.start + at + date.bytes.start..bytes.start + at + date.bytes.end;
            self.push(ClaimKind::Date, place, self.dated(&date.day));
        }
        let spaces = rest.len() - rest.trim_start().len();
        let after = rest.get(spaces..).unwrap_or_default();
        let Some(word) = WHERE.iter().find(|word| after.starts_with(**word)) else { return };
        let name = after.get(word.len()..).unwrap_or_default();
        let length = name_length(name);
        let named = name.get(..length).unwrap_or_default();
        // "in November 2017" names nobody; who is said to have printed it first is held against who issued the original.
        let month = named.split_whitespace().next().is_some_and(|word| dates::month(word).is_some());
        if length > 0
            && !month
            && self.publisher.is_some_and(|publisher| *word == "by " || same_issuer(publisher, named))
        {
            let start = bytes.start + at + spaces + word.len();
            self.push(ClaimKind::Publisher, start..start + length, self.issued_by(named));
        }
    }

    /// Whether `href` is an address of the original.
    pub(super) fn is_original(&self, href: &str) -> bool {
        self.known.addresses.iter().any(|own| same_page(own, href))
    }

    pub(super) fn leads_to(&self, href: &str) -> (ClaimStatus, String) {
        match self.known.addresses {
            [] => untold("The original's own address is not known."),
            _ if self.is_original(href) => (ClaimStatus::Confirmed, format!("The link leads to the original, {href}.")),
            known => {
                let own = known.first().map_or("", String::as_str);
                let back = self.copy().metadata.canonical.as_ref().is_some_and(|canonical| same_page(canonical, href));
                let whither = if back { format!("{href}, the copy itself") } else { href.to_owned() };
                (ClaimStatus::Unverifiable, format!("The link leads to {whither}; the original was taken from {own}."))
            }
        }
    }
}

/// Whether two addresses are one page's: `www.` in front of the host says nothing.
fn same_page(left: &str, right: &str) -> bool {
    let bare = |href: &str| href.trim().replacen("://www.", "://", 1);
    same_target(&bare(left), &bare(right))
}

/// The first address that a line spells out.
fn address(text: &str) -> Option<&str> {
    let word = text.split_whitespace().find(|word| word.starts_with("https://") || word.starts_with("http://"))?;
    Some(word.trim_end_matches(['.', ',', ')', ']', ';']))
}
