//! What the copy says about its own origin and about what was done to the text, each claim held against the original.
//!
//! Claims are read from the framing and from what was put into the text: the statement's own words are not the republisher's. A
//! claim that nothing at hand can settle is `unverifiable`, and one is `contradicted` only where the original says otherwise in so
//! many words. `origin` reads who, when and whence, `source` what the page says it was taken from, `issuers` whether it
//! names more than one, `declared` with `reach` and `told` what was done;
//! `names`, `days` and `licence` know when two ways of writing are the same.

mod days;
mod declared;
mod issuers;
mod licence;
mod names;
mod origin;
mod reach;
mod source;
mod told;

use std::collections::BTreeMap;

use super::{
    Claim, ClaimKind, ClaimStatus, Finding, Kind, draft,
    framing::{Role, Surroundings},
    pair::{self, Pair},
};
use crate::{
    extract::{ByteRange, Document, declarations::Declared, labels::Label},
    text::words::fold,
};
use told::Told;

/// What is known of the comparison when claims are held against it.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    /// Addresses the original was asked for at, answered from, or calls its own.
    pub(super) addresses: &'a [String],
    /// Whether both formats carry emphasis.
    pub(super) emphasis: bool,
    /// Whether every style sheet of the copy was at hand, and of the original.
    pub(super) styled: [bool; 2],
    /// Whether the copy is an article of its own that quotes.
    pub(super) quoting: bool,
    /// How much of the original is in the copy.
    pub(super) share: f64,
    /// What was found.
    pub(super) findings: &'a [Finding],
}

/// A claim and the findings that it announces, by their place in the list.
pub(super) struct Held {
    pub(super) claim: Claim,
    pub(super) announces: Vec<usize>,
}

/// A claim before it has a name.
struct Draft {
    kind: ClaimKind,
    declares: Option<Declared>,
    text: String,
    /// None where only the page's metadata says so.
    bytes: Option<ByteRange>,
    status: ClaimStatus,
    evidence: String,
    announces: Vec<usize>,
}

/// Makes the republisher's own words of what was put into the text only to say what was done to it.
pub(super) fn interject(pair: &Pair<'_>, drafts: &mut [draft::Draft]) {
    told::interject(pair, drafts);
}

/// Reads the claims and holds each against the original.
pub(super) fn find(pair: &Pair<'_>, surroundings: &Surroundings<'_>, known: &Known<'_>) -> Vec<Held> {
    let mut reader = Reader { pair, surroundings, known, publisher: publisher(pair, surroundings), claims: Vec::new() };
    reader.title();
    let mut told = Told::of(pair);
    for block in 0..pair.copy.blocks.len() {
        match surroundings.role(block) {
            Some(Role::Framing(kind)) => reader.framing(block, kind, &mut told),
            Some(Role::Furniture(..)) => {}
            Some(Role::Inserted) | None => reader.declarations(block, &mut told),
        }
    }
    reader.metadata();
    reader.contradictions_within();
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
    claims: Vec<Draft>,
}

impl<'a> Reader<'a> {
    fn copy(&self) -> &'a Document {
        self.pair.copy
    }

    /// Adds a claim, once: a line may be read as an introduction and as a source line.
    fn push(&mut self, kind: ClaimKind, bytes: ByteRange, (status, evidence): (ClaimStatus, String)) {
        if self.claims.iter().any(|claim| claim.kind == kind && claim.bytes.as_ref() == Some(&bytes)) {
            return;
        }
        let text = self.copy().text.get(bytes.clone()).unwrap_or_default().to_owned();
        self.claims.push(Draft {
            kind,
            declares: None,
            text,
            bytes: Some(bytes),
            status,
            evidence,
            announces: Vec::new(),
        });
    }

    /// Adds what only the page's metadata says.
    fn push_unseen(&mut self, kind: ClaimKind, text: &str, (status, evidence): (ClaimStatus, String)) {
        self.claims.push(Draft {
            kind,
            declares: None,
            text: text.to_owned(),
            bytes: None,
            status,
            evidence,
            announces: Vec::new(),
        });
    }

    fn framing(&mut self, block: usize, kind: Kind, told: &mut Told) {
        let Some(bytes) = self.copy().blocks.get(block).map(|block| block.bytes.clone()) else { return };
        let label = self.copy().label(block);
        match kind {
            Kind::Byline => {
                self.author(bytes);
                self.declarations(block, told);
            }
            Kind::Dateline => {
                self.dateline(bytes);
                self.declarations(block, told);
            }
            Kind::Preface | Kind::Interjection | Kind::Afterword => {
                if label == Some(Label::Source) {
                    self.source_line(&bytes);
                } else if kind == Kind::Preface {
                    self.attribution(&bytes);
                }
                self.declarations(block, told);
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

    /// What only the page's metadata says.
    fn metadata(&mut self) {
        let mine = &self.copy().metadata;
        if let Some(source) = &mine.based_on {
            let held = if source.contains("://") { self.leads_to(source) } else { self.issued_by(source) };
            self.push_unseen(ClaimKind::SourceLink, source, held);
        }
        if let Some(canonical) = mine.canonical.as_ref().filter(|canonical| self.is_original(canonical)) {
            let evidence = format!("The page names the original's own address, {canonical}, as its canonical one.");
            self.push_unseen(ClaimKind::SourceLink, canonical, (ClaimStatus::Confirmed, evidence));
        }
        if let Some(licence) = &mine.licence {
            let held = licence::held(licence, self.pair.original);
            self.push_unseen(ClaimKind::Licence, licence, held);
        }
        self.issuers();
    }

    fn named(self) -> Vec<Held> {
        let mut seen = BTreeMap::new();
        let copy = self.pair.copy;
        let name = |draft: Draft| {
            let Draft { kind, declares, text, bytes, status, evidence, announces } = draft;
            let id = draft::id(&format!("{}\n{text}", kind.slug()), &mut seen);
            let copy = bytes.map(|bytes| pair::anchor(copy, &bytes, false));
            Held { claim: Claim { id, kind, declares, text, copy, status, evidence }, announces }
        };
        self.claims.into_iter().map(name).collect()
    }
}

fn untold(evidence: &str) -> (ClaimStatus, String) {
    (ClaimStatus::Unverifiable, evidence.to_owned())
}
