//! Step 8: the files for people without vidimus. One that is missing is worth a note; one that disagrees shows that somebody
//! touched the folder.

use super::{FileStatus, Folder, Listed, Outcome, Step, Verification, fail, files::Files, limited};
use crate::{
    digest::Digest,
    seal::{MINISIGN, NAMESPACE, SSH_SIGNATURE, STATEMENT, SUMS, keys::PublicKey, minisign, sshsig, sums},
};

/// The largest sidecar that is read, in bytes.
const SIDECAR: usize = 1 << 20;

/// Fails where a sidecar disagrees. `payload` is verified, `key` signed it.
pub(super) fn judge(
    files: &Files,
    folder: &Folder,
    payload: &[u8],
    key: &PublicKey,
    found: &mut Verification,
) -> Step<()> {
    if !folder.holds(STATEMENT) {
        found.notes.push(format!("{STATEMENT} is missing; the seal holds it too"));
    }
    let mut disagree = Vec::new();
    let signature = "is not that key's signature over the statement";
    for (name, otherwise) in [(SUMS, "lists other digests"), (SSH_SIGNATURE, signature), (MINISIGN, signature)] {
        let Some(bytes) = limited(folder, name, SIDECAR)? else {
            // That one is made on request only.
            if name != MINISIGN {
                found.notes.push(format!("{name} is missing"));
            }
            continue;
        };
        let agrees = str::from_utf8(&bytes).is_ok_and(|text| match name {
            SUMS => lists(text, files, payload),
            MINISIGN => minisign::fits(text, payload, key),
            _ => signs(text, payload, key),
        });
        let status = if agrees { FileStatus::Ok } else { FileStatus::Changed };
        found.files.push(Listed { name: name.to_owned(), role: "sidecar".to_owned(), status });
        if !agrees {
            disagree.push(format!("{name} {otherwise}"));
        }
    }
    if disagree.is_empty() { Ok(()) } else { fail(Outcome::ArtefactChanged, disagree.join("; ")) }
}

/// Whether `SHA256SUMS` lists the sealed files and the statement as they were sealed. What it lists besides proves nothing, as all of it.
fn lists(text: &str, files: &Files, payload: &[u8]) -> bool {
    let Some(listed) = sums::read(text) else { return false };
    let mut expected = files.all().chain([(STATEMENT, Digest::of(payload))]);
    expected.all(|(name, digest)| listed.get(name) == Some(&digest))
}

/// Whether the OpenSSH signature is `key`'s, in the one form it is written in.
fn signs(text: &str, payload: &[u8], key: &PublicKey) -> bool {
    sshsig::signature(text, NAMESPACE, key).is_some_and(|signature| {
        key.verifies(&sshsig::to_sign(NAMESPACE, payload), &signature)
            && sshsig::armour(NAMESPACE, key, &signature) == text
    })
}
