//! Timestamps (RFC 3161): an authority's word that it saw a signature, and when.
//!
//! A token, the bytes it should be about and the authorities somebody trusts go in; a [`Token`] comes out. The authority learns a
//! hash and nothing else. `token` reads what an authority signed, `authority` asks whether it signed it and whether it is one
//! that is trusted, `pss` knows keys that are for RSA-PSS alone; with the crates `webpki` and `x509-cert`, in builds with the feature
//! `timestamp`. Nothing is ever fetched here, no clock is asked, and the system's certificates are never looked at.

#[cfg(feature = "timestamp")]
mod authority;
#[cfg(feature = "timestamp")]
mod pss;
#[cfg(feature = "timestamp")]
mod token;

use crate::{digest::Digest, moment::Moment};

/// The media type of a query.
pub const QUERY: &str = "application/timestamp-query";

/// The largest answer of an authority, and so the largest token that is looked at, in bytes.
pub const TOKEN: usize = 256 * 1024;

/// The largest file of certificates, in bytes, and the most certificates in it.
#[cfg(feature = "timestamp")]
const FILE: usize = 1 << 20;
const CERTIFICATES: usize = 64;

/// Certificates of timestamp authorities somebody trusts: roots, certificates between, or the authorities' own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authorities(Vec<Vec<u8>>);

impl Authorities {
    /// Reads certificates from a PEM file.
    ///
    /// # Errors
    /// One phrase: what is wrong with the file.
    #[cfg(feature = "timestamp")]
    pub fn from_pem(pem: &[u8]) -> Result<Self, String> {
        if pem.len() > FILE {
            return Err("too large for a file of certificates".to_owned());
        }
        let certificates = authority::from_pem(pem).ok_or("no certificates in PEM form")?;
        match certificates.len() {
            0 => Err("no certificate in PEM form".to_owned()),
            1..=CERTIFICATES => Ok(Self(certificates)),
            _ => Err(format!("more than {CERTIFICATES} certificates")),
        }
    }

    /// These and those of other files: whoever trusts several authorities need not keep them in one.
    ///
    /// # Errors
    /// One phrase: there would be more than are looked at.
    pub fn and(mut self, other: Self) -> Result<Self, String> {
        let known: Vec<Vec<u8>> = other.0.into_iter().filter(|own| !self.0.contains(own)).collect();
        self.0.extend(known);
        if self.0.len() > CERTIFICATES {
            Err(format!("more than {CERTIFICATES} certificates in all"))
        } else {
            Ok(self)
        }
    }

    /// Reads certificates from a PEM file.
    ///
    /// # Errors
    /// Always: this build checks no timestamps.
    #[cfg(not(feature = "timestamp"))]
    pub fn from_pem(_pem: &[u8]) -> Result<Self, String> {
        Err("this build checks no timestamps".to_owned())
    }
}

/// What a token is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token {
    /// An authority that is trusted signed it: the bytes existed at this time.
    Trusted(Moment),
    /// It is about the bytes, but nobody who is trusted stands behind it; why, in one phrase.
    Unpinned(String),
    /// It is not about these bytes, or no sound token; why, in one phrase.
    Invalid(String),
}

/// What `answer` is worth as a timestamp of `signed`. `answer` is what an authority answers (`TimeStampResp`), or the token in it.
///
/// The certificate that signed the token must have been valid at the token's time; whether it still is does not matter.
#[cfg(feature = "timestamp")]
pub fn check(answer: &[u8], signed: &[u8], authorities: &Authorities) -> Token {
    match token::read(answer, signed) {
        Ok(token) => authority::judge(&token, &authorities.0),
        Err(why) => Token::Invalid(why),
    }
}

/// What `answer` is worth: nothing, since this build checks no timestamps.
#[cfg(not(feature = "timestamp"))]
pub fn check(_answer: &[u8], _signed: &[u8], _authorities: &Authorities) -> Token {
    Token::Unpinned("this build checks no timestamps".to_owned())
}

/// A query for a timestamp of `signed`, in DER: its SHA-256, a number that the answer must repeat, and the wish for certificates.
pub fn query(signed: &[u8], nonce: [u8; 8]) -> Vec<u8> {
    // SEQUENCE { INTEGER 1, SEQUENCE { SEQUENCE { OID SHA-256, NULL }, OCTET STRING …
    const IMPRINT: [u8; 24] = [
        0x30, 0x43, 0x02, 0x01, 0x01, 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04,
        0x02, 0x01, 0x05, 0x00, 0x04, 0x20,
    ];
    // … }, INTEGER nonce, BOOLEAN certReq TRUE }.
    let digest = Digest::of(signed);
    [&IMPRINT, digest.as_bytes().as_slice(), &[0x02, 0x08], &positive(nonce), &[0x01, 0x01, 0xff]].concat()
}

/// A nonce that takes exactly eight bytes as a positive DER integer.
fn positive(mut nonce: [u8; 8]) -> [u8; 8] {
    nonce[0] = nonce[0] & 0x7f | 0x40;
    nonce
}

/// Takes in what an authority answered: granted, about `signed`, with the `nonce` of the query where one is known, and signed by
/// the certificate that comes with it. Gives the `TimeStampResp` to be kept in a seal; a bare token is wrapped into one.
///
/// # Errors
/// One phrase: why the answer is of no use.
#[cfg(feature = "timestamp")]
pub fn accept(answer: &[u8], signed: &[u8], nonce: Option<[u8; 8]>) -> Result<Vec<u8>, String> {
    let token = token::read(answer, signed)?;
    if nonce.is_some_and(|nonce| token.nonce.as_deref() != Some(positive(nonce).as_slice())) {
        return Err("the answer is not to our question: its nonce is another".to_owned());
    }
    match authority::judge(&token, &[]) {
        Token::Invalid(why) => Err(why),
        Token::Trusted(_) | Token::Unpinned(_) if token.signer().is_none() => {
            Err("the answer does not bring its certificate".to_owned())
        }
        Token::Trusted(_) | Token::Unpinned(_) => Ok(token.response),
    }
}

/// Takes in what an authority answered.
///
/// # Errors
/// Always: this build checks no timestamps.
#[cfg(not(feature = "timestamp"))]
pub fn accept(_answer: &[u8], _signed: &[u8], _nonce: Option<[u8; 8]>) -> Result<Vec<u8>, String> {
    Err("this build checks no timestamps".to_owned())
}
