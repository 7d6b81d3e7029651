//! Bytes → characters. The only file that names the `encoding_rs` and `chardetng` crates.
//!
//! A capture goes in; its text, the charset it was read in and what went wrong come out. The order is a browser's: byte
//! order mark, what the transport declares, what the page declares, then a guess. One thing differs: bytes that are plainly
//! UTF-8 are read as UTF-8 even where something else is declared, because a saved page often lost the header that said so,
//! and reading it as declared would make an alteration of every apostrophe. It is said in a note.

mod prescan;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

use super::Note;
use crate::capture::{Capture, Format};

/// The most characters of a declared label that are repeated.
const LABEL_CHARS: usize = 40;

/// A body as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark. NULs are left to the HTML parser, which knows where they count, and gone
    /// from other formats.
    pub text: String,
    /// The charset it was read in: its WHATWG name in lower case.
    pub charset: String,
    /// The charset that was declared, as it was written: by the transport, else by the page.
    pub declared: Option<String>,
    /// The limits `charset-declared-wrong`, `charset-unknown`, `charset-guessed`, `invalid-bytes` and `nul-bytes`.
    pub notes: Vec<Note>,
}

/// Reads the body of `capture` as text. Any bytes give some text.
pub fn decode(capture: &Capture) -> Decoded {
    let mut notes = Vec::new();
    let declared = declared(capture);
    let (encoding, skip) = match Encoding::for_bom(&capture.body) {
        Some(found) => found,
        None => (choose(&capture.body, declared.as_deref(), &mut notes), 0),
    };
    let body = capture.body.get(skip..).unwrap_or_default();
    let (text, broken) = encoding.decode_without_bom_handling(body);
    let mut text = text.into_owned();
    let charset = encoding.name().to_ascii_lowercase();
    if broken {
        let places = text.matches('\u{fffd}').count();
        notes.push(note(
            "invalid-bytes",
            format!("Some bytes are not valid {charset}: unreadable in {}.", times(places)),
        ));
    }
    let nuls = text.matches('\0').count();
    if nuls > 0 {
        notes
            .push(note("nul-bytes", format!("NUL characters stand in the text in {} and were left out.", times(nuls))));
        if capture.format != Format::Html {
            text.retain(|c| c != '\0');
        }
    }
    Decoded { text, charset, declared, notes }
}

/// A style sheet as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetText<'b> {
    /// The text, without a byte order mark.
    pub text: Cow<'b, str>,
    /// The charset it was read in.
    pub charset: String,
}

/// Reads the style sheet `body` as text, as the standard (CSS Syntax) has it: by its byte order mark, by what it was sent as
/// (`declared`), by the `@charset` it begins with, else in the charset of what refers to it (`around`), else as UTF-8.
pub fn sheet<'b>(body: &'b [u8], declared: Option<&str>, around: &str) -> SheetText<'b> {
    let (encoding, skip) = Encoding::for_bom(body).unwrap_or_else(|| {
        let found = declared.and_then(known).or_else(|| at_charset(body)).or_else(|| known(around));
        (found.unwrap_or(UTF_8), 0)
    });
    let (text, _) = encoding.decode_without_bom_handling(body.get(skip..).unwrap_or_default());
    SheetText { text, charset: encoding.name().to_ascii_lowercase() }
}

/// The encoding in the `@charset` that a sheet begins with. Such bytes cannot be UTF-16.
fn at_charset(body: &[u8]) -> Option<&'static Encoding> {
    let rest = body.get(..1024).unwrap_or(body).strip_prefix(b"@charset \"")?;
    let end = rest.iter().position(|byte| *byte == b'"')?;
    let encoding = known(std::str::from_utf8(rest.get(..end)?).ok()?).filter(|_| rest.get(end + 1) == Some(&b';'))?;
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { in_practice(encoding) })
}

fn declared(capture: &Capture) -> Option<String> {
    let by_transport = capture.declared_charset.clone().filter(|label| !label.is_empty());
    let by_page = || match capture.format {
        Format::Html => prescan::label(&capture.body, |label| known(label).is_some()),
        Format::Markdown | Format::Plain => None,
    };
    by_transport.or_else(by_page).map(|label| label.chars().take(LABEL_CHARS).collect())
}

/// The encoding a label means. Some labels mean encodings nobody may use any more; those count as unknown.
fn known(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != REPLACEMENT)
}

