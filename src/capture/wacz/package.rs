//! `datapackage.json` and `datapackage-digest.json`: what a WACZ file says of its own entries, held against them.
//!
//! Entries in, remarks out. A digest that does not fit means damage, and the file is refused. Of signatures see `signature`.

use std::io::{Read, Seek};

use serde_json::Value;

use super::{
    ARCHIVE,
    entries::{Entries, of_entry},
    signature,
};
use crate::{
    capture::{Broken, warc::algorithm},
    digest::{Digest, Hasher},
};

/// The name of the list of entries.
pub const PACKAGE: &str = "datapackage.json";
/// The name of the file that gives the digest of that list.
pub const DIGEST: &str = "datapackage-digest.json";
/// The largest of both, in bytes.
const BYTES: u64 = 16 << 20;

/// Holds all entries against their digests; gives back what there is to say of the file.
pub fn held<R: Read + Seek>(entries: &mut Entries<R>) -> Result<Vec<String>, Broken> {
    let no = |what: &str| Broken::NoWacz { what: what.to_owned() };
    let package = entries.bytes(PACKAGE, BYTES)?.ok_or_else(|| no("it has no datapackage.json"))?;
    let value: Value = serde_json::from_slice(&package).map_err(|_| no("its datapackage.json is no JSON"))?;
    let version = value.get("wacz_version").and_then(Value::as_str).unwrap_or_default().to_owned();
    if !version.starts_with("1.") {
        return Err(no("it is of another version than 1"));
    }
    let resources = value.get("resources").and_then(Value::as_array).ok_or_else(|| no("it lists no entries"))?;
    let mut notes = Vec::new();
    let mut listed = Vec::new();
    for resource in resources {
        let text = |name: &str| resource.get(name).and_then(Value::as_str);
        let path = text("path").ok_or_else(|| no("it lists an entry without a path"))?;
        listed.push(path);
        if !entries.names().any(|name| name == path) {
            return Err(Broken::Entry { name: path.to_owned(), what: "is listed, but not there".to_owned() });
        }
        match text("hash").filter(|hash| algorithm(hash) == "sha256") {
            Some(hash) => hashed(entries, path, hash)?,
            None => notes.push(format!("The archive gives no SHA-256 for its entry {path:?}.")),
        }
    }
    if let Some(name) = entries.names().find(|name| name.starts_with(ARCHIVE) && !listed.contains(name)) {
        return Err(Broken::Entry { name: name.to_owned(), what: "is not listed in datapackage.json".to_owned() });
    }
    if let Some(bytes) = entries.bytes(DIGEST, BYTES)? {
        notes.extend(digest(&bytes, &package)?);
    }
    Ok(notes)
}

/// Holds one entry against its digest.
fn hashed<R: Read + Seek>(entries: &mut Entries<R>, name: &str, hash: &str) -> Result<(), Broken> {
    let mut hasher = Hasher::default();
    entries.read(name, &mut |entry| {
        let mut piece = vec![0; 1 << 16];
        loop {
            let read = entry.read(&mut piece).map_err(|error| of_entry(name, &error))?;
            if read == 0 {
                return Ok(());
            }
            hasher.update(&piece[..read]);
        }
    })?;
    let found = hasher.finish().to_string();
    if hash.split_once(':').is_some_and(|(_, value)| value.trim().eq_ignore_ascii_case(&found)) {
        Ok(())
    } else {
        let what = "does not have the digest that datapackage.json gives it".to_owned();
        Err(Broken::Entry { name: name.to_owned(), what })
    }
}

/// Holds `datapackage.json` against its digest and says what signature there is.
fn digest(bytes: &[u8], package: &[u8]) -> Result<Option<String>, Broken> {
    let refused = |what: &str| Broken::Entry { name: DIGEST.to_owned(), what: what.to_owned() };
    let value: Value = serde_json::from_slice(bytes).map_err(|_| refused("is no JSON"))?;
    let hash = value.get("hash").and_then(Value::as_str).ok_or_else(|| refused("gives no digest"))?;
    let found = format!("sha256:{}", Digest::of(package));
    if algorithm(hash) == "sha256" && hash.split(':').next_back() != found.split(':').next_back() {
        return Err(refused("gives another digest than datapackage.json has"));
    }
    Ok(signature::told(bytes, package).map(|told| format!("The archive {told}")))
}

/// What there is to say of the signature in a WACZ file, as a clause behind its name; `None` where it has none, or nothing of it can be read.
pub fn signed<R: Read + Seek>(entries: &mut Entries<R>) -> Option<String> {
    let package = entries.bytes(PACKAGE, BYTES).ok()??;
    signature::told(&entries.bytes(DIGEST, BYTES).ok()??, &package)
}
