//! Text from a page, made harmless for where it is printed.

use crate::text::invisible::Invisible;

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
    for c in text.chars() {
        match c {
            ' '..='~' => out.push(c),
            '\n' | '\t' => out.push(' '),
            _ if c.is_control() || Invisible::of(c).is_some() || matches!(c, '\u{2028}' | '\u{2029}') => {
                out.extend(c.escape_unicode());
            }
            _ => out.push(c),
        }
    }
    out.replace("::", ": :").replace("##[", "# #[").replace("##vso[", "# #vso[")
}

/// `text` as HTML text or attribute value; what cannot be seen is spelled out.
pub fn html(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Soft hyphens do in a report what they do on the page.
            '\u{ad}' => out.push(c),
            '\n' | '\t' => out.push(' '),
            _ if c.is_control() || Invisible::of(c).is_some() => out.extend(c.escape_unicode()),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn markup_from_a_page_is_text() {
        assert_eq!(html("<script>\u{202e}&'\""), "&lt;script&gt;\\u{202e}&amp;&#39;&quot;");
    }
}
