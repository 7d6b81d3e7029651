//! The approved cases below `snapshots/cases`: their reports account for every word, too.

use std::path::Path;

use vidimus::{Capture, Moment, Options};

use crate::support::{files, rebuild::rebuild, root};

#[test]
fn the_reports_of_all_cases_add_up() {
    let all = files("snapshots/cases");
    let copies: Vec<_> = all.iter().filter(|path| path.file_stem().is_some_and(|stem| stem == "copy")).collect();
    assert!(copies.len() >= 2, "where are the cases? {all:?}");
    for copy in copies {
        let beside = |path: &&std::path::PathBuf| {
            path.parent() == copy.parent() && path.file_stem().is_some_and(|stem| stem == "original")
        };
        let original = all.iter().find(beside).unwrap_or_else(|| panic!("{}: no original", copy.display()));
        let read = |path: &Path| {
            let bytes = std::fs::read(root().join(path)).unwrap();
            Capture::from_bytes(&path.display().to_string(), bytes, None).unwrap()
        };
        let checked = vidimus::check(&read(original), &read(copy), &Options::new(Moment::from_unix(0)));
        match rebuild(&checked.report, &checked.original, &checked.copy, &checked.alignment) {
            Some(Ok(words)) => assert!(words.len() > 100, "{}", copy.display()),
            Some(Err(cause)) => panic!("{}: {cause}", copy.display()),
            None => panic!("{}: {:?}", copy.display(), checked.report.verdict),
        }
    }
}
