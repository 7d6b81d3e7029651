//! Content encodings undone. The only file that names the `flate2`, `brotli-decompressor` and `ruzstd` crates.
//!
//! The bytes as sent go in, the body comes out. The limit is counted on what comes out, never on what was promised, so a
//! small answer that unpacks to a gigabyte ends at the limit. Add an encoding as an arm of [`undo`], and ask for it in `net`.
//! Archives keep a gzip member a record: [`Members`] reads them one after the other and [`member`] makes one.

use std::io::{self, BufRead, Read, Write as _};

use brotli_decompressor::Decompressor;
use flate2::{
    Compression, GzBuilder, bufread,
    read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder},
};
use ruzstd::decoding::{
    StreamingDecoder,
    errors::{FrameDecoderError, ReadFrameHeaderError},
};

/// What a request says it takes, in the order of [`undo`].
#[cfg(feature = "net")]
pub const ACCEPTED: &str = "gzip, br, zstd";

/// The window every decoder of `zstd` has to offer (RFC 9659), in bytes; a frame may ask for as much as the body may hold.
const ZSTD_WINDOW: usize = 8 * 1024 * 1024;

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
/// [`Fault::Unknown`] for any encoding but `gzip`, `deflate`, `br` and `zstd`, and for several on top of each other;
/// [`Fault::TooLarge`] and [`Fault::Damaged`] for what is inside.
pub fn undo(encoding: Option<&str>, sent: Vec<u8>, limit: usize) -> Result<Vec<u8>, Fault> {
    let name = encoding.unwrap_or_default().trim().to_ascii_lowercase();
    match name.as_str() {
        "" | "identity" | "none" => Ok(sent),
        // A body of no bytes is announced as packed by many servers.
        "gzip" | "x-gzip" | "deflate" | "br" | "zstd" if sent.is_empty() => Ok(sent),
        "gzip" | "x-gzip" => bounded(MultiGzDecoder::new(sent.as_slice()), limit),
        "deflate" if is_zlib(&sent) => bounded(ZlibDecoder::new(sent.as_slice()), limit),
        "deflate" => bounded(DeflateDecoder::new(sent.as_slice()), limit),
        "br" => bounded(Decompressor::new(sent.as_slice(), 4096), limit),
        "zstd" => zstd(&sent, limit),
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
    into(&mut body, decoder, limit).map(|()| body)
}

/// Reads a decoder to its end, behind what is in `body` already.
fn into(body: &mut Vec<u8>, decoder: impl Read, limit: usize) -> Result<(), Fault> {
    let room = u64::try_from(limit.saturating_sub(body.len())).unwrap_or(u64::MAX).saturating_add(1);
    // What came out before damage still counts: over the limit is over the limit.
    let read = decoder.take(room).read_to_end(body);
    if body.len() > limit {
        return Err(Fault::TooLarge);
    }
    read.map(|_| ()).map_err(|_| Fault::Damaged)
}

/// Undoes `zstd`, frame by frame; frames that hold no content are passed over.
fn zstd(sent: &[u8], limit: usize) -> Result<Vec<u8>, Fault> {
    let (mut rest, mut body) = (sent, Vec::new());
    let window = u64::try_from(limit.max(ZSTD_WINDOW)).unwrap_or(u64::MAX);
    while !rest.is_empty() {
        let mut decoder = match StreamingDecoder::new_with_max_window_size(&mut rest, window) {
            Ok(decoder) => decoder,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                let length = usize::try_from(length).map_err(|_| Fault::Damaged)?;
                rest = rest.get(length..).ok_or(Fault::Damaged)?;
                continue;
            }
            Err(_) => return Err(Fault::Damaged),
        };
        into(&mut body, &mut decoder, limit)?;
        let (promised, counted) = (decoder.decoder.get_checksum_from_data(), decoder.decoder.get_calculated_checksum());
        if promised.is_some() && promised != counted {
            return Err(Fault::Damaged);
        }
    }
    Ok(body)
}

/// `bytes` as one gzip member that says nothing of time, name or system, so that the same bytes always give the same member.
pub fn member(bytes: &[u8]) -> io::Result<Vec<u8>> {
    const UNKNOWN: u8 = 255;
    let packed = Vec::with_capacity(bytes.len() / 3 + 64);
    let mut encoder = GzBuilder::new().mtime(0).operating_system(UNKNOWN).write(packed, Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Gzip members one after the other, unpacked as one stream that knows where in the file each of them begins.
pub struct Members<R: BufRead> {
    decoder: Option<bufread::GzDecoder<Counted<R>>>,
    began: u64,
}

impl<R: BufRead> Members<R> {
    /// The members of `file`, which stands `at` bytes after its beginning.
    pub fn new(file: R, at: u64) -> Self {
        Self { decoder: Some(bufread::GzDecoder::new(Counted { file, taken: at })), began: at }
    }

    /// Where the member begins that was read from last, in bytes of the file.
    pub fn began(&self) -> u64 {
        self.began
    }
}

impl<R: BufRead> Read for Members<R> {
    /// Never gives bytes of two members at once.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(decoder) = &mut self.decoder {
            let read = decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(mut file) = self.decoder.take().map(bufread::GzDecoder::into_inner) else { break };
            if !file.fill_buf()?.is_empty() {
                self.began = file.taken;
                self.decoder = Some(bufread::GzDecoder::new(file));
            }
        }
        Ok(0)
    }
}

