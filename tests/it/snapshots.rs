//! What the program does with a snapshot store: it is filled where one is in use, read where the network is not to be asked, shown,
//! exported and verified. What a store is by itself is in `store`.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::{
    fetch::gzip,
    store::{PAGE, server},
    support::{Archive, Chance, Index, Reply, Run, Sandbox, Server, files_below, sandbox::run, schema},
};

const ORIGINAL: &str = "<p>Talks will go on in May.</p>";

fn copy(server: &Server) -> String {
    format!("<p>Talks will <b>go</b> on in May.</p><p>Source: <a href={}>Ministry</a></p>", server.url("/old"))
}

/// The report that the program prints, at a time of the test's choosing.
fn at(sandbox: &Sandbox, seconds: &str, arguments: &[&str]) -> Run {
    run(sandbox.command(arguments).env("SOURCE_DATE_EPOCH", seconds), b"")
}

fn listed(sandbox: &Sandbox, arguments: &[&str]) -> Vec<Value> {
    let run = sandbox.vidimus([&["snapshots", "list", "--format", "json"], arguments].concat());
    schema::snapshots(&run.ended(0).stdout)["snapshots"].as_array().unwrap().clone()
}

#[test]
fn without_the_network_the_same_report_comes_out_byte_for_byte() {
    let (server, sandbox) = (server(), Sandbox::new());
    let site = Server::new([("/copy", Reply::html(copy(&server)))]);
    let (url, original) = (site.url("/copy"), server.url("/old"));
    sandbox.write("release.html", ORIGINAL);
    let ways: [&[&str]; 6] = [
        &["check", &url, "--original", &original, "--format", "json"],
        &["check", &url, "--original", &original, "--format", "html"],
        &["check", &url, "--format", "json"],
        &["check", "release.html", "--original", &original, "--format", "json", "--no-sheets"],
        &["quotes", &url, "--original", &original, "--format", "json"],
        &["collate", &original, &url, "--format", "json"],
    ];
    for (number, way) in ways.into_iter().enumerate() {
        let store = format!("store-{number}");
        let online = at(&sandbox, "1511827200", &[way, &["--store", &store]].concat());
        assert!(online.status < Some(2) && !online.stdout.is_empty(), "{online:#?}");
        let asked = server.requests().len() + site.requests().len();
        let offline = at(&sandbox, "1600000000", &[way, &["--store", &store, "--offline"]].concat());
        assert_eq!((offline.status, &offline.stdout), (online.status, &online.stdout), "{way:?}");
        assert_eq!(server.requests().len() + site.requests().len(), asked, "nothing was asked for: {way:?}");
        assert!(online.stdout.contains("2017-11-28T00:00:00Z"));
    }
}

#[test]
fn a_record_of_an_archive_is_replayed_for_the_very_day_it_was_asked_for() {
    let archive =
        Archive::new(Index::Lines).page("20171116090000", "http://ministry.example/release", ORIGINAL).start();
    let sandbox = Sandbox::new();
    sandbox.write("copy.html", "<p>Talks will go on in June.</p>");
    let ask = |day: &str, more: &[&str]| {
        let named = ["check", "copy.html", "--original", "http://ministry.example/release", "--at", day];
        sandbox
            .vidimus([&named, &["--archive", &archive.url("/web"), "--format", "json", "--store", "s"], more].concat())
    };
    let online = ask("2017-11-16", &[]);
    assert_eq!(ask("2017-11-16", &["--offline"]).stdout, online.ended(1).stdout);
    ask("2017-11-17", &["--offline"]).trouble("http://ministry.example/release: not in the snapshot store s");
    let live = ["check", "copy.html", "--original", "http://ministry.example/release", "--store", "s", "--offline"];
    sandbox.vidimus(live).trouble("not in the snapshot store");
}

