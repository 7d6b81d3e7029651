//! One page: a request for it and for whatever it redirects to, until an answer is a page.
//!
//! Redirects are followed here and not by the library, so that each hop is checked, counted and recorded.

use std::collections::BTreeSet;

use reqwest::{Response, header};

use super::{
    Session,
    answer::{Answer, HEADER_CHARS, hop, keep_redirect},
    patience,
};
use crate::capture::{
    Address, BadAddress, Capture, Error, Exchange, Progress, Redirect,
    address::{has_credentials, without_credentials},
};

impl Session {
    /// Asks for `typed` and for whatever it redirects to, until an answer is a page.
    pub(super) async fn page(&self, typed: &str, progress: &mut dyn FnMut(Progress)) -> Result<Capture, Error> {
        self.followed(typed, None, progress).await
    }

    /// The same for what the page at `page` refers to: it may lead into private networks no further than that page does.
    pub(super) async fn followed(
        &self,
        typed: &str,
        page: Option<&Address>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Capture, Error> {
        let locator = without_credentials(typed);
        let asked = Address::parse(typed).map_err(|cause| Error::Address { locator: locator.clone(), cause })?;
        let named = page.unwrap_or(&asked);
        self.limits.reach.check(&asked, named).map_err(|cause| Error::Address { locator: locator.clone(), cause })?;
        let mut at = asked.clone();
        let mut seen = BTreeSet::from([asked.clone()]);
        let (mut redirects, mut hops, mut tries) = (Vec::new(), Vec::new(), 0);
        loop {
            let mut response = self.ask(&at, None, &locator, progress).await?;
            tries += 1;
            hops.push(hop(&at, &response, self.asked, &self.limits.reach));
            let Some(target) = target(&response) else {
                let exchange = Exchange {
                    url: asked.to_string(),
                    final_url: at.to_string(),
                    redirects: redirects.clone(),
                    hops: hops.clone(),
                    credentials_dropped: has_credentials(typed),
                    ..Exchange::default()
                };
                let answer = Answer { response, exchange, locator: &locator, session: self };
                match self.again(answer.capture(progress).await, tries) {
                    Ok(wait) => self.pause(at.host(), wait, progress).await,
                    Err(done) => return *done,
                }
                // What was asked in vain is no part of how the page was got.
                hops.pop();
                continue;
            };
            keep_redirect(&mut response, hops.last_mut()).await;
            redirects.push(Redirect { url: at.to_string(), status: response.status().as_u16() });
            at = self.next(&at, named, &target).map_err(|cause| bad_redirect(&locator, &target, cause))?;
            tries = 0;
            if !seen.insert(at.clone()) {
                return Err(Error::RedirectLoop { locator, again: at.to_string() });
            }
            if redirects.len() > self.limits.redirects {
                return Err(Error::TooManyRedirects { locator, limit: self.limits.redirects });
            }
        }
    }

    /// Where a redirect from `at` leads; the user named `named`.
    fn next(&self, at: &Address, named: &Address, target: &str) -> Result<Address, BadAddress> {
        let next = at.join(target)?;
        self.limits.reach.check(&next, named).map(|()| next)
    }

    /// How long to wait before asking again after what came of asking `tries` times; what came of it where that is final.
    fn again(
        &self,
        done: Result<Capture, Error>,
        tries: u32,
    ) -> Result<std::time::Duration, Box<Result<Capture, Error>>> {
        let wait = match &done {
            // A test for robots does not go away by asking more often.
            Err(Error::Status { status, challenge: false, retry_after, .. }) => {
                patience::wait(*status, *retry_after, tries, &self.limits)
            }
            Ok(_) | Err(_) => None,
        };
        wait.ok_or_else(|| Box::new(done))
    }
}

/// Where a response redirects to, if it does. 300 offers a choice and 304 answers a question never asked: both are none.
pub(super) fn target(response: &Response) -> Option<String> {
    let redirects = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
    let location = response.headers().get(header::LOCATION)?;
    redirects.then(|| String::from_utf8_lossy(location.as_bytes()).into_owned())
}

fn bad_redirect(locator: &str, target: &str, cause: BadAddress) -> Error {
    let target = without_credentials(target).chars().take(HEADER_CHARS).collect();
    Error::BadRedirect { locator: locator.to_owned(), target, cause }
}
