//! Pages that hide nearly all of themselves until a script shows it, or most of their paragraphs until the reader comes by or unfolds
//! them, and pages whose letters have the colour of a ground that nothing is known of.
//!
//! `body { visibility: hidden }` against flicker, an application that fades in: no visitor sees an empty page, and no script runs
//! here. What hides the bulk of such a page is found, so that its styles can be computed as if it were shown. Parts that a page keeps
//! for its subscribers are found by `wall`.

mod wall;

use std::collections::BTreeSet;

use ego_tree::{NodeId, iter::Edge};
use scraper::{ElementRef, Html, Node};

use self::wall::Walls;
use super::{css, walk::NO_TEXT};
use crate::extract::{
    Note,
    labels::{self, Label},
};

/// The page counts as hidden where this many letters in a hundred at most are seen.
const SEEN: usize = 5;

/// What hides this many letters in a hundred hides the bulk of the page.
const BULK: usize = 30;

/// What the page keeps for subscribers hides so many letters in a hundred at least: fewer are a passage, not the rest of an article.
const WALLED: usize = 15;

/// Elements that hide so many in a hundred of the letters in paragraphs hold the article, whatever else is seen: one box, or the
/// sections that a page shows one by one.
const ALL: usize = 70;

/// Where so many letters in a hundred are only faded out, whole paragraphs wait to be faded in as the reader comes by.
const FADED: usize = 50;

/// Fewer letters than this are no page.
const LEAST: usize = 400;

/// Elements beside a folded one, and inside each of those, among which the control is looked for that unfolds it.
const BESIDE: usize = 2;
const INSIDE: usize = 12;

/// Letters of the longest caption of such a control.
const CAPTION: usize = 40;

/// How many letters stand where.
#[derive(Default)]
struct Count {
    seen: usize,
    /// Letters in `<p>` elements, seen or not.
    prose: usize,
    hidden: Vec<HidesBelow>,
}

/// An element that begins to hide, by what means, how many letters, and how many of them stand in `<p>` elements.
#[derive(Clone, Copy)]
struct HidesBelow {
    node: NodeId,
    by: css::HiddenBy,
    letters: usize,
    prose: usize,
}

/// What is known on the way down through the page.
#[derive(Clone, Copy, Default)]
struct Way {
    /// The place in [`Count::hidden`] of what hides it.
    hides: Option<usize>,
    /// Whether it holds no text of the page.
    no_text: bool,
    in_paragraph: bool,
}

/// What keeps a page from being read, and what is said about it.
#[derive(Default)]
pub(super) struct Curtains {
    pub(super) nodes: BTreeSet<NodeId>,
    pub(super) notes: BTreeSet<Curtain>,
}

/// A way in which pages keep most of their text from sight and readers come to see it all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Curtain {
    /// Until a script shows it.
    Script,
    /// In the colour of a ground of which nothing is known: a picture, a box behind it, a sheet that is missing paints it.
    Ground,
    /// Until the reader unfolds it.
    Fold,
    /// From all who are no subscribers.
    Wall,
}

/// The elements that hide the bulk of a page of which next to nothing is seen, or most of it; empty for all other pages.
pub(super) fn of(html: &Html, styles: &css::Computed) -> Curtains {
    let count = count(html, styles);
    let total = count.total();
    let mut curtains = Curtains::default();
    if total < LEAST {
        return curtains;
    }
    let letters = |is: &dyn Fn(&HidesBelow) -> bool| -> usize {
        count.hidden.iter().filter(|hidden| is(hidden)).map(|hidden| hidden.letters).sum()
    };
    let faded = |hidden: &HidesBelow| {
        matches!(hidden.by, css::HiddenBy::Opacity | css::HiddenBy::Visibility | css::HiddenBy::Covered)
    };
    let grounded =
        |hidden: &HidesBelow| hidden.by == css::HiddenBy::BackgroundColour && !is_painted(html, styles, hidden.node);
    let folded = |hidden: &HidesBelow| hidden.by == css::HiddenBy::ClosedDetails;
    let walls = ((total - count.seen) * 100 >= total * WALLED).then(|| Walls::of(html));
    let walled = |hidden: &HidesBelow| walls.as_ref().is_some_and(|walls| walls.keep(html, hidden.node));
    let empty = count.seen * 100 <= total * SEEN;
    let most = |letters: usize| letters * 100 >= total * FADED;
    let (fades, ground, folds) = (empty || most(letters(&faded)), most(letters(&grounded)), most(letters(&folded)));
    let much = letters(&walled) * 100 >= total * WALLED;
    let whole = |hidden: &HidesBelow| matches!(hidden.by, css::HiddenBy::Display | css::HiddenBy::Attribute);
    let prose: usize = count.hidden.iter().filter(|hidden| whole(hidden)).map(|hidden| hidden.prose).sum();
    let article = prose * 100 >= count.prose.max(1) * ALL;
    for hidden in &count.hidden {
        let whole = whole(hidden);
        let bulk = hidden.letters * 100 >= total * BULK;
        let all = article && hidden.prose * 2 >= hidden.letters;
        let cut = whole || hidden.by == css::HiddenBy::ZeroSize;
        let curtain = match () {
            () if much && walled(hidden) => Curtain::Wall,
            () if fades && faded(hidden) || whole && (empty && bulk || all) => Curtain::Script,
            () if ground && grounded(hidden) => Curtain::Ground,
            () if folds && folded(hidden) || cut && bulk && has_unfolder(html, hidden.node) => Curtain::Fold,
            () => continue,
        };
        curtains.nodes.insert(hidden.node);
        if curtain == Curtain::Wall && matches!(hidden.by, css::HiddenBy::Visibility | css::HiddenBy::ZeroSize) {
            // Sheets hide all that such a part holds once more, element by element.
            let below = html.tree.get(hidden.node).into_iter().flat_map(|node| node.descendants());
            curtains.nodes.extend(below.map(|node| node.id()).filter(|id| styles.style(*id).hidden.is_some()));
        }
        curtains.notes.insert(curtain);
    }
    curtains
}

