//! The head of a recorded HTTP answer, and chunk framing undone: bytes in, values out.
//!
//! Recorded heads come from servers of thirty years and from programs that rebuilt them: line ends without a carriage return,
//! missing reason phrases and lines that are no header are read over. Nothing here asks whether an answer was a good one.

use std::ops::Range;

use crate::capture::Header;

/// The largest head of an answer that is read, in bytes.
const HEAD: usize = 1 << 20;
/// The most headers that are kept.
const HEADERS: usize = 1000;
/// The longest line that gives the size of a chunk, in bytes, extensions included.
const CHUNK_LINE: usize = 4096;

/// The head of an answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Its headers, names in lower case.
    pub headers: Vec<Header>,
    /// Where in the block the body begins.
    pub body: usize,
}

impl Answer {
    /// Reads the head at the beginning of `block`; `None` if there is none, or none that ends within a megabyte.
    pub fn parse(block: &[u8]) -> Option<Self> {
        let mut lines = Lines { block: block.get(..HEAD).unwrap_or(block), at: 0 };
        let first = String::from_utf8_lossy(lines.next()?).into_owned();
        let mut words = first.split_ascii_whitespace();
        if !words.next()?.to_ascii_uppercase().starts_with("HTTP/") {
            return None;
        }
        let status = words.next()?.parse().ok().filter(|status| (100..1000).contains(status))?;
        let mut headers: Vec<Header> = Vec::new();
        loop {
            let line = lines.next()?;
            if line.is_empty() {
                return Some(Self { status, headers, body: lines.at });
            }
            if line.starts_with(b" ") || line.starts_with(b"\t") {
                let Some((_, value)) = headers.last_mut() else { continue };
                value.push(b' ');
                value.extend_from_slice(line.trim_ascii());
            } else if let Some(colon) = line.iter().position(|byte| *byte == b':')
                && headers.len() < HEADERS
            {
                let name = String::from_utf8_lossy(&line[..colon]).trim().to_ascii_lowercase();
                headers.push((name, line[colon + 1..].trim_ascii().to_vec()));
            }
        }
    }

    /// The first value of a header, its name in lower case.
    pub fn header(&self, name: &str) -> Option<String> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        Some(String::from_utf8_lossy(value).into_owned())
    }

    /// Whether the answer says that its body comes in chunks.
    pub fn is_chunked(&self) -> bool {
        let last = |value: String| value.rsplit(',').next().map(|last| last.trim().eq_ignore_ascii_case("chunked"));
        self.header("transfer-encoding").and_then(last).unwrap_or(false)
    }
}

/// Lines without their ends, up to the first that has none.
struct Lines<'a> {
    block: &'a [u8],
    at: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<&'a [u8]> {
        let rest = self.block.get(self.at..)?;
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        self.at += end + 1;
        let line = &rest[..end];
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}

/// Undoes chunk framing (RFC 9112, 7.1). `None` if `body` is not framed so from its first byte on; where it ends before the last chunk
/// does, `None` too, unless it is known to be cut short.
pub fn unchunked(body: &[u8], cut_short: bool) -> Option<Vec<u8>> {
    let mut lines = Lines { block: body, at: 0 };
    let mut whole = Vec::new();
    loop {
        let Some(line) = lines.next().filter(|line| line.len() <= CHUNK_LINE) else {
            return (cut_short && lines.at > 0).then_some(whole);
        };
        let digits = line.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii();
        let digits = std::str::from_utf8(digits).ok().filter(|digits| (1..=15).contains(&digits.len()))?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let size = usize::from_str_radix(digits, 16).ok()?;
        if size == 0 {
            // What may follow are trailers and an empty line, which some programs leave out.
            return Some(whole);
        }
        let piece: Range<usize> = lines.at..lines.at.checked_add(size)?;
        let Some(piece) = body.get(piece.clone()) else {
            return cut_short.then(|| [whole.as_slice(), body.get(piece.start..).unwrap_or_default()].concat());
        };
        whole.extend_from_slice(piece);
        lines.at += size;
        match lines.next() {
            Some([]) => {}
            None if cut_short => return Some(whole),
            Some(_) | None => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_all_ages_are_read() {
        let block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX: a\r\n b\r\nno header\r\n\r\n<p>";
        let answer = Answer::parse(block).unwrap();
        assert_eq!((answer.status, answer.body, answer.headers.len()), (200, block.len() - 3, 2));
        assert_eq!(answer.header("x").as_deref(), Some("a b"));
        assert_eq!(Answer::parse(b"HTTP/1.0 404\nA:b\n\n").unwrap().status, 404);
        for none in [b"".as_slice(), b"HTTP/1.1 200 OK\r\nA: b\r\n", b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 x\r\n\r\n"] {
            assert_eq!(Answer::parse(none), None);
        }
    }

    #[test]
    fn chunks_are_undone_only_where_they_are() {
        let framed = b"4;x=y\r\nWiki\r\n5\r\npedia\r\n0\r\nTrailer: x\r\n\r\n";
        assert_eq!(unchunked(framed, false).as_deref(), Some(b"Wikipedia".as_slice()));
        assert_eq!(unchunked(b"4\r\nWiki\r\n0\r\n", false).as_deref(), Some(b"Wiki".as_slice()));
        for plain in [b"<p>text</p>".as_slice(), b"", b"4\r\nWikipedia", b"4\r\nWi", b"-4\r\n", b"fffffffffffffff\r\n"]
        {
            assert_eq!(unchunked(plain, false), None, "{plain:?}");
        }
        assert_eq!(unchunked(b"4\r\nWiki\r\n5\r\npe", true).as_deref(), Some(b"Wikipe".as_slice()));
        assert_eq!(unchunked(b"4\r\nWiki\r\n5", true).as_deref(), Some(b"Wiki".as_slice()));
    }
}
