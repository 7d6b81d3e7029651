//! The command `check` itself: its options, its exit status and what it writes where. What it finds is in `cases`, what it
//! cannot read in `bad_input` and `fetch`.

use std::process::Stdio;

use vidimus::{
    Verdict,
    capture::Via,
    check::{ClaimKind, ClaimStatus, Kind},
};

use crate::support::{Sandbox, sandbox::run, schema};

const ORIGINAL: &str = "<p>Ministers met in the capital on Monday. They will continue their talks in May.</p>";

/// A sandbox with the original and copies that differ more and more.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    for (name, text) in [
        ("original.html", ORIGINAL.to_owned()),
        ("same.html", ORIGINAL.to_owned()),
        ("note.html", ORIGINAL.replace(". They", ".</p><p>They")),
        ("warning.html", ORIGINAL.replace("talks", "<b>talks</b>")),
        ("error.html", ORIGINAL.replace("will", "will not")),
        ("other.html", "<p>The weather in the mountains stays cold, with snow above a thousand metres.</p>".to_owned()),
    ] {
        sandbox.write(name, text);
    }
    sandbox
}

#[test]
fn the_exit_status_is_for_scripts() {
    let sandbox = sandbox();
    for (copy, note, warning, error) in [
        ("same.html", 0, 0, 0),
        ("note.html", 1, 0, 0),
        ("warning.html", 1, 1, 0),
        ("error.html", 1, 1, 1),
        // Nothing was found in it, least of all that nothing was changed.
        ("other.html", 1, 1, 1),
    ] {
        for (level, status) in [("note", note), ("warning", warning), ("error", error)] {
            let run = sandbox.vidimus(["check", copy, "--original", "original.html", "--fail-on", level]);
            assert_eq!(run.status, Some(status), "{copy} with --fail-on {level}: {run:#?}");
        }
        let run = sandbox.vidimus(["check", copy, "--original", "original.html"]);
        assert_eq!(run.status, Some(warning), "{copy}: warning is the default");
    }
}

#[test]
fn the_format_changes_nothing_but_the_form() {
    let sandbox = sandbox();
    for format in ["terminal", "json", "html"] {
        let run = sandbox.vidimus(["check", "error.html", "--original", "original.html", "--format", format]);
        run.ended(1);
        assert!(run.stderr.is_empty() && run.stdout.ends_with('\n'), "{run:#?}");
    }
    let run = sandbox.vidimus(["check", "error.html", "--original", "original.html"]);
    assert!(run.stdout.starts_with("ALTERED: "), "the verdict comes first: {run:#?}");
}

#[test]
fn either_source_can_come_from_standard_input() {
    let sandbox = sandbox();
    let mut command = sandbox.command(["check", "-", "--original", "original.html", "--format", "json"]);
    let report = schema::report(&run(&mut command, ORIGINAL.as_bytes()).ended(0).stdout);
    assert_eq!((report.copy.locator.as_str(), report.copy.via), ("-", Via::Stdin));
    assert_eq!(report.copy.media_type.as_deref(), Some("text/html"), "told by its content");
    let mut command = sandbox.command(["check", "same.html", "--original", "-", "--format", "json"]);
    let report = schema::report(&run(&mut command, ORIGINAL.as_bytes()).ended(0).stdout);
    assert_eq!((report.original.via, report.copy.via), (Via::Stdin, Via::File));
}

#[test]
fn the_kind_of_a_file_is_told_by_its_name_and_then_by_its_content() {
    let sandbox = sandbox();
    for (name, text, media_type, emphasis) in [
        ("a.md", "Ministers met in the **capital** on Monday.", "text/markdown", true),
        ("a.txt", "Ministers met in the **capital** on Monday.", "text/plain", false),
        ("page", "<!doctype html><p>Ministers met in the <b>capital</b>.", "text/html", true),
        ("notes", "Ministers met in the capital.", "text/plain", false),
    ] {
        sandbox.write(name, text);
        let run = sandbox.vidimus(["check", name, "--original", "original.html", "--format", "json"]);
        let copy = schema::report(&run.stdout).copy;
        assert_eq!((copy.media_type.as_deref(), copy.emphasis), (Some(media_type), emphasis), "{name}");
    }
}

#[test]
fn notes_about_the_sources_travel_in_the_report() {
    let sandbox = sandbox();
    let mut arguments = vec!["check", "same.html", "--original", "original.html", "--format", "json"];
    let report = schema::report(&sandbox.vidimus(&arguments).ended(0).stdout);
    assert_eq!((report.original.note, report.copy.note), (None, None));
    arguments.extend(["--original-note", "a transcription", "--copy-note", "a \u{1b}[31mred\u{1b}[0m <b>page</b>"]);
    let report = schema::report(&sandbox.vidimus(&arguments).ended(0).stdout);
    assert_eq!(report.original.note.as_deref(), Some("a transcription"));
    for format in ["terminal", "html"] {
        arguments[5] = format;
        let shown = sandbox.vidimus(&arguments).stdout;
        assert!(shown.contains("a transcription"), "{format}");
        assert!(!shown.contains('\u{1b}'), "{format}");
        assert!(format != "html" || !shown.contains("<b>page</b>"), "markup in a note stays text");
    }
}

#[test]
fn colour_is_for_terminals_and_says_nothing_of_its_own() {
    let sandbox = sandbox();
    let arguments = ["check", "error.html", "--original", "original.html"];
    let plain = sandbox.vidimus(arguments).stdout;
    assert!(!plain.contains('\u{1b}'), "no terminal, no colour");
    let coloured = sandbox.vidimus(arguments.into_iter().chain(["--color", "always"])).stdout;
    assert!(coloured.contains('\u{1b}'));
    let mut stripped = String::new();
    for (index, piece) in coloured.split('\u{1b}').enumerate() {
        stripped.push_str(if index == 0 { piece } else { piece.split_once('m').unwrap().1 });
    }
    assert_eq!(stripped, plain);
}

