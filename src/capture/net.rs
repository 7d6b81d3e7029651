//! Fetching over HTTP. The only file that names the `reqwest` and `tokio` crates.
//!
//! Addresses go in, captures come out, with every redirect on record. One plain `GET` per hop, asked as anybody would ask:
//! no cookies, no logins, no proxy of the system, and a `User-Agent` that says who we are. Nothing else on a page is
//! fetched. Redirects are followed here and not by the library, so that each hop is checked, counted and recorded.
//! Politeness (robots.txt, retries) and archives belong into files of their own beside this one.

use std::{collections::BTreeSet, error::Error as _, time::Duration};

use reqwest::{
    Client, Response, header,
    header::{HeaderMap, HeaderName, HeaderValue},
    redirect::Policy,
};

use super::{
    Address, Capture, Error, Exchange, Hop, Limits, Progress, Redirect, Via,
    address::{has_credentials, without_credentials},
    challenge,
    coding::{self, Fault},
    error::BadAddress,
    origin, sniff,
};
use crate::moment::Moment;

/// Name and version, as servers see them.
const USER_AGENT: &str = concat!("vidimus/", env!("CARGO_PKG_VERSION"));
/// Markdown is not asked for: some hosts would make a version of the page that no reader sees.
const ACCEPT: &str = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5";
/// What every request says beside host and name.
const HEADERS: [(HeaderName, &str); 2] = [(header::ACCEPT, ACCEPT), (header::ACCEPT_ENCODING, "gzip")];
/// How long the body of a redirect is waited for: nobody reads it, it is only kept.
const REDIRECT_BODY: Duration = Duration::from_secs(2);
/// How much of an error page is read to see what kind it is, in bytes.
const ERROR_PAGE: usize = 64 * 1024;
/// The longest header value that is kept, in characters.
const HEADER_CHARS: usize = 256;

/// Fetches one page; `now` is recorded as the time of it. Blocks, so it must not be called from asynchronous code.
///
/// # Errors
/// Everything in [`Error`] but [`Error::Unreadable`] and [`Error::NoNetwork`].
pub fn fetch(typed: &str, limits: &Limits, now: Moment, progress: &mut dyn FnMut(Progress)) -> Result<Capture, Error> {
    block_on(typed, async {
        let client = client(typed, limits)?;
        within(typed, limits, page(&client, typed, limits, now, progress)).await
    })
}

/// Fetches two pages at once. `progress` is told which of the two, 0 or 1, each step belongs to.
///
/// # Errors
/// As for [`fetch`]; where both fail, the first one's error.
pub fn fetch_both(
    typed: [&str; 2],
    limits: &Limits,
    now: Moment,
    progress: &mut dyn FnMut(usize, Progress),
) -> Result<[Capture; 2], Error> {
    let [first, second] = typed;
    let shared = std::cell::RefCell::new(progress);
    let (mut tell_first, mut tell_second) =
        (|step: Progress| (shared.borrow_mut())(0, step), |step: Progress| (shared.borrow_mut())(1, step));
    block_on(first, async {
        let client = client(first, limits)?;
        let (first, second) = tokio::join!(
            within(first, limits, page(&client, first, limits, now, &mut tell_first)),
            within(second, limits, page(&client, second, limits, now, &mut tell_second)),
        );
        Ok([first?, second?])
    })
}

fn block_on<T>(typed: &str, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| {
        Error::Transport { locator: without_credentials(typed), cause: format!("no network here: {error}") }
    })?;
    let done = runtime.block_on(work);
    // A name server that does not answer would hold up an ordinary end for longer than the user wanted to wait.
    runtime.shutdown_background();
    done
}

async fn within<T>(typed: &str, limits: &Limits, work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let late = |_| Error::TimedOut { locator: without_credentials(typed), after: limits.total };
    tokio::time::timeout(limits.total, work).await.map_err(late).flatten()
}

