//! The cases below `snapshots/cases`: each is run as a person would run it, and everything that is printed must be what was
//! approved. A new case is a folder; nothing has to be added here. What a single case must show stands in a file of its own.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::support::{Run, Sandbox, approved, files, read, root, schema};

const CASES: &str = "snapshots/cases";
/// The version of `case.toml` that is read here.
const VERSION: u32 = 1;

/// `case.toml`: what the case is and how it is run.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    case: u32,
    shows: String,
    copy: Source,
    original: Source,
    #[serde(default)]
    run: Options,
}

/// Where a file of a case comes from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    file: String,
    is: Origin,
    attribution: String,
    address: String,
    how: String,
    licence: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Origin {
    /// A page as it was served.
    Captured,
    /// The text of a page that was published, its markup lost.
    Text,
    /// Somebody wrote out what was published.
    Transcription,
    /// Made for the case.
    Constructed,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Options {
    original_note: Option<String>,
    copy_note: Option<String>,
    exit_status: i32,
}

/// A case laid out in a sandbox, ready to run.
pub struct Laid {
    case: Case,
    sandbox: Sandbox,
}

impl Laid {
    /// Reads the case of this name and copies its sources.
    pub fn out(name: &str) -> Self {
        let case: Case = toml::from_str(&read(format!("{CASES}/{name}/case.toml"))).unwrap_or_else(|error| {
            panic!("{CASES}/{name}/case.toml: {error}");
        });
        assert_eq!(case.case, VERSION, "{name}: a version of case.toml that is not read here");
        let sandbox = Sandbox::new();
        for source in [&case.copy, &case.original] {
            sandbox.write(&source.file, std::fs::read(root().join(CASES).join(name).join(&source.file)).unwrap());
        }
        Self { case, sandbox }
    }

    /// Runs `vidimus check` on it.
    pub fn run(&self, format: &str) -> Run {
        let Case { copy, original, run, .. } = &self.case;
        let mut arguments = vec!["check", &copy.file, "--original", &original.file, "--format", format];
        arguments.extend(["--width", "80", "--color", "never"]);
        for (option, note) in [("--original-note", &run.original_note), ("--copy-note", &run.copy_note)] {
            arguments.extend(note.iter().flat_map(|note| [option, note]));
        }
        let ran = self.sandbox.vidimus(arguments);
        ran.ended(run.exit_status);
        assert_eq!(ran.stderr, "", "a check of two files has nothing to say beside its report");
        ran
    }
}

fn names() -> Vec<String> {
    let mut names: Vec<_> = files(CASES).iter().filter_map(|path| name(path)).collect();
    names.dedup();
    names
}

fn name(path: &Path) -> Option<String> {
    let rest = path.strip_prefix(CASES).unwrap();
    (rest.components().count() > 1).then(|| rest.iter().next().unwrap().to_str().unwrap().to_owned())
}

#[test]
fn every_case_comes_out_as_approved() {
    let names = names();
    assert!(names.len() >= 2, "where are the cases? {names:?}");
    for name in names {
        let case = Laid::out(&name);
        for (format, file) in [("json", "report.json"), ("terminal", "report.txt"), ("html", "report.html")] {
            let printed = case.run(format).stdout;
            assert_eq!(printed, case.run(format).stdout, "{name}: a second run prints another {format}");
            assert!(!printed.contains('\u{1b}'), "{name}: {format} without colour has escape sequences");
            if format == "json" {
                schema::report(&printed);
            }
            approved(&format!("{CASES}/{name}/{file}"), &printed);
        }
    }
}

#[test]
fn no_line_for_eighty_columns_is_longer() {
    for name in names() {
        for line in Laid::out(&name).run("terminal").stdout.lines() {
            assert!(line.chars().count() <= 80, "{name}: {line}");
        }
    }
}

#[test]
fn every_case_says_where_its_texts_come_from() {
    for name in names() {
        let Case { shows, copy, original, run, .. } = Laid::out(&name).case;
        for (source, note) in [(&copy, &run.copy_note), (&original, &run.original_note)] {
            for said in [&shows, &source.attribution, &source.address, &source.how, &source.licence] {
                assert!(!said.trim().is_empty(), "{name}: something about {} is left empty", source.file);
            }
            // What is no capture must say so in the report itself, which travels without this folder.
            let word = match source.is {
                Origin::Captured => continue,
                Origin::Text => "text of",
                Origin::Transcription => "transcription",
                Origin::Constructed => "constructed",
            };
            let says = note.as_ref().is_some_and(|note| note.contains(word));
            assert!(says, "{name}: the note on {} must say that it is {word}", source.file);
        }
    }
}

#[test]
fn nothing_lies_in_a_case_that_does_not_belong_there() {
    let approved = ["case.toml", "report.json", "report.txt", "report.html"];
    for path in files(CASES) {
        let name = name(&path).unwrap_or_else(|| panic!("{}: a case is a folder", path.display()));
        let case = Laid::out(&name).case;
        let known = approved.iter().map(|file| (*file).to_owned()).chain([case.copy.file, case.original.file]);
        let known: Vec<PathBuf> = known.map(|file| Path::new(CASES).join(&name).join(file)).collect();
        assert!(known.contains(&path), "{}: what is this?", path.display());
    }
}
