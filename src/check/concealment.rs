//! What the reader cannot see: hidden text, letters replaced by look-alikes, characters that are not drawn.
//!
//! Sites hide much for good reasons: labels for screen readers, menus, templates. Hidden text counts where it stands inside a
//! sentence of the statement, and where it holds words of the original that the reader is not shown.

use super::{
    Kind, Severity,
    draft::Draft,
    edits::quoted,
    framing::{Furniture, Role, Surroundings},
    pair::{Pair, parent_of, words_of},
};
use crate::{
    diff::Side,
    extract::{ByteRange, Document, Hidden},
    text::{
        invisible::Invisible,
        lookalike,
        words::{Lexicon, fold},
    },
};

/// Words a hidden passage outside the statement's sentences needs to count as words of the original.
const PASSAGE: usize = 5;

/// Blocks from the statement's edge within which its first or last paragraphs may be hidden.
const EDGE: usize = 3;

/// Bytes that may stand between a box and where the paragraphs it hides are missed: a line that says what it holds.
const BETWEEN: usize = 200;

/// How many characters that are not seen, one behind the other, are more than a slip.
const MESSAGE: usize = 4;

/// Words a hidden paragraph needs to read as one of the text's own.
const PARAGRAPH: usize = 8;

/// Judges hidden text, look-alike letters and invisible characters; what sites hide as a rule goes to `furniture`.
pub(super) fn find(
    pair: &Pair<'_>,
    surroundings: &Surroundings<'_>,
    drafts: &mut Vec<Draft>,
    furniture: &mut Vec<Furniture>,
) {
    for hidden in &pair.copy.hidden {
        hidden_text(pair, surroundings, hidden, drafts, furniture);
    }
    words(pair, surroundings, drafts);
}

/// Letters of another script that pass for the original's.
pub(super) fn lookalike(original: ByteRange, copy: ByteRange, old: &str, new: &str) -> Draft {
    let strange: Vec<String> = new
        .chars()
        .filter(|c| lookalike::ascii_twin(*c).is_some())
        .map(|c| format!("U+{:04X}", u32::from(c)))
        .collect();
    let message = format!("{} only looks like {}: {}.", quoted(new), quoted(old), strange.join(", "));
    Draft::in_copy(Kind::Lookalike, Severity::Error, copy, message).against(original)
}

fn hidden_text(
    pair: &Pair<'_>,
    surroundings: &Surroundings<'_>,
    hidden: &Hidden,
    drafts: &mut Vec<Draft>,
    furniture: &mut Vec<Furniture>,
) {
    let block = pair.copy.block_at(hidden.at);
    let inside = surroundings.bounds.copy.contains(&block);
    let aside = surroundings.role(block).is_some_and(|role| matches!(role, Role::Furniture(..)));
    let words = Lexicon::new().words(&hidden.text).len();
    let bounds = &surroundings.bounds.copy;
    let edge = words >= PARAGRAPH && block + EDGE >= bounds.start && block < bounds.end + EDGE;
    let missing = if (inside && words > 0) || edge { missing(pair, drafts, hidden) } else { Vec::new() };
    let beside = words >= PARAGRAPH && stands_beside(pair, surroundings, hidden, block);
    let suspicious = (hidden.inside_block || beside) && !hidden.ordinary && !aside && inside && words > 0;
    let at = hidden.at..hidden.at;
    let missing = if words >= PASSAGE || hidden.inside_block { missing } else { Vec::new() };
    if !missing.is_empty() {
        for index in missing {
            conceal(pair, surroundings, hidden, drafts.get_mut(index));
        }
    } else if suspicious {
        let message =
            format!("Text that no reader sees stands in the markup, by {}: {}.", hidden.by, quoted(&hidden.text));
        drafts.push(Draft::in_copy(Kind::HiddenText, Severity::Warning, at, message));
    } else if words > 0 {
        furniture.push(Furniture {
            role: "hidden".to_owned(),
            words: words as u64,
            excerpt: hidden.text.chars().take(80).collect(),
            block,
            blocks: 0,
            rule: hidden.by.to_owned(),
        });
    }
}

/// Turns a deletion into what it is: the words are there, and hidden.
fn conceal(pair: &Pair<'_>, surroundings: &Surroundings<'_>, hidden: &Hidden, gone: Option<&mut Draft>) {
    let Some(gone) = gone else { return };
    let words = gone.original.clone().and_then(|bytes| pair.original.text.get(bytes)).unwrap_or_default();
    let (severity, message) = if hidden.folded {
        let message = format!("Words of the original are folded away until the reader opens them: {}.", quoted(words));
        let picked = gone.original.as_ref().is_some_and(|bytes| is_picked_out(pair, surroundings, hidden, bytes));
        (if picked { Severity::Warning } else { Severity::Note }, message)
    } else {
        let message = format!("Words of the original are hidden from the reader by {}: {}.", hidden.by, quoted(words));
        (Severity::Error, message)
    };
    let draft = Draft::in_copy(Kind::HiddenText, severity, hidden.at..hidden.at, message);
    *gone = Draft { original: gone.original.take(), ..draft };
}

