//! An apparatus for a terminal: who the versions are, then every place with its readings, then how the copies stand to them.

use std::collections::BTreeMap;

use super::{Look, Page, Tone};
use crate::{
    check::{
        Severity,
        apparatus::{Place, PlaceKind, Reading},
    },
    report::{
        escape::visible,
        wire::collation::Collation,
        words::{self, collated},
    },
    text::shorten,
};

/// Characters of a reading that are shown; longer ones lose their middle.
const READING: usize = 320;

/// Notes that are shown one by one; the rest is counted. Nothing graver is left out.
const NOTES: usize = 15;

/// Writes `collation` for people.
pub fn collation(collation: &Collation, look: Look) -> String {
    let mut page = Page::new(look);
    page.paragraph("", 0, &collated::summary(collation));
    for limit in &collation.limits {
        let text = format!("Not checked: {}", visible(&limit.message));
        page.paragraph("", 0, &page.paint.set(Tone::Warning, &text));
    }
    page.versions(collation);
    page.places(collation);
    let aside = collation.places.iter().filter(|place| place.set_aside).count() as u64;
    if aside > 0 {
        let text = format!(
            "In what the pages put around the text, menus and footers, {} differ; --format json lists them.",
            words::plural(aside, "place")
        );
        page.out.push('\n');
        page.paragraph("", 0, &text);
    }
    page.out
}

impl Page {
    fn versions(&mut self, collation: &Collation) {
        self.heading("Versions", &collated::order(collation.order).to_lowercase().replace('.', ""));
        for version in &collation.versions {
            self.paragraph(&format!("  {:<4}", version.siglum), 6, &visible(&version.source.locator));
            self.paragraph("      ", 6, &visible(&collated::dated(&version.source)));
        }
        if collation.copies.is_empty() {
            return;
        }
        self.heading("Copies", "");
        for (number, copy) in (1..).zip(&collation.copies) {
            self.paragraph(&format!("  {number:<4}"), 6, &visible(&copy.source.locator));
            self.paragraph("      ", 6, &visible(&collated::dated(&copy.source)));
            self.paragraph("      ", 6, &collated::shares(copy));
        }
    }

    fn places(&mut self, collation: &Collation) {
        let numbered: Vec<(usize, &Place)> =
            (1..).zip(&collation.places).filter(|(_, place)| !place.set_aside).collect();
        let width = collation.places.len().to_string().len();
        let (notes, weighty): (Vec<_>, Vec<_>) =
            numbered.iter().partition::<Vec<_>, _>(|(_, place)| place.severity == Severity::Note);
        if !weighty.is_empty() {
            self.heading(&format!("Apparatus ({})", weighty.len()), "the base is A");
        }
        for (number, place) in weighty {
            self.out.push('\n');
            self.place(collation, number, place, width);
        }
        if notes.is_empty() {
            return;
        }
        self.heading(&format!("Notes ({})", notes.len()), "they say nothing else");
        let groups = alike(&notes);
        for group in groups.iter().take(NOTES) {
            self.note(group, width);
        }
        if let Some(more) = groups.len().checked_sub(NOTES).filter(|more| *more > 0) {
            self.paragraph("  ", 2, &format!("… and {more} more. --format html and json list them all."));
        }
    }

