//! OpenSSH private keys that a passphrase protects. Cost is looked at before anything is derived, as everywhere. The only place
//! that names `ssh-key`.

use super::{Kept, KeyError, Secret, SigningKey};

/// The most rounds of bcrypt_pbkdf, each some milliseconds, and the fewest that OpenSSH itself makes.
#[cfg(feature = "ssh")]
const ROUNDS: u32 = 2048;
#[cfg(feature = "ssh")]
const FEW_ROUNDS: u32 = 16;

/// Opens the key in `bytes`, which are those of an OpenSSH private key.
#[cfg(feature = "ssh")]
pub(super) fn open(bytes: &[u8], passphrase: impl FnOnce() -> Option<Secret>) -> Result<(SigningKey, Kept), KeyError> {
    use ssh_key::{Kdf, PrivateKey};
    if super::ssh::kind(bytes) != Some(b"ssh-ed25519") {
        return Err(KeyError::OtherAlgorithm);
    }
    let locked = PrivateKey::from_bytes(bytes).map_err(|_| KeyError::OtherEncryption)?;
    let Kdf::Bcrypt { rounds, .. } = locked.kdf() else { return Err(KeyError::OtherEncryption) };
    let kept = match *rounds {
        0 => return Err(KeyError::OtherEncryption),
        rounds if rounds > ROUNDS => return Err(KeyError::TooCostly),
        rounds if rounds < FEW_ROUNDS => Kept::Weakly,
        _ => Kept::Encrypted,
    };
    let passphrase = passphrase().ok_or(KeyError::PassphraseNeeded)?;
    if passphrase.is_empty() {
        return Err(KeyError::WrongPassphrase);
    }
    let opened = locked.decrypt(passphrase.as_slice()).map_err(|_| KeyError::WrongPassphrase)?;
    let pair = opened.key_data().ed25519().ok_or(KeyError::WrongPassphrase)?;
    let key = SigningKey::from_seed(pair.private.as_ref());
    let fits = *key.public().as_bytes() == pair.public.0;
    if fits { Ok((key, kept)) } else { Err(KeyError::NotAKey(super::file::HALVES)) }
}

/// Opens none: this build reads no OpenSSH keys with passphrases.
#[cfg(not(feature = "ssh"))]
pub(super) fn open(
    _bytes: &[u8],
    _passphrase: impl FnOnce() -> Option<Secret>,
) -> Result<(SigningKey, Kept), KeyError> {
    Err(KeyError::OtherEncryption)
}
