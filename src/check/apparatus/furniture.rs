//! What pages put around any text: menus, lists of other pages, footers. Versions differ there too, but that is no difference of
//! the text.

use crate::extract::{Document, Hint, Landmark};

/// For each block of `document`, whether it stands in such an element. One that holds most of the page's text is none.
pub(super) fn blocks(document: &Document) -> Vec<bool> {
    let own: Vec<usize> = document.blocks.iter().map(|block| block.bytes.len()).collect();
    let mut held = vec![0; document.containers.len()];
    for (block, length) in document.blocks.iter().zip(&own) {
        let first = Some(block.container);
        let parent = |at: &usize| document.containers.get(*at).and_then(|container| container.parent);
        for container in std::iter::successors(first, parent) {
            if let Some(sum) = held.get_mut(container) {
                *sum += *length;
            }
        }
    }
    let all: usize = own.iter().sum();
    let aside: Vec<bool> = document
        .containers
        .iter()
        .zip(&held)
        .map(|(container, held)| {
            use Landmark::{Aside, Button, Dialog, Footer, Form, Nav};
            let mark =
                container.landmark.is_some_and(|mark| [Aside, Button, Dialog, Footer, Form, Nav].contains(&mark));
            let hint = container.hints.iter().any(|hint| {
                use Hint::{Comments, Consent, Footer, Navigation, Related, Share, Subscribe};
                [Comments, Consent, Footer, Navigation, Related, Share, Subscribe].contains(hint)
            });
            (mark || hint) && held * 2 < all
        })
        .collect();
    let inside = |block: usize| {
        let first = document.blocks.get(block).map(|block| block.container);
        let parent = |at: &usize| document.containers.get(*at).and_then(|container| container.parent);
        std::iter::successors(first, parent).any(|container| aside.get(container).copied().unwrap_or(false))
    };
    (0..document.blocks.len()).map(inside).collect()
}
