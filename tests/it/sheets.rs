//! Style sheets that pages link: gathered from the web and from beside a file, within bounds, and never out of reach. What
//! sheets do to a page is tested in `src/extract/html/css/tests`.

use vidimus::{
    Report, Verdict,
    check::{Kind, Severity},
    digest::Digest,
};

use crate::support::{Reply, Run, Sandbox, Server, schema};

const PARAGRAPHS: [&str; 2] = [
    "<p>The ministers agreed that there is no military solution to the conflict in the region.</p>",
    "<p>They confirmed that talks will continue in Geneva in the spring of next year.</p>",
];

fn original() -> String {
    format!("<!doctype html>{}", PARAGRAPHS.concat())
}

/// The copy, with marks for a sheet to make something of, and `head` in its head.
fn copy(head: &str) -> String {
    let [first, second] = PARAGRAPHS;
    let first = first.replace("no military solution", "<span class=mark>no military solution</span>");
    format!("<!doctype html>{head}{first}<p class=aside>Nobody is meant to read these words of ours.</p>{second}")
}

fn link(href: &str) -> String {
    format!("<link rel=stylesheet href=\"{href}\">")
}

const SHEET: &str = ".mark { font-weight: bold } .aside { display: none }";

fn css(text: impl Into<Vec<u8>>) -> Reply {
    Reply::page("text/css", text)
}

/// The kinds of findings that only sheets bring about.
fn styled(report: &Report) -> Vec<Kind> {
    let kinds = report.findings.iter().map(|finding| finding.kind);
    kinds.filter(|kind| [Kind::EmphasisAdded, Kind::HiddenText].contains(kind)).collect()
}

fn limit(report: &Report) -> Option<&str> {
    report.limits.iter().find(|limit| limit.code == "sheet-not-captured").map(|limit| limit.message.as_str())
}

/// Checks `/page` of a server with these further routes.
fn served(page: Reply, routes: Vec<(&str, Reply)>, options: &[&str]) -> (Report, Vec<String>) {
    let server = Server::new([("/page", page)].into_iter().chain(routes));
    let sandbox = Sandbox::new();
    sandbox.write("original.html", original());
    let url = server.url("/page");
    let run = sandbox.vidimus([&["check", &url, "--original", "original.html", "--format", "json"], options].concat());
    assert_eq!(run.stderr, "", "{run:#?}");
    let paths = server.requests().iter().map(|head| head.split(' ').nth(1).unwrap().to_owned()).collect();
    (schema::report(&run.stdout), paths)
}

/// Checks the file `page.html` in a sandbox where `files` lie.
fn filed(page: &str, files: &[(&str, &str)]) -> Report {
    let sandbox = Sandbox::new();
    for (name, text) in files {
        sandbox.write(name, text);
    }
    in_sandbox(&sandbox, page)
}

fn in_sandbox(sandbox: &Sandbox, page: &str) -> Report {
    sandbox.write("work/original.html", original());
    sandbox.write("work/page.html", page);
    schema::report(&run(sandbox, &[]).stdout)
}

fn run(sandbox: &Sandbox, options: &[&str]) -> Run {
    let arguments = ["check", "work/page.html", "--original", "work/original.html", "--format", "json"];
    sandbox.vidimus([&arguments, options].concat())
}

#[test]
fn emphasis_and_hiding_that_stand_in_sheets_of_the_web_are_seen() {
    let (report, paths) = served(
        Reply::html(copy(&link("/style/site.css?v=1"))),
        vec![
            ("/style/site.css?v=1", css("@import 'more.css';@import 'print.css' print;.mark{font-weight:bold}")),
            ("/style/more.css", css(".aside{display:none}")),
        ],
        &[],
    );
    assert_eq!(styled(&report), [Kind::EmphasisAdded, Kind::HiddenText]);
    assert_eq!((report.verdict, limit(&report)), (Verdict::Emphasised, None));
    assert_eq!(paths, ["/page", "/style/site.css?v=1", "/style/more.css"], "what is for printers is not asked for");
    let [site, more] = &report.copy.sheets[..] else { panic!("{:?}", report.copy.sheets) };
    assert!(site.url.as_ref().unwrap().ends_with("/style/site.css?v=1") && site.locator.is_none());
    assert_eq!(more.sha256, Digest::of(b".aside{display:none}").to_string());
    assert_eq!((more.bytes, more.content_type.as_deref()), (20, Some("text/css")));
    assert_eq!(report.original.sheets, []);
}

#[test]
fn emphasis_and_hiding_that_stand_in_sheets_beside_a_file_are_seen() {
    for (href, name) in [
        ("./page_files/css2", "work/page_files/css2"),
        ("style%20sheets/site.css?x", "work/style sheets/site.css"),
        ("site.css%3Fv=2", "work/site.css?v=2"),
    ] {
        let report = filed(&copy(&link(href)), &[(name, SHEET)]);
        assert_eq!(styled(&report), [Kind::EmphasisAdded, Kind::HiddenText], "{href}: {:?}", report.limits);
        assert_eq!(limit(&report), None);
        let [sheet] = &report.copy.sheets[..] else { panic!("{:?}", report.copy.sheets) };
        assert_eq!(sheet.locator.as_deref(), name.strip_prefix("work/"));
    }
}

