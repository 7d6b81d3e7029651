//! What could not be checked, and whether that leaves anything to be told at all.

use super::{Coverage, Facts, bounds::Bounds, doubts, pair::Pair, pictures, standin};
use crate::extract::Note;

/// Limits of one document after which its text cannot be taken for the whole.
const CUT: &[&str] = &["cut-short"];

/// The limits of a comparison, and whether they leave it undetermined.
pub(super) fn of(
    pair: &Pair<'_>,
    facts: &Facts,
    coverage: &Coverage,
    (unrelated, quoting): (bool, bool),
    bounds: &Bounds,
) -> (Vec<Note>, bool) {
    let mut limits = facts.limits.clone();
    let mut undetermined = facts.unreadable;
    let sides =
        [("original", pair.original, &bounds.original, pair.copy), ("copy", pair.copy, &bounds.copy, pair.original)];
    for (name, document, bounds, other) in sides {
        let unread = if unrelated { Vec::new() } else { pictures::limits(document, bounds, other) };
        limits.extend(
            unread.into_iter().map(|note| Note { message: format!("In the {name}: {}", note.message), ..note }),
        );
        for note in &document.notes {
            undetermined |= CUT.contains(&note.code.as_str());
            limits.push(Note { code: note.code.clone(), message: format!("In the {name}: {}", note.message) });
        }
        if document.blocks.is_empty() {
            undetermined = true;
            limits.push(note("no-text", format!("The {name} holds no text that a reader sees.")));
        }
        if !document.carries_emphasis && !document.blocks.is_empty() {
            let message = format!("The format of the {name} carries no emphasis, so added emphasis cannot be seen.");
            limits.push(note("no-emphasis-in-format", message));
        }
    }
    let instead = standin::of(pair, coverage, unrelated, quoting);
    undetermined |= !instead.is_empty();
    limits.extend(instead);
    if !unrelated {
        limits.extend(doubts::limits(pair, &bounds.copy));
    }
    if pair.alignment.budget_reached {
        // That nothing was found says nothing where next to nothing was compared.
        undetermined |= unrelated;
        let message = "The texts differ over long stretches; those were compared as a whole, not word by word.";
        limits.push(note("budget-reached", message.to_owned()));
    }
    (limits, undetermined)
}

fn note(code: &str, message: String) -> Note {
    Note { code: code.to_owned(), message }
}
