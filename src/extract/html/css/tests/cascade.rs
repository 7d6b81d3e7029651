//! What wins: origins, specificity, order, importance, layers, inheritance.

use super::{GREEN, RED, see, see_raw, style_of};
use crate::extract::html::css::{Display, Lines, Rgba};

#[test]
fn tags_have_the_browsers_styles() {
    let page = see("<h1>a</h1><p><b>b</b><i>c</i><u>d</u><small>e</small><b><b class=two>f</b></b>");
    assert_eq!((page.of("h1").font_weight, page.of("h1").font_size), (700, 32.0));
    assert_eq!(page.of("b").font_weight, 700);
    assert_eq!(page.of(".two").font_weight, 900);
    assert!(page.of("i").italic && !page.of("b").italic);
    assert_eq!(page.of("small").font_size, 16.0 / 1.2);
}

#[test]
fn a_sheet_wins_over_tags_and_an_attribute_over_the_sheet() {
    assert_eq!(style_of("#x{font-weight:700}", "").font_weight, 700);
    assert_eq!(style_of("#x{font-weight:700}", "style='font-weight:400'").font_weight, 400);
    assert_eq!(style_of("#x{font-weight:700!important}", "style='font-weight:400'").font_weight, 700);
    assert_eq!(style_of("#x{color:red!important}", "style='color:green!important'").colour, GREEN);
}

#[test]
fn specificity_comes_before_order() {
    assert_eq!(style_of("#x{color:red} .y{color:green}", "class=y").colour, RED);
    assert_eq!(style_of(".y{color:red} span.y{color:green} .y{color:red}", "class=y").colour, GREEN);
    assert_eq!(style_of("span{color:red} span{color:green}", "").colour, GREEN);
    assert_eq!(style_of(":where(#x){color:red} span{color:green}", "").colour, GREEN);
    assert_eq!(style_of(":is(#x,b){color:green} .y{color:red}", "class=y").colour, GREEN);
    assert_eq!(style_of(":not(#z){color:green} .y{color:red}", "class=y").colour, GREEN);
}

#[test]
fn importance_turns_the_order_round() {
    assert_eq!(style_of(".y{color:green!important} #x{color:red}", "class=y").colour, GREEN);
    assert_eq!(style_of("@layer a{.y{color:green!important}} #x{color:red!important}", "class=y").colour, GREEN);
    assert_eq!(style_of("#x{color:green ! IMPORTANT} #x{color:red}", "").colour, GREEN);
    assert_eq!(style_of("#x{color:green} #x{color:red !importantly}", "").colour, GREEN);
}

#[test]
fn layers_come_before_specificity() {
    assert_eq!(style_of("@layer a{#x{color:red}} span{color:green}", "").colour, GREEN);
    assert_eq!(style_of("@layer a,b; @layer b{span{color:green}} @layer a{#x{color:red}}", "").colour, GREEN);
    assert_eq!(style_of("@layer a{#x{color:red}} @layer b{span{color:green}}", "").colour, GREEN);
    assert_eq!(style_of("@layer a{span{color:green} @layer b{#x{color:red}}}", "").colour, GREEN);
    assert_eq!(style_of("@layer a.b{#x{color:red}} @layer a{span{color:green}}", "").colour, GREEN);
    assert_eq!(style_of("@layer{#x{color:red}} @layer{span{color:green}}", "").colour, GREEN);
}

#[test]
fn words_that_every_property_takes() {
    let of = |sheet: &str| style_of(&format!("p{{color:green;border:1px solid;font-weight:700}} {sheet}"), "");
    assert_eq!(of("#x{color:red;color:inherit}").colour, GREEN);
    assert_eq!(of("#x{color:initial}").colour, Rgba::BLACK);
    assert_eq!(of("#x{color:red} #x{color:unset}").colour, GREEN);
    assert!(!of("#x{border:unset}").border);
    assert!(of("#x{border:inherit}").border);
    assert_eq!(of("#x{all:initial}").font_weight, 400);
    assert_eq!(of("#x{font-size:40px} #x{all:unset}").font_weight, 700);
    let page = see(
        "<style>b{font-weight:300} b{font-weight:revert} div{display:inline} div{display:revert}</style><b>x</b><div>y",
    );
    assert_eq!(page.of("b").font_weight, 700);
    assert_eq!(page.of("div").display, Display::Block);
    let layered = "@layer a{#x{color:green}} @layer b{#x{color:red} #x{color:revert-layer}}";
    assert_eq!(style_of(layered, "").colour, GREEN);
}

