//! What extraction gives: one text, and everything else as spans over it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{declarations::Declaration, labels::Label, wording::Wording};

/// A range of byte offsets into [`Document::text`], always on character boundaries.
pub type ByteRange = Range<usize>;

/// A source as a reader sees it: one text in normal form; blocks, emphasis and links are spans over it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The blocks' text joined with `\n`: NFC, whitespace runs folded to one space, hidden text left out.
    pub text: String,
    /// The blocks in reading order. They cover `text` but for the `\n` between them.
    pub blocks: Vec<Block>,
    /// The elements that hold the blocks, outer ones first.
    pub containers: Vec<Container>,
    /// Passages set off from the block they stand in: sorted, not overlapping, never across blocks.
    pub emphasis: Vec<Emphasis>,
    /// Passages that plain markup (`<b>`, `<em>`, …, without class or style) means to set off, whether or not a sheet shows
    /// them so: sorted, not overlapping.
    pub meant: Vec<Emphasis>,
    /// Links, sorted by where they begin.
    pub links: Vec<Link>,
    /// What the markup itself calls a quotation within a line (`<q>`): the browser, not the text, draws its marks.
    pub quoted: Vec<ByteRange>,
    /// What the markup itself calls the source of something (`<cite>`), in order.
    pub cited: Vec<ByteRange>,
    /// Signs that lead to a note and are not read with the words: raised figures behind a word, links within the page.
    pub marks: Vec<ByteRange>,
    /// Text in the markup that no reader sees.
    pub hidden: Vec<Hidden>,
    /// Text of which it is not certain that every reader sees it as it is read here; in order for each reason.
    pub doubtful: Vec<Doubtful>,
    /// Pictures and players.
    pub media: Vec<Media>,
    /// What the document says of itself.
    pub metadata: Metadata,
    /// How the running text as a whole is set, where that is a face of its own: all of it in italics, say.
    pub face: Styles,
    /// Whether the format can carry emphasis at all.
    pub carries_emphasis: bool,
    /// The charset the bytes were read in, by its WHATWG name in lower case.
    pub charset: String,
    /// The charset that was declared, as it was written.
    pub declared_charset: Option<String>,
    /// What could not be read, as limits of the report.
    pub notes: Vec<Note>,
    /// What the blocks say of themselves; see [`Document::label`].
    pub(crate) wording: Wording,
}

impl Document {
    /// The text of block `index`.
    ///
    /// # Panics
    /// If there is no such block.
    pub fn block_text(&self, index: usize) -> &str {
        &self.text[self.blocks[index].bytes.clone()]
    }

    /// What kind of line block `index` says it is by its wording. Only known of what [`read`](super::read) gave.
    pub fn label(&self, index: usize) -> Option<Label> {
        self.wording.label(index)
    }

    /// What block `index` declares was done to the text, in bytes of the block. Only known of what [`read`](super::read) gave.
    pub fn declarations(&self, index: usize) -> &[Declaration] {
        self.wording.declarations(index)
    }

    /// The containers of block `index`, innermost first.
    pub fn containers_of(&self, index: usize) -> impl Iterator<Item = &Container> {
        let first = self.blocks.get(index).and_then(|block| self.containers.get(block.container));
        std::iter::successors(first, |inner| inner.parent.and_then(|outer| self.containers.get(outer)))
    }

    /// The index of the block that holds byte offset `at` (the block before, where `at` is a separator).
    pub fn block_at(&self, at: usize) -> usize {
        self.blocks.partition_point(|block| block.bytes.start <= at).saturating_sub(1)
    }
}

/// Text that some readers may see otherwise, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubtful {
    /// Where it stands.
    pub bytes: ByteRange,
    /// Why.
    pub why: Doubt,
}

