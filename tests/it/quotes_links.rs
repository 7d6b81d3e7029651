//! Links to passages: a browser that follows one has to end at the passage meant.

use vidimus::{
    Capture,
    check::quotes::{Against, Quote, hold},
    extract::{self, Document},
};
fn read(html: &str) -> Document {
    let capture = Capture::from_bytes("page.html", html.as_bytes().to_vec(), Some("text/html; charset=utf-8")).unwrap();
    extract::read(&capture)
}

fn held(release: &Document, article: &str) -> Quote {
    let against = Against { document: release, name: "release", address: Some("https://example.org/release") };
    hold(&read(article), &[against]).swap_remove(0)
}

/// What a browser finds for a text fragment: the first passage that fits, by the rules of the specification, in a text of one
/// block a line. Case and typography are not folded here; the words before and behind have to adjoin.
fn found_by_a_browser(text: &str, link: &str) -> Option<usize> {
    let (_, directive) = link.split_once(":~:text=")?;
    let plain = |part: &str| {
        let mut bytes = Vec::new();
        let mut rest = part.as_bytes();
        while let [first, more @ ..] = rest {
            let (byte, left) = match (first, more) {
                (b'%', [high, low, left @ ..]) => {
                    (u8::from_str_radix(std::str::from_utf8(&[*high, *low]).unwrap(), 16).unwrap(), left)
                }
                _ => (*first, more),
            };
            bytes.push(byte);
            rest = left;
        }
        String::from_utf8(bytes).unwrap()
    };
    let mut parts: Vec<&str> = directive.split(',').collect();
    let prefix = parts.first()?.strip_suffix('-').map(plain);
    if prefix.is_some() {
        parts.remove(0);
    }
    let suffix = parts.last()?.strip_prefix('-').map(plain);
    if suffix.is_some() {
        parts.pop();
    }
    let (start, end) = (plain(parts.first()?), parts.get(1).map(|end| plain(end)));
    let trimmed = |text: &str| text.trim_matches(|c: char| !c.is_alphanumeric() && c != '\n').to_owned();
    text.match_indices(&start).map(|(at, _)| at).find(|at| {
        let before = trimmed(&text[..*at]);
        let last = match &end {
            None => Some(at + start.len()),
            Some(end) => text[at + start.len()..].find(end.as_str()).map(|from| at + start.len() + from + end.len()),
        };
        let fits = prefix.as_ref().is_none_or(|prefix| before.ends_with(prefix.as_str()));
        fits && last.is_some_and(|last| {
            suffix.as_ref().is_none_or(|suffix| trimmed(&text[last..]).starts_with(suffix.as_str()))
        })
    })
}

#[test]
fn a_link_leads_to_the_passage_and_not_to_its_double() {
    let same = "the talks will go on until all prisoners are home";
    let near = "and on the evening of the third day of the long meeting in the capital he said";
    let blocks = [
        format!("In spring {near} {same} whatever it takes for as long as it takes us."),
        format!("In autumn {near} {same} whatever it takes for as long as it takes them."),
        format!("In winter {near} {same}."),
    ];
    let release = read(&blocks.iter().map(|block| format!("<p>{block}</p>")).collect::<String>());
    for (block, begins) in ["In spring ", "In autumn ", "In winter "].into_iter().enumerate() {
        let quotation = format!("{begins}{near} {same}");
        let quote = held(&release, &format!("<p>He wrote “{quotation}”.</p>"));
        let (found, link) = (quote.original.unwrap(), quote.link.unwrap());
        assert_eq!(found.block, block);
        let start = release.text.find(begins).unwrap();
        assert_eq!(found_by_a_browser(&release.text, &link), Some(start), "{link}");
    }
    // Which of several equal places is meant nobody can say: the first is as good as any, and the link leads to the one named.
    let quote = held(&release, &format!("<p>He wrote “{same}”.</p>"));
    let (found, link) = (quote.original.unwrap(), quote.link.unwrap());
    let before: usize = blocks[..found.block].iter().map(|block| block.len() + 1).sum();
    let place = before + blocks[found.block].find(same).unwrap();
    assert_eq!(found_by_a_browser(&release.text, &link), Some(place), "{link}");
}
