//! Step 9, its other half: whether what report and statement say can be meant. `consistency` holds the two against each other,
//! this file each against itself.
//!
//! Two parts that agree may still tell a lie together: a verdict milder than the findings below it, a size that is not the
//! file's. Only what every version of the format holds to is demanded, so that a later program's report is not accused.

use serde_json::Value;

use crate::check::{Disclosed, Verdict};

/// What the statement has to say of original and copy.
const REQUIRED: [&str; 6] = ["textSha256", "bytes", "locator", "via", "assurance", "emphasis"];

/// How the page names the report it was made from, in whatever way the element is written.
const MARK: &str = "vidimus-report-sha256";

/// How the policy of a page begins, in lower case.
const POLICY: &str = "<meta http-equiv=\"content-security-policy\" content=\"default-src 'none'";

/// Says what cannot be meant, if anything. `predicate` is verified and agrees with `report`.
pub(super) fn contradiction(predicate: &Value, report: &Value) -> Option<String> {
    for which in ["original", "copy"] {
        let missing = |name: &&str| predicate.pointer(&format!("/{which}/{name}")).is_none();
        if let Some(name) = REQUIRED.into_iter().find(missing) {
            return Some(format!("the statement says nothing of {which}.{name}"));
        }
    }
    notes(predicate).or_else(|| coverage(report)).or_else(|| verdict(report))
}

/// What the page holds that no page of ours does: a program, leave for one to run, or a second mark.
pub(super) fn foreign(html: &str, name: &str) -> Option<String> {
    let html = html.to_ascii_lowercase();
    if html.contains("<script") {
        return Some(format!("{name} holds a script"));
    }
    let metas = || html.split("<meta").skip(1).filter_map(|tag| tag.split('>').next());
    if metas().filter(|tag| tag.contains(MARK)).count() > 1 {
        return Some(format!("{name} names two reports it was made from"));
    }
    // Whatever else is in the page: its first word to a browser is that nothing runs, loads or is sent, and no other such word follows.
    let one = metas().filter(|tag| tag.contains("http-equiv")).count() == 1;
    (!one || !forbids(&html)).then(|| format!("{name} does not forbid programs before anything else"))
}

