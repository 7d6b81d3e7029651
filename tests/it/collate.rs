//! The command `collate`: order and sigla of versions, what is printed where, which copies share what, the exit status. What is one
//! place is tested beside the code; that base and apparatus are every version, in `invariants`.

use serde_json::{Value, json};
use vidimus::{
    Capture, Moment,
    check::apparatus::PlaceKind,
    pipeline,
    report::{html, terminal, wire::collation::Collation},
};

use crate::support::{Reply, Sandbox, Server, schema};

const OPENING: &str = "Ministers met in the capital on Monday to speak about the harbour and its dues.";
const TALKS: &str = "They will continue their talks in May, once the treaty has been signed by all.";
const GRAIN: &str = "The minister said that grain will not be sold abroad before the winter is over.";

/// A page published on `day`, if it says so.
fn page(day: &str, paragraphs: &[&str]) -> String {
    let meta = format!("<meta property=\"article:published_time\" content=\"{day}\">");
    let meta = if day.is_empty() { String::new() } else { meta };
    let paragraphs: String = paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect();
    format!(
        "<!doctype html><html lang=en><meta charset=utf-8>{meta}<title>Harbour talks</title><body>{paragraphs}</body></html>"
    )
}

/// Three versions, given out of order, and two copies.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    let june = TALKS.replace("May", "June");
    let sold = GRAIN.replace("not be sold", "be sold");
    sandbox.write("third.html", page("2017-11-13", &[OPENING, &june, &sold]));
    sandbox.write("first.html", page("2017-11-11", &[OPENING, TALKS, GRAIN]));
    sandbox.write("second.html", page("2017-11-12", &[OPENING, &june, GRAIN]));
    sandbox.write("like-second.html", page("", &[OPENING, &june, GRAIN]));
    sandbox.write("own.html", page("", &[OPENING, &TALKS.replace("May", "August"), &sold]));
    sandbox
}

const VERSIONS: [&str; 4] = ["collate", "third.html", "first.html", "second.html"];

fn collated(sandbox: &Sandbox, more: &[&str], status: i32) -> Collation {
    let run = sandbox.vidimus(VERSIONS.iter().chain(&["--format", "json"]).chain(more));
    let text = &run.ended(status).stdout;
    assert_eq!(schema::collation_faults(&serde_json::from_str(text).unwrap()), Vec::<String>::new(), "{text}");
    serde_json::from_str(text).unwrap()
}

#[test]
fn dated_versions_are_in_their_order_and_copies_say_whom_they_follow() {
    let collation = collated(&sandbox(), &["--copy", "like-second.html", "--copy", "own.html"], 1);
    let named: Vec<(&str, &str)> =
        collation.versions.iter().map(|one| (one.siglum.as_str(), one.source.locator.as_str())).collect();
    assert_eq!(named, [("A", "first.html"), ("B", "second.html"), ("C", "third.html")]);
    assert_eq!(serde_json::to_value(collation.order).unwrap(), json!("published"));
    let places: Vec<(PlaceKind, Vec<(String, &str)>)> = collation
        .places
        .iter()
        .map(|place| (place.kind, place.readings.iter().map(|one| (one.sigla.concat(), one.text.trim())).collect()))
        .collect();
    let pair = |one: &str, text| (one.to_owned(), text);
    assert_eq!(
        places,
        [
            (PlaceKind::Words, vec![pair("A", "May"), pair("BC", "June")]),
            (PlaceKind::Omission, vec![pair("AB", "not"), pair("C", "")])
        ]
    );
    let [like, own] = &collation.copies[..] else { panic!("{:#?}", collation.copies) };
    assert_eq!((&like.closest[..], like.own), (&["B".to_owned()][..], 0));
    assert_eq!((&own.closest[..], own.own), (&["C".to_owned()][..], 1));
    assert_eq!(collation.places[0].copies[1].text.as_deref(), Some("August"));
}

