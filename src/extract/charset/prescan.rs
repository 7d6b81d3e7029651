//! The charset an HTML page declares in its first bytes, as the HTML standard has browsers look for it ("prescan a byte
//! stream to determine its encoding"), plus the XML declaration of XHTML.
//!
//! Bytes go in, a label comes out. Nothing here knows encodings: whether a label means one is asked of the caller.

/// How many bytes a page has to declare its charset.
const WINDOW: usize = 1024;

/// The first label that `known` accepts, else the first label at all.
pub fn label(body: &[u8], known: impl Fn(&str) -> bool) -> Option<String> {
    let mut scan = Scan { bytes: body.get(..WINDOW).unwrap_or(body), at: 0 };
    let labels = std::iter::once(scan.xml_declaration()).flatten().chain(std::iter::from_fn(|| scan.next_meta()));
    let mut unknown = None;
    for label in labels {
        // The markup was readable as ASCII to get here, so it is not in UTF-16, whatever it says.
        let label = if label.to_ascii_lowercase().starts_with("utf-16") { "utf-8".to_owned() } else { label };
        if known(&label) {
            return Some(label);
        }
        unknown = unknown.or(Some(label));
    }
    unknown
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scan<'_> {
    fn rest(&self) -> &[u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn sees(&self, word: &[u8]) -> bool {
        self.rest().get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
    }

    /// Goes behind the next `end`, or to the end of the window.
    fn skip_past(&mut self, end: &[u8]) {
        let found = self.rest().windows(end.len()).position(|window| window == end);
        self.at = found.map_or(self.bytes.len(), |found| self.at + found + end.len());
    }

    fn skip_while(&mut self, skip: impl Fn(u8) -> bool) {
        while self.peek().is_some_and(&skip) {
            self.at += 1;
        }
    }

    /// The pseudo-attribute `encoding` of an XML declaration, which must be the very first thing.
    fn xml_declaration(&mut self) -> Option<String> {
        if !self.sees(b"<?xml") {
            return None;
        }
        let end = self.rest().iter().position(|byte| *byte == b'>')?;
        let declaration = text(self.rest().get(..end)?);
        let (_, value) = declaration.split_once("encoding")?;
        let value = value.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        value.get(1..)?.split_once(quote).map(|(label, _)| label.trim().to_owned())
    }

    /// The label of the next `<meta>` that declares one.
    fn next_meta(&mut self) -> Option<String> {
        while self.peek().is_some() {
            if self.sees(b"<!--") {
                // `<!-->` is a comment too: its dashes count for both ends.
                self.at += 2;
                self.skip_past(b"-->");
            } else if self.sees(b"<meta")
                && self.bytes.get(self.at + 5).is_some_and(|byte| is_space(*byte) || *byte == b'/')
            {
                self.at += 5;
                if let Some(label) = self.meta() {
                    return Some(label);
                }
            } else if self.sees(b"<!") || self.sees(b"<?") {
                self.skip_past(b">");
            } else if self.peek() == Some(b'<') {
                self.tag();
            } else {
                self.at += 1;
            }
        }
        None
    }

    /// Goes over a tag, so that a `>` or `<meta` inside its attributes' values misleads nobody.
    fn tag(&mut self) {
        self.at += 1;
        let closes = self.peek() == Some(b'/');
        self.at += usize::from(closes);
        if self.peek().is_some_and(|byte| byte.is_ascii_alphabetic()) {
            self.skip_while(|byte| !is_space(byte) && byte != b'>');
            while self.attribute().is_some() {}
        } else if closes {
            self.skip_past(b">");
        }
    }

    /// The label a `<meta>` declares: `charset`, or `content` where `http-equiv` makes it a content type.
    fn meta(&mut self) -> Option<String> {
        let (mut is_content_type, mut charset, mut content) = (false, None, None);
        let mut names = Vec::new();
        while let Some((name, value)) = self.attribute() {
            if names.contains(&name) {
                continue;
            }
            match name.as_str() {
                "http-equiv" => is_content_type = value.eq_ignore_ascii_case("content-type"),
                "charset" => charset = Some(value),
                "content" => content = label_in_content(&value),
                _ => {}
            }
            names.push(name);
        }
        let label = charset.or(content.filter(|_| is_content_type))?;
        Some(label.trim().to_owned()).filter(|label| !label.is_empty())
    }

    /// The next attribute's name in lower case and its value; none at the end of the tag, which is gone over.
    fn attribute(&mut self) -> Option<(String, String)> {
        self.skip_while(|byte| is_space(byte) || byte == b'/');
        let begin = self.at;
        if self.peek()? == b'>' {
            self.at += 1;
            return None;
        }
        // An equals sign in the first place belongs to the name.
        self.at += 1;
        self.skip_while(|byte| !is_space(byte) && !matches!(byte, b'=' | b'/' | b'>'));
        let name = text(self.bytes.get(begin..self.at)?).to_ascii_lowercase();
        self.skip_while(is_space);
        if self.peek()? != b'=' {
            return Some((name, String::new()));
        }
        self.at += 1;
        self.skip_while(is_space);
        let first = self.peek()?;
        let begin = if matches!(first, b'"' | b'\'') {
            self.at += 1;
            let begin = self.at;
            self.skip_while(|byte| byte != first);
            begin
        } else {
            let begin = self.at;
            self.skip_while(|byte| !is_space(byte) && byte != b'>');
            begin
        };
        let value = text(self.bytes.get(begin..self.at)?);
        // A value the window cuts off is not a value.
        self.peek()?;
        self.at += usize::from(matches!(first, b'"' | b'\''));
        Some((name, value))
    }
}

/// The label in a `content` such as `text/html; charset=utf-8`.
fn label_in_content(content: &str) -> Option<String> {
    let lower = content.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower.get(from..)?.find("charset") {
        from += found + "charset".len();
        let Some(value) = content.get(from..)?.trim_start().strip_prefix('=') else { continue };
        let value = value.trim_start();
        return match value.chars().next()? {
            quote @ ('"' | '\'') => value.get(1..)?.split_once(quote).map(|(label, _)| label.to_owned()),
            _ => value.split(|c: char| c.is_ascii_whitespace() || c == ';').next().map(str::to_owned),
        };
    }
    None
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str) -> Option<String> {
        label(page.as_bytes(), |label| label != "unknown")
    }

    #[test]
    fn both_forms_are_found() {
        for page in [
            "<!doctype html><html><head><meta charset=\"koi8-r\">",
            "<META CHARSET = koi8-r>",
            "<meta/charset='koi8-r'/>",
            "<meta name=x content=y><meta content=\"text/html; charset=koi8-r\" http-equiv=Content-Type>",
            "<meta http-equiv=\"content-type\" content=\"a charset b; charset = 'koi8-r'; c\">",
            "<?xml version='1.0' encoding='koi8-r'?><html>",
            "<!-- <meta charset=utf-8> --><meta charset=koi8-r>",
            "<!--><meta charset=koi8-r>",
            "<p title=\"<meta charset=utf-8>\"><meta charset=koi8-r>",
            "</3><? a ><meta charset=unknown><meta charset=koi8-r>",
            "<meta charset=koi8-r charset=utf-8>",
        ] {
            assert_eq!(found(page).as_deref(), Some("koi8-r"), "{page}");
        }
    }

    #[test]
    fn what_is_no_declaration_is_not_taken_for_one() {
        for page in [
            "<metadata charset=koi8-r>",
            "<meta content=\"text/html; charset=koi8-r\">",
            "<!-- <meta charset=koi8-r>",
            "<meta charset=\"koi8-r",
            "<meta charset=>",
            "<p>charset=koi8-r",
            "<",
            "<meta ",
            "<meta charset=koi8-r",
        ] {
            assert_eq!(found(page), None, "{page}");
        }
        assert_eq!(found(&format!("{}<meta charset=koi8-r>", " ".repeat(WINDOW))), None);
        assert_eq!(found("<meta charset=unknown>").as_deref(), Some("unknown"));
        assert_eq!(found("<meta charset=utf-16>").as_deref(), Some("utf-8"));
    }
}
