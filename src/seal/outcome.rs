//! What verifying can come to. Every outcome has an arm in each `match` here and a golden folder in `snapshots/formats/seal-v1`.

use std::{collections::BTreeMap, io};

use serde::Serialize;

use super::folder::Folder;
use crate::digest::Digest;

/// How a verification ended. Only [`Outcome::Verified`] means that nothing is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Every step passed.
    Verified,
    /// No seal in the folder, or no signature in the seal.
    Unsigned,
    /// Not parseable within the limits, or with two readings.
    Malformed,
    /// Another payload, statement or predicate type.
    WrongType,
    /// A version above those this build reads.
    NewerFormat,
    /// A version no longer among those this build reads.
    OlderFormat,
    /// No trusted key fits, and the hint names none of them.
    UnknownKey,
    /// The hint names a trusted key and the signature does not fit under it.
    Forged,
    /// A trusted key, but not of the identity asked for.
    WrongSigner,
    /// The key was not valid at the time that counts.
    Expired,
    /// The key is on the revocation list.
    Revoked,
    /// A timestamp that does not fit the signature, or is no sound one.
    TimestampInvalid,
    /// A trusted timestamp is demanded and there is none.
    NoTimestamp,
    /// A digest differs, or a sidecar disagrees.
    ArtefactChanged,
    /// A file named in the statement is not there.
    MissingFile,
    /// A file that is not sealed lies in the folder.
    UnlistedFile,
    /// The bytes are in the statement in another role.
    WrongRole,
    /// Signed parts contradict each other.
    Inconsistent,
    /// Older than is accepted.
    Stale,
    /// `previous` does not lead to the folder given.
    BrokenChain,
    /// The comparison, made again, comes to something else.
    RerunDiffers,
    /// The comparison cannot be made again.
    RerunImpossible,
    /// A page is not one of the audit that a checkpoint was signed for.
    NotInTree,
}

impl Outcome {
    /// All outcomes.
    pub const ALL: [Self; 23] = [
        Self::Verified,
        Self::Unsigned,
        Self::Malformed,
        Self::WrongType,
        Self::NewerFormat,
        Self::OlderFormat,
        Self::UnknownKey,
        Self::Forged,
        Self::WrongSigner,
        Self::Expired,
        Self::Revoked,
        Self::TimestampInvalid,
        Self::NoTimestamp,
        Self::ArtefactChanged,
        Self::MissingFile,
        Self::UnlistedFile,
        Self::WrongRole,
        Self::Inconsistent,
        Self::Stale,
        Self::BrokenChain,
        Self::RerunDiffers,
        Self::RerunImpossible,
        Self::NotInTree,
    ];

    /// The name outputs use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Unsigned => "unsigned",
            Self::Malformed => "malformed",
            Self::WrongType => "wrong-type",
            Self::NewerFormat => "newer-format",
            Self::OlderFormat => "older-format",
            Self::UnknownKey => "unknown-key",
            Self::Forged => "forged",
            Self::WrongSigner => "wrong-signer",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
            Self::TimestampInvalid => "timestamp-invalid",
            Self::NoTimestamp => "no-timestamp",
            Self::ArtefactChanged => "artefact-changed",
            Self::MissingFile => "missing-file",
            Self::UnlistedFile => "unlisted-file",
            Self::WrongRole => "wrong-role",
            Self::Inconsistent => "inconsistent",
            Self::Stale => "stale",
            Self::BrokenChain => "broken-chain",
            Self::RerunDiffers => "rerun-differs",
            Self::RerunImpossible => "rerun-impossible",
            Self::NotInTree => "not-in-tree",
        }
    }

    /// What it means, in one sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Verified => "The seal is valid and every sealed file is as it was sealed.",
            Self::Unsigned => "There is no signed seal here.",
            Self::Malformed => "The evidence cannot be read within the rules and limits of its format.",
            Self::WrongType => "The seal is of another kind than vidimus makes.",
            Self::NewerFormat => "The seal is of a later format than this version of vidimus reads.",
            Self::OlderFormat => "The seal is of a format that this version of vidimus no longer reads.",
            Self::UnknownKey => "The seal was not made by a key you trust.",
            Self::Forged => "The seal names a key you trust, and that key did not sign this.",
            Self::WrongSigner => "The seal was made by a key you trust, but not by the signer you asked for.",
            Self::Expired => "The key was not valid at the time that counts.",
            Self::Revoked => "The key has been revoked.",
            Self::TimestampInvalid => "The timestamp is not one over this signature, or not a sound one.",
            Self::NoTimestamp => "There is no timestamp of an authority you trust, and you asked for one.",
            Self::ArtefactChanged => "A file is not as it was sealed.",
            Self::MissingFile => "A sealed file is missing.",
            Self::UnlistedFile => "A file lies in the folder that is not sealed.",
            Self::WrongRole => "A file was sealed in another role than it stands in here.",
            Self::Inconsistent => "The sealed files contradict each other.",
            Self::Stale => "The age of the seal is not one you accept.",
            Self::BrokenChain => "The seal does not follow from the folder given before it.",
            Self::RerunDiffers => "The comparison, made again from the sealed files, comes to something else.",
            Self::RerunImpossible => "The seal is valid, but the comparison cannot be made again here.",
            Self::NotInTree => "The page is none of those that the checkpoint was signed for.",
        }
    }
}