#[test]
fn a_sheet_that_takes_emphasis_away_is_no_accusation() {
    let page = copy(&link("a.css")).replace("<span class=mark>", "<b class=mark>").replace("</span>", "</b>");
    let calm = filed(&page, &[("work/a.css", ".mark{font-weight:normal}")]);
    assert_eq!(styled(&calm), []);
    assert_eq!(styled(&filed(&page, &[])), [Kind::EmphasisAdded]);
}

#[test]
fn a_sheet_that_cannot_be_got_is_a_limit_and_no_trouble() {
    for (name, reply, cause) in [
        ("missing", Reply::status(404, "no such page"), "the server answered with status 404"),
        ("html", Reply::html("<!doctype html><p>Are you a robot?"), "sent as \"text/html\""),
        ("endless", Reply::Endless, "larger than the limit of 4194304 bytes"),
        ("broken", Reply::Raw(b"nonsense\r\n\r\n".to_vec()), "the server gave no proper answer"),
        ("loop", Reply::redirect(302, "/site.css"), "its redirects run in a loop"),
        ("away", Reply::redirect(302, "ftp://example.org/a.css"), "only http and https addresses are fetched"),
    ] {
        let (report, _) = served(Reply::html(copy(&link("/site.css"))), vec![("/site.css", reply)], &[]);
        let told = limit(&report).unwrap_or_default();
        let begins =
            "In the copy: 1 style sheet was not captured, so that what it sets off or hides is not seen: 127.0.0.1/";
        assert!(told.starts_with(begins) && told.contains(cause), "{name}: {told}");
        assert_eq!(styled(&report), [], "{name}");
        assert_ne!(report.verdict, Verdict::Undetermined, "{name}");
    }
}

#[test]
fn a_sheet_that_redirects_imports_from_where_it_led() {
    let (report, paths) = served(
        Reply::html(copy(&link("/site.css"))),
        vec![
            ("/site.css", Reply::redirect(301, "/far/away/real.css")),
            ("/far/away/real.css", css("@import 'next.css';")),
            ("/far/away/next.css", css(SHEET)),
        ],
        &[],
    );
    assert_eq!(styled(&report), [Kind::EmphasisAdded, Kind::HiddenText]);
    assert_eq!(paths, ["/page", "/site.css", "/far/away/real.css", "/far/away/next.css"]);
    assert!(report.copy.sheets[0].final_url.as_ref().unwrap().ends_with("/far/away/real.css"));
}

