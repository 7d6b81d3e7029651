//! The tree, element by element in reading order: where blocks begin and end, what is seen, what sets words off.
//!
//! Nothing here recurses, so that depth costs no stack; a page in a frame is one level more. `blocks` says which elements are
//! blocks, `own` reads what elements show in place of their content.

mod blocks;
mod own;

use std::collections::BTreeMap;

use ego_tree::{NodeId, NodeRef, iter::Edge};
use scraper::{ElementRef, Html, Node, node::Element};

use super::{
    build::{Builder, Look, Place},
    css,
    emphasis::{contrast, set_off},
    framed::Framed,
    regions,
};
use crate::extract::{BlockKind, Container, Document, Hint, Landmark, Style, Styles};
use blocks::{breaks, kind};
use own::{divides, falls_back, is_apart, turn};

/// Elements whose content is no text of the page: programs, what is shown if something else fails, controls.
pub(super) const NO_TEXT: &[&str] = &[
    "audio", "canvas", "datalist", "embed", "head", "iframe", "meter", "noembed", "noframes", "noscript", "object",
    "option", "progress", "rp", "script", "select", "style", "svg", "template", "textarea", "title", "video",
];

/// Markup that sets words off by itself, sheets or no sheets.
const PRESENTATIONAL: &[&str] =
    &["b", "big", "center", "em", "font", "i", "mark", "s", "strike", "strong", "u", "tt", "ins", "del"];

/// Elements with a look of their own that says what the words are, not that they matter.
const NAMED: &[&str] = &["abbr", "acronym", "cite", "code", "dfn", "kbd", "samp", "tt", "var"];

/// Signs that change what a line says, those first that do so behind a whole paragraph.
const TURNS: [char; 18] =
    ['?', '!', '？', '！', '؟', '…', '"', '“', '”', '„', '‟', '«', '»', '‘', '’', '‚', '「', '」'];

/// What a box that is hidden is for where it belongs to the site.
const SITES_OWN: [Hint; 7] =
    [Hint::Note, Hint::Advertisement, Hint::Consent, Hint::Subscribe, Hint::Share, Hint::Comments, Hint::Related];

/// Letters of the longest line of text.
const LETTERS: f32 = 100.0;

/// What an open element means for the text inside it.
#[derive(Clone, Copy)]
struct Frame<'a> {
    style: &'a css::Style,
    place: Place<'a>,
    /// What a link's or a code fragment's own look is.
    mask: Styles,
    /// The style of that link or fragment: what is set off inside it is held against it.
    named: Option<&'a css::Style>,
    /// Whether an inline element around the text has a border.
    border: bool,
    /// Whether an element inside a link underlines a part of it by hand. Links are underlined anyway, or not, as a sheet has
    /// it that may not be at hand.
    underlined: bool,
    /// In a `<p>`, the element around it.
    paragraph_in: Option<usize>,
    /// Whether what it hides is a control of the site, or a box that says it is the site's own.
    of_site: bool,
    /// Whether it is part of a formula.
    formula: bool,
    /// Whether it stands apart from the words around it.
    apart: bool,
    /// Whether a sign before the text turns the order of its letters round.
    turned: bool,
    /// Where the element begins.
    from: usize,
    /// Whether a block ends where the element ends.
    breaks: bool,
    /// Whether nothing in it is text of the page.
    skip: bool,
}

/// Reads the text and spans of `html`.
pub(super) fn document(html: &Html, styles: &css::Computed, framed: &BTreeMap<NodeId, Framed>) -> Document {
    let (frames, builder) = (Vec::new(), Builder::default());
    let mut walk = Walk { styles, framed, root: None, builder, frames, links: 0, quotations: 0, raised: 0 };
    walk.builder.containers.push(Container { tag: "html".to_owned(), ..Container::default() });
    walk.all(html);
    walk.builder.finish()
}

