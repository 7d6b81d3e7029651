//! The comparison made again from what was sealed: a verification goes in, and comes out with what that came to.
//!
//! Only a [`Verified`] is made again, from the sealed bytes and nothing else: no network, no clock. What bytes cannot tell is
//! taken over from the sealed report: when it was made, and where, when and how each source was got. All else is computed. It
//! shows that the findings follow from the captures, never where the captures came from.

use std::{collections::BTreeMap, io};

use serde_json::Value;

use super::{Options, check_against, forms, tool};
use crate::{
    capture::{Capture, Exchange, Format, MissedSheet, Sheet},
    report::{Report, Source},
    seal::{Outcome, Sides, Verification, Verified, stored},
};

/// The options a statement of this version can hold. Another one may change a report in a way that is not known here.
const OPTIONS: [&str; 4] = ["originalNote", "copyNote", "originalFound", "originals"];

/// What of the captures that could not be got is known here.
const ROLES: [&str; 2] = ["copy-sheet", "original-sheet"];

/// What was said of records in archives that somebody handed over: the bytes of a page do not tell, and statements of the first
/// program that sealed any do not either.
const OF_RECORDS: [&str; 2] = ["record-truncated", "record-without-digest"];

/// The most of a sealed source that is read, in bytes.
const SOURCE: usize = 1 << 30;
/// The same of a report, in either form.
const REPORT: usize = 256 << 20;

/// The most findings that are named on either side.
const NAMED: usize = 200;

/// Makes the comparison again where everything was verified; otherwise `found` stays as it is.
///
/// # Errors
/// If a sealed file cannot be read, or is no longer the one that was verified.
pub fn again(mut found: Verification) -> io::Result<Verification> {
    let Some(verified) = &found.verified else { return Ok(found) };
    match compare(verified)? {
        Came::Identical => {
            found.rerun = Some("identical".to_owned());
        }
        Came::Equivalent { sealed } => {
            found.rerun = Some("equivalent".to_owned());
            let own = tool().version;
            found.notes.push(format!(
                "made again by vidimus {own}, the report says the same as the one sealed by vidimus {sealed}, in other bytes"
            ));
        }
        Came::Differs(why, sides) => {
            found.end(Outcome::RerunDiffers, why);
            found.rerun_findings = Some(sides);
        }
        Came::Impossible(why) => found.end(Outcome::RerunImpossible, why),
    }
    Ok(found)
}

/// What making a comparison again came to.
enum Came {
    /// The same bytes.
    Identical,
    /// The same result from another version of the program.
    Equivalent { sealed: String },
    /// Something else, and which findings are only on one side.
    Differs(String, Sides),
    /// It could not be made.
    Impossible(String),
}

fn compare(verified: &Verified) -> io::Result<Came> {
    if verified.statement().get("predicateType").and_then(Value::as_str) == Some(crate::seal::audited::PREDICATE_TYPE) {
        let why = "this is the seal of an audit: what can be made again is each of its comparisons, by vidimus audit";
        return Ok(Came::Impossible(why.to_owned()));
    }
    let (json, html) = (sealed(verified, "report.json", REPORT)?, sealed(verified, "report.html", REPORT)?);
    let report: Report = match serde_json::from_slice(&json) {
        Ok(report) => report,
        Err(error) => return Ok(Came::Impossible(format!("report.json holds what is not known here: {error}"))),
    };
    let sealed_by = match age(&report) {
        Ok(age) => age,
        Err(why) => return Ok(Came::Impossible(why)),
    };
    let (originals, copy, options) = match sources(verified, &report)? {
        Ok(sources) => sources,
        Err(why) => return Ok(Came::Impossible(why)),
    };
    let Some(checked) = check_against(&originals, &copy, &options) else {
        return Ok(Came::Impossible("the statement names no original".to_owned()));
    };
    let [own_json, own_html] = forms(&checked);
    let same_bytes = [own_json.as_bytes() == json, own_html.as_bytes() == html];
    let told = difference(&report, &checked.report);
    Ok(match (same_bytes, told) {
        ([true, true], _) => Came::Identical,
        (_, Some(difference)) => Came::Differs(difference, sides(&report, &checked.report)),
        (_, None) if sealed_by == Age::Earlier => Came::Equivalent { sealed: report.tool.version },
        ([same, _], None) => {
            let name = if same { "report.html" } else { "report.json" };
            Came::Differs(format!("{name} comes out in other bytes"), sides(&report, &checked.report))
        }
    })
}

fn sealed(verified: &Verified, name: &str, limit: usize) -> io::Result<Vec<u8>> {
    let missing = || io::Error::new(io::ErrorKind::NotFound, format!("{name} is not there any more"));
    verified.read(name, limit)?.ok_or_else(missing)
}

/// Which program made a report, beside this one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Age {
    /// This very version.
    Same,
    /// An earlier one.
    Earlier,
}

