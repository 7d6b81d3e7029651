//! The shape of the code: small files, short functions, a head on every module, nothing left for later.

use std::path::Path;

use crate::support::{
    files, read,
    source::{Source, sources},
};

/// Lines of code beyond which a file is two ideas.
const FILE: usize = 350;

/// Lines of code beyond which a function wants to be two, and those none may have.
const FUNCTION: usize = 60;
const LONGEST: usize = 100;

/// The functions that may be longer than most, and why. One that has become short is taken off the list.
const LONG: &[(&str, &str, &str)] =
    &[("src/extract/html/css/property.rs", "parse", "an arm a property, and the compiler sees that none is missing")];

/// All Rust of the project.
fn all() -> Vec<Source> {
    ["src", "tests"].into_iter().flat_map(sources).collect()
}

fn none(what: &str, offences: &[String]) {
    assert!(offences.is_empty(), "{what}:\n{}", offences.join("\n"));
}

#[test]
fn files_are_one_idea_each() {
    let long = all().into_iter().filter(|source| source.code_lines() > FILE);
    let long: Vec<String> =
        long.map(|source| format!("{}: {} lines of code", source.path.display(), source.code_lines())).collect();
    none("files to be split", &long);
}

#[test]
fn functions_are_short() {
    let mut offences = Vec::new();
    let mut excused = Vec::new();
    for source in all() {
        let path = source.path.to_str().unwrap().to_owned();
        for function in source.functions().into_iter().filter(|function| function.code > FUNCTION) {
            let excuse = LONG.iter().find(|(file, name, _)| *file == path && *name == function.name);
            excused.extend(excuse);
            if excuse.is_none() || function.code > LONGEST {
                offences.push(format!("{path}:{}: {} has {} lines", function.line, function.name, function.code));
            }
        }
    }
    none("functions to be parted", &offences);
    for excuse in LONG {
        assert!(excused.contains(excuse), "{}: {} is short now: take it off the list", excuse.0, excuse.1);
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    let bare = all().into_iter().filter(|source| !source.text.starts_with("//! "));
    none("files without a head", &bare.map(|source| source.path.display().to_string()).collect::<Vec<_>>());
}

#[test]
fn nothing_is_left_for_later() {
    let marks = ["TODO", "FIXME", "XXX", "HACK"];
    let mut offences = Vec::new();
    for path in written().into_iter().filter(|path| path != "tests/it/tidy.rs") {
        let Ok(text) = std::fs::read_to_string(crate::support::root().join(&path)) else { continue };
        for (index, line) in text.lines().enumerate() {
            if marks.iter().any(|mark| line.split(|c: char| !c.is_alphanumeric()).any(|word| word == *mark)) {
                offences.push(format!("{path}:{}: {}", index + 1, line.trim()));
            }
        }
    }
    for source in all() {
        for (line, name) in source.macros() {
            if name == "todo" || name == "unimplemented" {
                offences.push(format!("{}:{line}: {name}!", source.path.display()));
            }
        }
    }
    none("left for later", &offences);
}

#[test]
fn no_test_is_skipped_and_no_lint_waved_through() {
    let mut offences = Vec::new();
    for source in all() {
        for (line, name) in source.attributes() {
            match name.as_str() {
                "ignore" => offences.push(format!("{}:{line}: a test is ignored", source.path.display())),
                "allow" => {
                    offences.push(format!("{}:{line}: `expect` with a reason, not `allow`", source.path.display()))
                }
                _ => {}
            }
        }
    }
    none("waved through", &offences);
}

#[test]
fn there_is_no_drawer() {
    let drawers = ["util", "utils", "helper", "helpers", "misc", "common", "types", "shared"];
    let names = |path: &String| {
        Path::new(path)
            .iter()
            .any(|part| drawers.iter().any(|drawer| Path::new(part).file_stem() == Some(drawer.as_ref())))
    };
    let found: Vec<String> = written().into_iter().filter(|path| path.ends_with(".rs") && names(path)).collect();
    none("a thing lives where it is made", &found);
}

#[test]
fn every_test_file_is_part_of_the_program() {
    let sources = sources("tests/it");
    let declared: Vec<String> = sources
        .iter()
        .flat_map(|source| {
            let folder = match source.path.file_stem().unwrap().to_str().unwrap() {
                "main" | "mod" => source.path.parent().unwrap().to_owned(),
                _ => source.path.with_extension(""),
            };
            let lines = source
                .text
                .lines()
                .filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';'));
            lines.map(|name| folder.join(name).display().to_string()).collect::<Vec<_>>()
        })
        .collect();
    let forgotten = sources.iter().map(|source| source.path.to_str().unwrap()).filter(|path| {
        let name = path.trim_end_matches(".rs").trim_end_matches("/mod");
        *path != "tests/it/main.rs" && !declared.iter().any(|module| module == name)
    });
    none("test files that nothing declares", &forgotten.map(str::to_owned).collect::<Vec<_>>());
}

#[test]
fn no_committed_file_knows_a_machine() {
    // Written in parts, so that this file does not find itself.
    let marks = [["/home", "/"], ["/Us", "ers/"], ["C:\\U", "sers"], ["/wo", "rk/"], ["/ro", "ot/"]]
        .map(|parts| parts.concat());
    let mut offences = Vec::new();
    for path in written() {
        let Ok(text) = std::fs::read_to_string(crate::support::root().join(&path)) else { continue };
        for (index, line) in text.lines().enumerate() {
            // Part of a longer path or address, such as `example.org/home/`, is nobody's machine.
            let own = |mark: &str| {
                line.match_indices(mark)
                    .any(|(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-".contains(c)))
            };
            if marks.iter().any(|mark| own(mark)) {
                offences.push(format!("{path}:{}: {}", index + 1, line.trim().chars().take(120).collect::<String>()));
            }
        }
    }
    none("paths of a machine", &offences);
}

/// Files that people wrote: what is neither built nor brought by somebody else.
fn written() -> Vec<String> {
    files("").into_iter().map(|path| path.to_str().unwrap().to_owned()).filter(|path| path != "Cargo.lock").collect()
}

#[test]
fn the_files_that_people_look_for_are_there() {
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "deny.toml",
        ".ci/run",
    ] {
        assert!(!read(name).is_empty(), "{name}");
    }
}
