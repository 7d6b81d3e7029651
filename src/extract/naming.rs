//! Whether a page can name a style sheet at all: its text goes in, a no is certain, a yes means that it has to be read to know.
//!
//! Reading a page costs as much as half of checking it, and many name no sheet. A sheet is named by a `link` element or an `@import`; both
//! stand in the text as they are, but inside drawings, where an `@import` can be spelled with references or cut by comments, and inside
//! `srcdoc`. Whatever could be one of these is a yes.

/// What a sheet is imported with.
const IMPORT: &[u8] = b"import";

/// Whether `text`, the source of a page, could name a style sheet.
pub(super) fn may_name_sheets(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut is_foreign, mut has_reference) = (false, false);
    for (at, byte) in bytes.iter().enumerate() {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        match byte {
            b'<' if begins(rest, b"link") => return true,
            b'<' if begins(rest, b"svg") || begins(rest, b"math") => is_foreign = true,
            b's' | b'S' if begins(rest, b"rcdoc") => return true,
            b'&' if begins(rest, b"#") || begins(rest, b"commat") => has_reference = true,
            b'@' if may_import(rest) => return true,
            _ => {}
        }
        if is_foreign && has_reference {
            return true;
        }
    }
    false
}

fn begins(text: &[u8], with: &[u8]) -> bool {
    text.get(..with.len()).is_some_and(|own| own.eq_ignore_ascii_case(with))
}

/// Whether what stands behind an `@` could be the keyword: as it is, with an escape, with a reference, or cut by a tag.
fn may_import(rest: &[u8]) -> bool {
    let same = rest.iter().zip(IMPORT).take_while(|(own, letter)| own.eq_ignore_ascii_case(letter)).count();
    same == IMPORT.len() || rest.get(same).is_some_and(|next| b"\\&<".contains(next))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{capture::Capture, extract::Linking};

    /// What a page asks for when it is read whatever it looks like.
    fn wanted(page: &str) -> usize {
        let capture = Capture::from_bytes("page.html", page.as_bytes().to_vec(), Some("text/html")).unwrap();
        let whole = format!("{page}<!--<link-->");
        let known = Capture::from_bytes("page.html", whole.into_bytes(), Some("text/html")).unwrap();
        let asked = Linking::of(&known).wanted(&known).len();
        assert_eq!(Linking::of(&capture).wanted(&capture).len(), asked, "{page}");
        asked
    }

    #[test]
    fn every_way_to_name_a_sheet_is_seen() {
        for page in [
            "<p>a<LINK rel=stylesheet href=a.css>",
            "<style>@import 'a.css';</style>",
            "<style>@IMPORT url(a.css);</style>",
            "<style>@\\69mport 'a.css';</style>",
            "<style>@im\\70 ort 'a.css';</style>",
            "<svg><style>@&#105;mport 'a.css';</style></svg>",
            "<svg><style>&#64;import 'a.css';</style></svg>",
            "<svg><style>&commat;import 'a.css';</style></svg>",
            "<svg><style>@im<!-- -->port 'a.css';</style></svg>",
            "<svg><style>@im<![CDATA[port 'a.css';]]></style></svg>",
            "<div><template shadowrootmode=open><link rel=stylesheet href=a.css></template></div>",
        ] {
            assert!(may_name_sheets(page), "{page}");
            wanted(page);
        }
        assert_eq!(wanted("<style>@\\69mport 'a.css';</style>"), 1);
        assert_eq!(wanted("<svg><style>@im<!-- -->port 'a.css';</style></svg>"), 1);
        assert!(may_name_sheets("<iframe srcdoc='&lt;link rel=stylesheet href=a.css>'>"));
    }

    #[test]
    fn a_page_without_one_is_not_read_for_them() {
        for page in [
            "<style>p { margin: 0 } @media print { p { color: red } }</style><p>me@example.org &amp; you &#8217;",
            "<svg><path d=M0></svg><p>&amp; &mdash;",
            "<p>A linked list @ links, an important thing.",
        ] {
            assert!(!may_name_sheets(page), "{page}");
            assert_eq!(wanted(page), 0);
        }
    }
}
