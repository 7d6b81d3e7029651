//! Stage 6, a report and its captures → a signed statement, and back.
//!
//! Signing: [`statement`](mod@statement) says what is sealed, [`sign`] seals those bytes, [`folder`] writes everything aside and
//! renames it into place. Verifying: [`verify()`] takes a folder as it lies there and a [`Policy`], goes through numbered steps, and
//! the first that fails names the [`Outcome`]; only it can make a [`Verified`]. Keys, policy, time and randomness come in as
//! arguments. The smallest and dullest code there is: one format a file, described in `docs/formats/seal.md`.

pub mod audited;
pub mod bag;
pub mod bundle;
mod captured;
mod consistency;
pub mod dsse;
pub mod folder;
pub mod keys;
pub mod minisign;
mod names;
pub mod note;
mod outcome;
pub mod page;
pub mod policy;
mod sense;
mod sheets;
pub mod sshsig;
pub mod statement;
mod strict_json;
mod sums;
pub mod text;
pub mod timestamp;
pub mod tree;
mod verify;
mod whence;

pub use bundle::{Sealed, SigningError, sign, signature, with_timestamp};
pub(crate) use captured::stored;
pub use keys::{Kept, KeyError, PublicKey, Secret, Signer, SigningKey};
pub use names::is_name;
pub use outcome::{FileStatus, Listed, Outcome, Sides, Verification, Verified};
pub use policy::{Policy, Trust};
pub use statement::{Artefact, Statement, statement};
pub use verify::{Before, Page, Question, file, page_of_audit, readable, sealed_within, verify};

/// The name of the statement in an evidence folder.
pub const STATEMENT: &str = "statement.json";
/// The name of the seal.
pub const SEAL: &str = "vidimus.sigstore.json";
/// The name of the OpenSSH signature over the statement.
pub const SSH_SIGNATURE: &str = "statement.json.sig";
/// The name of the list of digests.
pub const SUMS: &str = "SHA256SUMS";
/// The name of the minisign signature over the statement, where one was asked for.
pub const MINISIGN: &str = "statement.json.minisig";
/// The names an evidence folder keeps for what is no artefact.
const OWN: [&str; 5] = [SEAL, STATEMENT, SSH_SIGNATURE, MINISIGN, SUMS];
/// The namespace of the OpenSSH signature.
pub const NAMESPACE: &str = "vidimus-manifest";
