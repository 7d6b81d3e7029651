//! What an authority signed: an answer or a token goes in as bytes, its parts come out. Read strictly; nothing is trusted yet.

use x509_cert::{
    Certificate,
    der::{
        AnyRef, Decode, Encode, Reader, SliceReader, Tag, Tagged,
        asn1::{Any, ObjectIdentifier},
        oid::db::{rfc5911, rfc5912},
    },
    ext::pkix::SubjectKeyIdentifier,
};

use super::TOKEN;
use crate::{
    digest::{Digest, sha384, sha512},
    moment::Moment,
};

/// What a token holds (RFC 3161), and the attribute that names its certificate (RFC 5816, and before it RFC 2634).
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const CERTIFICATE_V1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");

/// The most certificates a token may bring.
const CERTIFICATES: usize = 16;

/// A token that is about the bytes asked about. Who signed it is not looked at.
pub(super) struct Signed {
    /// The answer that holds it.
    pub(super) response: Vec<u8>,
    /// When, rounded up to the second, by the authority's clock.
    pub(super) time: Moment,
    /// When, as much later as the authority says that it may be wrong: the bytes existed no later.
    pub(super) latest: Moment,
    /// The number it repeats from the query.
    pub(super) nonce: Option<Vec<u8>>,
    /// Who says to have signed it, and how.
    pub(super) info: Info,
    /// The certificates it brings.
    pub(super) certificates: Vec<Certificate>,
}

/// A signature over a token (`SignerInfo`, RFC 5652).
pub(super) struct Info {
    /// Which certificate it says has signed.
    sid: Sid,
    /// The hash of content and attributes.
    pub(super) hash: ObjectIdentifier,
    /// The algorithm, as far as it says which.
    pub(super) algorithm: ObjectIdentifier,
    /// What is signed: the attributes in DER, as a SET.
    pub(super) attributes: Vec<u8>,
    /// The signature.
    pub(super) signature: Vec<u8>,
}

/// How a signature names its certificate.
enum Sid {
    /// By its issuer, in DER, and its serial number.
    Serial(Vec<u8>, Vec<u8>),
    /// By its key.
    Key(Vec<u8>),
}

impl Info {
    fn read(info: &AnyRef<'_>) -> Option<Self> {
        let parts = elements(info.value())?;
        let [_version, sid, hash, attributes, algorithm, signature, ..] = parts.as_slice() else { return None };
        let oid = |algorithm: &AnyRef<'_>| elements(algorithm.value())?.first()?.decode_as::<ObjectIdentifier>().ok();
        let sid = match (sid.tag(), elements(sid.value()).as_deref()) {
            (Tag::Sequence, Some([issuer, serial])) => Sid::Serial(issuer.to_der().ok()?, serial.value().to_vec()),
            (tag, _) if numbered(tag, 0) => Sid::Key(sid.value().to_vec()),
            (_, _) => return None,
        };
        if !numbered(attributes.tag(), 0) || signature.tag() != Tag::OctetString {
            return None;
        }
        // What is signed is not the attributes as they stand there but the same as a SET (RFC 5652, section 5.4).
        let attributes = Any::new(Tag::Set, attributes.value()).and_then(|attributes| attributes.to_der()).ok()?;
        let signature = signature.value().to_vec();
        Some(Self { sid, hash: oid(hash)?, algorithm: oid(algorithm)?, attributes, signature })
    }

    /// Whether it names this certificate as its own.
    pub(super) fn names(&self, certificate: &Certificate) -> bool {
        let own = &certificate.tbs_certificate;
        match &self.sid {
            Sid::Serial(issuer, serial) => {
                own.issuer.to_der().is_ok_and(|own| own == *issuer) && own.serial_number.as_bytes() == serial
            }
            Sid::Key(key) => {
                matches!(own.get::<SubjectKeyIdentifier>(), Ok(Some((_, own))) if own.0.as_bytes() == key)
            }
        }
    }

    /// The values of the attributes of one kind.
    fn attribute(&self, kind: ObjectIdentifier) -> Vec<AnyRef<'_>> {
        let set = AnyRef::from_der(&self.attributes).ok().and_then(|set| elements(set.value()));
        let values = set.into_iter().flatten().filter_map(|attribute| {
            let parts = elements(attribute.value())?;
            let [own, values] = parts.as_slice() else { return None };
            let own = own.decode_as::<ObjectIdentifier>().ok()?;
            if own == kind { elements(values.value()) } else { None }
        });
        values.flatten().collect()
    }
}

fn numbered(tag: Tag, wanted: u8) -> bool {
    matches!(tag, Tag::ContextSpecific { number, .. } if number.value() == wanted)
}

