//! Elements that show something of their own in place of their content: controls, drawings, pictures, frames.
//!
//! What stands within a line of text is read with it; what stands alone is a control of the page, or a picture.

use ego_tree::NodeRef;
use html5ever::tendril::StrTendril;
use scraper::{ElementRef, Node, node::Element};

use super::{Frame, Walk};
use crate::{
    extract::{Container, Landmark, MediaKind, Styles},
    text::normal::fold,
};

/// How many inline elements may stand around something within a line of text.
const WRAPPERS: usize = 4;

/// The most letters of a control or a drawing that are read.
const LETTERS: usize = 20_000;

/// The most words of a field standing alone that are read.
const FIELD: usize = 40;

/// Letters of an element that are looked at for which way they run.
const TURNED: usize = 500;

impl<'a> Walk<'a> {
    /// Reads what `element` shows by itself, if it does.
    pub(super) fn own(&mut self, element: ElementRef<'a>, frame: &Frame<'a>) {
        let name = element.value().name();
        let parent_skips = self.frames.last().is_some_and(|parent| parent.skip);
        if parent_skips || !frame.style.is_seen() || frame.style.display == super::css::Display::None {
            return;
        }
        match name {
            "input" | "textarea" | "select" => self.control(element, frame),
            "svg" => self.drawing(element, frame),
            "img" | "video" | "audio" | "embed" | "canvas" => self.media(element, frame),
            "object" if !falls_back(element.value()) => self.media(element, frame),
            "iframe" => match self.framed.get(&element.id()).filter(|_| self.root.is_none()) {
                Some(page) if !is_tiny(element.value()) => self.framed_page(page, element.value(), frame),
                Some(_) => {}
                None => self.media(element, frame),
            },
            _ => {}
        }
    }

    /// What a control shows, within its line or as a box of its own.
    fn control(&mut self, element: ElementRef<'a>, frame: &Frame<'a>) {
        let Some(text) = value(element).filter(|text| !text.trim().is_empty()) else { return };
        let text: String = text.chars().take(LETTERS).collect();
        let inline = in_line(element);
        if !inline && text.split_whitespace().nth(FIELD).is_some() {
            // A text by itself, such as the article once more to be copied out: read along, it would pass for the article.
            let begins: Vec<&str> = text.split_whitespace().take(8).collect();
            self.builder.media("", &begins.join(" "), MediaKind::Field, false);
            return;
        }
        let mut place = frame.place;
        if inline {
            self.builder.show(" ", &place, Styles::NONE);
        } else {
            self.builder.break_block();
            place.container = self.contain(element.value(), place.container, false);
            if let Some(own) = self.builder.containers.last_mut() {
                own.landmark = Some(Landmark::Form);
            }
        }
        // A control's frame and type are its own.
        self.builder.show(&text, &place, Styles::NONE);
        if inline {
            self.builder.show(" ", &place, Styles::NONE);
        } else {
            self.builder.break_block();
        }
    }

    /// The text of a drawing: part of the line it stands in, or what the picture says.
    fn drawing(&mut self, element: ElementRef<'a>, frame: &Frame<'a>) {
        let mut text = String::new();
        let words =
            element.descendants().filter(|node| node.value().as_element().is_some_and(|own| own.name() == "text"));
        for own in words.filter(|own| self.styles.style(own.id()).hidden.is_none()) {
            for node in own.descendants() {
                let titled = node
                    .parent()
                    .and_then(|above| above.value().as_element())
                    .is_some_and(|above| above.name() == "title");
                if let Some(part) = node.value().as_text().filter(|_| !titled && text.len() < LETTERS) {
                    text.push_str(part);
                }
            }
            text.push(' ');
        }
        let text = fold(&text);
        match text.contains(char::is_alphanumeric) {
            false => {}
            true if in_line(element) => self.builder.show(&text, &frame.place, frame.styles(frame.style)),
            true => self.builder.media("", &text, MediaKind::Picture, false),
        }
    }

