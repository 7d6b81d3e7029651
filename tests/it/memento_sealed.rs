//! A record of a web archive under a seal: what an archive gave is verified and compared again, and whoever says another time, place
//! or page of it than the sealed exchange shows is found out. How records are asked for is in `memento`.

use serde_json::{Value, json};
use vidimus::seal::Outcome;

use crate::{
    fetch::ORIGINAL,
    seal_kit::{Evidence, PRINCIPAL, allowed_signers, key, private},
    support::{Archive, Index, Reply, Sandbox, Server},
};

const PAGE: &str = "http://ministry.example/release?id=1";
const MOVED: &str = "http://ministry.example/new";

/// Evidence about a copy and what `archive` has of the page.
fn evidence(archive: &Server) -> Evidence {
    let sandbox = Sandbox::new();
    sandbox.write("copy.html", ORIGINAL);
    sandbox.write("allowed_signers", allowed_signers());
    private(&sandbox, "key.pem", &key().to_pem(None, &[0; 32]).unwrap());
    let web = archive.url("/web");
    let from = ["check", "copy.html", "--original", PAGE, "--at", "2017-11-16", "--archive", &web];
    sandbox.vidimus(from.iter().chain(&["--out", "evidence", "--key", "key.pem"])).ended(0);
    Evidence { sandbox }
}

fn plain() -> Server {
    Archive::new(Index::Lines).page("20171116090000", PAGE, ORIGINAL).start()
}

/// The archive's nearest record of the page that the first led to is of another minute than was asked for.
fn moved() -> Server {
    Archive::new(Index::Lines)
        .with("20171116090000", PAGE, Reply::redirect(301, MOVED))
        .page("20171116090200", MOVED, ORIGINAL)
        .start()
}

#[test]
fn what_an_archive_gave_is_verified() {
    for (archive, digits, page) in [(plain(), "20171116090000", PAGE), (moved(), "20171116090200", MOVED)] {
        let evidence = evidence(&archive);
        evidence.comes_to(Outcome::Verified);
        let run = evidence.vidimus(&["--rerun", "--strict", "--signer", PRINCIPAL]);
        let place = archive.url(&format!("/web/{digits}id_/{page}"));
        assert!(run.ended(0).stdout.contains(&format!("{place} gave this as its record of {page}")), "{run:#?}");
    }
}

#[test]
fn another_record_than_the_archive_gave_is_inconsistent() {
    let archive = moved();
    let evidence = evidence(&archive);
    let [report, page, statement] = ["report.json", "report.html", "statement.json"].map(|name| evidence.read(name));
    let lie = |change: &dyn Fn(&mut Value, &str)| {
        for (name, bytes) in [("report.json", &report), ("report.html", &page)] {
            evidence.write(name, bytes);
        }
        evidence.reseal(&statement, &key());
        evidence.edit_report(|report| change(&mut report["original"], "final_url"));
        evidence.edit_statement(|statement| change(&mut statement["predicate"]["original"], "finalUrl"));
        evidence.comes_to(Outcome::Inconsistent)
    };
    let elsewhere = archive.url("/other/20171116090200id_/http://ministry.example/new");
    for (what, change) in [
        (
            "memento",
            &(|source: &mut Value, _: &str| source["memento"]["datetime"] = "2017-11-16T09:00:00Z".into())
                as &dyn Fn(&mut Value, &str),
        ),
        ("memento", &|source, _| source["memento"]["uri"] = "https://web.archive.org/web/1".into()),
        ("finalUrl", &|source, _| source["memento"]["uri"] = elsewhere.as_str().into()),
        ("memento", &|source, name| source[name] = PAGE.into()),
        ("redirects", &|source, _| source["redirects"] = json!([{ "url": MOVED, "status": 301 }])),
        ("is said to have been fetched, and the statement names no record of that", &|source, _| {
            drop(source.as_object_mut().unwrap().remove("record"));
        }),
    ] {
        let why = lie(change);
        assert!(why.ends_with(what), "{what}: {why}");
    }
    // Without a word of the archive's the page would be one that was fetched from where it never was.
    let why = lie(&|source, _| source["via"] = "http".into());
    assert!(why.ends_with("finalUrl"), "{why}");
}
