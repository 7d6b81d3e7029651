//! A chosen record becomes a page: its block is read, held against its digests, chunk framing is undone, and where it refers to an
//! earlier record the body is taken from there.
//!
//! A body that does not have the digest its record gives it is never handed on. What could not be checked is said in [`Stored`].

use super::{
    Broken, Shelf,
    find::{self, Found},
};
use crate::capture::{
    Header, Hop,
    address::without_credentials,
    warc::{Answer, Fields, Head, Kind, Label, unchunked},
};

/// The longest head of an answer, in bytes, which comes on top of what a body may take.
const HEAD: usize = 1 << 20;

/// What it means that there is no digest.
const UNLABELLED: &str = "The record gives itself no digest that could be checked: damage to it would not be noticed.";

/// Which of a record's own digests its bytes were held against, and in which form they fitted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fit {
    /// The payload digest is that of the body without chunk framing, content encoding kept, as the standard has it.
    Payload,
    /// The payload digest is that of the body with its chunk framing, as some programs count it.
    Framed,
    /// The payload digest fits no form of the body that is known here, but the digest of the whole block fits.
    Block,
    /// There is no digest that could be checked.
    Unlabelled,
}

impl Fit {
    /// All forms.
    pub const ALL: [Self; 4] = [Self::Payload, Self::Framed, Self::Block, Self::Unlabelled];

    /// The name outputs use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Payload => "payload",
            Self::Framed => "framed",
            Self::Block => "block",
            Self::Unlabelled => "none",
        }
    }

    /// What is to be said about it, in one sentence, where that is neither as it should be nor a limit.
    pub fn note(self) -> Option<&'static str> {
        match self {
            Self::Payload | Self::Unlabelled => None,
            Self::Framed => Some("The record's payload digest counts the body with its chunk framing."),
            Self::Block => Some("Only the digest of the whole record could be checked, not that of its body."),
        }
    }
}

/// Something that could not be checked, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Caveat {
    /// The code of the limit.
    pub code: &'static str,
    /// One sentence.
    pub message: String,
}

/// What an archive says of the record a page was read from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stored {
    /// The id of the record, without angle brackets.
    pub id: String,
    /// The id of the record the body was taken from, where that is another one.
    pub body_from: Option<String>,
    /// Which digest fitted.
    pub fit: Fit,
    /// Why the record is not all of the answer, as it says itself: such as `length`.
    pub truncated: Option<String>,
    /// What is to be said about the archive as a whole, a sentence each.
    pub notes: Vec<String>,
}

impl Stored {
    /// What could not be checked of the page for reasons of its record.
    pub fn limits(&self) -> Vec<Caveat> {
        let mut limits = Vec::new();
        if let Some(why) = &self.truncated {
            let message = format!("The archive holds only part of the page (its record says: truncated, {why:?}).");
            limits.push(Caveat { code: "record-truncated", message });
        }
        let unlabelled = Some(Caveat { code: "record-without-digest", message: UNLABELLED.to_owned() });
        limits.extend(unlabelled.filter(|_| self.fit == Fit::Unlabelled));
        limits
    }
}

impl Stored {
    /// What is worth knowing of the record or its archive and limits nothing, a sentence each.
    pub fn remarks(&self) -> impl Iterator<Item = &str> {
        self.fit.note().into_iter().chain(self.notes.iter().map(String::as_str))
    }
}

/// A recorded answer with its body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    /// The HTTP status; absent for a record without an exchange.
    pub status: Option<u16>,
    headers: Vec<Header>,
    /// The body without chunk framing, content encoding kept.
    pub payload: Vec<u8>,
    stored: Stored,
}

impl Page {
    /// The first value of a header, its name in lower case.
    pub fn header(&self, name: &str) -> Option<String> {
        let (_, value) = self.headers.iter().find(|(known, _)| known == name)?;
        Some(String::from_utf8_lossy(value).into_owned())
    }

    /// Where it redirects to, if it does.
    pub fn target(&self) -> Option<String> {
        let redirects = matches!(self.status, Some(301 | 302 | 303 | 307 | 308));
        self.header("location").filter(|_| redirects)
    }

    /// What the archive says of it.
    pub fn stored(&self) -> Stored {
        self.stored.clone()
    }

    /// The answer as another archive can keep it, of the record `found`; absent where there is no HTTP answer.
    pub fn hop(&self, found: &Found) -> Option<Hop> {
        let status = self.status?;
        let truncated = self.stored.truncated.as_deref();
        let known = ["length", "time", "disconnect"];
        let mut hop = Hop {
            url: without_credentials(&found.url),
            protocol: "HTTP/1.1".to_owned(),
            status,
            payload: Some(self.payload.clone()),
            // Whatever another program calls it, it is not all of it.
            truncated: truncated.map(|why| known.into_iter().find(|known| *known == why).unwrap_or("unspecified")),
            copied_from: Some(found.id.clone()),
            ..Hop::default()
        };
        hop.take_response(self.headers.iter().map(|(name, value)| (name.as_str(), value.as_slice())));
        Some(hop)
    }
}

