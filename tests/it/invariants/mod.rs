//! What holds for every report, whatever the texts: property tests over random documents and random alterations.
//!
//! The texts are made of few words, so that passages repeat and alignments are ambiguous: the hardest case for all of this. The
//! same cases are run every time; `PROPTEST_RNG_SEED` and `PROPTEST_CASES` run others and more.

mod altered;
mod approved;
mod collate;
mod markup;
mod same;
mod texts;
mod witnesses;

use proptest::test_runner::{Config, RngSeed};
use vidimus::{Capture, Checked, Moment, Options};

/// A hundred cases, the same each time unless the environment says otherwise.
pub fn config() -> Config {
    let from_environment = Config::default();
    let rng_seed = match from_environment.rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_171_111),
        RngSeed::Fixed(seed) => RngSeed::Fixed(seed),
    };
    let cases = if from_environment.cases == 256 { 100 } else { from_environment.cases };
    Config { cases, rng_seed, failure_persistence: None, ..from_environment }
}

/// Checks one page against another.
fn check(original: &str, copy: &str) -> Checked {
    let read = |name: &str, html: &str| {
        let page = format!("<!doctype html><html><head><meta charset=\"utf-8\"></head><body>{html}</body></html>");
        Capture::from_bytes(name, page.into_bytes(), Some("text/html")).unwrap()
    };
    vidimus::check(&read("original.html", original), &read("copy.html", copy), &Options::new(Moment::from_unix(0)))
}
