//! What the report's codes are called where people read them. Every renderer for people says the same.

pub mod collated;
mod told;

pub use told::{claim, status};

use super::{Report, Source, Witness};
use crate::{
    capture::{Assurance, Via},
    check::{Anchor, ClaimStatus, Class, Disclosed, Facet, Finding, Kind, Quote, QuoteStatus, Severity, Verdict},
    text::shorten,
};

/// Characters of the name of a version that are shown in a sentence.
const LOCATOR: usize = 80;

/// The verdict as a headline of one or two words and one sentence.
pub fn verdict(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Verbatim => ("Verbatim", "The copy repeats the original word for word, complete and in order."),
        Verdict::Emphasised => {
            ("Emphasised", "The words are the original’s, but the copy sets some of them off in another way.")
        }
        Verdict::Excerpted => ("Excerpted", "What is there is the original’s, but the copy leaves parts of it out."),
        Verdict::Altered => ("Altered", "The copy changes the text of the original."),
        Verdict::Quoting => ("Quoting", "This is an article of its own that quotes the original."),
        Verdict::Unrelated => ("Unrelated", "No passage of the original was found in the copy."),
        Verdict::Undetermined => ("Undetermined", "What the copy changed could not be told."),
    }
}

/// What weighs, counted by what was done, as one sentence; nothing where there are no errors or warnings.
pub fn weighs(report: &Report) -> Option<String> {
    let mut counts = [0; 9];
    let weighty = |finding: &&Finding| finding.severity > Severity::Note;
    for finding in report.findings.iter().filter(weighty) {
        let place = match (finding.class, finding.kind) {
            (_, Kind::TextDeleted) => 0,
            (_, Kind::TextReplaced) => 1,
            (_, Kind::TextInserted) => 2,
            (_, Kind::TextMoved) => 3,
            (Class::Concealment, _) => 4,
            (Class::Emphasis, _) => 5,
            (Class::Framing, Kind::Headline) => 6,
            (Class::Framing, _) => 7,
            (Class::Edit, _) => 8,
        };
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    let names = [
        "left out",
        "replaced",
        "added",
        "moved",
        "concealed",
        "set off differently",
        "put in the headline’s place",
        "put in between",
        "changed in another way",
    ];
    let mut parts: Vec<String> = counts
        .iter()
        .zip(names)
        .filter(|(count, _)| **count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    let first = counts.iter().find(|count| **count > 0)?;
    if let Some(part) = parts.first_mut() {
        let passages = if *first == 1 { " passage " } else { " passages " };
        *part = part.replacen(' ', passages, 1);
    }
    Some(format!("{}.", parts.join(", ")))
}

/// How far the copy announces what it did.
pub fn disclosed(disclosed: Disclosed) -> &'static str {
    match disclosed {
        Disclosed::NothingToDisclose => "There is nothing the copy would have to announce.",
        Disclosed::All => "The copy announces what it changed.",
        Disclosed::Some => "The copy announces some of what it changed, not all.",
        Disclosed::None => "The copy announces none of what it changed.",
    }
}

/// How much of the original is there.
pub fn coverage(report: &Report) -> String {
    let coverage = &report.coverage;
    format!(
        "{} of the original’s {} stand in the copy, in their order.",
        coverage.matched_words,
        plural(coverage.original_words, "word")
    )
}

/// How many findings there are of each severity.
pub fn counts(report: &Report) -> String {
    let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count() as u64;
    format!(
        "{}, {}, {}.",
        plural(count(Severity::Error), "error"),
        plural(count(Severity::Warning), "warning"),
        plural(count(Severity::Note), "note"),
    )
}

/// How the copy's claims fare, as one sentence; nothing where it makes none.
pub fn claims(report: &Report) -> Option<String> {
    let count = |status| report.claims.iter().filter(|claim| claim.status == status).count();
    let (good, bad, open) =
        (count(ClaimStatus::Confirmed), count(ClaimStatus::Contradicted), count(ClaimStatus::Unverifiable));
    let parts = [(bad, "contradicted"), (good, "confirmed"), (open, "not verifiable")];
    let parts: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, name)| format!("{count} {name}")).collect();
    (!parts.is_empty()).then(|| format!("What the copy says of its origin: {}.", parts.join(", ")))
}

