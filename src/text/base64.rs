//! Base64 (RFC 4648) as the seal writes and reads it. The only file that names the `base64` crate.

use base64::{
    Engine as _, alphabet,
    engine::{GeneralPurpose, GeneralPurposeConfig, general_purpose::STANDARD},
};

/// `bytes` in the standard alphabet, with padding.
pub fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads either alphabet, with padding. White space, missing padding and non-zero trailing bits are refused.
///
/// ```
/// use vidimus::text::base64::{decode, encode};
/// assert_eq!(decode(&encode(b"ab")), Some(b"ab".to_vec()));
/// assert_eq!(decode("YWJ="), None); // trailing bits
/// assert_eq!(decode("YWI"), None); // no padding
/// ```
pub fn decode(text: &str) -> Option<Vec<u8>> {
    const URL: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, GeneralPurposeConfig::new());
    let engine = if text.contains(['-', '_']) { URL } else { STANDARD };
    engine.decode(text).ok()
}