#[test]
fn what_is_not_stored_is_trouble_and_says_what_to_do() {
    let (server, sandbox) = (server(), Sandbox::new());
    sandbox.write("release.html", ORIGINAL);
    let page = server.url("/page");
    let ask = |more: &[&str]| sandbox.vidimus([&["check", "release.html", "--original", &page], more].concat());
    ask(&["--offline"]).trouble("there is no snapshot store");
    sandbox.vidimus(["capture", &server.url("/plain"), "--store", "s"]).ended(0);
    let run = ask(&["--offline", "--store", "s"]);
    run.trouble(&format!("{page}: not in the snapshot store s"));
    assert!(run.stderr.contains("hint: vidimus capture"), "{run:#?}");
    assert!(server.requests().iter().all(|head| !head.contains("/page")), "nothing was asked for");
    ask(&["--offline", "--no-store"]).trouble("cannot be used with");
    sandbox
        .vidimus(["capture", &page, "--offline", "--store", "s"])
        .trouble("--offline: pages are captured from the network");
    sandbox.write("full/mine", "");
    sandbox.vidimus(["capture", &page, "--store", "full"]).trouble("full: other things lie in this folder");
    sandbox.write("later/vidimus-snapshots.json", "{\"vidimus-snapshots\":7}");
    ask(&["--store", "later"]).trouble("later/vidimus-snapshots.json: of version 7, which is not known here");
    assert!(
        server.requests().iter().all(|head| !head.contains("/page")),
        "the store is looked at before anything is asked"
    );
}

#[test]
fn a_store_is_used_where_one_was_named_or_the_project_has_one() {
    let (server, sandbox) = (server(), Sandbox::new());
    sandbox.write("release.html", ORIGINAL);
    let page = server.url("/page");
    let check = ["check", "release.html", "--original", &page, "--format", "json"];
    sandbox.vidimus(check).ended(0);
    assert_eq!(sandbox.names(), ["release.html"], "nobody's reading is put on record behind their back");

    let user = sandbox.vidimus(["capture", &page]);
    assert_eq!(user.ended(0).stdout.split(' ').collect::<Vec<_>>()[..1], ["200"]);
    assert!(sandbox.path(".local/share/vidimus/snapshots/vidimus-snapshots.json").is_file());
    run(sandbox.command([&check[..], &["--offline"]].concat()).env("XDG_DATA_HOME", sandbox.path("data")), b"")
        .trouble("data/vidimus/snapshots: there is no snapshot store");
    sandbox.vidimus([&check[..], &["--offline"]].concat()).ended(0);

    fs::create_dir_all(sandbox.path("project/deep/er")).unwrap();
    sandbox.write("project/vidimus.toml", "");
    sandbox.write("project/deep/er/release.html", ORIGINAL);
    let within = |arguments: &[&str]| {
        let mut command = sandbox.command(arguments);
        command.current_dir(sandbox.path("project/deep/er"));
        run(&mut command, b"")
    };
    within(&[&check[..], &["--no-store"]].concat()).ended(0);
    assert!(!sandbox.path("project/snapshots").exists());
    within(&["check", "release.html", "--original", "release.html"]).ended(0);
    assert!(!sandbox.path("project/snapshots").exists(), "files are no captures");
    within(&check).ended(0);
    assert!(sandbox.path("project/snapshots/vidimus-snapshots.json").is_file());
    // Once there is a store it needs no file beside it.
    fs::remove_file(sandbox.path("project/vidimus.toml")).unwrap();
    within(&[&check[..], &["--offline"]].concat()).ended(0);
    assert_eq!(within(&["snapshots", "list"]).ended(0).stdout.lines().count(), 1);

    run(sandbox.command(check).env("VIDIMUS_STORE", "named"), b"").ended(0);
    assert_eq!(listed(&sandbox, &["--store", "named"]).len(), 1);
}

