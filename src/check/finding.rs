//! Findings: what one is, what kinds there are and how grave each is.
//!
//! The enums are the report's vocabulary (`docs/findings/`). Every kind has an arm in each `match` here, a page in
//! `docs/findings/` and a case in `snapshots/cases`; a test fails until all exist.

use serde::{Deserialize, Serialize};

use crate::extract::Style;

/// What kind of difference a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each kind has a page of its own under docs/findings")]
pub enum Kind {
    EmphasisAdded,
    EmphasisRemoved,
    EmphasisChanged,
    TextInserted,
    TextDeleted,
    TextReplaced,
    TextMoved,
    ParagraphsSplit,
    ParagraphsJoined,
    Typography,
    HiddenText,
    Lookalike,
    InvisibleCharacters,
    Headline,
    Byline,
    Dateline,
    Preface,
    Interjection,
    Subheading,
    Caption,
    Media,
    Link,
    Afterword,
    Topic,
}

impl Kind {
    /// All kinds, class by class.
    pub const ALL: [Self; 24] = [
        Self::EmphasisAdded,
        Self::EmphasisRemoved,
        Self::EmphasisChanged,
        Self::TextInserted,
        Self::TextDeleted,
        Self::TextReplaced,
        Self::TextMoved,
        Self::ParagraphsSplit,
        Self::ParagraphsJoined,
        Self::Typography,
        Self::HiddenText,
        Self::Lookalike,
        Self::InvisibleCharacters,
        Self::Headline,
        Self::Byline,
        Self::Dateline,
        Self::Preface,
        Self::Interjection,
        Self::Subheading,
        Self::Caption,
        Self::Media,
        Self::Link,
        Self::Afterword,
        Self::Topic,
    ];

    /// The name reports use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::EmphasisAdded => "emphasis-added",
            Self::EmphasisRemoved => "emphasis-removed",
            Self::EmphasisChanged => "emphasis-changed",
            Self::TextInserted => "text-inserted",
            Self::TextDeleted => "text-deleted",
            Self::TextReplaced => "text-replaced",
            Self::TextMoved => "text-moved",
            Self::ParagraphsSplit => "paragraphs-split",
            Self::ParagraphsJoined => "paragraphs-joined",
            Self::Typography => "typography",
            Self::HiddenText => "hidden-text",
            Self::Lookalike => "lookalike",
            Self::InvisibleCharacters => "invisible-characters",
            Self::Headline => "headline",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Preface => "preface",
            Self::Interjection => "interjection",
            Self::Subheading => "subheading",
            Self::Caption => "caption",
            Self::Media => "media",
            Self::Link => "link",
            Self::Afterword => "afterword",
            Self::Topic => "topic",
        }
    }

    /// The class the kind belongs to.
    pub fn class(self) -> Class {
        match self {
            Self::EmphasisAdded | Self::EmphasisRemoved | Self::EmphasisChanged => Class::Emphasis,
            Self::TextInserted
            | Self::TextDeleted
            | Self::TextReplaced
            | Self::TextMoved
            | Self::ParagraphsSplit
            | Self::ParagraphsJoined
            | Self::Typography => Class::Edit,
            Self::HiddenText | Self::Lookalike | Self::InvisibleCharacters => Class::Concealment,
            Self::Headline
            | Self::Byline
            | Self::Dateline
            | Self::Preface
            | Self::Interjection
            | Self::Subheading
            | Self::Caption
            | Self::Media
            | Self::Link
            | Self::Afterword
            | Self::Topic => Class::Framing,
        }
    }
}

/// The four families of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The words are the same, set off differently.
    Emphasis,
    /// Words were changed, or their breaks and signs.
    Edit,
    /// The markup holds other words than the reader sees.
    Concealment,
    /// What the republisher put around the text.
    Framing,
}

/// How grave a finding is, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing, alters nothing.
    Note,
    /// The reader is led.
    Warning,
    /// The statement says something else.
    Error,
}

impl Severity {
    /// The name reports use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a change of words touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the report's own and explained in docs/findings")]
pub enum Facet {
    Number,
    Date,
    Negation,
    Name,
    Modality,
    Quantity,
    Attribution,
    Quotation,
    HouseStyle,
    Bracketed,
    Ellipsis,
}

impl Facet {
    /// All facets, in the order reports list them.
    pub const ALL: [Self; 11] = [
        Self::Number,
        Self::Date,
        Self::Negation,
        Self::Name,
        Self::Modality,
        Self::Quantity,
        Self::Attribution,
        Self::Quotation,
        Self::HouseStyle,
        Self::Bracketed,
        Self::Ellipsis,
    ];

    /// The name reports use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
            Self::Negation => "negation",
            Self::Name => "name",
            Self::Modality => "modality",
            Self::Quantity => "quantity",
            Self::Attribution => "attribution",
            Self::Quotation => "quotation",
            Self::HouseStyle => "house-style",
            Self::Bracketed => "bracketed",
            Self::Ellipsis => "ellipsis",
        }
    }
}

/// A passage of one document: a W3C TextQuoteSelector plus a position.
///
/// Several paragraphs of one element that went together are one passage: it begins in `block`, `exact` joins the blocks'
/// texts with `\n`, and `end` counts on through these line breaks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The index of the block.
    pub block: usize,
    /// Where the passage begins in the block's text, in code points.
    pub start: usize,
    /// Where it ends, exclusive, in code points.
    pub end: usize,
    /// The whole passage.
    pub exact: String,
    /// At most 32 code points of the block before it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefix: String,
    /// At most 32 code points of the block after it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub suffix: String,
}

/// A point in the other document where a pure insertion or deletion would stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The index of the block.
    pub block: usize,
    /// The offset in the block's text, in code points.
    pub offset: usize,
}

/// One alteration, or one piece of framing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable across runs: derived from kind, the anchors' text and how often that came before.
    pub id: String,
    /// What kind of difference it is.
    pub kind: Kind,
    /// The family of `kind`.
    pub class: Class,
    /// How grave it is.
    pub severity: Severity,
    /// One plain sentence.
    pub message: String,
    /// The id of the claim that announces it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_by: Option<String>,
    /// The passage of the original; absent for pure insertions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub original: Option<Anchor>,
    /// The passage of the copy; absent for pure deletions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<Anchor>,
    /// For a pure insertion, where it would stand in the original; for a pure deletion, where in the copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Point>,
    /// For emphasis: how the words are set off, or no longer are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub styles: Vec<Style>,
    /// What a change of words touches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
    /// For a link: its target as written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Which witnesses carry the copy's wording.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supported_by: Vec<usize>,
}
