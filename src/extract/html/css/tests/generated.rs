//! Text that is in the sheet, not in the page.

use super::see;
use crate::extract::html::css::style::HiddenBy;

fn around(sheet: &str) -> (String, String) {
    see(&format!("<style>{sheet}</style><p id=x class=y title='A note'>words</p>")).around("#x")
}

fn pair(before: &str, after: &str) -> (String, String) {
    (before.to_owned(), after.to_owned())
}

#[test]
fn content() {
    assert_eq!(around("#x::before{content:'not '}"), pair("not ", ""));
    assert_eq!(around("#x:after{content:' (sic)'}"), pair("", " (sic)"));
    assert_eq!(around("#x::before{content:'[' attr(title) ']'}"), pair("[A note]", ""));
    assert_eq!(around("#x::before{content:'\\201C'}"), pair("\u{201c}", ""));
    assert_eq!(around("#x::before{content:url(x) 'a' / 'spoken'}"), pair("a", ""));
    assert_eq!(around("#x::before{content:open-quote 'a' close-quote}"), pair("“a”", ""));
    assert_eq!(around("p{--t:'a'} p::before{content:var(--t)}"), pair("a", ""));
}

#[test]
fn no_content() {
    for sheet in [
        "#x::before{content:''}",
        "#x::before{content:none}",
        "#x::before{color:red}",
        "#x::before{content:' '}",
        "b::before{content:'a'}",
        "#x::before{content:'a'} #x::before{content:none}",
        "#x{content:'a'}",
        "#x::first-line{content:'a'}",
        "#x:hover::before{content:'a'}",
        "#x::before:hover{content:'a'}",
    ] {
        assert_eq!(around(sheet), pair("", ""), "{sheet}");
    }
}

#[test]
fn the_cascade_holds_for_it() {
    assert_eq!(around("#x::before{content:'b'} p::before{content:'a'}"), pair("b", ""));
    assert_eq!(around("p::before{content:'a'!important} #x::before{content:'b'}"), pair("a", ""));
    assert_eq!(around("p{&::before{content:'a'}}"), pair("a", ""));
    assert_eq!(around("@media print{p::before{content:'a'}}"), pair("", ""));
}

#[test]
fn its_style_starts_from_the_elements() {
    let page = see(
        "<style>p{color:green} p::before{content:'a';font-weight:700} p::after{content:'b';display:none}</style><p>x",
    );
    let selector = scraper::Selector::parse("p").expect("a selector");
    let node = page.html.select(&selector).next().expect("a paragraph").id();
    let before = page.computed.before(node).expect("text before");
    assert_eq!((before.style.font_weight, before.style.colour), (700, super::GREEN));
    let after = page.computed.after(node).expect("text after");
    assert_eq!(after.style.hidden.map(|own| own.by), Some(HiddenBy::Display));
}

#[test]
fn quotation_marks_nest() {
    let page = see("<p><q id=a>x <q id=b>y</q></q> <q id=c>z</q>");
    assert_eq!(page.around("#a"), pair("“", "”"));
    assert_eq!(page.around("#b"), pair("‘", "’"));
    assert_eq!(page.around("#c"), pair("“", "”"));
    let page = see("<style>q{quotes:'«' '»'} #b{quotes:none}</style><p><q id=a>x</q><q id=b>y</q>");
    assert_eq!((page.around("#a"), page.around("#b")), (pair("«", "»"), pair("", "")));
}
