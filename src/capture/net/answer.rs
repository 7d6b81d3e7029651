//! The answer to one request: what is kept of it, and how its body is read.
//!
//! Bodies are read piece by piece and counted, as sent; what they were packed in is undone under the same limit. An answer is taken
//! either as a page, where every other status is an error, or as it is.

use std::time::Duration;

use reqwest::{
    Response, header,
    header::{HeaderMap, HeaderName},
    tls::TlsInfo,
};

use super::{Asked, Session, client, patience, transport};
use crate::capture::{
    Address, Capture, Error, Exchange, Format, Hop, Progress, Reach, Via, challenge,
    coding::{self, Fault},
    origin, sniff,
};

/// How long the body of a redirect is waited for: nobody reads it, it is only kept.
const REDIRECT_BODY: Duration = Duration::from_secs(2);
/// How much of an error page is read to see what kind it is, in bytes.
pub(super) const ERROR_PAGE: usize = 64 * 1024;
/// The longest header value that is kept, in characters.
pub(super) const HEADER_CHARS: usize = 256;

/// An answer whose body has not been read, and what was asked.
pub(super) struct Answer<'a> {
    /// The answer.
    pub(super) response: Response,
    /// What is known of the exchange so far.
    pub(super) exchange: Exchange,
    /// The source as named.
    pub(super) locator: &'a str,
    /// Who asks.
    pub(super) session: &'a Session,
}

impl Answer<'_> {
    /// Takes it for a page.
    pub(super) async fn capture(mut self, progress: &mut dyn FnMut(Progress)) -> Result<Capture, Error> {
        self.read_head();
        let marked = self
            .response
            .headers()
            .iter()
            .any(|(name, value)| challenge::in_header(name.as_str(), &String::from_utf8_lossy(value.as_bytes())));
        if !self.response.status().is_success() || marked {
            return Err(self.refusal(marked).await);
        }
        let memento = self.response.headers().contains_key("memento-datetime");
        let body = self.body(progress).await?;
        progress(Progress::Done { bytes: body.len() });
        let Self { exchange, locator, session, .. } = self;
        let media_type = exchange.content_type.as_deref();
        Ok(Capture {
            format: match session.asked {
                Asked::Page => {
                    sniff::format(&exchange.final_url, &body, media_type).map_err(|unfit| unfit.of(locator))?
                }
                // A sheet may well be empty, and whether it is one is for others to say.
                Asked::Sheet => Format::Plain,
            },
            declared_charset: media_type.and_then(sniff::charset_parameter),
            locator: locator.to_owned(),
            body,
            via: Via::Http,
            assurance: origin::assurance(&exchange.final_url, memento),
            exchange: Some(exchange),
            stored: None,
            retrieved_at: Some(session.now),
            sheets: Vec::new(),
            missed_sheets: Vec::new(),
            rendered: None,
        })
    }

    fn read_head(&mut self) {
        self.exchange.status = self.response.status().as_u16();
        self.exchange.content_type = text_of(self.response.headers(), &header::CONTENT_TYPE);
        self.exchange.content_encoding = text_of(self.response.headers(), &header::CONTENT_ENCODING);
    }

    /// Why this is no page; `marked` is whether its headers say that it tests for robots.
    async fn refusal(mut self, marked: bool) -> Error {
        // What cannot be read of an error page changes nothing: it is an error already.
        let mut sent = Vec::new();
        let whole = take(&mut self.response, ERROR_PAGE, &mut sent, &mut |_| ()).await.is_ok();
        let encoding = self.exchange.content_encoding.as_deref().filter(|_| whole);
        let challenge =
            marked || coding::undo(encoding, sent, ERROR_PAGE).is_ok_and(|body| challenge::is_challenge(&body));
        let retry_after = self.session.asked_for(&self.response);
        Error::Status { locator: self.locator.to_owned(), status: self.exchange.status, challenge, retry_after }
    }

    /// The body, unpacked; what was packed is kept with the last hop as it was sent.
    pub(super) async fn body(&mut self, progress: &mut dyn FnMut(Progress)) -> Result<Vec<u8>, Error> {
        let limit = self.session.limits.body_bytes;
        let locator = self.locator.to_owned();
        let mut sent = Vec::new();
        match take(&mut self.response, limit, &mut sent, progress).await {
            Ok(()) => {}
            Err(Some(error)) => return Err(transport(&locator, &self.session.limits, error)),
            Err(None) => return Err(Error::TooLarge { locator, limit }),
        }
        let encoding = self.exchange.content_encoding.as_deref();
        let stored = encoding.is_some().then(|| sent.clone());
        let body = coding::undo(encoding, sent, limit).map_err(|fault| unpacked(locator, limit, fault))?;
        // Most bodies are sent as they are: only a packed one is kept twice.
        if let (Some(hop), Some(stored)) = (self.exchange.hops.last_mut(), stored.filter(|stored| *stored != body)) {
            hop.payload = Some(stored);
        }
        Ok(body)
    }

    /// Takes it as it is, whatever its status.
    pub(super) async fn into_whole(mut self, progress: &mut dyn FnMut(Progress)) -> Result<(Exchange, Vec<u8>), Error> {
        self.read_head();
        let body = self.body(progress).await?;
        Ok((self.exchange, body))
    }
}

