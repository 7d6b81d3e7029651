//! The words of a text, and which of them a reader takes for the same. The only file that names `unicode-segmentation`.
//!
//! Words are the segments of Unicode Annex #29 that hold a letter or digit, and signs that mean something on their own
//! (`§`, `%`, `€`, a minus before a number). Punctuation and spaces lie between words. Two words are *the same* when their
//! [`Key`]s are equal: case, width, ligatures, typographic apostrophes, invisible characters and letters disguised as
//! look-alikes do not count, because each of those is judged on its own where the words are matched.

use std::ops::Range;

#[expect(clippy::disallowed_types, reason = "only looked up, never iterated: its order cannot be seen")]
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{invisible, lookalike};

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes.
    pub bytes: Range<usize>,
    /// What it is compared by.
    pub key: Key,
}

/// A word's identity under comparison. Only keys of the same [`Lexicon`] can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u32);

/// Gives equal words equal keys, across all texts it has seen.
#[derive(Default, Debug)]
#[expect(clippy::disallowed_types, reason = "only looked up, never iterated: its order cannot be seen")]
pub struct Lexicon {
    keys: HashMap<Box<str>, Key>,
    weights: Vec<u8>,
}

/// Words so common that finding one in two texts says nothing. Closed-class words of English; other languages are
/// recognised by length alone.
const FUNCTION_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "her",
    "his", "i", "in", "is", "it", "its", "of", "on", "or", "our", "she", "that", "the", "their", "them", "they",
    "this", "to", "was", "we", "were", "which", "who", "will", "with", "you",
];

impl Lexicon {
    /// A lexicon that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Cuts `text` into its words, in order.
    ///
    /// ```
    /// use vidimus::text::words::Lexicon;
    /// let mut lexicon = Lexicon::new();
    /// let left = lexicon.words("UNSCR 2254, “final”");
    /// let right = lexicon.words("unscr 2254 \"final\"");
    /// assert!(left.iter().map(|w| w.key).eq(right.iter().map(|w| w.key)));
    /// ```
    pub fn words(&mut self, text: &str) -> Vec<Word> {
        let mut words = Vec::with_capacity(text.len() / 6);
        visible(text, |bytes, word| words.push(Word { bytes, key: self.key(word) }));
        words
    }

    /// The key of a single word.
    pub fn key(&mut self, word: &str) -> Key {
        // Most words are folded already.
        let plain = word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        if let Some(key) = self.keys.get(word).filter(|_| plain) {
            return *key;
        }
        let folded = fold(word);
        if let Some(key) = self.keys.get(folded.as_str()) {
            return *key;
        }
        let key = Key(u32::try_from(self.keys.len()).unwrap_or(u32::MAX));
        self.weights.push(if FUNCTION_WORDS.contains(&folded.as_str()) { 1 } else { 2 });
        self.keys.insert(folded.into_boxed_str(), key);
        key
    }

    /// How much it says to find this word in two texts: 1 for function words, 2 for the rest.
    pub fn weight(&self, key: Key) -> usize {
        self.weights.get(key.0 as usize).copied().map_or(2, usize::from)
    }
}

/// Where the words of `text` stand, in bytes and in order: what [`Lexicon::words`] cuts, where nothing is compared.
pub fn spans(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    visible(text, |bytes, _| spans.push(bytes));
    spans
}

/// Hands on every word of `text` with its place; characters that are not seen part no words and are left out of them.
fn visible(text: &str, mut each: impl FnMut(Range<usize>, &str)) {
    if !invisible::any(text) {
        return cut(text, each);
    }
    let mut clean = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices().filter(|(_, c)| invisible::Invisible::of(*c).is_none()) {
        clean.push(c);
        origin.extend(std::iter::repeat_n(at, c.len_utf8()));
    }
    let place = |at: usize| origin.get(at).copied().unwrap_or(text.len());
    cut(&clean, |bytes, word| {
        // A word ends behind its last visible character, not before the next one.
        let (start, end) = (place(bytes.start), place(bytes.end));
        let last = text[..end].char_indices().rev().find(|(_, c)| invisible::Invisible::of(*c).is_none());
        let end = last.map_or(end, |(at, c)| at + c.len_utf8());
        each(start..end.max(start), word);
    });
}

/// Hands on every word of `text` with its place.
fn cut(text: &str, mut each: impl FnMut(Range<usize>, &str)) {
    let mut start = 0;
    // Annex #29 always breaks at a space, and most of what stands between two needs none of its rules.
    for chunk in text.split([' ', '\n']) {
        let mut push = |word: Range<usize>| each(start + word.start..start + word.end, &chunk[word]);
        match lone_word(chunk) {
            Some(word) => push(word),
            None => segments(chunk, push),
        }
        start += chunk.len() + 1;
    }
}

