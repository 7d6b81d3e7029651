//! Mirrors between everything that holds pages: archives with their addresses, addresses with a list, folders whose names differ.

use std::fs;

use vidimus::report::wire::audit::{Entry, Outcome};

use crate::support::{Reply, Sandbox, Server, sandbox::run, schema};

fn page(name: &str) -> String {
    format!("<title>{name}</title><p>Talks about {name} will continue in May with all parties at the table.</p>")
}

/// What came of each pair: the copy, and the verdict or the reason.
fn told(sandbox: &Sandbox) -> Vec<(String, String)> {
    let (_, entries, _) = schema::audit(&fs::read_to_string(sandbox.path("report/audit.jsonl")).unwrap());
    let came = |entry: &Entry| match &entry.outcome {
        Outcome::Checked(checked) => checked.verdict.slug().to_owned(),
        Outcome::Unchecked(unchecked) => unchecked.reason.clone(),
    };
    entries.iter().map(|entry| (entry.copy.locator.clone(), came(entry))).collect()
}

/// A server whose page for a path speaks of that path.
fn server() -> Server {
    Server::answering(|path| match path {
        "/a/altered.html" => Reply::html(page("/a/altered.html").replace("May", "June")),
        "/a/style.css" => Reply::page("text/css", "p { margin: 0 }"),
        path => Reply::html(page(path)),
    })
}

#[test]
fn an_archive_is_mirrored_by_its_addresses() {
    for name in ["crawl.wacz", "crawl.warc.gz"] {
        let (sandbox, server) = (Sandbox::new(), server());
        let paths = ["/a/one.html", "/a/altered.html", "/a/", "/a/b%20c.html", "/elsewhere.html", "/a/only.html"];
        let urls: Vec<String> = paths.iter().map(|path| server.url(path)).collect();
        let typed = ["capture", "--output", name].into_iter().chain(urls.iter().map(String::as_str));
        sandbox.vidimus(typed).ended(0);
        for (file, path) in [
            ("one", "/a/one.html"),
            ("altered", "/a/altered.html"),
            ("index", "/a/"),
            ("b c", "/a/b%20c.html"),
            ("missing", "/a/missing.html"),
        ] {
            sandbox.write(&format!("o/{file}.html"), page(path));
        }
        let plan = format!(
            "version = 1\n[[mirror]]\noriginal = \"o\"\ncopy = \"{name}\"\ncopy_prefix = \"{}\"\n",
            server.url("/a/")
        );
        sandbox.write("vidimus.toml", plan);
        sandbox.vidimus(["audit"]).ended(1);
        let came = told(&sandbox);
        let of = |path: &str| {
            let copy = format!("{name}#{path}");
            came.iter()
                .find(|(own, _)| *own == copy)
                .map(|(_, came)| came.clone())
                .unwrap_or_else(|| panic!("{copy}: {came:#?}"))
        };
        assert_eq!(came.len(), 6, "{came:#?}");
        assert_eq!(of(&server.url("/a/one.html")), "verbatim");
        assert_eq!(of(&server.url("/a/altered.html")), "altered");
        assert_eq!(of(&server.url("/a/")), "verbatim", "an address that ends in / is its index");
        assert_eq!(of(&server.url("/a/b%20c.html")), "verbatim");
        assert_eq!(
            of(&server.url("/a/only.html")),
            "The original o/only.html (line 3 of the plan): there is no such file."
        );
        assert_eq!(
            of("missing.html"),
            format!("The copy {name}#missing.html (line 4 of the plan): the archive holds no such page.")
        );
        let record = fs::read(sandbox.path("report/audit.jsonl")).unwrap();
        sandbox.vidimus(["audit"]).ended(1);
        assert_eq!(fs::read(sandbox.path("report/audit.jsonl")).unwrap(), record, "from what was kept");
    }
}

#[test]
fn addresses_are_mirrored_by_a_list() {
    let (sandbox, first, second) = (Sandbox::new(), server(), server());
    sandbox.write("paths.txt", "# pages\nelsewhere.html\n\nb c.html\nsub/\n");
    let plan = format!(
        "version = 1\n[[mirror]]\noriginal = \"{}\"\ncopy = \"{}\"\nlist = \"paths.txt\"\n",
        first.url("/a/"),
        second.url("/a/")
    );
    sandbox.write("vidimus.toml", &plan);
    sandbox.vidimus(["audit"]).ended(0);
    let copies: Vec<String> = told(&sandbox).into_iter().map(|(copy, came)| format!("{copy} {came}")).collect();
    let expected =
        ["/a/b%20c.html", "/a/elsewhere.html", "/a/sub"].map(|path| format!("{} verbatim", second.url(path)));
    assert_eq!(copies, expected);
    sandbox.write("paths.txt", "../secret.html\n");
    sandbox.vidimus(["audit"]).trouble("vidimus.toml:5:8: paths.txt: entry 1 is no path below a folder");
}