#[test]
fn both_pages_sheets_are_asked_for_once() {
    let server = Server::new([
        ("/copy", Reply::html(copy(&link("/site.css")))),
        ("/original", Reply::html(original().replace("<p>", &format!("{}<p>", link("/site.css"))))),
        ("/site.css", css(SHEET)),
    ]);
    let sandbox = Sandbox::new();
    let (url, original) = (server.url("/copy"), server.url("/original"));
    let run = sandbox.vidimus(["check", &url, "--original", &original, "--format", "json"]);
    let report = schema::report(&run.stdout);
    assert_eq!((report.copy.sheets.len(), report.original.sheets.len()), (1, 1));
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn ten_thousand_sheets_are_a_hundred() {
    let links: String = (0..10_000).map(|number| link(&format!("/{number}.css"))).collect();
    let (report, paths) = served(Reply::html(copy(&links)), vec![("/7.css", css(SHEET))], &[]);
    assert_eq!(paths.len(), 101);
    assert_eq!((report.copy.sheets.len(), styled(&report).len()), (1, 2));
    let told = limit(&report).unwrap();
    assert!(told.contains("9999 style sheets were not captured") && told.len() < 600, "{told}");
}

#[test]
fn imports_end() {
    let routes: Vec<(String, Reply)> = (0..20)
        .map(|number| {
            (format!("/{number}.css"), css(format!("@import '{}.css';.mark{{font-weight:bold}}", number + 1)))
        })
        .collect();
    let routes = routes.iter().map(|(path, reply)| (path.as_str(), reply.clone())).collect();
    let (report, paths) = served(Reply::html(copy(&link("/0.css"))), routes, &[]);
    assert_eq!(paths.len(), 10, "the page, its sheet, and eight imports: {paths:?}");
    assert!(report.limits.iter().any(|limit| limit.code == "css-budget-reached"), "{:?}", report.limits);
    let own = vec![("/a.css", css(format!("@import 'a.css';{SHEET}")))];
    let (report, paths) = served(Reply::html(copy(&link("/a.css"))), own, &[]);
    assert_eq!((paths.len(), styled(&report).len()), (2, 2));
}

#[test]
fn a_file_reaches_no_further_than_its_folder() {
    let sandbox = Sandbox::new();
    for name in ["secret.css", "work/.hidden.css", "work/notes.txt", "work/.ssh/id.css"] {
        sandbox.write(name, SHEET);
    }
    let absolute = sandbox.path("secret.css").display().to_string();
    #[cfg(unix)]
    for (target, name) in [("../secret.css", "work/linked.css"), ("..", "work/up"), ("page.html", "work/inner.css")] {
        std::os::unix::fs::symlink(target, sandbox.path(name)).unwrap();
    }
    for href in [
        "../secret.css",
        "x/../../secret.css",
        "%2e%2e/secret.css",
        "..%2Fsecret.css",
        "..\\secret.css",
        &absolute,
        &format!("file://{absolute}"),
        &format!("//{absolute}"),
        ".hidden.css",
        ".ssh/id.css",
        "notes.txt",
        "linked.css",
        "up/secret.css",
        "inner.css",
        "absent.css",
        ".",
        "..",
    ] {
        let report = in_sandbox(&sandbox, &copy(&link(href)));
        assert_eq!((styled(&report), report.copy.sheets.len()), (Vec::new(), 0), "{href}");
        assert!(limit(&report).is_some_and(|told| told.contains("1 style sheet was not captured")), "{href}");
    }
    let rooted = in_sandbox(&sandbox, &copy(&link("/assets/site.css")));
    let rooted = limit(&rooted);
    let said = "/assets/site.css (named from the root of its site, which is not in the folder of the page)";
    assert!(rooted.is_some_and(|told| told.contains(said)), "{rooted:?}");
    let rebased = in_sandbox(&sandbox, &copy(&format!("<base href=\"..\">{}", link("secret.css"))));
    assert_eq!(rebased.copy.sheets.len(), 0);
}

#[test]
fn a_file_never_makes_anybody_ask_the_web() {
    let server = Server::new([("/a.css", css(SHEET))]);
    let based = format!("<base href=\"{}\">{}", server.url("/"), link("a.css"));
    for head in [link(&server.url("/a.css")), based, format!("<style>@import '{}';</style>", server.url("/a.css"))] {
        let report = filed(&copy(&head), &[]);
        assert!(
            limit(&report).unwrap().contains("127.0.0.1/a.css (files do not fetch from the web)"),
            "{:?}",
            report.limits
        );
    }
    assert_eq!(server.requests(), [""; 0]);
}

#[test]
fn who_wants_no_sheets_asks_for_none() {
    let (report, paths) =
        served(Reply::html(copy(&link("/site.css"))), vec![("/site.css", css(SHEET))], &["--no-sheets"]);
    assert_eq!((paths.len(), report.copy.sheets.len()), (1, 0));
    assert!(limit(&report).is_some());
}

#[test]
fn a_huge_sheet_and_a_hostile_address_leave_the_report_readable() {
    let large = format!("{SHEET}{}", " ".repeat(5_000_000));
    let report = filed(&copy(&link("a.css")), &[("work/a.css", &large)]);
    assert!(limit(&report).unwrap().contains("a.css (larger than the limit of 4194304 bytes)"));
    let report = filed(&copy(&link("https://x.example/::error::\u{1b}[31m\u{202e}.css")), &[]);
    assert!(!limit(&report).unwrap().contains('\u{1b}'));
    let many: Vec<(String, String)> =
        (0..9).map(|number| (format!("work/{number}.css"), format!(".x{{}}{}", " ".repeat(1_000_000)))).collect();
    let links: String = (0..9).map(|number| link(&format!("{number}.css"))).collect();
    let files: Vec<(&str, &str)> = many.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let report = filed(&copy(&links), &files);
    assert_eq!(report.copy.sheets.len(), 8);
    assert!(limit(&report).unwrap().contains("8.css (beyond the 8388608 bytes of sheets that are read of a page)"));
}

#[test]
fn quotations_are_read_with_their_sheets() {
    let sandbox = Sandbox::new();
    sandbox.write("original.html", original());
    sandbox.write("a.css", ".mark{font-weight:bold}");
    let said = "<p>They say “there is <span class=mark>no military</span> solution to the conflict”.</p>";
    sandbox.write("article.html", format!("<!doctype html>{}<p>An article.</p>{said}", link("a.css")));
    let run = sandbox.vidimus(["quotes", "article.html", "--original", "original.html", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["quotes"][0]["emphasis"], "added-undeclared", "{report:#}");
    assert_eq!(report["article"]["sheets"][0]["locator"], "a.css");
}

#[test]
fn findings_from_sheets_weigh_as_much_as_others() {
    let report = filed(&copy(&link("a.css")), &[("work/a.css", SHEET)]);
    let added = report.findings.iter().find(|finding| finding.kind == Kind::EmphasisAdded).unwrap();
    assert_eq!(added.severity, Severity::Warning);
}