/// Whether a passage is folded away alone, with the text going on behind it: pages fold what comes last, or all of it.
fn is_picked_out(pair: &Pair<'_>, surroundings: &Surroundings<'_>, hidden: &Hidden, gone: &ByteRange) -> bool {
    let side = &pair.alignment.original;
    let next = side.words.partition_point(|word| word.bytes.start < gone.end);
    let last = surroundings.bounds.original.end.checked_sub(1).map_or(0, |block| words_of(side, block).end);
    let words = Lexicon::new().words(&hidden.text).len();
    let goes_on = (next..last).any(|word| pair.partner(word).is_some());
    goes_on && words <= pair.same_words().count()
}

/// Whether hidden text is a paragraph of the same element as the statement's paragraphs around it.
fn stands_beside(pair: &Pair<'_>, surroundings: &Surroundings<'_>, hidden: &Hidden, block: usize) -> bool {
    let near = block.saturating_sub(2)..(block + 3).min(pair.copy.blocks.len());
    let mut neighbours = near.filter(|block| surroundings.copy.any(*block));
    hidden.paragraph_in.is_some() && neighbours.any(|block| parent_of(pair.copy, block) == hidden.paragraph_in)
}

/// The deletion among the drafts whose words the hidden text holds. Where words repeat, as in “as many as”, the deletion may be
/// said to begin a word earlier or later than the hidden text: then it has the same words in another order, in the same place.
/// A box may hide several paragraphs that were missed one by one.
fn missing(pair: &Pair<'_>, drafts: &[Draft], hidden: &Hidden) -> Vec<usize> {
    let (words, letters_hidden) = (sorted(&hidden.text), letters(&hidden.text));
    let gone =
        |draft: &Draft| draft.original.clone().and_then(|bytes| pair.original.text.get(bytes)).unwrap_or_default();
    let whole = drafts.iter().position(|draft| {
        let gone = gone(draft);
        let near = draft.place.abs_diff(hidden.at) <= hidden.text.len() + 1;
        draft.kind == Kind::TextDeleted && (letters(gone) == letters_hidden || (near && sorted(gone) == words))
    });
    if whole.is_some() {
        return whole.into_iter().collect();
    }
    let part = |draft: &Draft| {
        draft.kind == Kind::TextDeleted && draft.place.abs_diff(hidden.at) <= BETWEEN && {
            let gone = gone(draft);
            gone.split_whitespace().count() >= PARAGRAPH && letters_hidden.contains(&letters(gone))
        }
    };
    let parts: Vec<usize> =
        drafts.iter().enumerate().filter(|(_, draft)| part(draft)).map(|(index, _)| index).collect();
    // What holds much besides is another text, and not what was taken out of this one.
    let found: usize =
        parts.iter().filter_map(|index| drafts.get(*index)).map(|draft| letters(gone(draft)).len()).sum();
    if found * 10 >= letters_hidden.len() * 8 { parts } else { Vec::new() }
}

/// The folded words of a text, sorted.
fn sorted(text: &str) -> Vec<String> {
    let mut words: Vec<String> =
        Lexicon::new().words(text).into_iter().filter_map(|word| text.get(word.bytes).map(fold)).collect();
    words.sort_unstable();
    words
}

fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Matched words that hold other characters than they show.
fn words(pair: &Pair<'_>, surroundings: &Surroundings<'_>, drafts: &mut Vec<Draft>) {
    let alignment = pair.alignment;
    for (left, right) in pair.same_words() {
        let (old, new) = (pair.original_word(left), pair.copy_word(right));
        if overridden(pair.copy, &alignment.copy, right) && !overridden(pair.original, &alignment.original, left) {
            let (original, copy) =
                (alignment.original.bytes(&(left..left + 1)), alignment.copy.bytes(&(right..right + 1)));
            let message = format!(
                "Before {} the order of the letters is turned round: what is seen is not what is written.",
                quoted(new)
            );
            drafts.push(Draft::in_copy(Kind::InvisibleCharacters, Severity::Error, copy, message).against(original));
            continue;
        }
        if !surroundings.is_set_aside(alignment.original.block_of(left)) {
            drafts.extend(at_the_edge(pair, left, right));
        }
        if new.is_ascii() || old == new {
            continue;
        }
        let (original, copy) = (alignment.original.bytes(&(left..left + 1)), alignment.copy.bytes(&(right..right + 1)));
        if lookalike::is_disguised(new) && !lookalike::is_disguised(old) {
            // No site does so by accident: in a title or byline it deceives as much as in the text.
            drafts.push(lookalike(original, copy, old, new));
        } else if surroundings.is_set_aside(alignment.original.block_of(left)) {
            continue;
        } else if let Some(draft) = invisible(original, copy, old, new) {
            drafts.push(draft);
        }
    }
}

