//! Ed25519 keys: making, reading, writing and naming them. With `keys/` the only place that names `ed25519-dalek`, `pkcs8` and
//! `zeroize`.
//!
//! Key files are PKCS#8 version 1 PEM, as `openssl genpkey -algorithm ed25519` makes them, or an OpenSSH private key (those with a
//! passphrase in builds with the feature `ssh`). Secrets are wiped from memory when dropped and have no `Debug`.

mod file;
mod locked;
mod ssh;

use std::fmt;

use ed25519_dalek::{Signature, Signer as _, VerifyingKey};

pub use file::{Kept, KeyError, Secret};

use crate::{digest::Digest, text::base64};

/// What stands before the 32 bytes of a key in its DER form (RFC 8410).
const SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// A secret key.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key with this seed: 32 bytes from a source nobody can guess.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs `bytes` (Ed25519, RFC 8032).
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(bytes).to_bytes()
    }
}

/// Signs the bytes it is given (Ed25519, RFC 8032), or says why not.
pub type Sign<'a> = Box<dyn Fn(&[u8]) -> Result<[u8; 64], String> + 'a>;

/// Something that can sign: a key in memory, or a command that keeps it.
pub struct Signer<'a> {
    /// The key its signatures are checked with before anything is written.
    pub public: PublicKey,
    /// How it signs.
    pub sign: Sign<'a>,
}

impl<'a> Signer<'a> {
    /// Signs with a key in memory.
    pub fn of(key: &'a SigningKey) -> Self {
        Self { public: key.public(), sign: Box::new(|bytes| Ok(key.sign(bytes))) }
    }
}

/// A public key that is no weak point of the curve.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fingerprint())
    }
}

impl PublicKey {
    /// Takes the 32 bytes of a key; `None` where they are no point of the curve, or one under which anything verifies.
    pub fn from_bytes(bytes: &[u8; 32]) -> Option<Self> {
        VerifyingKey::from_bytes(bytes).ok().filter(|key| !key.is_weak()).map(Self)
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// Whether `signature` is this key's over `bytes`, by the strict rules: one signature per message and key.
    pub fn verifies(&self, bytes: &[u8], signature: &[u8; 64]) -> bool {
        self.0.verify_strict(bytes, &Signature::from_bytes(signature)).is_ok()
    }

    /// The DER form (SubjectPublicKeyInfo).
    pub fn to_der(&self) -> Vec<u8> {
        [SPKI.as_slice(), self.as_bytes()].concat()
    }

    /// The PEM form, as `openssl pkey -pubout` writes it.
    pub fn to_pem(&self) -> String {
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", base64::encode(&self.to_der()))
    }

    /// Reads the PEM form.
    pub fn from_pem(pem: &str) -> Option<Self> {
        let body =
            pem.trim_ascii().strip_prefix("-----BEGIN PUBLIC KEY-----")?.strip_suffix("-----END PUBLIC KEY-----")?;
        let der = base64::decode(&body.split_ascii_whitespace().collect::<String>())?;
        let key: &[u8; 32] = der.strip_prefix(&SPKI)?.try_into().ok()?;
        Self::from_bytes(key)
    }

    /// The key as OpenSSH carries it in its formats.
    pub fn to_ssh_wire(&self) -> Vec<u8> {
        [ssh::string(b"ssh-ed25519"), ssh::string(self.as_bytes())].concat()
    }

    /// Reads what [`Self::to_ssh_wire`] writes.
    pub fn from_ssh_wire(wire: &[u8]) -> Option<Self> {
        let mut reader = ssh::Reader(wire);
        let kind = reader.string()?;
        let key: &[u8; 32] = reader.string()?.try_into().ok()?;
        (kind == b"ssh-ed25519" && reader.0.is_empty()).then(|| Self::from_bytes(key))?
    }

    /// The line OpenSSH keeps in `.pub` files, without a comment.
    pub fn to_ssh(&self) -> String {
        format!("ssh-ed25519 {}", base64::encode(&self.to_ssh_wire()))
    }

    /// The name used in envelopes: securesystemslib's SHA-256 over its JSON form of the key, in hexadecimal.
    pub fn keyid(&self) -> String {
        let hex: String = self.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        let form = format!("{{\"keytype\":\"ed25519\",\"keyval\":{{\"public\":\"{hex}\"}},\"scheme\":\"ed25519\"}}");
        Digest::of(form.as_bytes()).to_string()
    }

    /// The hint of a Sigstore bundle: SHA-256 of the DER form in base64.
    pub fn hint(&self) -> String {
        base64::encode(Digest::of(&self.to_der()).as_bytes())
    }

    /// The name for people, as `ssh-keygen -l` prints it.
    pub fn fingerprint(&self) -> String {
        let digest = base64::encode(Digest::of(&self.to_ssh_wire()).as_bytes());
        format!("SHA256:{}", digest.trim_end_matches('='))
    }
}

pub(super) use ssh::{Reader as WireReader, string as wire_string};

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8032, section 7.1, test 1.
    const SEED: [u8; 32] = [
        0x9d, 0x61, 0xb1, 0x9d, 0xef, 0xfd, 0x5a, 0x60, 0xba, 0x84, 0x4a, 0xf4, 0x92, 0xec, 0x2c, 0xc4, 0x44, 0x49,
        0xc5, 0x69, 0x7b, 0x32, 0x69, 0x19, 0x70, 0x3b, 0xac, 0x03, 0x1c, 0xae, 0x7f, 0x60,
    ];

    #[test]
    fn a_known_key_has_its_known_names_and_signature() {
        let key = SigningKey::from_seed(&SEED);
        let public = key.public();
        assert_eq!(public.keyid(), "74c181c7ad8a0855d4b55e44d2ba87aabdddb196832571f15f92fece332e4916");
        assert_eq!(public.hint(), "BuP9j9opu2CrWVV95h7bCuzbIxE0vjDnW0Vfjht5L6k=");
        assert_eq!(public.fingerprint(), "SHA256:bbXpuKG6zhzdmnxq256TlqzFBzRl2f6OOg722cYNbU8");
        let signature = key.sign(&super::super::dsse::pae(super::super::dsse::PAYLOAD_TYPE, b"{}"));
        let expected = "vW8iDoS+pQIrO8G9pV+VHVGcvY/XcGMh2vfWpJJwwrH/m4CRZswsl9wIASL/n2XN7RSNIqdiogwYkqskDFZiAQ==";
        assert_eq!(base64::encode(&signature), expected);
        assert_eq!(PublicKey::from_pem(&public.to_pem()), Some(public));
        assert_eq!(PublicKey::from_ssh_wire(&public.to_ssh_wire()), Some(public));
    }

    #[test]
    fn small_order_key() {
        assert_eq!(PublicKey::from_bytes(&[0; 32]), None);
        let mut one = [0; 32];
        one[0] = 1;
        assert_eq!(PublicKey::from_bytes(&one), None);
    }
}
