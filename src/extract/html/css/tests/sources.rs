//! Which sheets count, and what is said of those that are not at hand.

use scraper::{Html, Selector};

use super::{GREEN, RED, see};
use crate::{
    capture::{Capture, Exchange, MissedSheet, Sheet},
    extract::html::css::{Computed, Note, Rgba, Sheets, Shelf, wanted},
};

/// A page of that markup, at an address if one is given, with the captured sheets given.
fn page(address: Option<&str>, markup: &str, linked: &[(&str, &str)]) -> Capture {
    let body = format!("<!doctype html>{markup}<p>words").into_bytes();
    let mut page = Capture::from_bytes("page.html", body, Some("text/html")).unwrap();
    page.exchange = address.map(|url| Exchange { final_url: url.to_owned(), ..Exchange::default() });
    page.sheets = linked.iter().map(|(at, text)| Sheet::new(at, text.as_bytes().to_vec(), None)).collect();
    page
}

/// The colour of `<p>` on `page`, and the notes.
fn computed(page: &Capture) -> (Rgba, Vec<Note>) {
    let html = Html::parse_document(std::str::from_utf8(&page.body).unwrap());
    let mut notes = Vec::new();
    let sheets = Sheets::of(&html, &Shelf::of(page, "utf-8"), &mut notes);
    let computed = Computed::of(&html, &sheets, &std::collections::BTreeSet::new(), &mut notes);
    let selector = Selector::parse("p").expect("a selector");
    let node = html.select(&selector).next().expect("a paragraph").id();
    (computed.style(node).colour, notes)
}

/// The same of a file.
fn with_linked(markup: &str, linked: &[(&str, &str)]) -> (Rgba, Vec<Note>) {
    computed(&page(None, markup, linked))
}

/// What a page at an address asks for.
fn asked(markup: &str, linked: &[(&str, &str)]) -> Vec<String> {
    let page = page(Some("https://example.org/news/page"), markup, linked);
    let html = Html::parse_document(std::str::from_utf8(&page.body).unwrap());
    wanted(&html, &Shelf::of(&page, "utf-8")).iter().map(|target| target.address()).collect()
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
        "4 style sheets were not captured, so that what they set off or hide is not seen: /a.css, /b.css, /c.css, and another."
    );
    let mut missed = page_of_two_hosts();
    let why = |address: &str, why: &str| MissedSheet { address: address.to_owned(), why: why.to_owned() };
    missed.missed_sheets = vec![
        why("https://cdn.example/a.css", "no answer"),
        why("https://cdn.example/b.css", "no answer"),
        why("https://example.org/c.css", "forbidden\u{1b}"),
    ];
    assert_eq!(
        computed(&missed).1[0].message,
        "3 style sheets were not captured, so that what they set off or hide is not seen: 2 of cdn.example (no answer), \
         example.org/c.css (forbidden)."
    );
}

fn page_of_two_hosts() -> Capture {
    let links = ["//cdn.example/a.css", "//cdn.example/b.css", "/c.css", "/c.css"];
    let links = links.map(|href| format!("<link rel=stylesheet href={href}>"));
    page(Some("https://example.org/news/page"), &links.concat(), &[])
}

#[test]
fn a_page_asks_for_what_applies_in_order() {
    for (markup, expected) in [
        ("<link rel=stylesheet href=a.css><link rel=stylesheet href='../b.css?v=1#x'>", "news/a.css b.css?v=1"),
        ("<style>@import 'a.css'; @import url(b.css) print;</style>", "news/a.css"),
        ("<style>@import 'a.css' supports(-moz-x: y); @import 'b.css' layer(x) screen;</style>", "news/b.css"),
        (
            "<link rel=stylesheet href=a.css><base href=/x/><base href=/y/><link rel=stylesheet href=b.css>",
            "news/a.css x/b.css",
        ),
        ("<base href=/x/><style>@import 'a.css';</style>", "x/a.css"),
        ("<template><base href=/x/></template><link rel=stylesheet href=a.css>", "news/a.css"),
        ("<link rel=stylesheet disabled href=a.css><link rel=stylesheet type=text/less href=b.css>", ""),
        ("<link rel=stylesheet media=print onload=\"this.media='all'\" href=a.css>", "news/a.css"),
        ("<link rel=stylesheet title=A href=a.css><link rel=stylesheet title=B href=b.css>", "news/a.css"),
        (
            "<meta http-equiv=default-style content=B><link rel=stylesheet title=A href=a.css><link rel=stylesheet title=B href=b.css>",
            "news/b.css",
        ),
        ("<link rel='alternate stylesheet' title=B href=b.css><link rel=stylesheet title=A href=a.css>", "news/a.css"),
        ("<link rel=stylesheet href=''><link rel=stylesheet><link rel=icon href=a.png>", ""),
        ("<link rel=stylesheet href=a.css><link rel=stylesheet href=./a.css>", "news/a.css"),
    ] {
        let expected: Vec<String> =
            expected.split_whitespace().map(|path| format!("https://example.org/{path}")).collect();
        assert_eq!(asked(markup, &[]), expected, "{markup}");
    }
    let linked = [("https://example.org/css/a.css", "@import 'b.css';")];
    assert_eq!(asked("<link rel=stylesheet href=/css/a.css>", &linked), ["https://example.org/css/b.css"]);
}