/// What a severity is called as a heading, and what it means.
pub fn severity(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("Errors", "they can make the statement say something else"),
        Severity::Warning => ("Warnings", "they can lead the reader"),
        Severity::Note => ("Notes", "worth knowing; they alter nothing"),
    }
}

/// The heading over notes of framing.
pub const AROUND: (&str, &str) = ("Around the text", "what the copy puts before, behind and over it");

/// A number of things, with the noun as it must be.
pub fn plural(count: u64, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// How many fail, in words.
pub fn failing(count: u64) -> String {
    if count == 1 { "1 fails".to_owned() } else { format!("{count} fail") }
}

/// What a finding is: its kind, what it touches, and what takes the edge off it.
pub fn title(finding: &Finding) -> String {
    let styles = finding.styles.iter().map(|style| style.slug());
    let touches: Vec<&str> = styles.chain(finding.facets.iter().map(|one| facet(*one))).collect();
    let touches = if touches.is_empty() { String::new() } else { format!(" ({})", touches.join(", ")) };
    let mut kind = kind(finding.kind).chars();
    let first: String = kind.next().into_iter().flat_map(char::to_uppercase).collect();
    let eased: String = eases(finding).into_iter().map(|ease| format!(", {ease}")).collect();
    format!("{first}{}{touches}{eased}", kind.as_str())
}

/// What takes the edge off a finding.
pub fn eases(finding: &Finding) -> Option<&'static str> {
    finding.declared_by.is_some().then_some("announced by the copy")
}

/// Which version a report on several is about; nothing where there is one.
pub fn closest(report: &Report) -> Option<String> {
    let count = report.witnesses.len();
    (count > 1).then(|| {
        let own = version(report, &report.original);
        format!("Held against {count} versions of the original. The copy is closest to the one given as {own}.")
    })
}

/// In which other versions of the original the copy's wording stands; nothing where it stands in none.
pub fn versions(report: &Report, finding: &Finding) -> Option<String> {
    let others = finding.supported_by.iter().filter_map(|index| report.witnesses.get(*index));
    let others: Vec<String> = others.map(|witness| version(report, &witness.source)).collect();
    let (last, rest) = others.split_last()?;
    let others = if rest.is_empty() { last.clone() } else { format!("{} and {last}", rest.join(", ")) };
    let those = if rest.is_empty() { "that" } else { "those" };
    let own = version(report, &report.original);
    Some(format!("Differs from the version given as {own}, agrees with {those} given as {others}."))
}

/// How close the copy is to a version.
pub fn closeness(witness: &Witness) -> String {
    let share = (witness.share * 1000.0).round() / 10.0;
    format!("The copy has {share} % of its words and alters {}.", plural(witness.edits, "word"))
}

/// What a version was given as, with its date or place where that does not tell it from another.
fn version(report: &Report, source: &Source) -> String {
    let twins = report.witnesses.iter().filter(|witness| witness.source.locator == source.locator);
    let name = shorten::to(&source.locator, LOCATOR);
    if twins.count() < 2 {
        return name;
    }
    let place = report.witnesses.iter().position(|witness| witness.source == *source).map_or(0, |at| at + 1);
    match source.retrieved_at {
        Some(moment) => format!("{name} (number {place}, of {moment})"),
        None => format!("{name} (number {place})"),
    }
}

/// What a change touches, in words.
pub fn facet(facet: Facet) -> &'static str {
    match facet {
        Facet::Number => "a number",
        Facet::Date => "a date",
        Facet::Negation => "a negation",
        Facet::Name => "a name",
        Facet::Modality => "how firm it is",
        Facet::Quantity => "how much or how many",
        Facet::Attribution => "who says it",
        Facet::Quotation => "a quotation",
        Facet::HouseStyle => "house style",
        Facet::Bracketed => "in brackets",
        Facet::Ellipsis => "marked by an ellipsis",
    }
}

