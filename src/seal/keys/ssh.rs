//! OpenSSH's way of writing bytes (RFC 4251, section 5) and its private key files (`PROTOCOL.key`), as far as they are not encrypted.

use zeroize::Zeroizing;

/// Bytes with their length before them.
pub(in crate::seal) fn string(bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    [&length.to_be_bytes(), bytes].concat()
}

/// Takes fields from the front; `None` where there is less than promised.
pub(in crate::seal) struct Reader<'a>(pub(in crate::seal) &'a [u8]);

impl<'a> Reader<'a> {
    /// A number of four bytes.
    pub(in crate::seal) fn number(&mut self) -> Option<u32> {
        let (number, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*number))
    }

    /// Bytes with their length before them.
    pub(in crate::seal) fn string(&mut self) -> Option<&'a [u8]> {
        let length = usize::try_from(self.number()?).ok()?;
        let (string, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(string)
    }
}

/// Whether an OpenSSH private key is encrypted.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    let cipher = bytes.strip_prefix(b"openssh-key-v1\0").and_then(|rest| Reader(rest).string());
    cipher.is_some_and(|cipher| cipher != b"none")
}

/// The kind of key in an OpenSSH private key, which stands there even where it is encrypted.
#[cfg(feature = "ssh")]
pub(super) fn kind(bytes: &[u8]) -> Option<&[u8]> {
    let mut outer = Reader(bytes.strip_prefix(b"openssh-key-v1\0")?);
    let (_cipher, _kdf, _options) = (outer.string()?, outer.string()?, outer.string()?);
    let (_count, public) = (outer.number()?, outer.string()?);
    Reader(public).string()
}

/// Seed and public half in an OpenSSH private key, or what keeps it from being read.
pub(super) fn pair(bytes: &[u8]) -> Result<(Zeroizing<[u8; 32]>, &[u8]), &'static str> {
    const BROKEN: &str = "the OpenSSH key is broken";
    let mut outer = Reader(bytes.strip_prefix(b"openssh-key-v1\0").ok_or(BROKEN)?);
    let (_cipher, _kdf, _options) =
        (outer.string().ok_or(BROKEN)?, outer.string().ok_or(BROKEN)?, outer.string().ok_or(BROKEN)?);
    let (count, _public) = (outer.number().ok_or(BROKEN)?, outer.string().ok_or(BROKEN)?);
    let mut inner = Reader(outer.string().ok_or(BROKEN)?);
    let (first, second) = (inner.number().ok_or(BROKEN)?, inner.number().ok_or(BROKEN)?);
    let kind = inner.string().ok_or(BROKEN)?;
    if kind != b"ssh-ed25519" {
        return Err("the OpenSSH key is of another kind than Ed25519");
    }
    let (public, pair) = (inner.string().ok_or(BROKEN)?, inner.string().ok_or(BROKEN)?);
    let (seed, half) = pair.split_first_chunk::<32>().ok_or(BROKEN)?;
    if count != 1 || first != second || half != public {
        return Err(BROKEN);
    }
    Ok((Zeroizing::new(*seed), public))
}
