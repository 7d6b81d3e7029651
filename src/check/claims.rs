//! What the copy says about its own origin, each claim held against the original.
//!
//! Claims are read from the framing only: the statement's own words are not the republisher's. A claim that nothing at hand can
//! settle is `unverifiable`, never a guess.

use std::{collections::BTreeMap, ops::Range};

use super::{
    Claim, ClaimKind, ClaimStatus, Kind,
    bounds::{same, titles},
    draft,
    edits::quoted,
    framing::{Role, Surroundings},
    links::leads_somewhere,
    pair::{self, Pair},
};
use crate::{
    extract::{ByteRange, Document, dates, declarations, declarations::Declared, labels, labels::Label},
    text::words::{Lexicon, fold},
};

/// What is known of the comparison when claims are held against it.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// Addresses the original was asked for at, answered from, or calls its own.
    pub(super) addresses: &'a [String],
    /// Whether both formats carry emphasis.
    pub(super) emphasis: bool,
    /// Whether every style sheet was at hand.
    pub(super) styled: bool,
    /// Which kinds of findings there are.
    pub(super) found: &'a dyn Fn(Kind) -> bool,
}

/// Reads the claims and holds each against the original.
pub(super) fn find(pair: &Pair<'_>, surroundings: &Surroundings<'_>, known: &Known<'_>) -> Vec<Claim> {
    let mut reader = Reader { pair, surroundings, known, publisher: publisher(pair, surroundings), claims: Vec::new() };
    reader.title();
    for block in 0..pair.copy.blocks.len() {
        match surroundings.role(block) {
            Some(Role::Framing(kind)) => reader.framing(block, kind),
            Some(Role::Furniture(..)) => {}
            Some(Role::Inserted) | None => reader.declarations(block),
        }
    }
    reader.metadata();
    reader.named()
}

/// Who issued the original: its metadata, else the office that its letterhead names.
fn publisher<'a>(pair: &Pair<'a>, surroundings: &Surroundings<'_>) -> Option<&'a str> {
    let office = || {
        let blocks = 0..surroundings.bounds.original.start;
        blocks.map(|block| pair.original.block_text(block)).find(|text| {
            ["office", "department", "ministry", "bureau", "agency"]
                .iter()
                .any(|word| text.split_whitespace().count() <= 12 && fold(text).contains(word))
        })
    };
    pair.original.metadata.publisher.as_deref().or_else(office)
}

struct Reader<'a> {
    pair: &'a Pair<'a>,
    surroundings: &'a Surroundings<'a>,
    known: &'a Known<'a>,
    publisher: Option<&'a str>,
    claims: Vec<(ClaimKind, String, Option<ByteRange>, ClaimStatus, String)>,
}

