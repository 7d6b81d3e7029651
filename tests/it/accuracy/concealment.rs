//! Alterations that no reader sees: letters in disguise, invisible characters, hidden words.

use vidimus::{Verdict, check::Kind};

use super::{
    Alteration, Make,
    article::{Article, Label, Word, escaped},
};
use crate::support::Chance;

const LOOKALIKE: &[Kind] = &[Kind::Lookalike];
const INVISIBLE: &[Kind] = &[Kind::InvisibleCharacters];
const HIDDEN_DELETION: &[Kind] = &[Kind::HiddenText, Kind::TextDeleted];
const HIDDEN: &[Kind] = &[Kind::HiddenText];

/// Markup that hides what it holds: name of the deletion, of the insertion, and the opening tag with its sheet. Insertions without
/// a name are what sites do for screen readers and programs.
const WAYS: &[(&str, &str, &str, &str)] = &[
    ("hidden-deletion/display", "hidden-insertion/display", "<span style=\"display:none\">", ""),
    ("hidden-deletion/class", "hidden-insertion/class", "<span class=\"h1x\">", ".h1x{display:none}"),
    ("hidden-deletion/visibility", "hidden-insertion/visibility", "<span style=\"visibility:hidden\">", ""),
    ("hidden-deletion/attribute", "hidden-insertion/attribute", "<span hidden>", ""),
    (
        "hidden-deletion/off-screen",
        "hidden-insertion/off-screen",
        "<span style=\"position:absolute;left:-9999px\">",
        "",
    ),
    (
        "hidden-deletion/off-screen-class",
        "hidden-insertion/class-off-screen",
        "<span class=\"h2x\">",
        ".h2x{position:fixed;top:-200vh}",
    ),
    ("hidden-deletion/opacity", "hidden-insertion/opacity", "<span style=\"opacity:0\">", ""),
    ("hidden-deletion/font-size", "hidden-insertion/font-size", "<span style=\"font-size:0\">", ""),
    (
        "hidden-deletion/white-on-white",
        "hidden-insertion/white-on-white",
        "<span style=\"color:#fff;background:#fff\">",
        "",
    ),
    ("hidden-deletion/transparent", "hidden-insertion/transparent", "<span style=\"color:transparent\">", ""),
    ("hidden-deletion/clip", "", "<span style=\"position:absolute;clip:rect(0,0,0,0)\">", ""),
    (
        "hidden-deletion/clip-path",
        "hidden-insertion/clip-path",
        "<span style=\"position:absolute;clip-path:inset(50%)\">",
        "",
    ),
    (
        "hidden-deletion/no-height",
        "hidden-insertion/no-height",
        "<span style=\"display:inline-block;height:0;width:0;overflow:hidden\">",
        "",
    ),
    ("hidden-deletion/scale", "hidden-insertion/scale", "<span style=\"display:inline-block;transform:scale(0)\">", ""),
    ("hidden-deletion/template", "", "<template>", ""),
];

