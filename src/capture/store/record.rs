//! The record of a capture, version 1: everything that is known of it, as JSON; bytes are named by their digests.
//!
//! A [`Capture`] goes in with somewhere to put its bytes, a [`Record`] comes out, and back. Fields may be added and none renamed:
//! records are read for ever.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Trouble;
use crate::{
    capture::{
        Assurance, Capture, Error, Exchange, Format, Header, Hop, Limits, Memento, MissedSheet, Obedience, Redirect,
        RenderFacts, Rendered, Sheet, Via, coding,
    },
    digest::Digest,
    moment::Moment,
    text::base64,
};

/// The version of the record.
pub(super) const VERSION: u32 = 1;
/// Who writes it.
const SOFTWARE: &str = concat!("vidimus/", env!("CARGO_PKG_VERSION"));

/// Keeps bytes and names them.
pub(super) type Put<'a> = &'a mut dyn FnMut(&[u8]) -> Result<Digest, Trouble>;
/// Brings bytes back: by digest and length.
pub(super) type Get<'a> = &'a dyn Fn(Digest, u64) -> Result<Vec<u8>, Trouble>;

/// A capture but for its bytes.
#[derive(Serialize, Deserialize)]
pub(super) struct Record {
    pub snapshot: u32,
    software: String,
    locator: String,
    pub via: Via,
    assurance: Assurance,
    format: Format,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    declared_charset: Option<String>,
    pub retrieved_at: Moment,
    pub body: Blob,
    pub exchange: Talk,
    pub sheets: Vec<KeptSheet>,
    missed_sheets: Vec<Missed>,
    /// What a browser made of the body, which is what was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rendered: Option<KeptRendered>,
}

/// Bytes, named.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Blob {
    pub sha256: String,
    pub bytes: u64,
}

/// What was exchanged for a page or a sheet.
#[derive(Serialize, Deserialize)]
pub(super) struct Talk {
    pub url: String,
    pub final_url: String,
    redirects: Vec<Redirect>,
    pub hops: Vec<KeptHop>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memento: Option<Memento>,
    pub status: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content_encoding: Option<String>,
    credentials_dropped: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    robots: Option<Obedience>,
}

/// One request and its answer.
#[derive(Serialize, Deserialize)]
pub(super) struct KeptHop {
    url: String,
    protocol: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    peer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Blob>,
    request: Vec<KeptHeader>,
    status: u16,
    reason: String,
    response: Vec<KeptHeader>,
    left_out: Vec<String>,
    /// The body as received; absent where that is the body of the capture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payload: Option<Blob>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    truncated: Option<String>,
    /// The record of an archive that it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    copied_from: Option<String>,
}

/// A header; its value in base64 where it is no text.
#[derive(Serialize, Deserialize)]
struct KeptHeader {
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
}

/// A style sheet but for its bytes.
#[derive(Serialize, Deserialize)]
pub(super) struct KeptSheet {
    address: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    final_address: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    pub body: Blob,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Talk>,
}

/// What a browser made of a page.
#[derive(Serialize, Deserialize)]
struct KeptRendered {
    dom: Blob,
    #[serde(flatten)]
    facts: RenderFacts,
}

#[derive(Serialize, Deserialize)]
struct Missed {
    address: String,
    why: String,
}

impl Record {
    /// The record of `capture`, whose bytes are put where `put` does.
    pub fn of(capture: &Capture, exchange: &Exchange, retrieved_at: Moment, put: Put<'_>) -> Result<Self, Trouble> {
        let mut sheets = Vec::new();
        for sheet in &capture.sheets {
            let exchange = sheet.exchange.as_ref();
            sheets.push(KeptSheet {
                address: sheet.address.clone(),
                final_address: sheet.final_address.clone(),
                content_type: sheet.content_type.clone(),
                body: body(&sheet.body, exchange, put)?,
                exchange: exchange.map(|exchange| talk(exchange, put)).transpose()?,
            });
        }
        let missed = |sheet: &MissedSheet| Missed { address: sheet.address.clone(), why: sheet.why.clone() };
        let charset = capture.rendered.as_ref().map_or(&capture.declared_charset, |rendered| &rendered.raw_charset);
        let mut kept = |rendered: &Rendered| -> Result<KeptRendered, Trouble> {
            Ok(KeptRendered { dom: blob(&capture.body, put(&capture.body)?), facts: rendered.facts.clone() })
        };
        Ok(Self {
            rendered: capture.rendered.as_ref().map(&mut kept).transpose()?,
            snapshot: VERSION,
            software: SOFTWARE.to_owned(),
            locator: capture.locator.clone(),
            via: capture.via,
            assurance: capture.assurance,
            format: capture.format,
            declared_charset: charset.clone(),
            retrieved_at,
            body: body(capture.received(), Some(exchange), put)?,
            exchange: talk(exchange, put)?,
            sheets,
            missed_sheets: capture.missed_sheets.iter().map(missed).collect(),
        })
    }

