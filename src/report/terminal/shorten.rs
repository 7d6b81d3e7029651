//! Passages without their middle: cut between words where there are any, never between a letter and its marks.

use crate::{report::escape::visible, text::words::letters};

/// `text` made visible, on `limit` characters at most, as a reader counts them, before what cannot be seen is spelled out.
pub(super) fn to(text: &str, limit: usize) -> String {
    let starts: Vec<usize> = letters(text).collect();
    if starts.len() <= limit {
        return visible(text);
    }
    let (head, tail) = (limit * 2 / 3, limit / 3);
    let cut = |at: usize| starts.get(at).copied().unwrap_or(text.len());
    let (before, after) = (&text[..cut(head)], &text[cut(starts.len() - tail)..]);
    // A word may be cut where it would leave next to nothing not to.
    let before = before.rsplit_once(' ').filter(|(kept, _)| kept.len() > before.len() / 2).map_or(before, |cut| cut.0);
    let after = after.split_once(' ').filter(|(_, kept)| kept.len() > after.len() / 2).map_or(after, |cut| cut.1);
    format!("{} […] {}", visible(before.trim_end()), visible(after.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::to;

    #[test]
    fn cuts_stand_between_words() {
        let text = "The two Presidents affirmed that there is no military solution to the conflict in Syria.";
        assert_eq!(to(text, 45), "The two Presidents affirmed […] in Syria.");
        assert_eq!(to(text, 200), text);
    }

    #[test]
    fn letters_keep_their_marks() {
        let text = "q\u{301}".repeat(100);
        assert_eq!(to(&text, 9), "q\u{301}q\u{301}q\u{301}q\u{301}q\u{301}q\u{301} […] q\u{301}q\u{301}q\u{301}");
        assert_eq!(to(&"👩‍🚀".repeat(50), 3), "👩‍🚀👩‍🚀 […] 👩‍🚀");
    }
}