/// Why text may be seen otherwise than it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// A sheet hides it on phones.
    OffPhones,
    /// A sheet hides it from readers who prefer dark pages.
    OffDark,
    /// A sheet hides it on wide screens.
    OffWide,
    /// A sheet sets it off on phones only.
    LoudOnPhones,
    /// A sheet sets it off only for readers who prefer dark pages.
    LoudInDark,
    /// A sheet sets it off on wide screens only.
    LoudOnWide,
    /// Its letters are drawn by a typeface that comes with the page.
    OwnFont,
    /// It stands in a box that has no room for it and lets nothing overflow.
    CutOff,
}

impl Doubt {
    /// All reasons.
    pub const ALL: [Self; 8] = [
        Self::OffPhones,
        Self::OffDark,
        Self::OffWide,
        Self::LoudOnPhones,
        Self::LoudInDark,
        Self::LoudOnWide,
        Self::OwnFont,
        Self::CutOff,
    ];

    /// Those that come of other screens.
    pub const ELSEWHERE: [Self; 6] =
        [Self::OffPhones, Self::OffDark, Self::OffWide, Self::LoudOnPhones, Self::LoudInDark, Self::LoudOnWide];

    /// Whether it says something only of a part of a text: what sets off all of it sets off nothing.
    pub fn is_of_a_part(self) -> bool {
        match self {
            Self::LoudOnPhones | Self::LoudInDark | Self::LoudOnWide | Self::OwnFont => true,
            Self::OffPhones | Self::OffDark | Self::OffWide | Self::CutOff => false,
        }
    }
}

/// A paragraph, heading, list item, quotation, table cell, caption or preformatted passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// Where its text stands.
    pub bytes: ByteRange,
    /// What it is.
    pub kind: BlockKind,
    /// The element it stands in: an index into [`Document::containers`].
    pub container: usize,
    /// How the block as a whole is set.
    pub base: BlockStyle,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// An item of a list, or a term or description of a definition list.
    ListItem,
    /// A quotation set as a block.
    Quotation,
    /// A table cell.
    Cell,
    /// A table's head cell.
    HeadCell,
    /// A caption of a figure or table.
    Caption,
    /// Preformatted text.
    Preformatted,
}

/// An element that holds blocks: facts about the markup, judged later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Container {
    /// The container around it; none for the outermost.
    pub parent: Option<usize>,
    /// Its tag name.
    pub tag: String,
    /// The landmark it is, if it is one.
    pub landmark: Option<Landmark>,
    /// What its `class`, `id` and `role` say it is for.
    pub hints: Vec<Hint>,
    /// Whether it carries a `style` attribute or presentational markup that sets text off.
    pub styled: bool,
}

/// What a class name, id or role says an element is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say what they are; `data/hints.txt` lists the words behind each")]
pub enum Hint {
    Navigation,
    Share,
    Subscribe,
    Comments,
    Related,
    Advertisement,
    Consent,
    Author,
    Date,
    Headline,
    Topic,
    Caption,
    PullQuote,
    Note,
    Sidebar,
    Standfirst,
    Footer,
    Article,
}

/// An element that says what its content is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the HTML element or ARIA landmark of the same name")]
pub enum Landmark {
    Main,
    Article,
    Header,
    Footer,
    Nav,
    Aside,
    Form,
    Button,
    Figure,
    Dialog,
    Details,
}

/// How a block as a whole is set: what emphasis inside it is measured against.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BlockStyle {
    /// Styles the block's own element has against the page's running text.
    pub styles: Styles,
    /// Whether those come from the element's own `style` attribute or presentational markup, not from a sheet.
    pub inline: bool,
}

/// A way of setting words off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the report's own")]
pub enum Style {
    Bold,
    Italic,
    Underline,
    Strike,
    Highlight,
    Colour,
    Size,
    Capitals,
    SmallCaps,
    Spacing,
    Border,
}

impl Style {
    /// All styles, in the order reports list them.
    pub const ALL: [Self; 11] = [
        Self::Bold,
        Self::Italic,
        Self::Underline,
        Self::Strike,
        Self::Highlight,
        Self::Colour,
        Self::Size,
        Self::Capitals,
        Self::SmallCaps,
        Self::Spacing,
        Self::Border,
    ];

