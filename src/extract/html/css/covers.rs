//! Boxes laid over words: an opaque box over the whole of the block it is placed in hides what that block holds.
//!
//! Nothing is laid out, so only boxes that reach from edge to edge of their containing block count, and only over what is
//! not placed itself: that may lie above. Boxes over large parts of a page are curtains that a script takes away.

use std::collections::BTreeSet;

use ego_tree::NodeId;

use super::page::Page;
use super::style::{HiddenBy, Hiding, Style};
use super::value::content::Piece;
use super::value::keyword::Position;
use super::walk::Walked;

/// The most elements that a box is taken to lie over for good.
const ELEMENTS: usize = 60;

/// The blocks that boxes lie over, each with the box where it is an element of its own.
#[derive(Default)]
pub(super) struct Covers {
    over: Vec<(u32, Option<u32>)>,
}

impl Covers {
    /// Notes the element at `place` if it covers its parent.
    pub(super) fn look(&mut self, style: &Style, parent: &Style, above: Option<u32>, place: Option<u32>) {
        if style.covers && parent.carried.position != Position::Static {
            self.over.extend(above.map(|above| (above, place)));
        }
    }

    /// Notes what a sheet prints around the element at `place` if it covers that.
    pub(super) fn look_around(&mut self, printed: &Option<(Box<[Piece]>, Style)>, style: &Style, place: u32) {
        if let Some((_, own)) = printed {
            self.look(own, style, Some(place), None);
        }
    }

    /// Hides what is covered; blocks that are `shown` whatever hides them are left alone.
    pub(super) fn conceal(mut self, page: &Page<'_>, shown: &BTreeSet<NodeId>, out: &mut Walked) {
        self.over.dedup_by_key(|(above, _)| *above);
        for (above, cover) in self.over {
            let Some(block) = page.get(above) else { continue };
            if matches!(block.local(), "html" | "body") || shown.contains(&block.node) {
                continue;
            }
            let below = page.elements().get(above as usize + 1..).unwrap_or_default().iter();
            let inside = below.take_while(|element| element.depth > block.depth).take(ELEMENTS + 1);
            let inside: Vec<(u32, u32)> = (above + 1..).zip(inside.map(|element| element.depth)).collect();
            if inside.len() > ELEMENTS {
                continue;
            }
            let mut above_all = None;
            hide(above, out);
            for (place, depth) in inside {
                if above_all.is_some_and(|lifted| depth > lifted) {
                    continue;
                }
                let placed = style(place, out).is_some_and(|own| own.carried.position != Position::Static);
                above_all = (placed || Some(place) == cover).then_some(depth);
                if above_all.is_none() {
                    hide(place, out);
                }
            }
        }
    }
}

fn style(place: u32, out: &Walked) -> Option<Style> {
    out.styles.get(*out.of.get(place as usize)? as usize).copied()
}

fn hide(place: u32, out: &mut Walked) {
    let Some(own) = style(place, out).filter(|own| own.hidden.is_none()) else { return };
    let hidden = Some(Hiding { by: HiddenBy::Covered, ordinary: false });
    let covered = Style { hidden, ..own };
    if out.styles.last() != Some(&covered) {
        out.styles.push(covered);
    }
    if let (Some(slot), Ok(kept)) = (out.of.get_mut(place as usize), u32::try_from(out.styles.len() - 1)) {
        *slot = kept;
    }
}
