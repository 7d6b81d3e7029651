//! What the tests share: a sandbox to run the program in, a server and a web archive on loopback, approved files, a reader of our source, seeded
//! chance, what accuses a faithful copy, and the invariant that a report accounts for every word.

pub mod archive;
pub mod bless;
pub mod chance;
pub mod faithful;
pub mod rebuild;
pub mod sandbox;
pub mod schema;
pub mod server;
pub mod source;

pub use archive::{Archive, Index};
pub use bless::approved;
pub use chance::Chance;
pub use sandbox::{Run, Sandbox};
pub use server::{Reply, Server};

use std::path::{Path, PathBuf};

/// The folder of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder` of the project, sorted, as paths relative to the project; build output and history left out.
pub fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            let relative = path.strip_prefix(root()).unwrap();
            if ["target", ".git", "fuzz/target", "fuzz/corpus", "fuzz/artifacts"]
                .iter()
                .any(|skipped| relative == Path::new(skipped))
            {
                continue;
            }
            if path.is_dir() { folders.push(path) } else { found.push(relative.to_owned()) }
        }
    }
    found.sort();
    found
}

/// All files below a folder, sorted.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let (mut found, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// The text of a file of the project.
pub fn read(relative: impl AsRef<Path>) -> String {
    let path = root().join(relative);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
