//! Content encodings undone. The only file that names the `flate2` crate.
//!
//! The bytes as sent go in, the body comes out. The limit is counted on what comes out, never on what was promised, so a
//! small answer that unpacks to a gigabyte ends at the limit. Add an encoding as an arm of [`undo`], and ask for it in `net`.

use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

/// Why a body could not be unpacked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// More came out than the limit allows.
    TooLarge,
    /// An encoding that is not undone here, as the server named it.
    Unknown(String),
    /// The packed bytes are damaged or end too early.
    Damaged,
}

/// Undoes the encoding that a `Content-Encoding` header names, if it names one; at most `limit` bytes may come out.
///
/// # Errors
/// [`Fault::Unknown`] for any encoding but `gzip` and `deflate`, and for several on top of each other;
/// [`Fault::TooLarge`] and [`Fault::Damaged`] for what is inside.
pub fn undo(encoding: Option<&str>, sent: Vec<u8>, limit: usize) -> Result<Vec<u8>, Fault> {
    let name = encoding.unwrap_or_default().trim().to_ascii_lowercase();
    match name.as_str() {
        "" | "identity" | "none" => Ok(sent),
        // A body of no bytes is announced as packed by many servers.
        "gzip" | "x-gzip" | "deflate" if sent.is_empty() => Ok(sent),
        "gzip" | "x-gzip" => bounded(MultiGzDecoder::new(sent.as_slice()), limit),
        "deflate" if is_zlib(&sent) => bounded(ZlibDecoder::new(sent.as_slice()), limit),
        "deflate" => bounded(DeflateDecoder::new(sent.as_slice()), limit),
        _ => Err(Fault::Unknown(name)),
    }
}

/// `deflate` means zlib (RFC 9110, 8.4.1.2), but some servers send it bare: the first two bytes tell.
fn is_zlib(sent: &[u8]) -> bool {
    match sent {
        [first, second, ..] => first & 0x0f == 8 && u16::from_be_bytes([*first, *second]).is_multiple_of(31),
        [] | [_] => true,
    }
}

fn bounded(decoder: impl Read, limit: usize) -> Result<Vec<u8>, Fault> {
    let mut body = Vec::new();
    let room = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    // What came out before damage still counts: over the limit is over the limit.
    let read = decoder.take(room).read_to_end(&mut body);
    if body.len() > limit {
        return Err(Fault::TooLarge);
    }
    read.map(|_| body).map_err(|_| Fault::Damaged)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write};

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = write::GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_was_packed_comes_out() {
        assert_eq!(undo(Some("GZIP"), gzip(b"words"), 5), Ok(b"words".to_vec()));
        assert_eq!(undo(Some("gzip"), [gzip(b"two "), gzip(b"members")].concat(), 100), Ok(b"two members".to_vec()));
        let mut zlib = write::ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(b"words").unwrap();
        assert_eq!(undo(Some("deflate"), zlib.finish().unwrap(), 5), Ok(b"words".to_vec()));
        let mut bare = write::DeflateEncoder::new(Vec::new(), Compression::fast());
        bare.write_all(b"words").unwrap();
        assert_eq!(undo(Some("deflate"), bare.finish().unwrap(), 5), Ok(b"words".to_vec()));
        assert_eq!(undo(Some("gzip"), Vec::new(), 5), Ok(Vec::new()));
    }

    #[test]
    fn a_bomb_ends_at_the_limit_and_damage_is_told() {
        let bomb = gzip(&vec![b'a'; 1_000_000]);
        assert!(bomb.len() < 10_000);
        assert_eq!(undo(Some("gzip"), bomb.clone(), 999_999), Err(Fault::TooLarge));
        assert_eq!(undo(Some("gzip"), bomb[..bomb.len() / 2].to_vec(), 2_000_000), Err(Fault::Damaged));
        assert_eq!(undo(Some("gzip"), b"not packed at all".to_vec(), 100), Err(Fault::Damaged));
    }

    #[test]
    fn encodings_not_asked_for_are_errors() {
        assert_eq!(undo(Some("br"), Vec::new(), 5), Err(Fault::Unknown("br".to_owned())));
        assert_eq!(undo(Some("gzip, gzip"), Vec::new(), 5), Err(Fault::Unknown("gzip, gzip".to_owned())));
    }
}
