//! The fuzz targets on a stable compiler: each seed, and each seed with a number of random changes that are the same every time.
//! Long runs are for `cargo fuzz`, see `fuzz/Cargo.toml`; `VIDIMUS_FUZZ=100` makes this one a hundred times as long.

#[path = "../../fuzz/src/lib.rs"]
mod targets;

use std::path::PathBuf;

use crate::support::{Chance, files, read, root};

/// Changed inputs a seed.
const CHANGED: u64 = 60;

/// What parsers look out for.
const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<b>",
    "</",
    "<!--",
    "-->",
    "<style>",
    "<script>",
    "<table><td>",
    "&#x",
    "&nbsp;",
    ";",
    "{",
    "}",
    "(",
    ")",
    ":",
    "!important",
    "url(",
    "var(--a)",
    "@media",
    "calc(",
    "1e999",
    "-9999999999px",
    "\"",
    "'",
    "\\",
    "\n\n",
    "\u{202e}",
    "\u{200b}",
    "\u{301}",
    "中",
    "\u{e0041}",
    "\u{fffd}",
    "\r",
    "\0",
    "[",
    "](",
    "**",
    "# ",
    "```",
    "\n%%%\n",
    "the ",
    "not ",
    " 2019 ",
    "“",
    "U.S.",
    "====",
    "-----BEGIN ",
    "ssh-ed25519 ",
];

#[expect(clippy::disallowed_methods, reason = "the switch is for people, so it is in the environment")]
fn times() -> u64 {
    let Some(times) = std::env::var_os("VIDIMUS_FUZZ") else { return 1 };
    times.to_str().and_then(|times| times.parse().ok()).expect("VIDIMUS_FUZZ is a number")
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let seeds: Vec<PathBuf> = files(&format!("fuzz/seeds/{target}"));
    assert!(!seeds.is_empty(), "{target} has no seeds");
    seeds.iter().map(|path| std::fs::read(root().join(path)).unwrap()).collect()
}

/// One random change.
fn change(bytes: &mut Vec<u8>, others: &[Vec<u8>], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let end = (at + chance.below(40)).min(bytes.len());
    match chance.below(8) {
        0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        1 => drop(bytes.drain(at..end)),
        2 => {
            let twice = bytes[at..end].to_vec();
            bytes.splice(at..at, twice);
        }
        3 => {
            let many = bytes[at..end].repeat(chance.between(2, 200));
            bytes.splice(at..at, many);
        }
        4 => bytes.truncate(at),
        5 => {
            let other = chance.one(others);
            let from = chance.below(other.len() + 1);
            bytes.splice(at..end, other[from..].iter().copied());
        }
        _ => {
            let piece = *chance.one(PIECES);
            bytes.splice(at..at, piece.bytes());
        }
    }
    bytes.truncate(200_000);
}

#[test]
fn no_target_fails() {
    for (name, target) in targets::TARGETS {
        let seeds = seeds(name);
        for (index, seed) in seeds.iter().enumerate() {
            target(seed);
            for round in 0..CHANGED * times() {
                let mut chance = Chance::new(round * 31 + index as u64);
                let mut changed = seed.clone();
                for _ in 0..chance.between(1, 6) {
                    change(&mut changed, &seeds, &mut chance);
                }
                // A panic says what was wrong; this says which input it was.
                let failed = std::panic::catch_unwind(|| target(&changed)).is_err();
                if failed {
                    let path =
                        std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{index}-{round}"));
                    std::fs::write(&path, &changed).unwrap();
                    panic!("{name} fails, seed {index}, round {round}: {}", path.display());
                }
            }
        }
    }
}

#[test]
fn every_target_is_one_for_cargo_fuzz() {
    let manifest = read("fuzz/Cargo.toml");
    for (name, _) in targets::TARGETS {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name}");
        assert!(
            read(format!("fuzz/fuzz_targets/{name}.rs")).contains(&format!("vidimus_fuzz::{name}(data)")),
            "{name}"
        );
    }
    assert_eq!(files("fuzz/fuzz_targets").len(), targets::TARGETS.len());
}
