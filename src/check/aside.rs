//! What an original's page puts around its statement: menus, letterhead, what a newsletter says of itself, who issued it.
//!
//! A copy that lacks it has left out nothing of the statement. Tests of single blocks; where the statement lies is given.

use super::{
    bounds::is_title,
    pair::{Matched, own_containers, own_landmarks},
};
use crate::extract::{BlockKind, Document, Hint, Landmark, labels::Label};

/// Words of a line that is no sentence.
pub(super) const LINE: usize = 8;

/// Whether a block stands in what a page puts around any text.
pub(super) fn is_page_furniture(document: &Document, matched: &Matched, block: usize) -> bool {
    use Landmark::{Aside, Button, Dialog, Footer, Form, Header, Nav};
    let marks = [Aside, Button, Dialog, Footer, Form, Header, Nav];
    let hints =
        [Hint::Navigation, Hint::Share, Hint::Subscribe, Hint::Comments, Hint::Related, Hint::Footer, Hint::Consent];
    own_landmarks(document, matched, block).any(|mark| marks.contains(&mark))
        || own_containers(document, matched, block).any(|own| own.hints.iter().any(|hint| hints.contains(hint)))
}

/// A title or a line of letterhead.
pub(super) fn is_front(document: &Document, block: usize) -> bool {
    let heading = document.blocks.get(block).is_some_and(|block| block.kind == BlockKind::Heading(1));
    let label = matches!(
        document.label(block),
        Some(Label::Letterhead | Label::Dateline | Label::Byline | Label::Topic | Label::Update)
    );
    heading || label || is_title(document, block)
}

/// What a release's page puts below it.
pub(super) fn is_back(label: Option<Label>) -> bool {
    match label {
        Some(
            Label::Copyright
            | Label::Contact
            | Label::ReadMore
            | Label::Share
            | Label::Subscribe
            | Label::Consent
            | Label::Topic
            | Label::Letterhead
            | Label::Disclaimer
            | Label::Advertisement
            | Label::Comment
            | Label::Credit,
        ) => true,
        Some(
            Label::Byline
            | Label::Dateline
            | Label::Source
            | Label::EditorsNote
            | Label::ArticlesBy
            | Label::Correction
            | Label::Update,
        )
        | None => false,
    }
}

/// Whether a block is a line: short, without the end of a sentence.
pub(super) fn is_line(text: &str) -> bool {
    text.split_whitespace().count() < LINE && !text.ends_with(['.', '!', '?', '”', '"'])
}

/// Whether a block behind the statement, which ends before block `end`, says who issued it: below a line such as "About the City
/// of Harbourton", up to the next heading.
pub(super) fn is_about_the_issuer(document: &Document, end: usize, block: usize) -> bool {
    let heading = |block: &usize| {
        let heading = document.blocks.get(*block).is_some_and(|own| matches!(own.kind, BlockKind::Heading(_)));
        heading || names_the_issuer(document.block_text(*block))
    };
    (end..block + 1).rev().take(ISSUER).find(heading).is_some_and(|head| names_the_issuer(document.block_text(head)))
}

/// Blocks below its heading that can say who issued a statement.
const ISSUER: usize = 8;

/// Headings of what a press office writes to newsrooms and not to their readers.
const NOTES: [&str; 22] = [
    "notes to editors",
    "note to editors",
    "notes for editors",
    "editor's notes",
    "editors' notes",
    "media contact",
    "media contacts",
    "press contact",
    "press contacts",
    "contact",
    "contacts",
    "media enquiries",
    "media inquiries",
    "press enquiries",
    "pressekontakt",
    "hinweise für redaktionen",
    "contact presse",
    "contacts presse",
    "contacto de prensa",
    "contatti stampa",
    "контакты для сми",
    "примечания для редакторов",
];

/// "About Harbourton", "About the City of Harbourton: a city …", but not "About the vote".
fn names_the_issuer(text: &str) -> bool {
    let head = text.split_once(':').map_or(text, |(head, _)| head);
    if is_line(head) && NOTES.contains(&head.trim().to_lowercase().replace('’', "'").as_str()) {
        return true;
    }
    let mut words = head.split_whitespace();
    let about = words.next().is_some_and(|first| ["about", "über", "sobre"].contains(&&*first.to_lowercase()));
    let name = words.find(|word| !["the", "die", "das", "den", "el", "la", "o", "a"].contains(&&*word.to_lowercase()));
    about && is_line(head) && name.is_some_and(|name| name.starts_with(char::is_uppercase) || name == "us")
}
