//! DSSE, the envelope around the statement: what exactly is signed (`secure-systems-lab/dsse`, protocol v1.0.2).

/// The payload type of in-toto statements.
pub const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";

/// The bytes a signature covers: type and payload with their lengths, so that neither can be taken for the other.
///
/// ```
/// assert_eq!(vidimus::seal::dsse::pae("t", b"{}"), b"DSSEv1 1 t 2 {}");
/// ```
pub fn pae(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    bytes.extend_from_slice(payload);
    bytes
}
