//! Text that is there and not seen: by what means, and whether pages do so as a rule.

use super::compute::{Nature, Reader};
use super::property::{Longhand as L, Value};
use super::style::{Display, HiddenBy, Hiding, Style};
use super::value::colour::Rgba;
use super::value::keyword::Position;
use super::value::length::{Length, VIEWPORT};
use super::value::place::{FAR, Filter, Moved, Overflow};

/// Where and what the element is, for questions of sight.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub(super) position: Position,
    pub(super) nature: Nature,
}

/// An opacity above this lets nothing shine through.
const SOLID: f32 = 0.95;
/// An opacity below this is none.
const FAINT: f32 = 0.16;
/// Type of this size, in pixels, is no longer read.
const TINY: f32 = 3.0;
/// Colours this close in every channel are one to the eye.
const ALIKE: u8 = 10;
/// Colours this close in every channel are one to the eye where their brightness differs by next to nothing as well.
const NEAR: u8 = 32;
/// A contrast of brightness below which letters are not made out.
const CONTRAST: f32 = 1.2;
/// Letters this much closer together than they should, as a part of their size, lie on each other.
const CRAMPED: f32 = 0.35;
/// Words this much closer together, as a part of their size, run into each other.
const JAMMED: f32 = 0.6;
/// A box this much lower than its type, as a part of its size, shows no letter.
const LOW: f32 = 0.4;
/// Lines of the highest box that is taken to be there for a passage, not for a page.
const ROOM: f32 = 30.0;
/// The distance between two lines, as a part of their size, at the least.
const LEADING: f32 = 1.15;
/// An opacity of a colour, of 255, below which it is not seen.
const CLEAR: u8 = 13;

/// What takes the whole box with all it holds out of sight, here or further up.
pub(super) fn buried(reader: &Reader<'_, '_>, style: &Style, frame: Frame) -> Option<Hiding> {
    if let Some(hiding) = reader.parent.carried.buried {
        return Some(hiding);
    }
    if frame.nature.shown {
        return None;
    }
    let open = |by: HiddenBy| Some(Hiding { by, ordinary: false });
    if frame.nature.folded {
        return Some(Hiding { by: HiddenBy::ClosedDetails, ordinary: true });
    }
    if style.display == Display::None {
        return if !reader.winners.is_browsers(L::Display) {
            open(HiddenBy::Display)
        } else if frame.nature.hidden_attribute {
            open(HiddenBy::Attribute)
        } else {
            Some(Hiding { by: HiddenBy::Element, ordinary: true })
        };
    }
    if reader.flag(L::ContentVisibility, false, false) {
        return open(HiddenBy::ContentVisibility);
    }
    let filter = reader.plain(L::Filter).and_then(Value::as_filter).copied().unwrap_or_default();
    let opaque = style.background.is_some_and(|own| own.alpha == u8::MAX);
    match filter {
        _ if style.carried.opacity < FAINT => return open(HiddenBy::Opacity),
        Filter::Gone => return open(HiddenBy::Opacity),
        Filter::Blurred => return open(HiddenBy::Filter),
        Filter::Flat if opaque => return open(HiddenBy::Filter),
        Filter::Flat | Filter::Inverted | Filter::Clear => {}
    }
    if reader.flag(L::Mask, false, false) {
        return open(HiddenBy::Mask);
    }
    let moved = |longhand: L| match reader.plain(longhand) {
        Some(Value::Moved(moved)) if style.display != Display::Inline => *moved,
        _ => Moved::Seen,
    };
    for longhand in [L::Transform, L::Scale, L::Rotate, L::Translate] {
        match moved(longhand) {
            Moved::Gone => return open(HiddenBy::Transform),
            Moved::Away => return open(HiddenBy::OffScreen),
            Moved::Seen | Moved::Larger => {}
        }
    }
    cut(reader, style).or_else(|| {
        is_away(reader, style, frame.position).then(|| Hiding {
            by: HiddenBy::OffScreen,
            ordinary: style.out_of_flow && extent(reader, style).iter().flatten().any(|size| *size <= 1.0),
        })
    })
}

