//! `SHA256SUMS`, the list `sha256sum -c` reads. It shows copying errors and proves nothing.

use std::collections::BTreeMap;

use super::{STATEMENT, statement::Statement};
use crate::digest::Digest;

/// The list of a statement's artefacts and of the statement itself.
pub(super) fn write(statement: &Statement) -> String {
    let artefacts = statement.artefacts.iter().map(|artefact| (artefact.name.as_str(), Digest::of(&artefact.bytes)));
    let all: BTreeMap<&str, Digest> = artefacts.chain([(STATEMENT, Digest::of(&statement.bytes))]).collect();
    all.into_iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect()
}

/// Reads such a list; `None` where a line is none, is not ended, or names a file that another line has named.
pub(super) fn read(text: &str) -> Option<BTreeMap<String, Digest>> {
    let mut list = BTreeMap::new();
    for line in text.split_inclusive('\n') {
        let (digest, name) = line.strip_suffix('\n')?.split_once("  ")?;
        if list.insert(name.to_owned(), Digest::from_hex(digest)?).is_some() {
            return None;
        }
    }
    Some(list)
}