fn client(typed: &str, limits: &Limits) -> Result<Client, Error> {
    Client::builder()
        .user_agent(USER_AGENT)
        .default_headers(HEADERS.map(|(name, value)| (name, HeaderValue::from_static(value))).into_iter().collect())
        .redirect(Policy::none())
        .referer(false)
        .no_proxy()
        .retry(reqwest::retry::never())
        .connect_timeout(limits.connect)
        .build()
        .map_err(|error| transport(typed, limits, error))
}

/// Asks for `typed` and for whatever it redirects to, until an answer is a page.
async fn page(
    client: &Client,
    typed: &str,
    limits: &Limits,
    now: Moment,
    progress: &mut dyn FnMut(Progress),
) -> Result<Capture, Error> {
    let locator = without_credentials(typed);
    let asked = Address::parse(typed).map_err(|cause| Error::Address { locator: locator.clone(), cause })?;
    let mut at = asked.clone();
    let mut seen = BTreeSet::from([asked.clone()]);
    let (mut redirects, mut hops) = (Vec::new(), Vec::new());
    loop {
        progress(Progress::Asking { host: at.host().to_owned() });
        let mut response = client.get(at.to_string()).send().await.map_err(|error| transport(typed, limits, error))?;
        hops.push(hop(&at, &response));
        let Some(target) = target(&response) else {
            let exchange = Exchange {
                url: asked.to_string(),
                final_url: at.to_string(),
                redirects,
                hops,
                credentials_dropped: has_credentials(typed),
                ..Exchange::default()
            };
            return answer(response, exchange, &locator, limits, now, progress).await;
        };
        keep_redirect(&mut response, hops.last_mut()).await;
        redirects.push(Redirect { url: at.to_string(), status: response.status().as_u16() });
        at = at.join(&target).map_err(|cause| bad_redirect(&locator, &target, cause))?;
        if !seen.insert(at.clone()) {
            return Err(Error::RedirectLoop { locator, again: at.to_string() });
        }
        if redirects.len() > limits.redirects {
            return Err(Error::TooManyRedirects { locator, limit: limits.redirects });
        }
    }
}

/// What is kept of a request and its answer, but for the body.
fn hop(at: &Address, response: &Response) -> Hop {
    let request = HEADERS
        .iter()
        .map(|(name, value)| (name.as_str(), *value))
        .chain([("user-agent", USER_AGENT), ("host", at.authority())]);
    let mut hop = Hop {
        url: at.to_string(),
        protocol: format!("{:?}", response.version()),
        peer: response.remote_addr().map(|address| address.ip().to_string()),
        request: request.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).collect(),
        status: response.status().as_u16(),
        ..Hop::default()
    };
    hop.take_response(response.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes())));
    hop
}

