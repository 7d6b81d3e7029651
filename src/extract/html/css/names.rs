//! The names of the properties that are followed.

use super::property::Longhand as L;
use super::property::Property::{self, Long, Short};
use super::property::Shorthand as S;

/// The names in alphabetical order. Prefixed and logical ones lead where the plain and physical do.
static NAMES: &[(&str, Property)] = &[
    ("-moz-user-select", Long(L::UserSelect)),
    ("-ms-transform", Long(L::Transform)),
    ("-ms-user-select", Long(L::UserSelect)),
    ("-webkit-background-clip", Long(L::BackgroundClip)),
    ("-webkit-clip-path", Long(L::ClipPath)),
    ("-webkit-filter", Long(L::Filter)),
    ("-webkit-line-clamp", Long(L::LineClamp)),
    ("-webkit-mask", Long(L::Mask)),
    ("-webkit-mask-image", Long(L::Mask)),
    ("-webkit-text-decoration", Short(S::TextDecoration)),
    ("-webkit-text-decoration-color", Long(L::LineColour)),
    ("-webkit-text-decoration-line", Long(L::LineKind)),
    ("-webkit-text-emphasis", Long(L::TextMarks)),
    ("-webkit-text-emphasis-style", Long(L::TextMarks)),
    ("-webkit-text-fill-color", Long(L::FillColour)),
    ("-webkit-text-security", Long(L::TextSecurity)),
    ("-webkit-text-stroke", Long(L::TextStroke)),
    ("-webkit-text-stroke-width", Long(L::TextStroke)),
    ("-webkit-transform", Long(L::Transform)),
    ("-webkit-user-select", Long(L::UserSelect)),
    ("all", Short(S::All)),
    ("background", Short(S::Background)),
    ("background-clip", Long(L::BackgroundClip)),
    ("background-color", Long(L::BackgroundColour)),
    ("background-image", Long(L::BackgroundImage)),
    ("block-size", Long(L::Height)),
    ("border", Short(S::Border)),
    ("border-block", Short(S::BorderPair([0, 2]))),
    ("border-block-end", Short(S::BorderSide(2))),
    ("border-block-start", Short(S::BorderSide(0))),
    ("border-bottom", Short(S::BorderSide(2))),
    ("border-bottom-color", Long(L::BorderBottomColour)),
    ("border-bottom-style", Long(L::BorderBottomStyle)),
    ("border-bottom-width", Long(L::BorderBottomWidth)),
    ("border-color", Short(S::BorderColour)),
    ("border-inline", Short(S::BorderPair([1, 3]))),
    ("border-inline-end", Short(S::BorderSide(1))),
    ("border-inline-start", Short(S::BorderSide(3))),
    ("border-left", Short(S::BorderSide(3))),
    ("border-left-color", Long(L::BorderLeftColour)),
    ("border-left-style", Long(L::BorderLeftStyle)),
    ("border-left-width", Long(L::BorderLeftWidth)),
    ("border-right", Short(S::BorderSide(1))),
    ("border-right-color", Long(L::BorderRightColour)),
    ("border-right-style", Long(L::BorderRightStyle)),
    ("border-right-width", Long(L::BorderRightWidth)),
    ("border-style", Short(S::BorderStyle)),
    ("border-top", Short(S::BorderSide(0))),
    ("border-top-color", Long(L::BorderTopColour)),
    ("border-top-style", Long(L::BorderTopStyle)),
    ("border-top-width", Long(L::BorderTopWidth)),
    ("border-width", Short(S::BorderWidth)),
    ("bottom", Long(L::Bottom)),
    ("box-shadow", Long(L::BoxShadow)),
    ("clip", Long(L::Clip)),
    ("clip-path", Long(L::ClipPath)),
    ("color", Long(L::Colour)),
    ("content", Long(L::Content)),
    ("content-visibility", Long(L::ContentVisibility)),
    ("direction", Long(L::Direction)),
    ("display", Long(L::Display)),
    ("filter", Long(L::Filter)),
    ("float", Long(L::Float)),
    ("font", Short(S::Font)),
    ("font-family", Long(L::FontFamily)),
    ("font-size", Long(L::FontSize)),
    ("font-size-adjust", Long(L::FontSizeAdjust)),
    ("font-style", Long(L::FontStyle)),
    ("font-variant", Long(L::FontCaps)),
    ("font-variant-caps", Long(L::FontCaps)),
    ("font-weight", Long(L::FontWeight)),
    ("height", Long(L::Height)),
    ("inline-size", Long(L::Width)),
    ("inset", Short(S::Inset)),
    ("inset-block-end", Long(L::Bottom)),
    ("inset-block-start", Long(L::Top)),
    ("inset-inline-end", Long(L::Right)),
    ("inset-inline-start", Long(L::Left)),
    ("left", Long(L::Left)),
    ("letter-spacing", Long(L::LetterSpacing)),
    ("line-clamp", Long(L::LineClamp)),
    ("line-height", Long(L::LineHeight)),
    ("margin", Short(S::Margin)),
    ("margin-block-start", Long(L::MarginTop)),
    ("margin-inline-start", Long(L::MarginLeft)),
    ("margin-left", Long(L::MarginLeft)),
    ("margin-top", Long(L::MarginTop)),
    ("mask", Long(L::Mask)),
    ("mask-image", Long(L::Mask)),
    ("max-block-size", Long(L::MaxHeight)),
    ("max-height", Long(L::MaxHeight)),
    ("max-inline-size", Long(L::MaxWidth)),
    ("max-lines", Long(L::LineClamp)),
    ("max-width", Long(L::MaxWidth)),
    ("mix-blend-mode", Long(L::Blend)),
    ("opacity", Long(L::Opacity)),
    ("outline", Long(L::Outline)),
    ("outline-style", Long(L::Outline)),
    ("overflow", Short(S::Overflow)),
    ("overflow-block", Long(L::OverflowY)),
    ("overflow-inline", Long(L::OverflowX)),
    ("overflow-x", Long(L::OverflowX)),
    ("overflow-y", Long(L::OverflowY)),
    ("position", Long(L::Position)),
    ("quotes", Long(L::Quotes)),
    ("right", Long(L::Right)),
    ("rotate", Long(L::Rotate)),
    ("scale", Long(L::Scale)),
    ("text-decoration", Short(S::TextDecoration)),
    ("text-decoration-color", Long(L::LineColour)),
    ("text-decoration-line", Long(L::LineKind)),
    ("text-emphasis", Long(L::TextMarks)),
    ("text-emphasis-style", Long(L::TextMarks)),
    ("text-indent", Long(L::TextIndent)),
    ("text-shadow", Long(L::TextShadow)),
    ("text-transform", Long(L::TextTransform)),
    ("top", Long(L::Top)),
    ("transform", Long(L::Transform)),
    ("translate", Long(L::Translate)),
    ("unicode-bidi", Long(L::UnicodeBidi)),
    ("user-select", Long(L::UserSelect)),
    ("visibility", Long(L::Visibility)),
    ("white-space", Long(L::WhiteSpace)),
    ("white-space-collapse", Long(L::WhiteSpace)),
    ("width", Long(L::Width)),
    ("word-spacing", Long(L::WordSpacing)),
    ("z-index", Long(L::ZIndex)),
    ("zoom", Long(L::Zoom)),
];

/// The property called `name` (in any case), if it is followed.
pub(super) fn lookup(name: &str) -> Option<Property> {
    let find = |name: &str| {
        let at = NAMES.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
        NAMES.get(at).map(|(_, property)| *property)
    };
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) { find(&name.to_ascii_lowercase()) } else { find(name) }
}

/// All longhands, some of them more than once.
pub(super) fn longhands() -> impl Iterator<Item = L> {
    NAMES.iter().filter_map(|(_, property)| match property {
        Long(longhand) => Some(*longhand),
        Short(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_in_order() {
        assert!(NAMES.is_sorted_by(|(one, _), (other, _)| one < other));
    }

    #[test]
    fn every_longhand_has_a_name() {
        for place in 0..L::COUNT {
            assert!(longhands().any(|longhand| longhand as usize == place), "longhand {place}");
        }
    }
}