struct Walk<'a> {
    styles: &'a css::Computed,
    /// The pages that frames bring with them.
    framed: &'a BTreeMap<NodeId, Framed>,
    /// Inside such a page, the container of its frame.
    root: Option<usize>,
    builder: Builder<'a>,
    frames: Vec<Frame<'a>>,
    links: usize,
    quotations: usize,
    raised: usize,
}

impl<'a> Walk<'a> {
    fn all(&mut self, html: &'a Html) {
        for edge in html.tree.root().traverse() {
            match edge {
                Edge::Open(node) => self.open(node),
                Edge::Close(node) => self.close(node),
            }
        }
    }

    fn open(&mut self, node: NodeRef<'a, Node>) {
        match node.value() {
            Node::Element(_) => {
                if let Some(element) = ElementRef::wrap(node) {
                    self.open_element(element);
                }
            }
            Node::Text(text) => {
                if let Some(frame) = self.frames.last().copied() {
                    self.text(text, &frame);
                }
            }
            Node::Document | Node::Fragment | Node::Doctype(_) | Node::Comment(_) | Node::ProcessingInstruction(_) => {}
        }
    }

    fn close(&mut self, node: NodeRef<'a, Node>) {
        if !node.value().is_element() {
            return;
        }
        if let Some(frame) = self.frames.last().copied() {
            if frame.apart {
                self.text(" ", &frame);
            }
            if frame.turned {
                self.text("\u{202c}", &frame);
            }
            if let Some(generated) = self.styles.after(node.id()) {
                self.generated(generated, node.value().as_element().is_some_and(|own| own.name() == "q"), &frame);
            }
            if frame.breaks {
                self.builder.break_block();
                self.cut(&frame);
            }
        }
        self.frames.pop();
    }

    fn open_element(&mut self, element: ElementRef<'a>) {
        let parent = self.frames.last().copied();
        let tag = element.value();
        let style = self.styles.style(element.id());
        let skip = parent.is_some_and(|parent| parent.skip) || (NO_TEXT.contains(&tag.name()) && !falls_back(tag));
        let seen = style.is_seen();
        let part = parent.is_some_and(|parent| parent.formula) && divides(element);
        let boxed = !matches!(style.display, css::Display::None);
        match tag.name() {
            "br" if boxed => self.builder.break_line(),
            "hr" if boxed => self.builder.break_block(),
            _ => {}
        }
        // A box out of the flow that nobody sees leaves the line around it whole.
        let unseen = style.out_of_flow && !seen;
        let breaks = boxed && !skip && !unseen && breaks(element, style);
        if breaks {
            self.builder.break_block();
        }
        let turn = turn(element, style).filter(|_| !skip);
        let frame = Frame { turned: turn.is_some(), ..self.frame(element, style, parent.as_ref(), breaks, skip) };
        self.own(element, &frame);
        if let (true, Some(parent)) = (part, parent) {
            self.text("/", &parent);
        }
        if frame.apart {
            self.text(" ", &frame);
        }
        self.frames.push(frame);
        if let Some(sign) = turn {
            self.text(sign, &frame);
        }
        if let Some(generated) = self.styles.before(element.id()) {
            self.generated(generated, tag.name() == "q", &frame);
        }
    }

