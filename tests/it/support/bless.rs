//! Approved outputs: files a person has looked at, and what the program prints now must be what they say.

use std::fs;

/// Lines shown on either side of the first difference.
const CONTEXT: usize = 3;

/// Fails unless `actual` is what the file `relative` (to the project) holds. With `VIDIMUS_BLESS=1` in the environment it
/// writes the file instead, and the reviewer reads the change with git. Without it nothing is ever written.
pub fn approved(relative: &str, actual: &str) {
    let path = super::root().join(relative);
    if blessing() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
        return;
    }
    let expected = match fs::read_to_string(&path) {
        Ok(expected) => expected,
        Err(error) => panic!("{relative}: {error}\nVIDIMUS_BLESS=1 cargo test writes it; then read what was written"),
    };
    if let Some(difference) = difference(&expected, actual) {
        panic!(
            "{relative} is not what comes out now:\n{difference}\nVIDIMUS_BLESS=1 cargo test rewrites it; read the change"
        );
    }
}

/// Whether the person running the tests asked for approved files to be rewritten.
#[expect(clippy::disallowed_methods, reason = "the switch is for people, so it is in the environment")]
pub fn blessing() -> bool {
    std::env::var_os("VIDIMUS_BLESS").is_some_and(|value| value == "1")
}

/// The first lines that differ, with what stands around them: `-` approved, `+` now.
pub fn difference(expected: &str, actual: &str) -> Option<String> {
    if expected == actual {
        return None;
    }
    let (old, new): (Vec<_>, Vec<_>) = (expected.split('\n').collect(), actual.split('\n').collect());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let rest = old.len().min(new.len()) - same;
    let tail = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
    let mut shown = format!("  line {}:\n", same + 1);
    let mut show = |mark: char, lines: &[&str]| {
        lines.iter().take(20).for_each(|line| shown.push_str(&format!("{mark} {}\n", line.escape_debug())));
        if lines.len() > 20 {
            shown.push_str(&format!("{mark} … and {} lines more\n", lines.len() - 20));
        }
    };
    show(' ', &old[same.saturating_sub(CONTEXT)..same]);
    show('-', &old[same..old.len() - tail]);
    show('+', &new[same..new.len() - tail]);
    show(' ', &old[old.len() - tail..(old.len() - tail + CONTEXT).min(old.len())]);
    Some(shown)
}

#[test]
fn a_difference_is_shown_where_it_is() {
    assert_eq!(difference("a\nb\n", "a\nb\n"), None);
    assert_eq!(difference("a\nb\nc\n", "a\nx\nc\n").unwrap(), "  line 2:\n  a\n- b\n+ x\n  c\n  \n");
    assert_eq!(difference("a\n", "a\na\n").unwrap(), "  line 2:\n  a\n+ a\n  \n");
}