#[test]
fn the_width_is_the_terminals_or_what_was_asked_for() {
    let sandbox = sandbox();
    let longest = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap();
    for width in ["60", "80", "200"] {
        let arguments = ["check", "error.html", "--original", "original.html"];
        let asked = sandbox.vidimus(arguments.into_iter().chain(["--width", width])).stdout;
        let mut command = sandbox.command(arguments);
        assert_eq!(run(command.env("COLUMNS", width), b"").stdout, asked, "{width}");
        // A digest is not broken, however narrow it gets.
        let limit = width.parse::<usize>().unwrap().max(12 + 64);
        assert!(longest(&asked) <= limit, "{width}: {}", longest(&asked));
    }
}

#[test]
fn the_evidence_is_a_complete_folder_beside_the_usual_output() {
    let sandbox = sandbox();
    let arguments = ["check", "error.html", "--original", "original.html", "--format", "json"];
    let plain = sandbox.vidimus(arguments);
    let run = sandbox.vidimus(arguments.into_iter().chain(["--out", "evidence"]));
    assert_eq!((run.status, &run.stdout), (Some(1), &plain.stdout));
    assert_eq!(run.stderr, "note: evidence: not signed, so nobody can tell who made it (--key signs)\n");
    assert_eq!(std::fs::read_to_string(sandbox.path("evidence/report.json")).unwrap(), plain.stdout);
    let html = sandbox.vidimus(["check", "error.html", "--original", "original.html", "--format", "html"]);
    assert_eq!(std::fs::read_to_string(sandbox.path("evidence/report.html")).unwrap(), html.stdout);
}

#[test]
fn a_reader_that_closes_its_end_early_is_no_trouble() {
    let sandbox = sandbox();
    for format in ["terminal", "json", "html"] {
        let mut command = sandbox.command(["check", "error.html", "--original", "original.html", "--format", format]);
        let mut child = command.stdin(Stdio::null()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap()), (Some(1), String::new()));
    }
}

#[test]
fn the_same_file_twice_is_the_same() {
    let run = sandbox().vidimus(["check", "same.html", "--original", "same.html", "--format", "json"]);
    let report = schema::report(&run.ended(0).stdout);
    assert_eq!((report.verdict, report.coverage.share), (Verdict::Verbatim, 1.0));
    assert_eq!(report.findings, []);
    assert_eq!(report.original.sha256, report.copy.sha256);
}

#[test]
fn a_page_against_itself_is_itself_however_it_is_set() {
    let sandbox = Sandbox::new();
    for page in [
        "<p><span style='font-size:150%'>Ministers met in</span> the capital. They will continue their talks in May.</p>",
        "<p><span style='font-variant:small-caps'>Capital</span> — Ministers met on Monday and will meet again.</p>",
        "<p>CAPITAL — <b>Ministers</b> met on <mark>Monday</mark> and <i>will</i> meet <u>again</u>.</p>",
        "<b><p>Ministers met on Monday.</p><p>They will continue their talks in May.</p></b>",
        "<p>Thank you. Thank you. Thank you.</p><p>Thank you.</p>",
    ] {
        sandbox.write("page.html", page);
        let run = sandbox.vidimus(["check", "page.html", "--original", "page.html", "--format", "json"]);
        let report = schema::report(&run.ended(0).stdout);
        assert_eq!((report.verdict, report.findings), (Verdict::Verbatim, Vec::new()), "{page}");
    }
}

#[test]
fn a_release_turned_upside_down_is_altered() {
    let paragraphs = [
        "Ministers opened the session with a short statement on the harvest.",
        "A second paragraph speaks of roads and of the people who mend them.",
        "The third names bridges, tunnels and ferries in the north.",
        "The fourth is about schools and what they cost.",
        "The last one thanks the hosts for their patience and the weather.",
    ];
    let page = |order: &mut dyn Iterator<Item = &&str>| order.map(|text| format!("<p>{text}</p>")).collect::<String>();
    let sandbox = Sandbox::new();
    sandbox.write("original.html", page(&mut paragraphs.iter()));
    sandbox.write("copy.html", page(&mut paragraphs.iter().rev()));
    let run = sandbox.vidimus(["check", "copy.html", "--original", "original.html", "--format", "json"]);
    let report = schema::report(&run.ended(1).stdout);
    assert_eq!(report.verdict, Verdict::Altered, "{:#?}", report.coverage);
    assert!(report.findings.iter().all(|finding| finding.kind == Kind::TextMoved), "{:#?}", report.findings);
}

#[test]
fn a_declaration_is_not_denied_for_want_of_a_style_sheet() {
    let sandbox = sandbox();
    for (head, status) in
        [("", ClaimStatus::Contradicted), ("<link rel=stylesheet href=/site.css>", ClaimStatus::Unverifiable)]
    {
        sandbox.write("copy.html", format!("<!doctype html>{head}{ORIGINAL}<p>(Emphasis added.)</p>"));
        let run = sandbox.vidimus(["check", "copy.html", "--original", "original.html", "--format", "json"]);
        let claims = schema::report(&run.stdout).claims;
        let declared = claims.iter().find(|claim| claim.kind == ClaimKind::EmphasisDeclared).unwrap();
        assert_eq!(declared.status, status, "{head}: {declared:#?}");
    }
}
