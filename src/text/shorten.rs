//! Passages without their middle: cut between words where there are any, never between a letter and its marks.

use super::words::letters;

/// Bytes beyond which a letter with its marks is not taken for one.
const LETTER: usize = 64;

/// `text` on about `limit` characters at most, as a reader counts them. Not escaped yet: that is for whoever prints it.
pub fn to(text: &str, limit: usize) -> String {
    if text.len() <= limit {
        return text.to_owned();
    }
    let starts = starts(text);
    if starts.len() <= limit {
        return text.to_owned();
    }
    let (head, tail) = (limit * 2 / 3, limit / 3);
    let cut = |at: usize| starts.get(at).copied().unwrap_or(text.len());
    let (before, after) = (&text[..cut(head)], &text[cut(starts.len() - tail)..]);
    // A word may be cut where it would leave next to nothing not to.
    let before = before.rsplit_once(' ').filter(|(kept, _)| kept.len() > before.len() / 2).map_or(before, |cut| cut.0);
    let after = after.split_once(' ').filter(|(_, kept)| kept.len() > after.len() / 2).map_or(after, |cut| cut.1);
    format!("{} […] {}", before.trim_end(), after.trim_start())
}

/// Where a text may be cut: before each letter. What is piled up beyond all scripts is no letter any more, and each part of it
/// counts.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut last = 0;
    for next in letters(text).skip(1).chain([text.len()]) {
        let parts = if next - last > LETTER { usize::MAX } else { 1 };
        starts.extend(text[last..next].char_indices().map(|(inside, _)| last + inside).take(parts));
        last = next;
    }
    starts
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
        assert!(to(&format!("q{}", "\u{301}".repeat(10_000)), 30).len() < 80, "a pile is no letter");
    }
}