#[test]
fn copies_that_lie_beside_their_originals_are_told_by_their_names() {
    let sandbox = Sandbox::new();
    for case in ["a", "b"] {
        sandbox.write(&format!("cases/{case}/original.html"), page(case));
        sandbox.write(&format!("cases/{case}/copy.html"), page(case));
    }
    let plan = "version = 1\n[[mirror]]\noriginal = \"cases\"\ncopy = \"cases\"\nmatch = [\"*/copy.html\"]\nreplace = { \"copy.html\" = \"original.html\" }\n";
    sandbox.write("vidimus.toml", plan);
    sandbox.vidimus(["audit"]).ended(0);
    let copies: Vec<String> = told(&sandbox).into_iter().map(|(copy, _)| copy).collect();
    assert_eq!(copies, ["cases/a/copy.html", "cases/b/copy.html"]);
}

#[cfg(unix)]
#[test]
fn a_link_in_a_mirror_is_not_followed_and_told() {
    let sandbox = Sandbox::new();
    sandbox.write("o/a.html", page("a"));
    sandbox.write("o/b.html", page("b"));
    sandbox.write("c/a.html", page("a"));
    sandbox.write("secret.html", page("b"));
    std::os::unix::fs::symlink(sandbox.path("secret.html"), sandbox.path("c/b.html")).unwrap();
    std::os::unix::fs::symlink(sandbox.path("o"), sandbox.path("c/folder")).unwrap();
    sandbox.write("vidimus.toml", "version = 1\n[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\n");
    sandbox.vidimus(["audit"]).ended(1);
    let link = "The copy c/b.html (line 4 of the plan): it is a link, which is not followed.".to_owned();
    let folder = "The copy c/folder (line 4 of the plan): it is a link to a folder, which is not followed; `except` in the plan \
                  leaves it out."
        .to_owned();
    let pages = [("c/a.html".to_owned(), "verbatim".to_owned()), ("c/b.html".to_owned(), link)];
    assert_eq!(told(&sandbox), [&pages[..], &[("c/folder".to_owned(), folder)]].concat());
    let plan = "version = 1\n[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\nexcept = [\"folder\"]\n";
    sandbox.write("vidimus.toml", plan);
    sandbox.vidimus(["audit"]).ended(1);
    assert_eq!(told(&sandbox), pages, "what is left out by name is not told");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_one_failed_entry() {
    use std::os::unix::ffi::OsStrExt as _;
    let sandbox = Sandbox::new();
    sandbox.write("o/a.html", page("a"));
    sandbox.write("c/a.html", page("a"));
    let odd = |bytes: &[u8]| sandbox.path("c").join(std::ffi::OsStr::from_bytes(bytes));
    fs::write(odd(b"caf\xe9.html"), page("b")).unwrap();
    fs::write(odd(b"caf\xe9.png"), "no page").unwrap();
    fs::create_dir(odd(b"f\xe9")).unwrap();
    sandbox.write("vidimus.toml", "version = 1\n[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\n");
    sandbox.vidimus(["audit"]).ended(1);
    let odd =
        |name: &str| (format!("c/{name}"), format!("The copy c/{name} (line 4 of the plan): its name is not UTF-8."));
    let expected = [("c/a.html".to_owned(), "verbatim".to_owned()), odd("caf\\xe9.html"), odd("f\\xe9")];
    assert_eq!(told(&sandbox), expected);
}

#[test]
fn what_names_differ_by_is_told_where_nothing_lies_side_by_side() {
    let sandbox = Sandbox::new();
    for (file, name) in [("o/a.htm", "a"), ("c/a.html", "a"), ("o/b.txt", "b"), ("c/b.txt", "c")] {
        sandbox.write(file, page(name));
    }
    let plan = "version = 1\n[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\nreplace = { \".html\" = \".htm\" }\n";
    sandbox.write("vidimus.toml", plan);
    sandbox.vidimus(["audit"]).ended(1);
    let came: Vec<String> = told(&sandbox).into_iter().map(|(copy, came)| format!("{copy} {came}")).collect();
    assert_eq!(
        came,
        ["c/a.html verbatim", "c/b.txt altered"],
        "a path that needs no replacement is a page like any other"
    );
}

/// A WARC file of two captures of a site with redirects, revisits and style sheets, in the ways such files are packed.
#[test]
fn a_page_is_the_same_out_of_an_archive_that_was_gone_over_once() {
    use vidimus::capture::{self, Limits, Locator, Shelves};
    let (sandbox, server) = (
        Sandbox::new(),
        Server::answering(|path| match path {
            "/old" => Reply::redirect(301, "/a/one.html"),
            "/a/style.css" => Reply::page("text/css", "p { margin: 0 }"),
            path => Reply::html(page(path).replace("<title>", "<link rel=stylesheet href=/a/style.css><title>")),
        }),
    );
    let urls = ["/old", "/a/one.html", "/a/two.html"].map(|path| server.url(path));
    for name in ["crawl.warc.gz", "crawl.wacz"] {
        sandbox.vidimus(["capture", "--output", name].into_iter().chain(urls.iter().map(String::as_str))).ended(0);
    }
    let packed = fs::read(sandbox.path("crawl.warc.gz")).unwrap();
    let mut gunzip = std::process::Command::new("gzip");
    sandbox.settle(gunzip.args(["-dk", "crawl.warc.gz"]));
    run(&mut gunzip, b"").ended(0);
    let plain = fs::read(sandbox.path("crawl.warc")).unwrap();
    assert!(plain.starts_with(b"WARC/1.1") && plain.len() > packed.len());
    // A revisit refers to the record of the page, and stands behind everything else.
    let text = String::from_utf8(plain).unwrap();
    let record = text.split("WARC/1.1\r\n").find(|record| {
        record.contains("WARC-Type: response") && record.contains(&format!("WARC-Target-URI: {}\r\n", urls[2]))
    });
    let field = |name: &str| {
        let line = record.unwrap().lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("{name}: {record:?}")).to_owned()
    };
    let again = server.url("/a/again.html");
    let revisit = format!(
        "WARC/1.1\r\nWARC-Type: revisit\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nWARC-Date: 2017-11-28T00:00:00Z\r\n\
         WARC-Target-URI: {again}\r\nWARC-Refers-To: {}\r\nWARC-Payload-Digest: {}\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
        field("WARC-Record-ID"),
        field("WARC-Payload-Digest"),
    );
    sandbox.write("crawl.warc", format!("{text}{revisit}"));
    let limits = Limits::default();
    for name in ["crawl.warc.gz", "crawl.wacz", "crawl.warc"] {
        let (path, shelves) = (sandbox.path(name), Shelves::default());
        let missing = server.url("/a/none.html");
        for wanted in urls.iter().chain([&again, &missing]).map(String::as_str).chain([field("WARC-Record-ID").trim()])
        {
            let locator = Locator::Archive { path: path.clone(), wanted: Some(wanted.to_owned()) };
            let now = vidimus::Moment::from_unix(0);
            let whole = capture::one(&locator, &limits, now, &mut std::io::empty(), &mut |_| ());
            assert_eq!(shelves.open(&path, Some(wanted), &limits), whole, "{name} {wanted}");
            let Ok(mut first) = whole else { continue };
            let mut second = first.clone();
            vidimus::pipeline::with_sheets(&mut [(&locator, &mut first)], &limits, now, &mut |_| ());
            let pages = &mut [(&locator, &mut second)];
            vidimus::pipeline::with_sheets_of(pages, &limits, now, Some(&shelves), &mut |_| ());
            assert_eq!(first, second);
            assert_eq!(first.sheets.len(), 1, "{name} {wanted}");
        }
    }
}