#[test]
fn snapshots_are_listed_shown_and_exported() {
    let (server, sandbox) = (server(), Sandbox::new());
    let (old, plain) = (server.url("/old"), server.url("/plain"));
    let kept = sandbox.vidimus(["capture", &old, &plain, "--store", "s"]);
    let lines: Vec<&str> = kept.ended(0).stdout.lines().collect();
    assert!(lines[0].ends_with(&old) && lines[1].ends_with(&plain), "in the order given: {lines:?}");
    let name = lines[0].split(' ').nth(1).unwrap();
    let snapshots = |arguments: &[&str]| sandbox.vidimus([&["snapshots", "--store", "s"], arguments].concat());

    let entries = listed(&sandbox, &["--store", "s"]);
    assert_eq!(entries.len(), 2);
    assert_eq!((&entries[0]["url"], &entries[0]["sheets"]), (&Value::from(old.as_str()), &Value::from(1)));
    assert!(entries[0]["id"].as_str().unwrap().starts_with(name));
    assert_eq!(listed(&sandbox, &["--store", "s", &plain]).len(), 1);
    let shown = snapshots(&["show", name]);
    for part in [
        "302",
        "/page",
        "content-encoding: gzip",
        "left out     set-cookie",
        "/s.css",
        "no sheet",
        "2017-11-28T00:00:00Z",
    ] {
        assert!(shown.ended(0).stdout.contains(part), "{part}: {shown:#?}");
    }
    snapshots(&["export", &plain, name, "-o", "a.warc.gz"]).ended(0);
    snapshots(&["export", name, "-o", "a.wacz"]).ended(0);
    sandbox.write("release.html", ORIGINAL);
    for file in ["a.warc.gz", "a.wacz"] {
        sandbox.vidimus(["check", &format!("{file}#{old}"), "--original", "release.html"]).ended(0);
    }
    snapshots(&["export", name, "--raw", "-o", "body"]).ended(0);
    assert_eq!(fs::read(sandbox.path("body")).unwrap(), gzip(PAGE.as_bytes()), "as received");
    snapshots(&["export", name, &plain, "--raw", "-o", "two"]).trouble("--raw: the bytes of one snapshot");
    snapshots(&["export", name, "-o", "body"]).trouble("body: the name does not say which format");
    snapshots(&["export", name, "--raw", "-o", "body"]).trouble("body: already exists");
    snapshots(&["show", "0000beef"]).trouble("0000beef: no such snapshot in s");
    snapshots(&["show", "release"]).trouble("release: not a valid address");
    assert_eq!(snapshots(&["verify"]).ended(0).stdout.split(':').next_back(), Some(" all whole\n"));
}

#[test]
fn damage_is_reported_and_never_served() {
    let (server, sandbox) = (server(), Sandbox::new());
    let page = server.url("/page");
    sandbox.vidimus(["capture", &page, &server.url("/plain"), "--store", "s"]).ended(0);
    sandbox.write("release.html", ORIGINAL);
    let object = files_below(&sandbox.path("s/objects"))
        .into_iter()
        .find(|path| fs::read(path).unwrap().starts_with(b"\x1f\x8b"));
    let object = object.unwrap();
    let mut bytes = fs::read(&object).unwrap();
    bytes[20] ^= 1;
    fs::write(&object, bytes).unwrap();
    let name = object.file_name().unwrap().to_str().unwrap().to_owned();
    let verify = sandbox.vidimus(["snapshots", "verify", "--store", "s"]);
    assert!(verify.ended(1).stdout.lines().next().unwrap().contains(&name), "{verify:#?}");
    let run = sandbox.vidimus(["check", "release.html", "--original", &page, "--store", "s", "--offline"]);
    assert!(run.trouble("damaged, its bytes are not those that were put there").contains(&name));
    sandbox.vidimus(["snapshots", "show", &page, "--store", "s"]).trouble("damaged");
    assert_eq!(listed(&sandbox, &["--store", "s"]).len(), 2, "records are whole");
    // Captured again it is whole again.
    sandbox.vidimus(["capture", &page, "--store", "s"]).ended(0);
    sandbox.vidimus(["snapshots", "verify", "--store", "s"]).ended(0);

    let record = files_below(&sandbox.path("s/captures")).swap_remove(0);
    let text = fs::read_to_string(&record).unwrap().replace("\"status\": 200", "\"status\": 201");
    fs::write(&record, text).unwrap();
    let run = sandbox.vidimus(["snapshots", "list", "--store", "s"]);
    assert_eq!((run.ended(1).stdout.lines().count(), run.stderr.lines().count()), (1, 1), "{run:#?}");
    sandbox.vidimus(["snapshots", "verify", "--store", "s"]).ended(1);
}

