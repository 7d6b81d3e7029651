//! What looks like an alteration in the markup and is none: nothing above a note may come of it.

use super::article::{Article, Shape, Spot, Word};
use crate::support::Chance;

/// A trap: it says whether it found a place.
pub type Trap = fn(&mut Article, &mut Chance) -> bool;

/// All traps, by name.
pub const ALL: &[(&str, Trap)] = &[
    ("trap/unbold", |article, chance| span(article, chance, "<b style=\"font-weight:normal\">", "</b>")),
    ("trap/unitalic", |article, chance| span(article, chance, "<em style=\"font-style:normal\">", "</em>")),
    ("trap/weight-400", |article, chance| span(article, chance, "<span style=\"font-weight:400\">", "</span>")),
    ("trap/inherit", |article, chance| {
        span(article, chance, "<span class=\"s1\" style=\"color:inherit;font-style:inherit\">", "</span>")
    }),
    ("trap/plain-font", |article, chance| span(article, chance, "<font face=\"Arial\">", "</font>")),
    ("trap/language", |article, chance| span(article, chance, "<span lang=\"en-GB\">", "</span>")),
    ("trap/abbreviation", |article, chance| span(article, chance, "<abbr title=\"for short\">", "</abbr>")),
    ("trap/time", |article, chance| span(article, chance, "<time datetime=\"2019-05-03\">", "</time>")),
    ("trap/nested", |article, chance| span(article, chance, "<span><span class=\"t\"><span>", "</span></span></span>")),
    ("trap/dead-rule", dead_rule),
    ("trap/print-rule", print_rule),
    ("trap/split-word", split_word),
    ("trap/break-opportunity", |article, chance| inside(article, chance, "<wbr>")),
    ("trap/soft-hyphen", |article, chance| inside(article, chance, "&shy;")),
    ("trap/comment", |article, chance| inside(article, chance, "<!-- ad slot -->")),
    ("trap/icon", |article, chance| inside(article, chance, "<i class=\"icon\"></i>")),
    ("trap/entities", entities),
    ("trap/decomposed", decomposed),
    ("trap/hard-space", hard_space),
    ("trap/line-ends", |article, chance| glue(article, chance, "\n      \t")),
    ("trap/straight-quotes", straight_quotes),
    ("trap/thin-space", |article, chance| glue(article, chance, "\u{2009}")),
    ("trap/screen-reader-label", screen_reader_label),
    ("trap/drop-cap", drop_cap),
    ("trap/lead-paragraph", lead_paragraph),
    ("trap/lead-in-capitals", lead_in),
    ("trap/advertisement", |article, chance| {
        behind(article, chance, "<div class=\"ad-slot\"><span>Advertisement</span></div>")
    }),
    ("trap/read-more", |article, chance| {
        behind(
            article,
            chance,
            "<p><strong>Read more: </strong><a href=\"/other\">Ten harbours you should see before you are forty</a></p>",
        )
    }),
    ("trap/newsletter", |article, chance| {
        behind(
            article,
            chance,
            "<div class=\"newsletter\"><p>Sign up for our newsletter and never miss a story again.</p><form><input type=\"email\"><button>Sign up</button></form></div>",
        )
    }),
    ("trap/related-aside", |article, chance| {
        behind(
            article,
            chance,
            "<aside><h3>Related</h3><ul><li><a href=\"/1\">Fog closes the airport for a second day</a></li><li><a href=\"/2\">Bakers ask for cheaper flour</a></li></ul></aside>",
        )
    }),
    ("trap/script", |article, chance| {
        behind(
            article,
            chance,
            "<script>document.write('never shown to anybody here');</script><noscript><img src=\"/pixel.gif\"></noscript>",
        )
    }),
];

fn span(article: &mut Article, chance: &mut Chance, open: &str, close: &str) -> bool {
    let spot = article.pick(chance, 3, 6, |_| true);
    spot.map(|spot| article.wrap(&spot, open, close)).is_some()
}

fn dead_rule(article: &mut Article, chance: &mut Chance) -> bool {
    article.css.push_str(".t1x{font-weight:bold} span.t1x{font-weight:normal} .t2x > .t1x{color:red}");
    span(article, chance, "<span class=\"t1x\">", "</span>")
}

fn print_rule(article: &mut Article, chance: &mut Chance) -> bool {
    article.css.push_str("@media print{.t3x{font-weight:bold}} @supports not (display:block){.t3x{color:red}}");
    span(article, chance, "<span class=\"t3x\">", "</span>")
}

fn long(article: &mut Article, chance: &mut Chance) -> Option<Spot> {
    article.pick(chance, 1, 1, |words: &[Word]| words[0].core.len() > 6 && words[0].core.is_ascii())
}

fn split_word(article: &mut Article, chance: &mut Chance) -> bool {
    let spot = long(article, chance);
    spot.map(|spot| mark(article, &spot, "<span>", "</span>")).is_some()
}

fn mark(article: &mut Article, spot: &Spot, open: &str, close: &str) {
    let word = &mut article.words_mut(spot)[0];
    word.markup = Some(format!("{open}{}{close}{}", &word.core[..3], &word.core[3..]));
}

