//! The screens a page is looked at on: a common desktop, whose view is the page, and others, where it may look otherwise.

use super::value::length::VIEWPORT;

/// A screen that a page is read on.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Screen {
    pub(super) width: f32,
    pub(super) height: f32,
    /// Whether it is touched, and held upright.
    pub(super) hand: bool,
    /// Whether its reader wants light letters on dark.
    pub(super) dark: bool,
}

impl Screen {
    const DESKTOP: Self = Self { width: VIEWPORT.0, height: VIEWPORT.1, hand: false, dark: false };

    /// Every screen, and what stands for it in a set.
    pub(super) const ALL: [(Screens, Self); 4] = [
        (Screens::DESKTOP, Self::DESKTOP),
        (Screens::PHONE, Self { width: 390.0, height: 844.0, hand: true, dark: false }),
        (Screens::DARK, Self { dark: true, ..Self::DESKTOP }),
        (Screens::WIDE, Self { width: 2560.0, height: 1440.0, ..Self::DESKTOP }),
    ];
}

/// A set of screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Screens(u8);

impl Screens {
    pub(super) const NONE: Self = Self(0);
    /// A common desktop: what pages are read on.
    pub(super) const DESKTOP: Self = Self(1);
    /// A common phone.
    pub(super) const PHONE: Self = Self(2);
    /// A desktop whose reader prefers dark pages.
    pub(super) const DARK: Self = Self(4);
    /// A desktop of twice the width.
    pub(super) const WIDE: Self = Self(8);
    pub(super) const ALL: Self = Self(15);

    /// All but the desktop, in the order of [`super::elsewhere::Elsewhere`].
    pub(super) const OTHERS: [Self; 3] = [Self::PHONE, Self::DARK, Self::WIDE];

    /// Whether all screens of `other` are in the set.
    pub(super) fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Those in both sets.
    #[must_use]
    pub(super) fn both(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) fn with(self, other: Self, holds: bool) -> Self {
        if holds { Self(self.0 | other.0) } else { self }
    }
}

/// All screens, or none.
pub(super) fn everywhere(holds: bool) -> Screens {
    if holds { Screens::ALL } else { Screens::NONE }
}
