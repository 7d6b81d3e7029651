//! How long the library takes: capture in memory to report, on one core. Run with `cargo bench`.
//!
//! What is to be kept: a page of 100 kB against its original in 4 ms; cost in proportion to size up to 10 MB; two texts of
//! 100,000 words with nothing in common in seconds; a quotation of which half the words were changed found among 10,000 in 1 ms.
//! Figures are printed, never asserted: a slow machine is no fault.

#[path = "../tests/it/support/chance.rs"]
#[expect(dead_code, reason = "the tests use all of it")]
mod chance;
#[path = "../tests/it/accuracy/grammar.rs"]
#[expect(dead_code, reason = "the tests use all of it")]
mod grammar;

/// What the grammar, which the tests share, asks for by this path.
mod support {
    pub use crate::chance::Chance;
}

use chance::Chance;
use grammar::Writer;
use vidimus::{
    Capture, Moment, Options, check,
    check::{
        apparatus::collate,
        quotes::{Against, hold},
    },
    diff,
    extract::{self, Document},
};

fn main() {
    divan::main();
}

/// Sentences for a page of text of about `bytes`, in paragraphs.
fn paragraphs(bytes: usize) -> Vec<Vec<String>> {
    let mut chance = Chance::new(7);
    let mut paragraphs = Vec::new();
    let mut size = 0;
    while size < bytes {
        // A writer does not repeat himself, so that one alone runs dry.
        let mut writer = Writer::new(&mut chance);
        let paragraph = writer.paragraph(4);
        size += paragraph.iter().map(String::len).sum::<usize>() + 40;
        paragraphs.push(paragraph);
    }
    paragraphs
}

/// A page around `body` whose furniture is about as long as a tenth of it.
fn page(body: &str, css: &str) -> Capture {
    let entry =
        |number: usize| format!("<li class=\"menu-item\"><a href=\"/section/{number}\">Section {number}</a></li>");
    let menu: String = (0..body.len() / 1000).map(entry).collect();
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A statement</title><style>{css}</style></head>\
         <body><nav><ul>{menu}</ul></nav><main><h1>A statement</h1><article>{body}</article></main><footer><p>All rights reserved</p></footer></body></html>"
    );
    Capture::from_bytes("page.html", html.into_bytes(), Some("text/html")).expect("a page")
}

/// An original of about `bytes` and a copy with an alteration in every fortieth paragraph.
fn pair(bytes: usize) -> (Capture, Capture) {
    let css = "body{font:16px serif;color:#222} a{color:#06c} .menu-item{display:inline} article>p{margin:1em} .x{font-weight:700}";
    let paragraphs = paragraphs(bytes);
    let original: String = paragraphs.iter().map(|sentences| format!("<p>{}</p>\n", sentences.join(" "))).collect();
    let altered = paragraphs.iter().enumerate().map(|(index, sentences)| match index % 40 {
        7 => format!("<div><p>{}</p></div>\n", sentences.join(" ").replacen(" the ", " every single ", 1)),
        17 => format!("<p>{}</p>\n", sentences.join(" ").replacen(" the ", " <span class=\"x\">the</span> ", 2)),
        27 => format!("<p>{}</p>\n", sentences[1..].join(" ")),
        37 => format!("<p>{}</p>\n<p>Readers may want to ask who profits from all this.</p>\n", sentences.join(" ")),
        _ => format!("<p>{}</p>\n", sentences.join(" ")),
    });
    (page(&original, ""), page(&altered.collect::<String>(), css))
}

/// A plain text of `words` words of which no two texts with another `letter` have one in common.
fn plain(words: usize, letter: char) -> Capture {
    let mut chance = Chance::new(u64::from(letter));
    let word = |chance: &mut Chance| format!("{letter}{:x}", chance.below(20_000));
    let text: Vec<String> =
        (0..words / 50).map(|_| (0..50).map(|_| word(&mut chance)).collect::<Vec<_>>().join(" ")).collect();
    Capture::from_bytes("text.txt", text.join(".\n\n").into_bytes(), Some("text/plain")).expect("a text")
}

