//! Threats by whoever holds a key: parts that agree with each other and still cannot be meant, and parts nobody looks into.

use serde_json::{Value, json};
use vidimus::{digest::Digest, seal::Outcome};

use crate::seal_kit::Evidence;

/// Report, statement and mark agree with each other, and still cannot be meant.
#[test]
fn a_lie_told_the_same_everywhere() {
    let evidence = Evidence::new;
    let lie = |evidence: &Evidence, edit: &dyn Fn(&mut Value), predicate: &dyn Fn(&mut Value)| {
        let old = Digest::of(&evidence.read("report.json")).to_string();
        let mut report: Value = serde_json::from_slice(&evidence.read("report.json")).unwrap();
        edit(&mut report);
        let report = report.to_string();
        evidence.edit_artefact("report.json", report.as_bytes());
        let page = String::from_utf8(evidence.read("report.html")).unwrap();
        let page = page.replace(&old, &Digest::of(report.as_bytes()).to_string());
        evidence.edit_artefact("report.html", page.as_bytes());
        evidence.edit_statement(|statement| predicate(&mut statement["predicate"]));
    };
    // As an example of what passes: nothing changed.
    let honest = evidence();
    lie(&honest, &|_| (), &|_| ());
    honest.comes_to(Outcome::Verified);
    for word in ["verbatim", "genuine"] {
        let evidence = evidence();
        lie(&evidence, &|report| report["verdict"] = word.into(), &|predicate| {
            predicate["result"]["verdict"] = word.into();
        });
        assert!(evidence.comes_to(Outcome::Inconsistent).contains("verdict"));
    }
    let share = evidence();
    lie(&share, &|report| report["coverage"]["share"] = 0.25.into(), &|_| ());
    share.comes_to(Outcome::Inconsistent);
    let length = evidence();
    lie(&length, &|report| report["copy"]["bytes"] = 1.into(), &|predicate| predicate["copy"]["bytes"] = 1.into());
    assert!(length.comes_to(Outcome::Inconsistent).contains("copy.html"));
    for name in ["via", "assurance", "bytes", "text_sha256"] {
        let spelt = if name == "text_sha256" { "textSha256" } else { name };
        let evidence = evidence();
        lie(&evidence, &|report| drop(report["copy"].as_object_mut().unwrap().remove(name)), &|predicate| {
            predicate["copy"].as_object_mut().unwrap().remove(spelt);
        });
        assert!(evidence.comes_to(Outcome::Inconsistent).contains(spelt));
    }
    for time in ["2017-11-28T00:00:00.5Z", "2017-11-28T01:00:00+01:00"] {
        let evidence = evidence();
        lie(&evidence, &|report| report["generated_at"] = time.into(), &|predicate| {
            predicate["generatedAt"] = time.into();
        });
        assert!(evidence.comes_to(Outcome::Malformed).contains("whole seconds"));
    }
}

#[test]
fn a_page_with_a_script_or_a_second_mark() {
    for more in ["<SCRIPT>alert(1)</SCRIPT>", "<meta content='00' name='vidimus-report-sha256'>"] {
        let evidence = Evidence::new();
        let page = String::from_utf8(evidence.read("report.html")).unwrap();
        evidence.edit_artefact("report.html", page.replacen("</head>", &format!("{more}</head>"), 1).as_bytes());
        assert!(evidence.comes_to(Outcome::Inconsistent).contains("report.html"));
    }
}

/// Without the policy a page begins with, anything in it could be a program: an attribute, a frame, an address.
#[test]
fn a_page_that_does_not_forbid_programs() {
    for (old, new) in [
        ("http-equiv", "data-x"),
        ("default-src 'none'", "default-src *"),
        ("<head>", "<head><img src=x onerror=alert(1)>"),
        ("<title>", "<meta http-equiv=refresh content='0;url=http://evil.example/'><title>"),
        ("charset=\"utf-8\"", "charset=\"iso-2022-jp\""),
    ] {
        let evidence = Evidence::new();
        let page = String::from_utf8(evidence.read("report.html")).unwrap();
        assert!(page.contains(old));
        evidence.edit_artefact("report.html", page.replacen(old, new, 1).as_bytes());
        assert!(evidence.comes_to(Outcome::Inconsistent).contains("does not forbid programs"), "{new}");
    }
}

