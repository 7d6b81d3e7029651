//! Merkle trees as RFC 6962 hashes them (section 2.1): leaves go in, a root and proofs come out, and back.
//!
//! A leaf is hashed behind a byte 0, a node behind a byte 1, so that neither can be taken for the other; an odd last node moves up as
//! it is.

use crate::digest::{Digest, Hasher};

/// The hash of a leaf.
///
/// ```
/// use vidimus::seal::tree::leaf;
/// assert!(leaf(b"").to_string().starts_with("6e340b9cffb37a98"));
/// ```
pub fn leaf(bytes: &[u8]) -> Digest {
    let mut hasher = Hasher::default();
    hasher.update(&[0]);
    hasher.update(bytes);
    hasher.finish()
}

fn node(left: &Digest, right: &Digest) -> Digest {
    let mut hasher = Hasher::default();
    hasher.update(&[1]);
    hasher.update(left.as_bytes());
    hasher.update(right.as_bytes());
    hasher.finish()
}

/// A tree that is not empty: the hashes of its leaves, then those of each level above, the root last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    levels: Vec<Vec<Digest>>,
}

impl Tree {
    /// The tree over the hashes of leaves; `None` where there are none.
    pub fn of(leaves: Vec<Digest>) -> Option<Self> {
        if leaves.is_empty() {
            return None;
        }
        let mut levels = vec![leaves];
        while let Some(below) = levels.last().filter(|below| below.len() > 1) {
            let above = below.chunks(2).map(|pair| match pair {
                [left, right] => node(left, right),
                [one, ..] => *one,
                [] => Digest::of(b""),
            });
            levels.push(above.collect());
        }
        Some(Self { levels })
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// The root.
    ///
    /// # Panics
    /// Never: a tree is not empty, and its last level holds one hash.
    pub fn root(&self) -> Digest {
        *self.levels.last().and_then(|level| level.first()).expect("a tree has a root")
    }

    /// The hashes that lead from a leaf to the root, nearest first; `None` where there is no such leaf.
    pub fn path(&self, index: u64) -> Option<Vec<Digest>> {
        let mut at = usize::try_from(index).ok().filter(|_| index < self.size())?;
        let mut path = Vec::new();
        for level in &self.levels {
            path.extend(level.get(at ^ 1).filter(|_| level.len() > 1).copied());
            at /= 2;
        }
        Some(path)
    }
}

/// The root that a leaf's hash and a path lead to, in a tree of `size` leaves (RFC 9162, section 2.1.3.2); `None` where a path of this
/// length leads nowhere in such a tree.
///
/// ```
/// use vidimus::seal::tree::{Tree, leaf, root};
/// let leaves: Vec<_> = ["a", "b", "c"].iter().map(|text| leaf(text.as_bytes())).collect();
/// let tree = Tree::of(leaves.clone()).unwrap();
/// assert_eq!(root(2, 3, leaves[2], &tree.path(2).unwrap()), Some(tree.root()));
/// ```
pub fn root(index: u64, size: u64, leaf: Digest, path: &[Digest]) -> Option<Digest> {
    if index >= size {
        return None;
    }
    let (mut at, mut last, mut hash) = (index, size - 1, leaf);
    for other in path {
        if last == 0 {
            return None;
        }
        if at & 1 == 1 || at == last {
            hash = node(other, &hash);
            // Where the last node of a level moved up, nothing stood beside it on the way.
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, other);
        }
        at >>= 1;
        last >>= 1;
    }
    (last == 0).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::base64;

    /// The leaves of the tests of Certificate Transparency, and the roots of the first so many of them.
    const LEAVES: [&str; 8] =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const ROOTS: [&str; 8] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    #[test]
    fn the_roots_are_those_of_certificate_transparency() {
        let leaves: Vec<Digest> = LEAVES.iter().map(|hex| leaf(&bytes(hex))).collect();
        for (size, root) in (1..).zip(ROOTS) {
            assert_eq!(Tree::of(leaves[..size].to_vec()).unwrap().root().to_string(), root, "{size} leaves");
        }
        assert_eq!(Tree::of(Vec::new()), None);
        let three: Vec<Digest> = ["a", "b", "c"].iter().map(|text| leaf(text.as_bytes())).collect();
        let root = Tree::of(three).unwrap().root();
        assert_eq!(base64::encode(root.as_bytes()), "NmQuc8JUCrEh46a/lUWwokmCzYMOsT080Z3jzmwCHsE=");
    }

    #[test]
    fn every_proof_leads_to_the_root_and_no_other_does() {
        let leaves: Vec<Digest> = (0_u8..40).map(|number| leaf(&[number])).collect();
        for size in 1..=leaves.len() {
            let tree = Tree::of(leaves[..size].to_vec()).unwrap();
            let count = size as u64;
            for (index, own) in (0..count).zip(&leaves) {
                let path = tree.path(index).unwrap();
                assert_eq!(root(index, count, *own, &path), Some(tree.root()), "{index} of {size}");
                let other = leaves[(index as usize + 1) % leaves.len()];
                assert_ne!(root(index, count, other, &path), Some(tree.root()), "another leaf");
                for wrong in (0..count + 2).filter(|wrong| *wrong != index) {
                    assert_ne!(root(wrong, count, *own, &path), Some(tree.root()), "{wrong} for {index} of {size}");
                }
                let longer = [path.as_slice(), &[*own]].concat();
                assert_ne!(root(index, count, *own, &longer), Some(tree.root()));
                if let Some((_, shorter)) = path.split_last() {
                    assert_ne!(root(index, count, *own, shorter), Some(tree.root()));
                }
            }
            assert_eq!(tree.path(count), None);
        }
    }
}
