//! What kind of text a body holds: by media type, else by name, else by its first bytes. And whether it is text at all.
//!
//! Bytes and names go in, a [`Format`] comes out. What the text says is never looked at, only how it is written. Add a
//! format here and in `extract`; add a kind of file people hand over by mistake to `MAGIC`.

use serde::{Deserialize, Serialize};

use super::Error;

/// The kinds of text that can be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// HTML or XHTML.
    Html,
    /// CommonMark Markdown: carries links and emphasis.
    Markdown,
    /// Plain text, which may still hold Markdown links and nothing else of it; carries no emphasis.
    Plain,
}

impl Format {
    /// The media type as it is reported.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Markdown => "text/markdown",
            Self::Plain => "text/plain",
        }
    }

    /// The file ending an evidence folder uses for it.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Plain => "txt",
        }
    }
}

/// How many bytes at the beginning are looked at.
const SAMPLE: usize = 64 * 1024;

/// First bytes of files that hold no text, and what to call such a file.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"RIFF", "a picture, sound or video"),
    (b"II*\0", "a TIFF picture"),
    (b"MM\0*", "a TIFF picture"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (such as DOC)"),
    (b"{\\rtf", "an RTF document"),
    (b"WARC/", "a web archive (WARC)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
    (b"\xff\xfe\0\0", "UTF-32 text"),
    (b"\0\0\xfe\xff", "UTF-32 text"),
];

/// Why a body has no format.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unfit {
    /// There is no text in it.
    Empty,
    /// It is something else than text.
    Binary(&'static str),
}

impl Unfit {
    /// The error it makes of the source named `locator`.
    pub fn of(self, locator: &str) -> Error {
        let locator = locator.to_owned();
        match self {
            Self::Empty => Error::Empty { locator },
            Self::Binary(what) => Error::Binary { locator, what },
        }
    }
}

/// Decides on the format of `body`, whose file name or address is `name`.
pub(super) fn format(name: &str, body: &[u8], media_type: Option<&str>) -> Result<Format, Unfit> {
    let sample = body.get(..SAMPLE).unwrap_or(body);
    let declares_utf16 = media_type
        .and_then(charset_parameter)
        .is_some_and(|charset| charset.to_ascii_lowercase().starts_with("utf-16"));
    let utf16 = declares_utf16 || body.starts_with(b"\xff\xfe") || body.starts_with(b"\xfe\xff");
    if is_blank(body, utf16) {
        return Err(Unfit::Empty);
    }
    if let Some(what) = binary(sample, utf16) {
        return Err(Unfit::Binary(what));
    }
    // The markup's letters are ASCII in every encoding that is read, two-byte ones included once their NULs are gone.
    let head: Vec<u8> = sample.iter().copied().filter(|byte| *byte != 0).take(4096).collect();
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    Ok(media_type.and_then(by_media_type).or_else(|| by_ending(name)).unwrap_or_else(|| by_content(&head)))
}

/// The `charset` parameter of a media type.
pub(super) fn charset_parameter(media_type: &str) -> Option<String> {
    media_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    })
}

/// Nothing but white space and a byte order mark.
fn is_blank(body: &[u8], utf16: bool) -> bool {
    let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let blank = |byte: u8| byte.is_ascii_whitespace() || utf16 && matches!(byte, 0 | 0xfe | 0xff);
    text.iter().all(|byte| blank(*byte))
}

/// What the bytes are, where they are no text. A few stray NULs and control characters do not make a text binary.
fn binary(sample: &[u8], utf16: bool) -> Option<&'static str> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| sample.starts_with(magic)) {
        return Some(what);
    }
    if sample.starts_with(b"PK\x03\x04") {
        return Some(zip(sample));
    }
    if sample.get(4..8) == Some(b"ftyp") {
        return Some("a picture, sound or video");
    }
    if utf16 {
        return None;
    }
    let nuls = sample.iter().filter(|byte| **byte == 0).count();
    // Escape begins shift sequences in ISO-2022-JP, backspace overstrikes: both are text.
    let control = |byte: u8| byte.is_ascii_control() && !matches!(byte, 0 | b'\t' | b'\n' | b'\r' | 0x08 | 0x0c | 0x1b);
    let controls = sample.iter().filter(|byte| control(**byte)).count();
    let cut_short_at_most = match std::str::from_utf8(sample) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none(),
    };
    let share = |count: usize, percent: usize| count * 100 > sample.len() * percent;
    if nuls > 4 && share(nuls, 20) && alternating_nuls(sample) {
        return Some("UTF-16 text without a byte order mark");
    }
    let mostly_nul = nuls > 16 && share(nuls, 2) || nuls > 4 && share(nuls, 30);
    let mostly_control = controls > 4 && (share(controls, 10) || !cut_short_at_most && share(controls, 3));
    (mostly_nul || mostly_control).then_some("binary data")
}

/// Office documents and books are ZIP archives with telling names in them.
fn zip(sample: &[u8]) -> &'static str {
    let names = |name: &[u8]| sample.windows(name.len()).any(|window| window == name);
    if names(b"word/") {
        "a Word document (DOCX)"
    } else if names(b"application/vnd.oasis.opendocument") {
        "an OpenDocument file (such as ODT)"
    } else if names(b"application/epub+zip") {
        "an EPUB book"
    } else if names(b"datapackage.json") || names(b"archive/") {
        "a web archive (WACZ) or another ZIP archive"
    } else {
        "a ZIP archive"
    }
}

