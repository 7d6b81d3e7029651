//! Text out of sight.

use super::{see, style_of};
use crate::extract::html::css::style::{HiddenBy, Hiding};

fn hidden(declarations: &str) -> Option<Hiding> {
    style_of("", &format!("style='{declarations}'")).hidden
}

fn by(declarations: &str) -> Option<HiddenBy> {
    hidden(declarations).map(|hiding| hiding.by)
}

/// Declarations, and by what means they hide.
const MEANS: &[(&str, HiddenBy)] = &[
    ("display:none", HiddenBy::Display),
    ("visibility:hidden", HiddenBy::Visibility),
    ("visibility:collapse", HiddenBy::Visibility),
    ("opacity:0", HiddenBy::Opacity),
    ("opacity:1%", HiddenBy::Opacity),
    ("filter:opacity(0)", HiddenBy::Opacity),
    ("filter:grayscale(1) blur(5px)", HiddenBy::Filter),
    ("filter:contrast(0);background:#eee", HiddenBy::Filter),
    ("mask-image:linear-gradient(#0000 0 0)", HiddenBy::Mask),
    ("-webkit-mask:linear-gradient(transparent,rgba(0,0,0,0))", HiddenBy::Mask),
    ("font-size:0", HiddenBy::FontSize),
    ("font-size:16px;zoom:.05", HiddenBy::FontSize),
    ("font:0/0 a", HiddenBy::FontSize),
    ("letter-spacing:-1em", HiddenBy::ZeroSize),
    ("display:block;line-height:0;overflow:hidden", HiddenBy::ZeroSize),
    ("font-size:1px", HiddenBy::FontSize),
    ("font-size:3px", HiddenBy::FontSize),
    ("font-size-adjust:0", HiddenBy::FontSize),
    ("opacity:.15", HiddenBy::Opacity),
    ("filter:opacity(10%)", HiddenBy::Opacity),
    ("filter:invert(1)", HiddenBy::BackgroundColour),
    ("mix-blend-mode:lighten", HiddenBy::BackgroundColour),
    ("mix-blend-mode:screen", HiddenBy::BackgroundColour),
    ("mix-blend-mode:darken;color:#fff;background:#000", HiddenBy::BackgroundColour),
    ("background-clip:text;color:transparent;background-color:#fff", HiddenBy::BackgroundColour),
    ("color:transparent;background:linear-gradient(white,#fefefe) text", HiddenBy::BackgroundColour),
    ("-webkit-text-security:disc", HiddenBy::Dots),
    ("letter-spacing:-.4em", HiddenBy::ZeroSize),
    ("word-spacing:-1em", HiddenBy::ZeroSize),
    ("word-spacing:5000px", HiddenBy::OffScreen),
    ("display:block;block-size:0;overflow:hidden", HiddenBy::ZeroSize),
    ("display:block;height:4px;overflow:hidden", HiddenBy::ZeroSize),
    ("display:block;max-inline-size:0;overflow-inline:clip", HiddenBy::ZeroSize),
    ("display:block;transform:scale(.05)", HiddenBy::Transform),
    ("display:block;scale:10%", HiddenBy::Transform),
    ("clip-path:inset(0 0 95% 0)", HiddenBy::Clip),
    ("clip-path:rect(0 0 0 0)", HiddenBy::Clip),
    ("clip-path:xywh(0 0 0 0)", HiddenBy::Clip),
    ("clip-path:circle(1px)", HiddenBy::Clip),
    ("position:fixed;top:200vh", HiddenBy::OffScreen),
    ("content-visibility:hidden", HiddenBy::ContentVisibility),
    ("position:absolute;clip:rect(0,0,0,0)", HiddenBy::Clip),
    ("position:absolute;clip:rect(1px 1px 1px 1px)", HiddenBy::Clip),
    ("clip-path:inset(50%)", HiddenBy::Clip),
    ("clip-path:inset(0 0 100% 0)", HiddenBy::Clip),
    ("clip-path:circle(0)", HiddenBy::Clip),
    ("clip-path:polygon(0 0,0 0,0 0)", HiddenBy::Clip),
    ("position:absolute;left:-9999px", HiddenBy::OffScreen),
    ("position:absolute;left:-999em", HiddenBy::OffScreen),
    ("position:absolute;top:-10000px", HiddenBy::OffScreen),
    ("position:relative;left:-5000px", HiddenBy::OffScreen),
    ("position:fixed;left:-100%", HiddenBy::OffScreen),
    ("position:fixed;inset:0 auto auto -200vw", HiddenBy::OffScreen),
    ("display:block;text-indent:-9999px", HiddenBy::OffScreen),
    ("margin-left:-9999px", HiddenBy::OffScreen),
    ("display:block;height:0;overflow:hidden", HiddenBy::ZeroSize),
    ("display:inline-block;width:0;overflow-x:hidden", HiddenBy::ZeroSize),
    ("display:block;max-height:0;overflow:hidden", HiddenBy::ZeroSize),
    ("display:block;transform:scale(0)", HiddenBy::Transform),
    ("display:block;scale:0", HiddenBy::Transform),
    ("display:block;rotate:y 90deg", HiddenBy::Transform),
    ("display:block;transform:rotateX(.25turn)", HiddenBy::Transform),
    ("display:block;transform:rotateY(1.5708rad)", HiddenBy::Transform),
    ("display:block;translate:-9999px", HiddenBy::OffScreen),
    ("display:block;transform:translateX(-1000%)", HiddenBy::OffScreen),
    ("display:block;text-indent:100%;overflow:hidden", HiddenBy::OffScreen),
    ("display:block;transform:translateX(-9999px)", HiddenBy::OffScreen),
    ("color:transparent", HiddenBy::Transparent),
    ("color:rgba(0,0,0,.01)", HiddenBy::Transparent),
    ("-webkit-text-fill-color:transparent", HiddenBy::Transparent),
    ("color:#fff", HiddenBy::BackgroundColour),
    ("color:#fefefe", HiddenBy::BackgroundColour),
    ("color:#eee", HiddenBy::BackgroundColour),
    ("color:#050505;background:#181818", HiddenBy::BackgroundColour),
    ("color:#123;background:#123", HiddenBy::BackgroundColour),
    ("color:rgba(255,255,255,.5)", HiddenBy::BackgroundColour),
];

