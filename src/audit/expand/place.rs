//! One side of a mirror: which paths it holds, and what is at a path. Paths have `/` between names that are plain names.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use super::Source;
use crate::{
    audit::plan::{Mistake, Placed, table::LARGEST},
    capture::{self, Address, Locator, reason, undo_percents, without_credentials},
};

/// How deep folders are gone into.
const DEPTH: usize = 64;
/// The most files of a folder.
const FILES: usize = 4_000_000;

/// What is listed at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// A file, or a page of an archive.
    File,
    /// A file that is not read, and why.
    Refused(&'static str),
    /// A folder that is not gone into, and why.
    Folder(&'static str),
}

impl Listed {
    /// Why it is not even tried.
    pub fn refused(self) -> Option<&'static str> {
        match self {
            Self::File => None,
            Self::Refused(why) | Self::Folder(why) => Some(why),
        }
    }
}

/// Why a file of a name that is no text is not read.
const NO_NAME: &str = "its name is not UTF-8";
/// Why a link to a folder is not gone into.
const LINKED: &str = "it is a link to a folder, which is not followed; `except` in the plan leaves it out";

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

    /// Whether it is the same place as another.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.kind, &other.kind) {
            (Kind::Folder { root, .. }, Kind::Folder { root: other, .. }) => same_file(root, other),
            (Kind::Web(prefix), Kind::Web(other)) => prefix == other,
            (Kind::Archive { file, pages, .. }, Kind::Archive { file: other, pages: others, .. }) => {
                same_file(file, other) && pages == others
            }
            (Kind::Folder { .. } | Kind::Web(_) | Kind::Archive { .. }, _) => false,
        }
    }

    /// Whether it is an archive.
    pub fn is_archive(&self) -> bool {
        matches!(self.kind, Kind::Archive { .. })
    }

    /// The paths it holds; none where nobody can list them.
    pub fn paths(&self) -> Result<Option<BTreeMap<String, Listed>>, Mistake> {
        match &self.kind {
            Kind::Web(_) => Ok(None),
            Kind::Archive { pages, .. } => Ok(Some(pages.keys().map(|path| (path.clone(), Listed::File)).collect())),
            Kind::Folder { root, .. } => {
                let mut found = BTreeMap::new();
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
                    at: self.at,
                }
            }
            Kind::Web(prefix) => {
                let short = match path.strip_suffix(self.index.as_str()) {
                    Some(start) if start.is_empty() || start.ends_with('/') => start,
                    Some(_) | None => path,
                };
                let address = format!("{prefix}{}", percents(short));
                let address = Address::parse(&address).map_or(address, |address| address.to_string());
                Source { name: address.clone(), locator: Locator::Url(address), path: None, refused: None, at: self.at }
            }
            Kind::Archive { file, name, pages } => {
                let page = pages.get(path);
                let shown = page.map_or(path, String::as_str);
                Source {
                    locator: Locator::Archive { path: file.clone(), wanted: Some(shown.to_owned()) },
                    name: format!("{name}#{shown}"),
                    path: relative(name),
                    refused: page.is_none().then_some("the archive holds no such page"),
                    at: self.at,
                }
            }
        }
    }
}

/// A source that the plan names by itself.
pub fn source(typed: &Placed<String>, folder: &Path) -> Source {
    let (at, typed) = (typed.at, typed.value.as_str());
    let name = without_credentials(typed);
    let (locator, path) = match Locator::parse(typed) {
        Locator::File(path) => (Locator::File(folder.join(&path)), relative(typed)),
        Locator::Archive { path, wanted } => {
            let own = path.to_str().and_then(relative);
            (Locator::Archive { path: folder.join(&path), wanted }, own)
        }
        other @ (Locator::Url(_) | Locator::Stdin | Locator::Memento(_)) => (other, None),
    };
    Source { locator, path, name, refused: None, at }
}

/// Whether two locators lead to the same page, which is a copy of nothing.
pub fn is_same(one: &Locator, other: &Locator) -> bool {
    let address = |address: &str| Address::parse(address).map_or_else(|_| address.to_owned(), |read| read.to_string());
    match (one, other) {
        (Locator::File(one), Locator::File(other)) => same_file(one, other),
        (Locator::Url(one), Locator::Url(other)) => address(one) == address(other),
        (Locator::Archive { path: one, wanted: page }, Locator::Archive { path: other, wanted: others }) => {
            same_file(one, other) && page == others
        }
        (Locator::Memento(one), Locator::Memento(other)) => one == other,
        (Locator::Stdin, Locator::Stdin) => true,
        (
            Locator::File(_) | Locator::Url(_) | Locator::Archive { .. } | Locator::Memento(_) | Locator::Stdin,
            Locator::File(_) | Locator::Url(_) | Locator::Archive { .. } | Locator::Memento(_) | Locator::Stdin,
        ) => false,
    }
}

/// Whether two paths lead to the same place, by whatever names and links.
fn same_file(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| fs::canonicalize(path).ok();
    one == other || whole(one).is_some_and(|one| whole(other) == Some(one))
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

/// Lists the files below a folder. What is not gone into or read is listed with the reason: a page that nobody looked at is told.
fn walk(folder: &Path, above: &mut Vec<String>, found: &mut BTreeMap<String, Listed>) -> Result<(), String> {
    if above.len() > DEPTH {
        return Err(format!("folders are more than {DEPTH} deep"));
    }
    let at = |above: &[String], error: &std::io::Error| format!("{}: {}", above.join("/"), reason(error));
    for entry in fs::read_dir(folder).map_err(|error| at(above, &error))? {
        let entry = entry.map_err(|error| at(above, &error))?;
        let kind = entry.file_type().map_err(|error| at(above, &error))?;
        let name = entry.file_name();
        let (name, is_text) = name.to_str().map_or_else(|| (spelled(&name), false), |name| (name.to_owned(), true));
        if kind.is_dir() && is_text {
            above.push(name);
            walk(&entry.path(), above, found)?;
            above.pop();
            continue;
        }
        // A link to nothing is no folder, and says what it is when it is read.
        let leads_to_folder = kind.is_symlink() && fs::metadata(entry.path()).is_ok_and(|metadata| metadata.is_dir());
        let listed = match (kind.is_dir(), leads_to_folder, is_text) {
            (true, _, _) => Listed::Folder(NO_NAME),
            (false, true, _) => Listed::Folder(LINKED),
            (false, false, true) => Listed::File,
            (false, false, false) => Listed::Refused(NO_NAME),
        };
        let path = above.iter().map(String::as_str).chain([name.as_str()]).collect::<Vec<_>>().join("/");
        found.insert(path, listed);
        if found.len() > FILES {
            return Err(format!("there are more than {FILES} files"));
        }
    }
    Ok(())
}

/// A name that is no text, each byte that is none spelled out, so that two of them stay apart.
fn spelled(name: &std::ffi::OsStr) -> String {
    let mut out = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| out.push_str(&format!("\\x{byte:02x}")));
    }
    out
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