    fn frame(
        &mut self,
        element: ElementRef<'a>,
        style: &'a css::Style,
        parent: Option<&Frame<'a>>,
        breaks: bool,
        skip: bool,
    ) -> Frame<'a> {
        let tag = element.value();
        let own = parent.map_or(Styles::NONE, |parent| set_off(style, parent.style));
        let styled = !own.is_empty() && (tag.attr("style").is_some() || PRESENTATIONAL.contains(&tag.name()));
        let mut place = parent.map_or_else(|| self.outermost(style), |parent| parent.place);
        place.inline |= styled;
        place.elsewhere = style.elsewhere;
        place.meant = meant(tag, place.meant);
        place.own_font = self.styles.draws_by_itself(style);
        place.kind = kind(tag, place.kind);
        if breaks {
            place.base = style;
            // What stands around whole blocks says nothing of words in them.
            place.meant = Styles::NONE;
            place.container = self.boxed(tag, style, place.container, styled);
        }
        let mut mask = parent.map_or(Styles::NONE, |parent| parent.mask);
        let mut named = parent.and_then(|parent| parent.named);
        if let Some(href) = tag.attr("href").filter(|_| tag.name() == "a") {
            self.links += 1;
            place.link = Some((self.links, href));
            // What a sheet does to links it does to all of them; a style attribute is about this one.
            if tag.attr("style").is_none() {
                mask = mask.union(own);
                named = Some(style);
            }
        } else if NAMED.contains(&tag.name()) {
            mask = mask.union(own);
            named = Some(style);
        }
        self.enters(element, &mut place);
        let linked = place.link.is_some();
        let border = !breaks && (is_bordered(tag, style, linked) || parent.is_some_and(|parent| parent.border));
        let by_hand = matches!(tag.name(), "u" | "ins") && style.lines.contains(css::Lines::UNDER);
        let underlined = linked && (by_hand || parent.is_some_and(|parent| parent.underlined));
        let formula = tag.name() == "math" || parent.is_some_and(|parent| parent.formula);
        let apart = !skip && style.hidden.is_none() && is_apart(element);
        let from = self.builder.len();
        Frame {
            style,
            place,
            mask,
            named,
            border,
            underlined,
            paragraph_in: paragraph_in(tag, parent),
            of_site: parent.is_some_and(|parent| parent.of_site) || style.hidden.is_some() && is_of_site(tag),
            formula,
            apart,
            turned: false,
            from,
            breaks,
            skip,
        }
    }

    /// Notes which inline quotation, raised sign or source the text of `element` is in.
    fn enters(&mut self, element: ElementRef<'a>, place: &mut Place<'a>) {
        match element.value().name() {
            "q" if place.quoted.is_none() && self.styles.before(element.id()).is_none() => {
                self.quotations += 1;
                place.quoted = Some(self.quotations);
            }
            "sup" if place.raised.is_none() => {
                self.raised += 1;
                place.raised = Some(self.raised);
            }
            "cite" => place.cited = true,
            _ => {}
        }
    }

    /// Where text stands before any element says otherwise.
    fn outermost(&self, style: &'a css::Style) -> Place<'a> {
        let (kind, container) = (BlockKind::Paragraph, self.root.unwrap_or(0));
        let (meant, elsewhere) = (Styles::NONE, css::Elsewhere::NONE);
        let (link, quoted, raised, own_font, cited) = (None, None, None, false, false);
        Place { kind, container, base: style, inline: false, link, quoted, cited, raised, elsewhere, meant, own_font }
    }

    /// The container of a block, which may have a frame.
    fn boxed(&mut self, tag: &Element, style: &css::Style, parent: usize, styled: bool) -> usize {
        let framed = style.framed && !matches!(tag.name(), "td" | "th" | "table" | "button" | "fieldset");
        let by_hand = framed && tag.attr("style").is_some();
        let container = self.contain(tag, parent, styled || by_hand);
        if framed {
            self.builder.framed.push(container);
        }
        container
    }

    fn text(&mut self, text: &str, frame: &Frame<'a>) {
        if frame.skip {
            return;
        }
        if frame.formula && frame.style.hidden.is_some() {
            // Another reading of a formula that is shown as a picture.
            return;
        }
        if let Some(hiding) = frame.style.hidden {
            let ordinary = hiding.ordinary || frame.of_site;
            self.builder.hide(text, css::Hiding { ordinary, ..hiding }, frame.paragraph_in);
            return;
        }
        let look = frame.look(frame.style);
        match frame.style.white_space {
            css::WhiteSpace::Collapse => self.builder.show(text, &frame.place, look),
            css::WhiteSpace::Preserve | css::WhiteSpace::PreserveBreaks => {
                for (at, line) in text.split('\n').enumerate() {
                    if at > 0 {
                        self.builder.break_line();
                    }
                    self.builder.show(line, &frame.place, look);
                }
            }
        }
    }

    /// What has no room in its box. Nothing is laid out: a line is taken to be longer than most are.
    fn cut(&mut self, frame: &Frame<'a>) {
        if let Some(lines) = frame.style.room.filter(|_| !frame.skip && frame.style.hidden.is_none()) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the cast saturates")]
            self.builder.cut(frame.from, (lines * LETTERS) as usize);
        }
    }

    /// Text from a style sheet counts where it says something, or where it is the marks of a quotation, a question or a face within a
    /// line: bullets do not, nor the large marks that sites draw beside whole paragraphs.
    fn generated(&mut self, generated: &'a css::Generated, quotation: bool, frame: &Frame<'a>) {
        let turns = generated.text.contains(if frame.breaks { &TURNS[..2] } else { &TURNS[..] });
        let face = |c: char| !frame.breaks && matches!(c, '\u{1f300}'..='\u{1faff}');
        let says = quotation || turns || generated.text.contains(|c: char| c.is_alphanumeric() || face(c));
        if frame.skip || frame.style.hidden.is_some() || generated.style.hidden.is_some() || !says {
            return;
        }
        let block = matches!(generated.style.display, css::Display::Block | css::Display::ListItem);
        if block {
            self.builder.break_block();
        }
        self.builder.show(&generated.text, &frame.place, frame.look(&generated.style));
        if block {
            self.builder.break_block();
        }
    }
}