#[test]
fn the_original_is_looked_for_among_the_snapshots_first() {
    let page =
        Reply::Turns(vec![Reply::html(ORIGINAL), Reply::html("<p>Something else altogether stands here now.</p>")]);
    let server = Server::new([("/old", page)]);
    let sandbox = Sandbox::new();
    sandbox.write("copy.html", copy(&server));
    sandbox.vidimus(["capture", &server.url("/old"), "--store", "s"]).ended(0);
    let asked = server.requests().len();
    sandbox.vidimus(["check", "copy.html", "--store", "s"]).trouble("the original was not found");
    let run =
        at(&sandbox, "1600000000", &["check", "copy.html", "--store", "s", "--format", "json", "--allow-private"]);
    let report = schema::report(&run.ended(1).stdout);
    assert_eq!(server.requests().len(), asked, "it was not asked again");
    assert!(run.stderr.contains("the snapshot of 2017-11-28T00:00:00Z is taken"), "{run:#?}");
    assert_eq!(report.original.retrieved_at.unwrap().to_string(), "2017-11-28T00:00:00Z");
    assert_eq!(listed(&sandbox, &["--store", "s"]).len(), 1, "and not kept as of today");
    // A snapshot that does not hold the text is no original: the network is asked, which does not have it any more either.
    sandbox.write(
        "other.html",
        copy(&server).replace("Talks will <b>go</b> on in May", "Nobody expects the ministers to meet again soon"),
    );
    let run = sandbox.vidimus(["check", "other.html", "--store", "s", "--allow-private"]);
    run.trouble("the original was not found");
    assert_eq!(server.requests().len(), asked + 1);
}

#[test]
fn without_a_link_the_snapshots_of_the_publisher_named_are_looked_through() {
    let text = "<p>Ministers met in the capital on Monday and agreed on nothing.</p><p>Talks will go on in May.</p>";
    let of =
        |site: &str| Reply::html(format!("<meta property=og:site_name content='{site}'><title>Talks</title>{text}"));
    let server = Server::new([
        ("/repost", of("Another Paper")),
        ("/release", of("Ministry of Talks")),
        ("/x", Reply::html(ORIGINAL)),
    ]);
    let sandbox = Sandbox::new();
    let copy = |source: &str| format!("{}<p>Source: {source}</p>", text.replace("nothing", "<b>nothing</b>"));
    sandbox.write("copy.html", copy("Ministry of Talks"));
    sandbox.write("nameless.html", copy("Nobody we know"));
    let check = |name: &str, more: &[&str]| {
        sandbox.vidimus([&["check", name, "--format", "json", "--store", "s"], more].concat())
    };
    check("copy.html", &[]).trouble("no original is given, and the page names none");
    for path in ["/repost", "/x"] {
        sandbox.vidimus(["capture", &server.url(path), "--store", "s"]).ended(0);
    }
    let run = check("copy.html", &[]);
    run.trouble("no original is given, and the page names none");
    assert!(
        run.stderr.contains("hint: s: no snapshot of the publisher that the page claims"),
        "another repost is none: {run:#?}"
    );
    sandbox.vidimus(["capture", &server.url("/release"), "--store", "s"]).ended(0);
    let run = check("copy.html", &[]);
    let report = schema::report(&run.ended(1).stdout);
    assert_eq!(report.original.url, Some(server.url("/release")), "{run:#?}");
    let how = &report.limits.iter().find(|limit| limit.code == "original-found").unwrap().message;
    assert!(how.contains("from 2017-11-28T00:00:00Z was taken") && how.contains("“Ministry of Talks”"), "{how}");
    assert_eq!(check("copy.html", &["--offline"]).stdout, run.stdout, "the same without the network");
    check("nameless.html", &[]).trouble("no original is given, and the page names none");
}

#[test]
fn a_page_that_fails_is_no_trouble_for_the_others() {
    let (server, sandbox) = (server(), Sandbox::new());
    let urls = ["/plain", "/nowhere", "/page", "/gone"].map(|path| server.url(path));
    let run = sandbox
        .vidimus([&["capture", "--store", "s", "-o", "a.warc.gz"], &urls.each_ref().map(String::as_str)[..]].concat());
    assert_eq!(run.status, Some(2));
    assert_eq!(run.stdout.lines().count(), 2, "{run:#?}");
    assert_eq!(run.stderr.matches("error: ").count(), 2, "{run:#?}");
    assert!(run.stderr.contains(&format!("{}: the server answered with status 404", urls[1])), "{run:#?}");
    assert_eq!(listed(&sandbox, &["--store", "s"]).len(), 2);
    sandbox
        .vidimus(["check", &format!("a.warc.gz#{}", urls[0]), "--original", &format!("a.warc.gz#{}", urls[0])])
        .ended(0);
}

