//! How words are set off: one computed style held against that of the block around them.
//!
//! Two styles go in, a set of [`Styles`] comes out. What it means is for the judges.

use super::css;
use crate::extract::{Style, Styles};

/// From this weight on type is bold (CSS Fonts 4 calls 600 "semi-bold").
const BOLD: u16 = 600;

/// How much larger type stands out.
const LARGER: f32 = 1.15;

/// How much smaller type is before it is small print.
const SMALLER: f32 = 0.55;

/// How far apart two shades of grey are before one stands out against the other, of 255.
const GREYS: u8 = 96;

/// From this weight on type stands out from light type, by so much.
const MEDIUM: u16 = 500;
const HEAVIER: u16 = 200;

/// How far apart two colours of text are before a reader takes them for two, of 255.
const COLOURS: u8 = 48;

/// How colourful a colour is before it is more than a shade of grey, of 255.
const CHROMA: u8 = 48;

/// How far apart two backgrounds are before a reader sees two, of 255. A marker's yellow is pale.
const BACKGROUNDS: u8 = 24;

/// How much wider letters are set before it stands out, as a part of the type's size.
const SPACED: f32 = 0.06;

/// How much further apart words are set, likewise.
const PARTED: f32 = 0.5;

/// How text in `run` is set off from a block in `base`. Frames are not looked at: they are not inherited.
pub(super) fn set_off(run: &css::Style, base: &css::Style) -> Styles {
    let line = |line| run.lines.contains(line) && !base.lines.contains(line);
    // Few typefaces have a weight beyond bold: inside bold text, `bolder` shows nothing.
    let medium = run.font_weight >= MEDIUM && run.font_weight >= base.font_weight.saturating_add(HEAVIER);
    let bold = (is_bold(run) || medium) && !is_bold(base);
    let slants = |style: &css::Style| style.italic || style.face.italic;
    let small = |style: &css::Style| style.small_caps || style.face.small_caps;
    let spaced = run.letter_spacing - base.letter_spacing >= run.font_size * SPACED
        || run.word_spacing - base.word_spacing >= run.font_size * PARTED;
    let marked = (run.glow && !base.glow) || (run.marks && !base.marks);
    [
        (Style::Bold, bold),
        (Style::Italic, slants(run) && !slants(base)),
        (Style::Underline, line(css::Lines::UNDER)),
        (Style::Strike, line(css::Lines::THROUGH)),
        (Style::Highlight, marked || highlighted(run, base)),
        (Style::Colour, coloured(run.colour, base.colour)),
        (Style::Size, run.font_size * run.zoom >= base.font_size * base.zoom * LARGER),
        (Style::Capitals, shouts(run) && !shouts(base)),
        (Style::SmallCaps, small(run) && !small(base)),
        (Style::Spacing, spaced),
        (Style::Border, line(css::Lines::OVER)),
    ]
    .into_iter()
    .filter_map(|(style, set)| set.then_some(style))
    .collect()
}

/// How text in `run` stands out from a block in `base` by being plain among letters that are set off: upright among italics,
/// pale among black. Only what is a part of its block can: whoever reads has to hold it against the rest.
pub(super) fn contrast(run: &css::Style, base: &css::Style) -> Styles {
    let lost = |line| base.lines.contains(line) && !run.lines.contains(line);
    let slants = |style: &css::Style| style.italic || style.face.italic;
    let grey = chroma(run.colour) < CHROMA && chroma(base.colour) < CHROMA;
    let styles: Styles = [
        (Style::Bold, is_bold(base) && !is_bold(run)),
        (Style::Italic, slants(base) && !slants(run)),
        (Style::Underline, lost(css::Lines::UNDER)),
        (Style::Capitals, shouts(base) && !shouts(run)),
        (Style::Size, run.font_size * run.zoom <= base.font_size * base.zoom * SMALLER),
    ]
    .into_iter()
    .filter_map(|(style, set)| set.then_some(style))
    .collect();
    // Where a site sets a shade of grey together with another face, the face is what is seen.
    let other = !styles.is_empty() || !set_off(run, base).is_empty();
    let shade = grey && !other && run.colour.distance(base.colour) >= GREYS;
    if shade { styles.with(Style::Colour) } else { styles }
}

/// Whether the letters are thick: by weight, by typeface, or by a stroke along them.
pub(super) fn is_bold(style: &css::Style) -> bool {
    style.font_weight >= BOLD || style.face.bold || style.stroke
}

fn shouts(style: &css::Style) -> bool {
    style.transform == css::TextTransform::Uppercase
}

/// Another shade of grey is how sites set asides; a colour among black letters is a signal, and so is the reverse.
fn coloured(run: css::Rgba, base: css::Rgba) -> bool {
    run.distance(base) >= COLOURS && (chroma(run) >= CHROMA || chroma(base) >= CHROMA)
}

/// Whether a block stands in a box of its own shade: sites set notes and call-outs in grey, a marker has a colour.
pub(super) fn is_boxed(block: &css::Style) -> bool {
    block.backdrop.is_some_and(|own| chroma(own) < CHROMA)
}

fn chroma(colour: css::Rgba) -> u8 {
    let channels = [colour.red, colour.green, colour.blue];
    let most = channels.into_iter().max().unwrap_or(0);
    most - channels.into_iter().min().unwrap_or(0)
}

fn highlighted(run: &css::Style, base: &css::Style) -> bool {
    if run.gradient && !base.gradient {
        return true;
    }
    match (run.backdrop, base.backdrop) {
        (Some(own), Some(around)) => own.distance(around) >= BACKGROUNDS,
        // Behind the block is a picture, behind these words a colour.
        (Some(_), None) => true,
        (None, Some(_) | None) => false,
    }
}
