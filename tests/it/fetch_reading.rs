//! How the body of an answer is read: packing, charset and media type, as declared and as they are.

use vidimus::{Verdict, digest::Digest};

use crate::{
    fetch::{ORIGINAL, codes, fetched, gzip, refused},
    support::Reply,
};

/// The same with an apostrophe and an umlaut, to tell charsets apart.
const ACCENTS: &str = "<p>The minister’s café in Zürich met in the capital on Monday.</p>";

#[test]
fn packed_pages_are_unpacked_and_hashed_unpacked() {
    for encoding in ["gzip", "x-gzip", "GZIP"] {
        let report = fetched(Reply::html(gzip(ORIGINAL.as_bytes())).header("Content-Encoding", encoding), ORIGINAL);
        assert_eq!(report.verdict, Verdict::Verbatim, "{encoding}");
        assert_eq!(report.copy.sha256, Digest::of(ORIGINAL.as_bytes()).to_string());
        assert_eq!(report.copy.bytes, ORIGINAL.len() as u64);
    }
}

#[test]
fn packings_that_cannot_be_undone_are_errors() {
    for encoding in ["compress", "gzip, gzip"] {
        let reply = Reply::html(ORIGINAL).header("Content-Encoding", encoding);
        refused(reply, &format!("sent in the encoding {encoding:?}, which was not asked for"));
    }
    let packed = gzip(&ORIGINAL.as_bytes().repeat(50));
    let half = packed[..packed.len() / 2].to_vec();
    refused(Reply::html(half).header("Content-Encoding", "gzip"), "the packed answer is damaged or ends too early");
    refused(Reply::html(ORIGINAL).header("Content-Encoding", "gzip"), "the packed answer is damaged");
}

#[test]
fn the_charset_comes_from_mark_then_header_then_page_then_bytes() {
    let latin = |text: &str| encode(text, "windows-1252");
    let with_meta = |charset: &str, text: &[u8]| [format!("<meta charset={charset}>").as_bytes(), text].concat();
    let marked = [b"\xef\xbb\xbf".as_slice(), ACCENTS.as_bytes()].concat();
    // Body, header, declared, used.
    let rows = [
        (marked, "text/html; charset=windows-1252", Some("windows-1252"), "utf-8"),
        (encode_utf16(ACCENTS), "text/html", None, "utf-16le"),
        (with_meta("koi8-r", &latin(ACCENTS)), "text/html; charset=windows-1252", Some("windows-1252"), "windows-1252"),
        (with_meta("windows-1252", &latin(ACCENTS)), "text/html", Some("windows-1252"), "windows-1252"),
        (with_meta("utf-8", ACCENTS.as_bytes()), "text/html", Some("utf-8"), "utf-8"),
        (ACCENTS.into(), "text/html", None, "utf-8"),
        (latin(ACCENTS), "text/html", None, "windows-1252"),
    ];
    for (body, header, declared, used) in rows {
        let report = fetched(Reply::page(header, body), &format!("<meta charset=utf-8>{ACCENTS}"));
        assert_eq!(report.verdict, Verdict::Verbatim, "{header} {declared:?} {used}");
        assert_eq!(report.findings, [], "{header} {declared:?} {used}");
        assert_eq!((report.copy.declared_charset.as_deref(), report.copy.charset.as_deref()), (declared, Some(used)));
    }
}

#[test]
fn what_was_wrong_with_a_charset_is_a_limit() {
    let latin = encode(ACCENTS, "windows-1252");
    let rows: [(Vec<u8>, &str, &str); 4] = [
        (latin.clone(), "text/html", "charset-guessed"),
        (ACCENTS.into(), "text/html; charset=windows-1252", "charset-declared-wrong"),
        (ACCENTS.into(), "text/html; charset=klingon", "charset-unknown"),
        (latin, "text/html; charset=utf-8", "invalid-bytes"),
    ];
    for (body, header, code) in rows {
        let report = fetched(Reply::page(header, body), &format!("<meta charset=utf-8>{ACCENTS}"));
        assert_eq!(codes(&report), [code], "{header}");
    }
}

#[test]
fn bytes_that_are_no_text_are_named() {
    for (media_type, body, what) in [
        ("application/pdf", b"%PDF-1.7 whatever".as_slice(), "a PDF file"),
        ("text/html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG picture"),
        ("text/html", b"PK\x03\x04....word/document.xml", "a Word document (DOCX)"),
    ] {
        let run = refused(Reply::page(media_type, body), &format!("this is {what}, which cannot be checked"));
        assert!(run.stderr.contains("hint: vidimus reads HTML, Markdown and plain text"), "{run:#?}");
    }
}

#[test]
fn text_under_another_media_type_is_still_read() {
    for media_type in ["application/octet-stream", "image/png", "nonsense", ""] {
        let page = format!("<!doctype html><title>Talks</title>{ORIGINAL}");
        let report = fetched(Reply::page(media_type, page), ORIGINAL);
        assert_eq!(report.copy.media_type.as_deref(), Some("text/html"), "{media_type:?}");
        assert_eq!(report.verdict, Verdict::Verbatim, "{media_type:?}");
    }
    let plain = fetched(Reply::page("text/plain", "Ministers met in the capital on Monday."), ORIGINAL);
    assert_eq!((plain.copy.media_type.as_deref(), plain.copy.emphasis), (Some("text/plain"), false));
}

#[test]
fn an_empty_answer_is_an_error() {
    refused(Reply::html(""), "empty, there is no text to check");
    refused(Reply::html(" \r\n\t"), "empty, there is no text to check");
}

fn encode(text: &str, charset: &str) -> Vec<u8> {
    assert_eq!(charset, "windows-1252");
    let one = |c: char| match c {
        '’' => 0x92,
        c => u8::try_from(u32::from(c)).unwrap(),
    };
    text.chars().map(one).collect()
}

fn encode_utf16(text: &str) -> Vec<u8> {
    [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}
