//! Words that only look like the original's: with letters of another script that pass for its own, or with characters that
//! nobody sees.

use crate::{
    check::{concealment::unseen, quotes::ChangeKind},
    text::lookalike,
};

/// What `new`, which is the same word as `old` under comparison, hides, if anything. Soft hyphens are typesetting.
pub(super) fn of(old: &str, new: &str) -> Option<ChangeKind> {
    if new.is_ascii() || old == new {
        return None;
    }
    if (lookalike::is_disguised(new) || is_replaced(new, old)) && !lookalike::is_disguised(old) {
        return Some(ChangeKind::Lookalike);
    }
    (!unseen(old, new).is_empty()).then_some(ChangeKind::InvisibleCharacters)
}

/// Whether every letter is of another script although the original's are plain: `соса`.
fn is_replaced(new: &str, old: &str) -> bool {
    old.is_ascii() && new.chars().any(|c| lookalike::ascii_twin(c).is_some())
}
