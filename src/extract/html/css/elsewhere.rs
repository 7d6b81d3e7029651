//! What other screens make of text: hidden there and not here, set off there and not here.
//!
//! The styles of one element on all screens go in, a few bits come out. Styles on other screens are kept for children only
//! where those would look otherwise for it, so that pages without such rules cost nothing.

use super::screens::Screens;
use super::style::Style;
use super::variables::Scope;

/// On which other screens text is hidden or set off that is neither here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Elsewhere {
    /// By the place in [`Screens::OTHERS`].
    hidden: [bool; Screens::OTHERS.len()],
    loud: [bool; Screens::OTHERS.len()],
}

/// For each other screen the style there and the scope of custom properties, where children need them.
pub(super) type Others = [Option<Box<(Style, Scope)>>; Screens::OTHERS.len()];

impl Elsewhere {
    pub(crate) const NONE: Self = Self { hidden: [false; 3], loud: [false; 3] };

    /// Hidden on phones, in dark windows, on wide screens; set off there.
    pub(crate) fn each(self) -> [bool; 6] {
        let ([a, b, c], [d, e, f]) = (self.hidden, self.loud);
        [a, b, c, d, e, f]
    }

    /// Notes that text is hidden, or not, on the screen at `place`.
    pub(super) fn hide(&mut self, place: usize, hidden: bool) {
        if let Some(own) = self.hidden.get_mut(place) {
            *own = hidden;
        }
    }

    /// Notes that text is set off on the screen at `place`, with all it holds.
    pub(super) fn set_off(&mut self, place: usize) {
        if let Some(own) = self.loud.get_mut(place) {
            *own = true;
        }
    }
}

/// Whether children would look otherwise for what an element is on another screen: `here` and `there` with their scopes.
pub(super) fn matters(place: usize, here: (&Style, Scope), there: (&Style, Scope)) -> bool {
    let (style, other) = (here.0, there.0);
    let dark = Screens::OTHERS.get(place) == Some(&Screens::DARK);
    style.hidden.is_some() != other.hidden.is_some()
        || style.carried.buried.is_some() != other.carried.buried.is_some()
        || (dark && (here.1 != there.1 || style.colour != other.colour || style.backdrop != other.backdrop))
}

impl Style {
    /// Whether a reader sees at once that this is another style than `around`.
    pub(super) fn stands_out_from(&self, around: &Self) -> bool {
        const BOLD: u16 = 600;
        const COLOURS: u8 = 96;
        const BACKGROUNDS: u8 = 24;
        const LARGER: f32 = 1.3;
        let behind = |style: &Self| style.background.filter(|own| own.alpha == u8::MAX);
        let marked =
            behind(self).is_some_and(|own| around.backdrop.is_none_or(|other| own.distance(other) >= BACKGROUNDS));
        (self.font_weight >= BOLD) != (around.font_weight >= BOLD)
            || self.italic != around.italic
            || self.lines != around.lines
            || self.transform != around.transform
            || marked
            || self.colour.distance(around.colour) >= COLOURS
            || self.font_size * self.zoom >= around.font_size * around.zoom * LARGER
    }
}