/// Whether nearly all NULs stand at even or nearly all at odd places, as in UTF-16 text of Latin letters.
fn alternating_nuls(sample: &[u8]) -> bool {
    let at = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (at(0), at(1));
    even.min(odd) * 20 < even.max(odd)
}

fn by_media_type(media_type: &str) -> Option<Format> {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "text/markdown" | "text/x-markdown" => Some(Format::Markdown),
        "text/plain" => Some(Format::Plain),
        _ => None,
    }
}

fn by_ending(name: &str) -> Option<Format> {
    let is_address = name.starts_with("http://") || name.starts_with("https://");
    let path = if is_address { name.split(['?', '#']).next().unwrap_or_default() } else { name };
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
    let (_, ending) = name.rsplit_once('.')?;
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" | "xhtml" | "xht" => Some(Format::Html),
        "md" | "markdown" | "mdown" | "mkd" => Some(Format::Markdown),
        "txt" | "text" => Some(Format::Plain),
        _ => None,
    }
}

/// Markup says so at once. Markdown must show two different signs: links alone also stand in plain text, and a text read
/// as Markdown is taken to carry emphasis, so a wrong guess would claim that there is none.
fn by_content(head: &str) -> Format {
    const TAGS: [&str; 12] = [
        "<!doctype html",
        "<html",
        "<head>",
        "<head ",
        "<body",
        "<title",
        "<meta",
        "<p>",
        "<p ",
        "<div",
        "<article",
        "</",
    ];
    // A mark of UTF-16 is no UTF-8 and shows as two replacement characters.
    let text = head.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    if text.starts_with('<') && TAGS.iter().any(|tag| text.contains(tag)) {
        return Format::Html;
    }
    let heading = |line: &str| {
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        (1..=6).contains(&level) && line.get(level..).is_some_and(|rest| rest.starts_with(' '))
    };
    let between = |mark: &str| {
        head.split(mark).nth(1).is_some_and(|inside| !inside.starts_with(char::is_whitespace) && !inside.is_empty())
            && head.matches(mark).count() > 1
    };
    let signs = [
        head.lines().any(heading),
        between("**") || between("__"),
        head.contains("]("),
        head.lines().any(|line| line.starts_with("> ")),
        head.lines().any(|line| line.starts_with("```")),
    ];
    if signs.into_iter().filter(|sign| *sign).count() >= 2 { Format::Markdown } else { Format::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what(body: &[u8]) -> Option<&'static str> {
        match format("-", body, None) {
            Err(Unfit::Binary(what)) => Some(what),
            Err(Unfit::Empty) | Ok(_) => None,
        }
    }

    #[test]
    fn media_type_goes_before_ending_and_ending_before_content() {
        let html = b"<!doctype html><p>Text";
        assert_eq!(format("a.html", html, Some("text/plain")), Ok(Format::Plain));
        assert_eq!(format("a.md", html, None), Ok(Format::Markdown));
        assert_eq!(format("a.bin", html, Some("application/octet-stream")), Ok(Format::Html));
        assert_eq!(format("https://example.org/a.md?as=x.html", b"Text", None), Ok(Format::Markdown));
        assert_eq!(format("folder.html/page", b"Text", None), Ok(Format::Plain));
        assert_eq!(format("a", b"Text", Some("Text/HTML; charset=utf-8")), Ok(Format::Html));
    }

    #[test]
    fn content_decides_when_nothing_else_does() {
        assert_eq!(format("-", b"\xef\xbb\xbf\n<!-- x --><P>Text</P>", None), Ok(Format::Html));
        assert_eq!(format("-", b"\xff\xfe<\0p\0>\0T\0", None), Ok(Format::Html));
        assert_eq!(format("-", b"# Title\n\nSome **bold** words.", None), Ok(Format::Markdown));
        assert_eq!(format("-", b"By [one](#) and [another](#).\n\nText.", None), Ok(Format::Plain));
        assert_eq!(format("-", b"<3 is no tag", None), Ok(Format::Plain));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(what(b"%PDF-1.7\nmore"), Some("a PDF file"));
        assert_eq!(what(b"PK\x03\x04....word/document.xml"), Some("a Word document (DOCX)"));
        assert_eq!(what(b"\x1f\x8b\x08\0"), Some("a gzip archive"));
        assert_eq!(what(b"T\0e\0x\0t\0 \0i\0n\0 \0U\0"), Some("UTF-16 text without a byte order mark"));
        let noise: Vec<u8> = (0..2048_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(what(&noise), Some("binary data"));
        assert_eq!(what(&[0; 5000]), Some("binary data"));
    }

    #[test]
    fn a_few_nuls_are_text_and_so_are_old_charsets() {
        assert_eq!(what(b"A text with\0 a NUL in it."), None);
        assert_eq!(what(b"\xc4\xee\xea\xf3\xec\xe5\xed\xf2 \xef\xee\xe4\xef\xe8\xf1\xe0\xed"), None);
        assert_eq!(what(b"\x1b$B%F%9%H\x1b(B"), None);
    }

    #[test]
    fn white_space_alone_is_empty() {
        for body in [b"".as_slice(), b" \r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", b"\xff\xfe", b"\xff\xfe \0\n\0"] {
            assert_eq!(format("-", body, None), Err(Unfit::Empty), "{body:?}");
        }
    }

    #[test]
    fn charset_parameters_are_found_among_others() {
        assert_eq!(charset_parameter("text/html; a=b; Charset=\"UTF-8\"").as_deref(), Some("UTF-8"));
        assert_eq!(charset_parameter("text/html"), None);
    }
}
