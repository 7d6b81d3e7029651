//! The folder of an audit's outputs: one run at a time, nothing of an earlier run left that could pass for this one's.

use std::{fs, process::Stdio, thread, time::Duration};

use crate::support::{Reply, Sandbox, Server};

fn page(number: usize) -> String {
    format!(
        "<title>Release {number}</title><h1>Release {number}</h1><p>Talks number {number} will continue in May.</p>"
    )
}

fn mirrored(count: usize) -> Sandbox {
    let sandbox = Sandbox::new();
    for number in 1..=count {
        sandbox.write(format!("o/{number}.html").as_str(), page(number));
        sandbox.write(format!("c/{number}.html").as_str(), page(number));
    }
    sandbox.write("vidimus.toml", "version = 1\n[[mirror]]\noriginal = \"o\"\ncopy = \"c\"\n");
    sandbox
}

fn names(sandbox: &Sandbox, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(sandbox.path(folder)).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

#[test]
fn what_an_earlier_run_left_goes_and_what_others_put_there_stays() {
    let sandbox = mirrored(3);
    sandbox.vidimus(["audit", "--format", "html,sarif,csv"]).ended(0);
    assert_eq!(
        names(&sandbox, "report"),
        ["audit.csv", "audit.jsonl", "audit.sarif", "index.html", "list-1.html", "pairs"]
    );
    sandbox.write("report/notes.txt", "mine");
    fs::remove_file(sandbox.path("o/3.html")).unwrap();
    fs::remove_file(sandbox.path("c/3.html")).unwrap();
    sandbox.vidimus(["audit", "--format", "html"]).ended(0);
    assert_eq!(names(&sandbox, "report"), ["audit.jsonl", "index.html", "list-1.html", "notes.txt", "pairs"]);
    assert_eq!(names(&sandbox, "report/pairs").len(), 2, "the page of a pair that is gone is gone");
    sandbox.write("report/pairs/mine.html", "mine");
    sandbox.vidimus(["audit"]).ended(0);
    assert_eq!(names(&sandbox, "report"), ["audit.jsonl", "notes.txt", "pairs"]);
    assert_eq!(names(&sandbox, "report/pairs"), ["mine.html"]);
    // A list that somebody else wrote leads nowhere outside.
    sandbox.write("report/.outputs", "../o/1.html\n/tmp\n\nnotes.txt/../../c/1.html\n");
    sandbox.vidimus(["audit"]).ended(0);
    assert!(sandbox.path("o/1.html").exists() && sandbox.path("c/1.html").exists());
}

#[test]
fn two_runs_do_not_write_into_one_folder() {
    let sandbox = mirrored(1);
    let server = Server::answering(|path| match path {
        "/robots.txt" => Reply::status(404, ""),
        _ => {
            thread::sleep(Duration::from_secs(30));
            Reply::html(page(1))
        }
    });
    let slow = format!("version = 1\n[[mirror]]\noriginal = \"{}\"\ncopy = \"c\"\n", server.url("/o/"));
    sandbox.write("slow.toml", slow);
    let mut first =
        sandbox.command(["audit", "slow.toml"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while !sandbox.path("report/.journal").exists() {
        assert!(first.try_wait().unwrap().is_none(), "it does not end before");
        thread::sleep(Duration::from_millis(5));
    }
    let journal = fs::read(sandbox.path("report/.journal")).unwrap();
    let second = sandbox.vidimus(["audit"]);
    second.trouble("report: another audit writes there");
    assert!(second.stderr.contains("hint: wait for it, or name another folder with --output"), "{}", second.stderr);
    assert_eq!(fs::read(sandbox.path("report/.journal")).unwrap(), journal, "the first is left alone");
    sandbox.vidimus(["audit", "--output", "other"]).ended(0);
    first.kill().unwrap();
    first.wait().unwrap();
    sandbox.vidimus(["audit"]).ended(0);
}
