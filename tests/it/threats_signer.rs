//! Threats by whoever holds a key: parts that contradict each other, roles exchanged, old seals, keys no longer good.

use serde_json::{Value, json};
use vidimus::{
    digest::Digest,
    seal::{self, Outcome, Question, STATEMENT, folder::Folder},
};

use crate::seal_kit::{Evidence, ORIGINAL, allowed_signers, key, now, trusting};

#[test]
fn original_as_copy() {
    // As a file of its own.
    let evidence = Evidence::new();
    let verify = |file: &str, role: Option<&str>| {
        let mut arguments =
            vec!["verify", file, "--seal", "evidence/vidimus.sigstore.json", "--trust", "allowed_signers"];
        arguments.extend(role.iter().flat_map(|role| ["--role", role]));
        evidence.sandbox.vidimus(arguments)
    };
    let comes_to = |file: &str, role: Option<&str>, outcome: Outcome| {
        let run = verify(file, role);
        run.ended(i32::from(outcome != Outcome::Verified));
        assert!(run.stdout.starts_with(&outcome.slug().to_uppercase()), "{file} {role:?}: {run:#?}");
    };
    comes_to("evidence/original.html", Some("copy"), Outcome::WrongRole);
    comes_to("evidence/original.html", None, Outcome::WrongRole);
    let run = verify("evidence/original.html", None);
    assert!(
        run.stdout
            .contains("the file was sealed as original, original.html, which is what the statement compares with"),
        "{run:#?}"
    );
    assert!(run.stdout.contains("add --role original"), "{run:#?}");
    comes_to("evidence/original.html", Some("original"), Outcome::Verified);
    comes_to("evidence/copy.html", Some("copy"), Outcome::Verified);
    comes_to("evidence/copy.html", None, Outcome::Verified);
    comes_to("evidence/copy.html", Some("report"), Outcome::WrongRole);
    comes_to("evidence/copy.html", Some("original"), Outcome::WrongRole);
    comes_to("allowed_signers", None, Outcome::ArtefactChanged);
    // In the folder.
    evidence.write("copy.html", ORIGINAL);
    assert!(evidence.comes_to(Outcome::WrongRole).contains("copy.html"));
    // As a subject, by the holder of the key.
    let evidence = Evidence::new();
    evidence.edit_statement(|statement| {
        let digest = statement["predicate"]["original"]["digest"].clone();
        let subject = json!({ "name": "page.html", "digest": digest, "annotations": { "role": "original" } });
        statement["subject"].as_array_mut().unwrap().push(subject);
    });
    evidence.comes_to(Outcome::Malformed);
}

#[test]
fn files_swapped() {
    let evidence = Evidence::new();
    let (first, second) = (evidence.read("copy.html"), evidence.read("original.html"));
    evidence.write("copy.html", second);
    evidence.write("original.html", first);
    evidence.comes_to(Outcome::WrongRole);
    // Swapped in the statement's words, by the holder of the key.
    let evidence = Evidence::new();
    evidence.edit_statement(|statement| {
        let subjects = statement["subject"].as_array_mut().unwrap();
        let role = subjects[0]["annotations"]["role"].clone();
        subjects[0]["annotations"]["role"] = subjects[1]["annotations"]["role"].clone();
        subjects[1]["annotations"]["role"] = role;
    });
    evidence.comes_to(Outcome::Malformed);
    // Subject and predicate of different minds.
    let evidence = Evidence::new();
    evidence.edit_statement(|statement| {
        let original = statement["predicate"]["original"]["digest"].clone();
        statement["predicate"]["copy"]["digest"] = original;
    });
    evidence.comes_to(Outcome::Inconsistent);
}

