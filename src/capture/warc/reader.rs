//! Goes through a WARC file record by record: a stream in, heads and blocks out.
//!
//! The file may be of any size: one head and a few kilobytes are in memory at a time, and a block only if somebody asks for it and says
//! how large it may be. Gzip is told by the first bytes, a member a record or all in one. Every size is checked before it is
//! believed. What a record is good for is not decided here.

use std::io::{BufRead, BufReader, ErrorKind, Read};

use super::Fields;
use crate::capture::{
    archive::Broken,
    coding::Members,
    error::{Unreadable, reason},
};

/// The longest head of a record, in bytes.
const HEAD: u64 = 256 << 10;
/// The most records of a file.
const RECORDS: u64 = 20_000_000;
/// The most empty lines between two records.
const GAP: usize = 64;
/// How much is read at once, in bytes.
const PIECE: usize = 64 << 10;

/// What a record is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// What is said about the file.
    Warcinfo,
    /// What a server sent.
    Response,
    /// A file without the exchange it came by.
    Resource,
    /// What a server was asked.
    Request,
    /// What is said about another record.
    Metadata,
    /// An answer whose body is that of an earlier record.
    Revisit,
    /// Another record in another format.
    Conversion,
    /// A further part of a record.
    Continuation,
    /// A type of record that is not known, which readers pass over.
    Other,
}

impl Kind {
    fn of(name: &str) -> Self {
        const KINDS: [(&str, Kind); 8] = [
            ("warcinfo", Kind::Warcinfo),
            ("response", Kind::Response),
            ("resource", Kind::Resource),
            ("request", Kind::Request),
            ("metadata", Kind::Metadata),
            ("revisit", Kind::Revisit),
            ("conversion", Kind::Conversion),
            ("continuation", Kind::Continuation),
        ];
        let known = KINDS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        known.map_or(Self::Other, |(_, kind)| kind)
    }
}

/// The head of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    /// What it is.
    pub kind: Kind,
    /// Its named fields.
    pub fields: Fields,
    /// The length of its block, in bytes.
    pub length: u64,
    /// Where it begins in the file, or where its gzip member does, in bytes.
    pub offset: u64,
}

impl Head {
    /// Whether the record is part of one that was cut into several.
    pub fn is_segment(&self) -> bool {
        self.kind == Kind::Continuation || self.fields.get("WARC-Segment-Number").is_some()
    }
}

/// The bytes of the file, unpacked.
enum Bytes<R: BufRead> {
    Plain { file: R, taken: u64 },
    Packed(Box<BufReader<Members<R>>>),
}

/// A WARC file that is read from its beginning to its end.
pub struct Reader<R: BufRead> {
    bytes: Bytes<R>,
    /// What is left of the block of the record last given out.
    left: u64,
    records: u64,
}

impl<R: BufRead> Reader<R> {
    /// Begins with `file`, which stands `at` bytes after its beginning.
    ///
    /// # Errors
    /// [`Broken::Disk`] if it cannot be read.
    pub fn new(mut file: R, at: u64) -> Result<Self, Broken> {
        let packed = file.fill_buf().map_err(|error| broken(&error))?.starts_with(b"\x1f");
        let bytes = if packed {
            Bytes::Packed(Box::new(BufReader::with_capacity(PIECE, Members::new(file, at))))
        } else {
            Bytes::Plain { file, taken: at }
        };
        Ok(Self { bytes, left: 0, records: 0 })
    }

