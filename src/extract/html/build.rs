//! Pieces of a page, in reading order → the blocks and spans of a [`Document`].

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{
    css,
    emphasis::{contrast, is_boxed, set_off},
};
use crate::{
    extract::{
        Block, BlockKind, BlockStyle, Container, Document, Doubt, Doubtful, Emphasis, Hidden, Link, Media, MediaKind,
        Style, Styles,
    },
    text::normal::Folder,
};

/// The most characters of hidden text that are kept of one place, and the most places.
const HIDDEN_CHARS: usize = 20_000;
const HIDDEN_PLACES: usize = 2_000;

/// How many elements up from a block a frame may be.
const FRAMES: usize = 8;

/// Where a piece of text stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) kind: BlockKind,
    pub(super) container: usize,
    /// The style of the block's own element.
    pub(super) base: &'a css::Style,
    /// Whether the block got that style from markup of its own.
    pub(super) inline: bool,
    /// The link the text is in: its ordinal and target.
    pub(super) link: Option<(usize, &'a str)>,
    /// The outermost inline quotation the text is in: its ordinal.
    pub(super) quoted: Option<usize>,
    /// Whether it names a source (`<cite>`).
    pub(super) cited: bool,
    /// The outermost raised element the text is in: its ordinal.
    pub(super) raised: Option<usize>,
    /// How plain markup means to set it off.
    pub(super) meant: Styles,
    /// What other screens make of it.
    pub(super) elsewhere: css::Elsewhere,
    /// Whether its letters are drawn by a typeface that comes with the page.
    pub(super) own_font: bool,
}

/// Grows the document.
#[derive(Default)]
pub(super) struct Builder<'a> {
    folder: Folder,
    drafts: Vec<Draft<'a>>,
    runs: Vec<Run>,
    meant: Vec<Run>,
    links: Vec<(usize, Link)>,
    quoted: Vec<(usize, Range<usize>)>,
    cited: Vec<Range<usize>>,
    raised: Vec<(usize, Range<usize>)>,
    hidden: Vec<Hidden>,
    /// Hidden text since the last block ended begins here in `hidden`.
    waiting: usize,
    /// Whether hidden text may go on where the last piece ended.
    hiding: Option<Folder>,
    media: Vec<Media>,
    pub(super) containers: Vec<Container>,
    /// Containers with a frame all round them.
    pub(super) framed: Vec<usize>,
    pub(super) doubtful: Vec<Doubtful>,
}

/// How a piece of text is set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    /// By a style that the block around it does not have.
    pub(super) styles: Styles,
    /// By not having a style that the block around it has.
    pub(super) contrast: Styles,
}

impl From<Styles> for Look {
    fn from(styles: Styles) -> Self {
        Self { styles, contrast: Styles::NONE }
    }
}

/// A piece of text that is set off.
struct Run {
    bytes: Range<usize>,
    look: Look,
}

struct Draft<'a> {
    start: usize,
    kind: BlockKind,
    container: usize,
    base: &'a css::Style,
    inline: bool,
}

impl<'a> Builder<'a> {
    /// Adds text a reader sees, set off by `look`.
    pub(super) fn show(&mut self, text: &str, place: &Place<'a>, look: impl Into<Look>) {
        let begins = self.folder.at_start();
        let bytes = self.folder.push(text);
        if bytes.is_empty() {
            return;
        }
        self.hiding = None;
        if begins {
            self.drafts.push(Draft {
                start: bytes.start,
                kind: place.kind,
                container: place.container,
                base: place.base,
                inline: place.inline,
            });
        }
        for hidden in self.hidden.iter_mut().skip(self.waiting) {
            hidden.inside_block = true;
        }
        self.waiting = self.hidden.len();
        let text = self.folder.text();
        add_run(&mut self.runs, text, &bytes, look.into());
        add_run(&mut self.meant, text, &bytes, place.meant.into());
        for (why, _) in Doubt::ELSEWHERE.into_iter().zip(place.elsewhere.each()).filter(|(_, holds)| *holds) {
            self.doubtful.push(Doubtful { bytes: bytes.clone(), why });
        }
        let running = matches!(place.kind, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation);
        if place.own_font && running {
            self.doubtful.push(Doubtful { bytes: bytes.clone(), why: Doubt::OwnFont });
        }
        if let Some((ordinal, href)) = place.link {
            self.add_link(bytes.clone(), ordinal, href, begins);
        }
        if place.cited {
            match self.cited.last_mut().filter(|last| bytes.start - last.end <= 1) {
                Some(last) => last.end = bytes.end,
                None => self.cited.push(bytes.clone()),
            }
        }
        if let Some(ordinal) = place.quoted {
            add(&mut self.quoted, bytes.clone(), ordinal);
        }
        if let Some(ordinal) = place.raised {
            add(&mut self.raised, bytes, ordinal);
        }
    }

