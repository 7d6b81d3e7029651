//! Small pages and what a reader sees of them.

use super::*;
use crate::extract::{BlockKind, Style};

fn read(markup: &str) -> Document {
    super::read(markup, &Shelf::empty())
}

fn blocks(markup: &str) -> Vec<String> {
    let document = read(markup);
    (0..document.blocks.len()).map(|index| document.block_text(index).to_owned()).collect()
}

/// Each passage set off, with its styles.
fn set_off(markup: &str) -> Vec<(String, Vec<Style>)> {
    let document = read(markup);
    let passage = |span: &crate::extract::Emphasis| {
        (document.text[span.bytes.clone()].to_owned(), span.styles.iter().collect::<Vec<_>>())
    };
    document.emphasis.iter().map(passage).collect()
}

#[test]
fn markup_inside_words_and_lines_is_not_seen() {
    assert_eq!(blocks("<p>mili<b>ta</b>ry so<wbr>lution<br>now</p>"), ["military solution now"]);
    assert_eq!(blocks("<div>one<br><br>two<br> <br/>three</div>"), ["one", "two", "three"]);
    assert_eq!(blocks("<p><span class=d style='float:left;font-size:3em'>T</span>he end"), ["The end"]);
    assert_eq!(blocks("<pre>one\ntwo\n\nthree</pre>"), ["one two", "three"]);
}

#[test]
fn every_cell_and_item_is_a_block() {
    let markup = "<table><tr><th>Year<td>2017</table><ul><li>a<li>b<ul><li>c</ul></ul><figure><figcaption>Cap</figure>";
    assert_eq!(blocks(markup), ["Year", "2017", "a", "b", "c", "Cap"]);
    let kinds: Vec<_> = read(markup).blocks.iter().map(|block| block.kind).collect();
    let item = BlockKind::ListItem;
    assert_eq!(kinds, [BlockKind::HeadCell, BlockKind::Cell, item, item, item, BlockKind::Caption]);
}

#[test]
fn what_a_program_or_a_control_says_is_no_text() {
    let markup = "<head><title>T</title></head><body><script>x</script><style>y</style><p>seen</p><svg><text>z</text></svg>\
        <meter>m</meter><progress>p</progress><video>v</video><canvas>c</canvas><datalist><option>d</datalist>\
        <input type=hidden value=h><input type=checkbox value=c><noscript>n</noscript>";
    assert_eq!(blocks(markup), ["seen"]);
}

#[test]
fn emphasis_is_against_the_block() {
    assert_eq!(set_off("<p>There is <b>no</b> way"), [("no".to_owned(), vec![Style::Bold])]);
    assert_eq!(set_off("<h2>A <b>heading</b></h2><table><th>a <b>cell</b></table>"), []);
    assert_eq!(set_off("<p>a <b style='font-weight:normal'>plain</b> word"), []);
    assert_eq!(set_off("<style>.x{font-weight:700}</style><p>a <span class=x>bold</span> word")[0].1, [Style::Bold]);
    assert_eq!(set_off("<p>a <a href=x>link</a>, <a href=y><b>two</b></a>")[0].0, "two");
    assert_eq!(set_off("<p>a <code style='background:#eee'>x</code> <cite>y</cite> <i class=icon></i>"), []);
    assert_eq!(set_off("<p>a <mark>word</mark>")[0].1, [Style::Highlight]);
    assert_eq!(set_off("<p>a <span style='color:#333'>grey</span> <span style='color:red'>red</span>")[0].0, "red");
    assert_eq!(set_off("<p>a <span style='border:1px solid'>box</span>")[0].1, [Style::Border]);
    assert_eq!(set_off("<p>two <b>words</b> <b>here</b>")[0].0, "words here");
}

#[test]
fn hidden_text_is_kept_apart() {
    let document = read(
        "<p>There is <span style='display:none'>absolutely </span>no way</p><div hidden><p>All <i>of</i> it</p></div>",
    );
    assert_eq!(document.text, "There is no way");
    let hidden: Vec<_> =
        document.hidden.iter().map(|hidden| (hidden.text.as_str(), hidden.inside_block, hidden.by)).collect();
    assert_eq!(hidden, [("absolutely", true, "display: none"), ("All of it", false, "the hidden attribute")]);
}

#[test]
fn pictures_and_players_are_listed_where_they_are_seen() {
    let document = read(
        "<p>one</p><img src=a.jpg alt='A crane'><p>two <video src=b.mp4></video><img src=c.gif width=1></p>\
         <img src=d.jpg style='visibility:hidden'><div style='display:none'><img src=e.jpg></div>",
    );
    let media: Vec<_> = document.media.iter().map(|media| (media.src.as_str(), media.alt.as_str(), media.at)).collect();
    assert_eq!(media, [("a.jpg", "A crane", 3), ("b.mp4", "", 7)]);
}

#[test]
fn text_of_a_sheet_counts_where_it_says_something() {
    let markup =
        "<style>.n::before{content:'Not '} .q::before{content:'\\201C'}</style><p class=n>so</p><p class=q>x</p>";
    assert_eq!(blocks(markup), ["Not so", "x"]);
}

#[test]
fn a_link_over_two_blocks_is_a_link_in_each() {
    let document = read("<a href=u><p>one <b>x</b></p><p>two</p></a><p>a<a href=v> b</a><a href=w> c</a></p>");
    let links: Vec<_> =
        document.links.iter().map(|link| (&document.text[link.bytes.clone()], link.href.as_str())).collect();
    assert_eq!(links, [("one x", "u"), ("two", "u"), ("b", "v"), ("c", "w")]);
}

