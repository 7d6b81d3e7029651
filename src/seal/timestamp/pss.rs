//! RSA keys that are for RSA-PSS alone (`id-RSASSA-PSS` where others say `rsaEncryption`, RFC 4055): webpki's own algorithms know the
//! second kind only. The numbers are checked by the same code; what is said here is which keys and signatures they go with.

use rustls_pki_types::{AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id};
use webpki::{ALL_VERIFICATION_ALGS, aws_lc_rs as known};

/// A key for RSA-PSS with any hash: the name of the algorithm, and no parameters.
const ANY: AlgorithmIdentifier =
    AlgorithmIdentifier::from_slice(&[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a]);

/// RSA-PSS with one hash, for keys of one kind.
#[derive(Debug)]
struct Pss {
    key: AlgorithmIdentifier,
    signature: AlgorithmIdentifier,
    numbers: &'static dyn SignatureVerificationAlgorithm,
}

impl SignatureVerificationAlgorithm for Pss {
    fn verify_signature(&self, key: &[u8], message: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        self.numbers.verify_signature(key, message, signature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.key
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }
}

/// With each hash, for keys that leave it open and for those that name it.
static SHA256: [Pss; 2] = both(alg_id::RSA_PSS_SHA256, known::RSA_PSS_2048_8192_SHA256_LEGACY_KEY);
static SHA384: [Pss; 2] = both(alg_id::RSA_PSS_SHA384, known::RSA_PSS_2048_8192_SHA384_LEGACY_KEY);
static SHA512: [Pss; 2] = both(alg_id::RSA_PSS_SHA512, known::RSA_PSS_2048_8192_SHA512_LEGACY_KEY);

const fn both(named: AlgorithmIdentifier, numbers: &'static dyn SignatureVerificationAlgorithm) -> [Pss; 2] {
    [Pss { key: ANY, signature: named, numbers }, Pss { key: named, signature: named, numbers }]
}

/// Those over SHA-256, SHA-384 and SHA-512, for keys of either kind.
pub(super) fn sha256() -> Vec<&'static dyn SignatureVerificationAlgorithm> {
    with(&SHA256, known::RSA_PSS_2048_8192_SHA256_LEGACY_KEY)
}

/// See [`sha256`].
pub(super) fn sha384() -> Vec<&'static dyn SignatureVerificationAlgorithm> {
    with(&SHA384, known::RSA_PSS_2048_8192_SHA384_LEGACY_KEY)
}

/// See [`sha256`].
pub(super) fn sha512() -> Vec<&'static dyn SignatureVerificationAlgorithm> {
    with(&SHA512, known::RSA_PSS_2048_8192_SHA512_LEGACY_KEY)
}

fn with(
    own: &'static [Pss; 2],
    other: &'static dyn SignatureVerificationAlgorithm,
) -> Vec<&'static dyn SignatureVerificationAlgorithm> {
    own.iter().map(|one| one as &dyn SignatureVerificationAlgorithm).chain([other]).collect()
}

/// Every algorithm by which certificates may be signed.
pub(super) fn of_certificates() -> Vec<&'static dyn SignatureVerificationAlgorithm> {
    let own = [&SHA256, &SHA384, &SHA512].into_iter().flatten().map(|one| one as &dyn SignatureVerificationAlgorithm);
    ALL_VERIFICATION_ALGS.iter().copied().chain(own).collect()
}
