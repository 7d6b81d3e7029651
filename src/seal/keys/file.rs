//! Key files. Cost is looked at before anything is derived: a hostile file must not be able to take all memory.

use std::fmt;

use ed25519_dalek::pkcs8::{KeypairBytes, PrivateKeyInfoRef};
use pkcs8::{
    DecodePrivateKey as _, EncryptedPrivateKeyInfoRef, LineEnding, SecretDocument,
    pkcs5::{
        EncryptionScheme,
        pbes2::{self, Pbkdf2Params, Pbkdf2Prf, ScryptParams},
        scrypt,
    },
};
use zeroize::Zeroizing;

use super::{SigningKey, locked, ssh};
use crate::text::base64;

/// The most memory scrypt may ask for, in bytes: 128·N·r.
const MEMORY: u64 = 256 << 20;
/// The most lanes of scrypt.
const LANES: u16 = 4;
/// The most rounds of PBKDF2, and the fewest that protect anything.
const ROUNDS: u32 = 10_000_000;
const FEW_ROUNDS: u32 = 100_000;

pub(super) const HALVES: &str = "the two halves of the key do not fit";

/// Bytes that are wiped when dropped: passphrases, and files that hold keys.
pub type Secret = Zeroizing<Vec<u8>>;

/// The largest key file that is looked at, in bytes.
const FILE: usize = 64 * 1024;

/// Why a key cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// It is not a private key, or a broken one.
    NotAKey(&'static str),
    /// It is a private key for something other than Ed25519.
    OtherAlgorithm,
    /// It is encrypted and no passphrase was given.
    PassphraseNeeded,
    /// The passphrase does not open it.
    WrongPassphrase,
    /// Opening it would take more memory or time than is allowed.
    TooCostly,
    /// It is encrypted in a way that is not read.
    OtherEncryption,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAKey(why) => why,
            Self::OtherAlgorithm => "the key is not an Ed25519 key",
            Self::PassphraseNeeded => "the key is encrypted and no passphrase was given",
            Self::WrongPassphrase => "the passphrase does not open the key",
            Self::TooCostly => "opening the key would take more memory or time than is allowed",
            Self::OtherEncryption => "the key is encrypted in a way that is not read",
        })
    }
}

impl std::error::Error for KeyError {}

/// How well a key file keeps its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In the clear: whoever reads the file has the key.
    Plain,
    /// Encrypted.
    Encrypted,
    /// Encrypted, but so that guessing passphrases is cheap.
    Weakly,
}

impl SigningKey {
    /// Reads a PKCS#8 PEM file or an OpenSSH private key. `passphrase` is asked for only if it is needed.
    ///
    /// # Errors
    /// A [`KeyError`] that says why the key cannot be used.
    pub fn from_pem(pem: &[u8], passphrase: impl FnOnce() -> Option<Secret>) -> Result<(Self, Kept), KeyError> {
        let text = str::from_utf8(pem).map_err(|_| KeyError::NotAKey("the file is no PEM file"))?.trim();
        if text.len() > FILE {
            return Err(KeyError::NotAKey("the file is too large for a key"));
        }
        if text.starts_with("-----BEGIN OPENSSH PRIVATE KEY-----") {
            return openssh(text, passphrase);
        }
        let (label, document) =
            SecretDocument::from_pem(text).map_err(|_| KeyError::NotAKey("the file is no private key in PEM form"))?;
        match label {
            "PRIVATE KEY" => Self::from_der(document.as_bytes()).map(|key| (key, Kept::Plain)),
            "ENCRYPTED PRIVATE KEY" => {
                let encrypted =
                    EncryptedPrivateKeyInfoRef::try_from(document.as_bytes()).map_err(|_| KeyError::OtherEncryption)?;
                let kept = affordable(&encrypted.encryption_algorithm)?;
                let passphrase = passphrase().ok_or(KeyError::PassphraseNeeded)?;
                let opened = encrypted.decrypt(passphrase.as_slice()).map_err(undeciphered)?;
                Self::from_der(opened.as_bytes()).map(|key| (key, kept)).map_err(|_| KeyError::WrongPassphrase)
            }
            _ => Err(KeyError::NotAKey("the file holds no private key")),
        }
    }

    fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        let pair = KeypairBytes::from_pkcs8_der(der).map_err(|_| {
            let known = PrivateKeyInfoRef::try_from(der).is_ok();
            if known { KeyError::OtherAlgorithm } else { KeyError::NotAKey("the private key is broken") }
        })?;
        let key = Self::from_seed(&Zeroizing::new(pair.secret_key));
        match pair.public_key {
            Some(public) if public.to_bytes() != *key.public().as_bytes() => Err(KeyError::NotAKey(HALVES)),
            Some(_) | None => Ok(key),
        }
    }

    /// The key as a PKCS#8 version 1 PEM file, which OpenSSL reads. With a passphrase it is encrypted with PBES2: scrypt
    /// (N=16384, r=8, p=1, the most OpenSSL 3.0 reads) and AES-256-CBC; `random` is salt and initialization vector.
    ///
    /// # Errors
    /// [`KeyError::OtherEncryption`] if the passphrase cannot be used.
    pub fn to_pem(&self, passphrase: Option<&[u8]>, random: &[u8; 32]) -> Result<Zeroizing<String>, KeyError> {
        let failed = |_| KeyError::OtherEncryption;
        let pair = KeypairBytes { secret_key: self.0.to_bytes(), public_key: None };
        let plain = {
            use pkcs8::EncodePrivateKey as _;
            pair.to_pkcs8_der().map_err(failed)?
        };
        let Some(passphrase) = passphrase else {
            return plain.to_pem("PRIVATE KEY", LineEnding::LF).map_err(|_| KeyError::OtherEncryption);
        };
        let (salt, iv) = random.split_at(16);
        let cost = scrypt::Params::new(14, 8, 1).map_err(|_| KeyError::OtherEncryption)?;
        let iv = iv.try_into().map_err(|_| KeyError::OtherEncryption)?;
        let scheme =
            pbes2::Parameters::generate_scrypt_aes256cbc(cost, salt, iv).map_err(|_| KeyError::OtherEncryption)?;
        let info = PrivateKeyInfoRef::try_from(plain.as_bytes()).map_err(failed)?;
        let encrypted = info.encrypt_with_params(scheme, passphrase).map_err(failed)?;
        encrypted.to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF).map_err(|_| KeyError::OtherEncryption)
    }
}

fn openssh(text: &str, passphrase: impl FnOnce() -> Option<Secret>) -> Result<(SigningKey, Kept), KeyError> {
    let body = text
        .strip_prefix("-----BEGIN OPENSSH PRIVATE KEY-----")
        .and_then(|rest| rest.strip_suffix("-----END OPENSSH PRIVATE KEY-----"))
        .ok_or(KeyError::NotAKey("the OpenSSH key is broken"))?;
    let packed = Zeroizing::new(body.split_ascii_whitespace().collect::<String>());
    let bytes = Zeroizing::new(base64::decode(&packed).ok_or(KeyError::NotAKey("the OpenSSH key is broken"))?);
    if ssh::is_encrypted(&bytes) {
        return locked::open(&bytes, passphrase);
    }
    let (seed, public) = ssh::pair(&bytes).map_err(KeyError::NotAKey)?;
    let key = SigningKey::from_seed(&seed);
    if key.public().as_bytes() == public { Ok((key, Kept::Plain)) } else { Err(KeyError::NotAKey(HALVES)) }
}

/// Whether deriving the key stays within bounds, before anything is derived.
fn affordable(scheme: &EncryptionScheme) -> Result<Kept, KeyError> {
    let EncryptionScheme::Pbes2(parameters) = scheme else { return Err(KeyError::OtherEncryption) };
    match (parameters.kdf.scrypt(), parameters.kdf.pbkdf2()) {
        (Some(scrypt), _) => of_scrypt(scrypt),
        (None, Some(pbkdf2)) => of_pbkdf2(pbkdf2),
        (None, None) => Err(KeyError::OtherEncryption),
    }
}

/// Parameters outside the definition of scrypt are no cost but nonsense, and make the deriving code panic.
fn of_scrypt(scrypt: &ScryptParams) -> Result<Kept, KeyError> {
    let rounds = scrypt.cost_parameter;
    if rounds < 2 || !rounds.is_power_of_two() || scrypt.block_size == 0 || scrypt.parallelization == 0 {
        return Err(KeyError::OtherEncryption);
    }
    let memory = rounds.saturating_mul(128).saturating_mul(u64::from(scrypt.block_size));
    let costly = memory > MEMORY || scrypt.parallelization > LANES;
    if costly { Err(KeyError::TooCostly) } else { Ok(Kept::Encrypted) }
}

fn of_pbkdf2(pbkdf2: &Pbkdf2Params) -> Result<Kept, KeyError> {
    // SHA-1 is not built in, and would otherwise look like a wrong passphrase.
    if pbkdf2.iteration_count == 0 || pbkdf2.prf == Pbkdf2Prf::HmacWithSha1 {
        return Err(KeyError::OtherEncryption);
    }
    match pbkdf2.iteration_count {
        rounds if rounds > ROUNDS => Err(KeyError::TooCostly),
        rounds if rounds < FEW_ROUNDS => Ok(Kept::Weakly),
        _ => Ok(Kept::Encrypted),
    }
}

/// Only what came out as nonsense speaks against the passphrase.
fn undeciphered(error: pkcs8::Error) -> KeyError {
    use pkcs8::{Error, pkcs5};
    let nonsense = matches!(error, Error::EncryptedPrivateKey(pkcs5::Error::DecryptFailed) | Error::Asn1(_));
    if nonsense { KeyError::WrongPassphrase } else { KeyError::OtherEncryption }
}