/// Width and height in pixels, the lesser of what is wanted and what is allowed, where they are given so.
fn extent(reader: &Reader<'_, '_>, style: &Style) -> [Option<f32>; 2] {
    let least = |size: L, limit: L, full: f32| {
        let px = |longhand: L| reader.length(longhand).map(|length| length.px(reader.scale(style, full)));
        match (px(size), px(limit)) {
            (Some(size), Some(limit)) => Some(size.min(limit)),
            (size, limit) => size.or(limit),
        }
    };
    let (width, height) = VIEWPORT;
    [least(L::Width, L::MaxWidth, width), least(L::Height, L::MaxHeight, height)]
}

/// What is cut off: by a clip, or by a box of no size that lets nothing overflow.
fn cut(reader: &Reader<'_, '_>, style: &Style) -> Option<Hiding> {
    // A box of one pixel, out of the flow: how labels for screen readers are kept from sight everywhere.
    let label = |small: bool| style.out_of_flow && small;
    let [width, height] = extent(reader, style);
    let small = |size: Option<f32>| size.is_some_and(|size| size <= 1.0);
    let tiny = small(width) && small(height);
    if style.out_of_flow && reader.flag(L::Clip, false, false) {
        return Some(Hiding { by: HiddenBy::Clip, ordinary: true });
    }
    if reader.flag(L::ClipPath, false, false) {
        return Some(Hiding { by: HiddenBy::Clip, ordinary: label(tiny) });
    }
    if style.display == Display::Inline || style.display == Display::Contents {
        return None;
    }
    let low = height.is_some_and(|height| height <= style.font_size * LOW);
    let no_width = small(width) && reader.cuts(L::OverflowX);
    let no_height = (small(height) || low) && reader.cuts(L::OverflowY);
    (no_width || no_height).then(|| Hiding { by: HiddenBy::ZeroSize, ordinary: label(tiny) })
}

/// Whether the box or its first line begins far off the page, margins to the left apart: those may be made good further in.
fn is_away(reader: &Reader<'_, '_>, style: &Style, position: Position) -> bool {
    let (width, height) = VIEWPORT;
    let px =
        |longhand: L, full: f32| reader.length(longhand).map_or(0.0, |length| length.px(reader.scale(style, full)));
    let sides = [(L::Left, width), (L::Right, width), (L::Top, height), (L::Bottom, height)];
    let moved = match position {
        Position::Static => false,
        Position::Fixed => sides.iter().any(|(side, full)| {
            let offset = px(*side, *full);
            offset <= -full || offset >= *full
        }),
        Position::Relative | Position::Absolute => {
            // Of the containing block nothing is known: only lengths that no page has count.
            sides.iter().any(|(side, _)| px(*side, 0.0) <= -FAR || px(*side, 0.0) >= 10.0 * FAR)
        }
    };
    moved
        || (style.display != Display::Inline && style.carried.text_indent <= -FAR)
        || (style.display != Display::Inline && style.carried.text_indent >= width && reader.cuts(L::OverflowX))
        || (px(L::MarginTop, 0.0) <= -FAR && style.display != Display::Inline)
}

/// What keeps the text directly inside the element from sight.
pub(super) fn hidden(style: &Style, frame: Frame) -> Option<Hiding> {
    if let Some(hiding) = style.carried.buried {
        return Some(hiding);
    }
    if frame.nature.replaced {
        return Some(Hiding { by: HiddenBy::Element, ordinary: true });
    }
    if frame.nature.closed && !frame.nature.shown {
        return Some(Hiding { by: HiddenBy::ClosedDetails, ordinary: true });
    }
    let by = if !style.carried.visible {
        HiddenBy::Visibility
    } else if style.carried.shift <= -FAR {
        HiddenBy::OffScreen
    } else if style.carried.flat {
        HiddenBy::ZeroSize
    } else if style.carried.dotted {
        HiddenBy::Dots
    } else if style.font_size * style.zoom <= TINY || style.carried.no_size {
        HiddenBy::FontSize
    } else if style.carried.shadow {
        return None;
    } else if style.colour.alpha < CLEAR {
        HiddenBy::Transparent
    } else if style.word_spacing >= FAR {
        HiddenBy::OffScreen
    } else if style.letter_spacing <= -style.font_size * CRAMPED || style.word_spacing <= -style.font_size * JAMMED {
        HiddenBy::ZeroSize
    } else if style.backdrop.is_some_and(|behind| is_alike(painted(style, behind), behind)) {
        HiddenBy::BackgroundColour
    } else if style.backdrop.is_some_and(|behind| is_alike(faded(style).over(behind), behind)) {
        HiddenBy::Opacity
    } else {
        return None;
    };
    Some(Hiding { by, ordinary: false })
}