/// A body that takes a while to write.
fn noise(length: usize) -> String {
    let mut chance = Chance::new(11);
    (0..length).map(|_| char::from(b'a' + u8::try_from(chance.below(26)).unwrap())).collect()
}

#[test]
fn a_full_disk_keeps_nothing_half() {
    let server = Server::new([("/page", Reply::page("text/plain", noise(400_000))), ("/small", Reply::html(ORIGINAL))]);
    let sandbox = Sandbox::new();
    sandbox.vidimus(["capture", &server.url("/small"), "--store", "s"]).ended(0);
    // A limit on the size of files fails as a full disk does: in the middle of a write.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"";
    let mut command = Command::new("bash");
    command.args(["-c", script, env!("CARGO_BIN_EXE_vidimus"), "capture", &server.url("/page"), "--store", "s"]);
    sandbox.settle(&mut command);
    run(&mut command, b"").trouble("s/objects/");
    let verify = sandbox.vidimus(["snapshots", "verify", "--store", "s"]);
    assert_eq!(
        (verify.ended(0).stderr.as_str(), listed(&sandbox, &["--store", "s"]).len()),
        ("", 1),
        "nothing is left"
    );
}

#[test]
fn killed_in_the_middle_of_a_write_the_store_stays_whole() {
    let pages: Vec<String> = (0..6).map(|at| format!("{at} {}", noise(2_000_000 + at))).collect();
    let server = Server::answering(move |path| {
        let at: usize = path.trim_start_matches('/').parse().unwrap_or(0);
        Reply::page("text/plain", pages[at % pages.len()].clone())
    });
    let sandbox = Sandbox::new();
    let urls: Vec<String> = (0..6).map(|at| server.url(&format!("/{at}"))).collect();
    let arguments: Vec<&str> = ["capture", "--store", "s"].into_iter().chain(urls.iter().map(String::as_str)).collect();
    for round in 0..12 {
        let mut command = sandbox.command(&arguments);
        let mut child = command
            .env("SOURCE_DATE_EPOCH", round.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Sooner and later: whenever it comes, what holds afterwards is the same.
        thread::sleep(Duration::from_millis(40 * round));
        child.kill().unwrap();
        child.wait().unwrap();
        if !sandbox.path("s/vidimus-snapshots.json").exists() {
            continue;
        }
        sandbox.vidimus(["snapshots", "verify", "--store", "s"]).ended(0);
        for entry in listed(&sandbox, &["--store", "s"]) {
            let (id, body) = (entry["id"].as_str().unwrap(), format!("body-{round}"));
            sandbox.vidimus(["snapshots", "export", id, "--raw", "--store", "s", "-o", &body]).ended(0);
            let digest = vidimus::digest::Digest::of(&fs::read(sandbox.path(&body)).unwrap());
            assert_eq!(entry["sha256"], digest.to_string());
            fs::remove_file(sandbox.path(body)).unwrap();
        }
    }
    let done = at(&sandbox, "99", &arguments);
    assert_eq!(done.ended(0).stdout.lines().count(), 6, "who comes after is not held up");
}

#[test]
fn two_programs_write_at_once() {
    let server = Server::answering(|path| Reply::html(format!("{ORIGINAL}<p>{}</p>", path.len() % 3)));
    let sandbox = Sandbox::new();
    let urls: Vec<String> = (0..12).map(|at| server.url(&format!("/{}", "a".repeat(at)))).collect();
    let arguments: Vec<&str> = ["capture", "--store", "s"].into_iter().chain(urls.iter().map(String::as_str)).collect();
    let children: Vec<_> = (0..4).map(|_| sandbox.command(&arguments).spawn().unwrap()).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let verify = sandbox.vidimus(["snapshots", "verify", "--store", "s"]);
    assert!(verify.ended(0).stderr.is_empty(), "nothing is left aside: {verify:#?}");
    let mut known: Vec<(String, String)> = Vec::new();
    for entry in listed(&sandbox, &["--store", "s"]) {
        known.push((entry["url"].to_string(), entry["sha256"].to_string()));
    }
    known.dedup();
    assert_eq!(known.len(), 12);
    assert_eq!(files_below(Path::new(&sandbox.path("s/objects"))).len(), 3);
}