/// The charset of bytes without a byte order mark.
fn choose(body: &[u8], declared: Option<&str>, notes: &mut Vec<Note>) -> &'static Encoding {
    let Some(label) = declared else { return guess(body, notes) };
    let Some(encoding) = known(label).map(in_practice) else {
        notes.push(note("charset-unknown", format!("The declared charset {label:?} is not known.")));
        return guess(body, notes);
    };
    if encoding != UTF_8 && is_plainly_utf8(body, encoding) {
        let message = format!("The charset {label:?} is declared, but the bytes are UTF-8 and were read as such.");
        notes.push(note("charset-declared-wrong", message));
        return UTF_8;
    }
    encoding
}

/// Two labels cannot mean what they say, as the HTML standard has it: a page whose markup reads as ASCII is not in UTF-16.
fn in_practice(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == X_USER_DEFINED { WINDOWS_1252 } else { encoding }
}

/// Whether `body` is valid UTF-8 beyond ASCII, and the declared encoding is not just as likely: one-byte encodings take any
/// bytes, but their texts are hardly ever valid UTF-8; the others must have failed.
fn is_plainly_utf8(body: &[u8], declared: &'static Encoding) -> bool {
    if std::str::from_utf8(body).is_err() {
        return false;
    }
    if declared == UTF_16LE || declared == UTF_16BE {
        // Spaces, breaks and Latin letters each bring a NUL into real UTF-16.
        return !body.contains(&0);
    }
    let fails = || declared.decode_without_bom_handling_and_without_replacement(body).is_none();
    !body.is_ascii() && (declared.is_single_byte() || fails())
}