    /// A link that runs over several blocks is one link in each.
    fn add_link(&mut self, bytes: Range<usize>, ordinal: usize, href: &str, begins: bool) {
        match self.links.last_mut() {
            Some((last, link)) if *last == ordinal && !begins => link.bytes.end = bytes.end,
            Some(_) | None => self.links.push((ordinal, Link { bytes, href: href.to_owned() })),
        }
    }

    /// Adds text no reader sees.
    pub(super) fn hide(&mut self, text: &str, hiding: css::Hiding, paragraph_in: Option<usize>) {
        if text.trim().is_empty() || self.hidden.len() >= HIDDEN_PLACES {
            return;
        }
        let at = self.folder.text().len();
        let by = hiding.by.describe();
        let inside_block = !self.folder.at_start();
        let folder = match (&mut self.hiding, self.hidden.last()) {
            (Some(folder), Some(last)) if last.at == at && last.by == by => folder,
            _ => {
                let text = String::new();
                self.hidden.push(Hidden {
                    at,
                    text,
                    by,
                    inside_block,
                    paragraph_in,
                    ordinary: hiding.ordinary,
                    folded: hiding.by == css::HiddenBy::ClosedDetails,
                });
                self.hiding.insert(Folder::default())
            }
        };
        if folder.text().len() < HIDDEN_CHARS {
            folder.push(text);
            if let Some(last) = self.hidden.last_mut() {
                last.text.clear();
                last.text.push_str(folder.text());
                last.ordinary &= hiding.ordinary;
            }
        }
    }

    /// Makes whatever comes next begin a new block.
    pub(super) fn break_block(&mut self) {
        self.folder.break_block();
        self.waiting = self.hidden.len();
        if let Some(folder) = &mut self.hiding {
            folder.space();
        }
    }

    /// How much text there is by now, in bytes.
    pub(super) fn len(&self) -> usize {
        self.folder.text().len()
    }

    /// Notes that of the text since `start` only as many letters as stated have room.
    pub(super) fn cut(&mut self, start: usize, room: usize) {
        let text = self.folder.text();
        if let Some(rest) = text.get(start..)
            && let Some((at, _)) = rest.char_indices().nth(room)
        {
            self.doubtful.push(Doubtful { bytes: start + at..text.len(), why: Doubt::CutOff });
        }
    }

    /// Ends a line.
    pub(super) fn break_line(&mut self) {
        self.folder.break_line();
    }

    /// Adds a picture or player.
    pub(super) fn media(&mut self, src: &str, alt: &str, kind: MediaKind, in_sentence: bool) {
        let at = self.len();
        self.media.push(Media { at, src: src.to_owned(), alt: crate::text::normal::fold(alt), kind, in_sentence });
    }

    /// The document's text and spans; charset, metadata and notes are left as they are by default.
    pub(super) fn finish(self) -> Document {
        let text = self.folder.into_text();
        let modal = modal(&self.drafts, text.len());
        let ends = self.drafts.iter().skip(1).map(|next| next.start.saturating_sub(1)).chain([text.len()]);
        let blocks = self.drafts.iter().zip(ends).map(|(draft, end)| Block {
            bytes: draft.start..end,
            kind: draft.kind,
            container: draft.container,
            base: BlockStyle {
                styles: modal.map_or(Styles::NONE, |modal| block_styles(draft.base, modal)),
                inline: draft.inline,
            },
        });
        let mut blocks: Vec<Block> = blocks.collect();
        frame(&mut blocks, &self.containers, &self.framed);
        let has_words = |run: &Emphasis| text[run.bytes.clone()].contains(char::is_alphanumeric);
        let links: Vec<Link> = self.links.into_iter().map(|(_, link)| link).collect();
        let meant = held_apart(self.meant, &blocks);
        let runs = held_apart(self.runs, &blocks).into_iter().filter_map(|run| unlinked(run, &links));
        Document {
            blocks,
            containers: self.containers,
            emphasis: runs.filter(has_words).collect(),
            meant,
            links,
            quoted: self.quoted.into_iter().map(|(_, bytes)| bytes).collect(),
            cited: self.cited,
            marks: self.raised.into_iter().map(|(_, bytes)| bytes).collect(),
            hidden: self.hidden,
            doubtful: self.doubtful,
            media: self.media,
            face: modal.map_or(Styles::NONE, face),
            carries_emphasis: true,
            text,
            ..Document::default()
        }
    }
}

/// Adds `bytes` to the runs, as a part of the last where it only goes on.
fn add_run(runs: &mut Vec<Run>, text: &str, bytes: &Range<usize>, look: Look) {
    if look == Look::from(Styles::NONE) {
        return;
    }
    if let Some(last) = runs.last_mut()
        && last.look == look
        && matches!(&text[last.bytes.end..bytes.start], "" | " ")
    {
        last.bytes.end = bytes.end;
        return;
    }
    runs.push(Run { bytes: bytes.clone(), look });
}