/// The holder of the key takes a finding out of the report and seals the rest.
#[test]
fn finding_removed_then_sealed() {
    let evidence = Evidence::new();
    let mut report: Value = serde_json::from_slice(&evidence.read("report.json")).unwrap();
    report["findings"].as_array_mut().unwrap().pop().unwrap();
    evidence.edit_artefact("report.json", report.to_string().as_bytes());
    evidence.comes_to(Outcome::Inconsistent);
    // With the summary put right in the report, and then in the statement: only the page still tells.
    report["summary"] = json!({});
    evidence.edit_artefact("report.json", report.to_string().as_bytes());
    evidence.comes_to(Outcome::Inconsistent);
    evidence.edit_statement(|statement| statement["predicate"]["result"]["summary"] = json!({}));
    // The verdict now has nothing to stand on.
    assert!(evidence.comes_to(Outcome::Inconsistent).contains("no finding bears out"));
    report["verdict"] = "verbatim".into();
    evidence.edit_artefact("report.json", report.to_string().as_bytes());
    evidence.edit_statement(|statement| statement["predicate"]["result"]["verdict"] = "verbatim".into());
    assert!(evidence.comes_to(Outcome::Inconsistent).contains("report.html"));
}

/// Every fact of the report that the statement repeats is held against it, in both directions.
#[test]
fn statement_and_report_of_different_minds() {
    let facts = [
        ("/predicate/result/verdict", json!("verbatim")),
        ("/predicate/result/disclosed", json!("all")),
        ("/predicate/result/summary", json!({ "emphasis-added": 1, "text-deleted": 1 })),
        ("/predicate/result/limits", json!(["bot-challenge"])),
        ("/predicate/result/coverage/matchedWords", json!(1)),
        ("/predicate/generatedAt", json!("2017-11-28T00:00:01Z")),
        ("/predicate/tool/version", json!("9.9.9")),
        ("/predicate/copy/assurance", json!("publisher")),
        ("/predicate/copy/via", json!("http")),
        ("/predicate/original/locator", json!("https://example.gov/release")),
        ("/predicate/original/emphasis", json!(false)),
        ("/predicate/original/digest/sha256", json!(Digest::of(b"other").to_string())),
        ("/predicate/original/bytes", json!(1)),
        ("/predicate/options", json!({ "copyNote": "a transcription" })),
        ("/predicate/options", json!({ "originalNote": "a transcription" })),
        ("/predicate/options", json!([])),
    ];
    for (pointer, value) in facts {
        let evidence = Evidence::new();
        evidence.edit_statement(|statement| *statement.pointer_mut(pointer).unwrap() = value);
        let outcome = evidence.verify().outcome;
        // Another digest of the original is noticed before, because the file is held against it.
        let expected = if pointer.contains("digest") { Outcome::ArtefactChanged } else { Outcome::Inconsistent };
        assert_eq!(outcome, expected, "{pointer}");
    }
    for (pointer, name) in [("/predicate/copy", "finalUrl"), ("/predicate/original", "retrievedAt")] {
        let evidence = Evidence::new();
        evidence.edit_statement(|statement| {
            statement.pointer_mut(pointer).unwrap()[name] = "2017-11-28T00:00:00Z".into();
        });
        assert!(evidence.comes_to(Outcome::Inconsistent).contains(name), "said by the statement alone");
    }
    let missing = [
        ("/predicate/result", "verdict"),
        ("/predicate", "tool"),
        ("/predicate", "options"),
        ("/predicate/copy", "textSha256"),
    ];
    for (pointer, name) in missing {
        let evidence = Evidence::new();
        evidence.edit_statement(|statement| {
            statement.pointer_mut(pointer).unwrap().as_object_mut().unwrap().remove(name);
        });
        evidence.comes_to(Outcome::Inconsistent);
    }
}

