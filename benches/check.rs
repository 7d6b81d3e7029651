//! How long the library takes: captures in memory to report, on one core. Run with `cargo bench`.
//!
//! What is to be kept: a page of 100 kB against its original in 4 ms; cost in proportion to size up to 10 MB; two texts of
//! 100,000 words with nothing in common in seconds; a quotation of which half the words were changed found among 10,000 in 1 ms.
//! Figures are printed, never asserted: a slow machine is no fault. Whole comparisons come first, then each stage by itself, so
//! that a figure falls into a room.

mod pages;

use divan::{Bencher, counter::BytesCount};
use pages::{Chance, page, pair, paragraphs, plain, site, support};
use vidimus::{
    Capture, Checked, Moment, Options, check,
    check::{
        Facts,
        apparatus::collate,
        judge,
        quotes::{Against, hold},
    },
    diff,
    extract::{self, Document},
    report,
};

fn main() {
    divan::main();
}

fn options() -> Options {
    Options::new(Moment::from_unix(0))
}

#[divan::bench(args = [10_000, 100_000, 1_000_000, 10_000_000], max_time = 10)]
fn pages_of_bytes(bencher: Bencher<'_, '_>, bytes: usize) {
    let (original, copy) = pair(bytes);
    let options = options();
    bencher.counter(BytesCount::new(copy.body.len())).bench_local(|| check(&original, &copy, &options));
}

#[divan::bench(args = [100_000, 1_000_000, 10_000_000], max_time = 10)]
fn pages_of_sites(bencher: Bencher<'_, '_>, bytes: usize) {
    let (original, copy) = site(bytes);
    let options = options();
    bencher.counter(BytesCount::new(copy.body.len())).bench_local(|| check(&original, &copy, &options));
}

#[divan::bench(args = [10_000, 100_000], sample_count = 3)]
fn words_with_nothing_in_common(bencher: Bencher<'_, '_>, words: usize) {
    let (original, copy) = (plain(words, 'a'), plain(words, 'b'));
    let options = options();
    bencher.bench_local(|| check(&original, &copy, &options));
}

/// The worst case for an alignment: the same words in another order.
#[divan::bench(args = [10_000, 100_000], sample_count = 3)]
fn words_in_another_order(bencher: Bencher<'_, '_>, words: usize) {
    let original = plain(words, 'a');
    let text = String::from_utf8(original.body.clone()).expect("it was written as text");
    let mut shuffled: Vec<&str> = text.split_whitespace().collect();
    Chance::new(1).shuffle(&mut shuffled);
    let lines: Vec<String> = shuffled.chunks(50).map(|line| line.join(" ")).collect();
    let copy = Capture::from_bytes("text.txt", lines.join("\n\n").into_bytes(), Some("text/plain")).expect("a text");
    let options = options();
    bencher.bench_local(|| check(&original, &copy, &options));
}

/// An original of about 10,000 words, and an article of quotations from it of thirty words each, of which every second is changed.
fn half_changed(quotations: usize) -> (Document, Document) {
    let paragraphs = paragraphs(62_000);
    let text: Vec<String> = paragraphs.iter().map(|sentences| sentences.join(" ")).collect();
    let original: String = text.iter().map(|paragraph| format!("<p>{paragraph}</p>\n")).collect();
    let words: Vec<&str> = text.iter().flat_map(|paragraph| paragraph.split_whitespace()).collect();
    let article = (0..quotations).map(|number| {
        let start = number * 7919 % (words.len() - 30);
        let word = |(at, word): (usize, &&str)| if at % 2 == 1 { format!("other{at}") } else { (*word).to_owned() };
        let quoted: Vec<String> = words[start..start + 30].iter().enumerate().map(word).collect();
        format!("<p>Somebody said “{}”.</p>\n", quoted.join(" ").replace(['“', '”'], ""))
    });
    (extract::read(&page(&original, "")), extract::read(&page(&article.collect::<String>(), "")))
}

