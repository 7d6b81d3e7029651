//! Cascade layers: named groups of rules, ordered by when they are first mentioned.

use std::collections::BTreeMap;

/// A layer by its place in [`Layers`]; rules outside any layer have none.
pub(super) type LayerId = Option<u16>;

/// The most layers told apart.
const LIMIT: usize = 4096;

/// All layers of a page, each under its parent.
#[derive(Debug, Default)]
pub(super) struct Layers {
    known: BTreeMap<(LayerId, String), u16>,
    /// For every layer the way to it: its place among its parent's children, parents first.
    paths: Vec<Vec<u16>>,
}

impl Layers {
    /// The layer called `name` (with dots between the levels) inside `parent`, made if need be.
    ///
    /// `None` beyond [`LIMIT`] layers.
    pub(super) fn enter(&mut self, parent: LayerId, name: &str) -> Option<u16> {
        name.split('.').try_fold(parent, |above, part| self.child(above, part.to_owned()).map(Some)).flatten()
    }

    /// A new layer without a name inside `parent`.
    pub(super) fn anonymous(&mut self, parent: LayerId) -> Option<u16> {
        // No name can hold a space.
        let name = format!(" {}", self.paths.len());
        self.child(parent, name)
    }

    fn child(&mut self, parent: LayerId, name: String) -> Option<u16> {
        if let Some(known) = self.known.get(&(parent, name.clone())) {
            return Some(*known);
        }
        if self.paths.len() >= LIMIT {
            return None;
        }
        let id = u16::try_from(self.paths.len()).ok()?;
        let mut path = parent.and_then(|parent| self.paths.get(usize::from(parent))).cloned().unwrap_or_default();
        path.push(id);
        self.paths.push(path);
        self.known.insert((parent, name), id);
        Some(id)
    }

    /// The rank of every layer: later ones win, and a layer wins over those inside it.
    pub(super) fn ranks(&self) -> Vec<u16> {
        let mut order: Vec<u16> = (0..=u16::MAX).take(self.paths.len()).collect();
        let key = |id: &u16| {
            let mut path = self.paths.get(usize::from(*id)).cloned().unwrap_or_default();
            path.push(u16::MAX);
            path
        };
        order.sort_by_key(key);
        let mut ranks = vec![0; order.len()];
        for (rank, id) in (0_u16..).zip(order) {
            if let Some(slot) = ranks.get_mut(usize::from(id)) {
                *slot = rank;
            }
        }
        ranks
    }
}
