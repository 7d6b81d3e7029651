//! The HTTP client: how every request is asked, whatever it is for.
//!
//! Asked as anybody would ask: no cookies, no logins, no proxy of the system, no `Referer`, and a `User-Agent` that says who we
//! are and, where the user gave one, how to reach the person behind it. Nothing is followed, repeated or unpacked in here.

use std::sync::Arc;

use reqwest::{
    Certificate, Client, Proxy, header,
    header::{HeaderName, HeaderValue},
    redirect::Policy,
};

use super::{Asked, guard::Resolver};
use crate::capture::{Limits, Reach, coding};

/// Name and version, as servers see them.
const USER_AGENT: &str = concat!("vidimus/", env!("CARGO_PKG_VERSION"));
/// Markdown is not asked for: some hosts would make a version of the page that no reader sees.
const ACCEPT: &str = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5";
/// What a style sheet is asked for as.
const ACCEPT_SHEET: &str = "text/css,*/*;q=0.1";
/// The most header lines an answer may have.
const HEADER_LINES: usize = 200;
/// The most bytes the headers of an answer may have in HTTP/2.
const HEADER_BYTES: u32 = 256 * 1024;

/// What the `User-Agent` header says.
pub(super) fn user_agent(reach: &Reach) -> String {
    match &reach.contact {
        Some(contact) => format!("{USER_AGENT} (+{contact})"),
        None => USER_AGENT.to_owned(),
    }
}

/// What every request for `asked` says beside host and name.
pub(super) fn headers(asked: Asked) -> [(HeaderName, &'static str); 2] {
    let accept = match asked {
        Asked::Page => ACCEPT,
        Asked::Sheet => ACCEPT_SHEET,
    };
    [(header::ACCEPT, accept), (header::ACCEPT_ENCODING, coding::ACCEPTED)]
}

/// Builds the client that `limits` ask for, looking names up with `resolver`.
pub(super) fn build(limits: &Limits, asked: Asked, resolver: Resolver) -> Result<Client, reqwest::Error> {
    let reach = &limits.reach;
    let mut builder = Client::builder()
        .user_agent(user_agent(reach))
        .default_headers(
            headers(asked).map(|(name, value)| (name, HeaderValue::from_static(value))).into_iter().collect(),
        )
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .connect_timeout(limits.connect)
        .http1_max_headers(HEADER_LINES)
        .http2_max_header_list_size(HEADER_BYTES)
        .tls_info(true)
        .dns_resolver(Arc::new(resolver));
    builder = match &reach.proxy {
        Some(proxy) => builder.proxy(Proxy::all(proxy)?),
        None => builder.no_proxy(),
    };
    if !reach.roots.is_empty() {
        builder = builder.tls_certs_merge(Certificate::from_pem_bundle(&reach.roots)?);
    }
    builder.build()
}