    /// The name reports use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Bold => "bold",
            Self::Italic => "italic",
            Self::Underline => "underline",
            Self::Strike => "strike",
            Self::Highlight => "highlight",
            Self::Colour => "colour",
            Self::Size => "size",
            Self::Capitals => "capitals",
            Self::SmallCaps => "small-caps",
            Self::Spacing => "spacing",
            Self::Border => "border",
        }
    }
}

/// A set of styles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Styles(u16);

impl Styles {
    /// No style at all.
    pub const NONE: Self = Self(0);

    /// Whether nothing is set off.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether `style` is in the set.
    pub fn contains(self, style: Style) -> bool {
        self.0 & (1 << style as u16) != 0
    }

    /// The set with `style` in it.
    #[must_use]
    pub const fn with(self, style: Style) -> Self {
        Self(self.0 | 1 << style as u16)
    }

    /// What is in this set and not in `other`.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// What is in either set.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The styles, in the order reports list them.
    pub fn iter(self) -> impl Iterator<Item = Style> {
        Style::ALL.into_iter().filter(move |style| self.contains(*style))
    }
}

impl FromIterator<Style> for Styles {
    fn from_iter<I: IntoIterator<Item = Style>>(styles: I) -> Self {
        styles.into_iter().fold(Self::NONE, Self::with)
    }
}

/// Words set off from the block they stand in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emphasis {
    /// The words.
    pub bytes: ByteRange,
    /// How they are set off; never empty.
    pub styles: Styles,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words it is laid over.
    pub bytes: ByteRange,
    /// Its target as written.
    pub href: String,
}

/// Text in the markup that no reader sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Where in [`Document::text`] it would stand, in bytes.
    pub at: usize,
    /// The text itself, in normal form.
    pub text: String,
    /// What hides it, such as `display: none`.
    pub by: &'static str,
    /// Whether the visible text goes on in the same block on either side.
    pub inside_block: bool,
    /// Where it is a paragraph of its own, the element it stands in: an index into [`Document::containers`].
    pub paragraph_in: Option<usize>,
    /// Whether the reader can unfold it: what a closed `<details>` holds.
    pub folded: bool,
    /// Whether a site hides such labels as a rule: made for screen readers, templates, menus folded away.
    pub ordinary: bool,
}

/// A picture or player.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// Where in [`Document::text`] it stands, in bytes.
    pub at: usize,
    /// Its address as written.
    pub src: String,
    /// The text that stands for it, if any.
    pub alt: String,
    /// What it is.
    pub kind: MediaKind,
    /// Whether it stands in the middle of a sentence, as a word would.
    pub in_sentence: bool,
}

/// What shows something that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MediaKind {
    /// A picture or drawing.
    Picture,
    /// Sound or moving pictures.
    Player,
    /// Another page in a frame.
    Frame,
    /// Another document or program, such as a PDF.
    Embedded,
    /// What a script draws.
    Canvas,
    /// A field with a text of its own, such as one to be copied out.
    Field,
}

/// What a document says of itself. A fact not stated is absent, never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Its title.
    pub title: Option<String>,
    /// Its authors as printed.
    pub byline: Option<String>,
    /// When it says it was published: `YYYY-MM-DD` or RFC 3339.
    pub published: Option<String>,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// The name of the site (`og:site_name`), where the page names another publisher besides.
    pub site: Option<String>,
    /// The address it calls its own.
    pub canonical: Option<String>,
    /// Where it says it comes from (JSON-LD `isBasedOn`, `<meta name="original-source">`, …).
    pub based_on: Option<String>,
    /// Its licence, as an address or a name.
    pub licence: Option<String>,
    /// Its language, a BCP 47 tag.
    pub language: Option<String>,
}

/// Something that could not be read or checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The limit's code.
    pub code: String,
    /// One plain sentence.
    pub message: String,
}
