//! Web addresses: what was typed or sent goes in, something safe to ask for and to store comes out.
//!
//! The only file that names the `url` crate. User information (`user:password@`) is dropped the moment an address is read,
//! so that no secret can reach a request, a report or a message. Nothing here looks up or connects to anything.

use std::fmt;

use url::Url;

use super::error::BadAddress;

/// An `http` or `https` address with a host, without user information and without a fragment.
///
/// ```
/// use vidimus::capture::Address;
/// let address = Address::parse("HTTPS://Desk:secret@Example.org/a/../page#top").unwrap();
/// assert_eq!(address.to_string(), "https://example.org/page");
/// assert_eq!(address.host(), "example.org");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Address(Url);

impl Address {
    /// Reads an absolute address.
    ///
    /// # Errors
    /// If it is malformed, has another scheme than `http` or `https`, or names no host.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        Self::checked(Url::parse(text.trim()).map_err(|error| {
            if error == url::ParseError::EmptyHost { BadAddress::NoHost } else { BadAddress::Malformed }
        })?)
    }

    /// The address that `reference` means on this page, as in a `Location` header.
    ///
    /// # Errors
    /// As for [`Address::parse`].
    pub fn join(&self, reference: &str) -> Result<Self, BadAddress> {
        Self::checked(self.0.join(reference).map_err(|_| BadAddress::Malformed)?)
    }

    /// The host, in lower case; names outside ASCII in Punycode.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// The host with its port where that is not the scheme's own, as the `Host` header has it.
    pub fn authority(&self) -> &str {
        &self.0[url::Position::BeforeHost..url::Position::AfterPort]
    }

    /// The port that is asked.
    pub fn port(&self) -> u16 {
        // Both schemes that an address may have know their own.
        self.0.port_or_known_default().unwrap_or_default()
    }

    /// The path with its query, as the first line of a request has it.
    pub fn path(&self) -> &str {
        &self.0[url::Position::BeforePath..url::Position::AfterQuery]
    }

    /// Whether both are of one origin: the same scheme, host and port.
    pub fn is_same_origin(&self, other: &Self) -> bool {
        self.0.origin() == other.0.origin()
    }

    /// The same address asked with these names and values, whatever it was asked with.
    #[cfg(feature = "net")]
    pub(super) fn asked_with(&self, pairs: &[(&str, &str)]) -> Self {
        let mut url = self.0.clone();
        url.query_pairs_mut().clear().extend_pairs(pairs);
        Self(url)
    }

    fn checked(mut url: Url) -> Result<Self, BadAddress> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(BadAddress::Scheme);
        }
        if url.host_str().is_none_or(str::is_empty) {
            return Err(BadAddress::NoHost);
        }
        url.set_fragment(None);
        url.set_username("").and_then(|()| url.set_password(None)).map_err(|()| BadAddress::Malformed)?;
        Ok(Self(url))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

/// Whether `text` carries user information.
pub fn has_credentials(text: &str) -> bool {
    without_credentials(text) != text
}

/// `text` without user information, even where it is no valid address: what may be shown of something that was typed.
pub fn without_credentials(text: &str) -> String {
    let web = |scheme: &str| ["http", "https"].iter().any(|web| scheme.trim_start().eq_ignore_ascii_case(web));
    let (scheme, rest) = match text.split_once(':') {
        // Of web addresses any number of slashes will do, leaning either way.
        Some((scheme, rest)) if web(scheme) => (scheme, rest.trim_start_matches(['/', '\\'])),
        _ => match text.split_once("//") {
            Some((scheme, rest)) => (scheme.trim_end_matches(':'), rest),
            None => return text.to_owned(),
        },
    };
    let before = text.len() - rest.len();
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    // `me:sek/ret@host` is no address, since no port is called `sek`: somebody's password has a slash in it.
    let port = authority.rsplit_once(':').map_or("", |(_, port)| port);
    let broken = !authority.ends_with(']') && !port.bytes().all(|byte| byte.is_ascii_digit());
    let at = authority.rfind('@').or_else(|| path.rfind('@').filter(|_| broken).map(|at| end + at));
    match at {
        Some(at) if before > scheme.len() => {
            format!("{}{}", &text[..before], rest.get(at + 1..).unwrap_or_default())
        }
        Some(_) | None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_dropped_wherever_an_address_comes_from() {
        let page = Address::parse("https://me:pw@example.org/a").unwrap();
        assert_eq!(page.to_string(), "https://example.org/a");
        assert_eq!(page.join("//you:pw@other.example/b").unwrap().to_string(), "https://other.example/b");
        assert_eq!(without_credentials("http://a:b@c@host/x@y"), "http://host/x@y");
        assert_eq!(without_credentials("http://a:b@ho st/"), "http://ho st/");
        assert_eq!(without_credentials("a@b.html"), "a@b.html");
        assert_eq!(without_credentials("https://me:sek/rit@host/"), "https://host/");
        assert_eq!(without_credentials("https://me:sek?rit@host/"), "https://host/");
        assert_eq!(without_credentials("HTTP:me:sekrit@host"), "HTTP:host");
        assert_eq!(without_credentials("https:/me:sekrit@host/"), "https:/host/");
        assert_eq!(without_credentials("https:\\\\me:sekrit@host/"), "https:\\\\host/");
        assert_eq!(without_credentials("//me:sekrit@host/"), "//host/");
        for kept in
            ["http://host:80/@token", "http://[::1]/@token", "http://host/a:b@c", "notes: me@host", "http:x.html"]
        {
            assert_eq!(without_credentials(kept), kept);
        }
        assert!(has_credentials("http://token@host") && !has_credentials("http://host/@token"));
    }

    #[test]
    fn only_web_addresses_are_asked_for() {
        let page = Address::parse("http://example.org/").unwrap();
        assert_eq!(page.join("file:///etc/passwd"), Err(BadAddress::Scheme));
        assert_eq!(page.join("javascript:alert(1)"), Err(BadAddress::Scheme));
        assert_eq!(page.join("//"), Err(BadAddress::Malformed));
        assert_eq!(Address::parse("http:///"), Err(BadAddress::NoHost));
        assert_eq!(Address::parse("no address"), Err(BadAddress::Malformed));
        assert_eq!(Address::parse("ftp://example.org/"), Err(BadAddress::Scheme));
    }
}