impl Signed {
    /// The certificate it names as its own, if it brings it.
    pub(super) fn signer(&self) -> Option<&Certificate> {
        self.certificates.iter().find(|certificate| self.info.names(certificate))
    }
}

/// Reads `answer`, which must be about `signed`.
pub(super) fn read(answer: &[u8], signed: &[u8]) -> Result<Signed, String> {
    if answer.len() > TOKEN {
        return Err("the token is larger than is read".to_owned());
    }
    let broken = || "the token cannot be read".to_owned();
    let token = token(answer)?;
    let (content, certificates, infos) = parts(&token).ok_or_else(broken)?;
    let [info] = infos.as_slice() else {
        return Err("the token does not have exactly one signature".to_owned());
    };
    let info = Info::read(info).ok_or_else(broken)?;
    attributes(&info, content)?;
    let ([time, latest], nonce) = timestamp(content, signed)?;
    if certificates.len() > CERTIFICATES {
        return Err(format!("the token brings more than {CERTIFICATES} certificates"));
    }
    let certificates: Option<Vec<Certificate>> = certificates
        .iter()
        .filter(|one| one.tag() == Tag::Sequence)
        .map(|one| one.to_der().ok().and_then(|der| Certificate::from_der(&der).ok()))
        .collect();
    let certificates = certificates.ok_or("a certificate in the token cannot be read")?;
    let response = if token.len() == answer.len() { granted(&token)? } else { answer.to_vec() };
    Ok(Signed { response, time, latest, nonce, info, certificates })
}

/// Content, certificates and signatures.
type Parts<'a> = (&'a [u8], Vec<AnyRef<'a>>, Vec<AnyRef<'a>>);

/// What a token holds: `ContentInfo` around `SignedData` around `TSTInfo`. Many authorities write their certificates in another
/// order than DER wants, so that a strict reader of sets would refuse them.
fn parts(token: &[u8]) -> Option<Parts<'_>> {
    let whole = sequence(token)?;
    let [kind, data] = whole.as_slice() else { return None };
    if kind.decode_as::<ObjectIdentifier>().ok()? != rfc5911::ID_SIGNED_DATA || !numbered(data.tag(), 0) {
        return None;
    }
    let data = sequence(data.value())?;
    let [_version, _hashes, content, more @ .., infos] = data.as_slice() else { return None };
    let content = elements(content.value())?;
    let [kind, content] = content.as_slice() else { return None };
    if kind.decode_as::<ObjectIdentifier>().ok()? != TST_INFO || !numbered(content.tag(), 0) {
        return None;
    }
    let content = AnyRef::from_der(content.value()).ok().filter(|content| content.tag() == Tag::OctetString)?;
    let certificates = more.iter().find(|part| numbered(part.tag(), 0));
    let certificates = certificates.map_or(Some(Vec::new()), |set| elements(set.value()))?;
    let infos = (infos.tag() == Tag::Set).then(|| elements(infos.value()))?;
    Some((content.value(), certificates, infos?))
}

/// The token in an answer, if it was granted; a bare token is itself.
fn token(answer: &[u8]) -> Result<Vec<u8>, String> {
    let none = || "the answer is none of a timestamp authority".to_owned();
    let parts = sequence(answer).ok_or_else(none)?;
    let [first, rest @ ..] = parts.as_slice() else { return Err(none()) };
    if first.tag() == Tag::ObjectIdentifier {
        return Ok(answer.to_vec());
    }
    let status = elements(first.value()).ok_or_else(none)?;
    match status.first().filter(|status| status.tag() == Tag::Integer).map(|status| status.value()) {
        // Granted, granted with changes.
        Some([0 | 1]) => {}
        Some(_) => return Err("the authority refused".to_owned()),
        None => return Err(none()),
    }
    match rest {
        [token] => token.to_der().map_err(|_| none()),
        _ => Err("the authority's answer holds no token".to_owned()),
    }
}

/// An answer around a token: SEQUENCE { SEQUENCE { INTEGER 0 }, token }.
fn granted(token: &[u8]) -> Result<Vec<u8>, String> {
    let body = [&[0x30, 0x03, 0x02, 0x01, 0x00], token].concat();
    let answer = Any::new(Tag::Sequence, body).and_then(|answer| answer.to_der());
    answer.map_err(|_| "the token cannot be written".to_owned())
}

/// The elements of a DER SEQUENCE that is all there is.
fn sequence(der: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let whole = AnyRef::from_der(der).ok().filter(|whole| whole.tag() == Tag::Sequence)?;
    elements(whole.value())
}

