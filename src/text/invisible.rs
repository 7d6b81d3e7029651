//! Characters that take part in a text without being seen.
//!
//! Source: Unicode's `Default_Ignorable_Code_Point` (`DerivedCoreProperties.txt`), told apart by what each is good for.

/// What an invisible character is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Invisible {
    /// A place where a word may be broken: soft hyphen, zero-width space, word joiner. Typesetting.
    Break,
    /// A joiner that scripts and emoji need: U+200C, U+200D, variation selectors.
    Joiner,
    /// A mark, embedding, override or isolate that changes the direction of text.
    Direction,
    /// A tag character, which can carry a hidden message.
    Tag,
    /// Anything else that is never drawn: fillers, invisible operators, deprecated controls.
    Other,
}

impl Invisible {
    /// What kind of invisible character `c` is; `None` for everything that can be seen, spaces included.
    pub fn of(c: char) -> Option<Self> {
        Some(match c {
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => Self::Break,
            '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180f}' => {
                Self::Joiner
            }
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Self::Direction,
            '\u{e0001}' | '\u{e0020}'..='\u{e007f}' => Self::Tag,
            '\u{34f}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{2061}'..='\u{2065}'
            | '\u{206a}'..='\u{206f}'
            | '\u{3164}'
            | '\u{ffa0}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' => Self::Other,
            _ => return None,
        })
    }
}

/// Whether any character of `text` is invisible.
pub fn any(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(|c| Invisible::of(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_letters_can_be_seen() {
        assert!(!any("a b\u{a0}c é ш 中"));
        assert_eq!(Invisible::of('\u{202e}'), Some(Invisible::Direction));
        assert!(any("soft\u{ad}hyphen"));
    }
}
