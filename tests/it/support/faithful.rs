//! Faithful copies: what accuses one, and whether its report accounts for every word.

use vidimus::{Capture, Checked, Moment, Options, Verdict, check::Severity};

use super::rebuild::{assert_rebuilds, line};

/// A page or text, and its media type.
pub struct Given<'a>(&'a str, &'a str);

impl<'a> From<&'a String> for Given<'a> {
    fn from(page: &'a String) -> Self {
        Self(page, "text/html")
    }
}

impl<'a> From<(&'a String, &'a str)> for Given<'a> {
    fn from((text, media): (&'a String, &'a str)) -> Self {
        Self(text, media)
    }
}

/// Holds a copy against its original.
#[track_caller]
pub fn check<'a>(original: impl Into<Given<'a>>, copy: impl Into<Given<'a>>) -> Checked {
    let capture =
        |name: &str, Given(text, media): Given<'a>| Capture::from_bytes(name, text.into(), Some(media)).unwrap();
    let options = Options::new(Moment::from_unix(0));
    let checked = vidimus::check(&capture("original", original.into()), &capture("copy", copy.into()), &options);
    assert_rebuilds(&checked);
    checked
}

/// What accuses a copy: everything above a note, and any verdict but `verbatim`.
#[track_caller]
pub fn accusation<'a>(name: &str, original: impl Into<Given<'a>>, copy: impl Into<Given<'a>>) -> Option<String> {
    let report = check(original, copy).report;
    let grave: Vec<String> =
        report.findings.iter().filter(|finding| finding.severity > Severity::Note).map(line).collect();
    (report.verdict != Verdict::Verbatim || !grave.is_empty())
        .then(|| format!("{name}: {:?}\n{}", report.verdict, grave.join("\n")))
}

/// Fails where anything is accused.
#[track_caller]
pub fn none(accused: Vec<String>) {
    assert!(accused.is_empty(), "{} accused:\n{}", accused.len(), accused.join("\n"));
}
