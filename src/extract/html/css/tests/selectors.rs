//! Which rules meet which elements.

use super::{GREEN, RED, see, style_of};
use crate::extract::html::css::Rgba;

/// Whether `selector` matches `<span id=x class="y z" data-k="One two" lang=en-GB>` as second child of `p.first`,
/// which is followed by `p.second`.
fn meets(selector: &str) -> bool {
    let page = see(&format!(
        "<style>{selector}{{float:left}}</style><div><p class=first><b>a</b><span id=x class='y z' data-k='One two' \
         lang=en-GB>b<i></i></span><a href=#>c</a><a name=d>d</a></p><p class=second>e</p></div>"
    ));
    page.of("#x").float
}

#[test]
fn structure() {
    for selector in [
        "#x",
        ".y",
        ".z.y",
        "span",
        "SPAN",
        "*",
        "div span",
        "p>span",
        "b+span",
        "b~span",
        "[data-k]",
        "[data-k='One two']",
        "[data-k^=One]",
        "[data-k$=two]",
        "[data-k*='e t']",
        "[data-k~=two]",
        "[lang|=en]",
        "[data-k='one TWO' i]",
        ":nth-child(2)",
        ":nth-child(even)",
        ":nth-last-child(3)",
        ":nth-of-type(1)",
        ":first-of-type",
        ":last-of-type",
        ":only-of-type",
        ":not(b)",
        ":not(b,i)",
        ":is(b,span)",
        ":where(.q,.y)",
        ":has(i)",
        ":has(>i)",
        "p:has(+p) span",
        ":has(~a)",
        ":not(:has(b))",
        ":root span",
        "html span",
        "body div p span",
        ":-webkit-any(span,b)",
        ":lang(en)",
        ":dir(ltr)",
        "a:hover,span",
        ".y:not(:hover)",
        ".y:not(:empty)",
        "span:is(:hover,.y)",
        ":is(::before,.y)",
        "p:first-child span",
        "p:nth-last-child(2) span",
    ] {
        assert!(meets(selector), "{selector}");
    }
}

#[test]
fn no_match() {
    for selector in [
        "#X",
        ".Y",
        "b",
        "p+span",
        "div>span",
        "[data-k=One]",
        "[data-K2]",
        ":nth-child(odd)",
        ":first-child",
        ":empty",
        ":hover",
        ":focus",
        ":visited",
        ":link",
        ":checked",
        ":not(span)",
        ":not(:not(b))",
        ":has(u)",
        ":root",
        ":scope",
        ":lang(de)",
        ":dir(rtl)",
        "span:hover",
        ":is()",
        ":is(b)",
        ":target",
        "p.second span",
        ".first+.second span",
        ":nth-child(2 of span)",
        "svg|span",
        ":matches(b),span",
        "&span,span",
        ":unknown,span",
        "span:unknown",
        "span::unknown,span",
        "span,",
        "span >",
        "1span",
        "span::before",
        "span::first-line",
        "span::selection",
        "span::-webkit-any",
    ] {
        assert!(!meets(selector), "{selector}");
    }
}

#[test]
fn links_are_met_only_with_a_target() {
    let page = see("<style>:link{color:green} a{text-decoration:none}</style><a href=x>1</a><a class=n>2</a>");
    assert_eq!(page.of("a").colour, GREEN);
    assert_eq!(page.of(".n").colour, Rgba::BLACK);
}

#[test]
fn known_pseudo_elements_spare_the_other_selectors_of_a_list() {
    assert_eq!(style_of("#x,#x::first-letter{color:green}", "").colour, GREEN);
    assert_eq!(style_of("#x,#x::-webkit-scrollbar{color:green}", "").colour, GREEN);
    assert_eq!(style_of("#x,#x::-moz-selection{color:red}", "").colour, Rgba::BLACK);
    assert_eq!(style_of("#x:first-letter{color:red}", "").colour, Rgba::BLACK);
}

#[test]
fn states_follow_from_markup() {
    let page = see("<style>:checked+b{color:green} :disabled+b{color:red}</style>\
                    <input type=checkbox checked><b>a</b><input disabled><b class=d>b</b>");
    assert_eq!((page.of("b").colour, page.of(".d").colour), (GREEN, RED));
}

#[test]
fn nesting() {
    assert_eq!(style_of("p{color:red; #x{color:green}}", "").colour, GREEN);
    assert_eq!(style_of("p{> span{color:green}}", "").colour, GREEN);
    assert_eq!(style_of("span{&.y{color:green}}", "class=y").colour, GREEN);
    assert_eq!(style_of(".y{p &{color:green}}", "class=y").colour, GREEN);
    assert_eq!(style_of("p{@media screen{span{color:green}}}", "").colour, GREEN);
    assert_eq!(style_of("#x{@media print{color:red} color:green}", "").colour, GREEN);
    assert_eq!(style_of("#x{@media screen{color:green}}", "").colour, GREEN);
    assert_eq!(style_of("#x{color:red; &{color:red} color:green}", "").colour, GREEN);
    assert_eq!(
        style_of("#q,p{span{color:green}} .y{color:red}", "class=y").colour,
        GREEN,
        "as specific as the greatest"
    );
    assert_eq!(style_of("#x{@layer a{color:red} color:green}", "").colour, GREEN);
    assert_eq!(style_of("p{@supports (display:grid){span{color:green}}}", "").colour, GREEN);
}