    /// The head of the next record, or none at the end. What was not read of the block before is passed over.
    ///
    /// # Errors
    /// [`Broken`] if what comes is no record.
    pub fn record(&mut self) -> Result<Option<Head>, Broken> {
        while self.left > 0 {
            self.pass()?;
        }
        let Some((offset, version)) = self.beginning()? else { return Ok(None) };
        self.records += 1;
        if self.records > RECORDS {
            return Err(Broken::TooManyRecords { limit: RECORDS });
        }
        match version.as_str() {
            "WARC/1.0" | "WARC/1.1" => {}
            other if other.starts_with("WARC/") => {
                return Err(Broken::Version { version: other.chars().take(20).collect() });
            }
            _ if self.records == 1 => return Err(Broken::NoWarc),
            _ => return Err(Broken::Damaged { what: "something else stands where a record should begin".to_owned() }),
        }
        let (mut lines, mut read) = (Vec::new(), 0);
        loop {
            let line = self.line(HEAD.saturating_sub(read))?;
            read += u64::try_from(line.len()).unwrap_or(HEAD) + 2;
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        let damaged = |what: &str| Broken::Damaged { what: what.to_owned() };
        let fields = Fields::parse(lines.iter().map(String::as_str));
        let fields = fields.ok_or_else(|| damaged("a line in the head of a record is no field"))?;
        let length = fields.get("Content-Length").filter(|value| value.bytes().all(|byte| byte.is_ascii_digit()));
        let length = length.and_then(|value| value.parse().ok());
        self.left = length.ok_or_else(|| damaged("a record does not say how long it is"))?;
        let kind = fields.get("WARC-Type").map(Kind::of);
        let kind = kind.ok_or_else(|| damaged("a record does not say what it is"))?;
        Ok(Some(Head { kind, fields, length: self.left, offset }))
    }

    /// What is left of the record's block, all of it if nothing was read before.
    ///
    /// # Errors
    /// [`Broken::TooLarge`] if that is more than `limit` bytes, and [`Broken`] where the file ends too early.
    pub fn block(&mut self, limit: usize) -> Result<Vec<u8>, Broken> {
        if usize::try_from(self.left).is_ok_and(|left| left <= limit) {
            self.some_of_block(limit)
        } else {
            Err(Broken::TooLarge { limit })
        }
    }

    /// The beginning of the record's block, at most `limit` bytes.
    ///
    /// # Errors
    /// [`Broken`] where the file ends too early.
    pub fn some_of_block(&mut self, limit: usize) -> Result<Vec<u8>, Broken> {
        let mut block = Vec::new();
        // Grows with what is there: a length that a head only claims takes no memory.
        while self.left > 0 && block.len() < limit {
            let room = (limit - block.len()).min(usize::try_from(self.left).unwrap_or(usize::MAX));
            let piece = self.fill()?;
            let taken = piece.len().min(room);
            block.extend_from_slice(&piece[..taken]);
            self.consume(taken);
            self.left -= u64::try_from(taken).unwrap_or(self.left);
        }
        Ok(block)
    }

    /// Passes over a piece of the block.
    fn pass(&mut self) -> Result<(), Broken> {
        let there = self.fill()?.len();
        let taken = usize::try_from(self.left).unwrap_or(usize::MAX).min(there);
        self.consume(taken);
        self.left -= u64::try_from(taken).unwrap_or(self.left);
        Ok(())
    }

    /// The place and the first line of the next record.
    fn beginning(&mut self) -> Result<Option<(u64, String)>, Broken> {
        for _ in 0..GAP {
            let Some(offset) = self.here()? else { return Ok(None) };
            let line = self.line(HEAD)?;
            if !line.is_empty() {
                return Ok(Some((offset, line)));
            }
        }
        Err(Broken::Damaged { what: "there are too many empty lines between two records".to_owned() })
    }

    /// Where the next byte is, or its gzip member; none at the end of the file.
    fn here(&mut self) -> Result<Option<u64>, Broken> {
        Ok(match &mut self.bytes {
            Bytes::Plain { file, taken } => {
                (!file.fill_buf().map_err(|error| broken(&error))?.is_empty()).then_some(*taken)
            }
            Bytes::Packed(file) => {
                let more = !file.fill_buf().map_err(|error| broken(&error))?.is_empty();
                more.then(|| file.get_ref().began())
            }
        })
    }

    /// A line without its end.
    fn line(&mut self, limit: u64) -> Result<String, Broken> {
        let mut line = Vec::new();
        let read = match &mut self.bytes {
            Bytes::Plain { file, .. } => file.take(limit).read_until(b'\n', &mut line),
            Bytes::Packed(file) => file.take(limit).read_until(b'\n', &mut line),
        };
        let read = read.map_err(|error| broken(&error))?;
        if let Bytes::Plain { taken, .. } = &mut self.bytes {
            *taken += u64::try_from(read).unwrap_or_default();
        }
        if !line.ends_with(b"\n") {
            let long = u64::try_from(read).is_ok_and(|read| read >= limit);
            // Before the first record: bytes without a line end are no WARC file cut short, but no WARC file at all.
            return match self.records {
                0 if !line.starts_with(b"WARC/") => Err(Broken::NoWarc),
                _ if long => Err(Broken::Damaged { what: format!("the head of a record is longer than {HEAD} bytes") }),
                _ => Err(Broken::CutShort),
            };
        }
        let text = String::from_utf8_lossy(&line);
        Ok(text.trim_end_matches(['\r', '\n']).to_owned())
    }

    /// What lies ready, which is something.
    fn fill(&mut self) -> Result<&[u8], Broken> {
        let piece = match &mut self.bytes {
            Bytes::Plain { file, .. } => file.fill_buf(),
            Bytes::Packed(file) => file.fill_buf(),
        };
        let piece = piece.map_err(|error| broken(&error))?;
        if piece.is_empty() { Err(Broken::CutShort) } else { Ok(piece) }
    }

    fn consume(&mut self, amount: usize) {
        match &mut self.bytes {
            Bytes::Plain { file, taken } => {
                file.consume(amount);
                *taken += u64::try_from(amount).unwrap_or_default();
            }
            Bytes::Packed(file) => file.consume(amount),
        }
    }
}

/// What an error while reading says of the file.
fn broken(error: &std::io::Error) -> Broken {
    // These are what the codec says of the bytes; all others are the disk's.
    if error.kind() == ErrorKind::UnexpectedEof {
        Broken::CutShort
    } else if [ErrorKind::InvalidInput, ErrorKind::InvalidData].contains(&error.kind()) {
        Broken::Damaged { what: format!("the packed bytes are damaged ({})", reason(error)) }
    } else {
        Broken::Disk(Unreadable::Other(reason(error)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::coding::member;

    const ONE: &str = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 3\r\n\r\na\r\n\r\n\r\n";
    const TWO: &str = "WARC/1.1\r\nwarc-type: Response\r\nContent-Length: 4\r\n\r\nbody\r\n\r\n";

    fn all(file: &[u8]) -> Result<Vec<(Kind, u64, Vec<u8>)>, Broken> {
        let mut reader = Reader::new(file, 0)?;
        let mut records = Vec::new();
        while let Some(head) = reader.record()? {
            records.push((head.kind, head.offset, reader.block(100)?));
        }
        Ok(records)
    }

    #[test]
    fn plain_and_packed_files_hold_the_same_records() {
        let expected =
            |second| vec![(Kind::Warcinfo, 0, b"a\r\n".to_vec()), (Kind::Response, second, b"body".to_vec())];
        let plain = [ONE, TWO].concat();
        assert_eq!(all(plain.as_bytes()), Ok(expected(ONE.len() as u64)));
        let (one, two) = (member(ONE.as_bytes()).unwrap(), member(TWO.as_bytes()).unwrap());
        assert_eq!(all(&[one.clone(), two].concat()), Ok(expected(one.len() as u64)));
        assert_eq!(all(&member(plain.as_bytes()).unwrap()), Ok(expected(0)));
        assert_eq!(all(b""), Ok(Vec::new()));
    }

    #[test]
    fn a_block_not_asked_for_is_passed_over() {
        let file = [ONE, TWO].concat();
        let mut reader = Reader::new(file.as_bytes(), 0).unwrap();
        reader.record().unwrap();
        assert_eq!(reader.record().unwrap().unwrap().kind, Kind::Response);
        assert_eq!(reader.block(3), Err(Broken::TooLarge { limit: 3 }));
        assert_eq!(reader.some_of_block(3).unwrap(), b"bod");
        assert_eq!(reader.record(), Ok(None));
    }

    #[test]
    fn a_file_cut_anywhere_ends_in_an_error_or_between_records() {
        let (plain, packed) = ([ONE, TWO].concat().into_bytes(), [ONE, TWO].map(|one| member(one.as_bytes()).unwrap()));
        let boundary = packed[0].len();
        for end in 1..plain.len() {
            let cut = all(&plain[..end]);
            // The empty lines behind a record may be missing, but no line may be half there.
            let behind = |record: usize| end <= record && record - end <= 4 && (record - end).is_multiple_of(2);
            let whole_records = behind(ONE.len()) || behind(plain.len());
            assert_eq!(cut.is_ok(), whole_records, "{end}");
        }
        let packed = packed.concat();
        for end in 1..packed.len() {
            assert_eq!(all(&packed[..end]).is_ok(), end == boundary, "{end}");
        }
    }

    #[test]
    fn what_is_no_record_is_named() {
        assert_eq!(all(b"<!doctype html>"), Err(Broken::NoWarc));
        assert_eq!(all(b"<!doctype html>\n"), Err(Broken::NoWarc));
        let version = |text: &str| Broken::Version { version: text.to_owned() };
        assert_eq!(all(b"WARC/0.18\r\n\r\n"), Err(version("WARC/0.18")));
        for damaged in [
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999999999999\r\n\r\n".to_owned(),
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -1\r\n\r\n".to_owned(),
            "WARC/1.0\r\nContent-Length: 1\r\n\r\n".to_owned(),
            "WARC/1.0\r\nno field\r\n\r\n".to_owned(),
            format!("WARC/1.0\r\nX: {}\r\n\r\n", "a".repeat(300_000)),
            format!("{ONE}rubbish\r\n"),
            "\r\n".repeat(100),
        ] {
            assert!(matches!(all(damaged.as_bytes()), Err(Broken::Damaged { .. })), "{:.80}", damaged);
        }
        let promised = "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999999999999999\r\n\r\nx";
        let mut reader = Reader::new(promised.as_bytes(), 0).unwrap();
        reader.record().unwrap();
        assert_eq!(reader.block(usize::MAX), Err(Broken::CutShort));
    }
}
