//! WACZ signatures (wacz-auth 0.1.0), `signedData` in `datapackage-digest.json`: JSON in, a sentence about it out.
//!
//! Looked at is their form and nothing else. They sign one hash and bring the key, or the certificate, that they are to be checked
//! with: whoever makes a file can make one. So nothing is ever more credible for having one, and one that is malformed is told of
//! and no error. They are never written.

use serde_json::{Map, Value};

use crate::{
    digest::Digest,
    moment::Moment,
    text::{base64, shorten},
};

/// The version whose form is known. Some programs do not name any.
const VERSION: &str = "0.1.0";

/// What both forms have, what an anonymous one has besides, and what one for a domain has.
const COMMON: [&str; 5] = ["hash", "created", "software", "version", "signature"];
const ANONYMOUS: &str = "publicKey";
const DOMAIN: [&str; 5] = ["domain", "domainCert", "timeSignature", "timestampCert", "crossSignedCert"];

/// How the DER form of a public key on each curve begins, up to the point, and the length of the point.
const CURVES: [(&str, &[u8], usize); 2] = [
    (
        "P-256",
        &[
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
            0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
        ],
        64,
    ),
    (
        "P-384",
        &[
            0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b, 0x81, 0x04,
            0x00, 0x22, 0x03, 0x62, 0x00, 0x04,
        ],
        96,
    ),
];

/// The most of a name or a date that is repeated, in characters.
const TOLD: usize = 120;

/// What there is to say of the signature in `digest` (`datapackage-digest.json`) over `package` (`datapackage.json`): a sentence that
/// goes on behind the name of the file. `None` where there is none, or `digest` is no JSON.
///
/// ```
/// use vidimus::capture::wacz;
/// let said = wacz::signature_told(br#"{ "signedData": {} }"#, b"{}").unwrap();
/// assert!(said.starts_with("carries a malformed WACZ signature") && said.contains("never trusted"));
/// ```
pub fn told(digest: &[u8], package: &[u8]) -> Option<String> {
    let digest: Value = serde_json::from_slice(digest).ok()?;
    Some(match read(digest.get("signedData")?, Digest::of(package)) {
        Ok(of) => format!(
            "carries a WACZ signature {of}. It brings its own key, so only its form was looked at and it was not trusted: it changes \
             no outcome."
        ),
        Err(why) => {
            format!(
                "carries a malformed WACZ signature ({why}). WACZ signatures are never trusted: it changes no outcome."
            )
        }
    })
}

/// Whose signature it is and from when, as it says itself.
fn read(signed: &Value, package: Digest) -> Result<String, String> {
    let fields = signed.as_object().ok_or("it is no object")?;
    let known = |name: &&String| COMMON.iter().chain([&ANONYMOUS]).chain(&DOMAIN).any(|own| own == name);
    if let Some(strange) = fields.keys().find(|name| !known(name)) {
        return Err(format!("it holds {:?}, which is in neither form", shown(strange)));
    }
    let hash = text(fields, "hash")?;
    if hash.strip_prefix("sha256:").unwrap_or(hash) != package.to_string() {
        return Err("it signs another hash than that of datapackage.json".to_owned());
    }
    match fields.get("version").map(|_| text(fields, "version")).transpose()? {
        None | Some(VERSION) => {}
        Some(version) => return Err(format!("it is of version {:?}, whose form is not known here", shown(version))),
    }
    let created = text(fields, "created")?;
    if Moment::parse(created).is_none() {
        return Err(format!("its date {:?} is none", shown(created)));
    }
    let software = shown(text(fields, "software")?);
    let signature = base64::decode(text(fields, "signature")?).ok_or("its signature is no base64")?;
    let by = match (fields.contains_key(ANONYMOUS), fields.contains_key("domain")) {
        (true, true) => return Err("it names both a public key and a domain".to_owned()),
        (false, false) => return Err("it names neither a public key nor a domain".to_owned()),
        (true, false) => anonymous(fields, &signature)?,
        (false, true) => of_domain(fields, &signature)?,
    };
    Ok(format!("{by}, dated {created:?}, made by {software:?}"))
}