#[test]
fn what_inherits_and_what_does_not() {
    let sheet = "p{color:green;font-style:italic;letter-spacing:.5em;text-transform:uppercase;font-variant:small-caps;\
                 background:yellow;border:1px solid;opacity:.5;white-space:pre;user-select:none}";
    let style = style_of(sheet, "style='font-size:32px'");
    assert_eq!((style.colour, style.italic, style.small_caps), (GREEN, true, true));
    assert_eq!(style.letter_spacing, 8.0, "the length is inherited, not the ems");
    assert_eq!((style.background, style.border, style.selectable), (None, false, false));
    assert_eq!(style.backdrop, Some(Rgba::opaque(255, 255, 0)));
}

#[test]
fn lines_reach_descendants_but_not_boxes_of_their_own() {
    let page = see("<style>.b{display:inline-block}.f{float:left}.n{text-decoration:none}</style>\
                    <u><span class=a>a</span><span class=b>b</span><span class=f>c</span><span class=n>d<s>e</s></span></u>");
    assert_eq!(page.of(".a").lines, Lines::UNDER);
    assert_eq!(page.of(".b").lines, Lines::NONE);
    assert_eq!(page.of(".f").lines, Lines::NONE);
    assert_eq!(page.of(".n").lines, Lines::UNDER, "a descendant cannot take the line away");
    assert_eq!(page.of("s").lines, Lines::UNDER.union(Lines::THROUGH));
}

#[test]
fn presentational_markup_is_weaker_than_any_rule() {
    let page = see("<style>*{font-style:normal} .r{color:red}</style><body text=green bgcolor='#ff0'>\
                    <font size=5 class=a>a</font><font size='+1' class=b>b</font><font color='red' class=c>c</font>\
                    <font color=blue class=r>d</font><table bgcolor=chucknorris border=1><tr><td class=e>e");
    assert_eq!(page.of(".a").font_size, 24.0);
    assert_eq!(page.of(".a").colour, GREEN);
    assert_eq!(page.of(".a").backdrop, Some(Rgba::opaque(255, 255, 0)));
    assert_eq!(page.of(".b").font_size, 18.0);
    assert_eq!(page.of(".c").colour, RED);
    assert_eq!(page.of(".r").colour, RED);
    assert_eq!(page.of("table").background, Some(Rgba::opaque(0xc0, 0, 0)));
    assert!(page.of("table").border);
}

#[test]
fn boxes() {
    let page = see("<style>.f{display:flex}.g{display:inline-grid}.a{position:absolute}</style>\
                    <div class=f><span class=i>x</span></div><span class=g><b>y</b></span><i class=a>z</i><li>l<table><td>t");
    assert_eq!(page.of(".i").display, Display::Block);
    assert_eq!(page.of("b").display, Display::Block);
    assert_eq!(page.of(".g").display, Display::InlineBlock);
    assert_eq!((page.of(".a").display, page.of(".a").out_of_flow), (Display::Block, true));
    assert_eq!(page.of("li").display, Display::ListItem);
    assert_eq!((page.of("table").display, page.of("td").display), (Display::Table, Display::TableCell));
}

#[test]
fn quirks_mode_matches_classes_in_any_case_and_cuts_tables_off() {
    let page = "<style>.BIG{font-size:30px} body{color:ff0000;font-weight:700}</style><body><p class=big>x<table><td style='font-size:20'>y";
    let quirky = see_raw(page);
    assert_eq!(quirky.of("p").font_size, 30.0);
    assert_eq!(quirky.of("td").font_size, 20.0);
    assert_eq!(quirky.of("td").font_weight, 400);
    assert_eq!(quirky.of("p").colour, RED);
    let modern = see(page);
    assert_eq!(modern.of("p").font_size, 16.0);
    assert_eq!(modern.of("td").font_weight, 700);
    assert_eq!(modern.of("p").colour, Rgba::BLACK);
}
