//! The engine against another one: WeasyPrint, on pages made up at random.
//!
//! Set `VIDIMUS_WEASYPRINT` to a Python that has WeasyPrint; without it the test says that it did nothing.
//!
//! All values must agree. Where the two differ by design, the pages keep out of it or the comparison says so:
//! - There a `style` attribute is as specific as an id and loses to one with a tag beside it: no element has both an
//!   attribute and a rule by its id.
//! - Presentational markup wins over layers there: pages have the one or the other.
//! - The order of layers is not turned round for `!important` there: none is generated inside layers.
//! - Functions in `font-size`, `inherit` of custom properties, and `inherit` of `display` come to nothing there; `u+b` is
//!   read as a range of characters. None is generated.
//! - It knows media types but no media features, and neither `@supports`, `unset` nor `revert`. None is generated.
//! - Sizes by name follow an older table there. Only `medium` is generated.
//! - Lines reach into boxes of their own there: lines are compared as gathered over all ancestors.
//! - Its sheet has `b` and `strong` bold, not bolder: ours is used for both, and the two are held against each other tag
//!   by tag.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use scraper::Html;

use super::generator;
use super::see_raw;
use crate::extract::html::css::{Display, Lines, Style, TextTransform};

/// How many pages are compared.
const PAGES: u64 = 150;

#[test]
fn computes_what_weasyprint_computes() {
    let Some(python) = python() else { return };
    let pages: Vec<String> = (0..PAGES).map(generator::page).collect();
    let theirs = ask(&python, &sheet(), &pages);
    let ours: Vec<String> = pages.iter().enumerate().flat_map(|(place, page)| rows(place, page)).collect();
    compare(&ours, &theirs, &pages, &[]);
}

#[test]
fn tags_look_as_in_weasyprint() {
    let Some(python) = python() else { return };
    let mut page = String::from("<!DOCTYPE html><html><head></head><body>");
    for tag in TAGS {
        let _ = write!(page, "<{tag} id={tag}>x</{tag}>");
    }
    let pages = [format!("{page}<a id=link href='#'>x</a><ul><li id=li>x</li></ul></body></html>")];
    let theirs = ask(&python, Path::new("-"), &pages);
    let ours = rows(0, &pages[0]);
    let by_design = [
        // The blue that browsers have.
        ("link", "colour"),
        // A sixth less, as browsers have it; there a step down a table.
        ("small", "size"),
        ("sub", "size"),
        ("sup", "size"),
        // Newer than its sheet.
        ("dialog", "display"),
        ("search", "display"),
    ];
    compare(&ours, &theirs, &pages, &by_design);
}

const TAGS: &[&str] = &[
    "abbr",
    "address",
    "article",
    "aside",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "center",
    "cite",
    "code",
    "data",
    "dd",
    "del",
    "dfn",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "i",
    "ins",
    "kbd",
    "legend",
    "main",
    "mark",
    "menu",
    "nav",
    "noembed",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "time",
    "tt",
    "u",
    "ul",
    "var",
    "search",
    "dialog",
];

fn sheet() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract/html/css/ua.css")
}

#[expect(clippy::disallowed_methods, clippy::print_stderr, reason = "a referee is at hand only where it was installed")]
fn python() -> Option<String> {
    let python = std::env::var("VIDIMUS_WEASYPRINT").ok().filter(|python| !python.is_empty());
    if python.is_none() {
        eprintln!("skipped: VIDIMUS_WEASYPRINT names no Python with WeasyPrint, so that nothing was compared");
    }
    python
}

/// What WeasyPrint computes for `pages`.
fn ask(python: &str, sheet: &Path, pages: &[String]) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let files = pages.iter().enumerate().map(|(place, page)| {
        let file = folder.path().join(format!("{place}.html"));
        std::fs::write(&file, page).expect("a page on disk");
        file
    });
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/referees/weasyprint.py");
    let output = Command::new(python).arg(script).arg(sheet).args(files).output().expect("Python runs");
    assert!(output.status.success(), "the referee fails: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8").lines().map(str::to_owned).collect()
}

/// One line for each element with an id, as the referee writes them.
fn rows(place: usize, page: &str) -> Vec<String> {
    let seen = see_raw(page);
    let mut out = Vec::new();
    for node in seen.html.tree.root().descendants() {
        let Some(id) = node.value().as_element().and_then(|element| element.attr("id")) else { continue };
        let style = seen.computed.style(node.id());
        let above = node.ancestors().filter(|above| above.value().is_element());
        let lines = above.fold(style.carried.own_lines, |lines, above| {
            lines.union(seen.computed.style(above.id()).carried.own_lines)
        });
        out.push(format!("{place}\t{id}\t{}", row(style, lines)));
    }
    out
}

