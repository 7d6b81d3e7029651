//! BagIt 1.0 (RFC 8493), for archives: a sealed folder in, a bag around it out. Seal first, then bag: a bag's own lists show copying
//! errors and prove nothing, since whoever edits a file can write them again.
//!
//! Only what is evidence goes in: the files the statement names, the statement, the seal and the sidecars, all read once
//! and hashed while they are copied. Whose seal it is and whether it is valid is not asked here; that is for `verify`.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read as _, Write as _},
    path::Path,
};

use serde_json::Value;

use super::{
    OWN, SEAL, STATEMENT, audited,
    folder::{self, Folder},
    is_name, statement, strict_json,
};
use crate::{
    digest::{Digest, Hasher, Hasher512, sha512},
    moment::Moment,
};

/// The largest statement that is read, in bytes.
const STATEMENT_BYTES: usize = 8 << 20;

/// Evidence as it lies in a folder: every file the statement names is there and as the statement says.
#[derive(Clone, Debug)]
pub struct Whole {
    folder: Folder,
    statement: Vec<u8>,
    value: Value,
    /// The digest of every file that goes along, by name; none for those the statement does not name.
    files: BTreeMap<String, Option<Digest>>,
}

impl Whole {
    /// Looks through the folder at `path`.
    ///
    /// # Errors
    /// `InvalidData` if it is no evidence, or a file is missing or not as the statement says; otherwise what the disk says.
    pub fn open(path: &Path) -> io::Result<Self> {
        let folder = Folder::open(path)?;
        let bad = |why: String| io::Error::new(io::ErrorKind::InvalidData, why);
        let bytes = folder.read(STATEMENT, STATEMENT_BYTES)?;
        let statement = bytes.ok_or_else(|| bad(format!("there is no {STATEMENT}: this is no evidence folder")))?;
        let value = strict_json::parse(&statement).map_err(|why| bad(format!("{STATEMENT}: {why}")))?;
        let known = [statement::PREDICATE_TYPE, audited::PREDICATE_TYPE];
        if !value.get("predicateType").and_then(Value::as_str).is_some_and(|kind| known.contains(&kind)) {
            return Err(bad(format!("{STATEMENT} is no statement of the type {}", known.join(" or "))));
        }
        let mut files = BTreeMap::new();
        for file in named(&value) {
            let name = file.get("name").and_then(Value::as_str).unwrap_or_default();
            let digest = file.pointer("/digest/sha256").and_then(Value::as_str).and_then(Digest::from_hex);
            let fits = is_name(name) && !OWN.contains(&name);
            let digest = digest.filter(|_| fits).ok_or_else(|| bad(format!("{STATEMENT} names a file badly")))?;
            match folder.digest(name)? {
                Some(own) if own == digest => files.insert(name.to_owned(), Some(digest)),
                Some(_) => return Err(bad(format!("{name} is not as the statement says"))),
                None if folder.entries().iter().any(|entry| entry.name == name) => {
                    return Err(bad(format!("{name} is not a regular file")));
                }
                None => return Err(bad(format!("{name} is missing"))),
            };
        }
        let own = OWN.into_iter().filter(|name| folder.holds(name));
        files.extend(own.map(|name| (name.to_owned(), None)));
        Ok(Self { folder, statement, value, files })
    }

    /// The statement's exact bytes.
    pub fn statement(&self) -> &[u8] {
        &self.statement
    }

    /// What the statement says of its subjects, as canonical JSON on one line.
    pub fn predicate(&self) -> Vec<u8> {
        statement::canonical(self.value.get("predicate").unwrap_or(&Value::Null))
    }

    /// Whether there is a seal.
    pub fn is_sealed(&self) -> bool {
        self.files.contains_key(SEAL)
    }

    /// The names of what lies in the folder and is no evidence.
    pub fn strangers(&self) -> impl Iterator<Item = &str> {
        let entries = self.folder.entries().iter().map(|entry| entry.name.as_str());
        entries.filter(|name| !self.files.contains_key(*name))
    }