/// With a key that says nothing of whose it is.
fn anonymous(fields: &Map<String, Value>, signature: &[u8]) -> Result<String, String> {
    if let Some(more) = DOMAIN.iter().find(|name| fields.contains_key(**name)) {
        return Err(format!("it names a public key, and a {more} without a domain"));
    }
    let key = base64::decode(text(fields, ANONYMOUS)?).ok_or("its publicKey is no base64")?;
    let of = |(_, begin, point): &&(&str, &[u8], usize)| key.starts_with(begin) && key.len() == begin.len() + point;
    let (curve, _, point) = CURVES.iter().find(of).ok_or("its publicKey is none of ECDSA on P-256 or P-384")?;
    if signature.len() != *point && !is_der(signature, 8, point + 9) {
        return Err(format!("its signature has not the form of one by a key on {curve}"));
    }
    Ok(format!("with an anonymous key (ECDSA on {curve}, SHA-256 of the key {})", Digest::of(&key)))
}

/// For a domain, by a certificate and with a timestamp of an authority.
fn of_domain(fields: &Map<String, Value>, signature: &[u8]) -> Result<String, String> {
    // ECDSA in either form, or RSA.
    if ![64, 96, 256, 384, 512].contains(&signature.len()) && !is_der(signature, 8, 141) {
        return Err("its signature has the form of none".to_owned());
    }
    let domain = text(fields, "domain")?;
    let part = |part: &str| {
        (1..=63).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if domain.len() > 253 || !domain.contains('.') || !domain.split('.').all(part) {
        return Err(format!("{:?} is no domain", shown(domain)));
    }
    let count = certificates(fields, "domainCert")?;
    certificates(fields, "timestampCert")?;
    if fields.contains_key("crossSignedCert") {
        certificates(fields, "crossSignedCert")?;
    }
    let time = base64::decode(text(fields, "timeSignature")?).ok_or("its timeSignature is no base64")?;
    if !is_der(&time, 2, usize::MAX) {
        return Err("its timeSignature is no timestamp".to_owned());
    }
    let plural = if count == 1 { "" } else { "s" };
    Ok(format!("for the domain {domain:?} ({count} certificate{plural} and a timestamp, none of them looked into)"))
}

/// How many certificates there are in a field, which must hold one.
fn certificates(fields: &Map<String, Value>, name: &str) -> Result<usize, String> {
    let (begin, end) = ("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----");
    let certificate = |block: &str| {
        let body: String = block.split_once(end)?.0.split_ascii_whitespace().collect();
        base64::decode(&body).filter(|der| is_der(der, 2, usize::MAX))
    };
    let blocks: Vec<&str> = text(fields, name)?.split(begin).skip(1).collect();
    let sound = !blocks.is_empty() && blocks.iter().all(|block| certificate(block).is_some());
    if sound { Ok(blocks.len()) } else { Err(format!("its {name} is no certificate in PEM form")) }
}

/// Whether `bytes` are one DER SEQUENCE as long as it says, and no less than `least` and no more than `most`.
fn is_der(bytes: &[u8], least: usize, most: usize) -> bool {
    let inner = match bytes {
        [0x30, length @ 0..=0x7f, ..] => Some((2, usize::from(*length))),
        [0x30, 0x81, length @ 0x80..=0xff, ..] => Some((3, usize::from(*length))),
        [0x30, 0x82, high @ 1..=0xff, low, ..] => Some((4, usize::from(u16::from_be_bytes([*high, *low])))),
        [..] => None,
    };
    (least..=most).contains(&bytes.len()) && inner.is_some_and(|(head, length)| head + length == bytes.len())
}

fn text<'v>(fields: &'v Map<String, Value>, name: &str) -> Result<&'v str, String> {
    fields.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).ok_or_else(|| format!("it has no {name}"))
}

