//! The digests a record gives itself, `sha1:3I42H3…`: held against bytes.
//!
//! A label is an algorithm, a colon and a value in hexadecimal or base32. SHA-1 and SHA-256 are known; any other algorithm cannot be
//! checked, which is not the same as not fitting.

use crate::digest::{Digest, base32, sha1};

/// What came of holding a label against bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Label {
    /// The bytes have this digest.
    Fits,
    /// They have another.
    Differs,
    /// There is no label, or one that cannot be checked.
    Unknown,
}

/// The algorithm a label names, in lower case and without hyphens: `sha256` for `SHA-256:…`.
pub fn algorithm(label: &str) -> String {
    let name = label.split(':').next().unwrap_or_default();
    name.chars().filter(|c| *c != '-').map(|c| c.to_ascii_lowercase()).collect()
}

impl Label {
    /// Holds `label` against `bytes`.
    pub fn held(label: Option<&str>, bytes: &[u8]) -> Self {
        let Some((_, value)) = label.and_then(|label| label.split_once(':')) else { return Self::Unknown };
        let digest = match algorithm(label.unwrap_or_default()).as_str() {
            "sha1" => sha1(bytes).to_vec(),
            "sha256" => Digest::of(bytes).as_bytes().to_vec(),
            _ => return Self::Unknown,
        };
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let letters = base32(&digest);
        let value = value.trim().trim_end_matches('=');
        let same = |known: &str| known.trim_end_matches('=').eq_ignore_ascii_case(value);
        if same(&hex) || same(&letters) { Self::Fits } else { Self::Differs }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_in_every_way_they_are_written() {
        for fits in [
            "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ",
            "SHA-1:3i42h3s6nnfq2msvx7xzkyayscx5qbyj",
            "sha1:da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "sha-256:4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ",
        ] {
            assert_eq!(Label::held(Some(fits), b""), Label::Fits, "{fits}");
            assert_eq!(Label::held(Some(fits), b"x"), Label::Differs, "{fits}");
        }
        for unknown in [None, Some("md5:d41d8cd98f00b204e9800998ecf8427e"), Some("sha1"), Some("")] {
            assert_eq!(Label::held(unknown, b""), Label::Unknown);
        }
    }
}