/// The segments of a text; characters that could not be read belong to the word they stand in.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut segments = text.split_word_bound_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = segments.next()?;
        let mut end = start + first.len();
        let mut last = first;
        while let Some((at, next)) = segments.next_if(|(_, next)| joins(last, next)) {
            end = at + next.len();
            last = next;
        }
        Some((start, &text[start..end]))
    })
}

/// Whether two segments are one word of which something could not be read.
fn joins(left: &str, right: &str) -> bool {
    let unread = |segment: &str| segment.chars().all(|c| c == UNREAD);
    let word = |segment: &str| is_word(segment) || unread(segment);
    (unread(left) && word(right)) || (unread(right) && word(left))
}

/// Whether two words are the same as far as they could be read: each character that could not stands for one or two.
///
/// ```
/// use vidimus::text::words::is_read_alike;
/// assert!(is_read_alike("café", "caf\u{fffd}") && !is_read_alike("cafés", "caf\u{fffd}t"));
/// ```
pub fn is_read_alike(left: &str, right: &str) -> bool {
    let (whole, holes) = if right.contains(UNREAD) { (left, right) } else { (right, left) };
    if !holes.contains(UNREAD) || whole.contains(UNREAD) {
        return false;
    }
    let mut rest = whole;
    let mut parts = holes.split(UNREAD);
    let Some(after) = parts.next().and_then(|first| rest.strip_prefix(first)) else { return false };
    rest = after;
    for part in parts {
        let skipped = |count: usize| rest.char_indices().nth(count).map_or("", |(at, _)| &rest[at..]);
        let Some(after) = (1..=2).find_map(|count| skipped(count).strip_prefix(part)) else { return false };
        rest = after;
    }
    rest.is_empty() || holes.ends_with(UNREAD) && rest.chars().count() <= 1
}

/// What stands for bytes that are no character in the page's charset.
const UNREAD: char = '\u{fffd}';

/// Where full stops within a segment end a sentence whose space was lost: `economy.Since`, but not `Ph.D` or `example.org`.
fn sentence_ends(piece: &str) -> impl Iterator<Item = usize> + '_ {
    piece.match_indices('.').map(|(at, _)| at).filter(|at| {
        let small = piece[..*at].chars().rev().take(2).filter(|c| c.is_lowercase()).count();
        small == 2 && piece[at + 1..].starts_with(char::is_uppercase)
    })
}

/// The word in a piece of text without spaces, where that is nothing but plain letters and figures between common signs.
fn lone_word(chunk: &str) -> Option<Range<usize>> {
    let bytes = chunk.as_bytes();
    let start = bytes.iter().take_while(|byte| matches!(byte, b'(' | b'"' | b'[')).count();
    let rest = bytes.get(start..)?;
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let plain = |byte: &u8| matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b'"' | b']');
    (length > 0 && rest.get(length..)?.iter().all(plain)).then(|| start..start + length)
}

/// Hands on the words of `text`: the segments of Annex #29 that are words, parted where a space was lost.
fn segments(text: &str, mut word: impl FnMut(Range<usize>)) {
    let mut before = ' ';
    for (at, piece) in pieces(text) {
        let mut chars = piece.chars();
        let first = chars.next().unwrap_or(' ');
        let next = || text[at + piece.len()..].chars().next().unwrap_or(' ');
        if is_word(piece) || is_sign(first) || (is_minus(first) && !before.is_alphanumeric() && next().is_ascii_digit())
        {
            let mut from = 0;
            for to in sentence_ends(piece).chain([piece.len()]) {
                word(at + from..at + to);
                from = to + 1;
            }
        }
        before = chars.next_back().unwrap_or(first);
    }
}

/// Whether a segment holds a letter or a digit.
fn is_word(piece: &str) -> bool {
    match piece.as_bytes() {
        [byte] => byte.is_ascii_alphanumeric(),
        _ => piece.chars().any(|c| c.is_alphanumeric() || c == UNREAD),
    }
}

/// Signs that carry meaning of their own: units, currencies, relations.
fn is_sign(c: char) -> bool {
    matches!(
        c,
        '§' | '¶'
            | '%'
            | '‰'
            | '٪'
            | '№'
            | '℃'
            | '℉'
            | '$'
            | '¢'
            | '£'
            | '¥'
            | '€'
            | '₤'
            | '₩'
            | '₪'
            | '₽'
            | '₹'
            | '°'
            | '&'
            | '+'
            | '='
            | '<'
            | '>'
            | '±'
            | '×'
            | '÷'
            | '≤'
            | '≥'
            | '≠'
            | '≈'
            | '~'
            | '@'
            | '√'
            | '∞'
    )
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '−' | '–' | '‒')
}