/// All alterations of this family.
pub fn all() -> Vec<Alteration> {
    let deletions = (0..WAYS.len()).map(|way| Alteration {
        name: WAYS[way].0,
        make: Box::new(move |article, chance| deletion(article, chance, way)),
    });
    let insertions = (0..WAYS.len()).filter(|way| !WAYS[*way].1.is_empty()).map(|way| Alteration {
        name: WAYS[way].1,
        make: Box::new(move |article, chance| insertion(article, chance, way)),
    });
    let more: [(&'static str, Make); 8] = [
        ("concealment/lookalike", lookalike),
        ("concealment/lookalike-greek", lookalike_greek),
        ("concealment/zero-width", zero_width),
        ("concealment/override", direction),
        ("concealment/tags", tags),
        ("concealment/commented-out", commented_out),
        ("concealment/hidden-replacement", replacement),
        ("concealment/generated", generated),
    ];
    deletions.chain(insertions).chain(more.map(|(name, make)| Alteration { name, make: Box::new(make) })).collect()
}

fn label(name: &'static str, kinds: &'static [Kind], before: &str, after: &str) -> Label {
    let (before, after) = (before.to_owned(), after.to_owned());
    Label { name, kinds, before, after, verdict: Some(Verdict::Altered) }
}

fn close(open: &str) -> String {
    let name: String = open.chars().skip(1).take_while(char::is_ascii_alphabetic).collect();
    format!("</{name}>")
}

fn deletion(article: &mut Article, chance: &mut Chance, way: usize) -> Option<Label> {
    let (name, _, open, css) = WAYS[way];
    let spot = article.pick(chance, 2, 4, |words| words[0].lead.is_empty())?;
    let before = article.text(&spot);
    article.wrap(&spot, open, &close(open));
    article.css.push_str(css);
    Some(label(name, HIDDEN_DELETION, &before, ""))
}

fn insertion(article: &mut Article, chance: &mut Chance, way: usize) -> Option<Label> {
    let (_, name, open, css) = WAYS[way];
    let spot = article.pick(chance, 1, 1, |words| words[0].lead.is_empty())?;
    let word = &mut article.words_mut(&spot)[0];
    // Other words each time, so that one finding tells of one insertion.
    let secret = format!("in secret {}", name.trim_start_matches("hidden-insertion/").replace('-', " "));
    word.open.push_str(&format!("{open}{secret} {}", close(open)));
    article.css.push_str(css);
    // Words that no reader sees alter nothing that he reads.
    Some(Label { verdict: None, ..label(name, HIDDEN, "", &secret) })
}

fn disguise(article: &mut Article, chance: &mut Chance, name: &'static str, plain: char, other: char) -> Option<Label> {
    let spot = article.pick(chance, 1, 1, |words| {
        words[0].core.len() > 4 && words[0].core.is_ascii() && words[0].core[1..].contains(plain)
    })?;
    let before = article.text(&spot);
    let after = before[..1].to_owned() + &before[1..].replacen(plain, &other.to_string(), 1);
    after.clone_into(&mut article.words_mut(&spot)[0].core);
    Some(label(name, LOOKALIKE, &before, &after))
}

fn lookalike(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    disguise(article, chance, "concealment/lookalike", 'a', '\u{430}')
}

fn lookalike_greek(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    disguise(article, chance, "concealment/lookalike-greek", 'o', '\u{3bf}')
}

fn inside(article: &mut Article, chance: &mut Chance, name: &'static str, what: &str) -> Option<Label> {
    let spot = article.pick(chance, 1, 1, |words| words[0].core.len() > 5 && words[0].core.is_ascii())?;
    let before = article.text(&spot);
    article.words_mut(&spot)[0].core.insert_str(3, what);
    Some(Label { verdict: None, ..label(name, INVISIBLE, &before, &before) })
}

fn zero_width(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    inside(article, chance, "concealment/zero-width", "\u{200b}")
}

fn direction(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 1, 1, |words| words[0].core.len() > 5 && words[0].core.is_ascii())?;
    let before = article.text(&spot);
    let turned: String = before.chars().rev().collect();
    let word = &mut article.words_mut(&spot)[0];
    word.core = format!("\u{202e}{turned}\u{202c}");
    const KINDS: &[Kind] = &[Kind::InvisibleCharacters, Kind::TextReplaced];
    Some(label("concealment/override", KINDS, &before, &turned))
}

fn tags(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    inside(article, chance, "concealment/tags", "\u{e0041}\u{e0042}")
}

fn commented_out(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 2, 4, |words| {
        words[0].lead.is_empty() && words.last().is_some_and(|word| word.tail.is_empty())
    })?;
    let before = article.text(&spot);
    article.wrap(&spot, "<!-- ", " -->");
    Some(label("concealment/commented-out", HIDDEN_DELETION, &before, ""))
}

fn replacement(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 1, 2, |words: &[Word]| words[0].lead.is_empty())?;
    let before = article.text(&spot);
    article.wrap(&spot, "<span style=\"display:none\">", "</span>unspeakable");
    const KINDS: &[Kind] = &[Kind::HiddenText, Kind::TextReplaced];
    Some(label("concealment/hidden-replacement", KINDS, &before, "unspeakable"))
}

/// A word that only the style sheet holds: a reader sees it.
fn generated(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 1, 1, |words| words[0].lead.is_empty())?;
    let word = &mut article.words_mut(&spot)[0];
    word.markup = Some(format!("<span class=\"g1x\">{}</span>", escaped(&word.core)));
    article.css.push_str(".g1x::before{content:\"never \"}");
    const KINDS: &[Kind] = &[Kind::TextInserted, Kind::TextReplaced, Kind::HiddenText];
    Some(label("concealment/generated", KINDS, "", "never"))
}
