//! An apparatus as one page for a browser, in the look of every page of ours.

use std::fmt::Write as _;

use super::{esc, parts, voice};
use crate::{
    check::{
        Severity,
        apparatus::{Place, Reading},
    },
    report::{
        json,
        wire::collation::Collation,
        words::{self, collated},
    },
};

/// Writes `collation` as a page.
pub fn collation(collation: &Collation) -> String {
    let voice = collation.versions.first().map_or(String::new(), |base| voice::attributes(&base.source));
    let title = collation.versions.first().map(|base| base.source.title.as_ref().unwrap_or(&base.source.locator));
    let title = format!("Collation: {}", title.map_or("", String::as_str));
    let mut page = super::head(&title, &collation.tool, &json::write(collation));
    banner(&mut page, collation);
    page.push_str("<main>\n");
    for (name, severity) in [("Errors", Severity::Error), ("Warnings", Severity::Warning), ("Notes", Severity::Note)] {
        let of = |place: &&(usize, &Place)| place.1.severity == severity && !place.1.set_aside;
        let numbered: Vec<(usize, &Place)> = (1..).zip(&collation.places).collect();
        let group: Vec<&(usize, &Place)> = numbered.iter().filter(of).collect();
        list(&mut page, collation, &voice, name, &group);
    }
    aside(&mut page, collation, &voice);
    sources(&mut page, collation);
    page.push_str("</main>\n");
    parts::foot(&mut page, &collation.tool, collation.generated_at);
    page.push_str("</body>\n</html>\n");
    page
}

fn banner(page: &mut String, collation: &Collation) {
    let (tone, name) = match collation.gravest() {
        _ if collation.is_undetermined() => ("fair", "Undetermined"),
        None => ("good", "The same text"),
        Some(Severity::Note) => ("good", "The same words"),
        Some(Severity::Warning) => ("fair", "Versions differ"),
        Some(Severity::Error) => ("bad", "Versions differ"),
    };
    let _ = write!(
        page,
        "<header class=\"verdict {tone}\">\n<h1>{name}</h1>\n<p class=\"lead\">{}</p>\n<p>{}</p>\n",
        collated::summary(collation),
        collated::order(collation.order)
    );
    for limit in &collation.limits {
        let _ = writeln!(page, "<p class=\"limit\"><strong>Not checked:</strong> {}</p>", esc(&limit.message));
    }
    page.push_str("<dl class=\"pair\">\n");
    for version in &collation.versions {
        let _ = writeln!(
            page,
            "<dt>{}</dt><dd><strong>{}</strong>, {}</dd>",
            version.siglum,
            esc(&version.source.locator),
            esc(&collated::dated(&version.source))
        );
    }
    for (number, copy) in (1..).zip(&collation.copies) {
        let _ = writeln!(
            page,
            "<dt>Copy {number}</dt><dd><strong>{}</strong>. {}</dd>",
            esc(&copy.source.locator),
            esc(&collated::shares(copy))
        );
    }
    page.push_str("</dl>\n</header>\n");
}

fn list(page: &mut String, collation: &Collation, voice: &str, name: &str, places: &[&(usize, &Place)]) {
    if places.is_empty() {
        return;
    }
    let id = name.to_lowercase();
    let count = places.len();
    let _ = write!(
        page,
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{name} ({count})</h2>\n<ul class=\"findings\">\n"
    );
    for (number, place) in places {
        item(page, collation, voice, *number, place);
    }
    page.push_str("</ul>\n</section>\n");
}

fn item(page: &mut String, collation: &Collation, voice: &str, number: usize, place: &Place) {
    let severity = place.severity.slug();
    let within = place.within.as_ref().and_then(|id| collation.places.iter().position(|one| one.id == *id));
    let within = within.map_or(String::new(), |at| format!(", within <a href=\"#p{0}\">{0}</a>", at + 1));
    let _ = writeln!(
        page,
        "<li id=\"p{number}\" class=\"{severity}\"><p><span class=\"number\">{number}</span> <strong>{}</strong>{within} \
         <span class=\"severity\">{severity}</span></p>",
        collated::title(place)
    );
    let (before, after) = words::context(&place.lemma);
    let _ = writeln!(
        page,
        "<blockquote class=\"{severity}\"{voice}><span class=\"name\" lang=\"en\" dir=\"ltr\">{}:</span> {}<mark>{}</mark>{}\
         </blockquote>",
        place.base,
        esc(&before),
        esc(&place.lemma.exact),
        esc(&after)
    );
    page.push_str("<dl>\n");
    for one in &place.readings {
        let _ = writeln!(page, "<dt>{}</dt><dd{voice}>{}</dd>", one.sigla.join(" "), said(place, one));
    }
    for shared in &place.copies {
        let text = match shared.reading.and_then(|at| place.readings.get(at)) {
            Some(reading) => format!("as {}", reading.sigla.join(" ")),
            None => match shared.text.as_deref().map(collated::reading).unwrap_or_default() {
                text if text.is_empty() => "nothing".to_owned(),
                text => format!("its own: <q{voice}>{}</q>", esc(&text)),
            },
        };
        let _ = writeln!(page, "<dt>Copy {}</dt><dd>{text}</dd>", shared.copy + 1);
    }
    page.push_str("</dl>\n</li>\n");
}

fn said(place: &Place, one: &Reading) -> String {
    let text = esc(&collated::reading(&one.text));
    let beside = collated::beside(place, one).map_or(String::new(), |beside| format!(" <small>({beside})</small>"));
    let nothing = "<span class=\"absent\" lang=\"en\" dir=\"ltr\">(nothing)</span>";
    if text.is_empty() { nothing.to_owned() } else { format!("{text}{beside}") }
}

/// What differs in menus and footers, folded away.
fn aside(page: &mut String, collation: &Collation, voice: &str) {
    let places: Vec<(usize, &Place)> = (1..).zip(&collation.places).filter(|(_, place)| place.set_aside).collect();
    if places.is_empty() {
        return;
    }
    let _ = write!(
        page,
        "<section aria-labelledby=\"aside-name\">\n<h2 id=\"aside-name\">Around the text</h2>\n<details><summary>{} in menus, \
         footers and the like</summary>\n<ul class=\"findings\">\n",
        words::plural(places.len() as u64, "place")
    );
    for (number, place) in places {
        item(page, collation, voice, number, place);
    }
    page.push_str("</ul></details>\n</section>\n");
}

fn sources(page: &mut String, collation: &Collation) {
    page.push_str("<section id=\"sources\" aria-labelledby=\"sources-name\">\n<h2 id=\"sources-name\">Sources</h2>\n");
    for version in &collation.versions {
        parts::source(
            page,
            &format!("Version {}", version.siglum),
            &version.source,
            &voice::attributes(&version.source),
        );
    }
    for (number, copy) in (1..).zip(&collation.copies) {
        parts::source(page, &format!("Copy {number}"), &copy.source, &voice::attributes(&copy.source));
    }
    page.push_str("</section>\n");
}
