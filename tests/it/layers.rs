//! Imports point down: each stage knows those below it, none above it and none beside it.

use std::{collections::BTreeMap, path::Path};

use crate::support::{
    read,
    source::{Source, sources},
};

/// The rows of ARCHITECTURE.md, lowest first. Those on one row do not know each other.
const ROWS: &[&[&str]] = &[
    &["text", "digest", "moment"],
    &["capture"],
    &["extract"],
    &["diff"],
    &["check"],
    &["report"],
    &["seal"],
    &["pipeline"],
    &["audit"],
    &["cli"],
];

fn row(module: &str) -> Option<usize> {
    ROWS.iter().position(|row| row.contains(&module))
}

/// What the crate's root hands on under its own name, and the module it is from.
fn handed_on(root: &Source) -> BTreeMap<String, String> {
    let public = root.paths().into_iter().filter(|path| path.parts.len() > 1 && row(&path.parts[0]).is_some());
    public.map(|path| (path.parts.last().unwrap().clone(), path.parts[0].clone())).collect()
}

/// Every import of `source` that points up or aside.
fn offences(source: &Source, root: &BTreeMap<String, String>) -> Vec<String> {
    let module = source.module();
    let Some(own) = module.first().and_then(|first| row(first)) else { return Vec::new() };
    let mut offences = Vec::new();
    for path in source.paths() {
        let Some(target) = target(&path.parts, module.len() + path.inside.len(), root) else { continue };
        let at = format!("{}:{}", source.path.display(), path.line);
        let shown = path.parts.join("::");
        match row(&target) {
            _ if target == module[0] => {}
            None => offences.push(format!("{at}: {shown} leads to {target}, which has no row")),
            Some(row) if row < own => {}
            Some(row) if row == own => {
                offences.push(format!("{at}: {} must not know {target} beside it: {shown}", module[0]))
            }
            Some(_) => offences.push(format!("{at}: {} must not know {target} above it: {shown}", module[0])),
        }
    }
    offences
}

/// The top-level module that a path leads to, from `depth` modules below the root; none where it stays or leaves the crate.
fn target(parts: &[String], depth: usize, root: &BTreeMap<String, String>) -> Option<String> {
    let ups = parts.iter().take_while(|part| *part == "super").count();
    let below = match parts[0].as_str() {
        "crate" => &parts[1..],
        "super" if ups == depth => &parts[ups..],
        _ => return None,
    };
    let first = below.first()?;
    // `crate::check::…` is the module of that name, `crate::check` by itself the function the root hands on.
    let module = below.len() > 1 && row(first).is_some();
    Some(root.get(first).filter(|_| !module).unwrap_or(first).clone())
}

#[test]
fn imports_only_point_down() {
    let sources = sources("src");
    let root = sources.iter().find(|source| source.path == Path::new("src/lib.rs")).unwrap();
    let root = handed_on(root);
    assert_eq!(root.get("Capture").map(String::as_str), Some("capture"), "the crate's root is read");
    let offences: Vec<String> = sources.iter().flat_map(|source| offences(source, &root)).collect();
    assert!(offences.is_empty(), "imports that do not point down:\n{}", offences.join("\n"));
}

#[test]
fn an_import_that_points_up_is_named() {
    let root = BTreeMap::from([("Report".to_owned(), "report".to_owned())]);
    let of = |path: &str, text: &str| offences(&Source::new(Path::new(path), text.to_owned()), &root);
    assert_eq!(
        of("src/extract/plain.rs", "use crate::text::words;\nuse crate::check::Kind;\n"),
        ["src/extract/plain.rs:2: extract must not know check above it: crate::check::Kind"]
    );
    assert_eq!(
        of("src/text/words.rs", "fn f() { super::super::digest::Digest::of(b\"\") }"),
        ["src/text/words.rs:1: text must not know digest beside it: super::super::digest::Digest::of"]
    );
    assert_eq!(of("src/seal/mod.rs", "use crate::{Report, text::{self, spans}};").len(), 0);
    assert_eq!(of("src/check/mod.rs", "use crate::{Report, text};").len(), 1);
    assert_eq!(of("src/diff/mod.rs", "mod tests { use super::super::super::check; use super::words; }").len(), 0);
    assert_eq!(of("src/diff/mod.rs", "mod tests { use super::super::check; }").len(), 1);
}

#[test]
fn every_module_has_its_row_here_and_in_the_architecture() {
    let declared: Vec<String> = ["src/lib.rs", "src/main.rs"]
        .iter()
        .flat_map(|path| {
            let lines: Vec<String> = read(path).lines().map(str::to_owned).collect();
            lines.into_iter().filter_map(|line| {
                line.trim_start_matches("pub ").strip_prefix("mod ").map(|name| name.trim_end_matches(';').to_owned())
            })
        })
        .collect();
    let mut rows: Vec<&str> = ROWS.concat();
    let mut modules: Vec<&str> = declared.iter().map(String::as_str).collect();
    rows.sort_unstable();
    modules.sort_unstable();
    assert_eq!(modules, rows);
    let drawn: Vec<String> = ROWS.iter().map(|row| row.join(" ")).collect();
    let drawn = drawn.join(" ← ");
    assert!(read("ARCHITECTURE.md").contains(&drawn), "ARCHITECTURE.md draws the rows as\n{drawn}");
}