/// A finding's kind in words.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::EmphasisAdded => "emphasis added",
        Kind::EmphasisRemoved => "emphasis removed",
        Kind::EmphasisChanged => "emphasis changed",
        Kind::TextInserted => "words added",
        Kind::TextDeleted => "words left out",
        Kind::TextReplaced => "words replaced",
        Kind::TextMoved => "passage moved",
        Kind::ParagraphsSplit => "paragraph split",
        Kind::ParagraphsJoined => "paragraphs joined",
        Kind::Typography => "typography",
        Kind::HiddenText => "hidden text",
        Kind::Lookalike => "look-alike letters",
        Kind::InvisibleCharacters => "invisible characters",
        Kind::Headline => "headline",
        Kind::Byline => "byline",
        Kind::Dateline => "dateline",
        Kind::Preface => "preface",
        Kind::Interjection => "interjection",
        Kind::Subheading => "subheading",
        Kind::Caption => "caption",
        Kind::Media => "picture",
        Kind::Link => "link",
        Kind::Afterword => "afterword",
        Kind::Topic => "topic",
    }
}

/// How a quotation fares, as a sign and a word.
pub fn quote(status: QuoteStatus) -> (&'static str, &'static str) {
    match status {
        QuoteStatus::Exact => ("✓", "exact"),
        QuoteStatus::Adapted => ("✓", "adapted"),
        QuoteStatus::Elided => ("!", "elided"),
        QuoteStatus::Altered => ("✗", "altered"),
        QuoteStatus::Spliced => ("✗", "spliced"),
        QuoteStatus::Misattributed => ("✗", "misattributed"),
        QuoteStatus::NotFound => ("?", "not found"),
        QuoteStatus::Unchecked => ("?", "not checked"),
    }
}

/// What is said where no quotation was found: that there is none, or that none could be read.
pub fn no_quotes(limits: &[crate::extract::Note]) -> &'static str {
    if limits.iter().any(|limit| limit.code == "unclosed-quotation") {
        "No quotation could be read to its end."
    } else {
        "The article quotes nothing."
    }
}

/// How many quotations there are and how they fare, as one sentence; nothing where there are none.
pub fn quotes(quotes: &[Quote]) -> Option<String> {
    let counted = QuoteStatus::ALL.map(|status| (status, quotes.iter().filter(|one| one.status == status).count()));
    let parts: Vec<String> = counted
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(status, count)| format!("{count} {}", quote(*status).1))
        .collect();
    (!parts.is_empty()).then(|| format!("{}: {}.", plural(quotes.len() as u64, "quotation"), parts.join(", ")))
}

/// What is said where a quotation was not found.
pub const MISSES: &str = "A quotation that was not found may be from elsewhere: that is nothing to be said against it.";

/// What speaks for a source's origin, and what does not: as the seal's contract words it for each grade.
pub fn assurance(source: &Source) -> String {
    let address = source.final_url.as_deref().or(source.url.as_deref()).unwrap_or(&source.locator);
    let at = source.retrieved_at.map_or(String::new(), |moment| format!(" at {moment}"));
    match source.assurance {
        Assurance::Publisher if address.starts_with("https:") => format!(
            "Fetched from {address}{at} by whoever made this report. TLS leaves nothing by which you could check this without \
             trusting them."
        ),
        Assurance::Publisher => format!(
            "Fetched from {address}{at}, unencrypted, by whoever made this report. You have to trust them, and the way there."
        ),
        Assurance::Archive if source.memento.is_some() => recorded(source, &at),
        Assurance::Archive => format!(
            "Fetched from {address}{at}, where a web archive shows its record of another page. You can ask the archive again."
        ),
        Assurance::Supplied if source.via == Via::Http => format!(
            "Fetched from {address}{at}, where only whoever made this report can ask: its origin is asserted, not observed."
        ),
        Assurance::Supplied => "Somebody handed this file over: its origin is asserted, not observed.".to_owned(),
    }
}

/// What speaks for a record that was asked for by date; `at` is when it was fetched.
fn recorded(source: &Source, at: &str) -> String {
    let Some(memento) = &source.memento else { return String::new() };
    format!(
        "Recorded at {} by the archive {} and fetched from there{at}. You can ask the archive again: {}",
        memento.datetime, memento.archive, memento.uri
    )
}