/// A later program may add names to the same format; that is no contradiction.
#[test]
fn names_this_version_does_not_know_accuse_nobody() {
    let evidence = Evidence::new();
    evidence.edit_statement(|statement| {
        statement["predicate"]["furtherCaptures"] =
            json!([{ "locator": "x", "role": "linked-source", "failure": "timeout" }]);
        statement["predicate"]["copy"]["memento"] = json!({ "uri": "https://web.archive.org/x" });
        statement["predicate"]["result"]["coverage"]["quotedWords"] = json!(3);
        statement["subject"][0]["digest"]["sha512"] = json!("00");
    });
    evidence.comes_to(Outcome::Verified);
    // A kind of finding this version has not heard of, counted truly everywhere, and the page made anew.
    let mut report: Value = serde_json::from_slice(&evidence.read("report.json")).unwrap();
    report["findings"][0]["kind"] = "pictures-cropped".into();
    report["summary"] = json!({ "pictures-cropped": report["findings"].as_array().unwrap().len() });
    let (old, new) = (Digest::of(&evidence.read("report.json")), report.to_string());
    evidence.edit_artefact("report.json", new.as_bytes());
    let page = String::from_utf8(evidence.read("report.html")).unwrap();
    evidence.edit_artefact(
        "report.html",
        page.replace(&old.to_string(), &Digest::of(new.as_bytes()).to_string()).as_bytes(),
    );
    evidence.edit_statement(|statement| statement["predicate"]["result"]["summary"] = report["summary"].clone());
    evidence.comes_to(Outcome::Verified);
    // A later version of the report is said to be one.
    report["report"] = 2.into();
    evidence.edit_artefact("report.json", report.to_string().as_bytes());
    evidence.comes_to(Outcome::NewerFormat);
}

#[test]
fn html_from_another_report() {
    let evidence = Evidence::new();
    let other = Evidence::of(ORIGINAL, &ORIGINAL.replace("spring", "autumn"));
    evidence.edit_artefact("report.html", &other.read("report.html"));
    assert!(evidence.comes_to(Outcome::Inconsistent).contains("report.html"));
    // With the right mark put before the wrong one.
    let mark =
        format!("<meta name=\"vidimus-report-sha256\" content=\"{}\">", Digest::of(&evidence.read("report.json")));
    evidence.edit_artefact("report.html", &[mark.as_bytes(), &other.read("report.html")].concat());
    evidence.comes_to(Outcome::Inconsistent);
}

/// A page that speaks of our own marks is reported like any other.
#[test]
fn a_page_about_the_mark_is_no_contradiction() {
    let copy = "<h1>On seals</h1><p>It says &lt;meta name=\"vidimus-report-sha256\" content=\"00\"&gt; in the head, and <b>no</b> more.</p>";
    let original = "<h1>On seals</h1><p>It says &lt;meta name=\"vidimus-report-sha256\" content=\"00\"&gt; in the head, and no more.</p>";
    Evidence::of(original, copy).comes_to(Outcome::Verified);
}

#[test]
fn supplied_is_never_publisher() {
    let evidence = Evidence::new();
    for which in ["original", "copy"] {
        assert_eq!(evidence.statement()["predicate"][which]["assurance"], "supplied");
        assert_eq!(evidence.statement()["predicate"][which]["via"], "file");
        assert!(evidence.statement()["predicate"][which].get("retrievedAt").is_none());
    }
    let run = evidence.vidimus(&[]);
    assert!(run.stdout.contains("its origin is asserted, not observed"), "{run:#?}");
    assert!(!run.stdout.contains("fetched by the signer"), "{run:#?}");
    // The signer cannot say otherwise in the statement alone.
    evidence.edit_statement(|statement| statement["predicate"]["copy"]["assurance"] = "publisher".into());
    evidence.comes_to(Outcome::Inconsistent);
}

