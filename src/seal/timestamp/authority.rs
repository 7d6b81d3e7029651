//! Who stands behind a token: whether its certificate signed it, was valid then, is one for timestamps, and leads to a pinned one.

use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, UnixTime};
use webpki::{EndEntityCert, Error, KeyUsage, anchor_from_trusted_cert, aws_lc_rs as known};
use x509_cert::{
    Certificate,
    der::{
        Decode, Encode,
        asn1::ObjectIdentifier,
        oid::db::{rfc5280, rfc5912},
    },
    ext::pkix::{BasicConstraints, ExtendedKeyUsage},
};

use super::{
    Token, pss,
    token::{Signed, names_another},
};
use crate::moment::Moment;

/// The usage of an authority's certificate.
const TIME_STAMPING: ObjectIdentifier = rfc5280::ID_KP_TIME_STAMPING;

/// The certificates of a PEM file in DER form; `None` where one cannot be read.
pub(super) fn from_pem(pem: &[u8]) -> Option<Vec<Vec<u8>>> {
    // Text between the certificates is what openssl prints there.
    let text = str::from_utf8(pem).ok()?;
    let (begin, end) = ("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----");
    let blocks = text.split(begin).skip(1);
    let read = |block: &str| {
        let body: String = block.split_once(end)?.0.split_ascii_whitespace().collect();
        let der = crate::text::base64::decode(&body)?;
        Certificate::from_der(&der).ok()?;
        Some(der)
    };
    blocks.map(read).collect()
}

/// What a token is worth to somebody who trusts these certificates.
pub(super) fn judge(token: &Signed, pinned: &[Vec<u8>]) -> Token {
    match weigh(token, pinned) {
        Ok(None) => Token::Trusted(token.latest),
        Ok(Some(why)) => Token::Unpinned(why),
        Err(why) => Token::Invalid(why),
    }
}

/// `Ok(None)` where a pinned certificate stands behind it, otherwise why none does.
fn weigh(token: &Signed, pinned: &[Vec<u8>]) -> Result<Option<String>, String> {
    let trusted: Vec<Certificate> = pinned.iter().filter_map(|der| Certificate::from_der(der).ok()).collect();
    let signer = token.signer().or_else(|| trusted.iter().find(|own| token.info.names(own)));
    let Some(signer) = signer else {
        return Ok(Some("the token does not bring its certificate".to_owned()));
    };
    let broken = |_| "the authority's certificate cannot be read".to_owned();
    let der = signer.to_der().map_err(broken)?;
    if names_another(&token.info, &der) {
        return Err("the token's signature names another certificate".to_owned());
    }
    let der = CertificateDer::from(der);
    let certificate = EndEntityCert::try_from(&der).map_err(|_| "the authority's certificate cannot be read")?;
    signature(token, &certificate)?;
    for_timestamps(signer)?;
    if !valid(signer, token.time) {
        return Err("the authority's certificate was not valid when it signed".to_owned());
    }
    if pinned.iter().any(|own| **own == *der) {
        return Ok(None);
    }
    chain(token, &certificate, pinned)
}

/// Whether the certificate's key signed the token's attributes.
fn signature(token: &Signed, certificate: &EndEntityCert<'_>) -> Result<(), String> {
    let info = &token.info;
    let fits = |algorithm: &&dyn SignatureVerificationAlgorithm| {
        certificate.verify_signature(*algorithm, &info.attributes, &info.signature).is_ok()
    };
    if algorithms(token).iter().any(fits) { Ok(()) } else { Err("the token's signature does not fit".to_owned()) }
}

