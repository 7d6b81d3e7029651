//! Which sheets count, and what is said of those that are not at hand.

use std::collections::BTreeMap;

use scraper::{Html, Selector};

use super::{GREEN, RED, see};
use crate::extract::html::css::{Computed, Note, Rgba};

/// The colour of `<p>` on a page with the captured sheets given, and the notes.
fn with_linked(page: &str, linked: &[(&str, &str)]) -> (Rgba, Vec<Note>) {
    let html = Html::parse_document(&format!("<!doctype html>{page}<p>words"));
    let linked: BTreeMap<String, String> =
        linked.iter().map(|(href, text)| ((*href).to_owned(), (*text).to_owned())).collect();
    let mut notes = Vec::new();
    let computed = Computed::of(&html, &linked, &std::collections::BTreeSet::new(), &mut notes);
    let selector = Selector::parse("p").expect("a selector");
    let node = html.select(&selector).next().expect("a paragraph").id();
    (computed.style(node).colour, notes)
}

#[test]
fn only_sheets_in_force_count() {
    for unheard in [
        "<style media=print>p{color:red}</style>",
        "<style type=text/less>p{color:red}</style>",
        "<noscript><style>p{color:red}</style></noscript>",
        "<template><style>p{color:red}</style></template>",
        "<style media='(max-width:600px)'>p{color:red}</style>",
    ] {
        assert_eq!(see(&format!("{unheard}<p>x")).of("p").colour, Rgba::BLACK, "{unheard}");
    }
    for heard in [
        "<style media=screen>p{color:red}</style>",
        "<style type='text/css'>p{color:red}</style>",
        "<svg><style>p{color:red}</style></svg>",
        "<div><style>p{color:red}</style></div>",
    ] {
        assert_eq!(see(&format!("{heard}<p>x")).of("p").colour, RED, "{heard}");
    }
}

#[test]
fn captured_sheets_stand_where_they_are_linked() {
    let page = "<style>p{color:red}</style><link rel=stylesheet href=a.css>";
    assert_eq!(with_linked(page, &[("a.css", "p{color:green}")]).0, GREEN);
    let page = "<link rel=stylesheet href=a.css><style>p{color:green}</style>";
    assert_eq!(with_linked(page, &[("a.css", "p{color:red}")]).0, GREEN);
    let (colour, notes) = with_linked("<link rel='alternate stylesheet' href=a.css>", &[("a.css", "p{color:red}")]);
    assert_eq!((colour, notes.len()), (Rgba::BLACK, 0));
}

#[test]
fn imports_come_before_what_imports_them() {
    let linked = [("b.css", "p{color:red}"), ("c.css", "p{color:green}")];
    assert_eq!(with_linked("<style>@import 'b.css';p{color:green}</style>", &linked).0, GREEN);
    assert_eq!(with_linked("<style>@import url(b.css);@import url('c.css') screen;</style>", &linked).0, GREEN);
    assert_eq!(with_linked("<style>@import 'c.css';@import 'b.css' print;</style>", &linked).0, GREEN);
    assert_eq!(with_linked("<style>@import 'b.css' layer(x);@import 'c.css';</style>", &linked).0, GREEN);
    assert_eq!(with_linked("<style>p{color:green} @import 'b.css';</style>", &linked).0, GREEN, "too late");
    assert_eq!(with_linked("<style>@import 'c.css' supports(display:grid);</style>", &linked).0, GREEN);
}

#[test]
fn an_import_of_itself_ends() {
    let (colour, notes) = with_linked("<link rel=stylesheet href=a>", &[("a", "@import 'a';p{color:green}")]);
    assert_eq!(colour, GREEN);
    assert_eq!(notes.first().map(|note| note.code.as_str()), Some("css-budget-reached"));
}

#[test]
fn missing_sheets_are_one_note() {
    let page = "<link rel=stylesheet href=/a.css><link rel=StyleSheet href='/b.css'><link rel=preload as=style href=/c.css \
                onload=\"this.rel='stylesheet'\"><link rel=stylesheet media=print href=/print.css><style>@import '/d.css';</style>";
    let (_, notes) = with_linked(page, &[]);
    assert_eq!(notes.len(), 1);
    assert_eq!(notes[0].code, "sheet-not-captured");
    assert_eq!(
        notes[0].message,
        "4 style sheets were not captured, so that emphasis they set is not seen: /a.css, /b.css, /c.css and others."
    );
    let (_, notes) = with_linked("<link rel=stylesheet href=/a.css>", &[]);
    assert!(notes[0].message.starts_with("1 style sheet was not captured"), "{}", notes[0].message);
}