#[test]
fn a_record_of_an_error_is_no_page() {
    let (sandbox, server) = (Sandbox::new(), server());
    sandbox.vidimus(["capture", "--output", "crawl.warc.gz", &server.url("/a/one.html")]).ended(0);
    let mut gunzip = std::process::Command::new("gzip");
    sandbox.settle(gunzip.args(["-d", "crawl.warc.gz"]));
    run(&mut gunzip, b"").ended(0);
    let text = fs::read_to_string(sandbox.path("crawl.warc")).unwrap();
    let text: String = text
        .replace("HTTP/1.1 200", "HTTP/1.1 404")
        .split_inclusive("\r\n")
        .filter(|line| !line.starts_with("WARC-Block-Digest"))
        .collect();
    sandbox.write("crawl.warc", text);
    sandbox.write("o.html", page("/a/one.html"));
    let copy = format!("crawl.warc#{}", server.url("/a/one.html"));
    let plan = format!("version = 1\n[[pair]]\noriginal = \"o.html\"\ncopy = \"{copy}\"\n");
    sandbox.write("vidimus.toml", plan);
    sandbox.vidimus(["audit"]).trouble("nothing could be checked");
    let why = "what the archive recorded of it is an answer of status 404, which is no page";
    assert_eq!(told(&sandbox), [(copy.clone(), format!("The copy {copy} (line 4 of the plan): {why}."))]);
}