/// Code points from which an anchor's prefix or suffix was cut off by length.
const CONTEXT: usize = 32;

/// What stands before and behind a passage, without the half words that cutting by length leaves, and with dots for them.
pub fn context(anchor: &Anchor) -> (String, String) {
    let cut = |text: &str| text.chars().count() >= CONTEXT;
    let before = match anchor.prefix.split_once(' ') {
        Some((_, rest)) if cut(&anchor.prefix) => format!("… {rest}"),
        // Scripts without spaces can be cut between any two letters.
        None if cut(&anchor.prefix) => format!("…{}", anchor.prefix),
        Some(_) | None => anchor.prefix.clone(),
    };
    let after = match anchor.suffix.rsplit_once(' ') {
        Some((rest, _)) if cut(&anchor.suffix) => format!("{rest} …"),
        None if cut(&anchor.suffix) => format!("{}…", anchor.suffix),
        Some(_) | None => anchor.suffix.clone(),
    };
    (before, after)
}

/// The style sheets a source was read with, in a clause; `None` where it had none.
pub fn sheets(source: &Source) -> Option<String> {
    let bytes: u64 = source.sheets.iter().map(|sheet| sheet.bytes).sum();
    let kilobytes = bytes.div_ceil(1000);
    match source.sheets.len() {
        0 => None,
        1 => Some(format!("with 1 style sheet ({kilobytes} kB)")),
        count => Some(format!("with {count} style sheets ({kilobytes} kB)")),
    }
}

/// What a source was rendered from, where what was read is what a browser made of it.
pub fn rendered(source: &Source) -> Option<String> {
    let rendered = source.rendered.as_ref()?;
    Some(format!(
        "as {} showed it; received were {} bytes with sha256 {}",
        rendered.facts.browser, rendered.raw_bytes, rendered.raw_sha256
    ))
}

/// What a report shows and what it does not: the same words under every report for people.
pub const PROVES: [&str; 3] = [
    "This report shows how the two texts named above differ, as far as they could be read. Anyone with the same files can \
     make it again.",
    "It does not show that the publisher served these bytes, that other visitors or other days saw the same page, or what anybody \
     intended. Whether a report is signed, and by whom, only `vidimus verify` can tell.",
    "What makes it stronger: each page captured twice, live and from a web archive, and the comparison made again by somebody \
     else.",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// A source of each grade says what speaks for it, and nothing of seals.
    #[test]
    fn every_grade_says_what_it_means() {
        for (grade, means, via) in [
            (
                "publisher",
                "Fetched from https://example.gov/release at 2017-11-28T00:00:00Z by whoever made this report",
                "http",
            ),
            (
                "archive",
                "Fetched from https://example.gov/release at 2017-11-28T00:00:00Z, where a web archive shows its record",
                "memento",
            ),
            ("supplied", "Somebody handed this file over: its origin is asserted, not observed.", "file"),
        ] {
            let source = serde_json::json!({
                "locator": "release.html", "final_url": "https://example.gov/release", "via": via, "bytes": 1,
                "retrieved_at": "2017-11-28T00:00:00Z", "sha256": "", "text_sha256": "", "emphasis": true, "assurance": grade,
            });
            let said = assurance(&serde_json::from_value(source).unwrap());
            assert!(said.starts_with(means), "{grade}: {said}");
            assert!(!said.contains("sealed") && !said.contains("verified"), "{grade}: {said}");
        }
    }

    #[test]
    fn context_keeps_whole_words() {
        let anchor = |prefix: &str, suffix: &str| {
            let anchor = serde_json::json!({
                "block": 0, "start": 0, "end": 0, "exact": "", "prefix": prefix, "suffix": suffix,
            });
            context(&serde_json::from_value(anchor).unwrap())
        };
        let (before, after) = anchor("ilitary professionals that have ", " losses on the battlefield in re");
        assert_eq!(
            (before.as_str(), after.as_str()),
            ("… professionals that have ", " losses on the battlefield in …")
        );
        assert_eq!(anchor("The ", "."), ("The ".to_owned(), ".".to_owned()));
        let long = "委".repeat(32);
        assert_eq!(anchor(&long, &long), (format!("…{long}"), format!("{long}…")));
    }
}