fn age(report: &Report) -> Result<Age, String> {
    let (own, sealed) = (tool(), &report.tool);
    if own.name != sealed.name {
        return Err(format!("the report was made by {}, not by {}", sealed.name, own.name));
    }
    if own.version == sealed.version {
        return Ok(Age::Same);
    }
    match (numbers(&sealed.version), numbers(&own.version)) {
        (Some(then), Some(now)) if then <= now => Ok(Age::Earlier),
        (Some(_), Some(_)) => {
            Err(format!("the report was made by version {}, which is later than {}", sealed.version, own.version))
        }
        (None, _) | (_, None) => Err(format!("{:?} is no version", sealed.version)),
    }
}

/// The three numbers of a version.
fn numbers(version: &str) -> Option<[u32; 3]> {
    let core = version.split(['-', '+']).next()?;
    let numbers: Option<Vec<u32>> = core.split('.').map(|number| number.parse().ok()).collect();
    numbers?.try_into().ok()
}

/// What a comparison is made from.
type Sources = (Vec<Capture>, Capture, Options);

/// The captures and the options as they were sealed, or why there are none.
fn sources(verified: &Verified, report: &Report) -> io::Result<Result<Sources, String>> {
    let predicate = verified.statement().get("predicate").unwrap_or(&Value::Null);
    let options = predicate.get("options").and_then(Value::as_object);
    let known = |name: &&String| OPTIONS.contains(&name.as_str());
    if let Some(strange) = options.and_then(|options| options.keys().find(|name| !known(name))) {
        return Ok(Err(format!("the option {strange:?} is not known here")));
    }
    let untold = !sealed_sources(predicate).any(|source| source.get("stored").is_some());
    if let Some(limit) = report.limits.iter().find(|limit| untold && OF_RECORDS.contains(&limit.code.as_str())) {
        return Ok(Err(format!(
            "the limit {} is of an archive’s file, of which the statement does not tell",
            limit.code
        )));
    }
    let told = |name: &str| options.and_then(|all| all.get(name)).and_then(Value::as_str).map(str::to_owned);
    if let Some(role) = further(predicate).map(|one| word(one, "role")).find(|role| !ROLES.contains(role)) {
        return Ok(Err(format!("the judges were given a {role:?}, which is not known here")));
    }
    let none = Value::Null;
    let described = std::iter::once(&report.original).chain(report.further_witnesses().map(|one| &one.source));
    let mut originals = BTreeMap::new();
    let mut order = Vec::new();
    for (sealed, source) in sealed_sources(predicate).zip(described) {
        let name = word(sealed, "name").to_owned();
        match capture(verified, sealed, source)? {
            Ok(capture) => originals.insert(name.clone(), capture),
            Err(why) => return Ok(Err(why)),
        };
        order.push(name);
    }
    // Where there are several, their order is an option.
    if let Some(given) = options.and_then(|all| all.get("originals")).and_then(Value::as_array) {
        order = given.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    }
    let count = originals.len();
    let originals: Vec<Capture> = order.iter().filter_map(|name| originals.remove(name)).collect();
    if originals.len() != count {
        return Ok(Err("the options do not list the originals that the statement names".to_owned()));
    }
    let copy = match capture(verified, predicate.get("copy").unwrap_or(&none), &report.copy)? {
        Ok(copy) => copy,
        Err(why) => return Ok(Err(why)),
    };
    let options = Options {
        original_note: told("originalNote"),
        copy_note: told("copyNote"),
        original_found: told("originalFound"),
        ..Options::new(report.generated_at)
    };
    Ok(Ok((originals, copy, options)))
}

/// The versions of the original that a statement names, then the copy.
fn sealed_sources(predicate: &Value) -> impl Iterator<Item = &Value> {
    let witnesses = predicate.get("witnesses").and_then(Value::as_array).into_iter().flatten();
    let originals = predicate.get("original").into_iter().chain(witnesses.filter_map(|witness| witness.get("source")));
    originals.chain(predicate.get("copy"))
}

/// What else the judges were given, as far as it was not got.
fn further(predicate: &Value) -> impl Iterator<Item = &Value> {
    predicate.get("furtherCaptures").and_then(Value::as_array).into_iter().flatten()
}

fn word<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Style sheets, and those that could not be got.
type Sheets = (Vec<Sheet>, Vec<MissedSheet>);

/// The style sheets of a source, those that could not be got apart.
fn sheets(verified: &Verified, sealed: &Value) -> io::Result<Result<Sheets, String>> {
    let mut sheets = Vec::new();
    for one in sealed.get("sheets").and_then(Value::as_array).into_iter().flatten() {
        let text = |name: &str| one.get(name).and_then(Value::as_str);
        let Some(body) = verified.read(word(one, "name"), SOURCE)? else {
            return Ok(Err(format!("a style sheet of {} has no file", word(sealed, "name"))));
        };
        let address = text("locator").or(text("url")).unwrap_or_default();
        let sheet = Sheet::new(address, body, text("contentType"));
        sheets.push(Sheet { final_address: text("finalUrl").map(str::to_owned), ..sheet });
    }
    let predicate = verified.statement().get("predicate").unwrap_or(&Value::Null);
    let own = further(predicate).filter(|one| word(one, "source") == word(sealed, "name"));
    let missed =
        own.map(|one| MissedSheet { address: word(one, "locator").to_owned(), why: word(one, "failure").to_owned() });
    Ok(Ok((sheets, missed.collect())))
}

