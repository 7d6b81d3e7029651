//! Alterations that set words off, and that undo what the original sets off.

use vidimus::{Verdict, check::Kind};

use super::{
    Alteration, Make,
    article::{Article, Label, Shape, Spot, text, words, wrap},
};
use crate::support::Chance;

const ADDED: &[Kind] = &[Kind::EmphasisAdded, Kind::EmphasisChanged];
const REMOVED: &[Kind] = &[Kind::EmphasisRemoved, Kind::EmphasisChanged];

/// A way of setting words off: its name, markup before and behind, and rules of the sheet.
type Way = (&'static str, &'static str, &'static str, &'static str);

const WAYS: &[Way] = &[
    ("emphasis/b", "<b>", "</b>", ""),
    ("emphasis/strong", "<strong>", "</strong>", ""),
    ("emphasis/em", "<em>", "</em>", ""),
    ("emphasis/i", "<i>", "</i>", ""),
    ("emphasis/u", "<u>", "</u>", ""),
    ("emphasis/mark", "<mark>", "</mark>", ""),
    ("emphasis/s", "<s>", "</s>", ""),
    ("emphasis/big", "<big>", "</big>", ""),
    ("emphasis/font-color", "<font color=\"#c00000\">", "</font>", ""),
    ("emphasis/font-size", "<font size=\"5\">", "</font>", ""),
    ("emphasis/style-bold", "<span style=\"font-weight:700\">", "</span>", ""),
    ("emphasis/style-bold-b", "<b style=\"font-weight:bold\">", "</b>", ""),
    ("emphasis/style-italic", "<span style=\"font-style: italic;\">", "</span>", ""),
    ("emphasis/style-font", "<span style=\"font: italic bold 1em Georgia, serif\">", "</span>", ""),
    ("emphasis/style-underline", "<span style=\"text-decoration:underline\">", "</span>", ""),
    ("emphasis/style-strike", "<span style=\"text-decoration-line:line-through\">", "</span>", ""),
    ("emphasis/style-background", "<span style=\"background-color:#ff0\">", "</span>", ""),
    ("emphasis/style-background-shorthand", "<span style=\"background:yellow none\">", "</span>", ""),
    ("emphasis/style-color", "<span style=\"color:red\">", "</span>", ""),
    ("emphasis/style-size", "<span style=\"font-size:150%\">", "</span>", ""),
    ("emphasis/style-spacing", "<span style=\"letter-spacing:.3em\">", "</span>", ""),
    ("emphasis/style-border", "<span style=\"border:2px solid #c00\">", "</span>", ""),
    ("emphasis/style-capitals", "<span style=\"text-transform:uppercase\">", "</span>", ""),
    ("emphasis/style-small-caps", "<span style=\"font-variant:small-caps\">", "</span>", ""),
    ("emphasis/class-bold", "<span class=\"k1\">", "</span>", ".k1{font-weight:bold}"),
    ("emphasis/class-highlight", "<span class=\"x k2 y\">", "</span>", "span.k2 { background: #fe0; }"),
    (
        "emphasis/class-important",
        "<span class=\"k3\" style=\"font-weight:normal\">",
        "</span>",
        ".k3{font-weight:800!important}",
    ),
    ("emphasis/id-colour", "<span id=\"k4\">", "</span>", "#k4{color:#d00}"),
    ("emphasis/attribute", "<span data-k=\"5\">", "</span>", "[data-k='5']{font-weight:900}"),
    ("emphasis/inherited", "<span class=\"k6\"><span><span>", "</span></span></span>", ".k6{font-style:italic}"),
    ("emphasis/child-selector", "<span class=\"k7\"><span>", "</span></span>", ".k7>span{text-decoration:underline}"),
    ("emphasis/variable", "<span class=\"k8\">", "</span>", ":root{--loud:700}.k8{font-weight:var(--loud)}"),
    ("emphasis/media-screen", "<span class=\"k9\">", "</span>", "@media screen{.k9{background:gold}}"),
    ("emphasis/bolder", "<span class=\"k10\">", "</span>", ".k10{font-weight:bolder}"),
    (
        "emphasis/redefined-tag",
        "<q class=\"k11\">",
        "</q>",
        ".k11::before,.k11::after{content:none}.k11{font-weight:600}",
    ),
];