    /// The bytes of the record.
    pub fn to_json(&self) -> String {
        // Strings, numbers and lists of them: nothing here can fail to be written.
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Reads the record at `path`.
    pub fn parse(text: &[u8], path: &Path) -> Result<Self, Trouble> {
        #[derive(Deserialize)]
        struct Version {
            snapshot: serde_json::Value,
        }
        let odd = |error: serde_json::Error| Trouble::damaged(path, format!("the record cannot be read ({error})"));
        let Version { snapshot } = serde_json::from_slice(text).map_err(odd)?;
        if snapshot != u64::from(VERSION) {
            return Err(Trouble::Version { place: path.display().to_string(), version: snapshot.to_string() });
        }
        serde_json::from_slice(text).map_err(odd)
    }

    /// The digests and lengths of everything that should be among the objects.
    pub fn objects(&self) -> Vec<&Blob> {
        let mut found = of_talk(&self.body, Some(&self.exchange));
        for sheet in &self.sheets {
            found.extend(of_talk(&sheet.body, sheet.exchange.as_ref()));
        }
        found.extend(self.rendered.as_ref().map(|rendered| &rendered.dom));
        found
    }

    /// Whether a browser made something of it.
    pub fn is_rendered(&self) -> bool {
        self.rendered.is_some()
    }

    /// The same without what a browser made of it.
    pub fn received_only(self) -> Self {
        Self { rendered: None, ..self }
    }

    /// The capture, with the bytes that `get` brings. The locator is `locator`.
    ///
    /// # Errors
    /// [`Error::TooLarge`] and [`Error::Store`].
    pub fn capture(self, locator: &str, limits: &Limits, path: &Path, get: Get<'_>) -> Result<Capture, Error> {
        let store = |cause: Trouble| Error::Store { locator: locator.to_owned(), cause };
        if usize::try_from(self.body.bytes).map_or(true, |bytes| bytes > limits.body_bytes) {
            return Err(Error::TooLarge { locator: locator.to_owned(), limit: limits.body_bytes });
        }
        let mut exchange = self.exchange.exchange(path, get).map_err(store)?;
        let body = unpacked(&self.body, Some(&exchange), path, get).map_err(store)?;
        // Kept by itself only where the body was another one, which is put in its place below.
        if let Some(hop) = exchange.hops.last_mut().filter(|hop| hop.payload.as_ref() == Some(&body)) {
            hop.payload = None;
        }
        let mut sheets = Vec::new();
        for sheet in self.sheets {
            let exchange = sheet.exchange.map(|talk| talk.exchange(path, get)).transpose().map_err(store)?;
            sheets.push(Sheet {
                body: unpacked(&sheet.body, exchange.as_ref(), path, get).map_err(store)?,
                address: sheet.address,
                final_address: sheet.final_address,
                content_type: sheet.content_type,
                exchange,
            });
        }
        let missed = |sheet: Missed| MissedSheet { address: sheet.address, why: sheet.why };
        let dom = self.rendered.map(|kept| Ok((kept.dom.get(path, get)?, kept.facts))).transpose().map_err(store)?;
        let capture = Capture {
            locator: locator.to_owned(),
            body,
            format: self.format,
            declared_charset: self.declared_charset,
            via: self.via,
            assurance: self.assurance,
            exchange: Some(exchange),
            stored: None,
            retrieved_at: Some(self.retrieved_at),
            sheets,
            missed_sheets: self.missed_sheets.into_iter().map(missed).collect(),
            rendered: None,
        };
        let Some((dom, facts)) = dom else { return Ok(capture) };
        let odd = |_| store(Trouble::damaged(path, "what a browser made of the page is no text"));
        Ok(capture.with_rendered(String::from_utf8(dom).map_err(odd)?, facts))
    }
}

fn blob(bytes: &[u8], sha256: Digest) -> Blob {
    Blob { sha256: sha256.to_string(), bytes: bytes.len() as u64 }
}

/// Names a body, and keeps it unless what was received is kept in its place.
fn body(bytes: &[u8], exchange: Option<&Exchange>, put: Put<'_>) -> Result<Blob, Trouble> {
    let packed = exchange.and_then(|exchange| exchange.hops.last()).is_some_and(|hop| hop.payload.is_some());
    Ok(blob(bytes, if packed { Digest::of(bytes) } else { put(bytes)? }))
}

fn talk(exchange: &Exchange, put: Put<'_>) -> Result<Talk, Trouble> {
    let mut hops = Vec::new();
    for hop in &exchange.hops {
        let mut keep = |bytes: &Option<Vec<u8>>| -> Result<Option<Blob>, Trouble> {
            bytes.as_ref().map(|bytes| Ok(blob(bytes, put(bytes)?))).transpose()
        };
        hops.push(KeptHop {
            url: hop.url.clone(),
            protocol: hop.protocol.clone(),
            peer: hop.peer.clone(),
            certificate: keep(&hop.certificate)?,
            request: hop.request.iter().map(KeptHeader::of).collect(),
            status: hop.status,
            reason: hop.reason.clone(),
            response: hop.response.iter().map(KeptHeader::of).collect(),
            left_out: hop.left_out.clone(),
            payload: keep(&hop.payload)?,
            truncated: hop.truncated.map(str::to_owned),
            copied_from: hop.copied_from.clone(),
        });
    }
    Ok(Talk {
        url: exchange.url.clone(),
        final_url: exchange.final_url.clone(),
        redirects: exchange.redirects.clone(),
        hops,
        memento: exchange.memento.clone(),
        status: exchange.status,
        content_type: exchange.content_type.clone(),
        content_encoding: exchange.content_encoding.clone(),
        credentials_dropped: exchange.credentials_dropped,
        robots: exchange.robots,
    })
}

/// What of a body and its exchange is among the objects.
fn of_talk<'a>(body: &'a Blob, talk: Option<&'a Talk>) -> Vec<&'a Blob> {
    let hops = || talk.into_iter().flat_map(|talk| &talk.hops);
    let packed = hops().last().is_some_and(|hop| hop.payload.is_some());
    let kept = hops().flat_map(|hop| [hop.certificate.as_ref(), hop.payload.as_ref()]).flatten();
    kept.chain((!packed).then_some(body)).collect()
}

impl Blob {
    fn digest(&self, path: &Path) -> Result<Digest, Trouble> {
        Digest::from_hex(&self.sha256)
            .ok_or_else(|| Trouble::damaged(path, "the record names bytes by what is no digest"))
    }

