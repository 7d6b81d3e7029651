//! Markdown → document, by CommonMark's rules with strikethrough and tables. The only file that names `pulldown-cmark`.
//!
//! Markup inside Markdown is HTML a reader sees, and is read as text between tags only: inline tags set nothing off here.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{
    Block, BlockKind, BlockStyle, Container, Document, Emphasis, Link, Media, MediaKind, Metadata, Style, Styles,
};
use crate::text::normal::Folder;

/// Reads `text`.
pub(super) fn read(text: &str) -> Document {
    let options = Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TABLES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_TASKLISTS;
    let mut reader = Reader::default();
    let (front, body) = front_matter(text);
    reader.document.metadata = metadata(front);
    for event in Parser::new_ext(body, options) {
        reader.event(event);
    }
    reader.finish()
}

/// YAML between two lines of dashes at the very beginning, and the text below it. The parser's own rule would take such lines
/// anywhere in the text for metadata, and hide from the comparison what a reader sees.
fn front_matter(text: &str) -> (&str, &str) {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_start_matches('\u{feff}').trim_end() == "---") else {
        return ("", text);
    };
    let mut end = first.len();
    for line in lines {
        let bare = line.trim_end();
        match bare {
            "---" | "..." => {
                let front = text.get(first.len()..end).unwrap_or_default();
                return (front, text.get(end + line.len()..).unwrap_or_default());
            }
            // A line of prose: dashes above it are a rule.
            _ if bare.is_empty() || !(line.starts_with([' ', '\t', '#', '-']) || is_entry(bare)) => break,
            _ => end += line.len(),
        }
    }
    ("", text)
}

/// `key: value`, or a key alone.
fn is_entry(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    let named = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
    named && (value.is_empty() || value.starts_with(' '))
}

/// What the front matter says of the text, by the names that site generators share.
fn metadata(front: &str) -> Metadata {
    let value = |name: &str| {
        let entry = front.lines().filter_map(|line| line.split_once(':')).find(|(key, _)| *key == name);
        let plain = entry?.1.trim().trim_matches(['"', '\'']).trim();
        (!plain.is_empty() && !plain.starts_with(['[', '{', '|', '>', '&', '*'])).then(|| plain.to_owned())
    };
    let is_date = |date: &String| date.len() >= 10 && date.starts_with(|c: char| c.is_ascii_digit());
    let (title, byline, published) = (value("title"), value("author"), value("date").filter(is_date));
    Metadata { title, byline, published, ..Metadata::default() }
}

#[derive(Default)]
struct Reader {
    folder: Folder,
    blocks: Vec<(usize, BlockKind)>,
    kinds: Vec<BlockKind>,
    styles: Vec<Style>,
    link: Option<String>,
    picture: Option<(String, String)>,
    document: Document,
}

impl Reader {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
            Event::InlineHtml(tag) if tag.trim_start().to_ascii_lowercase().starts_with("<br") => {
                self.folder.break_line();
            }
            Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
            Event::SoftBreak => self.folder.space(),
            Event::HardBreak => self.folder.break_line(),
            Event::Rule => self.folder.break_block(),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if let Some(kind) = self.kind_of(&tag) {
            self.folder.break_block();
            self.kinds.push(kind);
            return;
        }
        match tag {
            Tag::Emphasis => self.styles.push(Style::Italic),
            Tag::Strong => self.styles.push(Style::Bold),
            Tag::Strikethrough => self.styles.push(Style::Strike),
            Tag::Link { dest_url, .. } => self.link = Some(dest_url.into_string()),
            Tag::Image { dest_url, .. } => self.picture = Some((dest_url.into_string(), String::new())),
            Tag::Superscript
            | Tag::Subscript
            | Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::List(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::MetadataBlock(_) => {}
        }
    }

