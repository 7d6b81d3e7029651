//! One side of a mirror: which paths it holds, and what is at a path. Paths have `/` between names that are plain names.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::Source;
use crate::{
    audit::plan::{Mistake, table::LARGEST},
    capture::{self, Address, Locator, reason, undo_percents, without_credentials},
};

/// How deep folders are gone into.
const DEPTH: usize = 64;
/// The most files of a folder.
const FILES: usize = 4_000_000;

/// What one side of a mirror is.
pub struct Side {
    /// As the plan has it.
    typed: String,
    kind: Kind,
    /// What stands for an address that ends in `/`.
    index: String,
    /// For a fault of its place.
    at: super::super::plan::At,
}

enum Kind {
    /// A folder, and its path from the plan's folder.
    Folder { root: PathBuf, name: String },
    /// The beginning of addresses.
    Web(String),
    /// An archive, with the address that each path stands for.
    Archive { file: PathBuf, name: String, pages: BTreeMap<String, String> },
}

impl Side {
    /// Looks what a place is.
    pub fn of(place: &super::super::plan::Place, index: &str, folder: &Path) -> Result<Self, Mistake> {
        let typed = &place.typed;
        let wrong = |what: &str| Mistake::new(typed.at, format_args!("{}: {what}", without_credentials(&typed.value)));
        let kind = match Locator::parse(&typed.value) {
            Locator::Url(address) => {
                let read = Address::parse(&address).map_err(|cause| wrong(&cause.to_string()))?;
                Kind::Web(read.to_string())
            }
            Locator::File(path) => {
                let root = folder.join(path);
                if !root.is_dir() {
                    return Err(wrong(if root.exists() { "a file, not a folder" } else { "there is no such folder" }));
                }
                let name = typed.value.trim_end_matches('/').to_owned();
                Kind::Folder { root, name: if name.is_empty() { "/".to_owned() } else { name } }
            }
            Locator::Archive { path, wanted: None } => {
                let file = folder.join(path);
                let pages = capture::pages(&file).map_err(|error| wrong(&error.cause()))?;
                let prefix = match &place.prefix {
                    Some(prefix) => {
                        let read = Address::parse(&prefix.value);
                        let read =
                            read.map_err(|cause| Mistake::new(prefix.at, format_args!("{}: {cause}", prefix.value)))?;
                        Some(read.to_string())
                    }
                    None => None,
                };
                let pages = pages.into_iter().filter_map(|page| Some((below(&page, prefix.as_deref(), index)?, page)));
                Kind::Archive { file, name: typed.value.clone(), pages: pages.collect() }
            }
            Locator::Archive { wanted: Some(_), .. } | Locator::Stdin | Locator::Memento(_) => {
                return Err(wrong("a mirror is between folders, addresses and archives"));
            }
        };
        if let (Some(prefix), Kind::Folder { .. } | Kind::Web(_)) = (&place.prefix, &kind) {
            return Err(Mistake::new(prefix.at, "a prefix is for archives, and this side is none"));
        }
        Ok(Self { typed: typed.value.clone(), kind, index: index.to_owned(), at: typed.at })
    }

    /// Whether it is an archive.
    pub fn is_archive(&self) -> bool {
        matches!(self.kind, Kind::Archive { .. })
    }

    /// The paths it holds; none where nobody can list them.
    pub fn paths(&self) -> Result<Option<BTreeSet<String>>, Mistake> {
        match &self.kind {
            Kind::Web(_) => Ok(None),
            Kind::Archive { pages, .. } => Ok(Some(pages.keys().cloned().collect())),
            Kind::Folder { root, .. } => {
                let mut found = BTreeSet::new();
                let walked = walk(root, &mut Vec::new(), &mut found);
                walked.map_err(|why| Mistake::new(self.at, format_args!("{}: {why}", self.typed)))?;
                Ok(Some(found))
            }
        }
    }

    /// What is at a path.
    pub fn at(&self, path: &str) -> Source {
        match &self.kind {
            Kind::Folder { root, name } => {
                let own = root.join(path);
                let link = own.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink());
                let named =
                    if name == "." { path.to_owned() } else { format!("{}/{path}", name.trim_end_matches('/')) };
                Source {
                    locator: Locator::File(own),
                    path: relative(&named),
                    name: named,
                    refused: link.then_some("it is a link, which is not followed"),
                }
            }
            Kind::Web(prefix) => {
                let short = match path.strip_suffix(self.index.as_str()) {
                    Some(start) if start.is_empty() || start.ends_with('/') => start,
                    Some(_) | None => path,
                };
                let address = format!("{prefix}{}", percents(short));
                let address = Address::parse(&address).map_or(address, |address| address.to_string());
                Source { name: address.clone(), locator: Locator::Url(address), path: None, refused: None }
            }
            Kind::Archive { file, name, pages } => {
                let page = pages.get(path);
                let shown = page.map_or(path, String::as_str);
                Source {
                    locator: Locator::Archive { path: file.clone(), wanted: Some(shown.to_owned()) },
                    name: format!("{name}#{shown}"),
                    path: relative(name),
                    refused: page.is_none().then_some("the archive holds no such page"),
                }
            }
        }
    }
}

