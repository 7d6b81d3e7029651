//! The pages that are measured: of our own grammar, the same every time.

#[path = "../../tests/it/support/chance.rs"]
#[expect(dead_code, reason = "the tests use all of it")]
mod chance;
#[path = "../../tests/it/accuracy/grammar.rs"]
#[expect(dead_code, reason = "the tests use all of it")]
mod grammar;

/// What the grammar, which the tests share, asks for by this path.
pub mod support {
    pub use super::chance::Chance;
}

pub use chance::Chance;
use grammar::Writer;
use vidimus::Capture;

/// Sentences for a page of text of about `bytes`, in paragraphs.
pub fn paragraphs(bytes: usize) -> Vec<Vec<String>> {
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
pub fn page(body: &str, css: &str) -> Capture {
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
pub fn pair(bytes: usize) -> (Capture, Capture) {
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
pub fn plain(words: usize, letter: char) -> Capture {
    let mut chance = Chance::new(u64::from(letter));
    let word = |chance: &mut Chance| format!("{letter}{:x}", chance.below(20_000));
    let text: Vec<String> =
        (0..words / 50).map(|_| (0..50).map(|_| word(&mut chance)).collect::<Vec<_>>().join(" ")).collect();
    Capture::from_bytes("text.txt", text.join(".\n\n").into_bytes(), Some("text/plain")).expect("a text")
}

/// A page of about `bytes` as sites serve them, a tenth of it the text, and its original.
pub fn site(bytes: usize) -> (Capture, Capture) {
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