/// Reads the record that was found; its body may have `limit` bytes.
///
/// # Errors
/// [`Broken::Digest`], [`Broken::Revisit`], [`Broken::TooLarge`], and what is wrong with the file.
pub fn load(shelf: &mut dyn Shelf, found: &Found, limit: usize) -> Result<Page, Broken> {
    let (head, block) = record(shelf, found, limit)?;
    if head.kind != Kind::Revisit {
        return page(&head, block, found);
    }
    // The block of a revisit is at most a head; its payload digest is that of the body it does not hold.
    let own = Label::held(head.fields.get("WARC-Block-Digest"), &block);
    if own == Label::Differs {
        return Err(Broken::Digest { id: found.id.clone(), which: "block" });
    }
    let earlier = referred(shelf, &head.fields)?;
    let (earlier_head, earlier_block) = record(shelf, &earlier, limit)?;
    let mut body = page(&earlier_head, earlier_block, &earlier)?;
    if Label::held(head.fields.get("WARC-Payload-Digest"), &body.payload) == Label::Differs
        && head.fields.get("WARC-Payload-Digest") != earlier_head.fields.get("WARC-Payload-Digest")
    {
        return Err(Broken::Digest { id: found.id.clone(), which: "payload" });
    }
    body.stored.body_from = Some(std::mem::replace(&mut body.stored.id, found.id.clone()));
    Ok(body)
}

fn record(shelf: &mut dyn Shelf, found: &Found, limit: usize) -> Result<(Head, Vec<u8>), Broken> {
    let mut record = None;
    find::every(shelf, &mut |number, head, reader| {
        if number < found.number {
            return Ok(true);
        }
        let block = reader.block(limit.saturating_add(HEAD)).map_err(|broken| {
            if matches!(broken, Broken::TooLarge { .. }) { Broken::TooLarge { limit } } else { broken }
        })?;
        record = Some((head.clone(), block));
        Ok(false)
    })?;
    record.ok_or(Broken::CutShort)
}

fn page(head: &Head, mut block: Vec<u8>, found: &Found) -> Result<Page, Broken> {
    let fields = &head.fields;
    let differs = |which| Broken::Digest { id: found.id.clone(), which };
    let whole = Label::held(fields.get("WARC-Block-Digest"), &block);
    if whole == Label::Differs {
        return Err(differs("block"));
    }
    let truncated = fields.get("WARC-Truncated").map(str::to_owned);
    let is_http = fields
        .get("Content-Type")
        .is_none_or(|media| media.trim().to_ascii_lowercase().starts_with("application/http"));
    let answer = if head.kind == Kind::Response && is_http {
        let answer = Answer::parse(&block)
            .ok_or_else(|| Broken::Damaged { what: format!("the record {} holds no HTTP answer", found.id) })?;
        block.drain(..answer.body);
        Some(answer)
    } else {
        None
    };
    let label = fields.get("WARC-Payload-Digest");
    let chunked = answer.as_ref().is_some_and(Answer::is_chunked);
    let decoded = if chunked { unchunked(&block, truncated.is_some()) } else { None };
    let framed = decoded.is_some();
    let mut fit = Label::held(label, decoded.as_ref().unwrap_or(&block)).into_fit(Fit::Payload);
    if fit.is_none() && framed {
        fit = Label::held(label, &block).into_fit(Fit::Framed);
    }
    let fit = match (fit, whole) {
        (Some(Fit::Unlabelled) | None, Label::Fits) => Fit::Block,
        (Some(fit), Label::Fits | Label::Differs | Label::Unknown) => fit,
        (None, Label::Differs | Label::Unknown) => return Err(differs("payload")),
    };
    let headers = match answer {
        Some(ref answer) => answer.headers.clone(),
        None => fields.get("Content-Type").map(|media| ("content-type".to_owned(), media.into())).into_iter().collect(),
    };
    let stored = Stored { id: found.id.clone(), body_from: None, fit, truncated, notes: Vec::new() };
    Ok(Page { status: answer.map(|answer| answer.status), headers, payload: decoded.unwrap_or(block), stored })
}

impl Label {
    /// How the body fits: as `form` says, not at all, or nobody can tell.
    fn into_fit(self, form: Fit) -> Option<Fit> {
        match self {
            Self::Fits => Some(form),
            Self::Unknown => Some(Fit::Unlabelled),
            Self::Differs => None,
        }
    }
}

/// The record a revisit refers to: by id, else by address and date, else by the digest of the body.
fn referred(shelf: &mut dyn Shelf, fields: &Fields) -> Result<Found, Broken> {
    let id = fields.uri("WARC-Refers-To");
    let place = fields.uri("WARC-Refers-To-Target-URI").or_else(|| fields.uri("WARC-Target-URI"));
    let date = fields.get("WARC-Refers-To-Date");
    let label = fields.get("WARC-Payload-Digest");
    let mut best: Option<(u8, Found)> = None;
    find::every(shelf, &mut |number, head, _| {
        if ![Kind::Response, Kind::Resource].contains(&head.kind) {
            return Ok(true);
        }
        let is = |name: &str, value: Option<&str>| value.is_some() && head.fields.uri(name) == value;
        let rank = if is("WARC-Record-ID", id) {
            3
        } else if is("WARC-Target-URI", place) && is("WARC-Date", date) {
            2
        } else if is("WARC-Payload-Digest", label) {
            1
        } else {
            return Ok(true);
        };
        if best.as_ref().is_none_or(|(known, _)| *known < rank) {
            best = Found::of(number, head, b"").map(|found| (rank, found));
        }
        Ok(rank < 3)
    })?;
    let named = || [id, place, label].into_iter().flatten().next().unwrap_or("an earlier record").to_owned();
    let (_, found) = best.ok_or_else(|| Broken::Revisit { refers_to: named() })?;
    Ok(found)
}