    /// The kind of the block a tag opens; none for what stands inside a line.
    fn kind_of(&self, tag: &Tag<'_>) -> Option<BlockKind> {
        let around = self.kinds.last().copied().unwrap_or(BlockKind::Paragraph);
        Some(match tag {
            Tag::Heading { level, .. } => BlockKind::Heading(number(*level)),
            Tag::BlockQuote(_) => BlockKind::Quotation,
            Tag::CodeBlock(_) => BlockKind::Preformatted,
            Tag::Item | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => BlockKind::ListItem,
            Tag::TableHead => BlockKind::HeadCell,
            Tag::TableCell if around != BlockKind::HeadCell => BlockKind::Cell,
            Tag::Paragraph
            | Tag::List(_)
            | Tag::Table(_)
            | Tag::TableRow
            | Tag::TableCell
            | Tag::HtmlBlock
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::MetadataBlock(_) => around,
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => return None,
        })
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {
                self.styles.pop();
            }
            TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Link => self.link = None,
            TagEnd::Image => {
                if let Some((src, alt)) = self.picture.take() {
                    let at = self.folder.text().len();
                    self.document.media.push(Media {
                        at,
                        src,
                        alt: crate::text::normal::fold(&alt),
                        kind: MediaKind::Picture,
                        in_sentence: false,
                    });
                }
            }
            TagEnd::Paragraph
            | TagEnd::Heading(_)
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::List(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::MetadataBlock(_) => {
                self.folder.break_block();
                self.kinds.pop();
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, alt)) = &mut self.picture {
            alt.push_str(text);
            return;
        }
        let begins = self.folder.at_start();
        let bytes = self.folder.push(text);
        if bytes.is_empty() {
            return;
        }
        if begins {
            let kind = self.kinds.last().copied().unwrap_or(BlockKind::Paragraph);
            self.blocks.push((bytes.start, kind));
        }
        let styles: Styles = self.styles.iter().copied().collect();
        if !styles.is_empty() {
            self.document.emphasis.push(Emphasis { bytes: bytes.clone(), styles });
        }
        if let Some(href) = &self.link {
            match self.document.links.last_mut() {
                Some(link) if link.href == *href && bytes.start <= link.bytes.end + 1 && !begins => {
                    link.bytes.end = bytes.end;
                }
                _ => self.document.links.push(Link { bytes, href: href.clone() }),
            }
        }
    }

    fn finish(self) -> Document {
        let text = self.folder.into_text();
        let ends: Vec<usize> = self.blocks.iter().skip(1).map(|(next, _)| next - 1).chain([text.len()]).collect();
        let block = |((start, kind), end): (&(usize, BlockKind), usize)| Block {
            bytes: *start..end,
            kind: *kind,
            container: 0,
            base: BlockStyle::default(),
        };
        Document {
            blocks: self.blocks.iter().zip(ends).map(block).collect(),
            containers: vec![Container { tag: "markdown".to_owned(), ..Container::default() }],
            carries_emphasis: true,
            text,
            ..self.document
        }
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_emphasis_and_links() {
        let document =
            read("# Title\n\nThere is **no** [military\n*solution*](https://example.org).\n\n- one\n- two\n");
        assert_eq!(document.text, "Title\nThere is no military solution.\none\ntwo");
        let kinds: Vec<_> = document.blocks.iter().map(|block| block.kind).collect();
        let item = BlockKind::ListItem;
        assert_eq!(kinds, [BlockKind::Heading(1), BlockKind::Paragraph, item, item]);
        let set_off: Vec<_> = document.emphasis.iter().map(|span| &document.text[span.bytes.clone()]).collect();
        assert_eq!(set_off, ["no", "solution"]);
        assert_eq!(document.links.len(), 1);
        assert_eq!(&document.text[document.links[0].bytes.clone()], "military solution");
    }

    #[test]
    fn front_matter_is_metadata_and_boxes_are_no_words() {
        let document =
            read("---\ntitle: \"Talks go on\"\ndate: 2024-05-03\ntags:\n  - peace\n---\n\n- [ ] one\n- [x] two\n");
        assert_eq!(document.text, "one\ntwo");
        assert_eq!(document.metadata.title.as_deref(), Some("Talks go on"));
        assert_eq!(document.metadata.published.as_deref(), Some("2024-05-03"));
    }

    #[test]
    fn rules_around_prose_hide_nothing() {
        for text in
            ["---\nHe said: no.\n---\n", "One.\n\n---\ntitle: a\n---\n", "---\n\ntitle: a\n\n---\n", "---\ntitle: a\n"]
        {
            assert!(!read(text).text.is_empty(), "{text:?}");
            assert!(read(text).metadata.title.is_none(), "{text:?}");
        }
        assert_eq!(read("---\nHe said: no.\n---\n").text, "He said: no.");
    }
}