#[test]
fn a_sheet_imports_from_where_it_stands() {
    let linked =
        [("s/a.css", "@import 'b.css'; @import '../c.css';"), ("s/b.css", "p{color:red}"), ("c.css", "p{color:green}")];
    assert_eq!(with_linked("<link rel=stylesheet href=s/a.css>", &linked), (GREEN, Vec::new()));
    let mut moved = page(Some("https://example.org/"), "<link rel=stylesheet href=a.css>", &[]);
    moved.sheets = vec![
        Sheet {
            final_address: Some("https://cdn.example/x/a.css".to_owned()),
            ..Sheet::new("https://example.org/a.css", b"@import 'b.css';".to_vec(), Some("text/css"))
        },
        Sheet::new("https://cdn.example/x/b.css", b"p{color:green}".to_vec(), Some("text/css")),
    ];
    assert_eq!(computed(&moved), (GREEN, Vec::new()));
}

#[test]
fn what_was_not_sent_as_css_is_none() {
    let link = "<link rel=stylesheet href=/a.css>";
    let as_sent = |kind: &str| {
        let mut page = page(Some("https://example.org/"), link, &[]);
        page.sheets = vec![Sheet::new("https://example.org/a.css", b"p{color:green}".to_vec(), Some(kind))];
        page
    };
    for kind in ["text/css", "TEXT/CSS; charset=utf-8", ""] {
        assert_eq!(computed(&as_sent(kind)), (GREEN, Vec::new()), "{kind}");
    }
    for kind in ["text/html", "text/plain", "application/octet-stream"] {
        let (colour, notes) = computed(&as_sent(kind));
        assert_eq!((colour, notes.len()), (Rgba::BLACK, 1), "{kind}");
        assert!(
            notes[0].message.contains(&format!("example.org/a.css (sent as \"{kind}\", which browsers")),
            "{notes:?}"
        );
    }
    // Old pages are forgiven by their own host.
    let mut quirky = as_sent("text/plain");
    quirky.body = format!("{link}<p>words").into_bytes();
    assert_eq!(computed(&quirky).0, GREEN);
    quirky.exchange = Some(Exchange { final_url: "https://other.example/".to_owned(), ..Exchange::default() });
    quirky.body = b"<link rel=stylesheet href=https://example.org/a.css><p>words".to_vec();
    assert_eq!(computed(&quirky).0, Rgba::BLACK);
    let (colour, notes) =
        with_linked("<link rel=stylesheet href=a.css>", &[("a.css", "\n<!DOCTYPE html><style>p{color:red}")]);
    assert_eq!((colour, notes.len()), (Rgba::BLACK, 1));
}

#[test]
fn a_sheet_may_stand_in_its_own_address() {
    for href in [
        "data:text/css,p%7Bcolor:green}",
        "data:text/css;charset=utf-8,p{color:green}#fragment",
        "data:text/css;base64,cHtjb2xvcjpncmVlbn0=",
        "DATA:text/css;base64,cHtjb2xvcjpn%0AcmVlbn0",
    ] {
        assert_eq!(with_linked(&format!("<link rel=stylesheet href='{href}'>"), &[]), (GREEN, Vec::new()), "{href}");
        assert_eq!(with_linked(&format!("<style>@import '{href}';</style>"), &[]).0, GREEN, "{href}");
    }
    assert_eq!(
        with_linked("<link rel=stylesheet href='data:text/plain,p{color:red}'>", &[]),
        (Rgba::BLACK, Vec::new())
    );
    assert_eq!(with_linked("<link rel=stylesheet href='data:text/css;base64,*'>", &[]).1.len(), 1);
}

#[test]
fn a_sheet_of_another_digest_than_the_page_gives_is_none() {
    let of = |integrity: &str| {
        let markup = format!("<link rel=stylesheet integrity='{integrity}' href=a.css>");
        with_linked(&markup, &[("a.css", "p{color:green}")])
    };
    let [sha256, sha384, sha512] = [
        "sha256-+U34xzSKWEW1L9j9e5KZWYbDRq9rJlkv+gDWO4ekHkY=",
        "sha384-pyp1/8NsDyEk2RVjGxjPVFEM/ykxRe//K0caxKBPvAXS3Kxa1nnTbema5mZEJgCA",
        "sha512-PSdugsUeUOdOHYJn7fNsE21+pC4mZ4aLd2J8NHgfEdgmIxkk4BJPkyE9v6XxjT8VeA+zTMDqtVKVslfiQFvNXw==",
    ];
    for whole in
        [sha256, sha384, sha512, "", "md5-x", &format!("sha256-AAAA {sha384}?x"), &format!("sha512-AAAA {sha512}")]
    {
        assert_eq!(of(whole), (GREEN, Vec::new()), "{whole}");
    }
    for other in ["sha256-AAAA", &format!("{sha256} sha512-AAAA"), "SHA384-x"] {
        let (colour, notes) = of(other);
        assert_eq!((colour, notes.len()), (Rgba::BLACK, 1), "{other}");
    }
}
