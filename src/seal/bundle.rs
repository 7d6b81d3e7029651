//! The seal itself: a Sigstore bundle around a DSSE envelope with exactly one signature.

use std::fmt;

use serde_json::{Value, json};

use super::{
    NAMESPACE, dsse,
    keys::{PublicKey, Signer},
    sshsig, strict_json,
};
use crate::text::base64;

/// The media type of the bundles that are written and read.
pub const MEDIA_TYPE: &str = "application/vnd.dev.sigstore.bundle.v0.3+json";

/// What signing gives: the contents of the files beside the artefacts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// `vidimus.sigstore.json`.
    pub bundle: Vec<u8>,
    /// `statement.json.sig`.
    pub ssh_signature: String,
    /// `statement.json.minisig`, where one was asked for: [`minisign::sign`](super::minisign::sign) makes it.
    pub minisign: Option<String>,
}

/// Why nothing was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SigningError {
    /// Whoever keeps the key did not sign.
    Refused(String),
    /// What came back is no signature of this key.
    DoesNotFit,
}

impl fmt::Display for SigningError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "the signer did not sign: {why}"),
            Self::DoesNotFit => f.write_str("the signer's signature does not fit its public key"),
        }
    }
}

impl std::error::Error for SigningError {}

/// Seals `statement`, exactly these bytes. Every signature is verified before it is given out.
///
/// # Errors
/// [`SigningError`] if the signer refuses or its signatures do not fit its key.
pub fn sign(statement: &[u8], signer: &Signer<'_>) -> Result<Sealed, SigningError> {
    let signed = |bytes: &[u8]| {
        let signature = (signer.sign)(bytes).map_err(SigningError::Refused)?;
        if signer.public.verifies(bytes, &signature) { Ok(signature) } else { Err(SigningError::DoesNotFit) }
    };
    let envelope = signed(&dsse::pae(dsse::PAYLOAD_TYPE, statement))?;
    let ssh = signed(&sshsig::to_sign(NAMESPACE, statement))?;
    let ssh_signature = sshsig::armour(NAMESPACE, &signer.public, &ssh);
    Ok(Sealed { bundle: bundle(statement, &signer.public, &envelope), ssh_signature, minisign: None })
}

fn bundle(statement: &[u8], key: &PublicKey, signature: &[u8; 64]) -> Vec<u8> {
    let value = json!({
        "mediaType": MEDIA_TYPE,
        "verificationMaterial": { "publicKey": { "hint": key.hint() }, "tlogEntries": [] },
        "dsseEnvelope": {
            "payload": base64::encode(statement),
            "payloadType": dsse::PAYLOAD_TYPE,
            "signatures": [ { "sig": base64::encode(signature), "keyid": key.keyid() } ],
        },
    });
    line(&value)
}

fn line(value: &Value) -> Vec<u8> {
    let mut text = value.to_string().into_bytes();
    text.push(b'\n');
    text
}

/// What a bundle holds, before anything of it is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bundle {
    pub(super) payload: Vec<u8>,
    pub(super) payload_type: String,
    pub(super) signature: [u8; 64],
    pub(super) keyid: String,
    pub(super) hint: String,
    pub(super) timestamps: Vec<Vec<u8>>,
    pub(super) log_entries: usize,
}

/// Why a bundle was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unreadable {
    Unsigned,
    Malformed(String),
    WrongType(String),
    Newer(String),
    Older(String),
}

/// Takes a parsed bundle apart.
pub(super) fn read(value: &Value) -> Result<Bundle, Unreadable> {
    let malformed = |what: &str| Unreadable::Malformed(format!("the seal has no {what}"));
    let media = value.get("mediaType").and_then(Value::as_str).ok_or_else(|| malformed("mediaType"))?;
    if media != MEDIA_TYPE {
        return Err(other_media(media));
    }
    if value.get("messageSignature").is_some() {
        return Err(Unreadable::WrongType("the seal signs a message, not a statement".to_owned()));
    }
    let material = value.get("verificationMaterial").ok_or_else(|| malformed("verificationMaterial"))?;
    if material.get("certificate").is_some() || material.get("x509CertificateChain").is_some() {
        return Err(Unreadable::WrongType("the seal names a certificate instead of a key".to_owned()));
    }
    if !material.get("publicKey").is_some_and(Value::is_object) {
        return Err(malformed("publicKey"));
    }
    let envelope = value.get("dsseEnvelope").ok_or_else(|| malformed("dsseEnvelope"))?;
    let signatures = envelope.get("signatures").and_then(Value::as_array).ok_or(Unreadable::Unsigned)?;
    let signature = match signatures.as_slice() {
        [] => return Err(Unreadable::Unsigned),
        [one] => one,
        _ => return Err(Unreadable::Malformed("the seal has more than one signature".to_owned())),
    };
    let text = |value: &Value, name: &str| value.get(name).and_then(Value::as_str).map(str::to_owned);
    let bytes = |value: &Value, name: &str| text(value, name).and_then(|text| base64::decode(&text));
    let sig = match text(signature, "sig") {
        None => return Err(Unreadable::Unsigned),
        Some(empty) if empty.is_empty() => return Err(Unreadable::Unsigned),
        Some(text) => base64::decode(&text).ok_or_else(|| malformed("readable signature"))?,
    };
    // Something else in their place might be what another reader takes for entries.
    let count = |path: &str, what: &str| match material.pointer(path) {
        None => Ok(0),
        Some(list) => list.as_array().map(Vec::len).ok_or_else(|| malformed(what)),
    };
    Ok(Bundle {
        payload: bytes(envelope, "payload").ok_or_else(|| malformed("readable payload"))?,
        payload_type: text(envelope, "payloadType").ok_or_else(|| malformed("payloadType"))?,
        signature: sig.try_into().map_err(|_| malformed("signature of 64 bytes"))?,
        keyid: text(signature, "keyid").unwrap_or_default(),
        hint: material.pointer("/publicKey/hint").and_then(Value::as_str).unwrap_or_default().to_owned(),
        timestamps: timestamps(material)?,
        log_entries: count("/tlogEntries", "list of log entries")?,
    })
}