/// The algorithms a signature over this hash can have. Each is tried: the certificate's key decides which one it is.
fn algorithms(token: &Signed) -> Vec<&'static dyn SignatureVerificationAlgorithm> {
    let (hash, is_pss) = (token.info.hash, token.info.algorithm == rfc5912::ID_RSASSA_PSS);
    match hash {
        rfc5912::ID_SHA_256 if is_pss => pss::sha256(),
        rfc5912::ID_SHA_384 if is_pss => pss::sha384(),
        rfc5912::ID_SHA_512 if is_pss => pss::sha512(),
        rfc5912::ID_SHA_256 => vec![
            known::RSA_PKCS1_2048_8192_SHA256,
            known::ECDSA_P256_SHA256,
            known::ECDSA_P384_SHA256,
            known::ECDSA_P521_SHA256,
        ],
        rfc5912::ID_SHA_384 => vec![
            known::RSA_PKCS1_2048_8192_SHA384,
            known::ECDSA_P256_SHA384,
            known::ECDSA_P384_SHA384,
            known::ECDSA_P521_SHA384,
        ],
        rfc5912::ID_SHA_512 => vec![
            known::RSA_PKCS1_2048_8192_SHA512,
            known::ECDSA_P256_SHA512,
            known::ECDSA_P384_SHA512,
            known::ECDSA_P521_SHA512,
            known::ED25519,
        ],
        _ => Vec::new(),
    }
}

/// RFC 3161, section 2.3: one usage, this one, and critical.
fn for_timestamps(certificate: &Certificate) -> Result<(), String> {
    let usage = certificate.tbs_certificate.get::<ExtendedKeyUsage>();
    match usage {
        Ok(Some((true, usage))) if usage.0 == [TIME_STAMPING] => Ok(()),
        Ok(_) | Err(_) => Err("the authority's certificate is not one for timestamps and nothing else".to_owned()),
    }
}

/// Whether a certificate was valid at `time`, both ends included.
fn valid(certificate: &Certificate, time: Moment) -> bool {
    let seconds = |end: x509_cert::time::Time| i64::try_from(end.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    let validity = certificate.tbs_certificate.validity;
    (seconds(validity.not_before)..=seconds(validity.not_after)).contains(&time.unix())
}

/// Whether a pinned certificate is one that issues others. The pinned certificate of an authority itself vouches for nobody else.
fn issues(der: &CertificateDer<'_>) -> bool {
    let Ok(own) = Certificate::from_der(der) else { return false };
    let own = &own.tbs_certificate;
    match own.get::<BasicConstraints>() {
        Ok(Some((_, constraints))) => constraints.ca,
        // Roots of the first version of certificates say nothing of it.
        Ok(None) => own.subject == own.issuer,
        Err(_) => false,
    }
}

/// Whether the certificate led to a pinned one at the token's time. What is pinned, and what the token brings, may stand between.
fn chain(token: &Signed, certificate: &EndEntityCert<'_>, pinned: &[Vec<u8>]) -> Result<Option<String>, String> {
    let unpinned = || Some("its authority is none of those that are trusted (--tsa)".to_owned());
    let lived = |der: &&Vec<u8>| Certificate::from_der(der).is_ok_and(|own| valid(&own, token.time));
    let pinned: Vec<CertificateDer<'_>> =
        pinned.iter().filter(lived).map(|der| CertificateDer::from(der.as_slice())).collect();
    let anchors: Vec<_> =
        pinned.iter().filter(|der| issues(der)).filter_map(|der| anchor_from_trusted_cert(der).ok()).collect();
    let brought = token.certificates.iter().filter_map(|own| own.to_der().ok()).map(CertificateDer::from);
    let between: Vec<CertificateDer<'_>> = brought.chain(pinned.iter().cloned()).collect();
    let seconds = u64::try_from(token.time.unix()).map_err(|_| "the timestamp is from before 1970".to_owned())?;
    let time = UnixTime::since_unix_epoch(std::time::Duration::from_secs(seconds));
    // Certificates between may be for any use, or among others for timestamps; the authority's own was looked at before.
    let usage = KeyUsage::required_if_present(TIME_STAMPING.as_bytes());
    let algorithms = pss::of_certificates();
    let path = certificate.verify_for_usage(&algorithms, &anchors, &between, time, usage, None, None);
    match path {
        Ok(_) => Ok(None),
        Err(Error::CertExpired { .. } | Error::CertNotValidYet { .. }) => {
            Err("a certificate between the authority and the pinned one was not valid when it signed".to_owned())
        }
        Err(_) => Ok(unpinned()),
    }
}