/// The pieces that are set off: what is plain among letters that are not counts where it is the smaller part of its block.
fn held_apart(runs: Vec<Run>, blocks: &[Block]) -> Vec<Emphasis> {
    let block_of = |run: &Run| blocks.partition_point(|block| block.bytes.start <= run.bytes.start).saturating_sub(1);
    let mut plain: BTreeMap<(usize, Style), usize> = BTreeMap::new();
    for run in runs.iter().filter(|run| !run.look.contrast.is_empty()) {
        for style in run.look.contrast.iter() {
            *plain.entry((block_of(run), style)).or_default() += run.bytes.len();
        }
    }
    let counts = |run: &Run, style: &Style| {
        let block = block_of(run);
        let length = plain.get(&(block, *style)).copied().unwrap_or(0);
        blocks.get(block).is_some_and(|block| length * 2 <= block.bytes.len())
    };
    let set_off = runs.iter().map(|run| {
        let contrast: Styles = run.look.contrast.iter().filter(|style| counts(run, style)).collect();
        Emphasis { bytes: run.bytes.clone(), styles: run.look.styles.union(contrast) }
    });
    set_off.filter(|run| !run.styles.is_empty()).collect()
}

/// Adds text of an element to what was added of it before.
fn add(elements: &mut Vec<(usize, Range<usize>)>, bytes: Range<usize>, ordinal: usize) {
    match elements.last_mut() {
        Some((last, element)) if *last == ordinal => element.end = bytes.end,
        Some(_) | None => elements.push((ordinal, bytes)),
    }
}

/// Marks the blocks that are alone in a frame: one round a whole article, a table or a list says nothing of any of them.
fn frame(blocks: &mut [Block], containers: &[Container], framed: &[usize]) {
    if framed.is_empty() {
        return;
    }
    let framed: BTreeSet<usize> = framed.iter().copied().collect();
    let mut inside: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, block) in blocks.iter().enumerate() {
        let chain = std::iter::successors(Some(block.container), |own| containers.get(*own)?.parent);
        for own in chain.take(FRAMES).filter(|own| framed.contains(own)) {
            inside.entry(own).or_default().push(index);
        }
    }
    for (own, held) in inside {
        let ([index], Some(container)) = (held.as_slice(), containers.get(own)) else { continue };
        let Some(block) = blocks.get_mut(*index) else { continue };
        if matches!(block.kind, BlockKind::Paragraph | BlockKind::Quotation) {
            block.base.styles = block.base.styles.with(Style::Border);
            block.base.inline |= container.styled;
        }
    }
}

/// How a block is set off from the running text.
fn block_styles(own: &css::Style, modal: &css::Style) -> Styles {
    let styles = set_off(own, modal).union(contrast(own, modal));
    if is_boxed(own) { styles.minus(Styles::NONE.with(Style::Highlight)) } else { styles }
}

/// How the running text is set by itself. Weight, size, colour and background are every page's own and say nothing.
fn face(modal: &css::Style) -> Styles {
    let own = [Style::Italic, Style::Underline, Style::Strike, Style::Capitals, Style::SmallCaps];
    let set = set_off(modal, &css::Style::INITIAL);
    own.into_iter().filter(|style| set.contains(*style)).collect()
}

/// How links are told from text.
const LINKS_OWN: Styles = Styles::NONE.with(Style::Underline).with(Style::Colour).with(Style::Border);

/// The run without what belongs to the link where the two are one: `<a><u>…</u></a>` is a link that is underlined.
fn unlinked(run: Emphasis, links: &[Link]) -> Option<Emphasis> {
    let next = links.partition_point(|link| link.bytes.end < run.bytes.end);
    let link = links.get(next).is_some_and(|link| link.bytes == run.bytes);
    let styles = if link { run.styles.minus(LINKS_OWN) } else { run.styles };
    (!styles.is_empty()).then_some(Emphasis { styles, ..run })
}

/// The style most of the running text is set in.
fn modal<'a>(drafts: &[Draft<'a>], end: usize) -> Option<&'a css::Style> {
    let ends = drafts.iter().skip(1).map(|next| next.start).chain([end]);
    let mut lengths: BTreeMap<_, (usize, &'a css::Style)> = BTreeMap::new();
    for (draft, end) in drafts.iter().zip(ends).filter(|(draft, _)| !matches!(draft.kind, BlockKind::Heading(_))) {
        let style = draft.base;
        let colour = [style.colour.red, style.colour.green, style.colour.blue];
        let own = (style.face.bold, style.face.italic, style.face.small_caps);
        let face = (style.font_weight, own, style.italic, style.font_size.to_bits(), colour);
        let (length, _) = lengths.entry(face).or_insert((0, style));
        // Short blocks are labels and menus; the square makes paragraphs decide.
        *length += (end - draft.start).saturating_pow(2) / 64;
    }
    lengths.into_values().max_by_key(|(length, _)| *length).map(|(_, style)| style)
}