/// The most timestamps a seal may carry.
const TIMESTAMPS: usize = 16;

/// The timestamps in the order they stand in.
fn timestamps(material: &Value) -> Result<Vec<Vec<u8>>, Unreadable> {
    let Some(list) = material.pointer(RFC3161) else { return Ok(Vec::new()) };
    let malformed = |what: &str| Unreadable::Malformed(format!("the seal {what}"));
    let list = list.as_array().ok_or_else(|| malformed("has no list of timestamps"))?;
    if list.len() > TIMESTAMPS {
        return Err(malformed("has more timestamps than are read"));
    }
    let token = |one: &Value| one.get("signedTimestamp").and_then(Value::as_str).and_then(base64::decode);
    list.iter().map(|one| token(one).ok_or_else(|| malformed("has a timestamp that is none"))).collect()
}

/// Where a bundle has its timestamps, below its material.
const RFC3161: &str = "/timestampVerificationData/rfc3161Timestamps";

/// The signature of a seal: what a timestamp is about. Whose it is, is not looked at.
///
/// # Errors
/// Why there is none, in one phrase.
pub fn signature(seal: &[u8]) -> Result<[u8; 64], String> {
    opened(seal).map(|(_, bundle)| bundle.signature)
}

/// The same seal with one more timestamp, an authority's answer over its signature.
///
/// # Errors
/// What is wrong with the seal, or with one more timestamp, in one phrase.
pub fn with_timestamp(seal: &[u8], token: &[u8]) -> Result<Vec<u8>, String> {
    let (mut value, bundle) = opened(seal)?;
    if bundle.timestamps.iter().any(|own| own == token) {
        return Err("the seal has this timestamp already".to_owned());
    }
    if bundle.timestamps.len() >= TIMESTAMPS {
        return Err("the seal has as many timestamps as are read".to_owned());
    }
    let all = bundle.timestamps.iter().map(Vec::as_slice).chain([token]);
    let all: Vec<Value> = all.map(|token| json!({ "signedTimestamp": base64::encode(token) })).collect();
    if let Some(material) = value.get_mut("verificationMaterial") {
        material["timestampVerificationData"] = json!({ "rfc3161Timestamps": all });
    }
    Ok(line(&value))
}

/// A seal as data, and what is in it.
fn opened(seal: &[u8]) -> Result<(Value, Bundle), String> {
    let value = strict_json::parse(seal)?;
    let bundle = read(&value).map_err(|error| match error {
        Unreadable::Unsigned => "the seal holds no signature".to_owned(),
        Unreadable::Malformed(why) | Unreadable::WrongType(why) | Unreadable::Newer(why) | Unreadable::Older(why) => {
            why
        }
    })?;
    Ok((value, bundle))
}

/// Another version of the bundle format is newer or too old; another media type is something else.
fn other_media(media: &str) -> Unreadable {
    let rest = media.strip_prefix("application/vnd.dev.sigstore.bundle");
    let version = rest.and_then(|rest| {
        let spelt = rest.strip_prefix("+json;version=");
        let (major, minor) = spelt.or_else(|| rest.strip_prefix(".v")?.strip_suffix("+json"))?.split_once('.')?;
        Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?))
    });
    match version {
        Some(version) if version > (0, 3) => Unreadable::Newer(format!("the seal is of type {media:?}")),
        Some(version) if version < (0, 3) => Unreadable::Older(format!("the seal is of type {media:?}")),
        Some(_) | None => Unreadable::WrongType(format!("the seal is of type {media:?}")),
    }
}