/// The charset of bytes that declare none.
fn guess(body: &[u8], notes: &mut Vec<Note>) -> &'static Encoding {
    // A few broken bytes do not turn a UTF-8 text into something else: count what fits against what does not.
    let (mut fits, mut broken) = (0_usize, 0_usize);
    for chunk in body.utf8_chunks() {
        fits += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if broken == 0 && !body.contains(&0x1b) || fits > broken {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(body, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    if encoding == UTF_8 || body.is_ascii() && encoding == WINDOWS_1252 {
        return UTF_8;
    }
    let name = encoding.name().to_ascii_lowercase();
    notes.push(note("charset-guessed", format!("No usable charset is declared; the bytes read best as {name}.")));
    encoding
}

fn note(code: &str, message: String) -> Note {
    Note { code: code.to_owned(), message }
}

fn times(places: usize) -> String {
    if places == 1 { "one place".to_owned() } else { format!("{places} places") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &[u8], media_type: &str) -> Decoded {
        decode(&Capture::from_bytes("-", body.to_vec(), Some(media_type)).unwrap())
    }

    fn codes(decoded: &Decoded) -> Vec<&str> {
        decoded.notes.iter().map(|note| note.code.as_str()).collect()
    }

    #[test]
    fn a_byte_order_mark_goes_before_everything() {
        let utf8 = read(b"\xef\xbb\xbfna\xc3\xafve", "text/plain; charset=iso-8859-1");
        assert_eq!((utf8.text.as_str(), utf8.charset.as_str(), codes(&utf8)), ("naïve", "utf-8", vec![]));
        assert_eq!(utf8.declared.as_deref(), Some("iso-8859-1"));
        let utf16 = read(b"\xff\xfen\0a\0\xef\0v\0e\0", "text/plain");
        assert_eq!((utf16.text.as_str(), utf16.charset.as_str()), ("naïve", "utf-16le"));
    }

    #[test]
    fn the_transport_goes_before_the_page() {
        let page = b"<meta charset=koi8-r><p>na\xefve";
        let by_header = read(page, "text/html; charset=latin1");
        assert_eq!(by_header.charset, "windows-1252");
        assert!(by_header.text.ends_with("naïve"));
        let by_page = read(page, "text/html");
        assert_eq!((by_page.charset.as_str(), by_page.declared.as_deref()), ("koi8-r", Some("koi8-r")));
    }

    #[test]
    fn utf8_under_a_wrong_label_is_read_as_utf8_and_said() {
        for label in ["iso-8859-1", "windows-1251", "shift_jis", "utf-16le"] {
            let decoded = read("It’s a “naïve” text".as_bytes(), &format!("text/plain; charset={label}"));
            assert_eq!(decoded.text, "It’s a “naïve” text", "{label}");
            assert_eq!(codes(&decoded), ["charset-declared-wrong"], "{label}");
        }
        let honest = read(b"caf\xe9", "text/plain; charset=iso-8859-1");
        assert_eq!((honest.text.as_str(), codes(&honest)), ("café", vec![]));
    }

    #[test]
    fn utf16_declared_and_meant_stays_utf16() {
        let decoded = read(b"p\0l\0a\0i\0n\0", "text/plain; charset=utf-16le");
        assert_eq!((decoded.text.as_str(), codes(&decoded)), ("plain", vec![]));
    }

    #[test]
    fn undeclared_bytes_are_utf8_where_they_can_be() {
        assert_eq!(read("naïve".as_bytes(), "text/plain").charset, "utf-8");
        assert_eq!(read(b"plain", "text/plain").charset, "utf-8");
        let broken = read("naïve café \u{2014} and one bad byte: \u{fffd}".as_bytes(), "text/plain");
        assert_eq!(codes(&broken), [""; 0], "a replacement character that was there already is no fault");
        let broken = read(b"na\xc3\xafve caf\xc3\xa9 \xff end", "text/plain");
        assert_eq!(broken.text, "naïve café \u{fffd} end");
        assert_eq!(codes(&broken), ["invalid-bytes"]);
        assert_eq!(broken.notes[0].message, "Some bytes are not valid utf-8: unreadable in one place.");
    }

    #[test]
    fn other_undeclared_bytes_are_guessed_and_said() {
        let russian = read(
            b"\xcf\xf0\xe5\xe7\xe8\xe4\xe5\xed\xf2\xfb \xe4\xee\xe3\xee\xe2\xee\xf0\xe8\xeb\xe8\xf1\xfc",
            "text/plain",
        );
        assert_eq!((russian.text.as_str(), russian.charset.as_str()), ("Президенты договорились", "windows-1251"));
        assert_eq!(codes(&russian), ["charset-guessed"]);
    }

    #[test]
    fn labels_nobody_knows_do_not_stop_the_reading() {
        let decoded = read("naïve".as_bytes(), "text/plain; charset=utf-ate");
        assert_eq!((decoded.text.as_str(), decoded.declared.as_deref()), ("naïve", Some("utf-ate")));
        assert_eq!(codes(&decoded), ["charset-unknown"]);
        assert_eq!(codes(&read(b"text", "text/plain; charset=hz-gb-2312")), ["charset-unknown"]);
    }

    #[test]
    fn a_sheet_is_read_as_it_declares_or_as_the_page_is() {
        let of = |body: &[u8], declared: Option<&str>, around: &str| {
            let read = sheet(body, declared, around);
            (read.text.into_owned(), read.charset)
        };
        let latin = ("é".to_owned(), "windows-1252".to_owned());
        assert_eq!(of(b"\xe9", None, "windows-1252"), latin);
        assert_eq!(of(b"\xe9", Some("latin1"), "utf-8"), latin);
        assert_eq!(of(b"@charset \"latin1\";\xe9", None, "utf-8").0, "@charset \"latin1\";é");
        assert_eq!(of(b"@charset 'latin1';\xe9", None, "utf-8").1, "utf-8", "only as the standard writes it");
        assert_eq!(of(b"@charset \"latin1\";\xc3\xa9", Some("utf-8"), "").1, "utf-8", "the transport goes first");
        assert_eq!(of(b"@charset \"utf-16\";", None, "koi8-r").1, "utf-8");
        assert_eq!(of(b"\xef\xbb\xbf\xc3\xa9", Some("latin1"), ""), ("é".to_owned(), "utf-8".to_owned()));
        assert_eq!(of(b"\xff\xfe\xe9\0", None, "").0, "é");
        assert_eq!(of(b"\xc3\xa9", Some("utf-ate"), "no such charset"), ("é".to_owned(), "utf-8".to_owned()));
    }

    #[test]
    fn nuls_are_taken_out_of_plain_text_and_left_to_the_html_parser() {
        let plain = read(b"mili\0tary", "text/plain");
        assert_eq!((plain.text.as_str(), codes(&plain)), ("military", vec!["nul-bytes"]));
        let html = read(b"<p>mili\0tary", "text/html");
        assert_eq!((html.text.as_str(), codes(&html)), ("<p>mili\0tary", vec!["nul-bytes"]));
    }
}