#[test]
fn means() {
    for (declarations, means) in MEANS {
        assert_eq!(by(declarations), Some(*means), "{declarations}");
    }
}

/// Declarations that look as if they hid.
const SEEN: &[&str] = &[
    "display:inline",
    "visibility:visible",
    "opacity:.3",
    "opacity:.2",
    "filter:opacity(50%)",
    "filter:invert(1);background:#fff",
    "filter:invert(0)",
    "mix-blend-mode:multiply",
    "mix-blend-mode:darken",
    "mix-blend-mode:screen;color:#eee;background:#000",
    "background-clip:text;color:transparent;background-image:linear-gradient(red,blue)",
    "background:linear-gradient(white,white)",
    "background-clip:text;color:transparent;background-color:#00f",
    "background-clip:text;color:#000;background-color:#fff",
    "font-size-adjust:.5",
    "-webkit-text-security:none",
    "word-spacing:.3em",
    "word-spacing:-.1em",
    "display:block;height:20px;overflow:hidden",
    "display:block;transform:scale(.8)",
    "clip-path:inset(0 0 10% 0)",
    "clip-path:circle(40%)",
    "clip-path:rect(0 100% 100% 0)",
    "filter:blur(1px)",
    "filter:brightness(0)",
    "filter:brightness(.5);background:#fff",
    "mask-image:linear-gradient(black,transparent)",
    "mask:url(a.svg)",
    "line-height:0",
    "display:block;line-height:0;height:20px;overflow:hidden",
    "letter-spacing:-.05em",
    "display:block;rotate:90deg",
    "display:block;transform:translateX(-100%)",
    "color:#f00;background:#0b0",
    "color:transparent;-webkit-text-stroke:1px red",
    "font-size:8px",
    "clip:rect(0,0,0,0)",
    "position:absolute;clip:auto",
    "clip-path:inset(10%)",
    "clip-path:url(#a)",
    "left:-9999px",
    "position:absolute;left:-20px",
    "position:relative;top:2px",
    "position:absolute;left:-100%",
    "text-indent:2em",
    "height:0;overflow:hidden",
    "display:block;height:0",
    "display:block;height:1px;overflow:visible",
    "transform:scale(0)",
    "display:block;transform:translate(-50%,-50%)",
    "color:#ddd",
    "color:#fff;background:#000",
    "color:#fff;text-shadow:0 0 2px #000",
    "color:#fff;background:url(x)",
    "color:#fff;position:absolute",
    "margin-left:-20px",
    "display:block;max-height:300px;overflow:hidden",
    "display:block;width:100%;overflow:hidden",
];

