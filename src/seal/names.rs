//! Which names a file of an evidence folder can have.

use super::SUMS;

/// Whether `name` is one an evidence folder may hold: `[a-z0-9][a-z0-9._-]{0,63}` without `..`, or `SHA256SUMS`.
///
/// ```
/// use vidimus::seal::is_name;
/// assert!(is_name("report.json") && is_name("SHA256SUMS"));
/// assert!(!is_name("../report.json") && !is_name("a..b") && !is_name("Report.json") && !is_name(".hidden"));
/// ```
pub fn is_name(name: &str) -> bool {
    let first = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let rest = |byte: u8| first(byte) || matches!(byte, b'.' | b'_' | b'-');
    let bytes = name.as_bytes();
    name == SUMS
        || (bytes.len() <= 64
            && bytes.first().is_some_and(|byte| first(*byte))
            && bytes.iter().all(|byte| rest(*byte))
            && !name.contains(".."))
}