impl<'a> Reader<'a> {
    fn copy(&self) -> &'a Document {
        self.pair.copy
    }

    fn push(&mut self, kind: ClaimKind, bytes: ByteRange, status: ClaimStatus, evidence: String) {
        let text = self.copy().text.get(bytes.clone()).unwrap_or_default().to_owned();
        self.claims.push((kind, text, Some(bytes), status, evidence));
    }

    /// The headline, where it is the original's title.
    fn title(&mut self) {
        let titles = titles(self.pair.original);
        let Some(title) = titles.first().map(|title| (*title).to_owned()) else { return };
        let blocks = 0..self.surroundings.bounds.copy.start;
        let found = blocks.rev().find(|block| titles.iter().any(|title| same(title, self.copy().block_text(*block))));
        if let Some(data) = found.and_then(|block| self.copy().blocks.get(block)) {
            let evidence = format!("The original is titled {}.", quoted(&title));
            self.push(ClaimKind::Title, data.bytes.clone(), ClaimStatus::Confirmed, evidence);
        }
    }

    fn framing(&mut self, block: usize, kind: Kind) {
        let Some(bytes) = self.copy().blocks.get(block).map(|block| block.bytes.clone()) else { return };
        let label = labels::of(self.copy().block_text(block));
        match kind {
            Kind::Byline => self.author(bytes),
            Kind::Dateline => self.dateline(bytes),
            Kind::Preface | Kind::Interjection | Kind::Afterword => {
                if label == Some(Label::Source) {
                    self.source_line(&bytes);
                } else if kind == Kind::Preface {
                    self.attribution(&bytes);
                }
                self.declarations(block);
            }
            // Other framing claims nothing about where the text is from; what is not framing is judged elsewhere.
            Kind::Headline | Kind::Subheading | Kind::Caption | Kind::Media | Kind::Link | Kind::Topic => {}
            Kind::EmphasisAdded
            | Kind::EmphasisRemoved
            | Kind::EmphasisChanged
            | Kind::TextInserted
            | Kind::TextDeleted
            | Kind::TextReplaced
            | Kind::TextMoved
            | Kind::ParagraphsSplit
            | Kind::ParagraphsJoined
            | Kind::Typography
            | Kind::HiddenText
            | Kind::Lookalike
            | Kind::InvisibleCharacters => {}
        }
    }

    fn author(&mut self, bytes: ByteRange) {
        let text = self.copy().text.get(bytes.clone()).unwrap_or_default();
        let skip = text.find(' ').map_or(0, |at| at + 1);
        let own = bytes.start + skip..bytes.end;
        let name = text.get(skip..).unwrap_or_default();
        let issued =
            self.publisher.map_or(String::new(), |publisher| format!(" It was issued by {}.", quoted(publisher)));
        let (status, evidence) = match &self.pair.original.metadata.byline {
            Some(byline) if mentions(byline, name) || mentions(name, byline) => {
                (ClaimStatus::Confirmed, format!("The original names {}.", quoted(byline)))
            }
            Some(byline) => (ClaimStatus::Contradicted, format!("The original names {}.", quoted(byline))),
            None => (ClaimStatus::Unverifiable, format!("The original names no author.{issued}")),
        };
        self.push(ClaimKind::Author, own, status, evidence);
    }

    /// "Department of Examples 11 November 2017": who issued it and when, if it speaks of the original.
    fn dateline(&mut self, bytes: ByteRange) {
        let text = self.copy().text.get(bytes.clone()).unwrap_or_default();
        let Some(date) = dates::find(text).into_iter().next() else { return };
        let rest = if date.bytes.start > text.len() - date.bytes.end {
            0..date.bytes.start
        } else {
            date.bytes.end..text.len()
        };
        let name = trimmed(text, rest);
        let words = text.get(name.clone()).unwrap_or_default();
        let ours = self.publisher.is_some_and(|publisher| mentions(publisher, words) || mentions(words, publisher));
        if words.is_empty() || !(ours || self.named_as_source(words)) {
            return;
        }
        let shift = |range: &Range<usize>| bytes.start + range.start..bytes.start + range.end;
        let (status, evidence) = self.issued_by(words);
        self.push(ClaimKind::Publisher, shift(&name), status, evidence);
        let (status, evidence) = self.dated(&date.day);
        self.push(ClaimKind::Date, shift(&date.bytes), status, evidence);
    }

    /// Whether the copy's own source line names `words`.
    fn named_as_source(&self, words: &str) -> bool {
        (0..self.copy().blocks.len()).any(|block| {
            let text = self.copy().block_text(block);
            matches!(self.surroundings.role(block), Some(Role::Framing(_)))
                && labels::of(text) == Some(Label::Source)
                && mentions(text, words)
        })
    }

    fn issued_by(&self, name: &str) -> (ClaimStatus, String) {
        match self.publisher {
            Some(publisher) if mentions(publisher, name) || mentions(name, publisher) => {
                (ClaimStatus::Confirmed, format!("The original gives {} as its publisher.", quoted(publisher)))
            }
            Some(publisher) => {
                (ClaimStatus::Unverifiable, format!("The original gives {} as its publisher.", quoted(publisher)))
            }
            None => (ClaimStatus::Unverifiable, "The original does not say who issued it.".to_owned()),
        }
    }

    fn dated(&self, day: &str) -> (ClaimStatus, String) {
        let front = 0..self.surroundings.bounds.original.start;
        let stated = self.pair.original.metadata.published.as_ref().and_then(|published| published.get(..10));
        let printed: Vec<String> =
            front.flat_map(|block| dates::find(self.pair.original.block_text(block))).map(|date| date.day).collect();
        let days: Vec<&str> = stated.into_iter().chain(printed.iter().map(String::as_str)).collect();
        match days.first() {
            Some(_) if days.contains(&day) => (ClaimStatus::Confirmed, format!("The original is dated {day}.")),
            Some(other) => (ClaimStatus::Contradicted, format!("The original is dated {other}, not {day}.")),
            None => (ClaimStatus::Unverifiable, "The original is not dated.".to_owned()),
        }
    }

    fn source_line(&mut self, bytes: &ByteRange) {
        let text = self.copy().text.get(bytes.clone()).unwrap_or_default();
        let inside = |link: &&crate::extract::Link| link.bytes.start >= bytes.start && link.bytes.end <= bytes.end;
        let link = self.copy().links.iter().find(inside);
        let names = match self.publisher {
            Some(publisher) if mentions(text, publisher) => {
                format!(" It names {}, the original's publisher.", quoted(publisher))
            }
            Some(publisher) => format!(" The original's publisher is {}.", quoted(publisher)),
            None => String::new(),
        };
        let (status, evidence) = match link {
            Some(link) if leads_somewhere(link) => self.leads_to(&link.href),
            Some(_) => (ClaimStatus::Unverifiable, "The link leads nowhere.".to_owned()),
            None => (ClaimStatus::Unverifiable, "The line has no link.".to_owned()),
        };
        self.push(ClaimKind::SourceLink, bytes.clone(), status, format!("{evidence}{names}"));
    }

    fn leads_to(&self, href: &str) -> (ClaimStatus, String) {
        let plain = |address: &str| {
            let address = address.trim().trim_end_matches('/');
            address.strip_prefix("https:").or(address.strip_prefix("http:")).unwrap_or(address).to_ascii_lowercase()
        };
        match self.known.addresses {
            [] => (ClaimStatus::Unverifiable, "The original's own address is not known.".to_owned()),
            known if known.iter().any(|own| plain(own) == plain(href)) => {
                (ClaimStatus::Confirmed, format!("The link leads to the original, {href}."))
            }
            known => {
                let own = known.first().map_or("", String::as_str);
                (ClaimStatus::Unverifiable, format!("The link leads to {href}; the original was taken from {own}."))
            }
        }
    }

    /// "… the statement issued by the Ministry of Examples …"
    fn attribution(&mut self, bytes: &ByteRange) {
        let text = self.copy().text.get(bytes.clone()).unwrap_or_default();
        for phrase in ["issued by ", "released by ", "published by ", "statement by ", "statement from "] {
            let Some(at) = text.find(phrase).map(|at| at + phrase.len()) else { continue };
            let name = at..at + name_length(text.get(at..).unwrap_or_default());
            if name.is_empty() {
                continue;
            }
            let words = text.get(name.clone()).unwrap_or_default();
            let (status, mut evidence) = self.issued_by(words);
            let others =
                self.claims.iter().filter(|claim| claim.0 == ClaimKind::Publisher && !mentions(&claim.1, words));
            if let Some(other) = others.map(|claim| claim.1.clone()).next() {
                evidence = format!("{evidence} The copy itself also names {}.", quoted(&other));
            }
            self.push(ClaimKind::Publisher, bytes.start + name.start..bytes.start + name.end, status, evidence);
            return;
        }
    }

    fn declarations(&mut self, block: usize) {
        let Some(start) = self.copy().blocks.get(block).map(|block| block.bytes.start) else { return };
        let text = self.copy().block_text(block);
        for declared in declarations::find(text) {
            let words = text.get(declared.bytes.clone()).unwrap_or_default();
            if self.pair.original.text.contains(words) {
                continue;
            }
            let (kind, (status, evidence)) = match declared.kind {
                Declared::EmphasisAdded => (ClaimKind::EmphasisDeclared, self.emphasis()),
                Declared::EmphasisInOriginal => continue,
                Declared::Abridged => (ClaimKind::AbridgementDeclared, self.abridged()),
                Declared::Translated => {
                    (ClaimKind::TranslationDeclared, untold("Both texts would have to be read in two languages."))
                }
                Declared::Corrected => (ClaimKind::CorrectionDeclared, untold("The uncorrected text is not at hand.")),
                Declared::Permission => (ClaimKind::Licence, untold("Permission cannot be seen from the two texts.")),
            };
            self.push(kind, start + declared.bytes.start..start + declared.bytes.end, status, evidence);
        }
    }

    fn emphasis(&self) -> (ClaimStatus, String) {
        let found = (self.known.found)(Kind::EmphasisAdded) || (self.known.found)(Kind::EmphasisChanged);
        match () {
            () if found => (ClaimStatus::Confirmed, "Emphasis was found that the original does not have.".to_owned()),
            () if !self.known.emphasis => {
                untold("This format carries no emphasis, so what was emphasised cannot be seen.")
            }
            () if !self.known.styled => untold("No emphasis was found, but not every style sheet was at hand."),
            () => (ClaimStatus::Contradicted, "No emphasis was found that the original does not have.".to_owned()),
        }
    }

    fn abridged(&self) -> (ClaimStatus, String) {
        if (self.known.found)(Kind::TextDeleted) {
            (ClaimStatus::Confirmed, "Parts of the original are missing.".to_owned())
        } else {
            (ClaimStatus::Contradicted, "Nothing of the original is missing.".to_owned())
        }
    }

    /// What only the page's metadata says.
    fn metadata(&mut self) {
        let metadata = &self.copy().metadata;
        if let Some(source) = &metadata.based_on {
            let (status, evidence) = self.leads_to(source);
            self.claims.push((ClaimKind::SourceLink, source.clone(), None, status, evidence));
        }
        if let Some(licence) = &metadata.licence {
            let (status, evidence) = match &self.pair.original.metadata.licence {
                Some(own) if own == licence => {
                    (ClaimStatus::Confirmed, "The original names the same licence.".to_owned())
                }
                Some(_) | None => untold("The original names no such licence."),
            };
            self.claims.push((ClaimKind::Licence, licence.clone(), None, status, evidence));
        }
    }

    fn named(self) -> Vec<Claim> {
        let mut seen = BTreeMap::new();
        let copy = self.pair.copy;
        let name = |(kind, text, bytes, status, evidence): (ClaimKind, String, Option<ByteRange>, _, _)| Claim {
            id: draft::id(&format!("{}\n{text}", kind.slug()), &mut seen),
            kind,
            copy: bytes.map(|bytes| pair::anchor(copy, &bytes, false)),
            text,
            status,
            evidence,
        };
        self.claims.into_iter().map(name).collect()
    }
}