/// What a later version seals besides is said not to have been looked at, and what can be looked at is.
#[test]
fn what_was_not_looked_into_is_said() {
    let evidence = Evidence::new();
    evidence.write("capture.wacz", "PK");
    evidence.edit_statement(|statement| {
        let digest = Digest::of(b"PK").to_string();
        let subject =
            json!({ "name": "capture.wacz", "digest": { "sha256": digest }, "annotations": { "role": "capture" } });
        statement["subject"].as_array_mut().unwrap().push(subject);
        statement["predicate"]["copy"]["memento"] = json!({ "uri": "https://web.archive.org/x" });
    });
    evidence.comes_to(Outcome::Verified);
    let notes = evidence.verify().notes.join("\n");
    for what in ["capture.wacz is sealed, but", "archive's index"] {
        assert!(notes.contains(what), "{notes}");
    }
    evidence.edit_statement(|statement| {
        statement["predicate"]["copy"]["record"] = json!({ "id": "urn:uuid:0" });
    });
    evidence.comes_to(Outcome::Inconsistent);
}

/// The tests that the format's threats have to have, whatever the page may come to say.
const NAMED: [&str; 46] = [
    "seal_removed",
    "signature_stripped",
    "payload_edited",
    "type_edited",
    "each_artefact_edited",
    "attackers_own_key",
    "hint_falsified_still_verifies",
    "foreign_statement_same_key",
    "wrong_namespace",
    "duplicate_name",
    "two_to_53_plus_one",
    "small_order_key",
    "original_as_copy",
    "files_swapped",
    "finding_removed_then_sealed",
    "html_from_another_report",
    "supplied_is_never_publisher",
    "a_record_dropped_is_told",
    "what_was_handed_over_is_not_said_to_be_fetched",
    "another_record_than_the_archive_gave_is_inconsistent",
    "unchecked_page_counted",
    "count_off_by_one",
    "what_is_of_another_series_does_not_lead_on",
    "no_byte_of_a_recording_can_be_another",
    "no_byte_of_an_audit_can_be_another",
    "old_seal_refused",
    "chain_broken",
    "revoked",
    "expired_without_token",
    "retired_with_token",
    "token_of_other_signature",
    "unpinned_tsa",
    "tsa_expired_since",
    "warc_target_uri_edited",
    "dot_dot_name",
    "symlinked_copy",
    "same_name_twice",
    "gigabyte_of_zeros",
    "scrypt_n_two_to_30",
    "title_with_script",
    "ansi_title",
    "workflow_command_title",
    "redirect_to_metadata_address",
    "url_with_password",
    "cookie_not_stored",
    "wacz_signatures_are_shown_and_change_no_outcome",
];

/// docs/formats/threats.md names tests for every threat, and every one of them is there.
#[test]
fn every_threat_has_its_tests() {
    let tests: Vec<String> = crate::support::files("tests/it").iter().map(crate::support::read).collect();
    let page = crate::support::read("docs/formats/threats.md");
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| threat")).collect();
    assert!(rows.len() >= 18, "{}", rows.len());
    for name in NAMED {
        assert!(rows.iter().any(|row| row.contains(&format!("`{name}`"))), "no row of the page names {name}");
    }
    for row in rows {
        let names: Vec<&str> = row.rsplit('|').nth(1).unwrap().split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "{row}");
        for name in names {
            let test = format!("fn {name}()");
            let by_proptest = format!("fn {name}(");
            assert!(
                tests.iter().any(|text| text.contains(&test) || text.contains(&by_proptest)),
                "there is no test {name}"
            );
        }
    }
}