    fn media(&mut self, element: ElementRef<'a>, frame: &Frame<'a>) {
        let tag = element.value();
        if is_tiny(tag) || tag.attr("aria-hidden") == Some("true") {
            return;
        }
        let kind = match tag.name() {
            "video" | "audio" => MediaKind::Player,
            "iframe" => MediaKind::Frame,
            "embed" | "object" => MediaKind::Embedded,
            "canvas" => MediaKind::Canvas,
            _ => MediaKind::Picture,
        };
        let src = ["src", "data-src", "data"].into_iter().filter_map(|name| tag.attr(name)).find(|src| !src.is_empty());
        let alt = tag.attr("alt").or(tag.attr("title")).unwrap_or_default();
        let picture = kind == MediaKind::Picture;
        if picture && is_emoji(alt) {
            self.builder.show(alt.trim(), &frame.place, Styles::NONE);
            return;
        }
        let within = picture && !frame.style.float && !frame.style.out_of_flow && alt.contains(char::is_alphanumeric);
        self.builder.media(src.unwrap_or_default(), alt, kind, within && in_sentence(element));
    }

    /// The page that a frame brings with it, as blocks of this one.
    fn framed_page(&mut self, page: &'a super::super::framed::Framed, tag: &Element, frame: &Frame<'a>) {
        self.builder.break_block();
        let root = self.contain(tag, frame.place.container, false);
        let outer = (std::mem::replace(&mut self.styles, &page.styles), std::mem::take(&mut self.frames));
        self.root = Some(root);
        self.all(&page.html);
        self.root = None;
        (self.styles, self.frames) = outer;
        self.builder.break_block();
    }

    /// Makes an element a container and says where it is.
    pub(super) fn contain(&mut self, tag: &Element, parent: usize, styled: bool) -> usize {
        self.builder.containers.push(Container {
            parent: Some(parent),
            tag: tag.name().to_owned(),
            landmark: super::regions::landmark(tag),
            hints: super::regions::hints(tag),
            styled,
        });
        self.builder.containers.len() - 1
    }
}

/// The sign for an element that turns the order of its letters round: `<bdo dir=rtl>19</bdo>` reads 91.
pub(super) fn turn(element: ElementRef<'_>, style: &super::css::Style) -> Option<&'static str> {
    if !style.reordered {
        return None;
    }
    let mut letters = element.text().flat_map(str::chars).filter(|c| c.is_alphanumeric()).take(TURNED);
    // Hebrew to Thaana, and the forms of Arabic letters: what runs from right to left by itself.
    let leftward = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}');
    match style.rtl {
        true => letters.any(|c| !leftward(c)).then_some("\u{202e}"),
        false => letters.any(leftward).then_some("\u{202d}"),
    }
}

/// Whether an element is the second part of a fraction.
pub(super) fn divides(element: ElementRef<'_>) -> bool {
    let before = element.prev_siblings().any(|node| node.value().is_element());
    before && element.parent().and_then(|above| above.value().as_element()).is_some_and(|above| above.name() == "mfrac")
}

/// Whether browsers show the content of an `<object>`, because it names nothing else to show.
pub(super) fn falls_back(tag: &Element) -> bool {
    tag.name() == "object" && tag.attr("data").is_none_or(|data| data.trim().is_empty()) && tag.attr("type").is_none()
}

/// Whether the letters over a line of `<ruby>` would run into the words they stand over.
pub(super) fn is_apart(element: ElementRef<'_>) -> bool {
    element.value().name() == "rt" && element.text().any(|text| text.contains(|c: char| c.is_ascii_alphabetic()))
}

/// What a control shows.
fn value(element: ElementRef<'_>) -> Option<String> {
    let tag = element.value();
    let hint = || tag.attr("placeholder").map(str::to_owned);
    let filled = |name: &str| tag.attr(name).filter(|value| !value.trim().is_empty()).map(str::to_owned);
    match tag.name() {
        "textarea" => {
            let text: String = element.text().collect();
            if text.trim().is_empty() { hint() } else { Some(text) }
        }
        "select" => selected(element),
        _ => match tag.attr("type").unwrap_or_default().trim().to_ascii_lowercase().as_str() {
            "hidden" | "checkbox" | "radio" | "range" | "color" => None,
            "password" | "file" => hint(),
            "submit" => filled("value").or(Some("Submit".to_owned())),
            "reset" => filled("value").or(Some("Reset".to_owned())),
            "button" => filled("value"),
            "image" => filled("alt"),
            _ => filled("value").or_else(hint),
        },
    }
}

