//! What comes out: the style of one element as a browser computes it, for the properties that set text off or hide it.

use super::elsewhere::Elsewhere;
use super::value::blend::Blend;
use super::value::colour::Rgba;
use super::value::font::Face;
use super::value::keyword::Position;

/// The computed style of one element, which is also that of the text directly inside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Style {
    /// Stroke thickness, 1 to 1000; 400 is regular, 700 bold.
    pub(crate) font_weight: u16,
    /// Whether the text slants (`italic` or `oblique`).
    pub(crate) italic: bool,
    /// In CSS pixels.
    pub(crate) font_size: f32,
    /// Whether small capitals are set.
    pub(crate) small_caps: bool,
    /// What the name of the typeface says of its letters.
    pub(crate) face: Face,
    /// How much larger than its size the text is drawn.
    pub(crate) zoom: f32,
    /// A shadow behind the letters.
    pub(crate) glow: bool,
    /// Letters drawn thicker by a stroke.
    pub(crate) stroke: bool,
    /// Marks set over or under the letters.
    pub(crate) marks: bool,
    /// In CSS pixels, between words.
    pub(crate) word_spacing: f32,
    /// Lines of text for which the box has room, where it cuts off what is more.
    pub(crate) room: Option<f32>,
    /// The colour of the text, fill colour included.
    pub(crate) colour: Rgba,
    /// The element's own background, if it paints one.
    pub(crate) background: Option<Rgba>,
    /// Whether the element paints a picture or gradient behind its text.
    pub(crate) background_image: bool,
    /// Whether it, or an inline element around its text, paints a gradient behind it: how highlighters are often drawn.
    pub(crate) gradient: bool,
    /// The colour the text stands on, ancestors included; `None` over a picture or gradient.
    pub(crate) backdrop: Option<Rgba>,
    /// The lines drawn on the text, those of ancestors included.
    pub(crate) lines: Lines,
    /// How letters change case on the way to the screen.
    pub(crate) transform: TextTransform,
    /// In CSS pixels, beyond the font's own.
    pub(crate) letter_spacing: f32,
    /// Whether any side of the box shows a border.
    pub(crate) border: bool,
    /// Whether a frame goes all round it: a border on every side, an outline, a shadow.
    pub(crate) framed: bool,
    /// What box the element makes.
    pub(crate) display: Display,
    /// What becomes of white space in the source.
    pub(crate) white_space: WhiteSpace,
    /// Whether the reader can select (and so copy) the text.
    pub(crate) selectable: bool,
    /// Whether the box is taken to one side, as drop caps are.
    pub(crate) float: bool,
    /// Whether the box is taken out of the flow (`absolute` or `fixed`).
    pub(crate) out_of_flow: bool,
    /// Whether CSS lays the letters out in another order than the source has them.
    pub(crate) reordered: bool,
    /// Whether the text's base direction is from right to left.
    pub(crate) rtl: bool,
    /// Whether it lies over its whole containing block and lets nothing shine through.
    pub(super) covers: bool,
    /// What hides the text, if anything does.
    pub(crate) hidden: Option<Hiding>,
    /// What other screens make of it.
    pub(crate) elsewhere: Elsewhere,
    pub(super) carried: Carried,
}

impl Style {
    /// Whether the element's box is in sight with what it shows: its text, or the picture that stands in place of text.
    pub(crate) fn is_seen(&self) -> bool {
        let replaced =
            |hidden: Hiding| hidden.by == HiddenBy::Element && self.carried.buried.is_none() && self.carried.visible;
        self.hidden.is_none_or(replaced)
    }
}

/// What children need to know of their parent beyond what the extractor asks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Carried {
    /// `color`; [`Style::colour`] may be a fill colour laid over it.
    pub(super) colour: Rgba,
    /// `-webkit-text-fill-color`, where it is not `currentcolor`.
    pub(super) fill: Option<Rgba>,
    /// `visibility: visible`.
    pub(super) visible: bool,
    /// Product of all opacities from the root down.
    pub(super) opacity: f32,
    /// In CSS pixels; negative ones push text out of sight.
    pub(super) text_indent: f32,
    /// All left margins from the root down, in CSS pixels: grids push a column far off and its box back again.
    pub(super) shift: f32,
    /// `text-shadow` paints something, or the fill is a picture clipped to the text.
    pub(super) shadow: bool,
    /// Dots stand in place of the letters.
    pub(super) dotted: bool,
    /// Letters are drawn at no size, whatever size is set.
    pub(super) no_size: bool,
    /// How the letters mix with what is behind.
    pub(super) blend: Blend,
    /// Whether a filter turns their colour round.
    pub(super) inverted: bool,
    /// `line-height` is zero.
    pub(super) no_leading: bool,
    /// A box cuts off all that is higher than its lines, which have no height.
    pub(super) flat: bool,
    /// What an ancestor hides, which no descendant can undo.
    pub(super) buried: Option<Hiding>,
    /// `quotes`.
    pub(super) quotes: Quotes,
    /// Whether the children become blocks.
    pub(super) flexible: bool,
    /// `position`.
    pub(super) position: Position,
    /// `text-decoration-line` of the element itself.
    pub(super) own_lines: Lines,
}

/// Which marks `open-quote` and `close-quote` print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quotes {
    /// By the language of the page.
    Auto,
    /// None at all.
    None,
    /// The two pairs given: outer opening and closing, inner opening and closing.
    Given([char; 4]),
}

/// Why the text of an element is not seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hiding {
    /// The means.
    pub(crate) by: HiddenBy,
    /// Whether pages hide such text as a rule: scripts, closed details, labels for screen readers.
    pub(crate) ordinary: bool,
}