/// A source that the plan names by itself.
pub fn source(typed: &str, folder: &Path) -> Source {
    let name = without_credentials(typed);
    match Locator::parse(typed) {
        Locator::File(path) => {
            Source { locator: Locator::File(folder.join(&path)), path: relative(typed), name, refused: None }
        }
        Locator::Archive { path, wanted } => {
            let own = path.to_str().and_then(relative);
            Source { locator: Locator::Archive { path: folder.join(&path), wanted }, path: own, name, refused: None }
        }
        other @ (Locator::Url(_) | Locator::Stdin | Locator::Memento(_)) => {
            Source { locator: other, path: None, name, refused: None }
        }
    }
}

/// A path from the plan's folder, where it stays below that: plain names with `/` between them.
fn relative(path: &str) -> Option<String> {
    let path = path.strip_prefix("./").unwrap_or(path);
    let up = path.split('/').any(|name| name == "..");
    (!up && !Path::new(path).is_absolute()).then(|| path.to_owned())
}

/// A path below a folder: nothing that leads out of it.
pub fn plain(path: &str) -> Option<String> {
    let names: Vec<&str> = path.split('/').filter(|name| !name.is_empty() && *name != ".").collect();
    let fine = |name: &&str| *name != ".." && !name.contains('\\') && !name.chars().any(char::is_control);
    (!names.is_empty() && !path.starts_with('/') && names.iter().all(fine)).then(|| names.join("/"))
}

/// The path that a page's address stands for below `prefix`.
fn below(page: &str, prefix: Option<&str>, index: &str) -> Option<String> {
    let rest = match prefix {
        Some(prefix) => page.strip_prefix(prefix)?,
        None => page.split_once("://").map_or(page, |(_, rest)| rest),
    };
    let rest = rest.split('#').next().unwrap_or_default();
    // What cannot be undone to plain names stays as it is.
    let undone = String::from_utf8(undo_percents(rest)).ok().filter(|undone| plain(undone).is_some());
    let rest = undone.unwrap_or_else(|| rest.to_owned());
    let whole = if rest.is_empty() || rest.ends_with('/') { format!("{rest}{index}") } else { rest };
    plain(&whole)
}

/// A path as it stands in an address.
fn percents(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '%' | '?' | '#' | ' ' | '"' | '<' | '>' | '`' | '{' | '}' => {
                out.push_str(&format!("%{:02X}", u32::from(c)))
            }
            c => out.push(c),
        }
    }
    out
}

/// Lists the files below a folder. Folders that are links are not gone into, files that are links are listed.
fn walk(folder: &Path, above: &mut Vec<String>, found: &mut BTreeSet<String>) -> Result<(), String> {
    if above.len() > DEPTH {
        return Err(format!("folders are more than {DEPTH} deep"));
    }
    let at = |above: &[String], error: &std::io::Error| format!("{}: {}", above.join("/"), reason(error));
    for entry in fs::read_dir(folder).map_err(|error| at(above, &error))? {
        let entry = entry.map_err(|error| at(above, &error))?;
        let kind = entry.file_type().map_err(|error| at(above, &error))?;
        let Some(name) = entry.file_name().to_str().map(str::to_owned) else {
            let name = entry.file_name();
            return Err(format!("{}/{}: the name is not UTF-8", above.join("/"), name.to_string_lossy()));
        };
        if kind.is_dir() {
            above.push(name);
            walk(&entry.path(), above, found)?;
            above.pop();
        } else {
            let path = above.iter().map(String::as_str).chain([name.as_str()]).collect::<Vec<_>>().join("/");
            found.insert(path);
            if found.len() > FILES {
                return Err(format!("there are more than {FILES} files"));
            }
        }
    }
    Ok(())
}

/// A text file, whole.
pub fn text(path: &Path) -> Result<String, String> {
    let metadata = fs::metadata(path).map_err(|error| reason(&error))?;
    if !metadata.is_file() {
        return Err("not a file".to_owned());
    }
    if metadata.len() > LARGEST as u64 {
        return Err("larger than is read".to_owned());
    }
    let bytes = fs::read(path).map_err(|error| reason(&error))?;
    String::from_utf8(bytes).map_err(|_| "not text".to_owned())
}