/// The colour that letters show over `behind`, as filters and blending leave it.
fn painted(style: &Style, behind: Rgba) -> Rgba {
    let own = style.colour.over(behind);
    style.carried.blend.seen(if style.carried.inverted { own.inverted() } else { own }, behind)
}

/// How many lines of text a box has room for that cuts off what is more, where it says so.
pub(super) fn room(reader: &Reader<'_, '_>, style: &Style) -> Option<f32> {
    let boxed = style.display != Display::Inline && style.display != Display::Contents;
    if !boxed || reader.overflow(L::OverflowY) != Overflow::Cut {
        return None;
    }
    let clamped = reader.plain(L::LineClamp).and_then(Value::as_number).copied();
    // A share of the window is a frame that scrolls further in.
    let high = |longhand: L| match reader.length(longhand)? {
        Length::Percent(_) => None,
        length @ (Length::Px(_) | Length::Em(_) | Length::Rem(_) | Length::Math(_)) => {
            Some((length.px(reader.scale(style, 0.0)) / (style.font_size * LEADING)).floor())
        }
    };
    let lines = [clamped, high(L::Height), high(L::MaxHeight)].into_iter().flatten().reduce(f32::min);
    lines.filter(|lines| *lines <= ROOM)
}

/// Whether lines without height stand in a box that cuts off what is higher than they.
pub(super) fn is_flat(reader: &Reader<'_, '_>, style: &Style) -> bool {
    let boxed = style.display != Display::Inline && style.display != Display::Contents;
    let cuts = || boxed && reader.cuts(L::OverflowY) && extent(reader, style)[1].is_none();
    style.carried.no_leading && (reader.parent.carried.flat || cuts())
}

/// Whether the element lies over its containing block from edge to edge and lets nothing shine through.
pub(super) fn covers(reader: &Reader<'_, '_>, style: &Style) -> bool {
    let opaque = style.background.is_some_and(|own| own.alpha == u8::MAX) && style.carried.opacity > SOLID;
    if style.carried.position != Position::Absolute || !opaque || style.carried.buried.is_some() {
        return false;
    }
    let part = |longhand: L| match reader.length(longhand)? {
        Length::Percent(part) => Some(*part),
        length @ (Length::Px(_) | Length::Em(_) | Length::Rem(_) | Length::Math(_)) => {
            Some(length.px(reader.scale(style, 0.0))).filter(|px| *px == 0.0)
        }
    };
    let zero = |longhand: L| reader.length(longhand).is_some_and(|own| own.px(reader.scale(style, 100.0)) <= 0.0);
    let whole = |longhand: L| part(longhand).is_some_and(|part| part >= 1.0);
    let level = reader.plain(L::ZIndex).and_then(Value::as_number).copied().unwrap_or(0.0);
    let wide = zero(L::Left) && (zero(L::Right) || whole(L::Width));
    let high = zero(L::Top) && (zero(L::Bottom) || whole(L::Height));
    wide && high
        && level >= 0.0
        && style.carried.visible
        && extent(reader, style).into_iter().flatten().all(|own| own > 0.0)
}

/// Forgets the ground of text that is seen on it all the same: it is another than what is known of it.
pub(super) fn unground(style: &mut Style) {
    if style.backdrop.is_some_and(|behind| is_alike(style.colour.over(behind), behind)) {
        style.backdrop = None;
    }
}

/// The colour of the text with the opacity of all around it.
fn faded(style: &Style) -> Rgba {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
    let alpha = (f32::from(style.colour.alpha) * style.carried.opacity) as u8;
    Rgba { alpha, ..style.colour }
}

/// Whether the eye does not tell letters of one colour from a background of the other.
fn is_alike(letters: Rgba, behind: Rgba) -> bool {
    let distance = letters.distance(behind);
    distance <= ALIKE || (distance <= NEAR && letters.contrast(behind) < CONTRAST)
}
