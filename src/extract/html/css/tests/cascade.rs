//! What wins: origins, specificity, order, importance, layers, inheritance.

use super::{see, see_raw, style_of};
use crate::extract::html::css::Rgba;

const RED: Rgba = Rgba::opaque(255, 0, 0);
const GREEN: Rgba = Rgba::opaque(0, 128, 0);

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
}

#[test]
fn quirks_mode_matches_classes_in_any_case_and_cuts_tables_off() {
    let page =
        "<style>.BIG{font-size:30px} body{color:ff0000}</style><body><p class=big>x<table><td style='font-size:20'>y";
    let quirky = see_raw(page);
    assert_eq!(quirky.of("p").font_size, 30.0);
    assert_eq!(quirky.of("td").font_size, 20.0);
    assert_eq!(quirky.of("p").colour, RED);
    let modern = see(page);
    assert_eq!(modern.of("p").font_size, 16.0);
    assert_eq!(modern.of("p").colour, Rgba::BLACK);
}
