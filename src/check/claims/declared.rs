//! What the copy declares was done to the text, each declaration held against what was found.
//!
//! What it speaks of is in `reach`, whether it is the copy's own at all in `told`.

use super::{
    super::{ClaimKind, ClaimStatus, Facet, Finding, Kind, Severity, edits::quoted, pair::words_of},
    Draft, Reader, licence,
    names::same_issuer,
    reach::Reach,
    told::{Told, key, place},
    untold,
};
use crate::extract::{
    ByteRange, Style,
    declarations::{Declaration, Declared},
    labels::Label,
};

use crate::text::words::fold;

/// Words from which a deletion is a passage and not a word taken out of a sentence.
const PASSAGE: usize = 5;

/// What a declaration comes to: its kind, how it fares, and the findings it announces.
struct Outcome {
    kind: ClaimKind,
    held: (ClaimStatus, String),
    announces: Vec<usize>,
}

/// What a declaration of emphasis says beside that there is some.
struct Named<'a> {
    by: Option<&'a str>,
    words: Option<&'a str>,
    style: Option<Style>,
}

impl Named<'_> {
    /// Whether it speaks of what was found.
    fn means(&self, finding: &Finding) -> bool {
        let shares = |words: &str| {
            let own = fold(finding.copy.as_ref().map_or("", |anchor| anchor.exact.as_str()));
            let words = fold(words);
            own.contains(&words) || words.contains(&own)
        };
        self.words.is_none_or(shares) && self.style.is_none_or(|style| finding.styles.contains(&style))
    }

    /// What to say where all that was found is something else.
    fn otherwise(&self) -> String {
        match (self.words, self.style) {
            (Some(words), _) => format!("The words {} are not set off so; others are.", quoted(words)),
            (None, Some(style)) => {
                format!("What is set off and is not in the original is set off otherwise, not in {}.", style.slug())
            }
            (None, None) => "No emphasis was found that the original does not have.".to_owned(),
        }
    }
}

