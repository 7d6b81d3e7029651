//! Text from a page, made harmless for where it is printed. The only file that names `unicode_width`.
//!
//! Every renderer sends every text that is not its own through one of these functions: [`visible`] for terminals and logs,
//! [`message`] for errors and notes, [`html`] for pages, [`json`] for whole JSON texts. What steers a terminal, turns the direction of writing, cannot be seen
//! or piles up over its neighbours is spelled out; what a CI service would take for a command (`::`, `##`) is broken up.

use unicode_width::UnicodeWidthChar as _;

use crate::text::invisible::Invisible;

/// Marks that may follow each other on one letter; no script needs more, and more of them paint over other lines.
const MARKS: usize = 8;

/// From here on come the scripts and signs that need joiners: Arabic, those of India, emoji.
const JOINING: char = '\u{600}';

/// What becomes of one character.
#[derive(Clone, Copy)]
enum Piece {
    /// It stands as it is.
    Plain(char),
    /// It stands, but not beside the same sign before it.
    Apart(char),
    /// It is a soft hyphen: typesetting, and no part of the word.
    Soft,
    /// It is named by its number.
    Spelled(char),
}

/// `text` on one line, every character visible: control, direction and zero-width characters are spelled out, and what a
/// CI service would take for a command is broken up.
///
/// ```
/// use vidimus::report::escape::visible;
/// assert_eq!(visible("a\u{1b}[31m\u{202e}b"), "a\\u{1b}[31m\\u{202e}b");
/// assert_eq!(visible("::error::x"), ": :error: :x");
/// ```
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    pieces(text, |piece| match piece {
        Piece::Plain(c) => out.push(c),
        Piece::Apart(c) => out.extend([' ', c]),
        Piece::Soft => {}
        Piece::Spelled(c) => out.extend(c.escape_unicode()),
    });
    out
}

/// `text` as part of a message that begins with words of our own: as [`visible`] has it, but two colons stand. They command
/// nothing inside a line, and addresses have them.
///
/// ```
/// use vidimus::report::escape::message;
/// assert_eq!(message("http://[::1]/\u{1b}##[error]"), "http://[::1]/\\u{1b}# #[error]");
/// ```
pub fn message(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    pieces(text, |piece| match piece {
        Piece::Plain(c) | Piece::Apart(c @ ':') => out.push(c),
        Piece::Apart(c) => out.extend([' ', c]),
        Piece::Soft => {}
        Piece::Spelled(c) => out.extend(c.escape_unicode()),
    });
    out
}

/// `text` as HTML text or attribute value; what cannot be seen is spelled out.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    pieces(text, |piece| match piece {
        Piece::Plain('&') => out.push_str("&amp;"),
        Piece::Plain('<') => out.push_str("&lt;"),
        Piece::Plain('>') => out.push_str("&gt;"),
        Piece::Plain('"') => out.push_str("&quot;"),
        Piece::Plain('\'') => out.push_str("&#39;"),
        Piece::Plain(c) => out.push(c),
        Piece::Apart(c) => out.push_str(&format!("&#{};", u32::from(c))),
        // Soft hyphens do in a report what they do on the page.
        Piece::Soft => out.push('\u{ad}'),
        Piece::Spelled(c) => out.extend(c.escape_unicode()),
    });
    out
}

/// The JSON text `text` with the same meaning, in which nothing can steer a terminal or a CI service: such characters stand
/// in strings only, and there as `\u` escapes.
///
/// ```
/// use vidimus::report::escape::json;
/// assert_eq!(json("\"\u{9b}::error::\""), r#""\u009b:\u003aerror:\u003a""#);
/// ```
pub fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let (mut last, mut units) = ('\0', [0; 2]);
    for c in text.chars() {
        let twice = c == last && matches!(c, ':' | '#');
        // Machines read this, so joiners are escaped even where a script needs them.
        if twice || c != '\n' && c.is_control() || is_unseen(c) {
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
            last = '\0';
        } else {
            out.push(c);
            last = c;
        }
    }
    out
}

