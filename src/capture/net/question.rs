//! A question to a service and its answer: bytes go out with one `POST`, bytes come back. Nothing of it is a capture.

use reqwest::header;

use super::{Session, answer::take, transport, within};
use crate::{
    capture::{Address, Error, Limits, address::without_credentials},
    moment::Moment,
};

/// Puts a question to a service and gives back its answer, as bytes of at most `most`. No redirect is followed: an answer is
/// wanted from the service that was named and from no other. Blocks, so it must not be called from asynchronous code.
///
/// # Errors
/// [`Error::Address`], [`Error::Private`], [`Error::Status`], [`Error::TooLarge`], [`Error::Transport`] and [`Error::TimedOut`].
pub fn ask(typed: &str, media_type: &str, question: Vec<u8>, most: usize, limits: &Limits) -> Result<Vec<u8>, Error> {
    let locator = without_credentials(typed);
    let bad = |cause| Error::Address { locator: locator.clone(), cause };
    let address = Address::parse(typed).map_err(bad)?;
    limits.reach.check(&address, &address).map_err(bad)?;
    // Nothing is captured, and so nothing is dated.
    let session = Session::open(typed, limits, Moment::from_unix(0))?;
    session.block_on(within(typed, limits, async {
        let ask = session.client.post(address.to_string()).header(header::CONTENT_TYPE, media_type);
        let ask = ask.header(header::ACCEPT, "*/*").header(header::ACCEPT_ENCODING, "identity").body(question);
        let mut response = ask.send().await.map_err(|error| transport(typed, limits, error))?;
        let status = response.status().as_u16();
        if status != 200 {
            let retry_after = session.asked_for(&response);
            return Err(Error::Status { locator: locator.clone(), status, challenge: false, retry_after });
        }
        let mut answer = Vec::new();
        match take(&mut response, most, &mut answer, &mut |_| ()).await {
            Ok(()) => Ok(answer),
            Err(Some(error)) => Err(transport(typed, limits, error)),
            Err(None) => Err(Error::TooLarge { locator: locator.clone(), limit: most }),
        }
    }))
}