/// The elements that stand one after the other.
fn elements(bytes: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let mut found = Vec::new();
    while !reader.is_finished() {
        found.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(found)
}

/// The hash of `bytes` by the algorithm named; `None` where it is not one that still holds.
pub(super) fn hash(algorithm: &ObjectIdentifier, bytes: &[u8]) -> Option<Vec<u8>> {
    if *algorithm == rfc5912::ID_SHA_256 {
        Some(Digest::of(bytes).as_bytes().to_vec())
    } else if *algorithm == rfc5912::ID_SHA_384 {
        Some(sha384(bytes).to_vec())
    } else if *algorithm == rfc5912::ID_SHA_512 {
        Some(sha512(bytes).to_vec())
    } else {
        None
    }
}

/// The attributes that are signed bind the content, its type and the certificate.
fn attributes(info: &Info, content: &[u8]) -> Result<(), String> {
    let kind = info.attribute(rfc5911::ID_CONTENT_TYPE);
    let [kind] = kind.as_slice() else { return Err("the token's signature does not say of what it is".to_owned()) };
    if kind.decode_as::<ObjectIdentifier>().ok() != Some(TST_INFO) {
        return Err("the token's signature is over another kind of content".to_owned());
    }
    let own = hash(&info.hash, content).ok_or("the token's hash is not SHA-256, SHA-384 or SHA-512")?;
    match info.attribute(rfc5911::ID_MESSAGE_DIGEST).as_slice() {
        [digest] if digest.tag() == Tag::OctetString && digest.value() == own => {}
        _ => return Err("the token's signature is over another content".to_owned()),
    }
    if info.attribute(CERTIFICATE_V2).is_empty() && info.attribute(CERTIFICATE_V1).is_empty() {
        return Err("the token's signature does not name its certificate".to_owned());
    }
    Ok(())
}

/// Whether the signature names a certificate by its hash, and another one than `certificate`. The older attribute has SHA-1, by
/// which nothing is told apart any more; the certificate's key is what counts then.
pub(super) fn names_another(info: &Info, certificate: &[u8]) -> bool {
    let attribute = info.attribute(CERTIFICATE_V2);
    let Some(value) = attribute.first() else { return false };
    let fits = || -> Option<bool> {
        // SigningCertificateV2 { SEQUENCE OF ESSCertIDv2 { [hash], OCTET STRING, … }, … }
        let list = elements(value.value())?;
        let certificates = elements(list.first()?.value())?;
        let first = elements(certificates.first()?.value())?;
        let (algorithm, digest) = match first.as_slice() {
            [digest, ..] if digest.tag() == Tag::OctetString => (rfc5912::ID_SHA_256, digest),
            [algorithm, digest, ..] if digest.tag() == Tag::OctetString => {
                let oid = elements(algorithm.value())?.first()?.decode_as::<ObjectIdentifier>().ok()?;
                (oid, digest)
            }
            _ => return None,
        };
        Some(hash(&algorithm, certificate)?.as_slice() == digest.value())
    };
    attribute.len() != 1 || fits() != Some(true)
}

/// Time, latest time and nonce of `TSTInfo`, which must be about `signed`.
fn timestamp(content: &[u8], signed: &[u8]) -> Result<([Moment; 2], Option<Vec<u8>>), String> {
    let broken = || "the timestamp cannot be read".to_owned();
    let parts = sequence(content).ok_or_else(broken)?;
    let [version, policy, imprint, serial, time, rest @ ..] = parts.as_slice() else { return Err(broken()) };
    let shaped = version.tag() == Tag::Integer
        && version.value() == [1]
        && policy.tag() == Tag::ObjectIdentifier
        && serial.tag() == Tag::Integer
        && time.tag() == Tag::GeneralizedTime;
    if !shaped {
        return Err(broken());
    }
    let imprint = elements(imprint.value()).ok_or_else(broken)?;
    let [algorithm, digest] = imprint.as_slice() else { return Err(broken()) };
    let algorithm = elements(algorithm.value()).ok_or_else(broken)?;
    let algorithm = algorithm.first().and_then(|oid| oid.decode_as::<ObjectIdentifier>().ok()).ok_or_else(broken)?;
    let own = hash(&algorithm, signed).ok_or("the timestamp is not over SHA-256, SHA-384 or SHA-512")?;
    if digest.tag() != Tag::OctetString || digest.value() != own {
        return Err("the timestamp is one over something else than this signature".to_owned());
    }
    if rest.iter().any(is_critical) {
        return Err("the timestamp has a critical extension, which is not known here".to_owned());
    }
    let nonce = rest.iter().find(|part| part.tag() == Tag::Integer).map(|nonce| nonce.value().to_vec());
    let within = match rest.iter().find(|part| part.tag() == Tag::Sequence) {
        Some(accuracy) => within(accuracy).ok_or_else(broken)?,
        None => 0,
    };
    let time = moment(time.value()).ok_or_else(broken)?;
    Ok(([time, Moment::from_unix(time.unix().saturating_add(within))], nonce))
}

/// By how many seconds the authority says it may be wrong, rounded up (`Accuracy`, RFC 3161): no sooner than then is it true
/// that the bytes existed.
fn within(accuracy: &AnyRef<'_>) -> Option<i64> {
    let mut seconds = 0;
    for part in elements(accuracy.value())? {
        let value = part.value();
        let number = value.iter().fold(0_i64, |sum, byte| sum << 8 | i64::from(*byte));
        if value.is_empty() || value.len() > 4 || value.first().is_some_and(|byte| *byte > 0x7f) {
            return None;
        }
        // Thousandths and millionths stand under numbers of their own.
        let fraction = (numbered(part.tag(), 0) || numbered(part.tag(), 1)) && (1..1000).contains(&number);
        seconds += if part.tag() == Tag::Integer { number } else { i64::from(fraction.then_some(1)?) };
    }
    Some(seconds)
}

/// Whether a part of `TSTInfo` holds the extensions, one of which must be understood.
fn is_critical(part: &AnyRef<'_>) -> bool {
    let extensions = numbered(part.tag(), 1);
    let critical = |extension: &AnyRef<'_>| {
        elements(extension.value()).is_none_or(|parts| parts.iter().any(|part| part.tag() == Tag::Boolean))
    };
    extensions && elements(part.value()).is_none_or(|all| all.iter().any(critical))
}