fn row(style: &Style, lines: Lines) -> String {
    let colour = |colour: super::Rgba| format!("{},{},{},{}", colour.red, colour.green, colour.blue, colour.alpha);
    let named = [(Lines::THROUGH, "line-through"), (Lines::OVER, "overline"), (Lines::UNDER, "underline")];
    let lines: Vec<&str> = named.iter().filter(|(line, _)| lines.contains(*line)).map(|(_, name)| *name).collect();
    [
        style.font_weight.to_string(),
        if style.italic { "italic" } else { "normal" }.to_owned(),
        format!("{:.2}", style.font_size),
        colour(style.carried.colour),
        style.background.map_or_else(|| "none".to_owned(), colour),
        if lines.is_empty() { "none".to_owned() } else { lines.join("+") },
        shape(style.display).to_owned(),
        if style.carried.visible { "visible" } else { "hidden" }.to_owned(),
        match style.transform {
            TextTransform::None => "none",
            TextTransform::Uppercase => "uppercase",
            TextTransform::Lowercase => "lowercase",
            TextTransform::Capitalize => "capitalize",
        }
        .to_owned(),
        format!("{:.2}", style.letter_spacing),
        if style.small_caps { "small" } else { "normal" }.to_owned(),
    ]
    .join("\t")
}

fn shape(display: Display) -> &'static str {
    match display {
        Display::None => "none",
        Display::Contents => "contents",
        Display::Inline | Display::Ruby | Display::RubyText => "inline flow",
        Display::InlineBlock => "inline flow-root",
        Display::Block => "block flow",
        Display::ListItem => "block flow list-item",
        Display::Table => "block table",
        Display::TableRowGroup => "table-row-group",
        Display::TableRow => "table-row",
        Display::TableCell => "table-cell",
        Display::TableCaption => "table-caption",
        Display::TableColumn => "table-column",
    }
}

/// Whether two cells of a row say the same.
fn agree(column: usize, ours: &str, theirs: &str) -> bool {
    let numbers = |cell: &str| cell.split(',').map(|part| part.parse::<f64>().unwrap_or(f64::NAN)).collect::<Vec<_>>();
    let close = |tolerance: fn(f64) -> f64| {
        let (ours, theirs) = (numbers(ours), numbers(theirs));
        ours.len() == theirs.len()
            && ours.iter().zip(&theirs).all(|(one, other)| (one - other).abs() <= tolerance(*other))
    };
    ours == theirs
        || match column {
            3 => theirs == "oblique" && ours == "italic",
            4 | 11 => close(|size| 0.02 + size.abs() * 1e-4),
            5 => close(|_| 1.0),
            6 => (ours == "none" && theirs.ends_with(",0")) || close(|_| 1.0),
            8 => theirs == "block flow-root" && ours == "block flow",
            9 => theirs == "collapse" && ours == "hidden",
            12 => ours == "small" && theirs.ends_with("small-caps"),
            _ => false,
        }
}

/// Holds all rows against each other and fails with the first that differ, but for the cells named in `by_design`.
fn compare(ours: &[String], theirs: &[String], pages: &[String], by_design: &[(&str, &str)]) {
    const NAMES: [&str; 13] = [
        "page",
        "id",
        "weight",
        "slant",
        "size",
        "colour",
        "background",
        "lines",
        "display",
        "visibility",
        "transform",
        "spacing",
        "caps",
    ];
    let mut sorted = (ours.to_vec(), theirs.to_vec());
    let key = |row: &String| row.split('\t').take(2).map(str::to_owned).collect::<Vec<_>>();
    sorted.0.sort_by_key(key);
    sorted.1.sort_by_key(key);
    assert_eq!(ours.len(), theirs.len(), "elements");
    let (mut cells, mut wrong) = (0, Vec::new());
    for (ours, theirs) in sorted.0.iter().zip(&sorted.1) {
        let (ours, theirs): (Vec<&str>, Vec<&str>) = (ours.split('\t').collect(), theirs.split('\t').collect());
        for (column, (own, other)) in ours.iter().zip(&theirs).enumerate().skip(2) {
            cells += 1;
            if !agree(column, own, other) && !by_design.contains(&(ours[1], NAMES[column])) {
                wrong.push(format!("page {} #{} {}: ours {own}, theirs {other}", ours[0], ours[1], NAMES[column]));
            }
        }
    }
    let first = wrong.first().and_then(|line| line.split(' ').nth(1)?.parse::<usize>().ok()).unwrap_or(0);
    assert!(
        wrong.is_empty(),
        "{} of {cells} values differ:\n{}\n{}",
        wrong.len(),
        wrong.iter().take(30).cloned().collect::<Vec<_>>().join("\n"),
        pages[first]
    );
    assert!(cells > 500, "too little was compared: {cells}");
}

#[test]
fn generated_pages_hold_what_they_should() {
    let page = generator::page(1);
    assert_eq!(page, generator::page(1), "the same seed gives the same page");
    assert!(page.contains("<style>") && Html::parse_document(&page).errors.len() < 3);
    assert!(rows(0, &page).len() >= 40);
}