fn untold(evidence: &str) -> (ClaimStatus, String) {
    (ClaimStatus::Unverifiable, evidence.to_owned())
}

/// Whether all words of `name` stand together in `text`, articles aside.
fn mentions(text: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let all = Lexicon::new().words(text).into_iter().filter_map(|word| text.get(word.bytes).map(fold));
        all.filter(|word| !matches!(word.as_str(), "the" | "by" | "of")).map(|word| word.replace('.', "")).collect()
    };
    let (text, name) = (words(text), words(name));
    !name.is_empty() && text.windows(name.len()).any(|run| run == name)
}

/// `range` of `text` without signs and spaces at its edges.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let edge = |c: char| !c.is_alphanumeric();
    // A full stop may belong to an abbreviation, so only what cannot end a name is cut off.
    let start = range.start + part.len() - part.trim_start_matches(edge).len();
    let rest = text.get(start..range.end).unwrap_or_default();
    start..start + rest.trim_end_matches(|c: char| edge(c) && c != '.' && c != ')').len()
}

/// The bytes of the names that `text` begins with, joined by "and", "of", "the".
fn name_length(text: &str) -> usize {
    let (mut end, mut last) = (0, 0);
    for word in Lexicon::new().words(text) {
        let own = text.get(word.bytes.clone()).unwrap_or_default();
        let between = text.get(last..word.bytes.start).unwrap_or_default();
        last = word.bytes.end;
        if end > 0 && between.chars().any(|c| !c.is_whitespace() && !matches!(c, '.' | '-')) {
            break;
        }
        match own {
            _ if own.starts_with(char::is_uppercase) => end = word.bytes.end,
            "the" | "and" | "of" | "for" | "&" => {}
            _ => break,
        }
    }
    end
}