#[test]
fn undated_versions_stay_as_they_were_given() {
    let sandbox = Sandbox::new();
    sandbox.write("b.html", page("", &[OPENING, TALKS]));
    sandbox.write("a.html", page("2017-11-11", &[OPENING, TALKS]));
    let run = sandbox.vidimus(["collate", "b.html", "a.html", "--format", "json"]);
    let collation: Collation = serde_json::from_str(&run.ended(0).stdout).unwrap();
    assert_eq!(collation.versions[0].source.locator, "b.html");
    assert_eq!(serde_json::to_value(collation.order).unwrap(), json!("given"));
}

#[test]
fn the_exit_status_says_how_grave_the_differences_are() {
    let of = |text: &str, fail_on: &str| {
        let sandbox = Sandbox::new();
        sandbox.write("a.html", page("", &[OPENING, TALKS]));
        sandbox.write("b.html", page("", &[OPENING, text]));
        sandbox.vidimus(["collate", "a.html", "b.html", "--fail-on", fail_on]).status
    };
    for (text, at_note, at_warning, at_error) in [
        (TALKS.to_owned(), 0, 0, 0),
        (TALKS.replace(", once", " – once"), 1, 0, 0),
        (TALKS.replace("talks in", "long talks in"), 1, 1, 0),
        (TALKS.replace("talks", "<b>talks</b>"), 1, 1, 0),
        (TALKS.replace("May", "June"), 1, 1, 1),
    ] {
        let all = ["note", "warning", "error"].map(|fail_on| of(&text, fail_on));
        assert_eq!(all, [at_note, at_warning, at_error].map(Some), "{text}");
    }
}

#[test]
fn what_could_not_be_read_is_not_the_same() {
    let sandbox = Sandbox::new();
    sandbox.write("a.html", "<p hidden>Nothing to be seen.</p>");
    sandbox.write("b.html", "<p hidden>Nothing to be seen.</p>");
    let run = sandbox.vidimus(["collate", "a.html", "b.html"]);
    assert!(run.ended(1).stdout.contains("Not checked: In a.html"), "{run:#?}");
}

#[test]
fn trouble_is_one_line_and_leaves_no_file() {
    let sandbox = sandbox();
    sandbox.vidimus(["collate", "first.html"]).trouble("2");
    sandbox.vidimus(["collate", "first.html", "missing.html"]).trouble("missing.html");
    sandbox.vidimus(["collate", "first.html", "second.html", "--copy", "gone.html"]).trouble("gone.html");
    sandbox.vidimus(["collate", "-", "-"]).trouble("standard input");
    let names = sandbox.names();
    sandbox.vidimus(["collate", "first.html", "missing.html", "--output", "out.html"]).trouble("missing.html");
    sandbox.vidimus(["collate", "first.html", "second.html", "--output", "no/such/folder.html"]).trouble("folder.html");
    assert_eq!(sandbox.names(), names);
}

#[test]
fn a_file_is_written_as_a_whole_and_replaced() {
    let sandbox = sandbox();
    for _ in 0..2 {
        let run = sandbox.vidimus(["collate", "first.html", "second.html", "--format", "html", "--output", "out.html"]);
        assert_eq!(run.ended(1).stdout, "");
    }
    let written = std::fs::read_to_string(sandbox.path("out.html")).unwrap();
    assert!(written.starts_with("<!doctype html>") && written.ends_with("</html>\n"));
    assert_eq!(sandbox.names().iter().filter(|name| name.contains("out")).count(), 1);
    let quotes = ["quotes", "first.html", "--original", "second.html", "--format", "html", "--output", "quotes.html"];
    assert_eq!(sandbox.vidimus(quotes).ended(0).stdout, "");
    assert!(std::fs::read_to_string(sandbox.path("quotes.html")).unwrap().ends_with("</html>\n"));
}

#[test]
fn versions_are_fetched_and_dated_by_when_they_were_got() {
    let server = Server::new([
        ("/one", Reply::html(page("", &[OPENING, TALKS]))),
        ("/two", Reply::html(page("", &[OPENING, &TALKS.replace("May", "June")]))),
    ]);
    let run = Sandbox::new().vidimus(["collate", &server.url("/one"), &server.url("/two"), "--format", "json"]);
    let collation: Collation = serde_json::from_str(&run.ended(1).stdout).unwrap();
    assert_eq!(serde_json::to_value(collation.order).unwrap(), json!("retrieved"));
    assert_eq!(collation.places.len(), 1);
}