#[test]
fn in_sight_after_all() {
    for declarations in SEEN {
        assert_eq!(hidden(declarations), None, "{declarations}");
    }
}

#[test]
fn a_box_that_cuts_off_says_how_many_lines_it_has_room_for() {
    let room = |declarations: &str| style_of("", &format!("style='display:block;{declarations}'")).room;
    for (declarations, lines) in [
        ("height:1.2em;overflow:hidden", 1.0),
        ("max-height:60px;overflow:hidden", 3.0),
        ("line-clamp:2;overflow:hidden", 2.0),
        ("-webkit-line-clamp:4;max-block-size:40px;overflow:hidden", 2.0),
    ] {
        assert_eq!(room(declarations), Some(lines), "{declarations}");
    }
    for declarations in [
        "height:1em",
        "height:1em;overflow:auto",
        "height:100%;overflow:hidden",
        "overflow:hidden",
        "line-clamp:none;overflow:hidden",
        "height:2000px;overflow:hidden",
        "display:inline;height:1em;overflow:hidden",
    ] {
        assert_eq!(room(declarations), None, "{declarations}");
    }
}

#[test]
fn what_is_inside_shares_the_fate_unless_it_is_only_invisible() {
    let page = see("<div style=display:none><b style=display:block class=a>x</b></div>\
                    <div style=visibility:hidden><b style=visibility:visible class=b>x</b><i class=c>y</i></div>\
                    <div style=opacity:0><b style=opacity:1 class=d>x</b></div>\
                    <div style=font-size:0><b style=font-size:16px class=e>x</b></div>\
                    <div style='opacity:.2'><p style='opacity:.2' class=f>x</p></div>");
    assert_eq!(page.of(".a").hidden.map(|own| own.by), Some(HiddenBy::Display));
    assert_eq!(page.of(".b").hidden, None);
    assert_eq!(page.of(".c").hidden.map(|own| own.by), Some(HiddenBy::Visibility));
    assert_eq!(page.of(".d").hidden.map(|own| own.by), Some(HiddenBy::Opacity));
    assert_eq!(page.of(".e").hidden, None);
    assert_eq!(page.of(".f").hidden.map(|own| own.by), Some(HiddenBy::Opacity), "faint upon faint");
}

#[test]
fn a_margin_made_good_further_in_hides_nothing() {
    let page = see(
        "<div style='float:left;margin:0 -100% 0 -30000px' class=out>a<div style='margin:0 -30486px 0 29514px'>\
                    <p class=in>x</p></div></div><div style='margin-left:-600px'><p style='margin-left:-600px' class=b>y</p></div>",
    );
    assert_eq!(page.of(".in").hidden, None);
    assert_eq!(page.of(".out").hidden.map(|own| own.by), Some(HiddenBy::OffScreen));
    assert_eq!(page.of(".b").hidden.map(|own| own.by), Some(HiddenBy::OffScreen), "far upon far");
}

#[test]
fn what_browsers_never_show_is_ordinary() {
    let page = see(
        "<head><title>t</title></head><body><script>s</script><noscript><p>n</p></noscript><template><p class=t>t</p></template>\
                    <details><summary>s</summary><p class=d>x</p></details><details open><p class=o>x</p></details>\
                    <dialog>x</dialog><p hidden class=h>x</p><select><option>o</select><canvas>c</canvas><svg><title>s</title></svg>\
                    <p hidden style=display:block class=k>x</p>",
    );
    for selector in
        ["head", "title", "script", "noscript", ".t", ".d", "details", "dialog", "option", "canvas", "svg title"]
    {
        assert!(page.of(selector).hidden.is_some_and(|own| own.ordinary), "{selector}");
    }
    assert_eq!(page.of("summary").hidden, None);
    assert_eq!(page.of(".o").hidden, None);
    assert_eq!(page.of(".h").hidden, Some(Hiding { by: HiddenBy::Attribute, ordinary: false }));
    assert_eq!(page.of(".k").hidden, None);
}

#[test]
fn labels_for_screen_readers_are_ordinary() {
    for declarations in [
        "position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)",
        "position:absolute!important;width:1px;height:1px;margin:-1px;padding:0;overflow:hidden",
        "clip-path:inset(50%);height:1px;width:1px;overflow:hidden;position:absolute",
        "position:absolute;left:-10000px;width:1px;height:1px;overflow:hidden",
    ] {
        assert!(hidden(declarations).is_some_and(|own| own.ordinary), "{declarations}");
    }
    assert!(hidden("position:absolute;left:-10000px").is_some_and(|own| !own.ordinary));
}