/// The options of a list that are in sight: the chosen one, or all of a long list.
fn selected(element: ElementRef<'_>) -> Option<String> {
    let is_option = |node: &NodeRef<'_, Node>| node.value().as_element().is_some_and(|own| own.name() == "option");
    let options: Vec<ElementRef<'_>> = element.descendants().filter(is_option).filter_map(ElementRef::wrap).collect();
    let text = |option: &ElementRef<'_>| option.text().collect::<String>();
    let tag = element.value();
    let long = tag.attr("size").and_then(|size| size.trim().parse::<u32>().ok()).is_some_and(|size| size > 1);
    if tag.attr("multiple").is_some() || long {
        return Some(options.iter().map(text).collect::<Vec<_>>().join(" "));
    }
    let chosen = options.iter().rev().find(|option| option.value().attr("selected").is_some());
    chosen.or_else(|| options.iter().find(|option| option.value().attr("disabled").is_none())).map(text)
}

/// Whether text stands beside the element in its parent, inline elements around it alone left out.
fn in_line(element: ElementRef<'_>) -> bool {
    let (before, after) = beside(element);
    before.is_some() || after.is_some()
}

/// Whether an element stands in the middle of a line of text.
pub(super) fn is_amid(element: ElementRef<'_>) -> bool {
    matches!(beside(element), (Some(_), Some(_)))
}

/// Whether an inline element is named a caption and no text stands beside it: editors set pictures and what is said of them into
/// one paragraph.
pub(super) fn is_lone_caption(element: ElementRef<'_>) -> bool {
    let named = element.value().attr("class").is_some_and(|names| names.contains("caption"));
    named && matches!(beside(element), (None, None))
}

/// Whether a picture stands in the middle of a sentence: what is before it does not end one.
fn in_sentence(element: ElementRef<'_>) -> bool {
    let (Some(before), Some(after)) = beside(element) else { return false };
    let ends = before.trim_end().ends_with(['.', '!', '?', ':', '…', '”', '"']);
    let begins = after.trim_start().starts_with(|c: char| c.is_lowercase() || c == ',' || c == ';' || c == '.');
    !ends && begins
}

/// The text right before and right behind an element, on the way up through inline elements that hold nothing else.
fn beside(element: ElementRef<'_>) -> (Option<&StrTendril>, Option<&StrTendril>) {
    let words = |node: Option<NodeRef<'_, Node>>| node.is_some_and(|node| blank_or_text(node).is_some());
    let mut node = *element;
    for _ in 0..WRAPPERS {
        let (before, after) = (node.prev_sibling(), node.next_sibling());
        if words(before) || words(after) {
            break;
        }
        let Some(above) = node.parent() else { break };
        let inline = |own: &Element| {
            matches!(own.name(), "a" | "b" | "em" | "font" | "i" | "label" | "mark" | "span" | "strong" | "u")
        };
        if !above.value().as_element().is_some_and(inline) {
            break;
        }
        node = above;
    }
    (node.prev_sibling().and_then(blank_or_text), node.next_sibling().and_then(blank_or_text))
}

fn blank_or_text(node: NodeRef<'_, Node>) -> Option<&StrTendril> {
    node.value().as_text().map(|text| &text.text).filter(|text| !text.trim().is_empty())
}

/// Whether a text is one or a few signs that stand for a face or a thing, and no word.
fn is_emoji(alt: &str) -> bool {
    let alt = alt.trim();
    let sign = |c: char| c >= '\u{2190}' || c == '\u{200d}';
    !alt.is_empty() && alt.chars().count() <= 8 && alt.chars().all(|c| sign(c) && !c.is_alphanumeric())
}

/// Whether the element is as small as a counter's.
fn is_tiny(tag: &Element) -> bool {
    let tiny = |name: &str| tag.attr(name).is_some_and(|size| matches!(size.trim(), "0" | "1" | "1px"));
    tiny("width") || tiny("height")
}
