//! Plain text → document. Blank lines end paragraphs; links written as in Markdown, `[text](address)`, are links.
//!
//! Nothing else of Markdown is read: in a text file an asterisk is an asterisk. The format carries no emphasis.

use super::{Block, BlockKind, BlockStyle, Container, Document, Link, Metadata};
use crate::text::normal::Folder;

/// The longest link text and address looked for, in bytes.
const LINK: usize = 4096;

/// The most marks of quotation before a line that are looked at.
const QUOTED: usize = 16;

/// Reads `text`.
pub(super) fn read(text: &str) -> Document {
    let mut folder = Folder::default();
    let mut starts = Vec::new();
    let mut links = Vec::new();
    let depth = quoted(text);
    for line in text.lines().map(|line| unquoted(line, depth)) {
        if line.trim().is_empty() {
            folder.break_block();
            continue;
        }
        folder.space();
        let mut rest = line;
        while let Some((before, shown, href, after)) = next_link(rest) {
            push(&mut folder, &mut starts, before);
            let bytes = push(&mut folder, &mut starts, shown);
            if !bytes.is_empty() {
                links.push(Link { bytes, href: href.to_owned() });
            }
            rest = after;
        }
        push(&mut folder, &mut starts, rest);
    }
    let text = folder.into_text();
    let ends: Vec<usize> = starts.iter().skip(1).map(|next| next - 1).chain([text.len()]).collect();
    let blocks = starts.iter().zip(ends).map(|(start, end)| Block {
        bytes: *start..end,
        kind: BlockKind::Paragraph,
        container: 0,
        base: BlockStyle::default(),
    });
    Document {
        blocks: blocks.collect(),
        containers: vec![Container { tag: "text".to_owned(), ..Container::default() }],
        links,
        metadata: Metadata::default(),
        text,
        ..Document::default()
    }
}

/// How many times the whole text is quoted as mail programs quote: every line begins with `>`.
fn quoted(text: &str) -> usize {
    let depth = |line: &str| {
        let marks = line.split(|c: char| c != '>' && c != ' ').next().unwrap_or_default();
        marks.bytes().filter(|byte| *byte == b'>').count()
    };
    text.lines().filter(|line| !line.trim().is_empty()).map(depth).min().unwrap_or(0).min(QUOTED)
}

fn unquoted(line: &str, depth: usize) -> &str {
    (0..depth).fold(line, |line, _| {
        let line = line.trim_start();
        line.strip_prefix('>').unwrap_or(line)
    })
}

fn push(folder: &mut Folder, starts: &mut Vec<usize>, piece: &str) -> std::ops::Range<usize> {
    let begins = folder.at_start();
    let bytes = folder.push(piece);
    if begins && !bytes.is_empty() {
        starts.push(bytes.start);
    }
    bytes
}

/// The first `[text](address)`: what is before it, its text, its address, what is behind it.
fn next_link(line: &str) -> Option<(&str, &str, &str, &str)> {
    for (middle, _) in line.match_indices("](") {
        let head = &line[..middle];
        let open = head.rfind('[')?;
        let shown = &head[open + 1..];
        let tail = &line[middle + 2..];
        let close = tail.find(')')?;
        let href = &tail[..close];
        let address = !href.contains(char::is_whitespace) && !href.is_empty() && href.len() <= LINK;
        if address && shown.len() <= LINK && shown.contains(char::is_alphanumeric) {
            return Some((&line[..open], shown, href, &tail[close + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_end_paragraphs_and_links_are_links() {
        let document = read("By [A. One](#) and\r\n[B. Two](https://example.org/b)\n \n\nSee [1] (p. 2)\n");
        assert_eq!(document.text, "By A. One and B. Two\nSee [1] (p. 2)");
        let shown: Vec<_> = document.links.iter().map(|link| &document.text[link.bytes.clone()]).collect();
        assert_eq!(shown, ["A. One", "B. Two"]);
        assert_eq!(document.blocks.len(), 2);
        assert!(!document.carries_emphasis);
    }
}