    /// Makes the new folder `target`, a bag with these files, aside and renamed into place.
    ///
    /// # Errors
    /// `AlreadyExists` if there is anything at `target`; `InvalidData` if a file changed meanwhile; otherwise what the disk says.
    pub fn bag(&self, target: &Path) -> io::Result<()> {
        folder::aside(target, |aside| {
            fs::create_dir(aside.join("data"))?;
            let (mut manifests, mut octets) = ([String::new(), String::new()], 0);
            for (name, sealed) in &self.files {
                let copied = copy(&self.folder.path().join(name), &aside.join("data").join(name))?;
                if sealed.is_some_and(|sealed| sealed != copied.short)
                    || (name == STATEMENT && copied.short != Digest::of(&self.statement))
                {
                    return Err(io::Error::new(
                        io::ErrorKind::InvalidData,
                        format!("{name} changed while it was read"),
                    ));
                }
                octets += copied.octets;
                list(&mut manifests, &format!("data/{name}"), &copied.short, &copied.long);
            }
            let info = self.info(octets);
            let [short, long] = manifests;
            let tags = [
                ("bag-info.txt", info),
                ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_owned()),
                ("manifest-sha256.txt", short),
                ("manifest-sha512.txt", long),
            ];
            let mut manifests = [String::new(), String::new()];
            for (name, text) in &tags {
                put(&aside.join(name), text.as_bytes())?;
                list(&mut manifests, name, &Digest::of(text.as_bytes()), &hexadecimal(&sha512(text.as_bytes())));
            }
            let [short, long] = manifests;
            put(&aside.join("tagmanifest-sha256.txt"), short.as_bytes())?;
            put(&aside.join("tagmanifest-sha512.txt"), long.as_bytes())
        })
    }

    /// What a catalogue wants to know. Nothing here comes from a clock, so that the same evidence gives the same bag.
    fn info(&self, octets: u64) -> String {
        let made = self.value.pointer("/predicate/generatedAt").and_then(Value::as_str).and_then(Moment::parse);
        let day = made.map(|made| made.to_string().chars().take(10).collect::<String>());
        let about = match self.value.get("predicateType").and_then(Value::as_str) {
            Some(audited::PREDICATE_TYPE) => "Evidence about an audit of republished texts",
            Some(_) | None => "Evidence about a republished text",
        };
        let date = day.map(|day| format!("Bagging-Date: {day}\n")).unwrap_or_default();
        format!(
            "Bag-Software-Agent: vidimus {}\n{date}External-Description: {about}; data/{STATEMENT} says what, \
             data/{SEAL} is its seal\nExternal-Identifier: sha256:{}\nPayload-Oxum: {octets}.{}\n",
            env!("CARGO_PKG_VERSION"),
            Digest::of(&self.statement),
            self.files.len(),
        )
    }
}

/// Every file a statement names: subjects, the versions of the original, and their sheets. Of an audit these are its record, page,
/// leaves and checkpoint; the reports of its pages are no part of what is sealed.
fn named(statement: &Value) -> impl Iterator<Item = &Value> {
    let witnesses = items(statement.pointer("/predicate/witnesses")).filter_map(|witness| witness.get("source"));
    let originals = statement.pointer("/predicate/original").into_iter().chain(witnesses);
    let with_sheets = originals.flat_map(|source| std::iter::once(source).chain(items(source.get("sheets"))));
    items(statement.get("subject")).chain(with_sheets)
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

/// A file that was copied.
struct Copied {
    octets: u64,
    short: Digest,
    long: String,
}

/// Copies a file and hashes it on the way, in constant memory.
fn copy(from: &Path, to: &Path) -> io::Result<Copied> {
    let (mut from, mut to) = (folder::regular(from)?, File::options().write(true).create_new(true).open(to)?);
    let (mut short, mut long, mut octets) = (Hasher::default(), Hasher512::default(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = from.read(&mut buffer)?;
        let piece = buffer.get(..count).unwrap_or_default();
        if piece.is_empty() {
            break;
        }
        to.write_all(piece)?;
        short.update(piece);
        long.update(piece);
        octets += piece.len() as u64;
    }
    to.sync_all()?;
    Ok(Copied { octets, short: short.finish(), long: hexadecimal(&long.finish()) })
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::options().write(true).create_new(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn list([short, long]: &mut [String; 2], name: &str, of_256: &Digest, of_512: &str) {
    short.push_str(&format!("{of_256}  {name}\n"));
    long.push_str(&format!("{of_512}  {name}\n"));
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn everything_a_statement_binds_goes_into_the_bag() {
        let file = |name: &str| json!({ "name": name });
        let source = |name: &str, sheet: &str| json!({ "name": name, "sheets": [file(sheet)] });
        let statement = json!({
            "subject": [file("copy.html"), file("copy-sheet-1.css")],
            "predicate": {
                "original": source("original.html", "original-sheet-1.css"),
                "witnesses": [{ "source": source("original-2.html", "original-2-sheet-1.css") }],
            },
        });
        let names: Vec<&str> = named(&statement).filter_map(|file| file["name"].as_str()).collect();
        let expected = [
            "copy.html",
            "copy-sheet-1.css",
            "original.html",
            "original-sheet-1.css",
            "original-2.html",
            "original-2-sheet-1.css",
        ];
        assert_eq!(names, expected);
    }
}
