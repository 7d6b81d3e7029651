//! Letters of one script that pass for letters of another. The only file that names the `unicode-security` crate.
//!
//! Source: Unicode Technical Standard #39, "skeleton"; its confusables table comes with the crate.

use unicode_security::skeleton;

/// The ASCII letter that `c`, a letter of another script, looks like; `None` for ASCII itself and for everything else.
///
/// ```
/// use vidimus::text::lookalike::ascii_twin;
/// assert_eq!(ascii_twin('\u{430}'), Some('a')); // Cyrillic a
/// assert_eq!(ascii_twin('é'), None);
/// assert_eq!(ascii_twin('a'), None);
/// ```
pub fn ascii_twin(c: char) -> Option<char> {
    if c.is_ascii() || !c.is_alphabetic() || is_latin(c) {
        return None;
    }
    let mut buffer = [0; 4];
    let mut twin = skeleton(c.encode_utf8(&mut buffer));
    match (twin.next(), twin.next()) {
        (Some(first), None) if first.is_ascii_alphabetic() => Some(first),
        _ => None,
    }
}

/// Whether two texts that differ look the same to a reader.
pub fn look_alike(a: &str, b: &str) -> bool {
    let letters = |these: &str, those: &str| these.chars().any(|c| is_deceptive(c) && !those.contains(c));
    a != b && (letters(a, b) || letters(b, a)) && skeleton(a).eq(skeleton(b))
}

/// Whether `c` is a letter beyond ASCII. Signs, quotation marks and the letters that are written like an apostrophe look like
/// others because they stand for the same.
fn is_deceptive(c: char) -> bool {
    !c.is_ascii() && c.is_alphabetic() && !matches!(c, '\u{2b0}'..='\u{2ff}')
}

/// Whether `word` mixes letters of another script among Latin ones, each of which passes for a Latin letter.
pub fn is_disguised(word: &str) -> bool {
    !word.is_ascii() && word.chars().any(|c| c.is_ascii_alphabetic()) && word.chars().any(|c| ascii_twin(c).is_some())
}

/// `word` with every letter that passes for an ASCII one replaced by it.
pub fn undisguised(word: &str) -> String {
    word.chars().map(|c| ascii_twin(c).unwrap_or(c)).collect()
}

/// Latin letters beyond ASCII: they are spelling (`é`, `ø`, `ł`), never a disguise.
fn is_latin(c: char) -> bool {
    matches!(c, '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}' | '\u{a720}'..='\u{a7ff}' | '\u{fb00}'..='\u{fb06}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_one_script_is_not_disguised() {
        assert!(!is_disguised("мир"));
        assert!(!is_disguised("naïve"));
        assert!(is_disguised("\u{410}sad"));
        assert_eq!(undisguised("\u{410}sad"), "Asad");
        assert!(look_alike("соре", "cope"));
        assert!(!look_alike("2254", "2245"));
        for (one, other) in [("צה״ל", "צה\"ל"), ("ג׳ורג׳", "ג'ורג'"), ("Hawaiʻi", "Hawai‘i"), ("×", "x")]
        {
            assert!(!look_alike(one, other), "{one} {other}");
        }
    }
}
