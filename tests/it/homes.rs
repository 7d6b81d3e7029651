//! Each crate we build on is named in one place, the one that ARCHITECTURE.md gives as its home.

use std::{collections::BTreeMap, path::Path};

use crate::support::{
    read, root,
    source::{Named, Source, sources},
};

/// What the types that are written out are described with, and what they are written with: at home in several places.
const VOCABULARY: &[&str] = &["serde", "serde_json"];

/// A row of the table of dependencies.
struct Row {
    /// The crate, as Cargo calls it.
    name: String,
    why: String,
    /// Paths: of `tests/` as they stand, all others below `src/`.
    homes: Vec<String>,
    licence: String,
    unsafety: String,
}

/// The table under "Dependencies" in ARCHITECTURE.md.
fn table() -> Vec<Row> {
    let text = read("ARCHITECTURE.md");
    let (_, section) = text.split_once("\n## Dependencies\n").expect("ARCHITECTURE.md has a section \"Dependencies\"");
    let section = section.split("\n## ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, why, home, licence, unsafety] = cells[..] else { panic!("five cells in a row: {line}") };
        let homes = home.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        let (why, licence, unsafety) = (why.to_owned(), licence.to_owned(), unsafety.to_owned());
        Row { name: name.trim_matches('`').to_owned(), why, homes, licence, unsafety }
    })
    .collect()
}

fn folder(home: &str) -> String {
    if home.starts_with("tests/") || home.starts_with("benches/") { home.to_owned() } else { format!("src/{home}") }
}

/// Whether `path` is the home, or below it. A home without an ending is a module: its file and its folder.
fn is_at(path: &Path, home: &str) -> bool {
    let (path, home) = (path.to_str().unwrap(), folder(home));
    let module = !home.ends_with('/') && !home.ends_with(".rs");
    if module { path == format!("{home}.rs") || path.starts_with(&format!("{home}/")) } else { path.starts_with(&home) }
}

/// The lines on which a source names each crate of `crates`; what only tests inside the file name is left out.
fn named<'a>(source: &Source, crates: &'a [String]) -> Vec<(&'a str, usize)> {
    let paths = source.paths();
    // A module of our own may have a crate's name: `crate::text::base64`.
    let ours = |path: &Named| ["crate", "super", "self"].contains(&path.parts[0].as_str());
    let own = |name: &str| {
        paths.iter().any(|path| ours(path) && path.parts.last().is_some_and(|last| last == name))
            || source.text.contains(&format!("mod {name};"))
    };
    let outside = paths.iter().filter(|path| !path.inside.iter().any(|module| module == "tests"));
    let mut found = Vec::new();
    for path in outside {
        if let Some(name) = crates.iter().find(|name| **name == path.parts[0]).filter(|name| !own(name)) {
            found.push((name.as_str(), path.line));
        }
    }
    found
}

fn is_test(path: &Path) -> bool {
    path.starts_with("tests")
        || path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs")
}

/// The crates of one section of Cargo.toml.
fn declared(section: &str) -> Vec<String> {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    manifest[section].as_table().unwrap().keys().cloned().collect()
}

#[test]
fn every_crate_is_named_at_home_only() {
    let table = table();
    let homes: BTreeMap<String, &Row> = table.iter().map(|row| (row.name.replace('-', "_"), row)).collect();
    let crates: Vec<String> = homes.keys().cloned().collect();
    let mut offences = Vec::new();
    let mut at_home = Vec::new();
    for source in sources("src").iter().filter(|source| !is_test(&source.path)) {
        for (name, line) in named(source, &crates) {
            match homes[name].homes.iter().find(|home| is_at(&source.path, home)) {
                Some(home) => at_home.push((name.to_owned(), home.clone())),
                None => offences.push(format!(
                    "{}:{line} names {name}, whose home is {}",
                    source.path.display(),
                    homes[name].homes.join(", ")
                )),
            }
        }
    }
    assert!(offences.is_empty(), "crates named away from home:\n{}", offences.join("\n"));
    for row in &table {
        for home in row.homes.iter().filter(|home| !home.starts_with("tests/") && *home != "benches/") {
            let named = at_home.contains(&(row.name.replace('-', "_"), home.clone()));
            assert!(named, "ARCHITECTURE.md says that {} lives in {home}, where nothing names it", row.name);
        }
    }
}

#[test]
fn the_table_of_dependencies_is_that_of_the_manifest() {
    let mut rows: Vec<String> = table().into_iter().map(|row| row.name).collect();
    rows.sort();
    let mut crates = [declared("dependencies"), declared("dev-dependencies")].concat();
    crates.sort();
    crates.dedup();
    assert_eq!(rows, crates, "left: ARCHITECTURE.md, right: Cargo.toml");
}

#[test]
fn every_row_says_why_where_and_on_what_terms() {
    let needed = declared("dependencies");
    for row in table() {
        let name = &row.name;
        assert!(row.why.split_whitespace().count() >= 3, "{name}: why it is needed");
        assert!(!row.licence.is_empty() && !row.unsafety.is_empty(), "{name}: licence and use of unsafe");
        assert!(row.homes.len() == 1 || VOCABULARY.contains(&name.as_str()), "{name}: one home, not {:?}", row.homes);
        for home in &row.homes {
            let path = root().join(folder(home));
            assert!(path.exists() || path.with_extension("rs").exists(), "{name}: there is no {home}");
            let apart = home.starts_with("tests/") || home.starts_with("benches/");
            assert_eq!(apart, !needed.contains(name), "{name} lives in {home}");
        }
    }
}

#[test]
fn a_crate_away_from_home_is_noticed() {
    let crates = ["sha2".to_owned(), "base64".to_owned()];
    let of = |text: &str| named(&Source::new(Path::new("src/seal/x.rs"), text.to_owned()), &crates).len();
    assert_eq!(of("use sha2::Sha256;"), 1);
    assert_eq!(of("fn f() { let s = \"sha2::Sha256\"; g(sha2::Sha256::new()) }"), 1);
    assert_eq!(of("use crate::text::base64;\nfn f() { base64::encode(b\"\") }"), 0);
    assert_eq!(of("mod tests { use sha2::Sha256; }"), 0);
    assert!(
        is_at(Path::new("src/seal/keys/file.rs"), "seal/keys")
            && !is_at(Path::new("src/seal/keysmith.rs"), "seal/keys")
    );
}