/// What a word is compared by: compatibility form, lower case, plain apostrophe, no disguise.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let plain = if lookalike::is_disguised(word) { lookalike::undisguised(word) } else { word.to_owned() };
    plain
        .nfkc()
        .filter(|c| invisible::Invisible::of(*c).is_none() && *c != TATWEEL)
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' | 'ʼ' | 'ʻ' | '＇' | '´' | '`' | '׳' => '\'',
            '״' | '“' | '”' | '„' => '"',
            '−' | '–' | '‒' => '-',
            '٪' => '%',
            // Greek capitals have no final form and carry no accent.
            'ς' => 'σ',
            'ά' => 'α',
            'έ' => 'ε',
            'ή' => 'η',
            'ί' => 'ι',
            'ό' => 'ο',
            'ύ' => 'υ',
            'ώ' => 'ω',
            '٫' => '.',
            '٬' => ',',
            other => figure(other).unwrap_or(other),
        })
        // The sharp s has no capital of its own in most of what is written.
        .flat_map(|c| if c == 'ß' { ['s', 's'] } else { [c, '\0'] }.into_iter().filter(|c| *c != '\0'))
        .nfc()
        .collect()
}

/// Stretches an Arabic word to fill its line.
const TATWEEL: char = '\u{640}';

/// The zeros of scripts that write decimal figures of their own; the nine others follow each.
const ZEROS: [char; 18] = [
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{17e0}', '\u{1810}',
];

/// The ASCII figure of the same value.
fn figure(c: char) -> Option<char> {
    let value = |zero: &char| u32::from(c).checked_sub(u32::from(*zero)).filter(|value| *value < 10);
    if c.is_ascii() { None } else { ZEROS.iter().find_map(value).and_then(|value| char::from_digit(value, 10)) }
}

/// Where the letters of a text begin, in bytes, as a reader counts letters: marks and joined signs belong to theirs.
///
/// ```
/// assert_eq!(vidimus::text::words::letters("q\u{301}a").collect::<Vec<_>>(), [0, 3]);
/// ```
pub fn letters(text: &str) -> impl Iterator<Item = usize> + '_ {
    text.grapheme_indices(true).map(|(at, _)| at)
}

/// Whether a word is written in capitals: two letters at least, none of them small.
pub fn is_capitals(word: &str) -> bool {
    let mut capitals = 0;
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        if !c.is_uppercase() {
            return false;
        }
        capitals += 1;
    }
    capitals > 1
}

/// Whether a sentence ends between two words, judged by what stands between them.
pub fn ends_sentence(between: &str) -> bool {
    between.contains(['\n', '.', '!', '?', '…', '。', '！', '？', '۔', '؟'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        Lexicon::new().words(text).into_iter().map(|word| &text[word.bytes]).collect()
    }

    #[test]
    fn signs_and_numbers_are_words() {
        assert_eq!(texts("§ 5 costs €1,234.56, up 3%."), ["§", "5", "costs", "€", "1,234.56", "up", "3", "%"]);
        assert_eq!(texts("from -5 to 5-7"), ["from", "-", "5", "to", "5", "7"]);
        assert_eq!(texts("Asad's U.S.-Russia"), ["Asad's", "U.S", "Russia"]);
    }

    #[test]
    fn spaces_part_a_text_as_the_annex_does() {
        let pieces = [
            "a",
            "B",
            "7",
            " ",
            " ",
            "\n",
            ".",
            ",",
            "'",
            "’",
            "\"",
            "(",
            ")",
            "[",
            "-",
            "−",
            "%",
            "_",
            ":",
            "é",
            "e\u{301}",
            "\u{301}",
            "中",
            "ก",
            "\u{200d}",
            "😀",
            "א",
            "\u{fffd}",
            "economy.Since",
            "\t",
            "U.S.",
            "1,200",
            "\u{a0}",
        ];
        let mut state = 7_u64;
        for _ in 0..4000 {
            let mut text = String::new();
            for _ in 0..12 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            }
            let mut whole = Vec::new();
            segments(&text, |word| whole.push(word));
            let mut pieces = Vec::new();
            cut(&text, |word, _| pieces.push(word));
            assert_eq!(pieces, whole, "{text:?}");
        }
    }

    #[test]
    fn invisible_characters_do_not_break_words() {
        assert_eq!(texts("mili\u{200b}tary so\u{ad}lution\u{200b} now"), ["mili\u{200b}tary", "so\u{ad}lution", "now"]);
    }

    #[test]
    fn han_is_cut_into_characters_and_thai_does_not_panic() {
        assert_eq!(texts("中国，日本"), ["中", "国", "日", "本"]);
        assert!(!texts("ประเทศไทย").is_empty());
    }

    #[test]
    fn case_width_and_disguise_do_not_count() {
        let mut lexicon = Lexicon::new();
        assert_eq!(lexicon.key("\u{410}sad"), lexicon.key("ASAD"));
        assert_eq!(lexicon.key("ﬁnal"), lexicon.key("FINAL"));
        assert_eq!(lexicon.key("don’t"), lexicon.key("don't"));
        assert_ne!(lexicon.key("2254"), lexicon.key("2245"));
    }
}
