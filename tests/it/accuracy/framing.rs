//! What republishers put around and between the words of a text: links, interjections, subheadings, captions.

use vidimus::{Verdict, check::Kind};

use super::{
    Alteration, Make,
    article::{Article, Label, Shape, words},
};
use crate::support::Chance;

/// All alterations of this family.
pub fn all() -> Vec<Alteration> {
    let more: [(&'static str, Make); 6] = [
        ("framing/link", link),
        ("framing/interjection", interjection),
        ("framing/editors-note", editors_note),
        ("framing/bracket", bracket),
        ("framing/subheading", subheading),
        ("framing/caption", caption),
    ];
    more.into_iter().map(|(name, make)| Alteration { name, make: Box::new(make) }).collect()
}

fn label(name: &'static str, kinds: &'static [Kind], after: &str) -> Label {
    Label { name, kinds, before: String::new(), after: after.to_owned(), verdict: None }
}

fn link(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 2, 4, |_| true)?;
    article.wrap(&spot, "<a href=\"https://example.org/the-real-story\">", "</a>");
    let words = article.text(&spot);
    let label = label("framing/link", &[Kind::Link], &words);
    Some(Label { before: words, verdict: Some(Verdict::Verbatim), ..label })
}

/// A paragraph of running text to put something behind that is not the last.
fn behind(article: &mut Article, chance: &mut Chance, markup: &str) -> Option<()> {
    let last = article.paragraphs.len() - 1;
    let free = |index: &usize| {
        article.paragraphs[*index].shape == Shape::Paragraph
            && article.paragraphs[*index].behind.is_empty()
            && article.paragraphs[*index + 1].shape != Shape::Item
    };
    let found: Vec<usize> = (0..last).filter(free).collect();
    let index = (!found.is_empty()).then(|| *chance.one(&found))?;
    article.paragraphs[index].behind.push_str(markup);
    Some(())
}

fn interjection(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let text = *chance.one(&[
        "This passage contradicts everything the same officials told the press a month earlier.",
        "Readers may want to ask who profits from such a remarkable admission.",
    ]);
    behind(article, chance, &format!("<p>{text}</p>"))?;
    Some(label("framing/interjection", &[Kind::Interjection, Kind::TextInserted], text))
}

fn editors_note(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let text = "Editor’s note: the figures in this paragraph have been disputed since.";
    behind(article, chance, &format!("<div class=\"promo comment\"><p><em>{text}</em></p></div>"))?;
    Some(label("framing/editors-note", &[Kind::Interjection], text))
}

fn bracket(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let spot = article.pick(chance, 1, 1, |words| words[0].tail.is_empty())?;
    let note = *chance.one(&["[which is not true – the editors]", "[sic]"]);
    let mut come = words(note);
    come.iter_mut().for_each(|word| (word.used, word.last) = (true, false));
    let at = spot.words.end;
    article.paragraphs[spot.paragraph].words.splice(at..at, come);
    Some(label("framing/bracket", &[Kind::TextInserted, Kind::Interjection], note.trim_matches(['[', ']'])))
}

fn subheading(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let text = *chance.one(&["A promise nobody meant to keep", "The price of silence"]);
    let markup = *chance.one(&["<h3>{}</h3>", "<p><strong>{}</strong></p>", "<h2 class=\"crosshead\">{}</h2>"]);
    behind(article, chance, &markup.replace("{}", text))?;
    Some(label("framing/subheading", &[Kind::Subheading], text))
}

fn caption(article: &mut Article, chance: &mut Chance) -> Option<Label> {
    let text = "Workers wait outside the gate on a cold morning. Photo: A. Nobody";
    behind(
        article,
        chance,
        &format!("<figure><img src=\"/gate.jpg\" alt=\"A gate\"><figcaption>{text}</figcaption></figure>"),
    )?;
    Some(label("framing/caption", &[Kind::Caption], text))
}
