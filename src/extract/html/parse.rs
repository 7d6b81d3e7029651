//! Characters → tree: html5ever's tree construction, stopped where a page goes too deep or too far.
//!
//! The page is fed in small pieces and the tree is looked at between them, because tree construction takes time in
//! proportion to depth times length: fifty megabytes of nested tags would never end. What is left out is said in a note.

use html5ever::{
    driver::{self, ParseOpts},
    tendril::{StrTendril, TendrilSink as _},
};
use scraper::{Html, HtmlTreeSink};

use crate::extract::Note;

/// Bytes fed at a time.
const PIECE: usize = 2048;

/// Elements inside each other. Browsers stop at 512; real pages stay under 100.
const DEPTH: usize = 600;

/// Nodes of a tree.
const NODES: usize = 3_000_000;

/// Parses `text`; the note says if only its beginning was read.
pub(super) fn parse(text: &str) -> (Html, Option<Note>) {
    let mut parser = driver::parse_document(HtmlTreeSink::new(Html::new_document()), ParseOpts::default());
    let mut rest = text;
    let mut note = None;
    while !rest.is_empty() && note.is_none() {
        let (piece, after) = rest.split_at(floor(rest, PIECE));
        parser.process(StrTendril::from(piece));
        rest = after;
        note = too_much(&parser.tokenizer.sink.sink, rest.is_empty());
    }
    (parser.finish(), note)
}

/// Looks at the tree so far: how many nodes it has, how deep the latest stands.
fn too_much(sink: &HtmlTreeSink, complete: bool) -> Option<Note> {
    let mut html = sink.0.borrow_mut();
    // A page can make as many parse errors as it has bytes, and nobody reads them.
    html.errors.clear();
    let depth = html.tree.nodes().next_back().map_or(0, |last| last.ancestors().take(DEPTH + 1).count());
    let what = match () {
        () if complete => return None,
        () if depth > DEPTH => format!("nests more than {DEPTH} elements inside each other"),
        () if html.tree.values().len() > NODES => format!("has more than {NODES} elements and pieces of text"),
        () => return None,
    };
    Some(Note {
        code: "cut-short".to_owned(),
        message: format!("The page {what}; what comes after that was not read."),
    })
}

/// The last character boundary of `text` at or before `bytes`.
fn floor(text: &str, bytes: usize) -> usize {
    if bytes >= text.len() {
        return text.len();
    }
    (1..=bytes).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_whole() {
        let text = "<p>Grüße</p>".repeat(1000);
        let (html, note) = parse(&text);
        assert_eq!(note, None);
        let text: String = html.root_element().text().collect();
        assert_eq!(text, "Grüße".repeat(1000));
    }

    #[test]
    fn fifty_megabytes_of_nested_tags_end_early() {
        let (html, note) = parse(&"<div>".repeat(10_000_000));
        assert_eq!(note.map(|note| note.code).as_deref(), Some("cut-short"));
        assert!(html.tree.values().len() < 10_000);
    }
}
