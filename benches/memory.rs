//! How much memory the library takes: the peak of a whole comparison, as `max alloc`. Run with `cargo bench --bench memory`.
//!
//! What is to be kept: no more than twenty times the two pages, whose size is the argument, each. Times here are slower than in
//! `check`, since every allocation is counted.

#[expect(dead_code, reason = "`check` measures all of it")]
mod pages;

use divan::{AllocProfiler, Bencher};
use pages::{pair, site, support};
use vidimus::{Capture, Moment, Options, check};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

fn peak(bencher: Bencher<'_, '_>, (original, copy): (Capture, Capture)) {
    let options = Options::new(Moment::from_unix(0));
    bencher.bench_local(|| check(&original, &copy, &options));
}

#[divan::bench(args = [100_000, 1_000_000, 10_000_000], sample_count = 1, sample_size = 1)]
fn pages_of_bytes(bencher: Bencher<'_, '_>, bytes: usize) {
    peak(bencher, pair(bytes));
}

#[divan::bench(args = [100_000, 1_000_000, 10_000_000], sample_count = 1, sample_size = 1)]
fn pages_of_sites(bencher: Bencher<'_, '_>, bytes: usize) {
    peak(bencher, site(bytes));
}
