//! What the report's codes are called where people read them. Every renderer for people says the same.

use super::{Report, Source};
use crate::{
    capture::Assurance,
    check::{Anchor, ClaimKind, ClaimStatus, Disclosed, Kind, Severity, Verdict},
};

/// The verdict as a headline of one or two words and one sentence.
pub fn verdict(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Verbatim => ("Verbatim", "Every word of the original is there, in order, with none put between them."),
        Verdict::Emphasised => ("Emphasised", "The words are the original's, but they are set off differently."),
        Verdict::Excerpted => ("Excerpted", "What is there is the original's, but parts of the original are missing."),
        Verdict::Altered => ("Altered", "The words are not those of the original."),
        Verdict::Quoting => ("Quoting", "This is an article of its own that quotes the original."),
        Verdict::Unrelated => ("Unrelated", "No passage of the original was found in the copy."),
        Verdict::Undetermined => ("Undetermined", "It could not be told what was changed."),
    }
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

/// How much of the original is there, and how many findings of each severity.
pub fn counts(report: &Report) -> String {
    let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
    let plural = |count: usize, one: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") };
    let coverage = &report.coverage;
    format!(
        "{} of {} words of the original are in the copy. {}, {}, {}.",
        coverage.matched_words,
        coverage.original_words,
        plural(count(Severity::Error), "error"),
        plural(count(Severity::Warning), "warning"),
        plural(count(Severity::Note), "note"),
    )
}

/// A finding's kind in words.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::EmphasisAdded => "emphasis added",
        Kind::EmphasisRemoved => "emphasis removed",
        Kind::EmphasisChanged => "emphasis changed",
        Kind::TextInserted => "words inserted",
        Kind::TextDeleted => "words missing",
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

/// A claim's kind in words.
pub fn claim(kind: ClaimKind) -> &'static str {
    match kind {
        ClaimKind::Publisher => "publisher",
        ClaimKind::SourceLink => "source",
        ClaimKind::Date => "date",
        ClaimKind::Author => "author",
        ClaimKind::Title => "title",
        ClaimKind::EmphasisDeclared => "emphasis declared",
        ClaimKind::AbridgementDeclared => "abridgement declared",
        ClaimKind::TranslationDeclared => "translation declared",
        ClaimKind::CorrectionDeclared => "correction declared",
        ClaimKind::Licence => "licence",
    }
}

/// A claim's status as a sign and a word.
pub fn status(status: ClaimStatus) -> (&'static str, &'static str) {
    match status {
        ClaimStatus::Confirmed => ("✓", "confirmed"),
        ClaimStatus::Contradicted => ("✗", "contradicted"),
        ClaimStatus::Unverifiable => ("?", "not verifiable"),
    }
}

/// What speaks for a source's origin, and what does not.
pub fn assurance(source: &Source) -> String {
    let address = source.final_url.as_deref().or(source.url.as_deref()).unwrap_or(&source.locator);
    let at = source.retrieved_at.map_or(String::new(), |moment| format!(" at {moment}"));
    match source.assurance {
        Assurance::Publisher => format!(
            "Fetched from {address}{at} by whoever made this report. TLS leaves nothing by which you could check that without \
             trusting them."
        ),
        Assurance::Archive => {
            format!("A web archive gave this as its record of {address}{at}; you can ask the archive again.")
        }
        Assurance::Supplied => "Somebody handed this file over: its origin is asserted, not observed.".to_owned(),
    }
}

/// Code points from which an anchor's prefix or suffix was cut off by length.
const CONTEXT: usize = 32;

/// What stands before and behind a passage, without the half words that cutting by length leaves, and with dots for them.
pub fn context(anchor: &Anchor) -> (String, String) {
    let cut = |text: &str| text.chars().count() >= CONTEXT;
    let before = match anchor.prefix.split_once(' ') {
        Some((_, rest)) if cut(&anchor.prefix) => format!("… {rest}"),
        Some(_) | None => anchor.prefix.clone(),
    };
    let after = match anchor.suffix.rsplit_once(' ') {
        Some((rest, _)) if cut(&anchor.suffix) => format!("{rest} …"),
        Some(_) | None => anchor.suffix.clone(),
    };
    (before, after)
}

/// What a report shows and what it does not: the same words under every report for people.
pub const PROVES: [&str; 2] = [
    "This report shows how the two texts named above differ, as far as they could be read. Anyone with the same two files can \
     make it again.",
    "It does not show that the publisher served these bytes, that other visitors or other days saw the same page, or what anybody \
     intended. Whether a report is signed, and by whom, only `vidimus verify` can tell.",
];
