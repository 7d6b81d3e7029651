//! How many pairs an audit checks a second, and how many the next run with nothing changed: `cargo bench --bench audit`.
//!
//! The pages are of our own grammar, half of them as sites serve them. What is to be kept: the next run takes a twentieth of the first,
//! and memory (`max alloc`) does not grow with the number of pairs, but for what is known of each before it is checked.

#[expect(dead_code, reason = "`check` measures all of it")]
mod pages;

use std::{fs, num::NonZeroUsize, path::Path, sync::atomic::AtomicBool, thread};

use divan::{AllocProfiler, Bencher, counter::ItemsCount};
use pages::{pair, site, support};
use vidimus::{
    Moment,
    audit::{self, Cache, Web, Work, plan},
    capture::{Limits, Obedience, net::Access},
};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// A folder with a plan and so many pairs.
fn planned(pairs: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let kinds = [pair(8_000), site(80_000)];
    for side in ["o", "c"] {
        fs::create_dir(folder.path().join(side)).expect("a folder");
    }
    for (number, (original, copy)) in (0..pairs).zip(kinds.iter().cycle()) {
        // No two pages are the same, so that nothing is known before it is checked.
        let own =
            |body: &[u8]| String::from_utf8_lossy(body).replacen("A statement", &format!("Statement {number}"), 2);
        for (side, body) in [("o", &original.body), ("c", &copy.body)] {
            fs::write(folder.path().join(format!("{side}/{number}.html")), own(body)).expect("a page");
        }
    }
    folder
}

/// Checks everything in `folder`, and says how many pairs that were.
fn checked(folder: &Path) -> usize {
    let plan = plan::read("version = 1\n[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\n").expect("a plan");
    let pairs = audit::pairs(&plan, folder).expect("pairs");
    let cache = Cache::open(&folder.join("cache")).expect("a folder");
    let (limits, stop, access) = (Limits::default(), AtomicBool::new(false), Access::default());
    let work = Work {
        pairs: &pairs,
        rules: &plan.rules,
        limits: &limits,
        sheets: true,
        web: Web { offline: None, keep: None, robots: Obedience::Obeyed, access: &access },
        now: Moment::from_unix(0),
        cache: Some(&cache),
        reports: false,
        judges: thread::available_parallelism().unwrap_or(NonZeroUsize::MIN),
        stop: &stop,
    };
    let places: Vec<usize> = (0..pairs.len()).collect();
    let mut done = 0;
    let taken: Result<(), ()> = work.run(&places, &mut |_| {
        done += 1;
        Ok(())
    });
    assert!(taken.is_ok() && done == pairs.len());
    done
}

#[divan::bench(args = [100, 400], sample_count = 1, sample_size = 1)]
fn first(bencher: Bencher<'_, '_>, pairs: usize) {
    let bencher = bencher.counter(ItemsCount::new(pairs));
    bencher.with_inputs(|| planned(pairs)).bench_local_refs(|folder| checked(folder.path()));
}

#[divan::bench(args = [100, 400], sample_count = 3, sample_size = 1)]
fn again(bencher: Bencher<'_, '_>, pairs: usize) {
    let folder = planned(pairs);
    checked(folder.path());
    bencher.counter(ItemsCount::new(pairs)).bench_local(|| checked(folder.path()));
}

/// What nothing that reads both pages of a pair can be quicker than: the HTML standard's tree construction of both, and nothing else.
#[divan::bench(args = [100, 400], sample_count = 3, sample_size = 1)]
fn only_parsed(bencher: Bencher<'_, '_>, pairs: usize) {
    let folder = planned(pairs);
    bencher.counter(ItemsCount::new(pairs)).bench_local(|| {
        for number in 0..pairs {
            for side in ["o", "c"] {
                let page = fs::read_to_string(folder.path().join(format!("{side}/{number}.html"))).expect("a page");
                divan::black_box(scraper::Html::parse_document(&page));
            }
        }
    });
}