/// The means by which text is kept from sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HiddenBy {
    /// `display: none`.
    Display,
    /// The `hidden` attribute.
    Attribute,
    /// An element browsers never paint, such as `<script>` or `<template>`.
    Element,
    /// What stands inside `<details>` while it is closed.
    ClosedDetails,
    /// `visibility: hidden` or `collapse`.
    Visibility,
    /// `content-visibility: hidden`.
    ContentVisibility,
    /// An opacity of nothing, by `opacity` or `filter`.
    Opacity,
    /// Type too small to be seen.
    FontSize,
    /// `clip` or `clip-path` leaves nothing.
    Clip,
    /// The box, or the text in it, stands far off the page.
    OffScreen,
    /// A box without width or height that cuts off what overflows.
    ZeroSize,
    /// `transform: scale(0)` and the like.
    Transform,
    /// A filter that blurs the letters or gives all one colour.
    Filter,
    /// A mask that lets nothing through.
    Mask,
    /// A box laid over it.
    Covered,
    /// Dots in place of letters.
    Dots,
    /// A transparent colour.
    Transparent,
    /// The colour of the background behind it.
    BackgroundColour,
}

/// A picture behind text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Picture {
    /// None at all.
    #[default]
    None,
    /// One that has to be fetched: an icon, a photograph.
    Fetched,
    /// One that the sheet itself draws.
    Gradient,
    /// One of a single colour.
    Flat(Rgba),
}

impl Picture {
    /// What the CSS function `name` draws, given the colours it is made of.
    pub(crate) fn of_function(name: &str, colours: &[Option<Rgba>]) -> Self {
        if !name.to_ascii_lowercase().ends_with("gradient") {
            return Self::Fetched;
        }
        match colours {
            [Some(first), rest @ ..] if rest.iter().all(|own| own.is_some_and(|own| own.is_near(*first))) => {
                Self::Flat(*first)
            }
            _ => Self::Gradient,
        }
    }
}

impl HiddenBy {
    /// The means in words, as reports print them.
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::Display => "display: none",
            Self::Attribute => "the hidden attribute",
            Self::Element => "an element that is never shown",
            Self::ClosedDetails => "a closed <details>",
            Self::Visibility => "visibility: hidden",
            Self::ContentVisibility => "content-visibility: hidden",
            Self::Opacity => "opacity: 0",
            Self::FontSize => "font-size: 0",
            Self::Clip => "clipping",
            Self::OffScreen => "a position off the page",
            Self::ZeroSize => "a box of no size",
            Self::Transform => "a transform",
            Self::Filter => "a filter",
            Self::Mask => "a mask",
            Self::Covered => "a box laid over it",
            Self::Dots => "dots in place of letters",
            Self::Transparent => "a transparent colour",
            Self::BackgroundColour => "the colour of its background",
        }
    }
}

/// A set of lines drawn along text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lines(u8);

impl Lines {
    /// No line.
    pub(crate) const NONE: Self = Self(0);
    /// A line under the text.
    pub(crate) const UNDER: Self = Self(1);
    /// A line over the text.
    pub(crate) const OVER: Self = Self(2);
    /// A line through the text.
    pub(crate) const THROUGH: Self = Self(4);

    /// The lines of both sets.
    #[must_use]
    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all lines of `other` are drawn.
    pub(crate) fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// `text-transform`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum TextTransform {
    #[default]
    None,
    Uppercase,
    Lowercase,
    Capitalize,
}

/// `display`, as far as it matters to text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Display {
    None,
    Contents,
    #[default]
    Inline,
    Ruby,
    RubyText,
    InlineBlock,
    /// Flex and grid containers too.
    Block,
    ListItem,
    Table,
    TableRowGroup,
    TableRow,
    TableCell,
    TableCaption,
    TableColumn,
}

/// What becomes of white space in the source.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum WhiteSpace {
    /// Runs become one space.
    #[default]
    Collapse,
    /// Everything is kept.
    Preserve,
    /// Line breaks are kept, runs of spaces become one.
    PreserveBreaks,
}

impl Style {
    /// The style of the page itself, before any element: what the root inherits.
    pub(crate) const INITIAL: Self = Self {
        font_weight: 400,
        italic: false,
        font_size: 16.0,
        small_caps: false,
        face: Face { bold: false, italic: false, small_caps: false, name: 0 },
        zoom: 1.0,
        glow: false,
        stroke: false,
        marks: false,
        word_spacing: 0.0,
        room: None,
        colour: Rgba::BLACK,
        background: None,
        background_image: false,
        gradient: false,
        backdrop: Some(Rgba::WHITE),
        lines: Lines::NONE,
        transform: TextTransform::None,
        letter_spacing: 0.0,
        border: false,
        framed: false,
        display: Display::Block,
        white_space: WhiteSpace::Collapse,
        selectable: true,
        float: false,
        out_of_flow: false,
        reordered: false,
        rtl: false,
        covers: false,
        hidden: None,
        elsewhere: Elsewhere::NONE,
        carried: Carried {
            colour: Rgba::BLACK,
            fill: None,
            visible: true,
            opacity: 1.0,
            text_indent: 0.0,
            shift: 0.0,
            shadow: false,
            dotted: false,
            no_size: false,
            blend: Blend::Normal,
            inverted: false,
            no_leading: false,
            flat: false,
            buried: None,
            quotes: Quotes::Auto,
            flexible: false,
            position: Position::Static,
            own_lines: Lines::NONE,
        },
    };
}