    fn get(&self, path: &Path, get: Get<'_>) -> Result<Vec<u8>, Trouble> {
        get(self.digest(path)?, self.bytes)
    }
}

/// A body as it was read: what was received, unpacked again where it was packed.
fn unpacked(body: &Blob, exchange: Option<&Exchange>, path: &Path, get: Get<'_>) -> Result<Vec<u8>, Trouble> {
    let Some(sent) = exchange.and_then(|exchange| exchange.hops.last()?.payload.clone()) else {
        return body.get(path, get);
    };
    let encoding = exchange.and_then(|exchange| exchange.content_encoding.as_deref());
    let limit = usize::try_from(body.bytes).unwrap_or(usize::MAX);
    let odd = || Trouble::damaged(path, "what was received does not unpack to the body that was recorded");
    let unpacked = coding::undo(encoding, sent, limit).map_err(|_| odd())?;
    if Digest::of(&unpacked) == body.digest(path)? { Ok(unpacked) } else { Err(odd()) }
}

impl Talk {
    fn exchange(self, path: &Path, get: Get<'_>) -> Result<Exchange, Trouble> {
        let hops: Result<Vec<Hop>, Trouble> = self.hops.into_iter().map(|hop| hop.hop(path, get)).collect();
        Ok(Exchange {
            url: self.url,
            final_url: self.final_url,
            redirects: self.redirects,
            hops: hops?,
            memento: self.memento,
            status: self.status,
            content_type: self.content_type,
            content_encoding: self.content_encoding,
            credentials_dropped: self.credentials_dropped,
            robots: self.robots,
        })
    }
}

impl KeptHop {
    fn hop(self, path: &Path, get: Get<'_>) -> Result<Hop, Trouble> {
        let bring = |blob: Option<Blob>| blob.map(|blob| blob.get(path, get)).transpose();
        let odd = || Trouble::damaged(path, "the record holds what is not known here");
        let truncated = match self.truncated.as_deref() {
            None => None,
            Some("length") => Some("length"),
            Some("time") => Some("time"),
            Some("disconnect") => Some("disconnect"),
            Some(_) => return Err(odd()),
        };
        let headers = |kept: Vec<KeptHeader>| -> Result<Vec<Header>, Trouble> {
            kept.into_iter().map(|header| header.header().ok_or_else(odd)).collect()
        };
        Ok(Hop {
            url: self.url,
            protocol: self.protocol,
            peer: self.peer,
            certificate: bring(self.certificate)?,
            request: headers(self.request)?,
            status: self.status,
            reason: self.reason,
            response: headers(self.response)?,
            left_out: self.left_out,
            payload: bring(self.payload)?,
            truncated,
            copied_from: self.copied_from,
        })
    }
}

impl KeptHeader {
    fn of((name, value): &Header) -> Self {
        let text = std::str::from_utf8(value).ok().map(str::to_owned);
        let base64 = text.is_none().then(|| base64::encode(value));
        Self { name: name.clone(), value: text, base64 }
    }

    fn header(self) -> Option<Header> {
        let value = match (self.value, self.base64) {
            (Some(text), None) => text.into_bytes(),
            (None, Some(coded)) => base64::decode(&coded)?,
            (Some(_), Some(_)) | (None, None) => return None,
        };
        Some((self.name, value))
    }
}