fn inside(article: &mut Article, chance: &mut Chance, what: &str) -> bool {
    let spot = long(article, chance);
    spot.map(|spot| mark(article, &spot, "", what)).is_some()
}

fn entities(article: &mut Article, chance: &mut Chance) -> bool {
    let Some(spot) = article.pick(chance, 2, 4, |_| true) else { return false };
    for (at, word) in article.words_mut(&spot).iter_mut().enumerate() {
        let letter =
            |c: char| if at % 2 == 0 { format!("&#{};", u32::from(c)) } else { format!("&#x{:X};", u32::from(c)) };
        word.markup = Some(word.core.chars().map(letter).collect());
    }
    true
}

/// Letters with marks, written as letter and mark.
fn decomposed(article: &mut Article, chance: &mut Chance) -> bool {
    let apart = |text: &str| text.replace('ë', "e\u{308}").replace('ã', "a\u{303}").replace('é', "e\u{301}");
    let Some(spot) = article.pick(chance, 1, 1, |words| apart(&words[0].core) != words[0].core) else { return false };
    let word = &mut article.words_mut(&spot)[0];
    word.core = apart(&word.core);
    true
}

/// Other white space between two words.
fn glue(article: &mut Article, chance: &mut Chance, space: &str) -> bool {
    let plain = |words: &[Word]| words[0].tail.is_empty() && words[1].lead.is_empty();
    let Some(spot) = article.pick(chance, 2, 2, plain) else { return false };
    let [first, second] = article.words_mut(&spot) else { return false };
    first.markup = Some(format!("{}{space}{}", first.core, second.core));
    (first.tail, first.last) = (second.tail.clone(), second.last);
    // What the first word now prints is both: the second vanishes from the markup, not from the text.
    article.paragraphs[spot.paragraph].words.remove(spot.words.end - 1);
    true
}

fn hard_space(article: &mut Article, chance: &mut Chance) -> bool {
    glue(article, chance, "&nbsp;")
}

fn straight_quotes(article: &mut Article, _: &mut Chance) -> bool {
    let plain = |text: &str| text.replace(['“', '”'], "\"").replace(['‘', '’'], "'");
    for word in article.paragraphs.iter_mut().flat_map(|paragraph| &mut paragraph.words) {
        (word.lead, word.core, word.tail) = (plain(&word.lead), plain(&word.core), plain(&word.tail));
    }
    true
}

fn screen_reader_label(article: &mut Article, chance: &mut Chance) -> bool {
    article.css.push_str(".sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}");
    let link = |word: &Word| word.close == "</a>";
    let all = article.paragraphs.iter_mut().flat_map(|paragraph| &mut paragraph.words);
    let mut links: Vec<&mut Word> = all.filter(|word| link(word)).collect();
    if links.is_empty() {
        return false;
    }
    let at = chance.below(links.len());
    links[at].close = "<span class=\"sr-only\"> (opens in a new window)</span></a>".to_owned();
    true
}

fn first(article: &mut Article) -> Option<&mut super::article::Paragraph> {
    article
        .paragraphs
        .first_mut()
        .filter(|paragraph| paragraph.shape == Shape::Paragraph && paragraph.attributes.is_empty())
}

fn drop_cap(article: &mut Article, _: &mut Chance) -> bool {
    let Some(paragraph) = first(article) else { return false };
    let word = &mut paragraph.words[0];
    if word.used || word.core.len() < 3 || !word.core.is_ascii() {
        return false;
    }
    word.markup = Some(format!("<span class=\"cap\">{}</span>{}", &word.core[..1], &word.core[1..]));
    article.css.push_str(".cap{float:left;font-size:3em;font-weight:bold;color:#900}");
    true
}

fn lead_paragraph(article: &mut Article, chance: &mut Chance) -> bool {
    let Some(paragraph) = first(article) else { return false };
    paragraph.attributes.push_str(" class=\"lede\"");
    let rule = *chance.one(&[
        ".lede{font-size:1.25em;font-weight:500}",
        "p:first-of-type{font-size:120%}.lede{color:#555}",
        ".lede::first-line{font-variant:small-caps}",
    ]);
    article.css.push_str(rule);
    true
}

/// The first words in capitals, as magazines set them.
fn lead_in(article: &mut Article, _: &mut Chance) -> bool {
    let Some(paragraph) = first(article) else { return false };
    if paragraph.words[..3].iter().any(|word| word.used || word.markup.is_some() || !word.open.is_empty()) {
        return false;
    }
    super::article::wrap(&mut paragraph.words[..3], "<span class=\"leadin\">", "</span>");
    article.css.push_str(".leadin{text-transform:uppercase;letter-spacing:.05em}");
    true
}

fn behind(article: &mut Article, chance: &mut Chance, markup: &str) -> bool {
    let last = article.paragraphs.len() - 1;
    let free = |index: &usize| {
        article.paragraphs[*index].shape == Shape::Paragraph
            && article.paragraphs[*index].behind.is_empty()
            && article.paragraphs[*index + 1].shape != Shape::Item
    };
    let found: Vec<usize> = (0..last).filter(free).collect();
    if found.is_empty() {
        return false;
    }
    let index = *chance.one(&found);
    article.paragraphs[index].behind.push_str(markup);
    true
}
