//! Hostile pages: deep, large, and sheets made to run for ever. None may fail; each must come to an end.

use super::{GREEN, see};

#[test]
fn depth_costs_no_stack() {
    let page = see(&format!("<style>b b b{{color:green}} :has(i){{color:green}}</style>{}x", "<b>".repeat(100_000)));
    assert_eq!(page.of("b b b b").colour, GREEN);
    assert!(page.notes.is_empty(), "{:?}", page.notes);
}

#[test]
fn long_and_deep_selectors_cost_no_stack() {
    let run = std::thread::Builder::new().stack_size(2 * 1024 * 1024).spawn(|| {
        let long = "b ".repeat(900);
        let longer = "b ".repeat(5000);
        let inner = format!("{}b{}", ":is(b ".repeat(70), ")".repeat(70));
        let beyond = format!("{}b{}", ":not(".repeat(5000), ")".repeat(5000));
        let nested = format!("{}color:red{}", "& b b b b{".repeat(2000), "}".repeat(2000));
        let sheet =
            format!("{long}{{color:green}}{longer}{{color:red}}{inner}{{color:green}}{beyond}{{color:red}}{nested}");
        let page = see(&format!("<style>{sheet}</style>{}x", "<b>".repeat(1000)));
        page.of("b").colour
    });
    assert!(run.expect("a thread").join().is_ok());
}

#[test]
fn selectors_that_explode_run_out_of_steps() {
    let mut selector = "i".to_owned();
    for _ in 0..12 {
        selector = format!(":is({selector}) b:nth-child(n)");
    }
    let page = see(&format!("<style>{selector}{{color:red}} b{{color:green}}</style>{}x", "<b>".repeat(400)));
    assert_eq!(page.notes.first().map(|note| note.code.as_str()), Some("css-budget-reached"));
    assert_eq!(page.of("b").font_weight, 700, "markup still counts");
}

#[test]
fn siblings_that_explode_run_out_of_steps() {
    let selector = ":is(:is(:is(i ~ b) ~ b) ~ b) ~ b:nth-last-of-type(2n+1)";
    let page = see(&format!("<style>{selector}{{color:red}}</style><p>{}", "<b>x</b>".repeat(800)));
    assert!(page.notes.len() <= 1);
}

#[test]
fn many_rules_and_elements_end_soon() {
    let mut sheet = String::new();
    for rule in 0..20_000 {
        sheet.push_str(&format!(".c{rule} b>.d{rule},[data-{rule}]{{color:red}}"));
    }
    let page = see(&format!("<style>{sheet} b{{color:green}}</style>{}", "<p class=c1><b class=d>x</b>".repeat(2000)));
    assert_eq!(page.of("b").colour, GREEN);
    assert!(page.notes.is_empty());
}

#[test]
fn unclosed_blocks_are_read_once() {
    for unit in [
        "a{",
        "color:a{",
        "--a:{",
        "@media screen{",
        "color:(",
        "a{color:var(",
        ":is(",
        "[",
        "\"",
        "/*",
        "a{&:is(",
        "\\",
        "@layer{",
    ] {
        let page = see(&format!("<style>b{{color:green}}</style><style>{}</style><b>x</b>", unit.repeat(60_000)));
        assert_eq!(page.of("b").colour, GREEN, "{unit}");
    }
}

#[test]
fn sheets_beyond_the_limit_are_left_out_with_a_note() {
    let filler = format!("/*{}*/", "x".repeat(5 * 1024 * 1024));
    let page = see(&format!("<style>{filler}b{{color:green}}</style><style>{filler}b{{color:red}}</style><b>x</b>"));
    assert_eq!(page.of("b").colour, GREEN);
    assert_eq!(page.notes.len(), 1);
}

#[test]
fn a_page_of_odd_bits_is_styled() {
    for page in [
        "",
        "x",
        "<style>",
        "<b style=>",
        "<p style='\0'>",
        "<template>",
        "<frameset>",
        "<svg><b>",
        "<table><b>x",
        "<style>\u{feff}b{}</style>",
    ] {
        let seen = see(page);
        assert!(seen.of("html").hidden.is_none(), "{page}");
    }
}