/// Whether a direction override stands between a word and the one before it.
fn overridden(document: &Document, side: &Side, word: usize) -> bool {
    let start = side.words.get(word).map_or(0, |word| word.bytes.start);
    let end = word.checked_sub(1).and_then(|before| side.words.get(before)).map_or(0, |before| before.bytes.end);
    document.text.get(end..start).is_some_and(|between| between.contains(['\u{202d}', '\u{202e}']))
}

/// What is not seen right behind a word, or before the first of a block: a message in tag characters, or more than typesetting needs.
fn at_the_edge(pair: &Pair<'_>, left: usize, right: usize) -> Option<Draft> {
    let (mine, theirs) = (&pair.alignment.original, &pair.alignment.copy);
    let is = edges(pair.copy, theirs, right);
    if is.iter().all(|text| text.is_ascii()) {
        return None;
    }
    let was = edges(pair.original, mine, left);
    let mut unseen: Vec<char> = Vec::new();
    let mut worst = None;
    for (is, was) in is.into_iter().zip(was) {
        // Faces, gestures and flags are put together with them.
        let drawn = |c: char| c >= '\u{2190}' && !c.is_alphanumeric();
        let mut before = ' ';
        for c in is.chars() {
            match Invisible::of(c) {
                None => before = c,
                Some(kind) if !was.contains(c) && !drawn(before) => {
                    unseen.push(c);
                    worst = worst.max(match kind {
                        Invisible::Tag => Some(Severity::Error),
                        Invisible::Joiner if is_selector(c) => Some(Severity::Warning),
                        Invisible::Joiner | Invisible::Break | Invisible::Direction | Invisible::Other => None,
                    });
                }
                Some(_) => {}
            }
        }
    }
    // One at the edge of a word is typesetting or a slip; several are a message.
    let worst = worst.max((unseen.len() >= MESSAGE).then_some(Severity::Warning))?;
    let (original, copy) = (mine.bytes(&(left..left + 1)), theirs.bytes(&(right..right + 1)));
    let names: Vec<String> = unseen.iter().take(MESSAGE).map(|c| format!("U+{:04X}", u32::from(*c))).collect();
    let message =
        format!("Beside {} stand characters that are not seen: {}.", quoted(pair.copy_word(right)), names.join(", "));
    Some(Draft::in_copy(Kind::InvisibleCharacters, worst, copy, message).against(original))
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0e}' | '\u{e0100}'..='\u{e01ef}')
}

/// What stands behind a word up to the next of its block, and before it where it is the first.
fn edges<'a>(document: &'a Document, side: &Side, word: usize) -> [&'a str; 2] {
    let block = side.block_of(word);
    let (words, bytes) = (words_of(side, block), document.blocks.get(block).map_or(0..0, |block| block.bytes.clone()));
    let own = side.words.get(word).map_or(0..0, |word| word.bytes.clone());
    let next = Some(word + 1).filter(|next| words.contains(next)).and_then(|next| side.words.get(next));
    let behind = own.end..next.map_or(bytes.end, |next| next.bytes.start);
    let before = if words.start == word { bytes.start..own.start } else { own.start..own.start };
    [behind, before].map(|bytes| document.text.get(bytes).unwrap_or_default())
}

/// The characters of a word that are not seen, where the original's word does not have them.
pub(super) fn unseen(old: &str, new: &str) -> Vec<(char, Invisible)> {
    new.chars()
        .filter(|c| !old.contains(*c))
        .filter_map(|c| Some((c, Invisible::of(c)?)))
        // Soft hyphens are typesetting, and so are joiners in the scripts that need them.
        .filter(|(c, kind)| *c != '\u{ad}' && (*kind != Invisible::Joiner || old.is_ascii()))
        .collect()
}

fn invisible(original: ByteRange, copy: ByteRange, old: &str, new: &str) -> Option<Draft> {
    let strange = unseen(old, new);
    let worst = strange.iter().map(|(_, kind)| *kind).max()?;
    let severity = match worst {
        Invisible::Break | Invisible::Joiner | Invisible::Other => Severity::Warning,
        Invisible::Direction | Invisible::Tag => Severity::Error,
    };
    let names: Vec<String> = strange.iter().map(|(c, _)| format!("U+{:04X}", u32::from(*c))).collect();
    let message = format!("{} holds characters that are not seen: {}.", quoted(old), names.join(", "));
    Some(Draft::in_copy(Kind::InvisibleCharacters, severity, copy, message).against(original))
}