impl Curtain {
    /// What is said about a page that was read so.
    pub(super) fn note(self) -> Note {
        match self {
            Self::Script => Note {
                code: "hidden-until-script".to_owned(),
                message: "The page hides most of its text until a script shows it; it was read as if it were shown.".to_owned(),
            },
            Self::Ground => Note {
                code: "ground-unknown".to_owned(),
                message: "Most of the text would have the colour of its ground as far as that is known; it was read as if it were seen."
                    .to_owned(),
            },
            Self::Fold => Note {
                code: "folded-text".to_owned(),
                message: "The page folds most of its text away until the reader unfolds it; it was read as if it were unfolded."
                    .to_owned(),
            },
            Self::Wall => Note {
                code: "subscribers-only".to_owned(),
                message: "The page keeps a large part of its text from readers who are no subscribers; it was read as if they were."
                    .to_owned(),
            },
        }
    }
}

/// Whether the page itself paints the ground that an element stands on.
fn is_painted(html: &Html, styles: &css::Computed, node: NodeId) -> bool {
    let chain = std::iter::successors(html.tree.get(node), ego_tree::NodeRef::parent);
    chain.filter(|node| node.value().is_element()).any(|node| styles.style(node.id()).background.is_some())
}

/// Whether a control stands beside an element that says it unfolds the text: a button to read on.
fn has_unfolder(html: &Html, node: NodeId) -> bool {
    let Some(node) = html.tree.get(node) else { return false };
    let around = node.next_siblings().filter_map(ElementRef::wrap).take(BESIDE);
    let around = around.chain(node.prev_siblings().filter_map(ElementRef::wrap).take(BESIDE));
    around.flat_map(|beside| beside.descendants().take(INSIDE).filter_map(ElementRef::wrap)).any(|element| {
        let own = element.value();
        let control = matches!(own.name(), "button" | "a" | "label") || own.attr("role") == Some("button");
        control && {
            let text: String = element.text().flat_map(str::chars).take(CAPTION + 1).collect();
            let short = text.chars().count() <= CAPTION;
            let says = labels::of(text.trim()) == Some(Label::ReadMore);
            short && (says || own.attr("aria-expanded").is_some() || own.attr("aria-controls").is_some())
        }
    })
}

fn count(html: &Html, styles: &css::Computed) -> Count {
    let mut count = Count::default();
    let mut open: Vec<Way> = Vec::new();
    for edge in html.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    let mut way = open.last().copied().unwrap_or_default();
                    way.no_text |= NO_TEXT.contains(&element.name());
                    way.in_paragraph |= element.name() == "p";
                    if let (None, false, Some(hiding)) = (way.hides, way.no_text, styles.style(node.id()).hidden) {
                        way.hides = Some(count.hidden.len());
                        count.hidden.push(HidesBelow { node: node.id(), by: hiding.by, letters: 0, prose: 0 });
                    }
                    open.push(way);
                }
                Node::Text(text) => count.add(open.last().copied(), text),
                Node::Document
                | Node::Fragment
                | Node::Doctype(_)
                | Node::Comment(_)
                | Node::ProcessingInstruction(_) => {}
            },
            Edge::Close(node) if node.value().is_element() => {
                open.pop();
            }
            Edge::Close(_) => {}
        }
    }
    count
}

impl Count {
    fn add(&mut self, way: Option<Way>, text: &str) {
        let Some(way) = way.filter(|way| !way.no_text) else { return };
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let prose = if way.in_paragraph { letters } else { 0 };
        self.prose += prose;
        match way.hides.and_then(|at| self.hidden.get_mut(at)) {
            Some(hidden) => {
                hidden.letters += letters;
                hidden.prose += prose;
            }
            None => self.seen += letters,
        }
    }

    fn total(&self) -> usize {
        self.seen + self.hidden.iter().map(|hidden| hidden.letters).sum::<usize>()
    }
}
