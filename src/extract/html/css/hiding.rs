//! Text that is there and not seen: by what means, and whether pages do so as a rule.

use super::compute::{Nature, Reader};
use super::property::{Longhand as L, Value};
use super::style::{Display, HiddenBy, Hiding, Style};
use super::value::keyword::Position;
use super::value::length::VIEWPORT;
use super::value::place::{FAR, Moved};

/// Where and what the element is, for questions of sight.
#[derive(Clone, Copy)]
pub(super) struct Frame {
    pub(super) position: Position,
    pub(super) nature: Nature,
}

/// An opacity below this is none.
const FAINT: f32 = 0.05;
/// Type of this size, in pixels, is no longer read.
const TINY: f32 = 2.0;
/// Colours this close in every channel are one to the eye.
const ALIKE: u8 = 10;
/// An opacity of a colour, of 255, below which it is not seen.
const CLEAR: u8 = 13;

/// What takes the whole box with all it holds out of sight, here or further up.
pub(super) fn buried(reader: &Reader<'_, '_>, style: &Style, frame: Frame) -> Option<Hiding> {
    if let Some(hiding) = reader.parent.carried.buried {
        return Some(hiding);
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
    if style.carried.opacity < FAINT || reader.flag(L::Filter, false, false) {
        return open(HiddenBy::Opacity);
    }
    let moved = |longhand: L| match reader.plain(longhand) {
        Some(Value::Moved(moved)) if style.display != Display::Inline => *moved,
        _ => Moved::Seen,
    };
    match (moved(L::Transform), moved(L::Scale)) {
        (Moved::Gone, _) | (_, Moved::Gone) => return open(HiddenBy::Transform),
        (Moved::Away, _) | (_, Moved::Away) => return open(HiddenBy::OffScreen),
        (Moved::Seen, Moved::Seen) => {}
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
    let no_width = small(width) && reader.flag(L::OverflowX, false, false);
    let no_height = small(height) && reader.flag(L::OverflowY, false, false);
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
            offset <= -full || offset >= 10.0 * FAR
        }),
        Position::Relative | Position::Absolute => {
            // Of the containing block nothing is known: only lengths that no page has count.
            sides.iter().any(|(side, _)| px(*side, 0.0) <= -FAR || px(*side, 0.0) >= 10.0 * FAR)
        }
    };
    moved
        || (style.display != Display::Inline && style.carried.text_indent <= -FAR)
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
    if frame.nature.closed {
        return Some(Hiding { by: HiddenBy::ClosedDetails, ordinary: true });
    }
    let by = if !style.carried.visible {
        HiddenBy::Visibility
    } else if style.carried.shift <= -FAR {
        HiddenBy::OffScreen
    } else if style.font_size <= TINY {
        HiddenBy::FontSize
    } else if style.carried.shadow {
        return None;
    } else if style.colour.alpha < CLEAR {
        HiddenBy::Transparent
    } else if style.backdrop.is_some_and(|behind| style.colour.over(behind).distance(behind) <= ALIKE) {
        HiddenBy::BackgroundColour
    } else {
        return None;
    };
    Some(Hiding { by, ordinary: false })
}
