//! Hashes: bytes in, digests out. The only file that names the `sha2` and `sha1` crates.
//!
//! SHA-256 identifies every artefact; SHA-512 is what the SSHSIG format signs; pages name the
//! sheets they link by any SHA-2; SHA-1 is what web archives label their records with,
//! is never the only thing that identifies anything here, and is compared for damage, not for proof. Nothing here compares secrets, so
//! equality is plain equality.

use std::fmt;

use sha1::Sha1;
use sha2::{Digest as _, Sha256, Sha384, Sha512};

/// A SHA-256 digest (FIPS 180-4), shown as 64 lower-case hexadecimal digits.
///
/// ```
/// use vidimus::digest::Digest;
/// let empty = Digest::of(b"");
/// assert!(empty.to_string().starts_with("e3b0c44298fc1c14"));
/// assert_eq!(Digest::from_hex(&empty.to_string()), Some(empty));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// Hashes `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads 64 lower-case hexadecimal digits; anything else, upper case included, is `None`.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let bytes = hex.as_bytes();
        if bytes.len() != 64 {
            return None;
        }
        let nibble = |b: u8| match b {
            b'0'..=b'9' => Some(b - b'0'),
            b'a'..=b'f' => Some(b - b'a' + 10),
            _ => None,
        };
        let mut out = [0; 32];
        for (byte, pair) in out.iter_mut().zip(bytes.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Some(Self(out))
    }

    /// The 32 bytes themselves.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

/// Hashes a stream piece by piece, in constant memory.
#[derive(Default)]
pub struct Hasher(Sha256);

impl Hasher {
    /// Takes in the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of everything taken in.
    pub fn finish(self) -> Digest {
        Digest(self.0.finalize().into())
    }
}

/// The SHA-384 digest of `bytes`.
pub fn sha384(bytes: &[u8]) -> [u8; 48] {
    Sha384::digest(bytes).into()
}

/// The same with SHA-512.
#[derive(Default)]
pub struct Hasher512(Sha512);

impl Hasher512 {
    /// Takes in the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The 64 bytes of the digest of everything taken in.
    pub fn finish(self) -> [u8; 64] {
        self.0.finalize().into()
    }
}

/// The SHA-512 digest of `bytes`, as the SSHSIG format (OpenSSH `PROTOCOL.sshsig`) signs it.
pub fn sha512(bytes: &[u8]) -> [u8; 64] {
    Sha512::digest(bytes).into()
}

/// The SHA-1 digest of `bytes`, as the indexes of web archives count it.
pub fn sha1(bytes: &[u8]) -> [u8; 20] {
    Sha1::digest(bytes).into()
}

/// `bytes` in base32 (RFC 4648) with padding, as web archives write SHA-1.
///
/// ```
/// use vidimus::digest::{base32, sha1};
/// assert_eq!(base32(&sha1(b"")), "3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
/// assert_eq!(base32(b"foob"), "MZXW6YQ=");
/// ```
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for group in bytes.chunks(5) {
        let mut bits = [0_u8; 8];
        bits[3..3 + group.len()].copy_from_slice(group);
        let bits = u64::from_be_bytes(bits);
        let letters = (group.len() * 8).div_ceil(5);
        for place in 0..8 {
            let letter = usize::try_from(bits >> (35 - 5 * place) & 31).unwrap_or_default();
            text.push(if place < letters { char::from(LETTERS[letter]) } else { '=' });
        }
    }
    text
}
