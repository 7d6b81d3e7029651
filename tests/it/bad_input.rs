//! What `check` does with input that is broken, hostile or not there: it never panics, hangs, or loses what was there.
//! The network's share of it is in `fetch`.

use std::{
    fs::{self, File},
    os::unix::{ffi::OsStrExt as _, fs::PermissionsExt as _, net::UnixListener},
    path::Path,
    process::Command,
};

use vidimus::{Report, Verdict, check::Kind};

use crate::support::{Run, Sandbox, sandbox::run, schema};

const ORIGINAL: &str = "<p>Ministers met in the capital on Monday. They will continue their talks in May.</p>";

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("original.html", ORIGINAL);
    sandbox
}

fn check(sandbox: &Sandbox, copy: &str) -> Run {
    sandbox.vidimus(["check", copy, "--original", "original.html", "--format", "json"])
}

/// The report on `copy` as the file `name`.
#[track_caller]
fn report(name: &str, copy: impl AsRef<[u8]>) -> Report {
    let sandbox = sandbox();
    sandbox.write(name, copy);
    let run = check(&sandbox, name);
    assert_eq!(run.stderr, "");
    schema::report(&run.stdout)
}

fn codes(report: &Report) -> Vec<&str> {
    report.limits.iter().map(|limit| limit.code.as_str()).collect()
}

#[test]
fn empty_files_are_trouble() {
    let sandbox = sandbox();
    for (name, text) in [("empty.html", ""), ("white.txt", " \n\t\r\n"), ("mark.md", "\u{feff}\n")] {
        sandbox.write(name, text);
        check(&sandbox, name).trouble(&format!("{name}: empty, there is no text to check"));
        sandbox.vidimus(["check", "original.html", "--original", name]).trouble(&format!("{name}: empty"));
    }
}

#[test]
fn a_page_without_a_word_leaves_the_verdict_open() {
    for page in ["<div></div>", "<img src=a.png>", "<p hidden>Ministers met.</p>", "<script>talks()</script>"] {
        let report = report("copy.html", page);
        assert_eq!(report.verdict, Verdict::Undetermined, "{page}");
        assert_eq!(codes(&report), ["no-text"], "{page}");
    }
}

