//! Signs and small words that count only beside a figure: currencies, relations, `about`, the `No.` of a number.

use super::{CLASSES, Change, words};
use crate::check::Facet;

/// Words whose meaning hangs on the word behind them.
pub(super) const BESIDE: [&str; 6] = ["over", "under", "up", "around", "about", "no"];

/// Signs that say what a figure counts.
const UNITS: [&str; 13] = ["$", "¢", "£", "¥", "€", "₤", "₩", "₪", "₽", "₹", "%", "‰", "°"];

/// Signs that say how a figure is meant, where one follows.
const RELATIONS: [&str; 10] = ["+", "=", "<", ">", "±", "≤", "≥", "≠", "≈", "~"];

/// Adds what changed signs and words of [`BESIDE`] touch.
pub(super) fn weigh<'a>(change: &Change<'_>, changed: impl Iterator<Item = &'a String>, facets: &mut Vec<Facet>) {
    // A minus is a word only where its figure follows.
    let minus = |text: &str| text.trim_end().ends_with(['-', '−', '–', '‒']);
    let figure = change.trail.trim_start().starts_with(|c: char| c.is_ascii_digit());
    if figure && minus(change.before) != minus(change.after) {
        facets.push(Facet::Number);
    }
    for word in changed {
        match word.as_str() {
            // The number's “No.” is written with a full stop and a figure.
            "no" if !is_numero(change.before, change.trail) && !is_numero(change.after, change.trail) => {
                facets.push(Facet::Negation);
            }
            "no" => {}
            sign if UNITS.contains(&sign) => facets.push(Facet::Quantity),
            word if (BESIDE.contains(&word) || RELATIONS.contains(&word)) && before_figure(change, word) => {
                facets.push(Facet::Quantity);
            }
            _ => {}
        }
    }
}

/// Whether `word` stands directly before a number on either side; `up to` counts as one word.
fn before_figure(change: &Change<'_>, word: &str) -> bool {
    [change.before, change.after].into_iter().any(|text| {
        let words = words(&format!("{text} {}", change.trail.trim_start()));
        let own = words.iter().enumerate().filter(|(_, own)| *own == word);
        own.filter_map(|(at, _)| {
            let next = words.get(at + 1)?;
            if word == "up" && next == "to" { words.get(at + 2) } else { Some(next) }
        })
        .any(|next| is_figure(next))
    })
}

fn is_figure(word: &str) -> bool {
    let class = || CLASSES.get(word).is_some_and(|facets| facets.contains(&Facet::Number));
    word.starts_with(|c: char| c.is_ascii_digit()) || UNITS.contains(&word) || word == "half" || class()
}

/// Whether `text` holds the `No.` of a number, whose figure may follow in `trail`.
fn is_numero(text: &str, trail: &str) -> bool {
    let whole = format!("{text}{trail}");
    text.contains('№')
        || whole.match_indices('N').any(|(at, _)| {
            let rest = whole.get(at + 1..).and_then(|rest| rest.strip_prefix(['o', 'O', 'º', '°']));
            rest.and_then(|rest| rest.strip_prefix('.'))
                .is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        })
}

/// Whether the change lies in a date of figures such as `12/05/2024`.
pub(super) fn in_date(change: &Change<'_>) -> bool {
    let part = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let date = |text: &str| {
        let signs = |c: char| !c.is_ascii_digit() && !matches!(c, '/' | '.' | '-');
        text.split(signs).filter(|run| !run.is_empty()).any(|run| {
            ['/', '.', '-'].into_iter().any(|sign| {
                let parts: Vec<&str> = run.trim_end_matches('.').split(sign).collect();
                parts.len() == 3 && parts.iter().all(|text| part(text)) && parts.iter().any(|part| part.len() == 4)
            })
        })
    };
    let tail = change.lead.rsplit(char::is_whitespace).next().unwrap_or_default();
    let head = change.trail.split(char::is_whitespace).next().unwrap_or_default();
    let touches = tail.contains('/') || head.contains('/') || date(change.before) || date(change.after);
    touches && (date(&format!("{tail}{}{head}", change.after)) || date(&format!("{tail}{}{head}", change.before)))
}