#[test]
fn a_block_set_by_hand_says_so() {
    let long = "Plain running text that goes on for a while. ".repeat(5);
    let document = read(&format!("<p>{long}</p><p style='font-weight:bold'>{long}</p><p>{long}</p>"));
    let styled: Vec<_> =
        document.blocks.iter().map(|block| (block.base.styles.is_empty(), block.base.inline)).collect();
    assert_eq!(styled, [(true, false), (false, true), (true, false)]);
}

#[test]
fn controls_show_what_is_in_them() {
    let markup = "<p>There is <input value=no> way <button>out</button> of <select><option>a<option selected>this</select>, \
        <textarea>he said</textarea>.</p><input placeholder=Search><input type=submit><svg><text>z</text></svg>";
    assert_eq!(blocks(markup), ["There is no way out of this , he said .", "Search", "Submit"]);
    let document = read(markup);
    let form =
        |block: usize| document.containers_of(block).any(|own| own.landmark == Some(crate::extract::Landmark::Form));
    assert_eq!([form(0), form(1), form(2)], [false, true, true]);
    let again = "The article once more. ".repeat(20);
    assert_eq!(blocks(&format!("<p>The article.</p><textarea>{again}</textarea>")), ["The article."]);
    assert_eq!(blocks("<p>Share: <button>Tweet</button><button>Like</button></p>"), ["Share:", "Tweet", "Like"]);
}

#[test]
fn drawings_formulas_and_glosses_are_read_in_their_line() {
    assert_eq!(blocks("<p>There is <svg><title>t</title><text>no</text></svg> way</p>"), ["There is no way"]);
    assert_eq!(blocks("<p>by <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> or so"), ["by 1/2 or so"]);
    let hidden = read("<p>by <span style=display:none><math><mi>x</mi></math></span><img src=x.svg alt=x> or so");
    assert_eq!((hidden.text.as_str(), hidden.hidden.len()), ("by or so", 0));
    assert_eq!(blocks("<p>the <ruby>no<rp>(</rp><rt>yes</rt><rp>)</rp></ruby> vote"), ["the no yes vote"]);
    assert_eq!(blocks("<p>漢字<ruby>漢<rt>かん</rt></ruby>"), ["漢字漢かん"]);
    assert_eq!(blocks("<object><p>a</p></object><object data=x.pdf><p>b</p></object>"), ["a"]);
    assert_eq!(blocks("<map><p>a</p><area href=x></map>"), ["a"]);
    assert_eq!(blocks("<p>so <img class=emoji alt='😀' src=e.png> it is"), ["so 😀 it is"]);
}

#[test]
fn quotations_have_the_marks_browsers_draw() {
    assert_eq!(blocks("<p>He said <q>the <q>talks</q> failed</q>."), ["He said “the ‘talks’ failed”."]);
    assert_eq!(blocks("<html lang=de-AT><p>Er sagte <q>nein</q>."), ["Er sagte „nein“."]);
    assert_eq!(blocks("<html lang=de><p><q lang=fr>non</q>"), ["«non»"]);
    assert_eq!(blocks("<style>q{quotes:none}</style><p>He said <q>no</q>."), ["He said no."]);
    let quoted = |markup: &str| read(markup).quoted.len();
    assert_eq!([quoted("<p><q>no</q>"), quoted("<style>q{quotes:none}</style><p><q>no</q>")], [0, 1]);
}

#[test]
fn a_page_in_a_frame_is_read_one_level_deep() {
    let inner = "<style>p{font-weight:700}.h{display:none}</style><p>two <i>or</i></p><p class=h>x</p><iframe srcdoc='<p>deep'></iframe>";
    let document = read(&format!("<p>one</p><iframe srcdoc=\"{inner}\"></iframe><p>three</p>"));
    assert_eq!(document.text, "one\ntwo or\nthree");
    assert_eq!(document.emphasis.len(), 1);
    assert!(document.containers_of(1).any(|own| own.tag == "iframe"));
    assert_eq!(blocks("<p>one</p><iframe style=display:none srcdoc='<p>two'></iframe>"), ["one"]);
}

#[test]
fn shadow_roots_show_their_content_and_what_their_slots_take() {
    let card = "<x-card><template shadowrootmode=open><p>in <slot name=a>nothing</slot></p><slot></slot></template>\
        <b slot=a>the shadow</b><p>light</p><i slot=none>lost</i></x-card>";
    assert_eq!(blocks(card), ["in the shadow", "light"]);
    assert_eq!(blocks("<x-a><template shadowrootmode=closed><slot>rest</slot></template> </x-a>"), ["rest"]);
    assert_eq!(blocks("<x-a><template><p>t</p></template>light</x-a>"), ["light"]);
    let styled =
        read("<p>out</p><x-a><template shadowrootmode=open><style>p{display:none}</style><p>in</p></template></x-a>");
    assert_eq!(styled.text, "out\nin");
    assert_eq!(styled.notes.iter().map(|note| note.code.as_str()).collect::<Vec<_>>(), ["shadow-style-not-read"]);
    let inner = "<x-b><template shadowrootmode=open>b <slot></slot></template>c</x-b>";
    assert_eq!(blocks(&format!("<x-a><template shadowrootmode=open>a {inner}</template></x-a>")), ["a b c"]);
}