/// Whether a page, in lower case, begins with a policy that lets nothing run. Text out of sources is escaped and cannot be a tag.
fn forbids(html: &str) -> bool {
    let Some((before, after)) = html.split_once(POLICY) else { return false };
    let Some((policy, _)) = after.split_once('"') else { return false };
    let harmless = |tag: &str| {
        let tag = tag.trim_end();
        let language = |tag: &str| {
            let name = tag.strip_prefix("html lang=\"").and_then(|tag| tag.strip_suffix("\">"));
            name.is_some_and(|name| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
        };
        ["!doctype html>", "html>", "head>", "meta charset=\"utf-8\">"].contains(&tag) || language(tag)
    };
    let mut tags = before.split('<');
    let nothing_first = tags.next().is_some_and(|text| text.trim().is_empty());
    let known = nothing_first && tags.all(harmless) && before.contains("<meta charset=\"utf-8\">");
    // Beside another source 'none' would mean nothing.
    let none = policy.trim_start().is_empty() || policy.trim_start().starts_with(';');
    known && none && !policy.contains("script-src") && !policy.contains("unsafe")
}

/// A note is an option: what whoever made the comparison said the file was.
fn notes(predicate: &Value) -> Option<String> {
    let Some(options) = predicate.get("options").filter(|options| options.is_object()) else {
        return Some("the statement says nothing of options".to_owned());
    };
    let witnesses = predicate.get("witnesses").and_then(Value::as_array);
    let sources = witnesses.into_iter().flatten().filter_map(|witness| witness.get("source"));
    // Of several originals the note is about the one given first, which need not be the one the report is about.
    let originals: Vec<Option<&Value>> =
        predicate.get("original").into_iter().chain(sources).map(|source| source.get("note")).collect();
    let original = options.get("originalNote");
    let told = originals.iter().any(|note| note.is_some());
    if !(originals.contains(&original) && told == original.is_some()) {
        return Some("options.originalNote is not the note on the original".to_owned());
    }
    let copy = predicate.pointer("/copy/note");
    (options.get("copyNote") != copy).then(|| "options.copyNote is not the note on the copy".to_owned())
}

fn coverage(report: &Value) -> Option<String> {
    let number = |name: &str| report.pointer(&format!("/coverage/{name}")).and_then(Value::as_f64);
    let (Some(of), Some(matched), Some(share)) = (number("original_words"), number("matched_words"), number("share"))
    else {
        return Some("report.json does not say how much of the original is in the copy".to_owned());
    };
    let expected = if of > 0.0 { matched / of } else { 0.0 };
    let fits = matched <= of && (share - expected).abs() < 0.001;
    (!fits).then(|| "report.json says two things about how much of the original is in the copy".to_owned())
}

/// Whether the verdict is one of the words there are, and neither milder than the findings nor without any.
fn verdict(report: &Value) -> Option<String> {
    let word = |name: &str| report.get(name).cloned().unwrap_or_default();
    let Ok(verdict) = serde_json::from_value::<Verdict>(word("verdict")) else {
        return Some(format!("{} is no verdict", word("verdict")));
    };
    if serde_json::from_value::<Disclosed>(word("disclosed")).is_err() {
        return Some(format!("{} says nothing of how far the copy is open about it", word("disclosed")));
    }
    let findings = report.get("findings").and_then(Value::as_array).map_or(&[] as &[Value], Vec::as_slice);
    let of_class =
        |finding: &&Value| finding.get("class").and_then(Value::as_str).is_some_and(|class| class != "framing");
    let groundless = findings.iter().find(of_class).is_none();
    let worst = findings.iter().map(least).max().unwrap_or(Verdict::Verbatim);
    match verdict {
        Verdict::Verbatim | Verdict::Emphasised | Verdict::Excerpted | Verdict::Altered if worst > verdict => {
            Some(format!("the verdict {} is milder than the findings below it", verdict.slug()))
        }
        Verdict::Emphasised | Verdict::Excerpted | Verdict::Altered if groundless => {
            Some(format!("no finding bears out the verdict {}", verdict.slug()))
        }
        Verdict::Verbatim
        | Verdict::Emphasised
        | Verdict::Excerpted
        | Verdict::Altered
        | Verdict::Quoting
        | Verdict::Unrelated
        | Verdict::Undetermined => None,
    }
}

/// The mildest verdict a finding leaves room for. What another version of the original has too moves none.
fn least(finding: &Value) -> Verdict {
    let word = |name: &str| finding.get(name).and_then(Value::as_str).unwrap_or_default();
    if finding.get("supported_by").and_then(Value::as_array).is_some_and(|witnesses| !witnesses.is_empty()) {
        return Verdict::Verbatim;
    }
    let counts = ["warning", "error"].contains(&word("severity"));
    match (word("class"), word("kind")) {
        ("edit", "text-moved") | ("concealment", "lookalike") => Verdict::Altered,
        // Whole paragraphs may be left out of an excerpt.
        ("edit", "text-deleted") if counts => Verdict::Excerpted,
        ("edit", "text-inserted" | "text-replaced") if counts => Verdict::Altered,
        ("concealment", _) if word("severity") == "error" => Verdict::Altered,
        ("emphasis", _) if counts && finding.get("declared_by").is_none() => Verdict::Emphasised,
        _ => Verdict::Verbatim,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn report(verdict: &str, findings: &[[&str; 3]]) -> Value {
        let finding =
            |[class, kind, severity]: &[&str; 3]| json!({ "class": class, "kind": kind, "severity": severity });
        let findings: Vec<Value> = findings.iter().map(finding).collect();
        json!({ "verdict": verdict, "disclosed": "none", "findings": findings })
    }

    #[test]
    fn a_verdict_milder_than_its_findings_or_without_any_cannot_be_meant() {
        for (word, findings) in [
            ("verbatim", [["edit", "text-replaced", "error"]].as_slice()),
            ("emphasised", &[["edit", "text-moved", "warning"]]),
            ("excerpted", &[["edit", "text-inserted", "warning"]]),
            ("verbatim", &[["edit", "text-deleted", "warning"]]),
            ("verbatim", &[["emphasis", "emphasis-added", "warning"]]),
            ("verbatim", &[["concealment", "hidden-text", "error"]]),
            ("altered", &[]),
            ("altered", &[["framing", "headline", "warning"]]),
            ("genuine", &[]),
            ("", &[]),
        ] {
            assert!(verdict(&report(word, findings)).is_some(), "{word} {findings:?}");
        }
    }

    #[test]
    fn what_can_be_meant_is_not_accused() {
        for (word, findings) in [
            ("verbatim", [["edit", "text-replaced", "note"]].as_slice()),
            ("verbatim", &[["framing", "headline", "warning"]]),
            ("excerpted", &[["edit", "text-deleted", "error"]]),
            ("altered", &[["edit", "text-deleted", "note"]]),
            ("quoting", &[["edit", "text-replaced", "error"]]),
            ("undetermined", &[]),
            ("emphasised", &[["emphasis", "not-known-here", "warning"]]),
        ] {
            assert_eq!(verdict(&report(word, findings)), None, "{word} {findings:?}");
        }
        let mut supported = report("verbatim", &[["edit", "text-replaced", "error"]]);
        supported["findings"][0]["supported_by"] = json!([1]);
        assert_eq!(verdict(&supported), None);
    }

    #[test]
    fn a_share_is_that_of_the_words() {
        let of = |share: f64| json!({ "coverage": { "original_words": 3, "matched_words": 1, "share": share } });
        assert!(coverage(&of(0.3333)).is_none() && coverage(&of(0.9)).is_some() && coverage(&json!({})).is_some());
    }

    const HEAD: &str = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
        content=\"default-src 'none'; style-src 'sha256-x'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"x\">\n";

    #[test]
    fn a_page_of_ours_has_one_mark_and_no_script() {
        let mark = format!("{HEAD}<meta name=\"vidimus-report-sha256\" content=\"00\">");
        assert_eq!(foreign(&mark, "report.html"), None);
        let told = "&lt;script&gt; &lt;meta http-equiv=x name=vidimus-report-sha256&gt;";
        assert_eq!(foreign(&format!("{mark}{told}"), "report.html"), None);
        for more in ["<META NAME='vidimus-report-sha256' content='11'>", "<Script>alert(1)</Script>"] {
            assert!(foreign(&format!("{mark}{more}"), "report.html").is_some());
        }
    }

    /// Without that policy a picture that cannot be loaded is a program.
    #[test]
    fn a_page_forbids_programs_before_anything_else() {
        for (old, new) in [
            ("http-equiv", "data-x"),
            ("default-src 'none'", "default-src *"),
            ("default-src 'none'", "default-src 'none' *"),
            ("default-src 'none'", "default-src 'none'; script-src *"),
            ("style-src 'sha256-x'", "style-src 'unsafe-inline'"),
            ("<head>", "<head><body onload=alert(1)>"),
            ("<head>", "<head><img src=x onerror=alert(1)>"),
            ("lang=\"en\"", "lang=\"en\" onclick=\"x\""),
            ("<!doctype html>", "x<!doctype html>"),
            ("charset=\"utf-8\"", "charset=\"iso-2022-jp\""),
            ("<meta charset=\"utf-8\">", ""),
            ("<meta name", "<meta http-equiv=refresh content='0;url=//x'><meta name"),
        ] {
            assert!(HEAD.contains(old) && foreign(&HEAD.replacen(old, new, 1), "report.html").is_some(), "{new}");
        }
    }
}