/// What is to be kept: 1 ms a quotation, beside what it costs to read the original once.
#[divan::bench(args = [1, 100])]
fn quotations_half_changed(bencher: Bencher<'_, '_>, quotations: usize) {
    let (original, article) = half_changed(quotations);
    let against = [Against { document: &original, name: "original", address: None }];
    bencher.counter(divan::counter::ItemsCount::new(quotations)).bench_local(|| hold(&article, &against));
}

/// What is to be kept: ten versions of 100 kB within two seconds.
#[divan::bench(args = [2, 10], sample_count = 5)]
fn versions_side_by_side(bencher: Bencher<'_, '_>, versions: usize) {
    let paragraphs = paragraphs(100_000);
    let version = |number: usize| {
        let body = paragraphs.iter().enumerate().map(|(index, sentences)| match (index + number) % 40 {
            7 => format!("<p>{}</p>\n", sentences.join(" ").replacen(" the ", &format!(" every {number} single "), 1)),
            27 => format!("<p>{}</p>\n", sentences[1..].join(" ")),
            _ => format!("<p>{}</p>\n", sentences.join(" ")),
        });
        extract::read(&page(&body.collect::<String>(), ""))
    };
    let documents: Vec<Document> = (0..versions).map(version).collect();
    bencher.bench_local(|| collate(&documents.iter().collect::<Vec<_>>(), &[]));
}

/// One stage after the other, of a page that is all text and of one as sites serve them.
mod stages {
    use super::*;

    const PAGES: [&str; 2] = ["text", "site"];
    const BYTES: usize = 100_000;

    fn captures(page: &str) -> (Capture, Capture) {
        if page == "site" { site(BYTES) } else { pair(BYTES) }
    }

    fn checked(page: &str) -> Checked {
        let (original, copy) = captures(page);
        check(&original, &copy, &options())
    }

    #[divan::bench(args = PAGES)]
    fn extract_copy(bencher: Bencher<'_, '_>, page: &str) {
        let (_, copy) = captures(page);
        bencher.counter(BytesCount::new(copy.body.len())).bench_local(|| extract::read(&copy));
    }

    /// The part of extraction that reads what lines say of themselves.
    #[divan::bench(args = PAGES)]
    fn extract_wording(bencher: Bencher<'_, '_>, page: &str) {
        let copy = checked(page).copy;
        bencher.counter(BytesCount::new(copy.text.len())).bench_local(|| {
            let blocks = (0..copy.blocks.len()).map(|block| copy.block_text(block));
            blocks
                .filter(|text| extract::labels::of(text).is_some() || !extract::declarations::find(text).is_empty())
                .count()
        });
    }

    #[divan::bench(args = PAGES)]
    fn diff_both(bencher: Bencher<'_, '_>, page: &str) {
        let Checked { original, copy, .. } = checked(page);
        bencher.bench_local(|| diff::align(&original, &copy));
    }

    #[divan::bench(args = PAGES)]
    fn check_judge(bencher: Bencher<'_, '_>, page: &str) {
        let Checked { original, copy, alignment, .. } = checked(page);
        bencher.bench_local(|| judge(&original, &copy, &alignment, &Facts::default()));
    }

    /// Quotations are only held where the copy is an article of its own.
    #[divan::bench(args = PAGES)]
    fn check_quotes(bencher: Bencher<'_, '_>, page: &str) {
        let Checked { original, copy, .. } = checked(page);
        let against = [Against { document: &original, name: "original", address: None }];
        bencher.bench_local(|| hold(&copy, &against));
    }

    #[divan::bench(args = PAGES)]
    fn report_json(bencher: Bencher<'_, '_>, page: &str) {
        let checked = checked(page);
        bencher.bench_local(|| report::json::render(&checked.report));
    }

    #[divan::bench(args = PAGES)]
    fn report_html(bencher: Bencher<'_, '_>, page: &str) {
        let Checked { report, original, copy, alignment } = checked(page);
        bencher.bench_local(|| report::html::render(&report, &original, &copy, &alignment));
    }
}