fn pieces(text: &str, mut put: impl FnMut(Piece)) {
    // As if marks had gone before: one at the very start has no letter to stand on.
    let (mut last, mut marks) = ('\0', MARKS);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let narrow = !c.is_ascii() && c.width().unwrap_or(0) == 0;
        let piece = match c {
            '\n' | '\t' => Piece::Plain(' '),
            ':' | '#' if c == last => Piece::Apart(c),
            ' '..='~' => Piece::Plain(c),
            '\u{ad}' => Piece::Soft,
            _ if joins(last, c, rest.peek().copied()) => Piece::Plain(c),
            _ if c.is_control() || is_unseen(c) || narrow && marks >= MARKS => Piece::Spelled(c),
            _ => Piece::Plain(c),
        };
        // A soft hyphen between two colons is as good as none.
        if !matches!(piece, Piece::Soft) {
            marks = if narrow { marks.saturating_add(1) } else { 0 };
            last = c;
        }
        put(piece);
    }
}

/// Whether `c` is a joiner or variation selector where a script needs one: behind a visible character of such a script
/// and, if it joins, before another. Then the page's reader saw its effect, and so shall the report's.
fn joins(last: char, c: char, next: Option<char>) -> bool {
    let needs = |c: char| c >= JOINING && Invisible::of(c).is_none();
    match c {
        '\u{200c}' | '\u{200d}' => needs(last) && next.is_some_and(needs) || last == '\u{fe0f}',
        '\u{fe00}'..='\u{fe0f}' | '\u{180b}'..='\u{180d}' => needs(last),
        _ => false,
    }
}

/// Whether nobody can see `c`: ignorable, a separator of lines or annotations, for private use, or no character at all.
fn is_unseen(c: char) -> bool {
    Invisible::of(c).is_some()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}' | '\u{13430}'..='\u{1345f}')
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. | '\u{fdd0}'..='\u{fdef}')
        || u32::from(c) & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::{html, json, visible};

    #[test]
    fn markup_from_a_page_is_text() {
        assert_eq!(html("<script>\u{202e}&'\""), "&lt;script&gt;\\u{202e}&amp;&#39;&quot;");
    }

    #[test]
    fn no_run_of_colons_or_hashes_survives() {
        for text in ["::", ":::", "::::", "##", "###[", "####vso[", "#\u{ad}#[", ":\u{ad}:error", "a::b##[c"] {
            for (name, shown) in [("terminal", visible(text)), ("html", html(text)), ("json", json(text))] {
                assert!(!shown.contains("::") && !shown.contains("##"), "{name}: {text:?} became {shown:?}");
            }
        }
    }

    #[test]
    fn json_says_the_same_as_before() {
        let text = "a\u{9b}\u{7f}\u{202e}\u{2028}\u{e0041}::##[\u{200b}é\u{ad}\u{1}\"\\:::";
        let before = serde_json::to_string_pretty(&[text]).unwrap();
        let after = json(&before);
        assert!(after.chars().all(|c| c == '\n' || c == 'é' || (' '..='~').contains(&c)), "{after}");
        assert_eq!(serde_json::from_str::<[String; 1]>(&after).unwrap(), [text]);
    }

    #[test]
    fn joiners_stay_only_where_a_script_needs_them() {
        for text in ["می\u{200c}خواهم", "क्\u{200d}ष", "👩\u{200d}🚀", "❤\u{fe0f}\u{200d}🔥", "葛\u{fe00}"]
        {
            assert_eq!(visible(text), text);
        }
        assert_eq!(visible("pay\u{200d}pal ми\u{200c}р"), "pay\\u{200d}pal ми\\u{200c}р");
        assert_eq!(visible("😀\u{fe0f}\u{fe01}"), "😀\u{fe0f}\\u{fe01}", "one selector, no hidden message");
        assert_eq!(visible("ا\u{200d}"), "ا\\u{200d}");
    }

    #[test]
    fn marks_do_not_pile_up() {
        let pile = format!("a{}b", "\u{301}".repeat(40));
        assert_eq!(visible(&pile), format!("a{}{}b", "\u{301}".repeat(8), "\\u{301}".repeat(32)));
        assert_eq!(html(&pile), visible(&pile));
        assert_eq!(visible("\u{301}a"), "\\u{301}a", "a mark without a letter would stand on our own sign");
        assert_eq!(visible("Việt Nam שָׁלוֹם"), "Việt Nam שָׁלוֹם");
    }

    #[test]
    fn typesetting_and_what_is_no_character() {
        assert_eq!(visible("Donau\u{ad}dampf\u{fffe}\u{e000}\u{fdd0}"), "Donaudampf\\u{fffe}\\u{e000}\\u{fdd0}");
        assert_eq!(html("Donau\u{ad}dampf"), "Donau\u{ad}dampf");
        assert_eq!(visible("a\nb\tc\rd\0"), "a b c\\u{d}d\\u{0}");
    }
}
