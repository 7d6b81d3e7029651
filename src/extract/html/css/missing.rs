//! Sheets that are not at hand → the one note that says so: how many, of which hosts, and why.

use std::collections::BTreeMap;

use super::super::super::document::Note;
use crate::capture::Target;

/// How many places a note names.
const NAMED: usize = 3;

/// The most characters a note prints of a place or a cause.
const PLACE: usize = 80;
const CAUSE: usize = 160;

/// Says which sheets are missing, if any are.
pub(super) fn note(missing: &[(Target, Option<String>)]) -> Option<Note> {
    let message = match missing.len() {
        0 => return None,
        1 => format!(
            "1 style sheet was not captured, so that what it sets off or hides is not seen: {}.",
            places(missing)
        ),
        count => format!(
            "{count} style sheets were not captured, so that what they set off or hide is not seen: {}.",
            places(missing)
        ),
    };
    Some(Note { code: "sheet-not-captured".to_owned(), message })
}

/// Where they are and why they are missing, those that share both together, in the order met.
fn places(missing: &[(Target, Option<String>)]) -> String {
    let mut groups: BTreeMap<(String, Option<&str>), (usize, usize, &Target)> = BTreeMap::new();
    for (order, (target, why)) in missing.iter().enumerate() {
        groups.entry((place(target), why.as_deref())).or_insert((order, 0, target)).1 += 1;
    }
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, (order, ..))| *order);
    let mut named = 0;
    let mut parts: Vec<String> = Vec::new();
    for ((place, why), (_, count, first)) in groups.iter().take(NAMED) {
        named += count;
        let place = if *count == 1 { alone(first) } else { place.clone() };
        let number =
            if missing.len() > 1 && groups.len() > 1 && *count > 1 { format!("{count} of ") } else { String::new() };
        let why = why.map(|why| format!(" ({})", short(why, CAUSE))).unwrap_or_default();
        parts.push(format!("{number}{place}{why}"));
    }
    let others = missing.len() - named;
    if others > 0 {
        parts.push(if others == 1 { "and another".to_owned() } else { format!("and {others} others") });
    }
    parts.join(", ")
}

/// What a sheet is called that shares its place and cause with no other.
fn alone(target: &Target) -> String {
    match target {
        Target::Web(address) => {
            let path = address.path().split('?').next().unwrap_or_default();
            short(&format!("{}{path}", address.host()), PLACE)
        }
        Target::File(_) | Target::Data(_) | Target::Beyond(_) => place(target),
    }
}

/// What the whereabouts of several are called: a host says enough, a file has a name.
fn place(target: &Target) -> String {
    match target {
        Target::Web(address) => short(address.host(), PLACE),
        Target::File(names) => short(&names.join("/"), PLACE),
        Target::Data(_) => "within the page".to_owned(),
        Target::Beyond(reference) => short(reference, PLACE),
    }
}

fn short(text: &str, most: usize) -> String {
    text.chars().filter(|char| !char.is_control()).take(most).collect()
}