#[test]
fn binary_files_are_named_for_what_they_are() {
    let sandbox = sandbox();
    let noise: Vec<u8> = (0..4096_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for (name, bytes, what) in [
        ("a.pdf", b"%PDF-1.7\n".to_vec(), "a PDF file"),
        ("a.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "a PNG picture"),
        ("a.txt", noise, "binary data"),
        ("a.docx", b"PK\x03\x04....word/document.xml".to_vec(), "a Word document (DOCX)"),
    ] {
        sandbox.write(name, bytes);
        let run = check(&sandbox, name);
        run.trouble(&format!("{name}: this is {what}, which cannot be checked"));
        assert!(run.stderr.contains("  hint: vidimus reads HTML, Markdown and plain text\n"), "{run:#?}");
    }
}

#[test]
fn fifty_megabytes_of_nested_tags_come_to_an_end() {
    for (tag, text) in [("<div>", ""), ("<b>", ""), ("<table><td>", ""), ("<div>", ORIGINAL)] {
        let page = tag.repeat(50_000_000 / tag.len()) + text;
        let report = report("copy.html", page);
        assert_eq!(report.verdict, Verdict::Undetermined, "{tag}: what was not read may hold anything");
        assert!(codes(&report).contains(&"cut-short"), "{tag}: {:?}", codes(&report));
    }
}

#[test]
fn other_pages_made_to_take_long_come_to_an_end() {
    let many = |piece: &str| piece.repeat(1_000_000 / piece.len());
    for page in [
        format!("{ORIGINAL}<p{}>x", (0..40_000).map(|number| format!(" a{number}=b")).collect::<String>()),
        format!("{ORIGINAL}<style>{}</style>", many("a b c d>e{color:red}")),
        format!("{ORIGINAL}<style>p{{color:{}red</style>", many("var(--a,")),
        format!("{ORIGINAL}{}", many("<a href=x>")),
        format!("{ORIGINAL}<!--{}", many("--!")),
        format!("{ORIGINAL}&{}", many("amp;amp")),
        format!("{ORIGINAL}<p>{}", many("a\u{301}")),
        format!("{ORIGINAL}<p>{}", many("\u{202e}\u{200b}x")),
    ] {
        let report = report("copy.html", &page);
        assert_ne!(report.verdict, Verdict::Unrelated, "{}", &page[ORIGINAL.len()..ORIGINAL.len() + 60]);
    }
    let markdown = format!("Ministers met in the capital on Monday.\n\n{}", many("[**_`>![("));
    report("copy.md", markdown);
}

#[test]
fn texts_with_nothing_in_common_come_to_an_end() {
    let sandbox = Sandbox::new();
    let words = |word: &dyn Fn(usize) -> String| (0..100_000).map(|at| word(at) + " ").collect::<String>();
    // Other words altogether; the same few words in another order, in one paragraph.
    let noise = |seed: usize| move |at: usize| format!("w{}", (at + seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 55);
    for (original, copy) in [
        (words(&|at| format!("alpha{at}")), words(&|at| format!("beta{at}"))),
        (words(&noise(1)), words(&noise(500_000))),
    ] {
        sandbox.write("original.txt", original);
        sandbox.write("copy.txt", copy);
        let run = sandbox.vidimus(["check", "copy.txt", "--original", "original.txt", "--format", "json"]);
        let report = schema::report(&run.ended(1).stdout);
        // What was not compared word by word cannot be called unrelated.
        assert_eq!((report.verdict, report.coverage.original_words), (Verdict::Undetermined, 100_000));
        assert!(codes(&report).contains(&"budget-reached"), "{:?}", codes(&report));
    }
}

#[test]
fn invalid_utf8_is_read_as_far_as_it_goes_and_said() {
    let broken = [b"<meta charset=utf-8><p>Ministers met in \xff\xfe the capital on Monday.".as_slice()].concat();
    let report = report("copy.html", broken);
    assert_eq!(codes(&report), ["invalid-bytes"]);
    assert_eq!(report.copy.charset.as_deref(), Some("utf-8"));
    assert!(report.limits[0].message.contains("2 places"), "{:?}", report.limits);
}

#[test]
fn nul_bytes_are_left_out_and_said() {
    for (name, before) in [("copy.html", "<p>"), ("copy.txt", "")] {
        let text =
            format!("{before}Minis\0ters met in the capital on Monday. They will continue\0 their talks in May.");
        let report = report(name, text);
        assert_eq!(codes(&report)[0], "nul-bytes", "{name}");
        assert_eq!(report.verdict, Verdict::Verbatim, "{name}: a NUL is not seen, so no word is another");
    }
}

#[test]
fn an_original_that_is_not_in_the_copy_is_unrelated() {
    let sandbox = sandbox();
    sandbox.write(
        "copy.html",
        "<p>The weather stays cold, with snow above a thousand metres and wind from the north.</p>",
    );
    let report = schema::report(&check(&sandbox, "copy.html").ended(1).stdout);
    assert_eq!(report.verdict, Verdict::Unrelated);
    assert_eq!((report.coverage.matched_words, report.coverage.share), (0, 0.0));
    assert_eq!(report.findings, [], "what was never copied was not altered");
    assert_eq!(report.claims, []);
}

#[test]
fn a_saved_error_page_is_not_an_alteration() {
    let page = "<title>404 - Page not found</title><h1>Page not found</h1><p>Go back to the front page.</p>";
    let report = report("copy.html", page);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Undetermined, vec!["soft-404"]));
    let page = format!("<title>Just a moment...</title><script>window._cf_chl_opt = {{}}</script>{ORIGINAL}");
    let report = self::report("copy.html", page);
    assert_eq!((report.verdict, codes(&report)), (Verdict::Undetermined, vec!["bot-challenge"]));
}

#[test]
fn hostile_text_stays_text() {
    let page =
        ORIGINAL.replace("capital", "<b>\u{1b}]8;;http://x/\u{7}\u{202e}&lt;script&gt;alert(1)&lt;/script&gt;</b>");
    let sandbox = sandbox();
    sandbox.write("copy.html", page);
    for (format, forbidden) in
        [("terminal", ["\u{1b}", "\u{7}", "\u{202e}"]), ("html", ["\u{1b}", "<script", "\u{202e}"])]
    {
        let run = sandbox.vidimus(["check", "copy.html", "--original", "original.html", "--format", format]);
        run.ended(1);
        for text in forbidden {
            assert!(!run.stdout.contains(text), "{format}: {text:?} came through");
        }
    }
}

#[test]
fn standard_input_can_be_one_source_only() {
    let sandbox = sandbox();
    let mut command = sandbox.command(["check", "-", "--original", "-"]);
    run(&mut command, ORIGINAL.as_bytes()).trouble("-: standard input can stand for one source only");
    let mut command = sandbox.command(["check", "-", "--original", "original.html"]);
    run(&mut command, b"").trouble("-: empty, there is no text to check");
    let mut command = sandbox.command(["check", "-", "--original", "original.html", "--max-bytes", "1000"]);
    run(&mut command, &[b'a'; 100_000]).trouble("-: larger than the limit of 1000 bytes");
}

#[test]
fn too_large_a_file_is_not_read_to_its_end() {
    let sandbox = sandbox();
    // A hole of a terabyte takes no room on disk.
    File::create(sandbox.path("huge.html")).unwrap().set_len(1 << 40).unwrap();
    let run = check(&sandbox, "huge.html");
    run.trouble("huge.html: larger than the limit of 67108864 bytes");
    assert!(run.stderr.contains("  hint: --max-bytes raises the limit\n"), "{run:#?}");
}

#[test]
fn what_is_no_file_is_named() {
    let sandbox = sandbox();
    fs::create_dir(sandbox.path("folder.html")).unwrap();
    let _socket = UnixListener::bind(sandbox.path("socket")).unwrap();
    let made = sandbox_command(&sandbox, "mkfifo", &["pipe"]);
    assert_eq!(made.status, Some(0), "mkfifo is needed for this test: {made:#?}");
    std::os::unix::fs::symlink("loop", sandbox.path("loop")).unwrap();
    std::os::unix::fs::symlink("nowhere", sandbox.path("dangling")).unwrap();
    for (name, cause) in [
        ("missing.html", "there is no such file"),
        ("original.html/below", "there is no such file"),
        ("dangling", "there is no such file"),
        ("folder.html", "this is a folder, not a file"),
        ("", "there is no such file"),
        ("pipe", "this is a pipe or device, not a file"),
        ("socket", "this is a pipe or device, not a file"),
        ("/dev/zero", "this is a pipe or device, not a file"),
        ("loop", "too many levels of symbolic links"),
    ] {
        check(&sandbox, name).trouble(&format!("{name}: {cause}"));
        sandbox.vidimus(["check", "original.html", "--original", name]).trouble(&format!("{name}: {cause}"));
    }
    let both = sandbox.vidimus(["check", "missing-copy", "--original", "missing-original"]);
    both.trouble("missing-original: there is no such file");
}

#[test]
fn file_names_can_be_anything() {
    let sandbox = sandbox();
    let odd = std::ffi::OsStr::from_bytes(b"caf\xe9\x1b[31m\n.html");
    fs::write(sandbox.path(odd), ORIGINAL).unwrap();
    let arguments = |name: &std::ffi::OsStr| {
        ["check".as_ref(), name, "--original".as_ref(), "original.html".as_ref()].map(std::ffi::OsStr::to_owned)
    };
    let run = sandbox.vidimus(arguments(odd));
    assert!(!run.ended(0).stdout.contains('\u{1b}'));
    fs::remove_file(sandbox.path(odd)).unwrap();
    let run = sandbox.vidimus(arguments(odd));
    run.trouble("there is no such file");
    assert!(!run.stderr.contains('\u{1b}'), "{run:#?}");
    let dash = sandbox.write("-dash.html", ORIGINAL);
    assert!(dash.exists());
    sandbox.vidimus(["check", "--original", "original.html", "--", "-dash.html"]).ended(0);
}

#[test]
fn an_unreadable_file_is_trouble() {
    let sandbox = sandbox();
    let path = sandbox.write("secret.html", ORIGINAL);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    let run = without_privileges(&sandbox, &["check", "secret.html", "--original", "original.html"]);
    run.trouble("secret.html: permission denied");
}

#[test]
fn a_folder_that_cannot_be_written_to_is_trouble() {
    let sandbox = sandbox();
    let parent = sandbox.path("closed");
    fs::create_dir(&parent).unwrap();
    fs::set_permissions(&parent, fs::Permissions::from_mode(0o555)).unwrap();
    let arguments = ["check", "original.html", "--original", "original.html", "--out", "closed/evidence"];
    let run = without_privileges(&sandbox, &arguments);
    run.trouble("closed/evidence: permission denied");
    assert_eq!(fs::read_dir(&parent).unwrap().count(), 0);
}

#[test]
fn what_exists_is_left_as_it_is() {
    let sandbox = sandbox();
    fs::create_dir(sandbox.path("empty")).unwrap();
    sandbox.write("full/keep.txt", "mine");
    sandbox.write("file", "mine");
    std::os::unix::fs::symlink("nowhere", sandbox.path("dangling")).unwrap();
    let names = sandbox.names();
    for name in ["empty", "full", "file", "dangling", "full/"] {
        let run = sandbox.vidimus(["check", "original.html", "--original", "original.html", "--out", name]);
        run.trouble(&format!("{name}: already exists and is left as it is"));
        assert!(run.stderr.contains("  hint: evidence goes into a folder of its own"), "{run:#?}");
    }
    assert_eq!(sandbox.names(), names);
    assert_eq!(fs::read_to_string(sandbox.path("full/keep.txt")).unwrap(), "mine");
    assert_eq!(fs::read_to_string(sandbox.path("file")).unwrap(), "mine");
    let run = sandbox.vidimus(["check", "original.html", "--original", "original.html", "--out", "no/such/folder"]);
    run.trouble("no/such/folder: the folder it should go into does not exist");
}

#[test]
fn trouble_with_a_source_leaves_no_folder_behind() {
    let sandbox = sandbox();
    sandbox
        .vidimus(["check", "missing.html", "--original", "original.html", "--out", "evidence"])
        .trouble("missing.html");
    assert_eq!(sandbox.names(), ["original.html"]);
}

#[test]
fn a_full_disk_is_trouble() {
    let sandbox = sandbox();
    let mut command = sandbox.command(["check", "original.html", "--original", "original.html", "--format", "json"]);
    let full = File::options().write(true).open("/dev/full").unwrap_or_else(|error| panic!("/dev/full: {error}"));
    run(command.stdout(full), b"").trouble("standard output: no space left on device");
}

#[test]
fn a_disk_that_fills_up_leaves_no_half_written_folder() {
    let sandbox = sandbox();
    // No file may grow beyond 8 blocks of 512 bytes; without the trap the system would end the program.
    let script = r#"trap "" XFSZ; ulimit -f 8; exec "$@""#;
    let program = env!("CARGO_BIN_EXE_vidimus");
    let check = [program, "check", "original.html", "--original", "original.html", "--out", "evidence"];
    let run = sandbox_command(&sandbox, "sh", &[&["-c", script, "sh"], check.as_slice()].concat());
    run.trouble("evidence: file too large");
    assert_eq!(sandbox.names(), ["original.html"]);
}

#[test]
fn mistakes_in_what_was_typed_are_one_line_and_hints() {
    let sandbox = sandbox();
    for (arguments, cause) in [
        (vec!["quotes", "a.html"], "the following required arguments were not provided: --original <ORIGINAL>"),
        (vec!["check", "a", "b", "--original", "c"], "unexpected argument 'b' found"),
        (vec!["check", "a", "--original", "c", "--format", "doc"], "invalid value 'doc' for '--format <FORMAT>'"),
        (vec!["check", "a", "--original", "c", "--timeout", "0"], "invalid value '0' for '--timeout <SECONDS>'"),
        (vec!["check", "a", "--original", "c", "--timeout", "nan"], "invalid value 'nan' for '--timeout <SECONDS>'"),
        (vec!["check", "a", "--original", "c", "--max-bytes=-1"], "invalid value '-1' for '--max-bytes <BYTES>'"),
        (vec!["check", "a", "--original", "c", "--width", "3"], "invalid value '3' for '--width <COLUMNS>'"),
        (vec!["check", "a", "--original", "c", "--key", "k"], "the following required arguments were not provided"),
        (vec!["chekc"], "unrecognized subcommand 'chekc'"),
        (vec!["check", "a", "--original", "c", "--\u{1b}[31m"], "unexpected argument"),
    ] {
        let run = sandbox.vidimus(&arguments);
        run.trouble(cause);
        assert!(run.stderr.ends_with("  hint: --help says more\n") && !run.stderr.contains('\u{1b}'), "{run:#?}");
    }
}

#[test]
fn what_a_page_hides_is_not_left_out_in_silence() {
    for hiding in ["hidden", "style='display:none'", "style='font-size:0'"] {
        let page = format!("{ORIGINAL}<p {hiding}>They will not continue.</p>");
        let report = report("copy.html", page);
        let aside =
            report.furniture.iter().any(|one| one.role == "hidden" && one.excerpt.contains("will not continue"));
        let found = report.findings.iter().any(|finding| finding.kind == Kind::HiddenText);
        assert!(aside || found, "{hiding}: {report:#?}");
    }
}

/// Runs another program than ours in the sandbox.
fn sandbox_command(sandbox: &Sandbox, program: &str, arguments: &[&str]) -> Run {
    let mut command = Command::new(program);
    command.args(arguments);
    sandbox.settle(&mut command);
    run(&mut command, b"")
}

/// Runs our program so that permissions count. The superuser may read everything; without capabilities he may not.
fn without_privileges(sandbox: &Sandbox, arguments: &[&str]) -> Run {
    let probe = sandbox.write("probe", "");
    fs::set_permissions(&probe, fs::Permissions::from_mode(0o000)).unwrap();
    if File::open(&probe).is_err() {
        return sandbox.vidimus(arguments);
    }
    let setpriv = Path::new("/usr/bin/setpriv");
    assert!(setpriv.exists(), "run by the superuser this test needs setpriv (util-linux); or run it as somebody else");
    let program = env!("CARGO_BIN_EXE_vidimus");
    let dropping = ["--inh-caps=-all", "--bounding-set=-all", program];
    sandbox_command(sandbox, setpriv.to_str().unwrap(), &[&dropping, arguments].concat())
}