/// A source as it was captured: its sealed bytes, and what the sealed report says of how they were got.
fn capture(verified: &Verified, sealed: &Value, source: &Source) -> io::Result<Result<Capture, String>> {
    let name = word(sealed, "name");
    let (sheets, missed_sheets) = match sheets(verified, sealed)? {
        Ok(sheets) => sheets,
        Err(why) => return Ok(Err(why)),
    };
    let Some(body) = verified.read(name, SOURCE)? else {
        return Ok(Err(format!("the statement names no file for {}", source.locator)));
    };
    let told = source.media_type.as_deref();
    let formats = [Format::Html, Format::Markdown, Format::Plain];
    let Some(format) = formats.into_iter().find(|format| told == Some(format.media_type())) else {
        return Ok(Err(format!("{name} is of type {:?}, which is not read here", told.unwrap_or_default())));
    };
    let declared = source.declared_charset.as_deref().map(|charset| format!("; charset={charset}"));
    let media_type = format!("{}{}", format.media_type(), declared.unwrap_or_default());
    let capture = match Capture::from_bytes(&source.locator, body, Some(&media_type)) {
        Ok(capture) => capture,
        Err(error) => return Ok(Err(format!("{name}: {error}"))),
    };
    let stored = match stored(sealed) {
        Ok(stored) => stored,
        Err(why) => return Ok(Err(why)),
    };
    let exchange = source.url.as_ref().map(|url| Exchange {
        url: url.clone(),
        final_url: source.final_url.clone().unwrap_or_else(|| url.clone()),
        redirects: source.redirects.clone().unwrap_or_default(),
        status: source.status.unwrap_or_default(),
        memento: source.memento.clone(),
        ..Exchange::default()
    });
    Ok(Ok(Capture {
        format,
        declared_charset: source.declared_charset.clone(),
        via: source.via,
        assurance: source.assurance,
        exchange,
        stored,
        retrieved_at: source.retrieved_at,
        sheets,
        missed_sheets,
        ..capture
    }))
}

/// What two reports say otherwise that another version of the program must not, if anything.
fn difference(sealed: &Report, again: &Report) -> Option<String> {
    if sealed.verdict != again.verdict {
        return Some(format!("the verdict comes out as {} instead of {}", again.verdict.slug(), sealed.verdict.slug()));
    }
    if sealed.disclosed != again.disclosed {
        return Some("how far the copy is open about it comes out otherwise".to_owned());
    }
    let parts = [
        ("findings", findings(sealed), findings(again)),
        ("claims", claims(sealed), claims(again)),
        ("quotes", quotes(sealed), quotes(again)),
    ];
    let differs = parts.into_iter().find(|(_, then, now)| then != now);
    differs.map(|(what, _, _)| format!("the {what} come out otherwise"))
}

fn findings(report: &Report) -> Vec<String> {
    sorted(report.findings.iter().map(|finding| finding.id.clone()))
}

fn claims(report: &Report) -> Vec<String> {
    sorted(report.claims.iter().map(|claim| format!("{} {}", claim.id, claim.status.slug())))
}

fn quotes(report: &Report) -> Vec<String> {
    sorted(report.quotes.iter().map(|quote| format!("{} {}", quote.id, quote.status.slug())))
}

fn sorted(list: impl Iterator<Item = String>) -> Vec<String> {
    let mut list: Vec<String> = list.collect();
    list.sort_unstable();
    list
}

/// What only one of two reports has: findings, claims and quotations, each in a line.
fn sides(sealed: &Report, again: &Report) -> Sides {
    let lines = |report: &Report| -> BTreeMap<String, String> {
        let found = report.findings.iter().map(|one| (one.id.clone(), format!("{}: {}", one.kind.slug(), one.message)));
        let claimed = report.claims.iter().map(|one| {
            let status = one.status.slug();
            (format!("{} {status}", one.id), format!("claim of {}, {status}: {}", one.kind.slug(), one.text))
        });
        let quoted = report.quotes.iter().map(|one| {
            let status = one.status.slug();
            (format!("{} {status}", one.id), format!("quotation, {status}: {}", one.copy.exact))
        });
        found.chain(claimed).chain(quoted).collect()
    };
    let (sealed, again) = (lines(sealed), lines(again));
    let only = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| {
        let own = one.iter().filter(|(id, _)| !other.contains_key(*id)).map(|(_, line)| line.clone());
        own.take(NAMED).collect()
    };
    Sides { sealed: only(&sealed, &again), again: only(&again, &sealed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_three_numbers() {
        assert_eq!(numbers("0.1.0"), Some([0, 1, 0]));
        assert_eq!(numbers("1.2.3-rc.1+build"), Some([1, 2, 3]));
        assert!(numbers("1.10.0") > numbers("1.9.9"));
        for none in ["", "1.2", "1.2.3.4", "one.two.three", "99999999999.0.0"] {
            assert_eq!(numbers(none), None, "{none}");
        }
    }
}
