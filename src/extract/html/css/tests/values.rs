//! What single properties come to.

use super::{GREEN, RED, style_of};
use crate::extract::html::css::{Display, Lines, Rgba, TextTransform, WhiteSpace};

fn of(declarations: &str) -> crate::extract::html::css::Style {
    style_of("p{font-size:20px;font-weight:400}", &format!("style=\"{declarations}\""))
}

#[test]
fn colours() {
    for green in [
        "green",
        "GREEN",
        "#008000",
        "#008000ff",
        "rgb(0,128,0)",
        "rgb(0 128 0)",
        "rgb(0 128 0 / 1)",
        "rgba(0,128,0,1)",
        "rgb(0%,50.2%,0%)",
        "hsl(120,100%,25.1%)",
        "hsl(120deg 100% 25.1% / 100%)",
        "hsl(.3333turn 100% 25.1%)",
        "hwb(120 0% 49.8%)",
        "oklab(51.98% -.1403 .1077)",
        "oklch(51.98% .1769 142.5)",
        "lab(46.28% -47.55 48.59)",
        "lch(46.28% 67.99 134.38)",
        "color(srgb 0 .50196 0)",
        "color-mix(in srgb,green,green)",
        "light-dark(green,red)",
        "rgb(0 calc(100 + 28) 0)",
    ] {
        let colour = of(&format!("color:{green}")).colour;
        assert!(colour.alpha == 255 && colour.distance(GREEN) <= 1, "{green}: {colour:?}");
    }
    let half = of("color:color-mix(in srgb, red 50%, transparent)").colour;
    assert_eq!((half.red, half.alpha), (255, 128));
    assert_eq!(of("color:#f008").colour, Rgba { alpha: 0x88, ..RED });
    assert_eq!(of("color:red;background:currentcolor").background, Some(RED));
    for nonsense in
        ["greenish", "#12", "rgb(1 2)", "rgb(from red r g b)", "12px", "rgb(1px 2px 3px)", "red red", "var()"]
    {
        assert_eq!(of(&format!("color:green;color:{nonsense}")).colour, GREEN, "{nonsense}");
    }
}

#[test]
fn sizes() {
    for (size, px) in [
        ("10px", 10.0),
        ("2em", 40.0),
        ("2rem", 32.0),
        ("50%", 10.0),
        ("12pt", 16.0),
        ("1in", 96.0),
        ("medium", 16.0),
        ("xx-large", 32.0),
        ("larger", 24.0),
        ("smaller", 20.0 / 1.2),
        ("1vw", 12.8),
        ("10vh", 72.0),
        ("calc(1em + 2px)", 22.0),
        ("calc(2 * (1em - 5px))", 30.0),
        ("min(1em, 12px)", 12.0),
        ("max(1em, 12px)", 20.0),
        ("clamp(10px, 5em, 30px)", 30.0),
        ("calc(1rem + 1vw)", 28.8),
        ("1.5EM", 30.0),
        ("0", 0.0),
        ("calc(100% / 4)", 5.0),
        ("-webkit-calc(10px)", 10.0),
    ] {
        assert!((of(&format!("font-size:{size}")).font_size - px).abs() < 0.01, "{size}");
    }
    for nonsense in ["10", "-1px", "big", "1em 2em", "calc(1px + 1)", "calc(1px * 1px)", "10quux"] {
        assert_eq!(of(&format!("font-size:{nonsense}")).font_size, 20.0, "{nonsense}");
    }
}

#[test]
fn weights_and_the_font_shorthand() {
    assert_eq!(of("font-weight:650").font_weight, 650);
    assert_eq!(of("font-weight:bold").font_weight, 700);
    assert_eq!(of("font-weight:lighter").font_weight, 100);
    assert_eq!(of("font-weight:700;font-weight:1001").font_weight, 700);
    let font = of("font:italic small-caps bold condensed 30px/2 'A b', serif");
    assert_eq!((font.italic, font.small_caps, font.font_weight, font.font_size), (true, true, 700, 30.0));
    assert_eq!(of("font-weight:700;font-style:italic;font:16px serif").font_weight, 400);
    assert_eq!(of("font:bold 16px").font_weight, 400, "without a family it is not valid");
    assert_eq!(of("font:menu").font_size, 16.0);
    assert!(of("font-style:oblique 10deg").italic && !of("font-style:oblique 0deg").italic);
    assert_eq!(of("font:oblique 12pt x").font_size, 16.0);
    assert!(of("font-variant:small-caps tabular-nums").small_caps);
    assert!(of("font-variant-caps:all-small-caps").small_caps);
    assert!(!of("font-variant:tabular-nums").small_caps);
}