impl Reader<'_> {
    pub(super) fn declarations(&mut self, block: usize, told: &mut Told) {
        let text = self.copy().block_text(block);
        for declaration in self.copy().declarations(block) {
            let bytes = place(self.copy(), block, &declaration.bytes);
            if told.is_the_originals(self.pair, &bytes, &key(text, declaration)) {
                continue;
            }
            if declaration.kind == Declared::Republished {
                // A source line as a whole was read as one already.
                if self.copy().label(block) != Some(Label::Source) {
                    self.source_line(&bytes);
                }
                continue;
            }
            let Outcome { kind, held: (status, evidence), announces } = self.outcome(block, declaration, &bytes, told);
            let words = self.copy().text.get(bytes.clone()).unwrap_or_default().to_owned();
            let declares = Some(declaration.kind);
            self.claims.push(Draft { kind, declares, text: words, bytes: Some(bytes), status, evidence, announces });
        }
    }

    fn outcome(&self, block: usize, declaration: &Declaration, bytes: &ByteRange, told: &Told) -> Outcome {
        let reach = self.reach(block, declaration.scope);
        let plain = |kind, held| Outcome { kind, held, announces: Vec::new() };
        match declaration.kind {
            Declared::EmphasisAdded => {
                let text = self.copy().block_text(block);
                let named = Named {
                    by: declaration.by.clone().and_then(|by| text.get(by)),
                    words: declaration.words.clone().and_then(|words| text.get(words)),
                    style: declaration.style,
                };
                self.emphasis_added(&reach, &named)
            }
            Declared::EmphasisRemoved => self.emphasis_removed(&reach),
            Declared::EmphasisInOriginal => plain(ClaimKind::EmphasisDeclared, self.emphasis_kept(&reach, told)),
            Declared::Sic => plain(ClaimKind::CorrectionDeclared, self.sic(bytes, told)),
            Declared::Abridged | Declared::Excerpt => self.abridged(&reach, false),
            Declared::Edited => self.abridged(&reach, true),
            Declared::Prepared | Declared::Delivered => {
                let held = untold("Whether it was spoken in these words cannot be seen from the two texts.");
                plain(ClaimKind::CorrectionDeclared, held)
            }
            Declared::Translated => plain(ClaimKind::TranslationDeclared, self.translated()),
            Declared::Corrected | Declared::Republished => {
                plain(ClaimKind::CorrectionDeclared, untold("The uncorrected text is not at hand."))
            }
            Declared::Updated => {
                plain(ClaimKind::CorrectionDeclared, untold("The text before it was updated is not at hand."))
            }
            Declared::Permission => {
                let text = self.copy().text.get(bytes.clone()).unwrap_or_default();
                let held = if licence::is_named(text) {
                    licence::held(text, self.pair.original)
                } else {
                    untold("Permission cannot be seen from the two texts.")
                };
                plain(ClaimKind::Licence, held)
            }
        }
    }

    /// How a declaration fares for which nothing was found although it should have been seen.
    fn absent(&self, side: usize, evidence: &str) -> (ClaimStatus, String) {
        match () {
            () if !self.known.emphasis => {
                untold("This format carries no emphasis, so what was emphasised cannot be seen.")
            }
            () if !self.known.styled.iter().take(side + 1).all(|styled| *styled) => {
                untold("No emphasis was found, but not every style sheet was at hand.")
            }
            () if self.known.quoting => untold("It may speak of a quotation from another text."),
            () => (ClaimStatus::Contradicted, evidence.to_owned()),
        }
    }

    fn emphasis_added(&self, reach: &Reach, named: &Named<'_>) -> Outcome {
        let kind = ClaimKind::EmphasisDeclared;
        let set_off = |finding: &Finding| matches!(finding.kind, Kind::EmphasisAdded | Kind::EmphasisChanged);
        // Words it names are meant wherever they stand.
        let reach = if named.words.is_some() { &Reach::Whole } else { reach };
        let (near, far) = self.within(reach, |finding| set_off(finding) && named.means(finding));
        let (others, _) = self.within(&Reach::Whole, set_off);
        let more = others.len() - near.len();
        let issuer =
            named.by.zip(self.publisher).filter(|(by, publisher)| same_issuer(by, publisher)).map(|(by, _)| by);
        let held = match (near.is_empty(), more, issuer) {
            (false, _, Some(by)) => {
                let evidence = format!("The original, issued by {}, does not set off these words.", quoted(by));
                let held = (ClaimStatus::Contradicted, evidence);
                return Outcome { kind, held, announces: Vec::new() };
            }
            (false, 0, None) => {
                (ClaimStatus::Confirmed, "Emphasis was found that the original does not have.".to_owned())
            }
            (false, more, None) => {
                let more = counted(more, "passage is", "passages are");
                let evidence = format!(
                    "Emphasis was found there that the original does not have; {more} set off elsewhere, of which it does not speak."
                );
                (ClaimStatus::Confirmed, evidence)
            }
            (true, 0, _) => self.absent(0, "No emphasis was found that the original does not have."),
            (true, _, _) if far.is_empty() && (named.words.is_some() || named.style.is_some()) => {
                self.absent(0, &named.otherwise())
            }
            (true, _, _) => {
                self.absent(0, "No emphasis was found there that the original does not have, only elsewhere.")
            }
        };
        Outcome { kind, held, announces: near }
    }

    fn emphasis_removed(&self, reach: &Reach) -> Outcome {
        let (near, _) =
            self.within(reach, |finding| matches!(finding.kind, Kind::EmphasisRemoved | Kind::EmphasisChanged));
        let held = if near.is_empty() {
            self.absent(1, "Everything that the original sets off is set off in the copy.")
        } else {
            (ClaimStatus::Confirmed, "The original sets off words that the copy does not.".to_owned())
        };
        Outcome { kind: ClaimKind::EmphasisDeclared, held, announces: near }
    }

    /// Emphasis that is said to be the original's.
    fn emphasis_kept(&self, reach: &Reach, told: &Told) -> (ClaimStatus, String) {
        let added = |finding: &Finding| matches!(finding.kind, Kind::EmphasisAdded | Kind::EmphasisChanged);
        let (near, _) = self.within(reach, added);
        let first = near.first().and_then(|at| self.known.findings.get(*at)).and_then(|finding| finding.copy.as_ref());
        if let Some(anchor) = first {
            let evidence = format!("The original does not set off {}.", quoted(&anchor.exact));
            return self.absent(1, &evidence);
        }
        let reached = |at: usize| match *reach {
            Reach::Whole => true,
            Reach::Here(own) => self.copy().block_at(at) <= own,
            Reach::Named(own) => self.copy().block_at(at).abs_diff(own) <= 1,
        };
        let spans = self.copy().emphasis.iter().filter(|span| reached(span.bytes.start));
        let kept = spans.map(|span| &span.bytes).find(|bytes| told.is_kept(self.pair, bytes));
        if let Some(words) = kept.and_then(|bytes| self.copy().text.get(bytes.clone())) {
            return (ClaimStatus::Confirmed, format!("The original sets off {} too.", quoted(words)));
        }
        let (gone, _) = self.within(reach, |finding| finding.kind == Kind::EmphasisRemoved);
        let lost =
            gone.first().and_then(|at| self.known.findings.get(*at)).and_then(|finding| finding.original.as_ref());
        match lost {
            Some(anchor) => {
                let words = quoted(&anchor.exact);
                self.absent(1, &format!("The original sets off {words}, and the copy does not."))
            }
            None => self.absent(1, "The original sets off nothing there."),
        }
    }

    /// "[sic]": the word before stands so in the original.
    fn sic(&self, bytes: &ByteRange, told: &Told) -> (ClaimStatus, String) {
        let words = &self.pair.alignment.copy.words;
        let at = words.partition_point(|word| word.bytes.end <= bytes.start);
        let block = words_of(&self.pair.alignment.copy, self.copy().block_at(bytes.start));
        let Some(word) = at.checked_sub(1).filter(|word| block.contains(word)) else {
            return untold("No word stands before it.");
        };
        let own = quoted(self.pair.copy_word(word));
        let here = words.get(word).map_or(0..0, |word| word.bytes.clone());
        if let Some(original) = told.same.get(word).copied().flatten() {
            let theirs = quoted(self.pair.original_word(original));
            return (ClaimStatus::Confirmed, format!("The original has {theirs} too."));
        }
        let covers = |finding: &&Finding| {
            let anchor = finding.copy.as_ref().filter(|anchor| anchor.block == self.copy().block_at(here.start));
            let offset = self
                .pair
                .copy
                .text
                .get(place(self.copy(), self.copy().block_at(here.start), &(0..0)).start..here.start);
            let offset = offset.map_or(0, |text| text.chars().count());
            finding.kind == Kind::TextReplaced
                && anchor.is_some_and(|anchor| anchor.start <= offset && offset < anchor.end)
        };
        match self.known.findings.iter().find(covers).and_then(|finding| finding.original.as_ref()) {
            Some(anchor) => {
                (ClaimStatus::Contradicted, format!("The original has {}, not {own}.", quoted(&anchor.exact)))
            }
            None => untold("The word before it is not one of the original's."),
        }
    }

    fn abridged(&self, reach: &Reach, edited: bool) -> Outcome {
        let house = [Facet::HouseStyle];
        let wanted = |finding: &Finding| {
            let mild = finding.severity != Severity::Error;
            let reworded = matches!(finding.kind, Kind::TextReplaced | Kind::TextInserted) && finding.facets != house;
            (finding.kind == Kind::TextDeleted && (mild || is_passage(finding))) || (edited && mild && reworded)
        };
        let (near, far) = self.within(reach, wanted);
        let held = match (near.is_empty(), far.len()) {
            (false, 0) => (ClaimStatus::Confirmed, "Parts of the original are missing.".to_owned()),
            (false, more) => {
                let more = counted(more, "part is", "parts are");
                (ClaimStatus::Confirmed, format!("Parts of the original are missing there; {more} missing elsewhere."))
            }
            (true, _) if self.known.share < 1.0 && (self.known.quoting || !far.is_empty()) => {
                (ClaimStatus::Confirmed, "Parts of the original are missing.".to_owned())
            }
            (true, _) => (ClaimStatus::Contradicted, "Nothing of the original is missing.".to_owned()),
        };
        Outcome { kind: ClaimKind::AbridgementDeclared, held, announces: near }
    }

    fn translated(&self) -> (ClaimStatus, String) {
        if self.known.share >= 0.5 {
            return untold("The copy has the original's own words, so the text it was translated from is another one.");
        }
        untold("Both texts would have to be read in two languages.")
    }
}

/// Whether what is missing is a passage rather than a word or two that carried the meaning.
fn is_passage(finding: &Finding) -> bool {
    finding.original.as_ref().is_some_and(|anchor| anchor.exact.split_whitespace().count() >= PASSAGE)
}

fn counted(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("one {one}") } else { format!("{count} {many}") }
}
