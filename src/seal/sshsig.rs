//! SSHSIG, the signature `ssh-keygen -Y verify` reads (OpenSSH `PROTOCOL.sshsig`).

use super::keys::{PublicKey, WireReader, wire_string};
use crate::{digest::sha512, text::base64};

const BEGIN: &str = "-----BEGIN SSH SIGNATURE-----";
const END: &str = "-----END SSH SIGNATURE-----";
const MAGIC: &[u8] = b"SSHSIG";

/// The bytes that are signed for `message` in `namespace`.
pub fn to_sign(namespace: &str, message: &[u8]) -> Vec<u8> {
    let fields = [namespace.as_bytes(), b"", b"sha512", &sha512(message)];
    fields.into_iter().fold(MAGIC.to_vec(), |mut bytes, field| {
        bytes.extend(wire_string(field));
        bytes
    })
}

/// The armoured file around a signature.
pub fn armour(namespace: &str, key: &PublicKey, signature: &[u8; 64]) -> String {
    let inner = [wire_string(b"ssh-ed25519"), wire_string(signature)].concat();
    let mut blob = MAGIC.to_vec();
    blob.extend(1_u32.to_be_bytes());
    for field in [&key.to_ssh_wire(), namespace.as_bytes(), b"", b"sha512", &inner] {
        blob.extend(wire_string(field));
    }
    let text = base64::encode(&blob);
    let mut out = format!("{BEGIN}\n");
    for line in text.as_bytes().chunks(70) {
        out.extend(line.iter().map(|byte| char::from(*byte)));
        out.push('\n');
    }
    out + END + "\n"
}

/// The signature in an armoured file, if the file is of `key` and `namespace`. Whether it fits a message is another question.
pub fn signature(file: &str, namespace: &str, key: &PublicKey) -> Option<[u8; 64]> {
    let body = file.trim().strip_prefix(BEGIN)?.strip_suffix(END)?;
    let blob = base64::decode(&body.split_ascii_whitespace().collect::<String>())?;
    let mut reader = WireReader(blob.strip_prefix(MAGIC)?);
    let version = reader.number()?;
    let (wire, space, reserved, hash) = (reader.string()?, reader.string()?, reader.string()?, reader.string()?);
    let mut inner = WireReader(reader.string()?);
    let (kind, signature) = (inner.string()?, inner.string()?);
    let ours = version == 1
        && PublicKey::from_ssh_wire(wire) == Some(*key)
        && space == namespace.as_bytes()
        && reserved.is_empty()
        && hash == b"sha512"
        && kind == b"ssh-ed25519"
        && inner.0.is_empty()
        && reader.0.is_empty();
    ours.then(|| signature.try_into().ok())?
}