/// Keeps what a redirect says beside its target, as far as it comes soon.
async fn keep_redirect(response: &mut Response, hop: Option<&mut Hop>) {
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

/// Where a response redirects to, if it does. 300 offers a choice and 304 answers a question never asked: both are none.
fn target(response: &Response) -> Option<String> {
    let redirects = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(header::LOCATION)?;
    redirects.then(|| String::from_utf8_lossy(location.as_bytes()).into_owned())
}

fn bad_redirect(locator: &str, target: &str, cause: BadAddress) -> Error {
    let target = without_credentials(target).chars().take(HEADER_CHARS).collect();
    Error::BadRedirect { locator: locator.to_owned(), target, cause }
}

/// Takes in the answer that is no redirect.
async fn answer(
    mut response: Response,
    mut exchange: Exchange,
    locator: &str,
    limits: &Limits,
    now: Moment,
    progress: &mut dyn FnMut(Progress),
) -> Result<Capture, Error> {
    exchange.status = response.status().as_u16();
    exchange.content_type = text_of(response.headers(), &header::CONTENT_TYPE);
    exchange.content_encoding = text_of(response.headers(), &header::CONTENT_ENCODING);
    let encoding = exchange.content_encoding.as_deref();
    let marked = response
        .headers()
        .iter()
        .any(|(name, value)| challenge::in_header(name.as_str(), &String::from_utf8_lossy(value.as_bytes())));
    if !response.status().is_success() || marked {
        // What cannot be read of an error page changes nothing: it is an error already.
        let sent = body(&mut response, ERROR_PAGE, &mut |_| ()).await.unwrap_or_default();
        let challenge =
            marked || coding::undo(encoding, sent, ERROR_PAGE).is_ok_and(|body| challenge::is_challenge(&body));
        return Err(Error::Status { locator: locator.to_owned(), status: exchange.status, challenge });
    }
    let too_large = || Error::TooLarge { locator: locator.to_owned(), limit: limits.body_bytes };
    let sent = match body(&mut response, limits.body_bytes, progress).await {
        Ok(sent) => sent,
        Err(Some(error)) => return Err(transport(locator, limits, error)),
        Err(None) => return Err(too_large()),
    };
    let stored = encoding.is_some().then(|| sent.clone());
    let body = coding::undo(encoding, sent, limits.body_bytes).map_err(|fault| match fault {
        Fault::TooLarge => too_large(),
        Fault::Unknown(name) => Error::Encoding {
            locator: locator.to_owned(),
            cause: format!("sent in the encoding {name:?}, which was not asked for and cannot be undone"),
        },
        Fault::Damaged => Error::Encoding {
            locator: locator.to_owned(),
            cause: "the packed answer is damaged or ends too early".to_owned(),
        },
    })?;
    // Most bodies are sent as they are: only a packed one is kept twice.
    if let (Some(hop), Some(stored)) = (exchange.hops.last_mut(), stored.filter(|stored| *stored != body)) {
        hop.payload = Some(stored);
    }
    progress(Progress::Done { bytes: body.len() });
    let media_type = exchange.content_type.as_deref();
    let memento = response.headers().contains_key("memento-datetime");
    Ok(Capture {
        format: sniff::format(&exchange.final_url, &body, media_type).map_err(|unfit| unfit.of(locator))?,
        declared_charset: media_type.and_then(sniff::charset_parameter),
        locator: locator.to_owned(),
        body,
        via: Via::Http,
        assurance: origin::assurance(&exchange.final_url, memento),
        exchange: Some(exchange),
        retrieved_at: Some(now),
    })
}

/// Reads a body as sent. The error is absent where the limit was reached.
async fn body(
    response: &mut Response,
    limit: usize,
    progress: &mut dyn FnMut(Progress),
) -> Result<Vec<u8>, Option<reqwest::Error>> {
    let mut sent = Vec::new();
    take(response, limit, &mut sent, progress).await.map(|()| sent)
}

/// Reads a body as sent into `sent`, which holds what came before an error too.
async fn take(
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

fn text_of(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = String::from_utf8_lossy(headers.get(name)?.as_bytes()).into_owned();
    Some(value.trim().chars().take(HEADER_CHARS).collect())
}

/// What went wrong below HTTP, in one clause: the innermost cause says most, and none repeats the address.
fn transport(typed: &str, limits: &Limits, error: reqwest::Error) -> Error {
    let locator = without_credentials(typed);
    if error.is_timeout() {
        // The total limit is kept by `within`; what reqwest itself limits is connecting.
        return Error::TimedOut { locator, after: limits.connect.min(limits.total) };
    }
    let error = error.without_url();
    let mut innermost = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        innermost = cause.to_string();
        source = cause.source();
    }
    let what = if error.is_dns() {
        "the host could not be found"
    } else if error.is_connect() {
        "could not connect"
    } else if error.is_body() || error.is_decode() {
        "the answer broke off"
    } else {
        "the server gave no proper answer"
    };
    Error::Transport { locator, cause: format!("{what} ({innermost})") }
}
