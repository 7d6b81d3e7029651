//! minisign, the signature some people's tools read (`jedisct1/minisign`, "Signature format"). The only file that names `blake2`.
//!
//! It covers a bare BLAKE2b hash, without a word of what is signed; so it is made only on request, and kept beside the seal.

use blake2::{Blake2b512, Digest as _};

use super::{
    STATEMENT, SigningError,
    keys::{PublicKey, Signer},
};
use crate::{digest::Digest, text::base64};

/// A signature over a hash, and a key.
const HASHED: &[u8; 2] = b"ED";
const KEY: &[u8; 2] = b"Ed";

/// What the second signature covers beside the first. minisign's own says when; here nothing may depend on a clock.
fn comment() -> String {
    format!("file:{STATEMENT}\thashed")
}

/// The eight bytes a key goes by: of the SHA-256 of its DER form the first, since minisign's own are drawn by lot.
fn id(key: &PublicKey) -> [u8; 8] {
    Digest::of(&key.to_der()).as_bytes().first_chunk().copied().unwrap_or_default()
}

/// The public key as `minisign -p` reads it.
pub fn public_key(key: &PublicKey) -> String {
    // Read as a number, the lowest byte first.
    let name: String = id(key).iter().rev().map(|byte| format!("{byte:02X}")).collect();
    let blob = [KEY.as_slice(), &id(key), key.as_bytes()].concat();
    format!("untrusted comment: minisign public key {name}\n{}\n", base64::encode(&blob))
}

/// Signs the bytes of a statement. Every signature is verified before it is given out.
///
/// # Errors
/// [`SigningError`] if the signer refuses or its signatures do not fit its key.
pub fn sign(statement: &[u8], signer: &Signer<'_>) -> Result<String, SigningError> {
    let signed = |bytes: &[u8]| {
        let signature = (signer.sign)(bytes).map_err(SigningError::Refused)?;
        if signer.public.verifies(bytes, &signature) { Ok(signature) } else { Err(SigningError::DoesNotFit) }
    };
    let signature = signed(&Blake2b512::digest(statement))?;
    let global = signed(&[signature.as_slice(), comment().as_bytes()].concat())?;
    Ok(written(&signer.public, &signature, &global))
}

fn written(key: &PublicKey, signature: &[u8; 64], global: &[u8; 64]) -> String {
    let blob = [HASHED.as_slice(), &id(key), signature].concat();
    format!(
        "untrusted comment: signature by {}\n{}\ntrusted comment: {}\n{}\n",
        key.fingerprint(),
        base64::encode(&blob),
        comment(),
        base64::encode(global)
    )
}

/// Whether `file` is `key`'s signature over `statement`, in the one form it is written in.
pub fn fits(file: &str, statement: &[u8], key: &PublicKey) -> bool {
    let lines: Vec<&str> = file.lines().collect();
    let [_, blob, _, global] = lines[..] else { return false };
    let (Some(blob), Some(global)) = (base64::decode(blob), base64::decode(global)) else { return false };
    let signature = blob.get(10..).and_then(|signature| <[u8; 64]>::try_from(signature).ok());
    let (Some(signature), Ok(global)) = (signature, <[u8; 64]>::try_from(global)) else { return false };
    key.verifies(&Blake2b512::digest(statement), &signature)
        && key.verifies(&[signature.as_slice(), comment().as_bytes()].concat(), &global)
        && written(key, &signature, &global) == file
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::SigningKey;

    #[test]
    fn only_the_very_file_that_was_written_fits() {
        let key = SigningKey::from_seed(&[7; 32]);
        let file = sign(b"{}", &Signer::of(&key)).unwrap();
        assert!(fits(&file, b"{}", &key.public()));
        assert!(!fits(&file, b"{ }", &key.public()));
        assert!(!fits(&file, b"{}", &SigningKey::from_seed(&[8; 32]).public()));
        for at in 0..file.len() {
            let mut bytes = file.clone().into_bytes();
            bytes[at] ^= 1;
            let changed = String::from_utf8(bytes).unwrap();
            assert!(!fits(&changed, b"{}", &key.public()), "byte {at}");
        }
    }
}