impl Session {
    /// How long the server asks to be left alone.
    pub(super) fn asked_for(&self, response: &Response) -> Option<Duration> {
        let headers = response.headers();
        let date = text_of(headers, &header::DATE);
        let value = text_of(headers, &header::RETRY_AFTER)?;
        patience::retry_after(&value, date.as_deref(), self.now)
    }
}

fn unpacked(locator: String, limit: usize, fault: Fault) -> Error {
    let cause = match fault {
        Fault::TooLarge => return Error::TooLarge { locator, limit },
        Fault::Unknown(name) => {
            format!("sent in the encoding {name:?}, which was not asked for and cannot be undone")
        }
        Fault::Damaged => "the packed answer is damaged or ends too early".to_owned(),
    };
    Error::Encoding { locator, cause }
}

/// What is kept of a request and its answer, but for the body.
pub(super) fn hop(at: &Address, response: &Response, asked: Asked, reach: &Reach) -> Hop {
    let agent = client::user_agent(reach);
    let headers = client::headers(asked);
    let request = headers
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .chain([("user-agent", agent.as_str()), ("host", at.authority())]);
    let certificate = response.extensions().get::<TlsInfo>().and_then(TlsInfo::peer_certificate);
    let mut hop = Hop {
        url: at.to_string(),
        protocol: format!("{:?}", response.version()),
        peer: response.remote_addr().map(|address| address.ip().to_string()),
        certificate: certificate.map(<[u8]>::to_vec),
        request: request.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).collect(),
        status: response.status().as_u16(),
        reason: response.status().canonical_reason().unwrap_or_default().to_owned(),
        ..Hop::default()
    };
    hop.take_response(response.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes())));
    hop
}

/// Keeps what a redirect says beside its target, as far as it comes soon.
pub(super) async fn keep_redirect(response: &mut Response, hop: Option<&mut Hop>) {
    let Some(hop) = hop else { return };
    let mut payload = Vec::new();
    let taken = tokio::time::timeout(REDIRECT_BODY, take(response, ERROR_PAGE, &mut payload, &mut |_| ())).await;
    hop.truncated = match taken {
        Ok(Ok(())) => None,
        Ok(Err(None)) => Some("length"),
        Ok(Err(Some(_))) => Some("disconnect"),
        Err(_) => Some("time"),
    };
    hop.payload = Some(payload);
}

/// Reads a body as sent into `sent`, which holds what came before an error too. The error is absent where the limit was reached.
pub(super) async fn take(
    response: &mut Response,
    limit: usize,
    sent: &mut Vec<u8>,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), Option<reqwest::Error>> {
    let length = response.content_length();
    while let Some(piece) = response.chunk().await.map_err(Some)? {
        if sent.len() + piece.len() > limit {
            return Err(None);
        }
        sent.extend_from_slice(&piece);
        progress(Progress::Received { bytes: sent.len(), of: length });
    }
    Ok(())
}

/// The value of a header, cut to what is kept.
pub(super) fn text_of(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = String::from_utf8_lossy(headers.get(name)?.as_bytes()).into_owned();
    Some(value.trim().chars().take(HEADER_CHARS).collect())
}