impl Frame<'_> {
    /// How text in `style` is set off from the block here.
    fn look(&self, style: &css::Style) -> Look {
        // Links and code are plain in their own way.
        let contrast = if self.named.is_some() { Styles::NONE } else { contrast(style, self.place.base) };
        Look { styles: self.styles(style), contrast }
    }

    fn styles(&self, style: &css::Style) -> Styles {
        let inside = self.named.map_or(Styles::NONE, |named| set_off(style, named));
        let styles = set_off(style, self.place.base).minus(self.mask).union(inside);
        let styles = if self.underlined { styles.with(Style::Underline) } else { styles };
        if self.border { styles.with(Style::Border) } else { styles }
    }
}

/// How markup means to set its words off before any sheet speaks. What has a class or a style of its own is up to the sheets.
fn meant(tag: &Element, around: Styles) -> Styles {
    if tag.attr("style").is_some() || tag.attr("class").is_some() {
        return Styles::NONE;
    }
    match tag.name() {
        "b" | "strong" => around.with(Style::Bold),
        "em" | "i" => around.with(Style::Italic),
        "u" => around.with(Style::Underline),
        "mark" => around.with(Style::Highlight),
        _ => around,
    }
}

/// In a `<p>`, the element around it.
fn paragraph_in(tag: &Element, parent: Option<&Frame<'_>>) -> Option<usize> {
    match tag.name() {
        "p" => parent.map(|parent| parent.place.container),
        _ => parent.and_then(|parent| parent.paragraph_in),
    }
}

/// Whether an element is a control, or a box whose names say that it is no part of a text. A few words within a line are no box.
fn is_of_site(tag: &Element) -> bool {
    let boxed =
        matches!(tag.name(), "div" | "section" | "aside" | "footer" | "header" | "nav" | "form" | "ul" | "figure");
    let landmark = regions::landmark(tag);
    landmark == Some(Landmark::Button) || boxed && regions::hints(tag).iter().any(|hint| SITES_OWN.contains(hint))
}

/// Whether a frame round an inline element is more than how links and controls look: a line below a link underlines it.
fn is_bordered(tag: &Element, style: &css::Style, linked: bool) -> bool {
    style.border && !NO_TEXT.contains(&tag.name()) && tag.name() != "button" && !(tag.name() == "a" && linked)
}