#[test]
fn old_seal_refused() {
    let evidence = Evidence::new();
    let verify = |at: &str, age: &str| evidence.vidimus(&["--at", at, "--max-age", age]);
    verify("2017-11-28T12:00:00Z", "12h").ended(0);
    let run = verify("2017-11-28T12:00:01Z", "12h");
    run.ended(1);
    assert!(run.stdout.starts_with("STALE"), "{run:#?}");
    // A seal from the future would otherwise never grow old.
    let run = verify("2017-11-27T00:00:00Z", "12h");
    run.ended(1);
    assert!(run.stdout.starts_with("STALE"), "{run:#?}");
    // As a file of its own too.
    let run = evidence.sandbox.vidimus([
        "verify",
        "evidence/copy.html",
        "--seal",
        "evidence/vidimus.sigstore.json",
        "--trust",
        "allowed_signers",
        "--at",
        "2018-11-28T00:00:00Z",
        "--max-age",
        "30d",
    ]);
    assert!(run.ended(1).stdout.starts_with("STALE"), "{run:#?}");
    for wrong in ["12", "h", "-1h", "1w", "1.5h", "99999999999h"] {
        assert_eq!(verify("2017-11-28T12:00:00Z", wrong).status, Some(2), "{wrong}");
    }
}

#[test]
fn chain_broken() {
    let (first, second, third, stranger) = (
        Evidence::new(),
        Evidence::new(),
        Evidence::new(),
        Evidence::of(ORIGINAL, "<p>There is no military solution.</p>"),
    );
    let follow = |later: &Evidence, earlier: &Evidence| {
        let digest = Digest::of(&earlier.read(STATEMENT)).to_string();
        later
            .edit_statement(|statement| statement["predicate"]["previous"] = json!({ "digest": { "sha256": digest } }));
    };
    follow(&second, &first);
    follow(&third, &second);
    let chain = |folders: &[&Evidence]| {
        let previous: Vec<Folder> = folders.iter().map(|evidence| Folder::open(&evidence.folder()).unwrap()).collect();
        let question = Question { previous: &previous, ..Question::at(now()) };
        seal::verify(&Folder::open(&third.folder()).unwrap(), &trusting(&allowed_signers()), &question).unwrap().outcome
    };
    assert_eq!(chain(&[]), Outcome::Verified);
    assert_eq!(chain(&[&second]), Outcome::Verified);
    assert_eq!(chain(&[&second, &first]), Outcome::Verified);
    assert_eq!(chain(&[&first]), Outcome::BrokenChain);
    assert_eq!(chain(&[&second, &stranger]), Outcome::BrokenChain);
    assert_eq!(chain(&[&second, &first, &stranger]), Outcome::BrokenChain);
    first.write(STATEMENT, String::from_utf8(first.read(STATEMENT)).unwrap().replace("emphasised", "verbatim"));
    assert_eq!(chain(&[&second, &first]), Outcome::BrokenChain);
    first.remove(STATEMENT);
    assert_eq!(chain(&[&second, &first]), Outcome::BrokenChain);
}

#[test]
fn revoked() {
    let evidence = Evidence::new();
    evidence.sandbox.write("revoked", format!("# stolen\n{} the desk's\n", key().public().to_ssh()));
    let run = evidence.vidimus(&["--revoked", "revoked"]);
    assert!(run.ended(1).stdout.starts_with("REVOKED"), "{run:#?}");
    // At any date, and whether or not the key is trusted at all.
    let run = evidence.vidimus(&["--revoked", "revoked", "--at", "2017-11-28T00:00:00Z"]);
    assert!(run.stdout.starts_with("REVOKED"), "{run:#?}");
    for trust in [&[][..], &["--key", "signer.pem"]] {
        let run = evidence.sandbox.vidimus(["verify", "evidence", "--revoked", "revoked"].iter().chain(trust));
        assert!(run.ended(1).stdout.starts_with("REVOKED"), "{run:#?}");
    }
    // Keys of other kinds are no hindrance; a line that is no key is, since it might have been one.
    evidence.sandbox.write("revoked", "ssh-rsa AAAAB3NzaC1yc2E= other\n");
    evidence.vidimus(&["--revoked", "revoked"]).ended(0);
    let run = evidence.vidimus(&["--revoked", "revoked"]);
    assert!(run.stdout.contains("revoked: line 1: keys of type ssh-rsa seal nothing"), "{run:#?}");
    let blob = key().public().to_ssh().split_once(' ').map(|(_, blob)| blob.to_owned()).unwrap();
    let kinds = [
        "ssh-ed2519",
        "ssh-rsa",
        "ssh-foo",
        "ecdsa-x",
        "ecdsa-sha2-nistp256",
        "sk-ssh-ed25519@openssh.com",
        "SSH-ED25519",
        "ssh-ed25519\r",
        "ssh-ed25519-cert-v01@openssh.com",
    ];
    let mistyped = kinds.map(|kind| format!("{kind} {blob}\n"));
    let mistyped = mistyped.iter().map(String::as_str);
    for broken in
        ["ssh-ed25519 AAAA\n", "nonsense\n", "SSHKRL\n\0", "ssh-rsa\n", "ssh-rsa A\n"].into_iter().chain(mistyped)
    {
        evidence.sandbox.write("revoked", broken);
        evidence.vidimus(&["--revoked", "revoked"]).trouble("revoked: line ");
    }
}

