//! From what was declared to the style of an element, given its parent's.

use super::cascade::Winners;
use super::hiding::{self, Frame};
use super::property::{Longhand as L, Value, Wide};
use super::style::{Carried, Display, Lines, Picture, Style};
use super::value::blend::Blend;
use super::value::colour::Rgba;
use super::value::decor::Ring;
use super::value::keyword::{Boxed, Position};
use super::value::length::{Length, Scale};
use super::value::place::{Filter, Moved, Overflow};

/// What type counts for that is scaled up, whatever the factor.
const LARGER: f32 = 1.2;

/// What an element is, beside what is declared for it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Nature {
    /// It is the root of the page.
    pub(super) root: bool,
    /// It has a `hidden` attribute.
    pub(super) hidden_attribute: bool,
    /// Browsers show something else in place of its content.
    pub(super) replaced: bool,
    /// It is `<details>` and closed.
    pub(super) closed: bool,
    /// It stands in closed `<details>` and is not their summary.
    pub(super) folded: bool,
    /// It is to be computed as if nothing hid it.
    pub(super) shown: bool,
}

/// Reads winning values, with the parent's style to fall back on.
pub(super) struct Reader<'w, 'd> {
    pub(super) winners: &'w Winners<'d>,
    pub(super) parent: &'w Style,
    /// The font size of the root element, in pixels.
    pub(super) rem: f32,
}