/// How one file fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileStatus {
    /// As it was sealed.
    Ok,
    /// Not as it was sealed.
    Changed,
    /// Not there.
    Missing,
    /// There and not sealed.
    Unlisted,
    /// Not looked at, because an earlier step failed.
    Unchecked,
}

impl FileStatus {
    /// The name outputs use.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Changed => "changed",
            Self::Missing => "missing",
            Self::Unlisted => "unlisted",
            Self::Unchecked => "unchecked",
        }
    }
}

/// A file and how it fared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Its role in the statement; `original`, `witness`, `statement` and `sidecar` for those that are no subjects, `none` for
    /// what is not sealed, `unknown` where the statement was not read.
    pub role: String,
    /// How it fared.
    pub status: FileStatus,
}

/// Everything a verification found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verification {
    /// The version of this format: 1.
    pub verify: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// What made it end so, where it is not `verified`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Whose key signed, as the policy names them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signer: Option<String>,
    /// The fingerprint of the key that signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The time a trusted authority vouches for: the seal was not made later.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<String>,
    /// The files, by name.
    pub files: Vec<Listed>,
    /// What making the comparison again came to, where that was asked: `identical` or `equivalent`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rerun: Option<String>,
    /// What only one of the two has, the sealed report or the one made again, where they differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rerun_findings: Option<Sides>,
    /// Worth knowing.
    pub notes: Vec<String>,
    /// The role a file was sealed in, where it was asked about on its own and nothing else was looked at.
    #[serde(skip)]
    pub alone: Option<String>,
    /// The statement, where everything about it is verified.
    #[serde(skip)]
    pub verified: Option<Verified>,
}

/// What only one of two reports has, a line each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sides {
    /// Only the sealed one.
    pub sealed: Vec<String>,
    /// Only the one made again.
    pub again: Vec<String>,
}

impl Verification {
    /// Ends it otherwise than it stood: what a later step found.
    pub(crate) fn end(&mut self, outcome: Outcome, detail: String) {
        self.outcome = outcome;
        self.detail = Some(detail);
        self.verified = None;
    }

    /// What it came to, in one sentence: never more than was looked at.
    pub fn sentence(&self) -> String {
        match &self.alone {
            Some(role) if self.outcome == Outcome::Verified && role == super::verify::LEAF => {
                "The page is one of this audit, and a key you trust signed its checkpoint.".to_owned()
            }
            Some(role) if self.outcome == Outcome::Verified => {
                format!("The seal is valid and this file is the one sealed as {role}.")
            }
            Some(_) | None => self.outcome.sentence().to_owned(),
        }
    }

    /// Whether it is about an audit, or a page of one, as far as that is known.
    pub fn is_of_audit(&self) -> bool {
        let kind = self.verified.as_ref().and_then(|verified| verified.statement().get("predicateType"));
        let leaf = self.alone.as_deref() == Some(super::verify::LEAF);
        leaf || kind.is_some_and(|kind| kind == super::audited::PREDICATE_TYPE)
    }

    /// Whether the report was held against the statement, so that the verdict is more than the statement's word.
    pub fn report_was_read(&self) -> bool {
        self.verified.is_some() && self.alone.as_deref().is_none_or(|role| role == "report")
    }
}

/// A statement that every step has passed. Only verifying makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    pub(super) statement: serde_json::Value,
    /// Where the files lie, and their digests by name; none where one file was asked about on its own.
    pub(super) files: Option<(Folder, BTreeMap<String, Digest>)>,
}

impl Verified {
    /// The statement as it was signed.
    pub fn statement(&self) -> &serde_json::Value {
        &self.statement
    }

    /// The bytes of a sealed file, read again and still those that were sealed; `None` where no such file was verified.
    ///
    /// # Errors
    /// If it cannot be read, is longer than `limit` bytes, or is another file by now.
    pub fn read(&self, name: &str, limit: usize) -> io::Result<Option<Vec<u8>>> {
        let Some((folder, digests)) = &self.files else { return Ok(None) };
        let Some(digest) = digests.get(name) else { return Ok(None) };
        match folder.read(name, limit)? {
            Some(bytes) if Digest::of(&bytes) == *digest => Ok(Some(bytes)),
            Some(_) | None => Err(io::Error::other(format!("{name} was changed after it was verified"))),
        }
    }
}
