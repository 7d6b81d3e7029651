//! Custom properties.

use super::{GREEN, RED, see, style_of};
use crate::extract::html::css::Rgba;

#[test]
fn they_inherit_and_fall_back() {
    assert_eq!(style_of(":root{--c:green} #x{color:var(--c)}", "").colour, GREEN);
    assert_eq!(style_of("#x{color:var(--c,green)}", "").colour, GREEN);
    assert_eq!(style_of("#x{color:var(--c,var(--d,green))}", "").colour, GREEN);
    assert_eq!(style_of("#x{color:var(--c)}", "style='--c:green'").colour, GREEN);
    assert_eq!(style_of(":root{--c:red} p{--c:green} #x{color:var(--c)}", "").colour, GREEN);
    assert_eq!(style_of(":root{--c:red} #x{--c:initial;color:var(--c,green)}", "").colour, GREEN);
    assert_eq!(style_of(":root{--c:green} #x{--c:red;--c:inherit;color:var(--c)}", "").colour, GREEN);
    assert_eq!(style_of("#x{--C:red;--c:green;color:var(--c)}", "").colour, GREEN);
    assert_eq!(style_of("#x{--c:green!important;color:var(--c)} #x{--c:red}", "").colour, GREEN);
}

#[test]
fn they_are_settled_where_they_are_declared() {
    let page = see("<style>:root{--a:var(--b);--b:green} p{--b:red;color:var(--a)}</style><p>x");
    assert_eq!(page.of("p").colour, GREEN);
}

#[test]
fn parts_of_values() {
    assert_eq!(style_of(":root{--rgb:0,128,0} #x{color:rgba(var(--rgb),1)}", "").colour, GREEN);
    assert_eq!(style_of(":root{--n:2} #x{font-size:calc(var(--n)*10px)}", "").font_size, 20.0);
    assert!(style_of(":root{--w:1px} #x{border:var(--w) solid green}", "").border);
    assert_eq!(style_of("#x{--f:italic 700 20px/1 serif;font:var(--f)}", "").font_weight, 700);
    assert_eq!(style_of("#x{--n:20;font-size:var(--n)px}", "").font_size, 16.0, "tokens do not grow together");
    assert_eq!(style_of(":root{--e:} #x{color:var(--e) green}", "").colour, GREEN);
    assert_eq!(style_of("#x{background:var(--b,green)}", "").background, Some(GREEN));
    assert_eq!(style_of("#x{--s:{a:b};color:green}", "").colour, GREEN);
}

#[test]
fn what_makes_no_sense_is_as_if_unset() {
    assert_eq!(style_of("p{color:green} #x{color:red} #x{color:var(--none)}", "").colour, GREEN);
    assert_eq!(style_of("p{color:green} #x{--c:12px;color:red;color:var(--c)}", "").colour, GREEN);
    assert!(!style_of("#x{border:1px solid;border:var(--none)}", "").border);
    for unsound in ["var(c)", "var()", "var(--c", "var(--c d)", "var(--c,var())"] {
        let style = style_of(&format!("#x{{color:green}} #x{{color:{unsound}}}"), "");
        assert_eq!(style.colour, GREEN, "{unsound}");
    }
}

#[test]
fn cycles_come_to_nothing() {
    assert_eq!(style_of("#x{--a:var(--a);color:var(--a,green)}", "").colour, GREEN);
    assert_eq!(style_of("#x{--a:var(--b);--b:var(--c);--c:var(--a);color:var(--b,green)}", "").colour, GREEN);
}

#[test]
fn growth_is_bounded() {
    let mut sheet = "#x{--v0:green ".to_owned();
    sheet.push_str(&"green ".repeat(50));
    for step in 1..60 {
        let before = step - 1;
        sheet.push_str(&format!(";--v{step}:var(--v{before}) var(--v{before})"));
    }
    sheet.push_str(";color:red;color:var(--v59)}");
    assert_eq!(style_of(&sheet, "").colour, Rgba::BLACK);
    let deep = format!("#x{{--a:{}1{};color:var(--a,red)}} #x{{color:green}}", "calc(".repeat(500), ")".repeat(500));
    assert_eq!(style_of(&deep, "").colour, GREEN);
}

#[test]
fn declared_on_everything_they_cost_no_scope_each() {
    let nested = format!("<style>*{{--a:1;--b:2}} b{{--a:3;color:var(--c,red)}}</style>{}x", "<div>".repeat(300));
    let page = see(&format!("{nested}<b>y</b>"));
    assert_eq!(page.of("b").colour, RED);
}
