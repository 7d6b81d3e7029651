//! Checkpoints: the size and root of a tree as a signed note (C2SP `signed-note` and `tlog-checkpoint`), which tools of transparency logs
//! read.
//!
//! Three lines, an empty one, and a signature a line. The name of the key is the origin of the tree, and its hash is a hint.

use super::{
    bundle::SigningError,
    keys::{PublicKey, Signer},
};
use crate::{digest::Digest, text::base64};

/// What stands before a signature.
const DASH: &str = "\u{2014} ";
/// The algorithm byte of Ed25519.
const ED25519: u8 = 1;
/// The longest note that is read, in bytes, and the most signatures.
const LONGEST: usize = 64 << 10;
const SIGNATURES: usize = 64;

/// A checkpoint that was read. Whose it is, is not said yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What the tree is called: one name for one run.
    pub origin: String,
    /// How many leaves it has.
    pub size: u64,
    /// Its root.
    pub root: Digest,
    /// What is signed.
    text: String,
    signatures: Vec<Signed>,
}

/// The name of a key, its hint and its signature.
type Signed = (String, [u8; 4], [u8; 64]);

/// Whether `origin` can be one: no white space, no `+`, and not the beginning of anything else that the same key signs.
pub fn is_origin(origin: &str) -> bool {
    let reserved = ["SSHSIG", "DSSEv1"].iter().any(|start| origin.starts_with(start));
    let fine = |c: char| !c.is_whitespace() && !c.is_control() && c != '+';
    !origin.is_empty() && origin.len() <= 512 && !reserved && origin.chars().all(fine)
}

/// The name that notes give a key: the first four bytes of a hash of both.
fn hint(name: &str, key: &PublicKey) -> [u8; 4] {
    let bytes = [name.as_bytes(), b"\n", &[ED25519], key.as_bytes()].concat();
    let [a, b, c, d, ..] = *Digest::of(&bytes).as_bytes();
    [a, b, c, d]
}

/// Signs the checkpoint of a tree. The signature is verified before it is given out.
///
/// # Errors
/// [`SigningError`] if the signer refuses or its signature does not fit its key.
pub fn sign(origin: &str, size: u64, root: &Digest, signer: &Signer<'_>) -> Result<String, SigningError> {
    if !is_origin(origin) {
        return Err(SigningError::Refused(format!("{origin:?} can be no origin")));
    }
    let text = format!("{origin}\n{size}\n{}\n", base64::encode(root.as_bytes()));
    let signature = (signer.sign)(text.as_bytes()).map_err(SigningError::Refused)?;
    if !signer.public.verifies(text.as_bytes(), &signature) {
        return Err(SigningError::DoesNotFit);
    }
    let line = [hint(origin, &signer.public).as_slice(), &signature].concat();
    Ok(format!("{text}\n{DASH}{origin} {}\n", base64::encode(&line)))
}

impl Note {
    /// Reads a checkpoint.
    ///
    /// # Errors
    /// What is wrong with it, in one phrase.
    pub fn read(note: &str) -> Result<Self, &'static str> {
        if note.len() > LONGEST {
            return Err("is longer than is read");
        }
        let (text, signatures) = note.split_once("\n\n").ok_or("has no signatures")?;
        let text = format!("{text}\n");
        let mut lines = text.lines();
        let mut next = || lines.next().ok_or("is too short");
        let (origin, size, root) = (next()?, next()?, next()?);
        if lines.next().is_some() {
            return Err("has more lines than are known");
        }
        // A number has one spelling.
        let number = size.parse::<u64>().ok().filter(|number| number.to_string() == size).ok_or("has no size")?;
        let root = base64::decode(root).and_then(|bytes| digest(&bytes)).ok_or("has no root")?;
        if !is_origin(origin) {
            return Err("has no proper origin");
        }
        let origin = origin.to_owned();
        let signatures = signatures.strip_suffix('\n').ok_or("ends in the middle of a line")?;
        let signatures: Option<Vec<_>> = signatures.split('\n').take(SIGNATURES + 1).map(signature).collect();
        let signatures = signatures.filter(|all| all.len() <= SIGNATURES).ok_or("has signatures that are none")?;
        Ok(Self { origin, size: number, root, text, signatures: signatures.into_iter().flatten().collect() })
    }

    /// Whether `key` signed it, under the name of its origin.
    pub fn is_of(&self, key: &PublicKey) -> bool {
        let hint = hint(&self.origin, key);
        let own = self.signatures.iter().filter(|(name, own, _)| *name == self.origin && *own == hint);
        own.take(4).any(|(_, _, signature)| key.verifies(self.text.as_bytes(), signature))
    }

    /// Whether it says that `key` signed it.
    pub fn names(&self, key: &PublicKey) -> bool {
        let hint = hint(&self.origin, key);
        self.signatures.iter().any(|(name, own, _)| *name == self.origin && *own == hint)
    }
}

/// The name, the hint and the signature of a line; `Some(None)` for a signature of another kind than ours, which others may add.
fn signature(line: &str) -> Option<Option<Signed>> {
    let (name, encoded) = line.strip_prefix(DASH)?.split_once(' ')?;
    let bytes = base64::decode(encoded)?;
    let (hint, signature) = bytes.split_first_chunk::<4>()?;
    let own: Result<[u8; 64], _> = signature.try_into();
    Some(own.ok().map(|signature| (name.to_owned(), *hint, signature)))
}

/// The digest of these 32 bytes.
pub(super) fn digest(bytes: &[u8]) -> Option<Digest> {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Digest::from_hex(&hex)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::SigningKey;

    #[test]
    fn a_note_is_its_signers_and_nobody_elses() {
        let (key, other) = (SigningKey::from_seed(&[3; 32]), SigningKey::from_seed(&[4; 32]));
        let root = Digest::of(b"root");
        let note = sign("example.org/audit/1", 3, &root, &Signer::of(&key)).unwrap();
        let read = Note::read(&note).unwrap();
        assert_eq!((read.origin.as_str(), read.size, read.root), ("example.org/audit/1", 3, root));
        assert!(read.is_of(&key.public()) && !read.is_of(&other.public()) && !read.names(&other.public()));
        for (from, to) in [("audit/1", "audit/2"), ("\n3\n", "\n4\n")] {
            let read = Note::read(&note.replace(from, to)).unwrap();
            assert!(!read.is_of(&key.public()), "{from} for {to}");
        }
        let more = format!("{note}{DASH}witness.example {}\n", base64::encode(&[9; 76]));
        assert!(Note::read(&more).unwrap().is_of(&key.public()), "others may sign beside");
        for wrong in [
            note.replace("\n3\n", "\n03\n"),
            note.replace(DASH, "- "),
            note.trim_end().to_owned(),
            note.replacen('\n', "\n\n", 1),
        ] {
            assert!(Note::read(&wrong).is_err(), "{wrong}");
        }
        for origin in ["", "a b", "a+b", "SSHSIG/x", "DSSEv1", "a\u{a0}b"] {
            assert!(sign(origin, 1, &root, &Signer::of(&key)).is_err(), "{origin:?}");
        }
    }
}
