//! Colour for terminals (ECMA-48 "select graphic rendition"); off, everything is left as it is.

use crate::check::{ClaimStatus, Severity, Verdict};

/// What a piece of text is.
#[derive(Clone, Copy)]
pub(in crate::report) enum Tone {
    Heading,
    Gone,
    Come,
    Good,
    Warning,
    Bad,
}

pub(super) struct Paint {
    pub(super) on: bool,
}

impl Paint {
    pub(super) fn set(&self, tone: Tone, text: &str) -> String {
        let code = match tone {
            Tone::Heading => "1",
            Tone::Gone => "9;31",
            Tone::Come => "1;32",
            Tone::Good => "32",
            Tone::Warning => "33",
            Tone::Bad => "1;31",
        };
        if !self.on {
            return text.to_owned();
        }
        // Word by word, so that no colour runs into the margin where a line is broken.
        let words = text.split(' ').map(|word| match word {
            "" => String::new(),
            word => format!("\u{1b}[{code}m{word}\u{1b}[0m"),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    pub(super) fn verdict(&self, verdict: Verdict, text: &str) -> String {
        match verdict {
            Verdict::Verbatim => self.set(Tone::Good, text),
            Verdict::Emphasised | Verdict::Excerpted | Verdict::Quoting | Verdict::Undetermined => {
                self.set(Tone::Warning, text)
            }
            Verdict::Altered | Verdict::Unrelated => self.set(Tone::Bad, text),
        }
    }

    pub(super) fn severity(&self, severity: Severity, text: &str) -> String {
        match severity {
            Severity::Error => self.set(Tone::Bad, text),
            Severity::Warning => self.set(Tone::Warning, text),
            Severity::Note => text.to_owned(),
        }
    }

    pub(super) fn status(&self, status: ClaimStatus, text: &str) -> String {
        match status {
            ClaimStatus::Confirmed => self.set(Tone::Good, text),
            ClaimStatus::Contradicted => self.set(Tone::Bad, text),
            ClaimStatus::Unverifiable => self.set(Tone::Warning, text),
        }
    }
}