/// `YYYYMMDDhhmmss[.f…]Z`, the fraction rounded up: what existed then existed at the next full second, too.
fn moment(text: &[u8]) -> Option<Moment> {
    let text = str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !digits(whole) || !digits(fraction) || fraction.len() > 9 {
        return None;
    }
    let two = |at: usize| whole.get(at..at + 2)?.parse::<i8>().ok();
    let year = whole.get(..4)?.parse().ok()?;
    let moment = Moment::from_civil(year, two(4)?, two(6)?, two(8)?, two(10)?, two(12)?)?;
    let more = fraction.bytes().any(|byte| byte != b'0');
    Some(Moment::from_unix(moment.unix() + i64::from(more)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_rounded_up_and_must_exist() {
        let read = |text: &str| moment(text.as_bytes()).map(|moment| moment.to_string());
        assert_eq!(read("20261124195959Z").as_deref(), Some("2026-11-24T19:59:59Z"));
        assert_eq!(read("20261124195959.001Z").as_deref(), Some("2026-11-24T20:00:00Z"));
        assert_eq!(read("20261124195959.000Z").as_deref(), Some("2026-11-24T19:59:59Z"));
        for none in
            ["20261124195959", "20261324195959Z", "2026112419595Z", "20261124195959.Z", "20261124195959+0100", "Z"]
        {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn how_wrong_an_authority_may_be_counts_against_it() {
        let read = |der: &[u8]| within(&AnyRef::from_der(der).unwrap());
        assert_eq!(read(&[0x30, 0]), Some(0));
        assert_eq!(read(&[0x30, 3, 2, 1, 60]), Some(60));
        assert_eq!(read(&[0x30, 7, 0x80, 2, 1, 0xf4, 0x81, 1, 100]), Some(2), "500 thousandths, 100 millionths");
        assert_eq!(read(&[0x30, 6, 2, 1, 1, 0x80, 1, 9]), Some(2));
        for none in [&[0x30, 3, 2, 1, 0xff][..], &[0x30, 3, 0x80, 1, 0], &[0x30, 3, 0x82, 1, 1], &[0x30, 2, 2, 0]] {
            assert_eq!(read(none), None, "{none:?}");
        }
    }

    #[test]
    fn only_the_extensions_can_be_critical() {
        // [1] { SEQUENCE { OID, BOOLEAN TRUE, OCTET STRING } }, the same without BOOLEAN, and accuracy.
        let parts = |der: &[u8]| is_critical(&AnyRef::from_der(der).unwrap());
        assert!(parts(&[0xa1, 0x0a, 0x30, 0x08, 6, 1, 42, 1, 1, 0xff, 4, 0]));
        assert!(!parts(&[0xa1, 0x07, 0x30, 0x05, 6, 1, 42, 4, 0]));
        assert!(!parts(&[0x30, 0x03, 2, 1, 1]));
        assert!(parts(&[0xa1, 0x02, 0x30, 0x05]), "what cannot be read may be critical");
    }
}