impl<'d> Reader<'_, 'd> {
    /// The value declared for `longhand`; `Err` with whether to take the parent's where there is none.
    fn declared(&self, longhand: L) -> Result<&'d Value, bool> {
        match self.winners.get(longhand) {
            None | Some(Value::Pending(..)) => Err(longhand.inherits()),
            Some(Value::Wide(Wide::Inherit)) => Err(true),
            Some(Value::Wide(Wide::Initial)) => Err(false),
            Some(Value::Wide(Wide::Unset | Wide::Revert | Wide::RevertLayer)) => Err(longhand.inherits()),
            Some(value) => Ok(value),
        }
    }

    /// The value of `longhand` as `read` from what is declared, or the parent's, or the initial one.
    fn value<T>(&self, longhand: L, inherited: T, initial: T, read: impl FnOnce(&Value) -> Option<T>) -> T {
        match self.declared(longhand) {
            Ok(value) => read(value).unwrap_or(initial),
            Err(true) => inherited,
            Err(false) => initial,
        }
    }

    pub(super) fn flag(&self, longhand: L, inherited: bool, initial: bool) -> bool {
        self.value(longhand, inherited, initial, |value| value.as_flag().copied())
    }

    /// Whether the box keeps what stands out of it from sight, on the axis of `longhand`, unless it is scrolled to.
    pub(super) fn cuts(&self, longhand: L) -> bool {
        self.overflow(longhand) != Overflow::Visible
    }

    /// What becomes of what stands out of the box, on the axis of `longhand`.
    pub(super) fn overflow(&self, longhand: L) -> Overflow {
        self.value(longhand, Overflow::Visible, Overflow::Visible, |value| value.as_overflow().copied())
    }

    /// A length that is not inherited, where one is declared.
    pub(super) fn length(&self, longhand: L) -> Option<&'d Length> {
        self.declared(longhand).ok().and_then(Value::as_length)
    }

    /// The value declared, if there is one that means something.
    pub(super) fn plain(&self, longhand: L) -> Option<&'d Value> {
        self.declared(longhand).ok()
    }

    fn colour(&self, longhand: L, current: Rgba) -> Option<Rgba> {
        let colour = self.declared(longhand).ok().and_then(Value::as_colour)?;
        Some(colour.beside(current))
    }

    /// The style of an element that is `nature`.
    pub(super) fn style(&self, nature: Nature) -> Style {
        let parent = self.parent;
        let mut style = Style { lines: Lines::NONE, ..*parent };
        self.font(&mut style);
        self.text(&mut style);
        let position =
            self.value(L::Position, parent.carried.position, Position::Static, |value| value.as_position().copied());
        style.out_of_flow = matches!(position, Position::Absolute | Position::Fixed);
        style.float = self.flag(L::Float, parent.float, false) && !style.out_of_flow;
        let mut boxed = self.display(&style, nature.root);
        if nature.shown && boxed.display == Display::None {
            boxed.display = Display::Block;
        }
        style.display = boxed.display;
        let larger = [L::Transform, L::Scale].map(|own| self.plain(own) == Some(&Value::Moved(Moved::Larger)));
        if larger.contains(&true) && style.display != Display::Inline {
            style.zoom *= LARGER;
        }
        self.colours(&mut style);
        if nature.shown {
            hiding::unground(&mut style);
        }
        self.lines(&mut style);
        let ring = self.value(L::BoxShadow, Ring::None, Ring::None, |value| value.as_ring().copied());
        style.gradient |= ring == Ring::Inside;
        let sides = self.borders(style.carried.colour);
        let around = ring == Ring::Around || self.flag(L::Outline, false, false);
        style.border = sides > 0 || around;
        style.framed = sides == 4 || around;
        style.carried = Carried {
            flexible: boxed.flexible,
            position,
            shift: if nature.shown { 0.0 } else { parent.carried.shift + self.margin(&style) },
            opacity: if nature.shown { 1.0 } else { parent.carried.opacity * self.opacity() },
            visible: nature.shown || self.flag(L::Visibility, parent.carried.visible, true),
            ..style.carried
        };
        // Both mix the box with all it holds, and one inside another is not followed.
        let blend = self.value(L::Blend, Blend::Normal, Blend::Normal, |value| value.as_blend().copied());
        style.carried.blend = if blend == Blend::Normal { parent.carried.blend } else { blend };
        let filter = self.value(L::Filter, Filter::Clear, Filter::Clear, |value| value.as_filter().copied());
        style.carried.inverted = parent.carried.inverted != (filter == Filter::Inverted && style.background.is_none());
        let frame = Frame { position, nature };
        style.carried.buried = hiding::buried(self, &style, frame);
        style.carried.flat = hiding::is_flat(self, &style);
        style.hidden = hiding::hidden(&style, frame);
        style.room = hiding::room(self, &style);
        style.covers = hiding::covers(self, &style);
        style
    }

    /// The left margin in CSS pixels; a share of a width that is not known counts as nothing.
    fn margin(&self, style: &Style) -> f32 {
        self.length(L::MarginLeft).map_or(0.0, |length| length.px(self.scale(style, 0.0)))
    }

    fn font(&self, style: &mut Style) {
        let parent = self.parent;
        style.font_size = self.value(L::FontSize, parent.font_size, 16.0, |value| {
            value.as_size().map(|size| size.px(parent.font_size, self.rem))
        });
        style.font_weight = self.value(L::FontWeight, parent.font_weight, 400, |value| {
            value.as_weight().map(|weight| weight.value(parent.font_weight))
        });
        style.italic = self.flag(L::FontStyle, parent.italic, false);
        style.small_caps = self.flag(L::FontCaps, parent.small_caps, false);
        style.face = self.value(L::FontFamily, parent.face, Default::default(), |value| value.as_face().copied());
        let zoom = self.value(L::Zoom, 1.0, 1.0, |value| value.as_number().copied());
        style.zoom = (parent.zoom * zoom).clamp(0.001, 1000.0);
    }

    fn text(&self, style: &mut Style) {
        let parent = self.parent;
        let scale = self.scale(style, style.font_size);
        style.letter_spacing = self.value(L::LetterSpacing, parent.letter_spacing, 0.0, |value| {
            value.as_length().map(|length| length.px(scale))
        });
        let indent = Scale { full: super::value::length::VIEWPORT.0, ..scale };
        style.carried.text_indent = self.value(L::TextIndent, parent.carried.text_indent, 0.0, |value| {
            value.as_length().map(|length| length.px(indent))
        });
        style.word_spacing = self
            .value(L::WordSpacing, parent.word_spacing, 0.0, |value| value.as_length().map(|length| length.px(scale)));
        style.carried.dotted = self.flag(L::TextSecurity, parent.carried.dotted, false);
        style.carried.no_size = self.flag(L::FontSizeAdjust, parent.carried.no_size, false);
        style.transform =
            self.value(L::TextTransform, parent.transform, Default::default(), |value| value.as_transform().copied());
        style.white_space =
            self.value(L::WhiteSpace, parent.white_space, Default::default(), |value| value.as_white_space().copied());
        style.carried.quotes = self
            .value(L::Quotes, parent.carried.quotes, super::style::Quotes::Auto, |value| value.as_quotes().copied());
        style.selectable = !self.flag(L::UserSelect, !parent.selectable, false);
        style.glow = self.flag(L::TextShadow, parent.glow, false);
        style.stroke = self.flag(L::TextStroke, parent.stroke, false);
        style.marks = self.flag(L::TextMarks, parent.marks, false);
        style.carried.no_leading = self.flag(L::LineHeight, parent.carried.no_leading, false);
        style.carried.shadow = self.flag(L::TextShadow, parent.carried.shadow, false) || style.stroke;
        style.rtl = self.flag(L::Direction, parent.rtl, false);
        style.reordered = self.flag(L::UnicodeBidi, parent.reordered, false);
    }

    pub(super) fn scale(&self, style: &Style, full: f32) -> Scale {
        Scale { em: style.font_size, rem: self.rem, full }
    }

    /// The box the element makes: out of the flow, in a flexible parent and at the root nothing is inline.
    fn display(&self, style: &Style, root: bool) -> Boxed {
        let inherited = Boxed { display: self.parent.display, flexible: self.parent.carried.flexible };
        let mut boxed = self.value(L::Display, inherited, Boxed::default(), |value| value.as_display().copied());
        let blocky = root || style.float || style.out_of_flow || self.parent.carried.flexible;
        if blocky && !matches!(boxed.display, Display::None | Display::Contents | Display::ListItem | Display::Table) {
            boxed.display = Display::Block;
        }
        if boxed.display == Display::Contents {
            boxed.flexible = self.parent.carried.flexible;
        }
        boxed
    }

    fn opacity(&self) -> f32 {
        self.value(L::Opacity, 1.0, 1.0, |value| value.as_number().copied())
    }

    fn colours(&self, style: &mut Style) {
        let parent = self.parent;
        let own = self.value(L::Colour, parent.carried.colour, Rgba::BLACK, |value| {
            value.as_colour().map(|colour| colour.beside(parent.carried.colour))
        });
        style.carried.colour = own;
        style.carried.fill = self
            .value(L::FillColour, parent.carried.fill, None, |value| value.as_colour().map(|colour| colour.fixed()));
        style.colour = style.carried.fill.unwrap_or(own);
        let painted = match self.declared(L::BackgroundColour) {
            Err(true) => parent.background,
            Ok(_) | Err(false) => self.colour(L::BackgroundColour, own),
        };
        let painted = painted.filter(|colour| colour.alpha > 0);
        let inherited = match (parent.background_image, parent.gradient) {
            (true, true) => Picture::Gradient,
            (true, false) => Picture::Fetched,
            (false, true | false) => Picture::None,
        };
        let picture = self.value(L::BackgroundImage, inherited, Picture::None, |value| value.as_picture().copied());
        let image = picture != Picture::None;
        let covered = painted.is_some_and(|colour| colour.alpha == u8::MAX);
        let around = style.display == Display::Inline && parent.gradient && !covered;
        style.gradient = matches!(picture, Picture::Gradient | Picture::Flat(_)) || (around && !image);
        if self.flag(L::BackgroundClip, false, false) {
            // The background fills the letters, not the box.
            (style.background, style.background_image) = (None, false);
            let filled = match picture {
                Picture::Flat(colour) => Some(colour),
                Picture::None => painted,
                Picture::Fetched | Picture::Gradient => None,
            };
            match filled.filter(|_| style.colour.alpha == 0) {
                Some(colour) => (style.carried.fill, style.colour) = (Some(colour), colour),
                None => style.carried.shadow |= image || painted.is_some(),
            }
        } else {
            (style.background, style.background_image) = (painted, image);
        }
        // What stands out of the flow may lie over anything.
        let behind = if style.out_of_flow { None } else { parent.backdrop };
        style.backdrop = match style.background {
            _ if style.background_image => None,
            Some(colour) if colour.alpha == u8::MAX => Some(colour),
            Some(colour) => behind.map(|behind| colour.over(behind)),
            None => behind,
        };
    }

    /// The lines on the text: the element's own, and those of ancestors as far as they reach.
    fn lines(&self, style: &mut Style) {
        let parent = self.parent;
        let own = self.value(L::LineKind, parent.carried.own_lines, Lines::NONE, |value| value.as_lines().copied());
        style.carried.own_lines = own;
        let seen = self.colour(L::LineColour, style.carried.colour).is_none_or(|colour| colour.alpha > 0);
        let reached = !style.out_of_flow && !style.float && style.display != Display::InlineBlock;
        style.lines = if seen { own } else { Lines::NONE };
        if reached {
            style.lines = style.lines.union(parent.lines);
        }
    }

    /// How many sides of the box show a border.
    fn borders(&self, current: Rgba) -> usize {
        const SIDES: [(L, L, L); 4] = [
            (L::BorderTopStyle, L::BorderTopWidth, L::BorderTopColour),
            (L::BorderRightStyle, L::BorderRightWidth, L::BorderRightColour),
            (L::BorderBottomStyle, L::BorderBottomWidth, L::BorderBottomColour),
            (L::BorderLeftStyle, L::BorderLeftWidth, L::BorderLeftColour),
        ];
        let drawn = |(style, width, colour): &(L, L, L)| {
            let (style, width, colour) = (*style, *width, *colour);
            self.flag(style, self.parent.border, false)
                && self.length(width).is_none_or(|width| width.px(Scale { em: 16.0, rem: self.rem, full: 0.0 }) > 0.0)
                && self.colour(colour, current).is_none_or(|colour| colour.alpha > 0)
        };
        SIDES.iter().filter(|side| drawn(side)).count()
    }
}