/// Counts what is taken out of a file.
struct Counted<R> {
    file: R,
    taken: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.taken += u64::try_from(read).unwrap_or_default();
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.file.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.file.consume(amount);
        self.taken += u64::try_from(amount).unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use flate2::write;

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
    fn members_are_read_as_one_and_know_where_they_begin() {
        let (one, two) = (member(b"one").unwrap(), member(b"two").unwrap());
        assert_eq!(member(b"one").unwrap(), one);
        let file = [one.clone(), two].concat();
        let mut members = Members::new(file.as_slice(), 0);
        let mut piece = [0; 100];
        assert_eq!((members.read(&mut piece).unwrap(), members.began()), (3, 0));
        assert_eq!((members.read(&mut piece).unwrap(), members.began()), (3, one.len() as u64));
        assert_eq!(members.read(&mut piece).unwrap(), 0);
        let mut cut = Members::new(&file[..file.len() - 1], 0);
        assert!(cut.read_to_end(&mut Vec::new()).is_err());
    }

    #[test]
    fn a_bomb_ends_at_the_limit_and_damage_is_told() {
        let bomb = gzip(&vec![b'a'; 1_000_000]);
        assert!(bomb.len() < 10_000);
        assert_eq!(undo(Some("gzip"), bomb.clone(), 999_999), Err(Fault::TooLarge));
        assert_eq!(undo(Some("gzip"), bomb[..bomb.len() / 2].to_vec(), 2_000_000), Err(Fault::Damaged));
        assert_eq!(undo(Some("gzip"), b"not packed at all".to_vec(), 100), Err(Fault::Damaged));
    }

    /// Made with the encoder of Google's own library: `words`, and a million spaces.
    const BROTLI_WORDS: &[u8] = b"\x0b\x02\x80\x77\x6f\x72\x64\x73\x03";
    const BROTLI_BOMB: &[u8] = b"\x5b\x3f\x42\x8f\x5f\x02\x24\x1e\x0b\x04\xf2\x73\x1e\x00";

    #[test]
    fn brotli_is_undone_under_the_same_cap() {
        assert_eq!(undo(Some("br"), BROTLI_WORDS.to_vec(), 5), Ok(b"words".to_vec()));
        assert_eq!(undo(Some("br"), BROTLI_BOMB.to_vec(), 1_000_000), Ok(vec![b' '; 1_000_000]));
        assert_eq!(undo(Some("br"), BROTLI_BOMB.to_vec(), 999_999), Err(Fault::TooLarge));
        for end in 1..BROTLI_WORDS.len() {
            assert_eq!(undo(Some("br"), BROTLI_WORDS[..end].to_vec(), 5), Err(Fault::Damaged), "cut at {end}");
        }
        assert_eq!(undo(Some("br"), b"\xff\xffnot packed".to_vec(), 100), Err(Fault::Damaged));
    }

    #[test]
    fn zstd_is_undone_frame_by_frame_under_the_same_cap() {
        let pack = |text: &[u8]| ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest);
        // A frame without content (RFC 8878, 3.1.2), of three bytes.
        let empty = b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc".to_vec();
        let frames = [pack(b"two "), empty.clone(), pack(b"frames")].concat();
        assert_eq!(undo(Some("zstd"), frames.clone(), 10), Ok(b"two frames".to_vec()));
        assert_eq!(undo(Some("zstd"), frames, 9), Err(Fault::TooLarge), "counted over all frames");
        let bomb = pack(&vec![b' '; 1_000_000]);
        assert!(bomb.len() < 10_000);
        assert_eq!(undo(Some("zstd"), bomb.clone(), 999_999), Err(Fault::TooLarge));
        assert_eq!(undo(Some("zstd"), bomb[..bomb.len() / 2].to_vec(), 2_000_000), Err(Fault::Damaged));
        assert_eq!(undo(Some("zstd"), empty[..9].to_vec(), 100), Err(Fault::Damaged));
        assert_eq!(undo(Some("zstd"), b"not packed".to_vec(), 100), Err(Fault::Damaged));
        // A frame that asks for a window of two terabytes.
        let huge = [b"\x28\xb5\x2f\xfd\x00\xf8".as_slice(), &[0; 20]].concat();
        assert_eq!(undo(Some("zstd"), huge, 100), Err(Fault::Damaged));
    }

    #[test]
    fn encodings_not_asked_for_are_errors() {
        assert_eq!(undo(Some("compress"), Vec::new(), 5), Err(Fault::Unknown("compress".to_owned())));
        assert_eq!(undo(Some("gzip, gzip"), Vec::new(), 5), Err(Fault::Unknown("gzip, gzip".to_owned())));
    }
}