/// A page of about `bytes` as sites serve them, a tenth of it the text, and its original.
fn site(bytes: usize) -> (Capture, Capture) {
    let paragraphs = paragraphs(bytes / 10);
    let plain: String = paragraphs.iter().map(|sentences| format!("<p>{}</p>\n", sentences.join(" "))).collect();
    let set: String = paragraphs
        .iter()
        .enumerate()
        .map(|(index, sentences)| {
            let text = sentences.join(" ");
            let text = if index == 3 { text.replacen(" the ", " <b>the</b> ", 2) } else { text };
            let text = if index == 5 { text.replacen(" the ", " every single ", 1) } else { text };
            format!("<p class=\"css-{index} paragraph\" data-testid=\"block-{index}\">{text}</p>\n")
        })
        .collect();
    let card = |number: usize| {
        format!(
            "<div class=\"card card--{}\"><a href=\"/story/{number}?ref=rail\" class=\"card__link\"><img src=\"/img/{number}.jpg\" alt=\"\" loading=\"lazy\">\
             <h3 class=\"card__title\">Another story of the day, number {number}</h3><span class=\"card__meta\">{number} minutes</span></a></div>\n",
            number % 7
        )
    };
    let rule = |number: usize| {
        format!(".card--{number} .card__title{{font-weight:600;color:#12{:02x}34;margin:{number}px}}\n", number % 256)
    };
    let script = |number: usize| format!("window.q=window.q||[];q.push({{slot:{number},size:[300,250]}});\n");
    let rail: String = (0..bytes / 10 * 5 / 300).map(card).collect();
    let css: String = (0..bytes / 10 * 2 / 80).map(rule).collect();
    let js: String = (0..bytes / 10 * 2 / 60).map(script).collect();
    let (half, rest) = rail.split_at(rail.len() / 2);
    let half = format!("<div class=\"related\">{half}</div>");
    (page(&plain, ""), page(&format!("{half}{set}<script>{js}</script><aside>{rest}</aside>"), &css))
}

fn options() -> Options {
    Options::new(Moment::from_unix(0))
}

#[divan::bench(args = [10_000, 100_000, 1_000_000, 10_000_000], max_time = 10)]
fn pages_of_bytes(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    let (original, copy) = pair(bytes);
    let options = options();
    bencher.counter(divan::counter::BytesCount::new(copy.body.len())).bench_local(|| check(&original, &copy, &options));
}

#[divan::bench(args = [100_000, 1_000_000])]
fn pages_of_sites(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    let (original, copy) = site(bytes);
    let options = options();
    bencher.counter(divan::counter::BytesCount::new(copy.body.len())).bench_local(|| check(&original, &copy, &options));
}

#[divan::bench(args = [100_000, 1_000_000])]
fn extraction_alone(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    let (_, copy) = pair(bytes);
    bencher.counter(divan::counter::BytesCount::new(copy.body.len())).bench_local(|| extract::read(&copy));
}

#[divan::bench(args = [100_000, 1_000_000])]
fn alignment_alone(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    let (original, copy) = pair(bytes);
    let (original, copy) = (extract::read(&original), extract::read(&copy));
    bencher.bench_local(|| diff::align(&original, &copy));
}

#[divan::bench(args = [10_000, 100_000], sample_count = 3)]
fn words_with_nothing_in_common(bencher: divan::Bencher<'_, '_>, words: usize) {
    let (original, copy) = (plain(words, 'a'), plain(words, 'b'));
    let options = options();
    bencher.bench_local(|| check(&original, &copy, &options));
}

/// The worst case for an alignment: the same words in another order.
#[divan::bench(args = [10_000, 100_000], sample_count = 3)]
fn words_in_another_order(bencher: divan::Bencher<'_, '_>, words: usize) {
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
fn quotations_half_changed(bencher: divan::Bencher<'_, '_>, quotations: usize) {
    let (original, article) = half_changed(quotations);
    let against = [Against { document: &original, name: "original", address: None }];
    bencher.counter(divan::counter::ItemsCount::new(quotations)).bench_local(|| hold(&article, &against));
}

/// What is to be kept: ten versions of 100 kB within two seconds.
#[divan::bench(args = [2, 10], sample_count = 5)]
fn versions_side_by_side(bencher: divan::Bencher<'_, '_>, versions: usize) {
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
