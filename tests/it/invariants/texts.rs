//! Random texts and random alterations of them.

use proptest::{collection::vec, prelude::*, sample::select};

/// A text: paragraphs of words with their signs.
pub type Text = Vec<Vec<String>>;

const WORDS: &[&str] = &[
    "the",
    "the",
    "the",
    "of",
    "and",
    "a",
    "to",
    "in",
    "is",
    "not",
    "no",
    "may",
    "will",
    "must",
    "talks",
    "talks",
    "treaty",
    "river,",
    "Norhaven",
    "minister",
    "said",
    "said.",
    "grain",
    "grain.",
    "2254",
    "17",
    "1,200",
    "percent",
    "§",
    "5",
    "“never”",
    "harbour",
    "it's",
    "re-open",
    "U.S.",
    "São",
    "(again)",
    "war",
    "peace.",
    "border",
    "3",
    "million",
    "euros",
    "May",
    "March",
    "2017.",
    "—",
    "every",
    "all",
];

/// One alteration. Numbers choose places, counted round.
#[derive(Clone, Debug)]
pub enum Alteration {
    Insert(usize, usize, Vec<String>),
    Delete(usize, usize, usize),
    Replace(usize, usize, usize, Vec<String>),
    Emphasise(usize, usize, usize),
    DeleteParagraph(usize),
    MoveParagraph(usize, usize),
    Repeat(usize, usize),
    Add(usize, Vec<String>),
    Split(usize, usize),
    Join(usize),
    MoveWords(usize, usize, usize, usize, usize),
}

fn words(most: usize) -> impl Strategy<Value = Vec<String>> {
    vec(select(WORDS).prop_map(str::to_owned), 1..=most)
}

/// A text of some paragraphs; the longest word of each is one that is a word.
pub fn text() -> impl Strategy<Value = Text> {
    let paragraph = words(40).prop_map(|mut words| {
        words.push("end.".to_owned());
        words
    });
    vec(paragraph, 1..9)
}

/// An alteration.
pub fn alteration() -> impl Strategy<Value = Alteration> {
    let at = || 0..1000_usize;
    prop_oneof![
        (at(), at(), words(12)).prop_map(|(p, w, new)| Alteration::Insert(p, w, new)),
        (at(), at(), 1..12_usize).prop_map(|(p, w, n)| Alteration::Delete(p, w, n)),
        (at(), at(), 1..6_usize, words(6)).prop_map(|(p, w, n, new)| Alteration::Replace(p, w, n, new)),
        (at(), at(), 1..6_usize).prop_map(|(p, w, n)| Alteration::Emphasise(p, w, n)),
        at().prop_map(Alteration::DeleteParagraph),
        (at(), at()).prop_map(|(from, to)| Alteration::MoveParagraph(from, to)),
        (at(), at()).prop_map(|(from, to)| Alteration::Repeat(from, to)),
        (at(), words(20)).prop_map(|(p, new)| Alteration::Add(p, new)),
        (at(), at()).prop_map(|(p, w)| Alteration::Split(p, w)),
        at().prop_map(Alteration::Join),
        (at(), at(), 1..15_usize, at(), at()).prop_map(|(p, w, n, q, v)| Alteration::MoveWords(p, w, n, q, v)),
    ]
}

/// `text` with the alterations made one after the other.
pub fn altered(text: &Text, alterations: &[Alteration]) -> Text {
    let mut text = text.clone();
    for alteration in alterations {
        text.retain(|paragraph| !paragraph.is_empty());
        if text.is_empty() {
            break;
        }
        alter(&mut text, alteration);
    }
    text.retain(|paragraph| !paragraph.is_empty());
    text
}

fn alter(text: &mut Text, alteration: &Alteration) {
    let count = text.len();
    let place = |text: &Text, p: usize, w: usize| (p % count, w % (text[p % count].len() + 1));
    let run = |text: &Text, p: usize, w: usize, n: usize| {
        let (p, w) = place(text, p, w);
        (p, w..(w + n).min(text[p].len()))
    };
    match alteration {
        Alteration::Insert(p, w, new) => {
            let (p, w) = place(text, *p, *w);
            text[p].splice(w..w, new.iter().cloned());
        }
        Alteration::Delete(p, w, n) => {
            let (p, words) = run(text, *p, *w, *n);
            text[p].drain(words);
        }
        Alteration::Replace(p, w, n, new) => {
            let (p, words) = run(text, *p, *w, *n);
            text[p].splice(words, new.iter().cloned());
        }
        Alteration::Emphasise(p, w, n) => {
            let (p, words) = run(text, *p, *w, *n);
            text[p][words].iter_mut().for_each(|word| *word = format!("<b>{word}</b>"));
        }
        Alteration::DeleteParagraph(p) => drop(text.remove(p % count)),
        Alteration::MoveParagraph(from, to) => {
            let moved = text.remove(from % count);
            text.insert(to % count, moved);
        }
        Alteration::Repeat(from, to) => {
            let twin = text[from % count].clone();
            text.insert(to % (count + 1), twin);
        }
        Alteration::Add(p, new) => text.insert(p % (count + 1), new.clone()),
        Alteration::Split(p, w) => {
            let (p, w) = place(text, *p, *w);
            let rest = text[p].split_off(w);
            text.insert(p + 1, rest);
        }
        Alteration::Join(p) if count > 1 => {
            let p = p % (count - 1);
            let next = text.remove(p + 1);
            text[p].extend(next);
        }
        Alteration::Join(_) => {}
        Alteration::MoveWords(p, w, n, q, v) => {
            let (p, words) = run(text, *p, *w, *n);
            let moved: Vec<String> = text[p].drain(words).collect();
            let (q, v) = place(text, *q, *v);
            text[q].splice(v..v, moved);
        }
    }
}

/// The text as paragraphs of HTML.
pub fn paragraphs(text: &Text) -> String {
    text.iter().map(|paragraph| format!("<p>{}</p>\n", paragraph.join(" "))).collect()
}
