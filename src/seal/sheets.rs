//! The style sheets of a comparison in its seal: files of their own, bound with the source they belong to.
//!
//! The copy's are subjects, as the copy is. The original's are bound by the predicate beside the original and never subjects,
//! as it is not. A sheet that could not be got has no file: the statement says which and why, since that can change a report.

use serde_json::{Map, Value, json};

use super::statement::Artefact;
use crate::capture::Capture;

/// The role of the copy's sheets among the subjects.
pub(super) const OF_COPY: &str = "copy-sheet";
/// The role of the sheets of any version of the original, which the predicate binds.
pub(super) const OF_ORIGINAL: &str = "original-sheet";

/// What a statement repeats of a report's sheet: the statement's name and the report's. Its digest goes with it.
const FIELDS: [(&str, &str); 5] = [
    ("locator", "locator"),
    ("url", "url"),
    ("finalUrl", "final_url"),
    ("contentType", "content_type"),
    ("bytes", "bytes"),
];

/// What the sheet with this number, counted from 1, is called beside the source called `stem`.
fn name(stem: &str, number: usize) -> String {
    format!("{stem}-sheet-{number}.css")
}

/// Whether a sheet of this role can have this name.
pub(super) fn suits(file: &str, role: &str) -> bool {
    let Some((stem, number)) = file.strip_suffix(".css").and_then(|rest| rest.rsplit_once("-sheet-")) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let of_source = match role {
        OF_COPY => stem == "copy",
        _ => stem == "original" || stem.strip_prefix("original-").is_some_and(digits),
    };
    of_source && digits(number)
}

/// The files of the sheets of `capture`, which is called `stem`.
pub(super) fn artefacts(stem: &str, role: Option<&'static str>, capture: &Capture) -> Vec<Artefact> {
    let file = |(number, sheet): (usize, &crate::capture::Sheet)| Artefact {
        name: name(stem, number),
        role,
        bytes: sheet.body.clone(),
    };
    (1..).zip(&capture.sheets).map(file).collect()
}

/// The sheets of a report's source as the statement repeats them, without names; `None` where it has none.
pub(super) fn fields(source: &Value) -> Option<Value> {
    let of = |sheet: &Value| {
        let field = |(ours, theirs): &(&str, &str)| Some(((*ours).to_owned(), sheet.get(*theirs)?.clone()));
        let mut fields: Map<String, Value> = FIELDS.iter().filter_map(field).collect();
        fields.extend(sheet.get("sha256").map(|sha256| ("digest".to_owned(), json!({ "sha256": sha256 }))));
        Value::Object(fields)
    };
    let sheets = source.get("sheets")?.as_array().filter(|sheets| !sheets.is_empty())?;
    Some(sheets.iter().map(of).collect())
}

/// Puts the files' names into what [`fields`] gave, in a source called `stem`.
pub(super) fn put_names(source: &mut Map<String, Value>, stem: &str) {
    let sheets = source.get_mut("sheets").and_then(Value::as_array_mut).into_iter().flatten();
    for (number, sheet) in (1..).zip(sheets.filter_map(Value::as_object_mut)) {
        sheet.insert("name".to_owned(), name(stem, number).into());
    }
}

/// The sheets that could not be got, each with the name of its source.
pub(super) fn missed<'c>(sources: impl Iterator<Item = (&'c str, &'static str, &'c Capture)>) -> Vec<Value> {
    let of = |(source, role, capture): (&'c str, &'static str, &'c Capture)| {
        let missed = capture.missed_sheets.iter();
        missed
            .map(move |sheet| json!({ "locator": sheet.address, "role": role, "source": source, "failure": sheet.why }))
    };
    sources.flat_map(of).collect()
}

/// The list of sheets in a source of the predicate.
///
/// # Errors
/// If it is none.
pub(super) fn listed(source: &Value) -> Result<&[Value], String> {
    match source.get("sheets") {
        Some(list) => list.as_array().map(Vec::as_slice).ok_or_else(|| "the sheets of a source are no list".to_owned()),
        None => Ok(&[]),
    }
}

/// Whether the sheets that the statement tells of are those that the report tells of, which [`fields`] gave. Of names and what a
/// later version says the report knows nothing.
pub(super) fn same(sealed: &[Value], own: &[Value]) -> bool {
    let names = || FIELDS.iter().map(|(name, _)| *name);
    let agree = |(sealed, own): (&Value, &Value)| {
        let digest = |sheet: &Value| sheet.pointer("/digest/sha256").cloned();
        names().all(|name| sealed.get(name) == own.get(name)) && digest(own).is_some() && digest(sealed) == digest(own)
    };
    sealed.len() == own.len() && sealed.iter().zip(own).all(agree)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_whose_a_sheet_is() {
        assert_eq!(name("original-2", 1), "original-2-sheet-1.css");
        for good in ["original-sheet-1.css", "original-2-sheet-12.css"] {
            assert!(suits(good, OF_ORIGINAL) && !suits(good, OF_COPY), "{good}");
        }
        assert!(suits("copy-sheet-1.css", OF_COPY) && !suits("copy-sheet-1.css", OF_ORIGINAL));
        for bad in [
            "copy.html",
            "copy-sheet-.css",
            "copy-sheet-a.css",
            "copy-sheet-1.html",
            "x-sheet-1.css",
            "original-x-sheet-1.css",
        ] {
            assert!(!suits(bad, OF_COPY) && !suits(bad, OF_ORIGINAL), "{bad}");
        }
    }

    #[test]
    fn a_statement_tells_of_the_same_sheets_or_does_not() {
        let report = json!({ "sheets": [{ "url": "http://x/a.css", "bytes": 3, "sha256": "00" }] });
        let own = fields(&report).unwrap();
        let mut source = Map::from_iter([("sheets".to_owned(), own.clone())]);
        put_names(&mut source, "copy");
        let sealed = source["sheets"].as_array().unwrap().clone();
        assert_eq!(sealed[0]["name"], "copy-sheet-1.css");
        let own = own.as_array().unwrap();
        assert!(same(&sealed, own));
        assert!(!same(&[], own) && !same(&sealed, &[]));
        for (field, value) in
            [("url", json!("http://y/")), ("bytes", json!(4)), ("digest", json!({})), ("finalUrl", json!(""))]
        {
            let mut other = sealed.clone();
            other[0][field] = value;
            assert!(!same(&other, own), "{field}");
        }
        let mut later = sealed.clone();
        later[0]["later"] = json!(true);
        assert!(same(&later, own));
    }
}
