//! A link that leads to a passage: the original's address with a text fragment (`#:~:text=`).
//!
//! By the rules of the [specification](https://wicg.github.io/scroll-to-text-fragment/): a browser takes the first match that
//! begins and ends where words do, each piece within one block. A passage that is short and in one block is given whole, another
//! by its beginning and end; words before or behind are added where the passage stands more than once.

use std::{fmt::Write as _, ops::Range};

use super::{original::Original, passage::Said};

/// Words of the longest passage that is given whole.
const WHOLE: usize = 20;

/// Words that are given of the beginning and of the end of a longer one.
const ENDS: usize = 6;

/// Words of context: the first number that tells the passage from the others, else the last.
const CONTEXT: [usize; 3] = [4, 8, 16];

/// The link to the words in `range` of the original at `address`; none where that is no address of the web.
pub(super) fn link(address: &str, original: &Original<'_>, range: &Range<usize>) -> Option<String> {
    if !["http://", "https://"].iter().any(|scheme| address.starts_with(scheme)) {
        return None;
    }
    let last = range.end.checked_sub(1).filter(|last| *last >= range.start)?;
    let block = |word: usize| original.words.get(word).map(|word| original.document.block_at(word.bytes.start));
    let within = |words: Range<usize>, of: usize| words.filter(|word| block(*word) == block(of)).collect::<Vec<_>>();
    let span = |words: &[usize]| Some(words.first().copied()?..words.last().copied()? + 1);
    let one = range.len() <= WHOLE && block(range.start) == block(last);
    let (start, end) = if one {
        (range.clone(), None)
    } else {
        let head = within(range.start..(range.start + ENDS).min(range.end), range.start);
        let tail = within(range.end.saturating_sub(ENDS).max(range.start)..range.end, last);
        (span(&head)?, span(&tail))
    };
    let mut fragment = String::new();
    if is_ambiguous(original, &start) {
        let before = CONTEXT.map(|words| span(&within(start.start.saturating_sub(words)..start.start, start.start)));
        let told = |before: &Range<usize>| !is_ambiguous(original, &(before.start..start.end));
        if let Some(before) = shortest(before, told) {
            let _ = write!(fragment, "{}-,", encoded(original.passage(&before)));
        }
    }
    fragment.push_str(&encoded(original.passage(&start)));
    let closing = end.clone().unwrap_or_else(|| start.clone());
    if let Some(end) = &end {
        let _ = write!(fragment, ",{}", encoded(original.passage(end)));
    }
    if is_ambiguous(original, &closing) {
        let end = |words: usize| (closing.end + words).min(original.words.len());
        let behind = CONTEXT.map(|words| span(&within(closing.end..end(words), closing.end - 1)));
        let told = |behind: &Range<usize>| !is_ambiguous(original, &(closing.start..behind.end));
        if let Some(behind) = shortest(behind, told) {
            let _ = write!(fragment, ",-{}", encoded(original.passage(&behind)));
        }
    }
    let (page, anchor) = address.split_once('#').unwrap_or((address, ""));
    let anchor = anchor.split(":~:").next().unwrap_or_default();
    Some(format!("{page}#{anchor}:~:text={fragment}"))
}

/// The first of several lengths of context that is `told` apart, else the longest there is.
fn shortest(all: [Option<Range<usize>>; 3], told: impl Fn(&Range<usize>) -> bool) -> Option<Range<usize>> {
    let all: Vec<Range<usize>> = all.into_iter().flatten().collect();
    all.iter().find(|one| told(one)).or(all.last()).cloned()
}

/// Whether the same words stand in more than one place.
fn is_ambiguous(original: &Original<'_>, range: &Range<usize>) -> bool {
    let words = original.words.get(range.clone()).unwrap_or_default();
    let said: Vec<Said> = words.iter().map(|word| Said::of_original(word.key)).collect();
    original.exactly(&said, 0, 2).len() > 1
}

/// Percent-encoded so that nothing in it is taken for the syntax of a fragment.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