/// All alterations of this family.
pub fn all() -> Vec<Alteration> {
    let ways = (0..WAYS.len()).map(|way| Alteration {
        name: WAYS[way].0,
        make: Box::new(move |article, chance| add(article, chance, &WAYS[way])),
    });
    let more: [(&'static str, Make); 7] = [
        ("emphasis/capitals", capitals),
        ("emphasis/one-word", one_word),
        ("emphasis/paragraph", paragraph),
        ("emphasis/on-link", on_link),
        ("emphasis/removed", removed),
        ("emphasis/weakened", weakened),
        ("emphasis/moved", moved),
    ];
    ways.chain(more.map(|(name, make)| Alteration { name, make: Box::new(make) })).collect()
}

fn label(name: &'static str, kinds: &'static [Kind], before: &str, after: &str) -> Label {
    let (before, after) = (before.to_owned(), after.to_owned());
    Label { name, kinds, before, after, verdict: Some(Verdict::Emphasised) }
}

fn add(article: &mut Article, chance: &mut Chance, way: &Way) -> Option<Label> {
    // The first words of an article are set in many ways by many sites.
    let spot = article.pick(chance, 2, 6, |_| true).filter(|spot| spot.paragraph > 0 || spot.words.start > 8)?;
    let words = article.text(&spot);
    article.wrap(&spot, way.1, way.2);
    article.css.push_str(way.3);
    Some(label(way.0, ADDED, &words, &words))
}

fn one_word(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 1, 1, |words| words[0].core.len() > 2)?;
    let words = article.text(&spot);
    article.wrap(&spot, "<strong>", "</strong>");
    Some(label("emphasis/one-word", ADDED, &words, &words))
}

fn capitals(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let letters =
        |word: &super::article::Word| word.core.len() > 1 && word.core.chars().all(|c| c.is_ascii_lowercase());
    let spot = article.pick(chance, 2, 5, |words| words.iter().all(letters))?;
    let before = article.text(&spot);
    article.words_mut(&spot).iter_mut().for_each(|word| word.core = word.core.to_uppercase());
    Some(label("emphasis/capitals", ADDED, &before, &article.text(&spot)))
}

fn paragraph(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let index = article.pick_paragraph(chance, 15, false)?;
    let own = &mut article.paragraphs[index];
    if own.words.iter().any(|word| !word.open.is_empty()) {
        return None;
    }
    let words = text(&own.words);
    if chance.likely(50) {
        wrap(&mut own.words, "<b>", "</b>");
    } else {
        own.attributes.push_str(" style=\"font-weight:bold\"");
    }
    Some(label("emphasis/paragraph", ADDED, &words, &words))
}

fn on_link(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let (index, range) = marked(article, chance, &["<a href=\"/annex\">"])?;
    let spot = Spot { paragraph: index, words: range };
    article.wrap(&spot, "<strong>", "</strong>");
    let words = article.text(&spot);
    Some(label("emphasis/on-link", ADDED, &words, &words))
}

/// Words that the original itself sets off, or links; marked as used.
fn marked(article: &mut Article, chance: &mut Chance, opens: &[&str]) -> Option<(usize, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    for (index, paragraph) in article.paragraphs.iter().enumerate().filter(|(_, p)| p.shape == Shape::Paragraph) {
        for (at, word) in paragraph.words.iter().enumerate() {
            let end = at + 3;
            if opens.contains(&word.open.as_str()) && paragraph.words[at..end].iter().all(|word| !word.used) {
                found.push((index, at..end));
            }
        }
    }
    let (index, range) = (!found.is_empty()).then(|| chance.one(&found).clone())?;
    article.paragraphs[index].words[range.clone()].iter_mut().for_each(|word| word.used = true);
    Some((index, range))
}

fn unwrap(words: &mut [super::article::Word]) {
    words.iter_mut().for_each(|word| {
        word.open.clear();
        word.close.clear();
    });
}

fn removed(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let (index, range) = marked(article, chance, &["<em>", "<strong>", "<i>"])?;
    let spot = Spot { paragraph: index, words: range };
    unwrap(article.words_mut(&spot));
    Some(label("emphasis/removed", REMOVED, &article.text(&spot), ""))
}

fn weakened(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let (index, range) = marked(article, chance, &["<strong>"])?;
    let spot = Spot { paragraph: index, words: range };
    unwrap(article.words_mut(&spot));
    article.wrap(&spot, "<em>", "</em>");
    let words = article.text(&spot);
    Some(label("emphasis/weakened", &[Kind::EmphasisChanged], &words, &words))
}

fn moved(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let (index, range) = marked(article, chance, &["<em>", "<strong>", "<i>"])?;
    let paragraph = &mut article.paragraphs[index].words;
    let to = range.end + 1..range.end + 3;
    if to.end > paragraph.len()
        || paragraph[range.start..to.end].iter().any(|word| word.last)
        || paragraph[to.clone()].iter().any(|word| word.used)
    {
        return None;
    }
    let open = paragraph[range.start].open.clone();
    let close = open.replace('<', "</");
    let before = text(&paragraph[range.clone()]);
    unwrap(&mut paragraph[range]);
    wrap(&mut paragraph[to.clone()], &open, &close);
    paragraph[to.clone()].iter_mut().for_each(|word| word.used = true);
    let after = text(&paragraph[to]);
    Some(label("emphasis/moved", &[Kind::EmphasisChanged, Kind::EmphasisAdded], &before, &after))
}

/// Words of one sentence, for tests of this family's helpers.
#[test]
fn markup_goes_around_the_word_and_not_around_its_signs() {
    let mut sentence = words("He said “not now”.");
    wrap(&mut sentence[2..4], "<b>", "</b>");
    assert_eq!(super::article::inner(&sentence), "He said “<b>not now</b>”.");
}