#[test]
fn decorations() {
    for (value, lines) in [
        ("underline", Lines::UNDER),
        ("underline overline", Lines::UNDER.union(Lines::OVER)),
        ("line-through red", Lines::THROUGH),
        ("wavy underline 2px", Lines::UNDER),
        ("red", Lines::NONE),
        ("none", Lines::NONE),
        ("underline transparent", Lines::NONE),
        ("underline;text-decoration:blue", Lines::NONE),
        ("underline;text-decoration:nonsense", Lines::UNDER),
    ] {
        assert_eq!(of(&format!("text-decoration:{value}")).lines, lines, "{value}");
    }
    assert_eq!(of("text-decoration-line:underline").lines, Lines::UNDER);
    assert_eq!(of("-webkit-text-decoration:underline").lines, Lines::UNDER);
}

#[test]
fn borders() {
    for seen in [
        "1px solid",
        "border-bottom:2px dotted red",
        "solid",
        "thin dashed blue",
        "border-style:solid",
        "border-inline:1px solid",
        "border-block-start:1px solid",
        "border-width:0 1px;border-style:solid",
        "medium double",
    ] {
        let declaration = if seen.contains(':') { seen.to_owned() } else { format!("border:{seen}") };
        assert!(of(&declaration).border, "{seen}");
    }
    for unseen in [
        "border:0",
        "border:none",
        "border:1px",
        "border:0 solid",
        "border:1px solid transparent",
        "border:1px solid;border:0",
        "border:1px solid;border-width:0",
        "border:1px solid;border-style:none",
        "border-width:3px",
    ] {
        assert!(!of(unseen).border, "{unseen}");
    }
}

#[test]
fn backgrounds() {
    assert_eq!(of("background:red").background, Some(RED));
    assert_eq!(of("background:url(x) no-repeat center/cover red").background, Some(RED));
    assert!(of("background:linear-gradient(red,blue)").background_image);
    assert!(of("background-image:url('x')").background_image);
    assert_eq!(of("background:red;background:none").background, None);
    assert_eq!(of("background:red;background:nonsense").background, Some(RED));
    assert_eq!(of("background:red, url(x)").background, None, "a colour belongs to the last layer");
    assert_eq!(of("background:rgba(255,0,0,.5)").backdrop, Some(Rgba::opaque(255, 127, 127)));
    assert_eq!(of("background-image:url(x)").backdrop, None);
    let letters =
        of("background:linear-gradient(red,blue);-webkit-background-clip:text;-webkit-text-fill-color:transparent");
    assert!(!letters.background_image && letters.hidden.is_none());
}

#[test]
fn words() {
    assert_eq!(of("text-transform:uppercase").transform, TextTransform::Uppercase);
    assert_eq!(of("text-transform:full-width capitalize").transform, TextTransform::Capitalize);
    assert_eq!(of("white-space:pre-line").white_space, WhiteSpace::PreserveBreaks);
    assert_eq!(of("white-space:nowrap").white_space, WhiteSpace::Collapse);
    assert_eq!(of("display:inline flow-root").display, Display::InlineBlock);
    assert_eq!(of("display:-webkit-box").display, Display::Block);
    assert_eq!(of("display:block;display:nonsense").display, Display::Block);
    assert_eq!(of("letter-spacing:.1em").letter_spacing, 2.0);
    assert_eq!(of("letter-spacing:normal").letter_spacing, 0.0);
    assert!(of("float:left").float && !of("float:left;float:none").float);
    assert!(of("unicode-bidi:bidi-override;direction:rtl").reordered);
    assert!(!of("-webkit-user-select:none").selectable);
}

#[test]
fn bad_declarations_leave_the_good_ones() {
    assert_eq!(of("color:red;;;color:green").colour, GREEN);
    assert_eq!(of("color red;color:green").colour, GREEN);
    assert_eq!(of("color:green;{color:red}").colour, GREEN);
    assert_eq!(of("color:green;color:(red;color:blue)").colour, GREEN);
    assert_eq!(of("*color:red;color:green;_color:red").colour, GREEN);
    assert_eq!(of("color:green\\9;").colour, Rgba::BLACK);
    assert_eq!(of("COLOR:green").colour, GREEN);
    assert_eq!(of("/*x*/color/**/:/**/green/**/").colour, GREEN);
    assert_eq!(of("color:green;color:url(a b)").colour, GREEN);
}