fn shown(text: &str) -> String {
    shorten::to(text, TOLD)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const PACKAGE: &[u8] = b"datapackage.json";

    fn package() -> Digest {
        Digest::of(PACKAGE)
    }

    fn told_of(signed: &Value) -> String {
        told(json!({ "signedData": signed }).to_string().as_bytes(), PACKAGE).unwrap()
    }

    fn signed(curve: usize, signature: &[u8]) -> Value {
        let (_, begin, point) = CURVES[curve];
        json!({
            "hash": format!("sha256:{}", package()),
            "created": "2024-04-17T17:02:07.848Z",
            "software": "ArchiveWeb.page",
            "signature": base64::encode(signature),
            "publicKey": base64::encode(&[begin, &vec![7; point]].concat()),
        })
    }

    fn of_domain() -> Value {
        let pem =
            format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", base64::encode(&[0x30, 1, 5]));
        json!({
            "hash": format!("sha256:{}", package()),
            "created": "2024-06-06T16:14:01Z",
            "software": "authsigner 0.5.0",
            "version": "0.1.0",
            "signature": base64::encode(&[&[0x30, 6][..], &[1; 6]].concat()),
            "domain": "signing.example.org",
            "domainCert": format!("{pem}{pem}"),
            "timeSignature": base64::encode(&[0x30, 1, 5]),
            "timestampCert": pem,
        })
    }

    #[test]
    fn both_forms_are_told_by_what_they_say_of_themselves() {
        for (curve, name, raw) in [(0, "P-256", 64), (1, "P-384", 96)] {
            for signature in [vec![1; raw], [&[0x30, 6][..], &[1; 6]].concat()] {
                let said = told_of(&signed(curve, &signature));
                assert!(
                    said.starts_with(&format!("carries a WACZ signature with an anonymous key (ECDSA on {name}, ")),
                    "{said}"
                );
                assert!(said.contains("dated \"2024-04-17T17:02:07.848Z\", made by \"ArchiveWeb.page\""), "{said}");
                assert!(said.contains("it was not trusted"), "{said}");
            }
        }
        let said = told_of(&of_domain());
        assert!(said.contains(
            "for the domain \"signing.example.org\" (2 certificates and a timestamp, none of them looked into)"
        ));
    }

    #[test]
    fn every_malformed_one_is_told_by_what_is_wrong_with_it() {
        let change = |mut value: Value, name: &str, put: Value| {
            let fields = value.as_object_mut().unwrap();
            if put.is_null() {
                fields.remove(name)
            } else {
                fields.insert(name.to_owned(), put)
            };
            value
        };
        let plain = || signed(1, &[1; 96]);
        let long = "x".repeat(100_000);
        for (value, why) in [
            (json!([]), "no object"),
            (json!("signature"), "no object"),
            (change(plain(), "more", json!(1)), "in neither form"),
            (change(plain(), "hash", json!("sha256:00")), "another hash"),
            (change(plain(), "hash", Value::Null), "no hash"),
            (change(plain(), "version", json!("9.0")), "version \"9.0\""),
            (change(plain(), "version", json!(1)), "no version"),
            (change(plain(), "created", json!("yesterday")), "\"yesterday\" is none"),
            (change(plain(), "software", Value::Null), "no software"),
            (change(plain(), "signature", json!("A")), "no base64"),
            (change(plain(), "signature", json!("AAAA")), "form of one by a key on P-384"),
            (change(plain(), "publicKey", json!("AAAA")), "none of ECDSA"),
            (change(plain(), "publicKey", Value::Null), "neither a public key nor a domain"),
            (change(plain(), "domain", json!("example.org")), "both"),
            (change(plain(), "timestampCert", json!("x")), "without a domain"),
            (change(of_domain(), "domain", json!(long)), "is no domain"),
            (change(of_domain(), "domain", json!("a..b")), "is no domain"),
            (change(of_domain(), "domainCert", json!("-----BEGIN CERTIFICATE-----")), "its domainCert"),
            (change(of_domain(), "timestampCert", Value::Null), "no timestampCert"),
            (change(of_domain(), "timeSignature", json!("AAAA")), "no timestamp"),
            (change(of_domain(), "crossSignedCert", json!("x")), "its crossSignedCert"),
        ] {
            let said = told_of(&value);
            assert!(said.starts_with("carries a malformed WACZ signature (") && said.contains(why), "{why}: {said}");
            assert!(said.contains("never trusted") && said.len() < 1000, "{said}");
        }
    }
}
