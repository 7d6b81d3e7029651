//! One record of a WACZ file that is held in memory, with everything a seal says of it. For verifying: nothing is guessed, a record
//! is named by its id.

use std::io::Cursor;

use super::{
    Broken,
    find::{self, Found},
    page, unpacked,
};
use crate::{
    capture::{
        wacz,
        warc::{Facts, Kind, Reader},
    },
    digest::{Digest, base32, sha1},
    moment::Moment,
};

/// A recorded answer and what a seal says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recorded {
    /// The address it is a record of.
    pub url: String,
    /// When it was recorded, to the second.
    pub date: Option<Moment>,
    /// The HTTP status.
    pub status: Option<u16>,
    /// When the answer says that what it shows was recorded (RFC 7089), where it is one of a web archive.
    pub memento: Option<Moment>,
    /// Its digests and sizes.
    pub facts: Facts,
    /// The body with content encoding undone; absent where that cannot be done.
    pub body: Option<Vec<u8>>,
    /// Address and status of every response in the file, this one included.
    pub responses: Vec<(String, u16)>,
}

/// The record `id` of the WACZ file in `file`; nothing in it may be larger than `limit` bytes.
///
/// # Errors
/// [`Broken`]: what is wrong with the file, or that there is no such record.
pub fn recorded(file: &[u8], id: &str, limit: usize) -> Result<Recorded, Broken> {
    let mut shelf = wacz::Shelf::open(Cursor::new(file))?;
    let (mut found, mut responses) = (None, Vec::new());
    find::every(&mut shelf, &mut |number, head, reader| {
        if let Some(one) = Found::of(number, head, &reader.some_of_block(1 << 16)?) {
            if head.kind == Kind::Response {
                responses.push((one.url.clone(), one.status()));
            }
            if one.id == id {
                found.get_or_insert(one);
            }
        }
        Ok(true)
    })?;
    let found = found.filter(|found| found.kind == Kind::Response);
    let found = found.ok_or_else(|| Broken::Missing { wanted: id.to_owned() })?;
    let digest = member(&mut shelf, id)?.ok_or_else(|| Broken::Missing { wanted: id.to_owned() })?;
    let page = page::load(&mut shelf, &found, limit)?;
    let content_encoding = page.header("content-encoding").filter(|encoding| !encoding.is_empty());
    let facts = Facts {
        id: id.to_owned(),
        digest,
        payload_bytes: u64::try_from(page.payload.len()).unwrap_or(u64::MAX),
        payload_sha256: Digest::of(&page.payload),
        payload_sha1_base32: base32(&sha1(&page.payload)),
        content_encoding,
    };
    let memento = page.header("memento-datetime").and_then(|text| Moment::parse_http(&text));
    let status = page.status;
    Ok(Recorded {
        url: found.url,
        date: found.date,
        status,
        memento,
        facts,
        body: unpacked(page, limit).ok(),
        responses,
    })
}

/// The digest of the gzip member that holds the record `id`, and no other record.
fn member(shelf: &mut dyn super::Shelf, id: &str) -> Result<Option<Digest>, Broken> {
    let mut found = None;
    shelf.each(&mut |file| {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|_| Broken::CutShort)?;
        let mut reader = Reader::new(bytes.as_slice(), 0)?;
        while let Some(head) = reader.record()? {
            if head.fields.uri("WARC-Record-ID") != Some(id) {
                continue;
            }
            let end = reader.record()?.map_or(bytes.len(), |next| usize::try_from(next.offset).unwrap_or_default());
            let start = usize::try_from(head.offset).unwrap_or_default();
            found = bytes.get(start..end).filter(|member| !member.is_empty()).map(Digest::of);
            return Ok(false);
        }
        Ok(true)
    })?;
    Ok(found)
}