/// Without a trusted timestamp the key must be valid now; what the signer says of the time counts for nothing.
#[test]
fn expired_without_token() {
    let evidence = Evidence::new();
    let line = |options: &str| trusting(&allowed_signers().replace("namespaces", &format!("{options},namespaces")));
    let at = |options: &str| evidence.verify_under(&line(options)).outcome;
    assert_eq!(at("valid-before=\"20171127235959Z\""), Outcome::Expired);
    assert_eq!(at("valid-before=\"20171128Z\""), Outcome::Verified, "OpenSSH has the last second in");
    assert_eq!(at("valid-after=\"20171128Z\""), Outcome::Verified);
    assert_eq!(at("valid-after=\"20171128000001Z\""), Outcome::Expired);
    // Backdating the statement does not help a thief.
    let evidence = Evidence::new();
    let mut report: Value = serde_json::from_slice(&evidence.read("report.json")).unwrap();
    report["generated_at"] = "2017-01-01T00:00:00Z".into();
    evidence.edit_artefact("report.json", report.to_string().as_bytes());
    evidence.edit_statement(|statement| statement["predicate"]["generatedAt"] = "2017-01-01T00:00:00Z".into());
    assert_eq!(evidence.verify_under(&line("valid-before=\"20171101Z\"")).outcome, Outcome::Expired);
}

/// What the holder of the key may have written badly.
#[test]
fn statements_beyond_the_limits() {
    let evidence = Evidence::new();
    let deep = format!("{}1{}", "[".repeat(33), "]".repeat(33));
    for payload in ["", "null", "{}", "[]", "\u{feff}{}", "{} {}", &deep] {
        evidence.reseal(payload.as_bytes(), &key());
        let outcome = evidence.verify().outcome;
        assert!([Outcome::Malformed, Outcome::WrongType].contains(&outcome), "{payload}: {outcome:?}");
    }
    evidence.reseal(&[0xff, 0xfe], &key());
    evidence.comes_to(Outcome::Malformed);

    let evidence = Evidence::new();
    evidence.edit_statement(|statement| {
        statement["subject"] = (0..1025)
            .map(|number| {
                json!({ "name": format!("f{number}"), "digest": { "sha256": "0".repeat(64) }, "annotations": { "role": "x" } })
            })
            .collect();
    });
    assert!(evidence.comes_to(Outcome::Malformed).contains("more than 1024"));

    let evidence = Evidence::new();
    evidence.edit_statement(|statement| statement["predicate"]["padding"] = "x".repeat(8 << 20).into());
    assert!(evidence.comes_to(Outcome::Malformed).contains("larger than is read"));

    for pointer in ["/subject/0/digest/sha256", "/predicate/original/digest/sha256"] {
        let evidence = Evidence::new();
        evidence.edit_statement(|statement| {
            let digest = statement.pointer_mut(pointer).unwrap();
            *digest = digest.as_str().unwrap().to_uppercase().into();
        });
        evidence.comes_to(Outcome::Malformed);
    }
}