/// Pages that try to be markup, to steer a terminal, or to pass for our own words.
fn hostile() -> Collation {
    let read = |name: &str, text: &str| {
        let html = format!(
            "<!doctype html><meta charset=utf-8><title>{text}</title><p>{OPENING}</p><p>They said {text} and went.</p>"
        );
        Capture::from_bytes(name, html.into_bytes(), Some("text/html")).unwrap()
    };
    let versions = [
        read("a<b>.html", "&lt;script&gt;alert(1)&lt;/script&gt; one"),
        read("b\u{1b}[31m.html", "&lt;/dd&gt;&lt;img src=x onerror=alert(1)&gt; \u{9b}31m \u{202e}two"),
    ];
    pipeline::collate(&versions, &[read("c.html", "&lt;b&gt; three")], Moment::from_unix(0))
}

#[test]
fn nothing_from_a_page_gets_out_unescaped() {
    let collation = hostile();
    assert!(!collation.places.is_empty());
    let page = html::collation(&collation);
    assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("a<b>"), "{page}");
    assert!(page.contains("default-src 'none'"), "{page}");
    for colour in [false, true] {
        let text = terminal::collation(&collation, terminal::Look { columns: 80, colour });
        let bare = text.replace("\u{1b}[0m", "");
        let bare = ["1", "32", "33", "1;31", "1;32", "9;31"]
            .iter()
            .fold(bare, |text, code| text.replace(&format!("\u{1b}[{code}m"), ""));
        assert!(!bare.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{bare:?}");
    }
}

#[test]
fn what_people_see_is_as_approved_at_either_width() {
    let sandbox = sandbox();
    let read =
        |name: &str| Capture::from_bytes(name, std::fs::read(sandbox.path(name)).unwrap(), Some("text/html")).unwrap();
    let versions = ["third.html", "first.html", "second.html"].map(read);
    let copies = ["like-second.html", "own.html"].map(read);
    let collation = pipeline::collate(&versions, &copies, Moment::from_unix(1_511_827_200));
    let shown = |columns, colour| terminal::collation(&collation, terminal::Look { columns, colour });
    crate::support::approved("snapshots/collation/terminal-80.txt", &shown(80, false));
    crate::support::approved("snapshots/collation/terminal-120.txt", &shown(120, false));
    let page = html::collation(&collation).replace(env!("CARGO_PKG_VERSION"), "VERSION");
    crate::support::approved("snapshots/collation/page.html", &page);
    let json = vidimus::report::json::write(&collation).replace(env!("CARGO_PKG_VERSION"), "VERSION");
    crate::support::approved("snapshots/collation/collation.json", &json);
    for line in shown(80, false).lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    // Colour repeats what is said and says nothing more.
    let coloured = shown(80, true);
    let codes = coloured.split('\u{1b}').skip(1).map(|rest| rest.split_once('m').unwrap().1);
    let plain = coloured.split('\u{1b}').next().unwrap().to_owned() + &codes.collect::<String>();
    assert_eq!(plain.split_whitespace().collect::<Vec<_>>(), shown(80, false).split_whitespace().collect::<Vec<_>>());
}

#[test]
fn the_same_sources_give_the_same_bytes_and_the_schema_refuses_what_must_not_be() {
    let sandbox = sandbox();
    let printed =
        || sandbox.vidimus(VERSIONS.iter().chain(&["--format", "json", "--copy", "own.html"])).ended(1).stdout.clone();
    assert_eq!(printed(), printed());
    let good: Value = serde_json::from_str(&printed()).unwrap();
    for (pointer, value) in [
        ("/collation", json!(2)),
        ("/order", json!("random")),
        ("/versions/0/siglum", json!("a")),
        ("/places/0/kind", json!("vanished")),
        ("/places/0/severity", json!("fatal")),
        ("/places/0/readings", json!([])),
        ("/places/0/readings/0/sigla", json!([])),
        ("/copies/0/own", json!(-1)),
        ("/summary/words", json!("one")),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value;
        assert!(!schema::collation_faults(&bad).is_empty(), "{pointer}");
    }
}
