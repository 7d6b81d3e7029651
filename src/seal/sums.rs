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

/// Reads such a list, as `sha256sum` writes it with or without `-b` and `--tag`, on whatever system; `None` where a line is none,
/// or names a file that another line has named.
pub(super) fn read(text: &str) -> Option<BTreeMap<String, Digest>> {
    let mut list = BTreeMap::new();
    for line in text.lines() {
        let tagged = line.strip_prefix("SHA256 (").and_then(|line| line.split_once(") = "));
        let (name, digest) = match tagged {
            Some(tagged) => tagged,
            None => {
                let (digest, rest) = line.split_once(' ')?;
                (rest.strip_prefix([' ', '*'])?, digest)
            }
        };
        let name = name.strip_prefix("./").unwrap_or(name);
        if list.insert(name.to_owned(), Digest::from_hex(digest)?).is_some() {
            return None;
        }
    }
    Some(list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_made_again_in_another_way_is_the_same_list() {
        let digest = Digest::of(b"");
        let list = Some(BTreeMap::from([("copy.html".to_owned(), digest)]));
        for line in [
            format!("{digest}  copy.html\n"),
            format!("{digest} *copy.html\n"),
            format!("{digest}  ./copy.html\r\n"),
            format!("SHA256 (./copy.html) = {digest}\n"),
            format!("{digest}  copy.html"),
        ] {
            assert_eq!(read(&line), list, "{line}");
        }
        for line in [format!("{digest} copy.html"), format!("{digest}  a\n{digest}  a\n"), "\n".to_owned()] {
            assert_eq!(read(&line), None, "{line}");
        }
    }
}