    fn place(&mut self, collation: &Collation, number: usize, place: &Place, width: usize) {
        let indent = width + 4;
        let title = self.paint.severity(place.severity, &collated::title(place));
        let within = place.within.as_ref().and_then(|id| collation.places.iter().position(|one| one.id == *id));
        let within = within.map_or(String::new(), |at| format!(", within {}", at + 1));
        self.paragraph(&format!("  {number:>width$}  "), indent, &format!("{title}{within}"));
        let margin = " ".repeat(indent);
        let (before, after) = words::context(&place.lemma);
        let lemma = collated::reading(&shorten::to(&place.lemma.exact, READING));
        let lemma = if lemma.is_empty() { "[ ]".to_owned() } else { format!("[{}]", visible(&lemma)) };
        let lemma = self.paint.set(Tone::Heading, &lemma);
        let (before, after) =
            (spaced(&visible(&before), &place.lemma.exact, true), spaced(&visible(&after), &place.lemma.exact, false));
        self.paragraph(&format!("{margin}{:<8}", place.base), indent + 8, &format!("{before}{lemma}{after}"));
        for one in &place.readings {
            let own = one.sigla.first() == Some(&place.base);
            let sigla = one.sigla.join(" ");
            let tone = if own { None } else { Some(Tone::Come) };
            let said = said(place, one);
            let said = tone.map_or(said.clone(), |tone| self.paint.set(tone, &said));
            // The base's own words stand in their place above.
            if own && one.sigla.len() == 1 && collated::beside(place, one).is_none() {
                continue;
            }
            self.reading(&sigla, &said, indent);
        }
        for shared in &place.copies {
            let name = format!("copy {}", shared.copy + 1);
            let text = match shared.reading.and_then(|at| place.readings.get(at)) {
                Some(reading) => format!("as {}", reading.sigla.join(" ")),
                None => match shared.text.as_deref().map(collated::reading).unwrap_or_default() {
                    text if text.is_empty() => "nothing".to_owned(),
                    text => format!("its own: {}", visible(&shorten::to(&text, READING))),
                },
            };
            self.reading(&name, &text, indent);
        }
    }

    fn reading(&mut self, name: &str, text: &str, indent: usize) {
        let margin = " ".repeat(indent);
        if name.len() < 8 {
            self.paragraph(&format!("{margin}{name:<8}"), indent + 8, text);
        } else {
            self.paragraph(&format!("{margin}{name}  "), indent + 8, text);
        }
    }

    /// Notes that say the same of the same words, in a line or two.
    fn note(&mut self, group: &[(usize, &Place)], width: usize) {
        let Some((number, place)) = group.first() else { return };
        let readings: Vec<String> =
            place.readings.iter().map(|one| format!("{} {}", one.sigla.join(" "), said(place, one))).collect();
        let often = if group.len() > 1 { format!(" ({} times)", group.len()) } else { String::new() };
        let text = format!("{}: {}{often}", collated::title(place), readings.join(" | "));
        self.paragraph(&format!("  {number:>width$}  "), width + 4, &text);
    }
}

/// What a reading says, and what it is beside.
fn said(place: &Place, one: &Reading) -> String {
    let text = match place.kind {
        PlaceKind::Typography => format!("‘{}’", one.text.replace('\n', "¶")),
        PlaceKind::Words | PlaceKind::Insertion | PlaceKind::Omission | PlaceKind::Moved | PlaceKind::Emphasis => {
            collated::reading(&one.text)
        }
    };
    let text = visible(&shorten::to(&text, READING));
    match (text.is_empty(), collated::beside(place, one)) {
        (true, _) => collated::empty(&one.text).to_owned(),
        (false, Some(beside)) => format!("{text} ({beside})"),
        (false, None) => text,
    }
}

/// The context with the space that was trimmed off the reading beside it.
fn spaced(context: &str, exact: &str, before: bool) -> String {
    let context = context.trim_matches('\n');
    match before {
        true if exact.starts_with(char::is_whitespace) => format!("{context} "),
        false if exact.ends_with(char::is_whitespace) => format!(" {context}"),
        true | false => context.to_owned(),
    }
}

/// Notes of the same readings, together, in the order of their first.
fn alike<'a>(notes: &[(usize, &'a Place)]) -> Vec<Vec<(usize, &'a Place)>> {
    let mut groups: Vec<Vec<(usize, &Place)>> = Vec::new();
    let mut places = BTreeMap::new();
    for (number, place) in notes {
        let key: Vec<(&[String], &str)> =
            place.readings.iter().map(|one| (one.sigla.as_slice(), one.text.as_str())).collect();
        let at = *places.entry((place.kind, key)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push((*number, place)),
            None => groups.push(vec![(*number, place)]),
        }
    }
    groups
}
